"""Long lines in several, as a formatter writes them; nested targets; what stands after return."""

from __future__ import annotations

from scalarnn.unrolled.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

__all__ = ["returned", "unpacked", "wrapped"]

WIDTH = 120
OPENING, CLOSING = "([{", ")]}"
COMPARED = (" < ", " > ", " <= ", " >= ", " == ", " != ")


def unpacked(template: Any, name_of: Callable[[Value], str], outermost: bool = True) -> str:
    """Names nested as a list is, to stand on the left of =; what is known already is passed over."""
    if type(template) is Value:
        return name_of(template)
    if not isinstance(template, (list, tuple)):
        return "_"
    entries = [unpacked(entry, name_of, False) for entry in template]
    if not entries:
        return "[]"
    text = ", ".join(entries)
    if len(entries) == 1:
        return f"({text},)"
    return text if outermost else f"({text})"


def returned(text: str, result: Any) -> str:
    """The outer brackets of a pair are not written after return."""
    if isinstance(result, tuple) and len(result) > 1:
        return text[1:-1]
    return text


def wrapped(text: str, depth: int, width: int = WIDTH) -> list[str]:
    """A line, in several where it is too long: broken at the outermost commas or operators, in brackets."""
    indent = "    " * depth
    if len(indent) + len(text) <= width:
        return [indent + text]
    head, body, tail = _split(text)
    if body is None:
        return [indent + text]
    pieces = _pieces(body)
    lines = [f"{indent}{head}"]
    for piece in pieces:
        lines.extend(wrapped(piece, depth + 1, width))
    lines.append(f"{indent}{tail}")
    return lines


def _split(text: str) -> tuple[str, str | None, str]:
    """What stands before, in and after the brackets to open; an expression without any is put into some."""
    for start in ("return ", "const ", "let "):
        if text.startswith(start):
            head, body, tail = _split(text.removeprefix(start))
            return start + head, body, tail
    for start in ("if ", "else ", "and ", "or ", "+ ", "- ", "* ", "/ ", *(sign[1:] for sign in COMPARED)):
        if text.startswith(start) and not text.endswith(":"):
            head, body, tail = _split(text.removeprefix(start))
            return start + head, body, tail
    at = _assignment(text)
    if at is not None:
        left, right = text[:at], text[at + 3 :]
        if len(left) > WIDTH // 2 and not right.count(" "):
            if left[0] in OPENING and _closing(left, 0) == len(left) - 1:
                return left[0], left[1:-1], f"{left[-1]} = {right}"
            return "(", left, f") = {right}"
        head, body, tail = _split_expression(right)
        return f"{left} = {head}", body, tail
    for start in ("if ", "elif "):
        if text.startswith(start) and text.endswith(":"):
            return f"{start}(", text[len(start) : -1], "):"
    if text.endswith(":") and text.startswith("def "):
        opening = text.index("(")
        return text[: opening + 1], text[opening + 1 : -2], "):"
    opening = text.find("(")
    if opening > 0 and _closing(text, opening) == len(text) - 1:
        return text[: opening + 1], text[opening + 1 : -1], ")"
    if text.endswith(","):
        head, body, tail = _split_expression(text[:-1])
        return head, body, tail + ","
    return _split_expression(text)


def _split_expression(text: str) -> tuple[str, str | None, str]:
    opening = next((i for i in range(len(text)) if text[i] in OPENING), None)
    if opening is not None and _closing(text, opening) == len(text) - 1 and " " not in text[:opening]:
        return text[: opening + 1], text[opening + 1 : -1], text[-1]
    if len(_pieces(text)) > 1:
        return "(", text, ")"
    return text, None, ""


def _assignment(text: str) -> int | None:
    depth = 0
    for i in range(len(text)):
        if text[i] in OPENING:
            depth += 1
        elif text[i] in CLOSING:
            depth -= 1
        elif depth == 0 and text.startswith(" = ", i):
            return i
    return None


def _closing(text: str, opening: int) -> int:
    depth = 0
    for i in range(opening, len(text)):
        if text[i] in OPENING:
            depth += 1
        elif text[i] in CLOSING:
            depth -= 1
            if depth == 0:
                return i
    return -1


def _pieces(text: str) -> list[str]:
    """Parts between the outermost commas; without any, between the weakest operators, each with its sign in front."""
    commas = _cuts(text, (", ",))
    if len(commas) > 1:
        return [f"{piece}," for piece in commas]
    for signs in ((" if ", " else "), (" or ",), (" and ",), COMPARED, (" + ", " - "), (" * ", " / ")):
        pieces = _cuts(text, signs)
        if len(pieces) > 1:
            return pieces
    return [text]


def _cuts(text: str, signs: tuple[str, ...]) -> list[str]:
    pieces, depth, start = [], 0, 0
    i = 0
    while i < len(text):
        if text[i] in OPENING:
            depth += 1
        elif text[i] in CLOSING:
            depth -= 1
        elif depth == 0:
            sign = next((sign for sign in signs if text.startswith(sign, i)), None)
            if sign is not None and i > start:
                pieces.append(text[start:i])
                start = i + (len(sign) if sign == ", " else 1)
                i += len(sign) - 1
        i += 1
    last = text[start:]
    if last and last != ",":
        pieces.append(last.rstrip(",") if signs == (", ",) else last)
    return pieces
