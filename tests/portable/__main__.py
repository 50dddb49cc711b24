"""`python -m tests.portable [N] [SEED]`: each function N times, or a million, by mpmath and in Node."""

import sys
import time

from tests.portable.reference import FUNCTIONS, asked, drawn, rounded, true_value
from tests.portable.test_javascript import NODE, by_node, here

AT_ONCE = 50_000


def main(n, seed):
    wrong = 0
    for name in FUNCTIONS:
        start = time.perf_counter()
        n_wrong = n_other = 0
        for k in range(0, n, AT_ONCE):
            arguments = drawn(name, min(AT_ONCE, n - k), f"{seed} {k}")
            n_wrong += sum(asked(name, x) != rounded(true_value(name, x)) for x in arguments)
            if NODE is not None:
                answers = by_node({name: [(x,) for x in arguments]})[name]
                n_other += sum(answer != here(name, (x,)) for x, answer in zip(arguments, answers, strict=True))
        in_node = f"{n_other} other bits in Node" if NODE is not None else "no Node here"
        print(f"{name:6} {n} arguments: {n_wrong} wrong, {in_node}; {time.perf_counter() - start:.0f} s", flush=True)
        wrong += n_wrong + n_other
    return 1 if wrong else 0


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    sys.exit(main(*(numbers + [1_000_000, 0][len(numbers) :])))
