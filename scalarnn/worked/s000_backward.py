"""The same 2-3-3 network backward: ∂L/∂z through the Jacobian and as ŷ − y, then every gradient."""

from __future__ import annotations

from scalarnn import (
    ReLU,
    batch_backward,
    cross_entropy_gradient,
    one_hot,
    softmax_backward,
    softmax_cross_entropy_gradient,
    softmax_jacobian,
)
from scalarnn.worked import s000_forward

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.scalar import Matrix, Number

PLACE = "§4"

GIVEN = s000_forward.GIVEN


def work(seed: int, scale: Number, X: Matrix, labels: list[int]) -> dict[str, Any]:
    """The source derives these gradients and prints no figure for them."""
    forward = s000_forward.work(seed, scale, X, labels)
    W1, Z1, A1 = forward["W1"], forward["Z1"], forward["A1"]
    W2, Z2, Y_hat = forward["W2"], forward["Z2"], forward["Y_hat"]
    N = len(X)
    Y = [one_hot(label, n_classes=3) for label in labels]  # y, one-hot
    J = softmax_jacobian(Y_hat[0])  # ∂ŷₖ/∂zᵢ of the first sample
    dLn_dY_hat = [cross_entropy_gradient(Y_hat[n], Y[n]) for n in range(N)]  # ∂Lₙ/∂ŷₖ = −yₖ/ŷₖ
    through_J = [softmax_backward(dLn_dY_hat[n], Y_hat[n]) for n in range(N)]  # ∂Lₙ/∂zᵢ = Σₖ ∂Lₙ/∂ŷₖ · ∂ŷₖ/∂zᵢ
    dLn_dZ2 = [softmax_cross_entropy_gradient(Z2[n], Y[n]) for n in range(N)]  # ∂Lₙ/∂zᵢ = ŷᵢ − yᵢ
    dL_dW2, dL_db2, dLn_dA1 = batch_backward(dLn_dZ2, A1, W2)  # ∂L/∂W₂ = 1/N Σ δaᵀ; ∂L/∂b₂ = 1/N Σ δ; ∂Lₙ/∂A₁ = δW₂
    dLn_dZ1 = [ReLU().backward(dLn_dA1[n], Z1[n]) for n in range(N)]  # ∂Lₙ/∂Z₁ = ∂Lₙ/∂A₁ ⊙ ReLU′(Z₁)
    dL_dW1, dL_db1, dLn_dX = batch_backward(dLn_dZ1, X, W1)  # ∂L/∂W₁ = 1/N Σ δxᵀ; ∂L/∂b₁ = 1/N Σ δ; ∂Lₙ/∂X = δW₁
    return locals()
