from datetime import timedelta

import pytest
from sqlalchemy.engine import Engine

from bot.domain.cases import CaseMoveRefused, CaseState, CaseStep
from bot.domain.errors import UnknownDistrict, UnknownMatter
from bot.services.cases import cases
from bot.services.cases import desk as case_desk
from bot.services.cases.desk import CaseChanged, MissingPapersNotNamed, UnknownCase
from tests.casework_factories import (
    LI_LEI,
    NOW,
    PHONE,
    OpenUnit,
    calendar,
    case,
    catalogue,
    opened,
)

S = CaseState


def advance(unit: OpenUnit, number: str, to: CaseState, reason: str = "") -> object:
    return case_desk.advance_case(
        unit, number=number, to=to, actor="approval", now=NOW, reason=reason
    )


def follow(unit: OpenUnit, number: str) -> None:
    cases.find_case(
        unit,
        number=number,
        credential=PHONE[-4:],
        conversation_id=LI_LEI,
        now=NOW,
        calendar=calendar(),
    )
    cases.follow_case(unit, number=number, conversation_id=LI_LEI, now=NOW)


def test_opening_with_the_same_origin_returns_the_first_case(engine: Engine) -> None:
    unit = opened(engine)
    first = case(unit)
    assert case(unit, at=NOW + timedelta(days=1)) == first
    assert case(unit, origin="msg-2:case").number != first.number


def test_limits_are_those_of_the_catalogue_on_the_day_of_opening(engine: Engine) -> None:
    made = case(opened(engine))
    matter = catalogue().matter("lic-food-operate")
    assert made.promised is not None
    assert made.promised.working_days == matter.promised.working_days
    assert made.promised.source == matter.promised.provenance.source
    assert made.promised.verified is matter.promised.provenance.verified


def test_a_limit_converted_from_calendar_days_is_not_used_to_call_anybody_late(
    engine: Engine,
) -> None:
    assert catalogue().matter("lic-small-catering").statutory.is_estimate
    assert case(opened(engine), matter_id="lic-small-catering").statutory is None


def test_nothing_is_opened_for_an_unknown_matter_or_district(engine: Engine) -> None:
    unit = opened(engine)
    with pytest.raises(UnknownMatter):
        case(unit, matter_id="no-such-matter")
    with pytest.raises(UnknownDistrict):
        case_desk.open_case(
            unit,
            origin="x",
            matter_id="lic-food-operate",
            applicant_name="李雷",
            phone=PHONE,
            credential="",
            district_id="nowhere",
            now=NOW,
            catalogue=catalogue(),
        )


def test_every_move_is_kept_in_the_history(engine: Engine) -> None:
    unit = opened(engine)
    number = case(unit).number
    advance(unit, number, S.ACCEPTED, "材料齐全")
    advance(unit, number, S.UNDER_REVIEW)
    with unit() as uow:
        stored = uow.cases.by_number(number)
    assert stored is not None
    assert [(e.seen, e.to) for e in stored.events] == [
        (None, S.RECEIVED),
        (S.RECEIVED, S.ACCEPTED),
        (S.ACCEPTED, S.UNDER_REVIEW),
    ]
    assert (stored.events[1].actor, stored.events[1].reason) == ("approval", "材料齐全")


def test_a_forbidden_move_changes_nothing(engine: Engine) -> None:
    unit = opened(engine)
    made = case(unit)
    with pytest.raises(CaseMoveRefused):
        advance(unit, made.number, S.COMPLETED)
    with unit() as uow:
        assert uow.cases.by_number(made.number) == made


def test_missing_papers_have_to_be_named_and_are_forgotten_when_they_came(engine: Engine) -> None:
    unit = opened(engine)
    made = case(unit, (S.RECTIFICATION, NOW))
    assert made.missing == ("从业人员健康证明",)
    with pytest.raises(MissingPapersNotNamed):
        advance(unit, case(unit, origin="msg-2:case").number, S.RECTIFICATION)
    advance(unit, made.number, S.ACCEPTED)
    with unit() as uow:
        stored = uow.cases.by_number(made.number)
    assert stored is not None
    assert stored.missing == ()


def test_nobody_moves_a_case_that_does_not_exist(engine: Engine) -> None:
    with pytest.raises(UnknownCase):
        advance(opened(engine), "371500202611239999", S.ACCEPTED)


def test_of_two_who_saw_the_same_state_one_moves_the_case(engine: Engine) -> None:
    unit = opened(engine)
    made = case(unit)
    with unit() as uow:
        assert uow.cases.move(made.id, S.RECEIVED, S.ACCEPTED)
        assert not uow.cases.move(made.id, S.RECEIVED, S.RETURNED)


def test_steps_of_one_state_are_finished_one_after_the_other(engine: Engine) -> None:
    unit = opened(engine)
    way = (
        CaseStep("收件", S.RECEIVED, "approval"),
        CaseStep("受理", S.ACCEPTED, "approval"),
        CaseStep("现场核查", S.UNDER_REVIEW, "market"),
        CaseStep("审查", S.UNDER_REVIEW, "approval"),
        CaseStep("发证", S.COMPLETED, "approval"),
    )
    number = case_desk.open_case(
        unit,
        origin="x",
        matter_id="lic-food-operate",
        applicant_name="李雷",
        phone=PHONE,
        credential="",
        district_id="371502",
        now=NOW,
        catalogue=catalogue(),
        steps=way,
    ).number
    advance(unit, number, S.ACCEPTED)
    made = case_desk.advance_case(unit, number=number, to=S.UNDER_REVIEW, actor="approval", now=NOW)
    assert cases.department_in_charge(made) == "market"
    after = case_desk.finish_case_step(unit, number=number, actor="market", now=NOW)
    assert cases.department_in_charge(after) == "approval"
    with unit() as uow:
        assert uow.cases.by_number(number) == after
    with pytest.raises(CaseChanged):
        case_desk.finish_case_step(unit, number=number, actor="approval", now=NOW)


def test_followers_hear_of_each_later_move_once(engine: Engine) -> None:
    unit = opened(engine)
    number = case(unit, (S.ACCEPTED, NOW)).number
    follow(unit, number)
    follow(unit, number)  # twice changes nothing
    advance(unit, number, S.UNDER_REVIEW)
    advance(unit, number, S.COMPLETED, "已发证")
    with unit() as uow:
        assert list(uow.case_notices.waiting(NOW, 10)) == [LI_LEI]
        notices = uow.case_notices.take(LI_LEI)
        assert [notice.event.to for notice in notices] == [S.UNDER_REVIEW, S.COMPLETED]
        assert {(n.conversation_id, n.case_number) for n in notices} == {(LI_LEI, number)}
        uow.case_notices.mark_told([notice.id for notice in notices], NOW)
    with unit() as uow:
        assert list(uow.case_notices.waiting(NOW, 10)) == []
