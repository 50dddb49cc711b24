"""Activations that other software has: ELU, CELU, SELU, softplus, hard sigmoid, SiLU, GELU; any slope at a kink.

z         a neuron before its activation
a         after it: a = f(z)
da_dz     f′(z), always as a function of z
alpha     α, how far an ELU goes below 0
at        kink → the slope that is taken there

At a kink the derivative is the one from the left, as everywhere in the package. Who wants another, as a package has it,
puts the activation into `AtKinks`.
"""

from __future__ import annotations

from scalarnn.activations import Identity, sigmoid, tanh
from scalarnn.normal import bell, bell_area
from scalarnn.scalar import exp, expm1, log1p, ratio

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from scalarnn.scalar import NotNaN, Number, Rate

__all__ = [
    "AtKinks",
    "CELU",
    "ELU",
    "GELU",
    "GELUTanh",
    "HardSigmoid",
    "SELU",
    "SiLU",
    "SlopedHardSigmoid",
    "Softplus",
    "celu",
    "celu_derivative",
    "elu",
    "elu_derivative",
    "gelu",
    "gelu_derivative",
    "gelu_tanh",
    "gelu_tanh_derivative",
    "hard_sigmoid",
    "hard_sigmoid_derivative",
    "selu",
    "selu_derivative",
    "silu",
    "silu_derivative",
    "sloped_hard_sigmoid",
    "sloped_hard_sigmoid_derivative",
    "softplus",
    "softplus_derivative",
]

# The two numbers with which a layer of SELUs keeps mean 0 and variance 1; Klambauer and others (2017).
SELU_SCALE = 1.0507009873554804934193349852946
SELU_ALPHA = 1.6732632423543772848170429916717
# Of GELU with tanh: √(2/π), and the part of a cube; Hendrycks and Gimpel (2016).
GELU_WIDTH = 0.79788456080286535587989211986876
GELU_CUBE = 0.044715


# ---- exponential below 0 ---------------------------------------------------------------------------------------------


def elu(z: NotNaN, alpha: Number = 1) -> Number:
    """a = z where z > 0, else α (eᶻ − 1).

    Source: beyond the five sources; Clevert and others (2016).

    Examples:
        >>> elu(2.0), round(elu(-2.0), 6)
        (2.0, -0.864665)
    """
    if z > 0:
        a = z
    else:
        a = alpha * expm1(z)
    return a


def elu_derivative(z: NotNaN, alpha: Number = 1) -> Number:
    """da/dz = 1 where z > 0, else α eᶻ; with α = 1 there is no kink.

    Source: see elu.

    Examples:
        >>> elu_derivative(2.0), elu_derivative(0.0, alpha=2)
        (1, 2.0)
    """
    if z > 0:
        da_dz = 1
    else:
        da_dz = alpha * exp(z)
    return da_dz


def celu(z: NotNaN, alpha: Number = 1) -> Number:
    """a = z where z > 0, else α (e^(z/α) − 1): an ELU whose slope is 1 at 0 for every α.

    Source: beyond the five sources; Barron (2017).

    Examples:
        >>> celu(2.0), round(celu(-2.0, alpha=2), 6)
        (2.0, -1.264241)
    """
    if z > 0:
        a = z
    else:
        a = alpha * expm1(z / alpha)
    return a


def celu_derivative(z: NotNaN, alpha: Number = 1) -> Number:
    """da/dz = 1 where z > 0, else e^(z/α).

    Source: see celu.

    Examples:
        >>> celu_derivative(2.0), celu_derivative(0.0, alpha=2)
        (1, 1.0)
    """
    if z > 0:
        da_dz = 1
    else:
        da_dz = exp(z / alpha)
    return da_dz


def selu(z: NotNaN, scale: Number = SELU_SCALE, alpha: Number = SELU_ALPHA) -> Number:
    """a = λ z where z > 0, else λ α (eᶻ − 1), with λ = 1.0507… and α = 1.6733….

    Args:
        scale: λ; MLX and tinygrad have five digits of both.
        alpha: α.

    Source: beyond the five sources; Klambauer and others (2017).

    Examples:
        >>> round(selu(1.0), 6), round(selu(-1.0), 6)
        (1.050701, -1.111331)
    """
    if z > 0:
        a = scale * z
    else:
        a = scale * alpha * expm1(z)
    return a


def selu_derivative(z: NotNaN, scale: Number = SELU_SCALE, alpha: Number = SELU_ALPHA) -> Number:
    """da/dz = λ where z > 0, else λ α eᶻ: 1.7581 from the left of 0, 1.0507 from the right.

    Args:
        scale: as for selu.
        alpha: as for selu.

    Source: see selu.

    Examples:
        >>> round(selu_derivative(0.0), 4), round(selu_derivative(1.0), 4)
        (1.7581, 1.0507)
    """
    if z > 0:
        da_dz = scale
    else:
        da_dz = scale * alpha * exp(z)
    return da_dz


# ---- smooth, and nearly so -------------------------------------------------------------------------------------------


def softplus(z: NotNaN) -> Number:
    """a = log(1 + eᶻ), written so that no exponential overflows: z + log(1 + e⁻ᶻ) where z > 0.

    Source: beyond the five sources; Dugas and others (2001). PyTorch takes z itself beyond 20.

    Examples:
        >>> round(softplus(0.0), 6), softplus(800.0)
        (0.693147, 800.0)
    """
    if z > 0:
        a = z + log1p(exp(-z))
    else:
        a = log1p(exp(z))
    return a


def softplus_derivative(z: NotNaN) -> Number:
    """da/dz = σ(z).

    Source: see softplus.

    Examples:
        >>> softplus_derivative(0.0)
        0.5
    """
    da_dz = sigmoid(z)
    return da_dz


def hard_sigmoid(z: NotNaN) -> Number:
    """a = 0 up to −3, 1 above 3, (z + 3) / 6 between.

    Source: beyond the five sources; PyTorch's, Keras's and JAX's. Keras before version 3 had z/5 + 1/2.

    Examples:
        >>> hard_sigmoid(-4.0), hard_sigmoid(0.0), hard_sigmoid(4.0)
        (0, 0.5, 1)
    """
    if z > 3:
        a = 1
    elif z > -3:
        a = (z + 3) / 6
    else:
        a = 0
    return a


def hard_sigmoid_derivative(z: NotNaN) -> Number:
    """da/dz = 1/6 from −3 to 3, else 0; at the kinks that from the left: 0 at −3, 1/6 at 3.

    Source: see hard_sigmoid.

    Examples:
        >>> hard_sigmoid_derivative(-3.0), round(hard_sigmoid_derivative(3.0), 4)
        (0, 0.1667)
    """
    if z > 3:
        da_dz: Number = 0
    elif z > -3:
        da_dz = ratio(1, 6, like=z)
    else:
        da_dz = 0
    return da_dz


def sloped_hard_sigmoid(z: NotNaN, slope: Rate) -> Number:
    """a = slope · z + ½, but no less than 0 and no more than 1.

    Args:
        slope: 1/5 in MXNet and in Keras before version 3, 0.1666667 as a float32 in Paddle.

    Source: beyond the five sources.

    Examples:
        >>> sloped_hard_sigmoid(1.0, slope=0.25), sloped_hard_sigmoid(4.0, slope=0.25)
        (0.75, 1)
    """
    u = slope * z + ratio(1, 2, like=z)
    if u > 1:
        a = 1
    elif u > 0:
        a = u
    else:
        a = 0
    return a


def sloped_hard_sigmoid_derivative(z: NotNaN, slope: Rate) -> Number:
    """da/dz = the slope where a is neither 0 nor beyond 1, else 0; at the kinks that from the left.

    Args:
        slope: as for sloped_hard_sigmoid.

    Source: see sloped_hard_sigmoid.

    Examples:
        >>> sloped_hard_sigmoid_derivative(1.0, slope=0.25), sloped_hard_sigmoid_derivative(4.0, slope=0.25)
        (0.25, 0)
    """
    u = slope * z + ratio(1, 2, like=z)
    if u > 1:
        da_dz = 0
    elif u > 0:
        da_dz = slope
    else:
        da_dz = 0
    return da_dz


def silu(z: NotNaN) -> Number:
    """a = z σ(z); also called swish.

    Source: beyond the five sources; Elfwing and others (2018).

    Examples:
        >>> silu(0.0), round(silu(1.0), 6)
        (0.0, 0.731059)
    """
    s = sigmoid(z)
    a = z * s
    return a


def silu_derivative(z: NotNaN) -> Number:
    """da/dz = σ(z) + z σ(z) σ(−z).

    Source: see silu.

    Examples:
        >>> silu_derivative(0.0)
        0.5
    """
    s = sigmoid(z)
    s_mirrored = sigmoid(-z)
    da_dz = s + z * s * s_mirrored
    return da_dz


def gelu(z: NotNaN) -> Number:
    """a = z Φ(z), Φ the part of a bell curve to the left of z: GELU.

    Source: beyond the five sources; Hendrycks and Gimpel (2016).

    Examples:
        >>> gelu(0.0), round(gelu(1.0), 6)
        (0.0, 0.841345)
    """
    a = z * bell_area(z)
    return a


def gelu_derivative(z: NotNaN) -> Number:
    """da/dz = Φ(z) + z φ(z).

    Source: see gelu.

    Examples:
        >>> gelu_derivative(0.0)
        0.5
    """
    density = bell(z)
    da_dz = bell_area(z) + z * density
    return da_dz


def gelu_tanh(z: NotNaN) -> Number:
    """a = z/2 (1 + tanh(√(2/π) (z + 0.044715 z³))): GELU by tanh.

    JAX's and tinygrad's; approximate="tanh" in PyTorch and Keras, whose default is gelu; up to 5e-4 apart.

    Source: beyond the five sources; Hendrycks and Gimpel (2016).

    Examples:
        >>> gelu_tanh(0.0), round(gelu_tanh(1.0), 6)
        (0.0, 0.841192)
    """
    u = GELU_WIDTH * (z + GELU_CUBE * z * z * z)
    a = z * (1 + tanh(u)) / 2
    return a


def gelu_tanh_derivative(z: NotNaN) -> Number:
    """da/dz = (1 + tanh u) / 2 + z (1 − tanh² u) / 2 · du/dz.

    Source: see gelu_tanh.

    Examples:
        >>> gelu_tanh_derivative(0.0)
        0.5
    """
    u = GELU_WIDTH * (z + GELU_CUBE * z * z * z)
    du_dz = GELU_WIDTH * (1 + 3 * GELU_CUBE * z * z)
    t = tanh(u)
    da_dz = (1 + t) / 2 + z * (1 - t * t) * du_dz / 2
    return da_dz


# ---- for a layer -----------------------------------------------------------------------------------------------------


class _OfAlpha(Identity):
    """What ELU and CELU share: an α."""

    def __init__(self, alpha: Number = 1) -> None:
        self.alpha = alpha

    def __repr__(self) -> str:
        return f"{type(self).__name__}(alpha={self.alpha})"


class ELU(_OfAlpha):
    """a = z where z > 0, else α (eᶻ − 1), for each neuron of a layer.

    Args:
        alpha: as for elu.

    Examples:
        >>> ELU().backward(dL_da=[2.0, 2.0], z=[1.0, 0.0])
        [2.0, 2.0]
    """

    def value(self, z: NotNaN) -> Number:
        """The function elu with this α."""
        return elu(z, self.alpha)

    def derivative(self, z: NotNaN) -> Number:
        """The function elu_derivative with this α."""
        return elu_derivative(z, self.alpha)


class CELU(_OfAlpha):
    """a = z where z > 0, else α (e^(z/α) − 1), for each neuron of a layer.

    Args:
        alpha: as for celu.

    Examples:
        >>> CELU(alpha=2).backward(dL_da=[2.0, 2.0], z=[1.0, 0.0])
        [2.0, 2.0]
    """

    def value(self, z: NotNaN) -> Number:
        """The function celu with this α."""
        return celu(z, self.alpha)

    def derivative(self, z: NotNaN) -> Number:
        """The function celu_derivative with this α."""
        return celu_derivative(z, self.alpha)


class SELU(Identity):
    """a = λ z where z > 0, else λ α (eᶻ − 1), for each neuron of a layer.

    Args:
        scale: λ; as for selu.
        alpha: α.

    Examples:
        >>> [round(a, 4) for a in SELU().forward([1.0, -1.0])]
        [1.0507, -1.1113]
    """

    def __init__(self, scale: Number = SELU_SCALE, alpha: Number = SELU_ALPHA) -> None:
        self.scale = scale
        self.alpha = alpha

    def value(self, z: NotNaN) -> Number:
        """The function selu with these numbers."""
        return selu(z, self.scale, self.alpha)

    def derivative(self, z: NotNaN) -> Number:
        """The function selu_derivative with these numbers."""
        return selu_derivative(z, self.scale, self.alpha)

    def __repr__(self) -> str:
        is_usual = (self.scale, self.alpha) == (SELU_SCALE, SELU_ALPHA)
        return "SELU()" if is_usual else f"SELU(scale={self.scale}, alpha={self.alpha})"


class Softplus(Identity):
    """a = log(1 + eᶻ) for each neuron of a layer.

    Examples:
        >>> Softplus().backward(dL_da=[2.0], z=[0.0])
        [1.0]
    """

    value = staticmethod(softplus)
    derivative = staticmethod(softplus_derivative)


class HardSigmoid(Identity):
    """a = (z + 3) / 6, but no less than 0 and no more than 1, for each neuron of a layer.

    Examples:
        >>> HardSigmoid().forward([-4.0, 0.0, 4.0])
        [0, 0.5, 1]
    """

    value = staticmethod(hard_sigmoid)
    derivative = staticmethod(hard_sigmoid_derivative)


class SlopedHardSigmoid(Identity):
    """a = slope · z + ½, but no less than 0 and no more than 1, for each neuron of a layer.

    Args:
        slope: as for sloped_hard_sigmoid.

    Examples:
        >>> SlopedHardSigmoid(0.25).forward([-4.0, 1.0, 4.0])
        [0, 0.75, 1]
    """

    def __init__(self, slope: Number) -> None:
        self.slope = slope

    def value(self, z: NotNaN) -> Number:
        """The function sloped_hard_sigmoid with this slope."""
        return sloped_hard_sigmoid(z, self.slope)

    def derivative(self, z: NotNaN) -> Number:
        """The function sloped_hard_sigmoid_derivative with this slope."""
        return sloped_hard_sigmoid_derivative(z, self.slope)

    def __repr__(self) -> str:
        return f"SlopedHardSigmoid(slope={self.slope})"


class SiLU(Identity):
    """a = z σ(z) for each neuron of a layer.

    Examples:
        >>> SiLU().backward(dL_da=[2.0], z=[0.0])
        [1.0]
    """

    value = staticmethod(silu)
    derivative = staticmethod(silu_derivative)


class GELU(Identity):
    """a = z Φ(z) for each neuron of a layer.

    Examples:
        >>> GELU().backward(dL_da=[2.0], z=[0.0])
        [1.0]
    """

    value = staticmethod(gelu)
    derivative = staticmethod(gelu_derivative)


class GELUTanh(Identity):
    """GELU by tanh for each neuron of a layer.

    Examples:
        >>> GELUTanh().backward(dL_da=[2.0], z=[0.0])
        [1.0]
    """

    value = staticmethod(gelu_tanh)
    derivative = staticmethod(gelu_tanh_derivative)


class AtKinks(Identity):
    """An activation with slopes of your choice where it has none.

    Args:
        activation: such as ReLU().
        at: kink → slope.

    Examples:
        OpenCV's ReLU has the slope 1 at 0, where others take 0:

        >>> from scalarnn import ReLU
        >>> AtKinks(ReLU(), {0: 1}).backward(dL_da=[5.0, 5.0], z=[0.0, -1.0])
        [5.0, 0.0]
    """

    def __init__(self, activation: Any, at: Mapping[Any, float]) -> None:
        self.activation = activation
        self.kinks = list(at)
        self.slopes = list(at.values())

    def value(self, z: NotNaN) -> Number:
        """That of the activation."""
        return self.activation.value(z)

    def derivative(self, z: NotNaN) -> Number:
        """The slope that was chosen, at a kink; else that of the activation."""
        for k in range(len(self.kinks)):
            if z == self.kinks[k]:
                return self.slopes[k]
        return self.activation.derivative(z)

    def __repr__(self) -> str:
        return f"AtKinks({self.activation}, {dict(zip(self.kinks, self.slopes, strict=True))})"
