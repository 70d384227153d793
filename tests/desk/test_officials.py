"""Calendars, the audit page and personal data: the pages of officials, in this process."""

import csv
import io
from collections.abc import AsyncIterator

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine

from bot.domain.halls import DayKind
from bot.domain.people import Role
from bot.services.bookings.office_hours_change import read_spans, spans_text
from bot.services.cases import desk as case_desk
from bot.services.privacy.masking import mask_name, mask_phone
from bot.settings import ROOT
from bot.store.service_seed import seed_services
from tests.casework_factories import CREDIT_CODE, PHONE, catalogue
from tests.desk.conftest import Site, login
from tests.desk_cast import NOW
from tests.planner.test_holiday_notice import NOTICE

HOURS = {
    "working": "8:30-12:00，13:30至17:30",
    "weekend": "09:00-12:00",
    "holiday": "",
    "source": "大厅通知",
}


@pytest.fixture
async def boss(site: Site) -> AsyncIterator[httpx.AsyncClient]:
    """A browser in which a supervisor is signed in, over seeded settings."""
    seed_services(site.cast.open_unit, folder=ROOT / "data" / "seed", now=NOW)
    site.cast.agent("boss", "孙主任", Role.SUPERVISOR)
    async with site.browser() as client:
        await login(client, "boss")
        yield client


@pytest.fixture
async def auditor(site: Site) -> AsyncIterator[httpx.AsyncClient]:
    """A browser in which an auditor is signed in."""
    site.cast.agent("auditor", "赵审计", Role.AUDITOR)
    async with site.browser() as client:
        await login(client, "auditor")
        yield client


def opened(site: Site, name: str) -> str:
    return case_desk.open_case(
        site.cast.open_unit,
        origin=name,
        matter_id="lic-food-operate",
        applicant_name=name,
        phone=PHONE,
        credential=CREDIT_CODE,
        district_id="371502",
        now=NOW,
        catalogue=catalogue(),
    ).number


def entries(site: Site, action: str) -> list[tuple[str | None, str | None]]:
    with site.cast.open_unit() as unit:
        return [(one.subject, one.detail) for one in unit.people.audit() if one.action == action]


async def test_service_hours_of_the_city_change_at_once(
    site: Site, boss: httpx.AsyncClient
) -> None:
    answer = await boss.post("/desk/calendars/hours", data={**HOURS, "district": ""})

    assert answer.status_code == 303
    with site.cast.open_unit() as unit:
        hours = unit.service_settings.office_hours()
    assert spans_text(hours.of(None, DayKind.WORKING)) == "08:30-12:00, 13:30-17:30"
    assert hours.of(None, DayKind.HOLIDAY) == ()
    (entry,) = entries(site, "office_hours_changed")
    assert "working 08:30-12:00, 13:30-17:30" in (entry[1] or "")


async def test_a_district_has_its_own_hours_until_they_are_taken_away(
    site: Site, boss: httpx.AsyncClient
) -> None:
    await boss.post("/desk/calendars/hours", data={**HOURS, "district": "371502"})
    with site.cast.open_unit() as unit:
        own = unit.service_settings.office_hours()
    form = {**HOURS, "district": "371502", "as_city": "1"}
    await boss.post("/desk/calendars/hours", data=form)
    with site.cast.open_unit() as unit:
        after = unit.service_settings.office_hours()

    assert spans_text(own.of("371502", DayKind.WORKING)).startswith("08:30")
    assert spans_text(own.of(None, DayKind.WORKING)).startswith("09:00")
    assert "371502" not in after.districts


@pytest.mark.parametrize(
    "changes",
    [
        {"working": "上午"},
        {"working": "12:00-09:00"},
        {"working": "09:00-12:00, 11:00-15:00"},
        {"working": "09:00-25:00"},
        {"source": ""},
        {"district": "000000"},
    ],
)
async def test_hours_that_make_no_sense_change_nothing_and_are_kept_in_the_form(
    site: Site, boss: httpx.AsyncClient, changes: dict[str, str]
) -> None:
    answer = await boss.post("/desk/calendars/hours", data={**HOURS, "district": "", **changes})

    assert answer.status_code == 409
    assert 'role="alert"' in answer.text
    assert entries(site, "office_hours_changed") == []


@pytest.mark.parametrize(
    ("typed", "shown"), [("", ""), ("9:00~12:00;14：00—17：00", "09:00-12:00, 14:00-17:00")]
)
def test_spans_are_read_as_people_type_them(typed: str, shown: str) -> None:
    assert spans_text(read_spans(typed)) == shown


async def test_a_notice_is_loaded_and_waits_for_the_next_start(
    site: Site, boss: httpx.AsyncClient
) -> None:
    notice = NOTICE.replace("共3天。1月4日（周日）上班", "共3天")
    files = {"file": ("notice.txt", notice.encode())}

    answer = await boss.post("/desk/calendars/year", files=files)

    assert answer.status_code == 303
    assert "2026 年已导入，等重启" in (await boss.get("/desk/calendars")).text
    assert entries(site, "calendar_loaded") == [("2026", "33 off, 5 make-up")]


@pytest.mark.parametrize(
    ("content", "note"),
    [
        (b"", "请选一个文本文件"),
        (b"\xff\xfe\x00", "不是文本"),
        ("一张菜单".encode(), "标题"),
        (NOTICE.replace("共9天", "共7天").encode(), "写的是 7 天"),
    ],
)
async def test_a_notice_that_cannot_be_read_is_said_why(
    boss: httpx.AsyncClient, content: bytes, note: str
) -> None:
    answer = await boss.post("/desk/calendars/year", files={"file": ("x.txt", content)})

    assert answer.status_code == 409
    assert note in answer.text


async def test_everybody_reads_the_calendar_and_few_change_it(
    site: Site, boss: httpx.AsyncClient, browser: httpx.AsyncClient
) -> None:
    page = await browser.get("/desk/calendars")

    assert page.status_code == 200
    assert "国庆节" in page.text
    assert "导入放假通知" not in page.text
    assert (await browser.post("/desk/calendars/hours", data=HOURS)).status_code == 403


async def test_the_auditor_finds_entries_by_person_action_subject_and_day(
    site: Site, auditor: httpx.AsyncClient, browser: httpx.AsyncClient
) -> None:
    number = opened(site, "李雷火锅店")
    await browser.get(f"/desk/cases/{number}")
    rows = '<td data-label="动作">'
    for query, found in (
        ({"subject": number}, 1),
        ({"action": "case_read", "agent": "2"}, 1),
        ({"action": "case_read", "agent": "1"}, 0),
        ({"subject": number, "from": "2026-11-24", "to": "2026-11-24"}, 1),
        ({"subject": number, "from": "2026-11-25"}, 0),
    ):
        page = (await auditor.get("/desk/audit", params=query)).text
        assert (query, page.count(rows)) == (query, found)


async def test_the_check_says_that_all_is_well_and_then_where_it_is_not(
    site: Site, auditor: httpx.AsyncClient, sqlite_engine: Engine
) -> None:
    good = await auditor.post("/desk/audit/verify")
    assert "校验通过" in good.text
    with sqlite_engine.begin() as connection:
        connection.execute(text("DROP TRIGGER audit_entries_no_update"))
        connection.execute(text("UPDATE audit_entries SET agent_id = 9 WHERE seq = 2"))

    bad = await auditor.post("/desk/audit/verify")

    assert "校验没有通过" in bad.text
    assert "第一处在序号 2" in bad.text


async def test_an_anchor_is_taken_away_and_compared_later(auditor: httpx.AsyncClient) -> None:
    anchor = (await auditor.get("/desk/audit/anchor")).text

    checked = await auditor.post("/desk/audit/verify", data={"anchors": anchor})
    wrong = await auditor.post("/desk/audit/verify", data={"anchors": "绝密"})

    assert "并和 1 个锚点一致" in checked.text
    assert wrong.status_code == 409


async def test_the_export_holds_the_seals_and_no_formula(
    site: Site, auditor: httpx.AsyncClient
) -> None:
    with site.cast.open_unit() as unit:
        unit.people.change_agent(
            1, name="=1+1", role=Role.AUDITOR, department_id=None, districts=()
        )
    answer = await auditor.get("/desk/audit/export", params={"action": "login"})

    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert rows[0][:3] == ["序号", "时间", "人员编号"]
    assert rows[1][3] == "'=1+1"
    assert len(rows[1][-1]) == 64


async def test_names_and_numbers_are_hidden_until_a_reason_is_given(
    site: Site, browser: httpx.AsyncClient
) -> None:
    number = opened(site, "王小明")
    for path in ("/desk/cases", f"/desk/cases/{number}", "/desk/cases/export/csv"):
        page = (await browser.get(path)).text
        assert (path, "王小明" in page) == (path, False)
        assert "王**" in page

    form = {"reason": "联系申请人补正材料", "other": ""}
    shown = await browser.post(f"/desk/cases/{number}/show", data=form)

    assert "王小明" in shown.text
    assert PHONE in shown.text
    assert "王小明" not in (await browser.get(f"/desk/cases/{number}")).text
    assert entries(site, "personal_data_shown") == [(number, "联系申请人补正材料")]


async def test_without_a_reason_nothing_is_shown_and_nothing_written(
    site: Site, browser: httpx.AsyncClient
) -> None:
    number = opened(site, "王小明")

    answer = await browser.post(f"/desk/cases/{number}/show", data={"reason": "", "other": "看"})

    assert answer.status_code == 409
    assert "理由" in answer.text
    assert "王小明" not in answer.text
    assert entries(site, "personal_data_shown") == []


async def test_the_reason_itself_keeps_no_number(site: Site, browser: httpx.AsyncClient) -> None:
    number = opened(site, "王小明")
    form = {"reason": "", "other": f"回电 {PHONE} 说明情况"}

    await browser.post(f"/desk/cases/{number}/show", data=form)

    (entry,) = entries(site, "personal_data_shown")
    assert PHONE not in (entry[1] or "")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("王小明", "王**"),
        ("李雷", "李*"),
        ("欧阳娜娜", "欧***"),
        ("阿卜杜拉·买买提", "阿***"),
        ("Li Lei", "L***"),
        ("李雷火锅店", "李雷火锅店"),
        ("聊城市某某商贸有限公司", "聊城市某某商贸有限公司"),
        ("", ""),
    ],
)
def test_persons_are_hidden_and_businesses_are_not(name: str, shown: str) -> None:
    assert mask_name(name) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [("13800138000", "138******00"), ("0635-8246110", "063*******10"), ("110", "***"), ("", "")],
)
def test_a_number_of_any_kind_is_hidden_in_its_middle(number: str, shown: str) -> None:
    assert mask_phone(number) == shown
