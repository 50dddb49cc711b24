"""A training at its end once more: what the optimizer keeps, and which order of the samples comes next.

A saved network has neither. But a training is the same every time, so it is done again, and is then at its end with
both; that its weights are those of the file is checked.
"""

from __future__ import annotations

import argparse
import shlex

from scalarnn.commands.again import fingerprint_of
from scalarnn.commands.learning import lesson_of, new_classifier, parted, taught
from scalarnn.commands.recipes import data_of, recipe_of
from scalarnn.commands.usage import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn

    from scalarnn.commands.options import Settings
    from scalarnn.exchange.torch_script import Continuation

__all__ = ["resumed"]

SAME = "The optimizer goes on with what it had kept, and the samples come in the order that was next."
FRESH = "The optimizer begins afresh, since {why}; the samples come in the order that was next."
PUT_BACK = "the weights are those of the best epoch, not of the last step"
OTHER = "the training, done again, came to other numbers: another machine, or it was stopped within an epoch"


class _Words(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"the notes of its training are damaged: {message}")


def resumed(model: Any, notes: dict[str, Any]) -> Continuation:
    """The training of a saved network, at its end.

    Args:
        model: a Classifier or a Regressor.
        notes: beside it in its file.

    Raises:
        UsageError: it does not say how it was trained, or its data are not here as they were.
    """
    from scalarnn.exchange.torch_script import Continuation
    from scalarnn.network import Network
    from scalarnn.random_numbers import LegacyRandom
    from scalarnn.training import NonFiniteLossError

    arguments, training = _asked(notes.get("training"))
    data = data_of(arguments.data, arguments)
    if training.get("fingerprint") != fingerprint_of(data):
        raise UsageError(f"{data.name} is not what it has learned from")
    settings = _settings(arguments, data)
    parts = parted(data, settings)
    again = new_classifier(data, settings, *parts[0])
    lesson = lesson_of(data, settings, again, parts)
    rng = LegacyRandom(settings.seed)
    if settings.validation > 0:
        from scalarnn.datasets import train_test_split

        X, targets, *kept = train_test_split(lesson.X, lesson.targets, settings.validation, rng)
        lesson = lesson._replace(X=X, targets=targets, validation=tuple(kept))
    optimizer = settings.new_optimizer(lesson.n_learned)
    epochs = training.get("epochs")
    if type(epochs) is not int or not 0 <= epochs <= settings.epochs:
        raise UsageError("the notes of its training are damaged: epochs")
    try:
        if epochs:
            taught(lesson, settings, again, optimizer, epochs=epochs, seed=rng, progress=False)
    except NonFiniteLossError as error:
        raise UsageError(f"its training ran away: {error}") from None
    why = _why_fresh(model, again, settings)
    network = Network(list(model.network.layers))
    if settings.loss == "sigmoid_cross_entropy":
        network.layers[-1] = type(network.layers[-1])(network.layers[-1].W, network.layers[-1].b)
    return Continuation(
        command=str(training["command"]),
        network=network,
        saved=model.to_text(),
        X=lesson.X,
        targets=lesson.targets,
        optimizer=settings.new_optimizer(lesson.n_learned) if why else optimizer,
        loss=settings.loss,
        penalty=settings.new_penalty(),
        batch=settings.batch,
        epochs=epochs,
        generator=rng.state(),
        told=FRESH.format(why=why) if why else SAME,
    )


def _asked(training: Any) -> tuple[argparse.Namespace, dict[str, Any]]:
    """What was asked for in the call that trained it."""
    from scalarnn.commands import train

    if not isinstance(training, dict) or not isinstance(training.get("command"), str):
        raise UsageError("the file does not say how it was trained: expected one that 'scalarnn train --save' wrote")
    try:
        words = shlex.split(training["command"])
    except ValueError:
        words = []
    if words[:2] != ["scalarnn", "train"]:
        raise UsageError("the notes of its training are damaged: the command")
    parser = _Words(add_help=False, allow_abbrev=False)
    parser.epilog = ""
    train.describe("train", parser)
    arguments = parser.parse_args(words[2:])
    if "-" in arguments.data:
        raise UsageError("it has learned from standard input, which is not there any more")
    return arguments, training


def _settings(arguments: argparse.Namespace, data: Any) -> Settings:
    from scalarnn.commands import options

    return options.settings_of(arguments, data, recipe_of(arguments.data))


def _why_fresh(model: Any, again: Any, settings: Settings) -> str:
    """Why the optimizer cannot go on; nothing if it can."""
    if settings.patience is not None:
        return PUT_BACK
    for layer, other in zip(model.network.layers, again.network.layers, strict=True):
        if layer.W != other.W or layer.b != other.b:
            return OTHER
    return ""
