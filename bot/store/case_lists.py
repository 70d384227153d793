"""The repository of lists: the desk's list of cases, and the cases of one applicant."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.engine import Connection

from bot.domain.case_rules import Colour, colour_on
from bot.domain.case_watch import CaseFilter, CaseRow
from bot.domain.cases import CaseSource, CaseState
from bot.services.operating.numbers import CASE_NUMBER_DIGITS
from bot.store.tables.casework import CASE_URGES, CASES

C = CASES.c
AT_ONCE = 1000
"""Rows fetched together when a whole list is read."""


class CaseListRepository:
    """Lists on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def page(
        self, wanted: CaseFilter, today: date, *, offset: int, limit: int
    ) -> Sequence[CaseRow]:
        """Return one page, the most urgent first."""
        query = _ordered(wanted, today).offset(offset).limit(limit)
        return [_read(row, today) for row in self._connection.execute(query)]

    def counts(self, wanted: CaseFilter, today: date) -> Mapping[CaseState, int]:
        """Return how many cases of each state the list has, whatever `wanted.state` is."""
        conditions = _conditions(wanted, today, is_any_state=True)
        query = select(C.state, func.count()).where(*conditions).group_by(C.state)
        return {CaseState(state): int(n) for state, n in self._connection.execute(query)}

    def rows(self, wanted: CaseFilter, today: date) -> Iterator[CaseRow]:
        """Yield the whole list without loading it at once."""
        query = _ordered(wanted, today).execution_options(stream_results=True)
        result = self._connection.execute(query)
        for rows in result.partitions(AT_ONCE):
            for row in rows:
                yield _read(row, today)

    def by_numbers(self, numbers: Sequence[str], today: date) -> Sequence[CaseRow]:
        """Return these cases, open ones first, the newest first."""
        query = (
            select(CASES, _is_urged().label("is_urged"))
            .where(C.number.in_(list(numbers)))
            .order_by(C.closed_at.isnot(None), C.opened_at.desc(), C.id.desc())
        )
        return [_read(row, today) for row in self._connection.execute(query)]

    def of_person(self, phone: str, credential: str) -> Sequence[str]:
        """Return numbers of the cases registered with both, newest first."""
        query = (
            select(C.number, C.credential)
            .where(C.phone_hash == phone)
            .order_by(C.opened_at.desc(), C.id.desc())
        )
        rows = self._connection.execute(query)
        return [row.number for row in rows if row.credential == credential]

    def credentials_of(self, phone: str) -> Sequence[str]:
        """Return the codes that stand beside a telephone, each once."""
        query = select(C.credential).where(C.phone_hash == phone)
        return list({row.credential: None for row in self._connection.execute(query)})


def _ordered(wanted: CaseFilter, today: date) -> Any:
    query = select(CASES, _is_urged().label("is_urged")).where(*_conditions(wanted, today))
    if wanted.is_open is False:
        return query.order_by(C.closed_at.desc(), C.id.desc())
    return query.order_by(C.due_on.asc().nulls_last(), C.id)


def _conditions(wanted: CaseFilter, today: date, *, is_any_state: bool = False) -> list[Any]:
    found: list[Any] = []
    if wanted.is_open is not None:
        found.append(C.closed_at.is_(None) if wanted.is_open else C.closed_at.isnot(None))
    if wanted.department_ids is not None:
        ids = list(wanted.department_ids)
        found.append(or_(C.department_id.in_(ids), C.holder_id.in_(ids)))
    if wanted.district_id is not None:
        found.append(C.district_id == wanted.district_id)
    if wanted.state is not None and not is_any_state:
        found.append(C.state == wanted.state.value)
    if wanted.colour is not None:
        found.append(_in_colour(wanted.colour, today))
    if wanted.is_urged:
        found.append(_is_urged())
    if wanted.is_escalated:
        found.append(C.escalation > 0)
    if wanted.text:
        found.append(_holds(wanted.text))
    return found


def _in_colour(colour: Colour, today: date) -> Any:
    if colour is Colour.GREY:
        return C.red_on.is_(None)
    if colour is Colour.RED:
        return C.red_on <= today
    is_yellow = C.yellow_on <= today
    return and_(C.red_on > today, is_yellow if colour is Colour.YELLOW else C.yellow_on > today)


def _holds(text: str) -> Any:
    if text.isdigit() and len(text) >= CASE_NUMBER_DIGITS:
        return C.number == text
    if text.isdigit():
        return C.number.endswith(text)
    pattern = {"autoescape": True}
    return or_(C.applicant_name.contains(text, **pattern), C.matter_name.contains(text, **pattern))


def _is_urged() -> Any:
    mine = and_(CASE_URGES.c.case_id == C.id, CASE_URGES.c.replied_at.is_(None))
    return select(CASE_URGES.c.case_id).where(mine).correlate(CASES).exists()


def _read(row: Any, today: date) -> CaseRow:
    return CaseRow(
        number=row.number,
        matter_name=row.matter_name,
        applicant_name=row.applicant_name,
        district_id=row.district_id,
        department_id=row.department_id,
        holder_id=row.holder_id or row.department_id,
        state=CaseState(row.state),
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        due_on=row.due_on,
        statutory_due_on=row.statutory_due_on,
        is_provisional=bool(row.due_provisional),
        colour=colour_on(today, row.yellow_on, row.red_on),
        escalation=row.escalation,
        is_urged=bool(row.is_urged),
        is_demo=row.is_demo,
        source=CaseSource(row.source),
        state_words=row.state_words,
    )
