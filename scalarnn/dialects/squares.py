"""AdaGrad, RMSProp and AdaDelta as others have them: ε under the root, a mean taken away, momentum, a correction.

theta            θ, a parameter: a number, a vector or a matrix
dL_dtheta        g = ∂L/∂θ, of the same shape
learning_rate    η, how far one step goes
beta             β, how much of the past is kept from one step to the next
momentum         μ, the same for a velocity
s, r             a sum, or a mean, of past squared gradients, from 0 up; a root of it
m                a mean of past gradients
v                a velocity
d                a mean of past squared ways, from 0 up
epsilon          ε, what keeps a division by zero away

Where ε stands decides how a small gradient moves: under the root a gradient far below √ε makes a step of η g / √ε.
"""

from __future__ import annotations

from scalarnn.learning.carrying import for_every_number
from scalarnn.scalar import sqrt

TYPE_CHECKING = False
if TYPE_CHECKING:
    from scalarnn.scalar import Beta, Parameters, Rate, Squares

__all__ = [
    "adadelta_rule",
    "adadelta_step",
    "adagrad_epsilon_inside_rule",
    "adagrad_epsilon_inside_step",
    "rmsprop_centered_epsilon_inside_rule",
    "rmsprop_centered_epsilon_inside_step",
    "rmsprop_centered_epsilon_taken_rule",
    "rmsprop_centered_epsilon_taken_step",
    "rmsprop_centered_rule",
    "rmsprop_centered_step",
    "rmsprop_corrected_rule",
    "rmsprop_corrected_step",
    "rmsprop_epsilon_inside_rule",
    "rmsprop_epsilon_inside_step",
    "rmsprop_momentum_rate_inside_rule",
    "rmsprop_momentum_rate_inside_step",
    "rmsprop_momentum_rule",
    "rmsprop_momentum_step",
]

BETA = 9 / 10
MOMENTUM = 9 / 10
EPSILON = 1 / 10**8
EPSILON_INSIDE = 1 / 10**7
ADADELTA_EPSILON = 1 / 10**6


def adagrad_epsilon_inside_rule(
    theta: Parameters, dL_dtheta: Parameters, s: Squares, learning_rate: Rate, epsilon: Rate = EPSILON_INSIDE
) -> tuple[Parameters, Parameters]:
    """s_new = s + (∂L/∂θ)², θ_new = θ − η · ∂L/∂θ / √(s_new + ε): AdaGrad with ε under the root.

    Keras and optax have it so, and begin s at 1/10, not at 0: their first steps are shorter than η.

    Returns:
        theta_new and s_new, of the same shape; theta and s are left as they were.

    Source: beyond the five sources; Duchi, Hazan and Singer (2011).

    Examples:
        >>> adagrad_epsilon_inside_step([1.0], [3.0], s=[7.0], learning_rate=0.5, epsilon=9.0)
        ([0.7], [16.0])
    """
    s_new = s + dL_dtheta * dL_dtheta
    r = sqrt(s_new + epsilon)
    theta_new = theta - learning_rate * dL_dtheta / r
    return theta_new, s_new


adagrad_epsilon_inside_step = for_every_number(adagrad_epsilon_inside_rule, "adagrad_epsilon_inside_step")


def rmsprop_epsilon_inside_rule(
    theta: Parameters,
    dL_dtheta: Parameters,
    s: Squares,
    learning_rate: Rate,
    beta: Beta = BETA,
    epsilon: Rate = EPSILON_INSIDE,
) -> tuple[Parameters, Parameters]:
    """s_new = β s + (1 − β) (∂L/∂θ)², θ_new = θ − η · ∂L/∂θ / √(s_new + ε): RMSProp with ε under the root.

    Keras, Paddle and optax have it so.

    Returns:
        theta_new and s_new, of the same shape; theta and s are left as they were.

    Source: beyond the five sources; Hinton's lectures (2012).

    Examples:
        >>> rmsprop_epsilon_inside_step([1.0], [4.0], s=[16.0], learning_rate=0.5, beta=0.5, epsilon=9.0)
        ([0.6], [16.0])
    """
    s_new = beta * s + (1 - beta) * (dL_dtheta * dL_dtheta)
    r = sqrt(s_new + epsilon)
    theta_new = theta - learning_rate * dL_dtheta / r
    return theta_new, s_new


rmsprop_epsilon_inside_step = for_every_number(rmsprop_epsilon_inside_rule, "rmsprop_epsilon_inside_step")


def rmsprop_centered_rule(
    theta: Parameters,
    dL_dtheta: Parameters,
    s: Squares,
    m: Parameters,
    learning_rate: Rate,
    *,
    beta: Beta = BETA,
    epsilon: Rate = EPSILON,
) -> tuple[Parameters, Parameters, Parameters]:
    """θ_new = θ − η · ∂L/∂θ / (√(s_new − m_new²) + ε), m the mean of the gradients: their spread, not their size.

    Where all gradients are alike the spread is small and steps become long.

    Returns:
        theta_new, s_new and m_new, of the same shape; theta, s and m are left as they were.

    Source: beyond the five sources; Graves (2013). PyTorch's RMSprop with centered=True.

    Examples:
        >>> rmsprop_centered_step([1.0], [4.0], s=[0], m=[0], learning_rate=0.5, beta=0.5)[1:]
        ([8.0], [2.0])
    """
    s_new = beta * s + (1 - beta) * (dL_dtheta * dL_dtheta)
    m_new = beta * m + (1 - beta) * dL_dtheta
    r = sqrt(s_new - m_new * m_new)
    theta_new = theta - learning_rate * dL_dtheta / (r + epsilon)
    return theta_new, s_new, m_new


rmsprop_centered_step = for_every_number(rmsprop_centered_rule, "rmsprop_centered_step")


def rmsprop_centered_epsilon_inside_rule(
    theta: Parameters,
    dL_dtheta: Parameters,
    s: Squares,
    m: Parameters,
    learning_rate: Rate,
    *,
    beta: Beta = BETA,
    epsilon: Rate = EPSILON_INSIDE,
) -> tuple[Parameters, Parameters, Parameters]:
    """θ_new = θ − η · ∂L/∂θ / √(s_new − m_new² + ε): centered RMSProp with ε under the root.

    Returns:
        theta_new, s_new and m_new, of the same shape; theta, s and m are left as they were.

    Source: beyond the five sources; Graves (2013), where ε stands so. Keras and optax with centered=True.

    Examples:
        >>> rmsprop_centered_epsilon_inside_step([1.0], [4.0], s=[0], m=[0], learning_rate=0.5, beta=0.5, epsilon=5.0)
        ([0.33333333333333337], [8.0], [2.0])
    """
    s_new = beta * s + (1 - beta) * (dL_dtheta * dL_dtheta)
    m_new = beta * m + (1 - beta) * dL_dtheta
    r = sqrt(s_new - m_new * m_new + epsilon)
    theta_new = theta - learning_rate * dL_dtheta / r
    return theta_new, s_new, m_new


rmsprop_centered_epsilon_inside_step = for_every_number(
    rmsprop_centered_epsilon_inside_rule, "rmsprop_centered_epsilon_inside_step"
)


def rmsprop_centered_epsilon_taken_rule(
    theta: Parameters,
    dL_dtheta: Parameters,
    s: Squares,
    m: Parameters,
    learning_rate: Rate,
    *,
    beta: Beta = BETA,
    epsilon: Rate = EPSILON_INSIDE,
) -> tuple[Parameters, Parameters, Parameters]:
    """θ_new = θ − η · ∂L/∂θ / √(s_new − (m_new² + ε)): ε is taken away where it should be added.

    TensorFlow.js has it so. Where the spread is below ε there is no root: a first gradient of 0 is enough.

    Returns:
        theta_new, s_new and m_new, of the same shape; theta, s and m are left as they were.

    Source: beyond the five sources; read off what TensorFlow.js does.

    Examples:
        >>> rmsprop_centered_epsilon_taken_step([1.0], [4.0], s=[0], m=[0], learning_rate=0.5, beta=0.5, epsilon=3.0)
        ([-1.0], [8.0], [2.0])
    """
    s_new = beta * s + (1 - beta) * (dL_dtheta * dL_dtheta)
    m_new = beta * m + (1 - beta) * dL_dtheta
    r = sqrt(s_new - (m_new * m_new + epsilon))
    theta_new = theta - learning_rate * dL_dtheta / r
    return theta_new, s_new, m_new


rmsprop_centered_epsilon_taken_step = for_every_number(
    rmsprop_centered_epsilon_taken_rule, "rmsprop_centered_epsilon_taken_step"
)


def rmsprop_momentum_rule(
    theta: Parameters,
    dL_dtheta: Parameters,
    s: Squares,
    v: Parameters,
    learning_rate: Rate,
    *,
    beta: Beta = BETA,
    momentum: Beta = MOMENTUM,
    epsilon: Rate = EPSILON,
) -> tuple[Parameters, Parameters, Parameters]:
    """v_new = μ v + ∂L/∂θ / (√s_new + ε), θ_new = θ − η v_new: a velocity of gradients already divided by their size.

    Returns:
        theta_new, s_new and v_new, of the same shape; theta, s and v are left as they were.

    Source: beyond the five sources. PyTorch's RMSprop with momentum.

    Examples:
        >>> theta, s, v = rmsprop_momentum_step([1.0], [4.0], s=[16.0], v=[1.0], learning_rate=0.5, momentum=0.5)
        >>> round(theta[0], 6), s, round(v[0], 6)
        (0.25, [16.0], 1.5)
    """
    s_new = beta * s + (1 - beta) * (dL_dtheta * dL_dtheta)
    r = sqrt(s_new)
    v_new = momentum * v + dL_dtheta / (r + epsilon)
    theta_new = theta - learning_rate * v_new
    return theta_new, s_new, v_new


rmsprop_momentum_step = for_every_number(rmsprop_momentum_rule, "rmsprop_momentum_step")


def rmsprop_momentum_rate_inside_rule(
    theta: Parameters,
    dL_dtheta: Parameters,
    s: Squares,
    v: Parameters,
    learning_rate: Rate,
    *,
    beta: Beta = BETA,
    momentum: Beta = MOMENTUM,
    epsilon: Rate = EPSILON_INSIDE,
) -> tuple[Parameters, Parameters, Parameters]:
    """v_new = μ v + η · ∂L/∂θ / √(s_new + ε), θ_new = θ − v_new: the same with η inside, and ε under the root.

    Returns:
        theta_new, s_new and v_new, of the same shape; theta, s and v are left as they were.

    Source: beyond the five sources. Keras, Paddle and optax, whose plain momentum has the rate outside.

    Examples:
        >>> rmsprop_momentum_rate_inside_step(
        ...     [1.0], [4.0], s=[16.0], v=[0.25], learning_rate=0.5, momentum=0.5, epsilon=9.0
        ... )
        ([0.475], [16.0], [0.525])
    """
    s_new = beta * s + (1 - beta) * (dL_dtheta * dL_dtheta)
    r = sqrt(s_new + epsilon)
    v_new = momentum * v + learning_rate * dL_dtheta / r
    theta_new = theta - v_new
    return theta_new, s_new, v_new


rmsprop_momentum_rate_inside_step = for_every_number(
    rmsprop_momentum_rate_inside_rule, "rmsprop_momentum_rate_inside_step"
)


def rmsprop_corrected_rule(
    theta: Parameters,
    dL_dtheta: Parameters,
    s: Squares,
    learning_rate: Rate,
    *,
    beta: Beta = BETA,
    epsilon: Rate = EPSILON,
    missing: Rate,
) -> tuple[Parameters, Parameters]:
    """ŝ = s_new / missing, θ_new = θ − η · ∂L/∂θ / √(ŝ + ε): RMSProp corrected for its start, as Adam is.

    Args:
        missing: 1 − βᵗ, the part of a mean that t gradients fill.

    Returns:
        theta_new and s_new, of the same shape; theta and s are left as they were.

    Source: beyond the five sources. optax's rmsprop with bias_correction=True.

    Examples:
        >>> rmsprop_corrected_step([1.0], [4.0], s=[0], learning_rate=0.5, beta=0.5, epsilon=9.0, missing=0.5)
        ([0.6], [8.0])
    """
    s_new = beta * s + (1 - beta) * (dL_dtheta * dL_dtheta)
    s_hat = s_new / missing
    r = sqrt(s_hat + epsilon)
    theta_new = theta - learning_rate * dL_dtheta / r
    return theta_new, s_new


rmsprop_corrected_step = for_every_number(rmsprop_corrected_rule, "rmsprop_corrected_step")


def adadelta_rule(
    theta: Parameters,
    dL_dtheta: Parameters,
    s: Squares,
    d: Squares,
    learning_rate: Rate,
    *,
    beta: Beta = BETA,
    epsilon: Rate = ADADELTA_EPSILON,
) -> tuple[Parameters, Parameters, Parameters]:
    """way = √(d + ε) / √(s_new + ε) · ∂L/∂θ, θ_new = θ − η way: a step is as long as steps were, so η may be 1.

    In units: g / √s has none, and √d has those of θ. The mean d is of the ways before η is put on them, and the one
    under the root is that of the step before. Since both roots begin near √ε, the first steps are tiny.

    Returns:
        theta_new, s_new and d_new, of the same shape; theta, s and d are left as they were.

    Source: beyond the five sources; Zeiler (2012).

    Examples:
        >>> adadelta_step([1.0], [4.0], s=[0], d=[0], learning_rate=1.0, beta=0.5, epsilon=1.0)[1:]
        ([8.0], [0.8888888888888888])
    """
    s_new = beta * s + (1 - beta) * (dL_dtheta * dL_dtheta)
    r, r_of_ways = sqrt(s_new + epsilon), sqrt(d + epsilon)
    way = r_of_ways / r * dL_dtheta
    d_new = beta * d + (1 - beta) * (way * way)
    theta_new = theta - learning_rate * way
    return theta_new, s_new, d_new


adadelta_step = for_every_number(adadelta_rule, "adadelta_step")
