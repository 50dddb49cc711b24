"""The package's own functions, its worked examples and its objects, unrolled."""

import copy

import pytest

import scalarnn
from scalarnn import (
    Adam,
    GradientDescent,
    Layer,
    Network,
    ReLU,
    Sigmoid,
    Softmax,
    Tanh,
    adam_step,
    cross_entropy_gradient,
    half_squared_error_gradient,
    layer_forward,
    momentum_step,
    neuron_forward,
    softmax_cross_entropy,
    softmax_cross_entropy_gradient,
)
from scalarnn.unrolled import UnrollError, unroll
from scalarnn.worked import EXAMPLES, load
from scalarnn.worked.homework import arguments
from tests.unrolled.inputs import bits, matrix, outcome, random_arguments, vector

# They make objects that are numbers (dual numbers), or draw their loop out over thousands of lines.
REFUSED = {"002-derivatives": "an object of class Dual, which has slots, is not unrolled"}
LONG = ("003-neuron", "003-layer", "003-layer-float64")


@pytest.mark.parametrize("name", [name for name in EXAMPLES if name not in REFUSED and name not in LONG])
def test_an_example_is_worked_by_its_program(name):
    example = load(name)
    given = arguments(example)
    program = unroll(example.module.work, *given.values(), kind="any")
    found, expected = program(*copy.deepcopy(list(given.values()))), example.module.work(**given)
    assert found
    for key in found:
        if not isinstance(expected[key], dict):
            assert bits(found[key]) == bits(expected[key]), key


@pytest.mark.parametrize("name", LONG)
def test_an_example_of_200_iterations_keeps_its_loop(name):
    example = load(name)
    given = arguments(example)
    program = unroll(example.module.work, *given.values(), keep="iteration")
    found, expected = program(*given.values()), example.module.work(**given)
    assert bits(found["losses"]) == bits(expected["losses"])
    assert bits(found["b"]) == bits(expected["b"])
    assert len(program.lines) < 120


@pytest.mark.parametrize(("name", "says"), REFUSED.items())
def test_an_example_that_is_refused(name, says):
    example = load(name)
    with pytest.raises(UnrollError, match=says):
        unroll(example.module.work, *arguments(example).values())


def test_a_door_is_unrolled_as_the_bare_function_behind_it():
    shapes = vector(2), matrix(3, 2), vector(3)
    assert unroll(scalarnn.layer_forward, *shapes).python() == unroll(layer_forward.__wrapped__, *shapes).python()
    assert "check" not in unroll(neuron_forward, vector(2), vector(2), 1.0).python()


def with_objects(x, y, W, b, W_out, b_out):
    network = Network([Layer(W, b, Tanh()), Layer(W_out, b_out, Sigmoid())])
    y_hat = network.forward(x)
    network.backward(half_squared_error_gradient(y_hat, y))
    network.update(0.5)
    first, last = network.layers
    return y_hat, first.W, first.b, last.W, last.b, first.dL_dx, last.z


def with_a_batch(X, Y, W, b, W_out, b_out):
    network = Network([Layer(W, b, ReLU()), Layer(W_out, b_out, Softmax())])
    Y_hat = network.forward_batch(X)
    network.backward_batch([cross_entropy_gradient(y_hat, y) for y_hat, y in zip(Y_hat, Y, strict=True)])
    network.update(0.1)
    return Y_hat, network.layers[0].W, network.layers[1].b


def with_adam(W, dL_dW, m, v, b):
    W, m, v = adam_step(W, dL_dW, m, v, 3, 0.01)
    W, velocity = momentum_step(W, dL_dW, m, 0.1)
    return W, m, v, velocity, momentum_step(b, b, 0.0, 0.1)


def squares_are_positive(given):
    given[3] = [[abs(x) for x in row] for row in given[3]]
    return given


NETWORK = (matrix(3, 2), vector(3), matrix(2, 3), vector(2))
OF_THE_PACKAGE = [
    (with_objects, (vector(2), vector(2), *NETWORK)),
    (with_adam, (*[matrix(2, 2)] * 4, 1.0)),
    (softmax_cross_entropy_gradient.__wrapped__, (vector(3), vector(3))),
    (softmax_cross_entropy.__wrapped__, (vector(3), vector(3))),
]


@pytest.mark.parametrize(("function", "shapes"), OF_THE_PACKAGE, ids=lambda one: getattr(one, "__name__", ""))
def test_what_uses_the_package_has_the_same_bits(function, shapes):
    program = unroll(function, *shapes)
    compared = 0
    for seed in range(150):
        given = random_arguments(shapes, seed)
        if function is with_adam:
            given = squares_are_positive(given)
        try:
            expected = outcome(function, copy.deepcopy(given))
        except TypeError:
            continue
        if isinstance(expected, str):
            continue  # a door refuses what a program does not look at
        compared += 1
        assert outcome(program, copy.deepcopy(given)) == expected, seed
    assert compared > 50


def test_a_batch_of_objects_agrees_where_nothing_is_infinite():
    shapes = (matrix(3, 2), matrix(3, 2), *NETWORK)
    program = unroll(with_a_batch, *shapes)
    for seed in range(30):
        given = [
            [[0.0 if abs(x) > 1e3 else x for x in row] for row in one]
            if isinstance(one[0], list)
            else [0.0 if abs(x) > 1e3 else x for x in one]
            for one in random_arguments(shapes, seed)
        ]
        given[1] = [[1.0, 0.0], [0.0, 1.0], [0.5, 0.5]]
        expected = outcome(with_a_batch, copy.deepcopy(given))
        if not isinstance(expected, str):
            assert outcome(program, copy.deepcopy(given)) == expected


def test_an_optimizer_that_was_made_outside_is_not_changed():
    optimizer = Adam(0.1)

    def step(W, b):
        network = Network([Layer(W, b)])
        network.forward([1.0])
        network.backward([1.0])
        optimizer.step(network)
        return network.layers[0].W

    with pytest.raises(
        UnrollError, match=r"which (was not made in the run|is neither an argument nor made in the run)"
    ):
        unroll(step, [[1.0]], [1.0])
    assert repr(optimizer) == repr(Adam(0.1))
    assert GradientDescent is not None
