"""from: a network that was trained in another package comes in, and is told as it was understood."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from scalarnn.commands.files import on_disk, shown
from scalarnn.commands.options import LOSSES, named
from scalarnn.commands.outputs import MODEL_MARK, check_output, is_standard_output, write_output
from scalarnn.commands.usage import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from typing import Any

    from scalarnn.exchange import Arrived

__all__ = ["describe", "exercise_text", "model_text", "prepare", "run"]

# What a new file is by the end of its name: what an old one has near its beginning, and what such a file is.
EXERCISE_MARK = b"# scalarnn from"
PLAIN = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")  # a number that TOML writes without quotes
KINDS = {".json": (MODEL_MARK, "saved network"), ".toml": (EXERCISE_MARK, "exercise made by scalarnn from")}
EPILOG = """Pickles are never loaded. Exported so that it can be read: of PyTorch by
safetensors.torch.save_file(module.state_dict(), 'model.safetensors'), of Keras by model.save('model.keras'), of
TensorFlow.js by model.save(…), of anything as ONNX; of scikit-learn by json.dump({'coefs': [W.tolist() for W in
mlp.coefs_], 'intercepts': [b.tolist() for b in mlp.intercepts_], 'activation': mlp.activation, 'out_activation':
mlp.out_activation_, 'classes': mlp.classes_.tolist()}, file); of R's nnet by dput(unclass(fit)[c('n', 'nconn', 'conn',
'nsunits', 'wts', 'softmax', 'entropy', 'lev', 'coefnames')], 'fit.R', control = c('niceNames', 'digits17'))."""


def describe(command: str, parser: argparse.ArgumentParser) -> None:  # noqa: ARG001
    """What the command takes."""
    parser.description = (
        "Read a network of PyTorch, Keras, scikit-learn, TensorFlow, R or ONNX, and say what was turned round, which "
        "activation and loss were assumed, and why."
    )
    parser.epilog = f"{EPILOG} {parser.epilog}"
    parser.add_argument(
        "file",
        metavar="FILE",
        help="safetensors, JSON, .keras, .h5, model.json, .onnx, what R writes; seen by what is in it",
    )
    parser.add_argument(
        "-o",
        "--out",
        metavar="FILE",
        help="model.json, for check, predict and export; or exercise.toml, for show and step",
    )
    given = parser.add_argument_group("what an exercise begins with")
    given.add_argument("--x", metavar="A,B,…", help="the inputs of one sample")
    target = given.add_mutually_exclusive_group()
    target.add_argument("--y", metavar="A,B,…", help="its targets; with them the exercise has the loss, and goes back")
    target.add_argument("--label", metavar="N", help="its class instead; the first is 0")
    told = parser.add_argument_group("what a file may not tell")
    told.add_argument(
        "--activation", metavar="NAME", help="of the hidden layers: relu, leaky_relu(0.2), sigmoid, tanh …"
    )
    told.add_argument("--output", metavar="NAME", help="of the last layer: softmax, sigmoid, none …")
    told.add_argument("--order", metavar="A,B,…", help="the names of the layers, from the input to the output")
    told.add_argument("--loss", type=named(LOSSES, "loss"), metavar="NAME", help="that it was trained with")
    told.add_argument("--classes", metavar="A,B,…", help="what its outputs are called: predict then names them")
    told.add_argument("--number", metavar="NAME", help="what its one output tells, if it is a number: a regression")
    told.add_argument("--features", metavar="A,B,…", help="what its inputs are called; else x0, x1, …")


def prepare(arguments: argparse.Namespace) -> None:
    """The file can be written: known before the other is read."""
    if arguments.classes is not None and arguments.number is not None:
        raise UsageError("--classes names classes and --number a number: say one of them")
    is_exercise = arguments.out is not None and Path(arguments.out).suffix.lower() == ".toml"
    for option in ("x", "y", "label"):
        if getattr(arguments, option) is not None and not is_exercise:
            raise UsageError(f"--{option} goes with an exercise, -o exercise.toml")
    if arguments.out is None or is_standard_output(arguments.out):
        return
    ending = Path(arguments.out).suffix.lower()
    if ending not in KINDS:
        raise UsageError(f"-o {arguments.out}: expected a name that ends in {' or '.join(KINDS)}")
    check_output("-o", arguments.out, *KINDS[ending], [arguments.file])


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    from scalarnn.exchange import ExchangeError, read

    with on_disk(arguments.file) as path:
        arrived = read(
            path,
            activation=arguments.activation,
            output=arguments.output,
            order=_names(arguments.order),
            loss=arguments.loss,
        )
    arrived.class_names = _names(arguments.classes) or (None if arguments.number else arrived.class_names)
    arrived.feature_names = _names(arguments.features) or arrived.feature_names
    if arguments.classes is not None or arguments.number is not None:
        arrived.label_name = arguments.number
    to_standard_output = arguments.out is not None and is_standard_output(arguments.out)
    out = sys.stderr if to_standard_output else sys.stdout
    text = ""
    if arguments.out is not None:
        try:
            is_exercise = arguments.out.lower().endswith(".toml")
            text = exercise_text(arrived, arguments) if is_exercise else model_text(arrived)
        except (ExchangeError, TypeError, ValueError) as error:
            raise UsageError(f"{shown(arguments.file)}: {error}") from None
    print(arrived, file=out)
    if arguments.out is not None:
        out.flush()
        write_output(arguments.out, text.encode("utf-8"))
        if not to_standard_output:
            print(f"\nsaved: {arguments.out}", file=out)
    return 0


def model_text(arrived: Arrived) -> str:
    """A saved network: a classifier or a regressor if it is known what its outputs are, else the network alone.

    Args:
        arrived: what came in.

    Raises:
        ValueError: names do not fit the network.
    """
    from scalarnn.classifier import Classifier
    from scalarnn.network import Network
    from scalarnn.regressor import Regressor
    from scalarnn.saving import to_text

    network = Network(arrived.layers)
    notes: dict[str, Any] = {
        "exchange": {"from": arrived.source, "said": arrived.said, "loss": arrived.loss, "because": arrived.because}
    }
    n_inputs = len(network.layers[0].W[0])
    features = arrived.feature_names or [f"x{i}" for i in range(n_inputs)]
    if arrived.class_names is not None:
        return Classifier(network, arrived.class_names, features).to_text(notes)
    if arrived.label_name is not None:
        return Regressor(network, features, label_name=arrived.label_name).to_text(notes)
    return to_text(network, notes)


def exercise_text(arrived: Arrived, given: argparse.Namespace) -> str:
    """An exercise file with the network; with an input it can be worked, and with a target it has a loss.

    Args:
        arrived: what came in.
        given: x, y and label, as they were typed.

    Raises:
        ValueError: they do not fit, or an activation has no name there.
    """
    from scalarnn.exercise import as_toml, from_network
    from scalarnn.exercise.kinds import Decimal

    keys: dict[str, Any] = {"title": f"A network from {arrived.source}"}
    for name in ("x", "y"):
        words = _names(getattr(given, name))
        if words is not None:
            keys[name] = [Decimal(word) if PLAIN.fullmatch(word) else word for word in words]
    if given.label is not None:
        keys["label"] = int(given.label) if given.label.isdecimal() else given.label
    comments = [EXERCISE_MARK.decode()[2:], *arrived.said]
    if keys.keys() & {"y", "label"}:
        keys["loss"] = arrived.loss
    comments.append(f"{arrived.loss.replace('_', ' ')}: {arrived.because}")
    plain = ["".join(letter if letter.isprintable() else "?" for letter in comment) for comment in comments]
    return as_toml(from_network(arrived, **keys), plain)


def _names(word: str | None) -> list[str] | None:
    return None if word is None else [name.strip() for name in word.split(",")]
