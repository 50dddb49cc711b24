"""What an exercise uses beside the book, as JavaScript that its own page carries: the same shipped lines, translated.

A rule of another package, its losses and activations, and what they call, are put beside the mathematics that every
page has, to be run and to be recorded.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import json

from scalarnn.exercise.program import program
from scalarnn.float32 import round_to_float32
from scalarnn.learning import penalties
from scalarnn.player.formulas import SHOWN
from scalarnn.player.recording import translated
from scalarnn.player.shipped import CLASSES, METHODS, carried, class_text, functions
from scalarnn.player.translation import LEAVES, to_run, tree_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from scalarnn.exercise.description import Exercise

__all__ = ["imported", "made_of", "script"]

BESIDE = ("scalarnn.dialects", "scalarnn.float32")
OF_THE_BOOK = (*(kind.__name__ for kind in CLASSES), "zeros_like")


def made_of(place: int) -> str:
    """What makes the activation of a layer, by name.

    Examples:
        >>> made_of(1)
        'made1'
    """
    return f"made{place}"


def script(exercise: Exercise) -> str:
    """JavaScript that adds what an exercise uses beside the book; empty where it uses nothing.

    Args:
        exercise: with inputs.

    Examples:
        >>> from scalarnn.exercise.description import Exercise
        >>> script(Exercise([{"W": [[1, 2]]}], x=[4, 5]))
        ''
    """
    wanted = dict(imported(exercise))
    if not wanted:
        return ""
    wanted.pop(round_to_float32.__name__, None)  # Math.fround
    kinds = [kind for kind in wanted.values() if inspect.isclass(kind)]
    found: dict[str, Any] = {}
    for name, thing in wanted.items():
        for one in _functions_of(thing) if inspect.isclass(thing) else [_rule_of(name, thing)]:
            _add(one, found)
    for kind in kinds:
        for name in METHODS:
            method = _method(kind, name)
            if inspect.isfunction(method):
                found[f"{kind.__name__}_{name}"] = method
    leaves = {name: found.pop(name) for name in list(found) if name in LEAVES}
    made = {
        made_of(place): (layer.spoken.code("slope") if layer.alpha is not None else layer.spoken.code())
        for place, layer in enumerate(exercise.layers)
        if layer.spoken is not None
    }
    steps = {name: _rule_of(name, thing) for name, thing in wanted.items() if _rule_of(name, thing) is not thing}
    rows = {name: translated(function, name) for name, function in found.items()}
    ends = [
        *(line for kind in kinds for line in class_text(kind)),
        *(carried(name, rule) for name, rule in steps.items()),
        *(f"function {name}(slope) {{ return {_in_javascript(code)}; }}" for name, code in made.items()),
    ]
    offered = [*found, *steps, *(kind.__name__ for kind in kinds), *made]
    within = {one.__name__: one for leaf in leaves.values() for one in _called(leaf)} | leaves
    return _script(
        leaves=[to_run(one, name) for name, one in within.items()],
        run=[to_run(one, name) for name, one in found.items()],
        recorded=[row.text for row in rows.values()],
        ends=ends,
        offered=offered,
        data={name: row.data for name, row in rows.items() if row.data},
        shown=[f"{SHOWN[name]}: {name}" for name in leaves],
    )


def imported(exercise: Exercise) -> Iterator[tuple[str, Any]]:
    """What its program, of one step and of several, imports from beside the book.

    Args:
        exercise: with inputs.
    """
    texts = [program(exercise.but(steps=None), "float")]
    if exercise.learning_rate is not None:
        texts.append(program(exercise.but(steps=2), "float"))
    for text in texts:
        for node in ast.parse(text).body:
            if isinstance(node, ast.ImportFrom):
                module = importlib.import_module(str(node.module))
                for one in node.names:
                    if str(node.module).startswith(BESIDE) or one.name in penalties.__all__:
                        thing = getattr(module, one.name)
                        yield one.name, getattr(thing, "__wrapped__", thing)


def _rule_of(name: str, thing: Any) -> Any:
    """The rule of one number behind what is carried over lists; another thing itself."""
    if inspect.isclass(thing):
        return thing
    rules = {"started_with": "start_rule"}
    names = (rules.get(name, ""), f"{name.removesuffix('_step').replace('_penalty', '')}_rule")
    return next((thing.__globals__[one] for one in names if one in thing.__globals__), thing)


def _functions_of(kind: type) -> list[Any]:
    """The functions that a class's methods call, static ones first."""
    found = []
    for name in METHODS:
        method = next((vars(one)[name] for one in kind.__mro__ if name in vars(one)), None)
        if isinstance(method, staticmethod):
            found.append(method.__wrapped__)
        elif inspect.isfunction(method) and method.__module__.startswith("scalarnn.dialects"):
            found += _called(method)
    return found


def _method(kind: type, name: str) -> Any:
    """Its own, or that of a base beside the book; None for one of the book."""
    for one in kind.__mro__:
        if one in CLASSES:
            return None
        if name in vars(one):
            return vars(one)[name]
    return None


def _called(function: Any) -> list[Any]:
    """The functions beside the book that a function calls."""
    called = []
    for node in ast.walk(tree_of(function)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            one = function.__globals__.get(node.func.id)
            one = getattr(one, "__wrapped__", one)
            if inspect.isfunction(one) and one.__name__ not in functions() and _is_beside(one):
                called.append(one)
    return called


def _is_beside(function: Any) -> bool:
    return str(function.__module__).startswith(("scalarnn.dialects", "scalarnn.normal"))


def _add(function: Any, found: dict[str, Any]) -> None:
    """A function, after those that it calls."""
    if function.__name__ not in found:
        for one in _called(function):
            _add(one, found)
        found[function.__name__] = function


def _in_javascript(code: str) -> str:
    """AtKinks(CELU(alpha=1), {0: 2.0}) → new AtKinks(new CELU(1), [0], [2.0])."""

    def text(node: Any) -> str:
        if isinstance(node, ast.Call):
            given = [text(one) for one in (*node.args, *(keyword.value for keyword in node.keywords))]
            return f"new {ast.unparse(node.func)}({', '.join(given)})"
        if isinstance(node, ast.Dict):
            return ", ".join(f"[{', '.join(map(ast.unparse, part))}]" for part in (node.keys, node.values))  # type: ignore[arg-type]
        return ast.unparse(node)

    return text(ast.parse(code, mode="eval").body)


def _script(
    *,
    leaves: list[str],
    run: list[str],
    recorded: list[str],
    ends: list[str],
    offered: list[str],
    data: dict[str, Any],
    shown: list[str],
) -> str:
    """One text of all parts; what is run and what is recorded have a scope each."""
    book = ", ".join([*functions(), *OF_THE_BOOK])

    def scope(texts: list[str], given: str, head: str) -> str:
        inside = "\n".join([*texts, *ends])
        return f"({given}) => {{\n{head}const {{ {book} }} = M;\n{inside}\nreturn {{ {', '.join(offered)} }};\n}}"

    return "\n".join(
        [
            "(() => {",
            '"use strict";',
            "const { mathematics } = scalarnn;",
            "const { exp, expm1, log, log1p, sqrt, pow, range, carried } = mathematics;",
            "const round_to_float32 = Math.fround;",
            *leaves,
            f"const run = {scope(run, 'M', 'const R = null;')};",
            f"const recorded = {scope(recorded, 'M, R', '')};",
            f"Object.assign(mathematics, {{ {', '.join(shown)} }});",
            "Object.assign(mathematics.run, run(mathematics.run), { round_to_float32 });",
            f"Object.assign(mathematics.functions, {json.dumps(data, ensure_ascii=False, separators=(',', ':'))});",
            "const before = mathematics.recorded;",
            "mathematics.recorded = (R) => {",
            "  const M = before(R);",
            "  return Object.assign(M, recorded(M, R), { round_to_float32 });",
            "};",
            "})();",
            "",
        ]
    )
