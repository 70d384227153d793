"""Waiting for other processes without guessing how long they take."""

import os
import threading
from collections.abc import Callable
from pathlib import Path

PATIENCE_S = 30.0


def wait_for(condition: Callable[[], object]) -> None:
    """Return as soon as `condition` holds; fail after `PATIENCE_S` seconds."""
    pause = threading.Event()
    for _ in range(int(PATIENCE_S / 0.05)):
        if condition():
            return
        pause.wait(0.05)
    raise AssertionError("waited in vain")


def is_running(pid: int) -> bool:
    """Tell whether a process exists and is no zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    try:
        return status.read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False
