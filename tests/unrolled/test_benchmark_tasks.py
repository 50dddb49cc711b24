"""The tasks of the benchmark, unrolled, come to the same parameters as the straight-line code beside them."""

import pytest

from tests.benchmarks import given, straight_line, with_unrolled
from tests.benchmarks.measuring import flat

TASKS = [
    (given.neuron(), 20, with_unrolled.neuron, with_unrolled.neuron_whole, straight_line.neuron),
    (given.layer(), 20, with_unrolled.layer, with_unrolled.layer_whole, straight_line.layer),
    (given.network(), 10, with_unrolled.network, with_unrolled.network_whole, straight_line.network),
    (given.xor(), 5, with_unrolled.sigmoid, with_unrolled.sigmoid_whole, straight_line.sigmoid),
    (given.demo(20, 10), 2, with_unrolled.demo_whole, with_unrolled.demo_whole, straight_line.demo),
    (given.spiral(5, 4), 2, with_unrolled.classifier_whole, with_unrolled.classifier_whole, straight_line.classifier),
]


@pytest.mark.parametrize(
    ("data", "steps", "step", "whole", "floor"), TASKS, ids=lambda one: getattr(one, "__name__", "")
)
def test_they_agree_with_the_floor(data, steps, step, whole, floor):
    losses, parameters = step(data, steps)
    again, others = whole(data, steps)
    assert flat(parameters) == flat(others)
    assert losses == again
    for a, b in zip(flat(parameters), flat(floor(data, steps)[1]), strict=True):
        assert abs(a - b) <= 1e-12 * max(1, abs(b))
