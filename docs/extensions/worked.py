"""/// given and /// work: a worked example on its page.

    /// given | 002-neuron
    ///

    /// work | 002-neuron
    ///

`given` lists what the example starts from. `work` writes out every line as a numbered step: each quantity with its
formula, the numbers put in, the result, and the printed figure beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.util import AtomicString
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block

from docs.extensions.elements import add, formula, start_table
from docs.extensions.errors import BookError
from docs.extensions.figures import number
from docs.extensions.ledger import SOURCES, printed_as
from docs.extensions.math import inline_html
from docs.extensions.steps import page_steps
from scalarnn.digits import readable
from scalarnn.tracing.expressions import Style
from scalarnn.tracing.solution import Block as Line
from scalarnn.tracing.solution import Step, solution
from scalarnn.tracing.symbols import Symbol, symbol_of
from scalarnn.worked import Result, load
from scalarnn.worked.homework import recorded, with_own_numbers

LATEX, TEXT = Style(latex=True, fractions=False), Style(fractions=False)
MOST_ROWS, ROWS_IN_FRONT = 14, 10
LONGEST = 50  # characters that stay on one line
HEADER = ("quantity", "formula", "numbers put in", "result", "printed")
Row = tuple[Step | None, Symbol | None, Any, list[Result]]


def about(example: str) -> str:
    """Where the example stands."""
    found = load(example)
    return f"Example `{found.name}` · source `{found.source}`, {SOURCES[found.source]} · {found.module.PLACE}"


def leaves(value: Any, index: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], Any]]:
    """Each number of a nested list, with its indices."""
    if isinstance(value, list | tuple):
        for at, entry in enumerate(value):
            yield from leaves(entry, (*index, at))
    else:
        yield index, value


def path(name: str, index: tuple[int, ...]) -> str:
    """dL_dW[0][1]."""
    return name + "".join(f"[{at}]" for at in index)


def rows_of(value: Any) -> list[str]:
    """A number, a vector or the rows of a matrix as text."""
    if not isinstance(value, list | tuple):
        return [number(readable(value))]
    if value and isinstance(value[0], list | tuple):
        return [row for entry in value for row in rows_of(entry)]
    return ["(" + ", ".join(number(readable(entry)) for entry in value) + ")"]


class _Part(Block):  # type: ignore[misc]
    """What the two blocks have in common."""

    ARGUMENT = True

    def math(self, parent: Element, symbol: Symbol | str) -> None:
        """A formula at the end of an element."""
        tex = symbol if isinstance(symbol, str) else symbol.latex()
        stashed = AtomicString(self.md.htmlStash.store(inline_html(tex)))
        if len(parent):
            parent[-1].tail = AtomicString((parent[-1].tail or "") + stashed)
        else:
            parent.text = AtomicString((parent.text or "") + stashed)

    def printed_cell(self, row: Element, found: list[Result]) -> None:
        """The printed figures beside a computed one, and whether they agree."""
        cell = add(row, "td", class_="worked__number")
        for result in found:
            line = add(cell, "div", number(result.printed))
            add(line, "span", result.status, class_=f"worked__verdict verdict--{result.status}")


# ---- given -----------------------------------------------------------------------------------------------------------


class Given(_Part):
    """What an example starts from."""

    NAME = "given"

    def on_create(self, parent: Element) -> Element:
        example = load(self.argument)
        box = add(parent, "div", class_="worked")
        body = start_table(box, "given", "value", "meaning")
        for name, meaning in example.given_comments():
            row = add(body, "tr")
            self.math(add(row, "td"), symbol_of(name))
            values = add(row, "td", class_="worked__number")
            for line in rows_of(example.given[name]):
                add(values, "div", line)
            add(row, "td", meaning)
        return box


# ---- work ------------------------------------------------------------------------------------------------------------


def _counts(lines: list[Line]) -> bool:
    """Whether these lines only count rows, columns or layers."""
    return len(lines) == 1 and all(name.startswith("shape_") or name == "n_layers" for name in lines[0].line.bound)


class Work(_Part):
    """Every line of the work, its steps and the printed figures."""

    NAME = "work"
    ARGUMENT = True

    def on_create(self, parent: Element) -> Element:
        self.example = load(self.argument)
        self.module = self.example.module.__name__
        self.numbers: dict[int, int] = {}  # line of the file → number of its step
        box = add(parent, "div", class_="worked")
        groups = self._groups()
        self.last = {name: at for at, (_, lines) in enumerate(groups) for one in lines for name in one.line.bound}
        before, counted = 0, []
        for at, (number_of_line, lines) in enumerate(groups):
            if _counts(lines):
                counted.append((number_of_line, lines[0].line.bound))
                continue
            if number_of_line < before and number_of_line:
                add(box, "p", "The loop goes round again, from the new numbers:", class_="worked__round")
            if not number_of_line:
                said = f"{lines[0].rounds_left_out} more rounds, worked and left out here. Then the last:"
                add(box, "p", said, class_="worked__round")
            else:
                self._entry(box, at, number_of_line, lines)
            before = number_of_line
        if counted:
            self._counted(box, counted)
        return box

    def _groups(self) -> list[tuple[int, list[Line]]]:
        """The lines with a formula beside them; the rounds of an inner loop together; 0 for rounds left out."""
        groups: list[tuple[int, list[Line]]] = []
        for one in recorded_lines(self.argument):
            number_of_line = 0 if one.rounds_left_out else one.line.number
            if number_of_line and number_of_line not in self.example.formulas():
                continue
            if groups and groups[-1][0] == number_of_line:
                groups[-1][1].append(one)
            else:
                groups.append((number_of_line, [one]))
        return groups

    def _counted(self, box: Element, counted: list[tuple[int, dict[str, Any]]]) -> None:
        """Shapes and counts in one table: the work begins with the first step that computes."""
        add(box, "p", "And what is counted, not computed:", class_="worked__round")
        body = start_table(box, "step", "quantity", "counts", "result", "printed")
        for number_of_line, bound in counted:
            for name, value in bound.items():
                row = add(body, "tr")
                count = self._number(number_of_line)
                cell = add(row, "td")
                link = add(cell, "a", count, class_="step__number", href=f"#work-L{number_of_line}")
                link.attrib |= {"id": f"step-{count}", "aria-label": f"Step {count}"}
                of = name.removeprefix("shape_")
                self.math(add(row, "td"), "W x" if of == "Wx" else symbol_of(of))
                add(row, "td", self.example.formulas()[number_of_line])
                add(row, "td", " × ".join(str(entry) for _, entry in leaves(value)), class_="worked__number")
                found = [one for index, _ in leaves(value) for one in printed_as(self.argument, path(name, index))]
                self._printed_shape(row, found)

    def _printed_shape(self, row: Element, found: list[Result]) -> None:
        cell = add(row, "td", class_="worked__number")
        line = add(cell, "div", " × ".join(one.printed for one in found))
        for status in dict.fromkeys(one.status for one in found):
            add(line, "span", status, class_=f"worked__verdict verdict--{status}")

    def _entry(self, box: Element, at: int, number_of_line: int, lines: list[Line]) -> None:
        section = self._head(box, number_of_line)
        rows = [row for one in lines for row in self._rows(at, one)]
        front = rows if len(rows) <= MOST_ROWS else rows[:ROWS_IN_FRONT]
        self._table(section, front, typeset=True)
        if len(rows) > len(front):
            folded = add(section, "details", class_="worked__more")
            add(folded, "summary", f"{len(rows) - len(front)} more like these")
            self._table(folded, rows[len(front) :], typeset=False)

    def _table(self, parent: Element, rows: list[Row], typeset: bool) -> None:
        """A row for each quantity; without the columns that nothing stands in."""
        drawn = [self._cells(row, typeset) for row in rows]
        columns = [at for at in range(len(HEADER)) if any(len(cells[at]) or cells[at].text for cells in drawn)]
        body = start_table(parent, *[HEADER[at] for at in columns])
        for cells in drawn:
            add(body, "tr").extend([cells[at] for at in columns])

    def _head(self, box: Element, number_of_line: int) -> Element:
        """The number of the step, the formula beside the line, and the line."""
        again = number_of_line in self.numbers
        count = self._number(number_of_line)
        section = add(box, "section", class_="step")
        if not again:
            section.set("id", f"step-{count}")
        head = add(section, "p", class_="step__head")
        add(head, "a", count, class_="step__number", href=f"#step-{count}", aria_label=f"Step {count}")
        formula(add(head, "strong", class_="step__rule"), self.example.formulas()[number_of_line])
        add(head, "a", f"line {number_of_line}", class_="step__line", href=f"#work-L{number_of_line}")
        return section

    def _number(self, number_of_line: int) -> str:
        """The number of the step that a line is; a new one where the line comes for the first time."""
        steps = page_steps(self.md)
        if number_of_line not in self.numbers:
            self.numbers[number_of_line] = len(steps["numbers"]) + 1
            steps["numbers"].append(self.numbers[number_of_line])
            file = f"scalarnn/worked/{self.module.rpartition('.')[2]}.py"
            steps["lines"].setdefault((file, number_of_line), []).append(self.numbers[number_of_line])
        return str(self.numbers[number_of_line])

    def _rows(self, at: int, one: Line) -> list[Row]:
        """The steps of a line, each with its printed figures; then the entries that no step names."""
        waiting: dict[str, tuple[Symbol, str, Any]] = {}
        for name, value in one.line.bound.items():
            for index, entry in leaves(value):
                symbol = symbol_of(name).at(*index) if index else symbol_of(name)
                figures_of = path(name, index) if self.last[name] == at else ""
                waiting[symbol.unicode()] = (symbol, figures_of, entry)
        rows: list[Row] = []
        reached = False
        for step in one.steps:
            named = step.symbol.unicode() if step.symbol is not None else step.line.source.partition(" =")[0]
            found = waiting.pop(named, None)
            reached = reached or found is not None
            figures = self._printed(found[1], step.value) if found else []
            rows.append((step, step.symbol, step.value, figures))
        for symbol, figures_of, entry in waiting.values():
            figures = self._printed(figures_of, entry)
            if figures or not reached:
                rows.append((None, symbol, entry, figures))
        return rows

    def _printed(self, quantity: str, value: Any) -> list[Result]:
        """The printed figures of a quantity, which are those of just this value."""
        figures = printed_as(self.argument, quantity) if quantity else []
        for one in figures:
            if one.value != float(value):
                raise BookError(f"{self.argument}: {quantity} is {value!r} here, and {one.value!r} beside its figure")
        return figures

    def _cells(self, row: Row, typeset: bool) -> list[Element]:
        step, symbol, value, figures = row
        parent = Element("tr")
        name, formula = add(parent, "td"), add(parent, "td", class_="worked__formula")
        numbers = add(parent, "td", class_="worked__number")
        if symbol is None or (step is not None and step.expression is None):
            left, _, right = step.line.source.partition(" = ") if step is not None else ("", "", "")
            add(name, "code", left)
            add(formula, "code", right)
        else:
            latex = step.parts(LATEX) if step is not None else [symbol.latex(), ""]
            text = step.parts(TEXT) if step is not None else [symbol.unicode(), ""]
            if typeset:
                self.math(name, latex[0])
                if len(latex) > 2:
                    self.math(formula, _with_arrow(step, LATEX, latex[1]))
            else:
                add(name, "span", text[0])
                if len(text) > 2:
                    add(formula, "span", _with_arrow(step, TEXT, text[1]))
            if len(text) > 3:
                add(numbers, "span", text[2], class_="worked__long" if len(text[2]) > LONGEST else "")
            if step is not None and step.reason is not None:
                add(numbers, "span", f"since {step.why(TEXT)}", class_="worked__why")
        result = add(parent, "td", class_="worked__number")
        for line in rows_of(value):
            add(result, "strong", line)
        self.printed_cell(parent, figures)
        return list(parent)


def _with_arrow(step: Step | None, style: Style, formula: str) -> str:
    """An update begins with its arrow; the column stands for the sign of equality."""
    return f"{step.sign(style)} {formula}" if step is not None and step.is_update else formula


@cache
def recorded_lines(example: str) -> list[Line]:
    """The example worked and written out."""
    return solution(recorded(with_own_numbers(example, {})))


class WorkedExtension(BlocksExtension):  # type: ignore[misc]
    """Worked examples."""

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: Any) -> None:  # noqa: ARG002
        for block in (Given, Work):
            block_mgr.register(block, self.getConfigs())


def makeExtension(**options: Any) -> WorkedExtension:
    return WorkedExtension(**options)
