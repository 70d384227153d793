"""A changed calendar or rule dates open plans anew and tells their readers once what moved."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.domain.plan_readers import NoticeKind
from bot.services.plans.life import mark_steps
from bot.services.plans.plans import get_plan_by_token
from bot.services.plans.project import PlanProject, ProjectAnswers
from bot.services.plans.recompute import Tally, count_stale, recompute_batch, recompute_plans
from bot.services.plans.snapshot import read_snapshot
from bot.services.plans.totals import what_if_text
from bot.services.plans.what_ifs import what_ifs
from bot.store.tables.plan_life import PLAN_NOTICES
from bot.store.unit_of_work import unit_of_work_factory
from tests.plan_factories import (
    MONDAY,
    SMALL_PROJECT,
    calendar,
    composer,
    conversation,
    life_of,
    news,
    reminded,
    saved,
    with_holiday,
)
from tests.service_factories import NOW, OpenUnit
from tests.services.test_booking_races import together

FACTORY = ProjectAnswers("soc-industrial", facts={"regional_assessed": False})
TUESDAY, WEDNESDAY = date(2026, 11, 24), date(2026, 11, 25)


def notices(engine: Engine) -> list[str]:
    with engine.begin() as connection:
        rows = connection.execute(select(PLAN_NOTICES).order_by(PLAN_NOTICES.c.id))
        return [row.text for row in rows]


def recompute(unit: OpenUnit, *off: date) -> Tally:
    return recompute_plans(unit, with_holiday(*off), texts=news(), now=NOW)


def test_a_new_holiday_moves_dates_and_the_old_and_new_ones_are_noted(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    shared = saved(unit)
    before = life_of(unit, shared).dates["biz-company"].due

    assert recompute(unit, TUESDAY) == Tally(looked_at=1, moved=1)

    after = life_of(unit, shared)
    assert (before, after.dates["biz-company"].due) == (TUESDAY, WEDNESDAY)
    (text,) = notices(engine)
    assert "公司）：11月24日（周二） → 11月25日（周三）（晚1个工作日）" in text
    assert after.number in text


def test_the_page_shows_the_moved_dates(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    shared = saved(unit)
    recompute(unit, TUESDAY)
    found = get_plan_by_token(unit, shared.token)
    steps = [s for g in read_snapshot(found.snapshot).stages[0].groups for s in g.steps]
    registration = next(step for step in steps if step.name.startswith("公司设立登记"))
    assert registration.due == "11月25日（周三）"


def test_an_unchanged_plan_is_only_stamped(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    shared = saved(unit)
    assert recompute(unit, date(2026, 6, 3)) == Tally(looked_at=1)
    life = life_of(unit, shared)
    assert (life.version, life.fingerprint) == (1, "rules-2")
    assert notices(engine) == []


def test_a_second_run_has_nothing_to_do(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    saved(unit)
    recompute(unit, TUESDAY)
    assert recompute(unit, TUESDAY) == Tally()
    assert count_stale(unit, with_holiday(TUESDAY)) == 0


def test_a_run_that_was_cut_off_goes_on_where_it_stopped(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    for n in range(5):
        saved(unit, origin=f"m{n}")
    done, last = recompute_batch(
        unit, with_holiday(TUESDAY), texts=news(), now=NOW, after_id=0, limit=2
    )
    assert (done.looked_at, count_stale(unit, with_holiday(TUESDAY))) == (2, 3)
    assert last is not None

    assert recompute(unit, TUESDAY) == Tally(looked_at=3, moved=3)
    assert len(notices(engine)) == 5


def test_two_runs_at_once_tell_everybody_once(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    for n in range(6):
        saved(unit, origin=f"m{n}")
    together([lambda: recompute(unit, TUESDAY)] * 3)
    assert len(notices(engine)) == 6
    assert count_stale(unit, with_holiday(TUESDAY)) == 0


def test_progress_is_reported_in_batches(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    for n in range(5):
        saved(unit, origin=f"m{n}")
    seen: list[int] = []
    recompute_plans(
        unit, with_holiday(TUESDAY), texts=news(), now=NOW, batch=2, progress=seen.append
    )
    assert seen == [2, 2, 1]


def test_a_plan_marked_in_between_is_left_for_the_next_round(engine: Engine) -> None:
    """The batch is worked out, then its owner marks a step, then the batch is written."""
    unit = unit_of_work_factory(engine)
    shared = saved(unit)
    seen = life_of(unit, shared)
    mark_steps(
        unit,
        composer(),
        plan_id=shared.plan.id,
        conversation_id=shared.plan.conversation_id,
        step_ids=["biz-name"],
        done_on=MONDAY,
        origin="m2",
        now=NOW,
    )
    with unit() as uow:
        assert uow.plan_lives.save_many([(seen, replace(seen, fingerprint="x"))], NOW) == set()
    assert life_of(unit, shared).done == {"biz-name": MONDAY}
    assert recompute(unit, TUESDAY).looked_at == 1


def test_real_days_stay_and_finished_plans_are_left_alone(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    shared = saved(unit)
    steps = [*life_of(unit, shared).dates]
    mark_steps(
        unit,
        composer(),
        plan_id=shared.plan.id,
        conversation_id=shared.plan.conversation_id,
        step_ids=steps,
        done_on=MONDAY,
        origin="m2",
        now=NOW,
    )
    assert recompute(unit, TUESDAY) == Tally()
    assert set(life_of(unit, shared).done.values()) == {MONDAY}


def test_the_reminder_moves_with_the_date(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    shared = saved(unit, SMALL_PROJECT)
    reminded(unit, shared, remind_days=0, remind_on=TUESDAY)
    recompute(unit, TUESDAY)
    with unit() as uow:
        reader = uow.plan_readers.reader(shared.plan.id, shared.plan.conversation_id)
    assert reader is not None
    assert reader.remind_on != TUESDAY


def test_who_wants_silence_is_not_told(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    shared = saved(unit)
    reminded(unit, shared, is_muted=True)
    recompute(unit, TUESDAY)
    assert notices(engine) == []


@pytest.mark.parametrize("recipe", [{"one_thing_id": "gone"}, {"one_thing_id": 7}])
def test_a_plan_that_no_longer_fits_is_kept_and_said_once(
    engine: Engine, recipe: dict[str, object]
) -> None:
    from sqlalchemy import update  # noqa: PLC0415 - the use cases write no such recipe

    from bot.store.tables.plan_life import PLAN_LIVES  # noqa: PLC0415

    unit = unit_of_work_factory(engine)
    shared = saved(unit)
    other = saved(unit, origin="m9", conversation_id=conversation(unit))
    with engine.begin() as connection:
        connection.execute(
            update(PLAN_LIVES).where(PLAN_LIVES.c.plan_id == shared.plan.id).values(recipe=recipe)
        )
    before = life_of(unit, shared).dates

    assert recompute(unit, TUESDAY) == Tally(looked_at=2, moved=1, broken=1)
    assert life_of(unit, shared).dates == before
    assert life_of(unit, other).version == 2
    assert sum("没法自动更新" in text for text in notices(engine)) == 1
    assert recompute(unit, TUESDAY) == Tally()


def test_only_the_hub_that_started_last_has_the_newest_rules(engine: Engine) -> None:
    from datetime import timedelta  # noqa: PLC0415

    unit = unit_of_work_factory(engine)
    with unit() as uow:
        uow.plan_lives.begin_rules("old", NOW)
        uow.plan_lives.begin_rules("new", NOW + timedelta(minutes=1))
        assert uow.plan_lives.newest_rules() == "new"
        uow.plan_lives.begin_rules("old", NOW + timedelta(minutes=2))
        assert uow.plan_lives.newest_rules() == "old"


def test_a_notice_has_a_kind(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    shared = saved(unit)
    recompute(unit, TUESDAY)
    with unit() as uow:
        (notice,) = uow.plan_readers.pending_for(shared.plan.id, shared.plan.conversation_id)
    assert notice.kind is NoticeKind.MOVED


def test_what_other_answers_would_change_stays_on_the_page(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    shared = saved(unit, FACTORY)
    journey = PlanProject(composer().catalogue, calendar())
    expected = [what_if_text(w) for w in what_ifs(journey, composer().catalogue, FACTORY)]
    assert expected

    recompute(unit, TUESDAY)

    found = get_plan_by_token(unit, shared.token)
    assert found.version > 1
    assert [each.text for each in read_snapshot(found.snapshot).what_ifs] == expected
