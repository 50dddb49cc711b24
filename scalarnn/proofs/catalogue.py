"""Every theorem, in the order of the chapters."""

from __future__ import annotations

from scalarnn.proofs import (
    activations,
    any_n,
    calculus,
    derivations,
    descent,
    linear,
    losses,
    networks,
    neuron_layer,
    optimizers,
    softmax,
)
from scalarnn.proofs.derivation import Derivation
from scalarnn.proofs.theorem import Theorem

__all__ = ["THEOREMS", "find"]

THEOREMS: list[Theorem | Derivation] = [
    *neuron_layer.THEOREMS,
    *activations.THEOREMS,
    *losses.THEOREMS,
    *softmax.THEOREMS,
    *any_n.THEOREMS,
    *networks.THEOREMS,
    *linear.THEOREMS,
    *calculus.THEOREMS,
    *descent.THEOREMS,
    *optimizers.THEOREMS,
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
