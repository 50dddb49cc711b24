"""Learning-rate decay: the two rules, and the objects that optimizers ask."""

# mypy: disable-error-code="import-untyped,misc,no-any-return"
from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from sympy import Rational

from scalarnn.layer import Layer
from scalarnn.learning.decay import ExponentialDecay, InverseTimeDecay, exponential_decay, inverse_time_decay
from scalarnn.learning.gradient_descent import GradientDescent
from scalarnn.network import Network
from scalarnn.proofs import symbols
from scalarnn.proofs.methods import DECAY, ETA
from scalarnn.proofs.theorem import Claim, Theorem, Wrong, claim, shipped, stated, theorem

__all__ = ["THEOREMS"]

THEOREMS: list[Theorem] = []

GAMMA = symbols.number("gamma")


# ---- the rules -------------------------------------------------------------------------------------------------------


@theorem(
    id="optimizer.inverse-time-decay",
    statement="After t steps the rate is η / (1 + decay · t): η at first, half of it after 1/decay steps.",
    latex=r"\eta_t = \frac{\eta}{1 + \text{decay} \cdot t}",
    about=[inverse_time_decay],
    refuted=[
        Wrong("a sign", "1 + decay", "1 - decay"),
        Wrong("the steps forgotten", "decay * t", "decay"),
        Wrong("a step ahead", "decay * t", "decay * (t + 1)"),
        Wrong("the decay alone", "(1 + decay * t)", "(decay * t + decay)"),
    ],
)
def rate_falls_with_time(decayed: Any) -> Iterator[Claim]:
    for t in range(5):
        yield claim(f"η{t}", shipped(decayed, ETA, t, DECAY), stated(lambda t=t: ETA / (1 + t * DECAY)))
    for t in (1, 4):
        yield claim("half the rate", shipped(decayed, ETA, t, Rational(1, t)), stated(lambda: ETA / 2))


@theorem(
    id="optimizer.exponential-decay",
    statement="Every rate is γ times the one before; the first is η.",
    latex=r"\eta_0 = \eta,\quad \eta_{t+1} = \gamma\,\eta_t",
    about=[exponential_decay],
    refuted=[
        Wrong("times t", "gamma**t", "gamma * t"),
        Wrong("a step ahead", "gamma**t", "gamma ** (t + 1)"),
        Wrong("growing", "learning_rate * gamma", "learning_rate / gamma"),
        Wrong("the rate decayed too", "learning_rate * gamma**t", "(learning_rate * gamma) ** t"),
    ],
)
def rate_falls_by_a_part(decayed: Any) -> Iterator[Claim]:
    rate = ETA
    for t in range(5):
        yield claim(f"η{t}", shipped(decayed, ETA, t, GAMMA), stated(lambda rate=rate: rate))
        rate = GAMMA * rate


THEOREMS.extend([rate_falls_with_time, rate_falls_by_a_part])


# ---- objects ---------------------------------------------------------------------------------------------------------


def _define_decay(kind: Any, name: str, setting: Any, function: Callable[..., Any], wrong: list[Wrong]) -> None:
    @theorem(
        id=f"optimizer.{name}-object",
        statement=f"Three steps of gradient descent with {kind.__name__} go at the rates of {function.__name__}: the "
        "first at η itself.",
        latex=r"\theta_3 = \theta_0 - (\eta_0\,g_0 + \eta_1\,g_1 + \eta_2\,g_2)",
        about=[kind, function, GradientDescent],
        refuted=wrong,
    )
    def steps_at_falling_rates(implementation: Any) -> Iterator[Claim]:
        w, b, g = symbols.number("w"), symbols.number("b"), symbols.vector("g", 3)
        x = symbols.number("x")

        def three_steps() -> Any:
            network, optimizer = Network([Layer([[w]], [b])]), GradientDescent(implementation(ETA, setting))
            for t in range(3):
                network.forward([x])
                network.backward([g[t]])
                optimizer.step(network)
            (layer,) = network.layers
            return layer.W[0][0], layer.b[0]

        def at_the_rates_of_the_function() -> Any:
            way = sum(function(ETA, t, setting) * g[t] for t in range(3))
            return w - way * x, b - way

        yield claim("w and b", shipped(three_steps), stated(at_the_rates_of_the_function))
        for t in range(3):
            at_t = shipped(lambda t=t: implementation(ETA, setting).at(t))
            yield claim(f"η{t}", at_t, stated(lambda t=t: function(ETA, t, setting)))

    THEOREMS.append(steps_at_falling_rates)


_define_decay(
    InverseTimeDecay,
    "inverse-time-decay",
    DECAY,
    inverse_time_decay,
    [
        Wrong("a step ahead", "self.learning_rate, t, self", "self.learning_rate, t + 1, self"),
        Wrong("exponential", "return inverse_time_decay", "return exponential_decay"),
    ],
)
_define_decay(
    ExponentialDecay,
    "exponential-decay",
    GAMMA,
    exponential_decay,
    [
        Wrong("a step ahead", "self.learning_rate, t, base(self", "self.learning_rate, t + 1, base(self"),
        Wrong("1/t", "return exponential_decay", "return inverse_time_decay"),
    ],
)
