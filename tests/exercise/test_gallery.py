"""The gallery: each printed figure is reproduced, or a slip explains it."""

import pytest

from scalarnn.exercise import gallery
from scalarnn.exercise.gallery import held_against, names

# What is wrong in print, and by which slip.
WRONG = {
    ("mazur", "L_new"): "the updated weights on the way back",
    ("cs231n-softmax", "y_hat[0]"): "the exponentials rounded",
    ("cs231n-softmax", "L"): "log₁₀ for ln",
    ("cs231n-scores", "L"): "log₁₀ for ln",
}


@pytest.mark.parametrize("name", names())
def test_every_figure_is_reproduced_or_explained(name):
    held = held_against(name)
    assert held.unexplained == []
    wrong = {(name, one.name): one.fits[0].slip.name for one in held.verdicts if not one.is_right}
    assert wrong == {place: slip for place, slip in WRONG.items() if place[0] == name}
    assert held.exercise.source


def test_a_figure_that_nothing_explains_is_seen(monkeypatch):
    monkeypatch.setattr(gallery, "_printed", lambda: {"micrograd-neuron": {"y_hat": ["0.7070901"]}})
    assert [verdict.name for verdict in held_against("micrograd-neuron").unexplained] == ["y_hat[0]"]
