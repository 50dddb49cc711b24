"""An example written out by hand: given, then every line of the work with the steps that it takes.

The steps come from a recorded run; nothing of them is written anywhere else. As text for a terminal, as LaTeX for a
page, or as data.
"""

from __future__ import annotations

from dataclasses import dataclass

from scalarnn.digits import readable, shown
from scalarnn.tracing.expressions import Named, Number, Style
from scalarnn.tracing.solution import solution
from scalarnn.tracing.symbols import symbol_of
from scalarnn.worked.homework import recorded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from scalarnn.tracing.solution import Block, Step
    from scalarnn.worked.example import Example

__all__ = ["Entry", "as_data", "as_text", "entries", "heading", "rounded"]

WIDTH = 100
LONGEST_BLOCK = 40
LONGEST_COPY = 3


@dataclass(frozen=True)
class Entry:
    """One line of the work.

    Attributes:
        names: what it binds.
        formula: the formula beside it.
        values: what it binds, each value.
        steps: how that comes about.
        rounds_left_out: instead of all that: how many rounds of a loop are left out here.
    """

    names: list[str]
    formula: str
    values: list[Any]
    steps: list[Step]
    rounds_left_out: int = 0


def entries(example: Example, kind: str | None = None) -> list[Entry]:
    """The work of an example, line by line.

    Args:
        example: the example, with its own or with other given numbers.
        kind: "fraction" if everything has to come out exact.

    Raises:
        HomeworkError: it cannot be worked with these numbers, or the run is too long to be read.

    Examples:
        >>> from scalarnn.worked import load
        >>> entry = entries(load("002-neuron"))[0]
        >>> entry.names, entry.formula, entry.values
        (['z'], 'z = Σᵢ wᵢ xᵢ + b', [6])
    """
    formulas = example.formulas()
    written = []
    for block in solution(recorded(example, kind)):
        if block.rounds_left_out:
            written.append(Entry([], "", [], [], block.rounds_left_out))
        elif block.line.number in formulas:
            written.append(_entry(block, formulas[block.line.number]))
    return written


def as_text(example: Example, kind: str | None = None, digits: int | None = None) -> Iterator[str]:
    """The example as lines of text.

    Args:
        example: as for entries.
        kind: as for entries.
        digits: how many digits of a float to show; what is computed stays.

    Raises:
        HomeworkError: as for entries.

    Examples:
        >>> from scalarnn.worked import load
        >>> lines = list(as_text(load("002-neuron")))
        >>> lines[lines.index("z = Σᵢ wᵢ xᵢ + b") + 1].strip()
        'z = w₀x₀ + w₁x₁ + w₂x₂ + b = (−3)(1) + (−1)(−2) + (2)(3) + 1 = 6'
    """
    style = Style(fractions=kind == "fraction", digits=digits)
    written = entries(example, kind)
    yield "Given"
    comments = example.given_comments()
    width = max(len(name) for name, _ in comments)
    for name, comment in comments:
        first, *others = shown(example.given[name], style.fractions)
        yield f"  {name:<{width}} = {first}" + (f"   {comment}" if comment else "")
        for line in others:
            yield " " * (width + 5) + line
    yield ""
    yield "Worked"
    was_short = False
    for entry in written:
        if entry.rounds_left_out:
            lines = [f"… {entry.rounds_left_out} more rounds of the loop, then the last:"]
        else:
            lines = list(_entry_as_text(entry, style))
        is_short = len(lines) == 1
        if not (is_short and was_short):  # short ones stand together
            yield ""
        yield from lines
        was_short = is_short


def as_data(example: Example, kind: str | None = None) -> list[dict[str, Any]]:
    """The example as plain data: one object for each line of the work, with its steps as text and as LaTeX.

    Raises:
        HomeworkError: as for entries.

    Examples:
        >>> from scalarnn.worked import load
        >>> step = as_data(load("002-neuron"))[0]["steps"][0]
        >>> step["name"], step["numbers"], step["value"], step["latex"]["formula"]
        ('z', '(−3)(1) + (−1)(−2) + (2)(3) + 1', '6', 'w_{0} x_{0} + w_{1} x_{1} + w_{2} x_{2} + b')
    """
    fractions = kind == "fraction"
    objects: list[dict[str, Any]] = []
    for entry in entries(example, kind):
        if entry.rounds_left_out:
            objects.append({"rounds_left_out": entry.rounds_left_out})
            continue
        values = {name: _plain(value, fractions) for name, value in zip(entry.names, entry.values, strict=True)}
        steps = [_step_as_data(step, fractions) for step in entry.steps]
        objects.append({"formula": entry.formula, "values": values, "steps": steps})
    return objects


def _entry(block: Block, formula: str) -> Entry:
    names = list(block.line.bound)
    return Entry(names, formula, [block.line.bound[name] for name in names], block.steps)


def _entry_as_text(entry: Entry, style: Style) -> Iterator[str]:
    """The formula, then the steps; all on one line where there is nothing to work out."""
    count = len(entry.steps)
    if count == 0 or (count == 1 and entry.steps[0].expression is None):
        yield from _values_as_text(entry, style, "")
    elif count == 1 and isinstance(entry.steps[0].expression, Number):
        yield from _constant_as_text(entry, style)
    elif count == 1 and _says_it_all(entry, style):
        yield from _step_as_text(entry.steps[0], style, "")
    elif count > LONGEST_COPY and all(_is_copy(step) for step in entry.steps):
        yield heading(entry)
        yield from _values_as_text(entry, style, "    ")
    else:
        yield from _steps_as_text(entry, style)


def _steps_as_text(entry: Entry, style: Style) -> Iterator[str]:
    count = len(entry.steps)
    yield heading(entry)
    for position, step in enumerate(entry.steps):
        if count > LONGEST_BLOCK and LONGEST_BLOCK - 4 <= position < count - 3:
            if position == LONGEST_BLOCK - 4:
                yield f"    … {count - LONGEST_BLOCK + 1} more steps like these"
            continue
        yield from _step_as_text(step, style, "    ")
    if count > LONGEST_BLOCK or _steps_end_elsewhere(entry):
        yield from _values_as_text(entry, style, "    ")


def _constant_as_text(entry: Entry, style: Style) -> Iterator[str]:
    """`∂z/∂b = 1`; the formula beside the line says better what it is than a name such as dz_dproduct."""
    step = entry.steps[0]
    what, comma, remark = entry.formula.partition(", ")
    if step.reason is not None or " = " in entry.formula:
        yield from _step_as_text(step, style, "")
    elif "∂" in what or len(what) == 1:
        yield f"{what} = {step.parts(style)[-1]}{comma}{remark}"
    elif symbol_of(entry.names[0]).mark and symbol_of(entry.names[0]).number:  # w0_power is no symbol
        yield f"{entry.formula}: {step.parts(style)[-1]}"
    else:
        yield from _values_as_text(entry, style, "")


def _is_copy(step: Step) -> bool:
    """Whether a step only moves a number, as a transposition does."""
    return isinstance(step.expression, Named) and step.reason is None and not step.is_update


def _says_it_all(entry: Entry, style: Style) -> bool:
    """Whether the only step repeats the formula."""
    step = entry.steps[0]
    return f" {step.sign(style)} ".join(step.parts(style)[:2]) == heading(entry)


def heading(entry: Entry) -> str:
    """The formula beside the line, with the names that it gives where it does not say so itself."""
    parts = entry.formula.split("; ")
    if len(parts) != len(entry.names):
        return entry.formula
    updated = {step.symbol.bare().unicode() for step in entry.steps if step.symbol is not None and step.is_update}
    named_parts = []
    for name, part in zip(entry.names, parts, strict=True):
        symbol = symbol_of(name).unicode()
        sign = "←" if symbol in updated else "="
        says_so = " = " in part or part == symbol or part.startswith(symbol + ",")
        named_parts.append(part if says_so else f"{symbol} {sign} {part}")
    if any(symbol_of(name).unicode() in parts[0] for name in entry.names[1:]):  # θ is made of v_new: v_new comes first
        named_parts.append(named_parts.pop(0))
    return ";  ".join(named_parts)


def _steps_end_elsewhere(entry: Entry) -> bool:
    """Whether the steps do not lead to the names of the line, so that their values are still to be given."""
    reached = {step.symbol.bare().unicode() for step in entry.steps if step.symbol is not None}
    return not any(symbol_of(name).bare().unicode() in reached for name in entry.names)


def _values_as_text(entry: Entry, style: Style, margin: str) -> Iterator[str]:
    """`name = value`, and the formula beside it where there was no room for it above."""
    for name, value in zip(entry.names, entry.values, strict=True):
        if name.startswith("shape_") and isinstance(value, list):
            whose = symbol_of(name.removeprefix("shape_")).unicode()
            yield f"{margin}{whose} is {' × '.join(map(str, value))}: {entry.formula}"
            continue
        first, *others = shown(rounded(value, style.digits), style.fractions)
        left = symbol_of(name).unicode()
        beside = f"   {entry.formula}" if not margin and len(entry.names) == 1 else ""
        yield f"{margin}{left} = {first}{beside}"
        for line in others:
            yield margin + " " * (len(left) + 3) + line


def rounded(value: Any, digits: int | None) -> Any:
    """Floats with so many digits that count.

    Examples:
        >>> rounded([0.123456, 2, [1e-9]], 3)
        [0.123, 2, [1e-09]]
    """
    if isinstance(value, (list, tuple)):
        return [rounded(entry, digits) for entry in value]
    return float(f"{value:.{digits}g}") if digits is not None and isinstance(value, float) else value


def _step_as_text(step: Step, style: Style, margin: str) -> Iterator[str]:
    name, *others = step.parts(style)
    if not others:  # code that is no equation
        yield margin + name
        return
    why = step.why(style)
    first = f"{margin}{name} {step.sign(style)} {others[0]}"
    whole = " = ".join([first, *others[1:]])
    if len(whole) + len(why) <= WIDTH:
        yield whole + (f", since {why}" if why else "")
        return
    space = margin + " " * len(name)
    lines = [whole] if len(whole) <= WIDTH else [first, *(f"{space} = {part}" for part in others[1:])]
    if why and len(lines[-1]) + len(why) <= WIDTH:
        yield from [*lines[:-1], f"{lines[-1]}, since {why}"]
    else:
        yield from [*lines, f"{space} since {why}"] if why else lines


def _step_as_data(step: Step, fractions: bool) -> dict[str, Any]:
    text, latex = Style(fractions=fractions), Style(latex=True, fractions=fractions)
    source = {"file": step.line.file.rpartition("scalarnn")[2].lstrip("/\\"), "line": step.line.number}
    data: dict[str, Any] = {"code": step.line.source, **source}
    if step.symbol is not None:
        data |= _named_parts(step.parts(text)) | {"sign": step.sign(text), "reason": step.why(text)}
        data["latex"] = _named_parts(step.parts(latex)) | {"sign": step.sign(latex), "reason": step.why(latex)}
    else:
        data["value"] = _plain(step.value, fractions)
    return data


def _named_parts(parts: list[str]) -> dict[str, str]:
    """Name, formula, numbers and value of a step; formula and numbers are empty where there is none."""
    name, *middle, value = parts
    return {
        "name": name,
        "formula": middle[0] if middle else "",
        "numbers": middle[1] if len(middle) > 1 else "",
        "value": value,
    }


def _plain(value: Any, fractions: bool) -> Any:
    """A value as JSON has it: lists of texts, so that no digit is lost."""
    if isinstance(value, (list, tuple)):
        return [_plain(entry, fractions) for entry in value]
    return readable(value, fractions)
