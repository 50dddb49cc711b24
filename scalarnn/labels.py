"""Class labels: an index, or a one-hot vector.

label      the index of the true class, from 0
y[k]       1 for the true class, 0 for every other
y_hat[k]   the predicted probability of class k
"""

from __future__ import annotations

from scalarnn import check

TYPE_CHECKING = False
if TYPE_CHECKING:
    from scalarnn.scalar import Vector

__all__ = ["one_hot", "predicted_class"]


def one_hot(label: int, n_classes: int) -> list[int]:
    """yₖ = 1 where k is the label, else 0.

    Args:
        label: the index of the true class, from 0.
        n_classes: how many classes there are.

    Returns:
        y, n_classes numbers.

    Raises:
        TypeError: label or n_classes is not an int.
        ValueError: n_classes is not above 0, or label is out of range.

    Source: `000` §2.7 (one-hot encoding).

    Examples:
        >>> one_hot(1, n_classes=3)
        [0, 1, 0]
    """
    check.count(n_classes, "n_classes")
    check.index(label, n_classes)
    y = []
    for k in range(n_classes):
        if k == label:
            y_k = 1
        else:
            y_k = 0
        y.append(y_k)
    return y


def predicted_class(y_hat: Vector) -> int:
    """The class with the highest probability (or logit); the first of equals.

    Args:
        y_hat: n_classes numbers.

    Returns:
        Its index, from 0.

    Raises:
        TypeError: an entry is not a number.
        ValueError: y_hat is empty, or an entry is NaN.

    Source: `000` §3.1 step 5.

    Examples:
        >>> predicted_class([0.2, 0.5, 0.3])
        1
    """
    check.numbers(y_hat, "y_hat")
    best = 0
    for k in range(1, len(y_hat)):
        if y_hat[k] > y_hat[best]:
            best = k
    return best
