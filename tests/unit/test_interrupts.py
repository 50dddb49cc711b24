"""Ctrl-C at any line of a call: the objects are as they were, or as the whole call leaves them; never in between."""

import sys
from copy import deepcopy
from pathlib import Path

import pytest

import scalarnn as nn

PACKAGE = str(Path(nn.__file__).parent)


def network():
    both = nn.Network(
        [nn.Layer([[0.5, -1.0], [1.5, 0.25]], [0.1, 0.2], nn.ReLU()), nn.Layer([[1.0, -2.0]], [0.3], nn.Sigmoid())]
    )
    both.forward([1.0, 2.0])
    both.backward([0.5])
    return both


class Rescaled(nn.Layer):
    """A kind of your own, whose passes do more."""

    def forward(self, x):
        self.scale = max(x)
        return super().forward([x_i / self.scale for x_i in x])

    def backward(self, dL_da):
        return [dL_dx_i / self.scale for dL_dx_i in super().backward(dL_da)]


def network_of_ones_own():
    both = nn.Network([Rescaled([[0.5, -1.0], [1.5, 0.25]], [0.1, 0.2], nn.Tanh()), nn.Layer([[1.0, -2.0]], [0.3])])
    both.forward([4.0, 2.0])
    both.backward([0.5])
    return both


OPTIMIZERS = {
    "gradient descent": lambda: nn.GradientDescent(0.1),
    "momentum": lambda: nn.Momentum(0.1),
    "adam": lambda: nn.Adam(nn.ExponentialDecay(0.1, gamma=0.5)),
}
CALLS = {
    "forward": lambda both, _: both.forward([3.0, 1.0]),
    "backward": lambda both, _: both.backward([2.0]),
    "update": lambda both, _: both.update(0.25),
    "penalty": lambda both, _: nn.L2Penalty(0.5).add_gradient(both),
    "step": lambda both, optimizer: optimizer.step(both),
    "a layer forward": lambda both, _: both.layers[0].forward([3.0, 1.0]),
    "a layer backward": lambda both, _: both.layers[1].backward([2.0]),
}
BATCHES = {
    "forward_batch": lambda both, _: both.forward_batch([[3.0, 1.0], [0.5, 0.25]]),
    "backward_batch": lambda both, _: both.backward_batch([[2.0], [1.0]]),
}


def state(both, optimizer):
    """Everything that is kept, copied; W as one and the same list is told from an equal one by what may follow."""
    layers = [{name: deepcopy(value) for name, value in vars(layer).items()} for layer in both.layers]
    for layer, kept in zip(both.layers, layers, strict=True):
        kept.pop("_straight", None)  # which way it goes next, the result being the same
        kept["activation"] = repr(layer.activation)
        kept["ready"] = (layer.W is layer._W_forward, layer.W is layer._W_backward)
    return layers, optimizer.t, deepcopy(optimizer.state)


def interrupted_at(place, call, error=KeyboardInterrupt):
    """Runs a call, with an error at one line, call or return inside the package; whether it got there."""
    seen = 0

    def interrupt(frame, _event, _):
        nonlocal seen
        inside = frame.f_code.co_filename.startswith((PACKAGE, "scalarnn.doors"))
        if not inside:
            return interrupt
        seen += 1
        if seen == place:
            raise error
        return interrupt

    before = sys.gettrace()
    sys.settrace(interrupt)
    try:
        call()
    except error:
        pass
    finally:
        sys.settrace(before)
    return seen >= place


def places_that_break(make, call, prepare=lambda _: None):
    """Where an interrupt leaves something else than before or after; and how many places there are."""
    broken = []
    for place in range(1, 5000):
        both, optimizer = make(), OPTIMIZERS["momentum"]()
        prepare(both)
        whole, other = make(), OPTIMIZERS["momentum"]()
        prepare(whole)
        call(whole, other)
        before, after = state(both, optimizer), state(whole, other)
        got_there = interrupted_at(place, lambda both=both, optimizer=optimizer: call(both, optimizer))
        if not got_there:
            return broken, place - 1
        if state(both, optimizer) not in (before, after):
            broken.append(place)
    raise AssertionError("it goes on for ever")


OF_ONES_OWN = [name for name in CALLS if "layer" not in name]  # what a method of your own does is your own


@pytest.mark.parametrize(
    ("make", "name"),
    [*((network, name) for name in CALLS), *((network_of_ones_own, name) for name in OF_ONES_OWN)],
)
def test_ctrl_c_at_any_line_changes_all_or_nothing(make, name):
    broken, places = places_that_break(make, CALLS[name])
    assert broken == []
    assert places > 5


@pytest.mark.parametrize("name", BATCHES)
def test_ctrl_c_at_any_line_of_a_batch(name):
    def prepare(both):
        both.forward_batch([[1.0, 2.0], [0.5, 0.5]])

    broken, places = places_that_break(network, BATCHES[name], prepare)
    assert broken == []
    assert places > 5


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_ctrl_c_at_any_line_of_a_step(name):
    for place in range(1, 5000):
        both, optimizer = network(), OPTIMIZERS[name]()
        optimizer.step(both)
        both.forward([1.0, 2.0])
        both.backward([0.5])
        before = state(both, optimizer)
        if not interrupted_at(place, lambda both=both, optimizer=optimizer: optimizer.step(both)):
            break
        after = state(both, optimizer)
        assert after[1] == before[1] + 1 or after == before
    assert place > 5


class OneByOne(nn.Network):
    """What `update` must not be: a layer after the other."""

    def update(self, learning_rate):
        for layer in self.layers:
            layer.W = nn.gradient_descent_step(layer.W, layer.dL_dW, learning_rate)
            layer.b = nn.gradient_descent_step(layer.b, layer.dL_db, learning_rate)
            layer._W_backward = None


def test_storing_one_by_one_would_be_seen():
    assert _broken_one_by_one(lambda: OneByOne(network().layers), __file__)


def _broken_one_by_one(make, file):
    """Like places_that_break, for lines of this file."""
    for place in range(1, 40):
        both, optimizer = make(), nn.Momentum(0.1)
        whole = make()
        whole.update(0.25)
        before, after = state(both, optimizer), state(whole, optimizer)
        seen = 0

        def interrupt(frame, _event, _, place=place):
            nonlocal seen
            if frame.f_code.co_filename == file and frame.f_code.co_name == "update":
                seen += 1
                if seen == place:
                    raise KeyboardInterrupt
            return interrupt

        sys.settrace(interrupt)
        try:
            both.update(0.25)
        except KeyboardInterrupt:
            pass
        finally:
            sys.settrace(None)
        if state(both, optimizer) not in (before, after):
            return True
    return False
