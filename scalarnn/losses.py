"""Losses: how wrong a prediction is, under every convention of the sources, and the gradient of each.

    y_hat[i]         ŷ, the prediction (`004` calls it y)
    y[i]             the target (`004` calls it ŷ)
    d                ŷ − y, the difference
    n                how many predictions there are
    L                the loss, one number
    dL_dy_hat[i]     ∂L/∂ŷᵢ

The prediction comes first, then the target.

The name carries the convention: summed or mean, with ½ or without. The predictions of one vector may be the n outputs
of one sample, or the one output of n samples; `mean` is over whichever they are. With ½ the 2 of the derivative
cancels; the mean divides the gradient by n as well.

    squared_error                Σ (ŷ − y)²                      2 (ŷ − y)
    half_squared_error           ½ Σ (ŷ − y)²                      (ŷ − y)
    mean_squared_error           1/n Σ (ŷ − y)²                  2 (ŷ − y) / n
    half_mean_squared_error      1/(2n) Σ (ŷ − y)²                 (ŷ − y) / n
    root_mean_squared_error      √(1/n Σ (ŷ − y)²)                 (ŷ − y) / (n L)
    mean_absolute_error          1/n Σ |ŷ − y|                   ±1 / n
    binary_cross_entropy         −1/n Σ (y log ŷ + (1 − y) log(1 − ŷ))
                                                                 (ŷ − y) / (n ŷ (1 − ŷ))
    sigmoid_cross_entropy        the same of ŷ = σ(z), from z    ∂L/∂z = (ŷ − y) / n
    cross_entropy                −Σ y log ŷ                      −y / ŷ
    cross_entropy_index          −log ŷ of the one class         −1 / ŷ there, 0 elsewhere
    clipped_cross_entropy        the same with ŷ kept from 1e-7 to 1 − 1e-7
"""

from __future__ import annotations

from math import inf

from scalarnn.scalar import exp, log, log1p, ratio, sqrt

TYPE_CHECKING = False
if TYPE_CHECKING:
    from scalarnn.scalar import (
        Distribution,
        Label,
        N,
        Number,
        Numbers,
        PossibleProbabilities,
        Probabilities,
        Vector,
        n,
    )

__all__ = [
    "binary_cross_entropy",
    "binary_cross_entropy_gradient",
    "clipped_cross_entropy",
    "clipped_cross_entropy_gradient",
    "clipped_cross_entropy_index",
    "clipped_cross_entropy_index_gradient",
    "cross_entropy",
    "cross_entropy_gradient",
    "cross_entropy_index",
    "cross_entropy_index_gradient",
    "half_mean_squared_error",
    "half_mean_squared_error_gradient",
    "half_squared_error",
    "half_squared_error_gradient",
    "mean_absolute_error",
    "mean_absolute_error_gradient",
    "mean_over_samples",
    "mean_squared_error",
    "mean_squared_error_gradient",
    "root_mean_squared_error",
    "root_mean_squared_error_gradient",
    "sigmoid_cross_entropy",
    "sigmoid_cross_entropy_gradient",
    "squared_error",
    "squared_error_gradient",
]

# `000` §2.7 keeps probabilities this far from 0 and 1 before it takes a logarithm.
CLIP_TO_ONE_IN = 10_000_000
CLIP = 1 / CLIP_TO_ONE_IN


def mean_over_samples(L_n: Numbers[N]) -> Number:
    """L = (1/N) Σₙ Lₙ: the loss of a batch from the losses of its samples.

    Returns:
        L, a number.

    Source: `003` §1 (Loss.calculate), `000` §3.2.

    Examples:
        >>> mean_over_samples([1.0, 2.0, 6.0])
        3.0
    """
    total = 0
    for n in range(len(L_n)):
        total += L_n[n]
    L = total / len(L_n)
    return L


# ---- squared error ---------------------------------------------------------------------------------------------------


def squared_error(y_hat: Vector[n], y: Vector[n]) -> Number:
    """L = Σᵢ (ŷᵢ − yᵢ)².

    Returns:
        L, a number from 0 up.

    Source: `002` (loss of the neuron and of the layer), `003` §2.

    Examples:
        >>> squared_error(y_hat=[6], y=[0])
        36
    """
    L = 0
    for i in range(len(y_hat)):
        d = y_hat[i] - y[i]
        L += d * d
    return L


def squared_error_gradient(y_hat: Vector[n], y: Vector[n]) -> list[Number]:
    """∂L/∂ŷᵢ = 2 (ŷᵢ − yᵢ) for L = Σᵢ (ŷᵢ − yᵢ)².

    Returns:
        dL_dy_hat, n numbers.

    Source: `002` (loss of the neuron and of the layer), `003` §2.

    Examples:
        >>> squared_error_gradient(y_hat=[6], y=[0])
        [12]
    """
    dL_dy_hat = []
    for i in range(len(y_hat)):
        d = y_hat[i] - y[i]
        dL_dy_hat_i = 2 * d
        dL_dy_hat.append(dL_dy_hat_i)
    return dL_dy_hat


def half_squared_error(y_hat: Vector[n], y: Vector[n]) -> Number:
    """L = ½ Σᵢ (ŷᵢ − yᵢ)².

    Returns:
        L, a number from 0 up.

    Source: `004` step 2 (with one sample its 1/(2n) is ½).

    Examples:
        >>> half_squared_error(y_hat=[21], y=[3])
        162.0
    """
    total = 0
    for i in range(len(y_hat)):
        d = y_hat[i] - y[i]
        total += d * d
    L = total / 2
    return L


def half_squared_error_gradient(y_hat: Vector[n], y: Vector[n]) -> list[Number]:
    """∂L/∂ŷᵢ = ŷᵢ − yᵢ for L = ½ Σᵢ (ŷᵢ − yᵢ)².

    Returns:
        dL_dy_hat, n numbers.

    Source: `004` step 3.

    Examples:
        >>> half_squared_error_gradient(y_hat=[21], y=[3])
        [18]
    """
    dL_dy_hat = []
    for i in range(len(y_hat)):
        d = y_hat[i] - y[i]
        dL_dy_hat_i = d
        dL_dy_hat.append(dL_dy_hat_i)
    return dL_dy_hat


def mean_squared_error(y_hat: Vector[n], y: Vector[n]) -> Number:
    """L = (1/n) Σᵢ (ŷᵢ − yᵢ)².

    Returns:
        L, a number from 0 up.

    Source: `001` (cost functions).

    Examples:
        >>> mean_squared_error(y_hat=[3, 5], y=[1, 1])
        10.0
    """
    total = 0
    for i in range(len(y_hat)):
        d = y_hat[i] - y[i]
        total += d * d
    L = total / len(y_hat)
    return L


def mean_squared_error_gradient(y_hat: Vector[n], y: Vector[n]) -> list[Number]:
    """∂L/∂ŷᵢ = 2 (ŷᵢ − yᵢ) / n for L = (1/n) Σᵢ (ŷᵢ − yᵢ)².

    Returns:
        dL_dy_hat, n numbers.

    Source: `001` (cost functions).

    Examples:
        >>> mean_squared_error_gradient(y_hat=[3, 5], y=[1, 1])
        [2.0, 4.0]
    """
    n = len(y_hat)
    dL_dy_hat = []
    for i in range(n):
        d = y_hat[i] - y[i]
        dL_dy_hat_i = 2 * d / n
        dL_dy_hat.append(dL_dy_hat_i)
    return dL_dy_hat


def half_mean_squared_error(y_hat: Vector[n], y: Vector[n]) -> Number:
    """L = 1/(2n) Σᵢ (ŷᵢ − yᵢ)².

    Returns:
        L, a number from 0 up.

    Source: `004` step 2, where it is called MSE.

    Examples:
        >>> half_mean_squared_error(y_hat=[3, 5], y=[1, 1])
        5.0
    """
    total = 0
    for i in range(len(y_hat)):
        d = y_hat[i] - y[i]
        total += d * d
    L = total / (2 * len(y_hat))
    return L


def half_mean_squared_error_gradient(y_hat: Vector[n], y: Vector[n]) -> list[Number]:
    """∂L/∂ŷᵢ = (ŷᵢ − yᵢ) / n for L = 1/(2n) Σᵢ (ŷᵢ − yᵢ)².

    Returns:
        dL_dy_hat, n numbers.

    Source: `004` step 3.

    Examples:
        >>> half_mean_squared_error_gradient(y_hat=[3, 5], y=[1, 1])
        [1.0, 2.0]
    """
    n = len(y_hat)
    dL_dy_hat = []
    for i in range(n):
        d = y_hat[i] - y[i]
        dL_dy_hat_i = d / n
        dL_dy_hat.append(dL_dy_hat_i)
    return dL_dy_hat


def root_mean_squared_error(y_hat: Vector[n], y: Vector[n]) -> Number:
    """L = √((1/n) Σᵢ (ŷᵢ − yᵢ)²): the mean squared error in the unit of y.

    Squares of errors above about 1e154 are ∞, and so is L. Below about 1e-154 they lose digits, and below 1e-162 they
    are 0.

    Returns:
        L, a number from 0 up.

    Source: `001` (cost functions).

    Examples:
        >>> root_mean_squared_error(y_hat=[1, 8], y=[0, 1])
        5.0
    """
    mse = mean_squared_error(y_hat, y)
    L = sqrt(mse)
    return L


def root_mean_squared_error_gradient(y_hat: Vector[n], y: Vector[n]) -> list[Number]:
    """∂L/∂ŷᵢ = (ŷᵢ − yᵢ) / (n L) for L = √((1/n) Σᵢ (ŷᵢ − yᵢ)²); 0 at the kink L = 0.

    Of errors above about 1e154 the square is ∞, and below 1e-162 it is 0: so is L, and the gradient is 0.

    Returns:
        dL_dy_hat, n numbers.

    Source: `001` (cost functions).

    Examples:
        >>> root_mean_squared_error_gradient(y_hat=[1, 8], y=[0, 1])
        [0.1, 0.7]
    """
    L = root_mean_squared_error(y_hat, y)
    n = len(y_hat)
    dL_dy_hat = []
    for i in range(n):
        d = y_hat[i] - y[i]
        if L > 0 and inf > L:
            dL_dy_hat_i = d / (n * L)
        else:
            dL_dy_hat_i = 0
        dL_dy_hat.append(dL_dy_hat_i)
    return dL_dy_hat


# ---- absolute error --------------------------------------------------------------------------------------------------


def mean_absolute_error(y_hat: Vector[n], y: Vector[n]) -> Number:
    """L = (1/n) Σᵢ |ŷᵢ − yᵢ|.

    Returns:
        L, a number from 0 up.

    Source: `001` (cost functions).

    Examples:
        >>> mean_absolute_error(y_hat=[3, -5], y=[1, 1])
        4.0
    """
    total = 0
    for i in range(len(y_hat)):
        d = y_hat[i] - y[i]
        if d > 0:
            total += d
        else:
            total -= d
    L = total / len(y_hat)
    return L


def mean_absolute_error_gradient(y_hat: Vector[n], y: Vector[n]) -> list[Number]:
    """∂L/∂ŷᵢ = 1/n where ŷᵢ > yᵢ, −1/n where ŷᵢ < yᵢ, 0 at the kink between, for L = (1/n) Σᵢ |ŷᵢ − yᵢ|.

    Returns:
        dL_dy_hat, n numbers.

    Source: `001` (cost functions).

    Examples:
        >>> mean_absolute_error_gradient(y_hat=[3.0, -5.0], y=[1.0, 1.0])
        [0.5, -0.5]
    """
    n = len(y_hat)
    dL_dy_hat = []
    for i in range(n):
        d = y_hat[i] - y[i]
        if d > 0:
            dL_dy_hat_i = ratio(1, n, like=d)
        elif d < 0:
            dL_dy_hat_i = ratio(-1, n, like=d)
        else:
            dL_dy_hat_i = 0
        dL_dy_hat.append(dL_dy_hat_i)
    return dL_dy_hat


# ---- binary cross-entropy --------------------------------------------------------------------------------------------


def binary_cross_entropy(y_hat: Probabilities[n], y: Probabilities[n]) -> Number:
    """L = −(1/n) Σᵢ (yᵢ log ŷᵢ + (1 − yᵢ) log(1 − ŷᵢ)).

    A term with weight yᵢ = 0 or 1 − yᵢ = 0 costs nothing, even where its logarithm is −∞.

    Returns:
        L, a number from 0 to ∞: ∞ where a certain prediction is wrong.

    Source: `001` (cost functions, binary outcomes).

    Examples:
        >>> binary_cross_entropy(y_hat=[0.5, 0.5], y=[1, 0])
        0.6931471805599453
        >>> binary_cross_entropy(y_hat=[0.0], y=[1])
        inf
    """
    total = 0
    for i in range(len(y_hat)):
        if y[i] != 0:
            total -= y[i] * log(y_hat[i])
        if y[i] != 1:
            total -= (1 - y[i]) * log1p(-y_hat[i])
    L = total / len(y_hat)
    return L


def binary_cross_entropy_gradient(y_hat: PossibleProbabilities[n], y: Probabilities[n]) -> list[Number]:
    """∂L/∂ŷᵢ = (−yᵢ/ŷᵢ + (1 − yᵢ)/(1 − ŷᵢ)) / n for L = −(1/n) Σᵢ (yᵢ log ŷᵢ + (1 − yᵢ) log(1 − ŷᵢ)).

    Where yᵢ is neither 0 nor 1, both terms over one denominator: (ŷᵢ − yᵢ) / (ŷᵢ (1 − ŷᵢ)), which keeps its digits.
    With ŷ = σ(z), `sigmoid_cross_entropy_gradient(z, y)` is ∂L/∂z = (ŷ − y)/n, exact where σ(z) is rounded to 0 or 1.

    Returns:
        dL_dy_hat, n numbers.

    Source: `001` (cost functions, binary outcomes).

    Examples:
        >>> binary_cross_entropy_gradient(y_hat=[0.5, 0.5], y=[1, 0])
        [-1.0, 1.0]
    """
    n = len(y_hat)
    dL_dy_hat = []
    for i in range(n):
        if y[i] == 1:
            dL_dy_hat_i = -1 / y_hat[i]
        elif y[i] == 0:
            dL_dy_hat_i = 1 / (1 - y_hat[i])
        else:
            d = y_hat[i] - y[i]
            dL_dy_hat_i = d / (y_hat[i] * (1 - y_hat[i]))
        dL_dy_hat.append(dL_dy_hat_i / n)
    return dL_dy_hat


# ---- binary cross-entropy, from the scores ---------------------------------------------------------------------------


def sigmoid_cross_entropy(z: Vector[n], y: Probabilities[n]) -> Number:
    """L = −(1/n) Σᵢ (yᵢ log ŷᵢ + (1 − yᵢ) log(1 − ŷᵢ)) with ŷ = σ(z), from the scores z: no ŷ has to be rounded first.

    With ŷ = 1/(1 + e⁻ᶻ) a term is (1 − y) z + log(1 + e⁻ᶻ); where z < 0, the same is −y z + log(1 + eᶻ).

    Two ways to end a network that answers yes or no, not to be mixed: the last layer has Sigmoid() and goes with
    `binary_cross_entropy(y_hat, y)`; or it has no activation and goes with `sigmoid_cross_entropy(z, y)`.
    z are scores: probabilities are accepted, since nothing can tell them apart, and give another loss.

    Returns:
        L, a number from 0 up.

    Source: `001` (cost functions, binary outcomes), with its sigmoid put in.

    Examples:
        >>> sigmoid_cross_entropy(z=[0.0, 0.0], y=[1, 0])
        0.6931471805599453
        >>> sigmoid_cross_entropy(z=[1000.0], y=[0]), sigmoid_cross_entropy(z=[-40.0], y=[0])
        (1000.0, 4.248354255291589e-18)
    """
    total = 0
    for i in range(len(z)):
        if z[i] >= 0:
            e = exp(-z[i])
            L_i = (1 - y[i]) * z[i] + log1p(e)
        else:
            e = exp(z[i])
            L_i = -y[i] * z[i] + log1p(e)
        total += L_i
    L = total / len(z)
    return L


def sigmoid_cross_entropy_gradient(z: Vector[n], y: Probabilities[n]) -> list[Number]:
    """∂L/∂zᵢ = (ŷᵢ − yᵢ)/n with ŷ = σ(z), for L = −(1/n) Σᵢ (yᵢ log ŷᵢ + (1 − yᵢ) log(1 − ŷᵢ)).

    ŷ − y is written as (1 − y) ŷ − y (1 − ŷ), and 1 − ŷ as the other half of the sigmoid's fraction: near 0 and near 1
    the difference of two numbers would lose its digits.

    Returns:
        dL_dz, n numbers from −1/n to 1/n.

    Source: `001` (cost functions, binary outcomes), with its sigmoid put in.

    Examples:
        >>> sigmoid_cross_entropy_gradient(z=[0.0, 0.0], y=[1, 0])
        [-0.25, 0.25]
        >>> sigmoid_cross_entropy_gradient(z=[1000.0], y=[0]), sigmoid_cross_entropy_gradient(z=[40.0], y=[1])
        ([1.0], [-4.248354255291589e-18])
    """
    n = len(z)
    dL_dz = []
    for i in range(n):
        if z[i] >= 0:
            e = exp(-z[i])
            y_hat_i = 1 / (1 + e)
            one_minus_y_hat_i = e / (1 + e)
        else:
            e = exp(z[i])
            y_hat_i = e / (1 + e)
            one_minus_y_hat_i = 1 / (1 + e)
        d = (1 - y[i]) * y_hat_i - y[i] * one_minus_y_hat_i
        dL_dz_i = d / n
        dL_dz.append(dL_dz_i)
    return dL_dz


# ---- categorical cross-entropy ---------------------------------------------------------------------------------------


def cross_entropy(y_hat: Probabilities[n], y: Distribution[n]) -> Number:
    """L = −Σₖ yₖ log ŷₖ.

    A class with yₖ = 0 costs nothing, even where ŷₖ = 0. From logits, `softmax_cross_entropy` is exact where ŷₖ
    has been rounded to 0 or 1.

    Returns:
        L, a number from 0 to ∞: ∞ where ŷₖ = 0 and yₖ > 0.

    Source: `000` §2.7 and §4.2 step 1.

    Examples:
        >>> cross_entropy(y_hat=[0.25, 0.5, 0.25], y=[0, 1, 0])
        0.6931471805599453
    """
    L = 0
    for k in range(len(y_hat)):
        if y[k] == 0:  # 0 · log ŷₖ is 0, also where ŷₖ = 0
            continue
        L -= y[k] * log(y_hat[k])
    return L


def cross_entropy_gradient(y_hat: PossibleProbabilities[n], y: Distribution[n]) -> list[Number]:
    """∂L/∂ŷₖ = −yₖ/ŷₖ for L = −Σₖ yₖ log ŷₖ.

    Returns:
        dL_dy_hat, n_classes numbers.

    Source: `000` §4.2 step 3.

    Examples:
        >>> cross_entropy_gradient(y_hat=[0.25, 0.5, 0.25], y=[0, 1, 0])
        [0, -2.0, 0]
    """
    dL_dy_hat = []
    for k in range(len(y_hat)):
        if y[k] == 0:
            dL_dy_hat_k = 0
        else:
            dL_dy_hat_k = -y[k] / y_hat[k]
        dL_dy_hat.append(dL_dy_hat_k)
    return dL_dy_hat


def cross_entropy_index(y_hat: Probabilities[n], label: Label) -> Number:
    """L = −log ŷ_label.

    Returns:
        L, a number from 0 to ∞.

    Source: `000` §2.7, the simplified form.

    Examples:
        >>> cross_entropy_index(y_hat=[0.25, 0.5, 0.25], label=1)
        0.6931471805599453
    """
    L = 0 - log(y_hat[label])  # 0 − 0 is 0, where −0 would print as -0.0
    return L


def cross_entropy_index_gradient(y_hat: PossibleProbabilities[n], label: Label) -> list[Number]:
    """∂L/∂ŷₖ = −1/ŷₖ for the true class, 0 for every other, for L = −log ŷ_label.

    Returns:
        dL_dy_hat, n_classes numbers.

    Source: `000` §4.2 step 3.

    Examples:
        >>> cross_entropy_index_gradient(y_hat=[0.25, 0.5, 0.25], label=1)
        [0, -2.0, 0]
    """
    dL_dy_hat = []
    for k in range(len(y_hat)):
        if k == label:
            dL_dy_hat_k = -1 / y_hat[k]
        else:
            dL_dy_hat_k = 0
        dL_dy_hat.append(dL_dy_hat_k)
    return dL_dy_hat


# ---- categorical cross-entropy, clipped ------------------------------------------------------------------------------


def clipped_cross_entropy(y_hat: Probabilities[n], y: Distribution[n]) -> Number:
    """L = −Σₖ yₖ log pₖ with pₖ = ŷₖ kept from 1e-7 to 1 − 1e-7.

    The loss stays finite: at most about 16.1. The listing of `000` takes −log Σₖ yₖ pₖ, which is the same for one-hot
    labels and not for soft ones.

    Returns:
        L, a number above 0.

    Source: `000` §2.7, listing 7; `003` §1.

    Examples:
        >>> clipped_cross_entropy(y_hat=[1.0, 0.0], y=[0, 1])
        16.11809565095832
    """
    L = 0
    for k in range(len(y_hat)):
        p_k = _clipped(y_hat[k])
        L -= y[k] * log(p_k)
    return L


def clipped_cross_entropy_gradient(y_hat: Probabilities[n], y: Distribution[n]) -> list[Number]:
    """∂L/∂ŷₖ = −yₖ/ŷₖ where ŷₖ is between 1e-7 and 1 − 1e-7, else 0: there the clipped loss is flat.

    Returns:
        dL_dy_hat, n_classes numbers.

    Source: `000` §2.7 and §4.2 step 3 (which leaves the clip out of the derivative).

    Examples:
        >>> clipped_cross_entropy_gradient(y_hat=[0.5, 0.5], y=[0, 1])
        [0.0, -2.0]
        >>> clipped_cross_entropy_gradient(y_hat=[1.0, 0.0], y=[0, 1])
        [0, 0]
    """
    dL_dy_hat = []
    for k in range(len(y_hat)):
        lowest, highest = _clip_bounds(y_hat[k])
        if y_hat[k] > lowest and y_hat[k] < highest:
            dL_dy_hat_k = -y[k] / y_hat[k]
        else:
            dL_dy_hat_k = 0
        dL_dy_hat.append(dL_dy_hat_k)
    return dL_dy_hat


def clipped_cross_entropy_index(y_hat: Probabilities[n], label: Label) -> Number:
    """L = −log p with p = ŷ_label kept from 1e-7 to 1 − 1e-7.

    Returns:
        L, a number above 0.

    Source: `000` §2.7, listing 7; `003` §1.

    Examples:
        >>> clipped_cross_entropy_index(y_hat=[1.0, 0.0], label=1)
        16.11809565095832
    """
    p = _clipped(y_hat[label])
    L = -log(p)
    return L


def clipped_cross_entropy_index_gradient(y_hat: Probabilities[n], label: Label) -> list[Number]:
    """∂L/∂ŷₖ = −1/ŷₖ for the true class where ŷₖ is between 1e-7 and 1 − 1e-7, else 0.

    Returns:
        dL_dy_hat, n_classes numbers.

    Source: `000` §2.7 and §4.2 step 3 (which leaves the clip out of the derivative).

    Examples:
        >>> clipped_cross_entropy_index_gradient(y_hat=[0.5, 0.5], label=1)
        [0, -2.0]
    """
    dL_dy_hat = []
    for k in range(len(y_hat)):
        lowest, highest = _clip_bounds(y_hat[k])
        if k == label and y_hat[k] > lowest and y_hat[k] < highest:
            dL_dy_hat_k = -1 / y_hat[k]
        else:
            dL_dy_hat_k = 0
        dL_dy_hat.append(dL_dy_hat_k)
    return dL_dy_hat


def _clip_bounds(p: Number) -> tuple[Number, Number]:
    """1e-7 and 1 − 1e-7 in the kind of number that p is."""
    lowest = ratio(1, CLIP_TO_ONE_IN, like=p)
    highest = 1 - lowest
    return lowest, highest


def _clipped(p: Number) -> Number:
    lowest, highest = _clip_bounds(p)
    if p < lowest:
        return lowest
    if p > highest:
        return highest
    return p
