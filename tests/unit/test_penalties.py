"""Penalties: figures by hand, gradients against dual numbers, kinks, and networks that change all or nothing."""

import math
from fractions import Fraction

import pytest

import scalarnn as nn
from scalarnn.dual import gradient
from tests.unit.exact import is_exact

F = Fraction
PAIRS = [
    (nn.l1_penalty, nn.l1_penalty_gradient),
    (nn.l2_penalty, nn.l2_penalty_gradient),
    (nn.half_l2_penalty, nn.half_l2_penalty_gradient),
]


@pytest.mark.parametrize(
    ("theta", "l1", "l2", "half_l2"),
    [
        (3, 6, 18, 9),
        (-3, 6, 18, 9),
        ([3, -4], 14, 50, 25),
        ([[3, -4], [0, 1]], 16, 52, 26),
        ([[[2]], [-1, 5]], 16, 60, 30),
        ([0, -0.0], 0, 0, 0),
    ],
)
def test_values(theta, l1, l2, half_l2):
    assert nn.l1_penalty(theta, 2) == l1
    assert nn.l2_penalty(theta, 2) == l2
    assert nn.half_l2_penalty(theta, 2) == half_l2


def test_gradients():
    theta = [[3, -4], [0, F(1, 2)]]
    assert nn.l1_penalty_gradient(theta, 2) == [[2, -2], [0, 2]]
    assert nn.l2_penalty_gradient(theta, 2) == [[12, -16], [0, 2]]
    assert nn.half_l2_penalty_gradient(theta, 2) == [[6, -8], [0, 1]]
    assert theta == [[3, -4], [0, F(1, 2)]]


@pytest.mark.parametrize(("value", "its_gradient"), PAIRS)
def test_gradients_belong_to_their_values(value, its_gradient):
    theta = [1.5, -2.0, 0.25, -1e-3]
    assert its_gradient(theta, 0.5) == pytest.approx(gradient(lambda t: value(t, 0.5), theta), rel=1e-15)
    assert nn.check_gradients(lambda t: value(t, 0.5), theta, its_gradient(theta, 0.5)).ok


@pytest.mark.parametrize(("value", "its_gradient"), [(PAIRS[1][0], PAIRS[2][1]), (PAIRS[2][0], PAIRS[1][1])])
def test_conventions_do_not_mix(value, its_gradient):
    report = nn.check_gradients(lambda t: value(t, 0.5), [1.5, -2.0], its_gradient([1.5, -2.0], 0.5))
    assert len(report.wrong) == 2


def test_the_kink_of_l1():
    report = nn.check_gradients(lambda t: nn.l1_penalty(t, 0.5), [0.0], nn.l1_penalty_gradient([0.0], 0.5))
    assert [entry.verdict for entry in report.entries] == ["kink"]


@pytest.mark.parametrize(("value", "its_gradient"), PAIRS)
def test_fractions_stay_exact(value, its_gradient):
    theta = [F(1, 3), [F(-2, 5)]]
    assert is_exact([value(theta, F(1, 2)), its_gradient(theta, F(1, 2))])


@pytest.mark.parametrize("function", [function for pair in PAIRS for function in pair])
@pytest.mark.parametrize(
    ("theta", "strength", "error", "message"),
    [
        ([1, None], 1, TypeError, "theta[1] is None: expected a number"),
        ([[1], []], 1, ValueError, "theta[1] is empty: expected at least one entry"),
        ([math.nan], 1, ValueError, "theta[0] is nan: expected a finite number"),
        ([1], -1, ValueError, "strength is -1: expected a number from 0 up"),
        ([1], math.inf, ValueError, "strength is inf: expected a finite number"),
        ([1], "1", TypeError, "strength is '1', a str: expected a number"),
    ],
)
def test_wrong_arguments(function, theta, strength, error, message):
    with pytest.raises(error) as caught:
        function(theta, strength)
    assert str(caught.value) == message


def test_strength_zero_costs_nothing():
    for value, its_gradient in PAIRS:
        assert value([1.0, -2.0], 0) == 0
        assert its_gradient([1.0, -2.0], 0) == [0, 0]


# ---- for a network ---------------------------------------------------------------------------------------------------

OBJECTS = [
    (nn.L1Penalty, nn.l1_penalty, nn.l1_penalty_gradient),
    (nn.L2Penalty, nn.l2_penalty, nn.l2_penalty_gradient),
    (nn.HalfL2Penalty, nn.half_l2_penalty, nn.half_l2_penalty_gradient),
]


def passed():
    hidden = nn.Layer([[0.5, -0.25], [1.0, 0.75]], [5.0, -3.0], nn.Tanh())
    network = nn.Network([hidden, nn.Layer([[0.25, -1.0]], [0.125])])
    network.forward([1.0, -2.0])
    network.backward([1.0])
    return network


def seen(network):
    return [dict(vars(layer)) for layer in network.layers]


@pytest.mark.parametrize(("kind", "value", "its_gradient"), OBJECTS)
def test_every_weight_pays_and_no_bias(kind, value, its_gradient):
    network, penalty = passed(), kind(0.25)
    Ws = [layer.W for layer in network.layers]
    assert penalty.value(network) == value(Ws[0], 0.25) + value(Ws[1], 0.25)
    before = seen(network)
    penalty.add_gradient(network)
    for layer, attributes in zip(network.layers, before, strict=True):
        more = its_gradient(layer.W, 0.25)
        expected = [[attributes["dL_dW"][j][i] + more[j][i] for i in range(2)] for j in range(len(layer.W))]
        assert layer.dL_dW == expected
        assert {**vars(layer), "dL_dW": None} == {**attributes, "dL_dW": None}
    network.update(0.1)


@pytest.mark.parametrize(("kind", "value", "its_gradient"), OBJECTS)
def test_the_sum_is_the_gradient_of_the_sum(kind, value, its_gradient):  # noqa: ARG001
    """Loss and penalty together, by central differences over the first W."""
    network, penalty = passed(), kind(0.25)
    penalty.add_gradient(network)

    def loss(W):
        layers = [nn.Layer(W, [5.0, -3.0], nn.Tanh()), nn.Layer([[0.25, -1.0]], [0.125])]
        other = nn.Network(layers)
        return other.forward([1.0, -2.0])[0] + penalty.value(other)

    assert nn.check_gradients(loss, network.layers[0].W, network.layers[0].dL_dW, "W").ok


def test_weights_decay():
    """θ − η (g + λ θ) = (1 − η λ) θ − η g."""
    network = passed()
    W, dL_dW = network.layers[0].W[0][0], network.layers[0].dL_dW[0][0]
    nn.HalfL2Penalty(0.5).add_gradient(network)
    network.update(0.1)
    assert network.layers[0].W[0][0] == pytest.approx((1 - 0.1 * 0.5) * W - 0.1 * dL_dW, rel=1e-15)


@pytest.mark.parametrize(("kind", "value", "its_gradient"), OBJECTS)
def test_a_call_that_fails_changes_nothing(kind, value, its_gradient):  # noqa: ARG001
    network, penalty = passed(), kind(0.25)
    network.layers[1].dL_dW[0][1] = math.nan
    before = seen(network)
    with pytest.raises(ValueError, match=r"^layers\[1\]\.dL_dW\[0\]\[1\] is nan: expected a finite number$"):
        penalty.add_gradient(network)
    assert seen(network) == before
    penalty.strength = -1
    with pytest.raises(ValueError, match=r"^strength is -1: expected a number from 0 up$"):
        penalty.add_gradient(network)
    with pytest.raises(ValueError, match=r"^strength is -1"):
        penalty.value(network)
    assert seen(network) == before


class Stubborn(nn.Layer):
    stubborn = False

    def __setattr__(self, name, value):
        if self.stubborn and name == "dL_dW":
            type(self).stubborn = False
            raise KeyboardInterrupt
        super().__setattr__(name, value)


def test_an_interrupted_call_changes_nothing():
    network = nn.Network([nn.Layer([[0.5]], [0.0]), Stubborn([[2.0]], [0.0])])
    network.forward([1.0])
    network.backward([1.0])
    before = seen(network)
    Stubborn.stubborn = True
    with pytest.raises(KeyboardInterrupt):
        nn.L2Penalty(1).add_gradient(network)
    assert seen(network) == before


def test_a_gradient_has_to_be_there():
    network = nn.Network([nn.Layer([[0.5]], [0.0])])
    penalty = nn.L1Penalty(1)
    assert penalty.value(network) == 0.5
    with pytest.raises(RuntimeError, match=r"^add_gradient before backward: call forward"):
        penalty.add_gradient(network)
    network.forward([1.0])
    network.backward([1.0])
    network.update(0.1)
    with pytest.raises(RuntimeError, match=r"^add_gradient before backward"):
        penalty.add_gradient(network)


@pytest.mark.parametrize("method", ["value", "add_gradient"])
def test_only_a_network(method):
    with pytest.raises(TypeError, match=r"^network is Layer\(.*…, a Layer: expected a Network$"):
        getattr(nn.L1Penalty(1), method)(nn.Layer([[1.0]], [0.0]))


@pytest.mark.parametrize("kind", [nn.L1Penalty, nn.L2Penalty, nn.HalfL2Penalty])
def test_strength_is_checked_and_shown(kind):
    assert repr(kind(0.25)) == f"{kind.__name__}(strength=0.25)"
    with pytest.raises(ValueError, match=r"^strength is -0.25: expected a number from 0 up$"):
        kind(-0.25)
