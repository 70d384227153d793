"""Publishing answers: without names, confirmed by a second person, withdrawn for a reason."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import median

from bot.domain.catalogue import Catalogue
from bot.domain.feedback import Feedback, FeedbackState
from bot.domain.feedback_answers import Decision
from bot.domain.feedback_publications import (
    SHORTEST,
    AnswerFigures,
    BadFollowUp,
    NotAnswered,
    OwnPublication,
    PublicAnswer,
    Publication,
    PublicationChanged,
    PublicationEvent,
    PublicationState,
    PublicationStep,
    PublicWords,
    WithdrawalReasonMissing,
    check_words,
)
from bot.domain.people import AuditEntry, NotAllowed
from bot.domain.permissions import Permission
from bot.services.feedback.desk import FeedbackOffice, FeedbackPage, seen_by
from bot.services.feedback.ports import Wait
from bot.services.ports import OpenUnitOfWork, UnitOfWork
from bot.services.privacy.hidden_names import hide_persons
from bot.services.times.local_time import local_day

ANSWERED = frozenset({FeedbackState.ANSWERED, FeedbackState.CLOSED})
FIGURES_OVER = timedelta(days=365)
A_WEEK = timedelta(days=7)
DAY_S = 24 * 60 * 60
LONGEST_REASON = 500
PAGE = 20


def can_publish(page: FeedbackPage) -> bool:
    """Tell whether there is an answer that could be published, without reading its words."""
    return page.feedback.state in ANSWERED and any(
        one.decision is Decision.APPROVED for one in page.answers
    )


def proposed(page: FeedbackPage, catalogue: Catalogue) -> PublicWords | None:
    """Return what could be published, names and numbers taken out; None without an answer.

    Loads the splitter that knows names: a second, when a process does it first.
    """
    sent = [one for one in page.answers if one.decision is Decision.APPROVED]
    if page.feedback.state not in ANSWERED or not sent:
        return None
    last = sent[-1]
    parts = (page.feedback.text, last.text, last.change)
    places = [division.name for division in catalogue.districts.values()]
    return PublicWords(*(hide_persons(part, places) for part in parts))


def prepare(
    office: FeedbackOffice, number: str, *, question: str, answer: str, change: str
) -> None:
    """Write what everybody may read; nothing is public yet.

    Raises:
        BadWords: Question or answer is missing or too long.
        NotAnswered: The applicant has no answer yet.
        PublicationChanged: It is public; it has to be withdrawn first.
        UnknownFeedback: No such number, or not for this person.
    """
    words = check_words(question, answer, change)
    with office.unit_of_work() as uow:
        feedback = _answered(uow, office, number)
        known = uow.publications.of_feedback(feedback.id)
        if known is not None and known.state is PublicationState.PUBLISHED:
            raise PublicationChanged
        uow.publications.prepare(feedback.id, words, agent_id=office.agent.id, now=office.now)


def publish(office: FeedbackOffice, number: str) -> None:
    """Put what was prepared before the public; by somebody else than who prepared it.

    Raises:
        NotAllowed: This role publishes nothing.
        OwnPublication: The same person prepared it.
        PublicationChanged: Nothing is prepared, or somebody was faster.
        NotAnswered, UnknownFeedback: As in `prepare`.
    """
    with office.unit_of_work() as uow:
        known = _known(uow, office, number)
        if known.state is not PublicationState.PREPARED:
            raise PublicationChanged
        if known.prepared_by == office.agent.id:
            raise OwnPublication
        _decide(uow, office, known, PublicationState.PUBLISHED)
        _append(uow, office, known, PublicationStep.PUBLISHED)
        _note(uow, office, "answer_published", number)


def withdraw(office: FeedbackOffice, number: str, *, reason: str) -> None:
    """Take it off the public page; what was public and why it went stays on record.

    Raises:
        WithdrawalReasonMissing: There is no reason.
        NotAllowed, PublicationChanged, NotAnswered, UnknownFeedback: As in `publish`.
    """
    if not reason.strip():
        raise WithdrawalReasonMissing
    with office.unit_of_work() as uow:
        known = _known(uow, office, number)
        if known.state is not PublicationState.PUBLISHED:
            raise PublicationChanged
        kept = reason.strip()[:LONGEST_REASON]
        _decide(uow, office, known, PublicationState.WITHDRAWN, reason=kept)
        _append(uow, office, known, PublicationStep.WITHDRAWN, kept)
        _note(uow, office, "answer_withdrawn", number)


def follow_up(office: FeedbackOffice, number: str, *, text: str) -> None:
    """Put beside a published answer what became of it; names and numbers are taken out.

    Raises:
        BadFollowUp: Nothing was written, or too much.
        NotAllowed, PublicationChanged, NotAnswered, UnknownFeedback: As in `publish`.
    """
    if not SHORTEST <= len(text.strip()) <= LONGEST_REASON:
        raise BadFollowUp
    places = [division.name for division in office.catalogue.districts.values()]
    kept = hide_persons(text.strip(), places)
    with office.unit_of_work() as uow:
        known = _known(uow, office, number)
        if known.state is not PublicationState.PUBLISHED:
            raise PublicationChanged
        _append(uow, office, known, PublicationStep.FOLLOWED_UP, kept)
        _note(uow, office, "answer_followed_up", number)


def published(
    unit_of_work: OpenUnitOfWork, *, page: int, text: str = "", is_adopted: bool = False
) -> tuple[Sequence[PublicAnswer], bool]:
    """Return a page of what is public, newest first, and whether more follows."""
    with unit_of_work() as uow:
        found = uow.publications.published(
            offset=page * PAGE, limit=PAGE + 1, text=text.strip(), is_adopted=is_adopted
        )
    return found[:PAGE], len(found) > PAGE


def figures(unit_of_work: OpenUnitOfWork, *, now: datetime) -> AnswerFigures:
    """Return how what came in during the last year was answered."""
    with unit_of_work() as uow:
        waits = uow.publications.waits(now - FIGURES_OVER, now)
    return count(waits, now)


def count(waits: Sequence[Wait], now: datetime) -> AnswerFigures:
    """Count the waits; whoever has the table of them gets the same figures."""
    done = [(one, one.answered_at) for one in waits if one.answered_at is not None]
    lengths = [answered_at - one.opened_at for one, answered_at in done]
    today = local_day(now)
    return AnswerFigures(
        received=len(waits),
        answered=len(done),
        on_time=sum(local_day(answered_at) <= one.due_on for one, answered_at in done),
        within_7_days=sum(length <= A_WEEK for length in lengths),
        median_days=median(one.total_seconds() / DAY_S for one in lengths) if lengths else None,
        overdue=sum(one.answered_at is None and one.due_on < today for one in waits),
    )


def _answered(uow: UnitOfWork, office: FeedbackOffice, number: str) -> Feedback:
    feedback = seen_by(uow, office.agent, number)
    if feedback.state not in ANSWERED:
        raise NotAnswered
    return feedback


def _known(uow: UnitOfWork, office: FeedbackOffice, number: str) -> Publication:
    if not office.agent.may(Permission.CHECK_ANSWERS):
        raise NotAllowed
    feedback = seen_by(uow, office.agent, number)
    known = uow.publications.of_feedback(feedback.id)
    if known is None:
        raise PublicationChanged
    return known


def _decide(
    uow: UnitOfWork,
    office: FeedbackOffice,
    known: Publication,
    to: PublicationState,
    *,
    reason: str = "",
) -> None:
    agent_id, now = office.agent.id, office.now
    if not uow.publications.decide(known, to, agent_id=agent_id, now=now, reason=reason):
        raise PublicationChanged


def _append(
    uow: UnitOfWork,
    office: FeedbackOffice,
    known: Publication,
    kind: PublicationStep,
    text: str = "",
) -> None:
    event = PublicationEvent(kind, known.words, text, office.agent.id, office.now)
    uow.publications.append(known.feedback_id, event)


def _note(uow: UnitOfWork, office: FeedbackOffice, action: str, number: str) -> None:
    uow.people.add_audit(AuditEntry(office.now, office.agent.id, action, number))
