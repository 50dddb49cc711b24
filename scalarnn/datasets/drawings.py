"""QuickDraw's drawings: lines of JSON with strokes of a pen, drawn on a grid of pixels.

stroke    [x₀, x₁ …], [y₀, y₁ …]: where the pen went; x to the right, y down, from 0 to 255
ink       how much of a pixel the pen covers, from 0 to 1
"""

from __future__ import annotations

import math
from pathlib import Path

from scalarnn import check
from scalarnn.datasets.files import INKS, DataFileError, numbered_lines, shortened
from scalarnn.datasets.table import Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from os import PathLike
    from typing import Any

__all__ = ["counted_drawings", "rasterise", "read_drawings"]

EDGE = 255  # the largest coordinate of a simplified drawing
PEN = 16  # the pen's diameter, in the same units
MARGIN = 16  # kept free on every side, beside the pen's own radius
LARGEST_SIDE = 256
MOST_POINTS = 5_000
MOST_PIXELS = 200_000_000


def rasterise(strokes: Sequence[Sequence[Sequence[float]]], side: int = 28) -> list[int]:
    """side × side pixels, row by row, from 0 (paper) to 255 (ink), of strokes drawn with a round pen.

    The drawing is placed as in QuickDraw's own bitmaps: a pen 16 wide on a square of 256, 16 free on each side, the
    drawing in the middle. Lines are anti-aliased: a pixel's ink is the part of it that a straight stroke of the pen's
    width covers when it passes at the distance of the pixel's centre; the darkest stroke counts. Values therefore
    differ a little from those of Google's renderer.

    Args:
        strokes: lists of x and of y, equally long, from 0 to 255; a single point is a dot.
        side: how many pixels to a side, from 1 to 256.

    Returns:
        side · side whole numbers.

    Raises:
        TypeError: a coordinate is not a number, or side is not an int.
        ValueError: there is no stroke, a stroke is not two equally long lists of at least one number from 0 to 255,
            there are more than 5,000 points, or side is out of range.

    Source: `001` (the QuickDraw dataset); geometry from https://github.com/googlecreativelab/quickdraw-dataset,
        issue 19.

    Examples:
        >>> pixels = rasterise([[[0, 255], [0, 255]], [[0, 255], [255, 0]]], side=8)
        >>> for row in range(8):
        ...     print(*(f"{ink:3d}" for ink in pixels[8 * row : 8 * row + 8]))
        107   1   0   0   0   0   1 107
          1 107   1   0   0   1 107   1
          0   1 107   1   1 107   1   0
          0   0   1 107 107   1   0   0
          0   0   1 107 107   1   0   0
          0   1 107   1   1 107   1   0
          1 107   1   0   0   1 107   1
        107   1   0   0   0   0   1 107
    """
    check.integer(side, "side", 1, LARGEST_SIDE)
    _check_strokes(strokes)
    left = min(min(stroke[0]) for stroke in strokes)
    right = max(max(stroke[0]) for stroke in strokes)
    top = min(min(stroke[1]) for stroke in strokes)
    bottom = max(max(stroke[1]) for stroke in strokes)
    pixel = side / (EDGE + 1 + 2 * MARGIN + PEN)  # pixels for one unit of the drawing
    radius = PEN / 2 * pixel
    ink = [0.0] * (side * side)
    for stroke in strokes:
        points = []
        for i in range(len(stroke[0])):
            x = side / 2 + (stroke[0][i] - (left + right) / 2) * pixel
            y = side / 2 + (stroke[1][i] - (top + bottom) / 2) * pixel
            points.append((x, y))
        for i in range(max(1, len(points) - 1)):
            _draw_line(ink, side, radius, points[i], points[min(i + 1, len(points) - 1)])
    pixels = []
    for part in ink:
        pixels.append(round(255 * part))
    return pixels


def _draw_line(
    ink: list[float], side: int, radius: float, start: tuple[float, float], end: tuple[float, float]
) -> None:
    """Darken the pixels that a pen covers on its way from (x₀, y₀) to (x₁, y₁)."""
    (x0, y0), (x1, y1) = start, end
    reach = radius + 0.5
    dx, dy = x1 - x0, y1 - y0
    length2 = dx * dx + dy * dy
    for row in range(max(0, math.floor(min(y0, y1) - reach)), min(side, math.ceil(max(y0, y1) + reach))):
        for column in range(max(0, math.floor(min(x0, x1) - reach)), min(side, math.ceil(max(x0, x1) + reach))):
            x, y = column + 0.5, row + 0.5
            along = 0.0
            if length2 > 0:
                along = min(1.0, max(0.0, ((x - x0) * dx + (y - y0) * dy) / length2))
            distance = math.hypot(x0 + along * dx - x, y0 + along * dy - y)
            covered = min(distance + 0.5, radius) - max(distance - 0.5, -radius)
            if covered > ink[row * side + column]:
                ink[row * side + column] = min(1.0, covered)


def read_drawings(
    path: str | PathLike[str],
    side: int = 28,
    first: int | None = 1000,
    class_names: Sequence[str] | None = None,
    *,
    recognized_only: bool = False,
) -> Table:
    """The drawings of a simplified QuickDraw .ndjson file, drawn on a grid of side × side pixels.

    Args:
        path: the file: on each line a JSON object with a "word" and a "drawing".
        side: how many pixels to a side, from 1 to 256.
        first: how many drawings to read, from the start; None for all of them, of at most 256 MiB and
            200 million pixels.
        class_names: the words in the order of their indices; None for those in the file, in the order in which they
            come.
        recognized_only: leave out the drawings of which the file says that the game did not recognise them.

    Returns:
        A Table: a row of side · side numbers from 0.0 (paper) to 255.0 (ink) for each drawing (see rasterise), its
        word as the class.

    Raises:
        DataFileError: a line is not such an object; the message names the line. It is a ValueError.
        OSError: there is no such file, or no right to read it.
        TypeError: side or first is not an int, or a class name is not text.
        ValueError: side or first is out of range.

    Source: `001` (the QuickDraw dataset); https://github.com/googlecreativelab/quickdraw-dataset.

    Examples:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = Path(folder) / "line.ndjson"
        ...     _ = path.write_text('{"word": "line", "drawing": [[[0, 255], [0, 0]]]}')
        ...     table = read_drawings(path, side=4)
        >>> table.class_names, table.X[0][:8]
        (['line'], [0.0, 0.0, 0.0, 0.0, 27.0, 27.0, 27.0, 27.0])
    """
    return counted_drawings(path, side, first, recognized_only, class_names)[0]


def counted_drawings(
    path: str | PathLike[str],
    side: int,
    first: int | None,
    recognized_only: bool,
    class_names: Sequence[str] | None = None,
) -> tuple[Table, int]:
    """The same as `read_drawings`, and how many drawings were left out.

    Args:
        path: the file.
        side: how many pixels to a side.
        first: how many drawings to read; None for all.
        recognized_only: leave out those that the game did not recognise.
        class_names: the words in the order of their indices, or None.

    Returns:
        A Table, and a number.

    Raises:
        DataFileError, OSError, TypeError, ValueError: as for read_drawings.

    Examples:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = Path(folder) / "line.ndjson"
        ...     drawing = '{"word": "line", "recognized": %s, "drawing": [[[0, 255], [0, 0]]]}'
        ...     _ = path.write_text(drawing % "true" + chr(10) + drawing % "false")
        ...     counted_drawings(path, 4, None, True)
        (<Table of 1 samples: 16 features, 1 classes>, 1)
    """
    check.integer(side, "side", 1, LARGEST_SIDE)
    if first is not None:
        check.count(first, "first")
    names = []
    if class_names is not None:
        check.sequence(class_names, "class_names")
        for k in range(len(class_names)):
            if not isinstance(class_names[k], str):
                raise TypeError(f"class_names[{k}] is {shortened(class_names[k])}: expected text")
            names.append(class_names[k])
    index = {}
    for k in range(len(names)):
        index[names[k]] = k
    X: list[list[float]] = []
    labels = []
    n_left_out = 0
    with Path(path).open("rb") as file:
        for number, text in numbered_lines(file, path):
            if len(X) == first:
                break
            if not text.strip():
                continue
            place = f"{path}: line {number}"
            if (len(X) + 1) * side * side > MOST_PIXELS:
                raise DataFileError(f"{place}: more than {MOST_PIXELS} pixels in all: ask for fewer drawings, first=…")
            word, strokes, recognized = _drawing(text, place)
            if recognized_only and not recognized:
                n_left_out += 1
                continue
            if word not in index:
                if class_names is not None:
                    raise DataFileError(f"{place}: the word is {shortened(word)}: none of the class names")
                index[word] = len(names)
                names.append(word)
            X.append([INKS[ink] for ink in rasterise(strokes, side)])
            labels.append(index[word])
    if not X:
        if n_left_out:
            raise DataFileError(f"{path}: none of the {n_left_out} drawings was recognised")
        raise DataFileError(f"{path}: no drawing at all: expected a JSON object on each line")
    feature_names = []
    for row in range(side):
        for column in range(side):
            feature_names.append(f"pixel_{row}_{column}")
    return Table(X, labels, feature_names, names), n_left_out


def _drawing(text: str, place: str) -> tuple[str, list[list[list[int]]], bool]:
    """The word and the strokes on one line of the file, and whether the game recognised them."""
    import json

    try:
        drawing = json.loads(text)
    except json.JSONDecodeError as error:
        raise DataFileError(f"{place}, column {error.colno}: not JSON: {error.msg}") from None
    except RecursionError:
        raise DataFileError(f"{place}: lists in lists in lists, too deep to read") from None
    except ValueError:  # an int of thousands of digits
        raise DataFileError(f"{place}: a number with too many digits") from None
    if not isinstance(drawing, dict) or "drawing" not in drawing or "word" not in drawing:
        raise DataFileError(f'{place}: {shortened(drawing)}: expected an object with "word" and "drawing"')
    word, strokes = drawing["word"], drawing["drawing"]
    if not isinstance(word, str):
        raise DataFileError(f"{place}: the word is {shortened(word)}: expected text")
    try:
        _check_strokes(strokes)
    except (TypeError, ValueError) as error:
        raise DataFileError(f"{place}: {error}") from None
    recognized = drawing.get("recognized", True)
    if not isinstance(recognized, bool):
        raise DataFileError(f"{place}: recognized is {shortened(recognized)}: expected true or false")
    return word, strokes, recognized


def _check_strokes(strokes: Any) -> None:
    if not isinstance(strokes, (list, tuple)) or not strokes:
        raise ValueError(f"the drawing is {shortened(strokes)}: expected at least one stroke")
    n_points = 0
    for s in range(len(strokes)):
        stroke = strokes[s]
        if isinstance(stroke, (list, tuple)) and len(stroke) == 3:
            raise ValueError(f"stroke {s} has three lists, as in a raw file: expected the simplified drawings, x and y")
        if (
            not isinstance(stroke, (list, tuple))
            or len(stroke) != 2
            or not isinstance(stroke[0], (list, tuple))
            or not isinstance(stroke[1], (list, tuple))
        ):
            raise ValueError(f"stroke {s} is {shortened(stroke)}: expected two lists, x and y")
        if len(stroke[0]) != len(stroke[1]) or not stroke[0]:
            raise ValueError(
                f"stroke {s} has {len(stroke[0])} x and {len(stroke[1])} y: expected as many, at least one"
            )
        n_points += len(stroke[0])
        if n_points > MOST_POINTS:
            raise ValueError(f"the drawing has more than {MOST_POINTS} points")
        for letter, values in (("x", stroke[0]), ("y", stroke[1])):
            for i in range(len(values)):
                if isinstance(values[i], bool) or not isinstance(values[i], (int, float)):
                    raise TypeError(f"{letter}[{i}] of stroke {s} is {shortened(values[i])}: expected a number")
                if not 0 <= values[i] <= EDGE:
                    raise ValueError(
                        f"{letter}[{i}] of stroke {s} is {shortened(values[i])}: expected a number from 0 to {EDGE}"
                    )
