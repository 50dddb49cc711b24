"""bfloat16, float16 and TF32: the nearest number, and arithmetic that stays short."""

import math
import random
from fractions import Fraction

import numpy as np
import pytest

from scalarnn import scalar
from scalarnn.float32 import Float32, round_to_float32
from scalarnn.short_floats import BFloat16, Float16, round_to_bfloat16, round_to_float16, round_to_tf32

INF = math.inf


@pytest.mark.parametrize(
    ("rounded", "x", "expected"),
    [
        # ties go to the even one
        (round_to_bfloat16, 257, 256.0),
        (round_to_bfloat16, 259, 260.0),
        (round_to_bfloat16, 257 + Fraction(1, 10**30), 258.0),
        (round_to_float16, 2049, 2048.0),
        (round_to_float16, 2051, 2052.0),
        (round_to_tf32, 2049, 2048.0),
        # the top
        (round_to_bfloat16, 3.3895313892515355e38, 3.3895313892515355e38),
        (round_to_bfloat16, 3.4e38, INF),
        (round_to_float16, -65519.9, -65504.0),
        (round_to_float16, -65520.0, -INF),
        (round_to_tf32, 65520.0, 65536.0),
        (round_to_tf32, 3.4028e38, INF),
        # the bottom
        (round_to_bfloat16, 2.0**-133, 2.0**-133),
        (round_to_bfloat16, 2.0**-134, 0.0),
        (round_to_float16, 2.0**-24, 2.0**-24),
        (round_to_float16, 1.5 * 2.0**-25, 2.0**-24),
        (round_to_float16, 2.0**-25, 0.0),
        (round_to_float16, INF, INF),
    ],
)
def test_rounding(rounded, x, expected):
    assert rounded(x) == expected
    assert type(rounded(x)) is float


@pytest.mark.parametrize("rounded", [round_to_bfloat16, round_to_float16, round_to_tf32])
def test_what_is_no_number_or_has_no_size_stays(rounded):
    assert math.isnan(rounded(math.nan))
    assert math.copysign(1, rounded(-0.0)) == -1
    with pytest.raises(TypeError, match="x is True, a bool"):
        rounded(True)


def test_a_bfloat16_is_the_nearest_of_all_of_them():
    """Two bytes are few: above 1 and below 2 there are 128, and each half way is known."""
    ladder = [1 + k / 128 for k in range(129)]
    for k in range(128):
        low, high = ladder[k], ladder[k + 1]
        half = (low + high) / 2
        assert round_to_bfloat16(math.nextafter(half, 0)) == low
        assert round_to_bfloat16(math.nextafter(half, 2)) == high
        assert round_to_bfloat16(half) == (low if k % 2 == 0 else high)


def test_float16_is_numpys():
    rng = random.Random(0)
    for _ in range(2000):
        a, b = (math.ldexp(rng.uniform(-1, 1), rng.randint(-26, 17)) for _ in range(2))
        x, y = Float16(a), Float16(b)
        with np.errstate(all="ignore"):
            assert x.value == float(np.float16(a))
            theirs = [np.float16(x.value) + np.float16(y.value), np.float16(x.value) * np.float16(y.value)]
        assert [float(x + y), float(x * y)] == pytest.approx([float(one) for one in theirs], rel=0, abs=0, nan_ok=True)


def test_a_bfloat16_is_a_float32_without_its_second_half():
    rng = random.Random(1)
    for _ in range(500):
        x = round_to_float32(rng.uniform(-8, 8))
        bits = int(np.float32(x).view(np.uint32))
        rounded_bits = (bits + 0x7FFF + ((bits >> 16) & 1)) & 0xFFFF0000  # to the nearest, ties to the even one
        assert round_to_bfloat16(x) == float(np.uint32(rounded_bits).view(np.float32))


@pytest.mark.parametrize("kind", [Float16, BFloat16])
def test_a_short_number_stays_short(kind):
    third = kind(1) / 3
    for made in (third + 1, 1 - third, third * third, 1 / third, -third, third**3, scalar.exp(third)):
        assert type(made) is kind
        assert made.value == kind.rounded(made.value)
    assert repr(kind(0.5)) == f"{kind.__name__}(0.5)"


def test_of_two_kinds_the_left_one_stays():
    assert type(Float32(1) + BFloat16(1)) is Float32
    assert type(BFloat16(1) + Float32(1)) is BFloat16
    assert Float32(1) + BFloat16(2**-7) == 1.0078125
    assert BFloat16(256) + Float32(1.5) == 258.0  # 1.5 is not rounded first, 257.5 is
