"""The same layer in new notation, 200 iterations, in plain float64: other digits, same mathematics."""

from __future__ import annotations

from scalarnn import (
    ReLU,
    gradient_descent_step,
    layer_backward,
    squared_error,
    squared_error_gradient,
    weighted_sum,
)
from scalarnn.worked import s003_layer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.scalar import Matrix, Number, Vector

PLACE = "§3.1, cell 13"

GIVEN = s003_layer.GIVEN


def work(x: Vector, W: Matrix, b: Vector, target: Number, learning_rate: Number, n_iterations: int) -> dict[str, Any]:
    """This cell ran in float64, on a machine that adds products in two lanes; one lane differs in the last digits."""
    losses = []  # l of each iteration
    for _iteration in range(n_iterations):
        z = []
        for j in range(len(W)):
            z_j = two_lane_sum(x, W[j]) + b[j]  # zⱼ = Σᵢ Wⱼᵢ xᵢ + bⱼ, even and odd i apart
            z.append(z_j)
        a = ReLU().forward(z)  # aⱼ = ReLU(zⱼ)
        y = weighted_sum(a, [1] * len(a))  # y = Σⱼ aⱼ
        L = squared_error([y], [target])  # l = (y − target)²
        losses.append(L)
        (dL_dy,) = squared_error_gradient([y], [target])  # ∂l/∂y = 2 (y − target)
        dy_da = [1] * len(a)  # ∂y/∂aⱼ = 1
        dL_da = [dL_dy * dy_da_j for dy_da_j in dy_da]  # ∂l/∂aⱼ = ∂l/∂y · ∂y/∂aⱼ
        dL_dz = ReLU().backward(dL_da, z)  # ∂l/∂zⱼ = ∂l/∂aⱼ · ReLU′(zⱼ)
        dL_dW, dL_db, dL_dx = layer_backward(dL_dz, x, W)  # ∂l/∂Wⱼᵢ = ∂l/∂zⱼ · xᵢ; ∂l/∂b = ∂l/∂z; ∂l/∂x = Wᵀ ∂l/∂z
        W = gradient_descent_step(W, dL_dW, learning_rate)  # W − η · ∂l/∂W
        b = gradient_descent_step(b, dL_db, learning_rate)  # b − η · ∂l/∂b
    return locals()


def two_lane_sum(x: Vector, w: Vector) -> Number:
    """(w₀x₀ + w₂x₂ + …) + (w₁x₁ + w₃x₃ + …): how a processor that multiplies two numbers at once adds them up."""
    even = weighted_sum(x[0::2], w[0::2])
    odd = weighted_sum(x[1::2], w[1::2])
    s = even + odd
    return s
