"""Which columns are meant: by name, or by position from 0; and which are the features."""

from __future__ import annotations

from scalarnn.datasets.files import DataFileError, shortened

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from scalarnn.datasets.csv_files.sheet import Sheet

__all__ = ["check_once", "features_of", "position_of"]


def position_of(column: str | int, sheet: Sheet, argument: str) -> int:
    """A column by name or position, as a position from 0.

    Args:
        column: a name, or a position, below zero from the end.
        sheet: whose column it is.
        argument: how messages call it.

    Returns:
        A position from 0.

    Raises:
        DataFileError: there is no such column, or there are two of this name.

    Examples:
        >>> from scalarnn.datasets.csv_files.sheet import opened_sheet
        >>> from scalarnn.datasets.penguins import FILE
        >>> with opened_sheet(FILE) as sheet:
        ...     position_of("island", sheet, "label"), position_of(-1, sheet, "label")
        (1, 7)
    """
    names = sheet.names
    if isinstance(column, str):
        if names.count(column) > 1:
            raise _twice(sheet, column)
        if column in names:
            return names.index(column)
        known = ", ".join(shortened(name) for name in names[:10])
        raise DataFileError(f"{sheet.path}: {argument} is {shortened(column)}: no such column among {known}")
    if not -len(names) <= column < len(names):
        raise DataFileError(f"{sheet.path}: {argument} is {column}: the file has {len(names)} columns")
    return column % len(names)


def features_of(columns: Sequence[str | int] | None, sheet: Sheet, label_column: int | None) -> list[int]:
    """The positions of the features: those that are named, or all but the label.

    Args:
        columns: names and positions; None for every column but the label.
        sheet: whose columns they are.
        label_column: the position of the label, or None.

    Returns:
        Positions from 0.

    Raises:
        DataFileError: there is no such column, or none is left.
        ValueError: one of them is the label, or is there twice.

    Examples:
        >>> from scalarnn.datasets.csv_files.sheet import opened_sheet
        >>> from scalarnn.datasets.penguins import FILE
        >>> with opened_sheet(FILE) as sheet:
        ...     features_of(None, sheet, 0), features_of([2, "year"], sheet, 0)
        ([1, 2, 3, 4, 5, 6, 7], [2, 7])
    """
    found: list[int] = []
    if columns is None:
        for i in range(len(sheet.names)):
            if i != label_column:
                found.append(i)
    else:
        for k in range(len(columns)):
            i = position_of(columns[k], sheet, f"columns[{k}]")
            if i == label_column:
                raise ValueError(f"columns[{k}] is {columns[k]!r}: that is the label")
            if i in found:
                raise ValueError(f"columns[{k}] is {columns[k]!r}: that column is there twice")
            found.append(i)
    if not found:
        raise DataFileError(f"{sheet.path}: no column is left for the features{_only(sheet.names)}", "delimiter")
    return found


def check_once(positions: Sequence[int], sheet: Sheet) -> None:
    """Columns that are used have different names; others may be called alike.

    Args:
        positions: of the columns that are used.
        sheet: whose columns they are.

    Raises:
        DataFileError: two of them have one name.

    Examples:
        >>> from scalarnn.datasets.csv_files.sheet import opened_sheet
        >>> from scalarnn.datasets.penguins import FILE
        >>> with opened_sheet(FILE) as sheet:
        ...     check_once([2, 3], sheet)
    """
    seen: dict[str, Any] = {}
    for i in positions:
        if sheet.names[i] in seen:
            raise _twice(sheet, sheet.names[i])
        seen[sheet.names[i]] = i


def _twice(sheet: Sheet, name: str) -> DataFileError:
    return DataFileError(f"{sheet.path}: line {sheet.line}: two columns are called {shortened(name)}", "twice")


def _only(names: Sequence[str]) -> str:
    if len(names) != 1:
        return ""
    return f": the only one is {shortened(names[0])}; expected commas, semicolons or tabs between fields"
