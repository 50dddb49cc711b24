"""Slips: what people do wrong, named by the number that comes out.

slip         what a slip is; the catalogue, which is data in catalogue/
lines        the lines of an exercise's program, and a line replaced
helpers      what such lines compute with
running      the program of an exercise, run with other lines or functions
others       slips that amount to another exercise: another loss, activation, optimizer, setting
given        another exercise as well: a number misread, two exchanged, a sample left out
samples      an update after each sample
trying       an exercise worked with every slip
rounding     an exercise worked with results rounded, or cut off, on the way
figures      a number as somebody wrote it: its digits, and what agrees with it
quantities   the name of a value as somebody wrote it
page         the answers among the lines of a page
carrying     how far rounding on the way can have moved an answer
following    an answer that is wrong only because one before it is
verdict      right, or which slip gives that number
"""

from __future__ import annotations

from scalarnn.exercise.slips.figures import Figure, read_figure
from scalarnn.exercise.slips.page import read_answer, read_page
from scalarnn.exercise.slips.slip import Slip, catalogue
from scalarnn.exercise.slips.trying import trials, worked_values
from scalarnn.exercise.slips.verdict import Fit, Verdict, check_answers

__all__ = [
    "Figure",
    "Fit",
    "Slip",
    "Verdict",
    "catalogue",
    "check_answers",
    "read_answer",
    "read_figure",
    "read_page",
    "trials",
    "worked_values",
]
