"""The files: a package's name → what was measured of it."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from scalarnn.frameworks.framework import Framework
from scalarnn.nearest import nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["FOLDER", "clues", "devices", "frameworks", "like", "others"]

FOLDER = Path(__file__).parent
FILES = (
    "torch",
    "optax",
    "keras_tensorflow",
    "keras_jax",
    "keras_torch",
    "sklearn",
    "paddle",
    "mlx",
    "tinygrad",
    "tfjs",
    "mxnet",
)


@cache
def frameworks() -> dict[str, Framework]:
    """Every package that was measured, by the name of its file.

    Examples:
        >>> frameworks()["torch"].name
        'PyTorch'
    """
    found = {}
    for name in FILES:
        data: dict[str, Any] = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
        found[name] = Framework(data)
    return found


@cache
def others() -> dict[str, dict[str, str]]:
    """Packages of which only the conventions were measured: name, version, date and their answers, in words.

    Examples:
        >>> others()["fann"]["name"]
        'FANN'
    """
    return tomllib.loads((FOLDER / "others.toml").read_text(encoding="utf-8"))


@cache
def clues() -> list[dict[str, Any]]:
    """From a wrong number to its cause: what is seen, because of what, and a figure that shows it.

    Examples:
        >>> [clue["seen"] for clue in clues() if clue.get("rule") == "adam_uncorrected"]
        ["Adam's first step is √10 times η"]
    """
    found: list[dict[str, Any]] = tomllib.loads((FOLDER / "clues.toml").read_text(encoding="utf-8"))["clue"]
    return found


@cache
def devices() -> dict[str, Any]:
    """What a GPU and its processor do to digits: which machine, which versions, and the figures.

    Examples:
        >>> devices()["machine"]["gpu"]
        'NVIDIA H200'
    """
    return tomllib.loads((FOLDER / "devices.toml").read_text(encoding="utf-8"))


def like(name: str) -> Framework:
    """What a package does, so that it can be done here.

    Args:
        name: of the package, with its backend and its version if you like: "keras", "keras 3.15 tensorflow".

    Returns:
        A Framework: its optimizers, first weights and layout by name.

    Raises:
        TypeError: the name is no text.
        ValueError: the package, or that version of it, was not measured.

    Examples:
        >>> like("keras 3.15 jax")
        <Framework Keras 3.15.1 on JAX 0.10.2>
        >>> like("keras 2")
        Traceback (most recent call last):
        ValueError: keras 2: measured is Keras 3.15.1 on TensorFlow 2.21.0, not version 2
    """
    if not isinstance(name, str):
        raise TypeError(f"name is {name!r}: expected the name of a package, such as 'torch'")
    words = name.lower().replace("@", " ").replace("==", " ").replace("(", " ").replace(")", " ").split()
    words = [word for word in words if word not in ("on", "with")]
    version = next((word for word in words if word[0].isdigit()), "")
    called = " ".join(word for word in words if word != version)
    known = {one: framework for framework in frameworks().values() for one in framework.called}
    if called not in known:
        raise ValueError(f"{name!r} was not measured{nearest(called, known)}")
    framework = known[called]
    if version and not f"{framework.version}.".startswith(f"{version}."):
        raise ValueError(f"{name}: measured is {framework.full_name}, not version {version}")
    return framework
