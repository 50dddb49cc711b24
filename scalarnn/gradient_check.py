"""Gradient check: is what backpropagation says the derivative of the forward pass?

    theta        θ, every number that is checked: parameters and inputs
    backward     ∂L/∂θ as the backward pass says
    central      (L(θ + h) − L(θ − h)) / 2h, from two forward passes
    dual         the ε part of L(θ + 1·ε), from one forward pass with dual numbers
    h            how far to either side: 6e-6, or what you say, times |θ| where |θ| > 1

Two witnesses that know only the forward pass. Central differences take any function; their error, h²/6 of the third
derivative and the rounding of L divided by h, leaves about eight digits. Dual numbers have no step and no such error,
but the forward pass has to be made of + − × ÷ < and the functions of this package: one that calls math.exp does without
them.

At a kink, such as a ReLU at z = 0, there is no derivative: the slopes to the left and to the right differ. A gradient
between them, or the one that follows the branches of the forward pass as dual numbers do, is let pass and noted. A kink
counts as one within h/16 of θ; where central differences meet one further off, nearer ones decide.
"""

from __future__ import annotations

from scalarnn import check
from scalarnn.dual import Dual
from scalarnn.network import Network
from scalarnn.scalar import is_finite, ratio

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from scalarnn.scalar import Matrix, Number, Vector

__all__ = ["GradientEntry", "GradientReport", "check_batch_gradients", "check_gradients", "check_network_gradients"]

# 6e-6, near the cube root of the rounding of a float: there both errors of central differences are equally small.
STEP = 6e-6
SHORTER = (16, 256, 4096)  # where central differences disagree, they are asked again this many times closer to θ

TOLERANCE = 1e-6  # how far apart, as a part of the larger of the two, two gradients may be
DUAL_ROUNDING = 1e-12  # beside it, as a part of the largest gradient of all, or of 1
CENTRAL_ROUNDING = 1e-8  # likewise, or of the loss
NOTHING = 1e-9  # gradients that are all below it tell nothing
KINK = 1e-3  # slopes that differ by more than this part of the larger one

SHOWN = 10  # wrong entries, and kinks, that the report writes out

# What a forward pass may raise when θ is moved a little, or is a dual number.
NO_ANSWER = (ArithmeticError, AttributeError, TypeError, ValueError)


class GradientEntry:
    """One number and its gradient from three sides.

    Args:
        name: where the number stands, such as layers[0].W[1][2].
        backward: the gradient that was claimed.
        central: what central differences say; None if they say nothing.
        dual: what dual numbers say; None if they say nothing.
        verdict: "ok", "kink", "wrong", or "unchecked" if neither says anything.
        excess: how many times what is allowed the claim is away from the witness that is further off.

    Examples:
        >>> report = check_gradients(lambda theta: theta[0] * theta[0], theta=[3.0], dL_dtheta=[6.0])
        >>> entry = report.entries[0]
        >>> entry.name, entry.backward, round(entry.central, 6), entry.dual, entry.verdict
        ('theta[0]', 6.0, 6.0, 6.0, 'ok')
    """

    __slots__ = ("backward", "central", "dual", "excess", "name", "verdict")

    def __init__(
        self, name: str, backward: Number, central: Number | None, dual: Number | None, verdict: str, excess: float
    ) -> None:
        self.name = name
        self.backward = backward
        self.central = central
        self.dual = dual
        self.verdict = verdict
        self.excess = excess

    @property
    def witness(self) -> Number | None:
        """What the gradient should be: the dual number, or else the central difference."""
        return self.central if self.dual is None else self.dual

    @property
    def error(self) -> float:
        """|backward − witness| as a part of the larger of the two; 0 where both are 0."""
        if self.witness is None:
            return float("nan")
        larger = max(abs(self.backward), abs(self.witness))
        return float(abs(self.backward - self.witness) / larger) if larger else 0.0

    def __repr__(self) -> str:
        said = f"backward {_shown(self.backward)}, central {_shown(self.central)}, dual {_shown(self.dual)}"
        return f"<{self.name}: {said}, {self.verdict}>"


class GradientReport:
    """Every number that was checked, and what came of it; `print(report)` reads well.

    Args:
        entries: one GradientEntry for each number.
        notes: what else there is to say, one text each.

    Attributes:
        ok: whether no entry is wrong or unchecked.
        worst: the entry that is furthest off, as a GradientEntry.
        wrong: the entries that are wrong or unchecked.
        kinks: those at a kink.

    Examples:
        >>> report = check_gradients(lambda theta: theta[0] * theta[1], theta=[3.0, 5.0], dL_dtheta=[5.0, -3.0])
        >>> report.ok, report.worst.name, report.worst.witness
        (False, 'theta[1]', 3.0)
        >>> print(report)
        Gradients of 2 numbers: 1 is WRONG.
        worst: theta[1]
                        backward         central            dual
        theta[1]              -3               3               3
        The wrong entry is -1 times what it should be.
    """

    def __init__(self, entries: Sequence[GradientEntry], notes: Sequence[str] = ()) -> None:
        check.sequence(entries, "entries")
        self.entries = list(entries)
        self.notes = list(notes)
        self.worst = self.entries[0]
        self.wrong: list[GradientEntry] = []
        self.kinks: list[GradientEntry] = []
        for entry in self.entries:
            if entry.excess > self.worst.excess:
                self.worst = entry
            if entry.verdict in ("wrong", "unchecked"):
                self.wrong.append(entry)
            elif entry.verdict == "kink":
                self.kinks.append(entry)
        self.ok = not self.wrong

    def __str__(self) -> str:
        n = len(self.entries)
        head = "Gradient of 1 number: " if n == 1 else f"Gradients of {n} numbers: "
        lines = [head + self._verdict(), f"worst: {self.worst.name}{_described(self.worst.name)}"]
        lines.extend(_table(self.wrong[:SHOWN] or [self.worst]))
        if len(self.wrong) > SHOWN:
            lines.append(f"… and {len(self.wrong) - SHOWN} more")
        if self.kinks:
            names = ", ".join(entry.name for entry in self.kinks[:SHOWN])
            more = f" and {len(self.kinks) - SHOWN} more" if len(self.kinks) > SHOWN else ""
            lines.append(f"At a kink, where the slopes on either side differ: {names}{more}.")
        return "\n".join([*lines, *self.notes])

    def _verdict(self) -> str:
        unchecked = sum(entry.verdict == "unchecked" for entry in self.wrong)
        wrong = len(self.wrong) - unchecked
        counts = []
        if wrong:
            counts.append(f"{wrong} {'is' if wrong == 1 else 'are'} WRONG")
        if unchecked:
            counts.append(f"{unchecked} could not be checked")
        if counts:
            return ", ".join(counts) + "."
        witnesses = []
        if any(entry.central is not None for entry in self.entries):
            witnesses.append("central differences")
        if any(entry.dual is not None for entry in self.entries):
            witnesses.append("dual numbers")
        return f"ok, by {' and '.join(witnesses)}."

    def __repr__(self) -> str:
        return f"<GradientReport: {len(self.entries)} entries, {len(self.wrong)} wrong, worst {self.worst!r}>"


# ---- any loss --------------------------------------------------------------------------------------------------------


def check_gradients(
    loss: Callable[[Any], Number],
    theta: Any,
    dL_dtheta: Any,
    name: str = "theta",
    tolerance: float = TOLERANCE,
    *,
    h: float = STEP,
) -> GradientReport:
    """∂L/∂θ ≈ (L(θ + h) − L(θ − h)) / 2h, and = the ε part of L(θ + 1·ε), for every number of θ.

    Args:
        loss: a function of theta that returns a number.
        theta: a number, a vector or a matrix (or deeper lists).
        dL_dtheta: the gradient that is to be checked, of the same shape.
        name: how the report calls theta.
        tolerance: how far a gradient may be from a witness, as a part of the larger of the two.
        h: how far central differences go to either side of a number, times its size where that is above 1.

    Returns:
        A GradientReport: `report.ok`, `report.worst`, `print(report)`.

    Raises:
        TypeError: loss is not a function or returns no number, or an entry is not a number.
        ValueError: shapes differ, an entry is not finite, the loss of theta is not finite, or tolerance or h is not
            above zero.

    Source: the derivative as a limit, `001` and `002`. (`003` says "numerical differentiation" for what is analytic;
    this is numerical.)

    Examples:
        >>> def L(theta):
        ...     return theta[0] * theta[0] + 3 * theta[1]
        >>> print(check_gradients(L, theta=[5.0, 7.0], dL_dtheta=[10.0, 3.0]))  # doctest: +ELLIPSIS
        Gradients of 2 numbers: ok, by central differences and dual numbers.
        worst: ...
        >>> check_gradients(L, theta=[5.0, 7.0], dL_dtheta=[5.0, 3.0]).worst.name
        'theta[0]'
    """
    _check_function(loss, "loss")
    _check_numbers(tolerance, h)
    check.same_shape(theta, dL_dtheta, name, f"the gradient of {name}")
    check.number(loss(theta), f"loss({name})")
    notes: list[str] = []
    entries = _entries(lambda parts: loss(parts[0]), [(name, theta, dL_dtheta)], tolerance, h, notes)
    return GradientReport(entries, [*_ratio_note(entries), *_meeting_note(entries), *notes])


# ---- a network -------------------------------------------------------------------------------------------------------


def check_network_gradients(
    network: Network,
    x: Vector,
    y: Any,
    loss: Callable[[list[Number], Any], Number],
    loss_gradient: Callable[[list[Number], Any], Vector],
    tolerance: float = TOLERANCE,
    *,
    h: float = STEP,
) -> GradientReport:
    """∂L/∂W, ∂L/∂b and ∂L/∂x of every layer, and ∂L/∂ŷ of the loss, each against central differences and dual numbers.

    The network is left as it was: the check works on a copy, and the layers keep what they keep.

    Args:
        network: a Network; what this is for is an activation of your own in it, or a subclass of Layer.
        x: one sample, n_inputs numbers.
        y: its target, in whatever form the loss takes it.
        loss: a function of y_hat and y, such as mean_squared_error.
        loss_gradient: the gradient that belongs to it, such as mean_squared_error_gradient.
        tolerance: how far a gradient may be from a witness, as a part of the larger of the two.
        h: how far central differences go to either side of a number, times its size where that is above 1.

    Returns:
        A GradientReport; its entries are y_hat[k], x[i], layers[0].W[j][i], layers[0].b[j] and so on.

    Raises:
        TypeError: network is not a Network, loss or loss_gradient is not a function, or an entry is not a number.
        ValueError: x has not one entry for each input, the loss is not finite, or tolerance or h is not above
            zero.

    Source: `000` §4, `003`, `004`: everything they derive.

    Examples:
        >>> from scalarnn import Layer, ReLU, half_squared_error, half_squared_error_gradient
        >>> network = Network([Layer([[1, 2], [-3, 4], [1, -1]], [1, 2, 0], ReLU()), Layer([[1, 2, 3]], [1])])
        >>> report = check_network_gradients(network, [1, 2], [3], half_squared_error, half_squared_error_gradient)
        >>> report.ok, len(report.entries)
        (True, 16)

        An activation whose derivative forgets its gate:

        >>> class Leak(ReLU):
        ...     def backward(self, dL_da, z):
        ...         return list(dL_da)
        >>> network.layers[0].activation = Leak()
        >>> report = check_network_gradients(network, [1, 2], [3], half_squared_error, half_squared_error_gradient)
        >>> report.ok, [entry.name for entry in report.wrong]
        (False, ['x[0]', 'x[1]', 'layers[0].W[2][0]', 'layers[0].W[2][1]', 'layers[0].b[2]'])
    """
    _check_question(network, loss, loss_gradient, tolerance, h)
    at_work = _copy_of(network)
    y_hat = at_work.forward(x)
    L = loss(list(y_hat), y)
    check.number(L, "loss(y_hat, y)")
    dL_dy_hat = loss_gradient(list(y_hat), y)
    check.vector(dL_dy_hat, "loss_gradient(y_hat, y)")
    dL_dx = at_work.backward(dL_dy_hat)

    def loss_of(parts: list[Any]) -> Number:
        return loss(_forward_with(network, parts[1:]).forward(parts[0]), y)

    notes: list[str] = []
    of_loss = [("y_hat", y_hat, list(dL_dy_hat))]
    entries = _entries(lambda parts: loss(list(parts[0]), y), of_loss, tolerance, h, notes)
    claims = [("x", list(x), dL_dx), *_parameters(at_work)]
    entries.extend(_entries(loss_of, claims, tolerance, h, notes))
    return GradientReport(
        entries, [*_where_to_look(entries, len(network.layers)), *_ratio_note(entries), *_meeting_note(entries), *notes]
    )


def check_batch_gradients(
    network: Network,
    X: Matrix,
    Y: Sequence[Any],
    loss: Callable[[list[Number], Any], Number],
    loss_gradient: Callable[[list[Number], Any], Vector],
    tolerance: float = TOLERANCE,
    *,
    h: float = STEP,
) -> GradientReport:
    """The same for a batch: ∂L/∂W and ∂L/∂b of the mean loss L = (1/N) Σₙ Lₙ, and ∂Lₙ/∂xₙ of every sample.

    Args:
        network: a Network; it is left as it was.
        X: n_samples rows of n_inputs numbers.
        Y: their targets, one for each sample, in whatever form the loss takes them.
        loss: a function of the y_hat and y of one sample.
        loss_gradient: the gradient that belongs to it.
        tolerance: how far a gradient may be from a witness, as a part of the larger of the two.
        h: how far central differences go to either side of a number, times its size where that is above 1.

    Returns:
        A GradientReport; its entries are Y_hat[n][k], X[n][i], layers[0].W[j][i], layers[0].b[j] and so on.

    Raises:
        TypeError: network is not a Network, loss or loss_gradient is not a function, or an entry is not a number.
        ValueError: X is no batch for this network, Y has not one target for each sample, the loss is not finite, or
            tolerance or h is not above zero.

    Source: `000` §4.2 and §4.3.

    Examples:
        >>> from scalarnn import Layer, Tanh, squared_error, squared_error_gradient
        >>> network = Network([Layer([[0.5, -0.25]], [0.125], Tanh())])
        >>> X, Y = [[1.0, 2.0], [3.0, -1.0]], [[1.0], [0.0]]
        >>> check_batch_gradients(network, X, Y, squared_error, squared_error_gradient).ok
        True
    """
    _check_question(network, loss, loss_gradient, tolerance, h)
    at_work = _copy_of(network)
    Y_hat = at_work.forward_batch(X)
    N = len(Y_hat)
    check.length(Y, "Y", N, "one target for each sample of X")
    dLn_dY_hat = []
    for n in range(N):
        check.number(loss(list(Y_hat[n]), Y[n]), f"loss(Y_hat[{n}], Y[{n}])")
        dLn_dy_hat = loss_gradient(list(Y_hat[n]), Y[n])
        check.vector(dLn_dy_hat, f"loss_gradient(Y_hat[{n}], Y[{n}])")
        dLn_dY_hat.append(list(dLn_dy_hat))
    dLn_dX = at_work.backward_batch(dLn_dY_hat)

    def sum_of_losses(Y_hat: Sequence[Any]) -> Number:
        total = 0
        for n in range(N):
            total += loss(list(Y_hat[n]), Y[n])
        return total

    def sum_for(parts: list[Any]) -> Number:
        return sum_of_losses(_forward_with(network, parameters).forward_batch(parts[0]))

    def mean_for(parts: list[Any]) -> Number:
        return sum_of_losses(_forward_with(network, parts).forward_batch(X)) / N

    claims = _parameters(at_work)
    parameters = [theta for _, theta, _ in claims]
    notes: list[str] = []
    entries = _entries(lambda parts: sum_of_losses(parts[0]), [("Y_hat", Y_hat, dLn_dY_hat)], tolerance, h, notes)
    entries.extend(_entries(sum_for, [("X", [list(x_n) for x_n in X], dLn_dX)], tolerance, h, notes))
    entries.extend(_entries(mean_for, claims, tolerance, h, notes))
    return GradientReport(
        entries, [*_where_to_look(entries, len(network.layers)), *_ratio_note(entries), *_meeting_note(entries), *notes]
    )


def _check_question(network: Network, loss: Any, loss_gradient: Any, tolerance: float, h: float) -> None:
    if not isinstance(network, Network):
        raise TypeError(f"network is {check.shown(network)}: expected a Network")
    _check_function(loss, "loss")
    _check_function(loss_gradient, "loss_gradient")
    _check_numbers(tolerance, h)


def _check_numbers(tolerance: float, h: float) -> None:
    check.learning_rate(tolerance, "tolerance")
    check.learning_rate(h, "h")


def _check_function(function: Any, name: str) -> None:
    if not callable(function):
        raise TypeError(f"{name} is {check.shown(function)}: expected a function")


def _copy_of(network: Network) -> Network:
    """A network with layers of its own, of the same classes, that share their numbers with the given one."""
    copy = object.__new__(type(network))
    vars(copy).update(vars(network))
    copy.layers = []
    for layer in network.layers:
        layer_copy = object.__new__(type(layer))
        vars(layer_copy).update(vars(layer))
        copy.layers.append(layer_copy)
    return copy


def _forward_with(network: Network, parameters: list[Any]) -> Network:
    """A copy whose layers have other parameters: W and b of the first layer, W and b of the second, and so on."""
    copy = _copy_of(network)
    for layer in range(len(copy.layers)):
        copy.layers[layer].W, copy.layers[layer].b = parameters[2 * layer], parameters[2 * layer + 1]
    return copy


def _parameters(network: Network) -> list[tuple[str, Any, Any]]:
    """Name, value and gradient of each W and b, after a backward pass."""
    found = []
    for layer in range(len(network.layers)):
        at = network.layers[layer]
        check.same_shape(at.W, at.dL_dW, f"layers[{layer}].W", f"layers[{layer}].dL_dW")
        check.same_shape(at.b, at.dL_db, f"layers[{layer}].b", f"layers[{layer}].dL_db")
        found.append((f"layers[{layer}].W", at.W, at.dL_dW))
        found.append((f"layers[{layer}].b", at.b, at.dL_db))
    return found


# ---- the witnesses ---------------------------------------------------------------------------------------------------


class _Question:
    """L as a function of one number among many, all others as they are."""

    def __init__(self, loss: Callable[[list[Any]], Number], thetas: list[Any], path: tuple[int, ...], h: float) -> None:
        self.loss = loss
        self.thetas = thetas
        self.path = path
        self.h = h

    @property
    def theta(self) -> Number:
        value: Any = self.thetas
        for i in self.path:
            value = value[i]
        return value

    def step(self, shorter: int) -> Number:
        """h, or a part of it, in the kind of number that theta is."""
        p, q = self.h.as_integer_ratio()
        return ratio(p, q * shorter, like=self.theta) * max(1, abs(self.theta))

    def at(self, theta: Number) -> Number:
        """L with this number in its place."""
        return self.loss(_replaced(self.thetas, self.path, theta))


def _replaced(values: Any, path: tuple[int, ...], entry: Number) -> Any:
    if not path:
        return entry
    copy = list(values)
    copy[path[0]] = _replaced(values[path[0]], path[1:], entry)
    return copy


def _paths(theta: Any) -> list[tuple[int, ...]]:
    """Where each number of nested lists stands."""
    if not hasattr(type(theta), "__len__"):
        return [()]
    paths = []
    for i in range(len(theta)):
        for path in _paths(theta[i]):
            paths.append((i, *path))
    return paths


def _central(question: _Question, shorter: int = 1) -> Number | None:
    """(L(θ + h) − L(θ − h)) / 2h; None where it is not a finite number."""
    theta = question.theta
    h = question.step(shorter)
    up = theta + h
    down = theta - h
    central = (question.at(up) - question.at(down)) / (up - down)  # what rounding has left of 2h
    return central if is_finite(central) else None


def _slopes(question: _Question, shorter: int) -> tuple[Number, Number]:
    """(L(θ) − L(θ − h)) / h to the left, (L(θ + h) − L(θ)) / h to the right."""
    theta = question.theta
    h = question.step(shorter)
    up = theta + h
    down = theta - h
    L = question.at(theta)
    left = (L - question.at(down)) / (theta - down)
    right = (question.at(up) - L) / (up - theta)
    return left, right


def _dual(question: _Question) -> Number | None:
    """The ε part; None where it is not a finite number."""
    L = question.at(Dual(question.theta, 1))
    check.any_number(L, "loss")
    derivative = L.derivative if isinstance(L, Dual) else 0
    return derivative if is_finite(derivative) else None


def _entries(
    loss: Callable[[list[Any]], Number],
    claims: Sequence[tuple[str, Any, Any]],
    tolerance: float,
    h: float,
    notes: list[str],
) -> list[GradientEntry]:
    """Every number of (name, θ, ∂L/∂θ) before the two witnesses; what they cannot answer goes into the notes."""
    thetas = [theta for _, theta, _ in claims]
    found = []
    largest: Number = 0
    silent: dict[str, str] = {}
    for k in range(len(claims)):
        name, theta, gradient = claims[k]
        for path in _paths(theta):
            backward: Any = gradient
            place = name
            for i in path:
                backward = backward[i]
                place = f"{place}[{i}]"
            question = _Question(loss, thetas, (k, *path), h)
            said = []
            for witness, ask in (("central differences", _central), ("dual numbers", _dual)):
                answer = None
                try:
                    answer = ask(question)
                except NO_ANSWER as error:
                    silent.setdefault(witness, f"No {witness} for {place}, and perhaps others: {error}.")
                said.append(answer)
                if answer is not None:
                    largest = max(largest, abs(answer))
            largest = max(largest, abs(backward))
            found.append((place, question, backward, said[0], said[1]))
    for note in silent.values():
        if note not in notes:
            notes.append(note)
    if largest < NOTHING:
        names = claims[0][0] if len(claims) == 1 else "the parameters"
        notes.append(f"No gradient of {names} is larger than {_shown(largest)}: that tells little; try other inputs.")
    dual_room = DUAL_ROUNDING * max(1, largest)
    central_room = CENTRAL_ROUNDING * max(1, largest, abs(loss(thetas)))
    entries = []
    for place, question, backward, central, dual in found:
        by_dual = None if dual is None else _excess(backward, dual, tolerance, dual_room)
        by_central = None if central is None else _excess(backward, central, tolerance, central_room)
        verdict, excess = _judged(question, backward, by_dual, by_central, tolerance, central_room)
        entries.append(GradientEntry(place, backward, central, dual, verdict, excess))
    return entries


def _judged(
    question: _Question,
    backward: Number,
    by_dual: float | None,
    by_central: float | None,
    tolerance: float,
    central_room: Number,
) -> tuple[str, float]:
    """The verdict, and how many times what is allowed the claim is off; None from a witness that says nothing."""
    has_dual, has_central = by_dual is not None, by_central is not None
    if not has_dual and not has_central:
        return "unchecked", float("inf")
    by_dual, by_central = by_dual or 0.0, by_central or 0.0
    if by_dual <= 1 and by_central <= 1:
        return "ok", max(by_dual, by_central)
    if not has_central:
        return "wrong", by_dual
    for shorter in SHORTER if has_dual and by_dual <= 1 else SHORTER[:1]:
        room = shorter * central_room  # the rounding of L is divided by a shorter h
        closer = _central(question, shorter)
        if by_dual <= 1 and closer is not None and _excess(backward, closer, tolerance, room) <= 1:
            return "ok", by_dual  # a kink within h of θ, or a strong curve: nearer to θ they agree
        left, right = _slopes(question, shorter)
        low, high = min(left, right), max(left, right)
        is_kink = high - low > KINK * max(abs(low), abs(high)) + room
        is_between = low - tolerance * abs(low) - room <= backward <= high + tolerance * abs(high) + room
        by_convention = has_dual and by_dual <= 1  # several kinks in one place, each taken from the left
        if is_kink and (is_between or by_convention):
            return "kink", 0.0
    return "wrong", max(by_dual, by_central)


def _excess(backward: Number, witness: Number, tolerance: float, room: Number) -> float:
    """|backward − witness| in units of what is allowed."""
    apart = abs(backward - witness)
    if apart == 0:
        return 0.0
    allowed = tolerance * max(abs(backward), abs(witness)) + room
    return float(apart / allowed)


# ---- words -----------------------------------------------------------------------------------------------------------


def _ratio_note(entries: list[GradientEntry]) -> list[str]:
    """One factor for everything that is wrong is a sign, a ½ or an N gone astray."""
    ratios = []
    for entry in entries:
        if entry.verdict == "wrong":
            if not entry.witness:
                return []
            ratios.append(float(entry.backward / entry.witness))
    if not ratios or abs(ratios[0] - 1) < 1e-3:
        return []
    for one in ratios:
        if abs(one - ratios[0]) > 1e-5 * abs(ratios[0]):
            return []
    subject = "The wrong entry" if len(ratios) == 1 else "Each wrong entry"
    return [f"{subject} is {round(ratios[0], 5):g} times what it should be."]


def _meeting_note(entries: list[GradientEntry]) -> list[str]:
    """Where kinks lie on top of each other the chain rule itself may miss a derivative that exists."""
    for entry in entries:
        if (
            entry.verdict == "wrong"
            and entry.dual is not None
            and _excess(entry.backward, entry.dual, TOLERANCE, 0) <= 1
        ):
            return [
                f"For {entry.name} dual numbers agree with backward and central differences do not: a forward pass "
                "that treats dual numbers in a way of its own, or kinks that meet in one point; try other inputs."
            ]
    return []


def _where_to_look(entries: list[GradientEntry], n_layers: int) -> list[str]:
    """Gradients travel from the loss to the input: the mistake stands where the first wrong one is met."""
    wrong = [entry.name for entry in entries if entry.verdict == "wrong"]
    if not wrong:
        return []
    if any(name.lower().startswith("y_hat") for name in wrong):
        return ["On the way back the first wrong one is that of the loss itself: look into loss_gradient."]
    for layer in range(n_layers - 1, -1, -1):
        if any(name.startswith(f"layers[{layer}].") for name in wrong):
            return [f"On the way back the first wrong ones are in layers[{layer}]: look there, and at its activation."]
    return ["Only those of the input are wrong: look at what layers[0] hands back."]


def _described(name: str) -> str:
    """ ", the weight of input 2 in neuron 1" for a name that ends in .W[1][2]."""
    _, dot, last = name.rpartition(".")
    parts = last.replace("]", "").split("[")
    if dot and parts[0] == "W" and len(parts) == 3:
        return f", the weight of input {parts[2]} in neuron {parts[1]}"
    if dot and parts[0] == "b" and len(parts) == 2:
        return f", the bias of neuron {parts[1]}"
    return ""


def _table(entries: list[GradientEntry]) -> list[str]:
    width = max(len(entry.name) for entry in entries)
    lines = [f"{'':{width}}{'backward':>16}{'central':>16}{'dual':>16}"]
    for entry in entries:
        said = [_shown(value) for value in (entry.backward, entry.central, entry.dual)]
        lines.append(f"{entry.name:{width}}{said[0]:>16}{said[1]:>16}{said[2]:>16}")
    return lines


def _shown(value: Number | None) -> str:
    return "none" if value is None else f"{float(value):.9g}"
