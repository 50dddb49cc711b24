"""What an expression of the code is, given what its names mean: numbers with formulas, lists, conditions.

The expression is worked out again, in the order in which Python does it, so that the calls that were recorded are met
in their order. What has no place in mathematics gives None: then the line is shown as code.
"""

from __future__ import annotations

import ast
import builtins
import inspect
import operator

from scalarnn.tracing.arrays import array_attribute, array_method, array_part, compared_each, elementwise, is_array
from scalarnn.tracing.attributes import kept
from scalarnn.tracing.calling import Asked, Closure, call, named_tuple
from scalarnn.tracing.expressions import All, Comparison, Minus, Number
from scalarnn.tracing.knowing import method
from scalarnn.tracing.naming import bind_name, bind_round
from scalarnn.tracing.notation import OPERATIONS, SIGNS, combined
from scalarnn.tracing.values import Cells, Node, Thing, Truth, concrete, is_number, literal, same

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from scalarnn.tracing.frame import Frame
    from scalarnn.tracing.values import Value

__all__ = ["attribute", "calculated", "condition", "read"]

OPPOSITE = {">": "<=", ">=": "<", "<": ">=", "<=": ">", "==": "!=", "!=": "=="}
COMPARED: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Is: operator.is_,
    ast.IsNot: operator.is_not,
    ast.In: lambda one, others: one in others,
    ast.NotIn: lambda one, others: one not in others,
}


def read(frame: Frame, node: ast.expr | None) -> Value | None:
    """What an expression is; None where nobody can tell."""
    reader = READERS.get(type(node))
    return reader(frame, node) if reader is not None else _unknown(frame, node)


def _unknown(frame: Frame, node: ast.AST | None) -> Value | None:
    """Something else: the calls inside are met all the same."""
    for child in ast.iter_child_nodes(node) if node is not None else ():
        if isinstance(child, ast.expr):
            read(frame, child)
    return None


# ---- names, entries, attributes --------------------------------------------------------------------------------------


def _constant(frame: Frame, node: ast.Constant) -> Value:
    return frame.literal(node.value) if is_number(node.value) else Thing(node.value)


def _name(frame: Frame, node: ast.Name) -> Value | None:
    if node.id in frame.names:
        return frame.names[node.id]
    if node.id in frame.line.read:
        return frame.given(node.id, frame.line.read[node.id])
    found = frame.recorded.room.get(node.id, getattr(builtins, node.id, None))
    is_code = inspect.isroutine(found) or inspect.isclass(found) or inspect.ismodule(found)
    if hasattr(found, "__dict__") and not is_code:
        frame.run.objects.meet(found, node.id)
    return None if found is None else looked_up(frame, found)


def looked_up(frame: Frame, value: Any) -> Value:
    """A value from outside of the run: a function, a module, a constant."""
    return frame.literal(value) if is_number(value) else Thing(value)


def _attribute(frame: Frame, node: ast.Attribute) -> Value | None:
    owner = read(frame, node.value)
    if isinstance(owner, Cells) and owner.is_array:
        return array_attribute(frame, owner, node.attr)
    if isinstance(owner, Cells) and node.attr in owner.fields:
        return owner.at(owner.fields.index(node.attr))
    if isinstance(owner, Node | Cells | Truth) or owner is None:
        return None
    return attribute(frame, owner, node)


def attribute(frame: Frame, owner: Thing, node: ast.Attribute) -> Value | None:
    """`layer.W`: what was put there, if it is still so; `math.exp`."""
    own = owner.value
    if inspect.ismodule(own):
        found = getattr(own, node.attr, None)
        return None if found is None else looked_up(frame, found)
    made = inspect.getattr_static(type(own), node.attr, None)
    if isinstance(made, property) and made.fget is not None:
        asked = Asked(Thing(made.fget), owner, node.attr, [], {})
        asked.is_method = True
        return call(frame, asked)
    text = f"{node.value.id}.{node.attr}" if isinstance(node.value, ast.Name) else ""
    known = frame.run.objects.attributes(own).get(node.attr)
    if text in frame.line.attributes_read and text not in frame.line.attributes_bound:
        value = frame.line.attributes_read[text]
        return known if known is not None and same(known, value) else kept(frame, owner, node.attr, value)
    if known is not None:
        return known
    if text in frame.line.attributes_read:
        return kept(frame, owner, node.attr, frame.line.attributes_read[text])
    held = getattr(own, "__dict__", {}).get(node.attr) if not inspect.isclass(own) else None
    if held is None:
        held = inspect.getattr_static(own, node.attr, None)
        held = held.__func__ if isinstance(held, (staticmethod, classmethod)) else held
        held = None if isinstance(held, property) else held
    is_data = is_number(held) or isinstance(held, (list, tuple, dict))
    return None if held is None or (is_data and text) else kept(frame, owner, node.attr, held)


def _subscript(frame: Frame, node: ast.Subscript) -> Value | None:
    owner = read(frame, node.value)
    if isinstance(owner, Cells) and owner.is_array:
        parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        if any(isinstance(part, ast.Slice) or ast.unparse(part) == "None" for part in parts):
            return _array_part(frame, owner, parts)
    if isinstance(node.slice, ast.Slice):
        return _slice(frame, owner, node.slice)
    place = read(frame, node.slice)
    if isinstance(owner, Thing) and isinstance(owner.value, (dict, list, tuple)) and place is not None:
        return _in_table(frame, owner.value, concrete(place))
    if not isinstance(owner, Cells) or place is None:
        return None
    found: Value | None = owner
    for one in place.value if isinstance(place, Cells) else [concrete(place)]:  # A[i, j] of an array
        found = found.at(one) if isinstance(found, Cells) else None
    return found if owner.is_array or not isinstance(place, Cells) else None


def _array_part(frame: Frame, owner: Cells, parts: list[ast.expr]) -> Value | None:
    places: list[Any] = []
    for part in parts:
        bounds = [part.lower, part.upper, part.step] if isinstance(part, ast.Slice) else [part]
        values = [read(frame, bound) if bound is not None else Thing(None) for bound in bounds]
        known = [value.value for value in values if isinstance(value, (Node, Thing))]
        if len(known) < len(values):
            return None
        places.append(slice(*known) if isinstance(part, ast.Slice) else known[0])
    return array_part(frame, owner, places)


def _in_table(frame: Frame, table: Any, place: Any) -> Value | None:
    """An entry of a table of the module: the reader sees the number."""
    try:
        return looked_up(frame, table[place])
    except (LookupError, TypeError):
        return None


def _slice(frame: Frame, owner: Value | None, node: ast.Slice) -> Value | None:
    """Part of a list: the entries keep their names, x₀ and x₂ of x[0::2]."""
    bounds: list[Any] = []
    for bound in (node.lower, node.upper, node.step):
        value = read(frame, bound) if bound is not None else Thing(None)
        if not isinstance(value, (Node, Thing)):
            return None
        bounds.append(value.value)
    if not isinstance(owner, Cells) or isinstance(owner.parts, dict):
        return None
    part = frame.list_of([owner.at(i) for i in range(len(owner))[slice(*bounds)]])
    if part is not None and bounds == [None, None, None]:
        part.copied_from = owner
    return part


def parts_of(frame: Frame, nodes: list[ast.expr]) -> list[Value | None]:
    """What stands in a list, or in the parentheses of a call; *x gives every entry of x."""
    parts: list[Value | None] = []
    for node in nodes:
        if isinstance(node, ast.Starred):
            cells = read(frame, node.value)
            parts += cells.entries() if isinstance(cells, Cells) else [None]
        else:
            parts.append(read(frame, node))
    return parts


def _list(frame: Frame, node: ast.List | ast.Tuple) -> Value | None:
    parts = parts_of(frame, node.elts)
    for part in parts if isinstance(node, ast.List) else ():  # those of a, b = x, y are bound one by one
        frame.place(part)
    return frame.list_of(parts)


def _dict(frame: Frame, node: ast.Dict) -> Value | None:
    keys = [read(frame, key) for key in node.keys]
    entries = [read(frame, value) for value in node.values]
    if None in entries or any(not isinstance(key, (Thing, Node)) for key in keys):
        return None
    parts = {concrete(key): entry for key, entry in zip(keys, entries, strict=True) if key is not None}
    for entry in entries:
        frame.place(entry)
    return frame.dict_of(parts)


# ---- arithmetic ------------------------------------------------------------------------------------------------------


def _binary(frame: Frame, node: ast.BinOp) -> Value | None:
    left, right = read(frame, node.left), read(frame, node.right)
    if left is not None and right is not None and (is_array(left) or is_array(right)):
        return elementwise(frame, node.op, left, right)
    if isinstance(left, Cells) and isinstance(left.parts, list):
        return _longer(frame, left, node.op, right)
    return calculated(frame, frame.as_number(left), node.op, frame.as_number(right))


def calculated(frame: Frame, left: Node | None, how: ast.operator, right: Node | None) -> Node | None:
    """left + right, and so on."""
    if left is None or right is None or type(how) not in OPERATIONS:
        return None
    try:
        value = OPERATIONS[type(how)](left.value, right.value)
    except (ArithmeticError, TypeError, ValueError):
        return None
    return frame.node(value, combined(left, how, right))


def _longer(frame: Frame, left: Cells, how: ast.operator, right: Value | None) -> Value | None:
    """[0] * 3 and x + y of lists."""
    if isinstance(how, ast.Mult) and isinstance(right, Node) and type(right.value) is int:
        parts: list[Value | None] = []
        for _ in range(right.value):
            for part in left.entries():
                again = isinstance(part, Node) and isinstance(part.formula, Number) and not part.names
                parts.append(literal(part.value, frame.run.serial()) if again else part)
        return frame.list_of(parts)
    if isinstance(how, ast.Add) and isinstance(right, Cells) and isinstance(right.parts, list):
        return frame.list_of([*left.entries(), *right.entries()])
    return None


def _unary(frame: Frame, node: ast.UnaryOp) -> Value | None:
    if isinstance(node.op, ast.Not):
        return condition(frame, node, True)
    operand = read(frame, node.operand)
    if isinstance(operand, Cells) and is_array(operand) and isinstance(node.op, ast.USub):
        return elementwise(frame, ast.Mult(), frame.literal(-1), operand)
    inner = frame.as_number(operand)
    if inner is None or isinstance(node.op, ast.Invert):
        return None
    if isinstance(node.op, ast.UAdd):
        return inner
    if not inner.names and isinstance(inner.formula, Number):
        return frame.literal(-inner.value)
    if not inner.names and not inner.homes and isinstance(inner.formula, Minus):
        return frame.node(-inner.value, inner.formula.inner)
    return frame.node(-inner.value, Minus(inner))


# ---- conditions ------------------------------------------------------------------------------------------------------


def condition(frame: Frame, node: ast.expr, as_it_is: bool = False) -> Truth | None:
    """Whether a condition holds, and what was so: of `x > 0 and y > 0` both, or the first that was not so."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        inner = condition(frame, node.operand)
        return None if inner is None else Truth(not inner.value, inner.why)
    if isinstance(node, ast.BoolOp):
        return _several(frame, node)
    value = _compare(frame, node) if isinstance(node, ast.Compare) else None if as_it_is else read(frame, node)
    if isinstance(value, Node):
        return Truth(bool(value.value), Comparison(value, "!=" if value.value else "==", Number(0)))
    if isinstance(value, Cells):
        return Truth(len(value) > 0, None)
    if isinstance(value, Thing):
        simple = value.value is None or isinstance(value.value, (bool, str)) or inspect.isroutine(value.value)
        return Truth(bool(value.value), None) if simple else None
    return value


def _several(frame: Frame, node: ast.BoolOp) -> Truth | None:
    decides = isinstance(node.op, ast.Or)
    parts: list[Comparison] = []
    for one in node.values:
        truth = condition(frame, one)
        if truth is None:
            return None
        if truth.value is decides:
            return truth
        parts += truth.parts()
    return Truth(not decides, _all(parts))


def _bool_op(frame: Frame, node: ast.BoolOp) -> Value | None:
    """`x or y` is the value of the one that decides."""
    decides = isinstance(node.op, ast.Or)
    value: Value | None = None
    for one in node.values:
        value = read(frame, one)
        truth = _truth(value)
        if truth is None:
            return None
        if truth is decides:
            break
    return value


def _truth(value: Value | None) -> bool | None:
    if isinstance(value, (Node, Truth)):
        return bool(value.value)
    if isinstance(value, Cells):
        return len(value) > 0
    return bool(value.value) if isinstance(value, Thing) and isinstance(value.value, (bool, str, type(None))) else None


def _compare(frame: Frame, node: ast.Compare) -> Truth | None:
    operands = [read(frame, part) for part in (node.left, *node.comparators)]
    parts: list[Comparison] = []
    for left, sign, right in zip(operands, node.ops, operands[1:], strict=False):
        if left is None or right is None:
            return None
        truth = _held(left, sign, right)
        if truth is None or not truth.value:
            return truth
        parts += truth.parts()
    return Truth(True, _all(parts))


def _compare_arrays(frame: Frame, node: ast.Compare) -> Value | None:
    """Z > 0 of an array: 1 or 0 for each entry, and why."""
    if len(node.ops) > 1 or not isinstance(
        frame.line.statement, (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Return)
    ):
        return _compare(frame, node)
    left, right = read(frame, node.left), read(frame, node.comparators[0])
    if left is None or right is None:
        return None

    def truth(one: Value, other: Value) -> Truth | None:
        return _held(one, node.ops[0], other)

    return compared_each(frame, truth, left, right) if is_array(left) or is_array(right) else truth(left, right)


def _held(left: Value, sign: ast.cmpop, right: Value) -> Truth | None:
    """Whether one comparison holds, and what was so."""
    try:
        held = bool(COMPARED[type(sign)](concrete(left), concrete(right)))
    except (TypeError, ValueError, ArithmeticError):
        return None
    if type(sign) not in SIGNS or not isinstance(left, Node) or not isinstance(right, Node):
        return Truth(held, None)
    drawn = SIGNS[type(sign)]
    return Truth(held, Comparison(left, drawn if held else OPPOSITE[drawn], right))


def _all(parts: list[Comparison]) -> Comparison | All | None:
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _if_else(frame: Frame, node: ast.IfExp) -> Value | None:
    """`a if … else b`: the arm that was taken, and why."""
    truth = condition(frame, node.test)
    if truth is None:
        arm = _arm_called(frame, node)
        return read(frame, arm) if arm is not None else None
    value = read(frame, node.body if truth.value else node.orelse)
    if isinstance(value, Node) and truth.why is not None:
        if not frame.is_fresh(value) or value.names:
            value = frame.node(value.value, value)
        value.reasons = (*truth.parts(), *value.reasons)
    return value


def _arm_called(frame: Frame, node: ast.IfExp) -> ast.expr | None:
    """Where nobody can tell: the arm whose call was recorded, or the one that is no call if none was."""
    called = frame.waiting[0].function.definition.name if frame.waiting else ""
    for arm, other in ((node.body, node.orelse), (node.orelse, node.body)):
        if isinstance(arm, ast.Call):
            name = arm.func.attr if isinstance(arm.func, ast.Attribute) else getattr(arm.func, "id", None)
            if name == called:
                return arm
            if not called and not isinstance(other, ast.Call):
                return other
    return None


def _walrus(frame: Frame, node: ast.NamedExpr) -> Value | None:
    value = read(frame, node.value)
    if value is not None:
        bind_name(frame, node.target.id, value, node.value)
        return frame.names.get(node.target.id, value)
    return None


# ---- lists made in a loop --------------------------------------------------------------------------------------------


def _comprehension(frame: Frame, node: ast.ListComp | ast.GeneratorExp | ast.SetComp) -> Value | None:
    """[f(x_i) for x_i in x if …]: an entry after the other."""
    if isinstance(node, ast.SetComp):
        return None
    parts: list[Value | None] = []
    kept_names, kept_indices = dict(frame.names), dict(frame.indices)

    def entry() -> None:
        part = read(frame, node.elt)
        is_copied = isinstance(node.elt, ast.Name)
        if isinstance(part, Node) and isinstance(node, ast.ListComp) and not frame.is_fresh(part) and not is_copied:
            part = frame.node(part.value, part)
        part = part if isinstance(part, Node | Cells | Truth | Thing) else None
        if isinstance(node, ast.ListComp):
            frame.place(part)
        parts.append(part)

    known = _go_through(frame, node.generators, entry)
    walruses = {inner.target.id for inner in ast.walk(node) if isinstance(inner, ast.NamedExpr)}
    frame.names = kept_names | {name: frame.names[name] for name in walruses if name in frame.names}
    frame.indices = kept_indices
    return frame.list_of(parts) if known else None


def _dict_comprehension(frame: Frame, node: ast.DictComp) -> Value | None:
    keys: list[Value | None] = []
    parts: list[Value | None] = []
    kept_names, kept_indices = dict(frame.names), dict(frame.indices)

    def entry() -> None:
        keys.append(read(frame, node.key))
        parts.append(frame.place(read(frame, node.value)))

    known = _go_through(frame, node.generators, entry)
    frame.names, frame.indices = kept_names, kept_indices
    if not known or None in keys or None in parts:
        return None
    return frame.dict_of(dict(zip([concrete(key) for key in keys if key is not None], parts, strict=True)))


def _go_through(frame: Frame, generators: list[ast.comprehension], entry: Callable[[], None]) -> bool:
    """Every round of the loops of a comprehension; False where nobody can tell how they go."""
    if not generators:
        entry()
        return True
    first, *others = generators
    cells = read(frame, first.iter)
    if not isinstance(cells, Cells):
        return False
    for item in cells.items():
        bind_round(frame, first.target, item, cells, in_a_sum=True)
        truths = [condition(frame, test) for test in first.ifs]
        if any(truth is None for truth in truths):
            return False
        if all(truth is not None and truth.value for truth in truths) and not _go_through(frame, others, entry):
            return False
    return True


def _lambda(frame: Frame, node: ast.Lambda) -> Value:
    return Thing(Closure(node, frame.names))


def _text(frame: Frame, node: ast.JoinedStr) -> Value | None:
    """f"x{i}": a text, which may be the key of a dict."""
    text = ""
    for part in node.values:
        if isinstance(part, ast.FormattedValue):
            value = read(frame, part.value)
            plain = part.format_spec is None and part.conversion < 0
            if not plain or not isinstance(value, (Node, Thing)):
                return None
            text += f"{value.value}"
        elif isinstance(part, ast.Constant):
            text += str(part.value)
    return Thing(text)


def _call(frame: Frame, node: ast.Call) -> Value | None:
    owner, function = None, None
    if isinstance(node.func, ast.Attribute):
        owner = read(frame, node.func.value)
        function = attribute(frame, owner, node.func) if isinstance(owner, Thing) else None
    else:
        function = read(frame, node.func)
    arguments = parts_of(frame, node.args)
    keywords = {keyword.arg: read(frame, keyword.value) for keyword in node.keywords}
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if isinstance(owner, Cells) and owner.is_array:
        known = [value for value in arguments if value is not None]
        return array_method(frame, owner, name, known, keywords) if len(known) == len(arguments) else None
    if isinstance(owner, Cells) and owner.fields and name == "_replace":
        return named_tuple(frame, owner.fields, owner.entries(), keywords)
    if isinstance(owner, Cells):
        return method(frame, owner, name, arguments, keywords)
    asked = Asked(function, owner, name, arguments, keywords)
    asked.is_method = isinstance(node.func, ast.Attribute) and not inspect.ismodule(getattr(owner, "value", None))
    return call(frame, asked)


READERS: dict[Any, Callable[[Any, Any], Value | None]] = {
    ast.Constant: _constant,
    ast.Name: _name,
    ast.Attribute: _attribute,
    ast.Subscript: _subscript,
    ast.List: _list,
    ast.Tuple: _list,
    ast.Dict: _dict,
    ast.BinOp: _binary,
    ast.UnaryOp: _unary,
    ast.BoolOp: _bool_op,
    ast.Compare: _compare_arrays,
    ast.IfExp: _if_else,
    ast.NamedExpr: _walrus,
    ast.ListComp: _comprehension,
    ast.GeneratorExp: _comprehension,
    ast.SetComp: _comprehension,
    ast.DictComp: _dict_comprehension,
    ast.Lambda: _lambda,
    ast.JoinedStr: _text,
    ast.Call: _call,
}
