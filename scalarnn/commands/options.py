"""From the words of a call to the settings of a training: every one is checked before anything is learned."""

from __future__ import annotations

import argparse
import math
import re

from scalarnn.commands.recipes import Data, Recipe
from scalarnn.commands.usage import UsageError, by_its_ends, nearest
from scalarnn.saving import MOST_LAYERS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from scalarnn.network import Network
    from scalarnn.random_numbers import LegacyRandom

__all__ = ["Settings", "count", "number", "part", "settings_of", "share", "whole"]

ACTIVATIONS = {"relu": "ReLU", "leaky_relu": "LeakyReLU", "sigmoid": "Sigmoid", "tanh": "Tanh", "identity": "Identity"}
# Each optimizer: its class, the learning rate if none is given, and which of the options below it takes.
OPTIMIZERS: dict[str, tuple[str, float, tuple[str, ...]]] = {
    "gradient_descent": ("GradientDescent", 0.1, ()),
    "momentum": ("Momentum", 0.02, ("beta",)),
    "nesterov": ("Nesterov", 0.02, ("beta",)),
    "adagrad": ("AdaGrad", 0.05, ("epsilon",)),
    "rmsprop": ("RMSProp", 0.005, ("beta", "epsilon")),
    "adam": ("Adam", 0.01, ("beta1", "beta2", "epsilon")),
}
# Which loss goes with what is asked. The first is meant if none is named; those on the right have all their digits.
OF_CLASSES = ("softmax_cross_entropy", "cross_entropy", "clipped_cross_entropy")
OF_YES_OR_NO = ("sigmoid_cross_entropy", "binary_cross_entropy")
OF_NUMBERS = (
    "half_squared_error",
    "squared_error",
    "mean_squared_error",
    "half_mean_squared_error",
    "root_mean_squared_error",
    "mean_absolute_error",
)
LOSSES = dict.fromkeys((*OF_CLASSES, *OF_YES_OR_NO, *OF_NUMBERS))
FROM_SCORES = {"cross_entropy": "softmax_cross_entropy", "binary_cross_entropy": "sigmoid_cross_entropy"}
PENALTIES = {"l1": "L1Penalty", "l2": "L2Penalty", "half_l2": "HalfL2Penalty"}
MOST_PARAMETERS = 1_000_000
LARGEST_SEED = 2**32 - 1
WHOLE = re.compile(r"[0-9]{1,12}")


# ---- words -----------------------------------------------------------------------------------------------------------


def whole(low: int, high: int) -> Callable[[str], int]:
    """A reader of whole numbers from low to high.

    Examples:
        >>> whole(1, 10)("7")
        7
    """

    def read(word: str) -> int:
        if not WHOLE.fullmatch(word) or not low <= int(word) <= high:
            raise argparse.ArgumentTypeError(f"{word!r}: expected a whole number from {low} to {high}")
        return int(word)

    return read


def count(word: str) -> int:
    """A whole number from 1 up.

    Examples:
        >>> count("12")
        12
    """
    if not WHOLE.fullmatch(word) or int(word) == 0:
        raise argparse.ArgumentTypeError(f"{word!r}: expected a whole number from 1 up")
    return int(word)


def number(word: str) -> float:
    """A finite number above zero.

    Examples:
        >>> number("1e-3")
        0.001
    """
    value = _float(word)
    if not 0 < value < math.inf:
        raise argparse.ArgumentTypeError(f"{word!r}: expected a number above 0")
    return value


def spread(word: str) -> float:
    """A number above 0 and at most 1000.

    Examples:
        >>> spread("12")
        12.0
    """
    value = _float(word)
    if not 0 < value <= 1000:
        raise argparse.ArgumentTypeError(f"{word!r}: expected a number above 0 and at most 1000")
    return value


def share(word: str) -> float:
    """A share of the samples: from 0 up, and below 1.

    Examples:
        >>> share("0.2")
        0.2
    """
    value = _float(word)
    if not 0 <= value < 1:
        raise argparse.ArgumentTypeError(f"{word!r}: expected a share, such as 0.2")
    return value


def part(word: str) -> float:
    """A number above 0 and at most 1.

    Examples:
        >>> part("0.1")
        0.1
    """
    value = _float(word)
    if not 0 < value <= 1:
        raise argparse.ArgumentTypeError(f"{word!r}: expected a number above 0 and at most 1")
    return value


def _float(word: str) -> float:
    try:
        return float(word)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{word!r}: expected a number") from None


def named(known: dict[str, Any], what: str) -> Callable[[str], str]:
    """A reader of one of the known names; a dash will do for an underscore."""

    def read(word: str) -> str:
        name = word.lower().replace("-", "_")
        name = "gradient_descent" if name == "sgd" and "gradient_descent" in known else name
        if name not in known:
            raise argparse.ArgumentTypeError(f"unknown {what} {word!r}{nearest(name, known)}")
        return name

    return read


def sizes(word: str) -> list[int]:
    """Neurons of each layer, the inputs first.

    Examples:
        >>> sizes("64,32,10")
        [64, 32, 10]
    """
    numbers = []
    for piece in word.split(","):
        piece = piece.strip()
        if not WHOLE.fullmatch(piece) or int(piece) == 0:
            raise argparse.ArgumentTypeError(f"{word!r}: expected inputs, neurons of each layer, such as 64,32,10")
        numbers.append(int(piece))
    if len(numbers) < 2:
        raise argparse.ArgumentTypeError(f"{word!r}: expected at least two numbers, the inputs and the outputs")
    return numbers


def add_options(parser: argparse.ArgumentParser) -> None:
    """What decides how a network learns."""
    net = parser.add_argument_group("the network")
    net.add_argument("--layers", type=sizes, metavar="64,32,10", help="inputs, neurons of each hidden layer, outputs")
    net.add_argument(
        "--activation",
        type=named(ACTIVATIONS, "activation"),
        metavar="NAME",
        help=f"of the hidden layers: {', '.join(ACTIVATIONS)}",
    )
    net.add_argument(
        "--spread",
        type=spread,
        metavar="S",
        help="begin the first layer with W = S·randn and b = S/2·randn: for data that wind",
    )
    net.add_argument(
        "--seed", type=whole(0, LARGEST_SEED), default=0, metavar="N", help="of everything drawn; 0 if not given"
    )
    how = parser.add_argument_group("how it learns")
    how.add_argument(
        "--loss",
        type=named(LOSSES, "loss"),
        metavar="NAME",
        help=f"of classes {', '.join(OF_CLASSES)}; of two classes with one output {', '.join(OF_YES_OR_NO)}, or one of "
        f"numbers: {', '.join(OF_NUMBERS)}",
    )
    how.add_argument(
        "--optimizer",
        type=named(OPTIMIZERS, "optimizer"),
        default="adam",
        metavar="NAME",
        help=f"{', '.join(OPTIMIZERS)}; adam if none is named",
    )
    how.add_argument("--learning-rate", type=number, metavar="η", help="how far one step goes")
    how.add_argument("--decay", type=part, metavar="PART", help="what is left of the learning rate at the last step")
    how.add_argument("--beta", "--momentum", type=share, metavar="β", help="of momentum, nesterov and rmsprop")
    how.add_argument("--beta1", type=share, metavar="β₁", help="of adam")
    how.add_argument("--beta2", type=share, metavar="β₂", help="of adam")
    how.add_argument("--epsilon", type=number, metavar="ε", help="of adagrad, rmsprop and adam")
    penalty = how.add_mutually_exclusive_group()
    penalty.add_argument("--l1", type=number, metavar="λ", help="a penalty of λ Σ|w|")
    penalty.add_argument("--l2", type=number, metavar="λ", help="a penalty of λ Σw²")
    penalty.add_argument("--half-l2", type=number, metavar="λ", help="a penalty of ½λ Σw²")
    how.add_argument("--epochs", type=count, metavar="N", help="how often every sample is seen")
    how.add_argument("--batch", type=count, metavar="N", help="samples a step")
    how.add_argument("--patience", type=count, metavar="N", help="stop after N epochs without a lower validation loss")
    parts = parser.add_argument_group("what it learns from")
    parts.add_argument(
        "--test", type=share, metavar="SHARE", help="held out to judge it, never learned from; 0 for none"
    )
    parts.add_argument(
        "--validation",
        type=share,
        metavar="SHARE",
        help="of the rest, watched epoch by epoch; 0.2 with --patience, else the test samples are shown",
    )


# ---- settings --------------------------------------------------------------------------------------------------------


class Settings:
    """Everything that decides a training, complete and checked.

    Attributes:
        sizes: inputs, neurons of each layer.
        activation, optimizer: their names here.
        learning_rate, decay, epochs, batch, test, validation, patience, seed, spread: as the options say.
        parameters: of the optimizer, beside its learning rate.
        penalty: a name of PENALTIES and its strength; None for none.
        loss: as --loss says, in the form that takes scores where there are two; else "softmax_cross_entropy", or
            "half_squared_error" for a single output.
    """

    def __init__(self, arguments: argparse.Namespace, data: Data, recipe: Recipe) -> None:
        n_features, n_classes = len(data.feature_names), len(data.class_names)
        self.seed: int = arguments.seed
        self.sizes = _sizes(arguments.layers, data, recipe, arguments.loss)
        self.activation: str = arguments.activation or recipe.activation
        self.optimizer: str = arguments.optimizer
        _, usual_rate, _ = OPTIMIZERS[self.optimizer]
        self.learning_rate: float = arguments.learning_rate or (
            recipe.learning_rate if self.optimizer == "adam" else usual_rate
        )
        self.decay: float = arguments.decay or recipe.decay
        self.parameters = _parameters(arguments)
        self.penalty = _penalty(arguments)
        self.epochs: int = arguments.epochs or recipe.epochs
        self.batch: int = arguments.batch or recipe.batch
        self.patience: int | None = arguments.patience
        self.test: float = recipe.test if arguments.test is None else arguments.test
        self.validation: float = 0.2 if self.patience else 0.0
        if arguments.validation is not None:
            self.validation = arguments.validation
        self.spread: float | None = arguments.spread or (recipe.spread if arguments.activation is None else None)
        self.loss = _loss(arguments.loss, self.sizes[-1], data)
        self.task: str = data.task
        assert self.sizes[0] == n_features
        assert self.sizes[-1] in (1, n_classes)

    @property
    def n_parameters(self) -> int:
        """How many weights and biases the network has."""
        total = 0
        for layer in range(1, len(self.sizes)):
            total += (self.sizes[layer - 1] + 1) * self.sizes[layer]
        return total

    def new_network(self) -> Network:
        """The network as it is before it has learned anything."""
        import scalarnn as nn

        kind = getattr(nn, ACTIVATIONS[self.activation])
        usual = nn.he_normal if self.activation in ("relu", "leaky_relu") else nn.glorot_normal
        n_layers = len(self.sizes) - 1
        ends = {"sigmoid_cross_entropy": nn.Sigmoid(), "clipped_cross_entropy": nn.Softmax()}
        activations = [kind() for _ in range(n_layers - 1)] + [ends.get(self.loss)]
        initializations: list[Any] = [usual] * n_layers
        if self.spread is not None:
            initializations[0] = first = _Spread(self.spread)
        network = nn.dense_network(self.sizes, activations, self.seed, initializations)
        if self.spread is not None:
            network.layers[0].b = first.b
        return network

    def new_optimizer(self, n_samples: int) -> Any:
        """The optimizer for so many samples to learn from."""
        import scalarnn as nn

        rate: Any = self.learning_rate
        if self.decay < 1:
            n_steps = self.epochs * -(-n_samples // self.batch)
            rate = nn.ExponentialDecay(rate, gamma=self.decay ** (1 / n_steps))
        return getattr(nn, OPTIMIZERS[self.optimizer][0])(rate, **self.parameters)

    def new_penalty(self) -> Any:
        """The penalty, or None."""
        import scalarnn as nn

        return None if self.penalty is None else getattr(nn, PENALTIES[self.penalty[0]])(self.penalty[1])

    def as_data(self) -> dict[str, Any]:
        """The same for a file."""
        return dict(vars(self))


class _Spread:
    """An initialization that draws the biases too, right after the weights."""

    def __init__(self, scale: float) -> None:
        self.scale = scale
        self.b: list[Any] = []

    def __call__(self, n_inputs: int, n_neurons: int, rng: LegacyRandom) -> list[list[Any]]:
        from scalarnn.learning.initialization import normal_weights

        W = normal_weights(n_inputs, n_neurons, rng, self.scale)
        self.b = []
        for _ in range(n_neurons):
            self.b.append(self.scale / 2 * rng.randn())
        return W


def settings_of(arguments: argparse.Namespace, data: Data, recipe: Recipe) -> Settings:
    """The settings, where nothing is said those of the recipe.

    Args:
        arguments: what the options of `add_options` say.
        data: what is to be learned.
        recipe: what goes well with it.

    Returns:
        Settings.

    Raises:
        UsageError: options do not fit the data, or each other.
    """
    settings = Settings(arguments, data, recipe)
    n_layers = len(settings.sizes) - 1
    if n_layers > MOST_LAYERS:
        raise UsageError(f"--layers {_joined(settings.sizes)}: {n_layers} layers: expected at most {MOST_LAYERS}")
    if settings.n_parameters > MOST_PARAMETERS:
        raise UsageError(
            f"--layers {_joined(settings.sizes)}: {settings.n_parameters} parameters: expected at most "
            f"{MOST_PARAMETERS}; plain Python would not come to an end"
        )
    if settings.patience is not None and settings.validation == 0:
        raise UsageError("--patience watches the validation loss: give it a --validation share above 0")
    return settings


def _loss(given: str | None, n_outputs: int, data: Data) -> str:
    """The loss that is meant, in the form that takes scores, where the data and the outputs have a use for it."""
    fits: tuple[str, ...]
    if given is None:
        return OF_NUMBERS[0] if n_outputs == 1 else OF_CLASSES[0]
    if data.task == "regression":
        fits, what = OF_NUMBERS, "a number to be told"
    elif n_outputs == 1:
        fits, what = (*OF_YES_OR_NO, *OF_NUMBERS), "two classes and one output"
    else:
        fits, what = OF_CLASSES, f"{len(data.class_names)} classes"
    if given not in fits:
        raise UsageError(f"--loss {given}: {data.name} has {what}: expected one of {', '.join(fits)}")
    return FROM_SCORES.get(given, given)


def _sizes(given: list[int] | None, data: Data, recipe: Recipe, loss: str | None) -> list[int]:
    n_features, n_classes = len(data.feature_names), len(data.class_names)
    if data.task == "regression":
        n_classes = 1
    if given is None:
        # XOR has one output, as in 2-2-1; so has what a loss for one output is named for.
        has_one = data.name == "xor" if loss is None else n_classes <= 2 and loss not in OF_CLASSES
        return [n_features, *recipe.hidden, 1 if has_one else n_classes]
    hidden = given[1:-1]
    if given[0] != n_features:
        expected = _joined([n_features, *hidden, n_classes])
        raise UsageError(f"--layers {_joined(given)}: {data.name} has {n_features} features: expected {expected}")
    if given[-1] != n_classes and not (given[-1] == 1 and n_classes == 2):
        expected = _joined([n_features, *hidden, n_classes])
        what = "a number to be told" if data.task == "regression" else f"{n_classes} classes"
        raise UsageError(f"--layers {_joined(given)}: {data.name} has {what}: expected {expected}")
    return given


def _parameters(arguments: argparse.Namespace) -> dict[str, float]:
    taken = OPTIMIZERS[arguments.optimizer][2]
    found: dict[str, float] = {}
    for name in ("beta", "beta1", "beta2", "epsilon"):
        value = getattr(arguments, name)
        if value is None:
            continue
        if name not in taken:
            takes = " and ".join(f"--{other}" for other in taken) or "no such setting"
            raise UsageError(f"--{name}: {arguments.optimizer} takes {takes}")
        found[name] = value
    return found


def _penalty(arguments: argparse.Namespace) -> tuple[str, float] | None:
    for name in PENALTIES:
        strength = getattr(arguments, name)
        if strength is not None:
            return name, strength
    return None


def _joined(numbers: list[int]) -> str:
    return by_its_ends([str(size) for size in numbers], ",")
