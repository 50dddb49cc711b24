"""predict: a saved network asked about the rows of a CSV file."""

from __future__ import annotations

import csv
import sys
from collections import namedtuple

from scalarnn.classifier import Classifier
from scalarnn.commands import tables
from scalarnn.commands.files import check_read_once, on_disk, opened_model, shown
from scalarnn.commands.samples import read_samples
from scalarnn.commands.usage import UsageError, as_json, printable
from scalarnn.regressor import Regressor

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from typing import Any

__all__ = ["describe", "prepare", "run"]

DECIMALS = 6


def describe(command: str, parser: argparse.ArgumentParser) -> None:  # noqa: ARG001
    """What the command takes."""
    parser.description = (
        "Ask a saved network about the rows of a CSV file: for each, the class and how probable each class is, as CSV, "
        "or the number that a regression tells; if the file has what is true, how near it came, on standard error."
    )
    parser.add_argument(
        "model", metavar="MODEL.JSON", help="a file that 'scalarnn train --save' wrote; - for standard input"
    )
    parser.add_argument("data", metavar="DATA.CSV", help="a row for each sample; - for standard input; or drawings")
    tables.add_table_options(parser, "the column of the true classes; by default as in training")
    parser.add_argument("--no-label", action="store_true", help="leave the true classes alone")
    parser.add_argument("--json", action="store_true", help="one object")


def prepare(arguments: argparse.Namespace) -> None:
    """Options do not contradict each other."""
    if arguments.no_label and arguments.label is not None:
        raise UsageError("--label names a column and --no-label wants none: say one of them")
    check_read_once([arguments.model, arguments.data])


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    model, _ = opened_model(arguments.model)
    with on_disk(arguments.data) as path:
        samples = read_samples(path, model, arguments)
    samples = samples._replace(notes=[note.replace(path, shown(arguments.data)) for note in samples.notes])
    asked = samples.whole
    predicted: list[Any] = [None] * len(samples.X)
    said: list[Any] = [None] * len(samples.X)
    try:
        outputs = model.outputs([samples.X[n] for n in asked]) if asked else []
        told = model.predicted_of(outputs)
        shares = _shares(model, outputs)
    except (ArithmeticError, TypeError, ValueError) as error:  # too large, or numbers of a kind without exp
        raise UsageError(f"{shown(arguments.data)}: {error}") from None
    for k in range(len(asked)):
        predicted[asked[k]], said[asked[k]] = told[k], shares[k]
    answers = Answers(model, predicted, said, samples.labels)
    if arguments.json:
        notes = {"notes": list(samples.notes)} if samples.notes else {}
        print(as_json({**notes, **_as_data(answers)}))
        return 0
    _print_rows(answers)
    sys.stdout.flush()
    for line in [*samples.notes, *_judged(answers)]:
        print(line, file=sys.stderr)
    return 0


class Answers(namedtuple("Answers", ["model", "predicted", "said", "labels"])):
    """What a network says of each sample, None of one with a gap.

    Args:
        model: that was asked.
        predicted: a class index, or a number.
        said: probabilities or outputs.
        labels: what is true of each, None where it is missing; None if it is not known.
    """

    __slots__ = ()

    @property
    def pairs(self) -> list[tuple[Any, Any]]:
        """What was said and what is true, of the samples of which both are known."""
        found = []
        for n in range(len(self.predicted)):
            if self.labels is not None and self.labels[n] is not None and self.predicted[n] is not None:
                found.append((self.predicted[n], self.labels[n]))
        return found


def _shares(model: Classifier | Regressor, outputs: Any) -> Any:
    if isinstance(model, Regressor) or model.single_output or not outputs:
        return outputs
    return model.probabilities_of(outputs)


def _judged(answers: Answers) -> list[str]:
    """How near it came, if that is known, and which samples had no answer, or no truth to hold it against."""
    lines = []
    n_rows, pairs = len(answers.predicted), answers.pairs
    n_gaps = sum(one is None for one in answers.predicted)
    if pairs and isinstance(answers.model, Regressor):
        fit = _fit(answers)
        r2 = "R² none, since all are the same" if fit["r_squared"] is None else f"R² {fit['r_squared']:.4f}"
        lines.append(f"{r2}, root mean squared error {fit['root_mean_squared_error']:.6g}, over {len(pairs)} rows")
    elif pairs:
        n_right = sum(predicted == label for predicted, label in pairs)
        lines.append(f"right: {n_right} of {len(pairs)}, {100 * n_right / len(pairs):.1f} %")
    if n_gaps:
        lines.append(f"no answer: {n_gaps} of {n_rows} rows, with gaps")
    if answers.labels is not None and len(pairs) + n_gaps < n_rows:
        lines.append(f"not judged: {n_rows - n_gaps - len(pairs)} of {n_rows} rows, whose truth is missing")
    return lines


def _fit(answers: Answers) -> dict[str, Any]:
    """How near the numbers came."""
    outputs, labels = [], []
    for n in range(len(answers.predicted)):
        if answers.labels[n] is not None and answers.said[n] is not None:
            outputs.append(answers.said[n])
            labels.append(answers.labels[n])
    r2, error = answers.model.quality(outputs, answers.model.targets(labels))
    return {"r_squared": r2, "root_mean_squared_error": error}


def _print_rows(answers: Answers) -> None:
    model, labels = answers.model, answers.labels
    writer = csv.writer(sys.stdout, lineterminator="\n")
    true = [] if labels is None else ["true"]
    names: list[str] = []
    if isinstance(model, Classifier):
        names = model.class_names
        if sys.stdout.isatty():  # a file gets the names as they are
            names = [printable(name) for name in names]
    columns = ["output"] if isinstance(model, Classifier) and model.single_output else names
    writer.writerow(["predicted", *true, *columns])
    for n in range(len(answers.predicted)):
        row = [_in_words(answers.predicted[n], names), *(_in_words(labels[n], names) for _ in true)]
        for k in range(len(columns)):
            row.append("" if answers.said[n] is None else f"{float(answers.said[n][k]):.{DECIMALS}f}")
        writer.writerow(row)


def _in_words(value: Any, names: list[str]) -> str:
    """A class by its name, a number as it is, nothing for None."""
    if value is None:
        return ""
    return names[value] if names else f"{float(value):.10g}"


def _as_data(answers: Answers) -> Any:
    model, labels, pairs = answers.model, answers.labels, answers.pairs
    is_classifier = isinstance(model, Classifier)
    names = model.class_names if is_classifier else []
    rows = []
    for n in range(len(answers.predicted)):
        row: dict[str, Any] = {"predicted": _as_json(answers.predicted[n], names)}
        if labels is not None:
            row["true"] = _as_json(labels[n], names)
        if is_classifier and answers.said[n] is not None:
            if model.single_output:
                row["output"] = answers.said[n][0]
            else:
                row["probabilities"] = dict(zip(names, answers.said[n], strict=True))
        rows.append(row)
    data: dict[str, Any] = {"samples": len(rows), "gaps": sum(one is None for one in answers.predicted)}
    if is_classifier:
        n_right = sum(predicted == label for predicted, label in pairs) if pairs else None
        data |= {"right": n_right, "accuracy": None if n_right is None else n_right / len(pairs)}
    else:
        data |= _fit(answers) if pairs else {"r_squared": None, "root_mean_squared_error": None}
    return {**data, "predictions": rows}


def _as_json(value: Any, names: list[str]) -> Any:
    if value is None:
        return None
    return names[value] if names else float(value)
