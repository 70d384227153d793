"""What somebody at the desk answers for and has to see to now, wherever it lies."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.feedback import FeedbackState
from bot.domain.feedback_answers import FeedbackFilter
from bot.domain.people import Agent
from bot.domain.permissions import Permission
from bot.domain.reviews import Rectification, RectificationState
from bot.planner.calendar import WorkingCalendar
from bot.services.feedback.desk import SOON
from bot.services.ports import OpenUnitOfWork, UnitOfWork
from bot.services.times.local_time import local_day

MOST = 20
"""So many are told of; whoever has more sees to these first, and the lists hold the rest."""


class DutyKind(enum.Enum):
    """Where it lies."""

    FEEDBACK = "feedback"
    CHECK = "check"
    ESCALATED = "escalated"
    RECTIFICATION = "rectification"


@dataclass(frozen=True)
class Duty:
    """One thing that somebody is reminded of.

    Attributes:
        name: Number of the complaint or suggestion, or of the task.
        due_on: Local date until which the next step is to be done.
    """

    kind: DutyKind
    name: str
    due_on: date
    is_late: bool


def duties_of(
    reading: OpenUnitOfWork, calendar: WorkingCalendar, agent: Agent, *, now: datetime
) -> Sequence[Duty]:
    """Return what is late or has its day until the next working day, the most urgent first.

    Those who answer for it see it, and those who check answers what waits for them, and what
    has been passed on to them.
    """
    today = local_day(now)
    soon = calendar.add_working_days(today, SOON).on
    with reading() as unit:
        found = [
            *(_feedback(unit, agent, today) if agent.may(Permission.WORK_ON_FEEDBACK) else ()),
            *(_rectifications(unit, agent, today) if agent.may(Permission.READ_REVIEWS) else ()),
        ]
    due = [one for one in found if one.due_on <= soon]
    return sorted(due, key=lambda one: (one.due_on, one.name))[:MOST]


def _feedback(unit: UnitOfWork, agent: Agent, today: date) -> Sequence[Duty]:
    wanted = [(DutyKind.FEEDBACK, FeedbackFilter(owner_id=agent.id))]
    if agent.may(Permission.CHECK_ANSWERS):
        wanted.append((DutyKind.CHECK, FeedbackFilter(state=FeedbackState.CHECKING)))
        wanted.append((DutyKind.ESCALATED, FeedbackFilter(is_escalated=True)))
    found: dict[str, Duty] = {}
    for kind, only in wanted:
        for row in unit.feedback_desk.page(only, today, offset=0, limit=MOST):
            if kind is DutyKind.CHECK or row.state is not FeedbackState.CHECKING:
                duty = Duty(kind, row.number, row.due_on, row.due_on < today)
                found.setdefault(row.number, duty)
    return list(found.values())


def _rectifications(unit: UnitOfWork, agent: Agent, today: date) -> Sequence[Duty]:
    return [
        Duty(DutyKind.RECTIFICATION, str(task.id), _next_day(task), task.is_overdue(today))
        for task in unit.reviews.owned_rectifications(agent.id, MOST)
    ]


def _next_day(task: Rectification) -> date:
    """Return the day of the next step: the call back comes first."""
    return task.follow_up_due_on if task.state is RectificationState.OPEN else task.due_on
