import os
import subprocess
import sys
from pathlib import Path

from bot.settings import ROOT

FAILING = """
import schemathesis
from hypothesis import given, settings, strategies as st

PATHS = {"/": {"get": {"responses": {"default": {"description": "any"}}}}}
API = {"openapi": "3.0.3", "info": {"title": "any", "version": "1"}, "paths": PATHS}

def test_asks_an_interface():
    for operation in schemathesis.openapi.from_dict(API).get_all_operations():
        operation.ok().as_strategy()

@settings(database=None, derandomize=True)
@given(text=st.text())
def test_fails(text):
    assert not text
"""


def test_after_schemathesis_a_failing_example_shows_its_value_and_how_to_repeat_it(
    tmp_path: Path,
) -> None:
    (tmp_path / "test_it.py").write_text(FAILING, encoding="utf-8")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-p", "tests.plugins.readable_examples"),
            *("-c", "/dev/null", "--rootdir", str(tmp_path), "-p", "no:cacheprovider"),
            *("--basetemp", str(tmp_path / "inner"), str(tmp_path / "test_it.py")),
        ],
        cwd=ROOT,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert "1 failed, 1 passed" in done.stdout
    assert "text='0'" in done.stdout
    assert "@reproduce_failure(" in done.stdout
