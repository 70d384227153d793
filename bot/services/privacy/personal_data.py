"""Showing personal data: for a reason, for this one view, and never without a trace."""

from datetime import datetime

from bot.domain.errors import BotError
from bot.domain.people import Agent, AuditEntry, NotAllowed
from bot.domain.permissions import Permission
from bot.domain.reviews import masked_comment
from bot.services.ports import OpenUnitOfWork

SHORTEST_REASON = 4
LONGEST_REASON = 200


class NoReason(BotError):
    """Nobody said why the data have to be seen."""


def read_reason(picked: str, written: str) -> str:
    """Return the reason as it is kept: what was written, else what was picked.

    Raises:
        NoReason: There is none, or too little of one.
    """
    reason = " ".join((written or picked).split())[:LONGEST_REASON]
    if len(reason) < SHORTEST_REASON:
        raise NoReason
    return masked_comment(reason)  # the log itself holds no personal data


def note_shown(
    unit_of_work: OpenUnitOfWork, *, agent: Agent, subject: str, reason: str, now: datetime
) -> None:
    """Write down that somebody sees personal data, before they are shown.

    Raises:
        NotAllowed: This role never sees them.
    """
    if not agent.may(Permission.SHOW_PERSONAL_DATA):
        raise NotAllowed
    with unit_of_work() as unit:
        unit.people.add_audit(AuditEntry(now, agent.id, "personal_data_shown", subject, reason))
