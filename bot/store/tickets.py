"""The repository of whistle tickets."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection

from bot.domain.tickets import (
    DueTime,
    NewTicket,
    Role,
    Ticket,
    TicketDepartment,
    TicketEvent,
    TicketEventKind,
    TicketState,
    Urgency,
)
from bot.store.tables.casework import TICKET_DEPARTMENTS, TICKET_EVENTS, TICKETS


class TicketRepository:
    """Tickets on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, ticket: NewTicket) -> int:
        """Write a new ticket with its departments; returns its id."""
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
            )
        )
        ticket_id = int(result.inserted_primary_key[0])
        self.set_departments(ticket_id, ticket.departments)
        return ticket_id

    def by_number(self, number: str) -> Ticket | None:
        """Return a ticket with departments and history, or None."""
        return next(iter(self._all(TICKETS.c.number == number)), None)

    def by_origin(self, origin: str) -> Ticket | None:
        """Return the ticket that this origin opened, or None."""
        return next(iter(self._all(TICKETS.c.origin == origin)), None)

    def of_conversation(self, conversation_id: str) -> Sequence[Ticket]:
        """Return the tickets opened in a conversation, newest first."""
        found = self._all(TICKETS.c.conversation_id == conversation_id)
        return sorted(found, key=lambda ticket: ticket.id, reverse=True)

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

    def append(self, ticket_id: int, event: TicketEvent) -> None:
        """Append to the history."""
        self._connection.execute(
            insert(TICKET_EVENTS).values(
                ticket_id=ticket_id,
                at=event.at,
                actor=event.actor,
                kind=event.kind.value,
                seen=event.seen.value if event.seen else None,
                to=event.to.value if event.to else None,
                reason=event.reason,
            )
        )

    def _all(self, condition: Any) -> list[Ticket]:
        rows = self._connection.execute(select(TICKETS).where(condition)).all()
        ids = [row.id for row in rows]
        departments = self._grouped(TICKET_DEPARTMENTS, TICKET_DEPARTMENTS.c.position, ids)
        events = self._grouped(TICKET_EVENTS, TICKET_EVENTS.c.id, ids)
        return [
            _read_ticket(
                row,
                tuple(map(_read_department, departments.get(row.id, ()))),
                tuple(map(_read_event, events.get(row.id, ()))),
            )
            for row in rows
        ]

    def _grouped(self, table: Any, order: Any, ids: Sequence[int]) -> dict[int, list[Any]]:
        grouped: dict[int, list[Any]] = {}
        rows = self._connection.execute(
            select(table).where(table.c.ticket_id.in_(ids)).order_by(order)
        )
        for row in rows:
            grouped.setdefault(row.ticket_id, []).append(row)
        return grouped


def _read_department(row: Any) -> TicketDepartment:
    return TicketDepartment(
        department_id=row.department_id,
        role=Role(row.role),
        proposed=row.proposed,
        reported_in_at=row.reported_in_at,
    )


def _read_event(row: Any) -> TicketEvent:
    return TicketEvent(
        at=row.at,
        actor=row.actor,
        kind=TicketEventKind(row.kind),
        seen=TicketState(row.seen) if row.seen else None,
        to=TicketState(row.to) if row.to else None,
        reason=row.reason,
    )


def _read_ticket(
    row: Any, departments: tuple[TicketDepartment, ...], events: tuple[TicketEvent, ...]
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
    )
