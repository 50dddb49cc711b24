"""The command line: what to measure, and the Markdown that comes out."""

import argparse
import sys
from pathlib import Path

from tests.benchmarks import report, tasks
from tests.benchmarks.measuring import Spread, side_by_side

__all__ = ["main", "measured_task"]

ROUNDS, LEAST_SECONDS, MOST_SECONDS = 9, 0.03, 15.0
QUICK_ROUNDS, QUICK_LEAST_SECONDS, QUICK_MOST_SECONDS = 3, 0.002, 0.01


def main(arguments=None):
    choices = list(tasks.TASKS)
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few and short turns: to see that it works")
    parser.add_argument("--only", metavar="NAMES", help=f"some of {','.join(choices)}")
    parser.add_argument("--output", metavar="FILE", help="write the Markdown to a file as well")
    options = parser.parse_args(arguments)
    wanted = options.only.split(",") if options.only else choices
    for name in wanted:
        if name not in choices:
            parser.error(f"--only: {name!r} is none of {', '.join(choices)}")
    results = {"times": {}}
    for name in wanted:
        if name in tasks.TASKS:
            _tell(tasks.TASKS[name].title)
            results["times"][name] = measured_task(tasks.TASKS[name], options.quick)
    text = report.markdown(results)
    print(text)
    if options.output:
        Path(options.output).write_text(text + "\n", encoding="utf-8")
    return 0


def measured_task(task, quick):
    """Collector on or off → contender → the Spread of the seconds of one step."""
    data = task.given()
    found = tasks.contenders(task)
    tasks.agree({name: function for name, (function, _) in found.items()}, data, task.checked)
    rounds, least, most = (
        (QUICK_ROUNDS, QUICK_LEAST_SECONDS, QUICK_MOST_SECONDS) if quick else (ROUNDS, LEAST_SECONDS, MOST_SECONDS)
    )
    times = {}
    for collector in (True, False):
        runs = {name: _run(function, data, steps) for name, (function, steps) in found.items()}
        taken = side_by_side(runs, collector=collector, rounds=rounds, least_seconds=least, most_seconds=most)
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
