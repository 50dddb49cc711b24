"""What is proved of every way to step: one step on any state, three from the first state, and the object that does it.

A rule here is a formula for numbers, spelled out in SymPy: θ, its gradient, what is kept, t and the settings → θ and
what is kept.
"""

# mypy: disable-error-code="import-untyped,misc,no-any-return"
from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sympy

from scalarnn.doors import door
from scalarnn.layer import Layer
from scalarnn.learning import carrying
from scalarnn.learning.adam import adam_step
from scalarnn.learning.decay import InverseTimeDecay, inverse_time_decay
from scalarnn.learning.optimizer import Optimizer, zeros_like
from scalarnn.network import Network
from scalarnn.proofs import symbols
from scalarnn.proofs.exact import Root
from scalarnn.proofs.theorem import Claim, Side, Theorem, Wrong, claim, shipped, stated, theorem

__all__ = [
    "BETA",
    "DECAY",
    "EPSILON",
    "ETA",
    "NOTHING_KEPT",
    "ROWS",
    "Method",
    "Rule",
    "each",
    "entrance",
    "faded",
    "first_for_all",
    "first_kept_for_all",
    "object_theorem",
    "shapes",
    "squares",
    "step_theorems",
    "with_roots_alike",
]

ETA, EPSILON, DECAY = symbols.number("eta"), symbols.number("epsilon"), symbols.number("decay")
BETA = symbols.number("beta")

Rule = Callable[..., tuple[Any, ...]]


# ---- helpers ---------------------------------------------------------------------------------------------------------


def shapes(name: str) -> dict[str, Any]:
    """The same letter as a number, as vectors and as a matrix, of lists and of tuples."""
    matrix = symbols.matrix(name, 2, 3)
    return {
        "a number": symbols.number(name),
        "a vector of one": symbols.vector(name, 1),
        "a vector": symbols.vector(name, 3),
        "a matrix": matrix,
        "a tuple of tuples, through the door": tuple(tuple(row) for row in matrix),
        "a number, a vector and a matrix": [symbols.number(name), symbols.vector(name, 2), matrix],
        "a row of a number and a vector": [[symbols.number(name), symbols.vector(name, 2)]],
    }


def entrance(function: Any, theta: Any) -> Any:
    """The function itself for lists; for tuples its door, which makes lists of them."""
    return door(function) if isinstance(theta, tuple) else function


def each(rule: Rule, result: int, *lists: Any) -> Any:
    """One of the results of a rule for numbers, for every number of lists of the same shape."""
    if not isinstance(lists[0], (list, tuple)):
        return rule(*lists)[result]
    return [each(rule, result, *[entries[i] for entries in lists]) for i in range(len(lists[0]))]


def with_roots_alike(side: Side) -> Side:
    """Every √u with u as one fraction in lowest terms: roots of the same number then are the same root."""

    def alike(value: Any) -> Any:
        if isinstance(value, (list, tuple)):
            return [alike(entry) for entry in value]
        return sympy.sympify(value).replace(Root, lambda u: Root(sympy.cancel(u)))

    return Side(alike(side.value), side.ran)


def faded(beta: Any, g: Sequence[Any]) -> Any:
    """g_t + β g_{t−1} + β² g_{t−2} + …, the last of g the newest."""
    return sum(beta ** (len(g) - 1 - k) * g[k] for k in range(len(g)))


def squares(g: Sequence[Any]) -> list[Any]:
    """Each of them squared."""
    return [g_k * g_k for g_k in g]


# ---- errors in what carries a rule over lists ------------------------------------------------------------------------

_LISTS = "{empty_lists}\n        for {shaped}, in "
ROWS = "{empty_rows}\n                for {shaped}, in "


def first_for_all(name: str, loop: str = _LISTS) -> Wrong:
    """Each entry of a list is taken for the first."""
    new = "zip(*[[entries[0]] * len(entries) for entries in ({shaped},)]):"
    return Wrong(name, loop + "zip({shaped}):", loop + new, inside=carrying)


def first_kept_for_all(name: str, loop: str = _LISTS) -> Wrong:
    """Each number has its θ and its gradient; the last of what belongs to it is that of the first number."""
    new = "zip(*({shaped},)[:-1], [({shaped},)[-1][0]] * len({theta})):"
    return Wrong(name, loop + "zip({shaped}):", loop + new, inside=carrying)


# ---- a step ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Method:
    """A way to step.

    Args:
        step: its function.
        name: what its theorems are called by.
        letters: what is kept from step to step.
        settings: β and ε as symbols, by the names of the function's parameters.
        usual: β and ε where none are given, likewise.
    """

    step: Callable[..., Any]
    name: str
    letters: tuple[str, ...]
    settings: dict[str, Any]
    usual: dict[str, float]

    def in_time(self, t: int) -> tuple[int, ...]:
        """The number of the step, for a function that takes it."""
        return (t,) if self.step is adam_step else ()


def step_theorems(
    method: Method,
    rule: Rule,
    unrolled: Rule,
    *,
    statement: str,
    latex: str,
    statement_unrolled: str,
    latex_unrolled: str,
    wrong: list[Wrong],
    wrong_unrolled: list[Wrong],
) -> list[Theorem]:
    """Two theorems for a step: one is the recurrence on any state, three from the first state are the sum written out.

    Args:
        method: its function is the one under test.
        rule: θ, its gradient, what is kept, t and the settings → θ and what is kept, for numbers.
        unrolled: the gradients so far and the settings → how far the last step goes, over η, and what is kept.
    """
    step, name, letters, settings = method.step, method.name, method.letters, method.settings

    @theorem(id=f"optimizer.{name}", statement=statement, latex=latex, about=[step], refuted=wrong)
    def one_step(implementation: Any) -> Iterator[Claim]:
        for shape, theta in shapes("theta").items():
            g, kept = shapes("g")[shape], [shapes(letter)[shape] for letter in letters]
            function = entrance(implementation, theta)
            for given, meant, t in ((settings, settings, 2), ({}, method.usual, 1)):
                left = shipped(function, theta, g, *kept, *method.in_time(t), ETA, **given)

                def by_rule(*numbers: Any, t: int = t, meant: dict[str, Any] = meant) -> tuple[Any, ...]:
                    return rule(*numbers, t, **meant)

                for k in range(1 + len(kept)):
                    right = stated(
                        lambda k=k, by_rule=by_rule, theta=theta, g=g, kept=kept: each(by_rule, k, theta, g, *kept)
                    )
                    yield claim(f"{('θ', *letters)[k]} of {shape}", left[k], right)

    @theorem(
        id=f"optimizer.{name}-three-steps",
        statement=statement_unrolled,
        latex=latex_unrolled,
        about=[step, zeros_like],
        refuted=wrong_unrolled,
    )
    def three_steps(implementation: Any) -> Iterator[Claim]:
        theta_0, g = symbols.vector("theta", 2), symbols.matrix("g", 3, 2)

        def run() -> list[Any]:
            theta, kept = theta_0, [zeros_like(theta_0) for _ in letters]
            path = []
            for t in range(1, 4):
                before = theta
                theta, *kept = implementation(before, g[t - 1], *kept, *method.in_time(t), ETA, **settings)
                path.append([[after - from_ for after, from_ in zip(theta, before, strict=True)], *kept])
            return path

        def written_out(t: int) -> list[Any]:
            numbers = [unrolled([g_k[i] for g_k in g[:t]], **settings) for i in range(2)]
            lengths, *kept = zip(*numbers, strict=True)
            return [[-ETA * length for length in lengths], *kept]

        path = shipped(run)
        for t in range(1, 4):
            for k, letter in enumerate(("θ", *letters)):
                left, right = path[t - 1][k], stated(lambda t=t, k=k: written_out(t)[k])
                yield claim(f"{letter} of step {t}", with_roots_alike(left), with_roots_alike(right))

    return [one_step, three_steps]


# ---- an object -------------------------------------------------------------------------------------------------------


_THETA = {name: symbols.vector(name, 2) for name in ("W", "b")}  # two layers of one neuron with one input
_G = {name: symbols.matrix(f"dL_d{name}", 3, 2) for name in ("W", "b")}  # three steps


def _give(layer: Layer, dL_dW: Any, dL_db: Any) -> None:
    """Gradients as a backward pass leaves them, whatever was on the way."""
    layer.dL_dW, layer.dL_db, layer._W_backward = dL_dW, dL_db, layer.W


def _steps_of_object(optimizer: Any, letters: tuple[str, ...]) -> tuple[Any, ...]:
    """How many steps it counts; for each parameter after each of three steps what it keeps, and how far it went."""
    network = Network([Layer([[_THETA["W"][k]]], [_THETA["b"][k]]) for k in range(2)])
    kept, steps = [], []
    for t in range(3):
        before = [(layer.W[0][0], layer.b[0]) for layer in network.layers]
        for k, layer in enumerate(network.layers):
            _give(layer, [[_G["W"][t][k]]], [_G["b"][t][k]])
        optimizer.step(network)
        for k, layer in enumerate(network.layers):
            kept.append([optimizer.state[k][f"{letter}_W"][0][0] for letter in letters])
            kept.append([optimizer.state[k][f"{letter}_b"][0] for letter in letters])
            steps.extend([layer.W[0][0] - before[k][0], layer.b[0] - before[k][1]])
    return optimizer.t, kept, steps


def _steps_of_function(method: Method, rates: list[Any], settings: dict[str, Any]) -> tuple[Any, ...]:
    """The same by the function."""
    theta = [_THETA[name][k] for k in range(2) for name in ("W", "b")]
    state = [zeros_like(theta) for _ in method.letters]
    kept, steps = [], []
    for t in range(3):
        g_t = [_G[name][t][k] for k in range(2) for name in ("W", "b")]
        before = theta
        after = method.step(before, g_t, *state, *method.in_time(t + 1), rates[t], **settings)
        theta, *state = after if method.letters else (after,)
        for i in range(len(theta)):
            kept.append([letter[i] for letter in state])
            steps.append(theta[i] - before[i])
    return 3, kept, steps


_OF_EVERY_OBJECT = [
    Wrong("W only", '"b", b_new', '"b", layer.b', inside=Optimizer),
    Wrong("one step for all", "layer.W, layer.dL_dW", "layer.W, network.layers[0].dL_dW", inside=Optimizer),
    Wrong("the rate of the next step", "at(self.t)", "at(self.t + 1)", inside=Optimizer),
    Wrong("the steps not counted", '"t", self.t + 1', '"t", self.t', inside=Optimizer),
]
NOTHING_KEPT = [
    Wrong("nothing carried", "state_new.append(self._named(kept_W, kept_b))", "state_new.append(kept)", Optimizer),
    Wrong("the past of the first layer", 'self._kept(kept, "W")', 'self._kept(state[0], "W")', inside=Optimizer),
    Wrong("θ for zeros", "zeros_like(layer.W), ", "layer.W, ", inside=Optimizer),
]


def object_theorem(kind: Any, method: Method, *, wrong: list[Wrong]) -> Theorem:
    """An object steps every W and b of a network as the function does, and keeps for each what the function returns."""
    step, letters, settings = method.step, method.letters, method.settings

    @theorem(
        id=f"optimizer.{method.name}-object",
        statement=f"{kind.__name__} takes the step of {step.__name__} for every W and b of a network, each with its "
        "own gradient and its own past, at the rate of that step.",
        latex=r"(\theta, \text{state})_{t+1} = \operatorname{step}\bigl((\theta, \text{state})_t, g_t, \eta_t\bigr)",
        about=[kind, step, zeros_like],
        refuted=[*wrong, *_OF_EVERY_OBJECT],
    )
    def object_does_the_steps(implementation: Any) -> Iterator[Claim]:
        decay = InverseTimeDecay(ETA, DECAY)
        decayed = [inverse_time_decay(ETA, t, DECAY) for t in range(3)]
        for what, rate, rates, given, meant in (
            ("one rate", ETA, [ETA] * 3, settings, settings),
            ("a decay", decay, decayed, settings, settings),
            ("the usual settings", ETA, [ETA] * 3, {}, method.usual),
        ):
            left = shipped(lambda rate=rate, given=given: _steps_of_object(implementation(rate, **given), letters))
            right = stated(lambda rates=rates, meant=meant: _steps_of_function(method, rates, meant))
            yield claim(f"t, {what}", left[0], right[0])
            for i in range(len(left.value[2])):
                yield claim(f"what step {i} keeps, {what}", left[1][i], right[1][i])
                yield claim(f"step {i}, {what}", left[2][i], right[2][i])

        W, dL_dW = symbols.matrix("V", 2, 1), symbols.matrix("dL_dV", 2, 1)
        b, dL_db = symbols.vector("a", 2), symbols.vector("dL_da", 2)

        def wider() -> list[Any]:
            network = Network([Layer([[_THETA["W"][0]]], [_THETA["b"][0]]), Layer(W, b)])
            first, second = network.layers
            _give(first, [[_G["W"][0][0]]], [_G["b"][0][0]])
            _give(second, dL_dW, dL_db)
            implementation(ETA, **settings).step(network)
            return [second.W, second.b]

        def first_step(theta: Any, dL_dtheta: Any) -> Any:
            state = [zeros_like(theta) for _ in letters]
            after = step(theta, dL_dtheta, *state, *method.in_time(1), ETA, **settings)
            return after[0] if letters else after

        yield claim("a wider layer", shipped(wider), stated(lambda: [first_step(W, dL_dW), first_step(b, dL_db)]))

    return object_does_the_steps
