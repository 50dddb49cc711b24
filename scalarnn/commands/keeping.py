"""What a training has made is kept: in its file, beside a better one, or where there is room.

A run that was stopped has learned less than it was to. It takes the place of an old file only if it is better, measured
on the samples of this run, or if that file is an earlier part of the very same run. And a file that cannot be written
is no reason to lose a network: it goes to the temporary folder, and whoever sits at a terminal is asked for another
place.
"""

from __future__ import annotations

import contextlib
import sys
from collections import namedtuple
from pathlib import Path

from scalarnn.commands.again import fingerprint_of
from scalarnn.commands.interrupts import ctrl_c_heard
from scalarnn.commands.learning import figures_of
from scalarnn.commands.outputs import MODEL_MARK, REPORT_MARK, check_output, is_standard_output, write_output
from scalarnn.commands.usage import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from scalarnn.commands.learning import Run

__all__ = ["Kept", "Result", "keep", "model_of", "report_of", "spared"]

WHOLE = ("all epochs", "early stop")
STANDARD_OUTPUT = "standard output"
# What an old file of each option has near its beginning, what it is, and the name of a new one that has none.
KINDS = {
    "--save": (MODEL_MARK, "saved network", "model.json"),
    "--report": (REPORT_MARK, "report from here", "report.html"),
}
LONGEST_STEM = 100


class Result(namedtuple("Result", ["option", "path", "data"])):
    """Something to be written.

    Args:
        option: --save or --report.
        path: where to.
        data: a function that gives the bytes.
    """

    __slots__ = ()

    @property
    def place(self) -> str:
        """How messages call it."""
        return STANDARD_OUTPUT if is_standard_output(self.path) else str(self.path)


class Kept(namedtuple("Kept", ["written", "problems", "in_hand"])):
    """What became of the results.

    Args:
        written: the names of the files that there are now.
        problems: what went wrong, a sentence each.
        in_hand: the bytes of the model if no place at all could take them, else None.
    """

    __slots__ = ()


def model_of(done: Run, path: str, notes: dict[str, Any]) -> Result:
    """The network, to be written."""
    text: Callable[[], bytes] = lambda: done.classifier.to_text(notes).encode("ascii")  # noqa: E731
    return Result("--save", path, text)


def report_of(done: Run, path: str) -> Result:
    """The report, to be written."""
    from scalarnn.commands.report import report

    return Result("--report", path, lambda: report(done).encode("utf-8", "replace"))


# ---- old files -------------------------------------------------------------------------------------------------------


def spared(done: Run, results: list[Result]) -> tuple[list[Result], list[str]]:
    """The results with the places where they do no harm, and what was spared.

    Args:
        done: the run.
        results: the model first, if it is to be written.

    Returns:
        The same results, perhaps beside the files that were asked for; and a sentence for each that stays.
    """
    if done.history.stopped in WHOLE:
        return results, []
    placed, remarks = [], []
    better = False
    for result in results:
        if not _holds_something(result.path):
            placed.append(result)
            continue
        if result.option == "--save":
            better, why = _is_better(done, result.path)
        else:
            why = "it is the report of another run"
        if better:  # and so may its report
            placed.append(result)
        else:
            placed.append(result._replace(path=_beside(result.path)))
            remarks.append(f"{result.path} stays as it was: {why}")
    return placed, remarks


def _holds_something(path: str) -> bool:
    try:
        return not is_standard_output(path) and Path(path).is_file() and Path(path).stat().st_size > 0
    except (OSError, ValueError):
        return False


def _is_better(done: Run, path: str) -> tuple[bool, str]:
    """Whether what was learned is better than the network in a file, by the same samples; and the figures."""
    from scalarnn.commands.files import opened_model

    samples, new, what = done.learned, done.figures[0], "learned from"
    if done.held_out is not None:
        samples, new, what = done.held_out, done.figures[1], "held out"
    try:
        old_classifier, notes = opened_model(path)
        if _is_own(notes.get("training"), done):
            return True, "it is an earlier part of the same run"
        if not _is_alike(old_classifier, done.classifier):
            return False, "it has other features or classes, and cannot be compared"
        old = figures_of(old_classifier, samples, done.settings.loss)
    except (ArithmeticError, OSError, TypeError, UsageError, ValueError) as error:
        return False, f"it cannot be compared: {error}"
    n = len(samples[1])
    if old.accuracy is not None and old.accuracy != new.accuracy:
        right = [round(figures.accuracy * n) for figures in (old, new)]
        return new.accuracy > old.accuracy, f"of the {n} {what} it tells {right[0]} right, the new one {right[1]}"
    if old.error is not None:
        said = f"its root mean squared error on the {n} {what} is {old.error:.4g}, that of the new one {new.error:.4g}"
        return bool(new.error < old.error), said
    said = f"its loss on the {n} {what} is {old.loss:.4g}, that of the new one {new.loss:.4g}"
    return bool(new.loss < old.loss), said


def _is_own(training: Any, done: Run) -> bool:
    """Whether the old one is an earlier part of the very same run, which was stopped before: no step of it is lost."""
    if not isinstance(training, dict) or training.get("stopped") != "interrupted":
        return False
    same = training.get("command") == done.command and training.get("fingerprint") == fingerprint_of(done.data)
    epochs = training.get("epochs")
    return same and type(epochs) is int and epochs <= len(done.history.epochs)


def _is_alike(old: Any, new: Any) -> bool:
    if (old.kind, old.feature_names, old.label_name) != (new.kind, new.feature_names, new.label_name):
        return False
    if getattr(old, "class_names", []) != getattr(new, "class_names", []):
        return False
    return len(old.network.layers[-1].W) == len(new.network.layers[-1].W)


def _beside(path: str) -> str:
    """A name that nothing has, in the same folder.

    Examples:
        >>> _beside("nowhere/model.json")
        'nowhere/model.unfinished.json'
    """
    old = Path(path)
    number = 1
    while True:
        more = "" if number == 1 else f"-{number}"
        new = old.with_name(f"{old.stem[:LONGEST_STEM]}.unfinished{more}{old.suffix}")
        if not (new.exists() or new.is_symlink()):
            return str(new)
        number += 1


# ---- writing ---------------------------------------------------------------------------------------------------------


def keep(results: list[Result], inputs: list[str], may_ask: bool) -> Kept:
    """Write them, each where it is to be or where it can be.

    Args:
        results: the model first: it cannot be had again in a moment.
        inputs: files that were read, which nobody may name as another place.
        may_ask: somebody may be asked for another place, if there is a terminal.

    Returns:
        What became of them.
    """
    written: list[str] = []
    problems: list[str] = []
    in_hand = None
    for result in results:
        try:
            data = result.data()
        except (TypeError, ValueError) as error:
            problems.append(f"{result.place} could not be written: {error}")
            continue
        try:
            write_output(result.path, data)
            written.append(result.place)
            continue
        except (OSError, ValueError) as error:
            problem = f"{result.place} could not be written: {_reason(error)}"
        rescued = _to_temporary_folder(result, data)
        other = _asked_for(result, data, problem, rescued, [*inputs, *written]) if may_ask else None
        if other is not None:
            written.append(other)
            _remove(rescued)
        elif rescued is not None:
            written.append(rescued)
            problems.append(f"{problem}; it is in {rescued} instead")
        else:
            problems.append(f"{problem}; nor could a file in the temporary folder")
            in_hand = data if result.option == "--save" else in_hand
    return Kept(written, problems, in_hand)


def _reason(error: Exception) -> str:
    return str(error.strerror if isinstance(error, OSError) and error.strerror else error)


def _temporary_folders() -> list[str]:
    """Where there may be room, the usual one first."""
    import tempfile

    folders = []
    with contextlib.suppress(OSError):  # there is none that can be written
        folders.append(tempfile.gettempdir())
    for folder in ("/tmp", "/var/tmp", "/dev/shm"):
        if folder not in folders and Path(folder).is_dir():
            folders.append(folder)
    return folders


def _to_temporary_folder(result: Result, data: bytes) -> str | None:
    """Where it is now, in a new folder that nobody else may read; None if there is no room anywhere."""
    import shutil
    import tempfile

    name = Path(result.path).name if Path(result.path).suffix else KINDS[result.option][2]
    for folder in _temporary_folders():
        try:
            new = tempfile.mkdtemp(prefix="scalarnn-", dir=folder)
        except OSError:
            continue
        try:
            write_output(str(Path(new) / name), data)
        except (OSError, ValueError):
            shutil.rmtree(new, ignore_errors=True)
            continue
        return str(Path(new) / name)
    return None


def _remove(rescued: str | None) -> None:
    import shutil

    if rescued is not None:
        shutil.rmtree(Path(rescued).parent, ignore_errors=True)


def _asked_for(result: Result, data: bytes, problem: str, rescued: str | None, taken: list[str]) -> str | None:
    """The place that somebody at the terminal has named and where it is now; None if nobody did."""
    if sys.stdin is None or sys.stderr is None or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    meanwhile = "It is nowhere yet" if rescued is None else f"It is in {rescued} for now"
    print(f"scalarnn: {problem}. {meanwhile}.", file=sys.stderr)
    while True:
        try:
            with ctrl_c_heard():
                print("Another file (or nothing: it stays there): ", end="", file=sys.stderr, flush=True)
                path = sys.stdin.readline().strip()
        except (KeyboardInterrupt, OSError, ValueError):
            path = ""
        if not path:
            return None
        path = str(Path(path).expanduser()) if path.startswith("~") else path
        try:
            mark, what, _ = KINDS[result.option]
            check_output(result.option, path, mark, what, taken)
            write_output(path, data)
        except (OSError, ValueError, RuntimeError, UsageError) as error:
            print(f"scalarnn: {path}: {_reason(error)}", file=sys.stderr)
            continue
        return path
