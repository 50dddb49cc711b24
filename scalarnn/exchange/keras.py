"""Keras: `.keras` files, `.weights.h5`, the older `.h5`, and a model itself. The numbers are read by h5py, an extra.

A `.keras` file is a zip of `config.json`, which has layers, activations and loss, and `model.weights.h5`. There the
weights stand under the class of the layer and a count, `layers/dense`, `layers/dense_1`, …, in the order of the model,
whatever the layers are called; `vars/0` is the kernel and `vars/1` the bias. A column of a kernel is a neuron.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import re
import zipfile
import zlib

from scalarnn.exchange.arrived import Arrived, Draft, Wishes
from scalarnn.exchange.keras_config import dense_layers, loss_of
from scalarnn.exchange.tensors import LARGEST, ExchangeError, Tensor, count_of, parsed, tensor_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

__all__ = ["TURNED", "from_hdf5", "from_keras", "from_keras_zip"]

TURNED = "every matrix was turned: a column of a kernel is a neuron"
MOST_IN_A_GROUP = 2000
CONFIG, WEIGHTS = "config.json", "model.weights.h5"


def from_keras(model: Any) -> Arrived:
    """The network of a Keras model, Sequential or functional, with its weights of now.

    Args:
        model: an object with `layers` and `get_config`, whose layers have `get_weights`.

    Returns:
        An Arrived: a Network that prints what was assumed.

    Raises:
        TypeError: it is no such object.
        ValueError: it is no chain of dense layers; the message names the place.

    Examples:
        >>> from_keras([1, 2])
        Traceback (most recent call last):
        TypeError: model is a list: expected a Keras model
    """
    if not hasattr(model, "layers") or not callable(getattr(model, "get_config", None)):
        raise TypeError(f"model is a {type(model).__name__}: expected a Keras model")
    config = {"class_name": type(model).__name__, "config": model.get_config()}
    by_name: dict[str, Any] = {}
    _note_layers(model, by_name)
    draft = Draft(f"a Keras model, {type(model).__name__}")
    draft.said.append(TURNED)
    for layer in dense_layers(config, draft):
        parts = [part.tolist() for part in by_name[layer.name].get_weights()]
        names = [f"{layer.name}/kernel", f"{layer.name}/bias"]
        _dense(draft, layer, [tensor_of(name, part) for name, part in zip(names, parts, strict=False)])
    compiled = getattr(model, "loss", None)
    return draft.arrived(loss=loss_of((getattr(compiled, "name", None) and vars(compiled)) or compiled))


def _note_layers(model: Any, by_name: dict[str, Any]) -> None:
    """Every layer with its name, those of models in the model too."""
    for layer in model.layers:
        if hasattr(layer, "layers"):
            _note_layers(layer, by_name)
        elif layer.name in by_name:
            raise ExchangeError(f"two layers are called {ascii(layer.name)[:60]}")
        else:
            by_name[layer.name] = layer


def from_keras_zip(data: bytes, wishes: Wishes) -> Arrived:
    """The network in a `.keras` file.

    Args:
        data: the whole file.
        wishes: of the user.

    Raises:
        ExchangeError: the file is damaged, or it is no chain of dense layers, or h5py is not installed.

    Examples:
        >>> from_keras_zip(b"PK", Wishes())
        Traceback (most recent call last):
        scalarnn.exchange.tensors.ExchangeError: .keras: no whole zip file
    """
    config = parsed(_member(data, CONFIG), CONFIG)
    wishes.no_activations()
    with _opened(_member(data, WEIGHTS)) as file:
        draft = Draft("a .keras file")
        draft.said.append(TURNED)
        counts: dict[str, int] = {}
        for layer in dense_layers(config, draft):
            _dense(draft, layer, _variables(file, _counted(layer.path, counts)))
    compiled = config.get("compile_config") or {}
    return draft.arrived(wishes, loss=loss_of(compiled.get("loss") if isinstance(compiled, dict) else None))


def from_hdf5(data: bytes, wishes: Wishes) -> Arrived:
    """The network in a `.weights.h5`, which has no activations, or in an older `.h5`, which has.

    Args:
        data: the whole file.
        wishes: of the user.

    Raises:
        ExchangeError: the file is damaged, or it is no chain of dense layers, or h5py is not installed.
    """
    with _opened(data) as file:
        if "model_config" in file.attrs:
            return _older(file, wishes)
        draft = Draft("a .weights.h5 file of Keras")
        draft.said.append(TURNED)
        layers = _group(file, "layers")
        for name in sorted(layers, key=_natural):
            if not re.fullmatch("dense(_[0-9]{1,6})?", name):
                if len(_group(file, f"layers/{name}/vars")):
                    raise ExchangeError(f"layers/{name} has weights: expected dense layers alone")
                continue
            kernel, *bias = _variables(file, f"layers/{name}/vars")
            draft.kernel(name, kernel, bias[0] if bias else None)
        draft.assume(wishes, "no activation is in a .weights.h5 file (a .keras file has them)")
        return draft.arrived(wishes)


def _older(file: Any, wishes: Wishes) -> Arrived:
    """The network of an `.h5` file with its configuration: weights by the name of the layer."""
    wishes.no_activations()
    config = parsed(_text(file.attrs["model_config"]), "model_config")
    draft = Draft("an .h5 file of Keras")
    draft.said.append(TURNED)
    found: list[Tensor] = []
    _collect(_group(file, "model_weights"), "model_weights", found)
    by_name: dict[tuple[str, str], Tensor] = {}
    for tensor in found:
        name, end = tensor.name.split("/")[-2:]
        if by_name.setdefault((name, end.split(":")[0]), tensor) is not tensor:
            raise ExchangeError(f"two layers are called {ascii(name)[:60]}")
    for layer in dense_layers(config, draft):
        parts = [by_name[layer.name, end] for end in ("kernel", "bias") if (layer.name, end) in by_name]
        _dense(draft, layer, parts)
    compiled = parsed(_text(file.attrs.get("training_config", "{}")), "training_config")
    return draft.arrived(wishes, loss=loss_of(compiled.get("loss") if isinstance(compiled, dict) else None))


def _dense(draft: Draft, layer: Any, parts: list[Tensor]) -> None:
    """A layer with its weights, and its activation."""
    if len(parts) != (2 if layer.use_bias else 1):
        raise ExchangeError(f"{layer.name} has {len(parts)} tensors: expected a kernel{' and a bias' * layer.use_bias}")
    draft.kernel(layer.name, parts[0], parts[1] if layer.use_bias else None)
    layer.bend(draft)


# ---- HDF5 ------------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    """An HDF5 file that lies in memory: nothing in it can name a file of the machine.

    h5py meets damage where it reads, with errors of every kind: here they become one.
    """
    try:
        h5py = importlib.import_module("h5py")
    except ImportError:
        raise ExchangeError("h5py, which reads such files, is not installed: pip install 'scalarnn[keras]'") from None
    try:
        with h5py.File(io.BytesIO(data), "r") as file:
            yield file
    except ExchangeError:
        raise
    except (ArithmeticError, KeyError, MemoryError, OSError, RuntimeError, TypeError, ValueError) as error:
        reason = str(error).strip("'\"").splitlines()[:1]
        raise ExchangeError(f"damaged: {reason[0][:120] if reason else type(error).__name__}") from None


def _group(file: Any, path: str) -> Any:
    """A group by its path, step by step: no link to elsewhere is followed."""
    found = file
    for name in path.split("/"):
        found = _own(found, name, path)
    if not hasattr(found, "keys"):
        raise ExchangeError(f"{path} is no group")
    return found


def _own(group: Any, name: str, path: str) -> Any:
    """What stands under a name, if it is there and is no link to elsewhere."""
    link = group.get(name, getlink=True) if hasattr(group, "keys") else None
    if link is None or type(link).__name__ != "HardLink":
        raise ExchangeError(f"{path} is not there" if link is None else f"{path} is a link: expected numbers")
    return group[name]


def _variables(file: Any, path: str) -> list[Tensor]:
    """The tensors `0`, `1`, … of a layer."""
    group = _group(file, path)
    if len(group) not in (1, 2):
        raise ExchangeError(f"{path} has {len(group)} tensors: expected a kernel and perhaps a bias")
    return [_numbers(_own(group, str(k), f"{path}/{k}"), f"{path}/{k}") for k in range(len(group))]


def _collect(group: Any, path: str, found: list[Tensor]) -> None:
    """All tensors below a group."""
    if path.count("/") > 20 or len(group) > MOST_IN_A_GROUP:
        raise ExchangeError(f"{path[:60]}: groups in groups, too deep or too many")
    for name in sorted(group):
        inner = _own(group, name, f"{path}/{name}")
        if hasattr(inner, "keys"):
            _collect(inner, f"{path}/{name}", found)
        else:
            found.append(_numbers(inner, f"{path}/{name}"))


def _numbers(data: Any, place: str) -> Tensor:
    """A dataset, read once its size is known and its bytes are in the file."""
    if not hasattr(data, "dtype") or data.dtype.kind != "f" or data.dtype.itemsize > 8:
        raise ExchangeError(f"{place}: expected float16, float32 or float64")
    n = count_of([int(size) for size in data.shape], place)
    if (
        data.is_virtual
        or data.external
        or (data.chunks is None and data.id.get_storage_size() < n * data.dtype.itemsize)
    ):
        raise ExchangeError(f"{place}: its numbers are not in the file")
    return tensor_of(place, data[()].astype("float64").tolist())


def _counted(path: tuple[str, ...], counts: dict[str, int]) -> str:
    """Where the variables of a layer are: its class, and from the second of it a count."""
    before, kind = "".join(f"layers/{part}/" for part in path[:-1]), path[-1]
    place = f"{before}layers/{kind}"
    counts[place] = counts.get(place, -1) + 1
    return f"{place}_{counts[place]}/vars" if counts[place] else f"{place}/vars"


def _natural(name: str) -> tuple[str, int]:
    """`dense_2` before `dense_10`."""
    match = re.fullmatch("(.*?)_?([0-9]{1,9})?", name, re.DOTALL)
    assert match is not None
    return match.group(1), int(match.group(2) or 0)


def _text(value: Any) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")


def _member(data: bytes, name: str) -> bytes:
    """A file of a zip, not larger than is believable, whatever the zip says."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(name) as file:
            content = file.read(LARGEST + 1)
    except KeyError:
        raise ExchangeError(f".keras: there is no {name}") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError):  # locked, or damaged
        raise ExchangeError(".keras: no whole zip file") from None
    if len(content) > LARGEST:
        raise ExchangeError(f".keras: {name} is larger than {LARGEST >> 20} MiB")
    return content
