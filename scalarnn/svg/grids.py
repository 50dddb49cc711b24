"""Small images with their labels, and the table of how often which class was taken for which."""

from __future__ import annotations

import math

from scalarnn import check
from scalarnn.svg.axes import LETTER
from scalarnn.svg.regions import runs
from scalarnn.svg.text import counted, cut, escape, figure, finite, listed, number, place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

__all__ = ["confusion_counts", "confusion_matrix", "image_grid"]

CELL = 60
LEVELS = 8  # shades of ink, beside none
TEXT_ROW = 14
HEIGHT = 30  # of a row of counts
MOST_SHADE = 0.45  # of a cell: ink can be read on it, in light and in dark


def image_grid(
    title: str,
    images: Sequence[Sequence[Any]],
    labels: Sequence[int],
    predictions: Sequence[int] | None = None,
    class_names: Sequence[str] | None = None,
    *,
    columns: int = 5,
    side: int | None = None,
    white: float | None = None,
    spoken: str | None = None,
) -> str:
    """Images in rows, each with its class below it; ✓ or ✗, a frame, and the predicted class tell right from wrong.

    Args:
        title: the picture's name.
        images: rows of pixels from 0 (paper) up (ink), row by row of the image: 64 for 8 × 8, 784 for 28 × 28.
        labels: the class of each.
        predictions: the class that was predicted for each; None for images alone.
        class_names: for the labels; None for the index.
        columns: images in a row; five can be read on a phone.
        side: pixels in a row of an image; None if images are square.
        white: the pixel that is drawn as full ink; None for the largest there is.
        spoken: what it shows; None to have it computed.

    Returns:
        A `<figure>`; about 400 bytes an image of 8 × 8, one or two thousand of 28 × 28.

    Raises:
        TypeError: a label is not an int.
        ValueError: there is no image, its pixels do not fill whole rows, a pixel is below 0 or not finite, white is not
            above 0, or there is not one label, or prediction, for each.

    Examples:
        >>> picture = image_grid("Two strokes", [[0, 1, 0, 1], [1, 1, 0, 0]], labels=[1, 7], predictions=[1, 2])
        >>> "2 images, 1 predicted right. Wrong: image 2 is 7, predicted 2." in picture
        True
    """
    names, side = _checked(images, labels, predictions, class_names, side)
    check.count(columns, "columns")
    pixels = _pixels(images, side)
    full = max(max(image) for image in pixels) if white is None else finite(white, "white")
    if white is not None and full <= 0:
        raise ValueError(f"white is {white!r}: expected a number above 0")
    columns = min(columns, len(images))
    n_rows = max(len(image) for image in pixels) // side
    unit = CELL / side  # a pixel of an image; images stand whole pixels apart
    step_x = side + max(1, round(side / 3))
    step_y = n_rows + math.ceil((1.9 if predictions is None else 2.9) * TEXT_ROW / unit)
    left, top = (step_x - side) * unit / 2, 4.0
    corners = [(n % columns * step_x, n // columns * step_y) for n in range(len(images))]
    frames = []
    words = []
    for n in range(len(images)):
        x, y = left + corners[n][0] * unit, top + corners[n][1] * unit
        predicted = labels[n] if predictions is None else predictions[n]
        frames.append(_frame(x, y, len(pixels[n]) / side * unit, predicted != labels[n]))
        below = y + n_rows * unit + TEXT_ROW
        words.append(_words(x + CELL / 2, below, _verdict(names[labels[n]], predictions, predicted == labels[n])))
        if predicted != labels[n]:
            words.append(_words(x + CELL / 2, below + TEXT_ROW, _mistake(names[predicted]), "picture__wrong"))
    moved = f"translate({place(left)} {place(top + unit / 2)}) scale({unit:.6g})"
    ink = f'<g class="picture__ink" transform="{moved}">{_ink(pixels, corners, side, full)}</g>'
    size = (columns * step_x * unit, top + (corners[-1][1] + step_y) * unit)
    if spoken is None:
        spoken = _said_of_images(labels, predictions, names)
    return figure("grid", size, title, spoken, [*frames, ink, _middle(words)], _keys(labels, predictions), zoom=1.3)


def confusion_counts(labels: Sequence[int], predictions: Sequence[int], n_classes: int) -> list[list[int]]:
    """countsₖₗ = how many samples of class k were predicted as class l.

    Args:
        labels: the class of each sample.
        predictions: the predicted class of each.
        n_classes: how many classes there are.

    Returns:
        n_classes rows of n_classes counts; a row is a true class.

    Raises:
        TypeError: a class is not an int.
        ValueError: a class is out of range, or there is not one prediction for each label.

    Examples:
        >>> confusion_counts([0, 0, 1, 1], [0, 1, 1, 1], n_classes=2)
        [[1, 1], [0, 2]]
    """
    check.count(n_classes, "n_classes")
    check.length(predictions, "predictions", len(labels), "one prediction for each label")
    counts = [[0] * n_classes for _ in range(n_classes)]
    for n in range(len(labels)):
        check.index(labels[n], n_classes, f"labels[{n}]")
        check.index(predictions[n], n_classes, f"predictions[{n}]")
        counts[labels[n]][predictions[n]] += 1
    return counts


def confusion_matrix(
    title: str, counts: Sequence[Sequence[int]], class_names: Sequence[str] | None = None, spoken: str | None = None
) -> str:
    """Rows are true classes, columns predicted ones; a cell is shaded by the root of its share of the row.

    Args:
        title: the picture's name.
        counts: from `confusion_counts`.
        class_names: for rows and columns; None for the index.
        spoken: what it shows; None to have it computed.

    Returns:
        A `<figure>`.

    Raises:
        ValueError: counts is empty or not square, one is negative, or there is not one name for each class.

    Examples:
        >>> picture = confusion_matrix("Penguins", [[9, 1], [0, 5]], ["Adelie", "Gentoo"])
        >>> "14 of 15 samples predicted right. Most often confused: Adelie taken for Gentoo, 1." in picture
        True
    """
    check.matrix(counts, "counts", columns=len(counts), because="one for each class, as there are rows")
    n_classes = len(counts)
    for k in range(n_classes):
        for predicted in range(n_classes):
            check.integer(counts[k][predicted], f"counts[{k}][{predicted}]", 0, None)
    if class_names is None:
        class_names = [str(k) for k in range(n_classes)]
    check.length(class_names, "class_names", n_classes, "one name for each class")
    names = [cut(name, 14) for name in class_names]
    longest = LETTER * max(len(name) for name in names)
    widest = LETTER * max(len(number(count)) for row in counts for count in row)
    width = max(30.0, widest + 10, min(longest + 8, 90 if n_classes <= 4 else 0))
    turned = longest + 4 > width  # names of columns that are too long stand upright
    left, top = longest + 30, (longest + 10 if turned else 20) + 20
    right, bottom = left + n_classes * width, top + n_classes * HEIGHT
    middles = [left + (k + 0.5) * width for k in range(n_classes)]
    lines = [top + k * HEIGHT + 19 for k in range(n_classes)]
    parts = [
        *_shaded(counts, left, top, width),
        _cells(left, top, right, bottom, n_classes),
        _middle(_counts(counts, middles, lines)),
        _middle(_heads(names, middles, top, turned)),
        f'<g text-anchor="end">{"".join(_words(left - 7, lines[k], names[k]) for k in range(n_classes))}</g>',
        _middle([_words((left + right) / 2, 13, "predicted", "picture__name")]),
        _turned(12, (top + bottom) / 2, "true", ' class="picture__name" text-anchor="middle"'),
    ]
    if spoken is None:
        spoken = _said_of_counts(counts, [str(name) for name in class_names])
    return figure("grid", (right + 6, bottom + 4), title, spoken, parts, zoom=1.3)


def _checked(
    images: Sequence[Sequence[Any]],
    labels: Sequence[int],
    predictions: Sequence[int] | None,
    class_names: Sequence[str] | None,
    side: int | None,
) -> tuple[list[str], int]:
    """The names of the classes, and how many pixels a row of an image has."""
    check.sequence(images, "images")
    check.length(labels, "labels", len(images), "one label for each image")
    if predictions is not None:
        check.length(predictions, "predictions", len(images), "one prediction for each image")
    if side is None:
        side = max(1, math.isqrt(len(images[0])))
    check.count(side, "side")
    return _names([*labels, *(predictions or [])], class_names), side


def _ink(pixels: Sequence[Sequence[float]], corners: Sequence[tuple[int, int]], side: int, full: float) -> str:
    """All images on one paper, a unit a pixel: one path for each shade."""
    strokes = [""] * (LEVELS + 1)
    for n in range(len(pixels)):
        shades = _shades(pixels[n], side, full)
        for shade in range(1, LEVELS + 1):
            strokes[shade] += runs(shades, shade, *corners[n])
    paths = []
    for shade in range(1, LEVELS + 1):
        if strokes[shade]:
            paths.append(f'<path stroke-opacity="{shade / LEVELS:.3g}" d="{strokes[shade]}"/>')
    return "".join(paths)


def _frame(x: float, y: float, height: float, wrong: bool) -> str:
    kind = "picture__image picture__image--wrong" if wrong else "picture__image"
    return f'<rect class="{kind}" x="{place(x)}" y="{place(y)}" width="{CELL}" height="{place(height)}"/>'


def _verdict(name: str, predictions: Sequence[int] | None, right: bool) -> str:
    return cut(name, 9) + (" ✓" if predictions is not None and right else "")


def _mistake(name: str) -> str:
    return f"✗ read as {name}" if len(name) < 3 else f"✗ {cut(name, 9)}"


def _keys(labels: Sequence[int], predictions: Sequence[int] | None) -> list[str]:
    """What ✓ and ✗ mean, if they are there."""
    keys = []
    if predictions is not None:
        right = [predictions[n] == labels[n] for n in range(len(labels))]
        if any(right):
            keys.append('<span class="picture__key">✓ predicted right</span>')
        if not all(right):
            keys.append('<span class="picture__key">✗ predicted wrong, and as what</span>')
    return keys


def _shades(image: Sequence[float], side: int, full: float) -> list[list[int]]:
    """Rows of shades, from 0 for paper to LEVELS for full ink."""
    rows = []
    for start in range(0, len(image), side):
        row = []
        for pixel in image[start : start + side]:
            share = pixel / full if full > 0 else 0
            row.append(min(LEVELS, math.ceil(share * LEVELS - 0.25)))
        rows.append(row)
    return rows


def _pixels(images: Sequence[Sequence[Any]], side: int) -> list[list[float]]:
    pixels = []
    for n in range(len(images)):
        if len(images[n]) == 0 or len(images[n]) % side:
            raise ValueError(f"images[{n}] has {len(images[n])} pixels: expected whole rows of {side}")
        image = []
        for at in range(len(images[n])):
            pixel = finite(images[n][at], f"images[{n}][{at}]")
            if pixel < 0:
                raise ValueError(f"images[{n}][{at}] is {pixel!r}: expected 0 for paper, and more for ink")
            image.append(pixel)
        pixels.append(image)
    return pixels


def _names(classes: Sequence[int], class_names: Sequence[str] | None) -> list[str]:
    if class_names is None:
        highest = max(label for label in classes if isinstance(label, int)) if classes else 0
        class_names = [str(k) for k in range(highest + 1)]
    for at in range(len(classes)):
        check.index(classes[at], len(class_names), "a label or prediction")
    return [str(name) for name in class_names]


def _cells(left: float, top: float, right: float, bottom: float, n_classes: int) -> str:
    """The lines of the table."""
    width = (right - left) / n_classes
    lines = []
    for k in range(n_classes + 1):
        lines.append(f"M{place(left)} {place(top + k * HEIGHT)}H{place(right)}")
        lines.append(f"M{place(left + k * width)} {place(top)}V{place(bottom)}")
    return f'<path class="picture__cells" d="{"".join(lines)}"/>'


def _counts(counts: Sequence[Sequence[int]], middles: Sequence[float], lines: Sequence[float]) -> list[str]:
    words = []
    for k in range(len(counts)):
        for predicted in range(len(counts)):
            kind = "picture__count" if counts[k][predicted] else ""
            kind = "picture__count picture__count--right" if k == predicted else kind
            words.append(_words(middles[predicted], lines[k], number(counts[k][predicted]), kind))
    return words


def _heads(names: Sequence[str], middles: Sequence[float], top: float, turned: bool) -> list[str]:
    if turned:
        return [_turned(middles[k] + 4, top - 6, names[k], ' text-anchor="start"') for k in range(len(names))]
    return [_words(middles[k], top - 7, names[k]) for k in range(len(names))]


def _turned(x: float, y: float, text: str, attributes: str) -> str:
    """A text that reads upwards."""
    return f'<text transform="translate({place(x)} {place(y)}) rotate(-90)"{attributes}>{escape(text)}</text>'


def _shaded(counts: Sequence[Sequence[int]], left: float, top: float, width: float) -> list[str]:
    """Cells in ten shades by the root of their share of the row: a path for each shade, right and wrong ones apart."""
    boxes: dict[tuple[bool, int], list[str]] = {}
    for k in range(len(counts)):
        for predicted in range(len(counts)):
            if counts[k][predicted]:
                shade = math.ceil(10 * math.sqrt(counts[k][predicted] / sum(counts[k])))
                x, y = left + predicted * width, top + k * HEIGHT
                box = f"M{place(x)} {place(y)}h{place(width)}v{HEIGHT}h-{place(width)}z"
                boxes.setdefault((k == predicted, shade), []).append(box)
    parts = []
    for (right, shade), together in sorted(boxes.items()):
        kind = "picture__share picture__share--right" if right else "picture__share"
        opacity = f"{MOST_SHADE * shade / 10:.3g}"
        parts.append(f'<path class="{kind}" fill-opacity="{opacity}" d="{"".join(together)}"/>')
    return parts


def _words(x: float, y: float, text: str, kind: str = "") -> str:
    given = f' class="{kind}"' if kind else ""
    return f'<text{given} x="{place(x)}" y="{place(y)}">{escape(text)}</text>'


def _middle(words: Sequence[str]) -> str:
    return f'<g text-anchor="middle">{"".join(words)}</g>'


def _said_of_images(labels: Sequence[int], predictions: Sequence[int] | None, names: Sequence[str]) -> str:
    images = counted(len(labels), "image")
    if predictions is None:
        return f"{images}: {listed([names[label] for label in labels], most=40)}."
    wrong = [n for n in range(len(labels)) if predictions[n] != labels[n]]
    said = f"{images}, {len(labels) - len(wrong)} predicted right."
    if wrong:
        each = [f"image {n + 1} is {names[labels[n]]}, predicted {names[predictions[n]]}" for n in wrong]
        said += f" Wrong: {listed(each, most=30)}."
    return said


def _said_of_counts(counts: Sequence[Sequence[int]], names: Sequence[str]) -> str:
    total = sum(sum(row) for row in counts)
    right = sum(counts[k][k] for k in range(len(counts)))
    said = f"{number(right)} of {counted(total, 'sample')} predicted right."
    mistakes = []
    for k in range(len(counts)):
        for predicted in range(len(counts)):
            if k != predicted and counts[k][predicted]:
                mistakes.append((counts[k][predicted], f"{names[k]} taken for {names[predicted]}"))
    if mistakes:
        mistakes.sort(key=lambda mistake: -mistake[0])
        worst = [f"{what}, {number(count)}" for count, what in mistakes]
        said += f" Most often confused: {'; '.join(worst[:3])}."
    each = [f"{names[k]} {number(counts[k][k])} of {number(sum(counts[k]))}" for k in range(len(counts))]
    return f"{said} Right of each class: {listed(each)}."
