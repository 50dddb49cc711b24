"""Optimizers: from gradients to better parameters.

    theta            θ, a parameter: a number, a vector or a matrix
    dL_dtheta        ∂L/∂θ, of the same shape
    learning_rate    η (`001`: α), how far one step goes
    eta_t            ηₜ, the learning rate after t steps of decay
    beta             β, how much of the past is kept from one step to the next
    v                the velocity: a sum of past gradients, the older the fainter (Adam: a mean of their squares)
    m                a mean of past gradients
    s                a sum, or a mean, of past squared gradients
    epsilon          ε, what keeps a division by zero away
    t                how many steps there have been

A `…_step` function takes one step and remembers nothing: θ, its gradient and the state go in, θ and the state come out.

    gradient_descent_step    θ_new = θ − η g                            g is ∂L/∂θ
    momentum_step            v_new = β v + g                            θ_new = θ − η v_new
    nesterov_step            v_new = β v + g                            θ_new = θ − η (g + β v_new)
    adagrad_step             s_new = s + g²                             θ_new = θ − η g / (√s_new + ε)
    rmsprop_step             s_new = β s + (1 − β) g²                   θ_new = θ − η g / (√s_new + ε)
    adam_step                m_new, v_new: means of g and of g²         θ_new = θ − η m̂ / (√v̂ + ε)

State begins as `zeros_like(theta)`. The objects (`Momentum(learning_rate=0.1)` …) keep it, for every W and b of a
network: `optimizer.step(network)` after `network.backward(…)`. Where they take a learning rate they take a decay too,
`Momentum(ExponentialDecay(0.1, gamma=0.99))`, which goes down with every step.
"""

from __future__ import annotations

from scalarnn import check
from scalarnn.scalar import is_symbolic, sqrt

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.scalar import Number

__all__ = [
    "AdaGrad",
    "Adam",
    "ExponentialDecay",
    "GradientDescent",
    "InverseTimeDecay",
    "Momentum",
    "Nesterov",
    "RMSProp",
    "adagrad_step",
    "adam_step",
    "exponential_decay",
    "gradient_descent_step",
    "inverse_time_decay",
    "momentum_step",
    "nesterov_step",
    "rmsprop_step",
    "zeros_like",
]

# What is taken where nothing is given: the settings of PyTorch; for momentum, which has none there, the usual 0.9.
MOMENTUM_BETA = 9 / 10
RMSPROP_BETA = 99 / 100
ADAM_BETA1 = 9 / 10
ADAM_BETA2 = 999 / 1000
ADAGRAD_EPSILON = 1 / 10**10
EPSILON = 1 / 10**8


# ---- gradient descent ------------------------------------------------------------------------------------------------


def gradient_descent_step(theta: Any, dL_dtheta: Any, learning_rate: Number) -> Any:
    """θ_new = θ − η · ∂L/∂θ, for every number of θ.

    The gradient points to where L grows fastest, so the step goes the other way. For a small step d,
    L(θ + d) ≈ L(θ) + ∂L/∂θ · d; with d = −η · ∂L/∂θ the loss falls by about η · (∂L/∂θ)².

    Args:
        theta: a number, a vector or a matrix (or deeper lists).
        dL_dtheta: its gradient, of the same shape.
        learning_rate: a finite number above zero.

    Returns:
        theta_new, of the same shape; theta itself is left as it was.

    Raises:
        TypeError: an entry is not a number, or a number faces a list.
        ValueError: shapes differ, an entry is not finite, or learning_rate is not above zero.

    Source: `001` (gradient descent), `002` (update of the neuron), `004` step 4.

    Examples:
        >>> gradient_descent_step(theta=[1, 2, 0], dL_dtheta=[18, 36, 0], learning_rate=0.5)
        [-8.0, -16.0, 0.0]
    """
    check.learning_rate(learning_rate)
    check.same_shape(theta, dL_dtheta, "theta", "dL_dtheta")
    return _descend(theta, dL_dtheta, learning_rate)


def _descend(theta: Any, dL_dtheta: Any, learning_rate: Number) -> Any:
    if type(theta) is float or not hasattr(type(theta), "__len__"):
        theta_new = theta - learning_rate * dL_dtheta
        return theta_new
    updated = []
    for i, theta_i in enumerate(theta):
        if type(theta_i) is float or not hasattr(type(theta_i), "__len__"):
            theta_i_new = theta_i - learning_rate * dL_dtheta[i]
            updated.append(theta_i_new)
        else:
            updated.append(_descend(theta_i, dL_dtheta[i], learning_rate))
    return updated


# ---- learning-rate decay ---------------------------------------------------------------------------------------------


def inverse_time_decay(learning_rate: Number, t: int, decay: Number) -> Number:
    """ηₜ = η / (1 + decay · t): large steps at first, small ones near the end; also called 1/t decay.

    After t = 1/decay steps the rate is half of what it was, after 2/decay a third. It falls so slowly that the steps
    together still go any distance (Σ 1/t has no limit), and fast enough for the noise of small batches to die out
    (Σ 1/t² has one).

    Args:
        learning_rate: η, the rate of the first step, a finite number above zero.
        t: how many steps have been taken, 0 for the first.
        decay: a finite number from 0 up; 0 leaves the rate as it is.

    Returns:
        eta_t, the rate of the next step.

    Raises:
        TypeError: one of them is not a number, or t is not an int.
        ValueError: learning_rate is not above zero, t or decay is below zero, or one is not finite.

    Source: `002` (learning-rate decay, announced); the rule is that of Robbins and Monro (1951). PyTorch has it inside
    Adagrad, as lr_decay.

    Examples:
        >>> inverse_time_decay(learning_rate=1.0, t=0, decay=0.5), inverse_time_decay(learning_rate=1.0, t=2, decay=0.5)
        (1.0, 0.5)
    """
    check.learning_rate(learning_rate)
    check.integer(t, "t", 0, None)
    _check_not_negative(decay, "decay")
    eta_t = learning_rate / (1 + decay * t)
    return eta_t


def exponential_decay(learning_rate: Number, t: int, gamma: Number) -> Number:
    """ηₜ = η · γᵗ: every step is the same part γ of the step before.

    The steps together go no further than η / (1 − γ) times the gradient, so too small a γ stops before the goal.

    Args:
        learning_rate: η, the rate of the first step, a finite number above zero.
        t: how many steps have been taken, 0 for the first.
        gamma: γ, above 0 and at most 1; 1 leaves the rate as it is.

    Returns:
        eta_t, the rate of the next step.

    Raises:
        TypeError: one of them is not a number, or t is not an int.
        ValueError: learning_rate is not above zero, t is below zero, gamma is not above 0 and at most 1, or one is not
            finite.

    Source: `002` (learning-rate decay, announced). PyTorch's ExponentialLR multiplies by γ once an epoch, with the same
    result but for rounding.

    Examples:
        >>> exponential_decay(learning_rate=1.0, t=0, gamma=0.5), exponential_decay(learning_rate=1.0, t=3, gamma=0.5)
        (1.0, 0.125)
    """
    check.learning_rate(learning_rate)
    check.integer(t, "t", 0, None)
    _check_gamma(gamma)
    eta_t = learning_rate * gamma**t
    return eta_t


# ---- momentum --------------------------------------------------------------------------------------------------------


def momentum_step(
    theta: Any, dL_dtheta: Any, v: Any, learning_rate: Number, beta: Number = MOMENTUM_BETA
) -> tuple[Any, Any]:
    """v_new = β v + ∂L/∂θ, θ_new = θ − η v_new: a ball that rolls downhill and does not stop at once.

    Unrolled, v is a sum of all gradients so far, each older one fainter by β:

        v = g₀ + β g₁ + β² g₂ + …,  g₀ the newest

    Where the gradient keeps its direction the terms add up, to at most 1 + β + β² + … = 1 / (1 − β) times one of them:
    with β = 0.9 the steps become ten times as long. Where it flips its sign from step to step, as across a narrow
    valley, they cancel. With β = 0 it is gradient descent.

    The same definition as PyTorch's SGD with momentum (dampening 0). Others put η into the velocity, v = β v − η g and
    θ + v: the same path as long as η stays; when η changes, this one's past takes part at the new rate.

    Args:
        theta: a number, a vector or a matrix (or deeper lists).
        dL_dtheta: its gradient, of the same shape.
        v: the velocity after the step before, of the same shape; `zeros_like(theta)` at first.
        learning_rate: η, a finite number above zero.
        beta: β, from 0 up to, but not including, 1.

    Returns:
        theta_new and v_new, of the same shape; theta and v are left as they were.

    Raises:
        TypeError: an entry is not a number, or a number faces a list.
        ValueError: shapes differ, an entry is not finite, learning_rate is not above zero, or beta is out of range.

    Source: `002` (momentum, announced); Polyak (1964).

    Examples:
        >>> theta, v = momentum_step(theta=[1.0], dL_dtheta=[2.0], v=[0], learning_rate=0.25, beta=0.5)
        >>> theta, v
        ([0.5], [2.0])
        >>> momentum_step(theta, dL_dtheta=[2.0], v=v, learning_rate=0.25, beta=0.5)
        ([-0.25], [3.0])
    """
    check.learning_rate(learning_rate)
    _check_beta(beta, "beta")
    check.same_shape(theta, dL_dtheta, "theta", "dL_dtheta")
    check.same_shape(theta, v, "theta", "v")
    return _roll(theta, dL_dtheta, v, learning_rate, beta)


def _roll(theta: Any, dL_dtheta: Any, v: Any, learning_rate: Number, beta: Number) -> tuple[Any, Any]:
    if not hasattr(type(theta), "__len__"):
        v_new = beta * v + dL_dtheta
        theta_new = theta - learning_rate * v_new
        return theta_new, v_new
    updated, velocities = [], []
    for i in range(len(theta)):
        theta_i_new, v_i_new = _roll(theta[i], dL_dtheta[i], v[i], learning_rate, beta)
        updated.append(theta_i_new)
        velocities.append(v_i_new)
    return updated, velocities


def nesterov_step(
    theta: Any, dL_dtheta: Any, v: Any, learning_rate: Number, beta: Number = MOMENTUM_BETA
) -> tuple[Any, Any]:
    """v_new = β v + ∂L/∂θ, θ_new = θ − η (∂L/∂θ + β v_new): momentum that looks one step ahead.

    Nesterov's idea: the velocity will carry the ball on to φ − η β v anyway, so take the gradient there.

        v_new = β v + ∂L/∂φ at φ − η β v,    φ_new = φ − η v_new

    Since the place of the gradient is where the ball is going to be, let that be the parameter: θ = φ − η β v. Then

        θ_new = φ_new − η β v_new
              = φ − η v_new − η β v_new
              = θ + η β v − η v_new − η β v_new       (φ = θ + η β v)
              = θ − η (v_new − β v) − η β v_new
              = θ − η (∂L/∂θ + β v_new)               (v_new − β v = ∂L/∂θ)

    and the gradient is needed at θ only, where backpropagation has it. The same definition as PyTorch's SGD with
    nesterov=True. With β = 0 it is gradient descent.

    Args:
        theta: a number, a vector or a matrix (or deeper lists).
        dL_dtheta: its gradient, of the same shape.
        v: the velocity after the step before, of the same shape; `zeros_like(theta)` at first.
        learning_rate: η, a finite number above zero.
        beta: β, from 0 up to, but not including, 1.

    Returns:
        theta_new and v_new, of the same shape; theta and v are left as they were.

    Raises:
        TypeError: an entry is not a number, or a number faces a list.
        ValueError: shapes differ, an entry is not finite, learning_rate is not above zero, or beta is out of range.

    Source: beyond the five sources; Nesterov (1983), in the form of Sutskever and others (2013).

    Examples:
        >>> nesterov_step(theta=[1.0], dL_dtheta=[2.0], v=[0], learning_rate=0.25, beta=0.5)
        ([0.25], [2.0])
    """
    check.learning_rate(learning_rate)
    _check_beta(beta, "beta")
    check.same_shape(theta, dL_dtheta, "theta", "dL_dtheta")
    check.same_shape(theta, v, "theta", "v")
    return _look_ahead(theta, dL_dtheta, v, learning_rate, beta)


def _look_ahead(theta: Any, dL_dtheta: Any, v: Any, learning_rate: Number, beta: Number) -> tuple[Any, Any]:
    if not hasattr(type(theta), "__len__"):
        v_new = beta * v + dL_dtheta
        v_ahead = dL_dtheta + beta * v_new
        theta_new = theta - learning_rate * v_ahead
        return theta_new, v_new
    updated, velocities = [], []
    for i in range(len(theta)):
        theta_i_new, v_i_new = _look_ahead(theta[i], dL_dtheta[i], v[i], learning_rate, beta)
        updated.append(theta_i_new)
        velocities.append(v_i_new)
    return updated, velocities


# ---- a rate for every parameter --------------------------------------------------------------------------------------


def adagrad_step(
    theta: Any, dL_dtheta: Any, s: Any, learning_rate: Number, epsilon: Number = ADAGRAD_EPSILON
) -> tuple[Any, Any]:
    """s_new = s + (∂L/∂θ)², θ_new = θ − η · ∂L/∂θ / (√s_new + ε): every parameter has a rate of its own.

    One η for all is too long for a parameter with large gradients and too short for one with small or rare ones. So
    each is divided by the size of its own gradients so far, √(g₀² + g₁² + …). The first step is η long whatever the
    gradient, ∂L/∂θ / √(∂L/∂θ)² = ±1; after t gradients of one size it is η / √t. The sum only grows, so the steps only
    shrink: good for a convex loss, too soon an end for others, which is what RMSProp mends.

    The same definition as PyTorch's Adagrad: ε stands outside the root.

    Args:
        theta: a number, a vector or a matrix (or deeper lists).
        dL_dtheta: its gradient, of the same shape.
        s: the sum of squares after the step before, of the same shape; `zeros_like(theta)` at first.
        learning_rate: η, a finite number above zero.
        epsilon: ε, a finite number above zero.

    Returns:
        theta_new and s_new, of the same shape; theta and s are left as they were.

    Raises:
        TypeError: an entry is not a number, or of a kind without a square root, such as Fraction.
        ValueError: shapes differ, an entry is not finite, s has one below zero, or learning_rate or epsilon is not
            above zero.

    Source: beyond the five sources; Duchi, Hazan and Singer (2011).

    Examples:
        >>> theta, s = adagrad_step(theta=[1.0, 1.0], dL_dtheta=[3.0, -0.003], s=[0, 0], learning_rate=0.5)
        >>> [round(number, 6) for number in theta]
        [0.5, 1.5]
    """
    check.learning_rate(learning_rate)
    check.learning_rate(epsilon, "epsilon")
    check.same_shape(theta, dL_dtheta, "theta", "dL_dtheta")
    check.same_shape(theta, s, "theta", "s")
    _check_squares(s, "s")
    return _with_sum_of_squares(theta, dL_dtheta, s, learning_rate, epsilon)


def _with_sum_of_squares(theta: Any, dL_dtheta: Any, s: Any, learning_rate: Number, epsilon: Number) -> tuple[Any, Any]:
    if not hasattr(type(theta), "__len__"):
        s_new = s + dL_dtheta * dL_dtheta
        r = sqrt(s_new)
        theta_new = theta - learning_rate * dL_dtheta / (r + epsilon)
        return theta_new, s_new
    updated, sums = [], []
    for i in range(len(theta)):
        theta_i_new, s_i_new = _with_sum_of_squares(theta[i], dL_dtheta[i], s[i], learning_rate, epsilon)
        updated.append(theta_i_new)
        sums.append(s_i_new)
    return updated, sums


def rmsprop_step(
    theta: Any,
    dL_dtheta: Any,
    s: Any,
    learning_rate: Number,
    beta: Number = RMSPROP_BETA,
    epsilon: Number = EPSILON,
) -> tuple[Any, Any]:
    """s_new = β s + (1 − β) (∂L/∂θ)², θ_new = θ − η · ∂L/∂θ / (√s_new + ε): AdaGrad that forgets.

    In place of the sum of all squares, a mean of the recent ones: unrolled, s = (1 − β) (g₀² + β g₁² + β² g₂² + …), and
    the weights (1 − β) (1 + β + β² + …) add up to 1. So √s is the root mean square of the gradients of about the last
    1 / (1 − β) steps, and the steps stay about η long instead of shrinking for good. At first s is too small, for it
    begins at 0: the first step is η / √(1 − β) long. Adam corrects that.

    The same definition as PyTorch's RMSprop (there β is alpha, 0.99 by default; ε stands outside the root).

    Args:
        theta: a number, a vector or a matrix (or deeper lists).
        dL_dtheta: its gradient, of the same shape.
        s: the mean of squares after the step before, of the same shape; `zeros_like(theta)` at first.
        learning_rate: η, a finite number above zero.
        beta: β, from 0 up to, but not including, 1.
        epsilon: ε, a finite number above zero.

    Returns:
        theta_new and s_new, of the same shape; theta and s are left as they were.

    Raises:
        TypeError: an entry is not a number, or they and beta are of a kind without a square root, such as
            Fraction.
        ValueError: shapes differ, an entry is not finite, s has one below zero, learning_rate or epsilon is not above
            zero, or beta is out of range.

    Source: beyond the five sources; Hinton's lectures (2012).

    Examples:
        >>> theta, s = rmsprop_step(theta=[1.0], dL_dtheta=[4.0], s=[0], learning_rate=0.5, beta=0.75)
        >>> [round(number, 6) for number in theta], s
        ([0.0], [4.0])
    """
    check.learning_rate(learning_rate)
    _check_beta(beta, "beta")
    check.learning_rate(epsilon, "epsilon")
    check.same_shape(theta, dL_dtheta, "theta", "dL_dtheta")
    check.same_shape(theta, s, "theta", "s")
    _check_squares(s, "s")
    return _with_mean_of_squares(theta, dL_dtheta, s, learning_rate, beta, epsilon)


def _with_mean_of_squares(
    theta: Any, dL_dtheta: Any, s: Any, learning_rate: Number, beta: Number, epsilon: Number
) -> tuple[Any, Any]:
    if not hasattr(type(theta), "__len__"):
        s_new = beta * s + (1 - beta) * (dL_dtheta * dL_dtheta)
        r = sqrt(s_new)
        theta_new = theta - learning_rate * dL_dtheta / (r + epsilon)
        return theta_new, s_new
    updated, means = [], []
    for i in range(len(theta)):
        theta_i_new, s_i_new = _with_mean_of_squares(theta[i], dL_dtheta[i], s[i], learning_rate, beta, epsilon)
        updated.append(theta_i_new)
        means.append(s_i_new)
    return updated, means


def adam_step(
    theta: Any,
    dL_dtheta: Any,
    m: Any,
    v: Any,
    t: int,
    learning_rate: Number,
    beta1: Number = ADAM_BETA1,
    beta2: Number = ADAM_BETA2,
    epsilon: Number = EPSILON,
) -> tuple[Any, Any, Any]:
    """θ_new = θ − η m̂ / (√v̂ + ε), with m̂ the mean of the gradients and v̂ that of their squares.

    Momentum for the direction, RMSProp for the length:

        m_new = β₁ m + (1 − β₁) ∂L/∂θ
        v_new = β₂ v + (1 − β₂) (∂L/∂θ)²

    Both begin at 0, and so are too small at first. If every gradient so far was g, then after t steps
    m = (1 − β₁) (1 + β₁ + … + β₁ᵗ⁻¹) g = (1 − β₁ᵗ) g, the sum being geometric. Dividing by what is missing makes the
    mean a mean from the first step on:

        m̂ = m_new / (1 − β₁ᵗ),   v̂ = v_new / (1 − β₂ᵗ)

    The first step is η long for every parameter, for m̂ / √v̂ = g / √g² = ±1.

    The same definition as PyTorch's Adam. PyTorch divides √v_new by √(1 − β₂ᵗ) where this takes the root of the
    quotient, so the last digits may differ.

    Args:
        theta: a number, a vector or a matrix (or deeper lists).
        dL_dtheta: its gradient, of the same shape.
        m: the mean of gradients after the step before, of the same shape; `zeros_like(theta)` at first.
        v: the mean of their squares, likewise.
        t: which step this is, 1 for the first.
        learning_rate: η, a finite number above zero.
        beta1: β₁, from 0 up to, but not including, 1.
        beta2: β₂, from 0 up to, but not including, 1.
        epsilon: ε, a finite number above zero.

    Returns:
        theta_new, m_new and v_new, of the same shape; theta, m and v are left as they were.

    Raises:
        TypeError: an entry is not a number, or they and the betas are of a kind without a square root, such as
            Fraction; t is not an int.
        ValueError: shapes differ, an entry is not finite, v has one below zero, t is below one, learning_rate or
            epsilon is not above zero, or beta1 or beta2 is out of range.

    Source: beyond the five sources; Kingma and Ba (2015).

    Examples:
        >>> theta, m, v = adam_step([1.0, 1.0], dL_dtheta=[3.0, -0.003], m=[0, 0], v=[0, 0], t=1, learning_rate=0.5)
        >>> [round(number, 5) for number in theta]
        [0.5, 1.5]
    """
    check.learning_rate(learning_rate)
    _check_beta(beta1, "beta1")
    _check_beta(beta2, "beta2")
    check.learning_rate(epsilon, "epsilon")
    check.count(t, "t")
    check.same_shape(theta, dL_dtheta, "theta", "dL_dtheta")
    check.same_shape(theta, m, "theta", "m")
    check.same_shape(theta, v, "theta", "v")
    _check_squares(v, "v")
    return _with_both_means(theta, dL_dtheta, m, v, t, learning_rate, beta1, beta2, epsilon)


def _with_both_means(
    theta: Any,
    dL_dtheta: Any,
    m: Any,
    v: Any,
    t: int,
    learning_rate: Number,
    beta1: Number,
    beta2: Number,
    epsilon: Number,
) -> tuple[Any, Any, Any]:
    if not hasattr(type(theta), "__len__"):
        m_new = beta1 * m + (1 - beta1) * dL_dtheta
        v_new = beta2 * v + (1 - beta2) * (dL_dtheta * dL_dtheta)
        m_hat = m_new / (1 - beta1**t)
        v_hat = v_new / (1 - beta2**t)
        r = sqrt(v_hat)
        theta_new = theta - learning_rate * m_hat / (r + epsilon)
        return theta_new, m_new, v_new
    updated, means, squares = [], [], []
    for i in range(len(theta)):
        theta_i_new, m_i_new, v_i_new = _with_both_means(
            theta[i], dL_dtheta[i], m[i], v[i], t, learning_rate, beta1, beta2, epsilon
        )
        updated.append(theta_i_new)
        means.append(m_i_new)
        squares.append(v_i_new)
    return updated, means, squares


# ---- state -----------------------------------------------------------------------------------------------------------


def zeros_like(theta: Any) -> Any:
    """0 for every number of θ: the state before the first step.

    Args:
        theta: a number, a vector or a matrix (or deeper lists).

    Returns:
        The same shape, filled with the int 0, which leaves every kind of number what it is.

    Raises:
        TypeError: an entry is not a number.
        ValueError: a list is empty, or an entry is not finite.

    Source: none of the five; every method above begins so.

    Examples:
        >>> zeros_like([[1.5, 2.5], [3.5, 4.5]])
        [[0, 0], [0, 0]]
    """
    check.same_shape(theta, theta, "theta", "theta")
    return _zeros_like(theta)


def _zeros_like(theta: Any) -> Any:
    if not hasattr(type(theta), "__len__"):
        return 0
    zeros = []
    for i in range(len(theta)):
        zeros.append(_zeros_like(theta[i]))
    return zeros


# ---- objects that keep it --------------------------------------------------------------------------------------------


class InverseTimeDecay:
    """ηₜ = η / (1 + decay · t) as a learning rate that an optimizer asks before every step.

    Args:
        learning_rate: η, the rate of the first step, a finite number above zero.
        decay: a finite number from 0 up.

    Raises:
        TypeError: one of them is not a number.
        ValueError: learning_rate is not above zero, decay is below it, or one is not finite.

    Source: `002` (learning-rate decay, announced).

    Examples:
        >>> rate = InverseTimeDecay(learning_rate=1.0, decay=0.5)
        >>> rate.at(0), rate.at(2)
        (1.0, 0.5)
    """

    def __init__(self, learning_rate: Number, decay: Number) -> None:
        check.learning_rate(learning_rate)
        _check_not_negative(decay, "decay")
        self.learning_rate = learning_rate
        self.decay = decay

    def at(self, t: int) -> Number:
        """The function inverse_time_decay, after t steps."""
        return inverse_time_decay(self.learning_rate, t, self.decay)

    def __repr__(self) -> str:
        return f"InverseTimeDecay(learning_rate={self.learning_rate}, decay={self.decay})"


class ExponentialDecay:
    """ηₜ = η · γᵗ as a learning rate that an optimizer asks before every step.

    Args:
        learning_rate: η, the rate of the first step, a finite number above zero.
        gamma: γ, above 0 and at most 1.

    Raises:
        TypeError: one of them is not a number.
        ValueError: learning_rate is not above zero, gamma is not above 0 and at most 1, or one is not finite.

    Source: `002` (learning-rate decay, announced).

    Examples:
        >>> rate = ExponentialDecay(learning_rate=1.0, gamma=0.5)
        >>> rate.at(0), rate.at(3)
        (1.0, 0.125)
    """

    def __init__(self, learning_rate: Number, gamma: Number) -> None:
        check.learning_rate(learning_rate)
        _check_gamma(gamma)
        self.learning_rate = learning_rate
        self.gamma = gamma

    def at(self, t: int) -> Number:
        """The function exponential_decay, after t steps."""
        return exponential_decay(self.learning_rate, t, self.gamma)

    def __repr__(self) -> str:
        return f"ExponentialDecay(learning_rate={self.learning_rate}, gamma={self.gamma})"


class _Optimizer:
    """What the optimizers below share: a step for every W and b of a network, or for none of them."""

    letters: tuple[str, ...] = ()  # what is kept for each parameter
    squares: tuple[str, ...] = ()  # those of them that are never below zero

    def __init__(self, learning_rate: Any) -> None:
        _check_rate(learning_rate)
        self.learning_rate = learning_rate
        self.t = 0
        self.state: list[dict[str, Any]] = []
        self._layers: list[Any] = []  # the layers that the state belongs to

    def step(self, network: Any) -> None:
        """A step for every W and b of a network, with the gradients of its last backward pass.

        A step that fails, or is interrupted, leaves the network and the optimizer exactly as they were.

        Args:
            network: a Network; the same one in every step.

        Raises:
            RuntimeError: there was no backward pass, or its gradients belong to another W.
            TypeError: it is not a Network, or a setting or an entry is not a number.
            ValueError: it is another network than in the steps before, a setting is out of range, a shape has changed,
                or an entry is not finite.
        """
        layers = _layers_of(network)
        _check_rate(self.learning_rate)
        self._check_settings()
        state = self._state_of(layers)
        learning_rate = self.learning_rate
        if _is_decay(learning_rate):
            learning_rate = learning_rate.at(self.t)
            _check_not_negative(learning_rate, "learning_rate")
        updated = []
        state_new = []
        for layer in range(len(layers)):
            kept_W, kept_b = [], []
            for letter in self.letters:
                kept_W.append(state[layer][f"{letter}_W"])
                kept_b.append(state[layer][f"{letter}_b"])
            of_W = (layers[layer].W, layers[layer].dL_dW, kept_W, learning_rate)
            of_b = (layers[layer].b, layers[layer].dL_db, kept_b, learning_rate)
            W_new, *kept_W = check.without_checks(self._step, *of_W)
            b_new, *kept_b = check.without_checks(self._step, *of_b)
            updated.append((W_new, b_new))
            kept = {}
            for letter, letter_W, letter_b in zip(self.letters, kept_W, kept_b, strict=True):
                kept[f"{letter}_W"], kept[f"{letter}_b"] = letter_W, letter_b
            state_new.append(kept)
        self._take(layers, updated, state_new)

    if (
        TYPE_CHECKING
    ):  # what each class below supplies: theta_new and, after it, what is kept, in the order of the letters

        def _step(self, theta: Any, dL_dtheta: Any, kept: list[Any], learning_rate: Number) -> tuple[Any, ...]: ...

    def _check_settings(self) -> None:
        """Betas and epsilon, which are attributes and so may have been changed since."""

    def _state_of(self, layers: list[Any]) -> list[dict[str, Any]]:
        """What is kept for each layer, after a look at all that the step is going to read."""
        for layer in range(len(layers)):
            name = f"layers[{layer}]"
            check.same_shape(layers[layer].W, layers[layer].dL_dW, f"{name}.W", f"{name}.dL_dW")
            check.same_shape(layers[layer].b, layers[layer].dL_db, f"{name}.b", f"{name}.dL_db")
        if not self.letters:
            return [{}] * len(layers)
        state = []
        if self.t == 0:
            for layer in range(len(layers)):
                zeros = {}
                for letter in self.letters:
                    zeros[f"{letter}_W"] = _zeros_like(layers[layer].W)
                    zeros[f"{letter}_b"] = _zeros_like(layers[layer].b)
                state.append(zeros)
            return state
        if layers != self._layers:
            raise ValueError(
                "network has other layers than in the steps before: expected the same network, since an optimizer "
                "keeps something for each parameter; make a new one for a new network"
            )
        for layer in range(len(layers)):
            for letter in self.letters:
                for theta, name in ((layers[layer].W, "W"), (layers[layer].b, "b")):
                    key = f"{letter}_{name}"
                    shown = f"state[{layer}][{key!r}]"
                    check.same_shape(theta, self.state[layer][key], f"layers[{layer}].{name}", shown)
                    if letter in self.squares:
                        _check_squares(self.state[layer][key], shown)
        return self.state

    def _take(self, layers: list[Any], updated: list[Any], state_new: list[dict[str, Any]]) -> None:
        """The only place where anything changes."""
        before = []
        for layer in layers:
            before.append((layer.W, layer.b, layer._W_backward))
        kept = (self.state, self._layers, self.t)
        try:
            for layer, (W_new, b_new) in zip(layers, updated, strict=True):
                layer.W, layer.b = W_new, b_new
                layer._W_backward = None  # these gradients have been used
            self.state, self._layers, self.t = state_new, layers, self.t + 1
        except BaseException:
            for layer, (W, b, W_backward) in zip(layers, before, strict=True):
                layer.W, layer.b, layer._W_backward = W, b, W_backward
            self.state, self._layers, self.t = kept
            raise


class GradientDescent(_Optimizer):
    """θ_new = θ − η · ∂L/∂θ for every W and b of a network.

    Args:
        learning_rate: η, a finite number above zero, or a decay such as `ExponentialDecay(0.1, gamma=0.99)`.

    Attributes:
        learning_rate: as given; it may be changed between steps.
        t: how many steps have been taken.

    Raises:
        TypeError: learning_rate is neither a number nor a decay.
        ValueError: learning_rate is not a finite number above zero.

    Source: `001` (gradient descent), `002`, `004` step 4.

    Examples:
        >>> from scalarnn import Layer, Network
        >>> network = Network([Layer([[2.0]], [0.0])])
        >>> optimizer = GradientDescent(InverseTimeDecay(0.5, decay=1))
        >>> for _ in range(2):
        ...     y_hat = network.forward([1.0])
        ...     dL_dx = network.backward([1.0])
        ...     optimizer.step(network)
        ...     print(network.layers[0].W, network.layers[0].b)
        [[1.5]] [-0.5]
        [[1.25]] [-0.75]
    """

    def _step(self, theta: Any, dL_dtheta: Any, kept: list[Any], learning_rate: Number) -> tuple[Any, ...]:
        return _descend(theta, dL_dtheta, learning_rate), *kept

    def __repr__(self) -> str:
        return f"GradientDescent(learning_rate={self.learning_rate})"


class Momentum(_Optimizer):
    """v_new = β v + ∂L/∂θ, θ_new = θ − η v_new for every W and b of a network.

    Args:
        learning_rate: η, a finite number above zero, or a decay such as `ExponentialDecay(0.1, gamma=0.99)`.
        beta: β, from 0 up to, but not including, 1.

    Attributes:
        learning_rate, beta: as given; they may be changed between steps.
        t: how many steps have been taken.
        state: for each layer, v of its W and of its b: `state[0]["v_W"]`, `state[0]["v_b"]`.

    Raises:
        TypeError: learning_rate is neither a number nor a decay, or beta is not a number.
        ValueError: learning_rate is not above zero, beta is out of range, or one is not finite.

    Source: `002` (momentum, announced); see momentum_step.

    Examples:
        >>> from scalarnn import Layer, Network
        >>> network = Network([Layer([[2.0]], [0.0])])
        >>> optimizer = Momentum(learning_rate=0.5, beta=0.5)
        >>> for _ in range(2):
        ...     y_hat = network.forward([1.0])
        ...     dL_dx = network.backward([1.0])
        ...     optimizer.step(network)
        ...     print(network.layers[0].W, optimizer.state[0]["v_W"])
        [[1.5]] [[1.0]]
        [[0.75]] [[1.5]]
    """

    letters = ("v",)

    def __init__(self, learning_rate: Any, beta: Number = MOMENTUM_BETA) -> None:
        super().__init__(learning_rate)
        _check_beta(beta, "beta")
        self.beta = beta

    def _check_settings(self) -> None:
        _check_beta(self.beta, "beta")

    def _step(self, theta: Any, dL_dtheta: Any, kept: list[Any], learning_rate: Number) -> tuple[Any, ...]:
        (v,) = kept
        return _roll(theta, dL_dtheta, v, learning_rate, self.beta)

    def __repr__(self) -> str:
        return f"Momentum(learning_rate={self.learning_rate}, beta={self.beta})"


class Nesterov(_Optimizer):
    """v_new = β v + ∂L/∂θ, θ_new = θ − η (∂L/∂θ + β v_new) for every W and b of a network.

    Args:
        learning_rate: η, a finite number above zero, or a decay such as `ExponentialDecay(0.1, gamma=0.99)`.
        beta: β, from 0 up to, but not including, 1.

    Attributes:
        learning_rate, beta: as given; they may be changed between steps.
        t: how many steps have been taken.
        state: for each layer, v of its W and of its b: `state[0]["v_W"]`, `state[0]["v_b"]`.

    Raises:
        TypeError: learning_rate is neither a number nor a decay, or beta is not a number.
        ValueError: learning_rate is not above zero, beta is out of range, or one is not finite.

    Source: beyond the five sources; see nesterov_step.

    Examples:
        >>> from scalarnn import Layer, Network
        >>> network = Network([Layer([[2.0]], [0.0])])
        >>> y_hat = network.forward([1.0])
        >>> dL_dx = network.backward([1.0])
        >>> Nesterov(learning_rate=0.5, beta=0.5).step(network)
        >>> network.layers[0].W
        [[1.25]]
    """

    letters = ("v",)

    def __init__(self, learning_rate: Any, beta: Number = MOMENTUM_BETA) -> None:
        super().__init__(learning_rate)
        _check_beta(beta, "beta")
        self.beta = beta

    def _check_settings(self) -> None:
        _check_beta(self.beta, "beta")

    def _step(self, theta: Any, dL_dtheta: Any, kept: list[Any], learning_rate: Number) -> tuple[Any, ...]:
        (v,) = kept
        return _look_ahead(theta, dL_dtheta, v, learning_rate, self.beta)

    def __repr__(self) -> str:
        return f"Nesterov(learning_rate={self.learning_rate}, beta={self.beta})"


class AdaGrad(_Optimizer):
    """s_new = s + (∂L/∂θ)², θ_new = θ − η · ∂L/∂θ / (√s_new + ε) for every W and b of a network.

    PyTorch's Adagrad with lr_decay is `AdaGrad(InverseTimeDecay(learning_rate, decay))`.

    Args:
        learning_rate: η, a finite number above zero, or a decay such as `ExponentialDecay(0.1, gamma=0.99)`.
        epsilon: ε, a finite number above zero.

    Attributes:
        learning_rate, epsilon: as given; they may be changed between steps.
        t: how many steps have been taken.
        state: for each layer, s of its W and of its b: `state[0]["s_W"]`, `state[0]["s_b"]`.

    Raises:
        TypeError: learning_rate is neither a number nor a decay, or epsilon is not a number.
        ValueError: learning_rate or epsilon is not a finite number above zero.

    Source: beyond the five sources; see adagrad_step.

    Examples:
        >>> from scalarnn import Layer, Network
        >>> network = Network([Layer([[2.0]], [0.0])])
        >>> y_hat = network.forward([1.0])
        >>> dL_dx = network.backward([4.0])
        >>> optimizer = AdaGrad(learning_rate=0.5)
        >>> optimizer.step(network)
        >>> round(network.layers[0].W[0][0], 6), optimizer.state[0]["s_W"]
        (1.5, [[16.0]])
    """

    letters = ("s",)
    squares = ("s",)

    def __init__(self, learning_rate: Any, epsilon: Number = ADAGRAD_EPSILON) -> None:
        super().__init__(learning_rate)
        check.learning_rate(epsilon, "epsilon")
        self.epsilon = epsilon

    def _check_settings(self) -> None:
        check.learning_rate(self.epsilon, "epsilon")

    def _step(self, theta: Any, dL_dtheta: Any, kept: list[Any], learning_rate: Number) -> tuple[Any, ...]:
        (s,) = kept
        return _with_sum_of_squares(theta, dL_dtheta, s, learning_rate, self.epsilon)

    def __repr__(self) -> str:
        return f"AdaGrad(learning_rate={self.learning_rate}, epsilon={self.epsilon})"


class RMSProp(_Optimizer):
    """s_new = β s + (1 − β) (∂L/∂θ)², θ_new = θ − η · ∂L/∂θ / (√s_new + ε) for every W and b of a network.

    Args:
        learning_rate: η, a finite number above zero, or a decay such as `ExponentialDecay(0.1, gamma=0.99)`.
        beta: β, from 0 up to, but not including, 1.
        epsilon: ε, a finite number above zero.

    Attributes:
        learning_rate, beta, epsilon: as given; they may be changed between steps.
        t: how many steps have been taken.
        state: for each layer, s of its W and of its b: `state[0]["s_W"]`, `state[0]["s_b"]`.

    Raises:
        TypeError: learning_rate is neither a number nor a decay, or beta or epsilon is not a number.
        ValueError: learning_rate or epsilon is not above zero, beta is out of range, or one is not finite.

    Source: beyond the five sources; see rmsprop_step.

    Examples:
        >>> from scalarnn import Layer, Network
        >>> network = Network([Layer([[2.0]], [0.0])])
        >>> y_hat = network.forward([1.0])
        >>> dL_dx = network.backward([4.0])
        >>> optimizer = RMSProp(learning_rate=0.5, beta=0.75)
        >>> optimizer.step(network)
        >>> round(network.layers[0].W[0][0], 6), optimizer.state[0]["s_W"]
        (1.0, [[4.0]])
    """

    letters = ("s",)
    squares = ("s",)

    def __init__(self, learning_rate: Any, beta: Number = RMSPROP_BETA, epsilon: Number = EPSILON) -> None:
        super().__init__(learning_rate)
        _check_beta(beta, "beta")
        check.learning_rate(epsilon, "epsilon")
        self.beta = beta
        self.epsilon = epsilon

    def _check_settings(self) -> None:
        _check_beta(self.beta, "beta")
        check.learning_rate(self.epsilon, "epsilon")

    def _step(self, theta: Any, dL_dtheta: Any, kept: list[Any], learning_rate: Number) -> tuple[Any, ...]:
        (s,) = kept
        return _with_mean_of_squares(theta, dL_dtheta, s, learning_rate, self.beta, self.epsilon)

    def __repr__(self) -> str:
        return f"RMSProp(learning_rate={self.learning_rate}, beta={self.beta}, epsilon={self.epsilon})"


class Adam(_Optimizer):
    """θ_new = θ − η m̂ / (√v̂ + ε) for every W and b of a network.

    Args:
        learning_rate: η, a finite number above zero, or a decay such as `ExponentialDecay(0.1, gamma=0.99)`.
        beta1: β₁, from 0 up to, but not including, 1.
        beta2: β₂, from 0 up to, but not including, 1.
        epsilon: ε, a finite number above zero.

    Attributes:
        learning_rate, beta1, beta2, epsilon: as given; they may be changed between steps.
        t: how many steps have been taken.
        state: for each layer, m and v of its W and of its b: `state[0]["m_W"]`, `state[0]["v_b"]` and so on.

    Raises:
        TypeError: learning_rate is neither a number nor a decay, or another setting is not a number.
        ValueError: learning_rate or epsilon is not above zero, beta1 or beta2 is out of range, or one is not finite.

    Source: beyond the five sources; see adam_step.

    Examples:
        >>> from scalarnn import Layer, Network
        >>> network = Network([Layer([[2.0]], [0.0])])
        >>> y_hat = network.forward([1.0])
        >>> dL_dx = network.backward([4.0])
        >>> optimizer = Adam(learning_rate=0.5)
        >>> optimizer.step(network)
        >>> round(network.layers[0].W[0][0], 6), optimizer.t
        (1.5, 1)
    """

    letters = ("m", "v")
    squares = ("v",)

    def __init__(
        self,
        learning_rate: Any,
        beta1: Number = ADAM_BETA1,
        beta2: Number = ADAM_BETA2,
        epsilon: Number = EPSILON,
    ) -> None:
        super().__init__(learning_rate)
        _check_beta(beta1, "beta1")
        _check_beta(beta2, "beta2")
        check.learning_rate(epsilon, "epsilon")
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon

    def _check_settings(self) -> None:
        _check_beta(self.beta1, "beta1")
        _check_beta(self.beta2, "beta2")
        check.learning_rate(self.epsilon, "epsilon")

    def _step(self, theta: Any, dL_dtheta: Any, kept: list[Any], learning_rate: Number) -> tuple[Any, ...]:
        m, v = kept
        t = self.t + 1
        return _with_both_means(theta, dL_dtheta, m, v, t, learning_rate, self.beta1, self.beta2, self.epsilon)

    def __repr__(self) -> str:
        settings = f"beta1={self.beta1}, beta2={self.beta2}, epsilon={self.epsilon}"
        return f"Adam(learning_rate={self.learning_rate}, {settings})"


# ---- checks ----------------------------------------------------------------------------------------------------------


def _check_squares(s: Any, name: str) -> None:
    """No number of s is below zero; that they are numbers has been checked."""
    if not hasattr(type(s), "__len__"):
        _check_not_negative(s, name)
        return
    for i in range(len(s)):
        if type(s[i]) is not float or s[i] < 0:
            _check_squares(s[i], f"{name}[{i}]")


def _check_not_negative(value: Number, name: str) -> None:
    check.number(value, name)
    if not is_symbolic(value) and value < 0:
        raise ValueError(f"{name} is {value}: expected a number from 0 up")


def _check_beta(beta: Number, name: str) -> None:
    check.number(beta, name)
    if not is_symbolic(beta) and not 0 <= beta < 1:
        raise ValueError(f"{name} is {beta}: expected a number from 0 up to, but not including, 1")


def _check_gamma(gamma: Number) -> None:
    check.number(gamma, "gamma")
    if not is_symbolic(gamma) and not 0 < gamma <= 1:
        raise ValueError(f"gamma is {gamma}: expected a number above 0 and at most 1")


def _check_rate(learning_rate: Any) -> None:
    """A number, or an object that says which number it is after t steps."""
    if not _is_decay(learning_rate):
        check.learning_rate(learning_rate)


def _is_decay(learning_rate: Any) -> bool:
    return not isinstance(learning_rate, type) and callable(getattr(learning_rate, "at", None))


def _layers_of(network: Any) -> list[Any]:
    """The layers of a Network, whose module stands above this one, with gradients that wait for a step."""
    names = []
    for base in type(network).__mro__:
        names.append(base.__name__)
    if "Network" not in names:
        hint = "; put it into one, Network([layer])" if "Layer" in names else ""
        raise TypeError(f"network is {check._shown(network)}: expected a Network{hint}")
    layers = list(network.layers)
    for layer in layers:
        if layer.dL_dW is None:
            raise RuntimeError("step before backward: call backward(dL_dy_hat) or backward_batch(dLn_dY_hat) first")
        if layer._W_backward is None:
            raise RuntimeError("step after step: call forward(x) and backward(dL_dy_hat) first")
        if layer._W_backward is not layer.W:
            raise RuntimeError("step after W has changed: call forward(x) and backward(dL_dy_hat) first")
    return layers
