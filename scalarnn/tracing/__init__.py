"""A run as lines: what was executed, with which numbers, and how a person would write it.

write_out   run a function and print its written solution
record      run a function, keep every executed line
written     one line as mathematics: formula, numbers put in, result
solution    the whole run as a written solution, names followed through calls

Which room answers what, in the order of the work:

    which lines ran, with which values?           record; of the source: source, syntax
    what does a name stand for, made of what?     flow: frame, values
        what is the right side of a line?         reading, knowing and library (functions), arrays, notation
        what does a line do with it?              binding, naming, attributes
        which call is it, with what?              calling, carrying (a rule over lists)
    what is it called?                            letters, symbols
    which steps are shown, and which folded?      folding, formulas, details
    how is a formula drawn?                       expressions
    how is it all put together?                   solution, blocks, text, latex; one line alone: write
    how does one walk through it?                 stepper, steps, terminal; with a debugger: debugger
"""

from scalarnn.tracing.expressions import Style
from scalarnn.tracing.record import Call, Line, Recording, RecordingTooLong, record
from scalarnn.tracing.solution import Block, Solution, Step, solution, write_out
from scalarnn.tracing.write import Written, written

__all__ = [
    "Block",
    "Call",
    "Line",
    "Recording",
    "RecordingTooLong",
    "Solution",
    "Step",
    "Style",
    "Written",
    "record",
    "solution",
    "write_out",
    "written",
]
