"""`worksheet`: an exercise as sheets to be printed, worked by hand and compared with a key."""

from __future__ import annotations

from pathlib import Path

from scalarnn.commands.options import LARGEST_SEED, whole
from scalarnn.commands.outputs import KEY_MARK, SHEET_MARK, check_output, deliver
from scalarnn.commands.targets import add_target, check_target, resolved
from scalarnn.commands.usage import UsageError, nearest
from scalarnn.worked.homework import HomeworkError
from scalarnn.worksheets import BLANKS, Worksheets

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from typing import Any

__all__ = ["describe", "prepare", "run"]

MOST = 500


def describe(command: str, parser: argparse.ArgumentParser) -> None:  # noqa: ARG001
    """What the command takes."""
    parser.description = (
        "Write an exercise as sheets to be printed and filled in by hand: one with its own numbers, or variants; "
        "and a key, in which the code of a sheet finds its solution."
    )
    add_target(parser)
    parser.add_argument("-o", "--output", default="-", metavar="FILE", help="the sheets, HTML; - is standard output")
    parser.add_argument("--key", metavar="FILE", help="the key, HTML: the whole solution of each sheet")
    parser.add_argument(
        "--files", metavar="FOLDER", help="the exercise of each sheet, CODE.toml: for check-answer CODE.toml …"
    )
    parser.add_argument(
        "--variants", type=whole(1, MOST), metavar="N", help="so many sheets, each with numbers of its own"
    )
    parser.add_argument(
        "--seed", type=whole(0, LARGEST_SEED), default=0, metavar="N", help="other variants; 0 if not given"
    )
    parser.add_argument(
        "--blank", default="all", metavar="|".join(BLANKS), help="what is to be filled in; all if not given"
    )


def prepare(arguments: argparse.Namespace) -> None:
    """The target is an exercise, and the files can be written."""
    word = arguments.target
    check_target(arguments)
    if not word.endswith((".toml", ".json")):
        raise UsageError(f"{word}: a worksheet is made of an exercise, FILE.toml, or a saved network, FILE.json")
    if arguments.blank not in BLANKS:
        raise UsageError(f"--blank {arguments.blank!r}{nearest(arguments.blank, BLANKS)}")
    check_output("--output", arguments.output, SHEET_MARK, "worksheet", [word])
    if arguments.key is not None:
        check_output("--key", arguments.key, KEY_MARK, "key of worksheets", [word, arguments.output])
        if arguments.key == arguments.output:
            raise UsageError(f"--key {arguments.key}: the sheets go there: expected another place")
    if arguments.files is not None and not Path(arguments.files).is_dir():
        raise UsageError(f"--files {arguments.files}: there is no such folder")


def run(arguments: argparse.Namespace) -> int:
    """Do it: both are made before one is written."""
    settings = {"seed": arguments.seed, "blank": arguments.blank, "kind": arguments.numbers}
    target: Any = resolved(arguments)
    try:
        made = Worksheets(target.exercise, arguments.variants, **settings)
    except HomeworkError as error:
        raise UsageError(f"{arguments.target}: {error}") from None
    written = [("--output", arguments.output, made.sheets())]
    if arguments.key is not None:
        written.append(("--key", arguments.key, made.key()))
    if arguments.files is not None:
        for code, text in made.files().items():
            path = str(Path(arguments.files) / f"{code}.toml")
            check_output("--files", path, f"# sheet {code}".encode(), "exercise of that sheet", [arguments.target])
            written.append(("--files", path, text))
    for option, path, text in written:
        deliver(option, path, text.encode())
    return 0
