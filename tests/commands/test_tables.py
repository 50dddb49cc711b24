"""Tables as people have them, in train, predict and check: nothing is told right that is wrong, nothing is lost."""

import csv
import io
import json
import random

import pytest

from scalarnn.classifier import load_classifier
from scalarnn.cli import main
from scalarnn.datasets.penguins import FILE as PENGUINS
from scalarnn.saving import load_with_notes

random_ = random.Random(0)
NOISE = [[f"{random_.gauss(0, 1):.4f}", f"{random_.gauss(0, 1):.4f}", "abc"[n // 30]] for n in range(90)]
# Classes by the first feature, so that whoever reads another column is wrong.
FLOWERS = [[f"{n % 3 * 2 + n % 5 / 10:.1f}", f"{n % 4}.5", ["iris", "lily", "rose"][n % 3]] for n in range(60)]
QUICK = ["--epochs", "25", "--learning-rate", "0.05"]


def text_of(rows, header=None, sign=",", order=(0, 1, 2)):
    lines = [] if header is None else [header]
    for row in rows:
        lines.append(sign.join(row[i] for i in order))
    return "\n".join(lines) + "\n"


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(capsys, *words, code=0):
    status = main(list(words))
    output, errors = capsys.readouterr()
    assert status == code, errors
    return output, errors


def trained(capsys, here, text, *words, name="d.csv"):
    (here / name).write_text(text, encoding="utf-8")
    return run(capsys, "train", name, *QUICK, "--save", "m.json", *words)[0]


# ---- row numbers and headers -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("shuffled", [False, True])
@pytest.mark.parametrize("first", [0, 1])
@pytest.mark.parametrize("header", [",x,y,kind", '"","x","y","kind"', "Unnamed: 0,x,y,kind", "rownames,x,y,kind", None])
def test_a_row_number_tells_no_class(capsys, here, header, first, shuffled):
    """In ninety rows of noise in the order of their classes, it would: 94 % held out in place of a third."""
    if shuffled and header is None:
        header = "index,x,y,kind"
    rows = [[str(first + n), *row] for n, row in enumerate(NOISE)]
    if shuffled and not header.startswith("index"):
        random.Random(1).shuffle(rows)
    output = trained(capsys, here, text_of(rows, header, order=range(4)))
    assert "left out   column " in output
    accuracy = load_with_notes("m.json")[1]["training"]["figures"]["held_out"]["accuracy"]
    assert accuracy < 0.6
    classifier, _ = load_classifier("m.json")
    assert len(classifier.feature_names) == 2
    errors = run(capsys, "predict", "m.json", "d.csv")[1]
    assert errors.startswith("right: ")
    assert run(capsys, "check", "m.json", "d.csv")[0].count("ok, by central differences") == 1


def test_with_the_row_number_it_would(capsys, here):
    """The broken variant, asked for: so the test above can fail."""
    rows = [[str(n), *row] for n, row in enumerate(NOISE)]
    trained(capsys, here, text_of(rows, ",x,y,kind", order=range(4)), "--columns", "0,x,y")
    assert load_with_notes("m.json")[1]["training"]["figures"]["held_out"]["accuracy"] > 0.75


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("length,width,kind", "names in line 1; ',' between fields; class in column 'kind', the last"),
        ("2019,2020,kind", "names in line 1; ',' between fields; class in column 'kind', the last"),
        ("0,1,2", "names in line 1; ',' between fields; class in column '2', the last"),
        (None, "no names, line 1 is the first row; ',' between fields; class in column 2, the last"),
    ],
)
def test_how_the_table_was_understood_is_said(capsys, here, header, said):
    output = trained(capsys, here, text_of(FLOWERS, header))
    assert output.splitlines()[0] == "data       d.csv: 60 samples, 2 features, 3 classes"
    assert output.splitlines()[1] == f"table      {said}"
    assert run(capsys, "predict", "m.json", "d.csv")[1] == "right: 60 of 60, 100.0 %\n"


def test_whether_there_is_a_header_can_be_said_everywhere(capsys, here):
    text = text_of([[a, b, str(n % 2)] for n, (a, b, _) in enumerate(FLOWERS)], "3,2,1")
    output = trained(capsys, here, text)
    assert "61 samples" in output
    output = trained(capsys, here, text, "--header")
    assert "60 samples" in output
    assert load_classifier("m.json")[0].feature_names == ["3", "2"]
    (here / "e.csv").write_text(text.replace("3,2,1", "3,2,0", 1), encoding="utf-8")
    assert "samples    3, drawn from d.csv" in run(capsys, "check", "m.json", "d.csv")[0]
    output, _ = run(capsys, "predict", "m.json", "e.csv", "--header")
    assert len(output.splitlines()) == 61
    output, _ = run(capsys, "predict", "m.json", "e.csv", "--no-header")
    assert len(output.splitlines()) == 62
    run(capsys, "check", "m.json", "e.csv", "--no-header", "--label", "2", "--delimiter", ",", "--decimal", ".")


# ---- which columns ---------------------------------------------------------------------------------------------------


PLACES = {"first": (2, 0, 1), "middle": (0, 2, 1), "last": (0, 1, 2)}


@pytest.mark.parametrize("header", [True, False])
@pytest.mark.parametrize("place", PLACES)
def test_the_column_of_the_class_is_remembered(capsys, here, place, header):
    order = PLACES[place]
    names = ",".join(["length", "width", "kind"][i] for i in order) if header else None
    trained(capsys, here, text_of(FLOWERS, names, order=order), "--label", str(order.index(2)))
    (here / "bare.csv").write_text(text_of(FLOWERS, order=order), encoding="utf-8")
    (here / "unlabelled.csv").write_text(text_of(FLOWERS, order=[i for i in order if i != 2]), encoding="utf-8")
    for name in ("d.csv", "bare.csv"):
        assert run(capsys, "predict", "m.json", name)[1] == "right: 60 of 60, 100.0 %\n"
        assert "samples    3, drawn from" in run(capsys, "check", "m.json", name)[0]
    output, errors = run(capsys, "predict", "m.json", "unlabelled.csv")
    assert errors == ""
    assert [line.split(",")[0] for line in output.splitlines()[1:]] == [row[2] for row in FLOWERS]
    for other, elsewhere in PLACES.items():  # a class in another place is found where it is said, and nowhere else
        (here / "other.csv").write_text(text_of(FLOWERS, order=elsewhere), encoding="utf-8")
        _, errors = run(capsys, "predict", "m.json", "other.csv", "--label", str(elsewhere.index(2)))
        assert errors == "right: 60 of 60, 100.0 %\n"
        if other != place:
            _, errors = run(capsys, "predict", "m.json", "other.csv", code=2)
            assert "expected a number; without names, columns " in errors


def test_a_digits_table_with_its_label_first(capsys, here):
    rows = [[str(n % 2), str(n % 2 * 9), str(n % 3), str(n % 2)] for n in range(40)]
    trained(capsys, here, text_of(rows, order=range(4)), "--label", "0")
    assert run(capsys, "predict", "m.json", "d.csv")[1] == "right: 40 of 40, 100.0 %\n"
    wrong = [[str(1 - int(row[0])), *row[1:]] for row in rows]  # the last column would still be right
    (here / "wrong.csv").write_text(text_of(wrong, order=range(4)), encoding="utf-8")
    assert run(capsys, "predict", "m.json", "wrong.csv")[1] == "right: 0 of 40, 0.0 %\n"


def test_old_files_know_the_places_by_the_names(capsys, here):
    trained(capsys, here, text_of(FLOWERS, order=(2, 0, 1)), "--label", "0")
    data = json.loads((here / "m.json").read_text())
    del data["notes"]["classifier"]["table"]
    (here / "old.json").write_text(json.dumps(data))
    assert run(capsys, "predict", "old.json", "d.csv")[1] == "right: 60 of 60, 100.0 %\n"
    assert run(capsys, "check", "old.json", "d.csv")[0]
    trained(capsys, here, text_of(FLOWERS, "length,width,kind"))
    data = json.loads((here / "m.json").read_text())
    del data["notes"]["classifier"]["table"]
    (here / "old.json").write_text(json.dumps(data))
    (here / "bare.csv").write_text(text_of(FLOWERS), encoding="utf-8")
    errors = run(capsys, "predict", "old.json", "bare.csv")[1]
    assert errors.startswith("no names: the last column is taken for what is true; --label names another")
    assert errors.endswith("right: 60 of 60, 100.0 %\n")


@pytest.mark.parametrize("columns", ["0,1", "length,width", "0,-2", "-3,width", '"length", width'])
def test_columns_by_position_and_by_name(capsys, here, columns):
    trained(capsys, here, text_of(FLOWERS, "length,width,kind"), f"--columns={columns}")
    assert load_classifier("m.json")[0].feature_names == ["length", "width"]


def test_a_name_wins_over_a_position(capsys, here):
    trained(capsys, here, text_of(FLOWERS, "1,0,kind"), "--columns", "0")
    assert load_classifier("m.json")[0].table["features"] == [1]


def test_two_columns_of_one_name_are_told_apart_by_their_place(capsys, here):
    rows = [[row[1], *row, "note"] for row in FLOWERS]
    trained(capsys, here, text_of(rows, "x,x,y,kind,kind", order=range(5)), "--columns", "1,2", "--label", "3")
    assert run(capsys, "predict", "m.json", "d.csv")[1] == "right: 60 of 60, 100.0 %\n"
    assert run(capsys, "check", "m.json", "d.csv")[0]
    (here / "e.csv").write_text(text_of(rows, "x,y,x,z,kind", order=range(5)), encoding="utf-8")
    _, errors = run(capsys, "predict", "m.json", "e.csv", code=2)
    assert errors == "scalarnn: e.csv: line 1: two columns are called 'x'\n"


def test_a_word_where_a_number_should_be(capsys, here):
    trained(capsys, here, text_of(FLOWERS, "length,width,kind"))
    (here / "e.csv").write_text("kind,length,width\nrose,1,much\n", encoding="utf-8")
    _, errors = run(capsys, "predict", "m.json", "e.csv", code=2)
    assert errors == "scalarnn: e.csv: line 2, column 'width': 'much': expected a number\n"
    (here / "e.csv").write_text("kind,length,width\ntulip,1,2\n", encoding="utf-8")
    _, errors = run(capsys, "predict", "m.json", "e.csv", code=2)
    assert errors.endswith("'tulip' is none of the 3 class names; --no-label leaves that column alone\n")


def test_a_row_number_behind_all_others(capsys, here):
    rows = [[*row, str(n)] for n, row in enumerate(FLOWERS)]
    output = trained(capsys, here, text_of(rows, "length,width,kind,", order=range(4)))
    assert "class in column 'kind', the last" in output
    assert "left out   column 3, which counts the rows" in output
    output = trained(
        capsys, here, text_of(rows, "a,b,kind,n", order=range(4)), "--task", "regression", "--columns", "a"
    )
    assert "note       column 'n' counts the rows, and is what is learned; --label names another" in output


def test_a_table_of_another_width_is_refused(capsys, here):
    trained(capsys, here, text_of([["7", *row] for row in FLOWERS], order=range(4)), "--columns", "1,2")
    for order in ((0, 1, 2), (0, 1, 1, 1, 2)):
        (here / "e.csv").write_text(text_of(FLOWERS, order=order), encoding="utf-8")
        _, errors = run(capsys, "predict", "m.json", "e.csv", code=2)
        assert errors.startswith(f"scalarnn: e.csv: line 1 has {len(order)} fields: expected 4, as in training, or 2")
    (here / "e.csv").write_text(text_of(FLOWERS, "a,b,c"), encoding="utf-8")
    _, errors = run(capsys, "predict", "m.json", "e.csv", code=2)
    assert "3 columns: expected 4, as in training, without names" in errors


def test_a_last_column_that_may_be_none_is_said(capsys, here):
    rows = [[row[2], *row[:2], str(n % 2)] for n, row in enumerate(FLOWERS)]
    numbers = [[str(["iris", "lily", "rose"].index(row[0])), *row[1:]] for row in rows]
    output = trained(capsys, here, text_of(numbers, "label,x,y,p", order=range(4)))
    assert "note       column 'label' is a feature here; --label label tells it" in output


# ---- gaps ------------------------------------------------------------------------------------------------------------


def with_gaps(word=""):
    rows = [list(row) for row in FLOWERS]
    for n in (0, 7, 59):
        rows[n][n % 2] = word
    return rows


@pytest.mark.parametrize("word", ["", "NA", "nan", "null", "None", "?", "<NA>"])
def test_rows_with_gaps_get_an_empty_answer(capsys, here, word):
    output = trained(capsys, here, text_of(with_gaps(word), "length,width,kind"), "--skip-missing")
    assert "left out   3 of 60 rows, with gaps" in output
    output, errors = run(capsys, "predict", "m.json", "d.csv")
    rows = list(csv.reader(io.StringIO(output)))
    assert len(rows) == 61
    assert [n for n in range(60) if rows[n + 1][0] == ""] == [0, 7, 59]
    assert rows[1] == ["", "iris", "", "", ""]
    assert errors == "right: 57 of 57, 100.0 %\nno answer: 3 of 60 rows, with gaps\n"
    data = json.loads(run(capsys, "predict", "m.json", "d.csv", "--json")[0])
    assert (data["samples"], data["gaps"], data["right"], data["accuracy"]) == (60, 3, 57, 1.0)
    assert data["predictions"][0] == {"predicted": None, "true": "iris"}
    assert "3, drawn from d.csv, 3 of 60 rows left out, with gaps\n" in run(capsys, "check", "m.json", "d.csv")[0]


def test_gaps_that_nobody_spoke_of(capsys, here):
    trained(capsys, here, text_of(FLOWERS, "length,width,kind"))
    (here / "e.csv").write_text(text_of(with_gaps("NA"), "length,width,kind"), encoding="utf-8")
    _, errors = run(capsys, "predict", "m.json", "e.csv", code=2)
    assert errors.startswith(
        "scalarnn: e.csv: line 2, column 'length': missing, 'NA': expected a number; --skip-missing"
    )
    assert "no answer: 3 of 60" in run(capsys, "predict", "m.json", "e.csv", "--skip-missing")[1]
    (here / "f.csv").write_text("length,width,kind\nNA,1,iris\n,,rose\n", encoding="utf-8")
    output, errors = run(capsys, "predict", "m.json", "f.csv", "--skip-missing")
    assert output.splitlines()[1:] == [",iris,,,", ",rose,,,"]
    assert errors == "no answer: 2 of 2 rows, with gaps\n"
    _, errors = run(capsys, "check", "m.json", "f.csv", "--skip-missing", code=2)
    assert errors == "scalarnn: f.csv: every row has a gap: there is nothing to check with\n"


def test_a_row_whose_class_is_missing_is_asked_and_not_judged(capsys, here):
    rows = [list(row) for row in FLOWERS]
    rows[3][2] = ""
    output = trained(capsys, here, text_of(rows, "length,width,kind"), "--skip-missing")
    assert "left out   1 of 60 rows, with gaps" in output
    output, errors = run(capsys, "predict", "m.json", "d.csv")
    assert output.splitlines()[4].startswith("iris,,")
    assert errors == "right: 59 of 59, 100.0 %\nnot judged: 1 of 60 rows, whose truth is missing\n"


def test_the_penguins_own_table(capsys, models):
    """The network that learned from 342 of them can be asked about all 344."""
    output, errors = run(capsys, "predict", str(models / "penguins.json"), str(PENGUINS))
    assert len(output.splitlines()) == 345
    assert "no answer: 2 of 344 rows, with gaps" in errors
    assert " of 342, " in errors


@pytest.mark.parametrize("word", ["none", "NA", "null"])
def test_a_class_called_none(capsys, here, word):
    rows = [[*row[:2], word if row[2] == "iris" else row[2]] for row in FLOWERS]
    for options in ([], ["--skip-missing"]):
        output = trained(capsys, here, text_of(rows, "length,width,kind"), *options)
        assert "60 samples, 2 features, 3 classes" in output
        assert f"note       '{word}' is a class, of 20 rows; --no-keep-none takes it for a gap" in output
        assert run(capsys, "predict", "m.json", "d.csv")[1] == "right: 60 of 60, 100.0 %\n"
    output = trained(capsys, here, text_of(rows, "length,width,kind"), "--skip-missing", "--no-keep-none")
    assert "40 samples, 2 features, 2 classes" in output
    assert "left out   20 of 60 rows, with gaps" in output
    rare = [*FLOWERS, ["9.5", "1.5", word], ["9.6", "1.5", word]]
    output = trained(capsys, here, text_of(rare, "length,width,kind"), "--keep-none")
    assert "62 samples, 2 features, 4 classes" in output


# ---- how it is written -----------------------------------------------------------------------------------------------


def test_another_way_of_writing_the_same(capsys, here):
    trained(capsys, here, text_of(FLOWERS, "length,width,kind"))
    plain = run(capsys, "predict", "m.json", "d.csv")
    comma = text_of([[text.replace(".", ",") for text in row] for row in FLOWERS], "length;width;kind", ";")
    ways = {
        "decimal commas": comma.encode(),
        "sep": ("sep=;\n" + comma).encode(),
        "old Macs": text_of(FLOWERS, "length,width,kind").replace("\n", "\r").encode(),
        "UTF-16": comma.encode("utf-16"),
        "a byte order mark": comma.encode("utf-8-sig"),
        "spaces": text_of(FLOWERS, "length width kind", " ").encode(),
        "R": ('"length" "width" "kind"\n' + text_of([[f'"{n}"', *row] for n, row in enumerate(FLOWERS)], sign=" ",
              order=range(4))).encode(),
    }  # fmt: skip
    for content in ways.values():
        (here / "e.csv").write_bytes(content)
        assert run(capsys, "predict", "m.json", "e.csv") == plain
        assert run(capsys, "check", "m.json", "e.csv")[0]
        assert run(capsys, "train", "e.csv", *QUICK, "--save", "n.json")
        assert run(capsys, "predict", "n.json", "d.csv") == plain


def test_decimal_commas_before_three_digits_are_remembered(capsys, here):
    rows = [[row[0].replace(".", ",") + "00", row[1].replace(".", ","), row[2]] for row in FLOWERS]
    trained(capsys, here, text_of(rows, "length;width;kind", ";"))
    (here / "e.csv").write_text("length;width\n0,100;1,500\n4,100;1,500\n", encoding="utf-8")
    assert [line.split(",")[0] for line in run(capsys, "predict", "m.json", "e.csv")[0].splitlines()[1:]] == [
        "iris",
        "rose",
    ]
    (here / "e.csv").write_text("length;kind\n1,100;a\n4,100;b\n", encoding="utf-8")
    _, errors = run(capsys, "train", "e.csv", code=2)
    assert "'1,100': a decimal comma" in errors
    assert "--decimal ," in errors


def test_latin_1_is_said_once(capsys, here):
    content = text_of(FLOWERS, "länge,width,kind").encode("latin-1")
    (here / "d.csv").write_bytes(content)
    _, errors = run(capsys, "train", "d.csv", code=2)
    assert errors.startswith("scalarnn: d.csv: line 1: byte 1 of the file is not UTF-8 text; --encoding latin-1")
    run(capsys, "train", "d.csv", *QUICK, "--encoding", "latin-1", "--save", "m.json")
    assert run(capsys, "predict", "m.json", "d.csv")[1] == "right: 60 of 60, 100.0 %\n"
    (here / "e.csv").write_text(content.decode("latin-1"), encoding="utf-8")
    assert run(capsys, "predict", "m.json", "e.csv")[1] == "right: 60 of 60, 100.0 %\n"


WRONG = {
    "two of one name": (
        "x,x,c\n1,2,a\n3,4,b\n",
        [],
        "two columns are called 'x'; --columns takes columns by position too",
    ),
    "equal ids": (
        f"id,x,c\n{2**53},1,a\n{2**53 + 1},2,b\n",
        [],
        "are the same float: leave this column out; --columns names those to learn from",
    ),
    "thousands": (
        'x,c\n"1,234,567",a\n2,b\n',
        [],
        "expected a number without signs between thousands; write the numbers",
    ),
    "another sign": ("x|c\n1|a\n2|b\n", [], "expected commas, semicolons or tabs between fields; --delimiter names"),
    "a label of numbers": (
        "x,y\n" + "".join(f"{n % 7},{n % 9}.{n % 8}\n" for n in range(90)),
        [],
        "72 classes in column 'y'; --task classification takes them as they are; they are all numbers: --task regr",
    ),
    "a label in front of numbers": (
        "kind,x,y\n" + "".join(f"{n % 2},{n % 3}.5,{n * 7 % 11}.25\n" for n in range(60)),
        [],
        "--task regression learns them as such; --label names another column; 'kind' may be the column of the classes",
    ),
    "one class in the last column": (
        "label,x,y\n" + "a,1,0\nb,2,0\n" * 5,
        ["--columns", "x"],
        "only one class, '0', in column 'y': there is nothing to tell apart; --label names another column; 'label' m",
    ),
    "a missing class": (
        "x,c\n1,a\n2,NA\n3,a\n",
        [],
        "expected a class; --skip-missing leaves such rows out; --keep-none",
    ),
    "no class at all": (
        "x,c\n1,a\n2,\n3,a\n",
        [],
        "missing, '': expected a class; --skip-missing leaves such rows out\n",
    ),
    "a workbook": ("PK\x03\x04", [], "d.csv: a workbook or a zip archive, no text: save the sheet as CSV"),
    "a saved network": ('{\n "format": "scalarnn network"}', [], "d.csv: JSON, no table"),
    "recognised rows": (
        "x,c\n1,a\n2,b\n",
        ["--recognized-only"],
        "--recognized-only goes with QuickDraw files, not with",
    ),
    "a delimiter of two": (
        "x,c\n1,a\n2,b\n",
        ["--delimiter", ";;"],
        "argument --delimiter: ';;': expected one character",
    ),
    "a strange decimal sign": ("x,c\n1,a\n2,b\n", ["--decimal", "-"], "argument --decimal: '-': expected . or ,"),
    "an encoding of nobody": (
        "x,c\n1,a\n2,b\n",
        ["--encoding", "x"],
        "argument --encoding: 'x': expected one of utf-8",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_one_line_that_says_what_to_do(capsys, here, name):
    text, options, message = WRONG[name]
    (here / "d.csv").write_text(text, encoding="utf-8")
    output, errors = run(capsys, "train", "d.csv", *options, code=2)
    assert output == ""
    assert len(errors.splitlines()) == 1
    assert message in errors


# ---- drawings --------------------------------------------------------------------------------------------------------


def test_drawings_that_the_game_recognised(capsys, here):
    for word, stroke in (("across", [[0, 255], [0, 0]]), ("down", [[0, 0], [0, 255]])):
        lines = [json.dumps({"word": word, "recognized": n % 4 > 0, "drawing": [stroke]}) for n in range(20)]
        (here / f"{word}.ndjson").write_text("\n".join(lines), encoding="utf-8")
    words = ["across.ndjson", "down.ndjson", "--side", "8", "--epochs", "8", "--save", "m.json"]
    assert "40 samples" in run(capsys, "train", *words)[0]
    output, _ = run(capsys, "train", *words, "--recognized-only")
    assert "30 samples" in output
    assert output.count("left out   5 of the first 20 drawings of ") == 2
    for options, n in (([], 20), (["--recognized-only"], 15)):
        errors = run(capsys, "predict", "m.json", "down.ndjson", *options)[1]
        assert errors.endswith(f"right: {n} of {n}, 100.0 %\n")
        assert ("left out: 5 of 20 drawings" in errors) == (n == 15)
        assert "drawn from down.ndjson" in run(capsys, "check", "m.json", "down.ndjson", "--entries", "9", *options)[0]


@pytest.mark.parametrize("command", ["train", "predict", "check"])
def test_an_archive_of_arrays_is_one_line(capsys, here, models, command):
    (here / "x.npz").write_bytes(b"PK\x03\x04" + bytes(100))
    words = ["train", "x.npz"] if command == "train" else [command, str(models / "xor.json"), "x.npz"]
    _, errors = run(capsys, *words, code=2)
    assert "an archive (.npz) of several arrays: write the pictures of each class with numpy.save, as .npy" in errors
    assert len(errors.splitlines()) == 1
