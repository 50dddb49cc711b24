"""What a reader's browser has to fetch, and a page that is whole by itself."""

import gzip
import json

import pytest

from scalarnn.exercise import gallery
from scalarnn.player import as_data, bench, mathematics, page, script, slips, stylesheet, worked
from scalarnn.player.assets import ELEMENT, LIVE, scripts

KILOBYTE = 1000


def compressed(text):
    return len(gzip.compress(text.encode(), 9))


def test_the_scripts_are_small():
    functions = mathematics().index("const functions = ")
    assert compressed(script()) <= 25 * KILOBYTE
    assert compressed(mathematics()[:functions]) <= 25 * KILOBYTE
    assert compressed(mathematics()[functions:]) <= 15 * KILOBYTE  # what the lines say
    for other in (bench.script(), slips.script(), worked.script(), scripts(LIVE)):
        assert compressed(other) <= 25 * KILOBYTE
    assert compressed(stylesheet()) <= 4 * KILOBYTE


@pytest.mark.parametrize("name", gallery.names())
def test_the_data_of_a_page_are_small(name):
    assert compressed(json.dumps(as_data(gallery.of_gallery(name)), ensure_ascii=False)) <= 5 * KILOBYTE


def test_comments_are_left_out_and_nothing_else():
    text = scripts(ELEMENT)
    assert "/*" not in text
    assert text.count("customElements.define") == 1
    assert "Copyright" not in text


def test_a_page_is_whole():
    html = page(gallery.of_gallery("mazur"), "Own title")
    assert html.startswith("<!doctype html>")
    assert "<title>Own title</title>" in html
    assert "<link" not in html
    assert html.count("</script>") == html.count("<script")
