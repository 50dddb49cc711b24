"""The command line as its users run it: a process of its own, on the standard library alone, in a folder of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {"PATH": os.environ["PATH"], "PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(ROOT)}


@pytest.fixture
def scalarnn(tmp_path):
    """Run it with these words in tmp_path: returncode, stdout, stderr."""

    def run(*words, env=None, **options):
        return subprocess.run(
            [sys.executable, "-S", "-m", "scalarnn", *words],
            cwd=tmp_path,
            env=ENVIRONMENT | (env or {}),
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
            **options,
        )

    return run


@pytest.fixture
def started(tmp_path):
    """Start it, to be interrupted; whatever still runs at the end is killed."""
    processes = []

    def start(*words, stderr=subprocess.PIPE):
        process = subprocess.Popen(
            [sys.executable, "-S", "-m", "scalarnn", *words],
            cwd=tmp_path,
            env=ENVIRONMENT,
            stdout=subprocess.PIPE,
            stderr=stderr,
            encoding="utf-8",
        )
        processes.append(process)
        return process

    yield start
    for process in processes:
        with process:
            process.kill()


@pytest.fixture(scope="session")
def penguins_csv(tmp_path_factory):
    """The measured penguins as a CSV file with other columns in another order than in training."""
    import csv

    from scalarnn.datasets.penguins import FILE, MEASUREMENTS

    path = tmp_path_factory.mktemp("data") / "measured.csv"
    with FILE.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["bill_length_mm"] != "NA"]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["species", "year", *reversed(MEASUREMENTS)], extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture(scope="session")
def models(tmp_path_factory):
    """A folder with small trained models: penguins.json, xor.json, moons.json."""
    folder = tmp_path_factory.mktemp("models")
    for name, more in (("penguins", ["--epochs", "8"]), ("xor", []), ("moons", ["--layers", "2,4,2", "--epochs", "8"])):
        words = ["train", name, "--quiet", "--save", f"{name}.json", *more]
        subprocess.run(
            [sys.executable, "-S", "-m", "scalarnn", *words], cwd=folder, env=ENVIRONMENT, check=True, timeout=120
        )
    return folder
