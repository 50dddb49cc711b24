"""The parts of a report about a number and not a class: how near it came, in pictures, and where it was far off."""

from __future__ import annotations

from scalarnn import svg
from scalarnn.commands import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.commands.learning import Run

__all__ = ["farthest", "fit_rows", "headline", "pictures"]

SIZE = (420, 300)


def headline(figures: Any, n: int, what: str) -> str:
    """What came out, in a line."""
    if figures.r_squared is None:
        return f"root mean squared error {figures.error:.4g} over {n} {what}"
    return f"R² {words.share_told(figures.r_squared)} over {n} {what}"


def fit_rows(done: Run) -> list[list[str]]:
    """A row for each part of the samples: loss, R², root mean squared error."""
    rows = []
    for name, samples, figures in (
        ("learned from", done.learned, done.figures[0]),
        ("held out", done.held_out, done.figures[1]),
    ):
        if figures is not None:
            r2 = words.share_told(figures.r_squared)
            rows.append([name, f"{figures.loss:.4g}", r2, f"{figures.error:.6g}", str(len(samples[1]))])
    return rows


def pictures(name: str, labels: Any, predicted: Any, what: str) -> list[tuple[str, dict[str, Any]]]:
    """What is true against what was told, and the residuals: titles, and what `svg.plot` takes.

    Args:
        name: of the number.
        labels: what is true.
        predicted: what was told.
        what: which samples these are.
    """
    pairs = [(float(predicted[n]), float(labels[n])) for n in range(len(labels))]
    residuals = [(told, true - told) for told, true in pairs]
    low = min(min(pair) for pair in pairs)
    high = max(max(pair) for pair in pairs)
    ends = (low, high) if high > low else (low - 1, high + 1)
    told = [pair[0] for pair in pairs]
    along = (min(told), max(told)) if max(told) > min(told) else (told[0] - 1, told[0] + 1)
    largest = max(abs(residual) for _, residual in residuals) or 1.0
    mean = sum(abs(residual) for _, residual in residuals) / len(residuals)
    first = {
        "spoken": f"{len(pairs)} {what}, told against true, and the diagonal on which both are equal.",
        "curves": [svg.line("as it is", [(ends[0], ends[0]), (ends[1], ends[1])], "plain")],
        "x_name": "told",
        "y_name": name,
        "marks": pairs,
        "size": SIZE,
    }
    second = {
        "spoken": (
            f"True minus told of {len(pairs)} {what}, by what was told: from {min(r for _, r in residuals):.4g} to "
            f"{max(r for _, r in residuals):.4g}, {mean:.4g} away from 0 on average."
        ),
        "curves": [svg.line("no error", [(along[0], 0.0), (along[1], 0.0)], "plain")],
        "y": (-1.05 * largest, 1.05 * largest),
        "x_name": "told",
        "y_name": "true − told",
        "marks": residuals,
        "size": SIZE,
    }
    return [(f"Told and true, {what}", first), (f"Residuals, {what}", second)]


def farthest(labels: Any, predicted: Any) -> list[int]:
    """The positions of the samples, the largest error first."""
    errors = [abs(labels[n] - predicted[n]) for n in range(len(labels))]
    return sorted(range(len(labels)), key=lambda n: (-errors[n], n))
