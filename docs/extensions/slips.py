"""The catalogue of slips and the gallery on a page, from the data that the package itself goes by."""

from __future__ import annotations

from docs.extensions.figures import number, table
from docs.extensions.player import player
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
            [
                f"[`{name}`](#{name})",
                _cell(f"{held.exercise.title}. {held.exercise.source}"),
                count,
                _cell("; ".join(wrong)),
            ]
        )
    return table(("example", "what it is, and whose", "reproduced", "and the others"), rows)


def example(name: str) -> str:
    """One example of the gallery: its name, a player, and every figure that is printed beside the computed one."""
    held = held_against(name)
    rows = [
        (f"`{one.name}`", number(one.figure.text), number(one.right), "" if one.is_right else one.fits[0].slip.name)
        for one in held.verdicts
    ]
    figures = table(("value", "printed", "computed", "slip"), rows).replace("\n", "\n    ")
    return (
        f"### `{name}` {{ #{name} }}\n\n{_cell(f'{held.exercise.title}. {held.exercise.source}')}\n\n"
        f"<div>\n{player(held.exercise, name, example=name)}</div>\n\n"
        f'??? note "{len(rows)} printed figures"\n\n    {figures}\n'
    )


def _cell(text: str) -> str:
    return text.replace("|", r"\|").replace("*", r"\*").replace("_", r"\_") if "`" not in text else text
