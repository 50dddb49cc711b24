"""The data that `train` knows by name or reads from files, and the settings that go well with each.

A recipe is where a training begins if nothing else is said; every setting of it is an option of the command. How they
were found: tried over several seeds until the results stated in tests/worked/test_end_to_end.py held with room.
"""

from __future__ import annotations

import os
from collections import namedtuple
from pathlib import Path

from scalarnn.commands.tables import MOST_CLASSES, TABLE_OPTIONS, table_of, way_out
from scalarnn.commands.usage import UsageError, nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

__all__ = ["MADE", "NAMES", "Data", "Recipe", "data_of", "recipe_of"]

MADE = ("spiral", "vertical", "moons", "xor")  # by seed
SHIPPED = ("digits", "penguins")
NAMES = (*MADE, *SHIPPED)
TAKES = {"spiral": "samples classes", "vertical": "samples classes", "moons": "samples noise", "xor": "samples noise"}
TAKES |= {"CSV files": " ".join(TABLE_OPTIONS), "QuickDraw files": "samples side recognized_only"}
OPTIONS = ("samples", "classes", "noise", *TABLE_OPTIONS, "side", "recognized_only")

MOST_SAMPLES = 1_000_000
MOONS_NOISE = 0.15
XOR_NOISE = 0.1


class Data(
    namedtuple(
        "Data",
        "name X labels feature_names class_names label_name scaling side made words task table said",
        defaults=["classification", None, ()],
    )
):
    """Samples, what they are called, and how they want to be shown and scaled.

    Args:
        name: as it was asked for.
        X: one row of numbers a sample.
        labels: a class index for each; in a regression a number.
        feature_names: of the columns of X.
        class_names: of the labels; none in a regression.
        label_name: of the column that held the classes; "" if there was none.
        scaling: "standardise", or the number that every feature is divided by.
        side: how many pixels a picture has to a side; None if samples are no pictures.
        made: what has to be known to make or read the same again, as a dict.
        words: what was asked for: a name, or files.
        task: "classification" or "regression".
        table: how its file was written, for the saved network; None for none.
        said: what a user should know of how it was read, pairs of a word and a sentence.
    """

    __slots__ = ()


class Recipe(
    namedtuple(
        "Recipe",
        ["hidden", "activation", "learning_rate", "decay", "epochs", "batch", "test", "spread"],
        defaults=["relu", 0.01, 1.0, 40, 16, 0.2, None],
    )
):
    """Settings that go well with some data; the optimizer is Adam.

    Args:
        hidden: how many neurons each hidden layer has.
        activation: of the hidden layers.
        learning_rate: of Adam's first step.
        decay: what is left of it at the last step.
        epochs: how many.
        batch: how many samples a step takes.
        test: the share of the samples that is held out.
        spread: the first layer begins with W = spread · randn and b = spread/2 · randn; None for the usual.
    """

    __slots__ = ()


RECIPES = {
    # Arms that wind: units whose bends lie close and everywhere, and steps that are long first and short last.
    "spiral": Recipe([64], "tanh", 0.2, 0.02, epochs=150, spread=12.0),
    "vertical": Recipe([8], learning_rate=0.02),
    "moons": Recipe([16], learning_rate=0.03),
    "xor": Recipe([2], "tanh", 0.05, 0.1, epochs=500, batch=4, test=0.0),
    "digits": Recipe([32], learning_rate=0.02, decay=0.05, epochs=15, batch=32),
    "penguins": Recipe([8]),
    "CSV files": Recipe([16]),
    "QuickDraw files": Recipe([32], learning_rate=0.005, decay=0.1, epochs=8),
}


def recipe_of(words: list[str]) -> Recipe:
    """The recipe for what was asked for.

    Examples:
        >>> recipe_of(["digits"]).hidden
        [32]
    """
    return RECIPES[_kind(words)]


def data_of(words: list[str], arguments: argparse.Namespace) -> Data:
    """The samples that were asked for: a name, or one or more files.

    Args:
        words: a name, a CSV file, or files of drawings.
        arguments: seed and those of OPTIONS, None where nothing was said.

    Returns:
        Data, of at least two classes, or a regression.

    Raises:
        UsageError: there is no such data, or it is of no use.
    """
    kind = _kind(words)
    taken = TAKES.get(kind, "").split()
    for option in OPTIONS:
        if getattr(arguments, option, None) is not None and option not in taken:
            those = ", ".join(name for name in TAKES if option in TAKES[name].split())
            raise UsageError(f"--{option.replace('_', '-')} goes with {those}, not with {words[0]}")
    try:
        if kind in MADE:
            data = _made(kind, arguments)
        elif kind in SHIPPED:
            data = _shipped(kind)
        elif kind == "CSV files":
            data = _table(words[0], arguments)
        else:
            data = _drawings(words, arguments)
    except ValueError as error:  # DataFileError among them
        raise UsageError(str(error)) from None
    except OSError as error:
        raise UsageError(f"{error.filename or words[0]}: {error.strerror or error}") from None
    if data.task == "classification":
        _check_classes(data)
    return data


def _kind(words: list[str]) -> str:
    """A name of RECIPES."""
    if len(words) == 1 and words[0] in NAMES:
        return words[0]
    for word in words:
        if word in NAMES and len(words) > 1:
            raise UsageError(f"{word} is a data set by itself: name one of them, or files of drawings")
        if not _is_file(word):
            looks_like_a_path = os.sep in word or "." in word
            raise UsageError(
                f"{word}: no such file" if looks_like_a_path else f"unknown data set {word!r}{nearest(word, NAMES)}"
            )
    suffixes = {Path(word).suffix.lower() for word in words}
    if suffixes <= {".ndjson", ".npy", ".npz"}:
        return "QuickDraw files"
    if len(words) > 1:
        raise UsageError("several files go together only as drawings, .ndjson or .npy: name one CSV file")
    return "CSV files"


def _is_file(word: str) -> bool:
    try:
        return Path(word).exists()
    except (OSError, ValueError):  # a name too long, or with a zero byte
        return False


def _made(name: str, arguments: argparse.Namespace) -> Data:
    from scalarnn.datasets import moons_data, spiral_data, vertical_data, xor_clouds, xor_data

    samples = 100 if arguments.samples is None else arguments.samples
    classes = 3 if arguments.classes is None else arguments.classes
    if samples * classes > MOST_SAMPLES:
        raise UsageError(f"{samples} samples of each of {classes} classes: expected at most {MOST_SAMPLES} in all")
    made = {"samples": samples, "seed": arguments.seed}
    if name in ("spiral", "vertical"):
        made["classes"] = classes
        make = spiral_data if name == "spiral" else vertical_data
        X, labels = make(samples, classes, arguments.seed)
    elif name == "moons":
        made["noise"] = MOONS_NOISE if arguments.noise is None else arguments.noise
        X, labels = moons_data(samples, made["noise"], arguments.seed)
    elif arguments.samples is None and arguments.noise is None:
        made = {}
        corners, labels = xor_data()
        X = [[float(x[0]), float(x[1])] for x in corners]
    else:
        made["samples"] = samples = 25 if arguments.samples is None else arguments.samples
        made["noise"] = XOR_NOISE if arguments.noise is None else arguments.noise
        X, labels = xor_clouds(samples, made["noise"], arguments.seed)
    class_names = [str(k) for k in range(max(labels) + 1)]
    return Data(name, X, labels, ["x0", "x1"], class_names, "class", 1.0, None, made, [name])


def _shipped(name: str) -> Data:
    from scalarnn.datasets import load_digits, load_penguins

    if name == "digits":
        table = load_digits()
        return Data(name, *table, "digit", 16.0, 8, {}, [name])
    table = load_penguins()
    return Data(name, *table, "species", "standardise", None, {}, [name], table={"missing": "skip"})


def _table(path: str, arguments: argparse.Namespace) -> Data:
    from scalarnn.datasets import DataFileError

    try:
        read = table_of(path, arguments)
    except DataFileError as error:
        raise DataFileError(f"{error}{way_out(error)}") from None
    made = {option: getattr(arguments, option, None) for option in TABLE_OPTIONS}
    made |= {"label": read.label_name, "skip_missing": bool(arguments.skip_missing), "task": read.task}
    samples = (read.X, read.labels, read.feature_names, read.class_names, read.label_name)
    return Data(path, *samples, "standardise", None, made, [path], read.task, read.table, read.said)


def _drawings(paths: list[str], arguments: argparse.Namespace) -> Data:
    from scalarnn.datasets import read_bitmaps
    from scalarnn.datasets.drawings import counted_drawings

    first = 300 if arguments.samples is None else arguments.samples
    side = 28 if arguments.side is None else arguments.side
    recognized_only = bool(getattr(arguments, "recognized_only", None))
    X: list[list[float]] = []
    labels: list[int] = []
    class_names: list[str] = []
    said: list[tuple[str, str]] = []
    for path in paths:
        if Path(path).suffix.lower() in (".npy", ".npz"):
            if recognized_only:
                raise UsageError(f"{path}: --recognized-only goes with .ndjson: bitmaps do not say who recognised them")
            if side != 28:
                raise UsageError(f"--side {side}: {path} holds drawings of 28 × 28 pixels")
            rows, words, names = read_bitmaps(path, first), None, [Path(path).stem]
        else:
            (rows, words, _, names), n_left_out = counted_drawings(path, side, first, recognized_only)
            if n_left_out:
                what = f"{n_left_out} of the first {len(rows) + n_left_out} drawings of {path}"
                said.append(("left out", f"{what}, which the game did not recognise"))
        for name in names:
            if name not in class_names:
                class_names.append(name)
        for n in range(len(rows)):
            X.append(rows[n])
            labels.append(class_names.index(names[0 if words is None else words[n]]))
    feature_names = []
    for row in range(side):
        for column in range(side):
            feature_names.append(f"pixel_{row}_{column}")
    name = ", ".join(paths)
    made = {"samples": first, "side": side, "recognized_only": recognized_only}
    return Data(name, X, labels, feature_names, class_names, "word", 255.0, side, made, paths, said=said)


def _check_classes(data: Data) -> None:
    n_classes = len(data.class_names)
    if n_classes < 2:
        raise UsageError(f"{data.name}: only one class, {data.class_names[0]!r}: there is nothing to tell apart")
    if n_classes > MOST_CLASSES:
        column = f" in column {data.label_name!r}" if data.label_name else ""
        raise UsageError(
            f"{data.name}: {n_classes} classes{column}: expected at most {MOST_CLASSES}; "
            "name the column of the classes with --label"
        )
