"""Losses of two parameters, seen from above: rings of equal loss, and the way of an optimizer across them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from scalarnn import zeros_like
from scalarnn.svg import Curve, plot
from scalarnn.svg.axes import Axis, Frame

Point = tuple[float, float]
PALE = "stroke-width:1;opacity:.4"
WIDTH = 340
CURVATURES = (1, 20)  # of the narrow valley: L = ½ (θ₀² + 20 θ₁²)


def valley_loss(theta: Sequence[Any]) -> Any:
    """A valley that is steep across and almost flat along."""
    return (CURVATURES[0] * theta[0] * theta[0] + CURVATURES[1] * theta[1] * theta[1]) / 2


def valley_gradient(theta: Sequence[Any]) -> list[Any]:
    """∂L/∂θ of the valley."""
    return [CURVATURES[0] * theta[0], CURVATURES[1] * theta[1]]


def rings(centre: Point, curvatures: Sequence[float], levels: Sequence[float]) -> list[Curve]:
    """Where ½ (c₀ (θ₀ − m₀)² + c₁ (θ₁ − m₁)²) has the level: an ellipse for each."""
    curves = []
    for level in levels:
        ring = []
        for k in range(61):
            turn = 2 * math.pi * k / 60
            along = centre[0] + math.sqrt(2 * level / curvatures[0]) * math.cos(turn)
            across = centre[1] + math.sqrt(2 * level / curvatures[1]) * math.sin(turn)
            ring.append((along, across))
        curves.append(Curve("", "plain", [ring], []))
    return curves


def seen_from_above(
    title: str, spoken: str, background: Sequence[Curve], ways: Sequence[Curve], x: Point, y: Point, **named: Any
) -> str:
    """Ways across a landscape, its rings thin and pale behind them.

    A step of 1 is as long up as it is across, as on a map: else the rings of a valley would look rounder than they are,
    and no gradient would stand upright on its ring.
    """
    frame = Frame(
        Axis(*x, ticks=named.get("x_ticks"), name=named.get("x_name", "")),
        Axis(*y, ticks=named.get("y_ticks"), name=named.get("y_name", "")),
        WIDTH,
        WIDTH,
    )
    unit = (frame.x.end - frame.x.start) / (x[1] - x[0])
    height = WIDTH - (frame.y.start - frame.y.end) + unit * (y[1] - y[0])
    picture = plot(title, spoken, [*background, *ways], x, y, size=(WIDTH, height), **named)
    return picture.replace('class="picture__line picture__line--plain"', f'class="picture__line" style="{PALE}"')


def way(name: str, points: Sequence[Sequence[Any]], kind: str) -> Curve:
    """A line through points, with a dot at each."""
    places = [(float(point[0]), float(point[1])) for point in points]
    return Curve(name, kind, [places], [(*place, True) for place in places])


def walk(
    step: Callable[..., Any],
    gradient: Callable[[list[Any]], list[Any]],
    theta: list[Any],
    n_steps: int,
    *settings: Any,
    kept: int = 0,
    counts: bool = False,
) -> list[list[Any]]:
    """The places of an optimizer: its step, `n_steps` times.

    Args:
        step: such as momentum_step.
        gradient: ∂L/∂θ at a place.
        theta: where to start.
        n_steps: how often.
        settings: the rate and what follows it.
        kept: how many states the step takes and gives back.
        counts: whether it wants to be told which step it is.
    """
    places, state = [theta], [zeros_like(theta) for _ in range(kept)]
    for t in range(1, n_steps + 1):
        g = gradient(theta)
        moved = step(theta, g, *state, *([t] if counts else []), *settings)
        theta, *state = moved if kept else (moved,)
        places.append(theta)
    return places
