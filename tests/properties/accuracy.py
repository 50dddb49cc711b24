"""How many digits are right: one table of every function of the mathematics, held against mpmath.

A row says what a function is asked (a domain, of which numbers are drawn by a seed, and its edges), what is right (the
formula of the textbook, in mpmath), in which unit its error is counted, and the bound that the book promises.

The unit is an ulp of the right answer: the distance to the next float. Where a sum has terms of both signs, no order of
additions keeps the digits of a result much smaller than its terms; there it is an ulp of the largest of them.
"""

import json
import math
import random
from pathlib import Path

import mpmath

import scalarnn as nn
from tests.properties import accuracy_of_steps
from tests.properties.accuracy_of_steps import Row

FILE = Path(__file__).resolve().parents[2] / "docs" / "extensions" / "accuracy.json"  # what the book shows
PRECISION = 2300  # bits: 1 + e^−745 keeps hundreds of digits of e^−745
DRAWS = 120
NO_ROUNDING = {  # they choose, count or copy: every digit is right
    *("identity", "identity_derivative", "relu", "relu_derivative", "leaky_relu_derivative"),
    *("one_hot", "predicted_class", "bias_gradient"),
}
MADE_OF_OTHERS = {  # layers and samples in a row; what they call is in the table, but for the one addition of a total
    *("neuron_backward", "layer_backward", "batch_forward", "batch_backward", "batch_backward_sum"),
    *("batch_input_gradient", "batch_parameter_gradients", "batch_parameter_gradients_sum"),
    *("network_forward", "network_backward", "total_gradient"),
}


# ---- numbers ---------------------------------------------------------------------------------------------------------


def sized(rng, low, high):
    """A number of either sign, of any size from 10^low to 10^high."""
    return rng.choice((-1, 1)) * 10 ** rng.uniform(low, high)


def several(rng, draw, at_most=5):
    return [draw(rng) for _ in range(rng.randint(1, at_most))]


def score(limit):
    """A score from −limit to limit, small ones as often as large ones."""
    return lambda rng: rng.choice((sized(rng, -20, math.log10(limit)), rng.uniform(-limit, limit)))


def pairs(low, high):
    """ŷ and y, now far apart and now close to each other."""

    def draw(rng):
        y = several(rng, lambda rng: sized(rng, low, high))
        near = rng.random() < 0.5
        y_hat = [t * (1 + 1e-9 * rng.random()) if near else sized(rng, low, high) for t in y]
        return y_hat, y

    return draw


def probability(rng):
    p = rng.choice((rng.random(), 10 ** rng.uniform(-300, 0), 1 - 10 ** rng.uniform(-15.9, 0)))
    return min(max(p, 1e-300), 1 - 2**-53)


def answers(kinds):
    """Probabilities and their targets: no and yes, or any number between."""

    def draw(rng):
        y_hat = several(rng, probability)
        return y_hat, [rng.choice((0, 1)) if kinds == "yes or no" else rng.random() for _ in y_hat]

    return draw


def scored_answers(kinds):
    def draw(rng):
        z = several(rng, score(745))
        return z, [rng.choice((0, 1)) if kinds == "yes or no" else rng.random() for _ in z]

    return draw


def distribution(rng, n):
    parts = [rng.random() + 1e-3 for _ in range(n)]
    return [part / sum(parts) for part in parts]


def classes(apart, target):
    """Scores at most so far apart, and a target of a kind."""

    def draw(rng):
        n = rng.randint(2, 5)
        begin = rng.choice((0.0, rng.uniform(-100, 100)))
        z = [begin + rng.uniform(-apart, 0) for _ in range(n)]
        z[rng.randrange(n)] = begin
        label = rng.randrange(n)
        return {
            "none": (z,),
            "label": (z, label),
            "one-hot": (z, nn.one_hot(label, n)),
            "soft": (z, distribution(rng, n)),
        }[target]

    return draw


def probabilities(target):
    def draw(rng):
        n = rng.randint(2, 5)
        y_hat, label = distribution(rng, n), rng.randrange(n)
        return y_hat, label if target == "label" else distribution(rng, n)

    return draw


def weighted(rng):
    n = rng.randint(1, 6)
    return [sized(rng, -3, 3) for _ in range(n)], [sized(rng, -3, 3) for _ in range(n)]


# ---- what is right ---------------------------------------------------------------------------------------------------

mpf, exp, log, mpsum = mpmath.mpf, mpmath.exp, mpmath.log, mpmath.fsum


def logistic(z):
    return 1 / (1 + exp(-mpf(z)))


def softly(z):
    S = mpsum(exp(mpf(z_k)) for z_k in z)
    return [exp(mpf(z_k)) / S for z_k in z]


def differences(y_hat, y):
    return [mpf(p) - mpf(t) for p, t in zip(y_hat, y, strict=True)]


def squares(y_hat, y):
    return mpsum(d * d for d in differences(y_hat, y))


def surprise(p, y):
    p, y = mpf(p), mpf(y)
    return -(y * log(p) if y else 0) - ((1 - y) * log(1 - p) if y != 1 else 0)


def two_sided(p, y):
    p, y = mpf(p), mpf(y)
    return (p - y) / (p * (1 - p))


def kept(p):
    return min(max(p, 1e-7), 1 - 1e-7)


def entropy(y_hat, y):
    return -mpsum(mpf(t) * log(mpf(p)) for p, t in zip(y_hat, y, strict=True) if t)


def hot(label, n):
    return [1 if k == label else 0 for k in range(n)]


def root(y_hat, y):
    return mpmath.sqrt(squares(y_hat, y) / len(y))


def jacobian(y_hat):
    p = [mpf(p_k) for p_k in y_hat]
    return [[p[i] * (1 - p[i]) if i == k else -p[k] * p[i] for i in range(len(p))] for k in range(len(p))]


def through(dL_dy_hat, y_hat):
    J = jacobian(y_hat)
    return [mpsum(mpf(g) * J[k][i] for k, g in enumerate(dL_dy_hat)) for i in range(len(y_hat))]


def largest_terms(dL_dy_hat, y_hat):
    J = jacobian(y_hat)
    return [max(abs(mpf(g) * J[k][i]) for k, g in enumerate(dL_dy_hat)) for i in range(len(y_hat))]


def dot(x, w):
    return mpsum(mpf(a) * mpf(b) for a, b in zip(x, w, strict=True))


def largest_product(x, w, *more):
    return max([abs(mpf(a) * mpf(b)) for a, b in zip(x, w, strict=True)] + [abs(mpf(b)) for b in more])


def halves(z, y):
    return [max(logistic(s) * (1 - mpf(t)), mpf(t) * (1 - logistic(s))) / len(z) for s, t in zip(z, y, strict=True)]


def larger(z, y):
    return [max(p, mpf(t)) for p, t in zip(softly(z), y, strict=True)]


# ---- the table -------------------------------------------------------------------------------------------------------

FLOATS = "z of any size"
ERRORS = "errors from 1e−150 to 1e150, up to 5 of them"
CHANCES = "ŷ from 1e−300 to 1 − 2⁻⁵³"
NEAR, FAR = 16, 745
UP_TO = {NEAR: "scores up to 16 apart", FAR: "scores up to 745 apart"}
ROUNDED = {NEAR: 16, FAR: 520}  # zₖ − m is rounded to half an ulp of itself: so many ulps of e^(zₖ − m), and a few more
LARGE = [(-1e308,), (-745.2,), (-709.0,), (-40.0,), (-1e-300,), (0.0,), (5e-324,), (0.5,), (37.0,), (745.2,), (1e308,)]


def _alone(name, right, bound, edges=LARGE, limit=745):
    return Row(name, FLOATS, lambda rng: (score(limit)(rng),), edges, right, bound)


def _error(name, right, bound):
    edges = [([3.0], [3.0]), ([1.0, 8.0], [0.0, 1.0]), ([1e150], [-1e150]), ([1e-150], [0.0])]
    return Row(name, ERRORS, pairs(-140, 140), edges, right, bound)


def _binary(name, right, bound, kinds):
    edges = [([1e-20], [0]), ([1 - 2**-53], [1]), ([0.5], [1]), ([1e-300], [1])]
    return Row(name, f"{CHANCES}, {kinds}", answers(kinds), edges if kinds == "yes or no" else [], right, bound)


def _scored(name, right, bound, kinds, unit=None):
    edges = [([z], [y]) for z in (-1e308, -745.0, -37.0, -36.5, 0.0, 30.0, 36.5, 40.0, 745.0, 1e308) for y in (0, 1)]
    domain = f"{FLOATS}, {kinds}"
    return Row(name, domain, scored_answers(kinds), edges if kinds == "yes or no" else [], right, bound, unit)


def _of_classes(name, target, right, unit=None):
    edge = {
        "none": [([-40.0, 0.0],), ([0.0, 0.0],), ([-700.0, 0.0, -700.0],)],
        "label": [([37.42994775023705, 0.0], 0), ([0.0, 40.0], 1), ([0.0, -745.0], 1)],
        "one-hot": [([37.42994775023705, 0.0], [1, 0]), ([0.0, 40.0, 0.0], [0, 1, 0])],
        "soft": [([0.0, 0.0], [0.5, 0.5]), ([40.0, 0.0], [0.9, 0.1])],
    }[target]
    what = {"none": "", "label": ", a class", "one-hot": ", a class as one-hot", "soft": ", soft labels"}[target]
    return [
        Row(name, UP_TO[far] + what, classes(far, target), edge if far == FAR else [], right, ROUNDED[far], unit)
        for far in (NEAR, FAR)
    ]


def gradient_of(label_or_y):
    """ŷ − y, without the difference of two numbers near 1."""

    def right(z, target):
        p = softly(z)
        y = hot(target, len(z)) if label_or_y == "label" else target
        return [p_k - mpf(t) for p_k, t in zip(p, y, strict=True)]

    return right


def entropy_of_scores(z, target):
    y = hot(target, len(z)) if isinstance(target, int) else target
    return -mpsum(mpf(t) * log(p) for p, t in zip(softly(z), y, strict=True) if t)


TABLE = [
    Row("weighted_sum", "up to 6 products of either sign", weighted, [], dot, 6, largest_product),
    Row(
        "neuron_forward",
        "up to 6 products of either sign",
        lambda rng: (*weighted(rng), sized(rng, -3, 3)),
        [],
        lambda x, w, b: dot(x, w) + mpf(b),
        6,
        largest_product,
    ),
    Row(
        "layer_forward",
        "up to 6 products of either sign",
        lambda rng: (lambda x, w: (x, [w], [sized(rng, -3, 3)]))(*weighted(rng)),
        [],
        lambda x, W, b: [dot(x, W[0]) + mpf(b[0])],
        6,
        lambda x, W, b: [largest_product(x, W[0], b[0])],
    ),
    Row(
        "weight_gradient",
        "numbers from 1e−3 to 1e3",
        weighted,
        [],
        lambda dL_dz, x: [[mpf(d) * mpf(x_i) for x_i in x] for d in dL_dz],
        0.5,
    ),
    Row(
        "input_gradient",
        "up to 6 products of either sign",
        lambda rng: (lambda d, w: (d, [[w_j] for w_j in w]))(*weighted(rng)),
        [],
        lambda dL_dz, W: [dot(dL_dz, [W_j[0] for W_j in W])],
        6,
        lambda dL_dz, W: [largest_product(dL_dz, [W_j[0] for W_j in W])],
    ),
    _alone("leaky_relu", lambda z: mpf(z) if z > 0 else mpf(z) / 100, 2, LARGE[2:]),
    _alone("sigmoid", logistic, 3),
    _alone("sigmoid_derivative", lambda z: logistic(z) * logistic(-z), 5),
    _alone("tanh", mpmath.tanh, 3, limit=400),
    _alone("tanh_derivative", lambda z: 4 * logistic(2 * mpf(z)) * logistic(-2 * mpf(z)), 6, limit=370),
    *_of_classes("softmax", "none", softly),
    Row("softmax_jacobian", "probabilities", lambda rng: (distribution(rng, 4),), [], jacobian, 2),
    Row(
        "softmax_backward",
        "probabilities, gradients from 1e−3 to 1e3",
        lambda rng: ([sized(rng, -3, 3) for _ in range(4)], distribution(rng, 4)),
        [],
        through,
        6,
        largest_terms,
    ),
    *_of_classes("log_sum_exp", "none", lambda z: log(mpsum(exp(mpf(s)) for s in z)), lambda z: abs(mpf(max(z)))),
    *_of_classes("softmax_cross_entropy", "one-hot", entropy_of_scores),
    *_of_classes("softmax_cross_entropy", "soft", entropy_of_scores),
    *_of_classes("softmax_cross_entropy_gradient", "one-hot", gradient_of("y")),
    *_of_classes("softmax_cross_entropy_gradient", "soft", gradient_of("y"), larger),
    *_of_classes("softmax_cross_entropy_index", "label", entropy_of_scores),
    *_of_classes("softmax_cross_entropy_index_gradient", "label", gradient_of("label")),
    Row(
        "mean_over_samples",
        "up to 5 losses from 1e−140 to 1e140",
        lambda rng: ([abs(sized(rng, -140, 140)) for _ in range(rng.randint(1, 5))],),
        [([1.0, 2.0, 6.0],)],
        lambda L_n: mpsum(map(mpf, L_n)) / len(L_n),
        4,
    ),
    _error("squared_error", squares, 5),
    _error("squared_error_gradient", lambda p, y: [2 * d for d in differences(p, y)], 0.5),
    _error("half_squared_error", lambda p, y: squares(p, y) / 2, 5),
    _error("half_squared_error_gradient", differences, 0.5),
    _error("mean_squared_error", lambda p, y: squares(p, y) / len(y), 5),
    _error("mean_squared_error_gradient", lambda p, y: [2 * d / len(y) for d in differences(p, y)], 2),
    _error("half_mean_squared_error", lambda p, y: squares(p, y) / (2 * len(y)), 5),
    _error("half_mean_squared_error_gradient", lambda p, y: [d / len(y) for d in differences(p, y)], 2),
    _error("root_mean_squared_error", root, 4),
    _error(
        "root_mean_squared_error_gradient",
        lambda p, y: [d / (len(y) * root(p, y)) if d else mpf(0) for d in differences(p, y)],
        6,
    ),
    _error("mean_absolute_error", lambda p, y: mpsum(map(abs, differences(p, y))) / len(y), 5),
    _error("mean_absolute_error_gradient", lambda p, y: [mpmath.sign(d) / len(y) for d in differences(p, y)], 0.5),
    *[
        row
        for kinds in ("yes or no", "any target")
        for row in (
            _binary(
                "binary_cross_entropy",
                lambda p, y: mpsum(map(surprise, p, y)) / len(y),
                5,
                kinds,
            ),
            _binary(
                "binary_cross_entropy_gradient",
                lambda p, y: [two_sided(*one) / len(y) for one in zip(p, y, strict=True)],
                4,
                kinds,
            ),
            _scored(
                "sigmoid_cross_entropy",
                lambda z, y: (
                    mpsum((1 - mpf(t)) * mpf(s) + log(1 + exp(-mpf(s))) for s, t in zip(z, y, strict=True)) / len(z)
                ),
                5,
                kinds,
            ),
        )
    ],
    _scored(
        "sigmoid_cross_entropy_gradient",
        lambda z, y: [(logistic(s) if t == 0 else -logistic(-mpf(s))) / len(z) for s, t in zip(z, y, strict=True)],
        4,
        "yes or no",
    ),
    _scored(
        "sigmoid_cross_entropy_gradient",
        lambda z, y: [(logistic(s) - mpf(t)) / len(z) for s, t in zip(z, y, strict=True)],
        5,
        "any target",
        halves,
    ),
    Row("cross_entropy", "probabilities, soft labels", probabilities("soft"), [], entropy, 5),
    Row(
        "cross_entropy_gradient",
        "probabilities, soft labels",
        probabilities("soft"),
        [],
        lambda p, y: [-mpf(t) / mpf(p_k) for p_k, t in zip(p, y, strict=True)],
        0.5,
    ),
    Row(
        "cross_entropy_index",
        "probabilities, a class",
        probabilities("label"),
        [([1 - 2**-53, 2**-53], 0), ([1e-300, 1.0], 0)],
        lambda p, label: -log(mpf(p[label])),
        1,
    ),
    Row(
        "cross_entropy_index_gradient",
        "probabilities, a class",
        probabilities("label"),
        [],
        lambda p, label: [-t / mpf(p_k) for p_k, t in zip(p, hot(label, len(p)), strict=True)],
        0.5,
    ),
    Row(
        "clipped_cross_entropy",
        "probabilities, soft labels; the clip as floats",
        probabilities("soft"),
        [([1.0, 0.0], [0, 1]), ([1.0, 0.0], [1, 0])],
        lambda p, y: entropy(map(kept, p), y),
        5,
    ),
    Row(
        "clipped_cross_entropy_gradient",
        "probabilities, soft labels; the clip as floats",
        probabilities("soft"),
        [([1.0, 0.0], [0, 1])],
        lambda p, y: [-mpf(t) / mpf(q) if kept(q) == q else mpf(0) for q, t in zip(p, y, strict=True)],
        0.5,
    ),
    Row(
        "clipped_cross_entropy_index",
        "probabilities, a class; the clip as floats",
        probabilities("label"),
        [([1.0, 0.0], 0), ([1.0, 0.0], 1)],
        lambda p, label: -log(mpf(kept(p[label]))),
        1,
    ),
    Row(
        "clipped_cross_entropy_index_gradient",
        "probabilities, a class; the clip as floats",
        probabilities("label"),
        [([1.0, 0.0], 0)],
        lambda p, label: [-t / mpf(q) if kept(q) == q else mpf(0) for q, t in zip(p, hot(label, len(p)), strict=True)],
        0.5,
    ),
    *accuracy_of_steps.ROWS,
]


# ---- measuring -------------------------------------------------------------------------------------------------------


def flat(values):
    if isinstance(values, (list, tuple)):
        return [number for value in values for number in flat(value)]
    return [values]


def error_in_ulps(found, right, unit):
    """|found − right| in ulps of the unit, which is never less than the right answer."""
    size = float(max(abs(right), unit))
    return float(abs(mpf(found) - right) / mpf(math.ulp(size)))


def worst(row, function=None):
    """The largest error over draws and edges, in ulps, and where it is."""
    function = function or getattr(nn, row.function)
    rng = random.Random(row.function + row.domain)
    largest, where = 0.0, None
    with mpmath.workprec(PRECISION):
        for arguments in [*row.edges, *(row.draw(rng) for _ in range(DRAWS))]:
            right = flat(row.right(*arguments))
            units = [0] * len(right) if row.unit is None else flat(row.unit(*arguments))
            found = flat(function(*arguments))
            assert len(found) == len(right) == len(units), row.function
            for one in zip(found, right, units, strict=True):
                error = error_in_ulps(*one)
                if not error <= largest:
                    largest, where = error, arguments
    return largest, where


def measured():
    """What the book shows: a row for each row of the table."""
    rows = []
    for row in TABLE:
        rows.append({"function": row.function, "domain": row.domain, "worst": worst(row)[0], "bound": row.bound})
        rows[-1]["of_the_largest_term"] = row.unit is not None
    return rows


if __name__ == "__main__":  # python -m tests.properties.accuracy
    FILE.write_text(json.dumps(measured(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
