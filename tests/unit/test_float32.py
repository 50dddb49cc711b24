"""Numbers rounded to float32."""

import math
import random
import struct
from fractions import Fraction

import pytest

from scalarnn import neuron_backward, neuron_forward, relu, scalar
from scalarnn.float32 import Float32, round_to_float32

INF = math.inf
LARGEST = (2 - 2**-23) * 2.0**127
SMALLEST = 2.0**-149


@pytest.mark.parametrize(
    ("x", "expected"),
    [
        (0.1, 0.10000000149011612),
        (6, 6.0),
        (Fraction(1, 3), 0.3333333432674408),
        (33.872397424621624, 33.872398376464844),
        # ties go to the even one
        (1 + 2**-24, 1.0),
        (1 + 3 * 2**-24, 1 + 2**-22),
        (1 + 2**-24 + 2**-50, 1 + 2**-23),
        (2**24 + 1, 2.0**24),
        # the top
        (LARGEST, LARGEST),
        (LARGEST + 2.0**102, LARGEST),
        (LARGEST + 2.0**103, INF),
        (1e39, INF),
        (-1e39, -INF),
        (INF, INF),
        (-INF, -INF),
        # the bottom
        (SMALLEST, SMALLEST),
        (SMALLEST / 2, 0.0),
        (SMALLEST * 0.75, SMALLEST),
        (5e-324, 0.0),
    ],
)
def test_rounding(x, expected):
    assert round_to_float32(x) == expected
    assert type(round_to_float32(x)) is float


@pytest.mark.parametrize(
    ("x", "expected"),
    [
        # a float64 in between would make a tie of these: rounded once, they are none
        (1 + Fraction(1, 2**24) + Fraction(1, 2**60), 1 + 2**-23),
        (1 + 3 * Fraction(1, 2**24) - Fraction(1, 2**60), 1 + 2**-23),
        (2**60 + 2**36 + 1, 2.0**60 + 2.0**37),
        (2**60 + 2**36, 2.0**60),
        (2**60 + 3 * 2**36, 2.0**60 + 2.0**38),
        # the top
        (int(LARGEST) + 2**103 - 1, LARGEST),
        (int(LARGEST) + 2**103, INF),
        (2**128, INF),
        (10**400, INF),
        (-(10**400), -INF),
        (Fraction(10**400, 3), INF),
        # the bottom
        (Fraction(1, 2**149), SMALLEST),
        (Fraction(1, 2**150), 0.0),
        (Fraction(1, 2**150) + Fraction(1, 10**400), SMALLEST),
        (Fraction(3, 2**150), 2 * SMALLEST),
        (Fraction(1, 10**400), 0.0),
        (0, 0.0),
    ],
)
def test_ints_and_fractions_are_rounded_once_from_their_exact_value(x, expected):
    assert round_to_float32(x) == expected
    assert round_to_float32(-x) == -expected
    assert type(round_to_float32(x)) is float


def neighbours(value):
    """The float32 before and the one after a positive one."""
    (bits,) = struct.unpack("<I", struct.pack("<f", value))
    return [struct.unpack("<f", struct.pack("<I", bits + step))[0] for step in (-1, 1)]


def test_no_float32_is_nearer_to_a_fraction():
    generator = random.Random(0)
    for _ in range(2000):
        x = Fraction(generator.getrandbits(generator.randrange(20, 200)) + 1, generator.getrandbits(100) + 1)
        rounded = round_to_float32(x)
        assert rounded == round_to_float32(float(rounded))
        if 1e-37 < rounded < 1e38:
            for other in neighbours(rounded):
                assert abs(x - Fraction(rounded)) <= abs(x - Fraction(other))


def test_signs_and_nan_survive():
    assert math.copysign(1, round_to_float32(-0.0)) == -1
    assert math.copysign(1, round_to_float32(-5e-324)) == -1
    assert math.isnan(round_to_float32(math.nan))


@pytest.mark.parametrize("value", [True, "1", None, [1.0]])
def test_not_a_number(value):
    for function in (round_to_float32, Float32):
        with pytest.raises(TypeError, match=r"^x is .*: expected a number$"):
            function(value)


def test_arithmetic_rounds_every_result():
    third = Float32(1) / 3
    assert third.value == round_to_float32(1 / 3) != 1 / 3
    assert (Float32(0.1) + Float32(0.2)).value == 0.30000001192092896
    assert (Float32(1) - Float32(0.9)).value == 0.10000002384185791
    assert (Float32(0.1) * Float32(3)).value == 0.30000001192092896
    assert (-Float32(0.1)).value == -0.10000000149011612


def test_operands_on_either_side():
    two = Float32(2)
    assert [(two + 5).value, (5 + two).value] == [7, 7]
    assert [(two - 5).value, (5 - two).value] == [-3, 3]
    assert [(two * 5).value, (5 * two).value] == [10, 10]
    assert [(two / 5).value, (5 / two).value] == [0.4000000059604645, 2.5]
    assert all(
        type(result) is Float32 for result in (two + 5, 5 + two, two - 5, 5 - two, two * 5, 5 * two, two / 5, 5 / two)
    )
    assert type(-two) is Float32


def test_a_python_number_takes_part_as_the_nearest_float32():
    # float32(0.1) · 9 rounds up, 0.1 · 9 would round down
    assert (Float32(9) * 0.1).value == (0.1 * Float32(9)).value == 0.9000000357627869
    assert round_to_float32(9 * 0.1) == 0.8999999761581421


def test_comparisons():
    a, b = Float32(1), Float32(2)
    assert [a < b, b < a, a < a] == [True, False, False]
    assert [a <= b, b <= a, a <= Float32(1)] == [True, False, True]
    assert [a > b, b > a, a > Float32(1)] == [False, True, False]
    assert [a >= b, b >= a, a >= Float32(1)] == [False, True, True]
    assert [a < 2, a <= 1, a > 0.5, a >= 1.0] == [True, True, True, True]
    assert [a == Float32(1), a == 1, a == b, a == 2, a == "1"] == [True, True, False, False, False]
    assert a != b
    assert hash(a) == hash(1.0)
    assert len({Float32(1), Float32(1), Float32(2)}) == 2


def test_text_and_float():
    assert repr(Float32(0.1)) == "Float32(0.10000000149011612)"
    assert float(Float32(0.1)) == 0.10000000149011612


def test_no_other_attributes():
    with pytest.raises(AttributeError):
        Float32(1).other = 2


def test_functions():
    assert scalar.exp(Float32(1)).value == round_to_float32(math.e)
    assert scalar.expm1(Float32(2)).value == round_to_float32(math.expm1(2))
    assert scalar.log(Float32(2)).value == round_to_float32(math.log(2))
    assert scalar.log(Float32(0)).value == -INF
    assert scalar.sqrt(Float32(2)).value == round_to_float32(math.sqrt(2))
    for function in (scalar.exp, scalar.expm1, scalar.log, scalar.sqrt):
        assert type(function(Float32(2))) is Float32


def test_a_neuron_in_float32():
    x, w = [Float32(1), Float32(3)], [Float32(0.1), Float32(0.7)]
    z = neuron_forward(x, w, Float32(0))
    assert repr(z) == "Float32(2.1999998092651367)"
    gradients = neuron_backward(Float32(0.1), x, w)
    assert repr(gradients) == (
        "([Float32(0.10000000149011612), Float32(0.30000001192092896)], Float32(0.10000000149011612), "
        "[Float32(0.010000000707805157), Float32(0.07000000029802322)])"
    )
    assert repr(relu(z)) == repr(z)


def test_division_by_zero_is_an_error_as_for_floats():
    with pytest.raises(ZeroDivisionError):
        Float32(1) / 0
    with pytest.raises(ZeroDivisionError):
        1 / Float32(0)
