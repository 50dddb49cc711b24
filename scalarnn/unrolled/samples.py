"""Batches in straight lines, sample by sample: a forward pass, and the passes of a training step.

A batch goes through a network layer by layer, a sample through straight lines from its inputs to its gradients; the
sums over the samples are the same sums in the same order, so the bits are the same.
"""

from __future__ import annotations

from scalarnn.activations import ReLU, Sigmoid
from scalarnn.doors.passes import backward_through
from scalarnn.layer import input_gradient
from scalarnn.network import network_forward
from scalarnn.softmax import Softmax
from scalarnn.unrolled.refusal import UnrollError
from scalarnn.unrolled.standing import stands_for
from scalarnn.unrolled.straightened import Straightened

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from scalarnn.network import Network
    from scalarnn.scalar import Matrix, Number, Vector

__all__ = ["forward_batch", "forward_of_samples", "pass_of_samples", "samples"]

PROBABILITIES = {"Probabilities", "PossibleProbabilities"}


def forward_of_samples(layers: Sequence[Any], X: Matrix, N: int) -> tuple[list[Any], list[Any]]:
    """Forward, for one sample after another: Z and A of each layer."""
    Ws = [at.W for at in layers]
    bs = [at.b for at in layers]
    activations = [at.activation for at in layers]
    Zs: list[Any] = [[] for _ in layers]
    As: list[Any] = [[] for _ in layers]
    for n in range(N):
        xs, zs = network_forward(X[n], Ws, bs, activations)
        for layer in range(len(layers)):
            Zs[layer].append(zs[layer])
            As[layer].append(xs[layer + 1])
    return Zs, As


def pass_of_samples(
    layers: Sequence[Any], X: Matrix, targets: Sequence[Any], N: int, loss: Any, gradient: Any
) -> tuple[Number, list[Any], list[Any], list[Any]]:
    """Forward, loss, and back, for one sample after another; L and the gradients are those of the mean loss."""
    Ws = [at.W for at in layers]
    bs = [at.b for at in layers]
    activations = [at.activation for at in layers]
    sums_dW = [[[0] * len(W_j) for W_j in W] for W in Ws]
    sums_db = [[0] * len(b) for b in bs]
    Zs: list[Any] = [[] for _ in layers]
    As: list[Any] = [[] for _ in layers]
    dLn_dZs: list[Any] = [[] for _ in layers]
    dLn_dXs: list[Any] = [[] for _ in layers]
    total = 0
    for n in range(N):
        xs, zs = network_forward(X[n], Ws, bs, activations)
        y_hat = xs[-1]
        L_n = loss(y_hat, targets[n])
        total += L_n
        dL_da = gradient(y_hat, targets[n])
        for layer in range(len(layers) - 1, -1, -1):
            dL_dz = backward_through(activations[layer], dL_da, zs[layer])
            _add(sums_dW[layer], sums_db[layer], dL_dz, xs[layer], N > 1 and isinstance(activations[layer], ReLU))
            Zs[layer].append(zs[layer])
            As[layer].append(xs[layer + 1])
            dLn_dZs[layer].append(dL_dz)
            if layer > 0:
                dL_da = input_gradient(dL_dz, Ws[layer])
                dLn_dXs[layer].append(dL_da)
    L = total / N
    dL_dWs = [[[dL_dw / N for dL_dw in dL_dW_j] for dL_dW_j in dL_dW] for dL_dW in sums_dW]
    dL_dbs = [[dL_db_j / N for dL_db_j in dL_db] for dL_db in sums_db]
    return L, [Zs, As, dLn_dZs, dLn_dXs], dL_dWs, dL_dbs


def _add(sum_dW: list[list[Number]], sum_db: list[Number], dL_dz: Vector, x: Vector, has_gates: bool) -> None:
    """The gradients of one sample more; where neurons may be off, theirs are left out, as in a batch."""
    for j in range(len(dL_dz)):
        dL_dz_j = dL_dz[j]
        if has_gates and dL_dz_j == 0:
            continue
        for i in range(len(x)):
            sum_dW[j][i] += dL_dz_j * x[i]
        sum_db[j] += dL_dz_j


def forward_batch(network: Network) -> Any:
    """The forward pass of a batch in straight lines: a function of the network and X."""
    made = Straightened(["self", "X"], keep=["n"])
    layers = stands_for(made, network, "forward_batch").layers
    X = made.takes("X", [[0.0] * len(layers[0].W[0])], "loop")
    N = made.takes("N", 0, "", "len(X)")
    made.asked.append("0 < len(X)")
    Zs, As = made.inline(forward_of_samples, layers, X, N)
    stores, y_hat = _kept_forward(layers, X, Zs, As, one=False)
    return made.function(stores, y_hat, Zs)


def samples(network: Network, functions: tuple[Any, Any], *, one: bool) -> Any:
    """The passes of a training step in straight lines: a function of the network, X and the targets.

    Args:
        network: of the shape.
        functions: the loss of a sample and its gradient.
        one: whether it is for one sample, and has no loop.

    Raises:
        UnrollError: the loss takes probabilities, and the last layer does not give them for certain.
    """
    made = Straightened(["self", "X", "targets"], keep=[] if one else ["n"])
    layers = stands_for(made, network, "samples").layers
    of_y_hat, of_target = _kinds(functions)
    if of_y_hat & PROBABILITIES and not isinstance(layers[-1].activation, (Sigmoid, Softmax)):
        raise UnrollError("the loss takes probabilities")
    target = 0 if "Label" in of_target else [0.0] * len(layers[-1].b)
    looks = "list rows floats" if one else "loop"
    X = made.takes("X", [[0.0] * len(layers[0].W[0])], looks)
    targets = made.takes("targets", [target], f"{looks} shares" if of_target & PROBABILITIES else looks)
    N = 1 if one else made.takes("N", 0, "", "len(X)")
    made.asked.append("1 == len(X) == len(targets)" if one else "0 < len(X) == len(targets)")
    L, rows, dL_dWs, dL_dbs = made.inline(pass_of_samples, layers, X, targets, N, *functions)
    Zs, As, dLn_dZs, dLn_dXs = rows
    stores, y_hat = _kept_forward(layers, X, Zs, As, one=one)
    for k in range(len(layers)):
        kept = {"dLn_dZ": dLn_dZs[k], "dL_dW": dL_dWs[k], "dL_db": dL_dbs[k], "dLn_dX": dLn_dXs[k] if k > 0 else None}
        kept |= {"dL_dz": None, "dL_dx": None, "_W_backward": layers[k].W}
        stores += [(f"l{k}.{attribute}", thing) for attribute, thing in kept.items()]
    zs = [z for Z in Zs for z in Z] if one else Zs
    return made.function(stores, (y_hat, L), [L, *zs, *dL_dbs])


def _kept_forward(layers: Sequence[Any], X: Any, Zs: Any, As: Any, *, one: bool) -> tuple[list[tuple[str, Any]], Any]:
    """What layers keep of a forward pass, as (attribute, thing), and what the pass returns."""
    stores: list[tuple[str, Any]] = []
    for k in range(len(layers)):
        is_linear = layers[k].activation is None  # then each a is its z
        kept = {"X": _copies(X, one), "Z": Zs[k], "A": _shared(Zs[k]) if is_linear else As[k]}
        kept |= {"x": None, "z": None, "a": None}
        kept |= {"_W_forward": layers[k].W, "_W_used": _copies(layers[k].W, one)}
        stores += [(f"l{k}.{attribute}", thing) for attribute, thing in kept.items()]
        X = Zs[k] if is_linear else As[k]
    return stores, _copies(X, one)


def _kinds(functions: tuple[Any, Any]) -> Any:
    """What signatures say of their two arguments."""
    kinds = [[kind.partition("[")[0] for kind in function.__annotations__.values()] for function in functions]
    return {kinds[0][0], kinds[1][0]}, {kinds[0][1], kinds[1][1]}


def _copies(rows: Any, one: bool) -> Any:
    """New rows: written out, or copied."""
    return [list(row) for row in rows] if one else lambda shown: f"list(map(list, {shown(rows)}))"


def _shared(rows: Any) -> Any:
    """A new list of the same rows."""
    return lambda shown: f"list({shown(rows)})"
