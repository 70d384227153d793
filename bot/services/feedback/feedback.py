"""Complaints and suggestions: filing one, and the steps until it is answered and closed."""

from datetime import datetime

from bot.domain.catalogue import Catalogue
from bot.domain.errors import BotError
from bot.domain.feedback import (
    Feedback,
    FeedbackEvent,
    FeedbackKind,
    FeedbackState,
    FeedbackTarget,
    NewFeedback,
    check_feedback_move,
)
from bot.domain.identity import compact
from bot.planner.calendar import WorkingCalendar
from bot.services.operating.numbers import NumberKind, hold_numbers, next_number
from bot.services.ports import OpenUnitOfWork, UnitOfWork
from bot.services.times.local_time import local_day

__all__ = ["FeedbackChanged", "FeedbackKind", "UnknownFeedback", "file_feedback", "move_feedback"]

APPLICANT = "applicant"


class UnknownFeedback(BotError):
    """Staff asked for a complaint or suggestion that does not exist."""


class FeedbackChanged(BotError):
    """Somebody else moved it first; look at it again."""


def file_feedback(
    unit_of_work: OpenUnitOfWork,
    *,
    origin: str,
    conversation_id: str,
    kind: FeedbackKind,
    text: str,
    phone: str | None,
    now: datetime,
    calendar: WorkingCalendar,
    catalogue: Catalogue,
    target: FeedbackTarget | None = None,
) -> Feedback:
    """File a complaint or suggestion; the same origin again returns the first one.

    The working days until the answer stand in the catalogue's service rules, with their source.

    Args:
        unit_of_work: Opens the transaction.
        origin: Idempotency key.
        conversation_id: Where it was said; it may see it without proof.
        kind: Which of the two.
        text: In the applicant's words.
        phone: Digits of a telephone, or None: nobody has to leave one.
        now: Aware UTC.
        calendar: For the due day.
        catalogue: Knows the limit.
        target: What it is about, as far as known.

    Raises:
        UnknownMatter: The catalogue does not have the target's matter.
        UnknownDepartment: The catalogue does not have the target's department.
    """
    about = target or FeedbackTarget()
    if about.matter_id:
        catalogue.matter(about.matter_id)
    if about.department_id:
        catalogue.department(about.department_id)
    due = calendar.add_working_days(
        local_day(now), catalogue.service_rules.suggestions.working_days
    )
    number_kind = NumberKind[kind.name]
    with unit_of_work() as uow:
        hold_numbers(uow, number_kind, now)
        known = uow.feedback.by_origin(origin)
        if known:
            return known
        filed = NewFeedback(
            number=next_number(uow, number_kind, now),
            conversation_id=conversation_id,
            origin=origin,
            kind=kind,
            text=text,
            target=about,
            contact_phone=compact(phone) if phone else None,
            due_on=due.on,
            due_provisional=due.provisional,
            opened_at=now,
        )
        feedback_id = uow.feedback.add(filed)
        event = FeedbackEvent(now, APPLICANT, None, FeedbackState.RECEIVED)
        uow.feedback.append(feedback_id, event)
        return _get(uow, filed.number)


def move_feedback(
    unit_of_work: OpenUnitOfWork,
    *,
    number: str,
    to: FeedbackState,
    actor: str,
    reason: str,
    now: datetime,
) -> Feedback:
    """Move it; the applicant reads state and reason.

    Raises:
        UnknownFeedback: No such number.
        FeedbackMoveRefused: The table of transitions does not have this move.
        FeedbackChanged: Somebody else moved it at the same time.
    """
    with unit_of_work() as uow:
        step(uow, _get(uow, number), to, actor=actor, reason=reason, now=now)
        return _get(uow, number)


def step(
    uow: UnitOfWork,
    feedback: Feedback,
    to: FeedbackState,
    *,
    actor: str,
    reason: str,
    now: datetime,
    is_again: bool = False,
) -> None:
    """Move one in an open transaction; with `is_again` also to the state it is in.

    Raises:
        FeedbackMoveRefused: The table of transitions does not have this move.
        FeedbackChanged: Somebody else moved it at the same time.
    """
    if not (is_again and to is feedback.state):
        check_feedback_move(feedback.state, to)
    if not uow.feedback.move(feedback.id, feedback.state, to):
        raise FeedbackChanged(feedback.number)
    uow.feedback.append(feedback.id, FeedbackEvent(now, actor, feedback.state, to, reason))


def _get(uow: UnitOfWork, number: str) -> Feedback:
    feedback = uow.feedback.by_number(number)
    if feedback is None:
        raise UnknownFeedback(number)
    return feedback
