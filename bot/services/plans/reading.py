"""Finding plans again: those of a conversation, and others by number and proof or by their link."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.plan_errors import NotLive
from bot.domain.plan_life import PlanLife
from bot.domain.plan_readers import PlanNotice, PlanReader
from bot.domain.plans import UnknownPlan
from bot.services.plans.life_view import LivePlan, view_plan
from bot.services.plans.recipe import PlanComposer
from bot.services.ports import OpenUnitOfWork
from bot.services.times.local_time import local_day


@dataclass(frozen=True)
class Reading:
    """A plan as it stands, and what its reader has not heard yet."""

    plan: LivePlan
    reader: PlanReader
    news: tuple[str, ...]


def my_plans(unit_of_work: OpenUnitOfWork, conversation_id: str) -> tuple[PlanLife, ...]:
    """Return the plans that a conversation may see, the newest first."""
    with unit_of_work() as uow:
        return tuple(uow.plan_lives.of_reader(conversation_id))


def read_plan(
    unit_of_work: OpenUnitOfWork,
    composer: PlanComposer,
    *,
    plan_id: int,
    conversation_id: str,
    now: datetime,
) -> Reading:
    """Return how a plan stands, with the news that this reader has not heard; they count as told.

    Raises:
        UnknownPlan: There is none, or the conversation may not see it.
        NotLive: The plan cannot be composed any more.
    """
    with unit_of_work() as uow:
        life = uow.plan_lives.of_plan(plan_id)
        reader = uow.plan_readers.reader(plan_id, conversation_id)
        if life is None or reader is None:
            raise UnknownPlan
        first = uow.plan_lives.first_dates([plan_id])[plan_id]
        plan = view_plan(composer, life, first, local_day(now))
        waiting: list[PlanNotice] = [
            notice
            for notice in uow.plan_readers.pending_for(plan_id, conversation_id)
            if uow.plan_readers.tell(notice.id, now)
        ]
        return Reading(plan, reader, tuple(notice.text for notice in waiting))


def view_saved(
    unit_of_work: OpenUnitOfWork, composer: PlanComposer, *, plan_id: int, now: datetime
) -> LivePlan | None:
    """Return how a plan stands, for its page; None for one that cannot be followed."""
    with unit_of_work() as uow:
        life = uow.plan_lives.of_plan(plan_id)
        if life is None:
            return None
        first = uow.plan_lives.first_dates([plan_id])[plan_id]
    try:
        return view_plan(composer, life, first, local_day(now))
    except NotLive:
        return None
