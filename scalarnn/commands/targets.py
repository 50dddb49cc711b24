"""What `show`, `step`, `unroll` and `sheet` take: one word for an example, an exercise, a saved network, or a function.

    002-neuron              an example, as in `scalarnn examples`
    mazur                   one of the gallery, listed there too
    homework.toml           an exercise: data, no code of it runs
    homework.py:FUNCTION    a function in a file of your own, which runs as Python runs it
    model.json              a saved network, to be given its inputs by --set x=…

`--set NAME=VALUE` and `--numbers` go with each of them.
"""

from __future__ import annotations

import sys
from pathlib import Path

from scalarnn.commands.own_function import OwnFunction, is_own
from scalarnn.commands.usage import UsageError, listed, nearest
from scalarnn.worked import EXAMPLES, SOURCE_TITLES, load
from scalarnn.worked.homework import KINDS, HomeworkError, with_own_numbers

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Mapping
    from typing import NoReturn

    from scalarnn.worked import Example

__all__ = ["add_target", "check_target", "resolved", "unknown_example"]

TAKES = "an example, as in 'scalarnn examples'; an exercise, FILE.toml; FILE.py:FUNCTION; or a saved network, FILE.json"


def add_target(parser: argparse.ArgumentParser, kinds: tuple[str, ...] = KINDS[:2]) -> None:
    """The word, and what goes with it; and in which kinds of number it can be worked there."""
    parser.add_argument("target", metavar="EXAMPLE", help=TAKES)
    parser.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="your own number or list for a given one"
    )
    parser.add_argument("--numbers", metavar="|".join(kinds), help="the kind of number to work in")
    parser.set_defaults(kinds=kinds)
    parser.add_argument(
        "--args", metavar="JSON", help="of FILE.py:FUNCTION: its arguments by position, a JSON list: '[[1, 2], 0.5]'"
    )


def check_target(arguments: argparse.Namespace) -> None:
    """The word is one that can be resolved, and nothing goes with it that does not."""
    word = arguments.target
    if arguments.numbers is not None and arguments.numbers not in arguments.kinds:
        if arguments.numbers in KINDS:
            raise UsageError(f"--numbers {arguments.numbers}: here expected {' or '.join(arguments.kinds)}")
        raise UsageError(f"unknown kind of number {arguments.numbers!r}{nearest(arguments.numbers, arguments.kinds)}")
    if is_own(word):
        return
    if not _is_file(word) and word not in EXAMPLES and word not in _gallery():
        unknown_example(word)
    if arguments.args is not None:
        raise UsageError("--args is for a function of your own, FILE.py:FUNCTION; all take --set")


def resolved(arguments: argparse.Namespace, kind: str | None = None) -> Example | OwnFunction:
    """What the word means, given the numbers that were set.

    Args:
        arguments: with target, set, numbers and args.
        kind: the kind of number where --numbers says none.

    Raises:
        UsageError: it cannot be had.
    """
    word, kind = arguments.target, arguments.numbers or kind
    try:
        if is_own(word):
            return OwnFunction(word, arguments.args, _settings(word, arguments.set, None), kind)
        if _is_file(word) or word in _gallery():
            return _exercise(word, _settings(word, arguments.set, None), kind)
        return with_own_numbers(word, _settings(word, arguments.set, load(word).given), kind)
    except HomeworkError as error:
        raise UsageError(str(error)) from None


def unknown_example(word: str) -> NoReturn:
    """There is none of that name; which was meant?"""
    of_source = [name for name in EXAMPLES if word in SOURCE_TITLES and name.startswith(word)]
    meant = listed(of_source) if of_source else nearest(word, [*EXAMPLES, *_gallery()])
    beside = "; a file ends in .toml, .py:FUNCTION or .json" if Path(word).suffix or Path(word).is_file() else ""
    raise UsageError(f"unknown example {word!r}{beside or meant}")


def _gallery() -> list[str]:
    from scalarnn.exercise.gallery import names

    return names()


def _is_file(word: str) -> bool:
    return word.endswith((".toml", ".json"))


def _exercise(word: str, settings: Mapping[str, str], kind: str | None) -> Example:
    from scalarnn import saving
    from scalarnn.exercise import WorkedExercise, from_network, read, with_settings
    from scalarnn.exercise.gallery import of_gallery
    from scalarnn.exercise.setting import left_out

    if word in _gallery():
        exercise = of_gallery(word)
    elif word.endswith(".toml"):
        exercise = read(word)
    else:
        try:
            exercise = from_network(saving.load(word))
        except (OSError, saving.SavedNetworkError) as error:
            raise UsageError(f"{word}: {getattr(error, 'strerror', None) or error}") from None
    for name in left_out(exercise, settings):
        replaced = exercise.optimizer.replace("_", " ")
        print(f"{word}: {name} is left out: it belongs to {replaced}, which is replaced", file=sys.stderr)
    return WorkedExercise(with_settings(exercise, settings), Path(word).name, kind)


def _settings(word: str, given: list[str], known: Iterable[str] | None) -> dict[str, str]:
    """The text of a value for each name."""
    settings = {}
    for setting in given:
        name, sign, value = setting.partition("=")
        name = name.strip()
        if not sign or not name:
            example = next(iter(known), "x") if known is not None else "x"
            raise UsageError(f"--set {setting!r}: expected NAME=VALUE, such as --set {example}=…")
        if known is not None and name not in known:
            raise UsageError(f"{word} is not given {name!r}{nearest(name, known)}")
        settings[name] = value
    return settings
