"""More of the language that people write: objects of their own, named tuples, slices, the library, several at once."""

import collections
import functools
import itertools
import math
import operator
import statistics
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from tests.tracing.house_style import case

# ---- objects ---------------------------------------------------------------------------------------------------------


@dataclass
class Cell:
    w: list
    b: float = 0.0

    def __call__(self, x):
        self.x = x
        return math.tanh(sum(w * v for w, v in zip(self.w, x, strict=True)) + self.b)

    def update(self, rate):
        self.w = [w - rate * v for w, v in zip(self.w, self.x, strict=True)]
        self.b = self.b - rate


@case([1.0, 2.0], 0.5)
def an_object_to_be_called(x, y):
    cell = Cell([0.5, -1.0], b=0.25)
    out = cell(x)
    loss = (out - y) ** 2
    cell.update(0.1 * loss)
    return loss + cell.b


class Value:
    """A number that remembers what it was made of."""

    def __init__(self, data):
        self.data = data
        self.grad = 0.0
        self.back = None

    def __add__(self, other):
        out = Value(self.data + other.data)

        def back():
            self.grad += out.grad
            other.grad += out.grad

        out.back = back
        return out

    def __mul__(self, other):
        out = Value(self.data * other.data)

        def back():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.back = back
        return out


def numbers_that_remember(a, b, c):
    va, vb, vc = Value(a), Value(b), Value(c)
    d = va * vb
    e = d + vc
    e.grad = 1.0
    e.back()
    d.back()
    return va.grad + vb.grad + vc.grad


class Step:
    def __init__(self, rate):
        self.rate = rate


class Heavy(Step):
    def __init__(self, rate, beta):
        super().__init__(rate)
        self.beta = beta
        self.v = 0.0

    @property
    def speed(self):
        return self.v * self.beta

    def step(self, w, g):
        self.v = self.speed - self.rate * g
        return w + self.v


@case(1.0, 0.5)
def a_property(w, g):
    heavy = Heavy(0.1, 0.9)
    w = heavy.step(w, g)
    w = heavy.step(w, g / 2)
    return w


class N:
    def __init__(self, w):
        self.w = w

    def out(self, x):
        self.a = sum(w_i * x_i for w_i, x_i in zip(self.w, x, strict=True))
        return self.a


class Row:
    def __init__(self, neurons):
        self.neurons = neurons

    def out(self, x):
        return [n.out(x) for n in self.neurons]


@case([1.0, 2.0])
def neurons_in_rows(x):
    rows = [Row([N([1.0, 2.0]), N([-1.0, 1.0])]), Row([N([3.0, 1.0])])]
    for row in rows:
        x = row.out(x)
    last = rows[1].neurons[0]
    last.w[0] -= 0.1 * rows[0].neurons[0].a
    return x[0] + last.w[0]


class Line(NamedTuple):
    w: float
    b: float


@case(2.0, 1.0)
def a_named_tuple(x, y):
    p = Line(0.5, b=1.0)
    err = p.w * x + p.b - y
    p = p._replace(b=p.b - 0.1 * err)
    return p.w + p.b


# ---- several at once, and in place -----------------------------------------------------------------------------------


@case(3)
def fibonacci(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


@case([[1.0, 2.0], [0.5, 1.0]], [1.0, -1.0])
def made_of_itself(A, v):
    v = [sum(a * c for a, c in zip(row, v, strict=True)) for row in A]
    return v[0] - v[1]


@case([1.0, 2.0, 3.0], 0.1)
def a_whole_slice(xs, lr):
    first, *rest = xs
    xs[:] = [x - lr * first for x in xs]
    xs[1:] = [2 * x for x in rest]
    return sum(xs)


@case([3.0, 4.0])
def a_name_of_the_function_around(xs):
    total = 0.0

    def push(v):
        nonlocal total
        total = total + v * v
        return total

    for x in xs:
        push(x)
    norm = math.sqrt(total)
    return norm


@case([0.5, -2.0], [1.0, 0.0])
def zero_by_choice(z, y):
    a = [z_j if z_j > 0 else 0 for z_j in z]
    d = [2 * (p - t) for p, t in zip(a, y, strict=True)]
    return d[0] + d[1]


@case()
def a_zero_in_a_list():
    x = [0, 3]
    y = [1, 1]
    d = x[0] - y[0]
    return d


@case([[1, 2], [3, 4]], [1, -1])
def entry_by_entry(A, v):
    z = [0] * 2
    for j in range(2):
        for i in range(2):
            z[j] = z[j] + A[j][i] * v[i]
    return z


# ---- the library -----------------------------------------------------------------------------------------------------

ACTIVATIONS = {"sigmoid": (lambda z: 1 / (1 + math.exp(-z)), lambda a: a * (1 - a)), "twice": (lambda z: 2 * z, None)}


@case(2.0, 0.5)
def lambdas_of_a_table(x, w):
    f, df = ACTIVATIONS["sigmoid"]
    a = f(w * x)
    slope = df(a)
    return slope


@case([1.0, 2.0, 4.0], [0.5, 0.25, 3.0])
def words_for_formulas(xs, ws):
    so_far = list(itertools.accumulate(xs))
    prod = functools.reduce(operator.mul, xs, 1)
    dot = sum(map(operator.mul, xs, ws))
    mean = statistics.mean(xs)
    q, r = divmod(7, 3)
    far = math.hypot(xs[0], xs[1]) + math.dist(xs, ws) + operator.neg(r)
    return so_far[-1] + prod + dot + mean + q + far


def dicts_that_begin_at_zero(xs, labels):
    sums = collections.defaultdict(float)
    counts = collections.Counter()
    for x, label in zip(xs, labels, strict=True):
        sums[label] += x
        counts[label] += 1
    means = {label: sums[label] / counts[label] for label in sums}
    return means[0] - means[1]


def power(base, exp):
    return base**exp


@case(2.0)
def a_function_with_an_argument(x):
    square = functools.partial(power, exp=2)
    y = square(x) + power(x, 3)
    return y


@case(3)
def fractions_in_the_code(x):
    w = Fraction(1, 3)
    z = w * x + Fraction(1, 2)
    return z * z


@case([[0.0, 0.5]], [-2.0])
def a_sum_of_minus_zero(W, d):
    g = [sum(W[j][i] * d[j] for j in range(len(d))) for i in range(2)]
    return g
