"""A network that came from elsewhere: put together layer by layer, with a sentence for all that was turned or assumed.

draft = Draft("a file of …")
draft.dense("fc1", W, b)          a matrix and a bias; a row of W is a neuron
draft.activation("relu")          of the layer before
draft.arrived()                   a Network, if everything fits
"""

from __future__ import annotations

import re
from collections import namedtuple

from scalarnn.activations import Sigmoid
from scalarnn.exchange.tensors import MOST_NUMBERS, ExchangeError, Tensor
from scalarnn.frameworks.framework import ACTIVATIONS, ALSO_CALLED
from scalarnn.layer import Layer
from scalarnn.network import Network
from scalarnn.passing import Passing
from scalarnn.softmax import Softmax

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from scalarnn.layer import Activation
    from scalarnn.scalar import Number

__all__ = ["Arrived", "Draft", "Wishes", "activation_named", "told"]

# How others call the activations that there are; without _ and in small letters.
NAMED: dict[str, Any] = {
    **{name.replace("_", ""): kind for name, kind in ACTIVATIONS.items()},
    **{other: ACTIVATIONS[name] for other, name in ALSO_CALLED.items()},
    **dict.fromkeys(("linear", "identity", "none"), None),
}
USUAL = {"leakyrelu": 0.01, "elu": 1.0, "celu": 1.0}  # of those that take a number
THERE_ARE = f"{', '.join(name for name in ACTIVATIONS if name != 'identity')}, none, or leaky_relu(0.2) and elu(0.5)"
WITH_NUMBER = re.compile(rf"({'|'.join(USUAL)})\(([0-9]{{1,3}}(?:\.[0-9]{{1,17}})?)\)")
MOST_SHOWN = 12
MARGIN, WIDTH = 11, 77  # of what is told


class Wishes(namedtuple("Wishes", "activation output order loss", defaults=[None, None, None, None])):
    """What a user says of a file that does not tell.

    Args:
        activation: of the hidden layers; None for what is usual.
        output: of the last layer; None for what is usual.
        order: the names of the layers, from the input to the output; None to find out.
        loss: by the name that `training` has; None for what goes with the last layer.
    """

    __slots__ = ()

    def no_activations(self) -> None:
        """For a file that says its activations.

        Raises:
            ExchangeError: the user says others.
        """
        if self.activation or self.output:
            raise ExchangeError("the file says its activations itself: leave --activation and --output out")


class Arrived(Network):
    """A Network, and where it came from.

    Args:
        layers: `Layer` objects.
        source: what it was read from, in words.
        said: what was turned round, left out or assumed, a sentence each.
        loss: what it was or may be trained with, by the name that `training` has; and why.
        class_names: what its outputs are called; None if nobody says.
        feature_names: what its inputs are called; None if nobody says.
        label_name: of the number that it tells; None if it tells classes or nobody says.
        learned: the layers as they were trained, before a scaling went into them; None if they are the same.

    Attributes:
        source, said, class_names, feature_names, label_name: as given.
        learned: the same, `layers` for None.
        loss, because: the two of `loss`.

    Examples:
        >>> arrived = Arrived([Layer([[2.0]], [1.0])], "a letter", said=["nothing was turned"])
        >>> arrived.forward([3.0])
        [7.0]
        >>> print(arrived)
        from       a letter
        network    1-1, activations none; 2 parameters
        said       nothing was turned
        loss       half_squared_error: assumed, since one output has no activation
    """

    def __init__(
        self,
        layers: Sequence[Layer],
        source: str,
        *,
        said: Sequence[str] = (),
        loss: tuple[str, str] | None = None,
        class_names: list[str] | None = None,
        feature_names: list[str] | None = None,
        label_name: str | None = None,
        learned: Sequence[Layer] | None = None,
    ) -> None:
        super().__init__(layers)
        self.learned = list(learned or layers)
        self.source = source
        self.said = list(said)
        self.loss, self.because = loss or _usual_loss(layers[-1], class_names)
        self.class_names, self.feature_names, self.label_name = class_names, feature_names, label_name

    def __str__(self) -> str:
        sizes = [len(self.layers[0].W[0]), *(len(layer.W) for layer in self.layers)]
        names = [_name_of(layer.activation) for layer in self.layers]
        n_parameters = 0
        for layer in self.layers:
            n_parameters += len(layer.W) * (len(layer.W[0]) + 1)
        network = f"{_joined(sizes, '-')}, activations {_joined(names, ', ')}; {n_parameters} parameters"
        lines = [("from", self.source), ("network", network)]
        for sentence in self.said:
            lines.append(("said", sentence))
        lines.append(("loss", f"{self.loss}: {self.because}"))
        if self.class_names is not None:
            lines.append(("classes", _joined(self.class_names, ", ")))
        if self.label_name is not None:
            lines.append(("number", self.label_name))
        return "\n".join(told(word, sentence) for word, sentence in lines)


def told(word: str, sentence: str) -> str:
    """A sentence behind its word, in lines that a page and a terminal have room for.

    Args:
        word: what it is about.
        sentence: what there is to say; control characters in it are not.

    Examples:
        >>> print(told("said", "no activation is in a state_dict: assumed relu between the layers, none at the end"))
        said       no activation is in a state_dict: assumed relu between the layers,
                   none at the end
    """
    import textwrap

    plain = "".join(letter if letter.isprintable() else "?" for letter in sentence)
    lines = textwrap.wrap(plain, WIDTH - MARGIN, break_long_words=False, break_on_hyphens=False) or [""]
    return f"{word:<{MARGIN}}" + f"\n{' ' * MARGIN}".join(lines)


class Draft:
    """A network that is being put together.

    Args:
        source: what it is read from, in words.
        bends: the activations whose values there are known to be ours; None for all that there are.

    Examples:
        >>> draft = Draft("two lists")
        >>> draft.dense("fc1", [[1.0, -1.0]], [0.0])
        >>> draft.activation("relu")
        >>> draft.arrived().forward([3.0, 1.0])
        [2.0]
    """

    def __init__(self, source: str, bends: Sequence[str] | None = None) -> None:
        self.source = source
        self.bends = bends
        self.names: list[str] = []
        self.said: list[str] = []
        self._layers: list[Any] = []  # W, b, and the activation, which is False until it is known

    def dense(self, name: str, W: list[list[Number]], b: list[Number] | None) -> None:
        """A layer; a row of W is a neuron, and a bias that is not there is 0."""
        n_inputs, n_neurons = len(W[0]), len(W)
        if self._layers and len(self._layers[-1][0]) != n_inputs:
            before = len(self._layers[-1][0])
            raise ExchangeError(f"{name} has {n_inputs} inputs: expected {before}, the outputs of {self.names[-1]}")
        if b is None:
            self.said.append(f"{name} has no bias: zeros")
            b = [0.0] * n_neurons
        if len(b) != n_neurons:
            raise ExchangeError(f"{name} has {len(b)} biases: expected {n_neurons}, one for each neuron")
        self.names.append(name)
        self._layers.append([W, b, False])
        n_numbers = 0
        for W, b, _ in self._layers:
            n_numbers += len(W) * len(W[0]) + len(b)
        if n_numbers > MOST_NUMBERS:
            raise ExchangeError(f"more than {MOST_NUMBERS} parameters: too many for a network of plain lists")

    def kernel(self, name: str, kernel: Tensor, bias: Tensor | None) -> None:
        """A layer whose matrix has a column for each neuron, and is turned."""
        matrix_of(kernel)
        self.dense(name, kernel.columns(), None if bias is None else vector_of(bias))

    def activation(self, name: str, number: float | None = None, passing: int | None = None) -> None:
        """What bends the outputs of the layer before.

        Args:
            name: as others call it.
            number: the slope of leaky_relu, the α of elu and celu.
            passing: how many neurons it bends, if the others hand on what they get.
        """
        place = f"after {self.names[-1]}" if self.names else "at the beginning"
        activation = activation_named(name, number, place)
        if activation is None:
            return
        if self.bends is not None and type(activation) not in [NAMED[_plain(one)] for one in self.bends]:
            measured = ", ".join(self.bends)
            raise ExchangeError(
                f"{place}: the activation {ascii(name)[:60]}: expected one that was measured: {measured}"
            )
        if not self._layers:
            raise ExchangeError(f"{name} stands before the first layer: expected a layer with weights")
        if self._layers[-1][2] is not False:
            raise ExchangeError(f"two activations after {self.names[-1]}: expected one")
        self._layers[-1][2] = activation if passing is None else Passing(activation, passing)

    def assume(self, wishes: Wishes, why: str, hidden: str = "relu", output: str = "none") -> None:
        """The activations of a file that has none: what the user says, else what is usual; and it is said.

        Args:
            wishes: of the user.
            why: what the file lacks.
            hidden: what is usual between layers.
            output: what is usual at the end.
        """
        for k in range(len(self._layers)):
            last = k == len(self._layers) - 1
            name = (wishes.output or output) if last else (wishes.activation or hidden)
            self._layers[k][2] = activation_named(name, None, f"after {self.names[k]}")
        parts = []
        if len(self._layers) > 1:
            parts.append(_assumed(wishes.activation, hidden, "between the layers", "--activation"))
        parts.append(_assumed(wishes.output, output, "at the end", "--output"))
        self.said.append(f"{why}: {'; '.join(parts)}")

    @property
    def n_inputs(self) -> int:
        """How many inputs the first layer has."""
        return len(self._layers[0][0][0])

    def arrived(self, wishes: Wishes | None = None, **known: Any) -> Arrived:
        """The network.

        Args:
            wishes: of the user; its loss is taken.
            known: what Arrived takes by name.

        Raises:
            ExchangeError: there is no layer, or softmax stands between layers.
        """
        if not self._layers:
            raise ExchangeError("no layer with weights: expected dense layers")
        if wishes is not None and wishes.loss is not None:
            known["loss"] = (wishes.loss, "as was asked for")
        layers = []
        for W, b, activation in self._layers:
            layers.append(Layer(W, b, activation or None))
        return Arrived(layers, self.source, said=self.said, **known)


def activation_named(name: Any, number: float | None, place: str) -> Activation | None:
    """One of the activations that there are, by the name that others give it.

    Args:
        name: such as "relu", or "leaky_relu(0.2)".
        number: the slope of leaky_relu, the α of elu and celu; None for what is usual.
        place: how messages call it.

    Raises:
        ExchangeError: there is none of that name.

    Examples:
        >>> activation_named("LeakyReLU", 0.2, "after fc1"), activation_named("linear", None, "after fc2")
        (LeakyReLU(slope=0.2), None)
        >>> activation_named("gelu", None, "after fc1"), activation_named("elu(0.5)", None, "after fc2")
        (GELU(), ELU(alpha=0.5))
    """
    key = _plain(name) if isinstance(name, str) else ""
    match = WITH_NUMBER.fullmatch(key)
    if match is not None:
        key, number = match.group(1), float(match.group(2))
    if key not in NAMED:
        raise ExchangeError(f"{place}: the activation {ascii(name)[:60]}: expected one of {THERE_ARE}")
    kind = NAMED[key]
    if kind is None:
        return None
    activation: Activation = kind(USUAL[key] if number is None else number) if key in USUAL else kind()
    return activation


def _plain(name: str) -> str:
    return name.lower().replace("_", "").replace("-", "")


def matrix_of(tensor: Tensor) -> Tensor:
    """The tensor, if it has rows and columns.

    Raises:
        ExchangeError: it has another number of them.

    Examples:
        >>> matrix_of(Tensor("conv.weight", (1, 1, 1), [0.5]))
        Traceback (most recent call last):
        scalarnn.exchange.tensors.ExchangeError: conv.weight has the shape 1 × 1 × 1: expected a matrix of a dense layer
    """
    if len(tensor.shape) != 2:
        shape = " × ".join(map(str, tensor.shape)) or "of one number"
        raise ExchangeError(f"{tensor.name} has the shape {shape}: expected a matrix of a dense layer")
    return tensor


def vector_of(tensor: Tensor) -> list[Number]:
    """The numbers of a bias, which may be written as a matrix of one row.

    Raises:
        ExchangeError: it has more rows.

    Examples:
        >>> vector_of(Tensor("fc.bias", (1, 2), [0.5, 1.0]))
        [0.5, 1.0]
    """
    if not tensor.shape or tensor.shape[-1] != len(tensor.numbers):
        shape = " × ".join(map(str, tensor.shape)) or "of one number"
        raise ExchangeError(f"{tensor.name} has the shape {shape}: expected one bias for each neuron")
    return list(tensor.numbers)


def _assumed(wish: str | None, usual: str, where: str, option: str) -> str:
    return f"{wish} {where}, as was asked for" if wish else f"assumed {usual} {where} ({option} says otherwise)"


def _usual_loss(last: Layer, class_names: list[str] | None) -> tuple[str, str]:
    """The loss that goes with a last layer, and why."""
    if isinstance(last.activation, Softmax):
        return "cross_entropy", "assumed, since the last layer is softmax"
    if isinstance(last.activation, Sigmoid):
        return "binary_cross_entropy", "assumed, since the last layer is sigmoid"
    if last.activation is None and len(last.W) > 1:
        because = "the outputs have no activation" if class_names is None else "the outputs are scores of classes"
        return "softmax_cross_entropy", f"assumed, since {because}"
    outputs = "one output" if len(last.W) == 1 else f"{len(last.W)} outputs"
    has = "have" if len(last.W) > 1 else "has"
    activation = "no activation" if last.activation is None else _name_of(last.activation)
    return "half_squared_error", f"assumed, since {outputs} {has} {activation}"


def _name_of(activation: Any) -> str:
    if activation is None:
        return "none"
    if isinstance(activation, Passing):
        return f"{_name_of(activation.activation)} and passing"
    name = type(activation).__name__
    return f"{name}({next(iter(vars(activation).values()))})" if name.lower() in USUAL else name


def _joined(parts: Sequence[Any], between: str) -> str:
    texts = [str(part) for part in parts]
    return between.join([*texts[:MOST_SHOWN], "…"] if len(texts) > MOST_SHOWN else texts)
