"""The action server's products of matrices take one thread; an operator's own wish stands."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from bot.one_blas_thread import SETTING

THREADS = """
import json
import os
import numpy
from threadpoolctl import threadpool_info
from bot import one_blas_thread
one_blas_thread.hold(os.environ)
print(json.dumps([library["num_threads"] for library in threadpool_info()]))
"""

WARMED = """
import json
from threadpoolctl import threadpool_info
from actions.__main__ import _warm
_warm()
print(json.dumps([library["num_threads"] for library in threadpool_info()]))
"""


def _threads(code: str, environ: Mapping[str, str]) -> list[int]:
    own = {name: value for name, value in os.environ.items() if name != SETTING}
    done = subprocess.run(
        [sys.executable, "-c", code], env={**own, **environ}, capture_output=True, check=True
    )
    found: list[int] = json.loads(done.stdout)
    return found


def test_one_thread_is_left_to_the_matrix_library() -> None:
    threads = _threads(THREADS, {})

    assert threads
    assert set(threads) == {1}


def test_the_number_that_an_operator_asks_for_stands() -> None:
    assert set(_threads(THREADS, {SETTING: "2"})) == {min(2, os.cpu_count() or 1)}


def test_the_action_server_holds_it_before_its_first_turn(tmp_path: Path) -> None:
    environ = {
        "XIAOER_DATABASE_URL": f"sqlite:///{tmp_path}/actions.db",
        "XIAOER_STATE_DIR": str(tmp_path),
    }

    assert set(_threads(WARMED, environ)) == {1}
