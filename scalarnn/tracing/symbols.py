"""Names of the code as symbols of mathematics, by the naming rules of this package.

    w, x, z, y_hat      w, x, z, ŷ
    W1, dL_dz           W₁, ∂L/∂z
    dL_dw_i             ∂L/∂wᵢ, or ∂L/∂w₂ where i is 2
    W_out, w_new        W_out, w_new (as text)
    learning_rate       η
    log_y_hat_k         log ŷₖ
    total, losses       a word stays a word

A symbol is drawn as Unicode text or as LaTeX.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Symbol", "symbol_of", "symbols_of"]

GREEK = {
    "alpha": "α",
    "beta": "β",
    "gamma": "γ",
    "delta": "δ",
    "epsilon": "ε",
    "eta": "η",
    "theta": "θ",
    "lambda": "λ",
    "mu": "μ",
    "rho": "ρ",
    "sigma": "σ",
}
ALIASES = {"learning_rate": "eta", "strength": "lambda", "lambda_": "lambda"}
TEX = {"epsilon": "varepsilon"}  # where TeX has two shapes, the one that Unicode text has
INDEX_LETTERS = "ijknmtl"
APART = ("new", "old")  # W_out,new; other words belong together: y_two_layers
SUBSCRIPTS = dict(zip("0123456789ijknmtl+-", "₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₙₘₜₗ₊₋", strict=True))
HAT = "\N{COMBINING CIRCUMFLEX ACCENT}"
READY_MADE_HATS = {"y": "ŷ", "a": "â", "w": "ŵ", "z": "ẑ"}


class Symbol:
    """A letter with its hat, its mark (such as out, new) and its indices; or one of two derived kinds.

    Attributes:
        letter: one Latin or Greek letter, or a whole word.
        is_word: a word stays upright and is never run together with its neighbours.
        hat: whether it wears one.
        mark: text below it, such as "out".
        number: a number that belongs to the name, as in W1; it stands before the indices.
        indices: whole numbers, or letters where no number is known.
        over: for ∂over/∂under, the symbol on top.
        under: for ∂over/∂under, the symbol below.
        prefix: a function written before it, such as "log ", or "1 − ".
    """

    __slots__ = ("hat", "indices", "is_word", "letter", "mark", "number", "over", "prefix", "under")

    def __init__(self, letter: str, *, is_word: bool = False) -> None:
        self.letter = letter
        self.is_word = is_word
        self.hat = False
        self.mark = ""
        self.number = ""
        self.indices: tuple[int | str, ...] = ()
        self.over: Symbol | None = None
        self.under: Symbol | None = None
        self.prefix = ""

    @property
    def is_plain(self) -> bool:
        """Whether it may stand beside another without a dot: w₀x₀."""
        return not self.is_word and self.over is None and not self.prefix

    def at(self, *more: int | str) -> Symbol:
        """The same symbol with further indices: of ∂L/∂W, the lower one gets them; of ∂Lₙ/∂Z, the first is n too."""
        copy = Symbol(self.letter, is_word=self.is_word)
        copy.hat, copy.mark, copy.prefix, copy.number = self.hat, self.mark, self.prefix, self.number
        copy.over, copy.under = self.over, self.under
        if self.over is not None and self.under is not None:
            if more and isinstance(more[0], int) and not self.under.indices:
                copy.over = self.over.with_values({"n": more[0]})
            copy.under = self.under.at(*more)
        else:
            copy.indices = self.indices + more
        return copy

    def without_last_index(self) -> Symbol:
        """L for Lₙ."""
        copy = self.at()
        copy.indices = self.indices[:-1]
        return copy

    def without_numbers(self) -> Symbol:
        """x for x₁ and x₁₂; letters stay."""
        copy = self.at()
        copy.number = ""
        copy.indices = tuple(index for index in self.indices if isinstance(index, str))
        if self.over is not None and self.under is not None:
            copy.over, copy.under = self.over.without_numbers(), self.under.without_numbers()
        return copy

    def over_(self, under: Symbol) -> Symbol:
        """∂self/∂under."""
        symbol = Symbol("∂")
        symbol.over, symbol.under = self, under
        return symbol

    def bare(self) -> Symbol:
        """The same symbol without indices."""
        copy = self.at()
        copy.indices = ()
        if self.over is not None and self.under is not None:
            copy.over, copy.under = self.over.bare(), self.under.bare()
        return copy

    def index_letters(self) -> list[str]:
        """The indices that are still letters."""
        parts = [self] if self.over is None or self.under is None else [self.over, self.under]
        return [index for part in parts for index in part.indices if isinstance(index, str)]

    def with_values(self, values: Mapping[str, int]) -> Symbol:
        """The same symbol with index letters replaced by the numbers they stand for."""
        copy = self.at()
        copy.indices = tuple(values.get(index, index) if isinstance(index, str) else index for index in self.indices)
        if self.over is not None and self.under is not None:
            copy.over, copy.under = self.over.with_values(values), self.under.with_values(values)
        return copy

    def unicode(self) -> str:
        """As text.

        Examples:
            >>> symbol_of("dL_dW").at(1, 2).unicode(), symbol_of("y_hat_k").unicode()
            ('∂L/∂W₁₂', 'ŷₖ')
        """
        if self.over is not None and self.under is not None:
            return f"∂{self.over.unicode()}/∂{self.under.unicode()}"
        letter = self.letter if self.is_word else GREEK.get(self.letter, self.letter)
        if self.hat:
            letter = READY_MADE_HATS.get(letter, letter + HAT)
        mark = f"_{self.mark}" if self.mark else ""
        if self.is_word and self.indices:
            return f"{self.prefix}{letter}[{', '.join(str(index) for index in self.indices)}]"
        number = _unicode_indices((self.number,)) if self.number else ""
        comma = "," if number and self.indices else ""
        return f"{self.prefix}{letter}{mark}{number}{comma}{_unicode_indices(self.indices)}"

    def latex(self) -> str:
        r"""As LaTeX.

        Examples:
            >>> symbol_of("dL_dW").at(1, 2).latex(), symbol_of("W_out").latex()
            ('\\frac{\\partial L}{\\partial W_{12}}', 'W_{\\text{out}}')
        """
        if self.over is not None and self.under is not None:
            return rf"\frac{{\partial {self.over.latex()}}}{{\partial {self.under.latex()}}}"
        if self.is_word:
            letter = rf"\text{{{self.letter.replace('_', ' ')}}}"
        else:
            letter = "\\" + TEX.get(self.letter, self.letter) if self.letter in GREEK else self.letter
        if self.hat:
            letter = rf"\hat{{{letter}}}"
        below = [rf"\text{{{self.mark.replace('_', ' ')}}}"] if self.mark else []
        if self.number:
            below.append(self.number)
        if self.indices:
            below.append(_latex_indices(self.indices))
        prefix = {"log ": r"\log ", "1 − ": "1 - "}.get(self.prefix, self.prefix)
        return prefix + letter + (f"_{{{', '.join(below)}}}" if below else "")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Symbol) and self.unicode() == other.unicode()

    def __hash__(self) -> int:
        return hash(self.unicode())

    def __repr__(self) -> str:
        return f"<Symbol {self.unicode()}>"


def symbol_of(name: str) -> Symbol:
    """The symbol of a name.

    Examples:
        >>> [symbol_of(name).unicode() for name in ("dL_dw_i", "y_hat", "learning_rate", "W1", "log_S", "total")]
        ['∂L/∂wᵢ', 'ŷ', 'η', 'W₁', 'log S', 'total']
    """
    partial = re.fullmatch(r"d(.+?)_d(.+)", name)
    if partial:
        over, under = symbol_of(partial[1]), symbol_of(partial[2])
        if over.is_plain and under.is_plain:
            return over.over_(under)
    for start, prefix in (("log_", "log "), ("one_minus_", "1 − ")):
        rest = name.removeprefix(start)
        if rest != name and symbol_of(rest).is_plain:
            symbol = symbol_of(rest)
            symbol.prefix = prefix
            return symbol
    return _plain_symbol(ALIASES.get(name, name))


def symbols_of(names: Iterable[str]) -> dict[str, Symbol]:
    """The symbols of the names of one function, no two of them alike: beside a list x, the name x1 stays a word.

    Examples:
        >>> {name: symbol.unicode() for name, symbol in symbols_of(["x", "x1", "eta", "learning_rate", "z_j"]).items()}
        {'x': 'x', 'x1': 'x1', 'eta': 'eta', 'learning_rate': 'learning_rate', 'z_j': 'zⱼ'}
    """
    symbols = {name: symbol_of(name) for name in names}
    count: dict[str, int] = {}
    for symbol in symbols.values():
        count[symbol.unicode()] = count.get(symbol.unicode(), 0) + 1
    for name, symbol in symbols.items():
        stem = symbol.without_numbers().unicode()
        if count[symbol.unicode()] > 1 or (stem != symbol.unicode() and stem in count):
            symbols[name] = Symbol(name, is_word=True)
    return symbols


def _plain_symbol(name: str) -> Symbol:
    first, *rest = name.split("_")
    shape = re.fullmatch(r"([A-Za-z])(n?)(\d*)|([a-z]+)(\d*)", first)
    letter = shape and (shape[1] or (shape[4] if shape[4] in GREEK else None))
    if shape and shape[2] and letter and letter.islower():  # an is a word; Ln is the loss of sample n
        letter = None
    if not letter or not all(rest):
        return Symbol(name, is_word=True)
    symbol = Symbol(letter)
    indices: list[int | str] = []
    if shape and shape[2]:
        indices.append(shape[2])
    digits = shape and (shape[3] or shape[5])
    if digits:
        symbol.number = digits
    for part in rest:
        if part == "hat":
            symbol.hat = True
        elif len(part) == 1 and part in INDEX_LETTERS:
            indices.append(part)
        elif part.isdigit():
            indices.append(int(part))
        else:
            sign = "," if part in APART else "_"
            symbol.mark = f"{symbol.mark}{sign}{part}" if symbol.mark else part
    symbol.indices = tuple(indices)
    return symbol


def _unicode_indices(indices: tuple[int | str, ...]) -> str:
    """₁₂ for 1 and 2; ₁,₁₂ for 1 and 12, which would read as three otherwise."""
    texts = ["".join(SUBSCRIPTS.get(c, c) for c in str(index)) for index in indices]
    return ("," if any(len(text) > 1 for text in texts) else "").join(texts)


def _latex_indices(indices: tuple[int | str, ...]) -> str:
    texts = [str(index) for index in indices]
    return (", " if any(len(text) > 1 for text in texts) else "").join(texts)
