"""Lists, dicts and objects as they are at one point of the run; each side of a branch begins where the other did.

Before a container is changed, its contents are kept, once for each open side. At the end of a side they are put back;
after both, what the sides left is merged cell by cell, so that two names of one list stay two names of one list.
"""

from __future__ import annotations

from scalarnn.unrolled.refusal import UnrollError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

__all__ = ["Book", "Heap", "Level", "put"]


class Level:
    """What an open side has changed: for each container that is older than it, the contents before."""

    __slots__ = ("before", "start")

    def __init__(self, start: int) -> None:
        self.start = start
        self.before: dict[int, tuple[Any, Any]] = {}


class Heap:
    """Every container that the run has made, when it was made, and the open sides."""

    def __init__(self) -> None:
        self.clock = 0
        self.made: dict[int, tuple[Any, int]] = {}  # held, so that no id is used twice
        self.levels: list[Level] = []
        self.oldest_change = 0

    def new(self, container: Any) -> Any:
        """Note a container that has just been made."""
        self.clock += 1
        self.made[id(container)] = (container, self.clock)
        return container

    def time_of(self, container: Any) -> int | None:
        """When a container was made; None for one from outside."""
        entry = self.made.get(id(container))
        return None if entry is None else entry[1]

    def change(self, container: Any, what: str) -> None:
        """To be called before a container is changed.

        Raises:
            UnrollError: the container belongs to the world outside.
        """
        entry = self.made.get(id(container))
        if entry is None:
            raise UnrollError(f"changes {what}, which is neither an argument nor made in the run")
        time = entry[1]
        if time < self.oldest_change:
            self.oldest_change = time
        if self.levels:
            level = self.levels[-1]
            if time <= level.start and id(container) not in level.before:
                level.before[id(container)] = (container, container.copy())

    def open(self) -> Level:
        """Begin a side."""
        level = Level(self.clock)
        self.levels.append(level)
        return level

    def close(self) -> dict[int, tuple[Any, Any, Any]]:
        """End the innermost side and put everything back: container, contents before, contents after, by id."""
        level = self.levels.pop()
        changed = {}
        for key, (container, before) in level.before.items():
            changed[key] = (container, before, container.copy())
            put(container, before)
        return changed

    def again(self, changed: dict[int, tuple[Any, Any, Any]]) -> None:
        """Make the changes of an ended side once more."""
        for container, _before, after in changed.values():
            self.change(container, "it")
            put(container, after)

    def merge(
        self,
        first: dict[int, tuple[Any, Any, Any]],
        second: dict[int, tuple[Any, Any, Any]],
        one_of: Callable[[Any, Any, Any, Any], Any],
    ) -> None:
        """Make of each changed container one that fits both sides; one_of(container, key, a, b) makes each cell."""
        for key, (container, before, after) in first.items():
            other = second[key][2] if key in second else before
            self._merge_one(container, after, other, one_of)
        for key, (container, before, after) in second.items():
            if key not in first:
                self._merge_one(container, before, after, one_of)

    def _merge_one(self, container: Any, a: Any, b: Any, one_of: Callable[[Any, Any, Any, Any], Any]) -> None:
        self.change(container, "it")
        if isinstance(container, dict):
            merged = {}
            for key in [*a, *(key for key in b if key not in a)]:
                merged[key] = one_of(container, key, a.get(key, MISSING), b.get(key, MISSING))
            put(container, merged)
        else:
            if len(a) != len(b):
                raise UnrollError(f"a list has {len(a)} entries on one side of a branch and {len(b)} on the other")
            put(container, [one_of(container, i, a[i], b[i]) for i in range(len(a))])


class Book(dict):  # type: ignore[type-arg]
    """Which line of a call has bound each of its names last, on a side of a branch."""

    def copy(self) -> Book:
        """Of the same class."""
        return Book(self)


class _Missing:
    """Where one side of a branch has bound a name and the other has not."""

    def __repr__(self) -> str:
        return "unbound"


MISSING = _Missing()


def put(container: Any, contents: Any) -> None:
    """Give a list or dict other contents."""
    if isinstance(container, dict):
        container.clear()
        container.update(contents)
    else:
        container[:] = contents
