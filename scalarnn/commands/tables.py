"""The first row of a CSV file, which tells what the columns are, and which of them a word means."""

from __future__ import annotations

import re
from pathlib import Path

from scalarnn.datasets.csv_reader import MISSING, NUMBER, numbered_rows
from scalarnn.datasets.files import DataFileError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from os import PathLike

__all__ = ["column_of", "first_row"]

POSITION = re.compile(r"-?[0-9]{1,9}")


def first_row(path: str | PathLike[str]) -> tuple[list[str], bool]:
    """The names of the columns, as `read_csv` would call them, and whether the file gives them itself.

    Args:
        path: the file.

    Returns:
        names, header.

    Raises:
        DataFileError: the file has no row, or it cannot be read.
        OSError: there is no such file, or no right to read it.

    Examples:
        >>> from scalarnn.datasets.penguins import FILE
        >>> names, header = first_row(FILE)
        >>> names[:3], header
        (['species', 'island', 'bill_length_mm'], True)
    """
    with Path(path).open("rb") as file:
        _, fields = next(numbered_rows(file, path), (1, []))
    if not fields:
        raise DataFileError(f"{path}: no row at all: expected a line for each sample")
    header = not any(field.lower() in MISSING or NUMBER.fullmatch(field) for field in fields)
    return (fields if header else [f"column {i}" for i in range(len(fields))]), header


def column_of(word: str, names: list[str]) -> str | int:
    """A column as `read_csv` takes it: a word that is no name may be a position, from 0 or, below zero, from the end.

    Args:
        word: what was said.
        names: of the columns.

    Returns:
        The word itself, or the position that it tells.

    Examples:
        >>> column_of("-1", ["x", "y"]), column_of("2020", ["2019", "2020"]), column_of("z", ["x", "y"])
        (-1, '2020', 'z')
    """
    return int(word) if word not in names and POSITION.fullmatch(word) else word
