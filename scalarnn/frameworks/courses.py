"""What every package was put through: the way of one weight, and losses of one sample.

COURSES         name → gradients, rates, and whether everything is float32
way             the weight after each step
way_of          the same of any optimizer and any gradients
LOSS_COURSES    what a loss takes → name → a prediction and its target
courses_of      those of a loss
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from scalarnn.float32 import Float32
from scalarnn.layer import Layer
from scalarnn.network import Network

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from scalarnn.frameworks.framework import Framework

__all__ = ["AT_EDGES", "COURSES", "LOSS_COURSES", "Rates", "courses_of", "way", "way_of"]

COURSES: dict[str, dict[str, Any]] = tomllib.loads((Path(__file__).parent / "courses.toml").read_text(encoding="utf-8"))
LOSS_COURSES: dict[str, dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "loss_courses.toml").read_text(encoding="utf-8")
)
AT_EDGES = LOSS_COURSES["at the edges"]
FROM_SCORES = ("sigmoid_cross_entropy", "softmax_cross_entropy")


def courses_of(entry: dict[str, Any]) -> dict[str, dict[str, list[float]]]:
    """The predictions and targets that a loss was put through, by name.

    Args:
        entry: of a loss, from the file of a package.

    Examples:
        >>> list(courses_of({"rule": "hinge", "takes": "margins"}))
        ['plain', 'at_margin']
    """
    kind = entry["takes"].removeprefix("a ").replace("class", "distribution")
    courses = LOSS_COURSES[f"{kind} from scores" if entry["rule"] in FROM_SCORES else kind]
    if entry["takes"] == "a class":  # a soft target has no class
        return {name: given for name, given in courses.items() if 1.0 in given["y"]}
    if entry.get("one_output"):
        return {name: given for name, given in courses.items() if len(given["y"]) == 1}
    return courses


class Rates:
    """A learning rate for each step.

    Args:
        rates: one a step.

    Examples:
        >>> Rates([0.1, 0.01]).at(1)
        0.01
    """

    def __init__(self, rates: list[float]) -> None:
        self.rates = rates

    def at(self, t: int) -> float:
        """The rate of the step after t steps."""
        return self.rates[t]


def way(framework: Framework, optimizer: str, course: str) -> list[float]:
    """The weight after each step of a course.

    Args:
        framework: a package.
        optimizer: one of its optimizers.
        course: a name of COURSES.

    Examples:
        >>> from scalarnn import like
        >>> way(like("keras"), "SGD", "ones")
        [0.99, 0.98, 0.97]
    """
    given = COURSES[course]
    kind: Any = Float32 if given.get("float32") else float
    rates = Rates(given["rates"]) if "rates" in given else None
    chosen = framework.optimizer(optimizer, rates, float32=given.get("float32", False))
    return way_of(chosen, given["gradients"], kind=kind)


def way_of(optimizer: Any, gradients: Sequence[float], start: float = 1.0, *, kind: Any = float) -> list[float]:
    """The weight after each step of an optimizer that begins now.

    Args:
        optimizer: an object with a step; its state is that of this weight afterwards.
        gradients: one a step.
        start: where the weight begins.
        kind: of number.

    Examples:
        >>> from scalarnn import Momentum
        >>> way_of(Momentum(learning_rate=0.5, beta=0.5), [1.0, 1.0])
        [0.5, -0.25]
    """
    network = Network([Layer([[kind(start)]], [kind(start)])])  # the bias goes the same way
    (layer,) = network.layers
    places = []
    for gradient in gradients:
        layer.dL_dW, layer.dL_db, layer._W_backward = [[kind(gradient)]], [kind(gradient)], layer.W
        optimizer.step(network)
        places.append(float(layer.W[0][0]))
    return places
