"""∂L/∂x of that layer, one term for each neuron; and why its weight gradients need not all be equal. No figures."""

from __future__ import annotations

from fractions import Fraction

from scalarnn import ReLU, input_gradient, layer_forward, squared_error_gradient, weight_gradient, weighted_sum
from scalarnn.worked import s002_layer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.scalar import Matrix, Number, Vector

PLACE = "§4, and the claim of §3"

GIVEN = {
    "x": s002_layer.GIVEN["x"],  # inputs
    "W": s002_layer.GIVEN["W"],  # weights, a row for each neuron
    "b": s002_layer.GIVEN["b"],  # biases
    "target": 0,  # what the sum of the outputs should be
    "b_one_asleep": [Fraction(-4), Fraction("0.2"), Fraction("0.3")],  # biases that keep neuron 0 below zero
}


def work(x: Vector, W: Matrix, b: Vector, target: Number, b_one_asleep: Vector) -> dict[str, Any]:
    """Every input feeds every neuron, so its gradient is a sum over neurons."""
    z = layer_forward(x, W, b)  # zⱼ = Σᵢ Wⱼᵢ xᵢ + bⱼ
    dL_dz = gradient_at(z, target)  # ∂L/∂zⱼ = 2 (y − target) · ReLU′(zⱼ)
    dL_dx = input_gradient(dL_dz, W)  # ∂L/∂xᵢ = Σⱼ ∂L/∂zⱼ · Wⱼᵢ
    dL_dW = weight_gradient(dL_dz, x)  # ∂L/∂W: all neurons active, so all rows are equal
    z_one_asleep = layer_forward(x, W, b_one_asleep)  # z with neuron 0 below zero
    dL_dz_one_asleep = gradient_at(z_one_asleep, target)  # ∂L/∂z: its gate is shut
    dL_dW_one_asleep = weight_gradient(dL_dz_one_asleep, x)  # ∂L/∂W: its row is zero, the others are not
    return locals()


def gradient_at(z: Vector, target: Number) -> list[Number]:
    """∂L/∂z for L = (Σⱼ ReLU(zⱼ) − target)²."""
    a = ReLU().forward(z)
    y = weighted_sum(a, [1] * len(a))
    (dL_dy,) = squared_error_gradient([y], [target])
    return ReLU().backward([dL_dy] * len(a), z)
