"""like = "keras": an exercise whose optimizer, losses, activations and layout are those of a package, as measured."""

from __future__ import annotations

import re
from fractions import Fraction

from scalarnn.exercise.kinds import EntryError
from scalarnn.training import LOSSES, TO_CLASSES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from scalarnn.frameworks import Framework

__all__ = [
    "LikedLoss",
    "LikedRule",
    "Spoken",
    "liked_framework",
    "liked_loss",
    "liked_rule",
    "loss_names",
    "optimizer_names",
    "spoken_activation",
]

ROUNDED = "round_to_float32"


class LikedRule:
    """An optimizer of another package: the dialect that it speaks, and what a program has to tell it.

    Args:
        framework: the package.
        name: of its optimizer.

    Attributes:
        step: the function of its step, and `module`, where it stands.
        state: what is kept of each parameter from one step to the next.
        counts: whether it is told which step this is, by position.
        settings: the names that may be set, each with its value there.

    Examples:
        >>> from scalarnn.frameworks import like
        >>> rule = LikedRule(like("keras"), "Adam")
        >>> rule.step, rule.state, rule.told("step")[0]
        ('adam_epsilon_beside_step', ['m', 'v'], ('missing1', 'filled', '0.8999999761581421, step', '1 − β₁ᵗ'))
    """

    def __init__(self, framework: Framework, name: str) -> None:
        from scalarnn.dialects.by_name import letters_of

        chosen = framework.optimizer(name)
        self.optimizer = chosen
        self.step = f"{chosen.rule}_step"
        self.function: Any = chosen.step_of_rule
        self.module: str = self.function.__module__
        self.state = list(letters_of(self.function))
        self.counts = chosen.rule == "adam"  # t by position, as every rule of the book takes it
        self.settings: dict[str, Any] = dict(chosen.settings)

    def told(self, t: str) -> list[tuple[str, str, str, str]]:
        """What the rule is told at step t: its name, the function that gives it, the arguments, and the formula."""
        from scalarnn.dialects.by_name import told_to

        names = [name for name in told_to(self.function) if not self.counts]
        return [self.optimizer.correction.written(name, t, self.settings) for name in names]


class LikedLoss:
    """A loss of another package that is none of the book: the dialect that it speaks.

    Args:
        name: as it is called there.
        loss: the NamedLoss.

    Attributes:
        takes: "numbers", "answers", "margins", "a distribution" or "a class".
        inside: the activation that is inside the loss, "softmax" or "sigmoid", or None.
        ends: the one that the last layer has to have, or None.

    Examples:
        >>> from scalarnn.frameworks import like
        >>> loss = LikedLoss("Hinge", like("keras").loss("Hinge"))
        >>> loss.takes, loss.inside, loss.call("gradient")
        ('margins', None, ('scalarnn.dialects.distances', 'hinge_gradient', ', at_margin=1'))
    """

    def __init__(self, name: str, loss: Any) -> None:
        self.name, self.loss, self.takes = name, loss, loss.takes
        self.smoothing = loss.smoothing
        ends = loss.ends.__name__.lower() if loss.ends else None
        self.inside = ends if loss.from_scores else None
        self.ends = None if loss.from_scores else ends

    def call(self, which: str) -> tuple[str, str, str]:
        """The module and the name of its value or gradient, and the settings as arguments."""
        function = self.loss.function if which == "value" else self.loss.gradient_function
        settings = self.loss.of_value if which == "value" else self.loss.of_gradient
        function = getattr(function, "__wrapped__", function)
        return function.__module__, function.__name__, "".join(f", {key}={value!r}" for key, value in settings.items())

    @property
    def formula_function(self) -> Any:
        """Whose docstring has the formula."""
        return self.loss.function


class Spoken:
    """An activation that is none of the book, or has a slope of its own at a kink.

    Args:
        made: the object.

    Attributes:
        made: as given.
        kinds: the names of its classes that are to be imported, each with its module.

    Examples:
        >>> from scalarnn.frameworks import like
        >>> spoken = Spoken(like("jax").activation("leaky_relu"))
        >>> spoken.code("alpha0")
        'AtKinks(LeakyReLU(alpha0), {0: 1.0})'
    """

    def __init__(self, made: Any) -> None:
        self.made = made
        inner = getattr(made, "activation", None)
        self.kinds = [(type(one).__module__, type(one).__name__) for one in (made, inner) if one is not None]

    def code(self, slope: str = "") -> str:
        """What makes it, with the name of a slope that is given."""
        return re.sub(r"LeakyReLU\([^)]*\)", f"LeakyReLU({slope})", repr(self.made)) if slope else repr(self.made)


def spoken_activation(framework: Framework | None, name: str, alpha: Any) -> tuple[Spoken | None, Any]:
    """What stands for an activation that is not the book's; and the slope of a leaky ReLU, the package's if not given.

    Without a package it is a name of the dialects.

    Raises:
        ValueError: the package has none of that name.
    """
    if framework is None:
        from scalarnn.frameworks.framework import ACTIVATIONS

        return Spoken(ACTIVATIONS[name]()), alpha
    if name in ("identity", "softmax"):
        return None, alpha
    made = framework.activation(name)
    if name == "leaky_relu" and alpha is None:
        alpha = Fraction(getattr(made, "activation", made).slope)
    return (None if type(made).__module__ == "scalarnn.activations" else Spoken(made)), alpha


def liked_framework(given: Mapping[str, Any]) -> Framework | None:
    """The package that an exercise is like; None if it does not say.

    Raises:
        EntryError: it was not measured.
    """
    if given.get("like") is None:
        return None
    from scalarnn.frameworks import like

    try:
        return like(given["like"])
    except (TypeError, ValueError) as error:
        raise EntryError(("like",), str(error)) from None


def liked_rule(framework: Framework, name: Any) -> tuple[str, LikedRule] | None:
    """The optimizer of that name, as it is called there, and its rule; None if the package has none."""
    wanted = framework.optimizers[0] if name is None else name
    for known in framework.optimizers:
        if isinstance(wanted, str) and known.lower() == wanted.lower():
            return known, LikedRule(framework, known)
    return None


def liked_loss(framework: Framework, name: Any) -> tuple[str, LikedLoss | None] | None:
    """The loss of that name, as it is called there or in the book, and its dialect; None if the package has none.

    A name is the package's where it is written as there: squared_error is, squared error is the book's.
    """
    if not isinstance(name, str) or name.lower() not in {known.lower() for known in framework.losses}:
        return None
    known = next(one for one in framework.losses if one.lower() == name.lower())
    loss = framework.loss(known)
    is_index = loss.takes == "a class" and loss.rule in TO_CLASSES
    is_plain = not loss.settings and not loss.smoothing and loss.gradient_rule == loss.rule
    if is_plain and loss.rule in LOSSES and (is_index or loss.takes in ("numbers", "answers")):
        return loss.rule, None
    return known, LikedLoss(known, loss)


def loss_names() -> list[str]:
    """What losses are called in the packages that were measured: a file may name each beside `like`.

    Examples:
        >>> "CategoricalCrossentropy" in loss_names()
        True
    """
    from scalarnn.frameworks import frameworks

    return sorted({name for framework in frameworks().values() for name in framework.losses})


def optimizer_names() -> list[str]:
    """What optimizers are called in the packages that were measured: a file may name each beside `like`.

    Examples:
        >>> "AdamW" in optimizer_names()
        True
    """
    from scalarnn.frameworks import frameworks

    return sorted({name for framework in frameworks().values() for name in framework.optimizers})
