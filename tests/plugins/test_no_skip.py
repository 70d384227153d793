import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import ROOT

SKIPPING = """
import pytest

def test_skips_itself():
    pytest.skip("no server")

@pytest.mark.skipif(True, reason="never")
def test_is_marked():
    pass

@pytest.mark.xfail(reason="a known limit")
def test_is_expected_to_fail():
    assert False
"""


def outcome(folder: Path, content: str, value: str) -> "subprocess.CompletedProcess[str]":
    (folder / "test_it.py").write_text(content)
    return subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-p", "tests.plugins.no_skip", "-c", "/dev/null"),
            *("--rootdir", str(folder), "-p", "no:cacheprovider"),
            *("--basetemp", str(folder / "inner"), str(folder / "test_it.py")),
        ],
        cwd=ROOT,
        env={**os.environ, "XIAOER_NO_SKIP": value, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_skipped_test_fails_the_run_in_ci(tmp_path: Path) -> None:
    done = outcome(tmp_path, SKIPPING, "1")
    assert done.returncode == 1
    # a mark skips before the test, which pytest counts as an error
    assert "1 failed, 1 xfailed, 1 error" in done.stdout


def test_a_skipped_test_is_allowed_elsewhere(tmp_path: Path) -> None:
    done = outcome(tmp_path, SKIPPING, "")
    assert done.returncode == 0
    assert "2 skipped, 1 xfailed" in done.stdout


@pytest.mark.parametrize(("value", "code"), [("1", 2), ("", 5)])
def test_a_module_that_skips_itself_fails_the_run_in_ci(
    tmp_path: Path, value: str, code: int
) -> None:
    content = "import pytest\npytest.importorskip('no_such_module')\n"
    assert outcome(tmp_path, content, value).returncode == code
