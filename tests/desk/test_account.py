"""One's own account: second factor, recovery codes, password, sessions, and what comes first."""

import re
from dataclasses import replace

import httpx
import pyotp
import pytest
from sqlalchemy.engine import Engine
from starlette.applications import Starlette

from bot.desk.routes import routes
from bot.domain.people import FREE_FAILURES, Agent, Role
from bot.hub.wakeups import LocalWakeups
from bot.services.accounts.accounts import add_agent
from bot.services.accounts.sign_in_rules import BadRoleName, read_role_names
from tests.desk.conftest import Site, login
from tests.desk_cast import NOW, PASSWORD, Cast, FakeClock
from tests.desk_server import build_app

FACTOR = "/desk/account/second-factor"
NEW = "a better pass phrase"


@pytest.fixture
def strict(sqlite_engine: Engine) -> Site:
    """A desk where auditors need a second factor."""
    clock, wakeups = FakeClock(), LocalWakeups()
    app = build_app(sqlite_engine, clock)
    settings = replace(app.settings, second_factor_roles="auditor, admin")
    asgi = Starlette(routes=routes(replace(app, settings=settings), wakeups))
    return Site(asgi, Cast(app.unit_of_work), clock, wakeups)


def code(secret: str, site: Site, steps: int = 0) -> str:
    return pyotp.TOTP(secret).generate_otp(int(site.clock().timestamp()) // 30 + steps)


async def enrol(client: httpx.AsyncClient, site: Site) -> tuple[str, list[str]]:
    """Set a second factor up; returns its secret and the recovery codes."""
    page = (await client.get(FACTOR)).text
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page)
    assert secret is not None
    key = secret.group(1).replace(" ", "")
    shown = (await client.post(FACTOR, data={"code": code(key, site)})).text
    return key, re.findall(r"<code>([a-z2-7-]{19})</code>", shown)


@pytest.fixture
async def secured(site: Site, browser: httpx.AsyncClient) -> tuple[str, list[str]]:
    """韩梅梅 has a second factor."""
    return await enrol(browser, site)


async def test_the_code_is_asked_for_after_the_password_and_opens_a_new_session(
    site: Site, secured: tuple[str, list[str]]
) -> None:
    secret, _ = secured
    site.clock.forward(seconds=60)
    async with site.browser() as client:
        first = await login(client, "hanmeimei", conversation_id="abc123")
        assert first.headers["location"] == "/desk/login/code?c=abc123"
        before = client.cookies["xiaoer_desk"]
        for path in ("/desk/", "/desk/account"):
            answer = await client.get(path)
            assert answer.headers["location"] == "/desk/login/code"
        assert (await client.get("/desk/api/lists")).json()["error"]["code"] == "step_needed"

        form = {"code": code(secret, site), "c": "abc123"}
        second = await client.post("/desk/login/code", data=form)

        assert second.headers["location"] == "/desk/conversations/abc123"
        assert client.cookies["xiaoer_desk"] != before
        assert (await client.get("/desk/")).status_code == 200


@pytest.mark.parametrize(
    ("steps", "is_right"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
async def test_a_clock_may_be_off_by_one_step(
    site: Site, secured: tuple[str, list[str]], steps: int, is_right: bool
) -> None:
    site.clock.forward(minutes=5)
    async with site.browser() as client:
        await login(client, "hanmeimei")
        answer = await client.post("/desk/login/code", data={"code": code(secured[0], site, steps)})

    assert answer.status_code == (303 if is_right else 401)


async def test_a_code_opens_once(site: Site, secured: tuple[str, list[str]]) -> None:
    site.clock.forward(seconds=60)
    used = code(secured[0], site)
    answers = []
    for _ in range(2):
        async with site.browser() as client:
            await login(client, "hanmeimei")
            answers.append((await client.post("/desk/login/code", data={"code": used})).status_code)

    assert answers == [303, 401]


async def test_guessing_codes_is_slowed_down_like_guessing_passwords(
    site: Site, secured: tuple[str, list[str]]
) -> None:
    site.clock.forward(seconds=60)
    async with site.browser() as client:
        await login(client, "hanmeimei")
        for _ in range(FREE_FAILURES):
            wrong = await client.post("/desk/login/code", data={"code": "000000"})
            assert wrong.status_code == 401
        right = code(secured[0], site)
        locked = await client.post("/desk/login/code", data={"code": right})

    assert locked.status_code == 429
    assert "暂时锁定" in locked.text


async def test_a_recovery_code_works_once_and_is_counted(
    site: Site, browser: httpx.AsyncClient, secured: tuple[str, list[str]]
) -> None:
    _, codes = secured
    assert len(set(codes)) == 10
    typed = codes[3].upper().replace("-", " ")
    answers = []
    for _ in range(2):
        async with site.browser() as client:
            await login(client, "hanmeimei")
            answer = await client.post("/desk/login/code", data={"code": typed})
            answers.append(answer.status_code)

    assert answers == [303, 401]
    assert "还剩 9 个恢复码" in (await browser.get("/desk/account")).text


async def test_the_database_holds_neither_secret_nor_recovery_codes(
    site: Site, secured: tuple[str, list[str]], sqlite_engine: Engine
) -> None:
    raw = sqlite_engine.raw_connection()
    try:
        dump = "\n".join(raw.iterdump())
    finally:
        raw.close()

    assert secured[0] not in dump
    assert not any(one in dump or one.replace("-", "") in dump for one in secured[1])


async def test_nothing_is_asked_for_until_the_first_code_was_right(
    site: Site, browser: httpx.AsyncClient
) -> None:
    await browser.get(FACTOR)
    wrong = await browser.post(FACTOR, data={"code": "000000"})
    assert wrong.status_code == 401

    async with site.browser() as client:
        answer = await login(client, "hanmeimei")

    assert answer.headers["location"] == "/desk/"


async def test_a_login_that_waits_for_its_code_ends_after_ten_minutes(
    site: Site, secured: tuple[str, list[str]]
) -> None:
    async with site.browser() as client:
        await login(client, "hanmeimei")
        site.clock.forward(minutes=10)
        answer = await client.post("/desk/login/code", data={"code": code(secured[0], site)})

    assert answer.headers["location"] == "/desk/login?expired=1"


async def test_the_password_is_needed_to_switch_it_off(
    site: Site, browser: httpx.AsyncClient, secured: tuple[str, list[str]]
) -> None:
    wrong = await browser.post(f"{FACTOR}/off", data={"present": "a wrong password"})
    assert wrong.status_code == 401
    assert "已开启" in wrong.text

    await browser.post(f"{FACTOR}/off", data={"present": PASSWORD})

    assert "未开启" in (await browser.get("/desk/account")).text


async def test_new_recovery_codes_replace_the_old_ones(
    site: Site, browser: httpx.AsyncClient, secured: tuple[str, list[str]]
) -> None:
    shown = await browser.post("/desk/account/recovery-codes", data={"present": PASSWORD})
    assert len(re.findall(r"<code>[a-z2-7-]{19}</code>", shown.text)) == 10

    async with site.browser() as client:
        await login(client, "hanmeimei")
        old = await client.post("/desk/login/code", data={"code": secured[1][0]})

    assert old.status_code == 401


async def test_a_role_that_needs_a_second_factor_sets_it_up_before_anything_else(
    strict: Site,
) -> None:
    strict.cast.agent("auditor", "赵审计", Role.AUDITOR)
    async with strict.browser() as client:
        await login(client, "auditor")
        assert (await client.get("/desk/audit")).headers["location"] == FACTOR
        await enrol(client, strict)
        assert (await client.get("/desk/audit")).status_code == 200
        off = await client.post(f"{FACTOR}/off", data={"present": PASSWORD})
        assert off.status_code == 403
        assert "必须使用两步验证" in off.text


def test_a_role_that_does_not_exist_stops_the_start() -> None:
    with pytest.raises(BadRoleName, match="king"):
        read_role_names("admin,king")


@pytest.fixture
def newcomer(site: Site) -> Agent:
    """An account whose password somebody else chose."""
    return add_agent(
        site.cast.open_unit,
        login="lilei",
        name="李雷",
        role=Role.AGENT,
        password=PASSWORD,
        now=NOW,
        passwords=site.cast.passwords,
        must_change_password=True,
    )


async def test_a_first_password_opens_nothing_but_the_choice_of_another(
    site: Site, newcomer: Agent
) -> None:
    async with site.browser() as client:
        await login(client, "lilei")
        for path in ("/desk/", "/desk/account", "/desk/cases"):
            assert (await client.get(path)).headers["location"] == "/desk/account/password"
        form = {"present": PASSWORD, "new": NEW, "again": NEW}
        changed = await client.post("/desk/account/password", data=form)

        assert changed.headers["location"] == "/desk/"
        assert (await client.get("/desk/")).status_code == 200


@pytest.mark.parametrize(
    ("present", "new", "again", "note"),
    [
        ("a wrong password", NEW, NEW, "现在的密码不对"),
        (PASSWORD, NEW, NEW + "x", "两次输入的新密码不一样"),
        (PASSWORD, "short", "short", "10 到 200 个字符"),
        (PASSWORD, PASSWORD, PASSWORD, "和现在的一样"),
        (PASSWORD, "hanmeimei123", "hanmeimei123", "主要是账号或姓名"),
        (PASSWORD, "aaaaaaaaaaab", "aaaaaaaaaaab", "重复的字符太多"),
        (PASSWORD, "Password123456", "Password123456", "太常见"),
        (PASSWORD, "qwertyuiop123", "qwertyuiop123", "太常见"),
        (PASSWORD, "admin123456", "admin123456", "太常见"),
    ],
)
async def test_a_password_that_will_not_do_is_said_why(
    browser: httpx.AsyncClient, present: str, new: str, again: str, note: str
) -> None:
    form = {"present": present, "new": new, "again": again}

    answer = await browser.post("/desk/account/password", data=form)

    assert answer.status_code in {401, 409}
    assert note in answer.text
    assert new not in answer.text


async def test_another_password_ends_the_other_sessions(
    site: Site, browser: httpx.AsyncClient
) -> None:
    async with site.browser() as elsewhere:
        await login(elsewhere, "hanmeimei")
        form = {"present": PASSWORD, "new": NEW, "again": NEW}
        answer = await browser.post("/desk/account/password", data=form)

        assert answer.headers["location"] == "/desk/account?done=password"
        assert (await browser.get("/desk/account")).status_code == 200
        assert (await elsewhere.get("/desk/account")).status_code == 303


async def test_sessions_are_listed_by_device_and_can_be_ended(
    site: Site, browser: httpx.AsyncClient
) -> None:
    async with site.browser() as elsewhere:
        elsewhere.headers["user-agent"] = "Mozilla/5.0 (Windows NT 10.0) Gecko Firefox/140.0"
        await login(elsewhere, "hanmeimei")
        page = (await browser.get("/desk/account")).text
        assert "Firefox · Windows" in page
        (other,) = re.findall(r'name="session" value="([0-9a-f]{16})"', page)
        assert elsewhere.cookies["xiaoer_desk"] not in page

        await browser.post("/desk/account/sessions/end", data={"session": other})

        assert (await elsewhere.get("/desk/account")).status_code == 303
        assert (await browser.get("/desk/account")).status_code == 200
        again = await browser.post("/desk/account/sessions/end", data={"session": other})
        assert again.status_code == 409


async def test_nobody_ends_the_session_of_somebody_else(
    site: Site, browser: httpx.AsyncClient, other: httpx.AsyncClient
) -> None:
    with site.cast.open_unit() as unit:
        (theirs,) = unit.people.sessions(since=NOW.replace(year=2000), agent_id=2)

    answer = await browser.post("/desk/account/sessions/end", data={"session": theirs.id})

    assert answer.status_code == 409
    assert (await other.get("/desk/account")).status_code == 200


@pytest.mark.parametrize("wild", ["%", "_", ""])
async def test_an_id_with_wild_cards_ends_nothing(
    site: Site, browser: httpx.AsyncClient, wild: str
) -> None:
    await browser.post("/desk/account/sessions/end", data={"session": wild})

    assert (await browser.get("/desk/account")).status_code == 200
