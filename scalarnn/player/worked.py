"""The worked examples as programs of the page: the very lines of their `work`, in JavaScript.

What is no mathematics of the package, random weights or a change of layout, is not translated: there the number that
Python worked is given instead.
"""

from __future__ import annotations

import ast
import functools
import inspect
import json

from scalarnn.exercise.kinds import POSITIVE
from scalarnn.float32 import round_to_float32
from scalarnn.player.formulas import symbol_data
from scalarnn.player.recording import Lines, translated
from scalarnn.player.shipped import CLASSES, RULES, functions
from scalarnn.player.translation import LEAVES, Mathematics, code_of, names_in, to_run, tree_of
from scalarnn.tracing.symbols import symbols_of
from scalarnn.worked import load

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

__all__ = ["EXAMPLES", "as_data", "script"]

KNOWN = {*LEAVES, "len", "list", "range", "zip", "scalar.power", "power", "locals", round_to_float32.__name__}
# Each example that can be translated: what it is given instead of its own, where rounds would be too many to read.
EXAMPLES: dict[str, dict[str, Any]] = {
    "000-batch": {},
    "000-layers": {},
    "000-forward": {},
    "000-backward": {},
    "001-columns": {},
    "002-derivatives": {},
    "002-neuron": {},
    "002-layer": {},
    "003-neuron": {"n_iterations": 2},
    "003-layer": {"n_iterations": 2},
    "003-layer-float64": {"n_iterations": 2},
    "003-inputs": {},
    "004-collapse": {},
    "004-network": {},
}

# What the layers of an example are called in it: weights, biases, before and after the activation; and whether it is a
# gate.
LAYERS = {
    **dict.fromkeys(("002-layer", "003-layer", "003-layer-float64", "003-inputs"), (("W", "b", "z", "a", "relu"),)),
    "004-network": (("W", "b", "u", "z", "relu"), ("W_out", "b_out", "y", "y", "")),
}


class _Work:
    """The `work` of an example: which of its lines are translated, and what is given.

    Args:
        name: the example.
    """

    def __init__(self, name: str) -> None:
        self.example = load(name)
        self.module = self.example.module
        self.node = tree_of(self.module.work)
        self.name = f"work_{name.replace('-', '_')}"
        self.helpers: dict[str, Any] = {}
        changed = EXAMPLES[name]
        self.worked = self.module.work(**(self.example.given | changed))
        self.given = {key: _plain(value) for key, value in (self.example.given | changed).items()}
        body = [one for one in self.node.body if not _is_text(one) and not isinstance(one, ast.Return)]
        self.node.body = [one for one in body if self._is_translated(one)]
        self._give_what_is_left_out()
        counted = {ast.unparse(one.target) for one in ast.walk(self.node) if isinstance(one, ast.For)}
        names = names_in(ast.Module(self.node.body, []))
        self.bound = [name for name in names if name in self.worked and name not in counted]
        self.node.name = self.name
        self.node.args = ast.arguments([], [ast.arg(one) for one in self.given], None, [], [], None, [])
        self.node.body.append(ast.parse(f"return [{', '.join(self.bound)}]").body[0])

    def _is_translated(self, statement: ast.stmt) -> bool:
        """Whether everything that a statement calls is known in the page; helpers of the example are taken along."""
        read = {one.id for one in ast.walk(statement) if isinstance(one, ast.Name)}
        if any(not _is_number(self.worked[name]) for name in read & self.worked.keys()):
            return False
        for call in (one for one in ast.walk(statement) if isinstance(one, ast.Call)):
            name = ast.unparse(call.func)
            method = isinstance(call.func, ast.Attribute)
            if method and isinstance(call.func.value, ast.Call):  # type: ignore[attr-defined]
                name = ast.unparse(call.func.value.func)  # type: ignore[attr-defined]
            if name in KNOWN or name in {kind.__name__ for kind in CLASSES} or (method and name.endswith(".append")):
                continue
            if name in functions() or name.removesuffix("_step") in RULES:
                continue
            helper = getattr(self.module, name, None)
            if not inspect.isfunction(helper) or helper.__module__ != self.module.__name__:
                return False
            if not all(
                self._is_translated(one) for one in tree_of(helper).body if not ast.unparse(one).startswith("check.")
            ):
                return False
            self.helpers[name] = helper
        return True

    def _give_what_is_left_out(self) -> None:
        """Names that lines read and no line binds, with Python's value; what nobody reads is not given."""
        read, bound = [], set()
        for one in ast.walk(ast.Module(self.node.body, [])):
            if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load):
                read.append(one.id)
            elif isinstance(one, ast.Name):
                bound.add(one.id)
        left_out = {name: _plain(self.worked[name]) for name in read if name in self.worked and name not in bound}
        self.given = {name: value for name, value in (left_out | self.given).items() if name in read}

    def text(self, *, recorded: bool) -> str:
        """JavaScript of `work`."""
        if not recorded:
            return "\n".join(Mathematics(self.module.work).function(self.node))
        return "\n".join(self._lines.function(self.node))

    @functools.cached_property
    def _lines(self) -> Lines:
        return Lines(self.module.work, self.node, self.name)

    def data(self) -> dict[str, Any]:
        """What the page knows of the lines."""
        self.text(recorded=True)
        file = f"scalarnn/worked/{self.module.__name__.rpartition('.')[2]}.py"
        code = code_of(self.module.work, tree_of(self.module.work))
        comments = {number: text.partition("  # ")[2] for number, text in code if "  # " in text}
        found: dict[str, Any] = self._lines.data(file, code)
        for row in found["lines"]:
            if row["line"] in comments:
                row["says"] = comments[row["line"]]
        return found


def _plain(value: Any) -> Any:
    """A float, or lists of floats; a label and a count stay whole."""
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return value if isinstance(value, int) else float(value)


def _is_number(value: Any) -> bool:
    """A number, or lists of numbers."""
    if isinstance(value, (list, tuple)):
        return all(_is_number(one) for one in value)
    return isinstance(value, (int, float)) or hasattr(value, "numerator")


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


@functools.cache
def _works() -> dict[str, _Work]:
    return {name: _Work(name) for name in EXAMPLES}


def _helpers() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for work in _works().values():
        found |= work.helpers
    return found


def as_data(name: str) -> dict[str, Any]:
    """The program of an example and its numbers.

    Args:
        name: the example, one of EXAMPLES.
    """
    work = _works()[name]
    names = symbols_of([*work.given, *work.bound])
    fixed = [one for one, value in work.given.items() if isinstance(value, int) or one.startswith("label")]
    rounds = {one: (value, work.example.given[one]) for one, value in EXAMPLES[name].items()}
    return {
        "title": work.example.title,
        "work": work.name,
        "given": work.given,
        "bound": work.bound,
        "names": {one: symbol_data(symbol) for one, symbol in names.items()},
        "layers": [dict(zip(("W", "b", "z", "a", "gate"), layer, strict=True)) for layer in LAYERS.get(name, ())],
        "x": "x",
        "fixed": fixed,
        "changed": EXAMPLES[name],
        "note": "".join(f"The first {few} of {all_} rounds." for few, all_ in rounds.values()),
        "wanted": {"learning_rate": POSITIVE.words},
        "settings": [],
        "parts": {},
        "example": name,
    }


@functools.cache
def script() -> str:
    """JavaScript that adds the works and their helpers to the mathematics."""
    helpers = {name: translated(function) for name, function in _helpers().items()}
    used = [*functions(), *(f"{name}_step" for name in RULES), *(kind.__name__ for kind in CLASSES)]
    names = [*(work.name for work in _works().values()), *helpers]

    def scope(texts: Iterable[str], given: str) -> str:
        inside = "\n".join(texts)
        return f"({given}) => {{\nconst {{ {', '.join(used)} }} = M;\n{inside}\nreturn {{ {', '.join(names)} }};\n}}"

    run = scope([*map(to_run, _helpers().values()), *(work.text(recorded=False) for work in _works().values())], "M")
    texts = [*(one.text for one in helpers.values()), *(work.text(recorded=True) for work in _works().values())]
    data = {name: one.data for name, one in helpers.items()} | {work.name: work.data() for work in _works().values()}
    return "\n".join(
        [
            "(() => {",
            '"use strict";',
            "const { exp, expm1, log, log1p, sqrt, pow, range } = scalarnn.mathematics;",
            "const counted = range, round_to_float32 = Math.fround;",
            "const sliced = (list, from, to, by) =>",
            "  list.slice(from || 0, to === null ? undefined : to).filter((_, n) => n % (by || 1) === 0);",
            f"const run = {run};",
            f"const recorded = {scope(texts, 'M, R')};",
            f"const functions = {json.dumps(data, ensure_ascii=False, separators=(',', ':'))};",
            "const { mathematics } = scalarnn;",
            "Object.assign(mathematics.run, run(mathematics.run));",
            "Object.assign(mathematics.functions, functions);",
            "const before = mathematics.recorded;",
            "mathematics.recorded = (R) => { const M = before(R); return Object.assign(M, recorded(M, R)); };",
            "scalarnn.worked = true;",
            "})();",
            "",
        ]
    )
