"""Ten epochs of scikit-learn's MLPClassifier: the figures of tests/frameworks/mlp_classifier.json."""

import json
import warnings
from pathlib import Path

import sklearn
from sklearn.neural_network import MLPClassifier

from tests.frameworks.mlp_data import CASES, data

FILE = Path(__file__).resolve().parents[1] / "mlp_classifier.json"


def main():
    warnings.simplefilter("ignore")  # ten epochs are not enough, says scikit-learn
    figures = {"version": sklearn.__version__}
    for name, settings in CASES.items():
        X, labels = data(settings["classes"])
        given = {key: value for key, value in settings.items() if key not in ("classes", "hidden")}
        model = MLPClassifier(settings["hidden"], max_iter=10, **given).fit(X, labels)
        figures[name] = {
            "coefs": [layer.tolist() for layer in model.coefs_],
            "intercepts": [layer.tolist() for layer in model.intercepts_],
            "losses": model.loss_curve_,
        }
    FILE.write_text(json.dumps(figures) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
