"""A table opened: how it is written, whether its first line holds names, and its rows, ready to be read once."""

from __future__ import annotations

import contextlib
from collections import namedtuple
from pathlib import Path

import scalarnn.datasets.files as files
from scalarnn.datasets.csv_files.dialect import DELIMITERS, decimal_of, delimiter_of, one_space, parted, said_delimiter
from scalarnn.datasets.csv_files.fields import is_number
from scalarnn.datasets.csv_files.header import is_header
from scalarnn.datasets.csv_files.text import numbered_texts
from scalarnn.datasets.files import DataFileError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from os import PathLike
    from typing import Any, BinaryIO

__all__ = ["Sheet", "Writing", "numbered_rows", "opened_sheet"]

LOOKED_AT = 200  # lines that show how the file is written


class Writing(namedtuple("Writing", ["header", "delimiter", "decimal", "encoding"], defaults=[None, None, None, None])):
    """How a file is written, as far as it is said: None is found out.

    Args:
        header: whether the first line holds names.
        delimiter: the character between fields.
        decimal: "." or ",".
        encoding: one of `text.ENCODINGS`.

    Examples:
        >>> Writing(delimiter=";")
        Writing(header=None, delimiter=';', decimal=None, encoding=None)
    """

    __slots__ = ()

    header: bool | None
    delimiter: str | None
    decimal: str | None
    encoding: str | None


class Sheet(namedtuple("Sheet", ["path", "line", "names", "given", "header", "delimiter", "decimal", "empty", "rows"])):
    """A table whose rows can be read once.

    Args:
        path: how messages call the file.
        line: the number of the line where the first row begins.
        names: of all columns; one without a name is called "column 2", say.
        given: the names as the file has them, "" where it has none.
        header: whether the file has names at all.
        delimiter, decimal: how it is written.
        empty: the positions of columns that have no name, and nothing in the first rows: a delimiter ends each line.
        rows: pairs of a line number and as many fields as there are names.

    Examples:
        >>> from scalarnn.datasets.penguins import FILE
        >>> with opened_sheet(FILE) as sheet:
        ...     sheet.names[:2], sheet.header, next(sheet.rows)[1][:2]
        (['species', 'island'], True, ['Adelie', 'Torgersen'])
    """

    __slots__ = ()

    path: str | PathLike[str]
    line: int
    names: list[str]
    given: list[str]
    header: bool
    delimiter: str
    decimal: str
    empty: set[int]
    rows: Iterator[tuple[int, list[str]]]


UNKNOWN = Writing()


@contextlib.contextmanager
def opened_sheet(
    path: str | PathLike[str],
    writing: Writing = UNKNOWN,
    known_names: Sequence[str] = (),
    usual_decimal: str = ".",
) -> Iterator[Sheet]:
    """The table in a file, for a `with` block.

    Args:
        path: the file.
        writing: what is known of how it is written.
        known_names: if all of them stand in the first row, it is a header; if not, one with a number is none.
        usual_decimal: see `dialect.decimal_of`.

    Returns:
        A Sheet.

    Raises:
        DataFileError: the file has no row, or it cannot be read.
        OSError: there is no such file, or no right to read it.

    Examples:
        >>> from scalarnn.datasets.penguins import FILE
        >>> with opened_sheet(FILE, Writing(delimiter=";")) as sheet:
        ...     len(sheet.names)
        1
    """
    with Path(path).open("rb") as file:
        yield _sheet(file, path, writing, known_names, usual_decimal)


def _sheet(
    file: BinaryIO, path: str | PathLike[str], writing: Writing, known_names: Sequence[str], usual_decimal: str
) -> Sheet:
    texts = numbered_texts(file, path, writing.encoding)
    beginning, delimiter = _beginning(texts, writing)
    rows = numbered_rows(_chain(beginning, (text for _, text in texts)), path, delimiter)
    line, first = next(rows, (1, []))
    if not first:
        raise DataFileError(f"{path}: no row at all: expected a line for each sample")
    if len(first) == 1 and writing.delimiter is None:
        _check_title(beginning, path, line)
    looked_at = parted(beginning, delimiter)[1:]
    if len(beginning) == LOOKED_AT:  # the last row may go on
        looked_at = looked_at[:-1]
    decimal = writing.decimal or decimal_of([first, *looked_at], usual_decimal)
    header = writing.header
    if header is None:
        header = is_header(first, looked_at, decimal)
        if known_names:  # a row of other names has no number in it, so that no sample is lost
            header = set(known_names) <= set(first) or (header and not _has_numbers(first))
    given = _given(first, looked_at) if header else [""] * len(first)
    names = []
    for i in range(len(given)):
        names.append(given[i] or f"column {i}")
    if not header:
        rows = _chain([(line, first)], rows)
    empty = set(range(len(given)))
    for fields in [given, *([] if header else [first]), *looked_at]:
        empty -= {i for i in empty if i < len(fields) and fields[i]}
    rows = _checked(rows, len(names), path, line)
    return Sheet(path, line, names, given, header, delimiter, decimal, empty if looked_at else set(), rows)


def numbered_rows(
    texts: Iterator[str], path: str | PathLike[str], delimiter: str = ","
) -> Iterator[tuple[int, list[str]]]:
    r"""The number of the line on which a row begins, and its fields without the spaces around them.

    Args:
        texts: the lines of a file.
        path: how messages call it.
        delimiter: what stands between fields.

    Returns:
        Pairs of a number and a list of texts; empty lines are left out.

    Raises:
        DataFileError: the file cannot be read; the message names the line.

    Examples:
        >>> list(numbered_rows(iter(['"a;b"; c\n', '\n', '1;2']), "x.csv", ";"))
        [(1, ['a;b', 'c']), (3, ['1', '2'])]
    """
    import csv

    if delimiter == " ":
        texts = map(one_space, texts)
    reader = csv.reader(texts, delimiter=delimiter, skipinitialspace=delimiter != " ", strict=True)
    while True:
        line = reader.line_num + 1
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            open_quote = ": a quote is never closed" if "unexpected end" in str(error) else ""
            raise DataFileError(f"{path}: line {line}: {error}{open_quote}") from None
        if fields:
            yield line, [field.strip() for field in fields]


def _beginning(texts: Iterator[tuple[int, str]], writing: Writing) -> tuple[list[str], str]:
    """The first lines, and what stands between fields in them."""
    lines: list[str] = []
    n_letters = 0
    said = None
    for number, text in texts:
        if number == 1:
            said = said_delimiter(text.strip())
            text = "\n" if said else text
        lines.append(text)
        n_letters += len(text)
        if len(lines) == LOOKED_AT or n_letters > files.LONGEST_LINE:
            break
    return lines, writing.delimiter or said or delimiter_of(lines, writing.decimal)


def _check_title(beginning: list[str], path: str | PathLike[str], line: int) -> None:
    """A lone field that the rows below are no continuation of is a title, or a remark."""
    for sign in DELIMITERS:
        numbers = [len(fields) for fields in parted(beginning, sign)]
        below = numbers[1:-1] if len(numbers) > 3 else numbers[1:]  # the last may be cut off
        if len(below) > 1 and below[0] > 2 and below.count(below[0]) == len(below):  # two are R's name and row name
            raise DataFileError(
                f"{path}: line {line} has 1 field, and the rows below have {below[0]}: take away what stands above them"
            )


def _has_numbers(fields: list[str]) -> bool:
    return any(is_number(text) or is_number(text, ",") for text in fields)


def _given(first: list[str], rows: list[list[str]]) -> list[str]:
    """The names of a header; one more, or less, than it has where every row has one field more, or less."""
    given = list(first)
    if rows and not first[-1] and all(len(fields) == len(first) - 1 for fields in rows):
        given.pop()  # the header alone ends with a delimiter
    elif len(rows) > 1 and all(len(fields) == len(first) + 1 for fields in rows):
        begin = [fields[0] for fields in rows]
        if not any(fields[-1] for fields in rows):  # rows end with a delimiter
            given.append("")
        elif len(set(begin)) == len(begin):  # R leaves the name of the row names out
            given.insert(0, "")
    return given


def _checked(
    rows: Iterator[tuple[int, list[str]]], n: int, path: str | PathLike[str], first_line: int
) -> Iterator[tuple[int, list[str]]]:
    for line, fields in rows:
        if len(fields) != n:
            has = "1 field" if len(fields) == 1 else f"{len(fields)} fields"
            raise DataFileError(f"{path}: line {line} has {has}: expected {n}, as in line {first_line}")
        yield line, fields


def _chain(first: Iterable[Any], others: Iterable[Any]) -> Iterator[Any]:
    yield from first
    yield from others
