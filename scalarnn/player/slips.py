"""The catalogue of slips in JavaScript: tried on whatever numbers stand in the page.

A slip of lines says what stands in the place of a line, in Python with names in braces; that is translated as it is.
What a name in braces stands for is found in the page (`assets/naming.js`). A slip inside a function is the function
with the slip in it, translated like any other.
"""

from __future__ import annotations

import ast
import functools
import inspect
import json
import re
import textwrap

import scalarnn
from scalarnn.exercise.keys import ACTIVATIONS
from scalarnn.exercise.slips.helpers import HELPERS
from scalarnn.exercise.slips.lines import PATTERNS
from scalarnn.exercise.slips.others import others
from scalarnn.exercise.slips.slip import Slip, catalogue
from scalarnn.javascript import CALL
from scalarnn.player.assets import NAMING, scripts
from scalarnn.player.bench import loss_kinds, one_neuron_each
from scalarnn.player.shipped import CLASSES, RULES, functions
from scalarnn.player.translation import LEAVES, Mathematics, tree_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["inside_names", "script", "translated_slips"]

# Names in braces that the page can find; a slip with another one is not tried there.
KNOWN = {"i", "j", "line", "own", "weights", "given_W", "given_b", "update", "scores", "at", "p", "z_before", "x_first"}
# In `assets/naming.js` by hand: what goes by decimal digits, by a shape, or by any number of arguments.
BY_HAND = ("transposed", "each", "taken", "first", "decimals", "cut_decimals", "digits", "targets", "given")
BUILT_IN = {"sum": "sum", "abs": "Math.abs", "max": "most", "min": "least", "enumerate": "numbered", "range": "range"}


class Expressions(Mathematics):
    """How an expression of a slip is written: names in braces are values of the page."""

    def __init__(self) -> None:
        super().__init__(None)
        self.globals = vars(scalarnn)
        self.inside: list[set[str]] = [set()]

    def expression(self, node: Any) -> tuple[str, int]:
        """And lambda, starred lists, choices by a list; what has no meaning in the page is refused."""
        if isinstance(node, ast.Name):
            return self._name(node.id), CALL
        if isinstance(node, ast.Lambda):
            names = [one.arg for one in node.args.args]
            self.inside.append(self.inside[-1] | set(names))
            text = f"(({', '.join(names)}) => {self.text(node.body, 2)})"
            self.inside.pop()
            return text, CALL
        if isinstance(node, ast.Starred):
            return f"...{self.text(node.value)}", CALL
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add) and _is_a_list(node):
            return f"[...{self.text(node.left, CALL)}, ...{self.text(node.right, CALL)}]", CALL
        if isinstance(node, ast.Attribute) and node.attr in ("forward", "backward"):
            return f"bound({self.text(node.value)}, {json.dumps(node.attr)})", CALL
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], (ast.Is, ast.IsNot)):
            raise self.refused(node)
        return super().expression(node)

    def _name(self, name: str) -> str:
        if name in self.inside[-1]:
            return name
        if name.startswith("G_f"):
            return f"fn({json.dumps(name.removeprefix('G_f'))})"
        if name.startswith("G_"):
            return f"of({json.dumps(name.removeprefix('G_'))})"
        if name in HELPERS or name in BY_HAND or name in LEAVES:
            return name
        if name in functions() or name.removesuffix("_step") in RULES or name == "zeros_like":
            return f"M.{name}"
        if name == "n_outputs":
            return "n_outputs()"
        if name in BUILT_IN:
            return BUILT_IN[name]
        if name in ("learning_rate", "L", "was", "updated"):
            return f"v.{name}"
        raise TypeError(f"{name}: not known in the page")

    def item(self, node: ast.Subscript) -> str:
        """An entry, counted from the end where it is below 0; an error where there is none."""
        if ast.unparse(node.slice) == "::-1":
            return f"[...{self.text(node.value)}].reverse()"
        if isinstance(node.slice, ast.Slice):
            return super().item(node)
        return f"entry({self.text(node.value)}, {self.text(node.slice)})"

    def call(self, node: ast.Call) -> str:
        """A function of the page, or of the package."""
        name = ast.unparse(node.func)
        if name == "isinstance":
            return f"Array.isArray({self.text(node.args[0])})"
        if name in {kind.__name__ for kind in CLASSES}:
            return f"new M.{name}({', '.join(self.text(one) for one in node.args)})"
        if name == "len":
            return f"{self.text(node.args[0], CALL)}.length"
        return f"{self.text(node.func, CALL)}({', '.join(self.text(one) for one in node.args)})"

    def comprehension(self, node: ast.ListComp) -> str:
        """Its names are its own."""
        (loop,) = node.generators
        if loop.ifs:
            raise self.refused(node)
        target = ast.unparse(loop.target)
        if isinstance(loop.iter, ast.Call) and ast.unparse(loop.iter.func) == "enumerate":
            over: list[ast.expr] = [loop.iter]
            names = [one.strip(" ()") for one in target.split(",")]
            head = f"([{', '.join(names)}])"
        else:
            over, names = self.over(loop)
            head = f"({names[0]}, k_)"
        self.inside.append(self.inside[-1] | set(names))
        body = self.text(node.elt)
        self.inside.pop()
        first, *others = [self._range(one) for one in over]
        pairs = zip(names[1:], others, strict=False) if len(over) > 1 else ()
        bound = "".join(f"const {name} = {source}[k_]; " for name, source in pairs)
        return f"{first}.map({head} => {{ {bound}return {body}; }})"

    def _range(self, node: ast.expr) -> str:
        text = self.text(node, CALL) if not ast.unparse(node).startswith("counted(") else ""
        return text or f"range({self.text(node.args[0])})"  # type: ignore[attr-defined]

    def refused(self, node: ast.AST) -> TypeError:
        """What cannot be written."""
        return TypeError(f"{ast.unparse(node)}: no slip of the page")


def _is_a_list(node: ast.BinOp) -> bool:
    """p[1:] + p[:1], and a list that is written out."""
    return any(
        isinstance(one, ast.List) or (isinstance(one, ast.Subscript) and isinstance(one.slice, ast.Slice))
        for one in (node.left, node.right)
    )


def _put(text: str) -> str:
    """JavaScript of one line that a slip puts there: `{dz} = negative({da})`."""
    if text in ("{line}", "{update}"):
        return f"{text.strip('{}')}();"
    prepared = text.replace("{state}", "*{state}, ").replace("{more}", ", *{more}")
    target, _, expression = re.sub(r"\{(\w+)\}", r"G_\1", prepared).partition(" = ")
    value = Expressions().text(ast.parse(expression, mode="eval").body)
    names = [one.strip().removeprefix("G_") for one in target.split(",")]
    return f"set({json.dumps(names)}, {value});"


def _on_lines(slip: Slip) -> dict[str, Any]:
    """A slip of lines; its code, and the pattern of the line."""
    in_braces = {name for line in slip.put for name in re.findall(r"\{(\w+)\}", line)}
    groups = set(re.findall(r"\(\?P<(\w+)>", PATTERNS[slip.line]))
    if not in_braces <= groups | KNOWN | {"b", "da"}:
        raise TypeError(f"{slip.name}: {in_braces - groups - KNOWN}")
    over = getattr(slip, "over", "") or ("entries" if "i" in in_braces else "")
    given = "({ v, of, fn, set, line, update, M, n_outputs })"
    return {"line": slip.line, "over": over, "code": f"{given} => {{ {' '.join(map(_put, slip.put))} }}"}


def _inside(slip: Slip) -> dict[str, Any]:
    """A slip inside a function: the function as it is then."""
    function = functions()[slip.inside]
    source = "".join(inspect.getsourcelines(function)[0])
    if slip.old not in source:
        raise TypeError(f"{slip.name}: nothing to exchange")
    (node,) = ast.parse(textwrap.dedent(source.replace(slip.old, slip.new))).body
    assert isinstance(node, ast.FunctionDef)
    text = "\n".join(Mathematics(function).function(node))
    return {"inside": slip.inside, "code": f"(M) => {{ {_known_to(text)}\nreturn {text}; }}"}


def _known_to(text: str) -> str:
    """What of the mathematics a function uses."""
    used = [name for name in functions() if re.search(rf"\b{name}\(", text.partition("{")[2])]
    return f"const {{ {', '.join(used)} }} = M;" if used else ""


@functools.cache
def translated_slips() -> tuple[tuple[Slip, dict[str, Any] | None], ...]:
    """Every slip of the catalogue, and its JavaScript; None where the page does not try it."""
    found: list[tuple[Slip, dict[str, Any] | None]] = []
    for slip in catalogue():
        try:
            made = _inside(slip) if slip.inside else _on_lines(slip)
        except (TypeError, SyntaxError, KeyError, AttributeError):
            made = None
        found.append((slip, made))
    return tuple(found)


def inside_names() -> list[str]:
    """The functions that a slip changes from inside."""
    return sorted({made["inside"] for _, made in translated_slips() if made and "inside" in made})


@functools.cache
def _helpers() -> str:
    texts = []
    for name, function in HELPERS.items():
        if name in BY_HAND or name in LEAVES:
            continue
        try:
            node = tree_of(function)
            writer = Expressions()
            writer.inside = [{one.arg for one in node.args.args}]
            returns = node.body[-1]
            if len([one for one in node.body if not isinstance(one, ast.Expr)]) > 2 or node.args.vararg:
                raise TypeError(name)
            texts.append("\n".join(_HelperLines(writer.inside).function(node)))
            assert isinstance(returns, ast.Return)
        except (TypeError, SyntaxError, AttributeError):
            texts.append(f"const {name} = () => {{ throw new Error('{name}'); }};")
    return "\n".join(texts)


class _HelperLines(Expressions):
    """A helper as a function."""

    def __init__(self, inside: list[set[str]]) -> None:
        super().__init__()
        self.inside = inside


def _others() -> dict[str, dict[str, dict[str, Any]]]:
    """Another loss, and another activation, for each: how that is called. Found on networks of one neuron a layer."""
    found: dict[str, dict[str, dict[str, Any]]] = {"losses": {}, "activations": {}}
    for kind in loss_kinds():
        exercise = one_neuron_each(1, kind["loss"], kind["ending"], kind["target"], "gradient_descent")
        for slip, changes in others(exercise):
            if set(changes) == {"loss"}:
                found["losses"].setdefault(kind["loss"], {})[changes["loss"].replace(" ", "_")] = _says(slip)
    for mine in ACTIVATIONS:
        exercise = one_neuron_each(2, "squared_error", "identity", "y", "gradient_descent")
        layers = [dict(layer) for layer in exercise.given["layer"]]
        layers[0]["activation"] = mine
        for slip, changes in others(exercise.but(layer=layers)):
            other = changes["layer"][0]["activation"] if set(changes) == {"layer"} else mine
            if other != mine and changes["layer"][1]["activation"] == "identity":
                found["activations"].setdefault(mine, {})[other] = _says(slip)
    return found


def _says(slip: Slip) -> dict[str, Any]:
    return {"name": slip.name.partition(" in layer")[0], "used": slip.used, "right": slip.right, "rank": slip.rank}


def script() -> str:
    """JavaScript that adds the slips to the page."""
    patterns = {name: re.sub(r"\(\?P<", "(?<", pattern) for name, pattern in PATTERNS.items()}
    rows = []
    for slip, made in translated_slips():
        if made is None:
            continue
        says = {"name": slip.name, "used": slip.used, "right": slip.right, "rank": slip.rank}
        says |= {key: value for key, value in made.items() if key != "code"}
        head = json.dumps(says, ensure_ascii=False, separators=(",", ":"))
        rows.append(f"Object.assign({head}, {{ does: {made['code']} }}),")
    return scripts(NAMING) + "\n".join(
        [
            "(() => {",
            '"use strict";',
            "const { exp, expm1, log, log1p, sqrt, range } = scalarnn.mathematics;",
            "const M = scalarnn.mathematics.run;",
            "const { bound, each, entry, taken, transposed, first } = scalarnn.slipTools;",
            "const { decimals, cut_decimals, digits, sum, most, least, numbered, sliced } = scalarnn.slipTools;",
            _helpers(),
            f"const PATTERNS = {json.dumps(patterns)};",
            f"const others = {json.dumps(_others(), ensure_ascii=False, separators=(',', ':'))};",
            "scalarnn.slips = { PATTERNS, others, all: [",
            *rows,
            "] };",
            "})();",
            "",
        ]
    )
