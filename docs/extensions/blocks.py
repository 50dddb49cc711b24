"""Blocks of Python, run while building. What they wrote in an earlier build of the same sources is taken from there.

    ```python exec="on" session="one-neuron"
    L = squared_error([a], [y])
    ```

The output of a block hangs on the package, on these extensions, and on the code of its session up to its last line:
that is the question it is kept under. The names of a session are made when they are first wanted: a new block, or a new
value in a sentence, first runs those before it whose output was kept. So are the files in a session's folder, where its
commands run: no other session finds them, since none would know that they have to be made.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown_exec import ExecutionError, base_format, formatters
from markdown_exec._internal.formatters.python import _run_python, _sessions_globals

from docs.extensions import live, terminal
from docs.extensions.code import ROOT
from docs.extensions.errors import BookError
from docs.extensions.exercises import FILE
from docs.extensions.kept import Kept, print_of

TOOLS = ("markdown-exec", "sympy", "mpmath")
SETTINGS = ("REPOSITORY", "BOOK_LIVE")  # of the environment, that pages speak of


def _sources() -> list[Path]:
    """Every file that a block may read, as far as it lies in the project."""
    tests = ROOT / "tests"
    folders = (ROOT / "scalarnn", ROOT / "docs" / "extensions", tests / "exchange", tests / "properties")
    found = [file for folder in folders for file in folder.rglob("*") if file.is_file() and file.suffix != ".pyc"]
    found += [ROOT / "pyproject.toml", ROOT / "mkdocs.yml", ROOT / ".vscode" / "launch.json"]
    return found + (list(live.PACKED.rglob("*.js")) if live.is_asked() else [])


@cache
def _files_on_pages() -> list[tuple[str, str]]:
    """Exercise files that stand on one page, and that blocks of another may take."""
    pages = sorted((ROOT / "docs").rglob("*.md"))
    return [found for page in pages for found in FILE.findall(page.read_text(encoding="utf-8"))]


@cache
def _kept() -> Kept:
    return Kept("blocks", print_of(_sources(), TOOLS))


class Session:
    """The blocks of a session so far; the first of them have run."""

    def __init__(self, name: str, *blocks: str) -> None:
        self.name = name
        self.blocks = list(blocks)
        self.ran = 0

    def names(self) -> dict[str, Any]:
        """What the blocks have named, once all of them have run."""
        self.output()
        return _sessions_globals[self.name]

    def output(self) -> str:
        """What the last block writes; those before it run first, if they have not."""
        written = ""
        while self.ran < len(self.blocks):
            self.ran += 1
            try:
                with terminal.session(self.name):
                    written = _run_python(self.blocks[self.ran - 1], session=self.name)
            except ExecutionError as error:  # not every tool stops at the warning that this would become
                raise BookError(f"a block raises an exception:\n{self.blocks[self.ran - 1]}\n{error}") from error
        return written


SESSIONS: dict[str, Session] = {}


def once(sessions: Iterable[str], question: str, answer: Callable[[], str]) -> str:
    """The answer to a question, after all the blocks of these sessions so far: the kept one, or a new one to keep."""
    before = [[name, *SESSIONS[name].blocks] for name in sessions]
    text = json.dumps([*(os.environ.get(name, "") for name in SETTINGS), _files_on_pages(), before, question])
    asked = hashlib.sha256(text.encode()).hexdigest()
    if asked not in _kept():
        _kept()[asked] = answer()
    return str(_kept()[asked])


def run(code: str, session: str = "", **options: Any) -> str:  # noqa: ARG001
    """What a block writes."""
    if not session:
        return once([], code, Session("", code).output)
    here = SESSIONS.setdefault(session, Session(session))
    here.blocks.append(code)
    return once([session], "", here.output)


def formatted(*, id_prefix: str | None = None, **options: Any) -> str:
    """A block as HTML; its headings have the anchors that they would have outside, the same in every build."""
    return str(base_format(language="python", run=run, id_prefix=id_prefix or "", **options))


class BlocksExtension(Extension):
    """Python blocks run here."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: ARG002
        formatters["python"] = formatted


def makeExtension(**options: Any) -> BlocksExtension:
    return BlocksExtension(**options)
