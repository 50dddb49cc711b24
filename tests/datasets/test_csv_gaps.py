"""Gaps, classes that are called none, ids that become equal, and columns of numbers that are no classes."""

import pytest

from scalarnn.datasets import DataFileError, read_csv
from scalarnn.datasets.csv_files.classes import class_called, looks_like_numbers
from scalarnn.datasets.csv_files.gaps import classes_called_none


def file_of(classes):
    return "x,kind\n" + "".join(f"{n % 7}.5,{name}\n" for n, name in enumerate(classes))


@pytest.mark.parametrize("word", ["none", "None", "NA", "na", "null", "NULL", "n/a"])
def test_a_common_class_called_none(written, word):
    path = written(file_of(["mild", word, "severe"] * 10))
    for missing in ("error", "skip"):
        table = read_csv(path, label="kind", missing=missing)
        assert len(table.X) == 30
        assert word in table.class_names
    assert len(read_csv(path, label="kind", missing="skip", keep_none=False).X) == 20
    with pytest.raises(DataFileError, match=f"line 3, column 'kind': missing, '{word}': expected a class"):
        read_csv(path, label="kind", keep_none=False)


@pytest.mark.parametrize("word", ["none", "NA", "", "?", "nan"])
def test_a_rare_one_is_a_gap(written, word):
    path = written(file_of(["mild", "severe"] * 10 + [word]))
    with pytest.raises(DataFileError, match="line 22, column 'kind': missing"):
        read_csv(path, label="kind")
    assert len(read_csv(path, label="kind", missing="skip").X) == 20
    kept = read_csv(path, label="kind", missing="skip", keep_none=True)
    assert len(kept.X) == (21 if word else 20)


@pytest.mark.parametrize("word", ["", "?", "nan", "NaN"])
def test_common_gaps_that_nobody_calls_a_class(word):
    assert classes_called_none(["mild", "severe", word] * 10) == []


def test_alone_it_is_no_class():
    assert classes_called_none(["none"] * 10) == []
    assert classes_called_none(["none"] * 10, keep=True) == ["none"]


def test_ids_that_become_equal(written):
    far = 2**53
    with pytest.raises(DataFileError) as caught:
        read_csv(written(f"a,id\n1,{far}\n2,{far + 1}\n"))
    message = f"line 3, column 'id': '{far + 1}' and '{far}' in line 2 are the same float: leave this column out"
    assert str(caught.value).endswith(message)
    assert len(read_csv(written(f"a,id\n1,{far}\n2,{far}\n")).X) == 2  # equal as they are
    assert len(read_csv(written(f"a,id\n1,{far}\n2,{far + 2}\n")).X) == 2  # different as floats
    assert len(read_csv(written(f"{far},{far + 1}\n")).X) == 1  # in different columns
    assert read_csv(written(f"id,a\n{far},1\n{far + 1},2\n"), label="id").class_names == [str(far), str(far + 1)]
    with pytest.raises(DataFileError, match="the same float"):
        read_csv(written(f"id\n-{far + 1}\n-{far}\n"))


def test_unused_columns_may_be_called_alike(written):
    path = written("note,x,note,x,kind\na,1,b,2,c\na,3,b,4,d\n")
    assert read_csv(path, label="kind", columns=[1]).X == [[1.0], [3.0]]
    for options in ({"columns": ["x"]}, {"columns": [1, 3]}, {"columns": ["kind"], "label": "note"}, {}):
        with pytest.raises(DataFileError, match=r"line 1: two columns are called '(x|note)'"):
            read_csv(path, **{"label": "kind"} | options)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([f"{n}.5" for n in range(30)], True),
        ([f"{n % 14}.5" for n in range(90)], True),
        ([str(n) for n in range(30)], True),
        ([str(1000 + n * 37 % 25) for n in range(60)], True),
        ([f"{n}e2" for n in range(30)], True),
        (["1.5", "2.5", "0.3"], True),
        (["0", "1"] * 20, False),
        (["0.0", "1.0", "2.0"] * 20, False),
        ([str(n % 10) for n in range(50)], False),
        ([str(n % 40) for n in range(400)], False),  # faces of forty people, ten each
        (["1.5", "2.5", "3.5"] * 9, False),
        (["a", "b"], False),
        ([*(f"{n}.5" for n in range(30)), "a"], False),
    ],
)
def test_numbers_that_are_no_classes(texts, expected):
    assert looks_like_numbers(texts) is expected


def test_a_class_by_its_number():
    assert class_called("1.0", ["0", "1"]) == 1
    assert class_called("01", ["0", "1"]) == 1
    assert class_called("1.0", ["1", "1.0"]) == 1  # by its name first
    assert class_called("2", ["0", "1"]) is None
    assert class_called("1.0", ["1", "x"]) is None
    assert class_called("one", ["1", "2"]) is None
