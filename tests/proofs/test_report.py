"""What `python3 -m scalarnn prove` prints."""

import json

from scalarnn.proofs import report, theorem


def test_table(capsys):
    assert report.main(["neuron.forward", "activation.relu"], as_json=False) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["theorem", "result", "claims", "errors", "refuted", "seconds"]
    assert lines[1].split()[:4] == ["neuron.forward", "proved", "4", "2/2"]
    assert lines[-1].startswith("2 of 2 theorems proved in")


def test_json(capsys):
    assert report.main(["neuron.forward"], as_json=True) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert row["theorem"] == "neuron.forward"
    assert row["result"] == "proved"
    assert row["about"] == "scalarnn.neuron.neuron_forward, scalarnn.neuron.weighted_sum"
    assert row["seconds"] >= 0


def test_unknown(capsys):
    assert report.main(["nonsense"], as_json=False) == 2
    assert "no theorem 'nonsense'" in capsys.readouterr().err


def test_failed(capsys, monkeypatch):
    monkeypatch.setattr(theorem, "equal", lambda *_: False)
    assert report.main(["neuron.forward"], as_json=False) == 1
    assert "does not hold" in capsys.readouterr().out


def test_not_refuted(capsys, monkeypatch):
    monkeypatch.setattr(theorem, "equal", lambda *_: True)
    assert report.main(["neuron.forward"], as_json=False) == 1
    assert "not refuted: the bias taken away" in capsys.readouterr().out
