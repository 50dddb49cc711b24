"""A package as it was measured: its version, its conventions, and its things as they are called here."""

from __future__ import annotations

import math

import scalarnn.dialects.activations as dialects
import scalarnn.dialects.first_weights as first_weights
from scalarnn.activations import Identity, LeakyReLU, ReLU, Sigmoid, Tanh
from scalarnn.dialects.by_name import Correction, NamedRule
from scalarnn.dialects.named_loss import NamedLoss
from scalarnn.float32 import round_to_float32
from scalarnn.layouts import weights_from_inputs_by_neurons, weights_to_inputs_by_neurons
from scalarnn.learning.initialization import dense_network, glorot_uniform, uniform_weights
from scalarnn.nearest import nearest
from scalarnn.softmax import Softmax

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from scalarnn.network import Network
    from scalarnn.scalar import RateOrDecay

__all__ = ["Framework", "number_of"]

RATE = 1 / 1000  # where a package has none, the figures were taken with this one
ROUNDED = "float32("
ACTIVATIONS: dict[str, Any] = {
    "identity": Identity,
    "relu": ReLU,
    "leaky_relu": LeakyReLU,
    "elu": dialects.ELU,
    "celu": dialects.CELU,
    "selu": dialects.SELU,
    "softplus": dialects.Softplus,
    "hard_sigmoid": dialects.HardSigmoid,
    "silu": dialects.SiLU,
    "gelu": dialects.GELU,
    "gelu_tanh": dialects.GELUTanh,
    "gelu_exact": dialects.GELU,
    "sigmoid": Sigmoid,
    "tanh": Tanh,
    "softmax": Softmax,
}
ALSO_CALLED = {"linear": "identity", "swish": "silu", "logistic": "sigmoid"}
EVERYWHERE = ("identity", "softmax")
KINKS = (0, 3)
OF_THE_RULE = ("start", "decay", "decoupled", "in_order", "rate_in_float32")
BELOW = {"JAX": "jax", "TensorFlow": "tensorflow", "PyTorch": "torch"}  # what another runs on → its distribution


def number_of(written: Any) -> Any:
    """A number of a TOML file; "float32(0.9)" is the float32 nearest to 0.9, as a float.

    Examples:
        >>> number_of(0.5), number_of("float32(0.9)")
        (0.5, 0.8999999761581421)
    """
    if isinstance(written, str) and written.startswith(ROUNDED):
        return round_to_float32(float(written.removeprefix(ROUNDED).removesuffix(")")))
    return written


def _written(settings: dict[str, Any]) -> list[str]:
    """Each as an argument; a number such as float32(0.9) as it stands."""
    return [f"{key}={value if str(value).startswith(ROUNDED) else repr(value)}" for key, value in settings.items()]


def _plain(name: str) -> str:
    return name.lower().replace("_", "").replace("-", "").replace(" ", "")


class Framework:
    """What a package does, in the version that was measured.

    Args:
        data: what its TOML file says.

    Attributes:
        name, version, date: which package, which version of it, and when it was measured.
        others: the packages below it that take part, with their versions.
        says: its answers to the five questions that split libraries, in words.
        layout: how its weights lie, and what they are called.
        optimizers, losses, activations: the names of those that can be had here.
        figures: what was measured.

    Examples:
        >>> from scalarnn import like
        >>> like("keras").optimizer("Adam", learning_rate=0.01)
        NamedRule('adam_epsilon_beside', 0.01, beta1=0.9, beta2=0.999, epsilon=1e-07)
    """

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        self.name: str = data["name"]
        self.version: str = data["version"]
        self.date: str = data["date"]
        self.called: list[str] = data["called"]
        self.others: dict[str, str] = data.get("with", {})
        self.says: dict[str, str] = data["says"]
        self.layout: dict[str, Any] = data["layout"]
        self.start: dict[str, Any] = data["start"]
        self.figures: dict[str, Any] = data["figures"]
        self.optimizers: list[str] = list(data["optimizers"])
        self.losses: list[str] = list(data.get("losses", {}))
        measured = self.figures.get("activations", ACTIVATIONS)
        self.activations: list[str] = [name for name in ACTIVATIONS if name in measured or name in EVERYWHERE]

    @property
    def full_name(self) -> str:
        """Its name with its version, and what it ran on with that one's.

        Examples:
            >>> from scalarnn import like
            >>> like("jax").full_name
            'optax 0.2.8 on JAX 0.10.2'
        """
        package, on, below = self.name.partition(" on ")
        return f"{package} {self.version}" + (f" on {below} {self.others[BELOW[below]]}" if on else "")

    def optimizer(
        self, name: str, learning_rate: RateOrDecay | None = None, *, float32: bool = False, **settings: Any
    ) -> NamedRule:
        """One of its optimizers: the rule, the settings and the constants that give its digits.

        Args:
            name: as in `optimizers`; capitals make no difference.
            learning_rate: η, or a decay; otherwise the package's own, 1/1000 where it has none.
            float32: whether the network's numbers are `Float32`: the order of operations then shows in the last bit,
                and some constants are formed in another way.
            settings: by the names of the rule, in place of the package's.

        Returns:
            A NamedRule, which `train` and `step` take as any optimizer.

        Raises:
            ValueError: there is none of that name.

        Examples:
            >>> from scalarnn import like
            >>> like("torch").optimizer("SGD Nesterov", learning_rate=0.1)
            NamedRule('nesterov', 0.1, beta=0.9)
        """
        entry = self.data["optimizers"][self._known(name, "optimizers")]
        if float32:
            entry = entry | entry.get("float32", {})
        rate = entry.get("rate", RATE) if learning_rate is None else learning_rate
        own = {key: number_of(value) for key, value in entry.get("settings", {}).items()}
        correction = {key: number_of(value) for key, value in entry.get("correction", {}).items()}
        beside = {key: number_of(entry[key]) for key in OF_THE_RULE if key in entry}
        return NamedRule(entry["rule"], rate, correction=Correction(**correction), **beside, **(own | settings))

    def constants(self, name: str) -> list[str]:
        """What gives the digits of an optimizer beside its rule and its decay, as a NamedRule takes it.

        Examples:
            >>> from scalarnn import like
            >>> like("torch").constants("NAdam")[2:]
            ['epsilon=1e-08', "correction=Correction(kind='float32 μ', pace=0.004)"]
        """
        entry = self.data["optimizers"][name]
        found = _written(entry.get("settings", {}))
        if "correction" in entry:
            found.append(f"correction=Correction({', '.join(_written(entry['correction']))})")
        return found + _written({key: entry[key] for key in ("start", "rate_in_float32") if key in entry})

    def call(self, name: str) -> str:
        """How an optimizer or a loss is called there.

        Examples:
            >>> from scalarnn import like
            >>> like("torch").call("SGD Nesterov")
            'SGD(momentum=0.9, nesterov=True)'
        """
        entry = self.data["optimizers"].get(name) or self.data["losses"][name]
        options = ", ".join(f"{key}={value}" for key, value in entry.get("options", {}).items())
        return f"{entry['call']}({options})"

    def loss(self, name: str, **settings: Any) -> NamedLoss:
        """One of its losses, for one sample, as `train` takes it; over samples it is the mean.

        Args:
            name: as in `losses`; capitals make no difference.
            settings: by the names of the rule, in place of the package's; and smoothing.

        Returns:
            A NamedLoss: its value and its gradient, and what it takes.

        Raises:
            ValueError: there is none of that name.

        Examples:
            >>> from scalarnn import like
            >>> like("keras").loss("CategoricalCrossentropy")
            NamedLoss('renormalised_cross_entropy', 'a distribution', clip=1e-07)
            >>> round(like("keras").loss("CategoricalCrossentropy").value([0.2, 0.3, 0.1], [1, 0, 0]), 6)
            1.098612
        """
        known = self._known(name, "losses")
        entry = self.data["losses"][known]
        own = {key: number_of(value) for key, value in entry.get("settings", {}).items()}
        beside = {key: entry[key] for key in ("gradient", "smoothing") if key in entry}
        return NamedLoss(entry["rule"], entry["takes"], **(beside | own | settings))

    def _known(self, name: str, kind: str) -> str:
        """A name of its optimizers or losses, as it is written there."""
        own = self.data.get(kind, {})
        found: dict[str, str] = {known.lower(): known for known in own}
        if name.lower() not in found:
            raise ValueError(f"{self.name} has no {name!r} here{nearest(name, own)}")
        return found[name.lower()]

    def activation(self, name: str) -> Any:
        """One of its activations, with its numbers, and with the slope that it takes at a kink.

        Args:
            name: as in `activations`; capitals and underscores make no difference.

        Returns:
            An object for a Layer.

        Raises:
            ValueError: there is none of that name.

        Examples:
            >>> from scalarnn import like
            >>> like("torch").activation("LeakyReLU"), like("jax").activation("leaky_relu")
            (LeakyReLU(slope=0.01), AtKinks(LeakyReLU(slope=0.01), {0: 1.0}))
            >>> like("torch").activation("gelu"), like("jax").activation("gelu")
            (GELU(), GELUTanh())
        """
        plain = _plain(name)
        known = next((one for one in self.activations if _plain(one) == ALSO_CALLED.get(plain, plain)), None)
        if known is None:
            raise ValueError(f"{self.name} has no activation {name!r} here{nearest(name, self.activations)}")
        entry = dict(self.data.get("activations", {}).get(known, {}))
        kind = getattr(dialects, entry.pop("rule")) if "rule" in entry else ACTIVATIONS[known]
        made = kind(**{key: number_of(value) for key, value in entry.items()})
        measured = self.figures.get("kinks", {})
        chosen = {
            at: measured[f"{known}({at})"]
            for at in KINKS
            if f"{known}({at})" in measured
            and not math.isclose(measured[f"{known}({at})"], made.derivative(at), rel_tol=1e-6)
        }
        return dialects.AtKinks(made, chosen) if chosen else made

    # ---- weights -----------------------------------------------------------------------------------------------------

    @property
    def a_row_is_a_neuron(self) -> bool:
        """Whether its W lies as here.

        Examples:
            >>> from scalarnn import like
            >>> like("torch").a_row_is_a_neuron, like("keras").a_row_is_a_neuron
            (True, False)
        """
        return bool(self.layout["W"] == "a row a neuron")

    def weights_from(self, W: Any) -> Any:
        """Weights as it has them → a row for each neuron.

        Examples:
            >>> from scalarnn import like
            >>> like("keras").weights_from([[1, 2, 3], [4, 5, 6]])
            [[1, 4], [2, 5], [3, 6]]
        """
        return W if self.a_row_is_a_neuron else weights_from_inputs_by_neurons(W)

    def weights_to(self, W: Any) -> Any:
        """A row for each neuron → weights as it has them.

        Examples:
            >>> from scalarnn import like
            >>> like("keras").weights_to([[1, 4], [2, 5], [3, 6]])
            [[1, 2, 3], [4, 5, 6]]
        """
        return W if self.a_row_is_a_neuron else weights_to_inputs_by_neurons(W)

    def network(self, sizes: Sequence[int], activations: Sequence[Any], seed: int = 0) -> Network:
        """A network whose first weights are distributed as its own; scikit-learn's are the same bit for bit.

        Args:
            sizes: how many inputs, then how many neurons each layer has.
            activations: one object such as `ReLU()` a layer, None for a linear one.
            seed: of NumPy's legacy generator.

        Examples:
            >>> from scalarnn import like
            >>> like("sklearn").network([2, 1], [None], seed=1).layers[0].W
            [[-0.2346972126563016, 0.623171773497764]]
        """
        if self.start["b"] == "zeros":
            return dense_network(sizes, activations, seed, self._initialization())
        limit = first_weights.fan_in_limit
        if self.start["W"] == "glorot_uniform":
            logistic = self.start.get("logistic") and type(activations[0]).__name__ == "Sigmoid"
            limit = first_weights.logistic_limit if logistic else first_weights.glorot_limit
        return first_weights.uniform_network(sizes, activations, seed, limit)

    def _initialization(self) -> Any:
        limit = self.start.get("limit")
        if limit is not None:
            return lambda n_inputs, n_neurons, rng: uniform_weights(n_inputs, n_neurons, rng, limit)
        return {
            "glorot_uniform": glorot_uniform,
            "glorot_truncated_normal": first_weights.glorot_truncated_normal,
            "lecun_truncated_normal": first_weights.lecun_truncated_normal,
        }[self.start["W"]]

    def __repr__(self) -> str:
        return f"<Framework {self.full_name}>"
