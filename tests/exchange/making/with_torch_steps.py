"""PyTorch: the parameters and the optimizer's state_dict after three steps, and after four, for each optimizer."""

import json

import torch
from torch import nn

from tests.exchange.making.given import FILES

X, Y = [[0.05, 0.1], [0.3, -0.4], [1.0, 0.25]], [[0.01], [0.5], [0.1]]
OPTIMIZERS = {
    "momentum": (torch.optim.SGD, {"momentum": 0.9}),
    "nesterov": (torch.optim.SGD, {"momentum": 0.9, "nesterov": True}),
    "damped": (torch.optim.SGD, {"momentum": 0.9, "dampening": 0.9}),
    "adagrad": (torch.optim.Adagrad, {}),
    "rmsprop": (torch.optim.RMSprop, {}),
    "adam": (torch.optim.Adam, {}),
    "amsgrad": (torch.optim.Adam, {"amsgrad": True}),
    "adamw": (torch.optim.AdamW, {"weight_decay": 0.01}),
}
RATE = 0.0625


def noted(network, optimizer):
    """As JSON has it."""
    state = optimizer.state_dict()["state"]
    kept = {str(number): {name: value.tolist() for name, value in of_one.items()} for number, of_one in state.items()}
    return {"parameters": {name: value.tolist() for name, value in network.state_dict().items()}, "state": kept}


def steps(kind, settings, dtype):
    """After three steps, and after four."""
    torch.manual_seed(1)
    network = nn.Sequential(nn.Linear(2, 2), nn.Sigmoid(), nn.Linear(2, 1)).to(dtype)
    optimizer = kind(network.parameters(), RATE, **settings)
    x, y = torch.tensor(X, dtype=dtype), torch.tensor(Y, dtype=dtype)
    found = []
    for step in range(4):
        optimizer.zero_grad()
        nn.functional.mse_loss(network(x), y).backward()
        optimizer.step()
        if step > 1:
            found.append(noted(network, optimizer))
    return found


def main():
    """Train and keep."""
    torch.set_num_threads(1)
    given = {"X": X, "Y": Y, "loss": "mean squared error", "learning_rate": RATE}
    made = {name: steps(kind, settings, torch.float64) for name, (kind, settings) in OPTIMIZERS.items()}
    made["adam in float32"] = steps(torch.optim.Adam, {}, torch.float32)
    content = {"torch": torch.__version__, "given": given, "steps": made}
    (FILES / "torch-steps.json").write_text(json.dumps(content) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
