"""Structured logs: constant event names, keyword values, ids and never people's words."""

import structlog


def configure(*, json: bool) -> None:
    """Send logs to stderr, as JSON for machines or as lines for a terminal."""
    renderer = structlog.processors.JSONRenderer() if json else structlog.dev.ConsoleRenderer()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        logger_factory=structlog.PrintLoggerFactory(_stderr()),
        cache_logger_on_first_use=True,
    )


def _stderr():  # type: ignore[no-untyped-def]  # TextIO of the running process
    import sys  # noqa: PLC0415 - read at call time, so that test runners can replace it

    return sys.stderr
