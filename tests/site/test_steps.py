"""On the built pages: a step leads to its line, and the line leads back to the step."""

from __future__ import annotations

import re
from pathlib import Path

STEP = re.compile(r'<section class="step" id="step-(\d+)">(.*?)</section>', re.DOTALL)
TO_LINE = re.compile(r'<a class="step__line"[^>]*href="#([^"]+)"|<a [^>]*href="#([^"]+)"[^>]*class="step__line"')
LINE = re.compile(r'<span class="source__line[^"]*" id="([^"]+)">(.*?)(?=<span class="source__line|</code>)', re.DOTALL)
BACK = re.compile(
    r'class="source__step"[^>]*data-n="(\d+)(?:–(\d+))?"|data-n="(\d+)(?:–(\d+))?"[^>]*class="source__step"'
)


ROW = re.compile(r"<tr>\s*<td[^>]*>((?:(?!</td>).)*step__number.*?)</td>\s*<td[^>]*>(.*?)</td>", re.DOTALL)
SPOKEN = re.compile(r'aria-label="([^"]+)"')
LETTER = re.compile(r"([A-Za-z])(?: sub [^ ]+)? equals ")
SHORTHANDS = {"d", "J"}  # ŷ − y by a name of its own, and the table of ∂ŷ/∂z


def lines_without_a_way_back(html: str) -> tuple[int, list[str]]:
    """How many steps lead to a line, and those whose line does not show their number."""
    carried: dict[str, set[int]] = {}
    for anchor, line in LINE.findall(html):
        for found in BACK.findall(line):
            first, last = (
                [number for number in found if number] * 2 if sum(map(bool, found)) == 1 else filter(None, found)
            )
            carried.setdefault(anchor, set()).update(range(int(first), int(last) + 1))
    n_steps, lost = 0, []
    for number, body in STEP.findall(html):
        leads = TO_LINE.search(body)
        if leads:
            n_steps += 1
            anchor = leads[1] or leads[2]
            if int(number) not in carried.get(anchor, set()):
                lost.append(f"step {number} → {anchor}")
    return n_steps, lost


def rows_of_another_step(html: str) -> tuple[int, list[str]]:
    """How many rows of numbers with a letter on the left, and those whose step does not speak of that letter."""
    steps = {number: " ".join(SPOKEN.findall(body)).lower().split() for number, body in STEP.findall(html)}
    n_rows, strange = 0, []
    for badges, formula in ROW.findall(html):
        spoken = SPOKEN.search(formula)
        letter = LETTER.match(spoken[1]) if spoken else None
        if letter is None or letter[1] in SHORTHANDS:
            continue
        n_rows += 1
        for number in re.findall(r'href="#step-(\d+)"', badges):
            if letter[1].lower() not in steps[number]:
                strange.append(f"{spoken[1][:40] if spoken else ''}: step {number}")
    return n_rows, strange


def test_rows_of_numbers_belong_to_their_step(site: Path) -> None:
    counted = {}
    for page in sorted((site / "backward").glob("*.html")):
        n_rows, strange = rows_of_another_step(page.read_text(encoding="utf-8"))
        assert strange == [], page.name
        counted[page.name] = n_rows
    assert counted["network.html"] >= 5
    assert counted["layer.html"] >= 5


def test_a_row_of_another_step_is_seen() -> None:
    html = (
        '<section class="step" id="step-1"><i aria-label="z sub j equals ReLU of u sub j"></i></section>'
        '<section class="step" id="step-2"><i aria-label="y equals W z plus b"></i></section>'
        '<table><tr><td><a class="step__number" href="#step-1">1</a></td>'
        '<td><i aria-label="u sub 0 equals 6"></i></td></tr></table>'
    )
    assert rows_of_another_step(html) == (1, [])
    assert rows_of_another_step(html.replace('href="#step-1"', 'href="#step-2"')) == (1, ["u sub 0 equals 6: step 2"])


def test_steps_and_lines_lead_to_each_other_on_every_page(site: Path) -> None:
    counted = {}
    for page in site.rglob("*.html"):
        n_steps, lost = lines_without_a_way_back(page.read_text(encoding="utf-8"))
        assert lost == [], page.relative_to(site)
        counted[page.relative_to(site).as_posix()] = n_steps
    for page in ("one-neuron.html", "backward/network.html", "worked/000-backward.html"):
        assert counted[page] > 5


def test_a_line_that_lost_its_step_is_seen() -> None:
    html = (
        '<section class="step" id="step-2"><a class="step__line" href="#f-L7">line 7</a></section>'
        '<code><span class="source__line" id="f-L7"><a class="source__step" data-n="2"></a>z</span></code>'
    )
    assert lines_without_a_way_back(html) == (1, [])
    assert lines_without_a_way_back(html.replace('data-n="2"', 'data-n="3"')) == (1, ["step 2 → f-L7"])
    assert lines_without_a_way_back(html.replace('data-n="2"', 'data-n="1–3"')) == (1, [])


BESIDE = re.compile(
    r'<a [^>]*class="source__step"[^>]*data-n="(\d+)"[^>]*></a><span>.*?aria-label="([^"]+)"', re.DOTALL
)


def formulas_of_another_step(html: str) -> tuple[int, list[str]]:
    """How many formulas stand beside lines of code, and those that are none of the step that they are numbered by."""
    steps = {number: SPOKEN.findall(body) for number, body in STEP.findall(html)}
    beside = BESIDE.findall(html)
    return len(beside), [f"step {number}: {spoken}" for number, spoken in beside if spoken not in steps[number]]


def test_formulas_beside_the_code_are_those_of_their_steps(site: Path) -> None:
    for page, least in (("one-neuron", 7), ("backward/layer", 10), ("backward/softmax", 10), ("learning/adam", 6)):
        n_formulas, strange = formulas_of_another_step((site / f"{page}.html").read_text(encoding="utf-8"))
        assert strange == [], page
        assert n_formulas >= least, page


def test_a_formula_beside_the_code_of_another_step_is_seen() -> None:
    html = (
        '<section class="step" id="step-1"><i aria-label="a equals b"></i></section>'
        '<a class="source__step" href="#step-1" data-n="1"></a><span><i aria-label="a equals b"></i></span>'
    )
    assert formulas_of_another_step(html) == (1, [])
    other = html.replace("a equals b", "a equals c", 1)
    assert formulas_of_another_step(other) == (1, ["step 1: a equals b"])
