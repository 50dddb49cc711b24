"""What the optimizers share: state for every W and b of a network, and a step for all of them or for none.

    letters      what is kept for each parameter from one step to the next, such as v
    squares      those of them that are never below zero
    state        for each layer, letter by letter, what is kept of its W and of its b: `state[0]["v_W"]`
    t            how many steps have been taken

A `…_rule` is the mathematics of one number, a `…_step` carries it over lists and remembers nothing, and the objects
keep the state. It begins as `zeros_like(theta)`.
"""

from __future__ import annotations

from scalarnn.doors.passes import keep
from scalarnn.learning.carrying import for_every_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.scalar import Number, Parameters, RateOrDecay

__all__ = ["Optimizer", "zero_rule", "zeros_like"]


def zero_rule(theta: Parameters) -> Parameters:  # noqa: ARG001
    """0 for every number of θ: the state before the first step.

    Returns:
        The same shape, filled with the int 0, which leaves every kind of number what it is.

    Source: none of the five; every optimizer begins so.

    Examples:
        >>> zeros_like([[1.5, 2.5], [3.5, 4.5]])
        [[0, 0], [0, 0]]
    """
    zero = 0
    return zero


zeros_like = for_every_number(zero_rule, "zeros_like")


class Optimizer:
    """A step for every W and b of a network, or for none of them.

    Args:
        learning_rate: η, a finite number above zero, or a decay such as `ExponentialDecay(0.1, gamma=0.99)`.

    Source: what GradientDescent, Momentum, Nesterov, AdaGrad, RMSProp and Adam are made of.

    Examples:
        >>> from scalarnn import GradientDescent
        >>> isinstance(GradientDescent(0.1), Optimizer)
        True
    """

    letters: tuple[str, ...] = ()
    squares: tuple[str, ...] = ()

    def __init__(self, learning_rate: RateOrDecay) -> None:
        self.learning_rate = learning_rate
        self.t = 0
        self.state: list[dict[str, Any]] = []
        self._layers: list[Any] = []  # the layers that the state belongs to

    def step(self, network: Any) -> None:
        """A step for every W and b of a network, with the gradients of its last backward pass.

        A step that fails, or is interrupted, leaves the network and the optimizer exactly as they were.

        Args:
            network: a Network; the same one in every step.

        Raises:
            RuntimeError: there was no backward pass, or its gradients belong to another W.
            TypeError: it is not a Network, or a setting or an entry is not a number.
            ValueError: it is another network than in the steps before, a setting is out of range, a shape has changed,
                or an entry is not finite.
        """
        learning_rate = self._rate()
        state = self.state if self.t > 0 else self._first_state(network.layers)
        updates: list[tuple[Any, str, Any]] = []
        state_new = []
        for layer, kept in zip(network.layers, state, strict=True):
            W_new, *kept_W = self._step(layer.W, layer.dL_dW, self._kept(kept, "W"), learning_rate)
            b_new, *kept_b = self._step(layer.b, layer.dL_db, self._kept(kept, "b"), learning_rate)
            used = (layer, "_W_backward", None)  # these gradients have been used
            updates += ((layer, "W", W_new), (layer, "b", b_new), used)
            state_new.append(self._named(kept_W, kept_b))
        updates += ((self, "state", state_new), (self, "t", self.t + 1), (self, "_layers", list(network.layers)))
        keep([*network.layers, self], updates)

    if TYPE_CHECKING:  # what each class supplies: θ_new and, after it, what is kept, in the order of the letters

        def _step(self, theta: Any, dL_dtheta: Any, kept: Any, learning_rate: Number) -> Any: ...

    def _rate(self) -> Number:
        """The learning rate of this step: a number, or what a decay says."""
        at = getattr(self.learning_rate, "at", None)
        return self.learning_rate if at is None else at(self.t)

    def _first_state(self, layers: list[Any]) -> list[dict[str, Any]]:
        state = []
        for layer in layers:
            zeros_W, zeros_b = zeros_like(layer.W), zeros_like(layer.b)
            state.append(self._named([zeros_W] * len(self.letters), [zeros_b] * len(self.letters)))
        return state

    def _kept(self, kept: dict[str, Any], name: str) -> list[Any]:
        return [kept[f"{letter}_{name}"] for letter in self.letters]

    def _named(self, kept_W: list[Any], kept_b: list[Any]) -> dict[str, Any]:
        named = {}
        for letter, letter_W, letter_b in zip(self.letters, kept_W, kept_b, strict=True):
            named[f"{letter}_W"], named[f"{letter}_b"] = letter_W, letter_b
        return named

    def __repr__(self) -> str:
        settings = [name for name in type(self).__init__.__annotations__ if name != "return"]
        return f"{type(self).__name__}({', '.join(f'{name}={getattr(self, name)}' for name in settings)})"
