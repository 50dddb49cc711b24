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

from types import FunctionType

from scalarnn.doors.glance import plain_lines
from scalarnn.doors.kinds import GLANCES
from scalarnn.doors.later import parameters_of, written_later
from scalarnn.doors.looking import Looking
from scalarnn.doors.passes import explained, kept_by, put_back
from scalarnn.doors.signature import arguments_of
from scalarnn.doors.straight import UNWATCHED, WATCHING

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import CodeType
    from typing import Any

STEPS = ("update", "step")  # they return nothing; their straight function says that it is done

__all__ = ["door", "door_of_all_or_none", "is_door"]


class Source:
    """The text of a door, for tracebacks and debuggers, which ask the loader of a module for it."""

    def __init__(self, text: str) -> None:
        self.text = text

    def get_source(self, name: str) -> str:  # noqa: ARG002
        """The text."""
        return self.text


def is_door(thing: Any) -> bool:
    """Whether a function is a door.

    Examples:
        >>> import scalarnn
        >>> is_door(scalarnn.neuron_forward), is_door(scalarnn.neuron_forward.__wrapped__)
        (True, False)
    """
    return type(thing) is FunctionType and thing.__globals__.get("__name__") == "scalarnn.doors"


def door(
    bare: Any,
    look: Callable[..., Sequence[Any]] | None = None,
    plain: Callable[[], list[str]] | None = None,
    straight: str = "",
) -> Any:
    """A function that looks at its arguments, as the signature of the bare one states them, and calls it.

    Args:
        bare: the function, or method, behind the door.
        look: looks at the arguments and returns them, `self` aside, as they are handed on; made from the signature if
            not given.
        plain: returns the lines that say whether the arguments are plain and need no such look; with a look of your
            own, none are made.
        straight: the way in straight lines that is to be asked first; none if not given.

    Returns:
        A function with the name, signature and docstring of the bare one, which is its `__wrapped__`.

    Examples:
        >>> from scalarnn.neuron import neuron_forward
        >>> door(neuron_forward)([1, 2], [3, 4], float("nan"))
        Traceback (most recent call last):
        ValueError: b is nan: expected a finite number
    """

    def lines() -> list[str]:
        if look is None:
            arguments = arguments_of(bare)
            seen = plain_lines(arguments, [argument.name for argument in arguments])
        elif plain is not None:
            seen = plain()
        else:
            return [*_straight(bare, straight), f"    return bare({_call(bare, 'look')})"]
        return [
            *_straight(bare, straight),
            *seen,
            f"    return bare({_call(bare)}) if plain else bare({_call(bare, 'look')})",
        ]

    def words() -> dict[str, Any]:
        return {**GLANCES, **WATCHING, "look": look or Looking(bare)}

    return _made(bare, lines, words)


def door_of_all_or_none(bare: Any, look: Callable[..., Any], keeps: str, straight: str = "") -> Any:
    """The door of a method that goes through the layers of a network: it gets to its end, or leaves them as they were.

    Each layer looks at what it is given; so the look is asked only when a call has failed, for a better message.

    Args:
        bare: the method behind the door, whose `layer` is the one that is at work.
        look: looks at the arguments as the network sees them, and raises if it is they that are wrong.
        keeps: which pass it is, and so what it changes in each layer.
        straight: the way in straight lines that is to be asked first; none if not given.
    """

    def lines() -> list[str]:
        return [
            *_straight(bare, straight),
            f"    before = kept_by(self.layers, {keeps!r})",
            f"    try: return bare({_call(bare)})",
            "    except BaseException as error:",
            f"        put_back(self.layers, {keeps!r}, before)",
            f"        raise explained(error, look, {', '.join(sum(parameters_of(bare), ()))}) from None",
        ]

    def words() -> dict[str, Any]:
        return {**WATCHING, "kept_by": kept_by, "put_back": put_back, "explained": explained, "look": look}

    return _made(bare, lines, words)


def _made(bare: Any, lines: Callable[[], list[str]], words: Callable[[], dict[str, Any]]) -> Any:
    """A function of these lines, with what belongs to the bare one; its text is written when it is first called."""
    room = {"bare": bare, "__name__": "scalarnn.doors"}
    file = f"scalarnn.doors: {bare.__module__}.{bare.__qualname__}"

    def write() -> CodeType:
        positional, by_name = parameters_of(bare)
        head = ", ".join([*positional, *(["*"] if by_name else []), *by_name])
        text = "\n".join([f"def {bare.__name__}({head}):", *lines(), ""])
        room.update(words(), __loader__=Source(text))
        namespace: dict[str, Any] = {}
        exec(compile(text, file, "exec"), namespace)
        code: CodeType = namespace[bare.__name__].__code__
        return code.replace(co_qualname=bare.__qualname__)

    made = written_later(bare, room, write, file)
    made.__module__, made.__wrapped__ = "scalarnn", bare
    return made


def _straight(bare: Any, way: str) -> list[str]:
    """The lines that go the straight way, if there is one and nobody watches."""
    if not way:
        return []
    given = _call(bare)
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
