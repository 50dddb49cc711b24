"""A number as somebody wrote it: what it says, to which digit, and whether a value agrees with it.

    0.0822   −1.5e-3   8.22 · 10⁻²   8,22 %   3/4   21

A number with a point says its value to its last digit, rounded or cut off; a fraction, or a number without a point, is
meant exactly.
"""

from __future__ import annotations

import math
import re
import unicodedata
from fractions import Fraction

from scalarnn.worked.own_numbers import LARGEST_EXPONENT, HomeworkError, short

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

__all__ = ["Figure", "read_figure"]

LONGEST = 200
FEWEST = 100  # of its last digits a value has, or it is written with more
NOISE = Fraction(1, 10**12)  # what another order of operations may change, as a part of the value
NOTHING = Fraction(1, 10**15)  # what may be left of a 0
DIGITS = re.compile(r"([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?")
TEN_TO = re.compile(r"\s*[·×*xX]\s*10\s*\^?\s*\(?([+-]?\d+)\)?$")
EXPECTED = "expected a number such as 0.0822, -1.5e-3, 8.22% or 3/4"


class Figure:
    """A number as written.

    Args:
        text: what was written.
        value: what it says, exactly.
        unit: what a 1 at its last digit is worth; 0 if it is meant exactly.
        n_digits: how many digits count.

    Examples:
        >>> figure = read_figure("0.0822")
        >>> figure.value, figure.unit, figure.n_digits
        (Fraction(411, 5000), Fraction(1, 10000), 3)
        >>> figure.agrees(0.082167), figure.agrees(0.0823)
        (True, False)
    """

    def __init__(self, text: str, value: Fraction, unit: Fraction, n_digits: int) -> None:
        self.text = text
        self.value = value
        self.unit = unit
        self.n_digits = n_digits
        self._near, self._reach = float(value), 2 * float(unit) + 1e-9

    def agrees(self, value: Any, *, cut: bool = True) -> bool:
        """Whether the value, rounded to these digits, is this number.

        Args:
            value: a number.
            cut: whether digits may have been cut off as well.
        """
        if not math.isfinite(value) or abs(float(value) - self._near) > self._reach + abs(value) * 1e-9:
            return False  # most are far off
        exact = Fraction(value)
        noise = abs(exact) * NOISE + NOTHING
        if abs(exact - self.value) <= self.unit / 2 + noise:
            return True
        return cut and 0 < abs(exact) - abs(self.value) < self.unit - noise and exact * self.value >= 0

    def misread(self, value: Any) -> Iterator[tuple[str, float]]:
        """Another value to as many digits, two neighbouring ones exchanged or one left out.

        Examples:
            >>> [number for _, number in read_figure("0.514").misread(0.541)]
            [0.451, 0.514, 0.41, 0.51, 0.54]
        """
        if self.unit == 0 or not math.isfinite(value):
            return
        digits, sign = str(round(abs(Fraction(value)) / self.unit)), -1 if value < 0 else 1
        for k in range(len(digits) - 1):
            if digits[k] != digits[k + 1]:
                exchanged = digits[:k] + digits[k + 1] + digits[k] + digits[k + 2 :]
                yield "two digits exchanged", float(int(exchanged) * self.unit) * sign
        for k in range(len(digits)):
            yield "a digit left out", float(int(f"{digits[:k]}{digits[k + 1 :]}0") * self.unit) * sign

    def written(self, value: Any) -> str:
        """Another value to as many digits behind the point, or to more if few of its own would be seen; in full if this
        number is meant exactly.

        Examples:
            >>> [read_figure("0.0022").written(value) for value in (0.0123, 0.00001234)]
            ['0.0123', '1.23e-05']
        """
        if self.unit == 0 or not math.isfinite(value):
            return str(value) if isinstance(value, Fraction) else f"{value:.17g}"
        decimals = max(0, -math.floor(math.log10(self.unit)))
        if value == 0 or abs(value) >= FEWEST * self.unit:
            return f"{float(value):.{min(decimals, 17)}f}"
        return f"{float(value):.{max(3, min(self.n_digits, 12))}g}"


def read_figure(text: str) -> Figure:
    """What a number says.

    Raises:
        HomeworkError: it is none, or may be meant in two ways.

    Examples:
        >>> [read_figure(text).value for text in ("−2,50", "8.22 · 10⁻²", "12.5 %", "½", "1e3")]
        [Fraction(-5, 2), Fraction(411, 5000), Fraction(1, 8), Fraction(1, 2), Fraction(1000, 1)]
    """
    if len(text) > LONGEST:
        raise HomeworkError(f"{short(text)!r}: {LONGEST} characters at most")
    plain = _plain(text)
    if "/" in plain:
        over, _, under = plain.partition("/")
        if under.strip().startswith("-"):
            raise HomeworkError(f"{text.strip()!r}: {EXPECTED}")
        p, q = _decimal(over.strip(), text), _decimal(under.strip(), text)
        if q.value == 0:
            raise HomeworkError(f"{text.strip()!r}: a division by zero")
        return Figure(text.strip(), p.value / q.value, Fraction(0), p.n_digits + q.n_digits)
    if plain.endswith("%"):
        percent = _decimal(plain[:-1].strip(), text)
        unit = percent.unit or Fraction(int("." not in plain))
        return Figure(text.strip(), percent.value / 100, unit / 100, percent.n_digits)
    return _decimal(plain, text)


def _plain(text: str) -> str:
    """With an ASCII minus, a point, and 10⁻² as e-2."""
    for minus in "−–‐‑":
        text = text.replace(minus, "-")
    text = re.sub("[⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+", lambda found: "^" + unicodedata.normalize("NFKC", found[0]), text)
    text = unicodedata.normalize("NFKC", text).replace("⁄", "/").replace("−", "-").strip()
    text = re.sub(r"(…|\.\.\.)$", "", text)
    text = re.sub(r"(?<=\d)[ '_’](?=\d{3})", "", text)
    text = TEN_TO.sub(r"e\1", text)
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+\.\d+.*", text):
        return text.replace(",", "")
    found = re.fullmatch(r"([+-]?\d*),(\d+)(.*)", text)
    if found is None:
        return text
    if len(found[2]) == 3 and found[1].lstrip("+-") not in ("", "0"):
        raise HomeworkError(
            f"{text!r} may be {found[1]}.{found[2]} or {found[1]}{found[2]}: expected a point, or neither"
        )
    return f"{found[1]}.{found[2]}{found[3]}"


def _decimal(plain: str, text: str) -> Figure:
    found = DIGITS.fullmatch(plain)
    if found is None or not (found[2] or found[3]):
        raise HomeworkError(f"{short(text.strip())!r}: {EXPECTED}")
    sign, whole, behind, exponent = found[1], found[2], found[3] or "", int(found[4] or 0)
    if abs(exponent) > LARGEST_EXPONENT:
        raise HomeworkError(f"{short(text.strip())!r}: expected an exponent up to {LARGEST_EXPONENT}")
    digits = whole + behind
    size = Fraction(10) ** (exponent - len(behind))
    value = int(digits) * size * (-1 if sign == "-" else 1)
    is_exact = found[3] is None and found[4] is None
    return Figure(text.strip(), value, Fraction(0) if is_exact else size, len(digits.lstrip("0")))
