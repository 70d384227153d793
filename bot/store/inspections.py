"""The repository of samples and findings."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import case, insert, select, update
from sqlalchemy.engine import Connection

from bot.domain.inspections import Finding, Sample, SampledCase, SampleWish
from bot.store.demo import is_counted
from bot.store.tables.casework import CASE_EVENTS, CASES
from bot.store.tables.inspections import FINDINGS, INSPECTION_CASES, INSPECTION_SAMPLES

OPEN, ANSWERED = "open", "answered"


class InspectionRepository:
    """Samples and findings on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def closed_ids(self, start: datetime, end: datetime) -> Sequence[int]:
        """Return the cases closed in [start, end), made-up ones left out, by id."""
        c = CASES.c
        query = select(c.id).where(c.closed_at >= start, c.closed_at < end, is_counted(c.is_demo))
        return list(self._connection.execute(query.order_by(c.id)).scalars())

    def add_sample(
        self,
        wish: SampleWish,
        case_ids: Sequence[int],
        *,
        population: int,
        agent_id: int,
        now: datetime,
    ) -> int:
        """Write a sample; returns its id."""
        values = {**vars(wish), "population": population, "made_by": agent_id, "made_at": now}
        made = self._connection.execute(insert(INSPECTION_SAMPLES).values(**values))
        sample_id = int(made.inserted_primary_key[0])
        rows = [
            {"sample_id": sample_id, "position": at, "case_id": case_id}
            for at, case_id in enumerate(case_ids, start=1)
        ]
        self._connection.execute(insert(INSPECTION_CASES), rows)
        return sample_id

    def samples(self, limit: int) -> Sequence[Sample]:
        """Return the newest samples first."""
        query = select(INSPECTION_SAMPLES).order_by(INSPECTION_SAMPLES.c.id.desc()).limit(limit)
        return [_sample(row) for row in self._connection.execute(query)]

    def sample(self, sample_id: int) -> Sample | None:
        """Return one."""
        query = select(INSPECTION_SAMPLES).where(INSPECTION_SAMPLES.c.id == sample_id)
        row = self._connection.execute(query).first()
        return None if row is None else _sample(row)

    def cases(self, sample_id: int) -> Sequence[SampledCase]:
        """Return the cases of a sample in the order of the draw."""
        drawn = INSPECTION_CASES.c
        query = (
            select(CASES, drawn.position)
            .join(INSPECTION_CASES, drawn.case_id == CASES.c.id)
            .where(drawn.sample_id == sample_id)
            .order_by(drawn.position)
        )
        rows = self._connection.execute(query).all()
        histories: dict[int, list[tuple[datetime, str]]] = {row.id: [] for row in rows}
        e = CASE_EVENTS.c
        events = select(e.case_id, e.at, e.kind, e.to).where(e.case_id.in_(list(histories)))
        for one in self._connection.execute(events.order_by(e.id)):
            histories[one.case_id].append((one.at, one.to or one.kind))
        return [_case(row, histories[row.id]) for row in rows]

    def add_finding(
        self,
        *,
        sample_id: int | None,
        position: int | None,
        text: str,
        due_on: date,
        agent_id: int,
        now: datetime,
    ) -> int:
        """Write a finding; returns its id."""
        made = self._connection.execute(
            insert(FINDINGS).values(
                sample_id=sample_id,
                position=position,
                text=text,
                due_on=due_on,
                made_by=agent_id,
                made_at=now,
                state=OPEN,
                answer="",
            )
        )
        return int(made.inserted_primary_key[0])

    def findings(self, limit: int) -> Sequence[Finding]:
        """Return open findings, the most urgent first, then answered ones, the newest first."""
        f = FINDINGS.c
        due: Any = case((f.state == OPEN, f.due_on))
        order = (f.state.desc(), due, f.id.desc())
        query = select(FINDINGS).order_by(*order).limit(limit)
        return [_finding(row) for row in self._connection.execute(query)]

    def answer(self, finding_id: int, *, text: str, agent_id: int, now: datetime) -> bool:
        """Answer an open finding; False when it is not open."""
        done = self._connection.execute(
            update(FINDINGS)
            .where(FINDINGS.c.id == finding_id, FINDINGS.c.state == OPEN)
            .values(state=ANSWERED, answer=text, answered_by=agent_id, answered_at=now)
        )
        return bool(done.rowcount == 1)


def _sample(row: Any) -> Sample:
    wish = SampleWish(row.first, row.last, row.size, row.seed)
    return Sample(row.id, wish, row.population, row.made_by, row.made_at)


def _case(row: Any, history: Sequence[tuple[datetime, str]]) -> SampledCase:
    limit = row.promised or row.statutory
    return SampledCase(
        position=row.position,
        number=row.number,
        matter=row.matter_name,
        department_id=row.department_id,
        district_id=row.district_id,
        state=row.state,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        working_days=limit["working_days"] if limit else None,
        history=history,
    )


def _finding(row: Any) -> Finding:
    names = ("id", "sample_id", "position", "text", "due_on", "made_by", "made_at")
    more = ("answer", "answered_by", "answered_at")
    return Finding(**{name: getattr(row, name) for name in (*names, *more)})
