"""Asking for reminders of a plan, and for silence."""

from dataclasses import replace
from datetime import datetime

from bot.domain.plan_readers import MAX_REMIND_DAYS, PlanReader
from bot.domain.plans import UnknownPlan
from bot.services.plans.due_days import next_reminder
from bot.services.ports import OpenUnitOfWork
from bot.services.times.local_time import local_day


def set_reminders(
    unit_of_work: OpenUnitOfWork,
    *,
    plan_id: int,
    conversation_id: str,
    remind_days: int | None,
    now: datetime,
) -> PlanReader:
    """Ask for reminders so many calendar days before a due day and on it, or for silence (None).

    Days beyond `MAX_REMIND_DAYS` are cut to it. The day of asking counts: what is due today is
    still told.

    Raises:
        UnknownPlan: There is none, or the conversation may not see it.
    """
    with unit_of_work() as uow:
        life = uow.plan_lives.of_plan(plan_id)
        seen = uow.plan_readers.reader(plan_id, conversation_id)
        if life is None or seen is None:
            raise UnknownPlan
        days = None if remind_days is None else min(max(remind_days, 0), MAX_REMIND_DAYS)
        reader = replace(seen, remind_days=days, is_muted=days is None)
        reader = replace(reader, remind_on=next_reminder(life, reader, local_day(now)))
        uow.plan_readers.set_reminders(reader)
        return reader
