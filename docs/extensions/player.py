"""The player on a page: its element, and the files that it needs, written when the book is built.

They are made from the package, and lie beside the files of the book for as long as it takes to copy them; none is
committed.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension

from docs.extensions import live
from docs.extensions.code import ROOT
from docs.extensions.landscape import CURVATURES
from scalarnn import Network
from scalarnn import player as made
from scalarnn.exercise import Exercise, from_network
from scalarnn.player import bench, slips, worked
from scalarnn.worked import load

ASSETS = ROOT / "docs" / "assets"
FILES = {
    "javascripts/player.js": made.script,
    "javascripts/mathematics.js": made.mathematics,
    "javascripts/worked.js": worked.script,
    "javascripts/bench.js": bench.script,
    "javascripts/slips.js": slips.script,
    "stylesheets/player.css": made.stylesheet,
}


@cache
def write_files() -> None:
    """The scripts and the stylesheet, if they are not there as they are now; once, for all pages of a build."""
    for name, text in FILES.items():
        file = ASSETS / name
        if not file.is_file() or file.read_text(encoding="utf-8") != text():
            file.write_text(text(), encoding="utf-8")
    live.write_files()


def player(exercise: Exercise, label: str, focus: str = "", example: str = "", moves: str = "") -> str:
    """A player of an exercise.

    Args:
        exercise: with inputs.
        label: what is stepped through: "the layer".
        focus: the name that it begins with.
        example: what `scalarnn step` takes, for readers without JavaScript.
        moves: the name that moves first, if a reader asks what one number does.
    """
    command = f"python3 -m scalarnn step {example}" if example else ""
    return made.element(made.as_data(exercise), label, focus=focus, command=command, moves=moves)


def play(example: str, focus: str = "") -> str:
    """A player of a worked example, on its very lines; of one with objects, the same network as an exercise."""
    data = worked.as_data(example) if example in worked.EXAMPLES else made.as_data(two_layers(example))
    return made.element(data, "the example", focus=focus, command=f"python3 -m scalarnn step {example}")


def two_layers(example: str, **settings: Any) -> Exercise:
    """The network of an example with a hidden layer, in the letters of an exercise.

    Args:
        example: its name.
        settings: more keys, such as the optimizer.
    """
    given = load(example).given
    hidden = {"W": given["W"], "b": given["b"], "activation": "relu"}
    output = {"W": given["W_out"], "b": given["b_out"]}
    keys = {"title": load(example).title, "x": given["x"], "y": [given["target"]], "loss": "half mean squared error"}
    return Exercise([hidden, output], **keys, learning_rate=given["learning_rate"], **settings)


def of_scores(scores: list[int], label: int) -> Exercise:
    """Scores that go straight to softmax, by weights that let each pass."""
    n = len(scores)
    W = [[int(k == i) for i in range(n)] for k in range(n)]
    settings = {"loss": "softmax cross entropy", "learning_rate": 1}
    return Exercise([{"W": W}], title="Scores, softmax and a class", x=scores, label=label, **settings)


def of_samples() -> Exercise:
    """A neuron, and samples whose losses pull in different directions."""
    layer = {"W": [[1, -1]], "b": [0]}
    X, Y = [[1, 2], [2, 0], [-1, 1]], [[0], [3], [1]]
    settings = {"loss": "half squared error", "learning_rate": "1/10"}
    return Exercise([layer], title="Three samples and one neuron", X=X, Y=Y, **settings)


def learning(X: list[list[float]], labels: list[int], network: Network, **settings: Any) -> str:
    """A network that learns these samples in the page, all of them at once, from the weights that it has.

    Args:
        X: the samples.
        labels: the class of each.
        network: with the first weights.
        settings: keys of an exercise: learning_rate, optimizer and so on.
    """
    exercise = from_network(network, X=X, labels=labels, loss="softmax cross entropy", **settings)
    return made.training(exercise, "Train it in this page")


# Rates with which each rule gets somewhere in the valley, from powers of ten.
RATES = {"gradient_descent": 2, "momentum": 2, "nesterov": 2, "adagrad": 0, "rmsprop": 1, "adam": 0}


def ways_across(*names: str) -> str:
    """The ways of some rules across the valley of the book, all if none is named."""
    rates = {name: 1 / 10 ** RATES[name] for name in names or RATES}
    return made.paths(CURVATURES, [-10, 2], rates)


class Player(Extension):
    """Writes the files before the book is put together."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: ARG002
        write_files()


def makeExtension(**options: Any) -> Player:
    return Player(**options)
