"""The player of a network and of an unrolled program: pages that are whole, with the numbers of Python."""

import json
import re

import pytest

from scalarnn import Layer, Network, ReLU, Sigmoid, half_squared_error, layer_forward
from scalarnn.unrolled import unroll
from tests.player.node import STUB, in_node, needs_node

NETWORK = Network([Layer([[0.5, -1.0], [1.0, 2.0]], [0.1, 0.2], ReLU()), Layer([[1.0, 1.0]], [0.0], Sigmoid())])


def step(x, y, W, b):
    z = layer_forward(x, W, b)
    a = Sigmoid().forward(z)
    L = half_squared_error(a, y)
    return L


def scripts_and_data(page):
    html = page.html
    scripts = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    data = json.loads(re.search(r'<script type="application/json">(.*?)</script>', html, re.DOTALL)[1])
    return "\n".join([STUB, *scripts]), data


def test_a_network_shows_itself_in_a_page():
    page = NETWORK.player([1.0, 2.0], [1.0], learning_rate=0.5)
    assert page._repr_html_().startswith("<iframe srcdoc=")
    _, data = scripts_and_data(page)
    assert (data["given"]["W1"], data["loss"], data["optimizer"]) == (
        [[1.0, 1.0]],
        "half_squared_error",
        "gradient_descent",
    )


@needs_node
@pytest.mark.usefixtures("portable_functions")
@pytest.mark.parametrize("way", ["forward", "backward"])
def test_a_program_is_walked_through(way):
    given = ([1.0, 2.0], [1.0], [[0.5, -1.0]], [0.1])
    program = unroll(step, *given)
    program = program if way == "forward" else program.backward("L")
    text, data = scripts_and_data(program.player(*given))
    script = """
    const program = new scalarnn.Work(data);
    const { stops, values } = program.record();
    const steps = scalarnn.derivation(stops).map((step) => scalarnn.stepText(stops, step));
    answer({ values: texts(Object.values(program.values())), recorded: texts(Object.values(values)), steps });
    """
    expected = step(*given) if way == "forward" else program(*given)["dL_db"][0]
    found = in_node(script, data, before=text)
    assert repr(expected) in found["values"]
    assert found["values"] == found["recorded"]
    if way == "forward":
        assert found["steps"][0] == "s₀ = W₀₀x₀ + W₀₁x₁ = 0.5 · 1 + (−1) · 2 = −1.5"
    assert not [one for one in found["steps"] if "undefined" in one]
