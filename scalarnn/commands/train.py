"""train: data in, a network that has learned them out; a file, a report, and the same figures every time it is run."""

from __future__ import annotations

import json
import os
import shlex
import sys

from scalarnn.commands import options, tables, words
from scalarnn.commands.again import fingerprint_of
from scalarnn.commands.answers import answers, names_of
from scalarnn.commands.files import all_on_disk, shown
from scalarnn.commands.interrupts import ctrl_c_heard_once
from scalarnn.commands.keeping import Kept, keep, model_of, report_of, spared
from scalarnn.commands.learning import has_learned, learn, new_classifier, parted
from scalarnn.commands.machine import machine
from scalarnn.commands.outputs import MODEL_MARK, REPORT_MARK, check_output, is_standard_output, write_output
from scalarnn.commands.recipes import NAMES, data_of, recipe_of
from scalarnn.commands.usage import UsageError, as_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from typing import Any, TextIO

    from scalarnn.commands.learning import Run
    from scalarnn.commands.recipes import Data
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
        "data",
        nargs="+",
        metavar="DATASET",
        help="a name, a CSV file (- for standard input), or QuickDraw files (.ndjson, .npy)",
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
    out.add_argument("--save", metavar="MODEL.JSON", help="the network, for predict and check; - for standard output")
    out.add_argument("--report", metavar="REPORT.HTML", help="curves, pictures, mistakes: one file for a browser")
    says = out.add_mutually_exclusive_group()
    says.add_argument("--json", action="store_true", help="settings and figures as one object")
    says.add_argument("--quiet", action="store_true", help="say nothing but what goes wrong")


def prepare(arguments: argparse.Namespace) -> None:
    """Files can be written: known before the data are read."""
    to_standard_output = []
    for option, path in (("--save", arguments.save), ("--report", arguments.report)):
        if path is not None and is_standard_output(path):
            to_standard_output.append(f"{option} {path}")
    if arguments.json:
        to_standard_output.append("--json")
    if len(to_standard_output) > 1:
        raise UsageError(f"{' and '.join(to_standard_output)}: standard output takes one of them")
    if arguments.save is not None:
        check_output("--save", arguments.save, MODEL_MARK, "saved network", arguments.data)
    if arguments.report is not None:
        others = [*arguments.data, *([] if arguments.save is None else [arguments.save])]
        check_output("--report", arguments.report, REPORT_MARK, "report from here", others)


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    with all_on_disk([] if set(arguments.data) & set(NAMES) else arguments.data) as paths:
        data = data_of(paths or arguments.data, arguments)
        recipe = recipe_of(paths or arguments.data)
    data = _named_as_asked(data, arguments.data)
    settings = options.settings_of(arguments, data, recipe)
    parts = parted(data, settings)
    classifier = new_classifier(data, settings, *parts[0])
    out = _where_to_say(arguments)
    _say(words.head(data, settings, len(parts[0][0])), out)
    with ctrl_c_heard_once(to_the_end=arguments.is_program):
        done = learn(_command(arguments), data, settings, classifier, parts, progress=not arguments.quiet)
        kept, remarks = _kept(done, arguments)
    failure = None
    try:
        _say(words.results(done), out)
        if arguments.json:
            print(as_json(_as_data(done, kept)))
        if kept.written:
            _say(["", f"saved: {', '.join(kept.written)}"], out)
        sys.stdout.flush()
    except OSError as error:  # the reader of a pipe is gone, or a disk is full: what is kept is said all the same
        failure = error
    status = _verdict(done, kept, remarks, out, arguments)
    if failure is not None:
        if status == 0:
            raise failure
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return status


def _where_to_say(arguments: argparse.Namespace) -> TextIO | None:
    """What is said for people goes to standard output, unless something else goes there; None if nothing is said."""
    if arguments.quiet or arguments.json:
        return None
    for path in (arguments.save, arguments.report):
        if path is not None and is_standard_output(path):
            return sys.stderr
    return sys.stdout


def _named_as_asked(data: Data, asked: list[str]) -> Data:
    """The data under the names by which they were asked for, not those of the copies that were read."""
    if data.words == asked:
        return data
    names = [shown(word) for word in asked]
    said = list(data.said)
    for path, name in zip(data.words, names, strict=True):
        said = [(word, sentence.replace(path, name)) for word, sentence in said]
    return data._replace(name=", ".join(names), words=names, said=said)


def _say(lines: list[str], out: TextIO | None) -> None:
    if out is not None:
        for line in lines:
            print(line, file=out)
        out.flush()


def _verdict(done: Run, kept: Kept, remarks: list[str], out: TextIO | None, arguments: argparse.Namespace) -> int:
    """The exit code, and what there is to say on the error output."""
    history: History = done.history
    status = 0
    if kept.problems:
        status = 2
        told = "; ".join(kept.problems)
        as_asked = [path for path in kept.written if path not in told]
        saved = f"; saved: {', '.join(as_asked)}" if as_asked else ""
        print(f"scalarnn: {told}{saved}", file=sys.stderr)
    if kept.in_hand is not None and not arguments.json:
        print("scalarnn: the network follows on standard output, so that it is not lost", file=sys.stderr)
        write_output("-", kept.in_hand)
    for remark in remarks:
        print(f"scalarnn: {remark}", file=sys.stderr)
    if done.problem is not None:
        print(f"scalarnn: {done.problem}", file=sys.stderr)
        return status or 1
    if history.stopped == "interrupted":
        what = _what_is_saved(done, kept, arguments)
        print(f"scalarnn: stopped by Ctrl-C after {words.epochs(len(history.epochs))}; {what}", file=sys.stderr)
        return status or 130
    if (
        out is not None and sys.stderr is not None and sys.stderr.isatty()
    ):  # no timing among the figures, which are always the same
        print(f"took {history.seconds:.1f} s", file=sys.stderr)
    return status


def _what_is_saved(done: Run, kept: Kept, arguments: argparse.Namespace) -> str:
    if arguments.save is None and arguments.report is None:
        return "nothing was to be saved"
    if not has_learned(done):
        return "nothing was learned, and nothing is saved"
    if not kept.written:
        return "nothing could be saved"
    return f"saved what was learned: {', '.join(kept.written)}"


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


def _kept(done: Run, arguments: argparse.Namespace) -> tuple[Kept, list[str]]:
    """The files that were written, and what was left as it was."""
    results = []
    if has_learned(done):
        if arguments.save is not None:
            results.append(model_of(done, arguments.save, {"training": _notes_of_model(done)}))
        if arguments.report is not None:
            results.append(report_of(done, arguments.report))
    results, remarks = spared(done, results)
    return keep(results, arguments.data, may_ask=not arguments.quiet), remarks


def _notes(done: Run) -> dict[str, Any]:
    """What a file keeps of a training: enough to make its data again and to compare its figures."""
    from scalarnn import __version__

    return {
        "scalarnn": __version__,
        "command": done.command,
        "data": done.data.name,
        "words": done.data.words,
        "side": done.data.side,
        "made": done.data.made,
        "said": [list(pair) for pair in done.data.said],
        "settings": done.settings.as_data(),
        "stopped": done.history.stopped,
        "epochs": len(done.history.epochs),
        "figures": _as_figures(done),
        "machine": machine(),
    }


def _notes_of_model(done: Run) -> dict[str, Any]:
    """What `check` needs besides: to know the data again, and what the network says of some inputs."""
    return {
        **_notes(done),
        "fingerprint": fingerprint_of(done.data),
        "names": names_of(done.classifier),
        "answers": answers(done.classifier),
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


def _as_data(done: Run, kept: Kept) -> dict[str, Any]:
    history: History = done.history
    curves = {}
    for name in history.epochs[0]._fields if history.epochs else ():
        curves[name] = history.curve(name)
    data = {**_notes(done), "kept_epoch": history.kept_epoch, "history": curves, "saved": kept.written}
    if kept.in_hand is not None:  # no file took it
        data["model"] = json.loads(kept.in_hand)
    return data
