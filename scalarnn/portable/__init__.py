"""exp, expm1, log, log1p, whole powers, sin and cos of floats, made of + − × ÷ alone: the same bits on every machine.

Python's own come from the C library of the machine, and their last digits from its version and from the processor.
Those of + − × ÷ do not: IEEE 754 says what they are. What is made of them alone is the same in CPython and PyPy, on
every processor, and in JavaScript. And it is *rounded correctly*: of all floats the one nearest to the true value.

    from scalarnn import portable
    portable.exp(1.0)         one of them
    portable.switch(True)     from here on, the whole package computes with them; `--portable` does the same

tanh and sigmoid follow: `scalarnn.activations` makes them of exp and expm1. √ is as exact as ÷ and needs nothing.

Each function goes a quick way first: a table, a short series, and a sum of two floats, s + t, which is off by less than
a bound e. If s + (t − e) and s + (t + e) are the same float, that is the answer. If not, which is seldom, whole numbers
decide, with as many digits as it takes (Ziv 1991). The bounds are derived where the sums are made.

    powers_of_two     what rounds nothing, and rounding itself
    whole_numbers     the slow way, which knows no floats
    exponential, logarithm, circle, powers     the functions
    javascript        the same files in JavaScript

Examples:
    >>> exp(1.0), log(10.0), pow(0.999, 1000)
    (2.718281828459045, 2.302585092994046, 0.36769542477096373)
"""

from __future__ import annotations

import math
import sys
from types import FunctionType

from scalarnn import activations, scalar
from scalarnn.portable.circle import cos, sin
from scalarnn.portable.exponential import exp, expm1
from scalarnn.portable.logarithm import log, log1p, log_of_whole_number
from scalarnn.portable.powers import pow

__all__ = ["cos", "exp", "expm1", "log", "log1p", "log_of_whole_number", "pow", "sin", "switch", "tanh"]

tanh = FunctionType(activations.tanh.__code__, {"expm1": expm1}, "tanh")
"""tanh z, by the lines of `scalarnn.activations.tanh` with the expm1 of this package: as exact as those are."""


def switch(on: bool) -> bool:
    """Let the package compute with these functions, or with those of `math` again.

    It holds for the whole process: for every float of which `scalarnn` takes exp, expm1, log, log1p or a power, for the
    data that it makes, and for unrolled programs. A `math.exp` in code of your own stays what it is, and so does `**`.

    Args:
        on: True for these, False for Python's own.

    Returns:
        Whether they were on before.

    Examples:
        >>> switch(True), switch(False)
        (False, True)
    """
    before = scalar.is_portable()
    scalar.use(sys.modules[__name__] if on else math)
    return before
