"""Structured logs: constant event names, keyword values, ids and never people's words."""

import sys
from contextlib import suppress
from typing import Any, TextIO

import structlog


class _Patient:
    """A file that loses a line rather than raise: a full disk must not end who wants to say so."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def write(self, text: str) -> None:
        with suppress(OSError):
            self._file.write(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._file.flush()


def configure(*, json: bool) -> None:
    """Send logs to stderr, as JSON for machines or as lines for a terminal."""
    renderer: Any = structlog.processors.JSONRenderer() if json else structlog.dev.ConsoleRenderer()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        logger_factory=structlog.PrintLoggerFactory(_Patient(sys.stderr)),  # type: ignore[arg-type]
        cache_logger_on_first_use=False,  # a later set-up, as in tests, counts for all
    )
