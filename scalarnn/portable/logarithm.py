"""log x and log (1 + x) in + − × ÷ alone, rounded correctly.

    log x = m log 2 − log c + log (1 + z)        x = 2ᵐ f, with f from 0.707 to 1.4142, and z = c f − 1

c is close to 1/f and has only 12 binary digits, so that c f is exact in two parts: it is one of 182 numbers in a table,
and so is −log c. What is left, z, is at most 2^−8.3, so that a few terms of a series will do:

    log (1 + z) = z − z²/2 + z³/3 − …

x          the argument, 2ᵐ f
c          about 1/f
z          c f − 1 = z_high + z_low, where z_high is a multiple of 2⁻⁴¹
h          m log 2 − log c + z_high, as far as it is a multiple of 2⁻⁴¹: exact
z_cut      z, cut to 26 binary digits, so that its square is exact
s, t       log x = s + t: s a float, t what is left
e          how far s + t may be off
"""

from __future__ import annotations

from scalarnn.portable.powers_of_two import INFINITY, TWO, exponent, nearest
from scalarnn.portable.whole_numbers import exactly, ln2, log1p_bounds, log_bounds, log_of_whole, log_of_whole_bounds

__all__ = ["log", "log1p", "log_of_whole_number"]

DIGITS = 192
FIRST = 181  # 256 f, rounded: from here
LAST = 362
ROUND = 1.5 * TWO[1074 + 52]  # x + ROUND − ROUND is x rounded to a whole number, for |x| < 2⁵¹
CUT_30 = 1.5 * TWO[1074 + 22]  # the same, to a multiple of 2⁻³⁰
CUT_34 = 1.5 * TWO[1074 + 18]
ROOT_OF_2 = 1.4140625  # about √2
NEAR_1 = TWO[1074 - 9]


def on_grid(N: int, w: int) -> tuple[float, float]:
    """N · 2⁻ʷ as a multiple of 2⁻⁴¹, and the rest."""
    HIGH = (N + (1 << w - 42)) >> w - 41 << w - 41
    return nearest(HIGH, -w), nearest(N - HIGH, -w)


def table_of_logarithms(w: int) -> list[tuple[float, float, float]]:
    """c, and −log c in two parts: for i = 181 … 362, c is 256/i rounded to a multiple of 2⁻¹¹."""
    table = []
    for i in range(FIRST, LAST + 1):
        C = (2 * 256 * 2048 + i) // (2 * i)
        low, _, e = log_of_whole(C, -11, w)
        high, rest = on_grid(-low, -e)
        table.append((nearest(C, -11), high, rest))
    return table


TABLE = table_of_logarithms(DIGITS)
LN2_HIGH, LN2_LOW = on_grid(ln2(DIGITS), DIGITS)


def log(x: float) -> float:
    """The natural logarithm, rounded correctly; log 0 is −∞, its limit.

    Raises:
        ValueError: x is negative.

    Examples:
        >>> log(10.0), log(1.0), log(0.0)
        (2.302585092994046, 0.0, -inf)
    """
    if not 0.0 < x < INFINITY:
        return log_at_the_ends(x)
    if -NEAR_1 < x - 1.0 < NEAR_1:
        s, t, e = less_the_square(x - 1.0, x - 1.0, 0.0)
    else:
        s, t, e = sum_of_two(x, 0.0, 0.0) if x >= TWO[52] else sum_of_two(x * TWO[1074 + 54], 0.0, -54.0)
    y = s + (t + e)
    if y != s + (t - e):
        return exactly(log_bounds, x)
    return y


def log1p(x: float) -> float:
    """log (1 + x), rounded correctly; log1p −1 is −∞, its limit.

    Raises:
        ValueError: x is below −1.

    Examples:
        >>> log1p(1.0), log1p(1e-20), log1p(-1.0)
        (0.6931471805599453, 1e-20, -inf)
    """
    if not -1.0 < x < INFINITY:
        return log_at_the_ends(1.0 + x)
    if -NEAR_1 < x < NEAR_1:
        if -TWO[1074 - 54] < x < TWO[1074 - 54]:
            return x
        s, t, e = less_the_square(x, x, 0.0)
    else:
        u = 1.0 + x
        b = u - x  # about 1: what was really added
        s, t, e = sum_of_two(u, (x - (u - b)) + (1.0 - b), 0.0)
    y = s + (t + e)
    if y != s + (t - e):
        return exactly(log1p_bounds, x)
    return y


def log_of_whole_number(n: int) -> float:
    """log n, rounded correctly, for an n of any size.

    Raises:
        ValueError: n is negative.

    Examples:
        >>> log_of_whole_number(10**400)
        921.0340371976183
    """
    if n <= 0:
        return log_at_the_ends(float(n))
    if n == 1:
        return 0.0
    return exactly(log_of_whole_bounds, n)


def log_at_the_ends(x: float) -> float:
    """log x where x is 0, infinite or no number."""
    if x < 0.0:
        raise ValueError("math domain error")
    return -INFINITY if x == 0.0 else x


def sum_of_two(x: float, rest: float, doublings: float) -> tuple[float, float, float]:
    """s, t, e: log ((x + rest) · 2^doublings) is s + t but for e; rest is at most half an ulp of x.

    What is exact, and how far off the rest is:

        z           c has 12 digits and f_high 31, so z_high is exact; z_low is below 2^−30.4 and off by 2⁻⁸³
        h           a sum of three multiples of 2⁻⁴¹, below 2¹⁰: exact
        m · LN2_LOW is below 2⁻³², and off by 2⁻⁸⁵; c_low is below 2⁻⁴²
        t           is the sum of four numbers, the largest below 2^−30: its roundings are below 2⁻⁸²

    2⁻⁸⁰ has room for all, beside the square and the terms after it.
    """
    m = exponent(x)
    scale = TWO[int(1074.0 - m)]
    f = x * scale
    if f > ROOT_OF_2:
        f = f / 2.0
        scale = scale / 2.0
        m = m + 1.0
    m = m + doublings
    c, c_high, c_low = TABLE[int((f * 256.0 + ROUND) - ROUND) - FIRST]
    f_high = (f + CUT_30) - CUT_30
    z_high = c * f_high - 1.0
    z_low = c * (f - f_high) + c * (rest * scale)
    h = m * LN2_HIGH + c_high + z_high
    s, t, e = less_the_square(h, z_high, z_low)
    return s, t + (z_low + (m * LN2_LOW + c_low)), e + TWO[1074 - 80]


def less_the_square(h: float, z_high: float, z_low: float) -> tuple[float, float, float]:
    """s, t, e: h + (log (1 + z) − z) is s + t but for e, with z = z_high + z_low, |z| < 2^−8.3.

    The square is z_cut² + (z − z_cut) (z + z_cut): z_cut is a multiple of 2⁻³⁴ with 26 digits at most, so its square is
    exact. h is larger than the square, so h − s − square is what s lost, exactly (Dekker). The product is below 2⁻³⁰
    |z|: its roundings and those of the sums are below 2⁻⁸¹ |z|.

    z³ (…) is off by 10.1 · 2⁻⁵³ of its third, with the sums after it. The series goes on with z⁹/9 < 2⁻⁵² |z³|. Both
    are less than 2⁻⁵⁰ |z³|.
    """
    z = z_high + z_low
    z_cut = (z + CUT_34) - CUT_34
    square = z_cut * z_cut / 2.0
    s = h - square
    t = (h - s) - square - ((z_high - z_cut) + z_low) * (z + z_cut) / 2.0
    t = t + z * z * z * (1.0 / 3.0 - z * (1.0 / 4.0 - z * (1.0 / 5.0 - z * (1.0 / 6.0 - z * (1.0 / 7.0 - z / 8.0)))))
    size = z if z > 0.0 else -z
    return s, t, size * (z * z * TWO[1074 - 50] + TWO[1074 - 81])
