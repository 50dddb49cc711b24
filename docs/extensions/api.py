"""For the front page of the API: the modules that have a page, with what each holds."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import scalarnn
from docs.extensions.code import ROOT
from docs.extensions.errors import BookError
from docs.extensions.figures import table

ORDER = re.compile(r"^ +- api/(\w+)\.md$", re.MULTILINE)
WORD = re.compile(r"^    (Number|\w*Vector|Matrix|\w*Activation) {2,}(.+)$", re.MULTILINE)


def pages() -> list[str]:
    """The modules with a page, in the order of the navigation."""
    found = ORDER.findall((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    return found


def source_of(module: str) -> Path:
    """The file of a module or of a room."""
    file = ROOT / "scalarnn" / f"{module}.py"
    return file if file.is_file() else ROOT / "scalarnn" / module / "__init__.py"


def overview() -> str:
    """A table: each module, linked, and the first sentence of its docstring."""
    rows = []
    for name in pages():
        said = ast.get_docstring(ast.parse(source_of(name).read_text(encoding="utf-8"))) or ""
        if not said:
            raise BookError(f"scalarnn.{name} has no docstring")
        rows.append((f"[`{name}`]({name}.md)", said.splitlines()[0]))
    return table(("module", "what it holds"), rows)


def words_of_signatures() -> str:
    """Number, Vector, Matrix …, as the docstring of the package explains them."""
    found = WORD.findall(scalarnn.__doc__ or "")
    if not found:
        raise BookError("the docstring of scalarnn no longer says what the signatures mean")
    return table(("word", "meaning"), [(f"`{word}`", meaning) for word, meaning in found])
