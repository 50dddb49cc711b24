"""From an exercise to the text of its file; read again, it is the same exercise."""

from __future__ import annotations

import json
from fractions import Fraction

from scalarnn.exercise.keys import KEYS, LAYER_KEYS, LAYOUTS, OPTIMIZERS, PENALTIES
from scalarnn.exercise.kinds import Decimal
from scalarnn.training import LOSSES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from scalarnn.exercise.description import Exercise
    from scalarnn.exercise.keys import Key

__all__ = ["as_toml"]


def as_toml(exercise: Exercise, comments: Iterable[str] = ()) -> str:
    """The text of a file.

    Args:
        exercise: the exercise.
        comments: lines to stand on top, each behind a #.

    Examples:
        >>> from scalarnn.exercise.description import Exercise
        >>> print(as_toml(Exercise([{"W": [[0.5, "1/3"]], "activation": "leaky_relu"}], x=[1, 2], title="One neuron")))
        title = "One neuron"
        x = [1, 2]
        <BLANKLINE>
        [[layer]]
        W = [[0.5, "1/3"]]
        activation = "leaky relu"
        <BLANKLINE>
    """
    lines = [f"# {comment}" for comment in comments]
    lines += _lines(exercise.given, KEYS, as_given=("loss",) if exercise.like else ())
    for layer in exercise.given["layer"]:
        lines += ["", "[[layer]]", *_lines(layer, LAYER_KEYS)]
    return "\n".join([*lines, ""])


def _lines(given: Mapping[str, Any], keys: tuple[Key, ...], as_given: tuple[str, ...] = ()) -> list[str]:
    there = [key.name for key in keys if given.get(key.name) is not None]
    return [f"{name} = {_text(given[name], is_given=name in as_given)}" for name in there]


def _text(value: Any, *, is_given: bool = False) -> str:
    """A value as TOML has it; a Fraction in quotes. A name of a package stays as it is written there."""
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_text, value))}]"
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, str):
        is_name = not is_given and value in (*LOSSES, *OPTIMIZERS, *PENALTIES, *LAYOUTS, "leaky_relu")
        plain = "".join(letter if letter.isprintable() else " " for letter in value)
        return json.dumps(plain.replace("_", " ") if is_name else plain, ensure_ascii=False)
    if isinstance(value, Fraction):
        return str(value) if value.denominator == 1 else f'"{value}"'
    return repr(value)
