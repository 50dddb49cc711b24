"""Entries of lists: by an index that is known, by one that only the run knows, by a slice."""

from __future__ import annotations

import ast

from scalarnn.scalar import ZEROS
from scalarnn.unrolled.arithmetic import TypeOf, all_of, any_of, compare, select
from scalarnn.unrolled.frame import name_entries
from scalarnn.unrolled.lengths import known
from scalarnn.unrolled.refusal import UnrollError
from scalarnn.unrolled.values import Row, Value, grows, is_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from scalarnn.unrolled.run import Run

__all__ = ["forget_rows", "read_item", "write_item"]


def read_item(run: Run, owner: Any, index: Any) -> Any:
    """owner[index].

    Raises:
        UnrollError: the index hangs on values, and the entries are no numbers to choose among.
    """
    if type(owner) is Value:
        raise UnrollError("an entry of a number")
    if owner is ZEROS and isinstance(index, TypeOf):
        return run.emit("zero", index.value)
    if type(index) is Value:
        return _chosen(run, owner, index)
    if isinstance(index, slice):
        index = slice(*(known(end, "a slice") for end in (index.start, index.stop, index.step)))
        part = owner[index]
        return run.heap.new(part) if isinstance(part, list) else part
    if grows(owner):
        raise UnrollError("an entry of a list that grows in a kept loop")
    if run.heap.views:
        run.heap.look(owner)
    return owner[index]


def _chosen(run: Run, owner: Any, index: Value) -> Any:
    """The entry that a value points at: one comparison for each, or a row that a kept loop counts."""
    if isinstance(owner, dict):
        return owner[known(index, "a key")]
    source = run.rows.get(id(owner))
    if source is not None and _is_counter(index):
        return _row(run, owner, source, index)
    if index.kind == "float":
        raise UnrollError("an index that hangs on a float")
    return _among(run, list(owner), index)


def _is_counter(index: Value) -> bool:
    """Whether an index is what a kept loop counts, or made of that and of whole numbers."""
    leaves = list(_leaves(index))
    return any(one.op == "index" for one in leaves) and all(
        one.op == "index" or (one.op == "input" and one.args[1]) for one in leaves
    )


def _leaves(index: Value) -> Iterator[Value]:
    """What an index is computed from; itself where that is no sum, product or remainder."""
    if index.op in ("add", "sub", "mul", "mod", "floordiv", "neg"):
        for argument in index.args:
            if type(argument) is Value:
                yield from _leaves(argument)
    else:
        yield index


def _row(run: Run, owner: Any, source: tuple[str, tuple[Any, ...]], index: Value) -> Any:
    name, at = source
    key = ("row", name, at, index)
    block: Any = run.block
    while block is not None:
        if key in block.calls:
            return block.calls[key]
        block = block.parent
    shape = owner[0]
    if any(_shape(entry) != _shape(shape) for entry in owner):
        raise UnrollError(f"{name}[…] has entries of different shape: a kept loop needs them alike")
    targets = _targets(run, shape, "_".join([name, *(_letter(one) for one in (*at, index))]))
    run.add(Row(name, (*at, index), targets, run.origin()))
    run.block.calls[key] = targets
    if isinstance(targets, (list, tuple)):
        run.rows[id(targets)] = (name, (*at, index))
    return targets


def _letter(index: Any) -> str:
    """What a counter is called."""
    if type(index) is not Value:
        return str(index)
    return index.proposals[0][1] if index.proposals else "at"


def _targets(run: Run, shape: Any, name: str) -> Any:
    def made(part: Any) -> Any:
        if isinstance(part, (list, tuple)):
            entries = [made(entry) for entry in part]
            return run.heap.new(entries) if isinstance(part, list) else tuple(entries)
        kind = part.kind if type(part) is Value else "any" if run.kind == "any" else "number"
        return Value("item", (name,), kind, run.block, run.origin())

    targets = made(shape)
    if isinstance(targets, (list, tuple)):
        name_entries(name, targets, -1)
    else:
        targets.proposals.append((-1, name))
    return targets


def _shape(thing: Any) -> Any:
    if isinstance(thing, (list, tuple)):
        return [_shape(entry) for entry in thing]
    return "float" if type(thing) is Value else type(thing).__name__


def _among(run: Run, entries: list[Any], index: Value) -> Any:
    if not entries:
        raise UnrollError("an entry of an empty list")
    if all(isinstance(entry, (list, tuple)) for entry in entries):
        lengths = {len(entry) for entry in entries}
        if len(lengths) != 1:
            raise UnrollError("an index that is a value among lists of different length")
        kind = type(entries[0])
        _check_range(run, index, len(entries))
        chosen = [_among(run, [entry[i] for entry in entries], index) for i in range(lengths.pop())]
        if kind is tuple:
            return tuple(chosen)
        conditions = [compare(run, ast.Eq, index, k) for k in range(len(entries))]
        return run.heap.view(chosen, entries, conditions)
    for entry in entries:
        if type(entry) is not Value and not is_number(entry):
            raise UnrollError("an index that is a value among things that are no numbers")
    _check_range(run, index, len(entries))
    result = entries[-1]
    for k in range(len(entries) - 2, -1, -1):
        result = select(run, compare(run, ast.Eq, index, k), entries[k], result)
    return result


def _check_range(run: Run, index: Value, length: int) -> None:
    """An index that points at no entry ends the run, as it does in a list; one from the end is not looked for."""
    key = ("range", index, length)
    block: Any = run.block
    while block is not None:
        if key in block.calls:
            return
        block = block.parent
    run.block.calls[key] = True
    inside: Any = compare(run, ast.Eq, index, 0)
    for k in range(1, length):
        inside = any_of(run, inside, compare(run, ast.Eq, index, k))
    if type(inside) is Value:
        message = ("list index ", index, f": expected a whole number from 0 to {length - 1}")
        run.branch(inside, lambda: None, lambda: run.fail(IndexError, message))


def forget_rows(run: Run, owner: Any, through: int | None = None) -> None:
    """An argument that has been changed cannot be read from what was given any more.

    Raises:
        UnrollError: the list stands for one of several, or is read anew in each round of a kept loop.
    """
    if id(owner) in run.heap.views or id(owner) in run.heap.frozen:
        raise UnrollError("a list or dict is changed that is one of several, as a value decides")
    run.heap.touch(id(owner), through)
    source = run.rows.get(id(owner))
    if source is not None and any(type(at) is Value for at in source[1]):
        raise UnrollError(f"changes an entry of {source[0]} that a kept loop reads")
    if source is not None:
        run.rows = {key: other for key, other in run.rows.items() if other[0] != source[0]}


def write_item(run: Run, owner: Any, index: Any, thing: Any) -> None:
    """owner[index] = thing.

    Raises:
        UnrollError: owner belongs to the world outside, or the index hangs on a float.
    """
    if not isinstance(owner, (list, dict)):
        raise UnrollError(f"sets an entry of {type(owner).__name__}")
    if isinstance(owner, dict):
        run.heap.change(owner, "a dict")
        forget_rows(run, owner)
        owner[known(index, "a key")] = thing
        return
    if isinstance(index, slice):
        run.heap.change(owner, "a list")
        forget_rows(run, owner)
        owner[index] = list(thing)
        return
    if type(index) is Value:
        if index.kind == "float":
            raise UnrollError("an index that hangs on a float")
        _check_range(run, index, len(owner))
    _set(run, owner, index, thing, True, None)


def _set(run: Run, owner: Any, index: Any, thing: Any, guard: Any, through: int | None) -> None:
    """owner[index] = thing where the guard holds; of a list that is one of several, in that one.

    `through` says which list of several is being changed. The guard is asked first: on other ways through the program,
    nothing else of it may be known.
    """
    run.heap.change(owner, "a list")
    view = run.heap.views.get(id(owner))
    if view is None:
        forget_rows(run, owner, through)
    else:
        run.heap.look(owner)
        if not (type(thing) is Value or is_number(thing)):
            raise UnrollError("a list or dict is changed that is one of several, as a value decides")
        for one, condition in zip(view.owners, view.conditions, strict=True):
            _set(run, one, index, thing, all_of(run, guard, condition), id(owner))
        run.heap.touch(id(owner), through)
    if type(index) is not Value:
        owner[index] = select(run, guard, thing, owner[index]) if type(guard) is Value else thing
        return
    for k in range(len(owner)):
        here = all_of(run, guard, compare(run, ast.Eq, index, k))
        owner[k] = select(run, here, thing, owner[k])
