"""The Markdown: a table for each task, and at the end the goals beside what was measured."""

import platform

from tests.benchmarks import tasks

__all__ = ["markdown"]


def markdown(results):
    sections = ["# Benchmark", _machine()]
    for name, times in results["times"].items():
        sections.append(_task(tasks.TASKS[name], times))
    return "\n\n".join(sections)


def _machine():
    lines = [
        f"{platform.python_implementation()} {platform.python_version()}, {platform.system()} {platform.machine()}."
    ]
    for reason in tasks.absent().values():
        lines.append(f"Left out: {reason}.")
    return "\n".join(lines)


def _task(task, times):
    """Ratios are to the first style of scalarnn: 5× takes five times as long."""
    names = list(times[True])
    rows = []
    for name in names:
        row = [name]
        for collector in (True, False):
            taken = times[collector]
            ratio = taken[name].median / taken[names[0]].median
            row += [f"{duration(taken[name].median)} ({duration(taken[name].low)} – {duration(taken[name].high)})"]
            row += [f"{ratio:.3g}×"]
        rows.append(row)
    heads = [f"time for one {task.step}", "collector on: median (quartiles)", "ratio", "off", "ratio"]
    return f"## {task.title[0].upper()}{task.title[1:]}\n\n{table(heads, rows)}"


def table(heads, rows):
    lines = [f"| {' | '.join(heads)} |", f"|---{'|---:' * (len(heads) - 1)}|"]
    for row in rows:
        lines.append(f"| {' | '.join(row)} |")
    return "\n".join(lines)


def duration(seconds):
    if seconds >= 1:
        return f"{seconds:.3g} s"
    if seconds >= 1e-3:
        return f"{seconds * 1e3:.3g} ms"
    return f"{seconds * 1e6:.3g} µs"
