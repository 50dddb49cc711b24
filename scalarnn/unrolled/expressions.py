"""Expressions of a function's source, evaluated as far as they are known."""

from __future__ import annotations

import ast
from functools import partial

from scalarnn.unrolled.arithmetic import UNARY, all_of, any_of, binary, compare, negated, select, truth, unary
from scalarnn.unrolled.calls import call, closure, method_of
from scalarnn.unrolled.items import read_item, write_item
from scalarnn.unrolled.refusal import UnrollError
from scalarnn.unrolled.run import Raised
from scalarnn.unrolled.values import Block, Branch, Value, grows, is_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from scalarnn.unrolled.frame import Frame
    from scalarnn.unrolled.run import Run

__all__ = ["assign", "evaluate", "test", "text_parts"]

# What may be computed though it is not needed: it can raise no error.
HARMLESS = frozenset(["add", "sub", "mul", "neg", "lt", "le", "gt", "ge", "eq", "ne", "not", "and", "or", "is_float"])
CONVERSIONS: dict[int, Any] = {ord("s"): str, ord("r"): repr, ord("a"): ascii}


def evaluate(run: Run, frame: Frame, node: Any) -> Any:
    """What an expression is: a known thing, a Value, or a list of such.

    Raises:
        UnrollError: it cannot be unrolled.
    """
    return _EVALUATE.get(type(node), _unknown)(run, frame, node)


def test(run: Run, frame: Frame, node: Any) -> Any:
    """What a condition is: True, False, or a Value of kind bool."""
    if isinstance(node, ast.BoolOp):
        joined = isinstance(node.op, ast.And)
        so_far: Any = joined
        for part in node.values:
            so_far = _and_then(run, so_far, partial(test, run, frame, part), joined)
            if type(so_far) is not Value and so_far is not joined:
                return so_far
        return so_far
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return negated(run, test(run, frame, node.operand))
    return truth(run, evaluate(run, frame, node))


def _and_then(run: Run, so_far: Any, part: Callable[[], Any], joined: bool) -> Any:
    """so_far and part, or so_far or part: the part only where Python evaluates it, if it could go wrong elsewhere."""
    if type(so_far) is not Value:
        return part() if so_far is joined else so_far
    block, facts = run.block, run.facts
    trial = Block(block)
    run.block, run.facts = trial, {**facts, so_far: joined}
    run.heap.open()
    after = part()
    changed = run.heap.close()
    run.block, run.facts = block, facts
    if not changed and all(isinstance(item, Value) and item.op in HARMLESS for item in trial.items):
        for item in trial.items:
            item.block = block
        block.items.extend(trial.items)
        block.table.update(trial.table)
        return (all_of if joined else any_of)(run, so_far, after)
    holder = run.heap.new([joined])

    def work() -> None:
        answer = part()
        run.heap.change(holder, "it")
        holder[0] = answer

    def leave() -> None:
        run.heap.change(holder, "it")
        holder[0] = not joined

    ended = run.branch(so_far, work, leave) if joined else run.branch(so_far, leave, work)
    if ended is not None:
        raise Raised(ended)
    return holder[0]


# ---- kinds of expression ---------------------------------------------------------------------------------------------


def _constant(_run: Run, _frame: Frame, node: Any) -> Any:
    return node.value


def _name(_run: Run, frame: Frame, node: Any) -> Any:
    return frame.read(node.id)


def _binary(run: Run, frame: Frame, node: Any) -> Any:
    a = evaluate(run, frame, node.left)
    b = evaluate(run, frame, node.right)
    return binary(run, type(node.op), a, b)


def _unary(run: Run, frame: Frame, node: Any) -> Any:
    if isinstance(node.op, ast.Not):
        return negated(run, test(run, frame, node.operand))
    if type(node.op) not in UNARY:
        raise UnrollError(f"{type(node.op).__name__} is not unrolled")
    return unary(run, type(node.op), evaluate(run, frame, node.operand))


def _compare(run: Run, frame: Frame, node: Any) -> Any:
    return _chain(run, frame, node, 0, evaluate(run, frame, node.left))


def _chain(run: Run, frame: Frame, node: Any, at: int, left: Any) -> Any:
    """a < b < c is a < b and b < c, with b evaluated once, and c only where it is looked at."""
    right = evaluate(run, frame, node.comparators[at])
    result = compare(run, type(node.ops[at]), left, right)
    if at == len(node.ops) - 1:
        return result
    return _and_then(run, result, partial(_chain, run, frame, node, at + 1, right), joined=True)


def _bool_op(run: Run, frame: Frame, node: Any) -> Any:
    joined = isinstance(node.op, ast.And)
    for i in range(len(node.values) - 1):
        thing = evaluate(run, frame, node.values[i])
        if type(thing) is Value:
            return test(run, frame, node)
        if bool(thing) is not joined:
            return thing
    return evaluate(run, frame, node.values[-1])


def _if_expression(run: Run, frame: Frame, node: Any) -> Any:
    condition = test(run, frame, node.test)
    if type(condition) is not Value:
        return evaluate(run, frame, node.body if condition else node.orelse)
    holder = run.heap.new([None])

    def side(part: Any) -> Callable[[], None]:
        def work() -> None:
            thing = evaluate(run, frame, part)
            run.heap.change(holder, "it")
            holder[0] = thing

        return work

    before = len(run.block.items)
    ended = run.branch(condition, side(node.body), side(node.orelse))
    if ended is not None:
        raise Raised(ended)
    return _as_select(run, before, condition, holder[0])


def _as_select(run: Run, before: int, condition: Value, result: Any) -> Any:
    """a if c else b, of two things that need no computing, is one operation."""
    items = run.block.items
    if type(result) is Value and result.op == "phi" and len(items) == before + 1 and isinstance(items[-1], Branch):
        branch = items[-1]
        if not branch.then.items and not branch.other.items and branch.phis == [result]:
            items.pop()
            return select(run, condition, result.args[0], result.args[1])
    return result


def _list(run: Run, frame: Frame, node: Any) -> Any:
    return run.heap.new(_entries(run, frame, node))


def _tuple(run: Run, frame: Frame, node: Any) -> Any:
    return tuple(_entries(run, frame, node))


def _entries(run: Run, frame: Frame, node: Any) -> list[Any]:
    entries = []
    for part in node.elts:
        if isinstance(part, ast.Starred):
            entries.extend(evaluate(run, frame, part.value))
        else:
            entries.append(evaluate(run, frame, part))
    return entries


def _dict(run: Run, frame: Frame, node: Any) -> Any:
    made: dict[Any, Any] = {}
    for key, value in zip(node.keys, node.values, strict=True):
        if key is None:
            made.update(evaluate(run, frame, value))
        else:
            made[evaluate(run, frame, key)] = evaluate(run, frame, value)
    return run.heap.new(made)


def _set(run: Run, frame: Frame, node: Any) -> Any:
    return set(_entries(run, frame, node))


def _attribute(run: Run, frame: Frame, node: Any) -> Any:
    owner = evaluate(run, frame, node.value)
    if type(owner) is Value:
        raise UnrollError(f".{node.attr} of a value")
    return method_of(run, owner, node.attr)


def _subscript(run: Run, frame: Frame, node: Any) -> Any:
    owner = evaluate(run, frame, node.value)
    return read_item(run, owner, evaluate(run, frame, node.slice))


def _slice(run: Run, frame: Frame, node: Any) -> Any:
    ends = []
    for part in (node.lower, node.upper, node.step):
        ends.append(None if part is None else evaluate(run, frame, part))
    return slice(*ends)


def _call(run: Run, frame: Frame, node: Any) -> Any:
    function = evaluate(run, frame, node.func)
    args: list[Any] = []
    for part in node.args:
        if isinstance(part, ast.Starred):
            args.extend(evaluate(run, frame, part.value))
        else:
            args.append(evaluate(run, frame, part))
    settings: dict[str, Any] = {}
    for keyword in node.keywords:
        if keyword.arg is None:
            settings.update(evaluate(run, frame, keyword.value))
        else:
            settings[keyword.arg] = evaluate(run, frame, keyword.value)
    return call(run, frame, function, args, settings)


def _comprehension(run: Run, frame: Frame, node: Any) -> Any:
    """Rounds of a comprehension: its own names are gone afterwards."""
    made: list[Any] = []
    own = frame.names.copy()

    def rounds(at: int) -> None:
        if at == len(node.generators):
            if isinstance(node, ast.DictComp):
                made.append((evaluate(run, frame, node.key), evaluate(run, frame, node.value)))
            else:
                made.append(evaluate(run, frame, node.elt))
            return
        part = node.generators[at]
        for entry in entries_of(run, evaluate(run, frame, part.iter)):
            frame.quiet = True
            assign(run, frame, part.target, entry)
            frame.quiet = False
            chosen = True
            for condition in part.ifs:
                chosen = test(run, frame, condition)
                if type(chosen) is Value:
                    raise UnrollError("a comprehension leaves out what a value decides")
                if not chosen:
                    break
            if chosen:
                rounds(at + 1)

    rounds(0)
    for name in [name for name in frame.names if name not in own]:
        run.heap.change(frame.names, name)
        del frame.names[name]
    for name, thing in own.items():
        if frame.names[name] is not thing:
            run.heap.change(frame.names, name)
            frame.names[name] = thing
    if isinstance(node, ast.DictComp):
        return run.heap.new(dict(made))
    return run.heap.new(made)


def entries_of(run: Run, thing: Any) -> Any:
    """What a loop goes over.

    Raises:
        UnrollError: it is a value, or grows in a kept loop.
    """
    if type(thing) is Value:
        raise UnrollError("a loop over a value")
    if isinstance(thing, list):
        if grows(thing):
            raise UnrollError("a loop over a list that grows in a kept loop")
        run.heap.look(thing)
        return list(thing)
    return thing


def _joined(run: Run, frame: Frame, node: Any) -> Any:
    parts = text_parts(run, frame, node)
    if any(type(part) is Value for part in parts):
        raise UnrollError("text with a value in it, other than the message of an error")
    return "".join(parts)


def text_parts(run: Run, frame: Frame, node: Any) -> tuple[Any, ...]:
    """A text with its values left open."""
    if not isinstance(node, ast.JoinedStr):
        thing = evaluate(run, frame, node)
        return (thing if type(thing) is Value else str(thing),)
    parts: list[Any] = []
    for part in node.values:
        if isinstance(part, ast.Constant):
            parts.append(str(part.value))
            continue
        assert isinstance(part, ast.FormattedValue)
        thing = evaluate(run, frame, part.value)
        if type(thing) is Value:
            parts.append(thing)
        else:
            how = "".join(text_parts(run, frame, part.format_spec)) if part.format_spec else ""
            if part.conversion in CONVERSIONS:
                thing = CONVERSIONS[part.conversion](thing)
            parts.append(format(thing, how))
    return tuple(parts)


def _lambda(run: Run, frame: Frame, node: Any) -> Any:
    return closure(run, frame, node)


def _named(run: Run, frame: Frame, node: Any) -> Any:
    thing = evaluate(run, frame, node.value)
    assign(run, frame, node.target, thing)
    return thing


def _unknown(_run: Run, _frame: Frame, node: Any) -> Any:
    raise UnrollError(f"{type(node).__name__} is not unrolled")


_EVALUATE: dict[Any, Any] = {
    ast.Constant: _constant,
    ast.Name: _name,
    ast.BinOp: _binary,
    ast.UnaryOp: _unary,
    ast.Compare: _compare,
    ast.BoolOp: _bool_op,
    ast.IfExp: _if_expression,
    ast.List: _list,
    ast.Tuple: _tuple,
    ast.Dict: _dict,
    ast.Set: _set,
    ast.Attribute: _attribute,
    ast.Subscript: _subscript,
    ast.Slice: _slice,
    ast.Call: _call,
    ast.ListComp: _comprehension,
    ast.GeneratorExp: _comprehension,
    ast.DictComp: _comprehension,
    ast.JoinedStr: _joined,
    ast.Lambda: _lambda,
    ast.NamedExpr: _named,
}


# ---- targets ---------------------------------------------------------------------------------------------------------


def assign(run: Run, frame: Frame, target: Any, thing: Any) -> None:
    """Bind what stands on the left of = to a thing.

    Raises:
        UnrollError: it cannot be, or takes another number of entries.
    """
    if isinstance(target, ast.Name):
        frame.write(target.id, thing)
    elif isinstance(target, (ast.Tuple, ast.List)):
        _unpack(run, frame, target.elts, thing)
    elif isinstance(target, ast.Subscript):
        owner = evaluate(run, frame, target.value)
        write_item(run, owner, evaluate(run, frame, target.slice), thing)
        if type(thing) is Value and thing.origin is not None and thing.origin.variable is None:
            thing.origin.variable = _base_name(target)
    elif isinstance(target, ast.Attribute):
        owner = evaluate(run, frame, target.value)
        attributes = getattr(owner, "__dict__", None)
        if attributes is None or run.heap.time_of(attributes) is None:
            raise UnrollError(f"sets .{target.attr} of {type(owner).__name__}, which was not made in the run")
        run.heap.change(attributes, target.attr)
        attributes[target.attr] = thing
        if type(thing) is Value:
            frame.bind(target.attr, thing)
    else:
        _unknown(run, frame, target)


def _base_name(target: Any) -> str | None:
    """W of W[j][i]."""
    while isinstance(target, ast.Subscript):
        target = target.value
    return target.id if isinstance(target, ast.Name) else getattr(target, "attr", None)


def _unpack(run: Run, frame: Frame, targets: list[Any], thing: Any) -> None:
    if type(thing) is Value or is_number(thing):
        raise UnrollError("a number is taken apart as if it were a list")
    entries = list(entries_of(run, thing))
    stars = [i for i in range(len(targets)) if isinstance(targets[i], ast.Starred)]
    if stars:
        at = stars[0]
        n_after = len(targets) - at - 1
        middle = run.heap.new(entries[at : len(entries) - n_after])
        entries = [*entries[:at], middle, *entries[len(entries) - n_after :]]
        targets = [*targets[:at], targets[at].value, *targets[at + 1 :]]
    if len(entries) != len(targets):
        raise ValueError(f"{len(entries)} values for {len(targets)} names")
    for i in range(len(targets)):
        assign(run, frame, targets[i], entries[i])
