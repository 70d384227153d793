"""What the register keeps beside a case: news to tell, urges to answer, rows of the desk's list."""

from dataclasses import dataclass, field
from datetime import date, datetime

from bot.domain.case_rules import Colour
from bot.domain.cases import CaseEvent, CaseSource, CaseState
from bot.domain.errors import BotError


@dataclass(frozen=True)
class Notice:
    """Something that happened to a case and that somebody has not been told of.

    Attributes:
        digest_at: Told with others at this moment; None when told alone.
    """

    id: int
    conversation_id: str
    case_number: str
    matter_name: str
    event: CaseEvent
    digest_at: datetime | None = None


class UnknownUrge(BotError):
    """The case has not been urged for this day."""


class UrgeAnswered(BotError):
    """Somebody else has answered it first."""


@dataclass(frozen=True)
class Urge:
    """An applicant hurries a department; there is one a case and working day.

    Attributes:
        on: The working day it counts for.
        reply_due_on: Last local day for the answer; None for urges from before there was one.
        conversation_id: Where the answer goes.
        escalation: Level to which it has gone without an answer; 0 for none.
    """

    case_number: str
    matter_name: str
    department_id: str
    on: date
    created_at: datetime
    conversation_id: str | None = None
    reply_due_on: date | None = None
    replied_at: datetime | None = None
    replied_by: str | None = None
    reply: str = ""
    escalation: int = 0


@dataclass(frozen=True)
class CaseFilter:
    """What the list at the desk shows; None and "" mean all.

    Attributes:
        department_ids: Cases that one of these leads or has now.
        is_open: Only open ones, or only closed ones.
        text: Part of number, applicant or matter.
    """

    department_ids: tuple[str, ...] | None = None
    district_id: str | None = None
    state: CaseState | None = None
    colour: Colour | None = None
    is_urged: bool = False
    is_escalated: bool = False
    is_open: bool | None = True
    text: str = ""


@dataclass(frozen=True)
class CaseRow:
    """One line of the list.

    Attributes:
        holder_id: Department that has it now.
        escalation: Level to which it has gone; 0 for none.
        is_urged: An urge waits for its answer.
        state_words: See `Case`.
    """

    number: str
    matter_name: str
    applicant_name: str = field(repr=False)
    district_id: str
    department_id: str
    holder_id: str
    state: CaseState
    opened_at: datetime
    closed_at: datetime | None
    due_on: date | None
    statutory_due_on: date | None
    is_provisional: bool
    colour: Colour
    escalation: int
    is_urged: bool
    is_demo: bool
    source: CaseSource = CaseSource.REGISTER
    state_words: str | None = None
