"""Networks of any depth, width and activation: functions and objects, one sample and batches, against two witnesses."""

from hypothesis import given, settings
from hypothesis import strategies as st

import scalarnn as nn
from tests.properties import strategies as some
from tests.properties.derivatives import agree, dual_gradient, flatten, gradient_is_right

WEIGHTS = st.floats(-1, 1)  # times inputs of ±3, three layers deep: losses of a size that central differences can bear
EXACT = st.sampled_from([nn.ReLU(), nn.LeakyReLU(), nn.Identity()])


def weighted(values, weights):
    total = 0
    for value, weight in zip(values, weights, strict=True):
        total += value * weight
    return total


def backward(x, Ws, bs, activations, dL_dy_hat):
    xs, zs = nn.network_forward(x, Ws, bs, activations)
    return nn.network_backward(dL_dy_hat, xs, zs, Ws, activations)


def of_sample(activations, dL_dy_hat):
    """The loss as a function of everything: x, weights and biases."""

    def loss(at):
        x, Ws, bs = at
        xs, _ = nn.network_forward(x, Ws, bs, activations)
        return weighted(xs[-1], dL_dy_hat)

    return loss


@given(network=some.networks(weights=WEIGHTS), data=st.data())
def test_functions_of_one_sample(network, data):
    x, Ws, bs, activations = network
    dL_dy_hat = data.draw(some.vectors(len(bs[-1])))
    dL_dWs, dL_dbs, dL_dx = backward(x, Ws, bs, activations, dL_dy_hat)
    gradient_is_right([dL_dx, dL_dWs, dL_dbs], of_sample(activations, dL_dy_hat), [x, Ws, bs])


@given(network=some.networks(inputs=some.fractions, weights=some.fractions, hidden=EXACT, last=EXACT), data=st.data())
def test_exact_arithmetic_leaves_no_difference_at_all(network, data):
    x, Ws, bs, activations = network
    dL_dy_hat = data.draw(some.vectors(len(bs[-1]), some.fractions))
    dL_dWs, dL_dbs, dL_dx = backward(x, Ws, bs, activations, dL_dy_hat)
    expected = dual_gradient(of_sample(activations, dL_dy_hat), [x, Ws, bs])
    assert flatten([dL_dx, dL_dWs, dL_dbs]) == expected
    assert not any(isinstance(g, float) for g in flatten([dL_dx, dL_dWs, dL_dbs]))


@given(network=some.networks(weights=WEIGHTS), data=st.data())
def test_objects_do_what_the_functions_do(network, data):
    x, Ws, bs, activations = network
    dL_dy_hat = data.draw(some.vectors(len(bs[-1])))
    xs, zs = nn.network_forward(x, Ws, bs, activations)
    dL_dWs, dL_dbs, dL_dx = nn.network_backward(dL_dy_hat, xs, zs, Ws, activations)
    built = nn.Network([nn.Layer(W, b, f) for W, b, f in zip(Ws, bs, activations, strict=True)])
    assert built.forward(x) == xs[-1]
    assert built.backward(dL_dy_hat) == dL_dx
    for layer in range(len(Ws)):
        kept = built.layers[layer]
        assert (kept.x, kept.z, kept.a) == (xs[layer], zs[layer], xs[layer + 1])
        assert (kept.dL_dW, kept.dL_db) == (dL_dWs[layer], dL_dbs[layer])
    learning_rate = 0.125
    built.update(learning_rate)
    assert [layer.W for layer in built.layers] == nn.gradient_descent_step(Ws, dL_dWs, learning_rate)
    assert [layer.b for layer in built.layers] == nn.gradient_descent_step(bs, dL_dbs, learning_rate)


@given(network=some.networks(weights=WEIGHTS, batch=True), data=st.data())
def test_batches(network, data):
    X, Ws, bs, activations = network
    dLn_dY_hat = data.draw(some.matrices(len(X), len(bs[-1])))
    built = nn.Network([nn.Layer(W, b, f) for W, b, f in zip(Ws, bs, activations, strict=True)])
    built.forward_batch(X)
    dLn_dX = built.backward_batch(dLn_dY_hat)

    def losses(X, Ws, bs):
        per_sample = []
        for x_n, dLn_dy_hat in zip(X, dLn_dY_hat, strict=True):
            per_sample.append(of_sample(activations, dLn_dy_hat)([x_n, Ws, bs]))
        return per_sample

    gradients = [[layer.dL_dW for layer in built.layers], [layer.dL_db for layer in built.layers]]
    gradient_is_right(gradients, lambda at: nn.mean_over_samples(losses(X, *at)), [Ws, bs])
    gradient_is_right(dLn_dX, lambda at: sum(losses(at, Ws, bs)), X)


@given(network=some.networks(weights=WEIGHTS, batch=True), data=st.data())
def test_a_batch_is_the_mean_of_its_samples(network, data):
    X, Ws, bs, activations = network
    dLn_dY_hat = data.draw(some.matrices(len(X), len(bs[-1])))
    built = nn.Network([nn.Layer(W, b, f) for W, b, f in zip(Ws, bs, activations, strict=True)])
    Y_hat = built.forward_batch(X)
    dLn_dX = built.backward_batch(dLn_dY_hat)
    total = [0] * len(flatten([Ws, bs]))
    for n in range(len(X)):
        dLn_dWs, dLn_dbs, dLn_dx = backward(X[n], Ws, bs, activations, dLn_dY_hat[n])
        assert nn.network_forward(X[n], Ws, bs, activations)[0][-1] == Y_hat[n]
        assert dLn_dx == dLn_dX[n]
        for i, g in enumerate(flatten([dLn_dWs, dLn_dbs])):
            total[i] += g
    mean = [g / len(X) for g in total]
    assert flatten([[layer.dL_dW for layer in built.layers], [layer.dL_db for layer in built.layers]]) == mean


@given(data=st.data())
def test_neuron_object(data):
    n = data.draw(some.sizes)
    x, w, dL_da = data.draw(some.vectors(n)), data.draw(some.vectors(n)), data.draw(some.numbers)
    activation = data.draw(some.hidden_activations)
    b = data.draw(some.numbers)
    while not some.away_from_zero(nn.neuron_forward(x, w, b)):
        b += 1 / 7
    neuron = nn.Neuron(w, b, activation)
    assert neuron.forward(x) == activation.value(nn.neuron_forward(x, w, b))
    neuron.backward(dL_da)
    gradient_is_right(
        [neuron.dL_dx, neuron.dL_dw, neuron.dL_db],
        lambda at: dL_da * activation.value(nn.neuron_forward(*at)),
        [x, w, b],
    )
    # … and a layer of one neuron is that neuron
    layer = nn.Layer([w], [b], activation)
    assert layer.forward(x) == [neuron.a]
    assert layer.backward([dL_da]) == neuron.dL_dx
    assert (layer.dL_dW, layer.dL_db) == ([neuron.dL_dw], [neuron.dL_db])


@settings(max_examples=20)
@given(network=some.networks(weights=WEIGHTS, last=st.just(nn.Softmax())), data=st.data())
def test_classifier_with_cross_entropy_both_ways(network, data):
    """From the loss of the probabilities through the Jacobian, and from the logits as ŷ − y."""
    x, Ws, bs, activations = network
    label = data.draw(st.integers(0, len(bs[-1]) - 1))
    xs, zs = nn.network_forward(x, Ws, bs, activations)
    through_jacobian = nn.network_backward(nn.cross_entropy_index_gradient(xs[-1], label), xs, zs, Ws, activations)
    fused = nn.network_backward(
        nn.softmax_cross_entropy_index_gradient(zs[-1], label), xs, zs, Ws, [*activations[:-1], nn.Identity()]
    )
    agree(through_jacobian, fused, 1e-13)

    def loss(at):
        x, Ws, bs = at
        return nn.softmax_cross_entropy_index(nn.network_forward(x, Ws, bs, activations)[1][-1], label)

    dL_dWs, dL_dbs, dL_dx = fused
    gradient_is_right([dL_dx, dL_dWs, dL_dbs], loss, [x, Ws, bs])
