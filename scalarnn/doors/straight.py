"""Straight ways: what a small network does again and again is unrolled, and goes as straight lines from then on.

A way is forward, backward, forward_batch, update, the step of an optimizer, or the passes of a training step. Its calls
are counted for all networks of one shape together; once they have cost about what unrolling costs, the way is unrolled.
The straight function does what the method does, to the bit, and looks at what it is given as the door does; where
anything is not plain it returns None and has changed nothing, and the call goes its usual way, with its messages.

    Ways             the straight functions for networks, or layers, of one shape
    STRAIGHT         class → the methods that may go so; it gets its ways when the door of one is written
    UNWATCHED        the condition, as text, that nobody traces, profiles or records: else every line is to be seen
    straight_lines   the switch

Only objects of this package's own classes have straight ways, with activations of its own. The functions are made far
above this room, by `scalarnn.unrolled.passes`.
"""

from __future__ import annotations

import sys

from scalarnn.doors.passes import BARE, OURS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

__all__ = ["STRAIGHT", "UNKNOWN", "UNWATCHED", "WATCHING", "Ways", "straight_lines", "unwatched", "ways_of"]

# Unrolling costs what so many rows save: some, and more for each weight and bias; several times as many where a loop
# over samples stays, whose rows cost less on the usual way. Measured by `python -m tests.benchmarks.straight`.
REPAID, REPAID_BY_PARAMETER, IN_A_LOOP = 400, 1, 5
LARGEST = 1500  # weights and biases: beyond, the usual way takes less than 1.5 times as long
MOST_SHAPES = 64

STRAIGHT = {
    "Layer": ("forward", "backward"),
    "Network": ("forward", "backward", "forward_batch", "update"),
    "Optimizer": ("step",),
}

UNWATCHED = "gettrace() is None is getprofile()"
WATCHING: dict[str, Any] = {"gettrace": sys.gettrace, "getprofile": sys.getprofile}
if sys.version_info >= (3, 12):
    UNWATCHED += " and not any(map(get_tool, TOOLS))"
    WATCHING |= {"get_tool": sys.monitoring.get_tool, "TOOLS": range(6)}

# The same for who is no door.
unwatched: Callable[[], bool] = eval(f"lambda: {UNWATCHED}", WATCHING)


class Ways:
    """The straight functions for what is of one shape; None for a way that is not unrolled, or not yet.

    Args:
        n_parameters: how many weights and biases there are; None for a shape that is never unrolled.

    Attributes:
        forward, backward, forward_batch, update, step: functions of the object and what is given to its method.
        passes: name of a loss, and whether there is one sample → the passes of a training step.
        left: way → how many rows are still to be seen before it is unrolled.
    """

    __slots__ = ("backward", "forward", "forward_batch", "left", "n_parameters", "passes", "step", "update")

    def __init__(self, n_parameters: int | None = None) -> None:
        self.n_parameters = n_parameters
        self.forget()

    def forget(self) -> None:
        """Begin to count anew."""
        self.left: dict[Any, int] = {}
        self.forward = self.backward = self.forward_batch = self.update = self.step = None
        self.passes: dict[Any, Any] = {}

    def __reduce__(self) -> Any:
        """A copy, or what is read from a file, begins to count anew."""
        return _unknown, ()

    def seen(self, way: Any, thing: Any, *given: Any, rows: int = 1) -> Any:
        """Count a call that goes its usual way; unroll what has been called often enough.

        Returns:
            None, or what the straight function gives: others of this shape may have come so far before.
        """
        if way == "forward_batch" and type(given[0]) is list:
            rows = len(given[0])
        if self is UNKNOWN:
            self = _shaped(thing, *given)
            if self is UNKNOWN:
                return None
            thing._straight = self
            made = getattr(self, way) if isinstance(way, str) else None
            if made is not None:
                return made(thing, *given)
        if self.n_parameters is not None and SWITCH:
            if way not in self.left:
                self.left[way] = self._repaid_after(way)
            self.left[way] -= rows
            if self.left[way] <= 0:
                self._unroll(way, thing, *given)
        return None

    def _repaid_after(self, way: Any) -> int:
        """How many rows are to go their usual way before."""
        rows = REPAID + REPAID_BY_PARAMETER * (self.n_parameters or 0)
        has_loop = way == "forward_batch" if isinstance(way, str) else not way[1]
        return IN_A_LOOP * rows if has_loop else rows

    def _unroll(self, way: Any, thing: Any, *given: Any) -> None:
        self.left[way] = sys.maxsize  # once, whatever comes of it
        # The one way up from here: the room that unrolls is loaded by those who need it.
        made = __import__("scalarnn.unrolled.passes", fromlist=["unrolled"]).unrolled(way, thing, *given)
        if isinstance(way, str):
            setattr(self, way, made)
        else:
            self.passes[way] = made


UNKNOWN = Ways()  # of what has not been looked at yet
NONE = Ways()  # of what is too large, or not of this package
SHAPES: dict[Any, Ways] = {}
SWITCH: list[bool] = [True]  # empty: off


def ways_of(thing: Any) -> Any:
    """The ways of an object, as they stand."""
    return getattr(thing, "_straight", UNKNOWN)


def _unknown() -> Ways:
    return UNKNOWN


def straight_lines(on: bool) -> bool:
    """Let small networks go as straight lines where it pays, or not; returns what was so before.

    Straight or not, every figure and every message is the same. Without straight lines a step of a small network takes
    longer, the smaller it is the more: nine times with a dozen parameters.

    Args:
        on: True, as it is at first, or False.

    Raises:
        TypeError: it is neither.

    Examples:
        >>> straight_lines(False), straight_lines(True)
        (True, False)
    """
    if not isinstance(on, bool):
        raise TypeError(f"on is {on!r}: expected True or False")
    before = bool(SWITCH)
    SWITCH[:] = [True] if on else []
    for ways in SHAPES.values():
        ways.forget()
    return before


# ---- shapes ----------------------------------------------------------------------------------------------------------


def _shaped(thing: Any, *given: Any) -> Ways:
    """The ways of all things of this shape; NONE for what has no straight ways, UNKNOWN for a class of your own."""
    name = type(thing).__name__
    if type(thing) not in OURS:
        return UNKNOWN
    try:
        layers = [thing] if name == "Layer" else thing.layers if name == "Network" else given[0].layers
        settings = () if name in ("Layer", "Network") else _settings_of(thing)
        key = (type(thing), *settings, *map(_shape, layers))
        found = SHAPES.get(key)
        if found is not None:
            return found
        n_parameters = sum(len(layer.W) * (len(layer.W[0]) + 1) for layer in layers)
    except (AttributeError, LookupError, TypeError):  # something is not as it should be, and will be told so
        return UNKNOWN
    if None in key or n_parameters > LARGEST:
        return NONE
    if len(SHAPES) >= MOST_SHAPES:
        del SHAPES[next(iter(SHAPES))]
    found = SHAPES[key] = Ways(n_parameters)
    return found


def _shape(layer: Any) -> Any:
    """Inputs, neurons, activation; None for what is not of this package."""
    activation, n_neurons, n_inputs = layer.activation, len(layer.W), len(layer.W[0])
    if type(layer) not in OURS or not (activation is None or type(activation) in BARE["forward"]) or not n_inputs:
        return None
    if activation is None or not vars(activation):
        return type(layer), n_neurons, n_inputs, type(activation)
    return type(layer), n_neurons, n_inputs, type(activation), *_settings_of(activation)


def _settings_of(thing: Any) -> list[Any]:
    """What an activation, a decay or an optimizer was made with; a rate that is a number is none, it may change."""
    found: list[Any] = []
    for name, annotation in getattr(type(thing).__init__, "__annotations__", {}).items():
        value = getattr(thing, name, None)
        if hasattr(value, "at"):
            found += [type(value), *_settings_of(value)]
        elif name != "return" and annotation != "RateOrDecay":
            found.append((value, type(value)))
    return found
