"""Looking at arguments entry by entry, as a signature states them: raising, or handing on what Python itself has."""

from __future__ import annotations

from scalarnn import check
from scalarnn.doors.kinds import LOOKS, in_python, numbers_in_python, read, same_shapes
from scalarnn.doors.reasons import NO_GRADIENT
from scalarnn.doors.signature import OF_ONE_SHAPE, arguments_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from scalarnn.doors.signature import Argument

__all__ = ["Looking", "answer", "answers", "fits"]


class Looking:
    """The look of a door: each argument after those by whose length it may be wrong.

    Args:
        bare: the function behind the door, whose signature says what it takes; it is read when it is first asked.
    """

    def __init__(self, bare: Any) -> None:
        self.bare = bare
        self.arguments: list[Argument] = []

    def __call__(self, *values: Any) -> Sequence[Any]:
        """The arguments as they are handed on."""
        if not self.arguments:
            self.arguments = arguments_of(self.bare)
            self.in_order = _in_order(self.arguments)
        named = {
            argument.name: value for argument, value in zip(self.arguments, values[-len(self.arguments) :], strict=True)
        }
        for argument in self.in_order:
            if not (argument.optional and named[argument.name] is None):
                named[argument.name] = _looked_at(argument, named, self.arguments)
        for argument in self.arguments:
            _look_at_length(argument, named, self.arguments)
        _look_at_shapes(self.arguments, named)
        if self.bare.__name__ in NO_GRADIENT:
            NO_GRADIENT[self.bare.__name__](*named.values())
        return tuple(named.values())


def _in_order(arguments: Sequence[Argument]) -> list[Argument]:
    """In the order of the signature, but a matrix, and a label, after what says how long its rows are, or how many."""
    in_order: list[Argument] = []
    waiting = list(arguments)
    while waiting:
        for argument in waiting:
            if not any(other in waiting for other in _wanted_by(argument, arguments)):
                break
        waiting.remove(argument)
        in_order.append(argument)
    return in_order


def _wanted_by(argument: Argument, arguments: Sequence[Argument]) -> list[Argument]:
    """The arguments that have to be looked at before this one can be."""
    if argument.kind == "Label":
        return [other for other in arguments if other.letters or other.kind == "Count"][:1]
    if argument.kind == "Matrix":
        return [other for other in arguments if argument.reason(other) and argument.letters[1] in other.letters]
    return []


def _length_of(letter: str, argument: Argument, named: dict[str, Any]) -> int:
    value = named[argument.name]
    return len(value) if letter == argument.letters[0] else len(value[0])


def _looked_at(argument: Argument, named: dict[str, Any], arguments: Sequence[Argument]) -> Any:
    """The argument in Python's lists and numbers, and of its kind."""
    value, name = named[argument.name], argument.name
    if argument.kind in OF_ONE_SHAPE:
        return value  # all of them together, afterwards
    if argument.kind == "Label":
        (other,) = _wanted_by(argument, arguments)
        classes = named[other.name]
        check.index(value, classes if other.kind == "Count" else len(classes), name)
        return value
    if argument.kind != "Matrix":
        return LOOKS[argument.kind](value, name)
    columns, because = None, ""
    for other in _wanted_by(argument, arguments):
        columns, because = _length_of(argument.letters[1], other, named), argument.reason(other) or ""
    return read(value, name, check.matrix, columns=columns, because=because)


def _look_at_length(argument: Argument, named: dict[str, Any], arguments: Sequence[Argument]) -> None:
    """As long as the others say that share its letter."""
    for other in arguments:
        because = argument.reason(other)
        if because and argument.letters and argument.letters[0] in other.letters:
            expected = _length_of(argument.letters[0], other, named)
            check.length(named[argument.name], argument.name, expected, because)


def _look_at_shapes(arguments: Sequence[Argument], named: dict[str, Any]) -> None:
    """Parameters and what belongs to them, all of one shape."""
    shapes = {argument.name: named[argument.name] for argument in arguments if argument.kind in OF_ONE_SHAPE}
    if shapes:
        squares = tuple(argument.name for argument in arguments if argument.kind == "Squares")
        named.update(zip(shapes, same_shapes(shapes, squares), strict=True))


# ---- activations of your own -----------------------------------------------------------------------------------------


def fits(activation: Any, *methods: str) -> None:
    """What stands for an activation, which may have been assigned since the layer was made, is one."""
    check.activation(activation, methods)


def answers(values: Any, n_neurons: int, name: str, because: str, *, finite: bool = False) -> Any:
    """What it has answered for all neurons, in Python's lists and numbers.

    Examples:
        >>> answers((1, 2.5), 3, "a", "one for each neuron")
        Traceback (most recent call last):
        ValueError: a has length 2: expected 3, one for each neuron
    """
    check.sequence(values, name)
    values = numbers_in_python(values)
    check.length(values, name, n_neurons, because)
    for j in range(n_neurons):
        answer(values[j], f"{name}[{j}]", finite=finite)
    return values


def answer(value: Any, name: str, *, finite: bool = False) -> Any:
    """What it has answered for one neuron.

    Examples:
        >>> answer(None, "a")
        Traceback (most recent call last):
        TypeError: a is None: expected a number
    """
    look = check.number if finite else check.any_number
    look(value, name)
    return in_python(value)
