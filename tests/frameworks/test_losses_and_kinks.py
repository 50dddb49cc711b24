"""Losses at their edges and slopes at kinks: what was measured, from the functions here."""

import math

import pytest

from scalarnn import (
    sigmoid_cross_entropy,
    sigmoid_cross_entropy_gradient,
    softmax_cross_entropy,
    softmax_cross_entropy_gradient,
    softmax_cross_entropy_index,
)
from scalarnn.dialects.activations import (
    CELU,
    ELU,
    GELU,
    SELU,
    AtKinks,
    GELUTanh,
    HardSigmoid,
    SiLU,
    SlopedHardSigmoid,
    Softplus,
)
from scalarnn.dialects.distances import hinge, hinge_gradient, huber, huber_gradient
from scalarnn.dialects.losses import (
    clipped_binary_cross_entropy,
    clipped_binary_cross_entropy_gradient,
    kullback_leibler,
    renormalised_cross_entropy,
    renormalised_cross_entropy_gradient,
    smoothed,
    weighted_over_rows,
    weighted_over_weights,
)
from scalarnn.frameworks import frameworks, like

SCORES = [[1.0, 2.0, 3.0], [0.0, 0.0, 0.0]]
EACH = [softmax_cross_entropy_index(z, label) for z, label in zip(SCORES, (0, 2), strict=True)]


def measured(name, what):
    return like(name).figures["losses"][what]


# ---- losses ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("y_hat", "what"), [([0.0], "binary, p = 0, y = 1"), ([1.0], "binary, p = 1, y = 1")])
def test_keras_cuts_probabilities(y_hat, what):
    loss, gradient = measured("keras tensorflow", what)
    assert clipped_binary_cross_entropy(y_hat, [1.0]) == pytest.approx(loss, rel=1e-9)
    assert clipped_binary_cross_entropy_gradient(y_hat, [1.0]) == [gradient]


@pytest.mark.parametrize(("name", "clip"), [("sklearn", 2**-52), ("mxnet", 1e-12)])
def test_others_cut_elsewhere(name, clip):
    assert clipped_binary_cross_entropy([0.0], [1.0], clip) == pytest.approx(
        measured(name, "binary, p = 0, y = 1")[0], rel=1e-12
    )


@pytest.mark.parametrize("name", ["keras tensorflow", "keras jax"])
def test_keras_renormalises(name):
    loss, *gradient = measured(name, "probabilities that sum to 0.6")
    assert renormalised_cross_entropy([0.2, 0.3, 0.1], [1, 0, 0]) == pytest.approx(loss, rel=1e-12)
    assert renormalised_cross_entropy_gradient([0.2, 0.3, 0.1], [1, 0, 0]) == pytest.approx(gradient, rel=1e-12)


@pytest.mark.parametrize("name", ["torch", "keras", "paddle", "mlx", "tinygrad"])
def test_from_scores_nobody_cuts(name):
    loss, gradient = measured(name, "from scores, z = -800, y = 1")
    assert sigmoid_cross_entropy([-800.0], [1.0]) == loss
    assert sigmoid_cross_entropy_gradient([-800.0], [1.0]) == [gradient]


def test_both_divisors_of_class_weights():
    over_weights, over_rows = weighted_over_weights(EACH, [1, 3]), weighted_over_rows(EACH, [1, 3])
    assert over_weights == pytest.approx(measured("torch", "class weights 1, 2, 3")[0], rel=1e-14)
    assert over_weights == pytest.approx(measured("paddle", "class weights 1, 2, 3")[0], rel=1e-14)
    assert over_rows == pytest.approx(measured("torch", "the same, one-hot")[0], rel=1e-14)
    assert over_rows == pytest.approx(measured("keras", "sample weights 1, 3")[0], rel=1e-14)
    assert over_weights != pytest.approx(over_rows)


def test_an_ignored_sample():
    assert weighted_over_weights(EACH, [1, 0]) == pytest.approx(measured("torch", "one of two ignored")[0], rel=1e-14)
    assert weighted_over_rows(EACH, [1, 0]) == pytest.approx(measured("paddle", "one of two ignored")[0], rel=1e-14)
    assert weighted_over_rows(EACH, [1, 0]) == pytest.approx(measured("tinygrad", "one of two ignored")[0], rel=1e-6)


def test_label_smoothing():
    loss, *gradient = measured("torch", "smoothing 0.1")
    targets = [smoothed([1, 0, 0], 0.1), smoothed([0, 0, 1], 0.1)]
    ours = [softmax_cross_entropy(z, y) for z, y in zip(SCORES, targets, strict=True)]
    assert sum(ours) / 2 == pytest.approx(loss, rel=1e-14)
    slopes = [g / 2 for z, y in zip(SCORES, targets, strict=True) for g in softmax_cross_entropy_gradient(z, y)]
    assert slopes == pytest.approx(gradient, abs=1e-15)


def test_huber_hinge_and_kullback_leibler_agree_with_a_difference():
    h = 1e-6
    for loss, gradient, y_hat, y in (
        (huber, huber_gradient, [0.3, -2.5, 4.0], [0.1, 0.0, 0.5]),
        (hinge, hinge_gradient, [0.3, -2.5, 4.0], [1, 1, -1]),
    ):
        slopes = gradient(y_hat, y)
        for i in range(3):
            up, down = ([x + sign * h * (k == i) for k, x in enumerate(y_hat)] for sign in (1, -1))
            assert slopes[i] == pytest.approx((loss(up, y) - loss(down, y)) / (2 * h), rel=1e-6)
    assert kullback_leibler([0.2, 0.8], [0.2, 0.8]) == 0


# ---- kinks -----------------------------------------------------------------------------------------------------------

KINKS = {"relu": 0, "leaky_relu": 0, "elu": 0, "celu": 0, "selu": 0, "hard_sigmoid": 3}
MEASURED = [
    (name, activation)
    for name, framework in frameworks().items()
    for activation, at in KINKS.items()
    if f"{activation}({at})" in framework.figures.get("kinks", {})
]


@pytest.mark.parametrize(("name", "activation"), MEASURED)
def test_an_activation_has_the_slope_that_was_measured(name, activation):
    at = KINKS[activation]
    framework = frameworks()[name]
    chosen = framework.activation(activation)
    expected = framework.figures["kinks"][f"{activation}({at})"]
    assert chosen.derivative(float(at)) == pytest.approx(expected, rel=5e-4)
    assert chosen.backward([1.0, 2.0], [float(at), -1.0])[0] == pytest.approx(expected, rel=5e-4)


def test_the_slope_beside_a_kink_is_untouched():
    chosen = AtKinks(ELU(alpha=2), {0: 0.5})
    assert [chosen.derivative(z) for z in (-1.0, 0.0, 1.0)] == [2 * math.exp(-1), 0.5, 1]
    assert chosen.forward([-1.0, 0.0]) == ELU(alpha=2).forward([-1.0, 0.0])


@pytest.mark.parametrize(
    "activation",
    [ELU(), ELU(2), CELU(3), SELU(), Softplus(), HardSigmoid(), SiLU(), GELU(), GELUTanh(), SlopedHardSigmoid(0.2)],
)
def test_a_slope_is_that_of_a_difference(activation):
    h = 1e-6
    for z in (-4.0, -1.25, 0.5, 2.0, 5.0):
        by_difference = (activation.value(z + h) - activation.value(z - h)) / (2 * h)
        assert activation.derivative(z) == pytest.approx(by_difference, abs=1e-8)


def test_another_activation_is_refused():
    with pytest.raises(ValueError, match="PyTorch has no activation 'reul' here; did you mean 'relu'"):
        like("torch").activation("reul")
