"""What `make test` leaves to CI is said, and is left out of nothing else."""

import os
import subprocess
import sys
from collections.abc import Sequence

import pytest

from bot.settings import ROOT

FILE = "tests/tools/test_second_reading.py"


def _collected(args: Sequence[str], thorough: str) -> str:
    settings = {**os.environ, "XIAOER_THOROUGH": thorough}
    command = (sys.executable, "-m", "pytest", "--collect-only", "-p", "no:xdist", *args)
    run = subprocess.run(
        command, cwd=ROOT, env=settings, check=True, capture_output=True, encoding="utf-8"
    )
    return run.stdout


@pytest.mark.thorough  # each case starts a pytest of its own
@pytest.mark.parametrize(
    ("args", "thorough", "is_there"),
    [
        (("tests/tools",), "0", False),
        (("tests/tools",), "1", True),
        ((FILE,), "0", True),
        (("tests/tools", "-m", "thorough"), "0", True),
    ],
)
def test_marked_tests_are_left_to_ci(args: Sequence[str], thorough: str, is_there: bool) -> None:
    told = _collected(args, thorough)
    assert ("test_dialogues_become_weights_and_figures" in told) is is_there
    assert ("left to CI" in told) is (thorough == "0")
    assert ("deselected" in told) is (not is_there or "-m" in args)
