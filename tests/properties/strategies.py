"""What the properties are tried on: numbers from −3 to 3, vectors, layers, batches, whole networks."""

from fractions import Fraction

from hypothesis import strategies as st

import scalarnn as nn

FAR_FROM_A_KINK = 1e-3  # many times the step of the central differences

numbers = st.floats(-3, 3)
fractions = st.builds(Fraction, st.integers(-30, 30), st.integers(1, 12))
sizes = st.integers(1, 4)


def away_from_zero(z):
    return abs(z) > FAR_FROM_A_KINK


def vectors(n, entries=numbers):
    return st.lists(entries, min_size=n, max_size=n)


def matrices(n_rows, n_columns, entries=numbers):
    return st.lists(vectors(n_columns, entries), min_size=n_rows, max_size=n_rows)


@st.composite
def layers(draw, entries=numbers):
    """x, W, b of one layer."""
    n_inputs, n_neurons = draw(sizes), draw(sizes)
    return (
        draw(vectors(n_inputs, entries)),
        draw(matrices(n_neurons, n_inputs, entries)),
        draw(vectors(n_neurons, entries)),
    )


@st.composite
def batches(draw, entries=numbers):
    """X, W, b of one layer and a batch."""
    n_samples, n_inputs, n_neurons = draw(sizes), draw(sizes), draw(sizes)
    return (
        draw(matrices(n_samples, n_inputs, entries)),
        draw(matrices(n_neurons, n_inputs, entries)),
        draw(vectors(n_neurons, entries)),
    )


@st.composite
def pairs(draw, entries=numbers):
    """A prediction and a target, away from the kink where they are equal."""
    n = draw(sizes)
    y = draw(vectors(n, entries))
    y_hat = draw(
        vectors(n, entries).filter(
            lambda values: all(abs(p - t) > FAR_FROM_A_KINK for p, t in zip(values, y, strict=True))
        )
    )
    return y_hat, y


@st.composite
def distributions(draw, n):
    """Soft labels that sum to one in exact arithmetic, as floats."""
    parts = draw(st.lists(st.integers(0, 8), min_size=n, max_size=n).filter(any))
    return [part / sum(parts) for part in parts]


@st.composite
def probabilities(draw, n):
    """Probabilities with room for a small step to either side; they need not sum to one."""
    return draw(st.lists(st.floats(0.05, 0.95), min_size=n, max_size=n))


hidden_activations = st.sampled_from(
    [nn.ReLU(), nn.LeakyReLU(), nn.LeakyReLU(0.3), nn.Sigmoid(), nn.Tanh(), nn.Identity()]
)
last_activations = st.one_of(hidden_activations, st.just(nn.Softmax()))


def has_a_kink(activation):
    return isinstance(activation, (nn.ReLU, nn.LeakyReLU))


@st.composite
def networks(draw, inputs=numbers, weights=numbers, hidden=hidden_activations, last=last_activations, batch=False):
    """x (or X), Ws, bs, activations: one to three layers of one to three neurons, no z close to a kink.

    Biases of layers with a kink are moved away from it, so that no example has to be thrown away.
    """
    n_layers = draw(st.integers(1, 3))
    n_samples = draw(st.integers(1, 3)) if batch else 1
    widths = draw(st.lists(st.integers(1, 3), min_size=n_layers + 1, max_size=n_layers + 1))
    X = draw(matrices(n_samples, widths[0], inputs))
    Ws, bs, activations = [], [], []
    A = X
    for layer in range(n_layers):
        W = draw(matrices(widths[layer + 1], widths[layer], weights))
        b = draw(vectors(widths[layer + 1], weights))
        activation = draw(last if layer == n_layers - 1 else hidden)
        if has_a_kink(activation):
            for j in range(len(b)):
                while any(abs(z[j]) <= FAR_FROM_A_KINK * 10 for z in nn.batch_forward(A, W, b)):
                    b[j] += entries_step(b[j])
        A = [activation.forward(z) for z in nn.batch_forward(A, W, b)]
        Ws.append(W)
        bs.append(b)
        activations.append(activation)
    return (X if batch else X[0]), Ws, bs, activations


def entries_step(like):
    """A step away from a kink, in the kind of number of an entry."""
    return Fraction(1, 7) if isinstance(like, Fraction) else 1 / 7
