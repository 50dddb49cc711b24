"""Through an activation, from inside a layer or a neuron; through the layers of a network, or through none.

An activation of this package is called by its bare function, one of your own by its public method; what comes out is
looked at before it goes on, since an overflow, or a list of a wrong length, can be seen nowhere else.
"""

from __future__ import annotations

from itertools import starmap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any

__all__ = [
    "BARE",
    "CLASSES",
    "LAYERS",
    "OURS",
    "backward_through",
    "derivative_through",
    "explained",
    "forward_through",
    "keep",
    "kept_by",
    "put_back",
    "value_through",
]

# Method → class of this package → the bare function behind the door of that method.
BARE: dict[str, dict[type, Callable[..., Any]]] = {"forward": {}, "backward": {}, "value": {}, "derivative": {}}
FORWARD, BACKWARD, VALUE, DERIVATIVE = BARE["forward"], BARE["backward"], BARE["value"], BARE["derivative"]


def forward_through(activation: Any, z: Any) -> Any:
    """a = f(z); without an activation z itself."""
    if activation is None:
        return z
    bare = FORWARD.get(type(activation))
    if bare is None:
        _looking().fits(activation, "forward", "backward")
        return _looking().answers(activation.forward(z), len(z), "a", "one for each neuron, from activation.forward")
    try:
        is_finite = 0.0 * sum(z) == 0.0  # NaN and ∞ stay in a sum
    except (OverflowError, TypeError):
        is_finite = False
    return bare(activation, z) if is_finite else activation.forward(z)


def backward_through(activation: Any, dL_da: Any, z: Any) -> Any:
    """∂L/∂z = ∂L/∂a · ∂a/∂z; without an activation ∂L/∂a itself."""
    if activation is None:
        return list(dL_da)
    bare = BACKWARD.get(type(activation))
    if bare is not None and len(z) == len(dL_da):
        dL_dz = bare(activation, dL_da, z)
        try:
            if 0.0 * (sum(z) + sum(dL_dz)) == 0.0:
                return dL_dz
        except (OverflowError, TypeError):
            pass
    _looking().fits(activation, "forward", "backward")
    because = "one gradient for each neuron, that is for each row of W"
    return _looking().answers(activation.backward(dL_da, z), len(dL_da), "dL_dz", because, finite=True)


def value_through(activation: Any, z: Any) -> Any:
    """a = f(z) of one neuron; without an activation z itself."""
    if activation is None:
        return z
    bare = VALUE.get(type(activation))
    if bare is None:
        _looking().fits(activation, "value", "derivative")
        return _looking().answer(activation.value(z), "a")
    return activation.value(z) if z != z else bare(z)


def derivative_through(activation: Any, z: Any) -> Any:
    """f′(z) of one neuron; without an activation 1."""
    if activation is None:
        return 1
    bare = DERIVATIVE.get(type(activation))
    if bare is None:
        _looking().fits(activation, "value", "derivative")
        return _looking().answer(activation.derivative(z), "da_dz", finite=True)
    return activation.derivative(z) if z != z else bare(z)


def _looking() -> Any:
    """The room that looks at things entry by entry; it is loaded by who needs it."""
    import scalarnn.doors.looking as looking

    return looking


# ---- all or none -----------------------------------------------------------------------------------------------------


# The classes of this package, which set an attribute as Python does, filled as doors are put before them; the same by
# name, for who is below them and has to recognise one; and those that passes go through.
OURS: set[type] = set()
CLASSES: dict[str, Any] = {}
LAYERS: set[type] = set()

# What a pass through a Layer changes.
CHANGED = {
    "forward": ("x", "z", "a", "X", "Z", "A", "_W_forward", "_W_used"),
    "backward": ("dL_dz", "dL_dW", "dL_db", "dL_dx", "dLn_dZ", "dLn_dX", "_W_backward"),
}


def kept_by(layers: Iterable[Any], way: str) -> list[Any]:
    """What each layer keeps, to be put back if a call does not come to its end; of a Layer, what a pass changes.

    Read one by one, and not as a dictionary, the attributes stay where Python finds them fastest.
    """
    kept: list[Any] = []
    for at in layers:
        if type(at) not in LAYERS:
            kept.append(vars(at).copy())
        elif way == "forward":
            kept.append((at.x, at.z, at.a, at.X, at.Z, at.A, at._W_forward, at._W_used))
        else:
            kept.append((at.dL_dz, at.dL_dW, at.dL_db, at.dL_dx, at.dLn_dZ, at.dLn_dX, at._W_backward))
    return kept


def put_back(layers: Iterable[Any], way: str, before: Iterable[Any]) -> None:
    """Every attribute of every layer as it was."""
    stores = []
    for layer, kept in zip(layers, before, strict=True):
        if type(layer) in LAYERS:
            stores += [(layer, name, value) for name, value in zip(CHANGED[way], kept, strict=True)]
        else:
            stores.append((layer, "__dict__", kept))
    _store(stores)


def keep(objects: Sequence[Any], stores: Sequence[tuple[Any, str, Any]]) -> None:
    """New values for attributes of several objects, as (object, name, value): all or, if it is interrupted, none.

    A class of your own that wants to see what is set sees it before.
    """
    if OURS.issuperset(map(type, objects)):
        _store(stores)
        return
    before = [(thing, "__dict__", vars(thing).copy()) for thing in objects]
    try:
        for thing, name, value in stores:
            if type(thing) not in OURS:
                setattr(thing, name, value)
        _store(stores)
    except BaseException:
        _store(before)
        raise


def _store(stores: Iterable[tuple[Any, str, Any]]) -> None:
    """One call into C, which no Ctrl-C can cut in two."""
    any(starmap(object.__setattr__, stores))  # it returns None, so none of them ends it


def explained(error: BaseException, look: Callable[..., Any], network: Any, *given: Any) -> BaseException:
    """The error of a call that went through the layers, in the words of the network, or with the layer's name."""
    if not isinstance(error, (TypeError, ValueError, RuntimeError)):
        return error
    try:
        look(network, *given)
    except (TypeError, ValueError, RuntimeError) as clearer:
        return clearer
    if not isinstance(error, RuntimeError):
        error.args = (f"layers[{_at_work(error, network.layers)}]: {error}",)
    return error


def _at_work(error: BaseException, layers: Sequence[Any]) -> int:
    """Which layer was at work: the frame behind the door has it as `layer`."""
    traceback = error.__traceback__
    while traceback is not None:
        at_work = traceback.tb_frame.f_locals.get("layer")
        for layer in range(len(layers)):
            if layers[layer] is at_work:
                return layer
        traceback = traceback.tb_next
    return 0
