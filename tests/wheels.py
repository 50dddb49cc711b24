"""Are there wheels of every pinned tool for an interpreter that is not here?

Each extra of the package is resolved for it, with wheels alone and without installing anything.

    python -m tests.wheels 3.13 3.14 3.15
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from pip._vendor.packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
RESOLVE = "--quiet --dry-run --ignore-installed --only-binary=:all: --implementation=cp --disable-pip-version-check"


def asked_of(extra: list[str], version: str) -> list[str]:
    """What an extra asks for on that Python: pip would read the markers for the one that runs."""
    found = []
    for text in extra:
        requirement = Requirement(text)
        if requirement.marker is None or requirement.marker.evaluate({"python_version": version}):
            requirement.marker = None
            found.append(str(requirement))
    return found


def resolve(requirements: list[str], version: str) -> str:
    """What pip has to complain about; empty if every wheel is there."""
    with tempfile.TemporaryDirectory() as folder:
        where = [f"--python-version={version}", f"--target={folder}"]
        command = [sys.executable, "-m", "pip", "install", *RESOLVE.split(), *where, *requirements]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    complaints = [line for line in done.stderr.splitlines() if line.startswith("ERROR: No matching")]
    return "" if done.returncode == 0 else (complaints or done.stderr.splitlines())[-1]


def main(versions: list[str]) -> int:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    missing = 0
    for version in versions:
        for name, extra in extras.items():
            wanted = asked_of(extra, version)
            said = resolve(wanted, version) if wanted else ""
            missing += bool(said)
            print(f"{version}  {name:<10} {said or ('nothing asked for' if not wanted else 'all wheels are there')}")
    return int(missing > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
