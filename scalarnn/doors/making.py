"""From a signature to a door: a small function that looks at its arguments and calls the bare one.

A door is made as text, so that it takes the same arguments by the same names, and so that stepping from a user's line
to the first line of the mathematics passes by four lines and no call:

    def layer_forward(x, W, b):
        try: plain = …                              # one expression, for lists of finite floats
        except TypeError:
            try: plain = …                          # the same for ints among them
            except (TypeError, OverflowError): plain = False
        return bare(x, W, b) if plain else bare(*look(x, W, b))

A look goes entry by entry: it raises, or hands on Python's own lists and numbers. The globals of a door are its own,
and name their module scalarnn.doors: so a debugger can be told to step over all of them.
"""

from __future__ import annotations

from scalarnn.doors.functions import FUNCTIONS
from scalarnn.doors.glance import plain_lines
from scalarnn.doors.kinds import GLANCES
from scalarnn.doors.later import parameters_of
from scalarnn.doors.looking import Looking
from scalarnn.doors.objects import METHODS, THROUGH_ALL
from scalarnn.doors.passes import CLASSES, explained, kept_by, put_back
from scalarnn.doors.signature import arguments_of
from scalarnn.doors.straight import STRAIGHT, UNKNOWN, UNWATCHED, WATCHING

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType
    from typing import Any

STEPS = ("update", "step")  # they return nothing; their straight function says that it is done

__all__ = ["written"]


class Source:
    """The text of a door, for tracebacks and debuggers, which ask the loader of a module for it."""

    def __init__(self, text: str) -> None:
        self.text = text

    def get_source(self, name: str) -> str:  # noqa: ARG002
        """The text."""
        return self.text


def written(door: Any) -> CodeType:
    """The code of a door, whose global names get what it needs."""
    bare, room = door.__wrapped__, door.__globals__
    kind, name = bare.__qualname__.rpartition(".")[0], bare.__name__
    through_all = name in THROUGH_ALL.get(kind, ())
    lines, words = _through_all(bare, kind) if through_all else _lines(bare, kind)
    positional, by_name = parameters_of(bare)
    head = ", ".join([*positional, *(["*"] if by_name else []), *by_name])
    if name in STRAIGHT.get(kind, ()):
        CLASSES[kind]._straight = UNKNOWN
        lines = [*_straight(bare), *lines]
    text = "\n".join([f"def {name}({head}):", *lines, ""])
    room.update(WATCHING, **words, __loader__=Source(text))
    namespace: dict[str, Any] = {}
    exec(compile(text, door.__code__.co_filename, "exec"), namespace)
    code: CodeType = namespace[name].__code__
    return code.replace(co_qualname=bare.__qualname__)


def _lines(bare: Any, kind: str) -> tuple[list[str], dict[str, Any]]:
    """Lines that look at the arguments, as the signature states them, and hand on; and the names in them.

    Of some methods and functions the signature does not say all: they have a look of their own.
    """
    plain, look = METHODS.get(kind, {}).get(bare.__name__, (None, FUNCTIONS.get(bare.__name__)))
    if look is None:
        arguments = arguments_of(bare)
        seen, look = plain_lines(arguments, [argument.name for argument in arguments]), Looking(bare)
    else:
        seen = plain() if plain else []
    handed_on = f"bare({_call(bare, 'look')})"
    if seen:
        handed_on = f"bare({_call(bare)}) if plain else {handed_on}"
    return [*seen, f"    return {handed_on}"], {**GLANCES, "look": look}


def _through_all(bare: Any, kind: str) -> tuple[list[str], dict[str, Any]]:
    """Lines of a method that goes through the layers of a network: it gets to its end, or leaves them as they were.

    Each layer looks at what it is given; so the look is asked only when a call has failed, for a better message. The
    `layer` of the method is the one that is at work.
    """
    look, keeps = THROUGH_ALL[kind][bare.__name__]
    lines = [
        f"    before = kept_by(self.layers, {keeps!r})",
        f"    try: return bare({_call(bare)})",
        "    except BaseException as error:",
        f"        put_back(self.layers, {keeps!r}, before)",
        f"        raise explained(error, look, {', '.join(sum(parameters_of(bare), ()))}) from None",
    ]
    return lines, {"kept_by": kept_by, "put_back": put_back, "explained": explained, "look": look}


def _straight(bare: Any) -> list[str]:
    """The lines that go the straight way, if there is one and nobody watches."""
    way, given = bare.__name__, _call(bare)
    return [
        f"    if {UNWATCHED}:",
        f"        straight = self._straight.{way}",
        f"        done = self._straight.seen({way!r}, {given}) if straight is None else straight({given})",
        f"        if done is not None: return {'None' if way in STEPS else 'done'}",
    ]


def _call(bare: Any, look: str = "") -> str:
    """The arguments of a call of the bare function: as they are, or as a look returns them."""
    positional, by_name = parameters_of(bare)
    if not look:
        return ", ".join([*positional, *(f"{name}={name}" for name in by_name)])
    given = ", ".join([*positional, *by_name])
    own = "self, " if positional[0] == "self" else ""
    if not by_name:
        return f"{own}*{look}({given})"
    n = len(positional) - bool(own)
    return f"{own}*(looked := {look}({given}))[:{n}], **dict(zip({by_name!r}, looked[{n}:]))"
