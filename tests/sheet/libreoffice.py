"""LibreOffice Calc as a judge, where it is installed: `apt-get install libreoffice-calc`.

It saves 15 digits, so a page is added that takes the expected number from each cell in the file's own formulas:
RAWSUBTRACT, unlike −, does not make small differences 0. What comes out is 0 where every bit is the same.
"""

import shutil
import subprocess

import pytest

from scalarnn.sheet.xlsx import Page, xlsx
from tests.sheet.reading import cells_of

SOFFICE = shutil.which("soffice")
needs_calc = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice Calc is not installed: libreoffice-calc")
NOT_COMPUTED = 99.0
# It shows stored results unless it is told to compute everything when a file is opened.
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>
"""


def with_differences(pages, expected):
    """A file with a page more: for each cell of the first, what it has over the expected number."""
    page = Page("Differences", [20], frozen=1)
    for row, (cell, number) in enumerate(expected.items()):
        page.put(row, 0, NOT_COMPUTED, "value", f"_xlfn.ORG.LIBREOFFICE.RAWSUBTRACT(Step!{cell},B{row + 1})")
        page.put(row, 1, number, "given")
    return xlsx([*pages, page])


def recalculated(files, folder):
    """Each file, by its name, opened and saved by LibreOffice; one start serves all."""
    saved = folder / "saved"
    names = []
    for name, data in files.items():
        (folder / f"{name}.xlsx").write_bytes(data)
        names.append(str(folder / f"{name}.xlsx"))
    (folder / "profile" / "user").mkdir(parents=True)
    (folder / "profile" / "user" / "registrymodifications.xcu").write_text(SETTINGS)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [SOFFICE, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(saved), *names]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return {name: (saved / f"{name}.xlsx").read_bytes() for name in files}


def differences(data, expected, sheet=3):
    """Cell → how far it is from the expected number, where it is not the same."""
    cells = cells_of(data, sheet)
    found = {}
    for row, cell in enumerate(expected):
        difference = cells[f"A{row + 1}"].value
        if difference != 0:
            found[cell] = difference
    return found
