"""One neuron and a dense layer: the three gradients, for any loss behind them."""

# mypy: disable-error-code="import-untyped,misc,no-any-return"
from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scalarnn.neuron import neuron_backward, neuron_forward
from scalarnn.proofs import symbols
from scalarnn.proofs.theorem import Claim, Side, Wrong, claim, derivative, shipped, theorem

__all__ = ["THEOREMS"]


@theorem(
    id="neuron.gradients",
    statement="The gradients of a neuron are the derivatives of any loss behind it by w, b and x.",
    latex=r"\frac{\partial L}{\partial w_i} = \frac{\partial L}{\partial z}\,x_i,\quad"
    r"\frac{\partial L}{\partial b} = \frac{\partial L}{\partial z},\quad"
    r"\frac{\partial L}{\partial x_i} = \frac{\partial L}{\partial z}\,w_i",
    about=[neuron_backward, neuron_forward],
    refuted=[
        Wrong("a sign", "dL_dw_i = dL_dz * dz_dw_i", "dL_dw_i = -dL_dz * dz_dw_i"),
        Wrong("w in the place of x", "dz_dw_i = x[i]", "dz_dw_i = w[i]"),
        Wrong("the bias weighed like an input", "dz_db = 1", "dz_db = x[0]"),
        Wrong("the sum over inputs", "dL_dx_i = dL_dz * dz_dx_i", "dL_dx_i = dL_dz * sum(w)"),
    ],
)
def neuron_gradients(backward: Any) -> Iterator[Claim]:
    for n in (1, 2, 3, 4):
        x, w, b = symbols.vector("x", n), symbols.vector("w", n), symbols.number("b")
        z = shipped(neuron_forward, x, w, b)
        L, (dL_dz,) = symbols.any_loss([z.value])
        loss = Side(L, z.ran)
        gradients = shipped(backward, dL_dz, x, w)
        yield claim("∂L/∂w", gradients[0], derivative(loss, w))
        yield claim("∂L/∂b", gradients[1], derivative(loss, b))
        yield claim("∂L/∂x", gradients[2], derivative(loss, x))


THEOREMS = [neuron_gradients]
