"""What the tests of the architecture read: the package's source, parsed and never imported."""

import ast
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "scalarnn"

# What turns gradients into better parameters, a file a page of the book.
LEARNING = [
    "learning.gradient_descent",
    "learning.momentum",
    "learning.adagrad",
    "learning.adam",
    "learning.decay",
    "learning.optimizer",
    "learning.penalties",
    "learning.initialization",
    "learning.search",
]

# The mathematics, from the ground up, in the order of the chapters.
MATHEMATICS = [
    "scalar",
    "check",
    "neuron",
    "layer",
    "activations",
    "softmax",
    "losses",
    "labels",
    "network",
    *LEARNING,
    "layouts",
    "float32",
    "dual",
    "normal",
    "random_numbers",
    "gradient_check",
]


@cache
def modules():
    """Dotted name under the package → path, for every module there is."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        found[".".join(parts)] = path
    return found


@cache
def parsed(path):
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports(path):
    """Every imported module, dotted; those under `if TYPE_CHECKING:` too, for they are dependencies of the reader."""
    names = []
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            names.extend(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} imports relatively: say scalarnn.… instead"
            names.append(node.module)
            names.extend(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def runtime_imports(path):
    """The same without those that only a type checker follows."""
    tree = parsed(path)
    skipped = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            for inner in node.body:
                skipped.update(id(part) for part in ast.walk(inner))
    names = []
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            names.extend(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names.append(node.module)
    return names


def inside(path):
    """The modules of the package that a module imports, dotted under the package."""
    known = modules()
    found = set()
    for name in imports(path):
        if name.startswith("scalarnn."):
            short = name.removeprefix("scalarnn.")
            if short in known:
                found.add(short)
            elif f"{short}.__init__" in known:
                found.add(f"{short}.__init__")
            elif "." not in short:
                found.add("__init__")  # a name that the package itself offers
    return found
