"""The figures of other packages, taken anew from those that are installed here: python -m tests.frameworks.

    python -m tests.frameworks                    of every package that is here; a report of what has changed
    python -m tests.frameworks torch optax        of these
    python -m tests.frameworks torch --write      and into their files, with the versions and the date of today

Each package has a process of its own. Exit code 1: a figure is another one than in the file.
"""

import argparse
import datetime
import functools
import importlib
import importlib.metadata
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

from scalarnn.frameworks import frameworks
from scalarnn.frameworks.courses import COURSES, LOSS_COURSES, courses_of, way
from scalarnn.frameworks.framework import RATE
from scalarnn.frameworks.reading import FOLDER
from tests.frameworks.comparing import apart

MARK = "# ---- figures: what `python -m tests.frameworks --write` takes anew "


def imported_as(name):
    """Which module has to be here: sklearn for scikit-learn."""
    backend = name.partition("_")[2]
    return [name.partition("_")[0], *([backend] if backend else [])]


def is_here(name):
    if name == "tfjs":
        return bool(os.environ.get("TFJS"))
    return all(importlib.util.find_spec(module) for module in imported_as(name))


# ---- in the process of a package -------------------------------------------------------------------------------------


def take(name):
    """Every figure of a package that can be had here."""
    framework = frameworks()[name]
    taker = importlib.import_module(f"tests.frameworks.taking.with_{imported_as(name)[0]}")
    figures = {"kinks": each(taker.KINKS), "losses": each(taker.LOSSES)}
    points = LOSS_COURSES["activations"]["at"]
    figures["activations"] = each({one: functools.partial(taker.curve, one, points) for one in taker.ACTIVATIONS})
    figures["loss"] = {one: each(losses_of(taker, entry)) for one, entry in framework.data.get("losses", {}).items()}
    figures["optimizers"] = {}
    for optimizer in framework.optimizers:
        entry = framework.data["optimizers"][optimizer]
        figures["optimizers"][optimizer] = ways = {}
        for course, given in COURSES.items():
            rates = given.get("rates", [entry.get("rate", RATE)] * len(given["gradients"]))
            try:
                place = taker.way(
                    entry["call"], entry.get("options", {}), given["gradients"], rates, given.get("float32", False)
                )
            except Exception as error:  # noqa: BLE001  whatever a package raises is a figure that cannot be had
                say(f"{name} {optimizer}", error)
                continue
            ways[course] = place
    return figures


def losses_of(taker, entry):
    """A function for each course of a loss."""
    found = {}
    for course, given in courses_of(entry).items():
        take = functools.partial(taker.of_loss, entry["call"], entry.get("options", {}), entry["takes"])
        found[course] = functools.partial(take, given["y_hat"], given["y"])
    return found


def each(functions):
    found = {}
    for what, function in functions.items():
        try:
            found[what] = function()
        except Exception as error:  # noqa: BLE001
            say(what, error)
    return found


@functools.cache
def seen(message):
    print(message[:300], file=sys.stderr)


def say(what, error):
    """An error, once however often it comes."""
    seen(f"{what}: {type(error).__name__}: {error}")


def versions(name):
    if name == "tfjs":
        package = Path(os.environ["TFJS"]) / "node_modules" / "@tensorflow" / "tfjs" / "package.json"
        return {"tfjs": json.loads(package.read_text(encoding="utf-8"))["version"]}
    distributions = {"sklearn": "scikit-learn", "paddle": "paddlepaddle"}
    return {
        module: importlib.metadata.version(distributions.get(module, module)).partition("+")[0]
        for module in [*imported_as(name), *(["jax"] if name == "optax" else [])]
    }


# ---- what has changed ------------------------------------------------------------------------------------------------


def compared(name, taken):
    """A line for every figure that is another one, and for every one that is new; and how many were compared."""
    stored, lines, count = frameworks()[name].figures, [], 0
    for kind in ("kinks", "losses", "activations"):
        for what, figure in taken[kind].items():
            count += 1
            lines += difference(f"{kind}: {what}", stored.get(kind, {}).get(what), figure)
    for kind in ("loss", "optimizers"):
        for what, ways in taken[kind].items():
            for course, figures in ways.items():
                count += 1
                lines += difference(f"{what}, {course}", stored.get(kind, {}).get(what, {}).get(course), figures)
    return lines, count


def difference(what, stored, taken):
    if stored is None:
        return [f"  new      {what}: {taken}"]
    old, new = (figure if isinstance(figure, list) else [figure] for figure in (stored, taken))
    tolerance = 0.0 if "float32" in what else 1e-15
    if len(old) == len(new) and apart(new, old) <= tolerance:
        return []
    return [f"  CHANGED  {what}: {stored} in the file, {taken} here"]


# ---- how equal they are ----------------------------------------------------------------------------------------------


def equality(name, taken):
    """How many ways are equal here, to twelve digits in float64 and to the last bit in float32; the others, and why."""
    framework, counts, why = frameworks()[name], {True: [0, 0], False: [0, 0]}, {}
    for optimizer, ways in taken["optimizers"].items():
        for course, theirs in ways.items():
            if any(place != place for place in theirs):  # NaN: here that is refused
                continue
            is_float32 = COURSES[course].get("float32", False)
            distance = apart(way(framework, optimizer, course), theirs)
            is_equal = distance <= (0 if is_float32 else 1e-12)
            counts[is_float32][0] += is_equal
            counts[is_float32][1] += 1
            if not is_equal:
                said = framework.data["optimizers"][optimizer].get("last_bit", "NOBODY KNOWS WHY")
                why.setdefault(said, []).append(f"{optimizer}, {course}")
    (double, of_double), (single, of_single) = counts[False], counts[True]
    lines = [f"  equal: {double} of {of_double} in float64, {single} of {of_single} in float32"]
    return lines + [f"  not equal, {said}: {'; '.join(ways)}" for said, ways in why.items()]


# ---- into the file ---------------------------------------------------------------------------------------------------


def written(value):
    if isinstance(value, list):
        return f"[{', '.join(map(written, value))}]"
    return repr(float(value))


def write(name, taken, found):
    """The figures into the file of the package: those that could not be taken stay."""
    path = FOLDER / f"{name}.toml"
    head = path.read_text(encoding="utf-8").partition(MARK)[0]
    stored = frameworks()[name].figures
    main, *others = found.items()
    lines = []
    for line in head.rstrip().splitlines():
        if line.startswith("version = "):
            line = f'version = "{main[1]}"'
        elif line.startswith("with = ") and others:
            line = f"with = {{ {', '.join(f'{module} = {json.dumps(version)}' for module, version in others)} }}"
        elif line.startswith("date = "):
            line = f'date = "{datetime.datetime.now(datetime.UTC).date()}"'
        lines.append(line)
    lines += ["", (MARK + "-" * 120)[:120]]
    for kind in ("kinks", "losses", "activations"):
        table = stored.get(kind, {}) | taken[kind]
        if table:
            lines += ["", f"[figures.{kind}]", *(f'"{what}" = {written(figure)}' for what, figure in table.items())]
    for loss, figures in taken["loss"].items():
        lines += ["", f'[figures.loss."{loss}"]', *(f"{course} = {written(one)}" for course, one in figures.items())]
    for optimizer in frameworks()[name].optimizers:
        ways = stored["optimizers"].get(optimizer, {}) | taken["optimizers"].get(optimizer, {})
        lines += ["", f'[figures.optimizers."{optimizer}"]']
        lines += [f"{course} = {written(ways[course])}" for course in COURSES if course in ways]
    beside = path.with_suffix(".new")
    beside.write_text("\n".join(lines) + "\n", encoding="utf-8")
    beside.replace(path)


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.frameworks", description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="PACKAGE", help=f"of {', '.join(frameworks())}")
    parser.add_argument("--write", action="store_true", help="put the figures into the files")
    parser.add_argument("--take", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    for name in arguments.names:
        if name not in frameworks():
            parser.error(f"{name!r} was not measured: there are {', '.join(frameworks())}")
    if arguments.take:
        (name,) = arguments.names
        print("\n" + json.dumps({"figures": take(name), "versions": versions(name)}))
        return 0
    status = 0
    for name in arguments.names or [name for name in frameworks() if is_here(name)]:
        status |= anew(name, arguments.write)
    return status


def anew(name, is_written):
    """One package, in a process of its own."""
    if not is_here(name):
        needed = "TFJS, a folder with @tensorflow/tfjs," if name == "tfjs" else " and ".join(imported_as(name))
        print(f"{name}: not here, needs {needed}")
        return 0
    environment = os.environ | {"KERAS_BACKEND": name.partition("_")[2] or "torch", "TF_CPP_MIN_LOG_LEVEL": "3"}
    command = [sys.executable, "-m", "tests.frameworks", name, "--take"]
    result = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    taken = json.loads(result.stdout.splitlines()[-1])
    lines, count = compared(name, taken["figures"])
    shown = ", ".join(f"{module} {version}" for module, version in taken["versions"].items())
    print(f"{name}: {count} figures of {shown}; {len(lines)} new or changed since {frameworks()[name].date}")
    print("\n".join([*lines, *equality(name, taken["figures"])]))
    if is_written:
        write(name, taken["figures"], taken["versions"])
    return int(any("CHANGED" in line for line in lines))


if __name__ == "__main__":
    sys.exit(main())
