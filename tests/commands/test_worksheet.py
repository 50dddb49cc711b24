"""`worksheet` from the command line: two files, or one line that says why not."""

import re

import pytest

from scalarnn.cli import main
from scalarnn.exercise import as_toml, new_exercise, read, values
from scalarnn.worksheets import Worksheets


@pytest.fixture
def homework(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "homework.toml").write_text(as_toml(new_exercise([2, 1])), encoding="utf-8")
    return tmp_path


def said(capsys, words):
    code = main(["worksheet", *words])
    out, err = capsys.readouterr()
    return code, out, err.rstrip("\n")


def test_sheets_and_key_go_to_files_and_replace_their_own(homework, capsys):
    words = ["homework.toml", "-o", "sheet.html", "--key", "key.html", "--variants", "2", "--seed", "7"]
    for _ in range(2):
        assert said(capsys, words) == (0, "", "")
    made = Worksheets(new_exercise([2, 1]), 2, seed=7)
    for name, text in (("sheet.html", made.sheets()), ("key.html", made.key())):
        written = (homework / name).read_text(encoding="utf-8")
        assert re.findall(r'id="(\w+-\w+)"', written) == re.findall(r'id="(\w+-\w+)"', text)
        assert written.endswith("</html>\n")


def test_the_exercise_of_each_sheet_goes_to_a_file_that_check_answer_takes(homework, capsys):
    words = ["homework.toml", "-o", "sheet.html", "--key", "key.html", "--variants", "2", "--files", "."]
    for _ in range(2):
        assert said(capsys, words) == (0, "", "")
    codes = re.findall(r'<article id="([A-Z-]+)"', (homework / "sheet.html").read_text(encoding="utf-8"))
    for code in codes:
        loss = values(read(homework / f"{code}.toml"))["L"]
        assert f"L = {loss:.4g}" in (homework / "key.html").read_text(encoding="utf-8")
        assert main(["check-answer", f"{code}.toml", f"L = {loss:.6f}"]) == 0
    (homework / f"{codes[0]}.toml").write_text("mine", encoding="utf-8")
    capsys.readouterr()
    code, _, err = said(capsys, words)
    assert code == 2
    assert f"{codes[0]}.toml: there is a file, and it is no exercise of that sheet" in err
    assert (homework / f"{codes[0]}.toml").read_text(encoding="utf-8") == "mine"


def test_without_a_file_sheets_are_printed(homework, capsys):  # noqa: ARG001
    code, out, err = said(capsys, ["homework.toml", "--set", "title=Sheet of the day"])
    assert (code, err) == (0, "")
    assert "<h2>Sheet of the day</h2>" in out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["004-network"], "004-network: a worksheet is made of an exercise, FILE.toml, or a saved network, FILE.json"),
        (["homework.toml", "--blank", "gradient"], "--blank 'gradient'; did you mean 'gradients'?"),
        (["homework.toml", "--variants", "0"], "argument --variants: '0': expected a whole number from 1 to 500"),
        (["homework.toml", "--seed", "-1"], "argument --seed: '-1': expected a whole number from 0 to"),
        (["homework.toml", "--set", "steps=2"], "homework.toml: it has 2 steps, and a sheet has room for one"),
        (["homework.toml", "--numbers", "fraction"], "needs exp, whose value is no fraction in general"),
        (["homework.toml", "-o", "homework.toml"], "--output homework.toml: that file is used here already"),
        (["homework.toml", "-o", "a.html", "--key", "a.html"], "--key a.html: that file is used here already"),
        (["homework.toml", "--key", "-"], "--key -: the sheets go there: expected another place"),
        (["homework.toml", "-o", "notes.txt"], "--output notes.txt: there is a file, and it is no worksheet"),
        (["homework.toml", "-o", "key.html"], "--output key.html: there is a file, and it is no worksheet"),
        (["homework.toml", "--files", "nowhere"], "--files nowhere: there is no such folder"),
        (["missing.toml"], "missing.toml: No such file or directory"),
        (["homework.toml", "more"], "worksheet takes one exercise: 'more' is one too many"),
    ],
)
def test_what_is_wrong_is_said_in_one_line_and_nothing_is_written(homework, capsys, words, says):
    (homework / "notes.txt").write_text("mine", encoding="utf-8")
    (homework / "key.html").write_text(Worksheets(new_exercise([1, 1])).key(), encoding="utf-8")
    before = {path.name: path.read_bytes() for path in homework.iterdir()}
    code, out, err = said(capsys, words)
    assert (code, out) == (2, "")
    assert err.startswith("scalarnn: ")
    assert says in err
    assert "\n" not in err
    assert {path.name: path.read_bytes() for path in homework.iterdir()} == before
