"""What a file says of its network, held against what the network says now."""

from __future__ import annotations

import argparse

from scalarnn.commands.answers import deviation, is_close, names_of
from scalarnn.commands.learning import figures_of, parted
from scalarnn.commands.machine import PORTABLE, machine, machine_in_words
from scalarnn.commands.usage import UsageError, printable
from scalarnn.commands.words import percent

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.classifier import Classifier
    from scalarnn.commands.again import Again
    from scalarnn.regressor import Regressor

__all__ = ["print_figures"]

CLOSE = 1e-9  # of losses, which are about 1; another version may round a last digit in another way
CHANGED = "NOT the network it was"


def print_figures(classifier: Classifier | Regressor, training: Any, again: Again | None) -> bool:
    """Whether the network still gives its figures and its answers, a line for each.

    Args:
        classifier: as it was loaded.
        training: the notes of its training.
        again: the data of the training.

    Returns:
        False if something differs; True if all is as noted, or cannot be compared, which is then said.
    """
    if not isinstance(training, dict):
        return True
    same = True
    if again is None or again.data is None:
        print(f"figures    not compared: {printable(again.why) if again else 'no data'}")
        same = again is None or not again.sure
    else:
        same = _print_parts(classifier, training, again)
    same = _print_names(classifier, training) and same
    same = _print_answers(classifier, training) and same
    _print_machine(training)
    return same


def _print_parts(classifier: Classifier | Regressor, training: dict[str, Any], again: Again) -> bool:
    """Accuracy and loss of what it learned from and of what was held out."""
    settings, noted = training["settings"], training.get("figures")
    test, loss = settings.get("test"), settings.get("loss")
    parts: Any = argparse.Namespace(test=0, seed=settings.get("seed"))
    if isinstance(test, float) and 0 < test < 1:
        parts.test = test
    try:
        learned, held_out = parted(again.data, parts)
    except UsageError as error:
        print(f"figures    not compared: {error}")
        return True
    same = True
    for name, samples in (("learned", learned), ("held_out", held_out)):
        said = noted.get(name) if isinstance(noted, dict) else None
        if samples is not None and isinstance(said, dict):
            same = _print_part(classifier, name, samples, said, loss, again) and same
    return same


def _print_part(
    classifier: Classifier | Regressor, name: str, samples: Any, said: Any, loss: Any, again: Again
) -> bool:
    from scalarnn.training import LOSSES

    n = len(samples[1])
    found = figures_of(classifier, samples, loss if isinstance(loss, str) and loss in LOSSES else _loss_of(classifier))
    differs = []
    accuracy, L = said.get("accuracy"), said.get("loss")
    with_accuracy = type(accuracy) is float and found.accuracy is not None
    if with_accuracy and round(found.accuracy * n) != round(accuracy * n):
        differs.append(percent(accuracy))
    if type(L) is float and not abs(found.loss - L) <= CLOSE * max(1.0, abs(found.loss)):
        differs.append(f"a loss of {L:.6g} and not {found.loss:.6g}")
    words = "as noted"
    if differs:
        verdict = CHANGED if again.sure else f"NOT the network it was, or {again.data.name} has changed"
        words = f"the file says {' and '.join(differs)}: {verdict}"
    right = f"{percent(found.accuracy)} right of" if found.accuracy is not None else f"loss {found.loss:.4g} over"
    print(f"{name.replace('_', ' '):<10} {right} {n}: {words}")
    return not differs


def _loss_of(classifier: Classifier | Regressor) -> str:
    return "half_squared_error" if len(classifier.network.layers[-1].W) == 1 else "softmax_cross_entropy"


def _print_names(classifier: Classifier | Regressor, training: dict[str, Any]) -> bool:
    noted = training.get("names")
    if noted is None:
        return True
    if noted == names_of(classifier):
        return True
    print(f"names      of features or classes are others than when it was saved: {CHANGED}")
    return False


def _print_answers(classifier: Classifier | Regressor, training: dict[str, Any]) -> bool:
    """Its outputs for the inputs in the file."""
    if "answers" not in training:
        print("answers    not compared: the file has none, an older scalarnn saved it")
        return True
    noted = training["answers"]
    if noted is None:
        print("answers    not compared: none was finite")
        return True
    part = deviation(classifier, noted)
    if part is None:
        print("answers    damaged in the file")
        return False
    of = f"to {len(noted['inputs'])} inputs that the file has"
    if part == 0:
        print(f"answers    {of}: as noted, to the last digit")
    elif is_close(part):
        print(f"answers    {of}: as noted, but for {part:.1g} of them")
    else:
        print(f"answers    {of}: off by {part:.2g} of the largest: {CHANGED}")
    return is_close(part)


def _print_machine(training: dict[str, Any]) -> None:
    """Whose figures they are, and whether exp, log, tanh and powers are the same here."""
    told: Any = training.get("machine")
    words = machine_in_words(told)
    if words is None:
        print("made by    an older scalarnn, which did not note its Python and its C library")
        return
    here = machine()
    if told == here:
        print(f"made by    {printable(words)}; so it is here")
        return
    words_here, theirs, ours = machine_in_words(here), told.get("functions"), here["functions"]
    if not isinstance(theirs, str):
        more = "whether exp, log, tanh and powers are the same, the file does not say"
    elif theirs == ours:
        more = "exp, log, tanh and powers are the same"
    else:
        more = f"exp, log, tanh and powers differ ({printable(theirs[:8])} there, {ours} here), so last digits may"
        if theirs == PORTABLE:
            more += "; with --portable they are the same"
        elif words == words_here:
            more += "; a library may have several, each for other processors"
    print(f"made by    {printable(words)}; here {words_here}: {more}")
