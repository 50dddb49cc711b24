"""Gradient descent: a step against the gradient.

theta            θ, a parameter: a number, a vector or a matrix
dL_dtheta        g = ∂L/∂θ, of the same shape
learning_rate    η (`001`: α), how far one step goes

θ_new = θ − η g
"""

from __future__ import annotations

from scalarnn.doors import open_classes
from scalarnn.learning.carrying import for_every_number
from scalarnn.learning.optimizer import Optimizer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.scalar import Number, Parameters, Rate, RateOrDecay

__all__ = ["GradientDescent", "gradient_descent_rule", "gradient_descent_step"]


def gradient_descent_rule(theta: Parameters, dL_dtheta: Parameters, learning_rate: Rate) -> Parameters:
    """θ_new = θ − η · ∂L/∂θ, for every number of θ.

    The gradient points to where L grows fastest, so the step goes the other way. For a small step d,
    L(θ + d) ≈ L(θ) + ∂L/∂θ · d; with d = −η · ∂L/∂θ the loss falls by about η · (∂L/∂θ)².

    Returns:
        theta_new, of the same shape; theta itself is left as it was.

    Source: `001` (gradient descent), `002` (update of the neuron), `004` step 4.

    Examples:
        >>> gradient_descent_step(theta=[1, 2, 0], dL_dtheta=[18, 36, 0], learning_rate=0.5)
        [-8.0, -16.0, 0.0]
    """
    theta_new = theta - learning_rate * dL_dtheta
    return theta_new


gradient_descent_step = for_every_number(gradient_descent_rule, "gradient_descent_step")


class GradientDescent(Optimizer):
    """θ_new = θ − η · ∂L/∂θ for every W and b of a network.

    Args:
        learning_rate: η, a finite number above zero, or a decay such as `ExponentialDecay(0.1, gamma=0.99)`.

    Attributes:
        learning_rate: as given; it may be changed between steps.
        t: how many steps have been taken.

    Source: `001` (gradient descent), `002`, `004` step 4.

    Examples:
        >>> from scalarnn import InverseTimeDecay, Layer, Network
        >>> network = Network([Layer([[2.0]], [0.0])])
        >>> optimizer = GradientDescent(InverseTimeDecay(0.5, decay=1))
        >>> for _ in range(2):
        ...     y_hat = network.forward([1.0])
        ...     dL_dx = network.backward([1.0])
        ...     optimizer.step(network)
        ...     print(network.layers[0].W, network.layers[0].b)
        [[1.5]] [-0.5]
        [[1.25]] [-0.75]
    """

    def __init__(self, learning_rate: RateOrDecay) -> None:
        super().__init__(learning_rate)

    def _step(self, theta: Any, dL_dtheta: Any, kept: Any, learning_rate: Number) -> Any:  # noqa: ARG002
        return (gradient_descent_step(theta, dL_dtheta, learning_rate),)


open_classes(GradientDescent)
