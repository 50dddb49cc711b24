"""Ctrl-C held back where what was learned would be lost."""

from __future__ import annotations

import contextlib
import signal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["ctrl_c_held"]


@contextlib.contextmanager
def ctrl_c_held() -> Iterator[None]:
    """Ctrl-C is not heard inside: for a moment's work after a training, however often the keys are pressed.

    Examples:
        >>> with ctrl_c_held():
        ...     print(signal.getsignal(signal.SIGINT) == signal.SIG_IGN)
        True
    """
    try:
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    except ValueError:  # not the main thread, which alone hears Ctrl-C
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
