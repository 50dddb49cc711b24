"""Bit for bit what NumPy gives: the legacy generator, and float32 arithmetic."""

import itertools
import math
import struct

import numpy as np
import pytest

from scalarnn import scalar
from scalarnn.float32 import Float32, round_to_float32
from scalarnn.random_numbers import LegacyRandom

# ---- the legacy generator --------------------------------------------------------------------------------------------

SEEDS = [0, 1, 42, 623, 624, 12345, 2**16, 2**31 - 1, 2**31, 2**32 - 2, 2**32 - 1]


@pytest.mark.parametrize("seed", SEEDS)
def test_uniform_numbers(seed):
    assert LegacyRandom(seed).rand(1500) == np.random.RandomState(seed).rand(1500).tolist()


@pytest.mark.parametrize("seed", SEEDS)
def test_normal_numbers(seed):
    assert LegacyRandom(seed).randn(1501) == np.random.RandomState(seed).randn(1501).tolist()


@pytest.mark.parametrize("seed", SEEDS)
def test_interleaved(seed):
    ours, theirs = LegacyRandom(seed), np.random.RandomState(seed)
    for round_ in range(40):
        name, shape = [
            ("randn", (3,)),
            ("rand", ()),
            ("randn", ()),
            ("rand", (2, 3)),
            ("randn", (5,)),
            ("randn", (2, 1, 3)),
            ("rand", (1, 1)),
        ][round_ % 7]
        found, expected = getattr(ours, name)(*shape), getattr(theirs, name)(*shape)
        assert found == (expected if shape == () else expected.tolist())


def test_seeding_again():
    ours, theirs = LegacyRandom(3), np.random.RandomState(3)
    ours.randn(3)
    theirs.randn(3)
    ours.seed(7)
    theirs.seed(7)
    assert ours.randn(3) == theirs.randn(3).tolist()
    assert ours.rand(3) == theirs.rand(3).tolist()


def test_seed_of_another_library():
    assert LegacyRandom(np.int64(5)).rand(3) == np.random.RandomState(5).rand(3).tolist()
    assert LegacyRandom(np.uint32(2**32 - 1)).rand(3) == np.random.RandomState(2**32 - 1).rand(3).tolist()


# ---- float32 ---------------------------------------------------------------------------------------------------------


def bits(x):
    return struct.pack("<f", x)


def from_bits(word):
    return struct.unpack("<f", struct.pack("<I", word))[0]


EDGES = [
    0.0,
    -0.0,
    1.0,
    -1.0,
    from_bits(1),  # the smallest subnormal
    -from_bits(1),
    from_bits(2),
    from_bits(3),
    from_bits(0x007FFFFF),  # the largest subnormal
    from_bits(0x00800000),  # the smallest normal
    from_bits(0x00800001),
    from_bits(0x3F7FFFFF),  # just below one
    from_bits(0x3F800001),  # just above one
    from_bits(0x4B800000),  # 2²⁴: from here on odd numbers are ties
    from_bits(0x4B800001),
    from_bits(0x7F7FFFFF),  # the largest
    -from_bits(0x7F7FFFFF),
    from_bits(0x7F7FFFFE),
    from_bits(0x7F000000),
    3.0,
    round_to_float32(0.1),
    round_to_float32(1 / 3),
    math.inf,
    -math.inf,
    math.nan,
]


def random_floats(seed, count):
    """float32 numbers of every size: random words, subnormals, and neighbours whose results are close to ties."""
    rng = np.random.default_rng(seed)
    words = rng.integers(0, 2**32, size=count, dtype=np.uint32)
    subnormal = rng.integers(0, 2**23, size=count, dtype=np.uint32) | (words & np.uint32(0x80000000))
    middle = rng.integers(0x3F000000, 0x41000000, size=count, dtype=np.uint32)
    small = rng.integers(0x00000000, 0x01800000, size=count, dtype=np.uint32)
    numbers = np.concatenate([words, subnormal, middle, small]).view(np.float32)
    rng.shuffle(numbers)
    return [float(x) for x in numbers if math.isfinite(x)]


def same_bits(found, expected):
    if math.isnan(expected):
        return math.isnan(found.value)
    return bits(found.value) == expected.tobytes()


OPERATIONS = [
    ("+", lambda a, b: a + b),
    ("-", lambda a, b: a - b),
    ("*", lambda a, b: a * b),
    ("/", lambda a, b: a / b),
]


@pytest.mark.parametrize(("sign", "operation"), OPERATIONS)
def test_edges(sign, operation):
    for a, b in itertools.product(EDGES, EDGES):
        if sign == "/" and b == 0:
            continue  # an error, as for every Python number
        with np.errstate(all="ignore"):
            expected = operation(np.float32(a), np.float32(b))
        assert same_bits(operation(Float32(a), Float32(b)), expected), (a, sign, b)


@pytest.mark.parametrize(("sign", "operation"), OPERATIONS)
def test_random_operands(sign, operation):
    left, right = random_floats(1, 4000), random_floats(2, 4000)
    count = min(len(left), len(right))
    with np.errstate(all="ignore"):
        expected = operation(np.array(left[:count], dtype=np.float32), np.array(right[:count], dtype=np.float32))
    for i in range(count):
        if sign == "/" and right[i] == 0:
            continue
        assert same_bits(operation(Float32(left[i]), Float32(right[i])), expected[i]), (left[i], sign, right[i])


def test_square_roots():
    for x in [*EDGES, *random_floats(3, 3000)]:
        if x >= 0:
            assert same_bits(scalar.sqrt(Float32(x)), np.sqrt(np.float32(x))), x


def test_negation():
    for x in EDGES:
        assert same_bits(-Float32(x), -np.float32(x))


def halfway(x):
    """The float64 midway between a float32 and the next one up, and its neighbours."""
    middle = (x + float(np.nextafter(np.float32(x), np.float32(np.inf)))) / 2
    return [math.nextafter(middle, -math.inf), middle, math.nextafter(middle, math.inf)]


def test_rounding():
    numbers = [*EDGES, 5e-324, 1e39, -1e39, 1.7976931348623157e308]
    for x in [*EDGES, *random_floats(4, 1000)]:
        if math.isfinite(x) and abs(x) < 3e38:
            numbers.extend(halfway(x))
    rng = np.random.default_rng(5)
    numbers.extend(float(x) for x in rng.normal(size=2000) * 10.0 ** rng.uniform(-50, 45, size=2000))
    largest = from_bits(0x7F7FFFFF)
    numbers.extend([largest + 2.0**102, math.nextafter(largest + 2.0**103, 0), largest + 2.0**103])
    for x in numbers:
        with np.errstate(all="ignore"):
            expected = np.float64(x).astype(np.float32)
        found = round_to_float32(x)
        assert (math.isnan(found) and math.isnan(expected)) or bits(found) == expected.tobytes(), x
