"""Momentum, and Nesterov's: a velocity that gathers gradients of one direction and cancels those that alternate.

theta            θ, a parameter: a number, a vector or a matrix
dL_dtheta        g = ∂L/∂θ, of the same shape
learning_rate    η, how far one step goes
beta             β, how much of the past is kept from one step to the next
v                the velocity: a sum of past gradients, the older the fainter

momentum    v_new = β v + g    θ_new = θ − η v_new
Nesterov    v_new = β v + g    θ_new = θ − η (g + β v_new)
"""

from __future__ import annotations

from scalarnn.doors import open_classes
from scalarnn.learning.carrying import for_every_number
from scalarnn.learning.optimizer import Optimizer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.scalar import Beta, Number, Parameters, Rate, RateOrDecay

__all__ = ["Momentum", "Nesterov", "momentum_rule", "momentum_step", "nesterov_rule", "nesterov_step"]

BETA = 9 / 10  # the usual one


def momentum_rule(
    theta: Parameters, dL_dtheta: Parameters, v: Parameters, learning_rate: Rate, beta: Beta = BETA
) -> tuple[Parameters, Parameters]:
    """v_new = β v + ∂L/∂θ, θ_new = θ − η v_new: a ball that rolls downhill and does not stop at once.

    Unrolled, v is a sum of all gradients so far, each older one fainter by β:

        v = g₀ + β g₁ + β² g₂ + …,  g₀ the newest

    Where the gradient keeps its direction the terms add up, to at most 1 + β + β² + … = 1 / (1 − β) times one of them:
    with β = 0.9 the steps become ten times as long. Where it flips its sign from step to step, as across a narrow
    valley, they cancel. With β = 0 it is gradient descent.

    The same definition as PyTorch's SGD with momentum (dampening 0). Others put η into the velocity, v = β v − η g and
    θ + v: the same path as long as η stays; when η changes, this one's past takes part at the new rate.

    Args:
        v: the velocity after the step before, of the same shape; `zeros_like(theta)` at first.

    Returns:
        theta_new and v_new, of the same shape; theta and v are left as they were.

    Source: `002` (momentum, announced); Polyak (1964).

    Examples:
        >>> theta, v = momentum_step(theta=[1.0], dL_dtheta=[2.0], v=[0], learning_rate=0.25, beta=0.5)
        >>> theta, v
        ([0.5], [2.0])
        >>> momentum_step(theta, dL_dtheta=[2.0], v=v, learning_rate=0.25, beta=0.5)
        ([-0.25], [3.0])
    """
    v_new = beta * v + dL_dtheta
    theta_new = theta - learning_rate * v_new
    return theta_new, v_new


momentum_step = for_every_number(momentum_rule, "momentum_step")


class Momentum(Optimizer):
    """v_new = β v + ∂L/∂θ, θ_new = θ − η v_new for every W and b of a network.

    Args:
        learning_rate: η, a finite number above zero, or a decay such as `ExponentialDecay(0.1, gamma=0.99)`.

    Attributes:
        learning_rate, beta: as given; they may be changed between steps.
        t: how many steps have been taken.
        state: for each layer, v of its W and of its b: `state[0]["v_W"]`, `state[0]["v_b"]`.

    Source: `002` (momentum, announced); see momentum_step.

    Examples:
        >>> from scalarnn import Layer, Network
        >>> network = Network([Layer([[2.0]], [0.0])])
        >>> optimizer = Momentum(learning_rate=0.5, beta=0.5)
        >>> for _ in range(2):
        ...     y_hat = network.forward([1.0])
        ...     dL_dx = network.backward([1.0])
        ...     optimizer.step(network)
        ...     print(network.layers[0].W, optimizer.state[0]["v_W"])
        [[1.5]] [[1.0]]
        [[0.75]] [[1.5]]
    """

    letters = ("v",)

    def __init__(self, learning_rate: RateOrDecay, beta: Beta = BETA) -> None:
        super().__init__(learning_rate)
        self.beta = beta

    def _step(self, theta: Any, dL_dtheta: Any, kept: Any, learning_rate: Number) -> Any:
        return momentum_step(theta, dL_dtheta, *kept, learning_rate, self.beta)


def nesterov_rule(
    theta: Parameters, dL_dtheta: Parameters, v: Parameters, learning_rate: Rate, beta: Beta = BETA
) -> tuple[Parameters, Parameters]:
    """v_new = β v + ∂L/∂θ, θ_new = θ − η (∂L/∂θ + β v_new): momentum that looks one step ahead.

    Nesterov's idea: the velocity will carry the ball on to φ − η β v anyway, so take the gradient there.

        v_new = β v + ∂L/∂φ at φ − η β v,    φ_new = φ − η v_new

    Since the place of the gradient is where the ball is going to be, let that be the parameter: θ = φ − η β v. Then

        θ_new = φ_new − η β v_new
              = φ − η v_new − η β v_new
              = θ + η β v − η v_new − η β v_new       (φ = θ + η β v)
              = θ − η (v_new − β v) − η β v_new
              = θ − η (∂L/∂θ + β v_new)               (v_new − β v = ∂L/∂θ)

    and the gradient is needed at θ only, where backpropagation has it. The same definition as PyTorch's SGD with
    nesterov=True. With β = 0 it is gradient descent.

    Args:
        v: the velocity after the step before, of the same shape; `zeros_like(theta)` at first.

    Returns:
        theta_new and v_new, of the same shape; theta and v are left as they were.

    Source: beyond the five sources; Nesterov (1983), in the form of Sutskever and others (2013).

    Examples:
        >>> nesterov_step(theta=[1.0], dL_dtheta=[2.0], v=[0], learning_rate=0.25, beta=0.5)
        ([0.25], [2.0])
    """
    v_new = beta * v + dL_dtheta
    v_ahead = dL_dtheta + beta * v_new
    theta_new = theta - learning_rate * v_ahead
    return theta_new, v_new


nesterov_step = for_every_number(nesterov_rule, "nesterov_step")


class Nesterov(Optimizer):
    """v_new = β v + ∂L/∂θ, θ_new = θ − η (∂L/∂θ + β v_new) for every W and b of a network.

    Args:
        learning_rate: η, a finite number above zero, or a decay such as `ExponentialDecay(0.1, gamma=0.99)`.

    Attributes:
        learning_rate, beta: as given; they may be changed between steps.
        t: how many steps have been taken.
        state: for each layer, v of its W and of its b: `state[0]["v_W"]`, `state[0]["v_b"]`.

    Source: beyond the five sources; see nesterov_step.

    Examples:
        >>> from scalarnn import Layer, Network
        >>> network = Network([Layer([[2.0]], [0.0])])
        >>> y_hat = network.forward([1.0])
        >>> dL_dx = network.backward([1.0])
        >>> Nesterov(learning_rate=0.5, beta=0.5).step(network)
        >>> network.layers[0].W
        [[1.25]]
    """

    letters = ("v",)

    def __init__(self, learning_rate: RateOrDecay, beta: Beta = BETA) -> None:
        super().__init__(learning_rate)
        self.beta = beta

    def _step(self, theta: Any, dL_dtheta: Any, kept: Any, learning_rate: Number) -> Any:
        return nesterov_step(theta, dL_dtheta, *kept, learning_rate, self.beta)


open_classes(Momentum, Nesterov)
