"""Theorems on several processors: in order, with their errors, and nobody left behind."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time

import pytest

from scalarnn.proofs import catalogue
from scalarnn.proofs.processors import on_every_processor, processors

CHOSEN = catalogue.THEOREMS[:7]


def its_name(theorem):
    return theorem.id


def which_process(_):
    return os.getpid()


def takes_its_time_after_the_first(theorem):
    if theorem is not CHOSEN[0]:
        time.sleep(600)
    return theorem.id


def fails_at_the_fourth(theorem):
    if theorem is CHOSEN[3]:
        raise ZeroDivisionError(theorem.id)
    return theorem.id


def dies_at_the_fourth(theorem):
    if theorem is CHOSEN[3]:
        os._exit(1)
    return theorem.id


@pytest.mark.parametrize("at_once", [1, 2, 3, 10])
def test_rows_come_in_order(at_once):
    assert list(on_every_processor(its_name, CHOSEN, at_once)) == [theorem.id for theorem in CHOSEN]


def test_one_processor_needs_no_other_process():
    assert set(on_every_processor(which_process, CHOSEN, 1)) == {os.getpid()}
    assert set(on_every_processor(which_process, CHOSEN[:1])) == {os.getpid()}
    assert list(on_every_processor(its_name, [])) == []


def test_two_take_turns():
    first, second, *others = on_every_processor(which_process, CHOSEN, 2)
    assert len({first, second, os.getpid()}) == 3
    assert others == [first, second] * 2 + [first]


@pytest.mark.parametrize("at_once", [1, 2])
def test_an_error_comes_from_wherever_it_is_raised(at_once):
    rows = on_every_processor(fails_at_the_fourth, CHOSEN, at_once)
    assert [next(rows) for _ in range(3)] == [theorem.id for theorem in CHOSEN[:3]]
    with pytest.raises(ZeroDivisionError, match=CHOSEN[3].id):
        next(rows)
    assert multiprocessing.active_children() == []


def test_a_process_that_dies_is_noticed():
    with pytest.raises(RuntimeError, match=f"prove {CHOSEN[3].id} has ended"):
        list(on_every_processor(dies_at_the_fourth, CHOSEN, 2))
    assert multiprocessing.active_children() == []


def test_who_stops_asking_leaves_no_process():
    rows = on_every_processor(takes_its_time_after_the_first, CHOSEN, 2)
    next(rows)
    assert len(multiprocessing.active_children()) == 2
    rows.close()
    assert multiprocessing.active_children() == []


@pytest.mark.skipif(processors() < 2 or sys.platform == "win32", reason="one processor, or no process groups")
def test_ctrl_c_ends_all_of_them_without_a_word():
    command = [sys.executable, "-m", "scalarnn", "prove"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, **pipes, start_new_session=True, text=True) as program:
        assert [program.stdout.readline().split()[:2] for _ in range(2)][1][1] == "proved"
        os.killpg(program.pid, signal.SIGINT)  # as a terminal does: everybody hears it
        _, said = program.communicate(timeout=60)
    assert (program.returncode, said) == (130, "")
    with pytest.raises(ProcessLookupError):
        os.killpg(program.pid, 0)
