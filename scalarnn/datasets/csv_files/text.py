"""The bytes of a table as lines of text: UTF-8 or another encoding, any line end, and no file of another format."""

from __future__ import annotations

import codecs
import re

import scalarnn.datasets.files as files
from scalarnn.datasets.files import DataFileError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from os import PathLike
    from typing import BinaryIO

__all__ = ["ENCODINGS", "numbered_texts"]

ENCODINGS = ("utf-8", "utf-16", "latin-1", "windows-1252")
MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
PIECE = 2**16
LINE_END = re.compile(r"\r\n|\n|\r")
# How files begin that people take for tables, and what to do about each.
OTHERS = (
    (b"PK\x03\x04", "a workbook or a zip archive, no text: save the sheet as CSV, or unpack it"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook, no text: save the sheet as CSV"),
    (b"\x1f\x8b", "a compressed file (.gz, R's .rds and .RData are such): unpack it, or in R say write.csv"),
    (b"BZh", "a compressed file, bzip2: unpack it"),
    (b"\xfd7zXZ", "a compressed file, xz: unpack it"),
    (b"PAR1", "a Parquet file, no text: in pandas say read_parquet, then to_csv"),
    (b"ARROW1", "a Feather file, no text: in pandas say read_feather, then to_csv"),
    (b"\x80\x03", "a pickle of Python, no text: in pandas say read_pickle, then to_csv"),
    (b"\x80\x04", "a pickle of Python, no text: in pandas say read_pickle, then to_csv"),
    (b"\x80\x05", "a pickle of Python, no text: in pandas say read_pickle, then to_csv"),
    (b"\x89HDF", "an HDF5 file, no text: write the table as CSV"),
    (b"\x93NUMPY", "an array of NumPy: name it .npy if it holds drawings, else write it with numpy.savetxt"),
    (b"SQLite format 3", "an SQLite database: export the table as CSV"),
    (b"RDX", "R's .RData: in R say load, then write.csv"),
    (b"X\n\x00\x00\x00", "R's .rds: in R say readRDS, then write.csv"),
    (b"\xff\xfe\x00\x00", "text in UTF-32: save it as UTF-8"),
    (b"\x00\x00\xfe\xff", "text in UTF-32: save it as UTF-8"),
    (b"%PDF", "a PDF: a table has to be text"),
    (b"<!DOCTYPE html", "a web page, no table: download the file itself"),
    (b"<!doctype html", "a web page, no table: download the file itself"),
    (b'{"', "JSON, no table: name a file of drawings .ndjson, and write a table as CSV"),
    (b"{\n", "JSON, no table: name a file of drawings .ndjson, and write a table as CSV"),
    (b"[{", "JSON, no table: in pandas say read_json, then to_csv"),
    (b"<html", "a web page, no table: download the file itself"),
)


def numbered_texts(file: BinaryIO, path: str | PathLike[str], encoding: str | None = None) -> Iterator[tuple[int, str]]:
    r"""(1, first line), (2, second line) …, each with its line end: \n, \r\n or \r alone.

    Args:
        file: opened to read bytes.
        path: how messages call it.
        encoding: one of ENCODINGS; None for UTF-8, or UTF-16 where the first bytes say so.

    Returns:
        Pairs of a number and the text of a line; a byte order mark at the very start is left out.

    Raises:
        DataFileError: a line is longer than 1 MiB, the whole longer than 256 MiB, the bytes are no text of that
            encoding, or the file is of another format.

    Examples:
        >>> from io import BytesIO
        >>> list(numbered_texts(BytesIO("a,b\r1,2".encode("utf-16")), "x.csv"))
        [(1, 'a,b\r'), (2, '1,2')]
    """
    piece = file.read(PIECE)
    for beginning, what in OTHERS:
        if piece.startswith(beginning):
            raise DataFileError(f"{path}: {what}")
    name, n_mark = _encoding_of(piece, encoding)
    decoder = codecs.getincrementaldecoder(name)()
    number = n_letters = 0
    n_bytes = n_mark
    rest = ""
    piece = piece[n_mark:]
    while True:
        text = rest + _decoded(decoder, piece, n_bytes, f"{path}: line", number, rest)
        n_bytes += len(piece)
        begin = 0
        for match in LINE_END.finditer(text):
            if match.end() == len(text) and text.endswith("\r") and piece:
                break  # the \n may be in the next piece
            number += 1
            if match.end() - begin > files.LONGEST_LINE:
                raise DataFileError(f"{path}: line {number} is longer than 1 MiB")
            n_letters += match.end() - begin
            if n_letters > files.LARGEST_TEXT:
                raise DataFileError(f"{path}: line {number}: the file is larger than 256 MiB: cut it into parts")
            yield number, text[begin : match.end()]
            begin = match.end()
        rest = text[begin:]
        if len(rest) > files.LONGEST_LINE:
            raise DataFileError(f"{path}: line {number + 1} is longer than 1 MiB")
        if not piece:
            break
        piece = file.read(PIECE)
    if rest:
        yield number + 1, rest


def _encoding_of(beginning: bytes, encoding: str | None) -> tuple[str, int]:
    """The name that Python's decoders know, and how many bytes a mark takes."""
    for mark, name in MARKS:
        if beginning.startswith(mark) and (encoding is None or name.startswith(encoding)):
            return name, len(mark)
    if encoding == "utf-16" or (encoding is None and _has_zeros(beginning, 1)):
        return "utf-16-le", 0
    if encoding is None and _has_zeros(beginning, 0):
        return "utf-16-be", 0
    return {"windows-1252": "cp1252"}.get(encoding or "", encoding or "utf-8"), 0


def _has_zeros(beginning: bytes, at: int) -> bool:
    """Whether every second of the first bytes is zero, from this one, and no other: letters of two bytes each."""
    first = beginning[:8]
    return len(first) > 1 and not any(first[at::2]) and all(first[1 - at :: 2])


def _decoded(decoder: codecs.IncrementalDecoder, piece: bytes, n_bytes: int, place: str, number: int, rest: str) -> str:
    """The text of a piece; the last one is empty."""
    n_held = len(decoder.getstate()[0])
    try:
        return decoder.decode(piece, final=not piece)
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode(error.encoding, "replace")
        line = number + 1 + len(LINE_END.findall(rest + before))
        name = {"utf-8": "UTF-8", "cp1252": "Windows-1252"}.get(error.encoding, "UTF-16")
        raise DataFileError(
            f"{place} {line}: byte {n_bytes - n_held + error.start} of the file is not {name} text", "encoding"
        ) from None
