"""Layers in a row: the output of one is the input of the next, forward, and the gradients come back the same way.

    layer                   which layer, from 0; a superscript in the formulas, as in zˡ
    x                       the input of the network
    Ws[layer], bs[layer]    weights and biases of a layer
    zs[layer]               a layer before its activation
    xs[layer]               the input of a layer: xs[0] is x, xs[layer + 1] is a of that layer
    dL_dWs[layer]           ∂L/∂W of a layer

Forward:   x → z⁰ → a⁰ → z¹ → a¹ → … → ŷ.   Backward:   ∂L/∂ŷ → … → ∂L/∂z¹ → ∂L/∂a⁰ → ∂L/∂z⁰ → ∂L/∂x.
"""

from __future__ import annotations

from scalarnn.doors.passes import backward_through, forward_through, keep
from scalarnn.layer import Layer, bias_gradient, input_gradient, layer_forward, weight_gradient
from scalarnn.learning.gradient_descent import gradient_descent_step

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from scalarnn.layer import Activation
    from scalarnn.scalar import Matrix, N, Number, Rate, Vector, m, n

__all__ = ["Network", "network_backward", "network_forward"]


def network_forward(
    x: Vector, Ws: Sequence[Matrix], bs: Sequence[Vector], activations: Sequence[Activation]
) -> tuple[list[list[Number]], list[list[Number]]]:
    """zˡ = Wˡ xˡ + bˡ, xˡ⁺¹ = fˡ(zˡ), layer after layer.

    Args:
        x: the input, as many numbers as the first layer has inputs.
        Ws: one weight matrix a layer, each with n_neurons rows of n_inputs numbers.
        bs: one bias vector a layer, each with n_neurons numbers.
        activations: one object such as `ReLU()`, `Identity()` or `Softmax()` a layer.

    Returns:
        xs, zs: the input of each layer and, last, the output of the network (one more than there are layers); and z
        of each layer. The prediction is xs[-1].

    Source: `000` §3, `004` (forward pass, and the general formula for any MLP).

    Examples:
        >>> from scalarnn import Identity, ReLU
        >>> W, b = [[1, 2], [-3, 4], [1, -1]], [1, 2, 0]
        >>> W_out, b_out = [[1, 2, 3]], [1]
        >>> xs, zs = network_forward([1, 2], [W, W_out], [b, b_out], [ReLU(), Identity()])
        >>> zs
        [[6, 7, -1], [21]]
        >>> xs
        [[1, 2], [6, 7, 0], [21]]
    """
    xs = [list(x)]
    zs = []
    for layer in range(len(Ws)):
        z = layer_forward(xs[layer], Ws[layer], bs[layer])
        a = forward_through(activations[layer], z)
        zs.append(z)
        xs.append(a)
    return xs, zs


def network_backward(
    dL_dy_hat: Vector,
    xs: Sequence[Vector],
    zs: Sequence[Vector],
    Ws: Sequence[Matrix],
    activations: Sequence[Activation],
) -> tuple[list[list[list[Number]]], list[list[Number]], list[Number]]:
    """The chain rule from the last layer to the first.

    ∂L/∂zˡ = ∂L/∂aˡ through fˡ, then ∂L/∂Wˡ, ∂L/∂bˡ, and ∂L/∂xˡ, which is ∂L/∂a of the layer before.

    Args:
        dL_dy_hat: the gradient of the loss with respect to the prediction xs[-1].
        xs: from network_forward.
        zs: from network_forward.
        Ws: one weight matrix a layer.
        activations: one object a layer.

    Returns:
        dL_dWs, dL_dbs (one entry a layer, in the shapes of Ws and bs) and dL_dx (the shape of x).

    Source: `000` §4, `003` §4, `004` step 3.

    Examples:
        >>> from scalarnn import Identity, ReLU
        >>> W, b = [[1, 2], [-3, 4], [1, -1]], [1, 2, 0]
        >>> W_out, b_out = [[1, 2, 3]], [1]
        >>> activations = [ReLU(), Identity()]
        >>> xs, zs = network_forward([1, 2], [W, W_out], [b, b_out], activations)
        >>> dL_dWs, dL_dbs, dL_dx = network_backward([18], xs, zs, [W, W_out], activations)
        >>> dL_dWs
        [[[18, 36], [36, 72], [0, 0]], [[108, 126, 0]]]
        >>> dL_dbs, dL_dx
        ([[18, 36, 0], [18]], [-90, 180])
    """
    n_layers = len(Ws)
    dL_dWs: list[list[list[Number]]] = []
    dL_dbs: list[list[Number]] = []
    dL_da = list(dL_dy_hat)
    for layer in range(n_layers - 1, -1, -1):
        dL_dz = backward_through(activations[layer], dL_da, zs[layer])
        dL_dW = weight_gradient(dL_dz, xs[layer])
        dL_db = bias_gradient(dL_dz)
        dL_dx = input_gradient(dL_dz, Ws[layer])
        dL_dWs.insert(0, dL_dW)
        dL_dbs.insert(0, dL_db)
        dL_da = dL_dx
    return dL_dWs, dL_dbs, dL_da


class Network:
    """Layers in a row, each of which keeps what its backward pass needs.

    Two ways to end a classifier, not to be mixed: the last layer has Softmax() and goes with
    `cross_entropy_gradient(y_hat, y)`; or it has no activation and goes with `softmax_cross_entropy_gradient(z, y)`.
    Likewise for yes or no: Sigmoid() with `binary_cross_entropy_gradient(y_hat, y)`, or no activation with
    `sigmoid_cross_entropy_gradient(z, y)`. The ends without activation keep their digits whatever z is.

    Args:
        layers: `Layer` objects, from the input to the output, each with its own copies of its W and b.

    Attributes:
        layers: the same objects; look into them for x, z, a and every gradient.

    A call that fails, or is interrupted, leaves every layer exactly as it was before the call. A message that begins
    with `layers[1]:` comes from inside that layer.

    Source: `000` §3 and §4, `004`.

    Examples:
        The network of `004`: one step of gradient descent in exact fractions.

        >>> from fractions import Fraction
        >>> from scalarnn import Layer, Network, ReLU, half_squared_error, half_squared_error_gradient
        >>> hidden = Layer([[1, 2], [-3, 4], [1, -1]], [1, 2, 0], ReLU())
        >>> output = Layer([[1, 2, 3]], [1])
        >>> network = Network([hidden, output])
        >>> y_hat = network.forward([1, 2])
        >>> y_hat, half_squared_error(y_hat, [3])
        ([21], 162.0)
        >>> network.backward(half_squared_error_gradient(y_hat, [3]))
        [-90, 180]
        >>> network.update(learning_rate=Fraction(1, 100))
        >>> hidden.W[0], output.W[0]
        ([Fraction(41, 50), Fraction(41, 25)], [Fraction(-2, 25), Fraction(37, 50), Fraction(3, 1)])
    """

    def __init__(self, layers: Sequence[Layer]) -> None:
        self.layers = list(layers)

    def forward(self, x: Vector[n]) -> list[Number]:
        """ŷ for one sample; every layer keeps its x and z for the way back, and its a to be looked at."""
        a = x
        for layer in self.layers:
            a = layer.forward(a)
        return list(a)

    def backward(self, dL_dy_hat: Vector[m]) -> list[Number]:
        """∂L/∂ŷ in, ∂L/∂x out, for one sample; every layer keeps its gradients.

        Raises:
            RuntimeError: there was no forward pass to go back through, it was one of a batch, or a W is another list
                since.
        """
        dL_da = dL_dy_hat
        for layer in reversed(self.layers):
            dL_da = layer.backward(dL_da)
        return list(dL_da)

    def forward_batch(self, X: Matrix[N, n]) -> list[list[Number]]:
        """ŷₙ for each sample n; every layer keeps its X and Z for the way back, and its A to be looked at."""
        A = X
        for layer in self.layers:
            A = layer.forward_batch(A)
        return [list(a_n) for a_n in A]

    def backward_batch(self, dLn_dY_hat: Matrix[N, m], *, to_inputs: bool = True) -> Any:
        """∂Lₙ/∂ŷₙ in, ∂Lₙ/∂xₙ out, for each sample n; every layer keeps dL_dW and dL_db of the mean loss.

        The rows are gradients of each sample's own loss, without 1/N: Layer and Network average. For the sum of the
        losses use `batch_backward_sum`, or multiply learning_rate by N.

        With to_inputs=False it stops at the parameters of the first layer, which is all that learning needs: dLn_dX of
        that layer is None, and None is returned.

        Raises:
            RuntimeError: there was no forward pass to go back through, it was not one of a batch, or a W is another
                list since.

        Examples:
            >>> from scalarnn import squared_error_gradient
            >>> network = Network([Layer([[1, 2]], [0]), Layer([[3]], [1])])
            >>> Y_hat = network.forward_batch([[1, 1], [2, 0]])
            >>> Y = [[9], [8]]
            >>> dLn_dY_hat = [squared_error_gradient(y_hat_n, y_n) for y_hat_n, y_n in zip(Y_hat, Y)]
            >>> Y_hat, dLn_dY_hat
            ([[10], [7]], [[2], [-2]])
            >>> network.backward_batch(dLn_dY_hat)
            [[6, 12], [-6, -12]]
            >>> network.layers[0].dL_dW
            [[-3.0, 3.0]]
        """
        dLn_dA = dLn_dY_hat
        for layer in reversed(self.layers[1:]):
            dLn_dA = layer.backward_batch(dLn_dA)
        layer = self.layers[0]
        if to_inputs or type(layer) is not Layer:
            dLn_dX = layer.backward_batch(dLn_dA)
        else:
            dLn_dX = layer.backward_batch(dLn_dA, to_inputs=False)
        return [list(dLn_dx) for dLn_dx in dLn_dX] if to_inputs else None

    def update(self, learning_rate: Rate) -> None:
        """One step of gradient descent for every W and b, with the gradients of the last backward pass.

        To keep a layer's b, assign the old one again afterwards. To update one layer alone, assign it what
        `gradient_descent_step(layer.W, layer.dL_dW, learning_rate)` returns, and the same for b.

        Raises:
            RuntimeError: there was no backward pass, or its gradients belong to another W.

        Examples:
            >>> network = Network([Layer([[1, 2]], [0])])
            >>> y_hat = network.forward([1, 1])
            >>> dL_dx = network.backward([2])
            >>> b = network.layers[0].b
            >>> network.update(learning_rate=1)
            >>> network.layers[0].b = b
            >>> network.layers[0].W, network.layers[0].b
            ([[-1, 0]], [0])
        """
        updates: list[tuple[Layer, str, Any]] = []
        for layer in self.layers:
            W_new = gradient_descent_step(layer.W, layer.dL_dW, learning_rate)
            b_new = gradient_descent_step(layer.b, layer.dL_db, learning_rate)
            used = (layer, "_W_backward", None)  # these gradients have been used
            updates += ((layer, "W", W_new), (layer, "b", b_new), used)
        keep(self.layers, updates)

    def __repr__(self) -> str:
        return f"Network({self.layers})"
