"""A step of the log's pipeline that counts problems by their constant event name."""

import re
from collections.abc import MutableMapping
from typing import Any

from bot.telemetry.metrics import PROBLEMS

COUNTED = frozenset({"warning", "error", "critical"})
_EVENT = re.compile(r"[a-z][a-z0-9_.]{0,59}")


def count_problems(
    _logger: Any, _method: str, line: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Count a line of the log and hand it on unchanged.

    A line whose event is no constant name (a library's sentence) counts as "other": it could
    carry what a person wrote, and every new sentence would be a new series.
    """
    if line.get("level") in COUNTED:
        event = str(line.get("event", ""))
        PROBLEMS.labels(line["level"], event if _EVENT.fullmatch(event) else "other").inc()
    return line
