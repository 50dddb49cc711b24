"""why: two figures that should be one, and the conventions that explain each."""

from __future__ import annotations

import json

from scalarnn.commands.usage import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from typing import Any

__all__ = ["describe", "prepare", "run"]

MOST_STEPS = 1000


def describe(command: str, parser: argparse.ArgumentParser) -> None:  # noqa: ARG001
    """What the command takes."""
    parser.description = (
        "Two figures that should be the same, a weight after some steps, a loss, or a weighted sum: which conventions "
        "give the one, and which the other."
    )
    parser.add_argument("first", metavar="FIGURE", help="as it was read, with all its digits")
    parser.add_argument("second", metavar="OTHER", help="likewise")
    parser.add_argument("--gradients", metavar="G,G,…", help="of a weight: its gradient in each step")
    parser.add_argument("--rates", metavar="R,R,…", help="the learning rate of each step, or one for all")
    parser.add_argument("--from", dest="start", metavar="W", help="where the weight began; 1 if left out")
    parser.add_argument("--y-hat", metavar="P,P,…", help="of a loss: the prediction")
    parser.add_argument("--y", metavar="Y,Y,…", help="the targets")
    parser.add_argument("--x", metavar="X,X,…", help="of a weighted sum: the inputs")
    parser.add_argument("--w", metavar="W,W,…", help="the weights")
    parser.add_argument("--b", metavar="B", help="the bias; 0 if left out")
    parser.add_argument("--json", action="store_true", help="the same as data")


def prepare(arguments: argparse.Namespace) -> None:
    """Every figure is a number, and what belongs together is there."""
    first, second = (_numbers(getattr(arguments, name), "a figure", one=True) for name in ("first", "second"))
    if first == second:
        raise UsageError(f"{arguments.first} and {arguments.second} are the same number")
    for name in ("gradients", "rates", "start", "y_hat", "y", "x", "w", "b"):
        given = getattr(arguments, name)
        option = {"start": "--from", "y_hat": "--y-hat"}.get(name, f"--{name}")
        setattr(arguments, name, None if given is None else _numbers(given, option))
    if (arguments.gradients is None) != (arguments.rates is None):
        raise UsageError("--gradients and --rates go together: expected both")
    if (arguments.y_hat is None) != (arguments.y is None):
        raise UsageError("--y-hat and --y go together: expected both")
    if arguments.y is not None and len(arguments.y) != len(arguments.y_hat):
        raise UsageError(f"--y has {len(arguments.y)} numbers: expected {len(arguments.y_hat)}, as many as --y-hat")
    if (arguments.x is None) != (arguments.w is None) or (arguments.x is None and arguments.b is not None):
        raise UsageError("--x and --w go together, and --b with them: expected both")
    if arguments.x is not None and len(arguments.w) != len(arguments.x):
        raise UsageError(f"--w has {len(arguments.w)} numbers: expected {len(arguments.x)}, as many as --x")
    if arguments.b is not None and len(arguments.b) != 1:
        raise UsageError(f"--b has {len(arguments.b)} numbers: expected one")
    if arguments.gradients is not None:
        _check_steps(arguments)


def _check_steps(arguments: argparse.Namespace) -> None:
    steps = len(arguments.gradients)
    if steps > MOST_STEPS:
        raise UsageError(f"--gradients has {steps} numbers: expected {MOST_STEPS} at most")
    if len(arguments.rates) == 1:
        arguments.rates = arguments.rates * steps
    if len(arguments.rates) != steps:
        raise UsageError(f"--rates has {len(arguments.rates)} numbers: expected one, or {steps}, one for each gradient")
    if min(arguments.rates) <= 0:
        raise UsageError(f"--rates: {min(arguments.rates)!r}: expected rates above 0")


def _numbers(text: str, what: str, *, one: bool = False) -> list[float]:
    try:
        numbers = [float(part.replace("−", "-")) for part in text.split(",")]
    except ValueError:
        numbers = []
    if not numbers or any(number - number != 0 for number in numbers) or (one and len(numbers) != 1):
        raise UsageError(f"{what}: {text!r}: expected {'a finite number' if one else 'finite numbers, such as 1,-0.5'}")
    return numbers


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    from scalarnn.frameworks.rounding import digits_of, of_sum
    from scalarnn.frameworks.why import of_figures, of_loss, of_step

    found: dict[str, Any] = {"both": list(of_figures(arguments.first, arguments.second))}
    start = arguments.start[0] if arguments.start else 1.0
    for figure, other in ((arguments.first, arguments.second), (arguments.second, arguments.first)):
        found[figure] = []
        # A short figure that was worked by hand is exact: it is held to the digits of the other, if anything fits so.
        for places in (max(digits_of(figure), digits_of(other)), digits_of(figure)):
            if arguments.gradients is not None and not found[figure]:
                found[figure] += of_step(figure, start, arguments.gradients, arguments.rates, places=places)
        if arguments.y_hat is not None:
            found[figure] += of_loss(figure, arguments.y_hat, arguments.y)
        if arguments.x is not None:
            found[figure] += of_sum(figure, arguments.x, arguments.w, arguments.b[0] if arguments.b else 0.0)
    if arguments.json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        print(_as_text(arguments, found))
    return 0 if found["both"] or (found[arguments.first] and found[arguments.second]) else 1


def _as_text(arguments: argparse.Namespace, found: dict[str, Any]) -> str:
    lines = [f"Of the two: {why.rstrip('.')}." for why in found["both"]]
    if any(given is not None for given in (arguments.gradients, arguments.y_hat, arguments.x)):
        for figure in (arguments.first, arguments.second):
            lines.append(f"{figure} is given by")
            lines += [f"  {one}" for one in found[figure]] or ["  no convention that is known here"]
    return (
        "\n".join(lines) or "Nothing that is known here connects them; say what they are: --gradients, --y-hat, or --x."
    )
