"""A program run for its lines: the number of each, and the gradient of each."""

from __future__ import annotations

from scalarnn.unrolled.values import Value, plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


__all__ = ["gradients_of_lines", "values_of_lines"]


def values_of_lines(program: Any, arguments: tuple[Any, ...]) -> dict[str, Any]:
    """Every name of the text to read, with its number: the text is run up to its return."""
    text = program.python()
    head = text[: text.rindex("\n    return ")]
    run = program._compiled(f"{head}\n    return locals()\n", "show")
    numbers: dict[str, Any] = run(*arguments)
    return {name: value for name, value in numbers.items() if not isinstance(value, (list, tuple, dict))}


def gradients_of_lines(program: Any, of: str, arguments: tuple[Any, ...]) -> dict[str, Any]:
    """∂of/∂line for each line, where the program of the derivative has a line for it."""
    names = dict(program.names)
    backward = program.backward(of)
    numbers = values_of_lines(backward, arguments)
    found = {}
    for value, gradient in backward.gradients.items():
        name = names.get(value)
        if name is None:
            continue
        gradient = plain(gradient) if type(gradient) is Value else gradient
        if type(gradient) is not Value:
            found[name] = gradient
        elif backward.names.get(gradient) in numbers:
            found[name] = numbers[backward.names[gradient]]
    return found
