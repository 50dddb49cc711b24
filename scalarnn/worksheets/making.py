"""A pile of worksheets and their key, in which nothing can be found that is to be filled in."""

from __future__ import annotations

import re

from scalarnn import svg
from scalarnn.exercise.pleasant import MOST_NEURONS
from scalarnn.exercise.working import WorkedExercise
from scalarnn.exercise.writing import as_toml
from scalarnn.svg.text import counted, escape
from scalarnn.worked.own_numbers import HomeworkError
from scalarnn.worksheets.codes import code_of
from scalarnn.worksheets.lines import blanks_of, on_the_sheet
from scalarnn.worksheets.look import page_rules, style
from scalarnn.worksheets.sheets import Paper, answers, index, sheet
from scalarnn.worksheets.variants import kind_of, variants

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from scalarnn.exercise.description import Exercise
    from scalarnn.worksheets.lines import Blank

__all__ = ["WorksheetError", "Worksheets"]

MOST_LAYERS, MOST_SAMPLES = 6, 6
WITNESSES = 4  # so many sheets at least are compared, to see which steps are the same on all
NEEDS = {"gradients": ("loss", "loss"), "update": ("learning_rate", "learning rate")}
MOST_REFUSED = 100
TELLING = 3  # digits that are no coincidence


class WorksheetError(HomeworkError):
    """No worksheets can be made of it: one line that says why."""


class Worksheets:
    """Sheets with the numbers of an exercise, or with other ones, and their key.

    Args:
        exercise: one step, or less.
        n_variants: how many, each with numbers of its own; None for one sheet with the numbers of the exercise.
        seed: which numbers.
        blank: "forward", "gradients", "update", or "all". What comes before is printed, what comes after left out.
        kind: "fraction" or "float"; None for fractions where they are such as kind_of says, and short.

    Attributes:
        papers: the sheets, each with its worked exercise and its code.
        kind: "fraction" or "float".

    Raises:
        WorksheetError: it is no work for hands, has nothing of that kind, or has not so many variants.
        HomeworkError: it cannot be worked.

    Examples:
        >>> from scalarnn.exercise import new_exercise
        >>> worksheets = Worksheets(new_exercise([2, 2, 1], integers=True), 3, seed=7)
        >>> [paper.code in worksheets.sheets() and paper.code in worksheets.key() for paper in worksheets.papers]
        [True, True, True]
    """

    def __init__(
        self,
        exercise: Exercise,
        n_variants: int | None = None,
        *,
        seed: int = 0,
        blank: str = "all",
        kind: str | None = None,
    ) -> None:
        _check(exercise, blank)
        self.exercise, self.seed, self.blank = exercise, seed, blank
        self.kind = kind or kind_of(exercise)
        if n_variants and kind is None and next(variants(exercise, seed, self.kind), None) is None:
            self.kind = "float"  # no fractions that anybody would write
        self.papers: list[Paper] = []
        n_papers, others = n_variants or 1, []
        if n_variants is None:
            self.papers.append(self._paper(exercise))
        refused = 0
        for variant in variants(exercise, seed, self.kind):
            paper = self._paper(variant)
            if len(self.papers) == n_papers:
                others.append(paper)
            elif self._tells(paper):
                refused += 1
            else:
                self.papers.append(paper)
            if len(self.papers) + len(others) >= max(n_papers, WITNESSES) or refused > MOST_REFUSED:
                break
        if len(self.papers) < n_papers:
            found = f"only {len(self.papers)} with pleasant numbers that give nothing away"
            if exercise.learning_rate is not None:
                found += ", and a step that makes the loss smaller: a smaller learning_rate may have more"
            raise WorksheetError(f"{counted(n_papers, 'variant')}: there are {found}")
        self.blanks = self._blanks([*self.papers, *others])

    def sheets(self) -> str:
        """The sheets, a page or more each: a whole HTML document."""
        return self._sheets(self.papers, self.blanks)

    def key(self) -> str:
        """The key: a table of all codes, then the solution of each sheet, in the order of the codes."""
        title = f"Key: {self.papers[0].worked.title}"
        order = sorted(range(len(self.papers)), key=lambda place: self.papers[place].code)
        table = index((self.papers[place].code, place + 1, self.papers[place].comes_to(self.blank)) for place in order)
        pages = "".join(answers(self.papers[place]) for place in order)
        return self._document(title, table + pages, [paper.code for paper in self.papers], "Key")

    def files(self) -> dict[str, str]:
        """The exercise of each sheet as the text of a file, by the sheet's code: what check_answers compares with."""
        return {paper.code: as_toml(paper.worked.exercise, [f"sheet {paper.code}"]) for paper in self.papers}

    # ---- its making --------------------------------------------------------------------------------------------------

    def _paper(self, exercise: Exercise) -> Paper:
        """With a code that no other sheet has."""
        taken = [paper.code for paper in self.papers]
        again = 0
        while (code := code_of(exercise, self.seed, again)) in taken:
            again += 1
        return Paper(WorkedExercise(exercise, "the exercise", self.kind), code)

    def _blanks(self, papers: list[Paper]) -> list[list[Blank]]:
        return blanks_of([on_the_sheet(paper.lines, self.blank) for paper in papers])

    def _tells(self, paper: Paper) -> bool:
        """Whether a figure that is to be filled in stands on the sheet all the same, by chance."""
        lines = [line for line in paper.lines if line.is_blank(self.blank)]
        figures = {figure for line in lines for figure in line.figures() if _tells_something(figure)}
        figures -= paper.given()  # a rate that does not fall is what it was
        page = self._sheets([paper], self._blanks([paper]))
        return any(figure in page for figure in figures)

    def _sheets(self, papers: Sequence[Paper], blanks: Sequence[Sequence[Blank]]) -> str:
        title = f"Worksheets: {papers[0].worked.title}"
        pages = "".join(sheet(paper, self.blank, blanks) for paper in papers)
        said = f"{counted(len(papers), 'sheet')}, to be printed on A4 or Letter, at full size."
        content = f'<p class="screen remark">{said}</p>\n{pages}'
        return self._document(title, content, [paper.code for paper in papers], "Sheet")

    def _document(self, title: str, content: str, codes: Sequence[str], what: str) -> str:
        heading = "<h1>" if what == "Key" else '<h1 class="screen">'
        main = f'<main class="{what.lower()}s">\n{heading}{escape(title)}</h1>\n{content}</main>\n'
        return svg.document(title, main, style() + page_rules(codes, what), f"{what.lower()}s made by scalarnn")


def _check(exercise: Exercise, blank: str) -> None:
    if exercise.steps > 1:
        raise WorksheetError(f"it has {exercise.steps} steps, and a sheet has room for one: expected steps = 1")
    counts = {"inputs or neurons in a row": (max(exercise.sizes), MOST_NEURONS)}
    counts["layers"] = (len(exercise.layers), MOST_LAYERS)
    counts["samples"] = (len(exercise.X or [0]), MOST_SAMPLES)
    for what, (found, most) in counts.items():
        if found > most:
            raise WorksheetError(f"it has {found} {what}, too many to be worked by hand: expected {most} at most")
    key, needed = NEEDS.get(blank, ("", ""))
    if key and getattr(exercise, key) is None:
        raise WorksheetError(f"nothing is left blank: it has no {needed}, and {blank!r} needs one")


def _tells_something(figure: str) -> bool:
    """Whether it has so many digits that it can stand on a sheet for one reason alone."""
    return len(re.sub(r"\D", "", figure).lstrip("0")) >= TELLING
