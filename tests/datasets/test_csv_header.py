"""Is the first line a header? Decided by what differs between it and the rest, and settled by whoever says so."""

import pytest

from scalarnn.datasets import read_csv
from scalarnn.datasets.csv_files.header import is_header
from scalarnn.datasets.csv_files.sheet import Writing, opened_sheet

ROWS = [[f"{n % 7}.{n % 9}", f"{n % 5}.{n % 4}", "abc"[n % 3]] for n in range(30)]
WHOLE = [[str(n % 7), str(n % 5), "abc"[n % 3]] for n in range(30)]
NUMBERS = [[f"{n % 7}.{n % 9}", f"{n % 5}.{n % 4}", str(n % 3)] for n in range(30)]

HEADERS = {
    "names": (["x", "y", "kind"], ROWS),
    "an empty name in front": (["", "y", "kind"], ROWS),
    "an empty name at the end": (["x", "kind", ""], [[a, c, ""] for a, _, c in ROWS]),
    "years": (["2019", "2020", "kind"], ROWS),
    "years above whole numbers": (["2019", "2020", "kind"], WHOLE),
    "pandas's numbers and a word": (["0", "1", "kind"], ROWS),
    "pandas's numbers above whole numbers": (["0", "1", "kind"], WHOLE),
    "pandas's numbers alone": (["0", "1", "2"], NUMBERS),
    "the same above a word": (["0", "1", "2"], ROWS),
    "years alone": (["2018", "2019", "2020"], NUMBERS),
    "any whole numbers and a word": (["3", "1", "kind"], WHOLE),
    "years above two rows": (["2019", "2020", "kind"], [["3.5", "4.1", "a"], ["2.2", "3.9", "b"]]),
    "any whole numbers and a word above numbers": (
        ["3", "1", "kind"],
        [[a, b, str(n % 3)] for n, (a, b, _) in enumerate(WHOLE)],
    ),
    "borders of bins": (
        ["", *(f"{16 + k / 4}" for k in range(8))],
        [[str(70 - n), *(str((7 * k + 3 * n) % 10) for k in range(8))] for n in range(1, 17)],
    ),
    "wavelengths": (["900.5", "901.0", "kind"], ROWS),
    "a name that is a gap's word": (["na", "y", "kind"], ROWS),
    "nothing but words": (["a", "b"], []),
}
NO_HEADERS = {
    "numbers": (["1.5", "2.5", "0"], NUMBERS),
    "a class that comes again": (["3.1", "1.2", "a"], ROWS),
    "whole numbers and a class": (["3", "1", "a"], WHOLE),
    "a class of its own": (["3.0", "1.5", "rare"], ROWS),
    "a class of its own among twins": (["3", "3", "rare"], WHOLE),
    "a class of its own among few": (["3", "1", "rare"], WHOLE[:6]),
    "names of people": (["3", "1", "Ann"], [[a, b, f"person {n // 2}"] for n, (a, b, _) in enumerate(WHOLE)]),
    "a gap": (["", "1.5", "a"], ROWS),
    "a question mark": (["b", "?", "1.5", "a"], [["b", "1", "2.5", "a"], ["c", "2", "0.5", "a"]]),
    "a dash for a gap": (["-", "1", "2"], [["3", "1", "0"], ["2", "5", "7"], ["4", "3", "1"]]),
    "two rows": (["1", "rose"], [["3", "iris"]]),
    "a sorted series": (["1", "10", "100"], [[str(n), str(10 * n), str(100 * n)] for n in range(2, 20)]),
    "a run among runs": (["1", "2", "3"], [[str(n), str(n + 1), str(n + 2)] for n in range(2, 20)]),
    "a first outlier in one column": (["900", "2.2", "1"], NUMBERS),
    "rising rows": (["1.5", "2.5", "4", "5", "8", "9.5"], [[f"{n + k * k / 3}" for k in range(6)] for n in range(20)]),
    "a rise among few": (["1.5", "2.5", "4", "5", "8", "9.5"], [["8", "2", "4.5", "1", "9", "2"]] * 5),
    "pixels": (["5", "0", "0", "3"], [["4", "0", "0", "0"], ["1", "0", "0", "9"]]),
    "one row": (["1", "2"], []),
    "one row with a gap": (["", "x"], []),
}


@pytest.mark.parametrize("name", HEADERS)
def test_a_header(name):
    assert is_header(*HEADERS[name])


@pytest.mark.parametrize("name", NO_HEADERS)
def test_no_header(name):
    assert not is_header(*NO_HEADERS[name])


@pytest.mark.parametrize("name", NO_HEADERS)
def test_every_row_of_a_table_is_no_header_of_the_others(name):
    """A broken variant, which looked at the first line alone, would take rows without numbers for names."""
    first, rows = NO_HEADERS[name]
    table = [first, *rows]
    for n in range(min(3, len(table))):
        others = table[:n] + table[n + 1 :]
        assert not is_header(table[n], others)


@pytest.mark.parametrize("name", {**HEADERS, **NO_HEADERS})
def test_what_is_said_wins(written, name):
    first, rows = (HEADERS | NO_HEADERS)[name]
    path = written("\n".join(",".join(fields) for fields in [first, *rows]))
    for header in (True, False):
        with opened_sheet(path, Writing(header=header)) as sheet:
            assert sheet.header is header
            assert len(list(sheet.rows)) == len(rows) + (not header)


def test_decimal_commas_are_numbers_here_too():
    rows = [[text.replace(".", ",") for text in fields] for fields in NUMBERS]
    assert not is_header(["1,5", "2,5", "0"], rows, ",")
    assert is_header(["2018", "2019", "2020"], rows, ",")


def test_known_names_make_a_header(written):
    path = written("3,1,2\n3,1,2\n5,7,2\n")
    with opened_sheet(path) as sheet:
        assert not sheet.header
    with opened_sheet(path, known_names=["1", "3"]) as sheet:
        assert sheet.names == ["3", "1", "2"]


def test_where_names_are_known_a_row_with_a_number_is_no_other(written):
    """Whoever asks a network loses no row: a first sample far from the others is a sample."""
    path = written("1000,2000\n1,2\n2,1\n")
    with opened_sheet(path) as sheet:
        assert sheet.header
    with opened_sheet(path, known_names=["column 0", "column 1"]) as sheet:
        assert len(list(sheet.rows)) == 3
    path = written("7,9,setosa\n4,3,virginica\n5,2,versicolor\n")
    with opened_sheet(path, known_names=["column 0", "column 1"]) as sheet:
        assert len(list(sheet.rows)) == 3
    for text in ("x,y\n1,2\n2,1\n", ",y\n1,2\n2,1\n"):
        with opened_sheet(written(text), known_names=["column 0"]) as sheet:
            assert sheet.header


def test_columns_that_have_no_name(written):
    table = read_csv(written(",x,,kind\n5,1.5,2.5,a\n7,0.5,2.0,b\n5,0.1,0.2,a\n"), label="kind")
    assert table.feature_names == ["column 0", "x", "column 2"]


@pytest.mark.parametrize("end", [",", ""])
def test_a_header_or_its_rows_that_end_with_a_delimiter(written, end):
    other = "" if end else ","
    table = read_csv(written(f"x,kind{end}\n1.5,a{other}\n2.5,b{other}\n"), label="kind")
    assert table == ([[1.5], [2.5]], [0, 1], ["x"], ["a", "b"])
