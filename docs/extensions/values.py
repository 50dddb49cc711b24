"""A computed number inside a sentence: `= L` stands for the value of L.

    ```python exec="on" session="one-neuron"
    L = squared_error([a], [y])
    ```

    The loss is `= L`, and half of it `= L / 2`.

Between the backticks stands any expression over the names of the page's blocks; all of them have run before the first
sentence is read. Numbers are written as everywhere, text is taken as it is. What cannot be computed stops the build.
"""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.util import AtomicString

from docs.extensions import blocks, terminal
from docs.extensions.errors import BookError
from docs.extensions.figures import number

VALUE = r"(?<![`\\])`= ([^`]+)`(?!`)"
SESSION = re.compile(r'^\s*```python exec="[^"]*".*\bsession="([^"]+)"', re.MULTILINE)


class Sessions(Preprocessor):
    """Notes which sessions the blocks of the page are in, before they run."""

    def run(self, lines: list[str]) -> list[str]:
        names = dict.fromkeys(SESSION.findall("\n".join(lines)))
        self.md.book_sessions = list(names)  # type: ignore[attr-defined]
        return lines


class Value(InlineProcessor):
    """`= …`."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: ARG002
        expression = m.group(1).strip()
        found = Element("span", {"class": "value"})
        sessions = [name for name in getattr(self.md, "book_sessions", []) if name in blocks.SESSIONS]
        if not sessions:
            raise BookError(f"`= {expression}`: no block of this page has a session to compute it in")
        found.text = AtomicString(blocks.once(sessions, expression, lambda: _computed(expression, sessions)))
        return found, m.start(0), m.end(0)


def _computed(expression: str, sessions: list[str]) -> str:
    names: dict[str, Any] = {}
    for session in sessions:
        names |= blocks.SESSIONS[session].names()
    try:
        with terminal.session(sessions[-1]):
            value = eval(expression, names)
    except Exception as error:
        raise BookError(f"`= {expression}`: {type(error).__name__}: {error}") from error
    return value if isinstance(value, str) else number(value)


class ValuesExtension(Extension):
    """Computed numbers inside sentences."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.preprocessors.register(Sessions(md), "book_sessions", 100)
        md.inlinePatterns.register(Value(VALUE, md), "book_values", 195)


def makeExtension(**options: Any) -> ValuesExtension:
    return ValuesExtension(**options)
