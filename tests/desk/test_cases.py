"""The pages of the register: list, filters, one case, manual moves, answers, export."""

import csv
import io
from collections.abc import AsyncIterator

import httpx
import pytest
from openpyxl import load_workbook

from bot.domain.cases import Case, CaseState
from bot.domain.people import Role
from bot.services.accounts import accounts
from bot.services.cases import cases
from bot.services.cases import desk as case_desk
from bot.services.cases.watch import CaseWatch, count_again, escalate_overdue
from tests.casework_factories import CREDIT_CODE, PHONE, calendar, case_rules, catalogue, local
from tests.desk.conftest import Site, login
from tests.desk_cast import NOW, PASSWORD

S = CaseState
ROOT = "/desk/cases"
MONDAY = local("2026-11-23 10:00")


def opened(site: Site, *moves: CaseState, name: str = "李雷火锅店", origin: str = "o") -> Case:
    unit = site.cast.open_unit
    made = case_desk.open_case(
        unit,
        origin=origin,
        matter_id="lic-food-operate",
        applicant_name=name,
        phone=PHONE,
        credential=CREDIT_CODE,
        district_id="371502",
        now=MONDAY,
        catalogue=catalogue(),
    )
    for to in moves:
        missing = ("健康证明",) if to is S.RECTIFICATION else ()
        made = case_desk.advance_case(
            unit, number=made.number, to=to, actor="approval", now=MONDAY, missing=missing
        )
    count_again(watch(site))
    return made


def watch(site: Site) -> CaseWatch:
    return CaseWatch(site.cast.open_unit, case_rules(), calendar())


def urged(site: Site, number: str) -> str:
    unit, who = site.cast.open_unit, site.cast.conversation()
    cases.find_case(
        unit,
        number=number,
        credential=PHONE[-4:],
        conversation_id=who,
        now=NOW,
        calendar=calendar(),
    )
    cases.urge_case(
        unit, number=number, conversation_id=who, origin="u", now=NOW, calendar=calendar()
    )
    return who


@pytest.fixture
async def officer(site: Site) -> AsyncIterator[httpx.AsyncClient]:
    """A browser in which 王芳 of the approval department is logged in."""
    async with site.browser() as client:
        await staff(site, client, "approval")
        yield client


async def staff(
    site: Site, client: httpx.AsyncClient, department: str, role: Role = Role.OFFICER
) -> None:
    accounts.add_agent(
        site.cast.open_unit,
        login=f"{role.value}-{department}",
        name="王芳",
        role=role,
        password=PASSWORD,
        now=NOW,
        department_id=department,
        passwords=site.cast.passwords,
    )
    await login(client, f"{role.value}-{department}")


async def test_the_list_tells_colours_by_sign_and_word(
    site: Site, browser: httpx.AsyncClient
) -> None:
    opened(site, S.ACCEPTED)  # due Thu 26 Nov; on Tue 2 days are left of 3
    assert "绿灯" in (await browser.get(ROOT)).text
    site.clock.moment = local("2026-11-25 09:00")
    await login(browser, "hanmeimei")
    page = (await browser.get(ROOT)).text
    assert '<i aria-hidden="true">◆</i> 黄灯' in page
    site.clock.moment = local("2026-11-27 09:00")
    await login(browser, "hanmeimei")
    assert '<i aria-hidden="true">▲</i> 红灯' in (await browser.get(ROOT)).text


@pytest.mark.parametrize(
    ("query", "is_there"),
    [
        ("", True),
        ("state=accepted", True),
        ("state=under_review", False),
        ("state=completed", False),
        ("colour=green", True),
        ("colour=red", False),
        ("colour=grey", False),
        ("district=371502", True),
        ("district=371503", False),
        ("department=approval", True),
        ("department=tax", False),
        ("shown=closed", False),
        ("shown=all", True),
        ("urged=1", False),
        ("escalated=1", False),
        ("text=0001", True),
        ("text=9999", False),
        ("text=李雷", True),
        ("text=食品", True),
        ("text=%25", False),
        ("state=x&colour=x&page=-1&shown=x&district=x&department=x&urged=x", True),
    ],
)
async def test_the_list_is_filtered(
    site: Site, browser: httpx.AsyncClient, query: str, is_there: bool
) -> None:
    number = opened(site, S.ACCEPTED).number

    page = await browser.get(f"{ROOT}?{query}")

    assert page.status_code == 200
    assert (f"{ROOT}/{number}" in page.text) is is_there


async def test_a_long_list_has_pages(site: Site, browser: httpx.AsyncClient) -> None:
    for index in range(51):
        opened(site, name=f"店{index:03d}", origin=f"o{index}")

    first, second = await browser.get(ROOT), await browser.get(f"{ROOT}?page=1")

    assert "下一页" in first.text
    assert "上一页" in second.text
    assert second.text.count("<tr class=") == 1


async def test_a_case_page_shows_the_time_line_and_each_day(
    site: Site, browser: httpx.AsyncClient
) -> None:
    number = opened(site, S.ACCEPTED, S.UNDER_REVIEW).number

    page = (await browser.get(f"{ROOT}/{number}")).text

    for words in ("●收件━●受理━◐审查━○办结", "受理当天，次日起算", "第 1 个工作日", "法定时限"):
        assert words in page
    with site.cast.open_unit() as uow:
        assert [one.action for one in uow.people.audit(subject=number)] == ["case_read"]


async def test_the_help_desk_reads_and_does_not_move(
    site: Site, browser: httpx.AsyncClient
) -> None:
    number = opened(site, S.ACCEPTED).number

    assert "由经办部门办理" in (await browser.get(f"{ROOT}/{number}")).text
    form = {"to": "completed", "reason": "好"}
    assert (await browser.post(f"{ROOT}/{number}/move", data=form)).status_code == 403
    assert stored(site, number).state is S.ACCEPTED


async def test_an_officer_moves_a_case_with_a_reason(
    site: Site, officer: httpx.AsyncClient
) -> None:
    number = opened(site, S.ACCEPTED).number

    answer = await officer.post(
        f"{ROOT}/{number}/move", data={"to": "under_review", "reason": "材料齐全"}
    )

    assert (answer.status_code, answer.headers["location"]) == (303, f"{ROOT}/{number}")
    last = stored(site, number).events[-1]
    assert (last.to, last.reason, last.actor[:6]) == (S.UNDER_REVIEW, "材料齐全", "agent:")
    page = (await officer.get(f"{ROOT}/{number}")).text
    assert "王芳" in page
    assert "撤回</button>" not in page  # applicants withdraw, departments do not


@pytest.mark.parametrize(
    ("form", "note"),
    [
        ({"to": "under_review", "reason": " "}, "请写明理由"),
        ({"to": "refused", "reason": "x"}, "现在的状态不能这样办理"),
        ({"to": "nonsense", "reason": "x"}, "刚刚被别人处理过"),
        ({}, "刚刚被别人处理过"),
    ],
)
async def test_what_cannot_be_done_is_said_and_changes_nothing(
    site: Site, officer: httpx.AsyncClient, form: dict[str, str], note: str
) -> None:
    number = opened(site, S.ACCEPTED).number

    answer = await officer.post(f"{ROOT}/{number}/move", data=form)

    assert answer.status_code == 409
    assert note in answer.text
    assert stored(site, number).state is S.ACCEPTED


async def test_missing_papers_are_named_and_what_was_typed_stays(
    site: Site, officer: httpx.AsyncClient
) -> None:
    number = opened(site).number
    form = {"to": "rectification", "missing": "\n", "reason": "少了一页"}

    answer = await officer.post(f"{ROOT}/{number}/move", data=form)

    assert "一次列全" in answer.text
    assert "少了一页</textarea>" in answer.text
    await officer.post(f"{ROOT}/{number}/move", data={**form, "missing": "平面图\n租赁合同\n"})
    assert stored(site, number).missing == ("平面图", "租赁合同")


async def test_another_department_finds_nothing(site: Site) -> None:
    number = opened(site, S.ACCEPTED).number
    async with site.browser() as client:
        await staff(site, client, "tax")

        assert number not in (await client.get(ROOT)).text
        assert number not in (await client.get(f"{ROOT}?department=approval")).text
        assert (await client.get(f"{ROOT}/{number}")).status_code == 404
        form = {"to": "under_review", "reason": "x"}
        assert (await client.post(f"{ROOT}/{number}/move", data=form)).status_code == 404
        export = await client.get(f"{ROOT}/export/csv")
        assert number not in export.text


async def test_an_urge_stands_on_top_until_it_is_answered(
    site: Site, officer: httpx.AsyncClient
) -> None:
    number = opened(site, S.ACCEPTED).number
    urged(site, number)
    assert "待答复的催办" in (await officer.get(ROOT)).text
    assert number in (await officer.get(f"{ROOT}?urged=1")).text

    form = {"on": "2026-11-24", "reply": "明天现场核查"}
    assert (await officer.post(f"{ROOT}/{number}/reply", data=form)).status_code == 303

    assert "待答复的催办" not in (await officer.get(ROOT)).text
    again = await officer.post(f"{ROOT}/{number}/reply", data=form)
    assert "已经有人答复" in again.text
    page = (await officer.get(f"{ROOT}/{number}")).text
    assert "答复催办" in page


@pytest.mark.parametrize("on", ["2026-11-20", "昨天", ""])
async def test_an_answer_to_no_urge_is_refused(
    site: Site, officer: httpx.AsyncClient, on: str
) -> None:
    number = opened(site, S.ACCEPTED).number

    answer = await officer.post(f"{ROOT}/{number}/reply", data={"on": on, "reply": "好"})

    assert answer.status_code == 409
    assert "没有找到这条催办" in answer.text


async def test_the_head_sees_what_was_escalated(site: Site) -> None:
    number = opened(site, S.ACCEPTED).number
    site.clock.moment = local("2026-11-27 09:00")
    escalate_overdue(watch(site), now=site.clock.moment)
    async with site.browser() as client:
        await staff(site, client, "approval", Role.HEAD)

        page = (await client.get(f"{ROOT}?escalated=1")).text

    assert number in page
    assert "督办 1 级" in page


async def test_the_export_is_neutral_and_written_down(
    site: Site, browser: httpx.AsyncClient
) -> None:
    opened(site, S.ACCEPTED, name='=HYPERLINK("http://x","y")')
    opened(site, name="@SUM(1)", origin="o2")

    answer = await browser.get(f"{ROOT}/export/csv")

    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert {row["申请人"][:2] for row in rows} == {"'=", "'@"}
    assert {row["灯"] for row in rows} == {"绿"}
    with site.cast.open_unit() as uow:
        agent_id = next(one.id for one in uow.people.agents() if one.login == "hanmeimei")
        actions = [entry.action for entry in uow.people.audit(agent_id=agent_id)]
    assert "cases_exported" in actions


async def test_the_workbook_keeps_numbers_as_text(site: Site, browser: httpx.AsyncClient) -> None:
    number = opened(site, S.ACCEPTED, name="=1+1火锅店").number

    answer = await browser.get(f"{ROOT}/export/xlsx?state=accepted")

    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    assert sheet["A2"].value == number
    assert (sheet["C2"].value, sheet["C2"].data_type) == ("'=1+1火锅店", "s")
    assert (await browser.get(f"{ROOT}/export/pdf")).status_code == 404


async def test_markup_in_names_and_reasons_is_shown_and_not_run(
    site: Site, officer: httpx.AsyncClient
) -> None:
    number = opened(site, S.ACCEPTED, name="<script>alert(1)</script>").number
    await officer.post(f"{ROOT}/{number}/move", data={"to": "under_review", "reason": "{{7*7}}<b>"})

    for path in (ROOT, f"{ROOT}/{number}"):
        page = (await officer.get(path)).text
        assert "<script>alert" not in page
    assert "{{7*7}}&lt;b&gt;" in page


@pytest.mark.parametrize("path", ["371500202611249999", "abc", "%2e%2e"])
async def test_an_unknown_number_is_answered_in_words(
    browser: httpx.AsyncClient, path: str
) -> None:
    answer = await browser.get(f"{ROOT}/{path}")

    assert answer.status_code == 404


def stored(site: Site, number: str) -> Case:
    with site.cast.open_unit() as uow:
        found = uow.cases.by_number(number)
    assert found is not None
    return found
