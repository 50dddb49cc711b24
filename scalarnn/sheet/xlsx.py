"""An .xlsx file: a zip of small XML files, written by hand so that every number keeps all of its digits.

Text is stored as text, whatever it begins with, and a formula with its result. The same pages give the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from xml.sax.saxutils import escape, quoteattr

from scalarnn.sheet.layout import cell_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["SHEET_MARK", "STYLES", "Cell", "Page", "xlsx"]

SHEET_MARK = b"<Application>scalarnn</Application>"  # stands uncompressed near the beginning of the file
HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
PARTS = "application/vnd.openxmlformats-officedocument"
LONGEST_FORMULA, LONGEST_TEXT = 8192, 32_767  # of Excel
LINE = 15  # points
SIDES = ("left", "right", "top", "bottom")

# Each style: font (colour, bold, italic, size), fill, the line around it. On paper without colour a given number is
# known by its thick frame, a gradient by its italics.
STYLES = {
    "plain": ("000000", "", 11, None, None),
    "title": ("000000", "b", 14, None, None),
    "note": ("404040", "", 10, None, None),
    "section": ("FFFFFF", "b", 12, "44546A", None),
    "formula": ("404040", "i", 10, None, None),
    "head": ("000000", "b", 11, "E7E6E6", "thin"),
    "index": ("595959", "", 9, None, None),
    "wrapped": ("000000", "", 11, None, None),
    "given": ("0000C0", "", 11, "FFF2CC", "medium"),
    "value": ("000000", "", 11, None, "thin"),
    "gradient": ("000000", "i", 11, "DDEBF7", "thin"),
    "new": ("000000", "", 11, "E2EFDA", "thin"),
}
STAYS_TEXT = ' quotePrefix="1"'  # also where somebody edits the cell and it begins with =
ALIGNMENTS = {
    "index": '<alignment horizontal="center"/>',
    "head": '<alignment horizontal="center"/>',
    "wrapped": '<alignment vertical="top" wrapText="1"/>',
}


class Cell:
    """What stands in a cell.

    Attributes:
        value: a text, or a number: of a formula its result.
        formula: without the = before it; empty for a text or a number that is typed.
        style: one of STYLES.
    """

    __slots__ = ("formula", "style", "value")

    def __init__(self, value: Any, style: str, formula: str = "") -> None:
        self.value = value
        self.formula = formula
        self.style = style

    def __repr__(self) -> str:
        return f"={self.formula}" if self.formula else repr(self.value)


class Page:
    """One sheet of the file.

    Args:
        name: on its tab.
        widths: of its columns, in letters; the last is that of all further ones.
        frozen: the rows that stay on top.

    Attributes:
        cells: by row and column, from 0.
        heights: of rows that take more than one line, in lines.
        merged: cells that are one, as "B4:C4".
        whole: cells that take whole numbers from 0 up to a largest, as (cell, largest).
    """

    def __init__(self, name: str, widths: list[int], frozen: int) -> None:
        self.name = name
        self.widths = widths
        self.frozen = frozen
        self.cells: dict[tuple[int, int], Cell] = {}
        self.heights: dict[int, int] = {}
        self.merged: list[str] = []
        self.whole: list[tuple[str, int]] = []

    def put(self, row: int, column: int, value: Any, style: str, formula: str = "") -> None:
        """Fill a cell."""
        self.cells[row, column] = Cell(value, style, formula)


def xlsx(pages: list[Page]) -> bytes:
    """The file.

    Args:
        pages: its sheets.
    """
    numbers = range(1, len(pages) + 1)
    parts = {
        "[Content_Types].xml": _content_types(numbers),
        "docProps/app.xml": f'<Properties xmlns="{OFFICE}/extended-properties">{SHEET_MARK.decode()}</Properties>',
        "_rels/.rels": _relationships(
            {"officeDocument": "xl/workbook.xml", "extended-properties": "docProps/app.xml"}.items()
        ),
        "xl/workbook.xml": _workbook(pages),
        "xl/_rels/workbook.xml.rels": _relationships(
            [*(("worksheet", f"worksheets/sheet{number}.xml") for number in numbers), ("styles", "styles.xml")]
        ),
        "xl/styles.xml": _styles(),
    }
    parts |= {f"xl/worksheets/sheet{number}.xml": _page(page) for number, page in zip(numbers, pages, strict=True)}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))  # the earliest that a zip knows
            entry.compress_type = zipfile.ZIP_STORED if SHEET_MARK in text.encode() else zipfile.ZIP_DEFLATED
            package.writestr(entry, HEADER + text)
    return file.getvalue()


# ---- the book --------------------------------------------------------------------------------------------------------


def _content_types(numbers: range) -> str:
    kinds = {
        "docProps/app.xml": "extended-properties",
        "xl/workbook.xml": "spreadsheetml.sheet.main",
        "xl/styles.xml": "spreadsheetml.styles",
    }
    kinds |= {f"xl/worksheets/sheet{number}.xml": "spreadsheetml.worksheet" for number in numbers}
    overrides = [f'<Override PartName="/{name}" ContentType="{PARTS}.{kind}+xml"/>' for name, kind in kinds.items()]
    rels = f'<Default Extension="rels" ContentType="{PARTS.partition("-office")[0]}-package.relationships+xml"/>'
    xml = '<Default Extension="xml" ContentType="application/xml"/>'
    return f'<Types xmlns="{PACKAGE}/content-types">{rels}{xml}{"".join(overrides)}</Types>'


def _relationships(targets: Any) -> str:
    texts = [
        f'<Relationship Id="rId{number}" Type="{OFFICE}/relationships/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    ]
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(texts)}</Relationships>'


def _workbook(pages: list[Page]) -> str:
    sheets = [
        f'<sheet name={_attribute(page.name)} sheetId="{number}" r:id="rId{number}"/>'
        for number, page in enumerate(pages, 1)
    ]
    titles = [
        f'<definedName name="_xlnm.Print_Titles" localSheetId="{place}">{escape(_quoted(page.name))}!$1:${page.frozen}'
        "</definedName>"
        for place, page in enumerate(pages)
    ]
    return (
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}/relationships"><sheets>{"".join(sheets)}</sheets>'
        f'<definedNames>{"".join(titles)}</definedNames><calcPr fullCalcOnLoad="1"/></workbook>'
    )


def _styles() -> str:
    fonts, fills, borders, formats = [], ['<fill><patternFill patternType="none"/></fill>'], ["<border/>"], []
    fills.append('<fill><patternFill patternType="gray125"/></fill>')  # Excel expects these two first
    for number, (name, (colour, marks, size, fill, line)) in enumerate(STYLES.items()):
        marks = "".join(f"<{mark}/>" for mark in marks)
        fonts.append(
            f'<font>{marks}<sz val="{size}"/><color rgb="FF{colour}"/><name val="Calibri"/><family val="2"/></font>'
        )
        if fill:
            fills.append(f'<fill><patternFill patternType="solid"><fgColor rgb="FF{fill}"/></patternFill></fill>')
        if line:
            sides = [f'<{side} style="{line}"><color rgb="FF7F7F7F"/></{side}>' for side in SIDES]
            borders.append(f"<border>{''.join(sides)}<diagonal/></border>")
        is_text = line is None or name == "head"
        formats.append(
            f'<xf numFmtId="{49 if is_text else 0}" fontId="{number}" fillId="{len(fills) - 1 if fill else 0}" '
            f'borderId="{len(borders) - 1 if line else 0}" xfId="0"{STAYS_TEXT if is_text else ""} '
            'applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
            f"{ALIGNMENTS.get(name, '')}</xf>"
        )
    return (
        f'<styleSheet xmlns="{MAIN}">{_list("fonts", fonts)}{_list("fills", fills)}{_list("borders", borders)}'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f"{_list('cellXfs', formats)}"
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


def _list(name: str, entries: list[str]) -> str:
    return f'<{name} count="{len(entries)}">{"".join(entries)}</{name}>'


# ---- a sheet ---------------------------------------------------------------------------------------------------------


def _page(page: Page) -> str:
    rows: dict[int, list[str]] = {}
    numbers = {name: number for number, name in enumerate(STYLES)}
    for (row, column), cell in sorted(page.cells.items()):
        rows.setdefault(row, []).append(_cell(cell_name(row, column), cell, numbers[cell.style]))
    lines = []
    for row, cells in rows.items():
        height = f' ht="{LINE * page.heights[row]}" customHeight="1"' if row in page.heights else ""
        lines.append(f'<row r="{row + 1}"{height}>{"".join(cells)}</row>')
    last = cell_name(max(row for row, _ in page.cells), max(column for _, column in page.cells))
    columns = []
    for place, width in enumerate(page.widths, 1):
        end = 200 if place == len(page.widths) else place
        columns.append(f'<col min="{place}" max="{end}" width="{width}" customWidth="1"/>')
    below = cell_name(page.frozen, 0)
    return (
        f'<worksheet xmlns="{MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:{last}"/>'
        '<sheetViews><sheetView workbookViewId="0" showGridLines="0">'
        f'<pane ySplit="{page.frozen}" topLeftCell="{below}" activePane="bottomLeft" state="frozen"/>'
        f'<selection pane="bottomLeft" activeCell="{below}" sqref="{below}"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="{LINE}"/><cols>{"".join(columns)}</cols>'
        f"<sheetData>{''.join(lines)}</sheetData>"
        f"{_merges(page)}{_validations(page)}"
        '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'  # 9 is A4
        "<headerFooter><oddFooter>&amp;R&amp;P / &amp;N</oddFooter></headerFooter></worksheet>"
    )


def _merges(page: Page) -> str:
    return _list("mergeCells", [f'<mergeCell ref="{cells}"/>' for cells in page.merged]) if page.merged else ""


def _validations(page: Page) -> str:
    if not page.whole:
        return ""
    texts = [
        f'<dataValidation type="whole" allowBlank="0" showErrorMessage="1" errorTitle="A class" '
        f'error="A whole number from 0 to {largest}" sqref="{cell}"><formula1>0</formula1>'
        f"<formula2>{largest}</formula2></dataValidation>"
        for cell, largest in page.whole
    ]
    return _list("dataValidations", texts)


def _cell(name: str, cell: Cell, style: int) -> str:
    if isinstance(cell.value, str):
        text = escape(_printable(cell.value[:LONGEST_TEXT]))
        return f'<c r="{name}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    formula = f"<f>{escape(cell.formula)}</f>" if cell.formula else ""
    return f'<c r="{name}" s="{style}">{formula}<v>{cell.value!r}</v></c>'


def _printable(text: str) -> str:
    """What XML has no place for becomes a space."""
    return re.sub("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", " ", text)


def _attribute(text: str) -> str:
    return quoteattr(_printable(text))


def _quoted(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"
