"""Structured logs: constant event names, keyword values, ids and never people's words."""

import sys
from collections.abc import Mapping, MutableMapping
from contextlib import suppress
from typing import Any

import structlog

from bot.domain.privacy import mask_numbers
from bot.telemetry.log_lines import count_problems


class _Patient:
    """The stderr of the moment, losing a line rather than raise when its disk is full.

    A full disk must not end who wants to say so.
    """

    def write(self, text: str) -> None:
        with suppress(OSError):
            sys.stderr.write(text)

    def flush(self) -> None:
        with suppress(OSError):
            sys.stderr.flush()


def configure(*, json: bool) -> None:
    """Send logs to stderr, as JSON for machines or as lines for a terminal."""
    renderer: Any = structlog.processors.JSONRenderer() if json else structlog.dev.ConsoleRenderer()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            count_problems,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            hide_numbers,
            renderer,
        ],
        logger_factory=structlog.PrintLoggerFactory(_Patient()),  # type: ignore[arg-type]
        cache_logger_on_first_use=False,  # a later set-up, as in tests, counts for all
    )


def hide_numbers(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """Hide mobile and identity numbers in every value, tracebacks too; a last net."""
    return {
        name: mask_numbers(value) if isinstance(value, str) else value
        for name, value in event.items()
    }
