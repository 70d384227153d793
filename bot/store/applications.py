"""The repository of applications."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, insert, or_, select, update
from sqlalchemy.engine import Connection, Row

from bot.domain.applications import (
    Application,
    AppliedPaper,
    LaterPaper,
    NewApplication,
    PaperChoice,
    PaperRequest,
)
from bot.domain.cases import Case, CaseState, is_final
from bot.services.applications.ports import ApplicationFilter, Reminder
from bot.store.cases import CaseRepository
from bot.store.inserts import insert_if_absent
from bot.store.tables.applications import APPLICATIONS, LATER_PAPERS, PAPER_REQUESTS
from bot.store.tables.casework import CASES

OPEN_STATES = tuple(state.value for state in CaseState if not is_final(state))


class ApplicationRepository:
    """Applications on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._cases = CaseRepository(connection)

    def add(self, case_id: int, application: NewApplication) -> None:
        """Write an application beside its case; a second time changes nothing."""
        row = {
            "case_id": case_id,
            "form_id": application.form_id,
            "form_values": dict(application.values),
            "matter_ids": list(application.matter_ids),
            "papers": [_paper_row(paper) for paper in application.papers],
            "conversation_id": application.conversation_id,
            "consented_at": application.consented_at,
        }
        insert_if_absent(self._connection, APPLICATIONS, row)

    def by_case(self, case_id: int) -> Application | None:
        """Return an application with its notices and later papers, or None."""
        query = select(APPLICATIONS).where(APPLICATIONS.c.case_id == case_id)
        row = self._connection.execute(query).one_or_none()
        if row is None:
            return None
        requests = self._connection.execute(
            select(PAPER_REQUESTS)
            .where(PAPER_REQUESTS.c.case_id == case_id)
            .order_by(PAPER_REQUESTS.c.id)
        )
        later = self._later(LATER_PAPERS.c.case_id == case_id)
        read = _application(row)
        return replace(read, requests=tuple(map(_request, requests)), later=tuple(later))

    def find(self, wanted: ApplicationFilter, *, limit: int, offset: int) -> Sequence[Case]:
        """Return cases that were handed in here, the newest first."""
        query = (
            _matching(select(CASES.c.number), wanted)
            .order_by(CASES.c.id.desc())
            .limit(limit)
            .offset(offset)
        )
        if wanted.states:
            query = query.where(CASES.c.state.in_([state.value for state in wanted.states]))
        return self._load(query)

    def count_by_state(self, wanted: ApplicationFilter) -> Mapping[CaseState, int]:
        """Count by state, whatever states the filter names."""
        query = _matching(select(CASES.c.state, func.count().label("n")), wanted)
        rows = self._connection.execute(query.group_by(CASES.c.state))
        return {CaseState(row.state): row.n for row in rows}

    def of_conversation(self, conversation_id: str) -> Sequence[Case]:
        """Return the cases handed in from a conversation, newest first."""
        query = (
            select(CASES.c.number)
            .join(APPLICATIONS, APPLICATIONS.c.case_id == CASES.c.id)
            .where(APPLICATIONS.c.conversation_id == conversation_id)
            .order_by(CASES.c.id.desc())
        )
        return self._load(query)

    def add_request(self, case_id: int, request: PaperRequest) -> None:
        """Write a notice of missing papers."""
        self._connection.execute(
            insert(PAPER_REQUESTS).values(
                case_id=case_id,
                papers=list(request.papers),
                reason=request.reason,
                asked_at=request.asked_at,
                asked_by=request.asked_by,
                caused_by=request.caused_by,
                supplied=[],
            )
        )

    def supply(
        self, request_id: int, supplied: Sequence[str], answered_at: datetime | None
    ) -> None:
        """Write down what has come for a notice."""
        self._connection.execute(
            update(PAPER_REQUESTS)
            .where(PAPER_REQUESTS.c.id == request_id)
            .values(supplied=list(supplied), answered_at=answered_at)
        )

    def add_later(self, case_id: int, papers: Sequence[LaterPaper]) -> None:
        """Write down papers accepted as missing."""
        rows = [
            {
                "case_id": case_id,
                "name": paper.name,
                "due_on": paper.due_on,
                "is_provisional": paper.is_provisional,
                "reminded": "",
            }
            for paper in papers
        ]
        if rows:
            self._connection.execute(insert(LATER_PAPERS), rows)

    def offer_later(self, paper_ids: Sequence[int], now: datetime) -> None:
        """Write down that the applicant says they are there."""
        self._connection.execute(
            update(LATER_PAPERS)
            .where(LATER_PAPERS.c.id.in_(list(paper_ids)))
            .values(offered_at=now)
        )

    def receive_later(self, case_id: int, paper_id: int, now: datetime) -> bool:
        """Write down that the window has one; False when it had it before or there is none."""
        result = self._connection.execute(
            update(LATER_PAPERS)
            .where(
                LATER_PAPERS.c.id == paper_id,
                LATER_PAPERS.c.case_id == case_id,
                LATER_PAPERS.c.received_at.is_(None),
            )
            .values(received_at=now)
        )
        return bool(result.rowcount == 1)

    def overdue_later(self, today: date, department_ids: Sequence[str]) -> Sequence[LaterPaper]:
        """Return outstanding papers of open cases whose day is over, the longest first."""
        condition = (LATER_PAPERS.c.due_on < today) & LATER_PAPERS.c.received_at.is_(None)
        condition &= CASES.c.state.in_(OPEN_STATES)
        if department_ids:
            condition &= CASES.c.department_id.in_(list(department_ids))
        return self._later(condition)

    def reminders(self, today: date, until: date, limit: int) -> Sequence[Reminder]:
        """Return outstanding papers of open cases due up to a day, the earliest first.

        Those whose reminder for `today` has been sent are left out.
        """
        is_told = or_(
            LATER_PAPERS.c.reminded == "late",
            (LATER_PAPERS.c.reminded == "today") & (LATER_PAPERS.c.due_on >= today),
            (LATER_PAPERS.c.reminded == "soon") & (LATER_PAPERS.c.due_on > today),
        )
        rows = self._connection.execute(
            select(
                LATER_PAPERS, CASES.c.number, CASES.c.matter_name, APPLICATIONS.c.conversation_id
            )
            .join(CASES, CASES.c.id == LATER_PAPERS.c.case_id)
            .join(APPLICATIONS, APPLICATIONS.c.case_id == LATER_PAPERS.c.case_id)
            .where(
                LATER_PAPERS.c.received_at.is_(None),
                LATER_PAPERS.c.due_on <= until,
                ~is_told,
                CASES.c.state.in_(OPEN_STATES),
            )
            .order_by(LATER_PAPERS.c.due_on, LATER_PAPERS.c.id)
            .limit(limit)
        )
        return [
            Reminder(_later_paper(row), row.matter_name, row.conversation_id, row.reminded)
            for row in rows
        ]

    def claim_reminder(self, paper_id: int, seen: str, to: str) -> bool:
        """Mark a reminder as sent if the last one still is `seen`; tells whether it was."""
        result = self._connection.execute(
            update(LATER_PAPERS)
            .where(LATER_PAPERS.c.id == paper_id, LATER_PAPERS.c.reminded == seen)
            .values(reminded=to)
        )
        return bool(result.rowcount == 1)

    def _load(self, query: Any) -> list[Case]:
        numbers = [row.number for row in self._connection.execute(query)]
        found = (self._cases.by_number(number) for number in numbers)
        return [case for case in found if case is not None]

    def _later(self, condition: Any) -> list[LaterPaper]:
        rows = self._connection.execute(
            select(LATER_PAPERS, CASES.c.number)
            .join(CASES, CASES.c.id == LATER_PAPERS.c.case_id)
            .where(condition)
            .order_by(LATER_PAPERS.c.due_on, LATER_PAPERS.c.id)
        )
        return [_later_paper(row) for row in rows]


def _matching(query: Any, wanted: ApplicationFilter) -> Any:
    query = query.join(APPLICATIONS, APPLICATIONS.c.case_id == CASES.c.id)
    if wanted.district_id:
        query = query.where(CASES.c.district_id == wanted.district_id)
    if wanted.department_ids:
        query = query.where(CASES.c.department_id.in_(list(wanted.department_ids)))
    if wanted.number:
        query = query.where(CASES.c.number.contains(wanted.number, autoescape=True))
    return query


def _paper_row(paper: AppliedPaper) -> dict[str, Any]:
    return {
        "name": paper.name,
        "choice": paper.choice.value,
        "form": paper.form,
        "copies": paper.copies,
        "until": paper.until.isoformat() if paper.until else None,
        "is_provisional": paper.is_provisional,
    }


def _application(row: Row) -> Application:
    papers = tuple(
        AppliedPaper(
            name=one["name"],
            choice=PaperChoice(one["choice"]),
            form=one["form"],
            copies=one["copies"],
            until=date.fromisoformat(one["until"]) if one["until"] else None,
            is_provisional=one["is_provisional"],
        )
        for one in row.papers
    )
    return Application(
        case_id=row.case_id,
        form_id=row.form_id,
        values=row.form_values,
        matter_ids=tuple(row.matter_ids),
        papers=papers,
        conversation_id=row.conversation_id,
        consented_at=row.consented_at,
    )


def _request(row: Row) -> PaperRequest:
    return PaperRequest(
        id=row.id,
        papers=tuple(row.papers),
        reason=row.reason,
        asked_at=row.asked_at,
        asked_by=row.asked_by,
        caused_by=row.caused_by,
        supplied=tuple(row.supplied),
        answered_at=row.answered_at,
    )


def _later_paper(row: Row) -> LaterPaper:
    return LaterPaper(
        id=row.id,
        case_number=row.number,
        name=row.name,
        due_on=row.due_on,
        is_provisional=row.is_provisional,
        received_at=row.received_at,
        offered_at=row.offered_at,
    )
