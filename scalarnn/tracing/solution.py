"""The written solution: a whole run as a person would write it down.

The run is read as a data flow (`flow`): each number knows what it was made of, each list what stands in it, whatever
they were called. Then letters are chosen (`letters`), sums are folded, and the steps are written down (`folding`).
`z_new = neuron_forward(x, w_new, b_new)` runs lines that speak of w, b and z; in the solution they speak of w_new,
b_new and z_new. A branch becomes a reason. Lines that only look something up leave no trace.

    write_out   run a function and print all of it
    solution    a recorded run, as blocks that print
    Block       one line of the function that was asked for, and the steps that it took
    Step        one named value: symbol, expression, value, and the condition under which it was taken

What is not expressible stays code: a Step without an expression.
"""

from __future__ import annotations

from dataclasses import replace

from scalarnn.notebook import aligned, on_a_screen
from scalarnn.tracing.blocks import Block, Step
from scalarnn.tracing.expressions import Style
from scalarnn.tracing.flow import flow
from scalarnn.tracing.folding import folded
from scalarnn.tracing.latex import as_latex
from scalarnn.tracing.letters import entries_of, symbols_in
from scalarnn.tracing.record import record
from scalarnn.tracing.text import as_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from scalarnn.tracing.record import Recording

__all__ = ["Block", "Solution", "Step", "solution", "write_out"]


class Solution(list[Block]):
    """The blocks of a written solution; as text it is the solution, and in a notebook its formulas.

    Args:
        blocks: one for each executed line that took a step, or bound anything.
        given: what the run started from.
        style: how numbers are shown.
    """

    def __init__(self, blocks: Iterable[Block], given: dict[str, Any], style: Style | None = None) -> None:
        super().__init__(blocks)
        self.given = given
        self.style = style or Style()

    def __str__(self) -> str:
        return "\n".join(as_text(self, self.given, self.style))

    def __repr__(self) -> str:
        return on_a_screen(as_text(self, self.given, self.style), "print it to see all of it")

    def _repr_latex_(self) -> str:
        rows = as_latex(self, self.given, replace(self.style, latex=True))
        return aligned(rows, "print it to see all of it")


def write_out(function: Callable[..., Any], *arguments: Any, digits: int | None = None, **keywords: Any) -> None:
    """Run a function and print its written solution: each line, its formula, the numbers put in, the result.

    Args:
        function: a Python function of your own, or of this package.
        arguments: passed on.
        digits: round what is shown to so many digits, never what is computed.
        keywords: passed on.

    Raises:
        TypeError: function is not written in Python.
        RecordingTooLong: the run is too long to be read.

    Examples:
        >>> from scalarnn import neuron_forward
        >>> write_out(neuron_forward, [1, -2, 3], [-3, -1, 2], 1)
        Given
          x = [1, −2, 3]
          w = [−3, −1, 2]
          b = 1
        <BLANKLINE>
        s = weighted_sum(x, w)
            s = w₀x₀ + w₁x₁ + w₂x₂ = (−3)(1) + (−1)(−2) + (2)(3) = 5
        z = s + b
            z = s + b = 5 + 1 = 6
    """
    written = solution(record(function, *arguments, **keywords))
    written.style = Style(digits=digits)
    print(written)


def solution(recording: Recording, *, details: bool = False) -> Solution:
    """The run as blocks of steps.

    Args:
        recording: of any function.
        details: show the way to a derivative too where its own line, such as a · (1 − a), would do.

    A loop of the function that goes round more than three times and calls others is folded: its first and its last
    round are written out.

    Returns:
        One block for each executed line of that function that took a step, or bound anything.

    Examples:
        >>> from scalarnn import neuron_forward
        >>> from scalarnn.tracing import Style, record
        >>> blocks = solution(record(neuron_forward, [1, -2, 3], [-3, -1, 2], 1))
        >>> for step in (blocks[0].steps[0], blocks[1].steps[0]):
        ...     print(" = ".join(step.parts(Style())))
        s = w₀x₀ + w₁x₁ + w₂x₂ = (−3)(1) + (−1)(−2) + (2)(3) = 5
        z = s + b = 5 + 1 = 6
    """
    call = recording.call
    if not call.lines:
        return Solution([], call.arguments)
    symbols = symbols_in(call.function)
    told: dict[str, Any] = {}
    for name, value in call.arguments.items():
        told.update(entries_of(symbols[name], value))
    return Solution(folded(flow(call), told, details), call.arguments)
