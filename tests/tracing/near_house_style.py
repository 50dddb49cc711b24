"""More functions that the recorder and the writer are tried on: calls, objects, closures, other kinds of number."""

import functools
import math
from fractions import Fraction

import scalarnn as nn
from scalarnn import Layer, Network, Neuron, ReLU, Sigmoid, Softmax
from scalarnn.dual import Dual
from scalarnn.float32 import Float32, round_to_float32
from scalarnn.scalar import exp
from tests.tracing.house_style import case

F = Fraction

# ---- helpers ---------------------------------------------------------------------------------------------------------


def square(x):
    y = x * x
    return y


def square_at_once(x):
    return x * x


def difference(a, b):
    d = a - b
    return d


def squared_difference(a, b):
    d = difference(b, a)
    return square(d)


def shifted(x, *, by=1, times=2):
    z = times * (x + by)
    return z


def dot(x, w):
    s = 0
    for i in range(len(x)):
        s += x[i] * w[i]
    return s


def added(*terms):
    s = 0
    for term in terms:
        s += term
    return s


def both(a, b):
    s = a + b
    d = a - b
    return s, d


def clipped(z):
    if z > 1:
        return 1
    if z < 0:
        return 0
    return z


def factorial(n):
    if n == 0:
        return 1
    smaller = factorial(n - 1)
    return n * smaller


def doubled(x):
    for i in range(len(x)):
        x[i] = 2 * x[i]


def with_local_e(z):
    e = exp(-z)
    a = 1 / (1 + e)
    return a


def negated(a):
    a = -a
    b = a - 1
    return b


def nothing(x):
    pass


# ---- calls -----------------------------------------------------------------------------------------------------------


@case(3, 5)
@case(F(1, 3), F(-2))
@case(0.1, 0.2)
def same_parameter_names(x, y):
    z = square(y)
    v = square(x + 1)
    u = square(square(x))
    t = square_at_once(x - y)
    return z + v + u + t


@case(3, 5)
def crossed(a, b):
    d = difference(b, a)
    c = difference(a=b, b=a)
    e = squared_difference(a, b)
    f = difference(*[a, b])
    return d + c + e + f


@case(3, 5)
def local_names_inside(e, d):
    z = with_local_e(1.0) + e
    y = difference(e, 2) + d
    v = d * e
    return z + y + v


@case(3, 5)
def keywords(x, y):
    z = shifted(x)
    v = shifted(y, by=3)
    u = shifted(x=y, times=x, by=z)
    return z + v + u


@case([1, 2], [3, 4])
def calls_in_formulas(x, w):
    z = dot(x, w) + dot(w, w)
    y = square(dot(x, x)) - square(2)
    v = [dot(x, w), dot(x, x)]
    u = square(x[0]) if z > 0 else square(x[1])
    return z + y + v[1] + u


@case(3, 5)
def unpacked(x, y):
    s, d = both(x, y)
    (p, q) = both(s, d)
    z = s * d + p * q
    return z


@case(2, 3, 4)
def starred(x, y, z):
    s = added(x, y, z)
    t = added(*[x, s])
    u = added()
    return s + t + u


@case(4)
def recursion(n):
    z = factorial(n)
    return z + 1


@case(4)
def fibonacci(n):
    if n < 2:
        return n
    a = fibonacci(n - 1)
    b = fibonacci(n - 2)
    z = a + b
    return z


@case([1, 2], 3)
def changed_by_a_call(x, k):
    y = x[0] * k
    doubled(x)
    z = x[0] * k
    return y + z


@case([1, 2])
def changed_under_another_name(W):
    rows = [W, W]
    doubled(rows[0])
    z = W[1] + rows[1][0]
    return z


@case(4)
def a_parameter_bound_again(a):
    b = negated(a)
    z = a + b
    return z


@case(3)
@case(-3)
@case(0.5)
def early_returns(z):
    a = clipped(z)
    b = clipped(z - 1) + clipped(z + 1)
    return a + b


@case([1.0, 2.0, 0.5])
def softmaxes(z):
    y_hat = nn.softmax(z)
    p = y_hat[0] / y_hat[1]
    L = nn.softmax_cross_entropy(z, [0, 1, 0])
    return p + L


@case(2)
def returns_nothing(x):
    nothing(x)
    z = x + 1
    result = nothing(z)
    return z if result is None else 0


@case([1, 2, 3])
def mapped(x):
    y = list(map(square, x))
    z = [square(x_i) for x_i in x]
    v = [difference(x[i], y[i]) for i in range(3)]
    u = sum(square(x_i) for x_i in x)
    t = sorted(x, key=square_at_once)
    return y[0] + z[2] + v[1] + u + t[0]


@case(3)
def closures(x):
    k = 2

    def times_k(z):
        return z * k

    y = times_k(x)
    k = 5
    v = times_k(x)
    u = (lambda z: z - k)(x)
    return y + v + u


@case([3, 4])
def generators(x):
    def squares():
        for x_i in x:
            y = x_i * x_i
            yield y

    s = 0
    for value in squares():
        s += value
    z = s + 1
    return z


def twice(function):
    @functools.wraps(function)
    def inner(*arguments):
        return 2 * function(*arguments)

    return inner


@twice
def decorated_helper(x):
    z = x + 1
    return z


@functools.cache
def cached(x):
    z = x * 3
    return z


@case(5)
def decorated(x):
    y = decorated_helper(x)
    z = cached(x) + cached(x)
    v = decorated_helper(y) - 1
    return y + z + v


@case(5)
def raises_inside(x):
    try:
        z = fails(x)
    except ValueError:
        z = x * 2
    y = z + 1
    return y


def fails(x):
    y = x * 3
    if y > 10:
        raise ValueError(y)
    return y


@case(5)
def fails_deep_inside(x):
    s = 0
    for k in range(3):
        try:
            y = square(fails(x - k))
            s += y
        except ValueError:
            s -= 1
    z = square(s)
    return z


@case(2.0)
def c_functions(x):
    z = math.exp(x)
    y = math.pow(x, 3)
    v = math.log(x, 2)
    u = math.log(x)
    t = pow(x, 2)
    s = math.sqrt(x) + math.fsum([x, x])
    r = math.floor(x / 3)
    return z + y + v + u + t + s + r


# ---- objects ---------------------------------------------------------------------------------------------------------


class Counter:
    def __init__(self, start):
        self.count = start

    def add(self, step):
        self.count += step
        after = self.count * 2
        return after


class Shifted:
    """Looks like the functions of the package, and is another one."""

    def exp(self, x):
        return x + 1

    def sqrt(self, x):
        y = x * 100
        return y


class Steep:
    def __init__(self, slope):
        self.slope = slope

    def value(self, z):
        a = self.slope * z
        return a

    def all_of(self, z):
        f = self.value
        a = []
        for i in range(len(z)):
            a_i = f(z[i])
            a.append(a_i)
        return a


@case([1, -2], 3)
def a_method_by_another_name(x, slope):
    y = Steep(slope).all_of(x)
    return y


@case(3, 4)
def counter(x, step):
    c = Counter(x)
    z = c.add(step)
    c.count = z - x
    y = c.count + c.add(step)
    c.count += 1
    v = c.count * 2
    return y + v


@case(3)
def functions_of_another_kind(x):
    other = Shifted()
    z = other.exp(x) + 1
    y = other.sqrt(x) - 1
    return z + y


@case(2.0, 3.0)
def shadowed_functions(x, y):
    def exp(z):
        return z * z

    def max(a, b):
        return a - b

    z = exp(x) + 1
    v = max(x, y) * 2
    return z + v


@case([1, 2], [3, 4], 5)
@case([F(1), F(-9)], [F(3), F(4)], F(1, 2))
def a_neuron(x, w, b):
    n = Neuron(w, b, ReLU())
    a = n.forward(x)
    dL_dx = n.backward(2 * a)
    z = dL_dx[0] + n.dL_dw[1] + n.b
    return z


@case([1.0, 2.0], [[3.0, -4.0], [0.5, 0.25]], [0.5, 1.0])
def a_layer(x, W, b):
    hidden = Layer(W, b, Sigmoid())
    a = hidden.forward(x)
    dL_dx = hidden.backward([1, 2])
    hidden.W[0][0] = 7.0
    z = a[0] + dL_dx[1] + hidden.W[0][0]
    return z


@case([1.0, 2.0], [[3.0, -4.0], [0.5, 0.25]], [[1.0, 2.0], [0.0, -1.0]], 0.1)
def a_network(x, W, W_out, learning_rate):
    hidden = Layer(W, [0, 0], ReLU())
    output = Layer(W_out, [0, 0], Softmax())
    network = Network([hidden, output])
    y_hat = network.forward(x)
    dL_dy_hat = nn.cross_entropy_gradient(y_hat, [0, 1])
    dL_dx = network.backward(dL_dy_hat)
    network.update(learning_rate)
    y_hat = network.forward(x)
    return y_hat[0] + dL_dx[0] + hidden.W[0][0]


@case([[1.0, 2.0], [0.5, -1.0]], [[3.0, -4.0], [0.5, 0.25]], [0.5, 1.0])
def a_batch(X, W, b):
    output = Layer(W, b, ReLU())
    A = output.forward_batch(X)
    dLn_dX = output.backward_batch(A)
    z = dLn_dX[0][0] + output.dL_dW[1][0]
    return z


@case([1.0, -2.0, 3.0], [-3.0, -1.0, 2.0], 1.0, 0.0)
@case([F(1), F(-2), F(3)], [F(-3), F(-1), F(2)], F(1), F(0))
def training_step(x, w, b, y):
    for _ in range(3):
        z = nn.neuron_forward(x, w, b)
        a = nn.relu(z)
        L = nn.squared_error([a], [y])
        (dL_da,) = nn.squared_error_gradient([a], [y])
        dL_dz = dL_da * nn.relu_derivative(z)
        dL_dw, dL_db, _dL_dx = nn.neuron_backward(dL_dz, x, w)
        w = nn.gradient_descent_step(w, dL_dw, F(1, 100))
        b = nn.gradient_descent_step(b, dL_db, F(1, 100))
    return L, w, b


# ---- other kinds of number -------------------------------------------------------------------------------------------


@case(Dual(3, 1), 2)
@case(Dual(F(1, 2), 1), F(1, 3))
def dual(x, a):
    z = a * x * x - x / 2
    y = z**2 - (z - x)
    s = 0
    s += y
    s -= x
    v = s + 1
    return v


@case(Float32(0.1), Float32(0.7))
def single_precision(x, y):
    z = x * y + x
    v = z / 3 - y
    s = 0
    for i in range(2):
        s += v * i
        s += z
    return s


@case([0.1, 0.2], [0.3, 0.7])
def rounded(x, w):
    z = round_to_float32(dot(x, w)) + 1
    y = round_to_float32(z)
    return y


@case(True, 2)
def truths(flag, x):
    z = flag * x
    y = flag + x
    v = x if flag else 0
    return z + y + v


@case(1j, 2)
def complex_numbers(i, x):
    z = x + i
    y = z * z
    v = -z
    return y + v


@case(2**70, -(10**30))
def huge_whole_numbers(a, b):
    z = a * b
    y = a - b
    return z + y
