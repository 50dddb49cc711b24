"""Tables as HTML of one piece: what is in a run, a row for each line of it."""

from __future__ import annotations

from scalarnn.notebook.screen import ROWS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["table"]

WIDEST = 200  # letters of a cell


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], all_of_it: str) -> str:
    """A table of texts, the first of each row as code; of very many rows the first.

    Args:
        heads: of the columns.
        rows: a text for each column.
        all_of_it: what shows the rest.

    Examples:
        >>> shown = table(["line", "value"], [["z = s + b", "6"]], "recording.lines()")
        >>> "<th>line</th><th>value</th>" in shown, "<td><code>z = s + b</code></td><td>6</td>" in shown
        (True, True)
    """
    from scalarnn.svg.alone import framed
    from scalarnn.svg.text import cut, escape

    head = "".join(f"<th>{escape(name)}</th>" for name in heads)
    body, left_out = "", 0
    for number, (first, *others) in enumerate(rows, start=1):
        if number > ROWS:
            left_out += 1
            continue
        cells = "".join(f"<td>{escape(cut(text, WIDEST))}</td>" for text in others)
        body += f"<tr><td><code>{escape(first)}</code></td>{cells}</tr>"
    if left_out:
        body += f'<tr><td colspan="{len(heads)}">… {left_out} more: {escape(all_of_it)}</td></tr>'
    return framed(f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>")
