"""A 2-3-3 network forward: ReLU, softmax and clipped cross-entropy. The source prints no output."""

from __future__ import annotations

from scalarnn import (
    ReLU,
    batch_forward,
    clipped_cross_entropy_index,
    mean_over_samples,
    softmax,
    weights_from_inputs_by_neurons,
)
from scalarnn.random_numbers import LegacyRandom
from scalarnn.worked.s000_layers import scaled

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.scalar import Matrix, Number

PLACE = "§3.2"

GIVEN = {
    "seed": 0,  # of NumPy's generator
    "scale": 0.10,  # of the random weights
    "X": [[1.0, 2.0], [0.5, -1.5], [-1.0, 2.5]],  # inputs, a row for each sample
    "labels": [0, 1, 1],  # the true class of each sample
}


def work(seed: int, scale: Number, X: Matrix, labels: list[int]) -> dict[str, Any]:
    """Weights are drawn as (inputs × neurons), first for layer 1, then for layer 2; biases are zero."""
    numpy_random = LegacyRandom(seed)
    R1 = numpy_random.randn(2, 3)
    R2 = numpy_random.randn(3, 3)
    W1 = weights_from_inputs_by_neurons(scaled(R1, scale))  # W₁ = (0.10 · randn(2, 3))ᵀ
    W2 = weights_from_inputs_by_neurons(scaled(R2, scale))  # W₂ = (0.10 · randn(3, 3))ᵀ
    b1 = [0] * len(W1)  # b₁ = 0
    b2 = [0] * len(W2)  # b₂ = 0
    Z1 = batch_forward(X, W1, b1)  # Z₁ = X W₁ᵀ + b₁
    A1 = [ReLU().forward(z) for z in Z1]  # A₁ = ReLU(Z₁)
    Z2 = batch_forward(A1, W2, b2)  # Z₂ = A₁ W₂ᵀ + b₂
    Y_hat = [softmax(z) for z in Z2]  # ŷ = softmax(z), sample by sample
    L_n = [clipped_cross_entropy_index(Y_hat[n], labels[n]) for n in range(len(X))]  # Lₙ = −log ŷ of the true class
    L = mean_over_samples(L_n)  # L = 1/N Σₙ Lₙ
    return locals()
