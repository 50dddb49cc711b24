"""Tables of what devices do: every figure that was measured, and a build that stops where plain Python has another."""

from __future__ import annotations

import copy
from typing import Any

import pytest

pytest.importorskip("pymdownx", reason="install the extra 'docs'")

from docs.extensions import devices
from docs.extensions.errors import BookError


def test_every_run_of_the_neuron_is_in_its_table() -> None:
    shown = devices.neuron()
    for row in devices.TOLD["neuron"]:
        assert f"| {row['kind']} | {row['way']} | {row['last']!r} |" in shown


def test_a_figure_that_plain_python_does_not_give_stops_the_build(monkeypatch: Any) -> None:
    told = copy.deepcopy(devices.TOLD)
    told["neuron"][0]["last"] *= 1 + 1e-15
    monkeypatch.setattr(devices, "TOLD", told)
    with pytest.raises(BookError, match=r"float64 from the left: .* here, .* there"):
        devices.neuron()


@pytest.mark.parametrize(
    ("size", "text"), [(0, "0"), (8.6e-6, "8.6 · 10⁻⁶"), (9.96e-8, "1.0 · 10⁻⁷"), (1.0, "1.0"), (0.012, "1.2 · 10⁻²")]
)
def test_a_size_in_two_digits(size: float, text: str) -> None:
    assert devices.about(size).replace("\N{NO-BREAK SPACE}", " ") == text


def test_from_which_width_on_it_pays() -> None:
    """The first of the widths from which on it is quicker at each; one that never is, is no answer."""
    step = devices.TOLD["step"]
    gpu, cpu = "PyTorch on the GPU", "PyTorch on the CPU"
    first = step["n"].index(devices.pays_from("PyTorch, a CUDA graph", "NumPy"))
    for k, (graph, numpy) in enumerate(zip(step["PyTorch, a CUDA graph"], step["NumPy"], strict=True)):
        assert (graph < numpy) == (k >= first)
    assert step[gpu][-1] > step[cpu][-1]
    with pytest.raises(BookError, match="never takes less time"):
        devices.pays_from(gpu, cpu)
