"""What was learned is kept: beside a better network, past a full disk, and nothing old is lost."""

import errno
import json
import os
import re
import resource
import shlex
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from scalarnn import Adam, saving
from scalarnn.classifier import load_classifier
from scalarnn.cli import main
from scalarnn.commands import keeping
from scalarnn.saving import load_with_notes
from tests.commands.conftest import ENVIRONMENT, ROOT

QUICK = ["train", "moons", "--epochs", "8", "--layers", "2,4,2"]


@pytest.fixture
def interrupted(monkeypatch, capsys):
    """Run a training that Ctrl-C stops before a step, counted from 1: status, output, errors."""

    def run(step, *words, presses=1, data=("moons",)):
        real, taken = Adam.step, []

        def interrupting(self, network):
            taken.append(1)
            if len(taken) == step:
                for _ in range(presses):
                    signal.raise_signal(signal.SIGINT)
            real(self, network)

        with monkeypatch.context() as patch:
            patch.setattr(Adam, "step", interrupting)
            status = main(["train", *data, *words])
        return status, *capsys.readouterr()

    return run


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """A temporary folder of this test's own, and an empty one to work in."""
    folder, work = tmp_path / "temporary", tmp_path / "work"
    folder.mkdir()
    work.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.chdir(work)
    return folder


def names(folder="."):
    """What is in a folder."""
    return sorted(path.name for path in Path(folder).iterdir())


def whole(path):
    """The accuracy in the notes of a saved network, which is one."""
    return load_classifier(path)[1]["training"]["figures"]["held_out"]["accuracy"]


# ---- stopped ---------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("temporary")
def test_a_good_network_stays_and_the_new_one_is_saved_beside_it(interrupted, capsys):
    assert main([*QUICK, "--save", "m.json", "--report", "r.html"]) == 0
    capsys.readouterr()
    before = Path("m.json").read_bytes(), Path("r.html").read_bytes()
    status, output, errors = interrupted(2, "--seed", "5", "--save", "m.json", "--report", "r.html")
    assert status == 130
    assert (Path("m.json").read_bytes(), Path("r.html").read_bytes()) == before
    assert output.endswith("saved: m.unfinished.json, r.unfinished.html\n")
    first, second, last = errors.splitlines()
    right = r"of the 40 held out it tells (\d+) right, the new one (\d+)"
    old, new = map(int, re.fullmatch(rf"scalarnn: m\.json stays as it was: {right}", first).groups())
    assert old > new == round(40 * whole("m.unfinished.json"))
    assert second == "scalarnn: r.html stays as it was: it is the report of another run"
    assert last.endswith("after 0 epochs; saved what was learned: m.unfinished.json, r.unfinished.html")
    status, output, _ = interrupted(2, "--seed", "6", "--save", "m.json")
    assert output.endswith("saved: m.unfinished-2.json\n")  # nor is that one replaced
    assert names() == [
        "m.json", "m.unfinished-2.json", "m.unfinished.json", "r.html", "r.unfinished.html",
    ]  # fmt: skip


@pytest.mark.usefixtures("temporary")
def test_a_worse_network_is_replaced_and_so_is_its_report(interrupted, capsys):
    words = ["--save", "m.json", "--report", "r.html"]
    assert main(["train", "moons", "--epochs", "1", "--learning-rate", "1e-9", *words]) == 0
    old = whole("m.json")
    capsys.readouterr()
    status, output, errors = interrupted(300, *words)
    assert status == 130
    assert output.endswith("saved: m.json, r.html\n")
    assert len(errors.splitlines()) == 1
    assert whole("m.json") > old
    assert "Stopped by Ctrl-C" in Path("r.html").read_text(encoding="utf-8")
    assert names() == ["m.json", "r.html"]


@pytest.mark.usefixtures("temporary")
def test_an_earlier_part_of_the_same_run_is_its_own_to_replace(interrupted):
    words = ["--save", "m.json", "--optimizer", "adam", "--learning-rate", "2"]  # which is too large to get better
    for step in (25, 45, 395, 25):
        _, output, errors = interrupted(step, *words)
        replaced = output.endswith("saved: m.json\n")
        assert replaced or "stays as it was" in errors
        if step > 25:
            assert replaced
    assert not replaced
    assert load_with_notes("m.json")[1]["training"]["epochs"] == 39


@pytest.mark.usefixtures("temporary")
def test_where_there_is_no_old_file_the_name_is_as_asked(interrupted):
    Path("m.json").touch()
    status, output, _ = interrupted(30, "--save", "m.json", "--report", "r.html")
    assert (status, output.splitlines()[-1]) == (130, "saved: m.json, r.html")


@pytest.mark.usefixtures("temporary")
def test_another_kind_of_network_cannot_be_compared_and_stays(interrupted, capsys):
    assert main(["train", "xor", "--epochs", "3", "--save", "m.json"]) == 0
    capsys.readouterr()
    before = Path("m.json").read_bytes()
    _, _, errors = interrupted(30, "--save", "m.json")
    assert "m.json stays as it was: it has other features or classes, and cannot be compared" in errors
    saving.save(load_classifier("m.json")[0].network, "m.json")
    _, _, errors = interrupted(30, "--save", "m.json")
    assert "m.json stays as it was: it cannot be compared: " in errors
    Path("m.json").write_bytes(before)


@pytest.mark.usefixtures("temporary")
def test_regressions_are_compared_by_their_error(interrupted, capsys):
    rows = "x,y,price\n" + "".join(f"{n % 7},{n % 5},{3 * (n % 7) - n % 5 + 100}\n" for n in range(200))
    Path("p.csv").write_text(rows, encoding="utf-8")
    words = ["p.csv", "--task", "regression", "--save", "m.json"]
    assert main(["train", *words, "--epochs", "30"]) == 0
    capsys.readouterr()
    _, output, errors = interrupted(3, *words, "--seed", "3", data=())
    assert output.endswith("saved: m.unfinished.json\n")
    error = r"its root mean squared error on the 40 held out is ([\d.e-]+), that of the new one ([\d.e-]+)"
    old, new = map(float, re.search(error, errors).groups())
    assert old < new
    assert main(["train", *words, "--epochs", "1", "--learning-rate", "1e-9"]) == 0
    capsys.readouterr()
    _, output, _ = interrupted(200, *words, data=())
    assert output.endswith("saved: m.json\n")


@pytest.mark.usefixtures("temporary")
@pytest.mark.parametrize("presses", [1, 2])
def test_before_the_first_step_there_is_nothing_to_save(interrupted, presses):
    status, output, errors = interrupted(1, "--save", "m.json", "--report", "r.html", presses=presses)
    assert status == 130
    assert "saved" not in output
    assert errors == "scalarnn: stopped by Ctrl-C after 0 epochs; nothing was learned, and nothing is saved\n"
    assert names() == []


@pytest.mark.usefixtures("temporary")
def test_a_loss_that_runs_away_spares_a_better_network_too(capsys):
    rows = ["1,2,a", "2,1,b"] * 20
    Path("d.csv").write_text("x,y,c\n" + "\n".join(rows), encoding="utf-8")
    assert main(["train", "d.csv", "--save", "m.json"]) == 0
    before = Path("m.json").read_bytes()
    words = ["--optimizer", "gradient_descent", "--learning-rate", "1e3", "--half-l2", "1", "--batch", "40"]
    assert main(["train", "d.csv", *words, "--epochs", "500", "--save", "m.json"]) == 1
    output, errors = capsys.readouterr()
    assert Path("m.json").read_bytes() == before
    assert output.endswith("saved: m.unfinished.json\n")
    assert "m.json stays as it was: " in errors


@pytest.mark.usefixtures("temporary")
def test_ctrl_c_that_nobody_in_the_loop_hears_loses_nothing(monkeypatch, capsys):
    from scalarnn import training

    real = training.train

    def late(*arguments, **settings):
        real(*arguments, **settings)
        signal.raise_signal(signal.SIGINT)  # after its last step, before its return

    monkeypatch.setattr(training, "train", late)
    assert main([*QUICK, "--save", "m.json"]) == 130
    assert "saved what was learned: m.json" in capsys.readouterr().err
    assert whole("m.json") > 0.7


@pytest.mark.parametrize("wait", [0.03, 0.06, 0.1, 0.15])
def test_ctrl_c_at_any_time_twice(started, scalarnn, tmp_path, wait):
    assert scalarnn(*QUICK, "--save", "m.json").returncode == 0
    before = (tmp_path / "m.json").read_bytes()
    process = started("train", "digits", "--epochs", "1", "--save", "m.json")
    time.sleep(wait)
    for _ in range(2):
        process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode in (130, -signal.SIGINT, 1)  # before there is anybody to hear it, Python ends itself
    assert (tmp_path / "m.json").read_bytes() == before
    if process.returncode == 130:
        assert "Traceback" not in errors
    assert [name for name in names(tmp_path) if name.endswith(".tmp")] == []


# ---- disks that are full ---------------------------------------------------------------------------------------------


def refusing(monkeypatch, *names):
    """Files of these names cannot be written, wherever they are."""
    real = saving.write_whole

    def write(path, data):
        if any(str(path).endswith(name) for name in names):
            raise OSError(errno.ENOSPC, "No space left on device")
        real(path, data)

    monkeypatch.setattr(saving, "write_whole", write)


def test_a_full_disk_sends_the_network_to_the_temporary_folder(monkeypatch, temporary, capsys):
    assert main([*QUICK, "--save", "m.json"]) == 0
    before = Path("m.json").read_bytes()
    refusing(monkeypatch, "work/m.json", "work/r.html")
    monkeypatch.setattr(keeping, "write_output", lambda path, data: saving.write_whole(Path(path).resolve(), data))
    assert main([*QUICK, "--seed", "1", "--save", "m.json", "--report", "r.html"]) == 2
    _, errors = capsys.readouterr()
    assert len(errors.splitlines()) == 1
    found = re.findall(r"(\w\.\w+) could not be written: No space left on device; it is in (\S+) instead", errors)
    assert [name for name, _ in found] == ["m.json", "r.html"]
    assert whole(found[0][1]) >= 0.5
    for _, path in found:
        assert Path(path).is_relative_to(temporary)
        assert Path(path).parent.stat().st_mode & 0o077 == 0  # nobody else's
    assert Path("m.json").read_bytes() == before
    assert names() == ["m.json"]


@pytest.mark.usefixtures("temporary")
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full")
@pytest.mark.parametrize(("option", "name"), [("--save", "model.json"), ("--report", "report.html")])
def test_a_device_that_is_full(capsys, option, name):
    assert main([*QUICK, option, "/dev/full"]) == 2
    output, errors = capsys.readouterr()
    assert "at the end" in output
    problem = rf"scalarnn: /dev/full could not be written: No space left on device; it is in (\S+/{name}) instead\n"
    assert Path(re.fullmatch(problem, errors).group(1)).stat().st_size > 1000


def limited(folder, words, size, **options):
    """Run it where no file may be larger than this."""
    return subprocess.run(
        [sys.executable, "-S", "-m", "scalarnn", *words],
        cwd=folder,
        env=ENVIRONMENT | {"PYTHONDONTWRITEBYTECODE": "1"},  # Python itself would leave cut-off files
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
        **options,
    )


def test_a_network_that_no_file_may_hold_is_printed(scalarnn, tmp_path):
    assert scalarnn(*QUICK, "--save", "m.json").returncode == 0
    before = (tmp_path / "m.json").read_bytes()
    done = limited(tmp_path, [*QUICK, "--seed", "1", "--save", "m.json", "--report", "r.html"], 500)
    assert done.returncode == 2
    assert "m.json could not be written: File too large; nor could a file in the temporary folder" in done.stderr
    assert "r.html could not be written: File too large" in done.stderr
    assert (tmp_path / "m.json").read_bytes() == before
    network, notes = saving.from_text(done.stdout[done.stdout.index("{\n") :])
    assert (len(network.layers), notes["training"]["settings"]["seed"]) == (2, 1)
    done = limited(tmp_path, [*QUICK, "--seed", "1", "--save", "m.json", "--json"], 500)
    network, _ = saving.from_text(json.dumps(json.loads(done.stdout)["model"]))
    assert len(network.layers) == 2
    assert names(tmp_path) == ["m.json"]


def test_no_compiled_module_is_cut_off(tmp_path):
    """A copy of the package, whose modules are compiled for the first time under the limit."""
    import shutil

    shutil.copytree(ROOT / "scalarnn", tmp_path / "scalarnn", ignore=shutil.ignore_patterns("__pycache__"))
    there = ENVIRONMENT | {"PYTHONPATH": str(tmp_path)}
    command = [sys.executable, "-S", "-m", "scalarnn"]
    subprocess.run([*command, "--version"], env=there, cwd=tmp_path, check=True, capture_output=True)
    run = {"env": there, "cwd": tmp_path, "capture_output": True, "text": True, "check": False}
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500))  # noqa: E731
    first = subprocess.run([*command, *QUICK, "--report", "r.html"], preexec_fn=limit, **run)
    assert "r.html could not be written: File too large" in first.stderr
    assert subprocess.run([*command, *QUICK, "--report", "r.html"], **run).stderr == ""


def test_a_report_that_is_too_large_costs_no_network(tmp_path):
    done = limited(tmp_path, [*QUICK, "--save", "m.json", "--report", "r.html"], 8000)
    assert done.returncode == 2
    assert done.stderr.startswith("scalarnn: r.html could not be written: File too large; ")
    assert done.stderr.endswith("; saved: m.json\n")
    assert whole(tmp_path / "m.json") > 0.5
    assert names(tmp_path) == ["m.json"]


# ---- asking for another place ----------------------------------------------------------------------------------------


def asked(folder, temporary, says):
    """Train into /dev/full at a terminal, and answer each question: the exit code, what was shown."""
    import pty

    parent, child = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-S", "-m", "scalarnn", *QUICK, "--save", "/dev/full"],
        cwd=folder,
        env=ENVIRONMENT | {"TMPDIR": str(temporary)},
        stdin=child,
        stdout=subprocess.DEVNULL,
        stderr=child,
        start_new_session=True,
    )
    os.close(child)
    shown = ""
    answers = list(says)
    while True:
        try:
            piece = os.read(parent, 4096).decode()
        except OSError:
            break
        if not piece:
            break
        shown += piece
        if piece.rstrip(" ").endswith("stays there):") and answers:
            answer = answers.pop(0)
            if answer is None:
                process.send_signal(signal.SIGINT)
            else:
                os.write(parent, answer.encode() + b"\n")
    os.close(parent)
    return process.wait(timeout=60), shown.replace("\r\n", "\n")


def test_somebody_at_the_terminal_names_another_place(temporary):
    Path("mine.txt").write_text("my notes", encoding="utf-8")
    status, shown = asked(Path.cwd(), temporary, ["/dev/full", "mine.txt", "nowhere/m.json", "other.json"])
    assert status == 0
    assert "/dev/full could not be written: No space left on device. It is in " in shown
    assert "mine.txt: there is a file, and it is no saved network: choose another name" in shown
    assert "there is no folder nowhere" in shown
    assert Path("mine.txt").read_text(encoding="utf-8") == "my notes"
    assert whole("other.json") > 0.5
    assert names(temporary) == []  # no copy is left behind


@pytest.mark.parametrize("says", [[""], [None]], ids=["nothing", "Ctrl-C"])
def test_somebody_who_names_none_finds_it_in_the_temporary_folder(temporary, says):
    status, shown = asked(Path.cwd(), temporary, says)
    assert status == 2
    path = re.search(r"; it is in (\S+) instead\n", shown).group(1)
    assert Path(path).is_relative_to(temporary)
    assert whole(path) > 0.5


# ---- standard output -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["-", "/dev/stdout"])
def test_the_network_alone_goes_to_standard_output(scalarnn, tmp_path, place):
    done = scalarnn(*QUICK, "--save", place)
    assert done.returncode == 0
    assert scalarnn(*QUICK, "--save", "m.json").returncode == 0
    assert done.stdout == (tmp_path / "m.json").read_text(encoding="utf-8")
    assert "at the end" in done.stderr  # what is said for people goes there
    assert done.stderr.endswith("saved: standard output\n")
    done = scalarnn(*QUICK, "--save", place, "--quiet")
    assert (done.returncode, done.stderr) == (0, "")
    assert names(tmp_path) == ["m.json"]


def test_so_does_a_report(scalarnn, tmp_path):
    done = scalarnn(*QUICK, "--report", "-")
    assert scalarnn(*QUICK, "--report", "r.html").returncode == 0
    assert done.stdout == (tmp_path / "r.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "words", [["--save", "-", "--report", "-"], ["--save", "-", "--json"], ["--report", "/dev/stdout", "--json"]]
)
def test_standard_output_takes_one_thing(scalarnn, words):
    done = scalarnn(*QUICK, *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith(": standard output takes one of them\n")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("ending", ["> /dev/full", ">&-", "| true"])
def test_a_standard_output_that_takes_nothing(temporary, ending):
    """The network is in the temporary folder; a pipe may be closed later than it is written."""
    command = shlex.join([sys.executable, "-S", "-m", "scalarnn", *QUICK, "--quiet", "--save", "-"])
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command} {ending}"],
        cwd=Path.cwd(),
        env=ENVIRONMENT | {"TMPDIR": str(temporary)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 2
    path = re.fullmatch(
        r"scalarnn: standard output could not be written: .+; it is in (\S+) instead\n", done.stderr
    ).group(1)
    assert whole(path) > 0.5


def test_a_pipe_is_written_to(scalarnn, tmp_path):
    command = shlex.join([sys.executable, "-S", "-m", "scalarnn", *QUICK, "--quiet"])
    done = subprocess.run(
        ["bash", "-c", f"{command} --save >(cat > m.json) && {command} --save >(cat > n.json) && sleep 0.5"],
        cwd=tmp_path,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert scalarnn(*QUICK, "--save", "p.json").returncode == 0
    assert (
        (tmp_path / "m.json").read_bytes() == (tmp_path / "n.json").read_bytes() == (tmp_path / "p.json").read_bytes()
    )


def test_a_pipe_that_nobody_reads_is_no_reason_to_wait(temporary, capsys):
    os.mkfifo("f")
    assert main([*QUICK, "--quiet", "--save", "f"]) == 2
    assert "f could not be written: No such device or address; it is in " in capsys.readouterr().err
    assert load_with_notes(next(temporary.glob("*/model.json")))[1]["training"]["data"] == "moons"
