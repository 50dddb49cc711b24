"""Exercise files on a page, and the keys that they may have, from the table that the reader itself goes by."""

from __future__ import annotations

import re
from collections.abc import Iterable

import scalarnn
from docs.extensions.code import ROOT
from docs.extensions.errors import BookError
from docs.extensions.figures import table
from docs.extensions.terminal import folder
from scalarnn.exercise import VALUES
from scalarnn.exercise.keys import ACTIVATIONS, OF_DIALECTS, OPTIMIZERS, PENALTIES, Key
from scalarnn.exercise.kinds import Choice
from scalarnn.formulas import formula_of
from scalarnn.training import LOSSES

FILE = re.compile(r'^```toml title="([^"]+)"\n(.*?)^```$', re.DOTALL | re.MULTILINE)


def files(page: str) -> dict[str, str]:
    """The files that stand on a page, by their titles; they are put where commands run."""
    found = dict(FILE.findall((ROOT / "docs" / page).read_text(encoding="utf-8")))
    for name, text in found.items():
        (folder() / name).write_text(text, encoding="utf-8")
    return found


def some_of(text: str, *starts: str) -> str:
    """Of a text in paragraphs the first that begins so, of each."""
    parts = text.split("\n\n")
    chosen = [part for start in starts for part in [one for one in parts if one.startswith(start)][:1]]
    if len(chosen) < len(starts):
        raise BookError(f"not every one of {', '.join(starts)} begins a paragraph")
    return "\n\n".join(chosen)


def keys(shown: Iterable[Key]) -> str:
    """A table: each key, what may stand after it, what it is for."""
    rows = []
    for key in shown:
        what = "one of the names below" if isinstance(key.kind, Choice) and key.name != "layout" else key.kind.words
        rows.append((f"`{key.name}`", what.replace("|", "or"), key.says))
    return table(("key", "what stands there", "what it is for"), rows)


def losses() -> str:
    """A table: each loss with its formula, from its docstring."""
    rows = []
    for name in LOSSES:
        rows.append((f"`{_said(name)}`", formula_of(getattr(scalarnn, name)).replace("|", r"\|")))
    return table(("loss", "of one sample"), rows)


def penalties() -> str:
    """A table: each penalty of a layer's weights and its gradient, from their docstrings."""
    rows = []
    for name in PENALTIES:
        functions = (getattr(scalarnn, f"{name.lower()}_penalty{end}") for end in ("", "_gradient"))
        pair = (formula_of(one).replace("L", "P", 1).replace("|", r"\|") for one in functions)
        rows.append((f"`{_said(name)}`", *pair))
    return table(("penalty", "of the weights θ of a layer", "its gradient"), rows)


def optimizers() -> str:
    """A table: each rule, the settings that it takes, and what they are if they are left out."""
    rows = []
    for name, rule in OPTIMIZERS.items():
        settings = ", ".join(f"`{letter}` ({value:g})" for letter, value in rule.settings.items())
        rows.append((f"`{_said(name)}`", settings or "none"))
    return table(("optimizer", "settings, and what they are if left out"), rows)


def activations() -> str:
    """The names in a row."""
    return ", ".join(f"`{_said(name)}`" for name in ACTIVATIONS)


def more_activations() -> str:
    """Those of the dialects."""
    return ", ".join(f"`{_said(name)}`" for name in OF_DIALECTS)


def values() -> str:
    """A table: what an exercise comes to."""
    return table(("value", "what it is"), [(f"`{name}`", meaning) for name, meaning in VALUES.items()])


def _said(name: str) -> str:
    return name.replace("_", " ")
