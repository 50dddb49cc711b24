"""Ctrl-C ends a training and loses nothing: heard once, and not while results are written."""

from __future__ import annotations

import contextlib
import signal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

__all__ = ["ctrl_c_heard", "ctrl_c_heard_once", "hear_from_now_on", "hear_no_more", "ignore_ctrl_c"]


@contextlib.contextmanager
def ctrl_c_heard_once(to_the_end: bool) -> Iterator[None]:
    """The first Ctrl-C inside interrupts, and every later one is not heard, however often the keys are pressed.

    Args:
        to_the_end: not heard after the block either, if one was: the process is about to end, and should not die of a
            key on its last steps.

    Examples:
        >>> with ctrl_c_heard_once(to_the_end=False):
        ...     try:
        ...         signal.raise_signal(signal.SIGINT)
        ...     except KeyboardInterrupt:
        ...         signal.raise_signal(signal.SIGINT)
        ...         print("heard once")
        heard once
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # the shell has asked for that
        yield
        return
    try:
        before = signal.signal(signal.SIGINT, _hear)
    except ValueError:  # not the main thread, which alone hears Ctrl-C
        yield
        return
    try:
        yield
    finally:
        heard = signal.getsignal(signal.SIGINT) is signal.SIG_IGN
        if not (heard and to_the_end):
            signal.signal(signal.SIGINT, before)


def hear_no_more() -> None:
    """From here to the end of `ctrl_c_heard_once` none is heard: the training is over, its results are not written."""
    if signal.getsignal(signal.SIGINT) is _hear:
        signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextlib.contextmanager
def ctrl_c_heard() -> Iterator[None]:
    """Inside, Ctrl-C interrupts, whatever was so before: somebody is asked a question, and may be tired of it.

    Examples:
        >>> with ctrl_c_heard_once(to_the_end=False):
        ...     hear_no_more()
        ...     try:
        ...         with ctrl_c_heard():
        ...             signal.raise_signal(signal.SIGINT)
        ...     except KeyboardInterrupt:
        ...         print("heard")
        ...     signal.raise_signal(signal.SIGINT)
        heard
    """
    try:
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
    except ValueError:  # not the main thread
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def hear_from_now_on() -> None:
    """Ctrl-C interrupts, where it would end the process at once: so it is while the package is loaded."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
        with contextlib.suppress(ValueError):  # not the main thread
            signal.signal(signal.SIGINT, signal.default_int_handler)


def ignore_ctrl_c() -> None:
    """Not heard from here on: the process has done its work, or has been told to stop, and is ending."""
    with contextlib.suppress(ValueError):  # not the main thread
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def _hear(number: int, frame: Any) -> None:  # noqa: ARG001
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise KeyboardInterrupt
