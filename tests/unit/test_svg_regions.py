"""Decision regions: every cell in one region, every border on a change, and few bytes."""

import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scalarnn import Layer, Network, ReLU, svg
from scalarnn.datasets import spiral_data
from scalarnn.svg.regions import borders, runs
from tests.unit.pictures import described, of_kind, outside, points, read

X, LABELS = [[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]], [0, 1, 1, 0]
GRIDS = st.integers(1, 7).flatmap(
    lambda columns: st.lists(st.lists(st.integers(0, 2), min_size=columns, max_size=columns), min_size=1, max_size=7)
)
SETTINGS = settings(derandomize=True, deadline=None, max_examples=150, database=None)


def covered(cells, wanted):
    """The cells that the strokes of a region lie on."""
    found = []
    d = runs(cells, wanted)
    corners = points(d) if d else []
    for (start, y), (end, _) in zip(corners[::2], corners[1::2], strict=True):
        found += [(int(y), column) for column in range(int(start), int(end))]
    return found


def crossed(d):
    """The unit steps of a path along the cells' edges, each as the pair of its ends."""
    edges = []
    for part in d.split("M")[1:]:
        corners = points("M" + part)
        for (x0, y0), (x1, y1) in pairwise(corners):
            length = int(abs(x1 - x0) + abs(y1 - y0))
            step = ((x1 - x0) / length, (y1 - y0) / length)
            for k in range(length):
                ends = [(x0 + step[0] * at, y0 + step[1] * at) for at in (k, k + 1)]
                edges.append(tuple(sorted(ends)))
    return edges


@given(GRIDS)
@SETTINGS
def test_every_cell_lies_in_the_region_of_its_class(cells):
    for wanted in range(3):
        expected = [
            (row, column)
            for row in range(len(cells))
            for column in range(len(cells[0]))
            if cells[row][column] == wanted
        ]
        assert sorted(covered(cells, wanted)) == expected


@given(GRIDS)
@SETTINGS
def test_a_border_wherever_the_class_changes_and_nowhere_else(cells):
    expected = []
    for row in range(len(cells)):
        for column in range(len(cells[0])):
            if column and cells[row][column] != cells[row][column - 1]:
                expected.append(((column, row), (column, row + 1)))
            if row and cells[row][column] != cells[row - 1][column]:
                expected.append(((column, row), (column + 1, row)))
    assert sorted(crossed(borders(cells))) == sorted(expected)


def test_a_border_is_one_line():
    assert borders([[0, 0, 0], [0, 1, 0], [0, 0, 0]]).count("M") == 1


def test_a_network_a_function_of_classes_and_one_of_probabilities_agree():
    network = Network([Layer([[1.0, 0.0]], [0.0], ReLU()), Layer([[-1.0], [1.0]], [0.25, -0.25])])
    pictures = [
        svg.decision_regions("T", network, X, LABELS, resolution=8),
        svg.decision_regions("T", network.forward, X, LABELS, resolution=8),
        svg.decision_regions("T", lambda x: 1 if x[0] > 0.25 else 0, X, LABELS, resolution=8),
        svg.decision_regions("T", lambda x: [0.4, 0.6] if x[0] > 0.25 else (0.7, 0.3), X, LABELS, resolution=8),
        svg.decision_regions("T", lambda x: [0.9 if x[0] > 0.25 else 0.1], X, LABELS, resolution=8),
        svg.decision_regions("T", lambda x: 0.9 if x[0] > 0.25 else 0.1, X, LABELS, resolution=8),
        svg.decision_regions("T", lambda x: [x[0]], X, LABELS, resolution=8, threshold=0.25),
    ]
    assert len(set(pictures)) == 1


def test_left_and_right_up_and_down_are_not_mixed_up():
    picture = svg.decision_regions("T", lambda x: int(x[0] > 0 and x[1] > 0), X, LABELS, resolution=4)
    corner = points(of_kind(picture, "picture__region")[1].get("d"))
    assert {(min(x, 4), y) for x, y in corner} == {(2, 0.5), (4, 0.5), (2, 1.5), (4, 1.5)}, "right and up: top rows"


def test_what_is_said():
    said = described(svg.decision_regions("T", lambda x: int(x[0] > 0), X, [0, 1, 1, 1], ["no", "yes"], resolution=10))
    assert said.startswith("Predicted over the plane: no on 50 %, yes on 50 %. 3 of 4 samples lie in the region of ")
    assert "4 samples of 2 classes: 1 no, 3 yes." in said


def test_weight_at_sixty_by_sixty():
    samples, labels = spiral_data(100, 3)

    def arms(x):
        r, turn = math.hypot(*x), math.atan2(x[0], x[1])
        return int(((turn - 10 * r) / (2 * math.pi) * 3 + 0.5) % 3)

    picture = svg.decision_regions("T", arms, samples, labels)
    assert 5_000 < len(picture.encode()) < 16_000
    assert outside(picture) == []


def test_one_class_everywhere_and_one_sample():
    picture = svg.decision_regions("T", lambda _: 0, [[2.0, 3.0]], [0], resolution=5)
    assert outside(picture) == []
    assert not of_kind(picture, "picture__border")
    assert len(of_kind(picture, "picture__region")) == 1


def test_a_class_that_no_sample_has_gets_a_name():
    keys = [
        "".join(node.itertext())
        for node in read(svg.decision_regions("T", lambda _: 3, X, LABELS, resolution=3)).iter("span")
        if node.get("class") == "picture__key"
    ]
    assert keys == ["class 0", "class 1", "class 2", "class 3"]


def test_samples_beyond_the_range_are_not_drawn():
    picture = svg.decision_regions("T", lambda _: 0, X, LABELS, resolution=3, x=(0, 2), y=(0, 2))
    assert [path.get("d").count("M") for path in of_kind(picture, "picture__point")] == [1]
    assert outside(picture) == []


@pytest.mark.parametrize(
    ("classify", "given_", "error", "message"),
    [
        ("relu", {}, TypeError, "classify is 'relu': expected a function"),
        (lambda _: "a", {}, TypeError, "what classify gives is 'a'"),
        (lambda _: [], {}, TypeError, "what classify gives is"),
        (lambda _: [math.nan, 1], {}, ValueError, r"y_hat\[0\] is nan"),
        (lambda _: math.nan, {}, ValueError, "what classify gives is nan"),
        (lambda _: -1, {}, ValueError, "classify gives class -1: expected one from 0 up"),
        (lambda _: 2, {"class_names": ["a", "b"]}, ValueError, "classify gives class 2: expected one of the 2 classes"),
        (lambda _: 0, {"resolution": 0}, ValueError, "resolution is 0"),
        (lambda _: 0, {"x": (2, 1)}, ValueError, "an axis from 2 to 1"),
    ],
)
def test_what_cannot_be_drawn(classify, given_, error, message):
    with pytest.raises(error, match=message):
        svg.decision_regions("T", classify, X, LABELS, **given_)


@pytest.mark.parametrize(("samples", "labels"), [([], []), ([[1, 2, 3]], [0]), ([[1, 2]], [0, 1]), ([[1, 2]], ["a"])])
def test_samples_that_cannot_be_drawn(samples, labels):
    with pytest.raises((ValueError, TypeError), match="expected"):
        svg.decision_regions("T", lambda _: 0, samples, labels, resolution=2)
