"""Names of the code as symbols."""

import pytest

from scalarnn.tracing.symbols import symbol_of, symbols_of

NAMES = {
    "x": ("x", "x"),
    "W1": ("W₁", "W_{1}"),
    "W12": ("W₁₂", "W_{12}"),
    "y_hat": ("ŷ", r"\hat{y}"),
    "x1_hat": ("x\N{COMBINING CIRCUMFLEX ACCENT}₁", r"\hat{x}_{1}"),
    "dL_dw_i": ("∂L/∂wᵢ", r"\frac{\partial L}{\partial w_{i}}"),
    "dL_dW_out_new": ("∂L/∂W_out,new", r"\frac{\partial L}{\partial W_{\text{out,new}}}"),
    "dCn_dZ": ("∂Cₙ/∂Z", r"\frac{\partial C_{n}}{\partial Z}"),
    "y_two_layers": ("y_two_layers", r"y_{\text{two layers}}"),
    "delta_d": ("δ_d", r"\delta_{\text{d}}"),
    "lambda_": ("λ", r"\lambda"),
    "learning_rate": ("η", r"\eta"),
    "log_S": ("log S", r"\log S"),
    "one_minus_a": ("1 − a", "1 - a"),
    "z_j": ("zⱼ", "z_{j}"),
    "total": ("total", r"\text{total}"),
    "dd": ("dd", r"\text{dd}"),
    "dx": ("dx", r"\text{dx}"),
    "an": ("an", r"\text{an}"),
    "log_": ("log_", r"\text{log }"),
    "dL_dz_": ("dL_dz_", r"\text{dL dz }"),
    "y__hat": ("y__hat", r"\text{y  hat}"),
    "_private": ("_private", r"\text{ private}"),
    "é": ("é", r"\text{é}"),
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_as_text_and_as_latex(name):
    assert (symbol_of(name).unicode(), symbol_of(name).latex()) == NAMES[name]


def test_indices_of_two_digits_stand_apart():
    assert symbol_of("W").at(1, 12).unicode() == "W₁,₁₂"
    assert symbol_of("W1").at(2, 3).unicode() == "W₁,₂₃"
    assert symbol_of("total").at(1, 12).unicode() == "total[1, 12]"


def test_letters_take_their_values():
    assert symbol_of("dLn_dW_j").with_values({"n": 0, "j": 3}).unicode() == "∂L₀/∂W₃"
    assert symbol_of("dLn_dZ").at(2, 0).unicode() == "∂L₂/∂Z₂₀"


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["x", "x1", "x_2", "z"], {"x1", "x_2"}),
        (["eta", "learning_rate"], {"eta", "learning_rate"}),
        (["x1", "x2", "W_j", "W"], set()),
        (["dL_dw", "dL_dw_0"], {"dL_dw_0"}),
    ],
)
def test_no_two_names_of_a_function_look_alike(names, words):
    symbols = symbols_of(names)
    assert {name for name in names if symbols[name].is_word} == words
    assert len({symbol.unicode() for symbol in symbols.values()}) == len(names)
