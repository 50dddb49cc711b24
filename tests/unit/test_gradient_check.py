"""The gradient check: right gradients pass, planted mistakes are caught and named, kinks are noted, nothing changes."""

import math
from fractions import Fraction

import pytest

import scalarnn as nn
from scalarnn import gradient_check
from scalarnn.float32 import Float32
from tests.unit.exact import is_exact

X, Y = [0.5, -1.5], [0.25, 0.75]
SQUARED = (nn.mean_squared_error, nn.mean_squared_error_gradient)


def network(hidden=None, last=None, kind=nn.Layer):
    first = kind([[0.5, -0.25], [1.0, 0.75], [-0.5, 0.125]], [0.0, 0.25, -0.5], hidden or nn.Tanh())
    return nn.Network([first, nn.Layer([[0.25, -1.0, 0.5], [0.75, 0.5, -0.25]], [0.125, -0.125], last)])


def checked(net, x=X, y=Y, loss=SQUARED, **more):
    return nn.check_network_gradients(net, x, y, *loss, **more)


def names(report):
    return [entry.name for entry in report.wrong]


# ---- what is right passes --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "activation", [nn.ReLU(), nn.LeakyReLU(), nn.Sigmoid(), nn.Tanh(), nn.Identity(), nn.Softmax()], ids=repr
)
@pytest.mark.parametrize(
    ("last", "y", "loss"),
    [
        (None, Y, SQUARED),
        (nn.Softmax(), [0, 1], (nn.cross_entropy, nn.cross_entropy_gradient)),
        (nn.Softmax(), 1, (nn.clipped_cross_entropy_index, nn.clipped_cross_entropy_index_gradient)),
        (nn.Identity(), 0, (nn.softmax_cross_entropy_index, nn.softmax_cross_entropy_index_gradient)),
        (nn.Sigmoid(), [0, 1], (nn.binary_cross_entropy, nn.binary_cross_entropy_gradient)),
        (nn.Tanh(), Y, (nn.mean_absolute_error, nn.mean_absolute_error_gradient)),
    ],
)
def test_the_networks_of_this_package_pass(activation, last, y, loss):
    report = checked(network(activation, last), y=y, loss=loss)
    assert report.ok, str(report)
    assert report.wrong == report.kinks == report.notes == []
    assert report.worst.excess <= 1
    assert str(report).startswith("Gradients of 21 numbers: ok, by central differences and dual numbers.\nworst: ")


def test_every_number_is_checked_and_named():
    found = [entry.name for entry in checked(network()).entries]
    assert found == [
        *["y_hat[0]", "y_hat[1]", "x[0]", "x[1]"],
        *[f"layers[0].W[{j}][{i}]" for j in range(3) for i in range(2)],
        *[f"layers[0].b[{j}]" for j in range(3)],
        *[f"layers[1].W[{j}][{i}]" for j in range(2) for i in range(3)],
        *[f"layers[1].b[{j}]" for j in range(2)],
    ]


def test_a_batch_passes_with_the_mean_of_its_losses():
    batch, targets = [X, [1.0, 2.0], [-0.25, 0.0]], [Y, [0.0, 1.0], [1.0, 1.0]]
    report = nn.check_batch_gradients(network(nn.Sigmoid()), batch, targets, *SQUARED)
    assert report.ok, str(report)
    assert len(report.entries) == 6 + 6 + 17
    assert {"Y_hat[2][1]", "X[2][1]", "layers[0].W[2][1]"} <= {entry.name for entry in report.entries}


def test_witnesses_are_as_close_as_they_say():
    for entry in checked(network()).entries:
        assert entry.backward == pytest.approx(entry.dual, rel=1e-13, abs=1e-15)
        assert entry.backward == pytest.approx(entry.central, rel=1e-7, abs=1e-9)
        assert entry.error < 1e-12
        assert entry.witness == entry.dual


def test_fractions_are_checked_exactly():
    def loss(theta):
        return theta[0] * theta[0] * theta[1]

    entries = nn.check_gradients(loss, [Fraction(1, 3), Fraction(2)], [Fraction(4, 3), Fraction(1, 9)]).entries
    assert [entry.dual for entry in entries] == [Fraction(4, 3), Fraction(1, 9)]
    assert is_exact([entry.central for entry in entries])


def test_a_single_number_and_nested_lists():
    assert nn.check_gradients(lambda w: w * w * w, 2.0, 12.0, name="w").worst.name == "w"
    report = nn.check_gradients(lambda W: W[0][1] * W[1][0], [[1.0, 2.0], [3.0, 4.0]], [[0, 3], [2, 1]], name="W")
    assert names(report) == ["W[1][1]"]


# ---- planted mistakes ------------------------------------------------------------------------------------------------


def wrong_activation(base, change):
    class Wrong(base):
        def backward(self, dL_da, z):
            return change(super().backward(dL_da, z), dL_da)

    return Wrong()


OF_FIRST_LAYER = ["x", "layers[0].W", "layers[0].b"]

MISTAKES = {
    "a sign": (nn.Tanh, lambda right, _: [-g for g in right], "is -1 times"),
    "a half": (nn.Sigmoid, lambda right, _: [g / 2 for g in right], "is 0.5 times"),
    "a factor close to one": (nn.Tanh, lambda right, _: [g * 1.01 for g in right], "is 1.01 times"),
    "a derivative forgotten": (nn.Tanh, lambda _, dL_da: list(dL_da), None),
    "neurons turned round": (nn.Tanh, lambda right, _: right[::-1], None),
    "the first for all": (nn.Tanh, lambda right, _: [right[0]] * len(right), None),
    "the diagonal of the Jacobian only": (nn.Softmax, lambda _, dL_da: [g / 4 for g in dL_da], None),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_wrong_activation_is_caught_and_named(mistake):
    base, change, factor = MISTAKES[mistake]
    report = checked(network(wrong_activation(base, change)))
    assert not report.ok
    assert all(name.startswith(tuple(OF_FIRST_LAYER)) for name in names(report))
    assert report.worst in report.wrong
    assert report.worst.error > 0.005
    text = str(report)
    assert "WRONG" in text
    assert f"worst: {report.worst.name}" in text
    assert "the first wrong ones are in layers[0]: look there" in text
    assert (f"Each wrong entry {factor} what it should be." in text) == (factor is not None)
    assert ("times what it should be" in text) == (factor is not None)


class WrongBias(nn.Layer):
    def backward(self, dL_da):
        dL_dx = super().backward(dL_da)
        self.dL_db = [2 * g for g in self.dL_db]
        return dL_dx


class WrongWeight(nn.Layer):
    def backward(self, dL_da):
        dL_dx = super().backward(dL_da)
        self.dL_dW[1][0] += 1e-3
        return dL_dx


class WrongInput(nn.Layer):
    def backward(self, dL_da):
        return [-g for g in super().backward(dL_da)]


class WrongMean(nn.Layer):
    """The sum over a batch where its mean belongs."""

    def backward_batch(self, dLn_dA):
        dLn_dX = super().backward_batch(dLn_dA)
        self.dL_db = [len(self.X) * g for g in self.dL_db]
        return dLn_dX


def test_a_wrong_layer_is_caught_and_named():
    report = checked(network(kind=WrongBias))
    assert names(report) == ["layers[0].b[0]", "layers[0].b[1]", "layers[0].b[2]"]
    assert "Each wrong entry is 2 times what it should be." in str(report)
    report = checked(network(kind=WrongWeight))
    assert names(report) == ["layers[0].W[1][0]"]
    assert "worst: layers[0].W[1][0], the weight of input 0 in neuron 1\n" in str(report)
    report = checked(network(kind=WrongInput))
    assert names(report) == ["x[0]", "x[1]"]
    assert "Only those of the input are wrong: look at what layers[0] hands back." in str(report)


def test_a_wrong_mean_is_caught_in_a_batch():
    batch, targets = [X, [1.0, 2.0], [-0.25, 0.0]], [Y, [0.0, 1.0], [1.0, 1.0]]
    report = nn.check_batch_gradients(network(kind=WrongMean), batch, targets, *SQUARED)
    assert names(report) == ["layers[0].b[0]", "layers[0].b[1]", "layers[0].b[2]"]
    assert "Each wrong entry is 3 times what it should be." in str(report)
    assert "worst: layers[0].b" in str(report)
    assert ", the bias of neuron " in str(report)


@pytest.mark.parametrize(
    ("loss", "factor"),
    [
        ((nn.mean_squared_error, nn.squared_error_gradient), "2"),
        ((nn.half_squared_error, nn.squared_error_gradient), "2"),
        ((nn.squared_error, nn.half_squared_error_gradient), "0.5"),
    ],
)
def test_the_gradient_of_another_loss_is_caught_and_named(loss, factor):
    report = checked(network(), loss=loss)
    assert len(report.wrong) == len(report.entries)
    assert "the first wrong one is that of the loss itself: look into loss_gradient." in str(report)
    assert f"Each wrong entry is {factor} times what it should be." in str(report)
    assert "… and 11 more" in str(report)


@pytest.mark.parametrize("index", range(6))
def test_any_one_wrong_entry_is_found(index):
    def loss(theta):
        total = 0
        for i in range(len(theta)):
            total += (i + 1) * theta[i] * theta[i]
        return total

    theta = [1.0, -2.0, 0.5, 3.0, -1.5, 2.5]
    gradient = [2 * (i + 1) * value for i, value in enumerate(theta)]
    assert nn.check_gradients(loss, theta, gradient).ok
    gradient[index] *= 1 + 1e-5
    report = nn.check_gradients(loss, theta, gradient)
    assert names(report) == [f"theta[{index}]"]
    assert report.worst.name == f"theta[{index}]"


# ---- kinks -----------------------------------------------------------------------------------------------------------


def relu_at(z, gradient, scale=1.0):
    return nn.check_gradients(lambda w: scale * nn.relu(w), z, gradient)


@pytest.mark.parametrize("gradient", [0.0, 1.0, 0.5])
def test_at_a_kink_everything_between_the_slopes_passes(gradient):
    report = relu_at(0.0, gradient)
    assert report.ok
    assert report.entries[0].verdict == "kink"
    assert "At a kink, where the slopes on either side differ: theta." in str(report)


@pytest.mark.parametrize("gradient", [-0.01, 1.01, 5.0])
def test_and_nothing_else(gradient):
    assert relu_at(0.0, gradient).wrong


@pytest.mark.parametrize("z", [1e-7, 1e-6, 5e-6, 1e-5])
@pytest.mark.parametrize("sign", [-1, 1])
def test_close_to_a_kink_the_derivative_is_known(z, sign):
    report = relu_at(sign * z, 1.0 if sign > 0 else 0.0)
    assert report.ok
    if z > 5e-7:
        assert report.kinks == []
        assert relu_at(sign * z, 0.0 if sign > 0 else 1.0).wrong


def test_a_relu_that_rests_at_zero_in_a_network():
    net = nn.Network([nn.Layer([[1.0, 1.0]], [0.0], nn.ReLU()), nn.Layer([[2.0]], [0.0])])
    report = checked(net, x=[1.0, -1.0], y=[1.0])
    assert report.ok
    assert [entry.name for entry in report.kinks] == [
        "x[0]",
        "x[1]",
        "layers[0].W[0][0]",
        "layers[0].W[0][1]",
        "layers[0].b[0]",
    ]
    assert "At a kink, where the slopes on either side differ: x[0], x[1], layers[0].W[0][0], " in str(report)


def test_kinks_that_meet_are_told_from_a_mistake():
    """Leaky after leaky, both at 0, a weight below 0: the slope is 0.1 on either side, and 0.01 by the chain rule."""
    leaky = nn.LeakyReLU(0.1)
    net = nn.Network([nn.Layer([[1.0]], [0.0], leaky), nn.Layer([[-1.0]], [0.0], leaky)])
    report = checked(net, x=[0.0], y=[1.0])
    assert "layers[0].b[0]" in names(report)
    assert "dual numbers agree with backward and central differences do not" in str(report)


# ---- witnesses that say nothing --------------------------------------------------------------------------------------


class ByMath(nn.Identity):
    """Softplus by math.exp: no dual number gets through."""

    def forward(self, z):
        return [math.log1p(math.exp(z_j)) for z_j in z]

    def backward(self, dL_da, z):
        return [g / (1 + math.exp(-z_j)) for g, z_j in zip(dL_da, z, strict=True)]


class ByMathWrong(ByMath):
    def backward(self, dL_da, z):
        return [-g for g in super().backward(dL_da, z)]


def test_without_dual_numbers_central_differences_do():
    report = checked(network(ByMath()))
    assert report.ok
    text = str(report)
    assert ": ok, by central differences and dual numbers." in text  # those of the loss alone still have both
    assert "No dual numbers for x[0], and perhaps others: layers[0]: must be real number, not Dual." in text
    assert {entry.dual for entry in report.entries if not entry.name.startswith(("y_hat", "layers[1]"))} == {None}
    report = checked(network(ByMathWrong()))
    assert all(name.startswith(tuple(OF_FIRST_LAYER)) for name in names(report))
    assert len(report.wrong) == 11
    assert report.worst.witness == report.worst.central


def test_at_the_edge_of_its_range_dual_numbers_do():
    """ŷ + h is no probability, so the loss refuses it."""
    loss = (nn.cross_entropy, nn.cross_entropy_gradient)
    report = nn.check_gradients(lambda y_hat: loss[0](y_hat, [1, 0]), [1.0, 0.0], loss[1]([1.0, 0.0], [1, 0]))
    assert report.ok
    assert report.entries[0].central is None
    assert "No central differences for theta[0], and perhaps others: theta" not in str(report)
    assert "No central differences for theta[0], and perhaps others: y_hat[0] is " in str(report)
    assert "ok, by dual numbers." in str(report)
    wrong = nn.check_gradients(lambda y_hat: loss[0](y_hat, [1, 0]), [1.0, 0.0], [-2.0, 0.0])
    assert names(wrong) == ["theta[0]"]


def test_without_any_witness_it_is_not_ok():
    def loss(theta):
        if theta[0] != 1.0 or type(theta[0]) is not float:
            raise ValueError("only here")
        return theta[0]

    report = nn.check_gradients(loss, [1.0], [1.0])
    assert not report.ok
    assert report.worst.verdict == "unchecked"
    assert report.worst.witness is None
    assert math.isnan(report.worst.error)
    assert str(report).startswith("Gradient of 1 number: 1 could not be checked.\nworst: theta[0]\n")
    assert "none            none" in str(report)


def test_a_dead_network_tells_nothing_and_says_so():
    net = nn.Network([nn.Layer([[1.0, 1.0]], [-100.0], nn.ReLU()), nn.Layer([[2.0]], [1.0])])
    report = checked(net, y=[1.0])
    assert report.ok
    assert "No gradient of y_hat is larger than 0: that tells little; try other inputs." in str(report)
    assert "No gradient of the parameters is larger than 0: that tells little; try other inputs." in str(report)


# ---- nothing changes -------------------------------------------------------------------------------------------------


def test_the_network_is_left_as_it_was():
    net = network(nn.ReLU())
    net.forward([1.0, 1.0])
    net.backward([1.0, 1.0])
    before = [dict(vars(layer)) for layer in net.layers]
    copies = [([list(row) for row in layer.W], list(layer.b)) for layer in net.layers]
    x, y = list(X), list(Y)
    checked(net, x=x, y=y)
    nn.check_batch_gradients(net, [x, x], [y, y], *SQUARED)
    assert [vars(layer) for layer in net.layers] == before
    assert [(layer.W, layer.b) for layer in net.layers] == copies
    assert (x, y) == (X, Y)
    net.update(0.1)


def test_a_loss_that_changes_its_argument_does_no_harm():
    def loss(y_hat, y):
        L = nn.mean_squared_error(y_hat, y)
        y_hat[0] = 100.0
        return L

    assert checked(network(), loss=(loss, nn.mean_squared_error_gradient)).ok


# ---- what is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: checked([1]), TypeError, "network is [1], a list: expected a Network"),
        (lambda: checked(network(), loss=(None, len)), TypeError, "loss is None: expected a function"),
        (lambda: checked(network(), loss=(max, "g")), TypeError, "loss_gradient is 'g', a str: expected a function"),
        (lambda: checked(network(), tolerance=0), ValueError, "tolerance is 0: expected a number above 0"),
        (lambda: checked(network(), h=0), ValueError, "h is 0: expected a number above 0"),
        (lambda: checked(network(), x=[1.0]), ValueError, "x has length 1: expected 2, one input for each column of W"),
        (
            lambda: checked(network(), loss=(lambda *_: None, nn.mean_squared_error_gradient)),
            TypeError,
            "loss(y_hat, y) is None: expected a number",
        ),
        (
            lambda: checked(network(), loss=(lambda *_: math.inf, nn.mean_squared_error_gradient)),
            ValueError,
            "loss(y_hat, y) is inf: expected a finite number",
        ),
        (
            lambda: checked(network(), loss=(nn.mean_squared_error, lambda *_: 1.0)),
            TypeError,
            "loss_gradient(y_hat, y) is 1.0, a float: expected a list",
        ),
        (
            lambda: nn.check_batch_gradients(network(), [X, X], [Y], *SQUARED),
            ValueError,
            "Y has length 1: expected 2, one target for each sample of X",
        ),
        (
            lambda: nn.check_gradients(lambda theta: theta[0], [1.0, 2.0], [1.0]),
            ValueError,
            "the gradient of theta has length 1: expected 2, the length of theta",
        ),
        (
            lambda: nn.check_gradients(lambda _: math.nan, [1.0], [1.0]),
            ValueError,
            "loss(theta) is nan: expected a finite number",
        ),
        (lambda: nn.check_gradients(3, [1.0], [1.0]), TypeError, "loss is 3, an int: expected a function"),
        (lambda: nn.GradientReport([]), ValueError, "entries is empty: expected at least one entry"),
    ],
)
def test_wrong_questions(call, error, message):
    with pytest.raises(error) as caught:
        call()
    assert str(caught.value) == message


def test_reprs():
    report = nn.check_gradients(lambda theta: theta[0] * theta[0], [3.0], [6.0])
    assert repr(report.worst) == "<theta[0]: backward 6, central 6, dual 6, ok>"
    assert repr(report) == f"<GradientReport: 1 entries, 0 wrong, worst {report.worst!r}>"


def test_the_worst_is_the_one_furthest_off():
    report = nn.check_gradients(lambda theta: theta[0] + theta[1] + theta[2], [1.0, 2.0, 3.0], [1.1, 5.0, 1.2])
    assert names(report) == ["theta[0]", "theta[1]", "theta[2]"]
    assert report.worst.name == "theta[1]"
    assert report.worst.error == pytest.approx(0.8)


# ---- h ---------------------------------------------------------------------------------------------------------------


def cubes(**more):
    """Of w³ the central difference is 3w² + h², so it tells which h was taken."""
    return nn.check_gradients(lambda w: w * w * w, 10.0, 300.0, **more).entries[0]


def test_the_step_is_a_part_of_a_large_number(monkeypatch):
    assert cubes(h=1e-2).central == pytest.approx(300.01, abs=1e-9)
    assert nn.check_gradients(lambda w: w * w, 1e6, 2e6).ok
    exact = nn.check_gradients(lambda w: w * w * w, Fraction(1, 2), 1, h=Fraction(1, 10))
    assert exact.worst.central == Fraction(19, 25)
    monkeypatch.setattr(gradient_check._Question, "step", lambda question, shorter: question.h / shorter)
    assert cubes(h=1e-2).central != pytest.approx(300.01, abs=1e-9)


def test_another_h_is_taken_everywhere():
    for check, x, y in ((nn.check_network_gradients, X, Y), (nn.check_batch_gradients, [X], [Y])):
        near, far = (check(network(), x, y, *SQUARED, h=h).entries for h in (6e-6, 1e-2))
        assert near[8].central == pytest.approx(near[8].dual, rel=1e-7)
        assert far[8].central != pytest.approx(far[8].dual, rel=1e-7)


def test_a_loss_in_float32_needs_a_longer_step():
    def loss(w):
        a = nn.tanh(Float32(w[0]) + Float32(2.0) * Float32(w[1]))
        return float(a * a)

    w = [0.25, -0.5]
    a = math.tanh(w[0] + 2 * w[1])
    right = [2 * a * (1 - a * a), 4 * a * (1 - a * a)]
    assert nn.check_gradients(loss, w, right, tolerance=1e-3).wrong
    assert nn.check_gradients(loss, w, right, tolerance=1e-3, h=1 / 128).ok
    assert names(nn.check_gradients(loss, w, [right[0], right[0]], tolerance=1e-3, h=1 / 128)) == ["theta[1]"]
