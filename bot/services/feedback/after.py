"""After the answer to a complaint or suggestion: content, it is closed; not content, again once."""

from bot.domain.catalogue import Catalogue
from bot.domain.feedback import Feedback, FeedbackState
from bot.domain.reviews import TicketOutcome, Verdict
from bot.planner.calendar import WorkingCalendar
from bot.services.feedback.feedback import APPLICANT, step
from bot.services.ports import UnitOfWork
from bot.services.times.local_time import local_day

MOST_ROUNDS = 1
"""How often it is answered anew because the applicant is not content."""


def rated_as(feedback: Feedback) -> str:
    """Return what a review names: each answer can be rated once, the way before it too."""
    answers = _answers(feedback)
    return feedback.number if answers == 0 else f"{feedback.number}/{answers}"


def after_rating(
    uow: UnitOfWork,
    feedback: Feedback,
    verdict: Verdict,
    *,
    calendar: WorkingCalendar,
    catalogue: Catalogue,
) -> TicketOutcome | None:
    """Take an answered one on by what the applicant thinks of the answer, in its transaction.

    Answered anew it has the full time again.

    Returns:
        What became of it; None when nothing was answered, or it had been answered anew before:
        the bad review then has its own task.
    """
    now = verdict.at
    if feedback.state is not FeedbackState.ANSWERED:
        return None
    if not verdict.is_negative:
        step(uow, feedback, FeedbackState.CLOSED, actor=APPLICANT, reason="", now=now)
        return TicketOutcome.CLOSED
    if _answers(feedback) > MOST_ROUNDS:
        return None
    step(uow, feedback, FeedbackState.IN_PROGRESS, actor=APPLICANT, reason=verdict.comment, now=now)
    due = calendar.add_working_days(
        local_day(now), catalogue.service_rules.suggestions.working_days
    )
    uow.feedback_desk.renew(feedback.id, due_on=due.on, due_provisional=due.provisional)
    return TicketOutcome.REOPENED


def _answers(feedback: Feedback) -> int:
    return sum(event.to is FeedbackState.ANSWERED for event in feedback.events)
