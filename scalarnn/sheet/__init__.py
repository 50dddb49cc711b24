"""One step on a spreadsheet: numbers that can be changed, formulas that follow.

formulas       a value of an unrolled program as a formula
blocks         which values have cells, and which are written out
layout         where the blocks stand
spreadsheet    Spreadsheet: a function, or an exercise, on a sheet
explained      the page that says what the cells are
xlsx           the file, with nothing but the standard library

sheet = Spreadsheet(work, {"x": [1.0, 2.0], …})
sheet.cells_of("L"), sheet.cells["B4"].formula, sheet.xlsx()
"""

from __future__ import annotations

from scalarnn.sheet.formulas import SheetError
from scalarnn.sheet.spreadsheet import Spreadsheet

__all__ = ["SheetError", "Spreadsheet"]
