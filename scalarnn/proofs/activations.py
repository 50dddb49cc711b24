"""Activations: each is what the sources write, its derivative is SymPy's, and no exponential can overflow."""

# mypy: disable-error-code="import-untyped,misc,no-any-return"
from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from sympy import Rational

from scalarnn import activations
from scalarnn.proofs import symbols
from scalarnn.proofs.branches import every_branch, open_branches
from scalarnn.proofs.exact import Exp, exponents
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

SLOPE = symbols.number("slope")


# ---- what each function is -------------------------------------------------------------------------------------------


def _identity(z: Any) -> Any:
    return z


def _relu(z: Any) -> Any:
    return z if z > 0 else 0


def _leaky_relu(z: Any) -> Any:
    return z if z > 0 else SLOPE * z


def _hundredth_leaky_relu(z: Any) -> Any:
    return z if z > 0 else z * Rational(1, 100)


def _sigmoid(z: Any) -> Any:
    return 1 / (1 + Exp(-z))


def _tanh(z: Any) -> Any:
    return (Exp(z) - Exp(-z)) / (Exp(z) + Exp(-z))


def _define(
    function: Callable[..., Any],
    derivative_function: Callable[..., Any],
    formula: Callable[[Any], Any],
    *,
    latex: str,
    derivative_latex: str,
    arguments: tuple[Any, ...] = (),
    name: str = "",
    wrong: list[Wrong],
    wrong_derivative: list[Wrong],
) -> None:
    """Two theorems for an activation: its value on every branch is the formula, and its derivative SymPy's."""
    name = name or function.__name__

    @theorem(
        id=f"activation.{name}",
        statement=f"On every branch, {function.__name__} is what the sources write.",
        latex=latex,
        about=[function],
        refuted=wrong,
    )
    def value(implementation: Any) -> Iterator[Claim]:
        z = symbols.number("z")
        for branch in every_branch(lambda: (shipped(implementation, z, *arguments), stated(lambda: formula(z)))):
            yield claim("a", *branch.value, on=branch)

    @theorem(
        id=f"activation.{name}-derivative",
        statement=f"On every branch, {derivative_function.__name__} is the derivative of {function.__name__}.",
        latex=derivative_latex,
        about=[derivative_function, function],
        refuted=wrong_derivative,
    )
    def slope(implementation: Any) -> Iterator[Claim]:
        z = symbols.number("z")

        def run() -> tuple[Side, Side]:
            return shipped(implementation, z, *arguments), shipped(function, z, *arguments)

        for branch in open_branches(run):
            da_dz, a = branch.value
            yield claim("da/dz", da_dz, derivative(a, z), on=branch)

    THEOREMS.extend([value, slope])


_define(
    activations.identity,
    activations.identity_derivative,
    _identity,
    latex="a = z",
    derivative_latex=r"\frac{da}{dz} = 1",
    wrong=[Wrong("a sign", "a = z", "a = -z")],
    wrong_derivative=[Wrong("the value in the place of the derivative", "da_dz = 1", "da_dz = z")],
)
_define(
    activations.relu,
    activations.relu_derivative,
    _relu,
    latex=r"a = \max(0, z)",
    derivative_latex=r"\frac{da}{dz} = \begin{cases}1 & z > 0\\ 0 & z < 0\end{cases}",
    wrong=[
        Wrong("the smaller of both", "if z > 0", "if z < 0"),
        Wrong("the size of z", "a = 0", "a = -z"),
    ],
    wrong_derivative=[
        Wrong("the gate the wrong way round", "if z > 0", "if z < 0"),
        Wrong("the value in the place of the derivative", "da_dz = 1", "da_dz = z"),
        Wrong("no gate", "da_dz = 0", "da_dz = 1"),
    ],
)
_define(
    activations.leaky_relu,
    activations.leaky_relu_derivative,
    _leaky_relu,
    arguments=(SLOPE,),
    latex=r"a = \begin{cases}z & z > 0\\ \alpha z & z \le 0\end{cases}",
    derivative_latex=r"\frac{da}{dz} = \begin{cases}1 & z > 0\\ \alpha & z < 0\end{cases}",
    wrong=[
        Wrong("the slope on the wrong side", "if z > 0", "if z < 0"),
        Wrong("no leak", "a = _slope(slope, z) * z", "a = 0"),
    ],
    wrong_derivative=[
        Wrong("the slope on the wrong side", "if z > 0", "if z < 0"),
        Wrong("the derivative of ReLU", "da_dz = _slope(slope, z)", "da_dz = 0"),
    ],
)
_define(
    activations.leaky_relu,
    activations.leaky_relu_derivative,
    _hundredth_leaky_relu,
    name="leaky_relu-hundredth",
    latex=r"a = \begin{cases}z & z > 0\\ \frac{z}{100} & z \le 0\end{cases}",
    derivative_latex=r"\frac{da}{dz} = \begin{cases}1 & z > 0\\ \frac1{100} & z < 0\end{cases}",
    wrong=[Wrong("a tenth", "ratio(1, 100", "ratio(1, 10", inside=activations._slope)],
    wrong_derivative=[Wrong("no leak", "da_dz = _slope(slope, z)", "da_dz = 0")],
)
_define(
    activations.sigmoid,
    activations.sigmoid_derivative,
    _sigmoid,
    latex=r"a = \frac{1}{1 + e^{-z}}",
    derivative_latex=r"\frac{da}{dz} = a\,(1 - a)",
    wrong=[
        Wrong("a sign in one branch", "e = exp(-z)", "e = exp(z)"),
        Wrong("a sign in the other branch", "e / (1 + e)", "e / (1 - e)"),
    ],
    wrong_derivative=[
        Wrong("derivative taken at a instead of z", "one_minus_a = sigmoid(-z)", "one_minus_a = sigmoid(-a)"),
        Wrong("a² in the place of a (1 − a)", "da_dz = a * one_minus_a", "da_dz = a * a"),
        Wrong("a sign", "da_dz = a * one_minus_a", "da_dz = -a * one_minus_a"),
    ],
)
_define(
    activations.tanh,
    activations.tanh_derivative,
    _tanh,
    latex=r"a = \frac{e^z - e^{-z}}{e^z + e^{-z}}",
    derivative_latex=r"\frac{da}{dz} = 1 - a^2",
    wrong=[
        Wrong("a sign in one branch", "-d / (2 + d)", "d / (2 + d)"),
        Wrong("sigmoid in the other branch", "d = expm1(2 * z)", "d = expm1(z)"),
    ],
    wrong_derivative=[
        Wrong("sigmoid's derivative at 2z", "4 * e", "e"),
        Wrong("the square forgotten", "((1 + e) * (1 + e))", "(1 + e)"),
        Wrong("the argument halved in one branch", "exp(2 * z)", "exp(z)"),
    ],
)


# ---- second readings of two derivatives ------------------------------------------------------------------------------


@theorem(
    id="activation.sigmoid-derivative-of-a",
    statement="The derivative of sigmoid is a (1 − a).",
    latex=r"\frac{da}{dz} = a\,(1 - a)",
    about=[activations.sigmoid_derivative, activations.sigmoid],
    refuted=[Wrong("a² in the place of a (1 − a)", "da_dz = a * one_minus_a", "da_dz = a * a")],
)
def sigmoid_derivative_in_terms_of_a(implementation: Any) -> Iterator[Claim]:
    z = symbols.number("z")

    def run() -> tuple[Side, Side]:
        return shipped(implementation, z), shipped(activations.sigmoid, z)

    for branch in every_branch(run):
        da_dz, a = branch.value
        yield claim("da/dz", da_dz, Side(a.value * (1 - a.value), a.ran), on=branch)


@theorem(
    id="activation.tanh-derivative-of-a",
    statement="The derivative of tanh is 1 − a².",
    latex=r"\frac{da}{dz} = 1 - a^2",
    about=[activations.tanh_derivative, activations.tanh],
    refuted=[Wrong("the square forgotten", "((1 + e) * (1 + e))", "(1 + e)")],
)
def tanh_derivative_in_terms_of_a(implementation: Any) -> Iterator[Claim]:
    z = symbols.number("z")

    def run() -> tuple[Side, Side]:
        return shipped(implementation, z), shipped(activations.tanh, z)

    for branch in every_branch(run):
        da_dz, a = branch.value
        yield claim("da/dz", da_dz, Side(1 - a.value * a.value, a.ran), on=branch)


# ---- at the kink -----------------------------------------------------------------------------------------------------


def _at_the_kink(derivative_function: Any, function: Any, arguments: tuple[Any, ...], wrong: list[Wrong]) -> None:
    @theorem(
        id=f"activation.{derivative_function.__name__}-at-0".replace("_derivative", "-derivative"),
        statement=f"At z = 0 {derivative_function.__name__} takes the derivative from the left.",
        latex=r"\frac{da}{dz}(0) = \lim_{h \to 0,\, h > 0} \frac{f(0) - f(-h)}{h}",
        about=[derivative_function, function],
        refuted=wrong,
    )
    def kink(implementation: Any) -> Iterator[Claim]:
        h = symbols.number("h")

        def run() -> tuple[Side, Side]:
            def slope_from_the_left() -> Any:
                if h > 0:  # straight on the left, so that the quotient is its own limit
                    return (function(0, *arguments) - function(-h, *arguments)) / h
                return None

            return shipped(implementation, 0, *arguments), stated(slope_from_the_left)

        for branch in open_branches(run):
            at_0, from_the_left = branch.value
            if from_the_left.value is not None:
                yield claim("da/dz at 0", at_0, from_the_left, on=branch)

    THEOREMS.append(kink)


THEOREMS.extend([sigmoid_derivative_in_terms_of_a, tanh_derivative_in_terms_of_a])
_at_the_kink(
    activations.relu_derivative, activations.relu, (), [Wrong("the derivative from the right", "if z > 0", "if z >= 0")]
)
_at_the_kink(
    activations.leaky_relu_derivative,
    activations.leaky_relu,
    (SLOPE,),
    [Wrong("the derivative from the right", "if z > 0", "if z >= 0")],
)


# ---- no overflow -----------------------------------------------------------------------------------------------------


def _cannot_overflow(function: Any, wrong: list[Wrong]) -> None:
    @theorem(
        id=f"activation.{function.__name__}-stable".replace("_derivative", "-derivative"),
        statement=f"On every branch, no exponential in {function.__name__} has an exponent above 0.",
        latex=r"e^u \text{ is computed only for } u \le 0",
        about=[function],
        refuted=wrong,
    )
    def stable(implementation: Any) -> Iterator[Claim]:
        z = symbols.number("z")

        def run() -> tuple[Side, Side]:
            def exponents_of() -> Any:
                with exponents() as seen:
                    implementation(z)
                return seen

            seen = shipped(exponents_of)
            return seen, stated(lambda: [0] * len(seen.value))

        for branch in every_branch(run):
            seen, zeros = branch.value
            yield claim_not_above("exponent", seen, zeros, on=branch)

    THEOREMS.append(stable)


_cannot_overflow(activations.sigmoid, [Wrong("the branches swapped", "if z >= 0", "if z < 0")])
_cannot_overflow(activations.tanh, [Wrong("the branches swapped", "if z >= 0", "if z < 0")])
_cannot_overflow(activations.tanh_derivative, [Wrong("the branches swapped", "if z >= 0", "if z < 0")])


# ---- a whole layer ---------------------------------------------------------------------------------------------------


def _whole_layer(kind: Any, function: Any, arguments: tuple[Any, ...] = (), name: str = "") -> None:
    own = "forward" in vars(kind)  # its own two loops, or those that it shares with the others
    inside = kind if own else activations._Elementwise
    first_for_all = ("a_j = z[j]", "a_j = z[0]") if own else ("f(z[j])", "f(z[0])")

    @theorem(
        id=f"activation.{name or kind.__name__}",
        statement=f"{kind.__name__} is {function.__name__} of each neuron; backward is the derivative of any loss.",
        latex=r"a_j = f(z_j),\quad \frac{\partial L}{\partial z_j} = \frac{\partial L}{\partial a_j}\,f'(z_j)",
        about=[kind, function],
        refuted=[
            Wrong("the derivative twice", "dL_da[j] * da_dz", "(1 + da_dz) * da_dz", inside=inside),
            Wrong("a sign", "dL_da[j] * da_dz", "-dL_da[j] * da_dz", inside=inside),
            Wrong("the first neuron for all", *first_for_all, inside=inside),
        ],
    )
    def layer(implementation: Any) -> Iterator[Claim]:
        z = symbols.vector("z", 2)

        def run() -> Any:
            a = stated(lambda: [function(z_j, *arguments) for z_j in z])
            L, dL_da = symbols.any_loss(a.value, "dL_da")
            activation = implementation(*arguments)
            return (
                shipped(activation.forward, z),
                a,
                shipped(activation.backward, dL_da, z),
                Side(L, a.ran),
            )

        for branch in open_branches(run):
            forward, a, backward, loss = branch.value
            yield claim("a", forward, a, on=branch)
            yield claim("∂L/∂z", backward, derivative(loss, z), on=branch)

    THEOREMS.append(layer)


_whole_layer(activations.Identity, activations.identity)
_whole_layer(activations.ReLU, activations.relu)
_whole_layer(activations.LeakyReLU, activations.leaky_relu, (SLOPE,))
_whole_layer(activations.LeakyReLU, activations.leaky_relu, name="LeakyReLU-hundredth")
_whole_layer(activations.Sigmoid, activations.sigmoid)
_whole_layer(activations.Tanh, activations.tanh)
