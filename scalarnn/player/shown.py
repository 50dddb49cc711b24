"""The player in a notebook: of a network, and of an unrolled program."""

from __future__ import annotations

import ast
import json
import re
from html import escape
from pathlib import Path

from scalarnn.exercise import from_network
from scalarnn.player.formulas import symbol_data
from scalarnn.player.page import page, page_of
from scalarnn.player.recording import Lines
from scalarnn.player.translation import Mathematics, names_in
from scalarnn.tracing.symbols import symbol_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.tracing.symbols import Symbol

__all__ = ["Player", "of_network", "of_program"]


class Player:
    """A page with the player, which shows itself in a notebook.

    Args:
        html: the page.

    Attributes:
        html: the page, one file that needs nothing beside it.
    """

    def __init__(self, html: str) -> None:
        self.html = html

    def save(self, file: str | Path) -> None:
        """Write the page to a file."""
        Path(file).write_text(self.html, encoding="utf-8")

    def _repr_html_(self) -> str:
        """A page of its own within the notebook, so that neither meets the other's names."""
        look = "border: 0; width: 100%; height: 60rem"
        return f'<iframe srcdoc="{escape(self.html)}" title="Player" style="{look}"></iframe>'

    def __repr__(self) -> str:
        return "a page to step through; .save('page.html') writes it to a file"


def of_network(network: Any, x: Any, y: Any = None, **settings: Any) -> Player:
    """A player of one step of a network.

    Args:
        network: of the package's layers and activations.
        x: the inputs of one sample, or a row a sample.
        y: the targets, a row a sample for several.
        settings: more keys of an exercise, such as loss, learning_rate and optimizer; half the squared error, if there
            are targets and no loss.

    Raises:
        ExerciseError: an activation is not one of the package's, or the numbers do not fit.

    Examples:
        >>> from scalarnn import Layer, Network, ReLU
        >>> of_network(Network([Layer([[0.5, 1.0]], [0.25], ReLU())]), [1, 2], [3])
        a page to step through; .save('page.html') writes it to a file
    """
    is_batch = bool(x) and isinstance(x[0], (list, tuple))
    given = {"X" if is_batch else "x": x}
    if y is not None:
        given["Y" if is_batch else "y"] = y
    if y is not None or {"label", "labels"} & settings.keys():
        settings.setdefault("loss", "half squared error")
    return Player(page(from_network(network, **given, **settings)))


def of_program(program: Any, *arguments: Any) -> Player:
    """A player of an unrolled program: each of its lines is a step.

    Args:
        program: made by `unroll`, of floats.
        arguments: what it is called with.

    Raises:
        TypeError: something in it cannot be written in JavaScript.

    Examples:
        >>> from scalarnn import neuron_forward
        >>> from scalarnn.unrolled import unroll
        >>> of_program(unroll(neuron_forward, [0.0], [0.0], 0.0), [2.0], [3.0], 1.0)
        a page to step through; .save('page.html') writes it to a file
    """
    text = program.python()
    tree = next(one for one in ast.parse(text).body if isinstance(one, ast.FunctionDef))
    node: ast.FunctionDef = tree
    name = f"work_{node.name}"
    given = dict(zip(program.parameters, arguments, strict=True))
    bound = [one for one in names_in(node) if one not in given]
    node.name, node.body[-1] = name, ast.parse(f"return [{', '.join(bound)}]").body[0]
    node.body[-1].lineno = len(text.splitlines())
    lines = Lines(None, node, name)
    lines.symbols = {one: _symbol(one) for one in lines.symbols}
    recorded = "\n".join(lines.function(node))
    run = "\n".join(Mathematics(None).function(node))
    code = [[number + 1, line] for number, line in enumerate(text.splitlines()) if line.strip()]
    says = lines.data("the program", code)
    data = {
        "title": f"{program.name}, unrolled",
        "work": name,
        "given": given,
        "bound": bound,
        "names": {one: symbol_data(symbol) for one, symbol in lines.symbols.items()},
        "layers": [],
        "settings": [],
    }
    return Player(page_of(data, _script(name, run, recorded, says)))


def _symbol(name: str) -> Symbol:
    """W_01 is W₀₁, the entry that it is."""
    entry = re.fullmatch(r"(\w+)_(\d+)", name)
    return symbol_of(entry[1]).at(*map(int, entry[2])) if entry else symbol_of(name)


def _script(name: str, run: str, recorded: str, says: dict[str, Any]) -> str:
    """JavaScript that adds the program to the mathematics."""
    leaves = "const { exp, expm1, log, log1p, sqrt, pow } = scalarnn.mathematics;"
    return "\n".join(
        [
            f"(() => {{ {leaves}",
            f"scalarnn.mathematics.run.{name} = {run};",
            "const before = scalarnn.mathematics.recorded;",
            f"scalarnn.mathematics.recorded = (R) => Object.assign(before(R), {{ {name}: {recorded} }});",
            f"scalarnn.mathematics.functions.{name} = {json.dumps(says, ensure_ascii=False)};",
            "scalarnn.worked = true; })();",
        ]
    )
