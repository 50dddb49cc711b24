"""Elementary functions for any kind of number.

The mathematics of this package is written once and runs on `float`, `int`, `Fraction` (exact hand arithmetic),
symbols (proof), dual numbers (an independent derivative) and float32 rounding. The operators + − × ÷ and < need
no help: every kind brings its own. This module supplies what no operator does: exp, log, square root.

A float takes the first line of each function straight to `functions`, which is Python's own `math`, or
`scalarnn.portable` once that has been switched on. Every other kind is looked up in a registry that the module of that
kind fills, so that nothing here knows any of them.

Glossary:
    Number   a float, an int, a Fraction, or anything with + − × ÷ and <
    Vector   a list of numbers
    Matrix   a list of equally long rows of numbers
"""

from __future__ import annotations

import math

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any, Protocol, TypeAlias, overload

    from typing_extensions import TypeVar

    # The letters of the shapes: n inputs (or classes, or predictions), m neurons, N samples.
    n = TypeVar("n", default=Any, covariant=True)
    m = TypeVar("m", default=Any, covariant=True)
    N = TypeVar("N", default=Any, covariant=True)

    # The kinds of number share no base class; what the types do check is the nesting. What each kind of argument has
    # to be, beyond that, stands in `doors`, which reads these very annotations.
    Number: TypeAlias = Any
    Function: TypeAlias = Callable[[Number], Number]

    class Vector(Protocol[n]):
        """n numbers."""

        def __len__(self) -> int: ...
        @overload
        def __getitem__(self, i: int, /) -> Number: ...
        @overload
        def __getitem__(self, i: slice, /) -> Sequence[Number]: ...
        def __iter__(self) -> Iterator[Number]: ...

    class Matrix(Protocol[m, n]):
        """m rows of n numbers."""

        def __len__(self) -> int: ...
        @overload
        def __getitem__(self, j: int, /) -> Vector[n]: ...
        @overload
        def __getitem__(self, j: slice, /) -> Sequence[Vector[n]]: ...
        def __iter__(self) -> Iterator[Vector[n]]: ...

    NotNaN: TypeAlias = Number
    Rate: TypeAlias = Number
    NotNegative: TypeAlias = Number
    RateOrDecay: TypeAlias = Any
    Beta: TypeAlias = Number
    Gamma: TypeAlias = Number
    Parameters: TypeAlias = Any
    Squares: TypeAlias = Any
    Label: TypeAlias = int
    Count: TypeAlias = int
    Steps: TypeAlias = int
    Numbers: TypeAlias = Vector[n]
    Logits: TypeAlias = Vector[n]
    Probabilities: TypeAlias = Vector[n]
    PossibleProbabilities: TypeAlias = Vector[n]
    Distribution: TypeAlias = Vector[n]

__all__ = [
    "ZEROS",
    "base",
    "exp",
    "expm1",
    "is_finite",
    "is_portable",
    "is_symbolic",
    "log",
    "log1p",
    "power",
    "ratio",
    "register",
    "sqrt",
    "use",
    "zero",
]

functions: Any = math  # of floats: `math`, or `scalarnn.portable`; `use` sets this name


def exp(x: Number) -> Number:
    """eˣ, in the kind of number that x is.

    Raises:
        TypeError: x is of a kind that has no exp, such as Fraction.
        OverflowError: x is a float above about 709.78.

    Examples:
        >>> exp(0.0)
        1.0
        >>> from fractions import Fraction
        >>> exp(Fraction(1, 2))
        Traceback (most recent call last):
        TypeError: a Fraction has no exp: its value is not a fraction in general; convert with float(…) first
    """
    if type(x) is float:
        return functions.exp(x)
    return _function_of_kind("exp", x)(x)


def expm1(x: Number) -> Number:
    """eˣ − 1, without losing the digits of a small x.

    Raises:
        TypeError: x is of a kind that has no exp, such as Fraction.

    Examples:
        >>> expm1(1e-20)
        1e-20
    """
    if type(x) is float:
        return functions.expm1(x)
    return _function_of_kind("expm1", x)(x)


def log(x: Number) -> Number:
    """The natural logarithm; log 0 is −∞, its limit from above.

    Raises:
        TypeError: x is of a kind that has no log, such as Fraction.
        ValueError: x is negative.

    Examples:
        >>> log(1.0), log(0.0)
        (0.0, -inf)
    """
    if type(x) is float:
        return functions.log(x) if x != 0.0 else -math.inf
    return _function_of_kind("log", x)(x)


def log1p(x: Number) -> Number:
    """log (1 + x), without losing the digits of a small x; log1p −1 is −∞, its limit from above.

    Raises:
        TypeError: x is of a kind that has no log, such as Fraction.
        ValueError: x is below −1.

    Examples:
        >>> log1p(1e-20), log1p(-1.0)
        (1e-20, -inf)
    """
    if type(x) is float:
        return functions.log1p(x) if x != -1.0 else -math.inf
    return _function_of_kind("log1p", x)(x)


def sqrt(x: Number) -> Number:
    """√x, the root that is not negative.

    Raises:
        TypeError: x is of a kind that has no square root, such as Fraction.
        ValueError: x is negative.

    Examples:
        >>> sqrt(9.0)
        3.0
    """
    if type(x) is float:
        return math.sqrt(x)
    return _function_of_kind("sqrt", x)(x)


def power(x: Number, n: int) -> Number:
    """xⁿ, in the kind of number that x is; portable for a whole n, where `functions` are.

    Raises:
        OverflowError: xⁿ is larger than any float.
        ZeroDivisionError: x is 0 and n is negative.

    Examples:
        >>> from fractions import Fraction
        >>> power(0.5, 3), power(Fraction(1, 2), 3)
        (0.125, Fraction(1, 8))
    """
    if functions is not math and type(x) is float and n % 1 == 0:
        return functions.pow(x, int(n))
    return x**n


def base(x: Number) -> Number:
    """x, to be raised to whole powers by `**` in a loop; where `functions` are portable, the powers are theirs.

    Examples:
        >>> base(0.5) ** 3
        0.125
    """
    return x if functions is math or type(x) is not float else _Base(x)


class _Base(float):
    """A float whose last power is kept: β₁ᵗ is the same for every parameter of a step."""

    power_of = (0, 1.0)

    def __pow__(self, n: Any, _: Any = None) -> Any:
        if n != self.power_of[0]:
            self.power_of = (n, power(float(self), n))
        return self.power_of[1]


def ratio(p: int, q: int, like: Number) -> Number:
    """p/q in the kind of number that `like` is: a constant that leaves a Fraction exact.

    Examples:
        >>> from fractions import Fraction
        >>> ratio(1, 100, like=2.5), ratio(1, 100, like=Fraction(5, 2))
        (0.01, Fraction(1, 100))
    """
    if type(like) is float:
        return p / q
    return (0 * like + p) / q


def zero(like: Number) -> Number:
    """0 in the kind of number that `like` is.

    Examples:
        >>> from fractions import Fraction
        >>> zero(-2.5), zero(7), zero(Fraction(5, 2))
        (0.0, 0, Fraction(0, 1))
    """
    return ZEROS[type(like)]


class _Zeros(dict):  # type: ignore[type-arg]
    """0 of each kind of number, by its class: made when it is first asked for."""

    def __missing__(self, kind: type) -> Number:
        if issubclass(kind, float):
            zero: Number = 0.0
        elif any((base, "symbolic") in _REGISTRY for base in kind.__mro__):
            zero = 0
        else:
            zero = kind(0)  # type: ignore[call-arg]
        self[kind] = zero
        return zero


ZEROS = _Zeros({float: 0.0, int: 0})


def is_symbolic(x: Number) -> bool:
    """Whether x is of a kind that stands for a number without having a value, as a symbol does.

    Examples:
        >>> is_symbolic(1.5)
        False
    """
    if type(x) is float or type(x) is int:
        return False
    return _find("symbolic", x) is not None


def is_finite(x: Number) -> bool:
    """Whether x is neither NaN nor infinite; a symbol counts as finite.

    Examples:
        >>> is_finite(5e-324), is_finite(float("nan"))
        (True, False)
    """
    if type(x) is float:
        return math.isfinite(x)
    if type(x) is int or is_symbolic(x):
        return True
    return bool(x == x and x != math.inf and x != -math.inf)  # NaN is the one number that differs from itself


def register(
    kind: type,
    *,
    exp: Function | None = None,
    expm1: Function | None = None,
    log: Function | None = None,
    log1p: Function | None = None,
    sqrt: Function | None = None,
    symbolic: bool = False,
) -> None:
    """Teach exp, expm1, log, log1p and sqrt a new kind of number.

    Args:
        kind: the class; its subclasses are found too.
        exp: eˣ for that kind; None if it has none.
        expm1: eˣ − 1; None if it has none.
        log: the natural logarithm; None if it has none.
        log1p: log (1 + x); None if it has none of its own, then it is made of log.
        sqrt: the square root; None if it has none.
        symbolic: the kind stands for a number without having a value: nothing about its size can be checked.

    Examples:
        >>> from decimal import Decimal
        >>> register(Decimal, exp=Decimal.exp, log=Decimal.ln, sqrt=Decimal.sqrt)
        >>> sqrt(Decimal(9))
        Decimal('3')
    """
    if log is not None and log1p is None:
        log1p = _made_of(log)
    functions = {"exp": exp, "expm1": expm1, "log": log, "log1p": log1p, "sqrt": sqrt}
    for name, function in functions.items():
        if function is not None:
            _REGISTRY[kind, name] = function
    if symbolic:
        _REGISTRY[kind, "symbolic"] = bool


def is_portable() -> bool:
    """Whether `functions` are those of `scalarnn.portable`.

    Examples:
        >>> is_portable()
        False
    """
    return functions is not math


def use(module: Any) -> None:
    """Take exp, expm1, log, log1p, powers, sin and cos of floats from a module, `math` or `scalarnn.portable`.

    Examples:
        >>> use(math)
    """
    global functions
    functions = module
    for listener in LISTENERS:
        listener()


LISTENERS: list[Any] = []  # called when `functions` has become another


_REGISTRY: dict[tuple[type, str], Function] = {}


def _find(name: str, x: Number) -> Function | None:
    """The registered function of x's class, or of the nearest class above it."""
    for kind in type(x).__mro__:
        function = _REGISTRY.get((kind, name))
        if function is not None:
            return function
    return None


def _function_of_kind(name: str, x: Number) -> Function:
    kind = type(x).__name__
    function = None if isinstance(x, bool) else _find(name, x)
    if function is None and hasattr(type(x), "__index__") and not isinstance(x, bool):
        function = _REGISTRY.get((int, name))  # a whole number of another library goes the way of an int
    if function is not None:
        return function
    if kind == "Fraction":
        raise TypeError(
            f"a Fraction has no {name}: its value is not a fraction in general; convert with float(…) first"
        )
    raise TypeError(f"no {name} is known for {kind}: convert with float(…) first")


def _made_of(log: Function) -> Function:
    def log1p(x: Number) -> Number:
        return log(1 + x)

    return log1p


def _exp_of_real(x: Number) -> Number:
    return functions.exp(float(x))


def _expm1_of_real(x: Number) -> Number:
    return functions.expm1(float(x))


def _log_of_real(x: Number) -> Number:
    if functions is math or x == 0:
        return math.log(x) if x != 0 else -math.inf
    return functions.log(float(x)) if isinstance(x, float) else functions.log_of_whole_number(int(x))


def _log1p_of_real(x: Number) -> Number:
    if isinstance(x, int):  # 1 + x is exact, and may be beyond all floats
        return _log_of_real(1 + x)
    return functions.log1p(float(x)) if x != -1 else -math.inf


# A subclass of float, and an int, go the way of floats.
for _kind in (int, float):
    register(_kind, exp=_exp_of_real, expm1=_expm1_of_real, log=_log_of_real, log1p=_log1p_of_real, sqrt=math.sqrt)
