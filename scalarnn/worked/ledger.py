"""The ledger: every figure that the sources print, exactly as printed. Data, in `ledger/NNN.toml`; never computed from.

Each `[[figures]]` table is one place of a source:

    example              the worked example that computes it
    place                where in the source
    quantity             the name of the computed value, or `quantities`, one name for each printed figure
    printed              the figure as text; lists of texts for vectors and matrices
    style                "decimals" (default), "repr" or "numpy"
    erratum              tables for wrong figures: `at` (the index, "" for a lone figure), `right`, `cause`,
                         and `route`, the name of the slip that leads to the printed figure, where one is known

Each `[[claims]]` table is a wrong statement without a figure: place, says, right, cause.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib import resources

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["Claim", "Figure", "read_claims", "read_figures"]

SOURCES = ("000", "001", "002", "003", "004")


@dataclass(frozen=True)
class Figure:
    """One printed figure."""

    source: str
    example: str
    place: str
    quantity: str
    printed: str
    style: str
    right: str | None = None
    cause: str | None = None
    route: str | None = None


@dataclass(frozen=True)
class Claim:
    """One wrong statement."""

    source: str
    place: str
    says: str
    right: str
    cause: str


def read_figures() -> list[Figure]:
    """Every printed figure of every source, in the order of the sources.

    Examples:
        >>> first = read_figures()[0]
        >>> first.source, first.place, first.quantity, first.printed
        ('000', '§2.3, output of listing 3', 'Z_columns[0][0]', '6')
    """
    figures = []
    for source in SOURCES:
        for table in _read(source).get("figures", []):
            figures += _figures_of_table(source, table)
    return figures


def read_claims() -> list[Claim]:
    """Every wrong statement of the sources that is no figure.

    Examples:
        >>> sorted({claim.source for claim in read_claims()})
        ['000', '001', '002', '003', '004']
    """
    claims = []
    for source in SOURCES:
        for table in _read(source).get("claims", []):
            claims.append(Claim(source, table["place"], table["says"], table["right"], table["cause"]))
    return claims


def _read(source: str) -> dict[str, Any]:
    text = resources.files("scalarnn.worked").joinpath("ledger", f"{source}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _figures_of_table(source: str, table: dict[str, Any]) -> list[Figure]:
    errata = {erratum["at"]: erratum for erratum in table.get("erratum", [])}
    figures = []
    for index, printed in _entries(table["printed"], ""):
        if "quantities" in table:
            quantity = table["quantities"][int(index.strip("[]"))]
        else:
            quantity = table["quantity"] + index
        erratum = errata.pop(index, {})
        figures.append(
            Figure(
                source=source,
                example=table["example"],
                place=table["place"],
                quantity=quantity,
                printed=printed,
                style=table.get("style", "decimals"),
                right=erratum.get("right"),
                cause=erratum.get("cause"),
                route=erratum.get("route"),
            )
        )
    if errata:
        raise ValueError(f"ledger {source}, {table['place']}: erratum at {sorted(errata)}, where no figure is printed")
    return figures


def _entries(printed: Any, index: str) -> list[tuple[str, str]]:
    """Each printed text with its index, "[1][0]" for row 1, column 0."""
    if isinstance(printed, str):
        return [(index, printed)]
    entries = []
    for i in range(len(printed)):
        entries += _entries(printed[i], f"{index}[{i}]")
    return entries
