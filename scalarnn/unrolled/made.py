"""What a program holds: its lines, its arguments, its result, and what it changes."""

from __future__ import annotations

import gc

from scalarnn.unrolled.names import Names
from scalarnn.unrolled.values import Spread, Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from scalarnn.unrolled.values import Block

__all__ = ["Made", "collector_off", "path_text"]


class Made:
    """A program without its texts.

    Attributes:
        name: the name of the function.
        parameters: the names of its parameters.
        kind: "float", or "any".
        block: its lines.
        templates: the arguments, with a value in place of each number.
        given: the same lists as the function leaves them.
        checked: places in the arguments, and what has to be there.
        result: what the function returns.
        local_names: its local names at its end.
    """

    def __init__(
        self,
        kind: str,
        block: Block,
        *,
        name: str,
        parameters: list[str],
        given: list[Any],
        templates: list[Any],
        checked: list[tuple[tuple[Any, ...], Any]],
        result: Any,
        local_names: dict[str, Any],
    ) -> None:
        self.name = name if name.isidentifier() else "program"
        self.parameters = parameters
        self.kind = kind
        self.block = block
        self.given = given
        self.templates = templates
        self.checked = checked
        self.result = result
        self.local_names = local_names

    @property
    def results(self) -> Any:
        """What the program has to compute: its result, and what it changes in its arguments."""
        return [self.result, [thing for _, thing in self.changes()]]

    def fresh_names(self) -> Names:
        """Names, with those of parameters and inputs given."""
        names = Names(self.parameters)
        for template in self.templates:
            for value in _inputs(template):
                wish = value.proposals[0][1]
                if wish in self.parameters and value.args[2] == (wish,):
                    value.name = wish
                else:
                    value.name = names.new(wish)
        return names

    def static_checks(self) -> Iterator[tuple[str, Any]]:
        """What has to be as it was when the program was made."""
        for path, known in self.checked:
            yield path_text(path), known

    def changes(self) -> list[tuple[str, Any]]:
        """Places in the arguments that the function changes, and what it puts there."""
        found: list[tuple[str, Any]] = []
        for name, before, after in zip(self.parameters, self.templates, self.given, strict=True):
            _compare(name, before, after, found)
        return found


class collector_off:  # noqa: N801  read as a phrase
    """With the collector of reference cycles off: what is made here is kept, and looking through it is lost time."""

    def __enter__(self) -> None:
        self.was_on = gc.isenabled()
        gc.disable()

    def __exit__(self, *_: object) -> None:
        if self.was_on:
            gc.enable()


def path_text(path: tuple[Any, ...]) -> str:
    """W[1][0]"""
    return str(path[0]) + "".join(f"[{at!r}]" for at in path[1:])


def _compare(path: str, before: Any, after: Any, found: list[tuple[str, Any]]) -> None:
    if isinstance(before, dict) and isinstance(after, dict):
        for key in after:
            if key not in before:
                found.append((f"{path}[{key!r}]", after[key]))
            else:
                _compare(f"{path}[{key!r}]", before[key], after[key], found)
        return
    if not isinstance(before, (list, tuple)) or not isinstance(after, (list, tuple)):
        if before is not after and "[" in path:
            found.append((path, after))
        return
    if len(before) != len(after) or any(type(entry) is Spread for entry in after):
        found.append((path, after))
        return
    for i in range(len(before)):
        _compare(f"{path}[{i}]", before[i], after[i], found)


def _inputs(template: Any) -> Iterator[Value]:
    if type(template) is Value:
        yield template
    elif isinstance(template, (list, tuple)):
        for entry in template:
            yield from _inputs(entry)
    elif isinstance(template, dict):
        for entry in template.values():
            yield from _inputs(entry)
