"""A layer of three ReLU neurons for 200 iterations, with the dot product rounded to float32."""

from __future__ import annotations

from scalarnn import (
    ReLU,
    gradient_descent_step,
    layer_backward,
    squared_error,
    squared_error_gradient,
    weighted_sum,
)
from scalarnn.float32 import round_to_float32

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.scalar import Matrix, Number, Vector

PLACE = "§3, cell 5"

GIVEN = {
    "x": [1, 2, 3, 4],  # inputs
    "W": [[0.1, 0.2, 0.3, 0.4], [0.5, 0.6, 0.7, 0.8], [0.9, 1.0, 1.1, 1.2]],  # weights to begin with
    "b": [0.1, 0.2, 0.3],  # biases to begin with
    "target": 0,  # what the sum of the outputs should be
    "learning_rate": 0.001,  # the step
    "n_iterations": 200,  # how often
}


def work(x: Vector, W: Matrix, b: Vector, target: Number, learning_rate: Number, n_iterations: int) -> dict[str, Any]:
    """The notebook's helper package rounds every dot product to float32; all else is float64."""
    losses = []  # L of each iteration
    for _iteration in range(n_iterations):
        z = []
        for j in range(len(W)):
            z_j = round_to_float32(weighted_sum(x, W[j])) + b[j]  # zⱼ = float32(Σᵢ Wⱼᵢ xᵢ) + bⱼ
            z.append(z_j)
        a = ReLU().forward(z)  # aⱼ = ReLU(zⱼ)
        y = weighted_sum(a, [1] * len(a))  # y = Σⱼ aⱼ
        L = squared_error([y], [target])  # L = (y − target)²
        losses.append(L)
        (dL_dy,) = squared_error_gradient([y], [target])  # ∂L/∂y = 2 (y − target)
        dy_da = [1] * len(a)  # ∂y/∂aⱼ = 1
        dL_da = [dL_dy * dy_da_j for dy_da_j in dy_da]  # ∂L/∂aⱼ = ∂L/∂y · ∂y/∂aⱼ
        dL_dz = ReLU().backward(dL_da, z)  # ∂L/∂zⱼ = ∂L/∂aⱼ · ReLU′(zⱼ)
        dL_dW, dL_db, dL_dx = layer_backward(dL_dz, x, W)  # ∂L/∂Wⱼᵢ = ∂L/∂zⱼ · xᵢ; ∂L/∂b = ∂L/∂z; ∂L/∂x = Wᵀ ∂L/∂z
        W = gradient_descent_step(W, dL_dW, learning_rate)  # W − η · ∂L/∂W
        b = gradient_descent_step(b, dL_db, learning_rate)  # b − η · ∂L/∂b
    return locals()
