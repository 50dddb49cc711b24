"""The JavaScript of a program gives the bits of its Python: run by Node, on the numbers of `inputs`."""

import copy
import json
import math
import shutil
import struct
import subprocess

import pytest

from scalarnn import portable
from scalarnn.unrolled import UnrollError, unroll
from tests.unrolled import house_style as h
from tests.unrolled import more_house_style as g
from tests.unrolled.inputs import CASES, random_arguments

NODE = shutil.which("node")
TIMES = 40
# Python's own exp and log differ from those of any JavaScript in a last digit; here each side calls the same numbers.
WITH_EXP = {h.xor_epoch, h.softmax_step, h.momentum_step, h.rnn_step, h.attention}
WITHOUT_TEXT = {h.power_of_a_rate, g.clipped, g.layer_norm, g.matrix_power, g.kmeans, g.normal}  # powers, built-in sums

REVIVE = """
const buffer = new DataView(new ArrayBuffer(8));
function decode(thing) {
  if (thing === "nan") return NaN;
  if (typeof thing === "string") { buffer.setBigUint64(0, BigInt("0x" + thing)); return buffer.getFloat64(0); }
  if (Array.isArray(thing)) return thing.map(decode);
  if (thing && typeof thing === "object") {
    return Object.fromEntries(Object.entries(thing).map(([key, entry]) => [key, decode(entry)]));
  }
  return thing;
}
function encode(thing) {
  if (typeof thing === "number") {
    if (Number.isNaN(thing)) return "nan";
    buffer.setFloat64(0, thing); return buffer.getBigUint64(0).toString(16).padStart(16, "0");
  }
  if (Array.isArray(thing)) return thing.map(encode);
  if (thing && typeof thing === "object") {
    return Object.fromEntries(Object.entries(thing).map(([key, entry]) => [key, encode(entry)]));
  }
  return thing;
}
const tables = JSON.parse(require("fs").readFileSync(0, "utf8"));
"""


def encoded(thing):
    """Every number as the 16 hexadecimal digits of a float, as JavaScript has no other."""
    if isinstance(thing, dict):
        return {key: encoded(entry) for key, entry in thing.items()}
    if isinstance(thing, (list, tuple)):
        return [encoded(entry) for entry in thing]
    if isinstance(thing, bool) or thing is None:
        return thing
    return "nan" if thing != thing else struct.pack(">d", thing).hex()


def python_functions(log_of):
    """exp and expm1 as tables that Python has filled: the same function on both sides, whatever its digits."""
    calls = []

    def recorded(name):
        function = getattr(math, name)

        def call(x):
            value = function(x)
            calls.append((name, encoded(x), encoded(value)))
            return value

        return call

    del log_of
    return calls, recorded


def expected_of(program, arguments, names):
    """What the Python text gives with these exp and log, and the arguments afterwards."""
    text = program.python()
    space = {}
    head, _, body = text.rpartition("\n\n\n")
    exec(head, space)
    space.update({name: function for name, function in names.items() if name in space})
    exec(body, space)
    given = copy.deepcopy(arguments)
    try:
        result = space[program.name](*given)
    except (ArithmeticError, ValueError, LookupError):
        return None
    return [encoded(result), encoded(given)]


def run_node(text, name, runs, tables):
    calls = "\n".join(
        f"const table_{f} = new Map(tables.{f}); const {f} = (x) => decode(table_{f}.get(encode(x)));" for f in tables
    )
    script = (
        f"{REVIVE}{calls}\n{text}\nconst results = tables.runs.map((given) => {{ const decoded = decode(given); "
        f"const result = {name}(...decoded); return [encode(result), encode(decoded)]; }});\n"
        "console.log(JSON.stringify(results));"
    )
    done = subprocess.run(
        [NODE, "-e", script], input=json.dumps({**tables, "runs": runs}), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.skipif(NODE is None, reason="Node is not installed")
@pytest.mark.parametrize("function", [f for f in CASES if f not in WITHOUT_TEXT], ids=lambda f: f.__name__)
def test_javascript_gives_the_bits_of_python(function):
    program = unroll(function, *CASES[function])
    calls, recorded = python_functions(math.log)
    names = {name: recorded(name) for name in ("exp", "expm1", "log", "log1p", "tanh")}
    runs, expected = [], []
    for seed in range(TIMES):
        arguments = random_arguments(CASES[function], seed)
        outcome = expected_of(program, arguments, names)
        if outcome is not None:
            runs.append(encoded_arguments(arguments))
            expected.append(outcome)
    tables = {name: [[x, value] for f, x, value in calls if f == name] for name in names}
    tables["log"].append([encoded(0.0), encoded(-math.inf)])
    assert len(runs) >= TIMES / 5
    assert run_node(program.to_javascript(functions=""), program.name, runs, tables) == expected


WITH_PORTABLE = sorted([*WITH_EXP, h.power_of_a_rate], key=lambda f: f.__name__)


@pytest.fixture
def portable_functions():
    portable.switch(True)
    yield
    portable.switch(False)


def runs_of(program, shapes, times):
    """Arguments, and what the program gives for them and leaves of them."""
    runs, expected = [], []
    for seed in range(times):
        arguments = random_arguments(shapes, seed)
        given = copy.deepcopy(arguments)
        try:
            result = program(*given)
        except (ArithmeticError, ValueError, LookupError):
            continue
        runs.append(encoded_arguments(arguments))
        expected.append([encoded(result), encoded(given)])
    assert len(runs) >= times / 5
    return runs, expected


@pytest.mark.skipif(NODE is None, reason="Node is not installed")
@pytest.mark.usefixtures("portable_functions")
@pytest.mark.parametrize("function", WITH_PORTABLE, ids=lambda f: f.__name__)
def test_with_portable_functions_no_tables_are_needed(function):
    program = unroll(function, *CASES[function])
    runs, expected = runs_of(program, CASES[function], TIMES)
    text = program.javascript
    assert {word.split("(")[0] for word in text.split("Math.")[1:]} <= {"sqrt"}
    assert run_node(text, program.name, runs, {}) == expected


def encoded_arguments(thing):
    """Floats as digits; ints, which are indices, as they are."""
    if isinstance(thing, int):
        return thing
    if isinstance(thing, dict):
        return {key: encoded_arguments(entry) for key, entry in thing.items()}
    if isinstance(thing, (list, tuple)):
        return [encoded_arguments(entry) for entry in thing]
    return encoded(thing)


def test_no_function_of_math_but_sqrt_is_called():
    text = unroll(h.attention, *CASES[h.attention]).to_javascript(functions="")
    assert {word.split("(")[0] for word in text.split("Math.")[1:]} <= {"sqrt"}
    assert "exp(" in text


def test_what_javascript_cannot_say_is_refused_in_a_line():
    program = unroll(h.power_of_a_rate, *CASES[h.power_of_a_rate])
    with pytest.raises(UnrollError, match="a power other than a square is not written in JavaScript"):
        _ = program.javascript


# ---- in a browser ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def page():
    """A page of Chromium, the one that the tests of the book use."""
    playwright = pytest.importorskip("playwright.sync_api")
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    with playwright.sync_playwright() as started:
        try:
            browser = started.chromium.launch(executable_path=path)
        except playwright.Error as error:
            pytest.skip(f"Chromium cannot be started: {error}")
        yield browser.new_page()
        browser.close()


@pytest.mark.usefixtures("portable_functions")
@pytest.mark.parametrize("function", WITH_PORTABLE, ids=lambda f: f.__name__)
def test_a_browser_has_the_bits_of_portable_functions(page, function):
    program = unroll(function, *CASES[function])
    runs, expected = runs_of(program, CASES[function], 20)
    head = REVIVE[: REVIVE.index("const tables")]
    call = (
        f"(runs) => {{ {head}\n{program.javascript}\nreturn runs.map((given) => {{ const decoded = decode(given); "
        f"const result = {program.name}(...decoded); return [encode(result), encode(decoded)]; }}); }}"
    )
    assert page.evaluate(call, runs) == expected


@pytest.mark.parametrize("function", [h.network_step, h.two_ways_out, h.signs, g.sort3], ids=lambda f: f.__name__)
def test_a_browser_gives_the_bits_of_python(page, function):
    program = unroll(function, *CASES[function])
    text = program.to_javascript(functions="")
    for seed in range(20):
        arguments = random_arguments(CASES[function], seed)
        outcome = expected_of(program, arguments, {})
        if outcome is not None:
            head = REVIVE[: REVIVE.index("const tables")]
            call = f"(given) => {{ {head}\n{text}\nreturn encode({program.name}(...decode(given))); }}"
            assert page.evaluate(call, encoded_arguments(arguments)) == outcome[0], (seed, arguments)
