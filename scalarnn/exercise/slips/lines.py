"""The lines of an exercise's program, by patterns, and a line replaced by the lines of a slip.

A program has few kinds of lines, with the same names whatever the network: that is how they are found. For one sample
and for several, a group of a pattern has the same name.
"""

from __future__ import annotations

import functools
import re

from scalarnn.exercise.program import Names

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from scalarnn.exercise.description import Exercise
    from scalarnn.exercise.slips.slip import Slip

__all__ = ["PATTERNS", "by_hand", "is_at", "matches", "target_of", "with_lines"]

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
    "RELU": _ACTIVATION % "ReLU",
    "LEAKY": _ACTIVATION % "LeakyReLU",
    "SIGMOID": _ACTIVATION % "Sigmoid",
    "TANH": _ACTIVATION % "Tanh",
    "SOFTMAX": _ACTIVATION % "Softmax",
    "SOFTMAX_BATCH": r"(?P<a>Y_hat(?:_new)?) = \[Softmax\(\)\.forward\(z_n\) for z_n in (?P<z>\w+)\]",
    "BACK": _BACK % r"\w+",
    "SLOPE": _BACK % r"(?!Softmax)\w+",
    "GATE": _BACK % "(?:Leaky)?ReLU",
    "RELU_GATE": _BACK % "ReLU",
    "LEAKY_GATE": _BACK % "LeakyReLU",
    "LOGARITHM": _LOSS % r"\w*cross_entropy(?:_index)?",
    "CLASSES": _LOSS % "(?:softmax_)?cross_entropy(?:_index)?",
    "YES_OR_NO": _LOSS % "binary_cross_entropy",
    "YES_OR_NO_SCORES": _LOSS % "sigmoid_cross_entropy",
    "SQUARES": _LOSS % "(?:half_)?(?:mean_)?squared_error",
    "OUTPUT_BY_OUTPUT": _LOSS % r"\w+_error|binary_cross_entropy|sigmoid_cross_entropy",
    "MEAN": r"(?P<L>L(?:_new)?) = mean_over_samples\((?P<of>\w+)\)",
    "OF_LOSS": _OF_LOSS % r"\w+(?:error|entropy|index)",
    "OF_PREDICTION": _OF_LOSS % r"(?!softmax|sigmoid)\w+(?:error|entropy|index)",
    "OF_CLASSES": _OF_LOSS % "(?:softmax_)?cross_entropy(?:_index)?",
    "OF_PROBABILITIES": _OF_LOSS % "cross_entropy(?:_index)?",
    "OF_SCORES": _OF_LOSS % r"(?:softmax|sigmoid)_cross_entropy(?:_index)?",
    "OF_SOFTMAX": _OF_LOSS % "softmax_cross_entropy(?:_index)?",
    "OF_SIGMOID": _OF_LOSS % "sigmoid_cross_entropy",
    "OF_YES_OR_NO": _OF_LOSS % "binary_cross_entropy",
    "OF_SQUARES": _OF_LOSS % r"\w*squared_error",
    "OF_VECTOR": _OF_LOSS % r"\w*error|\w+gmoid_cross_entropy",
    "LAYER": _LAYER % r"\w+_backward",
    "BATCH": _LAYER % "batch_backward",
    "TO_INPUTS": r"(?:\w+, \w+, )?(?P<dx>\w+) = (?:\w+_backward|input_gradient)\((?P<dz>\w+), (?:\w+, )?(?P<W>\w+)\)",
    "TO_WEIGHTS": (
        r"(?P<dW>\w+)(?:, \w+, \w+)? = (?:\w+_backward|weight_gradient)\((?P<dz>\w+), (?P<x>\w+)(?:, \w+)?\)"
    ),
    "RATE": r"(?P<rate>eta_t) = (?P<f>\w+_decay)\(learning_rate, (?P<before>[^,]+), (?P<part>\w+)\)",
    "FORWARD_NEW": r"(?P<z>\w+_new) = (?P<f>layer_forward|batch_forward)\((?P<x>\w+), (?P<W>\w+), (?P<b>[^)]+)\)",
    "UPDATE": _UPDATE % "",
    "UPDATE_OF_WEIGHTS": _UPDATE % "W",
    "UPDATE_OF_BIASES": _UPDATE % "b",
}


MANY_LINES = 4096  # that are remembered


@functools.lru_cache(MANY_LINES)
def target_of(line: str) -> str:
    """The first name that a line binds; "" of a line that binds none.

    Examples:
        >>> target_of("    dL_dW, dL_db, dL_dx = layer_backward(dL_dz, x, W)"), target_of("losses.append(L)")
        ('dL_dW', '')
    """
    found = re.match(r"\s*(\w+)(?:, \w+)* = ", line)
    return found[1] if found else ""


@functools.lru_cache(MANY_LINES)
def found_in(pattern: str, line: str) -> re.Match[str] | None:
    """What a pattern, by its name, finds in a line; None if that is none of its lines."""
    return re.fullmatch(PATTERNS[pattern], line.strip())


def is_at(line: str, places: Iterable[str]) -> bool:
    """Whether a line binds one of the places; in a loop over the steps W is bound where W_new is in a single one."""
    target = target_of(line)
    return target in places or (re.fullmatch(r"[Wb]\d*", target) is not None and f"{target}_new" in places)


def matches(pattern: str, lines: Iterable[str]) -> list[str]:
    """What the lines bind that the pattern matches, in their order."""
    return [target_of(line) for line in lines if found_in(pattern, line)]


def with_lines(
    lines: list[str], slip: Slip, places: Iterable[str], exercise: Exercise, indices: tuple[int, ...] = ()
) -> list[str]:
    """The program with the lines at some places replaced.

    Args:
        lines: the lines of `work`, without comments.
        slip: which lines it is about, and what stands there instead.
        places: what the lines bind that are replaced.
        exercise: whose program it is.
        indices: what {i} and {j} stand for.

    Raises:
        LookupError: there is nothing that a name in braces could stand for.
    """
    written = []
    for line in lines:
        found = found_in(slip.line, line) if is_at(line, places) else None
        if found is None:
            written.append(line)
            continue
        indent = line[: len(line) - len(line.lstrip())]
        groups = found.groupdict() | {"line": line.strip(), **dict(zip("ij", indices, strict=False))}
        known = _Known(groups, lines, exercise)
        for text in slip.put:
            written += [indent + one for one in text.format_map(known).splitlines()]
    return written


def by_hand(lines: list[str], places: Iterable[str], exercise: Exercise, *, slopes: bool) -> list[str]:
    """What follows from an a that was changed, as on paper: the loss from ŷ, where it is one of scores; f′ from a.

    Args:
        lines: the lines with the change in them.
        places: what was changed.
        exercise: whose program it is.
        slopes: whether f′ comes from a, such as a (1 − a), and not from z.
    """
    names = Names(exercise)
    y_hat = names.a(names.last)
    from_y_hat = exercise.inside_loss is not None and any(place.startswith(y_hat) for place in places)
    changed = {names.z(place): names.a(place) for place in range(names.last + 1) if names.a(place) in places}
    written = []
    for line in lines:
        plain = line.strip()
        back = found_in("BACK", plain) if slopes else None
        if back and back["z"] in changed and not back["f"].startswith("Leaky"):
            by_a = f"{back['dz']} = each(by_output('{back['f']}'), {back['da']}, {changed[back['z']]})"
            line = line.replace(plain, by_a)
        elif from_y_hat:
            line = line.replace(plain, _from_y_hat(plain, y_hat))
        written.append(line)
    return written


def _from_y_hat(line: str, y_hat: str) -> str:
    """A line of a loss from scores, or of its gradient, with ŷ."""
    loss, gradient = found_in("LOGARITHM", line), found_in("OF_SCORES", line)
    if loss:
        function = loss["f"].replace("softmax_", "").replace("sigmoid_", "binary_")
        return line.replace(loss["f"], function).replace(loss["y_hat"], _predicted(line, y_hat))
    if gradient:
        error = f"added({y_hat}, negative(targets({gradient['y']})))"
        return f"{gradient['d']} = {error if 'softmax' in line else f'divided({error}, n_outputs)'}"
    return line


def _predicted(line: str, y_hat: str) -> str:
    """ŷ of the pass that a line is of."""
    return y_hat + ("_new" if target_of(line).startswith("L_new") else "")


class _Known(dict[str, object]):
    """What the names in braces stand for: the groups of the pattern, and what else is of that layer, or of another."""

    def __init__(self, groups: Mapping[str, object], lines: list[str], exercise: Exercise) -> None:
        super().__init__(groups)
        self.lines = lines
        self.exercise = exercise

    def __missing__(self, name: str) -> str:
        names, place = Names(self.exercise), self._layer()
        of_layer: dict[str, Any] = {
            "own": lambda: names.a(place),
            "weights": lambda: names.of("W", place),
            "given_W": lambda: f"given['{names.of('W', place)}']",
            "given_b": lambda: f"given['{names.of('b', place)}']",
            "update": lambda: self._update(names.of("W", place)),
            "scores": lambda: (
                names.z(names.last) + ("_new" if target_of(str(self["line"])).startswith("L_new") else "")
            ),
            "at": lambda: names.a(place - 1),
            "p": lambda: _predicted(str(self["line"]), names.a(names.last)),
        }
        if name in of_layer:
            return str(of_layer[name]())
        if name == "is_first" and self.exercise.steps > 1:
            return "step == 1"
        if name in ("first_W", "first_b") and self.exercise.steps > 1:
            return f"given['{names.of(name[-1], place)}']"
        if name == "error" and place == names.last:
            return f"added({names.a(place)}, negative(targets({self.exercise.target})))"
        if name == "anew" and self.exercise.steps > 1 and self["state"]:
            return re.sub(r"\b[a-z]_\w+", r"zeros_like(\g<0>)", str(self["state"])).replace("step", "1")
        if name == "z_before" and place > 0:
            return names.z(place - 1) + ("_new" if str(self.get("x")).endswith("_new") else "")
        if name == "f_before" and place > 0:
            return self._activation(place - 1)
        if name == "x_first" and place > 0:
            return names.a(-1)
        if name == "price" and self.exercise.penalty is not None:
            return f"{self.exercise.penalty.lower()}_penalty_gradient({self['theta']}, strength)"
        if name == "b" and self.exercise.layers[place].b is not None:
            return names.of("b", place)
        if name == "da" and names.z(place) != names.a(place) and not self._ends_in_loss(place):
            return names.gradient(names.a(place))
        if name.startswith("other_"):
            return self._of_another(name, names, place)
        raise KeyError(name)

    def _of_another(self, name: str, names: Names, place: int) -> str:
        """The same of the layer behind, or before where there is none behind."""
        other = place + 1 if place < names.last else place - 1
        new = "_new" if "_new" in str(self["line"]).partition(" = ")[2] else ""
        if other >= 0 and name in ("other_W", "other_b"):
            return names.of(name[-1], other) + new
        if other >= 0 and name == "other_z":
            return names.z(other)
        if other >= 0 and name == "other_f":
            return self._activation(other)
        if other >= 0 and name == "other_dz":
            return names.gradient(names.z(other))
        if other >= 0 and name == "other_g":
            return f"dL_d{names.of(str(self['theta'])[0], other)}"
        raise KeyError(name)

    def _layer(self) -> int:
        """The layer's number, which stands in one of these; there is none where there is one layer."""
        digits = re.search(r"\d+", str(self.get("W") or self.get("dW") or self.get("theta") or self.get("z")))
        return int(digits[0]) if digits else 0

    def _activation(self, place: int) -> str:
        """The object of a layer's activation, as the lines have it."""
        a = Names(self.exercise).a(place)
        found = (found_in("ACTIVATION", line) for line in self.lines if target_of(line) == a)
        return next((str(one["f"]) for one in found if one), "Identity()")

    def _ends_in_loss(self, place: int) -> bool:
        return self.exercise.inside_loss is not None and place == len(self.exercise.layers) - 1

    def _update(self, W: str) -> str:
        """The lines that would update these weights, into another name."""
        for line in self.lines:
            found = found_in("UPDATE", line)
            if found and found["theta"] == W:
                before = [one.strip() for one in self.lines if target_of(one) in ("eta_t", *found["state"].split(", "))]
                zeros = [one for one in before if one.startswith("eta_t") or " = zeros_like(" in one]
                in_loop = line.startswith("        ")
                kept = [one for one in zeros if one.startswith("eta_t") or not in_loop]
                return "\n".join([*kept, f"updated = first({line.strip().partition(' = ')[2]})"])
        raise KeyError("update")
