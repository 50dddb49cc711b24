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

from scalarnn import check
from scalarnn.doors.kinds import ALONE, GLANCES, LOOKS, RANGES, read, same_shapes
from scalarnn.doors.passes import explained, kept_by, put_back
from scalarnn.doors.reasons import NO_GRADIENT, REASONS
from scalarnn.later import parameters_of, written_later

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import CodeType
    from typing import Any

__all__ = ["Argument", "arguments_of", "door", "door_of_all_or_none", "is_door", "plain_lines"]

OF_ONE_SHAPE = ("Parameters", "Squares")


class Argument:
    """What a signature says of one argument: its kind, the letters of its shape, and whether None stands for it."""

    __slots__ = ("kind", "letters", "name", "optional")

    def __init__(self, name: str, annotation: str) -> None:
        wanted, _, nothing = annotation.partition(" | ")
        kind, _, letters = wanted.rstrip("]").partition("[")
        self.name = name
        self.kind = kind
        self.letters = tuple(letters.split(", ")) if letters else ()
        self.optional = nothing == "None"

    def reason(self, other: Argument) -> str | None:
        """Why this one has to be as long as the other; None if it is not this one that would be wrong."""
        return REASONS.get((self.name, f"{other.name}: {other.kind}"), REASONS.get((self.name, other.name)))


class Source:
    """The text of a door, for tracebacks and debuggers, which ask the loader of a module for it."""

    text = ""

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
    bare: Any, look: Callable[..., Sequence[Any]] | None = None, plain: Callable[[], list[str]] | None = None
) -> Any:
    """A function that looks at its arguments, as the signature of the bare one states them, and calls it.

    Args:
        bare: the function, or method, behind the door.
        look: looks at the arguments and returns them, `self` aside, as they are handed on; made from the signature if
            not given.
        plain: returns the lines that say whether the arguments are plain and need no such look; with a look of your
            own, none are made.

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
            return [f"    return bare({_call(bare, 'look')})"]
        return [*seen, f"    return bare({_call(bare)}) if plain else bare({_call(bare, 'look')})"]

    return _made(bare, lines, {**GLANCES, "look": look or Looking(bare)})


def door_of_all_or_none(bare: Any, look: Callable[..., Any], keeps: str) -> Any:
    """The door of a method that goes through the layers of a network: it gets to its end, or leaves them as they were.

    Each layer looks at what it is given; so the look is asked only when a call has failed, for a better message.

    Args:
        bare: the method behind the door, whose `layer` is the one that is at work.
        look: looks at the arguments as the network sees them, and raises if it is they that are wrong.
        keeps: which pass it is, and so what it changes in each layer.
    """

    def lines() -> list[str]:
        return [
            f"    before = kept_by(self.layers, {keeps!r})",
            f"    try: return bare({_call(bare)})",
            "    except BaseException as error:",
            f"        put_back(self.layers, {keeps!r}, before)",
            f"        raise explained(error, look, {', '.join(sum(parameters_of(bare), ()))}) from None",
        ]

    return _made(bare, lines, {"kept_by": kept_by, "put_back": put_back, "explained": explained, "look": look})


def _made(bare: Any, lines: Callable[[], list[str]], words: dict[str, Any]) -> Any:
    """A function of these lines, with what belongs to the bare one; its text is written when it is first called."""
    source = Source()
    room = {**words, "bare": bare, "__name__": "scalarnn.doors", "__loader__": source}
    file = f"scalarnn.doors: {bare.__module__}.{bare.__qualname__}"

    def write() -> CodeType:
        positional, by_name = parameters_of(bare)
        head = ", ".join([*positional, *(["*"] if by_name else []), *by_name])
        source.text = "\n".join([f"def {bare.__name__}({head}):", *lines(), ""])
        namespace: dict[str, Any] = {}
        exec(compile(source.text, file, "exec"), namespace)
        code: CodeType = namespace[bare.__name__].__code__
        return code.replace(co_qualname=bare.__qualname__)

    made = written_later(bare, room, write, file)
    made.__module__, made.__wrapped__ = "scalarnn", bare
    return made


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


def arguments_of(bare: Any) -> list[Argument]:
    """What the signature of a function says of its arguments, `self` left out."""
    return [Argument(name, bare.__annotations__[name]) for name in sum(parameters_of(bare), ()) if name != "self"]


# ---- at one glance ---------------------------------------------------------------------------------------------------


class Plain:
    """What is true of arguments that are plain and fit one another.

    Attributes:
        shape: an expression: they are lists, and as long as the letters say.
        row: the numbers of all of them, in a row.
        ranges: an expression: they are in the range of their kinds.
    """

    def __init__(self, arguments: Sequence[Argument], names: Sequence[str]) -> None:
        self.named = list(zip(arguments, names, strict=True))
        sizes: dict[str, str] = {}  # the length that a letter stands for
        lists = [name for argument, name in self.named if argument.letters]
        shape = [f"{' is '.join(f'type({name})' for name in lists)} is list"] if lists else []
        row, ranges = [], []
        for argument, name in self.named:
            if argument.kind == "Matrix":
                rows, columns = argument.letters
                shape.append(_as_long_as(sizes, rows, f"len({name})"))
                shape.append(
                    f"{{{_length(sizes, columns, f'len({name}[0])')}}}.issuperset(map(length_of_list, {name}))"
                )
                if f"len({name}[0])" == sizes[columns]:
                    shape.append(f"0 < len({name}[0])")
                row.append(f"*entries({name})")
            elif argument.letters:
                shape.append(_as_long_as(sizes, argument.letters[0], f"len({name})"))
                row.append(f"*{name}")
            elif argument.kind in OF_ONE_SHAPE:
                ranges += self._alike(name)
            elif argument.kind not in ALONE and not argument.optional:
                if lists:
                    row.append(name)
                else:
                    ranges.append(FINITE.replace("@", name))
            ranges += self._range(argument, name)
        self.shape, self.row, self.ranges = " and ".join(shape), ", ".join(row), " and ".join(ranges)

    def _alike(self, name: str) -> list[str]:
        first = next(other for argument, other in self.named if argument.kind in OF_ONE_SHAPE)
        alone = sum(argument.kind in OF_ONE_SHAPE for argument, _ in self.named) == 1
        return [f"alike({first}, {name})"] if name != first or alone else []

    def _range(self, argument: Argument, name: str) -> list[str]:
        if argument.optional:
            return [f"({name} is None or {FINITE.replace('@', name)})"]
        text = ALONE.get(argument.kind, RANGES.get(argument.kind))
        if text is None:
            return []
        return [text.replace("#", self._classes()).replace("@", name)]

    def _classes(self) -> str:
        """How many classes there are: a count among the arguments, or as many as scores or probabilities."""
        for argument, name in self.named:
            if argument.kind == "Count":
                return f"({name} if type({name}) is int else 0)"
            if argument.letters:
                return f"len({name})"
        return ""

    def of(self, numbers: str, before: str = "") -> str:
        """The whole expression; `numbers` says of the row, written @, that it is one of finite numbers."""
        parts = [before, self.shape, numbers.replace("@", f"({self.row},)") if self.row else "", self.ranges]
        return " and ".join(part for part in parts if part)


FINITE = "type(@) in NUMBERS and 0.0 * @ == 0.0"
FLOATS = "0.0 * sum(map(as_floats, @)) == 0.0"
FLOATS_AND_INTS = "are_numbers(map(type, @)) and 0.0 * sum(@) == 0.0"


def _as_long_as(sizes: dict[str, str], letter: str, length: str) -> str:
    if letter in sizes:
        return f"{length} == {sizes[letter]}"
    sizes[letter] = length
    return f"0 < {length}"


def _length(sizes: dict[str, str], letter: str, length: str) -> str:
    return sizes.setdefault(letter, length)


def plain_lines(arguments: Sequence[Argument], names: Sequence[str], before: str = "") -> list[str]:
    """The lines of a door that see whether its arguments are plain: floats at once, ints at a second glance.

    Args:
        arguments: what the signature says of each.
        names: what each is called in the door.
        before: an expression that has to be true before anything is looked at.
    """
    plain = Plain(arguments, names)
    if not plain.row:
        return [f"    try: plain = {plain.of('', before)}", "    except (TypeError, OverflowError): plain = False"]
    return [
        f"    try: plain = {plain.of(FLOATS, before)}",
        "    except TypeError:",
        f"        try: plain = {plain.of(FLOATS_AND_INTS, before)}",
        "        except (TypeError, OverflowError): plain = False",
    ]


# ---- entry by entry --------------------------------------------------------------------------------------------------


class Looking:
    """The look of a door: each argument after those by whose length it may be wrong.

    Args:
        bare: the function behind the door, whose signature says what it takes; it is read when it is first asked.
    """

    def __init__(self, bare: Any) -> None:
        self.bare = bare
        self.arguments: list[Argument] = []

    def __call__(self, *values: Any) -> Sequence[Any]:
        if not self.arguments:
            self.arguments = arguments_of(self.bare)
            self.in_order = _in_order(self.arguments)
        named = {
            argument.name: value for argument, value in zip(self.arguments, values[-len(self.arguments) :], strict=True)
        }
        for argument in self.in_order:
            if not (argument.optional and named[argument.name] is None):
                named[argument.name] = _looked_at(argument, named, self.arguments)
        for argument in self.arguments:
            _look_at_length(argument, named, self.arguments)
        _look_at_shapes(self.arguments, named)
        if self.bare.__name__ in NO_GRADIENT:
            NO_GRADIENT[self.bare.__name__](*named.values())
        return tuple(named.values())


def _in_order(arguments: Sequence[Argument]) -> list[Argument]:
    """In the order of the signature, but a matrix, and a label, after what says how long its rows are, or how many."""
    in_order: list[Argument] = []
    waiting = list(arguments)
    while waiting:
        for argument in waiting:
            if not any(other in waiting for other in _wanted_by(argument, arguments)):
                break
        waiting.remove(argument)
        in_order.append(argument)
    return in_order


def _wanted_by(argument: Argument, arguments: Sequence[Argument]) -> list[Argument]:
    """The arguments that have to be looked at before this one can be."""
    if argument.kind == "Label":
        return [other for other in arguments if other.letters or other.kind == "Count"][:1]
    if argument.kind == "Matrix":
        return [other for other in arguments if argument.reason(other) and argument.letters[1] in other.letters]
    return []


def _length_of(letter: str, argument: Argument, named: dict[str, Any]) -> int:
    value = named[argument.name]
    return len(value) if letter == argument.letters[0] else len(value[0])


def _looked_at(argument: Argument, named: dict[str, Any], arguments: Sequence[Argument]) -> Any:
    """The argument in Python's lists and numbers, and of its kind."""
    value, name = named[argument.name], argument.name
    if argument.kind in OF_ONE_SHAPE:
        return value  # all of them together, afterwards
    if argument.kind == "Label":
        (other,) = _wanted_by(argument, arguments)
        classes = named[other.name]
        check.index(value, classes if other.kind == "Count" else len(classes), name)
        return value
    if argument.kind != "Matrix":
        return LOOKS[argument.kind](value, name)
    columns, because = None, ""
    for other in _wanted_by(argument, arguments):
        columns, because = _length_of(argument.letters[1], other, named), argument.reason(other) or ""
    return read(value, name, check.matrix, columns=columns, because=because)


def _look_at_length(argument: Argument, named: dict[str, Any], arguments: Sequence[Argument]) -> None:
    """As long as the others say that share its letter."""
    for other in arguments:
        because = argument.reason(other)
        if because and argument.letters and argument.letters[0] in other.letters:
            expected = _length_of(argument.letters[0], other, named)
            check.length(named[argument.name], argument.name, expected, because)


def _look_at_shapes(arguments: Sequence[Argument], named: dict[str, Any]) -> None:
    """Parameters and what belongs to them, all of one shape."""
    shapes = {argument.name: named[argument.name] for argument in arguments if argument.kind in OF_ONE_SHAPE}
    if shapes:
        squares = tuple(argument.name for argument in arguments if argument.kind == "Squares")
        named.update(zip(shapes, same_shapes(shapes, squares), strict=True))
