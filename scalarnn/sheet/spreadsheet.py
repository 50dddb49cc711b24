"""A function as a spreadsheet: its numbers in cells, its lines as formulas that follow when a number is changed."""

from __future__ import annotations

import math

from scalarnn.sheet.blocks import Block, Blocks
from scalarnn.sheet.explained import explanation
from scalarnn.sheet.formulas import Formulas, SheetError, number_text
from scalarnn.sheet.layout import COLUMN, bands, cell_name, kind_of
from scalarnn.sheet.xlsx import LONGEST_FORMULA, Page, xlsx
from scalarnn.unrolled import Program, UnrollError, unroll
from scalarnn.unrolled.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from scalarnn.sheet.layout import Band
    from scalarnn.sheet.xlsx import Cell

__all__ = ["Spreadsheet"]

LEGEND = "In a thick frame: given. Change one, and everything follows. Blue: gradients. Green: new parameters."


class Spreadsheet:
    """A function worked on a sheet.

    Args:
        function: takes numbers and lists of them; its local names are shown.
        arguments: name and value of each of its parameters.
        title: what stands on top; text, whatever it begins with.
        formulas: for a name its formula, shown above its block.
        comments: for a name that is given, what it is.

    Attributes:
        blocks: what is shown, in the order of the work.
        pages: the sheet, and the page that explains it.

    Raises:
        SheetError: it is no straight-line computation in floats, or too large.

    Examples:
        >>> from scalarnn import neuron_forward
        >>> sheet = Spreadsheet(neuron_forward, {"x": [3.0, 4.0], "w": [1.0, 2.0], "b": 5.0})
        >>> sheet.cells_of("x"), sheet.cells_of("z")
        ([['B6'], ['B7']], [['F6']])
        >>> sheet.cells["D6"], sheet.cells["F6"], sheet.cells["F6"].value
        (=C6*B6+C7*B7, =D6+E6, 16.0)
    """

    def __init__(
        self,
        function: Any,
        arguments: Mapping[str, Any],
        *,
        title: str = "",
        formulas: Mapping[str, str] | None = None,
        comments: Mapping[str, str] | None = None,
    ) -> None:
        self.formulas = dict(formulas or {})
        try:
            program = unroll(function, *arguments.values(), kind="float")
            self._make(program, arguments, title, comments or {})
        except UnrollError as error:
            raise SheetError(f"no spreadsheet can be made of it: {error}") from None
        except RecursionError:
            raise SheetError("a sum of hundreds of parts: expected a smaller network") from None

    def _make(self, program: Program, arguments: Mapping[str, Any], title: str, comments: Mapping[str, str]) -> None:
        self._blocks = Blocks(program)
        self.blocks = self._blocks.blocks
        self._given = [block.name for block in self.blocks if block.is_given]
        made = bands(self.blocks, self._said, 3)
        page = Page("Step", [5, COLUMN], frozen=2)
        page.put(0, 0, title, "title")
        page.put(1, 0, LEGEND, "note")
        numbers = self._numbers(program, arguments)
        width = max(band.width for band in made)
        for band in made:
            self._head(page, band, width)
            for block in band.blocks:
                self._fill(page, block, numbers)
        explained = explanation(self.blocks, self._said, comments, lambda block: _shown(page, block))
        self.pages = [page, explained]

    # ---- what is where -----------------------------------------------------------------------------------------------

    @property
    def cells(self) -> dict[str, Cell]:
        """The cells of the first page by their names, such as "B4"."""
        return {cell_name(*place): cell for place, cell in self.pages[0].cells.items()}

    def cells_of(self, name: str) -> list[list[str]]:
        """Where a name stands: a row of cells for each of its rows.

        Raises:
            KeyError: it is not shown.
        """
        for block in self.blocks:
            if block.name == name and not block.of:
                return [
                    [cell_name(block.top + j, block.left + i) for i in range(len(row))]
                    for j, row in enumerate(block.rows)
                ]
        raise KeyError(name)

    def xlsx(self) -> bytes:
        """The file, for LibreOffice Calc, Excel and others; the same bytes each time."""
        return xlsx(self.pages)

    # ---- the page ----------------------------------------------------------------------------------------------------

    def _said(self, block: Block) -> str:
        """The formula above a block that is computed."""
        formula = "" if block.is_given or block.of else self.formulas.get(block.name, "")
        left, _, right = formula.partition(" = ")
        if formula == block.symbol or left == right:
            return ""
        return formula if not formula or right else f"{block.symbol} = {formula}"

    def _head(self, page: Page, band: Band, width: int) -> None:
        """The lines above the numbers of a band, and the numbers of its rows."""
        if band.title:
            for column in range(1 + width):
                page.put(band.top, column, band.title if column == 0 else "", "section")
        for k, text in enumerate(band.said):
            page.put(band.names - len(band.said) + k, 1, text, "formula")
        for block in band.blocks:
            if block.width > 1:
                right = block.left + block.width - 1
                page.merged.append(f"{cell_name(band.names, block.left)}:{cell_name(band.names, right)}")
            for i in range(block.width):
                page.put(band.names, block.left + i, block.symbol if i == 0 else "", "head")
                if block.depth == 2:
                    page.put(band.names + 1, block.left + i, str(i), "index")
        for j in range(band.height if band.height > 1 else 0):
            page.put(band.numbers + j, 0, str(j), "index")

    def _fill(self, page: Page, block: Block, numbers: Mapping[Value, Any]) -> None:
        style = kind_of(block, self._given)
        for j, i, entry in block.entries():
            row, column = block.top + j, block.left + i
            if type(entry) is not Value:
                page.put(row, column, _finite(entry, block.name), style)
                continue
            formula = "" if block.is_given else self._formula(entry, (block, j, i))
            page.put(row, column, _finite(numbers[entry], block.name), style, formula)
            if block.is_given and isinstance(numbers[entry], int):
                page.whole.append((cell_name(row, column), self._largest(entry)))

    def _largest(self, label: Value) -> int:
        """The largest class that a label is compared with."""
        compared = [one.args for one in self._blocks.parts.live if one.op in ("eq", "ne") and label in one.args]
        return max((one for pair in compared for one in pair if isinstance(one, int)), default=0)

    def _formula(self, value: Value, place: tuple[Block, int, int]) -> str:
        """What stands behind the =, seen from a place: earlier blocks are referred to, the rest is written out."""
        now = self._blocks.order_of[place[0]]

        def cell_of(one: Value) -> str | None:
            owner = self._blocks.owner_of.get(one)
            if owner is None or owner == place or self._blocks.order_of[owner[0]] > now:
                return None
            if owner[0] is place[0] and owner[1:] > place[1:]:
                return None
            block, j, i = owner
            return cell_name(block.top + j, block.left + i)

        formula = cell_of(value) or Formulas(self._blocks.branch_of, cell_of).definition(value)
        if len(formula) >= LONGEST_FORMULA:
            raise SheetError(
                f"{place[0].name} has a formula of {len(formula)} letters: a spreadsheet takes "
                f"{LONGEST_FORMULA}; expected a smaller network"
            )
        return formula

    # ---- the numbers -------------------------------------------------------------------------------------------------

    def _numbers(self, program: Program, arguments: Mapping[str, Any]) -> dict[Value, Any]:
        """What each value with a cell is for these arguments."""
        shown = list(self._blocks.owner_of)
        parts = {"parameters": program.parameters, "given": program.given, "templates": program.templates}
        of_cells = Program(
            program,  # type: ignore[arg-type]  # of a run it needs the kind and the lines
            again=program.of_kind,
            name=program.name,
            checked=program.checked,
            result=shown,
            local_names={},
            **parts,
        )
        try:
            return dict(zip(shown, of_cells(*arguments.values()), strict=True))
        except (ArithmeticError, ValueError, LookupError) as error:
            raise SheetError(f"it cannot be worked with these numbers: {error}") from None


def _finite(number: Any, name: str) -> Any:
    if not math.isfinite(number):
        raise SheetError(f"{name} comes to {number}: a spreadsheet has no such number")
    return number + 0  # −0.0 becomes 0.0


def _shown(page: Page, block: Block) -> str:
    """The formula of a block's first cell, as text; of a given one its number."""
    cell = page.cells[block.top, block.left]
    return f"={cell.formula}" if cell.formula else number_text(cell.value)
