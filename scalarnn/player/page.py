"""The element on a page: its scripts as text, one element, and a page of its own that needs nothing beside it."""

from __future__ import annotations

import json
from html import escape

from scalarnn.exercise.keys import OPTIMIZERS
from scalarnn.player.assets import ELEMENT, scripts, stylesheet
from scalarnn.player.dialects import script as script_of_dialects
from scalarnn.player.programs import as_data
from scalarnn.player.shipped import mathematics
from scalarnn.player.slips import script as script_of_slips

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from scalarnn.exercise.description import Exercise

__all__ = ["COMMAND", "element", "page", "page_of", "paths", "script", "stylesheet", "training"]

COMMAND = "python3 -m scalarnn show exercise.toml"


def script() -> str:
    """The JavaScript of the element, without the mathematics: one classic script."""
    return scripts(ELEMENT)


def element(
    data: dict[str, Any],
    label: str = "it",
    *,
    focus: str = "",
    is_open: bool = False,
    command: str = "",
    moves: str = "",
) -> str:
    """A player in HTML, closed behind a button until a reader opens it.

    Args:
        data: the program and its numbers: `programs.as_data` of an exercise, `worked.as_data` of a worked example.
        label: what is stepped through, for the button: "the network".
        focus: the name of the program that it begins with.
        is_open: whether it stands open from the beginning.
        moves: the name that moves first in "What if one number moves".
        command: what does the same in a terminal, for a page without JavaScript.
    """
    attributes = f' label="{escape(label)}"' + (f' focus="{escape(focus)}"' if focus else "") + " open" * is_open
    attributes += f' moves="{escape(moves)}"' if moves else ""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    without = f"<noscript><p>In a terminal: <code>{escape(command)}</code></p></noscript>" if command else ""
    return (
        f'<scalar-player{attributes}><button type="button" class="player__open">'
        f"Step through {escape(label)}, with your own numbers</button>{without}"
        f'<script type="application/json">{text}</script></scalar-player>\n'
    )


def training(exercise: Exercise, label: str = "Train it here") -> str:
    """A network that learns in the page, in HTML: samples of two numbers, and a class for each.

    Args:
        exercise: of several samples with labels, a loss from scores and an optimizer.
        label: what the button says.
    """
    text = json.dumps(as_data(exercise), separators=(",", ":")).replace("<", "\\u003c")
    button = f'<button type="button" class="player__open">{escape(label)}</button>'
    return f'<scalar-training>{button}<script type="application/json">{text}</script></scalar-training>\n'


def paths(curvatures: Sequence[float], start: Sequence[float], rates: Mapping[str, float]) -> str:
    """The ways of rules across L = ½ Σᵢ cᵢ θᵢ², side by side, in HTML.

    Args:
        curvatures: c, two numbers.
        start: where they begin.
        rates: the learning rate of each rule, by its name in an exercise file.
    """
    rules = [
        {
            "name": name,
            "rate": rate,
            "state": OPTIMIZERS[name].state,
            "counts": OPTIMIZERS[name].counts,
            "settings": OPTIMIZERS[name].settings,
        }
        for name, rate in rates.items()
    ]
    text = json.dumps({"curvatures": list(curvatures), "start": list(start), "rules": rules})
    button = '<button type="button" class="player__open">Move the rates and the start yourself</button>'
    return f'<scalar-paths>{button}<script type="application/json">{text}</script></scalar-paths>\n'


def page(exercise: Exercise, title: str = "") -> str:
    """A page that shows the player and needs no other file.

    Args:
        exercise: with inputs.
        title: of the page; of the exercise if empty.

    Examples:
        >>> from scalarnn.exercise.description import Exercise
        >>> text = page(Exercise([{"W": [[1, 2]]}], x=[4, 5]))
        >>> text.count("<script"), "http" in text.replace("http://www.w3.org/", "")
        (4, False)
    """
    return page_of(as_data(exercise), more=script_of_dialects(exercise), title=title)


def page_of(data: dict[str, Any], more: str = "", title: str = "") -> str:
    """A page of any program.

    Args:
        data: the program and its numbers.
        more: JavaScript that it needs beside the mathematics.
        title: of the page; of the program if empty.
    """
    texts = (mathematics(), more, script(), script_of_slips())
    return PAGE.format(
        title=escape(title or data["title"]),
        style=stylesheet(),
        look=LOOK,
        element=element(data, "the network", is_open=True, command=COMMAND),
        scripts="\n".join(f"<script>{text}</script>" for text in texts if text),
    )


LOOK = """\
:root { color-scheme: light dark; }
body { background: #fdfcf9; color: #22252a; font: 100%/1.5 system-ui, sans-serif; }
body { margin: 1rem auto; max-width: 78rem; padding: 0 1rem; }
html { font-size: 22px; }
h1 { font-size: 1.1rem; }
@media (prefers-color-scheme: dark) {
  body {
    background: #15171b; color: #e3e2de;
    --book-ink: #e3e2de; --book-soft: #a8adb6; --book-rule: #343840; --book-panel: #1d2025; --book-paper: #15171b;
    --book-value: #8bbcf2; --book-value-wash: #1b2a3b; --book-gradient: #f3a871; --book-gradient-wash: #38271b;
    --book-green: #9ccc97;
  }
}
"""
PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="generator" content="player made by scalarnn">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
{look}{style}</style>
</head>
<body>
<main>
<h1>{title}</h1>
{element}</main>
{scripts}
</body>
</html>
"""
