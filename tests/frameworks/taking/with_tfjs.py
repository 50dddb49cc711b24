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
    asked = json.dumps({"call": call, "options": given, "gradients": gradients, "rates": rates})
    command = ["node", str(SCRIPT)]
    result = subprocess.run(command, input=asked, cwd=os.environ["TFJS"], capture_output=True, text=True, check=True)
    places = json.loads(result.stdout.splitlines()[-1])
    return [float("nan") if place is None else place for place in places]  # JSON has no NaN


KINKS = {}
LOSSES = {}
