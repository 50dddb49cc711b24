"""PyTorch itself: modules come in, files go out, and a training goes on there. Where it is not installed, skipped."""

import copy
import json
import re
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest

import scalarnn
from scalarnn import Identity, Layer, LeakyReLU, Network, ReLU, Sigmoid, Softmax, Tanh, saving
from scalarnn.cli import main
from scalarnn.commands.files import load_model
from scalarnn.datasets import load_penguins
from scalarnn.exchange import ExchangeError, from_torch, read
from scalarnn.exchange.leaving import to_safetensors
from scalarnn.exchange.torch_script import Continuation, torch_script
from scalarnn.random_numbers import LegacyRandom
from scalarnn.training import LOSSES, train
from tests.exchange.comparing import worst

torch = pytest.importorskip("torch", reason="PyTorch is not installed")
nn, functional = torch.nn, torch.nn.functional
pytestmark = pytest.mark.filterwarnings("ignore")

PAGE = Path(__file__).resolve().parents[2] / "docs" / "other-software.md"
X = LegacyRandom(0).randn(6, 3)
LABELS = [0, 1, 2, 2, 1, 0]


class Own(nn.Module):
    """Functions, methods and modules, in an order that only the forward pass tells."""

    def __init__(self):
        super().__init__()
        self.last = nn.Linear(4, 3)
        self.first = nn.Linear(3, 4)
        self.second = nn.Linear(4, 4, bias=False)
        self.drop = nn.Dropout(0.5)

    def forward(self, x):
        x = torch.flatten(x, 1)
        x = self.drop(functional.leaky_relu(self.first(x), 0.3))
        x = torch.tanh(self.second(x)).contiguous()
        return functional.log_softmax(self.last(x), dim=1)


def sequential():
    linear = nn.Linear
    return nn.Sequential(
        nn.Sequential(nn.Flatten(), linear(3, 5), nn.ReLU()), linear(5, 4), nn.Sigmoid(), linear(4, 3), nn.Softmax(-1)
    )


def made(build, dtype):
    torch.manual_seed(3)
    return build().to(dtype)


def test_the_program_of_the_page_finds_the_gradients_equal(capsys):
    (program,) = re.findall(r"```py\n(import torch\n.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    exec(compile(program, PAGE.name, "exec"), {})
    equal = "".join(f"layers[{layer}].{name} True\n" for layer in (0, 1) for name in ("dL_dW", "dL_db"))
    assert capsys.readouterr().out == equal
    exec(compile(program.replace("mean_squared", "squared"), PAGE.name, "exec"), {})
    assert capsys.readouterr().out == equal.replace("True", "False")


@pytest.mark.parametrize(("dtype", "exact"), [(torch.float64, 1e-12), (torch.float32, 1e-6)])
@pytest.mark.parametrize("build", [Own, sequential])
def test_a_module_gives_the_same_outputs_and_gradients(build, dtype, exact):
    module = made(build, dtype).eval()
    network = from_torch(module)
    x, y = torch.tensor(X, dtype=dtype), torch.tensor(LABELS)
    said = module(x)
    (functional.nll_loss(said if build is Own else said.log(), y)).backward()
    outputs = network.forward_batch(X)
    if build is Own:
        assert network.loss == "softmax_cross_entropy"
        told = said.exp().tolist()
        assert worst([scalarnn.softmax(z) for z in outputs], told) < exact
    else:
        assert worst(outputs, said.tolist()) < exact
    gradient = LOSSES[network.loss][1]
    network.backward_batch([gradient(y_hat, label) for y_hat, label in zip(outputs, LABELS, strict=True)])
    layers = [module.first, module.second, module.last] if build is Own else [module[0][1], module[1], module[3]]
    for ours, theirs in zip(network.layers, layers, strict=True):
        assert worst(ours.dL_dW, theirs.weight.grad.tolist()) < exact
        if theirs.bias is not None:
            assert worst(ours.dL_db, theirs.bias.grad.tolist()) < exact


class Bent(nn.Module):
    """Linear, and a function of `torch.nn.functional`."""

    def __init__(self, bend):
        super().__init__()
        self.fc, self.bend = nn.Linear(3, 3), bend

    def forward(self, x):
        return self.bend(self.fc(x))


BENDS = [nn.ELU(), nn.ELU(0.5), nn.CELU(), nn.CELU(0.5), nn.SELU(), nn.Softplus(), nn.Hardsigmoid(), nn.SiLU()]
BENDS += [nn.GELU(), nn.GELU("tanh"), functional.elu, lambda z: functional.elu(z, 0.5), torch.celu, functional.selu]
BENDS += [lambda z: functional.celu(z, alpha=2.0), functional.softplus, functional.hardsigmoid, functional.silu]
BENDS += [functional.gelu, lambda z: functional.gelu(z, approximate="tanh"), lambda z: functional.softplus(z, 1, 20)]


@pytest.mark.parametrize("bend", BENDS, ids=lambda bend: getattr(bend, "__name__", str(bend)))
def test_every_activation_that_was_measured_comes_in_with_its_slope(bend):
    module = made(lambda: Bent(bend), torch.float64)
    network = from_torch(module)
    module.zero_grad()
    said = module(torch.tensor(X, dtype=torch.float64))
    (said * said).sum().backward()
    outputs = network.forward_batch(X)
    assert worst(outputs, said.tolist()) < 1e-12
    network.backward_batch([[2 * a * len(X) for a in row] for row in outputs])
    exact = 1e-7 if network.layers[0].activation.__class__.__name__ == "HardSigmoid" else 1e-12  # 1/6 as a float32
    assert worst(network.layers[0].dL_dW, module.fc.weight.grad.tolist()) < exact


def test_each_name_of_an_activation_is_tried():
    names = {type(from_torch(Bent(bend)).layers[0].activation).__name__ for bend in BENDS}
    basic = {"Identity", "ReLU", "LeakyReLU", "Sigmoid", "Tanh", "Softmax"}
    measured = {type(scalarnn.like("torch").activation(name)).__name__ for name in scalarnn.like("torch").activations}
    assert measured - basic - {"AtKinks"} <= names


def test_it_is_offered_by_the_package_and_prints_what_was_assumed():
    network = scalarnn.from_torch(nn.Linear(2, 1))
    assert [type(layer.activation).__name__ for layer in network.layers] == ["NoneType"]
    assert "nothing was turned" in str(network)
    assert "half_squared_error: assumed" in str(network)
    assert "drop is left out" in str(from_torch(made(Own, torch.float64)))


class Skipping(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(3, 3)

    def forward(self, x):
        return self.fc(x) + x


class Branching(Skipping):
    def forward(self, x):
        return self.fc(x) if x.sum() > 0 else x


class Two(Skipping):
    def forward(self, x, y):
        return self.fc(x + y)


class Inner(Skipping):
    def forward(self, x):
        h = self.fc(x)
        torch.relu(h)
        return h


@pytest.mark.parametrize(
    ("module", "message"),
    [
        (nn.Sequential(nn.Linear(3, 3), nn.BatchNorm1d(3)), "is BatchNorm1d: expected Linear"),
        (nn.Sequential(nn.Linear(3, 3), nn.Mish()), "is Mish: expected Linear and one of relu, .*, gelu"),
        (nn.Sequential(nn.Linear(3, 3), nn.Softplus(beta=2)), "has beta=2"),
        (nn.Sequential(nn.Linear(3, 3), nn.Softplus(threshold=5)), "threshold=5"),
        (nn.Sequential(nn.Linear(3, 3), nn.ReLU(), nn.Tanh()), "two activations after 0"),
        (nn.Sequential(nn.ReLU(), nn.Linear(3, 3)), "before the first layer"),
        (nn.Sequential(nn.Linear(3, 3), nn.Softmax(0)), "dim=0"),
        (nn.Sequential(nn.Linear(3, 3), nn.LogSoftmax(-1), nn.Linear(3, 3)), "after log_softmax"),
        (nn.Sequential(nn.Linear(3, 3), nn.Linear(4, 3)), "has 4 inputs: expected 3"),
        (nn.Sequential(nn.Linear(3, 3), nn.ReLU6()), "is ReLU6"),
        (Skipping(), "layers in a row"),
        (Branching(), "cannot be followed"),
        (Two(), "more than one input"),
        (Inner(), "as it is|layers in a row"),
        (nn.ReLU(), "cannot be followed|no layer|before the first"),
    ],
)
def test_what_is_no_chain_of_dense_layers_is_refused(module, message):
    with pytest.raises(ExchangeError, match=message):
        from_torch(module)


def test_a_weight_that_is_not_finite_is_refused():
    module = nn.Linear(2, 1)
    module.weight.data[0, 1] = float("nan")
    with pytest.raises(ExchangeError, match="number 1 is nan"):
        from_torch(module)


# ---- out -------------------------------------------------------------------------------------------------------------


def test_safetensors_load_into_the_module_that_is_named(tmp_path):
    load_file = pytest.importorskip("safetensors.torch", reason="safetensors is not installed").load_file
    rng = LegacyRandom(1)
    sizes = [3, 4, 5, 4, 3, 4, 3]
    activations = [ReLU(), LeakyReLU(), LeakyReLU(0.3), Tanh(), Sigmoid(), None]
    layers = [Layer(rng.randn(sizes[k + 1], sizes[k]), rng.randn(sizes[k + 1]), activations[k]) for k in range(6)]
    layers += [Layer(rng.randn(3, 3), rng.randn(3), Identity()), Layer(rng.randn(3, 3), rng.randn(3), Softmax())]
    network = Network(layers)
    data, (sentence,) = to_safetensors(network)
    (tmp_path / "model.safetensors").write_bytes(data)
    module = eval(sentence.removeprefix("for ").split(";")[0], {"nn": nn}).double()
    module.load_state_dict(load_file(tmp_path / "model.safetensors"), strict=True)
    assert worst(network.forward_batch(X), module(torch.tensor(X, dtype=torch.float64)).tolist()) < 1e-12
    assert worst(from_torch(module).forward_batch(X), network.forward_batch(X)) == 0
    assert worst(read(tmp_path / "model.safetensors").forward_batch(X), network.forward_batch(X)) == 0


# ---- and on with the training ----------------------------------------------------------------------------------------

OPTIMIZERS = [
    scalarnn.GradientDescent(0.1),
    scalarnn.Momentum(0.05, beta=0.8),
    scalarnn.Nesterov(scalarnn.ExponentialDecay(0.05, gamma=0.9)),
    scalarnn.AdaGrad(0.1, epsilon=1e-6),
    scalarnn.RMSProp(0.01, beta=0.8),
    scalarnn.Adam(scalarnn.ExponentialDecay(0.02, gamma=0.95), beta1=0.8),
]
PENALTIES = {"l1": scalarnn.L1Penalty(0.001), "l2": scalarnn.L2Penalty(0.001), "half_l2": scalarnn.HalfL2Penalty(0.01)}
CLASSES = ("softmax_cross_entropy", "cross_entropy", "clipped_cross_entropy")


def ran(program, folder):
    """What the program writes, run in this process: starting PyTorch once more would take longer than all the rest."""
    with mock.patch.object(sys, "argv", ["on.py", "--epochs", "3", "-o", str(folder / "on.json")]):
        try:
            exec(compile(program, "on.py", "exec"), {"__name__": "on"})
        finally:
            torch.set_default_dtype(torch.float32)
    return weights(folder / "on.json")


def goes_on(optimizer, loss, folder, penalty=None, change=lambda program: program):
    """The weights after three epochs here and three there, and after six here."""
    ends = {"cross_entropy": Softmax(), "clipped_cross_entropy": Softmax(), "binary_cross_entropy": Sigmoid()}
    network = scalarnn.dense_network([3, 4, 3], [Tanh(), ends.get(loss)], seed=1)
    targets = LABELS if loss in CLASSES else [[int(k == label) for k in range(3)] for label in LABELS]
    optimizer, rng = copy.deepcopy(optimizer), LegacyRandom(5)
    how = {"loss": loss, "epochs": 3, "batch_size": 4, "seed": rng, "penalty": penalty, "progress": False}
    train(network, X, targets, optimizer, **how)
    known = {"command": "a test", "X": X, "targets": targets, "batch": 4, "epochs": 3, "told": ""}
    known |= {"network": network, "saved": saving.to_text(network)}
    known |= {"optimizer": optimizer, "loss": loss, "penalty": penalty, "generator": rng.state()}
    program = change(torch_script(Continuation(**known), "on.py"))
    train(network, X, targets, optimizer, **how)
    return ran(program, folder), [part for layer in network.layers for part in (layer.W, layer.b)]


@pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=lambda optimizer: type(optimizer).__name__)
def test_every_optimizer_goes_on_with_what_it_kept(tmp_path, optimizer):
    assert worst(*goes_on(optimizer, "softmax_cross_entropy", tmp_path)) < 1e-12


@pytest.mark.parametrize("loss", LOSSES)
def test_every_loss_goes_on(tmp_path, loss):
    assert worst(*goes_on(scalarnn.Adam(0.02), loss, tmp_path)) < 1e-12


@pytest.mark.parametrize("name", PENALTIES)
def test_every_penalty_goes_on(tmp_path, name):
    assert worst(*goes_on(scalarnn.GradientDescent(0.1), "half_squared_error", tmp_path, PENALTIES[name])) < 1e-12


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"kept": [', '"kept": [], "gone": ['),
        ("    orders.setstate", "    orders.seed(1), str"),
        ('["lr"] = learning_rate', '["_"] = learning_rate'),
        ("+ penalty()", ""),
        ("steps += 1", ""),
    ],
)
def test_without_what_was_kept_it_does_not(tmp_path, before, after):
    def broken(program):
        assert before in program
        return program.replace(before, after)

    assert worst(*goes_on(OPTIMIZERS[-1], "half_squared_error", tmp_path, PENALTIES["half_l2"], broken)) > 1e-6


def weights(path):
    layers = json.loads(path.read_text(encoding="utf-8"))["layers"]
    return [part for layer in layers for part in (layer["W"], layer["b"])]


def test_from_the_command_line_to_a_process_of_its_own(tmp_path):
    for epochs in ("2", "4"):
        words = ["train", "xor", "--decay", "1", "--loss", "binary_cross_entropy", "--validation", "0.2"]
        assert main([*words, "--quiet", "--epochs", epochs, "--save", str(tmp_path / f"{epochs}.json")]) == 0
    assert main(["export", str(tmp_path / "2.json"), "-o", str(tmp_path / "on.py")]) == 0
    run = [sys.executable, "on.py", "--epochs", "2", "-o", "on.json"]
    done = subprocess.run(run, cwd=tmp_path, check=True, capture_output=True, timeout=300, text=True)
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == ["epoch 3", "epoch 4"]
    assert worst(weights(tmp_path / "on.json"), weights(tmp_path / "4.json")) < 1e-12


@pytest.mark.parametrize("table", ["penguins", "regression"])
def test_what_comes_back_is_scaled_and_named_as_what_went(tmp_path, monkeypatch, table):
    """Told from the rows of a table, as they were measured, not from standardised ones."""
    monkeypatch.chdir(tmp_path)
    words, rows = ["penguins"], load_penguins().X[::40]
    if table == "regression":
        lines = "".join(f"{4000 + n},{70 + n * n}\n" for n in range(9))
        Path("line.csv").write_text(f"mass,y\n{lines}", encoding="utf-8")
        words, rows = ["line.csv", "--task", "regression"], [[4000.0], [4008.0]]
    for epochs in ("2", "5"):
        assert main(["train", *words, "--quiet", "--epochs", epochs, "--save", f"{epochs}.json"]) == 0
    assert main(["export", "2.json", "-o", "on.py"]) == 0
    ran(Path("on.py").read_text(encoding="utf-8"), tmp_path)
    (here, _), (on, _) = load_model("5.json", notes_of("5.json")), load_model("on.json", notes_of("on.json"))
    told = here.outputs(rows)
    assert worst(on.outputs(rows), told) < 1e-12
    assert (on.feature_names, on.label_name) == (here.feature_names, here.label_name)
    assert getattr(on, "class_names", None) == getattr(here, "class_names", None)
    on.means = [mean + 1 for mean in on.means]
    assert worst(on.outputs(rows), told) > 1e-3


def notes_of(name):
    return saving.load_with_notes(name)[1]
