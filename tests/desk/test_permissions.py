"""The permission matrix: complete, documented, and what the running desk really answers."""

import re
from collections.abc import Iterator

import httpx
import pytest
from sqlalchemy.engine import Engine
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount, Route

from bot.desk.access import ACCESS, OPEN, guarded, home_of
from bot.desk.access_text import permissions_page
from bot.desk.routes import routes
from bot.domain.people import Agent
from bot.domain.permissions import MATRIX, Permission, Role, grants
from bot.hub.wakeups import LocalWakeups
from bot.services.accounts.accounts import add_agent
from bot.settings import ROOT
from bot.store.service_seed import seed_services
from tests.desk.conftest import Site, login
from tests.desk_cast import NOW, PASSWORD, FakeClock
from tests.desk_server import DeskServer, build_app, desk_server
from tests.new_files import new_sqlite

CLIENT = {"timeout": 20.0, "trust_env": False}


def addresses(found: list[BaseRoute]) -> Iterator[tuple[str, str]]:
    """Yield method and path of every route and mount under `/desk`."""
    (desk,) = (one for one in found if isinstance(one, Mount) and one.path == "/desk")
    for route in desk.routes or ():
        if isinstance(route, Mount):
            yield "GET", route.path
        elif isinstance(route, Route):
            for method in sorted((route.methods or set()) - {"HEAD"}):
                yield method, route.path


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskServer]:
    """A desk on a real socket, with one account of each role."""
    engine = new_sqlite(tmp_path_factory.mktemp("matrix") / "desk.db")
    with desk_server(engine, now=FakeClock(), beat_every_s=0.05) as server:
        seed_services(server.cast.open_unit, folder=ROOT / "data" / "seed", now=NOW)
        for role in Role:
            add_agent(
                server.cast.open_unit,
                login=role.value,
                name="李雷",
                role=role,
                password=PASSWORD,
                now=NOW,
                department_id="approval",
                passwords=server.cast.passwords,
            )
        yield server
    engine.dispose()


def test_every_route_of_the_desk_has_its_line_and_every_line_its_route(
    sqlite_engine: Engine,
) -> None:
    app = build_app(sqlite_engine, FakeClock())
    found = set(addresses(routes(app, LocalWakeups())))

    assert sorted(found - set(ACCESS)) == [], "add a line to bot/desk/access.py for each"
    assert sorted(set(ACCESS) - found) == [], "no such route any more"


def test_every_permission_is_granted_to_somebody() -> None:
    assert set(MATRIX) == set(Permission)
    assert all(MATRIX.values())


def test_the_page_of_permissions_is_up_to_date() -> None:
    written = (ROOT / "docs" / "permissions.md").read_text(encoding="utf-8")

    assert written == permissions_page(), "run python -m bot.desk.access_text > docs/permissions.md"


async def test_a_route_without_a_line_is_closed_to_all(
    site: Site, browser: httpx.AsyncClient
) -> None:
    async def served(_request: object) -> None:
        raise AssertionError("nobody gets here")

    bare = Starlette(routes=[Mount("/desk", routes=guarded([Route("/new", served)]))])
    transport = httpx.ASGITransport(app=bare)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://desk.test", cookies=browser.cookies
    ) as client:
        answer = await client.get("/desk/new")

    assert answer.status_code == 403


def test_a_permission_nobody_wrote_down_is_granted_to_nobody() -> None:
    for role in Role:
        assert not grants(role, "unheard of")  # type: ignore[arg-type]


@pytest.mark.parametrize("role", [*Role, None], ids=lambda role: role.value if role else "nobody")
def test_every_address_answers_every_role_as_the_matrix_says(
    running: DeskServer, role: Role | None
) -> None:
    wrong = []
    with httpx.Client(base_url=running.url, headers={"origin": running.url}, **CLIENT) as client:
        if role is not None:
            client.post("/desk/login", data={"login": role.value, "password": PASSWORD})
            assert client.cookies
        for (method, path), needs in ACCESS.items():
            if path in {"/logout", "/static"}:
                continue
            expected = needs is OPEN or (role is not None and grants(role, needs))
            if is_let_in(client, method, path) != expected:
                wrong.append((method, path, "closed" if expected else "open"))

    assert wrong == []


def is_let_in(client: httpx.Client, method: str, path: str) -> bool:
    """Tell whether an address was served, whatever it then said about what was sent."""
    address = "/desk" + re.sub(r"\{[a-z_]+\}", "nothing", re.sub(r"\{[a-z_]+:int\}", "999", path))
    with client.stream(method, address, **_body(method, path)) as answer:
        if answer.status_code == 403:
            return False
        if answer.status_code == 401 and path.startswith(("/api/", "/events")):
            return False
        to_login = answer.headers.get("location", "").startswith("/desk/login")
        return not to_login or path.startswith("/login")


def _body(method: str, path: str) -> dict[str, object]:
    if method == "GET":
        return {}
    if path.startswith("/api/"):
        return {"json": {}}
    if path == "/calendars/year":
        return {"files": {"file": ("x.txt", b"")}}
    return {"data": {}}


def test_department_staff_lands_on_work_of_theirs() -> None:
    homes = {role: home_of(Agent(1, "x", "李雷", role, "approval")) for role in Role}

    assert homes[Role.AGENT] == "/desk/"
    assert homes[Role.OFFICER] == "/desk/applications"
    assert homes[Role.DISPATCHER] == "/desk/routing"
    assert homes[Role.INSPECTOR] == "/desk/inspections"
    assert homes[Role.AUDITOR] == "/desk/audit"
    assert homes[Role.EDITOR] == "/desk/catalogue"


def test_a_closed_account_may_do_nothing() -> None:
    gone = Agent(1, "x", "李雷", Role.ADMIN, is_active=False)

    assert not any(gone.may(permission) for permission in Permission)


async def test_a_refusal_is_said_in_words_and_written_down(
    site: Site, browser: httpx.AsyncClient
) -> None:
    answer = await browser.get("/desk/people")

    assert answer.status_code == 403
    assert "没有权限" in answer.text
    with site.cast.open_unit() as unit:
        entries = [one for one in unit.people.audit() if one.action == "access_refused"]
    assert [(one.subject, one.detail) for one in entries] == [("/people", "GET")]


async def test_another_role_holds_with_the_next_click(
    site: Site, browser: httpx.AsyncClient
) -> None:
    assert (await browser.get("/desk/cases")).status_code == 200

    with site.cast.open_unit() as unit:
        unit.people.change_agent(
            1, name="韩梅梅", role=Role.AUDITOR, department_id=None, districts=()
        )

    assert (await browser.get("/desk/cases")).status_code == 403
    assert (await browser.get("/desk/audit")).status_code == 200


async def test_who_may_not_serve_is_led_to_a_page_of_theirs(site: Site) -> None:
    site.cast.agent("auditor", "赵审计", Role.AUDITOR)
    async with site.browser() as client:
        answer = await login(client, "auditor")

    assert answer.headers["location"] == "/desk/audit"
