"""Theorems about the package's functions, proved while building.

SymPy runs the shipped function on symbols. A theorem that is not proved, or an error in it that is not refuted, stops
the build; derivations are refuted by the tests. What takes long to prove is listed with the command that proves it.
"""

from __future__ import annotations

from functools import cache

from docs.extensions.code import find
from docs.extensions.errors import BookError
from docs.extensions.figures import table
from scalarnn.proofs import catalogue
from scalarnn.proofs.derivation import Derivation
from scalarnn.proofs.theorem import Theorem


def theorems_about(function: str) -> list[str]:
    """The ids of the theorems that put this function to the test, such as "scalarnn.layer.layer_forward"."""
    subject = find(function)[1]
    found = [one.id for one in catalogue.THEOREMS if isinstance(one, Theorem) and one.subject is subject]
    if not found:
        raise BookError(f"no theorem is about {function}")
    return found


def proved(*theorems: str, later: tuple[str, ...] = ()) -> str:
    """A table of theorems with their results of this build, then the command that proves the first one again.

    Args:
        theorems: ids, to be proved now.
        later: ids of theorems that take too long for a build.
    """
    rows = [(_statement(name), _result(name)) for name in theorems]
    rows += [(_statement(name), '<span class="verdict">takes longer: prove it yourself</span>') for name in later]
    command = f"```sh\npython3 -m scalarnn prove {[*theorems, *later][0]}\n```"
    return f"{table(('theorem', 'in this build'), rows)}\n\n{command}\n"


def _theorem(name: str) -> Theorem | Derivation:
    try:
        return catalogue.find(name)
    except KeyError:
        raise BookError(f"there is no theorem {name}") from None


def _statement(name: str) -> str:
    one = _theorem(name)
    latex = one.latex.replace("|", r"\vert ")  # a bar would end the cell
    return f"`{name}`<br>{one.statement}<br>${latex}$"


@cache
def _result(name: str) -> str:
    one = _theorem(name)
    result = one.prove()
    if not result.holds:
        raise BookError(f"{name} does not hold: {result.failure}")
    equations = "one equation" if result.claims == 1 else f"{result.claims} equations"
    if isinstance(one, Derivation):  # a wrong sign in each step: the tests refute them all, a build is too short
        return f"**proved**: {len(one.steps)} steps, {equations}"
    for wrong in one.refuted:
        if one.refute(wrong.name).holds:
            raise BookError(f"{name} holds also for the error {wrong.name!r}: it proves nothing")
    errors = "one planted error" if len(one.refuted) == 1 else f"{len(one.refuted)} planted errors"
    return f'<span class="verdict">**proved**: {equations}, {errors} refuted</span>'
