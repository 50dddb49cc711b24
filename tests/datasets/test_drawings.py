"""QuickDraw's drawings: strokes on a grid, and lines of JSON that may be damaged."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scalarnn.datasets import DataFileError, drawings, rasterise, read_drawings
from tests.datasets.damage import outcome

CAT = {"word": "cat", "countrycode": "DE", "recognized": True, "drawing": [[[0, 128, 255], [0, 60, 0]], [[9], [200]]]}
DOG = {"word": "dog", "countrycode": "FR", "recognized": True, "drawing": [[[10, 20], [30, 200]]]}
FILE = json.dumps(CAT) + "\n" + json.dumps(DOG) + "\n" + json.dumps(CAT) + "\n"


def rows(pixels, side):
    return [pixels[side * row : side * (row + 1)] for row in range(side)]


def test_a_level_line_is_level_and_in_the_middle():
    grid = rows(rasterise([[[0, 255], [7, 7]]], 28), 28)
    inked = [row for row in range(28) if any(grid[row])]
    assert inked == [13, 14]  # the pen is 16/304 of 28 pixels wide, 1.47, and centred
    assert grid[13] == grid[14] == grid[13][::-1]
    assert grid[13][14] == round(255 * 28 * 8 / 304)
    assert grid[13][0] == 0  # the margin: 16/304 of 28 pixels, 1.47
    assert 0 < grid[13][1] < grid[13][2]


def test_ink_adds_up_to_the_pens_area():
    """Down the middle of a line, the ink of a column is the pen's width, however fine the grid is."""
    for side in (7, 28, 101):
        grid = rows(rasterise([[[0, 255], [0, 0]]], side), side)
        width = sum(grid[row][side // 2] for row in range(side)) / 255
        assert width == pytest.approx(side * 16 / 304, abs=2 / 255)


def test_mirrored_strokes_give_a_mirrored_picture():
    strokes = [[[0, 100, 255], [0, 200, 90]], [[40], [255]]]
    mirrored = [[[255 - x for x in xs], ys] for xs, ys in strokes]
    turned = [[ys, xs] for xs, ys in strokes]
    grid = rows(rasterise(strokes), 28)
    assert rows(rasterise(mirrored), 28) == [row[::-1] for row in grid]
    assert rows(rasterise(turned), 28) == [list(column) for column in zip(*grid, strict=True)]


def test_where_a_drawing_lies_does_not_matter():
    assert rasterise([[[0, 50], [0, 80]]]) == rasterise([[[200, 250], [100, 180]]])


def test_crossing_strokes_do_not_add_up():
    once = rasterise([[[0, 255], [0, 255]]])
    assert rasterise([[[0, 255], [0, 255]], [[255, 0], [255, 0]]]) == once
    assert max(once) <= 255


def test_a_dot():
    grid = rows(rasterise([[[100], [100]]], 28), 28)
    assert sum(map(bool, rasterise([[[100], [100]]], 28))) == 4  # around the corner in the middle
    assert grid[13][13] == grid[14][14] > 100
    assert rasterise([[[3, 3], [4, 4]]]) == rasterise([[[3], [4]]])


@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 255), st.integers(0, 255)), min_size=1, max_size=5), min_size=1, max_size=4
    ),
    st.integers(1, 40),
)
def test_any_drawing_fits_on_the_grid(points, side):
    strokes = [[[x for x, _ in stroke], [y for _, y in stroke]] for stroke in points]
    pixels = rasterise(strokes, side)
    assert len(pixels) == side * side
    assert all(0 <= ink <= 255 for ink in pixels)
    assert any(pixels)


def test_reading(written):
    table = read_drawings(written(FILE), side=5)
    assert table.labels == [0, 1, 0]
    assert table.class_names == ["cat", "dog"]
    assert table.X[0] == table.X[2] == [float(ink) for ink in rasterise(CAT["drawing"], 5)]
    assert table.feature_names[5] == "pixel_1_0"
    assert len(read_drawings(written(FILE), side=5, first=2).X) == 2
    assert len(read_drawings(written(FILE), side=5, first=None).X) == 3
    assert read_drawings(written(FILE), side=5, class_names=["owl", "dog", "cat"]).labels == [2, 1, 2]


def test_only_as_much_is_read_as_was_asked_for(written):
    assert len(read_drawings(written(FILE + "{"), side=5, first=3).X) == 3


def drawing(strokes):
    return json.dumps(CAT) + "\n" + json.dumps({"word": "cat", "drawing": strokes}) + "\n"


BROKEN = {
    "": "no drawing at all",
    "\n \n": "no drawing at all",
    FILE[:-20]: "line 3, column 94: not JSON",
    json.dumps(CAT) + json.dumps(DOG): "line 1, column .*: not JSON: Extra data",
    json.dumps(CAT, indent=1): "line 1, column .*: not JSON",
    "[1, 2]": 'line 1: .*: expected an object with "word" and "drawing"',
    '{"word": "cat"}': 'line 1: .*: expected an object with "word" and "drawing"',
    '{"word": 3, "drawing": [[[1], [2]]]}': "line 1: the word is 3: expected text",
    "[" * 100_000: "line 1: lists in lists in lists, too deep to read",
    '{"a":' * 100_000: "line 1: lists in lists in lists, too deep to read",
    '{"word": "cat", "drawing": [[[' + "9" * 5000 + "], [2]]]}": "line 1: a number with too many digits",
    drawing([]): "line 2: the drawing is .*: expected at least one stroke",
    drawing("x"): "line 2: the drawing is 'x'",
    drawing([[[1, 2], [3]]]): "line 2: stroke 0 has 2 x and 1 y",
    drawing([[[1], [3]], [[], []]]): "line 2: stroke 1 has 0 x and 0 y",
    drawing([[[1], [3], [0]]]): "line 2: stroke 0 has three lists, as in a raw file",
    drawing([[[1]]]): "line 2: stroke 0 is .*: expected two lists",
    drawing([[1, 2]]): "line 2: stroke 0 is .*: expected two lists",
    drawing([{"x": 1, "y": 2}]): "line 2: stroke 0 is .*: expected two lists",
    drawing([[[1, True], [3, 3]]]): r"line 2: x\[1\] of stroke 0 is True: expected a number",
    drawing([[[1], [None]]]): r"line 2: y\[0\] of stroke 0 is None: expected a number",
    drawing([[[1], [-1]]]): r"line 2: y\[0\] of stroke 0 is -1: expected a number from 0 to 255",
    drawing([[[256], [1]]]): r"line 2: x\[0\] of stroke 0 is 256",
    drawing([[[float("nan")], [1]]]): r"line 2: x\[0\] of stroke 0 is nan",
    drawing([[[10**300], [1]]]): r"line 2: x\[0\] of stroke 0 is 1000",
    drawing([[[1] * 3000, [1] * 3000]] * 2): "line 2: the drawing has more than 5000 points",
    " " * (2**20 + 1): "line 1 is longer than 1 MiB",
}


@pytest.mark.parametrize(
    ("text", "message"), [pytest.param(t, m, id=f"{i}") for i, (t, m) in enumerate(BROKEN.items())]
)
def test_broken(written, text, message):
    with pytest.raises(DataFileError, match=message) as caught:
        read_drawings(written(text), side=3)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 400


def test_bytes_that_are_no_text(written):
    with pytest.raises(DataFileError, match="line 1: byte 2 of the file is not UTF-8"):
        read_drawings(written(b'{"\xff'))


def test_more_pixels_than_anybody_wants(written, monkeypatch):
    monkeypatch.setattr(drawings, "MOST_PIXELS", 50)
    assert len(read_drawings(written(FILE), side=5, first=2).X) == 2
    with pytest.raises(DataFileError, match="line 3: more than 50 pixels in all: ask for fewer drawings"):
        read_drawings(written(FILE), side=5)


def test_a_word_that_is_not_wanted(written):
    with pytest.raises(DataFileError, match="line 2: the word is 'dog': none of the class names"):
        read_drawings(written(FILE), class_names=["cat"])


@pytest.mark.parametrize(
    ("options", "kind"),
    [
        ({"side": 0}, ValueError),
        ({"side": 257}, ValueError),
        ({"side": 2.0}, TypeError),
        ({"first": 0}, ValueError),
        ({"class_names": [1]}, TypeError),
        ({"class_names": "cat"}, TypeError),
    ],
)
def test_options_that_do_not_fit(written, options, kind):
    with pytest.raises(kind):
        read_drawings(written(FILE), **options)


@given(data=st.data())
@settings(max_examples=150)
def test_damage_is_read_or_named(written, data):
    content = bytearray(FILE.encode())
    for _ in range(data.draw(st.integers(0, 3))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 3))] = data.draw(
            st.one_of(
                st.binary(max_size=2), st.sampled_from([b"[", b"]", b"{", b'"', b",", b"\\ud800", b"NaN", b"1e999"])
            )
        )
    content = content[: data.draw(st.one_of(st.just(len(content)), st.integers(0, len(content))))]
    table, message = outcome(read_drawings, written(bytes(content)), side=3)
    assert message.isprintable()
    assert message or {len(x) for x in table.X} == {9}


LEAVES = st.one_of(st.none(), st.booleans(), st.integers(-9, 300), st.floats(), st.text(max_size=3))
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(["word", "drawing", "x"]), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(ANYTHING)
@settings(max_examples=150)
def test_any_json(written, value):
    for line in (value, {"word": "cat", "drawing": value}, {"word": value, "drawing": [[[1], [2]]]}):
        table, message = outcome(read_drawings, written(json.dumps(line)), side=2)
        assert message.isprintable()
        assert message or len(table.X) == 1
