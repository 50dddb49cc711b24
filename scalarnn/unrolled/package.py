"""Functions of the package that are not unrolled as they are written.

_that_add                       which terms take part in a sum: in straight lines all of them, for a list that hangs
                                on values has no length. What is left out is 0 · w, which changes a sum where w is
                                infinite or NaN, and there alone
forward_through and others      what comes out of an activation of a user's own is looked at: not here
inside, kept_by, put_back       what happens when a call fails: a program keeps nothing that could be put back
round_to_float32                an operation by itself
"""

from __future__ import annotations

from scalarnn import float32, layer
from scalarnn.doors import passes
from scalarnn.unrolled.calls import call, method_of
from scalarnn.unrolled.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.unrolled.run import Run

__all__ = ["OF_THE_PACKAGE"]


def _that_add(_run: Run, args: list[Any], _settings: dict[str, Any]) -> Any:
    return range(len(args[0]))


def _forward_through(run: Run, args: list[Any], _settings: dict[str, Any]) -> Any:
    activation, z = args
    if activation is None:
        return z
    return call(run, run.frame, method_of(run, activation, "forward"), [z], {})


def _backward_through(run: Run, args: list[Any], _settings: dict[str, Any]) -> Any:
    activation, dL_da, z = args
    if activation is None:
        return run.heap.new(list(dL_da))
    return call(run, run.frame, method_of(run, activation, "backward"), [dL_da, z], {})


def _value_through(run: Run, args: list[Any], _settings: dict[str, Any]) -> Any:
    activation, z = args
    return z if activation is None else call(run, run.frame, method_of(run, activation, "value"), [z], {})


def _derivative_through(run: Run, args: list[Any], _settings: dict[str, Any]) -> Any:
    activation, z = args
    return 1 if activation is None else call(run, run.frame, method_of(run, activation, "derivative"), [z], {})


def _keep(run: Run, args: list[Any], _settings: dict[str, Any]) -> None:
    for thing, name, value in args[-1]:
        run.heap.change(vars(thing), f".{name} of {type(thing).__name__}")
        vars(thing)[name] = value


def _round_to_float32(run: Run, args: list[Any], _settings: dict[str, Any]) -> Any:
    return run.emit("round_to_float32", args[0]) if type(args[0]) is Value else float32.round_to_float32(args[0])


def _bare(function: Any) -> Any:
    return getattr(function, "__wrapped__", function)


OF_THE_PACKAGE: dict[Any, Any] = {
    layer._that_add: _that_add,
    passes.forward_through: _forward_through,
    passes.backward_through: _backward_through,
    passes.value_through: _value_through,
    passes.derivative_through: _derivative_through,
    passes.keep: _keep,
    _bare(float32.round_to_float32): _round_to_float32,
}
