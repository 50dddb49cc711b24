"""Weight decay, in the gradient or beside the step: every weight shrinks by a part of itself.

theta            θ, a parameter: a number, a vector or a matrix
dL_dtheta        g = ∂L/∂θ, of the same shape
learning_rate    η, how far one step goes
decay            λ, how strongly weights decay; PyTorch's weight_decay

Coupled decay adds λ θ to the gradient, and an Adam then divides it by the size of the gradients. Decoupled decay is
η λ θ whatever the gradients are. With plain gradient descent they are the same.
"""

from __future__ import annotations

from scalarnn.float32 import fused
from scalarnn.learning.carrying import for_every_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from scalarnn.scalar import NotNegative, Parameters, Rate

__all__ = [
    "coupled_decay",
    "coupled_decay_fused",
    "coupled_decay_fused_rule",
    "coupled_decay_rule",
    "decoupled_decay",
    "decoupled_decay_rule",
    "scaled_decay",
    "scaled_decay_rule",
]


def coupled_decay_rule(dL_dtheta: Parameters, theta: Parameters, decay: NotNegative) -> Parameters:
    """∂L/∂θ + λ θ: the gradient of the loss and of ½ λ Σ θ² together.

    Returns:
        The gradient, of the same shape; what was given is left as it was.

    Source: beyond the five sources; weight_decay of PyTorch's SGD and Adam, and of Paddle's, MLX's and tinygrad's.

    Examples:
        >>> coupled_decay([[1.0, 1.0]], [[2.0, -4.0]], decay=0.5)
        [[2.0, -1.0]]
    """
    dL_dtheta_more = dL_dtheta + decay * theta
    return dL_dtheta_more


coupled_decay = for_every_number(coupled_decay_rule, "coupled_decay")


def decoupled_decay_rule(theta: Parameters, learning_rate: Rate, decay: NotNegative) -> Parameters:
    """θ − η λ θ: before the step, or after it from the θ before; that is the same.

    Returns:
        θ, smaller, of the same shape; theta is left as it was.

    Source: beyond the five sources; Loshchilov and Hutter (2019). AdamW, and weight_decay everywhere in Keras.

    Examples:
        >>> decoupled_decay([[2.0, -4.0]], learning_rate=0.5, decay=0.5)
        [[1.5, -3.0]]
    """
    theta_less = theta - learning_rate * decay * theta
    return theta_less


decoupled_decay = for_every_number(decoupled_decay_rule, "decoupled_decay")


# ---- for the last bit of a float32 -----------------------------------------------------------------------------------


def coupled_decay_fused_rule(dL_dtheta: Parameters, theta: Parameters, decay: NotNegative) -> Parameters:
    """∂L/∂θ + λ θ, rounded once: PyTorch's and tinygrad's.

    Returns:
        The gradient, of the same shape; what was given is left as it was.

    Source: beyond the five sources; coupled_decay_rule.

    Examples:
        >>> coupled_decay_fused([[1.0, 1.0]], [[2.0, -4.0]], decay=0.5)
        [[2.0, -1.0]]
    """
    dL_dtheta_more = fused(theta, decay, dL_dtheta)
    return dL_dtheta_more


coupled_decay_fused = for_every_number(coupled_decay_fused_rule, "coupled_decay_fused")


def scaled_decay_rule(theta: Parameters, learning_rate: Rate, decay: NotNegative) -> Parameters:
    """θ (1 − η λ): the same as θ − η λ θ, in the order of PyTorch, MLX and Keras on PyTorch.

    Returns:
        θ, smaller, of the same shape; theta is left as it was.

    Source: beyond the five sources; decoupled_decay_rule.

    Examples:
        >>> scaled_decay([[2.0, -4.0]], learning_rate=0.5, decay=0.5)
        [[1.5, -3.0]]
    """
    theta_less = theta * (1 - learning_rate * decay)
    return theta_less


scaled_decay = for_every_number(scaled_decay_rule, "scaled_decay")
