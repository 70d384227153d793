"""Finding plans again: those of a conversation, and others by number and proof or by their link."""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.identity import TAIL_LENGTH, compact, proves
from bot.domain.plan_life import (
    MAX_REMIND_DAYS,
    NotLive,
    PlanEventKind,
    PlanLife,
    PlanNotice,
    PlanReader,
)
from bot.domain.plans import UnknownPlan, token_hash
from bot.services.identity import judge
from bot.services.local_time import local_day
from bot.services.numbers import FULL_WIDTH, LONGEST_RUNNING_NUMBER, MIN_DIGITS, NumberKind
from bot.services.plan_dates import next_reminder
from bot.services.plan_life_ports import PlanEvent
from bot.services.plan_life_view import LivePlan, view_plan
from bot.services.plan_recipe import PlanComposer
from bot.services.ports import OpenUnitOfWork

LINK = re.compile(r"/plans/([A-Za-z0-9_-]{20,64})")
NUMBER = re.compile(
    rf"(?<![A-Z]){NumberKind.PLAN.value}[\s\-:：号]*(\d{{8}})[\s\-]*"
    rf"(\d{{1,{LONGEST_RUNNING_NUMBER}}})(?!\d)"
)


@dataclass(frozen=True)
class Reading:
    """A plan as it stands, and what its reader has not heard yet."""

    plan: LivePlan
    reader: PlanReader
    news: tuple[str, ...]


def normalise_plan_number(text: str) -> str | None:
    """Return the plan number in `text` as it is written, or None; "fa 20261123 1" is understood."""
    plain = unicodedata.normalize("NFKC", text.translate(FULL_WIDTH)).upper()
    found = NUMBER.search(plain)
    if not found:
        return None
    day, running = found.groups()
    return f"{NumberKind.PLAN.value}-{day}-{int(running):0{MIN_DIGITS}d}"


def link_token(text: str) -> str | None:
    """Return the secret of a plan's link that stands in `text`, or None."""
    found = LINK.search(text)
    return found.group(1) if found else None


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


def open_plan(
    unit_of_work: OpenUnitOfWork,
    *,
    number: str,
    tail: str,
    conversation_id: str,
    now: datetime,
) -> PlanLife:
    """Let a conversation see a plan by its number and the last digits of the telephone left for it.

    Raises:
        NotVerified: No such number, no telephone was left, or other digits: the same for all.
        TooManyTries: Three failures in this conversation, or twenty for this number.
    """
    given = compact(tail)[-TAIL_LENGTH:]
    with unit_of_work() as uow:
        life = uow.plan_lives.by_number(number)
        is_proven = proves(given, [life.phone_tail] if life and life.phone_tail else [])
        verdict = judge(
            uow,
            conversation_id=conversation_id,
            number=number,
            is_proven=is_proven,
            now=now,
        )
        if verdict.error is None and life is not None:
            uow.plan_readers.grant(life.plan_id, conversation_id, now)
            event = PlanEvent(life.plan_id, PlanEventKind.OPENED, conversation_id, None, None)
            uow.plan_lives.log(event, now)
    if verdict.error is not None or life is None:
        raise verdict.error or UnknownPlan
    return life


def open_plan_by_link(
    unit_of_work: OpenUnitOfWork, *, token: str, conversation_id: str, now: datetime
) -> PlanLife:
    """Let a conversation see a plan by the secret of its link.

    Raises:
        UnknownPlan: No plan lies under this link.
        NotLive: The plan was saved before plans could be followed.
    """
    with unit_of_work() as uow:
        plan = uow.plans.by_token_hash(token_hash(token))
        life = uow.plan_lives.of_plan(plan.id)
        if life is None:
            raise NotLive
        uow.plan_readers.grant(plan.id, conversation_id, now)
        event = PlanEvent(plan.id, PlanEventKind.OPENED, conversation_id, None, None)
        uow.plan_lives.log(event, now)
        return life


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
