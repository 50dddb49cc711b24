"""`new`: an exercise file to begin with, or the schema that editors complete such files by."""

from __future__ import annotations

import argparse
import re

from scalarnn.commands.options import LARGEST_SEED, whole
from scalarnn.commands.outputs import EXERCISE_MARK, SCHEMA_MARK, check_output, deliver
from scalarnn.commands.usage import UsageError, as_json
from scalarnn.exercise import ExerciseError, as_toml, new_exercise, schema
from scalarnn.exercise.keys import ACTIVATIONS, KEYS, LAYER_KEYS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from scalarnn.exercise.keys import Key

__all__ = ["describe", "prepare", "run"]


def describe(command: str, parser: argparse.ArgumentParser) -> None:  # noqa: ARG001
    """What the command takes."""
    parser.description = "Write an exercise file with pleasant numbers, to be worked by hand, shown, stepped, changed."
    parser.add_argument("sizes", nargs="?", metavar="2-2-1", help="inputs, and the neurons of each layer")
    parser.add_argument(
        "--activation",
        type=_one_of(LAYER_KEYS, "activation"),
        metavar="NAME",
        help=f"of the hidden layers: {', '.join(ACTIVATIONS)}; sigmoid if none, relu with --integers",
    )
    parser.add_argument(
        "--loss", type=_one_of(KEYS, "loss"), metavar="NAME", help="half squared error if none is named"
    )
    parser.add_argument("--integers", action="store_true", help="whole numbers, wherever they can be")
    parser.add_argument(
        "--seed", type=whole(0, LARGEST_SEED), default=0, metavar="N", help="other numbers; 0 if not given"
    )
    parser.add_argument("--schema", action="store_true", help="instead: the JSON Schema of exercise files, for editors")
    parser.add_argument("-o", "--output", default="-", metavar="FILE", help="where to write it; - is standard output")


def prepare(arguments: argparse.Namespace) -> None:
    """Sizes that are some, and a file that can be written."""
    if arguments.schema == (arguments.sizes is not None):
        raise UsageError("expected the sizes of a network, such as 2-2-1, or --schema")
    if arguments.schema:
        check_output("--output", arguments.output, SCHEMA_MARK, "schema of exercises", [])
        return
    if not re.fullmatch(r"\d{1,4}(-\d{1,4})+", arguments.sizes):
        raise UsageError(f"{arguments.sizes!r}: expected inputs and the neurons of each layer, such as 2-2-1")
    check_output("--output", arguments.output, EXERCISE_MARK, "exercise made by scalarnn new", [])


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    text = f"{as_json(schema())}\n" if arguments.schema else _exercise(arguments)
    deliver("--output", arguments.output, text.encode())
    return 0


def _exercise(arguments: argparse.Namespace) -> str:
    sizes = [int(size) for size in arguments.sizes.split("-")]
    words = [arguments.sizes]
    more = {"--activation": arguments.activation, "--loss": arguments.loss, "--seed": arguments.seed or None}
    for option, value in more.items():
        if value is not None:
            words += [option, str(value)]
    words += ["--integers"] if arguments.integers else []
    try:
        exercise = new_exercise(
            sizes,
            activation=arguments.activation,
            loss=arguments.loss or "half_squared_error",
            integers=arguments.integers,
            seed=arguments.seed,
        )
    except ExerciseError as error:
        raise UsageError(str(error)) from None
    return as_toml(exercise, [f"{EXERCISE_MARK.decode()[2:]} {' '.join(words)}"])


def _one_of(keys: tuple[Key, ...], name: str) -> Callable[[str], str]:
    """A reader of one of the names that a key may have."""
    (key,) = [key for key in keys if key.name == name]

    def read(word: str) -> str:
        try:
            name_of_it: str = key.kind.read(word, (name,))
        except ExerciseError as error:
            raise argparse.ArgumentTypeError(str(error)) from None
        return name_of_it

    return read
