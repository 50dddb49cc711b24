"""Softmax, its Jacobian, and softmax together with cross-entropy.

    z[k]          the score (logit) of class k; −∞ rules a class out
    m             the largest z
    e[k]          e^(zₖ − m)
    S             Σₖ eₖ
    y_hat[k]      ŷₖ = eₖ / S, the predicted probability of class k
    y[k]          the target: a distribution over classes, one-hot or soft, Σₖ yₖ = 1, give or take 1e-6
    label         the target as the index of the true class
    J[k][i]       ∂ŷₖ/∂zᵢ

Cross-entropy of ŷ alone is in `losses`. Here it is computed from z, through log-sum-exp, where no probability has to
be rounded first: p = 0 does not arise, and ∂L/∂z comes out as ŷ − y.
"""

from __future__ import annotations

from scalarnn.scalar import exp, log1p

TYPE_CHECKING = False
if TYPE_CHECKING:
    from scalarnn.scalar import Distribution, Label, Logits, Number, Probabilities, Vector, n

__all__ = [
    "Softmax",
    "log_sum_exp",
    "softmax",
    "softmax_backward",
    "softmax_cross_entropy",
    "softmax_cross_entropy_gradient",
    "softmax_cross_entropy_index",
    "softmax_cross_entropy_index_gradient",
    "softmax_jacobian",
]


def softmax(z: Logits[n]) -> list[Number]:
    """ŷₖ = e^(zₖ − m) / Σⱼ e^(zⱼ − m) with m = max z, which no exponential can overflow.

    Returns:
        y_hat, n_classes probabilities that sum to one.

    Source: `000` §2.6.

    Examples:
        >>> softmax([0.0, 0.0]), softmax([1e308, -1e308])
        ([0.5, 0.5], [1.0, 0.0])
    """
    m = _maximum(z)
    e = []
    S = 0
    for k in range(len(z)):
        e_k = exp(z[k] - m)
        S += e_k
        e.append(e_k)
    y_hat = []
    for k in range(len(z)):
        y_hat_k = e[k] / S
        y_hat.append(y_hat_k)
    return y_hat


def softmax_jacobian(y_hat: Probabilities[n]) -> list[list[Number]]:
    """∂ŷₖ/∂zᵢ = ŷᵢ (1 − ŷᵢ) where k = i, else −ŷₖ ŷᵢ.

    Returns:
        J, n_classes rows of n_classes numbers; J[k][i] = ∂ŷₖ/∂zᵢ.

    Source: `000` §4.2 step 4.

    Examples:
        >>> softmax_jacobian([0.5, 0.5])
        [[0.25, -0.25], [-0.25, 0.25]]
    """
    J = []
    for k in range(len(y_hat)):
        J_k = []
        for i in range(len(y_hat)):
            if k == i:
                dy_hat_k_dz_i = y_hat[i] * (1 - y_hat[i])
            else:
                dy_hat_k_dz_i = -y_hat[k] * y_hat[i]
            J_k.append(dy_hat_k_dz_i)
        J.append(J_k)
    return J


def softmax_backward(dL_dy_hat: Vector[n], y_hat: Probabilities[n]) -> list[Number]:
    """∂L/∂zᵢ = Σₖ ∂L/∂ŷₖ · ∂ŷₖ/∂zᵢ: the chain rule through the whole Jacobian, for any loss of ŷ.

    Returns:
        dL_dz, n_classes numbers.

    Source: `000` §4.1.2 and §4.2 step 2.

    Examples:
        >>> softmax_backward(dL_dy_hat=[-2.0, 0.0], y_hat=[0.5, 0.5])
        [-0.5, 0.5]
    """
    J = softmax_jacobian(y_hat)
    dL_dz = []
    for i in range(len(y_hat)):
        dL_dz_i = 0
        for k in range(len(y_hat)):
            dL_dz_i += dL_dy_hat[k] * J[k][i]
        dL_dz.append(dL_dz_i)
    return dL_dz


# ---- with cross-entropy, from the logits -----------------------------------------------------------------------------


def log_sum_exp(z: Logits[n]) -> Number:
    """log Σₖ e^zₖ = m + log Σₖ e^(zₖ − m) with m = max z.

    Returns:
        A number; log ŷₖ is zₖ less this number.

    Source: `000` §2.6 and §2.7, taken together.

    Examples:
        >>> log_sum_exp([1000.0, 1000.0])
        1000.6931471805599
    """
    m = _maximum(z)
    log_S = _log_of_shifted_sum(z, m)
    return m + log_S


def softmax_cross_entropy(z: Logits[n], y: Distribution[n]) -> Number:
    """L = −Σₖ yₖ log ŷₖ with ŷ = softmax(z) and log ŷₖ = (zₖ − m) − log Σⱼ e^(zⱼ − m).

    A class with yₖ = 0 costs nothing, even where ŷₖ = 0.

    Two ways to end a classifier, not to be mixed: the last layer has Softmax() and goes with
    `cross_entropy_gradient(y_hat, y)`; or it has no activation and goes with `softmax_cross_entropy_gradient(z, y)`.
    z are logits: probabilities are accepted, since nothing can tell them apart, and give another loss.

    Returns:
        L, a number from 0 to ∞: ∞ where a class with yₖ > 0 is ruled out.

    Source: `000` §2.7 and §4.2 step 1.

    Examples:
        >>> softmax_cross_entropy(z=[0.0, -746.0], y=[0, 1])
        746.0
        >>> softmax_cross_entropy(z=[1e308, -1e308], y=[0, 1])
        inf
    """
    m = _maximum(z)
    log_S = _log_of_shifted_sum(z, m)
    L = 0
    for k in range(len(z)):
        if y[k] == 0:  # 0 · log ŷₖ is 0, also where ŷₖ = 0
            continue
        log_y_hat_k = (z[k] - m) - log_S
        L -= y[k] * log_y_hat_k
    return L


def softmax_cross_entropy_gradient(z: Logits[n], y: Distribution[n]) -> list[Number]:
    """∂L/∂zᵢ = ŷᵢ − yᵢ with ŷ = softmax(z), for L = −Σₖ yₖ log ŷₖ and Σₖ yₖ = 1.

    Two ways to end a classifier, not to be mixed: the last layer has Softmax() and goes with
    `cross_entropy_gradient(y_hat, y)`; or it has no activation and goes with `softmax_cross_entropy_gradient(z, y)`.
    z are logits: probabilities are accepted, since nothing can tell them apart, and give another loss.

    Returns:
        dL_dz, n_classes numbers from −1 to 1.

    Source: `000` §4.2, final result.

    Examples:
        >>> softmax_cross_entropy_gradient(z=[0.0, 0.0], y=[0, 1])
        [0.5, -0.5]
        >>> softmax_cross_entropy_gradient(z=[0.0, -746.0], y=[0, 1])
        [1.0, -1.0]
    """
    y_hat = softmax(z)
    dL_dz = []
    for i in range(len(z)):
        if y[i] == 1 and 2 * y_hat[i] > 1:
            dL_dz_i = _less_one(y_hat, i)
        else:
            dL_dz_i = y_hat[i] - y[i]
        dL_dz.append(dL_dz_i)
    return dL_dz


def softmax_cross_entropy_index(z: Logits[n], label: Label) -> Number:
    """L = −log ŷ_label = log Σⱼ e^(zⱼ − m) − (z_label − m), with ŷ = softmax(z).

    Returns:
        L, a number from 0 to ∞.

    Source: `000` §2.7, the simplified form.

    Examples:
        >>> softmax_cross_entropy_index(z=[0.0, -746.0], label=1)
        746.0
    """
    m = _maximum(z)
    log_S = _log_of_shifted_sum(z, m)
    L = log_S - (z[label] - m)
    return L


def softmax_cross_entropy_index_gradient(z: Logits[n], label: Label) -> list[Number]:
    """∂L/∂zᵢ = ŷᵢ − 1 for the true class, ŷᵢ for every other.

    Returns:
        dL_dz, n_classes numbers from −1 to 1.

    Source: `000` §4.2, code implementation.

    Examples:
        >>> softmax_cross_entropy_index_gradient(z=[0.0, 0.0], label=1)
        [0.5, -0.5]
    """
    y_hat = softmax(z)
    dL_dz = []
    for i in range(len(z)):
        if i != label:
            dL_dz_i = y_hat[i]
        elif 2 * y_hat[i] > 1:
            dL_dz_i = _less_one(y_hat, i)
        else:
            dL_dz_i = y_hat[i] - 1
        dL_dz.append(dL_dz_i)
    return dL_dz


class Softmax:
    """Softmax as the activation of a layer; its backward pass goes through the whole Jacobian.

    Source: `000` §2.6 and §4.2.

    Examples:
        >>> Softmax().forward([0.0, 0.0])
        [0.5, 0.5]
        >>> Softmax().backward(dL_da=[-2.0, 0.0], z=[0.0, 0.0])
        [-0.5, 0.5]
    """

    def forward(self, z: Logits[n]) -> list[Number]:
        """The function softmax."""
        return softmax(z)

    def backward(self, dL_da: Vector[n], z: Logits[n]) -> list[Number]:
        """The function softmax_backward, at ŷ = softmax(z)."""
        y_hat = softmax(z)
        return softmax_backward(dL_da, y_hat)

    def __repr__(self) -> str:
        return "Softmax()"


# ---- shared steps ----------------------------------------------------------------------------------------------------


def _maximum(z: Vector) -> Number:
    m = z[0]
    for k in range(1, len(z)):
        if z[k] > m:
            m = z[k]
    return m


def _log_of_shifted_sum(z: Vector, m: Number) -> Number:
    """log Σₖ e^(zₖ − m) = log (1 + the others): the 1 is the e⁰ of m itself, beside which small ones would be lost."""
    largest = -1
    others = 0
    for k in range(len(z)):
        e_k = exp(z[k] - m)
        if z[k] == m:
            largest += e_k
        else:
            others += e_k
    return log1p(largest + others)


def _less_one(y_hat: Vector, i: int) -> Number:
    """ŷᵢ − 1 = −Σₖ ŷₖ over the others, since all of them sum to one: near 1, a difference would lose its digits."""
    d = 0
    for k in range(len(y_hat)):
        if k != i:
            d -= y_hat[k]
    return d
