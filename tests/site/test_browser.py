"""The built book in a browser that reaches no other host: every page, from a server and as files, light and dark."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.site.visits import (
    NARROW,
    OF_COLOUR_AND_WIDTH,
    PARTS,
    WIDE,
    Axe,
    answers,
    fits,
    fits_a_phone,
    is_reached_by_keyboard,
    lay_it_all_out,
    prints,
    reading,
    stands_still,
    visit,
)

LOOKS = (stands_still, lay_it_all_out, is_reached_by_keyboard, fits)
OF_CODE = ["source/neuron.html", "api/index.html", "api/neuron.html", "api/proofs.html"]  # some, as they are of a kind


def of_the_book(pages: list[str]) -> list[str]:
    return [name for name in pages if not name.startswith(("source/", "api/"))]


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize(("scheme", "width"), [("light", WIDE), ("dark", NARROW)])
def test_every_page_is_sound(browser: Any, pages: list[str], server: str, scheme: str, width: int, part: int) -> None:
    """From a server: no other host, no error, no shift, no overflow, nothing that axe finds.

    Axe, which takes most of the time, sees some of the pages of code.
    """
    pytest.importorskip("axe_playwright_python", reason="install the extra 'site'")
    names = [*pages, "404.html"][part :: len(PARTS)]
    with_axe = [name for name in names if name in [*of_the_book(pages), *OF_CODE, "404.html"]]
    without = [name for name in names if name not in with_axe]
    assert visit(browser, with_axe, server, scheme, width, [*LOOKS, Axe()]) == []
    assert visit(browser, without, server, scheme, width, LOOKS) == []


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize(("scheme", "width", "first"), [("dark", WIDE, 0), ("light", NARROW, 1)])
def test_the_other_scheme_is_sound_too(
    browser: Any, pages: list[str], server: str, scheme: str, width: int, first: int, part: int
) -> None:
    """The rules that colours and widths can break; every other page wide, the others narrow."""
    pytest.importorskip("axe_playwright_python", reason="install the extra 'site'")
    names = [*of_the_book(pages)[first::2], *OF_CODE, "404.html"][part :: len(PARTS)]
    assert visit(browser, names, server, scheme, width, [*LOOKS, Axe(*OF_COLOUR_AND_WIDTH)]) == []


@pytest.mark.parametrize("part", PARTS)
def test_every_page_is_sound_as_a_file(browser: Any, pages: list[str], site: Path, part: int) -> None:
    """And on paper; of the pages of code some."""
    names = [*of_the_book(pages), *OF_CODE][part :: len(PARTS)]
    looks = [stands_still, lay_it_all_out, fits, fits_a_phone, prints]
    assert visit(browser, names, site.as_uri() + "/", "dark", WIDE, looks) == []


BROKEN = """<!doctype html><html lang="en"><title>Broken</title><body style="margin: 0">
<img src="http://127.0.0.1:9/gone.png" width="10" height="10" alt="">
<p style="width: 2000px; background: #fff; color: #eee">Too wide and too pale.</p>
<div class="md-content"><div class="box" style="overflow-x: auto; width: 50px"><p style="width: 90px">x</p></div></div>
<script>const p = document.createElement("p"); p.style.height = "300px";
const painted = (next) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(next, 50)));
painted(() => { document.body.prepend(p); painted(() => { window.broken = true }) });
setTimeout(() => { throw new Error("planted") }, 0);</script>
"""


def is_broken(reader: Any) -> list[str]:
    """Wait until the mistakes that take a while have been made: a shift counts only after a first picture."""
    reader.page.wait_for_function("window.broken && window.shifted > 0")
    return []


def test_a_broken_page_is_seen(browser: Any, tmp_path: Path) -> None:
    """Each look finds the mistake that is planted for it."""
    pytest.importorskip("axe_playwright_python", reason="install the extra 'site'")
    (tmp_path / "broken.html").write_text(BROKEN, encoding="utf-8")
    looks = [is_broken, stands_still, lay_it_all_out, is_reached_by_keyboard, fits, prints, Axe()]
    found = "\n".join(visit(browser, ["broken.html"], tmp_path.as_uri() + "/", "light", NARROW, looks))
    for complaint in ("asks for http://127.0.0.1:9/gone.png", "error: planted", "shifts by", "scrolls sideways"):
        assert complaint in found
    assert "the keyboard does not reach box" in found
    assert "hides on paper what goes on in box" in found
    assert "color-contrast: <p" in found


CROWD = """<!doctype html><html lang="en"><title>A crowd</title><body><main><h1>A crowd</h1><p>{}</p></main>"""
SOUND = '<code style="background: #fff"><span style="color: #111">word</span></code> '
FORMULA = '<span class="math"><svg role="img" aria-label="x"><g><use href="#glyph-x"/></g></svg></span>'
PLANTED = {
    "a pale word": (SOUND.replace("#111", "#ddd"), "color-contrast: <span"),
    "a dark box": (SOUND.replace("#fff", "#333"), "color-contrast: <span"),
    "a faded box": (SOUND.replace("#fff", "#fff; opacity: 0.2"), "color-contrast: <span"),
    "a small pale heading": ("</p><h2 style='color: #999'>Small</h2><p>", "color-contrast: <h2"),
    "a link in a formula": (FORMULA.replace("#glyph-x", "gone.html"), "a formula holds <use"),
    "a colour in a formula": (FORMULA.replace("<use", '<use fill="#eee"'), "a formula holds <use"),
    "a control in a formula": (FORMULA.replace("<use", '<use tabindex="0"'), "a formula holds <use"),
    "a formula without a name": (FORMULA.replace(' aria-label="x"', ""), "svg-img-alt: <svg"),
}


def found_in_a_crowd(browser: Any, folder: Path, planted: str) -> list[str]:
    (folder / "crowd.html").write_text(CROWD.format((SOUND + FORMULA) * 40 + planted + (SOUND + FORMULA) * 40))
    return visit(browser, ["crowd.html"], folder.as_uri() + "/", "light", WIDE, [Axe()])


@pytest.mark.parametrize("mistake", PLANTED)
def test_one_among_many_is_seen(browser: Any, tmp_path: Path, mistake: str) -> None:
    """Axe is shown few of the texts that look alike, and no letters of formulas: it misses nothing by that."""
    pytest.importorskip("axe_playwright_python", reason="install the extra 'site'")
    planted, said = PLANTED[mistake]
    assert said in "\n".join(found_in_a_crowd(browser, tmp_path, planted))


def test_a_crowd_without_a_mistake_is_sound(browser: Any, tmp_path: Path) -> None:
    pytest.importorskip("axe_playwright_python", reason="install the extra 'site'")
    assert found_in_a_crowd(browser, tmp_path, "") == []


def test_search_answers(browser: Any, address: str) -> None:
    with reading(browser, address) as reader:
        found = answers(reader, "learning rate")
        assert "Gradient descent" in [text.split("\n")[0] for text in found]
        assert "\\frac" not in " ".join(found)
        assert reader.complaints() == []


def test_words_that_no_key_has_typed_are_searched_for(browser: Any, server: str) -> None:
    """Pasted by mouse, or dictated: an input without a key, once the search is open and has come to rest."""
    with reading(browser, server) as reader:
        assert len(answers(reader, "softmax")) > 3
        reader.page.locator(".md-search__input").evaluate("""input => {
            input.value = "momentum";
            input.dispatchEvent(new InputEvent("input", { bubbles: true }));
        }""")
        reader.page.locator(".md-search-result__item h1", has_text="Momentum").first.wait_for(timeout=10_000)


@pytest.mark.parametrize("words", ["learning rate", "softmax", "cross-entropy", "momentum", "adam"])
def test_chapters_answer_before_files(browser: Any, server: str, words: str) -> None:
    """Most of the first answers are pages of the book, though the files say these words oftener."""
    with reading(browser, server) as reader:
        found = [text.split("\n")[0] for text in answers(reader, words)]
        files = [name for name in found if name.startswith(("scalarnn/", "scalarnn."))]
        assert 2 * len(files) < len(found), found


def test_nobody_searches_and_nothing_is_fetched_for_it(browser: Any, server: str) -> None:
    with reading(browser, server) as reader:
        asked: list[str] = []
        reader.page.on("request", lambda request: asked.append(request.url))
        reader.open("index.html")
        reader.page.wait_for_load_state("networkidle")
        assert not [url for url in asked if "search" in url]
        reader.page.keyboard.press("/")
        reader.page.wait_for_event("requestfinished", lambda request: "search_index.json" in request.url)


def test_the_scheme_follows_the_system_and_the_toggle(browser: Any, server: str) -> None:
    paper = "getComputedStyle(document.body).backgroundColor"
    with reading(browser, server, "light") as light, reading(browser, server, "dark") as dark:
        light.open("index.html")
        dark.open("index.html")
        bright, dim = light.page.evaluate(paper), dark.page.evaluate(paper)
        assert bright != dim
        light.page.locator("label[title='Switch to dark']").click()
        light.page.wait_for_function(f"{paper} === '{dim}'")


@pytest.mark.parametrize("page", ["one-neuron.html", "backward/network.html", "worked/000-backward.html"])
def test_every_formula_has_a_name_and_its_latex_is_copied(browser: Any, server: str, page: str) -> None:
    with reading(browser, server) as reader:
        reader.open(page)
        names = reader.page.locator(".math svg[role]").evaluate_all(
            "all => all.map(one => one.getAttribute('aria-label'))"
        )
        assert len(names) > 40
        assert all(names)
        assert not [name for name in names if "\\" in name]
        reader.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        for button in reader.page.locator(".math__copy").all()[:3]:
            button.focus()
            reader.page.keyboard.press("Enter")
            assert reader.page.evaluate("navigator.clipboard.readText()") == button.get_attribute("data-clipboard-text")


def test_selected_text_holds_the_latex(browser: Any, server: str) -> None:
    with reading(browser, server) as reader:
        reader.open("one-neuron.html")
        selected = reader.page.evaluate(
            """() => {
                const text = document.querySelector("#step-2 .step__body");
                getSelection().selectAllChildren(text);
                return getSelection().toString();
            }"""
        )
        assert "$$z = s + b$$" in selected


def test_a_page_is_read_with_the_keyboard_alone(browser: Any, server: str) -> None:
    """Past the frame with one key; then every stop is in sight and has its ring."""
    with reading(browser, server) as reader:
        reader.open("one-neuron.html")
        reader.page.keyboard.press("Tab")
        assert "md-skip" in reader.page.evaluate("document.activeElement.className")
        reader.page.keyboard.press("Enter")
        for _stop in range(30):
            reader.page.keyboard.press("Tab")
            stop = reader.page.evaluate(
                """() => {
                    const one = document.activeElement, box = one.getBoundingClientRect();
                    return [one.outerHTML.slice(0, 80), getComputedStyle(one).outlineStyle,
                            !!one.closest(".md-content"), box.bottom > 0 && box.top < innerHeight];
                }"""
            )
            assert stop[1:] == ["solid", True, True], stop


def test_copied_code_is_the_whole_function(browser: Any, server: str) -> None:
    with reading(browser, server) as reader:
        reader.open("one-neuron.html")
        reader.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        reader.page.locator("#source-neuron_forward .md-code__button").first.click()
        copied = reader.page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith("def neuron_forward(")
        assert copied.rstrip().endswith("return z")
        compile(copied, "copied", "exec")


def test_steps_and_lines_lead_to_each_other(browser: Any, server: str) -> None:
    with reading(browser, server) as reader:
        reader.open("one-neuron.html")
        reader.page.locator("#step-9 .step__line").click()
        line = reader.page.locator(".source__line:target")
        assert "dL_dw_i = dL_dz * dz_dw_i" in line.inner_text()
        line.locator("a[href='#step-9']").click()
        assert reader.page.evaluate("location.hash") == "#step-9"
        reader.page.locator("#source-neuron_backward figcaption a").click()
        reader.page.wait_for_url("**/source/neuron.html#L*")
        assert "def neuron_backward" in reader.page.locator(".source__line:target").inner_text()


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_formula_stands_beside_its_line_or_above_it(browser: Any, server: str, width: int) -> None:
    with reading(browser, server, "light", width) as reader:
        reader.open("one-neuron.html")
        for carried in ("= s + b", "dL_db = dL_dz * dz_db"):
            line = reader.page.locator(".source__line--step:has(.math)", has_text=carried)
            formula, code = (line.locator(part).bounding_box() for part in (".source__steps .math", ".source__code"))
            middle = formula["y"] + formula["height"] / 2
            if width == WIDE:
                assert formula["x"] + formula["width"] < code["x"]
                assert code["y"] < middle < code["y"] + code["height"]
            else:
                assert formula["y"] + formula["height"] < code["y"] + code["height"] / 2


@pytest.mark.parametrize("name", ["index.html", "forward/forward-pass.html", "backward/network.html"])
def test_a_drawing_is_no_wider_than_its_numbers_need(browser: Any, server: str, name: str) -> None:
    """On a phone all of it is in sight."""
    with reading(browser, server, "light", NARROW) as reader:
        reader.open(name)
        picture = reader.page.locator(".picture--diagram").first
        assert picture.evaluate("box => box.scrollWidth - box.clientWidth") <= 1
        ends = picture.locator("svg[role=img] text").evaluate_all(
            "all => all.flatMap(one => { const { left, right } = one.getBoundingClientRect(); return [left, right]; })"
        )
        assert min(ends) >= 0
        assert max(ends) <= NARROW


WIDER = ".picture--steps > svg { min-width: 600px; }"  # as one with longer numbers would be


def test_a_wide_picture_moves_to_the_chosen_step(browser: Any, server: str) -> None:
    """A loss that lies beyond the edge: its step brings it into sight."""
    with reading(browser, server, "light", NARROW) as reader:
        reader.open("index.html")
        reader.page.add_style_tag(content=WIDER)
        picture = reader.page.locator(".picture--steps")
        assert picture.evaluate("box => box.scrollWidth - box.clientWidth") > 50
        loss = picture.locator('svg .picture__step[style*="--step:4"]').first

        def in_sight() -> bool:
            inside, box = loss.bounding_box(), picture.bounding_box()
            return bool(box["x"] <= inside["x"] and inside["x"] + inside["width"] <= box["x"] + box["width"])

        assert not in_sight()
        picture.locator('input[value="4"]').check(force=True)
        assert in_sight()


SCROLLED = "box => { box.scrollLeft = 150; return box.querySelector('td').getBoundingClientRect().left; }"


def test_on_a_phone_values_and_first_columns_stay_in_sight(browser: Any, server: str) -> None:
    """A value stands under its formula; a table that scrolls keeps its first column, by a class."""
    with reading(browser, server, "light", NARROW) as reader:
        reader.open("backward/network.html")
        ends = reader.page.locator(".by-hand__value").evaluate_all(
            "all => all.map(one => one.getBoundingClientRect().right)"
        )
        assert len(ends) > 30
        assert max(ends) < NARROW
        reader.open("worked/004-network.html")
        ends = reader.page.locator(".worked > .step :is(strong, .worked__verdict)").evaluate_all(
            "all => all.map(one => one.getBoundingClientRect().right)"
        )
        assert len(ends) > 100
        assert max(ends) < NARROW
        reader.open("reference/conventions.html")
        table = reader.page.locator(".keeps-first[tabindex]").first.element_handle()
        assert table.evaluate(SCROLLED) >= 0
        table.evaluate("box => box.classList.remove('keeps-first')")
        assert table.evaluate(SCROLLED) < 0


AT = "Number(getComputedStyle(document.querySelector('.picture--steps')).getPropertyValue('--picture-at'))"


@pytest.mark.parametrize("takes_hold", [False, True])
def test_a_wide_picture_goes_along_while_it_plays(browser: Any, server: str, takes_hold: bool) -> None:
    """On a phone it brings the step that is played into sight, unless the reader has taken hold of it."""
    with reading(browser, server, "light", NARROW, motion="no-preference") as reader:
        reader.open("index.html")
        reader.page.add_style_tag(content=WIDER)
        picture = reader.page.locator(".picture--steps")
        assert reader.page.evaluate(AT) == 99, "nothing moves until it is asked to"
        picture.get_by_label("Play", exact=True).check(force=True)
        reader.page.wait_for_function(f"{AT} > 0.6 && {AT} < 2")  # it has begun to go along
        if takes_hold:
            picture.dispatch_event("pointerdown")
            reader.page.wait_for_timeout(500)  # it comes to rest
            picture.evaluate("box => box.scrollLeft = 0")
        picture.evaluate("box => box.getAnimations().forEach(one => { one.playbackRate = 20; })")
        if takes_hold:
            reader.page.wait_for_function(f"{AT} === 99")
            assert picture.evaluate("box => box.scrollLeft") == 0
        else:
            reader.page.wait_for_function("document.querySelector('.picture--steps').scrollLeft > 50")
            reader.page.wait_for_function(f"{AT} === 99")
        assert reader.complaints() == []


def test_paper_is_light(browser: Any, server: str) -> None:
    paper = "getComputedStyle(document.documentElement.querySelector('[data-md-color-scheme]')).backgroundColor"
    with reading(browser, server, "light") as reader:
        reader.open("one-neuron.html")
        light = reader.page.evaluate(paper)
    with reading(browser, server, "dark") as reader:
        reader.open("one-neuron.html")
        reader.page.emulate_media(media="print")
        assert reader.page.evaluate(paper) == light
        assert not reader.page.locator(".math__copy").first.is_visible()


def test_folded_answers_are_printed_on_a_page_of_their_own(browser: Any, server: str) -> None:
    with reading(browser, server, "light") as reader:
        reader.open("one-neuron.html")
        folded = reader.page.locator("details.answer").count()
        reader.page.evaluate("document.querySelector('details.answer').open = true")
        reader.page.evaluate("dispatchEvent(new Event('beforeprint'))")
        reader.page.emulate_media(media="print")
        inside = reader.page.locator("details.answer > p:not(:first-child)")
        shown = [one.is_visible() for one in inside.all()]
        assert shown[0]
        assert not shown[-1]
        answers = reader.page.locator(".answers")
        assert answers.locator(":scope > div").count() == folded - 1, "one that is open is printed where it stands"
        assert answers.evaluate("one => getComputedStyle(one).breakBefore") == "page"
        for answer in answers.locator(":scope > div").all():
            assert answer.locator(":scope > strong").count() == 1
            assert answer.locator(":scope > p").first.is_visible()
        assert answers.locator("[id]").count() == 0
        reader.page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert reader.page.locator(".answers, .answer--folded").count() == 0
