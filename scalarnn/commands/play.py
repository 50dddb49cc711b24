"""`play`: a page with the player, one file of HTML that needs nothing beside it."""

from __future__ import annotations

from pathlib import Path

from scalarnn.commands.outputs import PLAYER_MARK, check_output, deliver, is_standard_output
from scalarnn.commands.targets import add_target, check_target, resolved
from scalarnn.commands.usage import UsageError
from scalarnn.worked.homework import HomeworkError, worked_once

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from typing import Any

__all__ = ["describe", "prepare", "run"]


def describe(command: str, parser: argparse.ArgumentParser) -> None:  # noqa: ARG001
    """What the command takes."""
    parser.description = (
        "Write a page to step through in a browser: derivation, code, network and numbers together, with other numbers "
        "typed in; one file of HTML, which works without a network."
    )
    add_target(parser)
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="where to; EXAMPLE.html here if not given, - for standard output"
    )


def prepare(arguments: argparse.Namespace) -> None:
    """What is named can be resolved, and the file can be written."""
    check_target(arguments)
    if arguments.numbers == "fraction":
        raise UsageError("--numbers fraction: the player has floats alone")
    if arguments.output is None:
        arguments.output = f"{Path(arguments.target).stem}.html"
    check_output("-o", arguments.output, PLAYER_MARK, "page of the player", [arguments.target])


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    from scalarnn.exercise import WorkedExercise
    from scalarnn.player import page

    target: Any = resolved(arguments, "float")
    if not isinstance(target, WorkedExercise):
        made_of = "an exercise, FILE.toml, a saved network, FILE.json, or one of the gallery"
        raise UsageError(f"{arguments.target}: a player is made of {made_of}")
    try:
        worked_once(target.first_step(), "float")
        text = page(target.exercise)
    except HomeworkError as error:
        raise UsageError(f"{arguments.target}: {error}") from None
    deliver("-o", arguments.output, text.encode())
    if not is_standard_output(arguments.output):
        print(f"{arguments.output}: open it in a browser")
    return 0
