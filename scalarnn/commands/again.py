"""The data of a training once more, from the notes of its file: made by seed, shipped, or read from where they were.

The notes are somebody's: they may be damaged, or name a file that has changed. Samples are only given back if they are
the ones that the network learned from, as far as that can be known.
"""

from __future__ import annotations

import argparse
from collections import namedtuple
from pathlib import Path

from scalarnn.commands.answers import fingerprint
from scalarnn.commands.usage import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.classifier import Classifier
    from scalarnn.commands.recipes import Data
    from scalarnn.regressor import Regressor

__all__ = ["Again", "data_again", "fingerprint_of"]

MOST_FILES = 100
MOST_MADE = 1000  # more would only cost time


class Again(namedtuple("Again", ["data", "why", "sure"])):
    """What was found.

    Args:
        data: a Data, or None.
        why: the reason for None.
        sure: whether they are known to be the samples of the training, which else may have changed; of None, whether
            that tells of a changed network.
    """

    __slots__ = ()


class _Options(argparse.Namespace):
    """What was said in the call, as far as the notes tell; an option that they do not have was not said."""

    def __getattr__(self, name: str) -> None:
        return None


def fingerprint_of(data: Data) -> str:
    """A fingerprint of samples, their classes and all names."""
    return fingerprint([data.X, data.labels, data.feature_names, data.class_names])


def data_again(training: Any, classifier: Classifier | Regressor, given: tuple[str, str] | None = None) -> Again:
    """The data that a classifier has learned from.

    Args:
        training: the notes of the training.
        classifier: that was trained.
        given: a file that may be the one, and how messages call it; None for the one that the notes name.

    Returns:
        Again.
    """
    from scalarnn.commands.recipes import NAMES, data_of

    if not isinstance(training, dict) or not isinstance(training.get("data"), str):
        return Again(None, "the file does not say what it has learned from", False)
    name = training["data"] if given is None else given[1]
    is_named = training["data"] in NAMES
    if is_named and given is not None:
        return Again(None, f"it has learned from {training['data']}", False)
    options = _options(training, is_named)
    if options is None:
        return Again(None, "the notes of its training are damaged", False)
    words = [training["data"]] if is_named else _files(training)
    if len(words) > 1:  # drawings of a word each: the one that is given is not all
        given, name = None, training["data"]
    elif given is not None:
        words = [given[0]]
    if not is_named and not all(_is_regular(word) for word in words):
        return Again(None, f"{name} is not here", False)
    try:
        data = data_of(words, options)
    except (ArithmeticError, AttributeError, LookupError, TypeError, UsageError, ValueError):
        return Again(None, f"{name} cannot be read as it was", False)
    noted, different = training.get("fingerprint"), f"{name} is not what it has learned from"
    names = (data.task == "regression", data.feature_names, list(data.class_names))
    if names != (classifier.kind == "regressor", classifier.feature_names, getattr(classifier, "class_names", [])):
        return Again(None, f"{name} has other features or classes" if is_named else different, is_named)
    if noted is not None and noted != fingerprint_of(data):
        return Again(None, different, False)
    if noted is None and given is not None:
        return Again(None, f"nobody knows whether it has learned from {name}", False)
    return Again(data, "", is_named or noted is not None)


def _options(training: dict[str, Any], is_named: bool) -> _Options | None:
    made, settings = training.get("made"), training.get("settings")
    if not isinstance(made, dict) or not isinstance(settings, dict):
        return None
    given = {str(key): value for key, value in made.items()}
    if given.get("skip_missing") is False:  # an option that is said or not
        given["skip_missing"] = None
    for key in ("samples", "classes"):
        value = given.get(key)
        if is_named and value is not None and (type(value) is not int or not 1 <= value <= MOST_MADE):
            return None
    given["seed"] = settings.get("seed")
    return _Options(**given)


def _files(training: dict[str, Any]) -> list[str]:
    """The files that were named; in an old file their names stand in one text."""
    words = training.get("words")
    if isinstance(words, list) and words and len(words) <= MOST_FILES and all(isinstance(w, str) for w in words):
        return list(words)
    return [training["data"]] if _is_regular(training["data"]) else training["data"].split(", ")[:MOST_FILES]


def _is_regular(word: str) -> bool:
    """A file with something in it, which can be read without waiting for anybody."""
    try:
        return Path(word).is_file() and Path(word).stat().st_size > 0  # those of the system's own have no size
    except (OSError, ValueError):
        return False
