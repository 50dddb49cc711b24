"""The bare line: behind the doors, a function is its mathematics; it asks nothing of what it is given.

What a function takes is stated in its signature, and a door looks at it once. So no body checks, raises, tests a type
or follows a flag, but for what is declared here.
"""

import ast

import pytest

import scalarnn
from scalarnn.doors import is_door
from tests.architecture.source import LEARNING, modules, parsed

ROOMS = ["neuron", "layer", "activations", "softmax", "losses", "labels", "network", "layouts", *LEARNING]
# What other software has instead, but for the rooms that are asked by name, and the one that draws.
ROOMS += [
    name
    for name in modules()
    if name.startswith("dialects.") and name.split(".")[1] not in ("by_name", "named_loss", "first_weights")
]

CHECKING = (
    "scalarnn.check",
    *(f"scalarnn.doors.{room}" for room in ("kinds", "signature", "glance", "looking", "making", "reasons")),
)
OF_A_TYPE = {"type", "isinstance", "issubclass", "callable", "hasattr", "getattr", "is_symbolic", "is_finite"}

# Who may ask what, and why.
DECLARED = {
    # ReLU's own loops, in which a zero has the kind of z.
    "activations.ReLU.forward": {"type(z[j])"},
    # What a batch leaves out: 0.0, where both factors are floats.
    "layer._that_add": {"type(factors[0][0])", "factors[0][0] is", "type(value)", "value is"},
    # Which pass back: to the inputs, or only to the parameters.
    "layer.Layer.backward_batch": {"if to_inputs"},
    "network.Network.backward_batch": {"if to_inputs", "type(layer)", "layer is"},
    # A slope, or the usual one; a learning rate, or a decay that is asked; an initialisation, or one for each layer.
    "activations._slope": {"slope is"},
    "learning.optimizer.Optimizer._rate": {"getattr(self.learning_rate, 'at', None)", "at is"},
    "learning.initialization.dense_network": {"callable(initialization)"},
    # A product as PyTorch keeps it, rounded to float32 at each step, or not.
    "dialects.missing.nadam_missing": {"if in_float32"},
    # Of which kind a number is, and so to how many digits it is rounded.
    **{f"dialects.sums.rounded_{name}": {"type(b)"} for name in ("sum", "with_bias", "products")},
    "dialects.sums.fused": {"isinstance(w_i * x_i + s, float)"},
    # An activation of a user's own, made from one of these: which loops are its.
    "activations.ReLU.__init_subclass__": {"getattr(_Elementwise, way)"},
}


def questions(tree):
    """Function → what its body asks: calls of checks, tests of types and flags, errors."""
    checks = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if node.module in CHECKING or f"{node.module}.{alias.name}" in CHECKING
    }
    found = {}
    for name, function in functions(tree):
        asked = {question for node in ast.walk(function) for question in asked_by(node, checks)}
        if asked and not name.endswith("__repr__"):
            found[name] = asked
    return found


def functions(tree, before=""):
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield before + node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from functions(node, f"{before}{node.name}.")


def asked_by(node, checks):
    if isinstance(node, ast.Call):
        root = node.func
        while isinstance(root, ast.Attribute):
            root = root.value
        if isinstance(root, ast.Name) and root.id in checks | OF_A_TYPE:
            yield ast.unparse(node)
    if isinstance(node, ast.Compare) and any(isinstance(one, (ast.Is, ast.IsNot)) for one in node.ops):
        left = node.left
        is_type = isinstance(left, ast.Call) and ast.unparse(left.func) == "type"
        yield f"{ast.unparse(left.args[0] if is_type else left)} is"
    if isinstance(node, (ast.If, ast.IfExp, ast.While)):
        for part in ast.walk(node.test):
            if is_flag(part, node.test):
                yield f"if {ast.unparse(part)}"
    if isinstance(node, (ast.Raise, ast.Assert, ast.Try, ast.With)):
        yield type(node).__name__.lower()


def is_flag(part, test):
    """Whether a name decides by itself, not by what it is compared with."""
    if not isinstance(part, (ast.Name, ast.Attribute)):
        return False
    alone = [test]
    while alone:
        one = alone.pop()
        if one is part:
            return True
        if isinstance(one, ast.BoolOp):
            alone += one.values
        elif isinstance(one, ast.UnaryOp):
            alone.append(one.operand)
    return False


@pytest.mark.parametrize("name", ROOMS)
def test_a_body_is_mathematics_and_asks_nothing(name):
    for function, asked in questions(parsed(modules()[name])).items():
        assert asked - DECLARED.get(f"{name}.{function}", set()) == set(), f"{name}.{function}"


def test_what_is_declared_is_there():
    there = {}
    for name in ROOMS:
        there.update((f"{name}.{function}", asked) for function, asked in questions(parsed(modules()[name])).items())
    assert there == DECLARED


SOURCE = """
from scalarnn import check
from scalarnn.scalar import is_finite

def neuron_forward(x, w, b, quick=False):
    s = weighted_sum(x, w)
    z = s + b
    return z

class Layer:
    def forward(self, x):
        if x[0] > 0 and len(x) == 2:
            return x
"""


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ('check.vector(x, "x")', {"check.vector(x, 'x')"}),
        ("plain = check.is_plain_vector(x)", {"check.is_plain_vector(x)"}),
        ("if isinstance(x, tuple): x = list(x)", {"isinstance(x, tuple)"}),
        ("if type(b) is float: quick = 1", {"type(b)", "b is"}),
        ("if not is_finite(b): b = 0", {"is_finite(b)"}),
        ("if quick: return b", {"if quick"}),
        ("b = 0 if b == 1 and not self.quick else b", {"if self.quick"}),
        ("if b is None: b = 0", {"b is"}),
        ("if b < 0: raise ValueError(b)", {"raise"}),
        ("assert len(x) == len(w)", {"assert"}),
        ("with check.without_checks(): b = 0", {"with", "check.without_checks()"}),
    ],
)
def test_a_body_that_asks_is_caught(line, asked):
    assert questions(ast.parse(SOURCE)) == {}
    with_it = SOURCE.replace("    s = weighted_sum", f"    {line}\n    s = weighted_sum")
    assert questions(ast.parse(with_it)) == {"neuron_forward": asked}
    in_a_method = SOURCE.replace("        if x[0]", f"        {line}\n        if x[0]")
    assert questions(ast.parse(in_a_method)) == {"Layer.forward": asked}


def test_the_names_of_a_check_are_followed():
    by_name = SOURCE.replace("from scalarnn import check", "from scalarnn.check import vector as look")
    assert questions(ast.parse(by_name.replace("    z =", "    look(x)\n    z ="))) == {"neuron_forward": {"look(x)"}}


# ---- and a door before each of them ----------------------------------------------------------------------------------

ON_THEIR_OWN = {"check_batch_gradients", "check_gradients", "check_network_gradients"}


def without_a_door(package):
    """The functions that a package offers and that are no doors, or whose door leads elsewhere than to their module."""
    found = []
    for name in package.__all__:
        thing = getattr(package, name)
        if isinstance(thing, type):
            continue
        bare = getattr(thing, "__wrapped__", None)
        if not is_door(thing) or is_door(bare) or bare.__name__ != thing.__name__:
            found.append(name)
    return found


def test_every_function_that_is_offered_has_a_door():
    assert set(without_a_door(scalarnn)) == ON_THEIR_OWN


def test_a_function_without_a_door_is_seen():
    class Package:
        __all__ = ("neuron_forward", "softmax", "Layer")
        neuron_forward = staticmethod(scalarnn.neuron_forward.__wrapped__)
        softmax = staticmethod(scalarnn.softmax)
        Layer = scalarnn.Layer

    assert without_a_door(Package) == ["neuron_forward"]


SHOWS = ("player",)  # it makes an exercise of what it is given, and that looks at it
METHODS = {
    f"{name}.{method}"
    for name in scalarnn.__all__
    if isinstance(getattr(scalarnn, name), type) and not name.startswith("GradientReport")
    for method in dir(getattr(scalarnn, name))
    if not method.startswith("_") and method not in SHOWS and callable(getattr(getattr(scalarnn, name), method))
}


@pytest.mark.parametrize("method", sorted(METHODS))
def test_every_public_method_has_a_door(method):
    kind, _, name = method.partition(".")
    thing = getattr(getattr(scalarnn, kind), name)
    assert is_door(thing)
    assert thing.__wrapped__.__code__.co_filename.endswith(".py")
