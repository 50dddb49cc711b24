"""verify: is a step that other software has made the step of this package, and if not, what explains it?"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

from scalarnn.commands.files import on_disk, shown
from scalarnn.commands.usage import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from typing import Any

    from scalarnn import Network
    from scalarnn.exercise.verifying import Verdict

__all__ = ["describe", "prepare", "run"]


def describe(command: str, parser: argparse.ArgumentParser) -> None:  # noqa: ARG001
    """What the command takes."""
    parser.description = (
        "Hold one step that other software has made against the step of this package: the same parameters before, the "
        "same samples, the parameters after and, of a later step, what the optimizer kept."
    )
    parser.add_argument("before", metavar="BEFORE", help="the network before the step: any file that 'from' reads")
    parser.add_argument("after", metavar="AFTER", help="the same network after it")
    parser.add_argument(
        "--data",
        metavar="FILE.toml",
        required=True,
        help="what the step was made of: an exercise without layers (x or X, targets, loss, learning_rate, optimizer)",
    )
    parser.add_argument(
        "--state",
        metavar="FILE",
        help="what the optimizer kept before the step, if it is not the first: velocities, means (JSON or safetensors)",
    )
    parser.add_argument("--state-after", metavar="FILE", help="what it kept after the step: held against ours too")
    parser.add_argument(
        "--taken", metavar="N", type=int, help="how many steps were taken before, where the state does not say it"
    )
    parser.add_argument("--activation", metavar="NAME", help="of the hidden layers, where the files do not tell")
    parser.add_argument("--output", metavar="NAME", help="of the last layer: softmax, sigmoid, none …")
    parser.add_argument("--order", metavar="A,B,…", help="the names of the layers, from the input to the output")
    parser.add_argument("--json", action="store_true", help="the same as data")


def prepare(arguments: argparse.Namespace) -> None:
    """The data is a text in TOML."""
    try:
        arguments.given = tomllib.loads(Path(arguments.data).read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"--data {arguments.data}: {error.strerror or error}") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"--data {arguments.data}: {error}") from None
    for name in ("state", "state_after", "taken"):
        if name in arguments.given:
            option = name.replace("_", "-")
            raise UsageError(
                f"--data {arguments.data}: {name}: there is no such key: expected --{option} beside --data"
            )
    if "layer" in arguments.given:
        raise UsageError(f"--data {arguments.data}: expected no [[layer]]: the layers are in {arguments.before}")


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    from scalarnn.exercise import ExerciseError
    from scalarnn.exercise.verifying import verify

    before, after = (_network(path, arguments) for path in (arguments.before, arguments.after))
    state, t = _kept(arguments.state)
    state_after, _ = _kept(arguments.state_after)
    taken = arguments.taken if arguments.taken is not None else t or 0
    try:
        verdict = verify(before, after, state=state, taken=taken, state_after=state_after, **arguments.given)
    except (ExerciseError, ArithmeticError, ValueError) as error:
        raise UsageError(f"{arguments.data}: {error}") from None
    if arguments.json:
        print(json.dumps(_as_data(verdict), ensure_ascii=False, indent=1))
    else:
        print(_as_text(verdict, with_state=state is not None))
    return 0 if verdict.is_ours else 1


def _network(file: str, arguments: argparse.Namespace) -> Network:
    from scalarnn import Network
    from scalarnn.exchange import ExchangeError, read

    order = arguments.order.split(",") if arguments.order else None
    try:
        with on_disk(file) as path:
            return Network(read(path, activation=arguments.activation, output=arguments.output, order=order).learned)
    except (ExchangeError, TypeError, ValueError) as error:
        raise UsageError(f"{shown(file)}: {error}") from None


def _kept(file: str | None) -> tuple[Any, int | None]:
    """What an optimizer kept, and how many steps it had taken; nothing where there is no file."""
    from scalarnn.exchange import ExchangeError
    from scalarnn.exchange.kept import read_kept

    if file is None:
        return None, None
    try:
        kept = read_kept(file)
    except OSError as error:
        raise UsageError(f"{shown(file)}: {error.strerror or error}") from None
    except ExchangeError as error:
        raise UsageError(f"{shown(file)}: {error}") from None
    return kept.state, kept.t


def _digits(verdict: Verdict) -> str:
    return "to the last bit" if verdict.digits == float("inf") else f"to {max(0, int(verdict.digits))} digits"


def _as_text(verdict: Verdict, *, with_state: bool) -> str:
    if verdict.is_ours:
        return f"It is our step, {_digits(verdict)} of the largest change ({verdict.precision})."
    name, ours, theirs = verdict.largest
    lines = [f"It is another step: {name} is {theirs!r}, and our step gives {ours!r}."]
    if verdict.explanations:
        lines += [f"What gives just these numbers: {why}." for why in verdict.explanations]
    else:
        lines.append("No convention and no slip that is known here gives these numbers.")
        if not with_state:
            lines.append("If it was a later step, give what the optimizer had kept before it: --state FILE.")
    return "\n".join(lines)


def _as_data(verdict: Verdict) -> dict[str, Any]:
    name, ours, theirs = verdict.largest
    return {
        "is_ours": verdict.is_ours,
        "digits": None if verdict.digits == float("inf") else verdict.digits,
        "precision": verdict.precision,
        "explanations": verdict.explanations,
        "furthest": {"name": name, "ours": ours, "theirs": theirs},
    }
