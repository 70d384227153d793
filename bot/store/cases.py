"""The repository of cases: the case, its steps and its history."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import Integer, delete, insert, literal, select, update
from sqlalchemy.engine import Connection

from bot.domain.cases import (
    FOLLOWED_KINDS,
    Case,
    CaseEvent,
    CaseEventKind,
    CaseSource,
    CaseState,
    CaseStep,
    Limit,
    NewCase,
    is_final,
)
from bot.store.case_followers import CaseFollowers
from bot.store.tables.casework import (
    CASE_ACCESS,
    CASE_EVENTS,
    CASE_NOTICES,
    CASE_STEPS,
    CASES,
)
from bot.store.types import UtcDateTime

MOVED: Mapping[str, Any] = MappingProxyType({"clock_key": None, "escalate_on": None})
"""The stored due dates no longer hold; the clock counts them again."""

CLOSED: Mapping[str, Any] = MappingProxyType(
    {"clock_key": None, "escalate_on": None}
    | {"due_on": None, "statutory_due_on": None, "yellow_on": None, "red_on": None}
)


class CaseRepository(CaseFollowers):
    """Cases on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._connection = connection

    def add(self, case: NewCase) -> int:
        """Write a new case with its steps; returns its id."""
        result = self._connection.execute(insert(CASES).values(**case_values(case)))
        case_id = int(result.inserted_primary_key[0])
        self.set_steps(case_id, case.steps)
        return case_id

    def by_number(self, number: str) -> Case | None:
        """Return a case with steps and history, or None."""
        return self._one(CASES.c.number == number)

    def by_origin(self, origin: str) -> Case | None:
        """Return the case that this origin opened, or None."""
        return self._one(CASES.c.origin == origin)

    def event_by_origin(self, origin: str) -> CaseEvent | None:
        """Return the history entry that this origin wrote, or None."""
        row = self._connection.execute(
            select(CASE_EVENTS).where(CASE_EVENTS.c.origin == origin)
        ).one_or_none()
        return read_case_event(row) if row else None

    def move(self, case_id: int, seen: CaseState, to: CaseState) -> bool:
        """Set the state if it still is `seen`; tells whether it was."""
        result = self._connection.execute(
            update(CASES)
            .where(CASES.c.id == case_id, CASES.c.state == seen.value)
            .values(state=to.value)
        )
        return bool(result.rowcount == 1)

    def set_missing(self, case_id: int, missing: Sequence[str]) -> None:
        """Write down which papers the applicant has to hand in."""
        self._connection.execute(
            update(CASES).where(CASES.c.id == case_id).values(missing=list(missing))
        )

    def set_steps(self, case_id: int, steps: Sequence[CaseStep]) -> None:
        """Write down when the steps started and finished."""
        self._connection.execute(delete(CASE_STEPS).where(CASE_STEPS.c.case_id == case_id))
        rows = step_values(case_id, steps)
        if rows:
            self._connection.execute(insert(CASE_STEPS), rows)
        now = next((s for s in steps if s.started_at and not s.finished_at), None)
        holder = now.department_id if now else CASES.c.department_id
        self._connection.execute(
            update(CASES).where(CASES.c.id == case_id).values(holder_id=holder)
        )

    def append(self, case_id: int, event: CaseEvent, origin: str | None = None) -> int:
        """Append to the history, with what follows from it; returns the entry's id."""
        result = self._connection.execute(
            insert(CASE_EVENTS).values(**event_values(case_id, event), origin=origin)
        )
        event_id = int(result.inserted_primary_key[0])
        if event.kind in FOLLOWED_KINDS:
            self._tell_followers(case_id, event_id, event.at)
        if event.to is not None:
            closing = {**CLOSED, "closed_at": event.at} if is_final(event.to) else MOVED
            self._connection.execute(update(CASES).where(CASES.c.id == case_id).values(**closing))
        return event_id

    def _tell_followers(self, case_id: int, event_id: int, at: datetime) -> None:
        followers = select(
            CASE_ACCESS.c.case_id,
            CASE_ACCESS.c.conversation_id,
            literal(event_id, Integer),
            literal(at, UtcDateTime),
        ).where(CASE_ACCESS.c.case_id == case_id, CASE_ACCESS.c.followed_at.isnot(None))
        columns = ["case_id", "conversation_id", "event_id", "created_at"]
        self._connection.execute(insert(CASE_NOTICES).from_select(columns, followers))

    def _one(self, condition: Any) -> Case | None:
        row = self._connection.execute(select(CASES).where(condition)).one_or_none()
        if row is None:
            return None
        steps = self._connection.execute(
            select(CASE_STEPS).where(CASE_STEPS.c.case_id == row.id).order_by(CASE_STEPS.c.position)
        )
        events = self._connection.execute(
            select(CASE_EVENTS).where(CASE_EVENTS.c.case_id == row.id).order_by(CASE_EVENTS.c.id)
        )
        return _read_case(row, tuple(map(_read_step, steps)), tuple(map(read_case_event, events)))


def case_values(case: NewCase) -> dict[str, Any]:
    """Return the columns of a new case."""
    return {
        "number": case.number,
        "origin": case.origin,
        "matter_id": case.matter_id,
        "matter_name": case.matter_name,
        "applicant_name": case.applicant_name,
        "phone": case.phone,
        "phone_hash": case.phone,
        "credential": case.credential,
        "district_id": case.district_id,
        "department_id": case.department_id,
        "department_phone": case.department_phone,
        "state": CaseState.RECEIVED.value,
        "promised": asdict(case.promised) if case.promised else None,
        "statutory": asdict(case.statutory) if case.statutory else None,
        "missing": [],
        "opened_at": case.opened_at,
        "is_demo": case.is_demo,
        "source": case.source.value,
        "escalation": 0,
    }


def step_values(case_id: int, steps: Sequence[CaseStep]) -> list[dict[str, Any]]:
    """Return the columns of the steps of a case."""
    return [
        {
            "case_id": case_id,
            "position": position,
            "name": step.name,
            "state": step.state.value,
            "department_id": step.department_id,
            "started_at": step.started_at,
            "finished_at": step.finished_at,
        }
        for position, step in enumerate(steps)
    ]


def event_values(case_id: int, event: CaseEvent) -> dict[str, Any]:
    """Return the columns of an entry of the history."""
    return {
        "case_id": case_id,
        "at": event.at,
        "actor": event.actor,
        "kind": event.kind.value,
        "seen": event.seen.value if event.seen else None,
        "to": event.to.value if event.to else None,
        "reason": event.reason,
    }


def read_case_event(row: Any) -> CaseEvent:
    """Turn a row of `case_events` into the domain's entry."""
    return CaseEvent(
        at=row.at,
        actor=row.actor,
        kind=CaseEventKind(row.kind),
        seen=CaseState(row.seen) if row.seen else None,
        to=CaseState(row.to) if row.to else None,
        reason=row.reason,
    )


def _read_step(row: Any) -> CaseStep:
    return CaseStep(
        name=row.name,
        state=CaseState(row.state),
        department_id=row.department_id,
        started_at=row.started_at,
        finished_at=row.finished_at,
    )


def _read_case(row: Any, steps: tuple[CaseStep, ...], events: tuple[CaseEvent, ...]) -> Case:
    return Case(
        id=row.id,
        number=row.number,
        origin=row.origin,
        matter_id=row.matter_id,
        matter_name=row.matter_name,
        applicant_name=row.applicant_name,
        phone=row.phone,
        credential=row.credential,
        district_id=row.district_id,
        department_id=row.department_id,
        department_phone=row.department_phone,
        state=CaseState(row.state),
        promised=Limit(**row.promised) if row.promised else None,
        statutory=Limit(**row.statutory) if row.statutory else None,
        missing=tuple(row.missing),
        opened_at=row.opened_at,
        is_demo=row.is_demo,
        steps=steps,
        events=events,
        escalation=row.escalation,
        source=CaseSource(row.source),
        state_words=row.state_words,
    )
