"""A sheet on a page: its cells as a table, with their formulas; made from the sheet itself while building."""

from __future__ import annotations

from base64 import b64encode
from html import escape

from scalarnn.sheet import Spreadsheet
from scalarnn.sheet.layout import TITLES, UPDATE, cell_name

DIGITS = 6
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def picture(sheet: Spreadsheet) -> str:
    """The rows up to the update, as a spreadsheet program shows them; a formula is read by pointing at its cell."""
    cells = sheet.pages[0].cells
    rows = next(row for (row, _), cell in cells.items() if cell.value == TITLES[UPDATE]) - 1
    wide = max(column for row, column in cells if row < rows) + 1
    head = "".join(f"<th>{cell_name(0, column).rstrip('1')}</th>" for column in range(wide))
    lines = []
    for row in range(rows):
        texts = [f"<th>{row + 1}</th>"]
        column = 0
        while column < wide:
            text, columns = _cell(sheet, row, column, wide)
            texts.append(text)
            column += columns
        lines.append(f"<tr>{''.join(texts)}</tr>")
    return (
        '<div class="sheet" tabindex="0" role="region" aria-label="The first rows of the sheet">'
        '<table class="sheet__table">'
        f"<thead><tr><td></td>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table></div>\n"
    )


def _cell(sheet: Spreadsheet, row: int, column: int, wide: int) -> tuple[str, int]:
    """A cell, and how many columns it takes: text runs on over empty cells beside it."""
    page = sheet.pages[0]
    cell = page.cells.get((row, column))
    if cell is None:
        return "<td></td>", 1
    columns = 1
    if isinstance(cell.value, str) and cell.style != "index":
        while column + columns < wide and _is_empty(sheet, row, column + columns, cell.style):
            columns += 1
    shown = cell.value if isinstance(cell.value, str) else f"{cell.value:.{DIGITS}g}"
    says = f' title="={escape(cell.formula)}"' if cell.formula else ""
    span = f' colspan="{columns}"' if columns > 1 else ""
    return f'<td class="sheet__{cell.style}"{span}{says}>{escape(shown)}</td>', columns


def _is_empty(sheet: Spreadsheet, row: int, column: int, style: str) -> bool:
    """Whether a cell belongs to the text on its left."""
    cell = sheet.pages[0].cells.get((row, column))
    if style == "head":
        return cell is not None and cell.value == ""
    return cell is None or cell.value == ""


def formula(sheet: Spreadsheet, name: str, j: int = 0, i: int = 0) -> str:
    """The formula in one of the cells of a name, as it is read there."""
    return f"`={sheet.cells[sheet.cells_of(name)[j][i]].formula}`"


def download(sheet: Spreadsheet, name: str) -> str:
    """A link that has the file in itself, so that a page gives it without a server too."""
    data = b64encode(sheet.xlsx()).decode()
    return f'<p><a href="data:{KIND};base64,{data}" download="{escape(name)}">Download {escape(name)}</a></p>\n'
