"""Every theorem, in the order of the chapters."""

from __future__ import annotations

from scalarnn.proofs import (
    activations,
    adagrad,
    adam,
    any_n,
    calculus,
    carrying,
    decay,
    derivations,
    descent,
    dialects,
    initialization,
    linear,
    losses,
    momentum,
    networks,
    neuron_layer,
    penalties,
    search,
    sigmoid_cross_entropy,
    softmax,
)
from scalarnn.proofs.derivation import Derivation
from scalarnn.proofs.theorem import Theorem

__all__ = ["THEOREMS", "find"]

THEOREMS: list[Theorem | Derivation] = [
    *neuron_layer.THEOREMS,
    *activations.THEOREMS,
    *losses.THEOREMS,
    *sigmoid_cross_entropy.THEOREMS,
    *softmax.THEOREMS,
    *any_n.THEOREMS,
    *networks.THEOREMS,
    *linear.THEOREMS,
    *calculus.THEOREMS,
    *initialization.THEOREMS,
    *search.THEOREMS,
    *descent.THEOREMS,
    *carrying.THEOREMS,
    *momentum.THEOREMS,
    *adagrad.THEOREMS,
    *adam.THEOREMS,
    *decay.THEOREMS,
    *penalties.THEOREMS,
    *dialects.THEOREMS,
    *derivations.DERIVATIONS,
]


def find(theorem_id: str) -> Theorem | Derivation:
    """The theorem of that id.

    Raises:
        KeyError: there is none.
    """
    for theorem in THEOREMS:
        if theorem.id == theorem_id:
            return theorem
    raise KeyError(theorem_id)
