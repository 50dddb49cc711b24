"""Axes: ticks at numbers that a person would choose, on a linear or a logarithmic scale; and the grid they make.

low, high     the range of numbers that the axis shows
start, end    where those two are drawn
"""

from __future__ import annotations

import math

from scalarnn.svg.text import MINUS, escape, number, place, superscript

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    Point = tuple[float, float]

__all__ = ["Axis", "Frame", "log_ticks", "ticks_between"]

LETTER = 6.8  # at most about how wide a letter of 11 units is
ROW = 15
FAR = 1e9  # lengths beyond the end of an axis: as far as a point can be


def ticks_between(low: float, high: float, most: int = 5) -> list[tuple[float, str]]:
    """Multiples of 1, 2 or 5 times a power of ten in a range, with their text.

    Args:
        low: where the range begins.
        high: where it ends, above low.
        most: how many steps at most.

    Returns:
        The ticks in order, each a number and its text.

    Examples:
        >>> ticks_between(-0.3, 1.05)
        [(-0.2, '−0.2'), (0.0, '0.0'), (0.2, '0.2'), (0.4, '0.4'), (0.6, '0.6'), (0.8, '0.8'), (1.0, '1.0')]
        >>> [text for _, text in ticks_between(0, 3_000_000)]
        ['0', '5×10⁵', '10⁶', '1.5×10⁶', '2×10⁶', '2.5×10⁶', '3×10⁶']
    """
    exponent = math.floor(math.log10((high - low) / most))
    for digit in (1, 2, 5, 10):
        # a step one hair too small would give a tick too many
        if _counts(low, high, digit, exponent)[1] - _counts(low, high, digit, exponent)[0] <= most + 1:
            break
    first, last = _counts(low, high, digit, exponent)
    ticks = []
    for count in range(first, last + 1):
        whole = count * digit  # the tick is whole · 10^exponent, exactly
        ticks.append((float(f"{whole}e{exponent}"), _tick_text(whole, exponent, low, high)))
    return ticks


def log_ticks(low: float, high: float, most: int = 6) -> list[tuple[float, str]]:
    """Powers of ten in a range, every so many if there are lots; 1, 2 and 5 of each if there are few.

    Examples:
        >>> [text for _, text in log_ticks(0.0004, 3)]
        ['0.001', '0.01', '0.1', '1']
        >>> [text for _, text in log_ticks(0.3, 2.5)]
        ['0.5', '1', '2']
    """
    first, last = math.ceil(math.log10(low) - 1e-9), math.floor(math.log10(high) + 1e-9)
    if last - first >= 2:
        every = 1 + (last - first) // most
        powers = [power for power in range(first, last + 1) if power % every == 0]
        return [(float(f"1e{power}"), _power_text(power)) for power in powers]
    ticks = []
    for power in range(first - 1, last + 1):
        for digit in (1, 2, 5):
            tick = float(f"{digit}e{power}")
            if low * (1 - 1e-9) <= tick <= high * (1 + 1e-9):
                ticks.append((tick, number(tick)))
    if len(ticks) < 2:
        return ticks_between(low, high, most)
    return ticks


class Axis:
    """A range of numbers, its ticks, and where on the paper each number is.

    Args:
        low: the smallest number.
        high: the largest; the same number twice makes an axis around it.
        log: a logarithmic scale.
        ticks: numbers to mark; None to choose them.
        whole: ticks at whole numbers only, as for epochs.
        out: widen the range to the next ticks.
        name: what the axis measures.

    Raises:
        ValueError: high is below low, or a logarithmic axis does not begin above 0.

    Examples:
        >>> axis = Axis(0, 10, name="epoch")
        >>> axis.start, axis.end = 0, 340
        >>> axis.place(5), [text for _, text in axis.ticks]
        (170.0, ['0', '2', '4', '6', '8', '10'])
    """

    def __init__(
        self,
        low: float,
        high: float,
        *,
        log: bool = False,
        ticks: Sequence[float] | None = None,
        whole: bool = False,
        out: bool = False,
        name: str = "",
    ) -> None:
        if high < low:
            raise ValueError(f"an axis from {low!r} to {high!r}: expected the smaller number first")
        if log and low <= 0:
            raise ValueError(f"a logarithmic axis from {low!r}: expected numbers above 0")
        low, high = _widened(low, high, log)
        self.log = log
        self.name = name
        self.start, self.end = 0.0, 1.0
        if ticks is not None:
            self.ticks = [(float(tick), number(tick)) for tick in ticks]
        elif log:
            self.ticks = log_ticks(low, high)
        else:
            self.ticks = ticks_between(low, high)
            if out and len(self.ticks) > 1:
                low, high = _to_next_ticks(low, high, self.ticks)
                self.ticks = ticks_between(low, high, len(self.ticks) + 2)
            if whole:
                self.ticks = [(tick, number(int(tick))) for tick, _ in self.ticks if tick == int(tick)]
        self.low, self.high = low, high

    def place(self, value: float) -> float:
        """Where a number is drawn: between start and end if it is in the range."""
        if self.log:
            bottom, top = math.log10(self.low), math.log10(self.high)
            share = (math.log10(value) - bottom) / (top - bottom)
        else:
            share = (value - self.low) / (self.high - self.low)
        share = min(max(share, -FAR), FAR)
        return self.start + share * (self.end - self.start)

    def room(self) -> float:
        """How much paper the longest tick text takes."""
        return LETTER * max((len(text) for _, text in self.ticks), default=0)


class Frame:
    """Two axes on paper of a size, with a grid; `at` places a point, `lines` joins several."""

    def __init__(self, x: Axis, y: Axis, width: float, height: float) -> None:
        self.x, self.y = x, y
        self.width, self.height = width, height
        self.inline = 0 < len(x.name) <= 2 and len(x.ticks) > 1  # a letter finds room between the last two ticks
        x.start, x.end = max(34.0, y.room() + 12), width - 12
        y.start = height - 26 - (0 if self.inline or not x.name else ROW)
        y.end = 26.0 if y.name else 12.0

    def at(self, point: Sequence[float]) -> tuple[float, float]:
        """Where a point is drawn."""
        return self.x.place(point[0]), self.y.place(point[1])

    def grid(self) -> list[str]:
        """Lines and texts of both axes; the line at 0 is stronger."""
        x, y = self.x, self.y
        parts = []
        for tick, text in y.ticks:
            down = y.place(tick)
            parts.append(_line(tick == 0 and not y.log, x.start, down, x.end, down))
            parts.append(_words(x.start - 6, down + 4, text, "end"))
        room = 0.0
        for tick, text in x.ticks:
            across = x.place(tick)
            parts.append(_line(tick == 0 and not x.log, across, y.start, across, y.end))
            half = LETTER * len(text) / 2
            if across - half >= room:  # texts that would touch are left out
                middle = min(across, self.width - half)
                parts.append(_words(middle, y.start + 17, text, "middle"))
                room = across + half + LETTER
        if self.inline:
            across = (x.place(x.ticks[-2][0]) + x.place(x.ticks[-1][0])) / 2
            parts.append(_words(across, y.start + 17, x.name, "middle"))
        elif x.name:
            parts.append(_words((x.start + x.end) / 2, y.start + 17 + ROW, x.name, "middle", "picture__name"))
        if y.name:
            parts.append(_words(2, 13, y.name, "start", "picture__name"))
        return parts

    def holds(self, point: Sequence[float]) -> bool:
        """Whether a point is in the range of both axes."""
        return self.x.low <= point[0] <= self.x.high and self.y.low <= point[1] <= self.y.high

    def lines(self, points: Sequence[Sequence[float]]) -> str:
        """The d of a line through points, without what is outside the axes.

        Examples:
            >>> frame = Frame(Axis(0, 10), Axis(0, 10), 340, 236)
            >>> frame.lines([(0, 5), (10, 15)])
            'M34 111L181 12'
        """
        d = ""
        for k in range(1, len(points)):
            inside = self._inside(self.at(points[k - 1]), self.at(points[k]))
            if inside is None:
                continue
            start, end = (f"{place(across)} {place(down)}" for across, down in inside)
            d += f"L{end}" if d.endswith(start) else f"M{start}L{end}"
        return d

    def _inside(self, start: Point, end: Point) -> tuple[Point, Point] | None:
        """The part of a straight line that lies between the axes: from share `first` to share `last` of it."""
        first, last = 0.0, 1.0
        window = ((self.x.start, self.x.end), (self.y.end, self.y.start))
        for axis in (0, 1):
            way = end[axis] - start[axis]
            to_low, to_high = window[axis][0] - start[axis], window[axis][1] - start[axis]
            if way == 0:
                if to_low > 0 or to_high < 0:
                    return None
                continue
            near, far = sorted((to_low / way, to_high / way))
            first, last = max(first, near), min(last, far)
        if first > last:
            return None
        return _between(start, end, first), _between(start, end, last)


def spread(values: Sequence[float], share: float = 0.0) -> tuple[float, float]:
    """The smallest and the largest of some numbers, and a share of their distance more on each side.

    Examples:
        >>> spread([0, 10, 5], 0.1)
        (-1.0, 11.0)
    """
    low, high = min(values), max(values)
    more = (high - low) * share
    return low - more, high + more


def _between(start: Point, end: Point, share: float) -> Point:
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def _counts(low: float, high: float, digit: int, exponent: int) -> tuple[int, int]:
    step = float(f"{digit}e{exponent}")
    return math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)


def _widened(low: float, high: float, log: bool) -> tuple[float, float]:
    """A range that can be divided: around a single number there is some air."""
    size = max(abs(low), abs(high))
    if high - low > 1e-9 * size and high - low > 1e-290:
        return low, high
    if log:
        return max(low / 10, 5e-324), high * 10
    if size < 1e-280:
        return -1.0, 1.0
    return low - size / 2, high + size / 2


def _to_next_ticks(low: float, high: float, ticks: list[tuple[float, str]]) -> tuple[float, float]:
    step = ticks[1][0] - ticks[0][0]
    first, last = ticks[0][0], ticks[-1][0]
    return (first - step if low < first - step * 1e-6 else first), (last + step if high > last + step * 1e-6 else last)


def _tick_text(whole: int, exponent: int, low: float, high: float) -> str:
    """whole · 10^exponent, with as many decimals as the step has, so that the texts of an axis look alike."""
    size = max(abs(low), abs(high))
    if 1e-4 <= size < 1e6 and exponent > -7:
        if exponent >= 0:
            text = str(whole * 10**exponent)
        else:
            digits = str(abs(whole)).rjust(1 - exponent, "0")
            sign = "-" if whole < 0 else ""
            text = f"{sign}{digits[:exponent]}.{digits[exponent:]}"
        return text.replace("-", MINUS)
    if whole == 0:
        return "0"
    mantissa = str(whole)
    power = exponent
    while mantissa.endswith("0"):
        mantissa, power = mantissa[:-1], power + 1
    digits = mantissa.lstrip("-")
    power += len(digits) - 1
    front = digits[0] + ("." + digits[1:] if len(digits) > 1 else "")
    sign = MINUS if whole < 0 else ""
    return f"{sign}{'' if front == '1' else front + '×'}10{superscript(power)}"


def _power_text(power: int) -> str:
    if -3 <= power <= 4:
        return number(float(f"1e{power}"))
    return f"10{superscript(power)}"


def _line(strong: bool, x0: float, y0: float, x1: float, y1: float) -> str:
    kind = "picture__axis" if strong else "picture__grid"
    return f'<path class="{kind}" d="M{place(x0)} {place(y0)}L{place(x1)} {place(y1)}"/>'


def _words(x: float, y: float, text: str, anchor: str, kind: str = "") -> str:
    kind = f' class="{kind}"' if kind else ""
    return f'<text{kind} x="{place(x)}" y="{place(y)}" text-anchor="{anchor}">{escape(text)}</text>'
