"""The player in the browser: by the keyboard alone, on the reader's own numbers, to the same bits as the package."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import Any

import pytest

from scalarnn.exercise import gallery, read_text
from scalarnn.exercise.working import WorkedExercise
from scalarnn.player import page as page_of_its_own
from scalarnn.worked.homework import HomeworkError, with_own_numbers, worked_once
from tests.site.visits import Axe, Reader, reading

PAGES = ("forward/softmax.html", "learning/adam.html", "learning/batches.html")
EXAMPLES = ("001-columns", "003-neuron", "004-network")
OPENED = "scalar-player .player__bar"
TOO_LARGE = "too large for floats"
# Every name with its number as Python writes it.
VALUES = """player => {
    const texts = x => Array.isArray(x) ? x.map(texts) : typeof x === "number" ? scalarnn.repr(x) : null;
    return Object.fromEntries(Object.entries(player.program.values()).map(([name, value]) => [name, texts(value)]));
}"""


def opened(reader: Reader, name: str) -> Any:
    """The page's player, opened by the keyboard."""
    reader.open(name)
    button = reader.page.locator(".player__open").first
    button.focus()
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_selector(OPENED)
    return reader.page.locator("scalar-player").first.element_handle()


def plain(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if isinstance(value, str):
        return "0.0" if value == "-0.0" else value
    return repr(float(value) + 0.0)


def differences(found: dict[str, Any], expected: dict[str, Any]) -> list[str]:
    return [name for name, value in expected.items() if name in found and plain(found[name]) != plain(value)]


def by_python(text: str) -> dict[str, Any]:
    return worked_once(WorkedExercise(read_text(text), "exercise", "float"), "float")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.usefixtures("portable_functions")
def test_to_the_end_and_back_by_the_keyboard(browser: Any, server: str, name: str) -> None:
    with reading(browser, server) as reader:
        player = opened(reader, name)
        reader.page.locator(".player__bar button").first.focus()
        reader.page.keyboard.press("Home")
        n_stops = player.evaluate("player => player.stops.length")
        for _ in range(n_stops - 1):
            reader.page.keyboard.press("ArrowRight")
        assert player.evaluate("player => player.at") == n_stops - 1
        assert TOO_LARGE not in player.inner_text()
        last = reader.page.locator(".player__position").inner_text()
        assert re.fullmatch(r"(?:after )?step (\d+) of \1", last), last
        for _ in range(n_stops - 1):
            reader.page.keyboard.press("ArrowLeft")
        assert player.evaluate("player => player.at") == 0
        assert (
            differences(player.evaluate(VALUES), by_python(player.evaluate("player => scalarnn.toml(player.program)")))
            == []
        )
        assert reader.complaints() == []


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.usefixtures("portable_functions")
def test_a_worked_example_has_the_numbers_of_show(browser: Any, address: str, name: str) -> None:
    with reading(browser, address) as reader:
        player = opened(reader, f"worked/{name}.html")
        found = player.evaluate(VALUES)
        assert TOO_LARGE not in player.inner_text()
        changes = {"n_iterations": "2"} if name.startswith("003") else {}
        expected = worked_once(with_own_numbers(name, changes, "float"), "float")
        assert len([key for key in expected if key in found]) > 5
        assert differences(found, expected) == []
        assert reader.complaints() == []


@pytest.mark.usefixtures("portable_functions")
def test_numbers_typed_over(browser: Any, server: str) -> None:
    """Random edits: what stands there then is what the package gives for the file that the page offers."""
    chance = random.Random(3)
    with reading(browser, server) as reader:
        player = opened(reader, "backward/relu.html")
        player.evaluate("player => { for (const fold of player.querySelectorAll('details')) fold.open = true; }")
        fields = reader.page.locator(".player__numbers input[type=text]")
        n_fields = fields.count()
        for _ in range(25):
            typed = chance.choice(
                [f"{chance.uniform(0, 3):.3f}", f"{chance.randint(1, 9)}/7", f"{chance.randint(1, 9)}e-2"]
            )
            fields.nth(chance.randrange(n_fields)).fill(typed)
            try:
                expected = by_python(player.evaluate("player => scalarnn.toml(player.program)"))
            except HomeworkError:
                continue
            assert differences(player.evaluate(VALUES), expected) == []
        assert reader.complaints() == []


def test_what_is_too_large_is_said(browser: Any, server: str) -> None:
    with reading(browser, server) as reader:
        player = opened(reader, "backward/relu.html")
        player.evaluate("player => { for (const fold of player.querySelectorAll('details')) fold.open = true; }")
        fields = reader.page.locator(".player__numbers input[type=text]")
        for n in range(fields.count()):
            fields.nth(n).fill("1e200")
        assert TOO_LARGE in player.inner_text()
        with pytest.raises(HomeworkError):
            by_python(player.evaluate("player => scalarnn.toml(player.program)"))


def test_what_is_no_number_is_said_and_changes_nothing(browser: Any, server: str) -> None:
    with reading(browser, server) as reader:
        player = opened(reader, "backward/relu.html")
        player.evaluate("player => { for (const fold of player.querySelectorAll('details')) fold.open = true; }")
        before = player.evaluate(VALUES)
        field = reader.page.locator(".player__numbers input[type=text]").first
        for typed in ("", "abc", "1/0", "globalThis.hit = 1", "<img src=x onerror=globalThis.hit=1>"):
            field.fill(typed)
            assert field.get_attribute("aria-invalid") == "true"
            assert "a number is wanted" in reader.page.locator(".player__wrong").inner_text()
        assert player.evaluate(VALUES) == before
        assert reader.page.evaluate("globalThis.hit") is None


def test_asked_first(browser: Any, server: str) -> None:
    with reading(browser, server) as reader:
        player = opened(reader, "backward/relu.html")
        reader.page.get_by_label("ask me first").check()
        player.evaluate("player => player.go(player.steps[2].stops[0])")
        value = player.evaluate("player => player.stops[player.at].value")
        answer = reader.page.locator(".player__ask input")
        assert scalar_text(value) not in reader.page.locator(".player__formula").inner_text()
        answer.fill(f"{3 * value + 0.25}")
        answer.press("Enter")
        assert "Not" in reader.page.locator(".player__verdict").inner_text()
        answer.fill(f"{int(value * 6)}/6")
        answer.press("Enter")
        assert scalar_text(value) in reader.page.locator(".player__formula").inner_text()
        assert player.evaluate("player => player.asksNow()") is False


FOCUS = "[document.activeElement.tagName, document.activeElement.type]"


def test_keys_work_on_the_box_and_in_the_empty_field(browser: Any, server: str) -> None:
    """The box takes Space alone; a question takes the focus, and gives it back; what is typed stays in the field."""
    with reading(browser, server) as reader:
        player = opened(reader, "backward/relu.html")
        press, at = reader.page.keyboard.press, "player => player.at"
        box = reader.page.get_by_label("ask me first")
        box.focus()
        press("Home")
        press("ArrowRight")
        press("n")
        assert player.evaluate(at) == 2
        press("Space")  # its number is asked for
        assert reader.page.evaluate(FOCUS) == ["INPUT", "text"]
        asked = player.evaluate(at)
        press("ArrowRight")
        assert "Answer first" in reader.page.locator(".player__verdict").inner_text()
        reader.page.keyboard.type("n0")
        press("Home")
        assert (player.evaluate(at), reader.page.locator(".player__ask input").input_value()) == (asked, "n0")
        reader.page.locator(".player__ask input").fill("")
        press("Home")
        assert player.evaluate(at) == 0
        assert "player__formula" in reader.page.evaluate("document.activeElement.className"), "keys go on from here"
        press("End")
        assert player.evaluate(at) > asked
        field = reader.page.get_by_label("x[0]")
        player.evaluate("player => { for (const fold of player.querySelectorAll('details')) fold.open = true; }")
        player.evaluate("player => player.go(player.steps[0].stops[0])")
        field.fill("1/3")
        assert player.evaluate("player => player.asksNow()")
        assert field.evaluate("field => field === document.activeElement"), "nobody is interrupted"


@pytest.mark.parametrize("width", [1280, 360])
def test_every_button_has_a_sign_and_a_word_of_its_own(browser: Any, server: str, width: int) -> None:
    with reading(browser, server, width=width) as reader:
        opened(reader, "backward/relu.html")
        buttons = reader.page.locator(".player__bar button")
        words = ["first", "back", "play", "step", "over", "out", "last"]
        assert [one.inner_text().strip() for one in buttons.all()] == words
        assert len(set(buttons.locator("path").evaluate_all("all => all.map(one => one.getAttribute('d'))"))) == 7
        boxes = [one.bounding_box() for one in buttons.all()]
        assert len({box["y"] for box in boxes}) == 1, "in one row"
        box = reader.page.get_by_label("ask me first").bounding_box()
        assert min(box["width"], box["height"]) >= 24


def test_the_counter_moves_with_each_line(browser: Any, server: str) -> None:
    """A sum is one step of the derivation and several lines of the run."""
    with reading(browser, server) as reader:
        player = opened(reader, "forward/forward-pass.html")
        said = player.evaluate(
            "player => [0, 1, 2, 3, 4].map(n => { player.go(n); return player.parts.position.textContent; })"
        )
        of = said[0].partition(" of ")[2]
        counted = ["before step 1", "step 1, term 1 of 2", "step 1, term 2 of 2", "step 2", "step 3, term 1 of 2"]
        assert [one.replace(f" of {of}", "", 1) for one in said] == counted


def scalar_text(value: float) -> str:
    return f"{value:g}".replace("-", "−")


MOVED = """player => new Promise(done => {
    let moved = 0;
    const add = list => { for (const one of list.getEntries()) if (!one.hadRecentInput) moved += one.value; };
    const watch = new PerformanceObserver(add);
    watch.observe({ type: "layout-shift" }); // but for half a second after a click
    const end = () => { add({ getEntries: () => watch.takeRecords() }); done(moved); };
    const step = n => { player.go(n); setTimeout(n + 1 < player.stops.length ? step : end, 25, n + 1); };
    setTimeout(step, 600, 0);
})"""


@pytest.mark.parametrize("width", [1280, 360])
def test_nothing_moves_while_it_plays(browser: Any, server: str, width: int) -> None:
    """What changes at a step has a height of its own; where it has none, more than a tenth of the window moves."""
    with reading(browser, server, width=width) as reader:
        player = opened(reader, "backward/relu.html")
        player.evaluate("player => player.scrollIntoView()")
        assert player.evaluate(MOVED) < 0.02


def test_a_step_is_told_once_it_rests(browser: Any, server: str) -> None:
    with reading(browser, server) as reader:
        player = opened(reader, "backward/relu.html")
        told = player.evaluate(
            """async player => {
                const told = [], { said } = player.parts;
                const rest = () => new Promise(done => setTimeout(done, 400));
                await rest();
                new MutationObserver(() => told.push(said.textContent)).observe(said, { childList: true });
                for (let n = 0; n < 5; n++) player.step();
                await rest();
                return told;
            }"""
        )
        assert len(told) == 1
        assert re.search(" is .+, from |next: |done: ", told[0])


RAISED = """player => {
    const found = [];
    for (let n = 0; n < player.stops.length; n++) {
        player.go(n);
        for (const one of player.querySelectorAll(".player__formula :is(sub, sup)")) {
            found.push([one.localName, getComputedStyle(one.parentElement).display]);
        }
    }
    return found;
}"""


def test_a_square_in_what_comes_next_is_no_two_beside_it(browser: Any, server: str) -> None:
    with reading(browser, server) as reader:
        found = opened(reader, "gallery.html").evaluate(RAISED)
        assert {name for name, _ in found} == {"sub", "sup"}
        assert {display for _, display in found}.isdisjoint({"flex", "grid"})


def test_a_link_brings_a_step_and_numbers(browser: Any, server: str) -> None:
    with reading(browser, server) as reader:
        reader.open("backward/relu.html#step=12&x=[0.25,2]")
        reader.page.wait_for_selector(OPENED)
        player = reader.page.locator("scalar-player").first.element_handle()
        assert reader.page.locator(".player__position").inner_text().startswith("step 12 of")
        assert player.evaluate("player => player.program.given.x") == [0.25, 2]


def test_a_link_says_which_of_several_players(browser: Any, server: str) -> None:
    programs = "Array.from(document.querySelectorAll('scalar-player'), player => player.program)"
    with reading(browser, server) as reader:
        reader.open("gallery.html")
        third = reader.page.locator("scalar-player").nth(2).element_handle()
        link = third.evaluate(
            "async player => (await player.open(), player.program.given.x = [4, 5], scalarnn.linkOf(player))"
        )
        reader.page.goto("about:blank")
        reader.page.goto(link)
        reader.page.wait_for_selector(OPENED)
        given = reader.page.evaluate(f"{programs}.map(program => program && program.given.x)")
        assert [x for x in given if x] == [[4, 5]]
        assert given.index([4, 5]) == 2
        assert "did not fit" not in reader.page.locator("scalar-player").nth(2).inner_text()
        assert reader.complaints() == []


def test_who_came_by_a_heading_is_told_nothing_of_a_link(browser: Any, server: str) -> None:
    with reading(browser, server) as reader:
        opened(reader, "backward/relu.html#step-through-it-yourself")
        assert "did not fit" not in reader.page.locator("scalar-player").first.inner_text()
        opened(reader, "backward/relu.html?again#x=wrong")
        assert "The link's x did not fit" in reader.page.locator("scalar-player").first.inner_text()


def test_a_wire_tells_its_chain_of_factors(browser: Any, server: str) -> None:
    with reading(browser, server) as reader:
        player = opened(reader, "backward/relu.html")
        wire = reader.page.locator("[data-part='edge 0 1 0']")
        wire.focus()
        reader.page.keyboard.press("Enter")
        chain = reader.page.locator(".player__why li")
        assert chain.count() >= 3
        target = player.evaluate(
            """player => {
                const stop = player.stops[player.at];
                return scalarnn.symbolText(scalarnn.symbolOf(stop, stop.row.targets[0]));
            }"""
        )
        assert target == "∂L/∂W₀,₁₀"
        assert "Shut" in reader.page.locator(".player__closed").inner_text()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
@pytest.mark.parametrize("name", ["backward/relu.html", "learning/batches.html", "bench.html"])
def test_axe_finds_nothing_in_an_open_player(browser: Any, server: str, name: str, scheme: str, width: int) -> None:
    with reading(browser, server, scheme, width) as reader:
        if name == "bench.html":
            reader.open(name)
            reader.page.locator("scalar-bench button").click()
            reader.page.wait_for_selector(OPENED)
        else:
            opened(reader, name)
        reader.page.evaluate(
            """() => {
                const player = document.querySelector("scalar-player");
                for (const fold of player.querySelectorAll("details")) fold.open = true;
                player.go(Math.floor(player.stops.length / 2));
            }"""
        )
        assert reader.page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
        assert Axe()(reader) == []
        assert reader.complaints() == []


@pytest.mark.usefixtures("portable_functions")
def test_the_bench_builds_what_is_clicked(browser: Any, address: str) -> None:
    with reading(browser, address) as reader:
        reader.open("bench.html")
        reader.page.locator("scalar-bench button").click()
        reader.page.wait_for_selector(OPENED)
        reader.page.get_by_role("button", name="one more layer").click()
        reader.page.get_by_role("button", name="one more of the outputs").click()
        reader.page.get_by_label("loss", exact=False).first.select_option("softmax_cross_entropy")
        reader.page.get_by_label("rule", exact=False).first.select_option("adam")
        player = reader.page.locator("scalar-player").first.element_handle()
        text = player.evaluate("player => scalarnn.toml(player.program)")
        assert read_text(text).sizes == [2, 3, 2, 2]
        assert text.count("softmax") == 1, "it is inside the loss, which says so"
        assert differences(player.evaluate(VALUES), by_python(text)) == []
        assert reader.complaints() == []


def test_a_target_of_the_bench_can_be_reached(browser: Any, server: str) -> None:
    with reading(browser, server) as reader:
        reader.open("bench.html")
        reader.page.locator("scalar-bench button").click()
        reader.page.wait_for_selector(OPENED)
        target = "document.querySelector('scalar-player').program.given.y"
        assert reader.page.evaluate(target)[0] < 0
        ending = reader.page.get_by_label("activation of layer 1", exact=True).first
        ending.select_option("tanh")
        assert reader.page.evaluate(target)[0] < 0
        ending.select_option("sigmoid")
        assert reader.page.evaluate(target)[0] > 0


def test_a_page_of_its_own(browser: Any, tmp_path: Path) -> None:
    """One file, which asks for nothing and works without a server."""
    file = tmp_path / "mazur.html"
    file.write_text(page_of_its_own(gallery.of_gallery("mazur")), encoding="utf-8")
    with reading(browser, tmp_path.as_uri() + "/") as reader:
        reader.open(file.name)
        reader.page.wait_for_selector(OPENED)
        found = reader.page.locator("scalar-player").first.element_handle().evaluate(VALUES)
        assert json.loads(found["L"])
        place = reader.page.locator(".player__position")
        before = place.inner_text()
        reader.page.keyboard.press("ArrowRight")  # nothing was clicked before
        assert place.inner_text() != before
        assert reader.complaints() == []


def test_the_spiral_learns_in_the_page(browser: Any, server: str) -> None:
    with reading(browser, server) as reader:
        reader.open("learning/training-spiral.html")
        reader.page.locator("scalar-training button").click()
        said = reader.page.locator("scalar-training [role=status]")
        said.wait_for()
        right = [int(said.inner_text().split(";")[1].split()[0])]
        training = reader.page.locator("scalar-training").element_handle()
        training.evaluate("training => training._some(60)")
        right.append(int(said.inner_text().split(";")[1].split()[0]))
        assert right[1] > right[0] + 50
        assert training.evaluate("training => training.history.length") == 60
        assert reader.complaints() == []


def test_ways_across_the_valley(browser: Any, server: str) -> None:
    with reading(browser, server, "dark", 360) as reader:
        reader.open("learning/adam.html")
        reader.page.locator("scalar-paths button").click()
        said = reader.page.locator("scalar-paths figcaption")
        said.first.wait_for()
        assert said.count() == 6
        before = said.all_inner_texts()
        rate = reader.page.get_by_label("η of adam")
        rate.focus()
        reader.page.keyboard.press("ArrowLeft")
        after = said.all_inner_texts()
        assert [a == b for a, b in zip(before, after, strict=True)] == [True] * 5 + [False]
        assert reader.page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
        assert Axe()(reader) == []
        assert reader.complaints() == []
