"""The repositories of plans that live, as use cases see them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from bot.domain.plan_life import PlanEventKind, PlanLife, PlanVersion, StepDate
from bot.domain.plan_readers import NoticeKind, PlanNotice, PlanReader


@dataclass(frozen=True)
class PlanEvent:
    """One entry of a plan's history; `origin` makes a repeated turn harmless."""

    plan_id: int
    kind: PlanEventKind
    subject: str
    on_day: date | None
    origin: str | None


class PlanLifeStore(Protocol):
    """State, versions and history of plans."""

    def add(self, life: PlanLife, now: datetime) -> None:
        """Begin the life of a saved plan, with version 1 and its owner as reader."""

    def of_plan(self, plan_id: int) -> PlanLife | None:
        """Return the life of a plan, None when it has none."""

    def by_number(self, number: str) -> PlanLife | None:
        """Return the plan with this number."""

    def of_reader(self, conversation_id: str) -> Sequence[PlanLife]:
        """Return the plans that a conversation may see, the newest first."""

    def save(self, seen: PlanLife, changed: PlanLife, now: datetime) -> bool:
        """Write a changed plan; False when its version is no longer the one seen."""

    def save_many(self, changes: Sequence[tuple[PlanLife, PlanLife]], now: datetime) -> set[int]:
        """Write changed plans in one go; returns the ids that were written (see `save`)."""

    def add_versions(
        self, made: Sequence[tuple[PlanLife, str, Mapping[str, Any] | None]], now: datetime
    ) -> None:
        """Keep the present dates of plans as new versions, with reason and snapshot."""

    def versions(self, plan_id: int) -> Sequence[PlanVersion]:
        """Return all versions, the first first."""

    def log(self, event: PlanEvent, now: datetime) -> bool:
        """Append to the history; False when this origin is there already."""

    def stale(self, fingerprint: str, after_id: int, limit: int) -> Sequence[PlanLife]:
        """Return open plans computed by other rules, by id, from after `after_id` on."""

    def count_stale(self, fingerprint: str) -> int:
        """Count the open plans that were computed by other rules."""

    def first_dates(self, plan_ids: Sequence[int]) -> Mapping[int, Mapping[str, StepDate]]:
        """Return the dates of version 1 by plan."""

    def begin_rules(self, fingerprint: str, now: datetime) -> None:
        """Note that a hub with these rules has started."""

    def newest_rules(self) -> str | None:
        """Return the fingerprint of the hub that started last."""


class PlanReaderStore(Protocol):
    """Who sees a plan, and what is to be told to whom."""

    def grant(self, plan_id: int, conversation_id: str, now: datetime) -> None:
        """Let a conversation see the plan; harmless when it does."""

    def revoke(self, plan_id: int, conversation_id: str | None) -> None:
        """Let a conversation, or with None nobody, see the plan any more; drop what waits."""

    def reader(self, plan_id: int, conversation_id: str) -> PlanReader | None:
        """Return one reader, None for a stranger."""

    def readers(self, plan_ids: Sequence[int]) -> Sequence[PlanReader]:
        """Return all readers of these plans."""

    def set_reminders(self, reader: PlanReader) -> None:
        """Write what a reader wants to be told, and when next."""

    def due(self, today: date, limit: int) -> Sequence[PlanReader]:
        """Return readers whose next reminder is today or overdue, oldest first."""

    def advance(self, seen: PlanReader, remind_on: date | None) -> bool:
        """Move the next reminder on; False when another clock has done so."""

    def add_notice(
        self,
        reader: PlanReader,
        kind: NoticeKind,
        subject: str,
        text: str,
        told_at: datetime | None,
    ) -> bool:
        """Note what is said or to be said; False when that was noted before."""

    def pending(self, limit: int) -> Sequence[PlanNotice]:
        """Return what is still to be said, oldest first."""

    def pending_for(self, plan_id: int, conversation_id: str) -> Sequence[PlanNotice]:
        """Return what is still to be said to one reader."""

    def tell(self, notice_id: int, now: datetime) -> bool:
        """Mark a notice as told; False when it was told before."""
