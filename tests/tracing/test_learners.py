"""What learners write comes out right: no letter that means something else, no line that is lost."""

import copy
import sys

import pytest

from scalarnn.tracing import record, solution
from scalarnn.tracing.letters import Objects
from tests.tracing import more_learners_style as more
from tests.tracing.test_solution import lines_of

EXPECTED = [
    (
        more.numbers_that_remember,
        (2.0, -3.0, 1.0),
        ["d.data = ab = (2)(−3) = −6", "e.data = d.data + c = −6 + 1 = −5"],
    ),
    (
        more.a_property,
        (1.0, 0.5),
        ["v ← vβ − heavy.rate · g = (0)(0.9) − 0.1 · 0.5 = −0.05", "w ← w + v = 1 + (−0.05) = 0.95"],
    ),
    (
        more.neurons_in_rows,
        ([1.0, 2.0],),
        [
            "x_new₀ = w₁,₀x₀ + w₁,₁x₁ = (1)(1) + (2)(2) = 5",
            "x_new₁ = w₂,₀x₀ + w₂,₁x₁ = (−1)(1) + (1)(2) = 1",
            "x₀ ← w₃,₀x₀ + w₃,₁x₁ = (3)(5) + (1)(1) = 16",
        ],
    ),
    (more.a_named_tuple, (2.0, 1.0), ["p_b ← p_b − 0.1 · err = 1 − 0.1 · 1 = 0.9"]),
    (more.fibonacci, (1,), ["a_new = b = 1", "b_new = a + b = 0 + 1 = 1"]),
    (
        more.made_of_itself,
        ([[1.0, 2.0], [0.5, 1.0]], [1.0, -1.0]),
        [
            "v_new₀ = A₀₀v₀ + A₀₁v₁ = (1)(1) + (2)(−1) = −1",
            "v_new₁ = A₁₀v₀ + A₁₁v₁ = (0.5)(1) + (1)(−1) = −0.5",
            "result = v₀ − v₁ = −1 − (−0.5) = −0.5",
        ],
    ),
    (
        more.a_whole_slice,
        ([1.0, 2.0], 0.5),
        ["xs[0] ← xs[0] − lr · first = 1 − 0.5 · 1 = 0.5", "xs[1] ← xs[1] − lr · first = 2 − 0.5 · 1 = 1.5"],
    ),
    (
        more.a_name_of_the_function_around,
        ([3.0, 4.0],),
        ["total ← total + xs[1]² = 9 + 4² = 25", "norm = √(total) = √(25) = 5"],
    ),
    (
        more.zero_by_choice,
        ([0.5, -2.0], [1.0, 0.0]),
        ["a₁ = 0, since z₁ = −2 ≤ 0", "d₁ = 2 (a₁ − y₁) = 2 · (0 − 0) = 0"],
    ),
    (
        more.dicts_that_begin_at_zero,
        ([1.0, 2.0, 4.0], [0, 1, 0]),
        ["sums[0] = 0 + xs[0] + xs[2] = 0 + 1 + 4 = 5", "means[0] = sums[0] / counts[0] = 5 / 2 = 2.5"],
    ),
    (more.a_function_with_an_argument, (2.0,), ["y = x² + x³ = 2² + 2³ = 12"]),
    (more.fractions_in_the_code, (3,), ["z = wx + 1/2 = (1/3)(3) + 1/2 = 3/2"]),
    (more.a_sum_of_minus_zero, ([[0.0, 0.5]], [-2.0]), ["g₀ = 0 + W₀₀d₀ = 0 + (0)(−2) = 0"]),
    (more.a_zero_in_a_list, (), ["d = x₀ − y₀ = 0 − 1 = −1"]),
    (more.entry_by_entry, ([[1, 2], [3, 4]], [1, -1]), ["z₀ = A₀₀v₀", "z₁ = A₁₀v₀"]),
    (more.lambdas_of_a_table, (2.0, 0.5), ["slope = a · (1 − a) = "]),
    (
        more.words_for_formulas,
        ([1.0, 2.0, 4.0], [0.5, 0.25, 3.0]),
        ["prod = xs[0] · xs[1] · xs[2] = 1 · 2 · 4 = 8", "mean = (xs[0] + xs[1] + xs[2]) / 3 = ", "q = ⌊7 / 3⌋ = 2"],
    ),
]


@pytest.mark.parametrize(("function", "given", "expected"), EXPECTED, ids=[one[0].__name__ for one in EXPECTED])
def test_says_what_is_computed(function, given, expected):
    lines = lines_of(function, *copy.deepcopy(given))
    for text in expected:
        assert any(line.startswith(text) for line in lines), (text, lines)


def test_two_objects_of_one_name_would_be_seen(monkeypatch):
    """The broken variant: a neuron is called by its place in its row, and two are called 1."""
    monkeypatch.setattr(Objects, "_free", lambda _self, _value, name: name)
    assert not any("w₃" in line for line in lines_of(more.neurons_in_rows, [1.0, 2.0]))


# ---- names of the module ---------------------------------------------------------------------------------------------

weights = [0.5, 1.0]
SCALES = [2.0, 4.0]
n_calls = 0


def step(g, lr):
    global n_calls
    n_calls += 1
    for i in range(2):
        weights[i] -= lr * g[i]


def uses_the_module(x):
    z = weights[0] * x[0] + weights[1] * x[1]
    step([z, 2 * z], 0.5)
    SCALES[0] *= 2
    return weights[0] * SCALES[0]


def test_what_a_function_changes_in_its_module_is_shown():
    before = list(weights), list(SCALES), n_calls
    try:
        lines = lines_of(uses_the_module, [1.0, 2.0])
        assert lines[1:] == [
            "n_calls ← n_calls + 1 = 0 + 1 = 1",
            "weights[0] ← weights[0] − 0.5z = 0.5 − 0.5 · 2.5 = −0.75",
            "weights[1] ← weights[1] − 0.5 · (2z) = 1 − 0.5 · (2 · 2.5) = −1.5",
            "SCALES[0] ← SCALES[0] · 2 = 2 · 2 = 4",
            "result = weights[0] · SCALES[0] = −0.75 · 4 = −3",
        ]
    finally:
        weights[:], SCALES[:] = before[0], before[1]
        globals()["n_calls"] = before[2]


# ---- arrays ----------------------------------------------------------------------------------------------------------


def softmax_of_arrays(X, y):
    numpy = pytest.importorskip("numpy")
    X = numpy.array(X)
    E = numpy.exp(X - X.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    dX = P.copy()
    dX[0, y] -= 1
    A = numpy.where(X > 0, X, 0)
    O = numpy.outer(X[0], dX[0])
    return A, O


def test_arrays_along_an_axis_and_by_their_places():
    lines = lines_of(softmax_of_arrays, [[1.0, -1.0]], 1)
    assert lines[0] == "E₀₀ = e^(X₀₀ − max(X₀₀, X₀₁)) = e^(1 − max(1, −1)) = 1"
    assert any(line.startswith("P₀₁ = E₀₁ / (E₀₀ + E₀₁) = ") for line in lines)
    assert any(line.startswith("dX[0, 1] = P₀₁ − 1 = ") for line in lines)
    assert "A₀₁ = 0, since X₀₁ = −1 ≤ 0" in lines
    assert any(line.startswith("O₀₁ = X₀₀ · dX[0, 1] = ") for line in lines)


def views_of_arrays(x, d):
    numpy = pytest.importorskip("numpy")
    x, d = numpy.array(x), numpy.array(d)
    dW = d[:, None] * x[None, :]
    z = numpy.maximum(d, 0)
    y = dW[1, ::-1] + z[0]
    return y


def test_parts_of_arrays_keep_their_letters():
    assert lines_of(views_of_arrays, [1.0, 2.0], [-3.0, 4.0]) == [
        "dW[0, 0] = d₀x₀ = (−3)(1) = −3",
        "dW[0, 1] = d₀x₁ = (−3)(2) = −6",
        "dW[1, 0] = d₁x₀ = (4)(1) = 4",
        "dW[1, 1] = d₁x₁ = (4)(2) = 8",
        "z₀ = max(d₀, 0) = max(−3, 0) = 0",
        "z₁ = max(d₁, 0) = max(4, 0) = 4",
        "y₀ = dW[1, 1] + z₀ = 8 + 0 = 8",
        "y₁ = dW[1, 0] + z₀ = 4 + 0 = 4",
    ]


def changed_by_rows(X, rows):
    numpy = pytest.importorskip("numpy")
    X = numpy.array(X)
    X[numpy.arange(2), rows] -= 1
    y = X[0, 0] * 2
    return y


def test_a_change_that_cannot_be_read_is_code_and_is_not_lost():
    lines = lines_of(changed_by_rows, [[1.0, 2.0], [3.0, 4.0]], [0, 1])
    assert lines == [
        "X[numpy.arange(2), rows] -= 1   (X = [[0, 2], [3, 3]])",
        "y = X₀₀ · 2 = 0 · 2 = 0",
    ]


def keeps_a_history(w):
    history = [0.0]
    history.append((1, w))
    history.insert(0, w)
    history.pop()
    return w


def test_a_change_of_a_list_without_a_step_is_shown():
    printed = str(solution(record(keeps_a_history, 2.0))).splitlines()
    at = printed.index("history.append((1, w))")
    assert printed[at + 1] == "    history = [0, [1, 2]]"
    assert printed[printed.index("history.pop()") + 1] == "    history = [2, 0]"


# ---- long runs -------------------------------------------------------------------------------------------------------


def factorial(n):
    if n == 0:
        return 1
    return n * factorial(n - 1)


def deep(n):
    y = factorial(n)
    return y


def test_recursion_that_is_cut_says_so():
    assert "deeper than" not in str(solution(record(deep, 5)))
    written = solution(record(deep, 60))
    assert "… calls go deeper than 40 here" in str(written)
    assert "calls go deeper than 40 here" in written._repr_latex_()
    assert sys.getrecursionlimit() > 60


def until(n):
    s = 0.0
    k = 1
    while k <= n:
        s += 1 / k
        k += 1
    return s


def descends(w, n):
    for _ in range(n):
        g = 2 * (w - 3)
        w = w - 0.1 * g
    return w


@pytest.mark.parametrize(("function", "given", "left_out"), [(until, (30,), 28), (descends, (1.0, 50), 48)])
def test_a_long_repetition_is_folded(function, given, left_out):
    blocks = solution(record(function, *given))
    assert [block.rounds_left_out for block in blocks if block.rounds_left_out] == [left_out]
    assert solution(record(function, *given[:-1], 3))[-1].rounds_left_out == 0
