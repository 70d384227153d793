"""Structured logs: constant event names, keyword values, ids and never people's words."""

import sys
from typing import Any

import structlog

from bot.telemetry.log_lines import count_problems


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
            renderer,
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,  # a later set-up, as in tests, counts for all
    )
