"""The checks themselves: what passes, what does not, and what the message says."""

import math
from decimal import Decimal
from fractions import Fraction

import pytest

import scalarnn
from scalarnn import ReLU, check
from scalarnn.dual import Dual
from scalarnn.float32 import Float32

LAYER = ("forward", "backward")
NEURON = ("value", "derivative")
INF = math.inf
NAN = math.nan


class Symbol:
    """Stands for a number without having a value; a registered symbolic kind."""

    def __truediv__(self, other):
        return self

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__

    def __lt__(self, other):
        raise AssertionError("a symbol has no size")

    __le__ = __gt__ = __ge__ = __lt__
    __eq__ = __lt__
    __hash__ = object.__hash__


@pytest.fixture
def symbol(monkeypatch):
    monkeypatch.setattr("scalarnn.scalar._REGISTRY", {(Symbol, "symbolic"): bool})
    return Symbol()


def generator():
    yield 1.0


NUMBERS = [0, -3, 1.5, -0.0, 5e-324, 10**400, Fraction(1, 3), Decimal("1.5"), Dual(1.0, 2.0), Float32(2)]
NOT_NUMBERS = [
    (True, "True, a bool"),
    (False, "False, a bool"),
    ("1", "'1', a str"),
    (b"1", "b'1', a bytes"),
    (None, "None"),
    ([1], "[1], a list"),
    ((1,), "(1,), a tuple"),
    ({}, "{}, a dict"),
    (1j, "1j, a complex"),
    (len, "<built-in function len>, a builtin_function_or_method"),
    (float, "<class 'float'>, a type"),
    (Ellipsis, "Ellipsis, an ellipsis"),
]


def refuses(error, message, function, *arguments, **named):
    with pytest.raises(error) as caught:
        function(*arguments, **named)
    assert str(caught.value) == message


@pytest.mark.parametrize("value", NUMBERS)
def test_any_kind_is_a_number(value):
    for function in (check.number, check.not_nan, check.any_number):
        assert function(value, "b") is None


@pytest.mark.parametrize(("value", "shown"), NOT_NUMBERS)
def test_not_a_number(value, shown):
    for function in (check.number, check.not_nan, check.any_number):
        refuses(TypeError, f"b is {shown}: expected a number", function, value, "b")


def test_not_finite():
    refuses(ValueError, "b is inf: expected a finite number", check.number, INF, "b")
    refuses(ValueError, "b is -inf: expected a finite number", check.number, -INF, "b")
    refuses(ValueError, "b is nan: expected a finite number", check.number, NAN, "b")
    refuses(ValueError, "b is nan: expected a number", check.not_nan, NAN, "b")
    for value in (INF, -INF):
        check.not_nan(value, "b")
        check.any_number(value, "b")
    check.any_number(NAN, "b")


def test_a_symbol_passes_where_its_size_cannot_be_known(symbol):
    check.number(symbol, "b")
    check.not_nan(symbol, "b")
    check.vector([symbol], "x")
    check.logits([symbol, symbol])
    check.probabilities([symbol], "p")
    check.distribution([symbol, symbol])
    check.learning_rate(symbol)


def test_long_values_are_cut_short():
    refuses(TypeError, f"b is '{'x' * 36}…, a str: expected a number", check.number, "x" * 100, "b")
    refuses(TypeError, f"b is '{'x' * 36}…, a str: expected a number", check.number, "x" * 39, "b")
    exactly_forty = "x" * 38
    refuses(TypeError, f"b is '{exactly_forty}', a str: expected a number", check.number, exactly_forty, "b")


def test_what_looks_like_a_number_and_is_none():
    def made(name, **methods):
        kind = type(name, (), {"__repr__": lambda _: name, "__truediv__": None, **methods})
        return kind()

    refuses(TypeError, "b is array, an array: expected a number", check.number, made("array", __len__=len), "b")
    refuses(TypeError, "b is bool_, a bool_: expected a number", check.number, made("bool_"), "b")
    refuses(TypeError, "b is bool, a bool: expected a number", check.number, made("bool"), "b")
    refuses(TypeError, "b is complex64, a complex64: expected a number", check.number, made("complex64"), "b")
    refuses(
        TypeError,
        "n is labels, a labels: expected a whole number from 1 up",
        check.count,
        made("labels", __index__=int, __len__=len),
        "n",
    )
    refuses(TypeError, "b is odd, an odd: expected a number", check.number, made("odd", __len__=len), "b")
    refuses(TypeError, "b is X, a X: expected a number", check.number, made("X", __len__=len), "b")


SEQUENCES = [
    check.vector,
    check.numbers,
    check.sequence,
    lambda values, name: check.matrix([[1]] if values == [1] else values, name),
]


@pytest.mark.parametrize("function", SEQUENCES)
@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ("12", "'12', a str"),
        (b"12", "b'12', a bytes"),
        ({0: 1}, "{0: 1}, a dict"),
        ({1}, "{1}, a set"),
        (None, "None"),
        (5, "5, an int"),
        (True, "True, a bool"),
    ],
)
def test_not_a_list(function, values, shown):
    refuses(TypeError, f"x is {shown}: expected a list", function, values, "x")


@pytest.mark.parametrize("function", [*SEQUENCES, check.logits, check.probabilities, check.distribution])
def test_empty(function):
    refuses(ValueError, "x is empty: expected at least one entry", function, [], "x")
    refuses(ValueError, "x is empty: expected at least one entry", function, (), "x")


def test_a_generator_is_not_a_list_and_is_not_consumed():
    values = generator()
    with pytest.raises(TypeError, match=r"^x is <generator object generator at .*…, a generator: expected a list$"):
        check.vector(values, "x")
    assert next(values) == 1.0


def test_vector():
    check.vector([1], "x")
    check.vector((1, Fraction(1, 2), 2.5), "x")
    check.vector(range(1, 4), "x")
    refuses(TypeError, "x[1] is '2', a str: expected a number", check.vector, [1, "2"], "x")
    refuses(TypeError, "x[0] is [1], a list: expected a number", check.vector, [[1]], "x")
    refuses(ValueError, "x[2] is nan: expected a finite number", check.vector, [1, 2, NAN], "x")


def test_numbers_may_be_infinite():
    check.numbers([1, INF, -INF], "z")
    refuses(ValueError, "z[1] is nan: expected a number", check.numbers, [1, NAN], "z")
    refuses(TypeError, "z[1] is None: expected a number", check.numbers, [1, None], "z")


def test_matrix():
    check.matrix([[1, 2], [3, 4]], "W")
    check.matrix(((1, 2), (3, 4)), "W", columns=2, because="why")
    refuses(ValueError, "W[1] has length 1: expected 2, the length of W[0]", check.matrix, [[1, 2], [3]], "W")
    refuses(
        ValueError, "W[2] has length 3: expected 2, the length of W[0]", check.matrix, [[1, 2], [3, 4], [5, 6, 7]], "W"
    )
    refuses(
        ValueError, "W[0] has length 2: expected 3, why", check.matrix, [[1, 2], [3, 4]], "W", columns=3, because="why"
    )
    refuses(ValueError, "W[1] is empty: expected at least one entry", check.matrix, [[1, 2], []], "W")
    refuses(TypeError, "W[1] is 3, an int: expected a list", check.matrix, [[1, 2], 3], "W")
    refuses(TypeError, "W[0] is '12', a str: expected a list", check.matrix, ["12", "34"], "W")
    refuses(TypeError, "W[1][0] is [3], a list: expected a number", check.matrix, [[1], [[3]]], "W")
    refuses(ValueError, "W[1][0] is inf: expected a finite number", check.matrix, [[1], [INF]], "W")


def test_matrix_looks_at_every_length_before_any_entry():
    refuses(ValueError, "W[1] has length 1: expected 2, the length of W[0]", check.matrix, [[None, 2], [3]], "W")


def test_length():
    check.length([1, 2], "w", 2, "why")
    check.length([], "w", 0, "why")
    refuses(ValueError, "w has length 3: expected 2, why", check.length, [1, 2, 3], "w", 2, "why")
    refuses(ValueError, "w has length 1: expected 2, why", check.length, [1], "w", 2, "why")
    refuses(TypeError, "w is None: expected a list", check.length, None, "w", 2, "why")
    refuses(TypeError, "w is '12', a str: expected a list", check.length, "12", "w", 2, "why")


def test_same_shape():
    def refused(error, message, theta, gradient):
        refuses(error, message, check.same_shape, theta, gradient, "t", "g")

    check.same_shape(1, 2, "t", "g")
    check.same_shape([1, [2, 3]], [4, [5, 6]], "t", "g")
    check.same_shape((1, 2), [3, 4], "t", "g")
    refused(ValueError, "g has length 1: expected 2, the length of t", [1, 2], [1])
    refused(ValueError, "g[1] has length 3: expected 2, the length of t[1]", [1, [2, 3]], [4, [5, 6, 7]])
    refused(TypeError, "g[0] is 1, an int: expected a list", [[1]], [1])
    refused(TypeError, "g[0] is [1], a list: expected a number", [1], [[1]])
    refused(TypeError, "t is None: expected a number", None, 1)
    refused(ValueError, "t[0][0] is nan: expected a finite number", [[NAN]], [[1]])
    refused(ValueError, "t is empty: expected at least one entry", [], [])


def test_logits():
    check.logits([0, -INF, 1e308])
    check.logits([-INF, 0])
    refuses(ValueError, "z[1] is inf: expected a finite number or -inf", check.logits, [0, INF])
    refuses(ValueError, "z[0] is nan: expected a finite number or -inf", check.logits, [NAN, 0])
    refuses(ValueError, "q[0] is inf: expected a finite number or -inf", check.logits, [INF], "q")
    refuses(
        ValueError, "z[0] to z[2] are all -inf: expected at least one finite logit", check.logits, [-INF, -INF, -INF]
    )
    refuses(TypeError, "z[2] is '3', a str: expected a number", check.logits, [INF, NAN, "3"])


def test_probabilities():
    check.probabilities([0, 1, 0.5, Fraction(1, 3)], "p")
    check.probabilities([0.9, 0.9], "p")
    for p in (-5e-324, 1 + 2**-52, Fraction(-1, 10**30)):
        refuses(ValueError, f"p[1] is {p}: expected a probability from 0 to 1", check.probabilities, [0, p], "p")
    refuses(ValueError, "p[0] is inf: expected a finite number", check.probabilities, [INF], "p")


def test_distribution():
    check.distribution([1])
    check.distribution([0, 1, 0])
    check.distribution([Fraction(1, 3)] * 3)
    check.distribution([0.1] * 10)
    refuses(ValueError, "y sums to 2: expected 1, give or take 1e-6", check.distribution, [1, 1, 0])
    refuses(ValueError, "q sums to 0: expected 1, give or take 1e-6", check.distribution, [0, 0], "q")
    refuses(ValueError, "y[0] is -1: expected a probability from 0 to 1", check.distribution, [-1, 1, 1])
    refuses(ValueError, "y[1] is 2: expected a probability from 0 to 1", check.distribution, [0, 2])


def test_distribution_allows_rounding_and_nothing_more():
    assert check.SUM_TOLERANCE == 1e-6
    check.distribution([0.5, 0.5 + 0.9e-6])
    check.distribution([0.5, 0.5 - 0.9e-6])
    for y in ([0.5, 0.5 + 1.1e-6], [0.5, 0.5 - 1.1e-6], [0.99, 0]):
        refuses(ValueError, f"y sums to {y[0] + y[1]}: expected 1, give or take 1e-6", check.distribution, y)
    # the edge itself, in exact arithmetic
    edge = Fraction(check.SUM_TOLERANCE)
    check.distribution([Fraction(1, 2), Fraction(1, 2) + edge])
    check.distribution([Fraction(1, 2), Fraction(1, 2) - edge])


def test_float32_probabilities_are_labels():
    y = [Float32(p) for p in (0.7, 0.2, 0.1)]
    assert sum(float(p) for p in y) != 1
    check.distribution(y)
    check.distribution([float(p) for p in y])
    refuses(
        ValueError,
        "y sums to Float32(0.5): expected 1, give or take 1e-6",
        check.distribution,
        [Float32(0.25), Float32(0.25)],
    )


def test_count_and_integer():
    check.count(1, "n")
    check.count(10**30, "n")
    refuses(ValueError, "n is 0: expected a whole number from 1 up", check.count, 0, "n")
    refuses(TypeError, "n is 1.0, a float: expected a whole number from 1 up", check.count, 1.0, "n")
    refuses(TypeError, "n is True, a bool: expected a whole number from 1 up", check.count, True, "n")
    refuses(TypeError, "n is '1', a str: expected a whole number from 1 up", check.count, "1", "n")
    check.integer(0, "seed", 0, 9)
    check.integer(9, "seed", 0, 9)
    check.integer(10, "seed", 0, None)
    refuses(ValueError, "seed is -1: expected a whole number from 0 to 9", check.integer, -1, "seed", 0, 9)
    refuses(ValueError, "seed is 10: expected a whole number from 0 to 9", check.integer, 10, "seed", 0, 9)
    refuses(ValueError, "seed is -1: expected a whole number from 0 up", check.integer, -1, "seed", 0, None)
    refuses(TypeError, "seed is None: expected a whole number from 0 to 9", check.integer, None, "seed", 0, 9)


def test_index():
    check.index(0, 1)
    check.index(2, 3)
    refuses(ValueError, "label is 3: expected a class index from 0 to 2", check.index, 3, 3)
    refuses(ValueError, "label is -1: expected a class index from 0 to 2", check.index, -1, 3)
    refuses(ValueError, "k is -1: expected a class index from 0 to 2", check.index, -1, 3, "k")
    refuses(TypeError, "label is False, a bool: expected an int, a class index from 0 to 2", check.index, False, 3)
    refuses(TypeError, "label is 1.0, a float: expected an int, a class index from 0 to 2", check.index, 1.0, 3)
    refuses(
        TypeError,
        "label is Fraction(1, 1), a Fraction: expected an int, a class index from 0 to 2",
        check.index,
        Fraction(1),
        3,
    )


def test_learning_rate():
    for value in (5e-324, 0.1, 1, 1e308, Fraction(1, 100)):
        check.learning_rate(value)
    for value in (0, 0.0, -0.0, -5e-324, Fraction(-1, 2)):
        refuses(ValueError, f"learning_rate is {value}: expected a number above 0", check.learning_rate, value)
    refuses(ValueError, "rate is 0: expected a number above 0", check.learning_rate, 0, "rate")
    refuses(ValueError, "learning_rate is inf: expected a finite number", check.learning_rate, INF)
    refuses(TypeError, "learning_rate is True, a bool: expected a number", check.learning_rate, True)


def test_activation():
    check.activation(None, ("forward",))
    check.activation(ReLU(), ("forward", "backward", "value", "derivative"))
    expected = "expected None or an object such as ReLU()"
    refuses(TypeError, f"activation is 'swish', a str: {expected}", check.activation, "swish", ("forward",))
    refuses(TypeError, "activation is the class ReLU: expected an object, ReLU()", check.activation, ReLU, LAYER)
    refuses(TypeError, f"activation is the class float: {expected}", check.activation, float, LAYER)
    refuses(TypeError, f"activation is the function relu: {expected}", check.activation, scalarnn.relu, LAYER)
    refuses(TypeError, f"activation is the function exp: {expected}", check.activation, math.exp, NEURON)
    refuses(
        TypeError,
        "activations[2] is 5, an int: expected something else",
        check.activation,
        5,
        ("forward",),
        "activations[2]",
        "something else",
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("relu", "ReLU"),
        ("RELU", "ReLU"),
        ("ReLU()", "ReLU"),
        ("leaky_relu", "LeakyReLU"),
        ("Leaky ReLU", "LeakyReLU"),
        ("sigmoid", "Sigmoid"),
        ("tanh", "Tanh"),
        ("identity", "Identity"),
        ("softmax", "Softmax"),
    ],
)
def test_a_text_that_names_an_activation(text, name):
    message = f"activation is '{text}', a str: expected None or an object such as ReLU(); did you mean {name}()?"
    refuses(TypeError, message, check.activation, text, LAYER)


def test_the_names_of_the_activations_are_those_of_the_package():
    offered = []
    for name in scalarnn.__all__:
        thing = getattr(scalarnn, name)
        if isinstance(thing, type) and thing.__module__ in ("scalarnn.activations", "scalarnn.softmax"):
            offered.append(name)
    assert sorted(offered) == list(check.ACTIVATIONS)


@pytest.mark.parametrize(
    ("thing", "shown"),
    [
        (scalarnn.Softmax(), "Softmax(), a Softmax"),
        (scalarnn.Softmax, "the class Softmax"),
        (scalarnn.softmax, "the function softmax"),
        ("softmax", "'softmax', a str"),
    ],
)
def test_softmax_is_none_for_a_single_neuron(thing, shown):
    message = (
        f"activation is {shown}: expected None or an object such as ReLU(); "
        "Softmax needs every neuron of a layer: use Layer"
    )
    refuses(TypeError, message, check.activation, thing, NEURON)


def test_a_layer_is_no_activation():
    class Mine(scalarnn.Layer):
        pass

    layer, neuron = Mine([[1]], [0]), scalarnn.Neuron([1], 0)
    expected = "expected None or an object such as ReLU()"
    shown = "Layer(1 input, 1 neuron, activation=N…, a Mine"
    refuses(TypeError, f"activation is {shown}: {expected}", check.activation, layer, LAYER)
    shown = "Neuron(w=[1], b=0, activation=None), a Neuron"
    refuses(TypeError, f"activation is {shown}: {expected}", check.activation, neuron, LAYER)
    network = scalarnn.Network([layer])
    with pytest.raises(TypeError, match=r"^activation is Network.* a Network: expected None or an object"):
        check.activation(network, LAYER)
    refuses(TypeError, f"activation is the class Layer: {expected}", check.activation, scalarnn.Layer, LAYER)


def test_activation_needs_every_method_and_methods_only():
    class Half:
        forward = 5

        def backward(self):
            pass

    for methods in (("forward",), ("backward", "forward"), ("missing",)):
        with pytest.raises(TypeError, match=r"expected None or an object such as ReLU\(\)$"):
            check.activation(Half(), methods)
    check.activation(Half(), ("backward",))


# ---- the short ways --------------------------------------------------------------------------------------------------


def test_what_is_plain():
    """Lists of finite floats or ints, short or long, of matching shapes."""
    for values in ([1.5], [1.5, -0.0, 2.5], [0, -7], [1, 2.5], [2.5, 1], [0.5] * 9, [3] * 9, [0.5] * 9 + [3]):
        assert check.is_plain_vector(values)
        assert check.is_plain_matrix([values, values[::-1]])
        assert check.is_plain_matrix([values], columns=len(values))
        assert check.alike(values, values[::-1])
        assert check.alike([values, [1.5]], [values[::-1], [2]], [values, [0]])


NOT_PLAIN = [
    [],
    (1.5,),
    1.5,
    None,
    "12",
    {1.5: 1},
    [[1.5]],
    [True],
    [1.5, True],
    [1.5, "1"],
    [1.5, None],
    [1.5, Fraction(1)],
    [1.5, 1j],
    [math.nan],
    [1.5, math.nan],
    [1.5, math.inf],
    [-math.inf, math.inf],
]
LONGER = [[0.5] * 9 + list(values) for values in NOT_PLAIN if isinstance(values, list) and values]
FINITE_BUT_THEIR_SUM = [1e308] * 9


@pytest.mark.parametrize("values", [*NOT_PLAIN, *LONGER, FINITE_BUT_THEIR_SUM], ids=str)
def test_what_is_not_plain(values):
    assert not check.is_plain_vector(values)
    for rows in ([values], [values, values], [[1.5], values]):
        assert not check.is_plain_matrix(rows)
    for theta, other in ([[1.5], values], [values, [1.5]], [[[1.5]], [values]], [[values], [[1.5]]]):
        assert not check.alike(theta, other)
        assert not check.alike(theta, theta, other)


def test_what_does_not_fit_is_not_plain():
    assert not check.is_plain_matrix([[1.5], [1.5, 2.5]])
    assert not check.is_plain_matrix([[1.5]], columns=2)
    for theta, other in (
        ([1.5], [1.5, 2.5]),
        ([[1.5], [1.5, 2.5]], [[1.5, 2.5], [1.5]]),
        ([[1.5]], [1.5]),
        ([1.5], [[1.5]]),
        (1.5, [1.5]),
        ([1.5], 1.5),
    ):
        assert not check.alike(theta, other)
        assert not check.alike(theta, theta, other)


def test_a_decimal_that_is_nan_is_refused_as_a_logit():
    with pytest.raises(ValueError, match=r"^z\[1\] is NaN: expected a finite number or -inf$"):
        check.logits([Decimal(1), Decimal("NaN")])
    check.logits([Decimal(1), Decimal("-Infinity")])


def test_finite_numbers_whose_sum_is_not_are_let_by():
    check.vector(FINITE_BUT_THEIR_SUM, "x")
    check.numbers(FINITE_BUT_THEIR_SUM, "z")
    check.matrix([FINITE_BUT_THEIR_SUM], "W")
    check.same_shape([FINITE_BUT_THEIR_SUM], [FINITE_BUT_THEIR_SUM], "theta", "dL_dtheta")


@pytest.mark.parametrize("wrong", [[[1.5]], [math.nan], [True], ["1"], [None], [], "12", None, {1.5: 1}])
def test_nothing_wrong_goes_the_short_way(wrong):
    for call in (
        lambda: check.vector(wrong, "x"),
        lambda: check.matrix([wrong], "W") if wrong != [[1.5]] else check.vector(wrong, "x"),
        lambda: check.sample(wrong, "x", 1, "one each"),
        lambda: check.probabilities(wrong, "p"),
    ):
        with pytest.raises((TypeError, ValueError)):
            call()
