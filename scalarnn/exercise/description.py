"""An exercise: a network, its numbers, and what is to be done with them. Everything that can be wrong is found here."""

from __future__ import annotations

from fractions import Fraction

from scalarnn.exercise.fitting import (
    INSIDE,
    RATES,
    check_data,
    check_layer,
    check_loss,
    check_penalty,
    frozen_names,
    settings_of,
)
from scalarnn.exercise.keys import ACTIVATIONS, KEYS, LAYER_KEYS, OPTIMIZERS, SLOPE, Key, Rule
from scalarnn.exercise.kinds import Decimal, EntryError, ExerciseError
from scalarnn.exercise.liking import LikedRule, liked_framework, liked_loss, liked_rule, spoken_activation
from scalarnn.layouts import weights_from_inputs_by_neurons
from scalarnn.nearest import nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from scalarnn.exercise.liking import LikedLoss, Spoken
    from scalarnn.frameworks import Framework

__all__ = ["Exercise", "ExerciseLayer", "name_of"]

MOST_LAYERS = 100
OF_NUMBERS = ("x", "X", "y", "Y", "strength", "learning_rate", *RATES, "W", "b", "alpha")


class ExerciseLayer:
    """One layer of an exercise.

    Attributes:
        W: weights, a row a neuron, whatever layout the file has.
        b: biases, or None for a layer without.
        activation: its name, such as "relu".
        alpha: the slope of leaky ReLU below 0; None for other activations.
        spoken: what stands for an activation that is not the book's; None for one that is.
    """

    def __init__(self, values: Mapping[str, Any], spoken: Spoken | None) -> None:
        self.spoken = spoken
        self.W: list[list[Any]] = values["W"]
        self.b: list[Any] | None = values["b"]
        self.activation: str = values["activation"]
        self.alpha: Any = values["alpha"]


class Exercise:
    """A network with its numbers. The arguments are the keys of an exercise file, and so are the attributes.

    Args:
        layer: for each layer its keys, from the inputs to the outputs.
        given: the other keys, as in the file.

    Attributes:
        layers: an ExerciseLayer each.
        given: the keys as they were given, "layer" among them.
        is_exact: whether a number was given as a fraction, such as "1/3".
        frozen: what is not updated, each name with its layer: ("b[0]", "b[1]").

    Numbers are exact, each an int or a Fraction. What was not given has its value from the table of keys, mostly None.

    Raises:
        ExerciseError: something is wrong; one line that says what was expected.

    Examples:
        >>> exercise = Exercise([{"W": [[1, -2]], "b": ["1/3"]}], x=[0.5, 2], y=1, loss="squared error")
        >>> exercise.x, exercise.y, exercise.loss, exercise.layers[0].b
        ([Fraction(1, 2), 2], [1], 'squared_error', [Fraction(1, 3)])
        >>> Exercise([{"W": [[1, 2]]}], x=[1, 2, 3])
        Traceback (most recent call last):
        scalarnn.exercise.kinds.ExerciseError: x: 3 numbers: expected 2, one for each column of layer[0].W
    """

    def __init__(self, layer: Sequence[Mapping[str, Any]], **given: Any) -> None:
        self.given: dict[str, Any] = {**given, "layer": layer}
        try:
            self._fill(given, layer)
        except EntryError as wrong:
            raise ExerciseError(f"{name_of(wrong.path)}: {wrong}") from None

    @classmethod
    def checked(cls, data: Mapping[str, Any]) -> Exercise:
        """The same from a dict of everything; its errors know the path of what is wrong.

        Raises:
            EntryError: something is wrong.
        """
        exercise = cls.__new__(cls)
        exercise.given = dict(data)
        top = {key: value for key, value in data.items() if key != "layer"}
        exercise._fill(top, data.get("layer"))
        return exercise

    def but(self, **changes: Any) -> Exercise:
        """The same exercise with other values of some keys; None takes one out.

        Examples:
            >>> exercise = Exercise([{"W": [[1, -2]]}], x=[1, 2])
            >>> exercise.but(x=[3, 4]).x
            [3, 4]
        """
        given = {key: value for key, value in (self.given | changes).items() if value is not None}
        return Exercise(given.pop("layer"), **given)

    def _fill(self, given: Mapping[str, Any], layer: Any) -> None:
        framework = liked_framework(given)
        liked = liked_rule(framework, given.get("optimizer")) if framework else None
        liked_too = liked_loss(framework, given.get("loss")) if framework else None
        as_book = ({"optimizer": None} if liked else {}) | ({"loss": liked_too[0]} if liked_too else {})
        if liked_too and liked_too[1]:
            as_book["loss"] = None
        values = _values({**given, **as_book}, KEYS, ())
        for name, value in values.items():
            setattr(self, name, value)
        if framework and given.get("layout") is None:
            self.layout = "W" if framework.a_row_is_a_neuron else "W_transposed"
        self.rule: Rule | LikedRule = OPTIMIZERS[self.optimizer]
        if liked:
            self.optimizer, self.rule = liked
        self.liked_loss: LikedLoss | None = liked_too[1] if liked_too else None
        if self.liked_loss:
            self.loss = self.liked_loss.name
        self.is_exact = any(_is_fraction(given.get(name)) for name in OF_NUMBERS)
        self.layers = self._layers(layer, framework)
        check_data(self)
        check_loss(self)
        check_penalty(self)
        self.settings = settings_of(self)
        self.frozen = frozen_names(self)

    def _layers(self, layer: Any, framework: Framework | None) -> list[ExerciseLayer]:
        if hasattr(layer, "items"):
            raise EntryError(("layer",), "a table alone: expected double brackets, [[layer]], for each layer")
        if not isinstance(layer, (list, tuple)) or not layer:
            raise EntryError(
                () if layer is None else ("layer",), "expected layers, each [[layer]] and below it W = [[…], …]"
            )
        if len(layer) > MOST_LAYERS:
            raise EntryError(("layer",), f"{len(layer)} layers: expected {MOST_LAYERS} at most")
        layers: list[ExerciseLayer] = []
        for place, of_one in enumerate(layer):
            path = ("layer", place)
            if not hasattr(of_one, "items"):
                raise EntryError(path, "expected a table, [[layer]] and below it W = [[…], …]")
            values = _values(of_one, LAYER_KEYS, path)
            if values["W"] is None:
                raise EntryError(path, "has no W: expected its weights, W = [[…], …]")
            spoken = None
            if framework is not None or values["activation"] not in ACTIVATIONS:
                try:
                    spoken, values["alpha"] = spoken_activation(framework, values["activation"], values["alpha"])
                except ValueError as error:
                    raise EntryError((*path, "activation"), str(error)) from None
            if values["activation"] == "leaky_relu" and values["alpha"] is None:
                values["alpha"] = SLOPE
            if self.layout == "W_transposed":
                values["W"] = weights_from_inputs_by_neurons(values["W"])
            self.is_exact |= any(_is_fraction(of_one.get(name)) for name in OF_NUMBERS)
            layers.append(ExerciseLayer(values, spoken))
            check_layer(layers, self.layout)
        return layers

    # ---- what it comes to --------------------------------------------------------------------------------------------

    if TYPE_CHECKING:
        optimizer: str
        layout: str

        def __getattr__(self, name: str) -> Any: ...

    @property
    def is_batch(self) -> bool:
        """Whether there are several samples: X."""
        return self.X is not None

    @property
    def inputs(self) -> str | None:
        """Which key has the inputs: "x" or "X"; None for a network alone."""
        return next((name for name in ("x", "X") if getattr(self, name) is not None), None)

    @property
    def target(self) -> str | None:
        """Which key has the targets: "y", "Y", "label" or "labels"; None for a forward pass alone."""
        return next((name for name in ("y", "Y", "label", "labels") if getattr(self, name) is not None), None)

    @property
    def n_inputs(self) -> int:
        """How many inputs the network has."""
        return len(self.layers[0].W[0])

    @property
    def n_outputs(self) -> int:
        """How many outputs the network has."""
        return len(self.layers[-1].W)

    @property
    def sizes(self) -> list[int]:
        """Inputs, and the neurons of each layer."""
        return [self.n_inputs, *(len(layer.W) for layer in self.layers)]

    @property
    def inside_loss(self) -> str | None:
        """The activation that the loss has inside, "softmax" or "sigmoid": then the last layer gives scores."""
        return self.liked_loss.inside if self.liked_loss else INSIDE.get(self.loss or "")

    def __repr__(self) -> str:
        return f"<Exercise {self.title or '-'.join(map(str, self.sizes))}>"


def name_of(path: tuple[Any, ...]) -> str:
    """A path as it is read.

    Examples:
        >>> name_of(("layer", 1, "W", 0)), name_of(())
        ('layer[1].W[0]', 'the exercise')
    """
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}"
    return text.lstrip(".") or "the exercise"


# ---- key by key ------------------------------------------------------------------------------------------------------


def _values(given: Mapping[str, Any], keys: tuple[Key, ...], path: tuple[Any, ...]) -> dict[str, Any]:
    """Each key's value, read; no other key is there."""
    known = {key.name: key for key in keys}
    for name in given:
        if name not in known:
            raise EntryError((*path, name), _unknown(name, keys))
    return {
        name: key.otherwise if given.get(name) is None else key.kind.read(given[name], (*path, name))
        for name, key in known.items()
    }


def _unknown(name: str, keys: tuple[Key, ...]) -> str:
    """Where the key belongs, or which was meant."""
    if keys is LAYER_KEYS and name in [key.name for key in KEYS]:
        return "belongs to the whole exercise: write it above the first [[layer]]"
    if keys is KEYS and name in [key.name for key in LAYER_KEYS]:
        return "belongs to a layer: write it below [[layer]]"
    known = [key.name for key in keys] + (["layer"] if keys is KEYS else [])
    return f"there is no such key{nearest(name, known)}"


def _is_fraction(value: Any) -> bool:
    """Whether there is a fraction among the numbers, written as a text or made as one."""
    if isinstance(value, (list, tuple)):
        return any(_is_fraction(entry) for entry in value)
    return isinstance(value, Fraction) or (isinstance(value, str) and not isinstance(value, Decimal))
