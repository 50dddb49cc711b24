"""Why numbers ran away in a training: found by trying, not by looking at sizes alone.

The first pass, or a few steps from fresh weights, are done again with one thing changed: inputs brought to about 1, or
targets, smaller weights, no penalty, a smaller learning rate. What cures it is the likely cause.
"""

from __future__ import annotations

import math
from collections import namedtuple

from scalarnn import Layer, Network
from scalarnn.random_numbers import LegacyRandom

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from scalarnn.scalar import Matrix, Number

__all__ = ["Lost", "likely_cause"]

LARGE = 3  # a root mean square above this is worth a trial with numbers of about 1
MOST_SAMPLES = 16
MOST_STEPS = 100
FEWEST_STEPS = 3
WORK = 1_000_000  # parameters times samples times steps of a trial, which then takes a moment
# The last loss of a trial as a multiple of the first: above this it has run away, up to this it learns, or is done.
RUNS_AWAY, LEARNS, DONE = 100, 1, 1e-9
SMALL = "bring them to about 1, as scalarnn.datasets.Standardisation does"
RATES = (10.0, 1.0, 0.1, 0.01, 0.001, 1e-4, 1e-6, 1e-8, 1e-12, 1e-20)  # that are tried, if a tenth is no help


class Lost(
    namedtuple(
        "Lost",
        ["network", "X", "targets", "optimizer", "penalty", "step", "to_classes", "begins", "validates", "from_scores"],
        defaults=[None],
    )
):
    """A training whose numbers have run away.

    Args:
        network: a Network, as it is now.
        X: the samples.
        targets: of each.
        optimizer: with which it was trained.
        penalty: likewise, or None.
        step: a function of network, X, targets, optimizer and penalty that does one step and returns Ŷ and L.
        to_classes: whether a target is an index, which has no size.
        begins: whether no step has been taken yet.
        validates: whether X is only to judge by, and the network has learned from others.
        from_scores: the loss that takes scores where the network ends in probabilities, by its name, and what it is;
            None if there is none.
    """

    __slots__ = ()


def likely_cause(lost: Lost) -> str:
    """The likely cause, and what to do, as the end of a sentence.

    Args:
        lost: a Lost.

    Returns:
        Text. Where nothing cures it, or a part is not this package's own and cannot be tried, the sizes decide.
    """
    try:
        found = (_of_one_pass(lost) if lost.begins or lost.validates else None) or _of_some_steps(lost)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        found = None
    if lost.from_scores is None or not math.isfinite(lost.from_scores[1]):
        return found or _by_sizes(lost)
    loss, L = lost.from_scores
    cure = f"give the last layer no activation and take loss={loss!r}, which is {float(L):.4g} here"
    return f"{found}. It is lost by rounding: {cure}" if found else f"a probability that is rounded to 0 or 1; {cure}"


# ---- trials ----------------------------------------------------------------------------------------------------------


def _of_one_pass(lost: Lost) -> str | None:
    """What makes the gradients of the first pass finite; None if they are, or nothing does."""

    def is_finite(network: Network, X: Matrix, targets: Sequence[Any], penalty: Any) -> bool:
        try:
            lost.step(network, X, targets, _OnlyLooks(), penalty)
        except (ValueError, OverflowError):
            return False
        return True

    network, penalty = _copy(lost.network), lost.penalty
    X, targets = _some(lost, max(MOST_SAMPLES, WORK // _n_parameters(network)))
    if is_finite(network, X, targets, penalty):
        return None
    if penalty is not None and is_finite(network, X, targets, None):
        return _too_strong(penalty)
    if _is_large(X) and is_finite(network, _standardised(X), targets, None):
        return _large_inputs(lost.X)
    if not lost.to_classes and _is_large(targets) and is_finite(network, X, _scaled(targets), None):
        return _large_targets(lost.targets)
    if lost.begins and is_finite(_with_small_biases(network), X, targets, None):
        largest = _largest([layer.b for layer in network.layers])
        return f"biases as large as {largest:.3g} before any step; begin with 0"
    if lost.begins and is_finite(_with_small_weights(network), X, targets, None):
        return _large_weights(lost)
    return None


def _of_some_steps(lost: Lost) -> str | None:
    """What keeps a training from fresh weights from running away; None if that does not happen, or nothing does."""
    X, targets = _some(lost, MOST_SAMPLES)
    start = lost.network if lost.begins else _with_small_weights(_redrawn(lost.network))
    n_steps = min(MOST_STEPS, max(FEWEST_STEPS, WORK // (len(X) * _n_parameters(start))))

    def ends_at(X: Matrix, targets: Sequence[Any], penalty: Any, part: float = 1.0) -> float:
        """The loss of the last step, as a multiple of that of the first; infinite if one is, or if all ReLUs died."""
        network, optimizer = _copy(start), _fresh(lost.optimizer, part)
        first = last = math.inf
        for k in range(n_steps):
            try:
                _, L = lost.step(network, X, targets, optimizer, penalty)
            except (ValueError, OverflowError):
                return math.inf
            last = float(L)
            first = max(last, 1e-9) if k == 0 else first
        is_dead = not any(any(dL_dW_j) for dL_dW_j in network.layers[0].dL_dW)
        return math.inf if is_dead and last > DONE * first else last / first

    penalty, scaled = lost.penalty, targets if lost.to_classes else _scaled(targets)
    if ends_at(X, targets, penalty) <= RUNS_AWAY:
        return None
    if penalty is not None and ends_at(X, targets, None) <= LEARNS:
        slower = ends_at(X, targets, penalty, 0.1) <= LEARNS
        return _too_fast(lost, f" or too strong a penalty in {penalty}", 0.1) if slower else _too_strong(penalty)
    large_X, large_targets = _is_large(X), not lost.to_classes and _is_large(targets)
    if large_X and ends_at(_standardised(X), targets, penalty) <= LEARNS:
        return _large_inputs(lost.X)
    if large_targets and ends_at(X, scaled, penalty) <= LEARNS:
        return _large_targets(lost.targets)
    if large_X and large_targets and ends_at(_standardised(X), scaled, penalty) <= LEARNS:
        return f"{_large_inputs(lost.X).partition(';')[0]} and {_large_targets(lost.targets).replace('them', 'both')}"
    rate = _rate(lost.optimizer)

    def largest_that_learns(X: Matrix) -> float | None:
        for smaller in [rate / 10, *(one for one in RATES if one < rate / 10)]:
            if ends_at(X, targets, penalty, smaller / rate) <= LEARNS:
                return smaller
        return None

    with_these = largest_that_learns(X)
    with_small = largest_that_learns(_standardised(X)) if large_X else None
    if with_small is not None and (with_these is None or with_these < with_small / 10):
        large = _large_inputs(lost.X).partition(";")[0]
        return f"{large} and too large a learning rate in {lost.optimizer}; {SMALL}, and try {with_small:.3g}"
    return None if with_these is None else _too_fast(lost, "", with_these / rate)


class _OnlyLooks:
    """An optimizer that takes no step, but wants finite gradients."""

    def step(self, network: Network) -> None:
        for layer in network.layers:
            for row in [*layer.dL_dW, layer.dL_db]:
                for g in row:
                    if g - g != 0:
                        raise OverflowError("a gradient is not finite")


def _fresh(optimizer: Any, part: float) -> Any:
    """One of the same kind with the same settings, that has not taken a step yet, and a part of the learning rate."""
    import inspect

    settings = {}
    for name in inspect.signature(type(optimizer)).parameters:
        settings[name] = getattr(optimizer, name)
    if part != 1:
        rate = settings["learning_rate"]
        settings["learning_rate"] = _fresh(rate, part) if hasattr(rate, "at") else rate * part
    return type(optimizer)(**settings)


def _rate(optimizer: Any) -> float:
    """The learning rate of its first step."""
    rate = optimizer.learning_rate
    return float(rate.at(0) if hasattr(rate, "at") else rate)


# ---- networks and numbers --------------------------------------------------------------------------------------------


def _some(lost: Lost, n: int) -> tuple[list[Any], list[Any]]:
    """So many samples and their targets at most: half of them the largest, the others from everywhere."""
    order = list(range(len(lost.X)))
    if len(order) > n:
        evenly = order[:: max(1, 2 * len(order) // n)]
        by_size = sorted(order, key=lambda k: -_largest([lost.X[k], [0] if lost.to_classes else lost.targets[k]]))
        order = sorted({*evenly, *by_size[: n - len(evenly)]})
    return [lost.X[k] for k in order], [lost.targets[k] for k in order]


def _n_parameters(network: Network) -> int:
    n = 0
    for layer in network.layers:
        n += len(layer.W) * (len(layer.W[0]) + 1)
    return n


def _copy(network: Network) -> Network:
    """The same layers, to be changed without harm."""
    return Network([Layer(layer.W, layer.b, layer.activation) for layer in network.layers])


def _redrawn(network: Network) -> Network:
    """The same layers with weights of the normal distribution, and biases of zero."""
    rng = LegacyRandom(0)
    layers = []
    for layer in network.layers:
        W = [rng.randn(len(W_j)) for W_j in layer.W]
        layers.append(Layer(W, [0.0] * len(layer.b), layer.activation))
    return Network(layers)


def _with_small_weights(network: Network) -> Network:
    """The same with weights whose root mean square is 1/√n, for n inputs of a layer."""
    layers = []
    for layer in network.layers:
        part = 1 / (_size(layer.W) * math.sqrt(len(layer.W[0])) or 1.0)
        layers.append(Layer([[part * w for w in W_j] for W_j in layer.W], layer.b, layer.activation))
    return _with_small_biases(Network(layers))


def _with_small_biases(network: Network) -> Network:
    """The same with biases of at most 1."""
    layers = []
    for layer in network.layers:
        largest = max(1.0, _largest([layer.b]))
        layers.append(Layer(layer.W, [b / largest for b in layer.b], layer.activation))
    return Network(layers)


def _size(rows: Matrix) -> float:
    """The root mean square of all entries."""
    largest = float(_largest(rows))
    if largest == 0:
        return 0.0
    squares, n = 0.0, 0
    for row in rows:
        for number in row:
            squares += (float(number) / largest) ** 2
            n += 1
    return largest * math.sqrt(squares / n)


def _is_large(rows: Matrix) -> bool:
    return _size(rows) > LARGE


def _scaled(rows: Matrix) -> list[list[Number]]:
    """Divided by the largest."""
    largest = _largest(rows) or 1
    return [[number / largest for number in row] for row in rows]


def _standardised(X: Matrix) -> list[list[Number]]:
    """Every column with mean 0 and deviation 1; a column of equal numbers becomes 0."""
    columns = []
    for i in range(len(X[0])):
        (column,) = _scaled([[float(x[i]) for x in X]])
        m = math.fsum(column) / len(column)
        s = math.sqrt(math.fsum((value - m) ** 2 for value in column) / len(column))
        columns.append([(value - m) / s if s > 0 else 0.0 for value in column])
    return [[column[n] for column in columns] for n in range(len(X))]


def _largest(rows: Any) -> Number:
    """The largest size |w| among all numbers of a matrix."""
    largest: Number = 0
    for row in rows:
        for number in row:
            size = -number if number < 0 else number
            largest = largest if size <= largest else size  # NaN is larger than everything
    return largest


# ---- words -----------------------------------------------------------------------------------------------------------


def _too_strong(penalty: Any) -> str:
    return f"too strong a penalty, {penalty}; those of use are far below 1"


def _large_inputs(X: Matrix) -> str:
    return f"inputs as large as {_largest(X):.3g}; {SMALL}"


def _large_targets(targets: Matrix) -> str:
    return f"targets as large as {_largest(targets):.3g}; bring them to about 1"


def _large_weights(lost: Lost) -> str:
    return f"weights as large as {_largest_weight(lost):.3g} before any step; draw smaller ones"


def _too_fast(lost: Lost, more: str, part: float) -> str:
    grown = f"the weights have grown to {_largest_weight(lost):.3g}"
    tried = f"{_rate(lost.optimizer) * part:.3g}"
    return f"too large a learning rate in {lost.optimizer}{more}; {grown}, and in a trial with {tried} they did not"


def _largest_weight(lost: Lost) -> Number:
    return _largest([W_j for layer in lost.network.layers for W_j in layer.W])


def _by_sizes(lost: Lost) -> str:
    """Without a trial that tells."""
    if _strength(lost.penalty) > 1000:
        return _too_strong(lost.penalty)
    if _largest(lost.X) > 1000:
        return _large_inputs(lost.X)
    if not lost.to_classes and _largest(lost.targets) > 1000:
        return _large_targets(lost.targets)
    if lost.begins:
        return _large_weights(lost)
    both = f" or too strong a penalty in {lost.penalty}" if _strength(lost.penalty) >= 1 else ""
    grown = f"the weights have grown to {_largest_weight(lost):.3g}, so try a tenth"
    return f"too large a learning rate in {lost.optimizer}{both}; {grown}"


def _strength(penalty: Any) -> float:
    """λ of a penalty, 0 for none, and for one of your own that has no such thing."""
    try:
        return float(getattr(penalty, "strength", 0))
    except OverflowError:  # an int of many digits
        return math.inf
    except (TypeError, ValueError):
        return 0.0
