"""Tables of what devices do to digits, made of `scalarnn/frameworks/devices.toml`."""

from __future__ import annotations

import math
from typing import Any

from docs.extensions.errors import BookError
from docs.extensions.figures import number, power_of_ten, table
from scalarnn.frameworks import devices
from scalarnn.frameworks.on_devices import losses
from scalarnn.svg import line, plot

TOLD = devices()
NAMES = {"exp": "eˣ", "tanh": "tanh", "log": "log", "sigmoid": "σ", "sqrt": "√"}
DEVICES = ("GPU", "CPU")
# How far apart two right results may be, as a part of the largest number among them.
TOLERANCES = {"float64": 1e-12, "float32": 1e-5, "bfloat16": 1e-2}
KIND_OF_LINE = ("c0", "c1", "c2", "c3", "c4")


def machine_in_words() -> str:
    """Which one, and the versions, in a sentence."""
    told = TOLD["machine"]
    versions = ", ".join(f"{name}\N{NO-BREAK SPACE}{version}" for name, version in told["with"].items())
    return f"one {told['gpu']} and its processor, {told['cpu']}; {versions}; {told['date']}"


def other_machine_in_words() -> str:
    """The one on which sums and roots were looked at."""
    told = TOLD["machine_of_sums"]
    versions = ", ".join(f"{name}\N{NO-BREAK SPACE}{version}" for name, version in told["with"].items())
    return f"{told['cpu']}, {versions}"


def share(part: float, places: int = 1) -> str:
    """A share in hundredths: none at all is "none"."""
    return f"{100 * part:.{places}f}\N{NO-BREAK SPACE}%" if part else "none"


def about(size: float) -> str:
    """A size, to two digits: 8.6 · 10⁻⁶."""
    if size == 0 or size >= 1 / 10:
        return f"{size:.1f}" if size else "0"
    mantissa, _, exponent = f"{size:.1e}".partition("e")
    return f"{mantissa}\N{NO-BREAK SPACE}·\N{NO-BREAK SPACE}{power_of_ten(float(f'1e{exponent}'))}"


def neuron() -> str:
    """The last loss of the neuron, here and there: a figure that another order would not give stops the build."""
    rows = []
    for row in TOLD["neuron"]:
        here = losses(row["kind"], row["way"])[-1]
        if here != row["last"]:
            raise BookError(f"{row['kind']} {row['way']}: {here!r} here, {row['last']!r} there")
        there = (", ".join(map(_as_code, row[device])) for device in DEVICES)
        rows.append((row["kind"], row["way"], number(here), *there))
    head = ("numbers", "the weighted sum", "last loss, here and there", "there on the GPU", "there on the CPU")
    return table(head, rows)


def _as_code(way: str) -> str:
    name, _, more = way.partition(" ")
    return f"`{name}` {more}".rstrip()


def elementary() -> str:
    """Which share of the answers is not the nearest float."""
    who = list(next(iter(TOLD["elementary"].values())))
    rows = []
    for one in who:
        told = [TOLD["elementary"][name][one] for name in NAMES]
        rows.append((one, *(share(cell["not_nearest"], 2) for cell in told), str(max(cell["ulps"] for cell in told))))
    return table(("library", *NAMES.values(), "worst, in ulps"), rows)


def batches() -> str:
    """The same sample among so many: the share of other bits, and how far."""
    told = TOLD["batches"]
    sizes = list(told["GPU"]["float64"])
    rows = []
    for device in DEVICES:
        for kind in ("float64", "float32"):
            of = told[device][kind]
            farthest = max(far for _, far in of.values())
            rows.append((f"{device}, {kind}", *(share(of[size][0], 0) for size in sizes), about(farthest)))
    return table(("samples at a time", *sizes, "at most"), rows)


def adam() -> str:
    """PyTorch's implementations against its plain loop."""
    rows = []
    for row in TOLD["adam"]["rows"]:
        rows.append((row["device"], row["kind"], f"`{row['by']}`", share(row["other_bits"]), about(row["largest"])))
    return table(("on the", "numbers", "implementation", "other bits", "largest difference"), rows)


def adam_apart(by: str, kind: str = "float64") -> float:
    """How far an implementation was from the loop."""
    (found,) = [row for row in TOLD["adam"]["rows"] if (row["by"], row["kind"], row["device"]) == (by, kind, "GPU")]
    return float(found["largest"])


def training() -> str:
    """The digits network in each precision."""
    rows = []
    for row in TOLD["training"]["rows"]:
        when = [_step_of(row, "four_digits"), _step_of(row, "seven_digits")]
        last = number(row["last"]) if "last" in row else ""
        predictions = str(row.get("other_predictions", ""))
        rows.append((row["kind"], row["device"], last, *when, predictions, share(row["accuracy"])))
    head = ("numbers", "on the", "last loss", "4 digits agree", "7 digits agree", "other predictions", "right")
    return table(head, rows)


def _step_of(row: dict[str, Any], name: str) -> str:
    if "other_predictions" not in row:
        return ""  # it is what the others are held against
    if name not in row:
        return "always"
    return f"for {row[name]} steps" if row[name] else "never"


def kinks() -> str:
    """The slopes, which are the same everywhere."""
    slopes = TOLD["kinks"]["slopes"].items()
    rows = [(f"`{what}`", "∞" if math.isinf(slope) else number(slope)) for what, slope in slopes]
    return table(("at", "slope"), rows)


def steps() -> str:
    """The time of a step, a row a width."""
    told = TOLD["step"]
    who = [name for name in told if name != "n"]
    rows = []
    for k, n in enumerate(told["n"]):
        rows.append((f"{n:,}", *(f"{told[name][k]:,.0f}" if k < len(told[name]) else "" for name in who)))
    return table(("n", *who), rows)


def pays_from(one: str, other: str) -> int:
    """The first width from which on one takes less time than the other."""
    told = TOLD["step"]
    slower = [k for k in range(len(told["n"])) if k >= len(told[other]) or told[one][k] < told[other][k]]
    first = len(told["n"])
    while first - 1 in slower:
        first -= 1
    if first == len(told["n"]):
        raise BookError(f"{one} never takes less time than {other}")
    return int(told["n"][first])


def steps_plot() -> str:
    """The same as lines over the doublings of n."""
    told = TOLD["step"]
    doublings = [math.log2(n) for n in told["n"]]
    curves = []
    for kind, name in zip(KIND_OF_LINE, (name for name in told if name != "n"), strict=True):
        curves.append(line(name, list(zip(doublings, told[name], strict=False)), kind))
    return plot(
        "Microseconds of one step of 2-n-1 with one sample",
        None,
        curves,
        x_name="doublings of n",
        y_name="µs, logarithmic",
        log_y=True,
    )
