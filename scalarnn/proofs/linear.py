"""Linear layers collapse into one, and the conventions of the sources translate into each other."""

# mypy: disable-error-code="import-untyped,misc,no-any-return"
from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sympy import Matrix, Rational

from scalarnn import layouts, losses
from scalarnn.activations import Identity
from scalarnn.labels import one_hot, predicted_class
from scalarnn.layer import (
    batch_backward,
    batch_backward_sum,
    batch_forward,
    batch_parameter_gradients,
    layer_forward,
    weight_gradient,
)
from scalarnn.network import network_forward
from scalarnn.proofs import symbols
from scalarnn.proofs.branches import every_branch
from scalarnn.proofs.theorem import (
    Claim,
    Side,
    Theorem,
    Wrong,
    claim,
    claim_not_above,
    derivative,
    shipped,
    stated,
    theorem,
)

__all__ = ["THEOREMS"]

THEOREMS: list[Theorem] = []


# ---- linear layers collapse ------------------------------------------------------------------------------------------


@theorem(
    id="linear.collapse",
    statement="However many linear layers are stacked, without activations they are one linear layer.",
    latex=r"W_{\text{out}}(W_{\text{in}} x + b_{\text{in}}) + b_{\text{out}} = "
    r"(W_{\text{out}} W_{\text{in}})\,x + (W_{\text{out}} b_{\text{in}} + b_{\text{out}})",
    about=[network_forward, layer_forward, Identity],
    refuted=[
        Wrong(
            "an activation that is not linear",
            "a = forward_through(activations[layer], z)",
            "a = [z_j * z_j for z_j in z]",
        ),
        Wrong(
            "the biases of the first layer forgotten",
            "Ws[layer], bs[layer])\n        a",
            "Ws[layer], [0] * len(bs[layer]))\n        a",
        ),
    ],
)
def linear_layers_collapse(forward: Any) -> Iterator[Claim]:
    for sizes in ((2, 3, 1), (2, 2, 2), (1, 2, 3, 2)):
        x = symbols.vector("x", sizes[0])
        Ws = [symbols.matrix(f"W{k}", sizes[k], sizes[k - 1]) for k in range(1, len(sizes))]
        bs = [symbols.vector(f"b{k}", sizes[k]) for k in range(1, len(sizes))]

        def one_layer(x: Any = x, Ws: Any = Ws, bs: Any = bs) -> Any:
            W_new, b_new = Matrix(Ws[0]), Matrix(bs[0])
            for W_out, b_out in zip(Ws[1:], bs[1:], strict=True):
                W_new = Matrix(W_out) * W_new
                b_new = Matrix(W_out) * b_new + Matrix(b_out)
            return layer_forward(x, W_new.tolist(), list(b_new))

        xs = shipped(lambda x=x, Ws=Ws, bs=bs: forward(x, Ws, bs, [Identity()] * len(Ws))[0])
        yield claim("ŷ", xs[len(sizes) - 1], stated(one_layer))


# ---- the two layouts -------------------------------------------------------------------------------------------------


def _define_transpose(function: Any, letter: str) -> None:
    @theorem(
        id=f"layout.{function.__name__.replace('_', '-')}",
        statement=f"{function.__name__} transposes, and a second transposition gives the matrix back.",
        latex=rf"({letter}^{{\mathsf T}})_{{ij}} = {letter}_{{ji}},\quad "
        rf"({letter}^{{\mathsf T}})^{{\mathsf T}} = {letter}",
        about=[function],
        refuted=[
            Wrong("not transposed", "A[j][i]", "A[0][i]", inside=layouts._transposed),
            Wrong("a sign", "A[j][i]", "-A[j][i]", inside=layouts._transposed),
            Wrong("the rows reversed", "A_T.append(A_T_i)", "A_T.insert(0, A_T_i)", inside=layouts._transposed),
        ],
    )
    def transposes(implementation: Any) -> Iterator[Claim]:
        for shape in ((2, 3), (1, 3), (3, 1), (2, 2)):
            A = symbols.matrix(letter, *shape)
            yield claim("the transpose", shipped(implementation, A), stated(lambda A=A: Matrix(A).T.tolist()))
            yield claim("twice", shipped(lambda A=A: implementation(implementation(A))), stated(lambda A=A: A))

    THEOREMS.append(transposes)


for _function, _letter in (
    (layouts.transpose, "A"),
    (layouts.weights_from_inputs_by_neurons, "W"),
    (layouts.weights_to_inputs_by_neurons, "W"),
    (layouts.samples_from_columns, "X"),
    (layouts.samples_to_columns, "X"),
):
    _define_transpose(_function, _letter)


@theorem(
    id="layout.weights",
    statement="Weights with a column for each neuron: x W + b is what this package computes with their transpose, and "
    "the gradient is the transpose of its gradient.",
    latex=r"x\,W + b = W'x + b \text{ with } W' = W^{\mathsf T},\quad "
    r"\frac{\partial L}{\partial W} = \Bigl(\frac{\partial L}{\partial W'}\Bigr)^{\mathsf T}",
    about=[
        layouts.weights_from_inputs_by_neurons,
        layouts.weights_to_inputs_by_neurons,
        layer_forward,
        weight_gradient,
    ],
    refuted=[Wrong("not transposed", "_transposed(W)", "[list(row) for row in W]")],
)
def weight_layouts(convert: Any) -> Iterator[Claim]:
    for n in (2, 3):
        x, W, b = symbols.vector("x", n), symbols.matrix("W", n, n), symbols.vector("b", n)
        z = shipped(lambda x=x, W=W, b=b: layer_forward(x, convert(W), b))
        yield claim("z", z, stated(lambda x=x, W=W, b=b: list(Matrix([x]) * Matrix(W) + Matrix([b]))))
        L, dL_dz = symbols.any_loss(z.value)

        def their_gradient(x: Any = x, dL_dz: Any = dL_dz) -> Any:
            return layouts.weights_to_inputs_by_neurons(weight_gradient(dL_dz, x))

        slope = derivative(Side(L, z.ran), W)
        yield claim("∂L/∂W", slope, stated(their_gradient))


@theorem(
    id="layout.samples",
    statement="Samples as columns: W X + b is the transpose of what this package computes from samples as rows.",
    latex=r"W X + b = \bigl(X^{\mathsf T} W^{\mathsf T} + b\bigr)^{\mathsf T}",
    about=[layouts.samples_from_columns, layouts.samples_to_columns, batch_forward],
    refuted=[Wrong("not transposed", "_transposed(X)", "[list(row) for row in X]")],
)
def sample_layouts(convert: Any) -> Iterator[Claim]:
    for n in (2, 3):
        X, W, b = symbols.matrix("X", n, n), symbols.matrix("W", n, n), symbols.vector("b", n)

        def with_columns(X: Any = X, W: Any = W, b: Any = b, n: int = n) -> Any:
            return (Matrix(W) * Matrix(X) + Matrix([[b_j] * n for b_j in b])).tolist()

        z = shipped(lambda X=X, W=W, b=b: layouts.samples_to_columns(batch_forward(convert(X), W, b)))
        yield claim("Z", z, stated(with_columns))


THEOREMS[:0] = [linear_layers_collapse]
THEOREMS += [weight_layouts, sample_layouts]


# ---- ½, mean and sum -------------------------------------------------------------------------------------------------


def _define_scaling(function: Any, factor: Any, of: Any, words: str, latex: str) -> None:
    """One convention is another, times a number; so is its gradient."""

    @theorem(
        id=f"convention.{function.__name__.replace('_', '-')}",
        statement=f"{function.__name__} is {words} {of.__name__}.",
        latex=latex,
        about=[function, of],
        refuted=[Wrong("the squared error forgotten", "d = y_hat[i] - y[i]", "d = 1")],
    )
    def scaling(implementation: Any) -> Iterator[Claim]:
        for n in (1, 2, 3):
            y_hat, y = symbols.vector("y_hat", n), symbols.vector("y", n)

            def scaled(y_hat: Any = y_hat, y: Any = y, n: int = n) -> Any:
                value = of(y_hat, y)
                return [factor(n) * v for v in value] if isinstance(value, list) else factor(n) * value

            yield claim("scaled", shipped(implementation, y_hat, y), stated(scaled))

    THEOREMS.append(scaling)


def _half(_: int) -> Any:
    return Rational(1, 2)


def _one_over_n(n: int) -> Any:
    return Rational(1, n)


def _one_over_two_n(n: int) -> Any:
    return Rational(1, 2 * n)


for _name, _factor, _words, _symbol in (
    ("half_squared_error", _half, "half", r"\tfrac12"),
    ("mean_squared_error", _one_over_n, "one n-th of", r"\tfrac1n"),
    ("half_mean_squared_error", _one_over_two_n, "one 2n-th of", r"\tfrac1{2n}"),
):
    _define_scaling(
        getattr(losses, _name), _factor, losses.squared_error, _words, rf"{_symbol} \sum_i (\hat y_i - y_i)^2"
    )
    _define_scaling(
        getattr(losses, f"{_name}_gradient"),
        _factor,
        losses.squared_error_gradient,
        _words,
        rf"\frac{{\partial L}}{{\partial \hat y_i}} = {_symbol} \cdot 2 (\hat y_i - y_i)",
    )


@theorem(
    id="convention.batch-mean",
    statement="The mean over a batch has one N-th of the gradients of the sum; ∂L/∂x of each sample is the same.",
    latex=r"\frac{\partial}{\partial W} \frac1N \sum_n L_n = \frac1N \frac{\partial}{\partial W} \sum_n L_n",
    about=[batch_backward, batch_backward_sum],
    refuted=[
        Wrong("W not divided", "sum_dW_j[i] / N", "sum_dW_j[i]", inside=batch_parameter_gradients),
        Wrong("b not divided", "sum_db[j] / N", "sum_db[j]", inside=batch_parameter_gradients),
    ],
)
def mean_is_one_nth_of_sum(implementation: Any) -> Iterator[Claim]:
    for N in (1, 2, 3):
        X, W, dLn_dZ = symbols.matrix("X", N, 2), symbols.matrix("W", 2, 2), symbols.matrix("dLn_dZ", N, 2)

        def divided(X: Any = X, W: Any = W, dLn_dZ: Any = dLn_dZ, N: int = N) -> Any:
            dL_dW, dL_db, dLn_dX = batch_backward_sum(dLn_dZ, X, W)
            return [[g * Rational(1, N) for g in row] for row in dL_dW], [g * Rational(1, N) for g in dL_db], dLn_dX

        yield claim("∂L/∂W, ∂L/∂b, ∂Lₙ/∂X", shipped(implementation, dLn_dZ, X, W), stated(divided))


THEOREMS.append(mean_is_one_nth_of_sum)


# ---- labels ----------------------------------------------------------------------------------------------------------


@theorem(
    id="label.one-hot",
    statement="A one-hot label is a row of the unit matrix.",
    latex=r"y_k = [k = \text{label}]",
    about=[one_hot],
    refuted=[Wrong("the class before", "k == label", "k == label - 1"), Wrong("a sign", "y_k = 1", "y_k = -1")],
)
def one_hot_is_unit_row(implementation: Any) -> Iterator[Claim]:
    for n in (1, 2, 3, 5):
        for label in range(n):
            yield claim(
                "y",
                shipped(implementation, label, n),
                stated(lambda label=label, n=n: Matrix.eye(n).row(label).tolist()[0]),
            )


@theorem(
    id="label.predicted-class",
    statement="On every branch no class has a larger output than the predicted one, the first of equals.",
    latex=r"\hat y_k \le \hat y_{\text{predicted}},\quad \text{the first such class}",
    about=[predicted_class],
    refuted=[
        Wrong("the smallest", "y_hat[k] > y_hat[best]", "y_hat[k] < y_hat[best]"),
        Wrong("the last class", "best = k", "best = len(y_hat) - 1"),
        Wrong("the last of equals", "y_hat[k] > y_hat[best]", "y_hat[k] >= y_hat[best]"),
    ],
)
def predicted_class_is_largest(implementation: Any) -> Iterator[Claim]:
    for n in (1, 2, 3, 4):
        y_hat = symbols.vector("y_hat", n)
        for branch in every_branch(lambda y_hat=y_hat: shipped(implementation, y_hat)):
            best = branch.value
            excess = Side([y_hat[k] - y_hat[best.value] for k in range(n)], best.ran)
            yield claim_not_above("ŷ − ŷ of the predicted class", excess, stated(lambda n=n: [0] * n), on=branch)
        yield claim("the first of equals", shipped(implementation, [y_hat[0]] * n), stated(lambda: 0))


THEOREMS += [one_hot_is_unit_row, predicted_class_is_largest]
