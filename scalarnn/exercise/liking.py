"""like = "keras": an exercise whose optimizer and layout are those of another package, as it was measured."""

from __future__ import annotations

from scalarnn.exercise.kinds import EntryError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from scalarnn.frameworks import Framework

__all__ = ["LikedRule", "liked_framework", "liked_rule", "optimizer_names"]

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

    @property
    def is_of_the_book(self) -> bool:
        """Whether it is one of the six rules of the package, with nothing beside it.

        Examples:
            >>> from scalarnn.frameworks import like
            >>> LikedRule(like("torch"), "Adam").is_of_the_book, LikedRule(like("keras"), "Adam").is_of_the_book
            (True, False)
        """
        chosen = self.optimizer
        beside = chosen.decay or chosen.start or chosen.rate_in_float32
        return self.module.startswith("scalarnn.learning") and not beside

    def told(self, t: str) -> list[tuple[str, str, str, str]]:
        """What the rule is told at step t: its name, the function that gives it, the arguments, and the formula."""
        from scalarnn.dialects.by_name import told_to

        names = [name for name in told_to(self.function) if not self.counts]
        return [self.optimizer.correction.written(name, t, self.settings) for name in names]


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


def optimizer_names() -> list[str]:
    """What optimizers are called in the packages that were measured: a file may name each beside `like`.

    Examples:
        >>> "AdamW" in optimizer_names()
        True
    """
    from scalarnn.frameworks import frameworks

    return sorted({name for framework in frameworks().values() for name in framework.optimizers})
