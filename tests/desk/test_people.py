"""The administrator's pages: adding, changing, resetting, closing; nobody locks everybody out."""

import re
from collections.abc import AsyncIterator

import httpx
import pytest

from bot.domain.people import Role
from tests.desk.conftest import Site, login

ROOT = "/desk/people"
FORM = {
    "login": "LiLei",
    "name": "李雷",
    "role": "officer",
    "department": "approval",
    "district": ["371502", "371521"],
}


@pytest.fixture
async def admin(site: Site) -> AsyncIterator[httpx.AsyncClient]:
    """A browser in which the administrator 孙管理 (id 1) is signed in."""
    site.cast.agent("admin", "孙管理", Role.ADMIN)
    async with site.browser() as client:
        await login(client, "admin")
        yield client


def audit(site: Site) -> list[tuple[str, str | None, str | None]]:
    with site.cast.open_unit() as unit:
        return [(one.action, one.subject, one.detail) for one in unit.people.audit()]


async def test_an_added_account_gets_a_first_password_that_must_be_changed(
    site: Site, admin: httpx.AsyncClient
) -> None:
    shown = await admin.post(ROOT, data=FORM)

    assert shown.status_code == 200
    (password,) = re.findall(r'class="password">([^<]+)<', shown.text)
    async with site.browser() as client:
        answer = await login(client, "lilei", password)
        assert answer.status_code == 303
        assert (await client.get("/desk/cases")).headers["location"] == "/desk/account/password"
    with site.cast.open_unit() as unit:
        added = unit.people.agent(2)
    assert (added.role, added.department_id) == (Role.OFFICER, "approval")
    assert added.districts == ("371502", "371521")
    assert ("agent_added", "agent:2", "officer") in audit(site)
    assert password not in str(audit(site))


@pytest.mark.parametrize(
    ("changes", "note"),
    [
        ({"login": "admin"}, "已经有人用了"),
        ({"login": "li lei"}, "不能有空格"),
        ({"name": ""}, "请填写姓名"),
        ({"role": "king"}, "没有这个岗位"),
        ({"department": ""}, "要选部门"),
        ({"department": "nowhere"}, "要选部门"),
        ({"district": ["000000"]}, "没有这个区县"),
    ],
)
async def test_what_makes_no_account_is_said_and_kept(
    site: Site, admin: httpx.AsyncClient, changes: dict[str, object], note: str
) -> None:
    answer = await admin.post(ROOT, data={**FORM, **changes})

    assert answer.status_code == 409
    assert note in answer.text
    if "name" not in changes:
        assert 'value="李雷"' in answer.text
    with site.cast.open_unit() as unit:
        assert len(unit.people.agents()) == 1


async def test_a_change_is_written_down_with_what_was_before(
    site: Site, admin: httpx.AsyncClient
) -> None:
    site.cast.agent()
    form = {"name": "韩梅梅", "role": "head", "department": "tax"}

    answer = await admin.post(f"{ROOT}/2/save", data=form)

    assert answer.headers["location"] == f"{ROOT}/2"
    assert ("agent_changed", "agent:2", "role agent>head, department ->tax") in audit(site)
    page = (await admin.get(ROOT)).text
    assert "部门负责人" in page


@pytest.mark.parametrize(
    ("move", "form"), [("close", {}), ("save", {"name": "孙管理", "role": "supervisor"})]
)
async def test_the_last_administrator_cannot_lock_everybody_out(
    site: Site, admin: httpx.AsyncClient, move: str, form: dict[str, str]
) -> None:
    answer = await admin.post(f"{ROOT}/1/{move}", data=form)

    assert answer.status_code == 409
    assert "最后一个管理员" in answer.text
    with site.cast.open_unit() as unit:
        assert unit.people.agent(1).role is Role.ADMIN

    site.cast.agent("second", "李管理", Role.ADMIN)
    assert (await admin.post(f"{ROOT}/1/{move}", data=form)).status_code == 303


async def test_a_reset_ends_the_sessions_and_asks_for_another_password(
    site: Site, admin: httpx.AsyncClient, browser: httpx.AsyncClient
) -> None:
    person = 2
    shown = await admin.post(f"{ROOT}/{person}/reset")

    (password,) = re.findall(r'class="password">([^<]+)<', shown.text)
    assert (await browser.get("/desk/account")).status_code == 303
    async with site.browser() as client:
        await login(client, "hanmeimei", password)
        assert (await client.get("/desk/")).headers["location"] == "/desk/account/password"


async def test_a_closed_account_can_be_opened_again(
    site: Site, admin: httpx.AsyncClient, browser: httpx.AsyncClient
) -> None:
    await admin.post(f"{ROOT}/2/close")
    assert (await browser.get("/desk/account")).status_code == 303
    assert "已停用" in (await admin.get(f"{ROOT}/2")).text

    await admin.post(f"{ROOT}/2/open")

    async with site.browser() as client:
        assert (await login(client, "hanmeimei")).status_code == 303


async def test_sessions_of_others_are_seen_and_ended(
    site: Site, admin: httpx.AsyncClient, browser: httpx.AsyncClient
) -> None:
    page = (await admin.get(f"{ROOT}/2")).text
    (session,) = re.findall(r'name="session" value="([0-9a-f]{16})"', page)

    await admin.post(f"{ROOT}/2/end", data={"session": session})

    assert (await browser.get("/desk/account")).status_code == 303
    assert ("session_ended", "agent:2", None) in audit(site)


async def test_somebody_who_is_not_there_is_said(admin: httpx.AsyncClient) -> None:
    for path in ("99", "99/close", "1/unknown-move"):
        call = admin.post if "/" in path else admin.get
        answer = await call(f"{ROOT}/{path}")
        assert (path, answer.status_code) == (path, 404)
        assert "没有找到这个账号" in answer.text


async def test_the_list_is_searched_by_name_and_login(site: Site, admin: httpx.AsyncClient) -> None:
    site.cast.agent()
    for wanted in ("梅梅", "HANmei"):
        page = (await admin.get(ROOT, params={"q": wanted})).text
        assert "韩梅梅" in page
        assert "孙管理</a></td>" not in page
