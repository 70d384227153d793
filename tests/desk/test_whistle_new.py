"""An agent blows the whistle for an applicant, from inside the conversation."""

import re

import httpx
import pytest

from bot.desk.conversation_tools import CONVERSATION_TOOLS
from bot.services.tickets.tickets import my_tickets
from tests.desk.conftest import Site

PHONE = "13806350001"
FORM = {
    "company": "示例机械厂",
    "phone": PHONE,
    "district": "371526",
    "description": "新厂房的变压器报了三个月，供电公司一直没来",
}


def _page(who: str) -> str:
    return f"/desk/conversations/{who}/whistle"


async def _held(site: Site, browser: httpx.AsyncClient) -> str:
    told: dict[str, object] = {"whistle_phone": PHONE, "start_business_district": "371526"}
    who = site.cast.waiting("厂里没电", fields=told)
    await browser.post(f"/desk/api/conversations/{who}/claim", json={})
    return who


def _key(html: str) -> str:
    found = re.search(r'name="key" value="(\w+)"', html)
    assert found
    return found[1]


def _said(site: Site, who: str) -> list[str]:
    with site.cast.open_unit() as unit:
        return [one.text for one in unit.conversations.messages(who)]


async def test_an_agent_blows_the_whistle_once_and_the_applicant_reads_its_number(
    site: Site, browser: httpx.AsyncClient
) -> None:
    who = await _held(site, browser)
    page = (await browser.get(_page(who))).text
    assert f'value="{PHONE}"' in page
    assert re.search(r'value="371526" selected', page)
    form = {**FORM, "key": _key(page)}

    first = await browser.post(_page(who), data=form)
    await browser.post(_page(who), data=form)

    (ticket,) = my_tickets(site.cast.open_unit, conversation_id=who)
    assert first.headers["location"] == f"/desk/conversations/{who}"
    assert ticket.business_name == "示例机械厂"
    (told,) = [text for text in _said(site, who) if ticket.number in text]
    assert "/whistles/" in told
    assert "牵头部门" in told
    shown = (await browser.get(f"/desk/tickets/{ticket.number}")).text
    assert re.search(r"新建</b> <span>韩梅梅", shown)


@pytest.mark.parametrize(("answer", "tickets"), [("join", 1), ("separate", 2)])
async def test_what_is_open_already_is_shown_and_the_agent_says_whether_it_is_that(
    site: Site, browser: httpx.AsyncClient, answer: str, tickets: int
) -> None:
    who = await _held(site, browser)
    await browser.post(_page(who), data={**FORM, "key": "one"})
    again = {**FORM, "description": "变压器报了三个月，供电公司还没来", "key": "two"}

    asked = await browser.post(_page(who), data=again)
    (open_one,) = my_tickets(site.cast.open_unit, conversation_id=who)
    answered = await browser.post(_page(who), data={**again, "same": answer})

    assert asked.status_code == 409
    assert open_one.number in asked.text
    assert again["description"] in asked.text
    assert answered.status_code == 303
    assert len(my_tickets(site.cast.open_unit, conversation_id=who)) == tickets


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"phone": "123"}, "电话不对"),
        ({"company": " "}, "哪家企业"),
        ({"district": "nowhere"}, "哪个区县"),
    ],
)
async def test_what_is_wrong_is_said_and_what_was_typed_stays(
    site: Site, browser: httpx.AsyncClient, wrong: dict[str, str], words: str
) -> None:
    who = await _held(site, browser)

    answer = await browser.post(_page(who), data={**FORM, **wrong, "key": "k"})

    assert answer.status_code == 409
    assert words in answer.text
    assert FORM["description"] in answer.text
    assert my_tickets(site.cast.open_unit, conversation_id=who) == []


async def test_only_the_holder_blows_it(
    site: Site, browser: httpx.AsyncClient, other: httpx.AsyncClient
) -> None:
    who = await _held(site, browser)

    refused = await other.post(_page(who), data={**FORM, "key": "k"})

    assert refused.status_code == 403
    assert my_tickets(site.cast.open_unit, conversation_id=who) == []


def test_every_tool_of_a_conversation_has_a_key_of_its_own() -> None:
    keys = [tool.key for tool in CONVERSATION_TOOLS]
    assert all(keys)
    assert len(set(keys)) == len(keys)
