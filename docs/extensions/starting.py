"""What a reader needs before a command of these pages works: the code, packed into the book, and a Python new enough.

The archive is made from the checkout when the book is built, and lies among its files; it is not committed.
"""

from __future__ import annotations

import io
import os
import tomllib
import zipfile
from functools import cache
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension

from docs.extensions.code import ROOT
from docs.extensions.errors import BookError

ARCHIVE = "assets/scalarnn.zip"
BESIDE = ("pyproject.toml", "README.md", "LICENSE", "CITATION.cff", "CHANGELOG.md")
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first day that an archive knows: the same code, the same bytes


def archive() -> bytes:
    """The package with what installs it, as a .zip."""
    names = [ROOT / name for name in BESIDE]
    names += [one for one in (ROOT / "scalarnn").rglob("*") if one.is_file() and "__pycache__" not in one.parts]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for one in sorted(names):
            entry = zipfile.ZipInfo(f"scalarnn/{one.relative_to(ROOT).as_posix()}", LONG_AGO)
            file.writestr(entry, one.read_bytes(), zipfile.ZIP_DEFLATED, 9)
    return packed.getvalue()


@cache
def write_archive() -> None:
    """Into the book, if it is not there as it is now; once for all pages of a build."""
    file, found = ROOT / "docs" / ARCHIVE, archive()
    if not file.is_file() or file.read_bytes() != found:
        file.write_bytes(found)


def python_version() -> str:
    """The oldest Python that the package runs on, as its own metadata say: "3.11"."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        wanted: str = tomllib.load(file)["project"]["requires-python"]
    if not wanted.startswith(">=") or not wanted[2:].replace(".", "").isdigit():
        raise BookError(f"pyproject.toml asks for Python {wanted!r}; the book can only say 'or newer'")
    return wanted[2:]


def where_the_code_is() -> str:
    """The archive in the book, and the repository if whoever publishes the book gives its address as REPOSITORY."""
    here = f"[scalarnn.zip]({ARCHIVE}) lies in this book. Unpack it"
    address = os.environ.get("REPOSITORY", "")
    if not address:
        return f"{here}."
    if not address.startswith("https://") or len(address.split()) != 1:
        raise BookError(f"REPOSITORY is {address!r}; the book needs an address that begins with https://")
    return f"{here}, or clone [the repository]({address}), which has the pages and the tests too."


def get_the_code() -> str:
    """How to come from this page to a command that runs."""
    return f"""!!! note "Get the code"

    The commands in this book run in the project's folder. {where_the_code_is()} Open a terminal in the folder
    `scalarnn`, and try:

    ```sh
    python3 -m scalarnn
    ```

    On Windows write `py` for `python3`, here and everywhere. You need Python {python_version()} or newer, and there is
    nothing to install. To use the package from other folders too, enter `pip install .` there. Only the proofs want one
    more: `pip install '.[proofs]'` brings SymPy.
"""


class Starting(Extension):
    """Writes the archive before the book is put together."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: ARG002
        write_archive()


def makeExtension(**options: Any) -> Starting:
    return Starting(**options)
