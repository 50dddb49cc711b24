"""Every derivation step of every example is one stop of pdb, with the documented value in the named local."""

import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from scalarnn.tracing.debugger import launch_configurations, run_under_debugger
from scalarnn.tracing.steps import breakpoints, is_step, quantities, shown_lines
from scalarnn.worked import EXAMPLES
from scalarnn.worked.homework import arguments, recorded, with_own_numbers

ROOT = Path(__file__).resolve().parents[2]
STOP = re.compile(r"^> (.+?)\((\d+)\)", re.MULTILINE)


def short(name):
    """An example, its loop over iterations or epochs cut to two rounds."""
    settings = {count: "2" for count in with_own_numbers(name, {}).given if count.startswith("n_")}
    return with_own_numbers(name, settings)


class Script(io.StringIO):
    """What is typed: the answer of a function to what pdb printed since the last prompt."""

    def __init__(self, answer):
        super().__init__()
        self.answer = answer
        self.printed = io.StringIO()
        self.read_to = 0

    def readline(self, _size=-1):
        self.printed.seek(self.read_to)
        text = self.printed.read()
        self.read_to = self.printed.tell()
        command = self.answer(text.removesuffix("(Pdb) ").strip())
        return f"{command}\n" if command else ""


def debug(example, places, answer):
    script = Script(answer)
    run_under_debugger(
        example.module.work,
        arguments(example),
        places,
        stdin=script,
        stdout=script.printed,
        nosigint=True,
        readrc=False,
    )


def place_in(text):
    """The file and line where pdb says that it stands."""
    found = STOP.findall(text)
    return (found[-1][0], int(found[-1][1])) if found else None


def stops_of(example, places):
    """Where pdb stops when nothing but `continue` is typed."""
    stops = []

    def answer(text):
        stops.append(place_in(text))
        return "continue"

    debug(example, places, answer)
    return stops


def visit(places, seen):
    """At each stop `next`, then print what the line has bound: takes what pdb prints, gives the next command."""
    by_place = {(place.file, place.number): place for place in places}
    text = yield ""
    while True:
        at = place_in(text)
        if at not in by_place:
            text = yield "continue"
            continue
        text = yield "next"
        values = []
        for name in by_place[at].quantity.split(", "):
            values.append((yield f"p {name}"))
        seen.append((at, values))
        if place_in(text) not in by_place:
            text = yield "continue"


def values_at(example, places):
    """For each stop its place and the values, right after the line, of the names that it binds."""
    seen = []
    session = visit(places, seen)
    next(session)
    debug(example, places, session.send)
    return seen


def below(line):
    """The places of the steps inside the calls that a line makes."""
    places = set()
    for made in line.calls:
        for inner in shown_lines(made):
            if is_step(inner):
                places.add((inner.file, inner.number))
    return places


def groups(places):
    """The places in groups of which none is inside a call made by another: there `next` is never interrupted."""
    inside = {}
    for place in places:
        inside[place] = set().union(*(below(line) for line in place.lines))
    found = []
    for place in places:
        for group in found:
            if not any(
                (other.file, other.number) in inside[place] or (place.file, place.number) in inside[other]
                for other in group
            ):
                group.append(place)
                break
        else:
            found.append([place])
    return found


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_step_is_one_stop(name):
    example = short(name)
    lines = shown_lines(recorded(example).call)
    steps = [(line.file, line.number) for line in lines if is_step(line)]
    assert len(steps) >= 10
    assert stops_of(example, breakpoints(lines)) == steps


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_step_binds_the_documented_value(name):
    example = short(name)
    lines = shown_lines(recorded(example).call)
    places = breakpoints(lines)
    for group in groups(places):
        here = {(place.file, place.number) for place in group}
        expected = []
        for line in lines:
            if (line.file, line.number) in here:
                expected.append(((line.file, line.number), [repr(value) for value in line.bound.values()]))
        assert values_at(example, group) == expected


def test_a_wrong_value_would_be_seen():
    example = short("002-neuron")
    lines = shown_lines(recorded(example).call)
    (place,) = [place for place in breakpoints(lines) if place.quantity == "dL_dw_i"]
    assert [values for _, values in values_at(example, [place])] == [["12"], ["-24"], ["36"]]
    place.condition = "i == 1"  # one stop less
    assert [values for _, values in values_at(example, [place])] == [["-24"]]


def test_a_comprehension_would_stop_twice_without_its_condition():
    example = short("002-neuron")
    lines = shown_lines(recorded(example).call)
    (place,) = [place for place in breakpoints(lines) if place.condition]
    assert place.quantity == "w_change"
    assert len(stops_of(example, [place])) == 1
    place.condition = ""
    assert len(stops_of(example, [place])) == (1 if sys.version_info >= (3, 12) else 5)


def scalarnn(*words, typed=""):
    return subprocess.run(
        [sys.executable, "-S", "-m", *words],
        cwd=ROOT,
        input=typed,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_command_stops_on_the_first_step(name):
    example = short(name)
    first = breakpoints(shown_lines(recorded(example).call))[0]
    done = scalarnn("scalarnn", "step", name, "--pdb", *sets(example), typed="next\nq\n")
    assert done.returncode == 0
    assert done.stderr == ""
    assert place_in(done.stdout.partition("(Pdb)")[0]) == (first.file, first.number)


def sets(example):
    words = []
    for count in example.given:
        if count.startswith("n_"):
            words += ["--set", f"{count}=2"]
    return words


def test_the_command_goes_to_the_end_and_ends_with_its_input():
    for typed in ("continue\n" * 200, "", "next\n", "q\n"):
        done = scalarnn("scalarnn", "step", "002-neuron", "--pdb", typed=typed)
        assert done.returncode == 0
        assert done.stderr == ""


@pytest.mark.parametrize("name", ["002-neuron", "004-network", "000-backward"])
def test_the_printed_places_are_those_where_pdb_stops(name):
    """As the page says it: pdb itself, a place from the list, the run without the recorder."""
    listed = scalarnn("scalarnn", "step", name, "--breakpoints").stdout.splitlines()
    lines = shown_lines(recorded(short(name)).call)
    places = breakpoints(lines)
    assert [row.split()[0] for row in listed[: len(places)]] == [place.place for place in places]
    for row, place in list(zip(listed, places, strict=False))[::7]:
        command = f"b {row.split()[0]}, {place.condition}" if place.condition else f"b {row.split()[0]}"
        one_name = place.quantity.split(", ")[0]
        done = scalarnn(
            "pdb", "-c", command, "-c", "c", "-m", "scalarnn", "step", name, "--run", typed=f"n\np {one_name}\nq\n"
        )
        assert (place.file, place.number) in [(file, int(number)) for file, number in STOP.findall(done.stdout)]
        assert repr(place.lines[0].bound[one_name]) in done.stdout


def test_a_run_for_a_debugger_stops_right_before_the_first_line():
    program = (
        "import sys; sys.breakpointhook = lambda: print('stopped'); from scalarnn.cli import main; "
        "sys.exit(main(['step', '002-neuron', '--run']))"
    )
    done = subprocess.run([sys.executable, "-S", "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "stopped\n"
    assert scalarnn("scalarnn", "step", "002-neuron", "--run").stdout == ""


def test_launch_configurations_are_the_examples():
    text = (ROOT / ".vscode" / "launch.json").read_text(encoding="utf-8")
    assert text == launch_configurations(EXAMPLES)
    entries = json.loads(text)["configurations"]
    assert [entry["name"] for entry in entries] == [*EXAMPLES, "current file"]
    for entry in entries[:-1]:
        done = scalarnn(entry["module"], *entry["args"])
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_quantities_are_the_names_bound():
    lines = shown_lines(recorded(short("002-neuron")).call)
    (line,) = [line for line in lines if "dL_dw" in line.bound and line.depth == 0]
    assert quantities(line) == "dL_dw, dL_db, dL_dx"
