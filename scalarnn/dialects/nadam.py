"""NAdam: Adam that looks one step ahead as Nesterov's momentum does; with a β₁ that changes, and with one that stays.

theta                θ, a parameter: a number, a vector or a matrix
dL_dtheta            g = ∂L/∂θ, of the same shape
m, v                 a mean of past gradients; one of past squared gradients, from 0 up
mu, mu_ahead         μₜ and μₜ₊₁, the β₁ of this step and of the next
missing_now          1 − μ₁ μ₂ … μₜ, what this step's gradient is divided by
missing_ahead        1 − μ₁ … μₜ₊₁, what the mean is divided by
missing2             1 − β₂ᵗ
learning_rate        η, how far one step goes
beta1, beta2         β₁, β₂, how much of m, and of v, is kept from one step to the next
epsilon              ε, what keeps a division by zero away

With μ = β₁ throughout it is optax's; with μₜ = β₁ (1 − 0.96^(c t) / 2) PyTorch's, Paddle's and Keras's.
"""

from __future__ import annotations

from scalarnn.learning.carrying import for_every_number
from scalarnn.scalar import sqrt

TYPE_CHECKING = False
if TYPE_CHECKING:
    from scalarnn.scalar import Beta, Parameters, Rate, Squares

__all__ = ["nadam_rule", "nadam_step"]

BETA1 = 9 / 10
BETA2 = 999 / 1000
EPSILON = 1 / 10**8


def nadam_rule(
    theta: Parameters,
    dL_dtheta: Parameters,
    m: Parameters,
    v: Squares,
    learning_rate: Rate,
    *,
    beta1: Beta = BETA1,
    beta2: Beta = BETA2,
    epsilon: Rate = EPSILON,
    mu: Beta,
    mu_ahead: Beta,
    missing_now: Rate,
    missing_ahead: Rate,
    missing2: Rate,
) -> tuple[Parameters, Parameters, Parameters]:
    """m̂ = μₜ₊₁ m_new / missing_ahead + (1 − μₜ) ∂L/∂θ / missing_now, θ_new = θ − η m̂ / (√v̂ + ε).

    Adam's m̂ is mostly the past, and this gradient with the weight 1 − β₁. Here the past is taken as the next step will
    see it, and this gradient once more.

    Args:
        missing_now: 1 − μ₁ … μₜ.
        missing_ahead: 1 − μ₁ … μₜ₊₁.

    Returns:
        theta_new, m_new and v_new, of the same shape; theta, m and v are left as they were.

    Source: beyond the five sources; Dozat (2016).

    Examples:
        >>> told = {"mu": 0.5, "mu_ahead": 0.5, "missing_now": 0.5, "missing_ahead": 0.75, "missing2": 0.001}
        >>> theta, m, v = nadam_step([1.0], [2.0], [0], [0], learning_rate=0.75, beta1=0.5, **told)
        >>> round(theta[0], 6), m
        (0.0, [1.0])
    """
    m_new = beta1 * m + (1 - beta1) * dL_dtheta
    v_new = beta2 * v + (1 - beta2) * (dL_dtheta * dL_dtheta)
    m_hat = mu_ahead * m_new / missing_ahead + (1 - mu) * dL_dtheta / missing_now
    v_hat = v_new / missing2
    r = sqrt(v_hat)
    theta_new = theta - learning_rate * m_hat / (r + epsilon)
    return theta_new, m_new, v_new


nadam_step = for_every_number(nadam_rule, "nadam_step")
