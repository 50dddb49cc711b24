"""Losses as other software has them: cut, renormalised, smoothed, weighted by both divisors; Huber, hinge, KL.

y_hat       ŷ, predictions, such as probabilities
y           y, the targets
clip        ε, how close to 0 or 1 a probability may come
delta       δ, from where on Huber's loss is a line
L_n         the loss of each sample
weights     what each sample, or its class, counts
smoothing   s, the part of each target that goes evenly to all classes

At a kink the derivative is the one from the left of ŷ's loss, 0 at a margin that is just met.
"""

from __future__ import annotations

from scalarnn.scalar import log

TYPE_CHECKING = False
if TYPE_CHECKING:
    from scalarnn.scalar import Distribution, NotNegative, Number, Probabilities, Rate, Vector, n

__all__ = [
    "clipped_binary_cross_entropy",
    "clipped_binary_cross_entropy_gradient",
    "hinge",
    "hinge_gradient",
    "huber",
    "huber_gradient",
    "kullback_leibler",
    "kullback_leibler_gradient",
    "renormalised_cross_entropy",
    "renormalised_cross_entropy_gradient",
    "smoothed",
    "weighted_over_rows",
    "weighted_over_weights",
]

CLIP = 1 / 10**7  # of Keras


# ---- yes or no, cut --------------------------------------------------------------------------------------------------


def clipped_binary_cross_entropy(y_hat: Probabilities[n], y: Probabilities[n], clip: Rate = CLIP) -> Number:
    """L = −(1/n) Σᵢ (yᵢ log pᵢ + (1 − yᵢ) log(1 − pᵢ)), p between ε and 1 − ε.

    Args:
        clip: 1e-7 in Keras, 1e-12 in MXNet, 2⁻⁵² in scikit-learn.

    Source: beyond the five sources; `000` cuts so for classes.

    Examples:
        >>> round(clipped_binary_cross_entropy([0.0], [1.0]), 6)
        16.118096
    """
    total = 0
    for i in range(len(y_hat)):
        p = y_hat[i]
        if p < clip:
            p = clip
        elif p > 1 - clip:
            p = 1 - clip
        total -= y[i] * log(p) + (1 - y[i]) * log(1 - p)
    L = total / len(y_hat)
    return L


def clipped_binary_cross_entropy_gradient(
    y_hat: Probabilities[n], y: Probabilities[n], clip: Rate = CLIP
) -> list[Number]:
    """∂L/∂ŷᵢ = (pᵢ − yᵢ) / (n pᵢ (1 − pᵢ)) between ε and 1 − ε, and 0 beyond: there p no longer moves.

    Args:
        clip: as for the loss.

    Source: see clipped_binary_cross_entropy.

    Examples:
        >>> clipped_binary_cross_entropy_gradient([0.0, 0.5], [1.0, 1.0])
        [0, -1.0]
    """
    n = len(y_hat)
    dL_dy_hat = []
    for i in range(n):
        p = y_hat[i]
        if p < clip or p > 1 - clip:
            dL_dy_hat_i = 0
        else:
            dL_dy_hat_i = (p - y[i]) / (p * (1 - p)) / n
        dL_dy_hat.append(dL_dy_hat_i)
    return dL_dy_hat


# ---- classes ---------------------------------------------------------------------------------------------------------


def renormalised_cross_entropy(y_hat: Vector[n], y: Distribution[n]) -> Number:
    """L = −Σₖ yₖ log(ŷₖ / Σⱼ ŷⱼ): probabilities that do not sum to 1 are made to, as Keras does.

    Source: beyond the five sources.

    Examples:
        >>> round(renormalised_cross_entropy([0.2, 0.3, 0.1], [1, 0, 0]), 6)
        1.098612
    """
    total = 0
    for k in range(len(y_hat)):
        total += y_hat[k]
    L = 0
    for k in range(len(y_hat)):
        if y[k] != 0:
            L -= y[k] * log(y_hat[k] / total)
    return L


def renormalised_cross_entropy_gradient(y_hat: Vector[n], y: Distribution[n]) -> list[Number]:
    """∂L/∂ŷₖ = 1 / Σⱼ ŷⱼ − yₖ / ŷₖ, since Σ y = 1.

    Source: see renormalised_cross_entropy.

    Examples:
        >>> [round(g, 6) for g in renormalised_cross_entropy_gradient([0.25, 0.25], [1, 0])]
        [-2.0, 2.0]
    """
    total = 0
    for k in range(len(y_hat)):
        total += y_hat[k]
    dL_dy_hat = []
    for k in range(len(y_hat)):
        dL_dy_hat_k = 1 / total
        if y[k] != 0:
            dL_dy_hat_k -= y[k] / y_hat[k]
        dL_dy_hat.append(dL_dy_hat_k)
    return dL_dy_hat


def smoothed(y: Distribution[n], smoothing: NotNegative) -> list[Number]:
    """(1 − s) yₖ + s/n: what label smoothing makes of a target.

    PyTorch, Keras and tinygrad have it so for classes; Keras moves yes and no towards 1/2: with n = 2.

    Args:
        smoothing: s, from 0 to 1.

    Source: beyond the five sources; Szegedy and others (2016).

    Examples:
        >>> [round(y, 4) for y in smoothed([1, 0, 0, 0], 0.2)]
        [0.85, 0.05, 0.05, 0.05]
    """
    n = len(y)
    y_smooth = []
    for k in range(n):
        y_k = (1 - smoothing) * y[k] + smoothing / n
        y_smooth.append(y_k)
    return y_smooth


def kullback_leibler(y_hat: Probabilities[n], y: Distribution[n]) -> Number:
    """L = Σₖ yₖ log(yₖ / ŷₖ): cross-entropy without the entropy of the targets, 0 where ŷ = y.

    Source: beyond the five sources; Kullback and Leibler (1951). R's nnet prints it in an entropy fit.

    Examples:
        >>> round(kullback_leibler([0.25, 0.75], [0.5, 0.5]), 6), kullback_leibler([0.5, 0.5], [0.5, 0.5])
        (0.143841, 0.0)
    """
    L = 0
    for k in range(len(y_hat)):
        if y[k] != 0:
            L += y[k] * log(y[k] / y_hat[k])
    return L


def kullback_leibler_gradient(y_hat: Probabilities[n], y: Distribution[n]) -> list[Number]:
    """∂L/∂ŷₖ = −yₖ / ŷₖ, that of cross-entropy.

    Source: see kullback_leibler.

    Examples:
        >>> kullback_leibler_gradient([0.25, 0.75], [0.5, 0.5])[0]
        -2.0
    """
    dL_dy_hat = []
    for k in range(len(y_hat)):
        dL_dy_hat_k = 0
        if y[k] != 0:
            dL_dy_hat_k = -y[k] / y_hat[k]
        dL_dy_hat.append(dL_dy_hat_k)
    return dL_dy_hat


# ---- numbers ---------------------------------------------------------------------------------------------------------


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


def hinge_gradient(y_hat: Vector[n], y: Vector[n]) -> list[Number]:
    """∂L/∂ŷᵢ = −yᵢ / n where the margin is missed, else 0.

    At the margin itself: 0 here, in MLX, MXNet and Paddle; −1/2 in optax and Keras on JAX, −1 in Keras on TensorFlow.

    Source: see hinge.

    Examples:
        >>> hinge_gradient([0.25, 1.0], [1, 1])
        [-0.5, 0]
    """
    n = len(y_hat)
    dL_dy_hat = []
    for i in range(n):
        dL_dy_hat_i = 0
        missing = 1 - y[i] * y_hat[i]
        if missing > 0:
            dL_dy_hat_i = -y[i] / n
        dL_dy_hat.append(dL_dy_hat_i)
    return dL_dy_hat


# ---- over samples ----------------------------------------------------------------------------------------------------


def weighted_over_weights(L_n: Vector[n], weights: Vector[n]) -> Number:
    """L = Σₙ wₙ Lₙ / Σₙ wₙ: PyTorch with class weights and index targets, Paddle. A weight of 0 ignores a sample.

    Source: beyond the five sources.

    Examples:
        >>> weighted_over_weights([1.0, 2.0], [1, 3])
        1.75
    """
    total, over = 0, 0
    for n in range(len(L_n)):
        total += weights[n] * L_n[n]
        over += weights[n]
    L = total / over
    return L


def weighted_over_rows(L_n: Vector[n], weights: Vector[n]) -> Number:
    """L = Σₙ wₙ Lₙ / N: Keras with sample_weight, PyTorch with class weights and one-hot targets, Chainer.

    Source: beyond the five sources.

    Examples:
        >>> weighted_over_rows([1.0, 2.0], [1, 3])
        3.5
    """
    total = 0
    for n in range(len(L_n)):
        total += weights[n] * L_n[n]
    L = total / len(L_n)
    return L
