"""What has to hold whatever the numbers are."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

import scalarnn as nn
from scalarnn.float32 import Float32
from tests.properties import strategies as some
from tests.properties.derivatives import agree, flatten

ANY = st.floats(allow_nan=False, allow_infinity=False)
LOGITS = st.lists(st.floats(-800, 800), min_size=1, max_size=6)


# ---- softmax ---------------------------------------------------------------------------------------------------------


@given(st.lists(ANY, min_size=1, max_size=6))
def test_softmax_is_a_distribution_for_any_logits(z):
    y_hat = nn.softmax(z)
    assert all(0 <= p <= 1 for p in y_hat)
    assert sum(y_hat) == pytest.approx(1, rel=1e-15)
    assert y_hat[nn.predicted_class(z)] == max(y_hat)


@given(z=st.lists(st.integers(-100, 100), min_size=1, max_size=6), shift=st.integers(-1000, 1000))
def test_softmax_does_not_see_a_shift(z, shift):
    shifted = [z_k + shift for z_k in z]
    assert nn.softmax(shifted) == nn.softmax(z)
    assert nn.log_sum_exp(shifted) == pytest.approx(nn.log_sum_exp(z) + shift, rel=1e-15, abs=1e-12)
    label = abs(shift) % len(z)
    assert nn.softmax_cross_entropy_index(shifted, label) == nn.softmax_cross_entropy_index(z, label)


@given(st.data())
def test_softmax_follows_a_permutation(data):
    z = data.draw(LOGITS)
    order = data.draw(st.permutations(range(len(z))))
    permuted = nn.softmax([z[k] for k in order])
    agree(permuted, [nn.softmax(z)[k] for k in order], 1e-15)


@given(LOGITS)
def test_softmax_of_two_is_the_sigmoid_of_their_difference(z):
    a, b = z[0], z[-1]
    agree(nn.softmax([a, b])[0], nn.sigmoid(a - b), 1e-15)


@given(z=LOGITS)
def test_ruled_out_class_changes_nothing_else(z):
    assert nn.softmax([*z, -math.inf]) == [*nn.softmax(z), 0.0]
    assert nn.log_sum_exp([*z, -math.inf]) == nn.log_sum_exp(z)


@given(LOGITS)
def test_jacobian_is_symmetric_and_its_rows_sum_to_nothing(z):
    J = nn.softmax_jacobian(nn.softmax(z))
    for k in range(len(z)):
        assert sum(J[k]) == pytest.approx(0, abs=1e-15)
        for i in range(len(z)):
            assert J[k][i] == J[i][k]


@given(st.data())
def test_gradient_through_the_jacobian_is_prediction_minus_target(data):
    n = data.draw(st.integers(1, 6))
    z, y = data.draw(some.vectors(n)), data.draw(some.distributions(n))
    y_hat = nn.softmax(z)
    through_jacobian = nn.softmax_backward(nn.cross_entropy_gradient(y_hat, y), y_hat)
    fused = nn.softmax_cross_entropy_gradient(z, y)
    agree(through_jacobian, fused, 1e-14)
    assert fused == [p - t for p, t in zip(y_hat, y, strict=True)]
    assert nn.Softmax().backward(nn.cross_entropy_gradient(y_hat, y), z) == through_jacobian
    assert sum(fused) == pytest.approx(0, abs=1e-15)


@given(st.data())
def test_cross_entropy_of_softmax_both_ways(data):
    n = data.draw(st.integers(1, 6))
    z, y = data.draw(some.vectors(n)), data.draw(some.distributions(n))
    assert nn.softmax_cross_entropy(z, y) == pytest.approx(nn.cross_entropy(nn.softmax(z), y), rel=1e-14, abs=1e-15)


@given(st.data())
def test_index_and_one_hot_agree(data):
    n = data.draw(st.integers(1, 6))
    label = data.draw(st.integers(0, n - 1))
    z, y_hat, y = data.draw(some.vectors(n)), data.draw(some.probabilities(n)), nn.one_hot(label, n)
    assert nn.predicted_class(y) == label
    assert nn.softmax_cross_entropy(z, y) == pytest.approx(nn.softmax_cross_entropy_index(z, label), rel=1e-15)
    assert nn.softmax_cross_entropy_gradient(z, y) == nn.softmax_cross_entropy_index_gradient(z, label)
    for one_hot, index in (
        (nn.cross_entropy, nn.cross_entropy_index),
        (nn.cross_entropy_gradient, nn.cross_entropy_index_gradient),
        (nn.clipped_cross_entropy, nn.clipped_cross_entropy_index),
        (nn.clipped_cross_entropy_gradient, nn.clipped_cross_entropy_index_gradient),
    ):
        assert one_hot(y_hat, y) == index(y_hat, label)


@given(st.data())
def test_binary_cross_entropy_is_cross_entropy_of_two_classes(data):
    p = data.draw(st.integers(1, 2**20 - 1)) / 2**20  # 1 − p is exact
    y = data.draw(st.integers(0, 1))
    assert nn.binary_cross_entropy([p], [y]) == pytest.approx(nn.cross_entropy([p, 1 - p], [y, 1 - y]), rel=1e-15)


# ---- activations -----------------------------------------------------------------------------------------------------


@given(ANY)
def test_relatives_among_activations(z):
    assert nn.relu(z) - nn.relu(-z) == z
    assert nn.leaky_relu(z, slope=1) == nn.identity(z) == z
    assert nn.leaky_relu(z, slope=0) == nn.relu(z)
    assert nn.tanh(-z) == -nn.tanh(z)
    assert nn.tanh_derivative(-z) == nn.tanh_derivative(z)
    assert nn.sigmoid_derivative(-z) == nn.sigmoid_derivative(z)
    assert nn.sigmoid(z) + nn.sigmoid(-z) == pytest.approx(1, rel=1e-15)
    assert nn.tanh(z) == pytest.approx(math.tanh(z), rel=1e-15, abs=0)


@given(st.floats(-18, 18))
def test_derivatives_by_the_textbook(z):
    a = nn.sigmoid(z)
    # a close to 1 carries an error of 2⁻⁵³ or two, and 1 − a shows it: the reason why the shipped form differs
    assert nn.sigmoid_derivative(z) == pytest.approx(a * (1 - a), abs=2**-51)
    t = nn.tanh(z)
    assert nn.tanh_derivative(z) == pytest.approx(1 - t * t, abs=1e-15)
    assert t == pytest.approx(2 * nn.sigmoid(2 * z) - 1, abs=1e-15)


# ---- losses ----------------------------------------------------------------------------------------------------------


@given(some.pairs(some.fractions))
def test_conventions_differ_by_their_factors(pair):
    y_hat, y = pair
    n = len(y)
    total = nn.squared_error(y_hat, y)
    assert nn.half_squared_error(y_hat, y) * 2 == total
    assert nn.mean_squared_error(y_hat, y) * n == total
    assert nn.half_mean_squared_error(y_hat, y) * 2 * n == total
    for gradient, factor in (
        (nn.half_squared_error_gradient, 2),
        (nn.mean_squared_error_gradient, n),
        (nn.half_mean_squared_error_gradient, 2 * n),
    ):
        assert [g * factor for g in gradient(y_hat, y)] == nn.squared_error_gradient(y_hat, y)
    assert nn.mean_absolute_error(y_hat, y) * n == sum(abs(p - t) for p, t in zip(y_hat, y, strict=True))


@given(some.pairs())
def test_root_is_the_root_of_the_mean(pair):
    assert nn.root_mean_squared_error(*pair) == math.sqrt(nn.mean_squared_error(*pair))


# ---- layouts ---------------------------------------------------------------------------------------------------------


@given(st.data())
def test_layouts_undo_one_another(data):
    M = data.draw(some.matrices(data.draw(some.sizes), data.draw(some.sizes), ANY))
    assert nn.transpose(nn.transpose(M)) == M
    assert nn.weights_from_inputs_by_neurons(nn.weights_to_inputs_by_neurons(M)) == M
    assert nn.weights_to_inputs_by_neurons(nn.weights_from_inputs_by_neurons(M)) == M
    assert nn.samples_from_columns(nn.samples_to_columns(M)) == M
    assert nn.samples_to_columns(nn.samples_from_columns(M)) == M
    for i in range(len(M[0])):
        for j in range(len(M)):
            assert nn.transpose(M)[i][j] == M[j][i]


# ---- a batch, a layer, a neuron --------------------------------------------------------------------------------------


@given(some.batches())
def test_a_layer_is_its_neurons_and_a_batch_its_samples(batch):
    X, W, b = batch
    Z = nn.batch_forward(X, W, b)
    for n in range(len(X)):
        assert Z[n] == nn.layer_forward(X[n], W, b)
        for j in range(len(W)):
            assert Z[n][j] == nn.neuron_forward(X[n], W[j], b[j]) == nn.weighted_sum(X[n], W[j]) + b[j]


# ---- kinds of number -------------------------------------------------------------------------------------------------


@given(
    network=some.networks(
        inputs=some.fractions, weights=some.fractions, hidden=st.just(nn.ReLU()), last=st.just(nn.Identity())
    ),
    data=st.data(),
)
def test_floats_agree_with_exact_fractions(network, data):
    x, Ws, bs, activations = network
    dL_dy_hat = data.draw(some.vectors(len(bs[-1]), some.fractions))

    def run(x, Ws, bs, dL_dy_hat):
        xs, zs = nn.network_forward(x, Ws, bs, activations)
        return xs, zs, nn.network_backward(dL_dy_hat, xs, zs, Ws, activations)

    def floats(values):
        return [floats(value) for value in values] if isinstance(values, (list, tuple)) else float(values)

    exact = flatten(run(x, Ws, bs, dL_dy_hat))
    rounded = flatten(run(floats(x), floats(Ws), floats(bs), floats(dL_dy_hat)))
    scale = max(1, *[abs(value) for value in exact])
    for e, r in zip(exact, rounded, strict=True):
        assert not isinstance(e, float)
        assert abs(r - e) <= 1e-14 * scale


@given(some.layers())
def test_float32_stays_float32(layer):
    x, W, b = (
        [Float32(v) for v in layer[0]],
        [[Float32(v) for v in row] for row in layer[1]],
        [Float32(v) for v in layer[2]],
    )
    z = nn.layer_forward(x, W, b)
    for j in range(len(W)):
        s = Float32(0)
        for i in range(len(x)):
            s = s + W[j][i] * x[i]
        assert type(z[j]) is Float32
        assert z[j] == s + b[j]
    assert all(type(g) is Float32 for g in flatten(nn.layer_backward(b, x, W)))
    assert all(type(p) is Float32 for p in nn.softmax(b))


@given(st.integers(1, 2**51 - 1))
def test_subnormal_numbers_are_kept(k):
    z = k * 5e-324
    assert nn.relu(z) == nn.identity(z) == z
    assert nn.leaky_relu(z) == z
    assert nn.tanh(z) == z
    assert nn.tanh(-z) == -z
    assert nn.neuron_forward([z], [1.0], 0.0) == z
    assert nn.neuron_backward(z, [1.0], [1.0]) == ([z], z, [z])
    assert nn.half_squared_error_gradient([z], [0.0]) == [z]
