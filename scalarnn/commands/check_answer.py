"""`check-answer`: your own results held against the solution; a wrong one with the slip that gives it."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from scalarnn.commands.own_function import OwnFunction
from scalarnn.commands.solving import as_json_value
from scalarnn.commands.targets import add_target, check_target, resolved
from scalarnn.commands.usage import UsageError, as_json, printable
from scalarnn.exercise import WorkedExercise
from scalarnn.exercise.slips import check_answers, read_answer, read_page, worked_values
from scalarnn.exercise.slips.page import ANSWER
from scalarnn.exercise.slips.verdict import ENOUGH_DIGITS, MOST_STEPS
from scalarnn.scalar import is_finite
from scalarnn.worked import read_figures
from scalarnn.worked.homework import HomeworkError, worked_once

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from typing import Any

    from scalarnn.exercise.slips import Fit, Verdict
    from scalarnn.worked import Example

__all__ = ["describe", "prepare", "run"]

MOST_BYTES = 1_000_000
NEARLY_ANY = 1 / 3  # of the numbers near the right one fit a slip: then a slip that fits says little
MOST_GUESSES = 3
PAGE = re.compile(r"[^=≈]+")


def describe(command: str, parser: argparse.ArgumentParser) -> None:  # noqa: ARG001
    """What the command takes."""
    parser.description = "Say whether an answer is right and, of a wrong one, which slip gives exactly that number."
    add_target(parser)
    parser.add_argument(
        "answers",
        nargs="*",
        metavar="ANSWER",
        help="'dL_dW[1][0][0] = 0.0822'; or a file with such lines among others; - is standard input",
    )
    parser.add_argument("--hide", action="store_true", help="do not say the right numbers")
    parser.add_argument("--json", action="store_true", help="the same as data")


def prepare(arguments: argparse.Namespace) -> None:
    """There is something to check, of something that can be resolved."""
    check_target(arguments)
    if not arguments.answers:
        raise UsageError(f"expected an answer to check, such as: check-answer {arguments.target} 'L = 0.5', or a file")


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    try:
        target = resolved(arguments)
        if isinstance(target, OwnFunction):
            raise UsageError(f"{arguments.target}: expected an exercise, FILE.toml, or an example; a function has none")
        lines, given = _lines(arguments.answers)
        verdicts, passed_over = _checked(target, lines, given)
    except HomeworkError as error:
        raise UsageError(str(error)) from None
    if arguments.json:
        answers = [_as_object(verdict, hide=arguments.hide) for verdict in verdicts]
        print(as_json({"answers": answers, "lines_passed_over": passed_over}))
    else:
        _print(verdicts, passed_over, target, hide=arguments.hide)
    return 0 if all(verdict.is_right or verdict.is_rounded for verdict in verdicts) else 1


def _lines(words: list[str]) -> tuple[list[str], list[str]]:
    """The lines of the files among the words, and the other words, which are answers themselves."""
    lines: list[str] = []
    given: list[str] = []
    for word in _joined(words):
        if PAGE.fullmatch(word) is None or (":" in word and ANSWER.fullmatch(word) and not Path(word).exists()):
            given.append(word)
            continue
        try:
            text = sys.stdin.read(MOST_BYTES) if word == "-" else Path(word).read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            raise UsageError(f"{word}: is no text in UTF-8: expected lines such as L = 0.5") from None
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            expected = "expected an answer in quotes, such as 'L = 0.5', or a file of such lines"
            raise UsageError(f"{printable(word)}: {expected}: {reason}") from None
        if len(text) > MOST_BYTES:
            raise UsageError(f"{word}: too long: expected a page of answers, at most a megabyte")
        lines += text.splitlines()
    return lines, given


def _joined(words: list[str]) -> list[str]:
    """L: 0.065 or L = 0.065 without quotes is one answer, which the shell has cut up."""
    joined: list[str] = []
    for word in words:
        if joined and (word[:1] in ("=", "≈") or joined[-1][-1:] in ("=", "≈", ":")) and not Path(joined[-1]).exists():
            joined[-1] += f" {word}"
        else:
            joined.append(word)
    return joined


def _checked(target: Example, lines: list[str], given: list[str]) -> tuple[list[Verdict], int]:
    exercise = target.exercise if isinstance(target, WorkedExercise) else None
    worked = worked_once(target, target.kind)  # what cannot be worked is told as `show` tells it
    if exercise is not None and not is_finite(worked.get("L", 0)):
        raise UsageError(f"{target.name}: the loss is {worked['L']}: expected numbers for which it is finite")
    values = worked_values(exercise, target.kind) if exercise is not None else target.work()
    answers, passed_over = read_page(lines, exercise, values)
    for word in given:
        answers += read_answer(word, exercise, values)
    if not answers:
        raise UsageError("no line is an answer: expected lines such as L = 0.5")
    return check_answers(answers, exercise, values, target.kind), passed_over


# ---- what is said ----------------------------------------------------------------------------------------------------


def _print(verdicts: list[Verdict], passed_over: int, target: Example, *, hide: bool) -> None:
    for verdict in verdicts:
        answer = f"{verdict.name} = {verdict.figure.text}"
        if verdict.is_right:
            print(f"{answer}   right")
            continue
        it_is = "" if hide else f", it is {verdict.figure.written(verdict.right)}"
        if verdict.is_rounded:
            print(f"{answer}   right up to rounding{it_is}")
            continue
        print(f"{answer}   wrong{it_is}")
        if hide and not isinstance(target, WorkedExercise):
            continue  # a cause may name the number
        for line in _about(verdict, target):
            print(f"    {line}")
    n_right = sum(verdict.is_right for verdict in verdicts)
    n_carried = sum(bool(verdict.follows_from) for verdict in verdicts)
    carried = f", {n_carried} of these carried on" if n_carried else ""
    n_rounded = sum(verdict.is_rounded for verdict in verdicts)
    rounded = f", {n_rounded} right up to rounding" if n_rounded else ""
    n_wrong = len(verdicts) - n_right - n_rounded
    print(f"\n{_count(len(verdicts), 'answer')}: {n_right} right{rounded}, {n_wrong} wrong{carried}")
    if passed_over:
        print(f"{_count(passed_over, 'other line')} passed over")


def _about(verdict: Verdict, target: Example) -> list[str]:
    """What is known of a wrong answer."""
    if not isinstance(target, WorkedExercise):
        causes = [
            figure.cause
            for figure in read_figures()
            if (figure.example, figure.quantity, figure.printed) == (target.name, verdict.name, verdict.figure.text)
        ]
        return [f"so it is printed in the source: {cause}" for cause in causes[:1] if cause]
    if verdict.follows_from:
        return [f"follows from {' and '.join(f'{one.name} = {one.figure.text}' for one in verdict.follows_from)}"]
    if not verdict.fits:
        if target.exercise.steps > MOST_STEPS:
            return [f"slips are looked for in up to {MOST_STEPS} steps"]
        if verdict.chance:
            return ["a slip gives this number, but so might chance: more digits would tell"]
        return ["no slip in the catalogue is known to give this number"]
    lines: list[str] = []
    fits = verdict.fits
    says_little = not verdict.is_named and verdict.chance > NEARLY_ANY
    if says_little:
        lines += [
            "This says little: nearly every number as near to the right one fits a slip. The most common that fit:"
        ]
        fits = fits[:MOST_GUESSES]
    elif not verdict.is_named:
        lines += [f"With fewer than {ENOUGH_DIGITS} digits nothing is sure. What fits:"]
    elif len(verdict.fits) > 1:
        lines += ["Each of these gives exactly this number:"]
    for fit in fits:
        lines += _about_slip(fit)
    if not verdict.is_named and not says_little:  # never one name alone
        lines += [f"· chance: {_odds(verdict.chance)} fits a slip"]
    return lines


def _about_slip(fit: Fit) -> list[str]:
    lines = [f"· {fit.slip.name}{f', {fit.where}' if fit.where else ''}"]
    if fit.slip.used:
        lines += [f"      used   {fit.slip.used}"]
    if fit.slip.right:
        lines += [f"      right  {fit.slip.right}"]
    return lines


def _odds(chance: float) -> str:
    return f"about one number in {round(1 / chance)} as near to the right one" if chance > 0 else "hardly any number"


def _count(n: int, what: str) -> str:
    return f"{n} {what}" if n == 1 else f"{n} {what}s"


def _as_object(verdict: Verdict, *, hide: bool) -> dict[str, Any]:
    value = {} if hide else {"value": as_json_value(verdict.right)}
    slips = [
        {"name": fit.slip.name, "where": fit.where, "used": fit.slip.used, "right": fit.slip.right}
        for fit in verdict.fits
    ]
    return {
        "name": verdict.name,
        "answer": verdict.figure.text,
        "is_right": verdict.is_right,
        "is_rounded": verdict.is_rounded,
        **value,
        "is_named": verdict.is_named,
        "slips": slips,
        "chance": verdict.chance,
        "follows_from": [cause.name for cause in verdict.follows_from],
    }
