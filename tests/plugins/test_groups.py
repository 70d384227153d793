"""Tests that share the running stack must not start it twice, and long ones must not begin last."""

import os
import subprocess
import sys
from pathlib import Path

from bot.settings import ROOT
from tests.plugins.groups import rank_of, scope_of

MODULE = """
import os
import pytest

@pytest.fixture(scope="session")
def stack():
    with open("started", "a") as file:
        file.write(os.environ["PYTEST_XDIST_WORKER"] + " ")

@pytest.mark.parametrize("number", range(6))
def test_it(stack, number):
    pass
"""


def test_a_stack_that_three_modules_ask_for_is_started_once(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / f"test_{name}.py").write_text(MODULE)
    (tmp_path / "conftest.py").write_text("from tests.plugins.groups import *")
    arguments = ("-n", "2", "--dist", "loadgroup", "-c", "/dev/null", "--rootdir", str(tmp_path))
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--import-mode=importlib", *arguments, str(tmp_path)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert "18 passed" in done.stdout
    # each module of this test has a fixture of its own, all on the same worker
    assert len(set((tmp_path / "started").read_text().split())) == 1


def test_a_test_without_group_stays_with_its_module() -> None:
    nodeid = "tests/a.py::test_a[1::2]"

    assert scope_of(nodeid, nodeid) == "tests/a.py"


def test_a_test_of_the_stack_stays_with_the_stack() -> None:
    assert scope_of("tests/a.py::test_a@stack", "stack") == "stack"


def test_the_stack_begins_first_then_what_takes_long() -> None:
    stack = rank_of(["chromium", "stack"], is_long=False)
    browser, marked = rank_of(["chromium"], is_long=False), rank_of([], is_long=True)

    assert stack < browser == marked < rank_of(["tmp_path"], is_long=False)
