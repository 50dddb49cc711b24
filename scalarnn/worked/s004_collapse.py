"""Two layers without an activation between them are one layer."""

from __future__ import annotations

from scalarnn import layer_forward, transpose
from scalarnn.worked import s004_network

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.scalar import Matrix, Vector

PLACE = "activation functions"

GIVEN = {name: s004_network.GIVEN[name] for name in ("x", "W", "b", "W_out", "b_out")}


def work(x: Vector, W: Matrix, b: Vector, W_out: Matrix, b_out: Vector) -> dict[str, Any]:
    """W_new's columns are what the output layer, without its bias, makes of the hidden layer's columns."""
    z = layer_forward(x, W, b)  # z = W x + b
    y_two_layers = layer_forward(z, W_out, b_out)  # y = W_out z + b_out
    no_bias = [0] * len(W_out)  # 0
    W_new_columns = [layer_forward(column, W_out, no_bias) for column in transpose(W)]  # W_out · each column of W
    W_new = transpose(W_new_columns)  # W_new = W_out W
    b_new = layer_forward(b, W_out, b_out)  # b_new = W_out b + b_out
    y_one_layer = layer_forward(x, W_new, b_new)  # y = W_new x + b_new
    return locals()
