"""Through an activation, from inside a layer or a neuron; through the layers of a network, or through none.

An activation of this package is called by its bare function, one of your own by its public method; what comes out is
looked at before it goes on, since an overflow, or a list of a wrong length, can be seen nowhere else.
"""

from __future__ import annotations

from collections import deque
from itertools import repeat

from scalarnn import check
from scalarnn.doors.kinds import numbers_in_python

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any

__all__ = [
    "BARE",
    "backward_through",
    "derivative_through",
    "forward_through",
    "inside",
    "keep",
    "kept_by",
    "put_back",
    "value_through",
]

# The bare function behind each method that has a door: (class, method) → function.
BARE: dict[tuple[type, str], Callable[..., Any]] = {}


def forward_through(activation: Any, z: Any) -> Any:
    """a = f(z); without an activation z itself."""
    if activation is None:
        return z
    bare = BARE.get((type(activation), "forward"))
    if bare is not None:
        if _is_finite(z):
            return bare(activation, z)
        return activation.forward(z)
    return _looked_at(activation.forward(z), len(z), "a", "one for each neuron, from activation.forward")


def backward_through(activation: Any, dL_da: Any, z: Any) -> Any:
    """∂L/∂z = ∂L/∂a · ∂a/∂z; without an activation ∂L/∂a itself."""
    if activation is None:
        return list(dL_da)
    bare = BARE.get((type(activation), "backward"))
    if bare is not None and len(z) == len(dL_da) and _is_finite(z):
        dL_dz = bare(activation, dL_da, z)
    else:
        dL_dz = activation.backward(dL_da, z)
    if type(dL_dz) is list and len(dL_dz) == len(dL_da) and _is_finite(dL_dz):
        return dL_dz
    dL_dz = _looked_at(dL_dz, len(dL_da), "dL_dz", "one gradient for each neuron, that is for each row of W")
    check.vector(dL_dz, "dL_dz")
    return dL_dz


def value_through(activation: Any, z: Any) -> Any:
    """a = f(z) of one neuron; without an activation z itself."""
    if activation is None:
        return z
    return activation.value(z)


def derivative_through(activation: Any, z: Any) -> Any:
    """f′(z) of one neuron; without an activation 1."""
    if activation is None:
        return 1
    return activation.derivative(z)


def _is_finite(values: Any) -> bool:
    """Whether a list that the mathematics has made holds no NaN or ∞, which stay in a sum."""
    try:
        return bool(0.0 * sum(values) == 0.0)
    except (OverflowError, TypeError):
        return False


def _looked_at(values: Any, n_neurons: int, name: str, because: str) -> Any:
    check.sequence(values, name)
    values = numbers_in_python(values)
    check.length(values, name, n_neurons, because)
    for j in range(n_neurons):
        check.any_number(values[j], f"{name}[{j}]")
    return values


# ---- through the layers of a network, or through none ----------------------------------------------------------------


def inside(layer: int, way: Callable[..., Any], *given: Any, **settings: Any) -> Any:
    """way(given): a method of a layer, whose message then says which layer it was."""
    try:
        return way(*given, **settings)
    except (TypeError, ValueError) as error:
        error.args = (f"layers[{layer}]: {error}",)
        raise


def kept_by(objects: Iterable[Any]) -> list[dict[str, Any]]:
    """What each object keeps, to be put back if a call does not come to its end."""
    return list(map(dict.copy, map(vars, objects)))


def put_back(objects: Iterable[Any], before: Iterable[dict[str, Any]]) -> None:
    """Every attribute of every object as it was: one call into C, which no Ctrl-C can cut in two."""
    deque(map(object.__setattr__, objects, repeat("__dict__"), before), maxlen=0)


def keep(objects: Sequence[Any], updates: Sequence[dict[str, Any]]) -> None:
    """New values for attributes of several objects: all or, if it is interrupted, none.

    One call into C for all of them. A class of your own that wants to see what is set sees it before.
    """
    if any(type(thing).__setattr__ is not object.__setattr__ for thing in objects):
        before = kept_by(objects)
        try:
            for thing, update in zip(objects, updates, strict=True):
                for name, value in update.items():
                    setattr(thing, name, value)
        except BaseException:
            put_back(objects, before)
            raise
    deque(map(dict.update, map(vars, objects), updates), maxlen=0)
