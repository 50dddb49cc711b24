"""Every theorem is proved, and the same procedure refutes every deliberate error."""

import pytest

from scalarnn.proofs import catalogue

PROOFS = [pytest.param(theorem, id=theorem.id) for theorem in catalogue.THEOREMS]
REFUTATIONS = [
    pytest.param(theorem, wrong.name, id=f"{theorem.id}: {wrong.name}")
    for theorem in catalogue.THEOREMS
    for wrong in theorem.refuted
]


@pytest.mark.parametrize("theorem", PROOFS)
def test_proved(theorem):
    result = theorem.prove()
    assert result.holds, result.failure


@pytest.mark.parametrize(("theorem", "error"), REFUTATIONS)
def test_refuted(theorem, error):
    assert not theorem.refute(error).holds
