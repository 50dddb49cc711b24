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

from scalarnn import check
from scalarnn.layer import (
    ONE_GRADIENT_PER_SAMPLE,
    Layer,
    bias_gradient,
    input_gradient,
    layer_forward,
    weight_gradient,
)
from scalarnn.optimizers import gradient_descent_step

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from scalarnn.layer import Activation
    from scalarnn.scalar import Matrix, Number, Vector

__all__ = ["Network", "network_backward", "network_forward"]

ONE_GRADIENT_PER_OUTPUT = "one gradient for each neuron of the last layer"


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

    Raises:
        TypeError: an entry is not a number, or an activation is not such an object.
        ValueError: there is no layer, lengths do not fit, or an entry is not finite.

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
    _check_network(x, Ws, bs, activations)
    xs = [list(x)]
    zs = []
    for layer in range(len(Ws)):
        z = layer_forward(xs[layer], Ws[layer], bs[layer])
        a = activations[layer].forward(z)
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

    Raises:
        TypeError: an entry is not a number, or an activation is not such an object.
        ValueError: there is no layer, lengths do not fit, or an entry is not finite.

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
    _check_way_back(dL_dy_hat, xs, zs, Ws, activations)
    n_layers = len(Ws)
    dL_dWs: list[list[list[Number]]] = []
    dL_dbs: list[list[Number]] = []
    dL_da = list(dL_dy_hat)
    for layer in range(n_layers - 1, -1, -1):
        dL_dz = activations[layer].backward(dL_da, zs[layer])
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

    Args:
        layers: `Layer` objects, from the input to the output, each with its own copies of its W and b.

    Attributes:
        layers: the same objects; look into them for x, z, a and every gradient.

    A call that fails, or is interrupted, leaves every layer exactly as it was before the call. A message that begins
    with `layers[1]:` comes from inside that layer.

    Raises:
        TypeError: an entry is not a Layer.
        ValueError: there is no layer, one has not as many inputs as the layer before has neurons, or one is there
            twice.

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
        check.sequence(layers, "layers")
        for layer in range(len(layers)):
            if not isinstance(layers[layer], Layer):
                raise TypeError(f"layers[{layer}] is a {type(layers[layer]).__name__}: expected a Layer")
        _check_distinct(layers)
        for layer in range(1, len(layers)):
            n_inputs = len(layers[layer].W[0])
            n_before = len(layers[layer - 1].W)
            if n_inputs != n_before:
                raise ValueError(
                    f"layers[{layer}] has {n_inputs} inputs: expected {n_before}, one for each neuron before it"
                )
        self.layers = list(layers)

    def forward(self, x: Vector) -> list[Number]:
        """ŷ for one sample; every layer keeps its x, z and a.

        Raises:
            TypeError: an entry of x is not a number.
            ValueError: x has not one entry for each input of the first layer, or an entry is not finite.
        """
        self.layers[0]._check_x(x)
        a = x
        with _AllOrNothing(self.layers) as run:
            for layer in self.layers:
                run.inside = layer
                a = layer.forward(a)
        return list(a)

    def backward(self, dL_dy_hat: Vector) -> list[Number]:
        """∂L/∂ŷ in, ∂L/∂x out, for one sample; every layer keeps its gradients.

        Raises:
            RuntimeError: there was no forward pass to go back through, it was one of a batch, or a W is another list
                since.
            TypeError: an entry of dL_dy_hat is not a number.
            ValueError: dL_dy_hat has not one entry for each neuron of the last layer, or an entry is not finite.
        """
        for layer in self.layers:
            layer._check_way_back("backward_batch(dLn_dY_hat)")
        check.vector(dL_dy_hat, "dL_dy_hat")
        check.length(dL_dy_hat, "dL_dy_hat", len(self.layers[-1].W), ONE_GRADIENT_PER_OUTPUT)
        dL_da = dL_dy_hat
        with _AllOrNothing(self.layers) as run:
            for layer in reversed(self.layers):
                run.inside = layer
                dL_da = layer.backward(dL_da)
        return list(dL_da)

    def forward_batch(self, X: Matrix) -> list[list[Number]]:
        """ŷₙ for each sample n; every layer keeps its X, Z and A.

        Raises:
            TypeError: an entry of X is not a number.
            ValueError: X is empty, a row has not one entry for each input, or an entry is not finite.
        """
        self.layers[0]._check_X(X)
        A = X
        with _AllOrNothing(self.layers) as run:
            for layer in self.layers:
                run.inside = layer
                A = layer.forward_batch(A)
        return [list(a_n) for a_n in A]

    def backward_batch(self, dLn_dY_hat: Matrix, *, to_inputs: bool = True) -> Any:
        """∂Lₙ/∂ŷₙ in, ∂Lₙ/∂xₙ out, for each sample n; every layer keeps dL_dW and dL_db of the mean loss.

        The rows are gradients of each sample's own loss, without 1/N: Layer and Network average. For the sum of the
        losses use `batch_backward_sum`, or multiply learning_rate by N.

        With to_inputs=False it stops at the parameters of the first layer, which is all that learning needs: dLn_dX of
        that layer is None, and None is returned.

        Raises:
            RuntimeError: there was no forward pass to go back through, it was not one of a batch, or a W is another
                list since.
            TypeError: an entry of dLn_dY_hat is not a number.
            ValueError: dLn_dY_hat has not the shape of the output, or an entry is not finite.

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
        for layer in self.layers:
            layer._check_way_back_of_batch("backward(dL_dy_hat)")
        check.matrix(dLn_dY_hat, "dLn_dY_hat", columns=len(self.layers[-1].W), because=ONE_GRADIENT_PER_OUTPUT)
        check.length(dLn_dY_hat, "dLn_dY_hat", len(self.layers[-1].X), ONE_GRADIENT_PER_SAMPLE)
        dLn_dA = dLn_dY_hat
        with _AllOrNothing(self.layers) as run:
            for layer in reversed(self.layers):
                run.inside = layer
                if layer is self.layers[0] and not to_inputs and type(layer) is Layer:
                    dLn_dA = layer.backward_batch(dLn_dA, to_inputs=False)
                else:
                    dLn_dA = layer.backward_batch(dLn_dA)
        return [list(dLn_da) for dLn_da in dLn_dA] if to_inputs else None

    def update(self, learning_rate: Number) -> None:
        """One step of gradient descent for every W and b, with the gradients of the last backward pass.

        To keep a layer's b, assign the old one again afterwards. To update one layer alone, assign it what
        `gradient_descent_step(layer.W, layer.dL_dW, learning_rate)` returns, and the same for b.

        Raises:
            RuntimeError: there was no backward pass, or its gradients belong to another W.
            TypeError: learning_rate is not a number.
            ValueError: learning_rate is not a finite number above zero.

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
        for layer in self.layers:
            _check_step(layer)
        check.learning_rate(learning_rate)
        updated = []
        with _AllOrNothing(self.layers) as run:
            for layer in self.layers:
                run.inside = layer
                W_new = gradient_descent_step(layer.W, layer.dL_dW, learning_rate)
                b_new = gradient_descent_step(layer.b, layer.dL_db, learning_rate)
                updated.append((W_new, b_new))
            for layer, (W_new, b_new) in zip(self.layers, updated, strict=True):
                layer.W, layer.b = W_new, b_new
                layer._W_backward = None  # these gradients have been used

    def __repr__(self) -> str:
        return f"Network({self.layers})"


class _AllOrNothing:
    """A run through the layers that gets to its end, or leaves every layer as it was and says where it failed."""

    def __init__(self, layers: Sequence[Layer]) -> None:
        self.layers = layers
        self.inside: Layer | None = None  # the layer that is at work
        self.before: list[dict[str, Any]] = []
        for layer in layers:
            self.before.append(vars(layer).copy())

    def __enter__(self) -> _AllOrNothing:
        return self

    def __exit__(self, kind: Any, error: BaseException | None, traceback: Any) -> None:
        if error is None:
            return
        for layer in range(len(self.layers)):
            attributes = vars(self.layers[layer])
            attributes.clear()
            attributes.update(self.before[layer])
            if self.layers[layer] is self.inside and isinstance(error, (ValueError, TypeError)):
                error.args = (f"layers[{layer}]: {error}",)


def _check_distinct(layers: Sequence[Layer]) -> None:
    """No layer is there twice."""
    places: dict[int, int] = {}
    for layer in range(len(layers)):
        before = places.setdefault(id(layers[layer]), layer)
        if before != layer:
            raise ValueError(
                f"layers[{layer}] is the same object as layers[{before}]: expected a layer of its own, "
                "since a layer keeps one x and one gradient"
            )


def _check_step(layer: Layer) -> None:
    """The gradients are there, not used yet, and those of the present W."""
    if layer.dL_dW is None:
        raise RuntimeError("update before backward: call backward(dL_dy_hat) or backward_batch(dLn_dY_hat) first")
    if layer._W_backward is None:
        raise RuntimeError("update after update: call forward(x) and backward(dL_dy_hat) first")
    if layer._W_backward is not layer.W:
        raise RuntimeError("update after W has changed: call forward(x) and backward(dL_dy_hat) first")


def _check_network(x: Vector, Ws: Sequence[Matrix], bs: Sequence[Vector], activations: Sequence[Activation]) -> None:
    """Layers fit one another and the input, before any of them computes."""
    if check.are_off():
        return
    check.sequence(Ws, "Ws")
    check.length(bs, "bs", len(Ws), "one vector of biases for each layer")
    check.length(activations, "activations", len(Ws), "one activation for each layer")
    check.vector(x, "x")
    n_inputs, because = len(x), "one weight for each input"
    for layer in range(len(Ws)):
        check.matrix(Ws[layer], f"Ws[{layer}]", columns=n_inputs, because=because)
        check.vector(bs[layer], f"bs[{layer}]")
        check.length(bs[layer], f"bs[{layer}]", len(Ws[layer]), "one bias for each neuron")
        _check_activation(activations[layer], layer)
        n_inputs, because = len(Ws[layer]), "one weight for each neuron of the layer before"


def _check_way_back(
    dL_dy_hat: Vector,
    xs: Sequence[Vector],
    zs: Sequence[Vector],
    Ws: Sequence[Matrix],
    activations: Sequence[Activation],
) -> None:
    """What the forward pass left fits the layers and the gradient, before any of them computes."""
    if check.are_off():
        return
    check.sequence(Ws, "Ws")
    check.length(activations, "activations", len(Ws), "one activation for each layer")
    check.length(zs, "zs", len(Ws), "one z for each layer")
    check.length(xs, "xs", len(Ws) + 1, "the input of each layer and the output of the network")
    for layer in range(len(Ws)):
        check.matrix(Ws[layer], f"Ws[{layer}]")
        check.vector(xs[layer], f"xs[{layer}]")
        check.length(xs[layer], f"xs[{layer}]", len(Ws[layer][0]), f"one input for each column of Ws[{layer}]")
        check.numbers(zs[layer], f"zs[{layer}]")
        check.length(zs[layer], f"zs[{layer}]", len(Ws[layer]), f"one z for each row of Ws[{layer}]")
        _check_activation(activations[layer], layer)
    check.vector(dL_dy_hat, "dL_dy_hat")
    check.length(dL_dy_hat, "dL_dy_hat", len(Ws[-1]), ONE_GRADIENT_PER_OUTPUT)
    for layer in range(1, len(Ws)):
        because = "one weight for each neuron of the layer before"
        check.matrix(Ws[layer], f"Ws[{layer}]", columns=len(Ws[layer - 1]), because=because)


def _check_activation(activation: Activation, layer: int) -> None:
    """An object, never None: where the layers are lists, `Identity()` says that there is no activation."""
    name, expected = f"activations[{layer}]", "an object such as ReLU() or Identity()"
    if activation is None:
        raise TypeError(f"{name} is None: expected {expected}")
    check.activation(activation, ("forward", "backward"), name, expected)
