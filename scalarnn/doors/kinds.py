"""What each kind of argument has to be: seen at one glance where it is plain, looked at entry by entry where it is not.

    plain     an expression that is true of lists of finite floats, which is nearly everything
    look      a function of the argument and its name: it raises, or returns the argument in Python's lists and numbers

A plain expression calls no Python function, so that nobody who steps through a program comes here: all numbers are put
in a row, `float.conjugate` takes nothing but floats, and NaN and ∞ stay in their sum.
"""

from __future__ import annotations

from itertools import chain

from scalarnn import check
from scalarnn.check import NUMBERS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

__all__ = [
    "ALONE",
    "GLANCES",
    "LOOKS",
    "RANGES",
    "in_python",
    "not_below_zero",
    "numbers_in_python",
    "read",
    "same_shapes",
]

# What a number, or all numbers of a list, have to be beside finite floats; @ stands for the argument.
RANGES = {
    "Probabilities": "0 <= min(@) and max(@) <= 1",
    "PossibleProbabilities": "0 < min(@) and max(@) < 1",
    "Distribution": "0 <= min(@) and max(@) <= 1 and -9e-7 <= sum(@) - 1 <= 9e-7",
    "Rate": "@ > 0",
    "RateOrDecay": "@ > 0",
    "NotNegative": "@ >= 0",
    "Beta": "0 <= @ < 1",
    "Gamma": "0 < @ <= 1",
}

# Kinds of which no list is made: plain by an expression of their own.
ALONE = {
    "NotNaN": "type(@) in NUMBERS and @ == @",
    "Label": "type(@) is int and 0 <= @ < #",
    "Count": "type(@) is int and @ >= 1",
    "Steps": "type(@) is int and @ >= 0",
    "LegacyRandom": "False",  # its module is not imported only to recognise it
    "Squares": "not_below_zero(@)",
}


# ---- into Python's own lists and numbers -----------------------------------------------------------------------------


def in_python(value: Any) -> Any:
    """A number, in Python's own kind where another library's stands for one: float32 becomes float, uint8 int.

    Examples:
        >>> in_python(2.5), in_python("2")
        (2.5, '2')
    """
    if hasattr(type(value), "dtype") and hasattr(type(value), "item") and getattr(value, "ndim", 0) == 0:
        return value.item()
    return value


def numbers_in_python(values: Any) -> Any:
    """A list of Python's own, read by position: of a tuple, a row of NumPy or pandas, or nested ones; else as it is.

    Examples:
        >>> numbers_in_python((1, (2, 3)))
        [1, [2, 3]]
    """
    if type(values) is list:
        if set(map(type, values)) <= NUMBERS:
            return values
        return [numbers_in_python(value) for value in values]
    if hasattr(type(values), "to_numpy"):  # pandas reads [0] by label; its array has positions
        values = values.to_numpy()
    if hasattr(type(values), "tolist") and hasattr(type(values), "__len__"):
        return numbers_in_python(values.tolist()) if getattr(values, "ndim", 1) else values.tolist()
    if not hasattr(type(values), "__len__") or isinstance(values, (str, bytes, dict, set)):
        return in_python(values)
    if not hasattr(type(values), "__getitem__"):
        return values
    return [numbers_in_python(values[i]) for i in range(len(values))]


# ---- looking entry by entry ------------------------------------------------------------------------------------------


def read(values: Any, name: str, look: Callable[..., None], **expected: Any) -> Any:
    """The values in Python's own lists and numbers, looked at; a message shows them as they were given.

    Args:
        values: nested lists, or what can be read as such.
        name: how a message calls them.
        look: a function of `check`.
        expected: what else it is told.

    Examples:
        >>> read((1, 2.5), "x", check.vector)
        [1, 2.5]
    """
    check.sequence(values, name)
    converted = numbers_in_python(values)
    if converted is values:
        look(values, name, **expected)
        return values
    wrong = _told(look, converted, name, **expected)
    if wrong:
        raise _told(look, values, name, **expected) or wrong
    return converted


def _told(look: Callable[..., None], *given: Any, **expected: Any) -> Exception | None:
    """What a look says is wrong; nothing, if pandas has no entry 0 for it, because its index has none."""
    try:
        look(*given, **expected)
    except (TypeError, ValueError) as error:
        return error.with_traceback(None)
    except LookupError:
        pass
    return None


def _number(look: Callable[..., None]) -> Callable[[Any, str], Any]:
    def look_at(value: Any, name: str) -> Any:
        look(value, name)
        return in_python(value)

    return look_at


def _list_of(look: Callable[..., None]) -> Callable[[Any, str], Any]:
    def look_at(values: Any, name: str) -> Any:
        return read(values, name, look)

    return look_at


def _steps(value: Any, name: str) -> None:
    check.integer(value, name, 0, None)


def _generator(value: Any, name: str) -> None:
    from scalarnn.random_numbers import LegacyRandom

    if not isinstance(value, LegacyRandom):
        raise TypeError(f"{name} is {check.shown(value)}: expected a LegacyRandom, such as LegacyRandom(0)")


LOOKS: dict[str, Callable[[Any, str], Any]] = {
    "Number": _number(check.number),
    "NotNaN": _number(check.not_nan),
    "Vector": _list_of(check.vector),
    "Numbers": _list_of(check.numbers),
    "Logits": _list_of(check.logits),
    "Probabilities": _list_of(check.probabilities),
    "PossibleProbabilities": _list_of(check.probabilities),
    "Distribution": _list_of(check.distribution),
    "Count": _number(check.count),
    "Steps": _number(_steps),
    "Rate": _number(check.learning_rate),
    "NotNegative": _number(check.not_negative),
    "Beta": _number(check.beta),
    "Gamma": _number(check.gamma),
    "RateOrDecay": _number(check.rate_or_decay),
    "LegacyRandom": _number(_generator),
}


# ---- parameters: any nesting, all of one shape -----------------------------------------------------------------------


def not_below_zero(s: Any) -> bool:
    """Whether no number of s is below zero; that they are plain has been seen.

    Examples:
        >>> not_below_zero([0.0, 1.5]), not_below_zero([[0.5], [-1.5]])
        (True, False)
    """
    if type(s) is not list:
        return bool(s >= 0)
    if type(s[0]) is not list:
        return bool(min(s) >= 0)
    return bool(min(map(min, s)) >= 0)


def same_shapes(named: dict[str, Any], squares: tuple[str, ...] = ()) -> list[Any]:
    """The arguments in Python's lists and numbers, of one shape, that of the first; none of the squares below zero.

    Examples:
        >>> same_shapes({"theta": (1, 2), "v": [0, 0]})
        [[1, 2], [0, 0]]
    """
    (name, first), given = next(iter(named.items())), []
    theta = numbers_in_python(first)
    for other_name, other in named.items():
        converted = numbers_in_python(other)
        wrong = _told(check.same_shape, theta, converted, name, other_name)
        if wrong:
            raise _told(check.same_shape, first, other, name, other_name) or wrong
        other = converted
        if other_name in squares:
            check.squares(other, other_name)
        given.append(other)
    return given


# The words of the plain expressions.
GLANCES: dict[str, Any] = {
    "NUMBERS": NUMBERS,
    "are_numbers": NUMBERS.issuperset,
    "as_floats": float.conjugate,
    "length_of_list": list.__len__,
    "entries": chain.from_iterable,
    "alike": check.alike,
    "not_below_zero": not_below_zero,
}
