"""One neuron: a weighted sum of its inputs and a bias, then the three gradients.

    x[i]        input i
    w[i]        the weight of input i
    b           the bias
    s           the weighted sum
    z           the weighted sum plus the bias
    a           the neuron's output, a = f(z) for an activation f
    L           the loss, somewhere behind the neuron

Forward:   x → z → a.   Backward:   ∂L/∂a → ∂L/∂z → ∂L/∂w, ∂L/∂b, ∂L/∂x.
"""

from __future__ import annotations

from scalarnn import check

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Protocol

    from scalarnn.scalar import Number, Vector

    class ScalarActivation(Protocol):
        """What a neuron needs of an activation: its value and its derivative at one z."""

        def value(self, z: Number) -> Number: ...
        def derivative(self, z: Number) -> Number: ...


__all__ = ["Neuron", "neuron_backward", "neuron_forward", "weighted_sum"]


def weighted_sum(x: Vector, w: Vector) -> Number:
    """s = Σᵢ wᵢ xᵢ: the dot product of weights and inputs.

    Args:
        x: inputs, n numbers.
        w: weights, n numbers; w[i] weighs x[i].

    Returns:
        s, a number.

    Raises:
        TypeError: an entry is not a number.
        ValueError: x or w is empty, their lengths differ, or an entry is not finite.

    Source: `001` (dot product), `003` §2.

    Examples:
        >>> weighted_sum(x=[1, -2, 3], w=[-3, -1, 2])
        5
    """
    check.vectors(x, "x", w, "w", "one weight for each input of x")
    s = 0
    for i in range(len(x)):
        s += w[i] * x[i]
    return s


def neuron_forward(x: Vector, w: Vector, b: Number) -> Number:
    """z = s + b with s = Σᵢ wᵢ xᵢ.

    Args:
        x: inputs, n numbers.
        w: weights, n numbers; w[i] weighs x[i].
        b: bias, a number.

    Returns:
        z, a number: the neuron before its activation.

    Raises:
        TypeError: an entry is not a number.
        ValueError: x or w is empty, their lengths differ, or an entry is not finite.

    Source: `000` §2.1, `002` (single neuron), `003` §2.

    Examples:
        >>> neuron_forward(x=[1, -2, 3], w=[-3, -1, 2], b=1)
        6
    """
    check.number(b, "b")
    s = weighted_sum(x, w)
    z = s + b
    return z


def neuron_backward(dL_dz: Number, x: Vector, w: Vector) -> tuple[list[Number], Number, list[Number]]:
    """∂L/∂wᵢ = ∂L/∂z · xᵢ,  ∂L/∂b = ∂L/∂z,  ∂L/∂xᵢ = ∂L/∂z · wᵢ.

    Args:
        dL_dz: the gradient of the loss with respect to z, a number.
        x: the inputs of the forward pass, n numbers.
        w: the weights of the forward pass, n numbers.

    Returns:
        dL_dw (n numbers), dL_db (a number), dL_dx (n numbers).

    Raises:
        TypeError: an entry is not a number.
        ValueError: x or w is empty, their lengths differ, or an entry is not finite.

    Source: `002` (backpropagation, single neuron), `003` §2 and §4.

    Examples:
        >>> dL_dw, dL_db, dL_dx = neuron_backward(dL_dz=12, x=[1, -2, 3], w=[-3, -1, 2])
        >>> dL_dw, dL_db, dL_dx
        ([12, -24, 36], 12, [-36, -12, 24])
    """
    check.number(dL_dz, "dL_dz")
    check.vectors(x, "x", w, "w", "one weight for each input of x")
    dL_dw = []
    for i in range(len(x)):
        dz_dw_i = x[i]  # z = … + wᵢ xᵢ + …
        dL_dw_i = dL_dz * dz_dw_i
        dL_dw.append(dL_dw_i)
    dz_db = 1  # z = … + b
    dL_db = dL_dz * dz_db
    dL_dx = []
    for i in range(len(w)):
        dz_dx_i = w[i]  # z = … + wᵢ xᵢ + …
        dL_dx_i = dL_dz * dz_dx_i
        dL_dx.append(dL_dx_i)
    return dL_dw, dL_db, dL_dx


class Neuron:
    """A neuron that keeps what its backward pass needs: x, z and a, then every gradient.

    Args:
        w: weights, n numbers.
        b: bias, a number.
        activation: an object such as `ReLU()`; None for a linear neuron, a = z.

    Attributes:
        w, b: copies of what was given; to change the weights, assign a new w.
        x, z, a: set by forward, None before.
        dL_dz, dL_dw, dL_db, dL_dx: set by backward, None before.

    Raises:
        TypeError: an entry is not a number, or activation has no value and derivative.
        ValueError: w is empty, or an entry is not finite.

    Source: `002` and `003` §2: one neuron, ReLU, squared loss.

    Examples:
        >>> from scalarnn import ReLU
        >>> neuron = Neuron(w=[-3, -1, 2], b=1, activation=ReLU())
        >>> y = neuron.forward([1, -2, 3])
        >>> neuron.z, y
        (6, 6)
        >>> neuron.backward(dL_da=2 * y)
        [-36, -12, 24]
        >>> neuron.dL_dw, neuron.dL_db
        ([12, -24, 36], 12)
    """

    def __init__(self, w: Vector, b: Number, activation: ScalarActivation | None = None) -> None:
        check.vector(w, "w")
        check.number(b, "b")
        check.activation(activation, ("value", "derivative"))
        self.w = list(w)
        self.b = b
        self.activation = activation
        not_yet: Any = None
        self.x = self.z = self.a = not_yet
        self.dL_dz = self.dL_dw = self.dL_db = self.dL_dx = not_yet
        self._w_forward = not_yet  # the w of the last forward pass

    def forward(self, x: Vector) -> Number:
        """a = f(z) with z = Σᵢ wᵢ xᵢ + b; keeps x, z and a.

        Raises:
            TypeError: an entry of x is not a number.
            ValueError: x has not one entry for each weight, or an entry is not finite.
        """
        check.vector(x, "x")
        check.sequence(self.w, "w")
        check.length(x, "x", len(self.w), "one input for each weight")
        z = neuron_forward(x, self.w, self.b)
        a = z if self.activation is None else self.activation.value(z)
        self.x, self.z, self.a = list(x), z, a
        self._w_forward = self.w
        return a

    def backward(self, dL_da: Number) -> list[Number]:
        """∂L/∂a in, ∂L/∂x out; keeps dL_dz, dL_dw, dL_db and dL_dx.

        Raises:
            RuntimeError: there was no forward pass to go back through, or w is another list since.
            TypeError: dL_da is not a number.
            ValueError: dL_da is not finite.
        """
        if self.x is None:
            raise RuntimeError("backward before forward: call forward(x) first")
        if self.w is not self._w_forward:
            raise RuntimeError("backward after w has changed: call forward(x) first")
        check.number(dL_da, "dL_da")
        da_dz = 1 if self.activation is None else self.activation.derivative(self.z)
        dL_dz = dL_da * da_dz
        dL_dw, dL_db, dL_dx = neuron_backward(dL_dz, self.x, self.w)
        self.dL_dz, self.dL_dw, self.dL_db, self.dL_dx = dL_dz, dL_dw, dL_db, dL_dx
        return dL_dx

    def __repr__(self) -> str:
        return f"Neuron(w={self.w}, b={self.b}, activation={self.activation})"
