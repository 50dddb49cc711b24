"""Why two figures differ: which conventions give the one, which the other, and where the two part.

A figure is a text: it counts as given by a computation that comes to the same digits, as many as were written.

    of_step      a weight after some steps: every optimizer of every package is asked
    of_loss      a loss: every form of every loss that takes the prediction
    of_figures   two numbers alone: a factor between them, a short number, a well-known limit

What comes of rounding alone is in `rounding`.
"""

from __future__ import annotations

import inspect
import math
from pathlib import Path

import scalarnn
import scalarnn.dialects.named_loss as named_loss
from scalarnn.formulas import formula_of
from scalarnn.frameworks.courses import Rates, way_of
from scalarnn.frameworks.reading import clues, frameworks
from scalarnn.frameworks.rounding import digits_agree, of_adam, of_lengths

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

__all__ = ["of_figures", "of_loss", "of_step"]

FACTORS = {
    2: "twice: a whole square and a half one, or one rate and half of it",
    3: "three times: a sum and a mean of three",
    4: "four times: a half mean and a sum of two, or a symmetrical unit",
    -1: "the sign: uphill",
    math.sqrt(10): "√10 times: Adam without a correction for its start",
    10: "ten times: 1/√(1 − β) with β = 0.99, or momentum at its full speed",
    math.log(2): "log 2 times: one logarithm to the base 2, the other natural",
}
LIMITS = {
    -math.log(1e-7): "−log 1e-7: probabilities cut at Keras's ε",
    -math.log(2.0**-52): "−log 2⁻⁵²: probabilities cut by scikit-learn",
    -math.log(1e-12): "−log 1e-12: probabilities cut by MXNet",
    100.0: "100: log cut at −100, by PyTorch's BCELoss, Paddle and MLX",
    64.0: "64: where Paddle's cross_entropy stops",
}
LOSSES = (
    *("squared_error", "half_squared_error", "mean_squared_error", "half_mean_squared_error"),
    *("root_mean_squared_error", "mean_absolute_error", "binary_cross_entropy", "cross_entropy"),
    *("clipped_cross_entropy", "sigmoid_cross_entropy", "softmax_cross_entropy"),
)


# ---- a weight after some steps ---------------------------------------------------------------------------------------


def of_step(
    written: str, start: float, gradients: Sequence[float], rates: Sequence[float], *, places: int | None = None
) -> Iterator[str]:
    """Every optimizer, of every package, that takes a weight there.

    Args:
        written: the weight, as it was read.
        start: where it began.
        gradients: one a step.
        rates: likewise.
        places: to how many digits; as many as were written if not given.

    Examples:
        >>> any("on JAX" in line for line in of_step("0.9000003162", 1.0, [1.0], [0.1]))
        True
    """
    found: dict[str, list[str]] = {}
    for framework in frameworks().values():
        for name in framework.optimizers:
            try:
                place = way_of(framework.optimizer(name, Rates(list(rates))), gradients, start)[-1]
            except (ArithmeticError, ValueError):
                continue
            if digits_agree(written, place, places):
                rule = framework.data["optimizers"][name]["rule"]
                found.setdefault(rule, []).append(f"{framework.call(name)} of {framework.full_name}")
    for rule, makers in found.items():
        yield f"{rule}: {', '.join(makers)}\n    {formula_of(_rule(rule))}\n    {line_of(rule)}"
    yield from of_adam(written, start, gradients, rates)


def _rule(name: str) -> Any:
    from scalarnn.dialects.by_name import RULES

    module = inspect.getmodule(RULES[name])
    return getattr(module, f"{name}_rule")


def line_of(name: str) -> str:
    """The line in which a rule moves the parameter, and where it stands.

    Examples:
        >>> line_of("momentum_rate_inside").partition(":")[0]
        'scalarnn/dialects/velocity.py'
    """
    rule = _rule(name)
    lines, first = inspect.getsourcelines(rule)
    for number, line in enumerate(lines, first):
        if line.strip().startswith("theta_new = "):
            file = Path(inspect.getfile(rule))
            folder = Path(scalarnn.__file__).parent.parent
            return f"{file.relative_to(folder).as_posix()}:{number}  {line.strip()}"
    return ""


# ---- a loss ----------------------------------------------------------------------------------------------------------


def of_loss(written: str, y_hat: Sequence[float], y: Sequence[float]) -> Iterator[str]:
    """Every loss of that prediction that comes to the figure.

    Args:
        written: the loss, as it was read.
        y_hat: the prediction, or its scores.
        y: the targets.

    Examples:
        >>> [line.partition(":")[0] for line in of_loss("162", [21.0], [3.0])]
        ['half_squared_error', 'half_mean_squared_error']
    """
    dialects = {name: function for name, (function, _) in named_loss.LOSSES.items() if name not in LOSSES}
    for name, function in ({name: getattr(scalarnn, name) for name in LOSSES} | dialects).items():
        try:
            L = float(function(list(y_hat), list(y)))
        except (ArithmeticError, TypeError, ValueError):
            continue  # no loss for such a prediction
        if digits_agree(written, L):
            yield f"{name}: {formula_of(function)}"


# ---- two numbers alone -----------------------------------------------------------------------------------------------


def of_figures(first: str, second: str) -> Iterator[str]:
    """What is known of two numbers without knowing what they are.

    Examples:
        >>> list(of_figures("0.2", "0.20000000298023224"))
        ['0.20000000298023224 is 0.2 as a float32']
        >>> list(of_figures("324", "162"))
        ['twice: a whole square and a half one, or one rate and half of it']
    """
    a, b = float(first), float(second)
    yield from of_lengths(first, second)
    for text in (first, second):
        for limit, said in LIMITS.items():
            if digits_agree(text, limit) and len(text) > 1:
                yield f"{text} is {said}"
    if a != 0 and b != 0:
        for factor, said in FACTORS.items():
            if math.isclose(a / b, factor, rel_tol=1e-6) or math.isclose(b / a, factor, rel_tol=1e-6):
                yield said
    for clue in clues():
        if any(text in clue["seen"] and len(text) > 3 for text in (first, second)):
            yield f"{clue['seen']}: {clue['because']}"
