"""python -m tests.benchmarks: this package beside micrograd, NumPy, PyTorch, lists, and the floor, in one run."""

import sys

from tests.benchmarks.command import main

if __name__ == "__main__":
    sys.exit(main())
