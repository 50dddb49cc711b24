"""What is to be reached, as ratios of medians of one run, beside what was measured."""

from collections import namedtuple

from tests.benchmarks.processes import BARE
from tests.benchmarks.scaling import exponent
from tests.benchmarks.tasks import TITLES

__all__ = ["Goal", "goals", "met"]

MICROGRAD, NUMPY = TITLES["with_micrograd"], TITLES["with_numpy"]
LISTS, FLOOR = TITLES["with_lists"], TITLES["straight_line"]


class Goal(namedtuple("Goal", ["what", "least", "most", "measured", "unit"])):
    """least and most: the range that is wanted, None where it is open; measured: a figure, or None."""

    __slots__ = ()


def met(goal):
    if goal.least is not None and goal.measured < goal.least:
        return False
    return goal.most is None or goal.measured <= goal.most


def goals(results):
    """Every goal whose figures were measured in this run."""
    found = []
    times = results.get("times", {})
    for task, least_on, least_off in (("demo", 60, 20), ("neuron", 6, 6), ("network", 6, 6)):
        found += _faster(times, task, MICROGRAD, {True: least_on, False: least_off})
    found += _whole(results.get("whole_demo", {}), "whole demo", MICROGRAD, 200)
    for task in ("xor", "fizz_buzz"):
        found += _faster(times, task, LISTS, {True: 2, False: 2})
    for task in ("neuron", "layer", "network"):
        found += _faster(times, task, NUMPY, {True: 1, False: 1})
    for task, programs in results.get("whole_programs", {}).items():
        found += _whole(programs, f"{task}, start-up included", NUMPY, 4)
    for task, most in (("digits", 2), ("demo", 3)):
        for collector, taken in times.get(task, {}).items():
            for style in _styles(taken):
                ratio = taken[style].median / taken[FLOOR].median
                found.append(Goal(f"{task}: {style}, beside the floor ({_state(collector)})", None, most, ratio, "×"))
    found += _light(results)
    for what, costs in results.get("growth", {}).items():
        found.append(Goal(f"cost of an epoch ∝ {what}ᵏ: k", 0.9, 1.1, exponent(costs), ""))
    return found


def _faster(times, task, other, least):
    found = []
    for collector, taken in times.get(task, {}).items():
        if other in taken:
            for style in _styles(taken):
                ratio = taken[other].median / taken[style].median
                what = f"{task}: {style}, faster than {other} ({_state(collector)})"
                found.append(Goal(what, least[collector], None, ratio, "×"))
    return found


def _whole(programs, what, other, least):
    if other not in programs:
        return []
    found = []
    for style in _styles(programs):
        ratio = programs[other].median / programs[style].median
        found.append(Goal(f"{what}: {style}, faster than {other}", least, None, ratio, "×"))
    return found


def _light(results):
    found = []
    start_up, memory = results.get("start_up"), results.get("memory")
    if start_up:
        milliseconds = (start_up["import scalarnn"].median - start_up[BARE].median) * 1000
        found.append(Goal("import scalarnn, over bare Python", None, 5, milliseconds, " ms"))
    if memory:
        bare = memory[BARE][0]
        ours = memory["scalarnn, train"][0]
        found.append(Goal("peak memory on digits, over bare Python", None, 20, (ours - bare) / 1024, " MB"))
        if MICROGRAD in memory:
            share = ours / memory[MICROGRAD][0]
            found.append(Goal(f"peak memory on digits, beside {MICROGRAD}'s", None, 0.1, share, "×"))
    return found


def _styles(taken):
    return [name for name in taken if name.startswith("scalarnn")]


def _state(collector):
    return "collector on" if collector else "off"
