"""What two figures give away of rounding: how long the numbers were, how a sum went, what was float32 in Adam.

of_lengths   two numbers alone: short ones, and ones that differ in the last digits
of_sum       a weighted sum: every order, in every kind of number
of_adam      a weight after some steps of Adam whose correction is float32
"""

from __future__ import annotations

import math

from scalarnn.float32 import Float32, round_to_float32
from scalarnn.frameworks.on_devices import KINDS, ORDERS, ROUNDED, adam_way, z_of
from scalarnn.short_floats import round_to_bfloat16, round_to_float16, round_to_tf32

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["digits_agree", "digits_of", "of_adam", "of_lengths", "of_sum"]

# Of which kind a number is that has no more binary digits, if it was written with so many decimal ones: a fraction of
# halves that somebody has chosen is shorter.
LENGTHS = (
    (8, 10, "a bfloat16 or a float16"),
    (11, 10, "a float16 or a factor in TF32"),
    (24, 12, "a float32"),
)
ROUNDINGS = ((round_to_float32, "float32"), (round_to_float16, "float16"), (round_to_bfloat16, "bfloat16"))
LONG = 6  # digits of a rounded number, at least: 1 may be many things
FULL = 15  # digits that a float has been written with
NEAR = 1024  # ulps: what some hundred steps make of one


def digits_of(written: str) -> int:
    """How many digits a figure has.

    Examples:
        >>> digits_of("0.0330"), digits_of("-1e-7")
        (3, 1)
    """
    mantissa = written.lower().lstrip("+-−").partition("e")[0].replace(".", "").lstrip("0")
    return max(1, len(mantissa))


def digits_agree(written: str, number: float, places: int | None = None) -> bool:
    """Whether a number is what was written, to as many digits, or to another number of places.

    Examples:
        >>> digits_agree("0.33", 1 / 3), digits_agree("0.3333334", 1 / 3), digits_agree("1e-3", 0.00104)
        (True, False, True)
    """
    if not math.isfinite(number):
        return False
    places = places or digits_of(written)
    return float(f"{number:.{places - 1}e}") == float(f"{float(written):.{places - 1}e}")


def of_lengths(first: str, second: str) -> Iterator[str]:
    """One is the other, rounded; one is a short number; or they are neighbours.

    Examples:
        >>> list(of_lengths("0.2", "0.20000000298023224"))
        ['0.20000000298023224 is 0.2 as a float32']
        >>> list(of_lengths("0.00019563778572678596", "0.0208740234375"))
        ['0.0208740234375 has 8 binary digits: a bfloat16 or a float16, or made of them']
        >>> list(of_lengths("0.30000000000000004", "0.3"))
        []
        >>> list(of_lengths("0.30000000000000004", "0.29999999999999993"))[0].partition(":")[0]
        'apart by 2 units in the last place'
    """
    a, b = float(first), float(second)
    for one, other, text, told in ((a, b, first, second), (b, a, second, first)):
        kinds = [name for rounded, name in ROUNDINGS if one != other and rounded(one) == other]
        if kinds and digits_of(told) >= LONG:
            yield f"{told} is {text} as a {kinds[0]}"
        elif _length(told) and _length(told) != _length(text):
            yield f"{told} has {_binary_digits(other)} binary digits: {_length(told)}, or made of them"
    if min(digits_of(first), digits_of(second)) >= FULL:
        apart = abs(a - b) / math.ulp(max(abs(a), abs(b)))
        if apart <= NEAR:
            yield (
                f"apart by {round(apart)} units in the last place: a rounding, so another order of additions, "
                "a fused multiply-add, or another machine's exp"
            )


def _binary_digits(value: float) -> int:
    numerator, _ = abs(value).as_integer_ratio()
    return (numerator // (numerator & -numerator)).bit_length() if numerator else 0


def _length(written: str) -> str:
    """The kind that a figure is of, by its length; "" for a float, or where a few digits say nothing."""
    for digits, places, kind in LENGTHS:
        if digits_of(written) >= places and 1 < _binary_digits(float(written)) <= digits:
            return kind
    return ""


def of_sum(written: str, x: Sequence[float], w: Sequence[float], b: float) -> Iterator[str]:
    """Every order of a weighted sum, in every kind of number, that comes to the figure.

    Args:
        written: z, or the sum, as it was read.
        x: the inputs.
        w: the weights, as many.
        b: the bias; 0 for none.

    Examples:
        >>> list(of_sum("0.0", [0.1, -1.0], [10.0, 1.0], 0.0))[0]
        'float64: from the left; fused, from the left; in two lanes; in pairs'
        >>> list(of_sum("5.551115123125783e-17", [0.1, -1.0], [10.0, 1.0], 0.0))
        ['float64: fused, from the right']
    """
    for name, kind in KINDS.items():
        ways = ROUNDED if kind not in (float, Float32) else ORDERS
        given = [kind(x_i) for x_i in x], [kind(w_i) for w_i in w], kind(b)
        found = [way for way in ways if digits_agree(written, float(z_of(way, *given)))]
        if found:
            yield f"{name}: {'; '.join(found)}"
    cut = [Float32(round_to_tf32(x_i)) for x_i in x], [Float32(round_to_tf32(w_i)) for w_i in w], Float32(b)
    if digits_agree(written, float(z_of("from the left", *cut))):
        yield "TF32: factors of 11 binary digits, added in float32"


def of_adam(written: str, start: float, gradients: Sequence[float], rates: Sequence[float]) -> Iterator[str]:
    """Adam in float64 whose correction is float32: near enough to it, and far from the exact one.

    Args:
        written: the weight, as it was read.
        start: where it began.
        gradients: one a step.
        rates: likewise.

    Examples:
        >>> list(of_adam("0.9000006678", 1.0, [1.0], [0.1]))[0].partition(":")[0]
        'Adam(capturable=True) of PyTorch, or differentiable=True'
        >>> list(of_adam("0.9000000010", 1.0, [1.0], [0.1])), list(of_adam("0.9", 1.0, [1.0], [0.1]))
        ([], [])
    """
    exact, short = (adam_way(kind, gradients, rates, start)[-1] for kind in ("exact", "float32"))
    apart = abs(short - exact)
    if apart > 0 and abs(float(written) - short) < apart / 50 and not digits_agree(written, exact):
        yield (
            "Adam(capturable=True) of PyTorch, or differentiable=True: 1 − β₁ᵗ and 1 − β₂ᵗ in float32, "
            f"{abs(short - exact):.1e} away from Adam"
        )
