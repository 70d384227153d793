"""The repository of the desk's list of tickets."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.engine import Connection

from bot.domain.case_rules import Colour
from bot.domain.ticket_clocks import ClockKind, Urgency
from bot.domain.ticket_lists import TicketFilter, TicketRow, colour_at
from bot.domain.tickets import DepartmentState, Role, TicketState
from bot.store.sealed_search import ids_where
from bot.store.tables.tickets import TICKET_DEPARTMENTS, TICKETS

C = TICKETS.c
D = TICKET_DEPARTMENTS.c
AT_ONCE = 500
"""Rows read together when a whole list is read."""


class TicketListRepository:
    """Lists on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def page(
        self, wanted: TicketFilter, now: datetime, *, offset: int, limit: int
    ) -> Sequence[TicketRow]:
        """Return one page, the most urgent first."""
        query = select(TICKETS).where(*self._conditions(wanted, now)).offset(offset).limit(limit)
        if wanted.is_open is False:
            query = query.order_by(C.closed_at.desc(), C.id.desc())
        else:
            query = query.order_by(C.due_at.asc().nulls_last(), C.id)
        rows = self._connection.execute(query).all()
        departments = self._departments([row.id for row in rows])
        return [_read(row, departments.get(row.id, ()), now) for row in rows]

    def counts(self, wanted: TicketFilter, now: datetime) -> Mapping[TicketState, int]:
        """Return how many tickets of each state the list has, whatever `wanted.state` is."""
        conditions = self._conditions(wanted, now, is_any_state=True)
        query = select(C.state, func.count()).where(*conditions).group_by(C.state)
        return {TicketState(state): int(n) for state, n in self._connection.execute(query)}

    def count(self, wanted: TicketFilter, now: datetime) -> int:
        """Return how many tickets the list has."""
        query = select(func.count()).select_from(TICKETS).where(*self._conditions(wanted, now))
        return int(self._connection.execute(query).scalar_one())

    def rows(self, wanted: TicketFilter, now: datetime) -> Iterator[TicketRow]:
        """Yield the whole list, some hundred rows at a time."""
        offset = 0
        while True:
            rows = self.page(wanted, now, offset=offset, limit=AT_ONCE)
            yield from rows
            if len(rows) < AT_ONCE:
                return
            offset += AT_ONCE

    def _conditions(
        self, wanted: TicketFilter, now: datetime, *, is_any_state: bool = False
    ) -> list[Any]:
        found = _conditions(wanted, now, is_any_state=is_any_state)
        if not wanted.text:
            return found
        query = select(C.id, C.number, C.business_name, C.description).where(*found)
        return [*found, C.id.in_(ids_where(self._connection, query, _holds(wanted.text)))]

    def _departments(self, ids: Sequence[int]) -> Mapping[int, Sequence[Any]]:
        found: dict[int, list[Any]] = {}
        query = select(TICKET_DEPARTMENTS).where(D.ticket_id.in_(list(ids))).order_by(D.position)
        for row in self._connection.execute(query):
            found.setdefault(row.ticket_id, []).append(row)
        return found


def _conditions(wanted: TicketFilter, now: datetime, *, is_any_state: bool) -> list[Any]:
    found: list[Any] = []
    if wanted.is_open is not None:
        found.append(C.closed_at.is_(None) if wanted.is_open else C.closed_at.isnot(None))
    if wanted.department_ids is not None or wanted.needs_report:
        found.append(C.id.in_(_given_to(wanted)))
    if wanted.district_id is not None:
        found.append(C.district_id == wanted.district_id)
    if wanted.state is not None and not is_any_state:
        found.append(C.state == wanted.state.value)
    if wanted.colour is not None:
        found.append(_in_colour(wanted.colour, now))
    if wanted.level:
        found.append(C.escalation >= wanted.level)
    return found


def _given_to(wanted: TicketFilter) -> Any:
    query = select(D.ticket_id)
    if wanted.department_ids is not None:
        query = query.where(D.department_id.in_(list(wanted.department_ids)), D.proposed.is_(False))
    if wanted.needs_report:
        query = query.where(D.proposed.is_(False), D.state == DepartmentState.GIVEN.value)
    return query


def _in_colour(colour: Colour, now: datetime) -> Any:
    if colour is Colour.GREY:
        return C.due_at.is_(None)
    if colour is Colour.RED:
        return C.due_at < now
    is_yellow = C.yellow_at <= now
    return and_(
        C.due_at >= now,
        is_yellow if colour is Colour.YELLOW else or_(C.yellow_at.is_(None), C.yellow_at > now),
    )


def _holds(text: str) -> Callable[[Any], bool]:
    tail = text.upper()
    return lambda row: (
        row.number.endswith(tail) or text in row.business_name or text in row.description
    )


def _read(row: Any, departments: Sequence[Any], now: datetime) -> TicketRow:
    leading = [one.department_id for one in departments if one.role == Role.LEADING.value]
    return TicketRow(
        number=row.number,
        business_name=row.business_name,
        description=row.description,
        district_id=row.district_id,
        urgency=Urgency(row.urgency),
        state=TicketState(row.state),
        leading_id=leading[0] if leading else None,
        assisting_ids=tuple(
            one.department_id for one in departments if one.role != Role.LEADING.value
        ),
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        due_at=row.due_at,
        due_kind=ClockKind(row.due_kind) if row.due_kind else None,
        is_provisional=bool(row.due_provisional),
        colour=colour_at(now, row.yellow_at, row.due_at),
        escalation=row.escalation,
        is_demo=row.is_demo,
    )
