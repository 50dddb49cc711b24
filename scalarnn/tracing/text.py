"""A written solution as lines of text: what was given, then each line with the steps that it took."""

from __future__ import annotations

import ast

from scalarnn.tracing.blocks import TOO_DEEP
from scalarnn.tracing.expressions import Style, number_text
from scalarnn.tracing.values import is_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from scalarnn.tracing.blocks import Block, Step
    from scalarnn.tracing.record import Line

__all__ = ["as_text", "binds_a_list", "says_for_itself", "value_as_text"]

LONGEST_LIST = 12
WIDTH = 100


def as_text(blocks: Sequence[Block], given: Mapping[str, Any], style: Style) -> Iterator[str]:
    """The solution, line by line.

    Args:
        blocks: of the solution.
        given: what the run started from.
        style: how numbers are shown.
    """
    if given:
        yield "Given"
        for name, value in given.items():
            yield f"  {name} = {value_as_text(value, style)}"
        yield ""
    for block in blocks:
        yield from _block_as_text(block, style)


def value_as_text(value: Any, style: Style) -> str:
    """A number, a list, a dict, or what kind of thing it is, on one line.

    Examples:
        >>> value_as_text([1, [-2.5, None]], Style()), value_as_text({"b": 0.5}, Style()), value_as_text(len, Style())
        ('[1, [−2.5, None]]', '{b: 0.5}', 'a builtin_function_or_method')
    """
    if isinstance(value, (list, tuple)):
        texts = [value_as_text(entry, style) for entry in value[:LONGEST_LIST]]
        rest = [f"… {len(value)} in all"] if len(value) > LONGEST_LIST else []
        return f"[{', '.join([*texts, *rest])}]"
    if hasattr(type(value), "__array__") and hasattr(value, "tolist"):
        return value_as_text(value.tolist(), style)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {value_as_text(entry, style)}" for key, entry in value.items()) + "}"
    if is_number(value):
        return number_text(value, style)
    return repr(value) if isinstance(value, (str, bool, type(None))) else f"a {type(value).__name__}"


def _block_as_text(block: Block, style: Style) -> Iterator[str]:
    line = block.line
    if block.rounds_left_out:
        yield f"… {block.rounds_left_out} more rounds of this loop, then the last:"
        return
    if block.steps:
        yield line.source
        for step in block.steps:
            yield from _step_as_text(step, style)
        if block.too_deep:
            yield f"    … {TOO_DEEP}"
    elif binds_a_list(line):
        yield line.source
        values = [f"{name} = {value_as_text(value, style)}" for name, value in line.bound.items()]
        if not says_for_itself(line.statement):
            yield f"    {', '.join(values)}"


def binds_a_list(line: Line) -> bool:
    """Whether a line without steps has something to be shown: a list that it gives a name, or changes."""
    if isinstance(line.statement, ast.Expr):
        return any(isinstance(value, (list, dict)) for value in line.bound.values())
    return isinstance(line.statement, (ast.Assign, ast.AnnAssign)) and not any(map(is_number, line.bound.values()))


def says_for_itself(statement: ast.stmt) -> bool:
    """Whether a line says for itself what it binds, as `x = [1, 2]`."""
    value = statement.value if isinstance(statement, (ast.Assign, ast.AnnAssign)) else None
    try:
        ast.literal_eval(value if value is not None else "")
    except (ValueError, SyntaxError, TypeError):
        return False
    return True


def _step_as_text(step: Step, style: Style) -> Iterator[str]:
    """`z = s + b = 5 + 1 = 6`, broken before a sign where it is too long."""
    name, *others = step.parts(style)
    if step.symbol is None:
        others = [value_as_text(step.value, style)] if others else []
    why = f"   (since {step.why(style)})" if step.reason else ""
    text = " = ".join([f"{name} {step.sign(style)} {others[0]}", *others[1:]]) if others else name
    if len(text) + 4 <= WIDTH or len(others) < 2:
        yield f"    {text}{why}"
        return
    lead = f"{name} {step.sign(style)} "
    yield f"    {lead}{others[0]}"
    for part in others[1:-1]:
        yield f"    {' ' * (len(lead) - 2)}= {part}"
    yield f"    {' ' * (len(lead) - 2)}= {others[-1]}{why}"
