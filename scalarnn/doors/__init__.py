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
    making      from a signature to a door
    functions   the doors of functions that take networks as lists, or functions of yours
    later       functions whose code is written when they are first called
    objects     the doors of Neuron, Layer, Network and of what works on networks
    passes      through an activation, from inside a layer
    straight    what small networks do again and again goes as straight lines
"""

from __future__ import annotations

from scalarnn.doors.functions import FUNCTIONS
from scalarnn.doors.making import door, is_door
from scalarnn.doors.objects import open_class

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["door", "door_of", "is_door", "open_classes", "open_doors"]


def door_of(function: Any) -> Any:
    """The door of a function of the package."""
    return door(function, FUNCTIONS.get(function.__name__))


def open_classes(*kinds: type) -> None:
    """Put a door before the public methods of each class."""
    for kind in kinds:
        open_class(kind)


def open_doors(names: dict[str, Any], offered: list[str]) -> None:
    """Put a door before each function that is offered, and before the public methods of each class.

    Args:
        names: the names of the package, to be changed.
        offered: which of them users are offered.
    """
    for name in offered:
        thing = names[name]
        if isinstance(thing, type):
            open_class(thing)
        else:
            names[name] = door_of(thing)
