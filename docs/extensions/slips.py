"""The catalogue of slips and the gallery on a page, from the data that the package itself goes by."""

from __future__ import annotations

from docs.extensions.figures import table
from scalarnn.exercise.gallery import held_against, names
from scalarnn.exercise.slips.slip import CHAPTERS, ROUNDING, of_chapter


def slips() -> str:
    """A table a chapter: each slip, the formula that was used, the right one."""
    parts = []
    for chapter, title in CHAPTERS.items():
        rows = [(slip.name, slip.used, slip.right) for slip in of_chapter(chapter) if slip.rank < ROUNDING]
        rows = [[_cell(text) for text in row] for row in dict.fromkeys(rows)]
        parts.append(f"### {title}\n\n{table(('slip', 'used', 'right'), rows)}")
    return "\n\n".join(parts)


def gallery() -> str:
    """A table: each example, its source, how many figures agree, and what explains the others."""
    rows = []
    for name in names():
        held = held_against(name)
        n_right = sum(verdict.is_right for verdict in held.verdicts)
        wrong = [
            f"`{verdict.name}` is printed {verdict.figure.text}, it is {verdict.figure.written(verdict.right)}: "
            f"{verdict.fits[0].slip.name}"
            for verdict in held.verdicts
            if not verdict.is_right
        ]
        count = f"{n_right} of {len(held.verdicts)}"
        rows.append(
            [f"`{name}`", _cell(f"{held.exercise.title}. {held.exercise.source}"), count, _cell("; ".join(wrong))]
        )
    return table(("example", "what it is, and whose", "reproduced", "and the others"), rows)


def _cell(text: str) -> str:
    return text.replace("|", r"\|").replace("*", r"\*").replace("_", r"\_") if "`" not in text else text
