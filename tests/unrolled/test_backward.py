"""A program's own derivative: against central differences, dual numbers, and the gradients that a hand derives."""

import copy
import math
import random
from fractions import Fraction

import pytest

from scalarnn.dual import Dual
from scalarnn.unrolled import UnrollError, unroll
from tests.unrolled import house_style as h
from tests.unrolled.inputs import CASES, bits
from tests.unrolled.losses import BY_HAND, LOSSES, network_loss, neuron_loss, scores_loss

H = 6e-6
TIMES = 6


def smooth(shapes, seed):
    """Numbers that keep away from kinks."""
    draw = random.Random(seed)

    def made(thing):
        if isinstance(thing, float):
            return draw.choice([-1, 1]) * draw.uniform(0.3, 1.5)
        return [made(entry) for entry in thing]

    return [made(thing) for thing in shapes]


def places(thing, path=()):
    if isinstance(thing, list):
        for i in range(len(thing)):
            yield from places(thing[i], (*path, i))
    else:
        yield path


def at(thing, path):
    for i in path:
        thing = thing[i]
    return thing


def with_one(arguments, path, change):
    """The arguments with one number changed."""
    changed = copy.deepcopy(arguments)
    owner = at(changed, path[:-1])
    owner[path[-1]] = change(owner[path[-1]])
    return changed


EACH = pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: loss.__name__)


@EACH
def test_it_agrees_with_central_differences_and_dual_numbers(loss):
    program = unroll(loss, *LOSSES[loss])
    backward = program.backward("L")
    for seed in range(TIMES):
        arguments = smooth(LOSSES[loss], seed)
        if loss is normalised_loss_or_none():
            arguments[-1] = 0.5
        gradients = list(backward(*copy.deepcopy(arguments)).values())
        for path in places(arguments):
            found = at(gradients, path)
            dual = loss(*with_one(arguments, path, lambda x: Dual(x, 1.0)))
            expected = dual.derivative if isinstance(dual, Dual) else 0.0
            assert abs(found - expected) <= 1e-12 * max(1, abs(expected)), (path, found, expected)
            up = loss(*with_one(arguments, path, lambda x: x + H))
            down = loss(*with_one(arguments, path, lambda x: x - H))
            slope = (up - down) / (2 * H)
            assert abs(found - slope) <= 1e-6 * max(1, abs(slope)), (path, found, slope)


def normalised_loss_or_none():
    return next(loss for loss in LOSSES if loss.__name__ == "normalised_loss")


@pytest.mark.parametrize("loss", BY_HAND, ids=lambda loss: loss.__name__)
def test_it_agrees_with_the_gradients_by_hand(loss):
    by_hand, shapes = BY_HAND[loss]
    backward = unroll(loss, *shapes).backward("L")
    for seed in range(50):
        arguments = smooth(shapes, seed)
        if loss is scores_loss:
            arguments[1] = [0.2, 0.3, 0.5]
        found = backward(*arguments)
        for name, expected in by_hand(*arguments).items():
            for path in places([expected]):
                a, b = at([found[name]], path), at([expected], path)
                assert abs(a - b) <= 1e-14 * max(1, abs(b)), (name, path)


@pytest.mark.parametrize("loss", [neuron_loss, network_loss], ids=lambda loss: loss.__name__)
def test_the_bits_are_those_of_the_hand_where_a_gradient_has_one_term(loss):
    by_hand, shapes = BY_HAND[loss]
    backward = unroll(loss, *shapes).backward("L")
    for seed in range(300):
        arguments = smooth(shapes, seed)
        found, expected = backward(*arguments), by_hand(*arguments)
        for name in expected:
            if name != "dL_dx" or loss is neuron_loss:
                assert bits(positive(found[name])) == bits(positive(expected[name])), (name, seed)


def positive(thing):
    """The sign of a zero behind a shut ReLU hangs on the order: 0 · −2 is −0."""
    return [positive(entry) for entry in thing] if isinstance(thing, list) else float(thing) + 0.0


def functions_of_math(x, y):
    parts = [math.exp(x), math.expm1(y), math.log(abs(x)), math.sqrt(x * x + 1), math.tanh(y), abs(x) ** y, x**3 / y]
    L = sum([part * (k + 1) for k, part in enumerate(parts)]) - (-x) + (+y)
    return L


def test_every_operation_has_its_rule():
    backward = unroll(functions_of_math, 1.0, 1.0).backward("L")
    for seed in range(20):
        x, y = smooth((1.0, 1.0), seed)
        found = backward(x, y)
        slope_x = (functions_of_math(x + H, y) - functions_of_math(x - H, y)) / (2 * H)
        slope_y = (functions_of_math(x, y + H) - functions_of_math(x, y - H)) / (2 * H)
        assert found["dL_dx"] == pytest.approx(slope_x, rel=1e-7, abs=1e-7)
        assert found["dL_dy"] == pytest.approx(slope_y, rel=1e-7, abs=1e-7)


def test_a_gradient_that_is_wrong_is_seen():
    """The twin: a program of another loss has another derivative."""
    backward = unroll(h.neuron_step, *CASES[h.neuron_step]).backward("L")
    arguments = smooth(CASES[h.neuron_step], 3)
    found = backward(*arguments)["dL_dw"]
    wrong = [g * 1.0001 for g in found]
    assert found != wrong
    assert any(abs(a - b) > 1e-12 for a, b in zip(found, wrong, strict=True))


def test_it_is_exact_in_fractions():
    backward = unroll(network_loss, *BY_HAND[network_loss][1]).of_kind("any").backward("L")
    arguments = [[Fraction(1), Fraction(2)], [Fraction(3)], [[1, 2], [-3, 4], [1, -1]], [1, 2, 0], [[1, 2, 3]], [1]]
    found = backward(*arguments)
    expected = BY_HAND[network_loss][0](*arguments)
    assert found == expected
    assert isinstance(found["dL_dW"][0][0], Fraction)


def test_a_half_stays_a_half_of_a_fraction():
    def half_squared(x):
        L = x * x / 2
        return L

    gradient = unroll(half_squared, 1.0).of_kind("any").backward("L")(Fraction(1, 3))
    assert gradient == {"dL_dx": Fraction(1, 3)}
    assert isinstance(gradient["dL_dx"], Fraction)


def test_only_what_is_wanted():
    backward = unroll(network_loss, *BY_HAND[network_loss][1]).backward("L", by="b_out")
    assert list(backward(*smooth(BY_HAND[network_loss][1], 0))) == ["dL_db_out"]
    assert len(backward.lines) < 20


def test_lines_of_the_way_back_lead_to_the_lines_they_differentiate():
    backward = unroll(neuron_loss, *BY_HAND[neuron_loss][1]).backward("L")
    by_name = {line.name: line for line in backward.lines}
    assert by_name["dL_dz"].function is neuron_loss or by_name["dL_dz"].function is h.relu
    assert by_name["dL_dw_0"].function is h.weighted_sum


def test_what_has_no_such_number_is_refused():
    program = unroll(h.neuron_step, *CASES[h.neuron_step])
    with pytest.raises(UnrollError, match=r"neuron_step has no number loss: its numbers are .*L"):
        program.backward("loss")
    with pytest.raises(UnrollError, match="neuron_step has no parameter v"):
        program.backward("L", by="v")
