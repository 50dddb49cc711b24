"""scikit-learn: the lists of a trained MLP as JSON, and the MLP as ONNX by skl2onnx."""

import json
import warnings

import numpy as np
import skl2onnx
import sklearn
from sklearn.neural_network import MLPClassifier, MLPRegressor

from tests.exchange.making.given import FILES, keep, samples

X, LABELS, NUMBERS = samples()
NAMES = ["iris", "lily", "rose"]
YES = [int(label == 2) for label in LABELS]
THREE = [row[::-1] for row in X]
FLAGS = [[int(x > 0) for x in row] for row in X]


def networks():
    """Name → an MLP, its targets, their rows as scalarnn takes them, the loss by scalarnn's name."""
    return {
        "sklearn-classes": (
            MLPClassifier(hidden_layer_sizes=[5], activation="relu"),
            [NAMES[label] for label in LABELS],
            LABELS,
            "cross_entropy",
        ),
        "sklearn-yes": (
            MLPClassifier(hidden_layer_sizes=[4], activation="tanh"),
            YES,
            [[y] for y in YES],
            "binary_cross_entropy",
        ),
        "sklearn-flags": (
            MLPClassifier(hidden_layer_sizes=[4], activation="logistic"),
            FLAGS,
            FLAGS,
            "binary_cross_entropy",
        ),
        "sklearn-number": (
            MLPRegressor(hidden_layer_sizes=[4, 3], activation="tanh"),
            NUMBERS,
            [[y] for y in NUMBERS],
            "",
        ),
        "sklearn-three": (MLPRegressor(hidden_layer_sizes=[4], activation="identity"), THREE, THREE, ""),
    }


def gradients_of(mlp, targets):
    """What scikit-learn's own backward pass gives, of the mean loss without the penalty."""
    x = np.array(X)
    y = np.array(targets)
    if hasattr(mlp, "_label_binarizer"):
        y = mlp._label_binarizer.transform(targets)
    y = y.reshape(len(x), -1).astype(float)
    activations = [x, *([None] * (mlp.n_layers_ - 1))]
    deltas = [None] * (mlp.n_layers_ - 1)
    coefs = [np.empty_like(W) for W in mlp.coefs_]
    intercepts = [np.empty_like(b) for b in mlp.intercepts_]
    alpha, mlp.alpha = mlp.alpha, 0.0
    L, coefs, intercepts = mlp._backprop(x, y, None, activations, deltas, coefs, intercepts)
    mlp.alpha = alpha
    return float(L), [W.T.tolist() for W in coefs], [b.tolist() for b in intercepts]


def main():
    """Train, save, keep."""
    figures = {}
    for name, (mlp, targets, rows, loss) in networks().items():
        mlp.set_params(random_state=0, max_iter=60, learning_rate_init=0.05)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that it could learn more
            mlp.fit(np.array(X), np.array(targets))
        lists = {
            "coefs": [W.tolist() for W in mlp.coefs_],
            "intercepts": [b.tolist() for b in mlp.intercepts_],
            "activation": mlp.activation,
            "out_activation": mlp.out_activation_,
        }
        if hasattr(mlp, "classes_"):
            lists["classes"] = mlp.classes_.tolist()
        (FILES / f"{name}.json").write_text(json.dumps(lists) + "\n", encoding="utf-8")
        is_classifier = isinstance(mlp, MLPClassifier)
        outputs = mlp.predict_proba(X) if is_classifier else mlp.predict(X).reshape(len(X), -1)
        if mlp.out_activation_ == "logistic" and mlp.n_outputs_ == 1:
            outputs = outputs[:, 1:]
        L, dL_dW, dL_db = gradients_of(mlp, targets)
        figures[f"{name}.json"] = {
            "loss": loss or "half_squared_error",
            # By what the loss, and the gradients, are larger than those of scalarnn. Of yes and no scikit-learn adds up
            # over the answers of a sample; of numbers its loss is a mean over them, and its gradients are of the sum.
            "times": {"binary_cross_entropy": [mlp.n_outputs_] * 2, "": [1 / mlp.n_outputs_, 1]}.get(loss, [1, 1]),
            "targets": rows,
            "outputs": outputs.tolist(),
            "L": L,
            "dL_dW": dL_dW,
            "dL_db": dL_db,
        }
        if name in ("sklearn-classes", "sklearn-yes", "sklearn-number"):
            options = {id(mlp): {"zipmap": False}} if is_classifier else None
            exported = skl2onnx.to_onnx(mlp, np.array(X), options=options)
            (FILES / f"{name}.onnx").write_bytes(exported.SerializeToString())
            figures[f"{name}.onnx"] = figures[f"{name}.json"]
    keep("sklearn", {"scikit-learn": sklearn.__version__, "skl2onnx": skl2onnx.__version__}, figures)


if __name__ == "__main__":
    main()
