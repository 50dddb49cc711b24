"""eˣ and eˣ − 1 in + − × ÷ alone, rounded correctly.

    eˣ = 2ᵐ · 2^(j/256) · eʳ        x = (256 m + j) · ln 2 / 256 + r, with j from −128 to 128

To multiply by 2ᵐ rounds nothing. 2^(j/256) is one of 257 numbers in a table. What is left, r, is at most
ln 2 / 512 < 2^−9.52, so that a few terms of a series will do. All other care is for the digits that a float has no room
for.

x          the argument
k          256 m + j, a whole number
r          what is left of x: r_high + r_low, where r_high is a multiple of 2⁻³⁶: at most 27 binary digits
T          2^(j/256) = T_high + T_low, where T_high is a multiple of 2⁻²⁵, so that T_high · r_high is exact
u          eʳ − 1 − r_high
s, t       2^(j/256) · eʳ = s + t: s a float, t what is left
E, e       how far s + t may be off
"""

from __future__ import annotations

from scalarnn.portable.powers_of_two import INFINITY, TWO, in_three, nearest
from scalarnn.portable.whole_numbers import exactly, exp_bounds, exp_series, expm1_bounds, ln2

__all__ = ["exp", "expm1"]

DIGITS = 192
ROUND = 1.5 * TWO[1074 + 52]  # x + ROUND − ROUND is x rounded to a whole number, for |x| < 2⁵¹
CUT = 1.5 * TWO[1074 + 16]  # the same, to a multiple of 2⁻³⁶


def table_of_powers(w: int) -> list[tuple[float, float]]:
    """2^(j/256) for j from −128 to 128, each as T_high, T_low.

    Each is the one before times 2^(1/256), in units of 2⁻ʷ; 257 products, rounded down, lose less than 2¹⁰ units.
    """
    ROOT = exp_series(ln2(w) // 256, w)
    P = exp_series(ln2(w) // 2, w) >> 1
    table = []
    for _ in range(257):
        HIGH = (P + (1 << w - 26)) >> w - 25 << w - 25
        table.append((nearest(HIGH, -w), nearest(P - HIGH, -w)))
        P = P * ROOT >> w
    return table


TABLE = table_of_powers(DIGITS)
STEP_1, STEP_2, STEP_3 = in_three(ln2(DIGITS) // 256, DIGITS, 34)
STEPS_IN_1 = 1.0 / STEP_1
E = TWO[1074 - 69]


def exp(x: float) -> float:
    """eˣ, the float nearest to it.

    Raises:
        OverflowError: x is above 709.78…

    Examples:
        >>> exp(1.0), exp(-0.0), exp(-745.0)
        (2.718281828459045, 1.0, 5e-324)
    """
    if not -707.0 < x < 709.0:
        return exp_at_the_ends(x)
    m, s, t = sum_of_two(x)
    y = s + (t - E)
    if y != s + (t + E):
        return exactly(exp_bounds, x)
    return y * TWO[int(m) + 1074]


def sum_of_two(x: float) -> tuple[float, float, float]:
    """m, s, t: eˣ is 2ᵐ (s + t) but for 2ᵐ · E, with E = 2⁻⁶⁹.

    What is exact, and how far off the rest is:

        r            k has 19 digits, STEP_1 and STEP_2 have 34: k · STEP_1 and k · STEP_2 are exact. So is
                     x − k · STEP_1, the two being so close (Sterbenz). What is left is below 2^−24.2, and off by 2⁻⁷⁷
        r · r · (…)  is below 2^−20.06. r, its square, the bracket and the product are rounded, by half an ulp each and
                     r twice: 5.1 · 2⁻⁵³ · 2^−20.06. The series goes on with r⁷/5040 < 2⁻⁷⁹
        u            is rounded by 2⁻⁷³
        s            is rounded, and a − (s − T_high) is what it lost, exactly (Dekker)
        T_high · u   and the two sums after it are rounded by 2⁻⁷³ each
        T_low        is below 2⁻²⁶, and all that is made of it off by less than 2⁻⁷⁷

    In units of 2⁻⁷³: T · (5.1 · 2^−0.06 + 1 + 2⁻⁴) with T < 1.415, and 3.1: less than 11.7. One more for t ± E in `exp`
    makes 12.7, and E has 16.
    """
    k = (x * STEPS_IN_1 + ROUND) - ROUND
    m = (k / 256.0 + ROUND) - ROUND
    T_high, T_low = TABLE[int(k - 256.0 * m) + 128]
    r = x - k * STEP_1
    r_high = (r + CUT) - CUT
    r_low = ((r - r_high) - k * STEP_2) - k * STEP_3
    r = r_high + r_low
    u = r_low + r * r * (1.0 / 2.0 + r * (1.0 / 6.0 + r * (1.0 / 24.0 + r * (1.0 / 120.0 + r / 720.0))))
    a = T_high * r_high
    s = T_high + a
    t = (a - (s - T_high)) + (T_high * u + (T_low + T_low * (r_high + u)))
    return m, s, t


def exp_at_the_ends(x: float) -> float:
    """eˣ where 2ᵐ is no float, where eˣ has fewer digits than other floats, and where x is no number."""
    if x != x or x == INFINITY:
        return x
    if x < -746.0:
        return 0.0
    y = INFINITY if x > 710.0 else exactly(exp_bounds, x)
    if y == INFINITY:
        raise OverflowError("math range error")
    return y


def expm1(x: float) -> float:
    """eˣ − 1, the float nearest to it; a small x keeps its digits.

    From 2ᵐ (s + t) the 1 is taken exactly: s becomes the difference, and t gets what that lost (Knuth). Then e = 2ᵐ ·
    2⁻⁶⁸ has room for 2ᵐ · E and two more roundings of t, of less than 2ᵐ · 2⁻⁷² each.

    Raises:
        OverflowError: x is above 709.78…

    Examples:
        >>> expm1(1.0), expm1(1e-20), expm1(-50.0)
        (1.7182818284590453, 1e-20, -1.0)
    """
    if -TWO[1074 - 8] < x < TWO[1074 - 8]:
        return expm1_near_0(x)
    if not -60.0 < x < 709.0:
        return -1.0 if x < 0.0 else exp_at_the_ends(x)
    m, s, t = sum_of_two(x)
    scale = TWO[int(m) + 1074]
    a = s * scale
    s = a - 1.0
    b = s - a  # −1, or what was added in its place
    t = t * scale + ((a - (s - b)) - (1.0 + b))
    e = 2.0 * E * scale
    y = s + (t - e)
    if y != s + (t + e):
        return exactly(expm1_bounds, x)
    return y


def expm1_near_0(x: float) -> float:
    """x + x²/2 + x³/6 + …, for |x| < 2⁻⁸.

    s is x itself, t = x² · (…) with the roundings of the square, the bracket, the product and t ± e, half an ulp each:
    4.2 · 2⁻⁵³ · x²/2. The series goes on with x⁸/40320 < 2⁻⁶³ x². e = 2⁻⁵¹ x² has room for it. Below 2⁻⁵⁴ even x² is
    less than half of the distance to the next float.
    """
    if -TWO[1074 - 54] < x < TWO[1074 - 54]:
        return x
    t = x * x * (1.0 / 2.0 + x * (1.0 / 6.0 + x * (1.0 / 24.0 + x * (1.0 / 120.0 + x * (1.0 / 720.0 + x / 5040.0)))))
    e = x * x * TWO[1074 - 51]
    y = x + (t - e)
    if y != x + (t + e):
        return exactly(expm1_bounds, x)
    return y
