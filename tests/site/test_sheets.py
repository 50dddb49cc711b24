"""The picture of a sheet: every cell where it is, with its formula."""

import base64
import importlib.util
import re

import pytest

for tool in ("markdown", "pymdownx"):
    if importlib.util.find_spec(tool) is None:
        pytest.skip(f"{tool} missing; install the extra 'docs'", allow_module_level=True)

from docs.extensions.sheets import download, formula, picture  # noqa: E402
from scalarnn.sheet.layout import cell_name  # noqa: E402
from tests.sheet.exercises import exercise_of, sheet  # noqa: E402


def placed(html):
    """Cell → its title and text, by counting columns."""
    found = {}
    for row, line in enumerate(re.findall(r"<tr>(.*?)</tr>", html.partition("<tbody>")[2])):
        column = 0
        for attributes, text in re.findall(r"<td([^>]*)>(.*?)</td>", line):
            found[cell_name(row, column)] = (re.findall(r'title="=([^"]*)"', attributes), text)
            column += int((re.findall(r'colspan="(\d+)"', attributes) or [1])[0])
    return found


def test_every_cell_is_where_the_sheet_has_it():
    spreadsheet = sheet(exercise_of(title="a < b"))
    found = placed(picture(spreadsheet))
    assert found["A1"] == ([], "a &lt; b")
    for name in ("x", "W0", "z0", "a0", "L", "dL_dx"):
        for row in spreadsheet.cells_of(name):
            for cell in row:
                titles, text = found[cell]
                written = spreadsheet.cells[cell].formula.replace("<", "&lt;").replace(">", "&gt;")
                assert titles == ([written] if written else [])
                assert text == f"{spreadsheet.cells[cell].value:.6g}"
    assert spreadsheet.cells_of("W0_new")[0][0] not in found


def test_a_formula_is_read_as_it_stands():
    spreadsheet = sheet(exercise_of())
    assert formula(spreadsheet, "z0", 1) == f"`={spreadsheet.cells[spreadsheet.cells_of('z0')[1][0]].formula}`"


def test_the_link_has_the_very_file_in_it():
    spreadsheet = sheet(exercise_of())
    link = r'href="data:[^,]*;base64,([^"]*)" download="([^"]*)"'
    ((data, name),) = re.findall(link, download(spreadsheet, "a.xlsx"))
    assert (base64.b64decode(data), name) == (spreadsheet.xlsx(), "a.xlsx")
