"""The formula of a function, as its docstring begins: nothing that shows one types it again."""

from __future__ import annotations

import inspect
import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["formula_of"]

# Where a formula ends and words about it begin: why it is so, how it is computed, of what it is the gradient.
_REMARK = re.compile(
    r"(:(?= |$)|; (?:also|0 at)|, (?:since|which|written|from|the form|with 1 −)|,? for (?:each|every) (?!other)"
    r"|,? for (?:the (?:mean|summed) loss )?L = |[.,]$).*"
)


def formula_of(function: Any) -> str:
    """The formula at the head of a function's docstring, without what is said of it.

    Examples:
        >>> from scalarnn import momentum_step, sigmoid, squared_error_gradient
        >>> formula_of(sigmoid), formula_of(squared_error_gradient)
        ('a = 1 / (1 + e⁻ᶻ)', '∂L/∂ŷᵢ = 2 (ŷᵢ − yᵢ)')
        >>> formula_of(momentum_step)
        'v_new = β v + ∂L/∂θ, θ_new = θ − η v_new'
    """
    head = (inspect.getdoc(function) or "").partition("\n\n")[0]
    return _REMARK.sub("", " ".join(head.split()))
