"""For the front page of the API: the modules that have a page, with what each holds."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import scalarnn
import scalarnn.doors
from docs.extensions.code import ROOT
from docs.extensions.errors import BookError
from docs.extensions.figures import table

ORDER = re.compile(r"^ +- api/([\w/]+)\.md$", re.MULTILINE)
KIND = re.compile(r"^    ([A-Z]\w+(?:\[[\w, ]+\])?(?:, [A-Z]\w+)*|… \| None) {2,}(.+)$", re.MULTILINE)
ACTIVATION = re.compile(r"^    (\w*Activation) {2,}(.+)$", re.MULTILINE)


def pages() -> list[str]:
    """The modules with a page, dotted, in the order of the navigation."""
    found = ORDER.findall((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    return [page.removesuffix("/index").replace("/", ".") for page in found if page != "index"]


def page_of(module: str) -> str:
    """The page of a module, below docs/api: `learning/adam.md`, and `learning/index.md` for the room."""
    page = module.replace(".", "/")
    return f"{page}.md" if (ROOT / "docs" / "api" / f"{page}.md").is_file() else f"{page}/index.md"


def source_of(module: str) -> Path:
    """The file of a module or of a room."""
    folder = ROOT.joinpath("scalarnn", *module.split("."))
    file = folder.with_suffix(".py")
    return file if file.is_file() else folder / "__init__.py"


def overview() -> str:
    """A table: each module, linked, and the first sentence of its docstring."""
    rows = []
    for name in pages():
        said = ast.get_docstring(ast.parse(source_of(name).read_text(encoding="utf-8"))) or ""
        if not said:
            raise BookError(f"scalarnn.{name} has no docstring")
        rows.append((f"[`{name}`]({page_of(name)})", said.splitlines()[0]))
    return table(("module", "what it holds"), rows)


def words_of_signatures() -> str:
    """Number, Vector, Matrix …, as the docstrings of the doors and of the package explain them."""
    found = [*KIND.findall(scalarnn.doors.__doc__ or ""), *ACTIVATION.findall(scalarnn.__doc__ or "")]
    words = {word.partition("[")[0] for word, _ in found}
    if not words >= {"Number", "Vector", "Matrix", "Activation"}:
        raise BookError("the docstrings no longer say what the signatures mean")
    return table(("word", "meaning"), [(f"`{word}`".replace("|", r"\|"), meaning) for word, meaning in found])
