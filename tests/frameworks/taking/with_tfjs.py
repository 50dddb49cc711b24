"""TensorFlow.js's figures, taken anew: TFJS names a folder where `npm install @tensorflow/tfjs` has been run."""

import json
import os
import subprocess
from pathlib import Path

SCRIPT = Path(__file__).with_suffix(".mjs")
# By position there: what stands before an option that is given, with the value it has otherwise.
PLACES = {"rmsprop": {"decay": 0.9, "momentum": 0, "epsilon": None, "centered": False}}
PLACES["momentum"] = {"momentum": 0.9, "useNesterov": False}


def way(call, options, gradients, rates, float32):
    if not float32:
        raise ValueError("there is float32 alone")
    given = [options.get(name, otherwise) for name, otherwise in PLACES.get(call, {}).items()] if options else []
    return asked({"call": call, "options": given, "gradients": gradients, "rates": rates})


def asked(what):
    """The numbers that the script answers; JSON has no NaN."""
    command = ["node", str(SCRIPT)]
    cwd, text = os.environ["TFJS"], json.dumps(what)
    result = subprocess.run(command, input=text, cwd=cwd, capture_output=True, text=True, check=True)
    return [float("nan") if one is None else one for one in json.loads(result.stdout.splitlines()[-1])]


KINKS = {}
LOSSES = {}


# ---- losses by name, and activations ---------------------------------------------------------------------------------


def of_loss(call, options, takes, y_hat, y):  # noqa: ARG001
    """L and ∂L/∂ŷ of one sample, in float32."""
    return asked({"loss": call, "y_hat": y_hat, "y": y})


NAMES = {"leaky_relu": "leakyRelu"}
ACTIVATIONS = {name: NAMES.get(name, name) for name in ("relu", "leaky_relu", "elu", "selu", "softplus")}
ACTIVATIONS |= {"sigmoid": "sigmoid", "tanh": "tanh"}


def curve(name, at):
    """a and da/dz at some z, in float32."""
    return asked({"activation": ACTIVATIONS[name], "at": list(at)})
