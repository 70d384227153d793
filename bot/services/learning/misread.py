"""Keep what was not understood, for people to look at; forget it in time."""

from datetime import datetime, timedelta

from bot.domain.conversations import Turn, TurnOutcome
from bot.domain.learning import GuessPressed
from bot.services.learning.replays import TEST_CHANNEL
from bot.services.ports import OpenUnitOfWork, UnitOfWork
from bot.services.privacy.personal_names import without_told

KEPT_FOR = timedelta(days=180)
"""Texts are deleted after this, whether somebody has decided about them or not."""

LONGEST_TEXT = 500


def keep_lesson(unit: UnitOfWork, *, turn: Turn, outcome: TurnOutcome, now: datetime) -> None:
    """Write what there is to learn from a turn into its own transaction; never breaks it.

    Numbers and names that tell who somebody is are masked. Conversations of tests teach nothing.
    """
    message, lesson = turn.message, outcome.lesson
    if lesson is None:
        return
    if isinstance(lesson, GuessPressed):
        unit.misunderstood.note_pressed(message.conversation_id, lesson)
        return
    if unit.conversations.get(message.conversation_id).channel == TEST_CHANNEL:
        return
    unit.misunderstood.add(
        message_id=message.id,
        conversation_id=message.conversation_id,
        at=message.created_at,
        text=without_told(message.text)[:LONGEST_TEXT],
        misread=lesson,
        model=outcome.model,
        expires_at=now + KEPT_FOR,
    )


def forget_old(unit_of_work: OpenUnitOfWork, *, now: datetime) -> int:
    """Delete the texts whose time is over; returns how many."""
    with unit_of_work() as unit:
        return unit.misunderstood.forget(now)
