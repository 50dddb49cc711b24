"""The error that stops the build."""

from __future__ import annotations

from pymdownx.superfences import SuperFencesException


class BookError(SuperFencesException):  # type: ignore[misc]
    """A page asks for something that is not there: a symbol, a variable, a formula that is no TeX.

    Fences swallow every exception but their own kind, and would print the block as it stands.
    """
