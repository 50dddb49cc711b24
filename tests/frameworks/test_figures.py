"""What was measured of other packages is what the package gives for them: every optimizer, every course."""

import copy
import math

import pytest

from scalarnn.frameworks import Framework, frameworks, like
from scalarnn.frameworks.courses import COURSES, way
from scalarnn.frameworks.exactness import NOT_THE_LAST_BIT
from tests.frameworks.comparing import apart

FIGURES = [
    pytest.param(name, optimizer, course, id=f"{name} {optimizer} {course}")
    for name, framework in frameworks().items()
    for optimizer, courses in framework.figures["optimizers"].items()
    for course in courses
]
SIXTY_FOUR = [figure for figure in FIGURES if not COURSES[figure.values[2]].get("float32")]
THIRTY_TWO = [figure for figure in FIGURES if COURSES[figure.values[2]].get("float32")]


def measured(name, optimizer, course):
    return frameworks()[name].figures["optimizers"][optimizer][course]


@pytest.mark.parametrize(("name", "optimizer", "course"), SIXTY_FOUR)
def test_a_way_in_float64(name, optimizer, course):
    assert apart(way(frameworks()[name], optimizer, course), measured(name, optimizer, course)) <= 1e-12


@pytest.mark.parametrize(("name", "optimizer", "course"), THIRTY_TWO)
def test_a_way_in_float32(name, optimizer, course):
    """To the last bit, but for those whose order of operations is another: they are named, and near."""
    ours, theirs = way(frameworks()[name], optimizer, course), measured(name, optimizer, course)
    if f"{name} {optimizer} {course}" in NOT_THE_LAST_BIT:
        assert 0 < apart(ours, theirs) < 1e-5
    else:
        assert ours == theirs
