"""Dialects: the same ideas as other software has them, each variant a rule of its own, chosen by name.

    velocity        momentum and Nesterov with η inside the velocity, twice ahead, damped
    squares         AdaGrad and RMSProp with ε under the root, centered, with momentum, corrected; AdaDelta
    means           Adam corrected by given numbers, with ε beside the uncorrected root, not corrected; AMSGrad
    adamax  nadam  lion
    float32_orders  the same formulas in the order of others, for the last bit of a float32
    fused_orders    and with a product and a sum that are rounded once
    sums            a weighted sum in other orders, fused, and of short numbers
    weight_decay    in the gradient, or beside the step
    missing         what the zeros at the start took away, as each package computes it
    first_weights   as others draw them
    activations     ELU, CELU, SELU, softplus, hard sigmoid, SiLU, GELU; any slope at a kink
    losses          cut, renormalised, smoothed, weighted; Kullback-Leibler
    distances       Huber, hinge, absolute errors with a slope at a tie
    by_name         RULES, and NamedRule: an optimizer for any of them
    named_loss      LOSSES, and NamedLoss: a loss for any of them, as `train` takes it

Nothing else in the package needs this room, and importing `scalarnn` does not load it. Which package speaks which
dialect stands in `scalarnn.frameworks`.
"""

from __future__ import annotations

from scalarnn.dialects.by_name import RULES, Correction, NamedRule
from scalarnn.dialects.named_loss import LOSSES, NamedLoss

__all__ = ["LOSSES", "RULES", "Correction", "NamedLoss", "NamedRule"]
