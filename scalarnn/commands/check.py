"""check: is a saved network sound, does it still say what it said, and are its gradients right?"""

from __future__ import annotations

import argparse
import sys

from scalarnn.classifier import Classifier
from scalarnn.commands import options
from scalarnn.commands.again import data_again
from scalarnn.commands.figures import print_figures
from scalarnn.commands.files import check_read_once, load_model, on_disk, shown
from scalarnn.commands.samples import read_samples
from scalarnn.commands.tables import add_table_options
from scalarnn.commands.usage import UsageError, by_its_ends, printable
from scalarnn.commands.words import sizes_in_words
from scalarnn.regressor import Regressor

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.commands.again import Again
    from scalarnn.gradient_check import GradientReport
    from scalarnn.network import Network

__all__ = ["describe", "prepare", "run"]

ALL_UP_TO = 400  # parameters: so many are all checked, of more a part
CHOSEN = 200
SAMPLES = 3


def describe(command: str, parser: argparse.ArgumentParser) -> None:  # noqa: ARG001
    """What the command takes."""
    parser.description = (
        "Look whether a saved network is whole and sound, whether it still gives the figures of its training, and "
        "whether its gradients agree with central differences and dual numbers."
    )
    parser.add_argument("model", metavar="MODEL.JSON", help="a saved network; - for standard input")
    parser.add_argument(
        "data",
        nargs="?",
        metavar="DATA.CSV",
        help="samples with their classes, or numbers, - for standard input; or drawings",
    )
    add_table_options(parser, "the column of the true classes; by default as in training")
    parser.add_argument(
        "--entries",
        type=options.count,
        metavar="N",
        help=f"how many parameters; all up to {ALL_UP_TO}, else {CHOSEN} drawn by seed",
    )
    parser.add_argument(
        "--samples", type=options.whole(1, 1000), default=SAMPLES, metavar="N", help=f"how many in the batch; {SAMPLES}"
    )
    parser.add_argument(
        "--seed", type=options.whole(0, options.LARGEST_SEED), default=0, metavar="N", help="of what is drawn; 0"
    )


def prepare(arguments: argparse.Namespace) -> None:
    """Standard input is there once."""
    check_read_once([arguments.model, *([] if arguments.data is None else [arguments.data])])


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    from scalarnn.saving import SavedNetworkError, load_with_notes

    path = shown(arguments.model)
    try:
        with on_disk(arguments.model) as file:
            try:
                network, notes = load_with_notes(file)
                classifier = _classifier(file, notes)
            except SavedNetworkError as error:
                print(f"file       damaged: {str(error).replace(file, path)}")
                return 1
    except UsageError as error:
        text = str(error)
        raise UsageError(text if text.startswith(path) else f"{path}: {text}") from None
    network = classifier.network if classifier else network
    sizes = [len(network.layers[0].W[0]), *(len(layer.W) for layer in network.layers)]
    n_parameters = 0
    for layer in range(1, len(sizes)):
        n_parameters += (sizes[layer - 1] + 1) * sizes[layer]
    print(f"file       whole: every number is finite, every shape fits ({path})")
    print(f"network    {sizes_in_words(sizes)}, {_activations(network)}; {n_parameters} parameters")
    sound = True
    if isinstance(classifier, Regressor):
        print(f"number     {printable(classifier.label_name)}")
    elif classifier:
        more = " …" if len(classifier.class_names) > 10 else ""
        print(f"classes    {', '.join(printable(name) for name in classifier.class_names[:10])}{more}")
    try:
        X, labels, what, again = _samples(arguments, network, classifier, notes)
        if classifier:
            sound = print_figures(classifier, notes.get("training"), again)
        sys.stdout.flush()
        report = _report(network, X, labels, arguments)
    except (ArithmeticError, TypeError, ValueError) as error:  # numbers too large, or of a kind without exp
        print(f"gradients  cannot be checked: {error}")
        return 1
    print(f"samples    {len(X)}, {what}")
    print(f"gradients  {_subject(n_parameters, report, arguments)}\n")
    print(report)
    return 0 if sound and report.ok else 1


def _classifier(path: str, notes: dict[str, Any]) -> Classifier | Regressor | None:
    """The classifier or regressor, if the notes are those of one."""
    return load_model(path, notes)[0] if notes.keys() & {"classifier", "regressor"} else None


def _activations(network: Network) -> str:
    names = []
    for layer in network.layers:
        names.append("none" if layer.activation is None else type(layer.activation).__name__)
    return f"activations {by_its_ends(names, ', ')}"


# ---- samples ---------------------------------------------------------------------------------------------------------


def _samples(
    arguments: argparse.Namespace, network: Network, classifier: Classifier | Regressor | None, notes: dict[str, Any]
) -> tuple[Any, Any, str, Again | None]:
    """What the network is given, the class of each, where they are from, and the data of the training."""
    from scalarnn.random_numbers import LegacyRandom

    n = arguments.samples
    rng = LegacyRandom(arguments.seed)
    if arguments.data is not None:
        if classifier is None:
            raise UsageError(
                f"{shown(arguments.model)}: a network without names of features: leave {shown(arguments.data)} out"
            )
        with on_disk(arguments.data) as path:
            X, labels, notes_of_table = samples = read_samples(path, classifier, arguments)
            if labels is None:
                what = "number" if classifier.kind == "regressor" else "class"
                name = repr(classifier.label_name) if classifier.label_name else "of what is true"
                raise ValueError(f"{path}: no column {name}: the gradient begins at the true {what}")
            usable = [i for i in samples.whole if labels[i] is not None]
            if not usable:
                raise ValueError(f"{path}: every row has a gap: there is nothing to check with")
            again = data_again(notes.get("training"), classifier, (path, shown(arguments.data)))
        chosen = [usable[i] for i in _drawn(len(usable), n, rng)]
        gaps = f", {len(X) - len(usable)} of {len(X)} rows left out, with gaps" if len(usable) < len(X) else ""
        said = "".join(f"; {note}" for note in notes_of_table)
        return *_as_learned(classifier, X, labels, chosen), f"drawn from {shown(arguments.data)}{gaps}{said}", again
    n_inputs = len(network.layers[0].W[0])
    n_classes = max(2, len(network.layers[-1].W))
    found = None if classifier is None else data_again(notes.get("training"), classifier)
    if classifier is not None and found is not None and found.data is not None:
        data = found.data
        chosen = _drawn(len(data.X), n, rng)
        return *_as_learned(classifier, data.X, data.labels, chosen), f"drawn from {data.name}", found
    X = [rng.randn(n_inputs) for _ in range(n)]
    return X, [int(rng.rand() * n_classes) for _ in range(n)], "drawn from the normal distribution", found


def _as_learned(classifier: Classifier | Regressor, X: Any, labels: Any, chosen: list[int]) -> tuple[Any, Any]:
    """The chosen samples as the network gets them, and what it should say."""
    told = [labels[i] for i in chosen]
    if isinstance(classifier, Regressor):
        told = [row[0] for row in classifier.targets(told)]
    return classifier.inputs([X[i] for i in chosen]), told


def _drawn(n_all: int, n: int, rng: Any) -> list[int]:
    from scalarnn.datasets.seeding import shuffled

    return sorted(shuffled(n_all, rng)[:n])


# ---- gradients -------------------------------------------------------------------------------------------------------


def _report(network: Network, X: Any, labels: Any, arguments: argparse.Namespace) -> GradientReport:
    from scalarnn.gradient_check import check_batch_gradients
    from scalarnn.random_numbers import LegacyRandom

    loss, gradient, targets = _loss(network, labels)
    places = _places(network)
    n = arguments.entries or (len(places) if len(places) <= ALL_UP_TO else CHOSEN)
    if n >= len(places):
        return check_batch_gradients(network, X, targets, loss, gradient)
    chosen = [places[k] for k in _drawn(len(places), n, LegacyRandom(arguments.seed))]
    return _report_of_some(network, X, targets, loss, gradient, chosen)


def _loss(network: Network, labels: Any) -> tuple[Any, Any, Any]:
    """The loss that goes with the last layer, its gradient, and the targets as it takes them."""
    import scalarnn as nn

    if len(network.layers[-1].W) == 1:
        return nn.half_squared_error, nn.half_squared_error_gradient, [[label] for label in labels]
    if isinstance(network.layers[-1].activation, nn.Softmax):
        return nn.cross_entropy_index, nn.cross_entropy_index_gradient, labels
    return nn.softmax_cross_entropy_index, nn.softmax_cross_entropy_index_gradient, labels


def _places(network: Network) -> list[tuple[int, int, int | None]]:
    """Layer, neuron and input of every weight; None as input stands for the bias."""
    places: list[tuple[int, int, int | None]] = []
    for layer in range(len(network.layers)):
        W = network.layers[layer].W
        for j in range(len(W)):
            for i in range(len(W[j])):
                places.append((layer, j, i))
            places.append((layer, j, None))
    return places


def _report_of_some(
    network: Network, X: Any, targets: Any, loss: Any, gradient: Any, chosen: list[tuple[int, int, int | None]]
) -> GradientReport:
    """The same for the chosen parameters: all others stay as they are."""
    from scalarnn.gradient_check import GradientReport, check_gradients
    from scalarnn.layer import Layer
    from scalarnn.network import Network

    Y_hat = network.forward_batch(X)
    network.backward_batch([gradient(Y_hat[k], targets[k]) for k in range(len(X))])
    theta, dL_dtheta = [], []
    for layer, j, i in chosen:
        at = network.layers[layer]
        theta.append(at.b[j] if i is None else at.W[j][i])
        dL_dtheta.append(at.dL_db[j] if i is None else at.dL_dW[j][i])

    def L(numbers: Any) -> Any:
        changed: dict[int, Layer] = {}
        for k in range(len(chosen)):
            layer, j, i = chosen[k]
            at = network.layers[layer]
            if numbers[k] is (at.b[j] if i is None else at.W[j][i]):
                continue
            copy = changed.setdefault(layer, Layer(at.W, at.b, at.activation))
            if i is None:
                copy.b[j] = numbers[k]
            else:
                copy.W[j][i] = numbers[k]
        layers = [changed.get(layer) or _like(network.layers[layer]) for layer in range(len(network.layers))]
        Y = Network(layers).forward_batch(X)
        total: Any = 0
        for k in range(len(X)):
            total += loss(Y[k], targets[k])
        return total / len(X)

    report = check_gradients(L, theta, dL_dtheta)
    for k in range(len(chosen)):
        layer, j, i = chosen[k]
        report.entries[k].name = f"layers[{layer}].b[{j}]" if i is None else f"layers[{layer}].W[{j}][{i}]"
    return GradientReport(report.entries, report.notes)


def _like(layer: Any) -> Any:
    from scalarnn.layer import Layer

    return Layer(layer.W, layer.b, layer.activation)


def _subject(n_parameters: int, report: GradientReport, arguments: argparse.Namespace) -> str:
    if any(entry.name.startswith("X[") for entry in report.entries):
        return f"of all {n_parameters} parameters, of the inputs and of the loss"
    return f"of {len(report.entries)} of {n_parameters} parameters, drawn by seed {arguments.seed}"
