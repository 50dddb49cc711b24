"""What is to be reached, as ratios of medians of one run, beside what was measured."""

from collections import namedtuple

from tests.benchmarks.processes import BARE
from tests.benchmarks.scaling import exponent
from tests.benchmarks.tasks import TITLES

__all__ = ["Goal", "goals", "met"]

MICROGRAD, NUMPY = TITLES["with_micrograd"], TITLES["with_numpy"]
LISTS, FLOOR = TITLES["with_lists"], TITLES["straight_line"]


class Goal(namedtuple("Goal", ["what", "least", "most", "on", "off", "unit"])):
    """least and most: the range that is wanted, None where it is open.

    on and off: the figure with the collector on and off; off is None where there is only one figure. Where the wish is
    another one with the collector off, least is a pair.
    """

    __slots__ = ()


def met(goal):
    """Whether every figure is in the range that is wanted."""
    least = goal.least if isinstance(goal.least, tuple) else (goal.least, goal.least)
    for wanted, figure in zip(least, (goal.on, goal.off), strict=True):
        if figure is None:
            continue
        if wanted is not None and figure < wanted:
            return False
        if goal.most is not None and figure > goal.most:
            return False
    return True


def goals(results):
    """Every goal whose figures were measured in this run."""
    found = []
    times = results.get("times", {})
    found += _faster(times, "demo", MICROGRAD, (60, 20))
    found += _whole(results.get("whole_demo", {}), "whole demo", MICROGRAD, 200)
    for task in ("neuron", "network"):
        found += _faster(times, task, MICROGRAD, 6)
    for task in ("xor", "fizz_buzz"):
        found += _faster(times, task, LISTS, 2)
    for task in ("neuron", "layer", "network"):
        found += _faster(times, task, NUMPY, 1)
    for task, programs in results.get("whole_programs", {}).items():
        found += _whole(programs, f"{task}, start-up included", NUMPY, 4)
    for task, most in (("digits", 2), ("demo", 3)):
        for style in _styles(times.get(task, {}).get(True, {})):
            on, off = (times[task][state][style].median / times[task][state][FLOOR].median for state in (True, False))
            found.append(Goal(f"{task}: {style}, beside the floor", None, most, on, off, "×"))
    found += _light(results)
    for what, costs in results.get("growth", {}).items():
        found.append(Goal(f"cost of an epoch ∝ {what}ᵏ: k", 0.9, 1.1, exponent(costs), None, ""))
    return found


def _faster(times, task, other, least):
    taken = times.get(task, {})
    if other not in taken.get(True, {}):
        return []
    found = []
    for style in _styles(taken[True]):
        on, off = (taken[state][other].median / taken[state][style].median for state in (True, False))
        found.append(Goal(f"{task}: {style}, faster than {other}", least, None, on, off, "×"))
    return found


def _whole(programs, what, other, least):
    if other not in programs:
        return []
    found = []
    for style in _styles(programs):
        ratio = programs[other].median / programs[style].median
        found.append(Goal(f"{what}: {style}, faster than {other}", least, None, ratio, None, "×"))
    return found


def _light(results):
    found = []
    start_up, memory = results.get("start_up"), results.get("memory")
    if start_up:
        milliseconds = (start_up["import scalarnn"].median - start_up[BARE].median) * 1000
        found.append(Goal("import scalarnn, over bare Python", None, 5, milliseconds, None, " ms"))
    if memory:
        bare = memory[BARE][0]
        ours = memory["scalarnn, train"][0]
        found.append(Goal("peak memory on digits, over bare Python", None, 20, (ours - bare) / 1024, None, " MB"))
        if MICROGRAD in memory:
            share = ours / memory[MICROGRAD][0]
            found.append(Goal(f"peak memory on digits, beside {MICROGRAD}'s", None, 0.1, share, None, "×"))
    return found


def _styles(taken):
    return [name for name in taken if name.startswith("scalarnn")]
