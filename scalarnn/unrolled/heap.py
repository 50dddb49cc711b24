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

__all__ = ["Book", "Heap", "View", "Level", "put"]


class Level:
    """What an open side has changed: for each container that is older than it, the contents before."""

    __slots__ = ("before", "start")

    def __init__(self, start: int) -> None:
        self.start = start
        self.before: dict[int, tuple[Any, Any]] = {}


class View:
    """A list that is one of several, and a value says which: what is put into it goes into the one that it is.

    Attributes:
        owners: the lists.
        conditions: for each of them, whether it is the one: a Value of kind bool.
        is_stale: one of them has been changed by another name since.
    """

    __slots__ = ("conditions", "is_stale", "owners")

    def __init__(self, owners: list[Any], conditions: list[Any]) -> None:
        self.owners = owners
        self.conditions = conditions
        self.is_stale = False


class Heap:
    """Every container that the run has made, when it was made, and the open sides."""

    def __init__(self) -> None:
        self.clock = 0
        self.made: dict[int, tuple[Any, int]] = {}  # held, so that no id is used twice
        self.levels: list[Level] = []
        self.oldest_change = 0
        self.views: dict[int, View] = {}
        self.views_of: dict[int, list[int]] = {}  # which views a list is an owner of
        self.frozen: set[int] = set()  # what may not be changed, since it stands for one of several

    def new(self, container: Any) -> Any:
        """Note a container that has just been made."""
        self.clock += 1
        self.made[id(container)] = (container, self.clock)
        return container

    def view(self, made: Any, owners: list[Any], conditions: list[Any]) -> Any:
        """Note a list that is one of several."""
        view = self.views[id(made)] = View(owners, conditions)
        view.is_stale = any(id(owner) in self.views and self.views[id(owner)].is_stale for owner in owners)
        for owner in owners:
            self.views_of.setdefault(id(owner), []).append(id(made))
        return self.new(made)

    def touch(self, key: int, through: int | None = None) -> None:
        """A list is changed: what has been chosen from it is out of date, unless it is changed through that."""
        for view in self.views_of.get(key, ()):
            if view != through and not self.views[view].is_stale:
                self.views[view].is_stale = True
                self.touch(view)

    def look(self, container: Any) -> None:
        """To be called before a list is read.

        Raises:
            UnrollError: it is one of several, and they have been changed by another name.
        """
        view = self.views.get(id(container))
        if view is not None and view.is_stale:
            raise UnrollError(
                "a list that a value has chosen is used after one of those it was chosen from has changed"
            )

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
