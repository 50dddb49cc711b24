"""A batch of two samples through a layer of two neurons, and the transpose that the listing prints."""

from __future__ import annotations

from scalarnn import batch_forward, samples_to_columns

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.scalar import Matrix, Vector

PLACE = "§2.3"

GIVEN = {
    "X": [[1, 1, 1], [2, 2, 2]],  # inputs, a row for each sample
    "W": [[1, 2, 3], [2, 3, 4]],  # weights, a row for each neuron
    "b": [0, 0],  # biases
}


def work(X: Matrix, W: Matrix, b: Vector) -> dict[str, Any]:
    """The formula gives a row for each sample; the listing computes W Xᵀ, a column for each sample."""
    Z = batch_forward(X, W, b)  # Z = X Wᵀ + b
    Z_columns = samples_to_columns(Z)  # Zᵀ = W Xᵀ + b, each bias along its neuron's row
    return locals()
