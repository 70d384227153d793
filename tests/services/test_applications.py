"""Handing in, supplementing, taking back: the applicant's side."""

from collections.abc import Mapping

import pytest
from sqlalchemy.engine import Engine

from bot.domain.application_errors import (
    ConsentMissing,
    IncompleteForm,
    NoPapersNamed,
    NothingAsked,
    PaperNotAllowed,
)
from bot.domain.applications import PaperChoice
from bot.domain.cases import CaseState
from bot.domain.freezes import MatterFrozen
from bot.domain.single_form import FormUse
from bot.services.applications import applications
from bot.services.applications import desk as application_desk
from bot.services.applications.applications import (
    HandedInAlready,
    open_applications,
    supplement,
    withdraw,
)
from bot.services.applications.papers import materials_of, paper_lines, settle
from bot.services.applications.single_form import fill, form_for
from bot.services.applications.target import target_of
from bot.services.cases import cases
from bot.services.cases.cases import CaseClosed, CaseNotVerified
from bot.services.operating.freezes import freeze_matter, unfreeze_matter
from bot.services.words.paper import read_papers
from tests.application_factories import BOSS, FOOD, hand_in, papers, stored, window, words
from tests.casework_factories import OpenUnit, calendar, catalogue, opened
from tests.form_factories import GENERAL, STARTING, checks, committed_forms
from tests.service_factories import NOW

LINES = paper_lines(materials_of([catalogue().matter(FOOD)]), {}, words())
LATER = next(line for line in LINES if PaperChoice.LATER in line.options)
FIXED = next(
    line
    for line in LINES
    if line.choice is PaperChoice.HAVE and not {*line.options} - {PaperChoice.HAVE}
)


@pytest.fixture
def unit(sqlite_engine: Engine) -> OpenUnit:
    return opened(sqlite_engine)


def test_an_application_becomes_a_case_that_its_conversation_may_see(unit: OpenUnit) -> None:
    receipt = hand_in(unit)

    view = cases.find_case(
        unit,
        number=receipt.case.number,
        credential=None,
        conversation_id="c1",
        now=NOW,
        calendar=calendar(),
    )
    assert view.state is CaseState.RECEIVED
    assert view.is_followed
    # Monday 23 November plus five working days
    assert receipt.answer_by.on.isoformat() == "2026-11-30"


def test_pressing_twice_hands_in_once(unit: OpenUnit) -> None:
    first, second = hand_in(unit), hand_in(unit)

    assert first.case.number == second.case.number
    assert len(open_applications(unit, "c1")) == 1


def test_the_same_matter_is_not_handed_in_twice_at_a_time(unit: OpenUnit) -> None:
    number = hand_in(unit).case.number

    with pytest.raises(HandedInAlready, match=number):
        hand_in(unit, origin="c1:draft2:apply")


def test_after_taking_it_back_it_may_be_handed_in_again(unit: OpenUnit) -> None:
    number = hand_in(unit).case.number
    withdraw(unit, number=number, conversation_id="c1", reason="", now=NOW)

    assert hand_in(unit, origin="c1:draft2:apply").case.number != number


def test_an_incomplete_form_is_not_sent(unit: OpenUnit) -> None:
    form = form_for(committed_forms(), FormUse.MATTER)

    with pytest.raises(IncompleteForm):
        hand_in(unit, filled=fill(form, {**GENERAL, "phone": "12"}, checks()))


def test_without_consent_nothing_is_sent(unit: OpenUnit) -> None:
    with pytest.raises(ConsentMissing):
        hand_in(unit, has_consent=False)
    assert open_applications(unit, "c1") == ()


def test_a_frozen_matter_is_refused_with_the_reason(unit: OpenUnit) -> None:
    freeze(unit, FOOD)

    with pytest.raises(MatterFrozen) as caught:
        hand_in(unit)

    assert caught.value.freeze.reason == "办法正在修订"


def test_a_frozen_part_stops_the_opening_as_a_whole(unit: OpenUnit) -> None:
    freeze(unit, "biz-seal")

    with pytest.raises(MatterFrozen):
        hand_in(unit, "opening")


def test_once_it_is_clear_again_it_goes_through(unit: OpenUnit) -> None:
    freeze(unit, FOOD)
    unfreeze_matter(unit, matter_id=FOOD, by="operator", agent_id=None, now=NOW)

    assert hand_in(unit).case.state is CaseState.RECEIVED


def test_what_was_sent_before_the_freeze_keeps_its_receipt(unit: OpenUnit) -> None:
    number = hand_in(unit).case.number
    freeze(unit, FOOD)

    assert hand_in(unit).case.number == number


def test_an_opening_joins_its_matters_each_with_its_department(unit: OpenUnit) -> None:
    case = hand_in(unit, "opening").case

    assert case.matter_id == "biz-start-onething"
    assert {"public-security", "tax"} <= {step.department_id for step in case.steps}
    with unit() as uow:
        application = uow.applications.by_case(case.id)
    assert application is not None
    assert "biz-company" in application.matter_ids


def test_who_employs_nobody_opens_without_the_employers_matters() -> None:
    alone = target_of("opening", {**STARTING, "hires_staff": "no"}, catalogue())

    assert "si-employer" not in alone.matter_ids
    assert "si-employer" in target_of("opening", STARTING, catalogue()).matter_ids


def test_a_paper_that_may_not_be_missing_stops_the_application() -> None:
    target = target_of(FOOD, {}, catalogue())

    with pytest.raises(PaperNotAllowed) as caught:
        papers(target, {FIXED.material.name: "later"})

    assert caught.value.paper == FIXED.material.name


def test_a_later_paper_gets_a_proposed_day() -> None:
    target = target_of(FOOD, {}, catalogue())

    applied = papers(target, {LATER.material.name: "later"})

    later = next(paper for paper in applied if paper.name == LATER.material.name)
    assert later.until is not None
    assert later.until.isoformat() == "2026-12-21"  # Monday, 20 working days on


def test_not_having_a_paper_is_later_where_that_is_allowed() -> None:
    assert settle(LATER, PaperChoice.LACKING) is PaperChoice.LATER
    assert settle(FIXED, PaperChoice.LACKING) is PaperChoice.LACKING


def test_of_two_matters_the_stricter_list_counts() -> None:
    food, company = catalogue().matter(FOOD), catalogue().matter("biz-company")

    names = [material.name for material in materials_of([food, company, food])]

    assert len(names) == len(set(names))


SENTENCES: list[tuple[str, Mapping[int, PaperChoice], bool]] = [
    (f"{LATER.number}后补", {LATER.number: PaperChoice.LATER}, False),
    ("1和2都有", {1: PaperChoice.HAVE, 2: PaperChoice.HAVE}, False),
    (f"{LATER.material.name}还没下来", {LATER.number: PaperChoice.LATER}, False),
    ("3用承诺，其他都有", {3: PaperChoice.COMMIT}, True),
    ("4不涉及", {4: PaperChoice.NOT_NEEDED}, False),
    ("都齐了", {}, True),
    ("就这样", {}, True),
    ("你吃了吗", {}, False),
]


@pytest.mark.parametrize(("said", "wishes", "is_done"), SENTENCES)
def test_what_is_said_about_papers_is_read(
    said: str, wishes: Mapping[int, PaperChoice], is_done: bool
) -> None:
    read = read_papers(said, LINES, words())

    assert read.wishes == wishes
    assert read.is_done is is_done


def test_a_choice_without_its_paper_is_asked_about() -> None:
    assert read_papers("那个后补", LINES, words()).unclear == ("那个后补",)


def test_papers_asked_for_are_handed_in_part_by_part(unit: OpenUnit) -> None:
    number = hand_in(unit).case.number
    application_desk.ask_for_papers(
        window(unit), number=number, papers=["租赁合同", "平面图"], reason="缺这两份"
    )

    half = hand_over(unit, number, ["租赁合同"], "o1")
    whole = hand_over(unit, number, ["平面图"], "o2")

    assert half.wanted == ("平面图",)
    assert whole.request is None
    assert whole.application.requests[0].answered_at == NOW
    assert stored(unit, number).missing == ()


def test_the_same_answer_twice_is_one(unit: OpenUnit) -> None:
    number = hand_in(unit).case.number
    application_desk.ask_for_papers(window(unit), number=number, papers=["租赁合同"], reason="缺")

    hand_over(unit, number, ["租赁合同"], "o1")
    hand_over(unit, number, ["租赁合同"], "o1")

    kinds = [event.kind.value for event in stored(unit, number).events]
    assert kinds.count("supplemented") == 1


def test_nothing_can_be_supplemented_where_nothing_is_missing(unit: OpenUnit) -> None:
    number = hand_in(unit).case.number

    with pytest.raises(NothingAsked):
        hand_over(unit, number, ["租赁合同"], "o1")


def test_a_paper_that_nobody_asked_for_is_not_taken(unit: OpenUnit) -> None:
    number = hand_in(unit).case.number
    application_desk.ask_for_papers(window(unit), number=number, papers=["租赁合同"], reason="缺")

    with pytest.raises(NoPapersNamed):
        hand_over(unit, number, ["户口本"], "o1")


def test_taking_back_twice_is_once(unit: OpenUnit) -> None:
    number = hand_in(unit).case.number

    withdraw(unit, number=number, conversation_id="c1", reason="不办了", now=NOW)
    again = withdraw(unit, number=number, conversation_id="c1", reason="", now=NOW)

    assert again.state is CaseState.WITHDRAWN
    assert sum(event.to is CaseState.WITHDRAWN for event in again.events) == 1


def test_a_finished_case_cannot_be_taken_back(unit: OpenUnit) -> None:
    number = hand_in(unit).case.number
    application_desk.give_back(window(unit, BOSS), number=number, reason="不属于本辖区")

    with pytest.raises(CaseClosed):
        withdraw(unit, number=number, conversation_id="c1", reason="", now=NOW)


def test_a_stranger_neither_takes_back_nor_supplements(unit: OpenUnit) -> None:
    number = hand_in(unit).case.number

    with pytest.raises(CaseNotVerified):
        withdraw(unit, number=number, conversation_id="c2", reason="", now=NOW)
    with pytest.raises(CaseNotVerified):
        applications.supplement(
            unit, number=number, conversation_id="c2", papers=["租赁合同"], origin="x", now=NOW
        )


def freeze(unit: OpenUnit, matter_id: str) -> None:
    freeze_matter(
        unit,
        matter_id=matter_id,
        reason="办法正在修订",
        until=None,
        by="operator",
        agent_id=None,
        now=NOW,
        catalogue=catalogue(),
    )


def hand_over(
    unit: OpenUnit, number: str, names: list[str], origin: str
) -> applications.OpenApplication:
    return supplement(
        unit, number=number, conversation_id="c1", papers=names, origin=origin, now=NOW
    )
