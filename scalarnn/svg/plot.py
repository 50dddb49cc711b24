"""Curves, histories and points between axes.

curve          a function, sampled; broken where it jumps, with dots that show which end holds
line           points that are joined
plot           any number of curves and lines on one pair of axes
history_plot   figures of each epoch: loss or accuracy, training and validation
scatter        samples with two features, a colour and a mark for each class
"""

from __future__ import annotations

import math
from collections import namedtuple

from scalarnn import check
from scalarnn.svg.axes import Axis, Frame, spread
from scalarnn.svg.style import CLASSES, mark
from scalarnn.svg.text import counted, figure, finite, key, listed, number, place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    Point = tuple[float, float]

__all__ = ["Curve", "curve", "history_plot", "line", "plot", "scatter"]

WIDTH, HEIGHT = 340, 236
SAMPLES = 96
NEAR = 1e-9
MOST_POINTS = 400  # of one line: more than a screen shows
KINDS = ("value", "gradient", "plain")


class Curve(namedtuple("Curve", ["name", "kind", "pieces", "dots"])):
    """A name, a kind (value, gradient, plain, or a class such as c0), pieces of a line, and the ends at a jump.

    Examples:
        >>> Curve("loss", "value", [[(0, 1), (1, 0.5)]], []).name
        'loss'
    """

    __slots__ = ()

    name: str
    kind: str
    pieces: list[list[Point]]
    dots: list[tuple[float, float, bool]]


def curve(
    name: str,
    function: Callable[[float], Any],
    x: tuple[float, float],
    kind: str = "value",
    breaks: Sequence[float] = (),
    straight: bool = False,
) -> Curve:
    """A function, sampled; at a break the pieces do not join, and dots show which value holds there.

    Args:
        name: for the legend; "" for none.
        function: takes a float and gives a number.
        x: from where to where.
        kind: "value" or "gradient" for the book's two colours, "plain" for neither.
        breaks: where pieces end, in order.
        straight: the pieces are straight lines, two points each.

    Returns:
        A Curve for `plot`.

    Raises:
        ValueError: the function gives NaN or an infinite number somewhere.

    Examples:
        >>> from scalarnn import relu_derivative
        >>> jump = curve("slope", relu_derivative, (-1, 1), breaks=(0,), straight=True)
        >>> [[slope for _, slope in piece] for piece in jump.pieces]
        [[0.0, 0.0], [1.0, 1.0]]
        >>> jump.dots
        [(0, 0.0, True), (0, 1.0, False)]
    """
    edges = [x[0], *breaks, x[1]]
    pieces = []
    dots = []
    for at in range(len(edges) - 1):
        start, end = edges[at], edges[at + 1]
        count = 1 if straight else max(2, round(SAMPLES * (end - start) / (x[1] - x[0])))
        piece = []
        for k in range(count + 1):
            here = start + (end - start) * k / count
            if at > 0 and k == 0:
                here += NEAR
            piece.append((here, finite(function(here), f"{name or 'the curve'} at {here:g}")))
        pieces.append(piece)
    for here in breaks:
        left = finite(function(here), f"{name or 'the curve'} at {here:g}")
        right = finite(function(here + NEAR), f"{name or 'the curve'} right of {here:g}")
        if abs(left - right) > 1e-6:
            dots += [(here, left, True), (here, right, False)]
    return Curve(name, kind, pieces, dots)


def line(name: str, points: Sequence[Sequence[Any]], kind: str = "value") -> Curve:
    """Points, joined in their order.

    Args:
        name: for the legend; "" for none.
        points: pairs of numbers.
        kind: as of `curve`, or c0, c1 … for one of several.

    Returns:
        A Curve for `plot`; a single point is drawn as a dot.

    Raises:
        ValueError: there is no point, or a coordinate is not finite.

    Examples:
        >>> line("measured", [(1, 2), (2, 4)]).pieces
        [[(1.0, 2.0), (2.0, 4.0)]]
    """
    what = name or "the line"
    if len(points) == 0:
        raise ValueError(f"{what} has no points: expected at least one")
    piece = []
    for k in range(len(points)):
        piece.append((finite(points[k][0], f"{what}: x[{k}]"), finite(points[k][1], f"{what}: y[{k}]")))
    dots = [(*piece[0], True)] if len(piece) == 1 else []
    return Curve(name, kind, [piece], dots)


def plot(
    title: str,
    spoken: str | None,
    curves: Sequence[Curve],
    x: tuple[float, float] | None = None,
    y: tuple[float, float] | None = None,
    *,
    x_ticks: Sequence[float] | None = None,
    y_ticks: Sequence[float] | None = None,
    x_name: str = "",
    y_name: str = "",
    marks: Sequence[Point] = (),
    log_y: bool = False,
    size: tuple[float, float] = (WIDTH, HEIGHT),
) -> str:
    """Curves and lines on one pair of axes, with a legend.

    Args:
        title: the picture's name, shown below it.
        spoken: what it shows, for those who do not see it; None to have it computed.
        curves: from `curve` and `line`.
        x: the range to show; None for that of the curves. Likewise y.
        y: see x.
        x_ticks: numbers to mark; None to choose them. Likewise y_ticks.
        y_ticks: see x_ticks.
        x_name: what x is; one or two letters stand between the last ticks.
        y_name: what y is.
        marks: points to mark.
        log_y: a logarithmic y axis.
        size: width and height.

    Returns:
        A `<figure>`.

    Raises:
        ValueError: there is no curve, or a logarithmic axis meets a number that is not above 0.

    Examples:
        >>> from scalarnn import sigmoid
        >>> picture = plot("Sigmoid", None, [curve("σ", sigmoid, (-4, 4))], x_name="z")
        >>> "σ: from 0.01799 at −4 to 0.982 at 4" in picture
        True
    """
    if len(curves) == 0:
        raise ValueError("there are no curves: expected at least one")
    points = [point for one in curves for piece in one.pieces for point in piece]
    x_axis = Axis(*(x or spread([point[0] for point in points])), ticks=x_ticks, name=x_name)
    if log_y and any(point[1] <= 0 for point in points):
        raise ValueError("a logarithmic axis meets a number that is not above 0: expected log_y=False")
    y_axis = Axis(*(y or spread([point[1] for point in points])), log=log_y, ticks=y_ticks, out=y is None, name=y_name)
    frame = Frame(x_axis, y_axis, *size)
    drawn: list[str] = []
    for one in curves:
        for piece in one.pieces:
            drawn.append(f'<path class="picture__line {_kind(one)}" d="{frame.lines(_thinned(piece))}"/>')
        for *dot, filled in one.dots:
            if frame.holds(dot):
                kind = f"picture__dot {_kind(one)}" + ("" if filled else " picture__dot--open")
                drawn.append(_dot(frame.at(dot), kind))
    for point in marks:
        if frame.holds(point):
            drawn.append(_dot(frame.at(point), "picture__mark"))
    keys = [_line_key(one) for one in curves if one.name]
    if spoken is None:
        spoken = _said_of_curves(curves, x_name)
    return figure("plot", size, title, spoken, [*frame.grid(), *drawn], keys)


def history_plot(
    title: str,
    series: Mapping[str, Sequence[Any]],
    y_name: str = "loss",
    x_name: str = "epoch",
    *,
    log: bool | None = False,
    kept: int | None = None,
    spoken: str | None = None,
    size: tuple[float, float] = (WIDTH, HEIGHT),
) -> str:
    """A figure of every epoch, from 1: one line for training, one for validation, or any others.

    Args:
        title: the picture's name.
        series: name → one number an epoch, as `History.curve` gives them; a series of None alone was not measured
            and is left out.
        y_name: what is drawn.
        x_name: what is counted.
        log: a logarithmic axis; None for one if the figures are above 0 and the largest is 100 times the smallest.
        kept: the epoch whose parameters were kept: marked by an upright line.
        spoken: what it shows; None to have it computed.
        size: width and height.

    Returns:
        A `<figure>`.

    Raises:
        ValueError: nothing was measured, or a figure is NaN or infinite.

    Examples:
        >>> picture = history_plot("Loss", {"training": [1.0, 0.5, 0.25], "validation": [None, None, None]})
        >>> "training: from 1 to 0.25 in 3 epochs, lowest 0.25 at epoch 3" in picture
        True
    """
    lines: list[Curve] = []
    for name, figures in series.items():
        measured = [figure for figure in figures if figure is not None]
        if not measured:
            continue
        points = []
        for at in range(len(figures)):
            if figures[at] is not None:
                points.append((at + 1.0, finite(figures[at], f"{name} of {x_name} {at + 1}")))
        lines.append(line(name, points, f"c{len(lines) % CLASSES}"))
    if not lines:
        raise ValueError("nothing was measured: expected at least one series with a number in it")
    heights = [point[1] for one in lines for point in one.pieces[0]]
    last = max(point[0] for one in lines for point in one.pieces[0])
    if log is None:
        log = min(heights) > 0 and max(heights) > 100 * min(heights)
    if log and min(heights) <= 0:
        raise ValueError(f"{y_name} is {min(heights)!r} somewhere: a logarithmic axis expects numbers above 0")
    x_axis = Axis(1, max(last, 2), name=x_name, whole=True)
    y_axis = Axis(*_air(heights, log), log=log, out=True, name=f"{y_name}{', logarithmic' if log else ''}")
    frame = Frame(x_axis, y_axis, *size)
    drawn: list[str] = []
    if kept is not None and 1 <= kept <= last:
        across = place(x_axis.place(kept))
        drawn.append(f'<path class="picture__kept" d="M{across} {place(y_axis.start)}V{place(y_axis.end)}"/>')
    for one in lines:
        points = one.pieces[0]
        drawn.append(f'<path class="picture__line {one.kind}" d="{frame.lines(_thinned(points))}"/>')
        if len(points) == 1:
            drawn.append(_dot(frame.at(points[0]), f"picture__dot {one.kind}"))
    keys = [_line_key(one) for one in lines]
    if kept is not None and 1 <= kept <= last:
        keys.append(key('<path class="picture__kept" d="M13 0V12"/>', f"{x_name} {kept}, kept"))
    if spoken is None:
        spoken = _said_of_history(lines, y_name, x_name, log)
    return figure("plot", size, title, spoken, [*frame.grid(), *drawn], keys)


def scatter(
    title: str,
    X: Sequence[Sequence[Any]],
    labels: Sequence[int],
    class_names: Sequence[str] | None = None,
    x_name: str = "x₀",
    y_name: str = "x₁",
    *,
    spoken: str | None = None,
    size: tuple[float, float] = (WIDTH, 300),
) -> str:
    """Samples with two features; each class has a colour and a mark of its own.

    Args:
        title: the picture's name.
        X: samples, rows of two numbers.
        labels: the class of each, an index from 0.
        class_names: for the legend; None for "class 0" and so on.
        x_name: the first feature.
        y_name: the second feature.
        spoken: what it shows; None to have it computed.
        size: width and height.

    Returns:
        A `<figure>`.

    Raises:
        TypeError: a label is not an int.
        ValueError: there is no sample, a row has not two numbers, one is not finite, there is not one label for each
            sample, or a label is out of range.

    Examples:
        >>> picture = scatter("Exclusive or", [[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0], ["off", "on"])
        >>> "4 samples of 2 classes: 2 off, 2 on." in picture
        True
    """
    points = points_of(X)
    names = names_of(labels, class_names, len(X))
    x_axis = Axis(*spread([point[0] for point in points], 0.04), name=x_name)
    y_axis = Axis(*spread([point[1] for point in points], 0.04), name=y_name)
    frame = Frame(x_axis, y_axis, *size)
    drawn = marks_of(points, labels, len(names), frame)
    if spoken is None:
        spoken = said_of_points(points, labels, names, x_name, y_name)
    parts = [*frame.grid(), *drawn]
    return figure("plot", size, title, spoken, parts, class_keys(names))


# ---- points of classes, for regions too ------------------------------------------------------------------------------


def points_of(X: Sequence[Sequence[Any]]) -> list[Point]:
    """The samples as pairs of floats that can be drawn."""
    check.sequence(X, "X")
    points = []
    for n in range(len(X)):
        if len(X[n]) != 2:
            raise ValueError(f"X[{n}] has {len(X[n])} entries: expected 2, one for each axis of the picture")
        points.append((finite(X[n][0], f"X[{n}][0]"), finite(X[n][1], f"X[{n}][1]")))
    return points


def names_of(labels: Sequence[int], class_names: Sequence[str] | None, samples: int, at_least: int = 1) -> list[str]:
    """A name for each class; checks the labels on the way."""
    check.length(labels, "labels", samples, "one label for each sample")
    if class_names is None:
        count = max([at_least, *[label + 1 for label in labels if isinstance(label, int)]])
        class_names = [f"class {k}" for k in range(count)]
    for n in range(len(labels)):
        check.index(labels[n], len(class_names), f"labels[{n}]")
    return [str(name) for name in class_names]


def marks_of(points: Sequence[Point], labels: Sequence[int], classes: int, frame: Frame) -> list[str]:
    """One path for each class: its mark at each of its points."""
    drawn = []
    for k in range(classes):
        shapes = []
        for n in range(len(points)):
            if labels[n] == k and frame.holds(points[n]):
                shapes.append(mark(k, *frame.at(points[n])))
        if shapes:
            drawn.append(f'<path class="picture__point c{k % CLASSES}" d="{"".join(shapes)}"/>')
    return drawn


def class_keys(names: Sequence[str]) -> list[str]:
    """The legend of classes: name and mark."""
    keys = []
    for k in range(len(names)):
        keys.append(key(f'<path class="picture__point c{k % CLASSES}" d="{mark(k, 13, 6)}"/>', names[k]))
    return keys


def said_of_points(points: Sequence[Point], labels: Sequence[int], names: Sequence[str], x: str, y: str) -> str:
    """How many samples there are of which class, and where they lie."""
    counts = []
    for k in range(len(names)):
        counts.append(f"{sum(1 for label in labels if label == k)} {names[k]}")
    ranges = []
    for axis, name in ((0, x), (1, y)):
        low, high = spread([point[axis] for point in points])
        ranges.append(f"{name} goes from {number(low)} to {number(high)}")
    samples, classes = counted(len(points), "sample"), counted(len(names), "class", "classes")
    return f"{samples} of {classes}: {listed(counts)}. {'; '.join(ranges)}."


# ---- parts -----------------------------------------------------------------------------------------------------------


def _kind(one: Curve) -> str:
    return f"picture__line--{one.kind}" if one.kind in KINDS else one.kind


def _dot(at: Sequence[float], kind: str) -> str:
    return f'<circle class="{kind}" cx="{place(at[0])}" cy="{place(at[1])}" r="3.4"/>'


def _line_key(one: Curve) -> str:
    return key(f'<path class="picture__line {_kind(one)}" d="M1 6H25"/>', one.name)


def _air(heights: Sequence[float], log: bool) -> tuple[float, float]:
    """The range of a history; one that comes near 0 shows it."""
    low, high = spread(heights)
    if not log and 0 < low < high / 2:
        low = 0.0
    return low, high


def _thinned(points: Sequence[Point]) -> list[Point]:
    """A long line with the lowest and the highest point of each stretch: it looks the same, and weighs little."""
    if len(points) <= MOST_POINTS:
        return list(points)
    kept = [points[0]]
    stretches = MOST_POINTS // 2
    for stretch in range(stretches):
        first, last = len(points) * stretch // stretches, len(points) * (stretch + 1) // stretches
        part = range(first, last)
        low, high = min(part, key=lambda at: points[at][1]), max(part, key=lambda at: points[at][1])
        for at in sorted({low, high}):
            kept.append(points[at])
    kept.append(points[-1])
    return kept


def _said_of_curves(curves: Sequence[Curve], x_name: str) -> str:
    said = []
    for one in curves:
        first, last = one.pieces[0][0], one.pieces[-1][-1]
        heights = [point[1] for piece in one.pieces for point in piece]
        said.append(
            f"{one.name or 'The curve'}: from {number(first[1])} at {number(first[0])} to {number(last[1])} at "
            f"{number(last[0])}, between {number(min(heights))} and {number(max(heights))}."
        )
    over = f" Over {x_name}." if x_name else ""
    return " ".join(said) + over


def _said_of_history(lines: Sequence[Curve], y_name: str, x_name: str, log: bool) -> str:
    said = [f"{y_name} over {x_name}s{', on a logarithmic scale' if log else ''}."]
    for one in lines:
        points = one.pieces[0]
        low = min(points, key=lambda point: point[1])
        high = max(points, key=lambda point: point[1])
        best, word = (high, "highest") if points[-1][1] > points[0][1] else (low, "lowest")
        epochs = counted(len(points), x_name)
        if math.isclose(low[1], high[1]):
            said.append(f"{one.name}: {number(low[1])} in {epochs}.")
            continue
        said.append(
            f"{one.name}: from {number(points[0][1])} to {number(points[-1][1])} in {epochs}, "
            f"{word} {number(best[1])} at {x_name} {number(best[0])}."
        )
    return " ".join(said)
