"""Colours that can be told apart and read, marks that differ, and one stylesheet for book and report."""

import math
import re
from itertools import combinations, product
from pathlib import Path

import pytest

from scalarnn import svg
from scalarnn.svg.style import CLASSES, DARK, LIGHT, MARKS, RULES, STEPS, mark
from tests.unit.pictures import COLOUR, read
from tests.unit.test_svg import every_picture

BOOK = Path(__file__).resolve().parents[2] / "docs" / "assets" / "stylesheets" / "book.css"
SCHEMES = [pytest.param(LIGHT, id="light"), pytest.param(DARK, id="dark")]

# How people without red, green or blue cones see: Machado, Oliveira and Fernandes (2009), severity 1.0, linear RGB.
EYES = {
    "all": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "no green": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
}


def linear(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def contrast(one, other):
    """The contrast ratio of WCAG 2."""
    lights = []
    for r, g, b in (one, other):
        lights.append(0.2126 * r + 0.7152 * g + 0.0722 * b)
    return (max(lights) + 0.05) / (min(lights) + 0.05)


def weighed(weights, parts):
    return sum(weight * part for weight, part in zip(weights, parts, strict=True))


def seen(colour, eyes):
    """A colour in OKLab, where distances are about what people see."""
    given = linear(colour)
    rgb = [min(1.0, max(0.0, weighed(row, given))) for row in EYES[eyes]]
    cones = (
        (0.4122214708, 0.5363325363, 0.0514459929),
        (0.2119034982, 0.6806995451, 0.1073969566),
        (0.0883024619, 0.2817188376, 0.6299787005),
    )
    long, medium, short = (weighed(row, rgb) ** (1 / 3) for row in cones)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def nearest(colours, eyes):
    return min(math.dist(seen(one, eyes), seen(other, eyes)) for one, other in combinations(colours, 2))


def classes(scheme, count=CLASSES):
    return [scheme[f"class-{k}"] for k in range(count)]


def mixed(top, below, share):
    """A colour of some opacity over another, linear again."""
    parts = [round(share * int(top[at : at + 2], 16) + (1 - share) * int(below[at : at + 2], 16)) for at in (1, 3, 5)]
    return linear("#" + "".join(f"{part:02x}" for part in parts))


# ---- colours ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("eyes", EYES)
def test_classes_can_be_told_apart(scheme, eyes):
    assert nearest(classes(scheme, 3), eyes) > 0.11
    assert nearest(classes(scheme), eyes) > 0.07
    assert nearest([scheme["plus"], scheme["minus"]], eyes) > 0.11
    assert nearest([scheme["value"], scheme["gradient"]], eyes) > 0.11


def test_red_and_green_would_be_caught():
    assert nearest(["#c23b22", "#5b8c2a"], "all") > 0.11
    assert nearest(["#c23b22", "#5b8c2a"], "no green") < 0.11


@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_is_drawn_stands_out_from_the_paper(scheme):
    paper = linear(scheme["paper"])
    for name in ("ink", "soft", "value", "gradient"):
        assert contrast(linear(scheme[name]), paper) >= 4.5, f"{name} is read"
    for name in ("plus", "minus", *[f"class-{k}" for k in range(CLASSES)]):
        assert contrast(linear(scheme[name]), paper) >= 3, f"{name} is drawn"


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", ["value", "gradient"])
def test_counts_can_be_read_on_the_darkest_cell(scheme, name):
    assert contrast(linear(scheme["ink"]), mixed(scheme[name], scheme["paper"], 0.45)) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
def test_points_stand_out_from_every_region(scheme):
    for point, region in product(classes(scheme, 3), classes(scheme, 3)):
        if point != region:
            assert contrast(linear(point), mixed(region, scheme["paper"], 0.24)) >= 2
    for region in classes(scheme):
        assert contrast(linear(scheme["soft"]), mixed(region, scheme["paper"], 0.24)) >= 3, "borders"


def test_every_class_has_a_mark_and_twice_as_many_differ():
    looks = {(k % CLASSES, mark(k, 0, 0)) for k in range(2 * CLASSES)}
    assert len(looks) == 2 * CLASSES
    assert len(MARKS) == CLASSES
    assert len(set(MARKS)) == len(MARKS)


# ---- the stylesheet --------------------------------------------------------------------------------------------------


def test_every_colour_is_a_variable_s_fallback():
    without = re.sub(r"var\(--picture-[\w-]+, #[0-9a-f]{6}\)", "", svg.rules())
    assert COLOUR.findall(without) == []
    assert COLOUR.findall("a { fill: #fff }")
    assert "$" not in svg.rules()


def test_both_schemes_give_every_variable():
    assert list(LIGHT) == list(DARK)
    used = set(re.findall(r"var\(--picture-([\w-]+), #", svg.rules()))
    assert used == set(LIGHT)
    assert used == set(re.findall(r"\$([\w-]+)", RULES)) - {"choices"}
    for name in LIGHT:
        assert svg.stylesheet().count(f"--picture-{name}: ") == 2


def test_every_class_of_a_picture_has_a_rule_or_needs_none():
    plain = {"picture--grid"}  # named for a page's own rules
    rules = svg.rules()
    for kind, picture in every_picture().items():
        for node in read(picture).iter():
            for name in node.get("class", "").split():
                assert re.search(rf"\.{re.escape(name)}\b", rules) or name in plain, (kind, name)


def test_every_rule_is_for_something():
    used = {"pictures"} | {f"c{k}" for k in range(CLASSES)} | {"picture__more", "picture__wire--strong"}
    for picture in every_picture().values():
        for node in read(picture).iter():
            used |= set(node.get("class", "").split())
    named = set(re.findall(r"\.((?:picture|c\d)[\w-]*)", svg.rules()))
    assert named - used == set()


def test_braces_are_closed_and_every_line_ends():
    text = svg.stylesheet()
    assert text.count("{") == text.count("}")
    for line in text.splitlines():
        bare = line.strip()
        assert bare == "" or bare[-1] in ";{},>" or bare.endswith("*/"), bare


def test_steps_can_be_chosen():
    for step in range(1, STEPS + 1):
        assert f':has([value="{step}"]:checked) {{\n  --picture-at: {step};\n}}' in svg.rules()


def test_motion_only_for_those_who_do_not_mind():
    before, _, after = svg.rules().partition("@media (prefers-reduced-motion: no-preference) {")
    assert "animation" not in before
    assert "animation: picture-play" in after
    assert "--picture-at: 99 !important" in after, "on paper everything is there"


def test_what_is_said_of_a_step_goes_before_the_next_is_said():
    (fades,) = re.findall(r"opacity: (clamp\(0, 5 .*);", svg.rules())
    slope = float(re.search(r"(\d+) \* max", fades)[1])
    assert [max(0.0, min(5 - slope * away, 1.0)) for away in (0, 0.4, 0.5)] == [1, 1, 0]
    seconds, steps = 35, 7
    assert f"animation: picture-play {seconds}s linear" in svg.rules()
    assert 2 * 0.4 * seconds / steps > 3, "time to read it"


def test_the_book_has_the_same_rules():
    """If this fails, put what `scalarnn.svg.rules()` gives between the two marks in book.css."""
    book = BOOK.read_text(encoding="utf-8")
    start = "what `scalarnn.svg.rules()` gives; a test compares ---- */\n\n"
    inside = book[book.index(start) + len(start) : book.index("\n/* ---- end of the pictures ---- */")]
    assert inside == svg.rules()


def test_the_book_sets_every_variable_in_both_schemes():
    light, _, dark = BOOK.read_text(encoding="utf-8").partition('[data-md-color-scheme="slate"]')
    for name in LIGHT:
        if name.startswith("class-"):
            assert f"--picture-{name}: {LIGHT[name]};" in light
            assert f"--picture-{name}: {DARK[name]};" in dark
        else:
            assert f"--picture-{name}: var(--book-" in dark, "one line for both: the book's own colours change"
