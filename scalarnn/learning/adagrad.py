"""AdaGrad and RMSProp: a learning rate of its own for every parameter, by the size of its gradients.

theta            θ, a parameter: a number, a vector or a matrix
dL_dtheta        g = ∂L/∂θ, of the same shape
learning_rate    η, how far one step goes
beta             β, how much of the past is kept from one step to the next
s                a sum (AdaGrad), or a mean (RMSProp), of past squared gradients; from 0 up
r                its root
epsilon          ε, what keeps a division by zero away

AdaGrad    s_new = s + g²                 θ_new = θ − η g / (√s_new + ε)
RMSProp    s_new = β s + (1 − β) g²       θ_new = θ − η g / (√s_new + ε)
"""

from __future__ import annotations

from scalarnn.doors import open_classes
from scalarnn.learning.carrying import for_every_number
from scalarnn.learning.optimizer import Optimizer
from scalarnn.scalar import sqrt

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.scalar import Beta, Number, Parameters, Rate, RateOrDecay, Squares

__all__ = ["AdaGrad", "RMSProp", "adagrad_rule", "adagrad_step", "rmsprop_rule", "rmsprop_step"]

# The settings of PyTorch.
ADAGRAD_EPSILON = 1 / 10**10
RMSPROP_BETA = 99 / 100
RMSPROP_EPSILON = 1 / 10**8


def adagrad_rule(
    theta: Parameters, dL_dtheta: Parameters, s: Squares, learning_rate: Rate, epsilon: Rate = ADAGRAD_EPSILON
) -> tuple[Parameters, Parameters]:
    """s_new = s + (∂L/∂θ)², θ_new = θ − η · ∂L/∂θ / (√s_new + ε): every parameter has a rate of its own.

    One η for all is too long for a parameter with large gradients and too short for one with small or rare ones. So
    each is divided by the size of its own gradients so far, √(g₀² + g₁² + …). The first step is η long whatever the
    gradient, ∂L/∂θ / √(∂L/∂θ)² = ±1; after t gradients of one size it is η / √t. The sum only grows, so the steps only
    shrink: good for a convex loss, too soon an end for others, which is what RMSProp mends.

    The same definition as PyTorch's Adagrad: ε stands outside the root.

    Args:
        s: the sum of squares after the step before, of the same shape; `zeros_like(theta)` at first.

    Returns:
        theta_new and s_new, of the same shape; theta and s are left as they were.

    Source: beyond the five sources; Duchi, Hazan and Singer (2011).

    Examples:
        >>> theta, s = adagrad_step(theta=[1.0, 1.0], dL_dtheta=[3.0, -0.003], s=[0, 0], learning_rate=0.5)
        >>> [round(number, 6) for number in theta]
        [0.5, 1.5]
    """
    s_new = s + dL_dtheta * dL_dtheta
    r = sqrt(s_new)
    theta_new = theta - learning_rate * dL_dtheta / (r + epsilon)
    return theta_new, s_new


adagrad_step = for_every_number(adagrad_rule, "adagrad_step")


class AdaGrad(Optimizer):
    """s_new = s + (∂L/∂θ)², θ_new = θ − η · ∂L/∂θ / (√s_new + ε) for every W and b of a network.

    PyTorch's Adagrad with lr_decay is `AdaGrad(InverseTimeDecay(learning_rate, decay))`.

    Args:
        learning_rate: η, a finite number above zero, or a decay such as `ExponentialDecay(0.1, gamma=0.99)`.

    Attributes:
        learning_rate, epsilon: as given; they may be changed between steps.
        t: how many steps have been taken.
        state: for each layer, s of its W and of its b: `state[0]["s_W"]`, `state[0]["s_b"]`.

    Source: beyond the five sources; see adagrad_step.

    Examples:
        >>> from scalarnn import Layer, Network
        >>> network = Network([Layer([[2.0]], [0.0])])
        >>> y_hat = network.forward([1.0])
        >>> dL_dx = network.backward([4.0])
        >>> optimizer = AdaGrad(learning_rate=0.5)
        >>> optimizer.step(network)
        >>> round(network.layers[0].W[0][0], 6), optimizer.state[0]["s_W"]
        (1.5, [[16.0]])
    """

    letters = ("s",)
    squares = ("s",)

    def __init__(self, learning_rate: RateOrDecay, epsilon: Rate = ADAGRAD_EPSILON) -> None:
        super().__init__(learning_rate)
        self.epsilon = epsilon

    def _step(self, theta: Any, dL_dtheta: Any, kept: Any, learning_rate: Number) -> Any:
        return adagrad_step(theta, dL_dtheta, *kept, learning_rate, self.epsilon)


def rmsprop_rule(
    theta: Parameters,
    dL_dtheta: Parameters,
    s: Squares,
    learning_rate: Rate,
    beta: Beta = RMSPROP_BETA,
    epsilon: Rate = RMSPROP_EPSILON,
) -> tuple[Parameters, Parameters]:
    """s_new = β s + (1 − β) (∂L/∂θ)², θ_new = θ − η · ∂L/∂θ / (√s_new + ε): AdaGrad that forgets.

    In place of the sum of all squares, a mean of the recent ones: unrolled, s = (1 − β) (g₀² + β g₁² + β² g₂² + …), and
    the weights (1 − β) (1 + β + β² + …) add up to 1. So √s is the root mean square of the gradients of about the last
    1 / (1 − β) steps, and the steps stay about η long instead of shrinking for good. At first s is too small, for it
    begins at 0: the first step is η / √(1 − β) long. Adam corrects that.

    The same definition as PyTorch's RMSprop (there β is alpha, 0.99 by default; ε stands outside the root).

    Args:
        s: the mean of squares after the step before, of the same shape; `zeros_like(theta)` at first.

    Returns:
        theta_new and s_new, of the same shape; theta and s are left as they were.

    Source: beyond the five sources; Hinton's lectures (2012).

    Examples:
        >>> theta, s = rmsprop_step(theta=[1.0], dL_dtheta=[4.0], s=[0], learning_rate=0.5, beta=0.75)
        >>> [round(number, 6) for number in theta], s
        ([0.0], [4.0])
    """
    s_new = beta * s + (1 - beta) * (dL_dtheta * dL_dtheta)
    r = sqrt(s_new)
    theta_new = theta - learning_rate * dL_dtheta / (r + epsilon)
    return theta_new, s_new


rmsprop_step = for_every_number(rmsprop_rule, "rmsprop_step")


class RMSProp(Optimizer):
    """s_new = β s + (1 − β) (∂L/∂θ)², θ_new = θ − η · ∂L/∂θ / (√s_new + ε) for every W and b of a network.

    Args:
        learning_rate: η, a finite number above zero, or a decay such as `ExponentialDecay(0.1, gamma=0.99)`.

    Attributes:
        learning_rate, beta, epsilon: as given; they may be changed between steps.
        t: how many steps have been taken.
        state: for each layer, s of its W and of its b: `state[0]["s_W"]`, `state[0]["s_b"]`.

    Source: beyond the five sources; see rmsprop_step.

    Examples:
        >>> from scalarnn import Layer, Network
        >>> network = Network([Layer([[2.0]], [0.0])])
        >>> y_hat = network.forward([1.0])
        >>> dL_dx = network.backward([4.0])
        >>> optimizer = RMSProp(learning_rate=0.5, beta=0.75)
        >>> optimizer.step(network)
        >>> round(network.layers[0].W[0][0], 6), optimizer.state[0]["s_W"]
        (1.0, [[4.0]])
    """

    letters = ("s",)
    squares = ("s",)

    def __init__(self, learning_rate: RateOrDecay, beta: Beta = RMSPROP_BETA, epsilon: Rate = RMSPROP_EPSILON) -> None:
        super().__init__(learning_rate)
        self.beta = beta
        self.epsilon = epsilon

    def _step(self, theta: Any, dL_dtheta: Any, kept: Any, learning_rate: Number) -> Any:
        return rmsprop_step(theta, dL_dtheta, *kept, learning_rate, self.beta, self.epsilon)


open_classes(AdaGrad, RMSProp)
