"""Every function of the two collections, recorded and written down: what is shown holds."""

import copy
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scalarnn.scalar import exp
from scalarnn.tracing import Style, record
from scalarnn.tracing.solution import solution, write_out
from scalarnn.worked import EXAMPLES, load
from scalarnn.worked.homework import arguments, recorded
from tests.tracing import house_style as house
from tests.tracing import learners_style as own
from tests.tracing import more_learners_style, near_house_style  # noqa: F401 - their cases are among CASES
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
        (house.swapped_entries, ([1, 2, 3],), ["x_new₀ = x₂ = 3", "x_new₂ = x₀ = 1"]),
    ],
)
def test_reads_as_a_person_writes(function, given, expected):
    assert lines_of(function, *given)[: len(expected)] == expected


@pytest.mark.parametrize(
    ("function", "given", "expected"),
    [
        (
            own.sum_of_a_generator,
            ([1, -2], [3, 4], 5),
            ["z = w₀x₀ + w₁x₁ + b = (3)(1) + (4)(−2) + 5 = 0", "result = 1 / (1 + e^(−z)) = 1 / (1 + e^(−0)) = 0.5"],
        ),
        (own.a_sum_with_a_name, ([1, 2], [3, 4], 0), ["z = b + w₀x₀ + w₁x₁ = 0 + (1)(3) + (2)(4) = 11"]),
        (
            own.weights_step,
            ([1.0, 2.0, 3.0], [0.5, 0.25, -1.0], 0.5),
            [
                "w₀ ← w₀ − lr · g₀ = 1 − 0.5 · 0.5 = 0.75",
                "w₁ ← w₁ − lr · g₁ = 2 − 0.5 · 0.25 = 1.875",
                "w₂ ← w₂ − lr · g₂ = 3 − 0.5 · (−1) = 3.5",
                "w₀ ← w₀ · 2 = 0.75 · 2 = 1.5",
                "w₁ ← w₁ / 4 = 1.875 / 4 = 0.46875",
            ],
        ),
        (own.one_weight, (1.0, 2.0, 0.5), ["w ← w − lr · grad = 1 − 0.5 · 2 = 0"]),
        (
            own.dict_entries,
            ({"w": 0.5, "b": 1.0}, 3.0),
            [
                "z = parameters[w] · x + parameters[b] = 0.5 · 3 + 1 = 2.5",
                "parameters[b] ← parameters[b] − 0.1z = 1 − 0.1 · 2.5 = 0.75",
            ],
        ),
        (
            own.literal_inputs,
            (),
            ["∂L/∂W₀₀ = ∂L/∂z₀ · x₀ = 0.5 · 3 = 1.5", "∂L/∂W₀₁ = ∂L/∂z₀ · x₁ = 0.5 · 4 = 2"],
        ),
        (
            own.named_on_the_way,
            ([1.0, -2.0], 0.5, 0.25),
            [
                "z = w · xs[0] + b = 0.5 · 1 + 0.25 = 0.75",
                "z = w · xs[1] + b = 0.5 · (−2) + 0.25 = −0.75",
                "out[1] = 0.01z = 0.01 · (−0.75) = −0.0075, since z = −0.75 ≤ 0",
                "err = out[0] − 1 = 0.75 − 1 = −0.25",  # z, which was put there, has another value by now
                "loss = err² = (−0.25)² = 0.0625",
            ],
        ),
        (own.counted, ([1, 2, 3],), ["count = 0", "count ← count + 1 = 0 + 1 = 1", "count ← count + 1 = 1 + 1 = 2"]),
        (
            own.mapped_and_reduced,
            ([1, 2], 3),
            ["y₀ = x₀k = (1)(3) = 3", "y₁ = x₁k = (2)(3) = 6", "p = y₀y₁ = (3)(6) = 18"],
        ),
    ],
)
def test_reads_what_learners_write(function, given, expected):
    assert lines_of(function, *copy.deepcopy(given))[: len(expected)] == expected


def layer_of_arrays(X, y, W, b, rate):
    numpy = pytest.importorskip("numpy")
    X, y, W = numpy.array(X), numpy.array(y), numpy.array(W)
    Z = X @ W.T + b
    A = numpy.maximum(0, Z)
    L = numpy.mean((A - y) ** 2)
    dZ = 2 * (A - y) / A.size * (Z > 0)
    W -= rate * (dZ.T @ X)
    return L, W


def test_arrays_are_written_entry_by_entry():
    assert lines_of(layer_of_arrays, [[1.0, 2.0]], [[1.0]], [[0.5, 0.25]], [0.5], 0.5) == [
        "Z₀₀ = X₀₀W₀₀ + X₀₁W₀₁ + b₀ = (1)(0.5) + (2)(0.25) + 0.5 = 1.5",
        "A₀₀ = max(0, Z₀₀) = max(0, 1.5) = 1.5",
        "L = (A₀₀ − y₀₀)² / 1 = (1.5 − 1)² / 1 = 0.25",
        "dZ[0, 0] = 2 (A₀₀ − y₀₀) / 1 = 2 · (1.5 − 1) / 1 = 1, since Z₀₀ = 1.5 > 0",
        "W₀₀ ← W₀₀ − rate · (dZ[0, 0] · X₀₀) = 0.5 − 0.5 · (1 · 1) = 0",
        "W₀₁ ← W₀₁ − rate · (dZ[0, 0] · X₀₁) = 0.25 − 0.5 · (1 · 2) = −0.75",
    ]


def test_a_helper_keeps_its_letters_to_itself():
    """The x of `squash(x)` is not the reader's list x."""
    out, d_out, y = lines_of(own.helpers_with_letters_of_their_own, [0.5, -1.0], [2.0, 1.0], 0.25)
    assert out.startswith("out = 1 / (1 + e^(−(w₀x₀ + w₁x₁ + b))) = 1 / (1 + e^(−((2)(0.5) + (1)(−1) + 0.25))) = ")
    assert d_out.startswith("d_out = out · (1 − out) = ")
    assert y.startswith("y = 2d_out + x₀ = 2 · ")


def test_layers_have_names_wherever_they_were_made():
    assert lines_of(own.layers_from_outside, [1.0, 2.0])[0].startswith(
        "a₀ = W_OUTSIDE₀₀x₀ + W_OUTSIDE₀₁x₁ + b_OUTSIDE₀ = "
    )
    first, second, *_ = lines_of(own.a_network_of_layers, [1.0, 2.0])
    assert first.startswith("z₁,₀ = W₁,₀₀x₀ + W₁,₀₁x₁ + b₁,₀ = (0.5)(1) + (−1)(2) + 0.1")
    assert second.startswith("z₂,₀ = W₂,₀₀z₁,₀ + b₂,₀ = ")


def test_what_an_update_keeps_goes_by_its_new_name():
    lines = lines_of(own.a_network_of_layers, [1.0, 2.0])
    assert lines[-5:-3] == [
        "W_new₁,₀₀ = W₁,₀₀ − 0.1 · ∂L/∂W₁,₀₀ = 0.5 − 0.1 · 2 = 0.3",
        "W_new₁,₀₁ = W₁,₀₁ − 0.1 · ∂L/∂W₁,₀₁ = −1 − 0.1 · 4 = −1.4",
    ]
    epochs = "\n".join(step.parts(Style())[1] for block in solution(short("004-epochs")[1]) for step in block.steps)
    assert "W_out,new₀₀a_hidden₀ + W_out,new₀₁a_hidden₁" in epochs


def test_a_derivative_is_one_line_and_its_way_on_demand():
    recording = record(own.literal_layers, [1.0, 2.0], [1.0])
    names = [step.parts(Style())[0] for block in solution(recording) for step in block.steps]
    at = names.index("∂a₀/∂z_hidden₀")
    assert names[at - 1 : at + 3] == ["∂L/∂a₁", "∂a₀/∂z_hidden₀", "∂L/∂z_hidden₀", "∂a₁/∂z_hidden₁"]
    line = next(text for text in lines_of(own.literal_layers, [1.0, 2.0], [1.0]) if text.startswith("∂a₀/∂z_hidden₀"))
    assert line.startswith("∂a₀/∂z_hidden₀ = a₀ · (1 − a₀) = ")
    whole = [step.parts(Style())[0] for block in solution(recording, details=True) for step in block.steps]
    at = whole.index("∂a₀/∂z_hidden₀")
    assert whole[at - 4 : at] == ["e", "a", "e", "1 − a"]


def test_a_solution_prints():
    printed = str(solution(record(own.one_weight, 1.0, 2.0, 1 / 3)))
    assert printed.splitlines() == [
        "Given",
        "  w = 1",
        "  grad = 2",
        "  lr = 0.3333333333333333",
        "",
        "w -= lr * grad",
        "    w ← w − lr · grad = 1 − 0.3333333333333333 · 2 = 0.33333333333333337",
    ]


def test_digits_round_what_is_shown(capsys):
    write_out(own.one_weight, 1.0, 2.0, lr=1 / 3, digits=3)
    assert capsys.readouterr().out.splitlines()[-1] == "    w ← w − lr · grad = 1 − 0.333 · 2 = 0.333"


def ambiguous(x, x1):
    z = x[1] * x1
    return z


def test_a_method_by_another_name_has_the_letters_of_its_caller():
    written = str(solution(record(near_house_style.a_method_by_another_name, [1, -2], 3)))
    assert "y₁ = slope · x₁ = 3 · (−2) = −6" in written


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
