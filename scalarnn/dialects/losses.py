"""Entropies as other software has them: cut, renormalised, smoothed; and losses weighted by both divisors.

y_hat       ŷ, predictions, such as probabilities
y           y, the targets
clip        ε, how close to 0 or 1 a probability may come
floor       how far below 0 a logarithm may come
L_n         the loss of each sample
weights     what each sample, or its class, counts
smoothing   s, the part of each target that goes evenly to all classes

Where a probability is cut it no longer moves the loss, and the derivative is 0. Distances have a module of their own.
"""

from __future__ import annotations

from scalarnn.scalar import log

TYPE_CHECKING = False
if TYPE_CHECKING:
    from scalarnn.scalar import Distribution, NotNegative, Number, Probabilities, Rate, Vector, n

__all__ = [
    "clipped_binary_cross_entropy",
    "clipped_binary_cross_entropy_gradient",
    "clipped_classes_cross_entropy",
    "clipped_classes_cross_entropy_gradient",
    "clipped_kullback_leibler",
    "clipped_kullback_leibler_gradient",
    "cushioned_binary_cross_entropy",
    "cushioned_binary_cross_entropy_gradient",
    "cut_then_renormalised_cross_entropy",
    "cut_then_renormalised_cross_entropy_gradient",
    "floored_binary_cross_entropy",
    "floored_binary_cross_entropy_gradient",
    "kullback_leibler",
    "kullback_leibler_gradient",
    "renormalised_cross_entropy",
    "renormalised_cross_entropy_gradient",
    "smoothed",
    "smoothed_answers",
    "weighted_over_rows",
    "weighted_over_weights",
]

CLIP = 1 / 10**7  # of Keras
FLOOR, LEAST = 100, 1 / 10**12  # of PyTorch


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


def floored_binary_cross_entropy(y_hat: Probabilities[n], y: Probabilities[n], floor: Rate = FLOOR) -> Number:
    """L = −(1/n) Σᵢ (yᵢ max(log ŷᵢ, −f) + (1 − yᵢ) max(log(1 − ŷᵢ), −f)): no logarithm is below −f.

    Args:
        floor: f, 100 in PyTorch, Paddle and MLX.

    Source: beyond the five sources.

    Examples:
        >>> floored_binary_cross_entropy([0.0], [1.0])
        100.0
    """
    total = 0
    for i in range(len(y_hat)):
        log_p, log_q = log(y_hat[i]), log(1 - y_hat[i])
        if log_p < -floor:
            log_p = -floor
        if log_q < -floor:
            log_q = -floor
        total -= y[i] * log_p + (1 - y[i]) * log_q
    L = total / len(y_hat)
    return L


def floored_binary_cross_entropy_gradient(
    y_hat: Probabilities[n], y: Probabilities[n], least: Rate = LEAST
) -> list[Number]:
    """∂L/∂ŷᵢ = (ŷᵢ − yᵢ) / max(ŷᵢ (1 − ŷᵢ), ε) / n: no floor, but never a division by less than ε.

    At ŷ = 0 where y = 1 it is −1/ε, though the loss is flat there.

    Args:
        least: ε, 1e-12 in Paddle; in PyTorch the float32 nearest to it.

    Source: see floored_binary_cross_entropy.

    Examples:
        >>> floored_binary_cross_entropy_gradient([0.0, 0.5], [1.0, 1.0])
        [-500000000000.0, -1.0]
    """
    n = len(y_hat)
    dL_dy_hat = []
    for i in range(n):
        spread = y_hat[i] * (1 - y_hat[i])
        if spread < least:
            spread = least
        dL_dy_hat_i = (y_hat[i] - y[i]) / spread / n
        dL_dy_hat.append(dL_dy_hat_i)
    return dL_dy_hat


def cushioned_binary_cross_entropy(y_hat: Probabilities[n], y: Probabilities[n], clip: Rate = CLIP) -> Number:
    """L = −(1/n) Σᵢ (yᵢ log(ŷᵢ + ε) + (1 − yᵢ) log(1 − ŷᵢ + ε)): ε is added, nothing is cut.

    A prediction that is right costs a little less than nothing.

    Args:
        clip: 1e-7 in TensorFlow.js.

    Source: beyond the five sources.

    Examples:
        >>> cushioned_binary_cross_entropy([1.0], [1.0]) < 0
        True
    """
    total = 0
    for i in range(len(y_hat)):
        total -= y[i] * log(y_hat[i] + clip) + (1 - y[i]) * log(1 - y_hat[i] + clip)
    L = total / len(y_hat)
    return L


def cushioned_binary_cross_entropy_gradient(
    y_hat: Probabilities[n], y: Probabilities[n], clip: Rate = CLIP
) -> list[Number]:
    """∂L/∂ŷᵢ = ((1 − yᵢ) / (1 − ŷᵢ + ε) − yᵢ / (ŷᵢ + ε)) / n.

    Args:
        clip: as for the loss.

    Source: see cushioned_binary_cross_entropy.

    Examples:
        >>> cushioned_binary_cross_entropy_gradient([0.0], [1.0])
        [-10000000.0]
    """
    n = len(y_hat)
    dL_dy_hat = []
    for i in range(n):
        dL_dy_hat_i = ((1 - y[i]) / (1 - y_hat[i] + clip) - y[i] / (y_hat[i] + clip)) / n
        dL_dy_hat.append(dL_dy_hat_i)
    return dL_dy_hat


def smoothed_answers(y: Probabilities[n], smoothing: NotNegative) -> list[Number]:
    """(1 − s) yᵢ + s/2: yes and no moved towards 1/2, each as if it were one of two classes.

    Args:
        smoothing: s, from 0 to 1.

    Source: beyond the five sources; Keras has it so.

    Examples:
        >>> smoothed_answers([1, 0], 0.5)
        [0.75, 0.25]
    """
    y_smooth = []
    for i in range(len(y)):
        y_i = (1 - smoothing) * y[i] + smoothing / 2
        y_smooth.append(y_i)
    return y_smooth


# ---- classes ---------------------------------------------------------------------------------------------------------


def clipped_classes_cross_entropy(y_hat: Probabilities[n], y: Distribution[n], clip: Rate = CLIP) -> Number:
    """L = −Σₖ yₖ log pₖ, p the probability, between ε and 1 − ε: `000`'s clipped cross-entropy with any ε.

    Args:
        clip: 1e-7 in `000`, 2⁻⁵² in scikit-learn.

    Source: beyond the five sources; `000` §2.7 with its own ε.

    Examples:
        >>> round(clipped_classes_cross_entropy([1.0, 0.0], [0, 1], clip=2**-52), 6)
        36.043653
    """
    L = 0
    for k in range(len(y_hat)):
        p_k = y_hat[k]
        if p_k < clip:
            p_k = clip
        elif p_k > 1 - clip:
            p_k = 1 - clip
        L -= y[k] * log(p_k)
    return L


def clipped_classes_cross_entropy_gradient(
    y_hat: Probabilities[n], y: Distribution[n], clip: Rate = CLIP
) -> list[Number]:
    """∂L/∂ŷₖ = −yₖ / ŷₖ between ε and 1 − ε, and 0 beyond.

    Args:
        clip: as for the loss.

    Source: see clipped_classes_cross_entropy.

    Examples:
        >>> clipped_classes_cross_entropy_gradient([0.5, 0.0], [0.5, 0.5])
        [-1.0, 0]
    """
    dL_dy_hat = []
    for k in range(len(y_hat)):
        if y_hat[k] < clip or y_hat[k] > 1 - clip:
            dL_dy_hat_k = 0
        else:
            dL_dy_hat_k = -y[k] / y_hat[k]
        dL_dy_hat.append(dL_dy_hat_k)
    return dL_dy_hat


def renormalised_cross_entropy(y_hat: Vector[n], y: Distribution[n], clip: NotNegative = 0) -> Number:
    """L = −Σₖ yₖ log pₖ, pₖ = ŷₖ / Σⱼ ŷⱼ between ε and 1 − ε: probabilities that do not sum to 1 are made to.

    Args:
        clip: 0 cuts nothing; 1e-7 in Keras.

    Source: beyond the five sources; Keras has it so.

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
            p_k = y_hat[k] / total
            if p_k < clip:
                p_k = clip
            elif p_k > 1 - clip:
                p_k = 1 - clip
            L -= y[k] * log(p_k)
    return L


def renormalised_cross_entropy_gradient(y_hat: Vector[n], y: Distribution[n], clip: NotNegative = 0) -> list[Number]:
    """∂L/∂ŷₖ = Y / Σⱼ ŷⱼ − yₖ / ŷₖ: where pₖ is cut only Y / Σⱼ ŷⱼ, Y the sum of all yⱼ whose pⱼ is not.

    Args:
        clip: as for the loss.

    Source: see renormalised_cross_entropy.

    Examples:
        >>> [round(g, 6) for g in renormalised_cross_entropy_gradient([0.25, 0.25], [1, 0])]
        [-2.0, 2.0]
    """
    total, moving = 0, 0
    for k in range(len(y_hat)):
        total += y_hat[k]
    dL_dy_hat: list[Number] = []
    for k in range(len(y_hat)):
        p_k = y_hat[k] / total
        dL_dy_hat_k = 0
        if y[k] != 0 and p_k >= clip and p_k <= 1 - clip:
            dL_dy_hat_k = -y[k] / y_hat[k]
            moving += y[k]
        dL_dy_hat.append(dL_dy_hat_k)
    for k in range(len(y_hat)):
        dL_dy_hat[k] += moving / total
    return dL_dy_hat


def cut_then_renormalised_cross_entropy(y_hat: Probabilities[n], y: Distribution[n], clip: Rate = CLIP) -> Number:
    """L = −Σₖ yₖ log(pₖ / Σⱼ pⱼ), p between ε and 1 − ε: first cut, then made to sum to 1.

    Args:
        clip: 1e-7 in Keras on TensorFlow, for class indices alone.

    Source: beyond the five sources.

    Examples:
        >>> round(cut_then_renormalised_cross_entropy([0.2, 0.3, 0.1], [1, 0, 0]), 6)
        1.098612
    """
    total = 0
    p = []
    for k in range(len(y_hat)):
        p_k = y_hat[k]
        if p_k < clip:
            p_k = clip
        elif p_k > 1 - clip:
            p_k = 1 - clip
        total += p_k
        p.append(p_k)
    L = 0
    for k in range(len(y_hat)):
        if y[k] != 0:
            L -= y[k] * log(p[k] / total)
    return L


def cut_then_renormalised_cross_entropy_gradient(
    y_hat: Probabilities[n], y: Distribution[n], clip: Rate = CLIP
) -> list[Number]:
    """∂L/∂ŷₖ = 1 / Σⱼ pⱼ − yₖ / ŷₖ between ε and 1 − ε, and 0 beyond, since Σ y = 1.

    Args:
        clip: as for the loss.

    Source: see cut_then_renormalised_cross_entropy.

    Examples:
        >>> cut_then_renormalised_cross_entropy_gradient([0.5, 0.5], [1, 0])
        [-1.0, 1.0]
    """
    total = 0
    for k in range(len(y_hat)):
        p_k = y_hat[k]
        if p_k < clip:
            p_k = clip
        elif p_k > 1 - clip:
            p_k = 1 - clip
        total += p_k
    dL_dy_hat = []
    for k in range(len(y_hat)):
        dL_dy_hat_k = 0
        if y_hat[k] >= clip and y_hat[k] <= 1 - clip:
            dL_dy_hat_k = 1 / total - y[k] / y_hat[k]
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


def clipped_kullback_leibler(y_hat: Probabilities[n], y: Probabilities[n], clip: Rate = CLIP) -> Number:
    """L = Σₖ tₖ log(tₖ / pₖ), t and p the target and the probability, between ε and 1: no class is left out.

    Args:
        clip: 1e-7 in Keras.

    Source: beyond the five sources.

    Examples:
        >>> round(clipped_kullback_leibler([0.5, 0.5], [1, 0]), 6)
        0.693146
    """
    L = 0
    for k in range(len(y_hat)):
        t_k, p_k = y[k], y_hat[k]
        if t_k < clip:
            t_k = clip
        if p_k < clip:
            p_k = clip
        L += t_k * log(t_k / p_k)
    return L


def clipped_kullback_leibler_gradient(y_hat: Probabilities[n], y: Probabilities[n], clip: Rate = CLIP) -> list[Number]:
    """∂L/∂ŷₖ = −tₖ / ŷₖ from ε up, and 0 below.

    Args:
        clip: as for the loss.

    Source: see clipped_kullback_leibler.

    Examples:
        >>> clipped_kullback_leibler_gradient([0.5, 0.0], [1, 0])
        [-2.0, 0]
    """
    dL_dy_hat = []
    for k in range(len(y_hat)):
        t_k = y[k]
        if t_k < clip:
            t_k = clip
        dL_dy_hat_k = 0
        if y_hat[k] >= clip:
            dL_dy_hat_k = -t_k / y_hat[k]
        dL_dy_hat.append(dL_dy_hat_k)
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
