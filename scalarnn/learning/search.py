"""Search: two ways to lower a loss that need no gradient, and how far they get.

    theta            θ, the parameters, n numbers
    theta_best       those with the lowest loss so far
    loss             any function of a list of n numbers that returns a number
    L, L_best        its value for θ, and the lowest so far
    scale            how far apart the tries are: the standard deviation of each number
    history[t]       the lowest loss after try t

The first two of three strategies; the third, and the one that works, is gradient descent. What they show is why a
gradient is worth its derivation: which way is down they find by luck alone, and the luck needed grows with n.
"""

from __future__ import annotations

from scalarnn.random_numbers import LegacyRandom

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from scalarnn.scalar import Number, Vector

__all__ = ["random_adjustment", "random_search"]


def random_search(
    loss: Callable[[list[Number]], Number], n_parameters: int, n_tries: int, seed: int, scale: Number = 1
) -> tuple[list[Number], Number, list[Number]]:
    """θ = scale · randn(n), again and again; θ_best is the one with the lowest loss.

    Nothing is learned from one try to the next, so the chance of getting near the minimum is the same for every try,
    and it shrinks with every further parameter.

    Args:
        loss: a function of a list of n_parameters numbers.
        n_parameters: n, how many numbers the loss takes.
        n_tries: how many θ are tried.
        seed: of LegacyRandom; `np.random.seed(seed)` and `scale * np.random.randn(n)` draw the same tries.
        scale: the standard deviation of each number, above zero.

    Returns:
        theta_best (n numbers), L_best (its loss), history (n_tries numbers, the lowest loss after each try).

    Raises:
        TypeError: loss is not a function or returns no number, or another argument is of a wrong sort.
        ValueError: n_parameters or n_tries is below one, seed is out of range, scale is not above zero, or the loss is
            NaN for a try.

    Source: `002`, strategy 1 (100,000 tries there).

    Examples:
        >>> def L(theta):
        ...     return (theta[0] - 1) ** 2 + (theta[1] + 2) ** 2
        >>> theta_best, L_best, history = random_search(L, n_parameters=2, n_tries=1000, seed=0)
        >>> [round(number, 2) for number in theta_best], round(L_best, 4)
        ([1.03, -2.05], 0.0032)
    """
    rng = LegacyRandom(seed)
    theta_best: list[Number] = []
    L_best: Number = None
    history = []
    for t in range(n_tries):
        theta = _drawn(n_parameters, scale, rng)
        L_try = loss(list(theta))
        if t == 0 or L_try < L_best:
            theta_best = theta
            L_best = L_try
        history.append(L_best)
    return theta_best, L_best, history


def random_adjustment(
    loss: Callable[[list[Number]], Number], theta: Vector, n_tries: int, seed: int, scale: Number = 1
) -> tuple[list[Number], Number, list[Number]]:
    """θ_try = θ_best + scale · randn(n); if its loss is lower, it is the new θ_best, else it is forgotten.

    Each try starts where the best one ended, so improvements add up. Near the minimum they become rare: a random step
    of one length is too long there, and no try says in which direction the next should go.

    Args:
        loss: a function of a list of n numbers.
        theta: where to start, n numbers.
        n_tries: how many adjustments are tried.
        seed: of LegacyRandom; `np.random.seed(seed)` and `scale * np.random.randn(n)` draw the same adjustments.
        scale: the standard deviation of the adjustment of each number, above zero.

    Returns:
        theta_best (n numbers; those of theta if nothing was better), L_best (its loss), history (n_tries numbers, the
        lowest loss after each try).

    Raises:
        TypeError: loss is not a function or returns no number, or another argument is of a wrong sort.
        ValueError: theta is empty or has an entry that is not finite, n_tries is below one, seed is out of range, scale
            is not above zero, or the loss is NaN at the start or for a try.

    Source: `002`, strategy 2. Its third point, after an improvement to adjust "the next w, b to be closer to old w, b",
    is read as: the next adjustment starts from the improved ones.

    Examples:
        >>> def L(theta):
        ...     return (theta[0] - 1) ** 2 + (theta[1] + 2) ** 2
        >>> theta_best, L_best, history = random_adjustment(L, theta=[5, 5], n_tries=1000, seed=0, scale=0.1)
        >>> [round(number, 2) for number in theta_best], round(L_best, 4)
        ([1.0, -2.0], 0.0)
    """
    rng = LegacyRandom(seed)
    theta_best = list(theta)
    L_best = loss(list(theta_best))
    history = []
    for _ in range(n_tries):
        theta_try = _adjusted(theta_best, scale, rng)
        L_try = loss(list(theta_try))
        if L_try < L_best:
            theta_best = theta_try
            L_best = L_try
        history.append(L_best)
    return theta_best, L_best, history


def _drawn(n_parameters: int, scale: Number, rng: LegacyRandom) -> list[Number]:
    theta = []
    for _ in range(n_parameters):
        theta_i = scale * rng.randn()
        theta.append(theta_i)
    return theta


def _adjusted(theta: Vector, scale: Number, rng: LegacyRandom) -> list[Number]:
    theta_try = []
    for i in range(len(theta)):
        theta_try_i = theta[i] + scale * rng.randn()
        theta_try.append(theta_try_i)
    return theta_try
