import httpx
import pytest
import structlog

from bot.domain.people import FREE_FAILURES, SESSION_IDLE, SESSION_LIFETIME, Agent, Role
from tests.desk.conftest import ORIGIN, Site, login


async def test_logging_in_sets_a_cookie_that_scripts_and_other_sites_cannot_use(
    site: Site, meimei: Agent
) -> None:
    async with site.browser() as client:
        answer = await login(client, "hanmeimei")

    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "path=/desk" in cookie


async def test_a_wrong_password_is_answered_in_words_and_keeps_the_account_name(
    site: Site, meimei: Agent
) -> None:
    async with site.browser() as client:
        answer = await login(client, "hanmeimei", "wrong password")

    assert answer.status_code == 401
    assert "账号或密码不对" in answer.text
    assert 'value="hanmeimei"' in answer.text
    assert "wrong password" not in answer.text
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("name", ["hanmeimei", "nobody"])
async def test_guessing_locks_known_and_unknown_accounts_alike(
    site: Site, meimei: Agent, name: str
) -> None:
    async with site.browser() as client:
        for _ in range(FREE_FAILURES):
            assert (await login(client, name, "wrong password")).status_code == 401
        locked = await login(client, name)
        site.clock.forward(seconds=31)
        after = await login(client, name)

    assert locked.status_code == 429
    assert "暂时锁定" in locked.text
    assert after.status_code == (303 if name == "hanmeimei" else 401)


async def test_the_login_leads_back_to_the_conversation_that_was_asked_for(
    site: Site, meimei: Agent
) -> None:
    async with site.browser() as client:
        turned_away = await client.get("/desk/conversations/abc123")
        page = await client.get(turned_away.headers["location"])
        answer = await login(client, "hanmeimei", conversation_id="abc123")

    assert turned_away.headers["location"] == "/desk/login?c=abc123"
    assert 'value="abc123"' in page.text
    assert answer.headers["location"] == "/desk/conversations/abc123"


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example", "../../x", "a" * 41])
async def test_the_login_leads_nowhere_else(site: Site, meimei: Agent, target: str) -> None:
    async with site.browser() as client:
        answer = await login(client, "hanmeimei", conversation_id=target)

    assert answer.headers["location"] == "/desk/"


@pytest.mark.parametrize("later", [SESSION_IDLE, SESSION_LIFETIME])
async def test_an_old_session_leads_to_the_login(
    site: Site, browser: httpx.AsyncClient, later: object
) -> None:
    assert (await browser.get("/desk/")).status_code == 200

    site.clock.moment += later  # type: ignore[operator]

    assert (await browser.get("/desk/")).headers["location"] == "/desk/login"
    refused = await browser.get("/desk/api/lists")
    assert refused.status_code == 401
    assert refused.json()["error"]["code"] == "session_expired"


async def test_fetching_in_the_background_does_not_keep_a_session_alive(
    site: Site, browser: httpx.AsyncClient
) -> None:
    for _ in range(3):
        site.clock.forward(minutes=9)
        assert (await browser.get("/desk/api/lists")).status_code == 200
        beat = await browser.post("/desk/api/heartbeat", json={"is_active": False})
        assert beat.status_code == 204
    site.clock.forward(minutes=9)

    assert (await browser.get("/desk/api/lists")).status_code == 401


async def test_typing_keeps_a_session_alive(site: Site, browser: httpx.AsyncClient) -> None:
    for _ in range(6):
        site.clock.forward(minutes=20)
        await browser.post("/desk/api/heartbeat", json={"is_active": True})

    assert (await browser.get("/desk/api/lists")).status_code == 200


async def test_logging_out_ends_the_session_on_the_server(
    site: Site, browser: httpx.AsyncClient
) -> None:
    stolen = browser.cookies["xiaoer_desk"]

    answer = await browser.post("/desk/logout")
    browser.cookies.set("xiaoer_desk", stolen, domain="desk.test", path="/desk")

    assert answer.headers["location"] == "/desk/login"
    assert (await browser.get("/desk/api/lists")).status_code == 401


async def test_an_officer_is_told_that_the_desk_is_not_theirs(site: Site) -> None:
    site.cast.agent("officer", "王主任", Role.OFFICER)
    async with site.browser() as client:
        await login(client, "officer")
        page = await client.get("/desk/")
        lists = await client.get("/desk/api/lists")

    assert (page.status_code, lists.status_code) == (403, 403)
    assert "没有接待权限" in page.text


@pytest.mark.parametrize("origin", [None, "null", "https://evil.example", f"{ORIGIN}.evil.example"])
async def test_a_login_from_another_site_is_refused(
    site: Site, meimei: Agent, origin: str | None
) -> None:
    async with site.browser(origin=origin) as client:
        answer = await login(client, "hanmeimei")

    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "foreign_origin"


async def test_logs_hold_no_login_and_no_password(site: Site, meimei: Agent) -> None:
    with structlog.testing.capture_logs() as lines:
        async with site.browser() as client:
            await login(client, "hanmeimei", "wrong password")
            await login(client, "hanmeimei")

    assert [line["event"] for line in lines] == ["desk_login"]
    assert "hanmeimei" not in str(lines)
