"""One ReLU neuron for 200 iterations, every loss, with the dot product rounded to float32."""

from __future__ import annotations

from scalarnn import (
    gradient_descent_step,
    neuron_backward,
    relu,
    relu_derivative,
    squared_error,
    squared_error_gradient,
    weighted_sum,
)
from scalarnn.float32 import round_to_float32

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.scalar import Number, Vector

PLACE = "§2, cell 3"

GIVEN = {
    "x": [1.0, -2.0, 3.0],  # inputs
    "w": [-3.0, -1.0, 2.0],  # weights to begin with
    "b": 1.0,  # bias to begin with
    "y": 0.0,  # the target
    "learning_rate": 0.001,  # the step
    "n_iterations": 200,  # how often
}


def work(x: Vector, w: Vector, b: Number, y: Number, learning_rate: Number, n_iterations: int) -> dict[str, Any]:
    """The notebook's helper package rounds every dot product to float32; all else is float64."""
    losses = []  # L of each iteration
    for _iteration in range(n_iterations):
        z = round_to_float32(weighted_sum(x, w)) + b  # z = float32(Σᵢ wᵢ xᵢ) + b
        a = relu(z)  # a = ReLU(z)
        L = squared_error([a], [y])  # L = (a − y)²
        losses.append(L)
        (dL_da,) = squared_error_gradient([a], [y])  # ∂L/∂a = 2 (a − y)
        da_dz = relu_derivative(z)  # ∂a/∂z = 1 where z > 0, else 0
        dL_dz = dL_da * da_dz  # ∂L/∂z = ∂L/∂a · ∂a/∂z
        dL_dw, dL_db, dL_dx = neuron_backward(dL_dz, x, w)  # ∂L/∂wᵢ = ∂L/∂z · xᵢ; ∂L/∂b = ∂L/∂z; ∂L/∂x = ∂L/∂z · w
        w = gradient_descent_step(w, dL_dw, learning_rate)  # wᵢ − η · ∂L/∂wᵢ
        b = gradient_descent_step(b, dL_db, learning_rate)  # b − η · ∂L/∂b
    return locals()
