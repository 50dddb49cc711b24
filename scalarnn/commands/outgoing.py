"""export: a saved network goes out: as safetensors, as ONNX, or as a program for PyTorch that goes on learning."""

from __future__ import annotations

import sys
from pathlib import Path

from scalarnn.commands.files import load_model, on_disk, shown
from scalarnn.commands.outputs import check_output, write_output
from scalarnn.commands.usage import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from typing import Any

__all__ = ["describe", "prepare", "run"]

# By the end of a name: what an old file has near its beginning if it came from here, and what such a file is.
KINDS = {
    ".safetensors": (b'"scalarnn":', "safetensors file from here"),
    ".onnx": (b"\x12\x08scalarnn", "ONNX file from here"),
    ".py": (b"Goes on where this training stopped", "program from here"),
}


def describe(command: str, parser: argparse.ArgumentParser) -> None:  # noqa: ARG001
    """What the command takes."""
    parser.description = (
        "Write a saved network for other packages: safetensors with the names of a Sequential of PyTorch, ONNX for the "
        "runtimes of others, or a program for PyTorch that goes on with the training where 'scalarnn train' stopped."
    )
    parser.add_argument("model", metavar="MODEL.JSON", help="a saved network; - for standard input")
    parser.add_argument(
        "-o", "--out", metavar="FILE", required=True, help="a name that ends in .safetensors, .onnx or .py"
    )
    parser.add_argument("--float32", action="store_true", help="round the numbers, for whoever takes no others")


def prepare(arguments: argparse.Namespace) -> None:
    """The file can be written: known before the other is read."""
    ending = _ending(arguments.out)
    if ending not in KINDS:
        raise UsageError(f"-o {arguments.out}: expected a name that ends in {', '.join(KINDS)}")
    if ending == ".py" and arguments.float32:
        raise UsageError("--float32: the program goes on in float64, as the training went")
    check_output("-o", arguments.out, *KINDS[ending], [arguments.model])


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    from scalarnn.exchange.arrived import told
    from scalarnn.saving import load_with_notes

    with on_disk(arguments.model) as file:
        network, notes = load_with_notes(file)
        model: Any = network
        if notes.keys() & {"classifier", "regressor"}:
            model, notes = load_model(file, notes)
    try:
        data, said = _written(model, notes, arguments)
    except (OverflowError, TypeError, ValueError) as error:
        raise UsageError(f"{shown(arguments.model)}: {error}") from None
    for sentence in said:
        print(told("said", sentence))
    sys.stdout.flush()
    write_output(arguments.out, data)
    print(f"\nsaved: {arguments.out}")
    return 0


def _written(model: Any, notes: dict[str, Any], arguments: argparse.Namespace) -> tuple[bytes, list[str]]:
    """The bytes of the file, and what there is to know."""
    from scalarnn.exchange.leaving import to_onnx, to_safetensors

    ending, kind = _ending(arguments.out), "F32" if arguments.float32 else "F64"
    if ending == ".onnx":
        return to_onnx(model, kind)
    if ending == ".safetensors":
        return to_safetensors(model, kind)
    from scalarnn.commands.resumed import resumed
    from scalarnn.exchange.torch_script import torch_script

    try:
        at = resumed(model, notes)
    except UsageError as error:
        raise UsageError(f"{shown(arguments.model)}: {error}") from None
    return torch_script(at, Path(arguments.out).name).encode("utf-8"), [at.told]


def _ending(path: str) -> str:
    return Path(path).suffix.lower()
