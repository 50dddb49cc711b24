"""The rows of the accuracy table that are about learning: update rules, decays and penalties, for one number.

A step takes away something that may be as large as θ, so the error of θ_new is in ulps of the larger of the two.
"""

from collections import namedtuple

import mpmath

Row = namedtuple("Row", ["function", "domain", "draw", "edges", "right", "bound", "unit"], defaults=[None])
mpf, root = mpmath.mpf, mpmath.sqrt
NUMBERS = "θ, gradient and state from 1e−3 to 1e3, either sign; η from 1e−3 to 1"


def sized(rng):
    return rng.choice((-1, 1)) * 10 ** rng.uniform(-3, 3)


def step(*, squares=0, signed=0, settings=lambda _: ()):
    """θ, its gradient, what is kept of either kind, and the settings."""

    def draw(rng):
        kept = [sized(rng) for _ in range(signed)] + [abs(sized(rng)) for _ in range(squares)]
        return (sized(rng), sized(rng), *kept, *settings(rng))

    return draw


def rate(rng):
    return 10 ** rng.uniform(-3, 0)


def share(rng):
    return rng.choice((0.5, 0.9, 0.99, rng.random()))


def moved(theta, way):
    """θ less a way, and in which unit its error is counted."""
    return mpf(theta) - way, max(abs(mpf(theta)), abs(way))


def descent(theta, g, eta):
    return [moved(theta, mpf(eta) * g)]


def momentum(theta, g, v, eta, beta):
    v_new = mpf(beta) * v + g
    unit = max(abs(mpf(beta) * v), abs(mpf(g)))
    after, _ = moved(theta, mpf(eta) * v_new)
    return [(after, max(abs(mpf(theta)), mpf(eta) * unit)), (v_new, unit)]


def nesterov(theta, g, v, eta, beta):
    v_new = mpf(beta) * v + g
    unit = max(abs(mpf(beta) * v), abs(mpf(g)))
    after, _ = moved(theta, mpf(eta) * (g + mpf(beta) * v_new))
    return [(after, max(abs(mpf(theta)), mpf(eta) * unit)), (v_new, unit)]


def adagrad(theta, g, s, eta, epsilon):
    s_new = mpf(s) + mpf(g) ** 2
    return [moved(theta, mpf(eta) * g / (root(s_new) + mpf(epsilon))), (s_new, 0)]


def rmsprop(theta, g, s, eta, beta, epsilon):
    s_new = mpf(beta) * s + (1 - mpf(beta)) * mpf(g) ** 2
    return [moved(theta, mpf(eta) * g / (root(s_new) + mpf(epsilon))), (s_new, 0)]


BETA1, BETA2, EPSILON = mpf(0.9), mpf(0.999), mpf(1e-8)


def adam(theta, g, m, v, t, eta):
    m_new = BETA1 * m + (1 - BETA1) * g
    v_new = BETA2 * v + (1 - BETA2) * mpf(g) ** 2
    larger = max(abs(BETA1 * m), abs((1 - BETA1) * g))
    length = root(v_new / (1 - BETA2**t)) + EPSILON
    after, _ = moved(theta, mpf(eta) * m_new / (1 - BETA1**t) / length)
    unit = max(abs(mpf(theta)), mpf(eta) * larger / (1 - BETA1**t) / length)
    return [(after, unit), (m_new, larger), (v_new, 0)]


def _row(function, domain, draw, right, bound, edges=()):
    """Of a formula that gives pairs: what is right, and the unit."""
    return Row(
        function,
        domain,
        draw,
        list(edges),
        lambda *given: [one for one, _ in right(*given)],
        bound,
        lambda *given: [unit for _, unit in right(*given)],
    )


def _penalty(function, right):
    return Row(
        function,
        "up to 5 weights from 1e−3 to 1e3, λ from 1e−3 to 1",
        lambda rng: ([sized(rng) for _ in range(rng.randint(1, 5))], rate(rng)),
        [],
        right,
        6,
    )


def _each(of_one):
    return lambda theta, strength: [of_one(mpf(t), mpf(strength)) for t in theta]


def _sum(of_one):
    return lambda theta, strength: mpmath.fsum(of_one(mpf(t), mpf(strength)) for t in theta)


ROWS = [
    _row("gradient_descent_step", NUMBERS, step(settings=lambda rng: (rate(rng),)), descent, 2),
    _row("momentum_step", NUMBERS, step(signed=1, settings=lambda rng: (rate(rng), share(rng))), momentum, 4),
    _row("nesterov_step", NUMBERS, step(signed=1, settings=lambda rng: (rate(rng), share(rng))), nesterov, 4),
    _row("adagrad_step", NUMBERS, step(squares=1, settings=lambda rng: (rate(rng), 1e-10)), adagrad, 4),
    _row("rmsprop_step", NUMBERS, step(squares=1, settings=lambda rng: (rate(rng), share(rng), 1e-8)), rmsprop, 5),
    _row(
        "adam_step",
        f"{NUMBERS}; from the first step to the hundredth",
        step(signed=1, squares=1, settings=lambda rng: (rng.randint(1, 100), rate(rng))),
        adam,
        150,  # β₂ᵗ is rounded near 1, and 1 − β₂ᵗ is small at first: ½ / (1 − β₂²) ulps, and the root halves them
        [(0.001, g, 0.0, 0.0, t, 1.0) for g in (1.0, 0.3, -7.0) for t in range(1, 12)],
    ),
    Row(
        "inverse_time_decay",
        "η from 1e−3 to 1, up to 1000 steps",
        lambda rng: (rate(rng), rng.randint(0, 1000), rng.random()),
        [(1.0, 0, 0.5)],
        lambda eta, t, decay: mpf(eta) / (1 + mpf(decay) * t),
        3,
    ),
    Row(
        "exponential_decay",
        "η from 1e−3 to 1, up to 1000 steps",
        lambda rng: (rate(rng), rng.randint(0, 1000), rng.uniform(0.9, 1)),
        [(1.0, 0, 0.5)],
        lambda eta, t, gamma: mpf(eta) * mpf(gamma) ** t,
        3,
    ),
    _penalty("l1_penalty", _sum(lambda t, strength: strength * abs(t))),
    _penalty("l1_penalty_gradient", _each(lambda t, strength: strength * mpmath.sign(t))),
    _penalty("l2_penalty", _sum(lambda t, strength: strength * t * t)),
    _penalty("l2_penalty_gradient", _each(lambda t, strength: 2 * strength * t)),
    _penalty("half_l2_penalty", _sum(lambda t, strength: strength * t * t / 2)),
    _penalty("half_l2_penalty_gradient", _each(lambda t, strength: strength * t)),
]
