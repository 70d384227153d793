"""`make test`: all tests, and meanwhile the training of the model that they talk to.

Rasa trains on one core for some two minutes. Tests that need the model wait for it, or train it
themselves where it failed (`ensure_model` lets one at a time do that); the others go on beside it
and give way to it, for all tests of the running stack wait.

Tests use one thread for products of matrices, as the product does: those of two workers would spin
on each other's core.

The tests may keep their bytecode, also where the environment says that Python keeps none: each of
the workers would rewrite and compile all modules of tests anew, on every run.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from bot import one_blas_thread
from bot.settings import ROOT

TRAIN = (str(Path(sys.executable).with_name("xiaoer")), "train")
TESTS = (
    *("nice", "-n", "3"),
    *(sys.executable, "-m", "pytest"),
    *("--numprocesses", "auto", "--maxprocesses", "4", "--dist", "loadgroup"),
)

NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"


def main(train: Sequence[str], tests: Sequence[str]) -> int:
    """Run both commands to their ends; 0 only when both were good, else what the bad one said."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as told:
        with subprocess.Popen(train, cwd=ROOT, stdout=told, stderr=subprocess.STDOUT) as training:
            tested = subprocess.run(tests, cwd=ROOT, env=_environment(), check=False).returncode
        if training.returncode:
            _complain(told, training.returncode)
    return tested or training.returncode


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != NO_BYTECODE}
    return {one_blas_thread.SETTING: "1", **kept}


def _complain(told: IO[str], code: int) -> None:
    told.seek(0)
    print(told.read(), end="", file=sys.stderr)
    print(f"✗ training the model failed ({code}), so the run failed", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(TRAIN, (*TESTS, *sys.argv[1:])))
