"""Axes, curves, histories and points: ticks that a person would choose, and data of every size."""

import math
import re
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scalarnn import relu, relu_derivative, svg
from scalarnn.svg.axes import Axis, Frame, log_ticks, ticks_between
from tests.unit.pictures import described, drawing, of_kind, outside, placed, points, read, texts

SIZES = st.floats(-1e300, 1e300) | st.floats(-10, 10) | st.integers(-5, 5).map(float)
SETTINGS = settings(derandomize=True, deadline=None, max_examples=150, database=None)


# ---- ticks -----------------------------------------------------------------------------------------------------------


def axis_of(low, high, **given_):
    return Axis(min(low, high), max(low, high), **given_)


@given(SIZES, SIZES)
@example(0.0, 0.0)
@example(1e300, -1e300)
@example(5e-324, 5e-324)
@example(1.0, 1.0 + 1e-15)
@example(1e16, 1e16 + 2)
@SETTINGS
def test_ticks_are_few_in_order_and_in_the_range(low, high):
    axis = axis_of(low, high)
    ticks = [tick for tick, _ in axis.ticks]
    assert 2 <= len(ticks) <= 8
    assert sorted(set(ticks)) == ticks
    margin = 1e-6 * (axis.high - axis.low)
    assert axis.low - margin <= ticks[0]
    assert ticks[-1] <= axis.high + margin
    assert axis.low <= min(low, high)
    assert max(low, high) <= axis.high


@given(SIZES, SIZES)
@SETTINGS
def test_ticks_are_multiples_of_one_two_or_five(low, high):
    axis = axis_of(low, high)
    steps = [float(f"{digit}e{power}") for digit in (1, 2, 5) for power in range(-293, 302)]
    between = axis.ticks[1][0] - axis.ticks[0][0]
    step = min(steps, key=lambda one: abs(one - between))
    assert between == pytest.approx(step, rel=1e-3)
    for tick, _ in axis.ticks:
        assert abs(tick / step - round(tick / step)) < 1e-3


@given(SIZES, SIZES)
@SETTINGS
def test_the_text_of_a_tick_is_its_number(low, high):
    superscripts = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
    axis = axis_of(low, high)
    for tick, text in axis.ticks:
        plain = text.replace("−", "-")
        front, _, power = plain.rpartition("10") if re.search("10[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]", plain) else (plain, "", "")
        front = front.rstrip("×")
        number = float(
            (front if front not in ("", "-") else front + "1") + "e" + (power.translate(superscripts) or "0")
        )
        assert number == pytest.approx(tick, rel=1e-9, abs=1e-300)
    assert len({text for _, text in axis.ticks}) == len(axis.ticks)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 1, "0.0 0.2 0.4 0.6 0.8 1.0"),
        (-4, 4, "−4 −2 0 2 4"),
        (0, 97, "0 20 40 60 80"),
        (0.31, 0.36, "0.31 0.32 0.33 0.34 0.35 0.36"),
        (-3e-5, 1e-5, "−3×10⁻⁵ −2×10⁻⁵ −10⁻⁵ 0 10⁻⁵"),
        (0, 4e9, "0 10⁹ 2×10⁹ 3×10⁹ 4×10⁹"),
        (12000, 19000, "12000 14000 16000 18000"),
        (7, 7, "4 5 6 7 8 9 10"),
        (0, 0, "−1.0 −0.5 0.0 0.5 1.0"),
    ],
)
def test_ticks(low, high, expected):
    assert " ".join(text for _, text in Axis(low, high).ticks) == expected


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0.001, 1, "0.001 0.01 0.1 1"),
        (0.02, 3, "0.02 0.05 0.1 0.2 0.5 1 2"),
        (1.1, 1.2, "1.10 1.12 1.14 1.16 1.18 1.20"),
        (1e-12, 1e12, "10⁻¹⁰ 10⁻⁵ 1 10⁵ 10¹⁰"),
    ],
)
def test_logarithmic_ticks(low, high, expected):
    assert " ".join(text for _, text in log_ticks(low, high)) == expected


@given(st.floats(1e-300, 1e300), st.floats(1e-300, 1e300))
@example(1.0, 1.0)
@example(1e-300, 1e-300)
@example(1e300, 1e300)
@SETTINGS
def test_logarithmic_axes(low, high):
    axis = axis_of(low, high, log=True)
    axis.start, axis.end = 0, 100
    assert 2 <= len(axis.ticks) <= 8
    for tick, _ in axis.ticks:
        assert -0.01 <= axis.place(tick) <= 100.01
    assert 0 <= axis.place(min(low, high)) <= axis.place(max(low, high)) <= 100.000001


def test_an_axis_out_to_its_next_ticks():
    axis = Axis(0.03, 0.97, out=True)
    assert (axis.low, axis.high) == (0.0, 1.0)
    assert Axis(0.0, 1.0, out=True).high == 1.0


def test_epochs_are_whole():
    assert [text for _, text in Axis(1, 3, whole=True).ticks] == ["1", "2", "3"]
    assert [text for _, text in Axis(1, 2, whole=True).ticks] == ["1", "2"]


@pytest.mark.parametrize(
    ("low", "high", "log", "message"),
    [
        (2, 1, False, "an axis from 2 to 1: expected the smaller"),
        (0, 1, True, "a logarithmic axis from 0: expected"),
    ],
)
def test_an_axis_that_cannot_be(low, high, log, message):
    with pytest.raises(ValueError, match=message):
        Axis(low, high, log=log)


def test_texts_of_ticks_do_not_touch():
    picture = svg.plot("T", None, [svg.line("a", [(123456, 1), (123499, 2)])])
    across = [
        (float(node.get("x")), len(node.text) * 6.0)
        for node in drawing(picture).iter("text")
        if node.get("text-anchor") == "middle"
    ]
    for (left, wide), (right, other) in pairwise(across):
        assert left + wide / 2 <= right - other / 2


# ---- lines that leave the axes ---------------------------------------------------------------------------------------


@given(st.lists(st.tuples(SIZES, SIZES), min_size=2, max_size=6))
@SETTINGS
def test_nothing_is_drawn_outside_the_axes(corners):
    frame = Frame(Axis(-3, 3), Axis(-2, 2), 340, 236)
    d = frame.lines(corners)
    for x, y in points(d) if d else []:
        assert frame.x.start - 0.06 <= x <= frame.x.end + 0.06
        assert frame.y.end - 0.06 <= y <= frame.y.start + 0.06


def test_a_line_comes_back_where_it_should():
    frame = Frame(Axis(0, 4), Axis(0, 1), 340, 236)
    d = frame.lines([(0, 0), (2, 2), (4, 0)])
    assert d.count("M") == 2
    x = [point[0] for point in points(d)]
    assert x == pytest.approx([frame.x.place(at) for at in (0, 1, 3, 4)], abs=0.06)
    assert frame.lines([(0, 2), (4, 3)]) == ""


# ---- curves ----------------------------------------------------------------------------------------------------------


def test_a_jump_is_not_joined_and_shows_which_end_holds():
    jump = svg.curve("slope", relu_derivative, (-1, 1), breaks=(0,), straight=True)
    assert [[y for _, y in piece] for piece in jump.pieces] == [[0, 0], [1, 1]]
    assert jump.dots == [(0, 0, True), (0, 1, False)]
    assert svg.curve("value", relu, (-1, 1), breaks=(0,)).dots == []
    picture = svg.plot("T", None, [jump])
    assert len(of_kind(picture, "picture__line")) == 2
    assert len(of_kind(picture, "picture__dot--open")) == 1


def test_what_a_curve_s_description_says():
    shown = described(svg.plot("T", None, [svg.curve("square", lambda x: x * x, (-1, 2))], x_name="x"))
    assert shown == "square: from 1 at −1 to 4 at 2, between 0 and 4. Over x."


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: svg.plot("T", None, []), "there are no curves"),
        (lambda: svg.line("a", []), "a has no points"),
        (lambda: svg.line("a", [(0, 1), (1, math.nan)]), r"a: y\[1\] is nan"),
        (lambda: svg.line("", [(math.inf, 1)]), r"the line: x\[0\] is inf"),
        (lambda: svg.curve("f", lambda x: math.inf if x > 0 else x, (-1, 1)), "f at 0.0208333 is inf"),
        (lambda: svg.plot("T", None, [svg.line("a", [(0, 0), (1, 1)])], log_y=True), "logarithmic axis meets"),
        (lambda: svg.history_plot("T", {}), "nothing was measured"),
        (lambda: svg.history_plot("T", {"a": [], "b": [None, None]}), "nothing was measured"),
        (lambda: svg.history_plot("T", {"a": [1, math.nan]}), "a of epoch 2 is nan"),
        (lambda: svg.history_plot("T", {"a": [1, -1]}, log=True), "loss is -1.0 somewhere"),
        (lambda: svg.scatter("T", [], []), "X is empty"),
        (lambda: svg.scatter("T", [[1, 2, 3]], [0]), r"X\[0\] has 3 entries: expected 2"),
        (lambda: svg.scatter("T", [[1, math.inf]], [0]), r"X\[0\]\[1\] is inf"),
        (lambda: svg.scatter("T", [[1, 2]], [0, 1]), "labels has length 2: expected 1"),
        (lambda: svg.scatter("T", [[1, 2]], [2], ["a", "b"]), r"labels\[0\] is 2: expected a class index from 0 to 1"),
        (lambda: svg.scatter("T", [[1, 2]], [-1]), r"labels\[0\] is -1"),
    ],
)
def test_what_cannot_be_drawn(call, message):
    with pytest.raises(ValueError, match=message):
        call()


@given(st.lists(st.tuples(SIZES, SIZES), min_size=1, max_size=8))
@example([(0.0, 0.0)])
@example([(1e300, -1e300), (-1e300, 1e300)])
@example([(5e-324, 1.0), (1e-323, 1.0)])
@SETTINGS
def test_data_of_every_size(pairs):
    for picture in (
        svg.plot("T", None, [svg.line("a", pairs)]),
        svg.scatter("T", pairs, [k % 3 for k in range(len(pairs))]),
        svg.history_plot("T", {"a": [pair[0] for pair in pairs], "b": [pair[1] for pair in pairs]}),
    ):
        assert outside(picture) == []
        assert "nan" not in picture.lower()
        assert "inf" not in re.sub(r"<[/a-z]*>", "", picture)


@given(st.lists(st.floats(5e-324, 1e300), min_size=1, max_size=8))
@SETTINGS
def test_histories_on_a_logarithmic_axis(figures):
    assert outside(svg.history_plot("T", {"a": figures}, log=True)) == []


# ---- histories -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("figures", "logarithmic"),
    [([1.0, 0.5], False), ([1.0, 0.005], True), ([1.0, 0.0], False), ([1e-9, 1.0], True), ([-1.0, 500.0], False)],
)
def test_a_logarithmic_axis_when_it_helps(figures, logarithmic):
    picture = svg.history_plot("T", {"a": figures}, log=None)
    assert ("on a logarithmic scale" in described(picture)) == logarithmic


def test_a_long_history_weighs_little_and_loses_no_extreme():
    figures = [1 / (1 + n) for n in range(20_000)]
    figures[7777] = 3.5
    picture = svg.history_plot("T", {"training": figures})
    assert len(picture) < 12_000
    frame_top = min(y for _, y in points(of_kind(picture, "picture__line")[0].get("d")))
    short = svg.history_plot("T", {"training": [1.0, 3.5, 0.1, 0.00005]})
    assert frame_top == min(y for _, y in points(of_kind(short, "picture__line")[0].get("d")))
    assert "training: from 1 to 5×10⁻⁵ in 20000 epochs, lowest 5×10⁻⁵ at epoch 20000." in described(picture)


def test_the_epoch_that_was_kept():
    picture = svg.history_plot("T", {"a": [3, 2, 1]}, kept=2)
    assert len(of_kind(picture, "picture__kept")) == 1
    assert "epoch 2, kept" in "".join(read(picture).itertext())
    for kept in (None, 0, 4):
        assert "picture__kept" not in svg.history_plot("T", {"a": [3, 2, 1]}, kept=kept)


def test_a_history_says_its_best():
    said = described(svg.history_plot("T", {"training": [0.2, 0.9, 0.8], "flat": [0.5, 0.5]}, "accuracy"))
    assert "training: from 0.2 to 0.8 in 3 epochs, highest 0.9 at epoch 2." in said
    assert "flat: 0.5 in 2 epochs." in said


# ---- points ----------------------------------------------------------------------------------------------------------


def test_every_point_is_drawn_with_the_mark_of_its_class():
    X, labels = [[0, 0], [1, 1], [2, 0], [3, 1], [4, 0]], [0, 1, 0, 1, 2]
    paths = of_kind(svg.scatter("T", X, labels), "picture__point")
    assert [path.get("class").split()[1] for path in paths] == ["c0", "c1", "c2"]
    assert [path.get("d").count("M") for path in paths] == [2, 2, 1]


def test_points_are_where_they_belong():
    X = [[-5.0, 3.0], [5.0, 3.0], [5.0, -7.0]]
    picture = svg.scatter("T", X, [1, 1, 1], ["none", "square"])
    corners = points(of_kind(picture, "picture__point")[0].get("d"))
    squares = [corners[4 * k : 4 * k + 4] for k in range(3)]
    middles = [(sum(x for x, _ in square) / 4, sum(y for _, y in square) / 4) for square in squares]
    assert middles[0][1] == pytest.approx(middles[1][1], abs=0.1)
    assert middles[1][0] == pytest.approx(middles[2][0], abs=0.1)
    assert middles[0][0] < middles[1][0]
    assert middles[1][1] < middles[2][1]


def test_a_legend_names_every_class():
    figure = read(svg.scatter("T", [[0, 0], [1, 1]], [0, 1], ["on", "off", "never"]))
    keys = [node for node in figure.iter("span") if node.get("class") == "picture__key"]
    assert ["".join(key.itertext()) for key in keys] == ["on", "off", "never"]
    marks = [key.find("svg/path").get("d") for key in keys]
    assert len(set(marks)) == 3


def test_names_of_axes():
    shown = texts(svg.scatter("T", [[0, 0], [1, 1]], [0, 1], x_name="width", y_name="height"))
    assert shown[-2:] == ["width", "height"]
    assert len(placed(svg.scatter("T", [[0, 0], [1, 1]], [0, 1]))[0]) > 10


def test_ticks_are_kept_where_they_are_given():
    picture = svg.plot("T", None, [svg.line("a", [(0, 0), (9, 9)])], x_ticks=(0, 3, 9), y_ticks=(1, 2), x_name="z")
    assert texts(picture) == ["1", "2", "0", "3", "9", "z"]
    assert ticks_between(0, 9)[0] == (0.0, "0")
