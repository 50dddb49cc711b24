"""The scripts of the player, run by Node, with data in and data out."""

import json
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from scalarnn.player import bench, mathematics, slips, worked
from scalarnn.player.assets import ELEMENT, MORE, NAMING

NODE = shutil.which("node")
needs_node = pytest.mark.skipif(NODE is None, reason="Node is not installed here")
ASSETS = Path(worked.__file__).parent / "assets"
SCRIPTS = [(ASSETS / f"{name}.js").read_text(encoding="utf-8") for name in (*ELEMENT, *MORE, *NAMING)]
# What the elements want of a page when they are defined.
STUB = """
globalThis.HTMLElement = class {};
globalThis.HTMLScriptElement = class {};
globalThis.document = {};
globalThis.customElements = { define() {} };
"""

BEGIN = """
const texts = (x) => (Array.isArray(x) ? x.map(texts) : typeof x === "number" ? scalarnn.repr(x) : x);
const data = JSON.parse(require("fs").readFileSync(0, "utf8"));
const answer = (found) => console.log(JSON.stringify(found));
"""


def in_node(script, data, *, before=None):
    """What a script answers.

    Args:
        script: JavaScript, with `data`, and `answer(…)` for what it found.
        data: what it is given.
        before: the text of all scripts before it, if other than they are.
    """
    whole = before if before is not None else all_scripts()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "run.js"
        inside = f"{{\n{script}\n}}"  # its names are its own: no script before it finds them
        file.write_text(whole + BEGIN + inside, encoding="utf-8")
        words = [NODE, str(file)]
        run = subprocess.run(words, input=json.dumps(data), capture_output=True, text=True, check=False, timeout=300)
    assert run.returncode == 0, run.stderr[-2000:]
    return json.loads(run.stdout)


def all_scripts():
    return "\n".join([STUB, mathematics(), *SCRIPTS, worked.script(), bench.script(), slips.script()])


def plain(value):
    """Numbers as texts, so that every bit counts; −0 is 0."""
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if value is None:  # what JavaScript calls undefined
        return "undefined"
    if isinstance(value, str):
        return "0.0" if value == "-0.0" else value
    return repr(float(value) + 0.0)
