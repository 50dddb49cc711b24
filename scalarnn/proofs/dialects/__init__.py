"""Proofs of the dialects: each rule is the formula it is said to be, and what two of them have in common."""

from __future__ import annotations

from scalarnn.proofs.dialects.activations import THEOREMS as ACTIVATIONS
from scalarnn.proofs.dialects.losses import THEOREMS as LOSSES
from scalarnn.proofs.dialects.means import THEOREMS as MEANS
from scalarnn.proofs.dialects.orders import THEOREMS as ORDERS
from scalarnn.proofs.dialects.sizes_and_signs import THEOREMS as SIZES_AND_SIGNS
from scalarnn.proofs.dialects.squares import THEOREMS as SQUARES
from scalarnn.proofs.dialects.starts import THEOREMS as STARTS
from scalarnn.proofs.dialects.velocity import THEOREMS as VELOCITY
from scalarnn.proofs.theorem import Theorem

__all__ = ["THEOREMS"]

THEOREMS: list[Theorem] = [*VELOCITY, *SQUARES, *MEANS, *SIZES_AND_SIGNS, *ORDERS, *ACTIVATIONS, *LOSSES, *STARTS]
