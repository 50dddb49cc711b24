"""Penalties: what large weights cost, added to the loss so that small ones win.

    theta            θ, the weights: a number, a vector or a matrix
    strength         λ, what one unit of the penalty costs
    L                the penalty, a number to be added to the loss
    dL_dtheta        its gradient, to be added to that of the loss

A network that is free to have any weights learns the noise of its samples too. A penalty makes it pay for every weight,
so that one is worth having only if it lowers the loss by more. Biases are left alone: they bend nothing.

The name carries the convention, as with the losses. `half` cancels the 2 of the derivative:

    l1_penalty         λ Σ |θ|         ±λ: a push of one size, which takes small weights to within one step of 0
    l2_penalty         λ Σ θ²          2 λ θ: a push in proportion, which shrinks large weights most
    half_l2_penalty    ½ λ Σ θ²        λ θ; what PyTorch calls weight_decay

The objects do it for a network: `penalty.add_gradient(network)` between `network.backward(…)` and the step.
"""

from __future__ import annotations

from scalarnn.doors import open_classes
from scalarnn.doors.passes import keep
from scalarnn.learning.carrying import for_every_number, sum_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.scalar import NotNegative, Number, Parameters

__all__ = [
    "HalfL2Penalty",
    "L1Penalty",
    "L2Penalty",
    "half_l2_gradient_rule",
    "half_l2_penalty",
    "half_l2_penalty_gradient",
    "l1_gradient_rule",
    "l1_penalty",
    "l1_penalty_gradient",
    "l2_gradient_rule",
    "l2_penalty",
    "l2_penalty_gradient",
    "total_gradient",
    "total_gradient_rule",
]


# ---- L1 --------------------------------------------------------------------------------------------------------------


def _size(theta: Number) -> Number:
    """|θ|."""
    return -theta if theta < 0 else theta


def l1_penalty(theta: Parameters, strength: NotNegative) -> Number:
    """L = λ Σ |θ|.

    Returns:
        L, a number from 0 up.

    Source: beyond the five sources; Tibshirani (1996), the lasso.

    Examples:
        >>> l1_penalty(theta=[[3, -4], [0, 1]], strength=2)
        16
    """
    total = sum_of(_size, theta)
    L = strength * total
    return L


def l1_gradient_rule(theta: Parameters, strength: NotNegative) -> Parameters:
    """∂L/∂θ = λ where θ > 0, −λ where θ < 0, and 0 at the kink, for L = λ Σ |θ|.

    Returns:
        dL_dtheta, of the same shape.

    Source: beyond the five sources; Tibshirani (1996), the lasso. PyTorch's sign, too, is 0 at 0.

    Examples:
        >>> l1_penalty_gradient(theta=[[3, -4], [0, 1]], strength=2)
        [[2, -2], [0, 2]]
    """
    if theta > 0:
        dL_dtheta = strength
    elif theta < 0:
        dL_dtheta = -strength
    else:
        dL_dtheta = 0
    return dL_dtheta


l1_penalty_gradient = for_every_number(l1_gradient_rule, "l1_penalty_gradient")


# ---- L2 --------------------------------------------------------------------------------------------------------------


def _square(theta: Number) -> Number:
    """θ²."""
    return theta * theta


def l2_penalty(theta: Parameters, strength: NotNegative) -> Number:
    """L = λ Σ θ².

    Returns:
        L, a number from 0 up.

    Source: beyond the five sources; Hoerl and Kennard (1970), ridge regression.

    Examples:
        >>> l2_penalty(theta=[[3, -4], [0, 1]], strength=2)
        52
    """
    total = sum_of(_square, theta)
    L = strength * total
    return L


def l2_gradient_rule(theta: Parameters, strength: NotNegative) -> Parameters:
    """∂L/∂θ = 2 λ θ for L = λ Σ θ².

    Returns:
        dL_dtheta, of the same shape.

    Source: beyond the five sources; Hoerl and Kennard (1970), ridge regression.

    Examples:
        >>> l2_penalty_gradient(theta=[[3, -4], [0, 1]], strength=2)
        [[12, -16], [0, 4]]
    """
    dL_dtheta = 2 * strength * theta
    return dL_dtheta


l2_penalty_gradient = for_every_number(l2_gradient_rule, "l2_penalty_gradient")


def half_l2_penalty(theta: Parameters, strength: NotNegative) -> Number:
    """L = ½ λ Σ θ².

    Returns:
        L, a number from 0 up.

    Source: beyond the five sources; Krogh and Hertz (1991), weight decay.

    Examples:
        >>> half_l2_penalty(theta=[[3, -4], [0, 1]], strength=2)
        26.0
    """
    total = sum_of(_square, theta)
    L = strength * total / 2
    return L


def half_l2_gradient_rule(theta: Parameters, strength: NotNegative) -> Parameters:
    """∂L/∂θ = λ θ for L = ½ λ Σ θ².

    With gradient descent it takes the part η λ off each weight in every step, θ − η λ θ = (1 − η λ) θ: the weights
    decay. That is weight_decay of PyTorch's SGD, Adagrad, RMSprop and Adam, which add λ θ to the gradient; its AdamW
    does not, for there the weights decay past Adam's means.

    Returns:
        dL_dtheta, of the same shape.

    Source: beyond the five sources; Krogh and Hertz (1991), weight decay.

    Examples:
        >>> half_l2_penalty_gradient(theta=[[3, -4], [0, 1]], strength=2)
        [[6, -8], [0, 2]]
    """
    dL_dtheta = strength * theta
    return dL_dtheta


half_l2_penalty_gradient = for_every_number(half_l2_gradient_rule, "half_l2_penalty_gradient")


# ---- on top of a loss ------------------------------------------------------------------------------------------------


def total_gradient_rule(dL_dtheta: Parameters, dP_dtheta: Parameters) -> Parameters:
    """∂L_total/∂θ = ∂L/∂θ + ∂P/∂θ for L_total = L + P, a loss and a penalty.

    Returns:
        dL_total_dtheta, of the same shape.

    Source: beyond the five sources; the sum rule.

    Examples:
        >>> total_gradient(dL_dtheta=[[1, 2]], dP_dtheta=[[6, -8]])
        [[7, -6]]
    """
    dL_total_dtheta = dL_dtheta + dP_dtheta
    return dL_total_dtheta


total_gradient = for_every_number(total_gradient_rule, "total_gradient")


# ---- for a network ---------------------------------------------------------------------------------------------------


class _Penalty:
    """What the penalties below share: a sum over every W of a network, and its gradient on top of the loss's."""

    def __init__(self, strength: NotNegative) -> None:
        self.strength = strength

    def value(self, network: Any) -> Number:
        """The penalty of every W of a network: what has to be added to its loss."""
        L = 0
        for layer in network.layers:
            L += self._value(layer.W, self.strength)
        return L

    def add_gradient(self, network: Any) -> None:
        """∂L/∂W of every layer, as the backward pass left it, plus that of the penalty: once, before the step.

        A call that fails, or is interrupted, leaves every layer exactly as it was.

        Raises:
            RuntimeError: there was no backward pass, or its gradients belong to another W or have been used.
        """
        updates = []
        for layer in network.layers:
            dL_dW = total_gradient(layer.dL_dW, self._gradient(layer.W, self.strength))
            updates.append((layer, "dL_dW", dL_dW))
        keep(network.layers, updates)

    if TYPE_CHECKING:  # what each class below supplies
        _value: Any
        _gradient: Any

    def __repr__(self) -> str:
        return f"{type(self).__name__}(strength={self.strength})"


class L1Penalty(_Penalty):
    """λ Σ |w| over every weight of a network.

    Source: see l1_penalty.

    Examples:
        >>> from scalarnn import Layer, Network
        >>> network = Network([Layer([[2.0, -1.0]], [5.0])])
        >>> penalty = L1Penalty(strength=0.5)
        >>> penalty.value(network)
        1.5
        >>> y_hat, dL_dx = network.forward([1.0, 1.0]), network.backward([1.0])
        >>> penalty.add_gradient(network)
        >>> network.layers[0].dL_dW
        [[1.5, 0.5]]
    """

    _value = staticmethod(l1_penalty)
    _gradient = staticmethod(l1_penalty_gradient)


class L2Penalty(_Penalty):
    """λ Σ w² over every weight of a network.

    Source: see l2_penalty.

    Examples:
        >>> from scalarnn import Layer, Network
        >>> network = Network([Layer([[2.0, -1.0]], [5.0])])
        >>> penalty = L2Penalty(strength=0.5)
        >>> penalty.value(network)
        2.5
        >>> y_hat, dL_dx = network.forward([1.0, 1.0]), network.backward([1.0])
        >>> penalty.add_gradient(network)
        >>> network.layers[0].dL_dW
        [[3.0, 0.0]]
    """

    _value = staticmethod(l2_penalty)
    _gradient = staticmethod(l2_penalty_gradient)


class HalfL2Penalty(_Penalty):
    """½ λ Σ w² over every weight of a network.

    Source: see half_l2_penalty.

    Examples:
        >>> from scalarnn import Layer, Network
        >>> network = Network([Layer([[2.0, -1.0]], [5.0])])
        >>> penalty = HalfL2Penalty(strength=0.5)
        >>> penalty.value(network)
        1.25
        >>> y_hat, dL_dx = network.forward([1.0, 1.0]), network.backward([1.0])
        >>> penalty.add_gradient(network)
        >>> network.layers[0].dL_dW
        [[2.0, 0.5]]
    """

    _value = staticmethod(half_l2_penalty)
    _gradient = staticmethod(half_l2_penalty_gradient)


open_classes(L1Penalty, L2Penalty, HalfL2Penalty)
