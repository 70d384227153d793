"""The page of a plan that lives shows how it stands today."""

from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy.engine import Engine
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.portal import plan as page
from bot.services.plans.life import mark_steps, rename_plan, tick_papers
from bot.services.plans.plans import SharedPlan
from bot.services.plans.snapshot import snapshot_start
from bot.services.plans.start_business import StartBusiness
from bot.store.unit_of_work import unit_of_work_factory
from tests.catalogue_factories import facts
from tests.plan_factories import MONDAY, RESTAURANT, composer, kinds, saved
from tests.service_factories import NOW, OpenUnit, at, calendar

FRIDAY = date(2026, 11, 27)


def opened(unit: OpenUnit, now: datetime) -> TestClient:
    app: Any = SimpleNamespace(
        unit_of_work=unit, plan_composer=composer(), paper_kinds=kinds(), now=lambda: now
    )
    return TestClient(Starlette(routes=page.routes(app)))


def kept(unit: OpenUnit) -> SharedPlan:
    plan = StartBusiness(facts(), calendar()).compose(RESTAURANT, MONDAY)
    return saved(unit, snapshot=snapshot_start(plan, facts()))


def mark(unit: OpenUnit, shared: SharedPlan, *steps: str, on: date) -> None:
    mark_steps(
        unit,
        composer(),
        plan_id=shared.plan.id,
        conversation_id=shared.plan.conversation_id,
        step_ids=steps,
        done_on=on,
        origin=f"{steps}{on}",
        now=at(FRIDAY, 18),
    )


def test_progress_what_can_be_done_and_what_moved_stand_above_the_plan(
    sqlite_engine: Engine,
) -> None:
    unit = unit_of_work_factory(sqlite_engine)
    shared = kept(unit)
    mark(unit, shared, "biz-name", on=MONDAY)
    mark(unit, shared, "biz-company", on=FRIDAY)

    text = opened(unit, at(FRIDAY, 18)).get(shared.path).text

    assert "<strong>2/7</strong> 步已办完" in text
    assert "比最初晚" in text
    assert "印章刻制（公章刻制备案） <small>11月30日（周一）前</small>" in text
    assert "印章刻制：11月24日（周二） → 11月30日（周一）（晚4个工作日）" in text
    assert "已办 11月27日（周五）" in text
    assert shared.number in text


def test_what_is_late_is_named(sqlite_engine: Engine) -> None:
    unit = unit_of_work_factory(sqlite_engine)
    shared = kept(unit)
    text = opened(unit, at(FRIDAY, 9)).get(shared.path).text
    assert '企业名称自主申报 <span class="tag red">晚4个工作日</span>' in text


def test_a_finished_plan_says_so(sqlite_engine: Engine) -> None:
    unit = unit_of_work_factory(sqlite_engine)
    shared = kept(unit)
    with unit() as uow:
        life = uow.plan_lives.of_plan(shared.plan.id)
    assert life is not None
    mark(unit, shared, *life.dates, on=FRIDAY)
    text = opened(unit, at(FRIDAY, 18)).get(shared.path).text
    assert "都办完了" in text


def test_the_documents_of_the_whole_plan_are_listed_once_with_their_ticks(
    sqlite_engine: Engine,
) -> None:
    unit = unit_of_work_factory(sqlite_engine)
    shared = kept(unit)
    tick_papers(
        unit,
        plan_id=shared.plan.id,
        conversation_id=shared.plan.conversation_id,
        ticks={"articles": True},
        origin="t",
        now=NOW,
    )
    text = opened(unit, NOW).get(shared.path).text
    assert "已有 1 份" in text
    listed = text.split("材料清单：", 1)[1].split("</details>", 1)[0]
    assert listed.count("公司章程") == 1
    assert "已有：</span> 公司章程" in listed


def test_a_name_is_shown_as_text(sqlite_engine: Engine) -> None:
    unit = unit_of_work_factory(sqlite_engine)
    shared = kept(unit)
    rename_plan(
        unit,
        plan_id=shared.plan.id,
        conversation_id=shared.plan.conversation_id,
        name="<script>alert(1)</script>",
        origin="r",
        now=NOW,
    )
    assert "<script>" not in opened(unit, NOW).get(shared.path).text
