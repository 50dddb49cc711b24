"""Split and standardisation: nothing lost, nothing twice, nothing learned from the test."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scalarnn.datasets import Standardisation, load_penguins, train_test_split


def samples(n, n_classes=3):
    return [[float(i)] for i in range(n)], [i % n_classes for i in range(n)]


@given(st.integers(6, 60), st.floats(0.01, 0.99), st.integers(0, 9), st.booleans())
def test_every_sample_lands_on_one_side(n, share, seed, stratified):
    X, labels = samples(n)
    X_train, labels_train, X_test, labels_test = train_test_split(X, labels, share, seed, stratified)
    assert sorted(X_train + X_test) == X
    assert len(X_train) == len(labels_train) >= 1
    assert len(X_test) == len(labels_test) >= 1
    for x, label in zip(X_train + X_test, labels_train + labels_test, strict=True):
        assert label == x[0] % 3
    if stratified:
        for label in range(3):
            assert labels_train.count(label) >= 1
            assert labels_test.count(label) >= 1
            assert abs(labels_test.count(label) - share * labels.count(label)) <= 1
    else:
        assert abs(len(X_test) - share * n) <= 1


def test_same_seed_same_split():
    X, labels = samples(30)
    assert train_test_split(X, labels, seed=5) == train_test_split(X, labels, seed=5)
    assert train_test_split(X, labels, seed=5) != train_test_split(X, labels, seed=6)
    assert (X, labels) == samples(30)


def test_stratified_shares_add_up():
    penguins = load_penguins()
    _, labels_train, _, labels_test = train_test_split(penguins.X, penguins.labels, 0.2, seed=0, stratified=True)
    assert [labels_test.count(species) for species in range(3)] == [30, 14, 24]  # of 151, 68, 123: 30.2, 13.6, 24.6
    assert len(labels_train) == 274


def test_an_unstratified_split_may_lack_a_class():
    X, labels = [[0.0]] * 20, [0] * 18 + [1, 1]
    lacking = [1 not in train_test_split(X, labels, 0.2, seed)[3] for seed in range(20)]
    assert any(lacking)
    assert not any(1 not in train_test_split(X, labels, 0.2, seed, stratified=True)[3] for seed in range(20))


@pytest.mark.parametrize("share", [0, 1, -0.5, 1.5, math.nan])
def test_shares_that_do_not_fit(share):
    with pytest.raises(ValueError, match="test_share is"):
        train_test_split(*samples(9), share)


def test_splits_that_cannot_be():
    with pytest.raises(ValueError, match="labels has length 2: expected 3"):
        train_test_split([[1], [2], [3]], [0, 1])
    with pytest.raises(ValueError, match="X has 1 row: expected at least two"):
        train_test_split([[1]], [0])
    with pytest.raises(ValueError, match="class 1 has 1 sample"):
        train_test_split([[1], [2], [3]], [0, 0, 1], stratified=True)
    with pytest.raises(TypeError, match=r"test_share is '0\.2'"):
        train_test_split(*samples(9), "0.2")


def test_the_test_is_judged_by_the_training():
    standardisation = Standardisation([[0.0, 10.0], [4.0, 30.0]])
    assert standardisation.apply([[0.0, 10.0], [4.0, 30.0]]) == [[-1.0, -1.0], [1.0, 1.0]]
    assert standardisation.apply([[2.0, 50.0]]) == [[0.0, 3.0]]


@given(st.lists(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=2), min_size=2, max_size=20))
def test_mean_zero_and_deviation_one(X):
    standardisation = Standardisation(X)
    Z = standardisation.apply(X)
    for i in range(2):
        column = [z[i] for z in Z]
        spread = max(x[i] for x in X) - min(x[i] for x in X)
        if spread == 0:
            assert i in standardisation.constant
            assert column == [0.0] * len(X)
        elif spread > 1e-3:
            assert sum(column) / len(X) == pytest.approx(0, abs=1e-6)
            assert sum(z * z for z in column) / len(X) == pytest.approx(1, abs=1e-6)


def test_a_constant_column_becomes_zero_whatever_rounding_says():
    X = [[0.1]] * 10  # their sum is 0.9999999999999999, their mean not 0.1
    standardisation = Standardisation(X)
    assert standardisation.constant == [0]
    assert standardisation.apply(X) == [[0.0]] * 10
    assert standardisation.apply([[0.6]]) == [[0.5]]


def test_numbers_at_the_edge():
    assert Standardisation([[0.0], [5e-324]]).constant == []
    assert Standardisation([[0.0], [1e-200], [2e-200]]).deviations[0] == pytest.approx(math.sqrt(2 / 3) * 1e-200)
    assert Standardisation([[0.0], [1e200], [2e200]]).deviations[0] == pytest.approx(math.sqrt(2 / 3) * 1e200)
    with pytest.raises(ValueError, match="column 0 of X is too large to add up"):
        Standardisation([[1e308], [1.7e308]])


def test_wrong_shapes_and_kinds():
    standardisation = Standardisation([[1.0, 2.0], [3.0, 4.0]])
    with pytest.raises(ValueError, match=r"X\[0\] has length 1: expected 2, as many as there are means"):
        standardisation.apply([[1.0]])
    with pytest.raises(ValueError, match="X is empty"):
        Standardisation([])
    with pytest.raises(TypeError, match="a Fraction has no sqrt"):
        Standardisation([[Fraction(1)], [Fraction(2)]])
    assert repr(standardisation) == "<Standardisation of 2 columns>"
