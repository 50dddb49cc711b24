"""What the zeros at the start took away from a mean, as each package computes it.

beta, beta1    β, how much of the past is kept from one step to the next
t              which step this is, 1 for the first
mu             μ, a β₁ that is smaller in the first steps
pace           c, how fast μ comes to β₁

After t gradients of one size a mean that began at 0 is 1 − βᵗ of that size: the rest is missing. The formula is the
same everywhere; the digits are not, for some keep βᵗ in float32.
"""

from __future__ import annotations

from scalarnn.float32 import Float32, round_to_float32
from scalarnn.scalar import exp, log, power

TYPE_CHECKING = False
if TYPE_CHECKING:
    from scalarnn.scalar import Beta, Count, NotNegative, Number

__all__ = [
    "FALLING",
    "filled",
    "filled_by_float32_power",
    "filled_by_float32_products",
    "fall_in_float32",
    "filled_in_float32",
    "nadam_missing",
    "nadam_missing_in_float32",
    "nadam_mu",
    "nadam_mu_in_float32",
    "paced_missing_in_float32",
    "paced_mu_in_float32",
]

FALLING = 96 / 100  # the number of Dozat's schedule


def filled(beta: Beta, t: Count) -> Number:
    """1 − βᵗ: the part of a mean that t gradients fill.

    Examples:
        >>> filled(0.5, 1), filled(0.5, 3)
        (0.5, 0.875)
    """
    part = 1 - power(beta, t)
    return part


def filled_in_float32(beta: Beta, t: Count) -> float:
    """1 − β β … β, every product and the difference rounded to float32, as tinygrad keeps them.

    Examples:
        >>> filled_in_float32(0.999, 1), filled(0.999, 1)
        (0.0009999871253967285, 0.0010000000000000009)
    """
    product = 1.0
    for _ in range(t):
        product = round_to_float32(product * round_to_float32(beta))
    return round_to_float32(1 - product)


def filled_by_float32_power(beta: Beta, t: Count) -> Float32:
    """1 − βᵗ, of β as a float32, the power and the difference rounded to float32: Keras in a float32 network.

    Examples:
        >>> filled_by_float32_power(0.999, 2), filled(0.999, 2)
        (Float32(0.0019989609718322754), 0.001998999999999973)
    """
    power_of_beta = Float32(round_to_float32(beta) ** t)
    part = 1 - power_of_beta
    return part


def nadam_mu(beta1: Beta, t: Count, pace: NotNegative, falling: Beta = FALLING) -> Number:
    """μₜ = β₁ (1 − 0.96^(c t) / 2): about half of β₁ at first, β₁ in the end.

    Source: Dozat (2016), with c = 1/250; PyTorch has the same c, Keras c = 1.

    Examples:
        >>> round(nadam_mu(0.9, 1, 0.004), 6), round(nadam_mu(0.9, 10**5, 0.004), 6)
        (0.450073, 0.9)
    """
    mu = beta1 * (1 - exp(t * pace * log(falling)) / 2)
    return mu


def nadam_mu_in_float32(beta1: Beta, t: Count, falling: Beta = FALLING) -> Float32:
    """μₜ = β₁ (1 − 0.96ᵗ / 2), each operation rounded to float32: Keras in a float32 network.

    Examples:
        >>> nadam_mu_in_float32(0.9, 1)
        Float32(0.46799996495246887)
    """
    fallen = Float32(round_to_float32(falling) ** t)
    mu = Float32(beta1) * (1 - fallen / 2)
    return mu


def nadam_missing_in_float32(beta1: Beta, t: Count, mu_ahead: Number = 1) -> Float32:
    """1 − μ₁ … μₜ, or with μₜ₊₁ as a further factor, each operation rounded to float32.

    Args:
        mu_ahead: that factor.

    Examples:
        >>> nadam_missing_in_float32(0.9, 1) == 1 - nadam_mu_in_float32(0.9, 1)
        True
    """
    product = Float32(1)
    for k in range(1, t + 1):
        product = product * nadam_mu_in_float32(beta1, k)
    part: Float32 = 1 - product * mu_ahead
    return part


def filled_by_float32_products(beta: Beta, t: Count) -> Float32:
    """1 − β β … β as filled_in_float32, and a float32 in what is computed of it: Paddle in a float32 network.

    Examples:
        >>> filled_by_float32_products(0.999, 1)
        Float32(0.0009999871253967285)
    """
    return Float32(filled_in_float32(beta, t))


def fall_in_float32(pace: NotNegative) -> Float32:
    """0.96ᶜ, by which μₜ₊₁ has fallen further than μₜ, of numbers that are rounded to float32.

    Examples:
        >>> fall_in_float32(1)
        Float32(0.9599999785423279)
    """
    return Float32(round_to_float32(FALLING) ** round_to_float32(pace))


def paced_mu_in_float32(beta1: Beta, t: Count, pace: NotNegative, fall: Number = 1) -> Float32:
    """μₜ = β₁ (1 − (0.96ᵗ)ᶜ / 2), each operation rounded to float32: Paddle.

    Args:
        fall: a further factor of the half: 0.96ᶜ for μₜ₊₁.

    Examples:
        >>> paced_mu_in_float32(0.9, 1, 0.004)
        Float32(0.4500734806060791)
    """
    fallen = Float32(1)
    for _ in range(t):
        fallen = fallen * Float32(FALLING)
    half = Float32(fallen.value ** round_to_float32(pace)) / 2 * fall
    mu: Float32 = Float32(beta1) * (1 - half)
    return mu


def paced_missing_in_float32(beta1: Beta, t: Count, pace: NotNegative, mu_ahead: Number = 1) -> Float32:
    """1 − μ₁ … μₜ of these μ, or with μₜ₊₁ as a further factor, each operation rounded to float32.

    Args:
        mu_ahead: that factor.

    Examples:
        >>> paced_missing_in_float32(0.9, 1, 0.004) == 1 - paced_mu_in_float32(0.9, 1, 0.004)
        True
    """
    product = Float32(1)
    for k in range(1, t + 1):
        product = product * paced_mu_in_float32(beta1, k, pace)
    part: Float32 = 1 - product * mu_ahead
    return part


def nadam_missing(
    beta1: Beta, t: Count, pace: NotNegative, mu_ahead: Number = 1, *, in_float32: bool = False
) -> Number:
    """1 − μ₁ … μₜ, or with μₜ₊₁ as a further factor.

    Args:
        mu_ahead: that factor.
        in_float32: whether the product is rounded to float32 at each step, as PyTorch keeps it.

    Examples:
        >>> nadam_missing(0.9, 1, 0.004) == 1 - nadam_mu(0.9, 1, 0.004)
        True
    """
    product = 1.0
    for k in range(1, t + 1):
        mu = nadam_mu(beta1, k, pace)
        product = round_to_float32(product * round_to_float32(mu)) if in_float32 else product * mu
    return 1 - product * mu_ahead
