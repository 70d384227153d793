"""The repositories behind the supervisor's pages, as use cases see them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.domain.board import Event, Queue, Running
from bot.domain.challenges import Challenge, ChallengeState, NewChallenge
from bot.domain.quality import Ended, NewMark, QualityMark
from bot.domain.reports import ClosedCase, Dimension, Kept, Marked, Sign, Span, TakeOver, Talks


@dataclass(frozen=True)
class CountedMessage:
    """What counting has to know of a message."""

    id: int
    conversation_id: str
    author: str
    at: datetime


@dataclass(frozen=True)
class CountedSign:
    """A sign of a turn, to be counted."""

    id: int
    conversation_id: str
    kind: Sign
    at: datetime


@dataclass
class DayCount:
    """What came to one conversation on one local day since the last count."""

    hour: int
    said: int = 0
    agent_said: int = 0


class TalkCountStore(Protocol):
    """Conversations counted by day."""

    def add_sign(self, origin: str, conversation_id: str, kind: Sign, *, now: datetime) -> None:
        """Write a sign; the same origin again writes nothing."""

    def position(self, name: str) -> int:
        """Return up to which id a counter has counted."""

    def advance(self, name: str, *, seen: int, to: int) -> bool:
        """Move a counter on; False when another process did. Holds it until the end."""

    def messages(self, after: int, *, before: datetime, limit: int) -> Sequence[CountedMessage]:
        """Return messages after an id, by id, up to the first one that is not older."""

    def signs(self, after: int, *, before: datetime, limit: int) -> Sequence[CountedSign]:
        """Return signs after an id, by id, up to the first one that is not older."""

    def add_days(self, counts: Mapping[tuple[str, date], DayCount]) -> None:
        """Add what came, by conversation and local day."""

    def add_to_day(self, conversation_id: str, day: date, kind: Sign) -> bool:
        """Add one sign to a day; False when there is no such day."""

    def set_test(self, conversation_id: str, *, is_test: bool) -> None:
        """Take the days of a conversation out of the reports, or in again."""


class ReportStore(Protocol):
    """What reports read."""

    def talks(self, span: Span, by: Dimension | None) -> Sequence[Talks]:
        """Return the conversations by key; without a dimension one entry over all."""

    def take_overs(self, start: datetime, end: datetime) -> Sequence[TakeOver]:
        """Return what agents took over in [start, end)."""

    def marks(self, start: datetime, end: datetime) -> Sequence[Marked]:
        """Return the quality marks made in [start, end)."""

    def closed_cases(self, start: datetime, end: datetime) -> Sequence[ClosedCase]:
        """Return cases with a limit that were closed in [start, end), with their histories."""

    def kept(self, start: datetime, end: datetime) -> Sequence[Kept]:
        """Return tickets closed, and bookings that were due, in [start, end)."""


class QualityStore(Protocol):
    """Ended conversations and their marks."""

    def ended(self, *, since: datetime, agent_id: int | None, limit: int) -> Sequence[Ended]:
        """Return what was ended, the newest first."""

    def last_holder(self, conversation_id: str) -> int | None:
        """Return who ended it last, None when nobody did."""

    def add(
        self, conversation_id: str, *, agent_id: int, by_id: int, mark: NewMark, now: datetime
    ) -> None:
        """Write a mark."""

    def of_conversation(self, conversation_id: str) -> Sequence[QualityMark]:
        """Return the marks of one conversation, the oldest first."""

    def of_agent(self, agent_id: int, *, limit: int) -> Sequence[QualityMark]:
        """Return an agent's marks, the newest first."""


class ChallengeStore(Protocol):
    """Challenged answers."""

    def add(self, challenge: NewChallenge) -> int:
        """Write a challenge and return its id; the same origin again returns the first one."""

    def newest_open(self, conversation_id: str) -> Challenge | None:
        """Return the challenge of a conversation that nobody has answered yet."""

    def name(self, challenge_id: int, number: str, said: str) -> None:
        """Note the suggestion that belongs to a challenge, and its words."""

    def get(self, challenge_id: int) -> Challenge | None:
        """Return one, None when there is none."""

    def close(
        self, challenge_id: int, *, state: ChallengeState, reply: str, by: int, now: datetime
    ) -> bool:
        """Answer an open one; False when it is answered already."""

    def list(self, *, is_open: bool, limit: int) -> Sequence[Challenge]:
        """Return the open ones, oldest first, or the answered ones, newest first."""

    def count_open(self) -> int:
        """Return how many nobody has answered."""


class BoardStore(Protocol):
    """The supervisor's board."""

    def queue(self) -> Queue:
        """Return how many wait and who has waited longest."""

    def held(self) -> Sequence[Running]:
        """Return what agents hold, the longest first."""

    def with_bot(self, *, since: datetime, limit: int) -> Sequence[Running]:
        """Return conversations of the bot whose applicant wrote after `since`, newest first."""

    def happened(self, limit: int) -> Sequence[Event]:
        """Return what has just happened anywhere, the newest first."""
