"""What the formulas of a sheet come to, computed from the file alone, is what the package comes to; live, too."""

import math
import random
import re

import pytest

import scalarnn.activations
from scalarnn.exercise import Exercise, values
from scalarnn.scalar import expm1, log1p
from scalarnn.sheet import SheetError, Spreadsheet
from scalarnn.sheet.xlsx import xlsx
from tests.sheet.computing import Computing, differing, refers_to
from tests.sheet.exercises import FIRST, LAST, every_kind, exercise_of, names_of, sheet
from tests.sheet.reading import cells_of, rewritten

MAZUR = Exercise(
    [
        {"W": [[0.15, 0.2], [0.25, 0.3]], "b": [0.35, 0.35], "activation": "sigmoid"},
        {"W": [[0.4, 0.45], [0.5, 0.55]], "b": [0.6, 0.6], "activation": "sigmoid"},
    ],
    x=[0.05, 0.1],
    y=[0.01, 0.99],
    loss="half squared error",
    learning_rate=0.5,
)


@pytest.fixture(scope="module")
def sheets():
    """Exercise, sheet and file, of every kind."""
    made = [(exercise, sheet(exercise)) for exercise in every_kind()]
    return [(exercise, one, one.xlsx()) for exercise, one in made]


def numbers_at(thing, number):
    """Nested names of cells → nested numbers."""
    return [numbers_at(one, number) for one in thing] if isinstance(thing, list) else number(thing)


def as_rows(value):
    """A number, a list or rows, as the rows of a block."""
    if not isinstance(value, list):
        return [[value]]
    return value if isinstance(value[0], list) else [[one] for one in value]


def shown(spreadsheet, exercise, number):
    """The values of an exercise by the names of VALUES, each as the rows of its block."""
    return {
        key: [numbers_at(spreadsheet.cells_of(one), number) for one in (name if isinstance(name, list) else [name])]
        for key, name in names_of(exercise).items()
    }


def expected(exercise):
    found = values(exercise, "float")
    names = names_of(exercise)
    return {
        key: [as_rows(one) for one in (found[key] if isinstance(name, list) else [found[key]])]
        for key, name in names.items()
    }


# ---- what is stored, and what the formulas come to -------------------------------------------------------------------


def test_what_is_stored_is_what_the_package_comes_to_bit_for_bit(sheets):
    for exercise, spreadsheet, data in sheets:
        stored = cells_of(data)
        assert shown(spreadsheet, exercise, lambda cell, of=stored: of[cell].value) == expected(exercise)


def test_every_formula_comes_to_what_is_stored(sheets):
    for _, _, data in sheets:
        assert differing(data) == []


def test_only_tanh_and_log1p_may_differ_in_a_last_digit(sheets):
    for exercise, _, data in sheets:
        computing = Computing(cells_of(data))
        for cell, read in computing.cells.items():
            if read.formula:
                computing.value(cell)
        is_tanh = any(layer.activation == "tanh" for layer in exercise.layers)
        has_log1p = exercise.inside_loss or exercise.loss == "binary_cross_entropy"
        assert bool(computing.inexact) == bool(is_tanh or has_log1p)


def test_the_best_known_example():
    """M. Mazur, A Step by Step Backpropagation Example, 2015, prints 0.298371109 and 0.35891648."""
    spreadsheet = sheet(MAZUR)
    cells = spreadsheet.cells
    ((L,),) = spreadsheet.cells_of("L")
    assert f"{cells[L].value:.9f}" == "0.298371109"
    assert f"{cells[spreadsheet.cells_of('W1_new')[0][0]].value:.8f}" == "0.35891648"
    assert cells[spreadsheet.cells_of("z0")[1][0]].formula == "C9*B8+D9*B9+E9"
    assert cells[L].formula == "((F14-G14)*(F14-G14)+(F15-G15)*(F15-G15))/2"
    assert cells[spreadsheet.cells_of("dL_dx")[1][0]].formula == "D27*D8+D28*D9"


# ---- live ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "at", "number", "change"),
    [
        ("x", (0, 0), 0.7, {"x": [0.7, 2.0]}),
        ("y", (1, 0), -1.25, {"y": [0.25, -1.25]}),
        ("learning_rate", (0, 0), 0.3, {"learning_rate": 0.3}),
        ("W0", (2, 1), -2.0, {"layer": [FIRST | {"W": [[0.5, -0.25], [0.75, 0.1], [-0.3, -2.0]]}, LAST]}),
        ("b1", (0, 0), 1 / 3, {"layer": [FIRST, LAST | {"b": [1 / 3, -0.1]}]}),
    ],
)
def test_a_number_is_changed_and_everything_follows(name, at, number, change):
    for hidden in ("relu", "sigmoid"):
        exercise = exercise_of(hidden=hidden, optimizer="adam")
        changes = dict(change)
        if "layer" in changes:
            changes["layer"] = [changes["layer"][0] | {"activation": hidden}, changes["layer"][1]]
        spreadsheet = sheet(exercise)
        cell = spreadsheet.cells_of(name)[at[0]][at[1]]
        computing = Computing(cells_of(rewritten(spreadsheet.xlsx(), cell, number)))
        assert shown(spreadsheet, exercise, computing.value) == expected(exercise.but(**changes))
        assert expected(exercise.but(**changes)) != expected(exercise)


def test_another_class_is_the_true_one():
    exercise = exercise_of("cross_entropy", classes=True)
    spreadsheet = sheet(exercise)
    ((label,),) = spreadsheet.cells_of("label")
    computing = Computing(cells_of(rewritten(spreadsheet.xlsx(), label, 0)))
    assert shown(spreadsheet, exercise, computing.value) == expected(exercise.but(label=0))
    assert spreadsheet.pages[0].whole == [(label, 1)]


def test_a_gate_opens():
    exercise = Exercise([{"W": [[1.0]], "b": [-2.0], "activation": "relu"}], x=[1.0], y=[1.0], loss="squared error")
    spreadsheet = sheet(exercise)
    ((x,),) = spreadsheet.cells_of("x")
    computing = Computing(cells_of(rewritten(spreadsheet.xlsx(), x, 5.0)))
    assert numbers_at(spreadsheet.cells_of("dL_dW"), computing.value) == [[20.0]]
    assert numbers_at(spreadsheet.cells_of("dL_dW"), lambda cell: spreadsheet.cells[cell].value) == [[0.0]]


# ---- how they are written --------------------------------------------------------------------------------------------


def test_sums_are_spelled_out_and_squares_are_products(sheets):
    for _, _, data in sheets:
        for cell in cells_of(data).values():
            assert not re.search(r"SUM|MMULT|\^|;", cell.formula or "")


def place(cell):
    letters = cell.rstrip("0123456789")
    return int(cell.removeprefix(letters)), len(letters), letters


def test_a_formula_refers_to_what_stands_above_or_to_the_left(sheets):
    """Within the rows of one band to the left, so one reads it in the order of the work."""
    for _, spreadsheet, data in sheets:
        block_at = {cell: block for block in spreadsheet.blocks for row in rows_of(block) for cell in row}
        order = {block: number for number, block in enumerate(spreadsheet.blocks)}
        for cell, read in cells_of(data).items():
            for one in refers_to(read.formula or ""):
                assert order[block_at[one]] <= order[block_at[cell]]
                if order[block_at[one]] == order[block_at[cell]]:
                    assert place(one) < place(cell)


def rows_of(block):
    from scalarnn.sheet.layout import cell_name

    return [[cell_name(block.top + j, block.left + i) for i in range(len(row))] for j, row in enumerate(block.rows)]


def test_no_formula_is_longer_than_a_line_or_two(sheets):
    assert max(len(cell.formula or "") for _, _, data in sheets for cell in cells_of(data).values()) < 160


def test_blocks_do_not_lie_on_each_other(sheets):
    for _, spreadsheet, _ in sheets:
        cells = [cell for block in spreadsheet.blocks for row in rows_of(block) for cell in row]
        assert len(cells) == len(set(cells))


def of_log1p(x):
    a = log1p(x)
    return a


def of_log1p_of_minus(p):
    a = log1p(-p)
    return a


def of_tanh(z):
    a = scalarnn.activations.tanh(z)
    return a


@pytest.mark.parametrize(
    ("function", "lowest", "highest", "signs"),
    [(of_log1p, -12, 1, [1]), (of_log1p_of_minus, -12, -0.001, [1]), (of_tanh, -12, 1.5, [1, -1])],
)
def test_what_stands_for_log1p_and_tanh_keeps_its_digits(function, lowest, highest, signs):
    draw = random.Random(3)
    spreadsheet = Spreadsheet(function, {"number": 0.25})
    ((given,),), ((a,),) = (spreadsheet.cells_of(block.name) for block in spreadsheet.blocks)
    for _ in range(300):
        number = draw.choice(signs) * 10 ** draw.uniform(lowest, highest)
        computing = Computing({given: Cell(number), a: Cell(0, spreadsheet.cells[a].formula)})
        assert computing.value(a) == pytest.approx(function(number), rel=1e-15, abs=0)


# ---- what is refused -------------------------------------------------------------------------------------------------


def of_expm1(x):
    a = expm1(x)
    return a


def too_large(x):
    a = x * 1e300
    return a


def nothing(x):  # noqa: ARG001
    return None


def many_steps(x):
    a = x
    for _ in range(1000):
        a = a - a * x
    return a


def many_inputs(x):
    a = 0
    for i in range(len(x)):
        a += x[i] * x[i]
    return a


def of_a_choice(x):
    a = sorted(x)[0]
    return a


@pytest.mark.parametrize(
    ("function", "x", "says"),
    [
        (of_expm1, 1.0, "expm1 is no function of spreadsheets"),
        (of_a_choice, [2.0, 1.0], "no spreadsheet can be made of it: .*sorted"),
        (too_large, 1e300, "a comes to inf: a spreadsheet has no such number"),
        (nothing, 1.0, "nothing to compute"),
        (many_steps, 0.5, "expected one step of a network"),
        (many_inputs, [0.5] * 400, "expected a smaller network"),
    ],
)
def test_what_does_not_fit_is_said_in_one_line(function, x, says):
    with pytest.raises(SheetError, match=says) as caught:
        Spreadsheet(function, {"x": x})
    assert "\n" not in str(caught.value)


# ---- the witness -----------------------------------------------------------------------------------------------------


def broken(spreadsheet, name, change):
    """The file, with the formula of the last cell of a block changed."""
    cell = spreadsheet.cells[spreadsheet.cells_of(name)[-1][-1]]
    assert change(cell.formula) != cell.formula
    cell.formula = change(cell.formula)
    return differing(xlsx(spreadsheet.pages))


def swapped(one, other):
    return lambda formula: formula.replace(one, "?").replace(other, one).replace("?", other)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("dL_dx", swapped("D8", "C9")),  # W for Wᵀ
        ("z1", swapped("G8", "G9")),  # another input's activation
        ("dL_dW0", swapped("B9", "B8")),  # the transposed outer product
        ("L", lambda formula: formula.removesuffix("/2")),  # the half forgotten
        ("dL_dz1", lambda formula: formula.partition("*")[0]),  # the slope forgotten
        ("W1_new", swapped("-", "+")),  # uphill
        ("L_new", lambda formula: formula.replace("E42", "F14")),  # yesterday's prediction
    ],
)
def test_a_wrong_formula_is_caught(name, change):
    spreadsheet = sheet(MAZUR)
    assert spreadsheet.cells_of(name)[-1][-1] in broken(spreadsheet, name, change)


def test_a_sum_from_the_right_is_caught():
    exercise = Exercise([{"W": [[0.1, 0.2, 0.3]]}], x=[1.0, 1.0, 1.0])
    spreadsheet = sheet(exercise)
    assert differing(spreadsheet.xlsx()) == []
    assert broken(spreadsheet, "y_hat", lambda formula: "+".join(reversed(formula.split("+"))))


def test_a_stored_result_that_is_one_bit_off_is_caught():
    spreadsheet = sheet(MAZUR)
    cell = spreadsheet.cells[spreadsheet.cells_of("L_new")[0][0]]
    cell.value = math.nextafter(cell.value, 1)
    assert differing(xlsx(spreadsheet.pages)) == spreadsheet.cells_of("L_new")[0]


def test_a_minus_in_front_binds_strongest():
    """As in the file that `findings/spreadsheet_minus_square.sh` computes."""
    cells = {"A1": Cell(3.0), "B1": Cell(9.0, "-A1^2"), "B2": Cell(-9.0, "0-A1^2"), "B3": Cell(64.0, "2^3^2")}
    computing = Computing(cells)
    assert [computing.value(name) for name in ("B1", "B2", "B3")] == [9.0, -9.0, 64.0]


class Cell:
    def __init__(self, value, formula=None):
        self.value, self.formula = value, formula
