"""QuickDraw's bitmaps: .npy files of 28 × 28 pixels a drawing, read without NumPy.

A .npy file is a magic string, two bytes of version, the length of a header, the header (a Python dictionary as text)
and the bytes of the array.
"""

from __future__ import annotations

import math
import os
import re
import stat
from pathlib import Path

from scalarnn import check
from scalarnn.datasets.files import INKS, DataFileError, shortened

TYPE_CHECKING = False
if TYPE_CHECKING:
    from os import PathLike
    from typing import BinaryIO

__all__ = ["read_bitmaps"]

MAGIC = b"\x93NUMPY"
N_PIXELS = 28 * 28
LONGEST_HEADER = 10_000  # NumPy's own limit
ENTRY = re.compile(r"""\s*(?:'(\w+)'|"(\w+)")\s*:\s*('[^']*'|"[^"]*"|\([^()]*\)|\w+)\s*(?:,|$)""")
SHAPE = re.compile(r"\(\s*([0-9]{1,18}L?\s*,\s*){0,4}[0-9]{1,18}L?\s*,?\s*\)")


def read_bitmaps(path: str | PathLike[str], first: int | None = 1000) -> list[list[float]]:
    """The drawings of a QuickDraw .npy file: 784 pixels from 0.0 (paper) to 255.0 (ink) each, row by row.

    Reads what NumPy calls version 1.0 to 3.0, dtype uint8, C order, and nothing else. The shape is (n, 784), or another
    that has n first and 784 pixels for each, such as (n, 28, 28) or (n, 1, 784).

    Args:
        path: the file.
        first: how many drawings to read, from the start; None for all of them. A drawing takes 6 kB of memory as a
            list, and Google's files hold more than a hundred thousand.

    Returns:
        X, at most `first` rows of 784 numbers.

    Raises:
        DataFileError: not such a file; the message names the byte. It is a ValueError.
        OSError: there is no such file, or no right to read it.
        TypeError: first is not an int.
        ValueError: first is below 1.

    Source: `001` (the QuickDraw dataset); https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html.

    Examples:
        >>> import tempfile
        >>> header = b"{'descr': '|u1', 'fortran_order': False, 'shape': (2, 784)}"
        >>> pixels = bytes(784) + bytes([255] * 784)
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = Path(folder) / "cat.npy"
        ...     _ = path.write_bytes(MAGIC + bytes([1, 0, len(header), 0]) + header + pixels)
        ...     X = read_bitmaps(path)
        >>> len(X), len(X[0]), X[0][0], X[1][783]
        (2, 784, 0.0, 255.0)
    """
    if first is not None:
        check.count(first, "first")
    with Path(path).open("rb") as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode):
            raise DataFileError(f"{path}: not a regular file: its size has to be known before it is read")
        n, start = _header(file, path, found.st_size)
        n_bytes = found.st_size - start
        if n_bytes < n * N_PIXELS:
            raise DataFileError(
                f"{path}: cut off at byte {found.st_size}: expected {start + n * N_PIXELS} bytes for shape "
                f"({n}, {N_PIXELS})"
            )
        if n_bytes > n * N_PIXELS:
            raise DataFileError(
                f"{path}: byte {start + n * N_PIXELS}: expected the end of the file after shape ({n}, {N_PIXELS})"
            )
        X: list[list[float]] = []
        for _ in range(n if first is None else min(n, first)):
            row = file.read(N_PIXELS)
            if len(row) < N_PIXELS:
                raise DataFileError(f"{path}: cut off at byte {start + len(X) * N_PIXELS + len(row)} while it was read")
            X.append([INKS[ink] for ink in row])
    return X


def _header(file: BinaryIO, path: str | PathLike[str], size: int) -> tuple[int, int]:
    """The number of drawings, and the byte where the first one starts."""
    magic = file.read(len(MAGIC))
    if magic.startswith(b"PK\x03\x04"):
        raise DataFileError(
            f"{path}: byte 0: {magic!r}: an archive (.npz) of several arrays: write the pictures of each class with "
            "numpy.save, as .npy"
        )
    if magic != MAGIC:
        raise DataFileError(f"{path}: byte 0: {magic!r}: expected {MAGIC!r}, the start of a .npy file")
    version = file.read(2)
    if len(version) < 2:
        raise DataFileError(f"{path}: cut off at byte {size}: expected a version")
    if version not in (b"\x01\x00", b"\x02\x00", b"\x03\x00"):
        raise DataFileError(f"{path}: byte 6: version {version[0]}.{version[1]}: expected 1.0, 2.0 or 3.0")
    width = 2 if version[0] == 1 else 4
    length_bytes = file.read(width)
    if len(length_bytes) < width:
        raise DataFileError(f"{path}: cut off at byte {size}: expected the length of the header")
    length = int.from_bytes(length_bytes, "little")
    if length > LONGEST_HEADER:
        raise DataFileError(f"{path}: byte 8: a header of {length} bytes: expected at most {LONGEST_HEADER}")
    start = 8 + width
    header = file.read(length)
    if len(header) < length:
        raise DataFileError(f"{path}: cut off at byte {size}: expected a header up to byte {start + length}")
    try:
        text = header.decode("utf-8" if version[0] == 3 else "latin-1").strip()
    except UnicodeDecodeError as error:
        raise DataFileError(f"{path}: byte {start + error.start}: the header is not UTF-8 text") from None
    return _n_drawings(_entries(text, path, start), path, start), start + length


def _entries(text: str, path: str | PathLike[str], start: int) -> dict[str, str]:
    """The header's dictionary, its values as text: never evaluated."""
    expected = "expected {'descr': '|u1', 'fortran_order': False, 'shape': (n, 784)}"
    if not (text.startswith("{") and text.endswith("}")):
        raise DataFileError(f"{path}: byte {start}: the header is {shortened(text)}: {expected}")
    inside = text[1:-1].rstrip()
    entries: dict[str, str] = {}
    position = 0
    while position < len(inside):
        entry = ENTRY.match(inside, position)
        key = (entry.group(1) or entry.group(2)) if entry else ""
        if entry is None or key in entries:
            raise DataFileError(f"{path}: byte {start}: the header is {shortened(text)}: {expected}")
        entries[key] = entry.group(3)
        position = entry.end()
    if set(entries) != {"descr", "fortran_order", "shape"}:
        raise DataFileError(f"{path}: byte {start}: the header is {shortened(text)}: {expected}")
    return entries


def _n_drawings(entries: dict[str, str], path: str | PathLike[str], start: int) -> int:
    place = f"{path}: byte {start}: the header's"
    if entries["descr"][1:-1] not in ("|u1", "u1", "<u1", ">u1", "=u1"):
        raise DataFileError(
            f"{place} descr is {shortened(entries['descr'])}: expected '|u1', that is uint8, as X.astype('uint8') gives"
        )
    if entries["fortran_order"] != "False":
        raise DataFileError(f"{place} fortran_order is {shortened(entries['fortran_order'])}: expected False, C order")
    expected = f"expected (n, {N_PIXELS}) or (n, 28, 28), n from 1 up"
    if SHAPE.fullmatch(entries["shape"]) is None:
        raise DataFileError(f"{place} shape is {shortened(entries['shape'])}: {expected}")
    n, *others = [int(digits) for digits in re.findall("[0-9]+", entries["shape"])]
    if n == 0 or not others or math.prod(others) != N_PIXELS:
        raise DataFileError(f"{place} shape is {shortened(entries['shape'])}: {expected}")
    return n
