"""Unrolled programs beside NumPy, the book's lists and the floor: `python -m tests.benchmarks.unrolled [TASK …]`.

A step is called from Python with lists in and lists out; "whole" has the loop over steps inside the program. Medians of
one run, every contender in turn, the collector of cycles on and off.
"""

import os
import subprocess
import sys
import textwrap
from functools import partial

from tests.benchmarks import given, straight_line, with_lists, with_numpy, with_unrolled
from tests.benchmarks.measuring import flat, side_by_side

__all__ = ["TASKS", "main"]

FLOOR, STEP, WHOLE = "floor", "unrolled, a step", "unrolled, whole"

# Task → what is given, steps of a run, contenders, and what the issue asks for.
TASKS = {
    "neuron": (
        given.neuron,
        200,
        {
            STEP: with_unrolled.neuron,
            WHOLE: with_unrolled.neuron_whole,
            "NumPy": with_numpy.neuron,
            FLOOR: straight_line.neuron,
        },
        "step 9 times as fast as NumPy; whole at most 1.15 of the floor",
    ),
    "layer": (
        given.layer,
        200,
        {
            STEP: with_unrolled.layer,
            WHOLE: with_unrolled.layer_whole,
            "NumPy": with_numpy.layer,
            FLOOR: straight_line.layer,
        },
        "step 8 times as fast as NumPy; whole at most 1.4 of the floor",
    ),
    "network": (
        given.network,
        200,
        {
            STEP: with_unrolled.network,
            WHOLE: with_unrolled.network_whole,
            "NumPy": with_numpy.network,
            FLOOR: straight_line.network,
        },
        "step 10 times as fast as NumPy; whole at most 1.4 of the floor",
    ),
    "xor": (
        given.xor,
        100,
        {
            STEP: with_unrolled.sigmoid,
            WHOLE: with_unrolled.sigmoid_whole,
            "lists": with_lists.network,
            FLOOR: straight_line.sigmoid,
        },
        "epoch 7.5 times as fast as lists; whole at most 1.4 of the floor",
    ),
    "fizz_buzz": (
        given.fizz_buzz,
        1,
        {
            STEP: with_unrolled.sigmoid,
            WHOLE: with_unrolled.sigmoid_whole,
            "lists": with_lists.network,
            FLOOR: straight_line.sigmoid,
        },
        "epoch 3.8 times as fast as lists; whole at most 1.15 of the floor",
    ),
    "demo": (
        given.demo,
        2,
        {WHOLE: with_unrolled.demo_whole, FLOOR: straight_line.demo},
        "whole at most 1.2 of the floor",
    ),
    "spiral": (
        given.spiral,
        1,
        {WHOLE: with_unrolled.classifier_whole, FLOOR: straight_line.classifier},
        "whole at most 1.2 of the floor",
    ),
    "digits": (
        given.digits,
        2,
        {WHOLE: with_unrolled.classifier_whole, FLOOR: straight_line.classifier},
        "whole at most 1.15 of the floor",
    ),
}

# In a process of its own: what is imported, unrolled and compiled, from compiled files as a second start finds them.
COLD = """
    import sys, time
    import scalarnn
    from tests.benchmarks.given import digits, network

    def resident():
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1]) * 4096 / 2**20

    task, shapes = sys.argv[1], {"network": network, "digits": digits}[sys.argv[1]]()
    size, begin = resident(), time.process_time()
    from scalarnn.unrolled import unroll
    imported = time.process_time()
    from tests.benchmarks.with_unrolled import network_step
    x = shapes["x"] if task == "network" else shapes["X"][0]
    y = shapes["target"] if task == "network" else [0.0] * 10
    (W, W_out), (b, b_out) = shapes["Ws"], shapes["bs"]
    ready = time.process_time()
    program = unroll(network_step, x, y, W, b, W_out, b_out, 0.1)
    program.run
    end = time.process_time()
    size = resident() - size
    print(f"{1000 * (imported - begin + end - ready):.1f} ms, {size:.0f} MB more, {len(program.lines)} lines")
"""


def main(names):
    """Print a table for each task."""
    for name in names or TASKS:
        data_of, steps, contenders, wanted = TASKS[name]
        data = data_of()
        agree(contenders, data, steps)
        for collector in (True, False):
            runs = {style: partial(run, data, steps) for style, run in contenders.items()}
            times = side_by_side(runs, collector=collector, rounds=15, least_seconds=0.02, most_seconds=4)
            floor = times[FLOOR].median
            shown = []
            for style in runs:
                median = times[style].median
                shown.append(f"{style} {median / steps * 1e6:.2f} µs ({median / floor:.2f})")
            print(f"{name:<10} collector {'on ' if collector else 'off'}  " + "  ".join(shown))
            for other in ("NumPy", "lists"):
                if other in times:
                    print(f"{'':<10} {times[other].median / times[STEP].median:.1f} times as fast as {other}")
        print(f"{'':<10} wanted: {wanted}\n")
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    for task in ("network", "digits"):
        for _ in range(2):
            command = [sys.executable, "-c", textwrap.dedent(COLD), task]
            done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
        print(f"a new process unrolls a step of {task}: {done.stdout.strip()}")


def agree(contenders, data, steps):
    """Every contender comes to the same parameters; the unrolled ones to the same bits."""
    first = None
    for style, run in contenders.items():
        numbers = flat(run(data, steps)[1])
        if first is None:
            first = numbers
        exact = style in (STEP, WHOLE)
        for a, b in zip(first, numbers, strict=True):
            assert a == b if exact else abs(a - b) <= 1e-9 * max(1e-6, abs(a)), style


if __name__ == "__main__":
    main(sys.argv[1:])
