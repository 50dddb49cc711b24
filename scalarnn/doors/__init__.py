"""Doors: what a user calls. Each looks at what it is given, once, and hands on to the bare function behind it.

    scalarnn.layer_forward          a door: it refuses what is wrong, in words, before any arithmetic
    scalarnn.layer.layer_forward    the bare function: mathematics and nothing else; also the `__wrapped__` of its door

What a function takes is stated once, in its signature, and this is where the statement is read:

    Number                      one finite number, of any kind but bool
    NotNaN                      one number, infinite ones included
    Vector[n]                   a list of n of finite numbers
    Numbers[n]                  the same, infinite ones included
    Matrix[m, n]                m such lists of n numbers
    Logits[n]                   scores: −∞ rules a class out, but not all of them
    Probabilities[n]            numbers from 0 to 1
    PossibleProbabilities[n]    the same, and none so sure that the loss is infinite and has no gradient
    Distribution[n]             numbers from 0 to 1 whose sum is one, give or take 1e-6: labels, one-hot or soft
    Label                       the index of a class, from 0
    Parameters, Squares         a number, a vector, a matrix, or deeper lists, all of one shape; squares from 0 up
    Count, Steps                a whole number from 1 up, from 0 up
    Rate, NotNegative           a number above 0, from 0 up
    Beta, Gamma                 a number from 0 up to, but not including, 1; above 0 and at most 1
    … | None                    or nothing

A letter stands for one length: what shares a letter has to fit. TypeError: a thing is of a wrong sort. ValueError: it
is of the right sort, and empty, of a wrong length, NaN, infinite or out of range.

Lists are handed on as they are. Tuples, rows of NumPy and of pandas are read by position, and their numbers become
Python's: a small integer does not run over, and float32 becomes float, which has the same value.

    kinds       what each word above asks for, and how it is seen at one glance
    signature   what a signature says of each argument
    glance      an expression that is true of plain arguments; looking: entry by entry; reasons: why lengths have to fit
    functions   the doors of functions that take networks as lists, or functions of yours
    objects     the doors of Neuron, Layer, Network and of what works on networks
    making      from a signature, or one of these, to a door
    passes      through an activation, from inside a layer
    straight    what small networks do again and again goes as straight lines
    later       functions whose code is written when they are first called: so none of the rooms above but `passes` is
                loaded before
"""

from __future__ import annotations

from scalarnn.doors.later import FunctionType, written_later
from scalarnn.doors.passes import BARE, CLASSES, LAYERS, OURS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType
    from typing import Any

__all__ = ["door", "is_door", "open_classes", "open_doors"]


def is_door(thing: Any) -> bool:
    """Whether a function is a door.

    Examples:
        >>> import scalarnn
        >>> is_door(scalarnn.neuron_forward), is_door(scalarnn.neuron_forward.__wrapped__)
        (True, False)
    """
    return type(thing) is FunctionType and thing.__globals__.get("__name__") == "scalarnn.doors"


def door(bare: Any) -> Any:
    """A function that looks at its arguments, as the signature of the bare one states them, and calls it.

    Args:
        bare: the function, or method, behind the door.

    Returns:
        A function with the name, signature and docstring of the bare one, which is its `__wrapped__`.

    Examples:
        >>> from scalarnn.neuron import neuron_forward
        >>> door(neuron_forward)([1, 2], [3, 4], float("nan"))
        Traceback (most recent call last):
        ValueError: b is nan: expected a finite number
    """
    room = {"bare": bare, "__name__": "scalarnn.doors"}
    made = written_later(bare, room, _written, f"scalarnn.doors: {bare.__module__}.{bare.__qualname__}")
    made.__module__, made.__wrapped__ = "scalarnn", bare
    return made


def _written(door: Any) -> CodeType:
    # What a door is made with is loaded by the first call of one.
    from scalarnn.doors.making import written

    return written(door)


def open_classes(*kinds: type) -> None:
    """Put a door before each public method of each class, and of the classes above it, unless it has one.

    A method that is a function of the package, such as `value` of ReLU, becomes the door of that function.
    """
    for kind in kinds:
        OURS.add(kind)
        for base in kind.__mro__[:-1]:
            CLASSES[base.__name__] = base
            for name, thing in list(vars(base).items()):
                if name == "__init__" or not name.startswith("_"):
                    _open(base, name, thing)
        if kind.__name__ == "Layer":
            LAYERS.add(kind)
        if "z" in getattr(getattr(kind, "backward", None), "__annotations__", ()):
            _remember_activation(kind)


def _open(kind: type, name: str, thing: Any) -> None:
    if isinstance(thing, staticmethod):
        if not is_door(thing.__func__):
            setattr(kind, name, staticmethod(door(thing.__func__)))
    elif type(thing) is FunctionType and thing.__code__.co_argcount > 1 and not is_door(thing):
        setattr(kind, name, door(thing))


def _remember_activation(kind: Any) -> None:
    """A layer calls the bare functions of an activation of this package."""
    for way in ("forward", "backward"):
        BARE[way][kind] = getattr(kind, way).__wrapped__
    for way in ("value", "derivative"):
        if isinstance(vars(kind).get(way), staticmethod):
            BARE[way][kind] = getattr(kind, way).__wrapped__


def open_doors(names: dict[str, Any], offered: list[str]) -> None:
    """Put a door before each function that is offered, and before the public methods of each class.

    Args:
        names: the names of the package, to be changed.
        offered: which of them users are offered.
    """
    for name in offered:
        thing = names[name]
        if isinstance(thing, type):
            open_classes(thing)
        else:
            names[name] = door(thing)
