"""The written solution: a whole run as a person would write it down.

The writer knows one line. Here names are followed through calls: `z_new = neuron_forward(x, w_new, b_new)` runs lines
that speak of w, b and z; in the solution they speak of w_new, b_new and z_new. A loop that accumulates becomes one sum.
A branch becomes a reason. Lines that only look something up leave no trace.

    Block       one line of the function that was asked for, and the steps that it took
    Step        one named value: symbol, expression, value, and the condition under which it was taken

What is not expressible stays code: a Step without an expression.
"""

from __future__ import annotations

from scalarnn.tracing.blocks import Block, Step
from scalarnn.tracing.frame import Frame, Shared, entries_of
from scalarnn.tracing.translate import named
from scalarnn.tracing.write import symbols_in

TYPE_CHECKING = False
if TYPE_CHECKING:
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
    shared = Shared()
    for name, value in call.arguments.items():
        shared.told.update(entries_of(symbols[name], value))
    meanings = {name: named(symbols[name], value) for name, value in call.arguments.items()}
    blocks: list[Block] = []
    Frame(call, meanings, None, shared, outermost=True).walk(blocks)
    return [block for block in blocks if block.steps or block.line.bound or block.rounds_left_out]
