"""The repository of whistle tickets."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, bindparam, delete, func, insert, literal, select, update
from sqlalchemy.engine import Connection

from bot.domain.ticket_clocks import ClockKind, DueTime, TicketClock, Urgency
from bot.domain.tickets import (
    UNTOLD_EVENTS,
    DepartmentState,
    NewTicket,
    Role,
    Ticket,
    TicketDepartment,
    TicketEvent,
    TicketEventKind,
    TicketState,
)
from bot.store.inserts import insert_if_absent
from bot.store.prepared import often
from bot.store.straight import rows_of
from bot.store.tables.tickets import (
    TICKET_CLOCKS,
    TICKET_DEPARTMENTS,
    TICKET_EVENTS,
    TICKET_FOLLOWERS,
    TICKET_NOTICES,
    TICKETS,
)
from bot.store.ticket_clocks import read_clock
from bot.store.types import UtcDateTime

F = TICKET_FOLLOWERS.c
# built once: whoever reads a ticket reads its parts
_DEPARTMENTS, _EVENTS, _CLOCKS = (
    select(table).where(table.c.ticket_id.in_(bindparam("tickets", expanding=True))).order_by(order)
    for table, order in (
        (TICKET_DEPARTMENTS, TICKET_DEPARTMENTS.c.position),
        (TICKET_EVENTS, TICKET_EVENTS.c.id),
        (TICKET_CLOCKS, TICKET_CLOCKS.c.id),
    )
)
# a ticket alone, which is what a turn reads
_PARTS = tuple(
    often(select(table).where(table.c.ticket_id == bindparam("ticket")).order_by(order))
    for table, order in (
        (TICKET_DEPARTMENTS, TICKET_DEPARTMENTS.c.position),
        (TICKET_EVENTS, TICKET_EVENTS.c.id),
        (TICKET_CLOCKS, TICKET_CLOCKS.c.id),
    )
)
_T = TICKETS.c
_BY_NUMBER = often(select(TICKETS).where(_T.number == bindparam("number")))
_BY_ORIGIN = often(select(TICKETS).where(_T.origin == bindparam("origin")))
_BY_EVENT_ORIGIN = often(
    select(TICKETS).where(
        _T.id.in_(
            select(TICKET_EVENTS.c.ticket_id).where(TICKET_EVENTS.c.origin == bindparam("origin"))
        )
    )
)
_OPEN_OF_BUSINESS = often(
    select(TICKETS)
    .where(_T.business_key == bindparam("business"), _T.closed_at.is_(None))
    .order_by(_T.id)
    .limit(bindparam("most"))
)
_FOLLOWED = often(
    select(_T.opened_at, _T.number)
    .join(TICKET_FOLLOWERS, F.ticket_id == _T.id)
    .where(F.conversation_id == bindparam("this"))
    .order_by(_T.id.desc())
)
OWN_ACTOR = "applicant"
"""Who has done something is not told that it has happened."""


class TicketRepository:
    """Tickets on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, ticket: NewTicket, business_key: str = "") -> int:
        """Write a new ticket with its departments; its conversation follows it."""
        result = self._connection.execute(
            insert(TICKETS).values(
                number=ticket.number,
                origin=ticket.origin,
                conversation_id=ticket.conversation_id,
                business_name=ticket.business_name,
                contact_phone=ticket.contact_phone,
                description=ticket.description,
                district_id=ticket.district_id,
                urgency=ticket.urgency.value,
                matter_id=ticket.matter_id,
                case_number=ticket.case_number,
                state=TicketState.NEW.value,
                report_in_due_at=ticket.report_in_due.at,
                report_in_provisional=ticket.report_in_due.provisional,
                answer_due_at=ticket.answer_due.at,
                answer_provisional=ticket.answer_due.provisional,
                opened_at=ticket.opened_at,
                is_demo=ticket.is_demo,
                business_key=business_key,
            )
        )
        ticket_id = int(result.inserted_primary_key[0])
        self.set_departments(ticket_id, ticket.departments)
        self.follow(ticket_id, ticket.conversation_id, ticket.opened_at)
        return ticket_id

    def by_number(self, number: str) -> Ticket | None:
        """Return a ticket with departments and history, or None."""
        return next(iter(self._read(_BY_NUMBER, {"number": number})), None)

    def by_origin(self, origin: str) -> Ticket | None:
        """Return the ticket that this origin opened, or None."""
        return next(iter(self._read(_BY_ORIGIN, {"origin": origin})), None)

    def by_event_origin(self, origin: str) -> Ticket | None:
        """Return the ticket to whose history this origin has added, or None."""
        return next(iter(self._read(_BY_EVENT_ORIGIN, {"origin": origin})), None)

    def of_conversation(self, conversation_id: str) -> Sequence[Ticket]:
        """Return the tickets that a conversation follows, newest first."""
        mine = select(F.ticket_id).where(F.conversation_id == conversation_id)
        found = self._all(TICKETS.c.id.in_(mine))
        return sorted(found, key=lambda ticket: ticket.id, reverse=True)

    def followed_by(self, conversation_id: str) -> Sequence[tuple[datetime, str]]:
        """Return when the tickets that a conversation follows were opened, and their numbers."""
        rows = rows_of(self._connection, _FOLLOWED, {"this": conversation_id})
        return [(row.opened_at, row.number) for row in rows]

    def followed_id(self, number: str, conversation_id: str) -> int | None:
        """Return the id of a ticket that a conversation follows, None for any other."""
        query = (
            select(TICKETS.c.id)
            .join(TICKET_FOLLOWERS, F.ticket_id == TICKETS.c.id)
            .where(TICKETS.c.number == number, F.conversation_id == conversation_id)
        )
        found: int | None = self._connection.execute(query).scalar()
        return found

    def open_of_business(self, business_key: str, limit: int) -> Sequence[Ticket]:
        """Return open tickets of one business, the oldest first."""
        return self._read(_OPEN_OF_BUSINESS, {"business": business_key, "most": limit})

    def in_states(self, states: Sequence[TicketState]) -> Sequence[Ticket]:
        """Return the tickets in one of the states, the earliest answer due first."""
        found = self._all(TICKETS.c.state.in_([state.value for state in states]))
        return sorted(found, key=lambda ticket: (ticket.answer_due.at, ticket.id))

    def move(self, ticket_id: int, seen: TicketState, to: TicketState) -> bool:
        """Set the state if it still is `seen`; tells whether it was."""
        result = self._connection.execute(
            update(TICKETS)
            .where(TICKETS.c.id == ticket_id, TICKETS.c.state == seen.value)
            .values(state=to.value)
        )
        return bool(result.rowcount == 1)

    def set_departments(self, ticket_id: int, departments: Sequence[TicketDepartment]) -> None:
        """Replace the departments."""
        table = TICKET_DEPARTMENTS
        self._connection.execute(delete(table).where(table.c.ticket_id == ticket_id))
        rows = [
            {
                "ticket_id": ticket_id,
                "department_id": department.department_id,
                "role": department.role.value,
                "proposed": department.proposed,
                "reported_in_at": department.reported_in_at,
                "position": position,
                "state": department.state.value,
            }
            for position, department in enumerate(departments)
        ]
        if rows:
            self._connection.execute(insert(table), rows)

    def set_due(self, ticket_id: int, report_in: DueTime | None, answer: DueTime | None) -> None:
        """Replace the due times that are given."""
        values: dict[str, object] = {}
        if report_in:
            values["report_in_due_at"] = report_in.at
            values["report_in_provisional"] = report_in.provisional
        if answer:
            values["answer_due_at"] = answer.at
            values["answer_provisional"] = answer.provisional
        if values:
            self._connection.execute(
                update(TICKETS).where(TICKETS.c.id == ticket_id).values(**values)
            )

    def set_urgency(self, ticket_id: int, urgency: Urgency) -> None:
        """Replace the urgency."""
        self._set(ticket_id, urgency=urgency.value)

    def set_round(self, ticket_id: int, number: int) -> None:
        """Write down how often the business had it reopened."""
        self._set(ticket_id, round=number)

    def append(self, ticket_id: int, event: TicketEvent, origin: str | None = None) -> int:
        """Append to the history, with what follows from it; returns the entry's id."""
        result = self._connection.execute(
            insert(TICKET_EVENTS).values(**event_values(ticket_id, event), origin=origin)
        )
        event_id = int(result.inserted_primary_key[0])
        if event.kind not in UNTOLD_EVENTS and event.actor != OWN_ACTOR:
            self._tell_followers(ticket_id, event_id, event.at)
        if event.to is TicketState.CLOSED:
            self._set(ticket_id, closed_at=event.at)
        return event_id

    def append_all(self, entries: Sequence[tuple[int, TicketEvent]]) -> None:
        """Append many entries to tickets that this transaction holds; as `append`.

        The tickets are held, so whatever is newer than before in their history is ours.
        """
        table = TICKET_EVENTS.c
        before = self._connection.execute(select(func.max(table.id))).scalar_one() or 0
        rows = [event_values(ticket_id, event) for ticket_id, event in entries]
        self._connection.execute(insert(TICKET_EVENTS), rows)
        internal = [kind.value for kind in UNTOLD_EVENTS]
        told = (
            select(table.ticket_id, F.conversation_id, table.id, table.at)
            .join(TICKET_FOLLOWERS, F.ticket_id == table.ticket_id)
            .where(
                table.id > before,
                table.ticket_id.in_({ticket_id for ticket_id, _ in entries}),
                table.kind.notin_(internal),
                table.actor != OWN_ACTOR,
            )
            .order_by(table.id)
        )
        columns = ["ticket_id", "conversation_id", "event_id", "created_at"]
        self._connection.execute(insert(TICKET_NOTICES).from_select(columns, told))

    def follow(self, ticket_id: int, conversation_id: str, now: datetime) -> None:
        """Let a conversation follow the ticket; twice is once."""
        row = {"ticket_id": ticket_id, "conversation_id": conversation_id, "since": now}
        insert_if_absent(self._connection, TICKET_FOLLOWERS, row)

    def is_followed(self, ticket_id: int, conversation_id: str) -> bool:
        """Tell whether the conversation follows the ticket."""
        query = select(F.ticket_id).where(
            F.ticket_id == ticket_id, F.conversation_id == conversation_id
        )
        return self._connection.execute(query).first() is not None

    def _tell_followers(self, ticket_id: int, event_id: int, at: datetime) -> None:
        followers = select(
            F.ticket_id, F.conversation_id, literal(event_id, Integer), literal(at, UtcDateTime)
        ).where(F.ticket_id == ticket_id)
        columns = ["ticket_id", "conversation_id", "event_id", "created_at"]
        self._connection.execute(insert(TICKET_NOTICES).from_select(columns, followers))

    def _set(self, ticket_id: int, **values: object) -> None:
        self._connection.execute(update(TICKETS).where(TICKETS.c.id == ticket_id).values(**values))

    def _all(self, condition: Any) -> list[Ticket]:
        return self._whole(self._connection.execute(select(TICKETS).where(condition)).all())

    def _read(self, statement: Any, wanted: Mapping[str, Any]) -> list[Ticket]:
        return self._whole(rows_of(self._connection, statement, wanted))

    def _whole(self, rows: Sequence[Any]) -> list[Ticket]:
        if not rows:  # three queries that would find nothing
            return []
        ids = [row.id for row in rows]
        departments, events, clocks = self._parts(ids)
        return [
            _read_ticket(
                row,
                tuple(map(_read_department, departments.get(row.id, ()))),
                tuple(map(read_event, events.get(row.id, ()))),
                tuple(map(read_clock, clocks.get(row.id, ()))),
            )
            for row in rows
        ]

    def _parts(self, ids: Sequence[int]) -> list[dict[int, list[Any]]]:
        """Return departments, events and clocks, each by the id of its ticket."""
        if len(ids) == 1:
            return [
                {ids[0]: list(rows_of(self._connection, part, {"ticket": ids[0]}))}
                for part in _PARTS
            ]
        return [self._grouped(part, ids) for part in (_DEPARTMENTS, _EVENTS, _CLOCKS)]

    def _grouped(self, parts: Any, ids: Sequence[int]) -> dict[int, list[Any]]:
        grouped: dict[int, list[Any]] = {}
        for row in self._connection.execute(parts, {"tickets": list(ids)}):
            grouped.setdefault(row.ticket_id, []).append(row)
        return grouped


def _read_department(row: Any) -> TicketDepartment:
    return TicketDepartment(
        department_id=row.department_id,
        role=Role(row.role),
        proposed=row.proposed,
        reported_in_at=row.reported_in_at,
        state=DepartmentState(row.state),
    )


def event_values(ticket_id: int, event: TicketEvent) -> dict[str, object]:
    """Return the columns of a line of the history."""
    return {
        "ticket_id": ticket_id,
        "at": event.at,
        "actor": event.actor,
        "kind": event.kind.value,
        "seen": event.seen.value if event.seen else None,
        "to": event.to.value if event.to else None,
        "reason": event.reason,
        "department_id": event.department_id,
        "days": event.days,
        "clock": event.clock.value if event.clock else None,
    }


def read_event(row: Any) -> TicketEvent:
    """Return a line of the history."""
    return TicketEvent(
        at=row.at,
        actor=row.actor,
        kind=TicketEventKind(row.kind),
        seen=TicketState(row.seen) if row.seen else None,
        to=TicketState(row.to) if row.to else None,
        reason=row.reason,
        department_id=row.department_id,
        days=row.days,
        clock=ClockKind(row.clock) if row.clock else None,
    )


def _read_ticket(
    row: Any,
    departments: tuple[TicketDepartment, ...],
    events: tuple[TicketEvent, ...],
    clocks: tuple[TicketClock, ...],
) -> Ticket:
    return Ticket(
        id=row.id,
        number=row.number,
        origin=row.origin,
        conversation_id=row.conversation_id,
        business_name=row.business_name,
        contact_phone=row.contact_phone,
        description=row.description,
        district_id=row.district_id,
        urgency=Urgency(row.urgency),
        matter_id=row.matter_id,
        case_number=row.case_number,
        state=TicketState(row.state),
        report_in_due=DueTime(row.report_in_due_at, row.report_in_provisional),
        answer_due=DueTime(row.answer_due_at, row.answer_provisional),
        opened_at=row.opened_at,
        is_demo=row.is_demo,
        departments=departments,
        events=events,
        clocks=clocks,
        escalation=row.escalation,
        round=row.round,
    )
