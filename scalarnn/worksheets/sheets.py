"""The pages that are handed out, and the pages that are not."""

from __future__ import annotations

from itertools import groupby

from scalarnn import svg
from scalarnn.digits import shown
from scalarnn.exercise.networks import to_network
from scalarnn.svg.text import escape
from scalarnn.tracing.expressions import number_text
from scalarnn.tracing.symbols import symbol_of
from scalarnn.worksheets.lines import STAGES, on_the_sheet, worked_lines
from scalarnn.worksheets.variants import numbers_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scalarnn.exercise.working import WorkedExercise
    from scalarnn.worksheets.lines import Blank, Line

__all__ = ["Paper", "answers", "index", "sheet"]

INDICES = "₀₁₂₃₄₅₆₇₈₉,"
LONGEST = 18  # characters of a sum that is worked out beside another one
MOST_TOGETHER = 4  # steps that stay on one page
OF_PARAMETERS = ("∂L/∂W", "∂L/∂b")
MOST_TOLD = 12  # gradients in a row of the table
TOLD = ",  "
BLANK = '<span class="blank"><span class="unseen">to be filled in</span></span>'
HOW = {
    "fraction": "Every result is a whole number or a fraction: write it exactly.",
    "float": "Write four significant digits; compute on with all that your calculator shows.",
}


def sheet(paper: Paper, blank: str, blanks: Sequence[Sequence[Blank]]) -> str:
    """One sheet. Of a blank line nothing is used but its formula.

    Args:
        paper: its exercise and solution.
        blank: what is to be filled in; it ends there.
        blanks: what that is in each line.
    """
    code, worked, lines = paper.code, paper.worked, on_the_sheet(paper.lines, blank)
    how = HOW["fraction" if worked.kind == "fraction" else "float"]
    parts = [
        f'<div class="top"><h2>{escape(worked.title)}</h2><p>Sheet <span class="code">{code}</span></p></div>',
        '<p class="who"><span>Name</span><span>Date</span></p>',
        f'<div class="task">{_picture(worked)}{_given(worked)}</div>',
        f'<p class="remark">{how}</p>',
    ]
    place = 0
    for stage, together in groupby(lines, key=lambda line: line.stage):
        parts.append(f"<h3>{STAGES[stage]}</h3>")
        for line in together:
            is_open = line.is_blank(blank)
            steps = [_open(one) for one in blanks[place]] if is_open else _told(line)
            place += 1
            parts.append(_line(place, line.formula, steps, "open" if is_open else "told"))
    return _article(code, parts)


def answers(paper: Paper) -> str:
    """The key of one sheet: the whole solution, its lines numbered as on the sheet."""
    code, worked, lines = paper.code, paper.worked, paper.lines
    parts = [
        f'<div class="top"><h2>Key <span class="code">{code}</span></h2><p>{escape(worked.title)}</p></div>',
        _given(worked),
    ]
    place = 0
    for stage, together in groupby(lines, key=lambda line: line.stage):
        parts.append(f"<h3>{STAGES[stage]}</h3>")
        for line in together:
            place += 1
            steps = [f"<li>{escape(text)}</li>" for text in line.written()]
            parts.append(_line(place, line.formula, steps, "worked"))
    return _article(code, parts)


class Paper:
    """One sheet: its exercise, worked; its code; and its whole solution.

    Args:
        worked: the exercise.
        code: finds its key.
    """

    def __init__(self, worked: WorkedExercise, code: str) -> None:
        self.worked = worked
        self.code = code
        self.lines = worked_lines(worked)

    def given(self) -> set[str]:
        """The numbers that stand on it, as results are written, without their signs."""
        style = self.lines[0].style
        return {number_text(number, style).removeprefix("−") for number in numbers_in(self.worked.given)}

    def comes_to(self, blank: str = "") -> str:
        """What comes out: ŷ, L, and L after the update, as far as there are any; and the gradients of the parameters.

        Args:
            blank: what is to be filled in: where that is gradients, a few of them are told too.
        """
        wanted = [symbol_of(name).unicode() for name in ("y_hat", "Y_hat", "L", "L_new")]
        values = {name: value for line in self.lines for name, value in line.values.items()}
        gradients = [name for name in values if name.startswith(OF_PARAMETERS)]
        told = gradients if blank in ("gradients", "all") and len(gradients) <= MOST_TOLD else []
        names = [name for name in values if name.rstrip(INDICES) in wanted or name in told]
        return TOLD.join(f"{name} = {values[name]}" for name in names)


def index(results: Iterable[tuple[str, int, str]]) -> str:
    """A table of the keys, by their codes.

    Args:
        results: for each sheet its code, its place in the pile, and what it comes to.
    """
    rows = "".join(
        f'<tr><th scope="row"><a class="code" href="#{code}">{code}</a></th>'
        f"<td>{place}</td><td>{', '.join(f'<span>{escape(one)}</span>' for one in text.split(TOLD))}</td></tr>\n"
        for code, place, text in results
    )
    head = "".join(f'<th scope="col">{name}</th>' for name in ("code", "sheet", "comes to"))
    return (
        '<div class="index" tabindex="0" role="region" aria-label="The keys">\n'
        f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</div>\n"
    )


# ---- parts -----------------------------------------------------------------------------------------------------------


def _article(code: str, parts: Sequence[str]) -> str:
    content = "\n".join(parts)
    return f'<article id="{code}">\n{content}\n</article>\n'


def _picture(worked: WorkedExercise) -> str:
    """The network with its weights, and its inputs where there is one sample; it has computed nothing."""
    exercise = worked.exercise
    network = to_network(exercise)
    if not exercise.is_batch:
        network.layers[0].x = [float(x) for x in exercise.x]
    return svg.network_diagram("The network and its weights", network)


def _given(worked: WorkedExercise) -> str:
    rows = []
    for name, comment in worked.given_comments():
        text = "\n".join(shown(worked.given[name], fractions=True)).replace("-", "−")
        beside = f' <span class="unseen">{escape(comment)}</span>' if comment else ""
        rows.append(f"<div><dt>{symbol_of(name).unicode()} =</dt><dd>{escape(text)}{beside}</dd></div>")
    return f'<dl class="given">{"".join(rows)}</dl>'


def _line(place: int, formula: str, steps: Sequence[str], kind: str) -> str:
    long = " long" if len(steps) > MOST_TOGETHER else ""
    return (
        f'<div class="line{long}">\n<p class="formula">{place}.  {escape(formula)}</p>\n'
        f'<ul class="steps {kind}">{"".join(steps)}</ul>\n</div>'
    )


def _told(line: Line) -> list[str]:
    return [f"<li>{escape(f'{name} = {value}')}</li>" for name, value in line.values.items()]


def _open(blank: Blank) -> str:
    if blank.told:
        return f"<li>{escape(f'{blank.name} = {blank.told}')}</li>"
    left = " = ".join(filter(None, [blank.name, blank.formula]))
    is_sum = " + " in blank.formula or " − " in blank.formula
    if not (blank.has_numbers and is_sum and len(left) > LONGEST):
        return f"<li><span>{escape(left)} =</span>{BLANK}</li>"
    return f'<li class="wide"><span>{escape(left)} =</span><span class="room">{BLANK}<span>=</span>{BLANK}</span></li>'
