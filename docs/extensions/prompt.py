"""A session at the Python prompt, run for real while building."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from typing import Any

from docs.extensions.errors import BookError


def prompt(lines: Sequence[str], fails: str = "") -> str:
    """What the prompt shows for these lines, as a block of code. If `fails` names an error, one has to come up."""
    names: dict[str, Any] = {}
    shown = []
    for line in lines:
        shown.append(f">>> {line}")
        printed = io.StringIO()
        try:
            with redirect_stdout(printed):
                sys.displayhook, before = sys.__displayhook__, sys.displayhook
                try:
                    exec(compile(line, "<prompt>", "single"), names)
                finally:
                    sys.displayhook = before
        except Exception as error:
            if type(error).__name__ != fails:
                raise BookError(f"at the prompt, {line!r}: {type(error).__name__}: {error}") from error
            shown += ["Traceback (most recent call last):", "  …", f"{type(error).__name__}: {error}"]
        if printed.getvalue():
            shown.append(printed.getvalue().rstrip("\n"))
    if fails and f"{fails}: " not in "\n".join(shown):
        raise BookError(f"at the prompt, nothing raised {fails}")
    session = "\n".join(shown)
    return f"```pycon\n{session}\n```\n"
