"""Protocol buffers, the little of them that ONNX needs: fields of bytes, each with a number and a kind.

key      8 · number + kind; kind 0 is a whole number, 1 and 5 are eight and four bytes, 2 is a length and so many bytes
varint   a whole number in groups of seven bits, the lowest first; the highest bit says that more follow
"""

from __future__ import annotations

import struct

from scalarnn.exchange.tensors import ExchangeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

__all__ = ["Fields", "field", "message"]

MOST_FIELDS = 200_000
CUT_OFF = "ONNX: cut off, or no protocol buffer"


class Fields:
    """The fields of a message: number → what stands there, in order.

    Args:
        data: the bytes of the message.

    Raises:
        ExchangeError: they are none.

    Examples:
        >>> fields = Fields(message(field(1, 300), field(2, "relu"), field(2, "tanh")))
        >>> fields.number(1), fields.texts(2), fields.number(7)
        (300, ['relu', 'tanh'], 0)
    """

    def __init__(self, data: bytes) -> None:
        self.found: dict[int, list[Any]] = {}
        at = n = 0
        while at < len(data):
            n += 1
            if n > MOST_FIELDS:
                raise ExchangeError(f"ONNX: more than {MOST_FIELDS} parts of one message")
            key, at = _varint(data, at)
            number, kind = key >> 3, key & 7
            value: Any
            if kind == 0:
                value, at = _varint(data, at)
                if value >= 2**63:  # a negative one
                    value -= 2**64
            elif kind in (1, 2, 5):
                length, at = _varint(data, at) if kind == 2 else ({1: 8, 5: 4}[kind], at)
                if length > len(data) - at:
                    raise ExchangeError(CUT_OFF)
                value, at = data[at : at + length], at + length
            else:
                raise ExchangeError(CUT_OFF)
            self.found.setdefault(number, []).append(value)

    def messages(self, number: int) -> list[Fields]:
        """The messages of a field."""
        return [Fields(part) for part in self.pieces(number)]

    def pieces(self, number: int) -> list[bytes]:
        """The bytes of a field."""
        parts = self.found.get(number, [])
        if not all(isinstance(part, bytes) for part in parts):
            raise ExchangeError(CUT_OFF)
        return parts

    def texts(self, number: int) -> list[str]:
        """The texts of a field."""
        return [part.decode("utf-8", "replace") for part in self.pieces(number)]

    def text(self, number: int) -> str:
        """The last text of a field, or none."""
        return (self.texts(number) or [""])[-1]

    def numbers(self, number: int) -> list[int]:
        """The whole numbers of a field, which may stand together in one."""
        found: list[int] = []
        for part in self.found.get(number, []):
            if isinstance(part, int):
                found.append(part)
                continue
            at = 0
            while at < len(part):
                value, at = _varint(part, at)
                found.append(value - 2**64 if value >= 2**63 else value)
        return found

    def number(self, number: int, usual: int = 0) -> int:
        """The last whole number of a field."""
        return (self.numbers(number) or [usual])[-1]

    def floats(self, number: int, letter: str = "f") -> list[float]:
        """The float32 (or, by the letter d, doubles) of a field."""
        data = b"".join(self.pieces(number))
        width = struct.calcsize(letter)
        if len(data) % width:
            raise ExchangeError(CUT_OFF)
        return list(struct.unpack(f"<{len(data) // width}{letter}", data))


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while shift < 70 and at < len(data):
        byte = data[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at
    raise ExchangeError(CUT_OFF)


# ---- to bytes --------------------------------------------------------------------------------------------------------


def field(number: int, value: Any) -> bytes:
    """One field: a whole number, a text, bytes, or a float, which becomes a float32.

    Args:
        number: of the field.
        value: what stands there.

    Returns:
        Its bytes.

    Examples:
        >>> field(1, 300)
        b'\\x08\\xac\\x02'
    """
    if isinstance(value, int):
        return _to_varint(number << 3) + _to_varint(value % 2**64)
    if isinstance(value, float):
        return _to_varint(number << 3 | 5) + struct.pack("<f", value)
    data = value.encode("utf-8") if isinstance(value, str) else value
    return _to_varint(number << 3 | 2) + _to_varint(len(data)) + data


def message(*fields: bytes | Sequence[bytes]) -> bytes:
    """Fields, or lists of fields, one after the other."""
    return b"".join(part if isinstance(part, bytes) else b"".join(part) for part in fields)


def _to_varint(value: int) -> bytes:
    pieces = []
    while value > 127:
        pieces.append(value & 127 | 128)
        value >>= 7
    return bytes([*pieces, value])
