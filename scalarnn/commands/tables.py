"""How a table is written and which of its columns are meant: the options that train, predict and check share, and more.

add_table_options   --label, --header, --delimiter, --decimal …
writing_of          what they say of the file
table_of            a table as train learns it
way_out             the option that helps, if one does
"""

from __future__ import annotations

import argparse
import re
from collections import namedtuple

from scalarnn.commands.usage import UsageError, printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.datasets.csv_files.reader import Reading
    from scalarnn.datasets.csv_files.sheet import Sheet, Writing

__all__ = ["TABLE_OPTIONS", "TableRead", "add_table_options", "column_of", "table_of", "way_out", "writing_of"]

POSITION = re.compile(r"-?[0-9]{1,9}")
SIGNS = {"comma": ",", "semicolon": ";", "tab": "\t", "\\t": "\t", "space": " ", "pipe": "|", "point": "."}
MOST_CLASSES = 100
ENCODINGS = ("utf-8", "utf-16", "latin-1", "windows-1252")
# What goes with CSV files alone, by the names in the arguments.
TABLE_OPTIONS = ("label", "columns", "header", "delimiter", "decimal", "encoding", "skip_missing", "keep_none", "task")
LABELS = ("label", "class", "target", "species", "kind", "category", "diagnosis", "survived", "outcome")


def add_table_options(parser: argparse.ArgumentParser, label: str) -> None:
    """What tells how the rows and columns of a file are to be read.

    Args:
        parser: of a command.
        label: what the help says of --label.
    """
    group = parser.add_argument_group("how a CSV file is read")
    group.add_argument(
        "--label", metavar="COLUMN", help=f"{label}; columns by name, or by position from 0 (-1 is the last)"
    )
    group.add_argument(
        "--header",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="the first line holds names, or it does not; by default it is seen by what differs from the rest",
    )
    group.add_argument(
        "--delimiter", type=_delimiter, metavar="SIGN", help="between fields: one character, tab or space; else found"
    )
    group.add_argument("--decimal", type=_decimal, metavar="SIGN", help="before decimals: . or ,; else found")
    group.add_argument(
        "--encoding", type=_encoding, metavar="NAME", help=f"of the text: {', '.join(ENCODINGS)}; else found"
    )
    group.add_argument("--skip-missing", action="store_true", default=None, help="leave rows with gaps out")
    group.add_argument(
        "--keep-none",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="none, null and NA are classes, or they are gaps; by default a class if as common as others",
    )
    parser.add_argument(
        "--recognized-only",
        action="store_true",
        default=None,
        help="of .ndjson drawings: only those that the game recognised",
    )


def _delimiter(word: str) -> str:
    sign = SIGNS.get(word, word)
    if len(sign) != 1 or sign in '"\r\n' or sign.isalnum():
        raise argparse.ArgumentTypeError(f"{word!r}: expected one character between fields, tab or space")
    return sign


def _decimal(word: str) -> str:
    sign = SIGNS.get(word, word)
    if sign not in (".", ","):
        raise argparse.ArgumentTypeError(f"{word!r}: expected . or ,")
    return sign


def _encoding(word: str) -> str:
    name = word.lower().replace("_", "-")
    name = {"utf8": "utf-8", "utf16": "utf-16", "latin1": "latin-1", "iso-8859-1": "latin-1"}.get(name, name)
    name = {"cp1252": "windows-1252", "ansi": "windows-1252"}.get(name, name)
    if name not in ENCODINGS:
        raise argparse.ArgumentTypeError(f"{word!r}: expected one of {', '.join(ENCODINGS)}")
    return name


def writing_of(arguments: argparse.Namespace) -> Writing:
    """What the options say of how the file is written."""
    from scalarnn.datasets.csv_files.sheet import Writing

    words = ("header", "delimiter", "decimal", "encoding")
    return Writing(*[getattr(arguments, word, None) for word in words])


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


def columns_in(word: str) -> list[str]:
    """The columns that a word names, parted by commas; a name with a comma stands in quotes.

    Examples:
        >>> columns_in('a, b,"c,d"')
        ['a', 'b', 'c,d']
    """
    import csv

    try:
        (pieces,) = csv.reader([word], skipinitialspace=True, strict=True)
    except (csv.Error, ValueError):
        raise argparse.ArgumentTypeError(f"{word!r}: expected names or positions, parted by commas") from None
    return [piece.strip() for piece in pieces]


def way_out(error: Exception) -> str:
    """The option that would help, as the end of a message."""
    ways = {
        "gap": "--skip-missing leaves such rows out",
        "no class": "--skip-missing leaves such rows out; --keep-none takes the word for a class",
        "word": "name the columns of the features with --columns, that of the classes with --label",
        "decimal": "--decimal , reads decimal commas, --decimal . points",
        "thousands": "write the numbers without",
        "encoding": "--encoding latin-1, say, if it is in that encoding",
        "delimiter": "--delimiter names another sign",
        "counts the rows": "--columns takes it all the same",
        "numbers the rows": "--columns takes it all the same",
        "twice": "--columns takes columns by position too",
        "large": "--columns names those to learn from",
    }
    cause = getattr(error, "cause", "")
    if cause == "delimiter" and "expected commas" not in str(error):
        return ""
    return f"; {ways[cause]}" if cause in ways else ""


# ---- a table to learn from -------------------------------------------------------------------------------------------


class TableRead(
    namedtuple("TableRead", ["X", "labels", "feature_names", "class_names", "label_name", "table", "said", "task"])
):
    """What was read from a table to learn from.

    Args:
        X: one row of numbers a sample.
        labels: a class index for each; in a regression a number.
        feature_names: of the columns of X.
        class_names: of the labels; none in a regression.
        label_name: of the column of the labels.
        table: how the file was written, for the saved network.
        said: what a user should know, pairs of a word and a sentence.
        task: "classification" or "regression".
    """

    __slots__ = ()


def table_of(path: str, arguments: argparse.Namespace) -> TableRead:
    """A table as the options ask for it.

    Args:
        path: the file.
        arguments: those of TABLE_OPTIONS, None where nothing was said.

    Returns:
        A TableRead.

    Raises:
        DataFileError, ValueError: it cannot be read so.
        UsageError: it can, and is of no use.
    """
    from scalarnn.datasets.csv_files.sheet import opened_sheet

    with opened_sheet(path, writing_of(arguments)) as sheet:
        word = arguments.label
        label = _last_column(sheet) if word is None else column_of(word, sheet.names)
        columns = None
        if arguments.columns is not None:
            columns = [column_of(word, sheet.names) for word in arguments.columns]
        reading = _read(sheet, label, columns, arguments)
    labels: Any
    class_names: list[str] = []
    if getattr(arguments, "task", None) == "regression":
        labels = _numbers(reading)
    else:
        labels, class_names = _classes(reading, arguments)
    names = [sheet.names[i] for i in reading.columns]
    said = _said(reading, word is None, not class_names)
    task = "classification" if class_names else "regression"
    table = _table(reading, arguments)
    return TableRead(reading.X, labels, names, class_names, reading.label_name, table, said, task)


def _last_column(sheet: Sheet) -> int:
    """The last one; of a file with names the last that has one of its own."""
    from scalarnn.datasets.csv_files.row_numbers import is_given

    for i in range(len(sheet.names) - 1, 0, -1):
        if i not in sheet.empty and not (sheet.header and is_given(sheet.given[i])):
            return i
    return len(sheet.names) - 1


def _read(sheet: Sheet, label: str | int, columns: Any, arguments: argparse.Namespace) -> Reading:
    from scalarnn.datasets.csv_files.reader import read_sheet

    missing = "skip" if arguments.skip_missing else "error"
    told = "a number" if getattr(arguments, "task", None) == "regression" else "a class"
    return read_sheet(sheet, label, columns, missing, getattr(arguments, "keep_none", None), told=told)


def _numbers(reading: Reading) -> list[float]:
    """What a regression learns."""
    from scalarnn.datasets import DataFileError

    numbers = []
    for n in range(len(reading.texts)):
        try:
            numbers.append(reading.target(n))
        except DataFileError as error:
            if error.cause != "word":
                raise
            raise DataFileError(f"{error}; --task regression learns numbers, --label names their column") from None
    if min(numbers) == max(numbers):
        name = printable(reading.label_name)
        raise UsageError(
            f"{reading.sheet.path}: {numbers[0]:g} in every row of column {name!r}: there is nothing to learn"
        )
    return numbers


def _classes(reading: Reading, arguments: argparse.Namespace) -> tuple[list[int], list[str]]:
    from scalarnn.datasets.csv_files.classes import looks_like_numbers, sorted_classes

    path, label_name = reading.sheet.path, reading.label_name
    class_names = sorted_classes(reading.texts)
    others = [name for name in reading.sheet.names if name.lower() in LABELS and name != label_name]
    hint = f"; {printable(others[0])!r} may be the column of the classes" if others else ""
    if getattr(arguments, "task", None) is None and looks_like_numbers(reading.texts, reading.sheet.decimal):
        many = len(class_names) > MOST_CLASSES
        way = f": expected at most {MOST_CLASSES}" if many else "; --task classification takes them as they are"
        raise UsageError(
            f"{path}: {len(class_names)} classes in column {printable(label_name)!r}{way}; they are all numbers: "
            f"--task regression learns them as such; --label names another column{hint}"
        )
    if len(class_names) == 1:
        raise UsageError(
            f"{path}: only one class, {class_names[0]!r}, in column {printable(label_name)!r}: there is nothing to "
            f"tell apart; --label names another column{hint}"
        )
    index = {}
    for k in range(len(class_names)):
        index[class_names[k]] = k
    return [index[text] for text in reading.texts], class_names


def _table(reading: Reading, arguments: argparse.Namespace) -> dict[str, Any]:
    """What the saved network remembers of the file."""
    sheet = reading.sheet
    return {
        "header": sheet.header,
        "columns": len(sheet.names),
        "label": reading.label,
        "features": reading.columns,
        "delimiter": sheet.delimiter,
        "decimal": sheet.decimal,
        "encoding": getattr(arguments, "encoding", None),
        "missing": "skip" if arguments.skip_missing else "error",
        "keep_none": getattr(arguments, "keep_none", None),
    }


# ---- what is said of it ----------------------------------------------------------------------------------------------


def _said(reading: Reading, label_is_default: bool, is_regression: bool) -> list[tuple[str, str]]:
    """How the file was understood, and what was left out of it."""
    from scalarnn.datasets.csv_files.row_numbers import counts_rows

    sheet = reading.sheet
    names = [printable(name) for name in sheet.names]
    header = f"names in line {sheet.line}" if sheet.header else "no names, line 1 is the first row"
    sign = {"\t": "tabs", " ": "spaces"}.get(sheet.delimiter, repr(sheet.delimiter))
    decimal = ", decimal commas" if sheet.decimal == "," else ""
    what = "number" if is_regression else "class"
    label = "" if reading.label is None else _shown(names, reading.label)
    default = ", the last" if label_is_default else ""
    said = [("table", f"{header}; {sign} between fields{decimal}; {what} in {label}{default}")]
    for i, why in reading.left_out:
        said.append(("left out", f"{_shown(names, i)}, which {why}"))
    if reading.n_gaps:
        said.append(("left out", f"{reading.n_gaps} of {len(reading.X) + reading.n_gaps} rows, with gaps"))
    for word in reading.none_classes:
        n = sum(text == word for text in reading.texts)
        said.append(("note", f"{printable(word)!r} is a class, of {n} rows; --no-keep-none takes it for a gap"))
    if is_regression and counts_rows(reading.texts):
        said.append(("note", f"{label} counts the rows, and is what is learned; --label names another"))
    if label_is_default and sheet.header and reading.label_name.lower() not in LABELS:
        for i in reading.columns:
            if sheet.names[i].lower() in LABELS[:3]:
                said.append(("note", f"{_shown(names, i)} is a feature here; --label {names[i]} tells it"))
    return said + _doubts(reading, names)


def _doubts(reading: Reading, names: list[str]) -> list[tuple[str, str]]:
    """Features that may be none."""
    from scalarnn.datasets.csv_files.row_numbers import may_count_rows

    said = []
    for k in range(len(reading.columns)):
        i = reading.columns[k]
        usual = reading.sheet.header and may_count_rows(i, reading.sheet.given[i], True)
        if _counts(reading.X, k):
            said.append(("note", f"{_shown(names, i)} counts the rows, and is a feature; --columns leaves it out"))
        elif usual and len({x[k] for x in reading.X}) == len(reading.X):
            said.append(("note", f"{_shown(names, i)} has another number in each row; --columns leaves it out"))
    return said


def _counts(X: list[list[float]], k: int) -> bool:
    """Whether a column is 0, 1, 2 … or 1, 2, 3 …, of three rows at least."""
    for n in range(len(X)):
        if X[n][k] != X[0][k] + n:
            return False
    return len(X) > 2 and X[0][k] in (0, 1)


def _shown(names: list[str], i: int) -> str:
    return names[i] if names[i] == f"column {i}" else f"column {names[i]!r}"
