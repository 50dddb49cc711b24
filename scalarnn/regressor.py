"""A regressor: a network that tells a number, and what has to go with it so that it can be asked.

    y                 what is to be told, as people measure it: litres, euros, degrees
    (y − m) / s       what the network learns: shifted by the mean of the targets and divided by their deviation
    m + s · ŷ         what it says, from its one output ŷ, which no activation bends

All of it is in one file, `saving` does that: the network as everywhere, the rest in its notes under "regressor".
"""

from __future__ import annotations

from scalarnn import check, scalar
from scalarnn.network import Network
from scalarnn.scaled_network import ScaledNetwork

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from os import PathLike
    from typing import Any

    from scalarnn.scalar import Matrix, Number

__all__ = ["Regressor", "load_regressor", "r_squared"]


class Regressor(ScaledNetwork):
    """Samples in, a number out.

    Args:
        network: as many inputs as there are features; one neuron in the last layer.
        feature_names: the name of each input.
        means: what is taken off each input before the network sees it; None for nothing.
        deviations: what it is divided by then; None for 1.
        label_name: how the column is called of what it tells; "" if it has no name.
        target_mean: what is added to the output, after it was multiplied by target_deviation.
        target_deviation: see target_mean; above 0.
        table: how the table was written that it learned from, see `ScaledNetwork`; None for none.

    Raises:
        TypeError: network is no Network, a name is not text, or an entry is not a number.
        ValueError: lengths do not fit, a name is there twice, or a deviation is not above 0.

    Source: not in the five documents.

    Examples:
        >>> from scalarnn import Layer
        >>> network = Network([Layer([[2.0]], [0.0])])
        >>> regressor = Regressor(network, ["mass_t"], label_name="litres", target_mean=5.0, target_deviation=10.0)
        >>> regressor.predicted([[1.5]]), regressor.targets([15.0])
        ([35.0], [[1.0]])
    """

    kind = "regressor"
    own_keys = ("target_mean", "target_deviation")
    without = "the scale of its target"

    def __init__(
        self,
        network: Network,
        feature_names: list[str],
        means: list[Number] | None = None,
        deviations: list[Number] | None = None,
        label_name: str = "",
        *,
        target_mean: Number = 0,
        target_deviation: Number = 1,
        table: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(network, feature_names, means, deviations, label_name, table)
        n_outputs = len(network.layers[-1].W)
        if n_outputs != 1:
            raise ValueError(f"the network has {n_outputs} outputs: expected one, the number that it tells")
        check.number(target_mean, "target_mean")
        check.number(target_deviation, "target_deviation")
        if not target_deviation > 0:
            raise ValueError(f"target_deviation is {target_deviation}: expected a number above 0")
        self.target_mean = target_mean
        self.target_deviation = target_deviation

    def targets(self, y: Sequence[Number]) -> list[list[Number]]:
        """What the network learns: (y − m) / s, a row of one for each sample."""
        rows: list[list[Number]] = []
        for n in range(len(y)):
            rows.append([(y[n] - self.target_mean) / self.target_deviation])
        return rows

    def predicted(self, X: Matrix) -> list[Number]:
        """The number for each sample."""
        return self.predicted_of(self.outputs(X))

    def predicted_of(self, outputs: Matrix) -> list[Number]:
        """The same of outputs that are known already: m + s · ŷ."""
        numbers: list[Number] = []
        for y_hat in outputs:
            numbers.append(self.target_mean + self.target_deviation * y_hat[0])
        return numbers

    def quality(self, outputs: Matrix, targets: Matrix) -> tuple[Number | None, Number]:
        """R², and the root mean squared error in the units of y: s · √(Σ(ŷₙ − yₙ)² / n_samples).

        Args:
            outputs: of the network, as `outputs` gives them.
            targets: what it should have said, as `targets` gives them.
        """
        y, y_hat = [], []
        total = 0
        for n in range(len(outputs)):
            y.append(targets[n][0])
            y_hat.append(outputs[n][0])
            d = outputs[n][0] - targets[n][0]
            total += d * d
        return r_squared(y, y_hat), self.target_deviation * scalar.sqrt(total / len(outputs))

    def _as_data(self) -> dict[str, Any]:
        scale = {"target_mean": self.target_mean, "target_deviation": self.target_deviation}
        return {**super()._as_data(), **scale}

    def __repr__(self) -> str:
        return f"<Regressor: {len(self.feature_names)} features>"


def load_regressor(path: str | PathLike[str]) -> tuple[Regressor, dict[str, Any]]:
    """The regressor in a file, and the other notes beside it.

    Args:
        path: a file that Regressor.save wrote.

    Returns:
        regressor, notes.

    Raises:
        SavedNetworkError: the file is damaged, or its network has no regressor's notes. It is a ValueError.
        OSError: there is no such file, or no right to read it.

    Source: not in the five documents.

    Examples:
        >>> import tempfile
        >>> from scalarnn import Layer
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     regressor = Regressor(Network([Layer([[1.0]], [0.0])]), ["x"], label_name="y")
        ...     regressor.save(f"{folder}/model.json", notes={"seed": 7})
        ...     loaded, notes = load_regressor(f"{folder}/model.json")
        >>> loaded.label_name, notes
        ('y', {'seed': 7})
    """
    return Regressor.load(path)


def r_squared(y: Sequence[Number], y_hat: Sequence[Number]) -> Number | None:
    """R² = 1 − Σ(yₙ − ŷₙ)² / Σ(yₙ − ȳ)²: 1 if all are told, 0 if it is no better than the mean, below it if worse.

    Args:
        y: the numbers as they are.
        y_hat: the numbers as they were told.

    Returns:
        R²; None if all y are the same, when there is nothing to tell.

    Source: not in the five documents; the same as scikit-learn's r2_score.

    Examples:
        >>> r_squared([1.0, 2.0, 3.0], [1.0, 2.0, 2.0]), r_squared([1.0, 1.0], [1.0, 2.0])
        (0.5, None)
    """
    total = 0
    for n in range(len(y)):
        total += y[n]
    mean = total / len(y)
    around_mean = 0
    left = 0
    for n in range(len(y)):
        around_mean += (y[n] - mean) * (y[n] - mean)
        left += (y[n] - y_hat[n]) * (y[n] - y_hat[n])
    if not around_mean > 0 or min(y) == max(y):
        return None
    return 1 - left / around_mean
