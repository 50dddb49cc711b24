"""An optimizer for any rule, chosen by its name.

RULES         name → the step that carries it over lists
NamedRule     the rule, its settings and its state, for every W and b of a network
Correction    how the numbers come about that a rule is told at every step

letters       what is kept of each parameter: what stands in the signature of the rule before its learning rate
told          what the signature wants and gives no value for: t, or what is missing of a mean
"""

from __future__ import annotations

import scalarnn.dialects.adamax as adamax
import scalarnn.dialects.float32_orders as float32_orders
import scalarnn.dialects.fused_orders as fused_orders
import scalarnn.dialects.lion as lion
import scalarnn.dialects.means as means
import scalarnn.dialects.nadam as nadam
import scalarnn.dialects.squares as squares
import scalarnn.dialects.velocity as velocity
from scalarnn.dialects.missing import (
    FALLING,
    fall_in_float32,
    filled,
    filled_by_float32_power,
    filled_by_float32_products,
    filled_in_float32,
    nadam_missing,
    nadam_missing_in_float32,
    nadam_mu,
    nadam_mu_in_float32,
    paced_missing_in_float32,
    paced_mu_in_float32,
)
from scalarnn.dialects.weight_decay import coupled_decay, coupled_decay_fused, decoupled_decay, scaled_decay
from scalarnn.doors.kinds import LOOKS
from scalarnn.doors.later import parameters_of
from scalarnn.float32 import round_to_float32
from scalarnn.learning.adagrad import adagrad_step, rmsprop_step
from scalarnn.learning.adam import adam_step
from scalarnn.learning.carrying import for_every_number
from scalarnn.learning.gradient_descent import gradient_descent_step
from scalarnn.learning.momentum import momentum_step, nesterov_step
from scalarnn.learning.optimizer import Optimizer
from scalarnn.nearest import nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scalarnn.scalar import NotNegative, Number, Parameters, RateOrDecay

__all__ = [
    "RULES",
    "Correction",
    "NamedRule",
    "letters_of",
    "settings_of",
    "start_rule",
    "started_with",
    "told_to",
]

RULES: dict[str, Any] = {
    "gradient_descent": gradient_descent_step,
    "momentum": momentum_step,
    "nesterov": nesterov_step,
    "adagrad": adagrad_step,
    "rmsprop": rmsprop_step,
    "adam": adam_step,
}
for _room in (velocity, squares, means, adamax, nadam, lion, float32_orders, fused_orders):
    RULES |= {name.removesuffix("_step"): vars(_room)[name] for name in _room.__all__ if name.endswith("_step")}

DECAYS = {
    "decoupled": decoupled_decay,
    "scaled": scaled_decay,
    "coupled": coupled_decay,
    "coupled fused": coupled_decay_fused,
}
KINDS = ("exact", "float32", "float32 powers", "float32 products", "float32 μ", "none")
SHAPED = ("Parameters", "Squares")


def letters_of(step: Any) -> tuple[str, ...]:
    """What a step keeps of each parameter.

    Examples:
        >>> letters_of(RULES["amsgrad"])
        ('m', 'v', 'v_max')
    """
    positional, _ = parameters_of(step)
    return tuple(name for name in positional[2:] if step.__annotations__[name] in SHAPED)


def settings_of(step: Any) -> dict[str, float]:
    """What may be set, each with the value it has otherwise.

    Examples:
        >>> settings_of(RULES["momentum_rate_inside"])
        {'beta': 0.9}
    """
    positional, _ = parameters_of(step)
    defaults = step.__defaults__ or ()
    by_position = dict(zip(positional[len(positional) - len(defaults) :], defaults, strict=True))
    return by_position | (step.__kwdefaults__ or {})


def told_to(step: Any) -> tuple[str, ...]:
    """What it has to be told at every step.

    Examples:
        >>> told_to(RULES["adam"]), told_to(RULES["adam_epsilon_beside"])
        (('t',), ('missing1', 'missing2'))
    """
    known = {"theta", "dL_dtheta", "learning_rate", *letters_of(step), *settings_of(step)}
    return tuple(name for names in parameters_of(step) for name in names if name not in known)


def start_rule(theta: Parameters, start: Number) -> Parameters:  # noqa: ARG001
    """One number for every number of θ: what a sum of squares begins with, where it is not 0.

    Examples:
        >>> started_with([[1.5, 2.5]], 0.1)
        [[0.1, 0.1]]
    """
    first = start
    return first


started_with = for_every_number(start_rule, "started_with")


OF_KIND: dict[str, Any] = {"float32": filled_in_float32, "float32 powers": filled_by_float32_power}
OF_KIND["float32 products"] = filled_by_float32_products
OF_NADAM = ("mu", "mu_ahead", "missing_now", "missing_ahead")


class Correction:
    """What is missing of a mean after t steps: nothing, 1 − βᵗ, or that in float32.

    Args:
        kind: "exact"; "float32", every product rounded; "float32 powers", the power and the difference rounded;
            "float32 products", every product, and what is computed of it; "float32 μ", the products of NAdam's μ alone;
            "none", for a rule that is told that nothing is missing.
        beta1: the β₁ of the corrections, where it is not that of the mean.
        beta2: the β₂, likewise.
        pace: c of NAdam's μ; without it μ is β₁ throughout.
        falling: the number of NAdam's μ that is not 0.96 everywhere: Keras on TensorFlow rounds it to float32.
        product_beta1: the β₁ of NAdam's product, where it is not that of its μ.

    Examples:
        >>> Correction().told("missing2", 1, {"beta1": 0.9, "beta2": 0.75})
        0.25
    """

    def __init__(
        self,
        kind: str = "exact",
        *,
        beta1: float | None = None,
        beta2: float | None = None,
        pace: float | None = None,
        falling: float = FALLING,
        product_beta1: float | None = None,
    ) -> None:
        if kind not in KINDS:
            raise ValueError(f"correction is {kind!r}: expected one{nearest(str(kind), KINDS)}")
        self.kind, self.beta1, self.beta2 = kind, beta1, beta2
        self.pace, self.falling, self.product_beta1 = pace, falling, product_beta1

    def told(self, name: str, t: int, settings: dict[str, Any]) -> Any:
        """The number of that name at step t.

        Args:
            name: t, missing, missing1, missing2, or one of NAdam's.
            t: which step this is, 1 for the first.
            settings: of the rule; its β are taken where no others were given.
        """
        if name == "t":
            return t
        beta1 = settings.get("beta1", settings.get("beta")) if self.beta1 is None else self.beta1
        if self.kind in ("float32 powers", "float32 products") and name in OF_NADAM:
            return self._of_nadam_in_float32(name, beta1, t)
        if name in ("mu", "mu_ahead"):
            return self._mu(beta1, t + (name == "mu_ahead"))
        if name in ("missing_now", "missing_ahead"):
            return self._missing_of_nadam(beta1, t, self._mu(beta1, t + 1) if name == "missing_ahead" else 1)
        if self.kind == "none":
            return 1
        beta2 = settings.get("beta2") if self.beta2 is None else self.beta2
        return OF_KIND.get(self.kind, filled)(beta2 if name == "missing2" else beta1, t)

    def written(self, name: str, t: str, settings: dict[str, Any]) -> tuple[str, str, str, str]:
        """The same as a program writes it: the name, the function, its arguments, and the formula.

        Examples:
            >>> Correction().written("missing2", "t", {"beta1": 0.9, "beta2": 0.999})
            ('missing2', 'filled', 'beta2, t', '1 − β₂ᵗ')
        """
        if name == "t":
            return name, "", t, "which step this is"
        which = "beta2" if name == "missing2" else "beta1" if "beta1" in settings else "beta"
        other = self.beta2 if name == "missing2" else self.beta1
        beta = which if other is None else repr(other)
        symbol = {"beta1": "β₁", "beta2": "β₂", "beta": "β"}[which]
        if name in ("mu", "mu_ahead", "missing_now", "missing_ahead"):
            return self._written_of_nadam(name, t, beta)
        if self.kind == "none":
            return name, "", "1", "nothing is missing"
        of = OF_KIND.get(self.kind, filled)
        return name, of.__name__, f"{beta}, {t}", f"1 − {symbol}ᵗ{'' if of is filled else ', in float32'}"

    def _written_of_nadam(self, name: str, t: str, beta: str) -> tuple[str, str, str, str]:
        ahead = f"{t} + 1" if name.endswith("_ahead") else t
        if self.pace is None:
            if name.startswith("mu"):
                return name, "", beta, "β₁"
            return name, "filled", f"{beta}, {ahead}", "1 − β₁ᵗ"
        if name.startswith("mu"):
            return name, "nadam_mu", f"{beta}, {ahead}, {self.pace!r}, {self.falling!r}", "β₁ (1 − 0.96^(c t) / 2)"
        of = beta if self.product_beta1 is None else repr(self.product_beta1)
        rounded = ", in_float32=True" if self.kind == "float32 μ" else ""
        times = ", mu_ahead" if name == "missing_ahead" else ""
        return name, "nadam_missing", f"{of}, {t}, {self.pace!r}{times}{rounded}", "1 − μ₁ … μₜ"

    def _of_nadam_in_float32(self, name: str, beta1: Any, t: int) -> Any:
        if self.kind == "float32 products":
            ahead = paced_mu_in_float32(beta1, t, self.pace or 0, fall_in_float32(self.pace or 0))
            if name.startswith("mu"):
                return ahead if name == "mu_ahead" else paced_mu_in_float32(beta1, t, self.pace or 0)
            return paced_missing_in_float32(beta1, t, self.pace or 0, ahead if name == "missing_ahead" else 1)
        if name.startswith("mu"):
            return nadam_mu_in_float32(beta1, t + (name == "mu_ahead"), self.falling)
        return nadam_missing_in_float32(beta1, t, nadam_mu_in_float32(beta1, t + 1) if name == "missing_ahead" else 1)

    def _mu(self, beta1: Any, t: int) -> Any:
        return beta1 if self.pace is None else nadam_mu(beta1, t, self.pace, self.falling)

    def _missing_of_nadam(self, beta1: Any, t: int, ahead: Any) -> Any:
        if self.pace is None:
            return 1 - (1 - filled(beta1, t)) * ahead
        of = beta1 if self.product_beta1 is None else self.product_beta1
        return nadam_missing(of, t, self.pace, ahead, in_float32=self.kind == "float32 μ")


class NamedRule(Optimizer):
    """The step of a rule for every W and b of a network, with what some packages put before it.

    Args:
        rule: a name of RULES.
        learning_rate: η, a finite number above zero, or a decay such as `ExponentialDecay(0.1, gamma=0.99)`.
        start: what the first of the squares that are kept begins with, where it is not 0.
        decay: λ of a weight decay; 0 is none.
        decoupled: whether it is taken off beside the step, as AdamW does, or added to the gradient.
        in_order: of these two the order of operations, for the last bit of a float32: "scaled", "coupled fused".
        biases: whether biases decay too.
        correction: how the numbers come about that the rule is told.
        rate_in_float32: whether η is rounded to float32 first, as MLX does.
        settings: β, ε and so on, by the names of the rule.

    Attributes:
        t: how many steps have been taken.
        state: for each layer, letter by letter, what is kept of its W and of its b: `state[0]["v_W"]`.

    Source: beyond the five sources; see the rules.

    Examples:
        >>> from scalarnn import Layer, Network
        >>> network = Network([Layer([[2.0]], [0.0])])
        >>> optimizer = NamedRule("momentum_rate_inside", 0.5, beta=0.5)
        >>> for _ in range(2):
        ...     y_hat = network.forward([1.0])
        ...     dL_dx = network.backward([1.0])
        ...     optimizer.step(network)
        ...     print(network.layers[0].W, optimizer.state[0]["v_W"])
        [[1.5]] [[-0.5]]
        [[0.75]] [[-0.75]]
    """

    def __init__(
        self,
        rule: str,
        learning_rate: RateOrDecay,
        *,
        start: NotNegative = 0,
        decay: NotNegative = 0,
        decoupled: bool = True,
        in_order: str = "",
        biases: bool = True,
        correction: Correction | None = None,
        rate_in_float32: bool = False,
        **settings: Any,
    ) -> None:
        super().__init__(LOOKS["RateOrDecay"](learning_rate, "learning_rate"))
        if rule not in RULES:
            raise ValueError(f"rule is {rule!r}: expected a rule{nearest(str(rule), RULES)}")
        self.rule = rule
        self.step_of_rule = RULES[rule]
        self.letters = letters_of(self.step_of_rule)
        self.squares = tuple(name for name in self.letters if self.step_of_rule.__annotations__[name] == "Squares")
        self.settings = settings_of(self.step_of_rule) | _looked_at(settings, rule)
        self.start = LOOKS["NotNegative"](start, "start")
        self.decay = LOOKS["NotNegative"](decay, "decay")
        self.decoupled, self.biases = decoupled, biases
        self.decay_of = DECAYS[in_order or ("decoupled" if decoupled else "coupled")]
        self.correction = correction or Correction()
        self.rate_in_float32 = rate_in_float32

    def _rate(self) -> Number:
        learning_rate = super()._rate()
        return round_to_float32(learning_rate) if self.rate_in_float32 else learning_rate

    def _first_state(self, layers: list[Any]) -> list[dict[str, Any]]:
        state = super()._first_state(layers)
        if self.start and self.squares:
            for layer, kept in zip(layers, state, strict=True):
                kept[f"{self.squares[0]}_W"] = started_with(layer.W, self.start)
                kept[f"{self.squares[0]}_b"] = started_with(layer.b, self.start)
        return state

    def _step(self, theta: Any, dL_dtheta: Any, kept: Any, learning_rate: Number) -> Any:
        told = {name: self.correction.told(name, self.t + 1, self.settings) for name in told_to(self.step_of_rule)}
        if self.decay and (self.biases or type(theta[0]) is list):  # a vector is a layer's biases
            if self.decoupled:
                theta = self.decay_of(theta, learning_rate, self.decay)
            else:
                dL_dtheta = self.decay_of(dL_dtheta, theta, self.decay)
        named = dict(zip(self.letters, kept, strict=True))
        given = {**named, "learning_rate": learning_rate, **told, **self.settings}
        result = self.step_of_rule(theta, dL_dtheta, **given)
        return result if self.letters else (result,)

    def __repr__(self) -> str:
        settings = "".join(f", {name}={value}" for name, value in self.settings.items())
        return f"NamedRule({self.rule!r}, {self.learning_rate}{settings})"


def _looked_at(settings: dict[str, Any], rule: str) -> dict[str, Any]:
    """The settings that were given, each of its kind, and of this rule."""
    step = RULES[rule]
    known = settings_of(step)
    for name, value in settings.items():
        if name not in known:
            takes = nearest(name, known) if known else "; it takes none"
            raise TypeError(f"{name} is no setting of {rule}{takes}")
        LOOKS[step.__annotations__[name]](value, name)
    return settings
