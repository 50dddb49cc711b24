"""The true values, by mpmath, and arguments drawn from everywhere that a function has something of its own."""

import math
import random
from fractions import Fraction

import mpmath

from scalarnn import portable

DIGITS = 400  # binary, and for a large x as many more as stand before its point
TRUE = {
    "exp": mpmath.exp,
    "expm1": mpmath.expm1,
    "log": mpmath.log,
    "log1p": mpmath.log1p,
    "sin": mpmath.sin,
    "cos": mpmath.cos,
}
FUNCTIONS = {name: getattr(portable, name) for name in TRUE}


def true_value(name, x):
    """f(x) as a Fraction, with some 400 binary digits."""
    more = max(0, math.frexp(x)[1])
    with mpmath.workprec(DIGITS + more):
        return as_fraction(TRUE[name](mpmath.mpf(x)))


def as_fraction(value):
    sign, man, exp, _ = value._mpf_
    size = Fraction(int(man)) * Fraction(2) ** exp
    return -size if sign else size


def rounded(value):
    """The float nearest to a Fraction; ±∞ if it is too large. Python divides whole numbers with one rounding."""
    try:
        return value.numerator / value.denominator
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def asked(name, x):
    """What the portable function says; ±∞ where it raises because the value is too large."""
    try:
        return FUNCTIONS[name](x)
    except OverflowError:
        return math.inf


def digits_to_half_way(value):
    """How many binary digits agree, after the last of a float, with those of a number half-way between two floats."""
    y = rounded(value)
    ulp = Fraction(math.ulp(y))
    rest = abs(abs(value - Fraction(y)) / ulp - Fraction(1, 2))
    return math.inf if rest == 0 else -math.floor(math.log2(rest)) - 1


def sized(rng, low, high):
    """± 2ᵉ with e between low and high."""
    return rng.choice((-1, 1)) * 2 ** rng.uniform(low, high)


# For each function: from where its arguments are drawn.
WHERE = {
    "exp": (
        lambda rng: rng.uniform(-746, 710),
        lambda rng: sized(rng, -60, 3),
        lambda rng: rng.uniform(-746, -707),
        lambda rng: rng.uniform(708.9, 709.8),
    ),
    "expm1": (
        lambda rng: rng.uniform(-60, 710),
        lambda rng: sized(rng, -60, 6),
        lambda rng: sized(rng, -10, -6),
        lambda rng: sized(rng, -1074, -50),
    ),
    "log": (
        lambda rng: 2 ** rng.uniform(-1022, 1023),
        lambda rng: rng.uniform(0.5, 2),
        lambda rng: 1 + sized(rng, -53, -3),
        lambda rng: rng.randrange(1, 2**52) * 5e-324,
    ),
    "log1p": (
        lambda rng: sized(rng, -60, 0),
        lambda rng: 2 ** rng.uniform(-3, 1023),
        lambda rng: -1 + 2 ** rng.uniform(-53, -1),
        lambda rng: sized(rng, -1074, -50),
    ),
    "sin": (
        lambda rng: rng.uniform(-10, 10),
        lambda rng: sized(rng, -30, 13),
        lambda rng: rng.randint(-1300, 1300) * math.pi / 2 + sized(rng, -60, -2),
        lambda rng: sized(rng, 12, 1023),
    ),
}
WHERE["cos"] = WHERE["sin"]


def drawn(name, n, seed):
    """n arguments."""
    rng = random.Random(seed)
    return [WHERE[name][i % len(WHERE[name])](rng) for i in range(n)]
