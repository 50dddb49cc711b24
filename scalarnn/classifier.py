"""A classifier: a network, and what has to go with it so that it can be asked.

    x                 the numbers of a sample as people measure them: millimetres, grams, ink
    (x − m) / s       what the network is given: shifted by the means and divided by the deviations it was trained with
    class_names       what the network's outputs are called

With one output for each class these are logits, and softmax makes probabilities of them. With a single output for two
classes, as in XOR by 2-2-1, the class is 1 where the output is above ½, and there are no probabilities.

All of it is in one file, `saving` does that: the network as everywhere, the rest in its notes under "classifier".
"""

from __future__ import annotations

from scalarnn import Softmax, check, softmax
from scalarnn.network import Network
from scalarnn.saving import SavedNetworkError, load_with_notes, save

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from os import PathLike
    from typing import Any

    from scalarnn.scalar import Matrix, Number

__all__ = ["Classifier", "load_classifier"]

KEYS = ("class_names", "feature_names", "label_name", "means", "deviations")
SAMPLES_AT_ONCE = 100


class Classifier:
    """Samples in, classes out.

    Args:
        network: as many inputs as there are features; one neuron in the last layer for each class, or a single one for
            two classes.
        class_names: the name of each class.
        feature_names: the name of each input.
        means: what is taken off each input before the network sees it; None for nothing.
        deviations: what it is divided by then; None for 1.
        label_name: how the column of the classes is called; "" if it has no name.

    Raises:
        TypeError: network is no Network, a name is not text, or an entry is not a number.
        ValueError: lengths do not fit, a name is there twice, or a deviation is 0.

    Source: not in the five documents.

    Examples:
        >>> from scalarnn import Layer
        >>> network = Network([Layer([[1.0], [-1.0]], [0.0, 0.0])])
        >>> classifier = Classifier(network, ["heavy", "light"], ["mass_g"], means=[4000.0], deviations=[500.0])
        >>> classifier.outputs([[4500.0]]), classifier.predicted([[4500.0], [3000.0]])
        ([[1.0, -1.0]], [0, 1])
        >>> classifier.probabilities([[4000.0]])
        [[0.5, 0.5]]
    """

    def __init__(
        self,
        network: Network,
        class_names: list[str],
        feature_names: list[str],
        means: list[Number] | None = None,
        deviations: list[Number] | None = None,
        label_name: str = "",
    ) -> None:
        if not isinstance(network, Network):
            raise TypeError(f"network is a {type(network).__name__}: expected a Network")
        n_inputs = len(network.layers[0].W[0])
        n_outputs = len(network.layers[-1].W)
        _check_names(class_names, "class_names")
        _check_names(feature_names, "feature_names")
        if len(class_names) < 2:
            raise ValueError("class_names has 1 name: expected at least two to choose from")
        if n_outputs != len(class_names) and not (n_outputs == 1 and len(class_names) == 2):
            raise ValueError(f"class_names has {len(class_names)} names: the network has {n_outputs} outputs")
        if len(feature_names) != n_inputs:
            raise ValueError(f"feature_names has {len(feature_names)} names: the network has {n_inputs} inputs")
        if not isinstance(label_name, str):
            raise TypeError(f"label_name is a {type(label_name).__name__}: expected text")
        self.network = network
        self.class_names = list(class_names)
        self.feature_names = list(feature_names)
        self.means = [0] * n_inputs if means is None else list(means)
        self.deviations = [1] * n_inputs if deviations is None else list(deviations)
        self.label_name = label_name
        for name, values in (("means", self.means), ("deviations", self.deviations)):
            check.length(values, name, n_inputs, "one for each input of the network")
            check.vector(values, name)
        for i in range(n_inputs):
            if self.deviations[i] == 0:
                raise ValueError(f"deviations[{i}] is 0: expected a number to divide by")

    @property
    def single_output(self) -> bool:
        """Whether one output has to do for two classes."""
        return len(self.network.layers[-1].W) == 1

    def inputs(self, X: Matrix) -> list[list[Number]]:
        """What the network is given: (xᵢ − mᵢ) / sᵢ.

        Raises:
            TypeError: X is not a list of lists of numbers.
            ValueError: X is empty, a row has another number of columns, or an entry is not finite.
        """
        check.matrix(X, "X", columns=len(self.means), because="one for each feature")
        scaled = []
        for n in range(len(X)):
            row = []
            for i in range(len(self.means)):
                row.append((X[n][i] - self.means[i]) / self.deviations[i])
            scaled.append(row)
        return scaled

    def outputs(self, X: Matrix) -> list[list[Number]]:
        """What the network's last layer says of each sample."""
        scaled = self.inputs(X)
        rows: list[list[Number]] = []
        for first in range(0, len(scaled), SAMPLES_AT_ONCE):
            rows.extend(self.network.forward_batch(scaled[first : first + SAMPLES_AT_ONCE]))
        return rows

    def probabilities(self, X: Matrix) -> list[list[Number]]:
        """Softmax of the outputs of each sample.

        Raises:
            ValueError: the network has a single output, which is no probability.
        """
        if self.single_output:
            raise ValueError("the network has a single output, and that is no probability")
        return self.probabilities_of(self.outputs(X))

    def probabilities_of(self, outputs: Matrix) -> list[list[Number]]:
        """The same of outputs that are known already."""
        if isinstance(self.network.layers[-1].activation, Softmax):
            return [list(y_hat) for y_hat in outputs]
        rows = []
        for z in outputs:
            rows.append(softmax(z))
        return rows

    def predicted(self, X: Matrix) -> list[int]:
        """The class of each sample: that of the largest output, the first of equals."""
        return self.predicted_of(self.outputs(X))

    def predicted_of(self, outputs: Matrix) -> list[int]:
        """The same of outputs that are known already."""
        classes = []
        for y_hat in outputs:
            if self.single_output:
                classes.append(1 if 2 * y_hat[0] > 1 else 0)
                continue
            largest = 0
            for k in range(1, len(y_hat)):
                if y_hat[k] > y_hat[largest]:
                    largest = k
            classes.append(largest)
        return classes

    def save(self, path: str | PathLike[str], notes: Mapping[str, Any] | None = None) -> None:
        """The network and all of this in a file that is there whole, or not at all.

        Args:
            path: the file; an old one is replaced.
            notes: anything else to keep, as for `saving.save`, except under the key "classifier".

        Raises:
            TypeError, ValueError: something cannot be saved; no file is touched.
            OSError: the file cannot be written.
        """
        save(self.network, path, {**(notes or {}), "classifier": self._as_data()})

    def _as_data(self) -> dict[str, Any]:
        return {
            "class_names": self.class_names,
            "feature_names": self.feature_names,
            "label_name": self.label_name,
            "means": self.means,
            "deviations": self.deviations,
        }

    def __repr__(self) -> str:
        return f"<Classifier: {len(self.feature_names)} features, {len(self.class_names)} classes>"


def load_classifier(path: str | PathLike[str]) -> tuple[Classifier, dict[str, Any]]:
    """The classifier in a file, and the other notes beside it.

    Args:
        path: a file that Classifier.save wrote.

    Returns:
        classifier, notes.

    Raises:
        SavedNetworkError: the file is damaged, or its network has no classifier's notes. It is a ValueError.
        OSError: there is no such file, or no right to read it.

    Source: not in the five documents.

    Examples:
        >>> import tempfile
        >>> from scalarnn import Layer
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     classifier = Classifier(Network([Layer([[1.0]], [0.0])]), ["no", "yes"], ["x"])
        ...     classifier.save(f"{folder}/model.json", notes={"seed": 7})
        ...     loaded, notes = load_classifier(f"{folder}/model.json")
        >>> loaded.class_names, notes
        (['no', 'yes'], {'seed': 7})
    """
    network, notes = load_with_notes(path)
    data = notes.pop("classifier", None)
    if data is None:
        raise SavedNetworkError(f"{path}: a network without the names of its classes: it was not saved as a classifier")
    if not isinstance(data, dict):
        raise SavedNetworkError(f"{path}: notes['classifier'] is a {type(data).__name__}: expected an object")
    for key in KEYS:
        if key not in data:
            raise SavedNetworkError(f"{path}: notes['classifier'] has no {key}")
    for key in KEYS:
        if not isinstance(data[key], str if key == "label_name" else list):
            raise SavedNetworkError(f"{path}: notes['classifier']: {key} is of a wrong sort")
    try:
        classifier = Classifier(
            network,
            data["class_names"],
            data["feature_names"],
            data["means"],
            data["deviations"],
            data["label_name"],
        )
    except (TypeError, ValueError) as error:
        raise SavedNetworkError(f"{path}: notes['classifier']: {error}") from None
    return classifier, notes


def _check_names(names: Any, argument: str) -> None:
    check.sequence(names, argument)
    for k in range(len(names)):
        if not isinstance(names[k], str):
            raise TypeError(f"{argument}[{k}] is a {type(names[k]).__name__}: expected text")
    if len(set(names)) < len(names):
        raise ValueError(f"{argument}: a name is there twice")
