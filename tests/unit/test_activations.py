"""Activations: their values, their derivatives, the kinks, the tails."""

import math
from decimal import Decimal
from fractions import Fraction

import pytest

from scalarnn import (
    Identity,
    LeakyReLU,
    ReLU,
    Sigmoid,
    Tanh,
    identity,
    identity_derivative,
    leaky_relu,
    leaky_relu_derivative,
    relu,
    relu_derivative,
    sigmoid,
    sigmoid_derivative,
    tanh,
    tanh_derivative,
)
from scalarnn.dual import Dual, derivative
from scalarnn.float32 import Float32
from tests.unit.exact import is_exact

INF = math.inf
FUNCTIONS = [
    identity,
    identity_derivative,
    relu,
    relu_derivative,
    leaky_relu,
    leaky_relu_derivative,
    sigmoid,
    sigmoid_derivative,
    tanh,
    tanh_derivative,
]


@pytest.mark.parametrize(
    ("function", "z", "expected"),
    [
        (identity, -1.5, -1.5),
        (identity, 6, 6),
        (identity_derivative, -1.5, 1),
        (identity_derivative, 0, 1),
        (relu, 6, 6),
        (relu, 0.25, 0.25),
        (relu, -1, 0),
        (relu, 5e-324, 5e-324),
        (relu, -5e-324, 0),
        (relu, INF, INF),
        (relu, -INF, 0),
        (relu_derivative, 6, 1),
        (relu_derivative, 0.25, 1),
        (relu_derivative, 5e-324, 1),
        (relu_derivative, 0, 0),
        (relu_derivative, -5e-324, 0),
        (relu_derivative, -1, 0),
        (relu_derivative, INF, 1),
        (leaky_relu, 6.0, 6.0),
        (leaky_relu, 0.25, 0.25),
        (leaky_relu, -6.0, -0.06),
        (leaky_relu, 0.0, 0.0),
        (leaky_relu, -INF, -INF),
        (leaky_relu_derivative, 6.0, 1),
        (leaky_relu_derivative, 0.25, 1),
        (leaky_relu_derivative, 0.0, 0.01),
        (leaky_relu_derivative, -6.0, 0.01),
        (sigmoid, 0.0, 0.5),
        (sigmoid, 1.0, 0.7310585786300049),
        (sigmoid, -1.0, 0.2689414213699951),
        (sigmoid, math.log(3), 0.75),
        (sigmoid, -math.log(3), 0.25),
        (sigmoid, 800.0, 1.0),
        (sigmoid, -800.0, 0.0),
        (sigmoid, INF, 1.0),
        (sigmoid, -INF, 0.0),
        (sigmoid, 5e-324, 0.5),
        (sigmoid_derivative, 0.0, 0.25),
        (sigmoid_derivative, math.log(3), 0.1875),
        (sigmoid_derivative, -math.log(3), 0.1875),
        (sigmoid_derivative, 800.0, 0.0),
        (sigmoid_derivative, -800.0, 0.0),
        (sigmoid_derivative, INF, 0.0),
        (tanh, 0.0, 0.0),
        (tanh, 1.0, 0.7615941559557649),
        (tanh, -1.0, -0.7615941559557649),
        (tanh, math.log(2), 0.6),
        (tanh, -math.log(2), -0.6),
        (tanh, 800.0, 1.0),
        (tanh, -800.0, -1.0),
        (tanh, INF, 1.0),
        (tanh, -INF, -1.0),
        (tanh, 1e-300, 1e-300),
        (tanh, 5e-324, 5e-324),
        (tanh, -5e-324, -5e-324),
        (tanh_derivative, 0.0, 1.0),
        (tanh_derivative, math.log(2), 0.64),
        (tanh_derivative, -math.log(2), 0.64),
        (tanh_derivative, 800.0, 0.0),
        (tanh_derivative, -800.0, 0.0),
        (tanh_derivative, -INF, 0.0),
    ],
)
def test_value(function, z, expected):
    assert function(z) == pytest.approx(expected, rel=4e-16, abs=0)


@pytest.mark.parametrize("zero", [0.0, -0.0, 0, Fraction(0)])
def test_relu_of_either_zero_is_zero_and_inactive(zero):
    assert relu(zero) == 0
    assert math.copysign(1, relu(zero)) == 1
    assert relu_derivative(zero) == 0


def test_tanh_agrees_with_the_standard_library():
    for i in range(-300, 301):
        z = i / 10
        assert tanh(z) == pytest.approx(math.tanh(z), rel=1e-15, abs=0)


def test_the_form_for_each_side_of_zero():
    """To the last bit: for z ≥ 0 with e⁻ᶻ, for z < 0 with eᶻ, as the docstrings say."""
    for i in range(-192, 193):
        z = i / 64
        e, e2, d = math.exp(-abs(z)), math.exp(-2 * abs(z)), math.expm1(-2 * abs(z))
        assert sigmoid(z) == (1 / (1 + e) if z >= 0 else e / (1 + e))
        assert tanh(z) == (-d / (2 + d) if z >= 0 else d / (2 + d))
        assert tanh_derivative(z) == 4 * e2 / ((1 + e2) * (1 + e2))


def test_derivative_at_a_kink_is_the_one_from_the_left():
    assert derivative(relu, 0.0) == relu_derivative(0.0) == 0
    assert derivative(leaky_relu, 0.0) == leaky_relu_derivative(0.0) == 0.01
    assert derivative(lambda z: leaky_relu(z, slope=3), 0.0) == leaky_relu_derivative(0.0, slope=3) == 3


def test_far_tails_keep_their_digits():
    assert sigmoid(-700.0) == pytest.approx(math.exp(-700), rel=1e-15)
    assert sigmoid_derivative(40.0) == pytest.approx(math.exp(-40), rel=1e-15)
    assert sigmoid_derivative(-40.0) == pytest.approx(math.exp(-40), rel=1e-15)
    assert tanh_derivative(40.0) == pytest.approx(4 * math.exp(-80), rel=1e-15)
    assert tanh_derivative(-40.0) == pytest.approx(4 * math.exp(-80), rel=1e-15)


def test_leaky_relu_with_its_own_slope():
    assert leaky_relu(-6, slope=0.5) == -3.0
    assert leaky_relu(-6, 2) == -12
    assert leaky_relu(6, slope=0.5) == 6
    assert leaky_relu_derivative(-6, slope=0.5) == 0.5
    assert leaky_relu_derivative(6, slope=0.5) == 1
    assert leaky_relu_derivative(0, slope=0) == 0


@pytest.mark.parametrize("z", [Fraction(7, 3), Fraction(-7, 3), Fraction(0)])
def test_fractions_stay_exact(z):
    for function in (identity, identity_derivative, relu, relu_derivative, leaky_relu):
        assert is_exact(function(z))
    assert is_exact(leaky_relu_derivative(z) + z)


def test_leaky_relu_of_a_fraction():
    assert leaky_relu(Fraction(-7, 3)) == Fraction(-7, 300)
    assert type(leaky_relu_derivative(Fraction(-7, 3))) is Fraction
    assert leaky_relu_derivative(Fraction(-7, 3)) == Fraction(1, 100)
    assert leaky_relu(Fraction(-7, 3), slope=Fraction(1, 7)) == Fraction(-1, 3)


@pytest.mark.parametrize("function", [sigmoid, sigmoid_derivative, tanh_derivative])
def test_a_fraction_has_no_exp(function):
    with pytest.raises(TypeError, match=r"^a Fraction has no exp: its value is not a fraction in general; convert"):
        function(Fraction(1, 2))


def test_a_fraction_has_no_expm1():
    with pytest.raises(TypeError, match=r"^a Fraction has no expm1: "):
        tanh(Fraction(1, 2))


def test_integers_are_numbers_too():
    assert sigmoid(0) == 0.5
    assert sigmoid(-800) == 0.0
    assert tanh(0) == 0
    assert tanh(1) == tanh(1.0)
    assert sigmoid_derivative(0) == 0.25
    assert tanh_derivative(0) == 1
    assert leaky_relu(-6) == -0.06


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize(
    ("z", "error", "message"),
    [
        (math.nan, ValueError, "z is nan: expected a number"),
        ("1", TypeError, "z is '1', a str: expected a number"),
        (None, TypeError, "z is None: expected a number"),
        (True, TypeError, "z is True, a bool: expected a number"),
        ([1.0], TypeError, "z is [1.0], a list: expected a number"),
        (1j, TypeError, "z is 1j, a complex: expected a number"),
    ],
)
def test_one_number_only(function, z, error, message):
    with pytest.raises(error) as caught:
        function(z)
    assert str(caught.value) == message


@pytest.mark.parametrize("function", [leaky_relu, leaky_relu_derivative])
@pytest.mark.parametrize(
    ("slope", "error", "message"),
    [
        ("0.1", TypeError, "slope is '0.1', a str: expected a number"),
        (math.inf, ValueError, "slope is inf: expected a finite number"),
    ],
)
def test_slope(function, slope, error, message):
    with pytest.raises(error) as caught:
        function(1.0, slope)
    assert str(caught.value) == message
    with pytest.raises(error) as caught:
        LeakyReLU(slope)
    assert str(caught.value) == message


CLASSES = [
    (Identity(), identity, identity_derivative),
    (ReLU(), relu, relu_derivative),
    (LeakyReLU(), leaky_relu, leaky_relu_derivative),
    (Sigmoid(), sigmoid, sigmoid_derivative),
    (Tanh(), tanh, tanh_derivative),
]


@pytest.mark.parametrize(("activation", "value", "derivative"), CLASSES)
def test_a_layer_is_its_neurons_one_by_one(activation, value, derivative):
    z = [-2.5, -0.5, 0.0, 0.75, 3.0]
    dL_da = [2.0, 3.0, 5.0, 7.0, 11.0]
    assert activation.forward(z) == [value(z_j) for z_j in z]
    expected = []
    for j in range(len(z)):
        expected.append(dL_da[j] * derivative(z[j]))
    assert activation.backward(dL_da, z) == expected
    for z_j in z:
        assert activation.value(z_j) == value(z_j)
        assert activation.derivative(z_j) == derivative(z_j)


def test_leaky_relu_class_uses_its_slope():
    activation = LeakyReLU(slope=0.5)
    assert activation.slope == 0.5
    assert activation.forward([6.0, -6.0]) == [6.0, -3.0]
    assert activation.backward([8.0, 8.0], [6.0, -6.0]) == [8.0, 4.0]
    assert activation.value(-6.0) == -3.0
    assert activation.derivative(-6.0) == 0.5
    assert LeakyReLU().slope is None
    assert LeakyReLU(slope=0).forward([-6.0]) == [0.0]


@pytest.mark.parametrize("activation", [Identity(), ReLU(), LeakyReLU()])
def test_classes_stay_exact(activation):
    z = [Fraction(2, 3), Fraction(-2, 3)]
    assert is_exact(activation.forward(z))
    assert is_exact(activation.backward([Fraction(1, 7), Fraction(1, 9)], z))


def test_forward_takes_infinite_logits_and_gives_a_new_list():
    z = [math.inf, -math.inf]
    assert ReLU().forward(z) == [math.inf, 0]
    assert Identity().forward(z) == z
    assert Identity().forward(z) is not z
    assert Sigmoid().backward([1.0, 1.0], z) == [0.0, 0.0]


@pytest.mark.parametrize("activation", [entry[0] for entry in CLASSES])
@pytest.mark.parametrize(
    ("z", "error", "message"),
    [
        ([], ValueError, "z is empty: expected at least one entry"),
        ([1.0, math.nan], ValueError, "z[1] is nan: expected a number"),
        ([1.0, None], TypeError, "z[1] is None: expected a number"),
        (1.0, TypeError, "z is 1.0, a float: expected a list"),
    ],
)
def test_wrong_z(activation, z, error, message):
    with pytest.raises(error) as caught:
        activation.forward(z)
    assert str(caught.value) == message
    with pytest.raises(error) as caught:
        activation.backward([1.0, 1.0], z)
    assert str(caught.value) == message


@pytest.mark.parametrize("activation", [entry[0] for entry in CLASSES])
@pytest.mark.parametrize(
    ("dL_da", "error", "message"),
    [
        ([], ValueError, "dL_da is empty: expected at least one entry"),
        ([1.0], ValueError, "dL_da has length 1: expected 2, one gradient for each neuron of z"),
        ([1.0, 1.0, 1.0], ValueError, "dL_da has length 3: expected 2, one gradient for each neuron of z"),
        ([1.0, math.inf], ValueError, "dL_da[1] is inf: expected a finite number"),
        ([1.0, "1"], TypeError, "dL_da[1] is '1', a str: expected a number"),
        (1.0, TypeError, "dL_da is 1.0, a float: expected a list"),
    ],
)
def test_wrong_gradient(activation, dL_da, error, message):
    with pytest.raises(error) as caught:
        activation.backward(dL_da, [1.0, 2.0])
    assert str(caught.value) == message


def test_repr():
    shown = [repr(Identity()), repr(ReLU()), repr(LeakyReLU()), repr(LeakyReLU(0.2)), repr(Sigmoid()), repr(Tanh())]
    assert shown == ["Identity()", "ReLU()", "LeakyReLU()", "LeakyReLU(slope=0.2)", "Sigmoid()", "Tanh()"]


def test_relu_of_a_layer_gives_zeros_of_the_kind_it_took():
    assert [type(a) for a in ReLU().forward([-1.5, -0.0, -math.inf, -1, Fraction(-1, 2)])] == [
        float,
        float,
        float,
        int,
        Fraction,
    ]
    assert ReLU().forward([-1.5, -0.0, -math.inf, -1, Fraction(-1, 2)]) == [0, 0, 0, 0, 0]
    assert math.copysign(1, ReLU().forward([-1.5])[0]) == 1


def test_relu_of_other_kinds_is_plain_zero():
    dead = ReLU().forward([Dual(-3.0, math.inf), Float32(-1.5), Decimal(-2)])
    assert (dead[0].value, dead[0].derivative) == (0, 0)
    assert [str(a) for a in dead[1:]] == [str(Float32(0)), "0"]


def test_a_relu_of_your_own_goes_by_its_own_value():
    class ReLU6(ReLU):
        def value(self, z):
            return min(6, max(0, z))

        def derivative(self, z):
            return 1 if 0 < z < 6 else 0

    assert ReLU6().forward([8, -1, 3]) == [6, 0, 3]
    assert ReLU6().backward([1, 1, 1], [8, -1, 3]) == [0, 0, 1]


def test_relu_of_a_layer_has_one_zero():
    assert [math.copysign(1, a) for a in ReLU().forward([0.0, -0.0])] == [1, 1]


class Doubled(ReLU):
    def value(self, z):
        return 2 * z


class Halved(ReLU):
    def derivative(self, z):
        return z / 2


def test_one_that_changes_only_its_value_or_only_its_slope_is_followed():
    assert Doubled().forward([1.0, -1.0]) == [2.0, -2.0]
    assert Halved().backward([1.0, 1.0], [3.0, -1.0]) == [1.5, -0.5]
