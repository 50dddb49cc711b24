"""The benchmark works: contenders agree, one that does not is caught, the Markdown is whole. No time is judged."""

import gc
import json
from fractions import Fraction

import pytest

from tests.benchmarks import (
    command,
    given,
    goals,
    measuring,
    processes,
    report,
    scaling,
    sizes,
    straight_line,
    tasks,
    with_lists,
    with_scalarnn,
)
from tests.benchmarks.measuring import Spread

# The same tasks with few samples, so that micrograd is through in a moment; and how many steps.
SMALL = {
    "neuron": (given.neuron(), 20),
    "layer": (given.layer(), 20),
    "network": (given.network(), 10),
    "demo": (given.demo(samples=6), 3),
    "spiral": (given.spiral(samples_per_class=2, n_hidden=8), 3),
    "digits": (given.digits(samples=6, n_hidden=4, batch_size=3), 3),
    "xor": (given.xor(), 20),
    "fizz_buzz": (given.fizz_buzz(), 1),
}
COMPARED = [(name, module) for name in tasks.TASKS for module in tasks.TASKS[name].others]


def ours(name):
    return {style: getattr(with_scalarnn, function) for style, function in tasks.TASKS[name].styles.items()}


def other(name, module):
    if module in tasks.absent():
        pytest.skip(tasks.absent()[module])
    return getattr(tasks.import_module(f"tests.benchmarks.{module}"), tasks.TASKS[name].others[module])


# ---- contenders compute the same thing -------------------------------------------------------------------------------


def test_every_task_is_tried_here():
    assert set(SMALL) == set(tasks.TASKS)


@pytest.mark.parametrize("name", tasks.TASKS)
def test_the_styles_of_scalarnn_agree(name):
    data, steps = SMALL[name]
    tasks.agree(ours(name), data, steps)


@pytest.mark.parametrize(("name", "module"), COMPARED)
def test_a_contender_agrees_with_scalarnn(name, module):
    data, steps = SMALL[name]
    first = next(iter(ours(name).items()))
    tasks.agree(dict([first, (module, other(name, module))]), data, steps)


@pytest.mark.parametrize("name", tasks.TASKS)
def test_contenders_learn_and_leave_what_is_given_alone(name):
    data, steps = SMALL[name]
    before = repr(data)
    for _name, (function, _steps) in tasks.contenders(tasks.TASKS[name]).items():
        _losses, parameters = function(data, steps)
        _losses, untrained = function(data, 0)
        assert measuring.flat(parameters) != measuring.flat(untrained)
        assert repr(data) == before


def with_another_rate(data, steps):
    return with_scalarnn.network_functions(data | {"learning_rate": data["learning_rate"] * (1 + 1e-6)}, steps)


def with_a_wrong_loss(data, steps):
    losses, parameters = with_scalarnn.network_functions(data, steps)
    return [2 * L for L in losses], parameters


def with_a_nan(data, steps):
    losses, (Ws, bs) = with_scalarnn.network_functions(data, steps)
    return losses, [Ws, [bs[0], [float("nan")]]]


def one_step_short(data, steps):
    return with_scalarnn.network_functions(data, steps - 1)


@pytest.mark.parametrize("broken", [with_another_rate, with_a_wrong_loss, with_a_nan, one_step_short])
def test_a_contender_that_computes_something_else_is_caught(broken):
    data, steps = SMALL["network"]
    contenders = {"ours": with_scalarnn.network_functions, "broken": broken}
    with pytest.raises(tasks.DisagreementError, match=r"broken: (losses|parameters)"):
        tasks.agree(contenders, data, steps)


def test_nothing_is_measured_if_one_disagrees(monkeypatch):
    monkeypatch.setattr(with_scalarnn, "network_objects", with_another_rate)
    monkeypatch.setattr(command, "side_by_side", lambda *_, **__: pytest.fail("measured all the same"))
    with pytest.raises(tasks.DisagreementError, match="scalarnn, objects"):
        command.measured_task(tasks.TASKS["network"], command.QUICK)


def test_straight_line_code_is_the_same_arithmetic():
    """Bit for bit, where no penalty is added in another order."""
    for name in ("neuron", "layer", "network", "spiral", "digits"):
        data, steps = SMALL[name]
        _style, function = next(iter(ours(name).items()))
        floor = getattr(straight_line, tasks.TASKS[name].others["straight_line"])
        losses, parameters = function(data, steps)
        floor_losses, floor_parameters = floor(data, steps)
        assert measuring.flat(floor_losses) == measuring.flat(losses), name
        assert measuring.flat(floor_parameters) == measuring.flat(parameters), name


def test_a_fingerprint_sees_the_last_bit():
    data, steps = SMALL["network"]
    expected = tasks.fingerprint(with_scalarnn.network_functions, data, steps)
    assert tasks.fingerprint(with_scalarnn.network_objects, data, steps) == expected
    assert tasks.fingerprint(with_another_rate, data, steps) != expected
    assert len(expected) == 12


def test_straight_line_code_has_no_loop_over_weights():
    lines = list(straight_line._network((2, 3, 1), "half_squared_error", "relu"))
    assert sum(line.lstrip().startswith("for ") for line in lines) == 1
    assert sum("w1_2_1 -= " in line for line in lines) == 1


def test_the_lists_look_at_lengths():
    with pytest.raises(AssertionError, match="same length"):
        with_lists.dot([1.0], [1.0, 2.0])


def test_whole_demos_score_the_grid_alike():
    data, steps = SMALL["demo"]
    grid = [[0.0, 0.5], [1.0, -1.0]]
    expected = measuring.flat(straight_line.whole_demo(data, steps, grid)[2])
    for module in ("with_scalarnn", "with_micrograd", "with_numpy", "with_torch"):
        if module not in tasks.absent():
            scores = tasks.import_module(f"tests.benchmarks.{module}").whole_demo(data, steps, grid)[2]
            assert measuring.flat(scores) == pytest.approx(expected, rel=1e-9), module


# ---- measuring -------------------------------------------------------------------------------------------------------


def test_contenders_take_turns_and_the_collector_is_as_wanted():
    turns = []
    runs = {name: (lambda name=name: turns.append((name, gc.isenabled()))) for name in ("a", "b")}
    for collector in (True, False):
        turns.clear()
        taken = measuring.side_by_side(runs, collector=collector, rounds=3, least_seconds=0, most_seconds=60)
        assert [name for name, _ in turns[4:]] == ["a", "b"] * 3  # after two runs each to warm up
        assert {on for _, on in turns[4:]} == {collector}
        assert taken["a"].samples == 3
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0


def test_a_slow_contender_has_one_turn():
    taken = measuring.side_by_side({"a": list}, collector=True, rounds=5, least_seconds=0, most_seconds=1e-12)
    assert taken["a"].samples == 1


def test_quartiles():
    assert measuring.spread([4.0, 1.0, 2.0, 3.0, 5.0]) == Spread(2.0, 3.0, 4.0, 5)
    assert measuring.spread([7.0]) == Spread(7.0, 7.0, 7.0, 1)


def test_the_exponent_of_exact_powers():
    assert scaling.exponent({n: 3.0 * n for n in (1, 2, 4, 8)}) == pytest.approx(1)
    assert scaling.exponent({n: 3.0 * n**2 for n in (1, 2, 4, 8)}) == pytest.approx(2)


def test_processes_start():
    taken = processes.start_up(1)
    assert taken[processes.BARE].samples == taken["import scalarnn"].samples == 1


def test_peak_memory_is_that_of_the_program_alone():
    here = [0.0] * 10_000_000  # 80 MB in this process, which a child would inherit as its peak
    bare = processes._peak("", None)
    with_list = processes._peak("numbers = [0.0] * 5_000_000\n", None)
    assert bare * 1024 < 8 * len(here) / 2
    assert with_list - bare == pytest.approx(8 * 5_000_000 / 1024, rel=0.1)


def test_memory_is_measured_for_whoever_is_there(monkeypatch):
    monkeypatch.setattr(tasks, "absent", lambda: dict.fromkeys(tasks.LIBRARIES, "left out"))
    peaks = processes.memory(steps=1, slow_steps=1)
    assert list(peaks) == [processes.BARE, "scalarnn, train"]
    assert 0 < peaks[processes.BARE][0] < peaks["scalarnn, train"][0]


def test_a_program_that_fails_is_told():
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        processes._run("1 / 0", None)


# ---- goals and Markdown ----------------------------------------------------------------------------------------------


def made_up(ours, micrograd, numpy):
    """Times of the neuron, in seconds."""
    taken = {"scalarnn, functions": ours, goals.MICROGRAD: micrograd, goals.NUMPY: numpy}
    spreads = {name: Spread(time, time, time, 1) for name, time in taken.items()}
    return {"times": {"neuron": {True: spreads, False: spreads}}}


@pytest.mark.parametrize(("micrograd", "numpy", "expected"), [(6, 1, True), (5.9, 1, False), (6, 0.9, False)])
def test_goals_are_met_or_not(micrograd, numpy, expected):
    found = goals.goals(made_up(1.0, micrograd, numpy))
    assert [(goal.on, goal.off) for goal in found] == [(micrograd, micrograd), (numpy, numpy)]
    assert all(goals.met(goal) for goal in found) == expected


@pytest.mark.parametrize(
    ("least", "most", "on", "off", "expected"),
    [
        (0.9, 1.1, Fraction(1), None, True),
        (0.9, 1.1, 0.8, None, False),
        (None, 5, 5.1, None, False),
        (6, None, 7, 5, False),
        ((60, 20), None, 60, 20, True),
        ((60, 20), None, 59, 20, False),
        ((60, 20), None, 60, 19, False),
    ],
)
def test_every_figure_of_a_goal_has_to_be_in_range(least, most, on, off, expected):
    assert goals.met(goals.Goal("", least, most, on, off, "")) == expected


def test_memory_and_start_up_have_goals():
    results = {
        "start_up": {processes.BARE: Spread(1, 0.010, 1, 1), "import scalarnn": Spread(1, 0.016, 1, 1)},
        "memory": {processes.BARE: (10240, 0), "scalarnn, train": (20480, 57), goals.MICROGRAD: (102400, 1)},
    }
    figures = {goal.what: goal.on for goal in goals.goals(results)}
    assert list(figures.values()) == pytest.approx([6, 10, 0.2])
    assert "**not met**" in report.markdown(results)


def tables(text):
    """The tables of a Markdown text, each a list of rows of cells."""
    found, rows = [], []
    for line in [*text.splitlines(), ""]:
        if line.startswith("|"):
            assert line.endswith("|")
            rows.append([cell.strip() for cell in line.strip("|").split("|")])
        elif rows:
            found.append(rows)
            rows = []
    return found


def test_a_quick_run_writes_markdown(tmp_path, capsys):
    file = tmp_path / "table.md"
    assert command.main(["--quick", "--only", "neuron,xor,growth,overtaking", "--output", str(file)]) == 0
    text = file.read_text(encoding="utf-8")
    assert capsys.readouterr().out == text
    found = tables(text)
    assert "## Same bits" in text
    assert len(found) == text.count("\n## ")
    for rows in found:
        assert len(rows) > 2
        assert {len(row) for row in rows} == {len(rows[0])}
        assert set(rows[1][0]) == {"-"}
        assert all(row[0] for row in rows)
    assert found[-1][0][0] == "goal"
    assert {row[-1] for row in found[-1][2:]} <= {"met", "**not met**"}
    for reason in tasks.absent().values():
        assert f"Left out: {reason}." in text


def test_what_the_book_shows_of_times_is_what_its_command_writes():
    if "with_numpy" in tasks.absent():
        pytest.skip(tasks.absent()["with_numpy"])
    kept = json.loads(sizes.FILE.read_text(encoding="utf-8"))
    quick = sizes.measured([(2, 3, 2)], dict.fromkeys(sizes.STEPS, 1), rounds=2, least_seconds=0.001, most_seconds=0.01)
    assert quick.keys() == kept.keys()
    assert [tuple(row["sizes"]) for row in kept["rows"]] == sizes.SIZES
    for row in [*kept["rows"], *quick["rows"]]:
        assert row.keys() == {"sizes", "seconds"}
        assert all(0 < row["seconds"][name] < 10 for name in sizes.STEPS)


def test_what_was_measured_is_shown_if_the_rest_fails(monkeypatch, capsys):
    monkeypatch.setattr(with_scalarnn, "network_objects", with_another_rate)
    with pytest.raises(tasks.DisagreementError):
        command.main(["--quick", "--only", "neuron,network"])
    assert "## The neuron of `003`" in capsys.readouterr().out


def test_an_unknown_name_is_told(capsys):
    with pytest.raises(SystemExit):
        command.main(["--only", "neurons"])
    assert "'neurons' is none of neuron, layer" in capsys.readouterr().err
