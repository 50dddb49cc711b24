"""How a file is written: signs between fields, decimal signs, encodings, line ends; and files that are no tables."""

import pytest

from scalarnn.datasets import DataFileError, csv_files, read_csv
from scalarnn.datasets.csv_files import text as csv_text

ROWS = [["1.5", "2.25", "rose"], ["0.5", "3.0", "iris"], ["7.0", "8.5", "rose"]]
X = [[1.5, 2.25], [0.5, 3.0], [7.0, 8.5]]


def file_of(sign=",", decimal=".", header=True, quote=""):
    lines = [["length", "width", "kind"], *ROWS] if header else ROWS
    return "".join(
        sign.join(f"{quote}{text.replace('.', decimal)}{quote}" for text in fields) + "\n" for fields in lines
    )


WAYS = [(sign, decimal, quote) for sign in ",;\t " for decimal in ".," for quote in ("", '"')]
WAYS.remove((",", ",", ""))  # nobody can read that


@pytest.mark.parametrize("header", [True, False])
@pytest.mark.parametrize(("sign", "decimal", "quote"), WAYS)
def test_signs_and_decimals(written, sign, decimal, quote, header):
    table = read_csv(written(file_of(sign, decimal, header, quote)), label=-1)
    assert table.X == X
    assert table.labels == [1, 0, 1]


def test_every_number_with_a_decimal_comma_is_no_tie(written):
    text = "".join(f"{n},5;{n},25;{n}\n" for n in range(9))
    assert read_csv(written(text)).X[2] == [2.5, 2.25, 2.0]
    assert read_csv(written(text.replace(";", "\t"))).X[2] == [2.5, 2.25, 2.0]
    text = "".join(f"{n},5;{n},25\n" for n in range(9))
    assert read_csv(written(text)).X[2] == [2.5, 2.25]


def test_a_space_behind_a_comma_is_no_delimiter(written):
    """Broken once: `1700,` was read as a number with a decimal comma, and the space parted fields."""
    text = "".join(f"{1700 + n}, {n}.5\n" for n in range(9))
    assert read_csv(written(text)).X[2] == [1702.0, 2.5]
    assert read_csv(written("a, b\n" + text)).X[2] == [1702.0, 2.5]
    assert read_csv(written(text.replace(".5", ""))).X[2] == [1702.0, 2.0]
    assert read_csv(written("1, 2\n3, 4\n")).X == [[1.0, 2.0], [3.0, 4.0]]


@pytest.mark.parametrize("title", ["My birds\n\n", "# from the lab\n", '"birds, measured"\n'])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_title_is_said_to_be_one(written, title, sign):
    with pytest.raises(
        DataFileError, match="line 1 has 1 field, and the rows below have 3: take away what stands above"
    ):
        read_csv(written(title + file_of(sign)))


def test_a_lone_name_of_r_is_no_title(written):
    for sign in (",", ";", "\t", " "):
        table = read_csv(written('"y"\n' + "".join(f'"{n + 1}"{sign}{n % 3}.5\n' for n in range(9))))
        assert table.feature_names == ["y"]
        assert table.X[2] == [2.5]


def test_a_quote_that_is_never_closed(written):
    with pytest.raises(DataFileError, match="line 2: unexpected end of data: a quote is never closed"):
        read_csv(written('a,b\n1,"2\n3,4\n'))


def test_excels_own_line(written):
    for first in ("sep=;\n", '"sep=;"\r\n', "SEP=;\n"):
        path = written(first + file_of(";", ","))
        assert read_csv(path, label="kind").X == X
    with pytest.raises(DataFileError, match="line 4, column 'width': 'much'"):
        read_csv(written("sep=|\na|width\n1|2\n3|much\n"))


def test_what_is_said_is_not_looked_for(written):
    assert read_csv(written("1,500;2\n"), decimal=",").X == [[1.5, 2.0]]
    assert read_csv(written("a|b\n1|2\n"), delimiter="|").X == [[1.0, 2.0]]
    with pytest.raises(DataFileError, match=r"'1\.5': a decimal point: expected decimals behind a comma"):
        read_csv(written("1.5;2\n"), decimal=",")
    with pytest.raises(DataFileError, match="'1,5': a decimal comma: expected decimals behind a point"):
        read_csv(written("1,5;2\n"), decimal=".")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a;b\n1,500;2\n2,750;3\n", "'1,500': a decimal comma, or a sign between thousands"),
        ('a,b\n"1,500,000",2\n', "'1,500,000': expected a number without signs between thousands"),
        ('a,b\n"1,500.25",2\n', "'1,500.25': expected a number without signs between thousands"),
        ("a;b\n1.500,25;2,5\n", "'1.500,25': expected a number without signs between thousands"),
        ("a;b\n1 500;2\n", "'1 500': expected a number without signs between thousands"),
        ("a;b\n1'500;2\n", '"1\'500": expected a number without signs between thousands'),
        ("a;b\n1\N{NO-BREAK SPACE}500;2\n", "without signs between thousands"),
        ("a;b\n1.5;2,5\n", "'2,5': a decimal comma: expected decimals behind a point"),
    ],
)
def test_signs_between_thousands_are_refused(written, text, message):
    with pytest.raises(DataFileError, match="line 2, column") as caught:
        read_csv(written(text))
    assert message in str(caught.value)


def test_latin_1_has_to_be_said(written):
    content = "länge,art\n1.5,Löwe\n2.5,Bär\n".encode("latin-1")
    with pytest.raises(DataFileError, match="line 1: byte 1 of the file is not UTF-8 text") as caught:
        read_csv(written(content), label="art")
    assert caught.value.cause == "encoding"
    for encoding in ("latin-1", "windows-1252"):
        assert read_csv(written(content), label="art", encoding=encoding).class_names == ["Bär", "Löwe"]
    with pytest.raises(ValueError, match="encoding is 'klingon': expected one of utf-8, utf-16"):
        read_csv(written(content), encoding="klingon")


@pytest.mark.parametrize("piece", [1, 2, 3, 7, 65536])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-16-le"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_pieces_of_a_file(written, monkeypatch, piece, encoding, end):
    """A letter, a mark or a line end may stand on the border of two pieces."""
    monkeypatch.setattr(csv_text, "PIECE", max(piece, 4))
    text = 'x,"a\nb",art\n1.5,2,Löwe\n\n2.5,3,"Bär 🐻"\n'.replace("\n", end)
    table = read_csv(written(text.encode(encoding)), label=-1)
    assert table.class_names == ["Bär 🐻", "Löwe"]
    assert table.X == [[1.5, 2.0], [2.5, 3.0]]
    with pytest.raises(DataFileError, match="line 6, column 'x': 'y'"):
        read_csv(written((text + f"y,1,Löwe{end}").encode(encoding)), label=-1)


@pytest.mark.parametrize("piece", [4, 5, 65536])
def test_the_byte_that_is_no_text(written, monkeypatch, piece):
    monkeypatch.setattr(csv_text, "PIECE", piece)
    with pytest.raises(DataFileError, match="line 3: byte 10 of the file is not UTF-8 text"):
        read_csv(written(b"a,b\r1,2\r\n3\xe4,\n"))
    with pytest.raises(DataFileError, match="is not UTF-16 text"):
        read_csv(written("a,b\n1,2\n".encode("utf-16") + b"\n"))


OTHERS = [name for name, _ in csv_text.OTHERS]


@pytest.mark.parametrize("beginning", OTHERS)
def test_files_that_are_no_tables(written, beginning):
    with pytest.raises(DataFileError) as caught:
        read_csv(written(beginning + bytes(200)))
    message = str(caught.value)
    assert message.isprintable()
    assert len(message) < 300
    assert " line " not in message  # of nothing that is inside


def test_what_the_room_holds():
    for name in ("text", "dialect", "fields", "header", "sheet", "columns", "row_numbers", "gaps", "classes", "reader"):
        assert f"    {name} " in csv_files.__doc__
