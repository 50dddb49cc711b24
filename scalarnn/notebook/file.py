"""A notebook as a file: Jupyter's format 4.5, which is JSON. The same cells give the same bytes."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    Cell = tuple[str, str]

__all__ = ["NOTEBOOK_MARK", "cell", "notebook_text"]

# What stands near the beginning of a file that came from here.
NOTEBOOK_MARK = b'"made_by": "scalarnn'


def cell(kind: str, text: str) -> Cell:
    """One cell: "markdown" or "code", and what stands in it.

    Examples:
        >>> cell("code", "x = 1\\n\\n")
        ('code', 'x = 1')
    """
    if kind not in ("markdown", "code"):
        raise ValueError(f'kind is {kind!r}: expected "markdown" or "code"')
    return kind, text.strip("\n")


def notebook_text(cells: Iterable[Cell]) -> str:
    """The file, not executed yet.

    Args:
        cells: as `cell` makes them.

    Examples:
        >>> import json
        >>> made = json.loads(notebook_text([cell("markdown", "# A neuron"), cell("code", "x = 1\\nx")]))
        >>> made["nbformat"], [one["source"] for one in made["cells"]]
        (4, [['# A neuron'], ['x = 1\\n', 'x']])
    """
    import json

    from scalarnn import __version__

    made = []
    for number, (kind, text) in enumerate(cells, start=1):
        one: dict[str, object] = {"cell_type": kind, "id": f"cell-{number}", "metadata": {}}
        if kind == "code":
            one |= {"execution_count": None, "outputs": []}
        made.append(one | {"source": text.splitlines(keepends=True)})
    metadata = {
        "made_by": f"scalarnn {__version__}",
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    whole = {"metadata": metadata, "nbformat": 4, "nbformat_minor": 5, "cells": made}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
