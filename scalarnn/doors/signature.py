"""What a signature says of each argument: its kind, the letters of its shape, and whether None stands for it."""

from __future__ import annotations

from scalarnn.doors.later import parameters_of
from scalarnn.doors.reasons import REASONS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["OF_ONE_SHAPE", "Argument", "arguments_of"]

OF_ONE_SHAPE = ("Parameters", "Squares")


class Argument:
    """What a signature says of one argument: its kind, the letters of its shape, and whether None stands for it."""

    __slots__ = ("kind", "letters", "name", "optional")

    def __init__(self, name: str, annotation: str) -> None:
        wanted, _, nothing = annotation.partition(" | ")
        kind, _, letters = wanted.rstrip("]").partition("[")
        self.name = name
        self.kind = kind
        self.letters = tuple(letters.split(", ")) if letters else ()
        self.optional = nothing == "None"

    def reason(self, other: Argument) -> str | None:
        """Why this one has to be as long as the other; None if it is not this one that would be wrong."""
        return REASONS.get((self.name, f"{other.name}: {other.kind}"), REASONS.get((self.name, other.name)))


def arguments_of(bare: Any) -> list[Argument]:
    """What the signature of a function says of its arguments, `self` left out."""
    return [Argument(name, bare.__annotations__[name]) for name in sum(parameters_of(bare), ()) if name != "self"]
