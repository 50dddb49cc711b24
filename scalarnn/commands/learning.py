"""A training from its settings to its figures: what is held out, how features are scaled, what came of it."""

from __future__ import annotations

from collections import namedtuple

from scalarnn.commands.interrupts import hear_no_more
from scalarnn.commands.usage import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from scalarnn.classifier import Classifier
    from scalarnn.commands.options import Settings
    from scalarnn.commands.recipes import Data
    from scalarnn.regressor import Regressor
    from scalarnn.training import History

__all__ = [
    "Figures",
    "Lesson",
    "Run",
    "figures_of",
    "has_learned",
    "learn",
    "lesson_of",
    "new_classifier",
    "parted",
    "taught",
]


class Figures(namedtuple("Figures", ["loss", "accuracy", "predicted", "outputs", "r_squared", "error"])):
    """What a network makes of samples: mean loss, the class (or number) and the outputs of each.

    Of classes there is an accuracy, the share of right ones; of numbers R² and the root mean squared error.
    """

    __slots__ = ()

    @property
    def quality(self) -> dict[str, Any]:
        """The same without the single samples, by name."""
        if self.accuracy is not None:
            return {"accuracy": self.accuracy}
        return {"r_squared": self.r_squared, "root_mean_squared_error": self.error}


class Lesson(namedtuple("Lesson", ["X", "targets", "validation", "n_learned"])):
    """What is learned from.

    Args:
        X: the samples, as the network gets them.
        targets: what it is to say of each.
        validation: as `train` takes it.
        n_learned: how many samples are left of X after the share of validation.
    """

    __slots__ = ()


class Run(
    namedtuple(
        "Run",
        ["command", "data", "settings", "classifier", "learned", "held_out", "history", "figures", "problem"],
    )
):
    """A training that has come to its end.

    Args:
        command: the call that would do it again.
        data: a Data.
        settings: Settings.
        classifier: the network and what goes with it.
        learned: X and labels that were learned from, validation samples included.
        held_out: X and labels that were not, or None.
        history: a History.
        figures: Figures of learned and of held_out (or None).
        problem: what went wrong, as text, or None.
    """

    __slots__ = ()


def parted(data: Data, settings: Settings) -> tuple[tuple[Any, Any], tuple[Any, Any] | None]:
    """What is learned from, and what is held out."""
    if settings.test == 0:
        return (data.X, data.labels), None
    from scalarnn.datasets import train_test_split

    if data.task == "regression":
        if len(data.X) < 2:
            raise UsageError(f"{data.name}: one row, too few to learn from and hold out: add some, or say --test 0")
        X, labels, X_test, labels_test = train_test_split(data.X, data.labels, settings.test, settings.seed)
        return (X, labels), (X_test, labels_test)
    counts = [0] * len(data.class_names)
    for label in data.labels:
        counts[label] += 1
    for k in range(len(counts)):
        if counts[k] == 1:
            raise UsageError(
                f"{data.name}: class {data.class_names[k]!r} has 1 sample, too few to learn from and hold out: "
                "add some, or say --test 0"
            )
    X, labels, X_test, labels_test = train_test_split(data.X, data.labels, settings.test, settings.seed, True)
    return (X, labels), (X_test, labels_test)


def new_classifier(data: Data, settings: Settings, X: Any, labels: Any = ()) -> Classifier | Regressor:
    """The network before it has learned anything, and the scaling measured on what it will learn from.

    In a regression the labels, which are numbers, are scaled too.
    """
    from scalarnn.classifier import Classifier
    from scalarnn.datasets import Standardisation
    from scalarnn.regressor import Regressor

    n_features = len(data.feature_names)
    if data.scaling == "standardise":
        try:
            scaling = Standardisation(X)
        except ValueError as error:
            raise UsageError(f"{data.name}: {error}") from None
        means, deviations = scaling.means, scaling.deviations
    else:
        means, deviations = [0.0] * n_features, [data.scaling] * n_features
    network, names, label_name = settings.new_network(), data.feature_names, data.label_name
    if data.task == "regression":
        try:
            target = Standardisation([[label] for label in labels])
        except ValueError as error:
            raise UsageError(f"{data.name}: {str(error).replace('column 0 of X', f'column {label_name!r}')}") from None
        scale = {"target_mean": target.means[0], "target_deviation": target.deviations[0]}
        return Regressor(network, names, means, deviations, label_name, table=data.table, **scale)
    return Classifier(network, data.class_names, names, means, deviations, label_name, table=data.table)


def learn(
    command: str,
    data: Data,
    settings: Settings,
    classifier: Classifier | Regressor,
    parts: tuple[tuple[Any, Any], tuple[Any, Any] | None],
    progress: bool,
) -> Run:
    """Train the classifier's network, and take its figures at the end.

    Args:
        command: the call that does it again.
        data: what is learned.
        settings: how.
        classifier: whose network is changed.
        parts: X and labels to learn from; X and labels to be judged by, or None.
        progress: show a line on a terminal.

    Returns:
        A Run, also where it was interrupted or the loss ran away.
    """
    from scalarnn.training import History, NonFiniteLossError

    learned, held_out = parts
    lesson = lesson_of(data, settings, classifier, parts)
    problem = None
    try:
        history = taught(lesson, settings, classifier, settings.new_optimizer(lesson.n_learned), progress=progress)
    except NonFiniteLossError as error:
        history, problem = error.history, str(error)
    except ValueError as error:
        raise UsageError(f"{data.name}: {error}") from None
    except KeyboardInterrupt:  # pressed just before its first step or after its last, when nobody caught it
        history = History()
        history.stopped, history.kept_epoch = "interrupted", None
    hear_no_more()
    try:
        figures = (
            figures_of(classifier, learned, settings.loss),
            None if held_out is None else figures_of(classifier, held_out, settings.loss),
        )
    except (ValueError, OverflowError) as error:  # not even the network before any step gives finite numbers
        raise UsageError(problem or f"{data.name}: {error}") from None
    return Run(command, data, settings, classifier, learned, held_out, history, figures, problem)


def lesson_of(
    data: Data,
    settings: Settings,
    classifier: Classifier | Regressor,
    parts: tuple[tuple[Any, Any], tuple[Any, Any] | None],
) -> Lesson:
    """What is learned from, as the network gets it.

    Raises:
        UsageError: the numbers are of no use to the network.
    """
    learned, held_out = parts
    try:
        X, labels = classifier.inputs(learned[0]), learned[1]
        held_out_inputs = None if held_out is None else classifier.inputs(held_out[0])
        classifier.network.forward_batch(X[:1])
    except ValueError as error:
        raise UsageError(f"{data.name}: {error}") from None
    validation: Any = None
    n_learned = len(X)
    if settings.validation > 0:
        validation = settings.validation
        n_learned -= min(len(X) - 1, max(1, round(validation * len(X))))
    elif held_out is not None:
        validation = (held_out_inputs, _targets(held_out[1], classifier))
    return Lesson(X, _targets(labels, classifier), validation, n_learned)


def taught(lesson: Lesson, settings: Settings, classifier: Any, optimizer: Any, **more: Any) -> History:
    """What `train` does; with sigmoid cross-entropy it learns from scores, and still answers with probabilities.

    Args:
        lesson: what is learned from.
        settings: how.
        classifier: whose network is changed.
        optimizer: that does it, and has its state in the end.
        more: of what `train` takes, in place of what the settings say.
    """
    from scalarnn.training import train

    how: dict[str, Any] = {"loss": settings.loss, "epochs": settings.epochs, "batch_size": settings.batch}
    how |= {"seed": settings.seed, "validation": lesson.validation, "patience": settings.patience}
    how |= {"penalty": settings.new_penalty(), **more}
    network = classifier.network
    last = network.layers[-1]
    activation = last.activation
    try:
        if settings.loss == "sigmoid_cross_entropy":
            last.activation = None
        return train(network, lesson.X, lesson.targets, optimizer, **how)
    finally:
        last.activation = activation


def has_learned(done: Run) -> bool:
    """Whether the network is another than the one that it began as."""
    if done.problem is not None:
        return bool(done.history.kept_epoch)
    if done.history.epochs:
        return True
    began = done.settings.new_network()
    for layer, first in zip(done.classifier.network.layers, began.layers, strict=True):
        if layer.W != first.W or layer.b != first.b:
            return True
    return False


def _targets(labels: Sequence[Any], classifier: Any) -> list[Any]:
    if classifier.kind == "regressor":
        return list(classifier.targets(labels))
    return [[label] for label in labels] if classifier.single_output else list(labels)


def _scores(classifier: Any, X: Any) -> Any:
    """What the network gives before its last activation."""
    from scalarnn import Layer, Network

    *hidden, last = classifier.network.layers
    return Network([*hidden, Layer(last.W, last.b)]).forward_batch(classifier.inputs(X))


def figures_of(classifier: Any, samples: tuple[Any, Any], loss: str) -> Figures:
    """What the classifier, or regressor, makes of X and labels."""
    from scalarnn.training import LOSSES, over_samples

    X, labels = samples
    loss_of_sample = LOSSES[loss][0]
    targets = _targets(labels, classifier)
    outputs = classifier.outputs(X)
    judged = _scores(classifier, X) if loss == "sigmoid_cross_entropy" else outputs
    predicted = classifier.predicted_of(outputs)
    L_n = []
    n_right = 0
    for n in range(len(X)):
        L_n.append(loss_of_sample(judged[n], targets[n]))
        n_right += predicted[n] == labels[n]
    L = over_samples(L_n, loss)
    if classifier.kind == "regressor":
        r2, error = classifier.quality(outputs, targets)
        return Figures(L, None, predicted, outputs, r2, error)
    return Figures(L, n_right / len(X), predicted, outputs, None, None)
