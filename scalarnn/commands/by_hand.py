"""The hand-worked examples: compared and listed; and what is wrong in their sources."""

from __future__ import annotations

import json

from scalarnn.commands.targets import unknown_example
from scalarnn.commands.usage import UsageError, listed, nearest
from scalarnn.exercise import gallery
from scalarnn.worked import EXAMPLES, SOURCE_TITLES, load, read_claims, reproduce
from scalarnn.worked.reproduce import counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from typing import Any

    from scalarnn.worked import Result

__all__ = ["EXAMPLES", "describe", "prepare", "run"]


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
    else:
        parser.description = "List the printed figures that are wrong and the statements to mend, each with its cause."
        parser.add_argument("sources", nargs="*", metavar="SOURCE", help="sources such as 002; all if none is named")


def prepare(arguments: argparse.Namespace) -> None:
    """Names of examples and sources are those that there are."""
    if hasattr(arguments, "examples"):
        arguments.examples = _examples_named(arguments.examples)
    for source in getattr(arguments, "sources", []):
        if source not in SOURCE_TITLES:
            known = source[:3] in SOURCE_TITLES
            meant = nearest(source[:3], SOURCE_TITLES) if known else listed(SOURCE_TITLES)
            raise UsageError(f"unknown source {source!r}{meant}")


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    if arguments.command == "examples":
        return _examples()
    if arguments.command == "errata":
        return _errata(arguments.sources or list(SOURCE_TITLES))
    return _reproduce(arguments.examples or list(EXAMPLES), arguments.all_figures, arguments.json)


# ---- what was asked --------------------------------------------------------------------------------------------------


def _examples_named(words: list[str]) -> list[str]:
    """Examples by name, where the number of a source stands for all of its examples."""
    names: list[str] = []
    for word in words:
        if word in SOURCE_TITLES:
            names.extend(_examples_of(word))
        elif word in EXAMPLES or word in gallery.names():
            names.append(word)
        else:
            unknown_example(word)
    return list(dict.fromkeys(names))


def _examples_of(source: str) -> list[str]:
    return [name for name in EXAMPLES if name.startswith(f"{source}-")]


# ---- reproduce -------------------------------------------------------------------------------------------------------


def _reproduce(names: list[str], all_figures: bool, as_json: bool) -> int:
    results = reproduce([name for name in names if name in EXAMPLES])
    for name in names:
        results += gallery.results(name) if name in gallery.names() else []
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
        "kind": result.kind,
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
    for name in sorted(names, key=[*EXAMPLES, *gallery.names()].index):
        own = [result for result in results if result.example == name]
        counts = [str(len(own))]
        for status in ("reproduced", "erratum", "unexplained"):
            counts.append(str(sum(result.status == status for result in own)))
        shown_counts = [count if count != "0" else "·" for count in counts]
        rows.append([name[:3] if name in EXAMPLES else "·", name, *shown_counts])
    for source, name, *counts in rows:
        print(f"{source:<7} {name:<18}" + "".join(f"{count:>12}" for count in counts))
    reproduced = sum(result.status == "reproduced" for result in results)
    errata = sum(result.status == "erratum" for result in results)
    unexplained = sum(result.status == "unexplained" for result in results)
    print(f"\n{counted(results)}: {reproduced} reproduced, {errata} errata explained, {unexplained} unexplained")


# ---- examples, errata ------------------------------------------------------------------------------------------------


def _examples() -> int:
    for name in EXAMPLES:
        example = load(name)
        print(f"{name:<18} {example.title}")
    print("\nFamous examples of others")
    for name in gallery.names():
        print(f"{name:<18} {gallery.of_gallery(name).title}")
    print("\nscalarnn show EXAMPLE works one of them; scalarnn reproduce EXAMPLE compares its figures.")
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
