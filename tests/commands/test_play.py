"""`play` from the command line: one page, or one line that says why not."""

from pathlib import Path

import pytest

from scalarnn.cli import main

EXERCISE = """\
title = "Two inputs"
x = [1, 2]
y = [1]
loss = "half squared error"
learning_rate = 0.5
[[layer]]
W = [[0.5, -1]]
b = [0.25]
activation = "sigmoid"
"""


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("homework.toml").write_text(EXERCISE, encoding="utf-8")
    Path("notes.html").write_text("my notes", encoding="utf-8")


def test_a_page_is_written_and_written_again(capsys):
    for _ in range(2):
        assert main(["play", "homework.toml"]) == 0
        assert capsys.readouterr().out == "homework.html: open it in a browser\n"
    text = Path("homework.html").read_text(encoding="utf-8")
    assert "<title>Two inputs</title>" in text
    assert "<scalar-player" in text


def test_other_numbers_and_the_gallery_and_standard_output(capsys):
    assert main(["play", "homework.toml", "--set", "x=[3, 4]", "-o", "-"]) == 0
    assert '"x":[3.0,4.0]' in capsys.readouterr().out
    assert main(["play", "mazur", "-o", "m.html"]) == 0
    assert Path("m.html").is_file()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["004-network"], "a player is made of an exercise"),
        (["homework.toml", "--numbers", "fraction"], "the player has floats alone"),
        (["homework.toml", "-o", "notes.html"], "there is a file, and it is no page of the player"),
        (["homework.toml", "-o", "nowhere/x.html"], "there is no folder nowhere"),
        (["nothing.toml"], "nothing.toml"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_writes_nothing(capsys, words, said):
    before = sorted(Path().iterdir())
    assert main(["play", *words]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert said in printed.err
    assert sorted(Path().iterdir()) == before
