"""Data made by seed against figures of the packages it comes from, and against each other."""

import hashlib
import math
import struct

import pytest

from scalarnn.datasets import moons_data, spiral_data, vertical_data, xor_clouds, xor_data
from scalarnn.datasets.seeding import shuffled, spaced
from scalarnn.random_numbers import LegacyRandom

# Printed by nnfs 0.5.1 with NumPy 2.4.6 after nnfs.init() and np.random.seed(seed): rows 0, 1, the middle and the last.
NNFS_FLOAT32 = [
    (
        spiral_data,
        (100, 3, 0),
        [
            [0.0, 0.0],
            [0.0029955569189041853, 0.00964660756289959],
            [0.3220980763435364, -0.38901007175445557],
            [-0.9427887797355652, 0.3333906829357147],
        ],
    ),
    (
        spiral_data,
        (7, 2, 2**32 - 1),
        [
            [0.0, 0.0],
            [0.1514572948217392, -0.06955906748771667],
            [-0.0, -0.0],
            [0.44193512201309204, 0.8970470428466797],
        ],
    ),
    (
        vertical_data,
        (100, 3, 0),
        [
            [0.17640523612499237, 0.6883150935173035],
            [0.040015723556280136, 0.36522409319877625],
            [0.38543984293937683, 0.42358559370040894],
            [0.6588811874389648, 0.48214107751846313],
        ],
    ),
    (
        vertical_data,
        (7, 2, 42),
        [
            [0.049671415239572525, 0.576743483543396],
            [-0.013826429843902588, 0.4530525505542755],
            [0.16084155440330505, 0.4774223566055298],
            [0.47989821434020996, 0.5375698208808899],
        ],
    ),
]

# The same without nnfs.init().
NNFS_FLOAT64 = [
    (
        spiral_data,
        (100, 3, 0),
        [
            [0.0, 0.0],
            [0.0029955566779434318, 0.00964660796601254],
            [0.3220980813838847, -0.3890100752173273],
            [-0.9427887647158077, 0.3333906794222676],
        ],
    ),
    (
        vertical_data,
        (7, 2, 42),
        [
            [0.04967141530112327, 0.5767434729152909],
            [-0.013826430117118467, 0.4530525614065048],
            [0.16084155008203002, 0.47742236995134646],
            [0.47989821022548873, 0.5375698018345672],
        ],
    ),
]

# SHA-256 of all numbers of X in the same run, row after row, as little-endian float32.
NNFS_SHA256 = [
    (spiral_data, (100, 3, 0), "ce93f1d0d63e477e04d5e149c49fa550a73cb87f5404c6e9977bf5c90a383e5e"),
    (spiral_data, (1000, 3, 1), "2fcb5512f0b94f64bd8d6c1f2eba136989f2a35ce9a2ef0fe54beaf474bc6388"),
    (vertical_data, (100, 3, 0), "223606dae4955350e468b87347f0672b62dbfd4a83d771ab9321b981b6c37bfb"),
    (vertical_data, (1000, 3, 1), "05bf218b80b9d7b7a2fedb3beded751595482644b49b19627dfe41816a35a560"),
]


def digest(X):
    return hashlib.sha256(b"".join(struct.pack("<2f", *x) for x in X)).hexdigest()


def bits(rows):
    return [struct.pack("<2d", *row) for row in rows]


@pytest.mark.parametrize(("make", "arguments", "expected"), NNFS_FLOAT32)
def test_the_notebooks_figures_in_float32(make, arguments, expected):
    X, labels = make(*arguments)
    assert bits([X[0], X[1], X[len(X) // 2], X[-1]]) == bits(expected)
    samples, classes, _ = arguments
    assert labels == [n // samples for n in range(samples * classes)]


@pytest.mark.parametrize(("make", "arguments", "expected"), NNFS_FLOAT64)
def test_the_notebooks_figures_in_float64(make, arguments, expected):
    X, _ = make(*arguments, float32=False)
    for x, expected_x in zip([X[0], X[1], X[len(X) // 2], X[-1]], expected, strict=True):
        assert x == pytest.approx(expected_x, rel=1e-15)


def test_float64_normal_numbers_are_bit_for_bit():
    X, _ = vertical_data(7, 2, 42, float32=False)
    assert bits([X[0], X[1], X[7], X[-1]]) == bits(NNFS_FLOAT64[1][2])


@pytest.mark.parametrize(("make", "arguments", "expected"), NNFS_SHA256)
def test_every_number_of_the_notebooks_data(make, arguments, expected):
    X, _ = make(*arguments)
    assert digest(X) == expected


def test_the_digest_would_tell():
    X, _ = spiral_data(100, 3, 0)
    X[150][1] = math.nextafter(X[150][1], 1)  # within float32's rounding: the same
    assert digest(X) == NNFS_SHA256[0][2]
    X[150][1] *= 1 + 2**-22
    assert digest(X) != NNFS_SHA256[0][2]
    assert digest(spiral_data(100, 3, 0, float32=False)[0]) != digest(spiral_data(100, 3, 1, float32=False)[0])


def test_one_generator_goes_on_where_it_stands():
    """As in the notebook: after the data, the weights are drawn from the same stream."""
    random = LegacyRandom(0)
    X, _ = spiral_data(100, 3, random)
    fresh = LegacyRandom(0)
    fresh.randn(300)
    assert spiral_data(100, 3, 0)[0] == X
    assert random.randn(3) == fresh.randn(3)


# Printed by scikit-learn 1.9.1: make_moons(6, shuffle=False, noise=0.1, random_state=3).
MOONS = [
    [1.1788628473430318, 0.043650985051198944],
    [0.009649746807200923, 0.8136507296635509],
    [-1.02773882025144, -0.03547589792689855],
    [-0.008274148148245978, 0.43729993231761527],
    [0.995618183102407, -0.5477218030359503],
    [1.8686135246637319, 0.5884622380499583],
]


def test_moons_of_scikit_learn():
    X, labels = moons_data(3, 0.1, 3)
    assert labels == [0, 0, 0, 1, 1, 1]
    for x, expected in zip(X, MOONS, strict=True):
        assert x == pytest.approx(expected, rel=1e-14)


def test_moons_without_noise_lie_on_their_circles():
    X, labels = moons_data(50)
    for (across, up), label in zip(X, labels, strict=True):
        centre, middle = ((0, 0), (1, 0.5))[label]
        assert math.hypot(across - centre, up - middle) == pytest.approx(1)
        assert up >= -1e-15 if label == 0 else up <= 0.5


def test_xor():
    X, labels = xor_data()
    for x, label in zip(X, labels, strict=True):
        assert label == x[0] ^ x[1]
    X.clear()
    assert len(xor_data()[0]) == 4


def test_xor_clouds_lie_around_the_corners():
    X, labels = xor_clouds(10, 0.05, 1)
    assert len(X) == len(labels) == 40
    for x, label in zip(X, labels, strict=True):
        assert round(x[0]) ^ round(x[1]) == label
    assert xor_clouds(1, 0)[0] == xor_data()[0]


@pytest.mark.parametrize("make", [spiral_data, vertical_data])
def test_what_does_not_fit(make):
    with pytest.raises(ValueError, match=r"^samples is 0: expected a whole number from 1 up$"):
        make(samples=0)
    with pytest.raises(TypeError, match=r"classes is 2\.0"):
        make(classes=2.0)
    with pytest.raises(ValueError, match="seed is -1"):
        make(seed=-1)


@pytest.mark.parametrize("make", [moons_data, xor_clouds])
def test_noise_that_does_not_fit(make):
    with pytest.raises(ValueError, match="noise is -1: expected a number from 0 up"):
        make(noise=-1)
    with pytest.raises(ValueError, match="noise is nan"):
        make(noise=math.nan)
    with pytest.raises(TypeError, match="noise is '1'"):
        make(noise="1")


def test_spaced_numbers_are_those_of_numpy():
    numpy = pytest.importorskip("numpy")
    for start, stop in [(0.0, 1.0), (4.0, 8.0), (0.0, math.pi)]:
        for n in (1, 2, 3, 7, 100):
            assert spaced(start, stop, n) == numpy.linspace(start, stop, n).tolist()


def test_shuffling_is_fair():
    """Every order of three comes up about equally often: 6000 draws, six orders."""
    random = LegacyRandom(1)
    seen = {}
    for _ in range(6000):
        order = tuple(shuffled(3, random))
        seen[order] = seen.get(order, 0) + 1
    assert len(seen) == 6
    assert all(880 < times < 1120 for times in seen.values())
