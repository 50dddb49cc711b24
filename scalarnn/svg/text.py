"""What every picture is written with: escaped text, short numbers, short coordinates, and the frame around it all.

A picture is a pure function of what it shows: the same input gives the same text. It holds no id, so any two, and
the same one twice, stand on one page; `<title>` and `<desc>` name and describe the `<svg>` that they are in.
"""

from __future__ import annotations

import math

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

__all__ = [
    "Picture",
    "counted",
    "cut",
    "digits_below",
    "escape",
    "figure",
    "finite",
    "fitting",
    "key",
    "listed",
    "number",
]
__all__ += ["place", "side_by_side", "superscript"]

MINUS = "−"
SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉"
LONGEST_REPR = 500  # characters of a picture
LARGEST = 1e300  # twice this is still a float: differences of what is drawn never overflow


# ---- text ------------------------------------------------------------------------------------------------------------


def escape(text: Any) -> str:
    """Text that can stand in XML, between tags or in quotes; what XML cannot hold becomes a replacement character.

    Examples:
        >>> escape('a < b & "c"')
        'a &lt; b &amp; &quot;c&quot;'
        >>> escape("null" + chr(0))
        'null�'
    """
    kept = []
    for letter in str(text):
        code = ord(letter)
        forbidden = (code < 32 and letter not in "\t\n\r") or 0xD800 <= code <= 0xDFFF or code in (0xFFFE, 0xFFFF)
        kept.append("�" if forbidden else letter)
    clean = "".join(kept)
    return clean.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def number(value: Any, digits: int = 4) -> str:
    """A number for a reader: so many significant digits, a real minus sign, powers of ten far from 1.

    Args:
        value: anything that `float` takes; a whole number below a million stays as it is.
        digits: how many significant digits.

    Returns:
        Text.

    Examples:
        >>> number(0.5080319999999998), number(-2.0), number(1234.5678), number(1797)
        ('0.508', '−2', '1235', '1797')
        >>> number(0.00001234), number(-6.02e23, digits=2), number(float("nan")), number(float("-inf"))
        ('1.234×10⁻⁵', '−6×10²³', 'NaN', '−∞')
    """
    if isinstance(value, int) and abs(value) < 1_000_000:
        return str(int(value)).replace("-", MINUS)
    x = _as_float(value)
    if x != x:
        return "NaN"
    if x in (math.inf, -math.inf):
        return "∞" if x > 0 else MINUS + "∞"
    if x == 0:
        return "0"
    mantissa, _, power = f"{x:.{digits - 1}e}".partition("e")
    exponent = int(power)
    if -4 <= exponent < 6:
        return _trimmed(f"{x:.{max(0, digits - 1 - exponent)}f}")
    return f"{_trimmed(mantissa)}×10{superscript(exponent)}"


def fitting(value: Any, most: int = 6) -> str:
    """A number in so many letters, if fewer digits make it fit.

    Examples:
        >>> fitting(0.039421), fitting(-1.1512), fitting(21), fitting(-0.00012345)
        ('0.0394', '−1.151', '21', '−0.0001')
    """
    for digits in (4, 3, 2):
        text = number(value, digits)
        if len(text) <= most:
            return text
    return number(value, 1)


def superscript(value: int) -> str:
    """A whole number, raised.

    Examples:
        >>> superscript(-12)
        '⁻¹²'
    """
    raised = "".join(SUPERSCRIPTS[int(digit)] for digit in str(abs(value)))
    return "⁻" + raised if value < 0 else raised


def digits_below(value: int) -> str:
    """A whole number, lowered: an index.

    Examples:
        >>> "x" + digits_below(10)
        'x₁₀'
    """
    return "".join(SUBSCRIPTS[int(digit)] for digit in str(value))


def listed(values: Iterable[Any], most: int = 12) -> str:
    """Numbers or names for a description: `1, 2, 3`, and how many were left out.

    Examples:
        >>> listed([1, 0.25, "a"]), listed(range(20), most=3)
        ('1, 0.25, a', '0, 1, 2 and 17 more')
    """
    texts = [value if isinstance(value, str) else number(value) for value in values]
    if len(texts) > most:
        return f"{', '.join(texts[:most])} and {len(texts) - most} more"
    return ", ".join(texts)


def counted(count: int, thing: str, plural: str = "") -> str:
    """
    Examples:
        >>> counted(1, "class", "classes"), counted(2, "class", "classes"), counted(3, "sample")
        ('1 class', '2 classes', '3 samples')
    """
    return f"{number(count)} {thing if count == 1 else plural or thing + 's'}"


def cut(text: Any, most: int) -> str:
    """At most so many letters; an ellipsis says that there are more.

    Examples:
        >>> cut("Chinstrap", 6), cut("Gentoo", 6)
        ('Chins…', 'Gentoo')
    """
    words = str(text)
    return words if len(words) <= most else words[: max(1, most - 1)].rstrip() + "…"


# ---- numbers that are drawn ------------------------------------------------------------------------------------------


def finite(value: Any, name: str) -> float:
    """The value as a float that can be drawn.

    Raises:
        TypeError: it is not a number.
        ValueError: it is NaN, infinite or beyond ±1e300.

    Examples:
        >>> finite(float("nan"), "loss[3]")
        Traceback (most recent call last):
        ValueError: loss[3] is nan: expected a finite number between −1e300 and 1e300 to draw
    """
    if isinstance(value, (str, bytes)):
        raise TypeError(f"{name} is {value!r}, a {type(value).__name__}: expected a number")
    try:
        x = _as_float(value)
    except (TypeError, ValueError):
        raise TypeError(f"{name} is {value!r}, a {type(value).__name__}: expected a number") from None
    if not -LARGEST <= x <= LARGEST:
        raise ValueError(f"{name} is {value!r}: expected a finite number between −1e300 and 1e300 to draw")
    return x


def place(value: float) -> str:
    """A coordinate: one decimal, as short as can be.

    Examples:
        >>> place(12.04), place(-0.04), place(0.55)
        ('12', '0', '.6')
    """
    text = f"{value:.1f}"
    if text.endswith(".0"):
        text = text[:-2]
    if text == "-0":
        return "0"
    if text.startswith("0."):
        return text[1:]
    return "-" + text[2:] if text.startswith("-0.") else text


# ---- the frame -------------------------------------------------------------------------------------------------------


class Picture(str):
    """The text of a picture; a notebook draws it, as `alone` says.

    Examples:
        >>> Picture("<figure/>"), Picture("<figure>" + "x" * 1000 + "</figure>")
        ('<figure/>', <picture of 1,017 characters>)
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return str.__repr__(self) if len(self) < LONGEST_REPR else f"<picture of {len(self):,} characters>"


def figure(
    kind: str,
    size: tuple[float, float],
    title: str,
    spoken: str,
    parts: Sequence[str],
    keys: Sequence[str] = (),
    *,
    zoom: float = 1,
    steps: Sequence[str] = (),
) -> Picture:
    """A picture as HTML: `<figure>` around the `<svg>`; its title and keys below, and what plays it.

    Args:
        kind: plot, diagram or grid: a class for the stylesheet.
        size: width and height of the drawing, in its own units; about a pixel each on a phone.
        title: its name, also shown below it; "" would leave a picture without a name.
        spoken: what it shows, for those who do not see it.
        parts: the drawing.
        keys: what the colours and marks mean.
        zoom: how many pixels a unit is drawn large where there is room; plots grow by the stylesheet instead.
        steps: what happens in each step, from step 1, if the drawing has steps.

    Raises:
        ValueError: title or spoken is empty.
    """
    if not str(title).strip() or not str(spoken).strip():
        raise ValueError("a picture needs a title and a description: expected text that is not empty")
    width, height = size
    legend = f'<span class="picture__keys">{"".join(keys)}</span>' if keys else ""
    wide = " picture--wide" if width > 480 else ""
    stepping = " picture--steps" if steps else ""
    drawing = (
        f'<svg viewBox="0 0 {place(width)} {place(height)}" '
        f'width="{width * zoom:.0f}" role="img"><title>{escape(title)}</title><desc>{escape(spoken)}</desc>'
        f"{''.join(parts)}</svg>"
    )
    return Picture(
        f'<figure class="picture picture--{kind}{wide}{stepping}">{drawing}{_player(steps, drawing) if steps else ""}'
        f"<figcaption><strong>{escape(title)}</strong>{legend}</figcaption></figure>"
    )


def key(drawing: str, name: str) -> str:
    """An entry of the legend: a drawing of 26 by 12, and what it means.

    Examples:
        >>> key("<path/>", "loss")
        '<span class="picture__key"><svg viewBox="0 0 26 12" aria-hidden="true"><path/></svg>loss</span>'
    """
    drawn = f'<svg viewBox="0 0 26 12" aria-hidden="true">{drawing}</svg>'
    return f'<span class="picture__key">{drawn}{escape(name)}</span>'


def side_by_side(*figures: str) -> Picture:
    """Pictures in a row; below each other where there is no room.

    Examples:
        >>> side_by_side("<figure/>", "<figure/>")
        '<div class="pictures"><figure/><figure/></div>'
    """
    return Picture(f'<div class="pictures">{"".join(figures)}</div>')


def _player(steps: Sequence[str], drawing: str) -> str:
    """A row of buttons that the stylesheet understands, and what each step does.

    Play is there twice, one on top of the other: choosing the one that is not chosen starts it again. None is chosen at
    first, nor when the page is loaded anew.
    """
    from binascii import crc32

    group = f"steps-{crc32(drawing.encode()):08x}"
    plays = []
    for value in ("play", "again"):
        name = "Play" if value == "play" else "Play again"
        input_ = f'<input type="radio" name="{group}" value="{value}" aria-label="{name}" autocomplete="off"/>'
        plays.append(f'<label class="picture__play">{input_}Play</label>')
    buttons = [f'<span class="picture__plays">{"".join(plays)}</span>']
    lines = ['<p style="--step:99">Choose a step.</p>']
    for step in range(1, len(steps) + 1):
        input_ = f'<input type="radio" name="{group}" value="{step}" aria-label="Step {step}"/>'
        buttons.append(f"<label>{input_}{step}</label>")
        lines.append(f'<p style="--step:{step}">{escape(steps[step - 1])}</p>')
    return (
        f'<fieldset class="picture__player"><legend>Steps</legend>{"".join(buttons)}</fieldset>'
        f'<div class="picture__said">{"".join(lines)}</div>'
    )


def _as_float(value: Any) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def _trimmed(text: str) -> str:
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace("-", MINUS)
