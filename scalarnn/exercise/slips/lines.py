"""The lines of an exercise's program, by patterns, and a line replaced by the lines of a slip.

A program has few kinds of lines, with the same names whatever the network: that is how they are found. For one sample
and for several, a group of a pattern has the same name.
"""

from __future__ import annotations

import re

from scalarnn.exercise.program import Names

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scalarnn.exercise.description import Exercise

__all__ = ["PATTERNS", "matches", "target_of", "with_lines"]

_ACTIVATION = r"(?P<a>\w+) = \[?(?P<f>%s\(\w*\))\.forward\((?:z_n\) for z_n in )?(?P<z>\w+)[\])]"
_BACK = (
    r"(?P<dz>\w+) = \[?(?P<f>%s\(\w*\))\.backward\((?:dLn_da, z_n\) for dLn_da, z_n in zip\()?"
    r"(?P<da>\w+), (?P<z>\w+)\)\]?"
)
_PAIRS = r"\((?:\w+, \w+\) for \w+, \w+ in zip\()?(?P<y_hat>\w+), (?P<y>\w+)\)\]?"
_LOSS = r"(?P<L>L(?:_new)?(?:_n)?) = \[?(?P<f>%s)" + _PAIRS
_OF_LOSS = r"(?P<d>\w+) = \[?(?P<f>%s)_gradient" + _PAIRS
_LAYER = r"(?P<dW>\w+), (?P<db>\w+), (?P<dx>\w+) = (?P<f>%s)\((?P<dz>\w+), (?P<x>\w+), (?P<W>\w+)\)"
_UPDATE = (
    r"(?P<all>(?P<new>%s\w*)(?:, \w+)*) = (?P<f>\w+_step)\((?P<theta>\w+), (?P<g>\w+), "
    r"(?P<state>(?:\w+, )*?)(?P<rate>learning_rate|eta_t)(?P<more>[^)]*)\)"
)
PATTERNS = {
    "FORWARD": r"(?P<z>\w+) = (?P<f>layer_forward|batch_forward)\((?P<x>\w+), (?P<W>\w+), (?P<b>[^)]+)\)",
    "ACTIVATION": _ACTIVATION % r"\w+",
    "SIGMOID": _ACTIVATION % "Sigmoid",
    "SOFTMAX": _ACTIVATION % "Softmax",
    "BACK": _BACK % r"\w+",
    "GATE": _BACK % "(?:Leaky)?ReLU",
    "LEAKY_GATE": _BACK % "LeakyReLU",
    "LOGARITHM": _LOSS % r"\w*cross_entropy(?:_index)?",
    "YES_OR_NO": _LOSS % "binary_cross_entropy",
    "YES_OR_NO_SCORES": _LOSS % "sigmoid_cross_entropy",
    "SQUARES": _LOSS % "(?:half_)?(?:mean_)?squared_error",
    "OUTPUT_BY_OUTPUT": _LOSS % r"\w+_error|binary_cross_entropy|sigmoid_cross_entropy",
    "MEAN": r"(?P<L>L(?:_new)?) = mean_over_samples\((?P<of>\w+)\)",
    "OF_LOSS": _OF_LOSS % r"\w+(?:error|entropy|index)",
    "OF_PREDICTION": _OF_LOSS % r"(?!softmax|sigmoid)\w+(?:error|entropy|index)",
    "OF_SCORES": _OF_LOSS % r"(?:softmax|sigmoid)_cross_entropy(?:_index)?",
    "OF_SOFTMAX": _OF_LOSS % "softmax_cross_entropy(?:_index)?",
    "OF_SIGMOID": _OF_LOSS % "sigmoid_cross_entropy",
    "OF_VECTOR": _OF_LOSS % r"\w*error|\w+gmoid_cross_entropy",
    "LAYER": _LAYER % r"\w+_backward",
    "BATCH": _LAYER % "batch_backward",
    "TO_INPUTS": r"(?:\w+, \w+, )?(?P<dx>\w+) = (?:\w+_backward|input_gradient)\((?P<dz>\w+), (?:\w+, )?(?P<W>\w+)\)",
    "TO_WEIGHTS": (
        r"(?P<dW>\w+)(?:, \w+, \w+)? = (?:\w+_backward|weight_gradient)\((?P<dz>\w+), (?P<x>\w+)(?:, \w+)?\)"
    ),
    "UPDATE": _UPDATE % "",
    "UPDATE_OF_WEIGHTS": _UPDATE % "W",
    "UPDATE_OF_BIASES": _UPDATE % "b",
}


def target_of(line: str) -> str:
    """The first name that a line binds; "" of a line that binds none.

    Examples:
        >>> target_of("    dL_dW, dL_db, dL_dx = layer_backward(dL_dz, x, W)"), target_of("losses.append(L)")
        ('dL_dW', '')
    """
    found = re.match(r"\s*(\w+)(?:, \w+)* = ", line)
    return found[1] if found else ""


def matches(pattern: str, lines: Iterable[str]) -> list[str]:
    """What the lines bind that the pattern matches, in their order."""
    return [target_of(line) for line in lines if re.fullmatch(PATTERNS[pattern], line.strip())]


def with_lines(
    lines: list[str], pattern: str, put: Iterable[str], places: Iterable[str], exercise: Exercise, i: int = 0
) -> list[str]:
    """The program with the lines at some places replaced.

    Args:
        lines: the lines of `work`, without comments.
        pattern: a name of PATTERNS.
        put: the lines that stand there instead.
        places: what the lines bind that are replaced.
        exercise: whose program it is.
        i: what {i} stands for.

    Raises:
        LookupError: there is nothing that a name in braces could stand for.
    """
    written = []
    for line in lines:
        found = re.fullmatch(PATTERNS[pattern], line.strip())
        if found is None or target_of(line) not in places:
            written.append(line)
            continue
        indent = line[: len(line) - len(line.lstrip())]
        known = _Known(found.groupdict() | {"line": line.strip(), "i": i}, lines, exercise)
        for text in put:
            written += [indent + one for one in text.format_map(known).splitlines()]
    return written


class _Known(dict[str, object]):
    """What the names in braces stand for: the groups of the pattern, and what else is of that layer."""

    def __init__(self, groups: Mapping[str, object], lines: list[str], exercise: Exercise) -> None:
        super().__init__(groups)
        self.lines = lines
        self.exercise = exercise

    def __missing__(self, name: str) -> str:
        names, place = Names(self.exercise), self._layer()
        if name == "z_before" and place > 0:
            return names.z(place - 1)
        if name == "weights":
            return names.of("W", place)
        if name == "b" and self.exercise.layers[place].b is not None:
            return names.of("b", place)
        if name == "da" and names.z(place) != names.a(place) and not self._ends_in_loss(place):
            return names.gradient(names.a(place))
        if name == "update":
            return self._update(names.of("W", place))
        raise KeyError(name)

    def _layer(self) -> int:
        """The layer's number, which stands in one of these; there is none where there is one layer."""
        digits = re.search(r"\d+", str(self.get("W") or self.get("dW") or self.get("z")))
        return int(digits[0]) if digits else 0

    def _ends_in_loss(self, place: int) -> bool:
        return self.exercise.inside_loss is not None and place == len(self.exercise.layers) - 1

    def _update(self, W: str) -> str:
        """The lines that would update these weights, into another name."""
        for line in self.lines:
            found = re.fullmatch(PATTERNS["UPDATE"], line.strip())
            if found and found["theta"] == W:
                before = [one.strip() for one in self.lines if target_of(one) in ("eta_t", *found["state"].split(", "))]
                zeros = [one for one in before if one.startswith("eta_t") or " = zeros_like(" in one]
                in_loop = line.startswith("        ")
                kept = [one for one in zeros if one.startswith("eta_t") or not in_loop]
                return "\n".join([*kept, f"updated = first({line.strip().partition(' = ')[2]})"])
        raise KeyError("update")
