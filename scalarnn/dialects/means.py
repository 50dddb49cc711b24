"""Adam as others have it: corrected by numbers that are given, with ε beside the uncorrected root, not at all; AMSGrad.

theta                 θ, a parameter: a number, a vector or a matrix
dL_dtheta             g = ∂L/∂θ, of the same shape
m, v                  a mean of past gradients; one of past squared gradients, from 0 up
v_max                 the largest v there has been
missing1, missing2    1 − β₁ᵗ and 1 − β₂ᵗ: which part of m, and of v, the gradients so far fill; see `missing`
learning_rate         η, how far one step goes
beta1, beta2          β₁, β₂, how much of m, and of v, is kept from one step to the next
epsilon               ε, what keeps a division by zero away
"""

from __future__ import annotations

from scalarnn.learning.carrying import for_every_number
from scalarnn.scalar import sqrt

TYPE_CHECKING = False
if TYPE_CHECKING:
    from scalarnn.scalar import Beta, Parameters, Rate, Squares

__all__ = [
    "adam_epsilon_beside_rule",
    "adam_epsilon_beside_step",
    "adam_given_correction_rule",
    "adam_given_correction_step",
    "adam_uncorrected_rule",
    "adam_uncorrected_step",
    "amsgrad_epsilon_beside_rule",
    "amsgrad_epsilon_beside_step",
    "amsgrad_of_corrected_rule",
    "amsgrad_of_corrected_step",
    "amsgrad_rule",
    "amsgrad_step",
]

BETA1 = 9 / 10
BETA2 = 999 / 1000
EPSILON = 1 / 10**8
EPSILON_BESIDE = 1 / 10**7  # the setting of Keras


def adam_given_correction_rule(
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
    """m̂ = m_new / missing₁, v̂ = v_new / missing₂, θ_new = θ − η m̂ / (√v̂ + ε): Adam, its corrections given.

    The same as `adam_step` where they are 1 − β₁ᵗ and 1 − β₂ᵗ. tinygrad keeps βᵗ in float32, from step to step.

    Returns:
        theta_new, m_new and v_new, of the same shape; theta, m and v are left as they were.

    Source: beyond the five sources; Kingma and Ba (2015).

    Examples:
        >>> theta, m, v = adam_given_correction_step([1.0], [3.0], [0], [0], 0.5, missing1=0.1, missing2=0.001)
        >>> round(theta[0], 6)
        0.5
    """
    m_new = beta1 * m + (1 - beta1) * dL_dtheta
    v_new = beta2 * v + (1 - beta2) * (dL_dtheta * dL_dtheta)
    m_hat = m_new / missing1
    v_hat = v_new / missing2
    r = sqrt(v_hat)
    theta_new = theta - learning_rate * m_hat / (r + epsilon)
    return theta_new, m_new, v_new


adam_given_correction_step = for_every_number(adam_given_correction_rule, "adam_given_correction_step")


def adam_epsilon_beside_rule(
    theta: Parameters,
    dL_dtheta: Parameters,
    m: Parameters,
    v: Squares,
    learning_rate: Rate,
    *,
    beta1: Beta = BETA1,
    beta2: Beta = BETA2,
    epsilon: Rate = EPSILON_BESIDE,
    missing1: Rate,
    missing2: Rate,
) -> tuple[Parameters, Parameters, Parameters]:
    """ηₜ = η √missing₂ / missing₁, θ_new = θ − ηₜ m_new / (√v_new + ε): the correction goes into the rate.

    ε then stands beside the uncorrected root: it is Adam with ε / √(1 − β₂ᵗ), in the first step some 32 times as large.
    The paper gives this form as the efficient one, "epsilon hat". Keras, scikit-learn, Chainer and MXNet have it so.

    Returns:
        theta_new, m_new and v_new, of the same shape; theta, m and v are left as they were.

    Source: beyond the five sources; Kingma and Ba (2015), end of section 2.

    Examples:
        >>> theta, m, v = adam_epsilon_beside_step([1.0], [1.0], [0], [0], 0.5, missing1=1 - 0.9, missing2=1 - 0.999)
        >>> round(theta[0], 8)
        0.50000158
    """
    m_new = beta1 * m + (1 - beta1) * dL_dtheta
    v_new = beta2 * v + (1 - beta2) * (dL_dtheta * dL_dtheta)
    r_missing = sqrt(missing2)
    eta_t = learning_rate * r_missing / missing1
    r = sqrt(v_new)
    theta_new = theta - eta_t * m_new / (r + epsilon)
    return theta_new, m_new, v_new


adam_epsilon_beside_step = for_every_number(adam_epsilon_beside_rule, "adam_epsilon_beside_step")


def adam_uncorrected_rule(
    theta: Parameters,
    dL_dtheta: Parameters,
    m: Parameters,
    v: Squares,
    learning_rate: Rate,
    *,
    beta1: Beta = BETA1,
    beta2: Beta = BETA2,
    epsilon: Rate = EPSILON,
) -> tuple[Parameters, Parameters, Parameters]:
    """θ_new = θ − η m_new / (√v_new + ε): Adam as it is without a correction for its start.

    The first step is (1 − β₁) / √(1 − β₂) times η long, with the usual settings √10 times. MLX has it so unless asked.

    Returns:
        theta_new, m_new and v_new, of the same shape; theta, m and v are left as they were.

    Source: beyond the five sources; what Kingma and Ba (2015) correct.

    Examples:
        >>> theta, m, v = adam_uncorrected_step([1.0], [3.0], [0], [0], learning_rate=0.5)
        >>> round(1 - theta[0], 6), round(0.5 * 10**0.5, 6)
        (1.581139, 1.581139)
    """
    m_new = beta1 * m + (1 - beta1) * dL_dtheta
    v_new = beta2 * v + (1 - beta2) * (dL_dtheta * dL_dtheta)
    r = sqrt(v_new)
    theta_new = theta - learning_rate * m_new / (r + epsilon)
    return theta_new, m_new, v_new


adam_uncorrected_step = for_every_number(adam_uncorrected_rule, "adam_uncorrected_step")


# ---- AMSGrad: the largest mean of squares so far ---------------------------------------------------------------------


def amsgrad_rule(
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
    """θ_new = θ − η m̂ / (√(max(v_max, v_new) / missing₂) + ε): Adam whose v_max never shrinks.

    The largest of the uncorrected means is kept, and corrected as if it were today's. PyTorch has it so.

    Returns:
        theta_new, m_new, v_new and v_max_new, of the same shape; what was given is left as it was.

    Source: beyond the five sources; Reddi, Kale and Kumar (2018).

    Examples:
        >>> amsgrad_step([1.0], [0.0], [0], [4.0], [9.0], 0.5, beta2=0.5, missing1=0.1, missing2=0.001)
        ([1.0], [0.0], [2.0], [9.0])
    """
    m_new = beta1 * m + (1 - beta1) * dL_dtheta
    v_new = beta2 * v + (1 - beta2) * (dL_dtheta * dL_dtheta)
    if v_new > v_max:
        v_max_new = v_new
    else:
        v_max_new = v_max
    m_hat = m_new / missing1
    v_hat = v_max_new / missing2
    r = sqrt(v_hat)
    theta_new = theta - learning_rate * m_hat / (r + epsilon)
    return theta_new, m_new, v_new, v_max_new


amsgrad_step = for_every_number(amsgrad_rule, "amsgrad_step")


def amsgrad_epsilon_beside_rule(
    theta: Parameters,
    dL_dtheta: Parameters,
    m: Parameters,
    v: Squares,
    v_max: Squares,
    learning_rate: Rate,
    *,
    beta1: Beta = BETA1,
    beta2: Beta = BETA2,
    epsilon: Rate = EPSILON_BESIDE,
    missing1: Rate,
    missing2: Rate,
) -> tuple[Parameters, Parameters, Parameters, Parameters]:
    """θ_new = θ − η √missing₂ / missing₁ · m_new / (√max(v_max, v_new) + ε): AMSGrad, ε beside the uncorrected root.

    Returns:
        theta_new, m_new, v_new and v_max_new, of the same shape; what was given is left as it was.

    Source: beyond the five sources; Reddi, Kale and Kumar (2018). Keras has it so.

    Examples:
        >>> amsgrad_epsilon_beside_step([1.0], [0.0], [0], [4.0], [9.0], 0.5, beta2=0.5, missing1=0.1, missing2=0.001)
        ([1.0], [0.0], [2.0], [9.0])
    """
    m_new = beta1 * m + (1 - beta1) * dL_dtheta
    v_new = beta2 * v + (1 - beta2) * (dL_dtheta * dL_dtheta)
    if v_new > v_max:
        v_max_new = v_new
    else:
        v_max_new = v_max
    r_missing = sqrt(missing2)
    eta_t = learning_rate * r_missing / missing1
    r = sqrt(v_max_new)
    theta_new = theta - eta_t * m_new / (r + epsilon)
    return theta_new, m_new, v_new, v_max_new


amsgrad_epsilon_beside_step = for_every_number(amsgrad_epsilon_beside_rule, "amsgrad_epsilon_beside_step")


def amsgrad_of_corrected_rule(
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
    """θ_new = θ − η m̂ / (√max(v_max, v̂) + ε): AMSGrad that keeps the largest corrected mean.

    A large first gradient is never outlived: corrected it counts in full, for ever. optax has it so.

    Returns:
        theta_new, m_new, v_new and v_max_new, of the same shape; what was given is left as it was.

    Source: beyond the five sources; Reddi, Kale and Kumar (2018).

    Examples:
        >>> amsgrad_of_corrected_step([1.0], [0.0], [0], [4.0], [9.0], 0.5, beta2=0.5, missing1=0.1, missing2=0.125)
        ([1.0], [0.0], [2.0], [16.0])
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
    theta_new = theta - learning_rate * m_hat / (r + epsilon)
    return theta_new, m_new, v_new, v_max_new


amsgrad_of_corrected_step = for_every_number(amsgrad_of_corrected_rule, "amsgrad_of_corrected_step")
