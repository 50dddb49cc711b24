"""`sheet`: one step on a spreadsheet, with live formulas: an exercise, an example, or a function of your own."""

from __future__ import annotations

from pathlib import Path

from scalarnn.commands.outputs import check_output, deliver, is_standard_output
from scalarnn.commands.own_function import OwnFunction
from scalarnn.commands.targets import add_target, check_target, resolved
from scalarnn.commands.usage import UsageError
from scalarnn.worked.homework import HomeworkError, worked_once
from scalarnn.worked.homework import arguments as own_arguments

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from scalarnn.sheet import Spreadsheet
    from scalarnn.worked import Example

__all__ = ["describe", "prepare", "run", "sheet_of"]


def describe(command: str, parser: argparse.ArgumentParser) -> None:  # noqa: ARG001
    """What the command takes."""
    parser.description = (
        "Write one step as a spreadsheet with live formulas, for LibreOffice Calc, Excel and others: change a number, "
        "and everything follows."
    )
    add_target(parser)
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="where to; EXAMPLE.xlsx here if not given, - for standard output"
    )


def prepare(arguments: argparse.Namespace) -> None:
    """What is named can be resolved, and the file can be written."""
    from scalarnn.sheet.xlsx import SHEET_MARK

    check_target(arguments)
    if arguments.numbers == "fraction":
        raise UsageError("--numbers fraction: a spreadsheet has floats alone")
    if arguments.output is None:
        arguments.output = f"{Path(arguments.target.rpartition(':')[0] or arguments.target).stem}.xlsx"
    if not is_standard_output(arguments.output) and Path(arguments.output).suffix.lower() not in ("", ".xlsx"):
        raise UsageError(f"-o {arguments.output}: expected a name that ends in .xlsx")
    check_output("-o", arguments.output, SHEET_MARK, "spreadsheet of scalarnn", [arguments.target])


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    from scalarnn.sheet import SheetError

    target = resolved(arguments, "float")
    try:
        data = sheet_of(target).xlsx()
    except (SheetError, HomeworkError) as error:
        raise UsageError(f"{arguments.target}: {error}") from None
    deliver("-o", arguments.output, data)
    if not is_standard_output(arguments.output):
        print(f"{arguments.output}: open it with LibreOffice Calc, Excel or another program, and change a number")
    return 0


def sheet_of(target: Example | OwnFunction) -> Spreadsheet:
    """A target as a spreadsheet; of an exercise with several steps the first.

    Raises:
        SheetError: no spreadsheet can be made of it.
        HomeworkError: it cannot be worked with its numbers.
    """
    from scalarnn.exercise import WorkedExercise
    from scalarnn.sheet import Spreadsheet

    if isinstance(target, OwnFunction):
        target.work()
        return Spreadsheet(target.function, target.given, title=target.title)
    title = target.title
    if isinstance(target, WorkedExercise) and target.exercise.steps > 1:
        title = f"{title}: the first of {target.exercise.steps} steps"
        target = target.first_step()
    worked_once(target)
    formulas = {one.name: one.formula for one in target.quantities() if not one.is_given}
    return Spreadsheet(
        target.function,
        own_arguments(target),
        title=title,
        formulas=formulas,
        comments=dict(target.given_comments()),
    )
