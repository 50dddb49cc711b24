"""Expressions as a person writes them: with symbols, or with the numbers put in; as Unicode text or as LaTeX.

    Number(value)            a number that stands in the code
    Named(symbol, value)     a named value
    Sum(terms)               + and −, each term with its sign
    Product(factors)         w₀x₀, 2d, ∂L/∂a · ∂a/∂z
    Quotient, Power, Minus, Function, Comparison

`write(expression, …)` draws one. Parentheses appear where they are needed, and around numbers put in side by side:
w₀x₀ + w₁x₁ becomes (−3)(1) + (−1)(−2).
"""

from __future__ import annotations

from dataclasses import dataclass

from scalarnn import scalar
from scalarnn.digits import readable
from scalarnn.float32 import round_to_float32

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.tracing.symbols import Symbol

__all__ = [
    "Comparison",
    "Expression",
    "Function",
    "Minus",
    "Named",
    "Number",
    "Power",
    "Product",
    "Quotient",
    "Style",
    "Sum",
    "evaluate",
    "number_text",
    "write",
]

# How tightly a drawn expression holds together.
SUM, PRODUCT, MINUS, POWER, ATOM = range(5)
LONGEST_SUM = 12


@dataclass(frozen=True)
class Style:
    """How to draw: LaTeX or Unicode text, numbers put in or symbols, Fractions as p/q or as decimals."""

    latex: bool = False
    numbers: bool = False
    fractions: bool = True


class Expression:
    """A drawing in the making."""


@dataclass(frozen=True)
class Number(Expression):
    """A number that stands in the code."""

    value: Any


@dataclass(frozen=True)
class Named(Expression):
    """A named value."""

    symbol: Symbol
    value: Any


@dataclass(frozen=True)
class Sum(Expression):
    """Terms, each with its sign: +1 or −1."""

    terms: tuple[tuple[int, Expression], ...]


@dataclass(frozen=True)
class Product(Expression):
    """Factors."""

    factors: tuple[Expression, ...]


@dataclass(frozen=True)
class Quotient(Expression):
    """top / bottom."""

    top: Expression
    bottom: Expression


@dataclass(frozen=True)
class Power(Expression):
    """base ** exponent."""

    base: Expression
    exponent: Expression


@dataclass(frozen=True)
class Minus(Expression):
    """−inner."""

    inner: Expression


@dataclass(frozen=True)
class Function(Expression):
    """exp, log, √ and other functions of numbers."""

    name: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True)
class Comparison(Expression):
    """left < right, and so on."""

    left: Expression
    sign: str
    right: Expression


def number_text(value: Any, style: Style) -> str:
    """A number with a true minus sign; a Fraction as p/q, or as \\frac in LaTeX.

    Examples:
        >>> number_text(-3, Style())
        '−3'
    """
    text = readable(value, style.fractions)
    if style.latex:
        sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
        top, slash, bottom = digits.partition("/")
        if slash:
            return rf"{sign}\frac{{{top}}}{{{bottom}}}"
        mantissa, e, exponent = digits.partition("e")
        if e:
            return rf"{sign}{mantissa} \cdot 10^{{{int(exponent)}}}"
        return text if text not in ("inf", "-inf") else text.replace("inf", r"\infty")
    return text.replace("-", "−").replace("inf", "∞")


def evaluate(expression: Expression) -> Any:
    """The value of an expression, computed in the order in which it is written; None where there is none.

    It must be the value that the run had, bit for bit: an expression for which that is not so was read wrongly.

    Examples:
        >>> evaluate(Sum(((1, Number(2)), (-1, Product((Number(3), Number(4)))))))
        -10
    """
    try:
        return _value(expression)
    except (ArithmeticError, TypeError, ValueError):
        return None


def _value(expression: Expression) -> Any:
    if isinstance(expression, (Number, Named)):
        return expression.value
    if isinstance(expression, Sum):
        total: Any = 0
        for sign, term in expression.terms:
            total = total + _value(term) if sign > 0 else total - _value(term)
        return total
    if isinstance(expression, Product):
        product = _value(expression.factors[0])
        for factor in expression.factors[1:]:
            product = product * _value(factor)
        return product
    if isinstance(expression, Quotient):
        return _value(expression.top) / _value(expression.bottom)
    if isinstance(expression, Power):
        return _value(expression.base) ** _value(expression.exponent)
    if isinstance(expression, Minus):
        return -_value(expression.inner)
    if isinstance(expression, Function):
        return FUNCTIONS[expression.name](*[_value(argument) for argument in expression.arguments])
    raise TypeError(f"{expression!r} has no value")


FUNCTIONS: dict[str, Any] = {
    "exp": scalar.exp,
    "expm1": scalar.expm1,
    "log": scalar.log,
    "sqrt": scalar.sqrt,
    "abs": abs,
    "max": max,
    "min": min,
    "float32": round_to_float32,
}


def write(expression: Expression, style: Style) -> str:
    """Draw an expression.

    Examples:
        >>> from scalarnn.tracing.symbols import symbol_of
        >>> w, x = Named(symbol_of("w").at(0), -3), Named(symbol_of("x").at(0), 1)
        >>> write(Product((w, x)), Style()), write(Product((w, x)), Style(numbers=True))
        ('w₀x₀', '(−3)(1)')
    """
    return _draw(expression, style)[0]


def _draw(expression: Expression, style: Style) -> tuple[str, int]:
    """The text, and how tightly it holds together."""
    if isinstance(expression, Number):
        return _draw_number(expression.value, style)
    if isinstance(expression, Named):
        if style.numbers:
            return _draw_number(expression.value, style)
        text = expression.symbol.latex() if style.latex else expression.symbol.unicode()
        return text, (SUM if expression.symbol.prefix == "1 − " else MINUS if expression.symbol.prefix else ATOM)
    if isinstance(expression, Sum):
        return _draw_sum(expression, style), SUM
    if isinstance(expression, Product):
        return _draw_product(expression, style)
    if isinstance(expression, Quotient):
        return _draw_quotient(expression, style)
    if isinstance(expression, Power):
        return _draw_power(expression, style)
    if isinstance(expression, Minus):
        inner, tightness = _draw(expression.inner, style)
        if tightness in (SUM, MINUS):
            inner = _parenthesised(inner, style)
        return _sign(style) + inner, MINUS
    if isinstance(expression, Function):
        return _draw_function(expression, style)
    if isinstance(expression, Comparison):
        signs = {"<=": r"\le", ">=": r"\ge", "!=": r"\ne", "==": "="} if style.latex else SIGNS
        sign = signs.get(expression.sign, expression.sign)
        return f"{_draw(expression.left, style)[0]} {sign} {_draw(expression.right, style)[0]}", SUM
    raise TypeError(f"{expression!r} is no expression")


SIGNS = {"<=": "≤", ">=": "≥", "!=": "≠", "==": "="}


def _draw_number(value: Any, style: Style) -> tuple[str, int]:
    text = number_text(value, style)
    if text.startswith(("−", "-")):
        return text, MINUS
    return text, (PRODUCT if "/" in text or "cdot" in text else ATOM)


def _held(expression: Expression, style: Style, tightness: int) -> str:
    """Drawn, in parentheses where it would fall apart otherwise."""
    text, own = _draw(expression, style)
    return text if own > tightness else _parenthesised(text, style)


def _parenthesised(text: str, style: Style) -> str:
    return rf"\left({text}\right)" if style.latex and r"\frac" in text else f"({text})"


def _sign(style: Style) -> str:
    return "-" if style.latex else "−"


def _draw_sum(expression: Sum, style: Style) -> str:
    drawn = []
    for position, (sign, term) in enumerate(expression.terms):
        text, tightness = _draw(term, style)
        if tightness == SUM or (position > 0 and text.startswith(("−", "-"))):
            text = _parenthesised(text, style)
        if position == 0:
            drawn.append(text if sign > 0 else _sign(style) + text)
        else:
            drawn.append(f"{'+' if sign > 0 else _sign(style)} {text}")
    if len(drawn) > LONGEST_SUM:
        drawn = [*drawn[:3], r"+ \dots" if style.latex else "+ …", drawn[-1]]
    return " ".join(drawn)


def _draw_product(expression: Product, style: Style) -> tuple[str, int]:
    factors = [factor for factor in expression.factors if not (isinstance(factor, Number) and factor.value == 1)]
    if not factors:
        return "1", ATOM
    if len(factors) == 1:
        return _draw(factors[0], style)
    if len(factors) == 2 and factors[0] == factors[1]:
        return _draw_power(Power(factors[0], Number(2)), style)
    side_by_side = all(isinstance(factor, Named) and factor.symbol.is_plain for factor in factors)
    if side_by_side and style.numbers:
        return "".join(_parenthesised(_draw(factor, style)[0], style) for factor in factors), PRODUCT
    if side_by_side:
        return (" " if style.latex else "").join(_draw(factor, style)[0] for factor in factors), PRODUCT
    texts = []
    for position, factor in enumerate(factors):
        text, tightness = _draw(factor, style)
        if tightness <= SUM or (position > 0 and tightness <= MINUS):
            text = _parenthesised(text, style)
        texts.append(text)
    if not style.numbers and isinstance(factors[0], Number) and len(factors) == 2:
        second = factors[1]
        if isinstance(second, Named) and second.symbol.is_plain:
            return f"{texts[0]}{texts[1]}", PRODUCT
        if isinstance(second, Sum):
            return f"{texts[0]} {texts[1]}", PRODUCT
    return (r" \cdot " if style.latex else " · ").join(texts), PRODUCT


def _draw_quotient(expression: Quotient, style: Style) -> tuple[str, int]:
    if style.latex:
        return rf"\frac{{{_draw(expression.top, style)[0]}}}{{{_draw(expression.bottom, style)[0]}}}", ATOM
    top = _held(expression.top, style, SUM)
    bottom = _held(expression.bottom, style, MINUS)
    if "∂" in bottom and not bottom.startswith("("):
        bottom = f"({bottom})"
    return f"{top} / {bottom}", PRODUCT


def _draw_power(expression: Power, style: Style) -> tuple[str, int]:
    base = _held(expression.base, style, POWER)
    if not style.latex and "∂" in base and not base.startswith("("):
        base = f"({base})"
    exponent = _draw(expression.exponent, style)[0]
    if style.latex:
        return f"{base}^{{{exponent}}}", POWER
    raised = "".join("⁰¹²³⁴⁵⁶⁷⁸⁹"[int(c)] if c.isdigit() else c for c in exponent)
    return (base + raised, POWER) if exponent.isdigit() else (f"{base}^({exponent})", POWER)


def _draw_function(expression: Function, style: Style) -> tuple[str, int]:
    texts = [_draw(argument, style)[0] for argument in expression.arguments]
    inside = ", ".join(texts)
    if expression.name == "exp":
        return (f"e^{{{inside}}}" if style.latex else f"e^({inside})"), POWER
    if expression.name == "sqrt":
        return (rf"\sqrt{{{inside}}}" if style.latex else f"√({inside})"), POWER
    if expression.name == "abs":
        return f"|{inside}|", ATOM
    if expression.name == "expm1":
        return (f"e^{{{inside}}} - 1" if style.latex else f"e^({inside}) − 1"), SUM
    if style.latex:
        known = expression.name in ("log", "max", "min", "tanh")
        name = "\\" + expression.name if known else rf"\operatorname{{{expression.name}}}"
        return rf"{name}\left({inside}\right)", POWER
    return f"{expression.name}({inside})", POWER
