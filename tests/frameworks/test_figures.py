"""What was measured of other packages is what the package gives for them: every optimizer, every course."""

import math

import pytest

from scalarnn.frameworks import frameworks, like
from scalarnn.frameworks.courses import COURSES, way
from tests.frameworks.comparing import apart

OPTIMIZERS = [
    pytest.param(framework, optimizer, id=f"{name} {optimizer}")
    for name, framework in frameworks().items()
    for optimizer in framework.optimizers
]


def ways(framework, optimizer, *, float32):
    """Course → ours and theirs."""
    found = {}
    for course, theirs in framework.figures["optimizers"][optimizer].items():
        if COURSES[course].get("float32", False) == float32:
            if any(math.isnan(place) for place in theirs):  # a root of a number below 0: here that is refused
                with pytest.raises(ValueError, match="math domain error"):
                    way(framework, optimizer, course)
            else:
                found[course] = way(framework, optimizer, course), theirs
    return found


@pytest.mark.parametrize(("framework", "optimizer"), OPTIMIZERS)
def test_float64_is_equal_to_twelve_digits(framework, optimizer):
    found = ways(framework, optimizer, float32=False)
    assert "mixed" in found or not framework.data["float64"]
    for course, (ours, theirs) in found.items():
        assert apart(ours, theirs) <= 1e-12, course


# Whose courses meet no root that is not the nearest number, and no sum that a wider one would round otherwise.
BY_CHANCE = {"Keras on PyTorch": ("Adam", "Adam amsgrad", "Nadam"), "optax on JAX": ("rmsprop corrected",)}
BY_CHANCE |= {"scikit-learn": ("adam",)}


@pytest.mark.parametrize(("framework", "optimizer"), OPTIMIZERS)
def test_float32_is_equal_to_the_last_bit_or_says_that_it_is_not(framework, optimizer):
    """Where a root of its own decides the last bit, or an order that nobody has found, the file says so."""
    found = ways(framework, optimizer, float32=True).values()
    if "last_bit" not in framework.data["optimizers"][optimizer]:
        assert all(ours == theirs for ours, theirs in found)
    else:
        by_chance = optimizer in BY_CHANCE.get(framework.name, ())
        assert by_chance != any(ours != theirs for ours, theirs in found)
        assert max(apart(ours, theirs) for ours, theirs in found) < 4e-6


@pytest.mark.parametrize(
    ("name", "optimizer", "spoilt"),
    [
        ("torch", "SGD momentum", {"beta": 0.89}),
        ("torch", "Adam", {"epsilon": 1e-7}),
        ("keras tensorflow", "SGD momentum", {"beta": 0.9}),
        ("keras tensorflow", "Nadam", {"beta1": 0.9}),
        ("keras jax", "RMSprop", {"epsilon": 1e-8}),
        ("paddle", "RMSProp", {"beta": 0.95}),
    ],
)
def test_another_constant_is_seen(name, optimizer, spoilt):
    """0.9 for the float32 nearest to it is enough to be seen."""
    framework = like(name)
    whole = framework.optimizer

    class Spoilt:
        def optimizer(self, name, learning_rate=None, *, float32=False):
            return whole(name, learning_rate, float32=float32, **spoilt)

    ours = way(Spoilt(), optimizer, "mixed")
    assert apart(ours, framework.figures["optimizers"][optimizer]["mixed"]) > 1e-12


def test_every_course_has_been_run_in_every_package_that_was_taken_anew():
    for name, framework in frameworks().items():
        if name != "mxnet":  # installs with an old NumPy only: its figures are those of the first look
            courses = {course for course in COURSES if framework.data["float64"] or COURSES[course].get("float32")}
            for optimizer in framework.optimizers:
                assert set(framework.figures["optimizers"][optimizer]) == courses, f"{name} {optimizer}"
