"""Reminders before and on the due day: asked for, once, never at night, and stoppable."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.engine import Engine

from bot.domain.conversations import Author
from bot.domain.plans import UnknownPlan
from bot.services.plans.life import mark_steps
from bot.services.plans.plans import SharedPlan
from bot.services.plans.recompute import recompute_plans
from bot.services.plans.reminders import tell_plan_news
from bot.services.plans.subscriptions import set_reminders
from bot.store.unit_of_work import unit_of_work_factory
from tests.plan_factories import (
    MONDAY,
    composer,
    conversation,
    lines,
    news,
    saved,
    with_holiday,
)
from tests.service_factories import NOW, OpenUnit, at
from tests.services.test_booking_races import together

TUESDAY = date(2026, 11, 24)


def tell(unit: OpenUnit, now: datetime) -> tuple[str, ...]:
    return tell_plan_news(unit, composer(), texts=news(), now=now)


def ask(unit: OpenUnit, shared: SharedPlan, days: int | None, now: datetime = NOW) -> None:
    set_reminders(
        unit,
        plan_id=shared.plan.id,
        conversation_id=shared.plan.conversation_id,
        remind_days=days,
        now=now,
    )


def mark(unit: OpenUnit, shared: SharedPlan, *steps: str, now: datetime = NOW) -> None:
    mark_steps(
        unit,
        composer(),
        plan_id=shared.plan.id,
        conversation_id=shared.plan.conversation_id,
        step_ids=steps,
        done_on=MONDAY,
        origin=f"{steps}",
        now=now,
    )


def test_nobody_is_reminded_who_did_not_ask(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    shared = saved(unit)
    assert tell(unit, at(TUESDAY, 9)) == ()
    assert lines(unit, shared.plan.conversation_id) == []


def test_a_step_that_is_due_today_is_told_with_a_button_to_mark_it(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    shared = saved(unit)
    ask(unit, shared, 0)

    assert tell(unit, at(MONDAY, 9)) == (shared.plan.conversation_id,)

    with unit() as uow:
        (line,) = uow.conversations.messages(shared.plan.conversation_id)
    assert line.author is Author.SYSTEM
    assert "企业名称自主申报（行政审批服务局）：今天（11月23日（周一））到期" in line.text
    assert [button.title for button in line.buttons] == [
        "办完了：企业名称自主申报",
        "看方案",
        "别提醒了",
    ]
    assert f"live_plan=done:{shared.plan.id}:biz-name" in line.buttons[0].payload


def test_the_days_before_are_the_askers_choice(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    shared = saved(unit)
    mark(unit, shared, "biz-name", "biz-company")
    ask(unit, shared, 3)
    tell(unit, at(MONDAY, 9))
    (text,) = lines(unit, shared.plan.conversation_id)
    assert "食品经营许可（新办）（行政审批服务局）：11月26日（周四）到期，还有3天" in text


def test_a_reminder_is_told_once_whatever_the_clocks_do(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    shared = saved(unit)
    ask(unit, shared, 0)
    told = together([lambda: tell(unit, at(MONDAY, 9))] * 4)
    assert sum(len(each) for each in told if isinstance(each, tuple)) == 1
    assert tell(unit, at(MONDAY, 15)) == ()
    assert len(lines(unit, shared.plan.conversation_id)) == 1


@pytest.mark.parametrize(("hour", "is_told"), [(7, False), (8, True), (20, True), (21, False)])
def test_nothing_is_told_at_night(engine: Engine, hour: int, is_told: bool) -> None:
    unit = unit_of_work_factory(engine)
    ask(unit, saved(unit), 0)
    assert bool(tell(unit, at(MONDAY, hour))) is is_told


def test_what_came_up_at_night_is_told_in_the_morning(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    shared = saved(unit)
    ask(unit, shared, 0)
    tell(unit, at(MONDAY, 22))
    tell(unit, at(TUESDAY, 8))
    (text,) = lines(unit, shared.plan.conversation_id)
    assert "11月23日（周一）已经到期" in text


def test_a_finished_step_and_one_that_waits_are_not_told(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    shared = saved(unit)
    mark(unit, shared, "biz-name")
    ask(unit, shared, 1)
    tell(unit, at(MONDAY, 9))
    (text,) = lines(unit, shared.plan.conversation_id)
    assert "公司设立登记" in text
    assert "企业名称自主申报" not in text
    assert "印章" not in text


def test_stopping_stops(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    shared = saved(unit)
    ask(unit, shared, 1)
    ask(unit, shared, None)
    assert tell(unit, at(TUESDAY, 9)) == ()


def test_what_moved_is_told_in_the_morning_and_once(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    shared = saved(unit)
    recompute_plans(unit, with_holiday(TUESDAY), texts=news(), now=at(MONDAY, 23))
    assert tell(unit, at(MONDAY, 23)) == ()
    together([lambda: tell(unit, at(TUESDAY, 8))] * 3)
    assert tell(unit, at(TUESDAY, 9)) == ()
    (text,) = lines(unit, shared.plan.conversation_id)
    assert "日期跟着变了" in text


def test_silence_asked_for_after_the_change_is_kept(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    shared = saved(unit)
    recompute_plans(unit, with_holiday(TUESDAY), texts=news(), now=NOW)
    ask(unit, shared, None)
    assert tell(unit, at(TUESDAY, 9)) == ()
    assert lines(unit, shared.plan.conversation_id) == []


def test_a_conversation_that_is_gone_holds_nobody_up(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    gone = saved(unit, origin="m1", conversation_id="gone")
    mine = saved(unit, origin="m2", conversation_id=conversation(unit))
    ask(unit, gone, 0)
    ask(unit, mine, 0)
    assert tell(unit, at(MONDAY, 9)) == (mine.plan.conversation_id,)
    assert tell(unit, at(MONDAY, 10)) == ()


def test_each_due_day_of_a_plan_is_told_in_turn(engine: Engine) -> None:
    """Whoever marks a step on the day it is due hears of the next one on its day."""
    unit = unit_of_work_factory(engine)
    shared = saved(unit)
    ask(unit, shared, 0)
    for day in (MONDAY + timedelta(days=n) for n in range(10)):
        tell(unit, at(day, 9))
        with unit() as uow:
            life = uow.plan_lives.of_plan(shared.plan.id)
        assert life is not None
        due = [i for i, each in life.dates.items() if each.due == day and i not in life.done]
        if due:
            mark_steps(
                unit,
                composer(),
                plan_id=shared.plan.id,
                conversation_id=shared.plan.conversation_id,
                step_ids=due,
                done_on=day,
                origin=f"day:{day}",
                now=at(day, 10),
            )
    texts = lines(unit, shared.plan.conversation_id)
    assert len(texts) == len(set(texts)) >= 4
    assert all("今天" in text for text in texts)


def test_a_stranger_sets_no_reminder(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    shared = saved(unit)
    with pytest.raises(UnknownPlan):
        set_reminders(unit, plan_id=shared.plan.id, conversation_id="王五", remind_days=1, now=NOW)
