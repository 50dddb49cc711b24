"""The kept files with the figures of the packages that made them, and how near a network here comes to them."""

import csv
import json
from pathlib import Path

from scalarnn.exchange import read
from scalarnn.training import LOSSES

FILES = Path(__file__).parent / "files"
# What these files do not tell, as a user would say it.
SAID = {
    "torch-classes.safetensors": {},
    "torch-classes64.safetensors": {"activation": "leaky_relu(0.1)", "output": "softmax"},
    "torch-named64.safetensors": {"activation": "tanh"},
    "torch-yes.safetensors": {"activation": "sigmoid", "output": "sigmoid"},
    "torch-deep64.safetensors": {"activation": "tanh", "output": "tanh"},
    "keras-classes.weights.h5": {"output": "softmax"},
    "keras-functional64.weights.h5": {"activation": "leaky_relu(0.2)"},
}
ENTRIES = {
    name: figures
    for made in ("torch", "keras", "sklearn", "tfjs", "nnet")
    for name, figures in json.loads((FILES / f"{made}.json").read_text(encoding="utf-8"))["files"].items()
}
with (FILES / "samples.csv").open(encoding="utf-8") as rows:
    X = [[float(row[name]) for name in ("x0", "x1", "x2")] for row in csv.DictReader(rows)]


def network_of(name):
    """The network of a kept file, with what a user has to say of it."""
    return read(FILES / name, **SAID.get(name, {}))


def flat(numbers):
    """Every number of nested lists, in order."""
    return [number for part in numbers for number in flat(part)] if isinstance(numbers, list) else [numbers]


def worst(found, told):
    """The largest difference, relative where a number is above 1."""
    found, told = flat(found), flat(told)
    assert len(found) == len(told)
    return max(abs(a - b) / max(1, abs(b)) for a, b in zip(found, told, strict=True))


def computed(network, figures):
    """Outputs, mean loss and its gradients."""
    loss, gradient = LOSSES[figures["loss"]]
    outputs = network.forward_batch(X)
    network.backward_batch([gradient(y_hat, y) for y_hat, y in zip(outputs, figures["targets"], strict=True)])
    L = sum(loss(y_hat, y) for y_hat, y in zip(outputs, figures["targets"], strict=True)) / len(X)
    return outputs, L, [layer.dL_dW for layer in network.layers], [layer.dL_db for layer in network.layers]


def gradients_of(network, figures):
    """Those of a package in our order, pairs of what is here and what is told."""
    _, _, dL_dW, dL_db = computed(network, figures)
    if "dL_dwts" in figures:  # R's own order: a unit after the other, its bias first
        for k in range(len(dL_dW)):  # neurons that hand on their inputs are no units of R's
            units = getattr(network.layers[k].activation, "first", None)
            dL_dW[k], dL_db[k] = dL_dW[k][:units], dL_db[k][:units]
        ours = [[b_j, *W_j] for W, b in zip(dL_dW, dL_db, strict=True) for W_j, b_j in zip(W, b, strict=True)]
        return [(ours, figures["dL_dwts"])]
    there = [k for k in range(len(dL_db)) if figures["dL_db"][k] is not None]
    return [(dL_dW, figures["dL_dW"]), ([dL_db[k] for k in there], [figures["dL_db"][k] for k in there])]


def worst_of(name):
    """The largest differences of outputs and of gradients from those that the package told."""
    figures, network = ENTRIES[name], network_of(name)
    times_L, times = figures.get("times", (1, 1))
    outputs, L, _, _ = computed(network, figures)
    of_outputs = max(worst(outputs, figures["outputs"]), worst(L * times_L, figures["L"]))
    pairs = gradients_of(network, figures)
    return of_outputs, max(worst([number * times for number in flat(ours)], told) for ours, told in pairs if told)


def exact(name):
    """How near they have to come: float64, or what float32 holds."""
    is_double = "64" in name or name.startswith(("sklearn", "nnet"))
    return 1e-12 if is_double else 1e-6
