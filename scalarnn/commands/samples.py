"""The samples that a saved network is asked about: the columns of its training, found again in a table; or drawings."""

from __future__ import annotations

import math
import re
from collections import namedtuple
from pathlib import Path

from scalarnn.commands.tables import column_of, way_out, writing_of
from scalarnn.commands.usage import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from typing import Any

    from scalarnn.classifier import Classifier
    from scalarnn.datasets.csv_files.reader import Reading
    from scalarnn.datasets.csv_files.sheet import Sheet, Writing
    from scalarnn.datasets.files import DataFileError
    from scalarnn.regressor import Regressor

__all__ = ["Samples", "read_samples"]

LARGEST_SIDE = 64  # of drawings that train takes
DRAWINGS = (".ndjson", ".npy", ".npz")
NO_NAME = re.compile(r"column ([0-9]{1,9})")


class Samples(namedtuple("Samples", ["X", "labels", "notes"], defaults=[()])):
    """What a network is asked about.

    Args:
        X: a row of features for each sample; None where one is missing.
        labels: what is true of each, a class index or a number, None where it is missing; None if it is not known.
        notes: what a user should know, as sentences.
    """

    __slots__ = ()

    @property
    def whole(self) -> list[int]:
        """The positions of the samples without gaps."""
        return [n for n in range(len(self.X)) if self.X[n] is not None]


def read_samples(path: str, model: Classifier | Regressor, arguments: argparse.Namespace) -> Samples:
    """The samples in a file, with what is true of them if the file has it.

    Args:
        path: a CSV file, or one of drawings.
        model: whose features and classes they are.
        arguments: the options of `add_table_options`; `no_label` too, if there is such an option.

    Returns:
        Samples.

    Raises:
        ValueError: a DataFileError names line and column; a column is missing.
        OSError: the file cannot be read.
    """
    from scalarnn.datasets import DataFileError

    label = False if getattr(arguments, "no_label", False) else arguments.label
    try:
        if Path(path).suffix.lower() in DRAWINGS:
            return _drawings(path, model, label, arguments)
        if arguments.recognized_only:
            raise ValueError(f"{path}: --recognized-only goes with drawings, .ndjson")
        return _rows(path, model, label, arguments)
    except DataFileError as error:
        ways = {"gap": "; --skip-missing gives such rows an empty answer", "word": "", "twice": "", "large": ""}
        ways |= {"no class": "; --skip-missing asks about such rows all the same"}
        if hasattr(arguments, "no_label"):
            ways["class"] = "; --no-label leaves that column alone"
        raise DataFileError(f"{error}{ways.get(error.cause, way_out(error))}") from None


# ---- tables ----------------------------------------------------------------------------------------------------------


def _rows(path: str, model: Any, label: Any, arguments: argparse.Namespace) -> Samples:
    from scalarnn.datasets import DataFileError

    remembered = (model.table or {}).get("encoding")
    writing = writing_of(arguments)
    try:
        return _rows_as(path, model, label, arguments, writing)
    except DataFileError as error:
        if error.cause != "encoding" or writing.encoding is not None or remembered is None:
            raise
    return _rows_as(path, model, label, arguments, writing._replace(encoding=remembered))


def _rows_as(path: str, model: Any, label: Any, arguments: argparse.Namespace, writing: Writing) -> Samples:
    """The rows of a table that is written so."""
    from scalarnn.datasets import DataFileError
    from scalarnn.datasets.csv_files.reader import read_sheet
    from scalarnn.datasets.csv_files.sheet import opened_sheet

    table = model.table or {}
    if writing.delimiter is None and table.get("delimiter", ",") not in (",", ";", "\t", " "):
        writing = writing._replace(delimiter=table["delimiter"])
    missing = "keep" if arguments.skip_missing or table.get("missing") == "skip" else "error"
    keep_none = table.get("keep_none") if arguments.keep_none is None else arguments.keep_none
    with opened_sheet(path, writing, model.feature_names, table.get("decimal", ".")) as sheet:
        columns, column, notes = _columns(sheet, model, label)
        class_names = getattr(model, "class_names", None) if column is not None else None
        told = "a number" if model.kind == "regressor" else "a class"
        try:
            reading = read_sheet(sheet, column, columns, missing, keep_none, class_names=class_names, told=told)
        except DataFileError as error:
            if sheet.header:
                raise
            raise _with_positions(error, columns, column) from None
    labels = None if column is None else _labels(reading, class_names)
    return Samples(reading.X, labels, notes)


def _with_positions(error: DataFileError, columns: list[Any], column: Any) -> DataFileError:
    """The same error; of a table without names it tells which columns were read."""
    from scalarnn.datasets import DataFileError

    if error.cause not in ("word", "class"):
        return error
    label = "" if column is None else f", column {column} for what is true"
    few = [str(i) for i in columns] if len(columns) < 9 else [f"{columns[0]} to {columns[-1]}"]
    return DataFileError(
        f"{error}; without names, columns {', '.join(few)} are taken for the features{label}; --label names another",
    )


def _labels(reading: Reading, class_names: Sequence[str] | None) -> list[Any]:
    """What is true of each row, None where it is missing."""
    from scalarnn.datasets.csv_files.classes import class_called

    labels: list[Any] = []
    for n in range(len(reading.texts)):
        text = reading.texts[n]
        if text == "":
            labels.append(None)
        elif class_names is None:
            labels.append(reading.target(n))
        else:
            labels.append(class_called(text, class_names))
    return labels


def _columns(sheet: Sheet, model: Any, label: Any) -> tuple[list[Any], Any, list[str]]:
    """The features and the label of a sheet, and what is to be said of the choice.

    By name, if the sheet has the names of the training; by position, if one of the two had none, as in training.
    """
    features = model.feature_names
    names = sheet.names
    table = _known(model)
    told = column_of(label, names) if isinstance(label, str) else None
    by_name = sheet.header and set(features) <= set(names)
    if by_name:
        return *_by_name(sheet, model, table, told, label is None), []
    if sheet.header and not (table and not table["header"] and len(names) == table["columns"]):
        missing = [name for name in features if name not in names]
        if table and not table["header"]:
            raise ValueError(
                f"{sheet.path}: {len(names)} columns: expected {table['columns']}, as in training, without names"
            )
        expected = f"those of the training, {_listed(features)}"
        trained_here = table or (model.kind == "classifier" and model.label_name)
        if not trained_here and features == [f"x{i}" for i in range(len(features))]:
            expected = (
                f"{_listed(features)}, since nobody has said what the inputs of this network are called: "
                "name the columns so, or the inputs by 'scalarnn from MODEL.JSON --features A,B,… -o NEW.JSON'"
            )
        raise ValueError(f"{sheet.path}: no column {_listed(missing)}: expected {expected}")
    notes = ["columns by their position, as in training, where they had no names"] if sheet.header else []
    if isinstance(told, int) and not -len(names) <= told < len(names):
        raise ValueError(f"{sheet.path}: label is {told}: the file has {len(names)} columns")
    if isinstance(told, str):
        told = _named(told, sheet)
    if told is not None:
        told %= len(names)
    columns, column, note = _by_position(sheet, model, table, told, label is False)
    return columns, column, notes + note


def _by_name(
    sheet: Sheet, model: Any, table: dict[str, Any] | None, told: str | int | None, as_in_training: bool
) -> tuple[list[Any], Any]:
    """The features and the label by their names; of two columns of one name those that stand where they stood."""
    names = sheet.names
    column = told
    if as_in_training and model.label_name in names:
        column = model.label_name
    if table is None or len(names) != table["columns"]:
        return list(model.feature_names), column
    if [names[i] for i in table["features"]] != model.feature_names:
        return list(model.feature_names), column
    if column == model.label_name == names[table["label"]]:
        column = table["label"]
    return list(table["features"]), column


def _named(name: str, sheet: Sheet) -> int:
    from scalarnn.datasets.csv_files.columns import position_of

    return position_of(name, sheet, "label")


def _by_position(
    sheet: Sheet, model: Any, table: dict[str, Any] | None, told: int | None, no_label: bool
) -> tuple[list[int], int | None, list[str]]:
    n, n_features = len(sheet.names), len(model.feature_names)
    in_order = table is None or table["features"] == sorted(table["features"])
    if table is not None and n == table["columns"] and told in (None, table["label"]):
        return table["features"], None if no_label else table["label"], []
    if told is not None:
        others = [i for i in range(n) if i != told]
        if len(others) == n_features and in_order:
            return others, told, []
        if table is None and n == n_features:  # says so of a class among the features
            raise ValueError(f"{sheet.path}: label is {told}: the file has {n} columns, as many as there are features")
    elif n == n_features and in_order:
        return list(range(n)), None, []
    elif n == n_features + 1 and table is None:
        if no_label:
            return list(range(n_features)), None, []
        last = "no names: the last column is taken for what is true; --label names another, --no-label none"
        return list(range(n_features)), n_features, [last]
    expected = f"{n_features} features, or one more, the class last"
    if table is not None:
        expected = f"{table['columns']}, as in training" + (f", or {n_features} features" if in_order else "")
    raise ValueError(
        f"{sheet.path}: line {sheet.line} has {n} fields: expected {expected}; "
        "or a header with the names of the features"
    )


def _known(model: Any) -> dict[str, Any] | None:
    """What is known of the columns of the training; of older files without names by what these are called."""
    if model.table is not None and "features" in model.table:
        return dict(model.table)
    positions = []
    for name in [*model.feature_names, model.label_name]:
        match = NO_NAME.fullmatch(name)
        if match is None:
            return None
        positions.append(int(match.group(1)))
    return {"header": False, "columns": max(positions) + 1, "features": positions[:-1], "label": positions[-1]}


def _listed(names: list[str]) -> str:
    listed = ", ".join(repr(name) for name in names[:8])
    return f"{listed} …" if len(names) > 8 else listed


# ---- drawings --------------------------------------------------------------------------------------------------------


def _drawings(path: str, model: Any, label: Any, arguments: argparse.Namespace) -> Samples:
    """Drawings of as many pixels as there are features; their words are the classes if the network knows them all."""
    from scalarnn.datasets import read_bitmaps
    from scalarnn.datasets.drawings import counted_drawings

    if isinstance(label, str):
        raise ValueError(f"{path}: drawings have no columns: leave --label out")
    if not hasattr(model, "class_names"):
        raise ValueError(f"{path}: drawings have classes, and this network tells a number")
    notes: list[str] = []
    n_pixels = len(model.feature_names)
    side = math.isqrt(n_pixels)
    bitmaps = Path(path).suffix.lower() in (".npy", ".npz")
    if bitmaps and arguments.recognized_only:
        raise UsageError(f"{path}: --recognized-only goes with .ndjson: bitmaps do not say who recognised them")
    if bitmaps:
        X, words, names = read_bitmaps(path, None), None, [Path(path).stem]
    elif side * side != n_pixels or side > LARGEST_SIDE:
        raise ValueError(f"{path}: the network has {n_pixels} features, which are no square of pixels")
    else:
        (X, words, _, names), n_left_out = counted_drawings(path, side, None, bool(arguments.recognized_only))
        if n_left_out:
            notes.append(f"left out: {n_left_out} of {len(X) + n_left_out} drawings, which the game did not recognise")
    if len(X[0]) != n_pixels:
        raise ValueError(f"{path}: drawings of {len(X[0])} pixels: the network has {n_pixels} features")
    if label is False or not set(names) <= set(model.class_names):
        return Samples(X, None, notes)
    labels = []
    for n in range(len(X)):
        labels.append(model.class_names.index(names[0 if words is None else words[n]]))
    return Samples(X, labels, notes)
