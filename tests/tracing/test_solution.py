"""Every function of the two collections, recorded and written down: what is shown holds."""

import copy
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scalarnn.scalar import exp
from scalarnn.tracing import Style, record
from scalarnn.tracing.solution import solution
from scalarnn.worked import EXAMPLES, load
from scalarnn.worked.homework import arguments, recorded
from tests.tracing import house_style as house
from tests.tracing import near_house_style  # noqa: F401 - its cases are among CASES
from tests.tracing.house_style import CASES
from tests.tracing.oracle import check_recording, check_solution, check_written

STAYS_CODE = {"002-derivatives": 1}  # steps that the writer cannot express


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


@cache
def short(name):
    """An example, of two hundred iterations a dozen: folded all the same."""
    example = load(name)
    if "n_iterations" in example.given:
        example.given = example.given | {"n_iterations": 12}
    return example, recorded(example)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_step_of_a_worked_example_holds(name):
    _, recording = short(name)
    n_steps, n_code = check_solution(recording)
    assert n_steps > 0
    assert n_code <= STAYS_CODE.get(name, 0)
    assert check_written(recording) > 0


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_value_of_a_worked_example_is_that_of_an_untraced_run(name):
    example, recording = short(name)
    check_recording(example.module.work, (), recording, **arguments(example))


# ---- what a reader sees ----------------------------------------------------------------------------------------------


def lines_of(function, *given):
    """The steps of a solution as text."""
    texts = []
    for block in solution(record(function, *given)):
        for step in block.steps:
            name, *others = step.parts(Style())
            whole = " = ".join([f"{name} {step.sign(Style())} {others[0]}", *others[1:]]) if others else name
            texts.append(whole + (f", since {step.why(Style())}" if step.reason else ""))
    return texts


@pytest.mark.parametrize(
    ("function", "given", "expected"),
    [
        (house.neuron, ([1, -2], [3, 4], 5), ["z = w₀x₀ + w₁x₁ + b = (3)(1) + (4)(−2) + 5 = 0"]),
        (house.begins_elsewhere, ([1, 2],), ["s = 10 + x₀ + x₁ = 10 + 1 + 2 = 13"]),
        (house.products, ([4, 3],), ["p = x₀x₁ = (4)(3) = 12", "q = (p / 2 − 1)² = (12 / 2 − 1)² = 25"]),
        (
            house.maximum,
            ([3, 9, 4],),
            ["m = max(z₀, z₁, z₂) = max(3, 9, 4) = 9", "y = m · 2 = 9 · 2 = 18"],
        ),
        (house.branch, (-3,), ["a = −z / 2 = −(−3) / 2 = 1.5, since z = −3 < 0"]),
        (house.signs_in_a_sum, ([1, -2],), ["s = x₀ − x₁ = 1 − (−2) = 3, since x₀ = 1 > 0, x₁ = −2 ≤ 0"]),
        (house.swapped_entries, ([1, 2, 3],), ["x₀ = x₂ = 3", "x[0], x[2] = x[2], x[0]   (x = [3, 2, 1])"]),
    ],
)
def test_reads_as_a_person_writes(function, given, expected):
    assert lines_of(function, *given)[: len(expected)] == expected


def ambiguous(x, x1):
    z = x[1] * x1
    return z


def test_two_names_never_share_a_symbol():
    assert lines_of(ambiguous, [3, 4], 5)[0] == "z = x₁ · x1 = 4 · 5 = 20"


def taken_twice(x):
    y = x + 1
    x = y * 10
    z = x + y
    return z


def test_a_name_bound_again_says_so():
    assert lines_of(taken_twice, 1)[:3] == [
        "y = x + 1 = 1 + 1 = 2",
        "x = y · 10 = 2 · 10 = 20",
        "z = x + y = 20 + 2 = 22",
    ]


def sigmoid(z):
    e = exp(-z)
    a = 1 / (1 + e)
    return a


def another_e(e, z):
    y = sigmoid(z) + e
    return y


def test_a_letter_with_another_meaning_inside_is_kept_apart():
    """The one further in gets the name of its function."""
    assert lines_of(another_e, 3, 0.0) == [
        "e_sigmoid = exp(−z) = exp(−0) = 1",
        "a = 1 / (1 + e_sigmoid) = 1 / (1 + 1) = 0.5",
        "y = a + e = 0.5 + 3 = 3.5",
    ]


def test_hypothesis_finds_no_numbers_that_read_wrongly():
    @given(st.lists(NUMBERS, min_size=3, max_size=3))
    @settings(max_examples=60, deadline=None)
    def run(values):
        for function in (house.minus_a_difference, house.doubled_signs, house.signed_zeros):
            arguments = values[: function.__code__.co_argcount]
            check_solution(record(function, *arguments))
            check_written(record(function, *arguments))

    run()


NUMBERS = st.one_of(
    st.integers(-50, 50),
    st.fractions(-5, 5, max_denominator=30),
    st.floats(-1e9, 1e9, allow_nan=False),
)


# ---- LaTeX -----------------------------------------------------------------------------------------------------------


def latex_of(recording):
    """Every part of every step, and every reason, as LaTeX."""
    style = Style(latex=True)
    for block in solution(recording):
        for step in block.steps:
            if step.symbol is not None:
                name, *others = step.parts(style)
                yield " = ".join([f"{name} {step.sign(style)} {others[0]}", *others[1:]])
            if step.reason is not None:
                yield step.why(style)


def test_every_step_is_latex():
    """Every formula that the examples and the collections lead to is typeset without complaint."""
    formulas = pytest.importorskip("docs.extensions.math", reason="needs the extra docs")
    texts = set()
    for name in EXAMPLES:
        texts |= set(latex_of(short(name)[1]))
    for function, arguments_given in CASES:
        texts |= set(latex_of(record(function, *copy.deepcopy(arguments_given))))
    assert len(texts) > 1000
    for text in sorted(texts)[:: 1 + len(texts) // 400]:
        formulas.typeset.__wrapped__(text)
