"""An exercise as a plain Python program in the style of the house: one line, one named value, its formula beside it.

The program uses what the package exports and nothing else; it runs in any file. Names: with one layer W, b, z; with
more W0, b0, z0, a0, W1 … as the layers are counted, from 0. Formulas are those of the docstrings.
"""

from __future__ import annotations

import functools
import re
import sys

import scalarnn
from scalarnn.exercise.keys import EVERY_ACTIVATION
from scalarnn.exercise.liking import LikedRule
from scalarnn.formulas import formula_of
from scalarnn.tracing.symbols import HAT, symbol_of
from scalarnn.worked.own_numbers import each, to_float, to_kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from scalarnn.exercise.description import Exercise

__all__ = ["Names", "given_numbers", "program"]

COMMENTS = {
    "x": "the inputs",
    "X": "the inputs, a row a sample",
    "y": "the targets",
    "Y": "the targets, a row a sample",
    "label": "the class, the first is 0",
    "labels": "the class of each sample, the first is 0",
    "strength": "how much the penalty costs",
    "learning_rate": "how far a step goes",
    "steps": "how many updates",
    "gamma": "how fast the rate falls",
    "decay": "how fast the rate falls",
}


class Names:
    """What the values of an exercise are called in its program.

    Args:
        exercise: the exercise.
        new: of the forward pass after the update.

    Examples:
        >>> from scalarnn.exercise.description import Exercise
        >>> exercise = Exercise([{"W": [[1]], "activation": "relu"}, {"W": [[2]]}], x=3)
        >>> names = Names(exercise)
        >>> names.z(0), names.a(0), names.z(1), names.a(1)
        ('z0', 'a0', 'y_hat', 'y_hat')
    """

    def __init__(self, exercise: Exercise, *, new: bool = False) -> None:
        self.exercise = exercise
        self.last = len(exercise.layers) - 1
        self.end = "_new" if new else ""

    def of(self, letter: str, place: int) -> str:
        """A parameter, or what belongs to it: W0, b1, v_W0."""
        return f"{letter}{place}" if self.last else letter

    def parameter(self, letter: str, place: int) -> str:
        """W0, or W0_new where it has been updated."""
        is_new = self.end and f"{letter}[{place}]" not in self.exercise.frozen and self.exercise.steps == 1
        return self.of(letter, place) + ("_new" if is_new else "")

    def _sample(self, letter: str) -> str:
        return letter.upper() if self.exercise.is_batch else letter

    def z(self, place: int) -> str:
        """z of a layer; of a last layer without activation that is ŷ."""
        if place == self.last and self.is_linear(place):
            return self.a(place)
        return self.of(self._sample("z"), place) + self.end

    def a(self, place: int) -> str:
        """a of a layer; ŷ of the last, x before the first."""
        if place < 0:
            return self._sample("x")
        if place == self.last:
            return ("Y_hat" if self.exercise.is_batch else "y_hat") + self.end
        return self.of(self._sample("a"), place) + self.end

    def gradient(self, name: str) -> str:
        """∂L/∂ of a value of a sample; in a batch of its own loss."""
        return f"dLn_d{name}" if self.exercise.is_batch else f"dL_d{name}"

    def is_linear(self, place: int) -> bool:
        """Whether a layer has no activation, neither its own nor one inside the loss."""
        inside = self.exercise.inside_loss if place == self.last else None
        return inside is None and self.exercise.layers[place].activation == "identity"


def given_numbers(exercise: Exercise, kind: str | None) -> dict[str, Any]:
    """What the program is given: name and value, in the kind of number asked for.

    Args:
        exercise: the exercise.
        kind: "fraction" or "float" for everything; "float32" for all but η and the settings of a rule, which frameworks
            keep as floats; None for ints as they are and floats for the rest.
    """

    def convert(value: Any) -> Any:
        return value if kind is None and isinstance(value, int) else to_kind(kind or "float", "a number")(value)

    def of_a_rule(value: Any) -> Any:
        return to_float("a number")(value) if kind == "float32" else convert(value)

    names = Names(exercise)
    given = {name: each(getattr(exercise, name), convert) for name in (exercise.inputs, exercise.target) if name}
    for name in ("label", "labels"):
        if name in given:
            given[name] = getattr(exercise, name)
    for place, layer in enumerate(exercise.layers):
        parts = {"W": layer.W, "b": layer.b, "alpha": layer.alpha}
        given |= {names.of(name, place): each(part, convert) for name, part in parts.items() if part is not None}
    if exercise.penalty is not None:
        given["strength"] = of_a_rule(exercise.strength)
    if exercise.learning_rate is not None:
        given["learning_rate"] = of_a_rule(exercise.learning_rate)
        rates = {name: getattr(exercise, name) for name in ("gamma", "decay") if getattr(exercise, name) is not None}
        given |= {name: of_a_rule(value) for name, value in (exercise.settings | rates).items()}
        if exercise.steps > 1:
            given["steps"] = exercise.steps
    return given


def program(exercise: Exercise, kind: str | None = None) -> str:
    """The text of a module with GIVEN, the numbers, and `work`, what is done with them.

    Args:
        exercise: the exercise, with inputs.
        kind: as for given_numbers.

    Examples:
        >>> from scalarnn.exercise.description import Exercise
        >>> lines = program(Exercise([{"W": [[1, 2]], "b": [3]}], x=[4, 5])).splitlines()
        >>> [line.strip() for line in lines if "y_hat" in line]
        ['y_hat = layer_forward(x, W, b)  # ŷ = W x + b']
    """
    given = given_numbers(exercise, kind)
    body = _Body(exercise)
    by_name = [
        name for name in given if name in ("strength", "learning_rate", "gamma", "decay", "steps", *exercise.settings)
    ]
    parameters = [name for name in given if name not in by_name]
    kinds = {"label": ": int", "labels": ": list[int]", "steps": ": int"}
    signature = ", ".join(
        f"{name}{kinds.get(name, '')}" for name in [*parameters, *(["*"] if by_name else []), *by_name]
    )
    lines = [repr(exercise.title or f"A {'-'.join(map(str, exercise.sizes))} network"), ""]
    if kind == "fraction":
        lines += ["from fractions import Fraction", ""]
    lines += ["from scalarnn import (", *(f"    {name}," for name in sorted(body.uses)), ")"]
    if kind == "float32":
        body.others.setdefault("scalarnn.float32", set()).add("Float32")
    for module in sorted(body.others):
        lines += [f"from {module} import {', '.join(sorted(body.others[module]))}"]
    lines += ["", f"PLACE = {exercise.source!r}", "", "GIVEN = {"]
    lines += [f"    {name!r}: {value!r},  # {_says(name, exercise)}" for name, value in given.items()]
    lines += ["}", "", "", f"def work({signature}):"]
    lines += [f"    {line}" for line in body.lines]
    return "\n".join([*lines, "    return locals()", ""])


def _says(name: str, exercise: Exercise) -> str:
    """What stands beside a given number."""
    letter = name.rstrip("0123456789")
    if letter in ("W", "b", "alpha") and name not in exercise.settings:
        place = int(name[len(letter) :] or 0)
        what = {"W": "weights", "b": "biases", "alpha": "slope"}[letter]
        which = "" if len(exercise.layers) == 1 else f" of layer {place}"
        return f"{what}{which}" + (", a row a neuron" if letter == "W" else "")
    if name in COMMENTS:
        return COMMENTS[name]
    return symbol_of(name).unicode()


# ---- the lines -------------------------------------------------------------------------------------------------------


class _Body:
    """The lines of `work`, written in the order of the work."""

    def __init__(self, exercise: Exercise) -> None:
        self.exercise = exercise
        self.uses: set[str] = set()
        self.others: dict[str, set[str]] = {}  # what stands in modules of its own
        self.lines: list[str] = []
        if exercise.learning_rate is None:
            self._pass(Names(exercise))
        elif exercise.steps == 1:
            self._pass(Names(exercise))
            self._update("1")
        else:
            self._steps()
        if exercise.learning_rate is not None:
            self._forward(Names(exercise, new=True))

    def _add(self, line: str, formula: str = "") -> None:
        self.lines.append(f"{line}  # {formula}" if formula else line)

    def _add_each(self, lines: Iterator[tuple[str, str]]) -> None:
        for line, formula in lines:
            self.uses.update(re.findall(r"\w+(?=\()", line))
            self._add(line, formula)

    def _use(self, name: str) -> str:
        self.uses.add(name)
        return name

    def _use_of(self, module: str, name: str) -> str:
        self.others.setdefault(module, set()).add(name)
        return name

    def _steps(self) -> None:
        """A loop of updates; what the optimizer keeps begins before it."""
        names = Names(self.exercise)
        for letter, place in self._moving():
            self._first_state(names.of(letter, place))
        self._add("losses = []", "L of each step, before its update")
        self._add("for step in range(1, steps + 1):")
        outside, self.lines = self.lines, []
        self._pass(names)
        self._add("losses.append(L)")
        self._update("step")
        self.lines = outside + [f"    {line}" for line in self.lines]

    def _pass(self, names: Names) -> None:
        self._forward(names)
        if self.exercise.loss is not None:
            self._backward(names)

    def _moving(self) -> list[tuple[str, int]]:
        """The parameters that are updated."""
        places = range(len(self.exercise.layers))
        return [(letter, n) for n in places for letter in "Wb" if f"{letter}[{n}]" not in self.exercise.frozen]

    # ---- forward -----------------------------------------------------------------------------------------------------

    def _forward(self, names: Names) -> None:
        exercise = self.exercise
        for place, layer in enumerate(exercise.layers):
            x, z = names.a(place - 1), names.z(place)
            W, b = names.parameter("W", place), names.parameter("b", place)
            function = self._use("batch_forward" if exercise.is_batch else "layer_forward")
            product = f"{_is(x)} {_is(W)}ᵀ" if exercise.is_batch else f"{_is(W)} {_is(x)}"
            if layer.b is None:
                b, plus = str([0] * len(layer.W)), ""
            else:
                plus = f" + {_is(b)}"
            self._add(f"{z} = {function}({x}, {W}, {b})", f"{_is(z)} = {product}{plus}")
            if z != names.a(place):
                self._activation(place, names)
        if exercise.loss is not None:
            if not names.end:
                self._targets()
            self._loss(names)
            self._add_each(_penalty(names))

    def _activation(self, place: int, names: Names) -> None:
        z, a = names.z(place), names.a(place)
        call = f"{self._object(place, names)}.forward"
        symbol = EVERY_ACTIVATION[self._activation_of(place)][1]
        formula = f"{_is(a)} = {symbol}({_is(z)})" if symbol else f"{_is(a)} = {_is(z)}"
        self._add(f"{a} = [{call}(z_n) for z_n in {z}]" if self.exercise.is_batch else f"{a} = {call}({z})", formula)

    def _activation_of(self, place: int) -> str:
        """Its name; of the last layer the one that is inside the loss."""
        inside = self.exercise.inside_loss if place == len(self.exercise.layers) - 1 else None
        return inside or self.exercise.layers[place].activation

    def _object(self, place: int, names: Names) -> str:
        layer = self.exercise.layers[place]
        slope = names.of("alpha", place) if layer.alpha is not None else ""
        if layer.spoken is None or layer.activation != self._activation_of(place):
            return f"{self._use(EVERY_ACTIVATION[self._activation_of(place)][0])}({slope})"
        for module, kind in layer.spoken.kinds:
            if hasattr(scalarnn, kind):
                self._use(kind)
            else:
                self._use_of(module, kind)
        return layer.spoken.code(slope)

    def _loss_call(self, which: str) -> tuple[str, str, str]:
        """The name of the loss or of its gradient, the settings as arguments, and the formula."""
        exercise = self.exercise
        if exercise.liked_loss:
            module, function, settings = exercise.liked_loss.call(which)
            if hasattr(scalarnn, function):
                return self._use(function), settings, _formula(function)
            self._use_of(module, function)
            return function, settings, _formula_in(getattr(sys.modules[module], function))
        index = "_index" if exercise.target in ("label", "labels") else ""
        function = self._use(f"{exercise.loss}{index}{'_gradient' if which == 'gradient' else ''}")
        return function, "", _formula(function)

    def _target(self) -> str:
        """What the loss takes for the target."""
        liked, target = self.exercise.liked_loss, str(self.exercise.target)
        if not liked:
            return target
        rows = "Y" if self.exercise.is_batch else "y"
        return f"{rows}_smooth" if liked.smoothing else rows if liked.takes == "a class" else target

    def _targets(self) -> None:
        """A class as a row, and smoothed, where a loss of another package has it so."""
        liked, target, batch = self.exercise.liked_loss, str(self.exercise.target), self.exercise.is_batch
        if liked and liked.takes == "a class":
            call = f"{self._use('one_hot')}({{}}, {self.exercise.n_outputs})"
            name = "Y" if batch else "y"
            self._add(
                f"{name} = [{call.format('label_n')} for label_n in {target}]"
                if batch
                else f"{name} = {call.format(target)}",
                "1 at the class, 0 elsewhere",
            )
            target = name
        if liked and liked.smoothing:
            function = "smoothed_answers" if liked.takes == "answers" else "smoothed"
            call = f"{self._use_of('scalarnn.dialects.losses', function)}({{}}, {liked.smoothing!r})"
            self._add(
                f"Y_smooth = [{call.format('y_n')} for y_n in {target}]"
                if batch
                else f"y_smooth = {call.format(target)}",
                _formula_in(getattr(sys.modules["scalarnn.dialects.losses"], function)),
            )

    def _predicted(self, names: Names) -> str:
        """What the loss takes: ŷ, or the scores before it."""
        return names.z(names.last) if self.exercise.inside_loss else names.a(names.last)

    def _loss(self, names: Names) -> None:
        function, settings, formula = self._loss_call("value")
        target, end, predicted = self._target(), names.end, self._predicted(names)
        if not self.exercise.is_batch:
            self._add(f"L{end} = {function}({predicted}, {target}{settings})", formula.replace("L =", f"L{end} ="))
            return
        one, zipped = _zipped(predicted.removesuffix("_new"), predicted, target)
        self._add(f"L{end}_n = [{function}({one}{settings}) {zipped}]", formula.replace("L =", f"{_is(f'L{end}_n')} ="))
        mean = _formula(self._use("mean_over_samples")).replace("L =", f"L{end} =").replace("Lₙ", _is(f"L{end}_n"))
        self._add(f"L{end} = mean_over_samples(L{end}_n)", mean)

    # ---- backward ----------------------------------------------------------------------------------------------------

    def _backward(self, names: Names) -> None:
        function, settings, formula = self._loss_call("gradient")
        predicted, target = self._predicted(names), self._target()
        dL = names.gradient(predicted)
        if self.exercise.is_batch:
            one, zipped = _zipped(predicted, predicted, target)
            self._add(f"{dL} = [{function}({one}{settings}) {zipped}]", formula)
        else:
            self._add(f"{dL} = {function}({predicted}, {target}{settings})", formula)
        for place in range(names.last, -1, -1):
            self._back_through_activation(place, names)
            self._back_through_layer(place, names)
        self._add_each(_penalty_gradients(names))

    def _back_through_activation(self, place: int, names: Names) -> None:
        z, a = names.z(place), names.a(place)
        if z == a or (place == names.last and self.exercise.inside_loss):
            return
        dL_dz, dL_da = names.gradient(z), names.gradient(a)
        call, symbol = f"{self._object(place, names)}.backward", EVERY_ACTIVATION[self._activation_of(place)][1]
        if symbol == "softmax":
            formula = f"{_is(dL_dz)} = Jᵀ {_is(dL_da)}, J the Jacobian of softmax"
        else:
            formula = f"{_is(dL_dz)} = {_is(dL_da)}" + (f" ⊙ {symbol}′({_is(z)})" if symbol else "")
        if self.exercise.is_batch:
            self._add(f"{dL_dz} = [{call}(dLn_da, z_n) for dLn_da, z_n in zip({dL_da}, {z})]", formula)
        else:
            self._add(f"{dL_dz} = {call}({dL_da}, {z})", formula)

    def _back_through_layer(self, place: int, names: Names) -> None:
        exercise, x, W = self.exercise, names.a(place - 1), names.of("W", place)
        dL_dz, dL_dx = names.gradient(names.z(place)), names.gradient(x)
        dL_dW, dL_db = f"dL_d{W}", f"dL_d{names.of('b', place)}"
        if exercise.is_batch:
            of_W = f"{_is(dL_dW)} = (1/N) Σₙ {_is(dL_dz)}ₙ · {_is(x)}ₙᵀ"
            of_b, of_x = f"{_is(dL_db)} = (1/N) Σₙ {_is(dL_dz)}ₙ", f"{_is(dL_dx)} = {_is(dL_dz)} {_is(W)}"
        else:
            of_W, of_b = f"{_is(dL_dW)} = {_is(dL_dz)} · {_is(x)}ᵀ", f"{_is(dL_db)} = {_is(dL_dz)}"
            of_x = f"{_is(dL_dx)} = {_is(W)}ᵀ · {_is(dL_dz)}"
        if exercise.layers[place].b is not None or exercise.is_batch:
            function = self._use("batch_backward" if exercise.is_batch else "layer_backward")
            self._add(f"{dL_dW}, {dL_db}, {dL_dx} = {function}({dL_dz}, {x}, {W})", f"{of_W}; {of_b}; {of_x}")
        else:
            self._add(f"{dL_dW} = {self._use('weight_gradient')}({dL_dz}, {x})", of_W)
            self._add(f"{dL_dx} = {self._use('input_gradient')}({dL_dz}, {W})", of_x)

    # ---- the update --------------------------------------------------------------------------------------------------

    def _update(self, t: str) -> None:
        exercise, names = self.exercise, Names(self.exercise)
        rule, end = exercise.rule, "_new" if exercise.steps == 1 else ""
        rate = "learning_rate"
        if exercise.gamma is not None or exercise.decay is not None:
            name, part = ("exponential", "gamma") if exercise.gamma is not None else ("inverse_time", "decay")
            function = self._use(f"{name}_decay")
            before = "0" if t == "1" else "step - 1"
            self._add(f"eta_t = {function}(learning_rate, {before}, {part})", _formula(function))
            rate = "eta_t"
        told = ""
        if isinstance(rule, LikedRule):
            rate, told = self._liked(rule, t, rate)
        for letter, place in self._moving():
            theta = names.of(letter, place)
            states = [f"{state}_{theta}" for state in rule.state]
            if exercise.steps == 1:
                self._first_state(theta)
            is_priced = letter == "W" and exercise.penalty is not None
            before, gradient = theta, f"dL_total_d{theta}" if is_priced else f"dL_d{theta}"
            formula = self._formula_of(rule).replace("∂L/∂θ", _is(gradient))
            if isinstance(rule, LikedRule):
                before, gradient = self._decayed(rule, theta, gradient, rate)
            given = [before, gradient, *states, *([t] if rule.counts else []), rate]
            given += [f"{name}={name}" for name in exercise.settings] + ([told] if told else [])
            results = [f"{name}{end}" for name in (theta, *states)]
            formulas = _update_formulas(formula, theta, rule.state, end)
            self._add(f"{', '.join(results)} = {rule.step}({', '.join(given)})", "; ".join(formulas))

    def _first_state(self, theta: str) -> None:
        """What the optimizer keeps begins with 0, or with what the package begins with."""
        rule = self.exercise.rule
        for place, state in enumerate(rule.state):
            if isinstance(rule, LikedRule) and rule.optimizer.start and place == 0:
                start = self._use_of("scalarnn.dialects.by_name", "started_with")
                self._add(f"{state}_{theta} = {start}({theta}, {rule.optimizer.start!r})")
            else:
                self._add(f"{state}_{theta} = {self._use('zeros_like')}({theta})")

    def _formula_of(self, rule: Any) -> str:
        """The formula of a step, which the program then imports."""
        if isinstance(rule, LikedRule) and not hasattr(scalarnn, rule.step):
            self._use_of(rule.module, rule.step)
            return _formula_in(rule.function)
        return _formula(self._use(rule.step))

    # ---- as another package has it -----------------------------------------------------------------------------------

    def _liked(self, rule: LikedRule, t: str, rate: str) -> tuple[str, str]:
        """The rate, rounded if it is there; and what the rule is told, as arguments."""
        if rule.optimizer.rate_in_float32:
            rounded = self._use_of("scalarnn.float32", "round_to_float32")
            self._add(f"eta = {rounded}({rate})", "η as a float32")
            rate = "eta"
        names = []
        for name, function, arguments, formula in rule.told(t):
            if function:
                self._add(f"{name} = {self._use_of('scalarnn.dialects.missing', function)}({arguments})", formula)
            names.append(f"{name}={name if function else arguments}")
        return rate, ", ".join(names)

    def _decayed(self, rule: LikedRule, theta: str, gradient: str, rate: str) -> tuple[str, str]:
        """The parameter and the gradient that the rule is given, after a weight decay."""
        chosen, module = rule.optimizer, "scalarnn.dialects.weight_decay"
        if not chosen.decay:
            return theta, gradient
        if chosen.decoupled:
            less = f"{theta}_less"
            call = f"{self._use_of(module, 'decoupled_decay')}({theta}, {rate}, {chosen.decay!r})"
            self._add(f"{less} = {call}", f"{_is(theta)} − η λ {_is(theta)}")
            return less, gradient
        more = f"{gradient}_more"
        call = f"{self._use_of(module, 'coupled_decay')}({gradient}, {theta}, {chosen.decay!r})"
        self._add(f"{more} = {call}", f"{_is(gradient)} + λ {_is(theta)}")
        return theta, more


# ---- the penalty -----------------------------------------------------------------------------------------------------


def _penalty(names: Names) -> Iterator[tuple[str, str]]:
    """What the weights of each layer cost, and all of it added to the loss: a line and its formula each."""
    if names.exercise.penalty is None:
        return
    function, terms = f"{names.exercise.penalty.lower()}_penalty", [f"L{names.end}"]
    for place in range(names.last + 1):
        P, W = names.of("P", place) + names.end, names.parameter("W", place)
        yield f"{P} = {function}({W}, strength)", _formula(function).replace("L =", f"{_is(P)} =").replace("θ", _is(W))
        terms.append(P)
    total = f"L_total{names.end}"
    yield f"{total} = {' + '.join(terms)}", f"{_is(total)} = {' + '.join(map(_is, terms))}"


def _penalty_gradients(names: Names) -> Iterator[tuple[str, str]]:
    """The gradient of each layer's penalty, and on top of that of the loss."""
    if names.exercise.penalty is None:
        return
    function = f"{names.exercise.penalty.lower()}_penalty_gradient"
    for place in range(names.last, -1, -1):
        W = names.of("W", place)
        dL_dW, dP_dW, total = f"dL_d{W}", f"d{names.of('P', place)}_d{W}", f"dL_total_d{W}"
        formula = _formula(function).replace("∂L/∂θ", _is(dP_dW)).replace("θ", _is(W))
        yield f"{dP_dW} = {function}({W}, strength)", formula
        yield f"{total} = total_gradient({dL_dW}, {dP_dW})", f"{_is(total)} = {_is(dL_dW)} + {_is(dP_dW)}"


# ---- formulas --------------------------------------------------------------------------------------------------------


@functools.cache
def _is(name: str) -> str:
    """A name as a symbol."""
    return symbol_of(name).unicode()


def _formula(function: str) -> str:
    """The formula of a function of the package."""
    return _formula_in(getattr(scalarnn, function))


def _formula_in(function: Any) -> str:
    """The formula of a function; a ";" is for what stands beside it in a comment."""
    return formula_of(function).replace(";", ",")


def _update_formulas(said: str, theta: str, state: list[str], end: str) -> list[str]:
    """W₀ − η v_W0,new and β v_W0 + ∂L/∂W₀, from θ and v in the docstring; of a state without a formula, its name."""
    formulas = []
    for letter in ("θ", *state):
        found = re.search(rf"\b{letter}_new = ([^,]*)", said)
        formulas.append(found[1] if found else f"{letter}_new")
    for letter in state:
        own = f"{letter}_{theta}"
        formulas = [re.sub(rf"\b{letter}_new\b", _is(own + end), formula) for formula in formulas]
        formulas = [re.sub(rf"\b{letter}\b(?!{HAT})", _is(own), formula) for formula in formulas]
    return [formula.replace("θ", _is(theta)) for formula in formulas]


def _zipped(name: str, predicted: str, target: str) -> tuple[str, str]:
    """The two arguments of a loss, and the loop over the samples around them."""
    one = {"Y_hat": "y_hat_n"}.get(name, "z_n")
    of_target = "label_n" if target == "labels" else "y_n"
    return f"{one}, {of_target}", f"for {one}, {of_target} in zip({predicted}, {target})"
