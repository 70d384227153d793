"""Dates open plans anew when the calendar or a rule has changed, and notes what moved.

Plans are worked out outside of any transaction and written in batches; a plan that its owner
changed in between is left for the next round. What is written carries the fingerprint of the
rules, so a run that was cut off goes on where it stopped, and two runs at once do no harm.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.domain.plan_errors import NotLive
from bot.domain.plan_life import Moved, PlanEventKind, PlanLife
from bot.domain.plan_readers import NoticeKind, PlanReader
from bot.services.plans.changes import plain_snapshot
from bot.services.plans.due_days import dates_of, is_open, moves, next_reminder
from bot.services.plans.news import PlanNewsTexts, broken_text, moved_text
from bot.services.plans.recipe import PlanComposer
from bot.services.ports import OpenUnitOfWork, UnitOfWork
from bot.services.times.local_time import local_day

BATCH = 200
"""Plans written in one transaction; SQLite's one writer is held for well under a second."""


@dataclass(frozen=True)
class Tally:
    """What a run has done: plans looked at, plans whose dates moved, plans that no longer fit."""

    looked_at: int = 0
    moved: int = 0
    broken: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        """Return both together."""
        return Tally(
            self.looked_at + other.looked_at, self.moved + other.moved, self.broken + other.broken
        )


@dataclass(frozen=True)
class _Result:
    """One plan worked out; without a snapshot only its fingerprint and marks of doubt change."""

    seen: PlanLife
    changed: PlanLife
    moved: tuple[Moved, ...]
    snapshot: Mapping[str, Any] | None
    is_broken: bool = False


def count_stale(unit_of_work: OpenUnitOfWork, composer: PlanComposer) -> int:
    """Count the open plans that were computed by other rules."""
    with unit_of_work() as uow:
        return uow.plan_lives.count_stale(composer.fingerprint)


def recompute_plans(
    unit_of_work: OpenUnitOfWork,
    composer: PlanComposer,
    *,
    texts: PlanNewsTexts,
    now: datetime,
    batch: int = BATCH,
    progress: Callable[[int], None] = lambda _: None,
) -> Tally:
    """Date every open plan anew that was computed by other rules.

    Args:
        unit_of_work: Opens the transactions, one for reading and one for writing a batch.
        composer: Composes by today's rules.
        texts: The words for readers.
        now: Aware UTC.
        batch: Plans in one transaction.
        progress: Called after each batch with the number of plans it wrote.
    """
    total, after_id = Tally(), 0
    while True:
        done, last_id = recompute_batch(
            unit_of_work, composer, texts=texts, now=now, after_id=after_id, limit=batch
        )
        if last_id is None:
            return total
        total, after_id = total + done, last_id
        progress(done.looked_at)


def recompute_batch(
    unit_of_work: OpenUnitOfWork,
    composer: PlanComposer,
    *,
    texts: PlanNewsTexts,
    now: datetime,
    after_id: int = 0,
    limit: int = BATCH,
) -> tuple[Tally, int | None]:
    """Do one batch; returns what was done and the last plan's id, None when there was none."""
    with unit_of_work() as uow:
        lives = uow.plan_lives.stale(composer.fingerprint, after_id, limit)
    if not lives:
        return Tally(), None
    results = [_work_out(composer, life) for life in lives]
    with unit_of_work() as uow:
        pairs = [(result.seen, result.changed) for result in results]
        written = uow.plan_lives.save_many(pairs, now)
        kept = [result for result in results if result.seen.plan_id in written]
        moved = [result for result in kept if result.snapshot is not None]
        reason = PlanEventKind.RECOMPUTED.value
        uow.plan_lives.add_versions([(r.changed, reason, r.snapshot) for r in moved], now)
        _note(uow, [r for r in kept if r.moved or r.is_broken], texts, now)
    broken = sum(result.is_broken for result in kept)
    return Tally(len(kept), len(moved), broken), lives[-1].plan_id


def _work_out(composer: PlanComposer, life: PlanLife) -> _Result:
    fresh = replace(life, fingerprint=composer.fingerprint)
    try:
        base, dated = composer.dated(life)
        dates = dates_of(base.steps, dated, life.done)
        moved = moves(life.dates, dates, life.done, composer.days)
        changed = replace(fresh, dates=dates, is_open=is_open(base.steps, life.done))
        if not moved:
            return _Result(life, changed, (), None)
        snapshot = plain_snapshot(composer, composer.compose(life), life.recipe)
    except NotLive:
        return _Result(life, fresh, (), None, is_broken=True)
    return _Result(life, replace(changed, version=life.version + 1), moved, snapshot)


def _note(uow: UnitOfWork, results: Sequence[_Result], texts: PlanNewsTexts, now: datetime) -> None:
    """Note for each reader what is to be said, and when to be reminded next."""
    today = local_day(now)
    by_plan: dict[int, list[PlanReader]] = {}
    for reader in uow.plan_readers.readers([r.seen.plan_id for r in results]):
        by_plan.setdefault(reader.plan_id, []).append(reader)
    for result in results:
        life = result.changed
        for reader in by_plan.get(life.plan_id, ()):
            remind_on = next_reminder(life, reader, today)
            if remind_on != reader.remind_on:
                uow.plan_readers.set_reminders(replace(reader, remind_on=remind_on))
            if reader.is_muted:
                continue
            if result.is_broken:
                text, subject = broken_text(texts, life), f"broken:{life.fingerprint[:16]}"
            else:
                text = moved_text(texts, life, result.moved, today)
                subject = f"version:{life.version}"
            uow.plan_readers.add_notice(reader, NoticeKind.MOVED, subject, text, None)
