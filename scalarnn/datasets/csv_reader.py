"""CSV files: a row for each sample, a column for each feature, perhaps one for the label.

Every number is read as a float. What cannot be read is named by its line and its column.
"""

from __future__ import annotations

import re
from pathlib import Path

from scalarnn import check
from scalarnn.datasets.files import LONGEST_LINE, DataFileError, numbered_lines, shortened
from scalarnn.datasets.table import Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from os import PathLike
    from typing import BinaryIO

__all__ = ["numbered_rows", "read_csv"]

NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
MOST_NUMBERS = 10_000_000
DELIMITERS = (",", ";", "\t")
MISSING = {"", "?", "na", "n/a", "nan", "null", "none"}


def read_csv(
    path: str | PathLike[str],
    label: str | int | None = None,
    *,
    columns: Sequence[str | int] | None = None,
    header: bool | None = None,
    class_names: Sequence[str] | None = None,
    missing: str = "error",
    delimiter: str | None = None,
) -> Table:
    """A CSV file as numbers and labels.

    Fields may stand in double quotes, and then hold delimiters, line ends and doubled quotes. Empty lines do not count,
    nor do spaces around a field, except behind a closing quote. A field is missing if it is empty or one of `?`, `NA`,
    `N/A`, `NaN`, `null`, `None`.

    Args:
        path: the file, UTF-8, at most 256 MiB and ten million numbers.
        label: the column that holds the class, by name or by position from 0 (−1 is the last); None for none.
        columns: the features, by name or position; None for every column but the label.
        header: whether the first line holds names; None: it does if none of its fields is a number or missing.
        class_names: the classes in the order of their indices; None for those in the file, sorted, whole numbers by
            value.
        missing: "error" stops at the first missing field in a column that is used; "skip" leaves such rows out.
        delimiter: the character between fields; None for the one of comma, semicolon and tab that stands most often in
            the first row, those in quotes not counted; the comma if it stands there as often as another.

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
    _check_options(label, columns, header, class_names, missing, delimiter)
    with Path(path).open("rb") as file:
        rows = numbered_rows(file, path, delimiter)
        first_line, first = next(rows, (1, []))
        if not first:
            raise DataFileError(f"{path}: no row at all: expected a line for each sample")
        if header is None:
            header = not any(_is_missing(field) or NUMBER.fullmatch(field) for field in first)
        names = first if header else [f"column {i}" for i in range(len(first))]
        if len(set(names)) < len(names):
            twice = next(name for name in names if names.count(name) > 1)
            raise DataFileError(f"{path}: line {first_line}: two columns are called {shortened(twice)}")
        label_column = None if label is None else _position(label, names, "label", path)
        feature_columns = _feature_columns(columns, names, label_column, path)

        X = []
        label_texts = []
        n_skipped = 0
        line = first_line
        for line, fields in rows if header else _chain(first_line, first, rows):
            if len(fields) != len(names):
                raise DataFileError(
                    f"{path}: line {line} has {_fields(len(fields))}: expected {len(names)}, as in line {first_line}"
                )
            if missing == "skip" and _has_missing(fields, feature_columns, label_column):
                n_skipped += 1
                continue
            x = []
            for i in feature_columns:
                x.append(_number(fields[i], f"{path}: line {line}, column {shortened(names[i])}"))
            X.append(x)
            if len(X) * (len(x) + 2) > MOST_NUMBERS:  # a row takes room too
                raise DataFileError(f"{path}: line {line}: more than ten million numbers: cut the file into parts")
            if label_column is not None:
                text = fields[label_column]
                if _is_missing(text):
                    raise DataFileError(
                        f"{path}: line {line}, column {shortened(names[label_column])}: "
                        f"missing, {shortened(text)}: expected a class"
                    )
                if class_names is not None and text not in class_names:
                    raise DataFileError(
                        f"{path}: line {line}, column {shortened(names[label_column])}: "
                        f"{shortened(text)} is none of the {len(class_names)} class names"
                    )
                label_texts.append(text)
    if not X:
        reason = f"all {n_skipped} have missing fields" if n_skipped else f"nothing after line {line}"
        raise DataFileError(f"{path}: no row to use: {reason}")
    feature_names = []
    for i in feature_columns:
        feature_names.append(names[i])
    classes = _sorted_classes(label_texts) if class_names is None else list(class_names)
    index = {}
    for k in range(len(classes)):
        index[classes[k]] = k
    labels = []
    for text in label_texts:
        labels.append(index[text])
    return Table(X, labels, feature_names, classes)


def numbered_rows(
    file: BinaryIO, path: str | PathLike[str], delimiter: str | None = None
) -> Iterator[tuple[int, list[str]]]:
    """The number of the line on which a row begins, and its fields without the spaces around them.

    Args:
        file: opened to read bytes.
        path: how messages call it.
        delimiter: as for read_csv.

    Returns:
        Pairs of a number and a list of texts; empty lines are left out.

    Raises:
        DataFileError: the file cannot be read; the message names the line.

    Examples:
        >>> from io import BytesIO
        >>> list(numbered_rows(BytesIO(b'"a,b"; c\\n\\n1;2'), "x.csv"))
        [(1, ['a,b', 'c']), (3, ['1', '2'])]
    """
    import csv

    texts: Iterator[str] = (text for _, text in numbered_lines(file, path))
    if delimiter is None:
        delimiter, texts = _delimiter_of(texts)
    reader = csv.reader(texts, delimiter=delimiter, skipinitialspace=True, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise DataFileError(f"{path}: line {line}: {error}") from None
        if fields:
            yield line, [field.strip() for field in fields]


def _delimiter_of(texts: Iterator[str]) -> tuple[str, Iterator[str]]:
    """What stands most often between the fields of the first row, and all the lines, from the first."""
    seen = []
    n_letters = 0
    counts = dict.fromkeys(DELIMITERS, 0)
    in_quotes = False
    for text in texts:
        seen.append(text)
        n_letters += len(text)
        in_quotes = _count_delimiters(text, counts, in_quotes)
        if text.strip("\r\n") and not in_quotes:
            break
        if n_letters > LONGEST_LINE:  # a quote without end
            break
    most = DELIMITERS[0]
    for sign in DELIMITERS:
        if counts[sign] > counts[most]:
            most = sign
    return most, _lines(seen, texts)


def _count_delimiters(text: str, counts: dict[str, int], in_quotes: bool) -> bool:
    """Count those of a line that stand outside of quotes; whether the line ends inside."""
    before = DELIMITERS[0]  # a line begins as a field does
    for sign in text:
        if sign == '"' and (in_quotes or before == '"' or before in counts):  # two are a quote that goes on
            in_quotes = not in_quotes
            before = sign
        elif not in_quotes and sign in counts:
            counts[sign] += 1
            before = sign
        elif sign != " ":
            before = "a letter"
    return in_quotes


def _lines(seen: list[str], texts: Iterator[str]) -> Iterator[str]:
    yield from seen
    yield from texts


def _chain(line: int, first: list[str], rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    yield line, first
    yield from rows


def _number(text: str, place: str) -> float:
    if _is_missing(text):
        raise DataFileError(f"{place}: missing, {shortened(text)}: expected a number")
    if not NUMBER.fullmatch(text):
        raise DataFileError(f"{place}: {shortened(text)}: expected a number")
    value = float(text)
    if value - value != 0:
        raise DataFileError(f"{place}: {shortened(text)} is too large for a float")
    return value


def _is_missing(text: str) -> bool:
    return text.lower() in MISSING


def _has_missing(fields: list[str], feature_columns: list[int], label_column: int | None) -> bool:
    if label_column is not None and _is_missing(fields[label_column]):
        return True
    return any(_is_missing(fields[i]) for i in feature_columns)


def _feature_columns(
    columns: Sequence[str | int] | None, names: list[str], label_column: int | None, path: str | PathLike[str]
) -> list[int]:
    found = []
    if columns is None:
        for i in range(len(names)):
            if i != label_column:
                found.append(i)
    else:
        for k in range(len(columns)):
            i = _position(columns[k], names, f"columns[{k}]", path)
            if i == label_column:
                raise ValueError(f"columns[{k}] is {columns[k]!r}: that is the label")
            if i in found:
                raise ValueError(f"columns[{k}] is {columns[k]!r}: that column is there twice")
            found.append(i)
    if not found:
        expected = "expected commas, semicolons or tabs between fields"
        only = f": the only one is {shortened(names[0])}; {expected}" if len(names) == 1 else ""
        raise DataFileError(f"{path}: no column is left for the features{only}")
    return found


def _position(column: str | int, names: list[str], argument: str, path: str | PathLike[str]) -> int:
    """A column by name or position, as a position from 0."""
    if isinstance(column, str):
        if column in names:
            return names.index(column)
        known = ", ".join(shortened(name) for name in names[:10])
        raise DataFileError(f"{path}: {argument} is {shortened(column)}: no such column among {known}")
    if not -len(names) <= column < len(names):
        raise DataFileError(f"{path}: {argument} is {column}: the file has {len(names)} columns")
    return column % len(names)


def _sorted_classes(texts: list[str]) -> list[str]:
    classes = sorted(set(texts))
    if all(re.fullmatch(r"[+-]?[0-9]{1,18}", text) for text in classes):
        classes.sort(key=int)
    return classes


def _fields(n: int) -> str:
    return "1 field" if n == 1 else f"{n} fields"


def _check_options(
    label: str | int | None,
    columns: Sequence[str | int] | None,
    header: bool | None,
    class_names: Sequence[str] | None,
    missing: str,
    delimiter: str | None,
) -> None:
    named = [] if label is None else [("label", label)]
    if columns is not None:
        check.sequence(columns, "columns")
        for k in range(len(columns)):
            named.append((f"columns[{k}]", columns[k]))
    for name, column in named:
        if isinstance(column, bool) or not isinstance(column, (str, int)):
            raise TypeError(f"{name} is {shortened(column)}: expected the name or the position of a column")
    if header is not None and not isinstance(header, bool):
        raise TypeError(f"header is {shortened(header)}: expected True, False or None")
    if class_names is not None:
        check.sequence(class_names, "class_names")
        for k in range(len(class_names)):
            if not isinstance(class_names[k], str):
                raise TypeError(f"class_names[{k}] is {shortened(class_names[k])}: expected text")
        if len(set(class_names)) < len(class_names):
            raise ValueError("class_names: a name is there twice")
    if missing not in ("error", "skip"):
        raise ValueError(f'missing is {shortened(missing)}: expected "error" or "skip"')
    if delimiter is not None and (not isinstance(delimiter, str) or len(delimiter) != 1 or delimiter in '"\r\n'):
        raise ValueError(f"delimiter is {shortened(delimiter)}: expected one character, or None")
