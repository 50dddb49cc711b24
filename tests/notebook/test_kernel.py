"""A real notebook through a real kernel: what comes back for each cell."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scalarnn.cli import main

nbformat = pytest.importorskip("nbformat", reason="needs the extra notebook")
nbclient = pytest.importorskip("nbclient", reason="needs the extra notebook")
pytest.importorskip("ipykernel", reason="needs the extra notebook")

ROOT = Path(__file__).resolve().parents[2]

WRITTEN = "solution(record(twice, 3))"
MORE = {
    "network": "from scalarnn import Layer, Network, ReLU\nnetwork = Network([Layer([[1, 2]], [0], ReLU())])\nnetwork",
    "layer": "network.forward([1, 2])\nnetwork.layers[0]",
    "cell's own": "from scalarnn.tracing import record\n\ndef twice(x):\n    y = 2 * x\n    return y\n\n" + WRITTEN,
    "redefined": "def twice(x):\n    y = 2 * x + 1\n    return y\n\n" + WRITTEN,
}


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    """The notebook of an example with more cells below, executed by IPython's kernel."""
    folder = tmp_path_factory.mktemp("notebook")
    file = folder / "neuron.ipynb"
    assert main(["notebook", "002-neuron", "-o", str(file)]) == 0
    notebook = nbformat.read(file, as_version=4)
    notebook.cells += [nbformat.v4.new_code_cell(text, metadata={"name": name}) for name, text in MORE.items()]
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = str(ROOT)
    try:
        client = nbclient.NotebookClient(notebook, timeout=60, resources={"metadata": {"path": str(folder)}})
        client.execute()
    finally:
        if before is None:
            del os.environ["PYTHONPATH"]
        else:
            os.environ["PYTHONPATH"] = before
    nbformat.write(notebook, file)
    return notebook, file


def outputs(notebook):
    """For each code cell its source, and what it gave: kind → text."""
    for one in notebook.cells:
        if one.cell_type == "code":
            assert all(output.output_type != "error" for output in one.outputs)
            yield one.source, [output.data for output in one.outputs if output.output_type == "execute_result"]


def kinds(notebook, end):
    (data,) = next(found for source, found in outputs(notebook) if source.endswith(end))
    return data


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("end", "kind", "says"),
    [
        ("\nwritten", "text/latex", r"z = w_{0} x_{0} + w_{1} x_{1} + w_{2} x_{2} + b"),
        ("program.graph(*given)", "text/html", "<svg xmlns="),
        ("program", "text/latex", r"\frac{\partial L}{\partial z}"),
        ("recording", "text/html", "<td><code>z = neuron_forward(x, w, b)</code></td>"),
        ("\nnetwork", "text/html", "2 inputs"),
        ("network.layers[0]", "text/html", "1 neuron with ReLU"),
        (MORE["cell's own"], "text/latex", r"y = 2x = 2 \cdot 3 = 6"),
        (MORE["redefined"], "text/latex", r"y = 2x + 1 = 2 \cdot 3 + 1 = 7"),
    ],
)
def test_each_cell_gives_its_text_and_one_thing_to_see(executed, end, kind, says):
    data = kinds(executed[0], end)
    assert set(data) == {"text/plain", kind}
    assert says in data[kind]


@pytest.mark.filterwarnings("ignore")
def test_what_it_prints_is_a_screen_at_most(executed):
    for _, found in outputs(executed[0]):
        for data in found:
            assert data["text/plain"].count("\n") < 60


@pytest.mark.filterwarnings("ignore")
def test_it_is_a_page_with_formulas_and_pictures(executed):
    pytest.importorskip("nbconvert", reason="nbconvert makes pages of notebooks")
    _, file = executed
    for theme in ("light", "dark"):
        page = subprocess.run(
            [sys.executable, "-m", "nbconvert", "--to", "html", "--stdout", f"--HTMLExporter.theme={theme}", file],
            capture_output=True,
            check=True,
            encoding="utf-8",
        ).stdout
        assert r"$$\begin{aligned}" in page
        assert 'xmlns="http://www.w3.org/2000/svg"' in page
        assert f'data-jp-theme-light="{str(theme == "light").lower()}"' in page
