"""A later step: the program of a step that begins with what the optimizer has kept, and not with 0."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["Later", "in_progress"]

FIRST_T = re.compile(r", 1, (?=learning_rate|eta_t)")
FIRST_RATE = re.compile(r"(?<=_decay\(learning_rate, )0(?=, )")


class Later:
    """What is known before a step that is not the first.

    Args:
        state: what the optimizer keeps, by its names in the program: v_W0, m_b1.
        taken: how many steps were taken.
    """

    def __init__(self, state: dict[str, Any], taken: int) -> None:
        self.state = state
        self.taken = taken


def in_progress(lines: list[str], later: Later) -> list[str]:
    """The lines of a single step, as of step taken + 1; what is not known begins at 0.

    Examples:
        >>> lines = ["v_W = zeros_like(W)", "W_new, v_W_new = adam_step(W, dL_dW, m_W, v_W, 1, learning_rate)"]
        >>> for line in in_progress(lines, Later({"v_W": [[0.5]]}, 4)):
        ...     print(line)
        v_W = kept['v_W']
        W_new, v_W_new = adam_step(W, dL_dW, m_W, v_W, 5, learning_rate)
    """
    written = []
    for line in lines:
        name, is_bound, value = line.partition(" = ")
        if is_bound and value.startswith("zeros_like(") and name.strip() in later.state:
            line = f"{name} = kept['{name.strip()}']"
        written.append(FIRST_RATE.sub(str(later.taken), FIRST_T.sub(f", {later.taken + 1}, ", line)))
    return written
