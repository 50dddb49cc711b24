"""The legacy generator by itself; that it equals NumPy's is a test of properties."""

import math

import pytest

from scalarnn.random_numbers import LegacyRandom

# The first weights of `000`, which prints eight digits of them.
FIRST_NORMALS = [1.764052345967664, 0.4001572083672233, 0.9787379841057392, 2.240893199201458, 1.8675579901499675]
FIRST_UNIFORMS = [0.5488135039273248, 0.7151893663724195, 0.6027633760716439]


def test_first_numbers_of_seed_zero():
    assert LegacyRandom(0).randn(5) == FIRST_NORMALS
    assert LegacyRandom(0).rand(3) == FIRST_UNIFORMS


def test_shapes():
    generator = LegacyRandom(0)
    assert generator.rand() == FIRST_UNIFORMS[0]
    assert generator.rand(2) == FIRST_UNIFORMS[1:]
    assert LegacyRandom(0).rand(3, 1) == [[number] for number in FIRST_UNIFORMS]
    assert LegacyRandom(0).rand(1, 1, 3) == [[FIRST_UNIFORMS]]
    assert LegacyRandom(0).randn() == FIRST_NORMALS[0]
    assert LegacyRandom(0).randn(2, 2) == [FIRST_NORMALS[:2], FIRST_NORMALS[2:4]]


def test_an_odd_count_keeps_the_second_number_of_the_pair():
    generator = LegacyRandom(0)
    assert generator.randn() == FIRST_NORMALS[0]
    assert generator.randn(4) == FIRST_NORMALS[1:]


class Draws:
    """A twister that draws what it is told."""

    def __init__(self, *numbers):
        self.numbers = list(numbers)

    def random(self):
        return self.numbers.pop(0)


@pytest.mark.parametrize(
    "outside", [(0.5, 0.5), (0.0, 0.5), (0.5, 0.0), (0.0, 0.0), (0.9375, 0.9375), (0.125, 0.125), (0.9375, 0.125)]
)
def test_a_point_outside_the_disc_or_at_its_centre_is_drawn_again(outside):
    generator = LegacyRandom(0)
    generator._twister = Draws(*outside, 0.75, 0.5, 0.25)
    f = math.sqrt(-2 * math.log(0.25) / 0.25)  # x1 = 0.5, x2 = 0
    assert generator.randn(2) == [0.0, f * 0.5]
    assert generator._twister.numbers == [0.25]


def test_seed_starts_again_and_forgets_the_kept_number():
    generator = LegacyRandom(1)
    generator.randn()
    generator.seed(0)
    assert generator.randn(5) == FIRST_NORMALS


@pytest.mark.parametrize(
    ("seed", "error", "message"),
    [
        (-1, ValueError, "seed is -1: expected a whole number from 0 to 4294967295"),
        (2**32, ValueError, "seed is 4294967296: expected a whole number from 0 to 4294967295"),
        (1.0, TypeError, "seed is 1.0, a float: expected a whole number from 0 to 4294967295"),
        (True, TypeError, "seed is True, a bool: expected a whole number from 0 to 4294967295"),
        (None, TypeError, "seed is None: expected a whole number from 0 to 4294967295"),
        ("0", TypeError, "seed is '0', a str: expected a whole number from 0 to 4294967295"),
    ],
)
def test_wrong_seed(seed, error, message):
    with pytest.raises(error) as caught:
        LegacyRandom(seed)
    assert str(caught.value) == message
    generator = LegacyRandom(0)
    with pytest.raises(error):
        generator.seed(seed)
    assert generator.randn(5) == FIRST_NORMALS


@pytest.mark.parametrize("name", ["rand", "randn"])
@pytest.mark.parametrize(
    ("shape", "error", "message"),
    [
        ((0,), ValueError, "shape[0] is 0: expected a whole number from 1 up"),
        ((2, -1), ValueError, "shape[1] is -1: expected a whole number from 1 up"),
        ((2.0,), TypeError, "shape[0] is 2.0, a float: expected a whole number from 1 up"),
        (((2, 3),), TypeError, "shape[0] is (2, 3), a tuple: expected a whole number from 1 up"),
        ((2, True), TypeError, "shape[1] is True, a bool: expected a whole number from 1 up"),
    ],
)
def test_wrong_shape_draws_nothing(name, shape, error, message):
    generator = LegacyRandom(0)
    with pytest.raises(error) as caught:
        getattr(generator, name)(*shape)
    assert str(caught.value) == message
    assert generator.randn(5) == FIRST_NORMALS
