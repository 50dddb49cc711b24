"""A written solution as rows of LaTeX: what was given, then each line with the steps that it took.

The rows are those of `text`, for a notebook: formula, numbers put in and result stand one under the other where they
would be too long for one row.
"""

from __future__ import annotations

from dataclasses import replace

from scalarnn.notebook.derivation import code, words
from scalarnn.tracing.blocks import TOO_DEEP
from scalarnn.tracing.expressions import number_text
from scalarnn.tracing.letters import symbols_in
from scalarnn.tracing.symbols import symbol_of
from scalarnn.tracing.text import LONGEST_LIST, WIDTH, binds_a_list, says_for_itself, value_as_text
from scalarnn.tracing.values import is_array, is_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from scalarnn.tracing.blocks import Block, Step
    from scalarnn.tracing.expressions import Style

__all__ = ["as_latex", "value_as_latex"]

STEP = r"\quad "


def as_latex(blocks: Sequence[Block], given: Mapping[str, Any], style: Style) -> Iterator[str]:
    """The solution, row by row.

    Args:
        blocks: of the solution.
        given: what the run started from.
        style: how numbers are shown; one for LaTeX.
    """
    symbols = symbols_in(blocks[0].line.call.function) if blocks else {}
    for name, value in given.items():
        symbol = symbols.get(name) or symbol_of(name)
        yield f"{symbol.latex()} = {value_as_latex(value, style)}"
    for block in blocks:
        yield from _block_as_latex(block, style)


def value_as_latex(value: Any, style: Style) -> str:
    """A number, a vector, a matrix; anything else as code.

    Examples:
        >>> from scalarnn.tracing.expressions import Style
        >>> style = Style(latex=True)
        >>> print(value_as_latex([1, -2.5], style), value_as_latex("relu", style))
        (1,\\; -2.5) \\mathtt{\\text{'}relu\\text{'}}
        >>> print(value_as_latex([[1, 2], [3, 4]], style))
        \\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}
    """
    if is_array(value):
        value = value.tolist()
    if is_number(value):
        return number_text(value, style)
    if isinstance(value, (list, tuple)) and 0 < len(value) <= LONGEST_LIST:
        if all(map(is_number, value)):
            return "(" + r",\; ".join(number_text(entry, style) for entry in value) + ")"
        if _is_matrix(value):
            rows = [" & ".join(number_text(entry, style) for entry in row) for row in value]
            return r"\begin{pmatrix} " + r" \\ ".join(rows) + r" \end{pmatrix}"
    return code(value_as_text(value, style_of_text(style)))


def style_of_text(style: Style) -> Style:
    """The same style for text."""
    return replace(style, latex=False)


def _is_matrix(value: Sequence[Any]) -> bool:
    first = value[0]
    if not isinstance(first, (list, tuple)) or not 0 < len(first) <= LONGEST_LIST:
        return False
    return all(isinstance(row, (list, tuple)) and len(row) == len(first) and all(map(is_number, row)) for row in value)


def _block_as_latex(block: Block, style: Style) -> Iterator[str]:
    line = block.line
    if block.rounds_left_out:
        yield words(f"… {block.rounds_left_out} more rounds of this loop, then the last:")
    elif block.steps:
        yield code(line.source)
        for step in block.steps:
            yield from _step_as_latex(step, style)
        if block.too_deep:
            yield f"{STEP}{words(f'… {TOO_DEEP}')}"
    elif binds_a_list(line):
        yield code(line.source)
        if not says_for_itself(line.statement):
            symbols = symbols_in(line.call.function)
            for name, value in line.bound.items():
                yield f"{STEP}{(symbols.get(name) or symbol_of(name)).latex()} = {value_as_latex(value, style)}"


def _step_as_latex(step: Step, style: Style) -> Iterator[str]:
    """`z = s + b = 5 + 1 = 6` in one row, or three that begin at the sign."""
    name, *others = step.parts(style)
    why = rf" \qquad {words('since')}\; {step.why(style)}" if step.reason else ""
    if step.symbol is None:
        values = rf"\; = {value_as_latex(step.value, style)}" if others else ""
        yield f"{STEP}{code(name)}{values}{why}"
        return
    first, *rest = others
    if len(" = ".join(step.parts(style_of_text(style)))) <= WIDTH or not rest:
        yield f"{STEP}{name} {step.sign(style)} {' = '.join(others)}{why}"
        return
    yield f"{STEP}{name} {step.sign(style)} {first}"
    for part in rest[:-1]:
        yield rf"{STEP}\phantom{{{name}}} = {part}"
    yield rf"{STEP}\phantom{{{name}}} = {rest[-1]}{why}"
