"""One neuron as a picture, values forward and gradients back; and layers of neurons, values forward.

The pictures are SVG text. Their colours are the page's CSS variables, so they follow light and dark.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from typing import Any

from docs.extensions.figures import number

WIDTH, ROW, TOP = 780, 88, 40
INPUT_X, SUM_X, ACTIVATION_X, LOSS_X = 96, 380, 554, 728
RADIUS, LAYER_ROW = 25, 72
SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉"


def neuron_picture(
    x: Sequence[Any],
    w: Sequence[Any],
    b: Any,
    forward: tuple[Any, Any, Any],
    backward: tuple[Any, Any, Sequence[Any], Any, Sequence[Any]],
    activation: str = "ReLU",
) -> str:
    """The neuron as SVG.

    forward holds z, a and L; backward holds ∂L/∂a, ∂L/∂z, ∂L/∂w, ∂L/∂b and ∂L/∂x.
    """
    z, a, L = forward
    dL_da, dL_dz, dL_dw, dL_db, dL_dx = backward
    middle = TOP + ROW * len(x) / 2
    height = TOP + ROW * len(x) + 84
    parts: list[str] = []
    for i in range(len(x)):
        y = TOP + ROW * i
        parts.append(_edge(INPUT_X, y, SUM_X, middle))
        parts.append(_label((INPUT_X, y, SUM_X, middle), f"w{_index(i)} = {number(w[i])}", number(dL_dw[i])))
        parts.append(_node(INPUT_X, y, f"x{_index(i)}", "picture__node--input"))
        parts.append(_beside(INPUT_X - RADIUS - 10, y, number(x[i]), number(dL_dx[i])))
    y = TOP + ROW * len(x)
    parts.append(_edge(INPUT_X, y, SUM_X, middle))
    parts.append(_label((INPUT_X, y, SUM_X, middle), f"b = {number(b)}", number(dL_db)))
    parts.append(_node(INPUT_X, y, "1", "picture__node--input"))
    parts.append(_between(SUM_X, ACTIVATION_X, middle, f"z = {number(z)}", number(dL_dz)))
    parts.append(_between(ACTIVATION_X, LOSS_X, middle, f"a = {number(a)}", number(dL_da)))
    parts.append(_node(SUM_X, middle, "Σ"))
    parts.append(_node(ACTIVATION_X, middle, activation, "picture__node--small"))
    parts.append(_node(LOSS_X, middle, "L"))
    parts.append(_text(LOSS_X, middle - RADIUS - 12, number(L), "picture__value"))
    parts.append(_text(LOSS_X, middle + RADIUS + 24, "1", "picture__gradient"))
    parts.append(_legend(height - 18))
    title = f"A neuron with {len(x)} inputs: values forward, gradients back"
    spoken = (
        f"Inputs {_list(x)} meet weights {_list(w)} and bias {number(b)}. "
        f"The weighted sum is {number(z)}, {activation} makes {number(a)} of it, and the loss is {number(L)}. "
        f"Back from the loss: the gradient at the output is {number(dL_da)}, at the weighted sum {number(dL_dz)}, "
        f"at the weights {_list(dL_dw)}, at the bias {number(dL_db)}, at the inputs {_list(dL_dx)}."
    )
    return (
        f'<div class="picture"><svg viewBox="0 0 {WIDTH} {height:g}" role="img" '
        f'aria-labelledby="neuron-title neuron-text"><title id="neuron-title">{escape(title)}</title>'
        f'<desc id="neuron-text">{escape(spoken)}</desc>{"".join(parts)}</svg></div>'
    )


def layers_picture(
    columns: Sequence[Sequence[str]],
    values: Sequence[Sequence[Any]],
    captions: Sequence[str],
    title: str,
    spoken: str,
    bold: int | None = None,
) -> str:
    """Columns of nodes, each joined to every node of the next column.

    columns holds the nodes' names, values what stands beside each (or nothing), captions what stands under each
    column. The wires into node `bold` of the last column are drawn strong.
    """
    tallest = max(len(column) for column in columns)
    height = 2 * TOP + LAYER_ROW * (tallest - 1) + 42
    middle = TOP + LAYER_ROW * (tallest - 1) / 2
    gap = (WIDTH - 2 * INPUT_X) / (len(columns) - 1)
    places = []
    for at, column in enumerate(columns):
        top = middle - LAYER_ROW * (len(column) - 1) / 2
        places.append([(INPUT_X + gap * at, top + LAYER_ROW * j) for j in range(len(column))])
    parts: list[str] = []
    for at in range(len(columns) - 1):
        last = at == len(columns) - 2
        for j, (x1, y1) in enumerate(places[at + 1]):
            strong = last and j == bold
            kind = "picture__wire picture__wire--strong" if strong else "picture__wire"
            for x0, y0 in places[at]:
                parts.append(f'<line class="{kind}" x1="{x0:g}" y1="{y0:g}" x2="{x1:g}" y2="{y1:g}"/>')
    for at, column in enumerate(columns):
        for j, name in enumerate(column):
            x, y = places[at][j]
            parts.append(_node(x, y, name, "picture__node--input" if at == 0 else ""))
            if values and values[at]:
                side = -1 if at == 0 else 1
                anchor = "end" if at == 0 else "start"
                parts.append(
                    f'<text class="picture__value" x="{x + side * (RADIUS + 9):g}" y="{y + 5 - (at > 0) * 22:g}" '
                    f'text-anchor="{anchor}">{number(values[at][j])}</text>'
                )
        parts.append(_text(places[at][0][0], height - 10, captions[at], "picture__caption"))
    return (
        f'<div class="picture"><svg viewBox="0 0 {WIDTH} {height:g}" role="img" '
        f'aria-labelledby="layers-title layers-text"><title id="layers-title">{escape(title)}</title>'
        f'<desc id="layers-text">{escape(spoken)}</desc>{"".join(parts)}</svg></div>'
    )


def _list(values: Sequence[Any]) -> str:
    return ", ".join(number(value) for value in values)


def _index(i: int) -> str:
    return "".join(SUBSCRIPTS[int(digit)] for digit in str(i))


def _edge(x0: float, y0: float, x1: float, y1: float) -> str:
    """Two lines side by side: the value's way there, the gradient's way back."""
    length = math.hypot(x1 - x0, y1 - y0)
    along_x, along_y = (x1 - x0) / length, (y1 - y0) / length
    aside_x, aside_y = along_y * 3.5, -along_x * 3.5
    near, far = RADIUS + 3, length - RADIUS - 4
    there = (
        x0 + along_x * near + aside_x,
        y0 + along_y * near + aside_y,
        x0 + along_x * far + aside_x,
        y0 + along_y * far + aside_y,
    )
    back = (
        x0 + along_x * far - aside_x,
        y0 + along_y * far - aside_y,
        x0 + along_x * near - aside_x,
        y0 + along_y * near - aside_y,
    )
    return _arrow(there, "picture__there") + _arrow(back, "picture__back")


def _arrow(line: tuple[float, float, float, float], kind: str) -> str:
    x0, y0, x1, y1 = line
    angle = math.degrees(math.atan2(y1 - y0, x1 - x0))
    return (
        f'<line class="{kind}" x1="{x0:.1f}" y1="{y0:.1f}" x2="{x1:.1f}" y2="{y1:.1f}"/>'
        f'<path class="{kind}-tip" d="M0 0l-8 -4v8z" transform="translate({x1:.1f} {y1:.1f}) rotate({angle:.1f})"/>'
    )


def _label(line: tuple[float, float, float, float], value: str, gradient: str) -> str:
    """Value and gradient on a patch of paper, on the first half of a line."""
    x0, y0, x1, y1 = line
    x, y = x0 + (x1 - x0) * 0.36, y0 + (y1 - y0) * 0.36
    patch = f'<rect class="picture__patch" x="{x - 36:.1f}" y="{y - 19:.1f}" width="72" height="38" rx="6"/>'
    return patch + _text(x, y - 4, value, "picture__value") + _text(x, y + 15, gradient, "picture__gradient")


def _between(x0: float, x1: float, y: float, value: str, gradient: str) -> str:
    x = (x0 + x1) / 2
    return (
        _edge(x0, y, x1, y)
        + _text(x, y - 14, value, "picture__value")
        + _text(x, y + 25, gradient, "picture__gradient")
    )


def _beside(x: float, y: float, value: str, gradient: str) -> str:
    return (
        f'<text class="picture__value" x="{x:g}" y="{y - 3:g}" text-anchor="end">{value}</text>'
        f'<text class="picture__gradient" x="{x:g}" y="{y + 16:g}" text-anchor="end">{gradient}</text>'
    )


def _node(x: float, y: float, text: str, kind: str = "") -> str:
    return (
        f'<g class="picture__node {kind}"><circle cx="{x:g}" cy="{y:g}" r="{RADIUS}"/>'
        f'<text x="{x:g}" y="{y:g}" dy=".35em" text-anchor="middle">{escape(text)}</text></g>'
    )


def _text(x: float, y: float, text: str, kind: str) -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="middle">{escape(text)}</text>'


def _legend(y: float) -> str:
    return (
        _arrow((SUM_X - 14, y - 5, SUM_X + 22, y - 5), "picture__there")
        + f'<text class="picture__value" x="{SUM_X + 32}" y="{y}">value, forward</text>'
        + _arrow((SUM_X + 216, y - 5, SUM_X + 180, y - 5), "picture__back")
        + f'<text class="picture__gradient" x="{SUM_X + 226}" y="{y}">gradient of the loss</text>'
    )
