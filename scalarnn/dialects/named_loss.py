"""A loss for any rule, chosen by its name, as `training.train` takes it.

LOSSES       name → the loss of one sample, and its gradient
NamedLoss    the rule, its settings, and what it takes

takes        "numbers"; "answers", a probability or a score each; "margins", ±1; "a distribution"; "a class", its index
"""

from __future__ import annotations

import scalarnn.dialects.distances as distances
import scalarnn.dialects.losses as entropies
import scalarnn.losses as losses
from scalarnn.activations import Sigmoid
from scalarnn.dialects.by_name import settings_of
from scalarnn.dialects.losses import smoothed, smoothed_answers
from scalarnn.doors.kinds import LOOKS
from scalarnn.labels import one_hot
from scalarnn.nearest import nearest
from scalarnn.softmax import Softmax, softmax_cross_entropy, softmax_cross_entropy_gradient

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.scalar import NotNegative, Number

__all__ = ["LOSSES", "NamedLoss"]

OF_THE_BOOK = (
    *("squared_error", "half_squared_error", "mean_squared_error", "half_mean_squared_error", "mean_absolute_error"),
    *("binary_cross_entropy", "sigmoid_cross_entropy", "cross_entropy"),
)
LOSSES: dict[str, tuple[Any, Any]] = {"softmax_cross_entropy": (softmax_cross_entropy, softmax_cross_entropy_gradient)}
for _room, _names in ((losses, OF_THE_BOOK), (entropies, entropies.__all__), (distances, distances.__all__)):
    for _name in _names:
        if f"{_name}_gradient" in vars(_room):
            LOSSES[_name] = vars(_room)[_name], vars(_room)[f"{_name}_gradient"]

TAKES = ("numbers", "answers", "margins", "a distribution", "a class")
SCORES = {"softmax_cross_entropy": Softmax, "sigmoid_cross_entropy": Sigmoid}


class NamedLoss:
    """A loss with its settings, for one sample; `train` takes the mean over the samples.

    Args:
        rule: a name of LOSSES.
        takes: what a target is: "numbers", "answers", "margins", "a distribution" or "a class".
        gradient: the rule whose gradient is followed, where that is another one.
        smoothing: s of label smoothing; 0 is none.
        settings: ε, δ and so on, by the names of the rule.

    Attributes:
        from_scores: whether the predictions are scores, and the last activation is inside the loss.
        ends: the activation that gives what it takes, inside the loss or before it: Softmax, Sigmoid, or None for any.

    Source: beyond the five sources; see the rules.

    Examples:
        >>> loss = NamedLoss("renormalised_cross_entropy", "a class", clip=0.25)
        >>> round(loss.value([0.1, 0.3], 1), 6), loss.gradient([0.1, 0.1], 1)
        (0.287682, [5.0, -5.0])
    """

    def __init__(
        self, rule: str, takes: str = "numbers", *, gradient: str = "", smoothing: NotNegative = 0, **settings: Any
    ) -> None:
        for name in (rule, gradient or rule):
            if name not in LOSSES:
                raise ValueError(f"rule is {name!r}: expected a loss{nearest(str(name), LOSSES)}")
        if takes not in TAKES:
            raise ValueError(f"takes is {takes!r}: expected one of {', '.join(TAKES)}")
        self.rule, self.takes, self.gradient_rule = rule, takes, gradient or rule
        self.smoothing = LOOKS["NotNegative"](smoothing, "smoothing")
        self.function, self.gradient_function = LOSSES[rule][0], LOSSES[self.gradient_rule][1]
        of_value, of_gradient = settings_of(self.function), settings_of(self.gradient_function)
        for name in settings:
            if name not in of_value | of_gradient:
                known = of_value | of_gradient
                takes_these = nearest(name, known) if known else "; it takes none"
                raise TypeError(f"{name} is no setting of {rule}{takes_these}")
        self.settings: dict[str, Number] = of_value | of_gradient | settings
        self.of_value = {name: self.settings[name] for name in of_value}
        self.of_gradient = {name: self.settings[name] for name in of_gradient}
        self.from_scores = rule in SCORES
        probable = {"a class": Softmax, "a distribution": Softmax, "answers": Sigmoid}
        self.ends: Any = SCORES.get(rule) or probable.get(takes)

    def target(self, y_hat: Any, target: Any) -> Any:
        """The target as the rule takes it: a class as a row, and smoothed.

        Examples:
            >>> NamedLoss("softmax_cross_entropy", "a class", smoothing=0.5).target([0, 0], 1)
            [0.25, 0.75]
        """
        y = one_hot(target, len(y_hat)) if self.takes == "a class" else target
        if not self.smoothing:
            return y
        return (smoothed_answers if self.takes == "answers" else smoothed)(y, self.smoothing)

    def value(self, y_hat: Any, target: Any) -> Number:
        """L of one sample.

        Args:
            y_hat: what the network gives.
            target: what `takes` says.
        """
        return self.function(y_hat, self.target(y_hat, target), **self.of_value)

    def gradient(self, y_hat: Any, target: Any) -> list[Number]:
        """∂L/∂ŷ of one sample, or ∂L/∂z where it is from scores.

        Args:
            y_hat: what the network gives.
            target: what `takes` says.
        """
        found: list[Number] = self.gradient_function(y_hat, self.target(y_hat, target), **self.of_gradient)
        return found

    def __repr__(self) -> str:
        smoothing = {"smoothing": self.smoothing} if self.smoothing else {}
        other = {"gradient": repr(self.gradient_rule)} if self.gradient_rule != self.rule else {}
        settings = "".join(f", {name}={value}" for name, value in (other | smoothing | self.settings).items())
        return f"NamedLoss({self.rule!r}, {self.takes!r}{settings})"
