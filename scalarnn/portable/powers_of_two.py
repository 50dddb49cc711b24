"""Multiplying by powers of two, which rounds nothing, and what can be built on it: parts of a float, and rounding.

TWO[j]     2ʲ⁻¹⁰⁷⁴: from the smallest number that is not 0 to the largest power of two, 2¹⁰²³
m, e       a float as m · 2ᵉ, both whole
"""

from __future__ import annotations

__all__ = ["INFINITY", "LEAST", "TWO", "exponent", "in_three", "nearest", "parts", "power_of_two"]

LEAST = 1074.0  # 2^−1074 is the smallest float above 0


def powers_of_two() -> list[float]:
    """2⁻¹⁰⁷⁴ to 2¹⁰²³, by doubling."""
    x = 1.0
    for _ in range(1074):
        x = x / 2.0
    powers = []
    for _ in range(2098):
        powers.append(x)
        x = x * 2.0
    return powers


TWO = powers_of_two()
INFINITY = TWO[2097] * 2.0


def power_of_two(e: float) -> float:
    """2ᵉ, for a whole e from −1074 to 1023.

    Examples:
        >>> power_of_two(-3.0)
        0.125
    """
    return TWO[int(e + LEAST)]


def halvings() -> list[tuple[float, float, float]]:
    """e, 2ᵉ, 2⁻ᵉ for e = 512, 256, … 1."""
    steps = []
    e = 512.0
    while e >= 1.0:
        steps.append((e, power_of_two(e), power_of_two(-e)))
        e = e / 2.0
    return steps


STEPS = halvings()
SHORT_STEPS = STEPS[5:]  # enough between 2⁻³¹ and 2³¹


def exponent(x: float) -> float:
    """The whole e with 2ᵉ ≤ x < 2ᵉ⁺¹, for 0 < x < ∞.

    Examples:
        >>> exponent(1.0), exponent(5.0), exponent(5e-324)
        (0.0, 2.0, -1074.0)
    """
    e = 0.0
    steps = SHORT_STEPS
    if x < 5e-10 or x >= 2e9:  # 2⁻³¹ and 2³¹ are just outside
        steps = STEPS
        if x < TWO[52]:  # fewer than 53 digits are left there
            x = x * TWO[1074 + 52]
            e = -52.0
    if x >= 1.0:
        for step, up, down in steps:
            if x >= up:
                x = x * down
                e = e + step
    else:
        for step, up, _ in steps:
            if x * up < 2.0:
                x = x * up
                e = e - step
    return e


def parts(x: float) -> tuple[int, int]:
    """Whole m and e with x = m · 2ᵉ; m has at most 53 binary digits.

    Examples:
        >>> parts(0.75), parts(-5e-324), parts(-0.0)
        ((6755399441055744, -53), (-1, -1074), (0, 0))
    """
    if x == 0.0:
        return 0, 0
    e = exponent(x if x > 0.0 else -x) - 52.0
    if e < -LEAST:
        e = -LEAST
    m = x / power_of_two(e)
    return int(m), int(e)


def nearest(n: int, e: int) -> float:
    """The float nearest to n · 2ᵉ, to the even one of two that are equally near: rounded once, on the way to 0 too.

    Returns:
        A float; ±∞ where it is too large.

    Examples:
        >>> nearest(2**53 + 1, 0) - 2**53, nearest(3, -1075), nearest(-1, 1024)
        (0.0, 1e-323, -inf)
    """
    size = n if n >= 0 else -n
    dropped = size.bit_length() - 53  # so many digits are too many
    if dropped < -1074 - e:
        dropped = -1074 - e
    if dropped > size.bit_length() + 1:
        return 0.0 if n >= 0 else -0.0
    m = size
    if dropped > 0:
        m = size >> dropped
        rest = size - (m << dropped)
        half = 1 << (dropped - 1)
        if rest > half or (rest == half and m & 1 == 1):
            m = m + 1
        e = e + dropped
    y = float(m)
    while e > 971:  # in pieces, for 2ᵉ may be no float
        y = y * TWO[1074 + 971]
        e = e - 971 if y < INFINITY else 0
    y = y * power_of_two(float(e))
    return y if n >= 0 else -y


def in_three(N: int, w: int, digits: int) -> tuple[float, float, float]:
    """N · 2⁻ʷ as a sum of three floats, of which the first two have at most so many binary digits."""
    n = N.bit_length() - digits
    first = N >> n << n
    rest = N - first
    n = n - digits
    second = rest >> n << n
    return nearest(first, -w), nearest(second, -w), nearest(rest - second, -w)
