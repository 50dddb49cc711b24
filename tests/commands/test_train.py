"""train: what it says, what it writes, every wrong call, every way to end."""

import errno
import json
import os
import re
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scalarnn import saving
from scalarnn.classifier import load_classifier
from scalarnn.cli import main
from scalarnn.commands.recipes import NAMES
from scalarnn.saving import load_with_notes
from tests.commands.conftest import ENVIRONMENT

QUICK = ["train", "xor", "--epochs", "20"]


# ---- what it says ----------------------------------------------------------------------------------------------------


def test_settings_then_epochs_then_figures(scalarnn):
    done = scalarnn("train", "penguins", "--epochs", "3")
    assert (done.returncode, done.stderr) == (0, "")
    blocks = done.stdout.split("\n\n")
    assert len(blocks) == 4
    assert blocks[0].splitlines() == [
        "data       penguins: 342 samples, 4 features, 3 classes",
        "parts      274 samples to learn from, 68 held out",
        "network    4-8-3, relu, 67 parameters; softmax cross entropy",
        "optimizer  adam, learning rate 0.01",
        "training   3 epochs in batches of 16, seed 0",
    ]
    epochs = blocks[1].splitlines()
    assert epochs[0].split() == ["epoch", "loss", "accuracy", "held", "out", "loss", "accuracy"]
    assert [line.split()[0] for line in epochs[1:]] == ["1", "2", "3"]
    end = blocks[2].splitlines()
    classes = [line.split() for line in blocks[3].splitlines()]
    assert classes[0] == ["class", "right", "of"]
    assert [row[0] for row in classes[1:]] == ["Adelie", "Chinstrap", "Gentoo"]
    n_right, n = sum(int(row[1]) for row in classes[1:]), sum(int(row[2]) for row in classes[1:])
    assert end[2].endswith(f"{n_right} of {n}")
    assert n == 68
    assert f"{100 * n_right / n:.1f} %" in end[2]


def test_the_table_of_epochs_is_short_and_has_both_ends(scalarnn):
    rows = scalarnn("train", "xor", "--epochs", "100").stdout.split("\n\n")[1].splitlines()
    assert len(rows) == 1 + 12
    assert rows[1].split()[0] == "1"
    assert rows[-1].split()[0] == "100"


def test_many_layers_are_shown_by_their_ends(scalarnn):
    sizes = ",".join(["2", *"3" * 40, "1"])
    done = scalarnn("train", "xor", "--layers", sizes, "--epochs", "1")
    assert (done.returncode, done.stderr) == (0, "")
    assert "network    2-3-3-3-3-3-…-3-3-1 of 41 layers, tanh, " in done.stdout
    done = scalarnn("train", "digits", "--layers", sizes)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--layers 2,3,3,3,3,3,…,3,3,1: digits has 64 features: expected 64,3,3,3,3,3,…,3,3,10" in done.stderr


def test_lines_fit_on_a_terminal(scalarnn):
    for line in scalarnn("train", "penguins", "--epochs", "2", "--patience", "2").stdout.splitlines():
        assert len(line) < 80


def test_json_is_one_object_with_the_same_figures(scalarnn):
    words = ["train", "penguins", "--epochs", "4"]
    done = scalarnn(*words, "--json")
    data = json.loads(done.stdout)
    assert data["command"] == "scalarnn train penguins --epochs 4"
    assert data["settings"]["sizes"] == [4, 8, 3]
    assert len(data["history"]["loss"]) == 4
    said = scalarnn(*words).stdout
    assert f"{data['figures']['held_out']['loss']:.4g}" in said
    assert f"{100 * data['figures']['learned']['accuracy']:.1f} %" in said


def test_quiet_says_nothing(scalarnn, tmp_path):
    done = scalarnn(*QUICK, "--quiet", "--save", "m.json")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / "m.json").exists()


@pytest.mark.parametrize("name", NAMES)
def test_every_data_set_has_a_recipe_that_runs(scalarnn, name):
    done = scalarnn("train", name, "--epochs", "1")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"data       {name}: ")


def test_same_call_same_bytes(scalarnn, tmp_path):
    words = ["train", "moons", "--epochs", "5", "--samples", "20"]
    said = []
    for k in (1, 2):
        (tmp_path / f"{k}").mkdir()
        done = scalarnn(*words, "--save", f"{k}/m.json", "--report", f"{k}/r.html")
        said.append(done.stdout.replace(f"{k}/", ""))
    assert said[0] == said[1]
    for name in ("m.json", "r.html"):
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()
    other = scalarnn(*words, "--seed", "1")
    assert other.stdout.splitlines()[6:] != said[0].splitlines()[6:]


def test_a_progress_line_on_a_terminal_and_the_time_apart_from_the_figures(tmp_path):
    import pty

    parent, child = pty.openpty()
    words = [sys.executable, "-S", "-m", "scalarnn", "train", "penguins", "--epochs", "15"]
    process = subprocess.Popen(words, cwd=tmp_path, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=child, text=True)
    os.close(child)
    written = b""
    while True:
        try:
            piece = os.read(parent, 4096)
        except OSError:
            break
        if not piece:
            break
        written += piece
    os.close(parent)
    output, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "epoch 15/15" in written.decode()
    assert re.search(r"took \d+\.\d s", written.decode())
    assert "took" not in output


# ---- what it writes --------------------------------------------------------------------------------------------------


def test_a_saved_model_has_what_predict_needs(scalarnn, tmp_path):
    done = scalarnn("train", "penguins", "--epochs", "3", "--save", "m.json")
    assert done.stdout.splitlines()[-1] == "saved: m.json"
    classifier, notes = load_classifier(tmp_path / "m.json")
    assert classifier.class_names == ["Adelie", "Chinstrap", "Gentoo"]
    assert classifier.feature_names[0] == "bill_length_mm"
    assert classifier.label_name == "species"
    assert 40 < classifier.means[0] < 50
    assert notes["training"]["command"] == "scalarnn train penguins --epochs 3"
    assert notes["training"]["settings"]["seed"] == 0


def test_the_command_in_the_file_does_it_again(scalarnn, tmp_path):
    words = ["train", "moons", "--optimizer", "momentum", "--l2", "0.001", "--epochs", "3", "--samples=20"]
    scalarnn(*words, "--save", "a.json", "--report=r.html", "--quiet")
    command = load_with_notes(tmp_path / "a.json")[1]["training"]["command"].split()
    assert command == ["scalarnn", *words]
    scalarnn(*command[1:], "--save", "b.json")
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()


def test_an_old_model_is_replaced_and_other_files_are_not(scalarnn, tmp_path):
    assert scalarnn(*QUICK, "--save", "m.json").returncode == 0
    first = (tmp_path / "m.json").read_bytes()
    assert scalarnn(*QUICK, "--seed", "1", "--save", "m.json").returncode == 0
    assert (tmp_path / "m.json").read_bytes() != first
    for option, name in (("--save", "notes.txt"), ("--report", "page.html"), ("--report", "m.json")):
        if not (tmp_path / name).exists():
            (tmp_path / name).write_text("<!doctype html> my own")
        before = (tmp_path / name).read_bytes()
        done = scalarnn(*QUICK, option, name)
        assert done.returncode == 2
        assert "choose another name" in done.stderr
        assert done.stdout == ""  # found before the training
        assert (tmp_path / name).read_bytes() == before
    (tmp_path / "empty.json").touch()
    assert scalarnn(*QUICK, "--save", "empty.json").returncode == 0


def test_a_report_is_replaced_by_a_report(scalarnn, tmp_path):
    for seed in ("0", "1"):
        assert scalarnn(*QUICK, "--seed", seed, "--report", "r.html").returncode == 0
    assert "--seed 1" in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_a_folder_without_the_right_to_write(monkeypatch, capsys, tmp_path):
    def refuse(*_, **__):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert main([*QUICK, "--save", str(tmp_path / "m.json")]) == 2
    output, errors = capsys.readouterr()
    assert (output, errors) == ("", f"scalarnn: --save {tmp_path / 'm.json'}: cannot be written: Permission denied\n")


@pytest.mark.skipif(os.name != "posix", reason="links as POSIX has them")
def test_links_in_a_circle(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("a").symlink_to("b")
    Path("b").symlink_to("a")
    for option in ("--save", "--report"):
        assert main([*QUICK, option, "a"]) == 2
        output, errors = capsys.readouterr()
        assert output == ""
        assert re.fullmatch(rf"scalarnn: {option} a: cannot be written: [^\n]*symbolic links\n", errors)
    assert main(["train", "a", "--save", "m.json"]) == 2  # the data are such a circle
    output, errors = capsys.readouterr()
    assert (output, len(errors.splitlines())) == ("", 1)
    assert errors.startswith("scalarnn: unknown data set 'a'")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


@pytest.mark.parametrize("first", ["m.json", "r.html"])
def test_a_disk_that_is_full_in_the_end_is_said_after_the_figures(monkeypatch, capsys, tmp_path, first):
    real = saving.write_whole

    def refuse(path, data):
        if str(path).endswith(first):
            raise OSError(errno.ENOSPC, "No space left on device")
        real(path, data)

    monkeypatch.setattr(saving, "write_whole", refuse)
    monkeypatch.chdir(tmp_path)
    assert main([*QUICK, "--save", "m.json", "--report", "r.html"]) == 2
    output, errors = capsys.readouterr()
    assert "learned from" in output
    assert errors.startswith(f"scalarnn: {first} could not be written: No space left on device")
    assert (tmp_path / "m.json").exists() == (first == "r.html")
    assert ("saved: m.json" in errors) == (first == "r.html")


def test_a_pipe_that_is_closed_loses_no_model(tmp_path):
    command = f"{sys.executable} -S -m scalarnn train xor --epochs 20 --save m.json | head -n 1"
    done = subprocess.run(
        ["bash", "-c", command], cwd=tmp_path, env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert done.stdout == "data       xor: 4 samples, 2 features, 2 classes\n"
    deadline = time.monotonic() + 20
    while not (tmp_path / "m.json").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert load_classifier(tmp_path / "m.json")[0].single_output


def test_a_full_disk_under_standard_output_is_one_line(tmp_path):
    with open("/dev/full", "w") as full:  # noqa: PTH123
        done = subprocess.run(
            [sys.executable, "-S", "-m", "scalarnn", *QUICK],
            cwd=tmp_path,
            env=ENVIRONMENT,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


def closed(folder, streams, *words):
    """Run it with standard streams closed, as a shell does it."""
    command = shlex.join([sys.executable, "-S", "-W", "error", "-m", "scalarnn", *words])
    return subprocess.run(
        ["bash", "-c", f"{command} {streams}"],
        cwd=folder,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize("streams", [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_closed_streams_lose_no_model(scalarnn, tmp_path, models, streams):
    done = closed(tmp_path, streams, *QUICK, "--save", "m.json", "--report", "r.html")
    assert (done.returncode, done.stderr) == (0, "")
    assert (done.stdout == "") == (">&-" in streams.replace("2>&-", ""))
    assert scalarnn(*QUICK, "--save", "n.json", "--report", "s.html").returncode == 0
    assert (tmp_path / "m.json").read_bytes() == (tmp_path / "n.json").read_bytes()
    assert (tmp_path / "r.html").read_bytes() == (tmp_path / "s.html").read_bytes()
    (tmp_path / "d.csv").write_text("x0,x1\n1,2\n", encoding="utf-8")
    model = str(models / "xor.json")
    for words in (["predict", model, "d.csv"], ["check", model], ["examples"], ["errata"], ["--help"]):
        done = closed(tmp_path, streams, *words)
        assert (done.returncode, done.stderr) == (0, "")
    done = closed(tmp_path, streams, "predict", model, "nothing.csv")
    assert (done.returncode, done.stdout) == (2, "")  # and no error among what is read


# ---- ways to end -----------------------------------------------------------------------------------------------------


def interrupted(started, *words, after=1.5):
    process = started("train", *words)
    assert process.stdout.readline().startswith("data ")
    time.sleep(after)
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=60)
    return process.returncode, output, errors


def test_ctrl_c_keeps_what_was_learned(started, tmp_path):
    words = ["moons", "--epochs", "100000", "--save", "m.json", "--report", "r.html"]
    status, output, errors = interrupted(started, *words)
    assert status == 130
    assert "saved: m.json, r.html" in output
    assert re.search(r"^stopped by Ctrl-C after \d+ epochs", output, re.MULTILINE)
    assert errors.startswith("scalarnn: stopped by Ctrl-C after ")
    assert errors.endswith("saved what was learned: m.json, r.html\n")
    assert len(errors.splitlines()) == 1
    assert load_with_notes(tmp_path / "m.json")[1]["training"]["stopped"] == "interrupted"
    assert "Stopped by Ctrl-C" in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_ctrl_c_pressed_again_and_again_loses_nothing(started, tmp_path):
    process = started("train", "moons", "--epochs", "100000", "--save", "m.json", "--report", "r.html")
    assert process.stdout.readline().startswith("data ")
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    for _ in range(40):
        time.sleep(0.01)
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode == 130
    assert load_with_notes(tmp_path / "m.json")[1]["training"]["stopped"] == "interrupted"


def test_ctrl_c_with_nothing_to_save(started):
    status, _, errors = interrupted(started, "xor", "--epochs", "10000000")
    assert status == 130
    assert errors.endswith("nothing was to be saved\n")


@pytest.mark.parametrize("attempt", range(3))
def test_a_kill_leaves_the_old_model_whole(started, scalarnn, tmp_path, attempt):
    assert scalarnn(*QUICK, "--save", "m.json").returncode == 0
    before = (tmp_path / "m.json").read_bytes()
    process = started(*QUICK, "--seed", "1", "--save", "m.json")
    time.sleep(0.05 + 0.1 * attempt)
    process.kill()
    process.communicate(timeout=60)
    after = (tmp_path / "m.json").read_bytes()
    assert load_classifier(tmp_path / "m.json")[0].class_names == ["0", "1"]
    assert after == before or b'"seed": 1' in after


def test_a_loss_that_runs_away(scalarnn, tmp_path):
    done = scalarnn("train", "penguins", "--learning-rate", "1e200", "--save", "m.json")
    assert done.returncode == 1
    assert done.stderr.startswith("scalarnn: epoch 1, batch 2: the loss is not finite")
    assert "Likely cause: too large a learning rate" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "m.json").exists()  # nothing was learned


def test_a_loss_that_runs_away_later_saves_the_last_good_epoch(scalarnn, tmp_path):
    rows = ["1,2,a", "2,1,b"] * 20
    (tmp_path / "d.csv").write_text("x,y,c\n" + "\n".join(rows), encoding="utf-8")
    words = ["--optimizer", "gradient_descent", "--learning-rate", "1e3", "--half-l2", "1", "--batch", "40"]
    done = scalarnn("train", "d.csv", *words, "--epochs", "500", "--save", "m.json", "--report", "r.html")
    assert done.returncode == 1
    assert "the loss is not finite" in done.stderr
    kept = re.search(r"those of epoch (\d+) again", done.stderr)
    assert kept
    assert int(kept.group(1)) > 1
    assert "saved: m.json, r.html" in done.stdout
    assert load_with_notes(tmp_path / "m.json")[1]["training"]["stopped"] == "non-finite loss"
    assert "the loss is not finite" in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_patience_stops_early_and_keeps_the_best(scalarnn):
    done = scalarnn("train", "moons", "--patience", "3", "--epochs", "2000", "--learning-rate", "0.2", "--json")
    data = json.loads(done.stdout)
    assert data["stopped"] == "early stop"
    losses = data["history"]["validation_loss"]
    assert data["kept_epoch"] == 1 + losses.index(min(losses)) == len(losses) - 3
    assert data["settings"]["validation"] == 0.2


# ---- files of one's own ----------------------------------------------------------------------------------------------


def test_a_csv_file(scalarnn, penguins_csv, tmp_path):
    words = ["--label", "species", "--columns", "bill_length_mm,body_mass_g,bill_depth_mm", "--epochs", "10"]
    done = scalarnn("train", str(penguins_csv), *words, "--save", "m.json")
    assert (done.returncode, done.stderr) == (0, "")
    classifier, notes = load_classifier(tmp_path / "m.json")
    assert classifier.feature_names == ["bill_length_mm", "body_mass_g", "bill_depth_mm"]
    assert notes["training"]["figures"]["held_out"]["accuracy"] > 0.9


@pytest.mark.parametrize("sign", [";", "\t"])
def test_a_csv_file_of_another_delimiter(scalarnn, tmp_path, sign):
    lines = ["x,y,c", *(f"{n % 7},{n % 5},{'ab'[n % 7 > 3]}" for n in range(30))]
    (tmp_path / "comma.csv").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "other.csv").write_text("\n".join(lines).replace(",", sign), encoding="utf-8")
    words = ["--epochs", "5", "--quiet", "--save"]
    assert scalarnn("train", "comma.csv", *words, "m.json").returncode == 0
    done = scalarnn("train", "other.csv", *words, "n.json")
    assert (done.returncode, done.stderr) == (0, "")
    expected = (tmp_path / "m.json").read_text().replace("comma.csv", "other.csv")
    expected = expected.replace('"delimiter": ","', f'"delimiter": {json.dumps(sign)}')
    expected = expected.replace("',' between fields", "tabs between fields" if sign == "\t" else "';' between fields")
    assert (tmp_path / "n.json").read_text() == expected
    said = scalarnn("predict", "m.json", "comma.csv")
    for k in (1, 2):
        (tmp_path / f"{k}.csv").write_text("\n".join(lines[2 - k :]).replace(",", sign), encoding="utf-8")
        assert scalarnn("predict", "m.json", f"{k}.csv").stdout.splitlines()[-29:] == said.stdout.splitlines()[-29:]


def test_a_csv_file_without_header_whose_last_column_is_the_class(scalarnn, tmp_path):
    (tmp_path / "d.csv").write_text("".join(f"{n % 7},{n % 2},{n % 2}\n" for n in range(40)), encoding="utf-8")
    assert scalarnn("train", "d.csv", "--epochs", "2", "--save", "m.json").returncode == 0
    classifier, _ = load_classifier(tmp_path / "m.json")
    assert (classifier.label_name, classifier.class_names) == ("column 2", ["0", "1"])
    assert scalarnn("train", "d.csv", "--epochs", "2", "--label", "1", "--save", "m.json").returncode == 0
    assert load_classifier(tmp_path / "m.json")[0].feature_names == ["column 0", "column 2"]


def test_gaps_are_named_or_left_out(scalarnn, tmp_path):
    text = "x,y,c\n1,2,a\n2,NA,b\n" + "1,2,a\n2,1,b\n" * 8
    (tmp_path / "d.csv").write_text(text, encoding="utf-8")
    done = scalarnn("train", "d.csv")
    assert done.returncode == 2
    place, way_out = done.stderr.split(": expected a number; ")
    assert place == "scalarnn: d.csv: line 3, column 'y': missing, 'NA'"
    assert way_out == "--skip-missing leaves such rows out\n"
    assert "17 samples" in scalarnn("train", "d.csv", "--skip-missing", "--epochs", "2").stdout


def test_drawings(scalarnn, tmp_path):
    for word, stroke in (("across", [[0, 255], [0, 0]]), ("down", [[0, 0], [0, 255]])):
        lines = [json.dumps({"word": word, "drawing": [stroke]})] * 10
        (tmp_path / f"{word}.ndjson").write_text("\n".join(lines), encoding="utf-8")
    words = ["across.ndjson", "down.ndjson", "--side", "8", "--epochs", "8", "--save", "m.json", "--report", "r.html"]
    done = scalarnn("train", *words)
    assert (done.returncode, done.stderr) == (0, "")
    classifier, notes = load_classifier(tmp_path / "m.json")
    assert classifier.class_names == ["across", "down"]
    assert classifier.deviations == [255.0] * 64
    assert notes["training"]["figures"]["held_out"]["accuracy"] == 1.0
    said = scalarnn("predict", "m.json", "down.ndjson")
    assert said.stderr == "right: 10 of 10, 100.0 %\n"
    assert said.stdout.startswith("predicted,true,across,down\ndown,down,")
    (tmp_path / "new.ndjson").write_text('{"word": "cat", "drawing": [[[0, 9], [0, 0]]]}\n', encoding="utf-8")
    assert scalarnn("predict", "m.json", "new.ndjson").stdout.startswith("predicted,across,down\nacross,")


def test_bitmaps(scalarnn, tmp_path):
    header = b"{'descr': '|u1', 'fortran_order': False, 'shape': (10, 784)}"
    for word, pixels in (("dark", bytes([250] * 7840)), ("light", bytes(7840))):
        (tmp_path / f"{word}.npy").write_bytes(b"\x93NUMPY\x01\x00" + bytes([len(header), 0]) + header + pixels)
    done = scalarnn("train", "dark.npy", "light.npy", "--epochs", "1", "--layers", "784,2,2", "--samples", "5")
    assert (done.returncode, done.stderr) == (0, "")
    assert "10 samples, 784 features, 2 classes" in done.stdout
    scalarnn("train", "dark.npy", "light.npy", "--epochs", "20", "--layers", "784,2,2", "--save", "m.json", "--quiet")
    assert scalarnn("predict", "m.json", "dark.npy").stderr == "right: 10 of 10, 100.0 %\n"


# ---- wrong calls -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "the following arguments are required: DATASET; see scalarnn train --help"),
        (["digts"], "unknown data set 'digts'; did you mean 'digits'?"),
        (["zzz"], "unknown data set 'zzz'; there are: spiral, vertical, moons, xor, digits, penguins"),
        (["nowhere/data.csv"], "nowhere/data.csv: no such file"),
        (["."], ".: Is a directory"),
        (["\0"], "unknown data set '\\x00'"),
        (["moons", "xor"], "moons is a data set by itself"),
        (["a.csv", "b.csv"], "several files go together only as drawings"),
        (["one.csv"], "one.csv: only one class, 'a'"),
        (["rare.csv"], "rare.csv: class 'b' has 1 sample, too few to learn from and hold out"),
        (["empty.csv"], "empty.csv: no row at all"),
        (["words.csv"], "column 'x': 'p': expected a number; name the columns of the features with --columns"),
        (["prices.csv"], "prices.csv: 150 classes in column 'price': expected at most 100"),
        (["a.csv", "--label", "z"], "label is 'z': no such column among 'x', 'c'"),
        (["a.csv", "--label", "²"], "label is '\\xb2': no such column among 'x', 'c'"),
        (["a.csv", "--label=--5"], "label is '--5': no such column among 'x', 'c'"),
        (["a.csv", "--label", "9" * 5000], "no such column among 'x', 'c'"),
        (["a.csv", "--columns", "q"], "columns[0] is 'q': no such column"),
        (["a.csv", "--columns", "c"], "that is the label"),
        (["huge.csv"], "huge.csv: "),
        (["xor", "--epoch", "3"], "unknown option '--epoch' of train; did you mean '--epochs'?"),
        (["xor", "--epochs"], "argument --epochs: expected one argument"),
        (["xor", "--epochs", "0"], "argument --epochs: '0': expected a whole number from 1 up"),
        (["xor", "--epochs", "1.5"], "argument --epochs: '1.5': expected a whole number from 1 up"),
        (["xor", "--epochs", "-3"], "argument --epochs: "),
        (
            ["xor", "--seed", "4294967296"],
            "argument --seed: '4294967296': expected a whole number from 0 to 4294967295",
        ),
        (["xor", "--learning-rate", "nan"], "argument --learning-rate: 'nan': expected a number above 0"),
        (["xor", "--learning-rate", "fast"], "argument --learning-rate: 'fast': expected a number"),
        (["xor", "--activation", "rleu"], "argument --activation: unknown activation 'rleu'; did you mean 'relu'?"),
        (["xor", "--optimizer", "adm"], "argument --optimizer: unknown optimizer 'adm'; did you mean 'adam'?"),
        (["xor", "--beta", "0.5"], "--beta: adam takes --beta1 and --beta2 and --epsilon"),
        (["xor", "--optimizer", "sgd", "--beta1", "0.5"], "--beta1: gradient_descent takes no such setting"),
        (["xor", "--beta1", "1"], "argument --beta1: '1': expected a share"),
        (["xor", "--l1", "1", "--l2", "1"], "not allowed with argument --l1"),
        (["xor", "--l1", "0"], "argument --l1: '0': expected a number above 0"),
        (["digits", "--layers", "64,9"], "--layers 64,9: digits has 10 classes: expected 64,10"),
        (["digits", "--layers", "9,5,10"], "--layers 9,5,10: digits has 64 features: expected 64,5,10"),
        (["digits", "--layers", "64,5,1"], "--layers 64,5,1: digits has 10 classes: expected 64,5,10"),
        (["xor", "--layers", "2"], "argument --layers: '2': expected at least two numbers"),
        (["xor", "--layers", "2,-1,2"], "argument --layers: "),
        (["xor", "--layers", "2,999999999,2"], "parameters: expected at most 1000000"),
        (["xor", "--layers", ",".join("2" * 1002)], "--layers 2,2,2,2,2,2,…,2,2,2: 1001 layers: expected at most 1000"),
        (["xor", "--test", "1"], "argument --test: '1': expected a share, such as 0.2"),
        (["moons", "--patience", "3", "--validation", "0"], "give it a --validation share above 0"),
        (
            ["digits", "--samples", "3"],
            "goes with spiral, vertical, moons, xor, QuickDraw files, not with digits",
        ),
        (["digits", "--label", "c"], "--label goes with CSV files, not with digits"),
        (["moons", "--classes", "3"], "--classes goes with spiral, vertical, not with moons"),
        (["spiral", "--samples", "100000", "--classes", "100"], "expected at most 1000000 in all"),
        (["spiral", "--samples", "1"], "class '0' has 1 sample"),
        (["xor", "--save", "nowhere/m.json"], "--save nowhere/m.json: there is no folder nowhere"),
        (["xor", "--save", "."], "--save .: that is a folder"),
        (["xor", "--save", ""], "--save : that is a folder"),
        (["xor", "--save", "a\0b"], "cannot be written"),
        (["a.csv", "--save", "a.csv"], "--save a.csv: that file is used here already: choose another name"),
        (["xor", "--save", "m.json", "--report", "./m.json"], "that file is used here already"),
        (["xor", "--json", "--quiet"], "not allowed with argument"),
        (["xor", "--save", "x" * 300], "cannot be written"),
    ],
)
def test_a_wrong_call_gets_one_line_before_anything_is_learned(capsys, tmp_path, monkeypatch, words, message):
    monkeypatch.chdir(tmp_path)
    files = {
        "a.csv": "x,c\n" + "1,a\n2,b\n" * 9,
        "b.csv": "x,c\n" + "1,a\n2,b\n" * 9,
        "one.csv": "x,c\n1,a\n2,a\n",
        "rare.csv": "x,c\n1,a\n2,a\n3,b\n",
        "empty.csv": "",
        "words.csv": "x,c\np,a\nq,b\n",
        "prices.csv": "x,price\n" + "".join(f"{n},{n}\n" for n in range(150)),
        "huge.csv": "x,c\n1e308,a\n-1e308,b\n1e308,a\n-1e308,b\n1.7e308,a\n1.7e308,b\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert main(["train", *words]) == 2
    output, errors = capsys.readouterr()
    assert output == ""
    assert len(errors.splitlines()) == 1
    assert errors.startswith("scalarnn: ")
    assert message in errors
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(files)  # nothing left behind


def test_light_until_it_is_asked():
    code = "import sys; import scalarnn.cli; print(*sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-S", "-c", code], env=ENVIRONMENT, capture_output=True, encoding="utf-8", check=True
    )
    loaded = set(done.stdout.split())
    assert "scalarnn.cli" in loaded
    for heavy in ("scalarnn.training", "scalarnn.worked", "scalarnn.datasets", "scalarnn.svg", "json"):
        assert heavy not in loaded
