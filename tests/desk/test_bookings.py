"""The desk's pages of bookings: the day, one booking, rules, helpers, one-to-one help."""

import re
from collections.abc import AsyncIterator
from datetime import date, timedelta

import httpx
import pytest

from bot.domain.bookings import Booking
from bot.domain.people import Agent, Role
from bot.services.bookings import bookings
from bot.services.desk import assistance
from bot.store.service_seed import seed_services
from tests.booking_desk_factories import helper, last_place, said, teller, wait
from tests.desk.conftest import Site, login
from tests.desk_cast import NOW
from tests.plan_factories import RESTAURANT, saved
from tests.service_factories import DISTRICT, SEED, at, book

ROOT = "/desk/bookings"
TODAY = date(2026, 11, 24)  # Tuesday; it is ten o'clock


@pytest.fixture
def hall(site: Site) -> Site:
    """A desk whose database has the operator's settings."""
    seed_services(site.cast.open_unit, folder=SEED, now=NOW)
    return site


@pytest.fixture
async def boss(hall: Site) -> AsyncIterator[httpx.AsyncClient]:
    """A browser in which the supervisor is logged in."""
    hall.cast.agent("boss", "孙主任", Role.SUPERVISOR)
    async with hall.browser() as client:
        await login(client, "boss")
        yield client


def booked(site: Site, **changes: object) -> Booking:
    wanted = {"conversation_id": site.cast.conversation(), "starts_at": at(TODAY, 11), "now": NOW}
    return book(site.cast.open_unit, **{**wanted, **changes})


async def test_the_day_shows_who_comes_and_checks_in_by_a_scanned_number(
    hall: Site, browser: httpx.AsyncClient
) -> None:
    booking = booked(hall)
    page = await browser.get(ROOT)
    assert page.status_code == 200
    assert booking.number in page.text
    assert "李*" in page.text
    scanned = {"number": f"预约 {booking.number.lower()}"}
    answer = await browser.post(f"{ROOT}/check-in", data=scanned)
    assert answer.headers["location"] == f"{ROOT}/{booking.number}"
    assert "已到场" in (await browser.get(f"{ROOT}/{booking.number}")).text
    again = await browser.post(f"{ROOT}/check-in", data=scanned)
    assert again.status_code == 409
    assert "刚刚变了" in again.text


async def test_name_and_number_are_shown_for_a_reason_only_and_that_is_written_down(
    hall: Site, browser: httpx.AsyncClient
) -> None:
    booking = booked(hall)
    one = f"{ROOT}/{booking.number}"
    last_place(hall.cast.open_unit, 9, now=NOW)
    wait(hall.cast.open_unit, hall.cast.conversation(), now=NOW)
    hidden = [await browser.get(ROOT), await browser.get(one)]
    hidden.append(await browser.post(f"{one}/show", data={"reason": "看"}))
    shown = await browser.post(f"{one}/show", data={"reason": "打电话确认预约"})
    with hall.cast.open_unit() as unit:
        entries = unit.people.audit(subject=booking.number)

    for page in hidden:
        assert booking.contact_phone not in page.text
        assert booking.contact_name not in page.text
    assert hidden[-1].status_code == 409
    assert f"{booking.contact_name} · {booking.contact_phone}" in shown.text
    told = [(one.action, one.detail) for one in entries if one.action == "personal_data_shown"]
    assert told == [("personal_data_shown", "打电话确认预约")]


async def test_the_day_shows_who_waits(hall: Site, browser: httpx.AsyncClient) -> None:
    unit = hall.cast.open_unit
    last_place(unit, 9, now=NOW)
    wait(unit, hall.cast.conversation(), now=NOW)
    page = (await browser.get(ROOT)).text
    assert "候补" in page
    assert "11月28日 星期六 09:00 起 · 视频" in page


async def test_a_week_and_the_own_bookings_can_be_chosen(
    hall: Site, browser: httpx.AsyncClient
) -> None:
    later = booked(hall, starts_at=at(TODAY + timedelta(days=2), 9))
    assert later.number not in (await browser.get(ROOT)).text
    assert later.number in (await browser.get(f"{ROOT}?days=7")).text
    assert later.number not in (await browser.get(f"{ROOT}?days=7&own=1")).text
    assert later.number in (await browser.get(f"{ROOT}?days=7&district={DISTRICT}")).text
    odd = await browser.get(f"{ROOT}?day=x&days=x&district=x&own=x")
    assert odd.status_code == 200


@pytest.mark.parametrize("number", ["YY-20200101-0001", "x", "'; DROP TABLE bookings"])
async def test_a_number_that_does_not_exist_is_said_so(
    hall: Site, browser: httpx.AsyncClient, number: str
) -> None:
    answer = await browser.post(f"{ROOT}/check-in", data={"number": number})
    assert answer.status_code == 409
    assert "没有找到这个预约" in answer.text
    assert (await browser.get(f"{ROOT}/YY-20200101-0001")).status_code == 404


async def test_what_staff_does_is_told_and_written_down(
    hall: Site, browser: httpx.AsyncClient
) -> None:
    booking = booked(hall)
    one = f"{ROOT}/{booking.number}"
    await browser.post(f"{one}/note", data={"note": "带了两份材料"})
    free = re.findall(r'<option value="(2026[^"]+)"', (await browser.get(one)).text)
    moved = await browser.post(f"{one}/move", data={"starts_at": free[-1], "key": "k1"})
    assert moved.status_code == 303
    cancelled = await browser.post(f"{one}/cancel", data={"reason": "大厅停电"})
    assert cancelled.status_code == 303
    page = (await browser.get(one)).text
    assert "带了两份材料" in page
    assert "大厅停电" in page
    assert "韩梅梅" in page
    lines = said(hall.cast.open_unit, booking.conversation_id)
    assert len(lines) == 2
    assert "大厅停电" in lines[1]


@pytest.mark.parametrize(
    ("move", "fields", "note"),
    [
        ("no-show", {}, "还没到这个预约的日子"),
        ("move", {"starts_at": "morgen", "key": "k"}, "不在服务时间里"),
        ("move", {"starts_at": "2026-11-24T03:10:00+00:00", "key": "k"}, "不在服务时间里"),
        ("hand", {"helper": "999"}, "请从列出的帮办里选"),
        ("note", {"note": "长" * 501}, "备注 500 字以内"),
    ],
)
async def test_what_cannot_be_done_is_refused_in_words(
    hall: Site, browser: httpx.AsyncClient, move: str, fields: dict[str, str], note: str
) -> None:
    booking = booked(hall)
    answer = await browser.post(f"{ROOT}/{booking.number}/{move}", data=fields)
    assert answer.status_code == 409
    assert note in answer.text


async def test_an_agent_books_from_inside_a_conversation(
    hall: Site, browser: httpx.AsyncClient
) -> None:
    who = hall.cast.waiting(fields={"booking_district": DISTRICT, "booking_phone": "13806350001"})
    await browser.post(f"/desk/api/conversations/{who}/claim", json={})
    shown = (await browser.get(f"/desk/api/conversations/{who}")).json()
    assert f"/desk/conversations/{who}/booking" in shown["fields"]
    page = (await browser.get(f"/desk/conversations/{who}/booking")).text
    assert 'value="13806350001"' in page
    key = re.search(r'name="key" value="(\w+)"', page)
    slots = re.findall(r'name="starts_at" value="([^"]+)"', page)
    assert key
    form = {"key": key[1], "mode": "phone", "district": DISTRICT, "starts_at": slots[0]}
    form |= {"name": "李雷", "phone": "13806350001", "note": ""}
    refused = await browser.post(
        f"/desk/conversations/{who}/booking", data={**form, "phone": "123"}
    )
    assert refused.status_code == 409
    assert "电话" in refused.text
    first = await browser.post(f"/desk/conversations/{who}/booking", data=form)
    second = await browser.post(f"/desk/conversations/{who}/booking", data=form)
    assert first.headers["location"] == second.headers["location"]
    assert len(bookings.my_bookings(hall.cast.open_unit, who)) == 1
    assert "客服给您约好了" in said(hall.cast.open_unit, who)[-1]


async def test_department_staff_has_no_bookings(hall: Site) -> None:
    hall.cast.agent("wang", "王芳", Role.OFFICER)
    booking = booked(hall)
    async with hall.browser() as client:
        await login(client, "wang")
        for path in (ROOT, f"{ROOT}/{booking.number}", f"{ROOT}/helpers", "/desk/assistances"):
            assert (await client.get(path)).status_code == 403


def rules_form(page: str, setting: str) -> dict[str, list[str]]:
    """Return the fields of a form as a browser would send them."""
    part = page.split(f'action="/desk/bookings/rules/{setting}"')[1].split("</form>", maxsplit=1)[0]
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>|<select.*?</select>", part, re.DOTALL):
        name = re.search(r'name="([^"]*)"', tag)
        assert name
        if tag.startswith("<input"):
            value = re.search(r'value="([^"]*)"', tag)
        else:
            value = re.search(r'<option value="([^"]*)" selected', tag)
            value = value or re.search(r'<option value="([^"]*)"', tag)
        text = (value[1] if value else "").replace("&#34;", '"')
        found.setdefault(name[1], []).append(text)
    return found


async def test_rules_are_edited_with_a_noon_break_and_saved_unchanged_otherwise(
    hall: Site, boss: httpx.AsyncClient
) -> None:
    form = rules_form((await boss.get(f"{ROOT}/rules")).text, "slot_rules")
    assert (await boss.post(f"{ROOT}/rules/slot_rules", data=form)).status_code == 303
    with hall.cast.open_unit() as unit:
        before = unit.service_settings.raw("slot_rules")
        assert unit.service_settings.slot_rules().rules[0].places
    form = rules_form((await boss.get(f"{ROOT}/rules")).text, "slot_rules")
    form["rule_closes"][0] = "11:30"
    form["closed_on"], form["closed_reason"] = ["2026-12-01"], ["系统升级"]
    assert (await boss.post(f"{ROOT}/rules/slot_rules", data=form)).status_code == 303
    with hall.cast.open_unit() as unit:
        after = unit.service_settings.raw("slot_rules")
        assert unit.people.audit(subject="slot_rules")
    assert after["rules"][0] == {**before["rules"][0], "closes": "11:30"}
    assert after["rules"][1:] == before["rules"][1:]
    assert after["closures"] == [{"on": "2026-12-01", "district": None, "reason": "系统升级"}]


async def test_rules_that_overlap_or_were_changed_meanwhile_are_refused(
    hall: Site, boss: httpx.AsyncClient, browser: httpx.AsyncClient
) -> None:
    form = rules_form((await boss.get(f"{ROOT}/rules")).text, "slot_rules")
    overlap = {**form, "rule_closes": ["14:00", *form["rule_closes"][1:]]}
    answer = await boss.post(f"{ROOT}/rules/slot_rules", data=overlap)
    assert answer.status_code == 409
    assert "没有保存" in answer.text
    other = rules_form((await boss.get(f"{ROOT}/rules")).text, "booking_rules")
    other["hold_minutes"] = ["15"]
    assert (await boss.post(f"{ROOT}/rules/booking_rules", data=other)).status_code == 303
    stale = await boss.post(f"{ROOT}/rules/booking_rules", data=other)
    assert stale.status_code == 409
    assert "别人刚刚改过" in stale.text
    assert (await browser.get(f"{ROOT}/rules")).status_code == 403
    assert (await browser.post(f"{ROOT}/rules/slot_rules", data=form)).status_code == 403


async def test_a_helper_is_entered_and_an_absence_moves_the_bookings(
    hall: Site, boss: httpx.AsyncClient, meimei: Agent
) -> None:
    form = {
        "helper": str(meimei.id),
        "home": DISTRICT,
        "modes": ["window", "phone"],
        "capacity": "1",
        "phone": "0635-8000000",
    }
    assert (await boss.post(f"{ROOT}/helpers", data=form)).status_code == 303
    booking = booked(hall, starts_at=at(TODAY, 15))
    assert booking.agent_id == meimei.id
    away = {
        "helper": str(meimei.id),
        "first": "2026-11-24T13:00",
        "last": "2026-11-24T18:00",
        "reason": "培训",
    }
    answer = await boss.post(f"{ROOT}/absences", data=away)
    assert "1 个没人能接" in answer.text
    assert "请您改个时间" in said(hall.cast.open_unit, booking.conversation_id)[-1]
    assert "等申请人改期" in (await boss.get(ROOT)).text
    absence = re.search(r'name="absence" value="(\d+)"', (await boss.get(f"{ROOT}/helpers")).text)
    assert absence
    back = await boss.post(f"{ROOT}/absences/back", data={"absence": absence[1]})
    assert back.status_code == 303
    bad = await boss.post(f"{ROOT}/absences", data={**away, "last": "gestern"})
    assert bad.status_code == 409
    assert "起止时间" in bad.text


async def test_a_helper_stays_for_the_whole_plan_once_the_applicant_agrees(
    hall: Site, browser: httpx.AsyncClient
) -> None:
    unit = hall.cast.open_unit
    who = saved(unit, RESTAURANT).plan.conversation_id
    answer = await browser.post(f"/desk/conversations/{who}/assistance", data={})
    page = answer.headers["location"]
    assert "申请人同意以后才能看到方案" in (await browser.get(page)).text
    assistance.answer_proposal(unit, conversation_id=who, agrees=True, now=NOW)
    shown = (await browser.get(page)).text
    assert "火锅店" in shown
    assert "到期" in shown
    assert "2026-1" in shown
    assert page in (await browser.get("/desk/assistances")).text
    ended = await browser.post(f"{page}/end", data={"reason": "都办好了"})
    assert ended.status_code == 303
    assert "方案不再显示" in (await browser.get(page)).text
    assert "都办好了" in said(unit, who)[-1]


async def test_another_helper_is_shown_nothing_of_it(
    hall: Site, other: httpx.AsyncClient, meimei: Agent
) -> None:
    who = hall.cast.conversation()
    made = assistance.propose(
        hall.cast.open_unit,
        teller(),
        agent=meimei,
        helper_id=meimei.id,
        conversation_id=who,
        subject="",
        now=NOW,
    )
    assert (await other.get(f"/desk/assistances/{made.id}")).status_code == 404


async def test_a_booking_is_given_to_another_helper(hall: Site, browser: httpx.AsyncClient) -> None:
    helper(hall.cast.open_unit, "a")
    second = helper(hall.cast.open_unit, "b", name="王芳")
    booking = booked(hall, starts_at=at(TODAY, 15))
    answer = await browser.post(
        f"{ROOT}/{booking.number}/hand", data={"helper": str(second.agent_id)}
    )
    assert answer.status_code == 303
    assert "王芳" in (await browser.get(ROOT)).text
