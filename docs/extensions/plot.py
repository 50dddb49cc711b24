"""Curves as SVG text, drawn with the page's CSS variables: light and dark, two or three kilobytes each.

curve     points of a function, each piece between its breaks drawn by itself
plot      one figure with axes, curves, a title and a description for those who cannot see it
side_by_side
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from html import escape
from typing import Any, NamedTuple

from docs.extensions.figures import number

WIDTH, HEIGHT = 340, 236
LEFT, RIGHT, TOP, BOTTOM = 34, 12, 12, 30
SAMPLES = 96
NEAR = 1e-9

Point = tuple[float, float]


class Curve(NamedTuple):
    """A name, a colour (value, gradient or plain), pieces of a line, and the ends of pieces at a jump."""

    name: str
    kind: str
    pieces: list[list[Point]]
    dots: list[tuple[float, float, bool]]


def curve(
    name: str,
    function: Callable[[float], Any],
    x: tuple[float, float],
    kind: str = "value",
    breaks: Sequence[float] = (),
    straight: bool = False,
) -> Curve:
    """Sample a function; at a break the pieces do not join, and dots show which value holds there."""
    edges = [x[0], *breaks, x[1]]
    pieces, dots = [], []
    for at in range(len(edges) - 1):
        start, end = edges[at], edges[at + 1]
        count = 1 if straight else max(2, round(SAMPLES * (end - start) / (x[1] - x[0])))
        places = [start + (end - start) * k / count for k in range(count + 1)]
        if at > 0:
            places[0] += NEAR
        pieces.append([(place, float(function(place))) for place in places])
    for place in breaks:
        here, right = float(function(place)), float(function(place + NEAR))
        if abs(here - right) > 1e-6:
            dots += [(place, here, True), (place, right, False)]
    return Curve(name, kind, pieces, dots)


def plot(
    title: str,
    spoken: str,
    curves: Sequence[Curve],
    x: tuple[float, float],
    y: tuple[float, float],
    x_ticks: Sequence[float],
    y_ticks: Sequence[float],
    x_name: str = "z",
    marks: Sequence[Point] = (),
) -> str:
    """One figure as HTML: the title above, the curves, and a legend below."""

    def place(point: Point) -> Point:
        across = LEFT + (point[0] - x[0]) / (x[1] - x[0]) * (WIDTH - LEFT - RIGHT)
        down = TOP + (y[1] - point[1]) / (y[1] - y[0]) * (HEIGHT - TOP - BOTTOM)
        return across, down

    parts = []
    for tick in y_ticks:
        (x0, at), (x1, _) = place((x[0], tick)), place((x[1], tick))
        kind = "plot__axis" if tick == 0 else "plot__grid"
        parts.append(f'<line class="{kind}" x1="{x0:.1f}" x2="{x1:.1f}" y1="{at:.1f}" y2="{at:.1f}"/>')
        parts.append(f'<text x="{x0 - 6:.1f}" y="{at + 4:.1f}" text-anchor="end">{_tick(tick)}</text>')
    for tick in x_ticks:
        (at, y0), (_, y1) = place((tick, y[0])), place((tick, y[1]))
        kind = "plot__axis" if tick == 0 else "plot__grid"
        parts.append(f'<line class="{kind}" x1="{at:.1f}" x2="{at:.1f}" y1="{y0:.1f}" y2="{y1:.1f}"/>')
        parts.append(f'<text x="{at:.1f}" y="{y0 + 17:.1f}" text-anchor="middle">{_tick(tick)}</text>')
    at, y0 = place(((x_ticks[-2] + x_ticks[-1]) / 2, y[0]))
    parts.append(f'<text x="{at:.1f}" y="{y0 + 17:.1f}" text-anchor="middle">{escape(x_name)}</text>')
    lines: list[str] = []
    for one in curves:
        for piece in one.pieces:
            path = "L".join(f"{across:.1f} {down:.1f}" for across, down in map(place, piece))
            lines.append(f'<path class="plot__line plot__line--{one.kind}" d="M{path}"/>')
        for across, down, filled in one.dots:
            dot = place((across, down))
            kind = "full" if filled else "open"
            lines.append(
                f'<circle class="plot__dot plot__dot--{one.kind} plot__dot--{kind}" '
                f'cx="{dot[0]:.1f}" cy="{dot[1]:.1f}" r="3.4"/>'
            )
    for mark in marks:
        dot = place(mark)
        lines.append(f'<circle class="plot__mark" cx="{dot[0]:.1f}" cy="{dot[1]:.1f}" r="4"/>')
    window = f"{LEFT} {TOP - 3} {WIDTH - LEFT - RIGHT} {HEIGHT - TOP - BOTTOM + 6}"
    across, down, wide, high = window.split()
    parts.append(
        f'<svg x="{across}" y="{down}" width="{wide}" height="{high}" viewBox="{window}">{"".join(lines)}</svg>'
    )
    name = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
    legend = "".join(
        f'<span class="plot__key plot__key--{one.kind}">{escape(one.name)}</span>' for one in curves if one.name
    )
    return (
        f'<figure class="plot"><svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-labelledby="plot-{name}" aria-describedby="plot-{name}-text">'
        f'<title id="plot-{name}">{escape(title)}</title><desc id="plot-{name}-text">{escape(spoken)}</desc>'
        f"{''.join(parts)}</svg><figcaption><strong>{escape(title)}</strong>{legend}</figcaption></figure>"
    )


def side_by_side(*figures: str) -> str:
    """Figures in a row, below each other where there is no room."""
    return f'<div class="plots">{"".join(figures)}</div>'


def _tick(value: float) -> str:
    return number(int(value) if math.isclose(value, round(value)) else value)
