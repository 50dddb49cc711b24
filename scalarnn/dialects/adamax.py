"""Adamax: Adam with the largest gradient of late in place of a root of squares; three places for ε.

theta            θ, a parameter: a number, a vector or a matrix
dL_dtheta        g = ∂L/∂θ, of the same shape
m                a mean of past gradients
u                the largest |g|, each older one fainter by β₂; from 0 up
size             |g|
missing1         1 − β₁ᵗ: which part of m the gradients so far fill; u needs no correction
learning_rate    η, how far one step goes
beta1, beta2     β₁, β₂, how much of m, and of u, is kept from one step to the next
epsilon          ε, what keeps a division by zero away
"""

from __future__ import annotations

from scalarnn.learning.carrying import for_every_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from scalarnn.scalar import Beta, Parameters, Rate, Squares

__all__ = [
    "adamax_epsilon_below_rule",
    "adamax_epsilon_below_step",
    "adamax_epsilon_with_gradient_rule",
    "adamax_epsilon_with_gradient_step",
    "adamax_epsilon_with_past_rule",
    "adamax_epsilon_with_past_step",
]

BETA1 = 9 / 10
BETA2 = 999 / 1000
EPSILON = 1 / 10**8


def adamax_epsilon_below_rule(
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
    """u_new = max(β₂ u, |∂L/∂θ|), θ_new = θ − η / missing₁ · m_new / (u_new + ε): ε below the fraction line.

    Keras has it so; MLX too, with missing₁ = 1: not corrected.

    Returns:
        theta_new, m_new and u_new, of the same shape; theta, m and u are left as they were.

    Source: beyond the five sources; Kingma and Ba (2015), section 7.1, where there is no ε.

    Examples:
        >>> adamax_epsilon_below_step([1.0], [-4.0], [0], [1.0], 0.5, beta1=0.5, epsilon=1.0, missing1=0.5)
        ([1.4], [-2.0], [4.0])
    """
    if dL_dtheta > 0:
        size = dL_dtheta
    else:
        size = -dL_dtheta
    m_new = beta1 * m + (1 - beta1) * dL_dtheta
    if size > beta2 * u:
        u_new = size
    else:
        u_new = beta2 * u
    eta_t = learning_rate / missing1
    theta_new = theta - eta_t * m_new / (u_new + epsilon)
    return theta_new, m_new, u_new


adamax_epsilon_below_step = for_every_number(adamax_epsilon_below_rule, "adamax_epsilon_below_step")


def adamax_epsilon_with_gradient_rule(
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
    """u_new = max(β₂ u, |∂L/∂θ| + ε), θ_new = θ − η / missing₁ · m_new / u_new: ε beside the gradient.

    PyTorch and optax have it so.

    Returns:
        theta_new, m_new and u_new, of the same shape; theta, m and u are left as they were.

    Source: beyond the five sources; Kingma and Ba (2015), section 7.1.

    Examples:
        >>> adamax_epsilon_with_gradient_step([1.0], [-4.0], [0], [1.0], 0.5, beta1=0.5, epsilon=1.0, missing1=0.5)
        ([1.4], [-2.0], [5.0])
    """
    if dL_dtheta > 0:
        size = dL_dtheta + epsilon
    else:
        size = -dL_dtheta + epsilon
    m_new = beta1 * m + (1 - beta1) * dL_dtheta
    if size > beta2 * u:
        u_new = size
    else:
        u_new = beta2 * u
    eta_t = learning_rate / missing1
    theta_new = theta - eta_t * m_new / u_new
    return theta_new, m_new, u_new


adamax_epsilon_with_gradient_step = for_every_number(
    adamax_epsilon_with_gradient_rule, "adamax_epsilon_with_gradient_step"
)


def adamax_epsilon_with_past_rule(
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
    """u_new = max(β₂ u + ε, |∂L/∂θ|), θ_new = θ − η / missing₁ · m_new / u_new: ε beside the past.

    Paddle has it so: an ε is added in every step without a larger gradient.

    Returns:
        theta_new, m_new and u_new, of the same shape; theta, m and u are left as they were.

    Source: beyond the five sources; Kingma and Ba (2015), section 7.1.

    Examples:
        >>> settings = {"beta1": 0.5, "beta2": 0.5, "epsilon": 1.0}
        >>> adamax_epsilon_with_past_step([1.0], [0.0], [2.0], [2.0], 0.5, missing1=0.5, **settings)
        ([0.5], [1.0], [2.0])
    """
    if dL_dtheta > 0:
        size = dL_dtheta
    else:
        size = -dL_dtheta
    m_new = beta1 * m + (1 - beta1) * dL_dtheta
    if size > beta2 * u + epsilon:
        u_new = size
    else:
        u_new = beta2 * u + epsilon
    eta_t = learning_rate / missing1
    theta_new = theta - eta_t * m_new / u_new
    return theta_new, m_new, u_new


adamax_epsilon_with_past_step = for_every_number(adamax_epsilon_with_past_rule, "adamax_epsilon_with_past_step")
