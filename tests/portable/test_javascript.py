"""The same functions in JavaScript: the same bits, by Node; and no function of Math."""

import ast
import json
import shutil
import struct
import subprocess

import pytest

from scalarnn import portable
from scalarnn.portable.javascript import FUNCTIONS, WithBigInt, javascript
from tests.portable.hard_cases import hard_cases
from tests.portable.reference import drawn

NODE = shutil.which("node")
SCRIPT = """
const buffer = new DataView(new ArrayBuffer(8));
const decode = (hex) => { buffer.setBigUint64(0, BigInt("0x" + hex)); return buffer.getFloat64(0); };
const encode = (x) => { buffer.setFloat64(0, x); return buffer.getBigUint64(0).toString(16).padStart(16, "0"); };
const given = JSON.parse(require("fs").readFileSync(0, "utf8"));
const functions = { exp, expm1, log, log1p, pow, sin, cos, tanh };
const results = given.map(([name, xs]) => xs.map((x) => encode(functions[name](decode(x[0]), x[1]))));
console.log(JSON.stringify(results));
"""
INSTEAD = {OverflowError: float("inf"), ZeroDivisionError: float("inf"), ValueError: float("nan")}


def bits(x):
    return "7ff8000000000000" if x != x else struct.pack(">d", x).hex()


def here(name, arguments):
    try:
        return bits(getattr(portable, name)(*arguments))
    except tuple(INSTEAD) as error:
        return bits(INSTEAD[type(error)])


def by_node(asked):
    """What JavaScript says: for each function and its arguments the bits of the answers."""
    given = [(name, [[bits(x), *rest] for x, *rest in arguments]) for name, arguments in asked.items()]
    done = subprocess.run(
        [NODE, "-e", javascript() + SCRIPT], input=json.dumps(given), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return dict(zip(asked, json.loads(done.stdout), strict=True))


def arguments_of(name, n, seed):
    if name == "pow":
        bases = [x for x in drawn("exp", n, seed) if x] + drawn("log", n, seed)
        return [(x, k % 70 - 10) for k, x in enumerate(bases)]
    like = "expm1" if name == "tanh" else name
    ends = [0.0, -0.0, float("inf"), float("-inf"), float("nan"), 5e-324, -5e-324, 1.0, -1.0, -2.0, 710.0, 1e22]
    return [(x,) for x in [*ends, *(x for x, _ in hard_cases(like)), *drawn(like, n, seed)]]


@pytest.mark.skipif(NODE is None, reason="Node is not installed")
def test_javascript_gives_the_bits_of_python():
    asked = {name: arguments_of(name, 400, seed=3) for name in FUNCTIONS}
    answers = by_node(asked)
    for name, arguments in asked.items():
        expected = [here(name, one) for one in arguments]
        assert answers[name] == expected
    answers["exp"][0] = "0"
    assert answers["exp"] != [here("exp", one) for one in asked["exp"]], "another bit would be seen"


def test_no_function_of_math_is_called():
    assert "Math" not in javascript()


def test_what_is_not_asked_for_is_left_out():
    assert "sin" not in javascript("exp").split("function")[0]
    assert "table_of_sines" not in javascript("exp", "log1p")
    assert javascript("log").rstrip().endswith("const { log } = logarithm;")
    assert javascript("tanh").count("function tanh") == 1


def test_other_statements_are_refused():
    for source in ("with x: pass", "import os", "del x"):
        with pytest.raises(TypeError, match="not written in JavaScript"):
            WithBigInt().statement(ast.parse(source).body[0])
    with pytest.raises(TypeError, match=r"\{1: 2\}: not written in JavaScript"):
        WithBigInt().text(ast.parse("{1: 2}").body[0].value)


def test_whole_numbers_are_divided_downwards():
    assert WithBigInt().text(ast.parse("-a // (b + 1)").body[0].value) == "floor_divided(-a, b + 1n)"
    assert WithBigInt().text(ast.parse("(a + b) * c - (d - e)").body[0].value) == "(a + b) * c - (d - e)"
    assert WithBigInt().text(ast.parse("not 0.0 < x <= y").body[0].value) == "!(0.0 < x && x <= y)"
    assert WithBigInt().text(ast.parse("TABLE[int(k - 256.0 * m) + 128]").body[0].value) == "TABLE[k - 256.0 * m + 128]"
