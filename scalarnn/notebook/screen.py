"""How much of a thing is shown before it is asked for in full: a screen of text, some pages of rows."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["COLUMNS", "LINES", "ROWS", "first_rows", "on_a_screen"]

LINES, COLUMNS = 40, 100  # of a text
ROWS = 100  # of a table or a derivation


def on_a_screen(lines: Iterable[str], all_of_it: str) -> str:
    """Lines as one text of a screen's size: those that fit, and how many more there are.

    Args:
        lines: the whole text.
        all_of_it: what shows all of it.

    Examples:
        >>> print(on_a_screen(["a = 1", "b = 2"], "print(solution)"))
        a = 1
        b = 2
        >>> on_a_screen(["x"] * 100, "print(solution)").splitlines()[-1]
        '… 61 more lines: print(solution)'
    """
    shown = [line if len(line) <= COLUMNS else line[: COLUMNS - 1] + "…" for line in lines]
    if len(shown) > LINES:
        rest = len(shown) - LINES + 1
        shown[LINES - 1 :] = [f"… {rest} more lines: {all_of_it}"]
    return "\n".join(shown)


def first_rows(rows: Iterable[str], most: int = ROWS) -> tuple[list[str], int]:
    """The first rows, and how many are left out.

    Examples:
        >>> first_rows("abcd", 3), first_rows("abc", 3)
        ((['a', 'b'], 2), (['a', 'b', 'c'], 0))
    """
    found = list(rows)
    return (found, 0) if len(found) <= most else (found[: most - 1], len(found) - most + 1)
