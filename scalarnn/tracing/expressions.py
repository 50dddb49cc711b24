"""Expressions as a person writes them: with symbols, or with the numbers put in; as Unicode text or as LaTeX.

    Number(value)            a number that stands in the code
    Named(symbol, value)     a named value
    Sum(terms)               + and −, each term with its sign
    Product(factors)         w₀x₀, 2d, ∂L/∂a · ∂a/∂z
    Quotient, Power, Minus, Function
    Comparison, All          z > 0, and several of them at once

`write(expression, …)` draws one. Parentheses appear where they are needed, and around numbers put in side by side:
w₀x₀ + w₁x₁ becomes (−3)(1) + (−1)(−2).
"""

from __future__ import annotations

import math
import operator
from dataclasses import dataclass, replace
from fractions import Fraction

from scalarnn import scalar
from scalarnn.digits import readable
from scalarnn.dual import Dual
from scalarnn.float32 import Float32, round_to_float32
from scalarnn.normal import bell, bell_area

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from scalarnn.tracing.symbols import Symbol

__all__ = [
    "All",
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
    "holds",
    "leaves",
    "raised",
    "number_text",
    "same_number",
    "sign_text",
    "spelled",
    "write",
]

# How tightly a drawn expression holds together.
SUM, QUOTIENT, PRODUCT, MINUS, POWER, ATOM = range(6)
LONGEST_SUM = 12


@dataclass(frozen=True)
class Style:
    """How to draw: LaTeX or Unicode text, numbers put in or symbols, Fractions as p/q or as decimals.

    `spell_exp` is for lines where a variable is called e: they say exp(z), not eᶻ. `digits` rounds what is shown to so
    many digits that count, never what is computed.
    """

    latex: bool = False
    numbers: bool = False
    fractions: bool = True
    spell_exp: bool = False
    digits: int | None = None

    def with_numbers(self) -> Style:
        """The same with the numbers put in."""
        return replace(self, numbers=True)


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


@dataclass(frozen=True)
class All(Expression):
    """Several comparisons that hold together."""

    parts: tuple[Comparison, ...]


def number_text(value: Any, style: Style) -> str:
    """A number with a true minus sign; a Fraction as p/q, or as \\frac in LaTeX.

    Examples:
        >>> number_text(-3, Style()), number_text(Dual(2, -1), Style())
        ('−3', '2 − ε')
    """
    if isinstance(value, Dual):
        return _dual_text(value, style)
    try:
        value = value.value if isinstance(value, Float32) else value
        if style.digits is not None and isinstance(value, float):
            value = float(f"{value:.{style.digits}g}")
        text = readable(value, style.fractions)
    except ValueError:  # more digits than Python writes
        return r"\text{(too long to print)}" if style.latex else "(too long to print)"
    if style.latex:
        sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
        top, slash, bottom = digits.partition("/")
        if slash:
            return rf"{sign}\frac{{{top}}}{{{bottom}}}"
        mantissa, e, exponent = digits.partition("e")
        if e:
            return rf"{sign}{mantissa} \cdot 10^{{{int(exponent)}}}"
        return text.replace("inf", r"\infty").replace("nan", r"\text{NaN}")
    return text.replace("-", "−").replace("inf", "∞").replace("nan", "NaN")


def _dual_text(value: Dual, style: Style) -> str:
    """v + d ε."""
    derivative = number_text(value.derivative, style)
    sign = "+"
    if derivative.startswith(("−", "-")):
        sign, derivative = derivative[0], derivative[1:]
    epsilon = r"\varepsilon" if style.latex else "ε"
    return f"{number_text(value.value, style)} {sign} {'' if derivative == '1' else derivative}{epsilon}"


def same_number(found: Any, expected: Any) -> bool:
    """Whether two numbers are the same to the last bit, and of one kind; NaN is NaN, and −0 is 0.

    Examples:
        >>> same_number(0.5, 0.5), same_number(1, 1.0)
        (True, False)
    """
    if type(found) is not type(expected):
        return False
    if isinstance(expected, (int, Fraction)):
        return bool(found == expected)
    return (isinstance(expected, float) and found == expected) or repr(found) == repr(expected)


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


def holds(expression: Expression, value: Any) -> bool:
    """Whether an expression has that value, bit for bit; of a comparison, whether it is true.

    Examples:
        >>> holds(Number(2), 2), holds(Comparison(Number(2), ">", Number(1)), True)
        (True, True)
    """
    return same_number(evaluate(expression), value)


def raised(base: Any, exponent: Any) -> Any:
    """A power, as the package computes it.

    Examples:
        >>> raised(2, 3)
        8
    """
    return scalar.power(base, exponent) if type(exponent) is int else base**exponent


def leaves(expression: Expression) -> Iterator[Named]:
    """The named values in an expression, from left to right.

    Examples:
        >>> from scalarnn.tracing.symbols import symbol_of
        >>> [leaf.value for leaf in leaves(Minus(Named(symbol_of("x"), 3)))]
        [3]
    """
    if isinstance(expression, Named):
        yield expression
    elif isinstance(expression, Sum):
        for _, term in expression.terms:
            yield from leaves(term)
    else:
        for part in vars(expression).values():
            for entry in part if isinstance(part, tuple) else (part,):
                if isinstance(entry, Expression):
                    yield from leaves(entry)


def spelled(style: Style, expression: Expression, *symbols: Symbol) -> Style:
    """The style for a line: with exp(z) for eᶻ where one of its variables is called e.

    Examples:
        >>> from scalarnn.tracing.symbols import symbol_of
        >>> spelled(Style(), Number(1), symbol_of("e")).spell_exp
        True
    """
    inside = [leaf.symbol for leaf in leaves(expression)]
    is_taken = any(symbol.letter == "e" and not symbol.indices for symbol in [*symbols, *inside])
    return replace(style, spell_exp=True) if is_taken else style


def _value(expression: Expression) -> Any:
    if isinstance(expression, (Number, Named)):
        return expression.value
    if isinstance(expression, Sum):
        (first_sign, first), *others = expression.terms
        total = _value(first) if first_sign > 0 else 0 - _value(first)
        for sign, term in others:
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
        return raised(_value(expression.base), _value(expression.exponent))
    if isinstance(expression, Minus):
        return -_value(expression.inner)
    if isinstance(expression, Function):
        return FUNCTIONS[expression.name](*[_value(argument) for argument in expression.arguments])
    if isinstance(expression, Comparison):
        return bool(COMPARED[expression.sign](_value(expression.left), _value(expression.right)))
    if isinstance(expression, All):
        return all(_value(part) for part in expression.parts)
    raise TypeError(f"{expression!r} has no value")


COMPARED: dict[str, Any] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
FUNCTIONS: dict[str, Any] = {
    "exp": scalar.exp,
    "expm1": scalar.expm1,
    "log": scalar.log,
    "sqrt": scalar.sqrt,
    "log10": math.log10,
    "log2": math.log2,
    "log1p": scalar.log1p,
    "tanh": math.tanh,
    "sinh": math.sinh,
    "cosh": math.cosh,
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "atan": math.atan,
    "erf": math.erf,
    "φ": bell,
    "Φ": bell_area,
    "abs": abs,
    "fabs": math.fabs,
    "max": max,
    "min": min,
    "sum": lambda *terms: sum(terms),
    "fsum": lambda *terms: math.fsum(terms),
    "floor": math.floor,
    "ceil": math.ceil,
    "round": round,
    "int": int,
    "float": float,
    "//": operator.floordiv,
    "mod": operator.mod,
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
        if tightness == SUM or inner.startswith(("−", "-")):
            inner = _parenthesised(inner, style)
        return _sign(style) + inner, MINUS
    if isinstance(expression, Function):
        return _draw_function(expression, style)
    if isinstance(expression, Comparison):
        sign = sign_text(expression.sign, style)
        return f"{_draw(expression.left, style)[0]} {sign} {_draw(expression.right, style)[0]}", SUM
    if isinstance(expression, All):
        return (r" \text{ and } " if style.latex else " and ").join(
            write(part, style) for part in expression.parts
        ), SUM
    raise TypeError(f"{expression!r} is no expression")


SIGNS = {"<=": "≤", ">=": "≥", "!=": "≠", "==": "="}
LATEX_SIGNS = {"<=": r"\le", ">=": r"\ge", "!=": r"\ne", "==": "="}


def sign_text(sign: str, style: Style) -> str:
    """How a comparison is drawn: ≤ for <=.

    Examples:
        >>> sign_text("!=", Style()), sign_text(">", Style())
        ('≠', '>')
    """
    return (LATEX_SIGNS if style.latex else SIGNS).get(sign, sign)


def _draw_number(value: Any, style: Style) -> tuple[str, int]:
    text = number_text(value, style)
    if isinstance(value, (Dual, complex)):
        return text, SUM
    if text.startswith(("−", "-")):
        return text, MINUS
    if "/" in text or text.startswith(r"\frac"):
        return text, QUOTIENT
    return text, (PRODUCT if "cdot" in text else ATOM)


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
        if tightness == SUM or ((position > 0 or sign < 0) and text.startswith(("−", "-"))):
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
    side_by_side = side_by_side and not any(_ends_in_letters(factor) for factor in factors[:-1])
    if side_by_side and style.numbers:
        return "".join(_parenthesised(_draw(factor, style)[0], style) for factor in factors), PRODUCT
    if side_by_side:
        return (" " if style.latex else "").join(_draw(factor, style)[0] for factor in factors), PRODUCT
    texts = []
    for position, factor in enumerate(factors):
        text, tightness = _draw(factor, style)
        is_quotient = tightness == QUOTIENT and not isinstance(factor, (Number, Named))
        falls_apart = position > 0 and tightness <= MINUS and not text.startswith(r"\frac")
        if tightness == SUM or is_quotient or falls_apart:
            text = _parenthesised(text, style)
        texts.append(text)
    if not style.numbers and isinstance(factors[0], Number) and len(factors) == 2:
        second = factors[1]
        if isinstance(second, Named) and second.symbol.is_plain:
            return f"{texts[0]}{texts[1]}", PRODUCT
        if isinstance(second, Sum):
            return f"{texts[0]} {texts[1]}", PRODUCT
    return (r" \cdot " if style.latex else " · ").join(texts), PRODUCT


def _ends_in_letters(factor: Expression) -> bool:
    """Whether the next letter would run into it: w_new x, and d x, which is not dx."""
    if not isinstance(factor, Named):
        return False
    symbol = factor.symbol
    return (bool(symbol.mark) or symbol.letter == "d") and not symbol.indices and not symbol.number


def _draw_quotient(expression: Quotient, style: Style) -> tuple[str, int]:
    if style.latex:
        return rf"\frac{{{_draw(expression.top, style)[0]}}}{{{_draw(expression.bottom, style)[0]}}}", ATOM
    top = _held(expression.top, style, QUOTIENT)
    bottom = _held(expression.bottom, style, MINUS)
    if "∂" in bottom and not bottom.startswith("("):
        bottom = f"({bottom})"
    return f"{top} / {bottom}", QUOTIENT


def _draw_power(expression: Power, style: Style) -> tuple[str, int]:
    base = _held(expression.base, style, POWER)
    if base.startswith((r"\frac", "∂")):
        base = _parenthesised(base, style)
    exponent = _draw(expression.exponent, style)[0]
    if style.latex:
        return f"{base}^{{{exponent}}}", POWER
    raised = "".join("⁰¹²³⁴⁵⁶⁷⁸⁹"[int(c)] if c.isdigit() else c for c in exponent)
    return (base + raised, POWER) if exponent.isdigit() else (f"{base}^({exponent})", POWER)


BRACKETS = {"floor": ("⌊", "⌋"), "ceil": ("⌈", "⌉")}
LATEX_BRACKETS = {
    "floor": (r"\left\lfloor ", r" \right\rfloor"),
    "ceil": (r"\left\lceil ", r" \right\rceil"),
}
LOGARITHMS = {"2": "log₂", "10": "log₁₀"}


def _one_more(x: Expression) -> Sum:
    """1 + x, and 1 − x of a −x."""
    one = (1, Number(1))
    return Sum((one, (-1, x.inner))) if isinstance(x, Minus) else Sum((one, (1, x)))


def _draw_function(expression: Function, style: Style) -> tuple[str, int]:
    texts = [_draw(argument, style)[0] for argument in expression.arguments]
    inside = ", ".join(texts)
    if expression.name == "exp" and style.spell_exp:
        return (rf"\exp\left({inside}\right)" if style.latex else f"exp({inside})"), POWER
    if expression.name == "exp":
        return (f"e^{{{inside}}}" if style.latex else f"e^({inside})"), POWER
    if expression.name == "sqrt":
        return (rf"\sqrt{{{inside}}}" if style.latex else f"√({inside})"), POWER
    if expression.name in ("abs", "fabs") and "|" not in inside:
        return f"|{inside}|", ATOM
    if expression.name in BRACKETS:
        left, right = LATEX_BRACKETS[expression.name] if style.latex else BRACKETS[expression.name]
        return left + inside + right, ATOM
    if expression.name == "//":
        return _draw_function(Function("floor", (Quotient(*expression.arguments),)), style)
    if expression.name == "mod":
        left, right = (_held(argument, style, PRODUCT) for argument in expression.arguments)
        return rf"{left} \bmod {right}" if style.latex else f"{left} mod {right}", SUM
    if expression.name == "expm1":
        return (f"e^{{{inside}}} - 1" if style.latex else f"e^({inside}) − 1"), SUM
    if expression.name == "log1p":
        return _draw_function(Function("log", (_one_more(expression.arguments[0]),)), style)
    if expression.name in ("log2", "log10"):
        base = expression.name.removeprefix("log")
        return (rf"\log_{{{base}}}\left({inside}\right)" if style.latex else f"{LOGARITHMS[base]}({inside})"), POWER
    if style.latex:
        known = expression.name in ("log", "max", "min", "tanh", "sinh", "cosh", "sin", "cos", "tan")
        name = "\\" + expression.name if known else rf"\operatorname{{{expression.name}}}"
        name = {"Φ": r"\Phi", "φ": r"\varphi"}.get(expression.name, name)
        return rf"{name}\left({inside}\right)", POWER
    return f"{expression.name}({inside})", POWER
