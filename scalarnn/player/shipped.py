"""The shipped mathematics as one JavaScript file: to run, to be recorded, and the data of its lines."""

from __future__ import annotations

import ast
import functools
import importlib
import inspect
import json

from scalarnn import activations
from scalarnn.doors.later import parameters_of
from scalarnn.exercise.slips.slip import catalogue
from scalarnn.learning import adagrad, adam, gradient_descent, momentum
from scalarnn.player.recording import translated
from scalarnn.player.translation import to_run, tree_of
from scalarnn.portable.javascript import javascript as portable_functions
from scalarnn.softmax import Softmax

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.player.recording import Translated

__all__ = ["carried", "class_text", "functions", "mathematics"]

FILES = tuple(
    importlib.import_module(f"scalarnn.{name}")  # by this way, since scalarnn.softmax is a function
    for name in ("neuron", "layer", "activations", "softmax", "losses", "labels", "learning.decay")
)
RULES = {
    "gradient_descent": gradient_descent,
    "momentum": momentum,
    "nesterov": momentum,
    "adagrad": adagrad,
    "rmsprop": adagrad,
    "adam": adam,
}
CLASSES = (
    activations._Elementwise,
    activations.Identity,
    activations.ReLU,
    activations.LeakyReLU,
    activations.Sigmoid,
    activations.Tanh,
    Softmax,
)
METHODS = ("forward", "backward", "value", "derivative")


@functools.cache
def functions() -> dict[str, Any]:
    """What is translated: the name in JavaScript, and the function; of a class, its methods."""
    found: dict[str, Any] = {}
    for module in FILES:
        for name, thing in vars(module).items():
            thing = getattr(thing, "__wrapped__", thing)
            if inspect.isfunction(thing) and thing.__module__ == module.__name__:
                found[name] = thing
    for name, module in RULES.items():
        found[f"{name}_rule"] = getattr(module, f"{name}_rule")
    for kind in CLASSES:
        for name in METHODS:
            method = vars(kind).get(name)
            method = getattr(method, "__wrapped__", method)
            if inspect.isfunction(method):
                found[f"{kind.__name__}_{name}"] = method
    return found


@functools.cache
def _recorded() -> tuple[Translated, ...]:
    return tuple(translated(function, name) for name, function in functions().items())


def class_text(kind: type) -> list[str]:
    """A class in JavaScript, whose methods are functions of their own.

    Args:
        kind: an activation.
    """
    base = next((one for one in kind.__mro__[1:] if one in CLASSES), None)
    lines = [f"class {kind.__name__}{f' extends {base.__name__}' if base else ''} {{"]
    begins = next((vars(one)["__init__"] for one in kind.__mro__ if "__init__" in vars(one)), None)
    if inspect.isfunction(begins):
        lines.append(_constructor(begins))
    if kind is activations._Elementwise:  # what its `__init_subclass__` looks up
        lines += [
            "  get _f() { return (z) => this.value(z); }",
            "  get _f_prime() { return (z) => this.derivative(z); }",
        ]
    own = kind.__mro__[: kind.__mro__.index(base) if base else 1]
    for name in METHODS:
        method = next((vars(one)[name] for one in own if name in vars(one)), None)
        if isinstance(method, staticmethod):
            lines.append(f"  {name}(z) {{ return {method.__wrapped__.__name__}(z); }}")
        elif method is not None:
            given = ", ".join(parameters_of(getattr(method, "__wrapped__", method))[0][1:])
            lines.append(f"  {name}({given}) {{ return {kind.__name__}_{name}(this, {given}); }}")
    return [*lines, "}"]


def _constructor(begins: Any) -> str:
    """What a class keeps of what it is given; of a dict its keys and its values, each as a list."""
    (positional, _), defaults = parameters_of(begins), begins.__defaults__ or ()
    usual = dict(zip(reversed(positional), reversed(defaults), strict=False))
    given, kept = [], []
    for statement in (one for one in tree_of(begins).body if isinstance(one, ast.Assign)):
        name = ast.unparse(statement.targets[0]).removeprefix("self.")
        source = ast.unparse(statement.value)
        own = source if source in positional else name
        given.append(f"{own} = {json.dumps(usual[own])}" if own in usual else own)
        kept.append(f"this.{name} = {own};")
    return f"  constructor({', '.join(given)}) {{ super(); {' '.join(kept)} }}"


def carried(name: str, rule: Any) -> str:
    """A rule of one number, carried over lists: which of its arguments are lists, and how many results it has.

    Args:
        name: of what is carried.
        rule: the rule.
    """
    positional, _ = parameters_of(rule)
    shaped = [rule.__annotations__[one] in ("Parameters", "Squares") for one in positional]
    n_results = rule.__annotations__["return"].count("Parameters")
    return f"const {name} = carried({rule.__name__}, {json.dumps(shaped)}, {n_results}, R);"


def _scope(texts: list[str], *, recorded: bool) -> str:
    """All functions in a scope of their own."""
    classes = [line for kind in CLASSES for line in class_text(kind)]
    steps = [carried(f"{name}_step", getattr(module, f"{name}_rule")) for name, module in RULES.items()]
    offered = [*functions(), *(f"{name}_step" for name in RULES), *(kind.__name__ for kind in CLASSES)]
    given = "R" if recorded else ""
    body = [*texts, *classes, *([] if recorded else ["const R = null;"]), *steps]
    if recorded:
        return "\n".join([f"({given}) => {{", *body, f"return {{ {', '.join(offered)}, zeros_like }};", "}"])
    ends = [f"const offered = {{ {', '.join(offered)}, zeros_like }};", *_exchanges(), "return offered;"]
    return "\n".join([f"({given}) => {{", *body, *ends, "}"])


def _exchanges() -> list[str]:
    """For each function that slips change from inside: how it is exchanged for another, which gives the one before."""
    lines = ["offered.exchange = {"]
    for name in sorted({slip.inside for slip in catalogue() if slip.inside}):
        step = name.replace("_rule", "_step")
        made = (
            f"offered.{step} = carried({name}, offered.{step}.shaped, offered.{step}.nResults, R); "
            if step != name
            else ""
        )
        lines.append(
            f"{name}: (other) => {{ const before = {name}; offered.{name} = {name} = other; {made}return before; }},"
        )
    return [*lines, "};"]


@functools.cache
def mathematics() -> str:
    """JavaScript that defines `scalarnn.mathematics`: run(), recorded(R), functions, portable."""
    lines = {one.name: one.data for one in _recorded() if one.data}
    parts = [
        "(() => {",
        '"use strict";',
        "const portable = (() => {",
        portable_functions("exp", "expm1", "log", "log1p", "pow"),
        "return { exp, expm1, log, log1p, pow };",
        "})();",
        "const { exp, expm1, pow } = portable;",
        "const log = (x) => (x === 0 ? -Infinity : portable.log(x));",
        "const log1p = (x) => (x === -1 ? -Infinity : portable.log1p(x));",
        "const { sqrt } = Math;",
        HELPERS,
        f"const run = {_scope([to_run(one, name) for name, one in functions().items()], recorded=False)};",
        f"const recorded = {_scope([one.text for one in _recorded()], recorded=True)};",
        f"const functions = {json.dumps(lines, ensure_ascii=False, separators=(',', ':'))};",
        "const leaves = { carried, range, exp, expm1, log, log1p, sqrt, pow, round_to_float32: Math.fround };",
        "(globalThis.scalarnn ||= {}).mathematics = { run: run(), recorded, functions, ...leaves };",
        "})();",
    ]
    return "\n".join(parts) + "\n"


HELPERS = """\
const range = (n) => Array.from({ length: n }, (_, i) => i);
const filled = (list) => (list.length ? list : null);
const zeros_like = (theta) => (Array.isArray(theta) ? theta.map(zeros_like) : 0);

/* A rule of one number for lists of any depth. */
function carried(rule, shaped, nResults, R) {
  function step(...given) {
    if (!Array.isArray(given[0])) return rule(...given);
    const all = Array.from({ length: nResults }, () => []);
    for (let i = 0; i < given[0].length; i++) {
      if (R) R.path.push(i);
      const found = step(...given.map((one, at) => (shaped[at] ? one[i] : one)));
      if (R) R.path.pop();
      all.forEach((list, at) => list.push(nResults > 1 ? found[at] : found));
    }
    return nResults > 1 ? all : all[0];
  }
  return Object.assign(step, { shaped, nResults });
}
"""
