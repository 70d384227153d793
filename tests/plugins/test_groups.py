"""Tests that share the running stack must not start it twice, and long ones must not begin last."""

import os
import subprocess
import sys
from pathlib import Path

from bot.settings import ROOT
from tests.plugins.groups import rank_of, scope_of, stack_group

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

MANY = """
import pytest

@pytest.mark.parametrize("number", range(30))
def test_it(number):
    pass
"""
LONG = """
import pytest

@pytest.mark.long
def test_it():
    pass
"""


def test_of_two_workers_one_starts_the_stack_and_the_other_begins_with_what_takes_long(
    tmp_path: Path,
) -> None:
    modules = {"many": MANY, **dict.fromkeys(("stack_1", "stack_2", "stack_3"), MODULE)}
    for name, content in {**modules, "takes_long": LONG}.items():
        (tmp_path / f"test_{name}.py").write_text(content)
    (tmp_path / "conftest.py").write_text("from tests.plugins.groups import *")
    arguments = (
        "-v",
        "-p",
        "xdist",
        "-n",
        "2",
        "--dist",
        "loadgroup",
        "-c",
        "/dev/null",
        "-p",
        "no:cacheprovider",
        "--basetemp",
        str(tmp_path / "inner"),
    )
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--import-mode=importlib", *arguments, str(tmp_path)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert "49 passed" in done.stdout
    # each module of this test has a fixture of its own, all on the same worker
    assert len(set((tmp_path / "started").read_text().split())) == 1
    assert done.stdout.index("test_takes_long.py") < done.stdout.index("test_many.py")


def test_a_test_without_group_stays_with_its_module() -> None:
    nodeid = "tests/a.py::test_a[1::2]"

    assert scope_of(nodeid, nodeid) == "tests/a.py"


def test_a_test_of_the_stack_stays_with_the_stack() -> None:
    assert scope_of("tests/a.py::test_a@stack", "stack") == "stack"


def test_the_stack_begins_first_then_what_takes_long() -> None:
    stack = rank_of(["chromium", "stack"], is_long=False)
    browser, marked = rank_of(["chromium"], is_long=False), rank_of([], is_long=True)

    assert stack < browser == marked < rank_of(["tmp_path"], is_long=False)


def test_what_breaks_the_stack_has_one_of_its_own_and_begins_when_the_model_is_there() -> None:
    assert stack_group(ROOT / "tests" / "faults" / "test_doors.py") == "faults"
    assert stack_group(ROOT / "tests" / "dialogue" / "test_dialogues.py") == "stack"
    breaking = rank_of(["stack"], is_long=False, is_breaking=True)
    assert rank_of([], is_long=True) < breaking < rank_of([], is_long=False)
