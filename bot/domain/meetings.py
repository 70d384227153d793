"""Talks with business (政企沟通): meetings and rounds of consultation, questions, answers."""

import enum
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.domain.errors import BotError

SHORTEST, LONGEST = 4, 500
LONGEST_TEXT = 3000
LONGEST_NAME = 60
_MOBILE = re.compile(r"1[3-9][0-9]{9}")


class MeetingKind(enum.Enum):
    """What it is."""

    MEETING = "meeting"
    CONSULTATION = "consultation"


@dataclass(frozen=True)
class NewMeeting:
    """What is announced.

    Attributes:
        starts_at: When people meet; None for a round of consultation in writing.
        closes_on: Local day until which people sign up and ask, included.
    """

    kind: MeetingKind
    title: str
    text: str
    place: str
    starts_at: datetime | None
    closes_on: date


@dataclass(frozen=True)
class Meeting:
    """It as it is stored; `cancelled` is why it does not take place, "" else."""

    id: int
    new: NewMeeting
    made_by: int
    made_at: datetime
    cancelled: str = ""

    def is_open(self, today: date) -> bool:
        """Tell whether people can sign up and ask on a local day."""
        return not self.cancelled and today <= self.new.closes_on


@dataclass(frozen=True)
class Signup:
    """Somebody who comes."""

    name: str = field(repr=False)
    phone: str = field(repr=False)
    at: datetime


@dataclass(frozen=True)
class MeetingQuestion:
    """What somebody asks; nobody knows who."""

    id: int
    text: str
    at: datetime


@dataclass(frozen=True)
class MeetingAnswer:
    """A published question with its answer."""

    question: str
    answer: str
    asked: int
    at: datetime


@dataclass(frozen=True)
class QuestionGroup:
    """Questions about the same, the one in the middle first."""

    questions: Sequence[MeetingQuestion]


class TalkStep(enum.Enum):
    """What somebody in the chat was asked for."""

    SIGN_UP = "sign_up"
    ASK = "ask"


@dataclass(frozen=True)
class PendingStep:
    """A question of the chat that is open.

    Attributes:
        answered_by: Id of the message that answered it, None while it is open.
    """

    meeting_id: int
    step: TalkStep
    at: datetime
    answered_by: int | None = None


class TalkNewsKind(enum.Enum):
    """What people are told of a talk."""

    ANNOUNCED = "announced"
    CANCELLED = "cancelled"
    ANSWERED = "answered"


@dataclass(frozen=True)
class TalkNews:
    """Something to be told in one conversation, once.

    Attributes:
        ref_id: The talk, or the answer when one was given.
        answer: What was published, None for other news.
    """

    kind: TalkNewsKind
    ref_id: int
    conversation_id: str = field(repr=False)
    meeting: Meeting
    answer: MeetingAnswer | None = None


TALK_SUBJECT = "talk-watch-"
TALK_NOTICE = TALK_SUBJECT + "1"
"""Version of the words to which somebody agrees who wants to hear of talks."""


class UnknownMeeting(BotError):
    """No such meeting."""


class MeetingClosed(BotError):
    """The day has passed, or it was cancelled."""


class BadMeeting(BotError):
    """Title or text is missing or too long, or the dates do not fit."""


class BadSignup(BotError):
    """A name or a mobile number is missing."""


class AlreadySigned(BotError):
    """This telephone number is on the list."""


class BadQuestion(BotError):
    """A question or an answer is too short or too long, or no question was chosen."""


class TooMuchAtOnce(BotError):
    """Very much came from one place within an hour."""


def is_mobile(digits: str) -> bool:
    """Tell whether digits are a mobile number of the mainland."""
    return _MOBILE.fullmatch(digits) is not None


def check_meeting(new: NewMeeting, today: date) -> NewMeeting:
    """Return what can be announced; raises `BadMeeting`."""
    if not SHORTEST <= len(new.title) <= LONGEST_NAME or len(new.text) > LONGEST_TEXT:
        raise BadMeeting
    if new.closes_on < today or len(new.text) < SHORTEST:
        raise BadMeeting
    if (new.kind is MeetingKind.MEETING) != (new.starts_at is not None):
        raise BadMeeting
    return new


def check_words(text: str, longest: int = LONGEST) -> str:
    """Return a question or an answer as it is kept; raises `BadQuestion`."""
    kept = text.strip()
    if not SHORTEST <= len(kept) <= longest:
        raise BadQuestion
    return kept
