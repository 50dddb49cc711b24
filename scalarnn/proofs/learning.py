"""The derivations of the Learning chapter, step by step; most of it lies beyond the sources.

descent            downhill is against the gradient
descent-rate       one weight: how far it is from the lowest place after a step
batch              a layer's gradients for several samples
momentum           the velocity unrolled
nesterov           looking ahead, with the gradient at θ
adagrad            the sum of squares
rmsprop            the mean of squares
adam               both means, corrected

The shipped step is run three times. Its lines hold the values of the third step, so t is 3 in what is compared.
"""

# mypy: disable-error-code="import-untyped,misc,no-any-return"
from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sympy import Rational

from scalarnn.layer import (
    batch_input_gradient,
    batch_parameter_gradients,
    batch_parameter_gradients_sum,
    weight_gradient,
)
from scalarnn.learning.adagrad import adagrad_step, rmsprop_step
from scalarnn.learning.adam import adam_step
from scalarnn.learning.gradient_descent import gradient_descent_step
from scalarnn.learning.momentum import momentum_step, nesterov_step
from scalarnn.losses import half_squared_error, half_squared_error_gradient, mean_over_samples
from scalarnn.neuron import neuron_backward, weighted_sum
from scalarnn.proofs import symbols
from scalarnn.proofs.derivation import Derivation, Slope, Step
from scalarnn.proofs.exact import Root
from scalarnn.proofs.watch import Line

__all__ = ["DERIVATIONS"]

_eta = symbols.number("eta")


# ---- downhill --------------------------------------------------------------------------------------------------------

_t = symbols.number("t")
_theta, _d, _g = symbols.vector("theta", 3), symbols.vector("d", 3), symbols.vector("g", 3)


def _loss_on_the_way() -> Any:
    return symbols.any_loss([_theta[i] + _t * _d[i] for i in range(3)], "g")[0]


def _one_step_down() -> None:
    gradient_descent_step(_theta[0], _g[0], _eta)


DESCENT = Derivation(
    id="derivation.descent",
    statement="Against the gradient, the slope is minus the sum of the squares of the gradient: never uphill.",
    latex=r"s'(0) = -\sum_i \left(\frac{\partial L}{\partial \theta_i}\right)^2 \le 0,\quad "
    r"s(t) = L(\theta + t\,d),\quad d_i = -\frac{\partial L}{\partial \theta_i}",
    source="`001` (gradient descent), `002` (best method)",
    run=_one_step_down,
    given={_d[i]: -_g[i] for i in range(3)},
    given_latex=r"d_i = -\frac{\partial L}{\partial \theta_i}",
    steps=(
        Step(
            id="slope",
            quantity="s'(0)",
            latex=r"\sum_i \frac{\partial L}{\partial \theta_i}\,d_i",
            rule="chain rule, added over the ways",
            line=None,
            expression=lambda: sum(_g[i] * _d[i] for i in range(3)),
            starts_from=lambda: Slope(_loss_on_the_way(), _t, {_t: 0}),
        ),
        Step(
            id="against",
            quantity="s'(0)",
            latex=r"-\sum_i \left(\frac{\partial L}{\partial \theta_i}\right)^2",
            rule="against the gradient",
            line=None,
            expression=lambda: -sum(_g[i] ** 2 for i in range(3)),
            uses_given=True,
        ),
        Step(
            id="step",
            quantity=r"\theta_{\text{new}}",
            latex=r"\theta - \eta\,\frac{\partial L}{\partial \theta}",
            rule="a step of gradient descent",
            line=Line(gradient_descent_step, "theta_new"),
            expression=lambda: _theta[0] - _eta * _g[0],
        ),
    ),
)


# ---- one weight: which rates are right -------------------------------------------------------------------------------

_x, _w, _y = symbols.number("x"), symbols.number("w"), symbols.number("y")


def _one_weight() -> None:
    y_hat = weighted_sum([_x], [_w])
    half_squared_error([y_hat], [_y])
    (dL_dy_hat,) = half_squared_error_gradient([y_hat], [_y])
    dL_dw, _, _ = neuron_backward(dL_dy_hat, [_x], [_w])
    gradient_descent_step(dL_dtheta=dL_dw[0], theta=_w, learning_rate=_eta)


RATE = Derivation(
    id="derivation.descent-rate",
    statement="One weight with a half-squared error: a step multiplies the distance to the lowest place by 1 − η x².",
    latex=r"w_{\text{new}} - w^* = (1 - \eta x^2)\,(w - w^*),\quad w^* = \frac{y}{x}",
    source="beyond the five sources, for `001` (convex cost)",
    run=_one_weight,
    steps=(
        Step(
            id="prediction",
            quantity=r"\hat y",
            latex="w x",
            rule="definition",
            line=Line(weighted_sum, "s"),
            expression=lambda: _w * _x,
        ),
        Step(
            id="loss",
            quantity="L",
            latex=r"\frac{1}{2} (\hat y - y)^2",
            rule="definition",
            line=Line(half_squared_error, "L"),
            expression=lambda: (_w * _x - _y) ** 2 / 2,
        ),
        Step(
            id="gradient",
            quantity=r"\frac{\partial L}{\partial w}",
            latex=r"(w x - y)\,x",
            rule="chain rule",
            line=Line(neuron_backward, "dL_dw_i"),
            expression=lambda: (_w * _x - _y) * _x,
            starts_from=lambda: Slope(Rational(1, 2) * (_w * _x - _y) ** 2, _w),
        ),
        Step(
            id="step",
            quantity=r"w_{\text{new}}",
            latex=r"w - \eta\,(w x - y)\,x",
            rule="a step of gradient descent",
            line=Line(gradient_descent_step, "theta_new"),
            expression=lambda: _w - _eta * (_w * _x - _y) * _x,
        ),
        Step(
            id="lowest-place",
            quantity=r"w_{\text{new}}",
            latex=r"w - \eta x^2 (w - w^*)",
            rule="the factor x taken out, w* for y / x",
            line=Line(gradient_descent_step, "theta_new"),
            expression=lambda: _w - _eta * _x**2 * (_w - _y / _x),
        ),
        Step(
            id="factor",
            quantity=r"w_{\text{new}}",
            latex=r"w^* + (1 - \eta x^2)\,(w - w^*)",
            rule="the distance to w* collected",
            line=Line(gradient_descent_step, "theta_new"),
            expression=lambda: _y / _x + (1 - _eta * _x**2) * (_w - _y / _x),
        ),
    ),
)


# ---- a batch ---------------------------------------------------------------------------------------------------------

_N, _n_inputs, _n_neurons = 3, 2, 2
_X, _W = symbols.matrix("x", _N, _n_inputs), symbols.matrix("W", _n_neurons, _n_inputs)
_b = symbols.vector("b", _n_neurons)


def _z(n: int, j: int) -> Any:
    return sum(_W[j][i] * _X[n][i] for i in range(_n_inputs)) + _b[j]


def _sample(n: int) -> tuple[Any, list[Any]]:
    """The loss of a sample, and its gradient at each neuron; nothing is known about the loss."""
    return symbols.any_loss([_z(n, j) for j in range(_n_neurons)], f"delta_{n}")


_LOSSES = [_sample(n)[0] for n in range(_N)]
_DELTA = [_sample(n)[1] for n in range(_N)]


def _batch_loss() -> Any:
    return sum(_LOSSES) / _N


def _over_samples(term: Callable[[int], Any]) -> Any:
    return sum(term(n) for n in range(_N))


def _run_batch() -> None:
    mean_over_samples(_LOSSES)
    for n in range(_N):
        weight_gradient(_DELTA[n], _X[n])
    batch_parameter_gradients(_DELTA, _X)
    batch_input_gradient(_DELTA, _W)


_DL_DW, _DL_DB = r"\frac{\partial L}{\partial W_{ji}}", r"\frac{\partial L}{\partial b_j}"

BATCH = Derivation(
    id="derivation.batch",
    statement="Back through a layer with several samples: W and b get the mean over the samples, each sample keeps the "
    "gradient of its own inputs.",
    latex=r"\frac{\partial L}{\partial W_{ji}} = \frac{1}{N} \sum_n \delta_{nj}\,x_{ni},\quad "
    r"\frac{\partial L}{\partial b_j} = \frac{1}{N} \sum_n \delta_{nj},\quad "
    r"\frac{\partial L_n}{\partial x_{ni}} = \sum_j \delta_{nj} W_{ji}",
    source="`000` §4.3, `003` §3",
    run=_run_batch,
    steps=(
        Step(
            id="loss",
            quantity="L",
            latex=r"\frac{1}{N} \sum_n L_n",
            rule="definition",
            line=Line(mean_over_samples, "L"),
            expression=_batch_loss,
        ),
        Step(
            id="sum-rule",
            quantity=_DL_DW,
            latex=r"\frac{1}{N} \sum_n \frac{\partial L_n}{\partial W_{ji}}",
            rule="sum rule; 1/N is a constant",
            line=Line(batch_parameter_gradients, "dL_dw", ("j", "i")),
            expression=lambda j, i: _over_samples(lambda n: _LOSSES[n].diff(_W[j][i])) / _N,
            starts_from=lambda j, i: Slope(_batch_loss(), _W[j][i]),
        ),
        Step(
            id="one-sample",
            quantity=_DL_DW,
            latex=r"\frac{1}{N} \sum_n \delta_{nj}\,x_{ni}",
            rule="chain rule, for each sample alone",
            line=Line(batch_parameter_gradients, "dL_dw", ("j", "i")),
            expression=lambda j, i: _over_samples(lambda n: _DELTA[n][j] * _X[n][i]) / _N,
        ),
        Step(
            id="weights-sum",
            quantity=r"S_{ji}",
            latex=r"\sum_n \delta_{nj}\,x_{ni}",
            rule="the sum first",
            line=Line(batch_parameter_gradients_sum, "dL_dW_j[i]", ("j", "i")),
            expression=lambda j, i: _over_samples(lambda n: _DELTA[n][j] * _X[n][i]),
        ),
        Step(
            id="weights",
            quantity=_DL_DW,
            latex=r"\frac{S_{ji}}{N}",
            rule="then divided, once",
            line=Line(batch_parameter_gradients, "dL_dw", ("j", "i")),
            expression=lambda j, i: _over_samples(lambda n: _DELTA[n][j] * _X[n][i]) / _N,
        ),
        Step(
            id="biases-sum",
            quantity="S_j",
            latex=r"\sum_n \delta_{nj}",
            rule="the same with 1 for the input",
            line=Line(batch_parameter_gradients_sum, "dL_db[j]", ("j",)),
            expression=lambda j: _over_samples(lambda n: _DELTA[n][j]),
        ),
        Step(
            id="biases",
            quantity=_DL_DB,
            latex=r"\frac{S_j}{N}",
            rule="then divided",
            line=Line(batch_parameter_gradients, "dL_db_j", ("j",)),
            expression=lambda j: _over_samples(lambda n: _DELTA[n][j]) / _N,
            starts_from=lambda j: Slope(_batch_loss(), _b[j]),
        ),
        Step(
            id="inputs",
            quantity=r"\frac{\partial L_n}{\partial x_{ni}}",
            latex=r"\sum_j \delta_{nj} W_{ji}",
            rule="chain rule; only sample n has this input",
            line=Line(batch_input_gradient, "dLn_dx[i]", ("n", "i")),
            expression=lambda n, i: sum(_DELTA[n][j] * _W[j][i] for j in range(_n_neurons)),
            starts_from=lambda n, i: Slope(_LOSSES[n], _X[n][i]),
        ),
    ),
)


# ---- momentum --------------------------------------------------------------------------------------------------------

_T = 3
_g_t = [None, *symbols.vector("g", _T)]  # g_t[1] is the first gradient
_g_all, _beta, _epsilon, _start = (symbols.number(name) for name in ("g", "beta", "epsilon", "theta"))
_ALL_ALIKE = {_g_t[t]: _g_all for t in range(1, _T + 1)}
_ALL_ALIKE_LATEX = r"g_1 = g_2 = \dots = g_t = g"


def _velocity(t: int) -> Any:
    """v_t, from the zero before the first step on."""
    return _beta * _velocity(t - 1) + _g_t[t] if t > 0 else 0


def _faded(beta: Any, terms: Sequence[Any]) -> Any:
    """The last one, β times the one before it, β² …"""
    return sum(beta ** (len(terms) - 1 - k) * terms[k] for k in range(len(terms)))


def _powers(beta: Any) -> Any:
    """1 + β + β² + …, one for each step."""
    return sum(beta**k for k in range(_T))


def _place(t: int) -> Any:
    """θ_t under momentum."""
    return _place(t - 1) - _eta * _velocity(t) if t > 0 else _start


def _steps_of(step: Callable[..., Any], *settings: Any) -> Callable[[], None]:
    """Three steps from the state of zeros."""

    def run() -> None:
        theta, kept = _start, 0
        for t in range(1, _T + 1):
            theta, kept = step(theta, _g_t[t], kept, _eta, *settings)

    return run


_V = Line(momentum_step, "v_new")

MOMENTUM = Derivation(
    id="derivation.momentum",
    statement="The velocity of momentum is a sum of all gradients so far, each older one fainter by β.",
    latex=r"v_t = g_t + \beta g_{t-1} + \beta^2 g_{t-2} + \dots",
    source="beyond the five sources; `002` announces it",
    run=_steps_of(momentum_step, _beta),
    given=_ALL_ALIKE,
    given_latex=_ALL_ALIKE_LATEX,
    steps=(
        Step(
            id="velocity",
            quantity="v_t",
            latex=r"\beta v_{t-1} + g_t",
            rule="definition",
            line=_V,
            expression=lambda: _beta * _velocity(_T - 1) + _g_t[_T],
        ),
        Step(
            id="step",
            quantity=r"\theta_t",
            latex=r"\theta_{t-1} - \eta\,v_t",
            rule="definition",
            line=Line(momentum_step, "theta_new"),
            expression=lambda: _place(_T - 1) - _eta * _velocity(_T),
        ),
        Step(
            id="put-in",
            quantity="v_t",
            latex=r"\beta\,(\beta v_{t-2} + g_{t-1}) + g_t",
            rule="the velocity before put in",
            line=_V,
            expression=lambda: _beta * (_beta * _velocity(_T - 2) + _g_t[_T - 1]) + _g_t[_T],
        ),
        Step(
            id="unrolled",
            quantity="v_t",
            latex=r"g_t + \beta g_{t-1} + \beta^2 g_{t-2} + \dots + \beta^{t-1} g_1",
            rule="multiplied out, and so on down to the first",
            line=_V,
            expression=lambda: _faded(_beta, _g_t[1:]),
        ),
        Step(
            id="alike",
            quantity="v_t",
            latex=r"(1 + \beta + \beta^2 + \dots + \beta^{t-1})\,g",
            rule="if every gradient is g",
            line=_V,
            expression=lambda: _powers(_beta) * _g_all,
            uses_given=True,
        ),
        Step(
            id="geometric",
            quantity="v_t",
            latex=r"\frac{1 - \beta^t}{1 - \beta}\,g",
            rule="geometric sum",
            line=_V,
            expression=lambda: (1 - _beta**_T) / (1 - _beta) * _g_all,
            uses_given=True,
        ),
    ),
)


# ---- Nesterov --------------------------------------------------------------------------------------------------------

_v = symbols.number("v")
_g_here = symbols.number("g")
_v_next = _beta * _v + _g_here
_phi = _start + _eta * _beta * _v
_AHEAD = Line(nesterov_step, "theta_new")
_THETA_NEW = r"\theta_{\text{new}}"


def _one_nesterov_step() -> None:
    nesterov_step(_start, _g_here, _v, _eta, _beta)


NESTEROV = Derivation(
    id="derivation.nesterov",
    statement="Momentum with the gradient where the velocity will carry it, written with that place as the parameter.",
    latex=r"\theta_{\text{new}} = \theta - \eta\,(g + \beta v_{\text{new}}),\quad \theta = \varphi - \eta\beta v",
    source="beyond the five sources",
    run=_one_nesterov_step,
    steps=(
        Step(
            id="velocity",
            quantity=r"v_{\text{new}}",
            latex=r"\beta v + g",
            rule="definition, with the gradient at θ",
            line=Line(nesterov_step, "v_new"),
            expression=lambda: _beta * _v + _g_here,
        ),
        Step(
            id="ahead",
            quantity=_THETA_NEW,
            latex=r"\varphi_{\text{new}} - \eta\beta v_{\text{new}}",
            rule="θ is the place ahead of φ, after the step too",
            line=_AHEAD,
            expression=lambda: (_phi - _eta * _v_next) - _eta * _beta * _v_next,
        ),
        Step(
            id="momentum",
            quantity=_THETA_NEW,
            latex=r"\varphi - \eta\,v_{\text{new}} - \eta\beta v_{\text{new}}",
            rule="φ takes a step of momentum",
            line=_AHEAD,
            expression=lambda: _phi - _eta * _v_next - _eta * _beta * _v_next,
        ),
        Step(
            id="phi",
            quantity=_THETA_NEW,
            latex=r"\theta + \eta\beta v - \eta\,v_{\text{new}} - \eta\beta v_{\text{new}}",
            rule="θ + ηβv for φ",
            line=_AHEAD,
            expression=lambda: _start + _eta * _beta * _v - _eta * _v_next - _eta * _beta * _v_next,
        ),
        Step(
            id="result",
            quantity=_THETA_NEW,
            latex=r"\theta - \eta\,(g + \beta v_{\text{new}})",
            rule="the new velocity less βv is the gradient",
            line=_AHEAD,
            expression=lambda: _start - _eta * (_g_here + _beta * _v_next),
        ),
    ),
)


# ---- AdaGrad and RMSProp ---------------------------------------------------------------------------------------------


def _squares() -> list[Any]:
    return [_g_t[t] ** 2 for t in range(1, _T + 1)]


def _mean_of(terms: Sequence[Any], beta: Any) -> Any:
    """β times the mean so far and 1 − β times the next, from 0 on: as the code goes, so that roots of it are alike."""
    mean = 0
    for term in terms:
        mean = beta * mean + (1 - beta) * term
    return mean


def _divided(roots: Sequence[Any], epsilon: Any) -> Any:
    """Where three steps end, each gradient divided by its root and ε."""
    theta = _start
    for t in range(1, _T + 1):
        theta = theta - _eta * _g_t[t] / (roots[t - 1] + epsilon)
    return theta


def _roots_of_sums() -> list[Any]:
    return [Root(sum(_squares()[:t])) for t in range(1, _T + 1)]


def _roots_of_means() -> list[Any]:
    return [Root(_mean_of(_squares()[:t], _beta)) for t in range(1, _T + 1)]


_SUM, _MEAN = Line(adagrad_step, "s_new"), Line(rmsprop_step, "s_new")
_DIVIDED = r"\theta_{t-1} - \eta\,\frac{g_t}{\sqrt{s_t} + \varepsilon}"

ADAGRAD = Derivation(
    id="derivation.adagrad",
    statement="AdaGrad divides by the root of the sum of all squared gradients so far.",
    latex=r"\theta_t = \theta_{t-1} - \eta\,\frac{g_t}{\sqrt{g_1^2 + \dots + g_t^2} + \varepsilon}",
    source="beyond the five sources",
    run=_steps_of(adagrad_step, _epsilon),
    given=_ALL_ALIKE,
    given_latex=_ALL_ALIKE_LATEX,
    steps=(
        Step(
            id="sum",
            quantity="s_t",
            latex=r"s_{t-1} + g_t^2",
            rule="definition",
            line=_SUM,
            expression=lambda: sum(_squares()[: _T - 1]) + _g_t[_T] ** 2,
        ),
        Step(
            id="step",
            quantity=r"\theta_t",
            latex=_DIVIDED,
            rule="definition",
            line=Line(adagrad_step, "theta_new"),
            expression=lambda: _divided(_roots_of_sums(), _epsilon),
        ),
        Step(
            id="unrolled",
            quantity="s_t",
            latex=r"g_1^2 + g_2^2 + \dots + g_t^2",
            rule="the sum before put in, down to the first",
            line=_SUM,
            expression=lambda: sum(_squares()),
        ),
        Step(
            id="alike",
            quantity="s_t",
            latex=r"t\,g^2",
            rule="if every gradient is g",
            line=_SUM,
            expression=lambda: _T * _g_all**2,
            uses_given=True,
        ),
    ),
)

RMSPROP = Derivation(
    id="derivation.rmsprop",
    statement="RMSProp divides by the root of a mean of squared gradients, each older one fainter by β.",
    latex=r"s_t = (1 - \beta)\,(g_t^2 + \beta g_{t-1}^2 + \beta^2 g_{t-2}^2 + \dots)",
    source="beyond the five sources",
    run=_steps_of(rmsprop_step, _beta, _epsilon),
    given=_ALL_ALIKE,
    given_latex=_ALL_ALIKE_LATEX,
    steps=(
        Step(
            id="mean",
            quantity="s_t",
            latex=r"\beta s_{t-1} + (1 - \beta)\,g_t^2",
            rule="definition",
            line=_MEAN,
            expression=lambda: _beta * _mean_of(_squares()[: _T - 1], _beta) + (1 - _beta) * _g_t[_T] ** 2,
        ),
        Step(
            id="step",
            quantity=r"\theta_t",
            latex=_DIVIDED,
            rule="definition",
            line=Line(rmsprop_step, "theta_new"),
            expression=lambda: _divided(_roots_of_means(), _epsilon),
        ),
        Step(
            id="unrolled",
            quantity="s_t",
            latex=r"(1 - \beta)\,(g_t^2 + \beta g_{t-1}^2 + \dots + \beta^{t-1} g_1^2)",
            rule="the mean before put in, down to the first",
            line=_MEAN,
            expression=lambda: (1 - _beta) * _faded(_beta, _squares()),
        ),
        Step(
            id="alike",
            quantity="s_t",
            latex=r"(1 - \beta)\,\frac{1 - \beta^t}{1 - \beta}\,g^2",
            rule="if every gradient is g: a geometric sum",
            line=_MEAN,
            expression=lambda: (1 - _beta) * (1 - _beta**_T) / (1 - _beta) * _g_all**2,
            uses_given=True,
        ),
        Step(
            id="missing",
            quantity="s_t",
            latex=r"(1 - \beta^t)\,g^2",
            rule="1 − β cancelled",
            line=_MEAN,
            expression=lambda: (1 - _beta**_T) * _g_all**2,
            uses_given=True,
        ),
    ),
)


# ---- Adam ------------------------------------------------------------------------------------------------------------

_beta_1, _beta_2 = symbols.number("beta_1"), symbols.number("beta_2")


def _adam_steps() -> None:
    theta, m, v = _start, 0, 0
    for t in range(1, _T + 1):
        theta, m, v = adam_step(theta, _g_t[t], m, v, t, _eta, beta1=_beta_1, beta2=_beta_2, epsilon=_epsilon)


def _m_hat(t: int) -> Any:
    return _mean_of(_g_t[1 : t + 1], _beta_1) / (1 - _beta_1**t)


def _v_hat(t: int) -> Any:
    return _mean_of(_squares()[:t], _beta_2) / (1 - _beta_2**t)


def _adam_place() -> Any:
    theta = _start
    for t in range(1, _T + 1):
        theta = theta - _eta * _m_hat(t) / (Root(_v_hat(t)) + _epsilon)
    return theta


ADAM = Derivation(
    id="derivation.adam",
    statement="Adam divides a mean of gradients by the root of a mean of squares, both corrected for their start at 0.",
    latex=r"\theta_t = \theta_{t-1} - \eta\,\frac{\hat m_t}{\sqrt{\hat v_t} + \varepsilon}",
    source="beyond the five sources",
    run=_adam_steps,
    given=_ALL_ALIKE,
    given_latex=_ALL_ALIKE_LATEX,
    steps=(
        Step(
            id="m",
            quantity="m_t",
            latex=r"\beta_1 m_{t-1} + (1 - \beta_1)\,g_t",
            rule="a mean of gradients",
            line=Line(adam_step, "m_new"),
            expression=lambda: _beta_1 * _mean_of(_g_t[1:_T], _beta_1) + (1 - _beta_1) * _g_t[_T],
        ),
        Step(
            id="v",
            quantity="v_t",
            latex=r"\beta_2 v_{t-1} + (1 - \beta_2)\,g_t^2",
            rule="a mean of their squares",
            line=Line(adam_step, "v_new"),
            expression=lambda: _beta_2 * _mean_of(_squares()[: _T - 1], _beta_2) + (1 - _beta_2) * _g_t[_T] ** 2,
        ),
        Step(
            id="m-alike",
            quantity="m_t",
            latex=r"(1 - \beta_1^t)\,g",
            rule="if every gradient is g",
            line=Line(adam_step, "m_new"),
            expression=lambda: (1 - _beta_1**_T) * _g_all,
            uses_given=True,
        ),
        Step(
            id="m-hat",
            quantity=r"\hat m_t",
            latex=r"\frac{m_t}{1 - \beta_1^t}",
            rule="divided by what is missing",
            line=Line(adam_step, "m_hat"),
            expression=lambda: _m_hat(_T),
        ),
        Step(
            id="v-hat",
            quantity=r"\hat v_t",
            latex=r"\frac{v_t}{1 - \beta_2^t}",
            rule="likewise",
            line=Line(adam_step, "v_hat"),
            expression=lambda: _v_hat(_T),
        ),
        Step(
            id="step",
            quantity=r"\theta_t",
            latex=r"\theta_{t-1} - \eta\,\frac{\hat m_t}{\sqrt{\hat v_t} + \varepsilon}",
            rule="definition",
            line=Line(adam_step, "theta_new"),
            expression=_adam_place,
        ),
    ),
)


DERIVATIONS = [DESCENT, RATE, BATCH, MOMENTUM, NESTEROV, ADAGRAD, RMSPROP, ADAM]
