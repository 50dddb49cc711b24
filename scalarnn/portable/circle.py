"""sin x and cos x, in + − × ÷ alone, rounded correctly: the float nearest to the true value.

    sin x = S cos r + C sin r        x = k · π/256 + r, S = sin (k π/256), C = cos (k π/256)

S and C are numbers in a table. What is left, r, is at most π/512 < 2^−7.34, so that a few terms of the two series will
do.

x          the argument
k          how many 512ths of a circle
r          what is left of x: r_high + r_low, where r_high is a multiple of 2⁻³⁴: at most 27 binary digits
S, C       S_high + S_low and C_high + C_low, where the first are multiples of 2⁻²⁶, so that C_high · r_high is exact
u          cos r − 1
v          sin r − r_high
s, t       sin x = s + t: s a float, t what is left
e          how far s + t may be off
"""

from __future__ import annotations

from scalarnn.portable.powers_of_two import TWO, in_three, nearest
from scalarnn.portable.whole_numbers import cos_bounds, cos_series, exactly, pi, sin_bounds, sin_series

TYPE_CHECKING = False
if TYPE_CHECKING:
    from scalarnn.portable.whole_numbers import Bounds

__all__ = ["cos", "sin"]

PLACES = 512.0  # of a circle
DIGITS = 192
FAR = 4096.0  # beyond, k · STEP_1 would not be exact
ROUND = 1.5 * TWO[1074 + 52]  # x + ROUND − ROUND is x rounded to a whole number, for |x| < 2⁵¹
CUT = 1.5 * TWO[1074 + 18]  # the same, to a multiple of 2⁻³⁴


def table_of_sines(w: int) -> list[tuple[float, float]]:
    """sin (k π/256) for k = 0 … 640, a circle and a quarter, each as S_high, S_low."""
    quarter = []
    for k in range(65):
        quarter.append(sin_series(k * pi(w) // 256, w))
    for k in range(65, 129):
        quarter.append(cos_series((128 - k) * pi(w) // 256, w))
    table = []
    for k in range(641):
        at = k % 256
        S = quarter[at if at <= 128 else 256 - at]
        if k % 512 >= 256:
            S = -S
        HIGH = (S + (1 << w - 27)) >> w - 26 << w - 26
        table.append((nearest(HIGH, -w), nearest(S - HIGH, -w)))
    return table


TABLE = table_of_sines(DIGITS)
STEP_1, STEP_2, STEP_3 = in_three(pi(DIGITS) // 256, DIGITS, 34)
STEPS_IN_1 = 1.0 / STEP_1


def sin(x: float) -> float:
    """sin x, rounded correctly.

    Raises:
        ValueError: x is infinite.

    Examples:
        >>> sin(1.0), sin(-1e-20), sin(1e300)
        (0.8414709848078965, -1e-20, -0.8178819121159085)
    """
    if -TWO[1074 - 7] < x < TWO[1074 - 7]:
        return sin_near_0(x)
    if not -FAR < x < FAR:
        return far(sin_bounds, x)
    s, t, e = sum_of_two(x, 0.0)
    y = s + (t + e)
    if y != s + (t - e):
        return exactly(sin_bounds, x)
    return y


def cos(x: float) -> float:
    """cos x, rounded correctly.

    Raises:
        ValueError: x is infinite.

    Examples:
        >>> cos(1.0), cos(0.0), cos(1e300)
        (0.5403023058681398, 1.0, -0.5753861119575491)
    """
    if not -FAR < x < FAR:
        return far(cos_bounds, x)
    s, t, e = sum_of_two(x, 128.0)
    y = s + (t + e)
    if y != s + (t - e):
        return exactly(cos_bounds, x)
    return y


def sum_of_two(x: float, quarter: float) -> tuple[float, float, float]:
    """s, t, e: sin (x + quarter · π/256) is s + t but for e, for |x| < 4096.

    What is exact, and how far off the rest is:

        r           as for eˣ: k · STEP_1, k · STEP_2 and x − k · STEP_1 are exact. What is left is below 2⁻²², and off
                    by less than 2⁻⁷⁴
        s           is rounded, and a − (s − S_high) is what it lost, exactly (Dekker)
        S_high · u  is below 2^−15.7 |S|, with 6.1 roundings: 2^−66.1 |S|. Three sums after it add 2^−68.1 |S|. The
                    series goes on with r⁸/40320 < 2⁻⁷⁴
        C_high · v  is below 2^−21.8, with roundings of less than 2^−72.9. The series goes on with r⁹/362880 < 2⁻⁸⁴

    e = 2⁻⁶⁵ |S| + 2⁻⁷² has room for all, and for t ± e.
    """
    k = (x * STEPS_IN_1 + ROUND) - ROUND
    r = x - k * STEP_1
    r_high = (r + CUT) - CUT
    r_low = ((r - r_high) - k * STEP_2) - k * STEP_3
    at = k + quarter
    circles = ((at - 255.5) / PLACES + ROUND) - ROUND
    place = at - PLACES * circles
    S_high, S_low = TABLE[int(place)]
    C_high, C_low = TABLE[int(place) + 128]
    r = r_high + r_low
    r2 = r * r
    u = -r2 * (1.0 / 2.0 - r2 * (1.0 / 24.0 - r2 / 720.0))
    v = r_low - r * r2 * (1.0 / 6.0 - r2 * (1.0 / 120.0 - r2 / 5040.0))
    a = C_high * r_high
    s = S_high + a
    t = (a - (s - S_high)) + ((S_high * u + C_high * v) + (S_low + (S_low * u + C_low * (r_high + v))))
    e = (S_high if S_high > 0.0 else -S_high) * TWO[1074 - 65] + TWO[1074 - 72]
    return s, t, e


def sin_near_0(x: float) -> float:
    """x − x³/6 + x⁵/120 − …, for |x| < 2⁻⁷.

    s is x itself, t is off by 6 roundings of x³/6, half an ulp each: e = 2⁻⁵² |x³| has twice the room. The series goes
    on with x¹¹/39916800. Below 2⁻²⁷ even x³/6 is less than half of the distance to the next float.
    """
    if -TWO[1074 - 27] < x < TWO[1074 - 27]:
        return x
    x2 = x * x
    cube = x * x2
    t = -cube * (1.0 / 6.0 - x2 * (1.0 / 120.0 - x2 * (1.0 / 5040.0 - x2 / 362880.0)))
    e = (cube if x > 0.0 else -cube) * TWO[1074 - 52]
    y = x + (t + e)
    if y != x + (t - e):
        return exactly(sin_bounds, x)
    return y


def far(bounds: Bounds, x: float) -> float:
    """sin x or cos x where whole numbers have to divide, or x is no number."""
    if x - x != 0.0:
        if x != x:
            return x
        raise ValueError("math domain error")
    return exactly(bounds, x)
