"""QuickDraw's .npy bitmaps: NumPy's own files read alike, everything else refused by one error."""

import io
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scalarnn.datasets import DataFileError, read_bitmaps
from scalarnn.datasets.bitmaps import MAGIC
from tests.datasets.damage import outcome

HEADER = "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 784), }"
PIXELS = bytes(n % 256 for n in range(2 * 784))


def npy(header=HEADER, pixels=PIXELS, version=(1, 0), length=None):
    text = header.encode() if isinstance(header, str) else header
    width = 2 if version[0] == 1 else 4
    length = len(text) if length is None else length
    return MAGIC + bytes(version) + length.to_bytes(width, "little") + text + pixels


@pytest.mark.parametrize("version", [(1, 0), (2, 0), (3, 0)])
def test_files_of_numpy(written, version):
    numpy = pytest.importorskip("numpy")
    array = (numpy.arange(3 * 784) * 7 % 256).astype("uint8").reshape(3, 784)
    file = io.BytesIO()
    numpy.lib.format.write_array(file, array, version=version)
    X = read_bitmaps(written(file.getvalue()))
    assert array.tolist() == X
    assert {type(ink) for ink in X[0]} == {float}
    assert read_bitmaps(written(file.getvalue()), first=2) == array[:2].tolist()
    assert read_bitmaps(written(file.getvalue()), first=None) == array.tolist()


def test_a_header_written_otherwise(written):
    header = '{"shape":(2,784),"fortran_order":False,"descr":"<u1"}\n'
    assert read_bitmaps(written(npy(header))) == read_bitmaps(written(npy()))
    assert read_bitmaps(written(npy()))[1][0] == 784 % 256


@pytest.mark.parametrize("shape", ["(2, 28, 28)", "(2, 1, 784)", "(2, 1, 28, 28)", "(2, 28, 28, 1)", "(2, 784, 1)"])
def test_pixels_in_another_shape(written, shape):
    assert read_bitmaps(written(npy(HEADER.replace("(2, 784)", shape)))) == read_bitmaps(written(npy(), "flat"))


BROKEN = {
    "nothing": (b"", "byte 0: b''"),
    "half the magic": (MAGIC[:3], "byte 0"),
    "a zip": (b"PK\x03\x04" + bytes(99), "byte 0: b'PK"),
    "no version": (MAGIC, "cut off at byte 6: expected a version"),
    "a version of tomorrow": (npy(version=(4, 0)), r"byte 6: version 4\.0: expected 1\.0, 2\.0 or 3\.0"),
    "no length": (MAGIC + b"\x01\x00\x10", "cut off at byte 9: expected the length of the header"),
    "a huge header": (npy(version=(2, 0), length=2**32 - 1), "byte 8: a header of 4294967295 bytes"),
    "half a header": (npy()[:30], "cut off at byte 30: expected a header up to byte"),
    "text of another kind": (npy(b"\xff" + HEADER.encode(), version=(3, 0)), "byte 12: the header is not UTF-8"),
    "no dictionary": (npy("[1, 2]"), "byte 10: the header is"),
    "code": (npy("{'descr': __import__('os').getpid(), 'fortran_order': False, 'shape': (2, 784)}"), "the header is"),
    "nested": (npy("{'descr': " + "(" * 4000 + ")" * 4000 + "}"), "the header is"),
    "open brackets": (npy("{" + "[" * 9000), "the header is"),
    "a key twice": (npy(HEADER.replace("}", "'shape': (1, 784)}")), "the header is"),
    "a key too many": (npy(HEADER.replace("}", "'extra': True}")), "the header is"),
    "a key missing": (npy("{'descr': '|u1', 'shape': (2, 784)}"), "the header is"),
    "float64": (npy(HEADER.replace("|u1", "<f8")), "descr is .*<f8.*expected '|u1', that is uint8"),
    "objects": (npy(HEADER.replace("|u1", "|O")), "descr is"),
    "Fortran order": (npy(HEADER.replace("False", "True")), "fortran_order is 'True': expected False, C order"),
    "a negative shape": (npy(HEADER.replace("(2,", "(-2,")), r"shape is '\(-2, 784\)': expected \(n, 784\)"),
    "a vast shape": (npy(HEADER.replace("(2,", "(" + "9" * 18 + ",")), "cut off at byte"),
    "a shape beyond counting": (npy(HEADER.replace("(2,", "(" + "9" * 5000 + ",")), "shape is"),
    "no drawing": (npy(HEADER.replace("(2,", "(0,"), b""), "shape is"),
    "one dimension": (npy(HEADER.replace("(2, 784)", "(1568,)")), "shape is"),
    "three dimensions": (npy(HEADER.replace("(2, 784)", "(2, 28, 29)")), "shape is"),
    "too many dimensions": (npy(HEADER.replace("(2, 784)", "(2, 28, 28, 1, 1, 1, 1)")), "shape is"),
    "an archive": (b"PK\x03\x04" + bytes(99), r"an archive \(.npz\).*numpy.save"),
    "cut off": (npy()[:-1], r"cut off at byte 1638: expected 1639 bytes for shape \(2, 784\)"),
    "too long": (npy() + b"!", "byte 1639: expected the end of the file"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken(written, name):
    content, message = BROKEN[name]
    with pytest.raises(DataFileError, match=message) as caught:
        read_bitmaps(written(content), first=None)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 400


def test_something_without_a_size():
    if os.name != "posix":
        pytest.skip("no devices here")
    with pytest.raises(DataFileError, match="not a regular file"):
        read_bitmaps("/dev/zero")


def test_first_that_does_not_fit(written):
    with pytest.raises(ValueError, match="first is 0"):
        read_bitmaps(written(npy()), first=0)
    with pytest.raises(TypeError, match="first is True"):
        read_bitmaps(written(npy()), first=True)


@given(data=st.data())
@settings(max_examples=150)
def test_damage_is_read_or_named(written, data):
    content = bytearray(npy(version=data.draw(st.sampled_from([(1, 0), (2, 0), (3, 0)]))))
    for _ in range(data.draw(st.integers(0, 3))):
        at = data.draw(st.one_of(st.integers(0, 80), st.integers(0, len(content) - 1)))
        content[at : at + data.draw(st.integers(0, 2))] = data.draw(
            st.one_of(st.binary(max_size=2), st.sampled_from([b"(", b")", b"'", b",", b"-", b"9" * 30, b"{", b"}"]))
        )
    content = content[: data.draw(st.one_of(st.just(len(content)), st.integers(0, len(content))))]
    X, message = outcome(read_bitmaps, written(bytes(content)))
    assert message.isprintable()
    assert message or {len(x) for x in X} == {784}
