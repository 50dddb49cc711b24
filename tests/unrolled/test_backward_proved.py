"""For all numbers: the derivative of a program is SymPy's, and the one that a hand derives, on every branch."""

import pytest

from scalarnn.proofs import symbols
from scalarnn.proofs.branches import open_branches
from scalarnn.proofs.exact import equal
from scalarnn.unrolled import unroll
from tests.unrolled import house_style, losses
from tests.unrolled.losses import BY_HAND, layer_loss, network_loss, neuron_loss, scores_loss

ARGUMENTS = {
    neuron_loss: [symbols.vector("x", 3), symbols.vector("w", 3), symbols.number("b"), symbols.number("y")],
    layer_loss: [symbols.vector("x", 2), symbols.matrix("W", 3, 2), symbols.vector("b", 3), symbols.vector("g", 3)],
    scores_loss: [symbols.vector("z", 3), symbols.vector("y", 3)],
    network_loss: [
        symbols.vector("x", 2),
        symbols.vector("t", 1),
        symbols.matrix("W", 3, 2),
        symbols.vector("b", 3),
        symbols.matrix("V", 1, 3),
        symbols.vector("c", 1),
    ],
}


@pytest.fixture(autouse=True)
def _house_style_is_asked_by_the_oracle(monkeypatch):
    """The oracle answers comparisons of the package only: for these tests, the functions here count as its own."""
    for module in (house_style, losses):
        monkeypatch.setitem(vars(module), "__name__", "scalarnn.house_style")


def flat(thing):
    return [leaf for entry in thing for leaf in flat(entry)] if isinstance(thing, (list, tuple)) else [thing]


def programs(loss):
    program = unroll(loss, *BY_HAND[loss][1]).of_kind("any")
    return program, program.backward("L")


def is_proved(loss, gradients):
    """Whether gradients are SymPy's derivative of the function itself, on every branch that has an inside."""
    arguments = ARGUMENTS[loss]
    n_branches = 0
    for branch in open_branches(lambda: (loss(*arguments), gradients(*arguments))):
        L, found = branch.value
        n_branches += 1
        for name, parameter in zip(found, arguments, strict=False):
            for symbol, gradient in zip(flat([parameter]), flat([found[name]]), strict=True):
                if not equal(gradient, L.diff(symbol)):
                    return False
    assert n_branches > 0
    return True


@pytest.mark.parametrize("loss", BY_HAND, ids=lambda loss: loss.__name__)
def test_the_derivative_of_the_program_is_the_derivative_of_the_function(loss):
    _, backward = programs(loss)
    assert is_proved(loss, backward)


@pytest.mark.parametrize("loss", BY_HAND, ids=lambda loss: loss.__name__)
def test_it_is_the_gradient_by_hand(loss):
    by_hand, _ = BY_HAND[loss]
    _, backward = programs(loss)
    arguments = ARGUMENTS[loss]
    given = {arguments[1][2]: 1 - arguments[1][0] - arguments[1][1]} if loss is scores_loss else {}
    for branch in open_branches(lambda: (backward(*arguments), by_hand(*arguments))):
        found, expected = branch.value
        for name in expected:
            for a, b in zip(flat([found[name]]), flat([expected[name]]), strict=True):
                assert equal(a, b, given)


def test_the_program_is_the_function_on_symbols():
    for loss in BY_HAND:
        program, _ = programs(loss)
        for branch in open_branches(
            lambda loss=loss, program=program: (loss(*ARGUMENTS[loss]), program(*ARGUMENTS[loss]))
        ):
            assert equal(*branch.value)


def test_a_wrong_derivative_is_refuted():
    _, backward = programs(neuron_loss)

    def wrong(*arguments):
        found = backward(*arguments)
        return {**found, "dL_dw": found["dL_dw"][::-1]}

    assert not is_proved(neuron_loss, wrong)
