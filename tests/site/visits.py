"""A reader with a browser: one page, or every page of the book."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PARTS = range(6)  # the book in so many parts, which processes of a test run share among them
MOVED = 0.01  # a shift that a reader sees; 0.1 is what search engines call good
WIDE, NARROW = 1280, 360

SETTLED = """() => document.fonts.ready.then(() => new Promise(done =>
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 30)))))"""
SHIFTS = """window.shifted = 0;
new PerformanceObserver(list => list.getEntries().forEach(entry => {
    if (!entry.hadRecentInput) window.shifted += entry.value;
})).observe({ type: "layout-shift", buffered: true });"""


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
        self.page.goto(self.address + name, wait_until="load")
        self.page.evaluate(SETTLED)

    def complaints(self) -> list[str]:
        """What went wrong since the last time it was asked."""
        found = [f"asks for {url}" for url in self.foreign] + [f"error: {text}" for text in self.errors]
        self.foreign.clear()
        self.errors.clear()
        return found


@contextmanager
def reading(
    browser: Any, address: str, scheme: str = "light", width: int = WIDE, motion: str = "reduce"
) -> Iterator[Reader]:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion=motion)
    try:
        yield Reader(context.new_page(), address)
    finally:
        context.close()


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser of one's own, without a sandbox so that it starts in containers."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        browser.close()


Look = Callable[[Reader], list[str]]


def visit(
    browser: Any, pages: Sequence[str], address: str, scheme: str, width: int, looks: Sequence[Look]
) -> list[str]:
    """Every page looked at in every way; what there is to complain about, with the name of the page."""
    found = []
    with reading(browser, address, scheme, width) as reader:
        reader.page.add_init_script(SHIFTS)
        for name in pages:
            reader.open(name)
            for look in looks:
                found += [f"{name}: {complaint}" for complaint in look(reader)]
            found += [f"{name}: {complaint}" for complaint in reader.complaints()]
    return found


# ---- ways to look ----------------------------------------------------------------------------------------------------


def stands_still(reader: Reader) -> list[str]:
    """Nothing shifts while the page loads; what shifts once in a while on a busy machine has to do so again.

    What moves when a page comes slowly is the subject of test_in_pieces, which leaves nothing to chance.
    """
    shifted = 0.0
    for _attempt in range(2):
        shifted = reader.page.evaluate("window.shifted")
        if shifted <= MOVED:
            return []
        reader.page.reload(wait_until="load")
        reader.page.wait_for_timeout(3000)
    return [f"shifts by {shifted} while loading"]


def lay_it_all_out(reader: Reader) -> list[str]:
    """To be able to judge what is out of sight: every part is laid out and every answer is open."""
    reader.page.add_style_tag(content="* { content-visibility: visible !important }")
    reader.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    return []


def fits(reader: Reader) -> list[str]:
    """Nothing stands out sideways, once the theme has laid its sidebars out anew."""
    over = 1
    for _attempt in range(40):
        over = reader.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if over <= 0:
            return []
        reader.page.wait_for_timeout(100)
    return [f"scrolls sideways by {over} pixels at {reader.page.viewport_size['width']}"]


def fits_a_phone(reader: Reader) -> list[str]:
    """The same after the window became narrow."""
    before = reader.page.viewport_size
    reader.page.set_viewport_size({"width": NARROW, "height": 900})
    found = fits(reader)
    reader.page.set_viewport_size(before)
    return found


SHEET = 680  # what A4 leaves between its margins
HIDES = """[...document.querySelectorAll(".md-content :is(div, pre, code, table, figure)")]
    .filter(box => box.clientWidth && box.scrollWidth > box.clientWidth + 1)
    .filter(box => getComputedStyle(box).overflowX !== "visible")
    .map(box => box.className || box.tagName)"""


def prints(reader: Reader) -> list[str]:
    """On paper: light whatever the screen is, as wide as the sheet, nothing hidden, without the frame."""
    paper = "getComputedStyle(document.body).getPropertyValue('--book-paper').trim()"
    reader.page.emulate_media(media="print")
    reader.page.set_viewport_size({"width": SHEET, "height": 1000})
    found = [] if reader.page.evaluate(paper) == "#fdfcf9" else ["is printed dark"]
    if reader.page.locator(".md-header, .md-sidebar, .math__copy").locator("visible=true").count():
        found.append("prints the frame")
    over = reader.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    if over > 0:
        found.append(f"is {over} pixels wider than the sheet")
    found += [f"hides on paper what goes on in {box}" for box in reader.page.evaluate(HIDES)]
    reader.page.emulate_media(media="screen")
    reader.page.set_viewport_size({"width": WIDE, "height": 900})
    return found


def answers(reader: Reader, words: str) -> list[str]:
    """What the book answers to somebody who searches for these words, the best first."""
    reader.open("index.html")
    reader.page.locator(".md-search__input").click()
    reader.page.keyboard.type(words)
    results = reader.page.locator(".md-search-result__item")
    results.first.wait_for(timeout=10_000)
    texts: list[str] = results.all_inner_texts()
    return texts


def is_reached_by_keyboard(reader: Reader) -> list[str]:
    """Whatever scrolls sideways takes the focus, soon after the page has come to rest."""
    found: list[str] = []
    for _attempt in range(50):
        found = reader.page.evaluate(
            """() => [...document.querySelectorAll(".md-content *")].filter(box =>
                ["auto", "scroll"].includes(getComputedStyle(box).overflowX)
                && box.scrollWidth > box.clientWidth + 1 && box.tabIndex < 0)
                .map(box => box.className || box.localName)"""
        )
        if not found:
            return []
        reader.page.wait_for_timeout(100)
    return [f"the keyboard does not reach {name}" for name in found]


OF_COLOUR_AND_WIDTH = ("color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size")

# Nine tenths of axe's time go into contrasts, and a page of code has thousands of words in a handful of colours. So of
# the texts that look alike, and stand in boxes that look alike up to the page itself, three are marked for it.
ONE_OF_EACH_LOOK = """() => {
    const numbers = new Map(), looks = new Map(), alike = new Map();
    const number = text => numbers.get(text) ?? (numbers.set(text, numbers.size), numbers.size - 1);
    const look = one => {
        if (one === null) return -1;
        if (!looks.has(one)) {
            const of = getComputedStyle(one);
            looks.set(one, number([look(one.parentElement), one.localName, one.getAttribute("class"), of.color,
                of.backgroundColor, of.backgroundImage, of.opacity, of.filter, of.fontSize, of.fontWeight,
                of.textShadow, of.position, of.clip, of.clipPath, of.visibility].join("|")));
        }
        return looks.get(one);
    };
    for (const one of document.body.querySelectorAll("*")) {
        const says = [...one.childNodes].some(part => part.nodeType === 3 && part.data.trim()) || one.value;
        if (says && one.getClientRects().length) {
            if (!alike.has(look(one))) alike.set(look(one), []);
            alike.get(look(one)).push(one);
        }
    }
    for (const all of alike.values())
        for (const at of [0, all.length >> 1, all.length - 1]) all[at].setAttribute("data-look", "");
}"""
# Half of the nodes of some pages are outlines of letters. They have neither text nor name, nor colours of their own:
# once that is seen, they are taken out.
LETTERS_OUT = """() => [...document.querySelectorAll(".math svg, .math-glyphs")].flatMap(one => {
    const strange = [...one.querySelectorAll("*")].filter(part =>
        !["defs", "g", "path", "rect", "line", "svg", "symbol", "use"].includes(part.localName)
        || part.getAttributeNames().some(name => name === "tabindex" || name === "class" || name === "role"
            || name.startsWith("aria-") || name.startsWith("on"))
        || !["", "currentColor", "none"].includes(part.getAttribute("fill") ?? "")
        || !/^(#.*)?$/.test(part.getAttribute("href") ?? ""));
    one.replaceChildren();
    return strange.map(part => "a formula holds " + part.cloneNode().outerHTML);
})"""


class Axe:
    """What axe finds, by the rules named or by all; also small targets, which it leaves out by itself."""

    def __init__(self, *rules: str) -> None:
        from axe_playwright_python.base import AXE_SCRIPT

        self.script = f"() => {{ {AXE_SCRIPT} }}"
        self.options: dict[str, Any] = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
        if rules:
            self.options |= {"runOnly": {"type": "rule", "values": list(rules)}}

    def __call__(self, reader: Reader) -> list[str]:
        complaints: list[str] = reader.page.evaluate(LETTERS_OUT)
        reader.page.evaluate(ONE_OF_EACH_LOOK)
        reader.page.evaluate(self.script)
        violations = reader.page.evaluate(
            """async options => {
                axe.configure({rules: [{id: "color-contrast", selector: "[data-look]"}]});
                return (await axe.run(document, options)).violations;
            }""",
            self.options,
        )
        found = [(one["id"], node["html"]) for one in violations for node in one["nodes"]]
        return complaints + [
            f"{rule}: {' '.join(html.split())[:120]}"
            for rule, html in found
            if rule != "target-size" or "md-nav__link" not in html  # half under the edge of the sidebar, which scrolls
        ]
