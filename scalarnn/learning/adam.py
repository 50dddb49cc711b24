"""Adam: momentum for the direction of a step, RMSProp for its length, both corrected for their start.

theta            θ, a parameter: a number, a vector or a matrix
dL_dtheta        g = ∂L/∂θ, of the same shape
m, v             a mean of past gradients; one of past squared gradients, from 0 up
m_hat, v_hat     the same, divided by what is missing at first
t                which step this is, 1 for the first
learning_rate    η, how far one step goes
beta1, beta2     β₁, β₂, how much of m, and of v, is kept from one step to the next
r                the root of v_hat
epsilon          ε, what keeps a division by zero away

θ_new = θ − η m̂ / (√v̂ + ε)
"""

from __future__ import annotations

from scalarnn.doors import open_classes
from scalarnn.learning.carrying import for_every_number
from scalarnn.learning.optimizer import Optimizer
from scalarnn.scalar import base, sqrt

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.scalar import Beta, Count, Number, Parameters, Rate, RateOrDecay, Squares

__all__ = ["Adam", "adam_rule", "adam_step"]

# The settings of PyTorch.
BETA1 = 9 / 10
BETA2 = 999 / 1000
EPSILON = 1 / 10**8


def adam_rule(
    theta: Parameters,
    dL_dtheta: Parameters,
    m: Parameters,
    v: Squares,
    t: Count,
    learning_rate: Rate,
    *,
    beta1: Beta = BETA1,
    beta2: Beta = BETA2,
    epsilon: Rate = EPSILON,
) -> tuple[Parameters, Parameters, Parameters]:
    """θ_new = θ − η m̂ / (√v̂ + ε), with m̂ the mean of the gradients and v̂ that of their squares.

    Momentum for the direction, RMSProp for the length:

        m_new = β₁ m + (1 − β₁) ∂L/∂θ
        v_new = β₂ v + (1 − β₂) (∂L/∂θ)²

    Both begin at 0, and so are too small at first. If every gradient so far was g, then after t steps
    m = (1 − β₁) (1 + β₁ + … + β₁ᵗ⁻¹) g = (1 − β₁ᵗ) g, the sum being geometric. Dividing by what is missing makes the
    mean a mean from the first step on:

        m̂ = m_new / (1 − β₁ᵗ),   v̂ = v_new / (1 − β₂ᵗ)

    The first step is η long for every parameter, for m̂ / √v̂ = g / √g² = ±1.

    The same definition as PyTorch's Adam. PyTorch divides √v_new by √(1 − β₂ᵗ) where this takes the root of the
    quotient, so the last digits may differ.

    Args:
        m: the mean of gradients after the step before, of the same shape; `zeros_like(theta)` at first.
        v: the mean of their squares, likewise.
        t: which step this is, 1 for the first.

    Returns:
        theta_new, m_new and v_new, of the same shape; theta, m and v are left as they were.

    Source: beyond the five sources; Kingma and Ba (2015).

    Examples:
        >>> theta, m, v = adam_step([1.0, 1.0], dL_dtheta=[3.0, -0.003], m=[0, 0], v=[0, 0], t=1, learning_rate=0.5)
        >>> [round(number, 5) for number in theta]
        [0.5, 1.5]
    """
    m_new = beta1 * m + (1 - beta1) * dL_dtheta
    v_new = beta2 * v + (1 - beta2) * (dL_dtheta * dL_dtheta)
    m_hat = m_new / (1 - beta1**t)
    v_hat = v_new / (1 - beta2**t)
    r = sqrt(v_hat)
    theta_new = theta - learning_rate * m_hat / (r + epsilon)
    return theta_new, m_new, v_new


adam_step = for_every_number(adam_rule, "adam_step")


class Adam(Optimizer):
    """θ_new = θ − η m̂ / (√v̂ + ε) for every W and b of a network.

    Args:
        learning_rate: η, a finite number above zero, or a decay such as `ExponentialDecay(0.1, gamma=0.99)`.

    Attributes:
        learning_rate, beta1, beta2, epsilon: as given; they may be changed between steps.
        t: how many steps have been taken.
        state: for each layer, m and v of its W and of its b: `state[0]["m_W"]`, `state[0]["v_b"]` and so on.

    Source: beyond the five sources; see adam_step.

    Examples:
        >>> from scalarnn import Layer, Network
        >>> network = Network([Layer([[2.0]], [0.0])])
        >>> y_hat = network.forward([1.0])
        >>> dL_dx = network.backward([4.0])
        >>> optimizer = Adam(learning_rate=0.5)
        >>> optimizer.step(network)
        >>> round(network.layers[0].W[0][0], 6), optimizer.t
        (1.5, 1)
    """

    letters = ("m", "v")
    squares = ("v",)

    def __init__(
        self, learning_rate: RateOrDecay, beta1: Beta = BETA1, beta2: Beta = BETA2, epsilon: Rate = EPSILON
    ) -> None:
        super().__init__(learning_rate)
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon

    def _step(self, theta: Any, dL_dtheta: Any, kept: Any, learning_rate: Number) -> Any:
        settings = {"beta1": base(self.beta1), "beta2": base(self.beta2), "epsilon": self.epsilon}
        return adam_step(theta, dL_dtheta, *kept, self.t + 1, learning_rate, **settings)


open_classes(Adam)
