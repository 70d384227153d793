"""Marking steps of a saved plan with their real days."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Engine

from bot.domain.plan_errors import StepDone, StepInFuture, StepNeeded, StepTooEarly, UnknownPlanStep
from bot.domain.plan_life import PlanEventKind
from bot.domain.plans import UnknownPlan
from bot.services.plans.changes import Marked
from bot.services.plans.due_days import dates_of
from bot.services.plans.life import keep_phone, mark_steps, rename_plan, unmark_step
from bot.services.plans.life_view import StepState, view_plan
from bot.services.plans.plans import SharedPlan, get_plan_by_token
from bot.services.plans.recipe import Recipe, pack
from bot.services.plans.snapshot import read_snapshot
from bot.store.unit_of_work import unit_of_work_factory
from tests.plan_factories import (
    CAPITAL_DOWN,
    HOUSING,
    MONDAY,
    RESTAURANT,
    SMALL_PROJECT,
    composer,
    life_of,
    saved,
)
from tests.service_factories import NOW, OpenUnit
from tests.services.test_booking_races import together

FRIDAY = date(2026, 11, 27)
LATER = NOW + timedelta(days=10)


def mark(unit: OpenUnit, shared: SharedPlan, *step_ids: str, on: date, **changes: Any) -> Marked:
    wanted: dict[str, Any] = {
        "plan_id": shared.plan.id,
        "conversation_id": shared.plan.conversation_id,
        "step_ids": step_ids,
        "done_on": on,
        "origin": f"mark:{step_ids}:{on}",
        "now": LATER,
    }
    return mark_steps(unit, composer(), **{**wanted, **changes})


def unmark(unit: OpenUnit, shared: SharedPlan, step_id: str) -> Marked:
    return unmark_step(
        unit,
        composer(),
        plan_id=shared.plan.id,
        conversation_id=shared.plan.conversation_id,
        step_id=step_id,
        origin=f"unmark:{step_id}",
        now=LATER,
    )


def test_a_late_step_moves_what_follows_and_says_by_how_much(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    shared = saved(unit)
    mark(unit, shared, "biz-name", on=MONDAY)

    marked = mark(unit, shared, "biz-company", on=FRIDAY)

    seal = next(each for each in marked.moved if each.step_id == "biz-seal")
    assert marked.steps == ("公司设立登记（有限责任公司/股份有限公司）",)
    assert (seal.before, seal.after) == (date(2026, 11, 24), date(2026, 11, 30))
    assert seal.working_days == 4  # Wednesday, Thursday, Friday, Monday
    assert life_of(unit, shared).done == {"biz-name": MONDAY, "biz-company": FRIDAY}


def test_taking_a_mark_back_brings_the_old_dates_back(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    shared = saved(unit)
    before = life_of(unit, shared).dates
    mark(unit, shared, "biz-name", on=FRIDAY)
    assert life_of(unit, shared).dates != before

    unmark(unit, shared, "biz-name")

    assert life_of(unit, shared).dates == before
    assert life_of(unit, shared).done == {}


def test_the_page_shows_the_newest_snapshot_and_the_first_one_is_kept(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    shared = saved(unit)
    mark(unit, shared, "biz-name", on=MONDAY)

    found = get_plan_by_token(unit, shared.token)

    steps = [s for g in read_snapshot(found.snapshot).stages[0].groups for s in g.steps]
    assert [step.name for step in steps if step.is_done] == ["企业名称自主申报"]
    assert found.version == 2
    with unit() as uow:
        assert [v.reason for v in uow.plan_lives.versions(shared.plan.id)] == ["saved", "marked"]


def test_the_same_message_again_marks_once(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    shared = saved(unit)
    first = mark(unit, shared, "biz-name", on=MONDAY, origin="m7")
    second = mark(unit, shared, "biz-name", on=MONDAY, origin="m7")

    assert not first.is_repeated
    assert second.is_repeated
    assert second.steps == first.steps
    assert life_of(unit, shared).version == 2


def test_a_day_to_come_is_refused(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    shared = saved(unit)
    with pytest.raises(StepInFuture):
        mark(unit, shared, "biz-name", on=date(2026, 12, 4))
    assert life_of(unit, shared).version == 1


def test_a_step_that_waits_for_an_open_one_is_refused_with_its_name(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    shared = saved(unit)
    with pytest.raises(StepTooEarly) as refused:
        mark(unit, shared, "biz-company", on=MONDAY)
    assert refused.value.waits_for == {"企业名称自主申报": None}


def test_a_step_is_not_finished_before_the_one_it_waited_for(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    shared = saved(unit)
    mark(unit, shared, "biz-name", on=FRIDAY)
    with pytest.raises(StepTooEarly) as refused:
        mark(unit, shared, "biz-company", on=MONDAY)
    assert refused.value.waits_for == {"企业名称自主申报": FRIDAY}


def test_what_comes_before_can_be_marked_along(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    shared = saved(unit)
    marked = mark(unit, shared, "bank-reserve", on=FRIDAY, with_before=True)
    assert set(marked.life.done) == {"biz-name", "biz-company", "biz-seal", "bank-reserve"}


def test_several_steps_of_one_sentence_may_wait_for_each_other(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    shared = saved(unit)
    mark(unit, shared, "biz-company", "biz-name", on=MONDAY)
    assert set(life_of(unit, shared).done) == {"biz-name", "biz-company"}


def test_marking_twice_says_the_noted_day_and_can_replace_it(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    shared = saved(unit)
    mark(unit, shared, "biz-name", on=MONDAY)
    with pytest.raises(StepDone) as refused:
        mark(unit, shared, "biz-name", on=FRIDAY)
    assert refused.value.on == MONDAY

    mark(unit, shared, "biz-name", on=FRIDAY, again=True, origin="again")
    assert life_of(unit, shared).done == {"biz-name": FRIDAY}


def test_a_mark_under_a_later_one_is_neither_taken_back_nor_moved_past_it(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    shared = saved(unit)
    mark(unit, shared, "biz-name", "biz-company", on=MONDAY)
    with pytest.raises(StepNeeded):
        unmark(unit, shared, "biz-name")
    with pytest.raises(StepNeeded):
        mark(unit, shared, "biz-name", on=FRIDAY, again=True)


@pytest.mark.parametrize("step_id", ["no-such-step", "start", "done"])
def test_an_unknown_step_and_a_milestone_are_refused(engine: Engine, step_id: str) -> None:
    unit = unit_of_work_factory(engine)
    shared = saved(unit, SMALL_PROJECT)
    milestones = [
        s.planned.step.id
        for s in composer().compose(life_of(unit, shared)).steps
        if s.planned.step.clock == "none"
    ]
    for wanted in (step_id, *milestones):
        with pytest.raises(UnknownPlanStep):
            mark(unit, shared, wanted, on=MONDAY)


def test_a_stranger_marks_nothing(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    shared = saved(unit)
    with pytest.raises(UnknownPlan):
        mark(unit, shared, "biz-name", on=MONDAY, conversation_id="王五")
    with pytest.raises(UnknownPlan):
        mark(unit, shared, "biz-name", on=MONDAY, plan_id=4711)


def test_a_voluntary_step_holds_nothing_up(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    shop = type(RESTAURANT)(enterprise_type_id="individual", hires_staff=False)
    shared = saved(unit, shop)
    mark(unit, shared, "biz-individual", on=MONDAY)
    assert "biz-name" not in life_of(unit, shared).done


def test_a_plan_is_finished_when_all_that_is_needed_is_done(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    shared = saved(unit)
    marked = mark(unit, shared, *life_of(unit, shared).dates, on=FRIDAY)
    assert not marked.life.is_open
    with unit() as uow:
        assert uow.plan_lives.stale("other rules", 0, 10) == []


def test_two_people_who_mark_at_once_lose_nothing(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    shared = saved(unit)
    mark(unit, shared, "biz-name", "biz-company", on=MONDAY)
    steps = ["biz-seal", "tax-newbiz", "lic-food-operate"]
    together([lambda s=s: mark(unit, shared, s, on=FRIDAY) for s in steps])  # type: ignore[misc]
    assert set(life_of(unit, shared).done) == {"biz-name", "biz-company", *steps}


def test_the_applicants_own_work_can_be_marked(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    shared = saved(unit, HOUSING)
    own = [s.planned.step for s in composer().compose(life_of(unit, shared)).steps]
    design = next(step for step in own if step.is_open_ended)
    mark(unit, shared, design.id, on=FRIDAY, with_before=True)
    assert life_of(unit, shared).dates[design.id].due == FRIDAY


def test_a_plan_is_named_and_keeps_only_the_tail_of_a_telephone(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    shared = saved(unit)
    who = {"plan_id": shared.plan.id, "conversation_id": shared.plan.conversation_id, "now": NOW}
    rename_plan(unit, name="  老街   火锅店 " + "x" * 80, origin="r", **who)  # type: ignore[arg-type]
    keep_phone(unit, phone="13800138000", origin="p", **who)  # type: ignore[arg-type]
    life = life_of(unit, shared)
    assert life.name.startswith("老街 火锅店 xxx")
    assert len(life.name) == 40
    assert life.phone_tail == "8000"


def test_every_change_is_in_the_history(engine: Engine) -> None:
    from sqlalchemy import select  # noqa: PLC0415 - only this test looks into the table

    from bot.store.tables.plan_life import PLAN_EVENTS  # noqa: PLC0415

    unit = unit_of_work_factory(engine)
    shared = saved(unit)
    mark(unit, shared, "biz-name", on=MONDAY)
    unmark(unit, shared, "biz-name")
    with engine.begin() as connection:
        rows = connection.execute(select(PLAN_EVENTS).order_by(PLAN_EVENTS.c.id)).all()
    kinds = [PlanEventKind(row.kind) for row in rows]
    assert kinds == [PlanEventKind.MARKED, PlanEventKind.UNMARKED]
    assert (rows[0].subject, rows[0].on_day) == ("biz-name", MONDAY)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(
    answers=st.sampled_from([RESTAURANT, SMALL_PROJECT, HOUSING, CAPITAL_DOWN]),
    n_done=st.integers(0, 30),
    start=st.dates(date(2026, 9, 1), date(2026, 12, 31)),
)
def test_steps_done_on_their_due_days_leave_the_plan_as_composed_anew(
    answers: Any, n_done: int, start: date
) -> None:
    """The dates kept with a plan are those of composing it anew with the same real days."""
    recipe = pack(answers, start)
    plan = composer().compose(recipe)
    dates = dates_of(plan.steps, plan.plan, {})
    done = {i: each.due for i, each in list(dates.items())[:n_done] if each.due is not None}
    anew = composer().compose(Recipe(recipe.kind, recipe.recipe, start, done))
    base, fast = composer().dated(Recipe(recipe.kind, recipe.recipe, start, done))

    timed = {i: each for i, each in dates.items() if each.due is not None and i not in done}
    after = dates_of(anew.steps, anew.plan, done)
    assert {i: after[i].due for i in timed} == {i: each.due for i, each in timed.items()}
    assert dates_of(base.steps, fast, done) == after


def test_a_late_step_is_shown_as_late_and_pushes_the_end(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    shared = saved(unit)
    life = life_of(unit, shared)
    view = view_plan(composer(), life, life.dates, date(2026, 12, 1))

    late = view.late()
    assert [step.id for step in late] == ["biz-name"]
    assert late[0].late_days == 6
    assert view.end_shift > 0
    assert view.ends.on > (view.planned_end or date.min)
    waiting = {step.id for step in view.steps if step.state is StepState.WAITING}
    assert "biz-company" in waiting


def test_progress_and_the_cause_of_a_move_are_told(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    shared = saved(unit)
    first = life_of(unit, shared).dates
    mark(unit, shared, "biz-name", on=MONDAY)
    mark(unit, shared, "biz-company", on=FRIDAY)
    view = view_plan(composer(), life_of(unit, shared), first, FRIDAY)

    assert (view.n_done, view.n_steps) == (2, 7)  # the fire acceptance may not be needed
    _, cause = next(pair for pair in view.moved if pair[0].step_id == "biz-seal")
    assert cause.step.startswith("公司设立登记")
    assert (cause.done_on, cause.working_days) == (FRIDAY, 3)
    assert {step.id for step in view.ready()} >= {"biz-seal", "tax-newbiz", "lic-food-operate"}


def test_a_public_notice_is_counted_in_calendar_days_from_the_real_day(engine: Engine) -> None:
    """45 days after Friday 27 November is Monday 11 January."""
    unit = unit_of_work_factory(engine)
    shared = saved(unit, CAPITAL_DOWN)
    assert life_of(unit, shared).dates["notice"].due == date(2027, 1, 7)  # Monday 23 and 45 days

    mark(unit, shared, "resolve", on=FRIDAY)

    assert life_of(unit, shared).dates["notice"].due == date(2027, 1, 11)
