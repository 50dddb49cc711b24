"""A program gives what its function gives: every bit, the sign of zero, int or float, and the changes of arguments."""

import copy

import pytest

from scalarnn.unrolled import unroll
from tests.unrolled.inputs import CASES, bits, outcome, random_arguments

EACH = [pytest.param(function, shapes, id=function.__name__) for function, shapes in CASES.items()]
TIMES = 150


@pytest.mark.parametrize(("function", "shapes"), EACH)
def test_the_program_gives_the_bits_of_the_function(function, shapes):
    program = unroll(function, *shapes)
    to_read = program._compiled(program.python(), "read")
    differing = 0
    for seed in range(TIMES):
        arguments = random_arguments(shapes, seed)
        expected = outcome(function, copy.deepcopy(arguments))
        assert outcome(program, copy.deepcopy(arguments)) == expected, (seed, arguments)
        assert outcome(to_read, copy.deepcopy(arguments)) == expected, (seed, arguments)
        differing += expected != outcome(function, copy.deepcopy(random_arguments(shapes, 0)))
    assert differing > TIMES / 8  # the inputs tell results apart


def test_bits_tell_what_equality_does_not():
    assert bits(0.0) != bits(-0.0)
    assert bits(0) != bits(0.0)
    assert bits([1.0]) != bits((1.0,))
    assert bits(float("nan")) == bits(float("nan"))
