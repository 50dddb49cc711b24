"""One neuron: values forward, gradients back, all at once or a step at a time.

Everything that appears in step n stands in `<g class="picture__step" style="--step:n">`. The stylesheet alone shows
and hides it: all is there until a reader plays it (readers who want no motion cannot), or chooses a step, with keys
too. Without the stylesheet, and on paper, everything is there.
"""

from __future__ import annotations

import math

from scalarnn import check
from scalarnn.svg.diagram import RADIUS, node, patch, room, words
from scalarnn.svg.text import digits_below, figure, key, listed, number, place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    Point = tuple[float, float]

__all__ = ["neuron_diagram"]

ROW, TOP = 84, 36
ON_ARM = 0.45  # where on an input's way to the sum its weight stands
ASIDE = 3.5  # half of the distance between the way forward and the way back
ALWAYS, GIVEN, SUM, ACTIVATE, LOSS, BACK_A, BACK_Z, BACK_W = range(8)  # in which step a part appears


def neuron_diagram(
    title: str,
    neuron: Any,
    loss: Any,
    dL_da: Any,
    *,
    activation: str | None = None,
    steps: bool = False,
    spoken: str | None = None,
    show: Callable[[Any], str] = number,
) -> str:
    """A neuron after a forward and a backward pass: every value and, below it, its gradient.

    Args:
        title: the picture's name.
        neuron: anything with w, b, x, z, a, dL_dz, dL_dw, dL_db, dL_dx, as a Neuron.
        loss: L.
        dL_da: ∂L/∂a, the gradient that the neuron was given.
        activation: its name; None for that of the neuron's own.
        steps: let the picture be played and stepped through.
        spoken: what it shows; None to have it computed.
        show: how a number is written.

    Returns:
        A `<figure>`.

    Raises:
        ValueError: the neuron has not gone forward and back yet.

    Examples:
        >>> from scalarnn import Neuron, ReLU, squared_error, squared_error_gradient
        >>> neuron = Neuron([0.5, -1], 1, activation=ReLU())
        >>> a = neuron.forward([4, 2])
        >>> dL_da = squared_error_gradient([a], [0])[0]
        >>> _ = neuron.backward(dL_da)
        >>> picture = neuron_diagram("A neuron", neuron, squared_error([a], [0]), dL_da)
        >>> "The weighted sum is 1, ReLU makes 1 of it, and the loss is 1." in picture
        True
    """
    if neuron.z is None or neuron.dL_dz is None:
        raise ValueError("the neuron has no numbers to show: expected one after a forward and a backward pass")
    check.length(neuron.w, "w", len(neuron.x), "one weight for each input")
    if activation is None:
        activation = "a = z" if neuron.activation is None else type(neuron.activation).__name__
    inputs = len(neuron.x)
    bottom = TOP + ROW * inputs
    middle = TOP + ROW * inputs / 2
    weights = [f"w{digits_below(i)} = {show(neuron.w[i])}" for i in range(inputs)] + [f"b = {show(neuron.b)}"]
    dL_dweights = [show(gradient) for gradient in [*neuron.dL_dw, neuron.dL_db]]
    x, dL_dx = [show(value) for value in neuron.x], [show(gradient) for gradient in neuron.dL_dx]
    z, a, dL_dz, dL_dout = f"z = {show(neuron.z)}", f"a = {show(neuron.a)}", show(neuron.dL_dz), show(dL_da)
    input_x = RADIUS + 11 + room(*x, *dL_dx)
    sum_x = input_x + max(150, (room(*weights, *dL_dweights) / 2 + RADIUS + 14) / ON_ARM)
    activation_x = sum_x + 2 * RADIUS + max(46, room(z, dL_dz) + 8)
    loss_x = activation_x + 2 * RADIUS + max(46, room(a, dL_dout) + 8)
    width = loss_x + max(RADIUS + 6, room(show(loss)) / 2 + 4)
    sheet = _Sheet()
    for i in range(inputs + 1):
        y = TOP + ROW * i
        sheet.arm((input_x, y), (sum_x, middle), weights[i], dL_dweights[i])
        name = f"x{digits_below(i)}" if i < inputs else "1"
        sheet.parts[ALWAYS].append(node(input_x, y, name, "picture__node--input"))
        if i < inputs:
            beside = input_x - RADIUS - 9
            sheet.parts[GIVEN].append(words(beside, y - 3, x[i], "picture__value", "end"))
            sheet.parts[BACK_W].append(words(beside, y + 15, dL_dx[i], "picture__gradient", "end"))
    sheet.level((SUM, BACK_Z), (sum_x, middle), (activation_x, middle), z, dL_dz)
    sheet.level((ACTIVATE, BACK_A), (activation_x, middle), (loss_x, middle), a, dL_dout)
    sheet.parts[ALWAYS].append(node(sum_x, middle, "Σ"))
    sheet.parts[ALWAYS].append(node(activation_x, middle, activation, "picture__node--small"))
    sheet.parts[ALWAYS].append(node(loss_x, middle, "L"))
    sheet.parts[LOSS].append(words(loss_x, middle - RADIUS - 11, show(loss), "picture__value"))
    sheet.parts[BACK_A].append(words(loss_x, middle + RADIUS + 22, "1", "picture__gradient"))
    keys = [
        key('<path class="picture__there" d="M0 6H20"/><path class="picture__there-tip" d="M26 6l-8-4v8z"/>', "value"),
        key('<path class="picture__back" d="M26 6H6"/><path class="picture__back-tip" d="M0 6l8-4v8z"/>', "gradient"),
    ]
    if spoken is None:
        spoken = _said(neuron, loss, dL_da, activation, show)
    captions = _captions(neuron, loss, dL_da, activation, show) if steps else ()
    return figure("diagram", (width, bottom + 36), title, spoken, sheet.drawn(steps), keys, zoom=1.25, steps=captions)


class _Sheet:
    """What is drawn in each step: arrows, and over them the nodes and texts."""

    def __init__(self) -> None:
        self.arrows: list[list[str]] = [[] for _ in range(BACK_W + 1)]
        self.parts: list[list[str]] = [[] for _ in range(BACK_W + 1)]

    def arm(self, start: Point, end: Point, value: str, gradient: str) -> None:
        """An input's way to the sum and back, with its weight (or the bias) on it."""
        self._ways(SUM, BACK_W, start, end)
        x, y = start[0] + (end[0] - start[0]) * ON_ARM, start[1] + (end[1] - start[1]) * ON_ARM
        self.parts[GIVEN].append(patch(x, y, room(value, gradient) + 4, 38))
        self.parts[GIVEN].append(words(x, y - 4, value, "picture__value"))
        self.parts[BACK_W].append(words(x, y + 14, gradient, "picture__gradient"))

    def level(self, steps: tuple[int, int], start: Point, end: Point, value: str, gradient: str) -> None:
        """The level way between two nodes, the value above it and its gradient below."""
        there, back = steps
        self._ways(there, back, start, end)
        x, y = (start[0] + end[0]) / 2, start[1]
        self.parts[there].append(words(x, y - 13, value, "picture__value"))
        self.parts[back].append(words(x, y + 23, gradient, "picture__gradient"))

    def drawn(self, in_steps: bool) -> list[str]:
        """All of it, below first; in steps, each in a group of its own."""
        drawn = []
        for layer in (self.arrows, self.parts):
            for step in range(len(layer)):
                together = "".join(layer[step])
                if in_steps and step and together:
                    together = f'<g class="picture__step" style="--step:{step}">{together}</g>'
                drawn.append(together)
        return drawn

    def _ways(self, there: int, back: int, start: Point, end: Point) -> None:
        """Two arrows side by side: the value's way forward, the gradient's way back."""
        length = math.hypot(end[0] - start[0], end[1] - start[1])
        along_x, along_y = (end[0] - start[0]) / length, (end[1] - start[1]) / length
        aside_x, aside_y = along_y * ASIDE, -along_x * ASIDE
        near, far = RADIUS + 4, length - RADIUS - 4
        first = (start[0] + along_x * near, start[1] + along_y * near)
        last = (start[0] + along_x * far, start[1] + along_y * far)
        self.arrows[there].append(
            _arrow((first[0] + aside_x, first[1] + aside_y), (last[0] + aside_x, last[1] + aside_y), "picture__there")
        )
        self.arrows[back].append(
            _arrow((last[0] - aside_x, last[1] - aside_y), (first[0] - aside_x, first[1] - aside_y), "picture__back")
        )


def _arrow(start: Point, end: Point, kind: str) -> str:
    angle = math.degrees(math.atan2(end[1] - start[1], end[0] - start[0]))
    turned = f"translate({place(end[0])} {place(end[1])}) rotate({place(angle)})"
    return (
        f'<path class="{kind}" d="M{place(start[0])} {place(start[1])}L{place(end[0])} {place(end[1])}"/>'
        f'<path class="{kind}-tip" d="M0 0l-8-4v8z" transform="{turned}"/>'
    )


def _said(neuron: Any, loss: Any, dL_da: Any, activation: str, show: Callable[[Any], str]) -> str:
    x, w, dL_dw, dL_dx = (_each(row, show) for row in (neuron.x, neuron.w, neuron.dL_dw, neuron.dL_dx))
    return (
        f"Inputs {x} meet weights {w} and bias {show(neuron.b)}. The weighted sum is {show(neuron.z)}, {activation} "
        f"makes {show(neuron.a)} of it, and the loss is {show(loss)}. Back from the loss: the gradient at the output "
        f"is {show(dL_da)}, at the weighted sum {show(neuron.dL_dz)}, at the weights {dL_dw}, at the bias "
        f"{show(neuron.dL_db)}, at the inputs {dL_dx}."
    )


def _captions(neuron: Any, loss: Any, dL_da: Any, activation: str, show: Callable[[Any], str]) -> list[str]:
    """What happens in each step, from step 1."""
    return [
        "The inputs, the weights and the bias are given.",
        f"Each input times its weight, all added up, and the bias: z = {show(neuron.z)}.",
        f"{activation} makes the output of it: a = {show(neuron.a)}.",
        f"The loss says how far that is from the target: L = {show(loss)}.",
        f"Now back, from ∂L/∂L = 1. How the loss changes with the output: ∂L/∂a = {show(dL_da)}.",
        f"Through {activation}: ∂L/∂z = {show(neuron.dL_dz)}.",
        "Each weight gets ∂L/∂z times its input, each input ∂L/∂z times its weight, and the bias ∂L/∂z itself.",
    ]


def _each(values: Sequence[Any], show: Callable[[Any], str]) -> str:
    return listed([show(value) for value in values])
