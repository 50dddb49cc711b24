"""Theorems about the package's functions, proved while building.

SymPy runs the shipped function on symbols. A theorem that is not proved, or an error in it that is not refuted, stops
the build; derivations are refuted by the tests. What takes too long for a build is shown with the command that proves
it. Every page asks `status`, so all of them say the same of a theorem. Where there is a second processor it proves from
the end of the catalogue while pages are made from its beginning.
"""

from __future__ import annotations

import multiprocessing
import os
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path

from docs.extensions.code import ROOT, find
from docs.extensions.errors import BookError
from docs.extensions.figures import stacked
from docs.extensions.kept import Kept, print_of
from scalarnn.proofs import catalogue
from scalarnn.proofs.derivation import Derivation
from scalarnn.proofs.theorem import Theorem

# More than a second each, with their errors. The tests prove them too.
SLOW = frozenset(
    [
        "any-n.bridge-cross-entropy",
        "any-n.bridge-softmax",
        "any-n.bridge-y-hat-minus-y",
        "descent.bound-batch",
        "descent.bound-neuron",
        "layer.object-batch",
        "network.2-2-2-softmax-layer",
        "network.2-3-1-tanh",
        "network.2-3-2-relu-softmax",
        "network.object",
        "network.object-batch",
        "network.three-layers",
        "softmax.short-form-needs-sum-one",
        "softmax.two-routes",
        "softmax.y-hat-minus-one",
        "softmax.y-hat-minus-y",
    ]
)


MADE_OF = print_of([*(ROOT / "scalarnn").rglob("*.py"), Path(__file__)], ["sympy", "mpmath"])


def theorems_about(function: str) -> list[str]:
    """The ids of the theorems that put this function to the test, such as "scalarnn.layer.layer_forward"."""
    subject = find(function)[1]
    found = [one.id for one in catalogue.THEOREMS if isinstance(one, Theorem) and one.subject is subject]
    if not found:
        raise BookError(f"no theorem is about {function}")
    return found


def proved(*theorems: str) -> str:
    """A table of theorems with their results, then the command that proves the first one again.

    Args:
        theorems: their ids.
    """
    rows = [(_statement(name), _verdict(name)) for name in theorems]
    return f"{stacked(('theorem', 'result'), rows)}\n\n```sh\n{command(theorems[0])}\n```\n"


def command(name: str) -> str:
    """What proves a theorem on the reader's machine."""
    return f"python3 -m scalarnn prove {name}"


def _theorem(name: str) -> Theorem | Derivation:
    try:
        return catalogue.find(name)
    except KeyError:
        raise BookError(f"there is no theorem {name}") from None


def _statement(name: str) -> str:
    one = _theorem(name)
    latex = one.latex.replace("|", r"\vert ").strip()  # a bar would end the cell
    return f"`{name}`<br>{one.statement}<br>${latex}$"


def _verdict(name: str) -> str:
    said = status(name)
    if not said:
        return f'<span class="verdict">takes longer; prove it yourself:</span> `{command(name)}`'
    word, _, what = said.partition(": ")
    return f'<span class="verdict">**{word}**: {what}</span>'


_LINE: list[Connection] = []  # the line to it, while there is one
_ALLOWED: set[str] = set()  # holds a word from when a book is built until that process is started


def allow_second_process() -> None:
    """A book is being built: the first theorem that it asks for may start a second process."""
    if not _LINE and (os.cpu_count() or 1) > 1:
        _ALLOWED.add("second process")


def _prove_ahead() -> None:
    """Let a second process prove too; what it has not come to when a page asks is proved here."""
    _ALLOWED.clear()
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    _LINE.append(ours)
    context.Process(target=_prove_all, args=(theirs,), daemon=True).start()
    theirs.close()


def _prove_all(line: Connection) -> None:
    for one in reversed(catalogue.THEOREMS):
        try:
            line.send((one.id, _prove(one.id)))
        except BookError:  # the build comes to it, and stops there
            continue
        except OSError:  # the build is over
            return


@cache
def _kept() -> Kept:
    """What was proved from these very sources: by this build, its second process, or an earlier build."""
    return Kept("proofs", MADE_OF)


def status(name: str) -> str:
    """How the proof went: "proved: 2 equations, one planted error refuted"; "" if it takes too long for a build."""
    if name in _kept():
        return str(_kept()[name])
    if _ALLOWED:
        _prove_ahead()
    try:
        while _LINE and _LINE[0].poll():
            theorem, said = _LINE[0].recv()
            _kept()[theorem] = said
    except EOFError:  # it has proved everything
        _LINE[:] = []
    if name not in _kept():
        _kept()[name] = _prove(name)
    return str(_kept()[name])


def _prove(name: str) -> str:
    one = _theorem(name)
    if name in SLOW:
        return ""
    result = one.prove()
    if not result.holds:
        raise BookError(f"{name} does not hold: {result.failure}")
    equations = "one equation" if result.claims == 1 else f"{result.claims} equations"
    if isinstance(one, Derivation):  # a wrong sign in each step: the tests refute them all, a build is too short
        return f"proved: {len(one.steps)} steps, {equations}"
    for wrong in one.refuted:
        if one.refute(wrong.name).holds:
            raise BookError(f"{name} holds also for the error {wrong.name!r}: it proves nothing")
    errors = "one planted error" if len(one.refuted) == 1 else f"{len(one.refuted)} planted errors"
    return f"proved: {equations}, {errors} refuted"
