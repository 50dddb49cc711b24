"""The mathematics in JavaScript, recorded line by line.

Each line that takes a step tells the recorder `R` its value and the numbers that went in; the names and the formula
of a line are known when it is translated, and are data:

    s_j = R.at(3, s_j + W_j[i] * x[i], [s_j, W_j[i], x[i]], [i, i, j]);
"""

from __future__ import annotations

import ast
import inspect
from dataclasses import dataclass, field
from pathlib import Path

from scalarnn.javascript import CALL
from scalarnn.player.formulas import Slots, formula, root_of, symbol_data
from scalarnn.player.translation import LEAVES, QUIET, Mathematics, code_of, loaded, names_in, tree_of
from scalarnn.tracing.symbols import symbol_of, symbols_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.player.formulas import Formula
    from scalarnn.tracing.symbols import Symbol

__all__ = ["Lines", "Translated", "translated"]

LOOKED_AT = ("len", "list", "range", "ratio", "abs", "scalar.power", "power", *QUIET)  # calls that are no steps


@dataclass
class Translated:
    """A function in JavaScript, and what its lines say.

    Attributes:
        name: its name, as it is called in JavaScript.
        text: JavaScript, with the lines recorded.
        data: for the page: where it stands, its lines, its names, and what each recorded line is.
    """

    name: str
    text: str
    data: dict[str, Any] = field(default_factory=dict)


def translated(function: Any, called: str | None = None) -> Translated:
    """A function in JavaScript that is recorded."""
    node = tree_of(function)
    node.name = name = called or node.name
    if name in QUIET:
        return Translated(name, "\n".join(Mathematics(function).function(node)))
    lines = Lines(function, node, name)
    text = "\n".join(lines.function(node))
    file = Path(inspect.getsourcefile(function) or "")
    file_name = "/".join(file.parts[file.parts.index("scalarnn", -4) :]) if "scalarnn" in file.parts[-4:] else file.name
    return Translated(name, text, lines.data(file_name, code_of(function, node)))


class Lines(Mathematics):
    """How the mathematics is written where it is recorded.

    Args:
        function: the function.
        node: its tree.
        name: what it is called in JavaScript.
    """

    def __init__(self, function: Any, node: ast.AST, name: str) -> None:
        super().__init__(function)
        self.name = name
        self.rows: list[dict[str, Any]] = []
        self.symbols = symbols_of(_all_names(node))
        self.counters = [
            one.target.id for one in ast.walk(node) if isinstance(one, ast.For) and isinstance(one.target, ast.Name)
        ]
        letters = {name: _letter(symbol) for name, symbol in self.symbols.items()}
        self.entries = {one: of for one, of in _entries(node).items() if letters.get(one) == letters.get(of)}
        self.grown = {root_of(one.target) for one in ast.walk(node) if isinstance(one, ast.AugAssign)}
        self.parameters: list[str] = []
        self.results: list[str | None] = []
        self.free: list[str] = []  # names for what calls within a line give
        self.between: list[str] = []  # those that have been taken
        self.shown: list[str] = []

    def data(self, file: str, code: list[list[Any]]) -> dict[str, Any]:
        """What the page knows of the function."""
        return {
            "file": file,
            "code": code,
            "parameters": self.parameters,
            "results": self.results,
            "counters": self.counters,
            "shown": self.shown,
            "names": {name: symbol_data(symbol) for name, symbol in self.symbols.items()},
            "lines": self.rows,
        }

    def beginning(self, node: ast.FunctionDef, parameters: list[str]) -> list[str]:
        """And the recorder is told that the call begins."""
        self.parameters = [name for name in parameters if name != "self"]
        self.shown = [name for name in (*self.parameters, *names_in(node)) if name not in self.counters]
        seen = ", ".join(self.shown + self.counters)
        between = [ast.unparse(one) for one in ast.walk(node) if isinstance(one, ast.Assign) and _has_call_within(one)]
        possible = ["s", *(f"s{n}" for n in range(1, len(between) + len(self.symbols)))]
        names = self.free = [name for name in possible if name not in self.symbols][: len(between)]
        own = [f"  let {', '.join(names)};"] if names else []
        return [*super().beginning(node, parameters), *own, f'  R.begin("{self.name}", () => [{seen}]);']

    # ---- statements --------------------------------------------------------------------------------------------------

    def statement(self, node: ast.stmt) -> list[str]:
        """What takes a step, calls or chooses is told to the recorder."""
        if isinstance(node, ast.Assign):
            return self._assigned(node, node.targets[0], node.value)
        if isinstance(node, ast.AugAssign):
            value = ast.BinOp(loaded(node.target), node.op, node.value)
            return [f"{self.text(node.target)} = {self._step(node, node.target, value, grows=True)};"]
        if isinstance(node, ast.If):
            return self._branch(node)
        if isinstance(node, ast.Return):
            return self._returned(node)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and not _is_said(node):
            return self._appended(node, node.value)
        return super().statement(node)

    def _assigned(self, node: ast.stmt, target: ast.expr, value: ast.expr) -> list[str]:
        left = self.text(target)
        if isinstance(value, ast.ListComp) and not _is_list(value) and _called_within(value.elt) is None:
            return [f"{left} = {self._each_number(node, target, value)};"]
        called = _called_within(value)
        if called is not None and called is not value and not isinstance(value, ast.ListComp):
            return [f"{left} = {self._around_a_call(node, target, value, called)};"]
        if called is not None and not self._is_leaf(called):
            return [f"{left} = {self._call(node, target, value)};"]
        if self._is_quiet(target, value):
            bound = ast.unparse(target)
            of = self._entry(bound) if _is_list(value) else None
            if of is None and isinstance(value, (ast.Subscript, ast.Name)) and root_of(value) in self.symbols:
                of = value
            after = [f'R.alias("{bound}", {self._alias(of)});'] if of is not None else []
            return [f"{left} = {self.text(value)};", *after]
        if isinstance(target, ast.Tuple):
            return [f"{left} = {self.text(value)};"]
        return [f"{left} = {self._step(node, target, value)};"]

    def _is_leaf(self, node: ast.Call) -> bool:
        name = ast.unparse(node.func)
        return name in (*LEAVES, *LOOKED_AT)

    def _is_quiet(self, target: ast.expr, value: ast.expr) -> bool:
        """A list that begins, a sum that begins, a length, and what is only looked up."""
        if _is_list(value) or isinstance(value, (ast.ListComp, ast.Attribute)):
            return True
        if isinstance(value, ast.Call) and ast.unparse(value.func) in ("len", "list", "range", *QUIET):
            return True
        name = root_of(target)
        if not any(isinstance(one, ast.Name) for one in ast.walk(value)):
            return name in self.grown or (isinstance(value, ast.Constant) and name == "best")
        if not isinstance(value, ast.Subscript):
            return False
        own = self.symbols[name]
        if own.over is not None and not own.index_letters() and self.counters:
            return True
        return root_of(value) in self.symbols and _letter(self.symbols[root_of(value)]) == _letter(own)  # x_n of X

    def _appended(self, node: ast.Expr, call: ast.Call) -> list[str]:
        if isinstance(call.func, ast.Attribute) and call.func.attr == "append":
            (value,) = call.args
            if isinstance(value, ast.Name):
                return [f"{self.text(call)};"]
            owner = ast.unparse(call.func.value)
            place = ast.parse(f"{owner}[len({owner})]", mode="eval").body
            return [f"{owner}.push({self._step(node, place, value)});"]
        return super().statement(node)

    def _branch(self, node: ast.If) -> list[str]:
        test = self.text(node.test)
        asked = {one.id for one in ast.walk(node.test) if isinstance(one, ast.Name)}
        if not asked <= {*self.counters, "label"}:
            slots = Slots(self)
            row = self._row(node, "if", formula(node.test, slots))
            test = f"R.when({row}, {test}, {slots.values()}, {slots.indices(self.counters)})"
        other = [*(["} else {", *self.block(node.orelse)] if node.orelse else []), "}"]
        return [f"if ({test}) {{", *self.block(node.body), *other]

    def _returned(self, node: ast.Return) -> list[str]:
        value = node.value
        if isinstance(value, ast.Tuple):
            self.results = [one.id if isinstance(one, ast.Name) else None for one in value.elts]
        elif isinstance(value, ast.Name):
            self.results = self.results or [value.id]
        elif not isinstance(value, ast.List):
            self.results = ["return"]
            self.symbols.setdefault("return", symbol_of("result"))
            target = ast.Name("return", ast.Store())
            called = _called_within(value) if value is not None else None
            if called is not None and called is value and not self._is_leaf(called):
                return [f"return R.end({self._call(node, target, called)});"]
            if value is not None and not isinstance(value, ast.IfExp):
                return [f"return R.end({self._step(node, target, value)});"]
        return [f"return R.end({self.text(value)});"]

    # ---- what is recorded --------------------------------------------------------------------------------------------

    def _row(self, node: ast.stmt, kind: str, says: Formula, **more: Any) -> int:
        row = {"line": node.lineno, "kind": kind, **says, **more}
        self.rows.append(row)
        return len(self.rows) - 1

    def _step(self, node: ast.stmt, target: ast.expr, value: ast.expr, *, grows: bool = False) -> str:
        slots = Slots(self)
        says = formula(value, slots)
        bound = ast.unparse(target)
        of = self._entry(bound) or target
        says["targets"] = [slots.place(of)]
        if of is not target:
            says["binds"] = bound
        row = self._row(node, "sum" if grows else "step", says)
        return f"R.at({row}, {self.text(value)}, {slots.values()}, {slots.indices(self.counters)})"

    def _call(self, node: ast.stmt, target: ast.expr, value: ast.expr) -> str:
        """A line that calls what is recorded too; what is computed around the call is not read."""
        slots = Slots(self)
        targets = target.elts if isinstance(target, (ast.Tuple, ast.List)) else [target]
        called = value if isinstance(value, ast.Call) else None
        says: dict[str, Any] = {"called": ast.unparse(_called_within(value).func)}  # type: ignore[union-attr]
        if called is not None:
            says["arguments"] = [self._given(one, slots) for one in self.arguments(called)]
        says["targets"] = [slots.place(self._entry(ast.unparse(one)) or one) for one in targets]
        if len(targets) == 1 and self._entry(ast.unparse(target)) is not None:
            says["binds"] = ast.unparse(target)
        if isinstance(target, ast.Tuple) and len(targets) == 1:
            says["alone"] = True  # (y,) = f(x): the only entry of what it gives
        inside = isinstance(value, ast.ListComp)
        row = self._row(node, "call" if called is not None or inside else "code", says)
        if inside:
            self._of_each = (row, targets[0])
        indices = slots.indices(self.counters)
        return f"R.done({row}, (R.call({row}, {indices}), {self.text(value)}), {indices})"

    def _around_a_call(self, node: ast.stmt, target: ast.expr, value: ast.expr, called: ast.Call) -> str:
        """float32(weighted_sum(x, w)) + b: the call first, with a name for what it gives; then the rest."""
        name = self.free[len(self.between)]
        self.between.append(name)
        self.symbols[name] = symbol_of(name)
        result = ast.Name(name, ast.Store())
        first = self._call(node, result, called)
        rest = _Exchange(called, ast.Name(name, ast.Load())).visit(value)
        return f"({name} = {first}, {self._step(node, target, rest)})"

    def _each_number(self, node: ast.stmt, target: ast.expr, value: ast.ListComp) -> str:
        """[2 * x_i for x_i in x]: each entry is a step."""
        over, names = self.over(value.generators[0])
        numbered = ast.Name("k", ast.Load())
        known: dict[str, ast.expr] = {}
        for name, one in zip(names, over, strict=True):
            is_count = ast.unparse(one).startswith("counted(")
            known[name] = numbered if is_count else ast.Subscript(one, numbered, ast.Load())
        entry = _Put(known).visit(ast.parse(ast.unparse(value.elt), mode="eval").body)
        slots = Slots(self)
        says = formula(entry, slots)
        says["targets"] = [slots.place(ast.Subscript(loaded(target), numbered, ast.Load()))]
        row = self._row(node, "step", says)
        step = f"R.at({row}, {self.text(entry)}, {slots.values()}, {slots.indices(self.counters)})"
        return f"{self.text(over[0], CALL)}.map((_, k) => {step})"

    _of_each: tuple[int, ast.expr] | None = None

    def each(self, node: ast.expr, names: list[str], over: list[ast.expr]) -> str:
        """One entry of a comprehension: a call of its own, whose result is an entry of the target."""
        if self._of_each is None or not isinstance(node, ast.Call) or self._is_leaf(node):
            return self.text(node)
        row, target = self._of_each
        slots = Slots(self)
        known = dict(zip(names, over, strict=True))
        says: dict[str, Any] = {"arguments": [], "called": ast.unparse(node.func)}
        for one in self.arguments(node):
            source = known.get(ast.unparse(one))
            place = ast.Subscript(source, ast.Name("k", ast.Load()), ast.Load()) if source is not None else one
            says["arguments"].append(slots.place(place) if _is_place(place) else None)
        says["targets"] = [slots.place(ast.Subscript(loaded(target), ast.Name("k", ast.Load()), ast.Load()))]
        inner = len(self.rows)
        self.rows.append({"line": self.rows[row]["line"], "kind": "each", **says})
        return f"(R.call({inner}, {slots.indices([])}), {self.text(node)})"

    def _given(self, node: ast.expr, slots: Slots) -> Any:
        """Whose numbers an argument is: a place, the places in a list, or None."""
        if isinstance(node, ast.List) and all(_is_place(one) for one in node.elts):
            return {"of": [slots.place(one) for one in node.elts]}
        return slots.place(node) if _is_place(node) else None

    def _entry(self, name: str) -> ast.expr | None:
        """The place in a list where a value is going to stand."""
        of = self.entries.get(name)
        return None if of is None else ast.parse(f"{of}[len({of})]", mode="eval").body

    def _alias(self, node: ast.expr) -> str:
        """The name of a list and the places in it."""
        indices: list[str] = []
        while isinstance(node, ast.Subscript):
            indices.insert(0, self.text(node.slice))
            node = node.value
        return f'"{ast.unparse(node)}", [{", ".join(indices)}]'


def _letter(symbol: Symbol) -> str:
    """What stays of a symbol without its indices, small: of a row and of its matrix the same."""
    return symbol.bare().unicode().lower().replace("ₙ", "")


class _Exchange(ast.NodeTransformer):
    """Another expression in the place of one."""

    def __init__(self, old: ast.expr, new: ast.expr) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> Any:
        return self.new if node is self.old else self.generic_visit(node)


class _Put(ast.NodeTransformer):
    """Other expressions in the place of names."""

    def __init__(self, known: dict[str, ast.expr]) -> None:
        self.known = known

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self.known.get(node.id, node)


def _all_names(node: ast.AST) -> list[str]:
    names = [one.arg for one in ast.walk(node) if isinstance(one, ast.arg)]
    names += [one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)]
    return list(dict.fromkeys(name for name in names if name != "self"))


def _entries(node: ast.AST) -> dict[str, str]:
    """Which names are appended to which lists."""
    found = {}
    for one in ast.walk(node):
        if not isinstance(one, ast.Call) or not isinstance(one.func, ast.Attribute) or one.func.attr != "append":
            continue
        if isinstance(one.args[0], ast.Name):
            found[one.args[0].id] = ast.unparse(one.func.value)
    return found


def _called_within(node: ast.expr) -> ast.Call | None:
    """The first call within an expression that is more than a length or an exp."""
    calls = [one for one in ast.walk(node) if isinstance(one, ast.Call)]
    if isinstance(node, ast.Call):
        return node
    skipped = (*LEAVES, *LOOKED_AT, "type", "zip")
    return next((one for one in calls if ast.unparse(one.func) not in skipped), None)


def _has_call_within(node: ast.Assign) -> bool:
    """Whether it calls something, and computes with what that gives."""
    called = _called_within(node.value)
    return called is not None and called is not node.value and not isinstance(node.value, ast.ListComp)


def _is_list(node: ast.expr) -> bool:
    """[], [0] * n, a list of such."""
    if isinstance(node, ast.ListComp):
        return _is_list(node.elt)
    return isinstance(node, ast.List) or (isinstance(node, ast.BinOp) and isinstance(node.left, ast.List))


def _is_place(node: ast.expr) -> bool:
    """A name, or an entry of what has a name."""
    while isinstance(node, ast.Subscript) and not isinstance(node.slice, ast.Slice):
        node = node.value
    return isinstance(node, ast.Name)


def _is_said(node: ast.Expr) -> bool:
    return ast.unparse(node).startswith("check.")
