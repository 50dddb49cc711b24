"""What has to hold for any gradients: identities in exact arithmetic, NumPy as an oracle, objects as functions."""

from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import scalarnn as nn
from tests.properties import strategies as some

F = Fraction
RATES = st.sampled_from([F(1, 10), F(1, 2), F(3)])
BETAS = st.sampled_from([F(0), F(1, 2), F(9, 10)])
SHAPES = st.tuples(st.integers(1, 3), st.integers(1, 3))


@st.composite
def gradients(draw, entries=some.numbers):
    """θ and one to five gradients of the same shape."""
    n_rows, n_columns = draw(SHAPES)
    theta = draw(some.matrices(n_rows, n_columns, entries))
    steps = draw(st.integers(1, 5))
    return theta, [draw(some.matrices(n_rows, n_columns, entries)) for _ in range(steps)]


exact = gradients(some.fractions)


@given(run=exact, rate=RATES)
def test_without_memory_momentum_and_nesterov_are_gradient_descent(run, rate):
    theta, steps = run
    a = b = c = theta
    v = w = nn.zeros_like(theta)
    for g in steps:
        a = nn.gradient_descent_step(a, g, rate)
        b, v = nn.momentum_step(b, g, v, rate, 0)
        c, w = nn.nesterov_step(c, g, w, rate, 0)
    assert a == b == c


@given(run=exact, rate=RATES, beta=BETAS)
def test_the_velocity_is_a_sum_of_fading_gradients(run, rate, beta):
    theta, steps = run
    v = nn.zeros_like(theta)
    for g in steps:
        theta, v = nn.momentum_step(theta, g, v, rate, beta)
    for j in range(len(v)):
        for i in range(len(v[j])):
            unrolled = sum(beta**age * g[j][i] for age, g in enumerate(reversed(steps)))
            assert v[j][i] == unrolled


@given(start=some.vectors(2, some.fractions), goal=some.vectors(2, some.fractions), rate=RATES, beta=BETAS)
def test_nesterov_is_his_own_form_seen_from_ahead(start, goal, rate, beta):
    """v′ = β v + ∇L(φ − η β v), φ′ = φ − η v′; and θ = φ − η β v at every step."""
    phi, u = list(start), [F(0), F(0)]
    theta, v = list(start), nn.zeros_like(start)
    for _ in range(4):
        ahead = [p - rate * beta * w for p, w in zip(phi, u, strict=True)]
        assert theta == ahead
        u = [beta * w + g for w, g in zip(u, nn.squared_error_gradient(ahead, goal), strict=True)]
        phi = [p - rate * w for p, w in zip(phi, u, strict=True)]
        theta, v = nn.nesterov_step(theta, nn.squared_error_gradient(theta, goal), v, rate, beta)
        assert v == u


@given(run=exact, rate=RATES)
def test_a_rate_in_front_or_inside_is_the_same_while_it_stays(run, rate):
    """v = β v − η g, θ + v: the other definition of momentum."""
    theta, steps = run
    other, w = theta, nn.zeros_like(theta)
    v = nn.zeros_like(theta)
    beta = F(1, 2)
    for g in steps:
        theta, v = nn.momentum_step(theta, g, v, rate, beta)
        w = [
            [beta * w_i - rate * g_i for w_i, g_i in zip(w_j, g_j, strict=True)] for w_j, g_j in zip(w, g, strict=True)
        ]
        other = [[o_i + w_i for o_i, w_i in zip(o_j, w_j, strict=True)] for o_j, w_j in zip(other, w, strict=True)]
    assert theta == other


ETA, BETA, BETA1, BETA2, EPSILON = 0.1, 0.75, 0.5, 0.875, 1e-3


def with_numpy(theta, steps):
    """Every method as the papers write it, on arrays."""
    theta = np.array(theta)
    names = ("descent", "momentum", "nesterov", "adagrad", "rmsprop", "adam")
    paths = {name: theta.copy() for name in names}
    v, u, s, r, m, q = (np.zeros_like(theta) for _ in range(6))
    for t, gradient in enumerate(steps, 1):
        g = np.array(gradient)
        paths["descent"] -= ETA * g
        v = BETA * v + g
        paths["momentum"] -= ETA * v
        u = BETA * u + g
        paths["nesterov"] -= ETA * (g + BETA * u)
        s = s + g**2
        paths["adagrad"] -= ETA * g / (np.sqrt(s) + EPSILON)
        r = BETA * r + (1 - BETA) * g**2
        paths["rmsprop"] -= ETA * g / (np.sqrt(r) + EPSILON)
        m = BETA1 * m + (1 - BETA1) * g
        q = BETA2 * q + (1 - BETA2) * g**2
        paths["adam"] -= ETA * m / (1 - BETA1**t) / (np.sqrt(q / (1 - BETA2**t)) + EPSILON)
    return paths


def with_lists(theta, steps):
    names = ("descent", "momentum", "nesterov", "adagrad", "rmsprop", "adam")
    paths = dict.fromkeys(names, theta)
    v = u = s = r = m = q = nn.zeros_like(theta)
    for t, g in enumerate(steps, 1):
        paths["descent"] = nn.gradient_descent_step(paths["descent"], g, ETA)
        paths["momentum"], v = nn.momentum_step(paths["momentum"], g, v, ETA, BETA)
        paths["nesterov"], u = nn.nesterov_step(paths["nesterov"], g, u, ETA, BETA)
        paths["adagrad"], s = nn.adagrad_step(paths["adagrad"], g, s, ETA, EPSILON)
        paths["rmsprop"], r = nn.rmsprop_step(paths["rmsprop"], g, r, ETA, BETA, EPSILON)
        paths["adam"], m, q = nn.adam_step(paths["adam"], g, m, q, t, ETA, beta1=BETA1, beta2=BETA2, epsilon=EPSILON)
    return paths


@given(run=gradients())
def test_numpy_walks_the_same_paths(run):
    found, expected = with_lists(*run), with_numpy(*run)
    for name, path in expected.items():
        np.testing.assert_allclose(found[name], path, rtol=1e-12, atol=1e-13, err_msg=name)


@given(run=gradients(), factor=st.sampled_from([2.0**-20, 0.5, 4.0, 2.0**20]))
def test_a_rate_for_every_parameter_does_not_care_for_the_size_of_the_loss(run, factor):
    """L times a power of two, ε along with it: not a bit of the path changes."""
    theta, steps = run
    a = b = theta
    s = r = nn.zeros_like(theta)
    for g in steps:
        scaled = [[factor * g_i for g_i in g_j] for g_j in g]
        a, s = nn.adagrad_step(a, g, s, ETA, 1e-10)
        b, r = nn.adagrad_step(b, scaled, r, ETA, factor * 1e-10)
    if all(abs(g_i) > 1e-100 or g_i == 0 for g in steps for g_j in g for g_i in g_j):  # squares that do not underflow
        assert a == b


@given(g=st.floats(1e-3, 1e3), sign=st.sampled_from([-1, 1]))
def test_the_first_step_of_adam_is_as_long_as_the_rate(g, sign):
    (theta,), _, _ = nn.adam_step([0.0], [sign * g], [0], [0], 1, ETA)
    assert abs(theta + sign * ETA) <= 1e-5 * ETA


@given(run=gradients())
def test_entries_do_not_know_of_one_another(run):
    theta, steps = run
    whole = with_lists(theta, steps)
    for j in range(len(theta)):
        for i in range(len(theta[j])):
            alone = with_lists(theta[j][i], [g[j][i] for g in steps])
            for name, path in alone.items():
                assert path == whole[name][j][i]


STEPS = {
    nn.Momentum: nn.momentum_step,
    nn.Nesterov: nn.nesterov_step,
    nn.AdaGrad: nn.adagrad_step,
    nn.RMSProp: nn.rmsprop_step,
}


@given(network=some.networks(), data=st.data(), kind=st.sampled_from(sorted(STEPS, key=str)))
def test_objects_do_what_the_functions_do(network, data, kind):
    x, Ws, bs, activations = network
    built = nn.Network([nn.Layer(W, b, f) for W, b, f in zip(Ws, bs, activations, strict=True)])
    optimizer = kind(ETA)
    step = STEPS[kind]
    parameters = [theta for W, b in zip(Ws, bs, strict=True) for theta in (W, b)]
    states = [nn.zeros_like(theta) for theta in parameters]
    for _ in range(3):
        built.forward(x)
        built.backward(data.draw(some.vectors(len(bs[-1]))))
        found = [g for layer in built.layers for g in (layer.dL_dW, layer.dL_db)]
        for k in range(len(parameters)):
            parameters[k], states[k] = step(parameters[k], found[k], states[k], ETA)
        optimizer.step(built)
        assert [theta for layer in built.layers for theta in (layer.W, layer.b)] == parameters
        letter = optimizer.letters[0]
        assert [kept[f"{letter}_{of}"] for kept in optimizer.state for of in ("W", "b")] == states


@given(network=some.networks(), data=st.data())
def test_adam_too(network, data):
    x, Ws, bs, activations = network
    built = nn.Network([nn.Layer(W, b, f) for W, b, f in zip(Ws, bs, activations, strict=True)])
    optimizer = nn.Adam(ETA)
    W, m, v = Ws[0], nn.zeros_like(Ws[0]), nn.zeros_like(Ws[0])
    for t in range(1, 4):
        built.forward(x)
        built.backward(data.draw(some.vectors(len(bs[-1]))))
        W, m, v = nn.adam_step(W, built.layers[0].dL_dW, m, v, t, ETA)
        optimizer.step(built)
        assert built.layers[0].W == W
        assert (optimizer.state[0]["m_W"], optimizer.state[0]["v_W"]) == (m, v)


def kept_by(layer):
    """Its numbers; which of its ways are straight lines by now hangs on what ran before."""
    return {name: value for name, value in vars(layer).items() if name not in ("activation", "_straight")}


@given(network=some.networks(), data=st.data())
def test_gradient_descent_is_update(network, data):
    x, Ws, bs, activations = network
    pair = [nn.Network([nn.Layer(W, b, f) for W, b, f in zip(Ws, bs, activations, strict=True)]) for _ in range(2)]
    dL_dy_hat = data.draw(some.vectors(len(bs[-1])))
    for built in pair:
        built.forward(x)
        built.backward(dL_dy_hat)
    pair[0].update(ETA)
    nn.GradientDescent(ETA).step(pair[1])
    kept = [[kept_by(layer) for layer in one.layers] for one in pair]
    assert kept[0] == kept[1]
