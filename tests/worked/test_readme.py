"""README shows what happens, not what somebody remembers."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def run(*words):
    return subprocess.run(
        [sys.executable, "-S", "-m", "scalarnn", *words], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    ).stdout


def test_the_output_in_readme_is_the_output():
    (shown,) = re.findall(r"```text\n(.*?)\n```", README, re.DOTALL)
    assert shown == run().rstrip("\n")


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


def test_every_command_in_readme_runs():
    commands = re.findall(r"`python3 -m scalarnn ([^`]+)`", README)
    assert len(commands) >= 4
    for command in commands:
        assert run(*command.split())


def test_readme_is_short():
    assert len(README.splitlines()) <= 100
