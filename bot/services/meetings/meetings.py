"""Talks with business: announcing, signing up, asking, answering in public."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.catalogue import Catalogue
from bot.domain.meetings import (
    LONGEST_NAME,
    LONGEST_TEXT,
    AlreadySigned,
    BadQuestion,
    BadSignup,
    Meeting,
    MeetingAnswer,
    MeetingClosed,
    NewMeeting,
    QuestionGroup,
    Signup,
    TooMuchAtOnce,
    UnknownMeeting,
    check_meeting,
    check_words,
    is_mobile,
)
from bot.domain.people import Agent, AuditEntry, NotAllowed
from bot.domain.permissions import Permission
from bot.services.finding.alike import groups_of
from bot.services.ports import OpenUnitOfWork, UnitOfWork
from bot.services.privacy.hidden_names import hide_persons
from bot.services.tickets.routing import Router
from bot.services.times.local_time import local_day

SHOWN = 50
WINDOW = timedelta(hours=1)
MOST_AN_HOUR = 20
"""Sign-ups and questions from one place within the window."""

KEPT = timedelta(days=30)
"""So long after its last day the names and numbers of a talk are kept."""


@dataclass(frozen=True)
class MeetingDesk:
    """Somebody at the desk of talks, at one moment."""

    unit_of_work: OpenUnitOfWork
    agent: Agent
    now: datetime
    catalogue: Catalogue
    router: Router
    likeness: float


@dataclass(frozen=True)
class MeetingPage:
    """Everything about one talk, for staff."""

    meeting: Meeting
    signups: Sequence[Signup]
    groups: Sequence[QuestionGroup]
    answers: Sequence[MeetingAnswer]


def announce(desk: MeetingDesk, new: NewMeeting) -> int:
    """Announce a talk; everybody sees it at once. Returns its id.

    Raises:
        NotAllowed: This role holds no talks.
        BadMeeting: Title, text or dates will not do.
    """
    _check(desk)
    check_meeting(new, local_day(desk.now))
    with desk.unit_of_work() as unit:
        meeting_id = unit.meetings.add(new, agent_id=desk.agent.id, now=desk.now)
        _note(unit, desk, "talk_announced", meeting_id)
    return meeting_id


def cancel(desk: MeetingDesk, meeting_id: int, *, reason: str) -> None:
    """Say in public that a talk does not take place, and why.

    Raises:
        NotAllowed: This role holds no talks.
        BadQuestion: There is no reason.
        MeetingClosed: It was cancelled before.
        UnknownMeeting: No such talk.
    """
    _check(desk)
    kept = check_words(reason)
    with desk.unit_of_work() as unit:
        _get(unit, meeting_id)
        if not unit.meetings.cancel(meeting_id, kept):
            raise MeetingClosed
        _note(unit, desk, "talk_cancelled", meeting_id)


def read_meeting(desk: MeetingDesk, meeting_id: int) -> MeetingPage:
    """Return a talk with its questions, those about the same together.

    Raises:
        NotAllowed: This role holds no talks.
        UnknownMeeting: No such talk.
    """
    _check(desk)
    with desk.unit_of_work() as unit:
        meeting = _get(unit, meeting_id)
        signups = unit.meetings.signups(meeting_id)
        questions = unit.meetings.open_questions(meeting_id)
        answers = unit.meetings.answers(meeting_id)
    texts = [one.text for one in questions]
    found = groups_of(texts, desk.router, desk.likeness)
    groups = [[questions[at] for at in group] for group in found]
    ordered = sorted(groups, key=lambda group: -len(group))
    return MeetingPage(meeting, signups, [QuestionGroup(tuple(one)) for one in ordered], answers)


def answer(
    desk: MeetingDesk, meeting_id: int, ids: Sequence[int], *, question: str, text: str
) -> int:
    """Publish the answer to some questions, names and long numbers taken out.

    Returns:
        How many questions it answers.

    Raises:
        NotAllowed: This role holds no talks.
        BadQuestion: Words are missing or too long, or nothing that is open was chosen.
        UnknownMeeting: No such talk.
    """
    _check(desk)
    places = [division.name for division in desk.catalogue.districts.values()]
    asked, told = (
        hide_persons(check_words(words, LONGEST_TEXT), places) for words in (question, text)
    )
    with desk.unit_of_work() as unit:
        _get(unit, meeting_id)
        done = unit.meetings.answer(
            meeting_id, ids, question=asked, answer=told, agent_id=desk.agent.id, now=desk.now
        )
        if not done:
            raise BadQuestion
        _note(unit, desk, "talk_answered", meeting_id)
    return done


def sign_up(
    unit_of_work: OpenUnitOfWork,
    meeting_id: int,
    *,
    name: str,
    phone: str,
    client: str,
    now: datetime,
    conversation_id: str | None = None,
) -> None:
    """Put somebody on the list of who comes.

    Raises:
        BadSignup: A name or a mobile number is missing.
        AlreadySigned: The number is on the list.
        UnknownMeeting, MeetingClosed, TooMuchAtOnce: There is nothing to come to, or too much came.
    """
    digits = "".join(char for char in phone if char.isdigit())
    if not 1 <= len(name.strip()) <= LONGEST_NAME or not is_mobile(digits):
        raise BadSignup
    with unit_of_work() as unit:
        _open(unit, meeting_id, client, now)
        if not unit.meetings.sign_up(
            meeting_id, Signup(name.strip(), digits, now), conversation_id
        ):
            raise AlreadySigned


def ask(
    unit_of_work: OpenUnitOfWork,
    meeting_id: int,
    *,
    text: str,
    client: str,
    now: datetime,
    conversation_id: str | None = None,
    origin: str | None = None,
) -> None:
    """Write a question to a talk; nobody has to say who asks, and staff do not see it.

    Args:
        unit_of_work: Opens the transaction.
        meeting_id: Of the talk.
        text: The question.
        client: What the limit counts by.
        now: The time.
        conversation_id: Where the answer is to be told, None for nowhere.
        origin: The same again writes nothing.

    Raises:
        BadQuestion: Too short or too long.
        UnknownMeeting, MeetingClosed, TooMuchAtOnce: As in `sign_up`.
    """
    kept = check_words(text)
    with unit_of_work() as unit:
        _open(unit, meeting_id, client, now)
        unit.meetings.ask(meeting_id, kept, now, conversation_id=conversation_id, origin=origin)


def forget_signups(unit_of_work: OpenUnitOfWork, *, now: datetime) -> int:
    """Delete names and numbers of talks that closed more than `KEPT` ago; returns how many."""
    with unit_of_work() as unit:
        return unit.meetings.forget_signups(local_day(now - KEPT))


def _open(unit: UnitOfWork, meeting_id: int, client: str, now: datetime) -> None:
    if not _get(unit, meeting_id).is_open(local_day(now)):
        raise MeetingClosed
    subject = f"talk:{client}"
    if unit.failed_lookups.count(subject, now - WINDOW) >= MOST_AN_HOUR:
        raise TooMuchAtOnce
    unit.failed_lookups.note(subject, now, now - WINDOW)


def _get(unit: UnitOfWork, meeting_id: int) -> Meeting:
    meeting = unit.meetings.by_id(meeting_id)
    if meeting is None:
        raise UnknownMeeting(str(meeting_id))
    return meeting


def _check(desk: MeetingDesk) -> None:
    if not desk.agent.may(Permission.HOLD_TALKS):
        raise NotAllowed


def _note(unit: UnitOfWork, desk: MeetingDesk, action: str, meeting_id: int) -> None:
    unit.people.add_audit(AuditEntry(desk.now, desk.agent.id, action, str(meeting_id)))
