"""What a saved network must still say: its outputs for a few inputs, noted when it was saved.

The inputs are made up, about as large as those of the training and drawn by seed: nobody's data are in the file. With
the outputs beside them a changed network is found wherever the file goes, without the data it learned from.
"""

from __future__ import annotations

import math
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from scalarnn.classifier import Classifier
    from scalarnn.regressor import Regressor

__all__ = ["answers", "deviation", "fingerprint", "is_close", "names_of"]

N_ANSWERS = 3
CLOSE = 1e-9  # relative: what another library makes of exp and tanh is a million times smaller


def answers(model: Classifier | Regressor) -> dict[str, Any] | None:
    """Inputs and outputs, for the notes; None if the outputs are no finite numbers.

    Examples:
        >>> from scalarnn import Layer, Network
        >>> from scalarnn.classifier import Classifier
        >>> network = Network([Layer([[1.0], [-1.0]], [0.0, 0.0])])
        >>> noted = answers(Classifier(network, ["heavy", "light"], ["mass_g"], means=[4000.0], deviations=[500.0]))
        >>> noted["inputs"][0], noted["outputs"][0]
        ([4882.0], [1.764, -1.764])
    """
    from scalarnn.random_numbers import LegacyRandom

    rng = LegacyRandom(0)
    X = []
    for _ in range(N_ANSWERS):
        x = []
        for m, s in zip(model.means, model.deviations, strict=True):
            digits = 2 - math.floor(math.log10(abs(s)))  # few digits, for a file that is not much longer
            x.append(round(float(m + s * rng.randn()), min(digits, 300)))
        X.append(x)
    try:
        outputs = _told(model, X)
    except (ArithmeticError, ValueError):
        return None
    if not all(math.isfinite(y_hat_k) for y_hat in outputs for y_hat_k in y_hat):
        return None
    return {"inputs": X, "outputs": outputs}


def deviation(model: Classifier | Regressor, noted: Any) -> float | None:
    """How far the outputs are from the noted ones, at most, as a part of the largest of them; None for odd notes.

    Examples:
        >>> from scalarnn import Layer, Network
        >>> from scalarnn.classifier import Classifier
        >>> classifier = Classifier(Network([Layer([[1.0], [-1.0]], [0.0, 0.0])]), ["a", "b"], ["x"])
        >>> deviation(classifier, {"inputs": [[3.0]], "outputs": [[3.0, -3.0]]})
        0.0
        >>> deviation(classifier, {"inputs": [[3.0]], "outputs": [[-3.0, 3.0]]})
        2.0
    """
    try:
        X, outputs = noted["inputs"], noted["outputs"]
        found = _told(model, X)
        if not isinstance(outputs, list) or len(outputs) != len(found):
            return None
        largest = worst = 0.0
        for n in range(len(found)):
            if len(outputs[n]) != len(found[n]):
                return None
            for k in range(len(found[n])):
                largest = max(largest, abs(outputs[n][k]), abs(found[n][k]))
                worst = max(worst, abs(found[n][k] - outputs[n][k]))
        part = float(worst / largest) if largest > 0 else 0.0
        return part if math.isfinite(part) else math.inf
    except (ArithmeticError, KeyError, TypeError, ValueError):
        return None


def _told(model: Classifier | Regressor, X: Any) -> list[list[Any]]:
    """The outputs; of a regression the numbers in the units of its target."""
    outputs: Any = model.outputs(X)
    if model.kind == "regressor":
        return [[number] for number in model.predicted_of(outputs)]
    return list(outputs)


def names_of(model: Classifier | Regressor) -> str:
    """A fingerprint of the names of features and classes."""
    return fingerprint([model.feature_names, getattr(model, "class_names", []), model.label_name])


def is_close(part: float) -> bool:
    """Whether a deviation is no more than another library's exp and tanh can make.

    Examples:
        >>> is_close(3e-16), is_close(1e-3)
        (True, False)
    """
    return part <= CLOSE


def fingerprint(lists: Sequence[Any]) -> str:
    """Sixteen hexadecimal digits of lists of numbers and texts: equal only if these are, to the last bit.

    Examples:
        >>> fingerprint([[0.1, 1.0], ["a"]]) == fingerprint([[0.1, 1.0], ["a"]])
        True
        >>> fingerprint([[0.1, 1.0], ["a"]]) == fingerprint([[0.1, 1.0000000000000002], ["a"]])
        False
    """
    import hashlib

    found = hashlib.sha256()
    _digest(lists, found)
    return found.hexdigest()[:16]


def _digest(value: Any, found: Any) -> None:
    """Lists of floats, of which there are many, in one go; everything else by its text."""
    from array import array

    if isinstance(value, (list, tuple)):
        found.update(f"[{len(value)}".encode("ascii"))
        if value and all(type(number) is float for number in value):
            numbers = array("d", value)
            if sys.byteorder == "big":
                numbers.byteswap()
            found.update(numbers.tobytes())
            return
        for piece in value:
            _digest(piece, found)
    else:
        found.update(f",{value!r}".encode("utf-8", "surrogatepass"))
