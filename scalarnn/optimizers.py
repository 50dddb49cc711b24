"""Optimizers: from gradients to better parameters.

theta            θ, a parameter: a number, a vector or a matrix
dL_dtheta        ∂L/∂θ, of the same shape
learning_rate    η (`001`: α), how far one step goes
"""

from __future__ import annotations

from scalarnn import check

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.scalar import Number

__all__ = ["gradient_descent_step"]


def gradient_descent_step(theta: Any, dL_dtheta: Any, learning_rate: Number) -> Any:
    """θ_new = θ − η · ∂L/∂θ, for every number of θ.

    Args:
        theta: a number, a vector or a matrix (or deeper lists).
        dL_dtheta: its gradient, of the same shape.
        learning_rate: a finite number above zero.

    Returns:
        theta_new, of the same shape; theta itself is left as it was.

    Raises:
        TypeError: an entry is not a number, or a number faces a list.
        ValueError: shapes differ, an entry is not finite, or learning_rate is not above zero.

    Source: `001` (gradient descent), `002` (update of the neuron), `004` step 4.

    Examples:
        >>> gradient_descent_step(theta=[1, 2, 0], dL_dtheta=[18, 36, 0], learning_rate=0.5)
        [-8.0, -16.0, 0.0]
    """
    check.learning_rate(learning_rate)
    check.same_shape(theta, dL_dtheta, "theta", "dL_dtheta")
    return _descend(theta, dL_dtheta, learning_rate)


def _descend(theta: Any, dL_dtheta: Any, learning_rate: Number) -> Any:
    if not hasattr(type(theta), "__len__"):
        theta_new = theta - learning_rate * dL_dtheta
        return theta_new
    updated = []
    for i in range(len(theta)):
        updated.append(_descend(theta[i], dL_dtheta[i], learning_rate))
    return updated
