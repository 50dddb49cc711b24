"""Files that will be written at the end: what would be in the way is found before the work begins."""

from __future__ import annotations

from pathlib import Path

from scalarnn.commands.usage import UsageError
from scalarnn.saving import behind_links, beside

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["MODEL_MARK", "REPORT_MARK", "check_output"]

# What stands at the beginning of a file that may be replaced, since it came from here.
MODEL_MARK = b'"format": "scalarnn network"'
REPORT_MARK = b'<meta name="generator" content="scalarnn'


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
    try:
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
    with new.open("xb"):
        pass
    new.unlink()
