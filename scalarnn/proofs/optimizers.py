"""Optimizers from momentum to Adam, decay and penalties: each is the recurrence it is said to be, step after step."""

# mypy: disable-error-code="import-untyped,misc,no-any-return"
from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sympy
from sympy import Rational

from scalarnn import optimizers, penalties
from scalarnn.layer import Layer
from scalarnn.learning.penalties import _Penalty
from scalarnn.losses import half_squared_error_gradient
from scalarnn.network import Network
from scalarnn.optimizers import _Optimizer, gradient_descent_step, zeros_like
from scalarnn.proofs import symbols
from scalarnn.proofs.branches import every_branch, open_branches
from scalarnn.proofs.exact import Root
from scalarnn.proofs.theorem import Claim, Side, Theorem, Wrong, claim, derivative, shipped, stated, theorem

__all__ = ["THEOREMS"]

THEOREMS: list[Theorem] = []

ETA, EPSILON, LAMBDA = symbols.number("eta"), symbols.number("epsilon"), symbols.number("lambda")
BETA, BETA_1, BETA_2 = symbols.number("beta"), symbols.number("beta_1"), symbols.number("beta_2")
DECAY, GAMMA = symbols.number("decay"), symbols.number("gamma")

Rule = Callable[..., tuple[Any, ...]]


# ---- helpers ---------------------------------------------------------------------------------------------------------


def _shapes(name: str) -> dict[str, Any]:
    """The same letter as a number, as vectors and as a matrix, of lists and of tuples."""
    matrix = symbols.matrix(name, 2, 3)
    return {
        "a number": symbols.number(name),
        "a vector of one": symbols.vector(name, 1),
        "a vector": symbols.vector(name, 3),
        "a matrix": matrix,
        "a tuple of tuples": tuple(tuple(row) for row in matrix),
        "a number, a vector and a matrix": [symbols.number(name), symbols.vector(name, 2), matrix],
    }


def _each(rule: Rule, result: int, *lists: Any) -> Any:
    """One of the results of a rule for numbers, for every number of lists of the same shape."""
    if not isinstance(lists[0], (list, tuple)):
        return rule(*lists)[result]
    return [_each(rule, result, *[entries[i] for entries in lists]) for i in range(len(lists[0]))]


def _with_roots_alike(side: Side) -> Side:
    """Every √u with u as one fraction in lowest terms: roots of the same number then are the same root."""

    def alike(value: Any) -> Any:
        if isinstance(value, (list, tuple)):
            return [alike(entry) for entry in value]
        return sympy.sympify(value).replace(Root, lambda u: Root(sympy.cancel(u)))

    return Side(alike(side.value), side.ran)


def _faded(beta: Any, g: Sequence[Any]) -> Any:
    """g_t + β g_{t−1} + β² g_{t−2} + …, the last of g the newest."""
    return sum(beta ** (len(g) - 1 - k) * g[k] for k in range(len(g)))


def _squares(g: Sequence[Any]) -> list[Any]:
    return [g_k * g_k for g_k in g]


@dataclass(frozen=True)
class _Method:
    """A way to step.

    Args:
        step: its function.
        name: what its theorems are called by.
        letters: what is kept from step to step.
        settings: β and ε as symbols, by the names of the function's parameters.
        usual: β and ε where none are given, likewise.
    """

    step: Callable[..., Any]
    name: str
    letters: tuple[str, ...]
    settings: dict[str, Any]
    usual: dict[str, float]

    def in_time(self, t: int) -> tuple[int, ...]:
        """The number of the step, for a function that takes it."""
        return (t,) if self.step is optimizers.adam_step else ()


_DESCENT = _Method(gradient_descent_step, "gradient-descent", (), {}, {})
_MOMENTUM = _Method(optimizers.momentum_step, "momentum", ("v",), {"beta": BETA}, {"beta": 0.9})
_NESTEROV = _Method(optimizers.nesterov_step, "nesterov", ("v",), {"beta": BETA}, {"beta": 0.9})
_ADAGRAD = _Method(optimizers.adagrad_step, "adagrad", ("s",), {"epsilon": EPSILON}, {"epsilon": 1e-10})
_RMSPROP = _Method(
    optimizers.rmsprop_step,
    "rmsprop",
    ("s",),
    {"beta": BETA, "epsilon": EPSILON},
    {"beta": 0.99, "epsilon": 1e-8},
)
_ADAM = _Method(
    optimizers.adam_step,
    "adam",
    ("m", "v"),
    {"beta1": BETA_1, "beta2": BETA_2, "epsilon": EPSILON},
    {"beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8},
)


def _define(
    method: _Method,
    rule: Rule,
    unrolled: Rule,
    *,
    statement: str,
    latex: str,
    statement_unrolled: str,
    latex_unrolled: str,
    wrong: list[Wrong],
    wrong_unrolled: list[Wrong],
) -> None:
    """Two theorems for a step: one is the recurrence on any state, three from the first state are the sum written out.

    Args:
        method: its function is the one under test.
        rule: θ, its gradient, what is kept, t and the settings → θ and what is kept, for numbers.
        unrolled: the gradients so far and the settings → how far the last step goes, over η, and what is kept.
    """
    step, name, letters, settings = method.step, method.name, method.letters, method.settings

    @theorem(id=f"optimizer.{name}", statement=statement, latex=latex, about=[step], refuted=wrong)
    def one_step(implementation: Any) -> Iterator[Claim]:
        for shape, theta in _shapes("theta").items():
            g, kept = _shapes("g")[shape], [_shapes(letter)[shape] for letter in letters]
            for given, meant, t in ((settings, settings, 2), ({}, method.usual, 1)):
                left = shipped(implementation, theta, g, *kept, *method.in_time(t), ETA, **given)

                def by_rule(*numbers: Any, t: int = t, meant: dict[str, Any] = meant) -> tuple[Any, ...]:
                    return rule(*numbers, t, **meant)

                for k in range(1 + len(kept)):
                    right = stated(
                        lambda k=k, by_rule=by_rule, theta=theta, g=g, kept=kept: _each(by_rule, k, theta, g, *kept)
                    )
                    yield claim(f"{('θ', *letters)[k]} of {shape}", left[k], right)

    @theorem(
        id=f"optimizer.{name}-three-steps",
        statement=statement_unrolled,
        latex=latex_unrolled,
        about=[step, zeros_like],
        refuted=wrong_unrolled,
    )
    def three_steps(implementation: Any) -> Iterator[Claim]:
        theta_0, g = symbols.vector("theta", 2), symbols.matrix("g", 3, 2)

        def run() -> list[Any]:
            theta, kept = theta_0, [zeros_like(theta_0) for _ in letters]
            path = []
            for t in range(1, 4):
                before = theta
                theta, *kept = implementation(before, g[t - 1], *kept, *method.in_time(t), ETA, **settings)
                path.append([[after - from_ for after, from_ in zip(theta, before, strict=True)], *kept])
            return path

        def written_out(t: int) -> list[Any]:
            numbers = [unrolled([g_k[i] for g_k in g[:t]], **settings) for i in range(2)]
            lengths, *kept = zip(*numbers, strict=True)
            return [[-ETA * length for length in lengths], *kept]

        path = shipped(run)
        for t in range(1, 4):
            for k, letter in enumerate(("θ", *letters)):
                left, right = path[t - 1][k], stated(lambda t=t, k=k: written_out(t)[k])
                yield claim(f"{letter} of step {t}", _with_roots_alike(left), _with_roots_alike(right))

    THEOREMS.extend([one_step, three_steps])


# ---- state -----------------------------------------------------------------------------------------------------------


@theorem(
    id="optimizer.zeros",
    statement="The state before the first step is 0 for every number of θ, in the shape of θ.",
    latex=r"v_0 = 0",
    about=[zeros_like],
    refuted=[
        Wrong("ones", "return 0", "return 1", inside=optimizers._zeros_like),
        Wrong("θ itself", "return 0", "return theta", inside=optimizers._zeros_like),
        Wrong("the first shape for all", "theta[i]", "theta[0]", inside=optimizers._zeros_like),
    ],
)
def state_begins_with_zeros(function: Any) -> Iterator[Claim]:
    for shape, theta in _shapes("theta").items():
        zeros = stated(lambda theta=theta: _each(lambda _: (0,), 0, theta))
        yield claim(f"zeros for {shape}", shipped(function, theta), zeros)


THEOREMS.append(state_begins_with_zeros)


# ---- momentum --------------------------------------------------------------------------------------------------------


def _momentum(theta: Any, g: Any, v: Any, _: int, beta: Any) -> tuple[Any, ...]:
    v_new = beta * v + g
    return theta - ETA * v_new, v_new


def _momentum_unrolled(g: Sequence[Any], beta: Any) -> tuple[Any, ...]:
    return _faded(beta, g), _faded(beta, g)


_ROLL = optimizers._roll

_define(
    _MOMENTUM,
    _momentum,
    _momentum_unrolled,
    statement="A step with momentum adds the gradient to what is left of the velocity, then goes η times the new one.",
    latex=r"v_{\text{new}} = \beta v + g,\quad \theta_{\text{new}} = \theta - \eta\,v_{\text{new}}",
    statement_unrolled="The velocity is the sum of all gradients so far, each older one fainter by β.",
    latex_unrolled=r"\theta_t - \theta_{t-1} = -\eta\,(g_t + \beta g_{t-1} + \beta^2 g_{t-2} + \dots)",
    wrong=[
        Wrong("uphill", "theta - learning_rate", "theta + learning_rate", inside=_ROLL),
        Wrong("the rate forgotten", "learning_rate * v_new", "v_new", inside=_ROLL),
        Wrong("θ before v", "learning_rate * v_new", "learning_rate * v", inside=_ROLL),
        Wrong("β and 1 − β swapped", "beta * v +", "(1 - beta) * v +", inside=_ROLL),
        Wrong("a mean, not a sum", "+ dL_dtheta", "+ (1 - beta) * dL_dtheta", inside=_ROLL),
        Wrong("another β where none is given", "MOMENTUM_BETA", "RMSPROP_BETA"),
        Wrong("the first velocity for all", "v[i], learning", "v[0], learning", inside=_ROLL),
    ],
    wrong_unrolled=[
        Wrong("the velocity not carried", "return theta_new, v_new", "return theta_new, v", inside=_ROLL),
        Wrong("θ before v", "learning_rate * v_new", "learning_rate * v", inside=_ROLL),
        Wrong("β forgotten", "beta * v +", "v +", inside=_ROLL),
        Wrong("the other order of θ and v", "return theta_new, v_new", "return v_new, theta_new", inside=_ROLL),
    ],
)


@theorem(
    id="optimizer.momentum-rate-inside",
    statement="With η inside the velocity, v = β v − η g and θ + v, the path is the same as long as η stays.",
    latex=r"u_t = \beta u_{t-1} - \eta\,g_t,\quad \theta_t = \theta_{t-1} + u_t",
    about=[optimizers.momentum_step],
    refuted=[
        Wrong("θ before v", "learning_rate * v_new", "learning_rate * v", inside=_ROLL),
        Wrong("the velocity not carried", "return theta_new, v_new", "return theta_new, v", inside=_ROLL),
    ],
)
def rate_inside_the_velocity(step: Any) -> Iterator[Claim]:
    theta_0, g = symbols.number("theta"), symbols.vector("g", 3)

    def path() -> list[Any]:
        theta, v, places = theta_0, zeros_like(theta_0), []
        for t in range(3):
            theta, v = step(theta, g[t], v, ETA, BETA)
            places.append(theta)
        return places

    def with_the_rate_inside() -> list[Any]:
        theta, u, places = theta_0, 0, []
        for t in range(3):
            u = BETA * u - ETA * g[t]
            theta = theta + u
            places.append(theta)
        return places

    yield claim("θ", shipped(path), stated(with_the_rate_inside))


THEOREMS.append(rate_inside_the_velocity)


# ---- Nesterov --------------------------------------------------------------------------------------------------------


def _nesterov(theta: Any, g: Any, v: Any, _: int, beta: Any) -> tuple[Any, ...]:
    v_new = beta * v + g
    return theta - ETA * (g + beta * v_new), v_new


def _nesterov_unrolled(g: Sequence[Any], beta: Any) -> tuple[Any, ...]:
    return g[-1] + _faded(beta, [*g, 0]), _faded(beta, g)


_AHEAD = optimizers._look_ahead

_define(
    _NESTEROV,
    _nesterov,
    _nesterov_unrolled,
    statement="A Nesterov step adds the gradient to what is left of the velocity, then goes η times the gradient and "
    "what will be left of the new velocity.",
    latex=r"v_{\text{new}} = \beta v + g,\quad \theta_{\text{new}} = \theta - \eta\,(g + \beta v_{\text{new}})",
    statement_unrolled="Step t goes along its gradient, once for itself, and once more, β fainter, with all before it.",
    latex_unrolled=r"\theta_t - \theta_{t-1} = -\eta\,\bigl(g_t + \beta\,(g_t + \beta g_{t-1} + \dots)\bigr)",
    wrong=[
        Wrong("uphill", "theta - learning_rate", "theta + learning_rate", inside=_AHEAD),
        Wrong("the rate forgotten", "learning_rate * v_ahead", "v_ahead", inside=_AHEAD),
        Wrong("momentum, not ahead of it", "learning_rate * v_ahead", "learning_rate * v_new", inside=_AHEAD),
        Wrong("the velocity of the step before", "dL_dtheta + beta * v_new", "dL_dtheta + beta * v", inside=_AHEAD),
        Wrong("β and 1 − β swapped", "beta * v + dL", "(1 - beta) * v + dL", inside=_AHEAD),
        Wrong("another β where none is given", "MOMENTUM_BETA", "RMSPROP_BETA"),
        Wrong("the first velocity for all", "v[i], learning", "v[0], learning", inside=_AHEAD),
    ],
    wrong_unrolled=[
        Wrong("the velocity not carried", "return theta_new, v_new", "return theta_new, v", inside=_AHEAD),
        Wrong("the velocity ahead carried", "return theta_new, v_new", "return theta_new, v_ahead", inside=_AHEAD),
        Wrong("the gradient once only", "dL_dtheta + beta * v_new", "beta * v_new", inside=_AHEAD),
        Wrong("β forgotten", "dL_dtheta + beta * v_new", "dL_dtheta + v_new", inside=_AHEAD),
    ],
)


@theorem(
    id="optimizer.nesterov-looks-ahead",
    statement="A Nesterov path is that of momentum with each gradient taken where the velocity will carry it: "
    "θ = φ − η β v.",
    latex=r"g_t = \nabla L(\varphi - \eta\beta v),\quad \theta = \varphi - \eta\beta v",
    about=[optimizers.nesterov_step, optimizers.momentum_step, half_squared_error_gradient],
    refuted=[
        Wrong("momentum, not ahead of it", "learning_rate * v_ahead", "learning_rate * v_new", inside=_AHEAD),
        Wrong("β forgotten", "dL_dtheta + beta * v_new", "dL_dtheta + v_new", inside=_AHEAD),
        Wrong("the velocity not carried", "return theta_new, v_new", "return theta_new, v", inside=_AHEAD),
    ],
)
def nesterov_looks_ahead(step: Any) -> Iterator[Claim]:
    phi_0, v_0, c = symbols.number("phi"), symbols.number("v"), symbols.number("c")

    def gradient(theta: Any) -> Any:
        (dL_dtheta,) = half_squared_error_gradient([theta], [c])
        return dL_dtheta

    def path() -> list[Any]:
        theta, v, places = phi_0 - ETA * BETA * v_0, v_0, []
        for _ in range(3):
            theta, v = step(theta, gradient(theta), v, ETA, BETA)
            places.append(theta)
        return places

    def looking_ahead() -> list[Any]:
        phi, v, places = phi_0, v_0, []
        for _ in range(3):
            phi, v = optimizers.momentum_step(phi, gradient(phi - ETA * BETA * v), v, ETA, BETA)
            places.append(phi - ETA * BETA * v)
        return places

    yield claim("θ", shipped(path), stated(looking_ahead))


THEOREMS.append(nesterov_looks_ahead)


# ---- AdaGrad and RMSProp ---------------------------------------------------------------------------------------------


def _adagrad(theta: Any, g: Any, s: Any, _: int, epsilon: Any) -> tuple[Any, ...]:
    s_new = s + g**2
    return theta - ETA * g / (Root(s_new) + epsilon), s_new


def _adagrad_unrolled(g: Sequence[Any], epsilon: Any) -> tuple[Any, ...]:
    s = sum(_squares(g))
    return g[-1] / (Root(s) + epsilon), s


def _rmsprop(theta: Any, g: Any, s: Any, _: int, beta: Any, epsilon: Any) -> tuple[Any, ...]:
    s_new = beta * s + (1 - beta) * g**2
    return theta - ETA * g / (Root(s_new) + epsilon), s_new


def _rmsprop_unrolled(g: Sequence[Any], beta: Any, epsilon: Any) -> tuple[Any, ...]:
    s = (1 - beta) * _faded(beta, _squares(g))
    return g[-1] / (Root(s) + epsilon), s


_SUM, _MEAN = optimizers._with_sum_of_squares, optimizers._with_mean_of_squares


def _wrong_division(inside: Any) -> list[Wrong]:
    return [
        Wrong("uphill", "theta - learning_rate", "theta + learning_rate", inside=inside),
        Wrong("the rate forgotten", "learning_rate * dL_dtheta", "dL_dtheta", inside=inside),
        Wrong("the root of the sum before", "sqrt(s_new)", "sqrt(s)", inside=inside),
        Wrong("no root", "sqrt(s_new)", "s_new", inside=inside),
        Wrong("ε under the root", "sqrt(s_new)", "sqrt(s_new + epsilon) - epsilon", inside=inside),
        Wrong("ε forgotten", "(r + epsilon)", "r", inside=inside),
        Wrong("not squared", "dL_dtheta * dL_dtheta", "dL_dtheta", inside=inside),
        Wrong("the first sum for all", "s[i], learning", "s[0], learning", inside=inside),
    ]


_define(
    _ADAGRAD,
    _adagrad,
    _adagrad_unrolled,
    statement="An AdaGrad step adds the square of the gradient, then divides the gradient by the root of the new sum, "
    "ε outside the root.",
    latex=r"s_{\text{new}} = s + g^2,\quad \theta_{\text{new}} = \theta - \eta\,\frac{g}{\sqrt{s_{\text{new}}} + "
    r"\varepsilon}",
    statement_unrolled="Each gradient is divided by the root of the sum of all squares so far.",
    latex_unrolled=r"\theta_t - \theta_{t-1} = -\eta\,\frac{g_t}{\sqrt{g_1^2 + \dots + g_t^2} + \varepsilon}",
    wrong=[
        *_wrong_division(_SUM),
        Wrong("another ε where none is given", "ADAGRAD_EPSILON", "EPSILON"),
    ],
    wrong_unrolled=[
        Wrong("the sum not carried", "return theta_new, s_new", "return theta_new, s", inside=_SUM),
        Wrong("the root carried", "return theta_new, s_new", "return theta_new, r", inside=_SUM),
        Wrong("the root of the sum before", "sqrt(s_new)", "sqrt(s)", inside=_SUM),
        Wrong("the squares taken away", "s + dL_dtheta", "s - dL_dtheta", inside=_SUM),
    ],
)
_define(
    _RMSPROP,
    _rmsprop,
    _rmsprop_unrolled,
    statement="An RMSProp step keeps β of the mean of squares and takes 1 − β of the new square, then divides the "
    "gradient by the root of the new mean, ε outside the root.",
    latex=r"s_{\text{new}} = \beta s + (1 - \beta)\,g^2,\quad \theta_{\text{new}} = \theta - \eta\,"
    r"\frac{g}{\sqrt{s_{\text{new}}} + \varepsilon}",
    statement_unrolled="The mean is (1 − β) times the sum of all squares so far, each older one fainter by β.",
    latex_unrolled=r"s_t = (1 - \beta)\,(g_t^2 + \beta g_{t-1}^2 + \beta^2 g_{t-2}^2 + \dots)",
    wrong=[
        *_wrong_division(_MEAN),
        Wrong("β and 1 − β swapped", "beta * s + (1 - beta) *", "(1 - beta) * s + beta *", inside=_MEAN),
        Wrong("a sum, not a mean", "(1 - beta) * (dL_dtheta * dL_dtheta)", "dL_dtheta * dL_dtheta", inside=_MEAN),
        Wrong("another β where none is given", "RMSPROP_BETA", "MOMENTUM_BETA"),
        Wrong("another ε where none is given", "= EPSILON", "= ADAGRAD_EPSILON"),
    ],
    wrong_unrolled=[
        Wrong("the mean not carried", "return theta_new, s_new", "return theta_new, s", inside=_MEAN),
        Wrong("β and 1 − β swapped", "beta * s + (1 - beta) *", "(1 - beta) * s + beta *", inside=_MEAN),
        Wrong("AdaGrad", "beta * s + (1 - beta) *", "s +", inside=_MEAN),
    ],
)


# ---- Adam ------------------------------------------------------------------------------------------------------------


def _adam(theta: Any, g: Any, m: Any, v: Any, t: int, *, beta1: Any, beta2: Any, epsilon: Any) -> tuple[Any, ...]:
    m_new = beta1 * m + (1 - beta1) * g
    v_new = beta2 * v + (1 - beta2) * g**2
    m_hat, v_hat = m_new / (1 - beta1**t), v_new / (1 - beta2**t)
    return theta - ETA * m_hat / (Root(v_hat) + epsilon), m_new, v_new


def _weighted_mean(beta: Any, g: Sequence[Any]) -> Any:
    """The weights 1, β, β² …, divided by their sum: nothing is left of the zeros that the state began with."""
    return _faded(beta, g) / _faded(beta, [1] * len(g))


def _adam_unrolled(g: Sequence[Any], beta1: Any, beta2: Any, epsilon: Any) -> tuple[Any, ...]:
    m_hat, v_hat = _weighted_mean(beta1, g), _weighted_mean(beta2, _squares(g))
    m, v = (1 - beta1) * _faded(beta1, g), (1 - beta2) * _faded(beta2, _squares(g))
    return m_hat / (Root(v_hat) + epsilon), m, v


_BOTH = optimizers._with_both_means
_NO_CORRECTION = Wrong("no bias correction of m", "m_new / (1 - beta1**t)", "m_new", inside=_BOTH)
_NO_CORRECTION_OF_V = Wrong("no bias correction of v", "v_new / (1 - beta2**t)", "v_new", inside=_BOTH)
_CORRECTED_LATE = Wrong("corrected as one step later", "beta1**t", "beta1 ** (t + 1)", inside=_BOTH)

_define(
    _ADAM,
    _adam,
    _adam_unrolled,
    statement="An Adam step keeps β₁ of the mean of gradients and β₂ of the mean of squares, divides both by what the "
    "zeros at the start took away, and the first by the root of the second, ε outside the root.",
    latex=r"\begin{aligned}m_{\text{new}} &= \beta_1 m + (1 - \beta_1)\,g & \hat m &= \frac{m_{\text{new}}}"
    r"{1 - \beta_1^t}\\ v_{\text{new}} &= \beta_2 v + (1 - \beta_2)\,g^2 & \hat v &= \frac{v_{\text{new}}}"
    r"{1 - \beta_2^t}\\ \theta_{\text{new}} &= \theta - \eta\,\frac{\hat m}{\sqrt{\hat v} + \varepsilon}"
    r"\end{aligned}",
    statement_unrolled="Corrected, both are weighted means of all gradients and of all squares so far: the weights "
    "1, β, β² … are divided by their sum.",
    latex_unrolled=r"\hat m_t = \frac{g_t + \beta_1 g_{t-1} + \dots + \beta_1^{t-1} g_1}"
    r"{1 + \beta_1 + \dots + \beta_1^{t-1}},\quad \hat v_t = \frac{g_t^2 + \beta_2 g_{t-1}^2 + \dots}"
    r"{1 + \beta_2 + \dots}",
    wrong=[
        Wrong("uphill", "theta - learning_rate", "theta + learning_rate", inside=_BOTH),
        Wrong("the rate forgotten", "learning_rate * m_hat", "m_hat", inside=_BOTH),
        Wrong("the gradient, not its mean", "learning_rate * m_hat", "learning_rate * dL_dtheta", inside=_BOTH),
        Wrong("β₁ and 1 − β₁ swapped", "beta1 * m + (1 - beta1) *", "(1 - beta1) * m + beta1 *", inside=_BOTH),
        Wrong("β₂ and 1 − β₂ swapped", "beta2 * v + (1 - beta2) *", "(1 - beta2) * v + beta2 *", inside=_BOTH),
        Wrong("β₁ for both", "v_new / (1 - beta2**t)", "v_new / (1 - beta1**t)", inside=_BOTH),
        Wrong("the mean before", "m_new / (1", "m / (1", inside=_BOTH),
        Wrong("not squared", "dL_dtheta * dL_dtheta", "dL_dtheta", inside=_BOTH),
        Wrong("no root", "sqrt(v_hat)", "v_hat", inside=_BOTH),
        Wrong("ε under the root", "sqrt(v_hat)", "sqrt(v_hat + epsilon) - epsilon", inside=_BOTH),
        Wrong("ε forgotten", "(r + epsilon)", "r", inside=_BOTH),
        Wrong("ε in front of the correction", "sqrt(v_hat)", "sqrt(v_hat) + epsilon / (1 - beta2**t)", inside=_BOTH),
        Wrong("another β₁ where none is given", "ADAM_BETA1", "ADAM_BETA2"),
        Wrong("another β₂ where none is given", "ADAM_BETA2", "RMSPROP_BETA"),
        Wrong("another ε where none is given", "= EPSILON", "= ADAGRAD_EPSILON"),
        _NO_CORRECTION,
        _NO_CORRECTION_OF_V,
        _CORRECTED_LATE,
    ],
    wrong_unrolled=[
        _NO_CORRECTION,
        _NO_CORRECTION_OF_V,
        _CORRECTED_LATE,
        Wrong("corrected as in the first step", "beta2**t", "beta2", inside=_BOTH),
        Wrong("m not carried", "return theta_new, m_new, v_new", "return theta_new, m, v_new", inside=_BOTH),
        Wrong("v not carried", "return theta_new, m_new, v_new", "return theta_new, m_new, v", inside=_BOTH),
        Wrong("the corrected carried", "return theta_new, m_new,", "return theta_new, m_hat,", inside=_BOTH),
        Wrong("m and v swapped", "return theta_new, m_new, v_new", "return theta_new, v_new, m_new", inside=_BOTH),
    ],
)


@theorem(
    id="optimizer.adam-constant-gradient",
    statement="If every gradient so far was g, m̂ is g and v̂ is g², from the first step on: each step is η long but "
    "for ε.",
    latex=r"\theta_t - \theta_{t-1} = -\eta\,\frac{g}{\sqrt{g^2} + \varepsilon}",
    about=[optimizers.adam_step],
    refuted=[_NO_CORRECTION, _NO_CORRECTION_OF_V, _CORRECTED_LATE],
)
def adam_on_a_slope(step: Any) -> Iterator[Claim]:
    theta_0, g = symbols.number("theta"), symbols.number("g")

    def path() -> list[Any]:
        theta, m, v, steps = theta_0, 0, 0, []
        for t in range(1, 4):
            before = theta
            theta, m, v = step(before, g, m, v, t, ETA, **_ADAM.settings)
            steps.append(theta - before)
        return steps

    each = stated(lambda: [-ETA * g / (Root(g**2) + EPSILON)] * 3)
    yield claim("a step", _with_roots_alike(shipped(path)), each)


THEOREMS.append(adam_on_a_slope)


# ---- learning-rate decay ---------------------------------------------------------------------------------------------


@theorem(
    id="optimizer.inverse-time-decay",
    statement="After t steps the rate is η / (1 + decay · t): η at first, half of it after 1/decay steps.",
    latex=r"\eta_t = \frac{\eta}{1 + \text{decay} \cdot t}",
    about=[optimizers.inverse_time_decay],
    refuted=[
        Wrong("a sign", "1 + decay", "1 - decay"),
        Wrong("the steps forgotten", "decay * t", "decay"),
        Wrong("a step ahead", "decay * t", "decay * (t + 1)"),
        Wrong("the decay alone", "(1 + decay * t)", "(decay * t + decay)"),
    ],
)
def rate_falls_with_time(decayed: Any) -> Iterator[Claim]:
    for t in range(5):
        yield claim(f"η{t}", shipped(decayed, ETA, t, DECAY), stated(lambda t=t: ETA / (1 + t * DECAY)))
    for t in (1, 4):
        yield claim("half the rate", shipped(decayed, ETA, t, Rational(1, t)), stated(lambda: ETA / 2))


@theorem(
    id="optimizer.exponential-decay",
    statement="Every rate is γ times the one before; the first is η.",
    latex=r"\eta_0 = \eta,\quad \eta_{t+1} = \gamma\,\eta_t",
    about=[optimizers.exponential_decay],
    refuted=[
        Wrong("times t", "gamma**t", "gamma * t"),
        Wrong("a step ahead", "gamma**t", "gamma ** (t + 1)"),
        Wrong("growing", "learning_rate * gamma", "learning_rate / gamma"),
        Wrong("the rate decayed too", "learning_rate * gamma**t", "(learning_rate * gamma) ** t"),
    ],
)
def rate_falls_by_a_part(decayed: Any) -> Iterator[Claim]:
    rate = ETA
    for t in range(5):
        yield claim(f"η{t}", shipped(decayed, ETA, t, GAMMA), stated(lambda rate=rate: rate))
        rate = GAMMA * rate


THEOREMS.extend([rate_falls_with_time, rate_falls_by_a_part])


# ---- objects ---------------------------------------------------------------------------------------------------------


_THETA = {name: symbols.vector(name, 2) for name in ("W", "b")}  # two layers of one neuron with one input
_G = {name: symbols.matrix(f"dL_d{name}", 3, 2) for name in ("W", "b")}  # three steps


def _give(layer: Layer, dL_dW: Any, dL_db: Any) -> None:
    """Gradients as a backward pass leaves them, whatever was on the way."""
    layer.dL_dW, layer.dL_db, layer._W_backward = dL_dW, dL_db, layer.W


def _steps_of_object(optimizer: Any, letters: tuple[str, ...]) -> tuple[Any, ...]:
    """How many steps it counts; for each parameter after each of three steps what it keeps, and how far it went."""
    network = Network([Layer([[_THETA["W"][k]]], [_THETA["b"][k]]) for k in range(2)])
    kept, steps = [], []
    for t in range(3):
        before = [(layer.W[0][0], layer.b[0]) for layer in network.layers]
        for k, layer in enumerate(network.layers):
            _give(layer, [[_G["W"][t][k]]], [_G["b"][t][k]])
        optimizer.step(network)
        for k, layer in enumerate(network.layers):
            kept.append([optimizer.state[k][f"{letter}_W"][0][0] for letter in letters])
            kept.append([optimizer.state[k][f"{letter}_b"][0] for letter in letters])
            steps.extend([layer.W[0][0] - before[k][0], layer.b[0] - before[k][1]])
    return optimizer.t, kept, steps


def _steps_of_function(method: _Method, rates: list[Any], settings: dict[str, Any]) -> tuple[Any, ...]:
    """The same by the function."""
    theta = [_THETA[name][k] for k in range(2) for name in ("W", "b")]
    state = [zeros_like(theta) for _ in method.letters]
    kept, steps = [], []
    for t in range(3):
        g_t = [_G[name][t][k] for k in range(2) for name in ("W", "b")]
        before = theta
        after = method.step(before, g_t, *state, *method.in_time(t + 1), rates[t], **settings)
        theta, *state = after if method.letters else (after,)
        for i in range(len(theta)):
            kept.append([letter[i] for letter in state])
            steps.append(theta[i] - before[i])
    return 3, kept, steps


def _define_object(kind: Any, method: _Method, *, wrong: list[Wrong]) -> None:
    """An object steps every W and b of a network as the function does, and keeps for each what the function returns."""
    step, letters, settings = method.step, method.letters, method.settings

    @theorem(
        id=f"optimizer.{method.name}-object",
        statement=f"{kind.__name__} takes the step of {step.__name__} for every W and b of a network, each with its "
        "own gradient and its own past, at the rate of that step.",
        latex=r"(\theta, \text{state})_{t+1} = \operatorname{step}\bigl((\theta, \text{state})_t, g_t, \eta_t\bigr)",
        about=[kind, step, zeros_like],
        refuted=[
            *wrong,
            Wrong("W only", "layer.W, layer.b = W_new, b_new", "layer.W = W_new", inside=_Optimizer),
            Wrong(
                "one step for all",
                "layers[layer].W, layers[layer].dL_dW, kept",
                "layers[layer].W, layers[0].dL_dW, kept",
                inside=_Optimizer,
            ),
            Wrong("the rate of the next step", "at(self.t)", "at(self.t + 1)", inside=_Optimizer),
            Wrong("the steps not counted", "layers, self.t + 1", "layers, self.t", inside=_Optimizer),
        ],
    )
    def object_does_the_steps(implementation: Any) -> Iterator[Claim]:
        decay = optimizers.InverseTimeDecay(ETA, DECAY)
        decayed = [optimizers.inverse_time_decay(ETA, t, DECAY) for t in range(3)]
        for what, rate, rates, given, meant in (
            ("one rate", ETA, [ETA] * 3, settings, settings),
            ("a decay", decay, decayed, settings, settings),
            ("the usual settings", ETA, [ETA] * 3, {}, method.usual),
        ):
            left = shipped(lambda rate=rate, given=given: _steps_of_object(implementation(rate, **given), letters))
            right = stated(lambda rates=rates, meant=meant: _steps_of_function(method, rates, meant))
            yield claim(f"t, {what}", left[0], right[0])
            for i in range(len(left.value[2])):
                yield claim(f"what step {i} keeps, {what}", left[1][i], right[1][i])
                yield claim(f"step {i}, {what}", left[2][i], right[2][i])

        W, dL_dW = symbols.matrix("V", 2, 1), symbols.matrix("dL_dV", 2, 1)
        b, dL_db = symbols.vector("a", 2), symbols.vector("dL_da", 2)

        def wider() -> list[Any]:
            network = Network([Layer([[_THETA["W"][0]]], [_THETA["b"][0]]), Layer(W, b)])
            first, second = network.layers
            _give(first, [[_G["W"][0][0]]], [_G["b"][0][0]])
            _give(second, dL_dW, dL_db)
            implementation(ETA, **settings).step(network)
            return [second.W, second.b]

        def first_step(theta: Any, dL_dtheta: Any) -> Any:
            state = [zeros_like(theta) for _ in letters]
            after = step(theta, dL_dtheta, *state, *method.in_time(1), ETA, **settings)
            return after[0] if letters else after

        yield claim("a wider layer", shipped(wider), stated(lambda: [first_step(W, dL_dW), first_step(b, dL_db)]))

    THEOREMS.append(object_does_the_steps)


_NOT_CARRIED = Wrong("nothing carried", "state_new.append(kept)", "state_new.append(state[layer])", inside=_Optimizer)
_ONE_PAST = Wrong(
    "the past of the first layer", 'state[layer][f"{letter}_W"]', 'state[0][f"{letter}_W"]', inside=_Optimizer
)
_FROM_THETA = Wrong("θ for zeros", "_zeros_like(layers[layer].W)", "layers[layer].W", inside=_Optimizer)

_define_object(
    optimizers.GradientDescent,
    _DESCENT,
    wrong=[Wrong("twice the rate", "dL_dtheta, learning_rate)", "dL_dtheta, 2 * learning_rate)")],
)
_define_object(
    optimizers.Momentum,
    _MOMENTUM,
    wrong=[
        Wrong("Nesterov", "_roll(", "_look_ahead("),
        Wrong("1 − β kept", "self.beta = beta", "self.beta = 1 - beta"),
        Wrong("another β where none is given", "MOMENTUM_BETA", "RMSPROP_BETA"),
        _NOT_CARRIED,
        _ONE_PAST,
        _FROM_THETA,
    ],
)
_define_object(
    optimizers.Nesterov,
    _NESTEROV,
    wrong=[
        Wrong("momentum", "_look_ahead(", "_roll("),
        Wrong("1 − β kept", "self.beta = beta", "self.beta = 1 - beta"),
        Wrong("another β where none is given", "MOMENTUM_BETA", "RMSPROP_BETA"),
        _NOT_CARRIED,
        _ONE_PAST,
        _FROM_THETA,
    ],
)
_define_object(
    optimizers.AdaGrad,
    _ADAGRAD,
    wrong=[
        Wrong("another ε where none is given", "= ADAGRAD_EPSILON", "= EPSILON"),
        Wrong("ε for η", "learning_rate, self.epsilon)", "self.epsilon, learning_rate)"),
        _NOT_CARRIED,
        _ONE_PAST,
        _FROM_THETA,
    ],
)
_define_object(
    optimizers.RMSProp,
    _RMSPROP,
    wrong=[
        Wrong("β and ε swapped", "self.beta, self.epsilon)", "self.epsilon, self.beta)"),
        Wrong("another β where none is given", "RMSPROP_BETA", "MOMENTUM_BETA"),
        Wrong("another ε where none is given", "= EPSILON", "= ADAGRAD_EPSILON"),
        _NOT_CARRIED,
        _ONE_PAST,
        _FROM_THETA,
    ],
)
_define_object(
    optimizers.Adam,
    _ADAM,
    wrong=[
        Wrong("corrected as in the first step", "t = self.t + 1", "t = 1"),
        Wrong("corrected as one step later", "t = self.t + 1", "t = self.t + 2"),
        Wrong("β₁ and β₂ swapped", "self.beta1, self.beta2, self.epsilon)", "self.beta2, self.beta1, self.epsilon)"),
        Wrong("m and v mixed up", "m, v = kept", "v, m = kept"),
        Wrong("another β₂ where none is given", "ADAM_BETA2", "RMSPROP_BETA"),
        _NOT_CARRIED,
        _ONE_PAST,
        _FROM_THETA,
    ],
)


def _define_decay(kind: Any, name: str, setting: Any, function: Callable[..., Any], wrong: list[Wrong]) -> None:
    @theorem(
        id=f"optimizer.{name}-object",
        statement=f"Three steps of gradient descent with {kind.__name__} go at the rates of {function.__name__}: the "
        "first at η itself.",
        latex=r"\theta_3 = \theta_0 - (\eta_0\,g_0 + \eta_1\,g_1 + \eta_2\,g_2)",
        about=[kind, function, optimizers.GradientDescent],
        refuted=wrong,
    )
    def steps_at_falling_rates(implementation: Any) -> Iterator[Claim]:
        w, b, g = symbols.number("w"), symbols.number("b"), symbols.vector("g", 3)
        x = symbols.number("x")

        def three_steps() -> Any:
            network, optimizer = Network([Layer([[w]], [b])]), optimizers.GradientDescent(implementation(ETA, setting))
            for t in range(3):
                network.forward([x])
                network.backward([g[t]])
                optimizer.step(network)
            (layer,) = network.layers
            return layer.W[0][0], layer.b[0]

        def at_the_rates_of_the_function() -> Any:
            way = sum(function(ETA, t, setting) * g[t] for t in range(3))
            return w - way * x, b - way

        yield claim("w and b", shipped(three_steps), stated(at_the_rates_of_the_function))
        for t in range(3):
            at_t = shipped(lambda t=t: implementation(ETA, setting).at(t))
            yield claim(f"η{t}", at_t, stated(lambda t=t: function(ETA, t, setting)))

    THEOREMS.append(steps_at_falling_rates)


_define_decay(
    optimizers.InverseTimeDecay,
    "inverse-time-decay",
    DECAY,
    optimizers.inverse_time_decay,
    [
        Wrong("a step ahead", "self.learning_rate, t, self", "self.learning_rate, t + 1, self"),
        Wrong("exponential", "return inverse_time_decay", "return exponential_decay"),
    ],
)
_define_decay(
    optimizers.ExponentialDecay,
    "exponential-decay",
    GAMMA,
    optimizers.exponential_decay,
    [
        Wrong("a step ahead", "self.learning_rate, t, self", "self.learning_rate, t + 1, self"),
        Wrong("1/t", "return exponential_decay", "return inverse_time_decay"),
    ],
)


# ---- penalties -------------------------------------------------------------------------------------------------------


def _weights() -> dict[str, Any]:
    return {
        "a number": symbols.number("theta"),
        "a vector": symbols.vector("theta", 2),
        "a matrix": symbols.matrix("theta", 2, 1),
        "a tuple of tuples": tuple(tuple(row) for row in symbols.matrix("theta", 1, 2)),
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
                return shipped(implementation, theta, LAMBDA), stated(lambda: LAMBDA * formula(_numbers(theta)))

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
                return shipped(implementation, theta, LAMBDA), shipped(penalty, theta, LAMBDA)

            for branch in open_branches(run):
                dL_dtheta, L = branch.value
                yield claim(f"∂L/∂θ of {shape}", dL_dtheta, derivative(L, theta), on=branch)
        for kink in every_branch(lambda: shipped(implementation, [0, symbols.number("theta")], LAMBDA)):
            yield claim("∂L/∂θ at 0", kink.value[0], stated(lambda: 0), on=kink)

    THEOREMS.extend([value, slope, _penalty_object(kind, penalty, name, wrong_object)])


_TAKEN_AWAY = Wrong("taken away", "dL_dW[j][i] + more[j][i]", "dL_dW[j][i] - more[j][i]", inside=penalties._added)
_IN_PLACE = Wrong("in place of the loss", "dL_dW[j][i] + more[j][i]", "more[j][i]", inside=penalties._added)
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
        Wrong("signed", "size = -theta", "size = theta", inside=penalties._sum_of_sizes),
        Wrong("λ forgotten", "strength * total", "total"),
        Wrong("squares", "_sum_of_sizes", "_sum_of_squares"),
        Wrong("the largest only", "total += ", "total = ", inside=penalties._sum_of_sizes),
    ],
    wrong_gradient=[
        Wrong("a sign", "dL_dtheta = -strength", "dL_dtheta = strength", inside=penalties._signs),
        Wrong("in proportion to θ", "dL_dtheta = strength", "dL_dtheta = strength * theta", inside=penalties._signs),
        Wrong("a push at 0", "theta > 0", "theta >= 0", inside=penalties._signs),
        Wrong("a push down at 0", "theta < 0", "theta <= 0", inside=penalties._signs),
        Wrong("the first sign for all", "theta[i], strength", "theta[0], strength", inside=penalties._signs),
    ],
    wrong_object=[
        _TAKEN_AWAY,
        _IN_PLACE,
        _LAST_LAYER,
        Wrong("squares", "return l1_penalty(", "return l2_penalty("),
        Wrong("the gradient of squares", "return l1_penalty_gradient", "return l2_penalty_gradient"),
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
        Wrong("not squared", "theta * theta", "theta", inside=penalties._sum_of_squares),
        Wrong("the last only", "total += ", "total = ", inside=penalties._sum_of_squares),
    ],
    wrong_gradient=[
        Wrong("the 2 forgotten", "2 * strength", "strength", inside=penalties._doubled),
        Wrong("a sign", "2 * strength", "-2 * strength", inside=penalties._doubled),
        Wrong("λ forgotten", "2 * strength * theta", "2 * theta", inside=penalties._doubled),
        Wrong("the first weight for all", "theta[i], strength", "theta[0], strength", inside=penalties._doubled),
    ],
    wrong_object=[
        _TAKEN_AWAY,
        _IN_PLACE,
        _LAST_LAYER,
        Wrong("the value with ½", "return l2_penalty(", "return half_l2_penalty("),
        Wrong("the gradient with ½", "return l2_penalty_gradient", "return half_l2_penalty_gradient"),
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
        Wrong("not squared", "theta * theta", "theta", inside=penalties._sum_of_squares),
    ],
    wrong_gradient=[
        Wrong("the gradient without ½", "dL_dtheta = strength", "dL_dtheta = 2 * strength", inside=penalties._scaled),
        Wrong("a sign", "dL_dtheta = strength", "dL_dtheta = -strength", inside=penalties._scaled),
        Wrong("λ forgotten", "strength * theta", "theta", inside=penalties._scaled),
        Wrong("the first weight for all", "theta[i], strength", "theta[0], strength", inside=penalties._scaled),
    ],
    wrong_object=[
        _TAKEN_AWAY,
        _IN_PLACE,
        _LAST_LAYER,
        Wrong("the value without ½", "return half_l2_penalty(", "return l2_penalty("),
        Wrong("the gradient without ½", "return half_l2_penalty_gradient", "return l2_penalty_gradient"),
    ],
)


@theorem(
    id="penalty.weight-decay",
    statement="With the half-squared penalty each step of gradient descent leaves 1 − η λ of every weight; with the "
    "squared one of half the strength, too.",
    latex=r"\theta - \eta\,\lambda\,\theta = (1 - \eta\lambda)\,\theta",
    about=[penalties.half_l2_penalty_gradient, penalties.l2_penalty_gradient, gradient_descent_step],
    refuted=[
        Wrong("the gradient without ½", "dL_dtheta = strength", "dL_dtheta = 2 * strength", inside=penalties._scaled),
        Wrong("growing", "dL_dtheta = strength", "dL_dtheta = -strength", inside=penalties._scaled),
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
