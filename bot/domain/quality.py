"""Quality marks: a supervisor reads a conversation that is over and answers three questions."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.errors import BotError

MAX_REMARK_LENGTH = 500
QUESTIONS = 3


class BadMark(BotError):
    """A remark is too long, or a no comes without a word about it."""


class NotOver(BotError):
    """No agent has ended this conversation yet: there is nothing to mark."""


@dataclass(frozen=True)
class NewMark:
    """What a supervisor found.

    Attributes:
        answers: The applicant's question was answered.
        names_basis: The answer names what it rests on.
        says_next: The applicant was told what comes next.
        remark: For the agent; needed where one of the three is a no.
    """

    answers: bool
    names_basis: bool
    says_next: bool
    remark: str

    @property
    def good(self) -> int:
        """Return how many of the three are a yes."""
        return sum((self.answers, self.names_basis, self.says_next))


@dataclass(frozen=True)
class QualityMark:
    """A mark as it is kept; marks are added and never changed."""

    id: int
    conversation_id: str
    agent_id: int
    by_id: int
    mark: NewMark
    at: datetime


@dataclass(frozen=True)
class Ended:
    """A conversation that an agent has ended: closed, or given back to the bot."""

    conversation_id: str
    agent_id: int
    channel: str
    matter_id: str
    first_line: str
    reason: str
    ended_at: datetime
    marks: int
    is_test: bool


def check_mark(mark: NewMark) -> NewMark:
    """Return a mark without blanks around its remark; raises `BadMark`."""
    remark = mark.remark.strip()
    if len(remark) > MAX_REMARK_LENGTH or (mark.good < QUESTIONS and not remark):
        raise BadMark
    return NewMark(mark.answers, mark.names_basis, mark.says_next, remark)
