"""Penalties: each value is its formula, each gradient SymPy's derivative of it, each object adds both up."""

# mypy: disable-error-code="import-untyped,misc,no-any-return"
from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from sympy import Rational

from scalarnn.layer import Layer
from scalarnn.learning import penalties
from scalarnn.learning.carrying import sum_of
from scalarnn.learning.gradient_descent import gradient_descent_step
from scalarnn.learning.penalties import _Penalty
from scalarnn.network import Network
from scalarnn.proofs import symbols
from scalarnn.proofs.branches import every_branch, open_branches
from scalarnn.proofs.methods import ETA, entrance, first_for_all
from scalarnn.proofs.theorem import Claim, Side, Theorem, Wrong, claim, derivative, shipped, stated, theorem

__all__ = ["THEOREMS"]

THEOREMS: list[Theorem] = []

LAMBDA = symbols.number("lambda")


# ---- helpers ---------------------------------------------------------------------------------------------------------


def _weights() -> dict[str, Any]:
    return {
        "a number": symbols.number("theta"),
        "a vector": symbols.vector("theta", 2),
        "a matrix": symbols.matrix("theta", 2, 1),
        "a tuple of tuples, through the door": tuple(tuple(row) for row in symbols.matrix("theta", 1, 2)),
        "a number and a vector": [symbols.number("theta"), symbols.vector("theta", 2)],
        "a vector with a 0": [symbols.number("theta"), 0],
    }


def _numbers(theta: Any) -> list[Any]:
    if not isinstance(theta, (list, tuple)):
        return [theta]
    return [number for entry in theta for number in _numbers(entry)]


def _penalty_object(kind: Any, penalty: Callable[..., Any], name: str, wrong: list[Wrong]) -> Theorem:
    """An object sums a penalty over a network and adds its gradient."""

    @theorem(
        id=f"penalty.{name}-object",
        statement=f"{kind.__name__} sums {penalty.__name__} over every W of a network, and adds its gradient to that "
        "of any loss; biases are left alone.",
        latex=r"\frac{\partial}{\partial W}\Bigl(L + \sum_{\text{layers}} \text{penalty}(W)\Bigr)",
        about=[kind, penalty, Network],
        refuted=wrong,
    )
    def object_adds_it(implementation: Any) -> Iterator[Claim]:
        n, m = (2, 1) if kind is penalties.L1Penalty else (2, 2)  # each weight of |w| makes two branches
        x = symbols.vector("x", n)
        Ws, bs = (
            [symbols.matrix("V", m, n), symbols.matrix("W", 1, m)],
            [symbols.vector("a", m), symbols.vector("b", 1)],
        )

        def run() -> tuple[Side, ...]:
            network = Network([Layer(Ws[k], bs[k]) for k in range(2)])
            L, dL_dy_hat = symbols.any_loss(network.forward(x))
            network.backward(dL_dy_hat)

            def with_penalty() -> Any:
                penalty_object = implementation(LAMBDA)
                cost = penalty_object.value(network)
                penalty_object.add_gradient(network)
                return cost, [layer.dL_dW for layer in network.layers], [layer.dL_db for layer in network.layers]

            added = shipped(with_penalty)
            cost = stated(lambda: penalty(Ws[0], LAMBDA) + penalty(Ws[1], LAMBDA))
            return added, cost, Side(L + cost.value, cost.ran)

        for branch in open_branches(run):
            added, cost, L = branch.value
            yield claim("the penalty", added[0], cost, on=branch)
            for k in range(2):
                yield claim(f"∂L/∂W of layer {k}", added[1][k], derivative(L, Ws[k]), on=branch)
                yield claim(f"∂L/∂b of layer {k}", added[2][k], derivative(L, bs[k]), on=branch)

    return object_adds_it


def _define_penalty(
    penalty: Callable[..., Any],
    gradient: Callable[..., Any],
    kind: Any,
    formula: Callable[[list[Any]], Any],
    *,
    name: str,
    latex: str,
    gradient_latex: str,
    wrong: list[Wrong],
    wrong_gradient: list[Wrong],
    wrong_object: list[Wrong],
) -> None:
    """Three theorems: the value is the formula, the gradient SymPy's derivative of it, the object adds both up."""

    @theorem(
        id=f"penalty.{name}",
        statement=f"{penalty.__name__} is what its name says, for every number of θ, whatever its shape.",
        latex=latex,
        about=[penalty],
        refuted=wrong,
    )
    def value(implementation: Any) -> Iterator[Claim]:
        for shape, theta in _weights().items():

            def run(theta: Any = theta) -> tuple[Side, Side]:
                L = shipped(entrance(implementation, theta), theta, LAMBDA)
                return L, stated(lambda: LAMBDA * formula(_numbers(theta)))

            for branch in open_branches(run):
                yield claim(f"L of {shape}", *branch.value, on=branch)

    @theorem(
        id=f"penalty.{name}-gradient",
        statement=f"{gradient.__name__} is the derivative of {penalty.__name__} by every number of θ, and 0 where θ "
        "is 0.",
        latex=gradient_latex,
        about=[gradient, penalty],
        refuted=wrong_gradient,
    )
    def slope(implementation: Any) -> Iterator[Claim]:
        for shape, theta in _weights().items():
            if shape == "a vector with a 0":
                continue

            def run(theta: Any = theta) -> tuple[Side, Side]:
                dL_dtheta = shipped(entrance(implementation, theta), theta, LAMBDA)
                return dL_dtheta, shipped(entrance(penalty, theta), theta, LAMBDA)

            for branch in open_branches(run):
                dL_dtheta, L = branch.value
                yield claim(f"∂L/∂θ of {shape}", dL_dtheta, derivative(L, theta), on=branch)
        for kink in every_branch(lambda: shipped(implementation, [0, symbols.number("theta")], LAMBDA)):
            yield claim("∂L/∂θ at 0", kink.value[0], stated(lambda: 0), on=kink)

    THEOREMS.extend([value, slope, _penalty_object(kind, penalty, name, wrong_object)])


_TAKEN_AWAY = Wrong("taken away", "dL_dtheta + dP_dtheta", "dL_dtheta - dP_dtheta", inside=penalties.total_gradient)
_IN_PLACE = Wrong("in place of the loss", "dL_dtheta + dP_dtheta", "dP_dtheta", inside=penalties.total_gradient)
_LAST_LAYER = Wrong("the last layer only", "L += self._value", "L = self._value", inside=_Penalty)

_define_penalty(
    penalties.l1_penalty,
    penalties.l1_penalty_gradient,
    penalties.L1Penalty,
    lambda theta: sum(t if t >= 0 else -t for t in theta),
    name="l1",
    latex=r"L = \lambda \sum_i |\theta_i|",
    gradient_latex=r"\frac{\partial L}{\partial \theta_i} = \begin{cases}\lambda & \theta_i > 0\\ -\lambda & "
    r"\theta_i < 0\\ 0 & \theta_i = 0\end{cases}",
    wrong=[
        Wrong("signed", "-theta", "theta", inside=penalties._size),
        Wrong("λ forgotten", "strength * total", "total"),
        Wrong("squares", "_size", "_square"),
        Wrong("the largest only", "total += ", "total = ", inside=sum_of),
    ],
    wrong_gradient=[
        Wrong("a sign", "dL_dtheta = -strength", "dL_dtheta = strength"),
        Wrong("in proportion to θ", "dL_dtheta = strength", "dL_dtheta = strength * theta"),
        Wrong("a push at 0", "theta > 0", "theta >= 0"),
        Wrong("a push down at 0", "theta < 0", "theta <= 0"),
        first_for_all("the first sign for all"),
    ],
    wrong_object=[
        _TAKEN_AWAY,
        _IN_PLACE,
        _LAST_LAYER,
        Wrong("squares", "(l1_penalty)", "(l2_penalty)"),
        Wrong("the gradient of squares", "(l1_penalty_gradient)", "(l2_penalty_gradient)"),
    ],
)
_define_penalty(
    penalties.l2_penalty,
    penalties.l2_penalty_gradient,
    penalties.L2Penalty,
    lambda theta: sum(t**2 for t in theta),
    name="l2",
    latex=r"L = \lambda \sum_i \theta_i^2",
    gradient_latex=r"\frac{\partial L}{\partial \theta_i} = 2\,\lambda\,\theta_i",
    wrong=[
        Wrong("½ too", "strength * total", "strength * total / 2"),
        Wrong("λ forgotten", "strength * total", "total"),
        Wrong("λ squared", "strength * total", "strength * strength * total"),
        Wrong("not squared", "theta * theta", "theta", inside=penalties._square),
        Wrong("the last only", "total += ", "total = ", inside=sum_of),
    ],
    wrong_gradient=[
        Wrong("the 2 forgotten", "2 * strength", "strength"),
        Wrong("a sign", "2 * strength", "-2 * strength"),
        Wrong("λ forgotten", "2 * strength * theta", "2 * theta"),
        first_for_all("the first weight for all"),
    ],
    wrong_object=[
        _TAKEN_AWAY,
        _IN_PLACE,
        _LAST_LAYER,
        Wrong("the value with ½", "(l2_penalty)", "(half_l2_penalty)"),
        Wrong("the gradient with ½", "(l2_penalty_gradient)", "(half_l2_penalty_gradient)"),
    ],
)
_define_penalty(
    penalties.half_l2_penalty,
    penalties.half_l2_penalty_gradient,
    penalties.HalfL2Penalty,
    lambda theta: Rational(1, 2) * sum(t**2 for t in theta),
    name="half-l2",
    latex=r"L = \tfrac12\,\lambda \sum_i \theta_i^2",
    gradient_latex=r"\frac{\partial L}{\partial \theta_i} = \lambda\,\theta_i",
    wrong=[
        Wrong("the ½ forgotten", "total / 2", "total"),
        Wrong("λ forgotten", "strength * total", "total"),
        Wrong("not squared", "theta * theta", "theta", inside=penalties._square),
    ],
    wrong_gradient=[
        Wrong("the gradient without ½", "dL_dtheta = strength", "dL_dtheta = 2 * strength"),
        Wrong("a sign", "dL_dtheta = strength", "dL_dtheta = -strength"),
        Wrong("λ forgotten", "strength * theta", "theta"),
        first_for_all("the first weight for all"),
    ],
    wrong_object=[
        _TAKEN_AWAY,
        _IN_PLACE,
        _LAST_LAYER,
        Wrong("the value without ½", "(half_l2_penalty)", "(l2_penalty)"),
        Wrong("the gradient without ½", "(half_l2_penalty_gradient)", "(l2_penalty_gradient)"),
    ],
)


@theorem(
    id="penalty.weight-decay",
    statement="With the half-squared penalty each step of gradient descent leaves 1 − η λ of every weight; with the "
    "squared one of half the strength, too.",
    latex=r"\theta - \eta\,\lambda\,\theta = (1 - \eta\lambda)\,\theta",
    about=[penalties.half_l2_penalty_gradient, penalties.l2_penalty_gradient, gradient_descent_step],
    refuted=[
        Wrong("the gradient without ½", "dL_dtheta = strength", "dL_dtheta = 2 * strength"),
        Wrong("growing", "dL_dtheta = strength", "dL_dtheta = -strength"),
    ],
)
def weights_decay(gradient: Any) -> Iterator[Claim]:
    theta = symbols.vector("theta", 2)
    after = shipped(lambda: gradient_descent_step(theta, gradient(theta, LAMBDA), ETA))
    yield claim("θ after", after, stated(lambda: [(1 - ETA * LAMBDA) * t for t in theta]))
    squared = stated(lambda: penalties.l2_penalty_gradient(theta, LAMBDA / 2))
    yield claim("∂L/∂θ", shipped(gradient, theta, LAMBDA), squared)


@theorem(
    id="penalty.half",
    statement="The half-squared penalty is the squared one of half the strength.",
    latex=r"\tfrac12\,\lambda \sum_i \theta_i^2 = \tfrac{\lambda}{2} \sum_i \theta_i^2",
    about=[penalties.half_l2_penalty, penalties.l2_penalty],
    refuted=[
        Wrong("the ½ forgotten", "total / 2", "total"),
        Wrong("a mean", "total / 2", "total / len(theta)"),
    ],
)
def half_of_the_strength(penalty: Any) -> Iterator[Claim]:
    for n in (1, 2, 3):
        theta = symbols.vector("theta", n)
        squared = stated(lambda theta=theta: penalties.l2_penalty(theta, LAMBDA / 2))
        yield claim("L", shipped(penalty, theta, LAMBDA), squared)


THEOREMS.extend([weights_decay, half_of_the_strength])
