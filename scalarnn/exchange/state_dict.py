"""A state_dict: `fc1.weight`, `fc1.bias`, …, tensors by name, as PyTorch keeps them, in safetensors or as JSON.

A row of a weight is a neuron, as here: nothing is turned. Which layer comes after which is not in the file, only in the
program that made it, and safetensors sorts its names as text: `10.weight` before `2.weight`. So layers are put in the
order of the numbers in their names, if the shapes agree, else in the one order in which they do.
"""

from __future__ import annotations

import re
from itertools import pairwise

from scalarnn.exchange.arrived import Arrived, Draft, Wishes, matrix_of, vector_of
from scalarnn.exchange.tensors import ExchangeError, Tensor, names_in_words, parsed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

__all__ = ["MARK", "from_state_dict", "state_dict_of"]

MARK = "scalarnn"  # the key of what we know of a network in the metadata of a file
MOST_LAYERS = 1000
KNOWN = ("Identity", "LeakyReLU", "ReLU", "Sigmoid", "Softmax", "Tanh")  # to PyTorch, under the same names
ENDS = ("weight", "bias")


def from_state_dict(
    tensors: Mapping[str, Tensor], wishes: Wishes, source: str, metadata: Mapping[str, str] | None = None
) -> Arrived:
    """The network of these tensors.

    Args:
        tensors: `….weight` and `….bias` by name.
        wishes: of the user, for what no file of this kind tells.
        source: what it is read from, in words.
        metadata: of the file; ours has the activations.

    Raises:
        ExchangeError: they are not dense layers in a row, or their order cannot be known.

    Examples:
        >>> from scalarnn.exchange.tensors import tensor_of
        >>> names = {"0.weight": [[1.0, 2.0]], "0.bias": [0.5], "2.weight": [[3.0]], "2.bias": [0.0]}
        >>> tensors = {name: tensor_of(name, numbers) for name, numbers in names.items()}
        >>> print(from_state_dict(tensors, Wishes(output="sigmoid"), "a state_dict"))
        from       a state_dict
        network    2-1-1, activations ReLU, Sigmoid; 5 parameters
        said       nothing was turned: a row of a weight is a neuron in PyTorch, too
        said       no activation is in a state_dict: assumed relu between the layers
                   (--activation says otherwise); sigmoid at the end, as was asked
                   for
        loss       binary_cross_entropy: assumed, since the last layer is sigmoid
    """
    layers = _layers(tensors)
    draft = Draft(source)
    draft.said.append("nothing was turned: a row of a weight is a neuron in PyTorch, too")
    names = list(layers) if len(layers) == 1 else _in_order(layers, wishes, draft)
    known = _known(metadata or {}, len(names))
    for k in range(len(names)):
        bias = layers[names[k]].get("bias")
        weight = layers[names[k]]["weight"]
        draft.dense(names[k] or "the layer", weight.rows(), None if bias is None else vector_of(bias))
        if known is not None:
            _bend(draft, known[k], names[k])
    if known is None:
        draft.assume(wishes, "no activation is in a state_dict")
    else:
        wishes.no_activations()
    return draft.arrived(wishes)


def _layers(tensors: Mapping[str, Tensor]) -> dict[str, dict[str, Tensor]]:
    """Weight and bias of each layer by its name."""
    layers: dict[str, dict[str, Tensor]] = {}
    for name, tensor in tensors.items():
        before, _, end = name.rpartition(".")
        if end not in ENDS:
            raise ExchangeError(f"tensor {names_in_words([name])}: expected ….weight and ….bias of dense layers alone")
        layers.setdefault(before, {})[end] = tensor
    for name, parts in layers.items():
        if "weight" not in parts:
            raise ExchangeError(f"tensor {names_in_words([name])}.bias has no weight beside it")
        matrix_of(parts["weight"])
    if not layers or len(layers) > MOST_LAYERS:
        raise ExchangeError(f"{len(layers)} layers: expected 1 to {MOST_LAYERS}")
    return layers


# ---- which comes after which -----------------------------------------------------------------------------------------


def _in_order(layers: Mapping[str, dict[str, Tensor]], wishes: Wishes, draft: Draft) -> list[str]:
    """The names from the input to the output."""
    if wishes.order is not None:
        if sorted(wishes.order) != sorted(layers):
            raise ExchangeError(f"--order: expected each of {names_in_words(sorted(layers))} once")
        return list(wishes.order)
    sizes = {name: (parts["weight"].shape[1], parts["weight"].shape[0]) for name, parts in layers.items()}
    numbered = sorted(layers, key=_numbers_of)
    differ_by_number = len({re.sub("[0-9]+", "#", name) for name in layers}) == 1
    if differ_by_number and _fits(numbered, sizes):
        if numbered != list(layers):
            draft.said.append(f"the layers are in the order of their numbers: {names_in_words(numbered)}")
        return numbered
    found: list[list[str]] = []
    _search(sizes, [], found, [10_000])
    if not found:
        raise ExchangeError(f"{names_in_words(numbered)}: in no order are the outputs of each the inputs of the next")
    if len(found) > 1:
        names = ",".join(numbered)
        raise ExchangeError(f"the shapes fit in more than one order of the layers: say which, as in --order {names}")
    draft.said.append(f"the layers are in the one order in which their shapes fit: {names_in_words(found[0])}")
    return found[0]


def _numbers_of(name: str) -> list[tuple[int, int, str]]:
    """What a name is sorted by: its numbers as numbers, its words as words."""
    key = []
    for piece in re.findall("[0-9]{1,9}|[^0-9]+", name):
        key.append((0, int(piece), "") if piece.isdigit() else (1, 0, piece))
    return key


def _fits(names: list[str], sizes: Mapping[str, tuple[int, int]]) -> bool:
    for before, after in pairwise(names):
        if sizes[before][1] != sizes[after][0]:
            return False
    return True


def _search(sizes: Mapping[str, tuple[int, int]], begun: list[str], found: list[list[str]], left: list[int]) -> None:
    """Up to two orders in which the shapes fit, by trying; of a great many a part, which is then more than one."""
    left[0] -= 1
    if len(found) > 1 or left[0] < 0:
        found += [begun, begun] if left[0] < 0 else []
        return
    if len(begun) == len(sizes):
        found.append(list(begun))
        return
    for name in sizes:
        if name not in begun and (not begun or sizes[begun[-1]][1] == sizes[name][0]):
            _search(sizes, [*begun, name], found, left)


# ---- what we wrote ourselves -----------------------------------------------------------------------------------------


def _known(metadata: Mapping[str, str], n_layers: int) -> list[Any] | None:
    """The activations in our own metadata; None if there is none of it."""
    if MARK not in metadata:
        return None
    known = parsed(metadata[MARK].encode("utf-8", "replace"), f"the metadata {MARK}")
    kinds = known.get("activations") if isinstance(known, dict) else None
    if not isinstance(kinds, list) or len(kinds) != n_layers:
        raise ExchangeError(f"the metadata {MARK}: expected an activation for each of {n_layers} layers")
    return kinds


def _bend(draft: Draft, kind: Any, name: str) -> None:
    """The activation after a layer, as our metadata have it."""
    if kind is None:
        return
    slope = kind.get("slope") if isinstance(kind, dict) else ""
    if slope is not None and type(slope) is not float:
        raise ExchangeError(f"the metadata {MARK}: after {name}: expected null or an object with a name")
    draft.activation(kind.get("name"), slope)


def state_dict_of(layers: Any) -> tuple[dict[str, Any], dict[str, str], str]:
    """What `write_safetensors` takes, with the names of a Sequential, and that Sequential.

    Args:
        layers: of a Network.

    Returns:
        tensors, metadata, and the program of the module that loads them.

    Raises:
        TypeError: an activation that PyTorch does not have.

    Examples:
        >>> from scalarnn import Layer, ReLU
        >>> tensors, metadata, module = state_dict_of([Layer([[1.0, 2.0]], [0.5], ReLU()), Layer([[3.0]], [0.0])])
        >>> list(tensors), module
        (['0.weight', '0.bias', '2.weight', '2.bias'], 'nn.Sequential(nn.Linear(2, 1), nn.ReLU(), nn.Linear(1, 1))')
    """
    import json

    tensors: dict[str, Any] = {}
    parts: list[str] = []
    kinds: list[Any] = []
    for layer in layers:
        tensors[f"{len(parts)}.weight"] = layer.W
        tensors[f"{len(parts)}.bias"] = layer.b
        parts.append(f"nn.Linear({len(layer.W[0])}, {len(layer.W)})")
        if layer.activation is not None and type(layer.activation).__name__ not in KNOWN:
            raise TypeError(f"the activation {layer.activation}: only {', '.join(KNOWN)} can be written")
        kind: dict[str, Any] | None = None if layer.activation is None else {"name": type(layer.activation).__name__}
        if kind is not None and kind["name"] == "LeakyReLU":
            slope = 0.01 if layer.activation.slope is None else float(layer.activation.slope)
            kind = {**kind, "slope": slope}
            parts.append(f"nn.LeakyReLU({slope!r})")
        elif kind is not None:
            parts.append("nn.Softmax(dim=-1)" if kind["name"] == "Softmax" else f"nn.{kind['name']}()")
        kinds.append(kind)
    metadata = {"format": "pt", MARK: json.dumps({"activations": kinds})}
    return tensors, metadata, f"nn.Sequential({', '.join(parts)})"
