"""Files that will be written at the end: what would be in the way is found before the work begins.

"-" is standard output. A pipe and a device such as /dev/null are written to; they cannot be replaced.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

from scalarnn.commands.usage import UsageError
from scalarnn.saving import behind_links, beside

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "EXERCISE_MARK",
    "KEY_MARK",
    "MODEL_MARK",
    "PLAYER_MARK",
    "REPORT_MARK",
    "SCHEMA_MARK",
    "SHEET_MARK",
    "check_output",
    "deliver",
    "is_standard_output",
    "write_output",
]

STANDARD_OUTPUTS = ("-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")

# What stands at the beginning of a file that may be replaced, since it came from here.
MODEL_MARK = b'"format": "scalarnn network"'
EXERCISE_MARK = b"# scalarnn new"
SCHEMA_MARK = b'"title": "An exercise of scalarnn"'
REPORT_MARK = b'<meta name="generator" content="scalarnn'
SHEET_MARK = b'<meta name="generator" content="sheets made by scalarnn'
PLAYER_MARK = b'<meta name="generator" content="player made by scalarnn'
KEY_MARK = b'<meta name="generator" content="keys made by scalarnn'


def check_output(option: str, path: str, mark: bytes, what: str, inputs: Sequence[str]) -> None:
    """A file can be written here, and nothing is lost by it.

    An old file is replaced only if it came from here, or is empty: nobody's notes, and no data, get lost by a slip.

    Args:
        option: how messages call it, such as --save.
        path: the file.
        mark: what an old file has near its beginning if it came from here.
        what: what such a file is, such as "saved network".
        inputs: files that are read, which must not be overwritten.

    Raises:
        UsageError: it would not work, or something would be lost.

    Examples:
        >>> check_output("--save", "nowhere/model.json", MODEL_MARK, "saved network", [])
        Traceback (most recent call last):
        scalarnn.commands.usage.UsageError: --save nowhere/model.json: there is no folder nowhere
    """
    place = f"{option} {path}"
    if is_standard_output(path):
        return
    try:
        if _is_stream(path):
            return
        target = behind_links(path)
        if not path or target.is_dir():
            raise UsageError(f"{place}: that is a folder: expected the name of a file")
        for other in inputs:
            if _is_same(target, other):
                raise UsageError(f"{place}: that file is used here already: choose another name")
        if not target.parent.is_dir():
            raise UsageError(f"{place}: there is no folder {Path(path).parent}")
        if target.exists():
            _check_old(target, place, mark, what)
        _check_writable(target)
    except OSError as error:
        raise UsageError(f"{place}: cannot be written: {error.strerror or error}") from None
    except ValueError as error:  # a zero byte in the name
        raise UsageError(f"{place}: cannot be written: {error}") from None


def _is_same(target: Path, other: str) -> bool:
    try:
        return target == behind_links(other)
    except OSError:  # whoever reads it will say what is wrong with it
        return False


def _check_old(target: Path, place: str, mark: bytes, what: str) -> None:
    if not target.is_file():
        raise UsageError(f"{place}: that is no file, and will not be replaced")
    with target.open("rb") as file:
        beginning = file.read(1000)
    if beginning and mark not in beginning:
        raise UsageError(f"{place}: there is a file, and it is no {what}: choose another name, or remove it")


def _check_writable(target: Path) -> None:
    """A new file beside it can be made: that is how it will be written."""
    new = beside(target)
    try:
        with new.open("xb"):
            pass
    finally:
        new.unlink(missing_ok=True)


# ---- writing ---------------------------------------------------------------------------------------------------------


def is_standard_output(path: str) -> bool:
    """Whether what is written goes where the figures would go.

    Examples:
        >>> is_standard_output("-"), is_standard_output("model.json")
        (True, False)
    """
    return path in STANDARD_OUTPUTS


def write_output(path: str, data: bytes) -> None:
    """Bytes to a file, which is there whole or not at all, or to a stream.

    Args:
        path: the file, "-" for standard output, a pipe, or a device.
        data: all of it.

    Raises:
        OSError: it cannot be written, and an old file is as it was.
        ValueError: a name that no file can have.
    """
    from scalarnn import saving

    if is_standard_output(path):
        _write_standard_output(data)
    elif _is_stream(path):
        # Whoever was to read may be gone: that is an error, and no reason to wait for ever.
        descriptor = os.open(path, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0))
        try:
            os.set_blocking(descriptor, True)
            _write_all(descriptor, data)
        finally:
            os.close(descriptor)
    else:
        saving.write_whole(path, data)


def deliver(option: str, path: str, data: bytes) -> None:
    """write_output, at the end of a command whose last work it is.

    Raises:
        UsageError: it cannot be written, and an old file is as it was.
    """
    try:
        write_output(path, data)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f"{option} {path}: cannot be written: {reason}") from None


def _is_stream(path: str) -> bool:
    """A pipe or a device that letters go to; no block device, on which somebody's files are."""
    try:
        mode = Path(path).stat().st_mode
    except (OSError, ValueError):
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISCHR(mode)


def _write_standard_output(data: bytes) -> None:
    if sys.__stdout__ is None:  # the shell has closed it, and what is printed goes nowhere
        raise OSError(errno.EBADF, "it is closed")
    sys.stdout.flush()
    try:
        descriptor = sys.stdout.fileno()
    except (OSError, ValueError):  # no file of the system: somebody catches what is printed
        sys.stdout.write(data.decode("utf-8"))
        return
    _write_all(descriptor, data)


def _write_all(descriptor: int, data: bytes) -> None:
    """Past Python's own buffer: what could not be written must not be tried again at the end of the process."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
