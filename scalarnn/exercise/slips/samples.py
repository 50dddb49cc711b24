"""A batch worked with an update after each sample instead of one for the mean of all."""

from __future__ import annotations

from scalarnn.exercise.slips.running import FAILURES, Running
from scalarnn.exercise.slips.slip import Slip

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from scalarnn.exercise.description import Exercise

__all__ = ["after_each_sample"]

ORDERS = {
    "an update after each sample": "[::1]",
    "an update after each sample, the last one first": "[::-1]",
}


def after_each_sample(exercise: Exercise, kind: str | None) -> Iterator[tuple[Slip, str, dict[str, Any]]]:
    """The trial, as of `trials`: what is new comes of steps that each see one sample."""
    if not exercise.is_batch or len(exercise.X) < 2 or exercise.learning_rate is None:
        return
    work = Running(exercise.but(steps=max(2, exercise.steps)), kind)
    lines, right = work.text, Running(exercise, kind).values()
    for name, order in ORDERS.items():
        slip = Slip(name, "θ_new = θ − η · ∂Lₙ/∂θ, for each n", "θ_new = θ − η · (1/N) Σₙ ∂Lₙ/∂θ")
        work.text = _one_by_one(lines, exercise, order)
        try:
            found = work.values()
            yield slip, "", right | {name: value for name, value in found.items() if "_new" in name}
        except FAILURES:
            continue


def _one_by_one(lines: list[str], exercise: Exercise, order: str) -> list[str]:
    """The loop over the steps as one over the steps and the samples."""
    y = exercise.target
    written = []
    in_loop = False
    for line in lines:
        if line.startswith("    for step in "):
            turns = f"for turn in range({exercise.steps}) for n in range({len(exercise.X)}){order}"
            written.append(f"    for step, n in enumerate([n {turns}], 1):")
            written.append(f"        X, {y} = [given['X'][n]], [given['{y}'][n]]")
            in_loop = True
        elif in_loop and not line.startswith("        "):
            written += [f"    X, {y} = given['X'], given['{y}']", line]
            in_loop = False
        else:
            written.append(line)
    return written
