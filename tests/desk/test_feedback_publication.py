"""Publishing an answer from the desk, and the page that everybody may read."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta

import httpx
import pytest
from starlette.applications import Starlette

from bot.domain.people import Role
from bot.portal import open_answers
from bot.services.feedback.ports import Wait
from bot.services.feedback.publication import count
from bot.services.privacy.hidden_names import hide_persons
from bot.services.times.local_time import local_day
from tests.desk.conftest import ORIGIN, Site, login
from tests.desk.test_feedback import PAGE, answer, signed_in, talk
from tests.desk_cast import NOW
from tests.desk_server import build_app

__all__ = ["talk"]

WORDS = {"public_question": "窗口让人跑了三趟", "public_answer": "告知单已经改好，材料可以邮寄。"}


@dataclass
class Staff:
    """Who publishes: an agent, and a supervisor who confirms."""

    agent: httpx.AsyncClient
    boss: httpx.AsyncClient


@pytest.fixture
async def staff(site: Site, talk: str) -> AsyncIterator[Staff]:
    """The two, after the applicant has been answered."""
    assert talk
    async with (
        signed_in(site, "agent", Role.AGENT) as agent,
        signed_in(site, "boss", Role.SUPERVISOR) as boss,
    ):
        await answer(site, agent, boss)
        yield Staff(agent, boss)


@pytest.fixture
async def public(site: Site) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody without an account."""
    with site.cast.open_unit() as unit:
        engine = unit.conversations._connection.engine
    app = replace(build_app(engine, site.clock), now=site.clock)
    asgi = Starlette(routes=open_answers.routes(app))
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=asgi), base_url=ORIGIN
    ) as client:
        yield client


async def test_the_form_proposes_words_without_numbers(staff: Staff) -> None:
    button = (await staff.agent.get(PAGE)).text
    assert f'href="{PAGE}?publish=1"' in button
    assert "public_question" not in button
    page = (await staff.agent.get(f"{PAGE}?publish=1")).text
    form = page.partition("准备公开")[2]
    assert "东昌府窗口让我跑了三趟" in form
    assert "13806351234" not in form


async def test_what_two_people_agreed_on_is_public_until_it_is_withdrawn(
    staff: Staff, public: httpx.AsyncClient
) -> None:
    await staff.agent.post(f"{PAGE}/prepare", data=WORDS)
    assert "还没有公开的答复" in (await public.get("/open/answers")).text
    assert (await staff.boss.post(f"{PAGE}/publish")).status_code == 303
    page = (await public.get("/open/answers")).text
    assert WORDS["public_answer"] in page
    assert "TC-2026" not in page
    assert WORDS["public_answer"] in (await public.get("/open/answers?text=邮寄")).text
    assert "换个说法" in (await public.get("/open/answers?text=火星")).text
    table = (await public.get("/open/answers.csv")).text
    assert WORDS["public_question"] in table

    silent = await staff.boss.post(f"{PAGE}/withdraw", data={"withdrawal": ""})
    assert silent.status_code == 409
    await staff.boss.post(f"{PAGE}/withdraw", data={"withdrawal": "说到了具体的人"})
    assert "还没有公开的答复" in (await public.get("/open/answers")).text
    assert "说到了具体的人" in (await staff.agent.get(PAGE)).text


async def test_the_auditor_reads_in_words_what_was_published_and_withdrawn(
    site: Site, staff: Staff
) -> None:
    await staff.agent.post(f"{PAGE}/prepare", data=WORDS)
    await staff.boss.post(f"{PAGE}/publish")
    await staff.boss.post(f"{PAGE}/withdraw", data={"withdrawal": "说到了具体的人"})
    async with signed_in(site, "auditor", Role.AUDITOR) as auditor:
        page = (await auditor.get("/desk/audit")).text

    assert '<td data-label="动作">公开投诉建议的答复' in page
    assert '<td data-label="动作">撤回公开的答复' in page


async def test_what_became_of_it_stands_beside_the_answer_without_names(
    staff: Staff, public: httpx.AsyncClient
) -> None:
    await staff.agent.post(f"{PAGE}/prepare", data={**WORDS, "public_change": "告知单改了"})
    early = await staff.boss.post(f"{PAGE}/follow-up", data={"seen": "已经改好"})
    assert early.status_code == 409
    await staff.boss.post(f"{PAGE}/publish")
    empty = await staff.boss.post(f"{PAGE}/follow-up", data={"seen": "好"})
    assert "4 到 500 个字" in empty.text
    seen = {"seen": "回访过13806351234，新告知单在用"}
    assert (await staff.boss.post(f"{PAGE}/follow-up", data=seen)).status_code == 303
    page = (await public.get("/open/answers?adopted=1")).text
    assert "新告知单在用" in page
    assert "13806351234" not in page


async def test_what_was_public_stays_on_record_when_the_words_are_written_anew(
    staff: Staff, public: httpx.AsyncClient
) -> None:
    await staff.agent.post(f"{PAGE}/prepare", data=WORDS)
    await staff.boss.post(f"{PAGE}/publish")
    await staff.boss.post(f"{PAGE}/withdraw", data={"withdrawal": "说到了具体的人"})
    anew = {"public_question": "窗口的告知不全", "public_answer": "已经改好，请看新的告知单。"}
    await staff.agent.post(f"{PAGE}/prepare", data=anew)
    await staff.boss.post(f"{PAGE}/publish")
    page = (await staff.agent.get(PAGE)).text
    assert WORDS["public_answer"] in page.partition("当时公开的是")[2]
    assert WORDS["public_answer"] not in (await public.get("/open/answers")).text
    assert "没有找到" not in (await public.get("/open/answers")).text
    assert "还没有公开的答复" in (await public.get("/open/answers?adopted=1")).text


async def test_the_list_reminds_of_what_is_due_on_the_next_working_day(
    site: Site, talk: str
) -> None:
    assert talk
    async with signed_in(site, "agent", Role.AGENT) as agent:
        assert "<b>0</b> 快到期" in (await agent.get("/desk/feedback")).text
        site.clock.forward(days=6)  # Monday; due on Tuesday, 1 December
        await login(agent, "agent")
        assert "<b>1</b> 快到期" in (await agent.get("/desk/feedback")).text
        assert PAGE in (await agent.get("/desk/feedback?soon=1")).text
        site.clock.forward(days=2)
        await login(agent, "agent")
        assert PAGE not in (await agent.get("/desk/feedback?soon=1")).text


async def test_nobody_publishes_alone(staff: Staff) -> None:
    await staff.boss.post(f"{PAGE}/prepare", data=WORDS)
    own = await staff.boss.post(f"{PAGE}/publish")
    assert own.status_code == 409
    assert "请另一位主管确认" in own.text
    assert (await staff.agent.post(f"{PAGE}/publish")).status_code == 403


async def test_nothing_is_published_before_the_applicant_has_the_answer(
    site: Site, talk: str
) -> None:
    assert talk
    async with signed_in(site, "agent", Role.AGENT) as agent:
        early = await agent.post(f"{PAGE}/prepare", data=WORDS)
        assert early.status_code == 409
        assert "还没有答复本人" in early.text


async def test_scripts_in_what_is_published_are_text(
    staff: Staff, public: httpx.AsyncClient
) -> None:
    bad = {**WORDS, "public_question": "<script>alert(1)</script>=HYPERLINK()"}
    await staff.agent.post(f"{PAGE}/prepare", data=bad)
    await staff.boss.post(f"{PAGE}/publish")
    page = await public.get("/open/answers")
    assert "<script>" not in page.text
    assert "&lt;script&gt;" in page.text


async def test_few_answers_give_no_shares(
    site: Site, staff: Staff, public: httpx.AsyncClient
) -> None:
    assert staff
    site.clock.forward(days=1)
    told = (await public.get("/open/answers.json")).json()
    assert told["figures"]["answered"] == 1
    assert told["figures"]["on_time_percent"] is None
    assert told["figures"]["median_days"] is None
    assert set(told["figures"]) == set(told["definitions"])
    assert "不足 5 件" in (await public.get("/open/answers")).text


def test_the_figures_follow_from_the_waits() -> None:
    due = local_day(NOW) + timedelta(days=7)
    answered = [Wait(NOW, NOW + timedelta(days=days), due) for days in (1, 2, 3, 10, 20)]
    waiting = [Wait(NOW, None, due), Wait(NOW, None, local_day(NOW) - timedelta(days=1))]
    found = count([*answered, *waiting], NOW + timedelta(days=2))

    assert (found.received, found.answered, found.overdue) == (7, 5, 1)
    assert open_answers.figures_of(found) == {
        "received": 7,
        "answered": 5,
        "overdue": 1,
        "median_days": 3.0,
        "within_7_days_percent": 60.0,
        "on_time_percent": 60.0,
    }


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("窗口的张伟不给办", "张某"),
        ("我叫王小明，电话13806351234", "王某"),
    ],
)
def test_names_that_the_splitter_knows_are_cut_to_the_family_name(text: str, hidden: str) -> None:
    found = hide_persons(text)
    assert hidden in found
    assert "张伟" not in found
    assert "王小明" not in found
    assert "13806351234" not in found
