"""A network as the straight lines it is: loops and calls written out, a line for each number that is computed.

    from scalarnn.unrolled import unroll
    program = unroll(step, x, y, W, b)      the shapes count, not the numbers
    program(x, y, W, b)                     what step(x, y, W, b) gives, the same bits
    program.lines                           each line, and the line of the source that it comes from
    program.python(), program.javascript, program.latex, program.svg
    program.backward("L")                   its own derivative, a program again

A program takes numbers as they are: NaN and infinity are handed on. A list of another length is an error.

    unroll        from a function and its arguments to a program
    source        a function's own source, parsed; statements, expressions, calls, items and arithmetic go through it
    known         functions that are known by themselves; package: some of this package's; carried: its rules
    lines, run    the lines so far, and the branches that are open; joined, heap: what the sides leave
    frame         a call: its names and its place; binding: what it is given; lengths: what has to be known
    loops         loops that stay loops
    values        what a program is made of; parts: what of it is needed; zeros: sums that begin at 0
    derivative    line by line from the end
    writer        which value has a line of its own; names, rounds: what it is called; layout: long lines
    python_text, javascript_text, latex_text, graph      in which language
    program       all of it for users; made: what it holds; door: wrong shapes; running: the number of each line;
                  following: whose exp and log it calls
    passes        methods of layers, networks and optimizers, which go as straight lines by themselves once that repays;
                  samples: a training step; standing: what stands for the layers; straightened: from there to a function
    straight_lines    the switch for that
    engine        for comparison: numbers that remember, in forty lines
"""

from scalarnn.doors.straight import straight_lines
from scalarnn.unrolled.program import Line, Program
from scalarnn.unrolled.refusal import UnrollError
from scalarnn.unrolled.unroll import unroll

__all__ = ["Line", "Program", "UnrollError", "straight_lines", "unroll"]
