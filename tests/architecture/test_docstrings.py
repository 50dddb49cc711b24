"""A reader follows the docstrings alone: every one is there, complete, and names what there is."""

import ast
import doctest
import importlib
import inspect
import re

import pytest

from tests.architecture.source import MATHEMATICS, PACKAGE, modules, parsed

SECTIONS = ["Args:", "Returns:", "Raises:", "Source:", "Examples:"]
# The two modules at the ground and the kinds of number are tools: their pages have no source to name.
DERIVATIONS = [name for name in MATHEMATICS if name not in ("scalar", "check")]


def functions(path):
    """Public functions of a module."""
    return [node for node in parsed(path).body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]


def classes(path):
    return [node for node in parsed(path).body if isinstance(node, ast.ClassDef) and not node.name.startswith("_")]


def each(names, find):
    return [pytest.param(node, id=f"{name}.{node.name}") for name in names for node in find(PACKAGE / f"{name}.py")]


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
    for node in ast.walk(parsed(PACKAGE / f"{name}.py")):
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), node.name
            for method in node.body:
                protocol = node.name in ("Activation", "ScalarActivation")  # for the type checker
                if isinstance(method, ast.FunctionDef) and not method.name.startswith("_") and not protocol:
                    assert ast.get_docstring(method), f"{node.name}.{method.name}"
    for function in functions(PACKAGE / f"{name}.py"):
        assert ast.get_docstring(function), function.name


@pytest.mark.parametrize("function", each(DERIVATIONS, functions))
def test_every_function_says_all_of_it_in_order(function):
    docstring = ast.get_docstring(function)
    expected = [section for section in SECTIONS if section != "Source:" or "Source:" in docstring]
    assert sections(docstring) == expected
    if function.name not in ("round_to_float32",):
        assert "Source:" in docstring


@pytest.mark.parametrize("function", each(["scalar", "check"], functions))
def test_every_tool_shows_itself(function):
    assert "Examples:" in sections(ast.get_docstring(function))


@pytest.mark.parametrize("node", each(DERIVATIONS, classes))
def test_every_class_shows_itself(node):
    assert "Examples:" in sections(ast.get_docstring(node))


@pytest.mark.parametrize("function", each(DERIVATIONS, functions))
def test_every_argument_is_described_and_no_other(function):
    assert described(ast.get_docstring(function), "Args:") == parameters(function)


@pytest.mark.parametrize("node", each(DERIVATIONS, classes))
def test_arguments_of_a_class_are_described(node):
    for method in node.body:
        if isinstance(method, ast.FunctionDef) and method.name == "__init__":
            assert described(ast.get_docstring(node), "Args:") == parameters(method)


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
    docstring = ast.get_docstring(parsed(PACKAGE / f"{name}.py"))
    assert docstring.splitlines()[0].endswith(".") or ":" in docstring.splitlines()[0]
    assert len(docstring.splitlines()) > 1
