"""train: data in, a network that has learned them out; a file, a report, and figures that are the same every time."""

from __future__ import annotations

import shlex
import sys

from scalarnn.commands import options, tables, words
from scalarnn.commands.interrupts import ctrl_c_heard_once
from scalarnn.commands.learning import learn, new_classifier, parted
from scalarnn.commands.outputs import MODEL_MARK, REPORT_MARK, check_output
from scalarnn.commands.recipes import NAMES, data_of, recipe_of
from scalarnn.commands.usage import UsageError, as_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from typing import Any

    from scalarnn.commands.learning import Run
    from scalarnn.training import History

__all__ = ["describe", "prepare", "run"]


def describe(command: str, parser: argparse.ArgumentParser) -> None:  # noqa: ARG001
    """What the command takes."""
    parser.description = (
        f"Let a network learn to tell classes apart, in data by name ({', '.join(NAMES)}) or in files of your own, or "
        "to tell the number in a column (--task regression), and judge it by samples that it has not seen."
    )
    parser.epilog = f"What is not said is chosen to go well with the data. {parser.epilog}"
    parser.add_argument(
        "data", nargs="+", metavar="DATASET", help="a name, a CSV file, or QuickDraw files (.ndjson, .npy)"
    )
    options.add_options(parser)
    data = parser.add_argument_group("which data")
    many = options.whole(1, 100_000)
    data.add_argument("--samples", type=many, metavar="N", help="of each class or drawings file")
    data.add_argument("--classes", type=options.whole(2, 100), metavar="N", help="of spiral and vertical; else 3")
    data.add_argument("--noise", type=options.share, metavar="S", help="of moons and xor: its standard deviation")
    data.add_argument(
        "--columns", type=tables.columns_in, metavar="A,B,…", help="of a CSV file: the features; else all others"
    )
    data.add_argument(
        "--task",
        choices=["classification", "regression"],
        help="of a CSV file: whether the column of the label holds classes, or numbers to be told",
    )
    data.add_argument("--side", type=options.whole(4, 64), metavar="N", help="of .ndjson drawings: pixels; else 28")
    tables.add_table_options(parser, "the column of the classes, or of the number; else the last")
    out = parser.add_argument_group("what comes out")
    out.add_argument("--save", metavar="MODEL.JSON", help="the network, for predict and check")
    out.add_argument("--report", metavar="REPORT.HTML", help="curves, pictures, mistakes: one file for a browser")
    says = out.add_mutually_exclusive_group()
    says.add_argument("--json", action="store_true", help="settings and figures as one object")
    says.add_argument("--quiet", action="store_true", help="say nothing but what goes wrong")


def prepare(arguments: argparse.Namespace) -> None:
    """Files can be written: known before the data are read."""
    if arguments.save is not None:
        check_output("--save", arguments.save, MODEL_MARK, "saved network", arguments.data)
    if arguments.report is not None:
        others = [*arguments.data, *([] if arguments.save is None else [arguments.save])]
        check_output("--report", arguments.report, REPORT_MARK, "report from here", others)


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    data = data_of(arguments.data, arguments)
    settings = options.settings_of(arguments, data, recipe_of(arguments.data))
    learned, held_out = parted(data, settings)
    classifier = new_classifier(data, settings, *learned)
    says = not (arguments.quiet or arguments.json)
    if says:
        _say(words.head(data, settings, len(learned[0])))
    with ctrl_c_heard_once(to_the_end=arguments.is_program):
        done = learn(_command(arguments), data, settings, classifier, learned, held_out, progress=not arguments.quiet)
        something_learned = done.problem is None or done.history.kept_epoch
        saved, failure = _write(done, arguments) if something_learned else ([], None)
    if says:  # last, since the reader of a pipe may be gone
        _say(words.results(done))
    if arguments.json:
        print(as_json(_as_data(done, saved)))
    if says and saved:
        _say(["", f"saved: {', '.join(saved)}"])
    if failure is not None:
        raise UsageError(failure)
    return _verdict(done, saved, says)


def _say(lines: list[str]) -> None:
    for line in lines:
        print(line)
    sys.stdout.flush()


def _verdict(done: Run, saved: list[str], says: bool) -> int:
    """The exit code, and what there is to say on the error output."""
    history: History = done.history
    if done.problem is not None:
        print(f"scalarnn: {done.problem}", file=sys.stderr)
        return 1
    if history.stopped == "interrupted":
        what = f"saved what was learned: {', '.join(saved)}" if saved else "nothing was to be saved"
        print(f"scalarnn: stopped by Ctrl-C after {words.epochs(len(history.epochs))}; {what}", file=sys.stderr)
        return 130
    if (
        says and sys.stderr is not None and sys.stderr.isatty()
    ):  # no timing among the figures, which are always the same
        print(f"took {history.seconds:.1f} s", file=sys.stderr)
    return 0


def _command(arguments: argparse.Namespace) -> str:
    """The call without what only says where the results go."""
    words = []
    skip = False
    for word in arguments.words:
        if skip:
            skip = False
        elif word in ("--save", "--report"):
            skip = True
        elif word not in ("--json", "--quiet") and not word.startswith(("--save=", "--report=")):
            words.append(word)
    return shlex.join(["scalarnn", *words])


# ---- files -----------------------------------------------------------------------------------------------------------


def _write(done: Run, arguments: argparse.Namespace) -> tuple[list[str], str | None]:
    """The files that were written, and what went wrong; the model first, which cannot be had again in a moment."""
    written = []
    try:
        if arguments.save is not None:
            done.classifier.save(arguments.save, {"training": _notes(done)})
            written.append(arguments.save)
        if arguments.report is not None:
            from scalarnn.commands.report import report
            from scalarnn.saving import write_whole

            write_whole(arguments.report, report(done).encode("utf-8", "replace"))
            written.append(arguments.report)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        saved = f"; saved before: {', '.join(written)}" if written else ""
        return written, f"{arguments.report if written else arguments.save} could not be written: {reason}{saved}"
    return written, None


def _notes(done: Run) -> dict[str, Any]:
    """What a file keeps of a training: enough to make its data again and to compare its figures."""
    from scalarnn import __version__

    return {
        "scalarnn": __version__,
        "command": done.command,
        "data": done.data.name,
        "side": done.data.side,
        "made": done.data.made,
        "said": [list(pair) for pair in done.data.said],
        "settings": done.settings.as_data(),
        "stopped": done.history.stopped,
        "epochs": len(done.history.epochs),
        "figures": _as_figures(done),
    }


def _as_figures(done: Run) -> dict[str, Any]:
    figures = {}
    for name, samples, found in (
        ("learned", done.learned, done.figures[0]),
        ("held_out", done.held_out, done.figures[1]),
    ):
        if found is not None:
            figures[name] = {"samples": len(samples[1]), "loss": found.loss, **found.quality}
    return figures


def _as_data(done: Run, saved: list[str]) -> dict[str, Any]:
    history: History = done.history
    curves = {}
    for name in history.epochs[0]._fields if history.epochs else ():
        curves[name] = history.curve(name)
    return {**_notes(done), "kept_epoch": history.kept_epoch, "history": curves, "saved": saved}
