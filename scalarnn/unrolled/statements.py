"""Statements of a function's source: executed where they are known, written into the program where they are not."""

from __future__ import annotations

import ast

from scalarnn.unrolled.arithmetic import binary
from scalarnn.unrolled.calls import Closure, closure
from scalarnn.unrolled.expressions import assign, entries_of, evaluate, test, text_parts
from scalarnn.unrolled.items import forget_rows
from scalarnn.unrolled.lengths import known
from scalarnn.unrolled.loops import kept_loop
from scalarnn.unrolled.refusal import UnrollError
from scalarnn.unrolled.run import Exit, Raised
from scalarnn.unrolled.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.unrolled.frame import Frame
    from scalarnn.unrolled.run import Run

__all__ = ["execute"]

LONGEST_WHILE = 1_000_000


def execute(run: Run, frame: Frame, body: list[Any]) -> Exit | None:
    """Statements in a row; None, or how they ended before their end.

    Raises:
        UnrollError: one of them cannot be unrolled.
    """
    for node in body:
        run.frame = frame
        frame.line = node.lineno + frame.offset
        handler = _EXECUTE.get(type(node))
        if handler is None:
            raise UnrollError(f"{_word(node)} is not unrolled")
        try:
            ended: Exit | None = handler(run, frame, node)
        except Raised as raised:
            ended = raised.ended
            run.frame = frame
        except (ArithmeticError, LookupError, TypeError, ValueError) as error:
            if isinstance(error, UnrollError):
                raise
            run.frame = frame
            if not run.heap.levels:
                raise UnrollError(f"{type(error).__name__}: {error}") from None
            ended = run.fail(type(error), (str(error),))
        if ended is not None:
            return ended
    return None


def _word(node: Any) -> str:
    return {"AsyncFor": "async for", "With": "with", "Match": "match", "ClassDef": "class"}.get(
        type(node).__name__, type(node).__name__
    )


# ---- one statement ---------------------------------------------------------------------------------------------------


def _assign(run: Run, frame: Frame, node: Any) -> None:
    thing = evaluate(run, frame, node.value)
    for target in node.targets:
        assign(run, frame, target, thing)


def _annotated(run: Run, frame: Frame, node: Any) -> None:
    if node.value is not None:
        assign(run, frame, node.target, evaluate(run, frame, node.value))


def _in_place(run: Run, frame: Frame, node: Any) -> None:
    target = node.target
    read: Any = {ast.Name: ast.Name, ast.Subscript: ast.Subscript, ast.Attribute: ast.Attribute}[type(target)]
    fields = {name: getattr(target, name) for name in read._fields if name != "ctx"}
    before = evaluate(run, frame, read(**fields, ctx=ast.Load()))
    more = evaluate(run, frame, node.value)
    kind = type(node.op)
    if isinstance(before, list) and kind is ast.Add:
        run.heap.change(before, "a list")
        forget_rows(run, before)
        before.extend(entries_of(run, more))
        return
    after = binary(run, kind, before, more)
    if type(before) is Value and type(after) is Value and before is not after and kind in (ast.Add, ast.Sub):
        _is_partial(before, after)
    assign(run, frame, target, after)


def _is_partial(before: Value, after: Value) -> None:
    """A sum on its way is no line of its own, unless something else needs it."""
    if before.op in ("add", "sub") and before.origin is not None and after.origin is not None:
        same = before.origin.path[-1] == after.origin.path[-1] and len(before.origin.path) == len(after.origin.path)
        if same:
            before.is_bound = False


def _expression(run: Run, frame: Frame, node: Any) -> None:
    if isinstance(node.value, ast.Constant):
        return  # a docstring
    evaluate(run, frame, node.value)


def _if(run: Run, frame: Frame, node: Any) -> Exit | None:
    condition = test(run, frame, node.test)
    if type(condition) is not Value:
        return execute(run, frame, node.body if condition else node.orelse)
    return run.branch(
        condition,
        lambda: execute(run, frame, node.body),
        lambda: execute(run, frame, node.orelse),
    )


def _for(run: Run, frame: Frame, node: Any) -> Exit | None:
    if isinstance(node.target, ast.Name) and run.keep & {node.target.id, node.target.id.lstrip("_")}:
        kept_loop(run, frame, node)
        return None
    over = entries_of(run, evaluate(run, frame, node.iter))
    loop = _Place()
    ended: Exit | None = None
    before, number = frozenset(frame.names), -1
    for entry in over:
        number += 1
        frame.rounds.append((before, number))
        frame.quiet = True
        assign(run, frame, node.target, entry)
        frame.quiet = False
        if isinstance(node.target, ast.Name) and type(entry) is int:
            frame.counters[node.target.id] = entry
        elif isinstance(node.target, ast.Tuple) and isinstance(node.target.elts[0], ast.Name):
            first = entry[0] if isinstance(entry, tuple) and entry else None
            if type(first) is int:
                frame.counters[node.target.elts[0].id] = first
        ended = _round(run, frame, node.body, loop)
        frame.rounds.pop()
        if ended is not None:
            break
    else:
        if node.orelse:
            ended = execute(run, frame, node.orelse)
    return _after(run, loop, ended)


def _while(run: Run, frame: Frame, node: Any) -> Exit | None:
    loop = _Place()
    ended: Exit | None = None
    for _ in range(LONGEST_WHILE):
        run.frame = frame
        frame.line = node.lineno + frame.offset
        condition = test(run, frame, node.test)
        if type(condition) is Value:
            known(condition, f"while {ast.unparse(node.test)}: how often it runs hangs on a value")
        if not condition:
            if node.orelse:
                ended = execute(run, frame, node.orelse)
            break
        ended = _round(run, frame, node.body, loop)
        if ended is not None:
            break
        if any(one.exit.where is loop and one.exit.how == "break" for one in run.open):
            raise UnrollError("break out of while: how often it runs hangs on a value")
    return _after(run, loop, ended)


class _Place:
    """Where break and continue lead: a loop, or one round of it."""

    __slots__ = ("round",)

    def __init__(self) -> None:
        self.round: Any = None


def _round(run: Run, frame: Frame, body: list[Any], loop: _Place) -> Exit | None:
    this = loop.round = object()
    frame.loops.append((loop, this))
    ended = execute(run, frame, body)
    frame.loops.pop()
    _, ended = run.arrive(this, ended)
    return ended


def _after(run: Run, loop: _Place, ended: Exit | None) -> Exit | None:
    _, ended = run.arrive(loop, ended)
    return ended


def _break(_run: Run, frame: Frame, _node: Any) -> Exit:
    return Exit("break", frame.loops[-1][0])


def _continue(_run: Run, frame: Frame, _node: Any) -> Exit:
    return Exit("continue", frame.loops[-1][1])


def _return(run: Run, frame: Frame, node: Any) -> Exit:
    value = None if node.value is None else evaluate(run, frame, node.value)
    return Exit("return", frame, value)


def _raise(run: Run, frame: Frame, node: Any) -> Exit:
    if node.exc is None:
        raise UnrollError("raise without an error is not unrolled")
    if isinstance(node.exc, ast.Call):
        kind = evaluate(run, frame, node.exc.func)
        message = text_parts(run, frame, node.exc.args[0]) if node.exc.args else ("",)
    else:
        kind, message = evaluate(run, frame, node.exc), ("",)
    if not (isinstance(kind, type) and issubclass(kind, Exception)):
        raise UnrollError("raise of something that is no error")
    if not run.heap.levels:
        raise UnrollError(f"{kind.__name__}: {''.join(map(str, message))}")
    return run.fail(kind, message)


def _assert(run: Run, frame: Frame, node: Any) -> Exit | None:
    condition = test(run, frame, node.test)
    if condition is True:
        return None
    message = text_parts(run, frame, node.msg) if node.msg is not None else ("",)
    if condition is False:
        if not run.heap.levels:
            raise UnrollError(f"AssertionError: {''.join(map(str, message))}")
        return run.fail(AssertionError, message)
    return run.branch(condition, lambda: None, lambda: run.fail(AssertionError, message))


def _try(run: Run, frame: Frame, node: Any) -> Exit | None:
    """The body alone: an error ends a program."""
    before = run.n_raises
    ended = execute(run, frame, [*node.body, *node.orelse])
    if run.n_raises > before:
        raise UnrollError("try around what may raise is not unrolled")
    for statement in node.finalbody:
        after = execute(run, frame, [statement])
        ended = ended if after is None else after
    return ended


def _delete(run: Run, frame: Frame, node: Any) -> None:
    for target in node.targets:
        if isinstance(target, ast.Name):
            run.heap.change(frame.names, target.id)
            del frame.names[target.id]
        elif isinstance(target, ast.Subscript):
            owner = evaluate(run, frame, target.value)
            run.heap.change(owner, "a list")
            forget_rows(run, owner)
            del owner[evaluate(run, frame, target.slice)]
        else:
            raise UnrollError("del of an attribute is not unrolled")


def _inner_function(run: Run, frame: Frame, node: Any) -> None:
    inner: Closure = closure(run, frame, node)
    frame.write(node.name, inner)


def _import_from(_run: Run, frame: Frame, node: Any) -> None:
    import importlib

    module = importlib.import_module(node.module)
    for alias in node.names:
        frame.write(alias.asname or alias.name, getattr(module, alias.name))


def _pass(_run: Run, _frame: Frame, _node: Any) -> None:
    return


_EXECUTE: dict[Any, Any] = {
    ast.Assign: _assign,
    ast.AnnAssign: _annotated,
    ast.AugAssign: _in_place,
    ast.Expr: _expression,
    ast.If: _if,
    ast.For: _for,
    ast.While: _while,
    ast.Break: _break,
    ast.Continue: _continue,
    ast.Return: _return,
    ast.Raise: _raise,
    ast.Assert: _assert,
    ast.Delete: _delete,
    ast.FunctionDef: _inner_function,
    ast.ImportFrom: _import_from,
    ast.Pass: _pass,
    ast.Try: _try,
}
