"""The data that comes with the package: whole, as it was published, and beside its licence."""

import hashlib

from scalarnn.datasets import load_digits, load_penguins
from scalarnn.datasets.digits import FILE as DIGITS
from scalarnn.datasets.penguins import FILE as PENGUINS


def test_digits():
    digits = load_digits()
    assert len(digits.X) == len(digits.labels) == 1797
    assert {len(x) for x in digits.X} == {64}
    assert {ink for x in digits.X for ink in x} == {float(ink) for ink in range(17)}
    assert all(type(ink) is float for ink in digits.X[0])
    assert [digits.labels.count(digit) for digit in range(10)] == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert digits.class_names == [str(digit) for digit in range(10)]
    assert (digits.feature_names[0], digits.feature_names[9], len(digits.feature_names)) == (
        "pixel_0_0",
        "pixel_1_1",
        64,
    )


def test_digits_are_those_of_scikit_learn():
    """SHA-256 of load_digits() of scikit-learn 1.9.1: pixels and digits as bytes, row after row."""
    digits = load_digits()
    rows = b"".join(bytes(map(int, [*x, label])) for x, label in zip(digits.X, digits.labels, strict=True))
    assert hashlib.sha256(rows).hexdigest() == "68aea062d35a127749050fa0e52dca09d6569ac08092c925610e0954e172dde2"


def test_a_call_gives_lists_of_its_own():
    load_digits().X[0][0] = 99.0
    assert load_digits().X[0][0] == 0.0


def test_penguins():
    penguins = load_penguins()
    assert len(penguins.X) == len(penguins.labels) == 342
    assert penguins.feature_names == ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]
    assert penguins.class_names == ["Adelie", "Chinstrap", "Gentoo"]
    assert [penguins.labels.count(species) for species in range(3)] == [151, 68, 123]
    assert penguins.X[0] == [39.1, 18.7, 181.0, 3750.0]
    assert penguins.X[-1] == [50.2, 18.7, 198.0, 3775.0]


def test_penguins_are_as_published():
    """SHA-256 of penguins.csv in palmerpenguins 0.1.6."""
    data = PENGUINS.read_bytes().replace(b"\r\n", b"\n")
    assert hashlib.sha256(data).hexdigest() == "f204db2c753b0937caac3cb35258562c14f073e4bbc76be24b4c51ce22767a93"


def test_licence_and_origin_stand_beside_the_data():
    notes = (PENGUINS.parent / "README.md").read_text(encoding="utf-8")
    for path in PENGUINS.parent.iterdir():
        if path.name != "README.md":
            assert f"## {path.name}\n" in notes
    assert "CC0" in notes
    assert "CC BY 4.0" in notes
    assert notes.count("**Licence**") == notes.count("**Origin**") == 2


def test_data_files_are_small():
    assert DIGITS.stat().st_size < 60_000
    assert PENGUINS.stat().st_size < 20_000
