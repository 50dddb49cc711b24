"""What a GPU gave, in plain Python: the same bits where there are lines for it, the same size where there are none."""

from fractions import Fraction
from random import Random

import pytest

from scalarnn.dialects.sums import fused_sum, fused_sum_from_the_right, sum_in_lanes, sum_in_pairs
from scalarnn.float32 import round_to_float32
from scalarnn.frameworks import devices
from scalarnn.frameworks.on_devices import KINDS, ORDERS, ROUNDED, adam_way, losses
from scalarnn.neuron import weighted_sum

NEURON = devices()["neuron"]


@pytest.mark.parametrize("row", NEURON, ids=lambda row: f"{row['kind']}, {row['way']}")
def test_the_neuron_is_that_of_the_devices_to_the_last_bit(row):
    assert losses(row["kind"], row["way"])[-1] == row["last"]


def test_another_order_or_place_is_seen():
    """Each kind has figures that another way does not give."""
    for kind in KINDS:
        given = {losses(kind, row["way"])[-1] for row in NEURON if row["kind"] == kind}
        assert len(given) >= 2, kind
    assert losses("float64", "in two lanes")[-1] != losses("float64", "from the left")[-1]
    assert losses("bfloat16", "from the left")[-1] not in {row["last"] for row in NEURON}  # nobody adds in bfloat16


def test_every_way_is_one_that_is_known():
    assert {row["way"] for row in NEURON} <= {*ORDERS, *ROUNDED}
    assert {row["kind"] for row in NEURON} == set(KINDS)


def test_all_orders_are_one_sum_in_exact_numbers():
    x = [Fraction(k, 7) for k in range(1, 12)]
    w = [Fraction(3, k) for k in range(1, 12)]
    orders = [fused_sum, fused_sum_from_the_right, sum_in_lanes, sum_in_pairs, lambda x, w: sum_in_lanes(x, w, 4)]
    assert {order(x, w) for order in orders} == {weighted_sum(x, w)}
    assert fused_sum_from_the_right([0.1, -1], [10, 1]) == fused_sum_from_the_right([0.1, -1.0], [10.0, 1.0]) > 0
    assert sum_in_lanes(x[:1], w[:1]) == sum_in_pairs(x[:1], w[:1]) == weighted_sum(x[:1], w[:1])


def test_shares_are_shares_and_the_steps_line_up():
    told = devices()
    for who in told["elementary"].values():
        assert all(0 <= one["not_nearest"] <= 1 and one["ulps"] < 10 for one in who.values())
    widths = told["step"]["n"]
    assert all(len(times) in (len(widths), len(widths) - 1) for times in told["step"].values())


def test_a_correction_in_float32_is_the_difference_of_capturable():
    """Over 100 steps at η = 1/10, as PyTorch's own difference on the GPU; an exact one has none."""
    rng, largest = Random(0), 0.0
    for _ in range(20):
        gradients = [rng.gauss(0, 1) for _ in range(100)]
        exact, short = (adam_way(kind, gradients, [1 / 10] * 100)[-1] for kind in ("exact", "float32"))
        assert round_to_float32(short) != short, "the weight is a float64, its correction alone is float32"
        largest = max(largest, abs(exact - short))
    (theirs,) = [
        row["largest"] for row in devices()["adam"]["rows"] if row["by"] == "capturable" and row["kind"] == "float64"
    ]
    assert theirs / 3 < largest < theirs * 3
