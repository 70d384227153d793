"""File what went wrong in an action, without a word of what a person wrote."""

import traceback
from datetime import datetime
from pathlib import Path

from bot.domain.incidents import Incident
from bot.services.operating.numbers import NumberKind, next_number
from bot.services.ports import OpenUnitOfWork

OUR_FOLDERS = ("actions", "bot")
LISTED = 50


def file_incident(
    unit_of_work: OpenUnitOfWork,
    *,
    action: str,
    conversation_id: str,
    message_id: str,
    error: BaseException,
    now: datetime,
) -> Incident:
    """Write an incident in a transaction of its own and return it with its number."""
    with unit_of_work() as unit:
        incident = Incident(
            number=next_number(unit, NumberKind.INCIDENT, now),
            happened_at=now,
            action=action,
            conversation_id=conversation_id,
            message_id=message_id,
            error=type(error).__name__,
            place=place_of(error),
        )
        unit.incidents.add(incident)
        return incident


def list_incidents(
    unit_of_work: OpenUnitOfWork, *, limit: int = LISTED, since: datetime | None = None
) -> tuple[Incident, ...]:
    """Return the newest incidents, newest first."""
    with unit_of_work() as unit:
        return unit.incidents.newest(limit, since)


def place_of(error: BaseException) -> str:
    """Return the innermost line of our own code in the traceback; "" when there is none."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        parts = Path(frame.filename).parts
        ours = next((name for name in OUR_FOLDERS if name in parts), None)
        if ours is not None and "site-packages" not in parts:
            start = len(parts) - 1 - parts[::-1].index(ours)
            return f"{'/'.join(parts[start:])}:{frame.lineno}"
    return ""
