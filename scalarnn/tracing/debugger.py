"""Debuggers: where to stop, stopped there by pdb, and the run configurations of an editor.

The places come from a recording of the run (`steps.breakpoints`), so they move with the code.
"""

from __future__ import annotations

import bdb
import json
import pdb
import sys

from scalarnn.tracing.record import DOORS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from types import FrameType
    from typing import Any

    from scalarnn.tracing.steps import Breakpoint

__all__ = ["Debugger", "launch_configurations", "run_under_debugger"]

# What debugpy steps over: the doors, which look at what a user gives and hand on.
WITHOUT_DOORS = [{"module": DOORS, "include": False}]


class Debugger(pdb.Pdb):
    """pdb with breakpoints on given places, which stops for the first time on the first of them, and in no door.

    Args:
        places: where to stop.
        options: passed on to pdb.Pdb.
    """

    def __init__(self, places: Sequence[Breakpoint], **options: Any) -> None:
        super().__init__(**{"skip": [DOORS, f"{DOORS}.*"], **options})
        self.waiting = bool(places)  # for the first of them
        for place in places:
            self.set_break(place.file, place.number, cond=place.condition or None)

    def user_call(self, frame: FrameType, argument_list: None) -> None:
        """A call begins: of no interest before the first place."""
        if not self.waiting:
            super().user_call(frame, argument_list)

    def user_line(self, frame: FrameType) -> None:
        """A line begins: before the first place, go on."""
        if self.waiting and not self.break_here(frame):
            return
        self.waiting = False
        super().user_line(frame)

    def user_return(self, frame: FrameType, return_value: Any) -> None:
        """A call ends: of no interest before the first place."""
        if not self.waiting:
            super().user_return(frame, return_value)


def run_under_debugger(
    function: Callable[..., Any], arguments: dict[str, Any], places: Sequence[Breakpoint], **options: Any
) -> None:
    """Run a function under pdb, stopped at the first place; `continue` goes to the next, `next` to the next line.

    Args:
        function: what to run.
        arguments: its arguments by name.
        places: breakpoints, in the order in which they are reached.
        options: for pdb.Pdb, such as stdin and stdout.
    """
    debugger = Debugger(places, **options)
    try:
        debugger.runcall(function, **arguments)
    except bdb.BdbQuit:
        pass
    finally:
        sys.settrace(None)
        debugger.clear_all_breaks()


def launch_configurations(examples: Iterable[str]) -> str:
    """The text of `.vscode/launch.json`: one entry for each example, and one for the file in the editor.

    Examples:
        >>> text = launch_configurations(["002-neuron"])
        >>> [entry["name"] for entry in json.loads(text)["configurations"]]
        ['002-neuron', 'current file']
    """
    configurations: list[dict[str, Any]] = []
    for name in examples:
        configurations.append(
            {
                "name": name,
                "type": "debugpy",
                "request": "launch",
                "module": "scalarnn",
                "args": ["step", name, "--run"],
                "cwd": "${workspaceFolder}",
                "console": "integratedTerminal",
                "justMyCode": True,
                "rules": WITHOUT_DOORS,
            }
        )
    configurations.append(
        {
            "name": "current file",
            "type": "debugpy",
            "request": "launch",
            "program": "${file}",
            "cwd": "${workspaceFolder}",
            "env": {"PYTHONPATH": "${workspaceFolder}"},
            "console": "integratedTerminal",
            "justMyCode": True,
            "rules": WITHOUT_DOORS,
        }
    )
    return json.dumps({"version": "0.2.0", "configurations": configurations}, indent=2) + "\n"
