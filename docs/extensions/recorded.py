"""The steps of any call, with the numbers put in: for pages whose numbers come from no worked example."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from docs.extensions.by_hand import LATEX, Row, _row
from docs.extensions.errors import BookError
from docs.extensions.figures import step
from scalarnn.tracing import record, solution


def recorded_rows(
    function: Callable[..., Any],
    *arguments: Any,
    only: Sequence[str] = (),
    letters: Mapping[str, str] | None = None,
    at: Mapping[str, Sequence[int]] | None = None,
    settings: Mapping[str, Any] | None = None,
) -> list[Row]:
    """What a call computed: a row for each named value, with the number of the page's step that its line carries.

    Args:
        function: of the package; it is run and recorded.
        arguments: what it is given.
        only: the names of the rows to show, as LaTeX writes them; all if empty.
        letters: LaTeX to be written in another way, such as {"v_{\\text{new}}": "v_1"}.
        at: the page's steps for the rows of a name, where their line carries others as well.
        settings: arguments that go by name.
    """
    rows = []
    for block in solution(record(function, *arguments, **(settings or {}))):
        for one in block.steps:
            if one.symbol is None:
                continue
            name = one.parts(LATEX)[0]
            if not only or name in only:
                place, formula, value = _row(one)
                if at and name in at:
                    place = "".join(step(count) for count in at[name])
                for old, new in (letters or {}).items():
                    formula = formula.replace(old, new)
                rows.append((place, formula, value))
    if not rows:
        raise BookError(f"{function.__name__} computed nothing called {', '.join(only)}")
    return rows
