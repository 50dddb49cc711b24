"""Errors for people: what was wrong, where, and what was expected.

Each function looks at its arguments, changes nothing, and either returns or raises. The mathematics calls them
before its first line of arithmetic.

TypeError: the thing is of a wrong sort (text, None, a bool where a number belongs).
ValueError: the sort is right, the value or the length is not.

Lists of finite floats or ints, which is nearly everything, pass by a short way: `is_plain_vector`. Whatever else there
is goes a long way, which finds the entry and makes its name, such as `x[2]`, for a message.
"""

from __future__ import annotations

from itertools import chain

from scalarnn.scalar import is_finite, is_symbolic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.scalar import Matrix, Number, Vector

__all__ = [
    "activation",
    "alike",
    "any_number",
    "batch",
    "beta",
    "count",
    "distribution",
    "gamma",
    "index",
    "integer",
    "is_decay",
    "is_plain_matrix",
    "is_plain_vector",
    "learning_rate",
    "length",
    "logits",
    "matrix",
    "not_nan",
    "not_negative",
    "number",
    "numbers",
    "probabilities",
    "rate_or_decay",
    "same_shape",
    "sample",
    "sequence",
    "shown",
    "squares",
    "vector",
]

# How far the sum of labels may be from one: rounding, never a forgotten entry. Labels that have been float32 once, such
# as the output of a float32 softmax, sum to one only this closely.
SUM_TOLERANCE = 1e-6

NUMBERS = frozenset({float, int})

# Kinds that calculate, and are no numbers: truths, a missing value of pandas, days.
NO_NUMBERS = ("bool", "bool_", "NAType", "NaTType", "datetime64", "timedelta64", "timedelta")

# Up to how many entries a loop is done before a sum has begun.
FEW = 3

# The activations by name, for the message to somebody who writes "relu" and means ReLU().
ACTIVATIONS = ("Identity", "LeakyReLU", "ReLU", "Sigmoid", "Softmax", "Tanh")


def number(value: Number, name: str) -> None:
    """A finite number of any kind.

    Raises:
        TypeError: a bool, text, None, a list, a complex number.
        ValueError: NaN or infinite.

    Examples:
        >>> number(True, "b")
        Traceback (most recent call last):
        TypeError: b is True, a bool: expected a number
        >>> number(float("inf"), "x[2]")
        Traceback (most recent call last):
        ValueError: x[2] is inf: expected a finite number
    """
    if type(value) is float and value - value == 0:  # ∞ − ∞ and NaN − NaN are NaN
        return
    any_number(value, name)
    if not is_finite(value):
        raise ValueError(f"{name} is {value}: expected a finite number")


def not_nan(value: Number, name: str) -> None:
    """A number of any kind, infinite ones included.

    Raises:
        TypeError: not a number.
        ValueError: NaN.

    Examples:
        >>> not_nan(float("nan"), "z")
        Traceback (most recent call last):
        ValueError: z is nan: expected a number
    """
    if type(value) is float and value == value:  # NaN alone differs from itself
        return
    any_number(value, name)
    if not is_symbolic(value) and value != value:
        raise ValueError(f"{name} is {value}: expected a number")


def vector(values: Vector, name: str) -> None:
    """A list (or other sequence) of at least one finite number.

    Raises:
        TypeError: not a sequence, or an entry is not a number.
        ValueError: empty, or an entry is NaN or infinite.

    Examples:
        >>> vector([1, "2"], "x")
        Traceback (most recent call last):
        TypeError: x[1] is '2', a str: expected a number
    """
    if is_plain_vector(values):
        return
    sequence(values, name)
    for i in range(len(values)):
        value = values[i]
        if (type(value) is not float or value - value != 0) and type(value) is not int:
            number(value, f"{name}[{i}]")


def is_plain_vector(values: Any) -> bool:
    """Whether it is a list of finite floats or ints, at least one: the short way past a check of a vector.

    For many floats one sum tells: `float.conjugate` takes nothing else, and NaN and ∞ stay in a sum. Where finite
    floats add up to more than a float can hold, the answer is False as well, and the long way finds nothing wrong.

    Examples:
        >>> is_plain_vector([1.5, 2.0]), is_plain_vector([1.5, 2]), is_plain_vector([1.5, float("nan")])
        (True, True, False)
    """
    if type(values) is not list or not values:
        return False
    if len(values) > FEW and type(values[0]) is float:
        try:
            total = sum(map(float.conjugate, values))
        except TypeError:  # an int among them, or nothing that is a number
            pass
        else:
            return total - total == 0  # ∞ − ∞ and NaN − NaN are NaN
    for value in values:
        if (type(value) is not float or value - value != 0) and type(value) is not int:
            return False
    return True


def is_plain_matrix(rows: Any, columns: int | None = None) -> bool:
    """Whether it is a list of such lists, all of them equally long.

    Examples:
        >>> is_plain_matrix([[1.5], [2.0]]), is_plain_matrix([[1.5], [2.0]], columns=3), is_plain_matrix([1.5])
        (True, False, False)
    """
    if type(rows) is not list or not rows:
        return False
    if columns is None and type(rows[0]) is list:
        columns = len(rows[0])
    for row in rows:
        if not is_plain_vector(row) or len(row) != columns:
            return False
    return True


def numbers(values: Vector, name: str) -> None:
    """A list of at least one number, infinite ones included.

    Raises:
        TypeError: not a sequence, or an entry is not a number.
        ValueError: empty, or an entry is NaN.

    Examples:
        >>> numbers([], "z")
        Traceback (most recent call last):
        ValueError: z is empty: expected at least one entry
    """
    if is_plain_vector(values):
        return
    sequence(values, name)
    for i in range(len(values)):
        value = values[i]
        if (type(value) is not float or value != value) and type(value) is not int:
            not_nan(value, f"{name}[{i}]")


def matrix(rows: Matrix, name: str, *, columns: int | None = None, because: str = "") -> None:
    """A list of equally long rows of finite numbers.

    Args:
        rows: the matrix.
        name: how the message calls it.
        columns: how long each row has to be; by default as long as the first.
        because: why, for the message.

    Raises:
        TypeError: not a list of lists, or an entry is not a number.
        ValueError: empty, ragged, rows of a wrong length, or an entry is NaN or infinite.

    Examples:
        >>> matrix([[1, 2], [3]], "W")
        Traceback (most recent call last):
        ValueError: W[1] has length 1: expected 2, the length of W[0]
    """
    if is_plain_matrix(rows, columns):
        return
    sequence(rows, name)
    for j in range(len(rows)):
        sequence(rows[j], f"{name}[{j}]")
    if columns is None:
        columns, because = len(rows[0]), f"the length of {name}[0]"
    for j in range(len(rows)):
        length(rows[j], f"{name}[{j}]", columns, because)
    for j in range(len(rows)):
        vector(rows[j], f"{name}[{j}]")


def sample(x: Vector, name: str, expected: int, because: str) -> None:
    """The inputs of one sample: a vector of the expected length.

    Raises:
        TypeError: not a sequence of numbers; a batch is sent to forward_batch.
        ValueError: empty, another length, or an entry is NaN or infinite.

    Examples:
        >>> sample([[1, 2], [3, 4]], "x", 2, "one input for each column of W")
        Traceback (most recent call last):
        TypeError: x[0] is [1, 2], a list: expected a number; for a batch call forward_batch(X)
    """
    if is_plain_vector(x) and len(x) == expected:
        return
    sequence(x, name)
    if _is_listlike(x[0]):
        raise TypeError(f"{name}[0] is {shown(x[0])}: expected a number; for a batch call forward_batch(X)")
    vector(x, name)
    length(x, name, expected, because)


def batch(X: Matrix, name: str, columns: int, because: str) -> None:
    """The inputs of a batch: a matrix whose rows, the samples, have the expected length.

    Raises:
        TypeError: not a list of lists of numbers; a sample is sent to forward.
        ValueError: empty, a row of another length, or an entry is NaN or infinite.

    Examples:
        >>> batch([1, 2], "X", 2, "one input for each column of W")
        Traceback (most recent call last):
        TypeError: X[0] is 1, an int: expected a list; for one sample call forward(x)
    """
    sequence(X, name)
    if _is_number(X[0]):
        raise TypeError(f"{name}[0] is {shown(X[0])}: expected a list; for one sample call forward(x)")
    matrix(X, name, columns=columns, because=because)


def sequence(values: Any, name: str) -> None:
    """A list (or other sequence) of at least one thing.

    Raises:
        TypeError: not a sequence; text, a dict, a set and a generator are none.
        ValueError: empty.

    Examples:
        >>> sequence({"x": 1}, "x")
        Traceback (most recent call last):
        TypeError: x is {'x': 1}, a dict: expected a list
    """
    if type(values) is list and values:
        return
    _listlike(values, name)
    if len(values) == 0:
        raise ValueError(f"{name} is empty: expected at least one entry")


def length(values: Vector | Matrix, name: str, expected: int, because: str) -> None:
    """A sequence of the expected length.

    Raises:
        TypeError: not a sequence.
        ValueError: another length.

    Examples:
        >>> length([1, 2, 3], "w", 2, "one weight for each input")
        Traceback (most recent call last):
        ValueError: w has length 3: expected 2, one weight for each input
    """
    if type(values) is list and len(values) == expected:
        return
    _listlike(values, name)
    if len(values) != expected:
        raise ValueError(f"{name} has length {len(values)}: expected {expected}, {because}")


def same_shape(theta: Any, gradient: Any, name: str, gradient_name: str) -> None:
    """A number and a number, or lists of the same shape, of finite numbers.

    Raises:
        TypeError: an entry is not a number, or a number faces a list.
        ValueError: lengths differ, a list is empty, or an entry is NaN or infinite.

    Examples:
        >>> same_shape([1, 2], [1], "theta", "dL_dtheta")
        Traceback (most recent call last):
        ValueError: dL_dtheta has length 1: expected 2, the length of theta
    """
    if alike(theta, gradient):
        return
    if not hasattr(type(theta), "__len__"):
        number(theta, name)
        number(gradient, gradient_name)
        return
    sequence(theta, name)
    sequence(gradient, gradient_name)
    length(gradient, gradient_name, len(theta), f"the length of {name}")
    for i in range(len(theta)):
        same_shape(theta[i], gradient[i], f"{name}[{i}]", f"{gradient_name}[{i}]")


def alike(theta: Any, *others: Any) -> bool:
    """Whether numbers, vectors or matrices are plain and of one shape: the short way past `same_shape`.

    Examples:
        >>> alike([1.5, 2], [0.5, 0.0]), alike([[1.5], [2.5]], [[1.5], [2.5, 3.5]]), alike(1.5, 2.5, [1.5])
        (True, False, False)
    """
    if type(theta) is not list:
        try:
            return NUMBERS.issuperset(map(type, (theta, *others))) and 0.0 * sum(others, theta) == 0.0
        except OverflowError:  # an int beyond all floats
            return False
    row = theta.copy()
    for other in others:
        if type(other) is not list or len(other) != len(theta):
            return False
        row += other
    try:
        if row and type(row[0]) is list:
            lengths = [*map(list.__len__, row)]
            if 0 in lengths or lengths != lengths[: len(theta)] * (1 + len(others)):
                return False
            row = [*chain.from_iterable(row)]
        return bool(row) and 0.0 * sum(map(float.conjugate, row)) == 0.0  # NaN and ∞ stay in a sum
    except TypeError:  # not floats alone
        return is_plain_vector(row)


def logits(z: Vector, name: str = "z") -> None:
    """Scores for a softmax: any numbers, −∞ for a class that is ruled out, but not for all of them.

    Raises:
        TypeError: not a sequence of numbers.
        ValueError: empty, NaN or +∞ at some index, or −∞ at every index.

    Examples:
        >>> logits([0.0, float("inf")])
        Traceback (most recent call last):
        ValueError: z[1] is inf: expected a finite number or -inf
        >>> logits([float("-inf"), float("-inf")])
        Traceback (most recent call last):
        ValueError: z[0] to z[1] are all -inf: expected at least one finite logit
    """
    sequence(z, name)
    for k in range(len(z)):
        if type(z[k]) is not float and type(z[k]) is not int:
            any_number(z[k], f"{name}[{k}]")
    n_finite = 0
    for k in range(len(z)):
        if is_finite(z[k]):
            n_finite += 1
        elif z[k] != z[k] or not z[k] < 0:  # a Decimal that is NaN lets itself be compared by this alone
            raise ValueError(f"{name}[{k}] is {z[k]}: expected a finite number or -inf")
    if n_finite == 0:
        raise ValueError(f"{name}[0] to {name}[{len(z) - 1}] are all -inf: expected at least one finite logit")


def probabilities(p: Vector, name: str) -> None:
    """Numbers from 0 to 1.

    Raises:
        TypeError: not a sequence of numbers.
        ValueError: empty, or an entry is below 0, above 1 or NaN.

    Examples:
        >>> probabilities([0.5, 1.5], "y_hat")
        Traceback (most recent call last):
        ValueError: y_hat[1] is 1.5: expected a probability from 0 to 1
    """
    vector(p, name)
    for k in range(len(p)):
        if (type(p[k]) is float or not is_symbolic(p[k])) and not 0 <= p[k] <= 1:
            raise ValueError(f"{name}[{k}] is {p[k]}: expected a probability from 0 to 1")


def distribution(y: Vector, name: str = "y") -> None:
    """Labels as a distribution over classes, one-hot or soft: numbers from 0 to 1 whose sum is one, give or take 1e-6.

    ∂L/∂z = ŷ − y holds only for Σy = 1; in general it is (Σy)·ŷ − y.

    Raises:
        TypeError: not a sequence of numbers.
        ValueError: an entry outside 0 to 1, or Σy further than 1e-6 from 1.

    Examples:
        >>> distribution([1, 1, 0])
        Traceback (most recent call last):
        ValueError: y sums to 2: expected 1, give or take 1e-6
    """
    probabilities(y, name)
    total = 0
    for k in range(len(y)):
        total += y[k]
    if not is_symbolic(total) and not -SUM_TOLERANCE <= total - 1 <= SUM_TOLERANCE:
        raise ValueError(f"{name} sums to {total}: expected 1, give or take 1e-6")


def count(value: int, name: str) -> None:
    """A whole number of things, at least one.

    Raises:
        TypeError: not an int.
        ValueError: below one.

    Examples:
        >>> count(0, "n_classes")
        Traceback (most recent call last):
        ValueError: n_classes is 0: expected a whole number from 1 up
    """
    integer(value, name, 1, None)


def integer(value: int, name: str, lowest: int, highest: int | None) -> None:
    """A whole number from lowest to highest (or up, where highest is None).

    Raises:
        TypeError: not an int.
        ValueError: out of range.

    Examples:
        >>> integer(-1, "seed", 0, 9)
        Traceback (most recent call last):
        ValueError: seed is -1: expected a whole number from 0 to 9
    """
    upper = "up" if highest is None else f"to {highest}"
    expected = f"a whole number from {lowest} {upper}"
    _whole_number(value, name, expected)
    if value < lowest or (highest is not None and value > highest):
        raise ValueError(f"{name} is {value}: expected {expected}")


def index(label: int, n_classes: int, name: str = "label") -> None:
    """The index of a class: a whole number from 0 to n_classes − 1.

    Raises:
        TypeError: a bool, a float, text.
        ValueError: out of range.

    Examples:
        >>> index(3, 3)
        Traceback (most recent call last):
        ValueError: label is 3: expected a class index from 0 to 2
        >>> index(1.0, 3)
        Traceback (most recent call last):
        TypeError: label is 1.0, a float: expected an int, a class index from 0 to 2
    """
    expected = f"a class index from 0 to {n_classes - 1}"
    _whole_number(label, name, f"an int, {expected}")
    if not 0 <= label < n_classes:
        raise ValueError(f"{name} is {label}: expected {expected}")


def learning_rate(value: Number, name: str = "learning_rate") -> None:
    """A finite number above zero.

    Raises:
        TypeError: not a number.
        ValueError: zero, negative, NaN or infinite.

    Examples:
        >>> learning_rate(-0.1)
        Traceback (most recent call last):
        ValueError: learning_rate is -0.1: expected a number above 0
    """
    if type(value) is float and value - value == 0 < value:
        return
    number(value, name)
    if not is_symbolic(value) and not value > 0:
        raise ValueError(f"{name} is {value}: expected a number above 0")


def not_negative(value: Number, name: str) -> None:
    """A finite number from zero up.

    Raises:
        TypeError: not a number.
        ValueError: negative, NaN or infinite.

    Examples:
        >>> not_negative(-1, "strength")
        Traceback (most recent call last):
        ValueError: strength is -1: expected a number from 0 up
    """
    number(value, name)
    if not is_symbolic(value) and value < 0:
        raise ValueError(f"{name} is {value}: expected a number from 0 up")


def beta(value: Number, name: str = "beta") -> None:
    """How much of the past is kept: a number from 0 up to, but not including, 1.

    Raises:
        TypeError: not a number.
        ValueError: out of range, NaN or infinite.

    Examples:
        >>> beta(1)
        Traceback (most recent call last):
        ValueError: beta is 1: expected a number from 0 up to, but not including, 1
    """
    number(value, name)
    if not is_symbolic(value) and not 0 <= value < 1:
        raise ValueError(f"{name} is {value}: expected a number from 0 up to, but not including, 1")


def gamma(value: Number, name: str = "gamma") -> None:
    """What is left after one step of decay: a number above 0 and at most 1.

    Raises:
        TypeError: not a number.
        ValueError: out of range, NaN or infinite.

    Examples:
        >>> gamma(0)
        Traceback (most recent call last):
        ValueError: gamma is 0: expected a number above 0 and at most 1
    """
    number(value, name)
    if not is_symbolic(value) and not 0 < value <= 1:
        raise ValueError(f"{name} is {value}: expected a number above 0 and at most 1")


def squares(s: Any, name: str) -> None:
    """Numbers, however nested, none of which is below zero.

    Raises:
        TypeError: an entry is not a number.
        ValueError: an entry is negative, NaN or infinite.

    Examples:
        >>> squares([[4.0], [-1.0]], "s")
        Traceback (most recent call last):
        ValueError: s[1][0] is -1.0: expected a number from 0 up
    """
    if not hasattr(type(s), "__len__"):
        not_negative(s, name)
        return
    for i in range(len(s)):
        if type(s[i]) is not float or s[i] < 0:
            squares(s[i], f"{name}[{i}]")


def is_decay(learning_rate: Any) -> bool:
    """Whether a learning rate is an object that says which number it is after t steps.

    Examples:
        >>> is_decay(0.1)
        False
    """
    return not isinstance(learning_rate, type) and callable(getattr(learning_rate, "at", None))


def rate_or_decay(value: Any, name: str = "learning_rate") -> None:
    """A finite number above zero, or an object that says which number it is after t steps.

    Raises:
        TypeError: neither.
        ValueError: a number that is zero, negative, NaN or infinite.

    Examples:
        >>> rate_or_decay("fast")
        Traceback (most recent call last):
        TypeError: learning_rate is 'fast', a str: expected a number
    """
    if not is_decay(value):
        learning_rate(value, name)


def activation(
    thing: Any, methods: tuple[str, ...], name: str = "activation", expected: str = "None or an object such as ReLU()"
) -> None:
    """An activation object, or None for none.

    Args:
        thing: what was given.
        methods: what it has to have: forward and backward for a layer, value and derivative for a neuron.
        name: how the message calls it.
        expected: what belongs there, for the message.

    Raises:
        TypeError: a name, a function, a class or a layer where an object such as ReLU() belongs.

    Examples:
        >>> activation("relu", ("forward", "backward"))
        Traceback (most recent call last):
        TypeError: activation is 'relu', a str: expected None or an object such as ReLU(); did you mean ReLU()?
    """
    if thing is None:
        return
    kind = thing if isinstance(thing, type) else type(thing)
    fits = all(callable(getattr(thing, method, None)) for method in methods) and not _is_layer(kind)
    if isinstance(thing, type):
        what = f"the class {thing.__name__}"
        if fits:
            expected = f"an object, {thing.__name__}()"
    elif kind.__name__ in ("function", "builtin_function_or_method"):
        what = f"the function {thing.__name__}"
    elif fits:
        return
    else:
        what = shown(thing)
    meant = _activation_named(thing if isinstance(thing, str) else getattr(thing, "__name__", kind.__name__))
    if meant == "Softmax" and "value" in methods:
        expected += "; Softmax needs every neuron of a layer: use Layer"
    elif isinstance(thing, str) and meant:
        expected += f"; did you mean {meant}()?"
    raise TypeError(f"{name} is {what}: expected {expected}")


def _is_layer(kind: type) -> bool:
    """Whether a class is Layer, Neuron or Network, which go forward and backward too; they live above this module."""
    return any(base.__name__ in ("Layer", "Neuron", "Network") for base in kind.__mro__)


def _activation_named(text: str) -> str | None:
    """The activation that a text names, however it is written: "leaky_relu", "Leaky ReLU", "LeakyReLU()"."""
    letters = "".join(letter for letter in text.lower() if letter.isalpha())
    for name in ACTIVATIONS:
        if name.lower() == letters:
            return name
    return None


def any_number(value: Number, name: str) -> None:
    """A number of any kind, NaN and infinite ones included.

    Raises:
        TypeError: a bool, text, None, a list, a complex number.

    Examples:
        >>> any_number(None, "w[0]")
        Traceback (most recent call last):
        TypeError: w[0] is None: expected a number
    """
    kind = type(value)
    if kind is float or kind is int:
        return
    if not _is_number(value):
        raise TypeError(f"{name} is {shown(value)}: expected a number")


def _is_number(value: Any) -> bool:
    kind = type(value)
    if kind.__name__ in NO_NUMBERS or kind.__name__.startswith("complex"):
        return False
    return hasattr(kind, "__truediv__") and not hasattr(kind, "__len__")


def _whole_number(value: int, name: str, expected: str) -> None:
    kind = type(value)
    if isinstance(value, bool) or not hasattr(kind, "__index__") or hasattr(kind, "__len__"):
        raise TypeError(f"{name} is {shown(value)}: expected {expected}")


def _listlike(values: Any, name: str) -> None:
    if not _is_listlike(values):
        raise TypeError(f"{name} is {shown(values)}: expected a list")


def _is_listlike(values: Any) -> bool:
    kind = type(values)
    listlike = hasattr(kind, "__len__") and hasattr(kind, "__getitem__") and getattr(values, "ndim", 1) != 0
    return listlike and not isinstance(values, (str, bytes, dict))


def shown(value: Any) -> str:
    """A value as a message shows it, cut short if it is long.

    Examples:
        >>> shown("2"), shown(None)
        ("'2', a str", 'None')
    """
    if value is None:
        return "None"
    text = repr(value)
    if "\n" in text:
        text = " ".join(text.split())
    if len(text) > 40:
        text = text[:37] + "…"
    kind = type(value).__name__
    article = "an" if kind[0] in "aeioAEIO" else "a"
    return f"{text}, {article} {kind}"
