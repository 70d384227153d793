"""What of a plan needs a trip, by the ways that the catalogue names."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.plan_snapshot import PlanSnapshot
from bot.services.plans.snapshot import freeze
from bot.services.plans.start_business import StartAnswers, StartBusiness
from bot.services.plans.trips import ONLINE, trips_of
from tests.catalogue_factories import facts
from tests.service_factories import calendar

TUESDAY = date(2026, 11, 24)


def restaurant() -> PlanSnapshot:
    answers = StartAnswers(one_thing_id="ot-restaurant", enterprise_type_id="company")
    return freeze(StartBusiness(facts(), calendar()).compose(answers, TUESDAY), facts())


@pytest.mark.parametrize(
    ("way", "is_online"),
    [
        ("山东政务服务网（聊城站点）网办", True),
        ("“爱山东”APP", True),
        ("山东省电子税务局（新电子税局）", True),
        ("银行网点延伸办理", False),
        ("政务服务大厅综合窗口（无差别“一窗受理”）", False),
        ("帮办代办", False),
        ("企业开办“一窗通”勾选印章刻制", True),
    ],
)
def test_a_way_is_online_by_its_name(way: str, is_online: bool) -> None:
    assert bool(ONLINE.search(way)) is is_online


def test_every_step_with_a_way_is_counted_once_as_online_or_as_a_trip() -> None:
    plan = restaurant()
    trips = trips_of(plan)
    assert trips is not None
    steps = [step for stage in plan.stages for group in stage.groups for step in group.steps]
    with_way = [step for step in steps if step.channels]
    assert trips.online + len(trips.on_site) == len(with_way)
    assert trips.online > len(trips.on_site)


def test_a_plan_without_any_way_says_nothing_about_trips() -> None:
    assert trips_of(replace(restaurant(), stages=())) is None
