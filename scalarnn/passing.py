"""Past a layer: some of its neurons bend what they get, the others hand it on, so that inputs reach the layer after it.

    z = (z₀ … zₙ₋₁, zₙ …)        a = (f(z₀) … f(zₙ₋₁), zₙ …)

A layer whose last rows are those of the identity matrix hands its inputs on. So a network with connections that skip a
layer, as R's nnet has them, is a network of layers in a row.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from scalarnn.layer import Activation
    from scalarnn.scalar import Number, Vector

__all__ = ["Passing", "handing_on"]


class Passing:
    """An activation for the first neurons of a layer; those after them hand on what they get.

    Args:
        activation: an object such as `Sigmoid()`.
        first: how many neurons it bends, from 1 up.

    Raises:
        TypeError: first is no whole number.
        ValueError: first is below 1.

    Examples:
        >>> from scalarnn import Layer, ReLU
        >>> layer = Layer([[-2, 1], [1, 0], [0, 1]], [0, 0, 0], Passing(ReLU(), 1))
        >>> layer.forward([3, -4])
        [0, 3, -4]
        >>> layer.backward([5, 6, 7])
        [6, 7]
    """

    def __init__(self, activation: Activation, first: int) -> None:
        if type(first) is not int:
            raise TypeError(f"first is a {type(first).__name__}: expected a whole number")
        if first < 1:
            raise ValueError(f"first is {first}: expected a whole number from 1 up")
        self.activation = activation
        self.first = first

    def forward(self, z: Vector) -> list[Number]:
        """a of all neurons."""
        a = list(self.activation.forward(z[: self.first]))
        for j in range(self.first, len(z)):
            a.append(z[j])
        return a

    def backward(self, dL_da: Vector, z: Vector) -> list[Number]:
        """∂L/∂z of all neurons."""
        dL_dz = list(self.activation.backward(dL_da[: self.first], z[: self.first]))
        for j in range(self.first, len(z)):
            dL_dz.append(dL_da[j])
        return dL_dz

    def __repr__(self) -> str:
        return f"Passing({self.activation}, {self.first})"


def handing_on(W: list[list[Number]], b: list[Number]) -> tuple[list[list[Number]], list[Number]]:
    """W and b with a neuron more for each input, which hands it on.

    Args:
        W: a row a neuron.
        b: a bias a neuron.

    Returns:
        New W and b.

    Examples:
        >>> handing_on([[5.0, 7.0]], [1.0])
        ([[5.0, 7.0], [1, 0], [0, 1]], [1.0, 0, 0])
    """
    n_inputs = len(W[0])
    rows = [list(W_j) for W_j in W]
    for i in range(n_inputs):
        row: list[Number] = [0] * n_inputs
        row[i] = 1
        rows.append(row)
    return rows, [*b, *([0] * n_inputs)]
