"""What an optimizer keeps from one step to the next, as files and other packages have it: velocities, means, and t.

    ours        {"t": 3, "state": [{"v_W": [[…]], "v_b": […]}, …]}, a dict a layer; or an optimizer of the package
    PyTorch     optimizer.state_dict(), as it is or as JSON: {"state": {"0": {"momentum_buffer": […]}, …}}
    by name     "0.exp_avg", "0.exp_avg_sq", "0.step": safetensors or JSON

PyTorch numbers the parameters as the network has them, the weight of a layer before its bias.
"""

from __future__ import annotations

import re
from collections import namedtuple
from pathlib import Path

from scalarnn.exchange.safetensors import read_safetensors
from scalarnn.exchange.tensors import ExchangeError, parsed, tensor_of
from scalarnn.exchange.torch_script import OPTIMIZERS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from os import PathLike
    from typing import Any

__all__ = ["Kept", "kept_of", "read_kept"]

LETTERS = {theirs: ours for _, _, names in OPTIMIZERS.values() for ours, theirs in names.items()}
BY_NAME = re.compile(r"(?:state\.)?(\d+)\.(\w+)")
EXPECTED = 'expected {"t": 3, "state": [{"v_W": [[…]], "v_b": […]}, …]}, or the state_dict of a PyTorch optimizer'


class Kept(namedtuple("Kept", ["state", "t"])):
    """What was kept before a step.

    Args:
        state: for each layer, letter by letter, what is kept of its W and of its b, as an optimizer of the package has
            it.
        t: how many steps had been taken; None if that is not known.

    Examples:
        >>> kept_of({"state": {0: {"momentum_buffer": [[0.5]]}, 1: {"momentum_buffer": [0.25]}}})
        Kept(state=[{'v_W': [[0.5]], 'v_b': [0.25]}], t=None)
    """

    __slots__ = ()


def read_kept(path: str | PathLike[str]) -> Kept:
    """What is kept in a file, JSON or safetensors.

    Raises:
        ExchangeError: it is neither, or something else is in it.
        OSError: it cannot be read.
    """
    data = Path(path).read_bytes()
    if data.lstrip()[:1] == b"{":
        return kept_of(parsed(data, "the file"))
    tensors, _ = read_safetensors(data)
    return kept_of({name: one.rows() if len(one.shape) > 1 else one.numbers for name, one in tensors.items()})


def kept_of(content: Any) -> Kept:
    """What is kept in an object.

    Args:
        content: an optimizer of the package, the state_dict of one of PyTorch, or a dict as in a file.

    Raises:
        ExchangeError: it is none of these.

    Examples:
        >>> kept_of({"0.step": [2.0], "0.exp_avg": [[1.0]], "0.exp_avg_sq": [[4.0]]})
        Kept(state=[{'m_W': [[1.0]], 'v_W': [[4.0]]}], t=2)
    """
    if hasattr(content, "state") and hasattr(content, "t"):  # an optimizer of the package
        return Kept(content.state, content.t)
    if not isinstance(content, dict):
        raise ExchangeError(EXPECTED)
    state = content.get("state", content)
    if isinstance(state, list):
        return Kept([_ours(layer, place) for place, layer in enumerate(state)], _count(content.get("t"), "t"))
    by_number: dict[int, dict[str, Any]] = {}
    for name, value in state.items() if isinstance(state, dict) else ():
        found = BY_NAME.fullmatch(str(name))
        if found:
            by_number.setdefault(int(found[1]), {})[found[2]] = value
        elif str(name).isdecimal() and isinstance(value, dict):
            by_number[int(name)] = value
    if not by_number:
        raise ExchangeError(EXPECTED)
    return _of_torch(by_number)


def _ours(layer: Any, place: int) -> dict[str, Any]:
    if not isinstance(layer, dict):
        raise ExchangeError(f"state[{place}]: {EXPECTED}")
    named = {}
    for name, numbers in layer.items():
        if re.fullmatch(r"[msv]_[Wb]", str(name)) is None:
            raise ExchangeError(f"state[{place}]: {name!r}: expected m, v or s of W or b, such as v_W")
        named[name] = _numbers(numbers, f"state[{place}].{name}")
    return named


def _of_torch(by_number: Mapping[int, Mapping[str, Any]]) -> Kept:
    """A matrix begins a layer, and the vector behind it is of its biases."""
    state: list[dict[str, Any]] = []
    t = None
    for number in sorted(by_number):
        found = {}
        for name, value in by_number[number].items():
            if name == "step":
                t = _count(value, f"{number}.step")
            elif name in LETTERS:
                if value is not None:
                    found[LETTERS[name]] = _numbers(value, f"{number}.{name}")
            else:
                raise ExchangeError(f"{number}.{name}: expected {', '.join(LETTERS)} or step")
        is_matrix = any(isinstance(numbers[0], list) for numbers in found.values())
        if is_matrix or not state:
            state.append({})
        state[-1] |= {f"{letter}_{'W' if is_matrix else 'b'}": numbers for letter, numbers in found.items()}
    return Kept(state, t)


def _numbers(value: Any, place: str) -> Any:
    """A vector or a matrix, in lists."""
    tensor = tensor_of(place, _plain(value))
    if len(tensor.shape) not in (1, 2):
        raise ExchangeError(f"{place}: its shape is {list(tensor.shape)}: expected a vector or a matrix")
    return tensor.rows() if len(tensor.shape) == 2 else list(tensor.numbers)


def _plain(value: Any) -> Any:
    """Lists of a tensor or an array."""
    return value.detach().cpu().tolist() if hasattr(value, "detach") else getattr(value, "tolist", lambda: value)()


def _count(value: Any, place: str) -> int | None:
    """How many steps, which PyTorch has as a float in a tensor."""
    n = _plain(value)
    while isinstance(n, list) and len(n) == 1:
        n = n[0]
    if n is None:
        return None
    if type(n) not in (int, float) or n != n // 1 or n < 0:
        raise ExchangeError(f"{place} is {n!r}: expected how many steps were taken")
    return int(n)
