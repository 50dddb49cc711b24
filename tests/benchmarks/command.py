"""The command line: what to measure, and the Markdown that comes out."""

import argparse
import sys
from collections import namedtuple
from pathlib import Path

from tests.benchmarks import processes, report, scaling, tasks
from tests.benchmarks.measuring import Spread, side_by_side

__all__ = ["FULL", "QUICK", "main", "measured_task"]

BESIDE_TASKS = ["whole_demo", "start_up", "memory", "growth", "overtaking"]

# turns: for `side_by_side`; of processes: how many runs, epochs of the whole demo, mini-batches of digits
Effort = namedtuple("Effort", ["quick", "turns", "process_rounds", "demo_epochs", "batches", "slow_batches"])

FULL = Effort(False, {"rounds": 9, "least_seconds": 0.03, "most_seconds": 12.0}, 15, 100, 56, 4)
QUICK = Effort(True, {"rounds": 2, "least_seconds": 0.001, "most_seconds": 0.01}, 2, 1, 2, 1)


def main(arguments=None):
    """Measure, tell on the error output what is at work, and print the Markdown."""
    choices = [*tasks.TASKS, *BESIDE_TASKS]
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks",
        description="scalarnn beside micrograd, NumPy, PyTorch, lists and straight-line code, in one run.",
    )
    parser.add_argument("--quick", action="store_true", help="few and short turns: to see that it works")
    parser.add_argument("--only", metavar="NAMES", help=f"some of {','.join(choices)}")
    parser.add_argument("--output", metavar="FILE", help="write the Markdown to a file as well")
    options = parser.parse_args(arguments)
    wanted = options.only.split(",") if options.only else choices
    for name in wanted:
        if name not in choices:
            parser.error(f"--only: {name!r} is none of {', '.join(choices)}")
    results = {"times": {}, "fingerprints": {}}
    try:
        measure(results, wanted, QUICK if options.quick else FULL)
    finally:  # what was measured in many minutes is shown, whatever stopped it
        text = report.markdown(results)
        print(text)
        if options.output:
            Path(options.output).write_text(text + "\n", encoding="utf-8")
    return 0


def measure(results, wanted, effort):
    """Add everything that is wanted, in the form that `report` and `goals` read."""
    for name, task in tasks.TASKS.items():
        if name in wanted:
            _tell(task.title)
            results["times"][name] = measured_task(task, effort)
            ours, steps = next(iter(tasks.contenders(task).values()))
            results["fingerprints"][name] = tasks.fingerprint(ours, task.given(), steps)
    if "whole_demo" in wanted:
        _tell("micrograd's whole demo, which takes it minutes")
        results["whole_demo"] = processes.whole_demo(min(5, effort.process_rounds), effort.demo_epochs)
    if "start_up" in wanted:
        _tell("start-up")
        results["start_up"] = processes.start_up(effort.process_rounds)
        results["whole_programs"] = {}
        for name in ("neuron", "layer", "network"):
            results["whole_programs"][name] = processes.whole_programs(name, effort.process_rounds)
    if "memory" in wanted:
        _tell("peak memory")
        results["memory"] = processes.memory(effort.batches, effort.slow_batches)
    if "growth" in wanted:
        _tell("growth of the cost")
        results["growth"] = {
            "samples": scaling.samples(effort.quick, **effort.turns),
            "weights": scaling.weights(effort.quick, **effort.turns),
        }
    if "overtaking" in wanted:
        _tell("where NumPy overtakes")
        results["overtaking"] = {
            "width": scaling.widths(effort.quick, **effort.turns),
            "batch size": scaling.batch_sizes(effort.quick, **effort.turns),
        }


def measured_task(task, effort):
    """Collector on or off → contender → the Spread of the seconds of one step.

    Raises:
        DisagreementError: a contender computes something else; nothing is measured then.
    """
    data = task.given()
    found = tasks.contenders(task)
    tasks.agree({name: function for name, (function, _) in found.items()}, data, task.checked)
    runs = {name: _run(function, data, steps) for name, (function, steps) in found.items()}
    times = {}
    for collector in (True, False):
        taken = side_by_side(runs, collector=collector, **effort.turns)
        times[collector] = {}
        for name, run in taken.items():
            steps = found[name][1]
            times[collector][name] = Spread(run.low / steps, run.median / steps, run.high / steps, run.samples)
    return times


def _run(function, data, steps):
    def run():
        function(data, steps)

    return run


def _tell(what):
    print(f"… {what}", file=sys.stderr, flush=True)
