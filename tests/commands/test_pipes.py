"""Data and networks from pipes: read once, from the beginning to the end, whatever they are called."""

import json
import os
import shlex
import subprocess
import sys
import threading

import pytest

from scalarnn.cli import main
from tests.commands.conftest import ENVIRONMENT

ROWS = "x,y,c\n" + "".join(f"{n % 7},{n % 5},{'ab'[n % 7 > 3]}\n" for n in range(40))
TRAIN = ["train", "--epochs", "5"]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "d.csv").write_text(ROWS, encoding="utf-8")
    assert main([*TRAIN, "d.csv", "--quiet", "--save", "m.json"]) == 0
    return tmp_path


def piped(folder, command):
    """A line of bash in which S stands for the program."""
    program = shlex.join([sys.executable, "-S", "-m", "scalarnn"])
    done = subprocess.run(
        ["bash", "-c", f'S="{program}"; {command}'],
        cwd=folder,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    return done


def fed(path, text):
    """A named pipe that gives a text once."""
    os.mkfifo(path)
    writer = threading.Thread(target=lambda: path.write_text(text, encoding="utf-8"), daemon=True)
    writer.start()
    return writer


WAYS = {
    "-": "cat d.csv | $S {} - {}",
    "/dev/stdin": "cat d.csv | $S {} /dev/stdin {}",
    "a file as standard input": "$S {} - {} < d.csv",
    "a substituted process": "$S {} <(cat d.csv) {}",
    "a named pipe": "mkfifo f; cat d.csv > f & $S {} f {}",
}


@pytest.mark.parametrize("way", WAYS)
def test_a_network_learns_the_same(folder, way):
    done = piped(folder, WAYS[way].format("train", "--epochs 5 --save n.json"))
    assert (done.returncode, done.stderr) == (0, "")
    m, n = (json.loads((folder / f"{name}.json").read_text(encoding="utf-8")) for name in "mn")
    assert n["layers"] == m["layers"]
    for key in ("figures", "fingerprint", "answers", "made"):
        assert n["notes"]["training"][key] == m["notes"]["training"][key]
    name = n["notes"]["training"]["data"]
    assert name in ("standard input", "f") or name.startswith("/dev/fd/")
    assert done.stdout.startswith(f"data       {name}: 40 samples, 2 features, 2 classes\n")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("command", ["predict", "check"])
def test_a_network_is_asked_and_checked(folder, way, command):
    said = piped(folder, f"$S {command} m.json d.csv")
    done = piped(folder, WAYS[way].format(f"{command} m.json", ""))
    assert (done.returncode, done.stderr) == (0, said.stderr)
    lines = [line for line in done.stdout.splitlines() if not line.startswith("samples ")]
    assert lines == [line for line in said.stdout.splitlines() if not line.startswith("samples ")]


@pytest.mark.parametrize("place", ["-", "/dev/stdin", "<(cat m.json)"])
def test_the_network_may_come_through_a_pipe(folder, place):
    for command, data in (("predict", "d.csv"), ("check", ""), ("check", "d.csv")):
        said = piped(folder, f"$S {command} m.json {data}")
        done = piped(folder, f"cat m.json | $S {command} {place} {data}")
        assert (done.returncode, done.stderr) == (0, said.stderr)
        assert done.stdout.splitlines()[1:] == said.stdout.splitlines()[1:]


def test_from_one_command_to_the_next(folder):
    done = piped(folder, "$S train d.csv --epochs 5 --quiet --save - | $S predict - <(cat d.csv)")
    assert done.stdout == piped(folder, "$S predict m.json d.csv").stdout


def test_both_through_named_pipes(folder):
    writers = [fed(folder / "model", (folder / "m.json").read_text()), fed(folder / "data", ROWS)]
    done = piped(folder, "$S predict model data")
    assert done.returncode == 0
    assert done.stderr.startswith("right: ")
    for writer in writers:
        writer.join(timeout=10)


@pytest.mark.parametrize("words", ["predict - -", "predict - /dev/stdin", "check /dev/stdin -", "train - -"])
def test_standard_input_is_there_once(folder, words):
    done = piped(folder, f"cat d.csv | $S {words}")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith(": standard input can be read once: name a file for one of the two\n")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("printf 'x,c\\n1,a\\nq,b\\n' | $S train -", "standard input: line 3, column 'x': 'q': expected a number"),
        ("$S train <(printf 'x,c\\n1,a\\n2,a\\n')", "/dev/fd/63: only one class, 'a'"),
        ("$S train - < /dev/null", "standard input: no row at all"),
        ("$S train /dev/null", "/dev/null: no row at all"),
        ("$S predict m.json - < /dev/null", "standard input: no row at all"),
        ("$S predict - d.csv < /dev/null", "standard input: line 1, column 1: not JSON"),
        ("$S train - <&-", "there is no standard input"),
        ("$S predict - d.csv <&-", "there is no standard input"),
        ("cat d.csv | $S check - m.json", ""),
    ],
)
def test_what_is_wrong_is_said_under_the_name_of_the_call(folder, command, message):
    done = piped(folder, command)
    assert done.returncode in (1, 2)
    said = done.stderr + done.stdout
    assert message in said
    assert len(said.splitlines()) == 1
    assert "/tmp" not in said.replace(str(folder), "")


@pytest.mark.parametrize("words", ["predict f f", "check f f", "train f f"])
def test_so_is_what_a_pipe_gives(folder, words):
    done = piped(folder, f"mkfifo f; $S {words}")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "scalarnn: f: a pipe can be read once: name a file for one of the two\n"


def test_drawings_through_pipes(folder):
    for word, stroke in (("across", [[0, 255], [0, 0]]), ("down", [[0, 0], [0, 255]])):
        lines = [json.dumps({"word": word, "drawing": [stroke]}) + "\n"] * 10
        (folder / f"{word}.ndjson").write_text("".join(lines), encoding="utf-8")
    words = "--side 8 --epochs 5 --quiet --save"
    assert piped(folder, f"$S train across.ndjson down.ndjson {words} a.json").returncode == 0
    done = piped(folder, f"$S train <(cat across.ndjson) <(cat down.ndjson) {words} b.json")
    assert (done.returncode, done.stderr) == (0, "")
    a, b = (json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))["layers"] for name in "ab")
    assert a == b
    done = piped(folder, "cat across.ndjson down.ndjson | $S predict a.json -")
    assert done.stderr == "right: 20 of 20, 100.0 %\n"
    assert piped(folder, f"cat across.ndjson down.ndjson | $S train - {words} c.json").returncode == 0


def test_nothing_is_left_behind(folder):
    temporary = folder / "temporary"
    temporary.mkdir()
    for command in ("cat d.csv | $S train - --epochs 1", "cat d.csv | $S predict m.json -", "cat m.json | $S check -"):
        assert piped(folder, f"export TMPDIR=temporary; {command}").returncode == 0
    assert list(temporary.iterdir()) == []
