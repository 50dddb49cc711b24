"""A program run for its lines: the number of each, and the gradient of each."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.unrolled.program import Program

__all__ = ["gradients_of_lines", "values_of_lines"]


def values_of_lines(program: Program, arguments: tuple[Any, ...]) -> dict[str, Any]:
    """Every name of the text to read, with its number: the text is run up to its return."""
    text = program.python()
    head = text[: text.rindex("\n    return ")]
    run = program._compiled(f"{head}\n    return locals()\n", "show")
    numbers: dict[str, Any] = run(*arguments)
    return {name: value for name, value in numbers.items() if not isinstance(value, (list, tuple, dict))}


def gradients_of_lines(program: Program, of: str, arguments: tuple[Any, ...]) -> dict[str, Any]:
    """∂of/∂line for each line, where the program of the derivative has a line for it."""
    numbers = values_of_lines(program.backward(of), arguments)
    start = f"d{of}_d"
    found = {name.removeprefix(start): value for name, value in numbers.items() if name.startswith(start)}
    start = "dL_d"
    return {**{name.removeprefix(start): v for name, v in numbers.items() if name.startswith(start)}, **found, of: 1}
