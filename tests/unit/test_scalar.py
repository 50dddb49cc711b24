"""exp, log, square root for any kind of number."""

import math
from decimal import Decimal
from fractions import Fraction

import pytest

from scalarnn import scalar
from scalarnn.dual import Dual
from scalarnn.float32 import Float32

INF = math.inf


@pytest.mark.parametrize(
    ("function", "x", "expected"),
    [
        (scalar.exp, 0.0, 1.0),
        (scalar.exp, 1.0, math.e),
        (scalar.exp, -746.0, 0.0),
        (scalar.exp, -INF, 0.0),
        (scalar.exp, 1, math.e),
        (scalar.expm1, 0.0, 0.0),
        (scalar.expm1, 1e-20, 1e-20),
        (scalar.expm1, -INF, -1.0),
        (scalar.expm1, 0, 0.0),
        (scalar.log, 1.0, 0.0),
        (scalar.log, math.e, 1.0),
        (scalar.log, 0.0, -INF),
        (scalar.log, -0.0, -INF),
        (scalar.log, 5e-324, math.log(5e-324)),
        (scalar.log, 0, -INF),
        (scalar.log, 1, 0.0),
        (scalar.log, 10**400, 400 * math.log(10)),
        (scalar.log1p, 0.0, 0.0),
        (scalar.log1p, 1e-20, 1e-20),
        (scalar.log1p, 1.0, math.log(2)),
        (scalar.log1p, -1.0, -INF),
        (scalar.log1p, -1, -INF),
        (scalar.log1p, 1, math.log(2)),
        (scalar.log1p, 10**400, 400 * math.log(10)),
        (scalar.sqrt, 9.0, 3.0),
        (scalar.sqrt, 2.0, math.sqrt(2)),
        (scalar.sqrt, 0.0, 0.0),
        (scalar.sqrt, 9, 3.0),
    ],
)
def test_values_of_floats_and_ints(function, x, expected):
    assert function(x) == pytest.approx(expected, rel=1e-15, abs=0)
    assert type(function(x)) is float


def test_subclass_of_float_goes_the_way_of_floats():
    class Metres(float):
        pass

    assert scalar.exp(Metres(1)) == math.e
    assert scalar.expm1(Metres(1)) == math.expm1(1)
    assert scalar.log(Metres(0)) == -INF
    assert scalar.log(Metres(2)) == math.log(2)
    assert scalar.log1p(Metres(-1)) == -INF
    assert scalar.log1p(Metres(2)) == math.log1p(2)
    assert scalar.sqrt(Metres(9)) == 3
    assert scalar.is_finite(Metres(9))
    assert not scalar.is_finite(Metres("nan"))


@pytest.mark.parametrize("name", ["exp", "expm1", "log", "log1p", "sqrt"])
def test_a_fraction_has_none_of_them(name):
    with pytest.raises(TypeError) as caught:
        getattr(scalar, name)(Fraction(1, 2))
    assert str(caught.value) == (
        f"a Fraction has no {name}: its value is not a fraction in general; convert with float(…) first"
    )


@pytest.mark.parametrize("name", ["exp", "expm1", "log", "log1p", "sqrt"])
@pytest.mark.parametrize(
    ("x", "kind"), [("1", "str"), (None, "NoneType"), (True, "bool"), ([1.0], "list"), (1j, "complex")]
)
def test_what_is_no_number_has_none_of_them(name, x, kind):
    with pytest.raises(TypeError) as caught:
        getattr(scalar, name)(x)
    assert str(caught.value) == f"no {name} is known for {kind}: convert with float(…) first"


@pytest.mark.parametrize("x", [-1.0, -1])
def test_no_real_result(x):
    with pytest.raises(ValueError, match=r"math domain error|expected a"):
        scalar.log(x)
    with pytest.raises(ValueError, match=r"math domain error|expected a"):
        scalar.sqrt(x)


def test_ratio():
    assert scalar.ratio(1, 100, like=2.5) == 0.01
    assert type(scalar.ratio(1, 4, like=2)) is float
    assert scalar.ratio(-3, 4, like=0.0) == -0.75
    assert scalar.ratio(-3, 4, like=7) == -0.75
    assert scalar.ratio(1, 3, like=Fraction(5, 2)) == Fraction(1, 3)
    assert type(scalar.ratio(1, 3, like=Fraction(5, 2))) is Fraction
    assert scalar.ratio(1, 3, like=INF) == 1 / 3
    constant = scalar.ratio(1, 4, like=Dual(3.0, 7.0))
    assert (constant.value, constant.derivative) == (0.25, 0)
    assert repr(scalar.ratio(1, 3, like=Float32(5))) == "Float32(0.3333333432674408)"


@pytest.mark.parametrize("x", [0, -3, 0.0, 5e-324, -1.79e308, Fraction(-7, 3), Dual(2.0, 1.0), Float32(2), 10**400])
def test_finite(x):
    assert scalar.is_finite(x) is True


@pytest.mark.parametrize(
    "x", [INF, -INF, math.nan, Dual(INF), Dual(-INF), Dual(math.nan), Float32(INF), Float32(-INF), Float32(math.nan)]
)
def test_not_finite(x):
    assert scalar.is_finite(x) is False


def test_floats_need_no_registry(monkeypatch):
    monkeypatch.setattr(scalar, "_REGISTRY", {})
    assert scalar.exp(0.0) == 1.0
    assert scalar.expm1(0.0) == 0.0
    assert scalar.log(1.0) == 0.0
    assert scalar.sqrt(9.0) == 3.0
    assert scalar.ratio(1, 4, like=1.0) == 0.25
    assert scalar.is_finite(1.0)
    assert not scalar.is_symbolic(1.0)
    for function in (scalar.exp, scalar.expm1, scalar.log, scalar.log1p, scalar.sqrt):
        with pytest.raises(TypeError, match=r"^Fraction has no |^a Fraction has no "):
            function(Fraction(1))


def test_whole_numbers_of_another_library_go_the_way_of_ints():
    class Int:
        def __init__(self, value):
            self.value = value

        def __index__(self):
            return self.value

    assert scalar.exp(Int(1)) == math.e
    assert scalar.expm1(Int(1)) == math.expm1(1)
    assert scalar.sqrt(Int(9)) == 3.0


@pytest.fixture
def kind(monkeypatch):
    """A kind of number, on a registry of its own."""

    class Kind:
        def __init__(self, value):
            self.value = value

    monkeypatch.setattr(scalar, "_REGISTRY", dict(scalar._REGISTRY))
    return Kind


def test_register_teaches_each_function(kind):
    scalar.register(
        kind,
        exp=lambda x: ("exp", x.value),
        expm1=lambda x: ("expm1", x.value),
        log=lambda x: ("log", x.value),
        log1p=lambda x: ("log1p", x.value),
        sqrt=lambda x: ("sqrt", x.value),
    )
    for name in ("exp", "expm1", "log", "log1p", "sqrt"):
        assert getattr(scalar, name)(kind(5)) == (name, 5)
    assert scalar.is_symbolic(kind(5)) is False


def test_register_finds_subclasses_and_prefers_the_nearest(kind):
    class Nearer(kind):
        pass

    class Nearest(Nearer):
        pass

    scalar.register(kind, exp=lambda _: "far", log=lambda _: "far")
    scalar.register(Nearer, exp=lambda _: "near")
    assert scalar.exp(Nearest(1)) == "near"
    assert scalar.log(Nearest(1)) == "far"
    assert scalar.exp(kind(1)) == "far"


def test_register_leaves_out_what_is_not_given(kind):
    scalar.register(kind, exp=lambda _: 1)
    with pytest.raises(TypeError, match=r"^no log is known for Kind: convert with float\(…\) first$"):
        scalar.log(kind(1))


def test_a_kind_with_a_log_has_a_log1p_made_of_it():
    assert scalar.log1p(Dual(0.5, 3)).derivative == 2
    assert scalar.log1p(Float32(1e-20)) == Float32(1e-20)
    scalar.register(Decimal, log=Decimal.ln)
    assert scalar.log1p(Decimal(1)) == Decimal(2).ln()


def test_symbolic_kinds_count_as_finite(kind):
    assert scalar.is_symbolic(kind(1)) is False
    scalar.register(kind, symbolic=True)
    assert scalar.is_symbolic(kind(1)) is True
    assert scalar.is_finite(kind(1)) is True


@pytest.mark.parametrize("x", [1.5, 1, Fraction(1, 2), Dual(1.0), Float32(1), Decimal(1), "x", None])
def test_values_are_not_symbols(x):
    assert scalar.is_symbolic(x) is False


def test_zero_of_a_kind():
    class Symbol:
        pass

    scalar.register(Symbol, symbolic=True)
    assert scalar.zero(Symbol()) == 0
    for like in (2.5, -2.5, math.inf, -math.inf):
        assert (scalar.zero(like), math.copysign(1, scalar.zero(like)), type(scalar.zero(like))) == (0, 1, float)
    assert (scalar.zero(7), type(scalar.zero(7))) == (0, int)
    assert (scalar.zero(Fraction(-5, 2)), type(scalar.zero(Fraction(5)))) == (0, Fraction)
