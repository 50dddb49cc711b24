"""Commands on a page are run for real, and a command that ends otherwise than the page says stops the build."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("pymdownx", reason="install the extra 'docs'")

from docs.extensions.errors import BookError
from docs.extensions.terminal import block, folder, in_folder, trained, typed


def test_a_command_stands_above_what_it_writes() -> None:
    text = typed("train xor --epochs 2 --save xor.json")
    assert text.startswith("$ python3 -m scalarnn train xor --epochs 2 --save xor.json\ndata ")
    assert text.endswith("saved: xor.json\n")
    assert (folder() / "xor.json").is_file()


def test_the_training_itself_comes_with_its_text() -> None:
    text, done = trained("train xor --epochs 3")
    assert len(done.history.epochs) == 3
    assert f"{done.figures[0].loss:.4g}" in text
    _, other = trained("train xor --epochs 4")
    assert len(other.history.epochs) == 4


def test_errors_are_shown_if_they_are_expected() -> None:
    assert "no such file" in typed("train nowhere.csv", code=2)
    with pytest.raises(BookError, match="exit code 2, expected 0"):
        typed("train nowhere.csv")
    with pytest.raises(BookError, match="exit code 0, expected 1"):
        typed("train xor --epochs 1", code=1)


def test_a_command_reads_what_a_block_wrote() -> None:
    with in_folder():
        Path("given.csv").write_text("x,y,kind\n" + "0,1,a\n1,0,b\n" * 10, encoding="utf-8")
    assert "20 samples, 2 features, 2 classes" in typed("train given.csv --epochs 1")


def test_a_long_text_is_cut() -> None:
    assert block("one\ntwo\nthree\n", most=2) == "```text\none\ntwo\n…\n```\n"
    assert block("one\ntwo", most=2) == "```text\none\ntwo\n```\n"
