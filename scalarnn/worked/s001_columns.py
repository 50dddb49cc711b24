"""Samples as columns: one sigmoid neuron on four samples, every cost function, one step. No printed figures."""

from __future__ import annotations

from scalarnn import (
    Sigmoid,
    batch_backward,
    batch_forward,
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    gradient_descent_step,
    mean_absolute_error,
    mean_squared_error,
    root_mean_squared_error,
    samples_from_columns,
    samples_to_columns,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.scalar import Matrix, Number, Vector

PLACE = "vectorization, cost functions, gradient descent"

GIVEN = {
    "X_columns": [[0, 0, 1, 1], [0, 1, 0, 1]],  # X, n features × m samples: here the truth table of OR
    "y": [0, 1, 1, 1],  # the target of each sample
    "W": [[1, -1]],  # one neuron, n¹ × n⁰
    "b": [0],  # its bias
    "learning_rate": 0.01,  # the learning rate, α in the source
}


def work(X_columns: Matrix, y: Vector, W: Matrix, b: Vector, learning_rate: Number) -> dict[str, Any]:
    """The cost is a mean over samples, so each sample's own gradient is m times what it adds to the mean."""
    X = samples_from_columns(X_columns)  # Xᵀ: a row for each sample
    m = len(X)  # how many samples
    Z = batch_forward(X, W, b)  # z = W x + b, sample by sample
    A = [Sigmoid().forward(z) for z in Z]  # a = g(z) = 1 / (1 + e⁻ᶻ)
    A_columns = samples_to_columns(A)  # A, n¹ × m
    y_hat = A_columns[0]  # ŷ, the prediction for each sample
    mse = mean_squared_error(y_hat, y)  # 1/m Σ (ŷ − y)²
    rmse = root_mean_squared_error(y_hat, y)  # √(1/m Σ (ŷ − y)²)
    mae = mean_absolute_error(y_hat, y)  # 1/m Σ |ŷ − y|
    C = binary_cross_entropy(y_hat, y)  # C = −1/m Σ (y log ŷ + (1 − y) log(1 − ŷ))
    dC_dy_hat = binary_cross_entropy_gradient(y_hat, y)  # ∂C/∂ŷ = (−y/ŷ + (1 − y)/(1 − ŷ)) / m
    dCn_dZ = [Sigmoid().backward([m * dC_dy_hat[n]], Z[n]) for n in range(m)]  # ∂Cₙ/∂z = ∂Cₙ/∂ŷ · g′(z) = ŷ − y
    dC_dW, dC_db, dCn_dX = batch_backward(dCn_dZ, X, W)  # ∂C/∂W = 1/m Σ ∂Cₙ/∂z xᵀ; ∂C/∂b = 1/m Σ ∂Cₙ/∂z; ∂Cₙ/∂x
    W_new = gradient_descent_step(W, dC_dW, learning_rate)  # W − α ∂C/∂W
    b_new = gradient_descent_step(b, dC_db, learning_rate)  # b − α ∂C/∂b
    return locals()
