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

from scalarnn import check
from scalarnn.scalar import is_symbolic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.scalar import Number

__all__ = [
    "HalfL2Penalty",
    "L1Penalty",
    "L2Penalty",
    "half_l2_penalty",
    "half_l2_penalty_gradient",
    "l1_penalty",
    "l1_penalty_gradient",
    "l2_penalty",
    "l2_penalty_gradient",
]


# ---- L1 --------------------------------------------------------------------------------------------------------------


def l1_penalty(theta: Any, strength: Number) -> Number:
    """L = λ Σ |θ|.

    Args:
        theta: a number, a vector or a matrix (or deeper lists).
        strength: λ, a finite number from 0 up.

    Returns:
        L, a number from 0 up.

    Raises:
        TypeError: an entry or strength is not a number.
        ValueError: a list is empty, an entry is not finite, or strength is below zero.

    Source: beyond the five sources; Tibshirani (1996), the lasso.

    Examples:
        >>> l1_penalty(theta=[[3, -4], [0, 1]], strength=2)
        16
    """
    _check(theta, strength)
    total = _sum_of_sizes(theta)
    L = strength * total
    return L


def l1_penalty_gradient(theta: Any, strength: Number) -> Any:
    """∂L/∂θ = λ where θ > 0, −λ where θ < 0, and 0 at the kink, for L = λ Σ |θ|.

    Args:
        theta: a number, a vector or a matrix (or deeper lists).
        strength: λ, a finite number from 0 up.

    Returns:
        dL_dtheta, of the same shape.

    Raises:
        TypeError: an entry or strength is not a number.
        ValueError: a list is empty, an entry is not finite, or strength is below zero.

    Source: beyond the five sources; Tibshirani (1996), the lasso. PyTorch's sign, too, is 0 at 0.

    Examples:
        >>> l1_penalty_gradient(theta=[[3, -4], [0, 1]], strength=2)
        [[2, -2], [0, 2]]
    """
    _check(theta, strength)
    return _signs(theta, strength)


def _sum_of_sizes(theta: Any) -> Number:
    if not hasattr(type(theta), "__len__"):
        if theta < 0:
            size = -theta
        else:
            size = theta
        return size
    total = 0
    for i in range(len(theta)):
        total += _sum_of_sizes(theta[i])
    return total


def _signs(theta: Any, strength: Number) -> Any:
    if not hasattr(type(theta), "__len__"):
        if theta > 0:
            dL_dtheta = strength
        elif theta < 0:
            dL_dtheta = -strength
        else:
            dL_dtheta = 0
        return dL_dtheta
    gradients = []
    for i in range(len(theta)):
        gradients.append(_signs(theta[i], strength))
    return gradients


# ---- L2 --------------------------------------------------------------------------------------------------------------


def l2_penalty(theta: Any, strength: Number) -> Number:
    """L = λ Σ θ².

    Args:
        theta: a number, a vector or a matrix (or deeper lists).
        strength: λ, a finite number from 0 up.

    Returns:
        L, a number from 0 up.

    Raises:
        TypeError: an entry or strength is not a number.
        ValueError: a list is empty, an entry is not finite, or strength is below zero.

    Source: beyond the five sources; Hoerl and Kennard (1970), ridge regression.

    Examples:
        >>> l2_penalty(theta=[[3, -4], [0, 1]], strength=2)
        52
    """
    _check(theta, strength)
    total = _sum_of_squares(theta)
    L = strength * total
    return L


def l2_penalty_gradient(theta: Any, strength: Number) -> Any:
    """∂L/∂θ = 2 λ θ for L = λ Σ θ².

    Args:
        theta: a number, a vector or a matrix (or deeper lists).
        strength: λ, a finite number from 0 up.

    Returns:
        dL_dtheta, of the same shape.

    Raises:
        TypeError: an entry or strength is not a number.
        ValueError: a list is empty, an entry is not finite, or strength is below zero.

    Source: beyond the five sources; Hoerl and Kennard (1970), ridge regression.

    Examples:
        >>> l2_penalty_gradient(theta=[[3, -4], [0, 1]], strength=2)
        [[12, -16], [0, 4]]
    """
    _check(theta, strength)
    return _doubled(theta, strength)


def half_l2_penalty(theta: Any, strength: Number) -> Number:
    """L = ½ λ Σ θ².

    Args:
        theta: a number, a vector or a matrix (or deeper lists).
        strength: λ, a finite number from 0 up.

    Returns:
        L, a number from 0 up.

    Raises:
        TypeError: an entry or strength is not a number.
        ValueError: a list is empty, an entry is not finite, or strength is below zero.

    Source: beyond the five sources; Krogh and Hertz (1991), weight decay.

    Examples:
        >>> half_l2_penalty(theta=[[3, -4], [0, 1]], strength=2)
        26.0
    """
    _check(theta, strength)
    total = _sum_of_squares(theta)
    L = strength * total / 2
    return L


def half_l2_penalty_gradient(theta: Any, strength: Number) -> Any:
    """∂L/∂θ = λ θ for L = ½ λ Σ θ².

    With gradient descent it takes the part η λ off each weight in every step, θ − η λ θ = (1 − η λ) θ: the weights
    decay. That is weight_decay of PyTorch's SGD, Adagrad, RMSprop and Adam, which add λ θ to the gradient; its AdamW
    does not, for there the weights decay past Adam's means.

    Args:
        theta: a number, a vector or a matrix (or deeper lists).
        strength: λ, a finite number from 0 up.

    Returns:
        dL_dtheta, of the same shape.

    Raises:
        TypeError: an entry or strength is not a number.
        ValueError: a list is empty, an entry is not finite, or strength is below zero.

    Source: beyond the five sources; Krogh and Hertz (1991), weight decay.

    Examples:
        >>> half_l2_penalty_gradient(theta=[[3, -4], [0, 1]], strength=2)
        [[6, -8], [0, 2]]
    """
    _check(theta, strength)
    return _scaled(theta, strength)


def _sum_of_squares(theta: Any) -> Number:
    if not hasattr(type(theta), "__len__"):
        square = theta * theta
        return square
    total = 0
    for i in range(len(theta)):
        total += _sum_of_squares(theta[i])
    return total


def _doubled(theta: Any, strength: Number) -> Any:
    if not hasattr(type(theta), "__len__"):
        dL_dtheta = 2 * strength * theta
        return dL_dtheta
    gradients = []
    for i in range(len(theta)):
        gradients.append(_doubled(theta[i], strength))
    return gradients


def _scaled(theta: Any, strength: Number) -> Any:
    if not hasattr(type(theta), "__len__"):
        dL_dtheta = strength * theta
        return dL_dtheta
    gradients = []
    for i in range(len(theta)):
        gradients.append(_scaled(theta[i], strength))
    return gradients


# ---- for a network ---------------------------------------------------------------------------------------------------


class _Penalty:
    """What the penalties below share: a sum over every W of a network, and its gradient on top of the loss's."""

    def __init__(self, strength: Number) -> None:
        _check_strength(strength)
        self.strength = strength

    def value(self, network: Any) -> Number:
        """The penalty of every W of a network: what has to be added to its loss.

        Raises:
            TypeError: it is not a Network, or an entry is not a number.
            ValueError: an entry is not finite.
        """
        layers = _layers_of(network)
        self._check_layers(layers)
        L = 0
        for layer in layers:
            L += self._value(layer.W)
        return L

    def add_gradient(self, network: Any) -> None:
        """∂L/∂W of every layer, as the backward pass left it, plus that of the penalty: once, before the step.

        A call that fails, or is interrupted, leaves every layer exactly as it was.

        Raises:
            RuntimeError: there was no backward pass, or its gradients belong to another W or have been used.
            TypeError: it is not a Network, or an entry is not a number.
            ValueError: an entry is not finite.
        """
        layers = _layers_of(network)
        for layer in layers:
            if layer.dL_dW is None or layer._W_backward is not layer.W:
                raise RuntimeError("add_gradient before backward: call forward(x) and backward(dL_dy_hat) first")
        self._check_layers(layers)
        sums = []
        for layer in range(len(layers)):
            name = f"layers[{layer}]"
            check.same_shape(layers[layer].W, layers[layer].dL_dW, f"{name}.W", f"{name}.dL_dW")
        for layer in layers:
            sums.append(_added(layer.dL_dW, self._gradient(layer.W)))
        before = []
        for layer in layers:
            before.append(layer.dL_dW)
        try:
            for layer, dL_dW in zip(layers, sums, strict=True):
                layer.dL_dW = dL_dW
        except BaseException:
            for layer, dL_dW in zip(layers, before, strict=True):
                layer.dL_dW = dL_dW
            raise

    def _check_layers(self, layers: list[Any]) -> None:
        _check_strength(self.strength)
        for layer in range(len(layers)):
            check.matrix(layers[layer].W, f"layers[{layer}].W")

    if TYPE_CHECKING:  # what each class below supplies

        def _value(self, W: Any) -> Number: ...
        def _gradient(self, W: Any) -> Any: ...

    def __repr__(self) -> str:
        return f"{type(self).__name__}(strength={self.strength})"


class L1Penalty(_Penalty):
    """λ Σ |w| over every weight of a network.

    Args:
        strength: λ, a finite number from 0 up.

    Raises:
        TypeError: strength is not a number.
        ValueError: strength is below zero or not finite.

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

    def _value(self, W: Any) -> Number:
        return l1_penalty(W, self.strength)

    def _gradient(self, W: Any) -> Any:
        return l1_penalty_gradient(W, self.strength)


class L2Penalty(_Penalty):
    """λ Σ w² over every weight of a network.

    Args:
        strength: λ, a finite number from 0 up.

    Raises:
        TypeError: strength is not a number.
        ValueError: strength is below zero or not finite.

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

    def _value(self, W: Any) -> Number:
        return l2_penalty(W, self.strength)

    def _gradient(self, W: Any) -> Any:
        return l2_penalty_gradient(W, self.strength)


class HalfL2Penalty(_Penalty):
    """½ λ Σ w² over every weight of a network.

    Args:
        strength: λ, a finite number from 0 up.

    Raises:
        TypeError: strength is not a number.
        ValueError: strength is below zero or not finite.

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

    def _value(self, W: Any) -> Number:
        return half_l2_penalty(W, self.strength)

    def _gradient(self, W: Any) -> Any:
        return half_l2_penalty_gradient(W, self.strength)


# ---- checks ----------------------------------------------------------------------------------------------------------


def _check(theta: Any, strength: Number) -> None:
    check.same_shape(theta, theta, "theta", "theta")
    _check_strength(strength)


def _check_strength(strength: Number) -> None:
    check.number(strength, "strength")
    if not is_symbolic(strength) and strength < 0:
        raise ValueError(f"strength is {strength}: expected a number from 0 up")


def _added(dL_dW: Any, more: Any) -> Any:
    sums = []
    for j in range(len(dL_dW)):
        sums_j = []
        for i in range(len(dL_dW[j])):
            dL_dw = dL_dW[j][i] + more[j][i]
            sums_j.append(dL_dw)
        sums.append(sums_j)
    return sums


def _layers_of(network: Any) -> list[Any]:
    """The layers of a Network, whose module stands above this one."""
    for base in type(network).__mro__:
        if base.__name__ == "Network":
            return list(network.layers)
    raise TypeError(f"network is {check._shown(network)}: expected a Network")
