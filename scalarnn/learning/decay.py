"""Learning-rate decay: large steps at first, small ones near the end.

    learning_rate    η, the rate of the first step
    t                how many steps have been taken, 0 for the first
    eta_t            ηₜ, the rate of the next step
    decay, gamma     how fast it falls

Where an optimizer takes a learning rate it takes one of the objects too, and asks it before every step.
"""

from __future__ import annotations

from scalarnn.doors import open_classes
from scalarnn.scalar import base

TYPE_CHECKING = False
if TYPE_CHECKING:
    from scalarnn.scalar import Gamma, NotNegative, Number, Rate, Steps

__all__ = ["ExponentialDecay", "InverseTimeDecay", "exponential_decay", "inverse_time_decay"]


def inverse_time_decay(learning_rate: Rate, t: Steps, decay: NotNegative) -> Number:
    """ηₜ = η / (1 + decay · t): large steps at first, small ones near the end; also called 1/t decay.

    After t = 1/decay steps the rate is half of what it was, after 2/decay a third. It falls so slowly that the steps
    together still go any distance (Σ 1/t has no limit), and fast enough for the noise of small batches to die out
    (Σ 1/t² has one).

    Args:
        decay: a finite number from 0 up; 0 leaves the rate as it is.

    Returns:
        eta_t, the rate of the next step.

    Source: `002` (learning-rate decay, announced); the rule is that of Robbins and Monro (1951). PyTorch has it inside
    Adagrad, as lr_decay.

    Examples:
        >>> inverse_time_decay(learning_rate=1.0, t=0, decay=0.5), inverse_time_decay(learning_rate=1.0, t=2, decay=0.5)
        (1.0, 0.5)
    """
    eta_t = learning_rate / (1 + decay * t)
    return eta_t


def exponential_decay(learning_rate: Rate, t: Steps, gamma: Gamma) -> Number:
    """ηₜ = η · γᵗ: every rate is the same part γ of the rate before.

    The steps together go no further than η / (1 − γ) times the gradient, so too small a γ stops before the goal.

    Args:
        gamma: γ, above 0 and at most 1; 1 leaves the rate as it is.

    Returns:
        eta_t, the rate of the next step.

    Source: `002` (learning-rate decay, announced). PyTorch's ExponentialLR multiplies by γ whenever its `step` is
    called, usually once an epoch; called after every step of the optimizer, it gives the same but for rounding.

    Examples:
        >>> exponential_decay(learning_rate=1.0, t=0, gamma=0.5), exponential_decay(learning_rate=1.0, t=3, gamma=0.5)
        (1.0, 0.125)
    """
    eta_t = learning_rate * gamma**t
    return eta_t


class InverseTimeDecay:
    """ηₜ = η / (1 + decay · t) as a learning rate that an optimizer asks before every step.

    Source: `002` (learning-rate decay, announced).

    Examples:
        >>> rate = InverseTimeDecay(learning_rate=1.0, decay=0.5)
        >>> rate.at(0), rate.at(2)
        (1.0, 0.5)
    """

    def __init__(self, learning_rate: Rate, decay: NotNegative) -> None:
        self.learning_rate = learning_rate
        self.decay = decay

    def at(self, t: Steps) -> Number:
        """The function inverse_time_decay, after t steps."""
        return inverse_time_decay(self.learning_rate, t, self.decay)

    def __repr__(self) -> str:
        return f"InverseTimeDecay(learning_rate={self.learning_rate}, decay={self.decay})"


class ExponentialDecay:
    """ηₜ = η · γᵗ as a learning rate that an optimizer asks before every step.

    Source: `002` (learning-rate decay, announced).

    Examples:
        >>> rate = ExponentialDecay(learning_rate=1.0, gamma=0.5)
        >>> rate.at(0), rate.at(3)
        (1.0, 0.125)
    """

    def __init__(self, learning_rate: Rate, gamma: Gamma) -> None:
        self.learning_rate = learning_rate
        self.gamma = gamma

    def at(self, t: Steps) -> Number:
        """The function exponential_decay, after t steps."""
        return exponential_decay(self.learning_rate, t, base(self.gamma))

    def __repr__(self) -> str:
        return f"ExponentialDecay(learning_rate={self.learning_rate}, gamma={self.gamma})"


open_classes(InverseTimeDecay, ExponentialDecay)
