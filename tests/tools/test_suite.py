"""`make test` is good only when the tests and the training were, and says which was not."""

import sys
from pathlib import Path

import pytest

from tools.suite import main

GOOD = (sys.executable, "-c", "pass")
BAD = (sys.executable, "-c", "print('no epochs'); raise SystemExit(3)")


def test_both_good_is_good() -> None:
    assert main(GOOD, GOOD) == 0


def test_failed_tests_fail_the_run() -> None:
    assert main(GOOD, BAD) == 3


def test_a_failed_training_fails_the_run_and_says_so(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(BAD, GOOD) == 3
    assert "no epochs\n✗ training the model failed" in capfd.readouterr().err


def test_the_tests_begin_before_the_training_ends(tmp_path: Path) -> None:
    mark = tmp_path / "begun"
    waits = f"""
import pathlib, time
ends = time.monotonic() + 30
while not pathlib.Path({str(mark)!r}).exists():
    assert time.monotonic() < ends
    time.sleep(0.01)
"""
    begins = f"import pathlib; pathlib.Path({str(mark)!r}).touch()"

    assert main((sys.executable, "-c", waits), (sys.executable, "-c", begins)) == 0


def test_the_tests_keep_their_bytecode_whatever_the_environment_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    keeps = (sys.executable, "-c", "import sys; raise SystemExit(sys.dont_write_bytecode)")

    assert main(GOOD, keeps) == 0
