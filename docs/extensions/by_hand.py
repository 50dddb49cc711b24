"""A worked example written out on a page: what is given, and every step with the numbers put in.

The steps come from a recorded run of the package; `written_out` makes a table of them. Each row knows the line of code
that computed it. Where a step of the page is about that line, the row shows the step's number. Where a line serves
steps about several quantities, the row has to say whose it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor

from docs.extensions.errors import BookError
from docs.extensions.figures import number, step, table
from docs.extensions.steps import page_steps
from scalarnn.digits import readable
from scalarnn.tracing.expressions import Style
from scalarnn.tracing.solution import Step
from scalarnn.tracing.symbols import symbol_of
from scalarnn.worked import load
from scalarnn.worked.by_hand import Entry, entries

LONGEST = 46  # characters on one line of a formula
LATEX, TEXT = Style(latex=True, fractions=False), Style(fractions=False)
Row = tuple[str, str, str]
QUOTIENT = re.compile(r"\\frac\{(.*)\}\{([^{}]*)\}")
LARGEST = re.compile(r"\\max\\left\((.*)\\right\)")
JOIN = r" \\ "
PLACE = re.compile(r'<i data-computed-at="([^":]+):(\d+)"></i>')
NAMED = re.compile(r'<i data-step="([^"]+)"></i>')


def given(example: str, *names: str, letters: Mapping[str, str] | None = None) -> str:
    """The given numbers as a row of formulas: x = (1, 2, 3), W = a matrix, and so on."""
    values = load(example).given
    for name in names:
        if name not in values:
            raise BookError(f"{example} is not given {name}")
    formulas = [rf"{symbol_of(name).latex()} = {array(values[name])}" for name in names or values]
    return _in_letters("$$" + r" \qquad ".join(formulas) + "$$", letters)


def array(value: Any) -> str:
    """A number, a column of numbers, or a matrix as LaTeX; decimals in full."""
    if not isinstance(value, list | tuple):
        return readable(value)
    rows = [row if isinstance(row, list | tuple) else [row] for row in value]
    lines = JOIN.join(" & ".join(readable(entry) for entry in row) for row in rows)
    return rf"\begin{{pmatrix}} {lines} \end{{pmatrix}}"


def written_out(
    example: str,
    *quantities: str,
    only: Sequence[str] = (),
    at: Sequence[int | str] = (),
    letters: Mapping[str, str] | None = None,
) -> str:
    """A table with the steps that lead to each quantity: formula, numbers put in, value.

    Args:
        example: its name, such as "002-layer".
        quantities: names that the example binds, such as "z" or "dL_dW".
        only: show only the steps of these names, as `scalarnn show` writes them: "z₀", "∂L/∂W₀₁".
        at: the steps of the page for every row, where they are about other lines than the innermost one, or where
            that line serves several: their numbers, titles, or ids in the derivation.
        letters: LaTeX to be written in another way, such as {"\\text{target}": "t"}.
    """
    return by_hand_table([row for quantity in quantities for row in by_hand_rows(example, quantity, only, at, letters)])


def by_hand_rows(
    example: str,
    quantity: str,
    only: Sequence[str] = (),
    at: Sequence[int | str] = (),
    letters: Mapping[str, str] | None = None,
) -> list[Row]:
    """The same as rows, to be put together with others."""
    rows = []
    wanted = {unicodedata.normalize("NFC", name) for name in only}
    for one in steps_of(example, quantity):
        if one.symbol is not None and (not only or unicodedata.normalize("NFC", one.parts(TEXT)[0]) in wanted):
            place, formula, value = _row(one)
            rows.append((_said(at) or place, _in_letters(formula, letters), value))
    if not rows:
        names = [one.parts(TEXT)[0] for one in steps_of(example, quantity) if one.symbol is not None]
        raise BookError(f"{example}, {quantity}: no steps {', '.join(only)} among {', '.join(names) or 'none'}")
    return rows


def _said(at: Sequence[int | str]) -> str:
    """Steps that a row names itself; the page knows the numbers of those that it calls by name."""
    return "".join(step(one) if isinstance(one, int) else f'<i data-step="{one}"></i>' for one in at)


def _in_letters(formula: str, letters: Mapping[str, str] | None) -> str:
    for old, new in (letters or {}).items():
        formula = formula.replace(old, new)
    return formula


def by_hand_table(rows: Sequence[Row]) -> str:
    """Rows of steps as a table."""
    return f'<div class="by-hand" markdown>\n\n{table(("step", "with numbers", "value"), rows)}\n\n</div>'


def steps_of(example: str, quantity: str) -> list[Step]:
    """The steps that lead to one quantity of an example."""
    for entry in _entries(example):
        if quantity in entry.names:
            return _leading_to(quantity, entry)
    raise BookError(f"{example} works out no {quantity}")


@cache
def _entries(example: str) -> list[Entry]:
    return entries(load(example))


def _leading_to(quantity: str, entry: Entry) -> list[Step]:
    """Of a line that binds several names: the steps that end in this one."""
    if len(entry.names) == 1:
        return entry.steps
    targets = {symbol_of(name).bare().unicode(): name for name in entry.names}
    found: list[Step] = []
    pending: list[Step] = []
    for one in entry.steps:
        pending.append(one)
        reached = targets.get(one.symbol.bare().unicode()) if one.symbol is not None else None
        if reached is not None:
            found.extend(pending if reached == quantity else [])
            pending = []
    return found


def _row(one: Step) -> Row:
    """Where it was computed, the formula with its numbers, and the value."""
    name, *middle, _ = one.parts(LATEX)
    file = one.line.file.rpartition("scalarnn")[2].lstrip("/\\")
    place = f'<i data-computed-at="scalarnn/{file}:{one.line.number}"></i>'
    value = f'<span class="by-hand__value">{number(one.parts(TEXT)[-1])}</span>'
    why = one.why(LATEX)
    return place, f"${_formula(name, middle, one.sign(LATEX))}$" + (f", since ${why}$" if why else ""), value


def _formula(name: str, middle: Sequence[str], sign: str = "=") -> str:
    """One line if it is short, else a line for the formula and one for the numbers, broken at plus signs."""
    whole = " = ".join([f"{name} {sign} {middle[0]}", *middle[1:]]) if middle else name
    if _length(whole) <= LONGEST:
        return rf"\displaystyle {whole}" if r"\frac" in whole else whole
    lines = [f"{name} &{sign} {_broken(middle[0])}"] + [f"&= {_broken(part)}" for part in middle[1:]]
    return rf"\begin{{aligned}} {JOIN.join(lines)} \end{{aligned}}"


def _broken(formula: str) -> str:
    """A long sum over several lines of an aligned formula; a long numerator in brackets, so that it can break too."""
    if _length(formula) <= LONGEST:
        return formula
    quotient = QUOTIENT.fullmatch(formula)
    if quotient and _length(quotient[1]) > LONGEST:
        return rf"\frac{{1}}{{{quotient[2]}}} \bigl( {_lines(_split(quotient[1], ' + '), ' + ')} \bigr)"
    largest = LARGEST.fullmatch(formula)
    if largest:
        return rf"\max( {_lines(_split(largest[1], ', '), ', ')} )"
    return _lines(_split(formula, " + "), " + ")


def _lines(terms: Sequence[str], sign: str) -> str:
    """Terms over as many lines as they need."""
    lines = [""]
    for term in terms:
        joined = f"{lines[-1]}{sign}{term}" if lines[-1] else term
        if lines[-1] and _length(joined) > LONGEST:
            lines.append(term)
        else:
            lines[-1] = joined
    before, after = (",", "") if sign == ", " else ("", "{} + ")
    return rf"{before}{JOIN}&\quad {after}".join(lines)


def _split(formula: str, sign: str) -> list[str]:
    """What stands between the signs that are in no bracket and no brace."""
    terms = [""]
    for piece in re.split(f"({re.escape(sign)})", formula):
        depth = sum(terms[-1].count(one) for one in "({") - sum(terms[-1].count(one) for one in ")}")
        if piece == sign and depth == 0:
            terms.append("")
        else:
            terms[-1] += piece
    return terms


def _length(tex: str) -> int:
    """About as many characters as the formula draws."""
    return len(re.sub(r"\\[a-zA-Z]+", "m", re.sub(r"\\(left|right|frac|text|hat|begin|end)\b|[{}_^ ]", "", tex)))


class StepNumbers(Postprocessor):
    """Gives each row the numbers of the steps whose line computed it."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.md: Markdown = md

    def run(self, text: str) -> str:
        if not page_steps(self.md)["numbers"]:
            return text  # the output of a block is a text of its own; the page comes later and knows the steps
        text = NAMED.sub(lambda found: _numbers(self._called(found[1])), text)
        return PLACE.sub(lambda found: _numbers(self._carried(found[1], int(found[2]))), text)

    def _called(self, name: str) -> list[int]:
        numbers: list[int] = page_steps(self.md)["names"].get(name, [])
        if len(numbers) != 1:
            found = f"steps {' and '.join(map(str, numbers))} are" if numbers else "no step is"
            raise BookError(f"a row belongs to the step {name!r}, but {found} called so")
        return numbers

    def _carried(self, file: str, line: int) -> list[int]:
        steps = page_steps(self.md)
        numbers: list[int] = steps["lines"].get((file, line), [])
        about = [one for one in dict.fromkeys(steps["quantities"].get(count, "") for count in numbers) if one]
        if len(about) > 1:
            raise BookError(
                f"{file}, line {line}, computes a row and serves steps {' and '.join(map(str, numbers))}, which are "
                f"about {' and '.join(about)}: the row has to say with `at` which step is its own"
            )
        return numbers


def _numbers(steps: Iterable[int]) -> str:
    return "".join(step(count) for count in steps)


class ByHandExtension(Extension):
    """Rows of worked examples lead to the steps of the page."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.postprocessors.register(StepNumbers(md), "by_hand", 3)


def makeExtension(**options: Any) -> ByHandExtension:
    return ByHandExtension(**options)
