"""Functions as learners write them: the language beyond index loops, and what once went wrong with it.

`@case(…)` gives a function arguments to be tried with; its cases are among CASES.
"""

import functools
import math

from scalarnn import Layer, Network, Sigmoid, layer_forward, squared_error_gradient, weight_gradient
from tests.tracing.house_style import case

# ---- sums ------------------------------------------------------------------------------------------------------------


@case([1, -2], [3, 4], 5)
@case([0.1, 0.2], [0.3, -0.4], 0.5)
def sum_of_a_generator(x, w, b):
    z = sum(wi * xi for wi, xi in zip(w, x, strict=True)) + b
    return 1 / (1 + math.exp(-z))


@case([1, -2], [3, 4])
def sum_of_a_list(x, w):
    products = [a * b for a, b in zip(x, w, strict=False)]
    z = sum(products)
    y = sum(products, 10) - math.fsum(x)
    return z + y


@case([1.0, 2.0, 4.0])
def mean_and_variance(xs):
    mean = sum(xs) / len(xs)
    var = sum((x - mean) ** 2 for x in xs) / len(xs)
    x_hat = [(x - mean) / math.sqrt(var + 1e-5) for x in xs]
    return x_hat


@case([3, -1, 4])
def chosen(xs):
    total = sum(x for x in xs if x > 0)
    squares = {f"x{i}": x**2 for i, x in enumerate(xs)}
    largest = max(abs(x) for x in xs)
    return total + squares["x0"] + largest + min(xs)


@case([1.0, 2.0], [3.0, 4.0], 0.5)
def a_sum_with_a_name(w, x, b):
    z = b
    for i in range(len(w)):
        z += w[i] * x[i]
    a = 1 / (1 + math.exp(-z))
    return a


@case([1, 2, 3])
def counted(xs):
    count = 0
    total = 0
    for x in xs:
        total += x
        count += 1
    return total / count


# ---- changes in place ------------------------------------------------------------------------------------------------


@case([1.0, 2.0, 3.0], [0.5, 0.25, -1.0], 0.5)
def weights_step(w, g, lr):
    for i in range(len(w)):
        w[i] -= lr * g[i]
    w[0] *= 2
    w[1] /= 4
    return w


@case(1.0, 2.0, 0.5)
def one_weight(w, grad, lr):
    w -= lr * grad
    return w


@case({"w": 0.5, "b": 1.0}, 3.0)
def dict_entries(parameters, x):
    z = parameters["w"] * x + parameters["b"]
    parameters["b"] -= 0.1 * z
    parameters["w"] = parameters["w"] - 0.1 * z * x
    return parameters["w"] + parameters["b"]


class OwnNeuron:
    def __init__(self, w, b):
        self.w = w
        self.b = b

    def forward(self, x):
        self.x = x
        self.z = sum(w * xi for w, xi in zip(self.w, x, strict=True)) + self.b
        return max(0, self.z)

    def step(self, lr, grad):
        for i in range(len(self.w)):
            self.w[i] -= lr * grad * self.x[i]
        self.b -= lr * grad


@case([1.0, -2.0], 2.0, 0.5)
def own_neuron(x, y, lr):
    n = OwnNeuron([0.5, -0.25], 0.125)
    a = n.forward(x)
    loss = (a - y) ** 2
    n.step(lr, 2 * (a - y))
    return loss + n.w[0] + n.b


# ---- helpers ---------------------------------------------------------------------------------------------------------


def squash(x):
    return 1 / (1 + math.exp(-x))


bend = lambda t: t if t > 0 else 0.1 * t  # noqa: E731


@case([0.5, -1.0], [2.0, 1.0], 0.25)
def helpers_with_letters_of_their_own(x, w, b):
    out = squash(w[0] * x[0] + w[1] * x[1] + b)
    d_out = out * (1 - out)
    slope = lambda p: 2 * p  # noqa: E731
    y = slope(d_out) + bend(x[0])
    return y


def loud(function):
    @functools.wraps(function)
    def inner(*arguments):
        return function(*arguments)

    return inner


@loud
def shifted_by_one(x):
    y = x + 1
    return y


@case(3)
def decorated_with_wraps(x):
    z = shifted_by_one(x) * 2
    return z


@case([1.0, 2.0], 0.5)
def mapped_and_reduced(x, k):
    y = list(map(lambda t: t * k, x))  # noqa: C417
    p = functools.reduce(lambda a, b: a * b, y)
    return p + y[0]


@case(10.0, 0.25)
def until_it_is_small(x0, lr):
    x = x0
    while abs(2 * (x - 3)) > 0.5:
        grad = 2 * (x - 3)
        x = x - lr * grad
    return x


@case([1.0, -2.0], 0.5, 0.25)
def named_on_the_way(xs, w, b):
    out = []
    for x in xs:
        if (z := w * x + b) > 0:
            out.append(z)
        else:
            out.append(0.01 * z)
    loss = (err := out[0] - 1.0) ** 2
    return loss + err + out[1]


@case([([0, 1], 1), ([1, 1], 0)])
def pairs(data):
    w = [0.5, -0.5]
    total = 0
    for x, y in data:
        p = w[0] * x[0] + w[1] * x[1]
        err = p - y
        total += err**2
        for i in range(2):
            w[i] -= 0.1 * err * x[i]
    return total + w[0]


@case(2.0)
def mathematics(x):
    a = math.tanh(x) + math.log10(x) + math.log2(x)
    b = abs(x - 3) + math.fabs(-x)
    c = math.floor(x / 3) + math.ceil(x / 3)
    d = 7 // 2 + 7 % 4
    return a + b + c + d + round(x)


# ---- with the package ------------------------------------------------------------------------------------------------


@case()
def literal_inputs():
    x = [3.0, 4.0]
    dL_dz = [0.5]
    dL_dW = weight_gradient(dL_dz, x)
    return dL_dW


@case([1.0, 2.0])
def literal_weights(x):
    W = [[0.5, -1.0], [2.0, 0.25]]
    b = [0.1, -0.2]
    z = layer_forward(x, W, b)
    return z


@case([1.0, 2.0], [1.0])
def literal_layers(x, y):
    hidden = Layer([[0.5, -1.0], [0.25, 2.0]], [0.1, 0.2], Sigmoid())
    out = Layer([[1.0, -1.0]], [0.5])
    a = hidden.forward(x)
    y_hat = out.forward(a)
    dL_da = out.backward(squared_error_gradient(y_hat, y))
    dL_dx = hidden.backward(dL_da)
    return dL_dx


OUTSIDE = Layer([[0.5, -1.0]], [0.1])
BEHIND = Layer([[2.0]], [0.3])


@case([1.0, 2.0])
def layers_from_outside(x):
    a = OUTSIDE.forward(x)
    y_hat = BEHIND.forward(a)
    return y_hat


@case([1.0, 2.0])
def a_network_of_layers(x):
    network = Network([Layer([[0.5, -1.0]], [0.1]), Layer([[2.0]], [0.3])])
    y_hat = network.forward(x)
    network.backward([1.0])
    network.update(0.1)
    return y_hat
