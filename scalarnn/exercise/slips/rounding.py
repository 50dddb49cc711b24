"""An exercise worked with results rounded, or cut off, on the way: every result, those of one kind, or one alone."""

from __future__ import annotations

import functools
import re

from scalarnn.exercise.slips.lines import by_hand, is_at, target_of
from scalarnn.exercise.slips.running import FAILURES, Running
from scalarnn.exercise.slips.slip import ROUNDING, Slip
from scalarnn.exercise.slips.trying import at

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from scalarnn.exercise.description import Exercise

__all__ = ["rounded_trials"]

# How: by which helper, up to how many, what they are called.
ROUNDED = (("decimals", 6, "decimal"), ("digits", 5, "digit"))
OUTPUT = r"[aA]\d*(?:_new)?|[yY]_hat(?:_new)?"
CUT = (("cut_decimals", 6, "decimal"),)


def rounded_trials(exercise: Exercise, kind: str | None = "float") -> Iterator[tuple[Slip, str, dict[str, Any]]]:
    """As `trials`: all results, those of the way forward or back, and each alone, to so many decimals or digits."""
    work = Running(exercise, kind)
    work.values()
    for places, where in _groups(work):
        ways = [(way, "rounded") for way in ROUNDED] + [(way, "cut off") for way in CUT if len(places) > 1]
        for (how, most, one), done in ways:
            for k in range(1, most + 1):
                slip = Slip(f"{done} to {k} {one}{'s' if k > 1 else ''} on the way", rank=ROUNDING)
                for slopes in (False, True) if any(re.fullmatch(OUTPUT, name) for name in places) else (False,):
                    edit = functools.partial(_rounded, places=places, how=how, k=k, exercise=exercise, slopes=slopes)
                    try:
                        yield slip, where, work.values(edit)
                    except FAILURES:
                        continue


def _groups(work: Running) -> list[tuple[list[str], str]]:
    """What is rounded at once, and words for it."""
    names = [name for name in dict.fromkeys(map(target_of, work.lines)) if name not in ("", "losses", "eta_t")]
    groups = [(names, "every result")]
    if work.is_large:
        return groups
    back = [name for name in names if name.startswith("dL")]
    forward = [name for name in names if re.fullmatch(rf"[zZ]\d*(_new)?|{OUTPUT}", name)]
    groups += [
        (forward, "every z and a"),
        (back, "every gradient"),
        ([*forward, *back], "every result but L and the new"),
    ]
    outputs = [name for name in forward if re.fullmatch(OUTPUT, name)]
    groups += [(outputs, "every a"), ([name for name in forward if name not in outputs], "every z")]
    groups += [([name for name in back if re.fullmatch(r"dLn?_d[zZ]\d*", name)], "every ∂L/∂z")]
    groups += [([name for name in names if name[0] in "Wb" and name.endswith("_new")], "every new W and b")]
    groups += [([name for name in back if re.match("dL_d[Wb]", name)], "every ∂L/∂W and ∂L/∂b")]
    groups = [(places, where) for places, where in groups if len(places) > 1]
    return [*groups, *(([name], at([name])) for name in names)]


def _rounded(lines: list[str], places: list[str], how: str, k: int, exercise: Exercise, *, slopes: bool) -> list[str]:
    """A rounding below each line that binds one of the places."""
    written = []
    for line in by_hand(lines, places, exercise, slopes=slopes):
        written.append(line)
        if is_at(line, places):
            indent, names = line[: len(line) - len(line.lstrip())], line.strip().partition(" = ")[0]
            written.append(f"{indent}{names} = {how}({f'[{names}]' if ', ' in names else names}, {k})")
    return written
