"""Networks that go as straight lines: the same bits, attributes and messages as on the usual way, all or nothing."""

import copy
import linecache
import math
import pickle
import random
import re
import sys
from fractions import Fraction

import numpy as np
import pytest

import scalarnn as nn
from scalarnn.datasets import spiral_data
from scalarnn.doors import straight
from scalarnn.tracing import record
from scalarnn.training import LOSSES, TO_CLASSES, YES_OR_NO, train, training_step
from scalarnn.unrolled import standing, straight_lines

SPECIAL = [0.0, -0.0, 5e-324, -1e-308, 1.0, -1.0, 0.5, 40.0, -800.0, 1e16, 1e154]
ACTIVATIONS = [None, nn.ReLU, nn.LeakyReLU, nn.Sigmoid, nn.Tanh, nn.Softmax, nn.Identity, lambda: nn.LeakyReLU(0.2)]
SHAPES = [(1, 1), (2, 3, 1), (3, 2), (2, 1, 1, 2), (2, 4, 3)]
OPTIMIZERS = [
    nn.GradientDescent(0.1),
    nn.Momentum(0.1),
    nn.Nesterov(0.1),
    nn.AdaGrad(0.1),
    nn.RMSProp(0.01),
    nn.Adam(0.01),
    nn.Adam(nn.ExponentialDecay(0.1, 0.9)),
    nn.Momentum(nn.InverseTimeDecay(0.1, 0.5), beta=0.5),
]


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """Unrolled at the first call, and whatever other tests have unrolled is forgotten."""
    monkeypatch.setattr(straight, "REPAID", 0)
    monkeypatch.setattr(straight, "REPAID_BY_PARAMETER", 0)
    monkeypatch.setattr(straight, "SHAPES", {})


def numbers(rng, n, special=0.0):
    return [rng.choice(SPECIAL) if rng.random() < special else rng.uniform(-2, 2) for _ in range(n)]


def ways_of_networks():
    return [ways for key, ways in straight.SHAPES.items() if key[0] is nn.Network]


def network(rng, sizes, activation, last=None):
    layers = []
    for k in range(1, len(sizes)):
        W = [numbers(rng, sizes[k - 1]) for _ in range(sizes[k])]
        f = activation if k < len(sizes) - 1 else last
        layers.append(nn.Layer(W, numbers(rng, sizes[k]), f and f()))
    return nn.Network(layers)


def kept(thing):
    """Every attribute but the ways themselves, digit for digit."""
    if isinstance(thing, nn.Network):
        return [kept(layer) for layer in thing.layers]
    return {
        name: repr(value) for name, value in vars(thing).items() if name not in ("_straight", "_layers", "activation")
    }


def outcome(call):
    try:
        return repr(call())
    except (ArithmeticError, RuntimeError, TypeError, ValueError) as error:
        return f"{type(error).__name__}: {error}"


def both_ways(thing, act):
    """What an act on a thing gives, and leaves, in straight lines and on the usual way, which it goes when watched."""
    usual = copy.deepcopy(thing)
    sys.setprofile(lambda *_: None)
    expected = outcome(lambda: act(usual))
    sys.setprofile(None)
    assert outcome(lambda: act(thing)) == expected
    first, second = (one if isinstance(one, tuple) else (one,) for one in (thing, usual))
    assert [kept(one) for one in first] == [kept(one) for one in second]
    return expected


def one_step(net, x, g, rate=0.1):
    y_hat = net.forward(x)
    dL_dx = net.backward(g)
    if isinstance(net, nn.Network):
        net.update(rate)
    return y_hat, dL_dx


# ---- the same --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("activation", ACTIVATIONS, ids=lambda f: repr(f and f()))
def test_one_sample_through_a_network(activation):
    rng = random.Random(3)
    for sizes in SHAPES:
        for last in (None, activation):
            net = network(rng, sizes, activation, last)
            one_step(net, numbers(rng, sizes[0]), numbers(rng, sizes[-1]))
            for _ in range(5):
                x, g = numbers(rng, sizes[0], 0.2), numbers(rng, sizes[-1], 0.2)
                both_ways(net, lambda net, x=x, g=g: one_step(net, x, g))
    assert all(ways.forward and ways.backward and ways.update for ways in ways_of_networks())


@pytest.mark.parametrize("activation", ACTIVATIONS, ids=lambda f: repr(f and f()))
def test_one_sample_through_a_layer(activation):
    rng = random.Random(4)
    for _ in range(20):
        (layer,) = network(rng, (3, 2), None, activation).layers
        x, g = numbers(rng, 3, 0.2), numbers(rng, 2, 0.2)
        both_ways(layer, lambda layer, x=x, g=g: one_step(layer, x, g))
    assert layer._straight.forward is not None
    assert layer._straight.backward is not None


@pytest.mark.parametrize("activation", ACTIVATIONS, ids=lambda f: repr(f and f()))
def test_batches_forward(activation):
    rng = random.Random(27)
    net = network(rng, (2, 3, 2), activation, activation)
    for n in (1, 2, 5, 3, 3):
        X = [numbers(rng, 2, 0.3) for _ in range(n)]
        both_ways(net, lambda net, X=X: net.forward_batch(X))
    assert net._straight.forward_batch is not None
    for X in ([], [[1.0]], [[1.0, 2.0], [1.0]], [[1.0, True]], [[1.0, 2]], [(1.0, 2.0)], [[math.nan, 1.0]], None):
        both_ways(net, lambda net, X=X: net.forward_batch(X))


@pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=repr)
def test_steps_of_optimizers(optimizer):
    rng = random.Random(5)
    pair = network(rng, (2, 3, 1), nn.Tanh), copy.deepcopy(optimizer)

    def act(pair, x, g):
        net, optimizer = pair
        net.forward(x)
        net.backward(g)
        optimizer.step(net)
        assert optimizer._layers == net.layers

    for _ in range(6):
        x, g = numbers(rng, 2, 0.1), numbers(rng, 1)
        both_ways(pair, lambda pair, x=x, g=g: act(pair, x, g))
    assert pair[1]._straight.step is not None


def ends(loss):
    """The last activation that a loss needs."""
    return nn.Sigmoid if loss == "binary_cross_entropy" else nn.Softmax if loss in TO_CLASSES[1:] else None


def samples(rng, loss, n, sizes=(2, 3, 3)):
    X = [numbers(rng, sizes[0]) for _ in range(n)]
    if loss in TO_CLASSES:
        return X, [rng.randrange(sizes[-1]) for _ in range(n)]
    if loss in YES_OR_NO:
        return X, [[float(rng.random() < 0.5) for _ in range(sizes[-1])] for _ in range(n)]
    return X, [numbers(rng, sizes[-1]) for _ in range(n)]


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("n", [1, 3])
def test_training_steps(loss, n):
    rng = random.Random(6)
    for activation in (nn.ReLU, nn.Tanh):
        pair = network(rng, (2, 3, 3), activation, ends(loss)), nn.GradientDescent(0.01)
        for _ in range(8):
            X, targets = samples(rng, loss, n)
            both_ways(pair, lambda pair, X=X, T=targets: training_step(pair[0], X, T, pair[1], loss=loss))
    made = [one for ways in ways_of_networks() for one in ways.passes.values() if one is not None]
    assert bool(made) == (loss != "root_mean_squared_error")


@pytest.mark.parametrize("optimizer", [nn.Adam(0.1), nn.Momentum(nn.ExponentialDecay(0.1, 0.99))], ids=repr)
def test_whole_trainings(optimizer):
    """With a penalty, and a last batch that is shorter than the others."""
    X, labels = spiral_data(7, 3, 0)
    pair = network(random.Random(7), (2, 5, 3), nn.ReLU), copy.deepcopy(optimizer)

    def act(pair):
        net, optimizer = pair
        history = train(net, X, labels, optimizer, epochs=3, batch_size=4, penalty=nn.L2Penalty(0.01), progress=False)
        return history.epochs

    both_ways(pair, act)


def test_two_names_of_one_list_stay_two_of_one():
    net = network(random.Random(8), (2, 3, 2), nn.ReLU)
    for _ in range(2):
        net.forward([1.0, 2.0])
        assert net.layers[1].a is net.layers[1].z
        assert net.layers[0].a is not net.layers[1].x


# ---- what is not plain -----------------------------------------------------------------------------------------------

WRONG = [math.nan, math.inf, True, "1", None, 1, 2**70, Fraction(1, 3), np.float64(0.5), np.float32(0.5)]
PLACES = {
    "x": lambda _net, x, _g: x,
    "g": lambda _net, _x, g: g,
    "W": lambda net, _x, _g: net.layers[0].W[0],
    "W behind": lambda net, _x, _g: net.layers[1].W[0],
    "b": lambda net, _x, _g: net.layers[0].b,
}


@pytest.mark.parametrize("wrong", WRONG, ids=repr)
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("activation", [None, nn.ReLU])
def test_other_numbers_get_the_same_answer(place, wrong, activation):
    net = network(random.Random(9), (2, 3, 1), activation)
    one_step(net, [1.0, 2.0], [0.5])
    x, g = [0.5, 0.25], [0.125]
    PLACES[place](net, x, g)[0] = wrong
    both_ways(net, lambda net: one_step(net, x, g))


@pytest.mark.parametrize("attribute", ["x", "z", "dL_dW", "dL_db"])
@pytest.mark.parametrize("wrong", [math.nan, math.inf, True, 3, "1"], ids=repr)
def test_numbers_changed_between_the_passes_get_the_same_answer(attribute, wrong):
    net = network(random.Random(10), (2, 3, 1), nn.ReLU)
    one_step(net, [1.0, 2.0], [0.5])

    def act(net):
        net.forward([0.5, 0.25])
        if attribute.startswith("dL"):
            net.backward([0.5])
        values = getattr(net.layers[0], attribute)
        (values[0] if attribute == "dL_dW" else values)[0] = wrong
        if attribute.startswith("dL"):
            net.update(0.1)
        else:
            net.backward([0.5])

    both_ways(net, act)


OTHER_LISTS = [(1.0, 2.0), np.array([1.0, 2.0]), [1.0], [1.0, 2.0, 3.0], [], None, {1.0: 0, 2.0: 0}]


@pytest.mark.parametrize("x", OTHER_LISTS, ids=repr)
def test_other_lists_get_the_same_answer(x):
    net = network(random.Random(11), (2, 3, 1), nn.ReLU)
    one_step(net, [1.0, 2.0], [0.5])
    both_ways(net, lambda net: one_step(net, x, [0.5]))
    both_ways(net.layers[0], lambda layer: one_step(layer, x, [0.5, 0.5, 0.5]))


@pytest.mark.parametrize("rate", [0.0, -1.0, math.nan, math.inf, True, 1, "0.1", None, Fraction(1, 10)], ids=repr)
def test_other_rates_get_the_same_answer(rate):
    net = network(random.Random(12), (2, 3, 1), nn.ReLU)
    one_step(net, [1.0, 2.0], [0.5])
    both_ways(net, lambda net: one_step(net, [1.0, 2.0], [0.5], rate))


@pytest.mark.parametrize("loss", ["softmax_cross_entropy", "binary_cross_entropy", "squared_error"])
@pytest.mark.parametrize("n", [1, 2])
@pytest.mark.parametrize(
    "target", [-1, 3, True, 1.0, [2.0, 0.0, 0.0], [math.nan] * 3, [1.0], [1, 0, 1], None], ids=repr
)
def test_other_targets_get_the_same_answer(loss, n, target):
    rng = random.Random(13)
    pair = network(rng, (2, 3, 3), nn.ReLU, ends(loss)), nn.GradientDescent(0.1)
    X, targets = samples(rng, loss, n)
    training_step(pair[0], X, targets, pair[1], loss=loss)
    targets[-1] = target
    both_ways(pair, lambda pair: training_step(pair[0], X, targets, pair[1], loss=loss))


def test_passes_out_of_order_get_the_same_answer():
    for act in (
        lambda net: net.backward([0.5]),
        lambda net: (net.forward([1.0, 2.0]), net.update(0.1)),
        lambda net: (one_step(net, [1.0, 2.0], [0.5]), net.update(0.1)),
        lambda net: (net.forward([1.0, 2.0]), setattr(net.layers[0], "W", [[1.0, 2.0]] * 3), net.backward([0.5])),
        lambda net: (net.forward_batch([[1.0, 2.0]]), net.backward([0.5])),
        lambda net: (net.layers.pop(), net.forward([1.0, 2.0])),
    ):
        for warm in (False, True):
            net = network(random.Random(14), (2, 3, 1), nn.ReLU)
            if warm:
                one_step(net, [1.0, 2.0], [0.5])
                one_step(net, [1.0, 2.0], [0.5])
            both_ways(net, act)


def test_what_is_looked_at_matters(monkeypatch):
    """A function that does not look at the numbers of x lets True through, and the comparison above sees it."""
    monkeypatch.setitem(standing.LOOKS, "forward", {"W": "", "b": ""})
    net = network(random.Random(15), (2, 3, 1), nn.ReLU)
    one_step(net, [1.0, 2.0], [0.5])
    net.layers[0].W[0][0] = True
    with pytest.raises(AssertionError):
        both_ways(net, lambda net: net.forward([1.0, 2.0]))


# ---- who goes straight -----------------------------------------------------------------------------------------------


class Shout(nn.Layer):
    def forward(self, x):
        return [2 * a for a in super().forward(x)]


class Cube:
    def forward(self, z):
        return [z_j**3 for z_j in z]

    def backward(self, dL_da, z):
        return [3 * z_j * z_j * dL_da_j for z_j, dL_da_j in zip(z, dL_da, strict=True)]


class Halved(nn.ReLU):
    value = staticmethod(lambda z: z / 2)
    derivative = staticmethod(lambda _z: 1 / 2)


@pytest.mark.parametrize(
    "layers",
    [
        lambda: [Shout([[1.0, 2.0]], [0.0])],
        lambda: [nn.Layer([[1.0, 2.0]], [0.0], Cube())],
        lambda: [nn.Layer([[1.0, 2.0]], [0.0], Halved())],
    ],
)
def test_classes_of_your_own_go_their_own_way(layers):
    net = nn.Network(layers())
    for _ in range(3):
        both_ways(net, lambda net: one_step(net, [1.0, 2.0], [0.5]))
    assert not ways_of_networks()


def test_a_layer_with_a_method_of_its_own_is_asked():
    net = network(random.Random(16), (2, 3, 1), nn.ReLU)
    one_step(net, [1.0, 2.0], [0.5])
    seen = []
    forward = net.layers[0].forward
    net.layers[0].forward = lambda x: seen.append(x) or forward(x)
    net.forward([1.0, 2.0])
    assert seen == [[1.0, 2.0]]


def test_a_setting_that_changes_is_followed():
    net = network(random.Random(17), (2, 3, 1), lambda: nn.LeakyReLU(0.25))
    one_step(net, [-1.0, -2.0], [0.5])
    net.layers[0].activation.slope = 0.5
    both_ways(net, lambda net: one_step(net, [-1.0, -2.0], [0.5]))
    pair = net, nn.Momentum(0.1)
    for beta, rate in ((0.9, 0.1), (0.9, 0.2), (0.5, 0.2), (0.9, nn.ExponentialDecay(0.1, 0.5)), (1.5, 0.1)):

        def act(pair, beta=beta, rate=rate):
            pair[1].beta, pair[1].learning_rate = beta, rate
            one_step(pair[0], [-1.0, -2.0], [0.5])
            pair[0].forward([1.0, 1.0])
            pair[0].backward([0.5])
            pair[1].step(pair[0])

        both_ways(pair, act)


def test_only_after_as_many_calls_as_repay_it(monkeypatch):
    monkeypatch.setattr(straight, "REPAID", 5)
    net = network(random.Random(18), (2, 3, 1), nn.ReLU)
    for calls in range(1, 7):
        net.forward([1.0, 2.0])
        assert (net._straight.forward is not None) == (calls >= 5)
    other = network(random.Random(19), (2, 3, 1), nn.ReLU)
    other.forward([1.0, 2.0])
    assert other._straight is net._straight  # networks of one shape share their ways


def test_a_large_network_has_none(monkeypatch):
    monkeypatch.setattr(straight, "LARGEST", 12)
    net = network(random.Random(20), (2, 3, 1), nn.ReLU)  # 13 parameters
    net.forward([1.0, 2.0])
    assert net._straight.forward is None
    assert not ways_of_networks()


def test_the_switch():
    net = network(random.Random(21), (2, 3, 1), nn.ReLU)
    net.forward([1.0, 2.0])
    assert net._straight.forward is not None
    assert straight_lines(False) is True
    try:
        net.forward([1.0, 2.0])
        assert net._straight.forward is None
    finally:
        assert straight_lines(True) is False
    net.forward([1.0, 2.0])
    assert net._straight.forward is not None
    with pytest.raises(TypeError, match="on is 1: expected True or False"):
        straight_lines(1)


def test_copies_and_files_hold_no_functions():
    net = network(random.Random(22), (2, 3, 1), nn.ReLU)
    one_step(net, [1.0, 2.0], [0.5])
    for again in (copy.deepcopy(net), pickle.loads(pickle.dumps(net))):
        assert kept(again) == kept(net)
        both_ways(again, lambda net: one_step(net, [1.0, 2.0], [0.5]))


# ---- watched ---------------------------------------------------------------------------------------------------------


def seen_by(set_watch, net):
    functions = set()

    def note(frame, *_):
        functions.add(frame.f_code.co_name)
        return note

    set_watch(note)
    try:
        net.forward([1.0, 2.0])
    finally:
        set_watch(None)
    return functions


@pytest.mark.parametrize("set_watch", [sys.settrace, sys.setprofile])
def test_who_watches_sees_every_line(set_watch):
    net = network(random.Random(23), (2, 3, 1), nn.ReLU)
    assert "unrolled" not in seen_by(set_watch, net)
    net.forward([1.0, 2.0])
    assert net._straight.forward is not None
    assert "layer_forward" in seen_by(set_watch, net)


@pytest.mark.skipif(sys.version_info < (3, 12), reason="sys.monitoring came with Python 3.12")
def test_who_monitors_sees_every_line():
    net = network(random.Random(23), (2, 3, 1), nn.ReLU)
    net.forward([1.0, 2.0])
    sys.monitoring.use_tool_id(2, "a tool")
    lines = set()
    try:
        sys.monitoring.register_callback(2, sys.monitoring.events.PY_START, lambda code, _: lines.add(code.co_name))
        sys.monitoring.set_events(2, sys.monitoring.events.PY_START)
        net.forward([1.0, 2.0])
    finally:
        sys.monitoring.set_events(2, 0)
        sys.monitoring.free_tool_id(2)
    assert "layer_forward" in lines


def test_recording_shows_the_lines_of_the_method():
    net = network(random.Random(24), (2, 3, 1), nn.ReLU)
    net.forward([1.0, 2.0])
    assert net._straight.forward is not None
    lines = record(forward_of, net).lines()
    assert {"s_j", "z_j"} <= {name for line in lines for name in line.bound}


def forward_of(net):
    y_hat = net.forward([1.0, 2.0])
    return y_hat


# ---- all or nothing --------------------------------------------------------------------------------------------------


def interrupted_at(line, call):
    """Call, with a Ctrl-C at a line of the straight function; whether it came so far."""
    came = []

    def trace(frame, event, _):
        if not frame.f_code.co_filename.startswith("<straight lines"):
            return None
        if event == "line" and frame.f_lineno == line:
            came.append(line)
            raise KeyboardInterrupt
        return trace

    sys.settrace(trace)
    try:
        call()
    except KeyboardInterrupt:
        pass
    finally:
        sys.settrace(None)
    return bool(came)


def straight_functions():
    """Each straight function, with the things that it changes and a call of it on such things."""
    net, optimizer = network(random.Random(25), (2, 3, 1), nn.Tanh), nn.Adam(0.1)
    X, targets = [[1.0, 2.0], [0.5, 0.25]], [[1.0], [2.0]]
    for n in (2, 1, 2, 1):
        training_step(net, X[:n], targets[:n], optimizer, loss="squared_error")
    for n in (2, 1):
        passes = net._straight.passes["squared_error", n == 1]
        yield passes, lambda net, _, n=n, f=passes: f(net, X[:n], targets[:n]), (net, optimizer)
    net.forward_batch(X)
    net.backward_batch([[0.5], [0.5]])
    yield (
        optimizer._straight.step,
        lambda net, optimizer, f=optimizer._straight.step: f(optimizer, net),
        (net, optimizer),
    )
    one_step(net, [1.0, 2.0], [0.5])
    ways = net._straight
    yield ways.forward, lambda net, _: ways.forward(net, [0.5, 0.5]), (net, optimizer)
    net.forward([1.0, 2.0])
    yield ways.backward, lambda net, _: ways.backward(net, [0.25]), (net, optimizer)
    net.backward([0.5])
    yield ways.update, lambda net, _: ways.update(net, 0.1), (net, optimizer)


def test_ctrl_c_at_any_line_leaves_all_or_nothing():
    n_tried = 0
    for function, call, things in straight_functions():
        before = [kept(one) for one in things]
        whole = copy.deepcopy(things)
        assert call(*whole) is not None
        after = [kept(one) for one in whole]
        assert after != before
        n_lines = len(_lines_of(function))
        for line in range(1, n_lines + 1):
            again = copy.deepcopy(things)
            if interrupted_at(line, lambda again=again, call=call: call(*again)):
                n_tried += 1
                assert [kept(one) for one in again] == (after if line == n_lines else before)
    assert n_tried > 100


def test_the_line_that_stores_has_no_call():
    """Python looks for a Ctrl-C at a call, and would find half of the attributes set."""
    for function, _, _ in straight_functions():
        *_, store, returned = _lines_of(function)
        assert re.search(r"\.\w+ = .*; ", store)
        assert "(" not in store
        assert returned.startswith(" return ")


def _lines_of(function):
    return linecache.getlines(function.__code__.co_filename)
