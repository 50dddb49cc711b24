"""Recording beside other tools that watch a program: both go on, and the recording is the one of a plain run.

Each runs in a process of its own, where the tool is as its users have it.
"""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

HOMEWORK = """\
from scalarnn.tracing import record, solution

def neuron(x, w):
    z = 0
    for i in range(len(x)):
        z += w[i] * x[i]
    return z

def says():
    recording = record(neuron, [1, 2], [3, 4])
    assert recording.result == 11
    return str(solution(recording)).splitlines()[-1].strip()

if __name__ == "__main__":
    print(says())
    after = 1
    print("went on")
"""
SAID = "z = w₀x₀ + w₁x₁ = (3)(1) + (4)(2) = 11"


@pytest.fixture
def homework(tmp_path):
    file = tmp_path / "homework.py"
    file.write_text(HOMEWORK, encoding="utf-8")
    return file


def needs(*names):
    for name in names:
        if importlib.util.find_spec(name) is None:
            pytest.skip(f"{name} is not here")


def run(homework, *words, typed=""):
    environment = dict(os.environ) | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, *map(str, words)],
        cwd=homework.parent,
        input=typed,
        capture_output=True,
        encoding="utf-8",
        env=environment,
        check=False,
    )
    return done.stdout + done.stderr


def test_alone(homework):
    """The twin: what each of the others has to say too."""
    assert run(homework, homework).splitlines() == [SAID, "went on"]


def test_pdb(homework):
    said = run(homework, "-m", "pdb", homework, typed="b homework.py:17\nc\nn\np after\nc\nq\n")
    assert SAID in said
    assert "(Pdb) 1" in said  # it stopped behind the recording, and knows what is there


@pytest.mark.parametrize("core", ["ctrace", "pytrace"])
def test_coverage(core, homework, monkeypatch):
    needs("coverage")
    monkeypatch.setenv("COVERAGE_CORE", core)
    assert run(homework, "-m", "coverage", "run", homework).splitlines()[:2] == [SAID, "went on"]
    report = run(homework, "-m", "coverage", "report", "-m", "--include", "homework.py")
    missed = report.splitlines()[-3].split("%")[-1].replace(" ", "")
    assert set(missed.split(",")) <= {"4-7", "4", "5", "6", "7"}  # the lines inside the recording alone
    assert "17" not in missed


def test_debugpy(homework):
    needs("debugpy")
    said = run(homework, "-m", "debugpy", "--listen", "0", homework)
    assert SAID in said
    assert "went on" in said


def test_ipython(homework):
    needs("IPython")
    said = run(
        homework,
        "-m",
        "IPython",
        "--simple-prompt",
        "--no-banner",
        "-c",
        "%run homework.py\nimport homework\nprint(homework.says())",
    )
    assert said.count(SAID) == 2


def test_ipython_after_autoreload(homework):
    """The new source, not the one that was read first."""
    needs("IPython")
    program = (
        "%load_ext autoreload\n%autoreload 2\nimport homework, pathlib, os\nprint(homework.says())\n"
        "file = pathlib.Path('homework.py')\n"
        "file.write_text(file.read_text().replace('z = 0\\n', 'z = 0\\n    w = [5, 6]\\n').replace('11', '17'))\n"
        "os.utime(file, (2_000_000_000, 2_000_000_000))\n"
    )
    said = run(homework, "-m", "IPython", "--simple-prompt", typed=f"{program}print(homework.says())\n")
    assert SAID in said
    assert "z = w₀x₀ + w₁x₁ = (5)(1) + (6)(2) = 17" in said


def test_marimo(homework):
    needs("marimo")
    (homework.parent / "page.py").write_text(
        "import marimo\napp = marimo.App()\n\n@app.cell\ndef _():\n    import homework\n    print(homework.says())\n\n"
        "if __name__ == '__main__':\n    app.run()\n"
    )
    assert SAID in run(homework, "page.py")
