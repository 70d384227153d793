"""Counts conversations by local day, so that a report reads no message; marks those of testers."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from bot.domain.people import AuditEntry, NotAllowed
from bot.domain.permissions import Permission
from bot.domain.reports import Sign
from bot.services.desk.oversight_ports import CountedMessage, DayCount
from bot.services.ports import OpenUnitOfWork, UnitOfWork
from bot.services.times.local_time import LOCAL, local_day

BATCH = 2000
LAG = timedelta(minutes=1)
"""Younger messages wait: on PostgreSQL a lower id may be committed later than a higher one."""

MESSAGES, SIGNS = "messages", "signs"


def count_new(unit_of_work: OpenUnitOfWork, *, now: datetime, limit: int = BATCH) -> int:
    """Count what was said since the last time; returns how many messages and signs.

    Of two processes at once one counts, the other does nothing. Call again while it returns
    `limit` or more.
    """
    with unit_of_work() as unit:
        seen = unit.talk_counts.position(MESSAGES)
        found = unit.talk_counts.messages(seen, before=now - LAG, limit=limit)
        if found:
            if not unit.talk_counts.advance(MESSAGES, seen=seen, to=found[-1].id):
                return 0
            unit.talk_counts.add_days(by_day(found))
        # a sign belongs to a message before it, so messages are counted to their end first
        return len(found) if len(found) == limit else len(found) + _count_signs(unit, now, limit)


def count_all(unit_of_work: OpenUnitOfWork, *, now: datetime, limit: int = BATCH) -> None:
    """Count until nothing is left; the first time over a large database takes minutes."""
    while count_new(unit_of_work, now=now, limit=limit) >= limit:
        pass


def note_sign(
    unit_of_work: OpenUnitOfWork, *, origin: str, conversation_id: str, kind: Sign, now: datetime
) -> None:
    """Note something about a turn; the same origin again writes nothing."""
    with unit_of_work() as unit:
        unit.talk_counts.add_sign(origin, conversation_id, kind, now=now)


def mark_test(
    unit_of_work: OpenUnitOfWork,
    *,
    conversation_id: str,
    agent_id: int,
    is_test: bool,
    now: datetime,
) -> None:
    """Say that a conversation was staff trying something out, or that it was not.

    Raises:
        UnknownConversation: No such conversation.
        NotAllowed: The role does not oversee others.
    """
    with unit_of_work() as unit:
        if not unit.people.agent(agent_id).may(Permission.READ_EVERY_CONVERSATION):
            raise NotAllowed
        unit.conversations.get(conversation_id)
        unit.desk_work.change_thread(conversation_id, is_test=is_test)
        unit.talk_counts.set_test(conversation_id, is_test=is_test)
        action = "conversation_marked_test" if is_test else "conversation_unmarked_test"
        unit.people.add_audit(AuditEntry(now, agent_id, action, conversation_id))


def by_day(messages: Iterable[CountedMessage]) -> dict[tuple[str, date], DayCount]:
    """Return what these messages add, by conversation and local day."""
    found: dict[tuple[str, date], DayCount] = {}
    for one in messages:
        key = (one.conversation_id, local_day(one.at))
        count = found.setdefault(key, DayCount(hour=one.at.astimezone(LOCAL).hour))
        count.said += one.author == "applicant"
        count.agent_said += one.author == "agent"
    return found


def _count_signs(unit: UnitOfWork, now: datetime, limit: int) -> int:
    seen = unit.talk_counts.position(SIGNS)
    found = unit.talk_counts.signs(seen, before=now - LAG, limit=limit)
    if not found or not unit.talk_counts.advance(SIGNS, seen=seen, to=found[-1].id):
        return 0
    for one in found:
        day = local_day(one.at)
        if not unit.talk_counts.add_to_day(one.conversation_id, day, one.kind):
            # asked before midnight and answered after it
            unit.talk_counts.add_to_day(one.conversation_id, day - timedelta(days=1), one.kind)
    return len(found)
