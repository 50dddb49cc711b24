"""like: what another package does, in the version that was measured, and how to get its digits."""

from __future__ import annotations

import json
import textwrap

from scalarnn.commands.usage import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from typing import Any

    from scalarnn.frameworks import Framework

__all__ = ["describe", "prepare", "run"]

# The five questions that split libraries, and which answer of the files goes with each.
QUESTIONS = (
    ("the printed loss", "loss"),
    ("the step is the derivative", "step"),
    ("the loss is taken", "printed"),
    ("hidden deltas go back", "deltas"),
    ("the rate stands", "rate"),
    ("ε stands", "epsilon"),
    ("weight decay", "decay"),
)


def describe(command: str, parser: argparse.ArgumentParser) -> None:  # noqa: ARG001
    """What the command takes."""
    parser.description = (
        "What another package does, as measured: conventions, optimizers, losses, activations, first weights, layout."
    )
    parser.add_argument("name", nargs="*", metavar="NAME", help='such as keras, or "keras 3.15 jax"; a list without it')
    parser.add_argument("--json", action="store_true", help="the same as data, with every figure")


def prepare(arguments: argparse.Namespace) -> None:
    """The package has been measured."""
    from scalarnn.frameworks import like

    try:
        arguments.framework = like(" ".join(arguments.name)) if arguments.name else None
    except ValueError as error:
        raise UsageError(str(error)) from None


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    from scalarnn.frameworks import frameworks

    framework = arguments.framework
    if arguments.json:
        found = [framework] if framework else frameworks().values()
        print(json.dumps([one.data for one in found], ensure_ascii=False, indent=1))
    elif framework:
        print(_as_text(framework))
    else:
        for one in frameworks().values():
            print(f"{one.called[0]:18} {one.full_name}, {one.date}")
    return 0


def _as_text(framework: Framework) -> str:
    lines = [f"{framework.full_name}, measured {framework.date}", ""]
    lines += [_row(question, framework.says[answer]) for question, answer in QUESTIONS]
    lines += [_row("W", f"{framework.layout['W']}; {', '.join(framework.layout['names'])}")]
    lines += [_row("first W, first b", f"{framework.start['W_says']}, {framework.start['b_says']}"), ""]
    lines += [f'  scalarnn.like("{framework.called[0]}").optimizer(…)', ""]
    lines += [_optimizer(framework, name) for name in framework.optimizers]
    if framework.losses:
        lines += ["", f'  scalarnn.like("{framework.called[0]}").loss(…)', ""]
        lines += [_loss(framework, name) for name in framework.losses]
    lines += ["", f'  scalarnn.like("{framework.called[0]}").activation(…)', ""]
    lines += [_row(name, str(framework.activation(name))) for name in framework.activations]
    return "\n".join(lines)


def _row(name: str, *texts: str) -> str:
    """Texts below each other beside their name, for a terminal of eighty columns."""
    parts = [part for text in texts for part in textwrap.wrap(text, 52, subsequent_indent="  ")]
    return "\n".join(f"  {name if n == 0 else '':26} {part}" for n, part in enumerate(parts))


def _loss(framework: Framework, name: str) -> str:
    """Its name, how it is called there, the rule and settings here, and where it differs."""
    loss, entry = framework.loss(name), framework.data["losses"][name]
    settings = [f"{key}={value}" for key, value in entry.get("settings", {}).items()]
    settings += [f"smoothing={loss.smoothing}"] if loss.smoothing else []
    differs = "".join(f"; {course}: {why}" for course, why in entry.get("differs", {}).items())
    return _row(name, framework.call(name), f"{loss.rule}({', '.join(settings)}) of {loss.takes}{differs}")


def _optimizer(framework: Framework, name: str) -> str:
    """Its name, how it is called there, and the rule and settings here."""
    entry: dict[str, Any] = framework.data["optimizers"][name]
    settings = framework.constants(name) + [f"{key}={entry[key]}" for key in ("decay", "decoupled") if key in entry]
    return _row(name, framework.call(name), f"{entry['rule']}({', '.join(settings)})")
