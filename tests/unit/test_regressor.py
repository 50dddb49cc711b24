"""A regressor: a network that tells a number, with the scale of what it tells."""

import json
import math

import pytest

from scalarnn import Layer, Network
from scalarnn.classifier import load_classifier
from scalarnn.regressor import Regressor, load_regressor, r_squared
from scalarnn.saving import SavedNetworkError

NETWORK = Network([Layer([[1.0, 2.0]], [0.5])])


def regressor(**more):
    return Regressor(
        NETWORK, ["x", "y"], [10.0, 20.0], [2.0, 4.0], "z", target_mean=100.0, target_deviation=8.0, **more
    )


def test_there_and_back():
    one = regressor()
    X = [[12.0, 24.0], [10.0, 20.0]]
    assert one.outputs(X) == [[3.5], [0.5]]
    assert one.predicted(X) == [128.0, 104.0]
    assert one.targets([128.0, 104.0]) == [[3.5], [0.5]]
    assert repr(one) == "<Regressor: 2 features>"


def test_quality_is_that_of_the_numbers():
    one = regressor()
    true, outputs = [100.0, 108.0, 124.0], [[0.0], [2.0], [2.0]]
    r2, error = one.quality(outputs, one.targets(true))
    told = one.predicted_of(outputs)
    assert r2 == pytest.approx(r_squared(true, told))
    assert error == pytest.approx(math.sqrt(sum((y - y_hat) ** 2 for y, y_hat in zip(true, told, strict=True)) / 3))


def test_quality_of_numbers_too_large_to_square():
    one = Regressor(Network([Layer([[1.0]], [0.0])]), ["x"], target_mean=0.0, target_deviation=1e200)
    assert one.quality([[1.0], [-1.0]], one.targets([1e200, -2e200])) == (
        pytest.approx(1 - 1 / 4.5),
        1e200 * math.sqrt(0.5),
    )


@pytest.mark.parametrize(
    ("y", "y_hat", "expected"),
    [
        ([1.0, 2.0], [1.0, 2.0], 1.0),
        ([1.0, 3.0], [2.0, 2.0], 0.0),
        ([1.0, 3.0], [3.0, 1.0], -3.0),
        ([2.0, 2.0], [2.0, 2.0], None),
        ([0.1, 0.1, 0.1], [0.1, 0.2, 0.1], None),
        ([5.0], [4.0], None),
    ],
)
def test_r_squared(y, y_hat, expected):
    assert r_squared(y, y_hat) == expected


@pytest.mark.parametrize(
    ("more", "error", "message"),
    [
        ({"target_mean": "1"}, TypeError, "target_mean"),
        ({"target_mean": math.nan}, ValueError, "target_mean is nan"),
        ({"target_deviation": 0.0}, ValueError, "target_deviation is 0.0: expected a number above 0"),
        ({"table": 3}, TypeError, "table is a int: expected a dict"),
        ({"table": {"columns": True}}, TypeError, "table['columns'] is a bool: expected int"),
        ({"table": {"columns": 3, "features": [0]}}, ValueError, "has 1 positions: the network has 2 inputs"),
        ({"table": {"columns": 2, "features": [0, 2]}}, ValueError, "2 is no position of its own among 2 columns"),
        ({"table": {"columns": 2, "features": [0, 1], "label": 1}}, ValueError, "1 is no position of its own"),
        ({"table": {"decimal": "-"}}, ValueError, "a point or a comma as decimal sign"),
    ],
)
def test_wrong_arguments(more, error, message):
    with pytest.raises(error) as caught:
        Regressor(NETWORK, ["x", "y"], **more)
    assert message in str(caught.value)


def test_two_outputs_tell_no_number():
    with pytest.raises(ValueError, match="the network has 2 outputs: expected one"):
        Regressor(Network([Layer([[1.0], [2.0]], [0.0, 0.0])]), ["x"])


def test_a_file_of_another_kind(tmp_path):
    regressor().save(tmp_path / "m.json")
    with pytest.raises(SavedNetworkError, match="it was not saved as a classifier"):
        load_classifier(tmp_path / "m.json")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"target_mean": None}, "notes['regressor'] has no target_mean"),
        ({"means": None}, "notes['regressor'] has no means"),
        ({"means": "5"}, "notes['regressor']: means is of a wrong sort"),
        ({"label_name": ["z"]}, "notes['regressor']: label_name is of a wrong sort"),
        ({"target_deviation": 0}, "notes['regressor']: target_deviation is 0: expected a number above 0"),
    ],
)
def test_a_damaged_file_says_what_is_wrong(tmp_path, change, message):
    regressor().save(tmp_path / "m.json")
    whole = json.loads((tmp_path / "m.json").read_text())
    for key, value in change.items():
        whole["notes"]["regressor"][key] = value
        if value is None:
            del whole["notes"]["regressor"][key]
    (tmp_path / "m.json").write_text(json.dumps(whole))
    with pytest.raises(SavedNetworkError) as caught:
        load_regressor(tmp_path / "m.json")
    assert str(caught.value).endswith(message)
