"""Save and load: bit for bit, whole or not at all, and one error for whatever is wrong with a file."""

import errno
import itertools
import json
import math
import os
import signal
import stat
import struct
import subprocess
import sys
import textwrap
import time
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from scalarnn import Identity, Layer, LeakyReLU, Network, ReLU, Sigmoid, Softmax, Tanh, saving
from scalarnn.dual import Dual
from scalarnn.float32 import Float32
from scalarnn.random_numbers import LegacyRandom
from scalarnn.saving import SavedNetworkError, from_text, load, load_with_notes, save, to_text

FUZZ = settings(
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=150,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def small():
    return Network([Layer([[0.1, -2.5], [3.0, 1e-300]], [0.0, -0.0], ReLU()), Layer([[1.5, 2.5]], [7.0])])


def parameters(network):
    """Every weight and bias with its type, floats as bits."""
    found = []
    for layer in network.layers:
        for row in [*layer.W, layer.b]:
            for value in row:
                found.append((type(value), struct.pack("<d", value) if type(value) is float else value))
        found.append(repr(layer.activation))
    return found


# ---- there and back --------------------------------------------------------------------------------------------------


def test_there_and_back(tmp_path):
    random = LegacyRandom(0)
    network = Network([Layer(random.randn(16, 64), random.randn(16), ReLU()), Layer(random.randn(10, 16), [0.0] * 10)])
    before = parameters(network)
    save(network, tmp_path / "model.json")
    again = load(tmp_path / "model.json")
    assert parameters(again) == before == parameters(network)
    x = random.randn(64)
    assert again.forward(x) == network.forward(x)


ACTIVATIONS = [None, Identity(), ReLU(), LeakyReLU(), LeakyReLU(Fraction(1, 3)), Sigmoid(), Softmax(), Tanh()]
NUMBERS = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(),
    st.fractions(),
    st.sampled_from([5e-324, -0.0, 1.7976931348623157e308, 0.1 + 0.2, 2**53 + 1, Fraction(3), Fraction(-1, 7)]),
)


@FUZZ
@given(
    st.lists(st.integers(1, 4), min_size=2, max_size=4).flatmap(
        lambda sizes: st.tuples(
            *[
                st.tuples(
                    st.lists(st.lists(NUMBERS, min_size=n, max_size=n), min_size=m, max_size=m),
                    st.lists(NUMBERS, min_size=m, max_size=m),
                    st.sampled_from(ACTIVATIONS),
                )
                for n, m in itertools.pairwise(sizes)
            ]
        )
    )
)
def test_every_kind_of_number_comes_back_as_it_was(layers):
    network = Network([Layer(W, b, activation) for W, b, activation in layers])
    text = to_text(network)
    again, notes = from_text(text)
    assert parameters(again) == parameters(network)
    assert notes == {}
    assert to_text(again) == text


def test_a_loaded_network_is_fresh():
    network = small()
    network.forward([1.0, 2.0])
    again, _ = from_text(to_text(network))
    assert again.layers[0].x is None
    assert network.layers[0].x == [1.0, 2.0]


NOTES = st.dictionaries(
    st.text(max_size=4),
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text()),
        lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner, max_size=3)),
        max_leaves=8,
    ),
    max_size=4,
)


@FUZZ
@given(NOTES)
@example({"\ud800": ["\udfff", "ŷ\n\x00"]})
def test_notes_come_back(notes):
    text = to_text(small(), notes)
    assert text.isascii()
    assert from_text(text)[1] == notes


def test_a_tuple_among_the_notes_comes_back_as_a_list():
    assert from_text(to_text(small(), {"sizes": (2, 2, 1)}))[1] == {"sizes": [2, 2, 1]}


def test_the_file_is_json_that_a_person_can_read(tmp_path):
    save(small(), tmp_path / "model.json", notes={"seed": 0})
    text = (tmp_path / "model.json").read_text(encoding="ascii")
    assert json.loads(text) == {
        "format": "scalarnn network",
        "version": 1,
        "layers": [
            {"activation": {"name": "ReLU"}, "b": [0.0, -0.0], "W": [[0.1, -2.5], [3.0, 1e-300]]},
            {"activation": None, "b": [7.0], "W": [[1.5, 2.5]]},
        ],
        "notes": {"seed": 0},
    }
    assert max(len(line) for line in text.splitlines()) < 40


# ---- what is not saved -----------------------------------------------------------------------------------------------


class Own(ReLU):
    pass


@pytest.mark.parametrize(
    ("spoil", "kind", "message"),
    [
        (lambda layer: layer.W[1].__setitem__(0, math.nan), ValueError, r"layers\[0\]\.W\[1\]\[0\] is nan"),
        (lambda layer: layer.b.__setitem__(1, math.inf), ValueError, r"layers\[0\]\.b\[1\] is inf"),
        (lambda layer: layer.b.__setitem__(1, True), TypeError, r"layers\[0\]\.b\[1\] is True"),
        (
            lambda layer: layer.b.__setitem__(1, Float32(1)),
            TypeError,
            r"b\[1\] is Float32\(1\.0\), a Float32: only float",
        ),
        (lambda layer: layer.b.__setitem__(1, Dual(1, 2)), TypeError, "a Dual: only float, int and Fraction"),
        (lambda layer: layer.b.__setitem__(1, 10**4000), ValueError, r"layers\[0\]\.b\[1\] has more than 4000 digits"),
        (lambda layer: layer.b.__setitem__(1, Fraction(1, 10**4000)), ValueError, "more than 4000 digits"),
        (lambda layer: layer.b.append(1.0), ValueError, r"layers\[0\]\.b has length 3: expected 2"),
        (lambda layer: layer.W.append([1.0]), ValueError, r"layers\[0\]\.W\[2\] has length 1: expected 2"),
        (
            lambda layer: setattr(layer, "activation", Own()),
            TypeError,
            r"layers\[0\]\.activation is .*only None, Identity",
        ),
        (lambda layer: setattr(layer, "activation", "relu"), TypeError, r"layers\[0\]\.activation is 'relu'"),
        (
            lambda layer: (layer.W.append([1.0, 2.0]), layer.b.append(0.0)),
            ValueError,
            r"layers\[1\]\.W\[0\] has length 2",
        ),
    ],
)
def test_what_would_not_come_back_is_refused(tmp_path, spoil, kind, message):
    path = tmp_path / "model.json"
    save(small(), path)
    before = path.read_bytes()
    network = small()
    spoil(network.layers[0])
    with pytest.raises(kind, match=message):
        save(network, path)
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["model.json"]


def nested(depth):
    value = 1
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("notes", "kind", "message"),
    [
        ([1], TypeError, r"notes is a list of 1: expected a dict"),
        ({1: 2}, TypeError, "notes: the key 1, an int: expected text"),
        ({"a": math.nan}, ValueError, r"notes\['a'\] is nan"),
        ({"a": [1, {"b": {1}}]}, TypeError, r"notes\['a'\]\[1\]\['b'\] is \{1\}, a set"),
        ({"a": Fraction(1, 2)}, TypeError, r"notes\['a'\] is Fraction\(1, 2\)"),
        ({"a": 10**5000}, ValueError, "more than 4000 digits"),
        ({"a": nested(30)}, ValueError, "more than 20 deep"),
        ({"a": nested(5000)}, ValueError, "more than 20 deep"),
    ],
)
def test_notes_that_would_not_come_back(notes, kind, message):
    with pytest.raises(kind, match=message):
        to_text(small(), notes)


def test_notes_that_hold_themselves():
    notes = {}
    notes["me"] = notes
    with pytest.raises(ValueError, match="more than 20 deep"):
        to_text(small(), notes)


def test_only_a_network_is_saved(tmp_path):
    with pytest.raises(TypeError, match="network is a list of 1: expected a Network"):
        save([1], tmp_path / "model.json")
    assert not list(tmp_path.iterdir())


def test_what_cannot_be_loaded_is_not_saved(monkeypatch):
    monkeypatch.setattr(saving, "LARGEST_FILE", 100)
    with pytest.raises(ValueError, match="too large for this format"):
        to_text(small())


def test_the_limit_on_lists_is_the_same_both_ways(monkeypatch):
    notes = {"a": [[], {}, "[{[:"]}
    text = to_text(small(), notes)
    limit = text.count("[") + text.count("{") + text.count(":")
    monkeypatch.setattr(saving, "MOST_PARTS", limit)
    assert from_text(to_text(small(), notes))[1] == notes
    monkeypatch.setattr(saving, "MOST_PARTS", limit - 1)
    with pytest.raises(ValueError, match="too large"):
        to_text(small(), notes)
    with pytest.raises(SavedNetworkError, match="lists, objects and keys: no network has so many rows"):
        from_text(text)


def test_the_limit_on_layers_is_the_same_both_ways():
    network = Network([Layer([[1.0]], [0.0]) for _ in range(saving.MOST_LAYERS)])
    text = to_text(network)
    assert len(from_text(text)[0].layers) == saving.MOST_LAYERS
    one_more = Network([*network.layers, Layer([[1.0]], [0.0])])
    message = f"{saving.MOST_LAYERS + 1} layers: expected at most {saving.MOST_LAYERS}"
    with pytest.raises(ValueError, match=message):
        to_text(one_more)
    layer = text[text.index("  {") : text.index(",\n  {")]
    with pytest.raises(SavedNetworkError, match=message):
        from_text(text.replace(layer, f"{layer},\n{layer}", 1))


# ---- what is not loaded ----------------------------------------------------------------------------------------------

GOOD = to_text(small(), {"seed": 1})


def changed(change):
    parts = json.loads(GOOD)
    change(parts)
    return json.dumps(parts)


def at(*path, value):
    def change(parts):
        for key in path[:-1]:
            parts = parts[key]
        parts[path[-1]] = value

    return changed(change)


def without(*path):
    def change(parts):
        for key in path[:-1]:
            parts = parts[key]
        del parts[path[-1]]

    return changed(change)


W00 = ("layers", 0, "W", 0, 0)
BROKEN = [
    ("", "line 1, column 1: not JSON"),
    (GOOD[:-3], "not JSON"),
    (GOOD + "x", "not JSON: Extra data"),
    ("\ufeff" + GOOD, "not JSON"),
    ("null", "the file is None: expected an object with format, version, layers"),
    ("[]", "the file is a list of 0"),
    ('"x"', "the file is 'x'"),
    ("{}", 'the file\'s format is None: expected "scalarnn network"'),
    (at("format", value="keras"), "the file's format is 'keras'"),
    (without("version"), "version is None: expected 1"),
    (at("version", value=0), "version is 0, an int: expected 1"),
    (at("version", value=True), "version is True"),
    (at("version", value=1.0), r"version is 1\.0"),
    (at("version", value=2), "^version is 2: this scalarnn reads version 1; a newer one wrote it"),
    ('{"format": "scalarnn network", "version": 3, "rooms": 1}', "version is 3: this scalarnn reads version 1"),
    (without("layers"), "the file has no layers"),
    (at("extra", value=1), "the file has 'extra': expected format, version, layers, notes only"),
    (at("layers", value=[]), "layers is a list of 0: expected a list of at least one layer"),
    (at("layers", value={}), "layers is an object"),
    (at("layers", 0, value=None), r"layers\[0\] is None: expected an object with activation, b, W"),
    (without("layers", 1, "b"), r"layers\[1\] has no b"),
    (at("layers", 1, "c", value=1), r"layers\[1\] has 'c'"),
    (at("layers", 0, "W", value=[]), r"layers\[0\]\.W is a list of 0"),
    (at("layers", 0, "W", value=7), r"layers\[0\]\.W is 7"),
    (at("layers", 0, "W", 1, value=[]), r"layers\[0\]\.W\[1\] is a list of 0"),
    (at("layers", 0, "W", 1, value=[1.0]), r"layers\[0\]\.W\[1\] has 1 numbers: expected 2, as in layers\[0\]\.W\[0\]"),
    (
        at("layers", 1, "W", 0, value=[1.0]),
        r"layers\[1\]\.W\[0\] has 1 numbers: expected 2, one weight for each neuron",
    ),
    (at("layers", 0, "b", value=[1.0]), r"layers\[0\]\.b has 1 numbers: expected 2, one for each row of W"),
    (at(*W00, value=None), r"layers\[0\]\.W\[0\]\[0\] is None: expected a number"),
    (at(*W00, value=True), r"layers\[0\]\.W\[0\]\[0\] is True"),
    (at(*W00, value=[1.0]), r"layers\[0\]\.W\[0\]\[0\] is a list of 1"),
    (at(*W00, value="0.1"), r"layers\[0\]\.W\[0\]\[0\] is '0\.1': expected a number, or a fraction"),
    (at(*W00, value=math.nan), r"layers\[0\]\.W\[0\]\[0\] is nan: expected a finite number"),
    (at(*W00, value=-math.inf), r"layers\[0\]\.W\[0\]\[0\] is -inf"),
    (GOOD.replace("0.1", "1e999"), r"layers\[0\]\.W\[0\]\[0\] is inf"),
    (GOOD.replace("0.1", "9" * 4001), "a number of 4001 digits"),
    (GOOD.replace("0.1", '"1/' + "9" * 4001 + '"'), r"layers\[0\]\.W\[0\]\[0\]: a number of 4001 digits"),
    (at(*W00, value="1/0"), r"layers\[0\]\.W\[0\]\[0\] is '1/0': expected a fraction in lowest terms"),
    (at(*W00, value="2/4"), "lowest terms"),
    (at(*W00, value="01/2"), "lowest terms"),
    (at(*W00, value="-0/1"), "lowest terms"),
    (at(*W00, value="1/-2"), "expected a number, or a fraction"),
    (at(*W00, value="1/2\n"), "expected a number, or a fraction"),
    (at(*W00, value="١/2"), "expected a number, or a fraction"),
    (at("layers", 0, "activation", value="ReLU"), r"layers\[0\]\.activation is 'ReLU': expected an object with name"),
    (at("layers", 0, "activation", value={}), r"layers\[0\]\.activation has no name"),
    (at("layers", 0, "activation", value={"name": "Swish"}), r"activation\.name is 'Swish': expected one of Identity"),
    (at("layers", 0, "activation", value={"name": ["ReLU"]}), r"activation\.name is a list of 1"),
    (at("layers", 0, "activation", value={"name": "ReLU", "slope": 1}), "has slope: ReLU takes none"),
    (at("layers", 0, "activation", value={"name": "LeakyReLU"}), r"layers\[0\]\.activation has no slope"),
    (at("layers", 0, "activation", value={"name": "ELU", "slope": 1}), r"layers\[0\]\.activation has no alpha"),
    (at("layers", 0, "activation", value={"name": "ELU", "alpha": None}), r"activation\.alpha is None"),
    (at("layers", 0, "activation", value={"name": "GELU", "alpha": 1}), "has alpha: GELU takes none"),
    (at("layers", 0, "activation", value={"name": "LeakyReLU", "slope": "x"}), r"activation\.slope is 'x'"),
    (at("notes", value=[1]), "notes is a list of 1: expected an object"),
    (at("notes", value=None), "notes is None: expected an object"),
    (at("notes", "seed", value=math.nan), r"notes\['seed'\] is nan"),
    (at("notes", "seed", value=nested(30)), "more than 20 deep"),
    (GOOD.replace('"seed": 1', '"a": 1, "a": 1'), "notes: the key 'a' is there twice"),
    (GOOD.replace('"seed": 1', '"a": [{"b": 1, "b": 1}]'), r"notes\['a'\]\[0\]: the key 'b' is there twice"),
    (GOOD.replace('"version": 1', '"version": 1, "version": 1'), "the file: the key 'version' is there twice"),
    (GOOD.replace('"b": [7.0]', '"b": [7.0], "b": [7.0]'), r"layers\[1\]: the key 'b' is there twice"),
    (GOOD.replace('"name": "ReLU"', '"name": 1, "name": 2'), r"layers\[0\]\.activation: the key 'name' is there twice"),
    ("[" * 100_000, "too deep to read"),
    ('{"a":' * 100_000, "too deep to read"),
    (GOOD.replace("0.1", "[" * 100_000 + "]" * 100_000), "too deep to read"),
    ("{" + '"a":1,' * 2**20 + "}", "more than 1048576 lists, objects and keys"),
    ("[" * (2**20 + 1), "more than 1048576 lists, objects and keys"),
    (at("\ud800\n\x1b[31m" + "k" * 999, value=1), r"the file has '\\ud800"),
]


@pytest.mark.parametrize(("text", "message"), [pytest.param(t, m, id=f"{i}") for i, (t, m) in enumerate(BROKEN)])
def test_broken(tmp_path, text, message):
    with pytest.raises(SavedNetworkError, match=message) as caught:
        from_text(text)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 300
    assert isinstance(caught.value, ValueError)
    path = tmp_path / "model.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SavedNetworkError) as caught_again:
        load(path)
    assert str(caught_again.value) == f"{path}: {caught.value}"
    assert caught_again.value.__cause__ is None


def test_bytes_that_are_no_text(tmp_path):
    path = tmp_path / "model.json"
    path.write_bytes(GOOD.encode()[:20] + b"\xff")
    with pytest.raises(SavedNetworkError, match=r"model\.json: byte 20 is not UTF-8 text"):
        load(path)


def test_a_huge_file_is_not_read_to_its_end(tmp_path):
    path = tmp_path / "model.json"
    with path.open("wb") as file:
        file.truncate(2**36)  # a hole of 64 GiB takes no room
    with pytest.raises(SavedNetworkError, match="larger than 32 MiB"):
        load(path)


def test_text_of_another_type():
    with pytest.raises(TypeError, match="text is b'"):
        from_text(b"{}")


def test_no_such_file(tmp_path):
    with pytest.raises(FileNotFoundError):
        load(tmp_path / "none.json")
    with pytest.raises(OSError, match="directory"):
        load(tmp_path)


def outcome(read, argument):
    try:
        return read(argument), ""
    except SavedNetworkError as error:
        return None, str(error)


@FUZZ
@given(data=st.data())
def test_damage_is_loaded_or_named(tmp_path, data):
    """Cut, flipped, with pieces put in anywhere: a sound network, or the one error."""
    content = bytearray(GOOD.encode())
    for _ in range(data.draw(st.integers(0, 4))):
        where = data.draw(st.integers(0, len(content) - 1))
        content[where : where + data.draw(st.integers(0, 3))] = data.draw(
            st.one_of(
                st.binary(max_size=2),
                st.sampled_from([b"[", b"]", b"{", b"}", b'"', b",", b":", b"-", b"e9", b"e999", b"9" * 5000, b"NaN"]),
                st.sampled_from([b"[" * 3000, b"\\ud800", b"\x00", b"null", b'"1/3"', b'"1/0"', b"Infinity", b"true"]),
            )
        )
    if data.draw(st.booleans()):
        content = content[: data.draw(st.integers(0, len(content)))]
    path = tmp_path / "model.json"
    path.write_bytes(content)
    loaded, message = outcome(load_with_notes, path)
    assert message.isprintable()
    if loaded:
        network, notes = loaded
        assert parameters(from_text(to_text(network, notes))[0]) == parameters(network)
    else:
        assert "model.json: " in message


@FUZZ
@given(st.integers(0, len(GOOD.encode()) * 8 - 1))
def test_one_flipped_bit(bit):
    content = bytearray(GOOD.encode())
    content[bit // 8] ^= 1 << bit % 8
    loaded, message = outcome(from_text, content.decode("latin-1"))
    assert message.isprintable()
    assert loaded or message


LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(-2, 2), st.floats(), st.sampled_from(["ReLU", "LeakyReLU", "1/2", "1/0", ""])
)
KEYS = st.sampled_from(["format", "version", "layers", "activation", "name", "slope", "b", "W", "notes", "x"])
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=15,
)


@FUZZ
@given(
    ANYTHING, st.sampled_from([("layers",), ("layers", 0), ("layers", 0, "W"), ("layers", 1, "activation"), ("notes",)])
)
@example({"layers": None}, ("layers",))
def test_anything_anywhere(value, place):
    for text in (json.dumps(value), at(*place, value=value)):
        loaded, message = outcome(from_text, text)
        assert message.isprintable()
        assert loaded or message


# ---- files -----------------------------------------------------------------------------------------------------------


def test_nothing_is_left_beside_the_file(tmp_path):
    save(small(), tmp_path / "model.json")
    save(small(), tmp_path / "model.json")
    assert [entry.name for entry in tmp_path.iterdir()] == ["model.json"]


@pytest.mark.parametrize("step", ["fsync", "replace", "chmod"])
def test_a_failure_in_the_middle_leaves_the_old_file(tmp_path, monkeypatch, step):
    path = tmp_path / "model.json"
    save(small(), path, notes={"old": True})
    before = path.read_bytes()

    def fail(*_):
        raise OSError("no room left")

    if step == "fsync":
        monkeypatch.setattr(os, "fsync", fail)
    else:
        monkeypatch.setattr(Path, step, fail)
    with pytest.raises(OSError, match="no room left"):
        save(small(), path, notes={"old": False})
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["model.json"]


def test_a_folder_is_not_replaced(tmp_path):
    with pytest.raises(OSError, match="not a file, so it will not be replaced"):
        save(small(), tmp_path)
    with pytest.raises(FileNotFoundError):
        save(small(), tmp_path / "none" / "model.json")


@pytest.mark.skipif(os.name != "posix", reason="permissions and links as POSIX has them")
def test_permissions_and_links_stay(tmp_path):
    path = tmp_path / "model.json"
    old_mask = os.umask(0o027)
    try:
        save(small(), path)
    finally:
        os.umask(old_mask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    path.chmod(0o604)
    save(small(), path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o604
    link = tmp_path / "link.json"
    link.symlink_to(path)
    save(small(), link, notes={"through": "the link"})
    assert link.is_symlink()
    assert load_with_notes(path)[1] == {"through": "the link"}


@pytest.mark.skipif(os.name != "posix", reason="links as POSIX has them")
def test_links_in_a_circle_are_an_os_error(tmp_path):
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(OSError, match="symbolic links") as caught:
        save(small(), tmp_path / "a")
    assert caught.value.errno == errno.ELOOP
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a", "b"]


@pytest.mark.skipif(os.name != "posix", reason="folders are brought to the disk as POSIX does it")
def test_a_folder_that_may_not_be_listed_is_no_failure(tmp_path, monkeypatch):
    real = os.open

    def refuse(path, *more, **others):
        if Path(path) == tmp_path:
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(path, *more, **others)

    def refuse_list(path):
        raise PermissionError(errno.EACCES, "Permission denied", path)

    monkeypatch.setattr(os, "open", refuse)
    monkeypatch.setattr(os, "scandir", refuse_list)
    save(small(), tmp_path / "model.json")
    assert parameters(load(tmp_path / "model.json")) == parameters(small())


def ended_process():
    """The number of a process that is no more."""
    with subprocess.Popen([sys.executable, "-S", "-c", ""]) as process:
        process.wait()
    return process.pid


@pytest.mark.skipif(os.name != "posix", reason="processes are looked for as POSIX does it")
def test_what_a_killed_save_left_is_removed_and_nothing_else(tmp_path):
    dead = ended_process()
    left = [f".model.json.{dead}.0123abcd.tmp", f".model.json.{dead}.ffffffff.tmp"]
    others = [
        f".model.json.{os.getpid()}.0123abcd.tmp",  # whose process lives
        f".model.json.{os.getppid()}.0123abcd.tmp",
        f".model.json.{10**30}.0123abcd.tmp",  # no number of a process
        ".model.json.0.0123abcd.tmp",
        f".other.json.{dead}.0123abcd.tmp",
        f".modelxjson.{dead}.0123abcd.tmp",
        f".model.json.{dead}.0123abcd.tmp.json",
        f".model.json.{dead}.0123.tmp",
        f"model.json.{dead}.0123abcd.tmp",
    ]
    young = f".model.json.{dead}.00000000.tmp"
    for name in [*left, *others, young]:
        (tmp_path / name).write_text("half", encoding="utf-8")
    long_ago = time.time() - saving.LEFT_FOR - 1
    for name in [*left, *others]:
        os.utime(tmp_path / name, (long_ago, long_ago))
    folder = f".model.json.{dead}.11111111.tmp"
    (tmp_path / folder).mkdir()
    os.utime(tmp_path / folder, (long_ago, long_ago))
    link = f".model.json.{dead}.22222222.tmp"
    (tmp_path / link).symlink_to(tmp_path / others[0])
    os.utime(tmp_path / link, (long_ago, long_ago), follow_symlinks=False)
    save(small(), tmp_path / "model.json")
    found = {entry.name for entry in tmp_path.iterdir()}
    assert found == {"model.json", *others, young, folder, link}


@pytest.mark.skipif(os.name != "posix", reason="processes are looked for as POSIX does it")
def test_a_save_that_fails_removes_nothing_of_others(tmp_path, monkeypatch):
    left = tmp_path / f".model.json.{ended_process()}.0123abcd.tmp"
    left.write_text("whole, perhaps", encoding="utf-8")
    os.utime(left, (0, 0))

    def fail(*_):
        raise OSError("no room left")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="no room left"):
        save(small(), tmp_path / "model.json")
    assert [entry.name for entry in tmp_path.iterdir()] == [left.name]


SAVER = """
    import os, sys, time
    from scalarnn import Layer, Network
    from scalarnn.saving import save
    stop_at = sys.argv[2]
    def wait(*arguments):
        print("here", flush=True)
        time.sleep(60)
    if stop_at == "fsync":
        os.fsync = wait
    if stop_at == "replace":
        from pathlib import Path
        Path.replace = wait
    size = 120
    k = 0
    while True:
        k += 1
        save(Network([Layer([[float(k)] * size] * size, [float(k)] * size)]), sys.argv[1], notes={"k": k})
        if k == 1:
            print("saved", flush=True)
"""


def started(path, stop_at):
    root = Path(__file__).resolve().parents[2]
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(SAVER), str(path), stop_at],
        stdout=subprocess.PIPE,
        text=True,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
    )


@pytest.mark.parametrize("stop_at", ["fsync", "replace"])
def test_a_kill_in_the_middle_leaves_the_old_file(tmp_path, stop_at):
    path = tmp_path / "model.json"
    save(small(), path)
    before = path.read_bytes()
    with started(path, stop_at) as process:
        assert process.stdout.readline() == "here\n"
        process.kill()
    assert process.returncode == -signal.SIGKILL if os.name == "posix" else process.returncode != 0
    assert path.read_bytes() == before
    assert parameters(load(path)) == parameters(small())
    left = [entry for entry in tmp_path.iterdir() if entry != path]
    assert len(left) == 1
    os.utime(left[0], (0, 0))
    save(small(), path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["model.json"] or os.name != "posix"


def test_a_kill_at_any_time_leaves_a_whole_file(tmp_path):
    path = tmp_path / "model.json"
    for attempt in range(8):
        with started(path, "never") as process:
            assert process.stdout.readline() == "saved\n"
            time.sleep(0.013 * attempt)
            process.kill()
        network, notes = load_with_notes(path)
        assert {value for row in network.layers[0].W for value in row} == {float(notes["k"])}
