"""What the functions of `house_style` are unrolled for and called with: shapes, and random numbers that test them."""

import random
import struct

from tests.unrolled import house_style as h
from tests.unrolled import more_house_style as g

__all__ = ["CASES", "bits", "outcome", "random_arguments"]

SPECIAL = [0.0, -0.0, 5e-324, -5e-324, 2.2250738585072014e-308, 1.0, -1.0, 0.5, 2.0, 7.0, 1e16, -1e16, 1e154, -1e154]


def vector(n):
    return [1.0] * n


def matrix(rows, columns):
    return [[1.0] * columns for _ in range(rows)]


# Function → arguments of the shapes; ints among them stay what they are.
CASES = {
    h.neuron_step: (vector(3), vector(3), 1.0, 1.0, 0.1),
    h.layer_step: (vector(4), matrix(3, 4), vector(3), 1.0, 0.1),
    h.network_step: (vector(2), vector(1), matrix(3, 2), vector(3), matrix(1, 3), vector(1), 0.1),
    h.xor_epoch: (matrix(4, 2), matrix(4, 1), matrix(2, 2), vector(2), matrix(1, 2), vector(1), 0.1),
    h.softmax_step: (vector(3), vector(3), 2),
    h.momentum_step: (
        vector(2),
        vector(2),
        matrix(3, 2),
        vector(3),
        matrix(2, 3),
        vector(2),
        [matrix(3, 2), matrix(2, 3)],
        0.1,
        0.9,
    ),
    h.rnn_step: (matrix(3, 2), vector(2), matrix(2, 2), matrix(2, 2), vector(2), vector(3)),
    h.attention: (matrix(3, 2), matrix(2, 2), matrix(2, 2), matrix(2, 2)),
    h.batch_normalisation: (matrix(4, 2), vector(2), vector(2), 1.0),
    h.convolution: (vector(7), vector(5), 1.0),
    h.first_above: (vector(4), 1.0),
    h.until_negative: (vector(4),),
    h.else_of_a_loop: (vector(3), 1.0),
    h.two_ways_out: (vector(4), 1.0),
    h.out_of_two_loops: (matrix(3, 2), 1.0),
    h.half_a_side: (1.0, 1.0, 1.0),
    h.nested_ifs: (1.0, 1.0, 1.0),
    h.in_place: (vector(4), 1.0),
    h.same_list_twice: (vector(2),),
    h.counted: (vector(3),),
    h.one_of_each: (vector(3), 1),
    h.with_objects: (vector(2), matrix(2, 2), vector(2)),
    h.with_dict: ({"x": vector(2), "w": vector(2)},),
    h.signs: (1.0, 1.0),
    h.guarded: (1.0, 1.0),
    h.nothing_symbolic: (vector(3),),
    h.power_of_a_rate: (0.1, 0.9, 4),
    g.lstm: (vector(2), vector(2), vector(2), matrix(2, 4), matrix(2, 4), matrix(2, 4), matrix(2, 4), vector(2)),
    g.predicted: (matrix(3, 2), [0, 1, 1], matrix(2, 2), vector(2)),
    g.clipped: (vector(3), 1.0),
    g.pool: (matrix(4, 4), 2),
    g.conv2d: (matrix(4, 4), matrix(2, 2)),
    g.layer_norm: (vector(3), vector(3), vector(3)),
    g.transpose: (matrix(2, 3),),
    g.perceptron: (matrix(3, 2), [1, -1, 1], vector(2), 0.0),
    g.with_dataclass: (vector(2), matrix(2, 2), vector(2)),
    g.with_nested: (1.0, vector(3)),
    g.dropout: (vector(3), [True, False, True], 0.5),
    g.polynomial: (vector(4), 1.0),
    g.huber: (1.0, 1.0),
    g.newton: (1.0, 4),
    g.normal: (vector(4), [0, 1, 1, 0]),
    g.gru_like: (1.0, 1.0),
    g.early: (1.0, 1.0),
    g.matrix_power: (matrix(2, 2), 3),
    g.sort3: (vector(4),),
    g.kmeans: (matrix(3, 2), matrix(2, 2)),
    g.chosen_list: (vector(2), vector(2), 1.0),
    g.chosen_row: (matrix(3, 2), 1.0),
    g.in_a_branch: (matrix(2, 2), 1.0),
}


def random_arguments(shapes, seed):
    """Arguments of the same shapes: plain numbers, or with zeros, or with what is hardest to get right."""
    draw = random.Random(seed)
    hard = draw.choice([0.0, 0.0, 0.2, 0.6])

    def made(thing):
        if isinstance(thing, float):
            if draw.random() < hard:
                return draw.choice(SPECIAL)
            return draw.choice([draw.gauss(0, 1), draw.gauss(0, 1), float(draw.randint(-2, 2)), draw.gauss(0, 30)])
        if isinstance(thing, dict):
            return {key: made(entry) for key, entry in thing.items()}
        if isinstance(thing, list):
            return [made(entry) for entry in thing]
        return thing

    return [made(thing) for thing in shapes]


def bits(thing):
    """A result so that two are equal if and only if every bit is: the sign of a zero, int or float, list or tuple."""
    if isinstance(thing, float):
        return "nan" if thing != thing else struct.pack(">d", thing)
    if isinstance(thing, dict):
        return {key: bits(entry) for key, entry in thing.items()}
    if isinstance(thing, (list, tuple)):
        return type(thing).__name__, [bits(entry) for entry in thing]
    return type(thing).__name__, thing


def outcome(function, arguments):
    """What a call gives, and what it leaves of its arguments; or the class of its error."""
    try:
        result = function(*arguments)
    except (ArithmeticError, ValueError, LookupError) as error:
        return type(error).__name__
    return bits(result), bits(arguments)
