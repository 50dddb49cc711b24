"""What exp, log, sin, cos and whole powers are, between two whole numbers as close as you like.

The quick way of each function works with floats, and in one of some thousand cases cannot tell which of two floats is
nearer. Then whole numbers decide, which have as many digits as are wanted. A number is counted in units of 2⁻ʷ:

w          digits behind the binary point
x          the argument, a float; m · 2ᵉ, exactly
X          x in units, rounded down
low, high  what f(x) lies between, in units; both rounded to floats, and if that is the same float, it is the answer

All else in capitals is in units too. `X >> n` divides by 2ⁿ and rounds down.

If the two floats differ, w is doubled. That comes to an end: eˣ, log x, sin x and cos x of a float are no fraction
(Lindemann 1882), except where x is 0 or 1, so they are never half-way between two floats. Those powers that can be
half-way have so few digits that they are exact.
"""

from __future__ import annotations

from scalarnn.portable.powers_of_two import nearest, parts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeAlias

    Bounds: TypeAlias = Callable[[Any, int], tuple[int, int, int]]

__all__ = [
    "cos_bounds",
    "cos_series",
    "exactly",
    "exp_bounds",
    "exp_series",
    "expm1_bounds",
    "ln2",
    "log1p_bounds",
    "log_bounds",
    "log_of_whole",
    "log_of_whole_bounds",
    "pi",
    "power_exactly",
    "sin_bounds",
    "sin_series",
]

DIGITS = 192  # w at first: the nearest that a float's eˣ comes to half-way is at digit 113, and 160 where x is tiny


# ---- ln 2 and π ------------------------------------------------------------------------------------------------------

KEPT_LN2 = [0, 0]  # digits, units
KEPT_PI = [0, 0]


def inverse_sum(n: int, sign: int, w: int) -> int:
    """1/n + sign/(3n³) + 1/(5n⁵) + …: artanh 1/n for sign 1, arctan 1/n for sign −1; less than 2 units a term off."""
    P = (1 << w) // n
    total = P
    i = 1
    while P > 0:
        P = P // (n * n)
        i = i + 2
        total = total + (P // i if sign > 0 or i % 4 == 1 else -(P // i))
    return total


def ln2(w: int) -> int:
    """ln 2 = 2 artanh 1/3, to two units.

    Examples:
        >>> ln2(60) / 2**60
        0.6931471805599453
    """
    if w > KEPT_LN2[0]:
        KEPT_LN2[0] = 2 * w
        KEPT_LN2[1] = 2 * inverse_sum(3, 1, 2 * w + 16) >> 16
    return KEPT_LN2[1] >> (KEPT_LN2[0] - w)


def pi(w: int) -> int:
    """π = 16 arctan 1/5 − 4 arctan 1/239 (Machin 1706), to two units.

    Examples:
        >>> pi(60) / 2**60
        3.141592653589793
    """
    if w > KEPT_PI[0]:
        KEPT_PI[0] = 2 * w
        KEPT_PI[1] = 16 * inverse_sum(5, -1, 2 * w + 16) - 4 * inverse_sum(239, -1, 2 * w + 16) >> 16
    return KEPT_PI[1] >> (KEPT_PI[0] - w)


# ---- between two whole numbers ---------------------------------------------------------------------------------------


def exp_bounds(x: float, w: int) -> tuple[int, int, int]:
    """eˣ = 2ᵏ eʳ with r = x − k ln 2 from 0 to ln 2, and eʳ = 1 + r + r²/2 + r³/6 + …

    For |x| < 746, |k| is below 1078. X is off by 1 unit and k · LN2 by 2 |k|: R by less than 2157, and eʳ, at most 2,
    by less than 4314. The series is off by 3 units a term. There are fewer than w/2 terms, so 4314 + 2 w units are
    enough.

    Returns:
        low, high, e: eˣ is between low · 2ᵉ and high · 2ᵉ.
    """
    m, e = parts(x)
    X = shifted(m, e + w)
    LN2 = ln2(w)
    k = X // LN2
    E = exp_series(X - k * LN2, w)
    off = 4314 + 2 * w
    return E - off, E + off, k - w


def exp_series(R: int, w: int) -> int:
    """1 + r + r²/2 + r³/6 + … in units, for r from 0 to ln 2.

    A term is rounded down twice, and hands on less than half of its own error: no term is off by more than 3 units.
    """
    T = 1 << w
    total = T
    n = 1
    while T > 0:
        T = (T * R >> w) // n
        total = total + T
        n = n + 1
    return total


def expm1_bounds(x: float, w: int) -> tuple[int, int, int]:
    """eˣ − 1, from the same whole numbers; the difference of whole numbers is exact."""
    low, high, e = exp_bounds(x, w)
    if e > 0:
        low, high, e = low << e, high << e, 0
    ONE = 1 << -e
    return low - ONE, high - ONE, e


def log_bounds(x: float, w: int) -> tuple[int, int, int]:
    """log x, for x > 0."""
    m, e = parts(x)
    return log_of_whole(m, e, w)


def log_of_whole_bounds(n: int, w: int) -> tuple[int, int, int]:
    """log n, for a whole n > 1."""
    return log_of_whole(n, 0, w + n.bit_length())


def log1p_bounds(x: float, w: int) -> tuple[int, int, int]:
    """log (1 + x): the sum is exact, with as many digits as it takes."""
    m, e = parts(x)
    if e > 0:
        m, e = m << e, 0
    return log_of_whole(m + (1 << -e), e, w)


def log_of_whole(m: int, e: int, w: int) -> tuple[int, int, int]:
    """log (m · 2ᵉ) = k ln 2 + log f, with f from 2/3 to 4/3; log f = 2 artanh z of z = (f − 1)/(f + 1), |z| ≤ 1/5.

    artanh z = z + z³/3 + z⁵/5 + … F is off by 1 unit, Z by 2, each term by 3, of which there are fewer than w/4; twice
    all that is less than 2 w + 4. k · LN2 is off by 2 |k|.
    """
    size = m.bit_length()
    k = e + size
    F = shifted(m, w - size)
    ONE = 1 << w
    if 3 * F < 2 * ONE:
        F = 2 * F
        k = k - 1
    Z = (size_of(F - ONE) << w) // (F + ONE)
    Z2 = Z * Z >> w
    T = Z
    total = Z
    i = 1
    while T > 0:
        T = T * Z2 >> w
        i = i + 2
        total = total + T // i
    if F < ONE:
        total = -total
    L = k * ln2(w) + 2 * total
    off = 2 * w + 4 + 2 * size_of(k)
    return L - off, L + off, -w


def sin_bounds(x: float, w: int) -> tuple[int, int, int]:
    """sin x."""
    return sine(x, w, 0)


def cos_bounds(x: float, w: int) -> tuple[int, int, int]:
    """cos x = sin (x + π/2)."""
    return sine(x, w, 1)


def sine(x: float, w: int, quarters: int) -> tuple[int, int, int]:
    """sin (x + quarters · π/2): x = q · π/2 + r with r from 0 to π/2, and the series of sin r or cos r.

    A large x needs as many more digits of π as stand before its point: with W digits, q · HALF is off by 2 q units of
    2⁻ᵂ, less than a unit of 2⁻ʷ. R is off by 2, its square by 8, and each term by 6 at most, of which there are fewer
    than w/4 + 8: 2 w + 64 units are enough.
    """
    m, e = parts(x)
    W = w + 64 + (e if e > 0 else 0)
    X = shifted(m, e + W)
    HALF = pi(W) >> 1
    q = X // HALF
    R = X - q * HALF >> W - w
    q = q + quarters
    S = cos_series(R, w) if q & 1 == 1 else sin_series(R, w)
    if q & 2 == 2:
        S = -S
    off = 2 * w + 64
    return S - off, S + off, -w


def sin_series(R: int, w: int) -> int:
    """r − r³/6 + r⁵/120 − … in units."""
    return alternating(R, 1, R, w)


def cos_series(R: int, w: int) -> int:
    """1 − r²/2 + r⁴/24 − … in units."""
    return alternating(1 << w, 0, R, w)


def alternating(T: int, i: int, R: int, w: int) -> int:
    """T, and then the terms of which each is −r² / ((i + 1) (i + 2)) times the one before."""
    R2 = R * R >> w
    total = T
    sign = -1
    while T > 0:
        T = (T * R2 >> w) // ((i + 1) * (i + 2))
        i = i + 2
        total = total + sign * T
        sign = -sign
    return total


def size_of(n: int) -> int:
    """n without its sign."""
    return n if n >= 0 else -n


def shifted(m: int, n: int) -> int:
    """m · 2ⁿ, rounded down."""
    return m << n if n >= 0 else m >> -n


# ---- and to a float --------------------------------------------------------------------------------------------------


def exactly(bounds: Bounds, x: float | int) -> float:
    """The float nearest to f(x).

    Args:
        bounds: of x and w, what f(x) lies between: low, high, e for low · 2ᵉ and high · 2ᵉ.
        x: a number at which f is no fraction.

    Examples:
        >>> exactly(exp_bounds, 1.0), exactly(sin_bounds, 1e22)
        (2.718281828459045, -0.8522008497671888)
    """
    w = DIGITS
    while True:
        low, high, e = bounds(x, w)
        y = nearest(low, e)
        if y == nearest(high, e):
            return y
        w = 2 * w


def power_exactly(x: float, n: int) -> float:
    """The float nearest to xⁿ, for a finite x that is not 0.

    Examples:
        >>> power_exactly(0.9, 10), power_exactly(3.0, 33) - 3**33, power_exactly(-2.0, -1)
        (0.3486784401000001, 0.0, -0.5)
    """
    m, e = parts(x)
    size = size_of(m)
    zeros = (size & -size).bit_length() - 1
    size = size >> zeros  # odd: so it has few digits where xⁿ is exact, or half-way
    w = DIGITS
    while True:
        low, high, at = power_bounds(size, size_of(n), w)
        if n < 0:
            low, high, at = one_by(low, high, at, w)
        at = at + (e + zeros) * n
        y = nearest(low, at)
        if y == nearest(high, at):
            return -y if x < 0.0 and n & 1 == 1 else y
        w = 2 * w


def power_bounds(m: int, n: int, w: int) -> tuple[int, int, int]:
    """mⁿ, digit by digit of n: for each the power is squared, and for a 1 multiplied by m; cut to w digits each time.

    To cut loses less than the part δ = 2¹⁻ʷ. If all that was lost of mʲ is the part (j − 1) δ, then what is lost of m²ʲ
    or m²ʲ⁺¹ is less than 2 (j − 1) δ + δ = (2j − 1) δ: the rule holds on. The part n δ of P < 2ʷ is 2n units, and 8n
    have room for what is left out of P itself. Where nothing was cut, nothing is lost.
    """
    P = 1
    e = 0
    bit = 1 << n.bit_length() >> 1
    while bit > 0:
        P = P * P
        e = 2 * e
        if n & bit != 0:
            P = P * m
        dropped = P.bit_length() - w
        if dropped > 0:
            P = P >> dropped
            e = e + dropped
        bit = bit >> 1
    return P, P if e == 0 else P + 8 * n, e


def one_by(low: int, high: int, e: int, w: int) -> tuple[int, int, int]:
    """1 over what lies between low · 2ᵉ and high · 2ᵉ."""
    ONE = 1 << 2 * w
    Q = ONE // high
    above = ONE // low
    return Q, Q if Q * low == ONE else above + 1, -e - 2 * w
