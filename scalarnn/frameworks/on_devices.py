"""What devices do, in plain lines: the neuron of `003` in shorter numbers and other sums; Adam, half in float32.

ORDERS         of a sum that is added up in the numbers that it is made of
ROUNDED        of one of short numbers, which is added up in float32
KINDS          the kinds of number, by the name that frameworks give them
CORRECTIONS    what is missing of Adam's means, as it is and in float32
losses         of the neuron
adam_way       of a weight

`devices()` has what an H200 and its processor gave in PyTorch; `losses` comes to the same bits.
"""

from __future__ import annotations

import scalarnn.dialects.sums as sums
from scalarnn.activations import relu, relu_derivative
from scalarnn.dialects.means import adam_given_correction_rule
from scalarnn.dialects.missing import filled, filled_by_float32_power
from scalarnn.float32 import Float32
from scalarnn.losses import squared_error, squared_error_gradient
from scalarnn.neuron import weighted_sum
from scalarnn.short_floats import BFloat16, Float16

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from scalarnn.scalar import Number

__all__ = ["CORRECTIONS", "KINDS", "ORDERS", "ROUNDED", "adam_way", "losses", "z_of"]

KINDS: dict[str, Any] = {"float64": float, "float32": Float32, "float16": Float16, "bfloat16": BFloat16}
ORDERS: dict[str, Any] = {
    "from the left": weighted_sum,
    "fused, from the left": sums.fused_sum,
    "fused, from the right": sums.fused_sum_from_the_right,
    "in two lanes": sums.sum_in_lanes,
    "in pairs": sums.sum_in_pairs,
}
ROUNDED: dict[str, Any] = {
    "the sum rounded, then b": sums.rounded_sum,
    "rounded with b in it": sums.rounded_with_bias,
    "every product rounded": sums.rounded_products,
}
CORRECTIONS: dict[str, Any] = {"exact": filled, "float32": filled_by_float32_power}
BETA1, BETA2 = 9 / 10, 999 / 1000


def z_of(way: str, x: Any, w: Any, b: Number) -> Number:
    """z, in one of the orders, or rounded in one of the places.

    Examples:
        >>> z_of("from the left", [1.0, -2.0, 3.0], [-3.0, -1.0, 2.0], 1.0)
        6.0
    """
    if way in ROUNDED:
        return ROUNDED[way](x, w, b)
    return ORDERS[way](x, w) + b


def losses(kind: str, way: str, n_iterations: int = 200) -> list[float]:
    """Every loss of the neuron of `003`, with η multiplied to ∂L/∂z first, as PyTorch's programs usually have it.

    Args:
        kind: of number, by a name of KINDS.
        way: of the weighted sum, by a name of ORDERS or ROUNDED.
        n_iterations: how many steps.

    Returns:
        The losses, as floats.

    Source: `003` §2, beyond it the kinds of number.

    Examples:
        >>> losses("float64", "from the left", 2)
        [36.0, 33.872399999999985]
        >>> losses("bfloat16", "the sum rounded, then b", 2)
        [36.0, 33.75]
    """
    number = KINDS[kind]
    x, w = [number(1), number(-2), number(3)], [number(-3), number(-1), number(2)]
    b, y, learning_rate = number(1), number(0), number(1 / 1000)
    of_each = []
    for _ in range(n_iterations):
        z = z_of(way, x, w, b)
        a = relu(z)
        L = squared_error([a], [y])
        of_each.append(float(L))
        (dL_da,) = squared_error_gradient([a], [y])
        dL_dz = dL_da * relu_derivative(z)
        eta_dL_dz = learning_rate * dL_dz
        w = [w[i] - eta_dL_dz * x[i] for i in range(len(x))]
        b = b - eta_dL_dz
    return of_each


def adam_way(correction: str, gradients: Sequence[float], rates: Sequence[float], start: float = 1.0) -> list[float]:
    """A weight after each step of Adam in float64, corrected exactly or by numbers that are float32.

    PyTorch counts its steps in a float32 tensor. With capturable=True, as a CUDA graph needs it, and with
    differentiable=True, what is made of that count stays one: 1 − β₁ᵗ and 1 − β₂ᵗ have seven digits, and β a float32's.

    Args:
        correction: a name of CORRECTIONS.
        gradients: one a step.
        rates: likewise.
        start: where the weight begins.

    Source: beyond the five sources.

    Examples:
        >>> for correction in ("exact", "float32"):
        ...     print(adam_way(correction, [1.0], [0.1])[0])
        0.900000001
        0.9000006685739212
    """
    missing = CORRECTIONS[correction]
    theta, m, v = start, 0.0, 0.0
    places = []
    for t, (g, learning_rate) in enumerate(zip(gradients, rates, strict=True), 1):
        told = {"missing1": float(missing(BETA1, t)), "missing2": float(missing(BETA2, t))}
        theta, m, v = adam_given_correction_rule(theta, g, m, v, learning_rate, beta1=BETA1, beta2=BETA2, **told)
        places.append(theta)
    return places
