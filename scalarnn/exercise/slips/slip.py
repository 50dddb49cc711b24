"""What a slip is: a step done wrong, with its name, the formula that was used and the right one. The catalogue is data.

Each `[[slip]]` of `catalogue/*.toml` has `name`, `used` and `right`, and either

    inside, old, new    a function of the package and a piece of its source that is replaced: an error that is refuted
    line, put           a pattern of the lines of an exercise's program, see `lines`, and what stands there instead

    over                what {i} and {j} of such lines stand for: each of the "entries" of a vector; each two of them,
                        "pairs", or in either order, "others"; row and column of each of the "weights"

`rank` 2 marks what is seldom done.
"""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from importlib import resources

__all__ = ["ANOTHER", "CHAPTERS", "FACTOR", "GIVEN", "ROUNDING", "SELDOM", "USUAL", "Slip", "catalogue", "of_chapter"]

# The files of the catalogue, each with what it is about.
CHAPTERS = {
    "forward": "On the way forward",
    "loss": "The loss and its gradient",
    "backward": "On the way back",
    "update": "The update",
}
# Ranks: what everybody has done once; what is seldom; a factor or a sign that no step explains; another number of the
# solution; rounded on the way.
USUAL, SELDOM, FACTOR, ANOTHER, ROUNDING = 1, 2, 3, 4, 5
GIVEN = "given"  # of a slip at one of the given numbers, for `over`


@dataclass(frozen=True)
class Slip:
    """One slip.

    Attributes:
        name: what is done wrong, in a few words.
        used: the formula that was used.
        right: the formula that should have been.
        rank: USUAL, SELDOM, FACTOR, ANOTHER or ROUNDING.
        inside: the function that is changed, by its name in `scalarnn`.
        old: what stands in it.
        new: what stands there instead.
        line: the name of a pattern of lines.
        put: what stands there instead, a line each, with the groups of the pattern in braces.
        over: what {i} and {j} stand for.
    """

    name: str
    used: str = ""
    right: str = ""
    rank: int = USUAL
    inside: str = ""
    old: str = ""
    new: str = ""
    line: str = ""
    put: tuple[str, ...] = ()
    over: str = ""


@functools.cache
def catalogue() -> tuple[Slip, ...]:
    """Every slip of the data, in the order of the work.

    Examples:
        >>> [slip.used for slip in catalogue() if slip.name == "the bias left out"]
        ['z = W x']
    """
    return tuple(slip for chapter in CHAPTERS for slip in of_chapter(chapter))


@functools.cache
def of_chapter(chapter: str) -> tuple[Slip, ...]:
    """The slips of one of CHAPTERS."""
    file = resources.files("scalarnn.exercise.slips").joinpath("catalogue", f"{chapter}.toml")
    entries = tomllib.loads(file.read_text(encoding="utf-8"))["slip"]
    return tuple(Slip(**(entry | {"put": tuple(entry.get("put", ()))})) for entry in entries)
