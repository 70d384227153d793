"""What the window does with an application, and what the applicant hears of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.engine import Engine

from bot.domain.application_errors import (
    NoPapersNamed,
    NotAnApplication,
    PapersAskedAlready,
    PapersOutstanding,
    ReasonMissing,
)
from bot.domain.applications import PaperChoice
from bot.domain.cases import CaseMoveRefused, CaseState
from bot.domain.people import NotAllowed, Role
from bot.services.applications import desk
from bot.services.applications.applications import supplement
from bot.services.applications.clock import Colour, urgency_of
from bot.services.applications.rights import departments_seen
from bot.services.cases.desk import UnknownCase, open_case
from bot.services.cases.news import announce_moves
from bot.services.papers.paper_reminders import remind_of_papers
from bot.services.times.local_time import local_day
from bot.store.case_news import load_case_news
from tests.application_factories import (
    BOSS,
    DATA,
    FOOD,
    MEIMEI,
    OFFICER,
    STRANGER,
    conversation,
    hand_in,
    stored,
    texts,
    window,
)
from tests.casework_factories import OpenUnit, calendar, case_rules, catalogue, opened
from tests.service_factories import NOW

HEALTH = "从业人员健康证明"
DUE = date(2026, 12, 4)


@pytest.fixture
def unit(sqlite_engine: Engine) -> OpenUnit:
    return opened(sqlite_engine)


@pytest.fixture
def number(unit: OpenUnit) -> str:
    return hand_in(unit, choices={HEALTH: PaperChoice.LATER.value}).case.number


def messages(unit: OpenUnit, conversation_id: str) -> list[str]:
    with unit() as uow:
        return [one.text for one in uow.conversations.messages(conversation_id)]


def test_the_way_to_the_result(unit: OpenUnit, number: str) -> None:
    desk.accept(window(unit), number=number)
    desk.begin_review(window(unit, OFFICER), number=number)
    done = desk.complete(window(unit, OFFICER), number=number, reason="准予许可")

    assert done.state is CaseState.COMPLETED
    actors = [event.actor for event in done.events]
    assert actors == ["applicant", "agent:1", "agent:2", "agent:2"]


def test_every_move_reaches_the_applicant_in_the_chat(unit: OpenUnit) -> None:
    chat = conversation(unit)
    number = hand_in(unit, conversation_id=chat, origin="x").case.number
    desk.ask_for_papers(window(unit), number=number, papers=["平面图"], reason="平面图不清楚")

    news = load_case_news(DATA / "services" / "case_news.yml")
    announce_moves(unit, texts=news, rules=case_rules(), now=NOW)

    told = messages(unit, chat)[-1]
    assert number in told
    assert "平面图不清楚" in told
    assert "请您补交：平面图" in told
    with unit() as uow:
        buttons = uow.conversations.messages(chat)[-1].buttons
    assert [button.title for button in buttons] == ["我来补材料", "看看办到哪了", "别再通知这件"]


def test_papers_are_asked_for_once(unit: OpenUnit, number: str) -> None:
    desk.ask_for_papers(window(unit), number=number, papers=["平面图"], reason="缺")

    with pytest.raises(PapersAskedAlready):
        desk.ask_for_papers(window(unit), number=number, papers=["租赁合同"], reason="又缺")


def test_a_second_notice_needs_the_answer_that_caused_it(unit: OpenUnit, number: str) -> None:
    desk.ask_for_papers(window(unit), number=number, papers=["租赁合同"], reason="缺")
    answer(unit, number, "租赁合同")

    with pytest.raises(PapersAskedAlready):
        desk.ask_for_papers(window(unit), number=number, papers=["平面图"], reason="还缺")
    with pytest.raises(PapersAskedAlready):
        desk.ask_for_papers(
            window(unit), number=number, papers=["平面图"], reason="还缺", cause="户口本"
        )
    with pytest.raises(ReasonMissing):
        desk.ask_for_papers(
            window(unit), number=number, papers=["房东授权"], reason=" ", cause="租赁合同"
        )


def test_a_second_notice_that_the_answer_caused_says_so(unit: OpenUnit, number: str) -> None:
    desk.ask_for_papers(window(unit), number=number, papers=["租赁合同"], reason="缺")
    answer(unit, number, "租赁合同")

    case = desk.ask_for_papers(
        window(unit),
        number=number,
        papers=["房东授权"],
        reason="出租人和产权人不是同一人",
        cause="租赁合同",
    )

    assert case.missing == ("房东授权",)
    assert case.events[-1].reason == "因您补交的“租赁合同”需要再补一次：出租人和产权人不是同一人"


def test_a_notice_names_its_papers(unit: OpenUnit, number: str) -> None:
    with pytest.raises(NoPapersNamed):
        desk.ask_for_papers(window(unit), number=number, papers=[" "], reason="缺")


def test_after_the_answer_the_window_accepts(unit: OpenUnit, number: str) -> None:
    desk.ask_for_papers(window(unit), number=number, papers=["租赁合同"], reason="缺")
    answer(unit, number, "租赁合同")

    assert desk.accept(window(unit), number=number).state is CaseState.ACCEPTED


def test_accepting_with_deferral_names_paper_and_day(unit: OpenUnit, number: str) -> None:
    case = desk.accept(window(unit), number=number, later=[(HEALTH, DUE)])

    expected = f"容缺受理，请按期补交：{HEALTH}（2026年12月4日前）"
    assert case.events[-1].reason == expected


@pytest.mark.parametrize("day", [date(2026, 11, 22), date(2026, 11, 23)])
def test_a_later_paper_needs_a_day_to_come(unit: OpenUnit, number: str, day: date) -> None:
    with pytest.raises(desk.BadDay):
        desk.accept(window(unit), number=number, later=[(HEALTH, day)])
    assert stored(unit, number).state is CaseState.RECEIVED


def test_the_result_waits_for_the_later_papers(unit: OpenUnit, number: str) -> None:
    desk.accept(window(unit), number=number, later=[(HEALTH, DUE)])
    desk.begin_review(window(unit, OFFICER), number=number)

    with pytest.raises(PapersOutstanding):
        desk.complete(window(unit, OFFICER), number=number)

    desk.receive_later(window(unit), number=number, paper_id=1)
    desk.receive_later(window(unit), number=number, paper_id=1)
    done = desk.complete(window(unit, OFFICER), number=number)
    assert sum(event.kind.value == "supplemented" for event in done.events) == 1


def test_a_refusal_gives_reason_remedy_and_source(unit: OpenUnit, number: str) -> None:
    desk.accept(window(unit), number=number)

    case = desk.refuse(window(unit, OFFICER), number=number, reason="经营场所不符合条件")

    assert case.state is CaseState.REFUSED
    told = case.events[-1].reason
    for words in ("经营场所不符合条件", "行政复议", "行政诉讼", "行政许可法§38"):
        assert words in told


def test_a_refusal_or_return_without_reason_is_not_made(unit: OpenUnit, number: str) -> None:
    with pytest.raises(ReasonMissing):
        desk.give_back(window(unit, OFFICER), number=number, reason="  ")
    desk.accept(window(unit), number=number)
    with pytest.raises(ReasonMissing):
        desk.refuse(window(unit, OFFICER), number=number, reason="")
    assert stored(unit, number).state is CaseState.ACCEPTED


def test_what_has_not_been_accepted_is_not_finished(unit: OpenUnit, number: str) -> None:
    with pytest.raises(CaseMoveRefused):
        desk.complete(window(unit, BOSS), number=number)


def test_the_window_does_not_decide(unit: OpenUnit, number: str) -> None:
    desk.accept(window(unit), number=number)

    with pytest.raises(NotAllowed):
        desk.refuse(window(unit, MEIMEI), number=number, reason="不行")


def test_another_department_sees_nothing(unit: OpenUnit, number: str) -> None:
    with pytest.raises(NotAllowed):
        desk.accept(window(unit, STRANGER), number=number)


def test_a_case_from_elsewhere_is_no_application(unit: OpenUnit) -> None:
    elsewhere = open_case(
        unit,
        origin="import:1",
        matter_id=FOOD,
        applicant_name="示例",
        phone="1",
        credential="2",
        district_id="371502",
        now=NOW,
        catalogue=catalogue(),
    )

    with pytest.raises(NotAnApplication):
        desk.accept(window(unit), number=elsewhere.number)
    with pytest.raises(UnknownCase):
        desk.accept(window(unit), number="371500202611239999")


URGENCY = [
    # Monday received: the answer is due on Monday 30 November, five working days on
    (0, Colour.GREEN, 5),
    (4, Colour.YELLOW, 1),  # Friday
    (7, Colour.YELLOW, 0),  # Monday, the day itself
    (8, Colour.RED, -1),  # Tuesday
]


@pytest.mark.parametrize(("days", "colour", "left"), URGENCY)
def test_the_colour_follows_the_answer_that_is_due(
    unit: OpenUnit, number: str, days: int, colour: Colour, left: int
) -> None:
    today = local_day(NOW) + timedelta(days=days)

    urgency = urgency_of(stored(unit, number), today, catalogue(), calendar())

    assert (urgency.colour, urgency.days_left) == (colour, left)


def test_the_clock_stands_while_papers_are_missing(unit: OpenUnit, number: str) -> None:
    case = desk.ask_for_papers(window(unit), number=number, papers=["平面图"], reason="缺")

    assert urgency_of(case, date(2027, 1, 5), catalogue(), calendar()).colour is Colour.GREY


def test_the_applicant_is_reminded_before_on_and_after_the_day(unit: OpenUnit) -> None:
    chat = conversation(unit)
    number = hand_in(unit, conversation_id=chat, origin="x").case.number
    desk.accept(window(unit), number=number, later=[(HEALTH, DUE)])  # Friday 4 December

    moments = [NOW + timedelta(days=day // 2) for day in range(44)]  # every day, twice
    told = [
        local_day(now).isoformat()
        for now in moments
        if remind_of_papers(unit, texts=texts(), calendar=calendar(), now=now)
    ]

    assert told == ["2026-12-01", "2026-12-04", "2026-12-05"]  # Tuesday, Friday, Saturday
    assert "今天" in messages(unit, chat)[-2]


def test_nobody_is_reminded_at_night_or_of_what_has_come(unit: OpenUnit, number: str) -> None:
    desk.accept(window(unit), number=number, later=[(HEALTH, DUE)])
    night = NOW + timedelta(days=11, hours=14)  # 22:30 in Liaocheng
    assert remind_of_papers(unit, texts=texts(), calendar=calendar(), now=night) == ()

    desk.receive_later(window(unit), number=number, paper_id=1)
    day = NOW + timedelta(days=11)
    assert remind_of_papers(unit, texts=texts(), calendar=calendar(), now=day) == ()


def test_overdue_papers_are_listed_for_the_department(unit: OpenUnit, number: str) -> None:
    desk.accept(window(unit), number=number, later=[(HEALTH, DUE)])
    with unit() as uow:
        late = date(2026, 12, 5)
        assert [p.name for p in uow.applications.overdue_later(late, ["approval"])] == [HEALTH]
        assert uow.applications.overdue_later(late, ["tax"]) == []
        assert uow.applications.overdue_later(DUE, []) == []


def answer(unit: OpenUnit, number: str, *papers: str) -> None:
    supplement(unit, number=number, conversation_id="c1", papers=papers, origin="a", now=NOW)


def test_the_head_of_the_department_decides_and_other_heads_see_nothing(
    unit: OpenUnit, number: str
) -> None:
    head = replace(OFFICER, role=Role.HEAD)
    other = replace(STRANGER, role=Role.HEAD)
    desk.accept(window(unit), number=number)

    desk.begin_review(window(unit, head), number=number)

    with pytest.raises(NotAllowed):
        desk.complete(window(unit, other), number=number, reason="准予许可")
    assert departments_seen(head) == (OFFICER.department_id,)
    assert departments_seen(other) == (STRANGER.department_id,)
