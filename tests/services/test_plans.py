from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from bot.domain.plans import PlanKind, UnknownPlan
from bot.services.plans.plans import (
    SharedPlan,
    get_plan_by_token,
    latest_plan,
    save_plan,
    share_latest_plan,
)
from bot.store.tables.services import PLAN_LINKS, PLANS
from bot.store.unit_of_work import unit_of_work_factory
from tests.service_factories import NOW, OpenUnit
from tests.services.test_booking_races import together

SNAPSHOT: Mapping[str, Any] = {"title": "火锅店", "steps": [{"name": "设立登记", "days": 0.25}]}


def save(unit_of_work: OpenUnit, **changes: Any) -> SharedPlan:
    wanted: dict[str, Any] = {
        "origin": "c0:m1:plan",
        "conversation_id": "c0",
        "kind": PlanKind.START_BUSINESS,
        "answers": {"district": "371502"},
        "snapshot": SNAPSHOT,
        "now": NOW,
    }
    return save_plan(unit_of_work, **{**wanted, **changes})


def test_a_saved_plan_is_read_under_its_link(engine: Engine) -> None:
    unit_of_work = unit_of_work_factory(engine)
    shared = save(unit_of_work)
    found = get_plan_by_token(unit_of_work, shared.token)
    assert found == shared.plan
    assert (found.snapshot, found.answers) == (SNAPSHOT, {"district": "371502"})
    assert shared.path == f"/plans/{shared.token}"


def test_the_secret_of_a_link_is_not_kept(engine: Engine) -> None:
    unit_of_work = unit_of_work_factory(engine)
    shared = save(unit_of_work)
    with engine.begin() as connection:
        kept = str(connection.execute(select(PLAN_LINKS)).all())
    assert shared.token not in kept
    assert shared.token not in repr(shared)


@pytest.mark.parametrize("token", ["", "x", "' OR 1=1 --", "\ud800", "链接"])
def test_a_wrong_link_finds_nothing(engine: Engine, token: str) -> None:
    unit_of_work = unit_of_work_factory(engine)
    save(unit_of_work)
    with pytest.raises(UnknownPlan):
        get_plan_by_token(unit_of_work, token)


def test_the_same_message_again_saves_one_plan_and_both_links_work(engine: Engine) -> None:
    unit_of_work = unit_of_work_factory(engine)
    first, second = save(unit_of_work), save(unit_of_work, snapshot={"title": "other"})
    assert first.plan == second.plan
    assert get_plan_by_token(unit_of_work, first.token) == first.plan
    assert get_plan_by_token(unit_of_work, second.token) == first.plan


def test_many_workers_with_one_message_save_one_plan(engine: Engine) -> None:
    unit_of_work = unit_of_work_factory(engine)
    shared = together([lambda: save(unit_of_work)] * 6)
    assert len({each.plan.id for each in shared if isinstance(each, SharedPlan)}) == 1
    with engine.begin() as connection:
        assert connection.execute(select(func.count()).select_from(PLANS)).scalar() == 1


def test_the_latest_plan_of_a_conversation_is_found_by_kind(engine: Engine) -> None:
    unit_of_work = unit_of_work_factory(engine)
    assert latest_plan(unit_of_work, "c0") is None
    assert share_latest_plan(unit_of_work, conversation_id="c0", now=NOW) is None
    shop = save(unit_of_work).plan
    works = save(unit_of_work, origin="m2", kind=PlanKind.PROJECT).plan
    save(unit_of_work, origin="m3", conversation_id="c1")
    assert latest_plan(unit_of_work, "c0") == works
    assert latest_plan(unit_of_work, "c0", PlanKind.START_BUSINESS) == shop
    again = share_latest_plan(unit_of_work, conversation_id="c0", now=NOW)
    assert again is not None
    assert get_plan_by_token(unit_of_work, again.token) == works
