"""A 2-3-1 ReLU network by hand: forward, half mean squared error, backward, one update, in exact fractions."""

from __future__ import annotations

from fractions import Fraction

from scalarnn import (
    ReLU,
    gradient_descent_step,
    half_mean_squared_error,
    half_mean_squared_error_gradient,
    layer_backward,
    layer_forward,
    relu_derivative,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.scalar import Matrix, Number, Vector

PLACE = "training the network, steps 1 to 4"

GIVEN = {
    "x": [1, 2],  # the input
    "target": Fraction(3),  # what the source calls ŷ
    "W": [[1, 2], [-3, 4], [1, -1]],  # hidden weights, a row for each neuron
    "b": [1, 2, 0],  # hidden biases
    "W_out": [[1, 2, 3]],  # output weights
    "b_out": [1],  # output bias
    "learning_rate": Fraction("0.01"),  # the learning rate
}


def work(
    x: Vector, target: Number, W: Matrix, b: Vector, W_out: Matrix, b_out: Vector, *, learning_rate: Number
) -> dict[str, Any]:
    """The source's letters: u before ReLU, z after it, y the prediction."""
    shape_W = [len(W), len(W[0])]  # neurons × inputs
    shape_x = [len(x), 1]  # inputs × 1
    shape_Wx = [len(W), 1]  # neurons × 1
    shape_b = [len(b), 1]  # neurons × 1
    shape_W_out = [len(W_out), len(W_out[0])]  # outputs × hidden neurons
    shape_z = [len(W_out[0]), 1]  # hidden neurons × 1
    n_layers = len([W, W_out])  # hidden and output
    u = layer_forward(x, W, b)  # u = W x + b
    z = ReLU().forward(u)  # z = ReLU(u)
    terms = [W_out[0][j] * z[j] for j in range(len(z))]  # w_out,j · zⱼ
    (y,) = layer_forward(z, W_out, b_out)  # y = W_out z + b_out
    n_samples = len([y])  # n
    d = target - y  # target − y, in the order of the source
    d_squared = d * d  # (target − y)²
    L = half_mean_squared_error([y], [target])  # L = 1/(2n) Σ (y − target)², n = 1
    (dL_dy,) = half_mean_squared_error_gradient([y], [target])  # ∂L/∂y = (y − target) / n
    dy_dz = W_out[0]  # ∂y/∂zⱼ = w_out,j
    dy_dW_out = z  # ∂y/∂w_out,j = zⱼ
    dy_db_out = 1  # ∂y/∂b_out
    dL_dW_out, dL_db_out, dL_dz = layer_backward([dL_dy], z, W_out)  # ∂L/∂y · zᵀ; ∂L/∂y · 1; ∂L/∂y · W_out
    gate = [relu_derivative(u_j) for u_j in u]  # ReLU′(u)
    du_dW = x  # ∂uⱼ/∂Wⱼᵢ = xᵢ
    du_db = 1  # ∂uⱼ/∂bⱼ
    dL_du = ReLU().backward(dL_dz, u)  # ∂L/∂u = ∂L/∂z ⊙ ReLU′(u)
    dL_dW, dL_db, dL_dx = layer_backward(dL_du, x, W)  # ∂L/∂u · xᵀ; ∂L/∂u; Wᵀ · ∂L/∂u
    W_new = gradient_descent_step(W, dL_dW, learning_rate)  # W − η · ∂L/∂W
    b_new = gradient_descent_step(b, dL_db, learning_rate)  # b − η · ∂L/∂b
    W_out_new = gradient_descent_step(W_out, dL_dW_out, learning_rate)  # W_out − η · ∂L/∂W_out
    b_out_new = gradient_descent_step(b_out, dL_db_out, learning_rate)  # b_out − η · ∂L/∂b_out
    return locals()
