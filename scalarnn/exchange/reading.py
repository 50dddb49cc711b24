"""Which format a file has is seen by what is in it, not by its name; and each has its reader."""

from __future__ import annotations

from pathlib import Path

from scalarnn.exchange.arrived import Arrived, Wishes
from scalarnn.exchange.keras import from_hdf5, from_keras_zip
from scalarnn.exchange.nnet import HEAD, LISTS, from_fit, from_lists_of_r, from_summary
from scalarnn.exchange.onnx import from_onnx
from scalarnn.exchange.safetensors import read_safetensors
from scalarnn.exchange.scikit_learn import from_lists
from scalarnn.exchange.state_dict import from_state_dict
from scalarnn.exchange.tensorflow_js import from_tensorflow_js
from scalarnn.exchange.tensors import ExchangeError, bytes_of, parsed, tensor_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from os import PathLike
    from typing import Any

__all__ = ["read"]

TORCH = "safetensors.torch.save_file(module.state_dict(), 'model.safetensors')"
PICKLE = (
    "a pickle, which can run any program when it is loaded, and is never loaded here; where it was made, export it: of "
    f"PyTorch {TORCH}, of scikit-learn its lists as JSON (python3 -m scalarnn from --help)"
)
# What others begin with, and what to do instead.
OTHERS = {
    b"x\x9c": "compressed, as joblib does it; pickles are never loaded here",
    b"\x1f\x8b": "compressed: unpack it first; an .rds or .RData file of R: dput(…) its lists instead",
    b"RDX": "an .RData file of R: dput(…) its lists instead",
    b"X\n\x00": "an .rds file of R: dput(…) its lists instead",
    b"\x93NUMPY": "one array of NumPy, and nobody knows which: expected all weights, with their names",
    b"<?xml": "XML: expected a format of `scalarnn from`",
}
HOW = "expected safetensors, JSON, .keras, .h5, .onnx, model.json of TensorFlow.js, or what R's summary or dput wrote"


def read(
    path: str | PathLike[str],
    *,
    activation: str | None = None,
    output: str | None = None,
    order: list[str] | None = None,
    loss: str | None = None,
) -> Arrived:
    """The network in a file of another package, or of this one.

    Args:
        path: the file; of TensorFlow.js `model.json`, with its shards beside it.
        activation: of the hidden layers, for a file that has none; relu is assumed.
        output: of the last layer, for a file that has none; none is assumed.
        order: the names of the layers, where they can stand in more than one order.
        loss: by the name that `training` has; else what the file says, or what goes with the last layer.

    Returns:
        An Arrived: a Network that prints what was turned round and what was assumed.

    Raises:
        ExchangeError: the file is damaged, or of a kind that cannot be read. It is a ValueError.
        OSError: there is no such file, or no right to read it.

    Examples:
        >>> import json, tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = Path(folder) / "weights.json"
        ...     _ = path.write_text(json.dumps({"fc.weight": [[1.0, 2.0]], "fc.bias": [0.5]}))
        ...     read(path, output="none").forward([1.0, 1.0])
        [3.5]
    """
    data = bytes_of(path)
    try:
        return _read(data, Path(path), Wishes(activation, output, order, loss))
    except ExchangeError as error:
        raise ExchangeError(f"{path}: {error}") from None


def _read(data: bytes, path: Path, wishes: Wishes) -> Arrived:
    """By what the bytes begin with."""
    if _is_pickle(data):
        raise ExchangeError(PICKLE)
    for beginning, reason in OTHERS.items():
        if data.startswith(beginning):
            raise ExchangeError(reason)
    if data.startswith(b"PK\x03\x04"):
        if b".npy" in data[:200]:
            raise ExchangeError(f"arrays of NumPy, whose activations nobody knows: {HOW}")
        return from_keras_zip(data, wishes)
    if data.startswith(b"\x89HDF\r\n\x1a\n"):
        return from_hdf5(data, wishes)
    if len(data) > 8 and data[8:9] == b"{" and data[4:8] == b"\0\0\0\0":
        tensors, metadata = read_safetensors(data)
        return from_state_dict(tensors, wishes, "a state_dict in safetensors", metadata)
    begins = data[:1000].removeprefix(b"\xef\xbb\xbf").lstrip()
    if begins.startswith(b"{"):
        return _from_json(parsed(data.removeprefix(b"\xef\xbb\xbf"), "the file"), path, wishes)
    text = begins.decode("utf-8", "replace")
    if HEAD.search(text):
        return from_summary(data.decode("utf-8", "replace"), wishes)
    if LISTS.match(text):
        return from_lists_of_r(data.decode("utf-8", "replace"), wishes)
    if data[:1] == b"\x08":  # the first field of an ONNX file is its version
        return from_onnx(data, wishes)
    raise ExchangeError(f"no format that is known here: {HOW}" if data else f"empty: {HOW}")


def _is_pickle(data: bytes) -> bool:
    """As torch.save, joblib and pickle write it; torch.save puts it into a zip file."""
    if data[:1] == b"\x80" and data[1:2] in (b"\x02", b"\x03", b"\x04", b"\x05"):
        return True
    return data.startswith(b"PK\x03\x04") and b"data.pkl" in data[:1000]


def _from_json(content: Any, path: Path, wishes: Wishes) -> Arrived:
    """By the keys of the object."""
    if not isinstance(content, dict):
        raise ExchangeError("JSON, and no object with names")
    if "weightsManifest" in content or "modelTopology" in content:
        return from_tensorflow_js(content, path.parent, wishes)
    if "coefs" in content or "coefs_" in content:
        return from_lists(content, wishes, "lists of scikit-learn")
    if {"wts", "conn", "nconn"} <= content.keys():
        return from_fit(content, wishes)
    if str(content.get("format", "")).startswith("scalarnn"):
        return _from_ourselves(path, wishes)
    if content and all(isinstance(value, list) for value in content.values()):
        tensors = {str(name): tensor_of(ascii(name)[1:-1][:60], values) for name, values in content.items()}
        return from_state_dict(tensors, wishes, "a state_dict as JSON")
    raise ExchangeError(f"JSON with other names than those of a network: {HOW}")


def _from_ourselves(path: Path, wishes: Wishes) -> Arrived:
    """A network that this package saved, with the names that it has."""
    from scalarnn.classifier import load_classifier
    from scalarnn.exchange.leaving import without_scaling
    from scalarnn.regressor import load_regressor
    from scalarnn.saving import SavedNetworkError, load_with_notes

    wishes.no_activations()
    known: dict[str, Any] = {}
    try:
        model: Any
        model, notes = load_with_notes(path)
        learned = model.layers
        if "classifier" in notes:
            model, _ = load_classifier(path)
            known = {"class_names": model.class_names, "feature_names": model.feature_names}
        elif "regressor" in notes:
            model, _ = load_regressor(path)
            known = {"feature_names": model.feature_names, "label_name": model.label_name or "y"}
    except SavedNetworkError as error:
        raise ExchangeError(str(error).removeprefix(f"{path}: ")) from None
    network, said = without_scaling(model)
    if wishes.loss is not None:
        known["loss"] = (wishes.loss, "as was asked for")
    said = ["nothing was turned", *said]
    return Arrived(network.layers, "a saved network of scalarnn", said=said, learned=learned, **known)
