"""PyTorch: state_dicts as safetensors and as JSON, in float32 and in float64."""

import json

import torch
from safetensors import __version__ as safetensors_version
from safetensors.torch import save_file
from torch import nn

from tests.exchange.making.given import FILES, keep, samples

X, LABELS, NUMBERS = samples()
YES = [[float(label == 2)] for label in LABELS]


class Named(nn.Module):
    """Layers with names of their own; what stands between them is in no file."""

    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(3, 4)
        self.fc2 = nn.Linear(4, 4)
        self.out = nn.Linear(4, 1)

    def forward(self, x):
        x = torch.tanh(self.fc1(x))
        return self.out(torch.tanh(self.fc2(x)))


def networks():
    """Name → network, type, loss by both names, targets, files to write."""
    linear = nn.Linear
    return {
        "torch-classes": (
            lambda: nn.Sequential(linear(3, 5), nn.ReLU(), linear(5, 3)),
            (torch.float32, "softmax_cross_entropy", nn.CrossEntropyLoss(), "labels"),
        ),
        "torch-classes64": (
            lambda: nn.Sequential(linear(3, 5), nn.LeakyReLU(0.1), linear(5, 3, bias=False), nn.Softmax(dim=-1)),
            (torch.float64, "cross_entropy", lambda p, y: nn.functional.nll_loss(p.log(), y), "labels"),
        ),
        "torch-named64": (Named, (torch.float64, "mean_squared_error", nn.MSELoss(), "numbers")),
        "torch-yes": (
            lambda: nn.Sequential(linear(3, 4), nn.Sigmoid(), linear(4, 1), nn.Sigmoid()),
            (torch.float32, "binary_cross_entropy", nn.BCELoss(), "yes"),
        ),
        # Ten linear layers and more: names in order of their text are not in order of the network.
        "torch-deep64": (
            lambda: nn.Sequential(*[layer for _ in range(6) for layer in (linear(3, 3), nn.Tanh())]),
            (torch.float64, "half_squared_error", lambda a, y: ((a - y) ** 2).sum(1).mean() / 2, "three"),
        ),
    }


def targets_of(kind, dtype):
    """The targets of that kind."""
    if kind == "labels":
        return torch.tensor(LABELS)
    rows = {"numbers": [[y] for y in NUMBERS], "yes": YES, "three": [row[::-1] for row in X]}[kind]
    return torch.tensor(rows, dtype=dtype)


def trained(build, dtype, loss, kind):
    """A network after fifty steps of Adam."""
    torch.manual_seed(0)
    network = build().to(dtype)
    x, y = torch.tensor(X, dtype=dtype), targets_of(kind, dtype)
    optimizer = torch.optim.Adam(network.parameters(), 0.02)
    for _ in range(50):
        optimizer.zero_grad()
        loss(network(x), y).backward()
        optimizer.step()
    return network


def figures_of(network, dtype, name, loss, kind):
    """Outputs, loss and gradients, in the precision of the network."""
    x, y = torch.tensor(X, dtype=dtype), targets_of(kind, dtype)
    network.zero_grad()
    outputs = network(x)
    L = loss(outputs, y)
    L.backward()
    linears = [part for part in network.modules() if isinstance(part, nn.Linear)]
    return {
        "loss": name,
        "targets": y.tolist(),
        "outputs": outputs.tolist(),
        "L": L.item(),
        "dL_dW": [layer.weight.grad.tolist() for layer in linears],
        "dL_db": [None if layer.bias is None else layer.bias.grad.tolist() for layer in linears],
    }


def main():
    """Train, save, keep."""
    torch.set_num_threads(1)
    figures = {}
    for name, (build, (dtype, loss_name, loss, kind)) in networks().items():
        network = trained(build, dtype, loss, kind)
        state = network.state_dict()
        save_file(state, FILES / f"{name}.safetensors")
        figures[f"{name}.safetensors"] = figures_of(network, dtype, loss_name, loss, kind)
        if name == "torch-named64":
            text = json.dumps({key: value.tolist() for key, value in state.items()})
            (FILES / f"{name}.json").write_text(text + "\n", encoding="utf-8")
        if name == "torch-classes":
            half = {key: value.to(torch.bfloat16) for key, value in state.items()}
            save_file(half, FILES / "torch-bfloat16.safetensors")
    keep("torch", {"torch": torch.__version__, "safetensors": safetensors_version}, figures)


if __name__ == "__main__":
    main()
