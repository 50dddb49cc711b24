"""One ReLU neuron with a squared loss: forward, backward, one step, and the loss after it."""

from __future__ import annotations

from fractions import Fraction

from scalarnn import (
    gradient_descent_step,
    neuron_backward,
    neuron_forward,
    relu,
    relu_derivative,
    squared_error,
    squared_error_gradient,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.scalar import Number, Vector

PLACE = "backpropagation, single neuron"

GIVEN = {
    "x": [1, -2, 3],  # inputs
    "w": [-3, -1, 2],  # weights
    "b": 1,  # bias
    "y": 0,  # the target
    "learning_rate": Fraction("0.001"),  # the learning rate
}


def work(x: Vector, w: Vector, b: Number, y: Number, learning_rate: Number) -> dict[str, Any]:
    """Exact fractions all the way: 33.8724 is 5.82², not a rounding of it."""
    z = neuron_forward(x, w, b)  # z = Σᵢ wᵢ xᵢ + b
    a = relu(z)  # a = ReLU(z)
    L = squared_error([a], [y])  # L = (a − y)²
    (dL_da,) = squared_error_gradient([a], [y])  # ∂L/∂a = 2 (a − y)
    da_dz = relu_derivative(z)  # ∂a/∂z = 1 where z > 0, else 0
    dz_dproduct = 1  # ∂z/∂(wᵢ xᵢ), as z is their sum
    dz_db = 1  # ∂z/∂b
    w0_power = 1  # to which power w₀ enters z
    dL_dz = dL_da * da_dz  # ∂L/∂z = ∂L/∂a · ∂a/∂z
    dL_dw, dL_db, dL_dx = neuron_backward(dL_dz, x, w)  # ∂L/∂wᵢ = ∂L/∂z · xᵢ; ∂L/∂b = ∂L/∂z; ∂L/∂xᵢ = ∂L/∂z · wᵢ
    w_change = [-learning_rate * dL_dw_i for dL_dw_i in dL_dw]  # −η · ∂L/∂wᵢ
    w_new = gradient_descent_step(w, dL_dw, learning_rate)  # wᵢ − η · ∂L/∂wᵢ
    b_new = gradient_descent_step(b, dL_db, learning_rate)  # b − η · ∂L/∂b
    z_new = neuron_forward(x, w_new, b_new)  # z = Σᵢ wᵢ xᵢ + b, with the new parameters
    a_new = relu(z_new)  # a = ReLU(z)
    L_new = squared_error([a_new], [y])  # L = (a − y)²
    return locals()


def slips(worked: dict[str, Any]) -> dict[str, Any]:
    """The wrong routes that lead to the printed figures: a sign turned, the rate dropped, x₂ read as w₂."""
    x, w, dL_dw = worked["x"], worked["w"], worked["dL_dw"]
    b_taken_for_z = worked["b"]  # z
    sign_turned = -dL_dw[0]  # ∂L/∂w₀
    x2_taken_for_w2 = x[2]  # w₂
    changes_without_rate = [-sign_turned, -dL_dw[1], -dL_dw[2]]  # −∂L/∂wᵢ
    w0_without_rate = w[0] - sign_turned
    w1_without_rate = w[1] - dL_dw[1]
    w2_without_rate = x2_taken_for_w2 - dL_dw[2]
    x1_without_sign = -x[1]
    return locals()
