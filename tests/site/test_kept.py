"""What a build keeps for the next one: taken only from the same sources, and the book is the same without it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("pymdownx", reason="pymdownx missing; install the extra 'docs'")

from docs.extensions import blocks, kept, terminal
from docs.extensions.kept import WHERE, Kept, print_of

PAGE = """# A page

A formula $z = w x + b$.

```python exec="on" session="kept"
from docs.extensions.proofs import proved

print(proved("layer.forward"))
```

[The code](source/neuron.md#L1), and [more of it](source/layer.md#L1).
"""

Build = Callable[[str], subprocess.CompletedProcess[str]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(WHERE, str(tmp_path / "kept"))
    return tmp_path / "kept"


def keep(made_of: str, **answers: str) -> Kept:
    found = Kept("words", made_of)
    found.update(answers)
    found.write()
    return Kept("words", made_of)


def test_answers_are_there_for_the_next_build(folder: Path) -> None:
    assert keep("abc", question="answer") == {"question": "answer"}
    assert [path.name for path in folder.iterdir()] == ["words.json"]


def test_other_sources_take_nothing_and_replace_it(folder: Path) -> None:  # noqa: ARG001
    keep("abc", question="answer")
    assert Kept("words", "abd") == {}
    assert keep("abd", other="answer") == {"other": "answer"}
    assert Kept("words", "abc") == {}


@pytest.mark.parametrize("damage", ["", "[]", "{}", '{"made_of": "abc"}', '{"made_of": "abc", "answers": 3}', "{"])
def test_what_is_damaged_is_not_taken(folder: Path, damage: str) -> None:
    keep("abc", question="answer")
    (folder / "words.json").write_text(damage)
    assert Kept("words", "abc") == {}


def test_nothing_is_read_or_written_where_nobody_wants_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep("abc", question="answer")
    monkeypatch.setenv(WHERE, "no")
    monkeypatch.chdir(folder)
    assert keep("abc", other="answer") == {}
    assert not Path("no").exists()
    assert [path.name for path in folder.iterdir()] == ["words.json"]


def test_every_byte_every_name_and_every_tool_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "ROOT", tmp_path)
    for name, text in {"a.py": "x", "b.py": "y", "c.py": "x"}.items():
        (tmp_path / name).write_text(text)
    a, b, c = (tmp_path / name for name in ("a.py", "b.py", "c.py"))
    prints = [print_of(files, ["sympy"]) for files in ([], [a], [c], [a, b], [b, c])]
    prints += [print_of([a], []), print_of([a], ["pygments"])]
    assert len(set(prints)) == len(prints)
    assert print_of([b, a], ["sympy"]) == print_of([a, b], ["sympy"])
    a.write_text("z")
    assert print_of([a], ["sympy"]) not in prints


def page(tmp_path: Path) -> str:
    return (tmp_path / "site" / "index.html").read_text(encoding="utf-8")


def test_the_book_is_the_same_without_what_is_kept(
    build_page: Build, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The witness: an answer that has been tampered with shows, so it was read, and the comparison would see it."""
    pages = []
    for where in (str(folder), str(folder), "no"):
        monkeypatch.setenv(WHERE, where)
        assert build_page(PAGE).returncode == 0
        pages.append(page(tmp_path))
    assert "proved" in pages[0]
    assert pages[0] == pages[1] == pages[2]
    monkeypatch.setenv(WHERE, str(folder))
    for kind, right, wrong in (
        ("blocks", "**proved**: ", "**proved**: 17 and "),
        ("proofs", "proved: ", "proved: 18 and "),
        ("formulas", "z equals", "z is"),
    ):
        file = folder / f"{kind}.json"
        text = file.read_text(encoding="utf-8")
        assert json.loads(text)["answers"]
        file.write_text(text.replace(right, wrong), encoding="utf-8")
        if kind == "blocks":
            assert build_page(PAGE).returncode == 0
            assert ": 17 and " in page(tmp_path)
            file.unlink()  # so that the block asks for the proof again
    assert build_page(PAGE).returncode == 0
    assert ": 18 and " in page(tmp_path)
    assert "z is w x plus b" in page(tmp_path)


def test_a_block_runs_when_a_later_one_needs_what_it_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As over several builds: what is kept is not run, until something new asks for its names or its files."""
    first = "from docs.extensions.terminal import folder\n(folder() / 'f').write_text('7')\nn = 6\nprint(n)"
    third = "print(n * int((folder() / 'f').read_text()))"

    def build(*codes: str) -> tuple[list[str], int]:
        blocks.SESSIONS.clear()
        written = [blocks.run(code, session="a") for code in codes]
        ran = blocks.SESSIONS["a"].ran
        blocks.SESSIONS.clear()
        return written, ran

    answers = Kept("blocks", "abc")
    monkeypatch.setattr(blocks, "_kept", lambda: answers)
    assert build(first, "n += 1") == (["6\n", ""], 2)
    assert build(first, "n += 1") == (["6\n", ""], 0)
    assert build(first, "n += 1", third) == (["6\n", "", "49\n"], 3)
    assert build("n = 5", "n += 1") == (["", ""], 2)
    assert folder.name == "kept"


def test_a_session_does_not_find_the_files_of_another() -> None:
    with terminal.session("a"):
        (terminal.folder() / "f").write_text("1")
    with terminal.session("b"):
        assert not (terminal.folder() / "f").exists()
    with terminal.session("a"):
        assert (terminal.folder() / "f").exists()
