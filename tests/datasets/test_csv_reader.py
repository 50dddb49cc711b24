"""CSV files: what is read, what is refused, and whether the message names the line and the column."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scalarnn.datasets import DataFileError, read_csv
from scalarnn.datasets import files as files_module
from scalarnn.datasets.csv_files import dialect
from scalarnn.datasets.csv_files import reader as csv_reader
from scalarnn.datasets.penguins import FILE as PENGUINS
from tests.datasets.damage import outcome

FLOWERS = "length,width,kind\n1.5,2,rose\n-3e-1,.5,iris\n7.,+8,rose\n"


def test_names_numbers_and_classes(written):
    table = read_csv(written(FLOWERS), label="kind")
    assert table.X == [[1.5, 2.0], [-0.3, 0.5], [7.0, 8.0]]
    assert all(type(value) is float for x in table.X for value in x)
    assert table.labels == [1, 0, 1]
    assert table.feature_names == ["length", "width"]
    assert table.class_names == ["iris", "rose"]


@pytest.mark.parametrize("label", ["kind", 2, -1])
def test_label_by_name_or_position(written, label):
    assert read_csv(written(FLOWERS), label=label).labels == [1, 0, 1]


def test_label_in_front(written):
    table = read_csv(written("9,1.5\n10,2.5\n2,3.5\n"), label=0)
    assert table == ([[1.5], [2.5], [3.5]], [1, 2, 0], ["column 1"], ["2", "9", "10"])


def test_no_label(written):
    assert read_csv(written("a,b\n1,2\n")) == ([[1.0, 2.0]], [], ["a", "b"], [])


def test_some_columns_in_a_chosen_order(written):
    table = read_csv(written(FLOWERS), label="kind", columns=["width", 0])
    assert table.X[0] == [2.0, 1.5]
    assert table.feature_names == ["width", "length"]


def test_the_header_is_guessed_or_said(written):
    assert len(read_csv(written("1,2\n3,4\n")).X) == 2
    assert len(read_csv(written("1,2\n3,4\n"), header=True).X) == 1
    assert read_csv(written("1,2\n3,4\n"), header=True).feature_names == ["1", "2"]
    assert len(read_csv(written("1,rose\n3,iris\n"), label=1).X) == 2
    with pytest.raises(DataFileError, match="line 1, column 'column 0': 'length': expected a number"):
        read_csv(written(FLOWERS), label=2, header=False)


def test_class_names_fix_the_indices(written):
    table = read_csv(written(FLOWERS), label="kind", class_names=["rose", "iris", "lily"])
    assert table.labels == [0, 1, 0]
    assert table.class_names == ["rose", "iris", "lily"]
    with pytest.raises(DataFileError, match="line 3, column 'kind': 'iris' is none of the 1 class names"):
        read_csv(written(FLOWERS), label="kind", class_names=["rose"])


def test_quotes(written):
    text = '"the ""size"", in m",kind\n"1.5","a,\nb"\n 2.5 , "c"\n'
    table = read_csv(written(text), label="kind")
    assert table.feature_names == ['the "size", in m']
    assert table.X == [[1.5], [2.5]]
    assert table.class_names == ["a,\nb", "c"]


@pytest.mark.parametrize(
    "text",
    [
        FLOWERS.replace("\n", "\r\n"),
        FLOWERS.replace("\n", "\r"),
        "\ufeff" + FLOWERS,
        FLOWERS.replace("\n", "\n\n"),
        FLOWERS.encode("utf-16"),
        FLOWERS.encode("utf-16-le"),
        FLOWERS.encode("utf-16-be"),
    ],
)
def test_line_ends_byte_order_mark_and_empty_lines(written, text):
    assert read_csv(written(text), label="kind").X == [[1.5, 2.0], [-0.3, 0.5], [7.0, 8.0]]


def test_another_delimiter(written):
    assert read_csv(written("1;2\n"), delimiter=";").X == [[1.0, 2.0]]
    assert read_csv(written("1\t2\n"), delimiter="\t").X == [[1.0, 2.0]]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_the_delimiter_is_that_of_the_first_line(written, sign):
    expected = read_csv(written(FLOWERS), label="kind")
    assert read_csv(written(FLOWERS.replace(",", sign)), label="kind") == expected
    assert read_csv(written("\n\n" + FLOWERS.replace(",", sign)), label="kind") == expected
    assert read_csv(written(f"\ufeff1{sign}2{sign}3\n")).X == [[1.0, 2.0, 3.0]]


@pytest.mark.parametrize(
    ("first", "sign", "names"),
    [
        ('"a,b,c";d', ";", ["a,b,c", "d"]),
        ('"a;b;c",d', ",", ["a;b;c", "d"]),
        ('"a\tb\tc",d', ",", ["a\tb\tc", "d"]),
        ('"a,b,c"\td', "\t", ["a,b,c", "d"]),
        ('d; "a,b,c"', ";", ["d", "a,b,c"]),
        ('"a ""x,y,z"" b";d', ";", ['a "x,y,z" b', "d"]),
        ('"a""";"b,,"', ";", ['a"', "b,,"]),
        ('"a,\n,b";d', ";", ["a,\n,b", "d"]),
        ('"a;\n;b",d', ",", ["a;\n;b", "d"]),
        ('5"";x;"y,,,"', ";", ['5""', "x", "y,,,"]),  # a quote inside a field is a character like others
        ('5",x,y;"z', ",", ['5"', "x", 'y;"z']),
        ("a;b,c", ",", ["a;b", "c"]),  # as many of both: the comma
        ("a\tb;c", ";", ["a\tb", "c"]),
        ("a;b;c,d", ";", ["a", "b", "c,d"]),
        ("a\tb c,d\te", "\t", ["a", "b c,d", "e"]),
        ("a", ",", ["a"]),
        ('"a;b;c"', ",", ["a;b;c"]),
    ],
)
def test_delimiters_in_quotes_do_not_count(written, first, sign, names):
    table = read_csv(written(first + "\n" + sign.join("1" * len(names)) + "\n"))
    assert table == ([[1.0] * len(names)], [], names, [])


def test_a_delimiter_that_is_said_is_not_looked_for(written):
    assert read_csv(written("a;b;c,d\n1,2\n"), delimiter=",").feature_names == ["a;b;c", "d"]


def test_a_quote_that_never_ends_is_not_read_to_its_end_twice(written, monkeypatch):
    monkeypatch.setattr(dialect, "LONGEST_LINE", 10)
    path = written('"a' + "\n" * 9 + 'b,,,";c;d\n1,2\n')
    with pytest.raises(DataFileError, match="line 1: ',' expected after"):
        read_csv(path)


def test_the_one_column_of_another_delimiter_is_shown(written):
    with pytest.raises(DataFileError, match=r"no column is left for the features: the only one is 'x\|c'; expected c"):
        read_csv(written("x|c\n1|a\n"), label=-1)


@pytest.mark.parametrize("token", ["", "?", "NA", "n/a", "NaN", "null", "None", " "])
def test_missing(written, token):
    path = written(f"a,b,kind\n1,2,rose\n3,{token},rose\n5,6,rose\n")
    with pytest.raises(DataFileError, match=r"data: line 3, column 'b': missing, '.*': expected a number$"):
        read_csv(path, label="kind")
    assert read_csv(path, label="kind", missing="skip").X == [[1.0, 2.0], [5.0, 6.0]]
    assert len(read_csv(path, label="kind", columns=["a"]).X) == 3  # where nothing is missing


def test_a_missing_label(written):
    path = written("a,kind\n1,rose\n2,\n")
    with pytest.raises(DataFileError, match="line 3, column 'kind': missing, '': expected a class"):
        read_csv(path, label="kind")
    assert len(read_csv(path, label="kind", missing="skip").X) == 1


def test_the_line_is_counted_through_quotes_and_empty_lines(written):
    path = written('a,b\n1,"\n\nx"\n\n3,four\n')
    with pytest.raises(DataFileError, match="line 2, column 'b'"):
        read_csv(path)
    path = written('a,b\n"1",2\n\n3,four\n')
    with pytest.raises(DataFileError, match="line 4, column 'b': 'four': expected a number"):
        read_csv(path)


BROKEN = {
    "": "no row at all",
    "\n\n": "no row at all",
    "a,b\n": "no row to use: nothing after line 1",
    "a,b\n1,2\n3\n": "line 3 has 1 field: expected 2, as in line 1",
    "a,b\n1,2,3\n": "line 2 has 3 fields: expected 2",
    "a,a\n1,2\n": "line 1: two columns are called 'a'",
    'a,b\n1,"2\n': "line 2: unexpected end of data",
    'a,b\n1,"2"x\n': "line 2: ',' expected after '\"'",
    "a\n1e999\n": "line 2, column 'a': '1e999' is too large for a float",
    "a\n1_000\n": "line 2, column 'a': '1_000': expected a number",
    "a\ninf\n": "line 2, column 'a': 'inf'",
    "a\n0x10\n": "line 2, column 'a': '0x10'",
    "a\n1\n١\n": r"line 3, column 'a': '\\u0661'",
    "a\nNA\nNA\n": "line 2, column 'a': missing, 'NA'",
    'a\n"' + "x" * 200_000 + '"\n': "line 2: field larger than field limit",
}


@pytest.mark.parametrize(("text", "message"), [pytest.param(t, m, id=m[:40]) for t, m in BROKEN.items()])
def test_broken(written, text, message):
    with pytest.raises(DataFileError, match=message) as caught:
        read_csv(written(text))
    assert str(caught.value).startswith(str(written(text)))
    assert len(str(caught.value)) < 400


def test_skipping_everything(written):
    with pytest.raises(DataFileError, match="no row to use: all 2 have missing fields"):
        read_csv(written("a\nNA\nNA\n"), missing="skip")


def test_bytes_that_are_no_text(written):
    with pytest.raises(DataFileError, match="line 2: byte 6 of the file is not UTF-8 text"):
        read_csv(written(b"a,b\n1,\xff\n"))


def test_a_line_without_end(written, monkeypatch):
    with pytest.raises(DataFileError, match="line 2 is longer than 1 MiB"):
        read_csv(written("a\n" + "1" * 2**20 + "1"))
    monkeypatch.setattr(files_module, "LARGEST_TEXT", 10)
    with pytest.raises(DataFileError, match="line 2: the file is larger than 256 MiB"):
        read_csv(written("a,b,c,d\n1,2,3,4\n"))


def test_more_numbers_than_anybody_wants(written, monkeypatch):
    monkeypatch.setattr(csv_reader, "MOST_NUMBERS", 8)
    assert len(read_csv(written("1,2\n3,4\n")).X) == 2
    with pytest.raises(DataFileError, match="line 3: more than ten million numbers"):
        read_csv(written("1,2\n3,4\n5,6\n"))


@pytest.mark.parametrize(
    ("options", "kind", "message"),
    [
        ({"label": "sort"}, DataFileError, "label is 'sort': no such column among 'length', 'width', 'kind'"),
        ({"label": 3}, DataFileError, "label is 3: the file has 3 columns"),
        ({"label": -4}, DataFileError, "label is -4"),
        ({"label": True}, TypeError, "label is True: expected the name or the position"),
        ({"label": 1.0}, TypeError, r"label is 1\.0"),
        ({"columns": []}, ValueError, "columns is empty"),
        ({"columns": "width"}, TypeError, "columns is 'width'"),
        ({"columns": ["width", 1]}, ValueError, "there twice"),
        ({"label": 2, "columns": ["kind"]}, ValueError, "that is the label"),
        ({"columns": [None]}, TypeError, r"columns\[0\] is None"),
        ({"header": 1}, TypeError, "header is 1"),
        ({"class_names": ["a", "a"]}, ValueError, "twice"),
        ({"class_names": [1]}, TypeError, r"class_names\[0\] is 1"),
        ({"missing": "drop"}, ValueError, "missing is 'drop'"),
        ({"delimiter": ", "}, ValueError, "delimiter is ', '"),
        ({"delimiter": '"'}, ValueError, "delimiter"),
    ],
)
def test_options_that_do_not_fit(written, options, kind, message):
    with pytest.raises(kind, match=message):
        read_csv(written(FLOWERS), **options)


def test_a_lone_label_leaves_no_features(written):
    with pytest.raises(DataFileError, match="no column is left for the features"):
        read_csv(written("kind\nrose\n"), label="kind")


def test_no_such_file(tmp_path):
    with pytest.raises(FileNotFoundError):
        read_csv(tmp_path / "none.csv")
    with pytest.raises(OSError, match="directory"):
        read_csv(tmp_path)


@given(data=st.data())
@settings(max_examples=150)
def test_damage_is_read_or_named(written, data):
    """A piece of a real file, cut and changed anywhere: a table of finite numbers, or the one error."""
    content = bytearray(b"".join(PENGUINS.read_bytes().splitlines(keepends=True)[:6]))
    for _ in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 3))] = data.draw(
            st.one_of(
                st.binary(max_size=3), st.sampled_from([b'"', b",", b"\n", b"\r", b"\x00", b"NA", b"1e999", b"-"])
            )
        )
        if not content:
            content = bytearray(b"x")
    content = content[: data.draw(st.integers(0, len(content)))]
    label = data.draw(st.sampled_from([None, 0, "species", -1]))
    missing = data.draw(st.sampled_from(["error", "skip"]))
    table, message = outcome(read_csv, written(bytes(content)), label=label, missing=missing)
    assert message.isprintable()
    assert table or "data: " in message
    if table:
        assert all(math.isfinite(value) for x in table.X for value in x)
        assert {len(x) for x in table.X} == {len(table.feature_names)}
        assert len(table.labels) == (0 if label is None else len(table.X))


@given(st.binary(max_size=60))
@settings(max_examples=150)
def test_any_bytes(written, content):
    table, message = outcome(read_csv, written(content))
    assert message.isprintable()
    assert message or table.X
