"""What every maker shares: the samples, and how its figures are kept beside the files that it makes.

The makers train small networks in the packages of others and save them as those packages do. They are run by hand:

    python -m tests.exchange.making.with_torch

and what they write stays in `files/`, a few kB each, so that everybody can read the files without the packages.
"""

import csv
import json
from pathlib import Path

FILES = Path(__file__).resolve().parents[1] / "files"
LARGEST = 26_000  # bytes of a file that is kept


def samples():
    """X, a class of three for each row, and a number for each row."""
    X, labels, numbers = [], [], []
    with (FILES / "samples.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            X.append([float(row["x0"]), float(row["x1"]), float(row["x2"])])
            labels.append(int(row["label"]))
            numbers.append(float(row["y"]))
    return X, labels, numbers


def keep(name, versions, figures):
    """The figures of each file, as `name`.json.

    Args:
        name: of the package.
        versions: of it and its companions.
        figures: file → loss (by scalarnn's name), targets ("labels", "numbers" or "yes"), outputs, L, dL_dW, dL_db:
            all of them as the package itself gives them, gradients of the mean loss over all samples, W a row a neuron.
    """
    for file in figures:
        assert (FILES / file).stat().st_size < LARGEST, file
    text = json.dumps({"versions": versions, "files": figures}, indent=None, separators=(",", ":"))
    (FILES / f"{name}.json").write_text(text.replace('},"', '},\n"') + "\n", encoding="utf-8")
