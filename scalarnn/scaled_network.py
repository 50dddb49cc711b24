"""A network and the scaling of its inputs: what a classifier and a regressor have in common.

    x                 the numbers of a sample as people measure them: millimetres, grams, ink
    (x − m) / s       what the network is given: shifted by the means and divided by the deviations it was trained with

It remembers how the table was written that it learned from, so that another one like it is read in the same way.
"""

from __future__ import annotations

from scalarnn import check
from scalarnn.network import Network
from scalarnn.saving import SavedNetworkError, load_with_notes, save, to_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from os import PathLike
    from typing import Any, Self

    from scalarnn.scalar import Matrix, Number

__all__ = ["ScaledNetwork", "check_names"]

# What every file of one has, and the type of each.
KEYS = {"feature_names": list, "label_name": str, "means": list, "deviations": list}
SAMPLES_AT_ONCE = 100
# What is remembered of a table, and the types that each may have.
TABLE: dict[str, tuple[type, ...]] = {
    "header": (bool,),
    "columns": (int,),
    "label": (int,),
    "features": (list,),
    "delimiter": (str,),
    "decimal": (str,),
    "encoding": (str, type(None)),
    "missing": (str,),
    "keep_none": (bool, type(None)),
}


class ScaledNetwork:
    """A network whose inputs have names, means and deviations.

    Args:
        network: as many inputs as there are features.
        feature_names: the name of each input.
        means: what is taken off each input before the network sees it; None for nothing.
        deviations: what it is divided by then; None for 1.
        label_name: how the column is called of what it tells; "" if it has no name.
        table: how the table was written that it learned from: "header" (whether it had names), "columns" (how many),
            "label" and "features" (positions), "delimiter", "decimal", "encoding", "missing" ("skip" or "error"),
            "keep_none"; what is not known is left out. None for no table.

    Raises:
        TypeError: network is no Network, a name is not text, or an entry is not a number.
        ValueError: lengths do not fit, a name is there twice, a deviation is 0, or the table is none.

    Examples:
        >>> from scalarnn import Layer
        >>> ScaledNetwork(Network([Layer([[1.0]], [0.0])]), ["mass_g"], [4000.0], [500.0]).outputs([[4500.0]])
        [[1.0]]
    """

    kind = ""  # the key of all of this among the notes of a network's file
    own_keys: tuple[str, ...] = ()  # what a kind keeps beyond KEYS; arguments of its constructor
    without = ""  # what a network lacks that was not saved as one

    def __init__(
        self,
        network: Network,
        feature_names: list[str],
        means: list[Number] | None = None,
        deviations: list[Number] | None = None,
        label_name: str = "",
        table: Mapping[str, Any] | None = None,
    ) -> None:
        if not isinstance(network, Network):
            raise TypeError(f"network is a {type(network).__name__}: expected a Network")
        n_inputs = len(network.layers[0].W[0])
        check_names(feature_names, "feature_names")
        if len(feature_names) != n_inputs:
            raise ValueError(f"feature_names has {len(feature_names)} names: the network has {n_inputs} inputs")
        if not isinstance(label_name, str):
            raise TypeError(f"label_name is a {type(label_name).__name__}: expected text")
        _check_table(table, n_inputs)
        self.network = network
        self.feature_names = list(feature_names)
        self.means = [0] * n_inputs if means is None else list(means)
        self.deviations = [1] * n_inputs if deviations is None else list(deviations)
        self.label_name = label_name
        self.table = None if table is None else dict(table)
        for name, values in (("means", self.means), ("deviations", self.deviations)):
            check.length(values, name, n_inputs, "one for each input of the network")
            check.vector(values, name)
        for i in range(n_inputs):
            if self.deviations[i] == 0:
                raise ValueError(f"deviations[{i}] is 0: expected a number to divide by")

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

    def save(self, path: str | PathLike[str], notes: Mapping[str, Any] | None = None) -> None:
        """The network and all of this in a file that is there whole, or not at all.

        Args:
            path: the file; an old one is replaced.
            notes: anything else to keep, as for `saving.save`, except under the key "classifier" or "regressor".

        Raises:
            TypeError, ValueError: something cannot be saved; no file is touched.
            OSError: the file cannot be written.
        """
        save(self.network, path, {**(notes or {}), self.kind: self._as_data()})

    def to_text(self, notes: Mapping[str, Any] | None = None) -> str:
        """What `save` writes, as text.

        Raises:
            TypeError, ValueError: something cannot be saved.
        """
        return to_text(self.network, {**(notes or {}), self.kind: self._as_data()})

    @classmethod
    def load(cls, path: str | PathLike[str]) -> tuple[Self, dict[str, Any]]:
        """What `save` wrote, and the other notes beside it.

        Raises:
            SavedNetworkError: the file is damaged, or its network is of another kind. It is a ValueError.
            OSError: there is no such file, or no right to read it.
        """
        network, notes = load_with_notes(path)
        data = notes.pop(cls.kind, None)
        if data is None:
            raise SavedNetworkError(f"{path}: a network without {cls.without}: it was not saved as a {cls.kind}")
        if not isinstance(data, dict):
            raise SavedNetworkError(f"{path}: notes['{cls.kind}'] is a {type(data).__name__}: expected an object")
        for key in (*cls.own_keys, *KEYS):
            if key not in data:
                raise SavedNetworkError(f"{path}: notes['{cls.kind}'] has no {key}")
            if not isinstance(data[key], KEYS.get(key, object)):
                raise SavedNetworkError(f"{path}: notes['{cls.kind}']: {key} is of a wrong sort")
        kept = {key: data[key] for key in (*cls.own_keys, *KEYS)}
        try:
            return cls(network, **kept, table=data.get("table")), notes
        except (TypeError, ValueError) as error:
            raise SavedNetworkError(f"{path}: notes['{cls.kind}']: {error}") from None

    def _as_data(self) -> dict[str, Any]:
        data: dict[str, Any] = {
            "feature_names": self.feature_names,
            "label_name": self.label_name,
            "means": self.means,
            "deviations": self.deviations,
        }
        if self.table is not None:
            data["table"] = self.table
        return data


def check_names(names: Any, argument: str) -> None:
    """Names are texts, at least one, each once.

    Args:
        names: what is looked at.
        argument: how messages call it.

    Raises:
        TypeError: not a list, or not of texts.
        ValueError: there is none, or one is there twice.

    Examples:
        >>> check_names(["a", "a"], "class_names")
        Traceback (most recent call last):
        ValueError: class_names: a name is there twice
    """
    check.sequence(names, argument)
    for k in range(len(names)):
        if not isinstance(names[k], str):
            raise TypeError(f"{argument}[{k}] is a {type(names[k]).__name__}: expected text")
    if len(set(names)) < len(names):
        raise ValueError(f"{argument}: a name is there twice")


def _check_table(table: Any, n_features: int) -> None:
    """What is known of a table, with the right types; None is none."""
    if table is None:
        return
    if not hasattr(table, "items"):
        raise TypeError(f"table is a {type(table).__name__}: expected a dict")
    for key, kinds in TABLE.items():
        if key in table and type(table[key]) not in kinds:
            raise TypeError(f"table[{key!r}] is a {type(table[key]).__name__}: expected {kinds[0].__name__}")
    n_columns = table.get("columns", 0)
    positions = list(table.get("features", []))
    if "features" in table and len(positions) != n_features:
        raise ValueError(f"table['features'] has {len(positions)} positions: the network has {n_features} inputs")
    if "label" in table:
        positions.append(table["label"])
    for i in positions:
        if type(i) is not int or not 0 <= i < n_columns or positions.count(i) > 1:
            raise ValueError(f"table: {i!r} is no position of its own among {n_columns} columns")
    if table.get("decimal", ".") not in (".", ",") or len(table.get("delimiter", ",")) != 1:
        raise ValueError("table: expected one character as delimiter, a point or a comma as decimal sign")
