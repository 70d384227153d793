"""The pages of whistle tickets: list, buttons for those who may, races, files, limits, export."""

import io
from collections.abc import AsyncIterator
from datetime import datetime

import httpx
import pytest
from openpyxl import load_workbook

from bot.domain.people import Agent, Role
from bot.domain.tickets import Ticket, TicketState
from bot.services.accounts import accounts
from bot.services.tickets.business import BusinessSide, blow_whistle
from bot.services.tickets.files import add_file
from bot.services.tickets.tickets import Whistle
from tests.casework_factories import calendar, catalogue, rules
from tests.desk.conftest import Site, login
from tests.desk_cast import NOW, PASSWORD

S = TicketState
ROOT = "/desk/tickets"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


def side(site: Site) -> BusinessSide:
    return BusinessSide(site.cast.open_unit, calendar(), rules(), site.clock())


def blown(site: Site, origin: str = "o", text: str = "新厂房通不上电，两周没人管") -> Ticket:
    whistle = Whistle(origin, site.cast.conversation(), "李雷机械厂", "13800138000", "371526", text)
    return blow_whistle(side(site), whistle, catalogue()).ticket


def now(site: Site, number: str) -> Ticket:
    with site.cast.open_unit() as uow:
        ticket = uow.tickets.by_number(number)
    assert ticket is not None
    return ticket


def staff(site: Site, department: str, role: Role = Role.OFFICER) -> Agent:
    return accounts.add_agent(
        site.cast.open_unit,
        login=f"{role.value}-{department}",
        name="王芳",
        role=role,
        password=PASSWORD,
        now=NOW,
        department_id=department,
        passwords=site.cast.passwords,
    )


@pytest.fixture
async def officer(site: Site) -> AsyncIterator[httpx.AsyncClient]:
    """A browser in which 王芳 of the power company is logged in."""
    staff(site, "power-supply")
    async with site.browser() as client:
        await login(client, "officer-power-supply")
        yield client


async def press(
    client: httpx.AsyncClient, site: Site, number: str, act: str, **fields: object
) -> httpx.Response:
    sent = {"seen": now(site, number).state.value, "act": act, "text": "说明", **fields}
    return await client.post(f"{ROOT}/{number}/{act}", data=sent)


async def dispatched(client: httpx.AsyncClient, site: Site, number: str) -> None:
    answer = await press(
        client, site, number, "dispatch", leading="power-supply", assisting=["housing"]
    )
    assert answer.status_code == 303


async def test_the_number_of_who_blew_the_whistle_is_shown_for_a_reason_only(
    site: Site, browser: httpx.AsyncClient
) -> None:
    ticket = blown(site)
    address = f"{ROOT}/{ticket.number}"
    hidden = [await browser.get(address), await browser.post(f"{address}/show", data={})]
    shown = await browser.post(f"{address}/show", data={"reason": "首次联系企业"})
    with site.cast.open_unit() as unit:
        entries = unit.people.audit(subject=ticket.number)

    assert [page.status_code for page in hidden] == [200, 409]
    for page in hidden:
        assert ticket.contact_phone not in page.text
        assert "138******00" in page.text
    assert ticket.contact_phone in shown.text
    assert [one.detail for one in entries if one.action == "personal_data_shown"] == [
        "首次联系企业"
    ]


async def test_a_ticket_walks_from_desk_to_department_and_back(
    site: Site, browser: httpx.AsyncClient, officer: httpx.AsyncClient
) -> None:
    number = blown(site).number
    assert (await officer.get(f"{ROOT}/{number}")).status_code == 404  # not given to it yet
    await dispatched(browser, site, number)

    for act in ("report_in", "contact", "answer"):
        assert (await press(officer, site, number, act)).status_code == 303
    for act in ("call_back", "close"):
        assert (await press(browser, site, number, act)).status_code == 303

    page = (await browser.get(f"{ROOT}/{number}")).text
    assert "这张单已经办结" in page
    assert "王芳" in page


async def test_only_the_departments_on_it_may_act(
    site: Site, browser: httpx.AsyncClient, officer: httpx.AsyncClient
) -> None:
    number = blown(site).number
    await dispatched(browser, site, number)
    staff(site, "tax")
    staff(site, "housing")
    async with site.browser() as stranger, site.browser() as assisting:
        await login(stranger, "officer-tax")
        await login(assisting, "officer-housing")
        assert (await press(stranger, site, number, "report_in")).status_code == 404
        assert (await press(assisting, site, number, "answer")).status_code == 409
        assert (await press(browser, site, number, "report_in")).status_code == 409
        assert now(site, number).state is S.DISPATCHED
        assert (await press(assisting, site, number, "report_in")).status_code == 303
    assert now(site, number).state is S.DISPATCHED  # the leading one has not


async def test_what_was_done_meanwhile_is_said_and_what_was_typed_is_kept(
    site: Site, browser: httpx.AsyncClient, officer: httpx.AsyncClient
) -> None:
    number = blown(site).number
    await dispatched(browser, site, number)
    await press(officer, site, number, "report_in")
    first = await press(officer, site, number, "contact")
    again = await press(officer, site, number, "contact", seen="reported_in", text="约了周五")

    assert (first.status_code, again.status_code) == (303, 409)
    assert "刚刚被别人处理过" in again.text
    assert [e.to for e in now(site, number).events].count(S.IN_PROGRESS) == 1


@pytest.mark.parametrize(
    ("act", "fields", "note"),
    [
        ("answer", {"text": "  "}, "请写明理由或内容"),
        ("ask_extension", {"days": "9"}, "最多还能延 5 个工作日"),
        ("ask_extension", {"days": "x"}, "最多还能延 5 个工作日"),
    ],
)
async def test_bad_input_gets_a_sentence(
    site: Site,
    browser: httpx.AsyncClient,
    officer: httpx.AsyncClient,
    act: str,
    fields: dict[str, str],
    note: str,
) -> None:
    number = blown(site).number
    await dispatched(browser, site, number)
    for step in ("report_in", "contact"):
        await press(officer, site, number, step)

    answer = await press(officer, site, number, act, **fields)

    assert answer.status_code == 409
    assert note in answer.text


async def test_the_list_counts_filters_and_exports(site: Site, browser: httpx.AsyncClient) -> None:
    first, second = blown(site), blown(site, "p", "=排水接口说法不一，退了一次")
    await dispatched(browser, site, first.number)

    page = (await browser.get(ROOT)).text
    assert "<b>1</b> 待派单" in page
    assert second.number not in (await browser.get(f"{ROOT}?state=dispatched")).text
    assert first.number in (await browser.get(f"{ROOT}?department=power-supply&report=1")).text
    assert first.number not in (await browser.get(f"{ROOT}?department=tax")).text
    assert first.number in (await browser.get(f"{ROOT}?colour=green&text=李雷")).text
    file = await browser.get(f"{ROOT}/export/xlsx")
    rows = list(load_workbook(io.BytesIO(file.content)).active.values)
    assert {row[0] for row in rows[1:]} == {first.number, second.number}
    assert {str(row[2])[0] for row in rows[1:]} == {"新", "'"}  # no cell is a formula


async def test_a_file_is_given_to_those_who_may_read_the_ticket(
    site: Site, browser: httpx.AsyncClient, officer: httpx.AsyncClient
) -> None:
    whistle = Whistle("o", site.cast.conversation(), "李雷厂", "13800138000", "371526", "通不上电")
    made = blow_whistle(side(site), whistle, catalogue())
    add_file(side(site), token=made.token, name="现场.exe", content=PNG)
    page = await browser.get(f"{ROOT}/{made.ticket.number}")
    assert "现场.png" in page.text
    link = f"{ROOT}/{made.ticket.number}/files/1"

    got = await browser.get(link)

    assert got.content == PNG
    assert got.headers["content-disposition"].startswith("attachment")
    assert (await officer.get(link)).status_code == 404
    assert (await browser.get(f"{ROOT}/{made.ticket.number}/files/99")).status_code == 404


async def test_a_supervisor_changes_a_limit_and_open_tickets_follow(
    site: Site, browser: httpx.AsyncClient
) -> None:
    number = blown(site).number
    before = now(site, number).answer_due.at
    site.cast.agent("boss", "孙主任", Role.SUPERVISOR)
    form = limit_form(answer_normal="3", seen="0")
    assert (await browser.post(f"{ROOT}/limits", data=form)).status_code == 403
    async with site.browser() as boss:
        await login(boss, "boss")
        assert (await boss.post(f"{ROOT}/limits", data=form)).status_code == 303
        stale = await boss.post(f"{ROOT}/limits", data=form)
        bad = await boss.post(f"{ROOT}/limits", data={**form, "seen": "1", "periods": "9点"})
        page = (await boss.get(f"{ROOT}/limits")).text

    assert now(site, number).answer_due.at < before
    assert (stale.status_code, bad.status_code) == (409, 409)
    assert "工作时间要写成" in bad.text
    assert "孙主任" in page
    assert "工作台设定" in page


async def test_a_whistle_becomes_a_one_to_one_helper_from_its_page(
    site: Site, browser: httpx.AsyncClient, officer: httpx.AsyncClient
) -> None:
    ticket = blown(site)
    await dispatched(browser, site, ticket.number)
    path = f"/desk/conversations/{ticket.conversation_id}/assistance"
    assert path in (await browser.get(f"{ROOT}/{ticket.number}")).text
    assert path not in (await officer.get(f"{ROOT}/{ticket.number}")).text

    asked = await browser.post(path, data={"subject": ticket.number, "helper": ""})
    page = (await browser.get(f"{ROOT}/{ticket.number}")).text

    assert asked.status_code == 303
    assert ticket.number in (await browser.get("/desk/assistances")).text
    assert "等申请人同意" in page
    assert path not in page


async def test_a_kind_of_matter_has_limits_of_its_own_and_the_others_keep_theirs(
    site: Site,
) -> None:
    powered = blown(site)
    fed = blown(site, "o2", "火锅店的食品经营许可批不下来")
    before = {one.number: due(site, one.number) for one in (powered, fed)}
    site.cast.agent("boss", "孙主任", Role.SUPERVISOR)
    own = {"utility:answer-normal": "2", "utility:answer-normal-unit": "working_day"}
    form = limit_form(answer_normal="5", seen="0")
    async with site.browser() as boss:
        await login(boss, "boss")
        bad = await boss.post(f"{ROOT}/limits", data={**form, "utility:answer-normal": "两天"})
        saved = await boss.post(f"{ROOT}/limits", data={**form, **own})
        page = (await boss.get(f"{ROOT}/limits")).text

    assert (bad.status_code, saved.status_code) == (409, 303)
    assert "水电气暖网报装的答复（一般）要填正整数" in bad.text
    assert 'value="2"' in page.split('name="utility:answer-normal"')[1].split(">")[0]
    assert due(site, powered.number) < before[powered.number]
    assert due(site, fed.number) == before[fed.number]


def due(site: Site, number: str) -> datetime:
    answer = now(site, number).answer_due
    assert answer is not None
    return answer.at


def limit_form(*, answer_normal: str, seen: str) -> dict[str, object]:
    form: dict[str, object] = {
        "seen": seen,
        "extension": "5",
        "warn_minutes": "240",
        "escalate_minutes": "420",
        "periods": "09:00-12:00 13:00-17:00",
        "reason": "按新办法",
        "own-id": ["tax", ""],
        "own-periods": ["08:30-12:00 14:00-17:30", ""],
        "own-off": ["2026-12-31", ""],
        "own-extra": ["", ""],
    }
    for kind, days in (("report_in", "1"), ("first_contact", "1"), ("answer", answer_normal)):
        form[f"{kind}-normal"] = days
        form[f"{kind}-urgent"] = "2"
    form |= {"solve-normal": "10", "solve-urgent": "5"}
    units = {f"{name}-unit": "working_day" for name in form if "-normal" in name}
    urgent = {f"{name}-unit": "working_hour" for name in form if "-urgent" in name}
    return {**form, **units, **urgent}
