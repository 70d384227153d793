"""What reports count: conversations, take-overs, outcomes, and the line of a report."""

import enum
from dataclasses import dataclass
from datetime import date

from bot.domain.cases import CaseEvent
from bot.domain.errors import BotError

LONGEST_SPAN_DAYS = 366


class BadSpan(BotError):
    """The range of dates ends before it begins, or is longer than `LONGEST_SPAN_DAYS`."""


class Sign(enum.Enum):
    """Something that a turn says about itself beyond its text."""

    NOT_UNDERSTOOD = "not_understood"
    PERSON_ASKED = "person_asked"


class Dimension(enum.Enum):
    """By what a report groups."""

    DAY = "day"
    HOUR = "hour"
    DEPARTMENT = "department"
    AGENT = "agent"
    MATTER = "matter"
    CHANNEL = "channel"


class Work(enum.Enum):
    """What has a date to be kept."""

    CASE = "case"
    TICKET = "ticket"
    BOOKING = "booking"


@dataclass(frozen=True)
class Span:
    """A range of local days, both ends included."""

    first: date
    last: date

    def check(self) -> None:
        """Raise `BadSpan` unless the range can be counted."""
        if not 0 <= (self.last - self.first).days < LONGEST_SPAN_DAYS:
            raise BadSpan


@dataclass(frozen=True)
class Talks:
    """Conversations of one key; one that goes on for two days counts on both.

    Attributes:
        key: Of the dimension, as text; "" where it is not known.
        by_bot: Of them those in which nobody asked for a person and no person wrote.
        said: Messages of applicants.
        not_understood: Of them those that the bot did not understand.
    """

    key: str
    conversations: int
    by_bot: int
    said: int
    not_understood: int


@dataclass(frozen=True)
class Place:
    """Where something belongs in every dimension; "" or None where it does not."""

    day: date
    hour: int | None = None
    department_id: str | None = None
    agent_id: int | None = None
    matter_id: str | None = None
    channel: str | None = None

    def key(self, by: Dimension) -> str | None:
        """Return the key in a dimension; None leaves it out of a report by that dimension."""
        found = {
            Dimension.DAY: self.day.isoformat(),
            Dimension.HOUR: self.hour,
            Dimension.DEPARTMENT: self.department_id,
            Dimension.AGENT: self.agent_id,
            Dimension.MATTER: self.matter_id,
            Dimension.CHANNEL: self.channel,
        }[by]
        return None if found is None else str(found)


@dataclass(frozen=True)
class TakeOver:
    """One agent's part of a conversation.

    Attributes:
        waited_s: In the queue before the claim; None when it came from a colleague.
        answered_s: From its start to the agent's first words; None when there were none.
        handled_s: From its start to its end; None while it lasts.
        is_passed_on: It ended by giving it to a colleague or a department.
    """

    place: Place
    waited_s: float | None
    answered_s: float | None
    handled_s: float | None
    is_passed_on: bool


@dataclass(frozen=True)
class Kept:
    """Something that had a date: kept or not."""

    place: Place
    work: Work
    is_on_time: bool


@dataclass(frozen=True)
class ClosedCase:
    """A case that is over; whether it was in time is counted from its history.

    Attributes:
        working_days: The promised limit, else the statutory one.
        events: The whole history, oldest first.
    """

    place: Place
    working_days: int
    events: tuple[CaseEvent, ...]


@dataclass(frozen=True)
class Marked:
    """One quality mark: how many of the three questions were answered with yes."""

    place: Place
    good: int


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    part: int = 0
    whole: int = 0

    @property
    def ratio(self) -> float | None:
        """Return the share from 0 to 1, None of nothing."""
        return self.part / self.whole if self.whole else None


@dataclass(frozen=True)
class Line:
    """One line of a report; seconds everywhere, None where there is nothing to count."""

    key: str
    conversations: int
    by_bot: Share
    not_understood: Share
    take_overs: int
    waited_s: float | None
    waited_p90_s: float | None
    answered_s: float | None
    handled_s: float | None
    passed_on: int
    marks: Share
    cases: Share
    tickets: Share
    bookings: Share


@dataclass(frozen=True)
class Report:
    """A table: one line a key, and one over all."""

    span: Span
    by: Dimension
    lines: tuple[Line, ...]
    total: Line
