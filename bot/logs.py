"""Structured logs: constant event names, keyword values, ids and never people's words."""

import sys
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog

from bot.domain.privacy import mask_numbers


def configure(*, json: bool) -> None:
    """Send logs to stderr, as JSON for machines or as lines for a terminal."""
    renderer: Any = structlog.processors.JSONRenderer() if json else structlog.dev.ConsoleRenderer()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            hide_numbers,
            renderer,
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,  # a later set-up, as in tests, counts for all
    )


def hide_numbers(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """Hide mobile and identity numbers in every value, tracebacks too; a last net."""
    return {
        name: mask_numbers(value) if isinstance(value, str) else value
        for name, value in event.items()
    }
