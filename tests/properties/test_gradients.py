"""Every gradient against two witnesses: central differences, and dual numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import scalarnn as nn
from tests.properties import strategies as some
from tests.properties.derivatives import gradient_is_right


def weighted(values, weights):
    """A number out of a list, so that its gradient is the list's derivative times the weights."""
    total = 0
    for value, weight in zip(values, weights, strict=True):
        total += value * weight
    return total


# ---- one number ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("f", "derivative"),
    [
        (nn.identity, nn.identity_derivative),
        (nn.relu, nn.relu_derivative),
        (nn.leaky_relu, nn.leaky_relu_derivative),
        (nn.sigmoid, nn.sigmoid_derivative),
        (nn.tanh, nn.tanh_derivative),
    ],
)
@given(z=some.numbers.filter(some.away_from_zero))
def test_activations(f, derivative, z):
    gradient_is_right([derivative(z)], lambda at: f(at[0]), [z])


@given(z=some.numbers.filter(some.away_from_zero), slope=some.numbers)
def test_leaky_relu_of_any_slope(z, slope):
    gradient_is_right([nn.leaky_relu_derivative(z, slope)], lambda at: nn.leaky_relu(at[0], slope), [z])


# ---- a neuron, a layer, a batch --------------------------------------------------------------------------------------


@given(st.data())
def test_neuron(data):
    n = data.draw(some.sizes)
    x, w = data.draw(some.vectors(n)), data.draw(some.vectors(n))
    b, dL_dz = data.draw(some.numbers), data.draw(some.numbers)
    dL_dw, dL_db, dL_dx = nn.neuron_backward(dL_dz, x, w)
    gradient_is_right(dL_dw, lambda at: dL_dz * nn.neuron_forward(x, at, b), w)
    gradient_is_right([dL_db], lambda at: dL_dz * nn.neuron_forward(x, w, at[0]), [b])
    gradient_is_right(dL_dx, lambda at: dL_dz * nn.neuron_forward(at, w, b), x)


@given(layer=some.layers(), data=st.data())
def test_layer(layer, data):
    x, W, b = layer
    dL_dz = data.draw(some.vectors(len(W)))
    dL_dW, dL_db, dL_dx = nn.layer_backward(dL_dz, x, W)
    gradient_is_right(dL_dW, lambda at: weighted(nn.layer_forward(x, at, b), dL_dz), W)
    gradient_is_right(dL_db, lambda at: weighted(nn.layer_forward(x, W, at), dL_dz), b)
    gradient_is_right(dL_dx, lambda at: weighted(nn.layer_forward(at, W, b), dL_dz), x)
    assert nn.weight_gradient(dL_dz, x) == dL_dW
    assert nn.bias_gradient(dL_dz) == dL_db
    assert nn.input_gradient(dL_dz, W) == dL_dx


@given(batch=some.batches(), data=st.data())
def test_batch(batch, data):
    X, W, b = batch
    dLn_dZ = data.draw(some.matrices(len(X), len(W)))

    def sum_of_losses(X, W, b):
        total = 0
        for z_n, dLn_dz in zip(nn.batch_forward(X, W, b), dLn_dZ, strict=True):
            total += weighted(z_n, dLn_dz)
        return total

    def mean_of_losses(X, W, b):
        return sum_of_losses(X, W, b) / len(X)

    for backward, loss in ((nn.batch_backward_sum, sum_of_losses), (nn.batch_backward, mean_of_losses)):
        dL_dW, dL_db, dLn_dX = backward(dLn_dZ, X, W)
        gradient_is_right(dL_dW, lambda at, loss=loss: loss(X, at, b), W)
        gradient_is_right(dL_db, lambda at, loss=loss: loss(X, W, at), b)
        # what goes back to the samples is each sample's own, summed or mean
        gradient_is_right(dLn_dX, lambda at: sum_of_losses(at, W, b), X)


# ---- softmax ---------------------------------------------------------------------------------------------------------


@given(st.data())
def test_softmax_jacobian(data):
    z = data.draw(some.vectors(data.draw(some.sizes)))
    J = nn.softmax_jacobian(nn.softmax(z))
    for k in range(len(z)):
        gradient_is_right(J[k], lambda at, k=k: nn.softmax(at)[k], z)


@given(st.data())
def test_softmax_backward(data):
    n = data.draw(some.sizes)
    z, dL_dy_hat = data.draw(some.vectors(n)), data.draw(some.vectors(n))
    dL_dz = nn.softmax_backward(dL_dy_hat, nn.softmax(z))
    gradient_is_right(dL_dz, lambda at: weighted(nn.softmax(at), dL_dy_hat), z)


@given(st.data())
def test_gradient_of_log_sum_exp_is_softmax(data):
    z = data.draw(some.vectors(data.draw(some.sizes)))
    gradient_is_right(nn.softmax(z), nn.log_sum_exp, z)


@given(st.data())
def test_softmax_cross_entropy(data):
    n = data.draw(some.sizes)
    z, y, label = data.draw(some.vectors(n)), data.draw(some.distributions(n)), data.draw(st.integers(0, n - 1))
    gradient_is_right(nn.softmax_cross_entropy_gradient(z, y), lambda at: nn.softmax_cross_entropy(at, y), z)
    gradient_is_right(
        nn.softmax_cross_entropy_index_gradient(z, label), lambda at: nn.softmax_cross_entropy_index(at, label), z
    )


# ---- losses ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("loss", "gradient"),
    [
        (nn.squared_error, nn.squared_error_gradient),
        (nn.half_squared_error, nn.half_squared_error_gradient),
        (nn.mean_squared_error, nn.mean_squared_error_gradient),
        (nn.half_mean_squared_error, nn.half_mean_squared_error_gradient),
        (nn.mean_absolute_error, nn.mean_absolute_error_gradient),
    ],
)
@given(pair=some.pairs())
def test_regression_losses(loss, gradient, pair):
    y_hat, y = pair
    gradient_is_right(gradient(y_hat, y), lambda at: loss(at, y), y_hat)


@given(pair=some.pairs())
def test_root_mean_squared_error(pair):
    # Its second derivative grows as 1/L: far enough from the kink L = 0 that a step of 6e-6 sees none of it.
    y_hat = [p + 1 if p >= t else p - 1 for p, t in zip(*pair, strict=True)]
    y = pair[1]
    gradient_is_right(
        nn.root_mean_squared_error_gradient(y_hat, y), lambda at: nn.root_mean_squared_error(at, y), y_hat
    )


@given(st.data())
def test_binary_cross_entropy(data):
    n = data.draw(some.sizes)
    y_hat, y = data.draw(some.probabilities(n)), data.draw(st.lists(st.floats(0, 1), min_size=n, max_size=n))
    for targets in (y, [round(y_i) for y_i in y]):
        gradient_is_right(
            nn.binary_cross_entropy_gradient(y_hat, targets),
            lambda at, targets=targets: nn.binary_cross_entropy(at, targets),
            y_hat,
        )


@pytest.mark.parametrize(
    ("loss", "gradient"),
    [
        (nn.cross_entropy, nn.cross_entropy_gradient),
        (nn.clipped_cross_entropy, nn.clipped_cross_entropy_gradient),
    ],
)
@given(data=st.data())
def test_cross_entropy(loss, gradient, data):
    n = data.draw(some.sizes)
    y_hat, y = data.draw(some.probabilities(n)), data.draw(some.distributions(n))
    gradient_is_right(gradient(y_hat, y), lambda at: loss(at, y), y_hat)


@pytest.mark.parametrize(
    ("loss", "gradient"),
    [
        (nn.cross_entropy_index, nn.cross_entropy_index_gradient),
        (nn.clipped_cross_entropy_index, nn.clipped_cross_entropy_index_gradient),
    ],
)
@given(data=st.data())
def test_cross_entropy_index(loss, gradient, data):
    n = data.draw(some.sizes)
    y_hat, label = data.draw(some.probabilities(n)), data.draw(st.integers(0, n - 1))
    gradient_is_right(gradient(y_hat, label), lambda at: loss(at, label), y_hat)
