"""Where a classifier says which class: the plane, cut into cells, each with the class predicted at its middle."""

from __future__ import annotations

from scalarnn import check, predicted_class
from scalarnn.svg.axes import Axis, Frame, spread
from scalarnn.svg.plot import class_keys, marks_of, names_of, points_of, said_of_points
from scalarnn.svg.style import CLASSES
from scalarnn.svg.text import counted, figure, finite, listed, number, place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

__all__ = ["decision_regions"]

WIDTH, HEIGHT = 340, 300


def decision_regions(
    title: str,
    classify: Callable[[list[float]], Any] | Any,
    X: Sequence[Sequence[Any]],
    labels: Sequence[int],
    class_names: Sequence[str] | None = None,
    *,
    resolution: int = 60,
    threshold: float = 0.5,
    x: tuple[float, float] | None = None,
    y: tuple[float, float] | None = None,
    x_name: str = "x₀",
    y_name: str = "x₁",
    spoken: str | None = None,
    size: tuple[float, float] = (WIDTH, HEIGHT),
) -> str:
    """Regions of the predicted classes, their borders, and the samples over them.

    Args:
        title: the picture's name.
        classify: a function from [x₀, x₁] to a class index, or to ŷ or logits, of which the largest counts; or an
            object with such a `forward`, as a Network (what its layers remember changes). A ŷ of one number is
            class 1 above the threshold.
        X: samples, rows of two numbers.
        labels: the class of each, an index from 0.
        class_names: for the legend; None for "class 0" and so on.
        resolution: how many cells each way; the classifier is asked resolution² times.
        threshold: for a ŷ of one number.
        x: the range to show; None for that of the samples and some air. Likewise y.
        y: see x.
        x_name: the first feature.
        y_name: the second feature.
        spoken: what it shows; None to have it computed.
        size: width and height.

    Returns:
        A `<figure>`; 5 to 15 kB at 60 × 60.

    Raises:
        TypeError: classify is neither, or gives something that is no class.
        ValueError: as `scatter`; or a predicted class has no name, or resolution is not above 0.

    Examples:
        >>> X, labels = [[-1, 0], [1, 0], [2, 1]], [0, 1, 1]
        >>> picture = decision_regions("Left and right", lambda x: int(x[0] > 0), X, labels, resolution=10)
        >>> "3 of 3 samples lie in the region of their class." in picture
        True
    """
    check.count(resolution, "resolution")
    ask = classify.forward if hasattr(classify, "forward") else classify
    if not callable(ask):
        raise TypeError(f"classify is {classify!r}: expected a function of [x₀, x₁], or a network")
    points = points_of(X)
    x_axis = Axis(*(x or spread([point[0] for point in points], 0.06)), name=x_name)
    y_axis = Axis(*(y or spread([point[1] for point in points], 0.06)), name=y_name)
    cells = []
    for row in range(resolution):
        x_1 = _middle(y_axis.high, y_axis.low, row, resolution)
        classes = []
        for column in range(resolution):
            x_0 = _middle(x_axis.low, x_axis.high, column, resolution)
            classes.append(_class_of(ask([x_0, x_1]), threshold))
        cells.append(classes)
    at_samples = [_class_of(ask(list(point)), threshold) for point in points]
    most = max(max(max(classes) for classes in cells), *at_samples)
    names = names_of(labels, class_names, len(X), at_least=most + 1)
    if most >= len(names):
        raise ValueError(f"classify gives class {most}: expected one of the {len(names)} classes that have a name")
    frame = Frame(x_axis, y_axis, *size)
    drawn = [_regions(cells, len(names), frame), *marks_of(points, labels, len(names), frame)]
    if spoken is None:
        right = sum(1 for n in range(len(points)) if at_samples[n] == labels[n])
        spoken = _said(cells, names) + f" {number(right)} of {counted(len(points), 'sample')} lie in the region of "
        spoken += f"their class. {said_of_points(points, labels, names, x_name, y_name)}"
    parts = [*frame.grid(), *drawn]
    return figure("plot", size, title, spoken, parts, class_keys(names))


def runs(cells: Sequence[Sequence[int]], wanted: int, across: int = 0, down: float = 0.5) -> str:
    """The d of one stroke along every run of equal cells in a row; a stroke is 1 wide, so each run is a rectangle.

    Args:
        cells: rows of numbers.
        wanted: the number whose runs are drawn.
        across: where the first column begins.
        down: where the middle of the first row is.

    Examples:
        >>> runs([[7, 7, 0], [0, 7, 7]], 7)
        'M0 .5h2M1 1.5h2'
    """
    strokes = []
    for row in range(len(cells)):
        column = 0
        while column < len(cells[row]):
            start = column
            while column < len(cells[row]) and cells[row][column] == wanted:
                column += 1
            if column > start:
                strokes.append(f"M{across + start} {place(row + down)}h{column - start}")
            column += 1
    return "".join(strokes)


def borders(cells: Sequence[Sequence[int]]) -> str:
    """The d of the lines between cells of different classes, each followed round its corners as far as it goes.

    Examples:
        >>> borders([[0, 1], [0, 1], [1, 1]])
        'M0 2h1v-2'
    """
    rows, columns = len(cells), len(cells[0])
    ways: dict[tuple[int, int], list[tuple[int, int]]] = {}  # corner → corners one cell away along a border
    for row in range(rows):
        for column in range(columns):
            if row and cells[row][column] != cells[row - 1][column]:
                _join(ways, (column, row), (column + 1, row))
            if column and cells[row][column] != cells[row][column - 1]:
                _join(ways, (column, row), (column, row + 1))
    ends = [corner for corner in ways if len(ways[corner]) % 2]
    return "".join(_followed(ways, corner) for corner in [*sorted(ends), *sorted(ways)])


def _join(ways: dict[tuple[int, int], list[tuple[int, int]]], a: tuple[int, int], b: tuple[int, int]) -> None:
    ways.setdefault(a, []).append(b)
    ways.setdefault(b, []).append(a)


def _followed(ways: dict[tuple[int, int], list[tuple[int, int]]], corner: tuple[int, int]) -> str:
    """One line from a corner on; what it covers is taken out of `ways`."""
    if not ways[corner]:
        return ""
    line = f"M{corner[0]} {corner[1]}"
    start, before = corner, None
    while ways[corner]:
        following = ways[corner][0]
        for choice in ways[corner]:  # straight on, if there is a choice
            if before is not None and choice[0] - corner[0] == before[0] and choice[1] - corner[1] == before[1]:
                following = choice
        ways[corner].remove(following)
        ways[following].remove(corner)
        step = (following[0] - corner[0], following[1] - corner[1])
        if before is not None and step != before:
            line += _stroke(start, corner)
            start = corner
        corner, before = following, step
    return line + _stroke(start, corner)


def _stroke(start: tuple[int, int], end: tuple[int, int]) -> str:
    return f"h{end[0] - start[0]}" if start[1] == end[1] else f"v{end[1] - start[1]}"


def _middle(start: float, end: float, cell: int, cells: int) -> float:
    share = (cell + 0.5) / cells
    return start * (1 - share) + end * share


def _class_of(answer: Any, threshold: float) -> int:
    """The class index in whatever a classifier answers."""
    if isinstance(answer, int):
        if answer < 0:
            raise ValueError(f"classify gives class {answer}: expected one from 0 up")
        return int(answer)
    if isinstance(answer, (list, tuple)) and len(answer) > 1:
        return predicted_class(answer)
    alone = answer[0] if isinstance(answer, (list, tuple)) and answer else answer
    return 1 if finite(alone, "what classify gives") > threshold else 0


def _regions(cells: Sequence[Sequence[int]], classes: int, frame: Frame) -> str:
    """Cells are drawn on a paper of their own, one unit each, and stretched into the axes."""
    parts = []
    for k in range(classes):
        strokes = runs(cells, k)
        if strokes:
            parts.append(f'<path class="picture__region c{k % CLASSES}" d="{strokes}"/>')
    lines = borders(cells)
    if lines:
        parts.append(f'<path class="picture__border" d="{lines}"/>')
    x, y = frame.x, frame.y
    wide, high = (x.end - x.start) / len(cells[0]), (y.start - y.end) / len(cells)
    moved = f"translate({place(x.start)} {place(y.end)}) scale({wide:.6g} {high:.6g})"
    return f'<g transform="{moved}">{"".join(parts)}</g>'


def _said(cells: Sequence[Sequence[int]], names: Sequence[str]) -> str:
    total = len(cells) * len(cells[0])
    shares = []
    for k in range(len(names)):
        count = sum(1 for classes in cells for cell in classes if cell == k)
        shares.append(f"{names[k]} on {100 * count / total:.0f} %")
    return f"Predicted over the plane: {listed(shares)}."
