"""One neuron, a dense layer, a batch: what they compute, and their gradients for any loss behind them."""

# mypy: disable-error-code="import-untyped,misc,no-any-return"
from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import Any

from sympy import Matrix, Rational

from scalarnn.activations import Identity, LeakyReLU, ReLU, Sigmoid, Tanh
from scalarnn.doors import passes
from scalarnn.layer import (
    Layer,
    _that_add,
    batch_backward,
    batch_backward_sum,
    batch_forward,
    batch_input_gradient,
    batch_parameter_gradients,
    batch_parameter_gradients_sum,
    bias_gradient,
    input_gradient,
    layer_backward,
    layer_forward,
    weight_gradient,
)
from scalarnn.losses import mean_over_samples
from scalarnn.neuron import Neuron, neuron_backward, neuron_forward, weighted_sum
from scalarnn.proofs import symbols
from scalarnn.proofs.branches import open_branches
from scalarnn.proofs.theorem import Claim, Side, Wrong, claim, derivative, shipped, stated, theorem
from scalarnn.softmax import Softmax

__all__ = ["THEOREMS"]

SHAPES = ((1, 1), (3, 1), (1, 2), (2, 3), (4, 3))  # inputs, neurons
BATCHES = ((1, 2, 2), (2, 1, 1), (2, 2, 3), (3, 3, 2))  # samples, inputs, neurons


# ---- a neuron --------------------------------------------------------------------------------------------------------


@theorem(
    id="neuron.weighted-sum",
    statement="The weighted sum is the dot product of weights and inputs.",
    latex=r"s = w \cdot x = \sum_i w_i x_i",
    about=[weighted_sum],
    refuted=[
        Wrong("a sign", "s += w[i] * x[i]", "s -= w[i] * x[i]"),
        Wrong("the first input for all", "w[i] * x[i]", "w[i] * x[0]"),
        Wrong("the last input forgotten", "range(len(x))", "range(len(x) - 1)"),
    ],
)
def weighted_sum_is_dot_product(dot: Any) -> Iterator[Claim]:
    for n in (1, 2, 3, 5):
        x, w = symbols.vector("x", n), symbols.vector("w", n)
        yield claim("s", shipped(dot, x, w), stated(lambda x=x, w=w: Matrix(w).dot(Matrix(x))))


@theorem(
    id="neuron.forward",
    statement="A neuron before its activation is the weighted sum of its inputs plus its bias.",
    latex=r"z = w \cdot x + b",
    about=[neuron_forward, weighted_sum],
    refuted=[Wrong("the bias taken away", "z = s + b", "z = s - b"), Wrong("no bias", "z = s + b", "z = s")],
)
def neuron_is_weighted_sum_plus_bias(forward: Any) -> Iterator[Claim]:
    for n in (1, 2, 3, 5):
        x, w, b = symbols.vector("x", n), symbols.vector("w", n), symbols.number("b")
        yield claim("z", shipped(forward, x, w, b), stated(lambda x=x, w=w, b=b: Matrix(w).dot(Matrix(x)) + b))


@theorem(
    id="neuron.gradients",
    statement="The gradients of a neuron are the derivatives of any loss behind it by w, b and x.",
    latex=r"\frac{\partial L}{\partial w_i} = \frac{\partial L}{\partial z}\,x_i,\quad"
    r"\frac{\partial L}{\partial b} = \frac{\partial L}{\partial z},\quad"
    r"\frac{\partial L}{\partial x_i} = \frac{\partial L}{\partial z}\,w_i",
    about=[neuron_backward, neuron_forward],
    refuted=[
        Wrong("a sign", "dL_dw_i = dL_dz * dz_dw_i", "dL_dw_i = -dL_dz * dz_dw_i"),
        Wrong("w in the place of x", "dz_dw_i = x[i]", "dz_dw_i = w[i]"),
        Wrong("x in the place of w", "dz_dx_i = w[i]", "dz_dx_i = x[i]"),
        Wrong("the bias weighed like an input", "dz_db = 1", "dz_db = x[0]"),
    ],
)
def neuron_gradients(backward: Any) -> Iterator[Claim]:
    for n in (1, 2, 3, 4):
        x, w, b = symbols.vector("x", n), symbols.vector("w", n), symbols.number("b")
        z = shipped(neuron_forward, x, w, b)
        L, (dL_dz,) = symbols.any_loss([z.value])
        loss = Side(L, z.ran)
        gradients = shipped(backward, dL_dz, x, w)
        yield claim("∂L/∂w", gradients[0], derivative(loss, w))
        yield claim("∂L/∂b", gradients[1], derivative(loss, b))
        yield claim("∂L/∂x", gradients[2], derivative(loss, x))


@theorem(
    id="neuron.object",
    statement="A Neuron with any activation computes a = f(z) forward and every gradient backward.",
    latex=r"a = f(w \cdot x + b),\quad \frac{\partial L}{\partial z} = \frac{\partial L}{\partial a}\,f'(z)",
    about=[Neuron, neuron_forward, neuron_backward],
    refuted=[
        Wrong("derivative taken at a instead of z", "self.activation, self.z)", "self.activation, self.a)"),
        Wrong("the activation forgotten backward", "dL_dz = dL_da * da_dz", "dL_dz = dL_da"),
        Wrong("the activation forgotten forward", "value_through(self.activation, z)", "z"),
        Wrong("∂L/∂x and ∂L/∂w mixed up", "dL_dw, dL_db, dL_dx = neuron", "dL_dx, dL_db, dL_dw = neuron"),
        Wrong("the weights of now", "self.x, self._w_used)", "self.x, self.w)"),
        Wrong("z and a mixed up", "list(x), z, a,", "list(x), a, z,"),
        Wrong("shut where there is no activation", "return 1", "return 0", inside=passes.derivative_through),
        Wrong(
            "half the value",
            'activation.value(z), "a"',
            'activation.value(z) / 2, "a"',
            inside=passes.value_through,
        ),
    ],
)
def neuron_object(kind: Any) -> Iterator[Claim]:
    x, w, b = symbols.vector("x", 2), symbols.vector("w", 2), symbols.number("b")
    slope = symbols.number("slope")
    for activation in (None, Identity(), ReLU(), LeakyReLU(slope), Sigmoid(), Tanh()):

        def forward(activation: Any = activation) -> Any:
            z = neuron_forward(x, w, b)
            return z, (z if activation is None else activation.value(z))

        def run(activation: Any = activation) -> tuple[Side, Side, Any]:
            za = stated(forward)
            L, (dL_da,) = symbols.any_loss([za.value[1]])

            def both_ways() -> Any:
                neuron = kind(w, b, activation)
                neuron.out = neuron.forward(x)
                neuron.w[0] = symbols.number(
                    "replaced"
                )  # the backward pass goes through the weights of the forward one
                neuron.back = neuron.backward(dL_da)
                return neuron

            return shipped(both_ways), za, Side(L, za.ran)

        for branch in open_branches(run):
            neuron, za, loss = branch.value
            yield claim("z", neuron["z"], za[0], branch)
            yield claim("a", neuron["a"], za[1], branch)
            yield claim("what forward returns", neuron["out"], za[1], branch)
            yield claim("x", neuron["x"], stated(lambda: x), branch)
            yield claim("∂L/∂z", neuron["dL_dz"], derivative(loss, b), branch)
            yield claim("∂L/∂w", neuron["dL_dw"], derivative(loss, w), branch)
            yield claim("∂L/∂b", neuron["dL_db"], derivative(loss, b), branch)
            yield claim("∂L/∂x", neuron["dL_dx"], derivative(loss, x), branch)
            yield claim("what backward returns", neuron["back"], derivative(loss, x), branch)


# ---- a layer ---------------------------------------------------------------------------------------------------------


def _layer(n_inputs: int, n_neurons: int) -> tuple[Any, Any, Any]:
    x, W = symbols.vector("x", n_inputs), symbols.matrix("W", n_neurons, n_inputs)
    return x, W, symbols.vector("b", n_neurons)


def _loss_of_layer(x: Any, W: Any, b: Any) -> tuple[Side, Any]:
    """Any loss of z = W x + b, and its gradient with respect to z."""
    z = shipped(layer_forward, x, W, b)
    L, dL_dz = symbols.any_loss(z.value)
    return Side(L, z.ran), dL_dz


@theorem(
    id="layer.forward",
    statement="A layer is the matrix product of its weights, a row for each neuron, and its inputs, plus the biases.",
    latex=r"z = W x + b,\quad z_j = \sum_i W_{ji} x_i + b_j",
    about=[layer_forward],
    refuted=[
        Wrong("the first input for all", "s_j += W_j[i] * x[i]", "s_j += W_j[i] * x[0]"),
        Wrong("the first neuron for all", "W_j = W[j]", "W_j = W[0]"),
        Wrong("one bias for all", "s_j + b[j]", "s_j + b[0]"),
        Wrong("the sum not begun anew", "s_j = 0\n", "s_j = z[-1] if z else 0\n"),
    ],
)
def layer_is_matrix_product(forward: Any) -> Iterator[Claim]:
    for shape in SHAPES:
        x, W, b = _layer(*shape)
        yield claim(
            "z", shipped(forward, x, W, b), stated(lambda x=x, W=W, b=b: list(Matrix(W) * Matrix(x) + Matrix(b)))
        )


@theorem(
    id="layer.weight-gradient",
    statement="The gradient of the weights is the outer product of the gradients of z and the inputs.",
    latex=r"\frac{\partial L}{\partial W_{ji}} = \frac{\partial L}{\partial z_j}\,x_i",
    about=[weight_gradient, layer_forward],
    refuted=[
        Wrong("a sign", "dL_dw = dL_dz_j * dz_dw", "dL_dw = -dL_dz_j * dz_dw"),
        Wrong("transposed", "return dL_dW", "return [list(column) for column in zip(*dL_dW)]"),
        Wrong("the same row for every neuron", "dL_dz_j = dL_dz[j]", "dL_dz_j = dL_dz[0]"),
    ],
)
def weight_gradient_is_derivative(gradient: Any) -> Iterator[Claim]:
    for shape in SHAPES:
        x, W, b = _layer(*shape)
        loss, dL_dz = _loss_of_layer(x, W, b)
        yield claim("∂L/∂W", shipped(gradient, dL_dz, x), derivative(loss, W))


@theorem(
    id="layer.bias-gradient",
    statement="The gradient of the biases is the gradient of z.",
    latex=r"\frac{\partial L}{\partial b_j} = \frac{\partial L}{\partial z_j}",
    about=[bias_gradient, layer_forward],
    refuted=[
        Wrong("a sign", "dL_dz[j] * dz_db_j", "-dL_dz[j] * dz_db_j"),
        Wrong("the first neuron for all", "dL_dz[j] * dz_db_j", "dL_dz[0] * dz_db_j"),
    ],
)
def bias_gradient_is_derivative(gradient: Any) -> Iterator[Claim]:
    for shape in SHAPES:
        x, W, b = _layer(*shape)
        loss, dL_dz = _loss_of_layer(x, W, b)
        yield claim("∂L/∂b", shipped(gradient, dL_dz), derivative(loss, b))


@theorem(
    id="layer.input-gradient",
    statement="The gradient of an input sums over all neurons that it feeds.",
    latex=r"\frac{\partial L}{\partial x_i} = \sum_j \frac{\partial L}{\partial z_j}\,W_{ji}",
    about=[input_gradient, layer_forward],
    refuted=[
        Wrong("the last neuron only", "dL_dx[i] += dL_dz_j * dz_dx", "dL_dx[i] = dL_dz_j * dz_dx"),
        Wrong("a sign", "dL_dx[i] += dL_dz_j", "dL_dx[i] -= dL_dz_j"),
        Wrong("one gradient for all neurons", "dL_dz_j = dL_dz[j]", "dL_dz_j = dL_dz[0]"),
        Wrong("the column index mixed up", "dz_dx = W_j[i]", "dz_dx = W_j[-1 - i]"),
    ],
)
def input_gradient_is_derivative(gradient: Any) -> Iterator[Claim]:
    for shape in SHAPES:
        x, W, b = _layer(*shape)
        loss, dL_dz = _loss_of_layer(x, W, b)
        yield claim("∂L/∂x", shipped(gradient, dL_dz, W), derivative(loss, x))


@theorem(
    id="layer.gradients",
    statement="The three gradients of a layer are the derivatives of any loss behind it by W, b and x.",
    latex=r"\frac{\partial L}{\partial W} = \delta\,x^{\mathsf T},\quad \frac{\partial L}{\partial b} = \delta,\quad"
    r"\frac{\partial L}{\partial x} = W^{\mathsf T}\delta,\quad \delta = \frac{\partial L}{\partial z}",
    about=[layer_backward, weight_gradient, bias_gradient, input_gradient, layer_forward],
    refuted=[
        Wrong("the outer product the wrong way round", "weight_gradient(dL_dz, x)", "weight_gradient(x, dL_dz)"),
        Wrong("the order of results mixed up", "return dL_dW, dL_db, dL_dx", "return dL_dW, dL_dx, dL_db"),
        Wrong("the gradient of b scaled", "bias_gradient(dL_dz)", "bias_gradient([2 * g for g in dL_dz])"),
    ],
)
def layer_gradients(backward: Any) -> Iterator[Claim]:
    for shape in SHAPES:
        x, W, b = _layer(*shape)
        loss, dL_dz = _loss_of_layer(x, W, b)
        gradients = shipped(backward, dL_dz, x, W)
        yield claim("∂L/∂W", gradients[0], derivative(loss, W))
        yield claim("∂L/∂b", gradients[1], derivative(loss, b))
        yield claim("∂L/∂x", gradients[2], derivative(loss, x))


# ---- a batch ---------------------------------------------------------------------------------------------------------


def _batch(n_samples: int, n_inputs: int, n_neurons: int) -> tuple[Any, Any, Any]:
    X = symbols.matrix("X", n_samples, n_inputs)
    return X, symbols.matrix("W", n_neurons, n_inputs), symbols.vector("b", n_neurons)


def _losses_of_batch(X: Any, W: Any, b: Any) -> tuple[Side, Any]:
    """Any loss Lₙ of each sample, another one for each, and dLn_dZ."""
    Z = shipped(batch_forward, X, W, b)
    losses, dLn_dZ = [], []
    for n in range(len(X)):
        L_n, dL_n_dz = symbols.any_loss(Z.value[n], f"dL{n}_dz")
        losses.append(L_n)
        dLn_dZ.append(dL_n_dz)
    return Side(losses, Z.ran), dLn_dZ


@theorem(
    id="batch.forward",
    statement="A batch, a row for each sample, goes through a layer as a product with the transposed weights.",
    latex=r"Z = X W^{\mathsf T} + b,\quad z_{nj} = \sum_i W_{ji} x_{ni} + b_j",
    about=[batch_forward, layer_forward],
    refuted=[
        Wrong("the first sample for all", "x_n = X[n]", "x_n = X[0]"),
        Wrong("no bias", "s_nj + b[j]", "s_nj"),
        Wrong("the first neuron for all", "W_j = W[j]", "W_j = W[0]"),
        Wrong("the samples reversed", "Z.append(z_n)", "Z.insert(0, z_n)"),
        Wrong("all but a 0.0 left out", "value != 0:", "value == 0:", inside=_that_add),
        Wrong(
            "a number other than a float left out", "type(value) is not float or", "type(value) is float and", _that_add
        ),
    ],
)
def batch_is_matrix_product(forward: Any) -> Iterator[Claim]:
    for shape in BATCHES:
        X, W, b = _batch(*shape)

        def by_matrices(X: Any = X, W: Any = W, b: Any = b) -> Any:
            return (Matrix(X) * Matrix(W).T + Matrix([b] * len(X))).tolist()

        yield claim("Z", shipped(forward, X, W, b), stated(by_matrices))
    x, w, b = symbols.vector("x", 2), symbols.matrix("w", 2, 2), symbols.vector("b", 2)
    X, W = [[0.0, x[0]], [x[1], -1.5], [-1.5, 0.0], [0.0, 0.0]], [[2.0, w[0][1]], w[1]]
    yield claim(
        "Z where 0.0 is left out", shipped(forward, X, W, b), stated(lambda: [layer_forward(x, W, b) for x in X])
    )


@theorem(
    id="batch.skipped",
    statement="Where the other factors are floats, a sum that leaves out every 0.0 is the whole sum; a number of "
    "another kind takes part, 0 too, and where the other factors are of another kind, or every number is 0.0, all do.",
    latex=r"\sum_{i:\,x_i \ne 0} W_{ji} x_i = \sum_i W_{ji} x_i",
    about=[_that_add],
    refuted=[
        Wrong("what is below 0 left out", "value != 0:", "value > 0:"),
        Wrong("all but a 0.0 left out", "value != 0:", "value == 0:"),
        Wrong("a 0 of another kind left out", "type(value) is not float or ", ""),
        Wrong("whatever the other factors are", "if type(factors[0][0]) is not float:", "if False:"),
        Wrong(
            "the last left out",
            "adding = []\n    for i in range(len(values))",
            "adding = []\n    for i in range(len(values) - 1)",
        ),
        Wrong("none where every number is 0.0", " or range(len(values))", ""),
    ],
)
def what_adds_nothing_is_left_out(taking_part: Any) -> Iterator[Claim]:
    for values in product((0.0, -0.0, 1.5, -2.0), repeat=2):
        factors = symbols.vector("w", 2)
        part = shipped(lambda v=values, w=factors: sum(w[i] * v[i] for i in taking_part(v, [[0.5, 0.5]])))
        yield claim("the sum", part, stated(lambda v=values, w=factors: sum(w[i] * v[i] for i in range(2))))
    yield claim("0.0 alone", shipped(lambda: list(taking_part([0.0, -0.0], [[0.5, 0.5]]))), stated(lambda: [0, 1]))
    kinds = [0, 0.0, Fraction(0), 2.0, symbols.number("x")]
    yield claim("other kinds", shipped(lambda: list(taking_part(kinds, [[0.5] * 5]))), stated(lambda: [0, 2, 3, 4]))
    for factor in (1, Fraction(1, 2), symbols.number("w")):
        everything = shipped(lambda factor=factor: list(taking_part(kinds, [[factor] * 5])))
        yield claim("other kinds of factors", everything, stated(lambda: [0, 1, 2, 3, 4]))


def _batch_gradients(backward: Any, total: Any) -> Iterator[Claim]:
    for shape in BATCHES:
        X, W, b = _batch(*shape)
        losses, dLn_dZ = _losses_of_batch(X, W, b)
        loss = Side(total(losses.value), losses.ran)
        gradients = shipped(backward, dLn_dZ, X, W)
        yield claim("∂L/∂W", gradients[0], derivative(loss, W))
        yield claim("∂L/∂b", gradients[1], derivative(loss, b))
        for n in range(len(X)):
            yield claim(f"∂L{n}/∂x{n}", gradients[2][n], derivative(losses[n], X[n]))


_OF_PARAMETERS = batch_parameter_gradients_sum


@theorem(
    id="batch.gradients-sum",
    statement="For the summed loss of a batch the gradients of W and b sum over samples; each sample keeps its ∂L/∂x.",
    latex=r"L = \sum_n L_n:\quad \frac{\partial L}{\partial W_{ji}} = \sum_n \frac{\partial L_n}{\partial z_{nj}}\,"
    r"x_{ni},\quad \frac{\partial L}{\partial b_j} = \sum_n \frac{\partial L_n}{\partial z_{nj}}",
    about=[batch_backward_sum, batch_parameter_gradients_sum, batch_input_gradient, batch_forward],
    refuted=[
        Wrong("the last sample only", "dL_dW_j[i] += dLn", "dL_dW_j[i] = dLn", inside=_OF_PARAMETERS),
        Wrong("the bias of the last sample only", "dL_db[j] += dLn", "dL_db[j] = dLn", inside=_OF_PARAMETERS),
        Wrong("the inputs of the first sample", "x_n = X[n]", "x_n = X[0]", inside=_OF_PARAMETERS),
        Wrong("the gradients of the first sample", "dLn_dz = dLn_dZ[n]", "dLn_dz = dLn_dZ[0]", inside=_OF_PARAMETERS),
        Wrong("the first neuron for all", "dL_dW_j = dL_dW[j]", "dL_dW_j = dL_dW[0]", inside=_OF_PARAMETERS),
        Wrong("∂L/∂x of the last neuron only", "dLn_dx[i] += dLn", "dLn_dx[i] = dLn", inside=batch_input_gradient),
        Wrong("∂L/∂x without a weight", "dLn_dz_j * W_j[i]", "dLn_dz_j", inside=batch_input_gradient),
        Wrong("∂L/∂x of the first sample", "dLn_dz = dLn_dZ[n]", "dLn_dz = dLn_dZ[0]", inside=batch_input_gradient),
    ],
)
def batch_gradients_of_the_sum(backward: Any) -> Iterator[Claim]:
    yield from _batch_gradients(backward, sum)


@theorem(
    id="batch.gradients-mean",
    statement="For the mean loss of a batch the gradients of W and b are averaged; each sample keeps its ∂L/∂x.",
    latex=r"L = \frac1N\sum_n L_n:\quad \frac{\partial L}{\partial W_{ji}} = \frac1N\sum_n "
    r"\frac{\partial L_n}{\partial z_{nj}}\,x_{ni},\quad "
    r"\frac{\partial L}{\partial b_j} = \frac1N\sum_n \frac{\partial L_n}{\partial z_{nj}}",
    about=[batch_backward, batch_parameter_gradients, batch_forward, mean_over_samples],
    refuted=[
        Wrong("no 1/N for W", "sum_dW_j[i] / N", "sum_dW_j[i]", inside=batch_parameter_gradients),
        Wrong("no 1/N for b", "sum_db[j] / N", "sum_db[j]", inside=batch_parameter_gradients),
        Wrong("N counts inputs", "N = len(X)", "N = len(X[0])", inside=batch_parameter_gradients),
        Wrong("1/N for ∂L/∂x too", "dL_db, dLn_dX\n", "dL_db, [[g / len(X) for g in row] for row in dLn_dX]\n"),
    ],
)
def batch_gradients_of_the_mean(backward: Any) -> Iterator[Claim]:
    yield from _batch_gradients(backward, mean_over_samples)


@theorem(
    id="batch.mean",
    statement="The loss of a batch is the sum of its samples' losses divided by how many they are.",
    latex=r"L = \frac1N \sum_n L_n",
    about=[mean_over_samples],
    refuted=[
        Wrong("no 1/N", "L = total / len(L_n)", "L = total"),
        Wrong("a sign", "total += L_n[n]", "total -= L_n[n]"),
    ],
)
def mean_is_sum_over_count(mean: Any) -> Iterator[Claim]:
    for n in (1, 2, 3, 5):
        losses = symbols.vector("L", n)
        yield claim("L", shipped(mean, losses), stated(lambda n=n, losses=losses: Rational(1, n) * sum(losses)))


# ---- a layer that remembers ------------------------------------------------------------------------------------------


@theorem(
    id="layer.object",
    statement="A Layer with any activation computes a = f(W x + b) forward and every gradient backward.",
    latex=r"a = f(W x + b),\quad \frac{\partial L}{\partial z_i} = \sum_j \frac{\partial L}{\partial a_j}\,"
    r"\frac{\partial a_j}{\partial z_i}",
    about=[Layer, layer_forward, layer_backward],
    refuted=[
        Wrong("derivative taken at a instead of z", "activation, dL_da, self.z)", "activation, dL_da, self.a)"),
        Wrong("the activation forgotten backward", "layer_backward(dL_dz, self.x", "layer_backward(dL_da, self.x"),
        Wrong("the activation forgotten forward", "forward_through(self.activation, z)", "z"),
        Wrong("the weights of now", "self.x, self._W_used)", "self.x, self.W)"),
        Wrong("z and a mixed up", "list(x), z, a,", "list(x), a, z,"),
        Wrong("shut where there is no activation", "list(dL_da)", "[0] * len(dL_da)", inside=passes.backward_through),
        Wrong(
            "in reverse",
            "activation.forward(z), len",
            "activation.forward(z)[::-1], len",
            inside=passes.forward_through,
        ),
        Wrong(
            "the gradient of the bias of ∂L/∂a", "bias_gradient(dL_dz)", "bias_gradient(x[:1])", inside=layer_backward
        ),
    ],
)
def layer_object(kind: Any) -> Iterator[Claim]:
    slope = symbols.number("slope")
    for activation in (None, ReLU(), LeakyReLU(slope), Sigmoid(), Tanh(), Softmax()):
        for n_inputs, n_neurons in ((2, 2), (1, 3)) if activation is None else ((2, 2),):
            x, W, b = _layer(n_inputs, n_neurons)

            def forward(activation: Any = activation, x: Any = x, W: Any = W, b: Any = b) -> Any:
                z = layer_forward(x, W, b)
                return z, (z if activation is None else activation.forward(z))

            def run(activation: Any = activation, forward: Any = forward, x: Any = x, W: Any = W, b: Any = b) -> Any:
                za = stated(forward)
                L, dL_da = symbols.any_loss(za.value[1])

                def both_ways() -> Any:
                    layer = kind(W, b, activation)
                    layer.out = layer.forward(x)
                    layer.W[0][0] = symbols.number("replaced")
                    layer.back = layer.backward(dL_da)
                    return layer

                return shipped(both_ways), za, Side(L, za.ran)

            for branch in open_branches(run):
                layer, za, loss = branch.value
                yield claim("z", layer["z"], za[0], branch)
                yield claim("a", layer["a"], za[1], branch)
                yield claim("what forward returns", layer["out"], za[1], branch)
                yield claim("x", layer["x"], stated(lambda x=x: x), branch)
                yield claim("∂L/∂z", layer["dL_dz"], derivative(loss, b), branch)
                yield claim("∂L/∂W", layer["dL_dW"], derivative(loss, W), branch)
                yield claim("∂L/∂b", layer["dL_db"], derivative(loss, b), branch)
                yield claim("∂L/∂x", layer["dL_dx"], derivative(loss, x), branch)
                yield claim("what backward returns", layer["back"], derivative(loss, x), branch)


@theorem(
    id="layer.object-batch",
    statement="A Layer takes a batch: forward sample by sample, backward with the gradients of the mean loss.",
    latex=r"A = f(X W^{\mathsf T} + b),\quad L = \frac1N\sum_n L_n",
    about=[Layer, batch_forward, batch_backward, mean_over_samples],
    refuted=[
        Wrong("derivative taken at a instead of z", "dLn_dA[n], self.Z[n])", "dLn_dA[n], self.A[n])"),
        Wrong("the z of the first sample", "dLn_dA[n], self.Z[n])", "dLn_dA[n], self.Z[0])"),
        Wrong("summed, not averaged", "batch_parameter_gradients(dLn_dZ", "batch_parameter_gradients_sum(dLn_dZ"),
        Wrong("the weights of now", "dLn_dZ, self._W_used)", "dLn_dZ, self.W)"),
        Wrong("Z and A mixed up", "Z, A, None,", "A, Z, None,"),
        Wrong("the way to the inputs left out", "if to_inputs else", "if not to_inputs else"),
    ],
)
def layer_object_with_batch(kind: Any) -> Iterator[Claim]:
    for activation in (None, ReLU(), Sigmoid()):
        X, W, b = _batch(2, 3, 2) if activation is None else _batch(2, 1, 2)

        def forward(activation: Any = activation, X: Any = X, W: Any = W, b: Any = b) -> Any:
            Z = batch_forward(X, W, b)
            return Z, [z if activation is None else activation.forward(z) for z in Z]

        def run(activation: Any = activation, forward: Any = forward, X: Any = X, W: Any = W, b: Any = b) -> Any:
            za = stated(forward)
            per_sample = [symbols.any_loss(za.value[1][n], f"dL{n}_da") for n in range(len(X))]
            losses = Side([L for L, _ in per_sample], za.ran)

            def both_ways() -> Any:
                layer = kind(W, b, activation)
                layer.out = layer.forward_batch(X)
                layer.W[0][0] = symbols.number("replaced")
                layer.back = layer.backward_batch([dL_da for _, dL_da in per_sample])
                return layer

            return shipped(both_ways), za, losses, Side(mean_over_samples(losses.value), za.ran)

        for branch in open_branches(run):
            layer, za, losses, loss = branch.value
            yield claim("Z", layer["Z"], za[0], branch)
            yield claim("A", layer["A"], za[1], branch)
            yield claim("what forward_batch returns", layer["out"], za[1], branch)
            yield claim("X", layer["X"], stated(lambda X=X: X), branch)
            yield claim("∂L/∂W", layer["dL_dW"], derivative(loss, W), branch)
            yield claim("∂L/∂b", layer["dL_db"], derivative(loss, b), branch)
            per_sample = Side([derivative(losses[n], X[n]).value for n in range(len(X))], losses.ran)
            yield claim("∂Lₙ/∂xₙ", layer["dLn_dX"], per_sample, branch)
            yield claim("what backward_batch returns", layer["back"], per_sample, branch)
            # ∂Lₙ/∂zₙ is what a bias of sample n alone would get: N times its share of the mean.
            through_z = [[sum(dLn_dz[j] for dLn_dz in layer.value.dLn_dZ) / len(X)] for j in range(len(b))]
            yield claim("Σₙ ∂Lₙ/∂zₙ / N", Side(through_z, layer.ran), derivative(loss, [[b_j] for b_j in b]), branch)


THEOREMS = [
    weighted_sum_is_dot_product,
    neuron_is_weighted_sum_plus_bias,
    neuron_gradients,
    neuron_object,
    layer_is_matrix_product,
    weight_gradient_is_derivative,
    bias_gradient_is_derivative,
    input_gradient_is_derivative,
    layer_gradients,
    batch_is_matrix_product,
    what_adds_nothing_is_left_out,
    batch_gradients_of_the_sum,
    batch_gradients_of_the_mean,
    mean_is_sum_over_count,
    layer_object,
    layer_object_with_batch,
]
