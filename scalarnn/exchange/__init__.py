"""From and to other software: networks that were trained elsewhere come in, and go out again.

    read("model.safetensors")      a file: safetensors, JSON, Keras, TensorFlow.js, ONNX, R's nnet, or our own
    from_torch(module)             an object of an installed package
    from_keras(model)
    from_sklearn(mlp)

All of them give an `Arrived`: a Network that prints where it came from, what was turned round, and which activation and
which loss were assumed, and why. What a file says of sizes is not believed before it is checked, and a pickle, which
can run any program when it is loaded, is never loaded.
"""

from __future__ import annotations

from scalarnn.exchange.arrived import Arrived, Wishes
from scalarnn.exchange.keras import from_keras
from scalarnn.exchange.reading import read
from scalarnn.exchange.scikit_learn import from_sklearn
from scalarnn.exchange.tensors import ExchangeError
from scalarnn.exchange.torch_module import from_torch

__all__ = ["Arrived", "ExchangeError", "Wishes", "from_keras", "from_sklearn", "from_torch", "read"]
