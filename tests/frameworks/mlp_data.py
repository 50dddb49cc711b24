"""What scikit-learn's MLPClassifier and its copy here are trained on."""

from scalarnn.random_numbers import LegacyRandom

CASES = {
    "three classes, adam": {"classes": 3, "hidden": [6, 4], "random_state": 1, "batch_size": 16},
    "two classes, sgd": {"classes": 2, "hidden": [5], "random_state": 7, "solver": "sgd", "activation": "logistic"},
    "tanh and a strong penalty": {
        "classes": 3,
        "hidden": [4],
        "random_state": 3,
        "activation": "tanh",
        "alpha": 0.5,
        "batch_size": 10,
        "learning_rate_init": 0.01,
    },
}


def data(classes):
    """Fifty samples of three inputs; the class is decided by the first two."""
    rng = LegacyRandom(42)
    X = [[rng.randn() for _ in range(3)] for _ in range(50)]
    labels = [0 if x[0] + x[1] < -0.5 else classes - 1 if x[0] + x[1] > 0.5 else 1 for x in X]
    return X, labels
