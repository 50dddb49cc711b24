"""What is derived of errors holds: of the sum of two floats, and of the two whole numbers."""

import math
import random
from fractions import Fraction

import mpmath
import pytest

from scalarnn.portable import circle, exponential, logarithm, powers_of_two, whole_numbers
from tests.portable.reference import as_fraction, drawn, sized, true_value

N = 300


def of_exp(x):
    m, s, t = exponential.sum_of_two(x)
    return Fraction(2) ** int(m), s, t, exponential.E


def of_log(x):
    if abs(x - 1) < 2**-9:
        return 1, *logarithm.less_the_square(x - 1, x - 1, 0.0)
    return 1, *logarithm.sum_of_two(x, 0.0, 0.0)


def of_log1p(x):
    u = 1 + x
    return 1, *logarithm.sum_of_two(u, float(1 + Fraction(x) - Fraction(u)), 0.0)


def of_sin(x):
    return 1, *circle.sum_of_two(x, 0.0)


def of_cos(x):
    return 1, *circle.sum_of_two(x, 128.0)


SUMS = {
    "exp": (of_exp, lambda rng: rng.uniform(-707, 709)),
    "log": (of_log, lambda rng: rng.choice((2 ** rng.uniform(-1022, 1023), 1 + sized(rng, -52, -2)))),
    "log1p": (of_log1p, lambda rng: rng.choice((-1 + 2 ** rng.uniform(-50, -1), 2 ** rng.uniform(-9, 60)))),
    "sin": (of_sin, lambda rng: rng.choice((rng.uniform(-4096, 4096), rng.randint(1, 1300) * math.pi))),
    "cos": (of_cos, lambda rng: rng.uniform(-4096, 4096)),
}


def worst(name):
    """The largest error of s + t, as a part of the bound."""
    parts, draw = SUMS[name]
    rng = random.Random(0)
    found = []
    for _ in range(N):
        x = draw(rng)
        scale, s, t, e = parts(x)
        found.append(abs(scale * (Fraction(s) + Fraction(t)) - true_value(name, x)) / (scale * Fraction(e)))
    return float(max(found))


@pytest.mark.parametrize("name", SUMS)
def test_the_sum_of_two_floats_is_as_near_as_derived(name):
    assert worst(name) < 1 / 2, "the derivations have room to spare"


@pytest.mark.parametrize(("name", "module"), [("exp", exponential), ("log", logarithm), ("sin", circle)])
def test_a_table_entry_off_by_one_ulp_of_its_smallest_part_stays_within(name, module, monkeypatch):
    """That part has ulps of 2⁻⁸⁰ and less: no answer changes. One ulp of the part before it is far outside."""
    before = worst(name)
    smallest = [(*row[:-1], math.nextafter(row[-1], math.inf)) for row in module.TABLE]
    monkeypatch.setattr(module, "TABLE", smallest)
    assert worst(name) < before + 1 / 50
    larger = [(*row[:-2], math.nextafter(row[-2], math.inf), row[-1]) for row in module.TABLE]
    monkeypatch.setattr(module, "TABLE", larger)
    assert worst(name) > 1000


def test_a_short_step_is_caught(monkeypatch):
    monkeypatch.setattr(exponential, "STEP_3", 0.0)
    assert worst("exp") > 1


BOUNDS = {
    "exp": (whole_numbers.exp_bounds, lambda x: -746 < x < 710),
    "expm1": (whole_numbers.expm1_bounds, lambda x: -746 < x < 710),
    "log": (whole_numbers.log_bounds, lambda x: x > 0),
    "log1p": (whole_numbers.log1p_bounds, lambda x: x > -1),
    "sin": (whole_numbers.sin_bounds, lambda _: True),
    "cos": (whole_numbers.cos_bounds, lambda _: True),
}


@pytest.mark.parametrize("name", BOUNDS)
@pytest.mark.parametrize("w", [64, 192])
def test_the_value_is_between_the_two_whole_numbers(name, w):
    bounds, takes = BOUNDS[name]
    for x in filter(takes, drawn(name, N, seed=2)):
        low, high, e = bounds(x, w)
        value = true_value(name, x) / Fraction(2) ** e
        assert low < value < high, x.hex()
        assert abs(value - Fraction(low + high, 2)) < Fraction(high - low, 4), "the derivations have room to spare"


def test_ln2_and_pi():
    for w in (10, 192, 700):
        with mpmath.workprec(2000):
            assert abs(whole_numbers.ln2(w) - as_fraction(mpmath.log(2)) * 2**w) < 2
            assert abs(whole_numbers.pi(w) - as_fraction(+mpmath.pi) * 2**w) < 2


def test_powers_are_between_the_two_whole_numbers():
    rng = random.Random(0)
    for _ in range(N):
        m, n, w = rng.randrange(1, 2**53, 2), rng.randint(1, 80), rng.choice((64, 192))
        low, high, e = whole_numbers.power_bounds(m, n, w)
        assert low * Fraction(2) ** e <= m**n <= high * Fraction(2) ** e
        low, high, e = whole_numbers.one_by(low, high, e, w)
        assert low * Fraction(2) ** e <= Fraction(1, m**n) <= high * Fraction(2) ** e


# ---- the ground ------------------------------------------------------------------------------------------------------


def test_exponents_and_parts_of_a_float():
    rng = random.Random(0)
    edges = [5e-324, 2.0**-1022, 2.0**-1021, 2.0**-33, 2.0**-32, 2.0**-31, 5e-10, 2e9, 2.0**31, 2.0**32, 1.0, 2.0**1023]
    edges += [math.nextafter(x, end) for x in edges for end in (0, math.inf) if 0 < math.nextafter(x, end) < math.inf]
    for x in edges + [2 ** rng.uniform(-1074, 1023) for _ in range(N)]:
        assert powers_of_two.exponent(x) == math.frexp(x)[1] - 1
        for signed in (x, -x):
            m, e = powers_of_two.parts(signed)
            assert Fraction(m) * Fraction(2) ** e == Fraction(signed)
            assert abs(m) < 2**53


def test_nearest_rounds_as_the_division_of_whole_numbers():
    rng = random.Random(0)
    for _ in range(4 * N):
        n = rng.getrandbits(rng.choice((1, 40, 53, 54, 55, 60, 200))) * rng.choice((-1, 1)) << rng.choice((0, 0, 30))
        e = rng.choice((rng.randint(-1150, 980), -1074 - rng.randint(0, 60), 0))
        value = Fraction(n) * Fraction(2) ** e
        try:
            expected = value.numerator / value.denominator
        except OverflowError:
            expected = math.copysign(math.inf, n)
        assert powers_of_two.nearest(n, e) == expected, (n, e)


def test_in_three_parts():
    STEP = whole_numbers.pi(192) // 256
    first, second, third = powers_of_two.in_three(STEP, 192, 34)
    assert abs(sum(map(Fraction, (first, second, third))) - Fraction(STEP, 2**192)) < Fraction(1, 2**120)
    for part in (first, second):
        assert abs(powers_of_two.parts(part)[0]) % 2**19 == 0, "at most 34 digits"
