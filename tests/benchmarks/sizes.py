"""What a training step takes, by the size of the network, for the book: `python -m tests.benchmarks.sizes`.

The same steps by scalarnn and by NumPy, one thread each; they agree, or nothing is written. Inputs hold no zeros, so
that no product is left out. Times are of one machine on one day: the file says which.
"""

import datetime
import json
import os
import platform
from pathlib import Path
from random import Random

from scalarnn import ReLU, dense_network
from tests.benchmarks import given, tasks, with_scalarnn
from tests.benchmarks.measuring import side_by_side

__all__ = ["FILE", "main", "measured"]

FILE = Path(__file__).resolve().parents[2] / "docs" / "extensions" / "step_times.json"  # what the book shows
SIZES = [(2, 16, 3), (64, 32, 10), (784, 128, 10)]
BATCH = 32
STEPS = {"scalarnn": 2, "NumPy": 200}  # of a run: NumPy's first copies the lists


def main():
    """Measure, and write the file."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before NumPy is loaded
    found = measured(SIZES, STEPS, rounds=7, least_seconds=0.1, most_seconds=20)
    FILE.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def measured(sizes, steps, **turns):
    """The machine, and for each network the seconds of one step on a batch."""
    from tests.benchmarks import with_numpy

    functions = {"scalarnn": with_scalarnn.classifier_training_step, "NumPy": with_numpy.classifier}
    rows = []
    for one in sizes:
        data = batch_for(one)
        tasks.agree(functions, data, 2)
        runs = {name: _run(function, data, steps[name]) for name, function in functions.items()}
        taken = side_by_side(runs, collector=True, **turns)
        rows.append({"sizes": one, "seconds": {name: taken[name].median / steps[name] for name in functions}})
    return {
        "date": datetime.date.today().isoformat(),
        "processor": _processor(),
        "Python": platform.python_version(),
        "NumPy": with_numpy.np.__version__,
        "batch": BATCH,
        "rows": rows,
    }


def batch_for(sizes):
    """A batch of uniform numbers, and first weights."""
    random = Random(0)
    X = [[random.uniform(0.1, 1) for _ in range(sizes[0])] for _ in range(BATCH)]
    Ws, bs = given.parameters_of(dense_network(sizes, [ReLU(), None], seed=0))
    labels = [k % sizes[-1] for k in range(BATCH)]
    return {"X": X, "labels": labels, "Ws": Ws, "bs": bs, "learning_rate": 0.01, "batch_size": BATCH}


def _run(function, data, steps):
    return lambda: function(data, steps)


def _processor():
    """Its name, where the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    for line in lines:
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


if __name__ == "__main__":
    main()
