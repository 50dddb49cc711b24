"""Files that may be damaged or hostile: one error for all of them, and lines that cannot grow without bound."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from os import PathLike
    from typing import Any, BinaryIO

__all__ = ["INKS", "DataFileError", "numbered_lines", "shortened"]

LONGEST_LINE = 2**20
LARGEST_TEXT = 2**28

# One float object for each value of a byte: many pixels share it, so that a row takes 8 bytes a pixel, not 32.
INKS = tuple(map(float, range(256)))


class DataFileError(ValueError):
    """A data file that cannot be read: the message names the file, the line or the byte, and what was expected.

    Args:
        message: one line.
        cause: a word for what is wrong, for whoever knows a way out: "gap", "word", "decimal" …; "" for none.

    Examples:
        >>> raise DataFileError("doodles.npy: byte 0: expected the magic string of a .npy file")
        Traceback (most recent call last):
        scalarnn.datasets.files.DataFileError: doodles.npy: byte 0: expected the magic string of a .npy file
    """

    def __init__(self, message: str, cause: str = "") -> None:
        super().__init__(message)
        self.cause = cause


def numbered_lines(file: BinaryIO, path: str | PathLike[str]) -> Iterator[tuple[int, str]]:
    """(1, first line), (2, second line) …, each with its line end.

    Args:
        file: opened to read bytes.
        path: how messages call it.

    Returns:
        Pairs of a number and the text of a line; a byte order mark at the very start is left out.

    Raises:
        DataFileError: a line is longer than 1 MiB, the whole longer than 256 MiB, or the text is not UTF-8.

    Examples:
        >>> from io import BytesIO
        >>> list(numbered_lines(BytesIO(b"a,b\\n1,2"), "x.csv"))
        [(1, 'a,b\\n'), (2, '1,2')]
    """
    number = 0
    n_bytes = 0
    while True:
        line = file.readline(LONGEST_LINE + 1)
        if not line:
            return
        number += 1
        if len(line) > LONGEST_LINE:
            raise DataFileError(f"{path}: line {number} is longer than 1 MiB")
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError as error:
            raise DataFileError(
                f"{path}: line {number}: byte {n_bytes + error.start} of the file is not UTF-8 text"
            ) from None
        n_bytes += len(line)
        if n_bytes > LARGEST_TEXT:
            raise DataFileError(f"{path}: line {number}: the file is larger than 256 MiB: cut it into parts")
        if number == 1:
            text = text.removeprefix("\ufeff")
        yield number, text


def shortened(value: Any) -> str:
    """A value as a message shows it: printable, and cut if it is long.

    Args:
        value: anything.

    Returns:
        Text of at most 40 characters.

    Examples:
        >>> shortened("Adelie"), len(shortened("a" * 99))
        ("'Adelie'", 40)
    """
    try:
        text = ascii(value[:40] if isinstance(value, (str, list)) else value)
    except (RecursionError, ValueError):  # nested too deeply, or an int of too many digits
        text = f"a {type(value).__name__}"
    return text if len(text) <= 40 else text[:37] + "..."
