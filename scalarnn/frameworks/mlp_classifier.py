"""scikit-learn's MLPClassifier, trained here: from its random_state the same weights, batch by batch.

Its first weights and the order of its samples come from NumPy's legacy generator, one stream for both; its penalty α is
divided by the batch; its loss is that of the scores, for two classes of one logistic output.
"""

from __future__ import annotations

from scalarnn.activations import Identity, ReLU, Sigmoid, Tanh
from scalarnn.dialects.first_weights import glorot_limit, logistic_limit, uniform_network
from scalarnn.frameworks.reading import like
from scalarnn.learning.penalties import HalfL2Penalty
from scalarnn.random_numbers import LegacyRandom
from scalarnn.training import training_step

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from scalarnn.network import Network

__all__ = ["mlp_classifier"]

ACTIVATIONS = {"relu": ReLU, "tanh": Tanh, "logistic": Sigmoid, "identity": Identity}
LARGEST_BATCH = 200


def mlp_classifier(
    X: Sequence[Sequence[float]],
    labels: Sequence[int],
    hidden: Sequence[int] = (100,),
    *,
    random_state: int,
    epochs: int,
    activation: str = "relu",
    solver: str = "adam",
    learning_rate: float = 1 / 1000,
    alpha: float = 1 / 10000,
    batch_size: int | None = None,
) -> tuple[Network, list[float]]:
    """`MLPClassifier(hidden, …).fit(X, labels)`: its network, and its loss_curve_.

    Args:
        X: the samples, a row each.
        labels: the class of each, from 0 up.
        hidden: how many neurons each hidden layer has.
        random_state: as there.
        epochs: how often all samples are seen; its max_iter.
        activation: "relu", "tanh", "logistic" or "identity".
        solver: "adam" or "sgd".
        learning_rate: learning_rate_init there.
        alpha: the strength of the penalty, as there.
        batch_size: as there; 200, or all samples, without it.

    Returns:
        A network that ends in scores, and the loss of each epoch.

    Raises:
        ValueError: the activation or the solver is another.

    Examples:
        >>> X, labels = [[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0]
        >>> network, losses = mlp_classifier(X, labels, [3], random_state=0, epochs=2)
        >>> len(network.layers), len(losses)
        (2, 2)
    """
    if activation not in ACTIVATIONS:
        raise ValueError(f"activation is {activation!r}: expected one of {', '.join(ACTIVATIONS)}")
    n_classes = max(labels) + 1
    n_outputs, loss = (n_classes, "softmax_cross_entropy") if n_classes > 2 else (1, "sigmoid_cross_entropy")
    targets: list[Any] = list(labels) if n_classes > 2 else [[label] for label in labels]
    rng = LegacyRandom(random_state)
    limit = logistic_limit if activation == "logistic" else glorot_limit
    activations = [*(ACTIVATIONS[activation]() for _ in hidden), None]
    network = uniform_network([len(X[0]), *hidden, n_outputs], activations, rng, limit)
    optimizer = like("sklearn").optimizer(solver, learning_rate)
    size = min(batch_size or LARGEST_BATCH, len(X))
    order, losses = list(range(len(X))), []
    for _ in range(epochs):
        order = [order[place] for place in rng.permutation(len(X))]
        total = 0.0
        for start in range(0, len(X), size):
            rows = order[start : start + size]
            penalty = HalfL2Penalty(alpha / len(rows))
            penalised = penalty.value(network)
            batch, wanted = [X[n] for n in rows], [targets[n] for n in rows]
            _, L = training_step(network, batch, wanted, optimizer, loss, penalty)
            total += (L + penalised) * len(rows)
        losses.append(total / len(X))
    return network, losses
