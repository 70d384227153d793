"""Finding a plan again: in its conversation, by number and proof, by its link."""

import pytest
from sqlalchemy.engine import Engine

from bot.domain.plan_errors import NotLive
from bot.domain.plans import PlanKind, UnknownPlan
from bot.services.plans.life import keep_phone
from bot.services.plans.opening_elsewhere import (
    link_token,
    normalise_plan_number,
    open_plan,
    open_plan_by_link,
)
from bot.services.plans.plans import SharedPlan, save_plan
from bot.services.plans.reading import my_plans, read_plan, view_saved
from bot.services.plans.recompute import recompute_plans
from bot.services.privacy.identity import NotVerified, TooManyTries
from bot.store.unit_of_work import unit_of_work_factory
from tests.plan_factories import PHONE, composer, life_of, news, saved, with_holiday
from tests.service_factories import NOW, TUESDAY, OpenUnit

WANG_WU = "conversation-wang-wu"


def with_phone(unit: OpenUnit) -> SharedPlan:
    shared = saved(unit)
    keep_phone(
        unit,
        plan_id=shared.plan.id,
        conversation_id=shared.plan.conversation_id,
        phone=PHONE,
        origin="p",
        now=NOW,
    )
    return shared


def opened(unit: OpenUnit, number: str, tail: str, who: str = WANG_WU) -> int:
    return open_plan(unit, number=number, tail=tail, conversation_id=who, now=NOW).plan_id


def test_plans_are_listed_newest_first_and_only_ones_own(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    first = saved(unit, origin="m1", conversation_id="c1")
    second = saved(unit, origin="m2", conversation_id="c1")
    saved(unit, origin="m3", conversation_id="c2")
    assert [p.number for p in my_plans(unit, "c1")] == [second.number, first.number]
    assert my_plans(unit, WANG_WU) == ()


def test_numbers_count_by_day(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    assert saved(unit, origin="m1").number == "FA-20261123-0001"
    assert saved(unit, origin="m2").number == "FA-20261123-0002"
    assert saved(unit, origin="m2").number == "FA-20261123-0002"


@pytest.mark.parametrize("tail", ["8000", "尾号8000", PHONE])
def test_number_and_last_digits_open_a_plan_elsewhere(engine: Engine, tail: str) -> None:
    unit = unit_of_work_factory(engine)
    shared = with_phone(unit)
    assert opened(unit, shared.number, tail) == shared.plan.id
    assert [p.number for p in my_plans(unit, WANG_WU)] == [shared.number]
    reading = read_plan(unit, composer(), plan_id=shared.plan.id, conversation_id=WANG_WU, now=NOW)
    assert reading.plan.life.number == shared.number


def test_three_wrong_tries_lock_and_tell_nothing(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    shared = with_phone(unit)
    for number in (shared.number, "FA-20261123-9999", shared.number):
        with pytest.raises(NotVerified):
            opened(unit, number, "1234")
    with pytest.raises(TooManyTries):
        opened(unit, shared.number, "8000")
    assert my_plans(unit, WANG_WU) == ()


def test_a_plan_without_a_telephone_is_not_opened_by_number(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    shared = saved(unit)
    with pytest.raises(NotVerified):
        opened(unit, shared.number, "")


def test_the_link_opens_a_plan_elsewhere(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    shared = saved(unit)
    token = link_token(f"在这儿 http://127.0.0.1:8000{shared.path} 看")
    assert token == shared.token
    life = open_plan_by_link(unit, token=shared.token, conversation_id=WANG_WU, now=NOW)
    assert life.plan_id == shared.plan.id
    with pytest.raises(UnknownPlan):
        open_plan_by_link(unit, token="x" * 32, conversation_id=WANG_WU, now=NOW)


def test_a_plan_saved_without_its_answers_says_so(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    old = save_plan(
        unit,
        origin="m1",
        conversation_id="c1",
        kind=PlanKind.PROJECT,
        answers={},
        snapshot={},
        now=NOW,
    )
    assert old.number == ""
    with pytest.raises(NotLive):
        open_plan_by_link(unit, token=old.token, conversation_id=WANG_WU, now=NOW)
    assert view_saved(unit, composer(), plan_id=old.plan.id, now=NOW) is None


def test_a_stranger_reads_nothing(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    shared = saved(unit)
    with pytest.raises(UnknownPlan):
        read_plan(unit, composer(), plan_id=shared.plan.id, conversation_id=WANG_WU, now=NOW)


def test_what_moved_is_told_when_the_plan_is_opened_and_then_not_again(engine: Engine) -> None:
    unit = unit_of_work_factory(engine)
    shared = saved(unit)
    recompute_plans(unit, with_holiday(TUESDAY), texts=news(), now=NOW)
    who = {"plan_id": shared.plan.id, "conversation_id": shared.plan.conversation_id, "now": NOW}
    (said,) = read_plan(unit, composer(), **who).news  # type: ignore[arg-type]
    assert life_of(unit, shared).number in said
    assert read_plan(unit, composer(), **who).news == ()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("方案编号FA-20261123-0001", "FA-20261123-0001"),
        ("fa 20261201 3", "FA-20261201-0003"),
        ("ＦＡ－20261123－０００１", "FA-20261123-0001"),
        ("FA20261123 0012打开", "FA-20261123-0012"),
        ("CS-20261123-0001", None),
        ("13800138000", None),
        ("ALFA-20261123-0001", None),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, number: str | None) -> None:
    assert normalise_plan_number(text) == number
