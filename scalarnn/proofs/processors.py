"""Theorems examined on every processor, and told in their order.

Each process takes every n-th theorem and says what it found as soon as it knows; the rows are asked for one after the
other. Neighbours in the catalogue take about equally long, so all processes end together.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from scalarnn.proofs import catalogue
from scalarnn.proofs.derivation import Derivation
from scalarnn.proofs.theorem import Theorem

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

__all__ = ["on_every_processor", "processors"]

Row = TypeVar("Row")
Examine = Callable[[Theorem | Derivation], Row]


def processors() -> int:
    """How many this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def on_every_processor(
    examine: Examine[Row], chosen: Sequence[Theorem | Derivation], at_once: int | None = None
) -> Iterator[Row]:
    """What `examine` says of each theorem, in order.

    Args:
        examine: a function of a module, so that other processes find it.
        chosen: theorems of the catalogue.
        at_once: how many processes; as many as there are processors if not given. One needs no other process.

    Raises:
        RuntimeError: a process ended before it was done.
        Exception: what `examine` raised, whichever process it was in.
    """
    at_once = min(at_once or processors(), len(chosen))
    if at_once < 2:
        yield from map(examine, chosen)
        return
    import multiprocessing

    lines: list[Connection] = []
    workers = []
    try:
        for at in range(at_once):
            ours, theirs = multiprocessing.Pipe(duplex=False)
            ids = [theorem.id for theorem in chosen[at::at_once]]
            worker = multiprocessing.Process(target=_work, args=(examine, ids, theirs), daemon=True)
            worker.start()
            theirs.close()  # so that the line ends when the worker does
            lines.append(ours)
            workers.append(worker)
        for at in range(len(chosen)):
            yield _heard(lines[at % at_once], chosen[at].id)
    finally:
        for worker in workers:
            worker.terminate()
        for worker in workers:
            worker.join()


def _heard(line: Connection, theorem: str) -> Any:
    try:
        row, error = line.recv()
    except EOFError:
        raise RuntimeError(f"the process that was to prove {theorem} has ended") from None
    if error is not None:
        raise error
    return row


def _work(examine: Examine[Any], ids: list[str], line: Connection) -> None:
    """Examine theorem after theorem. Ctrl-C is for the process that asks: it ends this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for theorem in ids:
        said: tuple[Any, Exception | None]
        try:
            said = (examine(catalogue.find(theorem)), None)
        except Exception as error:  # noqa: BLE001  the process that asks raises it
            said = (None, error)
        try:
            line.send(said)
        except OSError:  # nobody listens any more
            return
