import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.engine import Engine
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.domain.plan_snapshot import PlanSnapshot
from bot.domain.plans import PlanKind
from bot.portal import plan as page
from bot.services.plans.life_events import LifeEventAnswers, LifeEvents
from bot.services.plans.plans import save_plan
from bot.services.plans.project import PlanProject, ProjectAnswers
from bot.services.plans.snapshot import freeze, read_snapshot, snapshot_start
from bot.services.plans.start_business import StartAnswers, StartBusiness
from bot.services.plans.trips import trips_of
from bot.services.plans.what_ifs import what_ifs
from bot.store.unit_of_work import unit_of_work_factory
from tests.catalogue_factories import facts
from tests.service_factories import NOW, TUESDAY, calendar


def start(**answers: object) -> PlanSnapshot:
    journey = StartBusiness(facts(), calendar())
    plan = journey.compose(StartAnswers(**answers), TUESDAY)  # type: ignore[arg-type]
    return freeze(plan, facts())


def project(type_id: str, start_on: date = TUESDAY) -> PlanSnapshot:
    plan = PlanProject(facts(), calendar()).compose(ProjectAnswers(type_id), start_on)
    assert plan is not None
    return freeze(plan, facts())


def all_snapshots() -> Iterator[PlanSnapshot]:
    yield from (project(type_id) for type_id in facts().project_types)
    yield from (start(one_thing_id=bundle, district_id="371502") for bundle in facts().one_things)


@pytest.fixture
def client(sqlite_engine: Engine) -> TestClient:
    # the page needs nothing of the application but its database
    app: Any = SimpleNamespace(unit_of_work=unit_of_work_factory(sqlite_engine))
    return TestClient(Starlette(routes=page.routes(app)))


def shown(client: TestClient, engine: Engine, plan: PlanSnapshot) -> str:
    import msgspec  # noqa: PLC0415 - only here a snapshot is written without its plan

    shared = save_plan(
        unit_of_work_factory(engine),
        origin=uuid4().hex,
        conversation_id="c0",
        kind=PlanKind.PROJECT,
        answers={},
        snapshot=msgspec.to_builtins(plan),
        now=NOW,
    )
    response = client.get(shared.path)
    assert response.status_code == 200
    return response.text


def test_every_plan_of_the_catalogue_survives_saving_and_is_shown_whole(
    client: TestClient, sqlite_engine: Engine
) -> None:
    for plan in all_snapshots():
        text = shown(client, sqlite_engine, plan)
        for stage in plan.stages:
            for group in stage.groups:
                for step in group.steps:
                    assert escaped(step.name) in text
                    assert escaped(step.due) in text
        assert escaped(plan.finish_on) in text
        assert text.count("<table>") == len(plan.stages)


def test_a_snapshot_read_back_equals_the_one_written() -> None:
    plan = StartBusiness(facts(), calendar()).compose(
        StartAnswers(one_thing_id="ot-restaurant", enterprise_type_id="company"), TUESDAY
    )
    raw = json.loads(json.dumps(snapshot_start(plan, facts())))
    assert read_snapshot(raw) == freeze(plan, facts())


def test_every_step_carries_source_and_date_and_the_unsure_ones_say_so(
    client: TestClient, sqlite_engine: Engine
) -> None:
    plan = project(next(iter(facts().project_types)))
    steps = [step for stage in plan.stages for group in stage.groups for step in group.steps]
    assert any(step.is_uncertain for step in steps)
    assert all(step.source and step.checked_on for step in steps)
    text = shown(client, sqlite_engine, plan)
    assert text.count("时限来源：") == sum(not step.is_milestone for step in steps)
    unsure = sum(step.is_uncertain for step in steps)
    assert text.count('<small class="warn">以窗口答复为准</small>') == unsure


def test_the_critical_path_is_marked_and_named(client: TestClient, sqlite_engine: Engine) -> None:
    plan = project(next(iter(facts().project_types)))
    steps = [step for stage in plan.stages for group in stage.groups for step in group.steps]
    critical = [step.name for step in steps if step.is_critical]
    assert critical
    assert set(critical) == set(plan.critical_path)
    text = shown(client, sqlite_engine, plan)
    assert text.count(">关键</span>") == len(critical)


def test_a_plan_into_an_unpublished_year_says_that_dates_may_move(
    client: TestClient, sqlite_engine: Engine
) -> None:
    plan = project(next(iter(facts().project_types)), date(2026, 12, 24))
    assert plan.is_provisional
    assert "尚未公布该年放假安排" in shown(client, sqlite_engine, plan)


def test_what_people_typed_is_never_markup(client: TestClient, sqlite_engine: Engine) -> None:
    plan = replace(start(one_thing_id="ot-restaurant"), title="<script>alert(1)</script>")
    text = shown(client, sqlite_engine, plan)
    assert "<script" not in text
    assert "&lt;script&gt;" in text


def test_the_page_runs_no_script_and_leaks_its_link_nowhere(client: TestClient) -> None:
    response = client.get("/plans/unknown")
    assert response.status_code == 404
    assert "没有找到这份计划" in response.text
    headers = response.headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "script-src" not in headers["content-security-policy"]
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "private, no-store"
    assert "noindex" in headers["x-robots-tag"]


def test_templates_hold_no_inline_style_or_script() -> None:
    for file in (Path(page.__file__).parent / "templates").glob("plan*.html"):
        text = file.read_text("utf-8")
        assert "style=" not in text
        assert "<style" not in text
        assert "<script" not in text
        assert "|safe" not in text.replace(" ", "")


def test_the_stylesheet_is_served(client: TestClient) -> None:
    response = client.get("/plans/assets/plan.css")
    assert response.headers["content-type"].startswith("text/css")
    assert "@media print" in response.text


def test_every_bar_stays_inside_its_track() -> None:
    for plan in all_snapshots():
        for stage in plan.stages:
            for group in stage.groups:
                for step in group.steps:
                    left, width = page.bar(step, plan)
                    assert left >= 0
                    assert width > 0
                    assert left + width <= page.BAR_WIDTH + 0.01


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def test_a_project_shows_its_totals_what_decides_them_and_what_else_could_be(
    client: TestClient, sqlite_engine: Engine
) -> None:
    journey = PlanProject(facts(), calendar())
    answers = ProjectAnswers("soc-industrial", facts={"regional_assessed": False})
    made = journey.compose(answers, TUESDAY)
    assert made is not None
    plan = freeze(made, facts(), what_ifs(journey, facts(), answers))
    text = shown(client, sqlite_engine, plan)

    assert [total.name for total in plan.totals] == ["主流程审批", "全过程审批", "总历时"]
    assert "官方时限 45 个工作日，在时限内" in text
    assert "官方时限 100、120 个工作日" in text
    assert "决定它的步骤：" in text
    assert "如果项目在已完成区域评估的开发区，全过程审批少5个工作日" in text
    assert "，不误总时间" in text


def test_a_plan_says_which_steps_need_a_trip(client: TestClient, sqlite_engine: Engine) -> None:
    plan = start(one_thing_id="ot-restaurant")
    trips = trips_of(plan)
    assert trips is not None
    text = shown(client, sqlite_engine, plan)
    assert f"{trips.online} 步可以在网上交申请" in text
    assert all(escaped(name) in text for name in trips.on_site)
    assert "去哪办：" in text


def test_a_project_says_what_departments_do_as_one() -> None:
    told = "\n".join(project("soc-industrial").remarks)
    for name in ("多规合一", "多评合一", "多测合一", "联合审图", "联合验收"):
        assert f"{name}：" in told
    assert "多测合一：" not in "\n".join(project("soc-renovation").remarks)


def test_a_snapshot_from_before_the_totals_is_still_shown(
    client: TestClient, sqlite_engine: Engine
) -> None:
    old = replace(project("soc-civil"), totals=(), what_ifs=())
    text = shown(client, sqlite_engine, old)

    assert "三个总数" not in text
    assert "换个答案会怎样" not in text


def test_a_change_of_a_business_is_shown_with_its_remark(
    client: TestClient, sqlite_engine: Engine
) -> None:
    made = LifeEvents(facts(), calendar()).compose(LifeEventAnswers("close"), TUESDAY)
    text = shown(client, sqlite_engine, freeze(made, facts()))

    assert "企业（个体户）注销" in text
    assert "由各事项的规则组合而成" in text
