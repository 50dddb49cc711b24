"""Worksheets: an exercise as sheets to be printed, worked by hand and compared with a key.

    variants    the same exercise with other pleasant numbers
    codes       the letters on a sheet that find its key
    lines       the written solution, line by line: what is printed, and what is left to be filled in
    sheets      the pages that are handed out
    keys        the pages that are not
    look        how both look, on paper and on a screen

The way from one to the other:

    worksheets = Worksheets(exercise, 30, seed=7, blank="gradients")
    worksheets.sheets()     a whole HTML document; nothing in it was made from what is left blank
    worksheets.key()        another, with the solution of every sheet, under its code
"""

from __future__ import annotations

from scalarnn.worksheets.codes import code_of
from scalarnn.worksheets.lines import BLANKS
from scalarnn.worksheets.making import WorksheetError, Worksheets
from scalarnn.worksheets.variants import variants

__all__ = ["BLANKS", "WorksheetError", "Worksheets", "code_of", "variants"]
