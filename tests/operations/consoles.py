"""A display that keeps what an operator would have read."""

import io

from rich.console import Console

from bot.operations.display import Display


def recording_display() -> tuple[Display, io.StringIO]:
    """Return a display without a terminal, and the text it writes."""
    written = io.StringIO()
    return Display(Console(file=written, width=200)), written
