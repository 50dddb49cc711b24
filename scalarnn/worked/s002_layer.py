"""Three ReLU neurons, four inputs, the squared sum as loss: forward, backward, and the step of w₁₁."""

from __future__ import annotations

from fractions import Fraction

from scalarnn import (
    ReLU,
    gradient_descent_step,
    layer_backward,
    layer_forward,
    squared_error,
    squared_error_gradient,
    weighted_sum,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.scalar import Matrix, Number, Vector

PLACE = "backpropagation, layer of three neurons"

GIVEN = {
    "x": [1, 2, 3, 4],  # inputs
    "W": [  # weights, a row for each neuron
        [Fraction("0.1"), Fraction("0.2"), Fraction("0.3"), Fraction("0.4")],
        [Fraction("0.5"), Fraction("0.6"), Fraction("0.7"), Fraction("0.8")],
        [Fraction("0.9"), Fraction("1.0"), Fraction("1.1"), Fraction("1.2")],
    ],
    "b": [Fraction("0.1"), Fraction("0.2"), Fraction("0.3")],  # biases
    "target": 0,  # what the sum of the outputs should be
    "learning_rate": Fraction("0.001"),  # the learning rate
}


def work(x: Vector, W: Matrix, b: Vector, target: Number, learning_rate: Number) -> dict[str, Any]:
    """Decimal figures as exact fractions: 3.1 is 31/10."""
    z = layer_forward(x, W, b)  # zⱼ = Σᵢ Wⱼᵢ xᵢ + bⱼ
    a = ReLU().forward(z)  # aⱼ = ReLU(zⱼ)
    y = weighted_sum(a, [1] * len(a))  # y = Σⱼ aⱼ
    L = squared_error([y], [target])  # L = (y − target)²
    (dL_dy,) = squared_error_gradient([y], [target])  # ∂L/∂y = 2 (y − target)
    dy_da = [1] * len(a)  # ∂y/∂aⱼ = 1
    dL_da = [dL_dy * dy_da_j for dy_da_j in dy_da]  # ∂L/∂aⱼ = ∂L/∂y · ∂y/∂aⱼ
    dL_dz = ReLU().backward(dL_da, z)  # ∂L/∂zⱼ = ∂L/∂aⱼ · ReLU′(zⱼ)
    dL_dW, dL_db, dL_dx = layer_backward(dL_dz, x, W)  # ∂L/∂Wⱼᵢ = ∂L/∂zⱼ · xᵢ; ∂L/∂bⱼ = ∂L/∂zⱼ; ∂L/∂x = Wᵀ ∂L/∂z
    W_new = gradient_descent_step(W, dL_dW, learning_rate)  # W − η · ∂L/∂W
    b_new = gradient_descent_step(b, dL_db, learning_rate)  # b − η · ∂L/∂b
    return locals()


def slips(worked: dict[str, Any]) -> dict[str, Any]:
    """The wrong routes that lead to the printed figures: b₀ added to the wrong neuron, ∂z/∂b taken for x."""
    x, W, b = worked["x"], worked["W"], worked["b"]
    b_moved = [0, b[1], b[2] + b[0]]  # the bias of neuron 0 given to neuron 2
    z_bias_moved = layer_forward(x, W, b_moved)  # then z₀ loses 0.1 and z₂ gains it: the sum stays
    bias_like_weights = [worked["dL_dy"] * x[j] for j in range(len(b))]  # ∂L/∂bⱼ = 2y · xⱼ: an input where 1 belongs
    return locals()
