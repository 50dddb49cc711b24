"""Exercise files: what is read, and what is said of every sort of wrong one, with the line it stands in."""

import random
import tomllib
from fractions import Fraction

import pytest

from scalarnn.exercise import ExerciseError, read, read_text
from scalarnn.exercise.lines import line_of

LAYER = "[[layer]]\nW = [[1, 2]]\n"
TWO = "[[layer]]\nW = [[1, 2], [3, 4]]\n"
SQUARED = 'loss = "squared error"\n'
X = "x = [1, 2]\n"
WHOLE = """
title = "All of it"    # a comment with "quotes" and [brackets]
source = 'nowhere'
x = [0.05, "1/10"]
y = [1_0.5, -2e-1,
]
loss = "Half Squared-Error"
learning_rate = 0.5
optimizer = "Adam"
beta1 = 0.5
epsilon = 1e-3
gamma = 0.9
steps = 3
frozen = ["b", "W[1]"]
layout = "W transposed"
[[layer]]
W = [[0.15, 0.25], [0.2, 0.3]]
b = [0.35, +0.35]
activation = "Leaky ReLU"
alpha = "1/4"
[[layer]]
W = [[1, 2], [3, 4]]
"""


def test_every_key_is_read():
    exercise = read_text(WHOLE)
    assert (exercise.title, exercise.source) == ("All of it", "nowhere")
    assert exercise.x == [Fraction(1, 20), Fraction(1, 10)]
    assert exercise.y == [Fraction(21, 2), Fraction(-1, 5)]
    assert exercise.loss == "half_squared_error"
    assert (exercise.learning_rate, exercise.optimizer, exercise.steps) == (Fraction(1, 2), "adam", 3)
    assert exercise.settings["beta1"] == Fraction(1, 2)
    assert exercise.settings["beta2"] == Fraction(999, 1000)
    assert exercise.gamma == Fraction(9, 10)
    assert exercise.frozen == ("b[0]", "W[1]", "b[1]")
    first, second = exercise.layers
    assert [[Fraction(3, 20), Fraction(1, 5)], [Fraction(1, 4), Fraction(3, 10)]] == first.W
    assert (first.activation, first.alpha, second.b) == ("leaky_relu", Fraction(1, 4), None)
    assert second.W == [[1, 3], [2, 4]]
    assert exercise.is_exact
    assert exercise.sizes == [2, 2, 2]


def test_samples_and_numbers_alone():
    assert read_text("X = [1, 2]\n[[layer]]\nW = [[1]]").X == [[1], [2]]
    assert read_text("x = 1\ny = 0\n" + SQUARED + "[[layer]]\nW = [[1]]").y == [0]
    assert read_text("X = [[1, 2]]\nlabels = [1]\nloss = 'softmax cross entropy'\n" + TWO).labels == [1]


def test_decimals_are_no_fractions():
    assert not read_text("x = [0.5, 2]\n" + LAYER).is_exact


def test_windows_writes_files_too(tmp_path):
    path = tmp_path / "homework.toml"
    path.write_bytes(b"\xef\xbb\xbf" + f"{X}{LAYER}".replace("\n", "\r\n").encode())
    assert read(path).x == [1, 2]


WRONG = [
    ("", 1, "the exercise: expected layers, each [[layer]]"),
    ("%%%", 1, "no TOML: invalid statement"),
    (X, 1, "expected layers"),
    (f"{X}layer = 3", 2, "layer: expected layers"),
    (f"{X}[layer]\nW = [[1, 2]]", 2, "layer: a table alone: expected double brackets, [[layer]]"),
    (
        f"{X}layer = [{{W = [[1, 2]]}},\n  {{W = [[1,\n 2]]}}]",
        3,
        "layer[1].W: 2 columns: expected 1, one for each neuron",
    ),
    (f"x = [1/3, 2]\n{LAYER}", 1, 'a fraction stands in quotes: "1/3"'),
    (f"x = [.5, 2]\n{LAYER}", 1, "digits on both sides of its point"),
    (f"loss = squared error\n{LAYER}", 1, "a text stands in quotes"),
    (f"{X}x = [1]\n{LAYER}", 2, "no TOML: cannot overwrite a value"),
    (f"x = [1,\n2\n{LAYER}", 3, "no TOML: unclosed array"),
    (f"x = [1, nan]\n{LAYER}", 1, 'x[1]: nan: expected a number such as 0.5, -2 or "1/3"'),
    (f"x = [1,\n -inf]\n{LAYER}", 2, "x[1]: -inf: expected a number"),
    (f"x = [1e999, 1]\n{LAYER}", 1, "x[0]: 1e999 is out of reach"),
    (f"x = [1e99999999999, 1]\n{LAYER}", 1, "out of reach"),
    (f"x = [1{'0' * 400}, 1]\n{LAYER}", 1, "is too large: expected a number that a float can hold"),
    (f"x = [true, 1]\n{LAYER}", 1, "x[0]: true: expected a number"),
    (f"x = [2026-01-01, 1]\n{LAYER}", 1, "x[0]: 2026-01-01: expected a number"),
    (f"x = ['one', 1]\n{LAYER}", 1, "x[0]: 'one': expected a number"),
    (f"x = ['1/0', 1]\n{LAYER}", 1, "x[0]: '1/0': expected a number"),
    (f"x = ['9**9**9', 1]\n{LAYER}", 1, "expected a number"),
    (f"x = {{a = 1}}\n{LAYER}", 1, "x: a table: expected a number"),
    (f"x = []\n{LAYER}", 1, "x: an empty list: expected at least one number"),
    (f"x = [[1, 2]]\n{LAYER}", 1, "x[0]: [[1, 2]]: expected a list of numbers; a list of rows goes with X and Y"),
    (f"x = [0,5, 1,2]\n{LAYER}", 1, "x: 4 numbers: expected 2, one for each column of layer[0].W"),
    (f"X = [[1, 2],\n [3]]\n{LAYER}", 2, "X[1]: 1 number: expected 2, as in row 0"),
    (f"X = [[1, 2, 3]]\n{LAYER}", 1, "X[0]: 3 numbers: expected 2"),
    (f"{X}X = [[1, 2]]\n{LAYER}", 2, "X: stands beside x: expected one of them"),
    (f"{X}[[layer]]\nW = [[1, 2],\n [3]]", 4, "layer[0].W[1]: 1 number: expected 2, as in row 0"),
    (f"{X}[[layer]]\nW = [[]]", 3, "layer[0].W[0]: an empty list"),
    (f"{X}[[layer]]\nW = []", 3, "layer[0].W: no rows"),
    (f"{X}[[layer]]\nW = [1, 2]", 3, "layer[0].W: [1, 2]: expected a list of rows, such as [[1, 2], [3, 4]]"),
    (f"{X}[[layer]]\nb = [1]", 2, "layer[0]: has no W"),
    (f"{X}{LAYER}b = [1, 2]", 4, "layer[0].b: 2 numbers: expected 1, one for each row of W"),
    (
        f"layout = 'W transposed'\n{X}[[layer]]\nW = [[1, 2]]",
        2,
        "x: 2 numbers: expected 1, one for each row of layer[0].W",
    ),
    (f"{X}{LAYER}[[layer]]\nW = [[1, 2]]", 5, "layer[1].W: 2 columns: expected 1, one for each neuron of layer[0]"),
    (f"{X}y = 1\n{LAYER}", 2, 'y: without a loss: expected loss = "half squared error"'),
    (f"{X}{SQUARED}{LAYER}", 2, "loss: without targets: expected y, Y, label or labels"),
    (f"y = 1\n{SQUARED}{LAYER}", 1, "y: without inputs: expected x beside it"),
    (f"X = [[1, 2]]\ny = 1\n{SQUARED}{LAYER}", 2, "y: goes with x: expected Y or labels beside X"),
    (f"X = [[1, 2]]\nY = [1, 2]\n{SQUARED}{LAYER}", 2, "Y: 2 entries: expected 1, one for each row of X"),
    (f"{X}y = [1, 2]\n{SQUARED}{LAYER}", 2, "y: 2 numbers: expected 1, one for each output, a neuron of layer[0]"),
    (
        f"{X}y = 1\nloss = 'square error'\n{LAYER}",
        3,
        "loss: 'square error' is not known; did you mean 'squared error'?",
    ),
    (f"{X}y = 1\nloss = 2\n{LAYER}", 3, "loss: 2: expected a text in quotes"),
    (f"{X}y = 1\nloss = 0.5\n{LAYER}", 3, "loss: 0.5: expected a text in quotes"),
    (f"{X}learning_rat = 1\n{LAYER}", 2, "there is no such key; did you mean 'learning_rate'?"),
    (f"{X}[[layers]]\nW = [[1, 2]]", 2, "layers: there is no such key; did you mean 'layer'?"),
    (f"{X}{LAYER}{SQUARED}", 4, "layer[0].loss: belongs to the whole exercise: write it above the first [[layer]]"),
    (f"{X}W = [[1, 2]]\n{LAYER}", 2, "W: belongs to a layer: write it below [[layer]]"),
    (f"{X}{LAYER}weights = 1", 4, "layer[0].weights: there is no such key; there are: W, b, activation, alpha"),
    (f"{X}{LAYER}activation = 'sigmod'", 4, "'sigmod' is not known; did you mean 'sigmoid'?"),
    (f"{X}{LAYER}alpha = 0.1", 4, 'alpha: is for activation = "leaky relu" alone'),
    (f"{X}label = 2\nloss = 'softmax cross entropy'\n{TWO}", 2, "label: 2: expected a class from 0 to 1"),
    (f"{X}label = -1\nloss = 'softmax cross entropy'\n{TWO}", 2, "label: -1: expected a whole number from 0 up"),
    (f"{X}label = 1.0\nloss = 'softmax cross entropy'\n{TWO}", 2, "label: 1.0: expected a whole number from 0 up"),
    (f"{X}label = 1\nloss = 'squared error'\n{TWO}", 2, "label: goes with a loss of classes: expected y beside"),
    (f"{X}labels = [1]\nloss = 'softmax cross entropy'\n{TWO}", 2, "labels: goes with X: expected y or label beside x"),
    (
        f"{X}label = 1\nloss = 'cross entropy'\n{TWO}",
        3,
        'expected activation = "softmax" in the last layer, or loss = "s',
    ),
    (
        f"{X}y = 1\nloss = 'binary cross entropy'\n{LAYER}activation = 'relu'",
        6,
        'expected activation = "sigmoid" in the',
    ),
    (f"{X}label = 1\nloss = 'softmax cross entropy'\n{TWO}activation = 'tanh'", 6, "has softmax inside"),
    (f"{X}y = [1, 1]\nloss = 'softmax cross entropy'\n{TWO}", 2, "y: sums to 2.0: expected 1"),
    (f"{X}y = [\n 2]\nloss = 'sigmoid cross entropy'\n{LAYER}", 3, "y[0]: 2.0: expected a probability from 0 to 1"),
    (f"{X}y = 1\n{SQUARED}learning_rate = 0\n{LAYER}", 4, "learning_rate: 0: expected a number above 0"),
    (f"{X}y = 1\n{SQUARED}optimizer = 'adam'\n{LAYER}", 4, "optimizer: without a learning rate"),
    (f"{X}learning_rate = 1\n{LAYER}", 2, "learning_rate: without a loss"),
    (f"{X}y = 1\n{SQUARED}learning_rate = 1\nbeta = 0.5\n{LAYER}", 5, "beta: is no setting of gradient descent"),
    (f"{X}y = 1\n{SQUARED}learning_rate = 1\nsteps = 0\n{LAYER}", 5, "steps: 0: expected a whole number from 1 to"),
    (f"{X}y = 1\n{SQUARED}learning_rate = 1\nsteps = 999999\n{LAYER}", 5, "expected a whole number from 1 to"),
    (
        f"{X}y = 1\n{SQUARED}learning_rate = 1\nfrozen = ['W[3]']\n{LAYER}",
        5,
        "frozen[0]: there is no 'W[3]': expected W, b",
    ),
    (f"{X}y = 1\n{SQUARED}learning_rate = 1\nfrozen = ['W']\n{LAYER}", 5, "frozen: leaves nothing to be updated"),
    (f"title = 3\n{X}{LAYER}", 1, "title: 3: expected a text in quotes"),
    (f"{X}layout = 'columns'\n{LAYER}", 2, "layout: 'columns' is not known; there are: W, W transposed"),
]


@pytest.mark.parametrize(("text", "line", "says"), WRONG)
def test_a_wrong_file_is_one_line_with_its_number(text, line, says):
    with pytest.raises(ExerciseError) as caught:
        read_text(text, "homework.toml")
    said = str(caught.value)
    assert said.startswith(f"homework.toml, line {line}: ")
    assert says in said
    assert "\n" not in said


@pytest.mark.parametrize("text", [f"x = {'[' * 3000}1{']' * 3000}\n{LAYER}", f"x = [1{'0' * 5000}, 1]\n{LAYER}"])
def test_what_python_cannot_read_is_one_line_too(text):
    with pytest.raises(ExerciseError, match=r"^exercise.toml.*: .*expected"):
        read_text(text)


def test_files_that_are_none(tmp_path):
    for path, says in [(tmp_path, "Is a directory"), (tmp_path / "none.toml", "No such file"), ("a\0b", "null")]:
        with pytest.raises(ExerciseError, match=says):
            read(path)
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b"x = 1\n\xff\xfe")
    with pytest.raises(ExerciseError, match=r"binary\.toml, line 2: no UTF-8"):
        read(binary)
    binary.write_bytes(b"#" * 1_000_001)
    with pytest.raises(ExerciseError, match="larger than"):
        read(binary)


def test_what_plays_tricks_on_a_terminal_is_taken_out():
    assert read_text(f'title = "\\u001b[31mred"\n{X}{LAYER}').title == "[31mred"


# ---- lines -----------------------------------------------------------------------------------------------------------


def test_the_line_of_everything_in_it():
    paths = [(("title",), 2), (("x", 1), 4), (("y", 1), 5), (("frozen", 1), 14), (("layer", 0, "W", 1, 0), 17)]
    paths += [(("layer", 0), 16), (("layer", 1), 21), (("layer", 1, "W", 0, 1), 22), (("layer", 1, "b"), 21), ((), 1)]
    for path, line in paths:
        assert line_of(WHOLE, path) == line


VALUES = ["1.5", "-2e3", '"]"', "'a#b'", '"\\"]"', "[1, [2]]", '{x = "}", y = [1]}', '"""\n]\n"""', "'''\n# '''"]
KEYS = {"W": ("W",), '"a b"': ("a b",), "c.d": ("c", "d"), " e ": ("e",)}


def test_lines_of_files_of_any_form():
    """Values of every sort, each on a line of its own by chance, between comments that look like TOML."""
    draw = random.Random(0)
    for _ in range(50):
        text, wanted = "", {}
        for place in range(3):
            text += draw.choice(["", "\n", "# [[layer]] '\n"])
            wanted["layer", place] = text.count("\n") + 1
            text += draw.choice(["[[layer]]\n", "  [[ layer ]]  # [[layer]]\n", '[["layer"]]\n'])
            for key, path in KEYS.items():
                wanted["layer", place, *path] = text.count("\n") + 1
                text += f"{key} = ["
                for entry in range(draw.randrange(5)):
                    text += draw.choice(["", " ", "\n", "\n\n  ", " # ], ' \"\n", "\n# [\n"])
                    wanted["layer", place, *path, entry] = text.count("\n") + 1
                    text += draw.choice(VALUES) + draw.choice([",", " ,", "\n,", " # [\n,"])
                text += draw.choice(["]\n", "\n]  # ]\n"])
        assert len(tomllib.loads(text)["layer"]) == 3
        for path, line in wanted.items():
            assert line_of(text, path) == line, (text, path)


def test_the_witness_a_line_more_is_seen():
    assert line_of("\n" + WHOLE, ("y", 1)) == 6
