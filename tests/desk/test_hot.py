"""The pages of dispatching and of hot issues."""

from collections.abc import AsyncIterator

import httpx
import pytest

from bot.domain.people import Role
from bot.services.tickets.hot_watch import sweep_hot
from tests.casework_factories import NOW
from tests.desk.conftest import Site, login
from tests.routing_factories import FENCE, POWER, say, watch


@pytest.fixture
async def boss(site: Site) -> AsyncIterator[httpx.AsyncClient]:
    """A browser in which a supervisor is logged in."""
    site.cast.agent("boss", "孙主任", Role.SUPERVISOR)
    async with site.browser() as client:
        await login(client, "boss")
        yield client


@pytest.fixture
def numbers(site: Site) -> list[str]:
    """Three whistles of one story, already an issue."""
    unit = site.cast.open_unit
    found = [say(unit, f"第{at}家面馆", FENCE[at]) for at in range(3)]
    sweep_hot(watch(unit), now=NOW)
    return found


async def test_the_list_and_the_page_show_the_issue_with_its_whistles(
    boss: httpx.AsyncClient, numbers: list[str]
) -> None:
    assert "热点 1" in (await boss.get("/desk/hot")).text
    page = (await boss.get("/desk/hot/1")).text
    assert all(number in page for number in numbers)
    assert "3 家企业 3 条诉求" in page
    assert "城市管理局" in page
    assert "没有办结的热点" not in page


async def test_without_a_category_no_gap_is_left_for_it(site: Site) -> None:
    unit = site.cast.open_unit
    for at in range(3):
        say(unit, f"第{at}家面馆", "修路围挡挡了三个月，店里没有客人")
    sweep_hot(watch(unit), now=NOW)
    site.cast.agent("boss", "孙主任", Role.SUPERVISOR)
    async with site.browser() as client:
        await login(client, "boss")
        listed = (await client.get("/desk/hot")).text
        page = (await client.get("/desk/hot/1")).text

    assert '<td data-label="类别">未定</td>' in listed
    assert "·  ·" not in page
    assert "</b> · 部门未定" in page


async def test_a_supervisor_takes_it_up_and_closes_it(
    boss: httpx.AsyncClient, numbers: list[str]
) -> None:
    assert numbers
    answer = await boss.post("/desk/hot/1/take-up", data={"reason": "请城管牵头"})
    assert answer.status_code == 303
    await boss.post("/desk/hot/1/close", data={"reason": "围挡已拆"})
    page = (await boss.get("/desk/hot/1")).text
    assert "请城管牵头" in page
    assert "孙主任" in page
    assert "已办结" in page
    assert "热点 1" not in (await boss.get("/desk/hot")).text
    assert "热点 1" in (await boss.get("/desk/hot?shown=closed")).text


async def test_splitting_leads_to_the_new_issue_and_merging_back_to_the_old(
    boss: httpx.AsyncClient, numbers: list[str]
) -> None:
    chosen = {"number": numbers[:1], "reason": "另一段路"}
    answer = await boss.post("/desk/hot/1/split", data=chosen)
    assert answer.headers["location"] == "/desk/hot/2"
    assert numbers[0] in (await boss.get("/desk/hot/2")).text
    answer = await boss.post("/desk/hot/2/merge", data={"into": "1", "reason": "是一件"})
    assert answer.headers["location"] == "/desk/hot/1"
    assert "已并入" in (await boss.get("/desk/hot/2")).text


@pytest.mark.parametrize(
    ("move", "fields", "note"),
    [
        ("take-up", {"reason": " "}, "请写明理由"),
        ("split", {"reason": "没勾选"}, "请勾选"),
        ("merge", {"into": "77", "reason": "没有这个"}, "没有找到要合并到的热点"),
        ("merge", {"into": "x", "reason": "不是数字"}, "没有找到要合并到的热点"),
        ("merge", {"into": "1", "reason": "和自己合并"}, "合并要选另一个"),
    ],
)
async def test_a_wrong_click_is_explained_and_what_was_typed_stays(
    boss: httpx.AsyncClient, numbers: list[str], move: str, fields: dict[str, str], note: str
) -> None:
    assert numbers
    answer = await boss.post(f"/desk/hot/1/{move}", data=fields)
    assert answer.status_code == 409
    assert note in answer.text
    assert fields["reason"].strip() in answer.text


async def test_an_agent_sees_and_does_not_act(
    browser: httpx.AsyncClient, numbers: list[str]
) -> None:
    page = (await browser.get("/desk/hot/1")).text
    assert numbers[0] in page
    assert "由主管办理" in page
    answer = await browser.post("/desk/hot/1/close", data={"reason": "我来"})
    assert answer.status_code == 403
    assert "没有权限" in answer.text


@pytest.mark.parametrize("path", ["/desk/hot/99", "/desk/hot/x", "/desk/hot/99999999999"])
async def test_an_issue_that_does_not_exist_is_said_to_be_none(
    boss: httpx.AsyncClient, path: str
) -> None:
    answer = await boss.get(path)
    assert answer.status_code == 404
    assert "没有找到这个热点" in answer.text


async def test_department_staff_reads_neither_page(site: Site, numbers: list[str]) -> None:
    site.cast.agent("officer", "钱科员", Role.OFFICER)
    async with site.browser() as client:
        await login(client, "officer")
        for path in ("/desk/hot", "/desk/hot/1", "/desk/routing"):
            answer = await client.get(path)
            assert answer.status_code == 403
            assert numbers[0] not in answer.text
        assert (await client.get(f"/desk/api/routing/{numbers[0]}")).status_code == 403


async def test_a_proposal_is_shown_with_reason_and_followed_by_one_click(
    browser: httpx.AsyncClient, site: Site
) -> None:
    number = say(site.cast.open_unit, "李雷面馆", "景区门票太贵，游客都不来了")
    page = (await browser.get("/desk/routing")).text
    assert "文化和旅游局" in page
    assert "因为提到：" in page
    assert "把握" in page
    answer = await browser.post(f"/desk/routing/{number}", data={"department": "culture-tourism"})
    assert answer.status_code == 303
    assert number not in (await browser.get("/desk/routing")).text
    with site.cast.open_unit() as uow:
        decision = uow.routing.last_decision(number)
    assert decision is not None
    assert not decision.is_correction


async def test_a_correction_is_one_choice_and_is_kept(
    browser: httpx.AsyncClient, site: Site
) -> None:
    number = say(site.cast.open_unit, "李雷面馆", FENCE[1])
    await browser.post(f"/desk/routing/{number}", data={"department": "transport"})
    with site.cast.open_unit() as uow:
        decision = uow.routing.last_decision(number)
        ticket = uow.tickets.by_number(number)
    assert decision is not None
    assert ticket is not None
    assert decision.is_correction
    assert ticket.leading is not None
    assert ticket.leading.department_id == "transport"


async def test_a_ticket_that_says_nothing_waits_for_a_choice(
    browser: httpx.AsyncClient, site: Site
) -> None:
    number = say(site.cast.open_unit, "李雷面馆", "事情一直没有人答复我")
    page = (await browser.get("/desk/routing")).text
    assert "请您选择" in page
    assert "按建议派单" not in page
    answer = await browser.post(f"/desk/routing/{number}", data={"department": ""})
    assert answer.status_code == 409
    assert "没有找到这个部门" in answer.text


async def test_the_api_gives_the_proposal_and_what_is_like_it(
    browser: httpx.AsyncClient, site: Site
) -> None:
    unit = site.cast.open_unit
    first = say(unit, "李雷面馆", FENCE[0])
    other = say(unit, "王五面馆", FENCE[1])
    say(unit, "远处的工厂", POWER)
    mine = say(unit, "李雷面馆", FENCE[2])
    answer = (await browser.get(f"/desk/api/routing/{mine}")).json()
    assert answer["leading"] == "urban-management"
    assert [one["number"] for one in answer["own"]] == [first]
    assert [one["number"] for one in answer["others"]] == [other]
    assert (await browser.get("/desk/api/routing/CS-20200101-0001")).status_code == 400
