"""The same formulas with a product and a sum that are rounded once, together: a fused multiply-add.

theta            θ, a parameter: a number, a vector or a matrix
dL_dtheta        g = ∂L/∂θ, of the same shape
v, m             a velocity; a mean of past gradients, in Adam with v a mean of their squares
learning_rate    η, how far one step goes
beta             β, how much of the past is kept from one step to the next
∥…∥              what is rounded once

PyTorch's add with a factor is one such operation, and clang makes them of what it compiles for tinygrad. Which of two
products is fused with the sum decides the last bit of a float32; in float64 nobody sees it.
"""

from __future__ import annotations

from scalarnn.float32 import fused
from scalarnn.learning.carrying import for_every_number
from scalarnn.scalar import sqrt

TYPE_CHECKING = False
if TYPE_CHECKING:
    from scalarnn.scalar import Beta, Count, Parameters, Rate, Squares

__all__ = [
    "adam_mean_fused_rule",
    "adam_mean_fused_step",
    "adam_scaled_epsilon_fused_rule",
    "adam_scaled_epsilon_fused_step",
    "adamax_mean_fused_rule",
    "adamax_mean_fused_step",
    "descent_fused_rule",
    "descent_fused_step",
    "later_damped_momentum_fused_rule",
    "later_damped_momentum_fused_step",
    "momentum_all_fused_rule",
    "momentum_all_fused_step",
    "momentum_fused_rule",
    "momentum_fused_step",
    "momentum_gradient_fused_rule",
    "momentum_gradient_fused_step",
    "momentum_velocity_fused_rule",
    "momentum_velocity_fused_step",
    "nesterov_all_fused_rule",
    "nesterov_all_fused_step",
    "nesterov_fused_rule",
    "nesterov_fused_step",
    "nesterov_gradient_fused_rule",
    "nesterov_gradient_fused_step",
    "nesterov_velocity_fused_rule",
    "nesterov_velocity_fused_step",
]

BETA = 9 / 10
BETA1 = 9 / 10
BETA2 = 999 / 1000
DAMPENING = 1 / 2
EPSILON = 1 / 10**8


def descent_fused_rule(theta: Parameters, dL_dtheta: Parameters, learning_rate: Rate) -> Parameters:
    """θ_new = ∥θ − η ∂L/∂θ∥: a step of gradient descent that is rounded once.

    PyTorch's SGD, Keras's on PyTorch, and tinygrad's.

    Returns:
        theta_new, of the same shape; theta is left as it was.

    Source: beyond the five sources; gradient_descent_rule.

    Examples:
        >>> descent_fused_step([1.0], [2.0], learning_rate=0.25)
        [0.5]
    """
    theta_new = fused(dL_dtheta, -learning_rate, theta)
    return theta_new


descent_fused_step = for_every_number(descent_fused_rule, "descent_fused_step")


def momentum_fused_rule(
    theta: Parameters,
    dL_dtheta: Parameters,
    v: Parameters,
    learning_rate: Rate,
    beta: Beta = BETA,
) -> tuple[Parameters, Parameters]:
    """v_new = β v + ∂L/∂θ, θ_new = ∥θ − η v_new∥: momentum whose step is rounded once.

    PyTorch's SGD.

    Returns:
        theta_new and v_new, of the same shape; what was given is left as it was.

    Source: beyond the five sources; momentum_rule.

    Examples:
        >>> momentum_fused_step([1.0], [2.0], v=[2.0], learning_rate=0.25, beta=0.5)
        ([0.25], [3.0])
    """
    v_new = beta * v + dL_dtheta
    theta_new = fused(v_new, -learning_rate, theta)
    return theta_new, v_new


momentum_fused_step = for_every_number(momentum_fused_rule, "momentum_fused_step")


def momentum_all_fused_rule(
    theta: Parameters,
    dL_dtheta: Parameters,
    v: Parameters,
    learning_rate: Rate,
    beta: Beta = BETA,
) -> tuple[Parameters, Parameters]:
    """v_new = ∥β v + ∂L/∂θ∥, θ_new = ∥θ − η v_new∥: momentum, both lines rounded once.

    tinygrad's SGD, as clang contracts it.

    Returns:
        theta_new and v_new, of the same shape; what was given is left as it was.

    Source: beyond the five sources; momentum_rule.

    Examples:
        >>> momentum_all_fused_step([1.0], [2.0], v=[2.0], learning_rate=0.25, beta=0.5)
        ([0.25], [3.0])
    """
    v_new = fused(v, beta, dL_dtheta)
    theta_new = fused(v_new, -learning_rate, theta)
    return theta_new, v_new


momentum_all_fused_step = for_every_number(momentum_all_fused_rule, "momentum_all_fused_step")


def nesterov_fused_rule(
    theta: Parameters,
    dL_dtheta: Parameters,
    v: Parameters,
    learning_rate: Rate,
    beta: Beta = BETA,
) -> tuple[Parameters, Parameters]:
    """v_new = β v + ∂L/∂θ, θ_new = ∥θ − η ∥∂L/∂θ + β v_new∥∥: Nesterov's step, what is added rounded once.

    PyTorch's SGD.

    Returns:
        theta_new and v_new, of the same shape; what was given is left as it was.

    Source: beyond the five sources; nesterov_rule.

    Examples:
        >>> nesterov_fused_step([1.0], [2.0], v=[0.0], learning_rate=0.25, beta=0.5)
        ([0.25], [2.0])
    """
    v_new = beta * v + dL_dtheta
    ahead = fused(v_new, beta, dL_dtheta)
    theta_new = fused(ahead, -learning_rate, theta)
    return theta_new, v_new


nesterov_fused_step = for_every_number(nesterov_fused_rule, "nesterov_fused_step")


def nesterov_all_fused_rule(
    theta: Parameters,
    dL_dtheta: Parameters,
    v: Parameters,
    learning_rate: Rate,
    beta: Beta = BETA,
) -> tuple[Parameters, Parameters]:
    """v_new = ∥β v + ∂L/∂θ∥, θ_new = ∥θ − η ∥∂L/∂θ + β v_new∥∥: Nesterov's step, every line rounded once.

    tinygrad's SGD, as clang contracts it.

    Returns:
        theta_new and v_new, of the same shape; what was given is left as it was.

    Source: beyond the five sources; nesterov_rule.

    Examples:
        >>> nesterov_all_fused_step([1.0], [2.0], v=[0.0], learning_rate=0.25, beta=0.5)
        ([0.25], [2.0])
    """
    v_new = fused(v, beta, dL_dtheta)
    ahead = fused(v_new, beta, dL_dtheta)
    theta_new = fused(ahead, -learning_rate, theta)
    return theta_new, v_new


nesterov_all_fused_step = for_every_number(nesterov_all_fused_rule, "nesterov_all_fused_step")


def momentum_gradient_fused_rule(
    theta: Parameters,
    dL_dtheta: Parameters,
    v: Parameters,
    learning_rate: Rate,
    beta: Beta = BETA,
) -> tuple[Parameters, Parameters]:
    """v_new = ∥β v − η ∂L/∂θ∥, η ∂L/∂θ unrounded, θ_new = θ + v_new: the rate inside the velocity.

    Keras's SGD on PyTorch.

    Returns:
        theta_new and v_new, of the same shape; what was given is left as it was.

    Source: beyond the five sources; momentum_rate_inside_rule.

    Examples:
        >>> momentum_gradient_fused_step([1.0], [2.0], v=[1.0], learning_rate=0.25, beta=0.5)
        ([1.0], [0.0])
    """
    v_new = fused(dL_dtheta, -learning_rate, beta * v)
    theta_new = theta + v_new
    return theta_new, v_new


momentum_gradient_fused_step = for_every_number(momentum_gradient_fused_rule, "momentum_gradient_fused_step")


def momentum_velocity_fused_rule(
    theta: Parameters,
    dL_dtheta: Parameters,
    v: Parameters,
    learning_rate: Rate,
    beta: Beta = BETA,
) -> tuple[Parameters, Parameters]:
    """v_new = ∥β v − η ∂L/∂θ∥, β v unrounded, θ_new = θ + v_new: the rate inside the velocity.

    tinygrad's SGD with classic=True.

    Returns:
        theta_new and v_new, of the same shape; what was given is left as it was.

    Source: beyond the five sources; momentum_rate_inside_rule.

    Examples:
        >>> momentum_velocity_fused_step([1.0], [2.0], v=[1.0], learning_rate=0.25, beta=0.5)
        ([1.0], [0.0])
    """
    way = learning_rate * dL_dtheta
    v_new = fused(v, beta, -way)
    theta_new = theta + v_new
    return theta_new, v_new


momentum_velocity_fused_step = for_every_number(momentum_velocity_fused_rule, "momentum_velocity_fused_step")


def nesterov_gradient_fused_rule(
    theta: Parameters,
    dL_dtheta: Parameters,
    v: Parameters,
    learning_rate: Rate,
    beta: Beta = BETA,
) -> tuple[Parameters, Parameters]:
    """v_new = ∥β v − η ∂L/∂θ∥, θ_new = ∥β v_new + ∥θ − η ∂L/∂θ∥∥: Nesterov's step, the rate inside the velocity.

    Keras's SGD on PyTorch.

    Returns:
        theta_new and v_new, of the same shape; what was given is left as it was.

    Source: beyond the five sources; nesterov_rate_inside_rule.

    Examples:
        >>> nesterov_gradient_fused_step([1.0], [2.0], v=[0.0], learning_rate=0.25, beta=0.5)
        ([0.25], [-0.5])
    """
    v_new = fused(dL_dtheta, -learning_rate, beta * v)
    theta_half = fused(dL_dtheta, -learning_rate, theta)
    theta_new = fused(v_new, beta, theta_half)
    return theta_new, v_new


nesterov_gradient_fused_step = for_every_number(nesterov_gradient_fused_rule, "nesterov_gradient_fused_step")


def nesterov_velocity_fused_rule(
    theta: Parameters,
    dL_dtheta: Parameters,
    v: Parameters,
    learning_rate: Rate,
    beta: Beta = BETA,
) -> tuple[Parameters, Parameters]:
    """v_new = ∥β v − η ∂L/∂θ∥, θ_new = θ + ∥β v_new − η ∂L/∂θ∥: Nesterov's step, the rate inside the velocity.

    tinygrad's SGD with classic=True.

    Returns:
        theta_new and v_new, of the same shape; what was given is left as it was.

    Source: beyond the five sources; nesterov_rate_inside_rule.

    Examples:
        >>> nesterov_velocity_fused_step([1.0], [2.0], v=[0.0], learning_rate=0.25, beta=0.5)
        ([0.25], [-0.5])
    """
    way = learning_rate * dL_dtheta
    v_new = fused(v, beta, -way)
    ahead = fused(v_new, beta, -way)
    theta_new = theta + ahead
    return theta_new, v_new


nesterov_velocity_fused_step = for_every_number(nesterov_velocity_fused_rule, "nesterov_velocity_fused_step")


def later_damped_momentum_fused_rule(
    theta: Parameters,
    dL_dtheta: Parameters,
    v: Parameters,
    learning_rate: Rate,
    beta: Beta = BETA,
    dampening: Beta = DAMPENING,
    *,
    t: Count,
) -> tuple[Parameters, Parameters]:
    """v_new = ∥β v + (1 − d) ∂L/∂θ∥, in the first step ∂L/∂θ; θ_new = ∥θ − η v_new∥: PyTorch's dampening.

    Args:
        t: which step this is, 1 for the first.

    Returns:
        theta_new and v_new, of the same shape; what was given is left as it was.

    Source: beyond the five sources; later_damped_momentum_rule.

    Examples:
        >>> later_damped_momentum_fused_step([1.0], [2.0], v=[2.0], learning_rate=0.25, beta=0.5, t=2)
        ([0.5], [2.0])
    """
    if t > 1:
        v_new = fused(dL_dtheta, 1 - dampening, beta * v)
    else:
        v_new = dL_dtheta
    theta_new = fused(v_new, -learning_rate, theta)
    return theta_new, v_new


later_damped_momentum_fused_step = for_every_number(
    later_damped_momentum_fused_rule, "later_damped_momentum_fused_step"
)


def adam_mean_fused_rule(
    theta: Parameters,
    dL_dtheta: Parameters,
    m: Parameters,
    v: Squares,
    learning_rate: Rate,
    *,
    beta1: Beta = BETA1,
    beta2: Beta = BETA2,
    epsilon: Rate = EPSILON,
    missing1: Rate,
    missing2: Rate,
) -> tuple[Parameters, Parameters, Parameters]:
    """m_new = ∥β₁ m + (1 − β₁) ∂L/∂θ∥, β₁ m unrounded, θ_new = θ − η m_new / (missing₁ (√v̂ + ε)): Adam.

    tinygrad's, whose compiler makes one division of two.

    Returns:
        theta_new, m_new and v_new, of the same shape; what was given is left as it was.

    Source: beyond the five sources; adam_given_correction_rule.

    Examples:
        >>> theta, m, v = adam_mean_fused_step([1.0], [3.0], [0.0], [0], 0.5, missing1=0.1, missing2=0.001)
        >>> round(theta[0], 6)
        0.5
    """
    share = (1 - beta1) * dL_dtheta
    m_new = fused(m, beta1, share)
    v_new = beta2 * v + (1 - beta2) * (dL_dtheta * dL_dtheta)
    v_hat = v_new / missing2
    r = sqrt(v_hat)
    theta_new = theta - m_new * learning_rate / (missing1 * (r + epsilon))
    return theta_new, m_new, v_new


adam_mean_fused_step = for_every_number(adam_mean_fused_rule, "adam_mean_fused_step")


def adamax_mean_fused_rule(
    theta: Parameters,
    dL_dtheta: Parameters,
    m: Parameters,
    u: Squares,
    learning_rate: Rate,
    *,
    beta1: Beta = BETA1,
    beta2: Beta = BETA2,
    epsilon: Rate = EPSILON,
    missing1: Rate,
) -> tuple[Parameters, Parameters, Parameters]:
    """m_new = ∥β₁ m + (1 − β₁) ∂L/∂θ∥, u_new = max(β₂ u + ε, |∂L/∂θ|), θ_new = θ − ηₜ (m_new / u_new): Paddle's.

    Returns:
        theta_new, m_new and u_new, of the same shape; what was given is left as it was.

    Source: beyond the five sources; adamax_epsilon_with_past_rule.

    Examples:
        >>> adamax_mean_fused_step([1.0], [-4.0], [0.0], [1.0], 0.5, beta1=0.5, epsilon=1.0, missing1=0.5)
        ([1.5], [-2.0], [4.0])
    """
    if dL_dtheta > 0:
        size = dL_dtheta
    else:
        size = -dL_dtheta
    share = beta1 * m
    m_new = fused(dL_dtheta, 1 - beta1, share)
    past = beta2 * u + epsilon
    if size > past:
        u_new = size
    else:
        u_new = past
    eta_t = learning_rate / missing1
    theta_new = theta - eta_t * (m_new / u_new)
    return theta_new, m_new, u_new


adamax_mean_fused_step = for_every_number(adamax_mean_fused_rule, "adamax_mean_fused_step")


def adam_scaled_epsilon_fused_rule(
    theta: Parameters,
    dL_dtheta: Parameters,
    m: Parameters,
    v: Squares,
    learning_rate: Rate,
    *,
    beta1: Beta = BETA1,
    beta2: Beta = BETA2,
    epsilon: Rate = EPSILON,
    missing1: Rate,
    missing2: Rate,
) -> tuple[Parameters, Parameters, Parameters]:
    """v_new = ∥β₂ v + (1 − β₂) ∂L/∂θ²∥, θ_new = ∥θ − ηₜ m_new / (√v_new + ε √missing₂)∥: Adam in Paddle's order.

    Returns:
        theta_new, m_new and v_new, of the same shape; what was given is left as it was.

    Source: beyond the five sources; adam_scaled_epsilon_rule.

    Examples:
        >>> theta, m, v = adam_scaled_epsilon_fused_step([1.0], [3.0], [0], [0.0], 0.5, missing1=0.1, missing2=0.001)
        >>> round(theta[0], 6)
        0.5
    """
    m_new = beta1 * m + (1 - beta1) * dL_dtheta
    share = (1 - beta2) * dL_dtheta * dL_dtheta
    v_new = fused(v, beta2, share)
    r_missing = sqrt(missing2)
    eta_t = learning_rate * (r_missing / missing1)
    r = sqrt(v_new)
    way = m_new / (r + epsilon * r_missing)
    theta_new = fused(way, -eta_t, theta)
    return theta_new, m_new, v_new


adam_scaled_epsilon_fused_step = for_every_number(adam_scaled_epsilon_fused_rule, "adam_scaled_epsilon_fused_step")
