"""What the book's extensions do by themselves."""

from __future__ import annotations

import importlib.util
import io
import subprocess
import sys
import zipfile
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from xml.etree.ElementTree import Element, tostring

import pytest

for tool in ("markdown", "pymdownx", "mathjax", "py_mini_racer", "pygments"):
    if importlib.util.find_spec(tool) is None:
        pytest.skip(f"{tool} missing; install the extra 'docs'", allow_module_level=True)

from docs.extensions import code, figures  # noqa: E402
from docs.extensions.collected import chapters, exercises  # noqa: E402
from docs.extensions.debugger import breakpoint_at, transcript  # noqa: E402
from docs.extensions.elements import formula  # noqa: E402
from docs.extensions.errors import BookError  # noqa: E402
from docs.extensions.ledger import printed_figures  # noqa: E402
from docs.extensions.leftovers import raw_tex  # noqa: E402
from docs.extensions.letters import in_our_letters  # noqa: E402
from docs.extensions.math import display_html, inline_html, typeset  # noqa: E402
from docs.extensions.starting import archive, get_the_code, python_version  # noqa: E402
from docs.extensions.worked import Work  # noqa: E402
from tests.player.exercises import SET_BELOW  # noqa: E402

SPOKEN = {
    r"z = \sum_i w_i x_i + b": "z equals the sum over i of w sub i x sub i plus b",
    r"\sum_{i=1}^{n} w_i": "the sum from i equals 1 to n of w sub i",
    r"\frac{\partial L}{\partial w_i}": "partial L by partial w sub i",
    r"\frac{\partial L}{\partial a} \cdot \frac{\partial a}{\partial z}": (
        "partial L by partial a, times partial a by partial z"
    ),
    r"\frac{\partial}{\partial w} x": "the derivative by w of x",
    r"\partial L / \partial w": "partial L over partial w",
    r"\hat y - y": "y hat minus y",
    r"12 \cdot (-2)": "12 times open bracket minus 2 close bracket",
    r"-3 - 1": "minus 3 minus 1",
    r"(\hat y - y)^2": "open bracket y hat minus y close bracket squared",
    r"\operatorname{ReLU}(z) = a": "ReLU of z, equals a",
    r"\sigma(z) = \frac{1}{1 + e^{-z}}": (
        "sigma of z, equals the fraction 1 over 1 plus e to the power minus z, end fraction"
    ),
    r"a = \begin{cases} z & \text{if } z > 0 \\ 0 & \text{otherwise} \end{cases}": (
        "a equals z if z is greater than 0; 0 otherwise"
    ),
    r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}": ("the matrix with 2 rows, row 1: 1, 2; row 2: 3, 4, end matrix"),
    r"\begin{aligned} a &= b \\ &= c \end{aligned}": "a equals b; equals c",
    r"\sqrt{x^2 + 1}": "the square root of x squared plus 1, end root",
    r"W^\top x": "W transpose x",
    r"w_1^{\text{new}}": "w sub 1 new",
    r"\int_0^1 w^2\,dr = 1": "the integral from 0 to 1 of w squared d r equals 1",
    r"\theta \leftarrow \theta - \eta": "theta becomes theta minus eta",
    r"f'(z)": "f prime of z",
    r"f^2(z)": "f squared open bracket z close bracket",
    r"\operatorname{float32}(z)": "float 32 of z",
    r"\operatorname{softmax}_k(z)": "softmax sub k of z",
    r"\underbrace{P - P_1}_{\text{inputs}}": "P minus P sub 1 under inputs",
    r"(w - w^*)\,x": "open bracket w minus w star close bracket x",
    r"z^{(1)} = W^{(1)} x + b^{(1)}": "z of layer 1, equals W of layer 1, x plus b of layer 1",
    r"{W^{(l + 1)}}^\top \delta^{(l + 1)}": "W of layer l plus 1, transpose delta of layer l plus 1",
    r"\delta^{(2)} a^{(1)\top}": "delta of layer 2, a of layer 1, transpose",
    r"W_{\text{new}}^{(1)}": "W sub new of layer 1",
    r"a^l = f^l(z^l)": "a of layer l, equals f of layer l, of z of layer l",
    r"f^1( W^0 x + b^0 )": "f of layer 1, of W of layer 0, x plus b of layer 0",
    r"2^0 + e^1 + x^{n}": "2 to the power 0, plus e to the power 1, plus x to the power n",
    r"\lambda \sum \lvert w \rvert": "lambda the sum of the size of w, end size",
    r"|a| - \left| \frac{a}{b} \right|": "the size of a, end size, minus the size of a over b, end size",
    r"P(a \mid b)": "P open bracket a given b close bracket",
    r"L(\theta)": "L of theta",
    r"\text{ReLU}(z)": "ReLU of z",
    r"\frac{dy}{dx} = \frac{d}{dx}\, x^2": "d y by d x, equals the derivative by x of x squared",
    r"\frac{d}{n}": "d over n",
}


@pytest.mark.parametrize("tex", SPOKEN)
def test_a_formula_reads_aloud(tex: str) -> None:
    assert typeset(tex, display=True).spoken == SPOKEN[tex]


def test_a_formula_is_one_svg_with_its_name_and_its_latex() -> None:
    shown = inline_html("a < b")
    assert 'role="img" aria-label="a is less than b"' in shown
    assert "$a &lt; b$" in shown
    assert "data-latex" not in shown
    assert 'data-clipboard-text="a &lt; b"' in display_html("a < b")


@pytest.mark.parametrize("tex", [r"\frac{1}{", r"\foo", r"a & b", r"x^a^b", r"\left( x", r"\begin{aligned} a", "漢"])
def test_bad_tex_is_refused(tex: str) -> None:
    with pytest.raises(BookError, match=r"bad TeX|could not typeset"):
        typeset(tex)


def test_a_line_is_found_by_the_variable_it_binds() -> None:
    def line(symbol: str, variable: str) -> list[str]:
        found = code.read(symbol)
        return [found.lines[at - found.first].split("#")[0].strip() for at in code.binding_lines(symbol, variable)]

    assert line("scalarnn.neuron.neuron_backward", "dz_dw_i") == ["dz_dw_i = x[i]"]
    assert line("scalarnn.neuron.neuron_backward", "dL_dw") == ["dL_dw.append(dL_dw_i)"]
    assert line("scalarnn.neuron.weighted_sum", "s") == ["s += w[i] * x[i]"]
    assert line("scalarnn.network.network_backward", "dL_dWs") == ["dL_dWs.insert(0, dL_dW)"]
    assert line("scalarnn.activations.relu", "a") == ["a = z", "a = 0"]
    assert line("scalarnn.neuron.Neuron.backward", "dL_dw") == [
        "dL_dw, dL_db, dL_dx = neuron_backward(dL_dz, self.x, self._w_used)"
    ]


def test_a_page_shows_what_stands_behind_a_door() -> None:
    for door, bare in (
        ("scalarnn.neuron_forward", "scalarnn.neuron.neuron_forward"),
        ("scalarnn.layer.Layer.forward", "scalarnn.layer.Layer.forward.__wrapped__"),
    ):
        found = code.read(door)
        assert found.file == code.read(bare).file == f"scalarnn/{bare.split('.')[1]}.py"
        assert found.lines == code.read(bare).lines
        assert "self" in found.lines[0] or found.lines[0].startswith("def neuron_forward(x: Vector[n], w: Vector[n], b")


def test_a_page_shows_the_rule_that_a_step_carries() -> None:
    step, rule = code.read("scalarnn.momentum_step"), code.read("scalarnn.learning.momentum.momentum_rule")
    assert step == rule
    assert step.name == "momentum_rule"
    (line,) = code.binding_lines("scalarnn.learning.momentum.momentum_step", "v_new")
    assert step.lines[line - step.first].strip() == "v_new = beta * v + dL_dtheta"


def test_what_is_gone_is_named() -> None:
    with pytest.raises(BookError, match=r"scalarnn\.neuron\.gone is gone"):
        code.read("scalarnn.neuron.gone")
    with pytest.raises(BookError, match=r"no line of .* binds gone"):
        code.binding_lines("scalarnn.neuron.neuron_forward", "gone")
    with pytest.raises(BookError, match="not the project's own"):
        code.read("json.dumps")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (-3, "−3"),
        (Fraction(1, 1000), "0.001"),
        (Fraction(-247, 250), "−0.988"),
        (Fraction(6), "6"),
        (Fraction(1, 3), "1/3"),
        (Fraction(-1, 3), "−1/3"),
        (0.1, "0.1"),
        ("-12", "−12"),
    ],
)
def test_numbers_keep_their_digits(value: object, text: str) -> None:
    assert figures.number(value) == text


def test_a_debugger_session_is_a_real_one() -> None:
    place = breakpoint_at("scalarnn.neuron.neuron_forward", "z")
    session = transcript(
        ["from scalarnn import neuron_forward"],
        "neuron_forward([1, 2], [3, 4], 5)",
        [f"break {place}", "continue", "p s", "next", "p z"],
    )
    assert session.startswith(">>> from scalarnn import neuron_forward\n>>> import pdb\n")
    assert "-> z = s + b" in session
    assert session.endswith("(Pdb) p z\n16\n")
    assert str(code.ROOT) not in session


def test_a_session_that_pdb_complains_in_stops_the_build() -> None:
    place = breakpoint_at("scalarnn.training.training_step", "L")  # two lines bind it; the first has no L_n yet
    assert place != breakpoint_at("scalarnn.training.training_step", "L", -1)
    with pytest.raises(BookError, match="NameError"):
        transcript(["from scalarnn import neuron_forward"], "neuron_forward([1], [3], 5)", ["p L_n"])


def test_the_first_breakpoint_of_every_session_is_number_1() -> None:
    place = breakpoint_at("scalarnn.neuron.neuron_forward", "z")
    for _ in range(2):
        session = transcript(
            ["from scalarnn import neuron_forward"], "neuron_forward([1], [3], 5)", [f"break {place}", "continue"]
        )
        assert "Breakpoint 1 at " in session


def test_latex_that_a_reader_would_see_is_found() -> None:
    assert raw_tex(f"<p>A formula {inline_html('z = w x + b')}, code <code>$HOME \\n</code>.</p>") == ""
    assert raw_tex(display_html(r"\frac{1}{2}") + "<pre>$ python3</pre>") == ""
    # what a bar does to a formula in a cell: the table ends the cell there, and both halves stand as they were typed
    planted = r"<td>$L = \lambda \cdot \sum</td><td>w</td><td>$</td>"
    assert raw_tex(planted) == r"$L = \lambda \cdot \sum"
    assert raw_tex("<p>only a \\command</p>") == "only a \\command"


def test_a_bar_does_not_end_a_cell() -> None:
    with pytest.raises(BookError, match="a bar would end this cell"):
        figures.table(("penalty",), [(r"$\sum |w|$",)])
    assert figures.table(("penalty",), [(r"$\sum \lvert w \rvert$",)]).endswith(r"| $\sum \lvert w \rvert$ |")


def test_a_reader_is_told_which_python_is_new_enough() -> None:
    oldest = tuple(map(int, python_version().split(".")))
    assert (3, 0) < oldest <= sys.version_info[:2]
    assert f"Python {python_version()} or newer" in get_the_code()


def test_a_reader_is_told_where_the_code_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """The book knows its address only where somebody publishes it; a wrong one stops the build."""
    monkeypatch.delenv("REPOSITORY", raising=False)
    assert "lies in this book. Unpack it." in get_the_code()
    monkeypatch.setenv("REPOSITORY", "https://example.org/scalarnn")
    assert "or clone [the repository](https://example.org/scalarnn), which" in get_the_code()
    for wrong in ("example.org/scalarnn", "https://example.org/scalar nn"):
        monkeypatch.setenv("REPOSITORY", wrong)
        with pytest.raises(BookError, match="REPOSITORY is"):
            get_the_code()


def test_the_code_in_the_book_runs_where_it_is_unpacked(tmp_path: Path) -> None:
    packed = archive()
    assert packed == archive()
    with zipfile.ZipFile(io.BytesIO(packed)) as file:
        assert not [name for name in file.namelist() if "__pycache__" in name]
        file.extractall(tmp_path)
    command = [sys.executable, "-S", "-m", "scalarnn", "show", "002-neuron"]
    shown = subprocess.run(command, cwd=tmp_path / "scalarnn", capture_output=True, text=True, check=True).stdout
    assert "= 36" in shown
    assert (tmp_path / "scalarnn" / "pyproject.toml").read_bytes() == (code.ROOT / "pyproject.toml").read_bytes()


def test_what_stands_below_in_a_comment_is_set_below() -> None:
    """As the player does; a name of code stays as it is."""
    for text, expected in SET_BELOW.items():
        cell = Element("td")
        formula(cell, text)
        assert tostring(cell, "unicode") == f"<td>{expected}</td>"


def test_a_figure_beside_another_value_stops_the_build() -> None:
    """One that a later round prints, for instance, beside the value of an earlier one."""
    figure = next(one for one in printed_figures("003-layer") if one.kind == "computed")
    page = SimpleNamespace(argument="003-layer")
    assert figure in Work._printed(page, figure.quantity, figure.value)
    with pytest.raises(BookError, match="beside its figure"):
        Work._printed(page, figure.quantity, figure.value + 1)


def test_a_power_of_ten_is_one() -> None:
    assert figures.power_of_ten(1e-10) == "10⁻¹⁰"
    assert figures.power_of_ten(100) == "10²"
    with pytest.raises(BookError, match=r"2e-08 is no power of ten"):
        figures.power_of_ten(2e-8)


def test_a_share_stays_on_one_line() -> None:
    assert figures.percent(0.96875) == "96.9\N{NO-BREAK SPACE}%"
    assert figures.percent(1.0) == "100.0\N{NO-BREAK SPACE}%"


def test_letters_of_a_source_change_all_at_once() -> None:
    """One after the other, z for u and then a for z would make an a of both."""
    assert in_our_letters(r"z_j = \operatorname{ReLU}(u_j)", "004") == r"a_j = \operatorname{ReLU}(z_j)"
    assert (
        in_our_letters(r"\frac{\partial L}{\partial y} = y - t", "004")
        == r"\frac{\partial L}{\partial \hat y} = \hat y - y"
    )
    kept = r"\tfrac12 W_{\text{out}}^{\mathsf T} \tanh x"
    assert in_our_letters(kept, "004") == kept
    with pytest.raises(BookError, match="no letters are known for '005'; they are for 004"):
        in_our_letters("x", "005")


def test_every_exercise_is_in_the_list() -> None:
    """Each page that has exercises stands in a chapter, and none of its exercises is missed."""
    listed = {page for _, pages in chapters() for _, page in pages}
    docs = code.ROOT / "docs"
    for page in docs.rglob("*.md"):
        calls = page.read_text(encoding="utf-8").count("\n    exercise(\n")
        assert len(exercises(page)) == calls
        assert not calls or page.relative_to(docs).as_posix() in listed


@pytest.mark.parametrize("titles", ['f"{1}."', '"One."), exercise("One."'])
def test_an_exercise_that_no_link_can_find_stops_the_build(tmp_path: Path, titles: str) -> None:
    page = tmp_path / "page.md"
    text = f'# A page\n\n## Exercises\n\n```python exec="on"\nprint(exercise({titles}))\n```\n'
    page.write_text(text, encoding="utf-8")
    with pytest.raises(BookError, match=r"page\.md: "):
        exercises(page)
