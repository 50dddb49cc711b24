"""What a reader needs before a command of these pages works, as a box: the code, and a Python that is new enough."""

from __future__ import annotations

import os
import tomllib

from docs.extensions.code import ROOT
from docs.extensions.errors import BookError


def python_version() -> str:
    """The oldest Python that the package runs on, as its own metadata say: "3.11"."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        wanted: str = tomllib.load(file)["project"]["requires-python"]
    if not wanted.startswith(">=") or not wanted[2:].replace(".", "").isdigit():
        raise BookError(f"pyproject.toml asks for Python {wanted!r}; the book can only say 'or newer'")
    return wanted[2:]


def where_the_code_is() -> str:
    """The address of the repository, if whoever publishes the book gives one as REPOSITORY; else what the folder is."""
    address = os.environ.get("REPOSITORY", "")
    if not address:
        return "It came with this book: `scalarnn/` in it is the package, `docs/` the pages that you are reading."
    if not address.startswith("https://") or len(address.split()) != 1:
        raise BookError(f"REPOSITORY is {address!r}; the book needs an address that begins with https://")
    return f"Clone or download [the repository]({address})."


def get_the_code() -> str:
    """How to come from this page to a command that runs."""
    return f"""!!! note "Get the code"

    The commands in this book run in the project's folder. {where_the_code_is()} Open a terminal there, and try:

    ```sh
    python3 -m scalarnn
    ```

    You need Python {python_version()} or newer, and there is nothing to install. To use the package from other folders
    too, enter `pip install .` there. Only the proofs want one more: `pip install '.[proofs]'` brings SymPy.
"""
