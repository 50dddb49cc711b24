"""The many ways in which R writes the lists of a fit."""

import json

import pytest

from scalarnn.exchange import read

# 2 inputs, 1 logistic unit, 1 linear output that one input reaches past the unit, written out by hand.
LISTS = {"n": [2, 1, 1], "nconn": [0, 0, 0, 0, 3, 6], "conn": [0, 1, 2, 0, 3, 2], "nsunits": [4]}
LISTS |= {"wts": [0.0, 1.0, -1.0, 0.5, 2.0, 3.0]}
SHORT = (
    "list(n = c(2, 1, 1), nconn = c(0, 0, 0, 0, 3, 6), conn = c(0, 1, 2, 0, 3, 2), nsunits = 4, "
    "wts = c(0, 1, -1, 0.5, 2, 3)"
)


@pytest.mark.parametrize(
    "text",
    [
        f"{SHORT})",
        f"fit <-\n{SHORT})",
        f"structure({SHORT}), class = 'nnet')",
        f"{SHORT}, softmax = FALSE, lev = NULL)",
        SHORT.replace("list(", 'list(call = nnet.formula(y ~ a[1], "x, ) \\" y", {b}), `a ) b` = 1, ') + ")",
        SHORT.replace("c(0, 1, 2, 0", "c(0:2, 0").replace("nsunits = 4", "nsunits = 4L") + ")",
        SHORT.replace("0.5, 2, 3", "0x1p-1, 0x1p+1, 0x1.8p+1") + ")",
        SHORT.replace("c(0, 0, 0, 0, 3, 6)", "c(0L, 0L, 0L, 0L, 3L, 6L)").replace("2, 3)", "2e0, 3.0)") + ")",
        json.dumps(LISTS),
        json.dumps({**LISTS, "nsunits": 4, "softmax": [False], "lev": None, "call": {}}),
    ],
)
def test_the_same_fit(tmp_path, text):
    path = tmp_path / "fit.R"
    path.write_text(text, encoding="utf-8")
    network = read(path)
    assert network.forward([1.0, 1.0]) == [0.5 + 2 * 0.5 + 3 * 1]
    assert network.loss == "squared_error"
    assert network.layers[0].W == [[1.0, -1.0], [1, 0], [0, 1]]


def test_outputs_are_logistic_unless_they_are_linear(tmp_path):
    path = tmp_path / "fit.R"
    path.write_text(SHORT.replace("nsunits = 4", "nsunits = 5") + ", entropy = TRUE)", encoding="utf-8")
    network = read(path)
    assert [round(y, 12) for y in network.forward([1.0, 1.0])] == [0.989013057369]  # 1 / (1 + e^−4.5)
    assert network.loss == "binary_cross_entropy"
