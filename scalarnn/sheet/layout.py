"""Where the blocks stand: bands from top to bottom, in each of them blocks side by side, neurons as rows."""

from __future__ import annotations

import re

from scalarnn.sheet.blocks import DERIVATIVE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from scalarnn.sheet.blocks import Block

__all__ = ["COLUMN", "TITLES", "UPDATE", "Band", "bands", "cell_name", "kind_of"]

WIDEST = 11  # columns beside the one with the numbers of the rows, on A4 across
MIN_WIDTH = 6
COLUMN = 14  # letters
FORWARD, BACKWARD, UPDATE, AFTER = range(4)
TITLES = ("Forward", "Backward: the gradients", "The update", "After the update")


class Band:
    """Blocks side by side.

    Attributes:
        title: of the part of the work that begins here, or empty.
        blocks: from left to right.
        said: the formulas above its numbers, a text a line.
        top: the row of its first line, from 0.
    """

    def __init__(self, title: str) -> None:
        self.title = title
        self.blocks: list[Block] = []
        self.said: list[str] = []
        self.top = 0

    @property
    def width(self) -> int:
        """How many columns its blocks take."""
        return sum(block.width for block in self.blocks)

    @property
    def names(self) -> int:
        """The row with the names of the blocks; below it, if there is a matrix, stand the numbers of its columns."""
        return self.top + (1 if self.title else 0) + len(self.said)

    @property
    def numbers(self) -> int:
        """The row of the first numbers."""
        return self.names + 1 + any(block.depth == 2 for block in self.blocks)

    @property
    def height(self) -> int:
        """How many rows of numbers it has."""
        return max(len(block.rows) for block in self.blocks)

    def place(self, top: int) -> int:
        """Give the band its row and each block its cell; the row after it, an empty one left between."""
        self.top = top
        left = 1
        for block in self.blocks:
            block.top, block.left = self.numbers, left
            left += block.width
        return self.numbers + self.height + 1


def bands(blocks: list[Block], formula_of: Callable[[Block], str], first: int) -> list[Band]:
    """The blocks in bands, and each block in its place.

    Args:
        blocks: in the order of the work.
        formula_of: what is said above a block, or nothing.
        first: the first free row.
    """
    made = _in_bands(blocks)
    letters = COLUMN * max(MIN_WIDTH, *(band.width for band in made))
    place = first
    for band in made:
        for block in band.blocks:
            formula = formula_of(block)
            if formula and band.said and len(band.said[-1]) + len(formula) < letters:
                band.said[-1] += f"    {formula}"
            elif formula:
                band.said.append(formula)
        place = band.place(place)
    return made


def _in_bands(blocks: list[Block]) -> list[Band]:
    given = {block.name for block in blocks if block.is_given}
    made: list[Band] = []
    now = -1
    for group in _groups(blocks):
        stage = max(now, _stage(group[-1].name, given, now))
        if stage > now or _begins(group, made[-1]):
            made.append(Band(TITLES[stage] if stage > now else ""))
        for block in group:
            if made[-1].blocks and made[-1].width + block.width > WIDEST:
                made.append(Band(""))
            made[-1].blocks.append(block)
        now = stage
    return made


def kind_of(block: Block, given: Iterable[str]) -> str:
    """How a block is coloured: "given", "gradient", "new" or "value".

    Args:
        block: the block.
        given: the names of what is given.
    """
    if block.is_given:
        return "given"
    if DERIVATIVE.fullmatch(block.name):
        return "gradient"
    return "new" if _stage(block.name, set(given), FORWARD) == UPDATE else "value"


def cell_name(row: int, column: int) -> str:
    """B4 for the row 3 and the column 1.

    Examples:
        >>> cell_name(3, 1), cell_name(0, 26), cell_name(9, 701)
        ('B4', 'AA1', 'ZZ10')
    """
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"


def _groups(blocks: list[Block]) -> Iterator[list[Block]]:
    """A block of the work with everything that was placed for it."""
    group: list[Block] = []
    for block in blocks:
        group.append(block)
        if not block.is_given and not block.of:
            yield group
            group = []


def _begins(group: list[Block], band: Band) -> bool:
    """Whether a layer begins: with its weights on the way forward, with its z on the way back."""
    if any(block.is_given and block.depth == 2 for block in group):
        return any(not block.is_given for block in band.blocks)
    return re.fullmatch(r"d[A-Za-z]+_d[zZ]\w*", group[-1].name) is not None and any(
        re.fullmatch(r"d[A-Za-z]+_d[wW]\w*", block.name) for block in band.blocks
    )


def _stage(name: str, given: set[str], now: int) -> int:
    """Which part of the work a name belongs to."""
    if DERIVATIVE.fullmatch(name):
        return BACKWARD
    if name.endswith("_new"):
        of = name.removesuffix("_new")
        return UPDATE if of in given or of.partition("_")[2] in given else AFTER
    return UPDATE if now == BACKWARD else FORWARD
