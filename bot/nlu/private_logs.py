"""Rasa's own log without people's words: what it says of a person or a slot is left out.

Stock Rasa writes texts, slots and whole trackers as values of its lines, and tracebacks with the
local variables of each frame. `_anonymizer` of `rasa.utils.log_utils` is the step it has for this;
it does nothing without Rasa Pro, so ours takes its place.
"""

import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog
from rasa.utils import log_utils

PUBLIC = frozenset(
    {
        "event", "event_info", "event_key", "level", "timestamp", "logger", "exc_info",
        "action", "action_name", "channel", "component", "filename", "host", "intent",
        "key", "message_id", "model_file", "model_id", "name", "node_name", "path", "policy",
        "policy_name", "port", "protocol", "reason", "replies", "sender", "sender_id", "status",
        "url", "version",
    }
)  # fmt: skip
"""Values that name a part of the program or a conversation; everything else may be somebody's."""

HIDDEN = "…"
NOISE = "interpolator.interpolate.text"
"""An error for each button whose payload has braces, though nothing is wrong with it."""


def hide_words(
    _logger: Any, method: str, line: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Hide the values of a line that are not public, and say of an error only what and where.

    Raises:
        DropEvent: The line says nothing at all.
    """
    if line.get("event") == NOISE:
        raise structlog.DropEvent
    for key in line.keys() - PUBLIC:
        is_kind = key == "error" and str(line[key]).isidentifier()
        line[key] = line[key] if is_kind else HIDDEN
    error = line.pop("exc_info", None)
    if error or method == "exception":
        kind, _, trace = error if isinstance(error, tuple) else sys.exc_info()
        if kind is not None:
            line["error"] = kind.__name__
            line["where"] = "".join(traceback.format_tb(trace))
        line["exc_info"] = ()  # a later step would add it again, with local variables
    return line


def use() -> None:
    """Put it into Rasa's log; call it before Rasa sets its log up."""
    log_utils._anonymizer = hide_words  # type: ignore[assignment]  # noqa: SLF001 - meant for this
