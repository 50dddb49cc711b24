"""An exercise as a program that the page runs: the lines that `scalarnn show` works, in JavaScript and as data.

It is cut into parts, each a function of the names before it: `forward` and `backward`, `update` and `after`, for one
step as it is shown; and `begin` and `learn` for many steps in a row. Where an activation stands, JavaScript has `f[n]`,
that of layer n, so that a reader may choose another.
"""

from __future__ import annotations

import ast
import inspect
import json
import re

import scalarnn
from scalarnn.exercise.keys import ACTIVATIONS
from scalarnn.exercise.program import Names, given_numbers, program
from scalarnn.player.translation import Lines, Mathematics, names_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.exercise.description import Exercise

__all__ = ["as_script", "network_of", "parts_of"]

CLASSES = tuple(kind for kind, _ in ACTIVATIONS.values())


class Part:
    """Some lines of a program.

    Args:
        name: what it is called.
        rows: number and text of each line.
        activations: for each name of a z, the number of its layer.
    """

    def __init__(self, name: str, rows: list[tuple[int, str]], activations: dict[str, int]) -> None:
        self.name = name
        self.rows = rows
        comments = {number: text.partition("  # ")[2] for number, text in rows if "  # " in text}
        body: list[ast.stmt] = []
        for number, text in rows:
            for statement in ast.parse(text.strip()).body:
                ast.increment_lineno(statement, number - 1)
                body.append(_Placed(activations).visit(statement))
        self.bound = [name for name in names_in(ast.Module(body, [])) if name not in _inside(body)]
        read = [one.id for one in _names(body) if isinstance(one.ctx, ast.Load)]
        known = {*self.bound, *_inside(body), *scalarnn.__all__, "f", "zip"}
        kept = [name for name in self.bound if _is_read_first(body, name)]
        self.given = list(dict.fromkeys([*(name for name in read if name not in known), *kept]))
        node = ast.FunctionDef(
            name,
            ast.arguments([], [ast.arg(one) for one in (*self.given, "f")], None, [], [], None, []),
            body,
            [],
            lineno=rows[0][0] if rows else 1,
        )
        self.to_run = _function(_Run(), node, self)
        recorded = _Recorded(node, name, comments)
        self.recorded = _function(recorded, node, self)
        self.data = recorded.data("", [list(row) for row in rows])


class _Placed(ast.NodeTransformer):
    """Sigmoid().forward(z0) is f[0].forward(z0)."""

    def __init__(self, activations: dict[str, int]) -> None:
        self.activations = activations
        self.of_samples: dict[str, str] = {}

    def visit_ListComp(self, node: ast.ListComp) -> Any:
        (loop,) = node.generators
        names = loop.target.elts if isinstance(loop.target, ast.Tuple) else [loop.target]
        lists = loop.iter.args if isinstance(loop.iter, ast.Call) else [loop.iter]
        self.of_samples = {ast.unparse(n): ast.unparse(one) for n, one in zip(names, lists, strict=True)}
        return self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> Any:
        of = node.func
        if isinstance(of, ast.Attribute) and isinstance(of.value, ast.Call) and ast.unparse(of.value.func) in CLASSES:
            z = ast.unparse(node.args[-1])
            place = self.activations[self.of_samples.get(z, z)]
            of.value = ast.parse(f"f[{place}]", mode="eval").body
        return self.generic_visit(node)


class _Run(Mathematics):
    def __init__(self) -> None:
        super().__init__(None)
        self.globals = vars(scalarnn)


class _Recorded(Lines):
    def __init__(self, node: ast.AST, name: str, comments: dict[int, str]) -> None:
        super().__init__(None, node, name, comments)
        self.globals = vars(scalarnn)


def _function(translator: Mathematics, node: ast.FunctionDef, part: Part) -> str:
    """JavaScript of `({ x, W, b }, f) => { … return { z, a }; }`."""
    _, *lines, end = translator.function(node)
    given = ", ".join(part.given)
    result = f"{{ {', '.join(part.bound)} }}"
    ending = f"return R.end({result});" if isinstance(translator, Lines) else f"return {result};"
    return "\n".join([f"({{ {given} }}, f) => {{", *lines, f"  {ending}", end])


def _names(body: list[ast.stmt]) -> list[ast.Name]:
    return [one for statement in body for one in ast.walk(statement) if isinstance(one, ast.Name)]


def _inside(body: list[ast.stmt]) -> set[str]:
    """What only a comprehension knows."""
    loops = [one for statement in body for one in ast.walk(statement) if isinstance(one, ast.comprehension)]
    return {name for loop in loops for name in names_in(loop.target)}


def _is_read_first(body: list[ast.stmt], name: str) -> bool:
    """Whether a name has to be there before these lines, although they bind it."""
    for statement in body:
        names = _names([statement])
        if any(one.id == name and isinstance(one.ctx, ast.Load) for one in names):
            return True
        if any(one.id == name for one in names):
            return False
    return False


def parts_of(exercise: Exercise) -> list[Part]:
    """The parts of the program of an exercise, in their order; `begin` and `learn` last.

    Args:
        exercise: with inputs; of several steps the first is shown.
    """
    names = Names(exercise)
    activations = {names.z(place): place for place in range(len(exercise.layers))}
    activations |= {Names(exercise, new=True).z(place): place for place in range(len(exercise.layers))}
    one = exercise.but(steps=None)
    forward = _lines(one.but(learning_rate=None, **_WITHOUT_RATE, loss=None, **_WITHOUT_TARGET))
    whole = _lines(one)
    found = {"forward": whole[: len(forward)]}
    rest = whole[len(forward) :]
    if exercise.loss is not None:
        found["forward"] += [rest[0]] if not exercise.is_batch else rest[:2]
        rest = rest[len(found["forward"]) - len(forward) :]
        ends = next((at for at, (_, text) in enumerate(rest) if _is_update(text)), len(rest))
        found["backward"], rest = rest[:ends], rest[ends:]
    if rest:
        last = max(at for at, (_, text) in enumerate(rest) if _is_update(text))
        found["update"], found["after"] = rest[: last + 1], rest[last + 1 :]
        many = _lines(exercise.but(steps=2))
        loop = next(at for at, (_, text) in enumerate(many) if text.strip().startswith("for step in"))
        inside = [(number, text) for number, text in many[loop + 1 :] if text.startswith("        ")]
        found["begin"] = [row for row in many[:loop] if "zeros_like" in row[1]]
        found["learn"] = [row for row in inside if _is_update(row[1])]
    return [Part(name, rows, activations) for name, rows in found.items()]


_WITHOUT_RATE = dict.fromkeys(("optimizer", "beta", "beta1", "beta2", "epsilon", "gamma", "decay", "frozen"))
_WITHOUT_TARGET = dict.fromkeys(("y", "Y", "label", "labels"))


def _lines(exercise: Exercise) -> list[tuple[int, str]]:
    """Number and text of the lines of `work`, without its head and its end."""
    lines = program(exercise, "float").splitlines()
    first = next(at for at, line in enumerate(lines) if line.startswith("def work"))
    return [(at + 1, lines[at]) for at in range(first + 1, len(lines)) if lines[at].startswith("    ")][:-1]


def _is_update(text: str) -> bool:
    return re.search(r"= (\w+_step|zeros_like|\w+_decay)\(", text) is not None


# ---- for the page ----------------------------------------------------------------------------------------------------


def network_of(exercise: Exercise) -> dict[str, Any]:
    """What the page has to know of the network beside its lines."""
    names = Names(exercise)
    new = Names(exercise, new=True)
    places = range(len(exercise.layers))
    layers = []
    for place in places:
        layer = exercise.layers[place]
        layers.append(
            {
                "W": names.of("W", place),
                "b": names.of("b", place) if layer.b is not None else "",
                "z": names.z(place),
                "a": names.a(place),
                "activation": (place == names.last and exercise.inside_loss) or layer.activation,
                "alpha": names.of("alpha", place) if layer.alpha is not None else "",
                "W_new": new.parameter("W", place),
                "b_new": new.parameter("b", place) if layer.b is not None else "",
            }
        )
    return {
        "title": exercise.title or f"A {'-'.join(map(str, exercise.sizes))} network",
        "x": names.a(-1),
        "target": exercise.target,
        "loss": exercise.loss,
        "inside": exercise.inside_loss,
        "optimizer": exercise.optimizer if exercise.learning_rate is not None else None,
        "settings": list(exercise.settings),
        "layers": layers,
        "batch": exercise.is_batch,
        "frozen": list(exercise.frozen),
        "given": given_numbers(exercise.but(steps=None), "float"),
        "exercise": {},
    }


def as_script(exercise: Exercise, name: str) -> str:
    """JavaScript that adds the program to `scalarnn.programs`.

    Args:
        exercise: with inputs.
        name: what it is called there.
    """
    text = f"(globalThis.scalarnn ||= {{}}), ((scalarnn.programs ||= {{}})[{json.dumps(name)}] = {{\n"
    text += f"network: {_json(network_of(exercise))},\n"
    return text + code_of(exercise) + "});\n"


def code_of(exercise: Exercise) -> str:
    """The parts: what they say, and their JavaScript."""
    parts = parts_of(exercise)
    used = sorted({name for part in parts for name in re.findall(r"\b([a-z_]+)\(", part.to_run)} & _offered())
    of_page = f"{{ {', '.join(used)} }}"
    lines = [f"says: {_json({part.name: part.data for part in parts})},", f"run: ({of_page}) => ({{"]
    lines += [f"{part.name}: {part.to_run}," for part in parts]
    lines += ["}),", f"recorded: ({of_page}, R) => ({{"]
    lines += [f"{part.name}: {part.recorded}," for part in parts if part.name not in ("begin", "learn")]
    return "\n".join([*lines, "}),", ""])


def _offered() -> set[str]:
    functions = {name for name in scalarnn.__all__ if inspect.isfunction(getattr(scalarnn, name))}
    return functions | {"zeros_like"}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
