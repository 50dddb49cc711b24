"""The printed figures of the sources beside the computed ones, for a page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from docs.extensions.errors import BookError
from docs.extensions.figures import number, stacked
from scalarnn.worked import Result, reproduce

SOURCES = {
    "000": "a LaTeX note",
    "001": "a lesson summary",
    "002": "lecture slides",
    "003": "a notebook",
    "004": "a blog post",
}
VERDICTS = ("reproduced", "erratum")


@cache
def printed_figures(example: str) -> list[Result]:
    """Every printed figure of an example, held against the computed value."""
    found = reproduce([example])
    for result in found:
        if result.status not in VERDICTS:
            raise BookError(f"{example}, {result.quantity}: printed {result.printed}, computed {result.computed}")
    return found


def printed_as(example: str, quantity: str) -> list[Result]:
    """How a quantity is printed: each different text once."""
    found: dict[str, Result] = {}
    for result in printed_figures(example):
        if result.quantity == quantity:
            found.setdefault(result.printed, result)
    return list(found.values())


def results(example: str, quantities: Sequence[str] = ()) -> list[Result]:
    """The figures printed for an example, each once; only those of the named quantities, if any are named."""
    found: dict[tuple[str, str], Result] = {}
    for result in reproduce([example]):
        name = result.quantity.partition("[")[0]
        if not quantities or name in quantities:
            found.setdefault((result.quantity, result.printed), result)
    missing = set(quantities) - {result.quantity.partition("[")[0] for result in found.values()}
    if missing or not found:
        raise BookError(f"no printed figure of {example} for {', '.join(sorted(missing)) or 'anything'}")
    return list(found.values())


def figures_table(shown: Sequence[Result]) -> str:
    """Quantity, printed, computed and the verdict; an unexplained figure stops the build.

    Where a quantity is printed in several ways, a column says where each of these stands.
    """
    quantities = [result.quantity for result in shown]
    several = {quantity for quantity in quantities if quantities.count(quantity) > 1}
    rows = []
    for result in shown:
        if result.status not in {"reproduced", "erratum"}:
            raise BookError(f"{result.source}, {result.quantity}: printed {result.printed}, computed {result.computed}")
        verdict = f'<span class="verdict verdict--{result.status}">{result.status}</span>'
        if result.cause:
            verdict += f": {result.cause}"
        where = [result.place if result.quantity in several else ""] if several else []
        rows.append((f"`{result.quantity}`", *where, number(result.printed), number(result.computed), verdict))
    return stacked(("quantity", *(["where"] if several else []), "printed", "computed", "verdict"), rows)


def count(example: str) -> str:
    """How many figures of an example are reproduced, and how many are errata."""
    statuses = [result.status for result in reproduce([example])]
    errata = statuses.count("erratum")
    text = f"{len(statuses)} figures, {statuses.count('reproduced')} reproduced"
    return f"{text}, {errata} errata with their cause" if errata else text
