"""Every function of the two collections, recorded and written down: what is shown holds."""

import copy

import pytest

from scalarnn.tracing import record
from scalarnn.worked import EXAMPLES, load
from scalarnn.worked.homework import arguments, recorded
from tests.tracing import near_house_style
from tests.tracing.house_style import CASES
from tests.tracing.oracle import check_recording, check_solution, check_written

assert near_house_style  # its cases are among CASES

STAYS_CODE = {"000-backward": 6, "002-derivatives": 1, "004-epochs": 2}  # steps that the writer cannot express


def title(case):
    function, arguments = case
    return f"{function.__name__}-{str(arguments)[:40]}"


@pytest.fixture(params=CASES, ids=title)
def case(request):
    function, arguments = request.param
    return function, arguments, record(function, *copy.deepcopy(arguments))


def test_values_are_those_of_an_untraced_run(case):
    check_recording(*case)


def test_every_step_holds(case):
    check_solution(case[2])


def test_every_line_holds(case):
    check_written(case[2])


def test_there_is_much_to_try():
    functions = {function for function, _ in CASES}
    assert len(functions) >= 100
    assert len(CASES) >= 140


# ---- the worked examples ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_step_of_a_worked_example_holds(name):
    recording = recorded(load(name))
    n_steps, n_code = check_solution(recording)
    assert n_steps > 0
    assert n_code <= STAYS_CODE.get(name, 0)
    assert check_written(recording) > 0


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_value_of_a_worked_example_is_that_of_an_untraced_run(name):
    example = load(name)
    recording = recorded(example)
    check_recording(example.module.work, list(arguments(example).values()), recording)
