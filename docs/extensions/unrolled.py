"""Unrolled programs on a page: their lines with links to the source, and how they grow."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from html import escape
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import scalarnn
from docs.extensions.code import ROOT
from docs.extensions.source import file_page
from scalarnn import (
    Identity,
    ReLU,
    Sigmoid,
    gradient_descent_step,
    half_squared_error,
    half_squared_error_gradient,
    layer_backward,
    network_backward,
    network_forward,
    neuron_forward,
    relu,
    squared_error,
)
from scalarnn.layer import layer_forward
from scalarnn.losses import half_squared_error as unchecked_half_squared_error
from scalarnn.proofs import catalogue, derivation
from scalarnn.scalar import exp, log, sqrt
from scalarnn.unrolled import Line, Program, unroll

# Without the checks, which know the package's own kinds of number only.
bare = SimpleNamespace(layer_forward=layer_forward, half_squared_error=unchecked_half_squared_error)


def network_step(x: Any, y: Any, Ws: Any, bs: Any, learning_rate: Any) -> Any:
    """One training step of a ReLU network with as many layers as there are matrices."""
    activations: list[Any] = [ReLU()] * (len(Ws) - 1)
    activations.append(Identity())
    xs, zs = network_forward(x, Ws, bs, activations)
    y_hat = xs[-1]
    L = half_squared_error(y_hat, y)
    dL_dy_hat = half_squared_error_gradient(y_hat, y)
    dL_dWs, dL_dbs, _dL_dx = network_backward(dL_dy_hat, xs, zs, Ws, activations)
    Ws_new = [gradient_descent_step(W, dL_dW, learning_rate) for W, dL_dW in zip(Ws, dL_dWs, strict=True)]
    bs_new = [gradient_descent_step(b, dL_db, learning_rate) for b, dL_db in zip(bs, dL_dbs, strict=True)]
    return L, Ws_new, bs_new


def two_layer_step(x: Any, y: Any, W: Any, b: Any, W_out: Any, b_out: Any, *, learning_rate: Any) -> Any:
    """The same for a hidden layer and an output layer, each by its name."""
    activation = ReLU()
    u = scalarnn.layer_forward(x, W, b)
    z = activation.forward(u)
    y_hat = scalarnn.layer_forward(z, W_out, b_out)
    L = half_squared_error(y_hat, y)
    dL_dy_hat = half_squared_error_gradient(y_hat, y)
    dL_dW_out, dL_db_out, dL_dz = layer_backward(dL_dy_hat, z, W_out)
    dL_du = activation.backward(dL_dz, u)
    dL_dW, dL_db, _dL_dx = layer_backward(dL_du, x, W)
    W_new = gradient_descent_step(W, dL_dW, learning_rate)
    b_new = gradient_descent_step(b, dL_db, learning_rate)
    W_out_new = gradient_descent_step(W_out, dL_dW_out, learning_rate)
    b_out_new = gradient_descent_step(b_out, dL_db_out, learning_rate)
    return L, W_new, b_new, W_out_new, b_out_new


def sigmoid_step(x: Any, y: Any, W: Any, V: Any, b: Any, c: Any, learning_rate: Any, back_through: str) -> Any:
    """A step of two sigmoid layers that moves no bias: back through the "old" V, as is right, or the "updated" one."""
    activation = Sigmoid()
    z = layer_forward(x, W, b)
    a = activation.forward(z)
    scores = layer_forward(a, V, c)
    y_hat = activation.forward(scores)
    L = half_squared_error(y_hat, y)
    dL_dscores = activation.backward(half_squared_error_gradient(y_hat, y), scores)
    dL_dV, _dL_dc, dL_da = layer_backward(dL_dscores, a, V)
    V_new = gradient_descent_step(V, dL_dV, learning_rate)
    if back_through == "updated":
        _dL_dV, _dL_dc, dL_da = layer_backward(dL_dscores, a, V_new)
    dL_dW, _dL_db, _dL_dx = layer_backward(activation.backward(dL_da, z), x, W)
    W_new = gradient_descent_step(W, dL_dW, learning_rate)
    return L, y_hat, W_new, V_new


# One operation each, amid a program: k is how the loss answers to it, whatever it is.


def _a_sum(a: Any, b: Any, y: Any, k: Any) -> Any:
    c = a + b
    L = k * (c - y)
    return {"L": L}


def _a_difference(a: Any, b: Any, y: Any, k: Any) -> Any:
    c = a - b
    L = k * (c - y)
    return {"L": L}


def _a_product(a: Any, b: Any, y: Any, k: Any) -> Any:
    c = a * b
    L = k * (c - y)
    return {"L": L}


def _a_quotient(a: Any, b: Any, y: Any, k: Any) -> Any:
    c = a / b
    L = k * (c - y)
    return {"L": L}


def _an_exponential(a: Any, y: Any, k: Any) -> Any:
    c = exp(a)
    L = k * (c - y)
    return {"L": L}


def _a_logarithm(a: Any, y: Any, k: Any) -> Any:
    c = log(a)
    L = k * (c - y)
    return {"L": L}


def _a_root(a: Any, y: Any, k: Any) -> Any:
    c = sqrt(a)
    L = k * (c - y)
    return {"L": L}


ALONE = {
    "a + b": _a_sum,
    "a - b": _a_difference,
    "a \\, b": _a_product,
    "a / b": _a_quotient,
    "e^a": _an_exponential,
    "\\log a": _a_logarithm,
    "\\sqrt a": _a_root,
}


def way_back(operation: str) -> tuple[int, int]:
    """How many operations the way back of one operation takes beside those of the way forward, and its operands."""
    function = ALONE[operation]
    *operands, _y, _k = function.__code__.co_varnames[: function.__code__.co_argcount]
    program = unroll(function, *[float(2 + at) for at in range(len(operands) + 2)])
    back = program.backward("L", by=operands)
    forward = set(program.python().splitlines()) & {line for line in back.python().splitlines() if " = " in line}
    return sum(back.count().values()) - len(forward), len(operands)


def network_output(x: Any, Ws: Any, bs: Any) -> Any:
    """The same network, forward only."""
    activations: list[Any] = [ReLU()] * (len(Ws) - 1)
    activations.append(Identity())
    xs, _zs = network_forward(x, Ws, bs, activations)
    return xs[-1]


def neuron_loss(x: Any, w: Any, b: Any, y: Any) -> Any:
    """The loss of one ReLU neuron."""
    z = neuron_forward(x, w, b)
    a = relu(z)
    L = squared_error([a], [y])
    return L


def network_loss(x: Any, y: Any, W: Any, b: Any, W_out: Any, b_out: Any) -> Any:
    """The loss of a network with one hidden layer, written so that any number can go through it."""
    u = bare.layer_forward(x, W, b)
    z = []
    for u_j in u:
        if u_j > 0:
            z.append(u_j)
        else:
            z.append(0)
    y_hat = bare.layer_forward(z, W_out, b_out)
    L = bare.half_squared_error(y_hat, y)
    return L


def shapes(sizes: Sequence[int]) -> tuple[list[float], list[float], list[list[list[float]]], list[list[float]]]:
    """x, y, Ws and bs of a network of these sizes."""
    Ws, bs = [], []
    for layer in range(1, len(sizes)):
        Ws.append([[1.0] * sizes[layer - 1] for _ in range(sizes[layer])])
        bs.append([1.0] * sizes[layer])
    return [1.0] * sizes[0], [1.0] * sizes[-1], Ws, bs


@cache
def step_of(*sizes: int) -> Program:
    """The program of a training step."""
    x, y, Ws, bs = shapes(sizes)
    return unroll(network_step, x, y, Ws, bs, 1.0)


@cache
def forward_of(*sizes: int) -> Program:
    """The program of a forward pass."""
    x, _y, Ws, bs = shapes(sizes)
    return unroll(network_output, x, Ws, bs)


def exponent(small: float, large: float, ratio: float) -> str:
    """By which power something grows, if it grew so much while its cause grew by the ratio."""
    return f"{math.log(large / small) / math.log(ratio):.2f}"


# ---- lines with their places -----------------------------------------------------------------------------------------


def listing(program: Program, values: dict[str, Any] | None = None) -> str:
    """Every line with its number, the line of the source that it comes from, and the rule that is proved for it."""
    rows = []
    for line in program.lines:
        number = "" if values is None else f"{values.get(line.name, ''):.6g}" if line.name in values else ""
        rows.append(
            f"<tr><td><code>{escape(str(line))}</code></td><td>{number}</td><td>{_place(line)}</td>"
            f"<td>{escape(rule_of(line).partition(';')[0])}</td></tr>"
        )
    shown = "" if values is None else "its number"
    head = f"<tr><th>line</th><th>{shown}</th><th>from</th><th>rule</th></tr>"
    table = f'<table class="unrolled__lines"><thead>{head}</thead><tbody>{"".join(rows)}</tbody></table>'
    return f'<div class="unrolled" role="region" aria-label="Lines of the program" tabindex="0">{table}</div>'


def _place(line: Line) -> str:
    """A link to the line of the source, if a page shows the file."""
    path = Path(line.file)
    name = f"{path.name}:{line.source_line}"
    if not path.is_relative_to(ROOT / "scalarnn"):
        return escape(name)
    page = file_page(path.relative_to(ROOT).as_posix())
    if not (ROOT / "docs" / page.lstrip("/")).is_file():
        return escape(name)
    return f'<a href="..{page.removesuffix(".md")}.html#L{line.source_line}">{escape(name)}</a>'


@cache
def _rules() -> dict[tuple[Any, str], str]:
    rules: dict[tuple[Any, str], str] = {}
    for theorem in catalogue.THEOREMS:
        if isinstance(theorem, derivation.Derivation):
            for step in theorem.steps:
                if step.line is not None and hasattr(step.line.function, "__code__"):
                    variable = step.line.variable.partition("[")[0].partition(".")[0]
                    rules.setdefault((_begins(step.line.function), variable), step.rule)
    return rules


def rule_of(line: Line) -> str:
    """The rule of the derivation step whose line this is; nothing where it is no step of one."""
    if line.function is None or line.variable is None:
        return ""
    return _rules().get((_begins(line.function), line.variable), "")


def _begins(function: Any) -> tuple[str, int]:
    """Where a function begins, which what carries a rule over lists has in common with the rule."""
    return function.__code__.co_filename, function.__code__.co_firstlineno
