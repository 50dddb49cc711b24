"""The layouts of the sources."""

import re
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

import scalarnn
from tests.unit.exact import is_exact

FUNCTIONS = [
    (scalarnn.transpose, "A"),
    (scalarnn.weights_from_inputs_by_neurons, "W"),
    (scalarnn.weights_to_inputs_by_neurons, "W"),
    (scalarnn.samples_from_columns, "X"),
    (scalarnn.samples_to_columns, "X"),
]


@pytest.mark.parametrize(("function", "name"), FUNCTIONS)
@pytest.mark.parametrize(
    ("matrix", "expected"),
    [
        ([[1, 2, 3], [4, 5, 6]], [[1, 4], [2, 5], [3, 6]]),
        ([[1, 2], [3, 4]], [[1, 3], [2, 4]]),
        ([[1], [2], [3]], [[1, 2, 3]]),
        ([[1, 2, 3]], [[1], [2], [3]]),
        ([[7]], [[7]]),
    ],
)
def test_rows_become_columns(function, name, matrix, expected):
    before = [list(row) for row in matrix]
    assert function(matrix) == expected, name
    assert matrix == before


@pytest.mark.parametrize(("function", "name"), FUNCTIONS)
@pytest.mark.parametrize(
    ("matrix", "error", "message"),
    [
        ([], ValueError, "{} is empty: expected at least one entry"),
        ([[]], ValueError, "{}[0] is empty: expected at least one entry"),
        ([[1, 2], [3]], ValueError, "{}[1] has length 1: expected 2, the length of {}[0]"),
        ([[1, 2], [3, 4, 5]], ValueError, "{}[1] has length 3: expected 2, the length of {}[0]"),
        ([1, 2], TypeError, "{}[0] is 1, an int: expected a list"),
        ([[1, 2], None], TypeError, "{}[1] is None: expected a list"),
        (None, TypeError, "{} is None: expected a list"),
        ([[1, "2"]], TypeError, "{}[0][1] is '2', a str: expected a number"),
        ([[1, float("nan")]], ValueError, "{}[0][1] is nan: expected a finite number"),
    ],
)
def test_not_a_matrix(function, name, matrix, error, message):
    with pytest.raises(error) as caught:
        function(matrix)
    assert str(caught.value) == message.replace("{}", name)


def test_fractions_stay_exact():
    for function, _ in FUNCTIONS:
        assert is_exact(function([[Fraction(1, 3), Fraction(1, 7)]]))


PAGE = Path(__file__).resolve().parents[2] / "docs" / "backward" / "parameters.md"
LINES_FOR_ARRAYS = re.findall(r"<br>`([^`]+)`", PAGE.read_text(encoding="utf-8"))  # of the one layout, of the other …


@pytest.mark.parametrize("column", [0, 1], ids=["rows are neurons", "columns are neurons"])
def test_the_lines_for_arrays_are_those_of_a_batch(column):
    X, W, b, dLn_dZ = [[1, 2, 4], [3, 5, 7]], [[1, -2, 3], [5, 7, -1]], [2, 9], [[1, -3], [4, 6]]
    names = {
        "X": np.array(X),
        "W": np.array(W if column == 0 else scalarnn.transpose(W)),
        "b": np.array(b),
        "dZ": np.array(dLn_dZ),
    }
    for line in LINES_FOR_ARRAYS[column::2]:
        exec(line, names)
    dL_dW, dL_db, dLn_dX = scalarnn.batch_backward_sum(dLn_dZ, X, W)
    assert names["Z"].tolist() == scalarnn.batch_forward(X, W, b)
    assert names["dW"].tolist() == (dL_dW if column == 0 else scalarnn.transpose(dL_dW))
    assert (names["db"].tolist(), names["dX"].tolist()) == (dL_db, dLn_dX)
