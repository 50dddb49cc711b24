"""The same weighted sum in the orders of others: equal on paper, and not in the last bit.

x, w, b     inputs, weights and bias of a neuron
s           Σᵢ wᵢ xᵢ so far
z           the neuron before its activation

Every addition of floats is rounded, and so is every product, unless a processor forms both in one step: a fused
multiply-add, FMA. Which order a library takes hangs on the processor, on how many numbers there are, and on how many
samples come along. `weighted_sum` goes from left to right and rounds everything.

fused                           w x + s, rounded once
fused_sum                       from the left, fused
fused_sum_from_the_right        likewise, from the other end
sum_in_lanes                    a running sum for each lane of a register
sum_in_pairs                    halves of halves, as a tree
rounded_sum, rounded_with_bias, rounded_products    short numbers, added in float32: where the rounding back takes place
"""

from __future__ import annotations

from fractions import Fraction

from scalarnn import float32
from scalarnn.float32 import Float32
from scalarnn.neuron import neuron_forward, weighted_sum

TYPE_CHECKING = False
if TYPE_CHECKING:
    from scalarnn.scalar import Number, Vector, n

__all__ = [
    "fused",
    "fused_sum",
    "fused_sum_from_the_right",
    "rounded_products",
    "rounded_sum",
    "rounded_with_bias",
    "sum_in_lanes",
    "sum_in_pairs",
]


def fused(w_i: Number, x_i: Number, s: Number) -> Number:
    """wᵢ xᵢ + s, rounded once: a fused multiply-add, of floats or short floats.

    Examples:
        >>> fused(0.1, 10.0, -1.0), 0.1 * 10.0 - 1.0
        (5.551115123125783e-17, 0.0)
    """
    if isinstance(w_i * x_i + s, float):
        exact = Fraction(w_i) * Fraction(x_i) + Fraction(s)
        return float(exact)
    return float32.fused(w_i, x_i, s)


def fused_sum(x: Vector[n], w: Vector[n]) -> Number:
    """s = w₁x₁, then s ← w₂x₂ + s and so on, each rounded once.

    Examples:
        >>> fused_sum([0.1, -1.0], [10.0, 1.0]), fused_sum_from_the_right([0.1, -1.0], [10.0, 1.0])
        (0.0, 5.551115123125783e-17)
    """
    s = w[0] * x[0]
    for i in range(1, len(x)):
        s = fused(w[i], x[i], s)
    return s


def fused_sum_from_the_right(x: Vector[n], w: Vector[n]) -> Number:
    """The same from the other end: s = wₙxₙ, then s ← wₙ₋₁xₙ₋₁ + s.

    Examples:
        >>> fused_sum_from_the_right([1.0, 2.0, 3.0], [4.0, 5.0, 6.0])
        32.0
    """
    s = w[-1] * x[-1]
    for i in range(len(x) - 2, -1, -1):
        s = fused(w[i], x[i], s)
    return s


def sum_in_lanes(x: Vector[n], w: Vector[n], lanes: int = 2) -> Number:
    """A running sum for each lane: with two, of the first, third, fifth product and of the others; then the lanes.

    Args:
        lanes: how many numbers a register holds.

    Examples:
        >>> sum_in_lanes([1.0, 1.0, 1.0], [0.1, 0.2, 0.4]), weighted_sum([1.0, 1.0, 1.0], [0.1, 0.2, 0.4])
        (0.7, 0.7000000000000001)
    """
    s_of_lane = []
    for lane in range(min(lanes, len(x))):
        s_of_lane.append(weighted_sum(x[lane::lanes], w[lane::lanes]))
    s = s_of_lane[0]
    for lane in range(1, len(s_of_lane)):
        s += s_of_lane[lane]
    return s


def sum_in_pairs(x: Vector[n], w: Vector[n]) -> Number:
    """The first half and the second half, each likewise; the end of it is a product.

    Examples:
        >>> sum_in_pairs([1.0] * 10, [0.1] * 10), weighted_sum([1.0] * 10, [0.1] * 10)
        (1.0, 0.9999999999999999)
    """
    if len(x) == 1:
        return w[0] * x[0]
    half = len(x) // 2
    s = sum_in_pairs(x[:half], w[:half]) + sum_in_pairs(x[half:], w[half:])
    return s


# ---- short numbers, added in float32 ---------------------------------------------------------------------------------


def rounded_sum(x: Vector[n], w: Vector[n], b: Number) -> Number:
    """z = short(Σᵢ wᵢ xᵢ) + b: the sum is rounded, then the bias is added, and rounded again.

    Examples:
        >>> from scalarnn.short_floats import BFloat16
        >>> rounded_sum([BFloat16(1), BFloat16(1)], [BFloat16(256), BFloat16(1)], BFloat16(1))
        BFloat16(256.0)
    """
    short = type(b)
    s = weighted_sum(_in_float32(x), _in_float32(w))
    z = short(s) + b
    return z


def rounded_with_bias(x: Vector[n], w: Vector[n], b: Number) -> Number:
    """z = short(Σᵢ wᵢ xᵢ + b): rounded once, with the bias in it.

    Examples:
        >>> from scalarnn.short_floats import BFloat16
        >>> rounded_with_bias([BFloat16(1), BFloat16(1)], [BFloat16(256), BFloat16(1)], BFloat16(1))
        BFloat16(258.0)
    """
    short = type(b)
    z = neuron_forward(_in_float32(x), _in_float32(w), Float32(b))
    return short(z)


def rounded_products(x: Vector[n], w: Vector[n], b: Number) -> Number:
    """z = short(Σᵢ short(wᵢ xᵢ)) + b: an array of products, then its sum, then the bias.

    Examples:
        >>> from scalarnn.short_floats import BFloat16
        >>> rounded_products([BFloat16(3), BFloat16(1)], [BFloat16(129), BFloat16(1)], BFloat16(0))
        BFloat16(388.0)
    """
    short = type(b)
    s = Float32(0)
    for i in range(len(x)):
        product = w[i] * x[i]
        s += Float32(product)
    z = short(s) + b
    return z


def _in_float32(x: Vector[n]) -> Vector[n]:
    return [Float32(x_i) for x_i in x]
