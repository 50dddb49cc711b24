"""A module of PyTorch: what its `forward` does is followed by PyTorch's own tracer, so activations are known.

Nothing is imported that the caller has not: `torch.fx` belongs to the package of the module.
"""

from __future__ import annotations

import importlib

from scalarnn.exchange.arrived import Arrived, Draft, vector_of
from scalarnn.exchange.tensors import ExchangeError, Tensor, tensor_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["from_torch"]

# What stands for which activation, by the name of the module's class, the function or the method.
BENDS = {"relu": "relu", "sigmoid": "sigmoid", "tanh": "tanh", "softmax": "softmax", "leakyrelu": "leaky_relu"}
BENDS |= {"elu": "elu", "celu": "celu", "selu": "selu", "softplus": "softplus", "hardsigmoid": "hard_sigmoid"}
BENDS |= {"silu": "silu", "gelu": "gelu", "softmax2d": ""}
NUMBERS = {"leakyrelu": ("negative_slope", 0.01), "elu": ("alpha", 1.0), "celu": ("alpha", 1.0)}
NOTHING = ("identity", "dropout", "contiguous")
FLAT = ("flatten", "view", "reshape", "squeeze", "unsqueeze")
LAST = (-1, 1)  # the numbers of an axis that is the last of samples in rows
TURNED = "nothing was turned: a row of a weight is a neuron in PyTorch, too"


def from_torch(module: Any) -> Arrived:
    """The network that a module of PyTorch computes, with its weights of now.

    Dense layers in a row: Linear, and any activation that `like("torch")` has, as module, function or method, in
    Sequential or in a `forward` of your own. Dropout is left out, as in `eval()`. LogSoftmax at the end is left out
    too: softmax cross-entropy of the scores is the loss that goes with it.

    Args:
        module: a torch.nn.Module.

    Returns:
        An Arrived: a Network that prints what was assumed.

    Raises:
        TypeError: it is no module of PyTorch.
        ValueError: it is no chain of dense layers; the message names the place.

    Examples:
        >>> from_torch([1, 2])
        Traceback (most recent call last):
        TypeError: module is a list: expected a torch.nn.Module
    """
    if not callable(getattr(module, "state_dict", None)) or not callable(getattr(module, "named_modules", None)):
        raise TypeError(f"module is a {type(module).__name__}: expected a torch.nn.Module")
    if type(module).__name__ == "Linear":
        nn = importlib.import_module(type(module).__module__.split(".")[0] + ".nn")
        module = nn.Sequential(module)
    fx = importlib.import_module("torch.fx")
    try:
        graph = fx.symbolic_trace(module).graph
    except Exception as error:  # noqa: BLE001  whatever the code of a user raises when it is followed
        reason = str(error).split("\n", 1)[0][:200]
        raise ExchangeError(f"the forward of {type(module).__name__} cannot be followed: {reason}") from None
    draft = Draft(f"a module of PyTorch, {type(module).__name__}")
    draft.said.append(TURNED)
    modules = dict(module.named_modules())
    loss = None
    before = None
    for node in graph.nodes:
        if node.op == "placeholder":
            if before is not None:
                raise ExchangeError(f"{type(module).__name__} takes more than one input: expected one")
        elif node.op == "output":
            if node.args[0] is not before:
                raise ExchangeError(f"{type(module).__name__} does not give the last layer back as it is")
            continue
        else:
            if loss is not None:
                raise ExchangeError(f"{node.name} comes after log_softmax: expected nothing")
            loss = _node(draft, node, before, modules)
        before = node
    return draft.arrived(loss=loss)


def _node(draft: Draft, node: Any, before: Any, modules: dict[str, Any]) -> tuple[str, str] | None:
    """One step of the forward pass into the draft; the loss, if log_softmax says it."""
    inputs = list(node.all_input_nodes)
    if inputs != [before]:
        raise ExchangeError(f"{node.name} takes something else than the step before: expected layers in a row")
    target = modules.get(node.target) if node.op == "call_module" else None
    name = type(target).__name__ if target is not None else _name(node)
    key = name.lower().replace("_", "").strip(".")
    if name == "Linear" and target is not None:
        weight, bias = _tensor(f"{node.target}.weight", target.weight), None
        if target.bias is not None:
            bias = vector_of(_tensor(f"{node.target}.bias", target.bias))
        draft.dense(str(node.target), weight.rows(), bias)
    elif key in ("logsoftmax",):
        _axis(node, target)
        draft.said.append(f"{node.name} at the end is left out: the outputs are scores")
        return "softmax_cross_entropy", "log_softmax at the end goes with it"
    elif key in BENDS:
        draft.activation(*_bend(draft, key, node, target))
    elif key.startswith(NOTHING):
        if key.startswith("dropout"):
            draft.said.append(f"{node.name} is left out, as in eval()")
    elif key in FLAT and not draft.names:
        draft.said.append(f"{node.name} at the beginning is left out: give each sample as one row")
    else:
        known = ", ".join(name for name in BENDS.values() if name)
        raise ExchangeError(f"{node.name} is {name}: expected Linear and one of {known}")
    return None


def _bend(draft: Draft, key: str, node: Any, target: Any) -> tuple[str, float | None]:
    """The name of an activation, and its number if it has one."""

    def setting(name: str, usual: Any, at: int = 1) -> Any:
        return getattr(target, name) if target is not None else _setting(node, at, name, usual)

    if key == "softmax":
        _axis(node, target)
    if key == "gelu" and setting("approximate", "none") == "tanh":
        return "gelu_tanh", None
    if key == "softplus":
        beta, threshold = setting("beta", 1), setting("threshold", 20, 2)
        if beta != 1 or threshold != 20:
            raise ExchangeError(f"{node.name} has beta={beta} and threshold={threshold}: expected 1 and 20")
        draft.said.append(f"{node.name}: beyond 20 it gives z itself there, here log(1 + exp(z))")
    return BENDS[key], setting(*NUMBERS[key]) if key in NUMBERS else None


def _name(node: Any) -> str:
    """The name of the function or the method that is called."""
    return node.target if isinstance(node.target, str) else str(getattr(node.target, "__name__", node.target))


def _setting(node: Any, at: int, name: str, usual: Any) -> Any:
    if name in node.kwargs:
        return node.kwargs[name]
    return node.args[at] if len(node.args) > at else usual


def _axis(node: Any, target: Any) -> None:
    axis = target.dim if target is not None else _setting(node, 1, "dim", None)
    if axis not in LAST:
        raise ExchangeError(f"{node.name} goes along dim={axis}: expected -1, the outputs of one sample")


def _tensor(name: str, parameter: Any) -> Tensor:
    """The numbers of a parameter, every one as the double that is equal to it."""
    return tensor_of(name, parameter.detach().double().cpu().tolist())
