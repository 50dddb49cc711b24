"""The mathematics in JavaScript: the same statements, where a function is only run.

Every number is a float; a place in a list and a length are small whole numbers, which JavaScript's numbers hold too.
"""

from __future__ import annotations

import ast
import inspect
import re
import textwrap

from scalarnn.doors.later import parameters_of
from scalarnn.javascript import CALL, Translator

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["LEAVES", "QUIET", "Mathematics", "code_of", "loaded", "names_in", "to_run", "tree_of"]

# Functions of one number that are called, and not walked through.
WORDS = ("function", "new", "var", "let", "const", "this", "default", "delete", "typeof", "void", "with", "switch")
LEAVES = ("exp", "expm1", "log", "log1p", "sqrt", "round_to_float32", "bell_area")
QUIET = ("_that_add", "_slope")  # which numbers of a batch are 0.0; the slope of leaky ReLU: no steps


def to_run(function: Any, called: str | None = None) -> str:
    """A function in JavaScript that is only run."""
    node = tree_of(function)
    node.name = called or node.name
    return "\n".join(Mathematics(function).function(node))


def tree_of(function: Any) -> ast.FunctionDef:
    """The tree of a function, its lines numbered as in its file; what is a word of JavaScript gets a dash below."""
    text, first = inspect.getsourcelines(function)
    (node,) = ast.parse(textwrap.dedent("".join(text))).body
    ast.increment_lineno(node, first - 1)
    node = _Sums(function).visit(node)
    if not isinstance(node, ast.FunctionDef):
        raise TypeError(f"{function}: no function")
    for one in ast.walk(node):
        if isinstance(one, ast.Name) and one.id in WORDS:
            one.id += "_"
        elif isinstance(one, ast.arg) and one.arg in WORDS:
            one.arg += "_"
    return node


SUM = """
{total} = 0
for j in range(len({theta})):
    s_j = 0
    for i in range(len({theta}[j])):
        s_j += {rule}
    {total} += s_j
"""


class _Sums(ast.NodeTransformer):
    """`total = sum_of(rule, theta)` as the loops that it comes to for a matrix: every θ of the page is one.

    Args:
        function: who calls it.
    """

    def __init__(self, function: Any) -> None:
        self.known = getattr(function, "__globals__", {})

    def visit_Assign(self, node: ast.Assign) -> Any:
        if not isinstance(node.value, ast.Call) or ast.unparse(node.value.func) != "sum_of":
            return node
        rule, theta = node.value.args
        (of,) = ast.parse(textwrap.dedent(inspect.getsource(self.known[ast.unparse(rule)]))).body
        assert isinstance(of, ast.FunctionDef)
        returned = ast.unparse(of.body[-1]).removeprefix("return ")
        entry = re.sub(rf"\b{of.args.args[0].arg}\b", f"{ast.unparse(theta)}[j][i]", returned)
        loops = ast.parse(SUM.format(total=ast.unparse(node.targets[0]), theta=ast.unparse(theta), rule=entry)).body
        for one in (part for loop in loops for part in ast.walk(loop) if hasattr(part, "lineno")):
            ast.copy_location(one, node)
        return loops


def code_of(function: Any, node: ast.FunctionDef) -> list[list[Any]]:
    """Number and text of its lines, without the docstring."""
    text, first = inspect.getsourcelines(function)
    lines = textwrap.dedent("".join(text)).splitlines()
    said = node.body[0]
    is_said = isinstance(said, ast.Expr) and isinstance(said.value, ast.Constant)
    left_out = range(said.lineno, (said.end_lineno or 0) + 1) if is_said else ()
    return [[first + at, line] for at, line in enumerate(lines) if first + at not in left_out]


def names_in(node: ast.AST) -> list[str]:
    """Every name that is assigned to, in order."""
    found: dict[str, None] = {}
    for one in ast.walk(node):
        if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store):
            found[one.id] = None
    return list(found)


def loaded(node: ast.expr) -> ast.expr:
    """A target as what is read."""
    return ast.parse(ast.unparse(node), mode="eval").body


class Mathematics(Translator):
    """How the mathematics is written where it is only run.

    Args:
        function: whose names are looked up where it is called by keyword.
    """

    def __init__(self, function: Any) -> None:
        self.globals: dict[str, Any] = getattr(function, "__globals__", {})

    # ---- statements --------------------------------------------------------------------------------------------------

    def function(self, node: ast.FunctionDef) -> list[str]:
        """With its defaults, and all parameters by position."""
        parameters = [one.arg for one in (*node.args.args, *node.args.kwonlyargs)]
        head = f"function {node.name}({', '.join(self._with_defaults(node, parameters))}) {{"
        return [head, *self.beginning(node, parameters), *self.block(node.body), "}"]

    def _with_defaults(self, node: ast.FunctionDef, parameters: list[str]) -> list[str]:
        """A default is a number of the file, such as BETA, written as what it is."""
        defaults = dict(zip(reversed([one.arg for one in node.args.args]), reversed(node.args.defaults), strict=False))
        by_name = zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
        defaults |= {one.arg: default for one, default in by_name if default is not None}
        written = []
        for name in parameters:
            default = defaults.get(name)
            value = self.globals.get(default.id) if isinstance(default, ast.Name) else getattr(default, "value", None)
            written.append(f"{name} = {self.constant(value)}" if default is not None else name)
        return written

    def beginning(self, node: ast.FunctionDef, parameters: list[str]) -> list[str]:
        """What comes before the first statement."""
        own = [name for name in names_in(node) if name not in parameters]
        return [f"  let {', '.join(own)};"] if own else []

    def statement(self, node: ast.stmt) -> list[str]:
        """And +=; checks are left out."""
        if isinstance(node, ast.AnnAssign) and node.value is not None:
            return self.statement(ast.copy_location(ast.Assign([node.target], node.value), node))
        if isinstance(node, ast.AugAssign):
            value = ast.BinOp(loaded(node.target), node.op, node.value)
            return [f"{self.text(node.target)} = {self.text(value)};"]
        if isinstance(node, ast.Continue):
            return ["continue;"]
        if isinstance(node, ast.Expr) and ast.unparse(node).startswith("check."):
            return []
        return super().statement(node)

    def rounds(self, node: ast.For) -> str:
        """Over a range, or the numbers of a list."""
        if not isinstance(node.target, ast.Name):
            raise self.refused(node)
        each = node.target.id
        if isinstance(node.iter, ast.Call) and ast.unparse(node.iter.func) == "range":
            bounds = [self.text(one) for one in node.iter.args]
            start, stop = ("0", bounds[0]) if len(bounds) == 1 else bounds[:2]
            back = len(bounds) > 2 and bounds[2] == "-1"
            return f"{each} = {start}; {each} {'>' if back else '<'} {stop}; {each}{'--' if back else '++'}"
        return f"{each} of {self.text(node.iter)}"

    # ---- expressions -------------------------------------------------------------------------------------------------

    def expression(self, node: Any) -> tuple[str, int]:
        """And powers, lists of one number, comprehensions, attributes; a type is always that of a float."""
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
            return f"pow({self.text(node.left)}, {self.text(node.right)})", CALL
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult) and isinstance(node.left, ast.List):
            return f"Array({self.text(node.right)}).fill({self.text(node.left.elts[0])})", CALL
        if (
            isinstance(node, ast.UnaryOp)
            and isinstance(node.op, ast.USub)
            and not isinstance(node.operand, ast.Constant)
        ):
            return f"-{self.text(node.operand, 13)}", 13
        if isinstance(node, ast.BoolOp) and not isinstance(node.values[0], (ast.Compare, ast.BoolOp)):
            return f"filled({self.text(node.values[0])}) || {self.text(node.values[1], 4)}", 3
        if isinstance(node, ast.ListComp):
            return self.comprehension(node), CALL
        if isinstance(node, ast.Attribute):
            return f"{self.text(node.value, CALL)}.{node.attr}", CALL
        if isinstance(node, ast.Compare) and ast.unparse(node.left).startswith("type("):
            return ("false" if isinstance(node.ops[0], ast.IsNot) else "true"), CALL  # every number is a float
        if isinstance(node, ast.Name) and self.constant_of(node) is not None:
            return self.constant(self.constant_of(node)).replace("inf", "Infinity"), CALL
        return super().expression(node)

    def constant_of(self, node: ast.expr) -> float | None:
        """The number that a name of the file stands for, such as CLIP_TO_ONE_IN."""
        value = self.globals.get(node.id) if isinstance(node, ast.Name) else None
        return value if type(value) in (int, float) else None

    def item(self, node: ast.Subscript) -> str:
        """And slices; the zero of any kind is 0."""
        if ast.unparse(node.value) == "ZEROS":
            return "0"
        if isinstance(node.slice, ast.Slice):
            bounds = (node.slice.lower, node.slice.upper, node.slice.step)
            return f"sliced({self.text(node.value)}, {', '.join(self.text(b) if b else 'null' for b in bounds)})"
        return super().item(node)

    def call(self, node: ast.Call) -> str:
        """What has another name in JavaScript; keywords by position."""
        name = ast.unparse(node.func)
        arguments = [self.text(one) for one in self.arguments(node)]
        given = ", ".join(arguments)
        if name == "len":
            return f"{arguments[0]}.length"
        if name == "list":
            return f"[...{given}]"
        if name == "ratio":
            return f"({self.text(node.args[0], 12)} / {self.text(node.args[1], 13)})"
        if isinstance(node.func, ast.Attribute) and node.func.attr == "append":
            return f"{self.text(node.func.value, CALL)}.push({given})"
        if name in ("scalar.power", "power"):
            return f"pow({given})"
        if name in self.globals and inspect.isclass(self.globals[name]):
            return f"new {name}({given})"
        return super().call(ast.copy_location(ast.Call(node.func, self.arguments(node), []), node))

    def arguments(self, node: ast.Call) -> list[ast.expr]:
        """What is given, in the order of the parameters; what is left out in the middle is undefined."""
        if not node.keywords or ast.unparse(node.func) == "ratio":
            return list(node.args)
        called = self.globals.get(ast.unparse(node.func))
        called = getattr(called, "__wrapped__", called)
        order = [name for part in parameters_of(called) for name in part]
        given: list[ast.expr] = list(node.args)
        by_name = {one.arg: one.value for one in node.keywords}
        last = max(order.index(str(name)) for name in by_name)
        for name in order[len(given) : last + 1]:
            given.append(by_name.get(name, ast.Name("undefined", ast.Load())))
        return given

    def comprehension(self, node: ast.ListComp) -> str:
        """[f(a, b) for a, b in zip(A, B)] and its like, which are numbered as they go."""
        (loop,) = node.generators
        over, names = self.over(loop)
        first, *others = over
        bound = "".join(
            f"const {name} = {self.text(source)}[k]; " for name, source in zip(names[1:], others, strict=True)
        )
        body = self.each(node.elt, names, over)
        return f"{self.text(first, CALL)}.map(({names[0]}, k) => {{ {bound}return {body}; }})"

    def each(self, node: ast.expr, names: list[str], over: list[ast.expr]) -> str:  # noqa: ARG002
        """One entry of a comprehension."""
        return self.text(node)

    def over(self, loop: ast.comprehension) -> tuple[list[ast.expr], list[str]]:
        """The lists, and what an entry of each is called."""
        if isinstance(loop.target, ast.Tuple) and isinstance(loop.iter, ast.Call):
            return list(loop.iter.args), [ast.unparse(one) for one in loop.target.elts]
        if isinstance(loop.iter, ast.Call) and ast.unparse(loop.iter.func) == "range":
            return [ast.parse(f"counted({ast.unparse(loop.iter.args[0])})", mode="eval").body], [
                ast.unparse(loop.target)
            ]
        return [loop.iter], [ast.unparse(loop.target)]
