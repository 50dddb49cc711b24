"""`from` and `export` as their users run them: what they say, what they write, wrong calls."""

import json
import shutil
from pathlib import Path

import pytest

from scalarnn import Layer, Network, ReLU, cross_entropy_index_gradient, saving
from scalarnn.cli import main
from scalarnn.exchange import read
from scalarnn.exercise import read as exercise_of
from scalarnn.exercise import values
from scalarnn.random_numbers import LegacyRandom
from tests.exchange.comparing import worst

FILES = Path(__file__).parent / "files"
SAMPLES = str(FILES / "samples.csv")


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Run it with these words in tmp_path: the exit code, what it says, what it complains of."""
    monkeypatch.chdir(tmp_path)

    def typed(*words):
        code = main(list(words))
        said = capsys.readouterr()
        return code, said.out, said.err

    return typed


def test_a_network_comes_in_and_is_checked_and_asked(run):
    code, out, err = run("from", str(FILES / "sklearn-classes.json"), "-o", "m.json")
    assert (code, err) == (0, "")
    assert out.splitlines()[1:] == [
        "network    3-5-3, activations ReLU, Softmax; 38 parameters",
        "said       every matrix was turned: a column of coefs_ is a neuron",
        "loss       cross_entropy: log loss, which MLPClassifier has",
        "classes    iris, lily, rose",
        "",
        "saved: m.json",
    ]
    assert run("check", "m.json")[0] == 0
    code, out, _ = run("predict", "m.json", SAMPLES, "--no-label")
    assert code == 0
    figures = json.loads((FILES / "sklearn.json").read_text(encoding="utf-8"))["files"]["sklearn-classes.json"]
    rows = [[float(share) for share in line.split(",")[1:]] for line in out.splitlines()[1:]]
    assert worst(rows, figures["outputs"]) < 1e-6  # as many decimals as predict writes


def test_what_a_file_does_not_tell_is_said_by_words(run):
    file = str(FILES / "torch-named64.safetensors")
    code, out, _ = run(
        "from", file, "--activation", "tanh", "--number", "height", "--features", "a,b,c", "-o", "m.json"
    )
    assert code == 0
    told = " ".join(out.split())
    assert "tanh between the layers, as was asked for; assumed none at the end (--output says otherwise)" in told
    network, notes = saving.load_with_notes("m.json")
    assert notes["regressor"]["feature_names"] == ["a", "b", "c"]
    assert notes["exchange"]["loss"] == "half_squared_error"
    assert len(network.layers) == 3
    code, out, _ = run("from", file, "--loss", "mean-absolute-error")
    assert "loss       mean_absolute_error: as was asked for" in out


def test_to_standard_output(run):
    code, out, err = run("from", str(FILES / "nnet-yes.R"), "-o", "-")
    assert code == 0
    assert json.loads(out)["notes"]["classifier"]["class_names"] == ["no", "yes"]
    assert "lists of R's nnet" in err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["from"], "the following arguments are required"),
        (["from", "nowhere.onnx"], "nowhere.onnx: No such file or directory"),
        (["from", "model.pt"], "model.pt: a pickle, which can run any program"),
        (["from", "m.json", "-o", "m.txt"], "-o m.txt: expected a name that ends in .json"),
        (["from", "m.json", "-o", "m.json"], "-o m.json: that file is used here already"),
        (["from", "m.json", "-o", "notes.json"], "there is a file, and it is no saved network"),
        (["from", "m.json", "--activation", "relu"], "m.json: the file says its activations itself"),
        (["from", "m.json", "--classes", "a,b,c", "-o", "n.json"], "m.json: class_names has 3 names"),
        (["from", "m.json", "--classes", "a,b", "--number", "y"], "say one of them"),
        (["from", "m.json", "--loss", "hinge"], "unknown loss 'hinge'"),
        (["from", "m.json", "-o", "n.json", "--x", "1,2"], "--x goes with an exercise, -o exercise.toml"),
        (["from", "m.json", "-o", "n.toml", "--x", "1"], "m.json: x: 1 number: expected 2"),
        (["from", "m.json", "-o", "n.toml", "--x", "1,two"], "m.json: x[1]"),
        (["from", "m.json", "-o", "n.toml", "--x", "1,2", "--label", "z"], "m.json: label: 'z'"),
        (["from", "m.json", "-o", "own.toml"], "there is a file, and it is no exercise made by scalarnn from"),
        (["from", "m.json", "n.json"], "from takes one file: 'n.json' is one too many"),
        (["export", "m.json"], "required: -o/--out"),
        (["export", "m.json", "-o", "m.h5"], "ends in .safetensors, .onnx, .py"),
        (["export", "m.json", "-o", "m.py"], "m.json: the file does not say how it was trained"),
        (["export", "notes.json", "-o", "m.onnx"], "notes.json: the file's format is None"),
        (["export", "m.json", "-o", "own.py"], "there is a file, and it is no program from here"),
        (["export", "m.json", "-o", "m.py", "--float32"], "--float32: the program goes on in float64"),
        (["export", "large.json", "-o", "m.onnx", "--float32"], "large.json: "),
    ],
)
def test_wrong_calls(run, tmp_path, words, message):
    saving.save(Network([Layer([[1.0, 2.0]], [0.5], ReLU()), Layer([[1.0], [2.0]], [0.0, 0.0])]), "m.json")
    saving.save(Network([Layer([[1e300]], [0.5])]), "large.json")
    Path("model.pt").write_bytes(b"\x80\x02}q\x00.")
    Path("notes.json").write_text('{"a": 1}', encoding="utf-8")
    Path("own.toml").write_text("x = [1]\n", encoding="utf-8")
    Path("own.py").write_text("print()\n", encoding="utf-8")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert err.startswith("scalarnn: ")
    assert err.count("\n") == 1
    assert message in err
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_out_and_in_again(run):
    rng = LegacyRandom(3)
    network = Network([Layer(rng.randn(4, 3), rng.randn(4), ReLU()), Layer(rng.randn(2, 4), rng.randn(2))])
    saving.save(network, "m.json")
    X = rng.randn(5, 3)
    for name in ("m.safetensors", "m.onnx"):
        code, out, _ = run("export", "m.json", "-o", name)
        assert code == 0
        assert out.endswith(f"saved: {name}\n")
        assert worst(read(name).forward_batch(X), network.forward_batch(X)) == 0
        assert run("export", "m.json", "-o", name, "--float32")[0] == 0  # what came from here may be replaced
        assert 0 < worst(read(name).forward_batch(X), network.forward_batch(X)) < 1e-6


def test_what_was_trained_goes_out_with_its_scaling(run):
    assert run("train", "penguins", "--quiet", "--epochs", "2", "--save", "m.json")[0] == 0
    from scalarnn.classifier import load_classifier
    from scalarnn.datasets import load_penguins

    classifier, _ = load_classifier("m.json")
    X = load_penguins().X[:20]
    for name in ("m.onnx", "m.safetensors"):
        _, out, _ = run("export", "m.json", "-o", name)
        assert "the means and deviations of the inputs went into the first layer" in " ".join(out.split())
        assert worst(read(name).forward_batch(X), classifier.outputs(X)) < 1e-12


def test_a_saved_network_comes_in_with_its_scaling(run):
    rows = ["39,18,190,3700,1", "46,14,210,4800,2", "50,19,200,3800,3"]
    Path("t.csv").write_text("\n".join(["a,b,c,d,y", *rows]), encoding="utf-8")
    for words in (["penguins"], ["t.csv", "--task", "regression"]):
        assert run("train", *words, "--quiet", "--epochs", "20", "--save", "m.json")[0] == 0
        told = " ".join(run("from", "m.json", "-o", "again.json")[1].split())
        assert "the means and deviations of the inputs went into the first layer" in told
        notes = saving.load_with_notes("m.json")[1]
        (kind,) = notes.keys() & {"classifier", "regressor"}
        names = notes[kind]["feature_names"]
        Path("asked.csv").write_text("\n".join([",".join(names), *(row[:-2] for row in rows)]), encoding="utf-8")
        asked = [run("predict", name, "asked.csv") for name in ("m.json", "again.json")]
        assert asked[0] == asked[1]
        assert asked[0][0] == 0
        learned = saving.load("m.json").layers
        assert [layer.W for layer in read("m.json").learned] == [layer.W for layer in learned]  # as `verify` takes them
        assert read("m.json").layers[0].W != learned[0].W


def test_inputs_that_nobody_has_named_are_named_by_a_new_call(run):
    assert run("from", str(FILES / "sklearn-classes.json"), "-o", "m.json")[0] == 0
    Path("t.csv").write_text("a,b,c\n1,2,3\n", encoding="utf-8")
    code, _, err = run("predict", "m.json", "t.csv")
    assert code == 2
    assert "no column 'x0', 'x1', 'x2': expected 'x0', 'x1', 'x2', since nobody has said what the inputs" in err
    assert run("from", "m.json", "--features", "a,b,c", "-o", "n.json")[0] == 0
    assert run("predict", "n.json", "t.csv")[0] == 0


# ---- an exercise -----------------------------------------------------------------------------------------------------


def test_an_exercise_gives_the_gradients_of_the_network(run):
    words = ["from", str(FILES / "sklearn-classes.json"), "-o", "e.toml", "--x", "0.5,1/4,-1e-1", "--label", "2"]
    code, _, err = run(*words)
    assert (code, err) == (0, "")
    exercise = exercise_of("e.toml")
    assert (exercise.loss, exercise.label) == ("cross_entropy", 2)
    found = values(exercise)
    network = read(FILES / "sklearn-classes.json")
    y_hat = network.forward([0.5, 0.25, -0.1])
    network.backward(cross_entropy_index_gradient(y_hat, 2))
    assert worst(found["y_hat"], y_hat) < 1e-12
    assert worst(found["dL_dW"], [layer.dL_dW for layer in network.layers]) < 1e-12
    assert run("show", "e.toml")[0] == 0
    assert run(*words)[0] == 0  # one that came from here may be replaced
    assert run("from", str(FILES / "torch-classes.safetensors"), "-o", "bare.toml")[0] == 0
    assert exercise_of("bare.toml").loss is None
    assert "# softmax cross entropy: assumed" in Path("bare.toml").read_text(encoding="utf-8")


# ---- a program that goes on ------------------------------------------------------------------------------------------


def test_a_program_begins_afresh_where_it_has_to_and_says_why(run):
    assert run("train", "xor", "--quiet", "--epochs", "5", "--patience", "3", "--save", "m.json")[0] == 0
    code, out, _ = run("export", "m.json", "-o", "m.py")
    assert code == 0
    assert "begins afresh, since the weights are those of the best epoch" in " ".join(out.split())
    assert run("train", "xor", "--quiet", "--epochs", "5", "--save", "n.json")[0] == 0
    assert "goes on with what it had kept" in run("export", "n.json", "-o", "n.py")[1]
    network, notes = saving.load_with_notes("n.json")
    goes = json.loads(Path("n.py").read_text(encoding="utf-8").split('DATA = """')[1].split('"""')[0])["saved"]
    kept = json.loads(Path("n.json").read_text(encoding="utf-8"))
    assert goes == kept | {"notes": {"classifier": notes["classifier"]}}
    network.layers[0].W[0][0] += 1e-9
    saving.save(network, "n.json", notes)
    told = " ".join(run("export", "n.json", "-o", "n.py")[1].split())
    assert "begins afresh, since the training, done again, came to other numbers" in told


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"command": "rm -r x"}, "the notes of its training are damaged: the command"),
        ({"command": "scalarnn train xor 'x"}, "the notes of its training are damaged: the command"),
        ({"command": "scalarnn train xor --epochs many"}, "the notes of its training are damaged: argument --epochs"),
        ({"command": "scalarnn train -"}, "standard input, which is not there any more"),
        ({"command": "scalarnn train nowhere.csv"}, "nowhere.csv"),
        ({"fingerprint": "another"}, "xor is not what it has learned from"),
        ({"epochs": 10**9}, "damaged: epochs"),
    ],
)
def test_notes_that_do_not_lead_back_to_the_training(run, change, message):
    assert run("train", "xor", "--quiet", "--epochs", "2", "--save", "m.json")[0] == 0
    network, notes = saving.load_with_notes("m.json")
    notes["training"] |= change
    saving.save(network, "m.json", notes)
    code, out, err = run("export", "m.json", "-o", "m.py")
    assert (code, out) == (2, "")
    assert message in err
    assert not Path("m.py").exists()


def test_a_model_of_tensorflow_js_through_a_pipe_has_no_shards(run):
    shutil.copy(FILES / "tfjs-number.json", "model.json")
    code, _, err = run("from", "model.json")
    assert code == 2
    assert "the shard 'tfjs-number.weights.bin': No such file or directory" in err
    shutil.copy(FILES / "tfjs-number.weights.bin", ".")
    assert run("from", "model.json")[0] == 0
