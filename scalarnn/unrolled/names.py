"""Names for the lines of a program: what the source calls a value, with indices; no name twice."""

from __future__ import annotations

import keyword

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from scalarnn.unrolled.values import Value

__all__ = ["Names"]

JAVASCRIPT = (
    "arguments await boolean break byte case catch char class const continue debugger default delete do double else "
    "enum eval export extends false final finally float for function goto if implements import in instanceof int "
    "interface let long native new null package private protected public return short static super switch "
    "synchronized this throw throws transient true try typeof undefined var void volatile while with yield Infinity NaN"
)
OURS = (
    "exp expm1 log log1p sqrt tanh pow inf nan zero ratio is_symbolic Fraction range sum len type float int list abs "
    "print"
)
TAKEN = frozenset([*keyword.kwlist, *JAVASCRIPT.split(), *OURS.split()])


class Names:
    """Names that are taken, and the next free one for each wish."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self.taken = {*TAKEN, *taken}
        self.counts: dict[str, int] = {}

    def new(self, wish: str) -> str:
        """The wish, if it is free, or the wish with a number: z2_0 for a second z_0."""
        name = wish
        if name in self.taken:
            stem = wish.rstrip("_0123456789") if "_" in wish else wish
            indices = wish[len(stem) :]
            if not indices.startswith("_"):
                stem, indices = wish, ""
            sign = "_" if stem[-1:].isdigit() else ""
        while name in self.taken:
            self.counts[wish] = self.counts.get(wish, 1) + 1
            name = f"{stem}{sign}{self.counts[wish]}{indices}"
        self.taken.add(name)
        return name

    def give(self, value: Value) -> None:
        """Name a value: by the outermost call that has a name for it, and there by the first."""
        wish = ""
        if value.proposals:
            wish = min(value.proposals, key=lambda proposal: proposal[0])[1]
        value.name = self.new(_plain(wish) or "t")


def _plain(name: str) -> str:
    """A name that is one in Python and in JavaScript."""
    plain = "".join(letter if letter.isalnum() or letter == "_" else "_" for letter in name)
    return plain if plain and not plain[0].isdigit() else ""
