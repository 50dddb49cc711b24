"""TensorFlow.js: `model.json`, which describes the layers as Keras does, and shards beside it, which have the numbers.

    weightsManifest    [{"paths": ["group1-shard1of2.bin", …], "weights": [{"name": "dense_1/kernel", "shape": …}, …]}]

The shards of a group are one run of bytes, in which the weights follow each other.
"""

from __future__ import annotations

import struct
from pathlib import Path

from scalarnn.exchange.arrived import Arrived, Draft, Wishes
from scalarnn.exchange.keras import TURNED
from scalarnn.exchange.keras_config import dense_layers, loss_of
from scalarnn.exchange.tensors import ExchangeError, Tensor, bytes_of, count_of, decoded
from scalarnn.frameworks.reading import like

TYPE_CHECKING = False
if TYPE_CHECKING:
    from os import PathLike
    from typing import Any

__all__ = ["from_tensorflow_js"]

KINDS = {"float32": "F32", "float16": "F16"}
COARSE = {"uint8": ("B", 1), "uint16": ("H", 2)}  # numbers of a scale
MOST_SHARDS = 1000


def from_tensorflow_js(model: dict[str, Any], folder: str | PathLike[str], wishes: Wishes) -> Arrived:
    """The network of a `model.json`.

    Args:
        model: what is in it.
        folder: where it is, and its shards.
        wishes: of the user.

    Raises:
        ExchangeError: it is damaged, or no chain of dense layers, or a shard is not there.

    Examples:
        >>> from_tensorflow_js({"format": "graph-model"}, ".", Wishes())
        Traceback (most recent call last):
        scalarnn.exchange.tensors.ExchangeError: the format is 'graph-model': expected a layers-model, which names its layers
    """  # noqa: E501
    if model.get("format", "layers-model") != "layers-model":
        raise ExchangeError(
            f"the format is {ascii(model['format'])[:40]}: expected a layers-model, which names its layers"
        )
    wishes.no_activations()
    topology = model.get("modelTopology")
    if isinstance(topology, dict):
        topology = topology.get("model_config", topology)
    tensors = _tensors(model.get("weightsManifest"), Path(folder))
    draft = Draft("a model.json of TensorFlow.js", like("tfjs").activations)
    draft.said.append(TURNED)
    for layer in dense_layers(topology, draft):
        kernel, bias = (_named(tensors, f"{layer.name}/{end}") for end in ("kernel", "bias"))
        if kernel is None or (bias is None and layer.use_bias):
            raise ExchangeError(f"{layer.name}/{'kernel' if kernel is None else 'bias'} is not among the weights")
        draft.kernel(layer.name, kernel, bias)
        layer.bend(draft)
    for place in ("trainingConfig", "training_config"):
        compiled = model.get(place) or (model.get("modelTopology") or {}).get(place)
        if isinstance(compiled, dict):
            return draft.arrived(wishes, loss=loss_of(compiled.get("loss")))
    return draft.arrived(wishes)


def _tensors(manifest: Any, folder: Path) -> dict[str, Tensor]:
    """Every weight by its name."""
    if not isinstance(manifest, list) or not all(isinstance(group, dict) for group in manifest):
        raise ExchangeError("weightsManifest: expected a list of groups of weights")
    found: dict[str, Tensor] = {}
    for group in manifest:
        paths, weights = group.get("paths"), group.get("weights")
        if not isinstance(paths, list) or not isinstance(weights, list) or len(paths) > MOST_SHARDS:
            raise ExchangeError("weightsManifest: expected paths and weights in each group")
        data = b"".join(_shard(path, folder) for path in paths)
        at = 0
        for entry in weights:
            tensor, at = _tensor(entry, data, at)
            found[tensor.name] = tensor
        if at != len(data):
            raise ExchangeError(f"{len(data)} bytes in the shards, and the weights take {at}")
    return found


def _named(tensors: dict[str, Tensor], name: str) -> Tensor | None:
    """A weight by its name, before which the converter may write that of the model."""
    if name in tensors:
        return tensors[name]
    found = [tensor for full, tensor in tensors.items() if full.split(":")[0].endswith(f"/{name}")]
    return found[0] if len(found) == 1 else None


def _shard(path: Any, folder: Path) -> bytes:
    """The bytes of a shard, which lies beside the model or below it."""
    parts = Path(path).parts if isinstance(path, str) and "\0" not in path and "://" not in path else ()
    if not parts or Path(path).is_absolute() or ".." in parts:
        raise ExchangeError(f"the shard {ascii(path)[:60]}: expected a file beside the model")
    try:
        return bytes_of(folder / path)
    except OSError as error:
        raise ExchangeError(f"the shard {ascii(path)[:60]}: {error.strerror or error}") from None


def _tensor(entry: Any, data: bytes, at: int) -> tuple[Tensor, int]:
    """A weight by its entry, and where the next one begins."""
    if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
        raise ExchangeError("weightsManifest: a weight without a name")
    name = ascii(entry["name"])[1:-1][:60]
    n = count_of(entry.get("shape"), name)
    coarse = entry.get("quantization")
    kind = (coarse if isinstance(coarse, dict) else entry).get("dtype")
    if entry.get("dtype") != "float32" or not isinstance(kind, str) or kind not in {**KINDS, **COARSE}:
        raise ExchangeError(f"{name}: its numbers are {ascii(kind)[:20]}: expected float32")
    width = COARSE[kind][1] if kind in COARSE else int(kind.removeprefix("float")) // 8
    piece = data[at : at + n * width]
    if len(piece) < n * width:
        raise ExchangeError(f"{name}: cut off: {len(piece)} bytes for {n} numbers of {kind}")
    if kind in KINDS:
        return Tensor(entry["name"], tuple(entry["shape"]), decoded(piece, KINDS[kind], name)), at + len(piece)
    scale, least = (coarse or {}).get("scale"), (coarse or {}).get("min")
    if type(scale) not in (int, float) or type(least) not in (int, float):
        raise ExchangeError(f"{name}: quantization: expected a scale and a min")
    numbers = [least + scale * step for step in struct.unpack(f"<{n}{COARSE[kind][0]}", piece)]
    return Tensor(entry["name"], tuple(entry["shape"]), numbers), at + len(piece)
