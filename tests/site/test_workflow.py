"""The workflow that tests on every supported Python and publishes the book."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / ".github" / "workflows" / "book.yml").read_text(encoding="utf-8")


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
    used = re.findall(r"uses: (\S+)", TEXT)
    assert used
    assert [one for one in used if not re.fullmatch(r"actions/[\w-]+@v\d+", one)] == []


def test_only_a_tested_book_is_published(jobs: dict[str, Any]) -> None:
    assert set(jobs["publish"]["needs"]) == {"tests", "book"}
    assert "pull_request" in jobs["publish"]["if"]
    steps = [step.get("run", step.get("uses", "")) for step in jobs["book"]["steps"]]
    assert steps.index("python3 -m pytest tests/site -n auto --dist worksteal") < steps.index(
        "python3 -m mkdocs build --strict"
    )
