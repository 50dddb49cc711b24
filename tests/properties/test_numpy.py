"""NumPy as an oracle: the same networks written as matrix products, to 1e-12."""

import re
from pathlib import Path

import numpy as np
import pytest

import scalarnn as nn

RTOL = 1e-12


def close(found, expected):
    """Within 1e-12 of each entry's own size, and, where entries cancel, of the size of the largest in the array."""
    found, expected = np.array(found, dtype=float), np.asarray(expected)
    assert found.shape == expected.shape
    np.testing.assert_allclose(found, expected, rtol=RTOL, atol=RTOL * np.abs(expected).max(initial=0) * 1e-3)


def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def softmax_backward(dA, Z):
    P = softmax(Z)
    dZ = np.empty_like(dA)
    for n in range(len(Z)):
        J = np.diag(P[n]) - np.outer(P[n], P[n])
        dZ[n] = J.T @ dA[n]
    return dZ


# name: the object, f(Z), and ∂L/∂Z from ∂L/∂A and Z
ACTIVATIONS = {
    "identity": (nn.Identity(), lambda Z: Z, lambda dA, _: dA),
    "none": (None, lambda Z: Z, lambda dA, _: dA),
    "relu": (nn.ReLU(), lambda Z: np.maximum(Z, 0), lambda dA, Z: dA * (Z > 0)),
    "leaky": (nn.LeakyReLU(), lambda Z: np.where(Z > 0, Z, 0.01 * Z), lambda dA, Z: dA * np.where(Z > 0, 1, 0.01)),
    "sigmoid": (nn.Sigmoid(), lambda Z: 1 / (1 + np.exp(-Z)), lambda dA, Z: dA * np.exp(-Z) / (1 + np.exp(-Z)) ** 2),
    "tanh": (nn.Tanh(), np.tanh, lambda dA, Z: dA / np.cosh(Z) ** 2),
    "softmax": (nn.Softmax(), softmax, softmax_backward),
}

SHAPES = [
    ([1, 1], ["identity"]),
    ([3, 1], ["relu"]),
    ([4, 3], ["none"]),
    ([2, 3, 1], ["relu", "identity"]),
    ([2, 3, 2], ["relu", "softmax"]),
    ([4, 16, 10], ["tanh", "softmax"]),
    ([5, 1, 5], ["sigmoid", "sigmoid"]),
    ([3, 4, 4, 2], ["leaky", "none", "tanh"]),
    ([6, 8, 7, 5, 3], ["tanh", "relu", "sigmoid", "softmax"]),
    ([2, 3, 4, 5, 6, 1], ["relu", "leaky", "relu", "leaky", "sigmoid"]),
]


def build(widths, names, seed):
    rng = np.random.default_rng(seed)
    Ws = [rng.normal(size=(widths[i + 1], widths[i])) / np.sqrt(widths[i]) for i in range(len(names))]
    bs = [rng.normal(size=widths[i + 1]) for i in range(len(names))]
    network = nn.Network(
        [nn.Layer(W.tolist(), b.tolist(), ACTIVATIONS[name][0]) for W, b, name in zip(Ws, bs, names, strict=True)]
    )
    return rng, Ws, bs, network


def forward(X, Ws, bs, names):
    As, Zs = [X], []
    for W, b, name in zip(Ws, bs, names, strict=True):
        Zs.append(As[-1] @ W.T + b)
        As.append(ACTIVATIONS[name][1](Zs[-1]))
    return As, Zs


def backward(dA, As, Zs, Ws, names):
    """Gradients of the mean loss for weights and biases, of each sample's own loss for X."""
    dWs, dbs = [], []
    for layer in reversed(range(len(Ws))):
        dZ = ACTIVATIONS[names[layer]][2](dA, Zs[layer])
        dWs.insert(0, np.einsum("nj,ni->ji", dZ, As[layer]) / len(dZ))
        dbs.insert(0, dZ.mean(axis=0))
        dA = dZ @ Ws[layer]
    return dWs, dbs, dA


@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize("n_samples", [1, 2, 7])
@pytest.mark.parametrize(("widths", "names"), SHAPES)
def test_random_network(widths, names, n_samples, seed):
    rng, Ws, bs, network = build(widths, names, seed)
    X = rng.normal(size=(n_samples, widths[0]))
    dA = rng.normal(size=(n_samples, widths[-1]))
    As, Zs = forward(X, Ws, bs, names)
    close(network.forward_batch(X.tolist()), As[-1])
    dWs, dbs, dX = backward(dA, As, Zs, Ws, names)
    close(network.backward_batch(dA.tolist()), dX)
    for layer in range(len(names)):
        close(network.layers[layer].Z, Zs[layer])
        close(network.layers[layer].A, As[layer + 1])
        close(network.layers[layer].dL_dW, dWs[layer])
        close(network.layers[layer].dL_db, dbs[layer])
    network.update(0.1)
    for layer in range(len(names)):
        close(network.layers[layer].W, Ws[layer] - 0.1 * dWs[layer])
        close(network.layers[layer].b, bs[layer] - 0.1 * dbs[layer])


@pytest.mark.parametrize("seed", [0, 1, 2, 3])
def test_classifier_from_scores_to_gradients(seed):
    rng, Ws, bs, network = build([4, 6, 3], ["relu", "none"], seed)
    X, labels = rng.normal(size=(8, 4)), rng.integers(0, 3, size=8)
    As, Zs = forward(X, Ws, bs, ["relu", "none"])
    P, Y = softmax(As[-1]), np.eye(3)[labels]
    L_n = -np.log(P[np.arange(8), labels])
    scores = network.forward_batch(X.tolist())
    close([nn.softmax_cross_entropy_index(z, label) for z, label in zip(scores, labels.tolist(), strict=True)], L_n)
    losses = [nn.softmax_cross_entropy(z, y) for z, y in zip(scores, Y.tolist(), strict=True)]
    close(nn.mean_over_samples(losses), L_n.mean())
    dZ = [nn.softmax_cross_entropy_index_gradient(z, label) for z, label in zip(scores, labels.tolist(), strict=True)]
    close(dZ, P - Y)
    dWs, dbs, dX = backward(P - Y, As, Zs, Ws, ["relu", "none"])
    close(network.backward_batch(dZ), dX)
    for layer in range(2):
        close(network.layers[layer].dL_dW, dWs[layer])
        close(network.layers[layer].dL_db, dbs[layer])


def clipped(P):
    return np.clip(P, 1e-7, 1 - 1e-7)


@pytest.mark.parametrize("n", [1, 2, 5, 40])
def test_losses(n):
    rng = np.random.default_rng(n)
    p, t = rng.normal(size=n), rng.normal(size=n)
    d = p - t
    rmse = np.sqrt((d**2).mean())
    for loss, gradient, L, dL in (
        (nn.squared_error, nn.squared_error_gradient, (d**2).sum(), 2 * d),
        (nn.half_squared_error, nn.half_squared_error_gradient, (d**2).sum() / 2, d),
        (nn.mean_squared_error, nn.mean_squared_error_gradient, (d**2).mean(), 2 * d / n),
        (nn.half_mean_squared_error, nn.half_mean_squared_error_gradient, (d**2).mean() / 2, d / n),
        (nn.root_mean_squared_error, nn.root_mean_squared_error_gradient, rmse, d / (n * rmse)),
        (nn.mean_absolute_error, nn.mean_absolute_error_gradient, np.abs(d).mean(), np.sign(d) / n),
    ):
        close(loss(p.tolist(), t.tolist()), L)
        close(gradient(p.tolist(), t.tolist()), dL)
    q, y = rng.uniform(0.01, 0.99, size=n), rng.integers(0, 2, size=n)
    close(nn.binary_cross_entropy(q.tolist(), y.tolist()), -(y * np.log(q) + (1 - y) * np.log(1 - q)).mean())
    close(nn.binary_cross_entropy_gradient(q.tolist(), y.tolist()), (-y / q + (1 - y) / (1 - q)) / n)
    y_hat, soft = softmax(rng.normal(size=(1, n)) * 5)[0], softmax(rng.normal(size=(1, n)))[0]
    close(nn.cross_entropy(y_hat.tolist(), soft.tolist()), -(soft * np.log(y_hat)).sum())
    close(nn.cross_entropy_gradient(y_hat.tolist(), soft.tolist()), -soft / y_hat)
    label = int(rng.integers(0, n))
    close(nn.cross_entropy_index(y_hat.tolist(), label), -np.log(y_hat[label]))
    close(nn.cross_entropy_index_gradient(y_hat.tolist(), label), -np.eye(n)[label] / y_hat)
    sharp = softmax(rng.normal(size=(1, n)) * 30)[0]
    close(nn.clipped_cross_entropy(sharp.tolist(), soft.tolist()), -(soft * np.log(clipped(sharp))).sum())
    close(nn.clipped_cross_entropy_index(sharp.tolist(), label), -np.log(clipped(sharp))[label])
    inside = (sharp > 1e-7) & (sharp < 1 - 1e-7)
    close(nn.clipped_cross_entropy_gradient(sharp.tolist(), soft.tolist()), np.where(inside, -soft / sharp, 0))
    close(
        nn.clipped_cross_entropy_index_gradient(sharp.tolist(), label), np.where(inside, -np.eye(n)[label] / sharp, 0)
    )
    close(nn.log_sum_exp(p.tolist()), np.log(np.exp(p).sum()))


def test_classes_of_arrays():
    P = softmax(np.random.default_rng(0).normal(size=(20, 7)))
    assert [nn.predicted_class(row) for row in P] == P.argmax(axis=1).tolist()
    assert [nn.one_hot(label, 7) for label in P.argmax(axis=1)] == np.eye(7)[P.argmax(axis=1)].tolist()


# ---- arrays and scalars of NumPy as input ----------------------------------------------------------------------------


@pytest.mark.parametrize(("widths", "names"), SHAPES)
def test_arrays_do_as_well_as_lists(widths, names):
    rng, Ws, bs, network = build(widths, names, 0)
    of_arrays = nn.Network([nn.Layer(W, b, ACTIVATIONS[name][0]) for W, b, name in zip(Ws, bs, names, strict=True)])
    X, dA = rng.normal(size=(3, widths[0])), rng.normal(size=(3, widths[-1]))
    before = [array.copy() for array in (X, dA, *Ws, *bs)]
    assert of_arrays.forward_batch(X) == network.forward_batch(X.tolist())
    assert of_arrays.backward_batch(dA) == network.backward_batch(dA.tolist())
    assert of_arrays.forward(X[0]) == network.forward(X[0].tolist())
    assert of_arrays.backward(dA[0]) == network.backward(dA[0].tolist())
    of_arrays.update(np.float64(0.1))
    network.update(0.1)
    for a, b in zip(of_arrays.layers, network.layers, strict=True):
        assert (a.W, a.b, a.dL_dW, a.dL_db) == (b.W, b.b, b.dL_dW, b.dL_db)
    for array, copy in zip((X, dA, *Ws, *bs), before, strict=True):
        assert np.array_equal(array, copy)


def test_update_of_arrays():
    theta, gradient = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.0, 1.0], [2.0, 2.0]])
    assert nn.gradient_descent_step(theta, gradient, 0.5) == [[0.5, 1.5], [2.0, 3.0]]
    assert theta.tolist() == [[1.0, 2.0], [3.0, 4.0]]
    assert nn.gradient_descent_step(np.float64(1), np.float64(4), 0.25) == 0.0
    with pytest.raises(ValueError, match=r"^dL_dtheta\[0\] has length 1: expected 2, the length of theta\[0\]$"):
        nn.gradient_descent_step(theta, np.array([[1.0], [2.0]]), 0.5)


@pytest.mark.parametrize("kind", [np.float64, np.float32, np.int64, np.int8, np.uint8])
def test_scalars_of_a_dense_layer(kind):
    x, W, b = np.array([1, 2], dtype=kind), np.array([[1, 2], [3, 4]], dtype=kind), np.array([1, 2], dtype=kind)
    assert nn.layer_forward(x, W, b) == [6, 13]
    assert nn.layer_backward(b, x, W) == ([[1, 2], [2, 4]], [1, 2], [7, 10])
    assert nn.relu(kind(3)) == 3
    assert nn.mean_squared_error(x, b) == 0
    assert nn.leaky_relu(kind(3)) == 3


@pytest.mark.parametrize("kind", [np.float64, np.int64, np.int8])
def test_scalars_with_an_exponential(kind):
    z = np.array([0, 1, 2], dtype=kind)
    assert nn.softmax_cross_entropy_index(z, kind(1) if kind is not np.float64 else 1) == pytest.approx(
        nn.softmax_cross_entropy_index([0.0, 1.0, 2.0], 1), rel=1e-15
    )


@pytest.mark.parametrize("kind", [np.float64, np.int64, np.int8])
def test_functions_of_scalars(kind):
    for function in (nn.sigmoid, nn.sigmoid_derivative, nn.tanh, nn.tanh_derivative):
        for z in (-2, 0, 3):
            assert function(kind(z)) == function(float(z))
    assert nn.softmax(np.array([1, 2, 3], dtype=kind)) == nn.softmax([1.0, 2.0, 3.0])


def test_labels_of_arrays():
    labels = np.array([2, 0])
    assert nn.one_hot(labels[0], 3) == [0, 0, 1]
    assert nn.one_hot(np.uint8(1), np.int64(3)) == [0, 1, 0]
    assert nn.cross_entropy_index(np.array([0.25, 0.25, 0.5]), labels[0]) == nn.cross_entropy_index(
        [0.25, 0.25, 0.5], 2
    )
    assert nn.cross_entropy(np.array([0.25, 0.75]), np.array([0, 1])) == nn.cross_entropy([0.25, 0.75], [0, 1])
    assert nn.cross_entropy(np.array([0.25, 0.75]), np.eye(2)[1]) == nn.cross_entropy([0.25, 0.75], [0, 1])


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda: nn.layer_forward(np.ones((1, 2)), np.ones((1, 2)), np.ones(1)),
            TypeError,
            r"x\[0\] is array\(\[1\., 1\.\]\), a ndarray: expected a number",
        ),
        (
            lambda: nn.layer_forward(np.ones(2), np.ones(2), np.ones(1)),
            TypeError,
            r"W\[0\] is np\.float64\(1\.0\), a float64: expected a list",
        ),
        (
            lambda: nn.layer_forward(np.ones(3), np.ones((3, 2)), np.ones(2)),
            ValueError,
            r"W\[0\] has length 2: expected 3, one weight for each input",
        ),
        (
            lambda: nn.layer_forward(np.ones(2), np.ones((0, 2)), np.ones(2)),
            ValueError,
            "W is empty: expected at least one entry",
        ),
        (
            lambda: nn.layer_forward(np.array([1.0, np.nan]), np.ones((1, 2)), np.ones(1)),
            ValueError,
            r"x\[1\] is nan: expected a finite number",
        ),
        (
            lambda: nn.layer_forward(np.array([1.0, np.inf]), np.ones((1, 2)), np.ones(1)),
            ValueError,
            r"x\[1\] is inf: expected a finite number",
        ),
        (
            lambda: nn.layer_forward(np.array([1, np.inf], dtype="f4"), np.ones((1, 2)), np.ones(1)),
            ValueError,
            r"x\[1\] is inf: expected a finite number",
        ),
        (
            lambda: nn.neuron_forward([1.0], [1.0], np.float32(-np.inf)),
            ValueError,
            "b is -inf: expected a finite number",
        ),
        (
            lambda: nn.neuron_forward([1.0], [1.0], np.bool_(True)),
            TypeError,
            r"b is np\.True_, a bool: expected a number",
        ),
        (
            lambda: nn.neuron_forward([1.0], [1.0], np.complex128(1j)),
            TypeError,
            r"b is np\.complex128\(1j\), a complex128: expected a number",
        ),
        (
            lambda: nn.neuron_forward([1.0], [1.0], np.complex64(1j)),
            TypeError,
            r"b is np\.complex64\(1j\), a complex64: expected a number",
        ),
        (
            lambda: nn.neuron_forward([1.0], [1.0], np.array(5.0)),
            TypeError,
            r"b is array\(5\.\), a ndarray: expected a number",
        ),
        (
            lambda: nn.weighted_sum(np.array(["1", "2"]), [1.0, 2.0]),
            TypeError,
            r"x\[0\] is np\.str_\('1'\), a str_: expected a number",
        ),
        (
            lambda: nn.one_hot(np.array([0, 1]), 3),
            TypeError,
            r"label is array\(\[0, 1\]\), a ndarray: expected an int, a class index from 0 to 2",
        ),
        (
            lambda: nn.one_hot(np.float64(1), 3),
            TypeError,
            r"label is np\.float64\(1\.0\), a float64: expected an int, a class index from 0 to 2",
        ),
        (
            lambda: nn.one_hot(np.bool_(True), 3),
            TypeError,
            r"label is np\.True_, a bool: expected an int, a class index from 0 to 2",
        ),
        (lambda: nn.one_hot(np.int64(3), 3), ValueError, "label is 3: expected a class index from 0 to 2"),
        (lambda: nn.softmax(np.array([0.0, np.inf])), ValueError, r"z\[1\] is inf: expected a finite number or -inf"),
    ],
)
def test_wrong_arrays(call, error, message):
    with pytest.raises(error, match=f"^{message}"):
        call()


def test_what_numpy_rounds_or_runs_over_is_read_as_pythons_numbers():
    """A small integer would run over, and float32 would be rounded again after every step."""
    assert nn.layer_forward(np.array([250, 250], dtype="u1"), np.array([[1, 1]], dtype="u1"), [0]) == [500]
    assert nn.neuron_forward(np.array([100], dtype="i1"), [2], np.int8(100)) == 300
    third = np.float32(1) / np.float32(3)
    assert nn.softmax(np.array([third, 0], dtype="f4")) == nn.softmax([float(third), 0.0])
    assert type(nn.neuron_forward([1.0], [2.0], third)) is float
    layer = nn.Layer(np.eye(2, dtype="f4"), np.zeros(2, dtype="u1"))
    assert layer.W == [[1.0, 0.0], [0.0, 1.0]]
    assert {type(w) for row in layer.W for w in row} == {float}
    layer.W = np.array([[1, 2], [3, 4]], dtype="u1")
    assert layer.forward((200, 200)) == [600, 1400]
    assert layer.backward(np.array([1, 1], dtype="u1")) == [4, 6]


def test_the_sigmoid_for_arrays_is_as_its_page_says():
    page = (Path(__file__).resolve().parents[2] / "docs" / "forward" / "activations.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"^```python\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    z = np.array([-800.0, -40.0, -1.0, 0.0, 1.0, 40.0, 800.0])
    names = {"np": np, "z": z}
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        exec(shown, names)
    close(names["a"], [nn.sigmoid(z_n) for z_n in z.tolist()])
    with pytest.warns(RuntimeWarning, match="overflow encountered in exp"):
        assert (1 / (1 + np.exp(-z)))[0] == 0 == nn.sigmoid(-800.0)
    with np.errstate(invalid="ignore"), pytest.warns(RuntimeWarning, match="overflow encountered in exp"):
        np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))
