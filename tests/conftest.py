"""What holds for every test."""

import gc
import signal

import pytest

from scalarnn import portable, scalar

# A shell that starts the tests in the background lets them ignore Ctrl-C, and all that they start: the tests of Ctrl-C
# need it back.
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_finish():
    """Thousands of tests are there to stay: nobody need look through them for garbage, again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def portable_functions():
    """exp, log and the like with the same last bit on every machine, as in the pages."""
    before = scalar.functions
    scalar.use(portable)
    yield
    scalar.use(before)
