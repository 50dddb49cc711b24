"""The file itself: what Excel expects of its parts, digits, text that stays text, and what is printed."""

import io
import re
import struct
import zipfile
from xml.etree import ElementTree

from scalarnn.sheet.xlsx import SHEET_MARK, STYLES, Page, xlsx
from tests.sheet.exercises import exercise_of, sheet
from tests.sheet.reading import MAIN, cells_of, parts_of, rewritten

RELATIONSHIPS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def page_of(*texts):
    page = Page("Step", [10], frozen=2)
    for row, text in enumerate(texts):
        page.put(row, 0, text, "title")
    return page


def test_every_part_is_declared_and_every_reference_leads_somewhere():
    data = sheet(exercise_of()).xlsx()
    parts = parts_of(data)
    declared = {one.get("PartName") for one in parts["[Content_Types].xml"] if one.get("PartName")}
    assert declared == {f"/{name}" for name in parts if not name.endswith(".rels") and name != "[Content_Types].xml"}
    targets = {one.get("Id"): one.get("Target") for one in parts["xl/_rels/workbook.xml.rels"]}
    assert {f"xl/{target}" for target in targets.values()} <= set(parts)
    assert {one.get("Target") for one in parts["_rels/.rels"]} <= set(parts)
    assert {one.get(f"{RELATIONSHIPS}id") for one in parts["xl/workbook.xml"].iter(f"{MAIN}sheet")} <= set(targets)


def test_the_same_bytes_each_time_and_a_mark_by_which_it_is_known():
    data = sheet(exercise_of()).xlsx()
    assert sheet(exercise_of()).xlsx() == data
    assert SHEET_MARK in data[:1000]
    assert zipfile.ZipFile(io.BytesIO(data)).testzip() is None


def test_the_elements_of_a_sheet_stand_in_the_order_of_the_standard():
    """ECMA-376, CT_Worksheet: a program may refuse any other."""
    order = "sheetPr dimension sheetViews sheetFormatPr cols sheetData mergeCells dataValidations pageMargins pageSetup"
    for number in (1, 2):
        root = parts_of(sheet(exercise_of("cross_entropy", classes=True)).xlsx())[f"xl/worksheets/sheet{number}.xml"]
        found = [one.tag.removeprefix(MAIN) for one in root]
        assert found == [one for one in [*order.split(), "headerFooter"] if one in found]
        assert number == 2 or {"mergeCells", "dataValidations"} <= set(found)


def test_cells_and_rows_go_upward():
    root = parts_of(sheet(exercise_of(batch=True)).xlsx())["xl/worksheets/sheet1.xml"]
    rows = [int(row.get("r")) for row in root.iter(f"{MAIN}row")]
    assert rows == sorted(set(rows))
    for row in root.iter(f"{MAIN}row"):
        places = [(len(cell.get("r")), cell.get("r")) for cell in row]
        assert places == sorted(set(places))


def test_all_digits_are_there():
    numbers = [0.1, 1 / 3, 2 / 3, 5e-324, 1.7976931348623157e308, 0.1 + 0.2, -123456789.12345678, 3, 1e-7, 1e22]
    page = Page("Step", [10], frozen=1)
    for row, number in enumerate(numbers):
        page.put(row, 0, number, "given")
    found = cells_of(xlsx([page]))
    assert [struct.pack("d", found[f"A{row + 1}"].value) for row in range(len(numbers))] == [
        struct.pack("d", number) for number in numbers
    ]


def test_text_that_looks_like_a_formula_is_text():
    texts = ["=1+1", "+A1", "-2", "@SUM(A1)", '=HYPERLINK("x";"y")', "a < b & c > d ]]>", "line\nline", "\x07bell"]
    data = xlsx([page_of(*texts)])
    found = cells_of(data)
    assert [found[f"A{row + 1}"].value for row in range(len(texts))] == [*texts[:-1], " bell"]
    assert all(cell.formula is None for cell in found.values())
    root = parts_of(data)["xl/worksheets/sheet1.xml"]
    formats = list(parts_of(data)["xl/styles.xml"].find(f"{MAIN}cellXfs"))
    for cell in root.iter(f"{MAIN}c"):
        assert cell.get("t") == "inlineStr"
        assert formats[int(cell.get("s"))].get("quotePrefix") == "1"  # also once somebody has edited it


def test_a_title_of_an_exercise_stays_text():
    spreadsheet = sheet(exercise_of(title="=cmd|' /C calc'!A0"))
    assert cells_of(spreadsheet.xlsx())["A1"].value == "=cmd|' /C calc'!A0"
    assert all(not cell.formula.startswith("cmd") for cell in spreadsheet.cells.values())


def test_given_numbers_are_marked_and_nothing_else_is():
    spreadsheet = sheet(exercise_of(optimizer="adam"))
    for cell in spreadsheet.cells.values():
        assert (cell.style == "given") == (not isinstance(cell.value, str) and not cell.formula)
    given = {name: spreadsheet.cells_of(name) for name in ("x", "y", "W0", "b0", "W1", "b1", "learning_rate", "beta1")}
    marked = {cell for rows in given.values() for row in rows for cell in row}
    assert marked < {name for name, cell in spreadsheet.cells.items() if cell.style == "given"}


def test_colours_are_not_needed_to_tell_them_apart():
    """Printed without colour, a given number has another frame, and a gradient other letters."""
    shape = {name: (marks, line) for name, (_, marks, _, _, line) in STYLES.items()}
    assert shape["given"] not in (shape["value"], shape["new"], shape["gradient"])
    assert shape["gradient"] not in (shape["value"], shape["new"])


def test_it_prints_on_a4_across_and_the_title_stays():
    parts = parts_of(sheet(exercise_of()).xlsx())
    for number in (1, 2):
        root = parts[f"xl/worksheets/sheet{number}.xml"]
        setup = root.find(f"{MAIN}pageSetup")
        assert (setup.get("paperSize"), setup.get("orientation"), setup.get("fitToWidth")) == ("9", "landscape", "1")
        pane = root.find(f".//{MAIN}pane")
        assert (pane.get("ySplit"), pane.get("state"), pane.get("topLeftCell")) == ("2", "frozen", "A3")
    titles = [one.text for one in parts["xl/workbook.xml"].iter(f"{MAIN}definedName")]
    assert titles == ["'Step'!$1:$2", "'Explained'!$1:$2"]


def test_every_block_is_explained():
    for exercise in (exercise_of(optimizer="adam"), exercise_of("softmax_cross_entropy", "tanh", batch=True)):
        spreadsheet = sheet(exercise)
        found = cells_of(spreadsheet.xlsx(), 2)
        for row, block in enumerate(spreadsheet.blocks, 3):
            assert found[f"A{row}"].value == block.symbol
            assert found[f"D{row}"].value, block.name
            first, *_ = found[f"B{row}"].value.split(":")
            cell = spreadsheet.cells[first]
            assert found[f"E{row}"].value == (f"={cell.formula}" if cell.formula else found[f"E{row}"].value)
        assert all(cell.formula is None for cell in found.values())


# ---- the witness -----------------------------------------------------------------------------------------------------


def test_sixteen_digits_would_be_seen():
    page = Page("Step", [10], frozen=1)
    page.put(0, 0, 0.1 + 0.2, "given")
    data = xlsx([page])
    assert cells_of(data)["A1"].value == 0.1 + 0.2
    assert cells_of(rewritten(data, "A1", float(f"{0.1 + 0.2:.16g}")))["A1"].value != 0.1 + 0.2


def test_markup_that_is_not_escaped_would_be_seen():
    data = xlsx([page_of("a < b")])
    text = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()
    try:
        ElementTree.fromstring(re.sub("&lt;", "<", text))
    except ElementTree.ParseError:
        return
    raise AssertionError
