"""A dense layer: neurons side by side, each with its own row of weights, all fed the same inputs.

    x[i]           input i
    W[j][i]        the weight of input i in neuron j: a row is a neuron
    b[j]           the bias of neuron j
    z[j]           neuron j before its activation, a[j] after it
    X[n], Z[n]     the same for sample n of a batch: a row is a sample
    dL_dz[j]       ∂L/∂zⱼ, and so on
    dLn_dZ[n][j]   ∂Lₙ/∂zₙⱼ: the loss of sample n alone

Forward:   x → z → a.   Backward:   ∂L/∂a → ∂L/∂z → ∂L/∂W, ∂L/∂b, ∂L/∂x.

A batch has one loss: the mean of its samples' losses, L = (1/N) Σₙ Lₙ, or their sum where a name ends in `_sum`.
The gradients that travel back through layers stay per sample; only those of W and b are averaged (or summed).
"""

from __future__ import annotations

from scalarnn import check

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, Protocol

    from scalarnn.scalar import Matrix, Number, Vector

    class Activation(Protocol):
        """What a layer needs of an activation: all of z forward, all of ∂L/∂a backward."""

        def forward(self, z: Vector) -> list[Number]: ...
        def backward(self, dL_da: Vector, z: Vector) -> list[Number]: ...


__all__ = [
    "Layer",
    "batch_backward",
    "batch_backward_sum",
    "batch_forward",
    "batch_input_gradient",
    "batch_parameter_gradients",
    "batch_parameter_gradients_sum",
    "bias_gradient",
    "input_gradient",
    "layer_backward",
    "layer_forward",
    "weight_gradient",
]

ONE_INPUT_PER_COLUMN = "one input for each column of W"
ONE_WEIGHT_PER_INPUT = "one weight for each input"
ONE_BIAS_PER_NEURON = "one bias for each neuron, that is for each row of W"
ONE_GRADIENT_PER_NEURON = "one gradient for each neuron, that is for each row of W"
ONE_GRADIENT_PER_SAMPLE = "one row of gradients for each sample of X"


# ---- one sample ------------------------------------------------------------------------------------------------------


def layer_forward(x: Vector, W: Matrix, b: Vector) -> list[Number]:
    """zⱼ = Σᵢ Wⱼᵢ xᵢ + bⱼ, that is z = W x + b.

    Args:
        x: inputs, n_inputs numbers.
        W: weights, n_neurons rows of n_inputs numbers; W[j][i] weighs input i in neuron j.
        b: biases, n_neurons numbers.

    Returns:
        z, n_neurons numbers: the neurons before their activation.

    Raises:
        TypeError: an entry is not a number.
        ValueError: something is empty, a row of W is not as long as x, b is not as long as W, or an entry is not
            finite.

    Source: `000` §2.2, `001` (feed-forward), `002` (layer of 3 neurons), `003` §3, `004` (forward pass).

    Examples:
        >>> layer_forward(x=[1, 2], W=[[1, 2], [-3, 4], [1, -1]], b=[1, 2, 0])
        [6, 7, -1]
    """
    _check_layer(x, W, b)
    z = []
    for j in range(len(W)):
        W_j = W[j]
        s_j = 0
        for i in range(len(x)):
            s_j += W_j[i] * x[i]
        z_j = s_j + b[j]
        z.append(z_j)
    return z


def weight_gradient(dL_dz: Vector, x: Vector) -> list[list[Number]]:
    """∂L/∂Wⱼᵢ = ∂L/∂zⱼ · xᵢ: the outer product of the gradients and the inputs.

    Args:
        dL_dz: n_neurons numbers.
        x: the inputs of the forward pass, n_inputs numbers.

    Returns:
        dL_dW, n_neurons rows of n_inputs numbers: the shape of W.

    Raises:
        TypeError: an entry is not a number.
        ValueError: something is empty, or an entry is not finite.

    Source: `000` §4.3 step 2, `003` §3.1.2, `004` (chain rule).

    Examples:
        >>> weight_gradient(dL_dz=[18, 36, 0], x=[1, 2])
        [[18, 36], [36, 72], [0, 0]]
    """
    check.vector(dL_dz, "dL_dz")
    check.vector(x, "x")
    dL_dW = []
    for j in range(len(dL_dz)):
        dL_dz_j = dL_dz[j]
        dL_dW_j = []
        for i in range(len(x)):
            dz_dw = x[i]  # zⱼ = … + Wⱼᵢ xᵢ + …
            dL_dw = dL_dz_j * dz_dw
            dL_dW_j.append(dL_dw)
        dL_dW.append(dL_dW_j)
    return dL_dW


def bias_gradient(dL_dz: Vector) -> list[Number]:
    """∂L/∂bⱼ = ∂L/∂zⱼ, since ∂zⱼ/∂bⱼ = 1.

    Args:
        dL_dz: n_neurons numbers.

    Returns:
        dL_db, n_neurons numbers: the shape of b.

    Raises:
        TypeError: an entry is not a number.
        ValueError: dL_dz is empty, or an entry is not finite.

    Source: `000` §4.3 step 3, `003` §3.1.2, `004` (chain rule).

    Examples:
        >>> bias_gradient(dL_dz=[18, 36, 0])
        [18, 36, 0]
    """
    check.vector(dL_dz, "dL_dz")
    dL_db = []
    for j in range(len(dL_dz)):
        dz_db_j = 1  # zⱼ = … + bⱼ
        dL_db_j = dL_dz[j] * dz_db_j
        dL_db.append(dL_db_j)
    return dL_db


def input_gradient(dL_dz: Vector, W: Matrix) -> list[Number]:
    """∂L/∂xᵢ = Σⱼ ∂L/∂zⱼ · Wⱼᵢ: input i feeds every neuron, so its gradient sums over all of them.

    Args:
        dL_dz: n_neurons numbers.
        W: the weights of the forward pass, n_neurons rows of n_inputs numbers.

    Returns:
        dL_dx, n_inputs numbers: ∂L/∂a of the layer before.

    Raises:
        TypeError: an entry is not a number.
        ValueError: something is empty, W is ragged or has not one row for each gradient, or an entry is not finite.

    Source: `000` §4.3 step 4, `003` §4, `004` (chain rule).

    Examples:
        >>> input_gradient(dL_dz=[18], W=[[1, 2, 3]])
        [18, 36, 54]
    """
    check.vector(dL_dz, "dL_dz")
    check.matrix(W, "W")
    check.length(dL_dz, "dL_dz", len(W), ONE_GRADIENT_PER_NEURON)
    dL_dx: list[Number] = [0] * len(W[0])
    for j in range(len(W)):
        W_j = W[j]
        dL_dz_j = dL_dz[j]
        for i in range(len(W_j)):
            dz_dx = W_j[i]  # zⱼ = … + Wⱼᵢ xᵢ + …
            dL_dx[i] += dL_dz_j * dz_dx
    return dL_dx


def layer_backward(dL_dz: Vector, x: Vector, W: Matrix) -> tuple[list[list[Number]], list[Number], list[Number]]:
    """The three gradients of a layer, from ∂L/∂z: ∂L/∂W, ∂L/∂b and ∂L/∂x.

    Args:
        dL_dz: n_neurons numbers.
        x: the inputs of the forward pass, n_inputs numbers.
        W: the weights of the forward pass, n_neurons rows of n_inputs numbers.

    Returns:
        dL_dW (the shape of W), dL_db (n_neurons numbers), dL_dx (n_inputs numbers).

    Raises:
        TypeError: an entry is not a number.
        ValueError: something is empty, lengths do not fit, or an entry is not finite.

    Source: `000` §4.3, `003` §3 and §4, `004` (chain rule).

    Examples:
        >>> dL_dW, dL_db, dL_dx = layer_backward(dL_dz=[18], x=[6, 7, 0], W=[[1, 2, 3]])
        >>> dL_dW, dL_db, dL_dx
        ([[108, 126, 0]], [18], [18, 36, 54])
    """
    _check_layer(x, W, dL_dz, "dL_dz", ONE_GRADIENT_PER_NEURON)
    dL_dW = weight_gradient(dL_dz, x)
    dL_db = bias_gradient(dL_dz)
    dL_dx = input_gradient(dL_dz, W)
    return dL_dW, dL_db, dL_dx


# ---- a batch of samples ----------------------------------------------------------------------------------------------


def batch_forward(X: Matrix, W: Matrix, b: Vector) -> list[list[Number]]:
    """zₙⱼ = Σᵢ Wⱼᵢ xₙᵢ + bⱼ for each sample n, that is Z = X Wᵀ + b.

    Args:
        X: n_samples rows of n_inputs numbers: a row is a sample.
        W: weights, n_neurons rows of n_inputs numbers.
        b: biases, n_neurons numbers.

    Returns:
        Z, n_samples rows of n_neurons numbers.

    Raises:
        TypeError: an entry is not a number.
        ValueError: something is empty, a row has a wrong length, or an entry is not finite.

    Source: `000` §2.3.

    Examples:
        >>> batch_forward(X=[[1, 1, 1], [2, 2, 2]], W=[[1, 2, 3], [2, 3, 4]], b=[0, 0])
        [[6, 9], [12, 18]]
    """
    check.matrix(X, "X")
    _check_layer(X[0], W, b)
    Z = []
    for n in range(len(X)):
        x_n = X[n]
        inputs = _inputs_that_add(x_n, W)
        z_n = []
        for j in range(len(W)):
            W_j = W[j]
            s_nj = 0
            for i in inputs:
                s_nj += W_j[i] * x_n[i]
            z_nj = s_nj + b[j]
            z_n.append(z_nj)
        Z.append(z_n)
    return Z


def batch_parameter_gradients_sum(dLn_dZ: Matrix, X: Matrix) -> tuple[list[list[Number]], list[Number]]:
    """∂L/∂Wⱼᵢ = Σₙ ∂Lₙ/∂zₙⱼ · xₙᵢ and ∂L/∂bⱼ = Σₙ ∂Lₙ/∂zₙⱼ, for the summed loss L = Σₙ Lₙ of a batch.

    Args:
        dLn_dZ: n_samples rows of n_neurons numbers; row n is the gradient of the loss of sample n.
        X: the inputs of the forward pass, n_samples rows of n_inputs numbers.

    Returns:
        dL_dW (n_neurons rows of n_inputs numbers), dL_db (n_neurons numbers).

    Raises:
        TypeError: an entry is not a number.
        ValueError: something is empty, lengths do not fit, or an entry is not finite.

    Source: `000` §4.3 steps 2 and 3, `003` §3.

    Examples:
        >>> batch_parameter_gradients_sum(dLn_dZ=[[1], [3]], X=[[1, 0], [0, 1]])
        ([[1, 3]], [4])
    """
    _check_samples(dLn_dZ, X)
    dL_dW: list[list[Number]] = [[0] * len(X[0]) for _ in dLn_dZ[0]]
    dL_db: list[Number] = [0] * len(dLn_dZ[0])
    for n in range(len(X)):
        x_n = X[n]
        inputs = _inputs_that_add(x_n, dLn_dZ)
        dLn_dz = dLn_dZ[n]
        for j in range(len(dLn_dz)):
            dLn_dz_j = dLn_dz[j]
            if type(dLn_dz_j) is float and dLn_dz_j == 0:  # a neuron that was off adds nothing
                continue
            dL_dW_j = dL_dW[j]
            for i in inputs:
                dL_dW_j[i] += dLn_dz_j * x_n[i]
            dL_db[j] += dLn_dz_j
    return dL_dW, dL_db


def batch_parameter_gradients(dLn_dZ: Matrix, X: Matrix) -> tuple[list[list[Number]], list[Number]]:
    """∂L/∂Wⱼᵢ = (1/N) Σₙ ∂Lₙ/∂zₙⱼ · xₙᵢ and ∂L/∂bⱼ = (1/N) Σₙ ∂Lₙ/∂zₙⱼ, for the mean loss L = (1/N) Σₙ Lₙ of a batch.

    Args:
        dLn_dZ: n_samples rows of n_neurons numbers; row n is the gradient of the loss of sample n.
        X: the inputs of the forward pass, n_samples rows of n_inputs numbers.

    Returns:
        dL_dW (n_neurons rows of n_inputs numbers), dL_db (n_neurons numbers).

    Raises:
        TypeError: an entry is not a number.
        ValueError: something is empty, lengths do not fit, or an entry is not finite.

    Source: `000` §4.3 steps 2 and 3 (which have the 1/N in ŷ − y).

    Examples:
        >>> batch_parameter_gradients(dLn_dZ=[[1], [3]], X=[[1, 0], [0, 1]])
        ([[0.5, 1.5]], [2.0])
    """
    sum_dW, sum_db = batch_parameter_gradients_sum(dLn_dZ, X)
    N = len(X)
    dL_dW = []
    dL_db = []
    for j in range(len(sum_dW)):
        sum_dW_j = sum_dW[j]
        dL_dW_j = []
        for i in range(len(sum_dW_j)):
            dL_dw = sum_dW_j[i] / N
            dL_dW_j.append(dL_dw)
        dL_dW.append(dL_dW_j)
        dL_db_j = sum_db[j] / N
        dL_db.append(dL_db_j)
    return dL_dW, dL_db


def batch_input_gradient(dLn_dZ: Matrix, W: Matrix) -> list[list[Number]]:
    """∂Lₙ/∂xₙᵢ = Σⱼ ∂Lₙ/∂zₙⱼ · Wⱼᵢ for each sample n: its own loss, so there is nothing to average.

    Args:
        dLn_dZ: n_samples rows of n_neurons numbers; row n is the gradient of the loss of sample n.
        W: the weights of the forward pass, n_neurons rows of n_inputs numbers.

    Returns:
        dLn_dX, n_samples rows of n_inputs numbers: ∂Lₙ/∂aₙ of the layer before.

    Raises:
        TypeError: an entry is not a number.
        ValueError: something is empty, lengths do not fit, or an entry is not finite.

    Source: `000` §4.3 step 4, `003` §4.

    Examples:
        >>> batch_input_gradient(dLn_dZ=[[1], [3]], W=[[5, 7]])
        [[5, 7], [15, 21]]
    """
    check.matrix(W, "W")
    check.matrix(dLn_dZ, "dLn_dZ", columns=len(W), because=ONE_GRADIENT_PER_NEURON)
    dLn_dX = []
    inputs = range(len(W[0]))
    for n in range(len(dLn_dZ)):
        dLn_dz = dLn_dZ[n]
        dLn_dx: list[Number] = [0] * len(W[0])
        for j in range(len(W)):
            W_j = W[j]
            dLn_dz_j = dLn_dz[j]
            if type(dLn_dz_j) is float and dLn_dz_j == 0:  # a neuron that was off adds nothing
                continue
            for i in inputs:
                dLn_dx[i] += dLn_dz_j * W_j[i]
        dLn_dX.append(dLn_dx)
    return dLn_dX


def batch_backward_sum(
    dLn_dZ: Matrix, X: Matrix, W: Matrix
) -> tuple[list[list[Number]], list[Number], list[list[Number]]]:
    """The gradients of a layer for the summed loss L = Σₙ Lₙ of a batch.

    ∂L/∂Wⱼᵢ = Σₙ ∂Lₙ/∂zₙⱼ · xₙᵢ,  ∂L/∂bⱼ = Σₙ ∂Lₙ/∂zₙⱼ,  ∂Lₙ/∂xₙᵢ = Σⱼ ∂Lₙ/∂zₙⱼ · Wⱼᵢ.

    Use it as well where the mean is already inside the gradients that come in, as in the listings of `000` §4.2,
    which divide ŷ − y by the number of samples.

    Args:
        dLn_dZ: n_samples rows of n_neurons numbers; row n is the gradient of the loss of sample n.
        X: the inputs of the forward pass, n_samples rows of n_inputs numbers.
        W: the weights of the forward pass, n_neurons rows of n_inputs numbers.

    Returns:
        dL_dW (the shape of W), dL_db (n_neurons numbers), dLn_dX (the shape of X, each row for its own sample).

    Raises:
        TypeError: an entry is not a number.
        ValueError: something is empty, lengths do not fit, or an entry is not finite.

    Source: `000` §4.3, `003` §3.

    Examples:
        >>> dL_dW, dL_db, dLn_dX = batch_backward_sum(dLn_dZ=[[1], [3]], X=[[1, 0], [0, 1]], W=[[5, 7]])
        >>> dL_dW, dL_db, dLn_dX
        ([[1, 3]], [4], [[5, 7], [15, 21]])
    """
    _check_batch(dLn_dZ, X, W)
    dL_dW, dL_db = check.without_checks(batch_parameter_gradients_sum, dLn_dZ, X)
    dLn_dX = check.without_checks(batch_input_gradient, dLn_dZ, W)
    return dL_dW, dL_db, dLn_dX


def batch_backward(dLn_dZ: Matrix, X: Matrix, W: Matrix) -> tuple[list[list[Number]], list[Number], list[list[Number]]]:
    """The gradients of a layer for the mean loss L = (1/N) Σₙ Lₙ of a batch of N samples.

    ∂L/∂Wⱼᵢ = (1/N) Σₙ ∂Lₙ/∂zₙⱼ · xₙᵢ,  ∂L/∂bⱼ = (1/N) Σₙ ∂Lₙ/∂zₙⱼ,  ∂Lₙ/∂xₙᵢ = Σⱼ ∂Lₙ/∂zₙⱼ · Wⱼᵢ.

    The gradients that come in and go out belong to each sample's own loss Lₙ and carry no 1/N: so every layer of a
    chain divides once.

    Args:
        dLn_dZ: n_samples rows of n_neurons numbers; row n is the gradient of the loss of sample n.
        X: the inputs of the forward pass, n_samples rows of n_inputs numbers.
        W: the weights of the forward pass, n_neurons rows of n_inputs numbers.

    Returns:
        dL_dW (the shape of W), dL_db (n_neurons numbers), dLn_dX (the shape of X, each row for its own sample).

    Raises:
        TypeError: an entry is not a number.
        ValueError: something is empty, lengths do not fit, or an entry is not finite.

    Source: `000` §4.2 and §4.3 (which put the 1/N into ŷ − y).

    Examples:
        >>> dL_dW, dL_db, dLn_dX = batch_backward(dLn_dZ=[[1], [3]], X=[[1, 0], [0, 1]], W=[[5, 7]])
        >>> dL_dW, dL_db, dLn_dX
        ([[0.5, 1.5]], [2.0], [[5, 7], [15, 21]])
    """
    _check_batch(dLn_dZ, X, W)
    dL_dW, dL_db = check.without_checks(batch_parameter_gradients, dLn_dZ, X)
    dLn_dX = check.without_checks(batch_input_gradient, dLn_dZ, W)
    return dL_dW, dL_db, dLn_dX


# ---- a layer that remembers ------------------------------------------------------------------------------------------


class Layer:
    """A dense layer with its activation, which keeps what its backward pass needs.

    Two ways to end a classifier, not to be mixed: the last layer has Softmax() and goes with
    `cross_entropy_gradient(y_hat, y)`; or it has no activation and goes with `softmax_cross_entropy_gradient(z, y)`.

    Args:
        W: weights, n_neurons rows of n_inputs numbers; a row is a neuron.
        b: biases, n_neurons numbers.
        activation: an object such as `ReLU()` or `Softmax()`; None for a linear layer, a = z.

    Attributes:
        W, b: copies of what was given; to change the weights, assign a new W.
        x, z, a: set by forward; X, Z, A by forward_batch. Either pass makes the other forgotten.
        dL_dz, dL_dW, dL_db, dL_dx: set by backward; dLn_dZ, dL_dW, dL_db, dLn_dX by backward_batch.

    What has not been set, or is forgotten, is None.

    Raises:
        TypeError: an entry is not a number, or activation has no forward and backward.
        ValueError: W is empty or ragged, b is not as long as W, or an entry is not finite.

    Source: `000` §2.4 and §4, `004` (hidden and output layer).

    Examples:
        >>> from scalarnn import ReLU
        >>> hidden = Layer(W=[[1, 2], [-3, 4], [1, -1]], b=[1, 2, 0], activation=ReLU())
        >>> hidden.forward([1, 2])
        [6, 7, 0]
        >>> hidden.backward(dL_da=[18, 36, 54])
        [-90, 180]
        >>> hidden.dL_dW, hidden.dL_db
        ([[18, 36], [36, 72], [0, 0]], [18, 36, 0])
    """

    def __init__(self, W: Matrix, b: Vector, activation: Activation | None = None) -> None:
        check.matrix(W, "W")
        check.vector(b, "b")
        check.length(b, "b", len(W), ONE_BIAS_PER_NEURON)
        check.activation(activation, ("forward", "backward"))
        self.W = [list(W_j) for W_j in W]
        self.b = list(b)
        self.activation = activation
        not_yet: Any = None
        self.x = self.z = self.a = not_yet
        self.X = self.Z = self.A = not_yet
        self.dL_dz = self.dL_dW = self.dL_db = self.dL_dx = not_yet
        self.dLn_dZ = self.dLn_dX = not_yet
        self._W_forward = not_yet  # the W of the last forward pass
        self._W_backward = not_yet  # the W of the last backward pass, until a step uses its gradients

    def forward(self, x: Vector) -> list[Number]:
        """a = f(z) with z = W x + b for one sample; keeps x, z and a.

        Raises:
            TypeError: an entry of x is not a number.
            ValueError: x has not one entry for each column of W, or an entry is not finite.
        """
        if not (check.are_off() or _is_plain_layer(x, self.W, self.b)):
            self._check_x(x)
            _check_parameters(self.W, self.b, len(x))
        z = check.without_checks(layer_forward, x, self.W, self.b)
        a = z if self.activation is None else self.activation.forward(z)
        self.x, self.z, self.a = list(x), z, a
        self.X = self.Z = self.A = None
        self._W_forward = self.W
        return a

    def backward(self, dL_da: Vector) -> list[Number]:
        """∂L/∂a in, ∂L/∂x out, for one sample; keeps dL_dz, dL_dW, dL_db and dL_dx.

        Raises:
            RuntimeError: there was no forward pass to go back through, it was one of a batch, or W is another list
                since.
            TypeError: an entry of dL_da is not a number.
            ValueError: dL_da has not one entry for each neuron, or an entry is not finite.
        """
        self._check_way_back("backward_batch(dLn_dA)")
        check.vector(dL_da, "dL_da")
        check.length(dL_da, "dL_da", len(self.W), ONE_GRADIENT_PER_NEURON)
        dL_dz = list(dL_da) if self.activation is None else self.activation.backward(dL_da, self.z)
        _check_layer(self.x, self.W, dL_dz, "dL_dz", ONE_GRADIENT_PER_NEURON)
        dL_dW, dL_db, dL_dx = check.without_checks(layer_backward, dL_dz, self.x, self.W)
        self.dL_dz, self.dL_dW, self.dL_db, self.dL_dx = dL_dz, dL_dW, dL_db, dL_dx
        self.dLn_dZ = self.dLn_dX = None
        self._W_backward = self.W
        return dL_dx

    def forward_batch(self, X: Matrix) -> list[list[Number]]:
        """aₙ = f(W xₙ + b) for each sample n; keeps X, Z and A.

        Raises:
            TypeError: an entry of X is not a number.
            ValueError: X is empty, a row has not one entry for each column of W, or an entry is not finite.
        """
        self._check_X(X)
        _check_parameters(self.W, self.b, len(X[0]))
        Z = check.without_checks(batch_forward, X, self.W, self.b)
        A = []
        for n in range(len(Z)):
            a_n = Z[n] if self.activation is None else self.activation.forward(Z[n])
            A.append(a_n)
        self.X, self.Z, self.A = [list(x_n) for x_n in X], Z, A
        self.x = self.z = self.a = None
        self._W_forward = self.W
        return A

    def backward_batch(self, dLn_dA: Matrix, *, to_inputs: bool = True) -> Any:
        """∂Lₙ/∂aₙ in, ∂Lₙ/∂xₙ out, for each sample n; keeps dLn_dZ, dLn_dX, and dL_dW, dL_db of the mean loss.

        With to_inputs=False it stops at W and b: dLn_dX is None, and None is returned. A first layer that learns needs
        no more.

        The rows are gradients of each sample's own loss, without 1/N: Layer and Network average. For the sum of the
        losses use `batch_backward_sum`, or multiply learning_rate by N.

        Raises:
            RuntimeError: there was no forward pass to go back through, it was not one of a batch, or W is another list
                since.
            TypeError: an entry of dLn_dA is not a number.
            ValueError: dLn_dA has not the shape of A, or an entry is not finite.

        Examples:
            >>> from scalarnn import squared_error_gradient
            >>> layer = Layer(W=[[1, 2]], b=[0])
            >>> A = layer.forward_batch([[1, 1], [3, 2]])
            >>> Y = [[2], [5]]
            >>> dLn_dA = [squared_error_gradient(a_n, y_n) for a_n, y_n in zip(A, Y)]
            >>> A, dLn_dA
            ([[3], [7]], [[2], [4]])
            >>> layer.backward_batch(dLn_dA)
            [[2, 4], [4, 8]]
            >>> layer.dL_dW, layer.dL_db
            ([[7.0, 5.0]], [3.0])
        """
        self._check_way_back_of_batch("backward(dL_da)")
        check.matrix(dLn_dA, "dLn_dA", columns=len(self.W), because=ONE_GRADIENT_PER_NEURON)
        check.length(dLn_dA, "dLn_dA", len(self.X), ONE_GRADIENT_PER_SAMPLE)
        dLn_dZ = check.without_checks(self._through_activation, dLn_dA)
        check.matrix(self.W, "W", columns=len(self.X[0]), because=ONE_WEIGHT_PER_INPUT)
        check.matrix(dLn_dZ, "dLn_dZ", columns=len(self.W), because=ONE_GRADIENT_PER_NEURON)
        if to_inputs:
            dL_dW, dL_db, dLn_dX = check.without_checks(batch_backward, dLn_dZ, self.X, self.W)
        else:
            dL_dW, dL_db = check.without_checks(batch_parameter_gradients, dLn_dZ, self.X)
            dLn_dX = None
        self.dLn_dZ, self.dL_dW, self.dL_db, self.dLn_dX = dLn_dZ, dL_dW, dL_db, dLn_dX
        self.dL_dz = self.dL_dx = None
        self._W_backward = self.W
        return dLn_dX

    def _through_activation(self, dLn_dA: Matrix) -> list[Vector]:
        dLn_dZ: list[Vector] = []
        for n in range(len(self.X)):
            dLn_dz = list(dLn_dA[n]) if self.activation is None else self.activation.backward(dLn_dA[n], self.Z[n])
            dLn_dZ.append(dLn_dz)
        return dLn_dZ

    def _check_x(self, x: Vector) -> None:
        check.sequence(self.W, "W")
        check.sequence(self.W[0], "W[0]")
        check.sample(x, "x", len(self.W[0]), ONE_INPUT_PER_COLUMN)

    def _check_X(self, X: Matrix) -> None:
        check.sequence(self.W, "W")
        check.sequence(self.W[0], "W[0]")
        check.batch(X, "X", len(self.W[0]), ONE_INPUT_PER_COLUMN)

    def _check_way_back(self, instead: str) -> None:
        if self.x is None and self.X is not None:
            raise RuntimeError(f"backward after forward_batch: call {instead}")
        if self.x is None:
            raise RuntimeError("backward before forward: call forward(x) first")
        if self.W is not self._W_forward:
            raise RuntimeError("backward after W has changed: call forward(x) first")

    def _check_way_back_of_batch(self, instead: str) -> None:
        if self.X is None and self.x is not None:
            raise RuntimeError(f"backward_batch after forward: call {instead}")
        if self.X is None:
            raise RuntimeError("backward_batch before forward_batch: call forward_batch(X) first")
        if self.W is not self._W_forward:
            raise RuntimeError("backward_batch after W has changed: call forward_batch(X) first")

    def __repr__(self) -> str:
        n_inputs, n_neurons = len(self.W[0]), len(self.W)
        inputs = "1 input" if n_inputs == 1 else f"{n_inputs} inputs"
        neurons = "1 neuron" if n_neurons == 1 else f"{n_neurons} neurons"
        return f"Layer({inputs}, {neurons}, activation={self.activation})"


def _inputs_that_add(x: Vector, factors: Matrix) -> Sequence[int]:
    """Which inputs take part in a sum: all but a 0.0, as of a pixel without ink or a neuron that was off.

    Only where both factors are floats: any other kind of number keeps its kind by being added.
    """
    if type(factors[0][0]) is not float:
        return range(len(x))
    inputs = []
    for i in range(len(x)):
        x_i = x[i]
        if type(x_i) is not float or x_i != 0:
            inputs.append(i)
    return inputs


# ---- checks ----------------------------------------------------------------------------------------------------------


def _check_layer(x: Vector, W: Matrix, per_neuron: Vector, name: str = "b", because: str = ONE_BIAS_PER_NEURON) -> None:
    """x, W and a vector with one entry for each neuron fit together."""
    if check.are_off() or _is_plain_layer(x, W, per_neuron):
        return
    check.vector(x, "x")
    check.matrix(W, "W", columns=len(x), because=ONE_WEIGHT_PER_INPUT)
    check.vector(per_neuron, name)
    check.length(per_neuron, name, len(W), because)


def _is_plain_layer(x: Vector, W: Matrix, per_neuron: Vector) -> bool:
    """Whether they are plain and their lengths fit: the short way past a check of each."""
    return (
        check.is_plain_vector(x)
        and check.is_plain_vector(per_neuron)
        and check.is_plain_matrix(W, len(x))
        and len(W) == len(per_neuron)
    )


def _check_parameters(W: Matrix, b: Vector, n_inputs: int) -> None:
    """W and b, which may have been changed since the layer was made, still fit."""
    check.matrix(W, "W", columns=n_inputs, because=ONE_WEIGHT_PER_INPUT)
    check.vector(b, "b")
    check.length(b, "b", len(W), ONE_BIAS_PER_NEURON)


def _check_batch(dLn_dZ: Matrix, X: Matrix, W: Matrix) -> None:
    """Gradients, inputs and weights of a batch fit together."""
    if check.are_off():
        return
    check.matrix(X, "X")
    check.matrix(W, "W", columns=len(X[0]), because=ONE_WEIGHT_PER_INPUT)
    check.matrix(dLn_dZ, "dLn_dZ", columns=len(W), because=ONE_GRADIENT_PER_NEURON)
    check.length(dLn_dZ, "dLn_dZ", len(X), ONE_GRADIENT_PER_SAMPLE)


def _check_samples(dLn_dZ: Matrix, X: Matrix) -> None:
    """Gradients and inputs of a batch fit together."""
    check.matrix(X, "X")
    check.matrix(dLn_dZ, "dLn_dZ")
    check.length(dLn_dZ, "dLn_dZ", len(X), ONE_GRADIENT_PER_SAMPLE)
