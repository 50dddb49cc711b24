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

from scalarnn.doors.passes import derivative_through, value_through

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Protocol

    from scalarnn.scalar import Number, Vector, n

    class ScalarActivation(Protocol):
        """What a neuron needs of an activation: its value and its derivative at one z."""

        def value(self, z: Number) -> Number: ...
        def derivative(self, z: Number) -> Number: ...


__all__ = ["Neuron", "neuron_backward", "neuron_forward", "weighted_sum"]


def weighted_sum(x: Vector[n], w: Vector[n]) -> Number:
    """s = Σᵢ wᵢ xᵢ: the dot product of weights and inputs.

    Returns:
        s, a number.

    Source: `001` (dot product), `003` §2.

    Examples:
        >>> weighted_sum(x=[1, -2, 3], w=[-3, -1, 2])
        5
    """
    s = 0
    for i in range(len(x)):
        s += w[i] * x[i]
    return s


def neuron_forward(x: Vector[n], w: Vector[n], b: Number) -> Number:
    """z = s + b with s = Σᵢ wᵢ xᵢ.

    Returns:
        z, a number: the neuron before its activation.

    Source: `000` §2.1, `002` (single neuron), `003` §2.

    Examples:
        >>> neuron_forward(x=[1, -2, 3], w=[-3, -1, 2], b=1)
        6
    """
    s = weighted_sum(x, w)
    z = s + b
    return z


def neuron_backward(dL_dz: Number, x: Vector[n], w: Vector[n]) -> tuple[list[Number], Number, list[Number]]:
    """∂L/∂wᵢ = ∂L/∂z · xᵢ,  ∂L/∂b = ∂L/∂z,  ∂L/∂xᵢ = ∂L/∂z · wᵢ.

    Returns:
        dL_dw (n numbers), dL_db (a number), dL_dx (n numbers).

    Source: `002` (backpropagation, single neuron), `003` §2 and §4.

    Examples:
        >>> dL_dw, dL_db, dL_dx = neuron_backward(dL_dz=12, x=[1, -2, 3], w=[-3, -1, 2])
        >>> dL_dw, dL_db, dL_dx
        ([12, -24, 36], 12, [-36, -12, 24])
    """
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
    """A neuron that keeps x and z, which its backward pass needs, a, to be looked at, and then every gradient.

    Args:
        w: weights, n numbers.
        b: bias, a number.
        activation: an object such as `ReLU()`; None for a linear neuron, a = z.

    Attributes:
        w, b: copies of what was given; to change the weights, assign a new w.
        x, z, a: set by forward, None before.
        dL_dz, dL_dw, dL_db, dL_dx: set by backward, None before.

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

    def __init__(self, w: Vector[n], b: Number, activation: ScalarActivation | None = None) -> None:
        self.w = list(w)
        self.b = b
        self.activation = activation
        not_yet: Any = None
        self.x = self.z = self.a = not_yet
        self.dL_dz = self.dL_dw = self.dL_db = self.dL_dx = not_yet
        self._w_forward = self._w_used = not_yet  # w at the last forward pass: the list itself, and a copy

    def forward(self, x: Vector[n]) -> Number:
        """a = f(z) with z = Σᵢ wᵢ xᵢ + b; keeps x and z for the way back, and a to be looked at."""
        w = list(self.w)
        z = neuron_forward(x, w, self.b)
        a = value_through(self.activation, z)
        kept = list(x), z, a, self.w, w
        self.x, self.z, self.a, self._w_forward, self._w_used = kept
        return a

    def backward(self, dL_da: Number) -> list[Number]:
        """∂L/∂a in, ∂L/∂x out, through the weights of the forward pass; keeps dL_dz, dL_dw, dL_db and dL_dx.

        Raises:
            RuntimeError: there was no forward pass to go back through, or w is another list since.
        """
        da_dz = derivative_through(self.activation, self.z)
        dL_dz = dL_da * da_dz
        dL_dw, dL_db, dL_dx = neuron_backward(dL_dz, self.x, self._w_used)
        self.dL_dz, self.dL_dw, self.dL_db, self.dL_dx = dL_dz, dL_dw, dL_db, dL_dx
        return dL_dx

    def __repr__(self) -> str:
        w = self.w if len(self.w) <= 12 else f"[{self.w[0]}, … {len(self.w)} weights]"
        return f"Neuron(w={w}, b={self.b}, activation={self.activation})"
