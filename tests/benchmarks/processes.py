"""What only a process of its own can tell: start-up, a whole program from start to end, peak memory.

Every program runs in a fresh interpreter without site packages (`-S -I`), which gets to see this checkout and the
library that it needs, and nothing else. Where the system tells the processor time of a process, that is what counts.
"""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter

from tests.benchmarks import given, tasks
from tests.benchmarks.measuring import spread

try:
    import resource
except ImportError:  # Windows
    resource = None

__all__ = ["BARE", "memory", "start_up", "whole_demo", "whole_programs"]

ROOT = Path(__file__).resolve().parents[2]
BARE = "bare Python"
OURS = "with_scalarnn"
MOST_SECONDS = 8.0  # a slow program gets no more turns after so many seconds

IMPORTS = {
    OURS: "import scalarnn",
    "with_micrograd": "import micrograd.engine, micrograd.nn",
    "with_numpy": "import numpy",
    "with_torch": "import torch",
}

# A picture of the demo's regions needs a score for each point of a grid.
GRID = [[-2 + column / 4, -2 + row / 4] for row in range(16) for column in range(20)]

DIGITS = """
import gzip
from random import Random
X, labels = [], []
with gzip.open({file!r}, "rt", encoding="ascii") as lines:
    next(lines)
    for line in lines:
        *x, label = line.split(",")
        X.append([float(ink) / 16 for ink in x])
        labels.append(int(label))
random = Random(0)
Ws = []
for n_inputs, n_neurons in ((64, 32), (32, 10)):
    Ws.append([[random.gauss(0, 0.15) for _ in range(n_inputs)] for _ in range(n_neurons)])
given = {{"X": X, "labels": labels, "Ws": Ws, "bs": [[0.0] * 32, [0.0] * 10], "learning_rate": 0.1, "batch_size": 32}}
from tests.benchmarks.{module} import classifier
classifier(given, {steps})
"""

OUR_DIGITS = """
from scalarnn import GradientDescent, ReLU, dense_network
from scalarnn.datasets import load_digits
from scalarnn.training import train
digits = load_digits()
X = [[ink / 16 for ink in x] for x in digits.X]
network = dense_network([64, 32, 10], [ReLU(), None], seed=0)
train(network, X, digits.labels, GradientDescent(0.1), epochs=1, batch_size=32)
"""

PEAK = """
try:
    with open("/proc/self/status") as status:  # of this program alone
        peak = [int(line.split()[1]) for line in status if line.startswith("VmHWM")][0]
except OSError:
    import resource, sys
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1)
print(peak)
"""


def start_up(rounds):
    """Import → the Spread of the seconds from start to end of a process that does nothing else."""
    programs = {BARE: ("", None)}
    for module, statement in IMPORTS.items():
        if module not in tasks.absent():
            programs[statement] = (statement, tasks.LIBRARIES.get(module))
    return _side_by_side(programs, rounds)


def whole_programs(name, rounds):
    """Contender → the Spread of the seconds that a program for a task takes, with start-up and imports."""
    task = tasks.TASKS[name]
    programs = {BARE: ("", None)}
    for style, function in task.styles.items():
        programs[f"scalarnn, {style}"] = (_call(OURS, function, task.given(), task.steps), None)
    for module, function in task.others.items():
        if module in tasks.LIBRARIES and module not in tasks.absent():
            program = _call(module, function, task.given(), task.steps)
            programs[tasks.TITLES[module]] = (program, tasks.LIBRARIES[module])
    return _side_by_side(programs, rounds)


def whole_demo(rounds, epochs):
    """Contender → the Spread of the seconds of micrograd's whole demo: start-up, epochs, and the scores of its picture.

    micrograd's runs take minutes, so it has one.
    """
    data = given.demo(epochs=epochs)
    programs = {"scalarnn, objects": (_call(OURS, "whole_demo", data, epochs, GRID), None)}
    for module in ("with_numpy", "with_torch", "with_micrograd"):
        if module not in tasks.absent():
            program = _call(module, "whole_demo", data, epochs, GRID)
            programs[tasks.TITLES[module]] = (program, tasks.LIBRARIES[module])
    slow = {name: programs.pop(name) for name in (tasks.TITLES["with_micrograd"],) if name in programs}
    return _side_by_side(programs, rounds) | _side_by_side(slow, 1, warm_up=False)


def memory(steps, slow_steps):
    """Contender → (peak memory in kB, how many mini-batches of digits); bare Python first."""
    file = str(ROOT / "scalarnn" / "datasets" / "data" / "digits.csv.gz")
    peaks = {BARE: (_peak("", None), 0)}
    peaks["scalarnn, train"] = (_peak(OUR_DIGITS, None), 57)
    for module in tasks.TASKS["digits"].others:
        if module in tasks.absent() or module == "straight_line":
            continue
        n = slow_steps if module == "with_micrograd" else steps
        program = DIGITS.format(file=file, module=module, steps=n)
        peaks[tasks.TITLES[module]] = (_peak(program, tasks.LIBRARIES[module]), n)
    return peaks


def _call(module, function, *arguments):
    shown = ", ".join(repr(argument) for argument in arguments)
    return f"from tests.benchmarks.{module} import {function}\n{function}({shown})"


def _side_by_side(programs, rounds, warm_up=True):
    seconds = {name: [] for name in programs}
    if warm_up:
        for program, library in programs.values():
            _run(program, library)  # compiles what is imported, and brings it into the file cache
    for _ in range(rounds):
        for name, (program, library) in programs.items():
            if sum(seconds[name]) > MOST_SECONDS:
                continue
            begin = _clock()
            _run(program, library)
            seconds[name].append(_clock() - begin)
    return {name: spread(taken) for name, taken in seconds.items()}


def _clock():
    """Seconds that the processes so far have taken; on Windows, seconds."""
    if resource is None:
        return perf_counter()
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _peak(program, library):
    return int(_run(program + PEAK, library).split()[-1])


def _run(program, library):
    places = [str(ROOT)]
    if library is not None:
        places.append(str(Path(find_spec(library).origin).parents[1]))
    start = f"import sys; sys.path += {places!r}\n"
    command = [sys.executable, "-S", "-I", "-"]
    done = subprocess.run(command, input=start + program, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"a program of the benchmark failed:\n{done.stderr}")
    return done.stdout
