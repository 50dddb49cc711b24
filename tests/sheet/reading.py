"""An .xlsx file read back: its cells, from the XML alone."""

import io
import re
import zipfile
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class Read:
    """A cell as a file has it: its text or number, and its formula without the =."""

    def __init__(self, value, formula):
        self.value = value
        self.formula = formula


def parts_of(data):
    """Each part of the file, parsed."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: ElementTree.fromstring(package.read(name)) for name in package.namelist()}


def cells_of(data, sheet=1):
    """Name → Read, of one sheet; shared texts are looked up."""
    parts = parts_of(data)
    shared = [
        "".join(one.itertext())
        for one in parts.get("xl/sharedStrings.xml", ElementTree.Element("none")).iter(f"{MAIN}si")
    ]
    found = {}
    for cell in parts[f"xl/worksheets/sheet{sheet}.xml"].iter(f"{MAIN}c"):
        formula, value = cell.find(f"{MAIN}f"), cell.find(f"{MAIN}v")
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            thing = "".join(cell.find(f"{MAIN}is").itertext())
        elif value is None:
            continue
        elif kind == "s":
            thing = shared[int(value.text)]
        else:
            thing = float(value.text) if kind in ("n", "b") else value.text
        found[cell.get("r")] = Read(thing, None if formula is None else formula.text)
    return found


def rewritten(data, cell, number, sheet=1):
    """The file with another number in one cell, as if somebody had typed it; stored results are left as they are."""
    name = f"xl/worksheets/sheet{sheet}.xml"
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {one: package.read(one) for one in package.namelist()}
    text, count = re.subn(rf'(<c r="{cell}" s="\d+"><v>)[^<]*', rf"\g<1>{number!r}", parts[name].decode())
    assert count == 1, f"{cell} is no number that is given"
    parts[name] = text.encode()
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for one, content in parts.items():
            package.writestr(one, content)
    return file.getvalue()
