"""Arguments at which a value is nearly half-way between two floats: `python -m tests.portable.hard_cases` finds them.

They come from two places. Those that are published: the hardest that Vincent Lefèvre's search over all doubles has
found (https://www.vinc17.net/research/testlibm/). And those that are searched for here: along a stretch of neighbouring
floats a function is nearly a straight line, a + b i in units of its last digit, and where that comes near to a half is
found as by Euclid's algorithm, without looking at each.
"""

import json
import math
import random
import sys
from fractions import Fraction
from pathlib import Path

from tests.portable.reference import digits_to_half_way, true_value

FILE = Path(__file__).with_name("hard_cases.json")
STRETCH = 2**13  # floats
NEAR = 2**-22  # of the last digit
KEPT = 12  # of those searched
UNITS = 2**80
PUBLISHED_DIGITS = 45
FOUND_DIGITS = 28

PUBLISHED = {
    "exp": """0x1.9e9cbbfd6080bp-31 0x1.accfbe46b4efp-1 0x1.005ae04256babp-1 0x1.305cf6d213b3fp-1 0x1.2f2fccf23ce9dp+0
        0x1.7cb81d7486db5p-1 0x1.38a69a2001bb2p-1 0x1.6fbce05407de8p+0""",
    "expm1": """0x1.00091a4a0dae5p+2 0x1.02e473c781d6ep+6 0x1.0076d13ab9d18p+4 0x1.1a010866f176ap-23
        0x1.000bffb8030a7p-39 0x1.006652fb6febep-3 0x1.07e0f66afed03p-48 0x1.1e3779b97f4a1p-50""",
    "log": """0x1.f9bd207cafe2fp+38 0x1.a954c82aa6634p+44 0x1.08ddce0f5ceep+43 0x1.a6004162f2b8cp+45
        0x1.39e3e05fe5f35p+3 0x1.7d822b508bb3bp+20 0x1.1921e231643d8p+7 0x1.d2e75daa7d786p+0""",
    "log1p": """0x1.080000000016bp-42 0x1.02000000015abp-38 0x1.039d33161ce58p+77 0x1.010634736a28p+14
        0x1.0000ffff82ab3p-37 0x1.00c3d4acbba8ap-1 0x1.06adf9df65bf9p+0 0x1.1e3779b97f4a3p-50""",
    "sin": """0x1.0102947e7003bp-3 0x1.00874a5f9fc33p-13 0x1.09f624399507p-4 0x1.005023d32fee5p+1 0x1.184a0aa58191dp-24
        0x1.06800e629d672p-23 0x1.0192deafac33fp+0 0x1.30c7efbee12acp-24""",
    "cos": """0x1.00147eec5cfa5p+0 0x1.00786b0bf421p-2 0x1.14bda59e0b1ccp-5 0x1.03f81f636b80cp-24 0x1.0009effd4bedap-12
        0x1.0203b71ba100fp-1 0x1.0f876ccdf6cd6p-25 0x1.0bbb307acafdbp-24""",
}
# Where a stretch begins, and its slope: f and f′ of the true value.
SEARCHED = {
    "exp": (lambda rng: rng.uniform(0.5, 4) * rng.choice((-1, 1)), lambda _, f: f),
    "expm1": (lambda rng: rng.uniform(0.01, 4), lambda _, f: f + 1),
    "log": (lambda rng: 2 ** rng.uniform(-1000, 1000), lambda x, _: 1 / Fraction(x)),
    "log1p": (lambda rng: rng.uniform(0.01, 30), lambda x, _: 1 / (1 + Fraction(x))),
    "sin": (lambda rng: rng.uniform(0.01, 1.5), lambda x, _: true_value("cos", x)),
    "cos": (lambda rng: rng.uniform(0.01, 1.5), lambda x, _: -true_value("sin", x)),
}


def first_between(b, m, low, high):
    """The first i ≥ 0 with low ≤ b i mod m ≤ high, where 0 ≤ low ≤ high < m; None if there is none."""
    if low == 0:
        return 0
    if b == 0:
        return None
    if 2 * b > m:
        b, low, high = m - b, m - high, m - low
    i = -(-low // b)
    if b * i <= high:
        return i
    j = first_between(b - m % b if m % b else 0, b, low % b, high % b)
    return None if j is None else -(-(low + m * j) // b)


def near_half_way(name, x):
    """A float up to STRETCH ulps above x at which the straight line is nearly half-way; None if there is none."""
    f = true_value(name, x)
    ulp_x, ulp_f = Fraction(math.ulp(x)), Fraction(math.ulp(float(f)))
    a = int(f / ulp_f * UNITS) % UNITS
    b = int(SEARCHED[name][1](x, f) * ulp_x / ulp_f * UNITS) % UNITS
    near = int(NEAR * UNITS)
    low = (UNITS // 2 - near - a) % UNITS
    high = (UNITS // 2 + near - a) % UNITS
    i = 0 if low > high else first_between(b, UNITS, low, high)
    return None if i is None or i >= STRETCH else x + i * math.ulp(x)


def search(name, n_stretches, seed):
    """The hardest arguments of many stretches, as (digits, x)."""
    rng = random.Random(seed)
    found = {}
    for _ in range(n_stretches):
        x = near_half_way(name, SEARCHED[name][0](rng))
        if x is not None:
            found[x] = digits_to_half_way(true_value(name, x))
    return sorted(((digits, x) for x, digits in found.items()), reverse=True)[:KEPT]


def hard_cases(name):
    """All arguments of a function, and how hard each is at least: in digits beyond the last of a float."""
    found = json.loads(FILE.read_text(encoding="utf-8"))[name]
    cases = [(float.fromhex(word), PUBLISHED_DIGITS) for word in PUBLISHED[name].split()]
    return cases + [(float.fromhex(word), FOUND_DIGITS) for word in found]


def main():
    n_stretches = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    cases = {}
    for name in SEARCHED:
        hardest = search(name, n_stretches, seed=0)
        cases[name] = [x.hex() for _, x in hardest]
        print(f"{name}: {n_stretches * STRETCH:.1e} floats, {hardest[-1][0]} to {hardest[0][0]} digits")
    FILE.write_text(json.dumps(cases, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
