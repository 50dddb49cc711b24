"""The same network trained for ten epochs on its one sample, loss and prediction of each."""

from __future__ import annotations

from scalarnn import (
    Layer,
    Network,
    ReLU,
    half_mean_squared_error,
    half_mean_squared_error_gradient,
)
from scalarnn.worked import s004_network

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.scalar import Matrix, Number, Vector

PLACE = "automating the process"

GIVEN = s004_network.GIVEN | {
    "target": 3,  # what the source calls ŷ
    "learning_rate": 0.01,  # the learning rate
    "n_epochs": 10,  # how often
}


def work(
    x: Vector,
    target: Number,
    W: Matrix,
    b: Vector,
    W_out: Matrix,
    b_out: Vector,
    *,
    learning_rate: Number,
    n_epochs: int,
) -> dict[str, Any]:
    """This time with objects: each layer keeps what its backward pass needs."""
    hidden = Layer(W, b, ReLU())
    output = Layer(W_out, b_out)
    network = Network([hidden, output])
    losses = []  # L of each epoch, before its update
    predictions = []  # y of each epoch
    for _epoch in range(n_epochs):
        (y,) = network.forward(x)  # y = W_out ReLU(W x + b) + b_out
        L = half_mean_squared_error([y], [target])  # L = ½ (y − target)²
        losses.append(L)
        predictions.append(y)
        dL_dy = half_mean_squared_error_gradient([y], [target])  # ∂L/∂y = y − target
        dL_dx = network.backward(dL_dy)  # ∂L/∂x, and every gradient on the way
        network.update(learning_rate)  # θ − η · ∂L/∂θ
    return locals()
