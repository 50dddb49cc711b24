"""How times are taken: contenders take turns, round after round, and the median and the quartiles are kept.

The clock counts the processor time of this process: what else runs on the machine disturbs less. Nobody here waits for
anything, so on a quiet machine it is the same as the time that passes.

The collector of reference cycles is on or off, and both are shown: `timeit` turns it off, users have it on. What was
there before the run (modules, data) is frozen, so that it is nobody's work to look through it.
"""

import gc
from collections import namedtuple
from contextlib import contextmanager
from statistics import quantiles
from time import process_time

__all__ = ["Spread", "flat", "side_by_side", "spread"]


class Spread(namedtuple("Spread", ["low", "median", "high", "samples"])):
    """The quartiles of some measurements, and how many there were."""

    __slots__ = ()


def spread(measurements):
    if len(measurements) == 1:
        return Spread(measurements[0], measurements[0], measurements[0], 1)
    low, median, high = quantiles(measurements, n=4, method="inclusive")
    return Spread(low, median, high, len(measurements))


def side_by_side(runs, *, collector, rounds, least_seconds, most_seconds):
    """Seconds of one run of each, as a Spread.

    Args:
        runs: name → a function without arguments.
        collector: whether the garbage collector is on.
        rounds: how often each has its turn.
        least_seconds: a turn repeats a short run until it takes about so long.
        most_seconds: after so many seconds altogether a contender gets no more turns, but at least one.
    """
    repeats = {}
    seconds = {name: [] for name in runs}
    with _collector(collector):
        for name, run in runs.items():
            run()  # the interpreter adapts its bytecode to what it meets
            repeats[name] = max(1, round(least_seconds / _one_turn(run, 1)))
        for _ in range(rounds):
            for name, run in runs.items():
                if sum(seconds[name]) * repeats[name] < most_seconds:
                    seconds[name].append(_one_turn(run, repeats[name]))
    return {name: spread(taken) for name, taken in seconds.items()}


@contextmanager
def _collector(on):
    """On or off, and what is there already is not looked through inside."""
    was_on = gc.isenabled()
    gc.collect()
    gc.freeze()
    try:
        if on:
            gc.enable()
        else:
            gc.disable()
        yield
    finally:
        if was_on:
            gc.enable()
        else:
            gc.disable()
        gc.unfreeze()


def _one_turn(run, repeats):
    gc.collect()  # what the turn before has left is not this one's work
    begin = process_time()
    for _ in range(repeats):
        run()
    return (process_time() - begin) / repeats


def flat(numbers):
    """The floats of nested lists, arrays, tensors or Values, in order."""
    if hasattr(numbers, "tolist"):
        numbers = numbers.tolist()
    elif hasattr(numbers, "data"):
        numbers = numbers.data
    if not isinstance(numbers, (list, tuple)):
        return [float(numbers)]
    found = []
    for entry in numbers:
        found.extend(flat(entry))
    return found
