"""The stepper: every move, every screen, the listing; and all of it in a real terminal."""

import contextlib
import fcntl
import os
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import ClassVar

import pytest

from scalarnn import Layer, Sigmoid, neuron_forward, relu
from scalarnn.tracing import record
from scalarnn.tracing.stepper import (
    HELP,
    SHORT_HELP,
    Walk,
    cut,
    cut_value,
    draw,
    is_worth_a_stop,
    listing,
    stack_text,
    value_text,
    width,
)
from scalarnn.tracing.steps import frame_values, is_step, shown_lines
from scalarnn.worked import EXAMPLES, load
from scalarnn.worked.homework import recorded, with_own_numbers

ROOT = Path(__file__).resolve().parents[2]
STYLE = re.compile(r"\x1b\[[0-9;]*m")
LINE_OF = re.compile(r"line (\d+) of (\d+)")


def short(name):
    """An example, its loop over iterations or epochs cut to two rounds."""
    return with_own_numbers(name, {count: "2" for count in load(name).given if count.startswith("n_")})


def words_for(name):
    words = ["step", name]
    for count in load(name).given:
        if count.startswith("n_"):
            words += ["--set", f"{count}=2"]
    return words


def walk_of(name):
    example = short(name)
    return Walk(recorded(example), example.given)


# ---- the values ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_values_are_those_of_an_unrecorded_run(name):
    example = short(name)
    plain = example.work()
    last = Walk(recorded(example)).lines[-1]
    seen = frame_values(last)
    for quantity, value in seen.items():
        if value_text(value) != f"a {type(value).__name__}":
            assert bits(value) == bits(plain[quantity]), quantity
    assert len(seen) >= len(example.given)


def bits(value):
    """Two values of equal bits have equal text: repr gives every digit, tuples and lists alike."""
    if isinstance(value, (list, tuple)):
        return [bits(entry) for entry in value]
    return f"{type(value).__name__} {value!r}"


def test_another_last_digit_would_be_seen():
    assert bits([0.1 + 0.2]) != bits([0.3])
    assert bits(1.0) != bits(1)


# ---- moves -----------------------------------------------------------------------------------------------------------


def test_next_and_back_visit_every_line():
    walk = walk_of("002-neuron")
    seen = [walk.line]
    while not walk.next():
        seen.append(walk.line)
    assert seen == walk.lines
    assert walk.next() == "this is the last line"
    while not walk.back():
        pass
    assert walk.at == 0
    assert walk.back() == "this is the first line"


def test_over_stays_above_the_calls():
    walk = walk_of("002-neuron")
    sources = [walk.line.source]
    while not walk.over():
        sources.append(walk.line.source)
    assert walk.line.source == "return locals()"
    assert sources == [line.source for line in walk.lines if line.depth == 0]
    assert walk.over() == "nothing comes after this line"


def test_out_goes_behind_the_call():
    walk = walk_of("002-neuron")
    walk.to("s")
    assert stack_text(walk.line).split(" › ")[-1].startswith("neuron_forward")
    walk.next()
    assert walk.out() == ""
    assert walk.line.source == "z = s + b"
    assert walk.out() == ""
    assert walk.line.source == "a = relu(z)"
    assert walk.out() == "nothing comes after this call"


def test_step_visits_the_steps_and_nothing_else():
    for name in ("002-neuron", "000-backward"):
        walk = walk_of(name)
        seen = [walk.line] if is_step(walk.line) else []
        while not walk.step():
            seen.append(walk.line)
        assert [line for line in seen if not line.source.startswith("if ")] == [
            line for line in walk.lines if is_step(line)
        ]
        while not walk.step_back():
            pass
        assert walk.line is seen[0]
    sources = {line.source for line in seen}
    assert "z = []" not in sources
    assert "s_j = 0" not in sources
    assert "W_j = W[j]" not in sources
    assert "dL_dz_i = 0" not in sources
    assert "b1 = [0] * len(W1)" in sources  # a quantity of the example
    assert "if k == i:" in sources  # it says which of the two formulas comes
    assert "a_j = z[j] if z[j] > 0 else ZEROS[type(z[j])]" in sources
    assert "dL_dW_j[i] += dLn_dz_j * x_n[i]" in sources
    assert "dL_dW_j = dL_dW[j]" not in sources


def test_no_check_is_shown():
    for name in EXAMPLES:
        for line in walk_of(name).lines:
            assert not line.source.startswith(("check.", "_check", "raise", "self._check"))
            assert not line.call.function.name.rpartition(".")[2].startswith("_check")


def test_to_a_quantity_by_name():
    walk = walk_of("002-neuron")
    assert walk.to("dL_dw_i") == ""
    assert walk.line.bound == {"dL_dw_i": 12}
    assert walk.to("dL_dw_i[1]") == ""
    assert walk.line.bound == {"dL_dw_i": -24}
    walk.to("dL_dw_i")
    assert walk.to("dL_dw_i") == "dL_dw_i: from the beginning again"
    assert walk.line.bound == {"dL_dw_i": 12}
    assert walk.to("z_new") == ""
    assert walk.to("z_new") == "z_new is bound here and nowhere else"
    at = walk.at
    assert walk.to("dL_dww") == "no line binds dL_dww; did you mean dL_dw?"
    assert walk.to("learning_rate") == "learning_rate is given: 0.001"
    assert walk.to("qqqqqq") == "no line binds qqqqqq"
    assert walk.to("") == ""
    assert walk.at == at


def trains(w, n):
    rate = 0.5
    w = goes_down(w, rate, n)
    return w


def goes_down(w, rate, n):
    k = 0
    while k < n:
        s = 0
        for x in (1.0, 2.0):
            s += x * w
        w = w - rate * s
        k += 1
    return w


def test_to_a_round_by_its_number():
    walk = Walk(record(trains, 1.0, 200), {})
    assert walk.to("100") == "there is no loop here"  # the function has none, until one stands in the other
    assert walk.to("s") == ""
    assert walk.line.source == "s += x * w"  # s = 0 is only where it begins
    assert walk.to("100") == "round 100 of 200"
    assert frame_values(walk.line)["k"] == 99
    assert walk.to("201") == "there are 200 rounds"
    assert walk.to("200") == "round 200 of 200"


def test_an_iteration_of_an_example():
    walk = Walk(recorded(load("003-neuron")), {})
    assert walk.to("100") == "round 100 of 200"
    walk.to("L")
    assert len([line for line in walk.lines[: walk.at + 1] if "L" in line.bound and line.depth == 0]) in (99, 100)


def test_a_method_goes_by_the_name_of_its_class():
    def back(layer):
        layer.forward([1.0])
        dL_dx = layer.backward([1.0])
        return dL_dx

    lines = record(back, Layer([[0.5]], [0.0], Sigmoid())).lines()
    names = {line.call.name for line in lines}
    assert {"Sigmoid.forward", "Sigmoid.backward"} <= names


def test_first_and_last():
    walk = walk_of("002-neuron")
    walk.last()
    assert walk.line is walk.lines[-1]
    walk.first()
    assert walk.line is walk.lines[0]


# ---- screens ---------------------------------------------------------------------------------------------------------


def plain(lines):
    return [STYLE.sub("", line) for line in lines]


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_screen_fits(name):
    walk = walk_of(name)
    places = {}
    for at, line in enumerate(walk.lines):  # each line of code once, and where its values are longest
        key = (line.file, line.number)
        size = len(str(line.bound)) + len(str(line.read))
        if key not in places or size > places[key][0]:
            places[key] = (size, at)
    for _, at in places.values():
        walk.at = at
        lines = plain(draw(walk, f"{name} · {short(name).title}", 80, 24))
        assert len(lines) == 24
        assert max(width(line) for line in lines) <= 80
        assert any(line.startswith("▶") for line in lines)
        assert lines[-1] == HELP


@pytest.mark.parametrize("columns", [1, 7, 20, 40, 79, 81, 200])
@pytest.mark.parametrize("rows", [1, 2, 5, 10, 24, 60])
def test_every_window_is_good_enough(columns, rows):
    walk = walk_of("004-network")
    for at in (0, 5, 50, 200, len(walk.lines) - 1):
        walk.at = at
        lines = plain(draw(walk, "004-network · A 2-3-1 network", columns, rows, "a message"))
        assert len(lines) == rows
        assert max(width(line) for line in lines) <= columns


def test_the_screen_of_a_step():
    walk = walk_of("002-neuron")
    walk.to("dL_dw_i")
    walk.next()
    walk.back()
    text = "\n".join(line.rstrip() for line in plain(draw(walk, "002-neuron", 80, 24)))
    number = walk.line.number
    assert f"▶ {number:>4}         dL_dw_i = dL_dz * dz_dw_i" in text
    assert "∂L/∂w₀ = ∂L/∂z · ∂z/∂w₀\n       = 12 · 1\n       = 12\n" in text
    assert "dL_dz = 12          x = [1, -2, 3]      w = [-3, -1, 2]     dL_dw = []" in text
    assert re.search(r"work:\d+ › neuron_backward:\d+", text)


def test_the_names_of_the_line_are_there_even_if_not_all_fit():
    walk = walk_of("000-backward")
    walk.last()
    walk.to("dLn_dZ2")
    walk.to("dLn_dZ2")
    text = "\n".join(plain(draw(walk, "", 80, 20)))
    for name in ("Z2", "Y", "dLn_dZ2"):
        assert re.search(rf"^{name} = |  {name} = ", text.partition("names")[2], re.MULTILINE), name


def test_a_narrow_window_has_a_shorter_help():
    walk = walk_of("002-neuron")
    assert plain(draw(walk, "", 60, 24))[-1] == SHORT_HELP


def test_a_branch_says_what_held():
    walk = Walk(record(relu, -2))
    text = "\n".join(plain(draw(walk, "relu", 80, 24)))
    assert "z > 0: −2 > 0 does not hold" in text


def test_a_line_without_formula_shows_code_and_values():
    walk = Walk(record(neuron_forward, [1, 2], [3, 4], 5))
    text = "\n".join(line.rstrip() for line in plain(draw(walk, "a neuron", 80, 24)))
    assert "\ns = weighted_sum(x, w)\n  with x = [1, 2], w = [3, 4]\n  s = 11\n" in text


def test_long_values_are_cut_between_entries():
    text = cut_value(value_text([1.25] * 100), 40)
    assert text == "[1.25, 1.25, 1.25, 1.25, 1.25, 1.25, …"
    assert cut_value("[1, 2]", 6) == "[1, 2]"
    assert cut_value("1234567", 4) == "123…"
    assert width(cut("x" * 100, 10)) == 10
    assert cut("abc", 0) == ""
    assert width("ŷ") == 1
    assert width("W\N{COMBINING CIRCUMFLEX ACCENT}₁") == 2


def test_fractions_stay_fractions_if_asked():
    example = with_own_numbers("002-neuron", {}, "fraction")
    walk = Walk(recorded(example, "fraction"), example.given)
    walk.to("b_new")
    shown = "\n".join(plain(draw(walk, "", 80, 24, fractions=True)))
    assert "b_new = 247/250" in shown
    assert "b_new = 0.988" in "\n".join(plain(draw(walk, "", 80, 24)))


def test_a_fraction_of_thousands_of_digits_is_no_accident():
    example = with_own_numbers("004-epochs", {"x": "[1/3, 2/7]", "n_epochs": "8"}, "fraction")
    walk = Walk(recorded(example, "fraction"), example.given)
    walk.last()
    for _ in range(300):
        assert max(width(line) for line in plain(draw(walk, "", 80, 24, fractions=True))) <= 80
        walk.step_back()


# ---- the listing -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_listing_is_plain_and_fits(name):
    example = short(name)
    rows = list(listing(recorded(example), example.given))
    assert max(width(row) for row in rows) <= 80
    assert not any("\x1b" in row for row in rows)
    for quantity in example.given:
        assert any(row.startswith(f"  {quantity} = ") for row in rows)


def test_a_listing_holds_every_step():
    example = load("002-neuron")
    recording = recorded(example)
    rows = list(listing(recording, example.given))
    numbers = [int(found[1]) for row in rows if (found := re.match(r"\s*(\d+)  \S", row))]
    assert numbers == [line.number for line in shown_lines(recording.call) if is_worth_a_stop(line)]
    assert any(row.endswith("  z > 0: 6 > 0 holds") for row in rows)
    assert "    119  ∂L/∂w₀ = ∂L/∂z · ∂z/∂w₀ = 12 · 1 = 12" in [re.sub(r"^ +\d+", "    119", row) for row in rows]


def test_long_loops_are_folded():
    example = load("003-neuron")
    rows = list(listing(recorded(example), example.given))
    assert len(rows) < 300
    assert any("… 198 more rounds of this loop, then the last:" in row for row in rows)
    assert any(f"L = {example.work()['L']!r}" in row for row in rows)


# ---- a real terminal -------------------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def _nothing_is_left_running():
    yield
    for session in Session.open:
        session.process.kill()
        session.process.wait()
    Session.open.clear()


class Session:
    """The command in a pseudo-terminal: what is typed, and the last screen that was drawn."""

    open: ClassVar = []

    def __init__(self, *words, columns=80, rows=24, environment=None, program=("-S", "-m", "scalarnn")):
        self.ours, theirs = pty.openpty()
        self.theirs = theirs
        self.resize(columns, rows)
        self.modes = termios.tcgetattr(theirs)
        self.process = subprocess.Popen(
            [sys.executable, *program, *words],
            cwd=ROOT,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env={"PATH": os.environ["PATH"], "TERM": "xterm", "PYTHONIOENCODING": "utf-8"} | (environment or {}),
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        self.output = ""
        self.open.append(self)

    def resize(self, columns, rows):
        fcntl.ioctl(self.ours, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def type(self, keys):
        os.write(self.ours, keys.encode())

    def read(self, seconds):
        ready, _, _ = select.select([self.ours], [], [], seconds)
        if ready:
            with contextlib.suppress(OSError):
                self.output += os.read(self.ours, 65536).decode(errors="replace")
        return bool(ready)

    def until(self, wanted, seconds=20):
        """Wait for a screen, whole, for which `wanted` is true; give it."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.read(0.2)
            screen = self.screen()
            if screen and wanted(screen):
                return screen
        raise AssertionError(f"not seen; the last screen was\n{self.screen() or self.output[-2000:]}")

    def until_text(self, text, seconds=20):
        return self.until(lambda screen: text in screen, seconds)

    def until_line(self, number):
        return self.until(lambda screen: (found := LINE_OF.search(screen)) and int(found[1]) == number)

    def screen(self):
        """The last screen that was drawn to its end."""
        frames = self.output.rpartition("\x1b[J")[0].rpartition("\x1b[H")[2]
        return STYLE.sub("", frames.replace("\x1b[K", "").replace("\r", ""))

    def frames(self):
        for frame in self.output.split("\x1b[H")[1:]:
            whole, end, _ = frame.partition("\x1b[J")
            if end:
                yield STYLE.sub("", whole.replace("\x1b[K", "").replace("\r", "")).split("\n")

    def end(self, seconds=20):
        """Wait for the process; its exit code, after a look at the terminal that it leaves."""
        end = time.monotonic() + seconds
        while self.process.poll() is None and time.monotonic() < end:
            self.read(0.1)
        while self.read(0.1) and self.process.poll() is None:
            pass
        code = self.process.wait(timeout=seconds)
        self.read(0.1)
        modes = termios.tcgetattr(self.theirs)
        assert modes == self.modes, "the terminal is left in disorder"
        assert self.output.count("\x1b[?1049h") == self.output.count("\x1b[?1049l")
        assert self.output.count("\x1b[?25l") == self.output.count("\x1b[?25h")
        os.close(self.ours)
        os.close(self.theirs)
        self.open.remove(self)
        return code


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_to_the_end_and_back(name):
    walk = walk_of(name)
    n = len(walk.lines)
    session = Session(*words_for(name))
    session.until_line(1)
    for target in [*range(2, n, 97), n]:
        at = int(LINE_OF.search(session.screen())[1])
        session.type("n" * (target - at))
        session.until_line(target)
    session.type("n")
    session.until_text("this is the last line")
    for target in [*range(n - 1, 1, -97), 1]:
        at = int(LINE_OF.search(session.screen())[1])
        session.type("b" * (at - target))
        session.until_line(target)
    session.type("b")
    session.until_text("this is the first line")
    session.type("q")
    assert session.end() == 0
    for frame in session.frames():
        assert max(width(row) for row in frame) <= 80
        assert len(frame) == 24


def test_every_line_of_a_walk_in_the_terminal():
    """One key, one screen: the marked line, and the value of a run without recorder."""
    walk = walk_of("002-neuron")
    session = Session("step", "002-neuron")
    for at, line in enumerate(walk.lines):
        screen = session.until_line(at + 1)
        assert f"▶{line.number:>5} " in screen
        session.type("n")
    session.until_text("this is the last line")
    worked = load("002-neuron").work()
    for quantity in ("z", "L", "dL_dz", "w_new", "L_new"):
        session.type(f"<g{quantity}\r")
        screen = session.until(
            lambda screen, quantity=quantity: f"{quantity} = {value_text(worked[quantity])}" in screen
        )
        assert "no line binds" not in screen
    session.type("q")
    assert session.end() == 0


def test_the_keys():
    walk = walk_of("002-neuron")
    session = Session("step", "002-neuron")
    session.until_line(1)
    for key, move in (
        ("o", walk.over),
        ("n", walk.next),
        ("n", walk.next),
        ("u", walk.out),
        ("s", walk.step),
        ("s", walk.step),
        ("S", walk.step_back),
        ("b", walk.back),
        (" ", walk.next),
        (">", walk.last),
        ("b", walk.back),
        ("\r", walk.back),
        ("\r", walk.back),
        ("<", walk.first),
        ("\x1b[B", walk.next),
        ("\x1bOC", walk.next),
        ("\x1b[A", walk.back),
        ("\x1b[D", walk.back),
        ("\x1b[F", walk.last),
        ("\x1b[H", walk.first),
    ):
        move()
        session.type(key)
        session.until_line(walk.at + 1)
    session.type("Q")
    assert session.end() == 0


def test_going_to_a_name():
    session = Session("step", "002-neuron")
    session.until_line(1)
    session.type("gdL_dw")
    session.until_text("go to: dL_dw_")
    session.type("x\x7f\x7f")
    session.until_text("go to: dL_d_")
    session.type("w_\t")
    session.until_text("go to: dL_dw_i_")
    session.type("\r")
    session.until_text("dL_dw_i = 12")
    session.type("\r")
    session.until_text("dL_dw_i = -24")  # Enter goes to the next one of that name
    session.type("gnothing\x1b")
    time.sleep(0.2)
    session.type("gzz\r")
    session.until_text("no line binds zz; did you mean z?")
    session.type("g\r")
    session.until(lambda screen: "go to" not in screen)
    session.type("q")
    assert session.end() == 0


def test_wrong_keys_are_named_and_do_nothing():
    session = Session("step", "002-neuron")
    session.until_line(1)
    session.type("x")
    session.until_text("no such key: x")
    session.type("é")
    session.until_text("no such key: é")
    session.type("\x1b[17~")
    session.until_text("no such key: 'unknown'")
    session.type("\x01")
    session.until_text(r"no such key: '\x01'")
    session.type("n")
    assert "no such key" not in session.until_line(2)
    session.type("q")
    assert session.end() == 0


def test_resizing_redraws():
    session = Session("step", "004-network")
    session.until_line(1)
    for columns, rows in ((40, 12), (120, 50), (10, 3), (1, 1), (80, 24)):
        session.resize(columns, rows)
        wanted = {"columns": columns, "rows": rows}
        session.until(
            lambda screen, wanted=wanted: (
                len(screen.split("\n")) == wanted["rows"]
                and max(width(row) for row in screen.split("\n")) <= wanted["columns"]
            )
        )
        session.type("n")
    session.type("q")
    assert session.end() == 0


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)])
def test_signals_leave_the_terminal_in_order(number, code):
    session = Session("step", "002-neuron")
    session.until_line(1)
    session.process.send_signal(number)
    assert session.end() == code
    assert "Traceback" not in session.output


def test_control_c_and_control_d():
    session = Session("step", "002-neuron")
    session.until_line(1)
    session.type("\x03")
    assert session.end() == 130
    assert "Traceback" not in session.output
    session = Session("step", "002-neuron")
    session.until_line(1)
    session.type("\x04")
    assert session.end() == 0


def test_control_z_gives_the_terminal_back_and_takes_it_again():
    session = Session("step", "002-neuron")
    session.until_line(1)
    session.type("\x1a")
    end = time.monotonic() + 10
    while (
        "T" not in Path(f"/proc/{session.process.pid}/stat").read_text().split(") ")[1][:1] and time.monotonic() < end
    ):
        session.read(0.1)
    session.read(0.2)
    assert session.output.endswith("\x1b[?25h\x1b[?1049l")
    assert termios.tcgetattr(session.theirs) == session.modes
    frames = len(list(session.frames()))
    session.process.send_signal(signal.SIGCONT)
    session.until(lambda _screen: len(list(session.frames())) > frames)
    session.type("n")
    session.until_line(2)
    session.type("q")
    assert session.end() == 0


def test_an_error_leaves_the_terminal_in_order():
    program = (
        "import sys; from scalarnn.tracing import stepper; stepper.name_rows = None; "
        "from scalarnn.cli import main; sys.exit(main(['step', '002-neuron']))"
    )
    session = Session(program=("-S", "-c", program))
    assert session.end() == 1
    assert "TypeError" in session.output.rpartition("\x1b[?1049l")[2]


def test_a_terminal_that_knows_no_moves_gets_the_listing():
    session = Session("step", "002-neuron", environment={"TERM": "dumb"})
    assert session.end() == 0
    assert "\x1b" not in session.output
    assert "12 · 1" in session.output


def test_a_terminal_without_unicode_goes_on():
    session = Session("step", "002-neuron", environment={"PYTHONIOENCODING": "ascii"})
    session.until_line(1)
    session.type("gdL_dw_i\r")
    session.until_text("dL_dw_i = 12")
    session.type("q")
    assert session.end() == 0


def test_errors_come_before_the_terminal_is_touched():
    session = Session("step", "002-neuron", "--set", "w=[1,2]")
    assert session.end() == 2
    assert session.output == "scalarnn: w has length 2: expected 3, one weight for each input of x\r\n"


# ---- no terminal -----------------------------------------------------------------------------------------------------


def piped(*words, **options):
    return subprocess.run(
        [sys.executable, "-S", "-m", "scalarnn", *words],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        env={"PATH": os.environ["PATH"], "TERM": "xterm", "PYTHONIOENCODING": "utf-8"},
        timeout=60,
        check=False,
        **options,
    )


@pytest.mark.parametrize("name", EXAMPLES)
def test_piped_output_is_plain(name):
    done = piped("step", name)
    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout
    assert max(width(row) for row in done.stdout.splitlines()) <= 80
    assert done.stdout.startswith(name)


def test_a_closed_pipe_ends_quietly():
    done = subprocess.run(
        ["sh", "-c", f"{sys.executable} -S -m scalarnn step 000-backward | head -n 1"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    assert done.stdout.startswith("000-backward")
    assert done.stderr == ""


def test_breakpoints_fit_the_width():
    for name in EXAMPLES:
        done = piped(*words_for(name), "--breakpoints")
        assert done.returncode == 0
        assert max(width(row) for row in done.stdout.splitlines()) <= 80


def test_what_is_too_long_is_refused_with_advice():
    done = piped("step", "003-neuron", "--set", "n_iterations=5000")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "too l" in done.stderr
    assert "--set n_iterations=2" in done.stderr


@pytest.mark.skipif(shutil.which("tmux") is None, reason="no tmux here")
def test_in_tmux():
    """A terminal that other people wrote: it draws the screen, and gets its own screen back."""
    server = f"scalarnn-{os.getpid()}"

    def tmux(*words):
        return subprocess.run(["tmux", "-L", server, *words], capture_output=True, encoding="utf-8", check=True).stdout

    def until(text, present=True):
        end = time.monotonic() + 20
        while time.monotonic() < end:
            screen = tmux("capture-pane", "-p")
            if (text in screen) == present:
                return screen
            time.sleep(0.1)
        raise AssertionError(screen)

    command = f"cd {ROOT} && echo before && {sys.executable} -S -m scalarnn step 002-neuron; echo code $?; cat"
    tmux("-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24", command)
    try:
        until("line 1 of")
        tmux("send-keys", "-l", "gdL_dw_i")
        tmux("send-keys", "Enter")
        screen = until("= 12 · 1")
        assert screen.splitlines()[-1] == HELP
        tmux("send-keys", "Down")
        until("dL_dw.append(dL_dw_i)\n")
        tmux("send-keys", "q")
        screen = until("code 0")
        assert screen.startswith("before\n")
        assert "▶" not in screen
    finally:
        tmux("kill-server")
