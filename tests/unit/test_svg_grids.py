"""Images with their labels, and the table of confusions."""

import math

import pytest

from scalarnn import svg
from scalarnn.datasets import load_digits
from tests.unit.pictures import described, drawing, of_kind, outside, points, read, texts

DIGITS = load_digits()


def inked(picture):
    """The strokes of ink as (opacity, [(row, first column, last column)])."""
    found = []
    for path in of_kind(picture, "picture__ink")[0].iter("path"):
        corners = points(path.get("d"))
        pairs = zip(corners[::2], corners[1::2], strict=True)
        found.append((float(path.get("stroke-opacity")), [(y, x0, x1 - 1) for (x0, y), (x1, _) in pairs]))
    return found


# ---- images ----------------------------------------------------------------------------------------------------------


def test_ink_is_where_the_image_has_it():
    picture = svg.image_grid("T", [[0, 4, 4, 8, 0, 0, 0, 0, 8]], [1])
    assert inked(picture) == [(0.5, [(0, 1, 2)]), (1.0, [(1, 0, 0), (2, 2, 2)])]


def test_images_do_not_run_into_each_other():
    picture = svg.image_grid("T", [[1] * 9] * 5, [0] * 5, columns=2)
    strokes = inked(picture)[0][1]
    assert len(set(strokes)) == 5 * 3
    assert [start for _, start, _ in strokes[:6]] == [0, 0, 0, 4, 4, 4]
    assert outside(picture) == []


def test_right_and_wrong_are_told_in_words_too():
    picture = svg.image_grid("T", [[0, 1, 1, 0]] * 3, [3, 8, 1], [3, 5, 1])
    assert texts(picture) == ["3 ✓", "8", "✗ read as 5", "1 ✓"]
    assert len(of_kind(picture, "picture__image")) == 3
    assert len(of_kind(picture, "picture__image--wrong")) == 1
    assert described(picture) == "3 images, 2 predicted right. Wrong: image 2 is 8, predicted 5."


def test_long_names_are_cut_to_their_place():
    names = ["the first of them", "an aeroplane from the side"]
    picture = svg.image_grid("T", [[0, 1, 1, 0]], [0], [1], names)
    assert texts(picture) == ["the firs…", "✗ an aerop…"]
    assert "is the first of them, predicted an aeroplane from the side" in described(picture)


@pytest.mark.parametrize("side", [1, 2, 8, 28])
def test_images_of_every_size(side):
    picture = svg.image_grid("T", [[k % 256 for k in range(side * side)]] * 3, [0, 1, 2], [0, 0, 0])
    assert outside(picture) == []


def test_an_image_that_is_not_square():
    picture = svg.image_grid("T", [[1, 0, 0, 1, 1, 1]], [0], side=3)
    assert [(row, start, end) for row, start, end in inked(picture)[0][1]] == [(0, 0, 0), (1, 0, 2)]


def test_an_image_without_ink():
    picture = svg.image_grid("T", [[0, 0, 0, 0]], [0])
    assert inked(picture) == []
    assert inked(svg.image_grid("T", [[3, 0, 0, 0]], [0], white=12)) == [(0.25, [(0, 0, 0)])]
    assert inked(svg.image_grid("T", [[99, 0, 0, 0]], [0], white=12)) == [(1.0, [(0, 0, 0)])]


def test_weight():
    small = svg.image_grid("T", DIGITS.X[:20], DIGITS.labels[:20], DIGITS.labels[:20])
    assert len(small.encode()) < 20 * 400
    large = []  # a smooth blot of 28 × 28, every shade there is
    for at in range(784):
        large.append(255 * math.exp(-((at % 28 - 14) ** 2 + (at // 28 - 14) ** 2) / 60))
    assert len(svg.image_grid("T", [large] * 10, [0] * 10).encode()) < 10 * 2500


@pytest.mark.parametrize(
    ("images", "given_", "message"),
    [
        ([], {"labels": []}, "images is empty"),
        ([[]], {"labels": [0]}, "images.0. has 0 pixels: expected whole rows"),
        ([[0, 1, 2, 3], [1, 2]], {"labels": [0, 0]}, None),
        ([[0, 1, 2, 3], [1, 2, 3]], {"labels": [0, 0]}, r"images\[1\] has 3 pixels: expected whole rows of 2"),
        ([[0, math.nan, 2, 3]], {"labels": [0]}, r"images\[0\]\[1\] is nan"),
        ([[0, 1, -2, 3]], {"labels": [0]}, r"images\[0\]\[2\] is -2.0: expected 0 for paper"),
        ([[0, 1, 2, 3]], {"labels": [0, 1]}, "labels has length 2: expected 1"),
        ([[0, 1, 2, 3]], {"labels": [0], "predictions": []}, "predictions has length 0: expected 1"),
        ([[0, 1, 2, 3]], {"labels": [0], "predictions": [5], "class_names": ["a"]}, "prediction is 5"),
        ([[0, 1, 2, 3]], {"labels": [-1]}, "label or prediction is -1"),
        ([[0, 1, 2, 3]], {"labels": [0], "columns": 0}, "columns is 0"),
        ([[0, 1, 2, 3]], {"labels": [0], "white": 0}, "white is 0: expected a number above 0"),
    ],
)
def test_images_that_cannot_be_drawn(images, given_, message):
    if message is None:
        assert outside(svg.image_grid("T", images, **given_)) == []
        return
    with pytest.raises(ValueError, match=message):
        svg.image_grid("T", images, **given_)


# ---- confusions ------------------------------------------------------------------------------------------------------


def test_a_row_is_a_true_class():
    assert svg.confusion_counts([0, 0, 0, 1], [0, 1, 1, 1], 3) == [[1, 2, 0], [0, 1, 0], [0, 0, 0]]


def test_counts_and_names_stand_where_they_belong():
    picture = svg.confusion_matrix("T", [[5, 7], [9, 11]], ["cat", "dog"])
    placed = {}
    for node in drawing(picture).iter("text"):
        if node.get("x"):
            placed.setdefault(node.text, []).append((float(node.get("x")), float(node.get("y"))))
    across = {name: sorted(x for x, _ in placed[name])[-1] for name in ("cat", "dog")}
    down = {name: sorted(y for _, y in placed[name])[-1] for name in ("cat", "dog")}
    for count, row, column in (("5", "cat", "cat"), ("7", "cat", "dog"), ("9", "dog", "cat"), ("11", "dog", "dog")):
        assert placed[count] == [(across[column], down[row])]


def test_shades_are_shares_of_the_row_and_never_too_dark_to_read():
    picture = svg.confusion_matrix("T", [[50, 50], [0, 1000]])
    shades = [
        (node.get("class").split()[-1], float(node.get("fill-opacity"))) for node in of_kind(picture, "picture__share")
    ]
    assert shades == [
        ("picture__share", 0.36),
        ("picture__share--right", 0.36),
        ("picture__share--right", 0.45),
    ]


def test_right_ones_are_bold():
    picture = svg.confusion_matrix("T", [[5, 7], [9, 11]])
    assert ["".join(node.itertext()) for node in of_kind(picture, "picture__count--right")] == ["5", "11"]


def test_what_is_said():
    said = described(svg.confusion_matrix("T", [[8, 0, 2], [1, 9, 0], [5, 0, 5]], ["a", "b", "c"]))
    assert said == (
        "22 of 30 samples predicted right. Most often confused: c taken for a, 5; a taken for c, 2; b taken for a, 1. "
        "Right of each class: a 8 of 10, b 9 of 10, c 5 of 10."
    )


@pytest.mark.parametrize("n_classes", [1, 2, 3, 10, 26])
@pytest.mark.parametrize("name", ["k", "a name that is rather long"])
def test_tables_of_every_size(n_classes, name):
    counts = [[k * j * 1234 for j in range(n_classes)] for k in range(n_classes)]
    picture = svg.confusion_matrix("T", counts, [name] * n_classes)
    assert outside(picture) == []
    assert len(texts(picture)) == n_classes * n_classes + 2 * n_classes + 2


def test_weight_of_ten_classes():
    counts = svg.confusion_counts(DIGITS.labels, [(label * 7 + n) % 10 for n, label in enumerate(DIGITS.labels)], 10)
    assert len(svg.confusion_matrix("T", counts).encode()) < 10_000


@pytest.mark.parametrize(
    ("counts", "names", "error", "message"),
    [
        ([], None, ValueError, "counts is empty"),
        ([[1, 2]], None, ValueError, r"counts\[0\] has length 2|counts\[0\] has 2"),
        ([[1, -2], [0, 1]], None, ValueError, r"counts\[0\]\[1\] is -2"),
        ([[1, 2.5], [0, 1]], None, TypeError, r"counts\[0\]\[1\] is 2.5"),
        ([[1, 2], [0, 1]], ["a"], ValueError, "class_names has length 1: expected 2"),
    ],
)
def test_tables_that_cannot_be_drawn(counts, names, error, message):
    with pytest.raises(error, match=message):
        svg.confusion_matrix("T", counts, names)


@pytest.mark.parametrize(
    ("labels", "predictions", "n_classes", "message"),
    [
        ([0], [0, 1], 2, "predictions has length 2"),
        ([2], [0], 2, r"labels\[0\] is 2"),
        ([0], [2], 2, r"predictions\[0\] is 2"),
        ([0], [0], 0, "n_classes is 0"),
    ],
)
def test_what_cannot_be_counted(labels, predictions, n_classes, message):
    with pytest.raises(ValueError, match=message):
        svg.confusion_counts(labels, predictions, n_classes)


def test_a_legend_only_where_there_is_something_to_tell():
    assert "✗" not in svg.image_grid("T", [[0, 1, 1, 0]], [1])
    keys = list(read(svg.image_grid("T", [[0, 1, 1, 0]], [1], [1])).iter("span"))
    assert len(keys) == 2
    assert "✓ predicted right" in "".join(keys[0].itertext())
    both = svg.image_grid("T", [[0, 1, 1, 0]] * 2, [1, 2], [1, 1])
    assert len(list(read(both).iter("span"))) == 3
