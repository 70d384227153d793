"""Says what is due and what moved, each once; the clock calls this now and then."""

from datetime import date, datetime, timedelta

from bot.domain.conversations import Author, Button, Reply, UnknownConversation
from bot.domain.plan_errors import NotLive
from bot.domain.plan_readers import NoticeKind, PlanReader
from bot.services.plans.due_days import next_reminder
from bot.services.plans.life_view import LivePlan, LiveStep, StepState, view_plan
from bot.services.plans.news import PlanNewsTexts, due_text, news_buttons
from bot.services.plans.recipe import PlanComposer
from bot.services.ports import OpenUnitOfWork, UnitOfWork
from bot.services.times.local_time import local_day

BATCH = 100
"""Readers served in one round; the rest is served in the next."""

ONE_DAY = timedelta(days=1)


def tell_plan_news(
    unit_of_work: OpenUnitOfWork,
    composer: PlanComposer,
    *,
    texts: PlanNewsTexts,
    now: datetime,
    limit: int = BATCH,
) -> tuple[str, ...]:
    """Remind of what is due and say what moved; returns the conversations that heard something.

    One transaction for each reader: the line and the mark "told" are written together, so two
    clocks at once say everything once, and one that is cut off goes on where it stopped. Between
    `quiet_from` and `quiet_until` nothing is said; it is said in the morning.
    """
    if texts.is_quiet(now):
        return ()
    with unit_of_work() as uow:
        due = uow.plan_readers.due(local_day(now), limit)
        pending = uow.plan_readers.pending(limit)
    told: dict[str, None] = {}
    for reader in due:
        with unit_of_work() as uow:
            if _remind(uow, composer, reader, texts, now):
                told[reader.conversation_id] = None
    for notice in pending:
        with unit_of_work() as uow:
            if uow.plan_readers.tell(notice.id, now):
                reader_now = uow.plan_readers.reader(notice.plan_id, notice.conversation_id)
                is_wanted = reader_now is not None and not reader_now.is_muted
                buttons = news_buttons(texts, notice.plan_id)
                if is_wanted and _say(uow, notice.conversation_id, notice.text, buttons, now):
                    told[notice.conversation_id] = None
    return tuple(told)


def _remind(
    uow: UnitOfWork,
    composer: PlanComposer,
    reader: PlanReader,
    texts: PlanNewsTexts,
    now: datetime,
) -> bool:
    today = local_day(now)
    life = uow.plan_lives.of_plan(reader.plan_id)
    upcoming = None if life is None else next_reminder(life, reader, today + ONE_DAY)
    if life is None or not uow.plan_readers.advance(reader, upcoming):
        return False
    first = uow.plan_lives.first_dates([life.plan_id])[life.plan_id]
    try:
        plan = view_plan(composer, life, first, today)
    except NotLive:
        return False
    found = []
    for kind, step in _due(plan, reader, today):
        subject = f"{step.id}:{step.due.on.isoformat()}"
        if uow.plan_readers.add_notice(reader, kind, subject, "", now):
            found.append((kind, step))
    if not found:
        return False
    buttons = news_buttons(texts, life.plan_id, [step for _, step in found])
    text = due_text(texts, life, found, today)
    return _say(uow, reader.conversation_id, text, buttons, now)


def _due(plan: LivePlan, reader: PlanReader, today: date) -> list[tuple[NoticeKind, LiveStep]]:
    """Return what can be done now and is due since the last reminder, or near; earliest first."""
    since = reader.remind_on or today
    ahead = timedelta(days=reader.remind_days or 0)
    found = []
    for step in plan.steps:
        if step.state is not StepState.READY or step.is_own_work:
            continue
        if since <= step.due.on <= today:
            found.append((NoticeKind.DUE, step))
        elif today < step.due.on and since <= step.due.on - ahead <= today:
            found.append((NoticeKind.BEFORE, step))
    return sorted(found, key=lambda each: each[1].due.on)


def _say(
    uow: UnitOfWork, conversation_id: str, text: str, buttons: tuple[Button, ...], now: datetime
) -> bool:
    try:
        uow.conversations.get(conversation_id)
    except UnknownConversation:
        return False
    # a system line: it may stand between what an agent and the applicant say
    reply = Reply(text, buttons, author=Author.SYSTEM)
    uow.conversations.add_message(uow.links.used_last(conversation_id), reply, now=now)
    return True
