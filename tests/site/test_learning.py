"""What the pages about steps say in words is so: their blocks run, and each comparison is made again."""

from __future__ import annotations

import importlib.util
import io
import math
import re
from contextlib import redirect_stdout
from fractions import Fraction
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

for tool in ("markdown", "pymdownx", "mathjax", "py_mini_racer", "pygments", "sympy"):
    if importlib.util.find_spec(tool) is None:
        pytest.skip(f"{tool} missing; install the extra 'docs'", allow_module_level=True)

from docs.extensions import landscape, recorded  # noqa: E402
from docs.extensions.errors import BookError  # noqa: E402
from scalarnn import adam_step, gradient_descent_step, momentum_step  # noqa: E402

PAGES = Path(__file__).resolve().parents[2] / "docs" / "learning"
BLOCK = re.compile(r'^```python exec="on"[^\n]*\n(.*?)^```$', re.DOTALL | re.MULTILINE)
SLOW = ("proved(", "transcript(")  # proofs and debugger sessions are tested where they are made


@cache
def names_of(page: str) -> SimpleNamespace:
    """What the blocks of a page leave behind, after they have run from top to bottom."""
    names: dict[str, Any] = {}
    with redirect_stdout(io.StringIO()):
        for block in BLOCK.findall((PAGES / f"{page}.md").read_text(encoding="utf-8")):
            if not any(call in block for call in SLOW):
                exec(compile(block, page, "exec"), names)
    return SimpleNamespace(**names)


# ---- the helpers -----------------------------------------------------------------------------------------------------


def test_a_recorded_call_is_written_out() -> None:
    rows = recorded.recorded_rows(momentum_step, Fraction(4), Fraction(2), Fraction(3), Fraction(1, 4), Fraction(1, 2))
    assert [row[1].split(" = ")[0] for row in rows] == [r"$\displaystyle v_{\text{new}}", r"$\theta_{\text{new}}"]
    assert ">3.5<" in rows[0][2]
    assert ">3.125<" in rows[1][2]


def test_letters_and_steps_of_rows_can_be_chosen() -> None:
    name = r"v_{\text{new}}"
    (row,) = recorded.recorded_rows(
        momentum_step, 4, 2, 3, 1, Fraction(1, 2), only=[name], letters={name: "v_1"}, at={name: (7,)}
    )
    assert "v_1" in row[1]
    assert name not in row[1]
    assert 'href="#step-7"' in row[0]


def test_a_name_that_a_call_does_not_compute_is_noticed() -> None:
    with pytest.raises(BookError, match="momentum_step computed nothing called q"):
        recorded.recorded_rows(momentum_step, 4, 2, 3, 1, Fraction(1, 2), only=["q"])


def test_a_ring_has_one_loss_all_around() -> None:
    (ring,) = landscape.rings((0, 0), landscape.CURVATURES, [7])
    assert all(math.isclose(landscape.valley_loss(point), 7) for point in ring.pieces[0])


def test_the_valleys_gradient_is_that_of_its_loss() -> None:
    theta, h = [3.0, -2.0], 1e-6
    for i in (0, 1):
        beside = [list(theta), list(theta)]
        beside[0][i] += h
        beside[1][i] -= h
        slope = (landscape.valley_loss(beside[0]) - landscape.valley_loss(beside[1])) / (2 * h)
        assert math.isclose(landscape.valley_gradient(theta)[i], slope, rel_tol=1e-6)


def test_a_walk_takes_the_steps_one_after_the_other() -> None:
    def gradient(theta: list[Any]) -> list[Any]:
        return [2 * theta[0]]

    walked = landscape.walk(adam_step, gradient, [1.0], 2, 0.5, kept=2, counts=True)
    theta, m, v = adam_step([1.0], [2.0], [0], [0], 1, 0.5)
    theta_2, _, _ = adam_step(theta, gradient(theta), m, v, 2, 0.5)
    assert walked == [[1.0], theta, theta_2]
    assert landscape.walk(gradient_descent_step, gradient, [1.0], 1, 0.25) == [[1.0], [0.5]]


def test_rings_are_pale_and_ways_are_not() -> None:
    drawn = landscape.seen_from_above(
        "Valley",
        "A way.",
        landscape.rings((0, 0), landscape.CURVATURES, [1]),
        [landscape.way("", [(0, 0), (1, 0)], "c0")],
        (-2, 2),
        (-2, 2),
    )
    assert drawn.count(landscape.PALE) == 1
    assert drawn.count('class="picture__line c0"') == 1


@pytest.mark.parametrize(("x", "y"), [((-11, 5), (-2, 2)), ((-4, 5), (-4, 5)), ((0, 1), (0, 3))])
def test_a_step_up_is_as_long_as_a_step_across(x: tuple[float, float], y: tuple[float, float]) -> None:
    square = [(x[0], y[0]), (x[0] + 1, y[0]), (x[0] + 1, y[0] + 1)]
    drawn = landscape.seen_from_above("Map", "A way.", [], [landscape.way("", square, "c0")], x, y)
    found = re.search(r'picture__line c0" d="M([-\d.]+) ([-\d.]+)L([-\d.]+) ([-\d.]+)L([-\d.]+) ([-\d.]+)"', drawn)
    assert found is not None
    left, low, right, _, _, high = map(float, found.groups())
    assert math.isclose(right - left, low - high, abs_tol=0.2)  # places are rounded to a tenth
    assert right - left > 10


# ---- what the pages say ----------------------------------------------------------------------------------------------


def test_luck_runs_out_and_the_gradient_does_not() -> None:
    page = names_of("search")
    assert page.loss(page.descended[5]) < min(page.search_history[4], page.adjust_history[4])
    assert page.loss(page.lowest) <= min(page.search_history[-1], page.adjust_history[-1])
    assert page.gradient(page.lowest) == pytest.approx([0, 0], abs=1e-12)
    columns = [[float(cell) for cell in row] for row in page.rows]
    assert columns[-1][2] > columns[-1][1]  # worse than the zeros that it could have begun with
    for at in (2, 3):
        assert all(one[at] <= after[at] for one, after in pairwise(columns))
    shares = [
        page.bowl(page.walk(gradient_descent_step, page.bowl_gradient, [0] * n, 20, 0.1)[-1]) / n for n in (1, 64)
    ]
    assert shares[0] == pytest.approx(shares[1])


def test_rates_do_what_their_names_say() -> None:
    page = names_of("descent")
    ends = {name: page.loss(places[-1]) for name, places in page.ways.items()}
    assert ends["Right"] < ends["Almost too large"] < ends["Too small"] < page.loss(page.start) < ends["Too large"]
    for name, places in page.ways.items():
        factor = 1 - page.rates[name] * page.x**2
        assert places[1] - 3 == factor * (places[0] - 3)


def test_two_starts_share_a_valley_and_the_third_finds_the_deeper_one() -> None:
    page = names_of("descent")
    left, middle, right = page.last
    assert middle == pytest.approx(right, abs=0.01)
    assert page.bumpy(left) < page.bumpy(right) - 0.5


def test_twins_are_equal_and_halfway_is_worse() -> None:
    loss = names_of("descent").two_relus
    assert loss(1, -1, 3, -1) == loss(-1, 1, -1, 3) == 0
    assert loss(0, 0, 1, 1) > 0


def test_half_of_the_largest_rate_arrives_at_once() -> None:
    page = names_of("descent")
    assert page.after_a_step(Fraction(1, 2 * page.size)) == 0
    assert page.after_a_step(Fraction(1, 4 * page.size)) == 9  # half of the way, a quarter of the loss
    assert page.worked_with(Fraction(1, page.size))["z_new"] == -6  # one step too long: ReLU is shut


def test_noise_falls_with_the_root_of_the_batch() -> None:
    page = names_of("batches")
    for size in page.SIZES:
        assert page.mean_of(page.draws[size], 0) == pytest.approx(page.true[0], rel=0.1)
    assert page.ratio == pytest.approx(4, rel=0.25)  # the root of 32 / 2


def test_the_middle_batch_and_shuffling_win() -> None:
    page = names_of("batches")
    assert page.ends[10][0] < min(page.ends[1][0], page.ends[100][0])
    assert page.ends[10][1] > max(page.ends[1][1], page.ends[100][1])
    assert page.orders["shuffled"][1] > page.orders["sorted"][1] + 0.05


def test_decay_is_fast_first_and_near_last() -> None:
    seen = names_of("decay").seen
    for name in ("inverse time", "exponential"):
        assert seen[name][9] < 1.1 * seen["constant"][9] < seen["constant, small"][9] / 10
        assert seen[name][-1] < min(seen["constant"][-1], seen["constant, small"][-1])


def test_momentum_helps_up_to_a_point_and_nesterov_swings_less() -> None:
    page = names_of("momentum")
    losses = [float(row[2]) for row in page.rows_of_betas]
    assert min(losses) == losses[2]
    assert losses[2] < losses[1] < losses[0]
    assert losses[2] < losses[3] < losses[4]
    assert page.valley_loss(page.ahead[-1]) < page.valley_loss(page.fast[-1]) / 10
    widest = [max(abs(theta[1]) for theta in places[3:]) for places in (page.ahead, page.fast)]
    assert widest[0] < widest[1]
    assert page.valley_loss(page.rolling[-1]) < page.valley_loss(page.descent[-1])


def test_turning_the_valley_takes_the_lead_of_rates_for_axes() -> None:
    page = names_of("adam")
    straight = {name: page.valley_loss(places[-1]) for name, places in page.straight.items()}
    oblique = {name: page.valley_loss(page.turned(places[-1])) for name, places in page.oblique.items()}
    for name in ("Gradient descent", "Momentum", "Nesterov"):
        assert oblique[name] == pytest.approx(straight[name], rel=1e-6)
    for name in ("AdaGrad", "RMSProp"):
        assert straight[name] < min(straight["Gradient descent"], straight["Momentum"], straight["Nesterov"])
        assert oblique[name] > 100 * straight[name]
    assert straight["Adam"] < oblique["Adam"] < 3 * straight["Adam"]
    for name in ("AdaGrad", "RMSProp", "Adam"):
        first = page.straight[name][1]
        assert first[0] - page.START[0] == pytest.approx(page.START[1] - first[1])


def test_adagrad_shrinks_and_rmsprop_begins_too_long() -> None:
    lines = names_of("adagrad").lines
    assert lines["AdaGrad"][0][1] == pytest.approx(1)
    assert lines["AdaGrad"][-1][1] == pytest.approx(1 / 10)
    assert lines["RMSProp"][0][1] == pytest.approx(10)
    assert lines["RMSProp"][-1][1] > 1


def test_penalties_lower_the_loss_of_new_points() -> None:
    none, half_l2, l1 = names_of("penalties").rows_of_penalties
    assert float(none[1]) < min(float(half_l2[1]), float(l1[1]))
    assert float(none[2]) > max(float(half_l2[2]), float(l1[2]))
    assert abs(int(none[3].rstrip("%")) - int(half_l2[3].rstrip("%"))) <= 2
    assert int(l1[5].split(" ")[0]) > 48 / 2 > int(half_l2[5].split(" ")[0])
