"""Functions that nobody wrote: the same bits, loops written out or kept, and the derivative that dual numbers find."""

import copy
import random

import pytest

from scalarnn.dual import Dual
from scalarnn.unrolled import UnrollError, unroll
from tests.unrolled.inputs import outcome, random_arguments
from tests.unrolled.random_functions import function_of, source

SHAPES = ([1.0] * 3, [1.0] * 3, 1.0, 1.0)
RESULT = "xs[0] + 2 * ys[1] + 3 * a + b + t * xs[2]"
# What may be said of them, and nothing else.
REFUSED = ("as a value decides", "used after one of those it was chosen from", "is left by break", "does not settle")
N_FUNCTIONS = 10  # a test; `N_FUNCTIONS = 1000` was run when this was written
N_INPUTS = 12


def unrolled(function, **settings):
    """The program, or None where it is refused for one of those reasons."""
    try:
        return unroll(function, *SHAPES, **settings)
    except UnrollError as error:
        if any(reason in str(error) for reason in REFUSED):
            return None
        raise


def plain(arguments, seed):
    """Every other time small whole numbers, so that comparisons come out equal."""
    if seed % 2:
        return arguments
    return [
        plain(one, 0) if isinstance(one, list) else float(int(one) % 5 - 2) if abs(one) < 1e3 else one
        for one in arguments
    ]


@pytest.mark.parametrize("start", range(0, 8 * N_FUNCTIONS, N_FUNCTIONS))
def test_the_bits_are_those_of_the_function(start, tmp_path):
    compared = 0
    for seed in range(start, start + N_FUNCTIONS):
        function = function_of(source(seed), tmp_path, f"drawn_{seed}")
        program = unrolled(function)
        if program is None:
            continue
        to_read = program._compiled(program.python(), "read")
        for i in range(N_INPUTS):
            given = plain(random_arguments(SHAPES, 100 * seed + i), i)
            expected = outcome(function, copy.deepcopy(given))
            assert outcome(program, copy.deepcopy(given)) == expected, (seed, given)
            assert outcome(to_read, copy.deepcopy(given)) == expected, (seed, given)
        compared += 1
    assert compared >= N_FUNCTIONS / 4


@pytest.mark.parametrize("start", range(0, 6 * N_FUNCTIONS, N_FUNCTIONS))
def test_a_loop_that_is_kept_gives_the_same_bits(start, tmp_path):
    compared = 0
    for seed in range(start, start + N_FUNCTIONS):
        function = function_of(source(seed, leaves=("continue",)), tmp_path, f"kept_{seed}")
        program = unrolled(function, keep="i")
        if program is None:
            continue
        for i in range(N_INPUTS):
            given = plain(random_arguments(SHAPES, 100 * seed + i), i)
            expected = outcome(function, copy.deepcopy(given))
            assert outcome(program, copy.deepcopy(given)) == expected, (seed, given)
        compared += 1
    assert compared >= N_FUNCTIONS / 4


@pytest.mark.parametrize("start", range(0, 4 * N_FUNCTIONS, N_FUNCTIONS))
def test_the_derivative_is_that_of_dual_numbers(start, tmp_path):
    compared = 0
    for seed in range(start, start + N_FUNCTIONS):
        function = function_of(source(seed, result=RESULT), tmp_path, f"derived_{seed}")
        program = unrolled(function)
        if program is None:
            continue
        backward = program.backward("result")
        for i in range(3):
            draw = random.Random(100 * seed + i)
            given = [[draw.gauss(0, 1) for _ in range(3)], [draw.gauss(0, 1) for _ in range(3)], 0.7, draw.gauss(0, 1)]
            found = list(backward(*copy.deepcopy(given)).values())
            for j in range(8):
                changed, place = copy.deepcopy(given), (j // 3, j % 3) if j < 6 else (j - 4, None)
                if place[1] is None:
                    changed[place[0]] = Dual(changed[place[0]], 1.0)
                    gradient = found[place[0]]
                else:
                    changed[place[0]][place[1]] = Dual(changed[place[0]][place[1]], 1.0)
                    gradient = found[place[0]][place[1]]
                result = function(*changed)
                expected = result.derivative if isinstance(result, Dual) else 0.0
                assert abs(gradient - expected) <= 1e-9 * max(1, abs(expected)), (seed, i, j)
        compared += 1
    assert compared >= N_FUNCTIONS / 4
