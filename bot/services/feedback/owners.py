"""Who answers for a complaint or suggestion: named, reminded, and passed over when it is late."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.feedback import Feedback, FeedbackMoveRefused, FeedbackState
from bot.domain.feedback_answers import WAITING
from bot.domain.feedback_owners import NotAnOwner, OwnerEvent, OwnerStep
from bot.domain.people import DEPARTMENT_ROLES, Agent, AuditEntry
from bot.domain.permissions import Permission
from bot.planner.calendar import WorkingCalendar
from bot.services.feedback.desk import SOON, FeedbackOffice, seen_by
from bot.services.ports import OpenUnitOfWork
from bot.services.times.local_time import local_day


def can_answer_for(agent: Agent, feedback: Feedback) -> bool:
    """Tell whether somebody can be named: of its department, else of those who see them all."""
    if not agent.is_active or not agent.may(Permission.WORK_ON_FEEDBACK):
        return False
    department = feedback.target.department_id
    if department is None:
        return agent.role not in DEPARTMENT_ROLES
    return agent.role in DEPARTMENT_ROLES and agent.department_id == department


def candidates(office: FeedbackOffice, feedback: Feedback) -> Sequence[Agent]:
    """Return who can be named, nobody when it is answered."""
    if feedback.state not in WAITING:
        return ()
    with office.unit_of_work() as unit:
        return [one for one in unit.people.agents() if can_answer_for(one, feedback)]


def name_owner(office: FeedbackOffice, number: str, owner_id: int) -> None:
    """Name who answers for it; naming another one later passes it on.

    Raises:
        UnknownFeedback: No such number, or not for this person.
        UnknownAgent: No such account.
        NotAnOwner: That person does not work there.
        FeedbackMoveRefused: It has been answered.
    """
    with office.unit_of_work() as unit:
        feedback = seen_by(unit, office.agent, number)
        if feedback.state not in WAITING:
            raise FeedbackMoveRefused(feedback.state, FeedbackState.IN_PROGRESS)
        if not can_answer_for(unit.people.agent(owner_id), feedback):
            raise NotAnOwner
        event = OwnerEvent(OwnerStep.NAMED, owner_id, office.actor, office.now)
        unit.feedback_desk.set_owner(feedback.id, event)
        entry = AuditEntry(office.now, office.agent.id, "feedback_owner_named", number)
        unit.people.add_audit(entry)


def remind_owners(
    unit_of_work: OpenUnitOfWork, calendar: WorkingCalendar, *, now: datetime
) -> tuple[int, int]:
    """Remind who has to answer soon, and pass what is late on to the supervisors, each once.

    Returns:
        How many were reminded, and how many passed on.
    """
    today = local_day(now)
    soon = calendar.add_working_days(today, SOON).on
    with unit_of_work() as unit:
        due = unit.feedback_desk.owners_due(today, soon)
        done = [one.kind for one in due if unit.feedback_desk.note_owner(one, now)]
    return done.count(OwnerStep.REMINDED), done.count(OwnerStep.ESCALATED)
