"""A hand-worked example: what is given, the work, and each quantity with the formula that stands on its line.

A module `sNNN_name` of this folder is the example `NNN-name`. It holds

    PLACE      where in the source
    GIVEN      the numbers that the source starts from, a comment on each
    work       a plain function of them that returns its own names and values, a formula beside each line
    slips      where the source goes wrong on a known route: the wrong figures, computed on that route
"""

from __future__ import annotations

import ast
import importlib
import inspect
import io
import re
import tokenize
from dataclasses import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any

__all__ = ["EXAMPLES", "SOURCE_TITLES", "Example", "Quantity", "load", "lookup"]

EXAMPLES = (
    "000-batch",
    "000-layers",
    "000-forward",
    "000-backward",
    "001-columns",
    "002-derivatives",
    "002-neuron",
    "002-layer",
    "003-neuron",
    "003-layer",
    "003-layer-float64",
    "003-inputs",
    "004-collapse",
    "004-network",
    "004-epochs",
)


SOURCE_TITLES = {
    "000": "a LaTeX note",
    "001": "a lesson summary",
    "002": "lecture slides",
    "003": "a notebook",
    "004": "a blog post",
}


@dataclass(frozen=True)
class Quantity:
    """One named value of an example."""

    name: str
    formula: str
    value: Any
    is_given: bool
    in_loop: bool


class Example:
    """One hand-worked example.

    Args:
        name: one of EXAMPLES.

    Raises:
        KeyError: there is no example of that name.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.source = name[:3]
        self.module = self._module()
        self.title = (self.module.__doc__ or "").strip()
        self.place: str = self.module.PLACE
        self.given: dict[str, Any] = self.module.GIVEN
        self.kind: str | None = None  # of number, where one was asked for

    def _module(self) -> ModuleType:
        if self.name not in EXAMPLES:
            raise KeyError(self.name)
        return importlib.import_module("scalarnn.worked.s" + self.name.replace("-", "_"))

    @property
    def function(self) -> Any:
        """What does the work."""
        return self.module.work

    @property
    def is_as_printed(self) -> bool:
        """Whether it has the numbers of its source, so that nothing can be wrong with them."""
        return bool(self.kind != "float32" and self.given == self.module.GIVEN)

    def work(self) -> dict[str, Any]:
        """Do the work: every name with its value."""
        accepted = inspect.signature(self.module.work).parameters
        arguments = {name: value for name, value in self.given.items() if name in accepted}
        values: dict[str, Any] = self.module.work(**arguments)
        return self.given | values

    def slips(self, worked: dict[str, Any]) -> dict[str, Any]:
        """The wrong figures that known wrong routes lead to; nothing where no such route is known."""
        if not hasattr(self.module, "slips"):
            return {}
        routes: dict[str, Any] = self.module.slips(worked)
        return routes

    def quantities(self) -> list[Quantity]:
        """What `work` computes, in the order of its lines, each with the formula beside it."""
        worked = self.work()
        quantities = []
        for name, formula in _given_comments(self.module):
            quantities.append(Quantity(name, formula, self.given[name], is_given=True, in_loop=False))
        for name, formula, in_loop in _commented_assignments(self.module.work):
            quantities.append(Quantity(name, formula, worked[name], is_given=False, in_loop=in_loop))
        return quantities

    def formulas(self) -> dict[int, str]:
        """The formula beside each line of `work` that has one, by its line number in the file."""
        source, first = inspect.getsourcelines(self.module.work)
        _, comments = _parsed("".join(source))
        return {first - 1 + number: comment for number, comment in comments.items()}

    def given_comments(self) -> list[tuple[str, str]]:
        """The names of what is given, each with the comment beside it."""
        return _given_comments(self.module)


def load(name: str) -> Example:
    """The example of that name.

    Raises:
        KeyError: there is none.

    Examples:
        >>> load("004-network").work()["y"]
        21
    """
    return Example(name)


def lookup(values: dict[str, Any], path: str) -> Any:
    """A value by name and indices.

    Raises:
        KeyError: no such name, or an index that leads nowhere.

    Examples:
        >>> lookup({"dL_dW": [[18, 36], [36, 72]]}, "dL_dW[1][0]")
        36
    """
    name, *indices = re.findall(r"\w+", path)
    try:
        value = values[name]
        for i in indices:
            value = value[int(i)]
    except (LookupError, TypeError, ValueError):
        raise KeyError(f"{path}: no such quantity") from None
    return value


# ---- the formulas beside the lines -----------------------------------------------------------------------------------


def _given_comments(module: ModuleType) -> list[tuple[str, str]]:
    """The names of GIVEN with the comment on the line of each; examples that share GIVEN share its comments."""
    tree, comments = _parsed(inspect.getsource(module))
    own: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            for key in node.keys:
                if isinstance(key, ast.Constant) and key.lineno in comments:
                    own[str(key.value)] = comments[key.lineno]
    for other in vars(module).values():
        if inspect.ismodule(other) and other.__name__.startswith("scalarnn.worked.s"):
            for name, comment in _given_comments(other):
                own.setdefault(name, comment)
    return [(name, own.get(name, "")) for name in module.GIVEN]


def _commented_assignments(function: Any) -> list[tuple[str, str, bool]]:
    """Name, formula and whether it stands in a loop, for each assignment of a function that has a comment."""
    tree, comments = _parsed(inspect.getsource(function))
    found: list[tuple[str, str, bool]] = []

    def visit(body: list[ast.stmt], in_loop: bool) -> None:
        for statement in body:
            if isinstance(statement, ast.For):
                visit(statement.body, in_loop=True)
            elif isinstance(statement, ast.Assign) and statement.lineno in comments:
                names = [n.id for n in ast.walk(statement.targets[0]) if isinstance(n, ast.Name)]
                formulas = comments[statement.lineno].split("; ")
                for name, formula in zip(names, formulas, strict=True):
                    found.append((name, formula, in_loop))

    definition = tree.body[0]
    assert isinstance(definition, ast.FunctionDef)
    visit(definition.body, in_loop=False)
    return found


def _parsed(source: str) -> tuple[ast.Module, dict[int, str]]:
    """The syntax tree of a source and the comment at the end of each line that has one."""
    comments = {}
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            comments[token.start[0]] = token.string.lstrip("# ")
    return ast.parse(source), comments
