"""What the page is made of by hand: its scripts and its stylesheet, as text."""

from __future__ import annotations

import re
from importlib import resources

__all__ = ["ELEMENT", "LIVE", "MORE", "NAMING", "scripts", "stylesheet"]

# One classic script each: what every player needs; the other elements; what names a slip; Python in the page.
ELEMENT = (
    *("numbers", "wanted", "elements", "recorder", "formulas", "program", "picture", "plots", "sharing"),
    *("because", "asking", "editor", "moving", "panels", "player"),
)
MORE = ("bench", "training", "paths")
NAMING = ("naming",)
LIVE = ("live",)


def scripts(names: tuple[str, ...]) -> str:
    """Some of the scripts, one after the other, without their comments and without the room before a line."""
    text = "\n".join(_text(f"{name}.js") for name in names)
    without = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return "\n".join(line.strip() for line in without.splitlines() if line.strip()) + "\n"


def stylesheet() -> str:
    """The stylesheet."""
    return _text("player.css")


def _text(name: str) -> str:
    return resources.files("scalarnn.player.assets").joinpath(name).read_text(encoding="utf-8")
