"""A city's own sign-in against a provider on a real socket: the good way, and every lie."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from sqlalchemy.engine import Engine
from starlette.applications import Starlette

from bot.desk.city_open import open_city
from bot.desk.routes import routes
from bot.domain.people import Role
from bot.hub.wakeups import LocalWakeups
from bot.operations.ports_free import free_port
from bot.services.accounts.accounts import close_account
from bot.services.accounts.city_accounts import BadCityRules
from bot.settings import Settings
from tests.desk.conftest import login
from tests.desk_cast import DATA, PASSWORD, Cast, FakeClock
from tests.desk_server import build_app
from tests.oidc_provider import CLIENT, SECRET, Provider, running_provider
from tests.servers import ServerThread

ROLES = "desk-clerk=agent,desk-officer=officer,desk-boss=supervisor,desk-admin=admin"


@pytest.fixture(scope="module")
def real_provider() -> Iterator[Provider]:
    with running_provider() as provider:
        yield provider


@pytest.fixture
def provider(real_provider: Provider) -> Provider:
    """An honest provider at the beginning of each test."""
    real_provider.claims, real_provider.sign_with = {}, "good"
    real_provider.issuer_said, real_provider.is_broken = "", False
    real_provider.algorithms = ["RS256"]
    return real_provider


@dataclass
class City:
    """A desk that knows the provider, on a real socket."""

    server: ServerThread
    cast: Cast
    provider: Provider
    clock: FakeClock

    def browser(self) -> httpx.Client:
        """Return a browser without a session."""
        headers = {"origin": self.server.url}
        return httpx.Client(base_url=self.server.url, headers=headers, trust_env=False, timeout=20)

    def walk(self, browser: httpx.Client, asked: str = "") -> httpx.Response:
        """Press the button, pass the provider, come back."""
        there = browser.get("/desk/login/city", params={"c": asked} if asked else {})
        assert there.status_code == 303
        back = httpx.get(there.headers["location"], trust_env=False)
        return browser.get(back.headers["location"])


@pytest.fixture
def make_city(sqlite_engine: Engine, provider: Provider) -> Iterator[Callable[..., City]]:
    started: list[ServerThread] = []

    def make(**changes: Any) -> City:
        port, clock = free_port(), FakeClock()
        app = build_app(sqlite_engine, clock)
        settings = Settings(
            data_dir=DATA,
            state_dir=app.settings.state_dir,
            port=port,
            **{
                "oidc_issuer": provider.issuer,
                "oidc_client_id": CLIENT,
                "oidc_client_secret": SECRET,
                "oidc_name": "市统一身份认证",
                **changes,
            },
        )
        site = Starlette(routes=routes(replace(app, settings=settings), LocalWakeups()))
        server = ServerThread(site, port)
        server.start()
        started.append(server)
        return City(server, Cast(app.unit_of_work), provider, clock)

    yield make
    for server in started:
        server.stop()


@pytest.fixture
def city(make_city: Callable[..., City]) -> City:
    made = make_city()
    made.cast.agent()
    return made


def is_signed_in(browser: httpx.Client) -> bool:
    return browser.get("/desk/account").status_code == 200


def actions(city: City) -> list[str]:
    with city.cast.open_unit() as unit:
        return [one.action for one in unit.people.audit()]


def test_who_is_known_there_and_has_an_account_here_gets_in(city: City) -> None:
    with city.browser() as browser:
        assert "用市统一身份认证登录" in browser.get("/desk/login").text
        answer = city.walk(browser, asked="abc123")

        assert answer.status_code == 200
        assert 'content="0;url=/desk/conversations/abc123"' in answer.text
        assert is_signed_in(browser)
    seen = city.provider.seen
    assert (seen["response_type"], seen["scope"]) == ("code", "openid profile")
    assert min(len(seen["state"]), len(seen["nonce"]), len(seen["code_challenge"])) >= 20
    assert actions(city)[-2:] == ["city_linked", "login"]


def test_the_session_cookie_is_strict_and_the_one_for_the_way_back_is_gone(city: City) -> None:
    with city.browser() as browser:
        answer = city.walk(browser)

        cookies = answer.headers.get_list("set-cookie")
        session = next(one for one in cookies if one.startswith("xiaoer_desk="))
        assert "samesite=strict" in session.lower()
        assert "xiaoer_city" not in browser.cookies


def test_a_linked_person_is_known_by_subject_and_not_by_name(city: City) -> None:
    with city.browser() as browser:
        city.walk(browser)
    city.provider.claims = {"preferred_username": "somebody-else"}

    with city.browser() as browser:
        assert city.walk(browser).status_code == 200


def test_an_unknown_person_is_told_whom_to_ask(city: City) -> None:
    city.provider.claims = {"preferred_username": "stranger", "sub": "city-0009"}
    with city.browser() as browser:
        answer = city.walk(browser)

        assert answer.status_code == 403
        assert "还没有账号" in answer.text
        assert not is_signed_in(browser)


def test_a_closed_account_stays_closed(city: City) -> None:
    close_account(city.cast.open_unit, agent_id=1, now=city.clock())
    with city.browser() as browser:
        answer = city.walk(browser)

    assert answer.status_code == 403
    assert "已停用" in answer.text


LIES: dict[str, dict[str, Any]] = {
    "wrong nonce": {"claims": {"nonce": "another"}},
    "no nonce": {"claims": {"nonce": None}},
    "wrong audience": {"claims": {"aud": "another-client"}},
    "wrong audience, right party": {"claims": {"aud": "another-client", "azp": CLIENT}},
    "wrong issuer": {"claims": {"iss": "https://evil.example"}},
    "expired": {"claims": {"exp": 1_700_000_000, "iat": 1_699_999_000}},
    "not yet": {"claims": {"nbf": 4_000_000_000}},
    "no subject": {"claims": {"sub": None}},
    "unsigned": {"sign_with": "none"},
    "unsigned and offered": {"sign_with": "none", "algorithms": ["none", "RS256"]},
    "unknown key": {"sign_with": "unknown"},
}


@pytest.mark.parametrize("lie", LIES)
def test_a_token_that_proves_nothing_opens_nothing(city: City, lie: str) -> None:
    for name, value in LIES[lie].items():
        setattr(city.provider, name, value)
    with city.browser() as browser:
        answer = city.walk(browser)

        assert answer.status_code == 401
        assert "没有完成或已失效" in answer.text
        assert 'name="password"' in answer.text
        assert not is_signed_in(browser)
    assert "login" not in actions(city)


def test_the_right_token_is_taken_after_a_lie(city: City) -> None:
    with city.browser() as browser:
        city.provider.sign_with = "unknown"
        assert city.walk(browser).status_code == 401
        city.provider.sign_with = "good"
        assert city.walk(browser).status_code == 200


def test_a_way_back_that_was_used_is_not_taken_again(city: City) -> None:
    with city.browser() as browser:
        there = browser.get("/desk/login/city")
        key = browser.cookies["xiaoer_city"]
        back = httpx.get(there.headers["location"], trust_env=False).headers["location"]
        assert browser.get(back).status_code == 200
    with city.browser() as thief:
        thief.cookies.set("xiaoer_city", key, domain="127.0.0.1", path="/desk/login/city")

        assert thief.get(back).status_code == 401
        assert not is_signed_in(thief)


def test_a_way_back_of_another_browser_is_not_taken(city: City) -> None:
    with city.browser() as mine, city.browser() as other:
        there = mine.get("/desk/login/city")
        back = httpx.get(there.headers["location"], trust_env=False).headers["location"]
        other.get("/desk/login/city")

        assert other.get(back).status_code == 401


@pytest.mark.parametrize("change", [r"state=[^&]+", r"code=[^&]+"])
def test_a_changed_state_or_code_is_refused(city: City, change: str) -> None:
    with city.browser() as browser:
        there = browser.get("/desk/login/city")
        back = httpx.get(there.headers["location"], trust_env=False).headers["location"]

        answer = browser.get(re.sub(change, change.split("=", maxsplit=1)[0] + "=made-up", back))

        assert answer.status_code == 401


def test_who_says_no_at_the_provider_comes_back_to_the_password(city: City) -> None:
    with city.browser() as browser:
        there = browser.get("/desk/login/city")
        state = parse_qs(urlsplit(there.headers["location"]).query)["state"][0]
        answer = browser.get(
            "/desk/login/city/back", params={"error": "access_denied", "state": state}
        )

        assert answer.status_code == 401
        assert 'name="password"' in answer.text


def test_a_way_back_after_too_long_is_refused(city: City) -> None:
    with city.browser() as browser:
        there = browser.get("/desk/login/city")
        back = httpx.get(there.headers["location"], trust_env=False).headers["location"]
        city.clock.forward(minutes=11)

        assert browser.get(back).status_code == 401


def test_a_provider_that_is_down_is_said_and_the_password_way_stays(
    make_city: Callable[..., City],
) -> None:
    city = make_city(oidc_issuer=f"http://127.0.0.1:{free_port()}")
    city.cast.agent()
    with city.browser() as browser:
        answer = browser.get("/desk/login/city")
        assert answer.status_code == 503
        assert "市统一身份认证现在连不上" in answer.text
        form = {"login": "hanmeimei", "password": PASSWORD}
        browser.post("/desk/login", data=form)
        assert is_signed_in(browser)


def test_a_provider_that_breaks_in_the_middle_is_said(city: City) -> None:
    with city.browser() as browser:
        there = browser.get("/desk/login/city")
        back = httpx.get(there.headers["location"], trust_env=False).headers["location"]
        city.provider.is_broken = True

        answer = browser.get(back)

        assert answer.status_code in {401, 503}
        assert 'name="password"' in answer.text


def test_a_provider_that_calls_itself_otherwise_is_none(city: City) -> None:
    city.provider.issuer_said = "https://evil.example"
    with city.browser() as browser:
        assert browser.get("/desk/login/city").status_code == 503


def test_accounts_are_made_with_role_and_department_from_the_claims(
    make_city: Callable[..., City],
) -> None:
    city = make_city(
        oidc_accounts="provision",
        oidc_roles=ROLES,
        oidc_role_claim="realm.roles",
        oidc_departments="市行政审批局=approval",
    )
    city.provider.claims = {
        "preferred_username": "WangFang",
        "name": "王芳",
        "realm": {"roles": ["something", "desk-officer"]},
        "department": "市行政审批局",
    }
    with city.browser() as browser:
        answer = city.walk(browser)
        assert 'content="0;url=/desk/applications"' in answer.text
    with city.cast.open_unit() as unit:
        (agent,) = unit.people.agents()
    assert (agent.login, agent.name) == ("wangfang", "王芳")
    assert (agent.role, agent.department_id) == (Role.OFFICER, "approval")


def test_a_role_that_changed_there_changes_here_with_the_next_login(
    make_city: Callable[..., City],
) -> None:
    city = make_city(oidc_accounts="provision", oidc_roles=ROLES)
    for theirs, ours in (
        (["desk-clerk"], Role.AGENT),
        (["desk-clerk", "desk-boss"], Role.SUPERVISOR),
    ):
        city.provider.claims = {"roles": theirs}
        with city.browser() as browser:
            city.walk(browser)
        with city.cast.open_unit() as unit:
            assert unit.people.agent(1).role is ours


@pytest.mark.parametrize("roles", [[], ["unknown"], ["desk-officer"]])
def test_without_a_role_of_ours_or_a_department_nobody_gets_in(
    make_city: Callable[..., City], roles: list[str]
) -> None:
    city = make_city(oidc_accounts="provision", oidc_roles=ROLES)
    city.provider.claims = {"roles": roles}
    with city.browser() as browser:
        answer = city.walk(browser)

    assert answer.status_code == 403
    assert "没有本系统的岗位" in answer.text


def test_the_city_cannot_take_the_last_administrator_away(
    make_city: Callable[..., City],
) -> None:
    city = make_city(oidc_accounts="provision", oidc_roles=ROLES)
    city.cast.agent("hanmeimei", "韩梅梅", Role.ADMIN)
    city.provider.claims = {"roles": ["desk-clerk"]}
    with city.browser() as browser:
        city.walk(browser)

    with city.cast.open_unit() as unit:
        assert unit.people.agent(1).role is Role.ADMIN


def test_leaving_leads_out_at_the_city_too(city: City) -> None:
    with city.browser() as browser:
        city.walk(browser)
        out = browser.post("/desk/logout").text

        assert f'content="0;url={city.provider.issuer}/logout?client_id={CLIENT}' in out
        assert not is_signed_in(browser)


async def test_an_account_made_by_the_city_has_no_password(
    make_city: Callable[..., City],
) -> None:
    city = make_city(oidc_accounts="provision", oidc_roles=ROLES)
    city.provider.claims = {"roles": ["desk-clerk"]}
    with city.browser() as browser:
        city.walk(browser)
    async with httpx.AsyncClient(
        base_url=city.server.url, headers={"origin": city.server.url}, trust_env=False
    ) as client:
        for guess in ("!", ""):
            assert (await login(client, "hanmeimei", guess)).status_code == 401


@pytest.mark.parametrize(
    "changes",
    [
        {"oidc_client_id": ""},
        {"oidc_accounts": "sometimes"},
        {"oidc_accounts": "provision"},
        {"oidc_roles": "clerk"},
        {"oidc_roles": "clerk=king"},
        {"oidc_departments": "=approval"},
    ],
)
def test_settings_that_cannot_work_stop_the_start(changes: dict[str, str]) -> None:
    settings = Settings(oidc_issuer="https://city.example", oidc_client_id="x")

    with pytest.raises(BadCityRules):
        open_city(replace(settings, **changes))  # type: ignore[arg-type]
