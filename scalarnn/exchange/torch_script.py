"""A program for PyTorch that goes on with a training where it stopped: same weights, same optimizer, same next samples.

It needs PyTorch alone: the samples are in it, the state of the optimizer, and the generator of the next orders.
"""

from __future__ import annotations

from collections import namedtuple

from scalarnn.exchange.state_dict import state_dict_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["Continuation", "torch_script"]

# PyTorch's optimizers by the names of ours: the class, its settings, and the names of what it keeps.
OPTIMIZERS: dict[str, tuple[str, dict[str, str], dict[str, str]]] = {
    "GradientDescent": ("SGD", {}, {}),
    "Momentum": ("SGD", {"momentum": "beta"}, {"v": "momentum_buffer"}),
    "Nesterov": ("SGD", {"momentum": "beta"}, {"v": "momentum_buffer"}),
    "AdaGrad": ("Adagrad", {"eps": "epsilon"}, {"s": "sum"}),
    "RMSProp": ("RMSprop", {"alpha": "beta", "eps": "epsilon"}, {"s": "square_avg"}),
    "Adam": ("Adam", {"eps": "epsilon"}, {"m": "exp_avg", "v": "exp_avg_sq"}),
}
# The mean loss of a batch, by our names.
LOSSES = {
    "softmax_cross_entropy": "nn.functional.cross_entropy(y_hat, y)",
    "cross_entropy": "nn.functional.nll_loss(y_hat.log(), y)",
    "clipped_cross_entropy": "nn.functional.nll_loss(y_hat.clamp(1e-7, 1 - 1e-7).log(), y)",
    "sigmoid_cross_entropy": "nn.functional.binary_cross_entropy_with_logits(y_hat, y)",
    "binary_cross_entropy": "nn.functional.binary_cross_entropy(y_hat, y)",
    "squared_error": "((y_hat - y) ** 2).sum(1).mean()",
    "half_squared_error": "((y_hat - y) ** 2).sum(1).mean() / 2",
    "mean_squared_error": "((y_hat - y) ** 2).mean()",
    "half_mean_squared_error": "((y_hat - y) ** 2).mean() / 2",
    "root_mean_squared_error": "((y_hat - y) ** 2).mean().sqrt()",
    "mean_absolute_error": "(y_hat - y).abs().mean()",
}
PENALTIES = {"L1Penalty": "W.abs().sum()", "L2Penalty": "(W * W).sum()", "HalfL2Penalty": "(W * W).sum() / 2"}

TEMPLATE = '''"""Goes on where this training stopped: {command}

    python3 {name} --epochs 10 -o continued.json

{told}
Written by scalarnn {version}. It needs PyTorch and nothing else; numbers are float64, as they were. What it has learned
goes into a saved network of scalarnn, with its names and its scaling: `scalarnn predict continued.json data.csv`.
"""

import argparse
import json
import random

import torch
from torch import nn

torch.set_default_dtype(torch.float64)

network = {module}
optimizer = torch.optim.{optimizer}(network.parameters(), lr={rate!r}{settings})
steps = {steps}  # that were taken
batch = {batch}
orders = random.Random()  # draws the next order of the samples


def learning_rate(t):
    return {rate_at}


def loss(y_hat, y):
    return {loss}


def penalty():
    return {penalty}


def shuffled(n):
    order = list(range(n))
    for i in range(n - 1, 0, -1):
        j = int(orders.random() * (i + 1))
        order[i], order[j] = order[j], order[i]
    return order


def put_back(data):
    """The weights, what the optimizer keeps of each, and the generator."""
    learned = [layer[name] for layer in data["saved"]["layers"] for name in ("W", "b")]
    for parameter, values in zip(network.parameters(), learned):
        parameter.data.copy_(torch.tensor(values))
    for parameter, kept in zip(network.parameters(), data["kept"]):
        optimizer.state[parameter] = {{name: torch.tensor(values) for name, values in kept.items()}}
    orders.setstate((3, tuple(data["generator"]), None))


def main():
    global steps
    parser = argparse.ArgumentParser()
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("-o", "--out")
    arguments = parser.parse_args()
    data = json.loads(DATA)
    put_back(data)
    X, Y = torch.tensor(data["X"], dtype=torch.float64), torch.tensor(data["Y"])
    Y = Y.double() if Y.dim() == 2 else Y  # numbers to be told; else classes
    for epoch in range(arguments.epochs):
        order = torch.tensor(shuffled(len(X)))
        total = 0.0
        for chosen in order.split(batch):
            for group in optimizer.param_groups:
                group["lr"] = learning_rate(steps)
            optimizer.zero_grad()
            L = loss(network(X[chosen]), Y[chosen])
            (L + penalty()).backward()
            optimizer.step()
            steps += 1
            total += L.item() * len(chosen)
        print(f"epoch {{{epochs} + epoch + 1}}: loss {{total / len(X):.6g}}")
    if arguments.out:
        learned = iter(network.parameters())
        for layer in data["saved"]["layers"]:
            layer["W"], layer["b"] = next(learned).tolist(), next(learned).tolist()
        with open(arguments.out, "w") as file:
            json.dump(data["saved"], file)


DATA = """
{data}
"""

main()
'''


class Continuation(
    namedtuple("Continuation", "command network saved X targets optimizer loss penalty batch epochs generator told")
):
    """What is known at the end of a training.

    Args:
        command: the call that did it.
        network: as it is now, ending as the loss takes it.
        saved: the text of its file, with what a user gives it and asks of it; the program changes the weights in it.
        X: the samples, as the network gets them.
        targets: of each; a class index, or a row of numbers.
        optimizer: with what it keeps, or fresh.
        loss: its name.
        penalty: an object of `penalties`, or None.
        batch: how many samples a step takes.
        epochs: how many have been.
        generator: the state of the Mersenne Twister that draws the next order, 625 whole numbers.
        told: what the program begins with, in words.
    """

    __slots__ = ()


def torch_script(at: Continuation, name: str) -> str:
    """The program.

    Args:
        at: where the training stopped.
        name: of the file that it will be.

    Returns:
        Python.

    Examples:
        >>> from scalarnn import GradientDescent, Layer, Network
        >>> from scalarnn.saving import to_text
        >>> network = Network([Layer([[1.0]], [0.0])])
        >>> known = {"saved": to_text(network), "told": ""}
        >>> known |= {"optimizer": GradientDescent(0.5), "loss": "half_squared_error", "penalty": None, "batch": 1}
        >>> known |= {"epochs": 3, "generator": [0] * 625, "command": "scalarnn train line.csv"}
        >>> program = torch_script(Continuation(network=network, X=[[1.0]], targets=[[2.0]], **known), "train.py")
        >>> [line for line in program.splitlines() if line.startswith("optimizer =")]
        ['optimizer = torch.optim.SGD(network.parameters(), lr=0.5)']
    """
    import json

    from scalarnn import __version__

    _, _, module = state_dict_of(at.network.layers)
    kind, settings, letters = OPTIMIZERS[type(at.optimizer).__name__]
    rate = at.optimizer.learning_rate
    begins = getattr(rate, "learning_rate", rate)
    gamma = getattr(rate, "gamma", None)
    given = "".join(f", {theirs}={getattr(at.optimizer, ours)!r}" for theirs, ours in settings.items())
    if kind == "Adam":
        given += f", betas=({at.optimizer.beta1!r}, {at.optimizer.beta2!r})"
    if type(at.optimizer).__name__ == "Nesterov":
        given += ", nesterov=True"
    data = {
        "saved": json.loads(at.saved),
        "kept": _kept(at.optimizer, letters, kind),
        "generator": list(at.generator),
        "X": at.X,
        "Y": at.targets,
    }
    return TEMPLATE.format(
        command=at.command.replace("\\", "/").replace('"', "'"),
        name=name,
        told=at.told,
        version=__version__,
        module=module,
        optimizer=kind,
        rate=begins,
        settings=given,
        steps=at.optimizer.t,
        batch=at.batch,
        epochs=at.epochs,
        rate_at=f"{begins!r} * {gamma!r} ** t" if gamma is not None else f"{begins!r}",
        loss=LOSSES[at.loss],
        penalty=_penalty(at.penalty),
        data=_lines(data),
    )


def _kept(optimizer: Any, letters: dict[str, str], kind: str) -> list[dict[str, Any]]:
    """What the optimizer keeps, by PyTorch's names, in PyTorch's order: of a weight, of its bias, of the next."""
    kept: list[dict[str, Any]] = []
    for state in optimizer.state if optimizer.t else []:
        for end in ("W", "b"):
            of_one = {theirs: state[f"{ours}_{end}"] for ours, theirs in letters.items()}
            if kind != "SGD":
                of_one["step"] = float(optimizer.t)
            kept.append(of_one)
    return kept


def _penalty(penalty: Any) -> str:
    if penalty is None:
        return "0"
    of_one = PENALTIES[type(penalty).__name__]
    return f"sum({penalty.strength!r} * {of_one} for W in network.parameters() if W.dim() == 2)"


def _lines(data: dict[str, Any]) -> str:
    """JSON with a line for each row, which an editor can show."""
    import json

    text = json.dumps(data, allow_nan=False)
    return text.replace("], [", "],\n[").replace('], "', '],\n"').replace("}, {", "},\n{").replace("\\", "\\\\")
