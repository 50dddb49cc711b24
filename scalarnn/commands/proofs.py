"""The proofs, which need SymPy."""

from __future__ import annotations

import importlib.util

from scalarnn.commands.usage import UsageError, nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

__all__ = ["describe", "prepare", "run"]


def describe(command: str, parser: argparse.ArgumentParser) -> None:  # noqa: ARG001
    """What the command takes."""
    parser.description = (
        "Run the shipped code on symbols, compare it with SymPy's own derivatives, and refute deliberate errors."
    )
    parser.add_argument("theorems", nargs="*", metavar="THEOREM", help="theorems; all if none is named")
    parser.add_argument("--json", action="store_true", help="one array of objects, one a theorem")


def prepare(arguments: argparse.Namespace) -> None:  # noqa: ARG001
    """SymPy is there."""
    if importlib.util.find_spec("sympy") is None:
        raise UsageError("the proofs need SymPy: pip install 'scalarnn[proofs]'")


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    from scalarnn.proofs import catalogue, report

    known = [theorem.id for theorem in catalogue.THEOREMS]
    for name in arguments.theorems:
        if name not in known:
            raise UsageError(f"unknown theorem {name!r}{nearest(name, known)}")
    status: int = report.main(arguments.theorems, arguments.json)
    return status
