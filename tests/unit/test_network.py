"""Layers in a row, with the network of `004`: 2 inputs, 3 ReLU neurons, 1 output; target 3, learning rate 1/100."""

from fractions import Fraction

import pytest

from scalarnn import (
    Identity,
    Layer,
    Network,
    ReLU,
    Softmax,
    gradient_descent_step,
    half_squared_error,
    half_squared_error_gradient,
    network_backward,
    network_forward,
)
from tests.unit.exact import fractions, is_exact

x = [1, 2]
W = [[1, 2], [-3, 4], [1, -1]]
b = [1, 2, 0]
W_OUT = [[1, 2, 3]]
B_OUT = [1]
ACTIVATIONS = [ReLU(), Identity()]


def network():
    return Network([Layer(W, b, ReLU()), Layer(W_OUT, B_OUT)])


def test_first_step_in_exact_fractions():
    Ws, bs = [fractions(W), fractions(W_OUT)], [fractions(b), fractions(B_OUT)]
    xs, zs = network_forward(fractions(x), Ws, bs, ACTIVATIONS)
    assert zs == [[6, 7, -1], [21]]
    assert xs == [[1, 2], [6, 7, 0], [21]]
    assert half_squared_error(xs[-1], [Fraction(3)]) == 162
    dL_dy_hat = half_squared_error_gradient(xs[-1], [Fraction(3)])
    assert dL_dy_hat == [18]
    dL_dWs, dL_dbs, dL_dx = network_backward(dL_dy_hat, xs, zs, Ws, ACTIVATIONS)
    assert dL_dWs == [[[18, 36], [36, 72], [0, 0]], [[108, 126, 0]]]
    assert dL_dbs == [[18, 36, 0], [18]]
    assert dL_dx == [-90, 180]
    updated_Ws = gradient_descent_step(Ws, dL_dWs, Fraction(1, 100))
    updated_bs = gradient_descent_step(bs, dL_dbs, Fraction(1, 100))
    assert updated_Ws == [
        [[Fraction(41, 50), Fraction(41, 25)], [Fraction(-84, 25), Fraction(82, 25)], [1, -1]],
        [[Fraction(-2, 25), Fraction(37, 50), 3]],
    ]
    assert updated_bs == [[Fraction(41, 50), Fraction(41, 25), 0], [Fraction(41, 50)]]
    for result in (xs, zs, dL_dWs, dL_dbs, dL_dx, updated_Ws, updated_bs):
        assert is_exact(result)


def test_first_step_with_objects():
    hidden, output = Layer(W, b, ReLU()), Layer(W_OUT, B_OUT)
    both = Network([hidden, output])
    assert both.layers == [hidden, output]
    assert both.forward(x) == [21]
    assert (hidden.x, hidden.z, hidden.a) == ([1, 2], [6, 7, -1], [6, 7, 0])
    assert (output.x, output.z, output.a) == ([6, 7, 0], [21], [21])
    assert both.backward([18]) == [-90, 180]
    assert (output.dL_dz, output.dL_dW, output.dL_db, output.dL_dx) == ([18], [[108, 126, 0]], [18], [18, 36, 54])
    assert (hidden.dL_dz, hidden.dL_db) == ([18, 36, 0], [18, 36, 0])
    both.update(Fraction(1, 100))
    new_W = [[Fraction(41, 50), Fraction(41, 25)], [Fraction(-84, 25), Fraction(82, 25)], [1, -1]]
    assert (hidden.W, hidden.b) == (new_W, [Fraction(41, 50), Fraction(41, 25), 0])
    assert (output.W, output.b) == ([[Fraction(-2, 25), Fraction(37, 50), 3]], [Fraction(41, 50)])


def test_second_forward_pass_after_the_step():
    both = network()
    both.forward(fractions(x))
    both.backward([Fraction(18)])
    both.update(Fraction(1, 100))
    # by hand: z = (123/25, 121/25, -1), so y_hat = -2/25·123/25 + 37/50·121/25 + 41/50
    z = [
        Fraction(41, 50) + 2 * Fraction(41, 25) + Fraction(41, 50),
        Fraction(-84, 25) + 2 * Fraction(82, 25) + Fraction(41, 25),
        -1,
    ]
    y_hat = Fraction(-2, 25) * z[0] + Fraction(37, 50) * z[1] + Fraction(41, 50)
    assert both.forward(fractions(x)) == [y_hat]
    assert both.layers[0].z == z


def test_batch_keeps_samples_apart_and_averages_the_parameters():
    X = [[1, 2], [0, 1]]
    both = network()
    # second sample: z = (3, 6, -1), y_hat = 3 + 12 + 1
    assert both.forward_batch(X) == [[21], [16]]
    assert both.backward_batch([[18], [4]]) == [[-90, 180], [4 - 24, 8 + 32]]
    hidden, output = both.layers
    assert output.dL_dW == [[(108 + 12) / 2, (126 + 24) / 2, 0]]
    assert output.dL_db == [11]
    assert hidden.dL_dW == [[18 / 2, (36 + 4) / 2], [36 / 2, (72 + 8) / 2], [0, 0]]
    assert hidden.dL_db == [11, 22, 0]
    both.update(1)
    assert output.b == [-10]
    assert hidden.b == [-10, -20, 0]


def test_network_of_one_layer():
    alone = Network([Layer([[2]], [3])])
    assert alone.forward([5]) == [13]
    assert alone.backward([7]) == [14]
    xs, zs = network_forward([5], [[[2]]], [[3]], [Identity()])
    assert (xs, zs) == ([[5], [13]], [[13]])
    assert network_backward([7], xs, zs, [[[2]]], [Identity()]) == ([[[35]]], [[7]], [14])


def test_three_layers_of_different_widths():
    Ws = [[[1, 0, 2], [0, 1, 1]], [[1, 1], [1, -1], [2, 0], [0, 1]], [[1, 2, 3, 4]]]
    bs = [[0, 1], [0, 0, 1, 0], [5]]
    activations = [Identity(), Identity(), Identity()]
    xs, zs = network_forward([1, 2, 3], Ws, bs, activations)
    assert xs == [[1, 2, 3], [7, 6], [13, 1, 15, 6], [13 + 2 + 45 + 24 + 5]]
    dL_dWs, dL_dbs, dL_dx = network_backward([1], xs, zs, Ws, activations)
    assert dL_dbs == [[9, 3], [1, 2, 3, 4], [1]]
    assert dL_dWs[1] == [[7, 6], [14, 12], [21, 18], [28, 24]]
    assert dL_dWs[0] == [[9, 18, 27], [3, 6, 9]]
    assert dL_dx == [9, 3, 21]


def test_results_are_copies():
    inputs, Ws = list(x), [[list(row) for row in W], [list(row) for row in W_OUT]]
    xs, _ = network_forward(inputs, Ws, [b, B_OUT], ACTIVATIONS)
    xs[0][0] = 99
    assert inputs == x
    both = network()
    both.forward(x)[0] = 99
    assert both.layers[1].a == [21]
    both.backward([18])[0] = 99
    assert both.layers[0].dL_dx == [-90, 180]
    both.forward_batch([x])[0][0] = 99
    assert both.layers[1].A == [[21]]
    both.backward_batch([[18]])[0][0] = 99
    assert both.layers[0].dLn_dX == [[-90, 180]]


def test_network_takes_its_own_list_of_layers():
    layers = [Layer(W, b, ReLU()), Layer(W_OUT, B_OUT)]
    both = Network(layers)
    layers.pop()
    assert len(both.layers) == 2


def test_update_needs_gradients_of_every_layer():
    both = network()
    message = r"^update before backward: call backward\(dL_dy_hat\) or backward_batch\(dLn_dY_hat\) first$"
    with pytest.raises(RuntimeError, match=message):
        both.update(0.1)
    both.forward(x)
    both.layers[1].backward([18])
    with pytest.raises(RuntimeError, match=message):
        both.update(0.1)
    assert both.layers[1].W == W_OUT


def test_backward_before_forward():
    with pytest.raises(RuntimeError, match="backward before forward"):
        network().backward([18])
    with pytest.raises(RuntimeError, match="backward_batch before forward_batch"):
        network().backward_batch([[18]])


def test_one_sample_and_a_batch_are_never_mixed():
    both = network()
    both.forward(x)
    with pytest.raises(RuntimeError, match=r"^backward_batch after forward: call backward\(dL_dy_hat\)$"):
        both.backward_batch([[18]])
    both.forward_batch([x])
    with pytest.raises(RuntimeError, match=r"^backward after forward_batch: call backward_batch\(dLn_dY_hat\)$"):
        both.backward([18])


AFTER_UPDATE = r"^update after update: call forward\(x\) and backward\(dL_dy_hat\) first$"


def test_gradients_are_used_once():
    both = network()
    both.forward(x)
    both.backward([18])
    both.update(0.01)
    before = states(both)
    with pytest.raises(RuntimeError, match=AFTER_UPDATE):
        both.update(0.01)
    with pytest.raises(RuntimeError, match=r"^backward after W has changed: call forward\(x\) first$"):
        both.backward([18])
    assert states(both) == before
    both.forward(x)
    with pytest.raises(RuntimeError, match=AFTER_UPDATE):
        both.update(0.01)
    both.backward([18])
    both.update(0.01)


def test_gradients_of_a_batch_are_used_once():
    both = network()
    both.forward_batch([x])
    both.backward_batch([[18]])
    both.update(0.01)
    with pytest.raises(RuntimeError, match=AFTER_UPDATE):
        both.update(0.01)
    with pytest.raises(RuntimeError, match=r"^backward_batch after W has changed: call forward_batch\(X\) first$"):
        both.backward_batch([[18]])


def test_weights_assigned_by_hand_make_gradients_stale():
    both = network()
    both.forward(x)
    both.backward([18])
    both.layers[1].W = [[1, 1, 1]]
    message = r"^update after W has changed: call forward\(x\) and backward\(dL_dy_hat\) first$"
    with pytest.raises(RuntimeError, match=message):
        both.update(0.01)
    assert both.layers[0].W == W


def test_biases_may_be_kept():
    both = network()
    both.forward(x)
    both.backward([18])
    for layer in both.layers:
        layer.b = list(layer.b)
    both.update(1)
    assert both.layers[1].b == [-17]


def test_a_layer_takes_part_once():
    alone = Layer([[1.0]], [0.0])
    with pytest.raises(ValueError, match="the same object") as caught:
        Network([Layer([[1.0]], [0.0]), alone, alone])
    assert str(caught.value) == (
        "layers[2] is the same object as layers[1]: expected a layer of its own, "
        "since a layer keeps one x and one gradient"
    )
    twice = Layer(W, b)
    with pytest.raises(ValueError, match=r"^layers\[1\] is the same object as layers\[0\]: "):
        Network([twice, twice])  # 3 neurons, 2 inputs: that it does not fit is the lesser matter
    Network([Layer([[1.0]], [0.0]), Layer([[1.0]], [0.0])])


class Breaks:
    """An activation that fails at its n-th call, in the way that it is told."""

    def __init__(self, at, error):
        self.at, self.error, self.calls = at, error, 0

    def count(self):
        self.calls += 1
        if self.calls == self.at:
            raise self.error

    def forward(self, z):
        self.count()
        return list(z)

    def backward(self, dL_da, _z):
        self.count()
        return list(dL_da)


def one_by_one(call, at, error):
    """Two layers that have been forward and backward; then the first (or the last) breaks."""
    first, last = Layer([[2.0]], [1.0], Identity()), Layer([[3.0]], [1.0], Identity())
    both = Network([first, last])
    getattr(both, call[0])(call[1])
    getattr(both, call[2])(call[1])
    getattr(both, call[0])(call[1])
    both.layers[at].activation = Breaks(1, error)
    return both


SAMPLE = ("forward", [5.0], "backward")
BATCH = ("forward_batch", [[5.0]], "backward_batch")


@pytest.mark.parametrize("error", [ValueError("no"), TypeError("no"), KeyboardInterrupt(), ZeroDivisionError("no")])
@pytest.mark.parametrize("call", [SAMPLE, BATCH])
@pytest.mark.parametrize("way", [0, 2])
def test_a_pass_that_breaks_off_leaves_every_layer_as_it_was(error, call, way):
    reached_last = 1 if way == 0 else 0  # the layer that the pass comes to when the other is through
    both = one_by_one(call, reached_last, type(error)(*error.args))
    other = [[7.0]] if call is BATCH else [7.0]
    before = states(both)
    with pytest.raises(type(error)) as caught:
        getattr(both, call[way])(other)
    assert states(both) == before
    named = isinstance(error, (ValueError, TypeError))
    assert str(caught.value) == (f"layers[{reached_last}]: no" if named else str(error))


def test_an_attribute_that_came_up_on_the_way_is_gone():
    class Counting(Layer):
        def forward(self, x):
            self.count = 1
            return super().forward(x)

    both = Network([Counting([[1.0]], [0.0]), Layer([[1.0]], [0.0], Breaks(1, ValueError("no")))])
    with pytest.raises(ValueError, match=r"^layers\[1\]: no$"):
        both.forward([1.0])
    assert not hasattr(both.layers[0], "count")


def test_an_error_inside_a_layer_names_the_layer():
    both = Network([Layer([[1e308]], [0.0]), Layer([[1.0]], [0.0])])
    with pytest.raises(ValueError, match=r"^layers\[1\]: x\[0\] is inf: expected a finite number$"):
        both.forward([1e308])
    with pytest.raises(ValueError, match=r"^layers\[1\]: X\[0\]\[0\] is inf: expected a finite number$"):
        both.forward_batch([[1e308]])
    both.layers[1].W = [[1.0, 2.0]]
    with pytest.raises(ValueError, match=r"^layers\[1\]: x has length 1: expected 2, one input for each column of W$"):
        both.forward([1.0])


def test_repr():
    assert repr(network()) == (
        "Network([Layer(2 inputs, 3 neurons, activation=ReLU()), Layer(3 inputs, 1 neuron, activation=None)])"
    )


PER_INPUT = "one weight for each input"
PER_NEURON = "one weight for each neuron of the layer before"
PER_OUTPUT = "one gradient for each neuron of the last layer"
AN_OBJECT = "expected an object such as ReLU() or Identity()"


def forward(x=x, Ws=(W, W_OUT), bs=(b, B_OUT), activations=ACTIVATIONS):
    return network_forward(x, Ws, bs, activations)


def backward(
    dL_dy_hat=(18,), xs=([1, 2], [6, 7, 0], [21]), zs=([6, 7, -1], [21]), Ws=(W, W_OUT), activations=ACTIVATIONS
):
    return network_backward(dL_dy_hat, xs, zs, Ws, activations)


def test_the_defaults_of_the_next_tests_are_right():
    assert forward() == ([[1, 2], [6, 7, 0], [21]], [[6, 7, -1], [21]])
    assert backward() == ([[[18, 36], [36, 72], [0, 0]], [[108, 126, 0]]], [[18, 36, 0], [18]], [-90, 180])


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"x": [1]}, ValueError, f"Ws[0][0] has length 2: expected 1, {PER_INPUT}"),
        ({"x": [1, None]}, TypeError, "x[1] is None: expected a number"),
        ({"Ws": []}, ValueError, "Ws is empty: expected at least one entry"),
        ({"Ws": None}, TypeError, "Ws is None: expected a list"),
        ({"Ws": [W, [[1, 2]]]}, ValueError, f"Ws[1][0] has length 2: expected 3, {PER_NEURON}"),
        ({"Ws": [W, [[1], [2], [3]]]}, ValueError, f"Ws[1][0] has length 1: expected 3, {PER_NEURON}"),
        ({"Ws": [W, [1, 2, 3]]}, TypeError, "Ws[1][0] is 1, an int: expected a list"),
        ({"Ws": [W]}, ValueError, "bs has length 2: expected 1, one vector of biases for each layer"),
        ({"bs": [b]}, ValueError, "bs has length 1: expected 2, one vector of biases for each layer"),
        ({"bs": None}, TypeError, "bs is None: expected a list"),
        ({"bs": [b, [1, 2]]}, ValueError, "bs[1] has length 2: expected 1, one bias for each neuron"),
        ({"bs": [b, 1]}, TypeError, "bs[1] is 1, an int: expected a list"),
        ({"activations": [ReLU()]}, ValueError, "activations has length 1: expected 2, one activation for each layer"),
        ({"activations": ReLU()}, TypeError, "activations is ReLU(), a ReLU: expected a list"),
        ({"activations": [ReLU(), None]}, TypeError, f"activations[1] is None: {AN_OBJECT}"),
        (
            {"activations": [ReLU(), "identity"]},
            TypeError,
            f"activations[1] is 'identity', a str: {AN_OBJECT}; did you mean Identity()?",
        ),
    ],
)
def test_wrong_forward(arguments, error, message):
    with pytest.raises(error) as caught:
        forward(**arguments)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"dL_dy_hat": [18, 1]}, ValueError, f"dL_dy_hat has length 2: expected 1, {PER_OUTPUT}"),
        ({"dL_dy_hat": 18}, TypeError, "dL_dy_hat is 18, an int: expected a list"),
        ({"dL_dy_hat": [None]}, TypeError, "dL_dy_hat[0] is None: expected a number"),
        (
            {"xs": ([1, 2], [6, 7, 0])},
            ValueError,
            "xs has length 2: expected 3, the input of each layer and the output of the network",
        ),
        (
            {"xs": ([1], [6, 7, 0], [21])},
            ValueError,
            "xs[0] has length 1: expected 2, one input for each column of Ws[0]",
        ),
        (
            {"xs": ([1, 2], [6, 7], [21])},
            ValueError,
            "xs[1] has length 2: expected 3, one input for each column of Ws[1]",
        ),
        ({"xs": ([1, "2"], [6, 7, 0], [21])}, TypeError, "xs[0][1] is '2', a str: expected a number"),
        ({"zs": ([6, 7, -1],)}, ValueError, "zs has length 1: expected 2, one z for each layer"),
        ({"zs": ([6, 7], [21])}, ValueError, "zs[0] has length 2: expected 3, one z for each row of Ws[0]"),
        ({"zs": ([6, 7, None], [21])}, TypeError, "zs[0][2] is None: expected a number"),
        ({"Ws": [], "activations": []}, ValueError, "Ws is empty: expected at least one entry"),
        (
            {"Ws": [W, [[1, 2], [3, 4]]]},
            ValueError,
            "xs[1] has length 3: expected 2, one input for each column of Ws[1]",
        ),
        (
            {"Ws": [[[1, 2]], W_OUT], "zs": ([6], [21])},
            ValueError,
            f"Ws[1][0] has length 3: expected 1, {PER_NEURON}",
        ),
        ({"activations": [ReLU()]}, ValueError, "activations has length 1: expected 2, one activation for each layer"),
        ({"Ws": [W, [1, 2, 3]]}, TypeError, "Ws[1][0] is 1, an int: expected a list"),
        (
            {"activations": ["relu", Identity()]},
            TypeError,
            f"activations[0] is 'relu', a str: {AN_OBJECT}; did you mean ReLU()?",
        ),
        ({"activations": [ReLU(), None]}, TypeError, f"activations[1] is None: {AN_OBJECT}"),
        (
            {"activations": [ReLU, Identity()]},
            TypeError,
            "activations[0] is the class ReLU: expected an object, ReLU()",
        ),
    ],
)
def test_wrong_backward(arguments, error, message):
    with pytest.raises(error) as caught:
        backward(**arguments)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("layers", "error", "message"),
    [
        ([], ValueError, "layers is empty: expected at least one entry"),
        (None, TypeError, "layers is None: expected a list"),
        (
            Layer(W_OUT, B_OUT),
            TypeError,
            "layers is Layer(3 inputs, 1 neuron, activation=…, a Layer: expected a list",
        ),
        ([Layer(W, b), ReLU()], TypeError, "layers[1] is ReLU(), a ReLU: expected a Layer"),
        (
            [Layer(W, b), Layer([[1, 2]], [0])],
            ValueError,
            "layers[1] has 2 inputs: expected 3, one for each neuron before it",
        ),
        (
            [Layer(W, b), Layer(W_OUT, B_OUT), Layer(W_OUT, B_OUT)],
            ValueError,
            "layers[2] has 3 inputs: expected 1, one for each neuron before it",
        ),
    ],
)
def test_wrong_layers(layers, error, message):
    with pytest.raises(error) as caught:
        Network(layers)
    assert str(caught.value) == message


def states(both):
    return [dict(vars(layer)) for layer in both.layers]


def test_failed_calls_change_nothing():
    both = network()
    of_both = [
        (lambda: both.forward([1]), ValueError, "x has length 1: expected 2, one input for each column of W"),
        (
            lambda: both.forward([[1, 2]]),
            TypeError,
            "x[0] is [1, 2], a list: expected a number; for a batch call forward_batch(X)",
        ),
        (lambda: both.forward({1: 2, 3: 4}), TypeError, "x is {1: 2, 3: 4}, a dict: expected a list"),
        (lambda: both.forward({1, 2}), TypeError, "x is {1, 2}, a set: expected a list"),
        (lambda: both.forward(None), TypeError, "x is None: expected a list"),
        (
            lambda: both.forward_batch(x),
            TypeError,
            "X[0] is 1, an int: expected a list; for one sample call forward(x)",
        ),
        (lambda: both.forward_batch([]), ValueError, "X is empty: expected at least one entry"),
        (
            lambda: both.forward_batch([x, [1]]),
            ValueError,
            "X[1] has length 1: expected 2, one input for each column of W",
        ),
        (lambda: both.update(0), ValueError, "learning_rate is 0: expected a number above 0"),
        (lambda: both.update(None), TypeError, "learning_rate is None: expected a number"),
    ]
    of_a_sample = [
        (lambda: both.backward([18, 1]), ValueError, f"dL_dy_hat has length 2: expected 1, {PER_OUTPUT}"),
        (lambda: both.backward(18), TypeError, "dL_dy_hat is 18, an int: expected a list"),
        (lambda: both.backward([None]), TypeError, "dL_dy_hat[0] is None: expected a number"),
    ]
    of_a_batch = [
        (lambda: both.backward_batch([18]), TypeError, "dLn_dY_hat[0] is 18, an int: expected a list"),
        (lambda: both.backward_batch([[18, 1]]), ValueError, f"dLn_dY_hat[0] has length 2: expected 1, {PER_OUTPUT}"),
        (
            lambda: both.backward_batch([[18], [1]]),
            ValueError,
            "dLn_dY_hat has length 2: expected 1, one row of gradients for each sample of X",
        ),
    ]

    def all_fail(failures):
        before = states(both)
        for call, error, message in failures:
            with pytest.raises(error) as caught:
                call()
            assert str(caught.value) == message
            assert states(both) == before

    both.forward(x)
    both.backward([18])
    all_fail(of_both + of_a_sample)
    both.forward_batch([x])
    both.backward_batch([[18]])
    all_fail(of_both + of_a_batch)


def test_update_computes_every_layer_before_it_changes_one():
    both = network()
    both.forward(x)
    both.backward([18])
    both.layers[1].dL_db = [None]
    with pytest.raises(TypeError, match=r"^layers\[1\]: dL_dtheta\[0\] is None: expected a number$"):
        both.update(0.1)
    assert both.layers[0].W == W
    assert both.layers[1].W == W_OUT


def test_softmax_at_the_end():
    both = Network([Layer([[1.0], [1.0]], [0.0, 0.0]), Layer([[1.0, 0.0], [0.0, 1.0]], [0.0, 0.0], Softmax())])
    assert both.forward([3.0]) == [0.5, 0.5]
    assert both.backward([-2.0, 0.0]) == [0.0]
    assert both.layers[1].dL_dz == [-0.5, 0.5]


def test_learning_asks_for_no_gradient_of_the_inputs():
    whole, part = network_of_two(), network_of_two()
    for network in (whole, part):
        network.forward_batch([[1, 2], [3, -1]])
    whole.backward_batch([[1], [2]])
    assert part.backward_batch([[1], [2]], to_inputs=False) is None
    for there, here in zip(whole.layers, part.layers, strict=True):
        assert (here.dL_dW, here.dL_db) == (there.dL_dW, there.dL_db)
    assert part.layers[0].dLn_dX is None
    assert part.layers[1].dLn_dX == whole.layers[1].dLn_dX


def test_a_layer_of_your_own_goes_all_the_way_back():
    class Mine(Layer):
        def backward_batch(self, dLn_dA):
            return super().backward_batch(dLn_dA)

    network = Network([Mine([[1, 2]], [0])])
    network.forward_batch([[1, 2]])
    assert network.backward_batch([[1]], to_inputs=False) is None
    assert network.layers[0].dLn_dX == [[1, 2]]


def network_of_two():
    return Network([Layer([[1, 2], [-3, 4]], [1, 2], ReLU()), Layer([[1, 2]], [0])])
