"""Class labels: an index, or a one-hot vector.

label      the index of the true class, from 0
y[k]       1 for the true class, 0 for every other
y_hat[k]   the predicted probability of class k
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from scalarnn.scalar import Count, Label, Numbers, n

__all__ = ["one_hot", "predicted_class"]


def one_hot(label: Label, n_classes: Count) -> list[int]:
    """yₖ = 1 where k is the label, else 0.

    Args:
        n_classes: how many classes there are.

    Returns:
        y, n_classes numbers.

    Source: `000` §2.7 (one-hot encoding).

    Examples:
        >>> one_hot(1, n_classes=3)
        [0, 1, 0]
    """
    y = []
    for k in range(n_classes):
        if k == label:
            y_k = 1
        else:
            y_k = 0
        y.append(y_k)
    return y


def predicted_class(y_hat: Numbers[n]) -> int:
    """The class with the highest probability (or logit); the first of equals.

    Returns:
        Its index, from 0.

    Source: `000` §3.1 step 5.

    Examples:
        >>> predicted_class([0.2, 0.5, 0.3])
        1
    """
    best = 0
    for k in range(1, len(y_hat)):
        if y_hat[k] > y_hat[best]:
            best = k
    return best
