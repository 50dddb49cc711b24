"""What is said when a function cannot be unrolled: one line, which names the place and the reason."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from scalarnn.unrolled.values import Value

__all__ = ["NeedsKnown", "UnrollError"]


class UnrollError(ValueError):
    """A function that cannot be unrolled, or a program that cannot be made: one line.

    Examples:
        >>> raise UnrollError("neuron.py:60: while on a value")
        Traceback (most recent call last):
        scalarnn.unrolled.refusal.UnrollError: neuron.py:60: while on a value
    """


class NeedsKnown(Exception):  # noqa: N818
    """These inputs decide a length: begin again with them known."""

    def __init__(self, inputs: list[Value]) -> None:
        super().__init__("an input decides a length")
        self.inputs = inputs
