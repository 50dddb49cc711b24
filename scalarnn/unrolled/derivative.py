"""A program's own derivative: its lines from the last to the first, each by the rule of its operation.

Behind each value v stands ∂L/∂v, the sum of what reaches it from the lines that use it. A branch is gone back through
on the side that was taken. What comes out is a program again: the lines of the first one, then those of the way back.
"""

from __future__ import annotations

import ast

from scalarnn.normal import HEIGHT
from scalarnn.unrolled.arithmetic import binary, select, unary
from scalarnn.unrolled.joined import Adjoints
from scalarnn.unrolled.refusal import UnrollError
from scalarnn.unrolled.run import Run
from scalarnn.unrolled.values import Block, Branch, Loop, Value, is_number, plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from scalarnn.unrolled.made import Made
    from scalarnn.unrolled.values import Origin

__all__ = ["differentiated"]


class _At:
    """Stands where a call stands while a function is unrolled: the line that is differentiated."""

    def __init__(self) -> None:
        self.where: Origin | None = None

    def origin(self) -> Origin | None:
        """That line."""
        return self.where


class WayBack:
    """The way back through a program from one of its values."""

    def __init__(self, program: Made, loss: Value) -> None:
        self.run = Run(program.kind, frozenset())
        self.run.frame = self.at = _At()
        self.run.block.items = list(program.block.items)
        self.run.block.table = dict(program.block.table)
        self.adjoints: Any = self.run.heap.new(Adjoints())
        self.needed = _needed(program.block, loss)
        self._add(loss, 1)
        self._block(program.block)

    def of(self, value: Value) -> Any:
        """∂L/∂value."""
        return self.adjoints.get(plain(value), 0)

    # ---- statements --------------------------------------------------------------------------------------------------

    def _block(self, block: Block) -> None:
        for item in reversed(block.items):
            if type(item) is Value:
                if item in self.needed:
                    self._value(item)
            elif type(item) is Branch:
                self._branch(item)
            elif type(item) is Loop and any(one in self.needed for one in [*item.carried, *item.lists]):
                raise UnrollError("a loop that is kept is not differentiated: unroll it without keep=")

    def _branch(self, branch: Branch) -> None:
        phis = [phi for phi in branch.phis if phi in self.needed and phi in self.adjoints]
        if not phis:
            return
        gradients = []
        for phi in phis:
            self._name(phi)
            gradients.append(self.adjoints[phi])
        self.at.where = branch.origin

        def side(at: int, block: Block) -> Callable[[], None]:
            def work() -> None:
                for phi, gradient in zip(phis, gradients, strict=True):
                    self._add(phi.args[at], gradient)
                self._block(block)

            return work

        self.run.branch(branch.condition, side(0, branch.then), side(1, branch.other))

    def _value(self, value: Value) -> None:
        gradient = self.adjoints.get(value)
        if gradient is None or (type(gradient) is not Value and gradient == 0):
            return
        self.at.where = value.origin
        self._name(value)
        rule = RULES.get(value.op)
        if rule is None:
            raise UnrollError(f"{value.op} has no derivative here")
        rule(self, value, gradient, *[plain(a) if type(a) is Value else a for a in value.args])

    # ---- sums --------------------------------------------------------------------------------------------------------

    def _add(self, thing: Any, gradient: Any) -> None:
        if type(thing) is not Value:
            return
        thing = plain(thing)
        if thing not in self.needed:
            return
        self.run.heap.change(self.adjoints, "it")
        before = self.adjoints.get(thing, 0)
        if type(before) is not Value and before == 0:
            self.adjoints[thing] = gradient
        else:
            self.adjoints[thing] = self.do(ast.Add, before, gradient)

    def do(self, kind: Any, a: Any, b: Any) -> Any:
        """An operation of the way back."""
        return binary(self.run, kind, a, b)

    def times(self, a: Any, b: Any) -> Any:
        """a · b."""
        return self.do(ast.Mult, a, b)

    def minus(self, a: Any) -> Any:
        """−a."""
        return unary(self.run, ast.USub, a)

    def emit(self, op: str, *args: Any) -> Any:
        """An elementary function."""
        return self.run.emit(op, *args)

    def add(self, thing: Any, gradient: Any) -> None:
        """One more part of ∂L/∂thing."""
        self._add(thing, gradient)

    def choose(self, condition: Any, a: Any, b: Any) -> Any:
        """a where the condition holds, else b."""
        return select(self.run, condition, a, b)

    def _name(self, value: Value) -> None:
        gradient = self.adjoints.get(value)
        if type(gradient) is Value and value.proposals and gradient.op != "input":
            depth, name = min(value.proposals, key=lambda proposal: proposal[0])
            gradient.proposals.append((depth + 100, f"dL_d{name}"))
            gradient.is_bound = gradient.is_bound or value.is_bound


def _needed(block: Block, loss: Value) -> set[Value]:
    """Values on a way from an input to the loss."""
    above: set[Value] = set()
    stack = [plain(loss)]
    while stack:
        value = stack.pop()
        if value not in above:
            above.add(value)
            if value.op != "input":
                stack.extend(plain(a) for a in value.args if type(a) is Value)
    moved: dict[Value, bool] = {}

    def moves(value: Value) -> bool:
        if value.op == "input":
            return True
        if value not in moved:
            moved[value] = False
            moved[value] = value.kind != "bool" and any(moves(plain(a)) for a in value.args if type(a) is Value)
        return moved[value]

    needed = set()
    for value in _in_order(block):
        if value in above and moves(value):
            needed.add(value)
    needed.update(value for value in above if value.op == "input")
    return needed


def _in_order(block: Block) -> list[Value]:
    found: list[Value] = []
    for item in block.items:
        if type(item) is Value:
            found.append(item)
        elif type(item) is Branch:
            found.extend(_in_order(item.then))
            found.extend(_in_order(item.other))
            found.extend(item.phis)
        elif type(item) is Loop:
            found.extend([*item.carried, *item.lists])
            found.extend(_in_order(item.body))
    return found


# ---- rules -----------------------------------------------------------------------------------------------------------


def _sum_rule(way: WayBack, _v: Value, g: Any, a: Any, b: Any) -> None:
    way.add(a, g)
    way.add(b, g)


def _difference(way: WayBack, _v: Value, g: Any, a: Any, b: Any) -> None:
    way.add(a, g)
    if type(b) is Value and b in way.needed:
        way.add(b, way.minus(g))


def _product(way: WayBack, _v: Value, g: Any, a: Any, b: Any) -> None:
    if a is b:
        way.add(a, way.times(g, way.times(2, a)))
        return
    for one, other in ((a, b), (b, a)):
        if type(one) is Value and one in way.needed:
            way.add(one, way.times(g, other))


def _quotient(way: WayBack, v: Value, g: Any, a: Any, b: Any) -> None:
    if type(a) is Value and a in way.needed:
        if way.run.kind == "any" and type(g) is int and type(b) is int:
            way.add(a, way.emit("ratio", g, b, a))  # 1/2 of a Fraction is one
        else:
            way.add(a, way.do(ast.Div, g, b))
    if type(b) is Value and b in way.needed:
        way.add(b, way.minus(way.do(ast.Div, way.times(g, v), b)))


def _negative(way: WayBack, _v: Value, g: Any, a: Any) -> None:
    way.add(a, way.minus(g))


def _the_same(way: WayBack, _v: Value, g: Any, a: Any) -> None:
    way.add(a, g)


def _exp(way: WayBack, v: Value, g: Any, a: Any) -> None:
    way.add(a, way.times(g, v))


def _expm1(way: WayBack, v: Value, g: Any, a: Any) -> None:
    way.add(a, way.times(g, way.do(ast.Add, v, 1)))


def _log(way: WayBack, _v: Value, g: Any, a: Any) -> None:
    way.add(a, way.do(ast.Div, g, a))


def _log1p(way: WayBack, _v: Value, g: Any, a: Any) -> None:
    way.add(a, way.do(ast.Div, g, way.do(ast.Add, 1, a)))


def _sqrt(way: WayBack, v: Value, g: Any, a: Any) -> None:
    way.add(a, way.do(ast.Div, g, way.times(2, v)))


def _tanh(way: WayBack, v: Value, g: Any, a: Any) -> None:
    way.add(a, way.times(g, way.do(ast.Sub, 1, way.times(v, v))))


def _bell_area(way: WayBack, _v: Value, g: Any, a: Any) -> None:
    power = way.do(ast.Div, way.minus(way.times(a, a)), 2)
    way.add(a, way.times(g, way.times(HEIGHT, way.emit("exp", power))))


def _abs(way: WayBack, _v: Value, g: Any, a: Any) -> None:
    way.add(a, way.choose(way.emit("gt", a, 0), g, way.minus(g)))


def _power(way: WayBack, v: Value, g: Any, a: Any, n: Any) -> None:
    if type(a) is Value and a in way.needed:
        if not is_number(n) and type(n) is not Value:
            raise UnrollError("a power without a number")
        less = way.do(ast.Pow, a, way.do(ast.Sub, n, 1))
        way.add(a, way.times(g, way.times(n, less)))
    if type(n) is Value and n in way.needed:
        way.add(n, way.times(g, way.times(v, way.emit("log", a))))


def _choice(way: WayBack, _v: Value, g: Any, condition: Any, a: Any, b: Any) -> None:
    if type(a) is Value and a in way.needed:
        way.add(a, way.choose(condition, g, 0))
    if type(b) is Value and b in way.needed:
        way.add(b, way.choose(condition, 0, g))


def _built_in_sum(way: WayBack, _v: Value, g: Any, *entries: Any) -> None:
    for entry in entries:
        way.add(entry, g)


def _constant(_way: WayBack, _v: Value, _g: Any, *_args: Any) -> None:
    return


RULES: dict[str, Any] = {
    "add": _sum_rule,
    "sub": _difference,
    "mul": _product,
    "div": _quotient,
    "neg": _negative,
    "pos": _the_same,
    "float": _the_same,
    "exp": _exp,
    "expm1": _expm1,
    "log": _log,
    "log1p": _log1p,
    "math_log": _log,
    "sqrt": _sqrt,
    "tanh": _tanh,
    "bell_area": _bell_area,
    "abs": _abs,
    "pow": _power,
    "select": _choice,
    "sum": _built_in_sum,
    "zero": _constant,
    "ratio": _constant,
    "floordiv": _constant,
}


def differentiated(program: Made, of: str, by: tuple[str, ...]) -> tuple[Run, Any, dict[Value, Any]]:
    """The run with the way back in it, the gradients, nested as the parameters are, and the gradient of each value.

    Raises:
        UnrollError: `of` is no number of the function, or something on the way has no derivative.
    """
    loss = _found(program, of)
    way = WayBack(program, loss)
    gradients: dict[str, Any] = {}
    for name, template in zip(program.parameters, program.templates, strict=True):
        if (not by or name in by) and _has_inputs(template):
            gradients[f"d{of}_d{name}"] = _nested(way, template)
    return way.run, gradients, way.adjoints


def _found(program: Made, of: str) -> Value:
    thing = program.local_names.get(of)
    if type(thing) is not Value and type(program.result) is Value and of in ("result", program.name):
        thing = program.result
    if type(thing) is not Value:
        numbers = sorted(name for name, one in program.local_names.items() if type(one) is Value and one.op != "input")
        known = f"its numbers are {', '.join(numbers)}" if numbers else "it binds no number to a name"
        raise UnrollError(f"{program.name} has no number {of}: {known}")
    return thing


def _has_inputs(template: Any) -> bool:
    if isinstance(template, (list, tuple)):
        return any(_has_inputs(entry) for entry in template)
    if isinstance(template, dict):
        return any(_has_inputs(entry) for entry in template.values())
    return type(template) is Value


def _nested(way: WayBack, template: Any) -> Any:
    if isinstance(template, (list, tuple)):
        return [_nested(way, entry) for entry in template]
    if isinstance(template, dict):
        return {key: _nested(way, entry) for key, entry in template.items()}
    if type(template) is not Value:
        return None
    gradient = way.of(template)
    if type(gradient) is Value and gradient.op != "input":
        if not gradient.proposals:
            gradient.proposals.append((-2, f"dL_d{template.proposals[0][1]}"))
        gradient.is_bound = True
    return gradient
