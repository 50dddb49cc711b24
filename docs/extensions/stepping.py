"""For the page about stepping: a screen of the stepper, a session with pdb, the breakpoints; all run for real."""

from __future__ import annotations

import io
import json
import re

from docs.extensions.code import ROOT
from docs.extensions.errors import BookError
from scalarnn.tracing.debugger import run_under_debugger
from scalarnn.tracing.stepper import Walk, draw, table_of_breakpoints
from scalarnn.tracing.steps import Breakpoint, breakpoints, shown_lines
from scalarnn.worked.homework import arguments, recorded, with_own_numbers

STYLE = re.compile(r"\x1b\[[0-9;]*m")
COLUMNS = 80


def screen(example: str, moves: list[str], rows: int = 20) -> str:
    """What the terminal shows after some moves: names of methods of Walk, or `to NAME`."""
    work = with_own_numbers(example, {})
    walk = Walk(recorded(work), work.given)
    for move in moves:
        method, _, quantity = move.partition(" ")
        message = walk.to(quantity) if quantity else getattr(walk, method)()
        if message:
            raise ValueError(f"{move}: {message}")
    lines = draw(walk, f"{example} · {work.title}", COLUMNS, rows)
    return "\n".join(STYLE.sub("", line).rstrip() for line in lines)


def places(example: str) -> list[Breakpoint]:
    """Where to stop: a place for each derivation step."""
    return breakpoints(shown_lines(recorded(with_own_numbers(example, {})).call))


def list_of_places(example: str, n_rows: int) -> str:
    """The first rows of what `--breakpoints` prints."""
    rows = list(table_of_breakpoints(places(example)))
    return "\n".join([*rows[:n_rows], "…"])


def session(example: str, commands: list[str]) -> str:
    """pdb on an example, with what is typed."""
    printed = io.StringIO()
    typed = [*commands, "quit"]

    class Keyboard(io.StringIO):
        def readline(self, _size: int | None = -1, /) -> str:
            line = typed.pop(0)
            printed.write(f"{line}\n")
            return f"{line}\n"

    work = with_own_numbers(example, {})
    run_under_debugger(
        work.module.work,
        arguments(work),
        places(example),
        stdin=Keyboard(),
        stdout=printed,
        nosigint=True,
        readrc=False,
    )
    text = printed.getvalue().replace(f"{ROOT.as_posix()}/", "").rpartition("(Pdb) quit")[0]
    return f"$ python3 -m scalarnn step {example} --pdb\n{text}".rstrip()


def rules_of_the_editor() -> str:
    """What the run configurations of the repository tell VS Code to step over."""
    configurations = json.loads((ROOT / ".vscode" / "launch.json").read_text(encoding="utf-8"))["configurations"]
    if any(one["rules"] != configurations[0]["rules"] for one in configurations):
        raise BookError(".vscode/launch.json has different rules for different examples")
    rows = ",\n".join(f"  {json.dumps(rule)}" for rule in configurations[0]["rules"])
    return f'"rules": [\n{rows}\n]'


def walk_to(example: str, quantity: str) -> str:
    """The command that opens an example in the stepper, and how to get to the line of one quantity."""
    stop = next((place for place in places(example) if place.quantity == quantity), None)
    if stop is None:
        raise BookError(f"no step of {example} binds {quantity}")
    again = " Press Enter for the next time this line runs." if len(stop.lines) > 1 else ""
    return (
        f"```sh\npython3 -m scalarnn step {example}\n```\n\n"
        f"Press <kbd>g</kbd>, type `{quantity}` and press Enter: you are at `{stop.place}`.{again}\n"
    )
