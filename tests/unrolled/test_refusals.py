"""What cannot be unrolled is refused in one line, which names the place and the reason."""

import math
import re

import pytest

from scalarnn.unrolled import UnrollError, unroll
from tests.unrolled import house_style as h
from tests.unrolled.inputs import matrix, vector


def while_on_values(x):
    while x > 1:
        x = x / 2
    return x


def recursion_on_values(x):
    if x > 1:
        return recursion_on_values(x / 2)
    return x


def unknown_call(x):
    return math.gamma(x)


def not_in_python(x):
    return open(x)  # noqa: PTH123


def different_lengths(x):
    values = [x]
    if x > 0:
        values.append(x)
    return values


def filtered(xs):
    return [x for x in xs if x > 0]


def length_of_a_float(x, n):
    return [x for _ in range(n)]


def one_side_only(x):
    if x > 0:
        y = x
    return y


def text_of_a_value(x):
    return f"{x}"


def an_index_of_a_float(xs, at):
    return xs[at * 0.5]


def prints(x):
    print(x)
    return x


def asks_the_world(x):
    SEEN.append(x)
    return x


def object_of_the_world(x):
    KEPT.value = x
    return x


def returns_an_object(x):
    return h.Dense([[x]], [x])


def a_with_block(x):
    with x:
        return x


def always_raises(x):  # noqa: ARG001
    raise ValueError("no")


def divides_by_a_known_zero(x):
    return x + 1 / 0


def part_of_a_number(x):
    (y,) = x
    return y


def generator(x):
    yield x


def any_number(*xs):
    return xs[0]


def list_and_number(x):
    return [x] + x  # noqa: RUF005


def guarded_division(x):
    try:
        if x == 0:
            raise ZeroDivisionError("x is 0")
        y = 1 / x
    except ZeroDivisionError:
        y = 0
    return y


def used_after_a_change(rows, x):
    row = rows[0]
    if x > 0:
        row = rows[1]
    rows[0][0] = x
    return row


def chosen_before_a_return(xs, ys, a):
    if a > 0:
        ys = xs
    elif a < -1:
        return xs, ys
    xs[1] += a
    return xs, ys


def grown_where_it_is_one_of_two(a, b, x):
    one = a if x > 0 else b
    one.append(x)
    return a, b


def keys_on_one_side(x):
    found = {"a": x}
    if x > 0:
        found = {"b": x}
    return found


class Kept:
    value = 0


SEEN = []
KEPT = Kept()

CASES = [
    (while_on_values, (1.0,), "while x > 1: how often it runs hangs on a value"),
    (recursion_on_values, (1.0,), "recursion_on_values calls itself on values, or more than 60 calls deep"),
    (unknown_call, (1.0,), "gamma(…) of values is not known here"),
    (not_in_python, (1.0,), "open(…) is neither written in Python nor known here"),
    (different_lengths, (1.0,), "a list has 2 entries on one side of a branch and 1 on the other"),
    (filtered, (vector(2),), "a comprehension leaves out what a value decides"),
    (length_of_a_float, (1.0, 2.0), "the length of a loop, which hangs on n: name it in static="),
    (one_side_only, (1.0,), "y is not the same kind of thing, or not bound, on both sides of a branch"),
    (text_of_a_value, (1.0,), "text with a value in it, other than the message of an error"),
    (an_index_of_a_float, (vector(2), 1.0), "an index that hangs on a float"),
    (prints, (1.0,), "print(…) is not unrolled: a program computes and says nothing"),
    (asks_the_world, (1.0,), "changes a list, which is neither an argument nor made in the run"),
    (object_of_the_world, (1.0,), "sets .value of Kept, which was not made in the run"),
    (returns_an_object, (1.0,), "returns_an_object returns something of class Dense: expected numbers and lists"),
    (a_with_block, (1.0,), "with is not unrolled"),
    (always_raises, (1.0,), "ValueError: no"),
    (divides_by_a_known_zero, (1.0,), "ZeroDivisionError: division by zero"),
    (part_of_a_number, (1.0,), "a number is taken apart as if it were a list"),
    (generator, (1.0,), "Yield is not unrolled"),
    (any_number, (1.0,), "any_number takes *xs: name its parameters"),
    (list_and_number, (1.0,), "+ of a number and a list"),
    (guarded_division, (1.0,), "try around what may raise is not unrolled"),
    (used_after_a_change, (matrix(2, 2), 1.0), "used after one of those it was chosen from has changed"),
    (chosen_before_a_return, (vector(2), vector(2), 1.0), "used after one of those it was chosen from has changed"),
    (grown_where_it_is_one_of_two, (vector(2), vector(2), 1.0), "a list or dict is changed that is one of several"),
    (keys_on_one_side, (1.0,), "has other keys on one side than on the other"),
    (len, (vector(2),), "len is a builtin_function_or_method: expected a function of Python source"),
]


@pytest.mark.parametrize(("function", "shapes", "says"), CASES, ids=lambda one: getattr(one, "__name__", ""))
def test_it_is_refused_in_one_line(function, shapes, says):
    with pytest.raises(UnrollError) as refused:
        unroll(function, *shapes)
    message = str(refused.value)
    assert says in message
    assert "\n" not in message
    if function is not len and "returns something" not in message and "takes *" not in message:
        first = function.__code__.co_firstlineno
        file, line = re.match(r"(\w+\.py):(\d+): ", message).groups()
        assert file == "test_refusals.py"
        assert first <= int(line) <= first + 8
    assert SEEN == []
    assert KEPT.value == 0


def test_the_place_is_that_of_the_innermost_call():
    def outer(x):
        return while_on_values(x) + 1

    with pytest.raises(UnrollError, match=rf"test_refusals\.py:{while_on_values.__code__.co_firstlineno + 1}: while"):
        unroll(outer, 1.0)


def test_static_makes_a_length_known():
    assert unroll(length_of_a_float, 1.0, 3, static="n")(2.0, 3) == [2.0, 2.0, 2.0]


def test_a_whole_number_that_decides_a_length_is_known_by_itself():
    program = unroll(length_of_a_float, 1.0, 3)
    assert program(2.0, 3) == [2.0, 2.0, 2.0]
    with pytest.raises(ValueError, match="n is 4: expected 3, a setting that the program was unrolled for"):
        program(2.0, 4)


def test_words_that_name_nothing():
    with pytest.raises(UnrollError, match="static names 'm': length_of_a_float has x, n"):
        unroll(length_of_a_float, 1.0, 3, static="m")
    with pytest.raises(UnrollError, match="length_of_a_float takes 2 arguments: 3 were given"):
        unroll(length_of_a_float, 1.0, 3, 4)
    with pytest.raises(UnrollError, match="length_of_a_float is not given n"):
        unroll(length_of_a_float, 1.0)


# ---- the door of a program -------------------------------------------------------------------------------------------

WRONG = [
    (([1.0], matrix(3, 2), vector(3)), ValueError, "x has length 1: expected 2, as it was unrolled for"),
    (([1.0, 2.0], [[1.0, 2.0], [1.0], [1.0, 2.0]], vector(3)), ValueError, r"W\[1\] has length 1: expected 2"),
    ((3.0, matrix(3, 2), vector(3)), TypeError, "x is 3.0: expected a list of length 2"),
    (([1.0, [2.0]], matrix(3, 2), vector(3)), TypeError, r"x\[1\] is \[2.0\]: expected a number"),
    (([1.0, 2.0], matrix(4, 2), vector(3)), ValueError, "W has length 4: expected 3"),
]


@pytest.mark.parametrize(("arguments", "kind", "says"), WRONG)
def test_wrong_shapes_are_refused_at_the_door(arguments, kind, says):
    program = unroll(h.layer_forward, vector(2), matrix(3, 2), vector(3))
    with pytest.raises(kind, match=says if not says.startswith(r"x\[1\]") else "unsupported|can't multiply|expected"):
        program(*arguments)
