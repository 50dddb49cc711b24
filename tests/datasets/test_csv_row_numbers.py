"""Columns that only count the rows are no features: pandas and R write one in front, and others an id."""

import random

import pytest

from scalarnn.datasets import DataFileError, read_csv
from scalarnn.datasets.csv_files.reader import read_sheet
from scalarnn.datasets.csv_files.row_numbers import may_count_rows, why_left_out
from scalarnn.datasets.csv_files.sheet import opened_sheet

N = 12


def file_of(names, first):
    """A table whose first column is given."""
    lines = [names] if names else []
    for n in range(N):
        lines.append(f"{first[n]},{n * 7 % 5}.5,{n * 3 % 4}.25,{'ab'[n % 2]}")
    return "\n".join(lines) + "\n"


COUNTS = [str(n) for n in range(N)]
FROM_ONE = [str(n + 1) for n in range(N)]
SHUFFLED = random.Random(0).sample(COUNTS, N)
TWICE = [str(n % 6) for n in range(N)]
NAMES = [f'"car {n}"' for n in range(N)]

LEFT_OUT = {
    "pandas": (",x,y,kind", COUNTS, "counts the rows"),
    "R": ('"","x","y","kind"', [f'"{n}"' for n in FROM_ONE], "counts the rows"),
    "R without a corner": ('"x","y","kind"', [f'"{n}"' for n in FROM_ONE], "counts the rows"),
    "a shuffled table": (",x,y,kind", SHUFFLED, "numbers the rows"),
    "two tables in one": (",x,y,kind", TWICE, "numbers the rows"),
    "row names": ("rownames,x,y,kind", NAMES, "names the rows"),
    "R's row names": ('"","x","y","kind"', NAMES, "names the rows"),
    "read twice by pandas": ("Unnamed: 0,x,y,kind", COUNTS, "counts the rows"),
    "read twice by R": ("X,x,y,kind", FROM_ONE, "counts the rows"),
    "readr": ("...1,x,y,kind", FROM_ONE, "counts the rows"),
    "an id": ("Id,x,y,kind", FROM_ONE, "counts the rows"),
    "an id of something": ("PassengerId,x,y,kind", FROM_ONE, "counts the rows"),
    "an index": ("index,x,y,kind", COUNTS, "counts the rows"),
    "nothing": (",x,y,kind", [""] * N, "is empty"),
    "no names at all": (None, COUNTS, "counts the rows"),
}
KEPT = {
    "a measure without a name": (",x,y,kind", [f"{n % 5}.5" for n in range(N)]),
    "grades without a name": (",x,y,kind", [str(2 + n % 3) for n in range(N)]),
    "a time": ("time,x,y,kind", COUNTS),
    "an id that goes its own way": ("id,x,y,kind", SHUFFLED),
    "an index with a hole": ("index,x,y,kind", [*COUNTS[:-1], "99"]),
    "no names, and a hole": (None, [*COUNTS[:-1], "99"]),
    "acids": ("acid,x,y,kind", SHUFFLED),
}


def reading(path, **options):
    with opened_sheet(path) as sheet:
        return read_sheet(sheet, -1, **options)


@pytest.mark.parametrize("name", LEFT_OUT)
def test_left_out_and_said(written, name):
    names, first, why = LEFT_OUT[name]
    read = reading(written(file_of(names, first)))
    assert read.left_out == [(0, why)]
    assert read.columns == [1, 2]
    assert read.X[1] == [2.5, 3.25]


@pytest.mark.parametrize("name", KEPT)
def test_a_feature_like_others(written, name):
    names, first = KEPT[name]
    read = reading(written(file_of(names, first)))
    assert read.left_out == []
    assert [x[0] for x in read.X] == [float(text) for text in first]
    assert read.X[1][1:] == [2.5, 3.25]


@pytest.mark.parametrize("name", LEFT_OUT)
def test_whoever_names_it_gets_it(written, name):
    names, first, why = LEFT_OUT[name]
    path = written(file_of(names, first))
    if why in ("names the rows", "is empty"):
        with pytest.raises(DataFileError, match="expected a number"):
            reading(path, columns=[0, 1])
    else:
        assert [x[0] for x in reading(path, columns=[0, 1]).X] == [float(text.strip('"')) for text in first]


def test_it_counts_through_rows_with_gaps(written):
    lines = file_of(",x,y,kind", COUNTS).splitlines()
    lines[3] = lines[3].replace("4.5", "NA")
    read = reading(written("\n".join(lines)), missing="skip")
    assert (read.n_gaps, read.left_out) == (1, [(0, "counts the rows")])


def test_a_column_in_the_middle(written):
    path = written("x,,kind\n" + "".join(f"{n % 3}.5,{n},{'ab'[n % 2]}\n" for n in range(9)))
    assert reading(path).columns == [0]
    path = written("x,,y,kind\n" + "".join(f"{n % 3}.5,{n % 4},{n % 2},{'ab'[n % 2]}\n" for n in range(9)))
    assert reading(path).X[5] == [2.5, 1.0, 1.0]


def test_a_kept_column_with_gaps(written):
    path = written("x,,kind\n0.5,3,a\n1.5,,b\n2.5,3,a\n")
    assert reading(path, missing="skip").X == [[0.5, 3.0], [2.5, 3.0]]
    assert reading(path, missing="keep").X == [[0.5, 3.0], None, [2.5, 3.0]]
    with pytest.raises(DataFileError, match="line 3, column 'column 1': missing, '': expected a number"):
        reading(path)


def test_if_nothing_else_is_left(written):
    counting = "".join(f"{n},{'ab'[n % 2]}\n" for n in range(9))
    assert reading(written(counting)).columns == [0]
    assert reading(written("id,kind\n" + counting)).columns == [0]
    with pytest.raises(DataFileError, match="no column is left for the features: 'column 0' counts the rows"):
        reading(written(",kind\n" + counting))


def test_few_rows_without_names_may_count_by_chance(written):
    assert read_csv(written("0,5.5,a\n1,6.5,b\n"), label=-1).X == [[0.0, 5.5], [1.0, 6.5]]
    assert why_left_out(COUNTS[:4], "", header=False) is None
    assert why_left_out(COUNTS[:5], "", header=False) is not None


@pytest.mark.parametrize(
    "name", ["", "Id", "ID", "id", "customer_id", "sampleID", "row.names", "No.", "#", "Unnamed: 32"]
)
def test_names_of_such_columns(name):
    assert may_count_rows(3, name, header=True)


@pytest.mark.parametrize("name", ["acid", "humid", "x", "width", "number", "ids", "grid", "indexes"])
def test_names_of_others(name):
    assert not may_count_rows(0, name, header=True)
