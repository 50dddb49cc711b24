"""A network as the straight lines it is.

from scalarnn.unrolled import unroll
program = unroll(step, x, y, W, b)
print(program.python())
program(x, y, W, b)
"""

from scalarnn.unrolled.program import Line, Program
from scalarnn.unrolled.refusal import UnrollError
from scalarnn.unrolled.unroll import unroll

__all__ = ["Line", "Program", "UnrollError", "unroll"]
