"""The hand-worked examples: compared, listed, shown, walked through; and what is wrong in their sources."""

from __future__ import annotations

import json
import sys

from scalarnn.commands.own_code import add_options, is_own, show_own, step_own
from scalarnn.commands.usage import UsageError, listed, nearest
from scalarnn.worked import EXAMPLES, load, read_claims, reproduce
from scalarnn.worked.by_hand import as_data, as_text
from scalarnn.worked.homework import KINDS, HomeworkError, explained, recorded, with_own_numbers
from scalarnn.worked.homework import arguments as own_arguments

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from typing import Any, NoReturn

    from scalarnn.worked import Example, Result

__all__ = ["EXAMPLES", "describe", "prepare", "run"]

SOURCE_TITLES = {
    "000": "a LaTeX note",
    "001": "a lesson summary",
    "002": "lecture slides",
    "003": "a notebook",
    "004": "a blog post",
}


def describe(command: str, parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    if command == "reproduce":
        parser.description = (
            "Work the examples and hold every figure that their sources print against the computed one."
        )
        parser.add_argument(
            "examples",
            nargs="*",
            metavar="EXAMPLE",
            help="examples, or a source such as 004 for all of its; all if none",
        )
        parser.add_argument("--all-figures", action="store_true", help="every figure beside its printed text")
        parser.add_argument("--json", action="store_true", help="one array of objects, one a figure")
    elif command == "examples":
        parser.description = "List the hand-worked examples, each with its title."
    elif command == "show":
        parser.description = (
            "Work one example by hand: every quantity with its formula, the numbers put in, and the result."
        )
        parser.add_argument("example", metavar="EXAMPLE", help="as in 'scalarnn examples', or FILE.py:FUNCTION")
        _add_own_numbers(parser)
        parser.add_argument("--json", action="store_true", help="the same as data: every step as text and as LaTeX")
        add_options(parser)
    elif command == "step":
        parser.description = "Walk through one example on the lines of the package that work it, forward and back."
        parser.add_argument("example", metavar="EXAMPLE", help="as in 'scalarnn examples', or FILE.py:FUNCTION")
        _add_own_numbers(parser)
        add_options(parser)
        instead = parser.add_mutually_exclusive_group()
        instead.add_argument("--pdb", action="store_true", help="under pdb, stopped on the first derivation step")
        instead.add_argument("--run", action="store_true", help="work it once and no more: for a debugger of your own")
        instead.add_argument(
            "--breakpoints", action="store_true", help="where to stop: a place for each derivation step"
        )
    else:
        parser.description = "List the printed figures that are wrong and the statements to mend, each with its cause."
        parser.add_argument("sources", nargs="*", metavar="SOURCE", help="sources such as 002; all if none is named")


def prepare(arguments: argparse.Namespace) -> None:
    """Names of examples and sources are those that there are."""
    if hasattr(arguments, "examples"):
        arguments.examples = _examples_named(arguments.examples)
    if hasattr(arguments, "example") and not is_own(arguments.example):
        if arguments.example not in EXAMPLES:
            _unknown_example(arguments.example)
        if arguments.args is not None or arguments.digits is not None:
            raise UsageError(
                "--args and --digits are for a function of your own, FILE.py:FUNCTION; an example takes --set"
            )
    for source in getattr(arguments, "sources", []):
        if source not in SOURCE_TITLES:
            known = source[:3] in SOURCE_TITLES
            meant = nearest(source[:3], SOURCE_TITLES) if known else listed(SOURCE_TITLES)
            raise UsageError(f"unknown source {source!r}{meant}")


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    try:
        if arguments.command == "examples":
            return _examples()
        if arguments.command == "show":
            return show_own(arguments) if is_own(arguments.example) else _show(arguments)
        if arguments.command == "step":
            return step_own(arguments) if is_own(arguments.example) else _step(arguments)
        if arguments.command == "errata":
            return _errata(arguments.sources or list(SOURCE_TITLES))
        return _reproduce(arguments.examples or list(EXAMPLES), arguments.all_figures, arguments.json)
    except HomeworkError as error:
        raise UsageError(str(error)) from None


# ---- what was asked --------------------------------------------------------------------------------------------------


def _examples_named(words: list[str]) -> list[str]:
    """Examples by name, where the number of a source stands for all of its examples."""
    names: list[str] = []
    for word in words:
        if word in SOURCE_TITLES:
            names.extend(_examples_of(word))
        elif word in EXAMPLES:
            names.append(word)
        else:
            _unknown_example(word)
    return list(dict.fromkeys(names))


def _examples_of(source: str) -> list[str]:
    return [name for name in EXAMPLES if name.startswith(f"{source}-")]


def _unknown_example(word: str) -> NoReturn:
    meant = listed(_examples_of(word)) if word in SOURCE_TITLES else nearest(word, EXAMPLES)
    raise UsageError(f"unknown example {word!r}{meant}")


def _add_own_numbers(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="your own number or list for a given one"
    )
    parser.add_argument("--numbers", metavar="|".join(KINDS), help="the kind of number to work in")


def _own_numbers(arguments: argparse.Namespace) -> Example:
    """The example that was asked for, given the numbers that were set."""
    if arguments.numbers is not None and arguments.numbers not in KINDS:
        raise UsageError(f"unknown kind of number {arguments.numbers!r}{nearest(arguments.numbers, KINDS)}")
    given = load(arguments.example).given
    settings = {}
    for setting in arguments.set:
        name, sign, value = setting.partition("=")
        name = name.strip()
        if not sign:
            raise UsageError(f"--set {setting!r}: expected NAME=VALUE, such as --set {next(iter(given))}=…")
        if name not in given:
            raise UsageError(f"{arguments.example} is not given {name!r}{nearest(name, given)}")
        settings[name] = value
    return with_own_numbers(arguments.example, settings, arguments.numbers)


# ---- reproduce -------------------------------------------------------------------------------------------------------


def _reproduce(names: list[str], all_figures: bool, as_json: bool) -> int:
    results = reproduce(names)
    unexplained = [result for result in results if result.status == "unexplained"]
    if as_json:
        print(json.dumps([_as_object(result) for result in results], ensure_ascii=False, indent=1))
    else:
        if all_figures:
            _print_figures(results)
        _print_summary(names, results)
        if not results:
            for name in names:
                print(f"the source prints no figures here; see scalarnn show {name}")
        for result in unexplained:
            print(f"unexplained: {result.example} {result.quantity} ({result.place}): {result.cause}")
    return 1 if unexplained else 0


def _as_object(result: Result) -> dict[str, Any]:
    return {
        "source": result.source,
        "example": result.example,
        "quantity": result.quantity,
        "place": result.place,
        "printed": result.printed,
        "computed": result.computed,
        "value": result.value,
        "status": result.status,
        "cause": result.cause,
    }


def _print_figures(results: list[Result]) -> None:
    heading = None
    for result in results:
        if (result.example, result.place) != heading:
            heading = (result.example, result.place)
            print(f"\n{result.example} · {result.place}")
        line = f"  {result.quantity:<16} printed {result.printed:<22} computed {result.computed:<22} {result.status}"
        print(line if result.cause is None else f"{line}: {result.cause}")
    print()


def _print_summary(names: list[str], results: list[Result]) -> None:
    rows = [["source", "example", "figures", "reproduced", "errata", "unexplained"]]
    for name in EXAMPLES:
        if name in names:
            own = [result for result in results if result.example == name]
            counts = [str(len(own))]
            for status in ("reproduced", "erratum", "unexplained"):
                counts.append(str(sum(result.status == status for result in own)))
            shown_counts = [count if count != "0" else "·" for count in counts]
            rows.append([name[:3], name, *shown_counts])
    for source, name, *counts in rows:
        print(f"{source:<7} {name:<18}" + "".join(f"{count:>12}" for count in counts))
    reproduced = sum(result.status == "reproduced" for result in results)
    errata = sum(result.status == "erratum" for result in results)
    unexplained = sum(result.status == "unexplained" for result in results)
    print(f"\n{len(results)} figures: {reproduced} reproduced, {errata} errata explained, {unexplained} unexplained")


# ---- examples, show, errata ------------------------------------------------------------------------------------------


def _examples() -> int:
    for name in EXAMPLES:
        example = load(name)
        print(f"{name:<18} {example.title}")
    print("\nscalarnn show EXAMPLE works one of them; scalarnn reproduce EXAMPLE compares its figures.")
    return 0


def _show(arguments: argparse.Namespace) -> int:
    example = _own_numbers(arguments)
    if arguments.json:
        print(json.dumps(as_data(example, arguments.numbers), ensure_ascii=False, indent=1))
        return 0
    lines = list(as_text(example, arguments.numbers))  # whatever cannot be worked is said before anything is printed
    print(f"{example.name} · {example.title}")
    print(f"Source: {example.source}, {SOURCE_TITLES[example.source]}: {example.place}\n")
    for line in lines:
        print(line)
    if not arguments.set:
        _print_agreement(reproduce([example.name]))
    return 0


def _print_agreement(results: list[Result]) -> None:
    if results:
        reproduced = sum(result.status == "reproduced" for result in results)
        print(f"\nIn print\n  {len(results)} figures, {reproduced} of them reproduced.")
    for result in results:
        if result.status != "reproduced":
            print(f"  {result.place}: printed {result.printed}, computed {result.computed}: {result.cause}")


def _step(arguments: argparse.Namespace) -> int:
    from scalarnn.tracing import debugger, stepper, terminal
    from scalarnn.tracing.steps import breakpoints, shown_lines

    example = _own_numbers(arguments)
    if arguments.run:
        return _run_for_a_debugger(example)
    recording = recorded(example, arguments.numbers)
    lines = shown_lines(recording.call)
    title = f"{example.name} · {example.title}"
    fractions = arguments.numbers == "fraction"
    if arguments.breakpoints:
        for text in stepper.table_of_breakpoints(breakpoints(lines), fractions):
            print(text)
    elif arguments.pdb:
        debugger.run_under_debugger(example.module.work, own_arguments(example), breakpoints(lines))
    elif terminal.is_terminal():
        stepper.step(stepper.Walk(recording, example.given), title, terminal.Terminal(), fractions)
    else:
        print(stepper.cut(title, stepper.COLUMNS))
        for text in stepper.listing(recording, example.given, fractions):
            print(text)
    return 0


def _run_for_a_debugger(example: Example) -> int:
    """Work it once, unrecorded; a debugger that is attached stops right before, one step into from the first line."""
    own = own_arguments(example)
    with explained(example):
        if sys.breakpointhook is not sys.__breakpointhook__:
            breakpoint()
        example.module.work(**own)
    return 0


def _errata(sources: list[str]) -> int:
    wrong = [result for result in reproduce() if result.status == "erratum" and result.source in sources]
    print(f"{len(wrong)} wrong figures\n")
    for result in wrong:
        print(f"{result.source}, {result.place}")
        print(f"  {result.quantity}: printed {result.printed}, right is {result.computed}: {result.cause}\n")
    claims = [claim for claim in read_claims() if claim.source in sources]
    print(f"{len(claims)} statements to mend\n")
    for claim in claims:
        print(f"{claim.source}, {claim.place}")
        print(f"  says:  {claim.says}")
        print(f"  right: {claim.right}")
        print(f"  cause: {claim.cause}\n")
    return 0
