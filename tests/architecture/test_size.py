"""How large a piece may be: a function fits a screen, and nobody counts the commas of a call."""

import ast

import pytest

from tests.architecture.source import modules

CLASS = 300  # lines
FUNCTION = 60  # lines of code: docstring, blank lines and comments are not counted
PARAMETERS = 6  # that may be given by position; self and cls are not counted, the others are given by name


def too_large(source):
    """What in a module is beyond the limits, a text for each."""
    lines = source.splitlines()
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef):
            size = node.end_lineno - node.lineno + 1
            if size > CLASS:
                found.append(f"class {node.name} has {size} lines: expected {CLASS} at most")
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            size = lines_of_code(node, lines)
            if size > FUNCTION:
                found.append(f"{node.name} has {size} lines of code: expected {FUNCTION} at most")
            names = by_position(node)
            if len(names) > PARAMETERS:
                found.append(f"{node.name} takes {len(names)} arguments by position: expected {PARAMETERS} at most")
    return found


def lines_of_code(function, lines):
    first = function.body[0]
    docstring = range(first.lineno, first.end_lineno + 1) if ast.get_docstring(function) is not None else ()
    count = 0
    for number in range(function.lineno, function.end_lineno + 1):
        text = lines[number - 1].strip()
        if text and not text.startswith("#") and number not in docstring:
            count += 1
    return count


def by_position(function):
    arguments = [*function.args.posonlyargs, *function.args.args]
    return [argument.arg for argument in arguments if argument.arg not in ("self", "cls")]


@pytest.mark.parametrize("name", modules())
def test_nothing_is_larger_than_a_reader_can_see(name):
    assert too_large(modules()[name].read_text(encoding="utf-8")) == []


# ---- the witness -----------------------------------------------------------------------------------------------------

LARGEST_CLASS = "class Large:\n" + "    x = 0\n" * (CLASS - 1)
LARGEST_FUNCTION = "def long(x):\n" + "    x += 1\n" * (FUNCTION - 1)
NOT_COUNTED = 'def long(x):\n    """A sentence.\n\n    More.\n    """\n    # why\n\n' + "    x += 1\n" * (FUNCTION - 1)
IN_A_CLASS = "class Small:\n    async def long(self, x):\n" + "        x += 1\n" * (FUNCTION - 1)
SIX = "def many(a, b, /, c, d, e, f, *, g, h=0, **others): ...\n"
SIX_AND_SELF = "class Small:\n    def many(self, a, b, c, d, e, f): ...\n"


@pytest.mark.parametrize("source", [LARGEST_CLASS, LARGEST_FUNCTION, NOT_COUNTED, IN_A_CLASS, SIX, SIX_AND_SELF])
def test_the_largest_that_may_be(source):
    assert too_large(source) == []


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (LARGEST_CLASS + "    x = 1\n", "class Large has 301 lines"),
        (LARGEST_FUNCTION + "    return x\n", "long has 61 lines of code"),
        (NOT_COUNTED + "    return x\n", "long has 61 lines of code"),
        (IN_A_CLASS + "        return x\n", "long has 61 lines of code"),
        (LARGEST_FUNCTION + '    "no docstring"\n', "long has 61 lines of code"),
        (SIX.replace("*, ", ""), "many takes 8 arguments by position"),
        (SIX.replace("d,", "d, z,"), "many takes 7 arguments by position"),
        (SIX_AND_SELF.replace("f)", "f, g)"), "many takes 7 arguments by position"),
        ("def outside():\n    def many(a, b, c, d, e, f, g=0): ...\n", "many takes 7 arguments by position"),
    ],
)
def test_one_more_is_caught(source, message):
    (found,) = too_large(source)
    assert found.startswith(message)
