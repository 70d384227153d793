"""What the register needs from the store beside the cases: clocks, news, urges, lists, imports."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.domain.case_rules import Stamp
from bot.domain.case_watch import CaseFilter, CaseRow, Notice, Urge
from bot.domain.cases import CaseEvent, CaseState, NewCase


@dataclass(frozen=True)
class DueCase:
    """A case whose next level is to be told."""

    id: int
    number: str
    due_on: date
    escalation: int


@dataclass(frozen=True)
class DueUrge:
    """An urge without an answer that has to be looked at."""

    case_id: int
    number: str
    on: date
    reply_due_on: date
    conversation_id: str | None
    escalation: int


class CaseClockStore(Protocol):
    """Stored due dates, and the sweep over them."""

    def set_stamp(self, case_id: int, stamp: Stamp) -> None:
        """Store the due dates."""

    def take_unstamped(self, limit: int) -> Sequence[str]:
        """Return numbers of cases that have moved since their dates were stored.

        They are locked until the transaction ends, and nobody else gets them meanwhile.
        """

    def forget_stamps(self, key: str, limit: int) -> int:
        """Let at most so many open cases be counted again whose dates have another key."""

    def to_escalate(self, today: date, limit: int) -> Sequence[DueCase]:
        """Return open cases whose next level is due on `today` or was before."""

    def escalate(self, case_id: int, level: int, escalate_on: date | None) -> bool:
        """Raise a case from the level below to `level`; False when somebody else has done it."""


class CaseNoticeStore(Protocol):
    """News that people have not been told of; written when a case moves."""

    def waiting(self, now: datetime, limit: int) -> Sequence[str]:
        """Return conversations with news that may be told now, the oldest news first."""

    def take(self, conversation_id: str) -> Sequence[Notice]:
        """Return all news of one conversation in order, locked until the transaction ends."""

    def mark_told(self, notice_ids: Sequence[int], now: datetime) -> None:
        """Write down that they were told."""

    def put_off(self, notice_ids: Sequence[int], until: datetime) -> None:
        """Keep them for the digest at `until`."""

    def told_cases(self, conversation_id: str, since: datetime) -> set[str]:
        """Return numbers of cases of which the conversation heard since then."""

    def add(self, case_id: int, conversation_id: str, event_id: int, now: datetime) -> None:
        """Let a conversation hear of one entry."""

    def cancel(self, case_id: int, conversation_id: str) -> None:
        """Drop what was not told yet."""


class CaseUrgeStore(Protocol):
    """Urges of applicants, and the answers of departments."""

    def add(
        self,
        case_id: int,
        *,
        department_id: str,
        on: date,
        conversation_id: str,
        reply_due_on: date,
        now: datetime,
        goes_up: bool = True,
    ) -> bool:
        """Note an urge, once a case and day; tells whether it was new.

        Without an answer it goes up by itself, unless `goes_up` is False.
        """

    def of_case(self, number: str) -> Sequence[Urge]:
        """Return the urges of a case, newest first."""

    def waiting(self, department_ids: Sequence[str] | None, limit: int) -> Sequence[Urge]:
        """Return urges without an answer, the earliest answer due first; None: all departments."""

    def reply(self, case_id: int, on: date, *, text: str, by: str, now: datetime) -> bool:
        """Write the answer unless there is one; tells whether it was written."""

    def to_escalate(self, today: date, limit: int) -> Sequence[DueUrge]:
        """Return urges without an answer that have to be looked at on `today`."""

    def look_again(self, urge: DueUrge, escalate_on: date | None) -> None:
        """Store when an urge is looked at again, None for never."""

    def escalate(self, urge: DueUrge, escalate_on: date | None) -> bool:
        """Raise an urge by a level; False when it was answered, or somebody else has raised it."""


class CaseListStore(Protocol):
    """Lists of cases: the desk's, and those of one applicant."""

    def page(
        self, wanted: CaseFilter, today: date, *, offset: int, limit: int
    ) -> Sequence[CaseRow]:
        """Return one page, the most urgent first."""

    def counts(self, wanted: CaseFilter, today: date) -> Mapping[CaseState, int]:
        """Return how many cases of each state the list has, whatever `wanted.state` is."""

    def rows(self, wanted: CaseFilter, today: date) -> Iterator[CaseRow]:
        """Yield the whole list without loading it at once."""

    def by_numbers(self, numbers: Sequence[str], today: date) -> Sequence[CaseRow]:
        """Return these cases, open ones first, the newest first."""

    def of_person(self, phone: str, credential: str) -> Sequence[str]:
        """Return numbers of the cases registered with both, newest first."""

    def credentials_of(self, phone: str) -> Sequence[str]:
        """Return the codes that stand beside a telephone, each once."""


@dataclass(frozen=True)
class ImportedCase:
    """One row of a file, ready to be written."""

    case: NewCase
    state: CaseState
    events: tuple[CaseEvent, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class ImportState:
    """How far the import of one file has come."""

    rows_done: int
    added: int
    moved: int
    unchanged: int
    failed: int
    finished_at: datetime | None


class CaseImportStore(Protocol):
    """Bulk writes, and how far each file has come."""

    def state(self, digest: str) -> ImportState | None:
        """Return how far the file with this SHA-256 has come, None for a new one.

        Locks its row until the transaction ends, so two imports of one file take turns.
        """

    def set_state(self, digest: str, state: ImportState, now: datetime) -> None:
        """Write down how far it has come."""

    def known(self, numbers: Sequence[str]) -> Mapping[str, CaseState]:
        """Return the states of those of these cases that exist."""

    def add_all(self, cases: Sequence[ImportedCase], stamps: Sequence[Stamp]) -> None:
        """Write many new cases at once, with steps and history."""
