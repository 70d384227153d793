"""What applications need from the store."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.domain.applications import Application, LaterPaper, NewApplication, PaperRequest
from bot.domain.cases import Case, CaseState


@dataclass(frozen=True)
class ApplicationFilter:
    """Which applications a list shows; None and empty mean all.

    Attributes:
        states: Case states.
        district_id: Where.
        department_ids: Departments that lead the case.
        number: Part of the case number.
    """

    states: tuple[CaseState, ...] = ()
    district_id: str | None = None
    department_ids: tuple[str, ...] = ()
    number: str = ""


@dataclass(frozen=True)
class Reminder:
    """A later paper whose applicant has to hear of it.

    Attributes:
        reminded: The last reminder that was sent, "" for none.
    """

    paper: LaterPaper
    matter_name: str
    conversation_id: str
    reminded: str


class ApplicationStore(Protocol):
    """Applications, notices of missing papers, papers that come later."""

    def add(self, case_id: int, application: NewApplication) -> None:
        """Write an application beside its case; a second time changes nothing."""

    def by_case(self, case_id: int) -> Application | None:
        """Return an application with its notices and later papers, or None."""

    def find(self, wanted: ApplicationFilter, *, limit: int, offset: int) -> Sequence[Case]:
        """Return cases that were handed in here, the newest first."""

    def count_by_state(self, wanted: ApplicationFilter) -> Mapping[CaseState, int]:
        """Count by state, whatever states the filter names."""

    def of_conversation(self, conversation_id: str) -> Sequence[Case]:
        """Return the cases handed in from a conversation, newest first."""

    def add_request(self, case_id: int, request: PaperRequest) -> None:
        """Write a notice of missing papers."""

    def supply(
        self, request_id: int, supplied: Sequence[str], answered_at: datetime | None
    ) -> None:
        """Write down what has come for a notice."""

    def add_later(self, case_id: int, papers: Sequence[LaterPaper]) -> None:
        """Write down papers accepted as missing."""

    def offer_later(self, paper_ids: Sequence[int], now: datetime) -> None:
        """Write down that the applicant says they are there."""

    def receive_later(self, case_id: int, paper_id: int, now: datetime) -> bool:
        """Write down that the window has one; False when it had it before or there is none."""

    def overdue_later(self, today: date, department_ids: Sequence[str]) -> Sequence[LaterPaper]:
        """Return outstanding papers of open cases whose day is over, the longest first."""

    def reminders(self, today: date, until: date, limit: int) -> Sequence[Reminder]:
        """Return outstanding papers of open cases due up to a day, the earliest first.

        Those whose reminder for `today` has been sent are left out.
        """

    def claim_reminder(self, paper_id: int, seen: str, to: str) -> bool:
        """Mark a reminder as sent if the last one still is `seen`; tells whether it was."""
