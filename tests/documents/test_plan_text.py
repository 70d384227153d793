from datetime import date
from pathlib import Path

import pytest

from bot.documents.plan_text import MAX_CHARACTERS, project_text, start_text, what_ifs_text
from bot.services.plans.project import PlanProject, ProjectAnswers
from bot.services.plans.start_business import StartAnswers, StartBusiness, TradeBasis
from bot.services.plans.what_ifs import what_ifs
from bot.store.calendars import load_calendar
from bot.store.catalogue.loader import load_catalogue

CATALOGUE = load_catalogue(Path("data/catalogue"))
CALENDAR = load_calendar(Path("data/calendar"))
START = StartBusiness(CATALOGUE, CALENDAR)
PROJECT = PlanProject(CATALOGUE, CALENDAR)
TUESDAY = date(2026, 11, 24)


def start(answers: StartAnswers, limit: int = MAX_CHARACTERS, day: date = TUESDAY) -> str:
    return start_text(START.compose(answers, day), limit)


def project(answers: ProjectAnswers, limit: int = MAX_CHARACTERS, day: date = TUESDAY) -> str:
    plan = PROJECT.compose(answers, day)
    assert plan is not None
    return project_text(plan, limit)


@pytest.mark.parametrize("type_id", CATALOGUE.project_types)
def test_every_project_plan_fits_and_names_every_step(type_id: str) -> None:
    answers = ProjectAnswers(type_id)
    text = project(answers)
    plan = PROJECT.compose(answers, TUESDAY)
    assert plan is not None
    assert len(text) <= MAX_CHARACTERS
    assert all(step.planned.step.name.split("（")[0] in text for step in plan.steps)
    assert "未列出" not in text


@pytest.mark.parametrize("bundle_id", CATALOGUE.one_things)
def test_every_start_plan_fits_and_names_every_step(bundle_id: str) -> None:
    answers = StartAnswers(one_thing_id=bundle_id, enterprise_type_id="company")
    text = start(answers)
    assert len(text) <= MAX_CHARACTERS
    assert all(s.planned.step.name in text for s in START.compose(answers, TUESDAY).steps)


def test_a_restaurant_plan_says_what_applicants_need() -> None:
    facts = {"area_m2": 120, "big_sign": False}
    text = start(
        StartAnswers(
            "individual", "ot-restaurant", district_id="371502", hires_staff=True, facts=facts
        )
    )
    assert "个体工商户" in text
    assert "东昌府区" in text
    assert "可同时办：" in text
    assert "可后补：从业人员健康证明" in text
    assert "3个工作日＊，11月30日（周一）前" in text
    assert "视情况" in text
    assert "以窗口答复为准" in text
    assert "串联需" in text


def test_what_the_plan_rests_on_is_said() -> None:
    assert "组合而成" in start(StartAnswers("company", industry_code="L7263"))
    assert "请向窗口核实" in start(StartAnswers("company", industry_code="O8060"))
    assert "请先核实能否用这种主体办理" in start(StartAnswers("individual", industry_code="L7263"))
    assert "您还没说做什么行业" in start(StartAnswers("company"))
    assert "您还没定主体类型" in start(StartAnswers(one_thing_id="ot-pet"))


LONE_TRADES = [i.code for i in CATALOGUE.industries.values() if i.one_thing_id is None]


@pytest.mark.parametrize("code", LONE_TRADES)
def test_a_trade_without_a_bundle_says_what_its_licences_rest_on(code: str) -> None:
    answers = StartAnswers("company", industry_code=code)
    basis = START.compose(answers, TUESDAY).basis

    assert basis in {TradeBasis.COMPOSED, TradeBasis.NOT_COVERED}
    assert ("组合而成" if basis is TradeBasis.COMPOSED else "请向窗口核实") in start(answers)


def test_a_project_says_what_weighs_most_what_may_wait_and_what_else_could_be() -> None:
    text = project(ProjectAnswers("soc-industrial"))
    assert "最长的一步：房屋市政工程竣工联合验收15个工作日（主流程、全过程）" in text
    assert "可以晚办：" in text

    others = what_ifs(PROJECT, CATALOGUE, ProjectAnswers("soc-industrial"))
    shown = what_ifs_text(others, limit=2)
    assert shown.splitlines()[0] == "· 如果地已经拿到手，总历时少22个工作日"
    assert shown.splitlines()[-1] == f"（另有{len(others) - 2}种情况见完整计划）"
    assert what_ifs_text(()) == ""


def test_an_uncertain_promise_carries_the_mark() -> None:
    assert "承诺：2小时＊" in start(StartAnswers("branch"))
    assert "承诺：2小时，" in start(StartAnswers("company"))


def test_notes_of_the_catalogue_are_told_where_they_fit() -> None:
    facts = {"area_m2": 400, "big_sign": False, "decorate_special": False}
    text = start(StartAnswers("individual", "ot-restaurant", facts=facts))
    assert "以本地消防公布为准" in text


def test_dates_of_an_unpublished_year_are_marked() -> None:
    text = start(StartAnswers("company"), day=date(2026, 12, 29))
    assert "2027年" not in text or "暂定" in text
    assert "国务院尚未公布" in text


def test_a_project_plan_shows_limits_stages_and_own_time() -> None:
    text = project(ProjectAnswers("soc-industrial"), day=date(2026, 6, 1))
    for words in ("▍立项用地规划许可", "▍竣工验收", "限45个工作日", "限100个工作日", "您自行安排"):
        assert words in text
    assert "日期未计入您自己的时间" in text
    assert "最早" in text
    assert "→ 开工" in text


def test_land_then_start_shows_its_last_day_and_what_is_done() -> None:
    text = project(ProjectAnswers("land-then-start", has_land=True))
    assert "限15个工作日，计划11个工作日，在时限内，最迟12月15日（周二）" in text
    assert "按已办算" in text


@pytest.mark.parametrize("limit", [1200, 900, 600, 400])
def test_a_shorter_limit_leaves_out_papers_first_and_says_what_is_missing(limit: int) -> None:
    text = project(ProjectAnswers("soc-approved"), limit)
    assert len(text) <= max(limit, 520)
    assert "可后补" not in text
    assert limit > 1000 or "行未列出" in text
