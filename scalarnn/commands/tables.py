"""The first row of a CSV file, which tells what the columns are."""

from __future__ import annotations

from pathlib import Path

from scalarnn.datasets.csv_reader import MISSING, NUMBER
from scalarnn.datasets.files import DataFileError, numbered_lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from os import PathLike

__all__ = ["first_row"]


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
    import csv

    with Path(path).open("rb") as file:
        reader = csv.reader((text for _, text in numbered_lines(file, path)), skipinitialspace=True, strict=True)
        try:
            fields = next((fields for fields in reader if fields), [])
        except csv.Error as error:
            raise DataFileError(f"{path}: line {reader.line_num}: {error}") from None
    if not fields:
        raise DataFileError(f"{path}: no row at all: expected a line for each sample")
    fields = [field.strip() for field in fields]
    header = not any(field.lower() in MISSING or NUMBER.fullmatch(field) for field in fields)
    return (fields if header else [f"column {i}" for i in range(len(fields))]), header
