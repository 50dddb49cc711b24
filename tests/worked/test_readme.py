"""README shows what happens, not what somebody remembers."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def run(*words, cwd=ROOT):
    return subprocess.run(
        [sys.executable, "-S", "-m", "scalarnn", *words],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout


def test_the_output_in_readme_is_the_output():
    shown, last = re.findall(r"```text\n(.*?)\n```", README, re.DOTALL)
    written = run("show", "002-neuron")
    assert "python3 -m scalarnn show 002-neuron\n" in README
    for piece in shown.removesuffix("\n…").split("\n…\n"):  # what is left out is marked
        assert len(piece.splitlines()) > 5
        _, found, written = written.partition(f"{piece}\n")
        assert found, piece
    assert last == run().splitlines()[-1]


def test_the_values_in_readme_are_the_values():
    (code,) = re.findall(r"```python\n(.*?)\n```", README, re.DOTALL)
    names = {}
    exec(code, names)
    commented = re.findall(r"^\(?([\w, ]+?),?\)? = .*?  # (.*)$", code, re.MULTILINE)
    assert len(commented) == 6
    for targets, comment in commented:
        values = tuple(names[name.strip()] for name in targets.split(","))
        expected = eval(f"({comment},)")
        assert values == expected, targets


def test_every_command_in_readme_runs(tmp_path):
    table = "bill_length_mm,bill_depth_mm,flipper_length_mm,body_mass_g\n39.1,18.7,181,3750\n"
    (tmp_path / "data.csv").write_text(table, encoding="utf-8")
    own = "def neuron(x, w):\n    z = w[0] * x[0] + w[1] * x[1]\n    return z\n"
    (tmp_path / "my.py").write_text(own, encoding="utf-8")
    (tmp_path / "homework.toml").write_text(run("new", "2-2-1"), encoding="utf-8")
    commands = re.findall(r"`python3 -m scalarnn ([^`]+)`", README)
    assert len(commands) >= 4
    for command in commands:
        assert run(*shlex.split(command), cwd=tmp_path)
    assert (tmp_path / "report.html").exists()


def test_readme_is_short():
    """Beginning, output and what to do next; the rest is in the book."""
    assert len(README.splitlines()) <= 90


def test_the_debugger_stops_where_readme_says():
    ((command, path, line),) = re.findall(r"`(python3 -m pdb -c 'b (\S+):(\d+)' [^`]+)`", README)
    source = (ROOT / path).read_text(encoding="utf-8").splitlines()
    assert source[int(line) - 1].strip() == "dL_dw_i = dL_dz * dz_dw_i"
    done = subprocess.run(
        ["bash", "-c", command.replace("python3", sys.executable, 1)],
        input="n\np dL_dw_i\nq\n",
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "(Pdb) 12" in done.stdout
