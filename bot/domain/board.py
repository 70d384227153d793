"""What a supervisor's board shows."""

import enum
from dataclasses import dataclass
from datetime import datetime


class Happening(enum.Enum):
    """What kind of thing has just happened."""

    HANDOVER = "handover"
    CASE = "case"
    TICKET = "ticket"
    BOOKING = "booking"


@dataclass(frozen=True)
class Event:
    """Something that has just happened.

    Attributes:
        subject: Conversation, or number of the case, whistle or booking.
        word: Step of a hand-over, or the new state.
        agent_id: Who did it at the desk, None for everybody else.
        to_agent_id: Who got it, None for nobody.
    """

    kind: Happening
    subject: str
    word: str
    at: datetime
    agent_id: int | None = None
    to_agent_id: int | None = None


@dataclass(frozen=True)
class Running:
    """A conversation that goes on now.

    Attributes:
        agent_id: Who holds it, None for the bot.
        since: Of the agent's: the claim; of the bot's: the newest line.
    """

    conversation_id: str
    channel: str
    agent_id: int | None
    since: datetime
    matter_id: str
    last_line: str
    is_test: bool


@dataclass(frozen=True)
class Queue:
    """Who waits; test conversations are not counted.

    Attributes:
        longest: The conversation that has waited longest, None when nobody waits.
        since: When it began to wait.
    """

    waiting: int
    longest: str | None
    since: datetime | None


@dataclass(frozen=True)
class Figures:
    """Numbers of the board; each stands for the list behind it."""

    cases_red: int
    cases_yellow: int
    tickets_red: int
    tickets_yellow: int
    tickets_unreported: int
    bookings_today: int
    bookings_missed: int
    bookings_to_move: int
    challenges_open: int
