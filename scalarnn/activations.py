"""Activations: what turns z into a, and how fast a changes with z.

    z       a neuron before its activation
    a       after it: a = f(z)
    da_dz   f′(z), always as a function of z

Each function below treats one number. The classes (`ReLU()`, `Sigmoid()` …) do the same for a whole layer; softmax,
whose outputs depend on every z of the layer, has its own file.

At a kink the derivative is the one from the left: ReLU and leaky ReLU take z = 0 as inactive.
"""

from __future__ import annotations

from scalarnn.scalar import ZEROS, exp, expm1, ratio

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.scalar import NotNaN, Number, Numbers, Vector, n

__all__ = [
    "Identity",
    "LeakyReLU",
    "ReLU",
    "Sigmoid",
    "Tanh",
    "identity",
    "identity_derivative",
    "leaky_relu",
    "leaky_relu_derivative",
    "relu",
    "relu_derivative",
    "sigmoid",
    "sigmoid_derivative",
    "tanh",
    "tanh_derivative",
]


# ---- identity --------------------------------------------------------------------------------------------------------


def identity(z: NotNaN) -> Number:
    """a = z: no activation at all.

    Returns:
        a, a number.

    Source: `004` (output layer).

    Examples:
        >>> identity(-1)
        -1
    """
    a = z
    return a


def identity_derivative(z: NotNaN) -> Number:  # noqa: ARG001
    """da/dz = 1.

    Returns:
        da_dz, a number.

    Source: `004` (output layer).

    Examples:
        >>> identity_derivative(-1)
        1
    """
    da_dz = 1
    return da_dz


# ---- ReLU ------------------------------------------------------------------------------------------------------------


def relu(z: NotNaN) -> Number:
    """a = max(0, z).

    Returns:
        a, a number from 0 up.

    Source: `000` §2.5, `002` (single neuron), `003` §2, `004` (activation functions).

    Examples:
        >>> relu(6), relu(-1), relu(-0.0)
        (6, 0, 0)
    """
    if z > 0:
        a = z
    else:
        a = 0
    return a


def relu_derivative(z: NotNaN) -> Number:
    """da/dz = 1 where z > 0, else 0: a gate.

    Returns:
        da_dz, 1 or 0.

    Source: `000` §4.4, `003` §2, `004` (backward pass).

    Examples:
        >>> relu_derivative(6), relu_derivative(-1), relu_derivative(0)
        (1, 0, 0)
    """
    if z > 0:
        da_dz = 1
    else:
        da_dz = 0
    return da_dz


# ---- leaky ReLU ------------------------------------------------------------------------------------------------------


def leaky_relu(z: NotNaN, slope: Number | None = None) -> Number:
    """a = z where z > 0, else slope · z.

    Args:
        slope: how much of a negative z passes; one hundredth if not given, in the kind of number that z is.

    Returns:
        a, a number.

    Source: `000` §2.5, there as max(0.01 z, z): the same for every slope up to 1.

    Examples:
        >>> leaky_relu(6.0), leaky_relu(-6.0), leaky_relu(-6.0, slope=0.5)
        (6.0, -0.06, -3.0)
    """
    if z > 0:
        a = z
    else:
        a = _slope(slope, z) * z
    return a


def leaky_relu_derivative(z: NotNaN, slope: Number | None = None) -> Number:
    """da/dz = 1 where z > 0, else slope.

    Args:
        slope: as for leaky_relu.

    Returns:
        da_dz, 1 or slope.

    Source: `000` §2.5.

    Examples:
        >>> leaky_relu_derivative(6.0), leaky_relu_derivative(-6.0)
        (1, 0.01)
    """
    if z > 0:
        da_dz = 1
    else:
        da_dz = _slope(slope, z)
    return da_dz


def _slope(slope: Number | None, z: Number) -> Number:
    """The slope that was given; where none was, one hundredth in the kind of number that z is."""
    return ratio(1, 100, like=z) if slope is None else slope


# ---- sigmoid ---------------------------------------------------------------------------------------------------------


def sigmoid(z: NotNaN) -> Number:
    """a = 1 / (1 + e⁻ᶻ), written so that no exponential overflows.

    For z < 0 both sides of the fraction are multiplied by eᶻ: a = eᶻ / (1 + eᶻ).

    Returns:
        a, a number from 0 to 1.

    Source: `000` §2.5, `001` (feed-forward), `004` (activation functions).

    Examples:
        >>> sigmoid(0.0), sigmoid(-800.0), sigmoid(800.0)
        (0.5, 0.0, 1.0)
    """
    if z >= 0:
        e = exp(-z)
        a = 1 / (1 + e)
    else:
        e = exp(z)
        a = e / (1 + e)
    return a


def sigmoid_derivative(z: NotNaN) -> Number:
    """da/dz = a (1 − a), with 1 − σ(z) written as σ(−z), which keeps its digits when a is close to 1.

    Returns:
        da_dz, a number from 0 to 1/4.

    Source: `000` §2.5 names the function, not its derivative.

    Examples:
        >>> sigmoid_derivative(0.0)
        0.25
    """
    a = sigmoid(z)
    one_minus_a = sigmoid(-z)
    da_dz = a * one_minus_a
    return da_dz


# ---- tanh ------------------------------------------------------------------------------------------------------------


def tanh(z: NotNaN) -> Number:
    """a = (eᶻ − e⁻ᶻ) / (eᶻ + e⁻ᶻ), written so that no exponential overflows and a small z keeps its digits.

    For z ≥ 0 both sides are multiplied by e⁻ᶻ, for z < 0 by eᶻ; d = e^(∓2z) − 1 stands for the difference.

    Returns:
        a, a number from −1 to 1.

    Source: `000` §2.5, `004` (activation functions).

    Examples:
        >>> tanh(0.0), tanh(800.0), tanh(1e-300)
        (0.0, 1.0, 1e-300)
    """
    if z >= 0:
        d = expm1(-2 * z)
        a = -d / (2 + d)
    else:
        d = expm1(2 * z)
        a = d / (2 + d)
    return a


def tanh_derivative(z: NotNaN) -> Number:
    """da/dz = 1 − a² = 4e / (1 + e)² with e = e^(−2|z|), the form that keeps its digits when a is close to ±1.

    Returns:
        da_dz, a number from 0 to 1.

    Source: `000` §2.5 names the function, not its derivative.

    Examples:
        >>> tanh_derivative(0.0)
        1.0
    """
    if z >= 0:
        e = exp(-2 * z)
    else:
        e = exp(2 * z)
    da_dz = 4 * e / ((1 + e) * (1 + e))
    return da_dz


# ---- a whole layer at once -------------------------------------------------------------------------------------------


class _Elementwise:
    """An activation that treats each neuron on its own: aⱼ = f(zⱼ).

    A class below says what f and f′ of one number are, as `value` and `derivative`; so may one of your own.
    """

    if TYPE_CHECKING:
        value: Any
        derivative: Any
        _f: Any
        _f_prime: Any

    def __init_subclass__(cls) -> None:
        # The loops below call f and f′ themselves, not the doors that `value` and `derivative` become for users.
        if "value" in vars(cls):
            cls._f = vars(cls)["value"]
        if "derivative" in vars(cls):
            cls._f_prime = vars(cls)["derivative"]

    def forward(self, z: Numbers[n]) -> list[Number]:
        """aⱼ = f(zⱼ) for each neuron j."""
        f = self._f
        a = []
        for j in range(len(z)):
            a_j = f(z[j])
            a.append(a_j)
        return a

    def backward(self, dL_da: Vector[n], z: Numbers[n]) -> list[Number]:
        """∂L/∂zⱼ = ∂L/∂aⱼ · f′(zⱼ) for each neuron j."""
        f_prime = self._f_prime
        dL_dz = []
        for j in range(len(z)):
            da_dz = f_prime(z[j])
            dL_dz_j = dL_da[j] * da_dz
            dL_dz.append(dL_dz_j)
        return dL_dz

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"


class Identity(_Elementwise):
    """a = z for each neuron of a layer.

    Examples:
        >>> Identity().forward([6, -1]), Identity().backward(dL_da=[2, 3], z=[6, -1])
        ([6, -1], [2, 3])
    """

    value = staticmethod(identity)
    derivative = staticmethod(identity_derivative)


class ReLU(_Elementwise):
    """a = max(0, z) for each neuron of a layer.

    It has loops of its own: a call for each neuron took a quarter of an epoch.

    Source: `000` §4.4, `004` (backward pass).

    Examples:
        >>> ReLU().forward([6, 7, -1]), ReLU().backward(dL_da=[18, 36, 54], z=[6, 7, -1])
        ([6, 7, 0], [18, 36, 0])
    """

    value = staticmethod(relu)
    derivative = staticmethod(relu_derivative)

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "value" in vars(cls) or "derivative" in vars(cls):  # another f: the loops that call it
            for way in ("forward", "backward"):
                if way not in vars(cls):
                    setattr(cls, way, getattr(_Elementwise, way))

    def forward(self, z: Numbers[n]) -> list[Number]:
        """aⱼ = zⱼ where zⱼ > 0, else 0, for each neuron j."""
        a = []
        for j in range(len(z)):
            a_j = z[j] if z[j] > 0 else ZEROS[type(z[j])]
            a.append(a_j)
        return a

    def backward(self, dL_da: Vector[n], z: Numbers[n]) -> list[Number]:
        """∂L/∂zⱼ = ∂L/∂aⱼ · f′(zⱼ), where f′ is 1 or 0, for each neuron j: a gate that is open or shut."""
        dL_dz = []
        for j in range(len(z)):
            da_dz = 1 if z[j] > 0 else 0
            dL_dz_j = dL_da[j] * da_dz
            dL_dz.append(dL_dz_j)
        return dL_dz


class LeakyReLU(_Elementwise):
    """a = z where z > 0, else slope · z, for each neuron of a layer.

    Args:
        slope: as for leaky_relu.

    Source: `000` §2.5.

    Examples:
        >>> LeakyReLU(slope=0.5).forward([6.0, -6.0])
        [6.0, -3.0]
    """

    def __init__(self, slope: Number | None = None) -> None:
        self.slope = slope

    def value(self, z: NotNaN) -> Number:
        """The function leaky_relu with this slope."""
        return leaky_relu(z, self.slope)

    def derivative(self, z: NotNaN) -> Number:
        """The function leaky_relu_derivative with this slope."""
        return leaky_relu_derivative(z, self.slope)

    def __repr__(self) -> str:
        return "LeakyReLU()" if self.slope is None else f"LeakyReLU(slope={self.slope})"


class Sigmoid(_Elementwise):
    """a = 1 / (1 + e⁻ᶻ) for each neuron of a layer.

    Source: `000` §2.5, `001` (feed-forward).

    Examples:
        >>> Sigmoid().forward([0.0]), Sigmoid().backward(dL_da=[8.0], z=[0.0])
        ([0.5], [2.0])
    """

    value = staticmethod(sigmoid)
    derivative = staticmethod(sigmoid_derivative)


class Tanh(_Elementwise):
    """a = tanh z for each neuron of a layer.

    Source: `000` §2.5.

    Examples:
        >>> Tanh().forward([800.0]), Tanh().backward(dL_da=[8.0], z=[0.0])
        ([1.0], [8.0])
    """

    value = staticmethod(tanh)
    derivative = staticmethod(tanh_derivative)
