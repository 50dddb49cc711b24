"""A reader follows signatures and docstrings alone: all is there, complete, names what there is, and is said once."""

import ast
import doctest
import importlib
import inspect
import re
from collections import Counter

import pytest

from scalarnn.doors.functions import FUNCTIONS
from scalarnn.doors.kinds import ALONE, LOOKS
from tests.architecture.source import MATHEMATICS, modules, parsed

SECTIONS = ["Args:", "Returns:", "Raises:", "Source:", "Examples:"]
# The two modules at the ground and the kinds of number are tools: their pages have no source to name.
DERIVATIONS = [name for name in MATHEMATICS if name not in ("scalar", "check")]


def functions(path):
    """Public functions of a module."""
    return [node for node in parsed(path).body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]


def classes(path):
    return [node for node in parsed(path).body if isinstance(node, ast.ClassDef) and not node.name.startswith("_")]


def each(names, find):
    return [pytest.param(node, id=f"{name}.{node.name}") for name in names for node in find(modules()[name])]


def sections(docstring):
    return [
        line.split(":")[0] + ":"
        for line in docstring.splitlines()
        if re.match(r"(Args|Returns|Raises|Source|Examples|Attributes):", line)
    ]


def parameters(function):
    arguments = function.args
    names = [argument.arg for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
    if arguments.vararg:
        names.append(arguments.vararg.arg)
    return [name for name in names if name != "self"]


def described(docstring, section):
    """The names that a section of a docstring describes, in order."""
    body = re.search(rf"^{section}\n((?:    .*\n|\n)*)", docstring + "\n", re.MULTILINE)
    return re.findall(r"^    (\w+):", body.group(1), re.MULTILINE) if body else []


@pytest.mark.parametrize("path", [pytest.param(path, id=name) for name, path in modules().items()])
def test_every_module_has_a_docstring(path):
    tree = parsed(path)
    assert not tree.body or ast.get_docstring(tree)


@pytest.mark.parametrize("name", MATHEMATICS)
def test_everything_public_has_a_docstring(name):
    for node in ast.walk(parsed(modules()[name])):
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), node.name
            for method in node.body:
                protocol = node.name in ("Activation", "ScalarActivation")  # for the type checker
                if isinstance(method, ast.FunctionDef) and not method.name.startswith("_") and not protocol:
                    assert ast.get_docstring(method), f"{node.name}.{method.name}"
    for function in functions(modules()[name]):
        assert ast.get_docstring(function), function.name


@pytest.mark.parametrize("function", each(DERIVATIONS, functions))
def test_every_function_says_all_of_it_in_order(function):
    docstring = ast.get_docstring(function)
    said = sections(docstring)
    assert said == [section for section in SECTIONS if section in said]
    assert "Examples:" in said
    assert "Returns:" in said or ast.unparse(function.returns) == "Number"
    if function.name not in ("round_to_float32",):
        assert "Source:" in docstring


@pytest.mark.parametrize("function", each(["scalar", "check"], functions))
def test_every_tool_shows_itself(function):
    assert "Examples:" in sections(ast.get_docstring(function))


@pytest.mark.parametrize("node", each(DERIVATIONS, classes))
def test_every_class_shows_itself(node):
    assert "Examples:" in sections(ast.get_docstring(node))


# ---- what is said of arguments: by the signature where it can, by the docstring where it cannot ----------------------

KINDS = {*LOOKS, *ALONE, "Matrix", "Parameters", "Squares", "bool"}
CHECKED_ALREADY = re.compile(
    r"not (a )?(list|(finite )?number)|not finite|is empty|of a wrong (sort|length|shape)|do(es)? not fit|"
    r"(TypeError|ValueError): an? (entry|argument)"
)


def kind_of(function, name):
    """The word that the signature has for an argument, without the letters of its shape: Matrix for `Matrix[m, n]`."""
    arguments = function.args
    for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg):
        if argument and argument.arg == name and argument.annotation:
            return re.split(r"\[| \|", ast.unparse(argument.annotation))[0]
    return ""


def arguments_at_fault(function, docstring):
    """Arguments that are described and not there, or out of order; that neither signature nor docstring states."""
    names, said = parameters(function), described(docstring, "Args:")
    found = [f"{name} is described: expected a parameter" for name in said if name not in names]
    if not found and said != [name for name in names if name in said]:
        found.append(f"{', '.join(said)}: expected the order of the signature")
    for name in names:
        if name not in said and kind_of(function, name) not in KINDS:
            found.append(f"{name}: expected a kind in the signature, or a description")
    return found


def said_twice(function, docstring):
    """What a docstring repeats of the signature: its door is made from that alone, and all refuse alike."""
    found = described(docstring, "Raises:")
    found += [match[0] for match in CHECKED_ALREADY.finditer(docstring.partition("Examples:")[0])]
    return found if all(kind_of(function, name) in KINDS for name in parameters(function)) else []


BEHIND_DOORS = [name for name in DERIVATIONS if name not in ("float32", "dual", "random_numbers", "gradient_check")]


@pytest.mark.parametrize("function", each(DERIVATIONS, functions))
def test_every_argument_is_stated_and_no_other(function):
    assert arguments_at_fault(function, ast.get_docstring(function)) == []


@pytest.mark.parametrize("node", each(DERIVATIONS, classes))
def test_arguments_of_a_class_are_stated(node):
    for method in node.body:
        if isinstance(method, ast.FunctionDef) and method.name == "__init__":
            assert arguments_at_fault(method, ast.get_docstring(node)) == []


@pytest.mark.parametrize("function", each(BEHIND_DOORS, functions))
def test_what_the_signature_states_is_not_said_again(function):
    if function.name not in FUNCTIONS:
        assert said_twice(function, ast.get_docstring(function)) == []


def sentences(docstring):
    text = " ".join(docstring.partition("Examples:")[0].split())
    return {sentence for sentence in re.split(r"(?<=[.:;])\s+", text) if len(sentence) > 40}


@pytest.mark.parametrize("name", MATHEMATICS)
def test_no_sentence_stands_in_many_docstrings(name):
    counted = Counter()
    for node in ast.walk(parsed(modules()[name])):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            counted.update(sentences(ast.get_docstring(node) or ""))
    assert [sentence for sentence, times in counted.items() if times > 3] == []


STATED = """
def f(x: Vector[n], W: Matrix[m, n], y, *, rate: Rate | None = None):
    \"""z = W x.

    Args:
        W: a row is a neuron.
        y: labels.

    Examples:
        >>> f()
    \"""
"""


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("        y: labels.\n", "", "y: expected a kind in the signature, or a description"),
        ("        y: labels.\n", "        y: labels.\n        t: a target.\n", "t is described: expected a parameter"),
        (
            "        W: a row is a neuron.\n        y",
            "        y: labels.\n        W",
            "y, W: expected the order of the signature",
        ),
        ("rate: Rate | None", "rate: Any", "rate: expected a kind in the signature, or a description"),
    ],
)
def test_a_faulty_description_is_caught(old, new, fault):
    def faults(source):
        (function,) = ast.parse(source).body
        return arguments_at_fault(function, ast.get_docstring(function))

    assert faults(STATED) == []
    assert faults(STATED.replace(old, new)) == [fault]


@pytest.mark.parametrize(
    "again",
    [
        "Raises:\n        ValueError: the lengths do not fit.",
        "Raises:\n        TypeError: an entry is not a number.",
        "x is refused if it is empty.",
    ],
)
def test_what_is_said_again_is_caught(again):
    source = STATED.replace(", y,", ",").replace("        y: labels.\n", "")
    (function,) = ast.parse(source).body
    assert said_twice(function, ast.get_docstring(function)) == []
    (function,) = ast.parse(source.replace("Examples:", f"{again}\n\n    Examples:")).body
    assert said_twice(function, ast.get_docstring(function)) != []


@pytest.mark.parametrize("function", each(DERIVATIONS, functions))
def test_the_formula_stands_on_the_first_line(function):
    first = ast.get_docstring(function).splitlines()[0]
    assert first.rstrip().endswith((".", ",", ":")), first
    assert not first.startswith(("This", "Compute", "Calculate", "Return"))


@pytest.mark.parametrize("name", MATHEMATICS)
def test_every_example_is_found_by_doctest(name):
    """The examples run because pytest collects them; here, that each docstring with `>>>` has been collected."""
    module = importlib.import_module(f"scalarnn.{name}")
    found = {test.name for test in doctest.DocTestFinder(exclude_empty=True).find(module) if test.examples}
    for exported in module.__all__:
        if "Examples:" in (inspect.getdoc(getattr(module, exported)) or ""):
            assert f"scalarnn.{name}.{exported}" in found


@pytest.mark.parametrize("name", MATHEMATICS)
def test_module_says_what_its_letters_mean(name):
    docstring = ast.get_docstring(parsed(modules()[name]))
    assert docstring.splitlines()[0].endswith(".") or ":" in docstring.splitlines()[0]
    assert len(docstring.splitlines()) > 1
