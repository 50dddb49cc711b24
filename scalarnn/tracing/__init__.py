"""A run as lines: what was executed, with which numbers, and how a person would write it.

write_out   run a function and print its written solution
record      run a function, keep every executed line
written     one line as mathematics: formula, numbers put in, result
solution    the whole run as a written solution, names followed through calls
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
