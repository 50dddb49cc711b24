"""The way of one weight: what an optimizer makes of it, gradient by gradient.

COURSES    name → gradients, rates, and whether everything is float32
way        the weight after each step
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from scalarnn.float32 import Float32
from scalarnn.layer import Layer
from scalarnn.network import Network

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.frameworks.framework import Framework

__all__ = ["COURSES", "Rates", "way"]

COURSES: dict[str, dict[str, Any]] = tomllib.loads((Path(__file__).parent / "courses.toml").read_text(encoding="utf-8"))


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
    network = Network([Layer([[kind(1)]], [kind(1)])])  # the bias goes the same way
    (layer,) = network.layers
    places = []
    for gradient in given["gradients"]:
        layer.dL_dW, layer.dL_db, layer._W_backward = [[kind(gradient)]], [kind(gradient)], layer.W
        chosen.step(network)
        places.append(float(layer.W[0][0]))
    return places
