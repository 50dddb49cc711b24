"""The written solution of a sheet, line by line: what of it is printed, what is to be filled in, what is left out.

Blanks come in stages: the forward pass, the gradients, the update with the loss after it. What stands before the stage
that is blank is printed, results only; what comes after it is left out, since it would give the blanks away.

How a line is worked must not tell what it comes to: "a = 0, since z = −3 ≤ 0". So a step is shown only if it is the
same on every sheet; otherwise the formula of the whole line stands alone above its blanks.
"""

from __future__ import annotations

from dataclasses import dataclass

from scalarnn.tracing.expressions import Number, Style, number_text
from scalarnn.tracing.letters import entries_of
from scalarnn.tracing.symbols import symbol_of
from scalarnn.worked.by_hand import entries, heading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scalarnn.exercise.working import WorkedExercise
    from scalarnn.tracing.solution import Step
    from scalarnn.worked.by_hand import Entry

__all__ = ["BLANKS", "DIGITS", "STAGES", "Blank", "Line", "blanks_of", "on_the_sheet", "worked_lines"]

STAGES = {"forward": "Forward", "gradients": "Backward", "update": "The update"}
BLANKS = (*STAGES, "all")
DIGITS = 4


@dataclass(frozen=True)
class Blank:
    """One value to be filled in.

    Attributes:
        name: its symbol.
        formula: what it is, in symbols; empty where the formula above it has to do.
        has_numbers: whether numbers are put into the formula before it has a value.
        told: a value that is no question, as that of ∂z/∂b = 1; mostly empty.
    """

    name: str
    formula: str = ""
    has_numbers: bool = False
    told: str = ""


@dataclass
class Line:
    """One line of the solution.

    Attributes:
        stage: one of STAGES.
        formula: what stands above it.
        steps: how it is worked with the numbers of this sheet.
        values: each value of it, by its symbol, as it is written.
        style: how numbers are written.
    """

    stage: str
    formula: str
    steps: list[Step]
    values: dict[str, str]
    style: Style

    def written(self) -> list[str]:
        """Each step as the key has it: name, formula, numbers put in, value, and why it is so."""
        if not self.steps or any(step.symbol is None for step in self.steps):
            return [f"{name} = {value}" for name, value in self.values.items()]
        texts = []
        for step in self.steps:
            name, *others = step.parts(self.style)
            why = step.why(self.style)
            texts.append(f"{name} {step.sign(self.style)} {' = '.join(others)}" + (f", since {why}" if why else ""))
        return texts

    def is_blank(self, blank: str) -> bool:
        """Whether its values are to be filled in, where that is done to `blank`."""
        return blank in (self.stage, "all")

    def figures(self) -> Iterator[str]:
        """Everything that is computed in it, without the sign."""
        for text in [*self.values.values(), *(number_text(step.value, self.style) for step in self.steps)]:
            yield text.removeprefix("−")

    def blanks(self) -> list[Blank]:
        """Its steps to be filled in; none where a step was a choice, or code, and would say too much."""
        found = []
        for step in self.steps:
            if step.reason is not None or step.symbol is None:
                return []
            name, *others = step.parts(self.style)
            if isinstance(step.expression, Number):
                found.append(Blank(name, told=others[-1]))
            else:
                found.append(Blank(name, others[0], has_numbers=len(others) > 2))
        return found if {blank.name for blank in found} >= set(self.values) else []


def worked_lines(worked: WorkedExercise) -> list[Line]:
    """The whole solution.

    Args:
        worked: the exercise with the numbers of the sheet.

    Examples:
        >>> from scalarnn.exercise import WorkedExercise, new_exercise
        >>> lines = worked_lines(WorkedExercise(new_exercise([1, 1], integers=True), kind="fraction"))
        >>> [(line.stage, line.formula) for line in lines][1:3]
        [('forward', 'L = ½ Σᵢ (ŷᵢ − yᵢ)²'), ('gradients', '∂L/∂ŷᵢ = ŷᵢ − yᵢ')]
        >>> lines[1].values
        {'L': '1/2'}
    """
    style, stages = Style(fractions=worked.kind == "fraction", digits=DIGITS), iter(STAGES)
    lines = []
    stage = next(stages)
    for entry in entries(worked, worked.kind):
        is_gradient = entry.names[0].startswith(("dL_", "dLn_", "dP"))
        if is_gradient != (stage == "gradients") and stage != "update":
            stage = next(stages)
        lines.append(Line(stage, heading(entry), entry.steps, _values(entry, style), style))
    return lines


def on_the_sheet(lines: Sequence[Line], blank: str) -> list[Line]:
    """Those up to the end of what is blank."""
    order = list(STAGES)
    last = len(order) if blank == "all" else order.index(blank)
    return [line for line in lines if order.index(line.stage) <= last]


def blanks_of(sheets: Sequence[Sequence[Line]]) -> list[list[Blank]]:
    """What is to be filled in, for each line, the same for all sheets.

    Args:
        sheets: the lines of every sheet. With a single one nothing could differ: give some more that are not printed.
    """
    return [_common([lines[place] for lines in sheets]) for place in range(len(sheets[0]))]


def _values(entry: Entry, style: Style) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in zip(entry.names, entry.values, strict=True):
        symbol = symbol_of(name)
        letters = symbol.index_letters()
        if letters and isinstance(value, list):  # L₀ and L₁ for a list called L_n
            parts = [(symbol.with_values({letters[0]: n}), value[n]) for n in range(len(value))]
        else:
            parts = [(symbol, value)]
        for part, inside in parts:
            found |= {text: number_text(number, style) for text, number in entries_of(part, inside)}
    return found


def _common(lines: Sequence[Line]) -> list[Blank]:
    """The steps, if they are the same on all sheets; else the values alone."""
    ways = [line.blanks() for line in lines]
    if all(way == ways[0] for way in ways) and ways[0]:
        return ways[0]
    return [Blank(name) for name in lines[0].values]
