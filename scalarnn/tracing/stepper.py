"""Walk through a recorded run in a terminal: source, formula, numbers put in, result, and the names of the frame.

Walk       where the reader stands among the lines, and every move
draw       one screen of so many columns and rows, as lines of text
listing    the derivation steps as plain text, where there is no terminal
step       the loop: draw, wait for a key, move
"""

from __future__ import annotations

import ast
import difflib
import os
import re
import unicodedata

from scalarnn.digits import is_plain, value_text
from scalarnn.tracing.expressions import Style
from scalarnn.tracing.steps import frame_values, in_package, is_step, shown_lines, visible, visible_calls
from scalarnn.tracing.syntax import loop_in_place
from scalarnn.tracing.write import written

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from scalarnn.tracing.record import Call, Line, Recording
    from scalarnn.tracing.steps import Breakpoint
    from scalarnn.tracing.terminal import Terminal
    from scalarnn.tracing.write import Written

    Segment = tuple[str, str]  # text and style
    Row = list[Segment]

__all__ = ["Walk", "draw", "listing", "step"]

COLUMNS = 80
HELP = "n next  b back  o over  u out  s step  g NAME or round  < first  > last  q quit"
SHORT_HELP = "n b o u s  g NAME  < >  q quit"
LONGEST_LOOP = 4  # rounds of a loop that a listing shows in full
CELL = 20  # the width of a short value among the names of a frame
PLAIN, BOLD, DIM, REVERSE = "", "1", "2", "7"


class Walk:
    """Where the reader stands, and every move. A move returns what to tell the reader: mostly nothing.

    Args:
        recording: the run.
        given: further names with their values, for whoever asks for one of them.
    """

    def __init__(self, recording: Recording, given: Mapping[str, Any] | None = None) -> None:
        self.lines = shown_lines(recording.call)
        self.given = dict(given or {})
        self.at = 0

    @property
    def line(self) -> Line:
        """The line that the reader stands on."""
        return self.lines[self.at]

    def next(self) -> str:
        """To the next line that was executed, into calls."""
        return self._go(range(self.at + 1, len(self.lines)), "this is the last line", lambda _line: True)

    def back(self) -> str:
        """To the line executed before."""
        return self._go(range(self.at - 1, -1, -1), "this is the first line", lambda _line: True)

    def over(self) -> str:
        """To the next line that is not inside a call made by this one."""
        depth = self.line.depth
        after = range(self.at + 1, len(self.lines))
        return self._go(after, "nothing comes after this line", lambda line: line.depth <= depth)

    def out(self) -> str:
        """To the next line after this call."""
        depth = self.line.depth
        after = range(self.at + 1, len(self.lines))
        return self._go(after, "nothing comes after this call", lambda line: line.depth < depth)

    def step(self) -> str:
        """To the next derivation step, or branch that decides about one."""
        return self._go(range(self.at + 1, len(self.lines)), "there is no step after this one", is_worth_a_stop)

    def step_back(self) -> str:
        """To the derivation step before."""
        return self._go(range(self.at - 1, -1, -1), "there is no step before this one", is_worth_a_stop)

    def first(self) -> str:
        """To the first line."""
        self.at = 0
        return ""

    def last(self) -> str:
        """To the last line."""
        self.at = len(self.lines) - 1
        return ""

    def to(self, quantity: str) -> str:
        """To the next line that gives a name a value, from the end on to the beginning; to a round, by its number."""
        name = re.split(r"[\[(]", quantity)[0].strip()
        if not name:
            return ""
        if name.isdigit():
            return self.to_round(int(name))
        n = len(self.lines)
        for distance in range(1, n + 1):
            at = (self.at + distance) % n
            if self._has_value(at, name):
                came_round = at <= self.at
                self.at = at
                if distance == n:
                    return f"{name} is bound here and nowhere else"
                return f"{name}: from the beginning again" if came_round else ""
        if name in self.given:
            return f"{name} is given: {value_text(self.given[name])}"
        known = self.names()
        close = [other for other in known if other.startswith(name)] or difflib.get_close_matches(name, known, n=1)
        hint = f"; did you mean {close[0]}?" if close else ""
        return f"no line binds {name}{hint}"

    def _has_value(self, at: int, name: str) -> bool:
        """Whether a line gives a name a value: `dL_dz = []` and `s = 0` are only the beginning of one."""
        line = self.lines[at]
        return line.bound.get(name) is not None and (is_step(line) if name in self.names() else _is_bound(line, name))

    def to_round(self, number: int) -> str:
        """To the beginning of a round of the longest loop of this call, and of those that led to it."""
        calls, line = [self.line.call], self.line.call.caller
        while line is not None:
            calls.append(line.call)
            line = line.call.caller
        loops: list[list[int]] = []  # each time that a loop was gone through: where its rounds begin
        last: dict[tuple[int, ast.stmt], list[int]] = {}
        for at, line in enumerate(self.lines):
            if isinstance(line.statement, (ast.For, ast.While)) and line.call in calls:
                key = id(line.call), line.statement
                if key not in last or not loop_in_place(line):
                    last[key] = []
                    loops.append(last[key])
                if line.bound if isinstance(line.statement, ast.For) else line.value:
                    last[key].append(at)
        longest = max(loops, key=len, default=[])
        if not 1 <= number <= len(longest):
            return f"there are {len(longest)} rounds" if longest else "there is no loop here"
        self.at = longest[number - 1]
        return f"round {number} of {len(longest)}"

    def names(self) -> list[str]:
        """Every name that a derivation step binds."""
        names: dict[str, None] = {}
        for line in self.lines:
            if is_step(line):
                names.update(dict.fromkeys(line.bound))
        return list(names)

    def _go(self, way: range, otherwise: str, wanted: Callable[[Line], bool]) -> str:
        for at in way:
            if wanted(self.lines[at]):
                self.at = at
                return ""
        return otherwise


def _is_bound(line: Line, name: str) -> bool:
    return line.bound[name] != [] and not isinstance(line.statement, ast.For)


def is_worth_a_stop(line: Line) -> bool:
    """A derivation step, or a branch that the writer can put into words: z > 0 holds."""
    if isinstance(line.statement, ast.If):
        return _written(line, fractions=True) is not None
    return is_step(line)


# ---- a screen --------------------------------------------------------------------------------------------------------


def draw(walk: Walk, title: str, columns: int, rows: int, message: str = "", fractions: bool = False) -> list[str]:
    """One screen, as at most `rows` lines of at most `columns` columns, with the escape codes of bold and reverse.

    Args:
        walk: where the reader stands.
        title: of the run.
        columns: the width of the terminal.
        rows: its height.
        message: something to say, above the help.
        fractions: write Fractions as p/q.
    """
    position = f"line {walk.at + 1} of {len(walk.lines)}"
    title = cut(title, columns - len(position) - 2)
    gap = columns - width(title) - len(position)
    top: list[Row] = [
        [(title, BOLD), (" " * gap, PLAIN), (position, PLAIN)],
        [(stack_text(walk.line, columns), PLAIN)],
    ]
    bottom: list[Row] = [
        [(message, REVERSE if message else PLAIN)],
        [(HELP if width(HELP) <= columns else SHORT_HELP, DIM)],
    ]
    room = rows - len(top) - len(bottom)
    mathematics = [[(text, BOLD)] for text in mathematics_rows(walk.line, columns - 1, fractions)]
    n_mathematics = min(len(mathematics), max(1, room - 4))
    mathematics = mathematics[:n_mathematics]
    n_source = max(1, (room - n_mathematics - 3) * 3 // 5)
    middle = [_rule(file_name(walk.line), columns), *source_rows(walk.line, n_source)]
    middle += [_rule("", columns), *mathematics]
    n_names = room - len(middle) - 1
    if n_names > 0:
        middle += [_rule("names", columns), *name_rows(walk.line, columns, n_names, fractions)]
    middle = middle[: max(room, 0)] + [[("", PLAIN)]] * (room - len(middle))
    return [_painted(row, columns) for row in [*top, *middle, *bottom][-rows:]]


def stack_text(line: Line, columns: int = COLUMNS) -> str:
    """The calls from the outermost to this one: `work:41 › neuron_forward:102`."""
    places = []
    inner: Line | None = line
    while inner is not None:
        places.append(f"{inner.call.name}:{inner.number}")
        inner = inner.call.caller
    kept = places[:1]
    for place in places[1:]:
        if width(" › ".join([*kept, place, "…"])) > columns and place is not places[-1]:
            return cut(" › ".join(["…", *reversed(kept)]), columns)
        kept.append(place)
    return cut(" › ".join(reversed(kept)), columns)


def file_name(line: Line) -> str:
    """The file from the package on: `scalarnn/neuron.py`."""
    return in_package(line.file) or "/".join(line.file.replace(os.sep, "/").split("/")[-2:])


def source_rows(line: Line, n_rows: int) -> list[Row]:
    """The source around the line, the line itself marked."""
    text = line.call.function.text
    definition = line.call.function.definition
    first_of_function, last_of_function = definition.lineno, definition.end_lineno or line.number
    first = max(first_of_function, min(line.number - n_rows // 2, last_of_function - n_rows + 1))
    rows: list[Row] = []
    for number in range(first, min(first + n_rows, last_of_function + 1)):
        source = text[number - 1].rstrip("\n").expandtabs(4)
        marked = number == line.number
        rows.append([(f"{'▶' if marked else ' '}{number:>5} {source}", REVERSE if marked else PLAIN)])
    return rows


def name_rows(line: Line, columns: int, n_rows: int, fractions: bool = False) -> list[Row]:
    """The names of the frame with their values; where not all fit, those of the line and the latest others."""
    values = frame_values(line)
    of_line = [name for name in values if name in line.bound or name in line.read]
    chosen = set(of_line)
    rows = _laid_out(line, values, chosen, columns, fractions)
    for name in reversed(values):
        more = _laid_out(line, values, chosen | {name}, columns, fractions)
        if len(more) <= n_rows:
            chosen.add(name)
            rows = more
    return rows[:n_rows]


def _laid_out(line: Line, values: Mapping[str, Any], chosen: set[str], columns: int, fractions: bool) -> list[Row]:
    """The chosen names in their order, short ones side by side; those that the line reads or binds are bold."""
    rows: list[Row] = []
    row: Row = []
    used = 0
    for name, value in values.items():
        if name not in chosen:
            continue
        text = cut_value(f"{name} = {value_text(value, fractions)}", columns - 1)
        style = BOLD if name in line.bound or name in line.read else PLAIN
        if used and used + width(text) > columns:
            rows.append(row)
            row, used = [], 0
        cells = -(-(width(text) + 1) // CELL) * CELL
        row.append((text + " " * (cells - width(text)), style))
        used += cells
    return [*rows, row] if row else rows


def _rule(text: str, columns: int) -> Row:
    start = f"── {text} " if text else ""
    return [(start + "─" * (columns - width(start)), DIM)]


def _painted(row: Row, columns: int) -> str:
    """A row with its styles, cut to the width."""
    painted = ""
    room = columns
    for text, style in row:
        shown = cut(text, room)
        room -= width(shown)
        painted += f"\x1b[{style}m{shown}\x1b[0m" if style and shown else shown
    return painted


# ---- the mathematics of a line ---------------------------------------------------------------------------------------


def mathematics_rows(line: Line, columns: int, fractions: bool = False) -> list[str]:
    """Formula, numbers put in and result, one under the other; where there is no formula, the code and its values."""
    text = _written(line, fractions)
    if text is None:
        code, *values = _code_and_values(line, fractions)
        return [cut(code, columns), *(cut_value(row, columns) for row in values)]
    if text.is_condition:
        return _wrapped(f"{text.formula}: {text.numbers} {text.value}", "", columns)
    left, sign, right = text.formula.partition(" = ")
    parts = [right] if sign else []
    for part in (text.numbers, text.value):
        if part:
            parts.append(part)
    rows: list[str] = []
    lead = f"{left} = "
    for part in parts:
        rows += _wrapped(part, lead, columns)
        lead = " " * width(left) + " = "
    return rows


def _written(line: Line, fractions: bool) -> Written | None:
    """What the writer makes of the line; None where the code is to be shown instead."""
    try:
        return written(line, Style(fractions=fractions))
    except ValueError:  # a fraction with more digits than Python writes
        return None


def _code_and_values(line: Line, fractions: bool) -> Iterator[str]:
    """The code; what it read; what came out."""
    yield line.source
    read = [f"{name} = {value_text(value, fractions)}" for name, value in line.read.items() if is_plain(value)]
    if read:
        yield "  with " + ", ".join(read)
    statement = line.statement
    if isinstance(statement, (ast.If, ast.While)):
        yield "  true" if line.value else "  false"
    elif isinstance(statement, ast.Return):
        yield f"  returns {value_text(line.value, fractions)}"
    elif isinstance(statement, ast.For) and not line.bound:
        yield "  no round is left"
    else:
        for name, value in line.bound.items():
            yield f"  {name} = {value_text(value, fractions)}"


def _wrapped(text: str, lead: str, columns: int) -> list[str]:
    """The text behind its lead, broken at spaces where it is too long."""
    rows: list[str] = []
    row = lead
    empty = True
    for word in text.split(" "):
        if not empty and width(row) + 1 + width(word) > columns:
            rows.append(row)
            row, empty = " " * min(width(lead), columns // 2), True
        row += word if empty else f" {word}"
        empty = False
    rows.append(row)
    return [cut(row, columns) for row in rows]


# ---- the listing -----------------------------------------------------------------------------------------------------


def listing(recording: Recording, given: Mapping[str, Any], fractions: bool = False) -> Iterator[str]:
    """The derivation steps, one after the other, each below the call that it belongs to; long loops are folded.

    Args:
        recording: the run.
        given: what it started from.
        fractions: write Fractions as p/q.
    """
    yield "Given"
    for name, value in given.items():
        yield cut_value(f"  {name} = {value_text(value, fractions)}", COLUMNS)
    yield ""
    yield from _listed(recording.call, visible(recording.call.lines), fractions)


def _listed(call: Call, lines: Iterable[Line], fractions: bool) -> Iterator[str]:
    """The steps among some lines of a call, and those of the calls that they make."""
    indent = "  " * call.depth
    rest = list(lines)
    if rest and rest[0] is next(visible(call.lines)):
        yield cut(f"{indent}{call.name} · {file_name(rest[0])}", COLUMNS)
    while rest:
        line = rest[0]
        rounds = _rounds(rest) if isinstance(line.statement, ast.For) else []
        if len(rounds) > LONGEST_LOOP:
            yield from _listed(call, rounds[0][1:], fractions)
            yield cut(
                f"{indent}{line.number:>5}  … {len(rounds) - 2} more rounds of this loop, then the last:", COLUMNS
            )
            yield from _listed(call, rounds[-1][1:], fractions)
            rest = rest[sum(len(lines_of_round) for lines_of_round in rounds) :]
            continue
        yield from _listed_line(line, indent, fractions)
        for made in visible_calls(line):
            if any(is_worth_a_stop(inner) for inner in shown_lines(made)):
                yield from _listed(made, visible(made.lines), fractions)
        rest = rest[1:]


def _listed_line(line: Line, indent: str, fractions: bool) -> Iterator[str]:
    if not is_worth_a_stop(line):
        return
    lead = f"{indent}{line.number:>5}  "
    text = _written(line, fractions)
    if text is not None and len(lead) + width(str(text)) <= COLUMNS:
        yield f"{lead}{text}"
        return
    for row in mathematics_rows(line, COLUMNS - len(lead), fractions):
        yield lead + row
        lead = " " * len(lead)


def _rounds(lines: Sequence[Line]) -> list[list[Line]]:
    """The rounds of the loop whose head comes first, each with its head."""
    head = lines[0].statement
    inside = set(ast.walk(head))
    rounds: list[list[Line]] = []
    for line in lines:
        if line.statement is head and line.bound:
            rounds.append([])
        elif line.statement not in inside or line.statement is head:
            break
        rounds[-1].append(line)
    return rounds


def table_of_breakpoints(places: Sequence[Breakpoint], fractions: bool = False) -> Iterator[str]:
    """For each place what it computes: the names, how often, and the value of the first time."""
    place_width = max((width(place.place) for place in places), default=0)
    for place in places:
        line = place.lines[0]
        times = f" ({len(place.lines)} times)" if len(place.lines) > 1 else ""
        times += " *" if place.condition else ""
        values = ", ".join(value_text(value, fractions) for value in line.bound.values())
        yield cut_value(f"{place.place:<{place_width}}  {place.quantity} = {values}", COLUMNS - width(times)) + times
    conditions = {place.condition for place in places if place.condition}
    for condition in conditions:
        yield "* Up to Python 3.11 a debugger stops inside the brackets too, unless"
        yield f"  the breakpoint has the condition {condition}"


# ---- text ------------------------------------------------------------------------------------------------------------


def width(text: str) -> int:
    """How many columns a text takes: marks above a letter take none, letters of East Asian scripts two."""
    if text.isascii():
        return len(text)
    columns = 0
    for letter in text:
        if not unicodedata.combining(letter):
            columns += 2 if unicodedata.east_asian_width(letter) in "WF" else 1
    return columns


def cut(text: str, columns: int) -> str:
    """The text, or as much of it as fits with an ellipsis."""
    if width(text) <= columns:
        return text
    if columns < 1:
        return ""
    kept = text[: columns - 1]
    while width(kept) > columns - 1:
        kept = kept[:-1]
    return kept + "…"


def cut_value(text: str, columns: int) -> str:
    """The same for lists of numbers: cut between two of them, for half a number would be a wrong one.

    Examples:
        >>> cut_value("w = [0.125, 0.25, 0.375]", 20)
        'w = [0.125, 0.25, …'
    """
    kept = cut(text, columns)
    between = kept.rfind(", ")
    return kept if kept == text or between < 0 else kept[: between + 2] + "…"


# ---- the loop --------------------------------------------------------------------------------------------------------


def step(walk: Walk, title: str, terminal: Terminal, fractions: bool = False) -> None:
    """Let the reader walk until they quit; the terminal is put back in order whatever happens."""
    moves: dict[str, Callable[[], str]] = {
        "n": walk.next,
        "down": walk.next,
        "right": walk.next,
        " ": walk.next,
        "b": walk.back,
        "up": walk.back,
        "left": walk.back,
        "o": walk.over,
        "u": walk.out,
        "s": walk.step,
        "S": walk.step_back,
        "<": walk.first,
        "home": walk.first,
        ">": walk.last,
        "end": walk.last,
    }
    message = ""
    again: Callable[[], str] = walk.next
    asked: str | None = None  # what was typed after g
    with terminal:
        while True:
            prompt = message if asked is None else f"go to: {asked}_"
            if not terminal.has_more():
                columns, rows = terminal.size()
                terminal.show(draw(walk, title, columns, rows, prompt, fractions))
            key = terminal.key()
            if key == "resized":
                continue
            if key == "end of input":
                return
            if asked is not None:
                asked, message, again = _typed(walk, key, asked, again)
            elif key in ("q", "Q"):
                return
            elif key == "g":
                asked, message = "", ""
            elif key == "enter":
                message = again()
            elif key in moves:
                again = moves[key]
                message = again()
            elif key != "escape":
                message = f"no such key: {key if len(key) == 1 and key.isprintable() else repr(key)}"


def _typed(walk: Walk, key: str, asked: str, again: Callable[[], str]) -> tuple[str | None, str, Callable[[], str]]:
    """One key while a name is typed: the name so far (None when done), a message, and what Enter repeats."""
    if key == "enter":
        name = asked.strip()

        def move() -> str:
            return walk.to(name)

        return (None, move(), move) if name else (None, "", again)
    if key == "escape":
        return None, "", again
    if key == "backspace":
        return asked[:-1], "", again
    if key == "tab":
        begun = [name for name in walk.names() if name.startswith(asked)]
        return _common_beginning(begun) or asked, "", again
    return (asked + key if len(key) == 1 and key.isprintable() else asked), "", again


def _common_beginning(names: Sequence[str]) -> str:
    shortest = min(names, key=len, default="")
    n = len(shortest)
    while any(name[:n] != shortest[:n] for name in names):
        n -= 1
    return shortest[:n]
