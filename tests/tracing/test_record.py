"""The recorder: what it keeps, what it leaves alone, and where it stops."""

import ast
import copy
import importlib
import inspect
import sys
import threading
import tracemalloc
import zipfile
from contextlib import nullcontext
from fractions import Fraction

import pytest

import scalarnn as nn
from scalarnn.tracing import RecordingTooLong, record
from tests.tracing.house_style import branch, layer, neuron

# ---- what it keeps ---------------------------------------------------------------------------------------------------


def changing(x):
    y = [0]
    y[0] = x[0]
    x[0] = 7
    y.append(x)
    return y


def test_values_are_those_of_the_moment():
    lines = record(changing, [3, 4]).call.lines
    assert [line.bound for line in lines] == [
        {"y": [0]},
        {"y": [3]},
        {"x": [7, 4]},
        {"y": [3, [7, 4]]},
        {},
    ]
    assert lines[1].read == {"x": [3, 4], "y": [0]}
    assert lines[-1].value == [3, [7, 4]]


def test_a_line_knows_where_it_stands():
    recording = record(branch, -3)
    lines, first = inspect.getsourcelines(branch)
    taken = recording.call.lines
    assert [line.source for line in taken] == ["if z > 0:", "if z < 0:", "a = -z / 2", "return a"]
    assert all(lines[line.number - first].strip().removeprefix("el").startswith(line.source) for line in taken)
    assert [line.value for line in taken] == [False, True, 1.5, 1.5]
    assert {line.file for line in taken} == {inspect.getsourcefile(branch)}
    assert [line.order for line in taken] == [0, 1, 2, 3]


def test_calls_know_their_caller():
    recording = record(nn.layer_backward, [1], [2, 3], [[4, 5]])
    made = [call for line in recording.call.lines for call in line.calls]
    assert [call.function.name for call in made] == ["weight_gradient", "bias_gradient", "input_gradient"]
    assert all(call.depth == 1 and call.caller in recording.call.lines for call in made)
    assert made[0].arguments == {"dL_dz": [1], "x": [2, 3]}
    assert made[0].returned == [[2, 3]]


def test_attributes_are_kept_too():
    neuron_object = nn.Neuron([1, 2], 3, nn.ReLU())
    lines = record(neuron_object.forward, [1, 1]).call.lines
    (line,) = [line for line in lines if line.source.startswith("z = ")]
    assert line.attributes_read == {"self.b": 3}
    (line,) = [line for line in lines if line.source.startswith("self.x")]
    assert line.attributes_bound.items() >= {"self.x": [1, 1], "self.z": 6, "self.a": 6}.items()


RATE = 3


def with_constant(x, *, times=2):
    y = RATE * x
    z = y * times
    return z


def test_constants_and_keywords_are_read():
    recording = record(with_constant, 2, times=5)
    assert recording.call.arguments == {"x": 2, "times": 5}
    assert recording.call.lines[0].read == {"RATE": 3, "x": 2}


def raising(x):
    y = 1
    try:
        y = 1 / x
    except ZeroDivisionError:
        x = 2
    return y + x


def test_a_line_that_raised_has_bound_nothing():
    recording = record(raising, 0)
    assert recording.result == 3
    (line,) = [line for line in recording.call.lines if line.source == "y = 1 / x"]
    assert line.bound == {}


# fmt: off
def on_one_line(x):
    y = 5
    if x > 0: y = 1  # noqa: E701
    z = y; w = z  # noqa: E702
    return w
# fmt: on


@pytest.mark.parametrize("x", [1, -1])
def test_statements_that_share_a_line_are_one(x):
    recording = record(on_one_line, x)
    lines = recording.call.lines
    assert [line.source.partition("  #")[0] for line in lines] == [
        "y = 5",
        "if x > 0: y = 1",
        "z = y; w = z",
        "return w",
    ]
    assert lines[1].bound == {"y": on_one_line(x)}
    assert lines[2].bound == {"z": on_one_line(x), "w": on_one_line(x)}


def empty_bodies(x):
    if x > 0:
        pass
    if x > 1:
        import math  # noqa: F401
    for _ in range(1):
        """Nothing."""
    return x


@pytest.mark.parametrize("x", [0, 1, 2])
def test_a_condition_held_even_where_nothing_follows(x):
    lines = record(empty_bodies, x).call.lines
    assert [line.value for line in lines if isinstance(line.statement, ast.If)] == [x > 0, x > 1]


# ---- the same records on every Python --------------------------------------------------------------------------------


# fmt: off
def of_every_sort(X):
    total = [
        sum(x * 2 for x in row)
        for row in X
        if row
    ]
    s = 0
    for row in X:
        for x in row:
            s += (
                x
                * 2
            )
    while s > 10:
        s -= 10
    with Nothing() as nothing:
        z = s + nothing
    t = [[x + 0 for x in row] for row in X]
    return z + t[0][0], total
# fmt: on


class Nothing:
    def __enter__(self):
        return 0

    def __exit__(self, *problem):
        return False


def test_each_line_is_one_record_whatever_the_version():
    lines = record(of_every_sort, [[1, 2], [3]]).call.lines
    first = lines[0].number
    assert [(line.number - first, line.bound) for line in lines] == [
        (0, {"total": [6, 6]}),
        (5, {"s": 0}),
        (6, {"row": [1, 2]}),
        (7, {"x": 1}),
        (8, {"s": 2}),
        (7, {"x": 2}),
        (8, {"s": 6}),
        (7, {}),
        (6, {"row": [3]}),
        (7, {"x": 3}),
        (8, {"s": 12}),
        (7, {}),
        (6, {}),
        (12, {}),
        (13, {"s": 2}),
        (12, {}),
        (14, {}),
        (15, {"z": 2}),
        (14, {}),
        (16, {"t": [[1, 2], [3]]}),
        (17, {}),
    ]


# ---- what it leaves alone --------------------------------------------------------------------------------------------


def fails(x):
    y = x + 1
    raise KeyError(y)


def test_exceptions_come_out_as_they_are():
    with pytest.raises(KeyError, match="4"):
        record(fails, 3)
    assert sys.gettrace() is None or sys.gettrace().__module__ != "scalarnn.tracing.record"


def test_tracing_is_put_back_as_it_was():
    before = sys.gettrace()
    seen = []

    def outer(frame, event, argument):  # noqa: ARG001
        seen.append(frame.f_code.co_name)
        return outer

    sys.settrace(outer)
    try:
        recording = record(neuron, [1], [2], 3)
        kept = sys.gettrace()
        with pytest.raises(KeyError):
            record(fails, 3)
        with pytest.raises(RecordingTooLong):
            record(neuron, [1], [2], 3, max_lines=2)
        kept_too = sys.gettrace()
    finally:
        sys.settrace(before)
    assert kept is outer
    assert kept_too is outer
    assert recording.result == 5
    assert "record" in seen
    assert "neuron" not in seen


def test_a_recording_inside_a_recording():
    def twice(x):
        inner = record(neuron, [x], [x], 0).result
        return inner + 1

    assert record(twice, 3).result == 10


def in_a_thread(x):
    results = []
    thread = threading.Thread(target=lambda: results.append(neuron([x], [x], 0)))
    thread.start()
    thread.join()
    y = results[0] + 1
    return y


def test_other_threads_run_on_unseen():
    recording = record(in_a_thread, 3)
    assert recording.result == 10
    assert {line.call.function.name for line in recording.lines()} == {"in_a_thread"}


def test_arguments_are_left_alone():
    x, W, b = [1, 2], [[3, 4]], [5]
    given = copy.deepcopy((x, W, b))
    record(layer, x, W, b)
    assert (x, W, b) == given


def test_the_result_is_the_very_object():
    x = [1]
    assert record(lambda_like, x).result is x


def lambda_like(x):
    return x


# ---- what it refuses -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("function", [len, 3, nn.Neuron, print], ids=str)
def test_what_is_not_written_in_python_is_refused(function):
    with pytest.raises(TypeError, match="expected a function written in Python"):
        record(function, [1])


def test_a_function_without_source_is_refused():
    room = {"__name__": __name__}
    exec("def typed(x):\n    y = x + 1\n    return y", room)
    with pytest.raises(TypeError, match="whose source is in a file"):
        record(room["typed"], 1)
    with pytest.raises(TypeError, match="function is a lambda"):
        record(lambda x: x + 1, 1)


def endless(x):
    while True:
        try:
            x += 1
        except Exception:  # noqa: BLE001
            x = 0


def swallows(x):
    try:
        for i in range(1000):
            x += i
    except BaseException:  # noqa: BLE001
        x = -1
    return x


@pytest.mark.parametrize("function", [endless, swallows])
def test_a_run_that_is_too_long_is_stopped_whatever_it_catches(function):
    with pytest.raises(RecordingTooLong, match="more than 50 lines: too long to read; record a smaller run"):
        record(function, 1, max_lines=50)


def grows(x):
    while True:
        x = x * x


def test_numbers_of_many_digits_count_by_their_digits():
    with pytest.raises(RecordingTooLong, match="more than 1000 numbers"):
        record(grows, Fraction(3, 7), max_numbers=1000)


def lists(n):
    x = [[], [], []]
    for i in range(n):
        y = [[i + 0.5], x[1], [i + 1.5]]
        a, b, c, d = i + 2.5, i + 3.5, i + 4.5, i + 5.5
        x = [y[0], y[1], [a, b, c, d]]
    return x


@pytest.mark.parametrize("limits", [{"max_lines": 10_000, "max_numbers": 100_000}])
def test_memory_stays_below_what_is_promised(limits):
    """A tenth of the limits takes less than a tenth of the 100 MB."""
    tracemalloc.start()
    try:
        with pytest.raises(RecordingTooLong):
            record(lists, 10**9, **limits)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 10_000_000


def test_a_training_step_of_64_neurons_is_recorded_and_200_are_refused():
    def train(n_steps):
        hidden = nn.Layer([[0.1, -0.2]] * 64, [0.0] * 64, nn.ReLU())
        output = nn.Layer([[0.01] * 64] * 3, [0.0] * 3, nn.Softmax())
        network = nn.Network([hidden, output])
        for _ in range(n_steps):
            y_hat = network.forward([0.5, -1.5])
            network.backward(nn.cross_entropy_gradient(y_hat, [0, 1, 0]))
            network.update(0.1)
        return y_hat

    assert record(train, 1).result == train(1)
    with pytest.raises(RecordingTooLong, match="record a smaller"):
        record(train, 200)


def in_a_block(x):
    with nullcontext() as y:
        x = x + 1
    return x, y


def test_of_a_with_only_its_head_is_the_line():
    assert [line.source for line in record(in_a_block, 1).call.lines][:2] == ["with nullcontext() as y:", "x = x + 1"]


# ---- beside other tools ----------------------------------------------------------------------------------------------


def test_a_module_that_was_loaded_again_shows_its_new_source(tmp_path, monkeypatch):
    file = tmp_path / "reloaded_module.py"
    file.write_text("def f(x):\n    y = x + 1\n    return y\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    module = importlib.import_module("reloaded_module")
    assert record(module.f, 1).call.lines[0].source == "y = x + 1"
    file.write_text("def f(x):\n    y = x + 20\n    return y\n")
    importlib.reload(module)
    recording = record(module.f, 1)
    assert (recording.result, recording.call.lines[0].source) == (21, "y = x + 20")


def test_code_in_a_zip_file_has_its_source(tmp_path, monkeypatch):
    with zipfile.ZipFile(tmp_path / "packed.zip", "w") as packed:
        packed.writestr("zipped_module.py", "def f(x):\n    y = x * 3\n    return y\n")
    monkeypatch.syspath_prepend(tmp_path / "packed.zip")
    module = importlib.import_module("zipped_module")
    assert [line.source for line in record(module.f, 2).lines()] == ["y = x * 3", "return y"]


def sets_a_trace(x):
    y = x + 1
    sys.settrace(None)
    z = y + 1
    return z


def test_a_recording_that_was_cut_short_says_so():
    with pytest.raises(RuntimeError, match="the recording was cut short"):
        record(sets_a_trace, 1)
    assert record(sets_a_trace.__globals__["endless_no_more"], 1).result == 2


def endless_no_more(x):
    y = x + 1
    return y


def test_equal_functions_of_two_files_have_their_own_file(tmp_path, monkeypatch):
    for name in ("first_twin", "second_twin"):
        (tmp_path / f"{name}.py").write_text("def f(x):\n    y = x + 1\n    return y\n")
    monkeypatch.syspath_prepend(tmp_path)
    first, second = (importlib.import_module(name) for name in ("first_twin", "second_twin"))
    assert record(first.f, 1).call.function.file.endswith("first_twin.py")
    assert record(second.f, 1).call.function.file.endswith("second_twin.py")


def test_dicts_are_kept_as_they_were():
    recording = record(changes_a_dict, {"b": 1})
    assert [line.read.get("given") for line in recording.call.lines[:2]] == [{"b": 1}, {"b": 2}]


def changes_a_dict(given):
    given["b"] = given["b"] + 1
    z = given["b"] * 2
    return z


def test_doors_are_no_calls():
    """The line that calls a door calls what is behind it."""
    recording = record(calls_doors, [1.0, 2.0])
    (call,) = recording.call.lines[0].calls
    assert (call.function.name, call.depth) == ("neuron_forward", 1)
    assert all("doors" not in line.file for line in recording.lines())


def calls_doors(x):
    z = nn.neuron_forward(x, [0.5, 0.25], 1.0)
    return z


def test_a_rule_carried_over_a_matrix_has_a_line_for_each_number():
    recording = record(nn.momentum_step, [[1.0], [2.0]], [[1.0], [1.0]], [[0.0], [1.0]], 0.5, 0.5)
    sources = [line.source for line in recording.lines()]
    assert sources == ["v_new = beta * v + dL_dtheta", "theta_new = theta - learning_rate * v_new"] * 2
    assert [line.value for line in recording.lines()] == [1.0, 0.5, 1.5, 1.25]
