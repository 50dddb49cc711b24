"""The command line.

    scalarnn                             every example worked, every printed figure compared
    scalarnn reproduce [EXAMPLE …]       chosen examples, or all of a source (004); --all-figures, --json
    scalarnn examples                    the list of examples
    scalarnn show EXAMPLE                one example worked by hand: name, formula, numbers put in, result; --json
    scalarnn step EXAMPLE                one example, line by line: formula, numbers, result; --pdb, --breakpoints
    scalarnn show FILE.toml              an exercise of your own; step and unroll take it too; --set, --numbers
    scalarnn check-answer FILE.toml 'L = 0.5'    right, or which slip gives that number; a page of answers, too; --json
    scalarnn new 2-2-1                   an exercise file to begin with; -o, --integers, --schema
    scalarnn worksheet FILE.toml         an exercise as sheets to be printed; -o, --key, --variants, --blank
    scalarnn show FILE.py:FUNCTION       a function of your own written out, or walked through: step; --args, --digits
    scalarnn unroll EXAMPLE              an example, or FILE.py:FUNCTION, as straight lines; --to python, javascript …
    scalarnn notebook EXAMPLE -o x.ipynb  the same as a notebook: formulas, numbers, a picture; FILE.py:FUNCTION too
    scalarnn sheet EXAMPLE -o x.xlsx     one step as a spreadsheet with live formulas; FILE.toml, FILE.py:FUNCTION too
    scalarnn play EXAMPLE -o x.html      a page to step through in a browser, with other numbers; FILE.toml, FILE.json
    scalarnn errata [SOURCE …]           what is wrong in the sources, and why
    scalarnn prove [THEOREM …]           the proofs (needs SymPy); --json
    scalarnn train DATASET               a network learns; --save model.json, --report report.html
    scalarnn predict MODEL DATA          what a saved network says of a CSV file
    scalarnn check MODEL [DATA]          is the file sound, and are its network's gradients right?
    scalarnn from FILE -o MODEL          a network of another package: PyTorch, Keras, scikit-learn, ONNX, R …
    scalarnn export MODEL -o FILE        a saved network as safetensors, as ONNX, or as a program for PyTorch
    scalarnn like [PACKAGE]              what Keras, PyTorch, JAX … do, as measured, and how to get their digits
    scalarnn why FIGURE OTHER            which convention gives the one, and which the other; --gradients, --y-hat, --x

With --portable, where numbers are computed, exp, log and powers are made of + − × ÷ alone: the same figures everywhere.

Exit codes: 0 all is well, 1 something is not (a figure unexplained, an answer wrong, a theorem refuted, a loss that ran
away, a model damaged), 2 the call is wrong or a file cannot be used, 130 stopped by Ctrl-C.

Words are read here; what they ask for is done in `commands`.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys

from scalarnn import __version__
from scalarnn.commands.interrupts import hear_from_now_on, ignore_ctrl_c
from scalarnn.commands.usage import UsageError, nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, NoReturn

__all__ = ["COMMANDS", "main"]

EXIT_CODES = (
    "Exit codes: 0 all is well, 1 something is not (a figure unexplained, an answer wrong, a theorem refuted, a loss "
    "that ran away, a model damaged), 2 the call is wrong or a file cannot be used, 130 stopped by Ctrl-C."
)
ROOM = 2**22  # bytes; all compiled modules take less
# Each command: the module of `commands` that does it, and what it does.
COMMANDS = {
    "reproduce": ("by_hand", "compare printed and computed figures"),
    "examples": ("by_hand", "list the examples"),
    "show": ("solving", "work one example, quantity by quantity"),
    "step": ("solving", "walk through one example, line by line"),
    "check-answer": ("check_answer", "is your answer right? if not, which slip gives it?"),
    "new": ("new", "write an exercise file, with pleasant numbers"),
    "worksheet": ("worksheet", "an exercise as sheets to be printed, and a key"),
    "unroll": ("unroll", "write a function as the straight lines it is"),
    "notebook": ("notebook", "write a notebook of an example or of a function of your own"),
    "sheet": ("sheet", "write one step as a spreadsheet with live formulas"),
    "play": ("play", "write a page to step through in a browser, with other numbers"),
    "errata": ("by_hand", "what is wrong in the sources, and why"),
    "prove": ("proofs", "prove the derivatives on the shipped code (SymPy)"),
    "train": ("train", "let a network learn from data"),
    "predict": ("predict", "what a saved network says of new data"),
    "check": ("check", "is a saved network sound, and are its gradients right?"),
    "from": ("incoming", "read a network of PyTorch, Keras, scikit-learn, R, TensorFlow.js or ONNX"),
    "export": ("outgoing", "write a saved network for PyTorch, or as ONNX"),
    "like": ("like", "what another package does, as measured: Keras, PyTorch, JAX …"),
    "why": ("why", "two figures that should be one: which convention gives which?"),
    "verify": ("verify", "is a step that other software has made the step of this package?"),
}
# Commands for which it does not matter whose exp and log they are.
NO_NUMBERS = ("examples", "errata", "prove", "like", "why")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        argv: the words after `scalarnn`; by default those of the process.

    Returns:
        The exit code.

    Examples:
        >>> main(["show", "004-netwrok"])  # prints one line on standard error
        2
    """
    is_program = argv is None  # the process ends with the command
    if is_program and not _has_room():
        sys.dont_write_bytecode = True
    try:
        if is_program:
            hear_from_now_on()
        return _status(list(sys.argv[1:] if argv is None else argv), is_program)
    except KeyboardInterrupt:
        return 130
    finally:
        if is_program:
            ignore_ctrl_c()  # a second one would only disturb the end


def _status(words: list[str], is_program: bool) -> int:
    """The exit code, after whatever went wrong has been said."""
    _open_what_is_closed()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal without Unicode shows ? and goes on
    try:
        status = _run(words, is_program)
        sys.stdout.flush()
    except UsageError as error:
        print(f"scalarnn: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:  # standard output cannot be written, such as a full disk
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        print(f"scalarnn: {error.filename or 'standard output'}: {error.strerror or error}", file=sys.stderr)
        return 2
    return status


def _has_room() -> bool:
    """Whether Python may keep compiled modules: up to 3.12.7 it leaves a cut-off file where there is no room for it.

    That file would be read the next time, and the command would not even begin.
    """
    try:
        import resource

        limit, _ = resource.getrlimit(resource.RLIMIT_FSIZE)
        disk = os.statvfs(os.path.dirname(__file__))  # noqa: PTH120
    except (AttributeError, ImportError, OSError, ValueError):  # no such limits here
        return True
    return limit == resource.RLIM_INFINITY and disk.f_bavail * disk.f_frsize > ROOM


def _open_what_is_closed() -> None:
    """A stream that the shell has closed, as by `>&-`, takes what is said and forgets it."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            setattr(sys, name, open(nowhere, "w", closefd=False))  # noqa: SIM115


def _run(words: list[str], is_program: bool) -> int:
    arguments = _parse(words)
    arguments.is_program = is_program
    module = _module(arguments.command)
    module.prepare(arguments)
    if not getattr(arguments, "portable", False):
        return module.run(arguments)  # type: ignore[no-any-return]
    from scalarnn import portable

    before = portable.switch(True)
    try:
        return module.run(arguments)  # type: ignore[no-any-return]
    finally:
        portable.switch(before)


def _module(command: str) -> Any:
    return importlib.import_module(f"scalarnn.commands.{COMMANDS[command][0]}")


# ---- what was asked --------------------------------------------------------------------------------------------------


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        where = "examples" if message.endswith("required: EXAMPLE") else " ".join([*self.prog.split()[1:], "--help"])
        raise UsageError(f"{message}; see scalarnn {where}")


def _parse(words: list[str]) -> argparse.Namespace:
    if words[:1] == ["help"]:
        words = [*words[1:2], "--help"]
    first = words[0] if words else "reproduce"
    if not first.startswith("-") and first not in COMMANDS:
        _unknown_command(first)
    if first.startswith("-") and first not in ("-h", "--help", "--version"):
        words = ["reproduce", *words]  # options without a command belong to the main job
    parser, known = _parser(words[0] if words else "reproduce")
    arguments, unknown = parser.parse_known_args(words or ["reproduce"])
    arguments.words = words
    for word in unknown:
        if hasattr(arguments, "answers") and (word == "-" or not word.startswith("-")):
            arguments.answers.append(word)  # answers may stand behind options, too
            continue
        if not word.startswith("-"):
            takes = "one example" if hasattr(arguments, "target") else "no arguments"
            others = {"train": "one data set", "unroll": "one target", "worksheet": "one exercise"}
            others |= {"new": "the sizes of one network", "predict": "two files", "check": "one or two files"}
            others |= {"from": "one file", "export": "one file", "verify": "two files", "why": "two figures"}
            takes = others.get(first, takes)
            raise UsageError(f"{arguments.command} takes {takes}: {word!r} is one too many")
        if first.startswith("-"):
            raise UsageError(f"unknown option {word!r}{nearest(word, [*known, '--version'])}")
        raise UsageError(f"unknown option {word!r} of {arguments.command}{nearest(word, known)}")
    return arguments


def _unknown_command(word: str) -> NoReturn:
    from scalarnn.commands.by_hand import EXAMPLES

    if word in EXAMPLES:
        raise UsageError(f"{word} is an example: try 'scalarnn show {word}' or 'scalarnn reproduce {word}'")
    raise UsageError(f"unknown command {word!r}{nearest(word, COMMANDS)}")


def _parser(chosen: str) -> tuple[_Parser, list[str]]:
    """The parser, of which only the chosen command is filled in, and the options of that one."""
    parser = _Parser(
        prog="scalarnn",
        description="Work the hand-worked examples of five sources and compare every figure that they print; "
        "let networks learn, and ask them.",
        epilog=f"Without a command: reproduce everything. {EXIT_CODES}",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"scalarnn {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    known = []
    for name, (_, summary) in COMMANDS.items():
        subparser = commands.add_parser(name, help=summary, epilog=EXIT_CODES, allow_abbrev=False)
        if name == chosen:
            _module(name).describe(name, subparser)
            if name not in NO_NUMBERS:
                subparser.add_argument(
                    "--portable",
                    action="store_true",
                    help="exp, log and powers made of + − × ÷ alone: the same figures on every machine",
                )
            known = [word for word in subparser._option_string_actions if word.startswith("--")]
    return parser, known
