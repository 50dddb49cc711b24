"""What a notebook is given: LaTeX alone, or HTML alone, cut, and of one piece."""

import math
import re
from xml.dom import minidom

import pytest

import scalarnn as nn
from scalarnn.notebook import aligned, html_of_layers, is_drawn, on_a_screen, picture_of_layers, table
from scalarnn.notebook.derivation import code, words
from scalarnn.notebook.screen import COLUMNS, LINES, ROWS
from scalarnn.proofs.catalogue import THEOREMS
from scalarnn.svg import framed, layers_diagram, neuron_diagram
from scalarnn.svg.alone import IN_DARK, IN_LIGHT, image
from scalarnn.svg.style import DARK, LIGHT
from scalarnn.tracing import Style, record, solution
from scalarnn.unrolled import unroll

ASKED = ("_repr_html_", "_repr_latex_", "_repr_markdown_", "_repr_svg_", "_repr_png_", "_repr_mimebundle_", "_mime_")


def network():
    return nn.Network([nn.Layer([[1, 2], [-3, 4]], [0, 1], nn.ReLU()), nn.Layer([[1, 2]], [1])])


def after_a_pass():
    made = network()
    made.forward([1, 2])
    made.backward([1.0])
    return made


def step(x, w, lr):
    for i in range(len(w)):
        w[i] -= lr * x[i]
    return w


def many(n):
    total = 0
    while n > 0:
        n = n - 1
        if n % 2 == 0:
            total = total + n * n
    return total


SHOWN = {
    "neuron": (lambda: nn.Neuron([0.5, -1], 1, activation=nn.ReLU()), "_repr_html_"),
    "layer": (lambda: network().layers[0], "_repr_html_"),
    "network": (network, "_repr_html_"),
    "network after a pass": (after_a_pass, "_repr_html_"),
    "recording": (lambda: record(step, [1.0, 2.0], [0.5, 0.25], 0.1), "_repr_html_"),
    "solution": (lambda: solution(record(step, [1.0, 2.0], [0.5, 0.25], 0.1)), "_repr_latex_"),
    "program": (lambda: unroll(nn.neuron_forward, [0.0, 0.0], [0.0, 0.0], 0.0), "_repr_latex_"),
    "its graph": (lambda: unroll(nn.neuron_forward, [0.0], [0.0], 0.0).svg, "_repr_html_"),
    "a picture": (lambda: layers_diagram([["x"], ["z"]], [[1], [2]], ["in", "out"], "One"), "_repr_html_"),
    "theorem": (lambda: THEOREMS[0], "_repr_latex_"),
    "derivation": (lambda: next(one for one in THEOREMS if hasattr(one, "steps")), "_repr_latex_"),
}


@pytest.mark.parametrize("name", SHOWN)
def test_each_has_one_way_to_be_shown(name):
    made, way = SHOWN[name][0](), SHOWN[name][1]
    assert [one for one in ASKED if hasattr(made, one)] == [way]
    shown = getattr(made, way)()
    if way == "_repr_latex_":
        check_latex(shown)
    else:
        check_html(shown)


def check_latex(shown):
    """What MathJax and KaTeX both draw, and what can stand in a page as it is."""
    assert re.fullmatch(r"\$\$\\begin\{aligned\}\n.*\n\\end\{aligned\}\$\$", shown, re.DOTALL)
    assert "$" not in shown[2:-2]
    assert "<" not in shown
    assert ">" not in shown
    assert shown.count("{") == shown.count("}")
    assert not re.search(r"\\text\{[^{}]*[_#%&~^\\]", shown)
    assert shown.count("\n& ") == shown.count("\n") - 1


def check_html(shown):
    """Well-formed, without script, nothing from elsewhere; every drawing knows that it is SVG."""
    assert minidom.parseString(shown).documentElement.tagName == "div"
    assert "<script" not in shown
    assert not re.search(r"\son\w+=|url\(|@import|https?://(?!www\.w3\.org)", shown)
    assert shown.count("<svg ") == shown.count('<svg xmlns="http://www.w3.org/2000/svg" ')
    assert shown.count("<style>") == 1


@pytest.mark.parametrize("wrong", [r"\text{a_b}", "z < 0", r"\frac{a}{b", "$z$", "z = 1\ny = 2"])
def test_the_latex_that_some_do_not_draw_would_be_seen(wrong):
    frame = "$$\\begin{aligned}\n& %s\n\\end{aligned}$$"
    check_latex(frame % "z = 1")
    with pytest.raises(AssertionError):
        check_latex(frame % wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        "<div><style></style><script>x</script></div>",
        '<div><style></style><svg viewBox="0 0 1 1"/></div>',
        '<div><style>a { background: url("x") }</style></div>',
        '<div><style></style><p onclick="x">z</p></div>',
    ],
)
def test_the_html_that_some_do_not_show_would_be_seen(wrong):
    with pytest.raises(AssertionError):
        check_html(wrong)


def test_a_picture_carries_the_rules_of_what_is_in_it_and_no_others():
    shown = framed('<figure class="picture"><svg viewBox="0 0 1 1"><path class="picture__wire"/></svg></figure>')
    assert ".picture__wire {" in shown
    assert ".picture__ink {" not in shown
    neuron = nn.Neuron([0.5, -1], 1, activation=nn.ReLU())
    a = neuron.forward([4, 2])
    neuron.backward(2 * a)
    playing = neuron_diagram("A neuron", neuron, a * a, 2 * a, steps=True)._repr_html_()
    assert "@keyframes" not in shown
    assert "picture__player" in playing


@pytest.mark.parametrize(("places", "colours"), [(IN_LIGHT, LIGHT), (IN_DARK, DARK)])
def test_a_dark_notebook_has_dark_colours_whatever_the_system_says(places, colours):
    shown = framed("<p>z</p>")
    for place in places:
        block = shown[shown.index(f"{place} .scalarnn-shown") :].partition("{")[2].partition("}")[0]
        assert f"--picture-ink: {colours['ink']};" in block
    assert shown.index("prefers-color-scheme") < shown.index(IN_LIGHT[0])  # the page has the last word


def test_an_image_is_an_svg_file():
    drawn = image(picture_of_layers(after_a_pass()))
    assert minidom.parseString(drawn).documentElement.tagName == "svg"
    assert "<style>" in drawn
    assert "figure" not in re.sub("<style>.*</style>", "", drawn, flags=re.DOTALL)


# ---- layers ----------------------------------------------------------------------------------------------------------


def test_a_network_shows_its_values_and_its_biases():
    shown = html_of_layers(after_a_pass())
    assert "layer 0: b = 0, 1; layer 1: b = 1" in shown
    assert "Layer 1 gives 18." in shown


def test_what_cannot_be_drawn_says_why():
    shown = html_of_layers(nn.Network([nn.Layer([[1.0]], [0.0])]))
    assert "<svg" in shown
    broken = network()
    broken.layers[0].W[0][0] = math.nan
    shown = html_of_layers(broken)
    assert "<svg" not in shown
    assert "NaN" in shown or "nan" in shown
    check_html(shown)


def test_the_names_of_a_function_are_a_layer():
    x, W, z = [1.0, 2.0], [[1.0, 2.0], [3.0, 4.0]], [5.0]
    assert is_drawn(locals())
    drawn = picture_of_layers(locals())
    assert "x₀ 1, x₁ 2" in drawn
    assert ">5<" not in drawn  # z has one of its two numbers
    z.append(11.0)
    assert is_drawn({"w": [1.0], "x": [2.0]})
    assert not is_drawn({"x": x, "z": z, "V": W})


# ---- cut -------------------------------------------------------------------------------------------------------------


def test_a_text_is_cut_to_a_screen():
    lines = [f"{'x' * k}" for k in range(200)]
    shown = on_a_screen(lines, "print(it)").splitlines()
    assert len(shown) == LINES
    assert max(map(len, shown)) <= COLUMNS
    assert shown[-1] == f"… {200 - LINES + 1} more lines: print(it)"
    assert on_a_screen(lines[:LINES], "print(it)").splitlines()[-1] == lines[LINES - 1]


def test_rows_are_cut_and_counted():
    shown = aligned([f"x_{{{k}}}" for k in range(300)], "print(it)")
    assert shown.count(r"\\") == ROWS - 1
    assert f"{300 - ROWS + 1} more rows" in shown
    rows = [[f"line {k}", "1"] for k in range(ROWS + 5)]
    assert "… 5 more: lines()" in table(["line", "value"], rows, "lines()")
    assert "more" not in table(["line", "value"], rows[:ROWS], "lines()")


@pytest.mark.parametrize(
    "made",
    [
        lambda: record(many, 60),
        lambda: solution(record(many, 60)),
        lambda: unroll(nn.layer_forward, [0.0] * 20, [[0.0] * 20] * 20, [0.0] * 20),
        lambda: layers_diagram([["x"] * 30, ["z"] * 30], [], ["in", "out"], "Many"),
        lambda: nn.Neuron([0.5] * 1000, 1.0),
        lambda: THEOREMS[-1],
    ],
)
def test_no_repr_is_larger_than_a_screen(made):
    lines = repr(made()).splitlines()
    assert len(lines) <= LINES
    assert max(map(len, lines)) <= 2 * COLUMNS


def test_a_solution_says_its_digits():
    written = solution(record(step, [1 / 3], [0.5], 0.1))
    written.style = Style(digits=3)
    assert "0.467" in written._repr_latex_()
    assert "0.467" in repr(written)


# ---- letters of LaTeX ------------------------------------------------------------------------------------------------


def test_code_and_words_survive():
    assert code("a_b & {x}") == r"\mathtt{a\_b\ \&\ \{x\}}"
    assert code("w -= 'x'") == r"\mathtt{w\ {-}{=}\ \text{'}x\text{'}}"
    assert words("a_b < 2 & 50 %") == r"\text{a＿b ＜ 2 ＆ 50 ％}"
    assert r"a \lt  b" in aligned(["a < b"], "")
