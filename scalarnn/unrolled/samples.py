"""The passes of a training step in straight lines, sample by sample: forward, the loss, its gradient, and back.

A batch goes through a network layer by layer, a sample through straight lines from its inputs to its gradients; the
sums over the samples are the same sums in the same order, so the bits are the same.
"""

from __future__ import annotations

from scalarnn.activations import Sigmoid
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

__all__ = ["pass_of_samples", "samples"]

PROBABILITIES = {"Probabilities", "PossibleProbabilities"}


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
            _add(sums_dW[layer], sums_db[layer], dL_dz, xs[layer])
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


def _add(sum_dW: list[list[Number]], sum_db: list[Number], dL_dz: Vector, x: Vector) -> None:
    """The gradients of one sample more; those of a neuron that was off are left out, as in a batch."""
    for j in range(len(dL_dz)):
        dL_dz_j = dL_dz[j]
        if type(dL_dz_j) is float and dL_dz_j == 0:
            continue
        for i in range(len(x)):
            sum_dW[j][i] += dL_dz_j * x[i]
        sum_db[j] += dL_dz_j


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
    stores: list[tuple[str, Any]] = []
    before: Any = X
    for k in range(len(layers)):
        Z, A, dLn_dZ, dLn_dX = (kept[k] for kept in rows)
        is_linear = layers[k].activation is None  # then each a is its z
        kept = {
            "X": _copies(before, one),
            "Z": Z,
            "A": _shared(Z) if is_linear else A,
            "x": None,
            "z": None,
            "a": None,
            "_W_forward": layers[k].W,
            "_W_used": _copies(layers[k].W, one),
            "_W_backward": layers[k].W,
            "dLn_dZ": dLn_dZ,
            "dL_dW": dL_dWs[k],
            "dL_db": dL_dbs[k],
            "dLn_dX": dLn_dX if k > 0 else None,
            "dL_dz": None,
            "dL_dx": None,
        }
        stores += [(f"l{k}.{attribute}", thing) for attribute, thing in kept.items()]
        before = Z if is_linear else A
    finite = [L, *(z for Z in rows[0] for z in Z), *dL_dbs] if one else [L, *rows[0], *dL_dbs]
    return made.function(stores, (_copies(before, one), L), finite)


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
