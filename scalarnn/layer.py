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

from scalarnn.doors.passes import backward_through, forward_through

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, Protocol

    from scalarnn.scalar import Matrix, N, Number, Vector, m, n

    class Activation(Protocol):
        """What a layer needs of an activation: all of z forward, all of ∂L/∂a backward."""

        def forward(self, z: Vector) -> list[Number]: ...
        def backward(self, dL_da: Vector[m], z: Vector) -> list[Number]: ...


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


# ---- one sample ------------------------------------------------------------------------------------------------------


def layer_forward(x: Vector[n], W: Matrix[m, n], b: Vector[m]) -> list[Number]:
    """zⱼ = Σᵢ Wⱼᵢ xᵢ + bⱼ, that is z = W x + b.

    Returns:
        z, n_neurons numbers: the neurons before their activation.

    Source: `000` §2.2, `001` (feed-forward), `002` (layer of 3 neurons), `003` §3, `004` (forward pass).

    Examples:
        >>> layer_forward(x=[1, 2], W=[[1, 2], [-3, 4], [1, -1]], b=[1, 2, 0])
        [6, 7, -1]
    """
    z = []
    for j in range(len(W)):
        W_j = W[j]
        s_j = 0
        for i in range(len(x)):
            s_j += W_j[i] * x[i]
        z_j = s_j + b[j]
        z.append(z_j)
    return z


def weight_gradient(dL_dz: Vector[m], x: Vector[n]) -> list[list[Number]]:
    """∂L/∂Wⱼᵢ = ∂L/∂zⱼ · xᵢ: the outer product of the gradients and the inputs.

    Returns:
        dL_dW, n_neurons rows of n_inputs numbers: the shape of W.

    Source: `000` §4.3 step 2, `003` §3.1.2, `004` (chain rule).

    Examples:
        >>> weight_gradient(dL_dz=[18, 36, 0], x=[1, 2])
        [[18, 36], [36, 72], [0, 0]]
    """
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


def bias_gradient(dL_dz: Vector[m]) -> list[Number]:
    """∂L/∂bⱼ = ∂L/∂zⱼ, since ∂zⱼ/∂bⱼ = 1.

    Returns:
        dL_db, n_neurons numbers: the shape of b.

    Source: `000` §4.3 step 3, `003` §3.1.2, `004` (chain rule).

    Examples:
        >>> bias_gradient(dL_dz=[18, 36, 0])
        [18, 36, 0]
    """
    dL_db = []
    for j in range(len(dL_dz)):
        dz_db_j = 1  # zⱼ = … + bⱼ
        dL_db_j = dL_dz[j] * dz_db_j
        dL_db.append(dL_db_j)
    return dL_db


def input_gradient(dL_dz: Vector[m], W: Matrix[m, n]) -> list[Number]:
    """∂L/∂xᵢ = Σⱼ ∂L/∂zⱼ · Wⱼᵢ: input i feeds every neuron, so its gradient sums over all of them.

    Returns:
        dL_dx, n_inputs numbers: ∂L/∂a of the layer before.

    Source: `000` §4.3 step 4, `003` §4, `004` (chain rule).

    Examples:
        >>> input_gradient(dL_dz=[18], W=[[1, 2, 3]])
        [18, 36, 54]
    """
    dL_dx: list[Number] = [0] * len(W[0])
    for j in range(len(W)):
        W_j = W[j]
        dL_dz_j = dL_dz[j]
        for i in range(len(W_j)):
            dz_dx = W_j[i]  # zⱼ = … + Wⱼᵢ xᵢ + …
            dL_dx[i] += dL_dz_j * dz_dx
    return dL_dx


def layer_backward(
    dL_dz: Vector[m], x: Vector[n], W: Matrix[m, n]
) -> tuple[list[list[Number]], list[Number], list[Number]]:
    """The three gradients of a layer, from ∂L/∂z: ∂L/∂W, ∂L/∂b and ∂L/∂x.

    Returns:
        dL_dW (the shape of W), dL_db (n_neurons numbers), dL_dx (n_inputs numbers).

    Source: `000` §4.3, `003` §3 and §4, `004` (chain rule).

    Examples:
        >>> dL_dW, dL_db, dL_dx = layer_backward(dL_dz=[18], x=[6, 7, 0], W=[[1, 2, 3]])
        >>> dL_dW, dL_db, dL_dx
        ([[108, 126, 0]], [18], [18, 36, 54])
    """
    dL_dW = weight_gradient(dL_dz, x)
    dL_db = bias_gradient(dL_dz)
    dL_dx = input_gradient(dL_dz, W)
    return dL_dW, dL_db, dL_dx


# ---- a batch of samples ----------------------------------------------------------------------------------------------


def batch_forward(X: Matrix[N, n], W: Matrix[m, n], b: Vector[m]) -> list[list[Number]]:
    """zₙⱼ = Σᵢ Wⱼᵢ xₙᵢ + bⱼ for each sample n, that is Z = X Wᵀ + b.

    Returns:
        Z, n_samples rows of n_neurons numbers.

    Source: `000` §2.3.

    Examples:
        >>> batch_forward(X=[[1, 1, 1], [2, 2, 2]], W=[[1, 2, 3], [2, 3, 4]], b=[0, 0])
        [[6, 9], [12, 18]]
    """
    Z = []
    for n in range(len(X)):
        x_n = X[n]
        inputs = _that_add(x_n, W)
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


def batch_parameter_gradients_sum(dLn_dZ: Matrix[N, m], X: Matrix[N, n]) -> tuple[list[list[Number]], list[Number]]:
    """∂L/∂Wⱼᵢ = Σₙ ∂Lₙ/∂zₙⱼ · xₙᵢ and ∂L/∂bⱼ = Σₙ ∂Lₙ/∂zₙⱼ, for the summed loss L = Σₙ Lₙ of a batch.

    Returns:
        dL_dW (n_neurons rows of n_inputs numbers), dL_db (n_neurons numbers).

    Source: `000` §4.3 steps 2 and 3, `003` §3.

    Examples:
        >>> batch_parameter_gradients_sum(dLn_dZ=[[1], [3]], X=[[1, 0], [0, 1]])
        ([[1, 3]], [4])
    """
    dL_dW: list[list[Number]] = [[0] * len(X[0]) for _ in dLn_dZ[0]]
    dL_db: list[Number] = [0] * len(dLn_dZ[0])
    for n in range(len(X)):
        x_n = X[n]
        inputs = _that_add(x_n, dLn_dZ)
        dLn_dz = dLn_dZ[n]
        for j in _that_add(dLn_dz, X):
            dLn_dz_j = dLn_dz[j]
            dL_dW_j = dL_dW[j]
            for i in inputs:
                dL_dW_j[i] += dLn_dz_j * x_n[i]
            dL_db[j] += dLn_dz_j
    return dL_dW, dL_db


def batch_parameter_gradients(dLn_dZ: Matrix[N, m], X: Matrix[N, n]) -> tuple[list[list[Number]], list[Number]]:
    """∂L/∂Wⱼᵢ = (1/N) Σₙ ∂Lₙ/∂zₙⱼ · xₙᵢ and ∂L/∂bⱼ = (1/N) Σₙ ∂Lₙ/∂zₙⱼ, for the mean loss L = (1/N) Σₙ Lₙ of a batch.

    Returns:
        dL_dW (n_neurons rows of n_inputs numbers), dL_db (n_neurons numbers).

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


def batch_input_gradient(dLn_dZ: Matrix[N, m], W: Matrix[m, n]) -> list[list[Number]]:
    """∂Lₙ/∂xₙᵢ = Σⱼ ∂Lₙ/∂zₙⱼ · Wⱼᵢ for each sample n: its own loss, so there is nothing to average.

    Returns:
        dLn_dX, n_samples rows of n_inputs numbers: ∂Lₙ/∂aₙ of the layer before.

    Source: `000` §4.3 step 4, `003` §4.

    Examples:
        >>> batch_input_gradient(dLn_dZ=[[1], [3]], W=[[5, 7]])
        [[5, 7], [15, 21]]
    """
    dLn_dX = []
    inputs = range(len(W[0]))
    for n in range(len(dLn_dZ)):
        dLn_dz = dLn_dZ[n]
        dLn_dx: list[Number] = [0] * len(W[0])
        for j in _that_add(dLn_dz, W):
            W_j = W[j]
            dLn_dz_j = dLn_dz[j]
            for i in inputs:
                dLn_dx[i] += dLn_dz_j * W_j[i]
        dLn_dX.append(dLn_dx)
    return dLn_dX


def batch_backward_sum(
    dLn_dZ: Matrix[N, m], X: Matrix[N, n], W: Matrix[m, n]
) -> tuple[list[list[Number]], list[Number], list[list[Number]]]:
    """The gradients of a layer for the summed loss L = Σₙ Lₙ of a batch.

    ∂L/∂Wⱼᵢ = Σₙ ∂Lₙ/∂zₙⱼ · xₙᵢ,  ∂L/∂bⱼ = Σₙ ∂Lₙ/∂zₙⱼ,  ∂Lₙ/∂xₙᵢ = Σⱼ ∂Lₙ/∂zₙⱼ · Wⱼᵢ.

    Use it as well where the mean is already inside the gradients that come in, as in the listings of `000` §4.2,
    which divide ŷ − y by the number of samples.

    Returns:
        dL_dW (the shape of W), dL_db (n_neurons numbers), dLn_dX (the shape of X, each row for its own sample).

    Source: `000` §4.3, `003` §3.

    Examples:
        >>> dL_dW, dL_db, dLn_dX = batch_backward_sum(dLn_dZ=[[1], [3]], X=[[1, 0], [0, 1]], W=[[5, 7]])
        >>> dL_dW, dL_db, dLn_dX
        ([[1, 3]], [4], [[5, 7], [15, 21]])
    """
    dL_dW, dL_db = batch_parameter_gradients_sum(dLn_dZ, X)
    dLn_dX = batch_input_gradient(dLn_dZ, W)
    return dL_dW, dL_db, dLn_dX


def batch_backward(
    dLn_dZ: Matrix[N, m], X: Matrix[N, n], W: Matrix[m, n]
) -> tuple[list[list[Number]], list[Number], list[list[Number]]]:
    """The gradients of a layer for the mean loss L = (1/N) Σₙ Lₙ of a batch of N samples.

    ∂L/∂Wⱼᵢ = (1/N) Σₙ ∂Lₙ/∂zₙⱼ · xₙᵢ,  ∂L/∂bⱼ = (1/N) Σₙ ∂Lₙ/∂zₙⱼ,  ∂Lₙ/∂xₙᵢ = Σⱼ ∂Lₙ/∂zₙⱼ · Wⱼᵢ.

    The gradients that come in and go out belong to each sample's own loss Lₙ and carry no 1/N: so every layer of a
    chain divides once.

    Returns:
        dL_dW (the shape of W), dL_db (n_neurons numbers), dLn_dX (the shape of X, each row for its own sample).

    Source: `000` §4.2 and §4.3 (which put the 1/N into ŷ − y).

    Examples:
        >>> dL_dW, dL_db, dLn_dX = batch_backward(dLn_dZ=[[1], [3]], X=[[1, 0], [0, 1]], W=[[5, 7]])
        >>> dL_dW, dL_db, dLn_dX
        ([[0.5, 1.5]], [2.0], [[5, 7], [15, 21]])
    """
    dL_dW, dL_db = batch_parameter_gradients(dLn_dZ, X)
    dLn_dX = batch_input_gradient(dLn_dZ, W)
    return dL_dW, dL_db, dLn_dX


# ---- a layer that remembers ------------------------------------------------------------------------------------------


class Layer:
    """A dense layer with its activation, which keeps what its backward pass needs.

    Two ways to end a classifier, not to be mixed: the last layer has Softmax() and goes with
    `cross_entropy_gradient(y_hat, y)`; or it has no activation and goes with `softmax_cross_entropy_gradient(z, y)`.
    Likewise for yes or no: Sigmoid() with `binary_cross_entropy_gradient(y_hat, y)`, or no activation with
    `sigmoid_cross_entropy_gradient(z, y)`. The ends without activation keep their digits whatever z is.

    Args:
        W: weights, n_neurons rows of n_inputs numbers; a row is a neuron.
        b: biases, n_neurons numbers.
        activation: an object such as `ReLU()` or `Softmax()`; None for a linear layer, a = z.

    Attributes:
        W, b: copies of what was given; to change the weights, assign a new W.
        x, z, a: set by forward; X, Z, A by forward_batch. Either pass makes the other forgotten.
        dL_dz, dL_dW, dL_db, dL_dx: set by backward; dLn_dZ, dL_dW, dL_db, dLn_dX by backward_batch.

    What has not been set, or is forgotten, is None.

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

    def __init__(self, W: Matrix[m, n], b: Vector[m], activation: Activation | None = None) -> None:
        self.W = [list(W_j) for W_j in W]
        self.b = list(b)
        self.activation = activation
        not_yet: Any = None
        self.x = self.z = self.a = not_yet
        self.X = self.Z = self.A = not_yet
        self.dL_dz = self.dL_dW = self.dL_db = self.dL_dx = not_yet
        self.dLn_dZ = self.dLn_dX = not_yet
        self._W_forward = self._W_used = not_yet  # W at the last forward pass: the list itself, and a copy
        self._W_backward = not_yet  # the W of the last backward pass, until a step uses its gradients

    def forward(self, x: Vector[n]) -> list[Number]:
        """a = f(z) with z = W x + b for one sample; keeps x and z for the way back, and a to be looked at."""
        W = list(map(list, self.W))
        z = layer_forward(x, W, self.b)
        a = forward_through(self.activation, z)
        kept = list(x), z, a, None, None, None, self.W, W
        self.x, self.z, self.a, self.X, self.Z, self.A, self._W_forward, self._W_used = kept
        return a  # type: ignore[no-any-return]

    def backward(self, dL_da: Vector[m]) -> list[Number]:
        """∂L/∂a in, ∂L/∂x out, for one sample, through the weights of its forward pass.

        Keeps dL_dz, dL_dW, dL_db and dL_dx.

        Raises:
            RuntimeError: there was no forward pass to go back through, it was one of a batch, or W is another list
                since.
        """
        dL_dz = backward_through(self.activation, dL_da, self.z)
        dL_dW, dL_db, dL_dx = layer_backward(dL_dz, self.x, self._W_used)
        kept = dL_dz, dL_dW, dL_db, dL_dx, None, None, self.W
        self.dL_dz, self.dL_dW, self.dL_db, self.dL_dx, self.dLn_dZ, self.dLn_dX, self._W_backward = kept
        return dL_dx

    def forward_batch(self, X: Matrix[N, n]) -> list[list[Number]]:
        """aₙ = f(W xₙ + b) for each sample n; keeps X and Z for the way back, and A to be looked at."""
        W = list(map(list, self.W))
        Z = batch_forward(X, W, self.b)
        A = []
        for n in range(len(Z)):
            a_n = forward_through(self.activation, Z[n])
            A.append(a_n)
        kept = list(map(list, X)), Z, A, None, None, None, self.W, W
        self.X, self.Z, self.A, self.x, self.z, self.a, self._W_forward, self._W_used = kept
        return A

    def backward_batch(self, dLn_dA: Matrix[N, m], *, to_inputs: bool = True) -> Any:
        """∂Lₙ/∂aₙ in, ∂Lₙ/∂xₙ out, for each sample n, through the weights of the forward pass.

        Keeps dLn_dZ, dLn_dX, and dL_dW, dL_db of the mean loss. With to_inputs=False it stops at W and b: dLn_dX is
        None, and None is returned. A first layer that learns needs no more.

        The rows are gradients of each sample's own loss, without 1/N: Layer and Network average. For the sum of the
        losses use `batch_backward_sum`, or multiply learning_rate by N.

        Raises:
            RuntimeError: there was no forward pass to go back through, it was not one of a batch, or W is another list
                since.

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
        dLn_dZ = []
        for n in range(len(self.X)):
            dLn_dz = backward_through(self.activation, dLn_dA[n], self.Z[n])
            dLn_dZ.append(dLn_dz)
        dL_dW, dL_db = batch_parameter_gradients(dLn_dZ, self.X)
        dLn_dX = batch_input_gradient(dLn_dZ, self._W_used) if to_inputs else None
        kept = dLn_dZ, dL_dW, dL_db, dLn_dX, None, None, self.W
        self.dLn_dZ, self.dL_dW, self.dL_db, self.dLn_dX, self.dL_dz, self.dL_dx, self._W_backward = kept
        return dLn_dX

    def __repr__(self) -> str:
        n_inputs, n_neurons = len(self.W[0]), len(self.W)
        inputs = "1 input" if n_inputs == 1 else f"{n_inputs} inputs"
        neurons = "1 neuron" if n_neurons == 1 else f"{n_neurons} neurons"
        return f"Layer({inputs}, {neurons}, activation={self.activation})"


def _that_add(values: Vector, factors: Matrix) -> Sequence[int]:
    """Which entries take part in a sum: all but a 0.0, as of a pixel without ink or a neuron that was off.

    Only where both factors are floats: any other kind of number keeps its kind by being added. If all are 0.0 all take
    part, so that the sum is a float too.
    """
    if type(factors[0][0]) is not float:
        return range(len(values))
    adding = []
    for i in range(len(values)):
        value = values[i]
        if type(value) is not float or value != 0:
            adding.append(i)
    return adding or range(len(values))
