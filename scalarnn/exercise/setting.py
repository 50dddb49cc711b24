"""`--set NAME=VALUE` for an exercise: other numbers, another loss, another rule, without another file."""

from __future__ import annotations

import tomllib

from scalarnn.exercise.keys import KEYS, LAYER_KEYS
from scalarnn.exercise.kinds import TEXT, Choice, Decimal, ExerciseError
from scalarnn.nearest import nearest
from scalarnn.worked.own_numbers import each, read_numbers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from scalarnn.exercise.description import Exercise

__all__ = ["left_out", "with_settings"]


def with_settings(exercise: Exercise, settings: Mapping[str, str]) -> Exercise:
    """The exercise with other values.

    Args:
        exercise: the exercise.
        settings: a text for each name: a key of the file, or a parameter such as W1; W and b where there is one layer.

    Raises:
        ExerciseError: there is no such name, or the value does not fit.

    Examples:
        >>> from scalarnn.exercise.description import Exercise
        >>> exercise = Exercise([{"W": [[1, 2]]}], x=[3, 4])
        >>> with_settings(exercise, {"x": "[1/2, 0]", "W": "[[0.5, 1]]"}).x
        [Fraction(1, 2), 0]
    """
    layers = [dict(layer) for layer in exercise.given["layer"]]
    places = _places(layers)
    changes: dict[str, Any] = {}
    for name, text in settings.items():
        top = next((key for key in KEYS if key.name == name), None)
        if top is not None:
            changes[name] = _value(name, text, is_text=top.kind is TEXT or isinstance(top.kind, Choice))
        elif name in places:
            place, letter = places[name]
            layers[place][letter] = _value(name, text, is_text=letter == "activation")
        else:
            raise ExerciseError(f"there is nothing to set called {name!r}{nearest(name, [key.name for key in KEYS])}")
    return exercise.but(**dict.fromkeys(left_out(exercise, settings)), **changes, layer=layers)


def left_out(exercise: Exercise, settings: Mapping[str, str]) -> list[str]:
    """The keys that belong to the rule which another one replaces: beta of momentum, where gradient descent is set.

    Args:
        exercise: the exercise.
        settings: as for with_settings.

    Examples:
        >>> from scalarnn.exercise.description import Exercise
        >>> given = dict(x=[3, 4], y=[1], loss="squared error", learning_rate=1, optimizer="momentum", beta=0.5)
        >>> left_out(Exercise([{"W": [[1, 2]]}], **given), {"optimizer": "sgd"})
        ['beta']
    """
    if "optimizer" not in settings:
        return []
    rule = exercise.but(**dict.fromkeys(exercise.settings), optimizer=settings["optimizer"].strip(" \"'")).settings
    return [name for name in exercise.settings if name in exercise.given and name not in {*rule, *settings}]


def _places(layers: list[dict[str, Any]]) -> dict[str, tuple[int, str]]:
    """W0, b0, activation0 …, each with its layer; without the number where there is one layer."""
    numbers = [str(place) for place in range(len(layers))] if len(layers) > 1 else [""]
    return {f"{key.name}{number}": (place, key.name) for place, number in enumerate(numbers) for key in LAYER_KEYS}


def _value(name: str, text: str, *, is_text: bool) -> Any:
    """As in the file; or a number without quotes, such as 1/3, and a name without."""
    try:
        value = tomllib.loads(f"value = {text}", parse_float=Decimal)["value"]
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):
        pass
    else:
        if not is_text or isinstance(value, str):
            return value
    if is_text or name == "frozen":
        return text.strip()
    value = read_numbers(name, text)
    return value if "/" in text else each(value, float)
