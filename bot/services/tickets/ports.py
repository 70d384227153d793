"""What the whistle needs from the store."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.domain.attachments import Attachment
from bot.domain.errors import BotError
from bot.domain.ticket_clocks import ClockKind, ClockLevel, DueTime, TicketClock, Urgency
from bot.domain.ticket_lists import TicketFilter, TicketNotice, TicketRow
from bot.domain.tickets import NewTicket, Ticket, TicketDepartment, TicketEvent, TicketState


class TicketStore(Protocol):
    """Whistle tickets, their departments and history."""

    def add(self, ticket: NewTicket, business_key: str = "") -> int:
        """Write a new ticket with its departments; its conversation follows it."""

    def by_number(self, number: str) -> Ticket | None:
        """Return a ticket with departments, clocks and history, or None."""

    def by_origin(self, origin: str) -> Ticket | None:
        """Return the ticket that this origin opened, or None."""

    def by_event_origin(self, origin: str) -> Ticket | None:
        """Return the ticket to whose history this origin has added, or None."""

    def of_conversation(self, conversation_id: str) -> Sequence[Ticket]:
        """Return the tickets that a conversation follows, newest first."""

    def followed_by(self, conversation_id: str) -> Sequence[tuple[datetime, str]]:
        """Return when the tickets that a conversation follows were opened, and their numbers."""

    def followed_id(self, number: str, conversation_id: str) -> int | None:
        """Return the id of a ticket that a conversation follows, None for any other."""

    def open_of_business(self, business_key: str, limit: int) -> Sequence[Ticket]:
        """Return open tickets of one business, the oldest first."""

    def in_states(self, states: Sequence[TicketState]) -> Sequence[Ticket]:
        """Return the tickets in one of the states, the earliest answer due first."""

    def move(self, ticket_id: int, seen: TicketState, to: TicketState) -> bool:
        """Set the state if it still is `seen`; tells whether it was.

        Holds the ticket until the transaction ends.
        """

    def set_departments(self, ticket_id: int, departments: Sequence[TicketDepartment]) -> None:
        """Replace the departments."""

    def set_due(self, ticket_id: int, report_in: DueTime | None, answer: DueTime | None) -> None:
        """Replace the due times that are given."""

    def set_urgency(self, ticket_id: int, urgency: Urgency) -> None:
        """Replace the urgency."""

    def set_round(self, ticket_id: int, number: int) -> None:
        """Write down how often the business had it reopened."""

    def append(self, ticket_id: int, event: TicketEvent, origin: str | None = None) -> int:
        """Append to the history; returns the entry's id.

        Followers get news of what the business may read, and the end closes the ticket, in the
        same transaction.
        """

    def append_all(self, entries: Sequence[tuple[int, TicketEvent]]) -> None:
        """Append many entries to tickets that this transaction holds; as `append`."""

    def follow(self, ticket_id: int, conversation_id: str, now: datetime) -> None:
        """Let a conversation follow the ticket; twice is once."""

    def is_followed(self, ticket_id: int, conversation_id: str) -> bool:
        """Tell whether the conversation follows the ticket."""


class ClocksChanged(BotError):
    """A clock was raised by somebody else; the round is done again."""


@dataclass(frozen=True)
class DueClock:
    """A clock whose next level is due.

    Attributes:
        level: As it is before.
    """

    id: int
    ticket_id: int
    number: str
    kind: ClockKind
    department_id: str
    level: ClockLevel


class TicketClockStore(Protocol):
    """Stored clocks; what looks for work reads running clocks only."""

    def of_ticket(self, ticket_id: int) -> Sequence[TicketClock]:
        """Return the clocks of a ticket; whoever will replace them holds the ticket first."""

    def replace(
        self, ticket_id: int, clocks: Sequence[TicketClock], *, key: str, escalation: int
    ) -> None:
        """Replace the clocks of a ticket, and what the list shows of them."""

    def take_due(self, now: datetime, limit: int) -> Sequence[DueClock]:
        """Return clocks whose next level is due, the earliest first; they are held.

        Of two processes each gets clocks that the other does not have.
        """

    def fire(self, due: Sequence[DueClock], now: datetime) -> None:
        """Raise held clocks by one level; raises `ClocksChanged` unless all are as seen."""

    def stale(self, key: str, limit: int) -> Sequence[str]:
        """Return numbers of open tickets whose clocks were counted with another key."""

    def count_stale(self, key: str) -> int:
        """Return how many there are."""


class TicketListStore(Protocol):
    """The desk's list of tickets."""

    def page(
        self, wanted: TicketFilter, now: datetime, *, offset: int, limit: int
    ) -> Sequence[TicketRow]:
        """Return one page, the most urgent first."""

    def counts(self, wanted: TicketFilter, now: datetime) -> Mapping[TicketState, int]:
        """Return how many tickets of each state the list has, whatever `wanted.state` is."""

    def count(self, wanted: TicketFilter, now: datetime) -> int:
        """Return how many tickets the list has."""

    def rows(self, wanted: TicketFilter, now: datetime) -> Iterator[TicketRow]:
        """Yield the whole list."""


class TicketNoticeStore(Protocol):
    """News to be told."""

    def waiting(self, limit: int) -> Sequence[str]:
        """Return conversations with news, the oldest news first."""

    def take(self, conversation_id: str) -> Sequence[TicketNotice]:
        """Return all news of a conversation in order, held until the transaction ends."""

    def mark_told(self, notice_ids: Sequence[int], now: datetime) -> None:
        """Write down that they were told."""


class TicketFileStore(Protocol):
    """Files and secret links."""

    def add(self, ticket_id: int, file: Attachment, content: bytes) -> bool:
        """Keep a file; False when the ticket has the same content already."""

    def content(self, digest: str) -> bytes | None:
        """Return the content with this SHA-256, or None."""

    def of_ticket(self, ticket_id: int) -> Sequence[Attachment]:
        """Return the files of a ticket, the oldest first."""

    def add_link(self, ticket_id: int, token_hash: str, now: datetime) -> None:
        """Add a secret link; earlier ones stay good."""

    def number_by_link(self, token_hash: str) -> str | None:
        """Return the number of the ticket under a link, or None."""


@dataclass(frozen=True)
class SavedSettings:
    """One saving of the operator's rules.

    Attributes:
        content: JSON-able, in the shape of `data/services/deadlines.yml`.
    """

    id: int
    saved_at: datetime
    saved_by: str
    reason: str
    content: Mapping[str, Any]


class WhistleSettingsStore(Protocol):
    """What officials have saved."""

    def latest(self) -> SavedSettings | None:
        """Return what counts now, None before anything was saved."""

    def history(self, limit: int) -> Sequence[SavedSettings]:
        """Return what was saved, the latest first."""

    def add(self, saved: SavedSettings) -> None:
        """Write what is saved; its id is given by the table."""
