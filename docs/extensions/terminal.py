"""Commands of the package, run for real while building, and what they write on the terminal.

They run in a folder of their session, which is gone when the build ends: a file that one command saves, the next can
read.
"""

from __future__ import annotations

import io
import shlex
import tempfile
from collections.abc import Callable, Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

from docs.extensions.errors import BookError
from scalarnn.cli import main
from scalarnn.commands import train
from scalarnn.commands.learning import Run

_SESSION = [""]


@cache
def _temporary(session: str) -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix=f"book-{session}-")


@contextmanager
def session(name: str) -> Iterator[None]:
    """Commands belong to this session."""
    _SESSION.append(name)
    try:
        yield
    finally:
        _SESSION.pop()


def folder() -> Path:
    """Where the commands of this session run."""
    return Path(_temporary(_SESSION[-1]).name)


@contextmanager
def in_folder() -> Iterator[None]:
    """For a block that reads or writes files of its own beside those of the commands."""
    with chdir(folder()):
        yield


def typed(command: str, code: int = 0) -> str:
    """What `python3 -m scalarnn …` writes, errors included, as text below the command.

    Args:
        command: the words after `python3 -m scalarnn`.
        code: the exit code that is expected; with any other the build fails.
    """
    written = io.StringIO()
    with in_folder(), redirect_stdout(written), redirect_stderr(written):
        ended = main(shlex.split(command))
    if ended != code:
        raise BookError(f"scalarnn {command}: exit code {ended}, expected {code}: {written.getvalue()}")
    return f"$ python3 -m scalarnn {command}\n{written.getvalue().rstrip()}\n"


def trained(command: str) -> tuple[str, Run]:
    """The same for `train …`, and the training itself: its history, its network, its mistakes."""
    kept: list[Run] = []
    learn: Callable[..., Run] = train.learn

    def witness(*arguments: Any, **settings: Any) -> Run:
        kept.append(learn(*arguments, **settings))
        return kept[0]

    with mock.patch.object(train, "learn", witness):
        text = typed(command)
    return text, kept[0]


def block(text: str, most: int = 0) -> str:
    """Text as it stands on a terminal; of a long one the first lines."""
    lines = text.rstrip("\n").splitlines()
    if most and len(lines) > most:
        lines = [*lines[:most], "…"]
    body = "\n".join(lines)
    return f"```text\n{body}\n```\n"
