"""The scripts of the player fit their JSDoc, by TypeScript's checker where there is one (`npm install typescript`)."""

import shutil
import subprocess
from pathlib import Path

import pytest

TYPES = Path(__file__).parent / "types"
TSC = shutil.which("tsc")


@pytest.mark.skipif(TSC is None, reason="TypeScript's tsc is not installed here")
def test_the_scripts_fit_their_types():
    run = subprocess.run([TSC, "-p", str(TYPES)], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (0, "")
