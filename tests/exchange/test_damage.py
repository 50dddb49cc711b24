"""Whatever is wrong with a file, there is one error with one line; nothing is run, and no size is believed."""

import json
import pickle
import shutil
import struct
import zipfile
from pathlib import Path

import pytest

from scalarnn import Layer, Network, ReLU
from scalarnn.exchange import ExchangeError, read
from scalarnn.exchange.leaving import to_onnx, to_safetensors
from scalarnn.exchange.safetensors import read_safetensors, write_safetensors
from scalarnn.random_numbers import LegacyRandom

FILES = Path(__file__).parent / "files"
NETWORK = Network([Layer([[0.1, 0.2], [0.3, -0.4]], [0.5, 0.0], ReLU()), Layer([[1.0, 2.0]], [3.0])])
PLAIN = [
    "torch-classes.safetensors",
    "torch-named64.json",
    "sklearn-classes.json",
    "sklearn-yes.onnx",
    "tfjs-classes.json",
    "nnet-skip.R",
    "nnet-classes.txt",
]
OF_KERAS = ["keras-functional64.keras", "keras-functional64.weights.h5", "keras-classes.h5"]


def said(path):
    """The message, or None if the file could be read all the same."""
    message = None
    try:
        read(path)
    except ExchangeError as error:
        message = str(error)
    assert message is None or ("\n" not in message and len(message) < 500)
    return message


def damaged(name, n):
    """Pieces of a file, and the file with single bytes changed, n of each."""
    data = (FILES / name).read_bytes()
    rng = LegacyRandom(len(data))
    for k in range(n):
        yield data[: k * len(data) // n]
    for _ in range(n):
        changed = bytearray(data)
        changed[int(rng.rand() * len(data))] = int(rng.rand() * 256)
        yield bytes(changed)


@pytest.fixture
def folder(tmp_path):
    for shard in FILES.glob("*.bin"):
        shutil.copy(shard, tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", PLAIN)
def test_pieces_and_changed_bytes(folder, name):
    path = folder / name
    messages = set()
    for data in damaged(name, 25):
        path.write_bytes(data)
        messages.add(said(path))
    assert len(messages) > 3


@pytest.mark.parametrize("name", OF_KERAS)
def test_pieces_and_changed_bytes_of_hdf5(folder, name):
    pytest.importorskip("h5py", reason="h5py reads the files of Keras")
    path = folder / name
    for data in damaged(name, 60):
        path.write_bytes(data)
        said(path)


def test_a_file_of_keras_without_h5py_says_what_to_install(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "h5py", None)
    with pytest.raises(ExchangeError, match=r"h5py.* is not installed: pip install 'scalarnn\[keras\]'"):
        read(FILES / "keras-classes.keras")


# ---- pickles are never loaded ----------------------------------------------------------------------------------------


class Runs:
    """What a pickle can do to whoever loads it."""

    ran = False

    def __reduce__(self):
        return setattr, (Runs, "ran", True)


def test_a_pickle_is_not_loaded(tmp_path):
    path = tmp_path / "model.pt"
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        path.write_bytes(pickle.dumps(Runs(), protocol))
        message = said(path)
        assert "never loaded" in message
        assert "safetensors.torch.save_file" in message
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("archive/data.pkl", pickle.dumps(Runs()))
    assert "never loaded" in said(path)
    assert not Runs.ran
    pickle.loads(pickle.dumps(Runs()))
    assert Runs.ran  # the witness


# ---- sizes -----------------------------------------------------------------------------------------------------------


def with_header(header, data=b""):
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + data


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\x01", "cut off"),
        (struct.pack("<Q", 2**40) + b"{}", "a header of 1099511627776 bytes"),
        (with_header([]), "no object"),
        (with_header({"a": {"dtype": "F32", "shape": [2**40], "data_offsets": [0, 8]}}), "more than"),
        (with_header({"a": {"dtype": "F32", "shape": [2**30, 2**30], "data_offsets": [0, 8]}}), "more than"),
        (with_header({"a": {"dtype": "F32", "shape": [-1], "data_offsets": [0, 4]}}), "from 1 up"),
        (with_header({"a": {"dtype": "F32", "shape": [True], "data_offsets": [0, 4]}}, bytes(4)), "from 1 up"),
        (with_header({"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}), "there are 0"),
        (with_header({"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 4]}}, bytes(4)), "expected 8"),
        (with_header({"a": {"dtype": "I64", "shape": [1], "data_offsets": [0, 8]}}, bytes(8)), "expected F64"),
        (with_header({"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}, bytes(8)), "the tensors take 4"),
        (with_header({"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}, b"\0\0\xc0\x7f"), "is nan"),
        (with_header({"__metadata__": {"a": 1}}), "not made of texts"),
    ],
)
def test_safetensors(data, message):
    with pytest.raises(ExchangeError, match=message):
        read_safetensors(data)


def test_two_tensors_of_the_same_bytes():
    entry = {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}
    with pytest.raises(ExchangeError, match="two tensors or to none"):
        read_safetensors(with_header({"a": entry, "b": entry}, bytes(4)))
    assert list(read_safetensors(write_safetensors({"a": [1.0], "b": [2.0]}, {}))[0]) == ["a", "b"]


def test_a_zip_that_swells_is_not_unpacked(tmp_path):
    path = tmp_path / "model.keras"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("config.json", b" " * (2**26 + 1))
    assert path.stat().st_size < 2**18
    assert "larger than 64 MiB" in said(path)


def test_a_packed_zip_that_is_damaged_inside(tmp_path):
    """Keras packs nothing; who packs its file again does, and then a changed byte breaks what unpacks it."""
    packed = tmp_path / "packed.keras"
    with (
        zipfile.ZipFile(FILES / "keras-functional64.keras") as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, old.read(name))
    whole = packed.read_bytes()
    with zipfile.ZipFile(packed) as archive:
        begin = archive.getinfo("config.json").header_offset + 41
    for place in range(begin, begin + 40):
        packed.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        assert said(packed) is not None


@pytest.mark.parametrize("shard", ["/etc/hostname", "../samples.csv", "http://localhost/x.bin", "a\0b", "", 7])
def test_a_shard_lies_beside_its_model(tmp_path, shard):
    model = json.loads((FILES / "tfjs-number.json").read_text(encoding="utf-8"))
    model["weightsManifest"][0]["paths"] = [shard]
    path = tmp_path / "model.json"
    path.write_text(json.dumps(model), encoding="utf-8")
    assert "expected a file beside the model" in said(path)


# ---- what is no network ----------------------------------------------------------------------------------------------


def layer(kind, name, before, **settings):
    node = [{"args": [{"class_name": "__keras_tensor__", "config": {"keras_history": [before, 0, 0]}}]}]
    return {"class_name": kind, "name": name, "config": {"name": name, **settings}, "inbound_nodes": before and node}


@pytest.mark.parametrize(
    ("tensors", "message"),
    [
        ({"conv.weight": [[[[0.5]]]]}, r"1 × 1 × 1 × 1: expected a matrix"),
        ({"bn.weight": [1.0], "bn.bias": [1.0]}, "expected a matrix"),
        ({"bn.running_mean": [1.0]}, "weight and ….bias of dense layers alone"),
        ({"fc.bias": [1.0]}, "has no weight beside it"),
        ({"fc.weight": [[1.0], [2.0, 3.0]]}, "rows of different length"),
        ({"fc.weight": [[1.0, "x"]]}, "expected a number"),
        ({"fc.weight": [[True]]}, "expected a number"),
        ({"fc.weight": [[1.0]], "fc.bias": [1.0, 2.0]}, "has 2 biases: expected 1"),
        ({"a.weight": [[1.0, 1.0]], "b.weight": [[1.0, 1.0]]}, "in no order"),
        ({"encoder.weight": [[1.0], [2.0]], "decoder.weight": [[1.0, 2.0]]}, "--order decoder,encoder"),
        ({"fc.weight": [[10**400]]}, "too large for a float"),
    ],
)
def test_state_dicts_that_are_no_network(tmp_path, tensors, message):
    path = tmp_path / "weights.json"
    path.write_text(json.dumps(tensors), encoding="utf-8")
    with pytest.raises(ExchangeError, match=message):
        read(path)


def test_the_order_of_two_that_fit_both_ways(tmp_path):
    path = tmp_path / "weights.json"
    path.write_text(json.dumps({"encoder.weight": [[1.0], [2.0]], "decoder.weight": [[1.0, 2.0]]}), encoding="utf-8")
    assert len(read(path, order=["encoder", "decoder"]).layers[0].W) == 2
    assert len(read(path, order=["decoder", "encoder"]).layers[0].W) == 1
    with pytest.raises(ExchangeError, match="each of decoder, encoder once"):
        read(path, order=["encoder", "encoder"])


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        ([layer("Conv2D", "conv", "")], "conv is Conv2D: expected Dense"),
        ([layer("BatchNormalization", "bn", "")], "bn is BatchNormalization"),
        ([layer("Dense", "a", "", activation="gelu", use_bias=False)], "the activation 'gelu'"),
        ([layer("ReLU", "r", "", max_value=6.0)], "r is ReLU"),
        ([layer("InputLayer", "i", ""), layer("Dense", "a", "i"), layer("Dense", "b", "i")], "two layers take"),
        ([layer("Dense", "a", "b"), layer("Dense", "b", "a")], "not in a row"),
        ([], "no layer with weights"),
    ],
)
def test_models_that_are_no_chain(tmp_path, layers, message):
    model = {"format": "layers-model", "modelTopology": {"class_name": "Functional", "config": {"layers": layers}}}
    weights = [{"name": f"{name}/kernel", "shape": [1, 1], "dtype": "float32"} for name in "ab"]
    weights += [{"name": f"{name}/bias", "shape": [1], "dtype": "float32"} for name in "ab"]
    (tmp_path / "w.bin").write_bytes(bytes(16))
    model["weightsManifest"] = [{"paths": ["w.bin"], "weights": weights}]
    path = tmp_path / "model.json"
    path.write_text(json.dumps(model), encoding="utf-8")
    with pytest.raises(ExchangeError, match=message):
        read(path)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b"hello", "no format that is known"),
        (b"[1, 2]", "no format that is known"),
        (b'{"weights": 3}', "JSON with other names"),
        (b'{"a.weight": [[NaN]]}', "NaN is there"),
        (b"\x1f\x8b\x08", "compressed"),
        (b"\x93NUMPY\x01\x00", "one array of NumPy"),
        (b'{"format": "scalarnn network", "version": 9}', "version is 9"),
        (b'{"coefs": [[[1.0]]], "intercepts": []}', "two lists of the same length"),
        (b"a 2-1-1 network with 5 weights\noptions were -\n b->h1 i1->h1\n 1.0 2.0\n", "cut off"),
        (b"list(n = c(2, 1, 1), nconn = 0:5, conn = 1, nsunits = 5, wts = 1)", "do not fit"),
        (b"list(n = system('ls'))", "expected a number, a text"),
        (b"list(c(2, 1, 1), c(0, 1))", "niceNames writes them"),
        (b"list(call = f(x", "cut off"),
        (b'{"n": [1, 0, 1], "nconn": [0, 0, 0, 2], "conn": [0, 7], "nsunits": 3, "wts": [0, 1]}', "fed by unit 7"),
        (b'{"n": [1, 0, 1], "nconn": [0, 0, 0.5, 2], "conn": [0, 1], "nsunits": 3, "wts": [0, 1]}', "whole numbers"),
    ],
)
def test_files_of_nobody(tmp_path, data, message):
    path = tmp_path / "file"
    path.write_bytes(data)
    with pytest.raises(ExchangeError, match=message):
        read(path)


def test_what_we_write_is_whole(tmp_path):
    for write, name in ((to_safetensors, "a.safetensors"), (to_onnx, "a.onnx")):
        data, _ = write(NETWORK)
        path = tmp_path / name
        path.write_bytes(data)
        assert said(path) is None
        path.write_bytes(data[:-1])
        assert said(path) is not None
