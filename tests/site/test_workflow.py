"""The workflow that tests on every supported Python and publishes the book, and the weekly one that looks elsewhere."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.wheels import asked_of

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = ROOT / ".github" / "workflows"
TEXT = (WORKFLOWS / "book.yml").read_text(encoding="utf-8")
ELSEWHERE = (WORKFLOWS / "elsewhere.yml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def jobs() -> dict[str, Any]:
    yaml = pytest.importorskip("yaml", reason="PyYAML missing; install the extra 'docs'")
    found: dict[str, Any] = yaml.safe_load(TEXT)["jobs"]
    return found


def test_tests_run_on_every_supported_python(jobs: dict[str, Any]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    supported = re.findall(r"Python :: (3\.\d+)", "\n".join(project["classifiers"]))
    assert jobs["tests"]["strategy"]["matrix"]["python"] == supported


def test_the_commands_are_those_of_the_readme(jobs: dict[str, Any]) -> None:
    """Both this workflow and .ci/run take the line out of README by the same pattern."""
    (command,) = [step["run"] for step in jobs["tests"]["steps"] if "run" in step]
    pattern = re.search(r"grep -m 1 '([^']+)' README\.md", command)
    assert pattern is not None
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert re.findall(pattern[1], readme, re.MULTILINE)
    assert pattern[0] in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_actions_are_pinned_by_their_major_version() -> None:
    used = re.findall(r"uses: (\S+)", TEXT + ELSEWHERE)
    assert used
    assert [one for one in used if not re.fullmatch(r"actions/[\w-]+@v\d+", one)] == []


def test_only_a_tested_book_is_published(jobs: dict[str, Any]) -> None:
    assert set(jobs["publish"]["needs"]) == {"tests", "book"}
    assert "pull_request" in jobs["publish"]["if"]
    steps = [step.get("run", step.get("uses", "")) for step in jobs["book"]["steps"]]
    assert steps.index("python3 -m pytest tests/site -n auto --dist worksteal") < steps.index(
        "python3 -m mkdocs build --strict"
    )


def test_every_command_of_the_weekly_workflow_exists() -> None:
    """Of its own modules each is there, and so is each folder of tests."""
    modules = set(re.findall(r"python3 -m ((?:tests|docs)\.[\w.]+)", ELSEWHERE))
    assert {
        "tests.wheels",
        "tests.articles",
        "tests.portable",
        "tests.unrolled.firefox",
        "docs.extensions",
        "docs.extensions.link_check",
    } == modules
    assert [name for name in modules if importlib.util.find_spec(name) is None] == []
    folders = re.findall(r"-m pytest (tests/\w+)", ELSEWHERE)
    assert folders
    assert [name for name in folders if not (ROOT / name).is_dir()] == []


def test_the_book_asks_for_the_same_on_every_python() -> None:
    """One command installs its tools, on every Python: none of them hangs on a marker or a second step."""
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert [one for one in extras["docs"] if ";" in one] == []
    assert "--no-deps" not in TEXT + ELSEWHERE + (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_an_interpreter_is_asked_only_for_what_its_markers_say() -> None:
    extra = ["a==1; python_version < '3.13'", "b==2; python_version >= '3.13'", "c==3"]
    assert asked_of(extra, "3.11") == ["a==1", "c==3"]
    assert asked_of(extra, "3.15") == ["b==2", "c==3"]
