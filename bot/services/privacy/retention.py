"""Takes persons out of what has been kept long enough: shown first, then done, each run noted."""

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.domain.audit import AuditEntry
from bot.domain.privacy import Erasure
from bot.domain.retention import RetentionClass, RetentionRules
from bot.services.operating.numbers import NumberKind, next_number
from bot.services.ports import OpenUnitOfWork, UnitOfWork

AT_ONCE = 100
"""Rows, or conversations, one transaction takes."""


def preview(
    unit_of_work: OpenUnitOfWork, rules: RetentionRules, now: datetime
) -> Mapping[RetentionClass, int]:
    """Count what a run would take persons out of now; changes nothing."""
    with unit_of_work() as unit:
        return {
            one: unit.retention.count(one, before)
            for one, rule in rules.items()
            if (before := rule.before(now)) is not None
        }


def run(
    unit_of_work: OpenUnitOfWork,
    rules: RetentionRules,
    now: datetime,
    forget: Callable[[str], None],
) -> Mapping[RetentionClass, int]:
    """Take persons out of everything that is over; two at once are harmless.

    Args:
        unit_of_work: Opens transactions, one for each batch.
        rules: How long each class is kept.
        now: Aware, UTC.
        forget: Deletes what Rasa remembers of a conversation.

    Returns:
        How many of each class; what was done is in the audit log too.
    """
    done: dict[RetentionClass, int] = {}
    for one, rule in rules.items():
        before = rule.before(now)
        if before is None:
            continue
        count, is_more = 0, True
        while is_more:
            if one is RetentionClass.CONVERSATION:
                some = _erase_some(unit_of_work, before, now, forget)
            else:
                with unit_of_work() as unit:
                    some = unit.retention.clear(one, before, AT_ONCE)
            count, is_more = count + some, some > 0
        done[one] = count
    _note(unit_of_work, done, now)
    return done


def _erase_some(
    unit_of_work: OpenUnitOfWork,
    before: datetime,
    now: datetime,
    forget: Callable[[str], None],
) -> int:
    with unit_of_work() as unit:
        found = unit.retention.conversations(before, AT_ONCE)
        for one in found:
            forget(one)  # first: what dies in between is found again at the next run
            _erase(unit, one, now)
        return len(found)


def _erase(unit: UnitOfWork, conversation_id: str, now: datetime) -> None:
    channel = unit.conversations.get(conversation_id).channel
    holdings = unit.erasures.holdings(conversation_id)
    number = next_number(unit, NumberKind.ERASURE, now)
    unit.links.forget(conversation_id)
    unit.erasures.erase(conversation_id, number)
    unit.erasures.add(Erasure(number=number, channel=channel, holdings=holdings, at=now))


def _note(unit_of_work: OpenUnitOfWork, done: Mapping[RetentionClass, int], now: datetime) -> None:
    told = ", ".join(f"{one.value} {count}" for one, count in done.items() if count)
    if told:
        with unit_of_work() as unit:
            entry = AuditEntry(at=now, agent_id=None, action="retention", subject="", detail=told)
            unit.audit.add(entry)
