"""Lion: only the sign of a mean of gradients, so every step is η long, or none.

theta            θ, a parameter: a number, a vector or a matrix
dL_dtheta        g = ∂L/∂θ, of the same shape
m                a mean of past gradients
c                the mean that decides the step; more of it is the newest gradient
learning_rate    η, how far one step goes
beta1, beta2     β₁, β₂, how much of the past is in c, and kept in m
"""

from __future__ import annotations

from scalarnn.learning.carrying import for_every_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from scalarnn.scalar import Beta, Parameters, Rate

__all__ = ["lion_rule", "lion_step"]

BETA1 = 9 / 10
BETA2 = 99 / 100


def lion_rule(
    theta: Parameters,
    dL_dtheta: Parameters,
    m: Parameters,
    learning_rate: Rate,
    beta1: Beta = BETA1,
    beta2: Beta = BETA2,
) -> tuple[Parameters, Parameters]:
    """c = β₁ m + (1 − β₁) ∂L/∂θ, θ_new = θ − η sign(c), m_new = β₂ m + (1 − β₂) ∂L/∂θ; sign(0) = 0.

    Returns:
        theta_new and m_new, of the same shape; theta and m are left as they were.

    Source: beyond the five sources; Chen and others (2023).

    Examples:
        >>> lion_step([1.0, 1.0, 1.0], [0.003, -5.0, 0.0], m=[0, 0, 0], learning_rate=0.5, beta2=0.5)
        ([0.5, 1.5, 1.0], [0.0015, -2.5, 0.0])
    """
    c = beta1 * m + (1 - beta1) * dL_dtheta
    if c > 0:
        theta_new = theta - learning_rate
    elif c < 0:
        theta_new = theta + learning_rate
    else:
        theta_new = theta
    m_new = beta2 * m + (1 - beta2) * dL_dtheta
    return theta_new, m_new


lion_step = for_every_number(lion_rule, "lion_step")
