"""The methods of layers, networks and optimizers that go as straight lines."""

from __future__ import annotations

import ast

from scalarnn.unrolled.arithmetic import compare
from scalarnn.unrolled.refusal import UnrollError
from scalarnn.unrolled.samples import forward_batch, samples
from scalarnn.unrolled.standing import layer_names, stands_for, zeros
from scalarnn.unrolled.straightened import Straightened

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.layer import Layer
    from scalarnn.network import Network

__all__ = ["backward", "forward", "step", "unrolled", "update"]

A_RATE = "0.0 * @ == 0.0 < @"


def unrolled(way: Any, thing: Any, *given: Any) -> Any:
    """The function of straight lines that goes a way; None if there is none.

    Args:
        way: "forward", "backward", "forward_batch", "update" or "step"; for the passes of a training step a loss, and
            whether there is one sample.
        thing: a layer, a network or an optimizer.
        given: what is given to its method; for passes, the functions of the loss.
    """
    try:
        if isinstance(way, tuple):
            return samples(thing, *given, one=way[1])
        if way == "step":
            return step(thing, *given)
        makers = {"forward": forward, "backward": backward, "forward_batch": forward_batch, "update": update}
        return makers[way](thing)
    except (UnrollError, RecursionError, SyntaxError):  # too deep for Python; it goes its usual way
        return None


def forward(thing: Any) -> Any:
    """The forward pass of one sample through a layer or a network, in straight lines."""
    return _pass(thing, "forward", zeros(_first(thing), "x"), ".z")


def backward(thing: Any) -> Any:
    """The way back of one sample, in straight lines."""
    return _pass(thing, "backward", zeros(_last(thing), "b"), ".dL_dz")


def _pass(thing: Any, way: str, template: Any, has_to_be_finite: str) -> Any:
    made = Straightened(["self", "given"])
    me = stands_for(made, thing, way)
    given = made.takes("given", template, "list floats")
    result = made.inline(getattr(type(thing), way), me, given)
    return made.function(made.changes(), result, _of(made, has_to_be_finite))


def update(network: Network) -> Any:
    """A step of gradient descent by the network itself, in straight lines."""
    made = Straightened(["self", "learning_rate"])
    me = stands_for(made, network, "update")
    learning_rate = made.takes("learning_rate", 0.0, "floats")
    made.asked.append(A_RATE.replace("@", "learning_rate"))
    made.inline(type(network).update, me, learning_rate)
    return made.function(made.changes(), None)


def step(optimizer: Any, network: Network) -> Any:
    """A step of an optimizer in straight lines; not its first, if it keeps something from one step to the next.

    What the optimizer was made with is a setting: the function is for these settings alone.
    """
    made = Straightened(["self", "network"])
    made.asked.append("type(network) is Network")
    made.room["Network"] = type(network)
    standing = stands_for(made, network, "update", "network")
    t = made.takes("t", 0, "floats", "self.t")
    me = made.object(
        "self", type(optimizer), **_settings(made, optimizer), t=t, state=_state(made, optimizer, network.layers)
    )
    if optimizer.letters:  # something is kept of a step before, of these layers
        made.asked += ["0 < self.t", f"self._layers == [{', '.join(layer_names(network))}]"]
    made.run.facts[compare(made.run, ast.Gt, t, 0)] = True
    made.inline(type(optimizer).step, me, standing)
    return made.function(made.changes(), None)


def _first(thing: Any) -> Any:
    return thing.layers[0] if hasattr(thing, "layers") else thing


def _last(thing: Any) -> Any:
    return thing.layers[-1] if hasattr(thing, "layers") else thing


def _of(made: Straightened, attribute: str) -> list[Any]:
    """What has been set of one attribute, layer by layer."""
    return [thing for name, thing in made.changes() if name.endswith(attribute)]


# ---- optimizers ------------------------------------------------------------------------------------------------------


def _settings(made: Straightened, optimizer: Any) -> dict[str, Any]:
    """What an optimizer was made with: a rate that is a number is read, all else is a setting."""
    settings: dict[str, Any] = {}
    for name in type(optimizer).__init__.__annotations__:
        if name == "return":
            continue
        at, value = f"self.{name}", getattr(optimizer, name)
        if hasattr(value, "at"):
            made.room[type(value).__name__] = type(value)
            made.asked.append(f"type({at}) is {type(value).__name__}")
            made.asked += [f"{at}.{one} == {setting!r}" for one, setting in vars(value).items()]
            settings[name] = value
        elif name == "learning_rate":
            made.asked.append(A_RATE.replace("@", at))
            settings[name] = made.takes(name, 0.0, "floats", at)
        else:
            made.asked.append(f"{at} == {value!r}")
            settings[name] = value
    return settings


def _state(made: Straightened, optimizer: Any, layers: list[Layer]) -> Any:
    """What is kept of each W and b from one step to the next."""
    state = []
    for k in range(len(layers)):
        kept = {}
        for letter in optimizer.letters:
            looks = "floats finite squares" if letter in optimizer.squares else "floats finite"
            for name in ("W", "b"):
                template = zeros(layers[k], name)
                read = f"self.state[{k}]['{letter}_{name}']"
                kept[f"{letter}_{name}"] = made.takes(f"{letter}_{name}{k}", template, looks, read)
        state.append(made.run.heap.new(kept))
    return made.run.heap.new(state)
