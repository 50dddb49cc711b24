"""A table read: the numbers, what belongs to each row, the names, and everything that was left out.

Every number is read as a float. What cannot be read is named by its line and its column.
"""

from __future__ import annotations

from collections import namedtuple

from scalarnn import check
from scalarnn.datasets.csv_files.classes import class_called, sorted_classes
from scalarnn.datasets.csv_files.columns import check_once, features_of, position_of
from scalarnn.datasets.csv_files.fields import is_missing, is_whole, number_of
from scalarnn.datasets.csv_files.gaps import classes_called_none
from scalarnn.datasets.csv_files.row_numbers import counts_rows, is_given, may_count_rows, why_left_out
from scalarnn.datasets.csv_files.sheet import Writing, opened_sheet
from scalarnn.datasets.csv_files.text import ENCODINGS
from scalarnn.datasets.files import DataFileError, shortened
from scalarnn.datasets.table import Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from os import PathLike
    from typing import Any

    from scalarnn.datasets.csv_files.sheet import Sheet

__all__ = ["Reading", "read_csv", "read_sheet"]

MOST_NUMBERS = 10_000_000
MOST_SHARED = 65_536  # different texts whose floats are shared: many pixels are one object
EXACT = 2**53  # below, every whole number is a float of its own


class Reading(
    namedtuple("Reading", ["X", "texts", "lines", "columns", "label", "left_out", "n_gaps", "none_classes", "sheet"])
):
    """What was read from a sheet.

    Args:
        X: a row of numbers for each sample; None for one with a gap, where those are kept.
        texts: what stands in the column of the label, row by row; empty without one.
        lines: the number of the line of each row.
        columns: the positions of the features.
        label: the position of the label, or None.
        left_out: pairs of a position and why that column is no feature.
        n_gaps: how many rows were left out, since they have gaps; or are None.
        none_classes: words for a gap that are a class here.
        sheet: what was read.

    Examples:
        >>> from scalarnn.datasets.penguins import FILE
        >>> with opened_sheet(FILE) as sheet:
        ...     reading = read_sheet(sheet, label=0, columns=[2, 3], missing="skip")
        >>> len(reading.X), reading.n_gaps, reading.texts[0], reading.lines[3]
        (342, 2, 'Adelie', 6)
    """

    __slots__ = ()

    X: list[Any]
    texts: list[str]
    lines: list[int]
    columns: list[int]
    label: int | None
    left_out: list[tuple[int, str]]
    n_gaps: int
    none_classes: list[str]
    sheet: Sheet

    @property
    def label_name(self) -> str:
        """How the column of the label is called; "" if there is none."""
        return "" if self.label is None else self.sheet.names[self.label]

    def target(self, n: int) -> float:
        """The number in the label's column in row n.

        Raises:
            DataFileError: there is none.
        """
        place = f"{self.sheet.path}: line {self.lines[n]}, column {shortened(self.label_name)}"
        return number_of(self.texts[n], self.sheet.decimal, place)


def read_csv(
    path: str | PathLike[str],
    label: str | int | None = None,
    *,
    columns: Sequence[str | int] | None = None,
    header: bool | None = None,
    class_names: Sequence[str] | None = None,
    missing: str = "error",
    delimiter: str | None = None,
    decimal: str | None = None,
    encoding: str | None = None,
    keep_none: bool | None = None,
) -> Table:
    """A CSV file as numbers and labels.

    Fields may stand in double quotes, and then hold delimiters, line ends and doubled quotes. Empty lines do not count,
    nor do spaces around a field, except behind a closing quote. A field is missing if it is empty or one of `?`, `NA`,
    `N/A`, `NaN`, `null`, `None`. A first line `sep=;` says the delimiter. A column that only numbers the rows, as
    pandas and R write it, is no feature unless it is named among `columns`.

    Args:
        path: the file, at most 256 MiB and ten million numbers.
        label: the column that holds the class, by name or by position from 0 (−1 is the last); None for none.
        columns: the features, by name or position; None for every column but the label.
        header: whether the first line holds names; None to see it by what differs between it and the rest.
        class_names: the classes in the order of their indices; None for those in the file, sorted, whole numbers by
            value.
        missing: "error" stops at the first missing field in a column that is used; "skip" leaves such rows out.
        delimiter: the character between fields; None for the one of comma, semicolon and tab that parts all rows alike,
            or stands most often in the first row, those in quotes not counted; the comma if it stands there as often as
            another.
        decimal: the sign before decimals, "." or ","; None for the comma where numbers have one and none has a point.
        encoding: "utf-8", "utf-16", "latin-1" or "windows-1252"; None for UTF-8, or UTF-16 if its first bytes say so.
        keep_none: whether a class may be called `none`, `null` or `NA`; None to take it for one if it is as common as
            others.

    Returns:
        A Table. Without a header, columns are called "column 0" and so on.

    Raises:
        DataFileError: the file cannot be read; the message names the line and the column. It is a ValueError.
        OSError: there is no such file, or no right to read it.
        TypeError, ValueError: an argument is none of the above.

    Source: `001` (gather data, as rows here and as columns there).

    Examples:
        >>> from scalarnn.datasets.penguins import FILE
        >>> table = read_csv(FILE, label="island", columns=["body_mass_g"], missing="skip")
        >>> table.X[:2], table.labels[:2], table.class_names
        ([[3750.0], [3800.0]], [2, 2], ['Biscoe', 'Dream', 'Torgersen'])
        >>> read_csv(FILE, label="island", columns=["body_mass_g"])  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        scalarnn.datasets.files.DataFileError: ...: line 5, column 'body_mass_g': missing, 'NA': expected a number
    """
    _check_columns(label, columns)
    _check_writing(header, delimiter, decimal, encoding)
    if class_names is not None:
        _check_class_names(class_names)
    if missing not in ("error", "skip"):
        raise ValueError(f'missing is {shortened(missing)}: expected "error" or "skip"')
    with opened_sheet(path, Writing(header, delimiter, decimal, encoding)) as sheet:
        reading = read_sheet(sheet, label, columns, missing, keep_none, class_names=class_names)
    classes = sorted_classes(reading.texts) if class_names is None else list(class_names)
    index = {}
    for k in range(len(classes)):
        index[classes[k]] = k
    labels = []
    for text in reading.texts:
        labels.append(index[text] if text in index else class_called(text, classes))
    names = [sheet.names[i] for i in reading.columns]
    return Table(reading.X, labels, names, classes)


def read_sheet(
    sheet: Sheet,
    label: str | int | None = None,
    columns: Sequence[str | int] | None = None,
    missing: str = "error",
    keep_none: bool | None = None,
    *,
    class_names: Sequence[str] | None = None,
    told: str = "a class",
) -> Reading:
    """The rows of an open sheet, read once.

    Args:
        sheet: whose rows are read.
        label: the column of what is to be told, by name or position; None for none.
        columns: the features; None for every column but the label, and but those that only number the rows.
        missing: "error" stops at the first gap, "skip" leaves rows with gaps out, "keep" has None for them; then a
            missing class is "".
        keep_none: as for read_csv.
        class_names: the classes that there may be; None for any.
        told: what messages say that the label holds; "a number" of one that is no class.

    Returns:
        A Reading.

    Raises:
        DataFileError: something cannot be read; the message names the line and the column.
        ValueError: columns that do not go together.

    Examples:
        >>> from scalarnn.datasets.penguins import FILE
        >>> with opened_sheet(FILE) as sheet:
        ...     read_sheet(sheet, "species", ["year"]).X[:2]
        [[2007.0], [2007.0]]
    """
    label_column = None if label is None else position_of(label, sheet, "label")
    used = features_of(columns, sheet, label_column)
    first = next(sheet.rows, None)
    doubtful = [] if columns is not None or first is None else _doubtful(used, sheet, first[1])
    sure = [i for i in used if i not in doubtful]
    check_once([*sure, *([] if label_column is None else [label_column])], sheet)
    rows = _Rows(sheet, sure, label_column, missing, doubtful)
    if first is not None:
        rows.take(*first)
    for line, fields in sheet.rows:
        rows.take(line, fields)
    left_out: list[tuple[int, str]] = []
    for i in doubtful:
        given = (sheet.header and is_given(sheet.given[i])) or i in sheet.empty
        why = why_left_out(rows.aside[i], sheet.given[i], sheet.header or given)
        if why is None or (len(used) == len(left_out) + 1 and not given):
            rows.add_column(i)
        else:
            left_out.append((i, why))
    if not rows.columns:
        i, why = left_out[0]
        raise DataFileError(f"{sheet.path}: no column is left for the features: {shortened(sheet.names[i])} {why}", why)
    check_once([*rows.columns, *([] if label_column is None else [label_column])], sheet)
    kept = _look_for_gaps_in_label(rows, keep_none, class_names, told)
    if not rows.X:
        reason = f"all {rows.n_gaps} have missing fields" if rows.n_gaps else f"nothing after line {sheet.line}"
        raise DataFileError(f"{sheet.path}: no row to use: {reason}")
    return Reading(rows.X, rows.texts, rows.lines, rows.columns, label_column, left_out, rows.n_gaps, kept, sheet)


def _doubtful(used: list[int], sheet: Sheet, first: list[str]) -> list[int]:
    """Columns that may only number the rows."""
    found = []
    for i in used:
        given = (sheet.header and is_given(sheet.given[i])) or i in sheet.empty
        if given or (may_count_rows(i, sheet.given[i], sheet.header) and counts_rows(first[i : i + 1])):
            found.append(i)
    return found


class _Rows:
    """The rows of a sheet, as they come in."""

    def __init__(
        self, sheet: Sheet, columns: list[int], label: int | None, missing: str, doubtful: Sequence[int]
    ) -> None:
        self.sheet = sheet
        self.columns = list(columns)
        self.label = label
        self.missing = missing
        self.X: list[Any] = []
        self.texts: list[str] = []
        self.lines: list[int] = []
        self.n_rows = 0
        self.n_gaps = 0
        self.aside: dict[int, list[str]] = {i: [] for i in doubtful}
        self.kept: list[int] = []  # the places, among all rows, of those in X
        self.shared: dict[str, float] = {}
        self.large: dict[tuple[int, float], tuple[int, int]] = {}

    def take(self, line: int, fields: list[str]) -> None:
        """One more row."""
        for i, texts in self.aside.items():
            texts.append(fields[i])
        x = self._numbers(fields, line)
        if x is None:
            self.n_gaps += 1
        if x is not None or self.missing == "keep":
            self.X.append(x)
            self.lines.append(line)
            self.kept.append(self.n_rows)
            if self.label is not None:
                self.texts.append(fields[self.label])
        self.n_rows += 1
        if len(self.X) * (len(fields) + 2) > MOST_NUMBERS:  # a row takes room too
            raise DataFileError(
                f"{self.sheet.path}: line {line}: more than ten million numbers: cut the file into parts"
            )

    def add_column(self, i: int) -> None:
        """One that was looked at is a feature like others, in its place among them."""
        at = 0
        while at < len(self.columns) and self.columns[at] < i:
            at += 1
        self.columns.insert(at, i)
        for n in range(len(self.X)):
            text = self.aside[i][self.kept[n]]
            if self.X[n] is None:
                continue
            if is_missing(text) and self.missing != "error":
                self.X[n] = None
                self.n_gaps += 1
            else:
                self.X[n].insert(at, self._number(text, i, self.lines[n]))
        if self.missing == "skip":
            self.keep_only([n for n in range(len(self.X)) if self.X[n] is not None])

    def keep_only(self, places: list[int]) -> None:
        """Of the rows in X."""
        self.X = [self.X[n] for n in places]
        self.lines = [self.lines[n] for n in places]
        self.kept = [self.kept[n] for n in places]
        if self.label is not None:
            self.texts = [self.texts[n] for n in places]

    def place(self, line: int, i: int) -> str:
        """How a message begins."""
        return f"{self.sheet.path}: line {line}, column {shortened(self.sheet.names[i])}"

    def _numbers(self, fields: list[str], line: int) -> list[float] | None:
        """The features of a row; None if one is missing and that is no error."""
        if self.missing != "error":
            for i in self.columns:
                if is_missing(fields[i]):
                    return None
        x = []
        for i in self.columns:
            x.append(self._number(fields[i], i, line))
        return x

    def _number(self, text: str, i: int, line: int) -> float:
        known = self.shared.get(text)
        if known is not None:
            return known
        value = number_of(text, self.sheet.decimal, self.place(line, i))
        if -EXACT < value < EXACT or not is_whole(text):
            if len(self.shared) < MOST_SHARED:
                self.shared[text] = value
            return value
        whole = int(text)
        other, other_line = self.large.setdefault((i, value), (whole, line))
        if other != whole:
            raise DataFileError(
                f"{self.place(line, i)}: {shortened(text)} and {shortened(str(other))} in line {other_line} are the "
                "same float: leave this column out",
                "large",
            )
        return value


def _look_for_gaps_in_label(
    rows: _Rows, keep_none: bool | None, class_names: Sequence[str] | None, told: str
) -> list[str]:
    """Words for a gap that are a class here; rows whose class is missing go, or have "" for it."""
    if rows.label is None:
        return []
    kept = classes_called_none(rows.texts, keep_none) if told == "a class" else []
    if class_names is not None:
        kept = [text for text in class_names if text and is_missing(text)]
    with_class = []
    for n in range(len(rows.texts)):
        text = rows.texts[n]
        if is_missing(text) and text not in kept:
            if rows.missing == "error":
                place = rows.place(rows.lines[n], rows.label)
                cause = "no class" if text and told == "a class" else "gap"
                raise DataFileError(f"{place}: missing, {shortened(text)}: expected {told}", cause)
            rows.texts[n] = ""
            rows.n_gaps += rows.missing == "skip"
        else:
            with_class.append(n)
            if class_names is not None and class_called(text, class_names) is None:
                raise DataFileError(
                    f"{rows.place(rows.lines[n], rows.label)}: {shortened(text)} is none of the {len(class_names)} "
                    "class names",
                    "class",
                )
    if rows.missing == "skip":
        rows.keep_only(with_class)
    return kept


# ---- arguments -------------------------------------------------------------------------------------------------------


def _check_columns(label: str | int | None, columns: Sequence[str | int] | None) -> None:
    named = [] if label is None else [("label", label)]
    if columns is not None:
        check.sequence(columns, "columns")
        for k in range(len(columns)):
            named.append((f"columns[{k}]", columns[k]))
    for name, column in named:
        if isinstance(column, bool) or not isinstance(column, (str, int)):
            raise TypeError(f"{name} is {shortened(column)}: expected the name or the position of a column")


def _check_class_names(class_names: Sequence[str]) -> None:
    check.sequence(class_names, "class_names")
    for k in range(len(class_names)):
        if not isinstance(class_names[k], str):
            raise TypeError(f"class_names[{k}] is {shortened(class_names[k])}: expected text")
    if len(set(class_names)) < len(class_names):
        raise ValueError("class_names: a name is there twice")


def _check_writing(header: bool | None, delimiter: str | None, decimal: str | None, encoding: str | None) -> None:
    if header is not None and not isinstance(header, bool):
        raise TypeError(f"header is {shortened(header)}: expected True, False or None")
    if delimiter is not None and (not isinstance(delimiter, str) or len(delimiter) != 1 or delimiter in '"\r\n'):
        raise ValueError(f"delimiter is {shortened(delimiter)}: expected one character, or None")
    if decimal not in (None, ".", ","):
        raise ValueError(f'decimal is {shortened(decimal)}: expected ".", "," or None')
    if encoding is not None and encoding not in ENCODINGS:
        raise ValueError(f"encoding is {shortened(encoding)}: expected one of {', '.join(ENCODINGS)}, or None")
