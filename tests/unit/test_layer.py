"""A layer, with the hidden layer of `004`: x = (1, 2), W = ((1, 2), (−3, 4), (1, −1)), b = (1, 2, 0)."""

import math
from fractions import Fraction

import pytest

import scalarnn as nn
from scalarnn import (
    Identity,
    Layer,
    ReLU,
    Softmax,
    batch_backward,
    batch_backward_sum,
    batch_forward,
    bias_gradient,
    input_gradient,
    layer_backward,
    layer_forward,
    weight_gradient,
)
from scalarnn.dual import Dual
from tests.unit.exact import fractions, is_exact

INF = math.inf

x = [1, 2]
W = [[1, 2], [-3, 4], [1, -1]]
b = [1, 2, 0]

# A batch of three samples, and gradients that are all different.
X = [[1, 2], [0, 1], [-1, 3]]
GRADIENTS = [[1, 2, 3], [5, 7, 11], [13, 17, 19]]


def test_forward_is_row_times_inputs_plus_bias():
    assert layer_forward(x, W, b) == [1 + 4 + 1, -3 + 8 + 2, 1 - 2 + 0] == [6, 7, -1]


def test_forward_of_one_neuron_and_one_input():
    assert layer_forward([3], [[5]], [7]) == [22]


def test_weight_gradient_is_the_outer_product():
    assert weight_gradient([18, 36, 0], [1, 2]) == [[18, 36], [36, 72], [0, 0]]


def test_bias_gradient_is_a_copy():
    dL_dz = [18, 36, 0]
    dL_db = bias_gradient(dL_dz)
    assert dL_db == [18, 36, 0]
    assert dL_db is not dL_dz


def test_input_gradient_sums_over_neurons():
    assert input_gradient([18, 36, 54], W) == [18 - 3 * 36 + 54, 36 + 4 * 36 - 54] == [-36, 126]


def test_backward_gives_the_three_gradients():
    assert layer_backward([18, 36, 54], x, W) == ([[18, 36], [36, 72], [54, 108]], [18, 36, 54], [-36, 126])


def test_batch_forward_treats_each_row_as_a_sample():
    assert batch_forward(X, W, b) == [[6, 7, -1], [3, 6, -1], [6, 17, -4]]


def test_batch_forward_is_layer_forward_per_sample():
    assert batch_forward(X, W, b) == [layer_forward(x_n, W, b) for x_n in X]


def test_batch_backward_sum():
    dL_dW, dL_db, dLn_dX = batch_backward_sum(GRADIENTS, X, W)
    assert dL_dW == [[1 - 13, 2 + 5 + 39], [2 - 17, 4 + 7 + 51], [3 - 19, 6 + 11 + 57]]
    assert dL_db == [19, 26, 33]
    assert dLn_dX == [[1 - 6 + 3, 2 + 8 - 3], [5 - 21 + 11, 10 + 28 - 11], [13 - 51 + 19, 26 + 68 - 19]]


def test_batch_backward_divides_weights_and_biases_once_and_leaves_the_samples():
    dL_dW, dL_db, dLn_dX = batch_backward(GRADIENTS, X, W)
    assert dL_dW == [[-12 / 3, 46 / 3], [-15 / 3, 62 / 3], [-16 / 3, 74 / 3]]
    assert dL_db == [19 / 3, 26 / 3, 11.0]
    assert dLn_dX == batch_backward_sum(GRADIENTS, X, W)[2]


def test_batch_of_one_is_the_sample():
    assert batch_backward([[18, 36, 54]], [x], W) == ([[18, 36], [36, 72], [54, 108]], [18, 36, 54], [[-36, 126]])


def test_integers_stay_integers():
    assert repr(layer_forward(x, W, b)) == "[6, 7, -1]"
    assert repr(layer_backward([18, 36, 54], x, W)) == "([[18, 36], [36, 72], [54, 108]], [18, 36, 54], [-36, 126])"
    assert "." not in repr(batch_backward_sum(GRADIENTS, X, W))


def test_fractions_stay_exact():
    third = [[Fraction(w, 3) for w in row] for row in W]
    xs, bs, zs = fractions(x), fractions(b), fractions([18, 36, 54])
    assert is_exact(layer_forward(xs, third, bs))
    assert is_exact(layer_backward(zs, xs, third))
    assert is_exact(batch_forward(fractions(X), third, bs))
    assert is_exact(batch_backward_sum(fractions(GRADIENTS), fractions(X), third))
    mean = batch_backward(fractions(GRADIENTS), fractions(X), third)
    assert is_exact(mean)
    assert mean[1] == [Fraction(19, 3), Fraction(26, 3), 11]
    assert mean[0][0] == [-4, Fraction(46, 3)]


def test_layer_keeps_every_step():
    layer = Layer(W, b, ReLU())
    assert layer.forward(x) == [6, 7, 0]
    assert (layer.x, layer.z, layer.a) == ([1, 2], [6, 7, -1], [6, 7, 0])
    assert layer.backward([18, 36, 54]) == [-90, 180]
    assert layer.dL_dz == [18, 36, 0]
    assert layer.dL_dW == [[18, 36], [36, 72], [0, 0]]
    assert layer.dL_db == [18, 36, 0]
    assert layer.dL_dx == [-90, 180]


def test_layer_keeps_every_step_of_a_batch():
    layer = Layer(W, b, ReLU())
    assert layer.forward_batch(X) == [[6, 7, 0], [3, 6, 0], [6, 17, 0]]
    assert layer.X == X
    assert layer.Z == [[6, 7, -1], [3, 6, -1], [6, 17, -4]]
    assert layer.A == [[6, 7, 0], [3, 6, 0], [6, 17, 0]]
    dLn_dX = layer.backward_batch(GRADIENTS)
    assert layer.dLn_dZ == [[1, 2, 0], [5, 7, 0], [13, 17, 0]]
    assert layer.dL_dW == [[-4, 46 / 3], [-5, 62 / 3], [0, 0]]
    assert layer.dL_db == [19 / 3, 26 / 3, 0]
    assert dLn_dX == layer.dLn_dX == [[-5, 10], [-16, 38], [-38, 94]]


@pytest.mark.parametrize("activation", [None, Identity()])
def test_without_activation_a_is_z(activation):
    layer = Layer(W, b, activation)
    assert layer.forward(x) == [6, 7, -1]
    assert layer.backward([18, 36, 54]) == [-36, 126]
    assert layer.dL_dz == [18, 36, 54]
    assert layer.forward_batch(X) == [[6, 7, -1], [3, 6, -1], [6, 17, -4]]
    layer.backward_batch(GRADIENTS)
    assert layer.dLn_dZ == GRADIENTS


def test_no_activation_is_the_default():
    assert Layer(W, b).activation is None


def test_softmax_as_activation():
    layer = Layer([[0.0], [0.0]], [0.0, 0.0], Softmax())
    assert layer.forward([5.0]) == [0.5, 0.5]
    layer.backward([-2.0, 0.0])
    assert layer.dL_dz == [-0.5, 0.5]


def test_layer_owns_copies():
    W_in, b_in, x_in, X_in = [list(row) for row in W], list(b), list(x), [list(row) for row in X]
    layer = Layer(W_in, b_in)
    layer.forward(x_in)
    W_in[0][0] = b_in[0] = x_in[0] = 99
    assert (layer.W, layer.b, layer.x) == (W, b, x)
    layer.forward_batch(X_in)
    X_in[0][0] = 99
    assert layer.X == X


def test_gradient_that_comes_in_is_copied():
    layer = Layer(W, b)
    dL_da, dLn_dA = [18, 36, 54], [list(row) for row in GRADIENTS]
    layer.forward(x)
    layer.backward(dL_da)
    dL_da[0] = 99
    assert layer.dL_dz == [18, 36, 54]
    layer.forward_batch(X)
    layer.backward_batch(dLn_dA)
    dLn_dA[0][0] = 99
    assert layer.dLn_dZ == GRADIENTS


def test_backward_before_forward():
    layer = Layer(W, b)
    with pytest.raises(RuntimeError, match=r"^backward before forward: call forward\(x\) first$"):
        layer.backward([1, 2, 3])
    with pytest.raises(RuntimeError, match=r"^backward_batch before forward_batch: call forward_batch\(X\) first$"):
        layer.backward_batch([[1, 2, 3]])


def test_one_sample_and_a_batch_are_never_mixed():
    layer = Layer(W, b)
    layer.forward_batch(X)
    layer.forward(x)
    assert (layer.X, layer.Z, layer.A) == (None, None, None)
    with pytest.raises(RuntimeError, match=r"^backward_batch after forward: call backward\(dL_da\)$"):
        layer.backward_batch(GRADIENTS)
    layer.forward_batch(X)
    assert (layer.x, layer.z, layer.a) == (None, None, None)
    with pytest.raises(RuntimeError, match=r"^backward after forward_batch: call backward_batch\(dLn_dA\)$"):
        layer.backward([1, 2, 3])


def test_gradients_of_one_sample_and_of_a_batch_are_never_mixed():
    layer = Layer(W, b)
    layer.forward(x)
    layer.backward([1, 2, 3])
    layer.forward_batch(X)
    layer.backward_batch(GRADIENTS)
    assert (layer.dL_dz, layer.dL_dx) == (None, None)
    layer.forward(x)
    layer.backward([1, 2, 3])
    assert (layer.dLn_dZ, layer.dLn_dX) == (None, None)


REMEMBERED = ["x", "z", "a", "X", "Z", "A", "dL_dz", "dL_dW", "dL_db", "dL_dx", "dLn_dZ", "dLn_dX"]


def test_every_attribute_is_there_from_the_start():
    layer = Layer(W, b)
    assert [getattr(layer, name) for name in REMEMBERED] == [None] * len(REMEMBERED)
    names = set(vars(layer))
    layer.forward(x)
    layer.backward([1, 2, 3])
    layer.forward_batch(X)
    layer.backward_batch(GRADIENTS)
    assert set(vars(layer)) - {"_straight"} == names


def test_backward_after_other_weights():
    layer = Layer(W, b, ReLU())
    layer.forward(x)
    layer.W = [[5, 5], [5, 5], [5, 5]]
    before = dict(vars(layer))
    with pytest.raises(RuntimeError, match=r"^backward after W has changed: call forward\(x\) first$"):
        layer.backward([1, 2, 3])
    assert vars(layer) == before
    layer.forward_batch(X)
    assert layer.backward_batch(GRADIENTS)
    layer.W = W
    message = r"^backward_batch after W has changed: call forward_batch\(X\) first$"
    with pytest.raises(RuntimeError, match=message):
        layer.backward_batch(GRADIENTS)


def test_a_bias_may_be_assigned_between_the_passes():
    layer = Layer(W, b)
    layer.forward(x)
    layer.b = [0, 0, 0]
    assert layer.backward([18, 36, 54]) == [-36, 126]


def test_repr():
    assert repr(Layer(W, b, ReLU())) == "Layer(2 inputs, 3 neurons, activation=ReLU())"
    assert repr(Layer([[1]], [2])) == "Layer(1 input, 1 neuron, activation=None)"


def test_inputs_are_blamed_not_weights():
    layer = Layer(W, b)
    per_column = "one input for each column of W"
    cases = [
        (layer.forward, [1, 2, 3], ValueError, f"x has length 3: expected 2, {per_column}"),
        (layer.forward, [], ValueError, "x is empty: expected at least one entry"),
        (
            layer.forward,
            [[1, 2], [3, 4]],
            TypeError,
            "x[0] is [1, 2], a list: expected a number; for a batch call forward_batch(X)",
        ),
        (layer.forward_batch, [[1, 2, 3]], ValueError, f"X[0] has length 3: expected 2, {per_column}"),
        (layer.forward_batch, [[1, 2], [3]], ValueError, f"X[1] has length 1: expected 2, {per_column}"),
        (layer.forward_batch, [], ValueError, "X is empty: expected at least one entry"),
        (
            layer.forward_batch,
            [1, 2],
            TypeError,
            "X[0] is 1, an int: expected a list; for one sample call forward(x)",
        ),
    ]
    for method, inputs, error, message in cases:
        with pytest.raises(error) as caught:
            method(inputs)
        assert str(caught.value) == message


@pytest.mark.parametrize(
    ("weights", "error", "message"),
    [
        (5, TypeError, "W is 5, an int: expected a list"),
        ([], ValueError, "W is empty: expected at least one entry"),
        ([5], TypeError, "W[0] is 5, an int: expected a list"),
        ([[]], ValueError, "W[0] is empty: expected at least one entry"),
        ([[1, 2], [3]], ValueError, "W[1] has length 1: expected 2, one weight for each input"),
    ],
)
def test_weights_assigned_later_are_blamed_when_they_are_wrong(weights, error, message):
    layer = Layer(W, b)
    layer.W = weights
    for method, inputs in ((layer.forward, x), (layer.forward_batch, X)):
        with pytest.raises(error) as caught:
            method(inputs)
        assert str(caught.value) == message


PER_INPUT = "one weight for each input"
PER_BIAS = "one bias for each neuron, that is for each row of W"
PER_NEURON = "one gradient for each neuron, that is for each row of W"
PER_SAMPLE = "one row of gradients for each sample of X"


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: layer_forward([1, 2, 3], W, b), ValueError, f"W[0] has length 2: expected 3, {PER_INPUT}"),
        (lambda: layer_forward(x, [[1, 2], [3]], [1, 2]), ValueError, f"W[1] has length 1: expected 2, {PER_INPUT}"),
        (lambda: layer_forward(x, W, [1, 2]), ValueError, f"b has length 2: expected 3, {PER_BIAS}"),
        (lambda: layer_forward(x, W, [1, 2, 3, 4]), ValueError, f"b has length 4: expected 3, {PER_BIAS}"),
        (lambda: layer_forward(x, W, 1), TypeError, "b is 1, an int: expected a list"),
        (lambda: layer_forward(x, [1, 2], b), TypeError, "W[0] is 1, an int: expected a list"),
        (lambda: layer_forward([x], W, b), TypeError, "x[0] is [1, 2], a list: expected a number"),
        (lambda: layer_forward(x, [[1, None]], [1]), TypeError, "W[0][1] is None: expected a number"),
        (lambda: layer_forward(x, [], []), ValueError, "W is empty: expected at least one entry"),
        (lambda: layer_forward([], [[]], [1]), ValueError, "x is empty: expected at least one entry"),
        (lambda: weight_gradient([], x), ValueError, "dL_dz is empty: expected at least one entry"),
        (lambda: weight_gradient([1], [None]), TypeError, "x[0] is None: expected a number"),
        (lambda: bias_gradient([None]), TypeError, "dL_dz[0] is None: expected a number"),
        (lambda: input_gradient([1, 2], W), ValueError, f"dL_dz has length 2: expected 3, {PER_NEURON}"),
        (lambda: input_gradient([None], W), TypeError, "dL_dz[0] is None: expected a number"),
        (
            lambda: input_gradient([1, 2], [[1, 2], [3]]),
            ValueError,
            "W[1] has length 1: expected 2, the length of W[0]",
        ),
        (lambda: layer_backward([1, 2], x, W), ValueError, f"dL_dz has length 2: expected 3, {PER_NEURON}"),
        (lambda: layer_backward([1, 2, 3], [1], W), ValueError, f"W[0] has length 2: expected 1, {PER_INPUT}"),
        (lambda: layer_backward([1, 2, None], x, W), TypeError, "dL_dz[2] is None: expected a number"),
        (lambda: batch_forward([], W, b), ValueError, "X is empty: expected at least one entry"),
        (lambda: batch_forward([[]], W, b), ValueError, "X[0] is empty: expected at least one entry"),
        (lambda: batch_forward(x, W, b), TypeError, "X[0] is 1, an int: expected a list"),
        (
            lambda: batch_forward([[1, 2], [1, 2, 3]], W, b),
            ValueError,
            "X[1] has length 3: expected 2, the length of X[0]",
        ),
        (lambda: batch_forward([[1, 2, 3]], W, b), ValueError, f"W[0] has length 2: expected 3, {PER_INPUT}"),
        (lambda: batch_forward(X, W, [1]), ValueError, f"b has length 1: expected 3, {PER_BIAS}"),
        (lambda: batch_backward(GRADIENTS[:2], X, W), ValueError, f"dLn_dZ has length 2: expected 3, {PER_SAMPLE}"),
        (lambda: batch_backward([[1, 2]] * 3, X, W), ValueError, f"dLn_dZ[0] has length 2: expected 3, {PER_NEURON}"),
        (
            lambda: batch_backward_sum(GRADIENTS, [x, x, [1]], W),
            ValueError,
            "X[2] has length 1: expected 2, the length of X[0]",
        ),
        (
            lambda: batch_backward_sum(GRADIENTS, [[1]] * 3, W),
            ValueError,
            f"W[0] has length 2: expected 1, {PER_INPUT}",
        ),
        (lambda: Layer(W, [1, 2]), ValueError, f"b has length 2: expected 3, {PER_BIAS}"),
        (lambda: Layer([1, 2], [1]), TypeError, "W[0] is 1, an int: expected a list"),
        (lambda: Layer(W, [1, 2, None]), TypeError, "b[2] is None: expected a number"),
        (
            lambda: Layer(W, b, "relu"),
            TypeError,
            "activation is 'relu', a str: expected None or an object such as ReLU(); did you mean ReLU()?",
        ),
        (
            lambda: Layer(W, b, Layer(W, b)),
            TypeError,
            "activation is Layer(2 inputs, 3 neurons, activation…, a Layer: expected None or an object such as ReLU()",
        ),
    ],
)
def test_errors_say_what_is_wrong(call, error, message):
    with pytest.raises(error) as caught:
        call()
    assert str(caught.value) == message


def test_a_neuron_activation_needs_forward_and_backward():
    class OnlyForward:
        def forward(self, z):
            return z

    with pytest.raises(TypeError, match="expected None or an object such as ReLU"):
        Layer(W, b, OnlyForward())


def test_failed_calls_change_nothing():
    layer = Layer(W, b, ReLU())
    of_inputs = [
        (lambda: layer.forward([1, 2, 3]), "x has length 3: expected 2, one input for each column of W"),
        (lambda: layer.forward_batch([[1, 2], [3]]), "X[1] has length 1: expected 2, one input for each column of W"),
    ]
    of_a_sample = [
        (lambda: layer.backward([18, 36]), f"dL_da has length 2: expected 3, {PER_NEURON}"),
        (lambda: layer.backward([18, 36, float("inf")]), "dL_da[2] is inf: expected a finite number"),
    ]
    of_a_batch = [
        (lambda: layer.backward_batch(GRADIENTS[:2]), f"dLn_dA has length 2: expected 3, {PER_SAMPLE}"),
        (lambda: layer.backward_batch([[1, 2]] * 3), f"dLn_dA[0] has length 2: expected 3, {PER_NEURON}"),
    ]

    def all_fail(failures):
        before = dict(vars(layer))
        for call, message in failures:
            with pytest.raises(ValueError, match="expected") as caught:
                call()
            assert str(caught.value) == message
            assert vars(layer) == before

    layer.forward(x)
    layer.backward([18, 36, 54])
    all_fail(of_inputs + of_a_sample)
    layer.forward_batch(X)
    layer.backward_batch(GRADIENTS)
    all_fail(of_inputs + of_a_batch)


# ---- rows that are skipped, and gradients nobody asks for ------------------------------------------------------------


def test_a_neuron_that_is_off_is_skipped_without_a_trace():
    W_, X_ = [[1.5, -2.0], [0.25, 4.0]], [[3.0, -1.0], [0.5, 2.0]]
    dLn_dZ = [[0.0, 2.0], [-0.0, -1.0]]
    assert input_gradient(dLn_dZ[0], W_) == [0.5, 8.0]
    dL_dW, dL_db, dLn_dX = batch_backward_sum(dLn_dZ, X_, W_)
    assert (dL_dW, dL_db, dLn_dX) == ([[0.0, 0.0], [5.5, -4.0]], [0.0, 1.0], [[0.5, 8.0], [-0.25, -4.0]])
    assert nn.batch_input_gradient([[0.0, 0.0]], W_) == [[0.0, 0.0]]


def test_a_gradient_of_zero_that_has_a_slope_is_not_skipped():
    dL_dz = [Dual(0.0, 1.0)]
    assert [g.derivative for g in input_gradient(dL_dz, [[5.0, 7.0]])] == [5.0, 7.0]
    dL_dW, dL_db = nn.batch_parameter_gradients_sum([dL_dz], [[3.0]])
    assert (dL_dW[0][0].derivative, dL_db[0].derivative) == (3.0, 1.0)


def test_fractions_stay_fractions_where_every_neuron_is_off():
    zeros = [[Fraction(0)]]
    assert is_exact(batch_backward(zeros, fractions([[3]]), fractions([[5]])))
    assert is_exact(input_gradient(zeros[0], fractions([[5]])))


def test_the_parts_of_the_way_back_are_those_of_the_whole():
    assert batch_backward_sum(GRADIENTS, X, W) == (
        *nn.batch_parameter_gradients_sum(GRADIENTS, X),
        nn.batch_input_gradient(GRADIENTS, W),
    )
    assert batch_backward(GRADIENTS, X, W)[:2] == nn.batch_parameter_gradients(GRADIENTS, X)


def test_the_way_back_may_end_at_the_parameters():
    whole, part = Layer(W, b, ReLU()), Layer(W, b, ReLU())
    for layer in (whole, part):
        layer.forward_batch(X)
    whole.backward_batch(GRADIENTS)
    assert part.backward_batch(GRADIENTS, to_inputs=False) is None
    assert (part.dL_dW, part.dL_db, part.dLn_dZ, part.dLn_dX) == (whole.dL_dW, whole.dL_db, whole.dLn_dZ, None)


def test_inputs_that_are_zero_are_left_out_without_a_trace():
    W_, X_, b_ = [[1.5, -2.0], [0.25, 4.0]], [[0.0, 3.0], [-0.0, 0.0], [2.0, 0]], [0.5, -1.0]
    assert batch_forward(X_, W_, b_) == [layer_forward(x_n, W_, b_) for x_n in X_]
    dL_dW, dL_db = nn.batch_parameter_gradients_sum([[1.0, 2.0], [3.0, -4.0], [5.0, 7.0]], X_)
    assert (dL_dW, dL_db) == ([[10.0, 3.0], [14.0, 6.0]], [9.0, 5.0])


def test_an_input_of_zero_that_has_a_slope_is_not_left_out():
    (z_n,) = batch_forward([[Dual(0.0, 1.0)]], [[5.0]], [0.0])
    assert z_n[0].derivative == 5.0


# ---- what may have been changed in place, and looks alike ------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        lambda layer: layer.W[0].__setitem__(0, 5.0),
        lambda layer: layer.W[0].__setitem__(0, INF),
        lambda layer: layer.W[0].pop(),
        lambda layer: layer.W[1].append(7.0),
        lambda layer: layer.W.append([7.0, 8.0]),
        lambda layer: layer.W[0].__setitem__(1, "x"),
    ],
)
def test_weights_changed_in_place_do_not_matter_on_the_way_back(change):
    """The backward pass goes through the weights of its forward pass; the next forward pass sees the change."""
    for method, there, back in (("", [1.0, 2.0], [0.0, 1.0]), ("_batch", [[1.0, 2.0]], [[0.0, 1.0]])):
        changed, kept = Layer([[1.0, 2.0], [3.0, 4.0]], [0.0, 0.0]), Layer([[1.0, 2.0], [3.0, 4.0]], [0.0, 0.0])
        for layer in (changed, kept):
            getattr(layer, f"forward{method}")(there)
        change(changed)
        assert getattr(changed, f"backward{method}")(back) == getattr(kept, f"backward{method}")(back)
        assert (changed.dL_dW, changed.dL_db) == (kept.dL_dW, kept.dL_db)


def test_inputs_changed_in_place_are_noticed_on_the_way_back():
    layer = Layer([[1.0, 2.0]], [0.0])
    layer.forward([1.0, 2.0])
    layer.x[0] = math.nan
    with pytest.raises(ValueError, match=r"x\[0\] is nan"):
        layer.backward([1.0])


def test_a_row_that_is_the_biases_too_has_to_fit_all_the_same():
    v = [1.0, 2.0]
    for call in (
        lambda: layer_forward([1.0], [v, [1.0]], v),
        lambda: layer_backward(v, [1.0], [v, [1.0]]),
        lambda: batch_forward([[1.0]], [v, [1.0]], v),
    ):
        with pytest.raises(ValueError, match=r"W\[0\] has length 2: expected 1, one weight for each input"):
            call()


def test_weights_of_another_kind_are_never_left_out():
    (z_n,) = batch_forward([[0.0]], [[Dual(2.0, 1.0)]], [0.5])
    assert z_n == [Dual(0.5, 0.0)]
    assert z_n[0].derivative == 0.0


# ---- messages of what is checked in one place only -------------------------------------------------------------------


class Shortened(Identity):
    def backward(self, dL_da, z):
        return super().backward(dL_da, z)[:1]


class Emptied(Identity):
    def backward(self, dL_da, z):
        return [None] * len(super().backward(dL_da, z))


def layer_with_biases(biases):
    layer = Layer([[1.0], [2.0]], [0.0, 0.0])
    layer.b = biases
    return layer


def on_the_way_back(activation):
    layer = Layer([[1.0], [2.0]], [0.0, 0.0], activation)
    layer.forward([1.0])
    return layer


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: layer_with_biases([0.0]).forward([1.0]), ValueError, f"b has length 1: expected 2, {PER_BIAS}"),
        (lambda: layer_with_biases([0.0, None]).forward([1.0]), TypeError, "b[1] is None: expected a number"),
        (
            lambda: layer_with_biases([0.0]).forward_batch([[1.0]]),
            ValueError,
            f"b has length 1: expected 2, {PER_BIAS}",
        ),
        (
            lambda: on_the_way_back(Shortened()).backward([1.0, 1.0]),
            ValueError,
            f"dL_dz has length 1: expected 2, {PER_NEURON}",
        ),
        (lambda: on_the_way_back(Emptied()).backward([1.0, 1.0]), TypeError, "dL_dz[0] is None: expected a number"),
        (
            lambda: nn.batch_input_gradient([[1.0]], [[1.0], [2.0]]),
            ValueError,
            f"dLn_dZ[0] has length 1: expected 2, {PER_NEURON}",
        ),
        (
            lambda: nn.batch_parameter_gradients_sum([[1.0]], [[1.0], [2.0]]),
            ValueError,
            f"dLn_dZ has length 1: expected 2, {PER_SAMPLE}",
        ),
    ],
)
def test_messages_of_parts(call, error, message):
    with pytest.raises(error) as caught:
        call()
    assert str(caught.value) == message


def test_only_zero_is_left_out():
    assert nn.batch_input_gradient([[1.0, 0.0], [-1.0, 1.0]], [[5.0, 7.0], [2.0, 3.0]]) == [[5.0, 7.0], [-3.0, -4.0]]
    assert nn.batch_parameter_gradients_sum([[1.0], [1.0]], [[1.0, 0.0], [1.0, -1.0]]) == ([[2.0, -1.0]], [2.0])
