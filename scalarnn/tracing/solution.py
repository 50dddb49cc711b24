"""The written solution: a whole run as a person would write it down.

The run is read as a data flow (`flow`): each number knows what it was made of, each list what stands in it, whatever
they were called. Then letters are chosen (`letters`), sums are folded, and the steps are written down (`folding`).
`z_new = neuron_forward(x, w_new, b_new)` runs lines that speak of w, b and z; in the solution they speak of w_new,
b_new and z_new. A branch becomes a reason. Lines that only look something up leave no trace.

    Block       one line of the function that was asked for, and the steps that it took
    Step        one named value: symbol, expression, value, and the condition under which it was taken

What is not expressible stays code: a Step without an expression.
"""

from __future__ import annotations

from scalarnn.tracing.blocks import Block, Step
from scalarnn.tracing.flow import flow
from scalarnn.tracing.folding import folded
from scalarnn.tracing.letters import entries_of, symbols_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.tracing.record import Recording

__all__ = ["Block", "Step", "solution"]


def solution(recording: Recording) -> list[Block]:
    """The run as blocks of steps.

    Args:
        recording: of any function.

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
        return []
    symbols = symbols_in(call.function)
    told: dict[str, Any] = {}
    for name, value in call.arguments.items():
        told.update(entries_of(symbols[name], value))
    return folded(flow(call), told)
