"""Training: the same step over every batch, epoch after epoch, and what can be said about it on the way.

    X[n], targets[n]    a sample, and its class index (or, for other losses, its row of numbers)
    batch               the samples of one step; the loss of a batch is the mean over them
    epoch               one pass over all samples, each in exactly one batch
    Y_hat[n]            ŷ of sample n; for softmax cross-entropy its logits, since the loss holds the softmax
    L                   the loss of a batch
    dLn_dY_hat[n]       ∂Lₙ/∂ŷₙ, the gradient of sample n's own loss, where the way back begins

One step, which a debugger can walk (`training_step`):

    X → forward_batch → Ŷ → loss → L → gradient → ∂Lₙ/∂ŷₙ → backward_batch → ∂L/∂W, ∂L/∂b → step → W, b

Around it, in `train`: shuffling, batches, figures for every epoch, and five ways to end: all epochs, an early stop,
Ctrl-C, a loss that is no finite number, or an error of yours. The seed decides everything that is drawn, and sums are
loops, so the same seed gives the same figures on the same machine, every time. On another machine exp, log, tanh and
powers may have other last digits; with `scalarnn.portable` switched on, it gives the same figures on every machine.
"""

from __future__ import annotations

import math
import os
import sys
from collections import namedtuple
from time import perf_counter

from scalarnn import (
    Layer,
    Network,
    ReLU,
    Sigmoid,
    Softmax,
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    check,
    clipped_cross_entropy_index,
    clipped_cross_entropy_index_gradient,
    cross_entropy_index,
    cross_entropy_index_gradient,
    half_mean_squared_error,
    half_mean_squared_error_gradient,
    half_squared_error,
    half_squared_error_gradient,
    mean_absolute_error,
    mean_absolute_error_gradient,
    mean_over_samples,
    mean_squared_error,
    mean_squared_error_gradient,
    predicted_class,
    root_mean_squared_error,
    root_mean_squared_error_gradient,
    sigmoid_cross_entropy,
    sigmoid_cross_entropy_gradient,
    softmax_cross_entropy_index,
    softmax_cross_entropy_index_gradient,
    squared_error,
    squared_error_gradient,
)
from scalarnn.causes import Lost, likely_cause
from scalarnn.datasets.seeding import generator, shuffled
from scalarnn.datasets.splitting import train_test_split
from scalarnn.doors.straight import unwatched, ways_of
from scalarnn.scalar import sqrt

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from scalarnn.random_numbers import LegacyRandom
    from scalarnn.scalar import Matrix, Number, Vector

__all__ = ["Epoch", "History", "NonFiniteLossError", "evaluate", "over_samples", "train", "training_step"]

CLASSIFICATION = "softmax_cross_entropy"
FROM_SCORES = "sigmoid_cross_entropy"
ROOT = "root_mean_squared_error"
TO_CLASSES = (CLASSIFICATION, "cross_entropy", "clipped_cross_entropy")  # a target is the index of a class
YES_OR_NO = (FROM_SCORES, "binary_cross_entropy")
# What a target is; for the others there is no right or wrong.
A_CLASS, A_DISTRIBUTION, ANSWERS, NUMBERS = "a class", "a distribution", "answers", "numbers"
WITH_ACCURACY = (A_CLASS, A_DISTRIBUTION, ANSWERS)
LOSSES: dict[str, tuple[Callable[[Any, Any], Number], Callable[[Any, Any], list[Number]]]] = {
    "softmax_cross_entropy": (softmax_cross_entropy_index, softmax_cross_entropy_index_gradient),
    "cross_entropy": (cross_entropy_index, cross_entropy_index_gradient),
    "clipped_cross_entropy": (clipped_cross_entropy_index, clipped_cross_entropy_index_gradient),
    "sigmoid_cross_entropy": (sigmoid_cross_entropy, sigmoid_cross_entropy_gradient),
    "binary_cross_entropy": (binary_cross_entropy, binary_cross_entropy_gradient),
    "squared_error": (squared_error, squared_error_gradient),
    "half_squared_error": (half_squared_error, half_squared_error_gradient),
    "mean_squared_error": (mean_squared_error, mean_squared_error_gradient),
    "half_mean_squared_error": (half_mean_squared_error, half_mean_squared_error_gradient),
    "root_mean_squared_error": (root_mean_squared_error, root_mean_squared_error_gradient),
    "mean_absolute_error": (mean_absolute_error, mean_absolute_error_gradient),
}
# Probabilities are rounded: where that loses a training, the last layer's activation and its loss in one do not.
SCORES_INSTEAD = {"binary_cross_entropy": (Sigmoid, FROM_SCORES), "cross_entropy": (Softmax, CLASSIFICATION)}

ENDS = {CLASSIFICATION: Softmax, FROM_SCORES: Sigmoid, "binary_cross_entropy": Sigmoid}
ENDS |= {"cross_entropy": Softmax, "clipped_cross_entropy": Softmax}

SAMPLES_AT_ONCE = 100  # how many an evaluation keeps in the layers at a time
SECONDS_BETWEEN_LINES = 0.1


# ---- what is kept of a training --------------------------------------------------------------------------------------


class Epoch(
    namedtuple(
        "Epoch",
        ["loss", "accuracy", "gradient_norm", "dead_relu_share", "validation_loss", "validation_accuracy"],
    )
):
    """The figures of one epoch, a tuple of six.

    The first four are measured during the epoch, each batch before its own step: they cost nothing extra, and belong to
    parameters a little older than those at the end. For the figures of the end call `evaluate`.

    Args:
        loss: the mean over all samples, without penalty; of the root mean squared error the root of their mean.
        accuracy: the share of samples whose largest output is that of their class, or, for yes or no, whose every
            output is on the side of ½ (a score: of 0) where its target is; None for a squared or absolute loss.
        gradient_norm: √(Σ g²) over every ∂L/∂W and ∂L/∂b, penalty included; the mean over the batches.
        dead_relu_share: the share of ReLU neurons that no sample of the epoch made active; None without ReLU.
        validation_loss: the loss of the validation samples after the epoch; None without any.
        validation_accuracy: likewise.

    Examples:
        >>> Epoch(0.5, 1.0, 0.25, None, None, None).loss
        0.5
    """

    __slots__ = ()

    loss: Number
    accuracy: float | None
    gradient_norm: float
    dead_relu_share: float | None
    validation_loss: Number | None
    validation_accuracy: float | None


class History:
    """What happened: the figures of every whole epoch, and why it ended.

    Attributes:
        epochs: an Epoch for every epoch that came to its end.
        stopped: "all epochs", "early stop", "interrupted" (Ctrl-C) or "non-finite loss".
        kept_epoch: the epoch whose end the network's parameters are from, counted from 1, 0 for those it came with;
            None after Ctrl-C in the middle of an epoch, when they are those of the last step.
        seconds: how long it took.

    Examples:
        >>> history = History()
        >>> history.epochs.append(Epoch(0.5, None, 0.25, None, None, None))
        >>> history.epochs.append(Epoch(0.25, None, 0.125, None, None, None))
        >>> history.curve("loss")
        [0.5, 0.25]
        >>> history
        <History of 2 epochs: loss 0.25>
    """

    def __init__(self) -> None:
        self.epochs: list[Epoch] = []
        self.stopped = ""
        self.kept_epoch: int | None = 0
        self.seconds = 0.0

    def curve(self, name: str) -> list[Any]:
        """One figure of every epoch, such as "loss" or "validation_accuracy", in order.

        Raises:
            ValueError: there is no figure of that name.
        """
        if name not in Epoch._fields:
            raise ValueError(f"name is {name!r}: expected one of {', '.join(Epoch._fields)}")
        figures = []
        for epoch in self.epochs:
            figures.append(getattr(epoch, name))
        return figures

    def __repr__(self) -> str:
        figures = f": {_figures(self.epochs[-1])}" if self.epochs else ""
        stopped = f"; {self.stopped}" if self.stopped else ""
        n_epochs = "1 epoch" if len(self.epochs) == 1 else f"{len(self.epochs)} epochs"
        return f"<History of {n_epochs}{figures}{stopped}>"


class NonFiniteLossError(ArithmeticError):
    """The loss, or a number on the way to it or back, has become NaN or infinite.

    Args:
        message: where, and the likely cause.
        epoch: in which epoch, counted from 1.
        batch: in which batch of it, counted from 1; None if it showed only in the validation after it.

    Attributes:
        epoch, batch: as given.
        history: the History up to there; its kept_epoch says which parameters the network has again.

    Examples:
        >>> error = NonFiniteLossError("epoch 3, batch 2: the loss is nan", epoch=3, batch=2)
        >>> error.epoch, error.batch
        (3, 2)
    """

    def __init__(self, message: str, epoch: int, batch: int | None) -> None:
        super().__init__(message)
        self.epoch = epoch
        self.batch = batch
        self.history = History()


# ---- one step --------------------------------------------------------------------------------------------------------


def training_step(
    network: Network,
    X: Matrix,
    targets: Sequence[Any],
    optimizer: Any,
    loss: Any = CLASSIFICATION,
    penalty: Any = None,
) -> tuple[list[list[Number]], Number]:
    """θ_new = θ − η · ∂L/∂θ (or what the optimizer makes of it) for one batch, L = (1/N) Σₙ Lₙ.

    Args:
        network: a Network; every layer keeps its values and gradients of this step, the first one without dLn_dX.
        X: the samples of the batch.
        targets: a class index for each of them; for yes or no a row of zeros and ones (or numbers between), one for
            each question; for a squared or absolute loss a row of numbers.
        optimizer: an object of `optimizers`, such as `GradientDescent(0.1)`.
        loss: for classes "softmax_cross_entropy", from scores, or "cross_entropy" or "clipped_cross_entropy", behind
            Softmax(); for yes or no "sigmoid_cross_entropy", from scores, or "binary_cross_entropy", behind Sigmoid();
            for numbers "squared_error", "half_squared_error", "mean_squared_error", "half_mean_squared_error",
            "root_mean_squared_error" or "mean_absolute_error". Yes or no and the mean ones average over the outputs of
            a sample, the other squared ones sum. The root is that of the mean over the batch, L = √(1/N Σₙ Lₙ²). Or an
            object such as `like("keras").loss("Huber")`.
        penalty: an object of `penalties`, such as `HalfL2Penalty(0.001)`; None for none.

    Returns:
        Y_hat and L, both from before the step; L is without the penalty.

    Raises:
        TypeError: an argument is of a wrong sort.
        ValueError: lengths do not fit, or a number on the way is not finite.

    Source: `000` §3.2 (training loop), `002` and `003` §2 (one neuron), `004` steps 1 to 4.

    Examples:
        >>> from scalarnn import GradientDescent, Layer
        >>> network = Network([Layer([[1.0, 2.0]], [0.0])])
        >>> training_step(network, [[1, 1], [3, 2]], [[2], [5]], GradientDescent(0.5), loss="half_squared_error")
        ([[3.0], [7.0]], 1.25)
        >>> network.layers[0].W, network.layers[0].b
        ([[-0.75, 0.75]], [-0.75])
    """
    loss_of_sample, gradient_of_sample = _loss_functions(loss)
    check.length(targets, "targets", len(X), "one target for each sample of X")
    Y_hat, L = _straight_passes(network, X, targets, loss)
    if Y_hat is None:
        Y_hat = network.forward_batch(X)
        L_n = []
        for n in range(len(X)):
            L_n.append(loss_of_sample(Y_hat[n], targets[n]))
        L = over_samples(L_n, loss)
        check.number(L, "L")  # an infinite loss has no gradient to follow
        dLn_dY_hat = []
        for n in range(len(X)):
            dLn_dY_hat_n = gradient_of_sample(Y_hat[n], targets[n])
            if loss == ROOT:
                dLn_dY_hat_n = _through_the_root(dLn_dY_hat_n, L_n[n], L)
            dLn_dY_hat.append(dLn_dY_hat_n)
        if type(network) is Network:
            network.backward_batch(dLn_dY_hat, to_inputs=False)
        else:  # one of your own, which may know no such word
            network.backward_batch(dLn_dY_hat)
    if penalty is not None:
        penalty.add_gradient(network)
    optimizer.step(network)
    return Y_hat, L


def _straight_passes(network: Any, X: Matrix, targets: Sequence[Any], loss: Any) -> Any:
    """Y_hat and L, in straight lines, of a network that has them; else None and None, and nothing has changed."""
    if type(network) is not Network or loss == ROOT or not isinstance(loss, str) or not unwatched():
        return None, None
    way = loss, len(X) == 1
    straight = ways_of(network).passes.get(way)
    if straight is None:
        ways_of(network).seen(way, network, LOSSES[loss], rows=len(X))
        straight = ways_of(network).passes.get(way)
    passed = straight and straight(network, X, targets)
    return passed or (None, None)


def over_samples(L_n: Vector, loss: Any) -> Number:
    """L = (1/N) Σₙ Lₙ; of root mean squared errors L = √((1/N) Σₙ Lₙ²), the root of the mean of all squares.

    Args:
        L_n: the loss of each sample.
        loss: its name, as in `training_step`.

    Returns:
        L, a number.

    Source: `003` §1 (Loss.calculate); the root `001` (cost functions).

    Examples:
        >>> over_samples([1.0, 7.0], "mean_absolute_error"), over_samples([1.0, 7.0], "root_mean_squared_error")
        (4.0, 5.0)
    """
    if loss != ROOT:
        return mean_over_samples(L_n)
    squares = []
    for n in range(len(L_n)):
        squares.append(L_n[n] * L_n[n])
    return sqrt(mean_over_samples(squares))


def _through_the_root(dLn_dy_hat: Vector, L_n: Number, L: Number) -> list[Number]:
    """N · ∂L/∂ŷ = (Lₙ/L) ∂Lₙ/∂ŷ for L = √((1/N) Σₙ Lₙ²); 0 at the kink L = 0."""
    dL_dy_hat = []
    for i in range(len(dLn_dy_hat)):
        dL_dy_hat.append(dLn_dy_hat[i] * (L_n / L) if L > 0 else dLn_dy_hat[i])
    return dL_dy_hat


def evaluate(
    network: Network, X: Matrix, targets: Sequence[Any], loss: Any = CLASSIFICATION
) -> tuple[Number, float | None]:
    """L = (1/N) Σₙ Lₙ over all samples, and the share of samples that are predicted right.

    Args:
        network: a Network; its layers keep the values of the last samples, and no parameter changes.
        X: the samples.
        targets: as in `training_step`.
        loss: its name, as in `training_step`.

    Returns:
        L; and the accuracy from 0 to 1, as in Epoch, or None for a squared or absolute loss.

    Raises:
        TypeError: an argument is of a wrong sort.
        ValueError: lengths do not fit, a class index is out of range, or a number on the way is not finite.

    Source: `003` §1 (Loss.calculate), `000` §3.1 step 5.

    Examples:
        >>> from scalarnn import Layer
        >>> network = Network([Layer([[1.0, 0.0], [0.0, 1.0]], [0.0, 0.0])])
        >>> L, accuracy = evaluate(network, [[3, 0], [0, 3], [3, 0], [3, 0]], [0, 1, 0, 1])
        >>> round(L, 6), accuracy
        (0.798587, 0.75)
    """
    _check_samples(network, X, targets, loss, "X", "targets")
    loss_of_sample, _ = _loss_functions(loss)
    L_n = []
    n_right = 0
    for first in range(0, len(X), SAMPLES_AT_ONCE):
        last = min(first + SAMPLES_AT_ONCE, len(X))
        Y_hat = network.forward_batch(X[first:last])
        for n in range(first, last):
            L_n.append(loss_of_sample(Y_hat[n - first], targets[n]))
            n_right += _is_right(Y_hat[n - first], targets[n], loss)
    L = over_samples(L_n, loss)
    accuracy = n_right / len(X) if _takes(loss) in WITH_ACCURACY else None
    return L, accuracy


# ---- many steps ------------------------------------------------------------------------------------------------------


def train(
    network: Network,
    X: Matrix,
    targets: Sequence[Any],
    optimizer: Any,
    *,
    loss: Any = CLASSIFICATION,
    epochs: int = 100,
    batch_size: int = 32,
    shuffle: bool = True,
    seed: int | LegacyRandom = 0,
    validation: Any = None,
    patience: int | None = None,
    penalty: Any = None,
    progress: bool = True,
) -> History:
    """`training_step` for every batch of every epoch, until the epochs are done or there is a reason to stop.

    Ctrl-C ends it like the last epoch does: the network keeps every whole step, and the History so far is returned.

    With `patience`, the network ends with the parameters of its best epoch, the one with the lowest validation loss (or
    loss, without validation), however the training ends. The optimizer keeps the state of its last step: to go on from
    parameters that were put back, make a new one.

    Args:
        network: a Network, to be changed. For softmax and sigmoid cross-entropy its last layer has no activation; for
            (clipped) cross-entropy it has Softmax(), for binary cross-entropy Sigmoid(). It has one neuron for each
            class, or for each question.
        X: the samples, one row each.
        targets: one for each of them, as in `training_step`.
        optimizer: an object of `optimizers`, such as `Adam(0.01)`.
        loss: its name, or an object, as in `training_step`.
        epochs: how many at most.
        batch_size: how many samples a step takes; the last batch of an epoch takes what is left.
        shuffle: draw a new order of the samples for every epoch; else it is that of X.
        seed: of the LegacyRandom that draws the validation samples and every order; or a LegacyRandom.
        validation: a share of the samples, such as 0.2, to be judged by and not learned from; or X and targets of
            samples of your own, as a tuple; None for none.
        patience: stop after so many epochs without a new lowest (validation) loss; None for never.
        penalty: an object of `penalties`; None for none.
        progress: show a line on the error output, if that is a terminal; when piped there is nothing either way.

    Returns:
        A History.

    Raises:
        TypeError: an argument is of a wrong sort.
        ValueError: lengths do not fit, a class index is out of range, or a number among the arguments is.
        NonFiniteLossError: the loss became NaN or infinite; the message names epoch, batch and the likely cause, and
            the network has the parameters of the last good epoch again, the last at whose end the loss was finite.

    Source: `000` §3.2 (training loop), `003` §2 (200 iterations), `004` (ten epochs); batches `002`.

    Examples:
        >>> from scalarnn import Adam, Tanh, dense_network
        >>> from scalarnn.datasets import xor_clouds
        >>> X, labels = xor_clouds(samples=10, seed=0)
        >>> network = dense_network([2, 8, 2], [Tanh(), None], seed=0)
        >>> history = train(network, X, labels, Adam(0.05), epochs=20, batch_size=8, seed=0)
        >>> history.stopped, history.epochs[-1].accuracy
        ('all epochs', 1.0)
    """
    _check_settings(optimizer, epochs, batch_size, patience, penalty)
    _check_samples(network, X, targets, loss, "X", "targets")
    rng = generator(seed)
    X, targets, *validated = _parted(network, X, targets, loss, validation, rng)
    run = _Run(network, X, targets, optimizer, loss=loss, penalty=penalty, validated=validated, batch_size=batch_size)
    history = History()
    line = _ProgressLine(progress, epochs, len(X))
    begin = perf_counter()
    good = [(0, _parameters_of(network))]  # the last two ends of an epoch: its number and its parameters
    best = good[0]
    lowest = math.inf
    try:
        for epoch in range(1, epochs + 1):
            order = shuffled(len(X), rng) if shuffle else list(range(len(X)))
            history.kept_epoch = None
            figures = run.with_validation(run.epoch(epoch, order, line), epoch)
            history.epochs.append(figures)
            history.kept_epoch = epoch
            good = [good[-1], (epoch, _parameters_of(network))]
            line.figures = _figures(figures)
            if patience is None:
                continue
            watched = figures.loss if figures.validation_loss is None else figures.validation_loss
            if watched < lowest:
                lowest = watched
                best = good[-1]
            elif epoch - best[0] >= patience:
                history.stopped = "early stop"
                break
        else:
            history.stopped = "all epochs"
    except KeyboardInterrupt:
        history.stopped = "interrupted"
    except NonFiniteLossError as error:
        _give_up(error, run, history, good)
        raise
    finally:
        history.seconds = perf_counter() - begin
        line.end()
    if patience is not None and best[0] > 0:
        _put_back(network, best, history)
    return history


def _give_up(error: NonFiniteLossError, run: _Run, history: History, good: list[tuple[int, Any]]) -> None:
    """The parameters of the last epoch whose loss is finite, and what is to be said of them."""
    _put_back(run.network, good[-1], history)
    if not run.is_good():  # the epoch's last step was one too many
        _put_back(run.network, good[0], history)
    history.stopped = "non-finite loss"
    error.history = history
    put_back = f"those of epoch {history.kept_epoch}" if history.kept_epoch else "those it came with"
    error.args = (f"{error} The network's parameters are {put_back} again.",)


class _Run:
    """What stays the same from epoch to epoch.

    Args:
        network, X, targets, optimizer, loss, penalty, batch_size: as `train` takes them.
        validated: X and targets to be judged by, or None and None.
    """

    def __init__(
        self,
        network: Network,
        X: Matrix,
        targets: Sequence[Any],
        optimizer: Any,
        *,
        loss: Any,
        penalty: Any,
        validated: Sequence[Any],
        batch_size: int,
    ) -> None:
        self.network, self.X, self.targets, self.optimizer = network, X, targets, optimizer
        self.loss, self.penalty, self.validated, self.batch_size = loss, penalty, validated, batch_size

    def epoch(self, epoch: int, order: list[int], line: _ProgressLine) -> Epoch:
        """A step for every batch, in the given order of the samples; the figures of the epoch, without validation."""
        total_L = 0
        total_norm = 0.0
        n_right = 0
        n_batches = 0
        active = _no_unit_active(self.network)
        for first in range(0, len(order), self.batch_size):
            X_batch, targets_batch = [], []
            for n in order[first : first + self.batch_size]:
                X_batch.append(self.X[n])
                targets_batch.append(self.targets[n])
            n_batches += 1
            try:
                Y_hat, L = self.step(self.network, X_batch, targets_batch, self.optimizer, self.penalty)
            except (ValueError, OverflowError) as error:
                if not _tells_of_overflow(error):
                    raise
                raise self.lost(error, epoch, n_batches, first_step=epoch == 1 and n_batches == 1) from error
            total_L += (L * L if self.loss == ROOT else L) * len(X_batch)
            total_norm += _gradient_norm(self.network)
            _note_active_units(self.network, active)
            for n in range(len(Y_hat)):
                n_right += _is_right(Y_hat[n], targets_batch[n], self.loss)
            line.show(epoch, first + len(X_batch))
        try:
            _check_parameters(self.network)  # the last step has been followed by no forward pass that would tell
        except ValueError as error:
            raise self.lost(error, epoch, n_batches) from error
        accuracy = n_right / len(order) if _takes(self.loss) in WITH_ACCURACY else None
        L = sqrt(total_L / len(order)) if self.loss == ROOT else total_L / len(order)
        return Epoch(L, accuracy, total_norm / n_batches, _dead_share(active), None, None)

    def step(self, network: Network, X: Matrix, targets: Sequence[Any], optimizer: Any, penalty: Any) -> Any:
        """One step with the loss of this run."""
        return training_step(network, X, targets, optimizer, self.loss, penalty)

    def with_validation(self, figures: Epoch, epoch: int) -> Epoch:
        """The figures, and those of the samples to be judged by."""
        X, targets = self.validated
        if X is None:
            return figures
        try:
            L, accuracy = evaluate(self.network, X, targets, self.loss)
            check.number(L, "L")
        except (ValueError, OverflowError) as error:
            if not _tells_of_overflow(error):
                raise
            raise self.lost(error, epoch, None) from error
        return figures._replace(validation_loss=L, validation_accuracy=accuracy)

    def is_good(self) -> bool:
        """Whether the loss over all samples is finite."""
        try:
            L, _ = evaluate(self.network, self.X, self.targets, self.loss)
            check.number(L, "L")
        except (ValueError, OverflowError):
            return False
        return True

    def from_scores(self, X: Matrix, targets: Sequence[Any]) -> tuple[str, Number] | None:
        """The loss that needs no probability, and what it is, where this one needs one from the last layer."""
        *hidden, last = self.network.layers
        if self.loss not in SCORES_INSTEAD or not isinstance(last.activation, SCORES_INSTEAD[self.loss][0]):
            return None
        name = SCORES_INSTEAD[self.loss][1]
        try:
            return name, evaluate(Network([*hidden, Layer(last.W, last.b)]), X, targets, name)[0]
        except (ValueError, OverflowError):
            return None

    def lost(self, error: Exception, epoch: int, batch: int | None, *, first_step: bool = False) -> NonFiniteLossError:
        """The error that names the place and the likely cause."""
        where = f"epoch {epoch}, validation" if batch is None else f"epoch {epoch}, batch {batch}"
        X, targets = self.validated if batch is None else (self.X, self.targets)
        settings: dict[str, Any] = {
            "to_classes": _takes(self.loss) == A_CLASS,
            "begins": first_step,
            "validates": batch is None,
        }
        settings["from_scores"] = self.from_scores(X, targets)
        cause = likely_cause(Lost(self.network, X, targets, self.optimizer, self.penalty, self.step, **settings))
        return NonFiniteLossError(f"{where}: the loss is not finite ({error}). Likely cause: {cause}.", epoch, batch)


# ---- figures ---------------------------------------------------------------------------------------------------------


def _gradient_norm(network: Network) -> float:
    """√(Σ g²) over every ∂L/∂W and ∂L/∂b."""
    squares = 0.0
    for layer in network.layers:
        for dL_dW_j in layer.dL_dW:
            for dL_dw in dL_dW_j:
                squares += dL_dw * dL_dw
        for dL_db_j in layer.dL_db:
            squares += dL_db_j * dL_db_j
    return math.sqrt(squares)


def _no_unit_active(network: Network) -> list[list[bool]]:
    """A row for each layer with ReLU: which of its neurons has been above zero; none so far."""
    active = []
    for layer in network.layers:
        active.append([False] * len(layer.W) if isinstance(layer.activation, ReLU) else [])
    return active


def _note_active_units(network: Network, active: list[list[bool]]) -> None:
    for layer, active_units in zip(network.layers, active, strict=True):
        for j in range(len(active_units)):
            n = 0
            while not active_units[j] and n < len(layer.Z):
                active_units[j] = bool(layer.Z[n][j] > 0)
                n += 1


def _dead_share(active: list[list[bool]]) -> float | None:
    n_units = n_dead = 0
    for active_units in active:
        n_units += len(active_units)
        n_dead += active_units.count(False)
    return n_dead / n_units if n_units else None


def _figures(epoch: Epoch) -> str:
    """The figures that matter most, as a person reads them."""
    parts = [f"loss {float(epoch.loss):.4g}"]
    if epoch.accuracy is not None:
        parts.append(f"accuracy {epoch.accuracy:.1%}")
    if epoch.validation_loss is not None:
        parts.append(f"validation loss {float(epoch.validation_loss):.4g}")
    if epoch.validation_accuracy is not None:
        parts.append(f"accuracy {epoch.validation_accuracy:.1%}")
    return ", ".join(parts)


# ---- parameters ------------------------------------------------------------------------------------------------------


def _parameters_of(network: Network) -> list[tuple[list[list[Number]], list[Number]]]:
    """Copies of W and b of every layer."""
    parameters = []
    for layer in network.layers:
        W = []
        for W_j in layer.W:
            W.append(list(W_j))
        parameters.append((W, list(layer.b)))
    return parameters


def _put_back(network: Network, kept: tuple[int, Any], history: History) -> None:
    history.kept_epoch, parameters = kept
    for layer, (W, b) in zip(network.layers, parameters, strict=True):
        layer.W, layer.b = W, b


def _check_parameters(network: Network) -> None:
    for layer in range(len(network.layers)):
        check.matrix(network.layers[layer].W, f"layers[{layer}].W")
        check.vector(network.layers[layer].b, f"layers[{layer}].b")


# ---- numbers that run away -------------------------------------------------------------------------------------------


def _tells_of_overflow(error: Exception) -> bool:
    """Whether it is about NaN or infinity: the checks name the number that they found, as in "z[0] is nan: …"."""
    words = str(error).replace(":", " ").replace(",", " ").split()
    return isinstance(error, OverflowError) or "nan" in words or "inf" in words or "-inf" in words


# ---- progress --------------------------------------------------------------------------------------------------------


class _ProgressLine:
    """One line, written over again and again, on the error output if that is a terminal; else nothing at all."""

    def __init__(self, wanted: bool, epochs: int, n_samples: int) -> None:
        self.stream = sys.stderr if wanted and sys.stderr is not None and sys.stderr.isatty() else None
        self.epochs = epochs
        self.n_samples = n_samples
        self.figures = ""  # of the epoch before
        self.begin = self.shown_at = perf_counter()
        self.text = ""

    def show(self, epoch: int, n_samples: int) -> None:
        """After n_samples of an epoch; ten times a second at most."""
        now = perf_counter()
        whole = epoch == self.epochs and n_samples == self.n_samples
        if self.stream is None or (now - self.shown_at < SECONDS_BETWEEN_LINES and not whole):
            return
        self.shown_at = now
        done = (epoch - 1) * self.n_samples + n_samples
        rate = done / max(now - self.begin, 1e-9)
        left = (self.epochs * self.n_samples - done) / rate
        text = f"epoch {epoch}/{self.epochs}, {rate:.0f} samples/s, {_duration(left)} left"
        self._write(f"{text}, {self.figures}" if self.figures else text)

    def end(self) -> None:
        """Leave the line standing."""
        if self.stream is not None and self.text:
            self._write(self.text, "\n")

    def _write(self, text: str, end: str = "") -> None:
        text = text[: self._columns() - 1]
        try:
            self.stream.write("\r" + text.ljust(len(self.text)) + end)  # type: ignore[union-attr]
            self.stream.flush()  # type: ignore[union-attr]
        except OSError:  # the terminal is gone: no reason to lose what is being learned
            self.stream = None
        self.text = text

    def _columns(self) -> int:
        try:
            return os.get_terminal_size(self.stream.fileno()).columns or 80  # type: ignore[union-attr]
        except (OSError, ValueError):
            return 80


def _duration(seconds: float) -> str:
    """Minutes and seconds, with hours if there are any: 1:05, 2:00:00."""
    minutes, seconds = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


# ---- checks ----------------------------------------------------------------------------------------------------------


def _takes(loss: Any) -> str:
    """What a target of this loss is."""
    if not isinstance(loss, str):
        return str(loss.takes)
    return A_CLASS if loss in TO_CLASSES else ANSWERS if loss in YES_OR_NO else NUMBERS


def _is_right(y_hat: Vector, target: Any, loss: Any) -> bool:
    """Whether a sample is predicted right: its class, or the answer to each of its questions."""
    takes = _takes(loss)
    if takes not in WITH_ACCURACY:
        return False
    if takes == A_CLASS:
        return bool(predicted_class(y_hat) == target)
    if takes == A_DISTRIBUTION:
        return bool(predicted_class(y_hat) == predicted_class(target))
    middle = 0 if loss == FROM_SCORES or getattr(loss, "from_scores", False) else 1 / 2
    for i in range(len(y_hat)):
        if (y_hat[i] > middle) != (target[i] > 1 / 2):
            return False
    return True


def _loss_functions(loss: Any) -> tuple[Callable[[Any, Any], Number], Callable[[Any, Any], list[Number]]]:
    if not isinstance(loss, str):
        if isinstance(loss, type) or not hasattr(loss, "takes"):
            raise TypeError(f"loss is a {type(loss).__name__}: expected its name, one of {', '.join(LOSSES)}")
        return loss.value, loss.gradient
    if loss not in LOSSES:
        raise ValueError(f"loss is {loss!r}: expected one of {', '.join(LOSSES)}")
    return LOSSES[loss]


def _check_settings(optimizer: Any, epochs: int, batch_size: int, patience: int | None, penalty: Any) -> None:
    if isinstance(optimizer, type) or not callable(getattr(optimizer, "step", None)):
        raise TypeError(f"optimizer is {optimizer!r}: expected an object such as GradientDescent(0.1)")
    if penalty is not None and (isinstance(penalty, type) or not callable(getattr(penalty, "add_gradient", None))):
        raise TypeError(f"penalty is {penalty!r}: expected None or an object such as HalfL2Penalty(0.001)")
    check.count(epochs, "epochs")
    check.count(batch_size, "batch_size")
    if patience is not None:
        check.count(patience, "patience")


def _check_samples(
    network: Network, X: Matrix, targets: Sequence[Any], loss: Any, name: str, targets_name: str
) -> None:
    """Samples and targets fit the network and the loss, so that what fails later is a number that ran away."""
    _loss_functions(loss)
    if not isinstance(network, Network):
        raise TypeError(f"network is a {type(network).__name__}: expected a Network")
    first, last = network.layers[0], network.layers[-1]
    check.batch(X, name, len(first.W[0]), "one number for each input of the network")
    check.length(targets, targets_name, len(X), f"one target for each row of {name}")
    _check_end(last.activation, loss)
    takes = _takes(loss)
    if takes != A_CLASS:
        check.matrix(targets, targets_name, columns=len(last.W), because="one number for each output of the network")
        looks: dict[str, Any] = {ANSWERS: check.probabilities, A_DISTRIBUTION: check.distribution}
        for n in range(len(targets) if takes in looks else 0):
            looks[takes](targets[n], f"{targets_name}[{n}]")
        return
    for n in range(len(targets)):
        check.index(targets[n], len(last.W), f"{targets_name}[{n}]")


def _check_end(activation: Any, loss: Any) -> None:
    """A last layer that gives what the loss takes: scores, or probabilities."""
    name, ends = (loss, ENDS.get(loss)) if isinstance(loss, str) else (loss.rule, loss.ends)
    if ends is None:
        return
    if loss in (CLASSIFICATION, FROM_SCORES) or getattr(loss, "from_scores", False):
        if isinstance(activation, ends):
            kind = ends.__name__
            raise ValueError(
                f"the last layer has {kind}(), and {name} has a {kind.lower()} of its own: give it no activation"
            )
    elif activation is None:
        raise ValueError(f"the last layer has no activation, and {name} takes probabilities: give it {ends.__name__}()")


def _parted(
    network: Network, X: Matrix, targets: Sequence[Any], loss: Any, validation: Any, rng: LegacyRandom
) -> tuple[Any, Any, Any, Any]:
    """X and targets to learn from, and those to be judged by, which are None if there are none."""
    if validation is None:
        return X, targets, None, None
    if not isinstance(validation, (tuple, list)):
        check.number(validation, "validation")
        if not 0 < validation < 1:
            raise ValueError(f"validation is {validation}: expected a share between 0 and 1, or a tuple (X, targets)")
        return train_test_split(list(X), targets, validation, rng)
    if len(validation) != 2:
        raise ValueError(f"validation has length {len(validation)}: expected two, X and targets")
    X_validation, targets_validation = validation
    _check_samples(network, X_validation, targets_validation, loss, "validation[0]", "validation[1]")
    return X, targets, X_validation, targets_validation
