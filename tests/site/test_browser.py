"""The built book in a browser that reaches no other host: from a server and as files, light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

WIDE, NARROW = 1280, 360


class Reader:
    """A browser page that notes what it asks for and what goes wrong."""

    def __init__(self, page: Any, address: str) -> None:
        self.page = page
        self.address = address
        self.foreign: list[str] = []
        self.errors: list[str] = []
        page.on("request", self._note)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        page.route(lambda url: not self._ours(url), lambda route: route.abort())

    def _ours(self, url: str) -> bool:
        return url.startswith((self.address, "data:", "blob:", "about:"))

    def _note(self, request: Any) -> None:
        if not self._ours(request.url):
            self.foreign.append(request.url)

    def open(self, name: str) -> None:
        self.page.goto(self.address + name)
        self.page.wait_for_load_state("networkidle")


@contextmanager
def reading(browser: Any, address: str, scheme: str = "light", width: int = WIDE) -> Iterator[Reader]:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    try:
        yield Reader(context.new_page(), address)
    finally:
        context.close()


def fits(page: Any) -> bool:
    """Whether nothing stands out sideways, once the theme has laid its sidebars out anew."""
    for _attempt in range(40):
        if page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0:
            return True
        page.wait_for_timeout(100)
    return False


@pytest.mark.parametrize("address", ["server", "file"], indirect=True)
def test_pages_ask_no_other_host_and_fit(browser: Any, pages: list[str], address: str) -> None:
    """Light from a server, dark as files: neither asks for anything that the other does not."""
    scheme = "light" if address.startswith("http") else "dark"
    with reading(browser, address, scheme) as reader:
        for name in pages:
            reader.open(name)
            for width in (WIDE, NARROW):
                reader.page.set_viewport_size({"width": width, "height": 900})
                assert fits(reader.page), f"{name} scrolls sideways at {width}"
        assert reader.foreign == []
        assert reader.errors == []


def test_search_answers(browser: Any, address: str) -> None:
    with reading(browser, address) as reader:
        reader.open("index.html")
        reader.page.locator(".md-search__input").click()
        reader.page.keyboard.type("learning rate")
        results = reader.page.locator(".md-search-result__item")
        results.first.wait_for(timeout=10_000)
        assert "One neuron" in " ".join(results.all_inner_texts())
        assert "\\frac" not in " ".join(results.all_inner_texts())
        assert reader.foreign == []
        assert reader.errors == []


@pytest.mark.parametrize(("scheme", "width"), [("light", WIDE), ("dark", NARROW)])
def test_axe_finds_nothing(browser: Any, pages: list[str], server: str, scheme: str, width: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="install the extra 'site'").Axe()
    with reading(browser, server, scheme, width) as reader:
        for name in [*pages, "404.html"]:
            if width == NARROW and name.startswith("source/"):
                continue  # all of one kind: the other run has them
            reader.open(name)
            reader.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
            reader.page.locator(".md-content").wait_for()
            violations = axe.run(reader.page).response["violations"]
            found = [f"{one['id']}: {node['html'][:120]}" for one in violations for node in one["nodes"]]
            assert found == [], name


def test_the_scheme_follows_the_system_and_the_toggle(browser: Any, server: str) -> None:
    paper = "getComputedStyle(document.body).backgroundColor"
    with reading(browser, server, "light") as light, reading(browser, server, "dark") as dark:
        light.open("index.html")
        dark.open("index.html")
        bright, dim = light.page.evaluate(paper), dark.page.evaluate(paper)
        assert bright != dim
        light.page.locator("label[title='Switch to dark']").click()
        light.page.wait_for_function(f"{paper} === '{dim}'")


def test_every_formula_has_a_name_and_its_latex_is_copied(browser: Any, server: str) -> None:
    with reading(browser, server) as reader:
        reader.open("one-neuron.html")
        names = reader.page.locator(".math svg[role]").evaluate_all(
            "all => all.map(one => one.getAttribute('aria-label'))"
        )
        assert len(names) > 40
        assert all(names)
        assert not [name for name in names if "\\" in name]
        selected = reader.page.evaluate(
            """() => {
                const text = document.querySelector("#step-2 .step__body");
                getSelection().selectAllChildren(text);
                return getSelection().toString();
            }"""
        )
        assert "$$z = s + b$$" in selected
        reader.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        button = reader.page.locator("#step-2 .math__copy")
        button.focus()
        reader.page.keyboard.press("Enter")
        assert reader.page.evaluate("navigator.clipboard.readText()") == "z = s + b"


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


def test_what_scrolls_sideways_is_reached_by_keyboard(browser: Any, server: str) -> None:
    with reading(browser, server, width=NARROW) as reader:
        reader.open("one-neuron.html")
        unreached = reader.page.evaluate(
            """() => [...document.querySelectorAll(".md-content *")].filter(box =>
                ["auto", "scroll"].includes(getComputedStyle(box).overflowX)
                && box.scrollWidth > box.clientWidth + 1 && box.tabIndex < 0).map(box => box.className)"""
        )
        assert unreached == []
        reached = reader.page.locator(".math__scroll[tabindex='0']").count()
        assert reached + reader.page.locator(".source__lines pre[tabindex='0']").count() > 0


def test_nothing_shifts_while_loading(browser: Any, server: str) -> None:
    for width in (WIDE, NARROW):
        with reading(browser, server, width=width) as reader:
            reader.page.add_init_script(
                """window.shifted = 0;
                new PerformanceObserver(list => list.getEntries().forEach(entry => {
                    if (!entry.hadRecentInput) window.shifted += entry.value;
                })).observe({ type: "layout-shift", buffered: true });"""
            )
            for name in ("index.html", "one-neuron.html"):
                reader.open(name)
                assert reader.page.evaluate("window.shifted") < 0.01, f"{name} at {width}"


def test_paper_is_light_and_shows_the_answers(browser: Any, server: str) -> None:
    paper = "getComputedStyle(document.documentElement.querySelector('[data-md-color-scheme]')).backgroundColor"
    with reading(browser, server, "light") as reader:
        reader.open("one-neuron.html")
        light = reader.page.evaluate(paper)
    with reading(browser, server, "dark") as reader:
        reader.open("one-neuron.html")
        reader.page.emulate_media(media="print")
        assert reader.page.evaluate(paper) == light
        answer = reader.page.locator("details.answer p").nth(1)
        assert answer.bounding_box()["height"] > 0
        assert not reader.page.locator(".math__copy").first.is_visible()
