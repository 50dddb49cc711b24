"""like = "keras": losses and activations of a package in an exercise, and whatever takes an exercise."""

import pytest

from scalarnn import GradientDescent, Layer, Network
from scalarnn.cli import main
from scalarnn.exercise import Exercise, ExerciseError, from_network, program, read_text, to_network, values
from scalarnn.exercise.keys import schema
from scalarnn.exercise.writing import as_toml
from scalarnn.frameworks import frameworks, like
from scalarnn.training import training_step

W = [[0.5, -1, 0.25], [1, 0.75, -0.5]]
TARGETS = {
    "numbers": ([0.5, -1.0], [[0.5, -1.0], [2.0, 0.0]]),
    "answers": ([1, 0], [[1, 0], [0, 0.25]]),
    "margins": ([1, -1], [[1, -1], [-1, -1]]),
    "a distribution": ([0.25, 0.75], [[0.25, 0.75], [1, 0]]),
    "a class": (1, [1, 0]),
}
LOSSES = [(framework, name) for framework in frameworks().values() for name in framework.losses]


def exercise_of(framework, name, **more):
    loss = framework.loss(name)
    end = loss.ends.__name__.lower() if loss.ends and not loss.from_scores else "identity"
    layers = [{"W": W, "b": [0.5, -0.25], "activation": "tanh"}, {"W": [[1, 2], [-1, 0.5]], "b": [0, 1]}]
    layers[-1]["activation"] = end
    one, many = TARGETS[loss.takes]
    given = {"x": [1, -2, 0.5]} | ({"label": one} if loss.takes == "a class" else {"y": one})
    if more.pop("batch", False):
        given = {"X": [[1, -2, 0.5], [0.5, 1, 1]]} | ({"labels": many} if loss.takes == "a class" else {"Y": many})
    given |= {
        "loss": name,
        "like": framework.called[0],
        "optimizer": "gradient descent",
        "learning_rate": 0.125,
        "layout": "W",
    }
    return Exercise(layers, **given | more)


@pytest.mark.parametrize("batch", [False, True])
@pytest.mark.parametrize(("framework", "name"), LOSSES)
def test_an_exercise_is_a_training_step_with_that_loss(framework, name, batch):
    exercise, loss = exercise_of(framework, name, batch=batch), framework.loss(name)
    found, network = values(exercise), to_network(exercise)
    one, many = TARGETS[loss.takes]
    X = [[float(x) for x in row] for row in (exercise.X if batch else [exercise.x])]
    _, L = training_step(network, X, many if batch else [one], GradientDescent(0.125), loss=loss)
    assert float(found["L"]) == pytest.approx(L, abs=1e-14)
    for layer, new in zip(network.layers, found["W_new"], strict=True):
        for row, row_new in zip(layer.W, new, strict=True):
            assert row == pytest.approx([float(w) for w in row_new], abs=1e-14)


@pytest.mark.parametrize("package", ["torch", "keras", "keras jax", "jax", "paddle", "mlx", "tinygrad", "mxnet"])
def test_an_activation_is_the_one_of_the_package(package):
    framework = like(package)
    for name in framework.activations:
        if name == "softmax":
            continue
        layers = [{"W": [[1], [-1], [0]], "activation": name.replace("_", " ")}]
        given = {"y": [0, 0, 0], "loss": "half squared error", "layout": "W", "like": package}
        found = values(Exercise(layers, x=[0.75], **given))
        made = framework.activation(name)
        assert found["y_hat"] == made.forward([0.75, -0.75, 0.0])
        assert found["dL_dz"][0] == made.backward(found["y_hat"], [0.75, -0.75, 0.0]), name


def test_a_kink_and_a_slope_are_those_of_the_package():
    text = program(Exercise([{"W": [[1]], "activation": "leaky relu"}], x=[0], y=[1], loss="squared error", like="jax"))
    assert "from scalarnn.dialects.activations import AtKinks" in text
    assert "AtKinks(LeakyReLU(alpha), {0: 1.0}).backward" in text
    assert "0.01" in text
    text = program(
        Exercise([{"W": [[1]], "activation": "leaky relu"}], x=[0], y=[1], loss="squared error", like="keras")
    )
    assert "0.20000000298023224" in text
    text = program(Exercise([{"W": [[1]], "activation": "gelu"}], x=[0], y=[1], loss="squared error"))
    assert "GELU().forward(z)  # ŷ = GELU(z)" in text


def test_an_activation_of_a_network_is_the_same_one_or_it_is_said():
    network = Network([Layer([[1.0]], [0.0], like("mlx").activation("selu"))])
    assert from_network(network, like="mlx").layers[0].spoken.made.scale == 1.0507
    with pytest.raises(ExerciseError, match=r"is SELU\(scale=1.0507, alpha=1.67326\): an exercise has SELU\(\)"):
        from_network(network)
    network = Network([Layer([[1.0]], [0.0], like("jax").activation("leaky_relu"))])
    assert repr(to_network(from_network(network, like="jax")).layers[0].activation) == repr(
        network.layers[0].activation
    )
    with pytest.raises(ExerciseError, match="without slopes of its own; with like"):
        from_network(network)


def test_a_loss_of_the_book_under_its_name_there_is_the_book_s():
    exercise = exercise_of(like("torch"), "MSELoss")
    assert (exercise.loss, exercise.liked_loss) == ("mean_squared_error", None)
    assert exercise_of(like("sklearn"), "squared_error").liked_loss.name == "squared_error"
    assert exercise_of(like("sklearn"), "squared_error", loss="squared error").liked_loss is None
    again = read_text(as_toml(exercise_of(like("sklearn"), "squared_error")))
    assert again.liked_loss.name == "squared_error"


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ('loss = "Hinge"\ny = [0]', "line 3: y: \\[0\\] is 0.0: expected -1 or 1|y: y\\[0\\] is 0"),
        (
            'loss = "CategoricalCrossentropy"\ny = [1]',
            '"CategoricalCrossentropy" takes probabilities: expected activation',
        ),
        ('loss = "Hinge"\nlabel = 0', 'line 3: label: "Hinge" takes margins: expected y beside it'),
        ('loss = "SparseCategoricalCrossentropy"\ny = [1]', "takes a class: expected label beside it"),
        ('loss = "Hinje"\ny = [1]', "line 2: loss: 'Hinje' is not known"),
    ],
)
def test_what_is_wrong_is_one_line(lines, message):
    with pytest.raises(ExerciseError, match=message):
        read_text(f'like = "keras"\n{lines}\nx = [1]\n[[layer]]\nW = [[1]]\n')


def test_an_activation_that_the_package_has_not_is_named():
    with pytest.raises(ExerciseError, match=r"line 5: layer\[0\]\.activation: scikit-learn has no activation 'gelu'"):
        read_text('like = "sklearn"\nx = [1]\n[[layer]]\nW = [[1]]\nactivation = "gelu"\n')


def test_an_editor_knows_the_names():
    enums = [choice.get("enum", []) for choice in schema()["properties"]["loss"]["anyOf"]]
    assert any("CategoricalCrossentropy" in names for names in enums)


# ---- whatever takes an exercise --------------------------------------------------------------------------------------

FILE = """\
like = "keras"
optimizer = "Nadam"
x = [1, 2]
y = [0.25, 0.75]
loss = "CategoricalCrossentropy label_smoothing"
learning_rate = 0.1
[[layer]]
W = [[1, -3], [2, 4]]
activation = "gelu"
[[layer]]
W = [[1, -1], [0.5, 0.25]]
b = [0, 1]
activation = "softmax"
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "keras.toml"
    path.write_text(FILE)
    return path


def test_javascript_has_gelu_by_tanh_alone(file, capsys):
    assert main(["unroll", str(file), "--to", "javascript"]) == 2
    assert "the area of a bell curve, which GELU has and GELU by tanh has not" in capsys.readouterr().err
    file.write_text(FILE.replace('"gelu"', '"gelu tanh"'))
    assert main(["unroll", str(file), "--to", "javascript"]) == 0


@pytest.mark.parametrize(
    "words",
    [
        ["show"],
        ["step"],
        ["unroll", "--to", "python"],
        ["sheet", "-o"],
        ["notebook", "-o"],
        ["worksheet", "-o"],
        ["check-answer", "L = 0.123"],
    ],
)
def test_every_command_takes_it(file, capsys, words):
    ends = {"sheet": "x.xlsx", "notebook": "x.ipynb", "worksheet": "x.html"}
    output = [str(file.parent / ends[words[0]])] if words[0] in ends else []
    assert main([words[0], str(file), *words[1:], *output]) == (1 if words[0] == "check-answer" else 0)
    assert not capsys.readouterr().err


def test_what_a_package_does_is_written_out_line_by_line(file, capsys):
    assert main(["show", str(file), "--digits", "4"]) == 0
    shown = capsys.readouterr().out
    for line in ("r = √(v̂)", "W_new₀,₀₀ = W₀,₀₀ − η", "a₀,₀ = z₀,₀ · Φ(z₀,₀)", "p₀ = ŷ₀ / "):
        assert line in shown
