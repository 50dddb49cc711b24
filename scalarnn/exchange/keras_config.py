"""How Keras describes a model, in `.keras`, `.h5` and TensorFlow.js: which layers, in which order, and what bends them.

A Sequential has a list; in a functional model every layer names the one before it. Only a chain can become a Network.
"""

from __future__ import annotations

import re
from collections import namedtuple

from scalarnn.exchange.arrived import Draft
from scalarnn.exchange.tensors import ExchangeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

__all__ = ["DenseLayer", "dense_layers", "loss_of"]

MOST_LAYERS = 2000
# Layers without weights that change nothing once a network has learned.
NOTHING = ("Dropout", "GaussianNoise", "GaussianDropout", "AlphaDropout", "ActivityRegularization")
FROM_SCORES = {"cross_entropy": "softmax_cross_entropy", "binary_cross_entropy": "sigmoid_cross_entropy"}
LOSSES = {
    "categorical_crossentropy": "cross_entropy",
    "sparse_categorical_crossentropy": "cross_entropy",
    "binary_crossentropy": "binary_cross_entropy",
    "mean_squared_error": "mean_squared_error",
    "mse": "mean_squared_error",
    "mean_absolute_error": "mean_absolute_error",
    "mae": "mean_absolute_error",
}


class DenseLayer(namedtuple("DenseLayer", ["name", "path", "use_bias", "activation"])):
    """A dense layer of a description.

    Args:
        name: as the user called it.
        path: the classes of the models around it and its own, as they stand in a file of weights.
        use_bias: whether it has one.
        activation: its name, or None.
    """

    __slots__ = ()

    def bend(self, draft: Draft) -> None:
        """The activation that the layer has of its own."""
        if self.activation is not None:
            draft.activation(self.activation)


def dense_layers(config: Any, draft: Draft) -> Iterator[DenseLayer]:
    """The dense layers in their order; whoever takes one puts it into the draft before asking for the next.

    Args:
        config: class_name and config of the model.
        draft: gets the activations that are layers of their own, and what is left out.

    Raises:
        ExchangeError: it is no chain of dense layers.

    Examples:
        >>> settings = {"name": "a", "units": 1, "use_bias": False, "activation": "relu"}
        >>> dense = {"class_name": "Dense", "config": settings}
        >>> list(dense_layers({"class_name": "Sequential", "config": {"layers": [dense]}}, Draft("a config")))
        [DenseLayer(name='a', path=('dense',), use_bias=False, activation='relu')]
    """
    for path, kind, settings in _in_a_row(config, (), [MOST_LAYERS]):
        name = str(settings.get("name", kind))
        if kind == "Dense":
            use_bias = settings.get("use_bias", True)
            if type(use_bias) is not bool:
                raise ExchangeError(f"{name}: use_bias is {ascii(use_bias)[:40]}: expected true or false")
            yield DenseLayer(name, (*path, "dense"), use_bias, _activation(settings.get("activation"), name))
        elif kind in NOTHING:
            draft.said.append(f"{name} ({kind}) is left out: it is for training alone")
        elif kind == "Flatten" and not draft.names:
            draft.said.append(f"{name} (Flatten) is left out: give each sample as one row")
        elif kind == "InputLayer":
            continue
        else:
            _bend(draft, kind, settings, name)


def _bend(draft: Draft, kind: str, settings: dict[str, Any], name: str) -> None:
    """An activation that is a layer of its own."""
    if kind == "Activation":
        draft.activation(_activation(settings.get("activation"), name) or "linear")
    elif kind == "LeakyReLU":
        slope = settings.get("negative_slope", settings.get("alpha", 0.3))
        if type(slope) not in (int, float):
            raise ExchangeError(f"{name}: its slope is {ascii(slope)[:40]}: expected a number")
        draft.activation("leaky_relu", float(slope))
    elif kind == "ELU":
        alpha = settings.get("alpha", 1)
        if type(alpha) not in (int, float):
            raise ExchangeError(f"{name}: its alpha is {ascii(alpha)[:40]}: expected a number")
        draft.activation("elu", float(alpha))
    elif kind == "ReLU" and not any(settings.get(key) for key in ("max_value", "negative_slope", "threshold")):
        draft.activation("relu")
    elif kind == "Softmax" and settings.get("axis", -1) in (-1, 1):
        draft.activation("softmax")
    else:
        expected = "Dense, and Activation, ReLU, LeakyReLU, ELU or Softmax after it"
        raise ExchangeError(f"{name} is {ascii(kind)[1:-1][:40]}: expected {expected}")


def _in_a_row(config: Any, path: tuple[str, ...], left: list[int]) -> Iterator[tuple[Any, str, dict[str, Any]]]:
    """Class and settings of every layer, from the input on, with the models around it."""
    kind, settings = _parts(config)
    layers = settings if isinstance(settings, list) else settings.get("layers")  # in old files a list alone
    if not isinstance(layers, list):
        raise ExchangeError(f"{kind[:40]} has no list of layers: expected Sequential or a functional model")
    if any(isinstance(layer, dict) and layer.get("inbound_nodes") for layer in layers):
        layers = _chain(layers)
    for layer in layers:
        left[0] -= 1
        if left[0] < 0 or len(path) > 5:
            raise ExchangeError(f"more than {MOST_LAYERS} layers, or models in models in models")
        inner, inner_settings = _parts(layer)
        if inner in ("Sequential", "Functional", "Model"):
            yield from _in_a_row(layer, (*path, _snake(inner)), left)
        elif isinstance(inner_settings, dict):
            yield path, inner, inner_settings
        else:
            raise ExchangeError(f"the settings of {inner[:40]} are no object")


def _parts(config: Any) -> tuple[str, Any]:
    if not isinstance(config, dict) or not isinstance(config.get("class_name"), str):
        raise ExchangeError("the description of the model has no class_name")
    settings = config.get("config")
    if not isinstance(settings, (dict, list)):
        raise ExchangeError(f"{config['class_name'][:40]} has no config")
    return config["class_name"], settings


def _chain(layers: list[Any]) -> list[Any]:
    """The layers of a functional model in the order in which they are called.

    Raises:
        ExchangeError: one is called twice, or takes the outputs of two.
    """
    after: dict[str, Any] = {}
    for layer in layers:
        name, nodes = layer.get("name") if isinstance(layer, dict) else None, layer.get("inbound_nodes")
        befores = _names_before(nodes)
        if not isinstance(name, str) or len(befores) > 1:
            raise ExchangeError(f"{ascii(name)[:60]} takes more than one input: expected layers in a row")
        before = befores[0] if befores else ""
        if before in after:
            raise ExchangeError(f"two layers take what {ascii(before)[:60]} gives: expected layers in a row")
        after[before] = layer
    found: list[Any] = []
    name = ""
    while name in after:
        found.append(after.pop(name))
        name = found[-1]["name"]
    if after:
        raise ExchangeError("the layers are not in a row: expected each to take what the one before it gives")
    return found


def _names_before(nodes: Any) -> list[str]:
    """The layers that a layer takes from, in the new form and in the old: ["dense", 0, 0, {}]."""
    found = []
    waiting = [nodes]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            history = part.get("keras_history")
            if isinstance(history, (list, tuple)) and history and isinstance(history[0], str):
                found.append(history[0])
            else:
                waiting += list(part.values())
        elif isinstance(part, (list, tuple)):
            if len(part) >= 3 and isinstance(part[0], str) and type(part[1]) is int:
                found.append(part[0])
            else:
                waiting += part
        if len(found) > 2:
            break
    return found


def _activation(value: Any, name: str) -> str | None:
    """The name of an activation, which may be an object that has one."""
    if isinstance(value, dict):
        value = value.get("config", value.get("class_name"))
        value = value.get("name", value) if isinstance(value, dict) else value
    if value is not None and not isinstance(value, str):
        raise ExchangeError(f"{name}: its activation is {ascii(value)[:40]}: expected a name")
    if value is not None and _snake(value) == "hard_sigmoid":
        raise ExchangeError(f"{name}: hard_sigmoid is z/5 + 1/2 before Keras 3 and (z + 3)/6 since: expected another")
    return value


def _snake(name: str) -> str:
    """A class as Keras writes it in files of weights.

    Examples:
        >>> _snake("Sequential"), _snake("LeakyReLU")
        ('sequential', 'leaky_re_lu')
    """
    name = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", name).lower()


def loss_of(compiled: Any) -> tuple[str, str] | None:
    """What a model was compiled with, by our name, and why.

    Args:
        compiled: a name, or an object with the class of the loss and its settings; None for nothing.

    Returns:
        Name and reason; None if it is none of ours.

    Examples:
        >>> loss_of("mse")
        ('mean_squared_error', 'it was compiled with mse')
    """
    scores = False
    if isinstance(compiled, dict):
        settings = compiled.get("config", compiled)
        scores = isinstance(settings, dict) and settings.get("from_logits") is True
        name = settings.get("name", compiled.get("class_name")) if isinstance(settings, dict) else None
    else:
        name = compiled
    ours = LOSSES.get(_snake(name)) if isinstance(name, str) else None
    if ours is None:
        return None
    return (FROM_SCORES.get(ours, ours) if scores else ours), f"it was compiled with {name}"
