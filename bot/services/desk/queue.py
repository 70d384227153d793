"""The queue keeps moving: turns, the next when nobody answers, honest waits, what comes back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.conversations import Author, Conversation, Owner, Reply
from bot.domain.desk_waits import next_in_turn, waiting_minutes
from bot.domain.desk_work import HELP_DESK, Colleague, Pace, QueueRules, Thread
from bot.domain.handovers import DeskTexts, Step, Waiting
from bot.domain.people import HEARTBEAT_TIMEOUT
from bot.services.ports import OpenUnitOfWork, UnitOfWork

PACE_WINDOW = timedelta(days=14)
"""How far back the pace of the desk is taken from."""

QUEUE_LIMIT = 500
TOLD_AT_ONCE = 20
"""People who are told their wait in one round: each is a transaction, and others write too."""

TOLD_AGAIN_AFTER = timedelta(minutes=5)
"""A new wait is told at most so often, and only when it became longer or much shorter."""


@dataclass(frozen=True)
class Place:
    """Somebody in one department's queue.

    Attributes:
        position: 1 for the one who is next in this queue.
        minutes: The wait by `waiting_minutes`, None when nobody knows.
        is_staffed: Somebody who serves this queue is there.
    """

    waiting: Waiting
    thread: Thread
    position: int
    minutes: int | None
    is_staffed: bool


def places(unit: UnitOfWork, *, now: datetime) -> list[Place]:
    """Return the whole queue with the wait of each, longest waiting first."""
    waiting = unit.desk.waiting(now=now, limit=QUEUE_LIMIT)
    threads = unit.desk_work.threads([one.conversation.id for one in waiting])
    colleagues = unit.desk_work.colleagues(since=now - HEARTBEAT_TIMEOUT)
    pace = unit.desk_work.pace(since=now - PACE_WINDOW)
    found: list[Place] = []
    positions: dict[str, int] = {}
    for one in waiting:
        thread = threads.get(one.conversation.id, Thread(one.conversation.id))
        position = positions[thread.department_id] = positions.get(thread.department_id, 0) + 1
        found.append(_place(one, thread, position, colleagues, pace))
    return found


def tell_waiting(
    unit_of_work: OpenUnitOfWork,
    *,
    reading: OpenUnitOfWork | None = None,
    now: datetime,
    texts: DeskTexts,
) -> list[str]:
    """Tell applicants in the queue how long it takes, once and when that changes for the worse.

    Args:
        unit_of_work: Opens a transaction for each who is told.
        reading: Opens the one before them, which only reads; None for `unit_of_work`.
        now: Aware, UTC.
        texts: What is said.

    Returns:
        Conversations in which something was said.
    """
    told = []
    with (reading or unit_of_work)() as unit:
        found = places(unit, now=now)
    for place in [one for one in found if _is_news(one, now)][:TOLD_AT_ONCE]:
        conversation_id = place.waiting.conversation.id
        with unit_of_work() as unit:
            if unit.conversations.get(conversation_id).owner is not Owner.WAITING:
                continue
            is_first = unit.desk_work.tell(
                conversation_id, seen=place.thread.told_at, minutes=place.minutes, now=now
            )
            if not is_first:
                continue  # another hub was faster
            line = Reply(text=_wait_text(place, texts), author=Author.SYSTEM)
            unit.conversations.add_message(conversation_id, line, now=now)
        told.append(conversation_id)
    return told


def give_turns(
    unit_of_work: OpenUnitOfWork, *, reading: OpenUnitOfWork | None = None, now: datetime
) -> list[str]:
    """Make each waiting conversation somebody's turn where the department wants that.

    A turn that passed without an answer goes to the next. Two clocks at once are harmless: the
    row count of the offer decides.

    Args:
        unit_of_work: Opens a transaction for each turn that may change.
        reading: Opens the one before them, which only reads; None for `unit_of_work`.
        now: Aware, UTC.

    Returns:
        Conversations whose turn was given or taken away.
    """
    changed = []
    with (reading or unit_of_work)() as unit:
        waiting = unit.desk.waiting(now=now, limit=QUEUE_LIMIT)
        threads = unit.desk_work.threads([one.conversation.id for one in waiting])
        departments = {HELP_DESK, *(one.department_id for one in threads.values())}
        rules = {one: unit.desk_work.queue_rules(one) for one in departments}
        colleagues = unit.desk_work.colleagues(since=now - HEARTBEAT_TIMEOUT)
    for entry in waiting:
        thread = threads.get(entry.conversation.id, Thread(entry.conversation.id))
        if thread.offered_until is not None and thread.offered_until > now:
            continue
        chosen = _next(colleagues, entry.conversation, thread, rules[thread.department_id])
        if chosen is None and thread.offered_to is None:
            continue  # nothing to write
        with unit_of_work() as unit:
            if _give_turn(unit, entry.conversation, thread, rules[thread.department_id], now):
                changed.append(entry.conversation.id)
    return changed


def bring_back(unit_of_work: OpenUnitOfWork, *, now: datetime) -> list[str]:
    """Bring back what was put aside and is due; returns the conversations."""
    with unit_of_work() as unit:
        due = unit.desk_work.due_snoozes(now)
        for conversation_id, _ in due:
            unit.desk_work.change_thread(conversation_id, snoozed_until=None)
    return [conversation_id for conversation_id, _ in due]


def serving_queue(colleagues: Sequence[Colleague], department_id: str) -> list[Colleague]:
    """Return who takes from a department's queue."""
    return [one for one in colleagues if one.department_id == department_id]


def _place(
    waiting: Waiting,
    thread: Thread,
    position: int,
    colleagues: Sequence[Colleague],
    pace: Pace,
) -> Place:
    serving = serving_queue(colleagues, thread.department_id)
    return Place(
        waiting=waiting,
        thread=thread,
        position=position,
        minutes=waiting_minutes(position, serving, pace),
        is_staffed=any(one.is_present for one in serving),
    )


def _is_news(place: Place, now: datetime) -> bool:
    told_at, before = place.thread.told_at, place.thread.told_minutes
    if told_at is None:
        return True
    if now - told_at < TOLD_AGAIN_AFTER or place.minutes is None or before is None:
        return False
    # by now less should be left than was told; twice as much is news
    left = before - int((now - told_at) / timedelta(minutes=1))
    return place.minutes > max(left, 1) * 2


def _wait_text(place: Place, texts: DeskTexts) -> str:
    ahead = place.position - 1
    if not place.is_staffed:
        return texts.queued_nobody
    if place.minutes is None:
        return texts.queued_unknown.format(ahead=ahead)
    return texts.queued.format(ahead=ahead, minutes=place.minutes)


def _give_turn(
    unit: UnitOfWork,
    conversation: Conversation,
    thread: Thread,
    rules: QueueRules,
    now: datetime,
) -> bool:
    colleagues = unit.desk_work.colleagues(since=now - HEARTBEAT_TIMEOUT)
    chosen = _next(colleagues, conversation, thread, rules)
    if thread.offered_to is not None:
        unit.desk.note(conversation.id, thread.offered_to, Step.MISSED, now=now)
        unit.desk_work.change_thread(conversation.id, offered_to=None, offered_until=None)
    if chosen is None:
        return thread.offered_to is not None
    until = now + timedelta(seconds=rules.answer_within_s)
    if not unit.desk_work.offer(conversation.id, chosen.id, until=until, now=now):
        return False
    unit.desk.note(conversation.id, chosen.id, Step.OFFERED, now=now)
    return True


def _next(
    colleagues: Sequence[Colleague], conversation: Conversation, thread: Thread, rules: QueueRules
) -> Colleague | None:
    return next_in_turn(
        serving_queue(colleagues, thread.department_id),
        rules,
        wanted=wanted_skills(conversation.fields, conversation.handoff_reason),
        but_not=thread.offered_to,
    )


def wanted_skills(fields: Mapping[str, object], reason: str | None) -> frozenset[str]:
    """Return the words by which a conversation finds an agent with a skill: ids and answers."""
    words = {value for value in fields.values() if isinstance(value, str)}
    return frozenset(words | ({reason} if reason else set()))
