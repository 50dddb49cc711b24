"""The command line, run as its users run it: in a process of its own, on the standard library alone."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from scalarnn.cli import COMMANDS, main
from scalarnn.worked import EXAMPLES, reproduce
from scalarnn.worked.reproduce import KINDS

ROOT = Path(__file__).parents[2]
KEYS = ["source", "example", "quantity", "place", "printed", "computed", "value", "kind", "status", "cause"]


def scalarnn(*words, **options):
    environment = {"PATH": os.environ["PATH"], "PYTHONIOENCODING": "utf-8"} | options.pop("env", {})
    return subprocess.run(
        [sys.executable, "-S", "-m", "scalarnn", *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        **options,
    )


def test_the_main_job():
    done = scalarnn()
    assert done.returncode == 0
    assert done.stderr == ""
    *table, empty, counts = done.stdout.splitlines()
    assert empty == ""
    assert [line.split()[1] for line in table[1:]] == list(EXAMPLES)
    results = reproduce()
    errata = sum(result.status == "erratum" for result in results)
    computed, given, shapes = (sum(result.kind == kind for result in results) for kind in KINDS)
    assert computed > given > shapes > 0
    assert computed + given + shapes == len(results)
    assert counts == (
        f"{len(results)} figures ({computed} computed, {given} given, {shapes} shapes): "
        f"{len(results) - errata} reproduced, {errata} errata explained, 0 unexplained"
    )


def test_json_is_one_array_of_objects():
    done = scalarnn("reproduce", "--json")
    assert done.returncode == 0
    objects = json.loads(done.stdout)
    assert len(objects) == len(reproduce())
    for row in objects:
        assert list(row) == KEYS
        assert row["status"] in ("reproduced", "erratum")
        assert (row["cause"] is None) == (row["status"] == "reproduced")
        assert isinstance(row["value"], (int, float))


def test_options_without_a_command_belong_to_the_main_job():
    assert scalarnn("--json").stdout == scalarnn("reproduce", "--json").stdout


def test_chosen_examples():
    done = scalarnn("reproduce", "004-epochs", "002-layer", "--all-figures")
    assert done.returncode == 0
    assert "printed 0.5080" in done.stdout
    assert "printed 4.0080" in done.stdout
    assert "as if b₁ = 0.1 were added to z₃ instead" in done.stdout
    assert "003-neuron" not in done.stdout


def test_an_unexplained_figure_is_named_and_exits_1(tmp_path):
    """A copy of the package in which one digit of the ledger is changed."""
    package = tmp_path / "scalarnn"
    subprocess.run(["cp", "-r", ROOT / "scalarnn", package], check=True)
    ledger = package / "worked" / "ledger" / "004.toml"
    text = ledger.read_text(encoding="utf-8")
    assert '"0.5080"' in text
    ledger.write_text(text.replace('"0.5080"', '"0.5081"'), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-S", "-m", "scalarnn"], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 1
    assert done.stdout.splitlines()[-1].startswith("unexplained: 004-epochs losses[1]")
    assert "1 unexplained" in done.stdout


def test_examples_lists_every_example():
    done = scalarnn("examples")
    assert done.returncode == 0
    listed = [line.split()[0] for line in done.stdout.splitlines() if line[:3].isdigit()]
    assert listed == list(EXAMPLES)


@pytest.mark.parametrize("name", EXAMPLES)
def test_show_works_every_example(name):
    done = scalarnn("show", name)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"{name} · ")
    assert "\nGiven\n" in done.stdout
    assert "\nWorked" in done.stdout
    assert " = " in done.stdout


def test_show_gives_name_formula_and_value():
    lines = [" ".join(line.split()) for line in scalarnn("show", "002-neuron").stdout.splitlines()]
    assert "z = w₀x₀ + w₁x₁ + w₂x₂ + b = (−3)(1) + (−1)(−2) + (2)(3) + 1 = 6" in lines
    assert "L_new = d² = 5.82² = 33.8724" in lines


def test_errata_gives_every_wrong_figure_its_cause():
    done = scalarnn("errata")
    assert done.returncode == 0
    assert "printed 0.989, right is 0.988" in done.stdout
    assert "dying ReLU" in done.stdout


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["shw"], "unknown command 'shw'; did you mean 'show'?"),
        (["004-network"], "004-network is an example: try 'scalarnn show 004-network'"),
        (["show", "004-netwrok"], "unknown example '004-netwrok'; did you mean '004-network'?"),
        (["reproduce", "002-neruon"], "unknown example '002-neruon'; did you mean '002-neuron'?"),
        (["reproduce", "--jsno"], "unknown option '--jsno' of reproduce; did you mean '--json'?"),
        (["reproduce", "--all"], "unknown option '--all' of reproduce; did you mean '--all-figures'?"),
        (["--jsn"], "unknown option '--jsn'; did you mean '--json'?"),
        (["--verson"], "unknown option '--verson'; did you mean '--version'?"),
        (["show"], "the following arguments are required: EXAMPLE; see scalarnn examples"),
        (["step"], "the following arguments are required: EXAMPLE; see scalarnn examples"),
        (["show", "004"], "unknown example '004'; there are: 004-collapse, 004-network, 004-epochs"),
        (["show", "004-network", "002-layer"], "show takes one example: '002-layer' is one too many"),
        (["reproduce", "005"], "unknown example '005'"),
        (["errata", "005"], "unknown source '005'; there are: 000, 001, 002, 003, 004"),
        (["errata", "002-neuron"], "unknown source '002-neuron'; did you mean '002'?"),
        (["examples", "004"], "examples takes no arguments: '004' is one too many"),
        (["examples", "--json"], "unknown option '--json' of examples; there are: --help"),
        (["examples", "more"], "examples takes no arguments: 'more' is one too many"),
        ([""], "unknown command ''"),
        (["\udcff"], "unknown command"),
    ],
)
def test_a_wrong_call_gets_one_line_and_exit_2(words, message):
    done = scalarnn(*words)
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("scalarnn: ")
    assert message in done.stderr


def test_an_unknown_theorem_gets_one_line_and_exit_2(capsys):
    pytest.importorskip("sympy")
    assert main(["prove", "network.objekt"]) == 2
    assert capsys.readouterr().err == "scalarnn: unknown theorem 'network.objekt'; did you mean 'network.object'?\n"


def test_a_source_stands_for_all_of_its_examples():
    assert (
        scalarnn("reproduce", "004").stdout == scalarnn("reproduce", "004-collapse", "004-network", "004-epochs").stdout
    )


def test_an_example_named_twice_counts_once():
    assert scalarnn("reproduce", "004-network", "004", "004-network").stdout == scalarnn("reproduce", "004").stdout


def test_no_figures_in_print_is_said():
    last = "the source prints no figures here; see scalarnn show 000-forward"
    assert scalarnn("reproduce", "000-forward").stdout.splitlines()[-1] == last
    assert "prints no figures here" not in scalarnn("reproduce", "000-forward", "000-batch").stdout
    assert json.loads(scalarnn("reproduce", "000-forward", "--json").stdout) == []


def test_errata_of_chosen_sources():
    everything = scalarnn("errata").stdout
    for sources in (["002"], ["003", "004"]):
        done = scalarnn("errata", *sources)
        assert done.returncode == 0
        rows = [line for line in done.stdout.splitlines() if re.match(r"\d{3}, ", line)]
        assert rows == [line for line in everything.splitlines() if line[:3] in sources and line[3] == ","]
        assert rows


def test_errata_names_the_quantity():
    lines = scalarnn("errata", "002").stdout.splitlines()
    printed = [line for line in lines if ": printed " in line]
    for result in reproduce():
        if result.status == "erratum" and result.source == "002":
            assert any(line.startswith(f"  {result.quantity}: printed {result.printed}, ") for line in printed)


def test_help_is_a_command_too():
    assert scalarnn("help").stdout == scalarnn("--help").stdout
    assert scalarnn("help", "show").stdout == scalarnn("show", "--help").stdout
    assert scalarnn("help", "shw").returncode == 2


@pytest.mark.parametrize("command", COMMANDS)
def test_help_describes_each_command_and_the_exit_codes(command):
    done = scalarnn(command, "--help")
    assert done.returncode == 0
    usage, description, *_ = done.stdout.split("\n\n")
    assert usage.startswith(f"usage: scalarnn {command}")
    assert re.match(r"[A-Z][^.]+\.$", description)
    assert "Exit codes: 0 all is well" in " ".join(done.stdout.split())
    assert "Exit codes: 0 all is well" in " ".join(scalarnn("--help").stdout.split())


def test_output_to_a_pipe_carries_no_escape_codes():
    for words in ([], ["examples"], ["show", "004-network"], ["errata"], ["--help"]):
        assert "\x1b" not in scalarnn(*words).stdout


def test_a_closed_pipe_ends_quietly():
    for words in (["reproduce", "--json"], ["reproduce", "--all-figures"], ["show", "000-backward"]):
        command = f"{sys.executable} -S -m scalarnn {' '.join(words)} | head -n 1"
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", command], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
        )
        assert done.stderr == ""
        assert done.returncode == 0
        assert len(done.stdout.splitlines()) == 1


def test_a_terminal_without_unicode_gets_question_marks_not_a_traceback():
    done = scalarnn("show", "002-neuron", env={"PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0
    assert done.stderr == ""
    assert "?" in done.stdout


def test_version_and_help():
    assert scalarnn("--version").stdout.startswith("scalarnn 0.")
    assert "reproduce" in scalarnn("--help").stdout
    assert scalarnn("show", "--help").returncode == 0


def test_the_main_job_loads_nothing_outside_the_standard_library():
    code = "import sys; import scalarnn.cli; scalarnn.cli.main([]); print(sorted(m.split('.')[0] for m in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-S", "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    loaded = set(eval(done.stdout.splitlines()[-1]))
    outside = loaded - set(sys.stdlib_module_names) - {"__main__", "scalarnn"}
    assert {name for name in outside if not name.startswith("_")} == set()
