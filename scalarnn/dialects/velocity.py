"""Momentum as others have it: the rate inside the velocity, Nesterov's other forms, and a gradient that is damped.

theta            θ, a parameter: a number, a vector or a matrix
dL_dtheta        g = ∂L/∂θ, of the same shape
learning_rate    η, how far one step goes
beta             β, how much of the past is kept from one step to the next
dampening        d, which part of a gradient does not enter the velocity
v                the velocity; with η inside it is a way, else a gradient

While η stays, the first two go the ways of `momentum_step` and `nesterov_step`. When η changes, a velocity with η
inside goes on at the old rate.
"""

from __future__ import annotations

from scalarnn.learning.carrying import for_every_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from scalarnn.scalar import Beta, Count, Parameters, Rate

__all__ = [
    "damped_momentum_rule",
    "damped_momentum_step",
    "later_damped_momentum_rule",
    "later_damped_momentum_step",
    "momentum_rate_inside_rule",
    "momentum_rate_inside_step",
    "nesterov_rate_inside_rule",
    "nesterov_rate_inside_step",
    "nesterov_twice_ahead_rule",
    "nesterov_twice_ahead_step",
]

BETA = 9 / 10
DAMPENING = 1 / 2  # none is usual: packages leave it at 0, which is momentum


def momentum_rate_inside_rule(
    theta: Parameters, dL_dtheta: Parameters, v: Parameters, learning_rate: Rate, beta: Beta = BETA
) -> tuple[Parameters, Parameters]:
    """v_new = β v − η ∂L/∂θ, θ_new = θ + v_new: the velocity is the way itself.

    Keras, scikit-learn and MXNet have it so; with PyTorch's and this book's v it is −η v.

    Returns:
        theta_new and v_new, of the same shape; theta and v are left as they were.

    Source: beyond the five sources; Polyak (1964), as in Sutskever and others (2013).

    Examples:
        >>> theta, v = momentum_rate_inside_step([1.0], [2.0], v=[0], learning_rate=0.25, beta=0.5)
        >>> theta, v
        ([0.5], [-0.5])
        >>> momentum_rate_inside_step(theta, [2.0], v, learning_rate=0.125, beta=0.5)
        ([0.0], [-0.5])
    """
    v_new = beta * v - learning_rate * dL_dtheta
    theta_new = theta + v_new
    return theta_new, v_new


momentum_rate_inside_step = for_every_number(momentum_rate_inside_rule, "momentum_rate_inside_step")


def nesterov_rate_inside_rule(
    theta: Parameters, dL_dtheta: Parameters, v: Parameters, learning_rate: Rate, beta: Beta = BETA
) -> tuple[Parameters, Parameters]:
    """v_new = β v − η ∂L/∂θ, θ_new = θ + β v_new − η ∂L/∂θ: Nesterov's step with η inside the velocity.

    Returns:
        theta_new and v_new, of the same shape; theta and v are left as they were.

    Source: beyond the five sources; Nesterov (1983), in the form of Bengio and others (2012).

    Examples:
        >>> nesterov_rate_inside_step([1.0], [2.0], v=[0], learning_rate=0.25, beta=0.5)
        ([0.25], [-0.5])
    """
    v_new = beta * v - learning_rate * dL_dtheta
    way = beta * v_new - learning_rate * dL_dtheta
    theta_new = theta + way
    return theta_new, v_new


nesterov_rate_inside_step = for_every_number(nesterov_rate_inside_rule, "nesterov_rate_inside_step")


def nesterov_twice_ahead_rule(
    theta: Parameters, dL_dtheta: Parameters, v: Parameters, learning_rate: Rate, beta: Beta = BETA
) -> tuple[Parameters, Parameters]:
    """v_new = β v − η ∂L/∂θ, θ_new = θ + β² v_new − (1 + β) η ∂L/∂θ: the gradient counts three times.

    In Nesterov's step, β v_new with v_new written out is β² v − β η ∂L/∂θ. Here v_new, which has this gradient in it
    already, stands where v should: the first step is 1 + β + β² times η g long, where Nesterov's is 1 + β times.
    Chainer's NesterovAG goes so.

    Returns:
        theta_new and v_new, of the same shape; theta and v are left as they were.

    Source: beyond the five sources; read off what Chainer does.

    Examples:
        >>> nesterov_twice_ahead_step([1.0], [2.0], v=[0], learning_rate=0.25, beta=0.5)
        ([0.125], [-0.5])
    """
    v_new = beta * v - learning_rate * dL_dtheta
    theta_new = theta + beta * beta * v_new - (1 + beta) * learning_rate * dL_dtheta
    return theta_new, v_new


nesterov_twice_ahead_step = for_every_number(nesterov_twice_ahead_rule, "nesterov_twice_ahead_step")


def damped_momentum_rule(
    theta: Parameters,
    dL_dtheta: Parameters,
    v: Parameters,
    learning_rate: Rate,
    beta: Beta = BETA,
    dampening: Beta = DAMPENING,
) -> tuple[Parameters, Parameters]:
    """v_new = β v + (1 − d) ∂L/∂θ, θ_new = θ − η v_new: only a part of each gradient enters the velocity.

    With d = β the velocity is a mean, (1 − β) Σ βᵏ g, and a step no longer than its largest gradient. MLX damps so
    from the first step on.

    Returns:
        theta_new and v_new, of the same shape; theta and v are left as they were.

    Source: beyond the five sources.

    Examples:
        >>> damped_momentum_step([1.0], [2.0], v=[0], learning_rate=0.25, beta=0.5, dampening=0.5)
        ([0.75], [1.0])
    """
    v_new = beta * v + (1 - dampening) * dL_dtheta
    theta_new = theta - learning_rate * v_new
    return theta_new, v_new


damped_momentum_step = for_every_number(damped_momentum_rule, "damped_momentum_step")


def later_damped_momentum_rule(
    theta: Parameters,
    dL_dtheta: Parameters,
    v: Parameters,
    learning_rate: Rate,
    beta: Beta = BETA,
    dampening: Beta = DAMPENING,
    *,
    t: Count,
) -> tuple[Parameters, Parameters]:
    """v_new = β v + (1 − d) ∂L/∂θ, but in the first step v_new = ∂L/∂θ; θ_new = θ − η v_new.

    PyTorch's SGD begins its velocity with the first gradient as it is, and damps those that follow.

    Args:
        t: which step this is, 1 for the first.

    Returns:
        theta_new and v_new, of the same shape; theta and v are left as they were.

    Source: beyond the five sources.

    Examples:
        >>> later_damped_momentum_step([1.0], [2.0], v=[0], learning_rate=0.25, beta=0.5, dampening=0.5, t=1)
        ([0.5], [2.0])
        >>> later_damped_momentum_step([0.5], [2.0], v=[2.0], learning_rate=0.25, beta=0.5, dampening=0.5, t=2)
        ([0.0], [2.0])
    """
    if t > 1:
        v_new = beta * v + (1 - dampening) * dL_dtheta
    else:
        v_new = dL_dtheta
    theta_new = theta - learning_rate * v_new
    return theta_new, v_new


later_damped_momentum_step = for_every_number(later_damped_momentum_rule, "later_damped_momentum_step")
