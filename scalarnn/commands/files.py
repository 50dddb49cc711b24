"""Files that are read: a saved classifier, data from a file or from standard input; what goes wrong in one line."""

from __future__ import annotations

import contextlib
import sys

from scalarnn.commands.usage import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from scalarnn.classifier import Classifier
    from scalarnn.regressor import Regressor

__all__ = ["on_disk", "opened_model"]

LARGEST_INPUT = 2**28
STANDARD_INPUT = "standard input"


def opened_model(path: str) -> tuple[Classifier | Regressor, dict[str, Any]]:
    """The classifier or regressor in a file, and its other notes.

    Raises:
        UsageError: there is no such file, or it is damaged, or neither of the two.
    """
    from scalarnn.classifier import load_classifier
    from scalarnn.regressor import load_regressor
    from scalarnn.saving import load_with_notes

    try:
        _, notes = load_with_notes(path)
        return load_regressor(path) if "regressor" in notes else load_classifier(path)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}") from None
    except ValueError as error:
        text = str(error)
        raise UsageError(text if text.startswith(path) else f"{path}: {text}") from None


@contextlib.contextmanager
def on_disk(path: str) -> Iterator[str]:
    """The path of a file; for "-" of one that holds what standard input gave. Its errors become one line.

    Raises:
        UsageError: the file cannot be read, or what is in it is not as it should be.
    """
    if path != "-":
        try:
            yield path
        except OSError as error:
            raise UsageError(f"{path}: {error.strerror or error}") from None
        except ValueError as error:
            text = str(error)
            raise UsageError(text if path in text else f"{path}: {text}") from None
        return
    import tempfile

    if sys.stdin is None:
        raise UsageError("-: there is no standard input")
    data = sys.stdin.buffer.read(LARGEST_INPUT + 1)
    if len(data) > LARGEST_INPUT:
        raise UsageError(f"{STANDARD_INPUT}: larger than 256 MiB: cut it into parts")
    with tempfile.TemporaryDirectory() as folder:
        copy = f"{folder}/{STANDARD_INPUT}"
        with open(copy, "wb") as file:  # noqa: PTH123
            file.write(data)
        try:
            yield copy
        except ValueError as error:
            raise UsageError(str(error).replace(copy, STANDARD_INPUT)) from None
