"""The same formulas in the order of operations of others: equal on paper, and not in the last bit of a float32.

theta                 θ, a parameter: a number, a vector or a matrix
dL_dtheta             g = ∂L/∂θ, of the same shape
m, v                  a mean of past gradients; one of past squared gradients, from 0 up
s, u                  a sum of squares; the largest size of a gradient
missing1, missing2    1 − β₁ᵗ and 1 − β₂ᵗ: which part of m, and of v, the gradients so far fill; see `missing`
learning_rate         η, how far one step goes
epsilon               ε, what keeps a division by zero away

Keras moves a mean by a part of its distance, m + (g − m) (1 − β); TensorFlow.js multiplies by the rate last. In float64
nobody sees it. In float32 seven digits are all there are, and the last of them hangs on such things.
"""

from __future__ import annotations

from scalarnn.learning.carrying import for_every_number
from scalarnn.scalar import sqrt

TYPE_CHECKING = False
if TYPE_CHECKING:
    from scalarnn.scalar import Beta, NotNegative, Parameters, Rate, Squares

__all__ = [
    "adagrad_rate_last_rule",
    "adagrad_rate_last_step",
    "adam_decay_inside_rule",
    "adam_decay_inside_step",
    "adam_moved_means_rule",
    "adam_moved_means_step",
    "adam_rate_last_rule",
    "adam_rate_last_step",
    "adam_scaled_epsilon_rule",
    "adam_scaled_epsilon_step",
    "adamax_rate_last_rule",
    "adamax_rate_last_step",
    "amsgrad_moved_means_rule",
    "amsgrad_moved_means_step",
    "amsgrad_of_corrected_rate_last_rule",
    "amsgrad_of_corrected_rate_last_step",
    "lion_decay_inside_rule",
    "lion_decay_inside_step",
    "nadam_moved_means_rule",
    "nadam_moved_means_step",
    "nadam_rate_last_rule",
    "nadam_rate_last_step",
    "nadam_share_first_rule",
    "nadam_share_first_step",
    "rmsprop_momentum_share_first_rule",
    "rmsprop_momentum_share_first_step",
    "rmsprop_reciprocal_rule",
    "rmsprop_reciprocal_step",
    "rmsprop_share_first_rule",
    "rmsprop_share_first_step",
]

BETA1 = 9 / 10
BETA2 = 999 / 1000
LION_BETA2 = 99 / 100
EPSILON = 1 / 10**7


def adam_moved_means_rule(
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
    """m_new = m + (∂L/∂θ − m) (1 − β₁), v likewise, θ_new = θ − m_new ηₜ / (√v_new + ε): Keras's order.

    Returns:
        theta_new, m_new and v_new, of the same shape; theta, m and v are left as they were.

    Source: beyond the five sources; adam_epsilon_beside_rule, as Keras computes it.

    Examples:
        >>> theta, m, v = adam_moved_means_step([1.0], [1.0], [0], [0], 0.5, missing1=1 - 0.9, missing2=1 - 0.999)
        >>> round(theta[0], 8)
        0.50000158
    """
    m_new = m + (dL_dtheta - m) * (1 - beta1)
    v_new = v + (dL_dtheta * dL_dtheta - v) * (1 - beta2)
    r_missing = sqrt(missing2)
    eta_t = learning_rate * r_missing / missing1
    r = sqrt(v_new)
    theta_new = theta - m_new * eta_t / (r + epsilon)
    return theta_new, m_new, v_new


adam_moved_means_step = for_every_number(adam_moved_means_rule, "adam_moved_means_step")


def amsgrad_moved_means_rule(
    theta: Parameters,
    dL_dtheta: Parameters,
    m: Parameters,
    v: Squares,
    v_max: Squares,
    learning_rate: Rate,
    *,
    beta1: Beta = BETA1,
    beta2: Beta = BETA2,
    epsilon: Rate = EPSILON,
    missing1: Rate,
    missing2: Rate,
) -> tuple[Parameters, Parameters, Parameters, Parameters]:
    """θ_new = θ − m_new ηₜ / (√max(v_max, v_new) + ε), both means moved by a part of their distance: Keras's order.

    Returns:
        theta_new, m_new, v_new and v_max_new, of the same shape; what was given is left as it was.

    Source: beyond the five sources; amsgrad_epsilon_beside_rule, as Keras computes it.

    Examples:
        >>> amsgrad_moved_means_step([1.0], [0.0], [0], [4.0], [9.0], 0.5, beta2=0.5, missing1=0.1, missing2=0.001)
        ([1.0], [0.0], [2.0], [9.0])
    """
    m_new = m + (dL_dtheta - m) * (1 - beta1)
    v_new = v + (dL_dtheta * dL_dtheta - v) * (1 - beta2)
    if v_new > v_max:
        v_max_new = v_new
    else:
        v_max_new = v_max
    r_missing = sqrt(missing2)
    eta_t = learning_rate * r_missing / missing1
    r = sqrt(v_max_new)
    theta_new = theta - m_new * eta_t / (r + epsilon)
    return theta_new, m_new, v_new, v_max_new


amsgrad_moved_means_step = for_every_number(amsgrad_moved_means_rule, "amsgrad_moved_means_step")


def nadam_moved_means_rule(
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
    """θ_new = θ − m̂ η / (√v̂ + ε), both means moved by a part of their distance: NAdam in Keras's order.

    Args:
        missing_now: 1 − μ₁ … μₜ.
        missing_ahead: 1 − μ₁ … μₜ₊₁.

    Returns:
        theta_new, m_new and v_new, of the same shape; theta, m and v are left as they were.

    Source: beyond the five sources; nadam_rule, as Keras computes it.

    Examples:
        >>> told = {"mu": 0.5, "mu_ahead": 0.5, "missing_now": 0.5, "missing_ahead": 0.75, "missing2": 0.001}
        >>> theta, m, v = nadam_moved_means_step([1.0], [2.0], [0], [0], learning_rate=0.75, beta1=0.5, **told)
        >>> round(theta[0], 6), m
        (0.0, [1.0])
    """
    m_new = m + (dL_dtheta - m) * (1 - beta1)
    v_new = v + (dL_dtheta * dL_dtheta - v) * (1 - beta2)
    m_hat = mu_ahead * m_new / missing_ahead + (1 - mu) * dL_dtheta / missing_now
    v_hat = v_new / missing2
    r = sqrt(v_hat)
    theta_new = theta - m_hat * learning_rate / (r + epsilon)
    return theta_new, m_new, v_new


nadam_moved_means_step = for_every_number(nadam_moved_means_rule, "nadam_moved_means_step")


def adam_scaled_epsilon_rule(
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
    """ηₜ = η √missing₂ / missing₁, θ_new = θ − ηₜ (m_new / (√v_new + ε √missing₂)): Adam in Paddle's order.

    The correction goes into the rate, and ε is scaled so that it stands where Adam has it.

    Returns:
        theta_new, m_new and v_new, of the same shape; theta, m and v are left as they were.

    Source: beyond the five sources; adam_given_correction_rule, as Paddle computes it.

    Examples:
        >>> theta, m, v = adam_scaled_epsilon_step([1.0], [3.0], [0], [0], 0.5, missing1=0.1, missing2=0.001)
        >>> round(theta[0], 6)
        0.5
    """
    m_new = beta1 * m + (1 - beta1) * dL_dtheta
    v_new = beta2 * v + (1 - beta2) * (dL_dtheta * dL_dtheta)
    r_missing = sqrt(missing2)
    eta_t = learning_rate * r_missing / missing1
    r = sqrt(v_new)
    theta_new = theta - eta_t * (m_new / (r + epsilon * r_missing))
    return theta_new, m_new, v_new


adam_scaled_epsilon_step = for_every_number(adam_scaled_epsilon_rule, "adam_scaled_epsilon_step")


# ---- the rate last ---------------------------------------------------------------------------------------------------


def adagrad_rate_last_rule(
    theta: Parameters, dL_dtheta: Parameters, s: Squares, learning_rate: Rate, epsilon: Rate = EPSILON
) -> tuple[Parameters, Parameters]:
    """s_new = s + (∂L/∂θ)², θ_new = θ − ∂L/∂θ / √(s_new + ε) · η: AdaGrad in TensorFlow.js's order.

    Returns:
        theta_new and s_new, of the same shape; theta and s are left as they were.

    Source: beyond the five sources; adagrad_epsilon_inside_rule.

    Examples:
        >>> adagrad_rate_last_step([1.0], [3.0], s=[7.0], learning_rate=0.5, epsilon=9.0)
        ([0.7], [16.0])
    """
    s_new = s + dL_dtheta * dL_dtheta
    r = sqrt(s_new + epsilon)
    theta_new = theta - dL_dtheta / r * learning_rate
    return theta_new, s_new


adagrad_rate_last_step = for_every_number(adagrad_rate_last_rule, "adagrad_rate_last_step")


def adam_rate_last_rule(
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
    """θ_new = θ − m̂ / (√v̂ + ε) · η: Adam in TensorFlow.js's order.

    Returns:
        theta_new, m_new and v_new, of the same shape; theta, m and v are left as they were.

    Source: beyond the five sources; adam_given_correction_rule.

    Examples:
        >>> theta, m, v = adam_rate_last_step([1.0], [3.0], [0], [0], 0.5, missing1=0.1, missing2=0.001)
        >>> round(theta[0], 6)
        0.5
    """
    m_new = beta1 * m + (1 - beta1) * dL_dtheta
    v_new = beta2 * v + (1 - beta2) * (dL_dtheta * dL_dtheta)
    m_hat = m_new / missing1
    v_hat = v_new / missing2
    r = sqrt(v_hat)
    theta_new = theta - m_hat / (r + epsilon) * learning_rate
    return theta_new, m_new, v_new


adam_rate_last_step = for_every_number(adam_rate_last_rule, "adam_rate_last_step")


def adamax_rate_last_rule(
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
    """u_new = max(β₂ u, |∂L/∂θ|), θ_new = θ − m_new / (u_new + ε) · η / missing₁: Adamax in TensorFlow.js's order.

    Returns:
        theta_new, m_new and u_new, of the same shape; theta, m and u are left as they were.

    Source: beyond the five sources; adamax_epsilon_below_rule.

    Examples:
        >>> adamax_rate_last_step([1.0], [-4.0], [0], [1.0], 0.5, beta1=0.5, epsilon=1.0, missing1=0.5)
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
    theta_new = theta - m_new / (u_new + epsilon) * eta_t
    return theta_new, m_new, u_new


adamax_rate_last_step = for_every_number(adamax_rate_last_rule, "adamax_rate_last_step")


def amsgrad_of_corrected_rate_last_rule(
    theta: Parameters,
    dL_dtheta: Parameters,
    m: Parameters,
    v: Squares,
    v_max: Squares,
    learning_rate: Rate,
    *,
    beta1: Beta = BETA1,
    beta2: Beta = BETA2,
    epsilon: Rate = EPSILON,
    missing1: Rate,
    missing2: Rate,
) -> tuple[Parameters, Parameters, Parameters, Parameters]:
    """θ_new = θ − m̂ / (√max(v_max, v̂) + ε) · η: AMSGrad of the corrected mean in optax's order.

    Returns:
        theta_new, m_new, v_new and v_max_new, of the same shape; what was given is left as it was.

    Source: beyond the five sources; amsgrad_of_corrected_rule.

    Examples:
        >>> told = {"missing1": 0.1, "missing2": 0.001}
        >>> theta, m, v, v_max = amsgrad_of_corrected_rate_last_step([1.0], [3.0], [0], [0], [0], 0.5, **told)
        >>> round(theta[0], 6)
        0.5
    """
    m_new = beta1 * m + (1 - beta1) * dL_dtheta
    v_new = beta2 * v + (1 - beta2) * (dL_dtheta * dL_dtheta)
    m_hat = m_new / missing1
    v_hat = v_new / missing2
    if v_hat > v_max:
        v_max_new = v_hat
    else:
        v_max_new = v_max
    r = sqrt(v_max_new)
    theta_new = theta - m_hat / (r + epsilon) * learning_rate
    return theta_new, m_new, v_new, v_max_new


amsgrad_of_corrected_rate_last_step = for_every_number(
    amsgrad_of_corrected_rate_last_rule, "amsgrad_of_corrected_rate_last_step"
)


def nadam_rate_last_rule(
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
    """θ_new = θ − m̂ / (√v̂ + ε) · η, m̂ = μₜ₊₁ (m_new / missing_ahead) + (1 − μₜ) (g / missing_now): optax's.

    Args:
        missing_now: 1 − μ₁ … μₜ.
        missing_ahead: 1 − μ₁ … μₜ₊₁.

    Returns:
        theta_new, m_new and v_new, of the same shape; theta, m and v are left as they were.

    Source: beyond the five sources; nadam_rule.

    Examples:
        >>> told = {"mu": 0.5, "mu_ahead": 0.5, "missing_now": 0.5, "missing_ahead": 0.75, "missing2": 0.001}
        >>> theta, m, v = nadam_rate_last_step([1.0], [2.0], [0], [0], learning_rate=0.75, beta1=0.5, **told)
        >>> round(theta[0], 6), m
        (0.0, [1.0])
    """
    m_new = beta1 * m + (1 - beta1) * dL_dtheta
    v_new = beta2 * v + (1 - beta2) * (dL_dtheta * dL_dtheta)
    m_hat = mu_ahead * (m_new / missing_ahead) + (1 - mu) * (dL_dtheta / missing_now)
    v_hat = v_new / missing2
    r = sqrt(v_hat)
    theta_new = theta - m_hat / (r + epsilon) * learning_rate
    return theta_new, m_new, v_new


nadam_rate_last_step = for_every_number(nadam_rate_last_rule, "nadam_rate_last_step")


def nadam_share_first_rule(
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
    """v_new = β₂ v + (1 − β₂) ∂L/∂θ · ∂L/∂θ, θ_new = θ − η m̂ / (√v̂ + ε): NAdam in Paddle's order.

    Args:
        missing_now: 1 − μ₁ … μₜ.
        missing_ahead: 1 − μ₁ … μₜ₊₁.

    Returns:
        theta_new, m_new and v_new, of the same shape; theta, m and v are left as they were.

    Source: beyond the five sources; nadam_rule.

    Examples:
        >>> told = {"mu": 0.5, "mu_ahead": 0.5, "missing_now": 0.5, "missing_ahead": 0.75, "missing2": 0.001}
        >>> theta, m, v = nadam_share_first_step([1.0], [2.0], [0], [0], learning_rate=0.75, beta1=0.5, **told)
        >>> round(theta[0], 6), m
        (0.0, [1.0])
    """
    m_new = beta1 * m + (1 - beta1) * dL_dtheta
    v_new = beta2 * v + (1 - beta2) * dL_dtheta * dL_dtheta
    m_hat = mu_ahead * m_new / missing_ahead + (1 - mu) * dL_dtheta / missing_now
    v_hat = v_new / missing2
    r = sqrt(v_hat)
    theta_new = theta - learning_rate * m_hat / (r + epsilon)
    return theta_new, m_new, v_new


nadam_share_first_step = for_every_number(nadam_share_first_rule, "nadam_share_first_step")


# ---- squares ---------------------------------------------------------------------------------------------------------


def rmsprop_reciprocal_rule(
    theta: Parameters,
    dL_dtheta: Parameters,
    s: Squares,
    learning_rate: Rate,
    beta: Beta = BETA1,
    epsilon: Rate = EPSILON,
) -> tuple[Parameters, Parameters]:
    """s_new = β s + (1 − β) (∂L/∂θ)², θ_new = θ − 1 / (√s_new + ε) · ∂L/∂θ · η: RMSProp in optax's order.

    Returns:
        theta_new and s_new, of the same shape; theta and s are left as they were.

    Source: beyond the five sources; rmsprop_rule.

    Examples:
        >>> rmsprop_reciprocal_step([1.0], [2.0], s=[0.0], learning_rate=0.5, beta=0.75, epsilon=1.0)
        ([0.5], [1.0])
    """
    s_new = beta * s + (1 - beta) * (dL_dtheta * dL_dtheta)
    r = sqrt(s_new)
    theta_new = theta - 1 / (r + epsilon) * dL_dtheta * learning_rate
    return theta_new, s_new


rmsprop_reciprocal_step = for_every_number(rmsprop_reciprocal_rule, "rmsprop_reciprocal_step")


def rmsprop_share_first_rule(
    theta: Parameters,
    dL_dtheta: Parameters,
    s: Squares,
    learning_rate: Rate,
    beta: Beta = BETA1,
    epsilon: Rate = EPSILON,
) -> tuple[Parameters, Parameters]:
    """s_new = β s + (1 − β) ∂L/∂θ · ∂L/∂θ, θ_new = θ − η ∂L/∂θ / √(s_new + ε): RMSProp in Paddle's order.

    Returns:
        theta_new and s_new, of the same shape; theta and s are left as they were.

    Source: beyond the five sources; rmsprop_epsilon_inside_rule.

    Examples:
        >>> rmsprop_share_first_step([1.0], [2.0], s=[0.0], learning_rate=0.5, beta=0.75, epsilon=3.0)
        ([0.5], [1.0])
    """
    s_new = beta * s + (1 - beta) * dL_dtheta * dL_dtheta
    r = sqrt(s_new + epsilon)
    theta_new = theta - learning_rate * dL_dtheta / r
    return theta_new, s_new


rmsprop_share_first_step = for_every_number(rmsprop_share_first_rule, "rmsprop_share_first_step")


def rmsprop_momentum_share_first_rule(
    theta: Parameters,
    dL_dtheta: Parameters,
    s: Squares,
    v: Parameters,
    learning_rate: Rate,
    *,
    beta: Beta = BETA1,
    momentum: Beta = BETA1,
    epsilon: Rate = EPSILON,
) -> tuple[Parameters, Parameters, Parameters]:
    """s_new as in rmsprop_share_first, v_new = μ v + η ∂L/∂θ / √(s_new + ε), θ_new = θ − v_new: Paddle's order.

    Returns:
        theta_new, s_new and v_new, of the same shape; theta, s and v are left as they were.

    Source: beyond the five sources; rmsprop_momentum_rate_inside_rule.

    Examples:
        >>> rmsprop_momentum_share_first_step([1.0], [2.0], [0.0], [0.0], 0.5, beta=0.75, epsilon=3.0)
        ([0.5], [1.0], [0.5])
    """
    s_new = beta * s + (1 - beta) * dL_dtheta * dL_dtheta
    r = sqrt(s_new + epsilon)
    v_new = momentum * v + learning_rate * dL_dtheta / r
    theta_new = theta - v_new
    return theta_new, s_new, v_new


rmsprop_momentum_share_first_step = for_every_number(
    rmsprop_momentum_share_first_rule, "rmsprop_momentum_share_first_step"
)


# ---- the decay inside the step ---------------------------------------------------------------------------------------


def adam_decay_inside_rule(
    theta: Parameters,
    dL_dtheta: Parameters,
    m: Parameters,
    v: Squares,
    learning_rate: Rate,
    *,
    beta1: Beta = BETA1,
    beta2: Beta = BETA2,
    epsilon: Rate = EPSILON,
    decay_inside: NotNegative = 0,
    missing1: Rate,
    missing2: Rate,
) -> tuple[Parameters, Parameters, Parameters]:
    """θ_new = θ − (m̂ / (√v̂ + ε) + λ θ) · η: AdamW with the decay added before the rate is multiplied, as in optax.

    Args:
        decay_inside: λ.

    Returns:
        theta_new, m_new and v_new, of the same shape; theta, m and v are left as they were.

    Source: beyond the five sources; adam_given_correction_rule, after decoupled_decay.

    Examples:
        >>> told = {"missing1": 0.1, "missing2": 0.001}
        >>> theta, m, v = adam_decay_inside_step([1.0], [3.0], [0], [0], 0.5, decay_inside=0.5, **told)
        >>> round(theta[0], 6)
        0.25
    """
    m_new = beta1 * m + (1 - beta1) * dL_dtheta
    v_new = beta2 * v + (1 - beta2) * (dL_dtheta * dL_dtheta)
    m_hat = m_new / missing1
    v_hat = v_new / missing2
    r = sqrt(v_hat)
    way = m_hat / (r + epsilon) + decay_inside * theta
    theta_new = theta - way * learning_rate
    return theta_new, m_new, v_new


adam_decay_inside_step = for_every_number(adam_decay_inside_rule, "adam_decay_inside_step")


def lion_decay_inside_rule(
    theta: Parameters,
    dL_dtheta: Parameters,
    m: Parameters,
    learning_rate: Rate,
    beta1: Beta = BETA1,
    beta2: Beta = LION_BETA2,
    *,
    decay_inside: NotNegative = 0,
) -> tuple[Parameters, Parameters]:
    """c = β₁ m + (1 − β₁) ∂L/∂θ, θ_new = θ − (sign(c) + λ θ) · η: Lion with the decay inside the step, as in optax.

    Args:
        decay_inside: λ.

    Returns:
        theta_new and m_new, of the same shape; theta and m are left as they were.

    Source: beyond the five sources; lion_rule, after decoupled_decay.

    Examples:
        >>> lion_decay_inside_step([1.0, 1.0], [0.003, 0.0], m=[0, 0], learning_rate=0.5, beta2=0.5, decay_inside=0.5)
        ([0.25, 0.75], [0.0015, 0.0])
    """
    c = beta1 * m + (1 - beta1) * dL_dtheta
    if c > 0:
        way = 1 + decay_inside * theta
    elif c < 0:
        way = -1 + decay_inside * theta
    else:
        way = decay_inside * theta
    theta_new = theta - way * learning_rate
    m_new = beta2 * m + (1 - beta2) * dL_dtheta
    return theta_new, m_new


lion_decay_inside_step = for_every_number(lion_decay_inside_rule, "lion_decay_inside_step")
