"""Complaints and suggestions at the desk: give to a department, answer, check, send."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.catalogue import Catalogue
from bot.domain.conversations import Author, Button, Reply
from bot.domain.feedback import (
    FEEDBACK_KIND_LABELS,
    Feedback,
    FeedbackMoveRefused,
    FeedbackState,
)
from bot.domain.feedback_answers import (
    Answer,
    Decision,
    FeedbackFilter,
    FeedbackRow,
    Mark,
    NothingToCheck,
    OwnAnswer,
    RemarkMissing,
    check_answer,
)
from bot.domain.feedback_owners import OwnerEvent
from bot.domain.feedback_publications import Publication, PublicationEvent
from bot.domain.people import DEPARTMENT_ROLES, Agent, NotAllowed
from bot.domain.permissions import Permission
from bot.planner.calendar import WorkingCalendar
from bot.services.conversations.telling import tell
from bot.services.feedback.feedback import FeedbackChanged, UnknownFeedback, step
from bot.services.ports import OpenUnitOfWork, UnitOfWork
from bot.services.times.local_time import local_day

PAGE = 50
LONGEST_REMARK = 500
TAKEN = (FeedbackMoveRefused, FeedbackChanged, NothingToCheck)
"""Somebody else was faster."""

SOON = 1
"""Working days before the day of an answer on which the list reminds of it."""


@dataclass(frozen=True)
class FeedbackNews:
    """What the applicant reads, from `data/services/feedback_news.yml`."""

    answered: str
    answered_again: str
    adopted: str
    solved_title: str
    solved_payload: str
    unsolved_title: str
    unsolved_payload: str


@dataclass(frozen=True)
class FeedbackOffice:
    """Somebody at this desk, at one moment."""

    unit_of_work: OpenUnitOfWork
    agent: Agent
    now: datetime
    catalogue: Catalogue
    news: FeedbackNews
    calendar: WorkingCalendar

    @property
    def soon(self) -> date:
        """Return the last local day that counts as soon."""
        return self.calendar.add_working_days(self.today, SOON).on

    @property
    def actor(self) -> str:
        """Return how the history names this person."""
        return f"agent:{self.agent.id}"

    @property
    def today(self) -> date:
        """Return the local day."""
        return local_day(self.now)


@dataclass(frozen=True)
class FeedbackList:
    """One page of the list.

    Attributes:
        counts: How many of each state under the other filters.
        overdue: How many wait beyond their day, of all that this person sees.
        unchecked: How many answers wait for a check, likewise.
        due_soon: How many have to be answered within `SOON` working days, likewise.
        mine: How many wait for this person's answer.
        escalated: How many are late and were passed on to the supervisors, of all this person sees.
        page: From 0.
    """

    rows: Sequence[FeedbackRow]
    counts: Mapping[FeedbackState, int]
    overdue: int
    unchecked: int
    due_soon: int
    mine: int
    escalated: int
    page: int
    has_more: bool


@dataclass(frozen=True)
class FeedbackPage:
    """Everything about one.

    Attributes:
        answers: Oldest first.
        publication: What everybody may read of it, None while nothing was prepared.
        published: What became of its publications, oldest first.
        owners: Who was named to answer for it, reminded, passed over, oldest first.
        names: Display names of staff, by id.
    """

    feedback: Feedback
    answers: Sequence[Answer]
    publication: Publication | None
    published: Sequence[PublicationEvent]
    owners: Sequence[OwnerEvent]
    names: Mapping[int, str]

    @property
    def unchecked(self) -> Answer | None:
        """Return the answer that waits for its check, None without one."""
        return next((one for one in self.answers if one.decision is Decision.OPEN), None)


def list_feedback(office: FeedbackOffice, wanted: FeedbackFilter, page: int) -> FeedbackList:
    """Return a page of what this person sees: department staff the department's, others all."""
    wanted = narrowed(office.agent, wanted)
    every = narrowed(office.agent, FeedbackFilter())
    with office.unit_of_work() as uow:
        store = uow.feedback_desk
        rows = store.page(wanted, office.today, offset=page * PAGE, limit=PAGE + 1)
        return FeedbackList(
            rows=rows[:PAGE],
            counts=store.counts(wanted, office.today),
            overdue=store.count(replace(every, is_overdue=True), office.today),
            unchecked=store.count(replace(every, state=FeedbackState.CHECKING), office.today),
            due_soon=store.count(replace(every, due_until=office.soon), office.today),
            mine=store.count(replace(every, owner_id=office.agent.id), office.today),
            escalated=store.count(replace(every, is_escalated=True), office.today),
            page=page,
            has_more=len(rows) > PAGE,
        )


def read_feedback(office: FeedbackOffice, number: str) -> FeedbackPage:
    """Return one with its answers; raises `UnknownFeedback`, also when it is not for this eye."""
    with office.unit_of_work() as uow:
        feedback = seen_by(uow, office.agent, number)
        answers = uow.feedback_desk.answers(feedback.id)
        publication = uow.publications.of_feedback(feedback.id)
        published = uow.publications.events(feedback.id)
        owners = uow.feedback_desk.owner_events(feedback.id)
        people = {one.author_id for one in answers}
        people |= {one.checker_id for one in answers if one.checker_id is not None}
        people |= {
            int(event.actor.removeprefix("agent:"))
            for event in feedback.events
            if event.actor.startswith("agent:")
        }
        if publication is not None:
            people |= {publication.prepared_by, publication.decided_by or publication.prepared_by}
        people |= {one.agent_id for one in published} | {one.owner_id for one in owners}
        people |= {
            int(one.actor.removeprefix("agent:"))
            for one in owners
            if one.actor.startswith("agent:")
        }
        names = {one: uow.people.agent(one).name for one in people}
    return FeedbackPage(feedback, answers, publication, published, owners, names)


def give(office: FeedbackOffice, number: str, *, department_id: str) -> None:
    """Give it to a department; the applicant reads which one works on it.

    Raises:
        UnknownFeedback: No such number, or not for this person.
        UnknownDepartment: The catalogue does not have it.
        FeedbackMoveRefused: It has been answered, or an answer waits for its check.
        FeedbackChanged: Somebody else was faster.
    """
    department = office.catalogue.department(department_id)
    with office.unit_of_work() as uow:
        feedback = seen_by(uow, office.agent, number)
        uow.feedback_desk.give(feedback.id, department.id)
        reason = department.name
        to = FeedbackState.IN_PROGRESS
        step(uow, feedback, to, actor=office.actor, reason=reason, now=office.now, is_again=True)


def write(office: FeedbackOffice, number: str, *, text: str, change: str) -> None:
    """Write the answer; a supervisor checks it before it goes out.

    Args:
        office: Who writes.
        number: Of the complaint or suggestion.
        text: What the applicant will read.
        change: What was changed because of it, "" when it is not taken up.

    Raises:
        BadAnswer: Too short or too long.
        UnknownFeedback: No such number, or not for this person.
        FeedbackMoveRefused: It has been answered, or an answer waits for its check.
        FeedbackChanged: Somebody else was faster.
    """
    kept = check_answer(text)
    with office.unit_of_work() as uow:
        feedback = seen_by(uow, office.agent, number)
        to = FeedbackState.CHECKING
        step(uow, feedback, to, actor=office.actor, reason="", now=office.now)
        uow.feedback_desk.add_answer(
            feedback.id,
            text=kept,
            change=change.strip(),
            author_id=office.agent.id,
            now=office.now,
        )


def approve(office: FeedbackOffice, number: str, *, marks: frozenset[Mark]) -> str:
    """Let the answer that waits go out; the applicant reads it where the complaint was filed.

    Returns:
        The conversation in which it was said.

    Raises:
        NotAllowed: This role checks no answers.
        OwnAnswer: The same person wrote it.
        NothingToCheck: No answer waits.
        UnknownFeedback: No such number.
        FeedbackChanged: Somebody else was faster.
    """
    with office.unit_of_work() as uow:
        feedback, answer = _waiting(uow, office, number)
        _decide(uow, office, answer, Decision.APPROVED, remark="", marks=marks)
        to = FeedbackState.ANSWERED
        step(uow, feedback, to, actor=office.actor, reason=answer.text, now=office.now)
        tell(uow, feedback.conversation_id, _news(office.news, feedback, answer), office.now)
    return feedback.conversation_id


def send_back(office: FeedbackOffice, number: str, *, remark: str, marks: frozenset[Mark]) -> None:
    """Give the answer that waits back to its author with a remark; nothing goes out.

    Raises:
        RemarkMissing: Nobody would know what to do better.
        NotAllowed, OwnAnswer, NothingToCheck, UnknownFeedback, FeedbackChanged: As in `approve`.
    """
    if not remark.strip():
        raise RemarkMissing
    with office.unit_of_work() as uow:
        feedback, answer = _waiting(uow, office, number)
        kept = remark.strip()[:LONGEST_REMARK]
        _decide(uow, office, answer, Decision.RETURNED, remark=kept, marks=marks)
        to = FeedbackState.IN_PROGRESS
        step(uow, feedback, to, actor=office.actor, reason="", now=office.now)


def _waiting(uow: UnitOfWork, office: FeedbackOffice, number: str) -> tuple[Feedback, Answer]:
    if not office.agent.may(Permission.CHECK_ANSWERS):
        raise NotAllowed
    feedback = seen_by(uow, office.agent, number)
    answers = uow.feedback_desk.answers(feedback.id)
    waiting = next((one for one in answers if one.decision is Decision.OPEN), None)
    if waiting is None:
        raise NothingToCheck
    if waiting.author_id == office.agent.id:
        raise OwnAnswer
    return feedback, waiting


def _decide(
    uow: UnitOfWork,
    office: FeedbackOffice,
    answer: Answer,
    decision: Decision,
    *,
    remark: str,
    marks: frozenset[Mark],
) -> None:
    if not uow.feedback_desk.decide(
        answer.id,
        decision,
        checker_id=office.agent.id,
        remark=remark,
        marks=marks,
        now=office.now,
    ):
        raise NothingToCheck


def _news(news: FeedbackNews, feedback: Feedback, answer: Answer) -> Reply:
    change = news.adopted.format(change=answer.change) if answer.change else ""
    number = feedback.number
    is_again = any(event.to is FeedbackState.ANSWERED for event in feedback.events)
    words = news.answered_again if is_again else news.answered
    return Reply(
        text=words.format(
            kind=FEEDBACK_KIND_LABELS[feedback.kind],
            number=number,
            text=answer.text + change,
        ),
        buttons=(
            Button(news.solved_title, news.solved_payload.replace("{number}", number)),
            Button(news.unsolved_title, news.unsolved_payload.replace("{number}", number)),
        ),
        author=Author.SYSTEM,
    )


def seen_by(uow: UnitOfWork, agent: Agent, number: str) -> Feedback:
    """Return one that this person may see; raises `UnknownFeedback`."""
    feedback = uow.feedback.by_number(number)
    if feedback is None or not _sees(agent, feedback):
        raise UnknownFeedback(number)
    return feedback


def _sees(agent: Agent, feedback: Feedback) -> bool:
    if not agent.may(Permission.WORK_ON_FEEDBACK):
        return False
    if agent.role not in DEPARTMENT_ROLES:
        return True
    return feedback.target.department_id == agent.department_id is not None


def narrowed(agent: Agent, wanted: FeedbackFilter) -> FeedbackFilter:
    """Return a filter that shows what this person sees, and no more."""
    if agent.role not in DEPARTMENT_ROLES:
        return wanted
    # an officer without a department sees nothing; "" would be what nobody has
    return replace(wanted, department_id=agent.department_id or "-")


__all__ = [
    "FeedbackList",
    "FeedbackNews",
    "FeedbackOffice",
    "FeedbackPage",
    "UnknownFeedback",
    "approve",
    "give",
    "list_feedback",
    "read_feedback",
    "seen_by",
    "send_back",
    "write",
]
