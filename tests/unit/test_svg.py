"""What every picture keeps: a name and a description, its paper, no colour, no id, text that stays text."""

import re

import pytest

from scalarnn import Layer, Network, Neuron, ReLU, relu_derivative, sigmoid, svg
from scalarnn.datasets import load_digits, load_penguins, spiral_data
from scalarnn.svg import diagram, text
from tests.unit.pictures import colours, drawing, outside, points, read, texts

HOSTILE = "a <b> & \"c\" 'd' </svg><script>"


def trained():
    hidden = Layer([[1, 2], [-3, 4], [1, -1]], [1, 2, 0], ReLU())
    network = Network([hidden, Layer([[1, 2, 3]], [1])])
    network.forward([1, 2])
    network.backward([18])
    return network


def learned():
    neuron = Neuron([-3, -1, 2], 1, activation=ReLU())
    neuron.forward([1, -2, 3])
    neuron.backward(12)
    return neuron


def every_picture(title="A title", name="name"):
    """One of each kind, all with the same title and the same name of whatever has a name."""
    X, labels = spiral_data(20, 3)
    digits = load_digits()
    curves = [
        svg.curve(name, sigmoid, (-4, 4)),
        svg.curve(name, relu_derivative, (-4, 4), "gradient", (0,), True),
        svg.line(name, [(0, 1), (3, 30)], "plain"),
    ]
    network = trained()
    return {
        "plot": svg.plot(title, None, curves, y=(-1, 2), x_name=name, y_name=name, marks=[(0, 0.5), (9, 9)]),
        "plot, logarithmic": svg.plot(title, None, [svg.line(name, [(1, 0.001), (5, 40)])], log_y=True),
        "history": svg.history_plot(title, {name: [1.0, 0.5, 0.25], "b": [None, 0.7, 0.6]}, name, name, kept=2),
        "scatter": svg.scatter(title, X, labels, [name] * 3, name, name),
        "regions": svg.decision_regions(title, lambda x: int(x[0] > 0), X, labels, [name] * 3, x_name=name),
        "images": svg.image_grid(title, digits.X[:7], [0] * 7, [0, 1, 0, 0, 1, 0, 0], [name, name]),
        "images alone": svg.image_grid(title, digits.X[:3], digits.labels[:3]),
        "confusion": svg.confusion_matrix(title, [[3, 1], [0, 12]], [name, name]),
        "layers": svg.layers_diagram([[name], [name, "b"]], [[1], [2, 3]], [name, "c"], title),
        "network": svg.network_diagram(title, network, [name, "x"], [name]),
        "gradients": svg.network_diagram(title, network, edges="gradients"),
        "neuron": svg.neuron_diagram(title, learned(), 36, 12, activation=name),
        "neuron in steps": svg.neuron_diagram(title, learned(), 36, 12, steps=True),
    }


EVERY = [pytest.param(picture, id=kind) for kind, picture in every_picture().items()]
HOSTILE_ONES = [pytest.param(picture, id=kind) for kind, picture in every_picture(HOSTILE, HOSTILE).items()]


def test_every_function_is_shown_here():
    """A new kind of picture has to come into `every_picture`."""
    drawn = {name for name in svg.__all__ if name.endswith(("plot", "diagram", "matrix", "grid", "regions", "scatter"))}
    assert len(drawn) == 9
    source = every_picture.__code__.co_names
    assert drawn <= set(source)


@pytest.mark.parametrize("picture", EVERY)
def test_it_has_a_name_and_a_description(picture):
    figure, svg_ = read(picture), drawing(picture)
    assert svg_.get("role") == "img"
    assert [child.tag for child in svg_][:2] == ["title", "desc"]
    assert svg_.findtext("title") == "A title"
    assert figure.findtext("figcaption/strong") == "A title"
    assert len(svg_.findtext("desc")) > 15
    assert re.search(r"\d", svg_.findtext("desc")), "a description holds numbers of what is shown"


@pytest.mark.parametrize("picture", EVERY)
def test_it_stays_on_its_paper(picture):
    assert outside(picture) == []


@pytest.mark.parametrize("picture", EVERY)
def test_it_holds_no_colour_and_no_id(picture):
    assert colours(picture) == []
    assert not [node for node in read(picture).iter() if "id" in node.attrib]


@pytest.mark.parametrize("picture", EVERY)
def test_it_is_small(picture):
    assert len(picture.encode()) < 9000


@pytest.mark.parametrize("picture", HOSTILE_ONES)
def test_text_stays_text(picture):
    assert drawing(picture).findtext("title") == HOSTILE
    tags = {node.tag for node in read(picture).iter()}
    assert "script" not in tags
    assert "b" not in tags


@pytest.mark.parametrize("kind", every_picture())
def test_the_same_input_gives_the_same_text(kind):
    assert every_picture()[kind] == every_picture()[kind]


@pytest.mark.parametrize("spoken", [None, "Said so."])
def test_a_description_of_your_own(spoken):
    picture = svg.confusion_matrix("T", [[1]], spoken=spoken)
    assert (drawing(picture).findtext("desc") == "Said so.") == (spoken is not None)


@pytest.mark.parametrize(("title", "spoken"), [("", "said"), ("  ", "said"), ("title", "")])
def test_a_picture_without_a_name(title, spoken):
    with pytest.raises(ValueError, match="a picture needs a title and a description"):
        text.figure("plot", (10, 10), title, spoken, [])


# ---- the checks themselves -------------------------------------------------------------------------------------------

FIGURE = '<figure><svg viewBox="0 0 100 50">{}</svg></figure>'


@pytest.mark.parametrize(
    "part",
    [
        '<path d="M1 1L101 2"/>',
        '<path d="M1 1h100"/>',
        '<path d="M90 10l4 4l9 0z"/>',
        '<path d="M95 9a3.3 3.3 0 1 1 0 .01z"/>',
        '<circle cx="50" cy="48" r="3"/>',
        '<rect x="90" y="1" width="20" height="4"/>',
        '<line x1="0" y1="0" x2="3" y2="-4"/>',
        '<text x="120" y="3">a</text>',
        '<g transform="translate(60 0) scale(10)"><path d="M1 1h4"/></g>',
        '<g transform="translate(10 20) rotate(-90)"><path d="M1 1h30"/></g>',
    ],
)
def test_what_is_off_the_paper_is_seen(part):
    assert outside(FIGURE.format(part))


def test_what_is_on_the_paper_is_not():
    part = '<g transform="translate(60 0) scale(5 10)"><path d="M1 1h4V4.5H.5z"/></g><text x="99" y="49">a</text>'
    assert outside(FIGURE.format(part)) == []
    assert points("M1 2h3v4l-1-1.5H.5z") == [(1, 2), (4, 2), (4, 6), (3, 4.5), (0.5, 4.5)]


@pytest.mark.parametrize("part", ['<path fill="#fff"/>', '<path stroke="red"/>', '<g style="color: rgb(0 0 0)"/>'])
def test_a_colour_is_seen(part):
    assert colours(FIGURE.format(part))


# ---- text ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "digits", "written"),
    [
        (0.1 + 0.2, 4, "0.3"),
        (-0.0, 4, "0"),
        (9.99996, 4, "10"),
        (99999.6, 4, "100000"),
        (999999.6, 4, "1×10⁶"),
        (-0.00012346, 4, "−0.0001235"),
        (0.000099996, 4, "0.0001"),
        (5e-324, 2, "4.9×10⁻³²⁴"),
        (123456, 2, "123456"),
        (12345678, 3, "1.23×10⁷"),
        (10**400, 3, "∞"),
        (-(10**400), 3, "−∞"),
        (True, 3, "1"),
    ],
)
def test_numbers(value, digits, written):
    assert text.number(value, digits) == written


def test_numbers_that_fit():
    for value in (0.123456, -0.123456, 12.3456, -1234.56, 0.00123456, 99999.7, -0.98765):
        assert len(text.fitting(value)) <= 6


@pytest.mark.parametrize("value", [None, "3", [1], b"3", object()])
def test_what_is_no_number(value):
    with pytest.raises(TypeError, match=r"^loss\[2\] is .*: expected a number$"):
        text.finite(value, "loss[2]")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf"), 1.1e300, -(10**400)])
def test_what_cannot_be_drawn(value):
    with pytest.raises(ValueError, match=r"^loss\[2\] is .*: expected a finite number between −1e300 and 1e300"):
        text.finite(value, "loss[2]")


def test_every_character_can_be_written():
    for code in [*range(0x300), 0xD800, 0xDFFF, 0xFFFE, 0xFFFF, 0x1F600]:
        picture = svg.confusion_matrix("T", [[1]], [f"a{chr(code)}b"])
        assert len(texts(picture)) == 5, code


# ---- steps -----------------------------------------------------------------------------------------------------------


def test_steps_are_there_without_the_stylesheet():
    """What appears in steps is all of the picture, each part in one step, and the parts are those without steps."""
    whole = svg.neuron_diagram("A", learned(), 36, 12)
    stepped = svg.neuron_diagram("A", learned(), 36, 12, steps=True)
    assert texts(stepped) == texts(whole)
    groups = [node for node in drawing(stepped).iter("g") if node.get("class") == "picture__step"]
    assert {node.get("style") for node in groups} == {f"--step:{step}" for step in range(1, 8)}
    assert "picture__step" not in whole
    assert read(whole).find("fieldset") is None


def test_values_come_before_gradients():
    stepped = svg.neuron_diagram("A", learned(), 36, 12, steps=True)
    steps = {"picture__value": set(), "picture__gradient": set(), "picture__there": set(), "picture__back": set()}
    for group in drawing(stepped).iter("g"):
        if group.get("class") == "picture__step":
            for node in group.iter():
                if node.get("class") in steps:
                    steps[node.get("class")].add(int(group.get("style").removeprefix("--step:")))
    assert steps["picture__value"] == {1, 2, 3, 4}
    assert steps["picture__gradient"] == {5, 6, 7}
    assert steps["picture__there"] == {2, 3}
    assert steps["picture__back"] == {5, 6, 7}


def test_the_player_has_a_name_for_every_step_and_one_choice():
    figure = read(svg.neuron_diagram("A", learned(), 36, 12, steps=True))
    buttons = list(figure.iter("input"))
    assert [button.get("aria-label") for button in buttons][:3] == ["Play", "Play again", "Step 1"]
    assert len(buttons) == 2 + 7
    assert len({button.get("name") for button in buttons}) == 1
    assert not any(button.get("checked") for button in buttons), "nothing moves until a reader asks"
    said = [(node.get("style"), node.text) for node in figure.iter("p")]
    assert len(said) == 8
    assert ("--step:2", "Each input times its weight, all added up, and the bias: z = 6.") in said


def test_two_players_on_a_page_are_apart():
    one = read(svg.neuron_diagram("A", learned(), 36, 12, steps=True)).find(".//input").get("name")
    other = read(svg.neuron_diagram("B", learned(), 36, 12, steps=True)).find(".//input").get("name")
    assert one != other


def test_a_neuron_that_has_not_run():
    with pytest.raises(ValueError, match="expected one after a forward and a backward pass"):
        svg.neuron_diagram("A", Neuron([1], 0), 1, 1)


# ---- layers and networks ---------------------------------------------------------------------------------------------


def test_weights_and_gradients_stand_in_a_small_network():
    shown = texts(svg.network_diagram("A", trained()))
    for number in ("−3", "4", "126", "−90", "180", "21"):
        assert number in shown
    assert "2 inputs" in shown
    assert "3 neurons with ReLU" in shown
    assert "1 linear neuron" in shown


def test_labels_do_not_cover_each_other():
    picture = svg.network_diagram("A", trained())
    boxes = []
    for node in drawing(picture).iter("rect"):
        x, y, wide, high = (float(node.get(name)) for name in ("x", "y", "width", "height"))
        for x0, y0, x1, y1 in boxes:
            assert x >= x1 - 0.2 or x + wide <= x0 + 0.2 or y >= y1 - 0.2 or y + high <= y0 + 0.2
        boxes.append((x, y, x + wide, y + high))
    assert len(boxes) == 2 * 3 + 3


def test_a_unit_that_is_off_looks_it():
    network = trained()
    assert network.layers[0].a == [6, 7, 0]
    off = [node for node in drawing(svg.network_diagram("A", network)).iter("g") if "--off" in node.get("class", "")]
    assert len(off) == 1
    network.forward([2, 1])  # z = 5, 0, 1: what is 0 by itself has not been switched off
    assert "--off" not in svg.network_diagram("A", network)


def test_wide_layers_are_cut():
    W = [[1.0, -1.0] for _ in range(64)]
    network = Network([Layer(W, [0.0] * 64, ReLU()), Layer([[0.5] * 64] * 3, [0.0] * 3)])
    network.forward([0.3, 0.7])
    picture = svg.network_diagram("A", network)
    assert len(list(drawing(picture).iter("circle"))) == 2 + 7 + 3
    assert texts(picture).count("⋮") == 1
    assert "64 neurons with ReLU" in texts(picture)
    assert outside(picture) == []
    assert len(picture.encode()) < 9000


@pytest.mark.parametrize("most", [4, 5, 8, 20])
@pytest.mark.parametrize("size", [1, 3, 4, 5, 8, 9, 30])
def test_a_column_is_its_first_and_last_nodes(size, most):
    shown = diagram._shown(size, most)
    assert len(shown) == min(size, most)
    assert shown[0] == 0
    assert shown[-1] == size - 1
    assert (-1 in shown) == (size > most)
    assert len(set(shown)) == len(shown)


def test_width_and_sign_of_wires():
    network = Network([Layer([[4.0, -2.0, 0.0]], [0.0])])
    drawn = svg.network_diagram("A", network)
    wires = [(node.get("class"), float(node.get("stroke-width"))) for node in drawing(drawn).iter("path")]
    assert wires == [("picture__plus", 0.6), ("picture__minus", 2.8), ("picture__plus", 5.0)]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"edges": "size"}, "edges is 'size'"),
        ({"most": 3}, "most is 3: expected 4 or more"),
        ({"input_names": ["a"]}, "input_names has 1 entries: expected 2"),
        ({"output_names": ["a", "b"]}, "output_names has 2 entries: expected 1"),
    ],
)
def test_a_network_that_cannot_be_drawn(given, message):
    with pytest.raises(ValueError, match=message):
        svg.network_diagram("A", trained(), **given)


def test_gradients_before_there_are_any():
    network = Network([Layer([[1.0, 2.0]], [0.0])])
    with pytest.raises(ValueError, match="no gradients yet"):
        svg.network_diagram("A", network, edges="gradients")
    assert "Gradients" not in svg.network_diagram("A", network)


def test_a_weight_that_is_not_finite():
    network = Network([Layer([[1.0, 2.0]], [0.0])])
    network.layers[0].W[0][1] = float("nan")
    with pytest.raises(ValueError, match=r"layers\[0\].W\[0\]\[1\] is nan"):
        svg.network_diagram("A", network)


@pytest.mark.parametrize(
    ("columns", "values", "captions"),
    [([["x"]], [], ["a"]), ([["x"], []], [], ["a", "b"]), ([["x"], ["y"]], [], ["a"]), ([["x"], ["y"]], [[1]], "ab")],
)
def test_layers_that_cannot_be_drawn(columns, values, captions):
    with pytest.raises(ValueError, match="expected"):
        svg.layers_diagram(columns, values, captions, "A")


def test_layers_have_every_wire():
    columns = [["x₀", "x₁"], ["a₀", "a₁", "a₂"], ["ŷ"]]
    picture = svg.layers_diagram(columns, [[1, 2], [6, 7, -1], [21]], "abc", "T", bold=0)
    assert len(list(drawing(picture).iter("line"))) == 2 * 3 + 3 * 1
    assert len(list(drawing(picture).iter("circle"))) == 6
    assert len([node for node in drawing(picture).iter("line") if "strong" in node.get("class")]) == 3


def test_penguins_can_be_named():
    table = load_penguins()
    network = Network([Layer([[0.1] * 4] * 3, [0.0] * 3)])
    picture = svg.network_diagram("Penguins", network, table.feature_names, table.class_names)
    assert outside(picture) == []
    assert "Chinstrap" in texts(picture)
