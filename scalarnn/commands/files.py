"""Files that are read: a saved classifier, data from a file, a pipe or standard input; what goes wrong in one line.

The readers open a file twice, and look how long it is. A pipe can be read once: what it gives goes to a file first.
"""

from __future__ import annotations

import contextlib
import stat
import sys
from pathlib import Path

from scalarnn.commands.usage import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any, BinaryIO

    from scalarnn.classifier import Classifier
    from scalarnn.regressor import Regressor

__all__ = ["all_on_disk", "check_read_once", "is_standard_input", "load_model", "on_disk", "opened_model", "shown"]

LARGEST_INPUT = 2**28
PIECE = 2**16
STANDARD_INPUT = "standard input"
STANDARD_INPUTS = ("-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0")


def opened_model(path: str) -> tuple[Classifier | Regressor, dict[str, Any]]:
    """The classifier or regressor in a file, and its other notes.

    Raises:
        UsageError: there is no such file, or it is damaged, or neither of the two.
    """
    from scalarnn.saving import load_with_notes

    with on_disk(path) as file:
        _, notes = load_with_notes(file)
        return load_model(file, notes)


def load_model(path: str, notes: Mapping[str, Any]) -> tuple[Classifier | Regressor, dict[str, Any]]:
    """The same of a file whose notes are known: they say which of the two it is."""
    from scalarnn.classifier import load_classifier
    from scalarnn.regressor import load_regressor

    return load_regressor(path) if "regressor" in notes else load_classifier(path)


@contextlib.contextmanager
def on_disk(path: str) -> Iterator[str]:
    """The path of a file; for a pipe, or "-", of one that holds what it gave. Errors inside become one line.

    Raises:
        UsageError: the file cannot be read, or what is in it is not as it should be.
    """
    with all_on_disk([path]) as paths:
        yield paths[0]


@contextlib.contextmanager
def all_on_disk(words: Sequence[str]) -> Iterator[list[str]]:
    """The same for several: every pipe is read once, from its beginning to its end.

    Raises:
        UsageError: as `on_disk`, or standard input is named twice.
    """
    check_read_once(words)
    with contextlib.ExitStack() as stack:
        paths: list[str] = []
        names: dict[str, str] = {}
        for word in words:
            path = _copied(word, stack) if _is_stream(word) else word
            names[path] = shown(word)
            paths.append(path)
        try:
            yield paths
        except OSError as error:
            path = str(error.filename or paths[0])
            raise UsageError(f"{names.get(path, path)}: {error.strerror or error}") from None
        except (UsageError, ValueError) as error:
            text = str(error)
            if len(paths) == 1 and paths[0] not in text and isinstance(error, ValueError):
                text = f"{paths[0]}: {text}"
            for path, name in names.items():
                text = text.replace(path, name)
            raise UsageError(text) from None


def check_read_once(words: Sequence[str]) -> None:
    """Standard input is there once, and so is what a pipe gives.

    Raises:
        UsageError: it is named twice.

    Examples:
        >>> check_read_once(["-", "/dev/stdin"])
        Traceback (most recent call last):
        scalarnn.commands.usage.UsageError: /dev/stdin: standard input can be read once: name a file for one of the two
    """
    named = set()
    for word in words:
        name = shown(word)
        if name in named:
            what = f"{STANDARD_INPUT} can" if is_standard_input(word) else "a pipe can"
            raise UsageError(f"{word}: {what} be read once: name a file for one of the two")
        if _is_stream(word):
            named.add(name)


def is_standard_input(word: str) -> bool:
    """Whether a word means what is piped in.

    Examples:
        >>> is_standard_input("-"), is_standard_input("./-")
        (True, False)
    """
    return word in STANDARD_INPUTS


def shown(word: str) -> str:
    """How messages call what a word of the call means.

    Examples:
        >>> shown("-"), shown("data.csv")
        ('standard input', 'data.csv')
    """
    return STANDARD_INPUT if is_standard_input(word) else word


def _is_stream(word: str) -> bool:
    """Whether it can be read only once: standard input, a pipe, a socket, a device."""
    if is_standard_input(word):
        return True
    try:
        mode = Path(word).stat().st_mode
    except (OSError, ValueError):  # whoever reads it will say what is wrong with it
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _copied(word: str, stack: contextlib.ExitStack) -> str:
    """What a stream gives, in a file that is there until the stack ends; its name tells of drawings."""
    import tempfile

    name = shown(word)
    try:
        folder = stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
    except OSError as error:
        raise UsageError(f"{name}: cannot be kept for reading: {error.strerror or error}") from None
    copy = Path(folder) / Path(name).name[:100]
    try:
        with _opened(word) as source:
            _copy(source, copy, name)
    except OSError as error:
        raise UsageError(f"{name}: {error.strerror or error}") from None
    if copy.suffix.lower() in (".ndjson", ".npy", ".npz"):
        return str(copy)
    with copy.open("rb") as file:
        suffix = _suffix_of(file.read(PIECE))
    return str(copy.rename(copy.with_name(copy.name + suffix))) if suffix else str(copy)


@contextlib.contextmanager
def _opened(word: str) -> Iterator[BinaryIO]:
    if not is_standard_input(word):
        with Path(word).open("rb") as file:
            yield file
    elif sys.stdin is None:
        raise UsageError(f"{word}: there is no standard input")
    else:
        yield sys.stdin.buffer


def _copy(source: BinaryIO, copy: Path, name: str) -> None:
    n_bytes = 0
    with copy.open("wb") as file:
        while piece := source.read(PIECE):
            n_bytes += len(piece)
            if n_bytes > LARGEST_INPUT:
                raise UsageError(f"{name}: larger than 256 MiB: cut it into parts")
            try:
                file.write(piece)
            except OSError as error:
                raise UsageError(f"{name}: cannot be kept for reading: {error.strerror or error}") from None


def _suffix_of(beginning: bytes) -> str:
    """What the readers go by, for data whose name does not tell.

    Examples:
        >>> _suffix_of(b"\\x93NUMPY"), _suffix_of(b'{"word": "cat"'), _suffix_of(b"x,y")
        ('.npy', '.ndjson', '')
    """
    if beginning.startswith(b"\x93NUMPY"):
        return ".npy"
    if beginning.startswith(b"PK\x03\x04") and b".npy" in beginning[:200]:
        return ".npz"
    begins = beginning.removeprefix(b"\xef\xbb\xbf").lstrip()[:100]
    return ".ndjson" if begins.startswith(b"{") and b'"word"' in beginning else ""
