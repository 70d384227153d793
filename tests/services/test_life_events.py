from datetime import date
from pathlib import Path

import pytest

from bot.documents.plan_text import MAX_CHARACTERS, life_event_text
from bot.domain.conditions import Answer
from bot.domain.errors import UnknownLifeEvent
from bot.services.plans.life_events import LifeEventAnswers, LifeEventPlan, LifeEvents
from bot.services.plans.snapshot import read_snapshot, snapshot_life_event
from bot.store.calendars import load_calendar
from bot.store.catalogue.loader import load_catalogue

CATALOGUE = load_catalogue(Path("data/catalogue"))
JOURNEY = LifeEvents(CATALOGUE, load_calendar(Path("data/calendar")))
WEDNESDAY = date(2026, 9, 16)
COMPANY: dict[str, Answer] = {"who_closes": "公司或其他企业", "has_food_licence": False}
SIMPLE: dict[str, Answer] = {**COMPANY, "debts_settled": True, "simple_excluded": False}
every_event = pytest.mark.parametrize("event_id", CATALOGUE.life_events)


def compose(event_id: str, **facts: Answer) -> LifeEventPlan:
    return JOURNEY.compose(LifeEventAnswers(event_id, facts=facts), WEDNESDAY)


def steps(plan: LifeEventPlan) -> list[str]:
    return [step.planned.step.id for step in plan.steps]


def asked(event_id: str, **facts: Answer) -> list[str]:
    return [q.id for q in JOURNEY.questions(LifeEventAnswers(event_id, facts=facts))]


@pytest.mark.parametrize(
    ("text", "event_id"),
    [
        ("公司搬到临清要办啥", "move"),
        ("不干了想注销", "close"),
        ("改名", "rename"),
        ("换个法人要啥材料，换法人", "legal-person"),
        ("注册资本写高了咋办", "capital-down"),
        ("想增资", "capital-up"),
        ("股权转让怎么弄", "shareholders"),
        ("个体户过户给儿子", "operator"),
        ("个体户变公司", "to-enterprise"),
        ("加经营范围", "scope"),
        ("理发店开不下去了，咋收尾", "close"),
        ("铺子要让给我哥干", "operator"),
        ("执照过到儿媳妇名下行不行", "operator"),
        ("他的股份都转给我", "shareholders"),
    ],
)
def test_what_people_say_names_the_event(text: str, event_id: str) -> None:
    found = JOURNEY.find(text)
    assert found is not None
    assert found.id == event_id


@pytest.mark.parametrize(
    "text",
    [
        "想开个火锅店",
        "施工许可证多久",
        "你好",
        "又不想注销了，先停着",
        "执照给我寄过来",
        "资料转给他了",
        "厂房转给别人要交税吗",
    ],
)
def test_other_talk_names_no_event(text: str) -> None:
    assert JOURNEY.find(text) is None


def test_every_change_and_exit_that_ends_a_registration_leads_to_an_event() -> None:
    led = {m for event in CATALOGUE.life_events.values() for m in event.matter_ids}
    wanted = {m for m in CATALOGUE.matters if m.startswith(("chg-", "exit-"))}

    assert wanted - led == {"chg-filing", "chg-license-food"}


@every_event
def test_every_event_composes_says_so_and_fits_a_message(event_id: str) -> None:
    plan = compose(event_id)
    text = life_event_text(plan)

    assert "组合而成" in text
    assert len(text) <= MAX_CHARACTERS
    page = read_snapshot(snapshot_life_event(plan, CATALOGUE))
    assert page.title == plan.event.name
    assert any("组合而成" in remark for remark in page.remarks)


@every_event
def test_answering_everything_leaves_nothing_undecided(event_id: str) -> None:
    event = CATALOGUE.life_event(event_id)
    facts: dict[str, Answer] = {
        name: CATALOGUE.question(name).options[0] if CATALOGUE.question(name).options else True
        for name in event.question_ids
    }
    assert asked(event_id, **facts) == []
    assert all(not step.undecided for step in compose(event_id, **facts).steps)


def test_a_move_inside_the_county_is_a_change_and_across_it_a_migration() -> None:
    inside, across = compose("move", crosses_district=False), compose("move", crosses_district=True)

    assert "address" in steps(inside)
    assert "migrate" not in steps(inside)
    assert "migrate" in steps(across)
    assert "address" not in steps(across)
    assert "needs_tax_clear" not in asked("move", crosses_district=False)


def test_a_settled_company_closes_simply_after_twenty_days_of_notice() -> None:
    """16 September + 20 days is 6 October, inside the National Day: the 8th."""
    plan = compose("close", **SIMPLE, has_tax_matters=False)
    due = {step.planned.step.id: step.planned.due.on for step in plan.steps}

    assert steps(plan) == ["stop", "notice", "simple", "accounts"]
    assert due["notice"] == date(2026, 10, 8)
    assert "20天（自然日）" in life_event_text(plan)


def test_debts_lead_to_liquidation_and_tax_clearance_before_the_end() -> None:
    plan = compose("close", **COMPANY, debts_settled=False)
    order = steps(plan)

    assert "simple" not in order
    for first, then in [
        ("group", "claims"),
        ("claims", "report"),
        ("report", "tax"),
        ("tax", "normal"),
    ]:
        assert order.index(first) < order.index(then)
    assert asked("close", **COMPANY, debts_settled=False) == []


def test_what_excludes_the_simple_way_leads_to_liquidation_too() -> None:
    plan = compose("close", **{**SIMPLE, "simple_excluded": True})
    assert {"group", "claims", "normal"} <= set(steps(plan))


def test_an_individual_closes_without_notice() -> None:
    plan = compose("close", who_closes="个体工商户", has_tax_matters=False, has_food_licence=True)
    assert set(steps(plan)) == {"stop", "food", "individual"}


def test_a_lower_capital_waits_for_forty_five_days_of_notice() -> None:
    plan = compose("capital-down")
    notice = next(step for step in plan.steps if step.planned.step.id == "notice")

    assert notice.planned.due.on == date(2026, 11, 2)  # Mon; 31 October is a Saturday
    assert steps(plan)[-1] == "change"


def test_an_unknown_event_is_refused() -> None:
    with pytest.raises(UnknownLifeEvent):
        JOURNEY.questions(LifeEventAnswers("fly-to-the-moon"))
