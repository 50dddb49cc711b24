"""The report: one file, nothing from elsewhere, well-formed, and true to the figures."""

import json
import re
from html.parser import HTMLParser

import pytest

VOID = {"meta", "br", "hr", "img", "link", "input"}


class Page(HTMLParser):
    """Reads a page strictly: every tag is closed in its place."""

    def __init__(self, text):
        super().__init__()
        self.open = []
        self.tags = []
        self.text = {}
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        names = [name for name, _ in attributes]
        assert len(set(names)) == len(names), f"<{tag}> has an attribute twice"
        self.tags.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data):
        for tag in self.open:
            self.text[tag] = self.text.get(tag, "") + data


KINDS = {
    "xor": ["xor", "--epochs", "60"],
    "moons": ["moons", "--samples", "20", "--epochs", "5"],
    "penguins": ["penguins", "--epochs", "3"],
    "digits": ["digits", "--epochs", "1", "--layers", "64,8,10"],
    "stopped": ["moons", "--samples", "20", "--epochs", "500", "--patience", "2", "--learning-rate", "0.3"],
    "many classes": ["vertical", "--samples", "5", "--classes", "12", "--epochs", "2"],
}


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """Each report as text, and the figures of the same call as data."""
    from scalarnn.cli import main

    folder = tmp_path_factory.mktemp("reports")
    found = {}
    for name, words in KINDS.items():
        path, model = folder / f"{name}.html", folder / f"{name}.json"
        assert main(["train", *words, "--quiet", "--report", str(path), "--save", str(model)]) == 0
        found[name] = path.read_text(encoding="utf-8"), json.loads(model.read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("name", KINDS)
def test_it_is_one_whole_page_that_loads_nothing(reports, name):
    text, _ = reports[name]
    assert text.startswith("<!doctype html>\n")
    page = Page(text)
    tags = [tag for tag, _ in page.tags]
    assert not {"script", "link", "img", "iframe", "object", "embed", "base", "form", "audio", "video"} & set(tags)
    for tag, attributes in page.tags:
        for attribute, value in attributes.items():
            assert attribute not in ("src", "href", "xlink:href", "srcset", "action", "style", "background"), (
                tag,
                value,
            )
            assert not attribute.startswith("on")
    assert "http:" not in text
    assert "https:" not in text
    assert "url(" not in text
    assert "@import" not in text
    policy = [attributes["content"] for _, attributes in page.tags if attributes.get("http-equiv")]
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'"]
    assert "prefers-color-scheme: dark" in text


def test_the_reader_of_pages_is_strict():
    for text in ("<p>", "<p></div>", "</p>", "<p><b></p></b>", '<p class="a" class="b"></p>'):
        with pytest.raises(AssertionError):
            Page(text)


@pytest.mark.parametrize("name", KINDS)
def test_it_can_be_read_aloud(reports, name):
    page = Page(reports[name][0])
    tags = [tag for tag, _ in page.tags]
    assert tags.count("h1") == tags.count("main") == 1
    assert dict(page.tags)["html"]["lang"] == "en"
    assert tags.count("caption") == tags.count("table") > 0
    levels = [int(tag[1]) for tag in tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert set(levels[1:]) == {2}
    for tag, attributes in page.tags:
        if tag == "th":
            assert attributes["scope"] in ("col", "row")
        if attributes.get("class") == "wide":
            assert attributes["tabindex"] == "0"
            assert attributes["aria-label"]


@pytest.mark.parametrize("name", KINDS)
def test_its_figures_are_those_of_the_training(reports, name):
    text, model = reports[name]
    training = model["notes"]["training"]
    for part in training["figures"].values():
        right = round(part["accuracy"] * part["samples"])
        assert (
            f"<td>{part['loss']:.4g}</td><td>{100 * part['accuracy']:.1f} %</td><td>{right} of {part['samples']}</td>"
            in text
        )
    judged = training["figures"].get("held_out", training["figures"]["learned"])
    right = round(judged["accuracy"] * judged["samples"])
    assert f"{right} of {judged['samples']} samples" in Page(text).text["h1"]
    assert f"<code>{training['command']}</code>" in text


def test_what_it_gets_wrong_is_all_there_worst_first(reports):
    text, model = reports["moons"]
    held_out = model["notes"]["training"]["figures"]["held_out"]
    n_wrong = held_out["samples"] - round(held_out["accuracy"] * held_out["samples"])
    assert n_wrong > 0
    table = text.split("Wrong among the samples held out</caption>")[1].split("</table>")[0]
    rows = re.findall(r'<tr><th scope="row">(\w+)</th><td>(\w+)</td><td>([\d.]+)</td>', table)
    assert len(rows) == n_wrong
    assert all(true != predicted for true, predicted, _ in rows)
    shares = [float(share) for _, _, share in rows]
    assert shares == sorted(shares, reverse=True)


def test_each_kind_shows_what_it_has(reports):
    assert reports["moons"][0].count("Regions of the classes") > 0
    assert "Regions of the classes" not in reports["penguins"][0]
    assert "<h2>The network</h2>" in reports["xor"][0]
    assert "<h2>The network</h2>" not in reports["digits"][0]
    assert "picture__image" in reports["digits"][0].split("What it gets wrong")[1]
    assert "None of the 4 samples that it learned from." in reports["xor"][0]
    assert "Early stop after " in reports["stopped"][0]
    assert "Accuracy by epoch" not in reports["xor"][0]  # a squared loss has none by epoch


def test_names_from_a_file_are_text_and_nothing_else(scalarnn, tmp_path):
    evil = "<script>alert(1)</script>&\"'"
    lines = [f'"{evil}x",y,"{evil}c"'.replace('&"', '&""')]
    for n in range(40):
        lines.append(f'{n},{n % 7},"{"<b>" if n % 2 else "</main>"}"')
    (tmp_path / "d.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = scalarnn("train", "d.csv", "--epochs", "1", "--report", "r.html")
    assert (done.returncode, done.stderr) == (0, "")
    page = Page((tmp_path / "r.html").read_text(encoding="utf-8"))
    assert "script" not in {tag for tag, _ in page.tags}
    assert "<script>alert(1)</script>" in page.text["main"]


def test_a_picture_that_cannot_be_drawn_costs_no_report(scalarnn, tmp_path):
    rows = [f"{n}e305,{n % 3},{n % 2}" for n in range(40)]
    (tmp_path / "d.csv").write_text("x,y,c\n" + "\n".join(rows) + "\n", encoding="utf-8")
    done = scalarnn("train", "d.csv", "--epochs", "2", "--report", "r.html")
    assert (done.returncode, done.stderr) == (0, "")
    assert "cannot be drawn: " in Page((tmp_path / "r.html").read_text(encoding="utf-8")).text["main"]
