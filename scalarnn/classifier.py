"""A classifier: a network, and what has to go with it so that it can be asked.

    x                 the numbers of a sample as people measure them: millimetres, grams, ink
    (x − m) / s       what the network is given: shifted by the means and divided by the deviations it was trained with
    class_names       what the network's outputs are called

With one output for each class these are logits, and softmax makes probabilities of them. With a single output for two
classes, as in XOR by 2-2-1, the class is 1 where the output is above ½, and there are no probabilities.

All of it is in one file, `saving` does that: the network as everywhere, the rest in its notes under "classifier".
"""

from __future__ import annotations

from scalarnn import Softmax, softmax
from scalarnn.network import Network
from scalarnn.scaled_network import ScaledNetwork, check_names

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from os import PathLike
    from typing import Any

    from scalarnn.scalar import Matrix, Number

__all__ = ["Classifier", "load_classifier"]


class Classifier(ScaledNetwork):
    """Samples in, classes out.

    Args:
        network: as many inputs as there are features; one neuron in the last layer for each class, or a single one for
            two classes.
        class_names: the name of each class.
        feature_names: the name of each input.
        means: what is taken off each input before the network sees it; None for nothing.
        deviations: what it is divided by then; None for 1.
        label_name: how the column of the classes is called; "" if it has no name.
        table: how the table was written that it learned from, see `ScaledNetwork`; None for none.

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

    kind = "classifier"
    own_keys = ("class_names",)
    without = "the names of its classes"

    def __init__(
        self,
        network: Network,
        class_names: list[str],
        feature_names: list[str],
        means: list[Number] | None = None,
        deviations: list[Number] | None = None,
        label_name: str = "",
        *,
        table: Mapping[str, Any] | None = None,
    ) -> None:
        if not isinstance(network, Network):
            raise TypeError(f"network is a {type(network).__name__}: expected a Network")
        n_outputs = len(network.layers[-1].W)
        check_names(class_names, "class_names")
        check_names(feature_names, "feature_names")
        if len(class_names) < 2:
            raise ValueError("class_names has 1 name: expected at least two to choose from")
        if n_outputs != len(class_names) and not (n_outputs == 1 and len(class_names) == 2):
            raise ValueError(f"class_names has {len(class_names)} names: the network has {n_outputs} outputs")
        super().__init__(network, feature_names, means, deviations, label_name, table)
        self.class_names = list(class_names)

    @property
    def single_output(self) -> bool:
        """Whether one output has to do for two classes."""
        return len(self.network.layers[-1].W) == 1

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

    def _as_data(self) -> dict[str, Any]:
        return {"class_names": self.class_names, **super()._as_data()}

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
    return Classifier.load(path)
