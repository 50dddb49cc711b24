"""Neurons that hand on what they get: a connection that skips a layer, by hand and by gradients."""

from fractions import Fraction

import pytest

from scalarnn import Layer, Network, ReLU, Sigmoid, Tanh, check_network_gradients, squared_error, squared_error_gradient
from scalarnn.passing import Passing, handing_on
from scalarnn.saving import SavedNetworkError, from_text, to_text


def skipping(activation=None):
    """y = 2 relu(x₀ − x₁) + 3 x₀ − x₁ + 1, whose last two terms skip the hidden neuron."""
    W, b = handing_on([[1, -1]], [0])
    return Network([Layer(W, b, activation or Passing(ReLU(), 1)), Layer([[2, 3, -1]], [1])])


def test_by_hand():
    network = skipping()
    assert network.forward([5, 2]) == [2 * 3 + 3 * 5 - 2 + 1]
    assert network.forward([2, 5]) == [3 * 2 - 5 + 1]
    network.backward([1])
    assert network.layers[0].dL_dx == [3, -1]
    assert network.forward([Fraction(1, 3), 0]) == [Fraction(8, 3)]


def test_gradients():
    network = skipping(Passing(Tanh(), 1))
    assert check_network_gradients(network, [0.7, -0.3], [1.0], squared_error, squared_error_gradient).ok


def test_one_that_hands_on_no_gradient_is_caught():
    class Wrong(Passing):
        def backward(self, dL_da, z):
            return [*super().backward(dL_da, z)[: self.first], *([0] * (len(z) - self.first))]

    report = check_network_gradients(
        skipping(Wrong(Tanh(), 1)), [0.7, -0.3], [1.0], squared_error, squared_error_gradient
    )
    assert not report.ok


def test_saved_and_loaded():
    network = skipping(Passing(Sigmoid(), 1))
    text = to_text(network)
    again, _ = from_text(text)
    assert repr(again.layers[0].activation) == "Passing(Sigmoid(), 1)"
    assert again.forward([0.5, 0.25]) == network.forward([0.5, 0.25])
    for before, after, message in (
        ('"first": 1', '"first": 0', r"activation\.first is 0"),
        ('"first": 1', '"first": true', r"activation\.first is True"),
        ('{"name": "Sigmoid"}', "null", r"activation\.activation is None"),
        ('{"name": "Sigmoid"}', '{"name": "Passing"}', r"activation\.activation is an object"),
        ('"first": 1, ', "", "has no first"),
    ):
        assert before in text
        with pytest.raises(SavedNetworkError, match=message):
            from_text(text.replace(before, after))


@pytest.mark.parametrize(("first", "error"), [(0, ValueError), (True, TypeError), (1.0, TypeError)])
def test_how_many(first, error):
    with pytest.raises(error, match="first is"):
        Passing(ReLU(), first)
