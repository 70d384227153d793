"""Applications and frozen matters on both databases."""

from datetime import date, timedelta

import pytest
from sqlalchemy.engine import Engine

from bot.domain.applications import LaterPaper, PaperChoice, PaperRequest
from bot.domain.cases import CaseState
from bot.domain.freezes import BadFreeze, NotFrozen
from bot.services.applications.applications import withdraw
from bot.services.applications.ports import ApplicationFilter
from bot.services.operating.freezes import freeze_matter, frozen_matters, unfreeze_matter
from tests.application_factories import FOOD, hand_in
from tests.casework_factories import OpenUnit, catalogue, opened
from tests.service_factories import NOW

ALL = ApplicationFilter()


@pytest.fixture
def unit(engine: Engine) -> OpenUnit:
    return opened(engine)


def test_an_application_comes_back_as_it_was_handed_in(unit: OpenUnit) -> None:
    case = hand_in(unit, choices={"从业人员健康证明": "later"}).case

    with unit() as uow:
        uow.applications.add_request(case.id, a_request())
        uow.applications.add_later(
            case.id, [LaterPaper(0, case.number, "房产证", date(2026, 12, 4), False)]
        )
        read = uow.applications.by_case(case.id)

    assert read is not None
    assert read.values["applicant_name"] == "聊城鲁小二餐饮有限公司"
    assert PaperChoice.LATER in {paper.choice for paper in read.papers}
    assert read.consented_at == NOW
    assert read.requests[0].papers == ("平面图",)
    assert read.later[0].case_number == case.number


def test_a_list_is_filtered_by_state_place_department_and_number(unit: OpenUnit) -> None:
    first = hand_in(unit, origin="a", conversation_id="c1").case
    second = hand_in(unit, origin="b", conversation_id="c2").case
    withdraw(unit, number=second.number, conversation_id="c2", reason="", now=NOW)

    with unit() as uow:

        def numbers(wanted: ApplicationFilter) -> list[str]:
            found = uow.applications.find(wanted, limit=10, offset=0)
            return [case.number for case in found]

        assert numbers(ALL) == [second.number, first.number]
        assert numbers(ApplicationFilter(states=(CaseState.RECEIVED,))) == [first.number]
        assert numbers(ApplicationFilter(district_id="371503")) == []
        assert numbers(ApplicationFilter(department_ids=("tax",))) == []
        assert numbers(ApplicationFilter(number=first.number[-4:])) == [first.number]
        assert numbers(ApplicationFilter(number="%")) == []
        assert uow.applications.count_by_state(ALL) == {
            CaseState.RECEIVED: 1,
            CaseState.WITHDRAWN: 1,
        }


def test_a_reminder_is_claimed_once(unit: OpenUnit) -> None:
    case = hand_in(unit).case
    due = date(2026, 12, 4)
    with unit() as uow:
        uow.applications.add_later(case.id, [LaterPaper(0, case.number, "房产证", due, False)])
        (reminder,) = uow.applications.reminders(due, due, 10)

    with unit() as uow:
        assert uow.applications.claim_reminder(reminder.paper.id, "", "today")
        assert not uow.applications.claim_reminder(reminder.paper.id, "", "today")
        assert uow.applications.reminders(due, due, 10) == []
        assert len(uow.applications.reminders(due + timedelta(days=1), due, 10)) == 1


def test_a_freeze_holds_until_its_last_day(unit: OpenUnit) -> None:
    freeze(unit, until=date(2026, 11, 24))

    assert frozen_matters(unit, now=NOW + timedelta(days=1))[FOOD].reason == "办法正在修订"
    assert frozen_matters(unit, now=NOW + timedelta(days=2)) == {}


def test_a_new_freeze_replaces_the_standing_one(unit: OpenUnit) -> None:
    freeze(unit)
    freeze(unit, reason="系统升级")

    with unit() as uow:
        assert [one.reason for one in uow.freezes.standing()] == ["系统升级"]
        assert [one.reason for one in uow.freezes.history(9)] == ["系统升级", "办法正在修订"]


def test_lifting_a_freeze_is_kept_in_history_and_audit(unit: OpenUnit) -> None:
    freeze(unit)
    unfreeze_matter(unit, matter_id=FOOD, by="operator", agent_id=None, now=NOW)

    with unit() as uow:
        assert uow.freezes.standing() == []
        assert uow.freezes.history(9)[0].lifted_by == "operator"
        actions = [entry.action for entry in uow.people.audit(subject=FOOD)]
    assert actions == ["matter_frozen", "matter_unfrozen"]
    with pytest.raises(NotFrozen):
        unfreeze_matter(unit, matter_id=FOOD, by="operator", agent_id=None, now=NOW)


@pytest.mark.parametrize(
    ("reason", "until"), [(" ", None), ("字" * 201, None), ("好", date(2026, 11, 22))]
)
def test_a_freeze_without_reason_or_with_a_past_day_is_refused(
    unit: OpenUnit, reason: str, until: date | None
) -> None:
    with pytest.raises(BadFreeze):
        freeze(unit, reason=reason, until=until)
    assert frozen_matters(unit, now=NOW) == {}


def a_request() -> PaperRequest:
    return PaperRequest(0, ("平面图",), "不清楚", NOW, "agent:1")


def freeze(unit: OpenUnit, reason: str = "办法正在修订", until: date | None = None) -> None:
    freeze_matter(
        unit,
        matter_id=FOOD,
        reason=reason,
        until=until,
        by="operator",
        agent_id=None,
        now=NOW,
        catalogue=catalogue(),
    )
