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

CELL, GAP = 60, 14
LEVELS = 8  # shades of ink, beside none
TEXT_ROW = 14


def image_grid(
    title: str,
    images: Sequence[Sequence[Any]],
    labels: Sequence[int],
    predictions: Sequence[int] | None = None,
    class_names: Sequence[str] | None = None,
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
        A `<figure>`; about half a kilobyte an image of 8 × 8, one of 28 × 28.

    Raises:
        TypeError: a label is not an int.
        ValueError: there is no image, its pixels do not fill whole rows, a pixel is below 0 or not finite, or there
            is not one label, or prediction, for each.

    Examples:
        >>> picture = image_grid("Two strokes", [[0, 1, 0, 1], [1, 1, 0, 0]], labels=[1, 7], predictions=[1, 2])
        >>> "2 images, 1 predicted right. Wrong: image 2 is 7, predicted 2." in picture
        True
    """
    check.sequence(images, "images")
    check.count(columns, "columns")
    check.length(labels, "labels", len(images), "one label for each image")
    if predictions is not None:
        check.length(predictions, "predictions", len(images), "one prediction for each image")
    names = _names([*labels, *(predictions or [])], class_names)
    side = side or math.isqrt(len(images[0]))
    check.count(side, "side")
    pixels = _pixels(images, side)
    top = max(max(image) for image in pixels) if white is None else white
    height = max(len(image) for image in pixels) // side * CELL // side
    columns = min(columns, len(images))
    step_down = height + TEXT_ROW * (1 if predictions is None else 2) + GAP
    parts = []
    for n in range(len(images)):
        left, down = GAP / 2 + n % columns * (CELL + GAP), 4 + n // columns * step_down
        wrong = predictions is not None and predictions[n] != labels[n]
        parts.append(_image(pixels[n], side, top, left, down, wrong))
        middle = left + CELL / 2
        is_class = names[labels[n]]
        if predictions is None:
            parts.append(_words(middle, down + height + TEXT_ROW, cut(is_class, 11)))
            continue
        parts.append(_words(middle, down + height + TEXT_ROW, f"{cut(is_class, 8)}{' ✗' if wrong else ' ✓'}", wrong))
        if wrong:
            says = f"not {cut(names[predictions[n]], 8)}"
            parts.append(_words(middle, down + height + 2 * TEXT_ROW, says, wrong))
    rows = (len(images) + columns - 1) // columns
    size = (columns * (CELL + GAP), 4 + rows * step_down)
    if spoken is None:
        spoken = _said_of_images(labels, predictions, names)
    return figure("grid", size, title, spoken, parts)


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
    """Rows are true classes, columns predicted ones; a cell is shaded by its share of the row.

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
    longest = max(len(name) for name in names)
    widest = max(len(number(count)) for row in counts for count in row)
    cell = max(30.0, widest * 7 + 10.0, min(longest * LETTER + 8, 90 if n_classes <= 4 else 0))
    turned = longest * LETTER + 4 > cell
    left = longest * LETTER + 30
    top = (longest * LETTER + 10 if turned else 20) + 20
    parts = [
        _words(left + n_classes * cell / 2, 13, "predicted", kind="picture__name"),
        f'<text class="picture__name" transform="translate(12 {place(top + n_classes * 15)}) rotate(-90)" '
        f'text-anchor="middle">true</text>',
    ]
    for k in range(n_classes):
        middle = left + (k + 0.5) * cell
        if turned:
            at = f"translate({place(middle + 4)} {place(top - 6)}) rotate(-90)"
            parts.append(f'<text transform="{at}">{escape(names[k])}</text>')
        else:
            parts.append(_words(middle, top - 7, names[k]))
        down = top + k * 30
        parts.append(f'<text x="{place(left - 7)}" y="{place(down + 19)}" text-anchor="end">{escape(names[k])}</text>')
        for predicted in range(n_classes):
            parts.append(_cell(left + predicted * cell, down, cell, counts[k], k, predicted))
    size = (left + n_classes * cell + 6, top + n_classes * 30 + 4)
    if spoken is None:
        spoken = _said_of_counts(counts, [str(name) for name in class_names])
    return figure("grid", size, title, spoken, parts)


def _image(image: Sequence[float], side: int, top: float, left: float, down: float, wrong: bool) -> str:
    """One image on a paper of its own, a unit a pixel; one path for each shade."""
    shades = []
    for row in range(len(image) // side):
        shades.append([_shade(image[row * side + column], top) for column in range(side)])
    paths = []
    for shade in range(1, LEVELS + 1):
        strokes = runs(shades, shade)
        if strokes:
            paths.append(f'<path stroke-opacity="{place(shade / LEVELS * 100)}%" d="{strokes}"/>')
    height = CELL * len(shades) / side
    box = f'x="{place(left)}" y="{place(down)}" width="{CELL}" height="{place(height)}"'
    frame = "picture__image picture__image--wrong" if wrong else "picture__image"
    return (
        f'<svg class="picture__ink" {box} viewBox="0 0 {side} {len(shades)}"><g>{"".join(paths)}</g></svg>'
        f'<rect class="{frame}" {box}/>'
    )


def _shade(pixel: float, top: float) -> int:
    return 0 if top <= 0 else min(LEVELS, math.ceil(pixel / top * LEVELS - 0.25))


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


def _cell(left: float, top: float, width: float, row: Sequence[int], k: int, predicted: int) -> str:
    count = row[predicted]
    right = k == predicted
    box = f'x="{place(left)}" y="{place(top)}" width="{place(width)}" height="30"'
    parts = []
    if count:
        kind = "picture__share picture__share--right" if right else "picture__share"
        # at most 45 %, so that ink can be read on it, in light and in dark
        parts.append(f'<rect class="{kind}" {box} fill-opacity="{0.06 + 0.39 * count / sum(row):.2f}"/>')
    parts.append(f'<rect class="picture__cell" {box}/>')
    kind = "picture__count--none" if not count else "picture__count--right" if right else ""
    parts.append(_words(left + width / 2, top + 19, number(count), kind=f"picture__count {kind}".strip()))
    return "".join(parts)


def _words(x: float, y: float, text: str, wrong: bool = False, kind: str = "") -> str:
    kind = "picture__verdict--wrong" if wrong else kind
    given = f' class="{kind}"' if kind else ""
    return f'<text{given} x="{place(x)}" y="{place(y)}" text-anchor="middle">{escape(text)}</text>'


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
