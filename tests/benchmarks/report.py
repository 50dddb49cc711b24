"""The Markdown: a table for each task, then processes, growth and NumPy, and at the end the goals."""

import os
import platform

from tests.benchmarks import tasks
from tests.benchmarks.goals import goals, met
from tests.benchmarks.processes import BARE
from tests.benchmarks.scaling import exponent

__all__ = ["markdown"]

SIZES = {"width": "n of a 2-n-1 network, one sample", "batch size": "samples of a mini-batch, 2-8-3 network"}


def markdown(results):
    """A title, the machine, and a section for everything that was measured."""
    sections = ["# Benchmark", _machine()]
    for name, times in results.get("times", {}).items():
        sections.append(_task(tasks.TASKS[name], times))
    if "whole_demo" in results:
        sections.append("## micrograd's whole demo: a process from start to end\n\n" + _programs(results["whole_demo"]))
    for name, programs in results.get("whole_programs", {}).items():
        title = tasks.TASKS[name].title
        sections.append(f"## A process from start to end: {title}\n\n{_programs(programs)}")
    if "start_up" in results:
        sections.append(_start_up(results["start_up"]))
    if "memory" in results:
        sections.append(_memory(results["memory"]))
    for what, costs in results.get("growth", {}).items():
        sections.append(_growth(what, costs))
    for what, rows in results.get("overtaking", {}).items():
        sections.append(_overtaking(what, rows))
    if results.get("fingerprints"):
        sections.append(_fingerprints(results["fingerprints"]))
    found = goals(results)
    if found:
        sections.append(_goals(found))
    return "\n\n".join(sections)


def _machine():
    python = f"{platform.python_implementation()} {platform.python_version()}"
    lines = [f"{python}, {platform.system()} {platform.machine()}, {os.cpu_count()} processors."]
    for reason in tasks.absent().values():
        lines.append(f"Left out: {reason}.")
    lines.append("Times are processor time, on a busy machine less than what passes.")
    lines.append("A ratio is to the first line of scalarnn in its table: 5× takes five times as long.")
    return "\n".join(lines)


def _task(task, times):
    names = list(times[True])
    rows = []
    for name in names:
        row = [name]
        for collector in (True, False):
            taken = times[collector]
            row += [_spread(taken[name]), _ratio(taken[name].median / taken[names[0]].median)]
        rows.append(row)
    heads = [f"one {task.step}", "collector on: median (quartiles)", "ratio", "collector off", "ratio"]
    return f"## {_capital(task.title)}\n\n{table(heads, rows)}"


def _programs(programs):
    first = next(name for name in programs if name != BARE)
    rows = []
    for name, taken in programs.items():
        rows.append([name, _spread(taken), str(taken.samples), _ratio(taken.median / programs[first].median)])
    return table(["process", "median (quartiles)", "runs", "ratio"], rows)


def _start_up(start_up):
    rows = []
    for name, taken in start_up.items():
        over = "" if name == BARE else duration(taken.median - start_up[BARE].median)
        rows.append([name, _spread(taken), over])
    return "## Start-up\n\n" + table(["process", "median (quartiles)", "over bare Python"], rows)


def _memory(memory):
    bare = memory[BARE][0]
    rows = []
    for name, (peak, steps) in memory.items():
        over = "" if name == BARE else f"{(peak - bare) / 1024:.1f} MB"
        rows.append([name, str(steps) if steps else "", f"{peak / 1024:.1f} MB", over])
    heads = ["digits, 64-32-10, mini-batches of 32", "mini-batches", "peak memory", "over bare Python"]
    return "## Peak memory\n\n" + table(heads, rows)


def _growth(what, costs):
    rows = [[str(size), duration(cost), duration(cost / size)] for size, cost in costs.items()]
    fitted = f"Fitted: cost ∝ {what}ᵏ with k = {exponent(costs):.3f}."
    return f"## Cost of an epoch over {what}\n\n{table([what, 'an epoch', 'for each'], rows)}\n\n{fitted}"


def _overtaking(what, rows):
    names = list(next(iter(rows.values())))
    lines = [[str(size), *(duration(taken[name]) for name in names)] for size, taken in rows.items()]
    text = f"## Where NumPy overtakes: {what}\n\n{table([SIZES[what], *names], lines)}"
    if "NumPy" in names:
        for name in names[:-1]:
            faster = [size for size, taken in rows.items() if taken[name] < taken["NumPy"]]
            until = f"up to {max(faster)}" if faster else "at none of these sizes"
            text += f"\n\n{name}: faster than NumPy {until}."
    return text


def _fingerprints(fingerprints):
    rows = [[name, f"`{digits}`"] for name, digits in fingerprints.items()]
    text = "Every bit of scalarnn's parameters after a run; other Pythons have to show the same digits."
    return f"## Same bits\n\n{text}\n\n{table(['task', 'fingerprint'], rows)}"


def _goals(found):
    rows = []
    for goal in found:
        off = "" if goal.off is None else f"{goal.off:.3g}{goal.unit}"
        rows.append([goal.what, _wanted(goal), f"{goal.on:.3g}{goal.unit}", off, "met" if met(goal) else "**not met**"])
    return "## Goals\n\n" + table(["goal", "wanted", "measured, collector on", "off", ""], rows)


def _wanted(goal):
    if goal.least is None:
        return f"at most {goal.most}{goal.unit}"
    if goal.most is not None:
        return f"{goal.least} to {goal.most}{goal.unit}"
    if isinstance(goal.least, tuple):
        return f"at least {goal.least[0]}{goal.unit}, off {goal.least[1]}{goal.unit}"
    return f"at least {goal.least}{goal.unit}"


def table(heads, rows):
    lines = [f"| {' | '.join(heads)} |", f"|---{'|---:' * (len(heads) - 1)}|"]
    for row in rows:
        lines.append(f"| {' | '.join(row)} |")
    return "\n".join(lines)


def duration(seconds):
    if abs(seconds) >= 1:
        return f"{seconds:.3g} s"
    if abs(seconds) >= 1e-3:
        return f"{seconds * 1e3:.3g} ms"
    return f"{seconds * 1e6:.3g} µs"


def _spread(taken):
    return f"{duration(taken.median)} ({duration(taken.low)} – {duration(taken.high)})"


def _ratio(ratio):
    """To the first style of scalarnn: 5× takes five times as long."""
    return f"{ratio:.3g}×"


def _capital(text):
    return text if text.startswith("micrograd") else text[0].upper() + text[1:]
