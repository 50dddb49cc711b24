"""The report of a training: one HTML file that needs nothing else, for light and dark, wide and narrow, and for paper.

What came out stands first, then how it was learned, what the network decides, what it gets wrong, and how to do it
again. Nothing in it depends on the clock: the same training gives the same bytes.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

from scalarnn import __version__, svg
from scalarnn.commands import report_numbers, words
from scalarnn.commands.machine import PORTABLE, machine, machine_in_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from scalarnn.commands.learning import Run

__all__ = ["report"]

SHOWN = 20  # mistakes
WIDEST = 8  # layer of a network that is drawn
COLUMNS = 8  # features in a table of mistakes

SAME = (
    "The same call gives the same figures again, to the last digit, on the same machine. On another one exp, log, tanh "
    "and powers may have other last digits, and after many steps figures may differ in more. With --portable they are "
    "the same on every machine."
)
SAME_EVERYWHERE = "The same call gives the same figures again, to the last digit, on every machine."

STYLE = """
body { background: var(--picture-paper); color: var(--picture-ink); font: 1rem/1.55 system-ui, "Segoe UI", Roboto,
  "Helvetica Neue", Arial, sans-serif; margin: 0; }
main { margin: 0 auto; max-width: 62rem; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .3rem; overflow-wrap: anywhere; }
h2 { border-top: 1px solid var(--picture-rule); font-size: 1.2rem; margin: 2.2rem 0 .6rem; padding-top: 1rem; }
p { margin: .5rem 0; max-width: 44rem; overflow-wrap: anywhere; }
.lead { color: var(--picture-soft); }
.note { border-left: .25rem solid var(--picture-gradient); padding-left: .8rem; }
.pair { display: grid; gap: 0 2rem; grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr)); }
.wide { overflow-x: auto; }
.wide .picture { overflow: visible; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; margin: .6rem 0; }
th, td { border-bottom: 1px solid var(--picture-rule); padding: .25rem .9rem .25rem 0; text-align: right;
  vertical-align: top; }
th:first-child, td:first-child, .words td, .words th { text-align: left; }
.words td { overflow-wrap: anywhere; }
thead th { color: var(--picture-soft); font-weight: 600; }
@media (max-width: 30rem) { table { font-size: .9rem; } th, td { padding-right: .6rem; } }
caption { color: var(--picture-soft); font-size: .9rem; padding-bottom: .2rem; text-align: left; }
pre { background: var(--picture-panel); border: 1px solid var(--picture-rule); border-radius: .3rem; margin: .6rem 0;
  overflow-wrap: anywhere; padding: .7rem .9rem; white-space: pre-wrap; }
"""


def report(done: Run) -> str:
    """The report of a training.

    Args:
        done: a Run.

    Returns:
        A whole HTML document.
    """
    title = f"{_name(done)}: {_headline(done)}"
    sections = [
        _section("Result", _result(done)),
        _section("How it was learned", _learning(done)) if done.history.epochs else "",
        _section("What it tells" if _tells_numbers(done) else "What it decides", _decisions(done)),
        _section("The network", _network(done)),
        _section("Where it is far off" if _tells_numbers(done) else "What it gets wrong", _mistakes(done)),
        _section("How to do it again", _again(done)),
    ]
    content = f"<main>\n<h1>{escape(title)}</h1>\n{_lead(done)}{''.join(sections)}</main>\n"
    return svg.document(title, content, STYLE)


def _section(heading: str, content: str) -> str:
    if not content:
        return ""
    return f"<section>\n<h2>{escape(heading)}</h2>\n{content}</section>\n"


def _paragraph(text: str, kind: str = "") -> str:
    return f"<p{f' class={chr(34)}{kind}{chr(34)}' if kind else ''}>{escape(text)}</p>\n"


def _table(caption: str, head: Sequence[str], rows: Sequence[Sequence[str]], kind: str = "") -> str:
    cells = "".join(f'<th scope="col">{escape(name)}</th>' for name in head)
    body = ""
    for first, *rest in rows:
        body += f'<tr><th scope="row">{escape(first)}</th>' + "".join(f"<td>{escape(text)}</td>" for text in rest)
        body += "</tr>\n"
    thead = f"<thead><tr>{cells}</tr></thead>\n" if head else ""
    kind = f' class="{kind}"' if kind else ""
    caption_ = f"<caption>{escape(caption)}</caption>"
    return _wide(caption, f"<table{kind}>\n{caption_}\n{thead}<tbody>\n{body}</tbody>\n</table>")


def _wide(name: str, content: str) -> str:
    """What scrolls by itself where the page is too narrow for it, with the keyboard too."""
    return f'<div class="wide" tabindex="0" role="region" aria-label="{escape(name)}">\n{content}\n</div>\n'


def _picture(draw: Callable[..., str], title: str, *arguments: Any, **settings: Any) -> str:
    """The picture, or a sentence where its numbers are too large to be drawn."""
    try:
        return draw(title, *arguments, **settings)
    except ValueError as error:
        return _paragraph(f"{title}: cannot be drawn: {error}.", "note")


# ---- parts -----------------------------------------------------------------------------------------------------------


def _judged(done: Run) -> tuple[Any, Any, str]:
    """The samples by which it is judged, what it made of them, and what they are."""
    if done.held_out is None:
        return done.learned, done.figures[0], "samples that it learned from"
    return done.held_out, done.figures[1], "samples held out"


def _tells_numbers(done: Run) -> bool:
    return bool(done.data.task == "regression")


def _name(done: Run) -> str:
    """The data set, or its file without the folders."""
    return ", ".join(Path(word).name for word in done.data.words)


def _headline(done: Run) -> str:
    samples, figures, what = _judged(done)
    n = len(samples[1])
    if _tells_numbers(done):
        return report_numbers.headline(figures, n, what)
    return f"{round(figures.accuracy * n)} of {n} {what} are told right"


def _lead(done: Run) -> str:
    data = done.data
    text = f"{len(data.X)} samples of {len(data.feature_names)} features, {len(data.class_names)} classes"
    if _tells_numbers(done):
        text = f"{len(data.X)} samples of {len(data.feature_names)} features, to tell the number {data.label_name!r}"
    elif data.label_name:
        text += f" ({data.label_name}: {', '.join(data.class_names[:10])}{' …' if len(data.class_names) > 10 else ''})"
    network = words.settings_in_words(done.settings)[0][1].replace("-", "\N{NON-BREAKING HYPHEN}")
    lead = _paragraph(f"{text}. Network {network}.", "lead")
    for word, sentence in data.said:
        lead += _paragraph(f"{word[0].upper()}{word[1:]}: {sentence}.", "lead")
    for note in words.ending(done):
        lead += _paragraph(f"{note[0].upper()}{note[1:]}.", "note")
    return lead + (_paragraph(done.problem, "note") if done.problem else "")


def _result(done: Run) -> str:
    if _tells_numbers(done):
        head = ["samples", "loss", "R²", "root mean squared error", "rows"]
        said = "R² is 1 where all is told, 0 where the mean would do as well. The loss is that of standardised numbers."
        return _table("Figures at the end", head, report_numbers.fit_rows(done)) + _paragraph(said, "lead")
    rows = []
    for name, samples, figures in (
        ("learned from", done.learned, done.figures[0]),
        ("held out", done.held_out, done.figures[1]),
    ):
        if figures is not None:
            n = len(samples[1])
            right = round(figures.accuracy * n)
            rows.append([name, f"{figures.loss:.4g}", words.percent(figures.accuracy), f"{right} of {n}"])
    text = _table("Figures at the end", ["samples", "loss", "accuracy", "right"], rows)
    _, _, what = _judged(done)
    classes = [[name, str(right), str(n)] for name, right, n in words.counts_by_class(done)]
    return f'<div class="pair">\n{text}{_table(f"Right by class, {what}", ["class", "right", "of"], classes)}</div>\n'


def _learning(done: Run) -> str:
    history = done.history
    watched = "validation" if done.settings.validation else "held out"
    kept = history.kept_epoch if history.kept_epoch != len(history.epochs) else None
    pictures = _picture(
        svg.history_plot,
        "Loss by epoch",
        {"learned from": history.curve("loss"), watched: history.curve("validation_loss")},
        log=None,
        kept=kept,
    )
    if history.epochs[0].accuracy is not None:
        pictures += _picture(
            svg.history_plot,
            "Accuracy by epoch",
            {"learned from": history.curve("accuracy"), watched: history.curve("validation_accuracy")},
            y_name="accuracy",
            kept=kept,
        )
    said = "The figures of the samples that it learned from are taken during the epoch, each batch before its own step."
    return f'<div class="pair">\n{pictures}\n</div>\n{_paragraph(said, "lead")}'


def _decisions(done: Run) -> str:
    (_, labels), figures, what = _judged(done)
    if _tells_numbers(done):
        numbers = (labels, figures.predicted, what)
        drawn = _picture(report_numbers.told_and_true, f"Told and true, {what}", done.data.label_name, *numbers)
        drawn += _picture(report_numbers.residuals, f"Residuals, {what}", *numbers)
        return f'<div class="pair">\n{drawn}\n</div>\n'
    names = list(done.data.class_names)
    counts = svg.confusion_counts(labels, figures.predicted, len(names))
    pictures = ""
    if len(done.data.feature_names) == 2:
        for part, rows in (("learned from", done.learned), ("held out", done.held_out)):
            if rows is not None:
                pictures += _picture(
                    svg.decision_regions,
                    f"Regions of the classes, and the samples {part}",
                    lambda x: done.classifier.predicted([x])[0],
                    rows[0],
                    rows[1],
                    class_names=names,
                    x_name=done.data.feature_names[0],
                    y_name=done.data.feature_names[1],
                    x=_range(done.data.X, 0),
                    y=_range(done.data.X, 1),
                )
    pictures += _picture(svg.confusion_matrix, f"Which class is taken for which, {what}", counts, class_names=names)
    return f'<div class="pair">\n{pictures}\n</div>\n'


def _range(X: Any, i: int) -> tuple[float, float]:
    """From where to where feature i goes, with some air: the same for every picture, so that they can be compared."""
    values = [x[i] for x in X]
    low, high = min(values), max(values)
    air = 0.06 * (high - low) or 1.0
    return low - air, high + air


def _network(done: Run) -> str:
    """Its weights, with a sample on its way through, where there are few enough to be seen."""
    widest = max(done.settings.sizes)
    if widest > WIDEST:
        return ""
    (X, _), _, what = _judged(done)
    inputs = done.classifier.inputs(X[:1])
    network = done.classifier.network
    drawn = type(network)([type(layer)(layer.W, layer.b, layer.activation) for layer in network.layers])
    drawn.forward(inputs[0])
    outputs = ["output"] if _tells_numbers(done) or done.classifier.single_output else list(done.data.class_names)
    title = f"The weights, and the first of the {what} on its way through"
    picture = _picture(svg.network_diagram, title, drawn, list(done.data.feature_names), outputs)
    scaled = (
        "" if done.data.scaling == 1 else _paragraph(f"Inputs are {_scaling(done)}, as the network gets them.", "lead")
    )
    return _wide("The network, drawn", picture) + scaled


def _mistakes(done: Run) -> str:
    (X, labels), figures, what = _judged(done)
    if _tells_numbers(done):
        return _farthest(done, X, labels, figures.predicted, what)
    wrong = [n for n in range(len(labels)) if figures.predicted[n] != labels[n]]
    if not wrong:
        return _paragraph(f"None of the {len(labels)} {what}.")
    sure = {n: _certainty(done, figures.outputs[n], figures.predicted[n]) for n in wrong}
    wrong.sort(key=lambda n: (-sure[n], n))
    shown = wrong[:SHOWN]
    n_wrong = f"{len(wrong)} of {len(labels)} {what}"
    text = f"{n_wrong}; those of which the network is most certain come first."
    text = _paragraph(text if len(shown) == len(wrong) else f"{text} The first {SHOWN} are shown.")
    names = done.data.class_names
    if done.data.side is not None:
        return text + _picture(
            svg.image_grid,
            f"Wrong among the {what}",
            [X[n] for n in shown],
            [labels[n] for n in shown],
            [figures.predicted[n] for n in shown],
            class_names=list(names),
            side=done.data.side,
        )
    features = list(done.data.feature_names[:COLUMNS])
    more = ["…"] if len(done.data.feature_names) > COLUMNS else []
    how_sure = "output" if done.classifier.single_output else "probability"
    rows = []
    for n in shown:
        values = [f"{float(value):.6g}" for value in X[n][:COLUMNS]] + more
        rows.append([names[labels[n]], names[figures.predicted[n]], f"{sure[n]:.3f}", *values])
    return text + _table(f"Wrong among the {what}", ["true", "predicted", how_sure, *features, *more], rows)


def _farthest(done: Run, X: Any, labels: Any, predicted: Any, what: str) -> str:
    """The samples whose number was told worst."""
    shown = report_numbers.farthest(labels, predicted)[:SHOWN]
    features = list(done.data.feature_names[:COLUMNS])
    more = ["…"] if len(done.data.feature_names) > COLUMNS else []
    rows = []
    for n in shown:
        values = [f"{float(value):.6g}" for value in X[n][:COLUMNS]] + more
        numbers = [labels[n], predicted[n], labels[n] - predicted[n]]
        rows.append([*(f"{float(number):.6g}" for number in numbers), *values])
    text = _paragraph(f"Of {len(labels)} {what} the {len(shown)} with the largest errors, the largest first.")
    return text + _table(f"Farthest off, {what}", ["true", "told", "true − told", *features, *more], rows)


def _scaling(done: Run) -> str:
    if done.data.scaling == "standardise":
        return "standardised: mean 0 and deviation 1 over the samples learned from"
    return "as they are" if done.data.scaling == 1 else f"divided by {done.data.scaling:g}"


def _certainty(done: Run, outputs: Any, predicted: int) -> float:
    """The probability of the predicted class, or how far a single output is on its side of ½."""
    if done.classifier.single_output:
        return float(outputs[0])
    return float(done.classifier.probabilities_of([outputs])[0][predicted])


def _again(done: Run) -> str:
    rows = [[name, text] for name, text in words.settings_in_words(done.settings)]
    rows.append(["features", _scaling(done)])
    rows.append(["scalarnn", __version__])
    here = machine()
    rows.append(["made by", machine_in_words(here) or ""])
    told = "" if here["functions"] == PORTABLE else ", a fingerprint: a machine with the same one has the same bits"
    rows.append(["exp, log, tanh, powers", here["functions"] + told])
    return (
        f"<pre><code>{escape(done.command)}</code></pre>\n{_table('Settings', [], rows, 'words')}"
        f"{_paragraph(SAME_EVERYWHERE if here['functions'] == PORTABLE else SAME, 'lead')}"
    )
