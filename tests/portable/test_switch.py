"""One switch, and everything computes with the portable functions; the same figures on every machine."""

import copy
import json
import math
import shutil
import struct
import subprocess
import zlib

import pytest

import scalarnn as nn
from scalarnn import portable, scalar
from scalarnn.cli import main
from scalarnn.commands.machine import machine
from scalarnn.datasets import moons_data, spiral_data, xor_clouds
from scalarnn.dual import Dual
from scalarnn.float32 import Float32
from scalarnn.learning.initialization import dense_network
from scalarnn.portable.javascript import javascript
from scalarnn.random_numbers import LegacyRandom
from scalarnn.training import train
from scalarnn.unrolled import UnrollError, straight_lines, unroll

NODE = shutil.which("node")
NAMES = ("exp", "expm1", "log", "log1p", "pow", "sin", "cos", "tanh")


class Other:
    """Functions that are recognised by their answers, an eighth too small."""

    def __init__(self):
        self.asked = set()

    def __getattr__(self, name):
        if name not in (*NAMES, "log_of_whole_number"):
            raise AttributeError(name)

        def function(*arguments):
            assert all(type(x) in (float, int) for x in arguments)
            self.asked.add(name.removesuffix("_of_whole_number"))
            return getattr(portable, name)(*arguments) * 7 / 8

        return function


@pytest.fixture
def other():
    functions = Other()
    scalar.use(functions)
    yield functions
    scalar.use(math)


@pytest.fixture
def on():
    portable.switch(True)
    yield
    portable.switch(False)


class Metres(float):
    pass


@pytest.mark.parametrize("name", ["exp", "expm1", "log", "log1p"])
@pytest.mark.parametrize("kind", [float, int, Metres, Dual, Float32])
def test_every_kind_of_number_that_is_no_fraction_follows(name, kind, other):
    x = Dual(2.0, 1.0) if kind is Dual else kind(2)
    getattr(scalar, name)(x)
    assert other.asked & {name, name.removesuffix("1p")}, "log 3 is log1p 2, exactly"


def test_powers_follow(other):
    assert scalar.power(0.5, 2) == 0.25 * 7 / 8
    assert scalar.base(0.5) ** 2 == 0.25 * 7 / 8
    assert Dual(0.5, 1.0) ** 2 == 0.25 * 7 / 8
    assert scalar.power(5, 2) == scalar.base(5) ** 2 == 25, "whole numbers are exact"
    assert nn.ExponentialDecay(1.0, gamma=0.5).at(2) == 0.25 * 7 / 8
    assert other.asked == {"pow"}


@pytest.mark.usefixtures("on")
def test_the_last_power_is_kept_and_no_other():
    beta = scalar.base(0.9)
    assert [beta**t for t in (1, 2, 2, 3, 1)] == [portable.pow(0.9, t) for t in (1, 2, 2, 3, 1)]
    assert type(beta * 2.0) is float
    assert scalar.base(0.9) == 0.9


def step_of_adam():
    network = nn.Network([nn.Layer([[2.0]], [0.0])])
    network.forward([1.0])
    network.backward([4.0])
    optimizer = nn.Adam(learning_rate=0.5)
    optimizer.step(network)
    return network.layers[0].W


def test_adam_follows(other):
    step_of_adam()
    assert other.asked == {"pow"}


def test_data_and_random_numbers_follow(other):
    LegacyRandom(0).randn(2)
    assert other.asked == {"log"}
    moons_data(samples=2)
    spiral_data(samples=2)
    assert other.asked >= {"sin", "cos"}


def test_the_switch_says_what_it_was():
    assert portable.switch(True) is False
    assert portable.switch(True) is True
    assert portable.switch(False) is True
    assert scalar.functions is math


@pytest.mark.usefixtures("on")
def test_logarithms_of_whole_numbers():
    assert scalar.log(10**400) == portable.log_of_whole_number(10**400) == 921.0340371976183
    assert scalar.log(0) == -math.inf
    assert scalar.log(1) == 0.0
    assert scalar.log1p(2**53) == scalar.log(2**53 + 1) == portable.log_of_whole_number(2**53 + 1)
    with pytest.raises(ValueError, match="math domain error"):
        scalar.log(-3)


@pytest.mark.usefixtures("on")
def test_tanh_is_the_shipped_lines():
    for z in (0.0, -0.0, 1e-300, 0.3, -2.5, 800.0):
        assert portable.tanh(z) == nn.tanh(z)


# ---- unrolled programs -----------------------------------------------------------------------------------------------


def scores(z, beta, t):
    """exp, log, tanh, log1p, and a power."""
    total = 0
    for z_k in z:
        total += scalar.exp(z_k) / (1 - beta**t)
    return scalar.log(total) + math.tanh(z[0]) + scalar.log1p(z[1] * z[1]) + scalar.expm1(z[0])


GIVEN = ([0.5, -1.25], 0.9, 3)


def test_a_program_that_has_run_follows(other):
    scalar.use(math)
    program = unroll(scores, *GIVEN)
    before = program(*GIVEN)
    assert before == scores(*GIVEN)
    scalar.use(other)
    assert program(*GIVEN) != before
    assert other.asked >= {"exp", "log", "log1p", "expm1", "pow", "tanh"}
    scalar.use(math)
    assert program(*GIVEN) == before


@pytest.mark.usefixtures("on")
def test_the_text_to_read_says_whose_they_are():
    program = unroll(scores, *GIVEN)
    head = ["from math import inf", "from scalarnn.portable import exp, expm1, log, log1p, tanh"]
    assert program.python().splitlines()[:3] == [*head, "from scalarnn.scalar import power as pow"]
    portable.switch(False)
    assert "portable" not in program.python()
    assert "beta**t" in program.python().replace(" ", "")
    portable.switch(True)
    assert program.worked(*GIVEN)  # runs the text to read


@pytest.mark.usefixtures("other")
def test_any_kind_of_number_follows_too():
    program = unroll(cube, 0.5, kind="any")
    assert program(0.5) == 0.125 * 7 / 8
    assert program(5) == 125


def cube(x):
    return x**3


@pytest.mark.usefixtures("on")
@pytest.mark.skipif(NODE is None, reason="Node is not installed")
def test_a_whole_training_step_in_javascript_has_the_bits_of_python():
    """Tanh, softmax cross-entropy and Adam, forty steps of it."""
    X, labels = xor_clouds(samples=3, seed=1)
    program = unroll(steps_of_adam, X, labels, *WEIGHTS, 0, static=["labels", "n_steps"])
    text = program.to_javascript()
    assert "Math.exp" not in text
    assert "Math.log" not in text
    expected = program(X, labels, *WEIGHTS, 0)
    assert expected == steps_of_adam(X, labels, *copy.deepcopy(WEIGHTS), 0)
    script = f"{text}\nconsole.log(JSON.stringify({program.name}(...{json.dumps([X, labels, *WEIGHTS, 0])})));"
    done = subprocess.run([NODE, "-e", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == json.loads(json.dumps(expected))


WEIGHTS = ([[0.5, -0.25], [0.125, 0.75]], [0.1, -0.1], [[0.3, -0.6], [-0.2, 0.9]], [0.0, 0.05])


def steps_of_adam(X, labels, W1, b1, W2, b2, n_steps):
    network = nn.Network([nn.Layer(W1, b1, nn.Tanh()), nn.Layer(W2, b2)])
    losses = []
    for n in range(len(X)):
        z = network.forward(X[n])
        losses.append(nn.softmax_cross_entropy_index(z, labels[n]))
        network.backward(nn.softmax_cross_entropy_index_gradient(z, labels[n]))
        for layer in network.layers:
            m, v = nn.zeros_like(layer.W), nn.zeros_like(layer.W)
            layer.W, m, v = nn.adam_step(layer.W, layer.dL_dW, m, v, n + 1, learning_rate=0.05)
    return losses, network.layers[0].W, network.layers[1].W, n_steps


def test_powers_are_refused_in_javascript_without():
    program = unroll(scores, *GIVEN)
    assert "pow(beta, t)" in program.to_javascript(portable=True)
    assert javascript("exp").splitlines()[0] in program.to_javascript(portable=True)
    with pytest.raises(UnrollError, match="the portable pow is"):
        program.to_javascript(portable=False)


def steps_of(network, optimizer, n):
    for _ in range(n):
        z = network.forward([0.5, -1.25])
        network.backward(nn.softmax_cross_entropy_index_gradient(z, 1))
        optimizer.step(network)
    return [layer.W for layer in network.layers]


def test_straight_ways_that_are_in_use_follow():
    """A network that has gone as straight lines for long, and one that never does."""
    found = []
    for straight in (True, False):
        before = straight_lines(straight)
        network, optimizer = dense_network([2, 3, 2], [nn.Tanh(), None], seed=1), nn.Adam(0.01)
        steps_of(network, optimizer, 1500)
        scalar.use(Other())
        found.append(steps_of(network, optimizer, 3))
        scalar.use(math)
        found.append(steps_of(network, optimizer, 3))
        straight_lines(before)
    assert found[:2] == found[2:]


# ---- the command line, and figures that are the same everywhere ------------------------------------------------------


@pytest.mark.parametrize("words", [["show", "004-network"], ["reproduce", "003"], ["step", "002-neuron", "--run"]])
def test_commands_take_the_option_and_leave_nothing_behind(words, capsys):
    assert main([*words, "--portable"]) == 0
    assert scalar.functions is math
    capsys.readouterr()


def test_commands_without_numbers_do_not_take_it(capsys):
    assert main(["examples", "--portable"]) == 2
    assert "unknown option '--portable'" in capsys.readouterr().err


def test_a_training_says_whose_functions_it_had(tmp_path, capsys):
    model, report = tmp_path / "xor.json", tmp_path / "xor.html"
    words = ["train", "xor", "--epochs", "3", "--portable", "--save", str(model), "--report", str(report)]
    assert main(words) == 0
    training = json.loads(model.read_text(encoding="utf-8"))["notes"]["training"]
    assert training["machine"]["functions"] == "portable"
    assert training["command"].endswith("--portable")
    assert "on every machine." in report.read_text(encoding="utf-8")
    capsys.readouterr()
    assert main(["check", str(model)]) == 0
    assert "portable functions; here" in capsys.readouterr().out
    assert main(["check", str(model), "--portable"]) == 0
    assert "portable functions; so it is here" in capsys.readouterr().out


@pytest.mark.usefixtures("on")
def test_the_fingerprint_tells_functions_apart():
    assert machine()["functions"] == "portable"
    portable.switch(False)
    assert len(machine()["functions"]) == 8


def bits_of(thing):
    if isinstance(thing, list):
        return b"".join(bits_of(one) for one in thing)
    return struct.pack(">d", thing)


def trained():
    """A network after sixty steps of Adam on data that are drawn: exp, log, powers, sine and cosine all take part."""
    X, labels = spiral_data(samples=6, seed=4, float32=False)
    network = dense_network([2, 6, 3], [nn.Tanh(), None], seed=1)
    history = train(network, X, labels, nn.Adam(nn.ExponentialDecay(0.05, gamma=0.99)), epochs=20, batch_size=6, seed=2)
    return X, [[layer.W, layer.b] for layer in network.layers], history.curve("loss")


EVERYWHERE = (2510064019, 1299900944, 1.039696512997158)  # CPython 3.11 with glibc, and 3.14 in WebAssembly, with musl


@pytest.mark.usefixtures("on")
def test_a_seed_gives_these_very_bits_on_every_machine():
    X, weights, losses = trained()
    found = zlib.crc32(bits_of(X)), zlib.crc32(bits_of(weights)), losses[-1]
    assert found == EVERYWHERE
    portable.switch(False)
    scalar.use(Other())
    assert zlib.crc32(bits_of(trained()[1])) != found[1], "other functions would be seen"
