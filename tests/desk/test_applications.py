"""The window's pages: who sees what, what is pressed, what went wrong and how it is said."""

from datetime import timedelta

import httpx
import pytest

from bot.domain.people import Role
from bot.services.accounts import accounts
from bot.services.applications import desk as application_desk
from bot.services.applications.applications import supplement
from tests.application_factories import BOSS, hand_in, stored, window
from tests.desk.conftest import Site, login
from tests.desk_cast import NOW, PASSWORD

HEALTH = "从业人员健康证明"
ROOT = "/desk/applications"


@pytest.fixture
def number(site: Site) -> str:
    return hand_in(site.cast.open_unit, choices={HEALTH: "later"}, now=NOW).case.number  # type: ignore[arg-type]


async def officer(site: Site, client: httpx.AsyncClient, department: str) -> None:
    accounts.add_agent(
        site.cast.open_unit,
        login="officer",
        name="王芳",
        role=Role.OFFICER,
        password=PASSWORD,
        now=NOW,
        department_id=department,
        passwords=site.cast.passwords,
    )
    await login(client, "officer")


async def test_the_list_shows_state_and_clock(browser: httpx.AsyncClient, number: str) -> None:
    page = await browser.get(ROOT)

    assert number in page.text
    assert "还剩 5 个工作日" in page.text
    assert "聊城鲁小二餐饮有限公司" in page.text


@pytest.mark.parametrize(
    ("query", "is_there"),
    [
        ("state=received", True),
        ("state=completed", False),
        ("district=371502", True),
        ("district=371503", False),
        ("department=tax", False),
        ("number=0001", True),
        ("state=nonsense&page=-1&district=x", True),
    ],
)
async def test_the_list_is_filtered(
    browser: httpx.AsyncClient, number: str, query: str, is_there: bool
) -> None:
    page = await browser.get(f"{ROOT}?{query}")

    assert page.status_code == 200
    assert (number in page.text) is is_there


async def test_a_page_shows_form_papers_and_history(
    browser: httpx.AsyncClient, site: Site, number: str
) -> None:
    page = await browser.get(f"{ROOT}/{number}")

    for words in ("申请人名称", "138****8000", HEALTH, "以后补", "提交申请", "不用交"):
        assert words in page.text
    with site.cast.open_unit() as uow:
        actions = [entry.action for entry in uow.people.audit(subject=number)]
    assert actions == ["application_read"]


async def test_accepting_with_deferral_writes_the_days(
    browser: httpx.AsyncClient, site: Site, number: str
) -> None:
    form = {"later": "5", "later-name-5": HEALTH, "later-day-5": "2026-12-04", "reason": ""}

    answer = await browser.post(f"{ROOT}/{number}/accept", data=form)

    assert (answer.status_code, answer.headers["location"]) == (303, f"{ROOT}/{number}")
    page = await browser.get(f"{ROOT}/{number}")
    assert "2026-12-04 周五 前" in page.text
    assert "容缺受理，请按期补交" in page.text


async def test_a_bad_day_is_said_and_what_was_typed_stays(
    browser: httpx.AsyncClient, site: Site, number: str
) -> None:
    form = {"later": "5", "later-name-5": HEALTH, "later-day-5": "昨天", "reason": "先受理"}

    answer = await browser.post(f"{ROOT}/{number}/accept", data=form)

    assert answer.status_code == 409
    assert "从明天起算" in answer.text
    assert "先受理</textarea>" in answer.text
    assert stored(site.cast.open_unit, number).state.value == "received"  # type: ignore[arg-type]


async def test_a_second_notice_is_refused_with_the_law(
    browser: httpx.AsyncClient, number: str
) -> None:
    form = {"paper": "平面图", "more": "租赁合同\n\n", "reason": "不清楚"}
    await browser.post(f"{ROOT}/{number}/ask", data=form)

    answer = await browser.post(f"{ROOT}/{number}/ask", data=form)

    assert answer.status_code == 409
    assert "行政许可法第三十二条" in answer.text
    assert "平面图、租赁合同" in answer.text


async def test_an_answer_is_marked_in_the_list(
    browser: httpx.AsyncClient, site: Site, number: str
) -> None:
    unit = site.cast.open_unit
    application_desk.ask_for_papers(
        window(unit, BOSS, NOW),  # type: ignore[arg-type]
        number=number,
        papers=["平面图"],
        reason="缺",
    )
    supplement(unit, number=number, conversation_id="c1", papers=["平面图"], origin="o", now=NOW)

    assert "已补材料" in (await browser.get(ROOT)).text


async def test_the_window_has_no_button_to_refuse_and_may_not(
    browser: httpx.AsyncClient, number: str
) -> None:
    await browser.post(f"{ROOT}/{number}/accept", data={})

    assert "不予许可" not in (await browser.get(f"{ROOT}/{number}")).text
    answer = await browser.post(f"{ROOT}/{number}/refuse", data={"reason": "不行"})
    assert answer.status_code == 403


async def test_the_department_refuses_with_remedies(site: Site, number: str) -> None:
    async with site.browser() as client:
        await officer(site, client, "approval")
        await client.post(f"{ROOT}/{number}/accept", data={})
        await client.post(f"{ROOT}/{number}/refuse", data={"reason": "场所不合条件"})

        page = await client.get(f"{ROOT}/{number}")

    assert "不予许可" in page.text
    assert "行政复议" in page.text


async def test_another_department_finds_nothing(site: Site, number: str) -> None:
    async with site.browser() as client:
        await officer(site, client, "tax")

        assert number not in (await client.get(ROOT)).text
        assert (await client.get(f"{ROOT}/{number}")).status_code == 404
        assert (await client.post(f"{ROOT}/{number}/accept", data={})).status_code == 404


async def test_pressing_accept_twice_shows_the_latest_state(
    browser: httpx.AsyncClient, number: str
) -> None:
    await browser.post(f"{ROOT}/{number}/accept", data={})

    answer = await browser.post(f"{ROOT}/{number}/accept", data={})

    assert answer.status_code == 409
    assert "最新状态" in answer.text


async def test_overdue_later_papers_stand_at_the_top(
    browser: httpx.AsyncClient, site: Site, number: str
) -> None:
    form = {"later": "5", "later-name-5": HEALTH, "later-day-5": "2026-11-25"}
    await browser.post(f"{ROOT}/{number}/accept", data=form)
    site.clock.forward(days=2)
    await login(browser, "hanmeimei")

    page = await browser.get(ROOT)

    assert "容缺材料逾期未补" in page.text
    await browser.post(f"{ROOT}/{number}/receive", data={"paper_id": "1"})
    assert "容缺材料逾期未补" not in (await browser.get(ROOT)).text


async def test_an_overdue_answer_is_red(
    browser: httpx.AsyncClient, site: Site, number: str
) -> None:
    site.clock.moment += timedelta(days=8)
    await login(browser, "hanmeimei")

    assert "超期 1 个工作日" in (await browser.get(ROOT)).text


async def test_markup_in_an_application_is_shown_and_not_run(
    browser: httpx.AsyncClient, site: Site
) -> None:
    number = hand_in(site.cast.open_unit, now=NOW).case.number  # type: ignore[arg-type]
    form = {"more": "<script>alert(1)</script>", "reason": "{{7*7}}"}
    await browser.post(f"{ROOT}/{number}/ask", data=form)

    page = await browser.get(f"{ROOT}/{number}")

    assert "<script>alert" not in page.text
    assert "{{7*7}}" in page.text


@pytest.mark.parametrize("path", ["371500202611249999", "abc"])
async def test_an_unknown_number_is_answered_in_words(
    browser: httpx.AsyncClient, path: str
) -> None:
    answer = await browser.get(f"{ROOT}/{path}")

    assert answer.status_code == 404
    assert "没有找到这件申请" in answer.text


async def test_an_unknown_move_is_not_made(browser: httpx.AsyncClient, number: str) -> None:
    assert (await browser.post(f"{ROOT}/{number}/delete", data={})).status_code == 404
