"""Labels as an index and as a one-hot vector."""

import math

import pytest

from scalarnn import one_hot, predicted_class


def test_one_hot():
    assert one_hot(0, 3) == [1, 0, 0]
    assert one_hot(1, 3) == [0, 1, 0]
    assert one_hot(2, 3) == [0, 0, 1]
    assert one_hot(0, 1) == [1]


def test_predicted_class():
    assert predicted_class([0.2, 0.5, 0.3]) == 1
    assert predicted_class([0.5, 0.2, 0.3]) == 0
    assert predicted_class([0.2, 0.3, 0.5]) == 2
    assert predicted_class([7]) == 0


def test_first_of_equals():
    assert predicted_class([0.2, 0.4, 0.4]) == 1
    assert predicted_class([0.25] * 4) == 0


def test_logits_may_be_infinite():
    assert predicted_class([-math.inf, -5.0, -math.inf]) == 1
    assert predicted_class([0.0, math.inf]) == 1


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ((3, 3), ValueError, "label is 3: expected a class index from 0 to 2"),
        ((-1, 3), ValueError, "label is -1: expected a class index from 0 to 2"),
        ((True, 3), TypeError, "label is True, a bool: expected an int, a class index from 0 to 2"),
        ((1.0, 3), TypeError, "label is 1.0, a float: expected an int, a class index from 0 to 2"),
        ((0, 0), ValueError, "n_classes is 0: expected a whole number from 1 up"),
        ((0, 3.0), TypeError, "n_classes is 3.0, a float: expected a whole number from 1 up"),
        ((0, True), TypeError, "n_classes is True, a bool: expected a whole number from 1 up"),
    ],
)
def test_wrong_label(arguments, error, message):
    with pytest.raises(error) as caught:
        one_hot(*arguments)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("y_hat", "error", "message"),
    [
        ([], ValueError, "y_hat is empty: expected at least one entry"),
        ([0.5, math.nan], ValueError, "y_hat[1] is nan: expected a number"),
        ([[0.5, 0.5]], TypeError, "y_hat[0] is [0.5, 0.5], a list: expected a number"),
        (0.5, TypeError, "y_hat is 0.5, a float: expected a list"),
    ],
)
def test_wrong_prediction(y_hat, error, message):
    with pytest.raises(error) as caught:
        predicted_class(y_hat)
    assert str(caught.value) == message
