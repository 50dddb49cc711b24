"""safetensors: eight bytes that say how long the header is, the header as JSON, then the numbers of all tensors.

    {"fc1.weight": {"dtype": "F32", "shape": [4, 3], "data_offsets": [0, 48]}, "__metadata__": {"format": "pt"}}

Offsets count from the end of the header. Every byte of the data belongs to one tensor. Nothing in such a file is run.
"""

from __future__ import annotations

import struct

from scalarnn.exchange.tensors import WIDTHS, ExchangeError, Tensor, count_of, decoded, parsed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

__all__ = ["read_safetensors", "write_safetensors"]

LONGEST_HEADER = 2**22
METADATA = "__metadata__"


def read_safetensors(data: bytes) -> tuple[dict[str, Tensor], dict[str, str]]:
    """The tensors of a file, in the order of its header, and its metadata.

    Args:
        data: the whole file.

    Returns:
        tensors by name, and texts by name.

    Raises:
        ExchangeError: whatever is wrong with it.

    Examples:
        >>> tensors, metadata = read_safetensors(write_safetensors({"b": [0.5, 1.0]}, {"by": "hand"}))
        >>> tensors["b"].numbers, metadata
        ([0.5, 1.0], {'by': 'hand'})
    """
    if len(data) < 8:
        raise ExchangeError("safetensors: cut off: the length of the header is not there")
    (n_header,) = struct.unpack("<Q", data[:8])
    if n_header > LONGEST_HEADER or n_header > len(data) - 8:
        raise ExchangeError(f"safetensors: cut off: a header of {n_header} bytes, and {len(data) - 8} are there")
    header = parsed(data[8 : 8 + n_header], "safetensors: the header")
    if not isinstance(header, dict):
        raise ExchangeError("safetensors: the header is no object: expected a name for each tensor")
    metadata = header.pop(METADATA, {})
    if not isinstance(metadata, dict) or not all(isinstance(text, str) for text in metadata.values()):
        raise ExchangeError(f"safetensors: {METADATA} is not made of texts")
    numbers = data[8 + n_header :]
    tensors, taken = {}, []
    for name, entry in header.items():
        tensor, ends = _tensor(f"tensor {ascii(name)[1:-1][:60]}", entry, numbers)
        tensors[name] = tensor._replace(name=name)
        taken.append(ends)
    at = 0
    for begin, end in sorted(taken):
        if begin != at:
            raise ExchangeError(f"safetensors: byte {min(at, begin)} of the data belongs to two tensors or to none")
        at = end
    if at != len(numbers):
        raise ExchangeError(f"safetensors: {len(numbers)} bytes of data, and the tensors take {at}")
    return tensors, metadata


def _tensor(place: str, entry: Any, numbers: bytes) -> tuple[Tensor, tuple[int, int]]:
    """A tensor by its entry of the header, and where its bytes are."""
    if not isinstance(entry, dict) or not {"dtype", "shape", "data_offsets"} <= entry.keys():
        raise ExchangeError(f"{place}: expected dtype, shape and data_offsets")
    kind, ends = entry["dtype"], entry["data_offsets"]
    n = count_of(entry["shape"], place)
    if not isinstance(kind, str) or kind not in WIDTHS:
        raise ExchangeError(f"{place}: its numbers are {ascii(kind)[:20]}: expected {', '.join(WIDTHS)}")
    if not isinstance(ends, list) or len(ends) != 2 or not all(type(end) is int for end in ends):
        raise ExchangeError(f"{place}: data_offsets are no two whole numbers")
    begin, end = ends
    if not 0 <= begin <= end <= len(numbers):
        raise ExchangeError(f"{place}: bytes {begin} to {end}, and there are {len(numbers)}")
    if end - begin != n * WIDTHS[kind][1]:
        raise ExchangeError(f"{place}: {end - begin} bytes for {n} numbers of {kind}: expected {n * WIDTHS[kind][1]}")
    return Tensor(place, tuple(entry["shape"]), decoded(numbers[begin:end], kind, place)), (begin, end)


def write_safetensors(tensors: Mapping[str, Any], metadata: Mapping[str, str], kind: str = "F64") -> bytes:
    """A file of vectors and matrices.

    Args:
        tensors: a list of numbers, or of rows, by name.
        metadata: texts by name.
        kind: F64, or F32, to which the numbers are rounded.

    Returns:
        The whole file.

    Raises:
        OverflowError: a number is too large for F32.

    Examples:
        >>> write_safetensors({"b": [1.0]}, {}, "F32")[8:].decode("latin-1")
        '{"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}  \\x00\\x00\\x80?'
    """
    import json

    header: dict[str, Any] = {METADATA: dict(metadata)} if metadata else {}
    pieces: list[bytes] = []
    at = 0
    letter, width = WIDTHS[kind]
    for name, values in tensors.items():
        is_matrix = isinstance(values[0], (list, tuple))
        shape = [len(values), len(values[0])] if is_matrix else [len(values)]
        flat = [float(number) for row in values for number in row] if is_matrix else [float(v) for v in values]
        pieces.append(struct.pack(f"<{len(flat)}{letter}", *flat))
        header[name] = {"dtype": kind, "shape": shape, "data_offsets": [at, at + len(flat) * width]}
        at += len(flat) * width
    text = json.dumps(header, separators=(",", ":")).encode("ascii")
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + b"".join(pieces)
