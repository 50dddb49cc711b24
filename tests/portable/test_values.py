"""The float nearest to the true value, everywhere."""

import math
import random
from fractions import Fraction

import mpmath
import pytest

from scalarnn import portable
from scalarnn.portable import circle, exponential, logarithm, powers_of_two, whole_numbers
from tests.portable.hard_cases import hard_cases
from tests.portable.reference import FUNCTIONS, as_fraction, asked, digits_to_half_way, drawn, rounded, true_value

N = 800  # arguments of each function; `python -m tests.portable` asks a million
TINY = 5e-324
LARGEST = math.nextafter(math.inf, 0)
SMALLEST_NORMAL = 2.0**-1022


def same(a, b):
    return (a, math.copysign(1, a)) == (b, math.copysign(1, b)) or (a != a and b != b)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_values_are_rounded_correctly(name):
    for x in drawn(name, N, seed=0):
        assert same(asked(name, x), rounded(true_value(name, x))), x.hex()


@pytest.mark.parametrize("name", FUNCTIONS)
def test_hard_cases_are_hard_and_rounded_correctly(name):
    for x, digits in hard_cases(name):
        value = true_value(name, x)
        assert digits_to_half_way(value) >= digits
        assert same(asked(name, x), rounded(value)), x.hex()


# ---- ends ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "x", "expected"),
    [
        ("exp", 0.0, 1.0),
        ("exp", -0.0, 1.0),
        ("exp", -math.inf, 0.0),
        ("exp", math.inf, math.inf),
        ("exp", -LARGEST, 0.0),
        ("exp", TINY, 1.0),
        ("expm1", 0.0, 0.0),
        ("expm1", -0.0, -0.0),
        ("expm1", TINY, TINY),
        ("expm1", -SMALLEST_NORMAL, -SMALLEST_NORMAL),
        ("expm1", -math.inf, -1.0),
        ("expm1", math.inf, math.inf),
        ("expm1", -1e300, -1.0),
        ("log", 0.0, -math.inf),
        ("log", -0.0, -math.inf),
        ("log", 1.0, 0.0),
        ("log", math.inf, math.inf),
        ("log1p", 0.0, 0.0),
        ("log1p", -0.0, -0.0),
        ("log1p", -1.0, -math.inf),
        ("log1p", TINY, TINY),
        ("log1p", -TINY, -TINY),
        ("log1p", math.inf, math.inf),
        ("sin", 0.0, 0.0),
        ("sin", -0.0, -0.0),
        ("sin", TINY, TINY),
        ("sin", -SMALLEST_NORMAL, -SMALLEST_NORMAL),
        ("cos", 0.0, 1.0),
        ("cos", -0.0, 1.0),
        ("cos", TINY, 1.0),
    ],
)
def test_at_the_ends(name, x, expected):
    assert same(FUNCTIONS[name](x), expected)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_no_number_stays_none(name):
    assert math.isnan(FUNCTIONS[name](math.nan))


@pytest.mark.parametrize("name", ["exp", "expm1"])
def test_the_largest_argument(name):
    largest = 709.782712893384  # the last float below log 2^1024
    assert true_value(name, largest) < 2**1024 < true_value(name, math.nextafter(largest, 1e9))
    assert same(FUNCTIONS[name](largest), rounded(true_value(name, largest)))
    for x in (math.nextafter(largest, 1e9), 710.5, 1e300):
        with pytest.raises(OverflowError, match="math range error"):
            FUNCTIONS[name](x)


def test_the_smallest_results_are_rounded_once():
    """At −745.13… eˣ is half of the smallest float; from −708.39… on it has fewer digits than 53."""
    half = -745.1332191019411
    assert true_value("exp", half) > Fraction(1, 2**1075) > true_value("exp", math.nextafter(half, -1e9))
    assert (portable.exp(half), portable.exp(math.nextafter(half, -1e9))) == (TINY, 0.0)
    twice = 0
    for k in range(400):
        x = -708.4 - k / 11
        value = true_value("exp", x)
        assert portable.exp(x) == rounded(value)
        twice += math.ldexp(rounded(value * 2**200), -200) != rounded(value)
    assert twice > 0, "an answer that is rounded to 53 digits first is caught"


@pytest.mark.parametrize(("name", "x"), [("log", -1.0), ("log", -TINY), ("log", -math.inf), ("log1p", -1.5)])
def test_undefined(name, x):
    with pytest.raises(ValueError, match="math domain error"):
        FUNCTIONS[name](x)
    for function in (portable.sin, portable.cos):
        with pytest.raises(ValueError, match="math domain error"):
            function(math.inf)


@pytest.mark.parametrize(
    "x", [1e22, 2.0**1023, LARGEST, -LARGEST, 4096.0, math.nextafter(4096.0, 0), 6381956970095103 * 2.0**797]
)
def test_many_turns_of_a_circle(x):
    """The last is the double nearest to a multiple of π/2 (Kahan): its cosine begins with 61 zeros."""
    for name in ("sin", "cos"):
        assert same(FUNCTIONS[name](x), rounded(true_value(name, x)))


# ---- powers ----------------------------------------------------------------------------------------------------------


def exact_power(x, n):
    return Fraction(x) ** n


def test_whole_powers():
    rng = random.Random(0)
    for _ in range(N):
        x = rng.choice((-1, 1)) * rng.choice((rng.uniform(0.5, 2), rng.randint(1, 99) / 4, 2 ** rng.uniform(-20, 20)))
        n = rng.choice((rng.randint(-20, 60), rng.randint(1, 2000)))
        expected = rounded(exact_power(x, n))
        if math.isinf(expected):
            with pytest.raises(OverflowError):
                portable.pow(x, n)
        else:
            assert same(portable.pow(x, n), expected), (x.hex(), n)


def test_powers_that_are_half_way_go_to_the_even_float():
    """An odd number of 54 binary digits lies in the middle of two floats."""
    ties = [(float(m), 3) for m in range(2**17 + 1, 2**18, 2000) if (m**3).bit_length() == 54]
    ties += [(3.0, 34), (3.0 * 2.0**-215, 5)]  # the last is 243 · 2⁻¹⁰⁷⁵, between 121 and 122 of the smallest
    for x, n in ties:
        value = exact_power(x, n)
        assert digits_to_half_way(value) == math.inf
        assert portable.pow(x, n) == rounded(value)


@pytest.mark.parametrize(
    ("x", "n"),
    [(1 + 2**-52, 10**15), (0.999, 10**5), (1 - 2**-53, -(10**17)), (1 + 2**-30, 7 * 10**11), (0.9999, 7451000)],
)
def test_powers_of_great_exponents(x, n):
    with mpmath.workprec(400):
        expected = rounded(as_fraction(mpmath.mpf(x) ** n))
    assert same(portable.pow(x, n), expected)


def test_powers_without_end():
    assert portable.pow(0.5, 1074) == TINY
    assert portable.pow(0.5, 1075) == 0.0
    assert same(portable.pow(-0.5, 10**30 + 1), -0.0)
    assert portable.pow(1.0, 10**400) == 1.0
    assert portable.pow(-1.0, 10**400 + 1) == -1.0


@pytest.mark.parametrize(
    ("x", "n", "expected"),
    [
        (0.0, 0, 1.0),
        (math.nan, 0, 1.0),
        (1.0, -7, 1.0),
        (0.0, 3, 0.0),
        (-0.0, 3, -0.0),
        (-0.0, 2, 0.0),
        (math.inf, 2, math.inf),
        (-math.inf, 3, -math.inf),
        (-math.inf, -3, -0.0),
        (math.inf, -2, 0.0),
        (math.nan, 3, math.nan),
        (1.5, 1, 1.5),
        (-2.0, -1, -0.5),
        (TINY, 2, 0.0),
    ],
)
def test_powers_at_the_ends(x, n, expected):
    assert same(portable.pow(x, n), expected)


def test_powers_that_there_are_not():
    with pytest.raises(ZeroDivisionError):
        portable.pow(0.0, -1)
    with pytest.raises(OverflowError):
        portable.pow(1e200, 2)
    with pytest.raises(OverflowError):
        portable.pow(TINY, -1)


# ---- broken on purpose -----------------------------------------------------------------------------------------------


def wrong(name):
    """How many arguments are answered wrongly, of those drawn and of the hard ones."""
    arguments = drawn(name, 200, seed=1) + [x for x, _ in hard_cases(name)]
    return sum(not same(asked(name, x), rounded(true_value(name, x))) for x in arguments)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_rounding_test_that_is_too_lax_is_caught(name, monkeypatch):
    """Without the slow way the hard cases go wrong."""
    assert wrong(name) == 0
    for module in (exponential, logarithm, circle):
        monkeypatch.setattr(module, "exactly", lambda bounds, x: middle(bounds, x))
    assert wrong(name) > 0


def middle(bounds, x):
    """As if what the quick way has were the true value: the middle of what lies between 2⁻⁷⁰ parts of it."""
    low, high, e = bounds(x, 192)
    digits = max(high, -low).bit_length()
    n = (low + high) // 2 >> digits - 70
    return powers_of_two.nearest(n, e + digits - 70)


@pytest.mark.parametrize(
    ("module", "name"),
    [(exponential, "exp"), (exponential, "expm1"), (logarithm, "log"), (logarithm, "log1p"), (circle, "sin")],
)
def test_a_table_off_by_one_ulp_is_caught(module, name, monkeypatch):
    off = [(*row[:-2], math.nextafter(row[-2], math.inf), row[-1]) for row in module.TABLE]
    monkeypatch.setattr(module, "TABLE", off)
    assert wrong(name) > 0


def test_pi_and_log_2_wrong_in_a_late_digit_are_caught(monkeypatch):
    with mpmath.workprec(400):
        pi = as_fraction(+mpmath.pi)
    assert whole_numbers.pi(300) >> 100 == math.floor(pi * 2**200)
    kept = list(whole_numbers.KEPT_PI)
    monkeypatch.setattr(whole_numbers, "KEPT_PI", [kept[0], kept[1] + (1 << kept[0] - 150)])
    assert not same(portable.sin(1e300), rounded(true_value("sin", 1e300)))
