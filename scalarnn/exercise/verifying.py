"""A step that other software has made: is it ours, to how many digits, or what explains the difference?

before, after     the same network before and after one step
state             what the optimizer kept before it, if it is not the first step; and after it
ours              W and b after the step of the exercise: the same inputs, targets, loss and optimizer
digits            how many digits of the largest change agree
"""

from __future__ import annotations

import math

from scalarnn.exercise.explaining import explanations
from scalarnn.exercise.kinds import ExerciseError
from scalarnn.exercise.networks import from_network
from scalarnn.exercise.parameters import after_step, are_float32, kept_numbers, kinds_of, later_of, parameters, same

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from scalarnn import Network

__all__ = ["Verdict", "verify"]


class Verdict:
    """What was found.

    Attributes:
        is_ours: whether every parameter, and what the optimizer keeps of it, is what the exercise comes to, but for
            rounding.
        digits: how many digits of the step agree with ours; inf if all bits do.
        precision: "float64" or "float32", as the numbers of the other software are.
        explanations: what gives just these numbers instead, each a sentence; empty if nothing does.
        largest: name, ours and theirs of the number that is furthest away, as a part of the largest change of its kind.
    """

    def __init__(self, before: Mapping[str, float], ours: Mapping[str, float], theirs: Mapping[str, float]) -> None:
        self.precision = "float32" if are_float32(list(theirs.values())) else "float64"
        self.is_ours = same(before, ours, theirs)
        self.digits = math.inf
        name = next(iter(theirs))
        self.largest = name, ours[name], theirs[name]
        for names in kinds_of(theirs):
            step = max(abs(ours[name] - before[name]) for name in names)
            worst = max(names, key=lambda name: abs(ours[name] - theirs[name]))
            apart = abs(ours[worst] - theirs[worst])
            digits = math.inf if apart == 0 else math.log10(step / apart) if step > 0 else 0.0
            if digits < self.digits:
                self.digits = digits
                self.largest = worst, ours[worst], theirs[worst]
        self.explanations: list[str] = []


def verify(
    before: Network,
    after: Network,
    *,
    state: Sequence[Mapping[str, Any]] | None = None,
    taken: int = 0,
    state_after: Sequence[Mapping[str, Any]] | None = None,
    **given: Any,
) -> Verdict:
    """Whether one step leads from one network to the other.

    Args:
        before: the network before the step.
        after: after it.
        state: what the optimizer kept before the step, a dict a layer, as `optimizer.state` of the package has it:
            v_W and v_b of momentum; m_W, v_W, m_b and v_b of Adam. Nothing before the first step.
        taken: how many steps were taken before this one, `optimizer.t`; Adam and decays count them.
        state_after: what it kept after the step; then that is held against ours too.
        given: what an exercise is given beside its layers: x or X, the targets, loss, learning_rate, optimizer …

    Raises:
        ExerciseError: the networks, or the state, are of different shapes, or what is given does not make a step.

    Examples:
        >>> from scalarnn import Layer, Network
        >>> given = dict(x=[1, 2], y=[3], loss="squared error", learning_rate=0.25)
        >>> before = Network([Layer([[0.5, 1.0]], [0.0])])
        >>> verify(before, Network([Layer([[0.75, 1.5]], [0.25])]), **given).is_ours
        True
        >>> verify(before, Network([Layer([[0.75, 1.5]], [0.0])]), **given).explanations
        ['not updated: b[0]']
        >>> state = [{"v_W": [[2.0, 0.0]], "v_b": [0.0]}]
        >>> after = Network([Layer([[0.5, 1.5]], [0.25])])
        >>> verify(before, after, state=state, optimizer="momentum", beta=0.5, **given).is_ours
        True
    """
    if given.get("steps", 1) != 1:
        raise ExerciseError("steps: expected one step: the gradients of more are not in these two networks")
    exercise = from_network(before, **given)
    if exercise.learning_rate is None or exercise.target is None:
        raise ExerciseError("expected x, its targets, a loss and a learning_rate: what a step is made of")
    later = later_of(exercise, state, taken)
    old, theirs = dict(parameters(before)), dict(parameters(after))
    if old.keys() != theirs.keys():
        raise ExerciseError("the two networks are of different shapes: expected one network before and after a step")
    if state_after is not None:
        theirs |= kept_numbers(later_of(exercise, state_after, taken + 1))
        old |= dict.fromkeys(theirs.keys() - old.keys(), 0.0) | kept_numbers(later)
    ours = after_step(exercise, old, later)
    verdict = Verdict(old, ours, theirs)
    if not verdict.is_ours:
        of_network = dict(parameters(before))
        if same(of_network, ours, theirs):
            verdict.explanations = ["the parameters are ours, and what the optimizer keeps is not"]
        else:
            verdict.explanations = explanations(exercise, before, after, given, later)
    return verdict
