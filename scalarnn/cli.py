"""The command line.

    scalarnn                             every example worked, every printed figure compared
    scalarnn reproduce [EXAMPLE …]       chosen examples; --all-figures, --json
    scalarnn examples                    the list of examples
    scalarnn show EXAMPLE                one example worked by hand: name, formula, numbers put in, result; --json
    scalarnn step EXAMPLE                one example, line by line: formula, numbers, result; --pdb, --breakpoints
    scalarnn errata                      what is wrong in the sources, and why
    scalarnn prove [THEOREM …]           the proofs (needs SymPy); --json

Exit codes: 0 all is well, 1 something is not (a figure unexplained, a theorem refuted), 2 the call is wrong.
"""

from __future__ import annotations

import argparse
import difflib
import importlib.util
import json
import os
import sys

from scalarnn import __version__
from scalarnn.worked import EXAMPLES, load, read_claims, reproduce
from scalarnn.worked.by_hand import as_data, as_text
from scalarnn.worked.homework import KINDS, HomeworkError, explained, recorded, with_own_numbers
from scalarnn.worked.homework import arguments as own_arguments

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any, NoReturn

    from scalarnn.worked import Example, Result

__all__ = ["main"]

COMMANDS = ("reproduce", "examples", "show", "step", "errata", "prove")
SOURCE_TITLES = {
    "000": "a LaTeX note",
    "001": "a lesson summary",
    "002": "lecture slides",
    "003": "a notebook",
    "004": "a blog post",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        argv: the words after `scalarnn`; by default those of the process.

    Returns:
        The exit code.

    Examples:
        >>> main(["show", "004-netwrok"])  # prints one line on standard error
        2
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal without Unicode shows ? and goes on
    try:
        status = _run(list(sys.argv[1:] if argv is None else argv))
        sys.stdout.flush()
    except (UsageError, HomeworkError) as error:
        print(f"scalarnn: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    return status


def _run(words: list[str]) -> int:
    arguments = _parse(words)
    if arguments.command == "examples":
        return _examples()
    if arguments.command == "show":
        return _show(arguments)
    if arguments.command == "step":
        return _step(arguments)
    if arguments.command == "errata":
        return _errata()
    if arguments.command == "prove":
        return _prove(arguments.theorems, arguments.json)
    names = arguments.examples or list(EXAMPLES)
    return _reproduce(names, arguments.all_figures, arguments.json)


# ---- what was asked --------------------------------------------------------------------------------------------------


class UsageError(Exception):
    """The call is wrong: one line that says what, and what is nearest."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}; see scalarnn --help")


def _parse(words: list[str]) -> argparse.Namespace:
    parser, options = _parser()
    first = words[0] if words else "reproduce"
    if not first.startswith("-") and first not in COMMANDS:
        if first in EXAMPLES:
            raise UsageError(f"{first} is an example: try 'scalarnn show {first}' or 'scalarnn reproduce {first}'")
        raise UsageError(f"unknown command {first!r}{_nearest(first, COMMANDS)}")
    if first.startswith("-") and first not in ("-h", "--help", "--version"):
        words = ["reproduce", *words]  # options without a command belong to the main job
    arguments, unknown = parser.parse_known_args(words or ["reproduce"])
    for word in unknown:
        known = options[arguments.command]
        raise UsageError(f"unknown option {word!r} of {arguments.command}{_nearest(word, known)}")
    named = list(getattr(arguments, "examples", []))
    if hasattr(arguments, "example"):
        named.append(arguments.example)
    for name in named:
        if name not in EXAMPLES:
            raise UsageError(f"unknown example {name!r}{_nearest(name, EXAMPLES)}")
    return arguments


def _parser() -> tuple[_Parser, dict[str, list[str]]]:
    """The parser, and the options of each command for the search of the nearest."""
    parser = _Parser(
        prog="scalarnn",
        description="Work the hand-worked examples of five sources and compare every figure that they print.",
        epilog="Without a command: reproduce everything.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"scalarnn {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    reproduce_ = commands.add_parser("reproduce", help="compare printed and computed figures", allow_abbrev=False)
    reproduce_.add_argument("examples", nargs="*", metavar="EXAMPLE", help="examples; all if none is named")
    reproduce_.add_argument("--all-figures", action="store_true", help="every figure beside its printed text")
    reproduce_.add_argument("--json", action="store_true", help="one array of objects, one a figure")
    examples = commands.add_parser("examples", help="list the examples", allow_abbrev=False)
    show = commands.add_parser("show", help="work one example, quantity by quantity", allow_abbrev=False)
    show.add_argument("example", metavar="EXAMPLE", help="its name, as in 'scalarnn examples'")
    _add_own_numbers(show)
    show.add_argument("--json", action="store_true", help="the same as data: every step as text and as LaTeX")
    step = commands.add_parser("step", help="walk through one example, line by line", allow_abbrev=False)
    step.add_argument("example", metavar="EXAMPLE", help="its name, as in 'scalarnn examples'")
    _add_own_numbers(step)
    instead = step.add_mutually_exclusive_group()
    instead.add_argument("--pdb", action="store_true", help="under pdb, stopped on the first derivation step")
    instead.add_argument("--run", action="store_true", help="work it once and no more: for a debugger of your own")
    instead.add_argument("--breakpoints", action="store_true", help="where to stop: a place for each derivation step")
    errata = commands.add_parser("errata", help="what is wrong in the sources, and why", allow_abbrev=False)
    prove = commands.add_parser("prove", help="prove the derivatives on the shipped code (SymPy)", allow_abbrev=False)
    prove.add_argument("theorems", nargs="*", metavar="THEOREM", help="theorems; all if none is named")
    prove.add_argument("--json", action="store_true", help="one array of objects, one a theorem")
    parsers = {"reproduce": reproduce_, "examples": examples, "show": show, "step": step, "errata": errata}
    parsers["prove"] = prove
    options = {}
    for name, subparser in parsers.items():
        options[name] = [word for word in subparser._option_string_actions if word.startswith("--")]
    return parser, options


def _add_own_numbers(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="your own number or list for a given one"
    )
    parser.add_argument("--numbers", metavar="|".join(KINDS), help="the kind of number to work in")


def _own_numbers(arguments: argparse.Namespace) -> Example:
    """The example that was asked for, given the numbers that were set."""
    if arguments.numbers is not None and arguments.numbers not in KINDS:
        raise UsageError(f"unknown kind of number {arguments.numbers!r}{_nearest(arguments.numbers, KINDS)}")
    given = load(arguments.example).given
    settings = {}
    for setting in arguments.set:
        name, sign, value = setting.partition("=")
        name = name.strip()
        if not sign:
            raise UsageError(f"--set {setting!r}: expected NAME=VALUE, such as --set {next(iter(given))}=…")
        if name not in given:
            raise UsageError(f"{arguments.example} is not given {name!r}{_nearest(name, given)}")
        settings[name] = value
    return with_own_numbers(arguments.example, settings, arguments.numbers)


def _nearest(word: str, known: Iterable[str]) -> str:
    known = list(known)
    begun = [candidate for candidate in known if candidate.startswith(word)]
    close = begun or difflib.get_close_matches(word, known, n=1, cutoff=0.4)
    if close:
        return f"; did you mean {close[0]!r}?"
    return f"; there are: {', '.join(known)}"


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


def _errata() -> int:
    wrong = [result for result in reproduce() if result.status == "erratum"]
    print(f"{len(wrong)} wrong figures\n")
    for result in wrong:
        print(f"{result.source}, {result.place}")
        print(f"  printed {result.printed}, right is {result.computed}: {result.cause}\n")
    claims = read_claims()
    print(f"{len(claims)} statements to mend\n")
    for claim in claims:
        print(f"{claim.source}, {claim.place}")
        print(f"  says:  {claim.says}")
        print(f"  right: {claim.right}")
        print(f"  cause: {claim.cause}\n")
    return 0


# ---- prove -----------------------------------------------------------------------------------------------------------


def _prove(theorems: list[str], as_json: bool) -> int:
    if importlib.util.find_spec("sympy") is None:
        raise UsageError("the proofs need SymPy: pip install 'scalarnn[proofs]'")
    from scalarnn.proofs import report

    status: int = report.main(theorems, as_json)
    return status
