"""What a training says: its settings, a table of epochs, the figures at the end."""

from __future__ import annotations

from scalarnn.commands.usage import LONGEST_LIST, by_its_ends, printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from scalarnn.commands.learning import Run
    from scalarnn.commands.options import Settings
    from scalarnn.commands.recipes import Data
    from scalarnn.training import History

__all__ = [
    "counts_by_class",
    "ending",
    "epochs",
    "head",
    "percent",
    "results",
    "settings_in_words",
    "share_told",
    "sizes_in_words",
]

ROWS = 12  # how many epochs the table shows
WIDEST_NAME = 24


def head(data: Data, settings: Settings, n_learned: int) -> list[str]:
    """What is about to be done."""
    n_features, n_held_out = len(data.feature_names), len(data.X) - n_learned
    parts = [f"parts      {n_learned} samples to learn from, {n_held_out} held out"] if n_held_out else []
    told = f"{len(data.class_names)} classes"
    if data.task == "regression":
        told = f"to tell {printable(data.label_name)!r}, a number"
    return [
        f"data       {data.name}: {len(data.X)} samples, {n_features} features, {told}",
        *(f"{word:<10} {sentence}" for word, sentence in data.said),
        *parts,
        *(f"{name:<10} {value}" for name, value in settings_in_words(settings)),
        "",
    ]


def settings_in_words(settings: Settings) -> list[tuple[str, str]]:
    """Pairs of a name and what was set, for people."""
    sizes = sizes_in_words(settings.sizes)
    spread = f", first layer spread by {settings.spread:g}" if settings.spread else ""
    hidden = f", {settings.activation}" if len(settings.sizes) > 2 else ""
    decay = f" falling to {settings.learning_rate * settings.decay:g}" if settings.decay < 1 else ""
    own = "".join(f", {name} {value:g}" for name, value in settings.parameters.items())
    penalty = f", {settings.penalty[0]} {settings.penalty[1]:g}" if settings.penalty else ""
    patience = f", patience {settings.patience}" if settings.patience else ""
    validation = f", validation {settings.validation:g}" if settings.validation else ""
    batches = f"{epochs(settings.epochs)} in batches of {settings.batch}"
    of = " of standardised numbers" if settings.task == "regression" else ""
    loss = f"{settings.loss.replace('_', ' ')}{of}"
    return [
        ("network", f"{sizes}{hidden}, {settings.n_parameters} parameters{spread}; {loss}"),
        ("optimizer", f"{settings.optimizer}, learning rate {settings.learning_rate:g}{decay}{own}{penalty}"),
        ("training", f"{batches}{validation}{patience}, seed {settings.seed}"),
    ]


def results(done: Run) -> list[str]:
    """What came of it."""
    lines = []
    history: History = done.history
    if history.epochs:
        lines += [*_table_of_epochs(done), ""]
    if done.data.task == "regression":
        lines += _table_of_fits(done)
    else:
        lines += _table_of_figures(done)
        lines += ["", *_table_of_classes(done)]
    notes = ending(done)
    return [*lines, "", *notes] if notes else lines


def ending(done: Run) -> list[str]:
    """How it ended, if not with the last epoch, and which parameters were kept."""
    history: History = done.history
    n = epochs(len(history.epochs))
    kept = "those of the last step" if history.kept_epoch is None else f"those of epoch {history.kept_epoch}"
    reasons = {"early stop": "early stop", "interrupted": "stopped by Ctrl-C", "non-finite loss": "the loss ran away"}
    if history.stopped in reasons:
        return [f"{reasons[history.stopped]} after {n}: the parameters are {kept}"]
    if history.kept_epoch != len(history.epochs):
        return [f"the parameters are {kept}, the best by validation"]
    return []


def _table_of_epochs(done: Run) -> list[str]:
    """About ROWS epochs, evenly, the first and the last among them."""
    every = done.history.epochs
    watched = "validation" if done.settings.validation else "held out"
    with_accuracy = every[0].accuracy is not None
    with_watched = every[0].validation_loss is not None
    head = f"{'epoch':>6}{'loss':>12}"
    if with_accuracy:
        head += f"{'accuracy':>10}"
    if with_watched:
        head += f"{watched + ' loss':>18}" + (f"{'accuracy':>10}" if with_accuracy else "")
    lines = [head]
    shown = sorted({round(1 + k * (len(every) - 1) / (ROWS - 1)) for k in range(ROWS)})
    for number in shown:
        epoch = every[number - 1]
        line = f"{number:>6}{epoch.loss:>12.4g}"
        if with_accuracy:
            line += f"{percent(epoch.accuracy):>10}"
        if with_watched:
            line += f"{epoch.validation_loss:>18.4g}" + (
                f"{percent(epoch.validation_accuracy):>10}" if with_accuracy else ""
            )
        lines.append(line)
    return lines


def _table_of_figures(done: Run) -> list[str]:
    lines = [f"{'at the end':<14}{'loss':>10}{'accuracy':>10}{'right':>16}"]
    for name, samples, figures in (
        ("learned from", done.learned, done.figures[0]),
        ("held out", done.held_out, done.figures[1]),
    ):
        if figures is not None:
            n = len(samples[1])
            right = f"{round(figures.accuracy * n)} of {n}"
            lines.append(f"{name:<14}{figures.loss:>10.4g}{percent(figures.accuracy):>10}{right:>16}")
    return lines


def _table_of_fits(done: Run) -> list[str]:
    lines = [f"{'at the end':<14}{'loss':>10}{'R²':>10}{'root mean squared error':>26}{'rows':>8}"]
    for name, samples, figures in (
        ("learned from", done.learned, done.figures[0]),
        ("held out", done.held_out, done.figures[1]),
    ):
        if figures is not None:
            r2 = share_told(figures.r_squared)
            lines.append(f"{name:<14}{figures.loss:>10.4g}{r2:>10}{figures.error:>26.6g}{len(samples[1]):>8}")
    return lines


def share_told(r_squared: float | None) -> str:
    """R² for people; a dash where the numbers are all the same, and there is none.

    Examples:
        >>> share_told(0.87654), share_told(None)
        ('0.877', '–')
    """
    return "–" if r_squared is None else f"{r_squared:.3f}"


def counts_by_class(done: Run) -> list[tuple[str, int, int]]:
    """Class, how many of it are right, how many there are: among those held out if there are any."""
    (_, labels), figures = done.learned, done.figures[0]
    if done.held_out is not None:
        (_, labels), figures = done.held_out, done.figures[1]
    n_classes = len(done.data.class_names)
    right, of_all = [0] * n_classes, [0] * n_classes
    for n in range(len(labels)):
        of_all[labels[n]] += 1
        right[labels[n]] += figures.predicted[n] == labels[n]
    return [(done.data.class_names[k], right[k], of_all[k]) for k in range(n_classes)]


def _table_of_classes(done: Run) -> list[str]:
    counts = counts_by_class(done)
    names = [_cut(name) for name, _, _ in counts]
    width = max(len("class"), *(len(name) for name in names))
    lines = [f"{'class':<{width}}{'right':>8}{'of':>6}"]
    for name, (_, right, n) in zip(names, counts, strict=True):
        lines.append(f"{name:<{width}}{right:>8}{n:>6}")
    return lines


def _cut(name: str) -> str:
    """A name as a terminal shows it: no control characters, and not too long."""
    shown = printable(name)
    return shown if len(shown) <= WIDEST_NAME else shown[: WIDEST_NAME - 1] + "…"


def sizes_in_words(sizes: list[int]) -> str:
    """Inputs and neurons of each layer.

    Examples:
        >>> sizes_in_words([64, 32, 10])
        '64-32-10'
    """
    shown = by_its_ends([str(size) for size in sizes], "-")
    return shown if len(sizes) <= LONGEST_LIST else f"{shown} of {len(sizes) - 1} layers"


def percent(part: float) -> str:
    """A share for people.

    Examples:
        >>> percent(0.969)
        '96.9 %'
    """
    return f"{100 * part:.1f} %"


def epochs(n: int) -> str:
    """How many, in words."""
    return "1 epoch" if n == 1 else f"{n} epochs"
