"""Why arguments do not fit a program, in words."""

from __future__ import annotations

from scalarnn.unrolled.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn

    from scalarnn.unrolled.made import Made

__all__ = ["refuse"]


def refuse(program: Made, arguments: tuple[Any, ...]) -> NoReturn:
    """Say what does not fit.

    Raises:
        TypeError: a number stands where a list belongs, or the other way round.
        ValueError: a list has another length, or a setting another value.
    """
    for name, template, argument in zip(program.parameters, program.templates, arguments, strict=False):
        _look(name, template, argument)
    raise TypeError(f"the arguments of {program.name} are not nested as those that it was unrolled for")


def _look(name: str, template: Any, thing: Any) -> None:
    if isinstance(template, dict):
        for key, entry in template.items():
            if not isinstance(thing, dict) or key not in thing:
                raise ValueError(f"{name} has no {key!r}: the program was unrolled for one")
            _look(f"{name}[{key!r}]", entry, thing[key])
    elif isinstance(template, (list, tuple)):
        if not hasattr(type(thing), "__len__") or isinstance(thing, str):
            raise TypeError(f"{name} is {thing!r}: expected a list of length {len(template)}")
        if len(thing) != len(template):
            raise ValueError(f"{name} has length {len(thing)}: expected {len(template)}, as it was unrolled for")
        for i in range(len(template)):
            _look(f"{name}[{i}]", template[i], thing[i])
    elif type(template) is Value:
        if hasattr(type(thing), "__len__"):
            raise TypeError(f"{name} is {thing!r}: expected a number")
    elif isinstance(template, (int, float)) and thing != template:
        raise ValueError(f"{name} is {thing!r}: expected {template!r}, a setting that the program was unrolled for")
