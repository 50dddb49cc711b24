"""Whether arguments are plain, seen at one glance: an expression, made from what a signature says of them."""

from __future__ import annotations

from scalarnn.doors.kinds import ALONE, RANGES
from scalarnn.doors.signature import OF_ONE_SHAPE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from scalarnn.doors.signature import Argument

__all__ = ["plain_lines"]


class Plain:
    """What is true of arguments that are plain and fit one another.

    Attributes:
        shape: an expression: they are lists, and as long as the letters say.
        row: the numbers of all of them, in a row.
        ranges: an expression: they are in the range of their kinds.
    """

    def __init__(self, arguments: Sequence[Argument], names: Sequence[str]) -> None:
        self.named = list(zip(arguments, names, strict=True))
        sizes: dict[str, str] = {}  # the length that a letter stands for
        lists = [name for argument, name in self.named if argument.letters]
        shape = [f"{' is '.join(f'type({name})' for name in lists)} is list"] if lists else []
        row, ranges = [], []
        for argument, name in self.named:
            if argument.kind == "Matrix":
                rows, columns = argument.letters
                shape.append(_as_long_as(sizes, rows, f"len({name})"))
                shape.append(
                    f"{{{_length(sizes, columns, f'len({name}[0])')}}}.issuperset(map(length_of_list, {name}))"
                )
                if f"len({name}[0])" == sizes[columns]:
                    shape.append(f"0 < len({name}[0])")
                row.append(f"*entries({name})")
            elif argument.letters:
                shape.append(_as_long_as(sizes, argument.letters[0], f"len({name})"))
                row.append(f"*{name}")
            elif argument.kind in OF_ONE_SHAPE:
                ranges += self._alike(name)
            elif argument.kind not in ALONE and not argument.optional:
                if lists:
                    row.append(name)
                else:
                    ranges.append(FINITE.replace("@", name))
            ranges += self._range(argument, name)
        self.shape, self.row, self.ranges = " and ".join(shape), _in_a_row(row), " and ".join(ranges)

    def _alike(self, name: str) -> list[str]:
        """All of one shape at once, with the first of them."""
        names = [other for argument, other in self.named if argument.kind in OF_ONE_SHAPE]
        return [f"alike({', '.join(names)})"] if name == names[0] else []

    def _range(self, argument: Argument, name: str) -> list[str]:
        if argument.optional:
            return [f"({name} is None or {FINITE.replace('@', name)})"]
        text = ALONE.get(argument.kind, RANGES.get(argument.kind))
        if text is None:
            return []
        return [text.replace("#", self._classes()).replace("@", name)]

    def _classes(self) -> str:
        """How many classes there are: a count among the arguments, or as many as scores or probabilities."""
        for argument, name in self.named:
            if argument.kind == "Count":
                return f"({name} if type({name}) is int else 0)"
            if argument.letters:
                return f"len({name})"
        return ""

    def of(self, numbers: str, before: str = "") -> str:
        """The whole expression; `numbers` says of the row, written @, that it is one of finite numbers."""
        parts = [before, self.shape, numbers.replace("@", self.row) if self.row else "", self.ranges]
        return " and ".join(part for part in parts if part)


FINITE = "type(@) in NUMBERS and 0.0 * @ == 0.0"
FLOATS = "0.0 * sum(map(as_floats, @)) == 0.0"
FLOATS_AND_INTS = "are_numbers(map(type, @)) and 0.0 * sum(@) == 0.0"


def _as_long_as(sizes: dict[str, str], letter: str, length: str) -> str:
    if letter in sizes:
        return f"{length} == {sizes[letter]}"
    sizes[letter] = length
    return f"0 < {length}"


def _in_a_row(parts: list[str]) -> str:
    """Everything in a row: lists alone are added up, which is a little faster than a tuple of what is in them."""
    if parts and all(part[0] == "*" and "(" not in part for part in parts):
        return " + ".join(part[1:] for part in parts)
    return f"({', '.join(parts)},)" if parts else ""


def _length(sizes: dict[str, str], letter: str, length: str) -> str:
    return sizes.setdefault(letter, length)


def plain_lines(arguments: Sequence[Argument], names: Sequence[str], before: str = "") -> list[str]:
    """The lines of a door that see whether its arguments are plain: floats at once, ints at a second glance.

    Args:
        arguments: what the signature says of each.
        names: what each is called in the door.
        before: an expression that has to be true before anything is looked at.
    """
    plain = Plain(arguments, names)
    if not plain.row:
        return [f"    try: plain = {plain.of('', before)}", "    except (TypeError, OverflowError): plain = False"]
    return [
        f"    try: plain = {plain.of(FLOATS, before)}",
        "    except TypeError:",
        f"        try: plain = {plain.of(FLOATS_AND_INTS, before)}",
        "        except (TypeError, OverflowError): plain = False",
    ]
