"""Distances as other software has them: Huber's loss, summed and averaged; absolute errors with a tie; hinge.

y_hat       ŷ, predictions or scores
y           y, the targets
d           ŷ − y
delta       δ, from where on Huber's loss is a line
at_tie      the slope of |d| where d is 0
at_margin   which part of its slope a hinge has where the margin is just met

Each choice at a kink has a default: 0, of both slopes neither.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from scalarnn.scalar import Number, Rate, Vector, n

__all__ = [
    "hinge",
    "hinge_gradient",
    "huber",
    "huber_gradient",
    "mean_huber",
    "mean_huber_gradient",
    "tied_absolute_error",
    "tied_absolute_error_gradient",
]


def huber(y_hat: Vector[n], y: Vector[n], delta: Rate = 1) -> Number:
    """L = Σᵢ ½ dᵢ² where |dᵢ| ≤ δ, else δ (|dᵢ| − δ/2), d = ŷ − y: a square that goes on as a line.

    Args:
        delta: from where on it is a line.

    Source: beyond the five sources; Huber (1964). PyTorch's smooth L1 is this over δ.

    Examples:
        >>> huber([0.5], [0.0]), huber([3.0], [0.0])
        (0.125, 2.5)
    """
    L = 0
    for i in range(len(y_hat)):
        d = y_hat[i] - y[i]
        if d > delta:
            L += delta * (d - delta / 2)
        elif d < -delta:
            L += delta * (-d - delta / 2)
        else:
            L += d * d / 2
    return L


def huber_gradient(y_hat: Vector[n], y: Vector[n], delta: Rate = 1) -> list[Number]:
    """∂L/∂ŷᵢ = dᵢ, but no more than δ and no less than −δ.

    Args:
        delta: as for huber.

    Source: see huber.

    Examples:
        >>> huber_gradient([0.5, 3.0, -3.0], [0.0, 0.0, 0.0])
        [0.5, 1, -1]
    """
    dL_dy_hat = []
    for i in range(len(y_hat)):
        d = y_hat[i] - y[i]
        if d > delta:
            dL_dy_hat_i = delta
        elif d < -delta:
            dL_dy_hat_i = -delta
        else:
            dL_dy_hat_i = d
        dL_dy_hat.append(dL_dy_hat_i)
    return dL_dy_hat


def mean_huber(y_hat: Vector[n], y: Vector[n], delta: Rate = 1) -> Number:
    """L = (1/n) Σᵢ ½ dᵢ² where |dᵢ| ≤ δ, else δ (|dᵢ| − δ/2), d = ŷ − y: Huber's loss, averaged over the outputs.

    PyTorch, Keras and Paddle average; where there is a smooth L1, with 1 for its own setting it is the same.

    Args:
        delta: from where on it is a line.

    Source: beyond the five sources; Huber (1964).

    Examples:
        >>> mean_huber([0.5, 3.0], [0.0, 0.0])
        1.3125
    """
    total = 0
    for i in range(len(y_hat)):
        d = y_hat[i] - y[i]
        if d > delta:
            total += delta * (d - delta / 2)
        elif d < -delta:
            total += delta * (-d - delta / 2)
        else:
            total += d * d / 2
    L = total / len(y_hat)
    return L


def mean_huber_gradient(y_hat: Vector[n], y: Vector[n], delta: Rate = 1) -> list[Number]:
    """∂L/∂ŷᵢ = dᵢ / n, but no more than δ/n and no less than −δ/n.

    Args:
        delta: as for mean_huber.

    Source: see mean_huber.

    Examples:
        >>> mean_huber_gradient([0.5, 3.0], [0.0, 0.0])
        [0.25, 0.5]
    """
    n = len(y_hat)
    dL_dy_hat = []
    for i in range(n):
        d = y_hat[i] - y[i]
        if d > delta:
            dL_dy_hat_i = delta / n
        elif d < -delta:
            dL_dy_hat_i = -delta / n
        else:
            dL_dy_hat_i = d / n
        dL_dy_hat.append(dL_dy_hat_i)
    return dL_dy_hat


def tied_absolute_error(y_hat: Vector[n], y: Vector[n]) -> Number:
    """L = (1/n) Σᵢ |dᵢ|, d = y − ŷ: the mean absolute error, of which a package chooses the slope at a tie.

    Source: beyond the five sources; `001` has the mean absolute error.

    Examples:
        >>> tied_absolute_error([1.0, 2.5], [1.0, 2.0])
        0.25
    """
    total = 0
    for i in range(len(y_hat)):
        d = y[i] - y_hat[i]
        if d > 0:
            total += d
        else:
            total -= d
    L = total / len(y_hat)
    return L


def tied_absolute_error_gradient(y_hat: Vector[n], y: Vector[n], at_tie: Number = 0) -> list[Number]:
    """∂L/∂ŷᵢ = −1/n where dᵢ = yᵢ − ŷᵢ is above 0, 1/n where it is below, and −at_tie/n where it is 0.

    Args:
        at_tie: the slope of |d| at 0: 0, or 1 in Keras on JAX, which moves a prediction that is right.

    Source: see tied_absolute_error.

    Examples:
        >>> tied_absolute_error_gradient([1.0, 2.5], [1.0, 2.0], at_tie=1)
        [-0.5, 0.5]
    """
    n = len(y_hat)
    dL_dy_hat = []
    for i in range(n):
        d = y[i] - y_hat[i]
        if d > 0:
            dL_dy_hat_i = -1 / n
        elif d < 0:
            dL_dy_hat_i = 1 / n
        else:
            dL_dy_hat_i = 0 - at_tie / n
        dL_dy_hat.append(dL_dy_hat_i)
    return dL_dy_hat


def hinge(y_hat: Vector[n], y: Vector[n]) -> Number:
    """L = (1/n) Σᵢ max(0, 1 − yᵢ ŷᵢ), y = ±1: nothing once a score has its margin.

    Source: beyond the five sources; Cortes and Vapnik (1995).

    Examples:
        >>> hinge([0.25, 2.0], [1, 1])
        0.375
    """
    total = 0
    for i in range(len(y_hat)):
        missing = 1 - y[i] * y_hat[i]
        if missing > 0:
            total += missing
    L = total / len(y_hat)
    return L


def hinge_gradient(y_hat: Vector[n], y: Vector[n], at_margin: Number = 0) -> list[Number]:
    """∂L/∂ŷᵢ = −yᵢ / n where the margin is missed, that times at_margin where it is just met, else 0.

    Args:
        at_margin: 0, as in MLX, MXNet and Paddle; 1/2 in optax and Keras on JAX, 1 in Keras on TensorFlow.

    Source: see hinge.

    Examples:
        >>> hinge_gradient([0.25, 1.0], [1, 1]), hinge_gradient([0.25, 1.0], [1, 1], at_margin=1)
        ([-0.5, 0.0], [-0.5, -0.5])
    """
    n = len(y_hat)
    dL_dy_hat = []
    for i in range(n):
        dL_dy_hat_i = 0
        missing = 1 - y[i] * y_hat[i]
        if missing > 0:
            dL_dy_hat_i = -y[i] / n
        elif missing == 0:
            dL_dy_hat_i = 0 - y[i] * at_margin / n
        dL_dy_hat.append(dL_dy_hat_i)
    return dL_dy_hat
