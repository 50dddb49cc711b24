"""The digits that the book promises: every function of the mathematics against mpmath, at its edges and between."""

import importlib
import json
import math

import mpmath
import pytest

import scalarnn as nn
from tests.properties.accuracy import FILE, MADE_OF_OTHERS, NO_ROUNDING, TABLE, error_in_ulps, measured, worst

ROOMS = ("neuron", "layer", "activations", "softmax", "losses", "labels", "network")
LEARNING = ("gradient_descent", "momentum", "adagrad", "adam", "decay", "penalties")


def rows_of(name):
    return [row for row in TABLE if row.function == name]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.function}: {row.domain}")
def test_the_error_is_within_the_bound(row):
    error, where = worst(row)
    assert error <= row.bound, where


def test_the_table_misses_no_function():
    rooms = [*ROOMS, *(f"learning.{room}" for room in LEARNING)]
    everything = {name for room in rooms for name in importlib.import_module(f"scalarnn.{room}").__all__}
    functions = {name for name in everything if not name[0].isupper() and not name.endswith("_rule")}
    assert {row.function for row in TABLE} | NO_ROUNDING | MADE_OF_OTHERS == functions
    assert not {row.function for row in TABLE} & (NO_ROUNDING | MADE_OF_OTHERS)


def test_the_book_shows_what_is_measured():
    shown = json.loads(FILE.read_text(encoding="utf-8"))
    for old, new in zip(shown, measured(), strict=True):
        worst_shown, worst_found = old.pop("worst"), new.pop("worst")
        assert old == new
        assert worst_shown <= old["bound"]
        assert worst_found == pytest.approx(worst_shown, rel=0.5, abs=1)  # C libraries differ in a last digit


# ---- each was once, or could be, written in a way that loses digits --------------------------------------------------


def minus_one(z, label):
    y_hat = nn.softmax(z)
    return [y_hat[i] - (i == label) for i in range(len(z))]


def minus_target(z, y):
    y_hat = nn.softmax(z)
    return [y_hat[i] - y[i] for i in range(len(z))]


def log_of_all(z):
    m = max(z)
    return m + math.log(sum(math.exp(z_k - m) for z_k in z))


def index_from_log_of_all(z, label):
    return log_of_all(z) - z[label]


def shifted_after(z):
    return [p / 3 * 3 * (1 + 2**-48) for p in nn.softmax(z)]


def rounded_first(z, y):
    y_hat = [nn.sigmoid(z_i) for z_i in z]
    if any(p == t for p, t in zip(y_hat, [1 - y_i for y_i in y], strict=True)):
        return math.inf
    return nn.binary_cross_entropy(y_hat, y)


def difference(z, y):
    return [(nn.sigmoid(z_i) - y_i) / len(z) for z_i, y_i in zip(z, y, strict=True)]


def log_of_difference(y_hat, y):
    total = 0
    for p, t in zip(y_hat, y, strict=True):
        total -= t * math.log(p) if t else (1 - t) * math.log(1 - p)
    return total / len(y)


def two_terms(y_hat, y):
    return [(-t / p + (1 - t) / (1 - p)) / len(y) for p, t in zip(y_hat, y, strict=True)]


BROKEN = [
    ("softmax", shifted_after),
    ("softmax_cross_entropy_index_gradient", minus_one),
    ("softmax_cross_entropy_gradient", minus_target),
    ("log_sum_exp", log_of_all),
    ("softmax_cross_entropy_index", index_from_log_of_all),
    ("sigmoid_cross_entropy", rounded_first),
    ("sigmoid_cross_entropy_gradient", difference),
    ("binary_cross_entropy", log_of_difference),
    ("binary_cross_entropy_gradient", two_terms),
    ("sigmoid_derivative", lambda z: nn.sigmoid(z) * (1 - nn.sigmoid(z))),
    ("tanh_derivative", lambda z: 1 - nn.tanh(z) ** 2),
    ("tanh", lambda z: 2 * nn.sigmoid(2 * z) - 1),
]


@pytest.mark.parametrize(("name", "broken"), BROKEN, ids=[name for name, _ in BROKEN])
def test_a_form_that_loses_digits_is_caught(name, broken):
    assert any(worst(row, broken)[0] > row.bound for row in rows_of(name))


def test_an_ulp_is_the_distance_to_the_next_float():
    with mpmath.workprec(200):
        assert error_in_ulps(math.nextafter(1.0, 2.0), mpmath.mpf(1), 0) == 1
        assert error_in_ulps(0.0, mpmath.mpf(1) / 2**1074, 0) == 1
        assert error_in_ulps(3.0, mpmath.mpf(1), mpmath.mpf(4)) == 2 / math.ulp(4.0)
