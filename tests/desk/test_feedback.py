"""The pages of complaints and suggestions, from the chat to the answer and back."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import httpx
import pytest

from bot.domain.feedback import FeedbackKind, FeedbackState
from bot.domain.people import Role
from bot.domain.reviews import TargetKind, TicketOutcome
from bot.services.accounts.accounts import add_agent
from bot.services.conversations.conversations import read_transcript
from bot.services.feedback import feedback
from bot.services.reviews import reviews
from tests.casework_factories import calendar, catalogue
from tests.desk.conftest import Site, login
from tests.desk_cast import NOW, PASSWORD

ANSWER = "经核实，窗口当天少告知了一份材料。已向您致歉并改了告知单，您不用再跑，材料可以邮寄。"
PAGE = "/desk/feedback/TC-20261124-0001"


@asynccontextmanager
async def signed_in(
    site: Site, name: str, role: Role, department: str | None = None
) -> AsyncIterator[httpx.AsyncClient]:
    add_agent(
        site.cast.open_unit,
        login=name,
        name=name,
        role=role,
        password=PASSWORD,
        now=NOW,
        department_id=department,
        passwords=site.cast.passwords,
    )
    async with site.browser() as client:
        await login(client, name)
        yield client


@pytest.fixture
def talk(site: Site) -> str:
    """A conversation in which somebody complains."""
    conversation_id = site.cast.conversation()
    filed = feedback.file_feedback(
        site.cast.open_unit,
        origin="m1",
        conversation_id=conversation_id,
        kind=FeedbackKind.COMPLAINT,
        text="东昌府窗口让我跑了三趟，我的电话是13806351234",
        phone="13806351234",
        now=NOW,
        calendar=calendar(),
        catalogue=catalogue(),
    )
    assert PAGE.endswith(filed.number)
    return conversation_id


def told(site: Site, talk: str) -> list[str]:
    page = read_transcript(site.cast.open_unit, conversation_id=talk)
    return [line.text for line in page.messages]


def rate(site: Site, talk: str, level: int, origin: str, comment: str = "") -> reviews.Rating:
    return reviews.rate(
        site.cast.open_unit,
        origin=origin,
        conversation_id=talk,
        target_kind=TargetKind.TICKET,
        target_id=PAGE.rpartition("/")[2],
        level=level,
        comment=comment,
        now=NOW,
        calendar=calendar(),
        catalogue=catalogue(),
    )


async def answer(site: Site, writer: httpx.AsyncClient, boss: httpx.AsyncClient) -> None:
    assert (await writer.post(f"{PAGE}/write", data={"text": ANSWER})).status_code == 303
    assert (await boss.post(f"{PAGE}/approve", data={"mark": "basis"})).status_code == 303


async def test_an_answer_reaches_the_applicant_only_after_a_supervisor_has_checked_it(
    site: Site, talk: str
) -> None:
    async with (
        signed_in(site, "officer", Role.OFFICER, "approval") as officer,
        signed_in(site, "boss", Role.SUPERVISOR) as boss,
    ):
        assert (await officer.get(PAGE)).status_code == 404  # not given to the department yet
        assert (await boss.post(f"{PAGE}/give", data={"department": "approval"})).status_code == 303
        assert (await officer.get(PAGE)).status_code == 200
        await officer.post(f"{PAGE}/write", data={"text": ANSWER, "change": "告知单补上了这一项"})
        assert told(site, talk) == []

        page = (await boss.get(PAGE)).text
        assert ANSWER in page
        marks = {"mark": ["answers", "next_step"]}
        assert (await boss.post(f"{PAGE}/approve", data=marks)).status_code == 303

    (line,) = told(site, talk)
    assert ANSWER in line
    assert "告知单补上了这一项" in line
    assert "TC-20261124-0001" in line
    with site.cast.open_unit() as unit:
        filed = unit.feedback.by_number("TC-20261124-0001")
        assert filed is not None
        assert filed.state is FeedbackState.ANSWERED
        (kept,) = unit.feedback_desk.answers(filed.id)
        assert {mark.value for mark in kept.marks} == {"answers", "next_step"}


async def test_nobody_approves_the_own_answer_and_no_officer_approves_any(
    site: Site, talk: str
) -> None:
    async with (
        signed_in(site, "boss", Role.SUPERVISOR) as boss,
        signed_in(site, "agent", Role.AGENT) as agent,
    ):
        await boss.post(f"{PAGE}/write", data={"text": ANSWER})
        own = await boss.post(f"{PAGE}/approve")
        assert own.status_code == 409
        assert "请另一位主管审核" in own.text
        assert (await agent.post(f"{PAGE}/approve")).status_code == 403
    assert told(site, talk) == []


async def test_an_answer_sent_back_is_written_anew_and_the_remark_stays_inside(
    site: Site, talk: str
) -> None:
    async with (
        signed_in(site, "agent", Role.AGENT) as agent,
        signed_in(site, "boss", Role.SUPERVISOR) as boss,
    ):
        await agent.post(f"{PAGE}/write", data={"text": "您反映的情况已经收到，会处理。"})
        empty = await boss.post(f"{PAGE}/send-back", data={"remark": " "})
        assert empty.status_code == 409
        assert "请写明要改什么" in empty.text
        await boss.post(f"{PAGE}/send-back", data={"remark": "没说依据和下一步"})
        page = (await agent.get(PAGE)).text
        assert "没说依据和下一步" in page
        assert "您反映的情况已经收到" in page
        await answer(site, agent, boss)
    (line,) = told(site, talk)
    assert ANSWER in line
    with site.cast.open_unit() as unit:
        filed = unit.feedback.by_number("TC-20261124-0001")
    assert filed is not None
    assert all("依据和下一步" not in event.reason for event in filed.events)


async def test_who_is_content_closes_it_and_who_is_not_has_it_answered_anew_once(
    site: Site, talk: str
) -> None:
    async with (
        signed_in(site, "agent", Role.AGENT) as agent,
        signed_in(site, "boss", Role.SUPERVISOR) as boss,
    ):
        await answer(site, agent, boss)
        unhappy = rate(site, talk, 1, "r1", "没有解决")
        assert unhappy.ticket is TicketOutcome.REOPENED
        assert "没有解决" in (await agent.get(PAGE)).text
        await answer(site, agent, boss)
        assert "重新办理后有答复" in told(site, talk)[-1]
        again = rate(site, talk, 2, "r2")
        assert again.ticket is None
        assert again.rectification is not None
    with site.cast.open_unit() as unit:
        filed = unit.feedback.by_number("TC-20261124-0001")
    assert filed is not None
    assert filed.state is FeedbackState.ANSWERED


async def test_a_good_rating_closes_it(site: Site, talk: str) -> None:
    async with (
        signed_in(site, "agent", Role.AGENT) as agent,
        signed_in(site, "boss", Role.SUPERVISOR) as boss,
    ):
        await answer(site, agent, boss)
    assert rate(site, talk, 5, "r1").ticket is TicketOutcome.CLOSED


async def test_what_was_typed_stays_when_the_answer_says_too_little_or_somebody_was_faster(
    site: Site, talk: str
) -> None:
    assert talk
    async with (
        signed_in(site, "agent", Role.AGENT) as agent,
        signed_in(site, "other", Role.AGENT) as other,
    ):
        short = await agent.post(f"{PAGE}/write", data={"text": "好的"})
        assert short.status_code == 409
        assert "10 到 3000 个字" in short.text
        await other.post(f"{PAGE}/write", data={"text": ANSWER})
        late = await agent.post(f"{PAGE}/write", data={"text": "另一份同样认真的答复，说了结果。"})
        assert late.status_code == 409
        assert "已经有答复在审核" in late.text


async def test_numbers_are_hidden_until_somebody_gives_a_reason_and_that_is_audited(
    site: Site, talk: str
) -> None:
    assert talk
    async with signed_in(site, "agent", Role.AGENT) as agent:
        assert "13806351234" not in (await agent.get(PAGE)).text
        assert "13806351234" not in (await agent.get("/desk/feedback")).text
        shown = await agent.post(f"{PAGE}/show", data={"other": "要打电话核实情况"})
        assert "13806351234" in shown.text
    with site.cast.open_unit() as unit:
        actions = [entry.action for entry in unit.people.audit(subject="TC-20261124-0001")]
    assert actions == ["personal_data_shown"]


async def test_the_list_counts_what_is_late_and_finds_by_words_and_department(
    site: Site, talk: str
) -> None:
    assert talk
    async with (
        signed_in(site, "boss", Role.SUPERVISOR) as boss,
        signed_in(site, "officer", Role.OFFICER, "approval") as officer,
    ):
        fresh = (await boss.get("/desk/feedback")).text
        assert "TC-20261124-0001" in fresh
        assert "超期" not in fresh.partition("<table")[2]
        site.clock.forward(days=9)
        await login(boss, "boss")
        late = (await boss.get("/desk/feedback?overdue=1")).text
        assert "超期 2 天" in late
        assert "TC-20261124-0001" in (await boss.get("/desk/feedback?text=三趟")).text
        assert "没有符合条件" in (await boss.get("/desk/feedback?text=五趟")).text
        assert "TC-20261124-0001" in (await boss.get("/desk/feedback?department=none")).text
        await login(officer, "officer")
        assert "没有符合条件" in (await officer.get("/desk/feedback")).text
    assert site.clock() - NOW == timedelta(days=9)
