"""Losses and activations by a package's name for them give its digits: every one, every course."""

import math

import pytest

from scalarnn import GradientDescent, Softmax, dense_network
from scalarnn.dialects.named_loss import LOSSES, NamedLoss
from scalarnn.frameworks import frameworks, like
from scalarnn.frameworks.courses import LOSS_COURSES, courses_of
from scalarnn.training import evaluate, train
from tests.frameworks.comparing import apart

AT = LOSS_COURSES["activations"]["at"]
ACTIVATIONS = [
    pytest.param(framework, name, id=f"{package} {name}")
    for package, framework in frameworks().items()
    for name in framework.figures.get("activations", {})
]
OF_LOSSES = [
    pytest.param(framework, name, id=f"{package} {name}")
    for package, framework in frameworks().items()
    for name in framework.losses
]


def ours_of(loss, given):
    """L and ∂L/∂ŷ; NaN where there is no number to be had."""
    target = given["y"].index(1.0) if loss.takes == "a class" else given["y"]
    try:
        return [loss.value(given["y_hat"], target), *loss.gradient(given["y_hat"], target)]
    except ZeroDivisionError:
        return [math.nan] * (1 + len(given["y_hat"]))


def far_apart(loss, framework, name, course):
    entry = framework.data["losses"][name]
    return apart(ours_of(loss, courses_of(entry)[course]), framework.figures["loss"][name][course])


@pytest.mark.parametrize(("framework", "name"), OF_LOSSES)
def test_a_loss_and_its_gradient_are_equal_or_it_is_said_why_not(framework, name):
    entry, loss = framework.data["losses"][name], framework.loss(name)
    assert set(framework.figures["loss"][name]) == set(courses_of(entry))
    found = {course: far_apart(loss, framework, name, course) for course in courses_of(entry)}
    differs, few = entry.get("differs", {}), "seven_digits" in entry or not framework.data["float64"]
    assert all(found.pop(course) > 1e-6 for course in differs)
    assert max(found.values()) <= (2e-7 if few else 1e-12)
    assert "seven_digits" not in entry or max(found.values()) > 1e-12


@pytest.mark.parametrize(("framework", "name"), ACTIVATIONS)
def test_an_activation_and_its_slope_are_equal_or_it_is_said_why_not(framework, name):
    chosen = framework.activation(name)
    ours = [chosen.value(z) for z in AT] + [chosen.derivative(z) for z in AT]
    distance = apart(ours, framework.figures["activations"][name])
    said = name in framework.data.get("seven_digits", {})
    assert distance <= (2e-7 if said or not framework.data["float64"] else 1e-12)
    assert not said or distance > 1e-12


@pytest.mark.parametrize(
    ("package", "name", "course", "spoilt"),
    [
        ("keras", "CategoricalCrossentropy", "edge", {"clip": 1e-8}),
        ("keras", "BinaryCrossentropy label_smoothing", "plain", {"smoothing": 0.11}),
        ("keras", "Hinge", "at_margin", {"at_margin": 0}),
        ("keras jax", "MeanAbsoluteError", "ties", {"at_tie": 0}),
        ("torch", "BCELoss", "edge", {"least": 1e-11}),
        ("torch", "HuberLoss", "plain", {"delta": 2}),
        ("tfjs", "logLoss", "edge", {"clip": 1e-8}),
    ],
)
def test_another_setting_is_seen(package, name, course, spoilt):
    framework = like(package)
    assert far_apart(framework.loss(name, **spoilt), framework, name, course) > 2e-7


def test_every_loss_of_the_dialects_is_used_or_is_of_the_book():
    used = {entry["rule"] for one in frameworks().values() for entry in one.data.get("losses", {}).values()}
    left = {name for name in set(LOSSES) - used if LOSSES[name][0].__module__.startswith("scalarnn.dialects")}
    assert left == {"clipped_classes_cross_entropy", "huber", "kullback_leibler"}  # of `000`, and sums


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: like("keras").loss("CategoricalCrossEntropi"), "has no 'CategoricalCrossEntropi' here; did you mean"),
        (lambda: like("torch").activation("gleu"), "PyTorch has no activation 'gleu' here; did you mean 'gelu'"),
        (lambda: like("sklearn").activation("gelu"), "scikit-learn has no activation 'gelu'"),
        (lambda: NamedLoss("hinje"), "rule is 'hinje': expected a loss; did you mean 'hinge'"),
        (lambda: NamedLoss("hinge", "a number"), "takes is 'a number': expected one of numbers"),
        (lambda: NamedLoss("hinge", clip=1), "clip is no setting of hinge; did you mean|clip is no setting of hinge"),
    ],
)
def test_another_name_is_refused_in_words(ask, message):
    with pytest.raises((TypeError, ValueError), match=message):
        ask()


def test_names_are_found_however_they_are_spelt():
    assert repr(like("torch").activation("LeakyReLU")) == "LeakyReLU(slope=0.01)"
    assert repr(like("keras").activation("hard-sigmoid")) == "AtKinks(HardSigmoid(), {3: 0.0})"
    assert repr(like("torch").activation("SWISH")) == "SiLU()"
    assert like("keras").loss("hinge").rule == "hinge"


# ---- and train takes them --------------------------------------------------------------------------------------------

TARGETS = {
    "numbers": [[1.0, 0.5], [0.0, -1.0]],
    "answers": [[1.0, 0.0], [0.0, 1.0]],
    "margins": [[1.0, -1.0], [-1.0, 1.0]],
    "a distribution": [[1.0, 0.0], [0.0, 1.0]],
    "a class": [0, 1],
}


@pytest.mark.parametrize(("framework", "name"), OF_LOSSES)
def test_a_network_learns_with_it(framework, name):
    loss = framework.loss(name)
    end = loss.ends() if loss.ends and not loss.from_scores else None
    network = framework.network([2, 3, 2], [framework.activation("tanh"), end], seed=1)
    X, targets = [[1.0, 2.0], [-1.0, 0.5]], TARGETS[loss.takes]
    before, _ = evaluate(network, X, targets, loss)
    history = train(network, X, targets, GradientDescent(0.05), loss=loss, epochs=20, seed=0)
    assert history.epochs[-1].loss < before
    assert (history.epochs[-1].accuracy is None) == (loss.takes in ("numbers", "margins"))


def test_a_loss_of_scores_wants_no_activation_and_one_of_probabilities_wants_one():
    X, Y = [[1.0]], [[1.0, 0.0]]
    with pytest.raises(ValueError, match=r"softmax_cross_entropy has a softmax of its own: give it no activation"):
        train(
            dense_network([1, 2], [Softmax()]), X, [0], GradientDescent(1), loss=like("torch").loss("CrossEntropyLoss")
        )
    with pytest.raises(ValueError, match=r"renormalised_cross_entropy takes probabilities: give it Softmax\(\)"):
        train(
            dense_network([1, 2], [None]), X, Y, GradientDescent(1), loss=like("keras").loss("CategoricalCrossentropy")
        )
    with pytest.raises(TypeError, match="loss is a type: expected its name"):
        train(dense_network([1, 2], [None]), X, Y, GradientDescent(1), loss=NamedLoss)
