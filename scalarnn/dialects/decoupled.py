"""Weight decay beside the step: every weight shrinks by a part of itself, past the optimizer's means and roots.

theta            θ, a parameter: a number, a vector or a matrix
learning_rate    η, how far one step goes
decay            λ, how strongly weights decay; PyTorch's weight_decay

Coupled decay adds λ θ to the gradient (`half_l2_penalty_gradient`), and an Adam then divides it by the size of the
gradients. Decoupled decay is η λ θ whatever the gradients are. With plain gradient descent they are the same.
"""

from __future__ import annotations

from scalarnn.learning.carrying import for_every_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from scalarnn.scalar import NotNegative, Parameters, Rate

__all__ = ["decoupled_decay", "decoupled_decay_rule"]


def decoupled_decay_rule(theta: Parameters, learning_rate: Rate, decay: NotNegative) -> Parameters:
    """θ_less = θ − η λ θ: before the step, or after it from the θ before: that is the same.

    Returns:
        theta_less, of the same shape; theta is left as it was.

    Source: beyond the five sources; Loshchilov and Hutter (2019). AdamW.

    Examples:
        >>> decoupled_decay([[2.0, -4.0]], learning_rate=0.5, decay=0.5)
        [[1.5, -3.0]]
    """
    theta_less = theta - learning_rate * decay * theta
    return theta_less


decoupled_decay = for_every_number(decoupled_decay_rule, "decoupled_decay")
