"""Formulas on one page: what the functions of the package say of themselves in the first sentence, in tables."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from typing import Any

import scalarnn
from docs.extensions.errors import BookError
from docs.extensions.figures import table
from docs.extensions.source import file_page
from scalarnn.formulas import formula_of
from scalarnn.variants import bare


def formulas(heads: Sequence[str], *names: str) -> str:
    """A table: a formula a row, or two that belong together.

    Args:
        heads: one for each formula of a row.
        names: functions that the package exports, those of a row with a blank between.
    """
    rows = [row.split() for row in names]
    return table((*heads, "code"), [[*map(_formula, row), _code(row[0])] for row in rows])


def _formula(name: str) -> str:
    """Its formula; if it ends in ", with" and words, then what the docstring sets apart stands for these."""
    function = _function(name)
    formula, is_in_parts, _ = formula_of(function).partition(", with ")
    if " = " not in formula and " ≈ " not in formula:
        raise BookError(f"{name}: its docstring begins with no formula: {formula}")
    _, *more = (inspect.getdoc(function) or "").partition("\nArgs:")[0].split("\n\n")
    apart = [line.strip() for part in more if part.startswith(" ") for line in part.splitlines()]
    return "<br>".join([formula, *(apart if is_in_parts else [])]).replace("|", r"\|")


def _code(name: str) -> str:
    """Its name, which leads to its lines, from a page in a folder."""
    function = _function(name)
    page = file_page(f"{function.__module__.replace('.', '/')}.py")
    return f"[`{name}`](..{page}#L{inspect.getsourcelines(function)[1]})"


def _function(name: str) -> Any:
    """What is exported, without its door; of a step over lists the rule of one number."""
    function = bare(getattr(scalarnn, name))
    return getattr(inspect.getmodule(function), name.replace("_step", "_rule"), function)
