"""Some samples to learn from, others, never seen, to be judged by."""

from __future__ import annotations

from scalarnn import check
from scalarnn.datasets.seeding import generator, shuffled

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from scalarnn.random_numbers import LegacyRandom
    from scalarnn.scalar import Number

__all__ = ["train_test_split"]


def train_test_split(
    X: Sequence[Any],
    labels: Sequence[int],
    test_share: Number = 0.2,
    seed: int | LegacyRandom = 0,
    stratified: bool = False,
) -> tuple[list[Any], list[int], list[Any], list[int]]:
    """X and labels, shuffled and parted in two; the rows are the same objects, not copies.

    Args:
        X: n_samples rows.
        labels: as many class indices (or whatever belongs to each row).
        test_share: how much goes to the test, between 0 and 1; rounded to whole samples, at least one on each side.
        seed: a whole number from 0 to 2³² − 1; or a LegacyRandom, to go on drawing where it stands.
        stratified: take the same share of each class, at least one on each side; shares of a sample go to the classes
            that have the largest.

    Returns:
        X_train, labels_train, X_test, labels_test.

    Raises:
        TypeError: X or labels is not a list, test_share not a number, or seed not an int.
        ValueError: lengths differ, there are fewer than two samples (of a class, if stratified), or test_share is not
            between 0 and 1.

    Source: not in the five documents; every judgement of a trained network needs it.

    Examples:
        >>> X, labels = [[1], [2], [3], [4], [5], [6]], [0, 0, 0, 0, 1, 1]
        >>> X_train, labels_train, X_test, labels_test = train_test_split(X, labels, 0.5, seed=0, stratified=True)
        >>> sorted(labels_train), sorted(labels_test)
        ([0, 0, 1], [0, 0, 1])
    """
    check.sequence(X, "X")
    check.length(labels, "labels", len(X), "one label for each row of X")
    check.number(test_share, "test_share")
    if not 0 < test_share < 1:
        raise ValueError(f"test_share is {test_share}: expected a number between 0 and 1")
    if len(X) < 2:
        raise ValueError("X has 1 row: expected at least two, one to learn from and one to be judged by")
    random = generator(seed)
    order = shuffled(len(X), random)
    n_test = min(len(X) - 1, max(1, round(test_share * len(X))))
    if not stratified:
        test, train = order[:n_test], order[n_test:]
    else:
        left = _shares(labels, test_share, n_test)
        test, train = [], []
        for n in order:
            if left[labels[n]] > 0:
                left[labels[n]] -= 1
                test.append(n)
            else:
                train.append(n)
    return [X[n] for n in train], [labels[n] for n in train], [X[n] for n in test], [labels[n] for n in test]


def _shares(labels: Sequence[int], test_share: Number, n_test: int) -> dict[int, int]:
    """How many of each class go to the test."""
    sizes: dict[int, int] = {}
    for label in sorted(labels):
        sizes[label] = sizes.get(label, 0) + 1
    shares = {}
    rests = []
    for label, size in sizes.items():
        if size < 2:
            raise ValueError(f"class {label} has 1 sample: stratified needs at least two of each class")
        whole = int(test_share * size)
        shares[label] = min(size - 1, max(1, whole))
        rests.append((whole - test_share * size, label))
    rests.sort()
    for _, label in rests:
        if sum(shares.values()) < n_test and shares[label] < sizes[label] - 1:
            shares[label] += 1
    return shares
