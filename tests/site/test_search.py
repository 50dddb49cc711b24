"""Who asks in words of their own finds the page that answers among the first three."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.site.questions import QUESTIONS
from tests.site.visits import answers, reading

FIRST = 3
ASK = """async ([questions, keepsTheTags]) => {
    const { search } = JSON.parse(document.getElementById("__config").textContent);
    const { config, docs } = await (await fetch("search/search_index.json")).json();
    if (!keepsTheTags) for (const one of docs) delete one.tags;
    const worker = new Worker(search);
    const asked = (type, data) => new Promise(answer => {
        worker.addEventListener("message", event => answer(event.data.data), { once: true });
        worker.postMessage({ type, data });
    });
    await asked(0, { config, docs, options: { suggest: false } });
    const found = {};
    for (const words of questions)
        found[words] = (await asked(2, words)).items.map(group => group[0].location.split("#")[0]);
    return found;
}"""  # the site's own worker is set up and asked as the page does it: 0 and 2 are the theme's names for that

Answers = dict[str, list[str]]


def asked(browser: Any, server: str, *, keeps_the_tags: bool, questions: Iterable[str] = QUESTIONS) -> Answers:
    """The pages that the search of the site answers with, the best first."""
    with reading(browser, server) as reader:
        reader.open("index.html")
        found: Answers = reader.page.evaluate(ASK, [list(questions), keeps_the_tags])
        assert reader.complaints() == []
        return found


@pytest.fixture(scope="module")
def found(browser: Any, server: str) -> Answers:
    return asked(browser, server, keeps_the_tags=True)


def test_fifty_questions_are_asked() -> None:
    assert len(QUESTIONS) >= 50


def test_the_page_that_answers_is_among_the_first(found: Answers) -> None:
    late = {words: found[words][:6] for words, page in QUESTIONS.items() if page not in found[words][:FIRST]}
    assert late == {}


def test_words_of_readers_are_needed_and_so_is_the_order(browser: Any, server: str) -> None:
    """Without the words of readers on the pages (`tags`) many questions lead nowhere.

    But for the order, in which a page counts that has most of the words, it is half of them that are answered.
    """
    found = asked(browser, server, keeps_the_tags=False)
    answered = [words for words, page in QUESTIONS.items() if page in found[words][:FIRST]]
    assert 0.55 * len(QUESTIONS) < len(answered) < len(QUESTIONS) - 10


def test_a_page_comes_first_for_its_name(browser: Any, server: str, site: Path) -> None:
    index = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))
    titles: dict[str, set[str]] = {}
    for one in index["docs"]:
        if "#" not in one["location"] and not one["location"].startswith(("api/", "source/", "worked/")):
            titles.setdefault(re.sub(r"<.*?>|[^\w\s]", " ", one["title"]), set()).add(one["location"])
    found = asked(browser, server, keeps_the_tags=True, questions=titles)
    late = {title: found[title][:3] for title in titles if not titles[title] & set(found[title][:2])}
    assert late == {}  # the second for "a batch", which begins "Batches" too


APART = """() => {
    lunr.TokenSet._nextId = 1;
    return lunr.TokenSet.fromArray(["p1", "p2", "q".repeat(317), "x1y"]).toArray().includes("x1y");
}"""  # words that lunr takes one end of for another; findings/lunr_digits_in_words.sh says why


def test_words_with_digits_are_kept_apart(browser: Any, address: str, site: Path) -> None:
    """In the worker, and in the frame that stands for it in a book of files; not by lunr alone."""
    with reading(browser, address) as reader:
        answers(reader, "softmax")
        inside = [*reader.page.workers, *[frame for frame in reader.page.frames if frame.parent_frame]]
        assert [one.evaluate(APART) for one in inside] == [True]
        (script,) = (site / "assets" / "javascripts" / "workers").glob("search*.js")
        reader.page.add_script_tag(path=script)
        assert not reader.page.evaluate(APART)
