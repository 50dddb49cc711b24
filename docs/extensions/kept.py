"""What an earlier build has found and a later one need not find again: typeset formulas, proofs, what blocks wrote.

An answer is kept beside everything that it depends on: the text of the files that make it, the versions of the tools
and of Python, the machine. If one byte of that changes, nothing is taken from there. It lies in `.cache/book`, or where
`BOOK_CACHE` says; a build with `BOOK_CACHE=no` neither reads nor writes it, and has to come out the same to the last
byte.
"""

from __future__ import annotations

import atexit
import hashlib
import json
import os
import platform
import sys
from collections.abc import Iterable
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

from docs.extensions.code import ROOT

WHERE = "BOOK_CACHE"


def print_of(files: Iterable[Path], tools: Iterable[str]) -> str:
    """A fingerprint of the files, with their names, of the versions of the tools, of Python's, and of the machine."""
    seen = hashlib.sha256(f"{sys.version}\0{platform.platform()}".encode())
    for tool in tools:
        seen.update(f"\0{tool} {version(tool)}".encode())
    for file in sorted(files):
        seen.update(f"\0{file.relative_to(ROOT).as_posix()}\0".encode())
        seen.update(hashlib.sha256(file.read_bytes()).digest())
    return seen.hexdigest()


class Kept(dict[str, Any]):
    """Answers by their question, read when it is made and written when the build ends, if there are new ones.

    Args:
        kind: what is kept, the name of the file.
        made_of: the fingerprint of what the answers depend on; those of another one are not taken.
    """

    def __init__(self, kind: str, made_of: str) -> None:
        super().__init__()
        self.made_of = made_of
        folder = os.environ.get(WHERE, "")
        self.file = Path(folder or ROOT / ".cache" / "book") / f"{kind}.json"
        self.wanted = folder != "no"
        if self.wanted:
            self.update(self._read())
            atexit.register(self.write)
        self.before = len(self)

    def _read(self) -> dict[str, Any]:
        try:
            found = json.loads(self.file.read_text(encoding="utf-8"))
            return dict(found["answers"]) if found["made_of"] == self.made_of else {}
        except (OSError, ValueError, TypeError, KeyError):  # not there, or damaged
            return {}

    def write(self) -> None:
        """Write what is new: to a file beside it first, so that no reader finds half of it."""
        if not self.wanted or len(self) == self.before:
            return
        beside = self.file.with_suffix(f".{os.getpid()}")
        with suppress(OSError):  # a build without room for it is a build
            self.file.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(json.dumps({"made_of": self.made_of, "answers": self}), encoding="utf-8")
            beside.replace(self.file)
