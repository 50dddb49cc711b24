"""Two layers of NumPy's random weights on three samples, and ReLU after the first."""

from __future__ import annotations

from scalarnn import ReLU, batch_forward, weights_from_inputs_by_neurons
from scalarnn.random_numbers import LegacyRandom

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.scalar import Matrix, Number

PLACE = "§2.4 and §2.5"

GIVEN = {
    "seed": 0,  # of NumPy's generator
    "scale": 0.10,  # of the random weights
    "X": [[1, 2, 3, 4], [2.4, 1.5, -4, 2], [6, -5.3, 4.8, 1.1]],  # inputs, a row for each sample
}


def work(seed: int, scale: Number, X: Matrix) -> dict[str, Any]:
    """Weights are drawn as (inputs × neurons), first for layer 1, then for layer 2; biases are zero."""
    numpy_random = LegacyRandom(seed)
    R1 = numpy_random.randn(4, 5)
    R2 = numpy_random.randn(5, 2)
    W1 = weights_from_inputs_by_neurons(scaled(R1, scale))  # W₁ = (0.10 · randn(4, 5))ᵀ
    W2 = weights_from_inputs_by_neurons(scaled(R2, scale))  # W₂ = (0.10 · randn(5, 2))ᵀ
    b1 = [0] * len(W1)  # b₁ = 0
    b2 = [0] * len(W2)  # b₂ = 0
    Z1 = batch_forward(X, W1, b1)  # Z₁ = X W₁ᵀ + b₁
    Z2 = batch_forward(Z1, W2, b2)  # Z₂ = Z₁ W₂ᵀ + b₂
    A1 = [ReLU().forward(z) for z in Z1]  # A₁ = ReLU(Z₁)
    return locals()


def scaled(R: Matrix, scale: Number) -> list[list[Number]]:
    """scale · R, entry by entry."""
    return [[scale * r for r in row] for row in R]
