"""What stands on a sheet: what is given, the way, and nothing of what is to be filled in."""

import re
import sys
from fractions import Fraction
from itertools import islice

import pytest

from scalarnn import svg
from scalarnn.exercise import Exercise, new_exercise, read_text, values
from scalarnn.exercise.pleasant import teaches
from scalarnn.tracing.expressions import Style, number_text
from scalarnn.worksheets import BLANKS, WorksheetError, Worksheets, code_of, variants
from scalarnn.worksheets.making import TELLING
from scalarnn.worksheets.variants import kind_of, numbers_in
from tests.exercise.test_reading import WHOLE

WITHOUT_GATES = new_exercise([2, 2, 1])
EXERCISES = {
    "whole numbers": new_exercise([2, 2, 1], integers=True),
    "sigmoid": WITHOUT_GATES,
    "classes": new_exercise([2, 3, 3], loss="softmax_cross_entropy", activation="leaky_relu"),
    "yes or no": new_exercise([2, 1], loss="binary_cross_entropy").but(optimizer="momentum"),
    "samples": Exercise(
        [{"W": [[1, -1], [2, 1]], "activation": "relu"}, {"W": [[1, 1]], "b": [0]}],
        X=[[1, 2], [2, -1]],
        Y=[[1], [2]],
        loss="squared error",
        learning_rate=0.05,
    ),
}


SHORT = ("whole numbers", "gradients")  # of two digits at most


@pytest.fixture(scope="module", params=EXERCISES)
def made(request):
    return Worksheets(EXERCISES[request.param], 4, seed=7)


def articles(page):
    """Each sheet, or key, by its code."""
    return dict(re.findall(r'<article id="([A-Z]{3}-[A-Z]{3})">(.*?)</article>', page, re.DOTALL))


def way(article, code):
    """A sheet without the numbers that are given."""
    without = re.sub(r"<figure.*?</figure>|<dd>.*?</dd>", "", article, flags=re.DOTALL)
    return without.replace(code, "")


def blank_figures(paper, blank):
    """Everything to be filled in that has so many digits that it cannot be there for another reason."""
    shown = [text for line in paper.lines if line.is_blank(blank) for text in line.figures()]
    return {text for text in shown if len(re.sub(r"\D", "", text).lstrip("0")) >= TELLING}


def test_beside_what_is_given_all_sheets_are_the_same(made):
    """So none of them can tell what its own numbers come to."""
    assert len({way(article, code) for code, article in articles(made.sheets()).items()}) == 1


def test_where_results_are_printed_sheets_differ():
    printed = Worksheets(EXERCISES["whole numbers"], 4, seed=7, blank="update")
    assert len({way(article, code) for code, article in articles(printed.sheets()).items()}) == 4


def test_the_picture_has_computed_nothing(made):
    assert "Layer 0 gives" not in made.sheets()
    assert "<!--" not in made.sheets()


@pytest.mark.parametrize("blank", BLANKS)
@pytest.mark.parametrize("name", ["whole numbers", "sigmoid"])
def test_no_figure_to_be_filled_in_stands_anywhere_on_the_sheet(name, blank):
    worksheets = Worksheets(EXERCISES[name], 4, seed=3, blank=blank)
    page = worksheets.sheets()
    frame = re.sub(r"<article.*</article>", "", page, flags=re.DOTALL)
    key = articles(worksheets.key())
    assert any(blank_figures(paper, blank) for paper in worksheets.papers) or (name, blank) == SHORT
    for paper in worksheets.papers:
        figures = blank_figures(paper, blank)
        assert [figure for figure in figures if figure in frame + articles(page)[paper.code]] == []
        assert [figure for figure in figures if figure not in key[paper.code]] == []


def test_a_sheet_that_tells_a_figure_by_chance_is_drawn_again(monkeypatch):
    """A title can hold anything: here what the first variant comes to."""
    first = Worksheets(WITHOUT_GATES, 1, seed=3).papers[0]
    told = next(iter(blank_figures(first, "all")))
    others = Worksheets(WITHOUT_GATES.but(title=f"Not {told}"), 1, seed=3)
    assert others.papers[0].worked.given != first.worked.given
    monkeypatch.setattr(Worksheets, "_tells", lambda *_: False)
    broken = Worksheets(WITHOUT_GATES.but(title=f"Not {told}"), 1, seed=3)
    assert told in broken.sheets()


def test_what_no_other_numbers_can_change_comes_to_an_end(monkeypatch):
    """A rate that does not fall yet is the given one; and where every sheet tells, there is an end."""
    (paper,) = Worksheets(WITHOUT_GATES.but(learning_rate=0.125, gamma=0.9), 1).papers
    assert "0.125" in blank_figures(paper, "all") & paper.given()
    monkeypatch.setattr(Worksheets, "_tells", lambda *_: True)
    with pytest.raises(WorksheetError, match="1 variant: there are only 0 with pleasant numbers"):
        Worksheets(new_exercise([1, 1]), 1)


def test_what_is_before_the_blanks_is_printed_and_what_is_after_is_left_out():
    exercise = new_exercise([1, 1])
    headings = {blank: re.findall("<h3>(.*?)</h3>", Worksheets(exercise, blank=blank).sheets()) for blank in BLANKS}
    whole = headings["all"]
    assert len(whole) == 3
    assert [headings[blank] for blank in BLANKS] == [whole[:1], whole[:2], whole, whole]
    forward = Worksheets(exercise, blank="forward").sheets()
    assert '<ul class="steps told">' not in forward
    gradients = Worksheets(exercise, blank="gradients").sheets()
    assert f"L = {number_text(values(exercise)['L'], Style(digits=4))}" in gradients


def test_a_choice_is_no_step_on_a_sheet():
    """Which way a gate or a sign went would tell the result: a = 0, since z = −3 ≤ 0."""
    page = Worksheets(EXERCISES["whole numbers"]).sheets()
    assert "since" not in page
    assert "a₀,₀ =</span>" in page
    assert "since" in Worksheets(EXERCISES["whole numbers"]).key()


# ---- the numbers -----------------------------------------------------------------------------------------------------


def test_every_variant_has_numbers_of_its_own(made):
    given = [repr(paper.worked.given) for paper in made.papers]
    assert len(set(given)) == len(given)
    assert made.exercise not in [paper.worked.exercise for paper in made.papers]


@pytest.mark.parametrize("sizes", [[3, 1], [2, 2, 1], [2, 2, 2]])
def test_the_step_of_every_variant_makes_the_loss_smaller_and_shuts_no_relu(sizes):
    for exercise in islice(variants(new_exercise(sizes, integers=True), seed=1), 10):
        found = values(exercise, "fraction")
        assert found["L_new"] < found["L"]
        if len(sizes) == 3:
            assert all(was <= is_now for was, is_now in zip(opened(exercise), opened(exercise, found), strict=True))


def opened(exercise, new=None):
    """Whether each hidden neuron is open, before the step or after it."""
    W, b = (new["W_new"][0], new["b_new"][0]) if new else (exercise.layers[0].W, exercise.layers[0].b)
    return [sum(w * x for w, x in zip(row, exercise.x, strict=True)) + bias > 0 for row, bias in zip(W, b, strict=True)]


def test_a_step_that_shuts_a_relu_or_overshoots_teaches_nothing():
    hidden = {"W": [[1, 2], [2, -2]], "b": [1, -1], "activation": "relu"}
    exercise = Exercise([hidden, {"W": [[1, 2]], "b": [-1]}], x=[1, 2], y=-3, loss="half squared error")
    assert teaches(exercise.but(learning_rate="1/50"))
    shut = exercise.but(learning_rate="1/5")
    assert values(shut)["L_new"] < values(shut)["L"]
    assert not any(opened(shut, values(shut)))
    assert not teaches(shut)
    neuron = Exercise([{"W": [[1, 2, 3]], "b": [1]}], x=[3, 2, 1], y=1, loss="half squared error", learning_rate="1/50")
    assert teaches(neuron)
    assert not teaches(neuron.but(learning_rate="1/5"))


def test_a_rate_that_no_step_can_take_is_named():
    exercise = new_exercise([2, 2, 1], integers=True).but(learning_rate=50)
    with pytest.raises(WorksheetError, match=r"only 0 .* a smaller learning_rate may have more"):
        Worksheets(exercise, 5, kind="fraction")


def test_no_two_neurons_of_a_variant_are_twins():
    exercise = Exercise([{"W": [[1, 1]] * 6}], x=[1, 2])
    for variant in islice(variants(exercise), 30):
        assert len(set(map(tuple, variant.layers[0].W))) == 6


def test_every_sample_has_its_own_loss():
    assert "L₀ = d²" in Worksheets(EXERCISES["samples"]).sheets()


def test_without_variants_it_is_the_exercise_itself():
    exercise = read_text(WHOLE).but(steps=1)
    (paper,) = Worksheets(exercise).papers
    assert paper.worked.exercise is exercise


def test_the_seed_decides_every_byte():
    one, same, other = (Worksheets(WITHOUT_GATES, 3, seed=seed) for seed in (7, 7, 8))
    assert (one.sheets(), one.key()) == (same.sheets(), same.key())
    assert not set(articles(one.sheets())) & set(articles(other.sheets()))
    longer = Worksheets(WITHOUT_GATES, 5, seed=7)
    assert [paper.code for paper in longer.papers][:3] == [paper.code for paper in one.papers]


def test_results_are_exact_or_have_four_digits():
    assert kind_of(EXERCISES["whole numbers"]) == "fraction"
    for variant in islice(variants(EXERCISES["whole numbers"], seed=7), 30):
        assert all(len(str(Fraction(number))) <= 9 for number in numbers_in(values(variant, "fraction")))
    decimals = Worksheets(WITHOUT_GATES, 8, seed=7)
    assert decimals.kind == "float"
    for paper in decimals.papers:
        for line in paper.lines:
            for text in line.values.values():
                assert re.fullmatch(r"−?\d{0,4}(\.\d+)?", text), text
                assert len(re.sub(r"\D", "", text).lstrip("0")) <= 4, text


def test_where_every_fraction_is_long_four_digits_do(monkeypatch):
    monkeypatch.setattr(sys.modules[variants.__module__], "LONGEST", (6,))
    leaky = {"W": [[1, 2], [2, -1]], "activation": "leaky relu"}
    exercise = Exercise([leaky, {"W": [[0.5, 1]]}], x=[0.5, 2], y=1, loss="squared error", learning_rate="1/7")
    assert kind_of(exercise) == Worksheets(exercise).kind == "fraction"
    assert Worksheets(exercise, 2).kind == "float"


def test_nothing_is_asked_that_stands_there_already():
    for variant in islice(variants(EXERCISES["whole numbers"], seed=7), 30):
        found = values(variant, "fraction")
        given = set(numbers_in([variant.x, variant.y, *([layer.W, layer.b] for layer in variant.layers)]))
        assert not given & {*found["y_hat"], found["L"], found["L_new"]}


# ---- the key ---------------------------------------------------------------------------------------------------------


def test_a_code_finds_its_key(made):
    sheets, keys = articles(made.sheets()), articles(made.key())
    assert len(sheets) == len(made.papers)
    assert set(sheets) == set(keys)
    assert list(keys) == sorted(keys)
    for paper in made.papers:
        assert f'href="#{paper.code}"' in made.key()
        given = re.findall("<dd>.*?</dd>", sheets[paper.code], re.DOTALL)
        assert given == re.findall("<dd>.*?</dd>", keys[paper.code], re.DOTALL)
        loss = number_text(values(paper.worked.exercise, made.kind)["L"], Style(digits=4))
        assert f"L = {loss}" in paper.comes_to()


def test_the_table_of_the_key_has_the_gradients_that_were_asked_for():
    (paper,) = Worksheets(EXERCISES["whole numbers"]).papers
    gradients = [f"{name} = {value}" for line in paper.lines for name, value in line.values.items() if "∂L/∂W" in name]
    assert all(one in paper.comes_to("gradients") for one in gradients)
    assert not any(one in paper.comes_to("forward") for one in gradients)


def test_codes_are_unique(monkeypatch):
    assert len({code_of(variant, 1) for variant in islice(variants(WITHOUT_GATES, seed=1), 60)}) == 60
    codes = iter(["BBB-BBB", "BBB-BBB", "CCC-CCC"])
    monkeypatch.setattr("scalarnn.worksheets.making.code_of", lambda *_: next(codes, "DDD-DDD"))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("scalarnn.worksheets.making.WITNESSES", 0)
        assert [paper.code for paper in Worksheets(WITHOUT_GATES, 2, seed=1).papers] == ["BBB-BBB", "CCC-CCC"]


def test_lines_have_the_same_numbers_on_sheet_and_key(made):
    (sheet, *_), (key, *_) = articles(made.sheets()).values(), articles(made.key()).values()
    formulas = r'<p class="formula">(.*?)</p>'
    assert re.findall(formulas, sheet) == re.findall(formulas, key)


# ---- the page --------------------------------------------------------------------------------------------------------


def test_a_page_needs_nothing_and_asks_nobody(made):
    for page in (made.sheets(), made.key()):
        assert re.findall(r"<script|https?:|\bsrc=|@import|url\(", page) == []
        assert page.count("<h1") == 1
    assert svg.stylesheet().strip() in made.sheets()


@pytest.mark.parametrize(
    ("exercise", "settings", "says"),
    [
        (WITHOUT_GATES.but(steps=3), {}, "it has 3 steps, and a sheet has room for one: expected steps = 1"),
        (Exercise([{"W": [[1] * 13]}], x=[1] * 13), {}, "13 inputs or neurons in a row, too many to be worked by hand"),
        (Exercise([{"W": [[1, 2]]}], x=[1, 2]), {"blank": "gradients"}, "it has no loss, and 'gradients' needs one"),
        (WITHOUT_GATES.but(learning_rate=None), {"blank": "update"}, "no learning rate, and 'update' needs one"),
        (Exercise([{"W": [[1]]}], x=[2]), {"n_variants": 99}, "99 variants: there are only "),
    ],
)
def test_what_is_no_worksheet(exercise, settings, says):
    with pytest.raises(WorksheetError, match=re.escape(says)):
        Worksheets(exercise, **settings)
