"""The programs that the pages of Learning show run as they stand, from top to bottom, and say what the command says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from scalarnn import Adam, ReLU, dense_network
from scalarnn.cli import main
from scalarnn.datasets import moons_data
from scalarnn.datasets.penguins import FILE
from scalarnn.random_numbers import LegacyRandom
from scalarnn.training import train

PAGES = Path(__file__).resolve().parents[2] / "docs" / "learning"
SHOWN = re.compile(r'^```python exec="on" source="above"[^\n]*\n(.*?)^```$', re.DOTALL | re.MULTILINE)


def program(page: str) -> str:
    """The blocks of code that a reader sees on a page, one after the other."""
    blocks = SHOWN.findall((PAGES / page).read_text(encoding="utf-8"))
    assert blocks, f"{page} shows no program"
    return "\n".join(blocks)


def run(page: str) -> dict[str, Any]:
    names: dict[str, Any] = {"path": FILE}  # "The path to the file stands in `path`", says the page of your own data
    exec(compile(program(page), page, "exec"), names)
    return names


@pytest.mark.parametrize("page", ["xor.md", "activations.md", "your-own.md"])
def test_what_a_page_shows_runs_by_itself(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(page)
    assert capsys.readouterr().out


def test_the_spiral_is_learned(capsys: pytest.CaptureFixture[str]) -> None:
    names = run("training-spiral.md")
    assert names["accuracy"] >= 0.95
    assert len(names["pictures"]) == 4
    assert "accuracy" in capsys.readouterr().out


def test_penguins_come_out_as_from_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    names = run("training-table.md")
    capsys.readouterr()
    assert main(["train", "penguins", "--json"]) == 0
    held_out = json.loads(capsys.readouterr().out)["figures"]["held_out"]
    assert (names["L"], names["accuracy"]) == (held_out["loss"], held_out["accuracy"])
    assert names["accuracy"] >= 0.95


def test_training_in_pieces_is_training_in_one_go() -> None:
    X, labels = moons_data(samples=20, seed=0)

    def learned(pieces: tuple[int, ...], keep: bool = True) -> list[Any]:
        network = dense_network([2, 4, 2], [ReLU(), None], seed=0)
        optimizer, rng = Adam(0.05), LegacyRandom(0)
        for epochs in pieces:
            train(network, X, labels, optimizer, epochs=epochs, batch_size=8, seed=rng)
            if not keep:
                optimizer = Adam(0.05)
        return [network.layers[0].W, network.layers[1].b]

    assert learned((2, 1, 3)) == learned((6,))
    assert learned((2, 1, 3), keep=False) != learned((6,))
