"""The log is a help, never a reason to stop."""

import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import structlog

from bot import logs

FULL = Path("/dev/full")
"""A device of Linux on which every write fails for want of space."""


@pytest.fixture
def own_logs() -> Iterator[None]:
    before = structlog.get_config()
    yield
    structlog.configure(**before)


def test_a_full_disk_under_the_log_does_not_stop_who_writes_to_it(
    own_logs: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = FULL.open("w", buffering=1)
    monkeypatch.setattr(sys, "stderr", full)
    logs.configure(json=True)
    structlog.get_logger().warning("turn_not_claimed", error="OperationalError")
    monkeypatch.undo()
    with suppress(OSError):  # what was not written is written again
        full.close()
