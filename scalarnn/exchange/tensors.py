"""Numbers as other packages keep them: a shape, a type, and bytes. Nothing is made room for before it is there.

    shape       such as (3, 4): three rows of four; the last index runs first
    F32, F64    IEEE numbers of four and eight bytes, the lowest byte first; F16 and BF16 have two

A float32 becomes the double that is equal to it.
"""

from __future__ import annotations

import math
import struct
from collections import namedtuple
from pathlib import Path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from os import PathLike
    from typing import Any

    from scalarnn.scalar import Number

__all__ = [
    "LARGEST",
    "MOST_NUMBERS",
    "ExchangeError",
    "Tensor",
    "bytes_of",
    "count_of",
    "decoded",
    "parsed",
    "tensor_of",
]

LARGEST = 2**26  # bytes of a file
MOST_NUMBERS = 2**20  # of a network; saved as text they are as long as a saved network may be
DEEPEST = 4
WIDTHS = {"F64": ("d", 8), "F32": ("f", 4), "F16": ("e", 2), "BF16": ("H", 2)}


class ExchangeError(ValueError):
    """A file, or an object, of which no network can be made; one line that says what, where, and what was expected.

    Examples:
        >>> count_of([3, -4], "fc.weight")
        Traceback (most recent call last):
        scalarnn.exchange.tensors.ExchangeError: fc.weight: its shape is [3, -4]: expected whole numbers from 1 up
    """


class Tensor(namedtuple("Tensor", ["name", "shape", "numbers"])):
    """A shape and the numbers in it, row after row.

    Args:
        name: how messages call it.
        shape: a tuple of whole numbers.
        numbers: a flat list.

    Examples:
        >>> kernel = Tensor("kernel", (2, 3), [1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
        >>> kernel.rows()
        [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]
        >>> kernel.columns()
        [[1.0, 4.0], [2.0, 5.0], [3.0, 6.0]]
    """

    __slots__ = ()

    def rows(self) -> list[list[Number]]:
        """The matrix as it is written: W, where a row is a neuron."""
        n_rows, n_columns = self.shape
        return [self.numbers[j * n_columns : (j + 1) * n_columns] for j in range(n_rows)]

    def columns(self) -> list[list[Number]]:
        """The matrix transposed: W, where a column is a neuron."""
        n_columns = self.shape[1]
        return [self.numbers[j::n_columns] for j in range(n_columns)]


def count_of(shape: Any, place: str) -> int:
    """How many numbers a shape has, looked at before anything is made room for.

    Args:
        shape: what a file says.
        place: how messages call it.

    Raises:
        ExchangeError: no list of whole numbers from 1 up, or too many numbers.

    Examples:
        >>> count_of([3, 4], "kernel")
        12
    """
    if not isinstance(shape, (list, tuple)) or len(shape) > DEEPEST:
        raise ExchangeError(f"{place}: its shape is no list of up to {DEEPEST} whole numbers")
    n = 1
    for size in shape:
        if type(size) is not int or size < 1:
            raise ExchangeError(f"{place}: its shape is {_short(shape)}: expected whole numbers from 1 up")
        n *= size
        if n > MOST_NUMBERS:
            raise ExchangeError(f"{place}: its shape is {_short(shape)}: more than {MOST_NUMBERS} numbers")
    return n


def decoded(data: bytes, kind: str, place: str) -> list[Number]:
    """Numbers from their bytes.

    Args:
        data: as many bytes as the numbers take.
        kind: F64, F32, F16 or BF16.
        place: how messages call them.

    Raises:
        ExchangeError: another kind, or a number is not finite.

    Examples:
        >>> decoded(bytes([0xC0, 0x3F, 0x80, 0xBF]), "BF16", "bias")
        [1.5, -1.0]
    """
    if kind not in WIDTHS:
        raise ExchangeError(f"{place}: its numbers are {kind}: expected {', '.join(WIDTHS)}")
    letter, width = WIDTHS[kind]
    numbers: list[Number] = list(struct.unpack(f"<{len(data) // width}{letter}", data))
    if kind == "BF16":  # the upper half of a float32
        upper = struct.pack(f"<{2 * len(numbers)}H", *[half for number in numbers for half in (0, number)])
        numbers = list(struct.unpack(f"<{len(numbers)}f", upper))
    return _finite(numbers, place)


def tensor_of(name: str, values: Any) -> Tensor:
    """A tensor from nested lists, such as JSON has them, or `tolist()` gives.

    Args:
        name: how messages call it.
        values: a number, or a list of lists of the same length.

    Raises:
        ExchangeError: rows of different length, what is no number, or too many of them.

    Examples:
        >>> tensor_of("fc.weight", [[1, 2.5], [3, 4]])
        Tensor(name='fc.weight', shape=(2, 2), numbers=[1.0, 2.5, 3.0, 4.0])
    """
    shape: list[int] = []
    level = [values]
    while level and isinstance(level[0], list):
        if len({len(part) if isinstance(part, list) else -1 for part in level}) > 1:
            raise ExchangeError(f"{name}: rows of different length")
        shape.append(len(level[0]))
        count_of(shape, name)
        level = [number for part in level for number in part]
    numbers: list[Number] = []
    for number in level:
        if type(number) not in (int, float):
            raise ExchangeError(f"{name}: {_short(number)} is there: expected a number")
        try:
            numbers.append(float(number))
        except OverflowError:
            raise ExchangeError(f"{name}: a whole number that is too large for a float") from None
    return Tensor(name, tuple(shape), _finite(numbers, name))


def bytes_of(path: str | PathLike[str]) -> bytes:
    """What is in a file, if it is not too large.

    Args:
        path: the file.

    Raises:
        ExchangeError: it is larger than 64 MiB.
        OSError: it cannot be read.

    Examples:
        >>> bytes_of("nowhere.safetensors")
        Traceback (most recent call last):
        FileNotFoundError: [Errno 2] No such file or directory: 'nowhere.safetensors'
    """
    with Path(path).open("rb") as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise ExchangeError(f"larger than {LARGEST >> 20} MiB: too large for a network of plain lists")
    return data


def parsed(data: bytes, what: str) -> Any:
    """JSON from its bytes; NaN and Infinity are numbers of nobody.

    Args:
        data: UTF-8 text.
        what: how messages call it.

    Raises:
        ExchangeError: it is no JSON.

    Examples:
        >>> parsed(b'{"coefs": []}', "the file")
        {'coefs': []}
    """
    import json

    try:
        return json.loads(data.decode("utf-8"), parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        raise ExchangeError(f"{what}: byte {error.start} is not UTF-8 text") from None
    except json.JSONDecodeError as error:
        raise ExchangeError(f"{what}: line {error.lineno}, column {error.colno}: not JSON: {error.msg}") from None
    except RecursionError:
        raise ExchangeError(f"{what}: lists in lists in lists, too deep to read") from None
    except ExchangeError:
        raise
    except ValueError:
        raise ExchangeError(f"{what}: a whole number of too many digits") from None


def _no_constant(word: str) -> Any:
    raise ExchangeError(f"{word} is there: expected a finite number")


def _finite(numbers: list[Number], place: str) -> list[Number]:
    for i in range(len(numbers)):
        if not math.isfinite(numbers[i]):
            raise ExchangeError(f"{place}: number {i} is {numbers[i]}: expected a finite number")
    return numbers


def _short(value: Any) -> str:
    text = ascii(list(value[:6]) if isinstance(value, (list, tuple)) else value)
    return text if len(text) <= 60 else text[:57] + "..."


def names_in_words(names: Sequence[str]) -> str:
    """A few names, for a message: the first five of many.

    Examples:
        >>> names_in_words(["a", "b"])
        'a, b'
    """
    shown = [_short(name)[1:-1] for name in names[:5]]
    return ", ".join([*shown, "…"] if len(names) > 5 else shown)
