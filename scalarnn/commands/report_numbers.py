"""The parts of a report about a number and not a class: how near it came, in pictures, and where it was far off."""

from __future__ import annotations

from scalarnn import svg
from scalarnn.commands import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.commands.learning import Run

__all__ = ["farthest", "fit_rows", "headline", "residuals", "told_and_true"]

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


def told_and_true(title: str, name: str, labels: Any, predicted: Any, what: str) -> str:
    """What is true against what was told, and the diagonal on which both are equal."""
    pairs = [(float(predicted[n]), float(labels[n])) for n in range(len(labels))]
    low, high = _ends([number for pair in pairs for number in pair])
    return svg.plot(
        title,
        f"{len(pairs)} {what}, true against told, and the diagonal on which both are equal.",
        [svg.line("no error", [(low, low), (high, high)], "plain")],
        x_name="told",
        y_name=name,
        marks=pairs,
        size=SIZE,
    )


def residuals(title: str, labels: Any, predicted: Any, what: str) -> str:
    """What is left of each number, true − told, by what was told."""
    pairs = [(float(predicted[n]), float(labels[n] - predicted[n])) for n in range(len(labels))]
    left = [pair[1] for pair in pairs]
    low, high = _ends([pair[0] for pair in pairs])
    largest = max(abs(residual) for residual in left) or 1.0
    mean = sum(abs(residual) for residual in left) / len(left)
    return svg.plot(
        title,
        f"True minus told of {len(pairs)} {what}, by what was told: from {min(left):.4g} to {max(left):.4g}, "
        f"{mean:.4g} away from 0 on average.",
        [svg.line("no error", [(low, 0.0), (high, 0.0)], "plain")],
        y=(-1.05 * largest, 1.05 * largest),
        x_name="told",
        y_name="true − told",
        marks=pairs,
        size=SIZE,
    )


def _ends(numbers: list[float]) -> tuple[float, float]:
    """From where to where numbers go, some way at least."""
    low, high = min(numbers), max(numbers)
    return (low, high) if high > low else (low - 1, high + 1)


def farthest(labels: Any, predicted: Any) -> list[int]:
    """The positions of the samples, the largest error first."""
    errors = [abs(labels[n] - predicted[n]) for n in range(len(labels))]
    return sorted(range(len(labels)), key=lambda n: (-errors[n], n))
