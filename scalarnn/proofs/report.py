"""The report: each theorem, whether it was proved, and how long a processor was at it."""

from __future__ import annotations

import json
import sys
import time

from scalarnn.proofs import catalogue
from scalarnn.proofs.derivation import Derivation
from scalarnn.proofs.processors import on_every_processor
from scalarnn.proofs.theorem import Theorem

__all__ = ["main"]


def main(theorem_ids: list[str], as_json: bool) -> int:
    """Prove the theorems of these ids, or all if none is given, and print the results.

    Returns:
        0 if every theorem was proved and every deliberate error refuted, 1 if not, 2 for an unknown id.
    """
    start = time.perf_counter()
    known = {theorem.id: theorem for theorem in catalogue.THEOREMS}
    for theorem_id in theorem_ids:
        if theorem_id not in known:
            print(f"no theorem {theorem_id!r}; the theorems are: {', '.join(known)}", file=sys.stderr)
            return 2
    chosen = [known[theorem_id] for theorem_id in theorem_ids] or list(known.values())
    width = max(len(theorem.id) for theorem in chosen)
    if not as_json:
        print(f"{'theorem':<{width}}  result   claims  errors refuted  seconds")
    rows = []
    for theorem, row in zip(chosen, on_every_processor(examine, chosen), strict=True):
        rows.append(row)
        if not as_json:
            refuted = f"{row['errors_refuted']}/{row['errors']}"
            print(
                f"{theorem.id:<{width}}  {row['result']:<7}  {row['claims']:>6}  {refuted:>14}  {row['seconds']:>7.2f}",
                flush=True,
            )
            if row["failure"]:
                print(f"{'':<{width}}  {row['failure']}")
    good = all(row["result"] == "proved" for row in rows)
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        n_proved = sum(row["result"] == "proved" for row in rows)
        print(f"{n_proved} of {len(rows)} theorems proved in {time.perf_counter() - start:.1f} seconds")
    return 0 if good else 1


def examine(theorem: Theorem | Derivation) -> dict[str, str | int | float]:
    """One row of the report: the proof, and every deliberate error put to the same procedure."""
    result = theorem.prove()
    seconds, failure = result.seconds, result.failure
    refuted = 0
    for wrong in theorem.refuted:
        attempt = theorem.refute(wrong.name)
        seconds += attempt.seconds
        if attempt.holds:
            failure = failure or f"not refuted: {wrong.name}"
        else:
            refuted += 1
    return {
        "theorem": theorem.id,
        "statement": theorem.statement,
        "latex": theorem.latex,
        "about": ", ".join(f"{thing.__module__}.{thing.__qualname__}" for thing in theorem.about),
        "result": "failed" if failure else "proved",
        "claims": result.claims,
        "errors": len(theorem.refuted),
        "errors_refuted": refuted,
        "seconds": round(seconds, 3),
        "failure": failure,
    }
