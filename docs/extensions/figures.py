"""What a block that computes prints: numbers, tables, exercises. Everything here returns text."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from docs.extensions.errors import BookError

MINUS = "−"
NARROW = "\N{NARROW NO-BREAK SPACE}"
BAR = re.compile(r"(?<!\\)\|")
Rows = Iterable[Sequence[str]]


def number(value: Any) -> str:
    """A number as it is printed: all its digits, a real minus sign; a fraction as a decimal where it ends."""
    return _digits(value).replace("-", MINUS)


def tex(value: Any) -> str:
    """A number inside a formula."""
    return _digits(value)


def factor(value: Any) -> str:
    """A number inside a product or a sum: in brackets if it is negative."""
    digits = _digits(value)
    return f"({digits})" if digits.startswith("-") else digits


def power_of_ten(value: float) -> str:
    """A small constant such as ε in a sentence: 1e-08 is "10⁻⁸"."""
    exponent = round(math.log10(value))
    if value != float(f"1e{exponent}"):
        raise BookError(f"{value!r} is no power of ten")
    return "10" + str(exponent).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


def short(value: float) -> str:
    """Two digits, as people write small numbers: 0.012, 5.2 · 10⁻⁷."""
    digits, _, power = f"{value:.1e}".partition("e")
    if int(power) >= -3:
        return f"{value:.2g}"
    return f"{digits}{NARROW}·{NARROW}10<sup>{int(power)}</sup>".replace("-", MINUS)


def percent(share: float) -> str:
    """A share of one, in hundredths: 96.9 %, kept on one line."""
    return f"{100 * share:.1f}\N{NO-BREAK SPACE}%"


def vector(values: Iterable[Any]) -> str:
    """Numbers in a row: (1, −2, 3)."""
    return f"({', '.join(number(value) for value in values)})"


def table(header: Sequence[str], rows: Rows) -> str:
    """A Markdown table."""
    lines = [_cells(header), _cells(["---"] * len(header))]
    for row in rows:
        lines.append(_cells(row))
    return "\n".join(lines)


def stacked(header: Sequence[str], rows: Rows) -> str:
    """A table whose rows are cards on a phone, where every cell but the first says what it is."""
    labels = ["", *(f' {{: data-label="{name}" }}' for name in header[1:])]
    labelled = [[cell + label if cell else "" for cell, label in zip(row, labels, strict=True)] for row in rows]
    return f'<div class="stacked" markdown>\n\n{table(header, labelled)}\n\n</div>'


def step(count: int) -> str:
    """The number of a step, linked to it."""
    return f'<a class="step__number" href="#step-{count}" aria-label="Step {count}">{count}</a>'


def exercise(title: str, question: str, answer: str) -> str:
    """A question, and its answer folded away."""
    folded = "\n".join(f"    {line}" if line else "" for line in answer.strip().splitlines())
    return f'**{title}**{{ #{exercise_id(title)} }} {question.strip()}\n\n??? answer "Answer"\n\n{folded}\n'


def exercise_id(title: str) -> str:
    """Where a link to an exercise leads: "exercise-a-second-step"."""
    return "exercise-" + re.sub(r"\W+", "-", title.lower()).strip("-")


def _cells(cells: Sequence[str]) -> str:
    for cell in cells:
        if BAR.search(cell):
            raise BookError(f"a bar would end this cell of a table: {cell!r}; write \\lvert and \\rvert in a formula")
    return f"| {' | '.join(cells)} |"


def _digits(value: Any) -> str:
    if isinstance(value, Fraction):
        return _fraction(value)
    return str(value)


def _fraction(value: Fraction) -> str:
    """A fraction whose denominator divides a power of ten is a decimal; any other stays a fraction."""
    places = 0
    while places <= 40:
        scaled = value * 10**places
        if scaled.denominator == 1:
            sign = "-" if scaled < 0 else ""
            digits = str(abs(scaled.numerator)).rjust(places + 1, "0")
            return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)
        places += 1
    return f"{value.numerator}/{value.denominator}"
