"""An exercise as data that the page runs: the lines that `scalarnn show` works, each a call with names.

The lines are cut into parts: `forward` and `backward`, `update` and `after`, for one step as it is shown; and `begin`
and `learn` for many steps in a row. Where an activation stands, a line says `f1`: that of layer 1, so that a reader may
choose another. Nothing is code; the page looks every function up by its name.
"""

from __future__ import annotations

import ast
import re

import scalarnn
from scalarnn.dialects.by_name import settings_of
from scalarnn.doors.later import parameters_of
from scalarnn.exercise.fitting import RATES
from scalarnn.exercise.keys import ACTIVATIONS, KEYS
from scalarnn.exercise.program import Names, given_numbers, program
from scalarnn.player.dialects import imported, made_of
from scalarnn.player.formulas import symbol_data
from scalarnn.tracing.symbols import symbols_of
from scalarnn.training import TO_CLASSES, YES_OR_NO

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.exercise.description import Exercise

__all__ = ["as_data"]

# The page counts the steps before this one, and has the number of the next.
COUNTED = {"step - 1": "steps_done", "step + 1": "steps_ahead", "1 + 1": "2"}
TOLD = ("filled", "filled_in_float32", "filled_by_float32_power", "nadam_mu", "nadam_missing", "round_to_float32")
CLASSES = tuple(kind for kind, _ in ACTIVATIONS.values())
WITHOUT_RATE = dict.fromkeys(("optimizer", "beta", "beta1", "beta2", "epsilon", "gamma", "decay", "frozen"))
WITHOUT_LOSS = dict.fromkeys(("learning_rate", "loss", "penalty", "strength", "y", "Y", "label", "labels"))


def as_data(exercise: Exercise) -> dict[str, Any]:
    """The program of an exercise and its numbers; of several steps the first, and how to go on.

    Args:
        exercise: with inputs.

    Examples:
        >>> from scalarnn.exercise.description import Exercise
        >>> data = as_data(Exercise([{"W": [[1, 2]], "b": [3], "activation": "relu"}], x=[4, 5]))
        >>> [(line["targets"], line["call"], line["given"]) for line in data["parts"]["forward"]]
        [(['z'], 'layer_forward', ['x', 'W', 'b']), (['y_hat'], 'f0.forward', ['z'])]
    """
    names, new = Names(exercise), Names(exercise, new=True)
    layers = []
    for place, layer in enumerate(exercise.layers):
        has_b = layer.b is not None
        layers.append(
            {
                "W": names.of("W", place),
                "b": names.of("b", place) if has_b else "",
                "z": names.z(place),
                "a": names.a(place),
                "W_new": new.parameter("W", place),
                "b_new": new.parameter("b", place) if has_b else "",
                "activation": ""
                if layer.spoken
                else (place == names.last and exercise.inside_loss) or layer.activation,
                "alpha": names.of("alpha", place) if layer.alpha is not None else "",
            }
        )
        if layer.spoken:
            layers[-1] |= {"made": made_of(place), "said": layer.activation.replace("_", " ")}
    given = given_numbers(exercise.but(steps=None), "float")
    parts = _parts(exercise, {layer["z"]: place for place, layer in enumerate(layers)}, dict(imported(exercise)))
    bound = [name for lines in parts.values() for line in lines for name in line["targets"]]
    return {
        "title": exercise.title or f"A {'-'.join(map(str, exercise.sizes))} network",
        "x": names.a(-1),
        "target": exercise.target,
        "loss": exercise.loss,
        "penalty": exercise.penalty,
        "like": exercise.like,
        "liked": exercise.liked_loss is not None,
        "inside": exercise.inside_loss,
        "optimizer": exercise.optimizer if exercise.learning_rate is not None else None,
        "settings": [name for name in exercise.settings if name in RATES],  # those that a file may have
        "frozen": list(exercise.frozen),
        "batch": exercise.is_batch,
        "layers": layers,
        "given": given,
        "classes": exercise.n_outputs,
        "wanted": wanted(exercise),
        "names": {name: symbol_data(symbol) for name, symbol in symbols_of([*given, *bound, "step"]).items()},
        "parts": parts,
    }


def wanted(exercise: Exercise) -> dict[str, str]:
    """What kind of number a name takes, where not every number is one, by the functions of `assets/wanted.js`."""
    kinds = {key.name: key.kind.words for key in KEYS if key.name in (*RATES, "strength", "learning_rate")}
    if exercise.liked_loss and exercise.liked_loss.takes in ("answers", "a distribution"):
        takes = exercise.liked_loss.takes
        kinds[str(exercise.target)] = "probabilities" if takes == "answers" else takes
    if exercise.target in ("y", "Y") and exercise.loss in (*TO_CLASSES, *YES_OR_NO):
        kinds[exercise.target] = "a distribution" if exercise.loss in TO_CLASSES else "probabilities"
    if exercise.target in ("label", "labels"):
        kinds[exercise.target] = "a class"
    return kinds


def _parts(exercise: Exercise, activations: dict[str, int], beside: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The lines of each part; `beside` has the functions that are not the book's."""
    one = exercise.but(steps=None)
    n_forward = len(_lines(one.but(**WITHOUT_RATE, **WITHOUT_LOSS)))
    rest = _lines(one)
    if exercise.loss is not None:
        n_forward += 2 if exercise.is_batch else 1
        liked = exercise.liked_loss
        n_forward += (liked.takes == "a class") + bool(liked.smoothing) if liked else 0
        n_forward += len(exercise.layers) + 1 if exercise.penalty is not None else 0
    found = {"forward": rest[:n_forward]}
    rest = rest[n_forward:]
    if rest:
        updates = [at for at, (_, text) in enumerate(rest) if _is_update(text)] or [len(rest)]
        found["backward"] = rest[: updates[0]]
        found["update"], found["after"] = rest[updates[0] : updates[-1] + 1], rest[updates[-1] + 1 :]
    if exercise.learning_rate is not None:
        many = _lines(exercise.but(steps=2))
        updates = [at for at, (_, text) in enumerate(many) if _is_update(text)]
        found["begin"] = [many[at] for at in updates if _begins(many[at][1])]
        found["learn"] = [many[at] for at in updates if not _begins(many[at][1])]
    return {
        name: [_line(number, text, activations, beside) for number, text in rows]
        for name, rows in found.items()
        if rows
    }


def _lines(exercise: Exercise) -> list[tuple[int, str]]:
    """Number and text of the lines of `work`, without its head, its end and the head of its loop."""
    lines = program(exercise, "float").splitlines()
    first = next(at for at, line in enumerate(lines) if line.startswith("def work"))
    rows = [(at + 1, lines[at]) for at in range(first + 1, len(lines)) if lines[at].startswith("    ")][:-1]
    return [row for row in rows if " = " in row[1] and not row[1].startswith("    losses")]


def _begins(text: str) -> bool:
    return re.search(r"= (zeros_like|started_with)\(", text) is not None


def _is_update(text: str) -> bool:
    return re.search(rf"= (\w+_step|zeros_like|started_with|\w+_decay|{'|'.join(TOLD)})\(", text) is not None


def _line(number: int, text: str, activations: dict[str, int], beside: dict[str, Any]) -> dict[str, Any]:
    """A line as a call: what it binds, what it calls, and what it gives."""
    code, _, says = text.partition("  # ")
    (node,) = ast.parse(code.strip()).body
    assert isinstance(node, ast.Assign)
    (target,) = node.targets
    targets = [ast.unparse(one) for one in (target.elts if isinstance(target, ast.Tuple) else [target])]
    line: dict[str, Any] = {"number": number, "text": code.strip(), "says": says, "targets": targets}
    value = node.value
    if isinstance(value, ast.BinOp):
        return line | {"call": "sum", "given": ast.unparse(value).split(" + ")}
    over: dict[str, str] = {}
    if isinstance(value, ast.ListComp):
        (loop,) = value.generators
        names = loop.target.elts if isinstance(loop.target, ast.Tuple) else [loop.target]
        lists = loop.iter.args if isinstance(loop.iter, ast.Call) else [loop.iter]
        over = {ast.unparse(name): ast.unparse(one) for name, one in zip(names, lists, strict=True)}
        value = value.elt
    assert isinstance(value, ast.Call)
    line["call"], given = _call(value, over, activations, beside)
    line["given"] = [over.get(one, one) for one in given]
    if over:
        line["each"] = [one in over for one in given]
    return line


def _call(
    node: ast.Call, over: dict[str, str], activations: dict[str, int], beside: dict[str, Any]
) -> tuple[str, list[str]]:
    """The name of the function, and what it is given, in the order of its parameters."""
    given = [COUNTED.get(ast.unparse(one), ast.unparse(one)) for one in node.args]
    if isinstance(node.func, ast.Attribute):
        z = over.get(given[-1], given[-1]).removesuffix("_new")
        return f"f{activations[z]}.{node.func.attr}", given
    name = ast.unparse(node.func)
    if node.keywords:
        function = beside[name] if name in beside else getattr(scalarnn, name).__wrapped__
        order = [one for part in parameters_of(function) for one in part]
        values = {str(one.arg): ast.unparse(one.value) for one in node.keywords}
        usual = {one: repr(value) for one, value in settings_of(function).items()}
        last = max(order.index(one) for one in values)
        given += [(usual | values)[one] for one in order[len(given) : last + 1]]
        given = ["true" if one == "True" else one for one in given]
    return name, given
