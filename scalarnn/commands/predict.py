"""predict: a saved network asked about the rows of a CSV file."""

from __future__ import annotations

import csv
import math
import sys
from pathlib import Path

from scalarnn.commands.files import check_read_once, on_disk, opened_classifier, shown
from scalarnn.commands.tables import column_of, first_row
from scalarnn.commands.usage import UsageError, as_json, printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from typing import Any

    from scalarnn.classifier import Classifier

__all__ = ["describe", "prepare", "read_samples", "run"]

DECIMALS = 6
LARGEST_SIDE = 64  # of drawings that train takes


def describe(command: str, parser: argparse.ArgumentParser) -> None:  # noqa: ARG001
    """What the command takes."""
    parser.description = (
        "Ask a saved network about the rows of a CSV file: for each, the class and how probable each class is, as CSV; "
        "if the file has the true classes, how many are right, on standard error."
    )
    parser.add_argument(
        "model", metavar="MODEL.JSON", help="a file that 'scalarnn train --save' wrote; - for standard input"
    )
    parser.add_argument("data", metavar="DATA.CSV", help="a row for each sample; - for standard input; or drawings")
    parser.add_argument("--label", metavar="COLUMN", help="the column of the true classes; by default as in training")
    parser.add_argument("--no-label", action="store_true", help="leave the true classes alone")
    parser.add_argument("--json", action="store_true", help="one object")


def prepare(arguments: argparse.Namespace) -> None:
    """Options do not contradict each other."""
    if arguments.no_label and arguments.label is not None:
        raise UsageError("--label names a column and --no-label wants none: say one of them")
    check_read_once([arguments.model, arguments.data])


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    classifier, _ = opened_classifier(arguments.model)
    label = False if arguments.no_label else arguments.label
    with on_disk(arguments.data) as path:
        if Path(path).suffix.lower() in (".ndjson", ".npy"):
            X, labels = _read_drawings(path, classifier, label)
        else:
            X, labels = read_samples(path, classifier, label)
    try:
        outputs = classifier.outputs(X)
        predicted = classifier.predicted_of(outputs)
        said = outputs if classifier.single_output else classifier.probabilities_of(outputs)
    except (ArithmeticError, TypeError, ValueError) as error:  # too large, or numbers of a kind without exp
        raise UsageError(f"{shown(arguments.data)}: {error}") from None
    n_right = None
    if labels is not None:
        n_right = sum(predicted[n] == labels[n] for n in range(len(labels)))
    if arguments.json:
        print(as_json(_as_data(classifier, predicted, said, labels, n_right)))
        return 0
    _print_rows(classifier, predicted, said, labels)
    if n_right is not None:
        sys.stdout.flush()
        share = 100 * n_right / len(predicted)
        print(f"right: {n_right} of {len(predicted)}, {share:.1f} %", file=sys.stderr)
    return 0


def read_samples(path: str | Path, classifier: Classifier, label: str | bool | None) -> tuple[Any, Any]:
    """X, and the class of each row if the file has them, else None.

    With a header the features are found by their names, in any order and among other columns. Without one the columns
    are the features in the order of the training, perhaps with the classes behind them.

    Args:
        path: the CSV file.
        classifier: whose features and classes they are.
        label: the column of the classes, False for none, None for that of the training if it is there.

    Returns:
        X, labels.

    Raises:
        ValueError: a DataFileError names line and column; a column is missing.
        OSError: the file cannot be read.
    """
    from scalarnn.datasets import read_csv

    names, header = first_row(path)
    features = classifier.feature_names
    columns: list[Any] = list(features)
    column: Any = None
    if header:
        missing = [name for name in features if name not in names]
        if missing:
            raise ValueError(f"{path}: no column {_shown(missing)}: expected those of the training, {_shown(features)}")
        if label is None:
            column = classifier.label_name if classifier.label_name in names else None
    else:
        n_features, n_columns = len(features), len(names)
        if n_columns not in (n_features, n_features + 1):
            raise ValueError(
                f"{path}: line 1 has {n_columns} fields: expected {n_features} features, or one more, the class last; "
                "or a header with the names of the features"
            )
        column = n_features if n_columns > n_features and label is None else None
        columns = list(range(n_features))
    if isinstance(label, str):
        column = column_of(label, names)
        if not header:
            at = names.index(label) if label in names else column
            if isinstance(at, int) and -len(names) <= at < len(names):
                columns = [i for i in range(len(names)) if i != at % len(names)]
    table = read_csv(
        path, column, columns=columns, header=header, class_names=None if column is None else classifier.class_names
    )
    return table.X, (None if column is None else table.labels)


def _read_drawings(path: str, classifier: Classifier, label: str | bool | None) -> tuple[Any, Any]:
    """Drawings of as many pixels as there are features; their words are the classes if the network knows them all."""
    from scalarnn.datasets import read_bitmaps, read_drawings

    if isinstance(label, str):
        raise ValueError(f"{path}: drawings have no columns: leave --label out")
    n_pixels = len(classifier.feature_names)
    side = math.isqrt(n_pixels)
    if Path(path).suffix.lower() == ".npy":
        X, words, names = read_bitmaps(path, None), None, [Path(path).stem]
    elif side * side != n_pixels or side > LARGEST_SIDE:
        raise ValueError(f"{path}: the network has {n_pixels} features, which are no square of pixels")
    else:
        X, words, _, names = read_drawings(path, side, None)
    if len(X[0]) != n_pixels:
        raise ValueError(f"{path}: drawings of {len(X[0])} pixels: the network has {n_pixels} features")
    if label is False or not set(names) <= set(classifier.class_names):
        return X, None
    labels = []
    for n in range(len(X)):
        labels.append(classifier.class_names.index(names[0 if words is None else words[n]]))
    return X, labels


def _shown(names: list[str]) -> str:
    listed = ", ".join(repr(name) for name in names[:8])
    return f"{listed} …" if len(names) > 8 else listed


def _print_rows(classifier: Classifier, predicted: list[int], said: Any, labels: Any) -> None:
    names = classifier.class_names
    if sys.stdout.isatty():  # a file gets the names as they are
        names = [printable(name) for name in names]
    writer = csv.writer(sys.stdout, lineterminator="\n")
    true = [] if labels is None else ["true"]
    writer.writerow(["predicted", *true, *(["output"] if classifier.single_output else names)])
    for n in range(len(predicted)):
        row = [names[predicted[n]], *(names[labels[n]] for _ in true)]
        for value in said[n]:
            row.append(f"{float(value):.{DECIMALS}f}")
        writer.writerow(row)


def _as_data(classifier: Classifier, predicted: list[int], said: Any, labels: Any, n_right: int | None) -> Any:
    names = classifier.class_names
    rows = []
    for n in range(len(predicted)):
        row: dict[str, Any] = {"predicted": names[predicted[n]]}
        if labels is not None:
            row["true"] = names[labels[n]]
        if classifier.single_output:
            row["output"] = said[n][0]
        else:
            row["probabilities"] = dict(zip(names, said[n], strict=True))
        rows.append(row)
    accuracy = None if n_right is None else n_right / len(predicted)
    return {"samples": len(rows), "right": n_right, "accuracy": accuracy, "predictions": rows}
