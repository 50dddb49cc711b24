"""A terminal that gives single keys and takes whole screens, and is left as it was found.

Whatever ends the program (a key, Ctrl-C, an error, a signal), the terminal gets its modes, its screen and its cursor
back. Where Python has no `termios` (Windows), there is no such terminal and `is_terminal` says so.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys

try:
    import termios
    import tty
except ImportError:  # pragma: no cover
    termios = None  # type: ignore[assignment]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import FrameType
    from typing import Any

__all__ = ["Terminal", "is_terminal"]

ENTER_SCREEN = "\x1b[?1049h\x1b[?25l"  # the other screen, no cursor
LEAVE_SCREEN = "\x1b[?25h\x1b[?1049l"
PAUSE_AFTER_ESCAPE = 0.05  # seconds in which the rest of an arrow key arrives

KEYS = {
    "\r": "enter",
    "\n": "enter",
    "\t": "tab",
    "\x7f": "backspace",
    "\b": "backspace",
    "\x04": "end of input",
    "\x1b": "escape",
    "\x1b[A": "up",
    "\x1b[B": "down",
    "\x1b[C": "right",
    "\x1b[D": "left",
    "\x1b[H": "home",
    "\x1b[F": "end",
    "\x1b[1~": "home",
    "\x1b[4~": "end",
}


def is_terminal() -> bool:
    """Whether keys and screens go to a terminal that knows how to move its cursor."""
    if termios is None or os.environ.get("TERM", "dumb") == "dumb":
        return False
    try:
        return os.isatty(sys.stdin.fileno()) and os.isatty(sys.stdout.fileno())
    except (AttributeError, OSError, ValueError):  # closed, or not a file at all
        return False


class Terminal:
    """The process's own terminal, between `with` and its end."""

    def __init__(self) -> None:
        self.keyboard = sys.stdin.fileno()
        self.screen = sys.stdout.fileno()
        self.waiting: list[str] = []
        self.handlers: dict[int, Any] = {}

    def __enter__(self) -> Terminal:
        self.modes = termios.tcgetattr(self.keyboard)
        self.woken, self.waking = os.pipe()
        os.set_blocking(self.woken, False)
        os.set_blocking(self.waking, False)
        self.old_waking = signal.set_wakeup_fd(self.waking, warn_on_full_buffer=False)
        for number, handler in (
            (signal.SIGWINCH, self._on_resize),
            (signal.SIGTERM, self._on_end),
            (signal.SIGHUP, self._on_end),
            (signal.SIGTSTP, self._on_stop),
        ):
            self.handlers[number] = signal.signal(number, handler)
        self._take()
        return self

    def __exit__(self, *_error: object) -> None:
        for number, handler in self.handlers.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self.old_waking)
        os.close(self.woken)
        os.close(self.waking)
        self._give_back()

    def size(self) -> tuple[int, int]:
        """Columns and rows; 80 and 24 where the terminal does not say."""
        try:
            columns, rows = os.get_terminal_size(self.screen)
        except OSError:
            return 80, 24
        return columns or 80, rows or 24

    def show(self, lines: Sequence[str]) -> None:
        """Replace what is on the screen."""
        text = "\x1b[H" + "\r\n".join(f"{line}\x1b[K" for line in lines) + "\x1b[J"
        self._write(text)

    def has_more(self) -> bool:
        """Whether keys are waiting: then there is no need to draw before they are dealt with."""
        if self.waiting:
            return True
        ready, _, _ = select.select([self.keyboard], [], [], 0)
        if ready:
            self._read()
        return bool(self.waiting)

    def key(self) -> str:
        """The next key: a letter, or a name such as "enter", "up", "resized" or "end of input"."""
        while not self.waiting:
            ready, _, _ = select.select([self.keyboard, self.woken], [], [])
            if self.woken in ready:
                with contextlib.suppress(BlockingIOError):
                    os.read(self.woken, 1024)
                return "resized"
            self._read()
        return self.waiting.pop(0)

    def _read(self) -> None:
        try:
            arrived = os.read(self.keyboard, 1024)
        except OSError:  # the terminal is gone
            arrived = b""
        if not arrived:
            self.waiting.append("end of input")
            return
        if arrived.endswith(b"\x1b"):
            ready, _, _ = select.select([self.keyboard], [], [], PAUSE_AFTER_ESCAPE)
            if ready:
                arrived += os.read(self.keyboard, 1024)
        self.waiting.extend(_keys_in(arrived.decode(errors="ignore")))

    # ---- taking the terminal, and giving it back ---------------------------------------------------------------------

    def _take(self) -> None:
        tty.setcbreak(self.keyboard, termios.TCSADRAIN)  # keys typed before are kept
        self._write(ENTER_SCREEN)

    def _give_back(self) -> None:
        with contextlib.suppress(OSError):
            self._write(LEAVE_SCREEN)
        with contextlib.suppress(termios.error):
            termios.tcsetattr(self.keyboard, termios.TCSADRAIN, self.modes)

    def _write(self, text: str) -> None:
        rest = text.encode(sys.stdout.encoding or "utf-8", "replace")
        while rest:
            rest = rest[os.write(self.screen, rest) :]

    def _on_resize(self, _number: int, _frame: FrameType | None) -> None:
        """Nothing to do here: the wakeup pipe tells `key`."""

    def _on_end(self, number: int, _frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    def _on_stop(self, _number: int, _frame: FrameType | None) -> None:
        """Ctrl-Z: give the terminal back, stop, and take it again when called to the front."""
        self._give_back()
        os.kill(os.getpid(), signal.SIGSTOP)
        self._take()


def _keys_in(text: str) -> list[str]:
    """The keys that a piece of input stands for.

    Examples:
        >>> _keys_in("n\\x1b[Bg")
        ['n', 'down', 'g']
    """
    keys = []
    i = 0
    while i < len(text):
        length = _length_of_key(text[i:])
        key = text[i : i + length]
        keys.append(KEYS.get(key.replace("\x1bO", "\x1b["), key if length == 1 else "unknown"))
        i += length
    return keys


def _length_of_key(text: str) -> int:
    """1, or the length of the escape sequence at the start."""
    if len(text) < 3 or text[0] != "\x1b" or text[1] not in "[O":
        return 1
    length = 2
    while length < len(text) and text[length] in "0123456789;":
        length += 1
    return min(length + 1, len(text))
